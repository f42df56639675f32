/* SPDX-License-Identifier: BSD-3-Clause */
/* What arrives: malformed messages, PDUs that are no requests, counters, the packet hook. */
#include "base/hex.h"
#include "unit/agent/fixture.h"

static void get_number(struct uvsnmp_query *query)
{
    struct uvsnmp_value value = uvsnmp_integer(5);
    uvsnmp_query_answer(query, &value);
}

static struct fixture *make(const struct uvsnmp_agent_options *options)
{
    static const struct uvsnmp_provider provider = {.get = get_number};
    struct fixture *fixture = fixture_new(options);
    assert_int_equal(
        uvsnmp_agent_register(fixture->agent, NULL, UVSNMP_OID(1, 3), &provider, NULL, NULL, NULL), 0);
    return fixture;
}

static void handle_hex(struct fixture *fixture, const char *hex)
{
    uint8_t bytes[256];
    ptrdiff_t size = hex_parse(hex, bytes, sizeof(bytes));
    assert_true(size >= 0);
    fixture_handle(fixture, bytes, (size_t)size);
}

/* A GET of 1.3.1 with the community "public", request-id 7. */
#define GOOD "3021 020101 0406 7075626c6963 a014 020107 020100 020100 3009 3007 0603 2b0101 0500"

static void a_message_made_by_hand_is_answered(void **state)
{
    struct fixture *f = make(NULL);
    (void)state;
    handle_hex(f, GOOD);
    assert_int_equal(f->answers, 1);
    assert_int_equal(f->answer.pdu.request_id, 7);
    assert_integer(f->answer.pdu.varbinds, 5);
    handle_hex(f, GOOD "0000"); /* octets after the message */
    assert_int_equal(f->answers, 2);
    fixture_free(f);
}

static void malformed_messages_are_dropped_and_counted(void **state)
{
    static const char *const messages[] = {
        "",
        "30",
        "3080",
        "00",
        "ffffffffffffffff",
        "3021 020101 0406 7075626c6963 a014 020107 020100 020100 3009 3007 0603 2b0101 05",   /* cut */
        "3021 020101 0406 7075626c6963 a014 020107 020100 020100 3009 3007 0603 2b0101 0501", /* NULL of 1 */
        "3021 020101 0406 7075626c6963 a015 020107 020100 020100 3009 3007 0603 2b0101 0500", /* PDU too long
                                                                                               */
        "3021 020101 0406 7075626c6963 a914 020107 020100 020100 3009 3007 0603 2b0101 0500", /* no PDU */
        "3021 020101 0406 7075626c6963 a014 020107 020100 020100 3009 3007 0603 2b0181 0500", /* half an OID
                                                                                               */
        "300b 020101 0406 7075626c6963", /* no PDU at all */
    };
    struct fixture *f = make(NULL);
    (void)state;
    for (size_t i = 0; i < COUNT_OF(messages); i++) {
        handle_hex(f, messages[i]);
        assert_int_equal(f->answers, 0);
        assert_int_equal(uvsnmp_agent_counter(f->agent, 1), i + 1);
        assert_int_equal(uvsnmp_agent_counter(f->agent, 6), i + 1);
    }
    fixture_free(f);
}

static void every_prefix_and_every_bit_flip_is_survived(void **state)
{
    struct fixture *f = make(NULL);
    uint8_t bytes[64];
    ptrdiff_t size = hex_parse(GOOD, bytes, sizeof(bytes));
    (void)state;
    assert_true(size > 0);
    for (ptrdiff_t cut = 0; cut < size; cut++) {
        fixture_handle(f, bytes, (size_t)cut);
    }
    assert_int_equal(f->answers, 0);
    for (ptrdiff_t bit = 0; bit < size * 8; bit++) {
        bytes[bit / 8] = (uint8_t)(bytes[bit / 8] ^ (1u << (bit % 8)));
        fixture_handle(f, bytes, (size_t)size);
        bytes[bit / 8] = (uint8_t)(bytes[bit / 8] ^ (1u << (bit % 8)));
    }
    assert_true(f->answers > 0 && f->answers < 200);
    fixture_free(f);
}

static void unknown_versions_are_counted(void **state)
{
    struct fixture *f = make(NULL);
    (void)state;
    handle_hex(f, "3021 020102 0406 7075626c6963 a014 020107 020100 020100 3009 3007 0603 2b0101 0500");
    handle_hex(f, "3006 02010a 0401 30");
    assert_int_equal(f->answers, 0);
    assert_int_equal(uvsnmp_agent_counter(f->agent, 3), 2);
    fixture_free(f);
}

static void what_is_no_request_is_dropped(void **state)
{
    static const struct {
        enum uvsnmp_pdu_type type;
        uint32_t counter;
    } cases[] = {
        {UVSNMP_PDU_RESPONSE, 18},
        {UVSNMP_PDU_TRAP, 19},
        {UVSNMP_PDU_INFORM, 19},
        {UVSNMP_PDU_REPORT, 6},
    };
    struct fixture *f = make(NULL);
    struct uvsnmp_oid name = UVSNMP_OID(1, 3, 1);
    (void)state;
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        uint32_t before = uvsnmp_agent_counter(f->agent, cases[i].counter);
        assert_false(fixture_ask(f, cases[i].type, &name, 1));
        assert_int_equal(uvsnmp_agent_counter(f->agent, cases[i].counter), before + 1);
    }
    assert_int_equal(uvsnmp_agent_counter(f->agent, 2), 0);
    fixture_free(f);
}

/* As Net-SNMP counts. */
static void counters_follow_the_requests(void **state)
{
    struct fixture *f = make(NULL);
    const struct uvsnmp_oid names[] = {UVSNMP_OID(1, 3, 1), UVSNMP_OID(1, 4)};
    (void)state;
    assert_true(fixture_ask(f, UVSNMP_PDU_GET, names, 2));
    assert_true(fixture_ask(f, UVSNMP_PDU_GETNEXT, names, 2));
    assert_true(fixture_bulk(f, 0, 5, names, 2));
    assert_int_equal(fixture_set_one(f, names[0], uvsnmp_integer(1)), UVSNMP_STATUS_NO_ACCESS);
    f->version = UVSNMP_V1;
    assert_true(fixture_ask(f, UVSNMP_PDU_GET, names, 2));
    assert_int_equal(uvsnmp_agent_counter(f->agent, 1), 5);
    assert_int_equal(uvsnmp_agent_counter(f->agent, 2), 5);
    assert_int_equal(uvsnmp_agent_counter(f->agent, 13), 2 + 2 + 2);
    assert_int_equal(uvsnmp_agent_counter(f->agent, 15), 2);
    assert_int_equal(uvsnmp_agent_counter(f->agent, 16), 1);
    assert_int_equal(uvsnmp_agent_counter(f->agent, 17), 1);
    assert_int_equal(uvsnmp_agent_counter(f->agent, 21), 2); /* noAccess counts as its SNMPv1 form */
    assert_int_equal(uvsnmp_agent_counter(f->agent, 28), 5);
    assert_int_equal(uvsnmp_agent_counter(f->agent, 99), 0);
    fixture_free(f);
}

struct seen {
    size_t received, sent;
    size_t last_size;
};

static void note_packet(struct uvsnmp_agent *agent, const struct uvsnmp_packet *packet, void *arg)
{
    struct seen *seen = arg;
    (void)agent;
    *(packet->sent ? &seen->sent : &seen->received) += 1;
    seen->last_size = packet->size;
    assert_int_equal(packet->data[0], 0x30);
}

static void the_packet_hook_sees_both_ways(void **state)
{
    struct seen seen = {0, 0, 0};
    struct fixture *f = make(&(struct uvsnmp_agent_options){.on_packet = note_packet, .arg = &seen});
    (void)state;
    fixture_get_one(f, UVSNMP_OID(1, 3, 1));
    assert_int_equal(seen.received, 1);
    assert_int_equal(seen.sent, 1);
    assert_int_equal(seen.last_size, f->size);
    f->community = "unknown";
    handle_hex(f, "3003 020101");
    assert_int_equal(seen.received, 2);
    fixture_free(f);
}

static size_t logged;

static void count_log(int level, const char *message, void *arg)
{
    (void)arg;
    if (level == LOG_LEVEL_WARNING) {
        assert_null(strstr(message, "secret"));
        logged++;
    }
}

static void refusals_are_logged_at_a_bounded_rate(void **state)
{
    struct fixture *f = make(NULL);
    struct uvsnmp_oid name = UVSNMP_OID(1, 3, 1);
    (void)state;
    logged = 0;
    uvsnmp_log_set_sink(count_log, NULL);
    f->community = "secret";
    for (int i = 0; i < 100; i++) {
        assert_false(fixture_ask(f, UVSNMP_PDU_GET, &name, 1));
    }
    assert_int_equal(logged, 5);
    fixture_advance(f, 60000);
    assert_false(fixture_ask(f, UVSNMP_PDU_GET, &name, 1));
    assert_int_equal(logged, 7); /* the count of the suppressed ones, and the new one */
    uvsnmp_log_set_sink(NULL, NULL);
    assert_int_equal(uvsnmp_agent_counter(f->agent, 4), 101);
    fixture_free(f);
}

static char last_debug[1024];

static void keep_debug(int level, const char *message, void *arg)
{
    (void)arg;
    if (level == LOG_LEVEL_DEBUG) {
        (void)snprintf(last_debug, sizeof(last_debug), "%s", message);
    }
}

/* The last test: tokens stay enabled. */
static void each_request_has_a_debug_line(void **state)
{
    struct fixture *f = make(NULL);
    (void)state;
    uvsnmp_log_set_sink(keep_debug, NULL);
    uvsnmp_log_enable_tokens("agent");
    handle_hex(f, GOOD);
    assert_string_equal(last_debug,
                        "agent: GET of 1 variables from udp:127.0.0.1:40000, request-id 7, first .1.3.1.1");
    handle_hex(f, "300f 020101 0406 7075626c6963 a0 02 0201");
    assert_non_null(strstr(last_debug, "agent: malformed message"));
    uvsnmp_log_set_sink(NULL, NULL);
    fixture_free(f);
}

static void uptime_is_in_hundredths(void **state)
{
    struct fixture *f = make(NULL);
    (void)state;
    assert_int_equal(uvsnmp_agent_uptime(f->agent), 0);
    fixture_advance(f, 12345);
    assert_int_equal(uvsnmp_agent_uptime(f->agent), 1234);
    fixture_advance(f, (uint64_t)UINT32_MAX * 10);
    assert_int_equal(uvsnmp_agent_uptime(f->agent), 1233); /* it wraps */
    fixture_free(f);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_message_made_by_hand_is_answered),
        cmocka_unit_test(malformed_messages_are_dropped_and_counted),
        cmocka_unit_test(every_prefix_and_every_bit_flip_is_survived),
        cmocka_unit_test(unknown_versions_are_counted),
        cmocka_unit_test(what_is_no_request_is_dropped),
        cmocka_unit_test(counters_follow_the_requests),
        cmocka_unit_test(the_packet_hook_sees_both_ways),
        cmocka_unit_test(refusals_are_logged_at_a_bounded_rate),
        cmocka_unit_test(uptime_is_in_hundredths),
        cmocka_unit_test(each_request_has_a_debug_line),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
