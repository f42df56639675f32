/* SPDX-License-Identifier: BSD-3-Clause */
#include "format/name.h"
#include "format/oid.h"

#include "support/unit.h"

static void assert_printed(struct uvsnmp_oid oid, enum format_oid_style style, const char *expected)
{
    struct format_options options;
    struct text text;
    format_options_init(&options);
    options.oid_style = style;
    text_init(&text, 0);
    format_oid(&text, oid, &options);
    assert_string_equal(text_string(&text), expected);
    text_fini(&text);
}

static void assert_read(const char *text, const struct format_input_options *options, const char *expected)
{
    struct uvsnmp_oid_buf oid;
    struct uvsnmp_error err;
    char out[UVSNMP_OID_TEXT_MAX];
    assert_int_equal(format_name_parse(text, options, &oid, &err), 0);
    assert_true(uvsnmp_oid_format(uvsnmp_oid_of(&oid), out, sizeof(out)) >= 0);
    assert_string_equal(out, expected);
}

static void assert_refused(const char *text, int code, const char *detail)
{
    struct format_input_options options;
    struct uvsnmp_oid_buf oid;
    struct uvsnmp_error err = {0, ""};
    format_input_options_init(&options);
    assert_int_equal(format_name_parse(text, &options, &oid, &err), code);
    assert_string_equal(err.detail, detail);
}

static void each_style_has_its_own_beginning(void **state)
{
    struct uvsnmp_oid oid = UVSNMP_OID(1, 3, 6, 4294967295U);
    (void)state;
    assert_printed(oid, FORMAT_OID_MODULE, "iso.3.6.4294967295");
    assert_printed(oid, FORMAT_OID_SUFFIX, "iso.3.6.4294967295");
    assert_printed(oid, FORMAT_OID_FULL, ".iso.3.6.4294967295");
    assert_printed(oid, FORMAT_OID_UCD, ".iso.3.6.4294967295");
    assert_printed(oid, FORMAT_OID_NUMERIC, ".1.3.6.4294967295");
    assert_printed(oid, FORMAT_OID_NONE, "");
    assert_printed(UVSNMP_OID(0, 0), FORMAT_OID_MODULE, "ccitt.0");
    assert_printed(UVSNMP_OID(2, 100, 3), FORMAT_OID_MODULE, "joint-iso-ccitt.100.3");
    assert_printed(UVSNMP_OID(1), FORMAT_OID_MODULE, "iso");
}

static void numbers_and_roots_are_read(void **state)
{
    struct format_input_options options;
    (void)state;
    format_input_options_init(&options);
    assert_read("1.3.6.1", &options, ".1.3.6.1");
    assert_read(".1.3.6.1", &options, ".1.3.6.1");
    assert_read("iso.3.6", &options, ".1.3.6");
    assert_read(".iso.3.6", &options, ".1.3.6");
    assert_read("iso", &options, ".1");
    assert_read("ccitt.0", &options, ".0.0");
    assert_read("joint-iso-ccitt.999", &options, ".2.999");
    assert_read("1.3.0x10.4294967295", &options, ".1.3.16.4294967295");
    assert_read(".", &options, ".1");
    assert_read("1.3.'a'", &options, ".1.3.97");
    assert_read("1.3.\"abc\".7", &options, ".1.3.3.97.98.99.7");
    assert_read("1.3.\"\"", &options, ".1.3.0");
}

static void prefix_suffix_and_relative_oids_are_put_together(void **state)
{
    struct format_input_options options;
    (void)state;
    format_input_options_init(&options);
    options.prefix = ".1.3.";
    options.suffix = ".0";
    assert_read("6.1", &options, ".1.3.6.1.0");
    format_input_options_init(&options);
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
    (void)state;
    assert_refused("1.3.6.x", UVSNMP_EBAD_OID, "Unknown Object Identifier (x)");
    assert_refused("1.3.6.1..4", UVSNMP_EBAD_OID, "Unknown Object Identifier (.4)");
    assert_refused("1.3.6.", UVSNMP_EBAD_OID, "Unknown Object Identifier ()");
    assert_refused("1.3.-1", UVSNMP_EBAD_OID, "Unknown Object Identifier (-1)");
    assert_refused("1.3.4 ", UVSNMP_EBAD_OID, "Unknown Object Identifier (4 )");
    assert_refused("iso.org.dod", UVSNMP_EBAD_OID, "Unknown Object Identifier (org.dod)");
    assert_refused("1.3.4294967296", UVSNMP_EBAD_OID, "Unknown Object Identifier (4294967296)");
    assert_refused("1.3.'ab", UVSNMP_EBAD_OID, "Unknown Object Identifier ('ab)");
    assert_refused("1.3.'a'b", UVSNMP_EBAD_OID, "Unknown Object Identifier ('a'b)");
    assert_refused("", UVSNMP_EBAD_OID, "Unknown Object Identifier (Sub-id not found: (top) -> )");
}

static void names_are_refused_as_not_built(void **state)
{
    (void)state;
    assert_refused("sysName.0", UVSNMP_EUNSUPPORTED,
                   "Unknown Object Identifier (Sub-id not found: (top) -> sysName)");
    assert_refused("SNMPv2-MIB::sysName.0", UVSNMP_EUNSUPPORTED, "Unknown Object Identifier");
}

static void an_oid_has_at_most_128_ids(void **state)
{
    struct format_input_options options;
    struct uvsnmp_oid_buf oid;
    char text[3 * UVSNMP_OID_MAX + 16] = "1.3";
    (void)state;
    format_input_options_init(&options);
    for (int i = 2; i < UVSNMP_OID_MAX; i++) {
        memcpy(text + strlen(text), ".1", 3);
    }
    assert_int_equal(format_name_parse(text, &options, &oid, NULL), 0);
    assert_int_equal(oid.count, UVSNMP_OID_MAX);
    memcpy(text + strlen(text), ".1", 3);
    assert_int_equal(format_name_parse(text, &options, &oid, NULL), UVSNMP_EBAD_OID);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_style_has_its_own_beginning),
        cmocka_unit_test(numbers_and_roots_are_read),
        cmocka_unit_test(prefix_suffix_and_relative_oids_are_put_together),
        cmocka_unit_test(what_is_wrong_is_named_as_net_snmp_does),
        cmocka_unit_test(names_are_refused_as_not_built),
        cmocka_unit_test(an_oid_has_at_most_128_ids),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
