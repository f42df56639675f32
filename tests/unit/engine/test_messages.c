/* SPDX-License-Identifier: BSD-3-Clause */
/* Messages in both roles, held against what Net-SNMP's programs sent each other. */
#include "support/unit.h"

#include "engine/incoming.h"
#include "msg/message.h"
#include "msg/v3.h"
#include "support/v3_engine.h"

static struct usm_crypto *crypto;
static struct engine agent, manager;
static struct arena arena;
static uint8_t buffers[2][2048]; /* in turn: an answer borrows from what it answers */
static unsigned turn;

static int open_crypto(void **state)
{
    (void)state;
    crypto = usm_crypto_open(NULL);
    return crypto ? 0 : -1;
}

static int close_crypto(void **state)
{
    (void)state;
    usm_crypto_close(crypto);
    return 0;
}

static int set_up(void **state)
{
    (void)state;
    arena_init(&arena, 0, 0);
    engine_init(&manager, NULL, 0, 0);
    manager.crypto = crypto;
    return v3_engine_init(&agent, crypto);
}

static int tear_down(void **state)
{
    (void)state;
    engine_fini(&agent);
    engine_fini(&manager);
    arena_fini(&arena);
    return 0;
}

/* ---- helpers ---- */

static const struct uvsnmp_oid sysname = {(const uint32_t[]){1, 3, 6, 1, 2, 1, 1, 5, 0}, 9};

static int receive(struct engine *engine, struct uvsnmp_bytes message, uint64_t now_ms,
                   const struct engine_envelope *request, struct engine_incoming *in)
{
    struct engine_arrival arrival = {message.data, message.size, now_ms, request};
    arena_reset(&arena);
    return engine_decode(engine, &arrival, &arena, in, NULL);
}

static void init_writer(struct ber_writer *writer)
{
    turn = !turn;
    ber_writer_init(writer, buffers[turn], sizeof(buffers[turn]));
}

static struct uvsnmp_bytes written(const struct ber_writer *writer)
{
    struct uvsnmp_bytes message = {writer->at, ber_writer_size(writer)};
    return message;
}

static struct uvsnmp_bytes encode(struct engine *engine, const struct engine_envelope *envelope,
                                  const struct msg_pdu *pdu, uint64_t now_ms)
{
    struct ber_writer writer;
    init_writer(&writer);
    assert_int_equal(engine_encode(engine, envelope, pdu, now_ms, &writer), 0);
    return written(&writer);
}

static struct uvsnmp_bytes encode_report(struct engine *engine, const struct engine_incoming *in,
                                         uint64_t now_ms)
{
    struct ber_writer writer;
    init_writer(&writer);
    assert_true(engine_encode_report(engine, in, now_ms, &writer));
    return written(&writer);
}

static void assert_bytes(struct uvsnmp_bytes a, struct uvsnmp_bytes b)
{
    assert_int_equal(a.size, b.size);
    assert_memory_equal(a.data, b.data, b.size);
}

/* The envelope of a recorded request, as whoever sent it has it. */
static struct engine_envelope sent(const struct v3_exchange *exchange)
{
    struct engine_envelope envelope = {.version = UVSNMP_V3};
    struct msg_v3 message;
    assert_int_equal(msg_v3_decode(exchange->request.data, exchange->request.size, &message, NULL), 0);
    envelope.message_id = message.header.id;
    envelope.level = message.header.flags & MSG_V3_LEVEL;
    envelope.engine_id = envelope.context_engine_id = v3_engine_id;
    envelope.user_name.data = (const uint8_t *)exchange->user;
    envelope.user_name.size = strlen(exchange->user);
    assert_int_equal(v3_security(crypto, exchange, &envelope.security), 0);
    return envelope;
}

static uint32_t total(const struct engine *engine)
{
    uint32_t sum = 0;
    for (size_t i = 0; i < ENGINE_REPORT_COUNT; i++) {
        sum += engine->reports.counts[i];
    }
    return sum;
}

/* ---- recorded messages ---- */

static void an_agent_reads_every_recorded_request(void **state)
{
    (void)state;
    for (size_t i = 0; i < V3_EXCHANGES; i++) {
        const struct v3_exchange *exchange = &v3_exchanges[i];
        struct engine_incoming in;
        assert_int_equal(receive(&agent, exchange->request, v3_time_of(exchange->request), NULL, &in), 0);
        assert_int_equal(in.pdu.type, UVSNMP_PDU_GET);
        assert_int_equal(in.pdu.count, 1);
        assert_int_equal(uvsnmp_oid_compare(in.pdu.varbinds[0].name, sysname), 0);
        assert_int_equal(in.envelope.level, exchange->priv ? MSG_V3_LEVEL : MSG_V3_AUTH);
        assert_memory_equal(in.envelope.security_name.data, exchange->user, strlen(exchange->user));
        assert_bytes(in.envelope.context_engine_id, v3_engine_id);
        assert_int_equal(in.envelope.peer_max_size, 65507);
    }
    assert_int_equal(total(&agent), 0);
}

static void a_manager_reads_every_recorded_response(void **state)
{
    (void)state;
    for (size_t i = 0; i < V3_EXCHANGES; i++) {
        const struct v3_exchange *exchange = &v3_exchanges[i];
        struct engine_envelope request = sent(exchange);
        struct engine_incoming in;
        assert_int_equal(receive(&manager, exchange->response, 5000, &request, &in), 0);
        assert_int_equal(in.pdu.type, UVSNMP_PDU_RESPONSE);
        assert_int_equal(in.pdu.count, 1);
        assert_memory_equal(in.pdu.varbinds[0].value.as.bytes.data, "vector", 6);
    }
    struct usm_engine *peer = usm_engines_find(&manager.peers, v3_engine_id);
    assert_non_null(peer);
    assert_true(peer->clock.is_authentic);
    assert_int_equal(peer->clock.learnt.boots, 1);
    assert_int_equal(peer->max_size, 65507);
}

/* The digest and the encryption of a message of ours are Net-SNMP's octet by octet, once it has its salt. */
static void a_response_is_written_as_it_was_recorded(void **state)
{
    (void)state;
    for (size_t i = 0; i < V3_EXCHANGES; i++) {
        const struct v3_exchange *exchange = &v3_exchanges[i];
        struct engine_incoming in;
        struct msg_v3 message;
        struct usm_params params;
        assert_int_equal(msg_v3_decode(exchange->response.data, exchange->response.size, &message, NULL), 0);
        assert_int_equal(usm_params_decode(message.security_parameters, 0, &params, NULL), 0);
        assert_int_equal(receive(&agent, exchange->request, v3_time_of(exchange->request), NULL, &in), 0);
        uint64_t salt = 0;
        for (size_t n = 0; n < params.salt.size; n++) {
            salt = salt << 8 | params.salt.data[n];
        }
        agent.salt.number = salt;
        agent.salt.boots = (uint32_t)(salt >> 32);
        agent.salt.counter = (uint32_t)salt;
        agent.max_size = message.header.max_size;
        const struct uvsnmp_varbind varbind = {in.pdu.varbinds[0].name, uvsnmp_octets("vector", 6)};
        const struct msg_pdu response = {
            .type = UVSNMP_PDU_RESPONSE, .request_id = in.pdu.request_id, .varbinds = &varbind, .count = 1};
        struct uvsnmp_bytes ours = encode(&agent, &in.envelope, &response, v3_time_of(exchange->response));
        assert_int_equal(ours.size, exchange->response.size);
        if (exchange->priv != USM_PRIV_DES) {
            assert_bytes(ours, exchange->response);
        } else {
            /* padding is zeros with us, and not with Net-SNMP: all but the last block is the same */
            size_t last = (size_t)(message.data.data - message.whole.data) + message.data.size - 8;
            assert_memory_equal(ours.data + last + 8 - message.data.size, message.data.data,
                                message.data.size - 8);
        }
    }
}

static void requests_of_ours_come_back_as_they_were(void **state)
{
    static const uint64_t now = 77000;
    (void)state;
    for (size_t i = 0; i < V3_EXCHANGES; i++) {
        for (size_t size = 0; size < 20; size++) { /* so that each padding occurs */
            struct engine_envelope request = sent(&v3_exchanges[i]);
            const struct uvsnmp_varbind varbind = {sysname, uvsnmp_octets("01234567890123456789", size)};
            const struct msg_pdu set = {
                .type = UVSNMP_PDU_SET, .request_id = 4711, .varbinds = &varbind, .count = 1};
            struct engine_incoming in;
            request.context_name.data = (const uint8_t *)"ctx";
            request.context_name.size = 3;
            usm_clock_hint(&usm_engines_add(&manager.peers, v3_engine_id)->clock, (struct usm_time){1, 70},
                           now);
            struct uvsnmp_bytes message = encode(&manager, &request, &set, now);
            assert_true(message.size <= engine_overhead(&request) + 40);
            assert_int_equal(receive(&agent, message, 70000, NULL, &in), 0);
            assert_int_equal(in.pdu.type, UVSNMP_PDU_SET);
            assert_int_equal(in.pdu.varbinds[0].value.as.bytes.size, size);
            assert_bytes(in.envelope.context_name, request.context_name);
        }
    }
}

/* ---- what is refused ---- */

static void every_truncation_is_an_error(void **state)
{
    (void)state;
    for (size_t i = 0; i < V3_EXCHANGES; i++) {
        const struct v3_exchange *exchange = &v3_exchanges[i];
        for (size_t size = 0; size < exchange->request.size; size++) {
            struct engine_incoming in;
            uint8_t *cut = test_malloc(size + 1);
            memcpy(cut, exchange->request.data, size);
            struct uvsnmp_bytes message = {cut, size};
            assert_int_equal(receive(&agent, message, v3_time_of(exchange->request), NULL, &in),
                             UVSNMP_ETRUNCATED);
            assert_false(in.is_report_due);
            test_free(cut);
        }
    }
}

static bool is_defined(int error)
{
    enum engine_report report;
    return error == UVSNMP_ETRUNCATED || error == UVSNMP_EBAD_ENCODING || error == UVSNMP_EBAD_VERSION ||
           engine_report_of_error(error, &report);
}

/* All bits of all fields are under the digest, so none can be another. */
static void no_flipped_bit_is_accepted(void **state)
{
    (void)state;
    for (size_t i = 0; i < V3_EXCHANGES; i++) {
        const struct v3_exchange *exchange = &v3_exchanges[i];
        uint64_t now = v3_time_of(exchange->request);
        for (size_t bit = 0; bit < exchange->request.size * 8; bit++) {
            uint8_t bent[512];
            struct engine_incoming in;
            enum engine_report report;
            struct uvsnmp_bytes message = {bent, exchange->request.size};
            uint32_t counted = total(&agent);
            memcpy(bent, exchange->request.data, message.size);
            bent[bit / 8] = (uint8_t)(bent[bit / 8] ^ (1u << bit % 8));
            int rc = receive(&agent, message, now, NULL, &in);
            /* the flags without the digest's bit: a user of noAuthNoPriv, which the message then is */
            if (rc == 0) {
                assert_int_equal(in.envelope.level, 0);
                continue;
            }
            assert_true(is_defined(rc));
            assert_int_equal(total(&agent) - counted, engine_report_of_error(rc, &report) ? 1 : 0);
        }
    }
}

static void no_flipped_bit_of_an_answer_is_accepted(void **state)
{
    (void)state;
    for (size_t i = 0; i < V3_EXCHANGES; i++) {
        const struct v3_exchange *exchange = &v3_exchanges[i];
        struct engine_envelope request = sent(exchange);
        for (size_t bit = 0; bit < exchange->response.size * 8; bit++) {
            uint8_t bent[512];
            struct engine_incoming in;
            struct uvsnmp_bytes message = {bent, exchange->response.size};
            memcpy(bent, exchange->response.data, message.size);
            bent[bit / 8] = (uint8_t)(bent[bit / 8] ^ (1u << bit % 8));
            int rc = receive(&manager, message, 5000, &request, &in);
            assert_true(rc < 0);
            assert_false(in.is_report_due);
        }
    }
    /* nothing that they said of the clock was believed */
    assert_null(usm_engines_find(&manager.peers, v3_engine_id));
}

static void replays_and_delays_have_a_window(void **state)
{
    static const struct {
        int64_t seconds;
        int error;
    } late[] = {{0, 0},
                {150, 0},
                {151, UVSNMP_ENOT_IN_TIME_WINDOW},
                {-150, 0},
                {-151, UVSNMP_ENOT_IN_TIME_WINDOW},
                {100000, UVSNMP_ENOT_IN_TIME_WINDOW}};
    const struct v3_exchange *exchange = &v3_exchanges[3];
    (void)state;
    for (size_t i = 0; i < COUNT_OF(late); i++) {
        struct engine_incoming in;
        int64_t now = (int64_t)v3_time_of(exchange->request) + late[i].seconds * 1000;
        assert_true(now >= 0);
        assert_int_equal(receive(&agent, exchange->request, (uint64_t)now, NULL, &in), late[i].error);
    }
    assert_int_equal(agent.reports.counts[ENGINE_REPORT_NOT_IN_TIME_WINDOWS], 3);
}

static void another_boot_is_another_time(void **state)
{
    const struct v3_exchange *exchange = &v3_exchanges[1];
    uint64_t now = v3_time_of(exchange->request);
    struct engine_incoming in;
    (void)state;
    agent.started.boots = 2;
    assert_int_equal(receive(&agent, exchange->request, now, NULL, &in), UVSNMP_ENOT_IN_TIME_WINDOW);
    agent.started.boots = 0;
    assert_int_equal(receive(&agent, exchange->request, now, NULL, &in), UVSNMP_ENOT_IN_TIME_WINDOW);
}

/* RFC 3414 §2.2.2 */
static void at_the_last_boot_nothing_is_in_time(void **state)
{
    struct engine_envelope request = sent(&v3_exchanges[1]);
    const struct msg_pdu get = {.type = UVSNMP_PDU_GET, .request_id = 1};
    struct engine_incoming in;
    (void)state;
    agent.started.boots = INT32_MAX;
    usm_clock_hint(&usm_engines_add(&manager.peers, v3_engine_id)->clock, (struct usm_time){INT32_MAX, 5},
                   5000);
    struct uvsnmp_bytes message = encode(&manager, &request, &get, 5000);
    assert_int_equal(receive(&agent, message, 5000, NULL, &in), UVSNMP_ENOT_IN_TIME_WINDOW);
}

static void a_user_out_of_service_is_unknown(void **state)
{
    const struct v3_exchange *exchange = &v3_exchanges[1];
    struct engine_incoming in;
    struct uvsnmp_bytes name = {(const uint8_t *)exchange->user, strlen(exchange->user)};
    (void)state;
    usm_users_find(&agent.users, v3_engine_id, name)->status = USM_USER_NOT_IN_SERVICE;
    assert_int_equal(receive(&agent, exchange->request, v3_time_of(exchange->request), NULL, &in),
                     UVSNMP_EUNKNOWN_USER);
}

static void other_security_models_and_flags_are_counted_and_not_answered(void **state)
{
    uint8_t bent[512];
    struct engine_incoming in;
    struct uvsnmp_bytes message = {bent, v3_noauth.request.size};
    (void)state;
    memcpy(bent, v3_noauth.request.data, message.size);
    struct msg_v3 parts;
    assert_int_equal(msg_v3_decode(bent, message.size, &parts, NULL), 0);
    size_t model_at = (size_t)(parts.security_parameters.data - bent) - 3;
    assert_int_equal(bent[model_at], MSG_V3_USM);
    bent[model_at] = 1;
    assert_int_equal(receive(&agent, message, 0, NULL, &in), UVSNMP_EUNKNOWN_MODEL);
    assert_false(in.is_report_due);
    bent[model_at] = MSG_V3_USM;
    bent[model_at - 3] = MSG_V3_PRIV | MSG_V3_REPORTABLE;
    assert_int_equal(receive(&agent, message, 0, NULL, &in), UVSNMP_EINVALID_MESSAGE);
    assert_false(in.is_report_due);
    assert_int_equal(agent.reports.counts[ENGINE_REPORT_UNKNOWN_SECURITY_MODELS], 1);
    assert_int_equal(agent.reports.counts[ENGINE_REPORT_INVALID_MSGS], 1);
}

/* ---- Reports ---- */

/* What brought a Report from Net-SNMP's agent brings the same from ours, octet by octet but for the counter.
 */
static void reports_are_written_as_they_were_recorded(void **state)
{
    static const struct {
        const struct v3_exchange *exchange;
        int error;
        enum engine_report report;
    } refused[] = {
        {&v3_discovery, UVSNMP_EUNKNOWN_ENGINE, ENGINE_REPORT_UNKNOWN_ENGINE_IDS},
        {&v3_unknown_user, UVSNMP_EUNKNOWN_USER, ENGINE_REPORT_UNKNOWN_USER_NAMES},
        {&v3_wrong_digest, UVSNMP_EAUTHENTICATION, ENGINE_REPORT_WRONG_DIGESTS},
        {&v3_unsupported_level, UVSNMP_EUNSUPPORTED_LEVEL, ENGINE_REPORT_UNSUPPORTED_SEC_LEVELS},
        {&v3_not_in_time, UVSNMP_ENOT_IN_TIME_WINDOW, ENGINE_REPORT_NOT_IN_TIME_WINDOWS},
    };
    (void)state;
    for (size_t i = 0; i < COUNT_OF(refused); i++) {
        const struct v3_exchange *exchange = refused[i].exchange;
        uint64_t now = v3_time_of(exchange->response);
        struct engine_envelope request = sent(exchange);
        struct engine_incoming in, theirs;
        assert_int_equal(receive(&agent, exchange->request, now, NULL, &in), refused[i].error);
        assert_true(in.is_report_due);
        assert_int_equal(in.report, refused[i].report);
        assert_int_equal(agent.reports.counts[refused[i].report], 1);
        if (exchange == &v3_discovery) {
            request.engine_id.size = request.user_name.size = 0;
        }
        assert_int_equal(receive(&manager, exchange->response, now, &request, &theirs), 0);
        assert_int_equal(theirs.reported, refused[i].error);
        /* the counter that theirs had, so that ours can be compared with it */
        agent.reports.counts[refused[i].report] = theirs.pdu.varbinds[0].value.as.unsigned32;
        in.request_id = theirs.pdu.request_id; /* of an encrypted request it is not known */
        struct uvsnmp_bytes ours = encode_report(&agent, &in, now);
        assert_bytes(ours, exchange->response);
        agent.reports.counts[refused[i].report] = 1;
    }
}

static void only_what_wants_an_answer_brings_a_report(void **state)
{
    struct engine_envelope envelope = sent(&v3_unknown_user);
    struct engine_incoming in;
    struct ber_writer writer;
    (void)state;
    static const enum uvsnmp_pdu_type types[] = {UVSNMP_PDU_TRAP, UVSNMP_PDU_RESPONSE, UVSNMP_PDU_REPORT};
    for (size_t i = 0; i < COUNT_OF(types); i++) {
        const struct msg_pdu pdu = {.type = types[i]};
        struct uvsnmp_bytes message = encode(&manager, &envelope, &pdu, 0);
        assert_int_equal(receive(&agent, message, 0, NULL, &in), UVSNMP_EUNKNOWN_USER);
        assert_false(in.is_report_due);
        init_writer(&writer);
        assert_false(engine_encode_report(&agent, &in, 0, &writer));
    }
    /* a manager is nobody's authority */
    assert_int_equal(receive(&manager, v3_discovery.request, 0, NULL, &in), UVSNMP_EUNKNOWN_ENGINE);
    assert_false(engine_encode_report(&manager, &in, 0, &writer));
}

static void what_is_found_later_is_reported_at_the_level_of_the_request(void **state)
{
    const struct v3_exchange *exchange = &v3_exchanges[5];
    struct engine_envelope request = sent(exchange);
    uint64_t now = v3_time_of(exchange->request);
    struct engine_incoming in, back;
    (void)state;
    assert_int_equal(receive(&agent, exchange->request, now, NULL, &in), 0);
    engine_refuse(&agent, &in, UVSNMP_EUNKNOWN_CONTEXT);
    struct uvsnmp_bytes report = encode_report(&agent, &in, now);
    assert_int_equal(receive(&manager, report, now, &request, &back), 0);
    assert_int_equal(back.pdu.type, UVSNMP_PDU_REPORT);
    assert_int_equal(back.reported, UVSNMP_EUNKNOWN_CONTEXT);
    assert_int_equal(back.envelope.level, MSG_V3_LEVEL);
}

/* Discovery, time, request: in two round trips, the second with the hint of the first. */
static void a_manager_finds_an_engine_and_asks_it(void **state)
{
    const struct v3_exchange *exchange = &v3_exchanges[7];
    struct engine_envelope request = sent(exchange);
    const struct uvsnmp_varbind secret = {sysname, uvsnmp_octets("secret", 6)};
    const struct msg_pdu set = {.type = UVSNMP_PDU_SET, .request_id = 9, .varbinds = &secret, .count = 1};
    struct engine_incoming in, answer;
    uint8_t id[ENGINE_ID_MAX];
    (void)state;
    request.engine_id.size = 0;
    struct uvsnmp_bytes message = encode(&manager, &request, &set, 1000);
    for (size_t i = 0; i + 6 <= message.size; i++) {
        assert_memory_not_equal(message.data + i, "secret", 6);
    }
    assert_int_equal(receive(&agent, message, 400000, NULL, &in), UVSNMP_EUNKNOWN_ENGINE);
    assert_int_equal(receive(&manager, encode_report(&agent, &in, 400000), 1020, &request, &answer), 0);
    assert_int_equal(answer.reported, UVSNMP_EUNKNOWN_ENGINE);
    assert_bytes(answer.envelope.engine_id, v3_engine_id);
    memcpy(id, answer.envelope.engine_id.data, answer.envelope.engine_id.size);
    request.engine_id.data = id;
    request.engine_id.size = answer.envelope.engine_id.size;
    message = encode(&manager, &request, &set, 11020); /* ten seconds later: the clock goes on */
    assert_int_equal(receive(&agent, message, 410000, NULL, &in), 0);
    assert_int_equal(in.time.time, 410);
    const struct msg_pdu response = {.type = UVSNMP_PDU_RESPONSE, .request_id = 9};
    assert_int_equal(
        receive(&manager, encode(&agent, &in.envelope, &response, 410000), 11040, &request, &answer), 0);
    assert_true(usm_engines_find(&manager.peers, v3_engine_id)->clock.is_authentic);
}

static void a_restarted_agent_is_asked_again_with_its_new_clock(void **state)
{
    const struct v3_exchange *exchange = &v3_exchanges[5];
    struct engine_envelope request = sent(exchange);
    const struct msg_pdu get = {.type = UVSNMP_PDU_GET, .request_id = 9};
    struct engine_incoming in, answer;
    (void)state;
    assert_int_equal(receive(&manager, exchange->response, 1000, &request, &answer), 0);
    agent.started.boots = 2;
    assert_int_equal(receive(&agent, encode(&manager, &request, &get, 2000), 3000, NULL, &in),
                     UVSNMP_ENOT_IN_TIME_WINDOW);
    assert_int_equal(receive(&manager, encode_report(&agent, &in, 3000), 2000, &request, &answer), 0);
    assert_int_equal(answer.reported, UVSNMP_ENOT_IN_TIME_WINDOW);
    assert_int_equal(answer.envelope.level, MSG_V3_AUTH);
    assert_int_equal(receive(&agent, encode(&manager, &request, &get, 2000), 3000, NULL, &in), 0);
    /* and an answer from before the restart is a replay */
    assert_int_equal(receive(&manager, exchange->response, 2000, &request, &answer),
                     UVSNMP_ENOT_IN_TIME_WINDOW);
}

static void a_forged_report_moves_no_clock(void **state)
{
    const struct v3_exchange *exchange = &v3_exchanges[1];
    struct engine_envelope request = sent(exchange), forged = {.version = UVSNMP_V3};
    struct engine_incoming in;
    struct engine forger;
    struct engine_id id = {0};
    (void)state;
    assert_int_equal(receive(&manager, exchange->response, 1000, &request, &in), 0);
    struct usm_time before = usm_clock_now(&usm_engines_find(&manager.peers, v3_engine_id)->clock, 1000);
    assert_int_equal(engine_id_set(&id, v3_engine_id), 0);
    engine_init(&forger, &id, 1000, 0);
    forged.message_id = request.message_id;
    forged.engine_id = v3_engine_id;
    const struct uvsnmp_varbind counter = {engine_report_name(ENGINE_REPORT_NOT_IN_TIME_WINDOWS),
                                           uvsnmp_unsigned32(UVSNMP_COUNTER32, 1)};
    const struct msg_pdu report = {.type = UVSNMP_PDU_REPORT, .varbinds = &counter, .count = 1};
    assert_int_equal(receive(&manager, encode(&forger, &forged, &report, 99000), 1000, &request, &in), 0);
    assert_int_equal(in.reported, UVSNMP_ENOT_IN_TIME_WINDOW);
    assert_int_equal(in.envelope.level, 0);
    struct usm_time after = usm_clock_now(&usm_engines_find(&manager.peers, v3_engine_id)->clock, 1000);
    assert_int_equal(after.boots, before.boots);
    assert_int_equal(after.time, before.time);
    /* a Response without the digest that the request had is none */
    const struct msg_pdu response = {.type = UVSNMP_PDU_RESPONSE};
    assert_int_equal(receive(&manager, encode(&forger, &forged, &response, 99000), 1000, &request, &in),
                     UVSNMP_EUNEXPECTED_RESPONSE);
    engine_fini(&forger);
}

static void an_answer_is_of_the_engine_user_and_context_that_were_asked(void **state)
{
    struct engine_envelope request = sent(&v3_noauth);
    struct engine_incoming in;
    (void)state;
    assert_int_equal(receive(&manager, v3_noauth.response, 0, &request, &in), 0);
    request.context_name = request.user_name;
    assert_int_equal(receive(&manager, v3_noauth.response, 0, &request, &in), UVSNMP_EUNEXPECTED_RESPONSE);
    request = sent(&v3_noauth);
    request.user_name.size--;
    assert_int_equal(receive(&manager, v3_noauth.response, 0, &request, &in), UVSNMP_EUNEXPECTED_RESPONSE);
    request = sent(&v3_noauth);
    request.engine_id.size--;
    assert_int_equal(receive(&manager, v3_noauth.response, 0, &request, &in), UVSNMP_EUNEXPECTED_RESPONSE);
    request = sent(&v3_noauth);
    request.message_id++;
    assert_int_equal(receive(&manager, v3_noauth.response, 0, &request, &in), UVSNMP_EUNEXPECTED_RESPONSE);
    assert_int_equal(receive(&manager, v3_noauth.response, 0, NULL, &in), UVSNMP_EUNKNOWN_ENGINE);
}

/* What a peer says without a digest, over and over and under every name, leaves nothing behind. */
static void an_engine_that_changed_its_id_says_so_in_a_report(void **state)
{
    struct engine_envelope request = sent(&v3_exchanges[5]), told = {.version = UVSNMP_V3};
    const struct uvsnmp_varbind counter = {engine_report_name(ENGINE_REPORT_UNKNOWN_ENGINE_IDS),
                                           uvsnmp_unsigned32(UVSNMP_COUNTER32, 1)};
    const struct msg_pdu report = {.type = UVSNMP_PDU_REPORT, .varbinds = &counter, .count = 1};
    uint8_t id[] = {0x80, 0x00, 0x1f, 0x88, 0x05, 0, 0};
    (void)state;
    told.message_id = request.message_id;
    told.engine_id.data = id;
    told.engine_id.size = sizeof(id);
    for (unsigned i = 0; i < 1000; i++) {
        struct engine_incoming in;
        id[5] = (uint8_t)(i >> 8);
        id[6] = (uint8_t)i;
        assert_int_equal(receive(&manager, encode(&agent, &told, &report, 0), 0, &request, &in), 0);
        assert_int_equal(in.reported, UVSNMP_EUNKNOWN_ENGINE);
        assert_int_equal(in.envelope.level, 0);
        assert_bytes(in.envelope.engine_id, told.engine_id);
        assert_false(in.is_report_due);
    }
    assert_int_equal(manager.peers.map.size, 0);
}

/* RFC 3412 §7.2 (7): whoever has the key of authentication and not the one of privacy gets no answer. */
static void what_another_privacy_key_makes_is_dropped_in_silence(void **state)
{
    (void)state;
    for (size_t i = 2; i < V3_EXCHANGES; i++) {
        const struct v3_exchange *exchange = &v3_exchanges[i];
        struct uvsnmp_bytes name = {(const uint8_t *)exchange->user, strlen(exchange->user)};
        struct engine_incoming in;
        usm_users_find(&agent.users, v3_engine_id, name)->security.priv_key.data[0] ^= 0x10;
        int rc = receive(&agent, exchange->request, v3_time_of(exchange->request), NULL, &in);
        assert_true(rc == UVSNMP_EBAD_ENCODING || rc == UVSNMP_ETRUNCATED);
        assert_false(in.is_report_due);
    }
}

/* A notification's sender is the authority: its users are known under its ID. */
static void traps_of_known_engines_are_taken(void **state)
{
    struct engine_envelope trap = sent(&v3_exchanges[5]);
    const struct msg_pdu pdu = {.type = UVSNMP_PDU_TRAP, .request_id = 3};
    const struct msg_pdu get = {.type = UVSNMP_PDU_GET, .request_id = 3};
    struct engine_incoming in;
    struct usm_user *user;
    (void)state;
    assert_int_equal(receive(&manager, encode(&agent, &trap, &pdu, 5000), 0, NULL, &in),
                     UVSNMP_EUNKNOWN_ENGINE);
    assert_int_equal(usm_users_add(&manager.users, v3_engine_id, trap.user_name, &user), 0);
    user->security = trap.security;
    assert_int_equal(receive(&manager, encode(&agent, &trap, &pdu, 5000), 0, NULL, &in), 0);
    assert_int_equal(in.pdu.type, UVSNMP_PDU_TRAP);
    assert_int_equal(receive(&manager, encode(&agent, &trap, &pdu, 200000), 100, NULL, &in), 0);
    /* the first one once more, much later */
    assert_int_equal(receive(&manager, encode(&agent, &trap, &pdu, 5000), 200, NULL, &in),
                     UVSNMP_ENOT_IN_TIME_WINDOW);
    /* but nobody is asked in another's name */
    assert_int_equal(receive(&manager, encode(&agent, &trap, &get, 200000), 300, NULL, &in),
                     UVSNMP_EUNEXPECTED_RESPONSE);
}

static void a_response_is_as_large_as_its_asker_takes(void **state)
{
    const struct v3_exchange *exchange = &v3_exchanges[5];
    struct engine_incoming in;
    struct ber_writer writer;
    static uint8_t long_text[1000];
    const struct uvsnmp_varbind varbind = {sysname, uvsnmp_octets(long_text, sizeof(long_text))};
    const struct msg_pdu response = {.type = UVSNMP_PDU_RESPONSE, .varbinds = &varbind, .count = 1};
    (void)state;
    uint64_t now = v3_time_of(exchange->request);
    assert_int_equal(receive(&agent, exchange->request, now, NULL, &in), 0);
    in.envelope.peer_max_size = 484;
    init_writer(&writer);
    assert_int_equal(engine_encode(&agent, &in.envelope, &response, now, &writer), UVSNMP_EOVERSIZED);
    in.envelope.peer_max_size = 1484;
    init_writer(&writer);
    assert_int_equal(engine_encode(&agent, &in.envelope, &response, now, &writer), 0);
    for (size_t capacity = 0; capacity < 200; capacity++) {
        ber_writer_init(&writer, buffers[0], capacity);
        assert_int_equal(engine_encode(&agent, &in.envelope, &response, now, &writer), UVSNMP_EOVERSIZED);
    }
}

static void the_older_versions_have_the_same_door(void **state)
{
    const struct engine_envelope envelope = {.version = UVSNMP_V2C,
                                             .community = {(const uint8_t *)"public", 6}};
    const struct msg_pdu get = {.type = UVSNMP_PDU_GET, .request_id = 3};
    struct engine_incoming in;
    (void)state;
    struct uvsnmp_bytes message = encode(&manager, &envelope, &get, 0);
    assert_int_equal(receive(&agent, message, 0, NULL, &in), 0);
    assert_int_equal(in.envelope.version, UVSNMP_V2C);
    assert_bytes(in.envelope.community, envelope.community);
    assert_int_equal(in.pdu.request_id, 3);
    assert_int_equal(
        receive(&agent, (struct uvsnmp_bytes){(const uint8_t *)"\x30\x03\x02\x01\x02", 5}, 0, NULL, &in),
        UVSNMP_EBAD_VERSION);
    assert_int_equal(receive(&agent, (struct uvsnmp_bytes){NULL, 0}, 0, NULL, &in), UVSNMP_ETRUNCATED);
}

static void an_envelope_can_outlive_its_message(void **state)
{
    const struct v3_exchange *exchange = &v3_exchanges[5];
    struct engine_incoming in;
    struct arena other;
    uint8_t copy[512];
    (void)state;
    memcpy(copy, exchange->request.data, exchange->request.size);
    struct uvsnmp_bytes message = {copy, exchange->request.size};
    assert_int_equal(receive(&agent, message, v3_time_of(message), NULL, &in), 0);
    arena_init(&other, 0, 0);
    assert_true(engine_envelope_keep(&in.envelope, &other));
    memset(copy, 0, sizeof(copy));
    assert_bytes(in.envelope.engine_id, v3_engine_id);
    assert_memory_equal(in.envelope.user_name.data, exchange->user, strlen(exchange->user));
    engine_envelope_wipe(&in.envelope);
    assert_int_equal(in.envelope.security.auth_key.size, 0);
    arena_fini(&other);
}

static void a_full_arena_refuses_and_counts_nothing(void **state)
{
    const struct v3_exchange *exchange = &v3_exchanges[5];
    struct engine_incoming in;
    struct arena small;
    struct engine_arrival arrival = {exchange->request.data, exchange->request.size,
                                     v3_time_of(exchange->request), NULL};
    (void)state;
    arena_init(&small, 64, 16);
    assert_int_equal(engine_decode(&agent, &arrival, &small, &in, NULL), UVSNMP_ENO_MEMORY);
    assert_false(in.is_report_due);
    assert_int_equal(total(&agent), 0);
    arena_fini(&small);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

static void what_is_late_for_another_engine_is_dropped_without_a_word(void **state)
{
    const struct engine_id id = {.size = 5, .octets = "other"};
    const struct v3_exchange *exchange = &v3_exchanges[1];
    const struct msg_pdu trap = {.type = UVSNMP_PDU_TRAP, .request_id = 1};
    const struct msg_pdu get = {.type = UVSNMP_PDU_GET, .request_id = 1};
    struct engine receiver;
    struct usm_user *user;
    struct engine_incoming in;
    (void)state;
    engine_init(&receiver, &id, 1, 0);
    receiver.crypto = crypto;
    const struct uvsnmp_bytes name = {(const uint8_t *)exchange->user, strlen(exchange->user)};
    assert_int_equal(usm_users_add(&receiver.users, v3_engine_id, name, &user), 0);
    assert_int_equal(v3_security(crypto, exchange, &user->security), 0);
    struct engine_envelope envelope = sent(exchange);
    assert_int_equal(receive(&receiver, encode(&agent, &envelope, &trap, 1000000), 0, NULL, &in), 0);
    engine_envelope_wipe(&in.envelope);
    struct uvsnmp_bytes late =
        encode(&agent, &envelope, &get, 1000); /* reportable, but not by the receiver */
    assert_int_equal(receive(&receiver, late, 0, NULL, &in), UVSNMP_ENOT_IN_TIME_WINDOW);
    engine_envelope_wipe(&in.envelope);
    assert_false(in.is_report_due);
    assert_int_equal(total(&receiver), 0);
    engine_envelope_wipe(&envelope);
    engine_fini(&receiver);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(an_agent_reads_every_recorded_request),
        TEST(a_manager_reads_every_recorded_response),
        TEST(a_response_is_written_as_it_was_recorded),
        TEST(requests_of_ours_come_back_as_they_were),
        TEST(every_truncation_is_an_error),
        TEST(no_flipped_bit_is_accepted),
        TEST(no_flipped_bit_of_an_answer_is_accepted),
        TEST(replays_and_delays_have_a_window),
        TEST(another_boot_is_another_time),
        TEST(at_the_last_boot_nothing_is_in_time),
        TEST(a_user_out_of_service_is_unknown),
        TEST(other_security_models_and_flags_are_counted_and_not_answered),
        TEST(reports_are_written_as_they_were_recorded),
        TEST(only_what_wants_an_answer_brings_a_report),
        TEST(what_is_found_later_is_reported_at_the_level_of_the_request),
        TEST(a_manager_finds_an_engine_and_asks_it),
        TEST(a_restarted_agent_is_asked_again_with_its_new_clock),
        TEST(a_forged_report_moves_no_clock),
        TEST(an_answer_is_of_the_engine_user_and_context_that_were_asked),
        TEST(an_engine_that_changed_its_id_says_so_in_a_report),
        TEST(what_another_privacy_key_makes_is_dropped_in_silence),
        TEST(traps_of_known_engines_are_taken),
        TEST(a_response_is_as_large_as_its_asker_takes),
        TEST(the_older_versions_have_the_same_door),
        TEST(an_envelope_can_outlive_its_message),
        TEST(a_full_arena_refuses_and_counts_nothing),
        TEST(what_is_late_for_another_engine_is_dropped_without_a_word),
    };
    return cmocka_run_group_tests(tests, open_crypto, close_crypto);
}
