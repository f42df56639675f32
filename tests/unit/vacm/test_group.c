/* SPDX-License-Identifier: BSD-3-Clause */
#include "support/unit.h"

#include <stdio.h>

#include "vacm/group.h"

static int add(struct vacm_groups *groups, enum vacm_model model, const char *name, const char *group)
{
    return vacm_groups_add(groups, model, name, group, NULL);
}

static void a_principal_is_found_by_model_and_name(void **state)
{
    struct vacm_groups groups = {.count = 0};
    (void)state;
    assert_null(vacm_groups_find(&groups, VACM_V1, "a"));
    assert_int_equal(add(&groups, VACM_V2C, "b", "two"), 0);
    assert_int_equal(add(&groups, VACM_V1, "b", "one"), 0);
    assert_int_equal(add(&groups, VACM_USM, "a", "three"), 0);
    assert_string_equal(vacm_groups_find(&groups, VACM_V1, "b"), "one");
    assert_string_equal(vacm_groups_find(&groups, VACM_V2C, "b"), "two");
    assert_null(vacm_groups_find(&groups, VACM_USM, "b"));
    assert_string_equal(vacm_groups_find(&groups, VACM_USM, "a"), "three");
    assert_null(vacm_groups_find(&groups, VACM_V1, "a"));
    assert_null(vacm_groups_find(&groups, VACM_V1, "B"));
    assert_null(vacm_groups_find(&groups, VACM_V1, ""));
    vacm_groups_fini(&groups);
}

static void a_row_of_any_model_goes_first(void **state)
{
    struct vacm_groups groups = {.count = 0};
    (void)state;
    assert_int_equal(add(&groups, VACM_V1, "b", "one"), 0);
    assert_int_equal(add(&groups, VACM_ANY, "b", "any"), 0);
    assert_string_equal(vacm_groups_find(&groups, VACM_V1, "b"), "any");
    assert_string_equal(vacm_groups_find(&groups, VACM_USM, "b"), "any");
    vacm_groups_fini(&groups);
}

static void the_first_group_of_a_principal_stays(void **state)
{
    struct vacm_groups groups = {.count = 0};
    struct uvsnmp_error err;
    (void)state;
    assert_int_equal(add(&groups, VACM_V1, "b", "one"), 0);
    assert_int_equal(add(&groups, VACM_V1, "b", "one"), 0);
    assert_int_equal(vacm_groups_add(&groups, VACM_V1, "b", "two", &err), UVSNMP_EEXISTS);
    assert_string_equal(err.detail, "b is in the group one already");
    assert_string_equal(vacm_groups_find(&groups, VACM_V1, "b"), "one");
    assert_int_equal(groups.count, 1);
    vacm_groups_fini(&groups);
}

static void names_have_1_to_33_octets(void **state)
{
    struct vacm_groups groups = {.count = 0};
    static const char longest[] = "123456789012345678901234567890123";
    static const char too_long[] = "1234567890123456789012345678901234";
    (void)state;
    assert_int_equal(add(&groups, VACM_V1, longest, longest), 0);
    assert_string_equal(vacm_groups_find(&groups, VACM_V1, longest), longest);
    assert_int_equal(add(&groups, VACM_V1, too_long, "g"), UVSNMP_EBAD_ARGUMENT);
    assert_int_equal(add(&groups, VACM_V1, "b", too_long), UVSNMP_EBAD_ARGUMENT);
    assert_int_equal(add(&groups, VACM_V1, "", "g"), UVSNMP_EBAD_ARGUMENT);
    assert_int_equal(add(&groups, VACM_V1, "b", ""), UVSNMP_EBAD_ARGUMENT);
    assert_null(vacm_groups_find(&groups, VACM_V1, too_long));
    vacm_groups_fini(&groups);
}

static void the_table_is_bounded_and_keeps_its_order(void **state)
{
    struct vacm_groups groups = {.count = 0};
    int rc = 0;
    char name[16];
    (void)state;
    for (unsigned i = 0; rc == 0 && i < 100000; i++) {
        (void)snprintf(name, sizeof(name), "%u", i * 7919 % 100003);
        rc = add(&groups, VACM_V2C, name, name);
    }
    assert_int_equal(rc, UVSNMP_ELIMIT);
    for (unsigned i = 0; i < groups.count; i++) {
        (void)snprintf(name, sizeof(name), "%u", i * 7919 % 100003);
        assert_string_equal(vacm_groups_find(&groups, VACM_V2C, name), name);
    }
    vacm_groups_fini(&groups);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_principal_is_found_by_model_and_name),
        cmocka_unit_test(a_row_of_any_model_goes_first),
        cmocka_unit_test(the_first_group_of_a_principal_stays),
        cmocka_unit_test(names_have_1_to_33_octets),
        cmocka_unit_test(the_table_is_bounded_and_keeps_its_order),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
