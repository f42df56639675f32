/* SPDX-License-Identifier: BSD-3-Clause */
/* What Net-SNMP 5.9.3 prints for these hints, unless a test says otherwise. */
#include "format/hint.h"

#include "support/unit.h"

#define DATE "2d-1d-1d,1d:1d:1d.1d,1a1d:1d"
#define OCTETS(string)                                                                                       \
    {                                                                                                        \
        (const uint8_t *)(string), sizeof(string) - 1                                                        \
    }

static void assert_octets(const char *hint, struct uvsnmp_bytes bytes, const char *letters,
                          const char *expected)
{
    struct format_options options;
    struct text text;
    format_options_init(&options);
    assert_int_equal(format_options_parse(&options, letters, NULL), 0);
    text_init(&text, 0);
    text_append(&text, "<");
    bool is_hint = format_hint_octets(&text, hint, bytes, &options);
    assert_int_equal(is_hint, expected != NULL);
    assert_string_equal(text_string(&text) + 1, expected ? expected : "");
    text_fini(&text);
}

static void octets_are_printed_as_the_hint_says(void **state)
{
    static const struct {
        const char *hint;
        struct uvsnmp_bytes bytes;
        const char *text;
    } cases[] = {
        {"255a", OCTETS(""), ""},
        {"255a", OCTETS("caf\xc3\xa9 \"x\""), "caf\xc3\xa9 \"x\""},
        {"255a", OCTETS("\x01\xff\"\0"), "..\\\"."}, /* no text: there is a NUL */
        {"2a-", OCTETS("\0\x01\x02\xff"), "..-\x02\xff"},
        {"1x:", OCTETS("\0\x01\x02\xff"), "0:1:2:ff"},
        {"1x", OCTETS("\0\x01\x02\xff"), "000102ff"},
        {"x:", OCTETS("\0\x01"), "0:1"},
        {"1x1x:", OCTETS("\0\x01\x02"), "01:2"},
        {"xdo", OCTETS("\x10\x0b\x08\x40"), "101110100"}, /* no width: a code is no separator */
        {"1xdo", OCTETS("\x10\x0b"), "10dob"},
        {"1x1d", OCTETS("\0\x01\x0a"), "0110"},
        {"2x:", OCTETS("\0\x01\x02"), "1:200"},
        {"1d.1d", OCTETS("abc"), "97.9899"},
        {"4d", OCTETS("\xff\0\0\0\x01"), "427819008016777216"},
        {"8d", OCTETS("\xff\xff\xff\xff\xff\xff\xff\xfe"), "-2"},
        {"9d", OCTETS("\x01\xff"), "-72057594037927936"},
        {"70000d", OCTETS("abc"), "0"},
        {"0d", OCTETS("ab"), "9798"},
        {"1o ", OCTETS("\x08\x40\xff"), "10 100 377"},
        {DATE, OCTETS("\x07\xea\x01\x02\x03\x04\x05\x06+\x01\x1e"), "2026-1-2,3:4:5.6,+1:30"},
        {DATE, OCTETS("\x07\xea\x01"), "2026-1"},
        {"*1x:/1x:", OCTETS("\x03\x0a\x0b\x0c\x0d\x0e"), "a:b:c:/d:e"},
        {"*1x:/1x:", OCTETS("\0\x01\x02"), "/1:2"},
        {"*1x:/1x:", OCTETS("\xff\x01\x02"), "1:2"},
        {"*1d.", OCTETS("\x01\x02\x03\x04"), "2.3.4"},
        {"1x:/", OCTETS("\x01\x02\x03"), "1:/2:/3"},
        {"1xx", OCTETS("\x01\x02"), "1x2"},
        {"1d*1d,", OCTETS("\x01\x02\x03\x04\x05"), "13,4,5"},
    };
    (void)state;
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        assert_octets(cases[i].hint, cases[i].bytes, "", cases[i].text);
    }
}

static void a_leading_zero_goes_before_single_octets_only(void **state)
{
    static const struct uvsnmp_bytes bytes = OCTETS("\0\x01\x02\x0a");
    (void)state;
    assert_octets("1x:", bytes, "0", "00:01:02:0a");
    assert_octets("2x:", bytes, "0", "1:20a");
    assert_octets("1d:", bytes, "0", "0:1:2:10");
}

static void a_bad_hint_prints_nothing_once_it_is_reached(void **state)
{
    static const char *const hints[] = {"b", "1b", "1X", "*", "255", "", "-", "1z", "1 x"};
    static const struct uvsnmp_bytes two = OCTETS("ab"), one = OCTETS("a"), none = OCTETS("");
    (void)state;
    for (size_t i = 0; i < COUNT_OF(hints); i++) {
        assert_octets(hints[i], two, "", NULL);
        assert_octets(hints[i], none, "", "");
    }
    assert_octets("1d2", one, "", "97");
    assert_octets("1d2", two, "", NULL);
    assert_octets("*", one, "", "");
}

static void control_characters_are_escaped_for_a_terminal(void **state)
{
    static const struct {
        struct uvsnmp_bytes bytes;
        const char *text;
    } cases[] = {
        {OCTETS("\x1b[2J\x07\r\n\tx\x7f"), "\\x1B[2J\\x07\\x0D\n\tx\\x7F"},
        {OCTETS("caf\xc3\xa9 \xe2\x82\xac \xf0\x9f\x98\x80"), "caf\xc3\xa9 \xe2\x82\xac \xf0\x9f\x98\x80"},
        {OCTETS("\xc2\x9b"
                "2J \xc2\xa0"),
         "\\xC2\\x9B2J \xc2\xa0"},
        {OCTETS("\x9b"
                "2J \xff \xc3"),
         "\\x9B2J \\xFF \\xC3"},
        {OCTETS("\xe2\x82"), "\\xE2\\x82"},
        {OCTETS("\xed\xa0\x80 \xc0\x9b"), "\\xED\\xA0\\x80 \\xC0\\x9B"},
        {OCTETS("\r\x1b\0"), "\\x0D.."},
    };
    struct format_options options;
    (void)state;
    format_options_init(&options);
    options.escape_controls = true;
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        char storage[128];
        struct text text;
        text_init_fixed(&text, storage, sizeof(storage));
        assert_true(format_hint_octets(&text, "255a", cases[i].bytes, &options));
        assert_string_equal(storage, cases[i].text);
    }
}

static void numbers_are_printed_as_the_hint_says(void **state)
{
    static const struct {
        const char *hint;
        int64_t number;
        const char *text;
    } cases[] = {
        {"d", -5, "-5"},
        {"d-0", 12, "12"},
        {"d-", 12, "12"},
        {"d-1", 0, ".0"},
        {"d-1", -5, "-.5"},
        {"d-1", 12, "1.2"},
        {"d-2", 5, ".05"},
        {"d-2", -123, "-1.23"},
        {"d-10", 2147483647, ".2147483647"},
        {"d-3", INT64_MIN, "-9223372036854775.808"},
        {"x", 48879, "beef"},
        {"x", -1, "ffffffffffffffff"},
        {"o", 493, "755"},
        {"b", 5, "00000000000000000000000000000101"},
        {"b", -1, "11111111111111111111111111111111"},
        {"x", 0, "0"},
        /* Net-SNMP makes printf formats of these, and garbage */
        {"a", 5, NULL},
        {"2d", 5, NULL},
        {"", 5, NULL},
        {"-d", 5, NULL},
    };
    (void)state;
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        char storage[64] = "";
        struct text text;
        text_init_fixed(&text, storage, sizeof(storage));
        assert_int_equal(format_hint_number(&text, cases[i].hint, cases[i].number), cases[i].text != NULL);
        assert_string_equal(storage, cases[i].text ? cases[i].text : "");
    }
}

/* Net-SNMP writes beyond its buffer for these. */
static void hints_for_numbers_are_bounded(void **state)
{
    struct text text;
    (void)state;
    text_init(&text, 0);
    assert_true(format_hint_number(&text, "d-99999999999999999999", 5));
    assert_int_equal(text.size, 256);
    text_reset(&text);
    assert_true(format_hint_number(&text, "d--1", 5));
    assert_string_equal(text_string(&text), "5");
    text_fini(&text);
}

static void octets_are_read_as_the_hint_says(void **state)
{
    static const struct {
        const char *hint, *text;
        struct uvsnmp_bytes bytes;
    } cases[] = {
        {"1x:", "", OCTETS("")},
        {"1x:", "01:02:ff", OCTETS("\x01\x02\xff")},
        {"1x:", "1:", OCTETS("\x01")},
        {"1x:", "1: 2", OCTETS("\x01\x02")},
        {"1x:", "0x10", OCTETS("\x10")},
        {"1x:", "+5", OCTETS("\x05")},
        {"0a[2x]0a:2d", "[fe80]:161", OCTETS("\xfe\x80\0\xa1")},
        {"1x", "1 2 3", OCTETS("\x01\x02\x03")},
        {"2x:", "1:2:fffe", OCTETS("\0\x01\0\x02\xff\xfe")},
        {"9d", "1", OCTETS("\0\0\0\0\0\0\0\0\x01")},
        {"1o ", "377 10", OCTETS("\xff\x08")},
        {"255a", "1:2", OCTETS("1:2")},
        {"3a,2x;", "abc,102;3", OCTETS("abc\x01\x02\0\x03")},
        {DATE, "2026-1-2,3:4:5.6,+1:30", OCTETS("\x07\xea\x01\x02\x03\x04\x05\x06+\x01\x1e")},
        {DATE, "2026-1-2", OCTETS("\x07\xea\x01\x02")},
        {"*1x:/1x:", "a:b:/c:d", OCTETS("\x02\x0a\x0b\x0c\x0d")},
        {"*1x:/1x:", "a:b", OCTETS("\x02\x0a\x0b")},
    };
    (void)state;
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        uint8_t out[32];
        size_t size = 99;
        assert_int_equal(format_hint_read_octets(cases[i].hint, cases[i].text, out, sizeof(out), &size, NULL),
                         0);
        assert_int_equal(size, cases[i].bytes.size);
        assert_memory_equal(out, cases[i].bytes.data, size);
    }
}

static void text_that_is_not_in_the_hints_form_is_told_apart_from_bad_values(void **state)
{
    static const struct {
        const char *hint, *text;
        int error;
    } cases[] = {
        {"1x:", "hello", UVSNMP_EBAD_SYNTAX},
        {"1x:", "1.2", UVSNMP_EBAD_SYNTAX},
        {"1x:", ":1", UVSNMP_EBAD_SYNTAX},
        {"1x:", "1:2 ", UVSNMP_EBAD_SYNTAX},
        {"1x:", "1 2", UVSNMP_EBAD_SYNTAX},
        {"1d.1d", "1..2", UVSNMP_EBAD_SYNTAX},
        {"1d.1d", "-1", UVSNMP_EBAD_VALUE},
        {"0a[2x", "1", UVSNMP_EBAD_SYNTAX},
        {"0a", "1", UVSNMP_EBAD_SYNTAX},
        {"*0a", "1", UVSNMP_EBAD_SYNTAX},
        {"1d2", "1 2", UVSNMP_EBAD_SYNTAX},
        {"b", "1", UVSNMP_EBAD_SYNTAX},
        {"", "1", UVSNMP_EBAD_SYNTAX},
        /* Net-SNMP takes these modulo 256 */
        {"1d.", "256", UVSNMP_EBAD_VALUE},
        {"1x:", "100", UVSNMP_EBAD_VALUE},
        {"8d", "18446744073709551616", UVSNMP_EBAD_VALUE},
        {"255a", "12345", UVSNMP_ETOO_LONG},
        {"1x:", "1:2:3:4:5", UVSNMP_ETOO_LONG},
        {"*1x:", "1:2:3:4", UVSNMP_ETOO_LONG},
        {"65535d", "1", UVSNMP_ETOO_LONG},
    };
    (void)state;
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        uint8_t out[4];
        size_t size;
        struct uvsnmp_error err = {0, ""};
        assert_int_equal(format_hint_read_octets(cases[i].hint, cases[i].text, out, sizeof(out), &size, &err),
                         cases[i].error);
        assert_true(err.detail[0] != '\0');
    }
}

static void more_repetitions_than_an_octet_counts_are_refused(void **state)
{
    static char text[2 * 256 + 1];
    uint8_t out[300];
    size_t size;
    (void)state;
    for (size_t i = 0; i < 256; i++) {
        memcpy(text + 2 * i, "1:", 2);
    }
    assert_int_equal(format_hint_read_octets("*1x:", text, out, sizeof(out), &size, NULL), UVSNMP_EBAD_VALUE);
    text[2 * 255] = '\0';
    assert_int_equal(format_hint_read_octets("*1x:", text, out, sizeof(out), &size, NULL), 0);
    assert_int_equal(size, 256);
    assert_int_equal(out[0], 255);
}

static void numbers_are_read_back(void **state)
{
    static const struct {
        const char *hint, *text;
        int64_t number;
        int error;
    } cases[] = {
        {"d", "-12", -12, 0},
        {"d-2", "1.50", 150, 0},
        {"d-2", "-.05", -5, 0},
        {"d-1", ".0", 0, 0},
        {"x", "beef", 48879, 0},
        {"x", "0xbeef", 48879, 0},
        {"o", "755", 493, 0},
        {"b", "101", 5, 0},
        {"d-2", "150", 0, UVSNMP_EBAD_SYNTAX},
        {"d-2", "1.5", 0, UVSNMP_EBAD_SYNTAX},
        {"d-2", "1.5.0", 0, UVSNMP_EBAD_SYNTAX},
        {"d-2", "1.50x", 0, UVSNMP_EBAD_SYNTAX},
        {"d-1", "", 0, UVSNMP_EBAD_SYNTAX},
        {"d", "-", 0, UVSNMP_EBAD_SYNTAX},
        {"o", "8", 0, UVSNMP_EBAD_SYNTAX},
        {"a", "1", 0, UVSNMP_EBAD_SYNTAX},
        {"x", "ffffffffffffffff", 0, UVSNMP_EBAD_VALUE},
        {"d-1", "99999999999999999999.9", 0, UVSNMP_EBAD_VALUE},
    };
    (void)state;
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        int64_t number = 0;
        assert_int_equal(format_hint_read_number(cases[i].hint, cases[i].text, &number, NULL),
                         cases[i].error);
        assert_int_equal(number, cases[i].number);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(octets_are_printed_as_the_hint_says),
        cmocka_unit_test(a_leading_zero_goes_before_single_octets_only),
        cmocka_unit_test(a_bad_hint_prints_nothing_once_it_is_reached),
        cmocka_unit_test(control_characters_are_escaped_for_a_terminal),
        cmocka_unit_test(numbers_are_printed_as_the_hint_says),
        cmocka_unit_test(hints_for_numbers_are_bounded),
        cmocka_unit_test(octets_are_read_as_the_hint_says),
        cmocka_unit_test(text_that_is_not_in_the_hints_form_is_told_apart_from_bad_values),
        cmocka_unit_test(more_repetitions_than_an_octet_counts_are_refused),
        cmocka_unit_test(numbers_are_read_back),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
