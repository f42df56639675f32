/* SPDX-License-Identifier: BSD-3-Clause */
#include "support/unit.h"

#include "support/session_fixture.h"

/* What a callback saw. */
struct seen {
    int calls;
    int status;
    int32_t error_status, error_index;
    size_t count;
    struct uvsnmp_value first;
    char detail[256];
    bool submitting; /* a callback in here would be early */
};

static void remember(struct uvsnmp_session *session, const struct uvsnmp_result *result, void *arg)
{
    struct seen *seen = arg;
    assert_non_null(session);
    assert_false(seen->submitting);
    seen->calls++;
    seen->status = result->status;
    seen->error_status = result->error_status;
    seen->error_index = result->error_index;
    seen->count = result->count;
    if (result->count > 0) {
        seen->first = result->varbinds[0].value;
    }
    strncpy(seen->detail, result->detail, sizeof(seen->detail) - 1);
}

static void get_sysdescr(struct fixture *fixture, struct seen *seen)
{
    const struct uvsnmp_oid name = UVSNMP_OID(1, 3, 6, 1, 2, 1, 1, 1, 0);
    seen->submitting = true;
    assert_int_equal(uvsnmp_get(fixture->session, &name, 1, remember, seen), 0);
    seen->submitting = false;
}

/* ---- the agents ---- */

static bool answer_42(struct fake_agent *fake, const struct msg_message *request, struct msg_message *response)
{
    static struct uvsnmp_varbind varbind;
    (void)fake;
    varbind.name = request->pdu.varbinds[0].name;
    varbind.value = uvsnmp_integer(42);
    response->pdu.varbinds = &varbind;
    response->pdu.count = 1;
    return true;
}

static bool answer_nothing(struct fake_agent *fake, const struct msg_message *request,
                           struct msg_message *response)
{
    (void)fake;
    (void)request;
    (void)response;
    return false;
}

static bool answer_third(struct fake_agent *fake, const struct msg_message *request,
                         struct msg_message *response)
{
    return fake->requests == 3 && answer_42(fake, request, response);
}

static bool answer_error(struct fake_agent *fake, const struct msg_message *request,
                         struct msg_message *response)
{
    (void)answer_42(fake, request, response);
    response->pdu.error_status = UVSNMP_STATUS_GEN_ERR;
    response->pdu.error_index = 1;
    return true;
}

static bool answer_another_request(struct fake_agent *fake, const struct msg_message *request,
                                   struct msg_message *response)
{
    (void)answer_42(fake, request, response);
    response->pdu.request_id++;
    return true;
}

static bool answer_with_a_request(struct fake_agent *fake, const struct msg_message *request,
                                  struct msg_message *response)
{
    (void)answer_42(fake, request, response);
    response->pdu.type = UVSNMP_PDU_GET;
    return true;
}

static bool answer_in_version_1(struct fake_agent *fake, const struct msg_message *request,
                                struct msg_message *response)
{
    (void)answer_42(fake, request, response);
    response->version = UVSNMP_V1;
    return true;
}

/* The right request-id, and then a varbind that is cut off. */
static bool answer_malformed(struct fake_agent *fake, const struct msg_message *request,
                             struct msg_message *response)
{
    uint8_t buffer[256];
    (void)answer_42(fake, request, response);
    ptrdiff_t size = msg_encode(response, buffer, sizeof(buffer));
    assert_true(size > 0);
    buffer[sizeof(buffer) - 3] = 0x0a; /* the last value's tag: ENUMERATED is none of SMI's */
    fake_agent_send(fake, buffer + sizeof(buffer) - size, (size_t)size);
    return false;
}

static bool answer_truncated(struct fake_agent *fake, const struct msg_message *request,
                             struct msg_message *response)
{
    uint8_t buffer[256];
    (void)answer_42(fake, request, response);
    ptrdiff_t size = msg_encode(response, buffer, sizeof(buffer));
    assert_true(size > 0);
    fake_agent_send(fake, buffer + sizeof(buffer) - size, (size_t)size - 5);
    return false;
}

static bool answer_three_times(struct fake_agent *fake, const struct msg_message *request,
                               struct msg_message *response)
{
    uint8_t buffer[256];
    (void)answer_42(fake, request, response);
    ptrdiff_t size = msg_encode(response, buffer, sizeof(buffer));
    for (int i = 0; i < 2; i++) {
        fake_agent_send(fake, buffer + sizeof(buffer) - size, (size_t)size);
    }
    return true;
}

/* ---- the tests ---- */

static void get_brings_the_value(void **state)
{
    struct fixture fixture;
    struct seen seen = {0};
    (void)state;
    fixture_start(&fixture, UVSNMP_V2C, 0, answer_42);
    get_sysdescr(&fixture, &seen);
    fixture_run(&fixture);
    assert_int_equal(seen.calls, 1);
    assert_int_equal(seen.status, 0);
    assert_string_equal(seen.detail, "");
    assert_int_equal(seen.count, 1);
    assert_int_equal(seen.first.as.integer, 42);
    fixture_stop(&fixture);
}

static void an_error_status_is_a_response(void **state)
{
    struct fixture fixture;
    struct seen seen = {0};
    (void)state;
    fixture_start(&fixture, UVSNMP_V2C, 0, answer_error);
    get_sysdescr(&fixture, &seen);
    fixture_run(&fixture);
    assert_int_equal(seen.calls, 1);
    assert_int_equal(seen.status, 0);
    assert_int_equal(seen.error_status, UVSNMP_STATUS_GEN_ERR);
    assert_int_equal(seen.error_index, 1);
    fixture_stop(&fixture);
}

static void retries_are_sent_until_an_answer_comes(void **state)
{
    struct fixture fixture;
    struct seen seen = {0};
    (void)state;
    fixture_start(&fixture, UVSNMP_V2C, 5, answer_third);
    get_sysdescr(&fixture, &seen);
    fixture_run(&fixture);
    assert_int_equal(seen.calls, 1);
    assert_int_equal(seen.status, 0);
    assert_int_equal(fixture.agent.requests, 3);
    fixture_stop(&fixture);
}

/* Answers that are none, and what the timeout then tells of them. */
static void a_timeout_tells_what_arrived_instead(void **state)
{
    static const struct {
        fake_agent_fn *respond;
        const char *detail;
    } strange[] = {
        {answer_another_request, "a response to another request"},
        {answer_with_a_request, "a GET instead of a RESPONSE"},
        {answer_in_version_1, "a response to another request (version 1"},
        {answer_truncated, "a malformed message"},
    };
    (void)state;
    for (size_t i = 0; i < COUNT_OF(strange); i++) {
        struct fixture fixture;
        struct seen seen = {0};
        fixture_start(&fixture, UVSNMP_V2C, 1, strange[i].respond);
        get_sysdescr(&fixture, &seen);
        fixture_run(&fixture);
        assert_int_equal(seen.calls, 1);
        assert_int_equal(seen.status, UVSNMP_ETIMEOUT);
        assert_int_equal(fixture.agent.requests, 2);
        assert_non_null(strstr(seen.detail, strange[i].detail));
        assert_int_equal(seen.count, 0);
        fixture_stop(&fixture);
    }
}

static void silence_is_a_timeout_without_more(void **state)
{
    struct fixture fixture;
    struct seen seen = {0};
    (void)state;
    fixture_start(&fixture, UVSNMP_V1, 2, answer_nothing);
    get_sysdescr(&fixture, &seen);
    fixture_run(&fixture);
    assert_int_equal(seen.calls, 1);
    assert_int_equal(seen.status, UVSNMP_ETIMEOUT);
    assert_int_equal(fixture.agent.requests, 3);
    assert_null(strstr(seen.detail, "arrived"));
    fixture_stop(&fixture);
}

static void a_malformed_answer_ends_the_request_with_the_reason(void **state)
{
    struct fixture fixture;
    struct seen seen = {0};
    (void)state;
    fixture_start(&fixture, UVSNMP_V2C, 5, answer_malformed);
    get_sysdescr(&fixture, &seen);
    fixture_run(&fixture);
    assert_int_equal(seen.calls, 1);
    assert_int_equal(seen.status, UVSNMP_EBAD_ENCODING);
    assert_non_null(strstr(seen.detail, "value of an unknown type"));
    assert_int_equal(fixture.agent.requests, 1);
    fixture_stop(&fixture);
}

static void duplicates_call_back_once(void **state)
{
    struct fixture fixture;
    struct seen seen[2] = {{0}, {0}};
    (void)state;
    fixture_start(&fixture, UVSNMP_V2C, 0, answer_three_times);
    get_sysdescr(&fixture, &seen[0]);
    fixture_run(&fixture);
    get_sysdescr(&fixture, &seen[1]);
    fixture_run(&fixture);
    assert_int_equal(seen[0].calls, 1);
    assert_int_equal(seen[1].calls, 1);
    assert_int_equal(seen[1].status, 0);
    fixture_stop(&fixture);
}

static void many_requests_run_at_once(void **state)
{
    static struct seen seen[300];
    struct fixture fixture;
    (void)state;
    memset(seen, 0, sizeof(seen));
    fixture_start(&fixture, UVSNMP_V2C, 3, answer_42);
    for (size_t i = 0; i < COUNT_OF(seen); i++) {
        get_sysdescr(&fixture, &seen[i]);
    }
    fixture_run(&fixture);
    for (size_t i = 0; i < COUNT_OF(seen); i++) {
        assert_int_equal(seen[i].calls, 1);
        assert_int_equal(seen[i].status, 0);
    }
    fixture_stop(&fixture);
}

static void freeing_the_session_cancels_its_requests(void **state)
{
    struct fixture fixture;
    struct seen seen = {0};
    (void)state;
    fixture_start(&fixture, UVSNMP_V2C, 5, answer_nothing);
    get_sysdescr(&fixture, &seen);
    uvsnmp_session_free(fixture.session);
    fixture.session = NULL;
    assert_int_equal(seen.calls, 0);
    fixture_run(&fixture);
    assert_int_equal(seen.calls, 1);
    assert_int_equal(seen.status, UVSNMP_ECANCELLED);
    fixture_stop(&fixture);
}

static void closing_the_client_cancels_all_and_sessions_outlive_it(void **state)
{
    struct fixture fixture;
    struct seen seen = {0};
    (void)state;
    fixture_start(&fixture, UVSNMP_V2C, 5, answer_nothing);
    get_sysdescr(&fixture, &seen);
    uvsnmp_client_close(fixture.client, NULL, NULL);
    fake_agent_stop(&fixture.agent);
    (void)uv_run(fixture.loop, UV_RUN_DEFAULT);
    assert_int_equal(seen.calls, 1);
    assert_int_equal(seen.status, UVSNMP_ECANCELLED);
    uvsnmp_session_free(fixture.session);
    assert_int_equal(uv_loop_close(fixture.loop), 0);
    free(fixture.loop);
}

static void cancel_from_a_callback(struct uvsnmp_session *session, const struct uvsnmp_result *result, void *arg)
{
    struct uvsnmp_request **other = arg;
    (void)session;
    assert_int_equal(result->status, 0);
    uvsnmp_request_cancel(*other);
}

static bool answer_sets_only(struct fake_agent *fake, const struct msg_message *request,
                             struct msg_message *response)
{
    return request->pdu.type == UVSNMP_PDU_SET && answer_42(fake, request, response);
}

static void a_request_can_be_cancelled_from_a_callback(void **state)
{
    struct fixture fixture;
    struct seen seen = {0};
    struct uvsnmp_request *request = NULL;
    const struct uvsnmp_varbind varbind = {UVSNMP_OID(1, 3, 6, 1, 2, 1, 1, 1, 0), uvsnmp_integer(1)};
    const struct uvsnmp_varbind asked = {UVSNMP_OID(1, 3, 6), uvsnmp_empty(UVSNMP_NULL)};
    const struct uvsnmp_request_options options = {.type = UVSNMP_PDU_GET, .varbinds = &asked, .count = 1};
    (void)state;
    fixture_start(&fixture, UVSNMP_V2C, 5, answer_sets_only);
    assert_int_equal(uvsnmp_request_send(fixture.session, &options, remember, &seen, &request), 0);
    assert_int_equal(uvsnmp_set(fixture.session, &varbind, 1, cancel_from_a_callback, &request), 0);
    fixture_run(&fixture);
    assert_int_equal(seen.calls, 1);
    assert_int_equal(seen.status, UVSNMP_ECANCELLED);
    fixture_stop(&fixture);
}

static void what_cannot_be_sent_is_refused_and_calls_nothing(void **state)
{
    static uint8_t octets[70000];
    struct fixture fixture;
    struct seen seen = {0};
    const struct uvsnmp_varbind counter64 = {UVSNMP_OID(1, 3, 6, 1), uvsnmp_counter64(1)};
    const struct uvsnmp_varbind large = {UVSNMP_OID(1, 3, 6, 1), uvsnmp_octets(octets, sizeof(octets))};
    const struct uvsnmp_varbind no_oid = {UVSNMP_OID(1, 99), uvsnmp_integer(1)};
    const struct uvsnmp_oid name = UVSNMP_OID(1, 3, 6, 1);
    const struct uvsnmp_request_options response = {.type = UVSNMP_PDU_RESPONSE};
    (void)state;
    fixture_start(&fixture, UVSNMP_V1, 0, answer_42);
    assert_int_equal(uvsnmp_getbulk(fixture.session, &name, 1, 10, remember, &seen), UVSNMP_EUNSUPPORTED);
    assert_int_equal(uvsnmp_set(fixture.session, &counter64, 1, remember, &seen), UVSNMP_EUNSUPPORTED);
    assert_int_equal(uvsnmp_set(fixture.session, &large, 1, remember, &seen), UVSNMP_EOVERSIZED);
    assert_int_equal(uvsnmp_set(fixture.session, &no_oid, 1, remember, &seen), UVSNMP_EBAD_VALUE);
    assert_int_equal(uvsnmp_request_send(fixture.session, &response, remember, &seen, NULL),
                     UVSNMP_EBAD_ARGUMENT);
    fixture_run(&fixture);
    assert_int_equal(seen.calls, 0);
    assert_int_equal(fixture.agent.requests, 0);
    fixture_stop(&fixture);
}

static void a_session_needs_a_sound_address(void **state)
{
    struct fixture fixture;
    struct uvsnmp_session *session;
    struct uvsnmp_error err;
    struct uvsnmp_session_options options = {.version = UVSNMP_V2C};
    (void)state;
    fixture_start(&fixture, UVSNMP_V2C, 0, answer_42);
    assert_int_equal(uvsnmp_session_new(fixture.client, &options, &session, &err), UVSNMP_ENO_DESTINATION);
    assert_null(session);
    options.peer = "udp:127.0.0.1:99999";
    assert_int_equal(uvsnmp_session_new(fixture.client, &options, &session, &err), UVSNMP_EBAD_ADDRESS);
    assert_non_null(strstr(err.detail, "99999"));
    options.peer = "127.0.0.1";
    options.version = (enum uvsnmp_version)2;
    assert_int_equal(uvsnmp_session_new(fixture.client, &options, &session, &err), UVSNMP_EBAD_VERSION);
    fixture_stop(&fixture);
}

static void a_refused_peer_is_known_at_once(void **state)
{
    struct fixture fixture;
    struct seen seen = {0};
    (void)state;
    fixture_start(&fixture, UVSNMP_V2C, 5, answer_nothing);
    fake_agent_stop(&fixture.agent);
    (void)uv_run(fixture.loop, UV_RUN_DEFAULT);
    uint64_t before = uv_hrtime();
    get_sysdescr(&fixture, &seen);
    fixture_run(&fixture);
    assert_int_equal(seen.calls, 1);
    assert_int_equal(seen.status, UVSNMP_EREFUSED);
    /* six attempts of 50 ms would be three hundred */
    assert_true(uv_hrtime() - before < 200u * 1000 * 1000);
    uvsnmp_session_free(fixture.session);
    uvsnmp_client_close(fixture.client, NULL, NULL);
    (void)uv_run(fixture.loop, UV_RUN_DEFAULT);
    assert_int_equal(uv_loop_close(fixture.loop), 0);
    free(fixture.loop);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(get_brings_the_value),
        cmocka_unit_test(an_error_status_is_a_response),
        cmocka_unit_test(retries_are_sent_until_an_answer_comes),
        cmocka_unit_test(a_timeout_tells_what_arrived_instead),
        cmocka_unit_test(silence_is_a_timeout_without_more),
        cmocka_unit_test(a_malformed_answer_ends_the_request_with_the_reason),
        cmocka_unit_test(duplicates_call_back_once),
        cmocka_unit_test(many_requests_run_at_once),
        cmocka_unit_test(freeing_the_session_cancels_its_requests),
        cmocka_unit_test(closing_the_client_cancels_all_and_sessions_outlive_it),
        cmocka_unit_test(a_request_can_be_cancelled_from_a_callback),
        cmocka_unit_test(what_cannot_be_sent_is_refused_and_calls_nothing),
        cmocka_unit_test(a_session_needs_a_sound_address),
        cmocka_unit_test(a_refused_peer_is_known_at_once),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
