/* SPDX-License-Identifier: BSD-3-Clause */
/* Whatever allocation fails while notifications arrive: no leak, no crash, and what is not taken is counted.
 */
#include "msg/v3.h"
#include "support/alloc_fail.h"
#include "unit/session/receiver_fixture.h"

static struct uvsnmp_bytes bytes(const char *text)
{
    return (struct uvsnmp_bytes){(const uint8_t *)text, strlen(text)};
}

/* The sender's and the fixture's allocations are none of those that fail. */
static void deliver(struct receiver_fixture *fixture, unsigned n)
{
    static uint8_t copy[sizeof(fixture->sent)];
    const struct uvsnmp_arrival arrival = {.path = &fixture->path, .data = copy, .size = fixture->sent_size};
    memcpy(copy, fixture->sent, fixture->sent_size);
    alloc_fail_at(n);
    receiver_handle(fixture->receiver, &arrival);
}

/* Makes what `sent` holds without the receiver's having seen it. */
static void prepare(struct receiver_fixture *fixture, const struct msg_pdu *pdu, bool is_v3)
{
    fixture->receiver->closing = true;
    if (is_v3) {
        receiver_send_v3(fixture, "user", MSG_V3_LEVEL, pdu);
    } else {
        receiver_send(fixture, UVSNMP_V2C, pdu);
    }
    fixture->receiver->closing = false;
}

/* One life with allocation `n` failing; false when there were not so many. */
static bool live_once(unsigned n, bool is_v3)
{
    const struct msg_pdu inform = receiver_notification(UVSNMP_PDU_INFORM, 1);
    const struct uvsnmp_user user = receiver_user("user");
    struct receiver_fixture *fixture = receiver_fixture_new(NULL);
    assert_int_equal(uvsnmp_receiver_add_user(fixture->receiver, bytes(""), &user, NULL), 0);
    receiver_discover(fixture);
    prepare(fixture, &inform, is_v3);
    fixture->acknowledges = true;
    deliver(fixture, n);
    bool failed = alloc_fail_end();
    assert_int_equal(fixture->receiver->counters.dropped, fixture->calls == 0);
    assert_int_equal(fixture->calls, fixture->receiver->counters.informs);
    deliver(fixture, 0); /* what was not taken is repeated, and then it is */
    assert_int_equal(fixture->calls, 1);
    receiver_fixture_free(fixture);
    return failed;
}

static void an_inform_is_taken_or_counted(void **state)
{
    (void)state;
    for (int is_v3 = 0; is_v3 <= 1; is_v3++) {
        unsigned n = 1;
        while (live_once(n, is_v3)) {
            n++;
        }
        assert_true(n > 4); /* else the failures do not reach the code */
    }
}

static void a_receiver_that_cannot_be_made_leaves_nothing(void **state)
{
    const struct receiver_io io = {NULL, NULL, NULL, NULL, NULL};
    const struct uvsnmp_receiver_options options = {.engine_boots = 1};
    (void)state;
    alloc_fail_at(1);
    assert_null(receiver_new(&io, &options));
    assert_true(alloc_fail_end());
}

static void a_user_that_cannot_be_added_is_not_there(void **state)
{
    const struct uvsnmp_user user = receiver_user("user");
    unsigned n = 0;
    bool failed;
    (void)state;
    do {
        struct receiver_fixture *fixture = receiver_fixture_new(NULL);
        struct uvsnmp_error err = {0};
        alloc_fail_at(++n);
        int rc = uvsnmp_receiver_add_user(fixture->receiver, bytes(""), &user, &err);
        rc = rc < 0 ? rc : uvsnmp_receiver_add_community(fixture->receiver, bytes("private"));
        failed = alloc_fail_end();
        assert_true(rc == 0 || failed);
        assert_int_equal(fixture->receiver->engine.users.count, rc == 0 || err.code == 0);
        receiver_fixture_free(fixture);
    } while (failed);
    assert_true(n > 4);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_inform_is_taken_or_counted),
        cmocka_unit_test(a_receiver_that_cannot_be_made_leaves_nothing),
        cmocka_unit_test(a_user_that_cannot_be_added_is_not_there),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
