/* SPDX-License-Identifier: BSD-3-Clause */
/* Each allocation of a request's life fails once: every accepted request still ends, once, and nothing leaks. */
#include "support/unit.h"

#include "msg/message.h"
#include "session/wait.h"
#include "support/alloc_fail.h"
#include "support/scripted_peer.h"
#include "support/virtual_clock.h"

#define FAILURES_MAX 500

struct ends {
    unsigned accepted, ended, good;
};

static void on_result(struct uvsnmp_session *session, const struct uvsnmp_result *result, void *arg)
{
    struct ends *ends = arg;
    (void)session;
    ends->ended++;
    ends->good += result->status == 0;
    assert_true(result->status == 0 || result->detail[0] != '\0');
}

static int on_variable(const struct uvsnmp_varbind *varbind, void *arg)
{
    (void)varbind;
    (void)arg;
    return 0;
}

static void on_walked(struct uvsnmp_session *session, const struct uvsnmp_walk_result *result, void *arg)
{
    on_result(session, result->last, arg);
}

/* Answers with the request's own name and its end: for a GET a value, for a walk the end of the MIB. */
static void answer(struct scripted_peer *peer, const struct scripted_request *request)
{
    /* the request as a Response, its one value (two octets at the end) made endOfMibView */
    uint8_t data[sizeof(request->data)];
    struct msg_envelope envelope;
    memcpy(data, request->data, request->size);
    assert_int_equal(msg_envelope_decode(data, request->size, &envelope, NULL), 0);
    data[envelope.pdu.data - data] = UVSNMP_PDU_RESPONSE;
    data[request->size - 2] = UVSNMP_END_OF_MIB_VIEW;
    scripted_peer_send(peer, request, data, request->size);
}

static void submit(struct uvsnmp_client *client, const char *peer, struct ends *ends,
                   struct uvsnmp_session **session)
{
    const struct uvsnmp_oid name = UVSNMP_OID(1, 3, 6, 1, 2, 1, 1, 1, 0);
    const struct uvsnmp_session_options options = {
        .peer = peer, .version = UVSNMP_V2C, .community = {(const uint8_t *)"public", 6}, .deadline_ms = 5000};
    const struct uvsnmp_walk_options walk = {
        .root = UVSNMP_OID(1, 3, 6, 1), .each = on_variable, .done = on_walked, .arg = ends};
    if (uvsnmp_session_new(client, &options, session, NULL) < 0) {
        assert_null(*session);
        return;
    }
    ends->accepted += uvsnmp_get(*session, &name, 1, on_result, ends) == 0;
    ends->accepted += uvsnmp_walk(*session, &walk) == 0;
}

static void serve(uv_loop_t *loop, struct scripted_peer *peer)
{
    struct scripted_request request;
    virtual_clock_settle(loop);
    while (scripted_peer_receive(peer, &request)) {
        answer(peer, &request);
        virtual_clock_settle(loop);
    }
    virtual_clock_advance(loop, 10000);
}

/* One life with allocation `nth` failing; false when there were not so many. */
static bool live_once(unsigned nth, struct scripted_peer *peer, struct ends *ends)
{
    uv_loop_t *loop = wait_loop_new();
    struct uvsnmp_client *client;
    struct uvsnmp_session *session = NULL;
    struct uvsnmp_error err;
    assert_non_null(loop);
    alloc_fail_at(nth);
    int rc = uvsnmp_client_new(loop, NULL, &client, &err);
    if (rc == 0) {
        submit(client, scripted_peer_address(peer), ends, &session);
        serve(loop, peer);
        uvsnmp_session_free(session);
        uvsnmp_client_close(client, NULL, NULL);
    } else {
        assert_int_equal(rc, UVSNMP_ENO_MEMORY);
        assert_int_equal(err.code, UVSNMP_ENO_MEMORY);
    }
    assert_int_equal(wait_loop_run(loop), 0);
    bool failed = alloc_fail_end();
    wait_loop_free(loop);
    return failed;
}

static void every_accepted_request_ends_once(void **state)
{
    struct scripted_peer *peer = scripted_peer_new("127.0.0.1");
    struct scripted_request stale;
    unsigned nth = 1;
    bool failed = true;
    (void)state;
    assert_non_null(peer);
    for (; failed; nth++) {
        struct ends ends = {0};
        assert_true(nth < FAILURES_MAX);
        failed = live_once(nth, peer, &ends);
        assert_int_equal(ends.ended, ends.accepted);
        assert_true(failed || (ends.accepted == 2 && ends.good == 2));
        while (scripted_peer_receive(peer, &stale)) {
        }
    }
    assert_true(nth > 10); /* else the failures do not reach the code */
    scripted_peer_free(peer);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(every_accepted_request_ends_once)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
