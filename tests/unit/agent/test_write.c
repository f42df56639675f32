/* SPDX-License-Identifier: BSD-3-Clause */
/* SET: the phases of RFC 3416 §4.2.5, and the checks of ready-made scalars. */
#include "unit/agent/fixture.h"

/* A recorder: one letter for each call, with the last sub-identifier of the name. */
static char trace[512];
static size_t traced;
static uint32_t bad_test, bad_commit, bad_undo; /* the sub-identifier that fails, 0: none */
static bool later;
static struct uvsnmp_query *pending;

static void reset(void)
{
    traced = 0;
    trace[0] = '\0';
    bad_test = bad_commit = bad_undo = 0;
    later = false;
    pending = NULL;
}

static void record(const struct uvsnmp_query *query, char letter)
{
    struct uvsnmp_oid name = uvsnmp_query_name(query);
    int written =
        snprintf(trace + traced, sizeof(trace) - traced, "%c%u ", letter, (unsigned)name.ids[name.count - 1]);
    assert_true(written > 0 && (size_t)written < sizeof(trace) - traced);
    traced += (size_t)written;
}

static void answer(struct uvsnmp_query *query, uint32_t bad, enum uvsnmp_status status)
{
    struct uvsnmp_oid name = uvsnmp_query_name(query);
    if (later) {
        pending = query;
    } else if (name.ids[name.count - 1] == bad) {
        uvsnmp_query_fail(query, status);
    } else {
        uvsnmp_query_done(query);
    }
}

static void test(struct uvsnmp_query *query)
{
    record(query, 't');
    uvsnmp_query_set_data(query, query);
    answer(query, bad_test, UVSNMP_STATUS_INCONSISTENT_VALUE);
}

static void commit(struct uvsnmp_query *query)
{
    assert_ptr_equal(uvsnmp_query_data(query), query);
    record(query, 'c');
    answer(query, bad_commit, UVSNMP_STATUS_GEN_ERR);
}

static void undo(struct uvsnmp_query *query)
{
    record(query, 'u');
    answer(query, bad_undo, UVSNMP_STATUS_GEN_ERR);
}

static void release(struct uvsnmp_query *query)
{
    assert_int_equal(uvsnmp_query_value(query)->type, UVSNMP_INTEGER);
    record(query, 'r');
}

static const struct uvsnmp_provider recorder = {
    .test = test, .commit = commit, .undo = undo, .release = release};

static struct fixture *make(const struct uvsnmp_agent_options *options)
{
    struct fixture *fixture = fixture_new(options);
    reset();
    fixture->community = "private";
    assert_int_equal(
        uvsnmp_agent_register(fixture->agent, NULL, UVSNMP_OID(1, 3, 6), &recorder, NULL, NULL, NULL), 0);
    return fixture;
}

static bool set_three(struct fixture *fixture)
{
    const struct uvsnmp_varbind varbinds[] = {{UVSNMP_OID(1, 3, 6, 1), uvsnmp_integer(1)},
                                              {UVSNMP_OID(1, 3, 6, 2), uvsnmp_integer(2)},
                                              {UVSNMP_OID(1, 3, 6, 3), uvsnmp_integer(3)}};
    return fixture_set(fixture, varbinds, 3);
}

static void set_tests_all_then_commits_all(void **state)
{
    struct fixture *f = make(NULL);
    (void)state;
    assert_true(set_three(f));
    assert_string_equal(trace, "t1 t2 t3 c1 c2 c3 r1 r2 r3 ");
    assert_status(f, UVSNMP_STATUS_NO_ERROR, 0);
    assert_int_equal(f->answer.pdu.count, 3);
    assert_integer(&f->answer.pdu.varbinds[2], 3);
    assert_int_equal(uvsnmp_agent_counter(f->agent, 14), 3);
    assert_int_equal(uvsnmp_agent_counter(f->agent, 17), 1);
    fixture_free(f);
}

static void a_failed_test_changes_nothing(void **state)
{
    struct fixture *f = make(NULL);
    (void)state;
    bad_test = 2;
    assert_true(set_three(f));
    assert_string_equal(trace, "t1 t2 r1 r2 ");
    assert_status(f, UVSNMP_STATUS_INCONSISTENT_VALUE, 2);
    assert_int_equal(f->answer.pdu.count, 3);
    f->version = UVSNMP_V1;
    assert_true(set_three(f));
    assert_status(f, UVSNMP_STATUS_BAD_VALUE, 2);
    fixture_free(f);
}

static void a_failed_commit_is_undone_last_first(void **state)
{
    struct fixture *f = make(NULL);
    (void)state;
    bad_commit = 3;
    assert_true(set_three(f));
    assert_string_equal(trace, "t1 t2 t3 c1 c2 c3 u2 u1 r1 r2 r3 ");
    assert_status(f, UVSNMP_STATUS_COMMIT_FAILED, 3);
    reset();
    bad_commit = 1; /* nothing to undo */
    assert_true(set_three(f));
    assert_string_equal(trace, "t1 t2 t3 c1 r1 r2 r3 ");
    assert_status(f, UVSNMP_STATUS_COMMIT_FAILED, 1);
    fixture_free(f);
}

static void a_failed_undo_goes_on_and_says_so(void **state)
{
    struct fixture *f = make(NULL);
    (void)state;
    bad_commit = 3;
    bad_undo = 2;
    assert_true(set_three(f));
    assert_string_equal(trace, "t1 t2 t3 c1 c2 c3 u2 u1 r1 r2 r3 ");
    assert_status(f, UVSNMP_STATUS_UNDO_FAILED, 0);
    f->version = UVSNMP_V1;
    assert_true(set_three(f));
    assert_status(f, UVSNMP_STATUS_GEN_ERR, 0);
    fixture_free(f);
}

static void a_commit_that_cannot_be_undone_is_undofailed(void **state)
{
    static const struct uvsnmp_provider no_undo = {.test = test, .commit = commit, .release = release};
    struct fixture *f = fixture_new(NULL);
    (void)state;
    reset();
    bad_commit = 2;
    f->community = "private";
    assert_int_equal(uvsnmp_agent_register(f->agent, NULL, UVSNMP_OID(1, 3), &no_undo, NULL, NULL, NULL), 0);
    assert_true(set_three(f));
    assert_string_equal(trace, "t1 t2 t3 c1 c2 r1 r2 r3 ");
    assert_status(f, UVSNMP_STATUS_UNDO_FAILED, 0);
    fixture_free(f);
}

static void nothing_is_tested_when_one_name_is_unknown(void **state)
{
    struct fixture *f = make(NULL);
    const struct uvsnmp_varbind varbinds[] = {{UVSNMP_OID(1, 3, 6, 1), uvsnmp_integer(1)},
                                              {UVSNMP_OID(1, 4, 6, 2), uvsnmp_integer(2)}};
    const struct uvsnmp_varbind exception = {UVSNMP_OID(1, 3, 6, 1), uvsnmp_empty(UVSNMP_NO_SUCH_OBJECT)};
    (void)state;
    assert_true(fixture_set(f, varbinds, 2));
    assert_status(f, UVSNMP_STATUS_NOT_WRITABLE, 2);
    assert_true(fixture_set(f, &exception, 1));
    assert_status(f, UVSNMP_STATUS_WRONG_TYPE, 1);
    assert_int_equal(fixture_set_one(f, UVSNMP_OID(1, 4), uvsnmp_empty(UVSNMP_NULL)),
                     UVSNMP_STATUS_WRONG_TYPE); /* comes before the search for the object */
    struct uvsnmp_value wide = uvsnmp_integer(0);
    wide.as.integer = (int64_t)INT32_MAX + 1;
    assert_int_equal(fixture_set_one(f, UVSNMP_OID(1, 3, 6, 1), wide), UVSNMP_STATUS_WRONG_ENCODING);
    wide.as.integer = (int64_t)INT32_MIN - 1;
    assert_int_equal(fixture_set_one(f, UVSNMP_OID(1, 3, 6, 1), wide), UVSNMP_STATUS_WRONG_ENCODING);
    f->community = "public";
    assert_true(fixture_set(f, varbinds, 2));
    assert_status(f, UVSNMP_STATUS_NO_ACCESS, 1);
    f->version = UVSNMP_V1;
    assert_true(fixture_set(f, varbinds, 2));
    assert_status(f, UVSNMP_STATUS_NO_SUCH_NAME, 1);
    assert_string_equal(trace, "");
    assert_true(fixture_set(f, NULL, 0));
    assert_status(f, UVSNMP_STATUS_NO_ERROR, 0);
    fixture_free(f);
}

/* ---- late ---- */

static void go_on(void)
{
    struct uvsnmp_query *query = pending;
    assert_non_null(query);
    pending = NULL;
    uvsnmp_query_done(query);
}

static void sets_run_one_after_the_other(void **state)
{
    struct fixture *f = make(NULL);
    struct uvsnmp_varbind one = {UVSNMP_OID(1, 3, 6, 8), uvsnmp_integer(1)};
    struct uvsnmp_varbind two = {UVSNMP_OID(1, 3, 6, 9), uvsnmp_integer(2)};
    (void)state;
    later = true;
    assert_false(fixture_set(f, &one, 1));
    assert_false(fixture_set(f, &two, 1));
    f->request_id--;
    assert_false(fixture_set(f, &two, 1)); /* a retransmission */
    go_on();
    assert_string_equal(trace, "t8 c8 ");
    go_on();
    assert_int_equal(f->answers, 1);
    assert_string_equal(trace, "t8 c8 r8 t9 ");
    go_on();
    go_on();
    assert_int_equal(f->answers, 2);
    assert_integer(f->answer.pdu.varbinds, 2);
    assert_string_equal(trace, "t8 c8 r8 t9 c9 r9 ");
    fixture_free(f);
}

static void a_test_past_the_deadline_is_generr_and_released_when_it_returns(void **state)
{
    struct fixture *f = make(NULL);
    struct uvsnmp_varbind one = {UVSNMP_OID(1, 3, 6, 8), uvsnmp_integer(1)};
    struct uvsnmp_varbind two = {UVSNMP_OID(1, 3, 6, 9), uvsnmp_integer(1)};
    struct uvsnmp_query *first;
    (void)state;
    later = true;
    assert_false(fixture_set(f, &one, 1));
    first = pending;
    fixture_advance(f, 9000);
    assert_false(fixture_set(f, &two, 1)); /* waits for its turn */
    fixture_advance(f, 1000);
    assert_int_equal(f->answers, 1);
    assert_status(f, UVSNMP_STATUS_GEN_ERR, 1);
    assert_string_equal(trace, "t8 t9 ");
    uvsnmp_query_done(first);
    assert_string_equal(trace, "t8 t9 r8 ");
    go_on();
    go_on();
    assert_int_equal(f->answers, 2);
    assert_status(f, UVSNMP_STATUS_NO_ERROR, 0);
    assert_string_equal(trace, "t8 t9 r8 c9 r9 ");
    fixture_free(f);
}

static void a_commit_past_the_deadline_is_undone(void **state)
{
    struct fixture *f = make(&(struct uvsnmp_agent_options){.deadline_ms = 100});
    struct uvsnmp_query *late;
    (void)state;
    later = true;
    assert_false(set_three(f));
    assert_false(set_three(f));   /* waits for its turn in vain */
    for (int i = 0; i < 5; i++) { /* three tests, two commits */
        go_on();
    }
    late = pending;
    assert_string_equal(trace, "t1 t2 t3 c1 c2 c3 ");
    fixture_advance(f, 100);
    assert_int_equal(f->answers, 1);
    assert_int_equal(f->answer.pdu.request_id, 2);
    assert_status(f, UVSNMP_STATUS_GEN_ERR, 0);
    assert_string_equal(trace, "t1 t2 t3 c1 c2 c3 u2 ");
    go_on();
    go_on();
    assert_status(f, UVSNMP_STATUS_COMMIT_FAILED, 3);
    assert_string_equal(trace, "t1 t2 t3 c1 c2 c3 u2 u1 r1 r2 ");
    uvsnmp_query_done(late);
    assert_string_equal(trace, "t1 t2 t3 c1 c2 c3 u2 u1 r1 r2 r3 ");
    fixture_free(f);
}

static void a_set_without_room_to_wait_fails_at_once(void **state)
{
    struct fixture *f = make(&(struct uvsnmp_agent_options){.max_requests = 1});
    struct uvsnmp_query *first;
    (void)state;
    later = true;
    assert_false(set_three(f));
    first = pending;
    assert_false(set_three(f)); /* dropped: one waits already */
    uvsnmp_query_fail(first, UVSNMP_STATUS_WRONG_VALUE);
    assert_int_equal(f->answers, 1);
    f->community = "public";
    assert_int_equal(uvsnmp_agent_counter(f->agent, 31), 1);
    fixture_free(f);
}

/* Here the one that waits is a GET: the SET is at work, but cannot wait for its provider. */
static void a_set_that_cannot_wait_is_released_later(void **state)
{
    static const struct uvsnmp_provider slow_get = {.get = test};
    struct fixture *f = make(&(struct uvsnmp_agent_options){.max_requests = 1});
    struct uvsnmp_oid name = UVSNMP_OID(1, 4, 5);
    struct uvsnmp_value value = uvsnmp_integer(5);
    struct uvsnmp_query *get, *late;
    (void)state;
    assert_int_equal(uvsnmp_agent_register(f->agent, NULL, name, &slow_get, NULL, NULL, NULL), 0);
    later = true;
    assert_false(fixture_ask(f, UVSNMP_PDU_GET, &name, 1));
    get = pending;
    assert_true(set_three(f));
    late = pending;
    assert_status(f, UVSNMP_STATUS_RESOURCE_UNAVAILABLE, 1);
    assert_string_equal(trace, "t5 t1 ");
    uvsnmp_query_done(late);
    assert_string_equal(trace, "t5 t1 r1 ");
    uvsnmp_query_answer(get, &value);
    assert_int_equal(f->answers, 2);
    fixture_free(f);
}

static void a_set_that_waits_too_long_for_its_turn_is_generr(void **state)
{
    struct fixture *f = make(&(struct uvsnmp_agent_options){.deadline_ms = 100});
    struct uvsnmp_varbind one = {UVSNMP_OID(1, 3, 6, 8), uvsnmp_integer(1)};
    (void)state;
    later = true;
    assert_false(set_three(f));
    assert_false(fixture_set(f, &one, 1));
    fixture_advance(f, 60);
    go_on();
    go_on();
    go_on();
    assert_int_equal(f->answers, 0);
    later = false;
    fixture_advance(f, 40);
    assert_int_equal(f->answers, 2);
    go_on();
    fixture_free(f);
}

static void closing_lets_go_of_a_set_under_way(void **state)
{
    struct fixture *f = make(NULL);
    struct uvsnmp_query *late;
    (void)state;
    later = true;
    assert_false(set_three(f));
    go_on();
    go_on();
    go_on();
    go_on();
    late = pending; /* the second commit */
    later = false;
    agent_close(f->agent);
    agent_tick(f->agent);
    assert_int_equal(f->answers, 0);
    assert_string_equal(trace, "t1 t2 t3 c1 c2 u1 r1 r3 ");
    assert_false(f->closed);
    uvsnmp_query_done(late);
    assert_string_equal(trace, "t1 t2 t3 c1 c2 u1 r1 r3 r2 ");
    fixture_free(f);
}

/* ---- scalars ---- */

static const struct uvsnmp_object objects[] = {
    {1, UVSNMP_INTEGER, UVSNMP_READ_WRITE, -5, 5}, {2, UVSNMP_OCTET_STRING, UVSNMP_READ_WRITE, 2, 4},
    {3, UVSNMP_COUNTER32, UVSNMP_READ_ONLY, 0, 0}, {5, UVSNMP_INTEGER, UVSNMP_NOT_ACCESSIBLE, 0, 0},
    {9, UVSNMP_GAUGE32, UVSNMP_READ_WRITE, 0, 0},
};

static int32_t scalar_number;
static bool hidden; /* object 3 */

static void get_scalar(struct uvsnmp_query *query)
{
    struct uvsnmp_value value = uvsnmp_integer(scalar_number + (int32_t)uvsnmp_query_object(query)->id);
    if (hidden && uvsnmp_query_object(query)->id == 3) {
        value = uvsnmp_empty(UVSNMP_NO_SUCH_INSTANCE);
    }
    uvsnmp_query_answer(query, &value);
}

static void commit_scalar(struct uvsnmp_query *query)
{
    if (uvsnmp_query_value(query)->type == UVSNMP_INTEGER) {
        scalar_number = 100 * (int32_t)uvsnmp_query_value(query)->as.integer;
    }
    uvsnmp_query_done(query);
}

static struct fixture *make_scalars(uvsnmp_query_fn *commit_function)
{
    const struct uvsnmp_scalars scalars = {
        .objects = objects, .count = COUNT_OF(objects), .get = get_scalar, .commit = commit_function};
    struct fixture *fixture = fixture_new(NULL);
    fixture->community = "private";
    hidden = false;
    scalar_number = 0;
    assert_int_equal(
        uvsnmp_agent_add_scalars(fixture->agent, NULL, UVSNMP_OID(1, 3, 6), &scalars, NULL, NULL), 0);
    return fixture;
}

static void scalars_are_read(void **state)
{
    struct fixture *f = make_scalars(NULL);
    (void)state;
    assert_integer(fixture_get_one(f, UVSNMP_OID(1, 3, 6, 2, 0)), 2);
    assert_int_equal(fixture_get_one(f, UVSNMP_OID(1, 3, 6, 2))->value.type, UVSNMP_NO_SUCH_INSTANCE);
    assert_int_equal(fixture_get_one(f, UVSNMP_OID(1, 3, 6, 2, 1))->value.type, UVSNMP_NO_SUCH_INSTANCE);
    assert_int_equal(fixture_get_one(f, UVSNMP_OID(1, 3, 6, 2, 0, 0))->value.type, UVSNMP_NO_SUCH_INSTANCE);
    assert_int_equal(fixture_get_one(f, UVSNMP_OID(1, 3, 6, 4, 0))->value.type, UVSNMP_NO_SUCH_OBJECT);
    assert_int_equal(fixture_get_one(f, UVSNMP_OID(1, 3, 6, 5, 0))->value.type, UVSNMP_NO_SUCH_OBJECT);
    assert_int_equal(fixture_get_one(f, UVSNMP_OID(1, 3, 6))->value.type, UVSNMP_NO_SUCH_OBJECT);
    fixture_free(f);
}

static void scalars_are_walked(void **state)
{
    struct fixture *f = make_scalars(NULL);
    struct uvsnmp_oid start = UVSNMP_OID(1, 3);
    (void)state;
    assert_name(fixture_next_one(f, start), UVSNMP_OID(1, 3, 6, 1, 0));
    assert_name(fixture_next_one(f, UVSNMP_OID(1, 3, 6)), UVSNMP_OID(1, 3, 6, 1, 0));
    assert_name(fixture_next_one(f, UVSNMP_OID(1, 3, 6, 1)), UVSNMP_OID(1, 3, 6, 1, 0));
    assert_name(fixture_next_one(f, UVSNMP_OID(1, 3, 6, 1, 0)), UVSNMP_OID(1, 3, 6, 2, 0));
    assert_name(fixture_next_one(f, UVSNMP_OID(1, 3, 6, 1, 7, 7)), UVSNMP_OID(1, 3, 6, 2, 0));
    assert_name(fixture_next_one(f, UVSNMP_OID(1, 3, 6, 3, 0)), UVSNMP_OID(1, 3, 6, 9, 0));
    assert_int_equal(fixture_next_one(f, UVSNMP_OID(1, 3, 6, 9, 0))->value.type, UVSNMP_END_OF_MIB_VIEW);
    hidden = true;
    assert_name(fixture_next_one(f, UVSNMP_OID(1, 3, 6, 2, 0)), UVSNMP_OID(1, 3, 6, 9, 0));
    assert_true(fixture_bulk(f, 0, 10, &start, 1));
    assert_int_equal(f->answer.pdu.count, 4); /* 1, 2, 9 and the end */
    fixture_free(f);
}

static void refuse(struct uvsnmp_query *query)
{
    uvsnmp_query_fail(query, UVSNMP_STATUS_COMMIT_FAILED);
}

static void put_back(struct uvsnmp_query *query)
{
    assert_int_equal(uvsnmp_query_object(query)->id, 1);
    scalar_number = 0;
    uvsnmp_query_done(query);
}

static size_t closed_groups;

static void count_closed(void *arg)
{
    (void)arg;
    closed_groups++;
}

static void scalars_are_undone_when_another_fails(void **state)
{
    static const struct uvsnmp_provider refusing = {.commit = refuse};
    struct uvsnmp_scalars scalars = {.objects = objects,
                                     .count = COUNT_OF(objects),
                                     .get = get_scalar,
                                     .commit = commit_scalar,
                                     .undo = put_back,
                                     .closed = count_closed};
    const struct uvsnmp_varbind varbinds[] = {{UVSNMP_OID(1, 3, 6, 1, 0), uvsnmp_integer(4)},
                                              {UVSNMP_OID(1, 4), uvsnmp_integer(4)}};
    (void)state;
    closed_groups = 0;
    for (int round = 0; round < 2; round++) {
        struct fixture *f = fixture_new(NULL);
        f->community = "private";
        scalar_number = 0;
        assert_int_equal(uvsnmp_agent_add_scalars(f->agent, NULL, UVSNMP_OID(1, 3, 6), &scalars, NULL, NULL),
                         0);
        assert_int_equal(uvsnmp_agent_register(f->agent, NULL, UVSNMP_OID(1, 4), &refusing, NULL, NULL, NULL),
                         0);
        assert_true(fixture_set(f, varbinds, 2));
        if (round == 0) {
            assert_status(f, UVSNMP_STATUS_COMMIT_FAILED, 2);
            assert_int_equal(scalar_number, 0);
        } else {
            assert_status(f, UVSNMP_STATUS_UNDO_FAILED, 0);
            assert_int_equal(scalar_number, 400);
        }
        fixture_free(f);
        scalars.undo = NULL;
    }
    assert_int_equal(closed_groups, 2);
}

static void limits_are_of_numbers_and_lengths(void **state)
{
    static const struct uvsnmp_object limited[] = {
        {1, UVSNMP_GAUGE32, UVSNMP_READ_WRITE, 10, 4000000000},
        {2, UVSNMP_OBJECT_IDENTIFIER, UVSNMP_READ_WRITE, 3, 5},
        {3, UVSNMP_IPADDRESS, UVSNMP_READ_WRITE, 1, 1}, /* has neither: the limit is not looked at */
    };
    const struct uvsnmp_scalars scalars = {
        .objects = limited, .count = 3, .get = get_scalar, .commit = commit_scalar};
    const struct uvsnmp_oid gauge = UVSNMP_OID(1, 3, 1, 0), oid = UVSNMP_OID(1, 3, 2, 0);
    struct fixture *f = fixture_new(NULL);
    (void)state;
    f->community = "private";
    assert_int_equal(uvsnmp_agent_add_scalars(f->agent, NULL, UVSNMP_OID(1, 3), &scalars, NULL, NULL), 0);
    assert_int_equal(fixture_set_one(f, gauge, uvsnmp_unsigned32(UVSNMP_GAUGE32, 9)),
                     UVSNMP_STATUS_WRONG_VALUE);
    assert_int_equal(fixture_set_one(f, gauge, uvsnmp_unsigned32(UVSNMP_GAUGE32, 4000000000u)),
                     UVSNMP_STATUS_NO_ERROR);
    assert_int_equal(fixture_set_one(f, gauge, uvsnmp_unsigned32(UVSNMP_GAUGE32, UINT32_MAX)),
                     UVSNMP_STATUS_WRONG_VALUE);
    assert_int_equal(fixture_set_one(f, oid, uvsnmp_oid_value(UVSNMP_OID(1, 3))), UVSNMP_STATUS_WRONG_LENGTH);
    assert_int_equal(fixture_set_one(f, oid, uvsnmp_oid_value(UVSNMP_OID(1, 3, 6))), UVSNMP_STATUS_NO_ERROR);
    assert_int_equal(fixture_set_one(f, UVSNMP_OID(1, 3, 3, 0), uvsnmp_empty(UVSNMP_IPADDRESS)),
                     UVSNMP_STATUS_NO_ERROR);
    fixture_free(f);
}

/* As Net-SNMP's snmpd answers. */
static void scalars_are_checked_before_they_are_set(void **state)
{
    struct fixture *f = make_scalars(commit_scalar);
    struct uvsnmp_oid number = UVSNMP_OID(1, 3, 6, 1, 0), octets = UVSNMP_OID(1, 3, 6, 2, 0);
    (void)state;
    assert_int_equal(fixture_set_one(f, number, uvsnmp_integer(4)), UVSNMP_STATUS_NO_ERROR);
    assert_integer(fixture_get_one(f, number), 401);
    assert_int_equal(fixture_set_one(f, number, uvsnmp_integer(6)), UVSNMP_STATUS_WRONG_VALUE);
    assert_int_equal(fixture_set_one(f, number, uvsnmp_octets("x", 1)), UVSNMP_STATUS_WRONG_TYPE);
    assert_int_equal(fixture_set_one(f, number, uvsnmp_unsigned32(UVSNMP_GAUGE32, 1)),
                     UVSNMP_STATUS_WRONG_TYPE);
    assert_int_equal(fixture_set_one(f, octets, uvsnmp_octets("x", 1)), UVSNMP_STATUS_WRONG_LENGTH);
    assert_int_equal(fixture_set_one(f, octets, uvsnmp_octets("xxxxx", 5)), UVSNMP_STATUS_WRONG_LENGTH);
    assert_int_equal(fixture_set_one(f, UVSNMP_OID(1, 3, 6, 9, 0), uvsnmp_unsigned32(UVSNMP_GAUGE32, 1)),
                     UVSNMP_STATUS_NO_ERROR);
    assert_int_equal(fixture_set_one(f, UVSNMP_OID(1, 3, 6, 3, 0), uvsnmp_integer(1)),
                     UVSNMP_STATUS_NOT_WRITABLE);
    assert_int_equal(fixture_set_one(f, UVSNMP_OID(1, 3, 6, 3, 1), uvsnmp_integer(1)),
                     UVSNMP_STATUS_NOT_WRITABLE);
    assert_int_equal(fixture_set_one(f, UVSNMP_OID(1, 3, 6, 4, 0), uvsnmp_integer(1)),
                     UVSNMP_STATUS_NOT_WRITABLE);
    assert_int_equal(fixture_set_one(f, UVSNMP_OID(1, 3, 6, 1, 1), uvsnmp_integer(1)),
                     UVSNMP_STATUS_NO_CREATION);
    assert_int_equal(fixture_set_one(f, UVSNMP_OID(1, 3, 6, 1), uvsnmp_integer(1)),
                     UVSNMP_STATUS_NO_CREATION);
    fixture_free(f);
    f = make_scalars(NULL); /* nothing can be written without a commit */
    assert_int_equal(fixture_set_one(f, number, uvsnmp_integer(4)), UVSNMP_STATUS_NOT_WRITABLE);
    fixture_free(f);
}

static void scalars_must_be_in_order(void **state)
{
    static const struct uvsnmp_object wrong[] = {{2, UVSNMP_INTEGER, UVSNMP_READ_ONLY, 0, 0},
                                                 {2, UVSNMP_INTEGER, UVSNMP_READ_ONLY, 0, 0}};
    struct uvsnmp_scalars scalars = {.objects = wrong, .count = 2, .get = get_scalar};
    struct fixture *f = fixture_new(NULL);
    struct uvsnmp_error err;
    (void)state;
    assert_int_equal(uvsnmp_agent_add_scalars(f->agent, NULL, UVSNMP_OID(1, 3), &scalars, NULL, &err),
                     UVSNMP_EBAD_ARGUMENT);
    assert_string_equal(err.detail, "object 2 does not follow object 2 in order");
    scalars.count = 1;
    scalars.get = NULL;
    assert_int_equal(uvsnmp_agent_add_scalars(f->agent, NULL, UVSNMP_OID(1, 3), &scalars, NULL, &err),
                     UVSNMP_EBAD_ARGUMENT);
    fixture_free(f);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(set_tests_all_then_commits_all),
        cmocka_unit_test(a_failed_test_changes_nothing),
        cmocka_unit_test(a_failed_commit_is_undone_last_first),
        cmocka_unit_test(a_failed_undo_goes_on_and_says_so),
        cmocka_unit_test(a_commit_that_cannot_be_undone_is_undofailed),
        cmocka_unit_test(nothing_is_tested_when_one_name_is_unknown),
        cmocka_unit_test(sets_run_one_after_the_other),
        cmocka_unit_test(a_test_past_the_deadline_is_generr_and_released_when_it_returns),
        cmocka_unit_test(a_commit_past_the_deadline_is_undone),
        cmocka_unit_test(a_set_without_room_to_wait_fails_at_once),
        cmocka_unit_test(a_set_that_cannot_wait_is_released_later),
        cmocka_unit_test(a_set_that_waits_too_long_for_its_turn_is_generr),
        cmocka_unit_test(closing_lets_go_of_a_set_under_way),
        cmocka_unit_test(scalars_are_read),
        cmocka_unit_test(scalars_are_walked),
        cmocka_unit_test(scalars_are_undone_when_another_fails),
        cmocka_unit_test(limits_are_of_numbers_and_lengths),
        cmocka_unit_test(scalars_are_checked_before_they_are_set),
        cmocka_unit_test(scalars_must_be_in_order),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
