/* SPDX-License-Identifier: BSD-3-Clause */
#include "support/unit.h"

#include "msg/message.h"
#include "msg/status.h"

/* snmpget -v2c -c public, request-id 0x12345678, of sysUpTime.0, written out by hand from RFC 1157 and X.690 */
static const uint8_t get_sysuptime[] = {
    0x30, 0x29, 0x02, 0x01, 0x01, 0x04, 0x06, 'p',  'u',  'b',  'l',  'i',  'c',  0xa0, 0x1c, 0x02, 0x04, 0x12,
    0x34, 0x56, 0x78, 0x02, 0x01, 0x00, 0x02, 0x01, 0x00, 0x30, 0x0e, 0x30, 0x0c, 0x06, 0x08, 0x2b, 0x06, 0x01,
    0x02, 0x01, 0x01, 0x03, 0x00, 0x05, 0x00,
};

static struct arena arena;

static int set_up(void **state)
{
    (void)state;
    arena_init(&arena, 0, 0);
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    arena_fini(&arena);
    return 0;
}

static void a_get_is_read_field_by_field(void **state)
{
    struct msg_message message;
    (void)state;
    assert_int_equal(msg_decode(get_sysuptime, sizeof(get_sysuptime), &arena, &message, NULL), 0);
    assert_int_equal(message.version, UVSNMP_V2C);
    assert_int_equal(message.community.size, 6);
    assert_memory_equal(message.community.data, "public", 6);
    assert_int_equal(message.pdu.type, UVSNMP_PDU_GET);
    assert_int_equal(message.pdu.request_id, 0x12345678);
    assert_int_equal(message.pdu.count, 1);
    assert_int_equal(uvsnmp_oid_compare(message.pdu.varbinds[0].name, UVSNMP_OID(1, 3, 6, 1, 2, 1, 1, 3, 0)), 0);
    assert_int_equal(message.pdu.varbinds[0].value.type, UVSNMP_NULL);
}

static void a_get_is_written_octet_by_octet(void **state)
{
    uint8_t buffer[128];
    const struct uvsnmp_varbind varbind = {UVSNMP_OID(1, 3, 6, 1, 2, 1, 1, 3, 0), uvsnmp_empty(UVSNMP_NULL)};
    const struct msg_message message = {
        .version = UVSNMP_V2C,
        .community = {(const uint8_t *)"public", 6},
        .pdu = {.type = UVSNMP_PDU_GET, .request_id = 0x12345678, .varbinds = &varbind, .count = 1},
    };
    (void)state;
    ptrdiff_t size = msg_encode(&message, buffer, sizeof(buffer));
    assert_int_equal(size, sizeof(get_sysuptime));
    assert_memory_equal(buffer + sizeof(buffer) - size, get_sysuptime, sizeof(get_sysuptime));
    for (size_t capacity = 0; capacity < sizeof(get_sysuptime); capacity++) {
        assert_int_equal(msg_encode(&message, buffer, capacity), UVSNMP_EOVERSIZED);
    }
}

static void getbulk_has_its_own_fields(void **state)
{
    uint8_t buffer[128];
    struct msg_message back;
    struct msg_message message = {
        .version = UVSNMP_V2C,
        .pdu = {.type = UVSNMP_PDU_GETBULK, .request_id = -1, .non_repeaters = 2, .max_repetitions = 50},
    };
    (void)state;
    ptrdiff_t size = msg_encode(&message, buffer, sizeof(buffer));
    assert_true(size > 0);
    assert_int_equal(msg_decode(buffer + sizeof(buffer) - size, (size_t)size, &arena, &back, NULL), 0);
    assert_int_equal(back.pdu.request_id, -1);
    assert_int_equal(back.pdu.non_repeaters, 2);
    assert_int_equal(back.pdu.max_repetitions, 50);
    assert_int_equal(back.pdu.error_status, 0);
    message.pdu.non_repeaters = -5;
    message.pdu.max_repetitions = -1;
    size = msg_encode(&message, buffer, sizeof(buffer));
    assert_int_equal(msg_decode(buffer + sizeof(buffer) - size, (size_t)size, &arena, &back, NULL), 0);
    assert_int_equal(back.pdu.non_repeaters, 0);
    assert_int_equal(back.pdu.max_repetitions, 0);
}

static void numbers_of_more_than_32_bits_come_back_as_they_were(void **state)
{
    uint8_t buffer[128];
    struct msg_message back;
    struct msg_message message = {
        .version = UVSNMP_V2C,
        .pdu = {.type = UVSNMP_PDU_GETBULK, .request_id = 0x80000000, .max_repetitions = 1},
    };
    (void)state;
    ptrdiff_t size = msg_encode(&message, buffer, sizeof(buffer));
    assert_int_equal(msg_decode(buffer + sizeof(buffer) - size, (size_t)size, &arena, &back, NULL), 0);
    assert_true(back.pdu.request_id == 0x80000000);
    /* max-repetitions 2^31, before an empty varbind list */
    const uint8_t large[] = {0x30, 0x16, 0x02, 0x01, 0x01, 0x04, 0x00, 0xa5, 0x0f, 0x02, 0x01, 0x01, 0x02,
                             0x01, 0x00, 0x02, 0x05, 0x00, 0x80, 0x00, 0x00, 0x00, 0x30, 0x00};
    assert_int_equal(msg_decode(large, sizeof(large), &arena, &back, NULL), 0);
    assert_int_equal(back.pdu.max_repetitions, INT32_MAX);
}

static void every_truncation_is_an_error(void **state)
{
    (void)state;
    for (size_t size = 0; size < sizeof(get_sysuptime); size++) {
        struct msg_message message;
        struct uvsnmp_error err = {0, ""};
        /* of exactly that size, so that a sanitizer sees an overrun */
        uint8_t *cut = test_malloc(size + 1);
        memcpy(cut, get_sysuptime, size);
        assert_int_equal(msg_decode(cut, size, &arena, &message, &err), UVSNMP_ETRUNCATED);
        assert_int_not_equal(strlen(err.detail), 0);
        test_free(cut);
    }
}

static void every_flipped_octet_is_survived(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof(get_sysuptime); i++) {
        for (unsigned bit = 0; bit < 8; bit++) {
            uint8_t bent[sizeof(get_sysuptime)];
            struct msg_message message;
            struct uvsnmp_error err;
            memcpy(bent, get_sysuptime, sizeof(bent));
            bent[i] = (uint8_t)(bent[i] ^ (1u << bit));
            arena_reset(&arena);
            int rc = msg_decode(bent, sizeof(bent), &arena, &message, &err);
            assert_true(rc == 0 || rc == UVSNMP_ETRUNCATED || rc == UVSNMP_EBAD_ENCODING ||
                        rc == UVSNMP_EBAD_VERSION);
        }
    }
}

static void malformed_messages_say_what_is_wrong(void **state)
{
    static const struct {
        const char *bytes;
        size_t size;
        int error;
        const char *detail;
    } bad[] = {
        {"\x31\x00", 2, UVSNMP_EBAD_ENCODING, "unexpected tag at octet 0"},
        {"\x30\x00", 2, UVSNMP_ETRUNCATED, "element missing at octet 2"},
        {"\x30\x03\x02\x01\x02", 5, UVSNMP_EBAD_VERSION, "message of version 2"},
        {"\x30\x03\x02\x01\x03", 5, UVSNMP_EBAD_VERSION, "message of version 3"},
        {"\x30\x05\x02\x01\x01\x05\x00", 7, UVSNMP_EBAD_ENCODING, "unexpected tag at octet 5"},
        {"\x30\x07\x02\x01\x01\x04\x00\x30\x00", 9, UVSNMP_EBAD_ENCODING, "unknown PDU type 0x30"},
        {"\x30\x07\x02\x01\x01\x04\x00\xa4\x00", 9, UVSNMP_EBAD_ENCODING, "unknown PDU type 0xa4"},
        {"\x30\x07\x02\x01\x01\x04\x00\xa0\x00", 9, UVSNMP_ETRUNCATED, "element missing at octet 9"},
    };
    (void)state;
    for (size_t i = 0; i < COUNT_OF(bad); i++) {
        struct msg_message message;
        struct uvsnmp_error err;
        assert_int_equal(msg_decode((const uint8_t *)bad[i].bytes, bad[i].size, &arena, &message, &err),
                         bad[i].error);
        assert_string_equal(err.detail, bad[i].detail);
    }
}

static void the_envelope_costs_no_memory(void **state)
{
    struct msg_envelope envelope;
    (void)state;
    assert_int_equal(msg_envelope_decode(get_sysuptime, sizeof(get_sysuptime), &envelope, NULL), 0);
    assert_int_equal(envelope.version, UVSNMP_V2C);
    assert_memory_equal(envelope.community.data, "public", 6);
    assert_int_equal(envelope.pdu.data[0], UVSNMP_PDU_GET);
    assert_int_equal(envelope.pdu.size, 30);
}

static void octets_after_a_message_are_ignored(void **state)
{
    uint8_t padded[sizeof(get_sysuptime) + 3] = {0};
    struct msg_message message;
    (void)state;
    memcpy(padded, get_sysuptime, sizeof(get_sysuptime));
    assert_int_equal(msg_decode(padded, sizeof(padded), &arena, &message, NULL), 0);
    assert_int_equal(message.pdu.count, 1);
}

static void only_responses_have_a_key(void **state)
{
    uint8_t response[sizeof(get_sysuptime)];
    uint64_t key = 0;
    (void)state;
    memcpy(response, get_sysuptime, sizeof(response));
    assert_false(msg_response_key(response, sizeof(response), &key));
    response[13] = UVSNMP_PDU_RESPONSE;
    assert_true(msg_response_key(response, sizeof(response), &key));
    assert_true(key == msg_key(UVSNMP_V2C, 0x12345678));
    assert_true(key != msg_key(UVSNMP_V1, 0x12345678));
    assert_false(msg_response_key(response, 12, &key));
    assert_true(msg_key(UVSNMP_V1, -1) == 0xffffffffu);
}

/* What an ICMP error returns of a request: 8 octets of UDP header are gone, and of the message as many as fit. */
static void a_request_is_known_by_its_beginning(void **state)
{
    uint8_t bent[sizeof(get_sysuptime)];
    uint64_t key = 0;
    size_t enough = 21; /* up to the end of the request-id */
    (void)state;
    for (size_t size = 0; size <= sizeof(get_sysuptime); size++) {
        assert_int_equal(msg_request_key(get_sysuptime, size, &key), size >= enough);
    }
    assert_true(key == msg_key(UVSNMP_V2C, 0x12345678));
    memcpy(bent, get_sysuptime, sizeof(bent));
    bent[13] = UVSNMP_PDU_RESPONSE;
    assert_false(msg_request_key(bent, sizeof(bent), &key));
    assert_false(msg_request_key((const uint8_t *)"forged, nothing like a request", 30, &key));
}

static void frames_are_measured_as_they_arrive(void **state)
{
    (void)state;
    assert_int_equal(msg_frame(get_sysuptime, 0), 0);
    assert_int_equal(msg_frame(get_sysuptime, 1), 0);
    assert_int_equal(msg_frame(get_sysuptime, 2), sizeof(get_sysuptime));
    assert_int_equal(msg_frame((const uint8_t *)"\x30\x82\x01\x00", 4), 260);
    assert_int_equal(msg_frame((const uint8_t *)"\x30\x82\x01", 3), 0);
    assert_int_equal(msg_frame((const uint8_t *)"GET / HTTP", 10), UVSNMP_EBAD_ENCODING);
    assert_int_equal(msg_frame((const uint8_t *)"\x30\x80", 2), UVSNMP_EBAD_ENCODING);
    assert_int_equal(msg_frame((const uint8_t *)"\x30\x85\x00\x00\x00\x00\x01", 7), UVSNMP_EBAD_ENCODING);
    assert_int_equal(msg_frame((const uint8_t *)"\x30\x84\x7f\xff\xff\xff", 6), UVSNMP_EOVERSIZED);
}

/* RFC 3584 §4.4 */
static void statuses_map_to_version_1(void **state)
{
    (void)state;
    for (int status = 0; status <= UVSNMP_STATUS_GEN_ERR; status++) {
        assert_int_equal(msg_status_to_v1((enum uvsnmp_status)status), status);
    }
    assert_int_equal(msg_status_to_v1(UVSNMP_STATUS_WRONG_TYPE), UVSNMP_STATUS_BAD_VALUE);
    assert_int_equal(msg_status_to_v1(UVSNMP_STATUS_NOT_WRITABLE), UVSNMP_STATUS_NO_SUCH_NAME);
    assert_int_equal(msg_status_to_v1(UVSNMP_STATUS_UNDO_FAILED), UVSNMP_STATUS_GEN_ERR);
    assert_int_equal(msg_status_to_v1(UVSNMP_STATUS_INCONSISTENT_NAME), UVSNMP_STATUS_NO_SUCH_NAME);
    assert_int_equal(msg_status_to_v1((enum uvsnmp_status)99), UVSNMP_STATUS_GEN_ERR);
    assert_string_equal(uvsnmp_status_name(UVSNMP_STATUS_INCONSISTENT_NAME), "inconsistentName");
    assert_string_equal(uvsnmp_status_name(19), "unknown");
    assert_string_equal(uvsnmp_status_name(-1), "unknown");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_get_is_read_field_by_field),
        cmocka_unit_test(a_get_is_written_octet_by_octet),
        cmocka_unit_test(getbulk_has_its_own_fields),
        cmocka_unit_test(numbers_of_more_than_32_bits_come_back_as_they_were),
        cmocka_unit_test(every_truncation_is_an_error),
        cmocka_unit_test(every_flipped_octet_is_survived),
        cmocka_unit_test(malformed_messages_say_what_is_wrong),
        cmocka_unit_test(the_envelope_costs_no_memory),
        cmocka_unit_test(octets_after_a_message_are_ignored),
        cmocka_unit_test(only_responses_have_a_key),
        cmocka_unit_test(a_request_is_known_by_its_beginning),
        cmocka_unit_test(frames_are_measured_as_they_arrive),
        cmocka_unit_test(statuses_map_to_version_1),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
