/* SPDX-License-Identifier: BSD-3-Clause */
#include "format/options.h"

#include "support/unit.h"

static void letters_turn_round_and_set(void **state)
{
    struct format_options options;
    (void)state;
    format_options_init(&options);
    assert_int_equal(options.oid_style, FORMAT_OID_MODULE);
    assert_int_equal(options.hex_per_line, 16);
    assert_int_equal(format_options_parse(&options, "0bEeqtTUvXxn", NULL), 0);
    assert_true(options.leading_zero && options.numeric_index && options.escape_quotes);
    assert_true(options.numeric_enums && options.quick && options.numeric_timeticks && options.hex_text);
    assert_true(options.no_units && options.value_only && options.extended_index);
    assert_false(options.quick_equals);
    assert_int_equal(options.string_style, FORMAT_STRING_HEX);
    assert_int_equal(options.oid_style, FORMAT_OID_NUMERIC);
    assert_int_equal(format_options_parse(&options, "tva", NULL), 0);
    assert_false(options.numeric_timeticks || options.value_only);
    assert_int_equal(options.string_style, FORMAT_STRING_ASCII);
}

static void the_last_style_of_oids_wins(void **state)
{
    struct format_options options;
    (void)state;
    format_options_init(&options);
    assert_int_equal(format_options_parse(&options, "nsSuf", NULL), 0);
    assert_int_equal(options.oid_style, FORMAT_OID_FULL);
    assert_int_equal(format_options_parse(&options, "n", NULL), 0);
    assert_int_equal(options.oid_style, FORMAT_OID_NUMERIC);
}

static void equal_signs_stay_when_quick_turns(void **state)
{
    static const struct {
        const char *letters;
        bool quick, equals;
    } rows[] = {{"q", true, false},  {"Q", true, true},   {"QQ", false, true}, {"Qq", false, true},
                {"Qqq", true, true}, {"qQq", true, true}, {"qqQ", true, true}, {"qqq", true, false}};
    (void)state;
    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        struct format_options options;
        format_options_init(&options);
        assert_int_equal(format_options_parse(&options, rows[i].letters, NULL), 0);
        assert_int_equal(options.quick, rows[i].quick);
        assert_int_equal(options.quick_equals, rows[i].equals);
    }
}

static void the_rest_of_p_is_a_precision(void **state)
{
    struct format_options options;
    (void)state;
    format_options_init(&options);
    assert_int_equal(format_options_parse(&options, "np8.3", NULL), 0);
    assert_string_equal(options.precision, "8.3");
    assert_int_equal(format_options_parse(&options, "p .2", NULL), 0);
    assert_string_equal(options.precision, ".2");
}

static void a_precision_is_nothing_but_digits(void **state)
{
    static const char *const bad[] = {"x",    "%s",    "3n", ".*",   "1.2.3",
                                      "1000", ".1000", "s",  "8.3l", "-+ #0-+ #0-+ #00"};
    struct format_options options;
    (void)state;
    format_options_init(&options);
    for (size_t i = 0; i < COUNT_OF(bad); i++) {
        struct uvsnmp_error err = {0, ""};
        assert_int_equal(format_options_precision(&options, bad[i], &err), UVSNMP_EBAD_ARGUMENT);
        assert_non_null(strstr(err.detail, bad[i]));
        assert_string_equal(options.precision, "");
    }
}

static void unknown_letters_are_named(void **state)
{
    struct format_options output;
    struct format_input_options input;
    struct uvsnmp_error err;
    (void)state;
    format_options_init(&output);
    format_input_options_init(&input);
    assert_int_equal(format_options_parse(&output, "nz", &err), UVSNMP_EBAD_ARGUMENT);
    assert_string_equal(err.detail, "Unknown output option passed to -O: z.");
    assert_int_equal(output.oid_style, FORMAT_OID_NUMERIC);
    assert_int_equal(format_input_options_parse(&input, "uz", &err), UVSNMP_EBAD_ARGUMENT);
    assert_string_equal(err.detail, "Unknown input option passed to -I: z.");
    assert_true(input.relative);
}

static void input_letters_take_texts(void **state)
{
    struct format_input_options input;
    (void)state;
    format_input_options_init(&input);
    assert_int_equal(format_input_options_parse(&input, "bhrR", NULL), 0);
    assert_true(input.best_match && input.no_hint && input.no_check && input.random_access);
    assert_int_equal(format_input_options_parse(&input, "s .0", NULL), 0);
    assert_int_equal(format_input_options_parse(&input, "SIF-MIB::", NULL), 0);
    assert_string_equal(input.suffix, ".0");
    assert_string_equal(input.prefix, "IF-MIB::");
}

static void an_argument_is_missed(void **state)
{
    (void)state;
    assert_int_equal(format_options_open("np"), 'p');
    assert_int_equal(format_options_open("p.2"), 0);
    assert_int_equal(format_options_open("nq"), 0);
    assert_int_equal(format_options_open("zp"), 0);
    assert_int_equal(format_options_open(""), 0);
    assert_int_equal(format_input_options_open("us"), 's');
    assert_int_equal(format_input_options_open("S"), 'S');
    assert_int_equal(format_input_options_open("s0"), 0);
}

static void the_help_names_every_letter(void **state)
{
    struct text text;
    (void)state;
    text_init(&text, 0);
    format_options_help(&text, "  ");
    for (const char *letter = "0abeEfnqQsStTuUvxX"; *letter; letter++) {
        char line[8] = {' ', ' ', *letter, ':', ' ', '\0'};
        assert_non_null(strstr(text_string(&text), line));
    }
    assert_non_null(strstr(text_string(&text), "  p PRECISION: "));
    text_reset(&text);
    format_input_options_help(&text, "");
    assert_non_null(strstr(text_string(&text), "s SUFFIX: "));
    text_fini(&text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(letters_turn_round_and_set),
        cmocka_unit_test(the_last_style_of_oids_wins),
        cmocka_unit_test(the_rest_of_p_is_a_precision),
        cmocka_unit_test(a_precision_is_nothing_but_digits),
        cmocka_unit_test(unknown_letters_are_named),
        cmocka_unit_test(input_letters_take_texts),
        cmocka_unit_test(an_argument_is_missed),
        cmocka_unit_test(the_help_names_every_letter),
        cmocka_unit_test(equal_signs_stay_when_quick_turns),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
