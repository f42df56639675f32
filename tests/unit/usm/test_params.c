/* SPDX-License-Identifier: BSD-3-Clause */
#include "support/unit.h"

#include "usm/params.h"

/* Written out by hand from RFC 3414 §2.4: engine 80001f8801020304, boots 5, time 300, user "bert", a digest
 * of zeros, salt 1 … 8. */
static const uint8_t sample[] = {
    0x04, 0x31, 0x30, 0x2f, 0x04, 0x08, 0x80, 0x00, 0x1f, 0x88, 0x01, 0x02, 0x03, 0x04, 0x02, 0x01, 0x05,
    0x02, 0x02, 0x01, 0x2c, 0x04, 0x04, 'b',  'e',  'r',  't',  0x04, 0x0c, 0x00, 0x00, 0x00, 0x00, 0x00,
    0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x04, 0x08, 0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08,
};
#define MAC_AT 29

/* As msgSecurityParameters hands it over: without tag and length. */
static struct uvsnmp_bytes contents(const uint8_t *octets, size_t size)
{
    struct uvsnmp_bytes bytes = {octets + 2, size - 2};
    return bytes;
}

static void they_are_read_field_by_field(void **state)
{
    struct usm_params params;
    (void)state;
    assert_int_equal(usm_params_decode(contents(sample, sizeof(sample)), 0, &params, NULL), 0);
    assert_int_equal(params.engine_id.size, 8);
    assert_memory_equal(params.engine_id.data, sample + 6, 8);
    assert_int_equal(params.boots, 5);
    assert_int_equal(params.time, 300);
    assert_int_equal(params.user_name.size, 4);
    assert_memory_equal(params.user_name.data, "bert", 4);
    assert_ptr_equal(params.mac.data, sample + MAC_AT);
    assert_int_equal(params.mac.size, 12);
    assert_int_equal(params.salt.size, 8);
    assert_int_equal(params.salt.data[7], 8);
}

static void they_are_written_octet_by_octet(void **state)
{
    static const uint8_t salt[] = {1, 2, 3, 4, 5, 6, 7, 8};
    const struct usm_params params = {
        .engine_id = {sample + 6, 8},
        .boots = 5,
        .time = 300,
        .user_name = {(const uint8_t *)"bert", 4},
        .mac = {NULL, 12},
        .salt = {salt, sizeof(salt)},
    };
    uint8_t buffer[sizeof(sample) + 3];
    (void)state;
    for (size_t capacity = 3; capacity <= sizeof(buffer); capacity++) {
        struct ber_writer writer;
        size_t mac_end = 0;
        ber_writer_init(&writer, buffer, capacity);
        ber_write_raw(&writer, "pdu", 3); /* what is behind */
        usm_params_encode(&writer, &params, &mac_end);
        assert_int_equal(ber_writer_error(&writer), capacity < sizeof(buffer) ? UVSNMP_EOVERSIZED : 0);
        if (capacity == sizeof(buffer)) {
            assert_int_equal(mac_end, sizeof(buffer) - MAC_AT - 12);
        }
    }
    assert_memory_equal(buffer, sample, sizeof(sample));
}

static void every_truncation_is_an_error(void **state)
{
    (void)state;
    for (size_t size = 2; size < sizeof(sample); size++) {
        struct usm_params params;
        struct uvsnmp_error err = {0, ""};
        uint8_t *cut = test_malloc(size);
        memcpy(cut, sample, size);
        assert_int_equal(usm_params_decode(contents(cut, size), 0, &params, &err), UVSNMP_ETRUNCATED);
        assert_int_not_equal(strlen(err.detail), 0);
        assert_null(params.user_name.data);
        test_free(cut);
    }
}

static void every_flipped_bit_is_survived(void **state)
{
    (void)state;
    for (size_t i = 16; i < sizeof(sample) * 8; i++) {
        uint8_t bent[sizeof(sample)];
        struct usm_params params;
        memcpy(bent, sample, sizeof(bent));
        bent[i / 8] = (uint8_t)(bent[i / 8] ^ (1u << i % 8));
        int rc = usm_params_decode(contents(bent, sizeof(bent)), 0, &params, NULL);
        assert_true(rc == 0 || rc == UVSNMP_ETRUNCATED || rc == UVSNMP_EBAD_ENCODING);
        assert_true(params.user_name.size <= USM_NAME_MAX);
        assert_true(params.boots >= 0 && params.time >= 0);
    }
}

static void what_is_out_of_range_is_said(void **state)
{
    static const struct {
        const char *octets;
        size_t size;
        const char *detail;
    } bad[] = {
        {"\x30\x10\x04\x00\x02\x01\xff\x02\x01\x00\x04\x00\x04\x00\x04\x00\x05\x00", 18,
         "integer out of range at octet 104"},
        {"\x30\x11\x04\x00\x02\x01\x00\x02\x04\x80\x00\x00\x00\x04\x00\x04\x00\x04\x00", 19,
         "integer out of range at octet 107"},
        {"\x30\x10\x04\x00\x02\x01\x00\x02\x01\x00\x04\x00\x04\x00\x04\x00\x05\x00", 18,
         "octets after msgPrivacyParameters at octet 116"},
        {"\x30\x0e\x04\x00\x02\x01\x00\x02\x01\x00\x04\x00\x04\x00\x04\x00\x05\x00", 18,
         "octets after the security parameters at octet 116"},
        {"\x30\x2f\x04\x00\x02\x01\x00\x02\x01\x00\x04\x21"
         "012345678901234567890123456789012\x04\x00\x04\x00",
         49, "msgUserName longer than 32 octets at octet 145"},
        {"\x31\x00", 2, "unexpected tag at octet 100"},
        {"", 0, "element missing at octet 100"},
    };
    (void)state;
    for (size_t i = 0; i < COUNT_OF(bad); i++) {
        struct uvsnmp_bytes octets = {(const uint8_t *)bad[i].octets, bad[i].size};
        struct usm_params params;
        struct uvsnmp_error err = {0, ""};
        assert_true(usm_params_decode(octets, 100, &params, &err) < 0);
        assert_string_equal(err.detail, bad[i].detail);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(they_are_read_field_by_field), cmocka_unit_test(they_are_written_octet_by_octet),
        cmocka_unit_test(every_truncation_is_an_error), cmocka_unit_test(every_flipped_bit_is_survived),
        cmocka_unit_test(what_is_out_of_range_is_said),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
