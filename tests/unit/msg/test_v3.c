/* SPDX-License-Identifier: BSD-3-Clause */
#include "support/unit.h"

#include "msg/message.h"
#include "msg/v3.h"

/* A discovery request (RFC 3414 §4), written out by hand from RFC 3412 §6 and RFC 3414 §2.4: msgID
 * 0x01020304, msgMaxSize 65507, reportable, a GET without varbinds and of request-id 0x0a0b0c0d. */
static const uint8_t discovery[] = {
    0x30, 0x3e, 0x02, 0x01, 0x03,                               /* version */
    0x30, 0x11, 0x02, 0x04, 0x01, 0x02, 0x03, 0x04,             /* msgID */
    0x02, 0x03, 0x00, 0xff, 0xe3, 0x04, 0x01, 0x04,             /* msgMaxSize, msgFlags */
    0x02, 0x01, 0x03,                                           /* msgSecurityModel */
    0x04, 0x10, 0x30, 0x0e, 0x04, 0x00, 0x02, 0x01, 0x00, 0x02, /* msgSecurityParameters */
    0x01, 0x00, 0x04, 0x00, 0x04, 0x00, 0x04, 0x00,             /* … */
    0x30, 0x14, 0x04, 0x00, 0x04, 0x00,                         /* scoped PDU */
    0xa0, 0x0e, 0x02, 0x04, 0x0a, 0x0b, 0x0c, 0x0d, 0x02, 0x01, /* … */
    0x00, 0x02, 0x01, 0x00, 0x30, 0x00,
};
#define HEADER_END 24 /* octets up to msgSecurityParameters */
#define DATA_AT 42    /* where the scoped PDU begins */

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

static void a_message_is_read_field_by_field(void **state)
{
    struct msg_v3 message;
    struct msg_scoped_pdu scoped;
    (void)state;
    assert_int_equal(msg_v3_decode(discovery, sizeof(discovery), &message, NULL), 0);
    assert_int_equal(message.header.id, 0x01020304);
    assert_int_equal(message.header.max_size, 65507);
    assert_int_equal(message.header.flags, MSG_V3_REPORTABLE);
    assert_int_equal(message.header.security_model, MSG_V3_USM);
    assert_int_equal(message.security_parameters.size, 16);
    assert_false(message.encrypted);
    assert_ptr_equal(message.data.data, discovery + DATA_AT);
    assert_int_equal(message.data.size, sizeof(discovery) - DATA_AT);
    assert_ptr_equal(message.whole.data, discovery);
    assert_int_equal(message.whole.size, sizeof(discovery));
    assert_int_equal(msg_scoped_pdu_decode(message.data, DATA_AT, &arena, &scoped, NULL), 0);
    assert_int_equal(scoped.context_engine_id.size, 0);
    assert_int_equal(scoped.context_name.size, 0);
    assert_int_equal(scoped.pdu.type, UVSNMP_PDU_GET);
    assert_int_equal(scoped.pdu.request_id, 0x0a0b0c0d);
    assert_int_equal(scoped.pdu.count, 0);
}

static void a_message_is_written_octet_by_octet(void **state)
{
    const struct msg_scoped_pdu scoped = {.pdu = {.type = UVSNMP_PDU_GET, .request_id = 0x0a0b0c0d}};
    const struct msg_v3_header header = {
        .id = 0x01020304, .max_size = 65507, .flags = MSG_V3_REPORTABLE, .security_model = MSG_V3_USM};
    uint8_t buffer[sizeof(discovery)];
    (void)state;
    for (size_t capacity = 0; capacity <= sizeof(discovery); capacity++) {
        struct ber_writer writer;
        ber_writer_init(&writer, buffer, capacity);
        msg_pdu_encode(&writer, &scoped.pdu);
        msg_scope_encode(&writer, scoped.context_engine_id, scoped.context_name);
        ber_write_raw(&writer, discovery + HEADER_END, DATA_AT - HEADER_END);
        msg_v3_header_encode(&writer, &header);
        assert_int_equal(ber_writer_error(&writer), capacity < sizeof(discovery) ? UVSNMP_EOVERSIZED : 0);
    }
    assert_memory_equal(buffer, discovery, sizeof(discovery));
}

static void every_truncation_is_an_error(void **state)
{
    (void)state;
    for (size_t size = 0; size < sizeof(discovery); size++) {
        struct msg_v3 message;
        struct uvsnmp_error err = {0, ""};
        uint64_t key;
        uint8_t *cut = test_malloc(size + 1);
        memcpy(cut, discovery, size);
        assert_int_equal(msg_v3_decode(cut, size, &message, &err), UVSNMP_ETRUNCATED);
        assert_int_not_equal(strlen(err.detail), 0);
        assert_false(msg_v3_response_key(cut, size, &key));
        test_free(cut);
    }
}

static void every_flipped_bit_is_survived(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof(discovery) * 8; i++) {
        uint8_t bent[sizeof(discovery)];
        struct msg_v3 message;
        struct msg_scoped_pdu scoped;
        struct uvsnmp_error err;
        memcpy(bent, discovery, sizeof(bent));
        bent[i / 8] = (uint8_t)(bent[i / 8] ^ (1u << i % 8));
        arena_reset(&arena);
        int rc = msg_v3_decode(bent, sizeof(bent), &message, &err);
        assert_true(rc == 0 || rc == UVSNMP_ETRUNCATED || rc == UVSNMP_EBAD_ENCODING ||
                    rc == UVSNMP_EBAD_VERSION);
        if (rc == 0 && !message.encrypted) {
            rc = msg_scoped_pdu_decode(message.data, DATA_AT, &arena, &scoped, &err);
            assert_true(rc == 0 || rc == UVSNMP_ETRUNCATED || rc == UVSNMP_EBAD_ENCODING);
        }
    }
}

/* The message with `size` octets at `at` replaced, its outer length put right. */
static size_t bend(uint8_t *out, size_t at, size_t size, const char *octets, size_t octet_count)
{
    size_t total = sizeof(discovery) - size + octet_count;
    memcpy(out, discovery, at);
    memcpy(out + at, octets, octet_count);
    memcpy(out + at + octet_count, discovery + at + size, sizeof(discovery) - at - size);
    out[1] = (uint8_t)(total - 2);
    return total;
}

static void malformed_messages_say_what_is_wrong(void **state)
{
    static const struct {
        size_t at, size;
        const char *octets;
        size_t octet_count;
        int error;
        const char *detail;
    } bad[] = {
        {4, 1, "\x01", 1, UVSNMP_EBAD_VERSION, "message of version 1"},
        {9, 1, "\x81", 1, UVSNMP_EBAD_ENCODING, "integer out of range at octet 7"}, /* msgID < 0 */
        {13, 5, "\x02\x03\x00\x01\xe3", 5, UVSNMP_EBAD_ENCODING, "integer out of range at octet 13"},
        {18, 3, "\x04\x01\x04", 3, 0, ""},
        {5, 19, "\x30\x0f\x02\x01\x01\x02\x03\x00\xff\xe3\x04\x00\x02\x01\x03\x05\x00", 17,
         UVSNMP_EBAD_ENCODING, "msgFlags not of one octet at octet 17"},
        {23, 1, "\x00", 1, UVSNMP_EBAD_ENCODING, "integer out of range at octet 21"}, /* model 0 */
        {5, 19, "\x30\x10\x02\x01\x01\x02\x03\x00\xff\xe3\x04\x01\x04\x02\x01\x03\x05\x00", 18,
         UVSNMP_EBAD_ENCODING, "octets after msgGlobalData at octet 21"},
        {24, 1, "\x30", 1, UVSNMP_EBAD_ENCODING, "unexpected tag at octet 24"},
        {42, 1, "\x31", 1, UVSNMP_EBAD_ENCODING, "unexpected tag at octet 42"},
        {sizeof(discovery), 0, "\x05\x00", 2, UVSNMP_EBAD_ENCODING, "octets after msgData at octet 64"},
    };
    (void)state;
    for (size_t i = 0; i < COUNT_OF(bad); i++) {
        uint8_t bent[sizeof(discovery) + 8];
        struct msg_v3 message;
        struct uvsnmp_error err = {0, ""};
        size_t size = bend(bent, bad[i].at, bad[i].size, bad[i].octets, bad[i].octet_count);
        assert_int_equal(msg_v3_decode(bent, size, &message, &err), bad[i].error);
        assert_string_equal(err.detail, bad[i].detail);
    }
}

static void an_encrypted_message_is_told_by_its_data(void **state)
{
    struct msg_v3 message;
    uint64_t key;
    uint8_t bent[sizeof(discovery) + 8];
    (void)state;
    size_t size = bend(bent, DATA_AT, sizeof(discovery) - DATA_AT, "\x04\x03xyz", 5);
    assert_int_equal(msg_v3_decode(bent, size, &message, NULL), 0);
    assert_true(message.encrypted);
    assert_int_equal(message.data.size, 3);
    assert_memory_equal(message.data.data, "xyz", 3);
    assert_true(msg_v3_response_key(bent, size, &key));
    assert_true(key == msg_v3_key(0x01020304));
}

static void octets_after_a_message_are_not_of_it(void **state)
{
    uint8_t padded[sizeof(discovery) + 3] = {0};
    struct msg_v3 message;
    (void)state;
    memcpy(padded, discovery, sizeof(discovery));
    assert_int_equal(msg_v3_decode(padded, sizeof(padded), &message, NULL), 0);
    assert_int_equal(message.whole.size, sizeof(discovery));
}

static void padding_behind_a_scoped_pdu_is_ignored(void **state)
{
    uint8_t padded[sizeof(discovery) - DATA_AT + 7] = {0};
    struct msg_scoped_pdu scoped;
    struct uvsnmp_bytes data = {padded, sizeof(padded)};
    (void)state;
    memcpy(padded, discovery + DATA_AT, sizeof(discovery) - DATA_AT);
    assert_int_equal(msg_scoped_pdu_decode(data, 0, &arena, &scoped, NULL), 0);
    assert_int_equal(scoped.pdu.type, UVSNMP_PDU_GET);
}

static void octets_between_pdu_and_end_are_an_error(void **state)
{
    static const uint8_t octets[] = {0x30, 0x14, 0x04, 0x00, 0x04, 0x00, 0xa0, 0x0c, 0x02, 0x02, 0x0a,
                                     0x0b, 0x02, 0x01, 0x00, 0x02, 0x01, 0x00, 0x30, 0x00, 0x05, 0x00};
    struct msg_scoped_pdu scoped;
    struct uvsnmp_bytes data = {octets, sizeof(octets)};
    struct uvsnmp_error err = {0, ""};
    (void)state;
    assert_int_equal(msg_scoped_pdu_decode(data, 100, &arena, &scoped, &err), UVSNMP_EBAD_ENCODING);
    assert_string_equal(err.detail, "octets after the PDU at octet 120");
}

static void a_refused_request_can_still_be_named(void **state)
{
    struct uvsnmp_bytes data = {discovery + DATA_AT, sizeof(discovery) - DATA_AT};
    enum uvsnmp_pdu_type type = (enum uvsnmp_pdu_type)0;
    int64_t request_id = 0;
    (void)state;
    assert_true(msg_scoped_pdu_peek(data, &type, &request_id));
    assert_int_equal(type, UVSNMP_PDU_GET);
    assert_int_equal(request_id, 0x0a0b0c0d);
    for (data.size = 0; data.size < 14; data.size++) {
        assert_false(msg_scoped_pdu_peek(data, &type, &request_id));
    }
}

static void only_answers_have_a_key(void **state)
{
    uint8_t bent[sizeof(discovery)];
    uint64_t key = 0;
    (void)state;
    assert_false(msg_v3_response_key(discovery, sizeof(discovery), &key));
    memcpy(bent, discovery, sizeof(bent));
    bent[DATA_AT + 6] = UVSNMP_PDU_REPORT;
    assert_true(msg_v3_response_key(bent, sizeof(bent), &key));
    assert_true(key == msg_v3_key(0x01020304));
    assert_true(key != msg_key(UVSNMP_V2C, 0x01020304));
    bent[DATA_AT + 6] = UVSNMP_PDU_RESPONSE;
    assert_true(msg_v3_response_key(bent, sizeof(bent), &key));
    bent[DATA_AT + 6] = UVSNMP_PDU_TRAP;
    assert_false(msg_v3_response_key(bent, sizeof(bent), &key));
    bent[4] = UVSNMP_V2C;
    assert_false(msg_v3_response_key(bent, sizeof(bent), &key));
}

static void a_request_is_known_by_its_beginning(void **state)
{
    uint64_t key = 0;
    size_t enough = 13; /* up to the end of the msgID */
    (void)state;
    for (size_t size = 0; size <= sizeof(discovery); size++) {
        assert_int_equal(msg_v3_request_key(discovery, size, &key), size >= enough);
    }
    assert_true(key == msg_v3_key(0x01020304));
    assert_false(msg_v3_request_key((const uint8_t *)"forged, nothing like a request", 30, &key));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_message_is_read_field_by_field),
        cmocka_unit_test(a_message_is_written_octet_by_octet),
        cmocka_unit_test(every_truncation_is_an_error),
        cmocka_unit_test(every_flipped_bit_is_survived),
        cmocka_unit_test(malformed_messages_say_what_is_wrong),
        cmocka_unit_test(an_encrypted_message_is_told_by_its_data),
        cmocka_unit_test(octets_after_a_message_are_not_of_it),
        cmocka_unit_test(padding_behind_a_scoped_pdu_is_ignored),
        cmocka_unit_test(octets_between_pdu_and_end_are_an_error),
        cmocka_unit_test(a_refused_request_can_still_be_named),
        cmocka_unit_test(only_answers_have_a_key),
        cmocka_unit_test(a_request_is_known_by_its_beginning),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
