/* SPDX-License-Identifier: BSD-3-Clause */
#include "format/value.h"

#include <float.h>
#include <math.h>

#include "support/print_mib.h"
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

/* ---- by the MIB ---- */

/* A value of the object whose number in PRINT-MIB's scalars is `object`, as the line that -Os prints. */
struct line {
    const char *letters;
    uint32_t object;
    struct uvsnmp_value value;
    const char *text;
};

static void assert_lines(void **state, const struct line *lines, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        struct uvsnmp_varbind varbind = {
            .name = UVSNMP_OID(1, 3, 6, 1, 4, 1, 99996, 1, lines[i].object, 0),
            .value = lines[i].value,
        };
        struct format_options options;
        struct text text;
        format_options_init(&options);
        options.mib = *state;
        options.oid_style = FORMAT_OID_SUFFIX;
        options.no_hint = strchr(lines[i].letters, 'h') != NULL; /* of -I */
        assert_int_equal(format_options_parse(&options, lines[i].letters + options.no_hint, NULL), 0);
        text_init(&text, 0);
        format_varbind(&text, &varbind, &options);
        assert_string_equal(text_string(&text), lines[i].text);
        text_fini(&text);
    }
}

#define TICKS(number) uvsnmp_unsigned32(UVSNMP_TIMETICKS, number)
#define GAUGE(number) uvsnmp_unsigned32(UVSNMP_GAUGE32, number)
#define COUNTER(number) uvsnmp_unsigned32(UVSNMP_COUNTER32, number)
#define ADDRESS                                                                                              \
    {                                                                                                        \
        .type = UVSNMP_IPADDRESS, .as.ipaddress = { 10, 0, 0, 255 }                                          \
    }

static void integers_have_labels_and_hints(void **state)
{
    const struct line lines[] = {
        {"", 1, uvsnmp_integer(-5), "number.0 = INTEGER: -5"},
        {"", 2, uvsnmp_integer(2), "state.0 = INTEGER: down(2)"},
        {"", 2, uvsnmp_integer(-3), "state.0 = INTEGER: odd(-3)"},
        {"", 2, uvsnmp_integer(7), "state.0 = INTEGER: 7"},
        {"e", 2, uvsnmp_integer(2), "state.0 = INTEGER: 2"},
        {"q", 2, uvsnmp_integer(2), "state.0 down"},
        {"Q", 2, uvsnmp_integer(2), "state.0 = down"},
        {"Qe", 2, uvsnmp_integer(2), "state.0 = 2"},
        {"", 3, uvsnmp_integer(235), "tenths.0 = INTEGER: 23.5 degrees"},
        {"q", 3, uvsnmp_integer(-5), "tenths.0 -.5 degrees"},
        {"U", 3, uvsnmp_integer(0), "tenths.0 = INTEGER: .0"},
        {"h", 3, uvsnmp_integer(235), "tenths.0 = INTEGER: 235 degrees"},
        {"", 4, GAUGE(4294967295U), "level.0 = Gauge32: 42949672.95"},
        {"h", 4, GAUGE(5), "level.0 = Gauge32: 5"},
        {"", 18, uvsnmp_integer(0), "steps.0 = INTEGER: off(0)"},
        {"", 18, uvsnmp_integer(12), "steps.0 = INTEGER: 1.2"},
        {"e", 18, uvsnmp_integer(0), "steps.0 = INTEGER: .0"},
    };
    assert_lines(state, lines, COUNT_OF(lines));
}

static void bits_have_names(void **state)
{
    const struct line lines[] = {
        {"", 5, OCTETS("\xc1\x80"), "flags.0 = BITS: C1 80 first(0) second(1) eighth(7) ninth(8) "},
        {"e", 5, OCTETS("\xc1\x80"), "flags.0 = BITS: C1 80 0 1 7 8 "},
        {"q", 5, OCTETS("\xc1\x80"), "flags.0 \"C1 80 \""},
        {"", 5, OCTETS(""), "flags.0 = BITS: "},
        {"q", 5, OCTETS(""), "flags.0 \"\""},
        {"", 5, OCTETS("\0\x80\x01"), "flags.0 = BITS: 00 80 01 ninth(8) 23 "},
        /* no name behind a bit that has none: so Net-SNMP */
        {"", 5, OCTETS("\xe1"), "flags.0 = BITS: E1 first(0) second(1) 2 7 "},
    };
    assert_lines(state, lines, COUNT_OF(lines));
}

static void strings_follow_their_hint(void **state)
{
    const struct line lines[] = {
        {"", 6, OCTETS("a \"b\""), "text.0 = STRING: a \"b\" characters"},
        {"q", 6, OCTETS("a"), "text.0 a characters"},
        {"x", 6, OCTETS("a"), "text.0 = STRING: a characters"},
        {"", 6, OCTETS(""), "text.0 = STRING:  characters"},
        {"qU", 6, OCTETS(""), "text.0 "},
        {"h", 6, OCTETS("a"), "text.0 = STRING: \"a\" characters"},
        {"", 7, OCTETS("a\"b"), "octets.0 = STRING: \"a\\\"b\" octets"},
        {"", 7, OCTETS("\0\x01"), "octets.0 = Hex-STRING: 00 01  octets"},
        {"", 7, OCTETS(""), "octets.0 = \"\""},
        {"", 14, OCTETS("a"), "badHint.0 = (Bad hint ignored: 1b) STRING: \"a\""},
        {"q", 14, OCTETS("\xff"), "badHint.0 (Bad hint ignored: 1b) \"FF \""},
        {"", 14, OCTETS(""), "badHint.0 = STRING: "},
        {"", 16, OCTETS("\x07\xea\x01\x02\x03\x04\x05\x06+\x01\x1e"),
         "date.0 = STRING: 2026-1-2,3:4:5.6,+1:30"},
        {"", 17, OCTETS("\0\x50\x56\xc0\0\x08"), "mac.0 = STRING: 0:50:56:c0:0:8"},
        {"0", 17, OCTETS("\0\x50\x56\xc0\0\x08"), "mac.0 = STRING: 00:50:56:c0:00:08"},
    };
    assert_lines(state, lines, COUNT_OF(lines));
}

static void units_follow_most_values(void **state)
{
    const struct line lines[] = {
        {"", 8, COUNTER(1), "counter.0 = Counter32: 1 packets"},
        {"U", 8, COUNTER(1), "counter.0 = Counter32: 1"},
        {"v", 8, COUNTER(1), "Counter32: 1 packets"},
        {"vqU", 8, COUNTER(1), "1"},
        {"", 10, TICKS(500), "uptime.0 = Timeticks: (500) 0:00:05.00 ticks"},
        {"t", 10, TICKS(500), "uptime.0 = 500"},
        {"", 11, ADDRESS, "address.0 = IpAddress: 10.0.0.255"},
        {"", 12, opaque("\x01", 1), "blob.0 = OPAQUE: 01  blobs"},
        {"", 12, float_value(1.5F), "blob.0 = Opaque: Float: 1.500000 blobs"},
        {"", 8, uvsnmp_empty(UVSNMP_NO_SUCH_OBJECT),
         "counter.0 = No Such Object available on this agent at this OID"},
        {"q", 8, uvsnmp_empty(UVSNMP_END_OF_MIB_VIEW),
         "counter.0 No more variables left in this MIB View (It is past the end of the MIB tree)"},
    };
    assert_lines(state, lines, COUNT_OF(lines));
}

static void a_value_of_another_type_is_told(void **state)
{
    struct uvsnmp_value int64 = {.type = UVSNMP_OPAQUE_INT64, .as.signed64 = -2};
    const struct line lines[] = {
        {"", 1, GAUGE(7), "number.0 = Wrong Type (should be INTEGER): Gauge32: 7"},
        {"q", 1, GAUGE(7), "number.0 Wrong Type (should be INTEGER): 7"},
        {"Q", 1, GAUGE(7), "number.0 = 7"},
        {"", 2, COUNTER(1), "state.0 = Wrong Type (should be INTEGER): Counter32: 1"},
        {"", 3, OCTETS("a"), "tenths.0 = Wrong Type (should be INTEGER): STRING: \"a\""},
        {"", 4, uvsnmp_integer(5), "level.0 = Wrong Type (should be Gauge32 or Unsigned32): INTEGER: 5"},
        {"", 5, uvsnmp_integer(5), "flags.0 = Wrong Type (should be BITS): INTEGER: 5"},
        {"", 6, TICKS(5), "text.0 = Wrong Type (should be OCTET STRING): Timeticks: (5) 0:00:00.05"},
        {"", 8, uvsnmp_empty(UVSNMP_NULL), "counter.0 = Wrong Type (should be Counter32): NULL"},
        {"", 9, COUNTER(5), "big.0 = Wrong Type (should be Counter64): Counter32: 5"},
        {"", 9, int64, "big.0 = Opaque: Int64: -2"},
        {"", 9, float_value(1), "big.0 = Wrong Type (should be Counter64): Opaque: Float: 1.000000"},
        {"", 10, uvsnmp_integer(5), "uptime.0 = Wrong Type (should be Timeticks): INTEGER: 5"},
        {"", 11, OCTETS("a"), "address.0 = Wrong Type (should be IpAddress): STRING: \"a\""},
        {"", 12, OCTETS("a"), "blob.0 = Wrong Type (should be Opaque): STRING: \"a\""},
        {"", 13, OCTETS("a"), "pointer.0 = Wrong Type (should be OBJECT IDENTIFIER): STRING: \"a\""},
        {"", 15, OCTETS("a"), "network.0 = Wrong Type (should be NetworkAddress): STRING: \"a\""},
    };
    assert_lines(state, lines, COUNT_OF(lines));
}

static void other_values_know_names(void **state)
{
    static const uint32_t ids[] = {1, 3, 6, 1, 4, 1, 99996, 1, 2, 0};
    struct uvsnmp_value oid = uvsnmp_oid_value((struct uvsnmp_oid){ids, COUNT_OF(ids)});
    const struct line lines[] = {
        {"", 13, oid, "pointer.0 = OID: state.0"},
        {"S", 13, oid, "PRINT-MIB::pointer.0 = OID: PRINT-MIB::state.0"},
        {"n", 13, oid, ".1.3.6.1.4.1.99996.1.13.0 = OID: .1.3.6.1.4.1.99996.1.2.0"},
        {"n", 2, uvsnmp_integer(1), ".1.3.6.1.4.1.99996.1.2.0 = INTEGER: up(1)"},
        {"", 15, ADDRESS, "network.0 = Network Address: 0A:00:00:FF"},
        {"q", 15, ADDRESS, "network.0 0A:00:00:FF"},
        {"", 77, uvsnmp_integer(1), "scalars.77.0 = INTEGER: 1"},
    };
    assert_lines(state, lines, COUNT_OF(lines));
}

static void strings_are_escaped_for_a_terminal(void **state)
{
    static const struct {
        uint32_t object;
        struct uvsnmp_value value;
        const char *text;
    } cases[] = {
        {6,
         {UVSNMP_OCTET_STRING, .as.bytes = {(const uint8_t *)"\x1b[31m\xc3\xa9", 7}},
         "STRING: \\x1B[31m\xc3\xa9 characters"},
        {7,
         {UVSNMP_OCTET_STRING, .as.bytes = {(const uint8_t *)"a\rb\n", 4}},
         "STRING: \"a\\x0Db\n\" octets"},
    };
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        struct uvsnmp_varbind varbind = {.name = UVSNMP_OID(1, 3, 6, 1, 4, 1, 99996, 1, cases[i].object, 0),
                                         .value = cases[i].value};
        struct format_options options;
        char storage[128];
        struct text text;
        format_options_init(&options);
        options.mib = *state;
        options.value_only = true;
        options.escape_controls = true;
        text_init_fixed(&text, storage, sizeof(storage));
        format_varbind(&text, &varbind, &options);
        assert_string_equal(storage, cases[i].text);
    }
}

static int setup(void **state)
{
    *state = print_mib_new();
    return *state ? 0 : -1;
}

static int teardown(void **state)
{
    mib_free(*state);
    return 0;
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
        cmocka_unit_test(integers_have_labels_and_hints),
        cmocka_unit_test(bits_have_names),
        cmocka_unit_test(strings_follow_their_hint),
        cmocka_unit_test(units_follow_most_values),
        cmocka_unit_test(a_value_of_another_type_is_told),
        cmocka_unit_test(other_values_know_names),
        cmocka_unit_test(strings_are_escaped_for_a_terminal),
    };
    return cmocka_run_group_tests(tests, setup, teardown);
}
