/* SPDX-License-Identifier: BSD-3-Clause */
#include "support/unit.h"

#include "support/session_fixture.h"

/* A little MIB: 1.3.6.1.1 … 1.3.6.1.N with the number as value. */
#define MIB_SIZE 25
#define ROOT UVSNMP_OID(1, 3, 6, 1)

struct walked {
    int ends;
    enum uvsnmp_walk_end end;
    int status;
    int32_t error_status;
    uint64_t variables, requests;
    uint32_t last_id; /* of the last variable handed over */
    uint32_t previous_id, stopped_by_id;
    uint32_t stop_at; /* the callback stops here; 0: never */
    unsigned each;
};

static int each(const struct uvsnmp_varbind *varbind, void *arg)
{
    struct walked *walked = arg;
    walked->each++;
    walked->last_id = varbind->name.ids[varbind->name.count - 1];
    return walked->stop_at != 0 && walked->last_id == walked->stop_at;
}

static void done(struct uvsnmp_session *session, const struct uvsnmp_walk_result *result, void *arg)
{
    struct walked *walked = arg;
    assert_non_null(session);
    walked->ends++;
    walked->end = result->end;
    walked->status = result->last->status;
    walked->error_status = result->last->error_status;
    walked->variables = result->variables;
    walked->requests = result->requests;
    walked->previous_id = result->previous.ids[result->previous.count - 1];
    if (result->stopped_by) {
        walked->stopped_by_id = result->stopped_by->name.ids[result->stopped_by->name.count - 1];
    }
}

/* ---- agents ---- */

static uint32_t ids_storage[128][5];
static struct uvsnmp_varbind answers[128];

static struct uvsnmp_varbind *variable(size_t slot, uint32_t id)
{
    static const uint32_t prefix[] = {1, 3, 6, 1};
    memcpy(ids_storage[slot], prefix, sizeof(prefix));
    ids_storage[slot][4] = id;
    answers[slot].name.ids = ids_storage[slot];
    answers[slot].name.count = 5;
    answers[slot].value = uvsnmp_integer((int32_t)id);
    return &answers[slot];
}

/* The id asked for: that after which an answer must come. */
static uint32_t asked_id(const struct msg_message *request)
{
    struct uvsnmp_oid name = request->pdu.varbinds[0].name;
    return name.count > 4 ? name.ids[4] : 0;
}

static bool honest(struct fake_agent *fake, const struct msg_message *request, struct msg_message *response)
{
    size_t wanted = request->pdu.type == UVSNMP_PDU_GETBULK ? (size_t)request->pdu.max_repetitions : 1;
    uint32_t id = asked_id(request);
    (void)fake;
    wanted = wanted > COUNT_OF(answers) ? COUNT_OF(answers) : wanted;
    for (size_t i = 0; i < wanted; i++) {
        if (id < MIB_SIZE) {
            id++;
            (void)variable(i, id);
        } else if (request->version == UVSNMP_V1) {
            response->pdu.error_status = UVSNMP_STATUS_NO_SUCH_NAME;
            response->pdu.error_index = 1;
            (void)variable(i, id);
        } else {
            variable(i, id)->value = uvsnmp_empty(UVSNMP_END_OF_MIB_VIEW);
        }
    }
    response->pdu.varbinds = answers;
    response->pdu.count = wanted;
    return true;
}

static bool goes_on_elsewhere(struct fake_agent *fake, const struct msg_message *request,
                              struct msg_message *response)
{
    (void)honest(fake, request, response);
    if (asked_id(request) == MIB_SIZE) {
        answers[0].name = UVSNMP_OID(1, 3, 6, 2, 7);
        answers[0].name.ids = memcpy(ids_storage[0], answers[0].name.ids, 5 * sizeof(uint32_t));
        answers[0].value = uvsnmp_integer(7);
    }
    return true;
}

static bool steps_back(struct fake_agent *fake, const struct msg_message *request, struct msg_message *response)
{
    (void)honest(fake, request, response);
    if (asked_id(request) == 5) {
        (void)variable(0, 3);
    }
    return true;
}

static bool leaves_backwards(struct fake_agent *fake, const struct msg_message *request,
                             struct msg_message *response)
{
    (void)honest(fake, request, response);
    if (asked_id(request) == 5) {
        answers[0].name.count = 3; /* 1.3.6, before the root */
    }
    return true;
}

static bool stands_still(struct fake_agent *fake, const struct msg_message *request,
                         struct msg_message *response)
{
    (void)honest(fake, request, response);
    if (asked_id(request) == 5) {
        (void)variable(0, 5);
    }
    return true;
}

static bool is_empty(struct fake_agent *fake, const struct msg_message *request, struct msg_message *response)
{
    (void)honest(fake, request, response);
    if (asked_id(request) == 5) {
        response->pdu.count = 0;
    }
    return true;
}

static bool finds_no_object(struct fake_agent *fake, const struct msg_message *request,
                            struct msg_message *response)
{
    (void)honest(fake, request, response);
    if (asked_id(request) == 5) {
        answers[0].value = uvsnmp_empty(UVSNMP_NO_SUCH_OBJECT);
    }
    return true;
}

static bool has_general_error(struct fake_agent *fake, const struct msg_message *request,
                              struct msg_message *response)
{
    (void)honest(fake, request, response);
    if (asked_id(request) == 5) {
        response->pdu.error_status = UVSNMP_STATUS_GEN_ERR;
        response->pdu.error_index = 1;
    }
    return true;
}

static bool holds_four(struct fake_agent *fake, const struct msg_message *request, struct msg_message *response)
{
    if (request->pdu.max_repetitions > 4) {
        (void)fake;
        response->pdu.error_status = UVSNMP_STATUS_TOO_BIG;
        return true;
    }
    return honest(fake, request, response);
}

static bool is_always_too_big(struct fake_agent *fake, const struct msg_message *request,
                              struct msg_message *response)
{
    (void)fake;
    (void)request;
    response->pdu.error_status = UVSNMP_STATUS_TOO_BIG;
    return true;
}

static bool falls_silent(struct fake_agent *fake, const struct msg_message *request,
                         struct msg_message *response)
{
    return asked_id(request) < 5 && honest(fake, request, response);
}

/* ---- tests ---- */

struct setting {
    enum uvsnmp_version version;
    int32_t max_repetitions;
    bool allow_not_increasing;
    uint32_t stop_at;
    struct uvsnmp_oid end;
};

static struct walked run(fake_agent_fn *respond, struct setting setting)
{
    struct fixture fixture;
    struct walked walked = {.stop_at = setting.stop_at};
    fixture_start(&fixture, setting.version, 0, respond);
    const struct uvsnmp_walk_options options = {
        .root = ROOT,
        .end = setting.end,
        .max_repetitions = setting.max_repetitions,
        .allow_not_increasing = setting.allow_not_increasing,
        .each = each,
        .done = done,
        .arg = &walked,
    };
    assert_int_equal(uvsnmp_walk(fixture.session, &options), 0);
    assert_int_equal(walked.ends, 0);
    fixture_run(&fixture);
    assert_int_equal(walked.ends, 1);
    assert_int_equal(walked.requests, fixture.agent.requests);
    assert_int_equal(walked.variables, walked.each);
    fixture_stop(&fixture);
    return walked;
}

static void walk_ends_where_the_mib_ends(void **state)
{
    (void)state;
    struct walked next = run(honest, (struct setting){.version = UVSNMP_V2C});
    assert_int_equal(next.end, UVSNMP_WALK_MIB_END);
    assert_int_equal(next.variables, MIB_SIZE);
    assert_int_equal(next.requests, MIB_SIZE + 1);
    assert_int_equal(next.stopped_by_id, MIB_SIZE);
    struct walked bulk = run(honest, (struct setting){.version = UVSNMP_V2C, .max_repetitions = 10});
    assert_int_equal(bulk.end, UVSNMP_WALK_MIB_END);
    assert_int_equal(bulk.variables, MIB_SIZE);
    assert_int_equal(bulk.requests, 3);
}

static void walk_in_version_1_ends_with_no_such_name_and_never_asks_in_bulk(void **state)
{
    (void)state;
    struct walked walked = run(honest, (struct setting){.version = UVSNMP_V1, .max_repetitions = 10});
    assert_int_equal(walked.end, UVSNMP_WALK_MIB_END);
    assert_int_equal(walked.variables, MIB_SIZE);
    assert_int_equal(walked.error_status, UVSNMP_STATUS_NO_SUCH_NAME);
    assert_int_equal(walked.requests, MIB_SIZE + 1);
}

static void walk_ends_where_the_subtree_ends(void **state)
{
    (void)state;
    struct walked walked = run(goes_on_elsewhere, (struct setting){.version = UVSNMP_V2C});
    assert_int_equal(walked.end, UVSNMP_WALK_SUBTREE_END);
    assert_int_equal(walked.variables, MIB_SIZE);
    assert_int_equal(walked.stopped_by_id, 7);
}

static void walk_ends_at_a_given_name(void **state)
{
    static const uint32_t end[] = {1, 3, 6, 1, 8};
    (void)state;
    struct walked walked =
        run(honest, (struct setting){.version = UVSNMP_V2C, .end = {end, COUNT_OF(end)}});
    assert_int_equal(walked.end, UVSNMP_WALK_SUBTREE_END);
    assert_int_equal(walked.last_id, 7);
}

static void walk_stops_when_the_callback_says_so(void **state)
{
    (void)state;
    struct walked walked =
        run(honest, (struct setting){.version = UVSNMP_V2C, .max_repetitions = 10, .stop_at = 13});
    assert_int_equal(walked.end, UVSNMP_WALK_STOPPED);
    assert_int_equal(walked.variables, 13);
    assert_int_equal(walked.requests, 2);
}

static void walk_ends_when_names_do_not_increase(void **state)
{
    (void)state;
    struct walked back = run(steps_back, (struct setting){.version = UVSNMP_V2C});
    assert_int_equal(back.end, UVSNMP_WALK_FAILED);
    assert_int_equal(back.status, UVSNMP_ENOT_INCREASING);
    assert_int_equal(back.previous_id, 5);
    assert_int_equal(back.stopped_by_id, 3);
    assert_int_equal(back.last_id, 5);
    struct walked still = run(stands_still, (struct setting){.version = UVSNMP_V2C});
    assert_int_equal(still.status, UVSNMP_ENOT_INCREASING);
    assert_int_equal(still.variables, 5);
    struct walked left = run(leaves_backwards, (struct setting){.version = UVSNMP_V2C});
    assert_int_equal(left.end, UVSNMP_WALK_FAILED);
    assert_int_equal(left.status, UVSNMP_ENOT_INCREASING);
    assert_int_equal(left.stopped_by_id, 6);
}

static void walk_ends_when_names_come_round(void **state)
{
    (void)state;
    struct walked back = run(steps_back, (struct setting){.version = UVSNMP_V2C, .allow_not_increasing = true});
    assert_int_equal(back.end, UVSNMP_WALK_FAILED);
    assert_int_equal(back.status, UVSNMP_EREPEATED);
    assert_in_range(back.variables, 5, 30);
    struct walked still =
        run(stands_still, (struct setting){.version = UVSNMP_V1, .allow_not_increasing = true});
    assert_int_equal(still.status, UVSNMP_EREPEATED);
    assert_in_range(still.variables, 5, 30);
}

static void walk_ends_at_an_empty_response(void **state)
{
    (void)state;
    struct walked walked = run(is_empty, (struct setting){.version = UVSNMP_V2C});
    assert_int_equal(walked.end, UVSNMP_WALK_FAILED);
    assert_int_equal(walked.status, UVSNMP_EEMPTY_RESPONSE);
    assert_int_equal(walked.variables, 5);
}

static void walk_ends_at_an_exception_that_getnext_cannot_have(void **state)
{
    (void)state;
    struct walked walked = run(finds_no_object, (struct setting){.version = UVSNMP_V2C});
    assert_int_equal(walked.end, UVSNMP_WALK_FAILED);
    assert_int_equal(walked.status, UVSNMP_EUNEXPECTED_RESPONSE);
    assert_int_equal(walked.variables, 5);
}

static void walk_reports_an_error_status(void **state)
{
    (void)state;
    struct walked walked = run(has_general_error, (struct setting){.version = UVSNMP_V2C});
    assert_int_equal(walked.end, UVSNMP_WALK_ERROR_STATUS);
    assert_int_equal(walked.status, 0);
    assert_int_equal(walked.error_status, UVSNMP_STATUS_GEN_ERR);
    assert_int_equal(walked.variables, 5);
}

static void walk_halves_its_repetitions_when_too_big(void **state)
{
    (void)state;
    struct walked walked = run(holds_four, (struct setting){.version = UVSNMP_V2C, .max_repetitions = 50});
    assert_int_equal(walked.end, UVSNMP_WALK_MIB_END);
    assert_int_equal(walked.variables, MIB_SIZE);
    /* 50, 25, 12, 6 are refused; then three at a time */
    assert_int_equal(walked.requests, 4 + 9);
    struct walked never = run(is_always_too_big, (struct setting){.version = UVSNMP_V2C, .max_repetitions = 50});
    assert_int_equal(never.end, UVSNMP_WALK_ERROR_STATUS);
    assert_int_equal(never.error_status, UVSNMP_STATUS_TOO_BIG);
    assert_int_equal(never.requests, 6);
}

static void walk_reports_a_timeout_after_what_it_has(void **state)
{
    (void)state;
    struct walked walked = run(falls_silent, (struct setting){.version = UVSNMP_V2C});
    assert_int_equal(walked.end, UVSNMP_WALK_FAILED);
    assert_int_equal(walked.status, UVSNMP_ETIMEOUT);
    assert_int_equal(walked.variables, 5);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(walk_ends_where_the_mib_ends),
        cmocka_unit_test(walk_in_version_1_ends_with_no_such_name_and_never_asks_in_bulk),
        cmocka_unit_test(walk_ends_where_the_subtree_ends),
        cmocka_unit_test(walk_ends_at_a_given_name),
        cmocka_unit_test(walk_stops_when_the_callback_says_so),
        cmocka_unit_test(walk_ends_when_names_do_not_increase),
        cmocka_unit_test(walk_ends_when_names_come_round),
        cmocka_unit_test(walk_ends_at_an_empty_response),
        cmocka_unit_test(walk_ends_at_an_exception_that_getnext_cannot_have),
        cmocka_unit_test(walk_reports_an_error_status),
        cmocka_unit_test(walk_halves_its_repetitions_when_too_big),
        cmocka_unit_test(walk_reports_a_timeout_after_what_it_has),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
