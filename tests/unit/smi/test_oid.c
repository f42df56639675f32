/* SPDX-License-Identifier: BSD-3-Clause */
#include "support/unit.h"

#include <stdio.h>

#include <uvsnmp/oid.h>

static void order_is_lexicographic(void **state)
{
    (void)state;
    assert_true(uvsnmp_oid_compare(UVSNMP_OID(1, 3, 6), UVSNMP_OID(1, 3, 6, 1)) < 0);
    assert_true(uvsnmp_oid_compare(UVSNMP_OID(1, 3, 7), UVSNMP_OID(1, 3, 6, 1)) > 0);
    assert_true(uvsnmp_oid_compare(UVSNMP_OID(1, 3, UINT32_MAX), UVSNMP_OID(1, 3, 1)) > 0);
    assert_int_equal(uvsnmp_oid_compare(UVSNMP_OID(1, 3), UVSNMP_OID(1, 3)), 0);
}

static void prefix_covers_itself_and_below(void **state)
{
    struct uvsnmp_oid root = {NULL, 0};
    (void)state;
    assert_true(uvsnmp_oid_has_prefix(UVSNMP_OID(1, 3, 6), UVSNMP_OID(1, 3, 6)));
    assert_true(uvsnmp_oid_has_prefix(UVSNMP_OID(1, 3, 6, 1), UVSNMP_OID(1, 3, 6)));
    assert_false(uvsnmp_oid_has_prefix(UVSNMP_OID(1, 3), UVSNMP_OID(1, 3, 6)));
    assert_false(uvsnmp_oid_has_prefix(UVSNMP_OID(1, 3, 7, 1), UVSNMP_OID(1, 3, 6)));
    assert_true(uvsnmp_oid_has_prefix(UVSNMP_OID(1), root));
}

static void digits_are_read_and_written(void **state)
{
    static const char *const vectors[][2] = {
        {".1.3.6.1", ".1.3.6.1"}, {"1.3.6.1", ".1.3.6.1"}, {"iso.3.6", ".1.3.6"},
        {".iso.3", ".1.3"},       {"iso", ".1"},           {".1.3.4294967295", ".1.3.4294967295"},
        {"0", ".0"},              {"1.007", ".1.7"},
    };
    (void)state;
    for (size_t i = 0; i < COUNT_OF(vectors); i++) {
        struct uvsnmp_oid_buf oid;
        struct uvsnmp_error err;
        char text[UVSNMP_OID_TEXT_MAX];
        assert_int_equal(uvsnmp_oid_parse(vectors[i][0], &oid, &err), 0);
        assert_int_equal(uvsnmp_oid_format(uvsnmp_oid_of(&oid), text, sizeof(text)), strlen(vectors[i][1]));
        assert_string_equal(text, vectors[i][1]);
    }
}

static void what_is_no_oid_is_named(void **state)
{
    static const char *const bad[] = {"",        ".",          "1.",     "1..3",   "1.3.6.", "..1",
                                      "1.3.-1",  "1.4294967296", "1.x",    " 1.3",   "1.3 ",   "iso.",
                                      "isolate", "1.iso",      "0x1.3", "1.99999999999999999999999"};
    (void)state;
    for (size_t i = 0; i < COUNT_OF(bad); i++) {
        struct uvsnmp_oid_buf oid;
        struct uvsnmp_error err;
        char expected[128];
        (void)snprintf(expected, sizeof(expected), "\"%s\" is not an object identifier", bad[i]);
        assert_int_equal(uvsnmp_oid_parse(bad[i], &oid, &err), UVSNMP_EBAD_OID);
        assert_string_equal(err.detail, expected);
        assert_int_equal(oid.count, 0);
    }
}

static void length_is_bounded(void **state)
{
    char text[2 * UVSNMP_OID_MAX + 3] = "";
    struct uvsnmp_oid_buf oid;
    struct uvsnmp_error err;
    char small[4];
    (void)state;
    for (int i = 0; i < UVSNMP_OID_MAX; i++) {
        strcat(text, ".1");
    }
    assert_int_equal(uvsnmp_oid_parse(text, &oid, &err), 0);
    assert_int_equal(oid.count, UVSNMP_OID_MAX);
    assert_int_equal(uvsnmp_oid_append_id(&oid, 1), UVSNMP_ETOO_LONG);
    strcat(text, ".1");
    assert_int_equal(uvsnmp_oid_parse(text, &oid, &err), UVSNMP_ETOO_LONG);
    assert_int_equal(uvsnmp_oid_format(UVSNMP_OID(1, 3, 6), small, sizeof(small)), UVSNMP_ETOO_LONG);
    assert_string_equal(small, "");
    assert_int_equal(uvsnmp_oid_format(UVSNMP_OID(1, 3), small, 0), UVSNMP_ETOO_LONG);
}

static void longest_text_fits_its_bound(void **state)
{
    uint32_t ids[UVSNMP_OID_MAX];
    char text[UVSNMP_OID_TEXT_MAX];
    (void)state;
    for (size_t i = 0; i < COUNT_OF(ids); i++) {
        ids[i] = UINT32_MAX;
    }
    struct uvsnmp_oid oid = {ids, COUNT_OF(ids)};
    assert_int_equal(uvsnmp_oid_format(oid, text, sizeof(text)), sizeof(text) - 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(order_is_lexicographic),   cmocka_unit_test(prefix_covers_itself_and_below),
        cmocka_unit_test(digits_are_read_and_written), cmocka_unit_test(what_is_no_oid_is_named),
        cmocka_unit_test(length_is_bounded),        cmocka_unit_test(longest_text_fits_its_bound),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
