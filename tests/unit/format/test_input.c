/* SPDX-License-Identifier: BSD-3-Clause */
#include "format/input.h"

#include <math.h>

#include "support/unit.h"

static int read_value(struct arena *arena, const char *type, const char *text, struct uvsnmp_value *value,
                      struct uvsnmp_error *err)
{
    struct format_input_options options;
    format_input_options_init(&options);
    return format_input_value(type, text, &options, arena, value, err);
}

static void assert_read(const char *type, const char *text, struct uvsnmp_value expected)
{
    struct arena arena;
    struct uvsnmp_value value;
    struct uvsnmp_error err;
    arena_init(&arena, 0, 0);
    assert_int_equal(read_value(&arena, type, text, &value, &err), 0);
    assert_true(uvsnmp_value_equal(&value, &expected));
    arena_fini(&arena);
}

static void assert_refused(const char *type, const char *text, int code, const char *detail)
{
    struct arena arena;
    struct uvsnmp_value value;
    struct uvsnmp_error err = {0, ""};
    arena_init(&arena, 0, 0);
    assert_int_equal(read_value(&arena, type, text, &value, &err), code);
    assert_string_equal(err.detail, detail);
    arena_fini(&arena);
}

static void integers_are_read_strictly(void **state)
{
    (void)state;
    assert_read("i", "1", uvsnmp_integer(1));
    assert_read("i", "-2147483648", uvsnmp_integer(INT32_MIN));
    assert_read("i", "+5", uvsnmp_integer(5));
    assert_read("i", " 5", uvsnmp_integer(5));
    assert_read("i", "010", uvsnmp_integer(10));
    assert_read("ignored tail", "7", uvsnmp_integer(7));
    assert_refused("i", "abc", UVSNMP_EBAD_VALUE, "Value out of range (abc)");
    assert_refused("i", "0x10", UVSNMP_EBAD_VALUE, "Value out of range (0x10)");
    assert_refused("i", "2147483648", UVSNMP_EBAD_VALUE, "Value out of range (2147483648)");
    assert_refused("i", "", UVSNMP_EBAD_VALUE, "Bad value notation ()");
}

static void unsigned_numbers_are_read_strictly(void **state)
{
    (void)state;
    assert_read("u", "4294967295", uvsnmp_unsigned32(UVSNMP_GAUGE32, UINT32_MAX));
    assert_read("t", "5", uvsnmp_unsigned32(UVSNMP_TIMETICKS, 5));
    assert_read("3", "5", uvsnmp_unsigned32(UVSNMP_UINTEGER32, 5));
    assert_refused("u", "-1", UVSNMP_EBAD_VALUE, "Value out of range (-1)");
    assert_refused("u", "4294967296", UVSNMP_EBAD_VALUE, "Value out of range (4294967296)");
    assert_refused("u", "x", UVSNMP_EBAD_VALUE, "Bad value notation (x)");
    assert_refused("t", "1:2:3", UVSNMP_EBAD_VALUE, "Bad value notation (1:2:3)");
}

static void wide_numbers_are_wrapped_in_an_opaque(void **state)
{
    struct uvsnmp_value uint64 = {.type = UVSNMP_OPAQUE_UINT64, .as.unsigned64 = UINT64_MAX};
    struct uvsnmp_value int64 = {.type = UVSNMP_OPAQUE_INT64, .as.signed64 = -5};
    struct uvsnmp_value float32 = {.type = UVSNMP_OPAQUE_FLOAT, .as.float32 = 1.5F};
    struct uvsnmp_value float64 = {.type = UVSNMP_OPAQUE_DOUBLE, .as.float64 = -2.5e300};
    struct uvsnmp_value infinite = {.type = UVSNMP_OPAQUE_FLOAT, .as.float32 = INFINITY};
    (void)state;
    assert_read("U", "18446744073709551615", uint64);
    assert_read("I", "-5", int64);
    assert_read("F", "1.5", float32);
    assert_read("D", "-2.5e300", float64);
    assert_read("F", "inf", infinite);
    assert_refused("U", "18446744073709551616", UVSNMP_EBAD_VALUE,
                   "Value out of range (18446744073709551616)");
    assert_refused("I", "x", UVSNMP_EBAD_VALUE, "Bad value notation (x)");
    assert_refused("F", "1.5x", UVSNMP_EBAD_VALUE, "Bad value notation (1.5x)");
    assert_refused("F", "1e300", UVSNMP_EBAD_VALUE, "Value out of range (1e300)");
    assert_refused("D", "1e400", UVSNMP_EBAD_VALUE, "Value out of range (1e400)");
    assert_refused("D", "", UVSNMP_EBAD_VALUE, "Bad value notation ()");
}

static void octets_have_four_notations(void **state)
{
    (void)state;
    assert_read("s", "abc", uvsnmp_octets("abc", 3));
    assert_read("s", "", uvsnmp_octets("", 0));
    assert_read("x", "010aFF", uvsnmp_octets("\x01\x0a\xff", 3));
    assert_read("x", "0x01 02", uvsnmp_octets("\x01\x02", 2));
    assert_read("x", "", uvsnmp_octets("", 0));
    assert_read("d", "1.2 255", uvsnmp_octets("\x01\x02\xff", 3));
    assert_read("d", "", uvsnmp_octets("", 0));
    assert_read("b", "1 2,3", uvsnmp_octets("\x70", 1));
    assert_read("b", "20", uvsnmp_octets("\x00\x00\x08", 3));
    assert_read("b", "", uvsnmp_octets("", 0));
    assert_refused("x", "01:02", UVSNMP_EBAD_VALUE, "Bad value notation (01:02)");
    assert_refused("x", "0", UVSNMP_EBAD_VALUE, "Bad value notation (0)");
    assert_refused("d", "256", UVSNMP_EBAD_VALUE, "Bad value notation (256)");
    assert_refused("d", "1 x", UVSNMP_EBAD_VALUE, "Bad value notation (1 x)");
    assert_refused("b", "1 x", UVSNMP_EBAD_VALUE, "Value out of range (x)");
    assert_refused("b", "524056", UVSNMP_EBAD_VALUE, "Value out of range (524056)");
}

static void addresses_oids_and_null_are_read(void **state)
{
    struct uvsnmp_value address = {.type = UVSNMP_IPADDRESS, .as.ipaddress = {192, 0, 2, 1}};
    struct uvsnmp_value shortened = {.type = UVSNMP_IPADDRESS, .as.ipaddress = {1, 2, 0, 3}};
    (void)state;
    assert_read("a", "192.0.2.1", address);
    assert_read("a", "1.2.3", shortened);
    assert_read("o", "iso.3.6", uvsnmp_oid_value(UVSNMP_OID(1, 3, 6)));
    assert_read("n", "whatever", uvsnmp_empty(UVSNMP_NULL));
    assert_refused("a", "localhost", UVSNMP_EBAD_VALUE, "Bad value notation (localhost)");
    assert_refused("a", "1.2.3.4 x", UVSNMP_EBAD_VALUE, "Bad value notation (1.2.3.4 x)");
    assert_refused("o", "1.x", UVSNMP_EBAD_OID, "Unknown Object Identifier (x)");
}

static void types_without_a_reader_are_refused(void **state)
{
    (void)state;
    assert_refused("=", "5", UVSNMP_EUNSUPPORTED, "Bad variable type (\"=\")");
    assert_refused("q", "5", UVSNMP_EBAD_VALUE, "Bad variable type (\"q\")");
    assert_true(format_input_has_type('='));
    assert_true(format_input_has_type('i'));
    assert_false(format_input_has_type('c'));
    assert_false(format_input_has_type('\0'));
}

static void a_string_longer_than_a_message_is_refused(void **state)
{
    char *text = malloc(FORMAT_INPUT_MAX + 2);
    struct arena arena;
    struct uvsnmp_value value;
    (void)state;
    assert_non_null(text);
    memset(text, 'x', FORMAT_INPUT_MAX + 1);
    text[FORMAT_INPUT_MAX + 1] = '\0';
    arena_init(&arena, 0, 0);
    assert_int_equal(read_value(&arena, "s", text, &value, NULL), UVSNMP_EBAD_VALUE);
    text[FORMAT_INPUT_MAX] = '\0';
    assert_int_equal(read_value(&arena, "s", text, &value, NULL), 0);
    arena_fini(&arena);
    free(text);
}

static void exhausted_memory_is_told(void **state)
{
    static const char *const types[] = {"s", "x", "d", "b", "o"};
    (void)state;
    for (size_t i = 0; i < COUNT_OF(types); i++) {
        struct arena arena;
        struct uvsnmp_value value;
        struct uvsnmp_error err = {0, ""};
        arena_init(&arena, 16, 1);
        assert_true(read_value(&arena, types[i], "1.3.6", &value, &err) < 0);
        assert_true(err.detail[0] != '\0');
        arena_fini(&arena);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(integers_are_read_strictly),
        cmocka_unit_test(unsigned_numbers_are_read_strictly),
        cmocka_unit_test(wide_numbers_are_wrapped_in_an_opaque),
        cmocka_unit_test(octets_have_four_notations),
        cmocka_unit_test(addresses_oids_and_null_are_read),
        cmocka_unit_test(types_without_a_reader_are_refused),
        cmocka_unit_test(a_string_longer_than_a_message_is_refused),
        cmocka_unit_test(exhausted_memory_is_told),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
