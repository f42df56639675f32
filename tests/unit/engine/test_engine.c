/* SPDX-License-Identifier: BSD-3-Clause */
#include "support/unit.h"

#include "engine/engine.h"

#define OCTETS(text) ((struct uvsnmp_bytes){(const uint8_t *)(text), sizeof(text) - 1})

/* Made by Net-SNMP's snmpd with "engineIDType 1" and 3 and with "engineID hello" */
static void ids_are_made_as_net_snmp_makes_them(void **state)
{
    static const struct {
        enum engine_id_format format;
        struct uvsnmp_bytes content;
        const char *id;
    } made[] = {
        {ENGINE_ID_IPV4, {(const uint8_t *)"\x7f\x00\x00\x01", 4}, "0x80001f88017f000001"},
        {ENGINE_ID_MAC, {(const uint8_t *)"\x02\xfc\x00\x00\x00\x01", 6}, "0x80001f880302fc00000001"},
        {ENGINE_ID_TEXT, {(const uint8_t *)"hello", 5}, "0x80001f880468656c6c6f"},
    };
    (void)state;
    for (size_t i = 0; i < COUNT_OF(made); i++) {
        struct engine_id id;
        char text[ENGINE_ID_TEXT_MAX];
        assert_int_equal(engine_id_make(&id, made[i].format, made[i].content), 0);
        engine_id_print(engine_id_bytes(&id), text, sizeof(text));
        assert_string_equal(text, made[i].id);
    }
}

static void contents_have_the_size_of_their_format(void **state)
{
    static const uint8_t octets[28];
    struct engine_id id;
    (void)state;
    assert_int_equal(engine_id_make(&id, ENGINE_ID_IPV4, (struct uvsnmp_bytes){octets, 5}),
                     UVSNMP_EBAD_VALUE);
    assert_int_equal(engine_id_make(&id, ENGINE_ID_IPV6, (struct uvsnmp_bytes){octets, 4}),
                     UVSNMP_EBAD_VALUE);
    assert_int_equal(engine_id_make(&id, ENGINE_ID_IPV6, (struct uvsnmp_bytes){octets, 16}), 0);
    assert_int_equal(engine_id_make(&id, ENGINE_ID_MAC, (struct uvsnmp_bytes){octets, 8}), UVSNMP_EBAD_VALUE);
    assert_int_equal(engine_id_make(&id, ENGINE_ID_TEXT, (struct uvsnmp_bytes){octets, 0}),
                     UVSNMP_EBAD_VALUE);
    assert_int_equal(engine_id_make(&id, ENGINE_ID_TEXT, (struct uvsnmp_bytes){octets, 27}), 0);
    assert_int_equal(id.size, ENGINE_ID_MAX);
    assert_int_equal(engine_id_make(&id, ENGINE_ID_TEXT, (struct uvsnmp_bytes){octets, 28}),
                     UVSNMP_EBAD_VALUE);
    assert_int_equal(engine_id_make(&id, (enum engine_id_format)7, (struct uvsnmp_bytes){octets, 4}),
                     UVSNMP_EBAD_VALUE);
}

static void a_random_id_is_of_its_time(void **state)
{
    struct engine_id one, other;
    (void)state;
    engine_id_make_random(&one, 0x0000000065ba7600);
    engine_id_make_random(&other, 0x0000000065ba7600);
    assert_int_equal(one.size, 17);
    assert_memory_equal(one.octets, "\x80\x00\x1f\x88\x80", 5);
    assert_memory_equal(one.octets + 9, "\x00\x76\xba\x65\x00\x00\x00\x00", 8);
    assert_memory_not_equal(one.octets, other.octets, 17);
}

static void ids_are_read_in_all_their_spellings(void **state)
{
    static const char *const good[] = {"0x80001f8801020304", "80001F8801020304", "0X80 00 1f 88 01 02 03 04",
                                       "80:00:1f:88:01:02:03:04"};
    static const char *const bad[] = {"",
                                      "0x",
                                      "0x80001f88",
                                      "0x80001f880",
                                      "0x80001f88zz",
                                      "0x0000000000",
                                      "0xffffffffff",
                                      "0x800000000000000000000000000000000000000000000000000000000000000000"};
    struct engine_id id = {0};
    (void)state;
    for (size_t i = 0; i < COUNT_OF(good); i++) {
        id.size = 0;
        assert_int_equal(engine_id_parse(good[i], &id, NULL), 0);
        assert_true(engine_id_equals(&id, OCTETS("\x80\x00\x1f\x88\x01\x02\x03\x04")));
    }
    for (size_t i = 0; i < COUNT_OF(bad); i++) {
        struct uvsnmp_error err = {0, ""};
        assert_int_equal(engine_id_parse(bad[i], &id, &err), UVSNMP_EBAD_VALUE);
        assert_int_not_equal(strlen(err.detail), 0);
        assert_int_equal(id.size, 8);
    }
}

static void printing_keeps_to_its_room(void **state)
{
    char text[8];
    (void)state;
    for (size_t size = 1; size <= sizeof(text); size++) {
        memset(text, 'x', sizeof(text));
        engine_id_print(OCTETS("\x80\x00\x1f\x88\x01"), text, size);
        assert_true(strlen(text) < size);
    }
    assert_string_equal(text, "0x8000");
}

static void time_counts_from_the_start(void **state)
{
    struct engine engine;
    (void)state;
    engine_init(&engine, NULL, 7, 10000);
    assert_int_equal(engine_time(&engine, 10999).time, 0);
    assert_int_equal(engine_time(&engine, 75000).time, 65);
    assert_int_equal(engine_time(&engine, 75000).boots, 7);
    assert_int_equal(engine_time(&engine, 9000).time, 0);
    engine_fini(&engine);
}

static void message_ids_are_positive_and_new(void **state)
{
    struct engine engine;
    (void)state;
    engine_init(&engine, NULL, 0, 0);
    assert_true(engine.message_id >= 0);
    engine.message_id = INT32_MAX - 1;
    assert_int_equal(engine_next_message_id(&engine), INT32_MAX);
    assert_int_equal(engine_next_message_id(&engine), 1);
    assert_int_equal(engine_next_message_id(&engine), 2);
    engine_fini(&engine);
}

static void its_contexts_have_three_names(void **state)
{
    struct engine engine;
    struct engine_id id = {0};
    (void)state;
    assert_int_equal(engine_id_parse("0x80001f8801020304", &id, NULL), 0);
    engine_init(&engine, &id, 1, 0);
    assert_true(engine_is_own_context(&engine, engine_id_bytes(&id)));
    assert_true(engine_is_own_context(&engine, OCTETS("")));
    assert_true(engine_is_own_context(&engine, OCTETS("\x80\x00\x00\x00\x06")));
    assert_false(engine_is_own_context(&engine, OCTETS("\x80\x00\x00\x00\x07")));
    assert_false(engine_is_own_context(&engine, OCTETS("\x80\x00\x1f\x88\x01\x02\x03")));
    engine_fini(&engine);
}

static void every_counter_has_its_error_and_name(void **state)
{
    static const struct {
        int error;
        const char *name;
    } rows[] = {
        {UVSNMP_EUNKNOWN_MODEL, ".1.3.6.1.6.3.11.2.1.1.0"},
        {UVSNMP_EINVALID_MESSAGE, ".1.3.6.1.6.3.11.2.1.2.0"},
        {UVSNMP_EUNKNOWN_HANDLER, ".1.3.6.1.6.3.11.2.1.3.0"},
        {UVSNMP_EUNSUPPORTED_LEVEL, ".1.3.6.1.6.3.15.1.1.1.0"},
        {UVSNMP_ENOT_IN_TIME_WINDOW, ".1.3.6.1.6.3.15.1.1.2.0"},
        {UVSNMP_EUNKNOWN_USER, ".1.3.6.1.6.3.15.1.1.3.0"},
        {UVSNMP_EUNKNOWN_ENGINE, ".1.3.6.1.6.3.15.1.1.4.0"},
        {UVSNMP_EAUTHENTICATION, ".1.3.6.1.6.3.15.1.1.5.0"},
        {UVSNMP_EDECRYPTION, ".1.3.6.1.6.3.15.1.1.6.0"},
        {UVSNMP_EUNAVAILABLE_CONTEXT, ".1.3.6.1.6.3.12.1.4.0"},
        {UVSNMP_EUNKNOWN_CONTEXT, ".1.3.6.1.6.3.12.1.5.0"},
    };
    enum engine_report report;
    (void)state;
    assert_int_equal(COUNT_OF(rows), ENGINE_REPORT_COUNT);
    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        char text[UVSNMP_OID_TEXT_MAX];
        assert_true(engine_report_of_error(rows[i].error, &report));
        struct uvsnmp_varbind varbind = {.name = engine_report_name(report)};
        const struct msg_pdu pdu = {.type = UVSNMP_PDU_REPORT, .varbinds = &varbind, .count = 1};
        assert_true(uvsnmp_oid_format(varbind.name, text, sizeof(text)) > 0);
        assert_string_equal(text, rows[i].name);
        assert_int_equal(engine_report_error(&pdu), rows[i].error);
    }
    assert_false(engine_report_of_error(UVSNMP_EBAD_ENCODING, &report));
}

static void other_reports_are_protocol_errors(void **state)
{
    static const uint32_t ids[] = {1, 3, 6, 1, 6, 3, 15, 1, 1, 7, 0};
    struct uvsnmp_varbind varbind = {.name = {ids, 11}};
    struct msg_pdu pdu = {.type = UVSNMP_PDU_REPORT, .varbinds = &varbind, .count = 1};
    (void)state;
    assert_int_equal(engine_report_error(&pdu), UVSNMP_EPROTOCOL);
    pdu.count = 0;
    assert_int_equal(engine_report_error(&pdu), UVSNMP_EPROTOCOL);
    pdu.type = UVSNMP_PDU_RESPONSE;
    assert_int_equal(engine_report_error(&pdu), UVSNMP_EPROTOCOL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(ids_are_made_as_net_snmp_makes_them),
        cmocka_unit_test(contents_have_the_size_of_their_format),
        cmocka_unit_test(a_random_id_is_of_its_time),
        cmocka_unit_test(ids_are_read_in_all_their_spellings),
        cmocka_unit_test(printing_keeps_to_its_room),
        cmocka_unit_test(time_counts_from_the_start),
        cmocka_unit_test(message_ids_are_positive_and_new),
        cmocka_unit_test(its_contexts_have_three_names),
        cmocka_unit_test(every_counter_has_its_error_and_name),
        cmocka_unit_test(other_reports_are_protocol_errors),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
