/* SPDX-License-Identifier: BSD-3-Clause */
#include "support/unit.h"

#include <stdio.h>

#include "vacm/vacm.h"

static const struct vacm_asker initial = {VACM_USM, VACM_NOAUTH, "initial", ""};

static void add_view(struct vacm *vacm, const char *name, struct uvsnmp_oid subtree)
{
    struct vacm_view *view = vacm_open_view(vacm, name, NULL);
    const struct vacm_family family = {subtree, {NULL, 0}, true};
    assert_non_null(view);
    assert_int_equal(vacm_view_add(view, &family, NULL), 0);
}

static void add_access(struct vacm *vacm, enum vacm_level level, const char *read, const char *write)
{
    struct vacm_access row = {.group = "initial", .model = VACM_USM, .level = level, .views = {"", "", "none"}};
    (void)snprintf(row.views[VACM_READ], sizeof(row.views[0]), "%s", read);
    (void)snprintf(row.views[VACM_WRITE], sizeof(row.views[0]), "%s", write);
    assert_int_equal(vacm_add_access(vacm, &row, NULL), 0);
}

/* The semi-secure configuration of RFC 3415, appendix A. */
static struct vacm *make_initial(void)
{
    struct vacm *vacm = vacm_new();
    assert_non_null(vacm);
    assert_int_equal(vacm_add_group(vacm, VACM_USM, "initial", "initial", NULL), 0);
    add_access(vacm, VACM_NOAUTH, "restricted", "none");
    add_access(vacm, VACM_AUTH, "internet", "internet");
    add_view(vacm, "internet", UVSNMP_OID(1, 3, 6, 1));
    add_view(vacm, "restricted", UVSNMP_OID(1, 3, 6, 1, 2, 1, 1));
    add_view(vacm, "restricted", UVSNMP_OID(1, 3, 6, 1, 2, 1, 11));
    return vacm;
}

static void without_rows_nothing_is_allowed(void **state)
{
    struct vacm *vacm = vacm_new();
    struct vacm_view *view;
    (void)state;
    assert_int_equal(vacm_is_access_allowed(vacm, &initial, VACM_READ, UVSNMP_OID(1, 3)),
                     VACM_NO_GROUP_NAME);
    assert_int_equal(vacm_view_of(vacm, &initial, VACM_READ, &view), VACM_NO_GROUP_NAME);
    assert_null(view);
    vacm_release(vacm);
    vacm_release(NULL);
}

static void the_rfcs_initial_configuration_grants_what_it_says(void **state)
{
    struct vacm *vacm = make_initial();
    const struct uvsnmp_oid system = UVSNMP_OID(1, 3, 6, 1, 2, 1, 1, 4, 0);
    const struct uvsnmp_oid interfaces = UVSNMP_OID(1, 3, 6, 1, 2, 1, 2, 1, 0);
    const struct vacm_asker auth = {VACM_USM, VACM_AUTH, "initial", ""};
    const struct vacm_asker priv = {VACM_USM, VACM_PRIV, "initial", ""};
    const struct vacm_asker community = {VACM_V2C, VACM_NOAUTH, "initial", ""};
    const struct vacm_asker elsewhere = {VACM_USM, VACM_AUTH, "initial", "other"};
    (void)state;
    assert_int_equal(vacm_is_access_allowed(vacm, &initial, VACM_READ, system), VACM_ALLOWED);
    assert_int_equal(vacm_is_access_allowed(vacm, &initial, VACM_READ, interfaces), VACM_NOT_IN_VIEW);
    assert_int_equal(vacm_is_access_allowed(vacm, &initial, VACM_WRITE, system), VACM_NO_SUCH_VIEW);
    assert_int_equal(vacm_is_access_allowed(vacm, &auth, VACM_WRITE, interfaces), VACM_ALLOWED);
    assert_int_equal(vacm_is_access_allowed(vacm, &priv, VACM_READ, interfaces), VACM_ALLOWED);
    assert_int_equal(vacm_is_access_allowed(vacm, &priv, VACM_NOTIFY, interfaces), VACM_NO_SUCH_VIEW);
    assert_int_equal(vacm_is_access_allowed(vacm, &community, VACM_READ, system), VACM_NO_GROUP_NAME);
    assert_int_equal(vacm_is_access_allowed(vacm, &elsewhere, VACM_READ, system), VACM_NO_ACCESS_ENTRY);
    vacm_release(vacm);
}

static void a_view_that_is_held_outlives_the_tables(void **state)
{
    struct vacm *vacm = make_initial();
    struct vacm_view *view;
    (void)state;
    assert_int_equal(vacm_view_of(vacm, &initial, VACM_READ, &view), VACM_ALLOWED);
    assert_string_equal(vacm_view_name(view), "restricted");
    view = vacm_view_hold(view);
    vacm_release(vacm);
    assert_true(vacm_view_has(view, UVSNMP_OID(1, 3, 6, 1, 2, 1, 11, 1, 0)));
    vacm_view_release(view);
}

static void closed_tables_allow_nothing_any_more(void **state)
{
    struct vacm *vacm = make_initial();
    struct vacm_view *before = vacm_find_view(vacm, "internet");
    const struct uvsnmp_oid name = UVSNMP_OID(1, 3, 6, 1, 2, 1, 1, 4, 0);
    (void)state;
    vacm_close(vacm);
    assert_int_equal(vacm_is_access_allowed(vacm, &initial, VACM_READ, name), VACM_NO_GROUP_NAME);
    assert_false(vacm_view_has(before, name));
    add_view(vacm, "late", UVSNMP_OID(1));
    assert_false(vacm_view_has(vacm_find_view(vacm, "late"), name));
    vacm_release(vacm);
}

static void views_are_found_by_name(void **state)
{
    struct vacm *vacm = vacm_new();
    struct uvsnmp_error err;
    int rc = 0;
    (void)state;
    assert_null(vacm_find_view(vacm, "5"));
    for (unsigned i = 0; rc == 0 && i < 100000; i++) {
        char name[16];
        (void)snprintf(name, sizeof(name), "%u", i * 7919 % 100003);
        struct vacm_view *view = vacm_open_view(vacm, name, &err);
        rc = view ? 0 : err.code;
        if (view) {
            assert_ptr_equal(vacm_find_view(vacm, name), view);
            assert_ptr_equal(vacm_open_view(vacm, name, &err), view);
        }
    }
    assert_int_equal(rc, UVSNMP_ELIMIT);
    assert_null(vacm_open_view(vacm, "", &err));
    assert_int_equal(err.code, UVSNMP_EBAD_ARGUMENT);
    assert_null(vacm_open_view(vacm, "1234567890123456789012345678901234", &err));
    assert_string_equal(err.detail, "the name of a view has 1 to 33 characters");
    vacm_release(vacm);
}

static void the_standard_views_show_everything_and_nothing(void **state)
{
    struct vacm *vacm = vacm_new();
    (void)state;
    assert_int_equal(vacm_add_standard_views(vacm, NULL), 0);
    struct vacm_view *all = vacm_find_view(vacm, "_all_"), *none = vacm_find_view(vacm, "_none_");
    const struct vacm_family system = {.subtree = UVSNMP_OID(1, 3, 6, 1, 2, 1, 1), .included = true};
    assert_non_null(all);
    assert_non_null(none);
    for (uint32_t top = 0; top <= 2; top++) {
        assert_true(vacm_view_has(all, UVSNMP_OID(top, 5, 7)));
        assert_false(vacm_view_has(none, UVSNMP_OID(top, 5, 7)));
    }
    assert_int_equal(vacm_view_add(none, &system, NULL), 0); /* as a view line does */
    assert_true(vacm_view_has(none, UVSNMP_OID(1, 3, 6, 1, 2, 1, 1, 1, 0)));
    assert_false(vacm_view_has(none, UVSNMP_OID(1, 3, 6, 1, 2, 1, 2, 1, 0)));
    vacm_release(vacm);
}

static void the_tables_can_be_looked_through(void **state)
{
    struct vacm *vacm = make_initial();
    (void)state;
    assert_int_equal(vacm_groups(vacm)->count, 1);
    assert_string_equal(vacm_groups(vacm)->rows[0].security_name, "initial");
    assert_true(vacm_accesses(vacm)->count > 1);
    assert_string_equal(vacm_accesses(vacm)->rows[0].group, "initial");
    assert_non_null(vacm_view_at(vacm, 1));
    assert_true(strcmp(vacm_view_name(vacm_view_at(vacm, 0)), vacm_view_name(vacm_view_at(vacm, 1))) < 0);
    assert_null(vacm_view_at(vacm, 2));
    vacm_release(vacm);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(without_rows_nothing_is_allowed),
        cmocka_unit_test(the_rfcs_initial_configuration_grants_what_it_says),
        cmocka_unit_test(a_view_that_is_held_outlives_the_tables),
        cmocka_unit_test(closed_tables_allow_nothing_any_more),
        cmocka_unit_test(views_are_found_by_name),
        cmocka_unit_test(the_tables_can_be_looked_through),
        cmocka_unit_test(the_standard_views_show_everything_and_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
