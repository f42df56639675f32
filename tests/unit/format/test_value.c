/* SPDX-License-Identifier: BSD-3-Clause */
#include "format/value.h"

#include <float.h>
#include <math.h>

#include "support/unit.h"

#define OCTETS(string) uvsnmp_octets((string), sizeof(string) - 1)

/* `value` printed with the letters of -O. */
static void assert_printed(struct uvsnmp_value value, const char *letters, const char *expected)
{
    struct format_options options;
    struct text text;
    format_options_init(&options);
    assert_int_equal(format_options_parse(&options, letters, NULL), 0);
    text_init(&text, 0);
    format_value(&text, &value, &options);
    assert_string_equal(text_string(&text), expected);
    text_fini(&text);
}

static struct uvsnmp_value float_value(float number)
{
    return (struct uvsnmp_value){.type = UVSNMP_OPAQUE_FLOAT, .as.float32 = number};
}

static struct uvsnmp_value opaque(const void *data, size_t size)
{
    return (struct uvsnmp_value){.type = UVSNMP_OPAQUE, .as.bytes = {data, size}};
}

static void numbers_have_their_type_unless_quick(void **state)
{
    struct uvsnmp_value int64 = {.type = UVSNMP_OPAQUE_INT64, .as.signed64 = INT64_MIN};
    struct uvsnmp_value uint64 = {.type = UVSNMP_OPAQUE_UINT64, .as.unsigned64 = UINT64_MAX};
    (void)state;
    assert_printed(uvsnmp_integer(INT32_MIN), "", "INTEGER: -2147483648");
    assert_printed(uvsnmp_integer(-1), "q", "-1");
    assert_printed(uvsnmp_integer(-1), "Q", "-1");
    assert_printed(uvsnmp_unsigned32(UVSNMP_COUNTER32, 5), "", "Counter32: 5");
    assert_printed(uvsnmp_unsigned32(UVSNMP_GAUGE32, UINT32_MAX), "", "Gauge32: 4294967295");
    assert_printed(uvsnmp_unsigned32(UVSNMP_UINTEGER32, 7), "", "7");
    assert_printed(uvsnmp_counter64(UINT64_MAX), "", "Counter64: 18446744073709551615");
    assert_printed(int64, "", "Opaque: Int64: -9223372036854775808");
    assert_printed(uint64, "", "Opaque: UInt64: 18446744073709551615");
    assert_printed(uint64, "q", "18446744073709551615");
}

static void timeticks_have_three_forms(void **state)
{
    (void)state;
    assert_printed(uvsnmp_unsigned32(UVSNMP_TIMETICKS, 0), "", "Timeticks: (0) 0:00:00.00");
    assert_printed(uvsnmp_unsigned32(UVSNMP_TIMETICKS, 8640000), "",
                   "Timeticks: (8640000) 1 day, 0:00:00.00");
    assert_printed(uvsnmp_unsigned32(UVSNMP_TIMETICKS, UINT32_MAX), "",
                   "Timeticks: (4294967295) 497 days, 2:27:52.95");
    assert_printed(uvsnmp_unsigned32(UVSNMP_TIMETICKS, 123456789), "q", "14:6:56:07.89");
    assert_printed(uvsnmp_unsigned32(UVSNMP_TIMETICKS, 3629), "q", "0:0:00:36.29");
    assert_printed(uvsnmp_unsigned32(UVSNMP_TIMETICKS, 3629), "t", "3629");
    assert_printed(uvsnmp_unsigned32(UVSNMP_TIMETICKS, 3629), "tQ", "3629");
}

static void printable_strings_are_quoted_text(void **state)
{
    (void)state;
    assert_printed(OCTETS("hello"), "", "STRING: \"hello\"");
    assert_printed(OCTETS("hello"), "q", "\"hello\"");
    assert_printed(OCTETS("a \"q\" \\"), "", "STRING: \"a \\\"q\\\" \\\\\"");
    assert_printed(OCTETS("two\r\nlines\t"), "", "STRING: \"two\r\nlines\t\"");
    assert_printed(OCTETS("hello"), "x", "Hex-STRING: 68 65 6C 6C 6F ");
    assert_printed(OCTETS("hello"), "xT", "Hex-STRING: 68 65 6C 6C 6F   [hello]");
}

static void an_empty_string_has_no_type(void **state)
{
    (void)state;
    assert_printed(OCTETS(""), "", "\"\"");
    assert_printed(OCTETS(""), "x", "\"\"");
    assert_printed(OCTETS(""), "a", "\"\"");
    assert_printed(OCTETS(""), "q", "\"\"");
}

static void other_strings_are_hexadecimal(void **state)
{
    (void)state;
    assert_printed(OCTETS("h\xc3\xa9"), "", "Hex-STRING: 68 C3 A9 ");
    assert_printed(OCTETS("h\xc3\xa9"), "q", "\"68 C3 A9 \"");
    assert_printed(OCTETS("a\0"), "", "Hex-STRING: 61 00 ");
    assert_printed(OCTETS("h\xc3\xa9\""), "a", "STRING: \"h..\\\"\"");
    assert_printed(OCTETS("h\xc3\xa9"), "T", "Hex-STRING: 68 C3 A9   [h..]");
}

static void hexadecimal_is_broken_after_sixteen_octets(void **state)
{
    (void)state;
    assert_printed(OCTETS("\xff"
                          "123456789abcdef"),
                   "", "Hex-STRING: FF 31 32 33 34 35 36 37 38 39 61 62 63 64 65 66 ");
    assert_printed(OCTETS("\xff"
                          "123456789abcdefg"),
                   "", "Hex-STRING: FF 31 32 33 34 35 36 37 38 39 61 62 63 64 65 66 \n67 ");
    assert_printed(OCTETS("\xff"
                          "123456789abcdefg"),
                   "qT",
                   "\"FF 31 32 33 34 35 36 37 38 39 61 62 63 64 65 66   [.123456789abcdef]\n67   [g]\"");
}

static void hexadecimal_is_broken_where_the_options_say(void **state)
{
    struct format_options options;
    struct uvsnmp_value value = OCTETS("\xff"
                                       "1234");
    char storage[64];
    struct text text;
    (void)state;
    format_options_init(&options);
    options.hex_per_line = 2;
    text_init_fixed(&text, storage, sizeof(storage));
    format_value(&text, &value, &options);
    assert_string_equal(storage, "Hex-STRING: FF 31 \n32 33 \n34 ");
    options.hex_per_line = 0;
    text_reset(&text);
    format_value(&text, &value, &options);
    assert_string_equal(storage, "Hex-STRING: FF 31 32 33 34 ");
}

static void opaque_has_no_quotes(void **state)
{
    (void)state;
    assert_printed(opaque("\x01\xff", 2), "", "OPAQUE: 01 FF ");
    assert_printed(opaque("\x01\xff", 2), "q", "01 FF ");
    assert_printed(opaque("", 0), "", "OPAQUE: ");
}

static void floats_take_a_precision(void **state)
{
    struct uvsnmp_value large = {.type = UVSNMP_OPAQUE_DOUBLE, .as.float64 = DBL_MAX};
    struct format_options options;
    struct text text;
    (void)state;
    assert_printed(float_value(1.23F), "", "Opaque: Float: 1.230000");
    assert_printed(float_value(1.23F), "q", "1.230000");
    assert_printed(float_value(1.23F), "p.2", "Opaque: Float: 1.23");
    assert_printed(float_value(1.23F), "qp8.3", "   1.230");
    assert_printed(float_value(INFINITY), "", "Opaque: Float: inf");
    format_options_init(&options);
    text_init(&text, 0);
    format_value(&text, &large, &options);
    assert_int_equal(text.size, strlen("Opaque: Float: ") + 309 + 7);
    text_fini(&text);
}

static void the_largest_precision_fits(void **state)
{
    struct uvsnmp_value large = {.type = UVSNMP_OPAQUE_DOUBLE, .as.float64 = -DBL_MAX};
    struct format_options options;
    struct text text;
    (void)state;
    format_options_init(&options);
    assert_int_equal(format_options_precision(&options, "-+ #0999.999", NULL), 0);
    text_init(&text, 0);
    format_value(&text, &large, &options);
    assert_false(text_failed(&text));
    assert_int_equal(text.size, strlen("Opaque: Float: ") + 1 + 309 + 1 + 999);
    text_fini(&text);
}

static void exceptions_have_no_type_in_any_mode(void **state)
{
    static const struct {
        enum uvsnmp_type type;
        const char *text;
    } cases[] = {
        {UVSNMP_NO_SUCH_OBJECT, "No Such Object available on this agent at this OID"},
        {UVSNMP_NO_SUCH_INSTANCE, "No Such Instance currently exists at this OID"},
        {UVSNMP_END_OF_MIB_VIEW,
         "No more variables left in this MIB View (It is past the end of the MIB tree)"},
        {UVSNMP_NULL, "NULL"},
        {(enum uvsnmp_type)0x99, "Variable has bad type"},
    };
    (void)state;
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        assert_printed(uvsnmp_empty(cases[i].type), "", cases[i].text);
        assert_printed(uvsnmp_empty(cases[i].type), "q", cases[i].text);
    }
}

static void oids_and_addresses_follow_the_options(void **state)
{
    struct uvsnmp_value oid = uvsnmp_oid_value(UVSNMP_OID(1, 3, 6, 1));
    struct uvsnmp_value address = {.type = UVSNMP_IPADDRESS, .as.ipaddress = {192, 0, 2, 255}};
    (void)state;
    assert_printed(oid, "", "OID: iso.3.6.1");
    assert_printed(oid, "n", "OID: .1.3.6.1");
    assert_printed(oid, "fq", ".iso.3.6.1");
    assert_printed(address, "", "IpAddress: 192.0.2.255");
    assert_printed(address, "q", "192.0.2.255");
}

static void assert_line(const char *letters, const char *expected)
{
    struct uvsnmp_varbind varbind = {.name = UVSNMP_OID(1, 3, 6, 1), .value = uvsnmp_integer(5)};
    struct format_options options;
    char storage[64];
    struct text text;
    format_options_init(&options);
    assert_int_equal(format_options_parse(&options, letters, NULL), 0);
    text_init_fixed(&text, storage, sizeof(storage));
    format_varbind(&text, &varbind, &options);
    assert_string_equal(storage, expected);
}

static void a_varbind_is_one_line(void **state)
{
    (void)state;
    assert_line("", "iso.3.6.1 = INTEGER: 5");
    assert_line("n", ".1.3.6.1 = INTEGER: 5");
    assert_line("q", "iso.3.6.1 5");
    assert_line("Q", "iso.3.6.1 = 5");
    assert_line("v", "INTEGER: 5");
    assert_line("qv", "5");
    assert_line("Qv", "5");
    assert_line("qq", "iso.3.6.1 = INTEGER: 5");
    assert_line("qQ", "iso.3.6.1 = INTEGER: 5");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(numbers_have_their_type_unless_quick),
        cmocka_unit_test(timeticks_have_three_forms),
        cmocka_unit_test(printable_strings_are_quoted_text),
        cmocka_unit_test(an_empty_string_has_no_type),
        cmocka_unit_test(other_strings_are_hexadecimal),
        cmocka_unit_test(hexadecimal_is_broken_after_sixteen_octets),
        cmocka_unit_test(hexadecimal_is_broken_where_the_options_say),
        cmocka_unit_test(opaque_has_no_quotes),
        cmocka_unit_test(floats_take_a_precision),
        cmocka_unit_test(the_largest_precision_fits),
        cmocka_unit_test(exceptions_have_no_type_in_any_mode),
        cmocka_unit_test(oids_and_addresses_follow_the_options),
        cmocka_unit_test(a_varbind_is_one_line),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
