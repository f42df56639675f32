/* SPDX-License-Identifier: BSD-3-Clause */
#include "unit/agent/fixture.h"

/* A table with the index columns 1, two numbers (2 and 4, 4 writable) and a column that has holes (6). */
static const struct uvsnmp_object columns[] = {
    {1, UVSNMP_INTEGER, UVSNMP_NOT_ACCESSIBLE, 0, 0},
    {2, UVSNMP_INTEGER, UVSNMP_READ_ONLY, 0, 0},
    {4, UVSNMP_INTEGER, UVSNMP_READ_WRITE, 0, 9},
    {6, UVSNMP_INTEGER, UVSNMP_READ_ONLY, 0, 0},
};

struct row {
    uint32_t index;
    int32_t number;
};

struct table {
    uint32_t indexes[2000];
    size_t count;
    size_t loads, closed;
    int32_t added; /* to what is read: changes with every load */
    int status;
    bool later;
    struct uvsnmp_table_load *load;
    char trace[100];
};

static void fill(struct table *table)
{
    struct uvsnmp_table_load *load = table->load;
    table->load = NULL;
    for (size_t i = 0; i < table->count; i++) {
        struct row *row = uvsnmp_table_alloc(load, sizeof(*row));
        assert_non_null(row);
        row->index = table->indexes[i];
        row->number = (int32_t)i + table->added;
        assert_int_equal(uvsnmp_table_row(load, UVSNMP_OID(row->index), row), 0);
    }
    uvsnmp_table_loaded(load, table->status);
}

static void load(struct uvsnmp_table_load *load_handle, void *arg)
{
    struct table *table = arg;
    table->loads++;
    table->load = load_handle;
    if (!table->later) {
        fill(table);
    }
}

static void get(struct uvsnmp_query *query)
{
    const struct row *row = uvsnmp_query_row(query);
    struct uvsnmp_value value = uvsnmp_integer(row->number);
    assert_int_equal(uvsnmp_query_index(query).count, 1);
    assert_int_equal(uvsnmp_query_index(query).ids[0], row->index);
    if (uvsnmp_query_object(query)->id == 6 && row->index % 2 == 0) {
        value = uvsnmp_empty(UVSNMP_NO_SUCH_INSTANCE);
    }
    uvsnmp_query_answer(query, &value);
}

static void trace(struct uvsnmp_query *query, const char *letter)
{
    struct table *table = uvsnmp_query_arg(query);
    strncat(table->trace, letter, sizeof(table->trace) - strlen(table->trace) - 1);
    strncat(table->trace, uvsnmp_query_row(query) ? "+" : "-",
            sizeof(table->trace) - strlen(table->trace) - 1);
    assert_int_equal(uvsnmp_query_index(query).count, 1);
}

static void test(struct uvsnmp_query *query)
{
    trace(query, "t");
    uvsnmp_query_done(query);
}

static void commit(struct uvsnmp_query *query)
{
    struct table *table = uvsnmp_query_arg(query);
    trace(query, "c");
    table->added = 100 * (int32_t)uvsnmp_query_value(query)->as.integer;
    uvsnmp_query_done(query);
}

static void release(struct uvsnmp_query *query)
{
    trace(query, "r");
}

static void note_closed(void *arg)
{
    ((struct table *)arg)->closed++;
}

static struct uvsnmp_registration *add(struct fixture *fixture, struct table *table, uint64_t max_age_ms,
                                       bool creates_rows)
{
    const struct uvsnmp_table definition = {
        .columns = columns,
        .count = COUNT_OF(columns),
        .max_age_ms = max_age_ms,
        .creates_rows = creates_rows,
        .load = load,
        .get = get,
        .test = test,
        .commit = commit,
        .release = release,
        .closed = note_closed,
        .arg = table,
    };
    struct uvsnmp_registration *made = NULL;
    assert_int_equal(
        uvsnmp_agent_add_table(fixture->agent, NULL, UVSNMP_OID(1, 3, 6, 1), &definition, &made, NULL), 0);
    return made;
}

static struct table three_rows(void)
{
    struct table table = {.indexes = {30, 10, 20}, .count = 3};
    return table;
}

static void cells_are_found(void **state)
{
    struct fixture *f = fixture_new(NULL);
    struct table t = three_rows();
    (void)state;
    add(f, &t, 1000, false);
    assert_integer(fixture_get_one(f, UVSNMP_OID(1, 3, 6, 1, 2, 10)), 1);
    assert_integer(fixture_get_one(f, UVSNMP_OID(1, 3, 6, 1, 4, 30)), 0);
    assert_int_equal(fixture_get_one(f, UVSNMP_OID(1, 3, 6, 1, 2, 11))->value.type, UVSNMP_NO_SUCH_INSTANCE);
    assert_int_equal(fixture_get_one(f, UVSNMP_OID(1, 3, 6, 1, 2))->value.type, UVSNMP_NO_SUCH_INSTANCE);
    assert_int_equal(fixture_get_one(f, UVSNMP_OID(1, 3, 6, 1, 2, 10, 1))->value.type,
                     UVSNMP_NO_SUCH_INSTANCE);
    assert_int_equal(fixture_get_one(f, UVSNMP_OID(1, 3, 6, 1, 6, 10))->value.type, UVSNMP_NO_SUCH_INSTANCE);
    assert_int_equal(fixture_get_one(f, UVSNMP_OID(1, 3, 6, 1, 1, 10))->value.type, UVSNMP_NO_SUCH_OBJECT);
    assert_int_equal(fixture_get_one(f, UVSNMP_OID(1, 3, 6, 1, 3, 10))->value.type, UVSNMP_NO_SUCH_OBJECT);
    assert_int_equal(fixture_get_one(f, UVSNMP_OID(1, 3, 6, 1))->value.type, UVSNMP_NO_SUCH_OBJECT);
    assert_int_equal(t.loads, 1);
    fixture_free(f);
    assert_int_equal(t.closed, 1);
}

static void a_walk_goes_column_by_column_in_order(void **state)
{
    static const uint32_t wanted[][2] = {{2, 10}, {2, 20}, {2, 30}, {4, 10}, {4, 20}, {4, 30}};
    struct fixture *f = fixture_new(NULL);
    struct table t = three_rows();
    struct uvsnmp_oid start = UVSNMP_OID(1, 3, 6), next;
    (void)state;
    add(f, &t, 1000, false);
    next = start;
    for (size_t i = 0; i < COUNT_OF(wanted); i++) {
        uint32_t name[] = {1, 3, 6, 1, wanted[i][0], wanted[i][1]};
        assert_name(fixture_next_one(f, next), (struct uvsnmp_oid){name, 6});
        next = f->answer.pdu.varbinds[0].name;
    }
    /* all rows of the last column are holes but none: 10, 20, 30 are even */
    assert_int_equal(fixture_next_one(f, next)->value.type, UVSNMP_END_OF_MIB_VIEW);
    assert_true(fixture_bulk(f, 0, 20, &start, 1));
    assert_int_equal(f->answer.pdu.count, 7);
    assert_name(&f->answer.pdu.varbinds[5], UVSNMP_OID(1, 3, 6, 1, 4, 30));
    assert_name(fixture_next_one(f, UVSNMP_OID(1, 3, 6, 1, 2)), UVSNMP_OID(1, 3, 6, 1, 2, 10));
    assert_name(fixture_next_one(f, UVSNMP_OID(1, 3, 6, 1, 3, 99)), UVSNMP_OID(1, 3, 6, 1, 4, 10));
    assert_name(fixture_next_one(f, UVSNMP_OID(1, 3, 6, 1, 2, 10, 5)), UVSNMP_OID(1, 3, 6, 1, 2, 20));
    assert_name(fixture_next_one(f, UVSNMP_OID(1, 3, 6, 1, 2, 99)), UVSNMP_OID(1, 3, 6, 1, 4, 10));
    assert_int_equal(t.loads, 1);
    fixture_free(f);
}

static void of_rows_with_the_same_index_the_first_counts(void **state)
{
    struct fixture *f = fixture_new(NULL);
    struct table t = {.indexes = {5, 3, 5, 3, 5}, .count = 5};
    struct uvsnmp_oid start = UVSNMP_OID(1, 3, 6);
    (void)state;
    add(f, &t, 1000, false);
    assert_integer(fixture_get_one(f, UVSNMP_OID(1, 3, 6, 1, 2, 5)), 0);
    assert_integer(fixture_get_one(f, UVSNMP_OID(1, 3, 6, 1, 2, 3)), 1);
    assert_true(fixture_bulk(f, 0, 20, &start, 1));
    assert_int_equal(f->answer.pdu.count, 7); /* two rows of columns 2, 4 and 6, and the end */
    fixture_free(f);
}

static void a_snapshot_is_kept_for_its_age(void **state)
{
    struct fixture *f = fixture_new(NULL);
    struct table t = three_rows();
    struct uvsnmp_registration *r;
    struct uvsnmp_oid name = UVSNMP_OID(1, 3, 6, 1, 2, 30);
    (void)state;
    r = add(f, &t, 500, false);
    assert_integer(fixture_get_one(f, name), 0);
    t.added = 1;
    fixture_advance(f, 499);
    assert_integer(fixture_get_one(f, name), 0);
    fixture_advance(f, 1);
    assert_integer(fixture_get_one(f, name), 1);
    t.added = 2;
    uvsnmp_table_invalidate(r);
    assert_integer(fixture_get_one(f, name), 2);
    assert_int_equal(t.loads, 3);
    fixture_free(f);
}

static void a_table_without_age_is_loaded_once_per_request(void **state)
{
    struct fixture *f = fixture_new(NULL);
    struct table t = three_rows();
    const struct uvsnmp_oid names[] = {UVSNMP_OID(1, 3, 6, 1, 2, 10), UVSNMP_OID(1, 3, 6, 1, 2, 20)};
    (void)state;
    add(f, &t, 0, false);
    assert_true(fixture_ask(f, UVSNMP_PDU_GET, names, 2));
    assert_int_equal(t.loads, 1);
    assert_true(fixture_bulk(f, 0, 20, names, 2));
    assert_int_equal(t.loads, 2);
    fixture_free(f);
}

static void a_static_table_is_loaded_once(void **state)
{
    struct fixture *f = fixture_new(NULL);
    struct table t = three_rows();
    (void)state;
    add(f, &t, UVSNMP_FOREVER, false);
    assert_integer(fixture_get_one(f, UVSNMP_OID(1, 3, 6, 1, 2, 30)), 0);
    fixture_advance(f, (uint64_t)1 << 50);
    assert_integer(fixture_get_one(f, UVSNMP_OID(1, 3, 6, 1, 2, 30)), 0);
    assert_int_equal(t.loads, 1);
    fixture_free(f);
}

static void an_empty_table_is_passed_over(void **state)
{
    struct fixture *f = fixture_new(NULL);
    struct table t = {.count = 0};
    (void)state;
    add(f, &t, 1000, false);
    assert_int_equal(fixture_next_one(f, UVSNMP_OID(1, 3))->value.type, UVSNMP_END_OF_MIB_VIEW);
    assert_int_equal(fixture_get_one(f, UVSNMP_OID(1, 3, 6, 1, 2, 30))->value.type, UVSNMP_NO_SUCH_INSTANCE);
    fixture_free(f);
}

/* ---- loads that take their time ---- */

static void requests_wait_for_one_load(void **state)
{
    struct fixture *f = fixture_new(NULL);
    struct table t = three_rows();
    const struct uvsnmp_oid names[] = {UVSNMP_OID(1, 3, 6, 1, 2, 10), UVSNMP_OID(1, 3, 6, 1, 2, 20)};
    (void)state;
    t.later = true;
    add(f, &t, 0, false);
    assert_false(fixture_ask(f, UVSNMP_PDU_GET, names, 2));
    assert_false(fixture_bulk(f, 0, 3, names, 1));
    assert_int_equal(t.loads, 1);
    fill(&t);
    assert_int_equal(f->answers, 2);
    assert_int_equal(t.loads, 1);
    fixture_free(f);
}

static void a_failed_load_is_generr(void **state)
{
    struct fixture *f = fixture_new(NULL);
    struct table t = three_rows();
    const struct uvsnmp_oid names[] = {UVSNMP_OID(1, 3), UVSNMP_OID(1, 3, 6, 1, 2, 20)};
    (void)state;
    t.status = UVSNMP_EGENERAL;
    add(f, &t, 0, false);
    assert_true(fixture_ask(f, UVSNMP_PDU_GETNEXT, names, 1));
    assert_status(f, UVSNMP_STATUS_GEN_ERR, 1);
    t.later = true;
    assert_false(fixture_ask(f, UVSNMP_PDU_GET, names + 1, 1));
    fill(&t);
    assert_int_equal(f->answers, 2);
    assert_status(f, UVSNMP_STATUS_GEN_ERR, 1);
    t.status = 0;
    t.later = false;
    assert_integer(fixture_get_one(f, names[1]), 2);
    fixture_free(f);
}

static void a_load_without_end_keeps_nobody_waiting_for_ever(void **state)
{
    struct fixture *f = fixture_new(NULL);
    struct table t = three_rows();
    struct uvsnmp_oid name = UVSNMP_OID(1, 3, 6, 1, 2, 20);
    (void)state;
    t.later = true;
    add(f, &t, 1000, false);
    assert_false(fixture_ask(f, UVSNMP_PDU_GET, &name, 1));
    fixture_advance(f, 10000);
    assert_int_equal(f->answers, 1);
    assert_status(f, UVSNMP_STATUS_GEN_ERR, 1);
    assert_true(fixture_ask(f, UVSNMP_PDU_GET, &name, 1)); /* at once */
    assert_status(f, UVSNMP_STATUS_GEN_ERR, 1);
    fill(&t);
    assert_int_equal(f->answers, 2);
    t.later = false;
    assert_integer(fixture_get_one(f, name), 2);
    fixture_free(f);
}

static void a_table_may_go_while_it_loads(void **state)
{
    struct fixture *f = fixture_new(NULL);
    struct table t = three_rows();
    struct uvsnmp_oid name = UVSNMP_OID(1, 3, 6, 1, 2, 20);
    struct uvsnmp_registration *r;
    (void)state;
    t.later = true;
    r = add(f, &t, 1000, false);
    assert_false(fixture_ask(f, UVSNMP_PDU_GET, &name, 1));
    uvsnmp_unregister(r);
    assert_int_equal(t.closed, 0);
    fill(&t);
    assert_int_equal(f->answers, 1);
    assert_integer(f->answer.pdu.varbinds, 2);
    assert_int_equal(t.closed, 1);
    fixture_free(f);
}

static void close_waits_for_a_load(void **state)
{
    struct fixture *f = fixture_new(NULL);
    struct table t = three_rows();
    struct uvsnmp_oid name = UVSNMP_OID(1, 3, 6, 1, 2, 20);
    (void)state;
    t.later = true;
    add(f, &t, 1000, false);
    assert_false(fixture_ask(f, UVSNMP_PDU_GET, &name, 1));
    agent_close(f->agent);
    agent_tick(f->agent);
    assert_false(f->closed);
    fill(&t);
    assert_int_equal(t.closed, 1);
    assert_int_equal(f->answers, 0);
    fixture_free(f);
}

/* ---- SET ---- */

static void cells_are_set(void **state)
{
    struct fixture *f = fixture_new(NULL);
    struct table t = three_rows();
    (void)state;
    f->community = "private";
    add(f, &t, UVSNMP_FOREVER, false);
    assert_int_equal(fixture_set_one(f, UVSNMP_OID(1, 3, 6, 1, 4, 10), uvsnmp_integer(7)),
                     UVSNMP_STATUS_NO_ERROR);
    assert_string_equal(t.trace, "t+c+r+");
    assert_integer(fixture_get_one(f, UVSNMP_OID(1, 3, 6, 1, 4, 10)), 701); /* loaded anew */
    assert_int_equal(t.loads, 2);
    assert_int_equal(fixture_set_one(f, UVSNMP_OID(1, 3, 6, 1, 4, 10), uvsnmp_integer(10)),
                     UVSNMP_STATUS_WRONG_VALUE);
    assert_int_equal(fixture_set_one(f, UVSNMP_OID(1, 3, 6, 1, 4, 10), uvsnmp_octets("", 0)),
                     UVSNMP_STATUS_WRONG_TYPE);
    assert_int_equal(fixture_set_one(f, UVSNMP_OID(1, 3, 6, 1, 4, 11), uvsnmp_octets("", 0)),
                     UVSNMP_STATUS_NO_CREATION);
    assert_int_equal(fixture_set_one(f, UVSNMP_OID(1, 3, 6, 1, 4), uvsnmp_integer(1)),
                     UVSNMP_STATUS_NO_CREATION);
    assert_int_equal(fixture_set_one(f, UVSNMP_OID(1, 3, 6, 1, 2, 10), uvsnmp_integer(1)),
                     UVSNMP_STATUS_NOT_WRITABLE);
    assert_int_equal(fixture_set_one(f, UVSNMP_OID(1, 3, 6, 1, 3, 10), uvsnmp_integer(1)),
                     UVSNMP_STATUS_NOT_WRITABLE);
    assert_string_equal(t.trace, "t+c+r+");
    fixture_free(f);
}

static void v1_passes_over_columns_of_counter64(void **state)
{
    static const struct uvsnmp_object counters[] = {{1, UVSNMP_INTEGER, UVSNMP_READ_ONLY, 0, 0},
                                                    {2, UVSNMP_COUNTER64, UVSNMP_READ_ONLY, 0, 0},
                                                    {3, UVSNMP_INTEGER, UVSNMP_READ_ONLY, 0, 0}};
    struct table t = three_rows();
    const struct uvsnmp_table definition = {
        .columns = counters, .count = 3, .load = load, .get = get, .arg = &t};
    struct fixture *f = fixture_new(NULL);
    struct uvsnmp_oid last = UVSNMP_OID(1, 3, 6, 1, 1, 30);
    (void)state;
    assert_int_equal(uvsnmp_agent_add_table(f->agent, NULL, UVSNMP_OID(1, 3, 6, 1), &definition, NULL, NULL),
                     0);
    assert_name(fixture_next_one(f, last), UVSNMP_OID(1, 3, 6, 1, 2, 10));
    f->version = UVSNMP_V1;
    assert_name(fixture_next_one(f, last), UVSNMP_OID(1, 3, 6, 1, 3, 10));
    fixture_free(f);
}

static void a_table_without_commit_is_not_writable(void **state)
{
    const struct uvsnmp_table definition = {.columns = columns, .count = 4, .load = load, .get = get};
    struct fixture *f = fixture_new(NULL);
    (void)state;
    f->community = "private";
    assert_int_equal(uvsnmp_agent_add_table(f->agent, NULL, UVSNMP_OID(1, 3, 6, 1), &definition, NULL, NULL),
                     0);
    assert_int_equal(fixture_set_one(f, UVSNMP_OID(1, 3, 6, 1, 4, 10), uvsnmp_integer(1)),
                     UVSNMP_STATUS_NOT_WRITABLE);
    assert_int_equal(fixture_set_one(f, UVSNMP_OID(1, 3, 6, 1, 4), uvsnmp_integer(1)),
                     UVSNMP_STATUS_NOT_WRITABLE);
    fixture_free(f);
}

static void rows_are_created_where_the_table_allows(void **state)
{
    struct fixture *f = fixture_new(NULL);
    struct table t = three_rows();
    (void)state;
    f->community = "private";
    t.later = true;
    add(f, &t, UVSNMP_FOREVER, true);
    assert_false(
        fixture_set(f, &(struct uvsnmp_varbind){UVSNMP_OID(1, 3, 6, 1, 4, 11), uvsnmp_integer(7)}, 1));
    fill(&t);
    assert_int_equal(f->answers, 1);
    assert_status(f, UVSNMP_STATUS_NO_ERROR, 0);
    assert_string_equal(t.trace, "t-c-r-");
    fixture_free(f);
}

/* 2000 rows in no order: found one by one and in bulk. */
static void a_large_table_is_walked_in_order(void **state)
{
    struct fixture *f = fixture_new(NULL);
    static struct table t;
    struct uvsnmp_oid name = UVSNMP_OID(1, 3, 6, 1, 2);
    uint32_t last = 0;
    size_t seen = 0;
    (void)state;
    memset(&t, 0, sizeof(t));
    for (uint32_t i = 0; i < COUNT_OF(t.indexes); i++) {
        t.indexes[i] = 1 + (i * 7919) % 100003;
    }
    t.count = COUNT_OF(t.indexes);
    add(f, &t, 1000, false);
    for (;;) {
        assert_true(fixture_bulk(f, 0, 100, &name, 1));
        for (size_t i = 0; i < f->answer.pdu.count; i++) {
            const struct uvsnmp_varbind *varbind = &f->answer.pdu.varbinds[i];
            if (varbind->name.ids[4] != 2) {
                assert_int_equal(seen, COUNT_OF(t.indexes));
                fixture_free(f);
                return;
            }
            assert_true(varbind->name.ids[5] > last);
            last = varbind->name.ids[5];
            seen++;
        }
        name = f->answer.pdu.varbinds[f->answer.pdu.count - 1].name;
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(cells_are_found),
        cmocka_unit_test(a_walk_goes_column_by_column_in_order),
        cmocka_unit_test(of_rows_with_the_same_index_the_first_counts),
        cmocka_unit_test(a_snapshot_is_kept_for_its_age),
        cmocka_unit_test(a_table_without_age_is_loaded_once_per_request),
        cmocka_unit_test(a_static_table_is_loaded_once),
        cmocka_unit_test(an_empty_table_is_passed_over),
        cmocka_unit_test(requests_wait_for_one_load),
        cmocka_unit_test(a_failed_load_is_generr),
        cmocka_unit_test(a_load_without_end_keeps_nobody_waiting_for_ever),
        cmocka_unit_test(a_table_may_go_while_it_loads),
        cmocka_unit_test(close_waits_for_a_load),
        cmocka_unit_test(cells_are_set),
        cmocka_unit_test(v1_passes_over_columns_of_counter64),
        cmocka_unit_test(a_table_without_commit_is_not_writable),
        cmocka_unit_test(rows_are_created_where_the_table_allows),
        cmocka_unit_test(a_large_table_is_walked_in_order),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
