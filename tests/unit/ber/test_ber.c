/* SPDX-License-Identifier: BSD-3-Clause */
#include "support/unit.h"

#include "ber/reader.h"
#include "ber/tag.h"
#include "ber/writer.h"

/* Octets as text, for comparison with X.690's own examples. */
struct octets {
    uint8_t data[64];
    size_t size;
};

#define READER(name, bytes)                                                                                  \
    struct ber_reader name;                                                                                  \
    ber_reader_init(&name, bytes, sizeof(bytes) - 1)

static struct octets written(const struct ber_writer *writer)
{
    struct octets octets = {{0}, ber_writer_size(writer)};
    assert_true(octets.size <= sizeof(octets.data));
    memcpy(octets.data, writer->at, octets.size);
    return octets;
}

static void signed_numbers_have_the_shortest_encoding(void **state)
{
    static const struct {
        int64_t number;
        const char *bytes;
        size_t size;
    } vectors[] = {
        {0, "\x02\x01\x00", 3},
        {127, "\x02\x01\x7f", 3},
        {128, "\x02\x02\x00\x80", 4},
        {256, "\x02\x02\x01\x00", 4},
        {-1, "\x02\x01\xff", 3},
        {-128, "\x02\x01\x80", 3},
        {-129, "\x02\x02\xff\x7f", 4},
        {INT32_MAX, "\x02\x04\x7f\xff\xff\xff", 6},
        {INT32_MIN, "\x02\x04\x80\x00\x00\x00", 6},
        {INT64_MIN, "\x02\x08\x80\x00\x00\x00\x00\x00\x00\x00", 10},
    };
    (void)state;
    for (size_t i = 0; i < COUNT_OF(vectors); i++) {
        uint8_t buffer[16];
        struct ber_writer writer;
        struct ber_reader reader;
        ber_writer_init(&writer, buffer, sizeof(buffer));
        ber_write_signed(&writer, BER_INTEGER, vectors[i].number);
        struct octets octets = written(&writer);
        assert_int_equal(octets.size, vectors[i].size);
        assert_memory_equal(octets.data, vectors[i].bytes, vectors[i].size);
        ber_reader_init(&reader, octets.data, octets.size);
        assert_true(ber_read_signed(&reader, BER_INTEGER, INT64_MIN, INT64_MAX) == vectors[i].number);
        assert_int_equal(reader.error, 0);
    }
}

static void unsigned_numbers_get_a_zero_octet_where_needed(void **state)
{
    static const struct {
        uint64_t number;
        const char *bytes;
        size_t size;
    } vectors[] = {
        {0, "\x41\x01\x00", 3},
        {0x7f, "\x41\x01\x7f", 3},
        {0xff, "\x41\x02\x00\xff", 4},
        {UINT32_MAX, "\x41\x05\x00\xff\xff\xff\xff", 7},
        {UINT64_MAX, "\x41\x09\x00\xff\xff\xff\xff\xff\xff\xff\xff", 11},
    };
    (void)state;
    for (size_t i = 0; i < COUNT_OF(vectors); i++) {
        uint8_t buffer[16];
        struct ber_writer writer;
        struct ber_reader reader;
        ber_writer_init(&writer, buffer, sizeof(buffer));
        ber_write_unsigned(&writer, 0x41, vectors[i].number);
        struct octets octets = written(&writer);
        assert_int_equal(octets.size, vectors[i].size);
        assert_memory_equal(octets.data, vectors[i].bytes, vectors[i].size);
        ber_reader_init(&reader, octets.data, octets.size);
        assert_true(ber_read_unsigned(&reader, 0x41, UINT64_MAX) == vectors[i].number);
        assert_int_equal(reader.error, 0);
    }
}

static void unsigned_numbers_of_sloppy_agents_are_understood(void **state)
{
    (void)state;
    READER(no_zero, "\x41\x01\xff");
    assert_true(ber_read_unsigned(&no_zero, 0x41, UINT32_MAX) == 255);
    READER(four, "\x41\x04\xff\xff\xff\xfe");
    assert_true(ber_read_unsigned(&four, 0x41, UINT32_MAX) == 0xfffffffeu);
    READER(wide, "\x41\x05\x01\x02\x03\x04\x05");
    assert_true(ber_read_unsigned(&wide, 0x41, UINT32_MAX) == 0x02030405u);
    READER(eight, "\x46\x08\xff\xff\xff\xff\xff\xff\xff\xff");
    assert_true(ber_read_unsigned(&eight, 0x46, UINT64_MAX) == UINT64_MAX);
    READER(nine, "\x46\x09\x01\x00\x00\x00\x00\x00\x00\x00\x00");
    (void)ber_read_unsigned(&nine, 0x46, UINT64_MAX);
    assert_int_equal(nine.error, UVSNMP_EBAD_ENCODING);
    READER(empty, "\x41\x00");
    (void)ber_read_unsigned(&empty, 0x41, UINT32_MAX);
    assert_int_equal(empty.error, UVSNMP_EBAD_ENCODING);
}

static void oids_share_their_first_two_arcs(void **state)
{
    static const struct {
        struct uvsnmp_oid_buf oid;
        const char *bytes;
        size_t size;
    } vectors[] = {
        {{3, {2, 100, 3}}, "\x06\x03\x81\x34\x03", 5}, /* X.690 §8.19.5 */
        {{4, {1, 3, 6, 1}}, "\x06\x03\x2b\x06\x01", 5},
        {{2, {0, 0}}, "\x06\x01\x00", 3},
        {{3, {1, 3, UINT32_MAX}}, "\x06\x06\x2b\x8f\xff\xff\xff\x7f", 8},
    };
    (void)state;
    for (size_t i = 0; i < COUNT_OF(vectors); i++) {
        uint8_t buffer[16];
        struct ber_writer writer;
        struct ber_reader reader;
        struct uvsnmp_oid_buf back;
        ber_writer_init(&writer, buffer, sizeof(buffer));
        ber_write_oid(&writer, BER_OBJECT_IDENTIFIER, uvsnmp_oid_of(&vectors[i].oid));
        struct octets octets = written(&writer);
        assert_int_equal(octets.size, vectors[i].size);
        assert_memory_equal(octets.data, vectors[i].bytes, vectors[i].size);
        ber_reader_init(&reader, octets.data, octets.size);
        ber_read_oid(&reader, &back);
        assert_int_equal(reader.error, 0);
        assert_int_equal(back.count, vectors[i].oid.count);
        assert_memory_equal(back.ids, vectors[i].oid.ids, back.count * sizeof(back.ids[0]));
    }
}

static void short_oids_are_filled_with_zero_as_net_snmp_does(void **state)
{
    uint8_t buffer[16];
    struct ber_writer writer;
    struct uvsnmp_oid none = {NULL, 0};
    (void)state;
    ber_writer_init(&writer, buffer, sizeof(buffer));
    ber_write_oid(&writer, BER_OBJECT_IDENTIFIER, UVSNMP_OID(1));
    ber_write_oid(&writer, BER_OBJECT_IDENTIFIER, none);
    assert_memory_equal(writer.at, "\x06\x01\x00\x06\x01\x28", 6);
    READER(empty, "\x06\x00");
    struct uvsnmp_oid_buf oid;
    ber_read_oid(&empty, &oid);
    assert_int_equal(empty.error, 0);
    assert_int_equal(oid.count, 1); /* as Net-SNMP reads, and prints, it */
    assert_int_equal(oid.ids[0], 0);
}

static void oids_that_ber_cannot_hold_are_refused(void **state)
{
    uint8_t buffer[1024];
    uint32_t ids[UVSNMP_OID_MAX + 1] = {1, 3};
    struct uvsnmp_oid too_long = {ids, COUNT_OF(ids)};
    struct ber_writer writer;
    (void)state;
    ber_writer_init(&writer, buffer, sizeof(buffer));
    ber_write_oid(&writer, BER_OBJECT_IDENTIFIER, UVSNMP_OID(1, 40, 1));
    assert_int_equal(ber_writer_error(&writer), UVSNMP_EBAD_VALUE);
    ber_writer_rewind(&writer, 0);
    ber_write_oid(&writer, BER_OBJECT_IDENTIFIER, UVSNMP_OID(3, 1));
    assert_int_equal(ber_writer_error(&writer), UVSNMP_EBAD_VALUE);
    ber_writer_rewind(&writer, 0);
    ber_write_oid(&writer, BER_OBJECT_IDENTIFIER, too_long);
    assert_int_equal(ber_writer_error(&writer), UVSNMP_EBAD_VALUE);
}

static void malformed_oids_fail_with_a_reason(void **state)
{
    struct uvsnmp_oid_buf oid;
    struct uvsnmp_error err;
    uint8_t many[3 + UVSNMP_OID_MAX] = {0x06, 0x81, UVSNMP_OID_MAX, 0x2b};
    struct ber_reader reader;
    (void)state;
    READER(cut, "\x06\x02\x2b\x86");
    ber_read_oid(&cut, &oid);
    assert_int_equal(ber_reader_error(&cut, &err), UVSNMP_EBAD_ENCODING);
    assert_string_equal(err.detail, "sub-identifier cut off at octet 4");
    assert_int_equal(oid.count, 0);
    READER(large, "\x06\x06\x2b\x90\x80\x80\x80\x00");
    ber_read_oid(&large, &oid);
    assert_int_equal(ber_reader_error(&large, &err), UVSNMP_EBAD_ENCODING);
    assert_non_null(strstr(err.detail, "2^32-1"));
    /* 128 octets hold 129 sub-identifiers, the first one being two */
    ber_reader_init(&reader, many, sizeof(many));
    ber_read_oid(&reader, &oid);
    assert_int_equal(ber_reader_error(&reader, &err), UVSNMP_EBAD_ENCODING);
    assert_non_null(strstr(err.detail, "128"));
}

static void lengths_are_bounded_by_what_is_there(void **state)
{
    static const struct {
        const char *bytes;
        size_t size;
        int error;
    } vectors[] = {
        {"\x30", 1, UVSNMP_ETRUNCATED},
        {"\x30\x05\x02", 3, UVSNMP_ETRUNCATED},
        {"\x30\x80\x00\x00", 4, UVSNMP_EBAD_ENCODING},
        {"\x30\x84\x7f\xff\xff\xff", 6, UVSNMP_ETRUNCATED},
        {"\x30\x88\xff\xff\xff\xff\xff\xff\xff\xff", 10, UVSNMP_ETRUNCATED},
        {"\x30\x89\x00\xff\xff\xff\xff\xff\xff\xff\xff", 11, UVSNMP_EBAD_ENCODING},
        {"\x30\xff\x00", 3, UVSNMP_EBAD_ENCODING},
        {"\x30\x82\x01", 3, UVSNMP_ETRUNCATED},
        {"\x3f\x81\x01\x00", 4, UVSNMP_EBAD_ENCODING},
        {"", 0, UVSNMP_ETRUNCATED},
    };
    (void)state;
    for (size_t i = 0; i < COUNT_OF(vectors); i++) {
        struct ber_reader reader;
        struct uvsnmp_bytes contents;
        ber_reader_init(&reader, vectors[i].bytes, vectors[i].size);
        assert_int_equal(ber_read_element(&reader, &contents), 0);
        assert_int_equal(reader.error, vectors[i].error);
        assert_int_equal(contents.size, 0);
    }
}

static void longer_length_encodings_than_needed_are_accepted(void **state)
{
    struct uvsnmp_bytes contents;
    (void)state;
    READER(reader, "\x04\x84\x00\x00\x00\x02hi");
    contents = ber_read_bytes(&reader, BER_OCTET_STRING);
    assert_int_equal(reader.error, 0);
    assert_int_equal(contents.size, 2);
    assert_memory_equal(contents.data, "hi", 2);
}

static void errors_stick_and_name_the_first_place(void **state)
{
    struct ber_reader inner;
    struct uvsnmp_error err;
    (void)state;
    READER(reader, "\x30\x06\x02\x01\x05\x04\x01x");
    ber_read_enter(&reader, BER_SEQUENCE, &inner);
    assert_int_equal(ber_read_signed(&inner, BER_INTEGER, 0, 10), 5);
    assert_int_equal(ber_read_signed(&inner, BER_INTEGER, 0, 10), 0);
    (void)ber_read_bytes(&inner, BER_OCTET_STRING);
    ber_read_leave(&reader, &inner);
    assert_int_equal(ber_reader_error(&reader, &err), UVSNMP_EBAD_ENCODING);
    assert_string_equal(err.detail, "unexpected tag at octet 5");
    assert_true(ber_reader_at_end(&reader));
}

static void numbers_out_of_range_fail(void **state)
{
    (void)state;
    READER(above, "\x02\x05\x01\x00\x00\x00\x00");
    (void)ber_read_signed(&above, BER_INTEGER, INT32_MIN, INT32_MAX);
    assert_int_equal(above.error, UVSNMP_EBAD_ENCODING);
    READER(empty, "\x02\x00");
    (void)ber_read_signed(&empty, BER_INTEGER, INT32_MIN, INT32_MAX);
    assert_int_equal(empty.error, UVSNMP_EBAD_ENCODING);
    READER(padded, "\x02\x06\x00\x00\x00\x00\x00\x2a");
    assert_int_equal(ber_read_signed(&padded, BER_INTEGER, INT32_MIN, INT32_MAX), 42);
    READER(nine, "\x02\x09\x01\x00\x00\x00\x00\x00\x00\x00\x00");
    (void)ber_read_signed(&nine, BER_INTEGER, INT64_MIN, INT64_MAX);
    assert_int_equal(nine.error, UVSNMP_EBAD_ENCODING);
}

static void writer_never_leaves_its_buffer(void **state)
{
    uint8_t buffer[8];
    (void)state;
    for (size_t capacity = 0; capacity < sizeof(buffer); capacity++) {
        struct ber_writer writer;
        memset(buffer, 0xee, sizeof(buffer));
        ber_writer_init(&writer, buffer, capacity);
        ber_write_bytes(&writer, BER_OCTET_STRING, "hello", 5);
        assert_int_equal(ber_writer_error(&writer), capacity < 7 ? UVSNMP_EOVERSIZED : 0);
        for (size_t i = capacity; i < sizeof(buffer); i++) {
            assert_int_equal(buffer[i], 0xee);
        }
    }
}

static void long_elements_have_long_lengths(void **state)
{
    static uint8_t buffer[70000], data[65536];
    struct ber_writer writer;
    (void)state;
    ber_writer_init(&writer, buffer, sizeof(buffer));
    ber_write_bytes(&writer, BER_OCTET_STRING, data, 128);
    assert_memory_equal(writer.at, "\x04\x81\x80", 3);
    ber_writer_rewind(&writer, 0);
    ber_write_bytes(&writer, BER_OCTET_STRING, data, 256);
    assert_memory_equal(writer.at, "\x04\x82\x01\x00", 4);
    ber_writer_rewind(&writer, 0);
    ber_write_bytes(&writer, BER_OCTET_STRING, data, 65536);
    assert_memory_equal(writer.at, "\x04\x83\x01\x00\x00", 5);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(signed_numbers_have_the_shortest_encoding),
        cmocka_unit_test(unsigned_numbers_get_a_zero_octet_where_needed),
        cmocka_unit_test(unsigned_numbers_of_sloppy_agents_are_understood),
        cmocka_unit_test(oids_share_their_first_two_arcs),
        cmocka_unit_test(short_oids_are_filled_with_zero_as_net_snmp_does),
        cmocka_unit_test(oids_that_ber_cannot_hold_are_refused),
        cmocka_unit_test(malformed_oids_fail_with_a_reason),
        cmocka_unit_test(lengths_are_bounded_by_what_is_there),
        cmocka_unit_test(longer_length_encodings_than_needed_are_accepted),
        cmocka_unit_test(errors_stick_and_name_the_first_place),
        cmocka_unit_test(numbers_out_of_range_fail),
        cmocka_unit_test(writer_never_leaves_its_buffer),
        cmocka_unit_test(long_elements_have_long_lengths),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
