/* SPDX-License-Identifier: BSD-3-Clause */
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

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_style_has_its_own_beginning),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
