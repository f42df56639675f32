/* SPDX-License-Identifier: BSD-3-Clause */
#include "format/name.h"

#include <stdio.h>

#include "support/names_mib.h"
#include "support/unit.h"

#define NAMES ".1.3.6.1.4.1.99997"

/* Options without a MIB, and with that of these tests. */
static struct format_input_options without(void)
{
    struct format_input_options options;
    format_input_options_init(&options);
    return options;
}

static struct format_input_options with(void **state)
{
    struct format_input_options options = without();
    options.mib = *state;
    return options;
}

static void assert_read(const char *text, const struct format_input_options *options, const char *expected)
{
    struct uvsnmp_oid_buf oid;
    struct uvsnmp_error err = {0, ""};
    char out[UVSNMP_OID_TEXT_MAX];
    if (format_name_parse(text, options, &oid, &err) != 0) {
        fail_msg("%s: %s", text, err.detail);
    }
    assert_true(uvsnmp_oid_format(uvsnmp_oid_of(&oid), out, sizeof(out)) >= 0);
    assert_string_equal(out, expected);
}

/* `why`: what stands in parentheses; NULL: there are none. */
static void assert_refused(const char *text, const struct format_input_options *options, const char *why)
{
    struct uvsnmp_oid_buf oid;
    struct uvsnmp_error err = {0, ""};
    char detail[512] = "Unknown Object Identifier";
    if (why) {
        snprintf(detail, sizeof(detail), "Unknown Object Identifier (%s)", why);
    }
    if (format_name_parse(text, options, &oid, &err) != UVSNMP_EBAD_OID) {
        fail_msg("%s is read", text);
    }
    assert_string_equal(err.detail, detail);
    assert_int_equal(format_name_parse(text, options, &oid, NULL), UVSNMP_EBAD_OID);
}

static void assert_all_read(const char *const (*rows)[2], size_t count,
                            const struct format_input_options *options)
{
    for (size_t i = 0; i < count; i++) {
        assert_read(rows[i][0], options, rows[i][1]);
    }
}

static void assert_all_refused(const char *const (*rows)[2], size_t count,
                               const struct format_input_options *options)
{
    for (size_t i = 0; i < count; i++) {
        assert_refused(rows[i][0], options, rows[i][1]);
    }
}

/* ---- without a MIB ---- */

static void numbers_and_roots_are_read(void **state)
{
    static const char *const rows[][2] = {
        {"1.3.6.1", ".1.3.6.1"},
        {".1.3.6.1", ".1.3.6.1"},
        {"iso.3.6", ".1.3.6"},
        {".iso.3.6", ".1.3.6"},
        {"iso", ".1"},
        {"ccitt.0", ".0.0"},
        {"joint-iso-ccitt.999", ".2.999"},
        {"1.3.0x10.010.4294967295", ".1.3.16.8.4294967295"},
        {".", ".1"},
        {"1.3.'a'", ".1.3.97"},
        {"1.3.\"abc\".7", ".1.3.3.97.98.99.7"},
        {"1.3.\"\"", ".1.3.0"},
        {"1.3.'a.b'.7", ".1.3.97.46.98.7"},
    };
    struct format_input_options options = without();
    (void)state;
    assert_all_read(rows, COUNT_OF(rows), &options);
}

static void prefix_suffix_and_relative_oids_are_put_together(void **state)
{
    struct format_input_options options = without();
    (void)state;
    options.prefix = ".1.3.";
    options.suffix = ".0";
    assert_read("6.1", &options, ".1.3.6.1.0");
    options = without();
    options.relative = true;
    assert_read("1.5.0", &options, ".1.3.6.1.2.1.1.5.0");
    assert_read(".1.5.0", &options, ".1.5.0");
    assert_read("iso.3.6", &options, ".1.3.6");
    assert_read("ccitt.3", &options, ".0.3");
    options.suffix = "0";
    assert_read("1.5", &options, ".1.3.6.1.2.1.1.5.0");
    options.suffix = "";
    assert_read("1.5", &options, ".1.3.6.1.2.1.1.5");
}

static void what_is_wrong_is_named_as_net_snmp_does(void **state)
{
    static const char *const rows[][2] = {
        {"1.3.6.x", "x"},
        {"1.3.6.1..4", ".4"},
        {"1.3.6.", ""},
        {"1.3.-1", "-1"},
        {"1.3.4 ", "4 "},
        {"1.3.08", "08"},
        {"iso.org.dod", "org.dod"},
        {"1.3.4294967296", "4294967296"},
        {"1.3.99999999999999999999999999", "99999999999999999999999999"},
        {"1.3.'ab", "'ab"},
        {"1.3.\"ab.5", "\"ab.5"},
        {"1.3.'a'b", "'a'b"},
        {"", "Sub-id not found: (top) -> "},
        {"sysName.0", "Sub-id not found: (top) -> sysName"},
        {"[", "Sub-id not found: (top) -> ["},
        {"a{9999}", "Sub-id not found: (top) -> a{9999}"},
        {"SNMPv2-MIB::sysName.0", NULL},
        {":", NULL},
    };
    struct format_input_options options = without();
    (void)state;
    assert_all_refused(rows, COUNT_OF(rows), &options);
}

static void an_oid_has_at_most_128_ids(void **state)
{
    struct format_input_options options = without();
    struct uvsnmp_oid_buf oid;
    char text[3 * UVSNMP_OID_MAX + 16] = "1.3";
    (void)state;
    for (int i = 2; i < UVSNMP_OID_MAX; i++) {
        memcpy(text + strlen(text), ".1", 3);
    }
    assert_int_equal(format_name_parse(text, &options, &oid, NULL), 0);
    assert_int_equal(oid.count, UVSNMP_OID_MAX);
    memcpy(text + strlen(text), ".1", 3);
    assert_refused(text, &options, "1");
}

static void names_of_any_length_are_refused_or_read(void **state)
{
    struct format_input_options options = with(state);
    struct uvsnmp_oid_buf oid;
    static const char fillers[] = "a1.'\"{([*:";
    char *text = malloc(100001);
    assert_non_null(text);
    for (const char *filler = fillers; *filler; filler++) {
        memset(text, *filler, 100000);
        text[100000] = '\0';
        assert_int_equal(format_name_parse(text, &options, &oid, NULL), UVSNMP_EBAD_OID);
        options.suffix = ".0";
        assert_int_equal(format_name_parse(text, &options, &oid, NULL), UVSNMP_EBAD_OID);
        options.suffix = NULL;
    }
    free(text);
}

/* ---- with one ---- */

static void names_are_found_at_any_place(void **state)
{
    static const char *const rows[][2] = {
        {"anInteger.0", NAMES ".1.1.0"},
        {".anInteger.0", NAMES ".1.1.0"},
        {"NAMES-TEST-MIB::anInteger.0", NAMES ".1.1.0"},
        {"NAMES-TEST-MIB:anInteger.0", NAMES ".1.1.0"},
        {"scalars.anInteger.0", NAMES ".1.1.0"},
        {"scalars.1.0", NAMES ".1.1.0"},
        {"scalars.99.5", NAMES ".1.99.5"},
        {".iso.org.dod.internet.private.1.99997.scalars", NAMES ".1"},
        {"iso.3.dod.1", ".1.3.6.1"},
        {"numEntry.numValue.5", NAMES ".2.1.1.2.5"},
        {"anInteger.'a'", NAMES ".1.1.97"},
        {"anInteger.\"a\"", NAMES ".1.1.1.97"},
    };
    struct format_input_options options = with(state);
    assert_all_read(rows, COUNT_OF(rows), &options);
    options.random_access = true;
    assert_all_read(rows, COUNT_OF(rows), &options);
    assert_read(".1.3.6.1", &options, ".1.3.6.1");
}

static void what_follows_a_column_is_read_by_the_index(void **state)
{
    static const char *const rows[][2] = {
        {"numValue.0x10", NAMES ".2.1.1.2.16"},
        {"numValue.5.6", NAMES ".2.1.1.2.5.6"},
        {"colourValue.red", NAMES ".2.4.1.2.1"},
        {"colourValue.3", NAMES ".2.4.1.2.3"},
        {"unsignedValue.4294967295", NAMES ".2.3.1.2.4294967295"},
        {"ipValue.1.2.3.4", NAMES ".2.5.1.2.1.2.3.4"},
        {"oidValue.3.1.3.6", NAMES ".2.6.1.2.3.1.3.6"},
        {"strValue.3.97.98.99", NAMES ".2.7.1.2.3.97.98.99"},
        {"strValue.\"a.b\".5", NAMES ".2.7.1.2.3.97.46.98.5"},
        {"sizedValue.\"ab\"", NAMES ".2.8.1.2.2.97.98"},
        {"sizedValue.5.1.2.3.4.5", NAMES ".2.8.1.2.5.1.2.3.4.5"},
        {"fixedValue.'abcd'", NAMES ".2.9.1.2.97.98.99.100"},
        {"fixedValue.1.2.3.4", NAMES ".2.9.1.2.1.2.3.4"},
        {"textValue.\"\"", NAMES ".2.10.1.2.0"},
        {"macValue.'1:2:3:4:5:6'", NAMES ".2.11.1.2.1.2.3.4.5.6"},
        {"impStrValue.5.97.98", NAMES ".2.18.1.1.5.97.98"},
        {"impTextValue.'ab'", NAMES ".2.19.1.1.97.98"},
        {"mixValue.red.\"abc\".'1:2:3:4:5:6'.1.2.3.4.7",
         NAMES ".2.21.1.1.1.3.97.98.99.1.2.3.4.5.6.1.2.3.4.7"},
        {"moreValue.5", NAMES ".2.25.1.1.5"},
        {"strValue.115", NAMES ".2.7.1.2.115"},
    };
    struct format_input_options options = with(state);
    assert_all_read(rows, COUNT_OF(rows), &options);
}

static void an_index_that_does_not_fit_is_named(void **state)
{
    static const char *const rows[][2] = {
        {"numValue.x", "Index out of range: x (numIndex)"},
        {"numValue.", "Index out of range:  (numIndex)"},
        {"numValue.-1", "Index out of range: -1 (numIndex)"},
        {"numValue.4294967296", "Index out of range: 4294967296 (numIndex)"},
        {"numValue.5.x", "Sub-id not found: numIndex -> x"},
        {"rangedValue.15", "Index out of range: 15 (rangedIndex)"},
        {"colourValue.pink", "Index out of range: pink (colourIndex)"},
        {"ipValue.1.2.3.400", "Index out of range: 400 (ipIndex)"},
        {"oidValue.iso.3", "Sub-id not found: oidIndex -> iso.3"},
        {"strValue.'abc'", "'-quote is for fixed length strings"},
        {"strValue.116", "Index out of range: 116 (strIndex)"},
        {"strValue.3.97.98.300", "Index out of range: 300 (strIndex)"},
        {"sizedValue.\"abcdef\"", "Index out of range: \"abcdef (sizedIndex)"},
        {"fixedValue.\"abcd\"", "\"-quote is for variable length strings"},
        {"textValue.\"a.b\"x", "Index out of range: \"a.b (textIndex)"},
        {"textValue.\"ab.5", "Index out of range: \"ab.5 (textIndex)"},
        {"macValue.'1:2:3'", "Index out of range: '1:2:3 (macIndex)"},
        {"lostValue.x", "Index out of range: x (nowhere)"},
        {"anInteger.x.5", "x.5"},
        {"scalars.x.5", "Sub-id not found: scalars -> x"},
        {"scalars.99.x", "Sub-id not found: scalars -> x"},
        {"near..1", "Sub-id not found: near -> "},
        {"nowhere", "Sub-id not found: (top) -> nowhere"},
        {"numValue[5]", "Sub-id not found: (top) -> numValue[5]"},
        {"NAMES-TEST-MIB::", NULL},
        {"NAMES-TEST-MIB::nowhere", NULL},
        {"NAMES-TEST-MIB::numValue.x", "Index out of range: x (numIndex)"},
        {"NO-SUCH-MIB::numValue", NULL},
    };
    struct format_input_options options = with(state);
    assert_all_refused(rows, COUNT_OF(rows), &options);
}

static void checks_and_hints_can_be_turned_off(void **state)
{
    static const char *const unchecked[][2] = {
        {"rangedValue.15", NAMES ".2.2.1.2.15"},
        {"ipValue.1.2.3.400", NAMES ".2.5.1.2.1.2.3.400"},
        {"fixedValue.'a'", NAMES ".2.9.1.2.97"},
        {"macValue.'1:2:3'", NAMES ".2.11.1.2.1.2.3"},
    };
    struct format_input_options options = with(state);
    options.no_check = true;
    assert_all_read(unchecked, COUNT_OF(unchecked), &options);
    options = with(state);
    options.no_hint = true;
    assert_read("macValue.'abcdef'", &options, NAMES ".2.11.1.2.97.98.99.100.101.102");
    assert_refused("macValue.'1:2:3:4:5:6'", &options, "Index out of range: '1:2:3:4:5:6 (macIndex)");
}

static void a_name_may_be_a_regular_expression(void **state)
{
    static const char *const rows[][2] = {
        {"NUMVALUE", NAMES ".2.1.1.2"}, {"umVal", NAMES ".2.1.1.2"},
        {"Value$", NAMES ".2.5.1.2"}, /* furthest to the left: ipValue */
        {"^an", NAMES ".1.21"},       /* the last one of the siblings, anAddress4 */
        {"an(Int|Oid)", NAMES ".1.11"}, {"ISO", ".1"},
    };
    static const char *const bad[] = {"^Value", "(", "[a", "*", "", "(a)\\1", "a{2}b{2}", "an+++++++++++"};
    struct format_input_options options = with(state);
    assert_all_read(rows, COUNT_OF(rows), &options);
    options.best_match = true;
    assert_all_read(rows, COUNT_OF(rows), &options);
    for (size_t i = 0; i < COUNT_OF(bad); i++) {
        assert_refused(bad[i], &options, NULL);
    }
    assert_refused("numValue.5", &options, NULL);
    assert_read(".1.3.6", &options, ".1.3.6");
    options = with(state);
    options.random_access = true;
    assert_refused("umVal", &options, NULL);
}

static void paths_only_means_no_search(void **state)
{
    struct format_input_options options = with(state);
    options.paths_only = true;
    assert_read(".iso.org.dod", &options, ".1.3.6");
    assert_read("NAMES-TEST-MIB::numValue.5", &options, NAMES ".2.1.1.2.5");
    assert_refused("numValue.5", &options, "Sub-id not found: (top) -> numValue");
    assert_refused("umVal", &options, "Sub-id not found: (top) -> umVal");
}

static int load(void **state)
{
    *state = names_mib_new();
    return *state ? 0 : -1;
}

static int unload(void **state)
{
    mib_free(*state);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(numbers_and_roots_are_read),
        cmocka_unit_test(prefix_suffix_and_relative_oids_are_put_together),
        cmocka_unit_test(what_is_wrong_is_named_as_net_snmp_does),
        cmocka_unit_test(an_oid_has_at_most_128_ids),
        cmocka_unit_test(names_of_any_length_are_refused_or_read),
        cmocka_unit_test(names_are_found_at_any_place),
        cmocka_unit_test(what_follows_a_column_is_read_by_the_index),
        cmocka_unit_test(an_index_that_does_not_fit_is_named),
        cmocka_unit_test(checks_and_hints_can_be_turned_off),
        cmocka_unit_test(a_name_may_be_a_regular_expression),
        cmocka_unit_test(paths_only_means_no_search),
    };
    return cmocka_run_group_tests(tests, load, unload);
}
