/* SPDX-License-Identifier: BSD-3-Clause */
/* What an agent tells of its engine and of its access control: all of it is read only. */
#include "unit/agent/v3_suite.h"
#include "vacm/vacm.h"

#define MODULES(...) UVSNMP_OID(1, 3, 6, 1, 6, 3, __VA_ARGS__)
#define VACM(...) MODULES(16, 1, __VA_ARGS__)
#define OCTETS(text) ((struct uvsnmp_bytes){(const uint8_t *)(text), sizeof(text) - 1})

static int set_up(void **state)
{
    *state = v3_suite_new(true, "-ifTable");
    return 0;
}

static int tear_down(void **state)
{
    v3_suite_free(*state);
    return 0;
}

static struct fixture *fixture_of(void **state)
{
    return ((struct v3_suite *)*state)->fixture;
}

static void assert_no_instance(struct fixture *fixture, struct uvsnmp_oid name)
{
    assert_int_equal(fixture_get_one(fixture, name)->value.type, UVSNMP_NO_SUCH_INSTANCE);
}

/* ---- the engine ---- */

static void the_engine_tells_who_it_is(void **state)
{
    struct fixture *fixture = fixture_of(state);
    fixture_advance(fixture, 61999);
    assert_octets(fixture_get_one(fixture, MODULES(10, 2, 1, 1, 0)), v3_suite_engine_id());
    assert_integer(fixture_get_one(fixture, MODULES(10, 2, 1, 2, 0)), 7);
    assert_integer(fixture_get_one(fixture, MODULES(10, 2, 1, 3, 0)), 61);
    assert_integer(fixture_get_one(fixture, MODULES(10, 2, 1, 4, 0)), MSG_SIZE_MAX);
    assert_int_equal(fixture_set_one(fixture, MODULES(10, 2, 1, 2, 0), uvsnmp_integer(1)),
                     UVSNMP_STATUS_NOT_WRITABLE);
}

/* Every counter is where the Report that tells of it says. */
static void refusals_are_counted_where_their_reports_say(void **state)
{
    struct fixture *fixture = fixture_of(state);
    struct engine_reports *reports = &fixture->agent->engine.reports;
    for (size_t i = 0; i < ENGINE_REPORT_COUNT; i++) {
        reports->counts[i] = (uint32_t)(100 + i);
    }
    for (size_t i = 0; i < ENGINE_REPORT_COUNT; i++) {
        const struct uvsnmp_varbind *found =
            fixture_get_one(fixture, engine_report_name((enum engine_report)i));
        assert_int_equal(found->value.type, UVSNMP_COUNTER32);
        assert_int_equal(found->value.as.unsigned32, 100 + i);
    }
}

static void a_walk_meets_every_group_in_order(void **state)
{
    const struct uvsnmp_oid expected[] = {
        MODULES(10, 2, 1, 1, 0), MODULES(10, 2, 1, 2, 0), MODULES(10, 2, 1, 3, 0), MODULES(10, 2, 1, 4, 0),
        MODULES(11, 2, 1, 1, 0), MODULES(11, 2, 1, 2, 0), MODULES(11, 2, 1, 3, 0), MODULES(12, 1, 1, 0),
        MODULES(12, 1, 4, 0),    MODULES(12, 1, 5, 0),    MODULES(15, 1, 1, 1, 0), MODULES(15, 1, 1, 2, 0),
        MODULES(15, 1, 1, 3, 0), MODULES(15, 1, 1, 4, 0), MODULES(15, 1, 1, 5, 0), MODULES(15, 1, 1, 6, 0),
        MODULES(15, 1, 2, 1, 0), VACM(1, 1, 1, 0),        VACM(5, 1, 0),
    };
    struct uvsnmp_oid position = MODULES(10);
    for (size_t i = 0; i < COUNT_OF(expected); i++) {
        assert_name(fixture_next_one(fixture_of(state), position), expected[i]);
        position = expected[i];
    }
    assert_int_equal(fixture_next_one(fixture_of(state), position)->value.type, UVSNMP_END_OF_MIB_VIEW);
}

static void without_an_engine_id_there_is_nothing_of_version_3(void **state)
{
    struct v3_suite *suite = v3_suite_new(false, "-ifTable");
    const struct v3_suite_user somebody = {.name = "somebody"};
    (void)state;
    v3_suite_add_user(suite, v3_suite_engine_id(), &somebody);
    assert_no_instance(suite->fixture, MODULES(10, 2, 1, 1, 0));
    assert_no_instance(suite->fixture, MODULES(11, 2, 1, 1, 0));
    assert_no_instance(suite->fixture, MODULES(12, 1, 4, 0));
    assert_no_instance(suite->fixture, MODULES(15, 1, 1, 1, 0));
    assert_no_instance(suite->fixture, MODULES(15, 1, 2, 1, 0));
    assert_name(fixture_next_one(suite->fixture, MODULES(10)), MODULES(12, 1, 1, 0));
    assert_name(fixture_next_one(suite->fixture, MODULES(12, 1, 1, 0)), VACM(1, 1, 1, 0));
    assert_int_equal(fixture_set_one(suite->fixture, MODULES(15, 1, 2, 1, 0), uvsnmp_integer(0)),
                     UVSNMP_STATUS_NO_CREATION);
    assert_int_equal(fixture_set_one(suite->fixture, MODULES(15, 1, 2, 2, 1, 13, 5, 1, 2, 3, 4, 5, 1, 'a'),
                                     uvsnmp_integer(5)),
                     UVSNMP_STATUS_NO_CREATION);
    assert_null(uvsnmp_agent_capability(suite->fixture->agent, 5)); /* what there is without an engine */
    v3_suite_free(suite);
}

static void the_or_table_names_what_is_served(void **state)
{
    static const uint32_t modules[] = {10, 11, 15, 16, 12, 13};
    struct fixture *fixture = fixture_of(state);
    for (size_t i = 0; i < COUNT_OF(modules); i++) {
        const struct uvsnmp_capability *capability = uvsnmp_agent_capability(fixture->agent, 2 + i);
        assert_non_null(capability);
        assert_true(uvsnmp_oid_has_prefix(capability->oid, MODULES(modules[i])));
    }
    assert_null(uvsnmp_agent_capability(fixture->agent, 2 + COUNT_OF(modules)));
}

/* The names of -I are those of Net-SNMP's modules. */
static void each_group_can_be_left_out(void **state)
{
    const struct {
        const char *groups;
        struct uvsnmp_oid name;
        size_t capabilities; /* of eight */
    } cases[] = {
        {"-ifTable,snmpEngine", MODULES(10, 2, 1, 1, 0), 7},
        {"-ifTable,snmpMPDStats", MODULES(11, 2, 1, 1, 0), 7},
        {"-ifTable,target_counters", MODULES(12, 1, 4, 0), 8},
        {"-ifTable,usmStats", MODULES(15, 1, 1, 1, 0), 8},
        {"-ifTable,usmUser", MODULES(15, 1, 2, 1, 0), 7},
        {"-ifTable,vacm_context", VACM(1, 1, 1, 0), 8},
        {"-ifTable,vacm_vars", VACM(5, 1, 0), 7},
    };
    (void)state;
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        struct v3_suite *suite = v3_suite_new(true, cases[i].groups);
        size_t count = 0;
        for (size_t k = 0; k < COUNT_OF(cases); k++) {
            enum uvsnmp_type type = fixture_get_one(suite->fixture, cases[k].name)->value.type;
            assert_int_equal(type == UVSNMP_NO_SUCH_OBJECT, k == i);
        }
        while (uvsnmp_agent_capability(suite->fixture->agent, count)) {
            count++;
        }
        assert_int_equal(count, cases[i].capabilities);
        mibs_configure(suite->mibs, &suite->settings, suite->vacm); /* nothing misses what is not there */
        v3_suite_free(suite);
    }
}

/* ---- access control ---- */

static void get_nothing(struct uvsnmp_query *query)
{
    uvsnmp_query_fail(query, UVSNMP_STATUS_GEN_ERR);
}

static void contexts_are_those_where_something_is_registered(void **state)
{
    static const struct uvsnmp_provider provider = {.get = get_nothing};
    struct fixture *fixture = fixture_of(state);
    struct uvsnmp_registration *registration;
    assert_octets(fixture_get_one(fixture, VACM(1, 1, 1, 0)), OCTETS(""));
    assert_no_instance(fixture, VACM(1, 1, 1, 3, 'c', 't', 'x'));
    assert_int_equal(uvsnmp_agent_register(fixture->agent, "ctx", UVSNMP_OID(1, 3, 9), &provider, NULL,
                                           &registration, NULL),
                     0);
    fixture_advance(fixture, 1000);
    assert_octets(fixture_get_one(fixture, VACM(1, 1, 1, 3, 'c', 't', 'x')), OCTETS("ctx"));
    uvsnmp_unregister(registration);
    fixture_advance(fixture, 1000);
    assert_no_instance(fixture, VACM(1, 1, 1, 3, 'c', 't', 'x'));
}

static void groups_are_shown_by_model_and_name(void **state)
{
    struct v3_suite *suite = *state;
    struct fixture *fixture = suite->fixture;
    assert_int_equal(vacm_add_group(suite->vacm, VACM_USM, "ann", "admins", NULL), 0);
    assert_int_equal(vacm_add_group(suite->vacm, VACM_ANY, "bob", "users", NULL), 0);
    assert_name(fixture_next_one(fixture, VACM(2)), VACM(2, 1, 3, 0, 3, 'b', 'o', 'b'));
    assert_octets(fixture_get_one(fixture, VACM(2, 1, 3, 0, 3, 'b', 'o', 'b')), OCTETS("users"));
    assert_octets(fixture_get_one(fixture, VACM(2, 1, 3, 3, 3, 'a', 'n', 'n')), OCTETS("admins"));
    assert_integer(fixture_get_one(fixture, VACM(2, 1, 4, 3, 3, 'a', 'n', 'n')), 4);
    assert_integer(fixture_get_one(fixture, VACM(2, 1, 5, 3, 3, 'a', 'n', 'n')), 1);
    assert_int_equal(fixture_set_one(fixture, VACM(2, 1, 5, 3, 3, 'a', 'n', 'n'), uvsnmp_integer(6)),
                     UVSNMP_STATUS_NOT_WRITABLE);
}

static void access_entries_are_shown_by_group_context_model_and_level(void **state)
{
    struct v3_suite *suite = *state;
    struct fixture *fixture = suite->fixture;
    const struct vacm_access exact = {
        .group = "g", .model = VACM_ANY, .level = VACM_NOAUTH, .views = {"all", "none", "some"}};
    const struct vacm_access prefix = {.group = "g",
                                       .context = "c",
                                       .prefix = true,
                                       .model = VACM_USM,
                                       .level = VACM_PRIV,
                                       .views = {"a", "b", "c"}};
    assert_int_equal(vacm_add_access(suite->vacm, &prefix, NULL), 0);
    assert_int_equal(vacm_add_access(suite->vacm, &exact, NULL), 0);
    assert_name(fixture_next_one(fixture, VACM(4)), VACM(4, 1, 4, 1, 'g', 0, 0, 1));
    assert_name(fixture_next_one(fixture, VACM(4, 1, 4, 1, 'g', 0, 0, 1)),
                VACM(4, 1, 4, 1, 'g', 1, 'c', 3, 3));
    assert_integer(fixture_get_one(fixture, VACM(4, 1, 4, 1, 'g', 0, 0, 1)), 1);
    assert_integer(fixture_get_one(fixture, VACM(4, 1, 4, 1, 'g', 1, 'c', 3, 3)), 2);
    assert_octets(fixture_get_one(fixture, VACM(4, 1, 5, 1, 'g', 0, 0, 1)), OCTETS("all"));
    assert_octets(fixture_get_one(fixture, VACM(4, 1, 6, 1, 'g', 0, 0, 1)), OCTETS("none"));
    assert_octets(fixture_get_one(fixture, VACM(4, 1, 7, 1, 'g', 0, 0, 1)), OCTETS("some"));
    assert_integer(fixture_get_one(fixture, VACM(4, 1, 8, 1, 'g', 0, 0, 1)), 4);
    assert_integer(fixture_get_one(fixture, VACM(4, 1, 9, 1, 'g', 0, 0, 1)), 1);
}

static void add_family(struct vacm *vacm, const char *name, struct uvsnmp_oid subtree,
                       struct uvsnmp_bytes mask, bool included)
{
    const struct vacm_family family = {subtree, mask, included};
    struct vacm_view *view = vacm_open_view(vacm, name, NULL);
    assert_non_null(view);
    assert_int_equal(vacm_view_add(view, &family, NULL), 0);
}

static void views_are_shown_by_name_and_subtree(void **state)
{
    struct v3_suite *suite = *state;
    struct fixture *fixture = suite->fixture;
    add_family(suite->vacm, "v", UVSNMP_OID(1, 3, 6), OCTETS(""), true);
    add_family(suite->vacm, "v", UVSNMP_OID(1, 3, 6, 1), OCTETS("\xff\xa0"), false);
    assert_integer(fixture_get_one(fixture, VACM(5, 1, 0)), 0);
    assert_name(fixture_next_one(fixture, VACM(5, 1, 0)), VACM(5, 2, 1, 3, 1, 'v', 3, 1, 3, 6));
    assert_octets(fixture_get_one(fixture, VACM(5, 2, 1, 3, 1, 'v', 3, 1, 3, 6)), OCTETS(""));
    assert_octets(fixture_get_one(fixture, VACM(5, 2, 1, 3, 1, 'v', 4, 1, 3, 6, 1)), OCTETS("\xff\xa0"));
    assert_integer(fixture_get_one(fixture, VACM(5, 2, 1, 4, 1, 'v', 3, 1, 3, 6)), 1);
    assert_integer(fixture_get_one(fixture, VACM(5, 2, 1, 4, 1, 'v', 4, 1, 3, 6, 1)), 2);
    assert_integer(fixture_get_one(fixture, VACM(5, 2, 1, 5, 1, 'v', 3, 1, 3, 6)), 4);
    assert_integer(fixture_get_one(fixture, VACM(5, 2, 1, 6, 1, 'v', 3, 1, 3, 6)), 1);
    assert_int_equal(fixture_set_one(fixture, VACM(5, 1, 0), uvsnmp_integer(0)), UVSNMP_STATUS_NOT_WRITABLE);
    assert_int_equal(fixture_set_one(fixture, VACM(5, 2, 1, 6, 1, 'w', 3, 1, 3, 6), uvsnmp_integer(4)),
                     UVSNMP_STATUS_NOT_WRITABLE);
}

/* The name of a row may be longer than a name can be. */
static void a_row_without_a_name_is_passed_over(void **state)
{
    struct v3_suite *suite = *state;
    uint32_t ids[UVSNMP_OID_MAX] = {1, 3, 6};
    add_family(suite->vacm, "long", (struct uvsnmp_oid){ids, UVSNMP_OID_MAX}, OCTETS(""), true);
    add_family(suite->vacm, "v", UVSNMP_OID(1, 3), OCTETS(""), true);
    assert_name(fixture_next_one(suite->fixture, VACM(5, 2)), VACM(5, 2, 1, 3, 1, 'v', 2, 1, 3));
}

static void a_new_configuration_replaces_the_rows(void **state)
{
    struct v3_suite *suite = *state;
    struct vacm *new = vacm_new();
    const struct uvsnmp_oid name = VACM(2, 1, 3, 0, 1, 's');
    assert_non_null(new);
    assert_int_equal(vacm_add_group(suite->vacm, VACM_ANY, "s", "old", NULL), 0);
    assert_int_equal(vacm_add_group(new, VACM_ANY, "s", "new", NULL), 0);
    assert_octets(fixture_get_one(suite->fixture, name), OCTETS("old"));
    mibs_configure(suite->mibs, &suite->settings, new);
    vacm_release(suite->vacm);
    suite->vacm = new;
    assert_octets(fixture_get_one(suite->fixture, name), OCTETS("new"));
    mibs_configure(suite->mibs, &suite->settings, NULL);
    assert_no_instance(suite->fixture, name);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
    const struct CMUnitTest tests[] = {
        TEST(the_engine_tells_who_it_is),
        TEST(refusals_are_counted_where_their_reports_say),
        TEST(a_walk_meets_every_group_in_order),
        cmocka_unit_test(without_an_engine_id_there_is_nothing_of_version_3),
        TEST(the_or_table_names_what_is_served),
        cmocka_unit_test(each_group_can_be_left_out),
        TEST(contexts_are_those_where_something_is_registered),
        TEST(groups_are_shown_by_model_and_name),
        TEST(access_entries_are_shown_by_group_context_model_and_level),
        TEST(views_are_shown_by_name_and_subtree),
        TEST(a_row_without_a_name_is_passed_over),
        TEST(a_new_configuration_replaces_the_rows),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
