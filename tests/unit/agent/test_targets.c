/* SPDX-License-Identifier: BSD-3-Clause */
/* SNMP-TARGET-MIB and SNMP-NOTIFICATION-MIB: SETs of rows, whole or not at all, and their lines in a
 * persistent file. */
#include <stdio.h>
#include <stdlib.h>

#include "agent/core.h"
#include "agent/target_line.h"
#include "base/text.h"
#include "unit/agent/v3_suite.h"

#define PARAMS(column, ...) UVSNMP_OID(1, 3, 6, 1, 6, 3, 12, 1, 3, 1, column, __VA_ARGS__)
#define ADDRESS(column, ...) UVSNMP_OID(1, 3, 6, 1, 6, 3, 12, 1, 2, 1, column, __VA_ARGS__)
#define PROFILE(column, ...) UVSNMP_OID(1, 3, 6, 1, 6, 3, 13, 1, 2, 1, column, __VA_ARGS__)
#define FILTER(column, ...) UVSNMP_OID(1, 3, 6, 1, 6, 3, 13, 1, 3, 1, column, __VA_ARGS__)
#define SPIN_LOCK UVSNMP_OID(1, 3, 6, 1, 6, 3, 12, 1, 1, 0)
#define TEXT(text) ((struct uvsnmp_bytes){(const uint8_t *)(text), sizeof(text) - 1})

enum { ACTIVE = 1, NOT_IN_SERVICE, NOT_READY, CREATE_AND_GO, CREATE_AND_WAIT, DESTROY };

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

static struct targets *targets_of(void **state)
{
    return &fixture_of(state)->agent->targets;
}

static int32_t set(void **state, struct uvsnmp_oid name, struct uvsnmp_value value)
{
    return fixture_set_one(fixture_of(state), name, value);
}

/* All of a row of snmpTargetParamsTable at once. */
static int32_t create_params(void **state, uint32_t letter, int32_t status)
{
    const struct uvsnmp_varbind varbinds[] = {
        {PARAMS(PARAMS_PROCESSING, letter), uvsnmp_integer(TARGET_V2C)},
        {PARAMS(PARAMS_MODEL, letter), uvsnmp_integer(TARGET_MODEL_V2C)},
        {PARAMS(PARAMS_NAME, letter), uvsnmp_octets("name", 4)},
        {PARAMS(PARAMS_LEVEL, letter), uvsnmp_integer(UVSNMP_NO_AUTH_NO_PRIV)},
        {PARAMS(PARAMS_STATUS, letter), uvsnmp_integer(status)},
    };
    assert_true(fixture_set(fixture_of(state), varbinds, COUNT_OF(varbinds)));
    return fixture_of(state)->answer.pdu.error_status;
}

static int32_t status_of(void **state, uint32_t letter)
{
    return (int32_t)fixture_get_one(fixture_of(state), PARAMS(PARAMS_STATUS, letter))->value.as.integer;
}

/* ---- RowStatus ---- */

static void a_row_may_be_made_at_once_or_by_and_by(void **state)
{
    assert_int_equal(create_params(state, 'a', CREATE_AND_GO), 0);
    assert_int_equal(status_of(state, 'a'), ACTIVE);
    assert_int_equal(create_params(state, 'b', CREATE_AND_WAIT), 0);
    assert_int_equal(status_of(state, 'b'), NOT_IN_SERVICE);
    assert_int_equal(set(state, PARAMS(PARAMS_STATUS, 'c'), uvsnmp_integer(CREATE_AND_WAIT)), 0);
    assert_int_equal(status_of(state, 'c'), NOT_READY);
    assert_int_equal(set(state, PARAMS(PARAMS_STATUS, 'c'), uvsnmp_integer(ACTIVE)),
                     UVSNMP_STATUS_INCONSISTENT_VALUE);
    assert_int_equal(fixture_get_one(fixture_of(state), PARAMS(PARAMS_NAME, 'c'))->value.type,
                     UVSNMP_NO_SUCH_INSTANCE);
    assert_int_equal(set(state, PARAMS(PARAMS_STATUS, 'c'), uvsnmp_integer(DESTROY)), 0);
    assert_int_equal(targets_of(state)->lists[TARGET_PARAMS].count, 2);
}

static void an_active_row_keeps_what_it_is(void **state)
{
    assert_int_equal(create_params(state, 'a', CREATE_AND_GO), 0);
    assert_int_equal(set(state, PARAMS(PARAMS_NAME, 'a'), uvsnmp_octets("x", 1)),
                     UVSNMP_STATUS_INCONSISTENT_VALUE);
    assert_int_equal(set(state, PARAMS(PARAMS_STORAGE, 'a'), uvsnmp_integer(TARGET_VOLATILE)), 0);
    const struct uvsnmp_varbind varbinds[] = {
        {PARAMS(PARAMS_NAME, 'a'), uvsnmp_octets("x", 1)},
        {PARAMS(PARAMS_STATUS, 'a'), uvsnmp_integer(NOT_IN_SERVICE)},
    };
    assert_true(fixture_set(fixture_of(state), varbinds, COUNT_OF(varbinds)));
    assert_status(fixture_of(state), UVSNMP_STATUS_NO_ERROR, 0);
    assert_octets(fixture_get_one(fixture_of(state), PARAMS(PARAMS_NAME, 'a')), TEXT("x"));
}

static void what_cannot_be_is_refused(void **state)
{
    const struct {
        struct uvsnmp_oid name;
        struct uvsnmp_value value;
        int32_t error;
    } cases[] = {
        {PARAMS(PARAMS_STATUS, 'z'), uvsnmp_integer(ACTIVE), UVSNMP_STATUS_INCONSISTENT_VALUE},
        {PARAMS(PARAMS_STATUS, 'z'), uvsnmp_integer(NOT_READY), UVSNMP_STATUS_WRONG_VALUE},
        {PARAMS(PARAMS_STATUS, 'z'), uvsnmp_integer(7), UVSNMP_STATUS_WRONG_VALUE},
        {PARAMS(PARAMS_STATUS, 'z'), uvsnmp_integer(DESTROY), UVSNMP_STATUS_NO_ERROR},
        {PARAMS(PARAMS_NAME, 'z'), uvsnmp_octets("x", 1), UVSNMP_STATUS_INCONSISTENT_NAME},
        {PARAMS(PARAMS_STATUS, 256), uvsnmp_integer(CREATE_AND_WAIT), UVSNMP_STATUS_NO_CREATION},
        {PARAMS(PARAMS_MODEL, 'a'), uvsnmp_integer(0), UVSNMP_STATUS_WRONG_VALUE},
        {PARAMS(PARAMS_MODEL, 'a'), uvsnmp_integer(4), UVSNMP_STATUS_INCONSISTENT_VALUE},
        {PARAMS(PARAMS_LEVEL, 'a'), uvsnmp_integer(4), UVSNMP_STATUS_WRONG_VALUE},
        {PARAMS(PARAMS_NAME, 'a'), uvsnmp_integer(4), UVSNMP_STATUS_WRONG_TYPE},
        {PARAMS(PARAMS_STORAGE, 'a'), uvsnmp_integer(TARGET_PERMANENT), UVSNMP_STATUS_WRONG_VALUE},
        {PARAMS(PARAMS_STATUS, 'a'), uvsnmp_integer(CREATE_AND_GO), UVSNMP_STATUS_INCONSISTENT_VALUE},
        {ADDRESS(ADDRESS_TAGS, 'z'), uvsnmp_octets(" x", 2), UVSNMP_STATUS_INCONSISTENT_NAME},
        {FILTER(FILTER_STATUS, 1, 'p'), uvsnmp_integer(CREATE_AND_GO), UVSNMP_STATUS_NO_CREATION},
        {FILTER(FILTER_STATUS, 1, 'p', 1, 3), uvsnmp_integer(CREATE_AND_GO), UVSNMP_STATUS_NO_ERROR},
        {PROFILE(PROFILE_NAME, 'z'), uvsnmp_octets("", 0), UVSNMP_STATUS_WRONG_LENGTH},
    };
    assert_int_equal(create_params(state, 'a', CREATE_AND_WAIT), 0);
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        assert_int_equal(set(state, cases[i].name, cases[i].value), cases[i].error);
    }
}

static void a_set_that_fails_changes_nothing(void **state)
{
    const struct uvsnmp_varbind varbinds[] = {
        {PARAMS(PARAMS_STATUS, 'n'), uvsnmp_integer(CREATE_AND_WAIT)},
        {PARAMS(PARAMS_STATUS, 'a'), uvsnmp_integer(DESTROY)},
        {PARAMS(PARAMS_STATUS, 'z'), uvsnmp_integer(ACTIVE)},
    };
    assert_int_equal(create_params(state, 'a', CREATE_AND_GO), 0);
    assert_true(fixture_set(fixture_of(state), varbinds, COUNT_OF(varbinds)));
    assert_status(fixture_of(state), UVSNMP_STATUS_INCONSISTENT_VALUE, 3);
    assert_int_equal(targets_of(state)->lists[TARGET_PARAMS].count, 1);
    assert_int_equal(status_of(state, 'a'), ACTIVE);
}

static void create_many(void **state, size_t count)
{
    for (uint32_t i = 0; i < count; i++) {
        const struct uvsnmp_oid name = PARAMS(PARAMS_STATUS, 'a', i % 256, i / 256);
        assert_int_equal(set(state, name, uvsnmp_integer(CREATE_AND_WAIT)), 0);
    }
}

/* The last of a table full of rows is refused at its test, or, where two come at once, taken back whole. */
static void a_full_table_takes_back_what_does_not_fit(void **state)
{
    const struct uvsnmp_varbind both[] = {
        {PARAMS(PARAMS_STATUS, 'x', 'x'), uvsnmp_integer(CREATE_AND_WAIT)},
        {PARAMS(PARAMS_STATUS, 'y', 'y'), uvsnmp_integer(CREATE_AND_WAIT)},
    };
    size_t limit = target_table(TARGET_PARAMS)->limit;
    create_many(state, limit - 1);
    assert_true(fixture_set(fixture_of(state), both, COUNT_OF(both)));
    assert_status(fixture_of(state), UVSNMP_STATUS_COMMIT_FAILED, 2);
    assert_int_equal(targets_of(state)->lists[TARGET_PARAMS].count, limit - 1);
    assert_int_equal(set(state, both[0].name, both[0].value), 0);
    assert_int_equal(set(state, both[1].name, both[1].value), UVSNMP_STATUS_RESOURCE_UNAVAILABLE);
    assert_int_equal(targets_of(state)->lists[TARGET_PARAMS].count, limit);
}

/* Neither those that were SET nor those of the configuration leave the others without room. */
static void a_full_table_has_room_for_the_configuration(void **state)
{
    const struct uvsnmp_notification_target target = {
        .peer = "127.0.0.1", .version = UVSNMP_V2C, .community = TEXT("c")};
    const struct uvsnmp_oid name = PARAMS(PARAMS_STATUS, 'z');
    struct uvsnmp_agent *agent = fixture_of(state)->agent;
    size_t limit = target_table(TARGET_PARAMS)->limit;
    create_many(state, limit - 1);
    assert_int_equal(uvsnmp_agent_add_notification_target(agent, &target, NULL), 0);
    assert_int_equal(set(state, name, uvsnmp_integer(CREATE_AND_WAIT)), 0);
    assert_int_equal(uvsnmp_agent_add_notification_target(agent, &target, NULL), 0);
    assert_int_equal(targets_of(state)->lists[TARGET_PARAMS].count, limit + 2);
    uvsnmp_agent_clear_notification_targets(agent);
    assert_int_equal(set(state, PARAMS(PARAMS_STATUS, 'y'), uvsnmp_integer(CREATE_AND_WAIT)),
                     UVSNMP_STATUS_RESOURCE_UNAVAILABLE);
    assert_int_equal(targets_of(state)->lists[TARGET_PARAMS].count, limit);
}

static void rows_of_the_configuration_cannot_be_set(void **state)
{
    const struct uvsnmp_notification_target target = {
        .peer = "127.0.0.1", .version = UVSNMP_V2C, .community = TEXT("c")};
    const struct uvsnmp_oid name = ADDRESS(ADDRESS_STATUS, 'i', 'n', 't', 'e', 'r', 'n', 'a', 'l', '0');
    assert_int_equal(uvsnmp_agent_add_notification_target(fixture_of(state)->agent, &target, NULL), 0);
    assert_int_equal(set(state, name, uvsnmp_integer(DESTROY)), UVSNMP_STATUS_NOT_WRITABLE);
    assert_int_equal(targets_of(state)->lists[TARGET_ADDRESS].count, 1);
}

/* ---- a SET that takes its time ---- */

/* A provider that waits until the test says how it ends. */
#define SLOW UVSNMP_OID(1, 3, 6, 1, 3, 9)
static struct uvsnmp_query *slow_test, *slow_commit;

static void wait_at_test(struct uvsnmp_query *query)
{
    slow_test = query;
}

static void wait_at_commit(struct uvsnmp_query *query)
{
    slow_commit = query;
}

/* As the configuration is read anew: all rows are other ones. */
static void replace_rows(void **state, const char *line)
{
    struct targets read;
    targets_init(&read);
    if (line) {
        assert_int_equal(target_line_parse(&read, TARGET_PARAMS, line, NULL), 0);
    }
    targets_fini(targets_of(state));
    *targets_of(state) = read;
}

/* What a SET asks of the row 'a', and the line of the one that comes in between; NULL: there is none then. */
static const struct slow_case {
    int32_t status;
    bool exists;
    const char *line;
} slow_cases[] = {
    {CREATE_AND_WAIT, false, "a 1 2 x 1 3 1"},
    {NOT_IN_SERVICE, true, NULL},
    {NOT_IN_SERVICE, true, "a 1 2 x 1 3 1"},
    {DESTROY, true, "a 1 2 x 1 3 1"},
};

/* Up to the test of the slow variable, which stands between two of the row. */
static void start_slow_set(void **state, const struct slow_case *one)
{
    const struct uvsnmp_varbind varbinds[] = {
        {PARAMS(PARAMS_STATUS, 'a'), uvsnmp_integer(one->status)},
        {SLOW, uvsnmp_integer(1)},
        {PARAMS(PARAMS_STORAGE, 'a'), uvsnmp_integer(TARGET_VOLATILE)},
    };
    replace_rows(state, NULL);
    if (one->exists) {
        assert_int_equal(create_params(state, 'a', CREATE_AND_GO), 0);
    }
    slow_test = slow_commit = NULL;
    assert_false(fixture_set(fixture_of(state), varbinds, COUNT_OF(varbinds)));
    assert_non_null(slow_test);
}

static void assert_other_row_stays(void **state, const struct slow_case *one)
{
    const struct target_list *list = &targets_of(state)->lists[TARGET_PARAMS];
    assert_int_equal(list->count, one->line ? 1 : 0);
    if (one->line) {
        struct uvsnmp_bytes name = target_octets(list->sorted[0], PARAMS_NAME);
        assert_int_equal(name.size, 1);
        assert_memory_equal(name.data, "x", 1);
    }
}

static void register_slow(void **state)
{
    static const struct uvsnmp_provider slow = {.test = wait_at_test, .commit = wait_at_commit};
    assert_int_equal(uvsnmp_agent_register(fixture_of(state)->agent, NULL, SLOW, &slow, NULL, NULL, NULL), 0);
}

static void a_row_that_was_replaced_is_not_set(void **state)
{
    register_slow(state);
    for (size_t i = 0; i < COUNT_OF(slow_cases); i++) {
        start_slow_set(state, &slow_cases[i]);
        replace_rows(state, slow_cases[i].line);
        uvsnmp_query_done(slow_test);
        assert_null(slow_commit);
        assert_status(fixture_of(state), UVSNMP_STATUS_COMMIT_FAILED, 1);
        assert_other_row_stays(state, &slow_cases[i]);
    }
}

static void a_row_that_was_replaced_is_not_taken_back(void **state)
{
    register_slow(state);
    for (size_t i = 0; i < COUNT_OF(slow_cases); i++) {
        start_slow_set(state, &slow_cases[i]);
        uvsnmp_query_done(slow_test);
        assert_non_null(slow_commit);
        replace_rows(state, slow_cases[i].line);
        uvsnmp_query_fail(slow_commit, UVSNMP_STATUS_COMMIT_FAILED);
        assert_status(fixture_of(state), UVSNMP_STATUS_COMMIT_FAILED, 2);
        assert_other_row_stays(state, &slow_cases[i]);
    }
}

static void a_set_ends_though_its_row_was_replaced(void **state)
{
    register_slow(state);
    for (size_t i = 0; i < COUNT_OF(slow_cases); i++) {
        start_slow_set(state, &slow_cases[i]);
        uvsnmp_query_done(slow_test);
        assert_non_null(slow_commit);
        replace_rows(state, slow_cases[i].line);
        uvsnmp_query_done(slow_commit);
        assert_status(fixture_of(state), UVSNMP_STATUS_NO_ERROR, 0);
        assert_other_row_stays(state, &slow_cases[i]);
    }
}

/* ---- what cannot be served ---- */

/* The index of a filter of the profile "a" for a subtree so long that the index has `count` parts. */
static void make_filter_index(struct uvsnmp_oid_buf *index, size_t count)
{
    assert_true(target_filter_index_make(index, TEXT("a")));
    while (index->count < count) {
        assert_int_equal(uvsnmp_oid_append_id(index, 1), 0);
    }
}

/* Of the name's sub-identifiers the entry and the column take eleven. */
static void an_index_leaves_room_for_the_column(void **state)
{
    struct uvsnmp_oid_buf index;
    (void)state;
    make_filter_index(&index, 117);
    assert_true(target_index_is_valid(TARGET_FILTER, uvsnmp_oid_of(&index)));
    make_filter_index(&index, 118);
    assert_false(target_index_is_valid(TARGET_FILTER, uvsnmp_oid_of(&index)));
}

static void a_row_that_has_no_name_does_not_hide_the_others(void **state)
{
    const size_t counts[] = {118, 3};
    for (size_t i = 0; i < COUNT_OF(counts); i++) {
        struct uvsnmp_oid_buf index;
        struct target_row draft, *row, *replaced;
        make_filter_index(&index, counts[i]);
        target_row_init(&draft, TARGET_FILTER, uvsnmp_oid_of(&index));
        draft.values[FILTER_STATUS] = uvsnmp_integer(ACTIVE);
        row = target_row_new(&draft);
        assert_non_null(row);
        assert_int_equal(targets_put(targets_of(state), row, &replaced), 0);
        assert_null(replaced);
    }
    assert_name(fixture_next_one(fixture_of(state), FILTER(FILTER_STATUS, 0)),
                FILTER(FILTER_STATUS, 1, 'a', 1));
    assert_status(fixture_of(state), UVSNMP_STATUS_NO_ERROR, 0);
}

static void a_line_whose_row_has_no_name_is_refused(void **state)
{
    const struct {
        size_t count;
        int status;
    } cases[] = {{117, 0}, {118, UVSNMP_EBAD_VALUE}};
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        struct uvsnmp_oid_buf index;
        char oid[UVSNMP_OID_TEXT_MAX], line[UVSNMP_OID_TEXT_MAX + 32];
        make_filter_index(&index, cases[i].count);
        assert_true(uvsnmp_oid_format(uvsnmp_oid_of(&index), oid, sizeof(oid)) > 0);
        (void)snprintf(line, sizeof(line), "%s 2:0xff 3:1 4:3 5:1 $", oid);
        assert_int_equal(target_line_parse(targets_of(state), TARGET_FILTER, line, NULL), cases[i].status);
    }
    assert_int_equal(targets_of(state)->lists[TARGET_FILTER].count, 1);
}

/* ---- the lock ---- */

static void only_who_knows_the_lock_may_go_on(void **state)
{
    int32_t lock = (int32_t)fixture_get_one(fixture_of(state), SPIN_LOCK)->value.as.integer;
    assert_int_equal(set(state, SPIN_LOCK, uvsnmp_integer(lock == 5 ? 6 : 5)),
                     UVSNMP_STATUS_INCONSISTENT_VALUE);
    assert_int_equal(set(state, SPIN_LOCK, uvsnmp_integer(lock)), 0);
    assert_integer(fixture_get_one(fixture_of(state), SPIN_LOCK), lock == INT32_MAX ? 0 : lock + 1);
    assert_int_equal(set(state, SPIN_LOCK, uvsnmp_octets("x", 1)), UVSNMP_STATUS_WRONG_TYPE);
    assert_int_equal(set(state, UVSNMP_OID(1, 3, 6, 1, 6, 3, 12, 1, 1, 1), uvsnmp_integer(1)),
                     UVSNMP_STATUS_NO_CREATION);
    assert_name(fixture_next_one(fixture_of(state), UVSNMP_OID(1, 3, 6, 1, 6, 3, 12, 1)), SPIN_LOCK);
    assert_name(fixture_next_one(fixture_of(state), SPIN_LOCK), UVSNMP_OID(1, 3, 6, 1, 6, 3, 12, 1, 4, 0));
}

/* ---- lines ---- */

static void lines_are_read_as_they_were_written(void **state)
{
    static const struct {
        enum target_kind kind;
        const char *line, *written;
    } cases[] = {
        {TARGET_ADDRESS, "aa .1.3.6.1.6.1.1 0x7f0000014342 1500 3 \"tagx tagy\" par 3 1",
         "\"aa\" .1.3.6.1.6.1.1 0x7f0000014342 1500 3 \"tagx tagy\" \"par\" 3 1"},
        {TARGET_PARAMS, "par 1 2 0x00 1 3 2", "\"par\" 1 2 0x00 1 3 2"},
        {TARGET_NOTIFY, "0x016e 0x 1 3 3", "0x016e \"\" 1 3 2"},
        {TARGET_PROFILE, " par \"prof\" 3 1", "\"par\" \"prof\" 3 1"},
        {TARGET_FILTER, ".4.112.114.111.102.1.3.6.1 2:0xff 3:2 4:3 5:1 $",
         ".4.112.114.111.102.1.3.6.1 2:0xff 3:2 4:3 5:1 $"},
        {TARGET_FILTER, ".1.112.1 2:0x 3:1 4:3 5:1 $", ".1.112.1 2:\"\" 3:1 4:3 5:1 $"},
    };
    (void)state;
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        struct targets targets;
        struct text text;
        targets_init(&targets);
        text_init(&text, 0);
        assert_int_equal(target_line_parse(&targets, cases[i].kind, cases[i].line, NULL), 0);
        assert_int_equal(targets.lists[cases[i].kind].count, 1);
        assert_true(target_line_is_kept(targets.lists[cases[i].kind].sorted[0]));
        target_line_format(&text, targets.lists[cases[i].kind].sorted[0]);
        assert_string_equal(text_string(&text), cases[i].written);
        assert_true(text.size < target_line_size(targets.lists[cases[i].kind].sorted[0]));
        assert_int_equal(target_line_parse(&targets, cases[i].kind, text_string(&text), NULL), 0);
        assert_int_equal(targets.lists[cases[i].kind].count, 1);
        text_fini(&text);
        targets_fini(&targets);
    }
}

/* As long as an OID can be, with the longest sub-identifiers. */
static void a_long_domain_is_read_as_it_was_written(void **state)
{
    static const uint8_t octets[] = {127, 0, 0, 1, 0, 162};
    struct uvsnmp_oid_buf domain = {.count = UVSNMP_OID_MAX, .ids = {1, 3}};
    const struct uvsnmp_varbind varbinds[] = {
        {ADDRESS(ADDRESS_DOMAIN, 'a'), uvsnmp_oid_value(uvsnmp_oid_of(&domain))},
        {ADDRESS(ADDRESS_ADDRESS, 'a'), uvsnmp_octets(octets, sizeof(octets))},
        {ADDRESS(ADDRESS_PARAMS, 'a'), uvsnmp_octets("p", 1)},
        {ADDRESS(ADDRESS_STATUS, 'a'), uvsnmp_integer(CREATE_AND_GO)},
    };
    const struct target_list *list = &targets_of(state)->lists[TARGET_ADDRESS];
    struct targets targets;
    struct text text;
    for (size_t i = 2; i < domain.count; i++) {
        domain.ids[i] = UINT32_MAX;
    }
    assert_true(fixture_set(fixture_of(state), varbinds, COUNT_OF(varbinds)));
    assert_status(fixture_of(state), UVSNMP_STATUS_NO_ERROR, 0);
    targets_init(&targets);
    text_init(&text, 0);
    target_line_format(&text, list->sorted[0]);
    assert_true(text.size < target_line_size(list->sorted[0]));
    assert_int_equal(target_line_parse(&targets, TARGET_ADDRESS, text_string(&text), NULL), 0);
    const struct uvsnmp_value *read = &targets.lists[TARGET_ADDRESS].sorted[0]->values[ADDRESS_DOMAIN];
    assert_int_equal(uvsnmp_oid_compare(read->as.oid, uvsnmp_oid_of(&domain)), 0);
    text_fini(&text);
    targets_fini(&targets);
}

static void bad_lines_are_refused(void **state)
{
    static const struct {
        enum target_kind kind;
        const char *line;
    } cases[] = {
        {TARGET_PARAMS, ""},
        {TARGET_PARAMS, "\"\" 1 2 x 1 3 1"},
        {TARGET_PARAMS, "012345678901234567890123456789012 1 2 x 1 3 1"},
        {TARGET_PARAMS, "p 1 2 x 1 3"},
        {TARGET_PARAMS, "p 1 2 x 9 3 1"},
        {TARGET_PARAMS, "p 1 2 x 1 5 1"},
        {TARGET_PARAMS, "p one 2 x 1 3 1"},
        {TARGET_ADDRESS, "a 1.x 0x00 1 1 t p 3 1"},
        {TARGET_ADDRESS, "a .1.3.6 0x0 1 1 t p 3 1"},
        {TARGET_FILTER, "x 2:0x"},
        {TARGET_FILTER, ".1.112 2:0x 3:1 4:3 5:1 $"},
        {TARGET_FILTER, ".1.112.1 2 $"},
        {TARGET_FILTER, ".1.112.1 9:1 $"},
    };
    struct targets targets;
    struct uvsnmp_error err;
    (void)state;
    targets_init(&targets);
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        assert_true(target_line_parse(&targets, cases[i].kind, cases[i].line, &err) < 0);
        assert_int_equal(targets.lists[cases[i].kind].count, 0);
    }
    targets_fini(&targets);
}

static void only_what_lasts_is_kept(void **state)
{
    assert_int_equal(create_params(state, 'a', CREATE_AND_GO), 0);
    assert_int_equal(create_params(state, 'b', CREATE_AND_GO), 0);
    assert_int_equal(set(state, PARAMS(PARAMS_STORAGE, 'b'), uvsnmp_integer(TARGET_VOLATILE)), 0);
    assert_int_equal(set(state, PARAMS(PARAMS_STATUS, 'c'), uvsnmp_integer(CREATE_AND_WAIT)), 0);
    struct target_row **rows = targets_of(state)->lists[TARGET_PARAMS].sorted;
    assert_true(target_line_is_kept(rows[0]));
    assert_false(target_line_is_kept(rows[1]));
    assert_false(target_line_is_kept(rows[2]));
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(a_row_may_be_made_at_once_or_by_and_by),
        TEST(an_active_row_keeps_what_it_is),
        TEST(what_cannot_be_is_refused),
        TEST(a_set_that_fails_changes_nothing),
        TEST(a_full_table_takes_back_what_does_not_fit),
        TEST(a_full_table_has_room_for_the_configuration),
        TEST(rows_of_the_configuration_cannot_be_set),
        TEST(a_row_that_was_replaced_is_not_set),
        TEST(a_row_that_was_replaced_is_not_taken_back),
        TEST(a_set_ends_though_its_row_was_replaced),
        TEST(an_index_leaves_room_for_the_column),
        TEST(a_row_that_has_no_name_does_not_hide_the_others),
        TEST(a_line_whose_row_has_no_name_is_refused),
        TEST(only_who_knows_the_lock_may_go_on),
        TEST(lines_are_read_as_they_were_written),
        TEST(a_long_domain_is_read_as_it_was_written),
        TEST(bad_lines_are_refused),
        TEST(only_what_lasts_is_kept),
    };
    return cmocka_run_group_tests_name("agent/targets", tests, NULL, NULL);
}
