/* SPDX-License-Identifier: BSD-3-Clause */
#include "support/unit.h"

#include "smi/varbind.h"

/* Values and their encodings; those of the wrapped types are as Net-SNMP's agent sends them. */
static const struct {
    struct uvsnmp_value value;
    const char *bytes;
    size_t size;
} vectors[] = {
    {{.type = UVSNMP_INTEGER, .as.integer = -2}, "\x02\x01\xfe", 3},
    {{.type = UVSNMP_OCTET_STRING, .as.bytes = {(const uint8_t *)"ab", 2}}, "\x04\x02"
                                                                           "ab",
     4},
    {{.type = UVSNMP_OCTET_STRING, .as.bytes = {(const uint8_t *)"", 0}}, "\x04\x00", 2},
    {{.type = UVSNMP_NULL}, "\x05\x00", 2},
    {{.type = UVSNMP_IPADDRESS, .as.ipaddress = {192, 0, 2, 1}}, "\x40\x04\xc0\x00\x02\x01", 6},
    {{.type = UVSNMP_COUNTER32, .as.unsigned32 = UINT32_MAX}, "\x41\x05\x00\xff\xff\xff\xff", 7},
    {{.type = UVSNMP_GAUGE32, .as.unsigned32 = 7}, "\x42\x01\x07", 3},
    {{.type = UVSNMP_TIMETICKS, .as.unsigned32 = 3629}, "\x43\x02\x0e\x2d", 4},
    {{.type = UVSNMP_OPAQUE, .as.bytes = {(const uint8_t *)"\x01\x02\x03", 3}}, "\x44\x03\x01\x02\x03", 5},
    {{.type = UVSNMP_COUNTER64, .as.unsigned64 = UINT64_MAX},
     "\x46\x09\x00\xff\xff\xff\xff\xff\xff\xff\xff", 11},
    {{.type = UVSNMP_UINTEGER32, .as.unsigned32 = 1}, "\x47\x01\x01", 3},
    {{.type = UVSNMP_OPAQUE_FLOAT, .as.float32 = 20.0f}, "\x44\x07\x9f\x78\x04\x41\xa0\x00\x00", 9},
    {{.type = UVSNMP_OPAQUE_DOUBLE, .as.float64 = 1.0},
     "\x44\x0b\x9f\x79\x08\x3f\xf0\x00\x00\x00\x00\x00\x00", 13},
    {{.type = UVSNMP_OPAQUE_INT64, .as.signed64 = -2}, "\x44\x04\x9f\x7a\x01\xfe", 6},
    {{.type = UVSNMP_OPAQUE_UINT64, .as.unsigned64 = 300}, "\x44\x05\x9f\x7b\x02\x01\x2c", 7},
    {{.type = UVSNMP_OPAQUE_COUNTER64, .as.unsigned64 = UINT64_MAX},
     "\x44\x0c\x9f\x76\x09\x00\xff\xff\xff\xff\xff\xff\xff\xff", 14},
    {{.type = UVSNMP_NO_SUCH_OBJECT}, "\x80\x00", 2},
    {{.type = UVSNMP_NO_SUCH_INSTANCE}, "\x81\x00", 2},
    {{.type = UVSNMP_END_OF_MIB_VIEW}, "\x82\x00", 2},
};

static void every_type_has_its_encoding(void **state)
{
    struct arena arena;
    (void)state;
    arena_init(&arena, 0, 0);
    for (size_t i = 0; i < COUNT_OF(vectors); i++) {
        uint8_t buffer[64];
        struct ber_writer writer;
        struct ber_reader reader;
        struct uvsnmp_value back;
        ber_writer_init(&writer, buffer, sizeof(buffer));
        smi_value_encode(&writer, &vectors[i].value);
        assert_int_equal(ber_writer_error(&writer), 0);
        assert_int_equal(ber_writer_size(&writer), vectors[i].size);
        assert_memory_equal(writer.at, vectors[i].bytes, vectors[i].size);
        ber_reader_init(&reader, vectors[i].bytes, vectors[i].size);
        smi_value_decode(&reader, &arena, &back);
        assert_int_equal(reader.error, 0);
        assert_true(ber_reader_at_end(&reader));
        assert_true(uvsnmp_value_equal(&back, &vectors[i].value));
    }
    arena_fini(&arena);
}

static void opaque_that_wraps_nothing_sound_stays_opaque(void **state)
{
    static const struct {
        const char *bytes;
        size_t size;
    } odd[] = {
        {"\x44\x03\x9f\x78\x00", 5},                 /* a float of no octets */
        {"\x44\x06\x9f\x78\x03\x01\x02\x03", 8},     /* of three */
        {"\x44\x07\x9f\x78\x05\x01\x02\x03\x04", 9}, /* longer than it is */
        {"\x44\x03\x9f\x7a\x00", 5},                 /* an integer of no octets */
        {"\x44\x04\x9f\x60\x01\x00", 6},             /* an unknown type */
        {"\x44\x0c\x9f\x7b\x09\x01\xff\xff\xff\xff\xff\xff\xff\xff", 14}, /* above 2^64-1 */
    };
    struct arena arena;
    (void)state;
    arena_init(&arena, 0, 0);
    for (size_t i = 0; i < COUNT_OF(odd); i++) {
        struct ber_reader reader;
        struct uvsnmp_value value;
        ber_reader_init(&reader, odd[i].bytes, odd[i].size);
        smi_value_decode(&reader, &arena, &value);
        assert_int_equal(reader.error, 0);
        assert_int_equal(value.type, UVSNMP_OPAQUE);
        assert_int_equal(value.as.bytes.size, odd[i].size - 2);
    }
    arena_fini(&arena);
}

static void malformed_values_fail(void **state)
{
    static const struct {
        const char *bytes;
        size_t size;
        const char *detail;
    } bad[] = {
        {"\x40\x03\x01\x02\x03", 5, "IpAddress that is not four octets"},
        {"\x40\x05\x01\x02\x03\x04\x05", 7, "IpAddress that is not four octets"},
        {"\x48\x01\x00", 3, "value of an unknown type"},
        {"\x78\x04\x00\x00\x00\x00", 6, "value of an unknown type"},
        {"\x30\x00", 2, "value of an unknown type"},
        {"\x02\x09\x01\x00\x00\x00\x00\x00\x00\x00\x00", 11, "integer of bad length"},
        {"\x46\x09\x01\x00\x00\x00\x00\x00\x00\x00\x00", 11, "unsigned number of bad length"},
        {"", 0, "value missing"},
    };
    struct arena arena;
    (void)state;
    arena_init(&arena, 0, 0);
    for (size_t i = 0; i < COUNT_OF(bad); i++) {
        struct ber_reader reader;
        struct uvsnmp_value value;
        struct uvsnmp_error err;
        ber_reader_init(&reader, bad[i].bytes, bad[i].size);
        smi_value_decode(&reader, &arena, &value);
        assert_true(ber_reader_error(&reader, &err) < 0);
        assert_ptr_equal(strstr(err.detail, bad[i].detail), err.detail);
    }
    arena_fini(&arena);
}

/* What devices send against the rules and managers take all the same. */
static void sloppy_values_are_taken(void **state)
{
    static const struct {
        const char *bytes;
        size_t size;
        struct uvsnmp_value value;
    } sloppy[] = {
        {"\x02\x05\x00\x80\x00\x00\x00", 7, {.type = UVSNMP_INTEGER, .as.integer = 2147483648}},
        {"\x05\x01x", 3, {.type = UVSNMP_NULL}},
        {"\x80\x01x", 3, {.type = UVSNMP_NO_SUCH_OBJECT}},
        {"\x43\x05\x01\x00\x00\x00\x07", 7, {.type = UVSNMP_TIMETICKS, .as.unsigned32 = 7}},
    };
    struct arena arena;
    (void)state;
    arena_init(&arena, 0, 0);
    for (size_t i = 0; i < COUNT_OF(sloppy); i++) {
        struct ber_reader reader;
        struct uvsnmp_value value;
        ber_reader_init(&reader, sloppy[i].bytes, sloppy[i].size);
        smi_value_decode(&reader, &arena, &value);
        assert_int_equal(reader.error, 0);
        assert_true(ber_reader_at_end(&reader));
        assert_true(uvsnmp_value_equal(&value, &sloppy[i].value));
    }
    arena_fini(&arena);
}

static void varbind_size_is_what_encoding_takes(void **state)
{
    static const uint8_t octets[300];
    static const uint32_t long_ids[UVSNMP_OID_MAX] = {1, 3, 4000000000u, 6, 1};
    const struct uvsnmp_oid names[] = {UVSNMP_OID(1, 3, 6, 1, 2, 1, 1, 1, 0), UVSNMP_OID(2, 1000),
                                       {long_ids, UVSNMP_OID_MAX}};
    (void)state;
    for (size_t n = 0; n < COUNT_OF(names); n++) {
        for (size_t i = 0; i < COUNT_OF(vectors) + 2; i++) {
            uint8_t buffer[1024];
            struct ber_writer writer;
            struct uvsnmp_varbind varbind = {names[n], i == COUNT_OF(vectors) ? uvsnmp_octets(octets, 300)
                                                       : i > COUNT_OF(vectors) ? uvsnmp_oid_value(names[n])
                                                                               : vectors[i].value};
            ber_writer_init(&writer, buffer, sizeof(buffer));
            smi_varbind_encode(&writer, &varbind);
            assert_int_equal(ber_writer_error(&writer), 0);
            assert_int_equal(smi_varbind_size(&varbind), ber_writer_size(&writer));
        }
    }
}

static void lists_go_round(void **state)
{
    uint8_t buffer[256];
    struct ber_writer writer;
    struct ber_reader reader;
    struct arena arena;
    size_t count;
    const struct uvsnmp_varbind varbinds[] = {
        {UVSNMP_OID(1, 3, 6, 1), uvsnmp_integer(1)},
        {UVSNMP_OID(1, 3, 6, 2), uvsnmp_oid_value(UVSNMP_OID(1, 3))},
    };
    (void)state;
    arena_init(&arena, 0, 0);
    ber_writer_init(&writer, buffer, sizeof(buffer));
    smi_varbinds_encode(&writer, varbinds, COUNT_OF(varbinds));
    ber_reader_init(&reader, writer.at, ber_writer_size(&writer));
    struct uvsnmp_varbind *back = smi_varbinds_decode(&reader, &arena, &count);
    assert_int_equal(count, COUNT_OF(varbinds));
    for (size_t i = 0; i < count; i++) {
        assert_int_equal(uvsnmp_oid_compare(back[i].name, varbinds[i].name), 0);
        assert_true(uvsnmp_value_equal(&back[i].value, &varbinds[i].value));
    }
    ber_writer_init(&writer, buffer, sizeof(buffer));
    smi_varbinds_encode(&writer, NULL, 0);
    ber_reader_init(&reader, writer.at, ber_writer_size(&writer));
    assert_null(smi_varbinds_decode(&reader, &arena, &count));
    assert_int_equal(count, 0);
    assert_int_equal(reader.error, 0);
    arena_fini(&arena);
}

static void an_exhausted_arena_is_an_error_not_a_crash(void **state)
{
    static const char list[] = "\x30\x0a\x30\x08\x06\x03\x2b\x06\x01\x02\x01\x05";
    struct arena arena;
    struct ber_reader reader;
    size_t count = 1;
    (void)state;
    for (size_t limit = 1; limit < 64; limit += 16) {
        arena_init(&arena, 16, limit);
        ber_reader_init(&reader, list, sizeof(list) - 1);
        assert_null(smi_varbinds_decode(&reader, &arena, &count));
        assert_int_equal(reader.error, UVSNMP_ENO_MEMORY);
        assert_int_equal(count, 0);
        arena_fini(&arena);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_type_has_its_encoding),
        cmocka_unit_test(opaque_that_wraps_nothing_sound_stays_opaque),
        cmocka_unit_test(malformed_values_fail),
        cmocka_unit_test(sloppy_values_are_taken),
        cmocka_unit_test(varbind_size_is_what_encoding_takes),
        cmocka_unit_test(lists_go_round),
        cmocka_unit_test(an_exhausted_arena_is_an_error_not_a_crash),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
