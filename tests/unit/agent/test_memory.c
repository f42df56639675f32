/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The agent and the memory: a busy agent allocates nothing for a GET, and whatever allocation fails, nothing
 * breaks or leaks.
 */
#include "agent/core.h"
#include "msg/message.h"
#include "support/alloc_fail.h"
#include "support/unit.h"

static const struct uvsnmp_object objects[] = {
    {1, UVSNMP_OCTET_STRING, UVSNMP_READ_WRITE, 0, 0},
    {2, UVSNMP_INTEGER, UVSNMP_READ_ONLY, 0, 0},
};

static void get(struct uvsnmp_query *query)
{
    struct uvsnmp_value value =
        uvsnmp_query_object(query)->id == 1 ? uvsnmp_octets("some text", 9) : uvsnmp_integer(2);
    uvsnmp_query_answer(query, &value);
}

static void commit(struct uvsnmp_query *query)
{
    if (uvsnmp_query_alloc(query, 100000)) {
        uvsnmp_query_done(query);
    } else {
        uvsnmp_query_fail(query, UVSNMP_STATUS_RESOURCE_UNAVAILABLE);
    }
}

static void load(struct uvsnmp_table_load *load_handle, void *arg)
{
    int rc = 0;
    (void)arg;
    for (uint32_t i = 1000; i > 0 && rc == 0; i--) {
        rc = uvsnmp_table_alloc(load_handle, 100) ? uvsnmp_table_row(load_handle, UVSNMP_OID(i), NULL)
                                                  : UVSNMP_ENO_MEMORY;
    }
    uvsnmp_table_loaded(load_handle, rc);
}

static int add_all(struct uvsnmp_agent *agent)
{
    const struct uvsnmp_scalars scalars = {.objects = objects, .count = 2, .get = get, .commit = commit};
    const struct uvsnmp_table table = {.columns = objects, .count = 2, .load = load, .get = get};
    int rc = uvsnmp_agent_add_scalars(agent, NULL, UVSNMP_OID(1, 3, 1), &scalars, NULL, NULL);
    if (rc == 0) {
        rc = uvsnmp_agent_add_table(agent, NULL, UVSNMP_OID(1, 3, 2), &table, NULL, NULL);
    }
    return rc < 0 ? rc : uvsnmp_agent_add_capability(agent, UVSNMP_OID(1, 3), "text");
}

/* ---- an agent whose surroundings allocate nothing ---- */

static uint8_t out[70000];
static size_t answers;
static bool is_closed;
static struct uvsnmp_return_path path;

static uint8_t *get_buffer(size_t *capacity, void *arg)
{
    (void)arg;
    *capacity = sizeof(out);
    return out;
}

static void count_reply(const struct uvsnmp_return_path *to, const uint8_t *data, size_t size, void *arg)
{
    (void)to;
    (void)data;
    (void)size;
    (void)arg;
    answers++;
}

static uint64_t get_now(void *arg)
{
    (void)arg;
    return 1000;
}

static void set_wake(uint64_t due, void *arg)
{
    (void)due;
    (void)arg;
}

static void note_closed(void *arg)
{
    (void)arg;
    is_closed = true;
}

static struct uvsnmp_agent *make(void)
{
    static const struct uvsnmp_agent_options defaults;
    const struct uvsnmp_view_subtree view = {UVSNMP_OID(1), true};
    const struct agent_io io = {get_buffer, count_reply, get_now, set_wake, note_closed, NULL};
    const struct uvsnmp_community community = {
        .name = {(const uint8_t *)"private", 7}, .write = true, .view = &view, .view_count = 1};
    struct uvsnmp_agent *agent = agent_new(&io, &defaults);
    answers = 0;
    is_closed = false;
    if (agent) {
        (void)uvsnmp_agent_add_community(agent, &community, NULL);
        (void)add_all(agent);
    }
    return agent;
}

static void drop(struct uvsnmp_agent *agent)
{
    if (agent) {
        agent_close(agent);
        agent_tick(agent);
        assert_true(is_closed);
        agent_free(agent);
    }
}

static void ask(struct uvsnmp_agent *agent, enum uvsnmp_pdu_type type, const struct uvsnmp_varbind *varbinds,
                size_t count)
{
    static uint8_t in[2000];
    const struct msg_message message = {
        .version = UVSNMP_V2C,
        .community = {(const uint8_t *)"private", 7},
        .pdu = {.type = type, .max_repetitions = 50, .varbinds = varbinds, .count = count},
    };
    ptrdiff_t size = msg_encode(&message, in, sizeof(in));
    struct uvsnmp_arrival arrival = {.path = &path, .data = in + sizeof(in) - size, .size = (size_t)size};
    assert_true(size > 0);
    agent_handle(agent, &arrival);
}

static void a_get_allocates_nothing_once_warm(void **state)
{
    const struct uvsnmp_varbind varbinds[] = {{UVSNMP_OID(1, 3, 1, 1, 0), uvsnmp_empty(UVSNMP_NULL)},
                                              {UVSNMP_OID(1, 3, 1, 2, 0), uvsnmp_empty(UVSNMP_NULL)},
                                              {UVSNMP_OID(1, 3, 1, 3, 0), uvsnmp_empty(UVSNMP_NULL)},
                                              {UVSNMP_OID(1, 9), uvsnmp_empty(UVSNMP_NULL)}};
    struct uvsnmp_agent *agent;
    unsigned long before;
    (void)state;
    agent = make();
    assert_non_null(agent);
    ask(agent, UVSNMP_PDU_GET, varbinds, 4);
    before = alloc_count();
    for (int i = 0; i < 100; i++) {
        ask(agent, UVSNMP_PDU_GET, varbinds, 4);
        ask(agent, UVSNMP_PDU_GETNEXT, varbinds, 1);
    }
    assert_int_equal(alloc_count(), before);
    assert_int_equal(answers, 201);
    drop(agent);
}

/* Everything once, with one allocation failing; true when that one was reached. */
static bool run_with_failure(unsigned at)
{
    const struct uvsnmp_varbind varbinds[] = {
        {UVSNMP_OID(1, 3, 1, 1, 0), uvsnmp_octets("new", 3)},
        {UVSNMP_OID(1, 3, 2, 1, 7), uvsnmp_empty(UVSNMP_NULL)},
        {UVSNMP_OID(1, 3, 1), uvsnmp_empty(UVSNMP_NULL)},
    };
    struct uvsnmp_agent *agent;
    bool reached;
    alloc_fail_at(at);
    agent = make();
    if (agent) {
        ask(agent, UVSNMP_PDU_GET, varbinds, 3);
        ask(agent, UVSNMP_PDU_GETNEXT, varbinds, 3);
        ask(agent, UVSNMP_PDU_GETBULK, varbinds, 3);
        ask(agent, UVSNMP_PDU_SET, varbinds, 1);
    }
    reached = alloc_fail_end();
    if (!reached) {
        assert_int_equal(answers, 4);
    }
    drop(agent);
    return reached;
}

static void any_allocation_may_fail(void **state)
{
    unsigned at = 1;
    (void)state;
    while (run_with_failure(at)) {
        at++;
    }
    assert_true(at > 20);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_get_allocates_nothing_once_warm),
        cmocka_unit_test(any_allocation_may_fail),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
