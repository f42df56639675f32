/* SPDX-License-Identifier: BSD-3-Clause */
/* Version 3: who is answered, at which level, with what, and what is reported to whom. */
#include "unit/agent/v3_manager.h"

#define SCALARS UVSNMP_OID(1, 3, 6, 1, 2, 1, 1)
#define NUMBER UVSNMP_OID(1, 3, 6, 1, 2, 1, 1, 1, 0)
#define TEXT UVSNMP_OID(1, 3, 6, 1, 2, 1, 1, 2, 0)
#define LATE UVSNMP_OID(1, 3, 6, 1, 3, 1)

static struct uvsnmp_query *held; /* the query that the late provider keeps */
static int32_t set_number;        /* what was SET last */

static const struct uvsnmp_object objects[] = {
    {1, UVSNMP_INTEGER, UVSNMP_READ_WRITE, 0, 0},
    {2, UVSNMP_OCTET_STRING, UVSNMP_READ_ONLY, 0, 0},
};

static void get(struct uvsnmp_query *query)
{
    static const char text[200];
    struct uvsnmp_value value =
        uvsnmp_query_object(query)->id == 1 ? uvsnmp_integer(42) : uvsnmp_octets(text, sizeof(text));
    uvsnmp_query_answer(query, &value);
}

static void commit(struct uvsnmp_query *query)
{
    set_number = (int32_t)uvsnmp_query_value(query)->as.integer;
    uvsnmp_query_done(query);
}

static void hold(struct uvsnmp_query *query)
{
    held = query;
}

static struct v3_manager *peer_of(void **state)
{
    return *state;
}

static struct uvsnmp_agent *agent_of(void **state)
{
    return peer_of(state)->fixture->agent;
}

static int set_up(void **state)
{
    static const struct uvsnmp_provider late = {.get = hold, .test = hold, .commit = commit};
    const struct uvsnmp_scalars scalars = {.objects = objects, .count = 2, .get = get, .commit = commit};
    const struct uvsnmp_agent_options options = v3_options();
    struct fixture *fixture = fixture_new(&options);
    assert_int_equal(uvsnmp_agent_add_scalars(fixture->agent, NULL, SCALARS, &scalars, NULL, NULL), 0);
    assert_int_equal(uvsnmp_agent_add_scalars(fixture->agent, "ctx", SCALARS, &scalars, NULL, NULL), 0);
    assert_int_equal(uvsnmp_agent_register(fixture->agent, NULL, LATE, &late, NULL, NULL, NULL), 0);
    v3_add_user(fixture, "user");
    v3_add_right(fixture, "user");
    *state = v3_manager_new(fixture);
    return 0;
}

static int tear_down(void **state)
{
    struct fixture *fixture = peer_of(state)->fixture;
    v3_manager_free(*state);
    fixture_free(fixture);
    return 0;
}

static uint32_t count_of(void **state, enum engine_report report)
{
    return agent_of(state)->engine.reports.counts[report];
}

static struct uvsnmp_bytes bytes(const char *text)
{
    return (struct uvsnmp_bytes){(const uint8_t *)text, strlen(text)};
}

/* ---- levels ---- */

static void each_level_is_answered_in_kind(void **state)
{
    static const uint8_t levels[] = {0, MSG_V3_AUTH, MSG_V3_LEVEL};
    struct v3_manager *peer = *state;
    for (size_t i = 0; i < COUNT_OF(levels); i++) {
        assert_true(v3_ask(peer, "user", levels[i], UVSNMP_PDU_GET, NUMBER));
        assert_response(peer, UVSNMP_STATUS_NO_ERROR, 0);
        assert_int_equal(peer->in.envelope.level, levels[i]);
        assert_int_equal(peer->in.pdu.varbinds[0].value.as.integer, 42);
        assert_true(v3_ask(peer, "user", levels[i], UVSNMP_PDU_SET, NUMBER));
        assert_response(peer, UVSNMP_STATUS_NO_ERROR, 0);
        assert_int_equal(set_number, 5);
        assert_true(v3_ask(peer, "user", levels[i], UVSNMP_PDU_GETNEXT, NUMBER));
        assert_response(peer, UVSNMP_STATUS_NO_ERROR, 0);
        assert_name(&peer->in.pdu.varbinds[0], TEXT);
        assert_true(v3_ask(peer, "user", levels[i], UVSNMP_PDU_GETBULK, SCALARS));
        assert_response(peer, UVSNMP_STATUS_NO_ERROR, 0);
        assert_int_equal(peer->in.pdu.count, 3);
    }
    assert_int_equal(uvsnmp_agent_counter(agent_of(state), 15), 3);  /* snmpInGetRequests */
    assert_int_equal(uvsnmp_agent_counter(agent_of(state), 28), 12); /* snmpOutGetResponses */
}

static void an_agent_without_engine_id_speaks_no_version_3(void **state)
{
    struct v3_manager *peer = *state;
    struct fixture *fixture = peer->fixture;
    agent_of(state)->engine.id.size = 0;
    assert_false(v3_ask(peer, "user", 0, UVSNMP_PDU_GET, NUMBER));
    assert_int_equal(uvsnmp_agent_counter(fixture->agent, 3), 1); /* snmpInBadVersions */
    assert_int_equal(uvsnmp_agent_add_user(fixture->agent, &(struct uvsnmp_user){.name = bytes("x")}, NULL),
                     UVSNMP_EBAD_ARGUMENT);
}

/* ---- refusals ---- */

static void strangers_hear_what_was_wrong(void **state)
{
    struct v3_manager *peer = *state;
    const struct uvsnmp_varbind varbind = {NUMBER, uvsnmp_empty(UVSNMP_NULL)};
    const struct msg_pdu pdu = {.type = UVSNMP_PDU_GET, .varbinds = &varbind, .count = 1};
    struct uvsnmp_user user = v3_user("nobody");
    assert_true(v3_send(peer, &user, MSG_V3_LEVEL, &pdu));
    assert_report(peer, UVSNMP_EUNKNOWN_USER, 0);
    user = v3_user("user");
    user.auth_secret.passphrase = bytes("anything");
    assert_true(v3_send(peer, &user, MSG_V3_AUTH, &pdu));
    assert_report(peer, UVSNMP_EAUTHENTICATION, 0);
    const struct uvsnmp_user keyless = {.name = bytes("keyless")};
    assert_int_equal(uvsnmp_agent_add_user(agent_of(state), &keyless, NULL), 0);
    assert_true(v3_ask(peer, "keyless", MSG_V3_LEVEL, UVSNMP_PDU_GET, NUMBER));
    assert_report(peer, UVSNMP_EUNSUPPORTED_LEVEL, 0);
    assert_int_equal(count_of(state, ENGINE_REPORT_UNKNOWN_USER_NAMES), 1);
    assert_int_equal(count_of(state, ENGINE_REPORT_WRONG_DIGESTS), 1);
    assert_int_equal(count_of(state, ENGINE_REPORT_UNSUPPORTED_SEC_LEVELS), 1);
}

static void a_message_of_another_time_is_told_the_time(void **state)
{
    struct v3_manager *peer = *state;
    struct fixture *fixture = peer->fixture;
    fixture->now += 200000;
    agent_of(state)->engine.started_ms -= 400000; /* the peer's clock is late by 400 s */
    assert_true(v3_ask(peer, "user", MSG_V3_AUTH, UVSNMP_PDU_GET, NUMBER));
    assert_report(peer, UVSNMP_ENOT_IN_TIME_WINDOW, MSG_V3_AUTH);
    assert_int_equal(peer->in.time.boots, 7);
    assert_true(v3_ask(peer, "user", MSG_V3_AUTH, UVSNMP_PDU_GET, NUMBER));
    assert_response(peer, UVSNMP_STATUS_NO_ERROR, 0);
}

static void a_replay_of_long_ago_has_no_effect(void **state)
{
    struct v3_manager *peer = *state;
    struct fixture *fixture = peer->fixture;
    assert_true(v3_ask(peer, "user", MSG_V3_LEVEL, UVSNMP_PDU_SET, NUMBER));
    set_number = 0;
    fixture->now += 151000;
    fixture_handle(fixture, peer->sent, peer->sent_size);
    assert_int_equal(set_number, 0);
    assert_int_equal(count_of(state, ENGINE_REPORT_NOT_IN_TIME_WINDOWS), 1);
}

static void what_is_not_whole_is_dropped(void **state)
{
    struct v3_manager *peer = *state;
    struct fixture *fixture = peer->fixture;
    assert_true(v3_ask(peer, "user", MSG_V3_LEVEL, UVSNMP_PDU_GET, NUMBER));
    for (size_t size = 0; size < peer->sent_size; size++) {
        size_t before = fixture->answers;
        fixture_handle(fixture, peer->sent, size);
        assert_int_equal(fixture->answers, before);
    }
    for (size_t i = 0; i < peer->sent_size; i++) { /* no octet may be another one */
        size_t answered = uvsnmp_agent_counter(fixture->agent, 28);
        peer->sent[i] ^= 0x55;
        fixture_handle(fixture, peer->sent, peer->sent_size);
        peer->sent[i] ^= 0x55;
        assert_int_equal(uvsnmp_agent_counter(fixture->agent, 28), answered);
    }
}

static void another_context_engine_or_context_is_reported(void **state)
{
    struct v3_manager *peer = *state;
    peer->context = "none";
    assert_true(v3_ask(peer, "user", MSG_V3_AUTH, UVSNMP_PDU_GET, NUMBER));
    assert_report(peer, UVSNMP_EUNKNOWN_CONTEXT, MSG_V3_AUTH);
    peer->context = "ctx";
    peer->context_engine_id = bytes("other");
    assert_true(v3_ask(peer, "user", MSG_V3_LEVEL, UVSNMP_PDU_GET, NUMBER));
    assert_report(peer, UVSNMP_EUNKNOWN_HANDLER, MSG_V3_LEVEL);
    peer->context = "";
    peer->context_engine_id.size = 0; /* "whoever you are", as some managers ask */
    assert_true(v3_ask(peer, "user", MSG_V3_AUTH, UVSNMP_PDU_GET, NUMBER));
    assert_response(peer, UVSNMP_STATUS_NO_ERROR, 0);
    assert_int_equal(count_of(state, ENGINE_REPORT_UNKNOWN_CONTEXTS), 1);
    assert_int_equal(count_of(state, ENGINE_REPORT_UNKNOWN_PDU_HANDLERS), 1);
}

static void notifications_and_answers_are_dropped(void **state)
{
    static const enum uvsnmp_pdu_type types[] = {UVSNMP_PDU_TRAP, UVSNMP_PDU_INFORM, UVSNMP_PDU_RESPONSE,
                                                 UVSNMP_PDU_REPORT};
    for (size_t i = 0; i < COUNT_OF(types); i++) {
        assert_false(v3_ask(*state, "user", MSG_V3_AUTH, types[i], NUMBER));
    }
}

/* Discovers from there `count` times at once; how often there was an answer. */
static size_t discover(void **state, const char *from, size_t count)
{
    static const struct uvsnmp_user nobody;
    const struct msg_pdu nothing = {.type = UVSNMP_PDU_GET};
    struct v3_manager *peer = peer_of(state);
    size_t answers = 0;
    assert_int_equal(uvsnmp_address_parse(from, 0, &peer->fixture->path.peer, NULL), 0);
    peer->engine_id.size = 0;
    for (size_t i = 0; i < count; i++) {
        answers += v3_send(peer, &nobody, 0, &nothing);
    }
    peer->engine_id = engine_id_bytes(&agent_of(state)->engine.id);
    return answers;
}

static void a_source_gets_so_many_reports_and_no_more(void **state)
{
    enum { BURST = REPORT_LIMIT_BURST, SECOND = REPORT_LIMIT_PER_SECOND };
    struct v3_manager *peer = *state;
    const uint32_t drops = uvsnmp_agent_counter(agent_of(state), 31); /* snmpSilentDrops */
    assert_int_equal(discover(state, "udp:192.0.2.1:1000", BURST + 10), BURST);
    assert_int_equal(uvsnmp_agent_counter(agent_of(state), 31), drops + 10);
    assert_int_equal(discover(state, "udp:192.0.2.1:2000", 1), 0); /* another port of the same host */
    assert_int_equal(discover(state, "udp6:[::ffff:192.0.2.1]:2000", 1), 0);
    assert_int_equal(discover(state, "udp:192.0.2.2:1000", 1), 1);
    assert_int_equal(discover(state, "udp6:[2001:db8::1]:1000", BURST), BURST);
    assert_int_equal(discover(state, "udp6:[2001:db8::2]:1000", 1), 0); /* of the same network */
    assert_int_equal(discover(state, "udp6:[2001:db8:0:1::2]:1000", 1), 1);
    assert_int_equal(discover(state, "tcp:192.0.2.1:1000", 1), 1);
    assert_int_equal(discover(state, "udp:192.0.2.1:1000", 1), 0);
    assert_true(v3_ask(peer, "user", MSG_V3_AUTH, UVSNMP_PDU_GET, NUMBER)); /* who is known is answered */
    assert_response(peer, UVSNMP_STATUS_NO_ERROR, 0);
    fixture_advance(peer->fixture, 1000);
    assert_int_equal(discover(state, "udp:192.0.2.1:1000", BURST), SECOND);
    fixture_advance(peer->fixture, 100000);
    assert_int_equal(discover(state, "udp:192.0.2.1:1000", BURST + 10), BURST);
}

static void the_host_itself_gets_all_its_reports(void **state)
{
    static const char *const own[] = {"udp:127.0.0.1:1000", "udp:127.9.9.9:1000", "udp6:[::1]:1000",
                                      "udp6:[::ffff:127.0.0.1]:1000"};
    for (size_t i = 0; i < COUNT_OF(own); i++) {
        assert_int_equal(discover(state, own[i], 3000), 3000);
    }
}

static void many_sources_do_not_wash_out_one_that_asks_too_much(void **state)
{
    char from[40];
    assert_int_equal(discover(state, "udp:192.0.2.1:1000", REPORT_LIMIT_BURST), REPORT_LIMIT_BURST);
    for (unsigned i = 0; i < 5000; i++) {
        (void)snprintf(from, sizeof(from), "udp:198.18.%u.%u:1000", i / 250, i % 250);
        assert_int_equal(discover(state, from, 1), 1);
    }
    assert_int_equal(discover(state, "udp:192.0.2.1:1000", 1), 0);
}

static void what_is_shorter_than_a_discovery_gets_no_report(void **state)
{
    /* a discovery but for its scopedPDU, which has nothing in it */
    static const uint8_t message[] = {0x30, 0x27, 2, 1, 3, 0x30, 0x0e, 2, 1,    1,    2,    3,    0, 0xff,
                                      0xe3, 4,    1, 4, 2, 1,    3,    4, 0x10, 0x30, 0x0e, 4,    0, 2,
                                      1,    0,    2, 1, 0, 4,    0,    4, 0,    4,    0,    0x30, 0};
    struct fixture *fixture = peer_of(state)->fixture;
    uint32_t unknown = count_of(state, ENGINE_REPORT_UNKNOWN_ENGINE_IDS);
    size_t before = fixture->answers;
    fixture_handle(fixture, message, sizeof(message));
    assert_int_equal(fixture->answers, before);
    assert_int_equal(count_of(state, ENGINE_REPORT_UNKNOWN_ENGINE_IDS), unknown + 1); /* it was understood */
}

/* ---- rights ---- */

static void a_user_without_rights_is_told_so(void **state)
{
    static const enum uvsnmp_pdu_type types[] = {UVSNMP_PDU_GET, UVSNMP_PDU_GETNEXT, UVSNMP_PDU_GETBULK,
                                                 UVSNMP_PDU_SET};
    struct v3_manager *peer = *state;
    v3_add_user(peer->fixture, "other");
    for (size_t i = 0; i < COUNT_OF(types); i++) {
        assert_true(v3_ask(peer, "other", MSG_V3_LEVEL, types[i], NUMBER));
        assert_response(peer, UVSNMP_STATUS_AUTHORIZATION_ERROR, 0);
    }
}

static void a_right_has_a_level_a_context_and_a_view(void **state)
{
    struct v3_manager *peer = *state;
    const struct uvsnmp_view_subtree view[] = {{TEXT, true}};
    struct uvsnmp_right right = {.security_name = bytes("other"), .view = view, .view_count = 1};
    v3_add_user(peer->fixture, "other");
    assert_int_equal(uvsnmp_agent_add_right(agent_of(state), &right, NULL), 0);
    right = (struct uvsnmp_right){
        .security_name = bytes("other"), .level = UVSNMP_AUTH_PRIV, .write = true, .context = "ctx"};
    assert_int_equal(uvsnmp_agent_add_right(agent_of(state), &right, NULL), 0);

    assert_true(v3_ask(peer, "other", 0, UVSNMP_PDU_GET, TEXT));
    assert_response(peer, UVSNMP_STATUS_AUTHORIZATION_ERROR, 0);
    assert_true(v3_ask(peer, "other", MSG_V3_AUTH, UVSNMP_PDU_GET, TEXT));
    assert_int_equal(peer->in.pdu.varbinds[0].value.type, UVSNMP_OCTET_STRING);
    assert_true(v3_ask(peer, "other", MSG_V3_LEVEL, UVSNMP_PDU_GET, NUMBER));
    assert_int_equal(peer->in.pdu.varbinds[0].value.type, UVSNMP_NO_SUCH_OBJECT);
    assert_true(v3_ask(peer, "other", MSG_V3_LEVEL, UVSNMP_PDU_GETNEXT, TEXT));
    assert_int_equal(peer->in.pdu.varbinds[0].value.type, UVSNMP_END_OF_MIB_VIEW);
    assert_true(v3_ask(peer, "other", MSG_V3_LEVEL, UVSNMP_PDU_SET, NUMBER));
    assert_response(peer, UVSNMP_STATUS_NO_ACCESS, 1);

    peer->context = "ctx";
    assert_true(v3_ask(peer, "other", MSG_V3_AUTH, UVSNMP_PDU_GET, NUMBER));
    assert_response(peer, UVSNMP_STATUS_AUTHORIZATION_ERROR, 0);
    assert_true(v3_ask(peer, "other", MSG_V3_LEVEL, UVSNMP_PDU_SET, NUMBER));
    assert_response(peer, UVSNMP_STATUS_NO_ERROR, 0);
}

static void bad_users_and_rights_are_errors(void **state)
{
    struct uvsnmp_agent *agent = agent_of(state);
    struct uvsnmp_user user = v3_user("user");
    assert_int_equal(uvsnmp_agent_add_user(agent, &user, NULL), UVSNMP_EEXISTS);
    assert_int_equal(uvsnmp_agent_remove_user(agent, bytes("user")), 0);
    assert_int_equal(uvsnmp_agent_remove_user(agent, bytes("user")), UVSNMP_ENOT_FOUND);
    user.auth = "ROT13";
    assert_int_equal(uvsnmp_agent_add_user(agent, &user, NULL), UVSNMP_EBAD_VALUE);
    user = v3_user("user");
    user.auth_secret.passphrase = bytes("short");
    assert_int_equal(uvsnmp_agent_add_user(agent, &user, NULL), UVSNMP_EBAD_VALUE);
    user = v3_user("");
    assert_int_equal(uvsnmp_agent_add_user(agent, &user, NULL), UVSNMP_EBAD_VALUE);
    user = v3_user("user");
    user.name.size = 33;
    user.name.data = (const uint8_t *)"012345678901234567890123456789012";
    assert_int_equal(uvsnmp_agent_add_user(agent, &user, NULL), UVSNMP_EBAD_VALUE);

    struct uvsnmp_right right = {.security_name = bytes("")};
    assert_int_equal(uvsnmp_agent_add_right(agent, &right, NULL), UVSNMP_EBAD_ARGUMENT);
    right.security_name = user.name;
    assert_int_equal(uvsnmp_agent_add_right(agent, &right, NULL), UVSNMP_EBAD_ARGUMENT);
    right.security_name.size = 32;
    assert_int_equal(uvsnmp_agent_add_right(agent, &right, NULL), 0);
    right.context = "a context with a name that no row can have";
    assert_int_equal(uvsnmp_agent_add_right(agent, &right, NULL), UVSNMP_EBAD_ARGUMENT);
    assert_int_equal(
        uvsnmp_agent_new(NULL, &(struct uvsnmp_agent_options){.engine_id = bytes("1234")}, &agent, NULL),
        UVSNMP_EBAD_ARGUMENT);
}

/* ---- a program's own access control ---- */

static struct uvsnmp_asker last_asker;
static char last_name[33], last_context[33];

static const void *identify(const struct uvsnmp_asker *asker, const char **context, void *arg)
{
    (void)context;
    last_asker = *asker;
    memset(last_name, 0, sizeof(last_name));
    memset(last_context, 0, sizeof(last_context));
    memcpy(last_name, asker->name.data, asker->name.size);
    if (asker->context.size > 0) {
        memcpy(last_context, asker->context.data, asker->context.size);
    }
    return asker->level == UVSNMP_AUTH_PRIV ? arg : NULL;
}

static enum uvsnmp_access check(const void *principal, struct uvsnmp_oid name, bool write,
                                struct uvsnmp_oid_buf *resume, void *arg)
{
    (void)name;
    (void)resume;
    assert_ptr_equal(principal, arg);
    return write ? UVSNMP_ACCESS_NO_VIEW : UVSNMP_ACCESS_GRANTED;
}

static void a_program_may_judge_itself(void **state)
{
    struct v3_manager *peer = *state;
    agent_of(state)->access = (struct uvsnmp_access_control){identify, check, peer};
    peer->context = "ctx";
    assert_true(v3_ask(peer, "user", MSG_V3_LEVEL, UVSNMP_PDU_GET, NUMBER));
    assert_response(peer, UVSNMP_STATUS_NO_ERROR, 0);
    assert_int_equal(last_asker.version, UVSNMP_V3);
    assert_string_equal(last_name, "user");
    assert_string_equal(last_context, "ctx");
    assert_true(v3_ask(peer, "user", MSG_V3_LEVEL, UVSNMP_PDU_SET, NUMBER));
    assert_response(peer, UVSNMP_STATUS_AUTHORIZATION_ERROR, 1);
    assert_true(v3_ask(peer, "user", MSG_V3_AUTH, UVSNMP_PDU_GET, NUMBER));
    assert_response(peer, UVSNMP_STATUS_AUTHORIZATION_ERROR, 0);
    assert_int_equal(last_asker.level, UVSNMP_AUTH_NO_PRIV);
}

/* ---- sizes ---- */

static bool ask_many(struct v3_manager *peer, enum uvsnmp_pdu_type type)
{
    const struct uvsnmp_user user = v3_user("user");
    const struct uvsnmp_oid name = type == UVSNMP_PDU_GETBULK ? SCALARS : TEXT;
    const struct uvsnmp_varbind varbinds[] = {{name, uvsnmp_empty(UVSNMP_NULL)},
                                              {name, uvsnmp_empty(UVSNMP_NULL)},
                                              {name, uvsnmp_empty(UVSNMP_NULL)}};
    struct msg_pdu pdu = {.type = type, .varbinds = varbinds, .count = COUNT_OF(varbinds)};
    pdu.max_repetitions = type == UVSNMP_PDU_GETBULK ? 10 : 0;
    return v3_send(peer, &user, MSG_V3_LEVEL, &pdu);
}

static void a_peer_gets_no_more_than_it_takes(void **state)
{
    struct v3_manager *peer = *state;
    assert_true(ask_many(peer, UVSNMP_PDU_GET));
    assert_response(peer, UVSNMP_STATUS_NO_ERROR, 0);
    peer->engine.max_size = MSG_V3_SIZE_LEAST;
    assert_true(ask_many(peer, UVSNMP_PDU_GET));
    assert_response(peer, UVSNMP_STATUS_TOO_BIG, 0);
    assert_int_equal(peer->in.pdu.count, 0);
    assert_true(ask_many(peer, UVSNMP_PDU_GETBULK));
    assert_response(peer, UVSNMP_STATUS_NO_ERROR, 0);
    assert_in_range(peer->in.pdu.count, 4, 5); /* three numbers, and one text or two */
    assert_in_range(peer->fixture->size, 300, MSG_V3_SIZE_LEAST);
}

/* ---- requests that wait ---- */

static void a_request_that_waits_needs_neither_user_nor_rights_any_more(void **state)
{
    struct v3_manager *peer = *state;
    struct fixture *fixture = peer->fixture;
    const struct uvsnmp_value value = uvsnmp_integer(3);
    assert_false(v3_ask(peer, "user", MSG_V3_LEVEL, UVSNMP_PDU_GET, UVSNMP_OID(1, 3, 6, 1, 3, 1, 1)));
    fixture_handle(fixture, peer->sent, peer->sent_size); /* a retransmission is not worked on again */
    uvsnmp_agent_clear_rights(agent_of(state));
    assert_int_equal(uvsnmp_agent_remove_user(agent_of(state), bytes("user")), 0);
    size_t before = fixture->answers;
    uvsnmp_query_answer(held, &value);
    assert_int_equal(fixture->answers, before + 1);
    assert_true(v3_ask(peer, "user", MSG_V3_LEVEL, UVSNMP_PDU_GET, NUMBER));
    assert_report(peer, UVSNMP_EUNKNOWN_USER, 0);
}

static void the_value_of_a_set_outlives_its_message(void **state)
{
    static const uint8_t levels[] = {0, MSG_V3_LEVEL};
    struct v3_manager *peer = *state;
    for (size_t i = 0; i < COUNT_OF(levels); i++) {
        set_number = 0;
        assert_false(v3_ask(peer, "user", levels[i], UVSNMP_PDU_SET, UVSNMP_OID(1, 3, 6, 1, 3, 1, 1)));
        size_t before = peer->fixture->answers;
        uvsnmp_query_done(held); /* the test, after which commit() looks at the value */
        assert_int_equal(peer->fixture->answers, before + 1);
        assert_int_equal(set_number, 5);
    }
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
    const struct CMUnitTest tests[] = {
        TEST(each_level_is_answered_in_kind),
        TEST(an_agent_without_engine_id_speaks_no_version_3),
        TEST(strangers_hear_what_was_wrong),
        TEST(a_message_of_another_time_is_told_the_time),
        TEST(a_replay_of_long_ago_has_no_effect),
        TEST(what_is_not_whole_is_dropped),
        TEST(another_context_engine_or_context_is_reported),
        TEST(notifications_and_answers_are_dropped),
        TEST(a_source_gets_so_many_reports_and_no_more),
        TEST(the_host_itself_gets_all_its_reports),
        TEST(many_sources_do_not_wash_out_one_that_asks_too_much),
        TEST(what_is_shorter_than_a_discovery_gets_no_report),
        TEST(a_user_without_rights_is_told_so),
        TEST(a_right_has_a_level_a_context_and_a_view),
        TEST(bad_users_and_rights_are_errors),
        TEST(a_program_may_judge_itself),
        TEST(a_peer_gets_no_more_than_it_takes),
        TEST(a_request_that_waits_needs_neither_user_nor_rights_any_more),
        TEST(the_value_of_a_set_outlives_its_message),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
