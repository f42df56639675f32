/* SPDX-License-Identifier: BSD-3-Clause */
#include "support/unit.h"

#include <stdio.h>

#include "vacm/access.h"

static struct vacm_access row(const char *group, const char *context, bool prefix, enum vacm_model model,
                              enum vacm_level level)
{
    struct vacm_access made = {.prefix = prefix, .model = model, .level = level};
    (void)snprintf(made.group, sizeof(made.group), "%s", group);
    (void)snprintf(made.context, sizeof(made.context), "%s", context);
    for (int i = 0; i < VACM_VIEW_TYPES; i++) {
        (void)snprintf(made.views[i], sizeof(made.views[i]), "none");
    }
    return made;
}

struct rights {
    const char *context;
    bool prefix;
    enum vacm_model model;
    enum vacm_level level;
};

/* Which of the rows of group "g", added in both orders, decides; -1: none. */
static void check_choice(const struct rights *rights, int count, const struct vacm_asker *asker, int expected)
{
    for (int backwards = 0; backwards < 2; backwards++) {
        struct vacm_accesses accesses = {.count = 0};
        for (int i = 0; i < count; i++) {
            int at = backwards ? count - 1 - i : i;
            const struct rights *from = &rights[at];
            struct vacm_access made = row("g", from->context, from->prefix, from->model, from->level);
            (void)snprintf(made.views[VACM_READ], sizeof(made.views[0]), "%d", at);
            assert_int_equal(vacm_accesses_add(&accesses, &made, NULL), 0);
        }
        const struct vacm_access *found = vacm_accesses_find(&accesses, "g", asker);
        if (expected < 0) {
            assert_null(found);
        } else {
            assert_non_null(found);
            assert_int_equal(atoi(found->views[VACM_READ]), expected);
        }
        assert_null(vacm_accesses_find(&accesses, "f", asker));
        assert_null(vacm_accesses_find(&accesses, "gg", asker));
        vacm_accesses_fini(&accesses);
    }
}

static void a_row_fits_by_context_model_and_level(void **state)
{
    static const struct rights exact = {"ctx", false, VACM_V2C, VACM_NOAUTH};
    static const struct rights prefix = {"ct", true, VACM_V2C, VACM_NOAUTH};
    static const struct rights all = {"", true, VACM_ANY, VACM_AUTH};
    (void)state;
    check_choice(&exact, 1, &(struct vacm_asker){VACM_V2C, VACM_NOAUTH, "", "ctx"}, 0);
    check_choice(&exact, 1, &(struct vacm_asker){VACM_V2C, VACM_NOAUTH, "", "ct"}, -1);
    check_choice(&exact, 1, &(struct vacm_asker){VACM_V2C, VACM_NOAUTH, "", "ctxx"}, -1);
    check_choice(&exact, 1, &(struct vacm_asker){VACM_V2C, VACM_NOAUTH, "", ""}, -1);
    check_choice(&exact, 1, &(struct vacm_asker){VACM_V1, VACM_NOAUTH, "", "ctx"}, -1);
    check_choice(&prefix, 1, &(struct vacm_asker){VACM_V2C, VACM_NOAUTH, "", "ct"}, 0);
    check_choice(&prefix, 1, &(struct vacm_asker){VACM_V2C, VACM_NOAUTH, "", "ctx"}, 0);
    check_choice(&prefix, 1, &(struct vacm_asker){VACM_V2C, VACM_NOAUTH, "", "c"}, -1);
    check_choice(&all, 1, &(struct vacm_asker){VACM_V1, VACM_NOAUTH, "", ""}, -1);
    check_choice(&all, 1, &(struct vacm_asker){VACM_USM, VACM_AUTH, "", "x"}, 0);
    check_choice(&all, 1, &(struct vacm_asker){VACM_USM, VACM_PRIV, "", ""}, 0);
}

/* The order of preference in the description of vacmAccessTable. */
static void the_best_row_is_chosen(void **state)
{
    static const struct rights model_first[] = {
        {"ctx", false, VACM_ANY, VACM_PRIV}, {"", true, VACM_USM, VACM_NOAUTH}};
    static const struct rights context_next[] = {
        {"ct", true, VACM_USM, VACM_PRIV}, {"ctx", false, VACM_USM, VACM_NOAUTH}, {"", true, VACM_USM, VACM_AUTH}};
    static const struct rights longest[] = {
        {"c", true, VACM_USM, VACM_PRIV}, {"ct", true, VACM_USM, VACM_NOAUTH}, {"", true, VACM_USM, VACM_AUTH}};
    static const struct rights level_last[] = {
        {"", true, VACM_ANY, VACM_NOAUTH}, {"", true, VACM_ANY, VACM_AUTH}, {"", true, VACM_ANY, VACM_PRIV}};
    const struct vacm_asker priv = {VACM_USM, VACM_PRIV, "", "ctx"};
    const struct vacm_asker auth = {VACM_USM, VACM_AUTH, "", "ctx"};
    const struct vacm_asker v1 = {VACM_V1, VACM_NOAUTH, "", "ctx"};
    (void)state;
    check_choice(model_first, 2, &priv, 1);
    check_choice(model_first, 2, &v1, -1);
    check_choice(context_next, 3, &priv, 1);
    check_choice(longest, 3, &priv, 1);
    check_choice(level_last, 3, &priv, 2);
    check_choice(level_last, 3, &auth, 1);
    check_choice(level_last, 3, &v1, 0);
}

static void the_first_row_of_an_index_stays(void **state)
{
    struct vacm_accesses accesses = {.count = 0};
    struct vacm_access one = row("g", "", false, VACM_ANY, VACM_NOAUTH), two = one, three = one;
    struct uvsnmp_error err;
    (void)state;
    (void)snprintf(two.views[VACM_WRITE], sizeof(two.views[0]), "all");
    three.prefix = true;
    assert_int_equal(vacm_accesses_add(&accesses, &one, &err), 0);
    assert_int_equal(vacm_accesses_add(&accesses, &one, &err), 0);
    assert_int_equal(vacm_accesses_add(&accesses, &two, &err), UVSNMP_EEXISTS);
    assert_string_equal(err.detail,
                        "the group g has another access entry for this context, model and level");
    assert_int_equal(vacm_accesses_add(&accesses, &three, &err), UVSNMP_EEXISTS);
    assert_int_equal(accesses.count, 1);
    vacm_accesses_fini(&accesses);
}

static void a_row_without_names_is_refused(void **state)
{
    struct vacm_accesses accesses = {.count = 0};
    struct vacm_access no_group = row("", "", false, VACM_ANY, VACM_NOAUTH);
    struct vacm_access no_view = row("g", "", false, VACM_ANY, VACM_NOAUTH);
    (void)state;
    no_view.views[VACM_NOTIFY][0] = '\0';
    assert_int_equal(vacm_accesses_add(&accesses, &no_group, NULL), UVSNMP_EBAD_ARGUMENT);
    assert_int_equal(vacm_accesses_add(&accesses, &no_view, NULL), UVSNMP_EBAD_ARGUMENT);
    assert_int_equal(accesses.count, 0);
    vacm_accesses_fini(&accesses);
}

static void the_table_is_bounded(void **state)
{
    struct vacm_accesses accesses = {.count = 0};
    int rc = 0;
    (void)state;
    for (unsigned i = 0; rc == 0 && i < 100000; i++) {
        char group[16];
        (void)snprintf(group, sizeof(group), "%u", i * 7919 % 100003);
        struct vacm_access made = row(group, "", false, VACM_ANY, VACM_NOAUTH);
        rc = vacm_accesses_add(&accesses, &made, NULL);
    }
    assert_int_equal(rc, UVSNMP_ELIMIT);
    vacm_accesses_fini(&accesses);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_row_fits_by_context_model_and_level),
        cmocka_unit_test(the_best_row_is_chosen),
        cmocka_unit_test(the_first_row_of_an_index_stays),
        cmocka_unit_test(a_row_without_names_is_refused),
        cmocka_unit_test(the_table_is_bounded),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
