/* SPDX-License-Identifier: BSD-3-Clause */
/* The agent on real sockets, asked through sessions on the same loop. */
#include <uvsnmp/agent.h>

#include "support/unit.h"

struct world {
    uv_loop_t loop;
    struct uvsnmp_agent *agent;
    struct uvsnmp_client *client;
    struct uvsnmp_session *session;
    uv_timer_t timer;
    struct uvsnmp_query *late;
    int32_t number; /* what the writable scalar holds */
    size_t results;
    int status;
    int32_t error_status;
    struct uvsnmp_value value; /* of the first variable of the last result; numbers only */
    size_t walked;
    bool closed;
};

static const struct uvsnmp_object objects[] = {
    {1, UVSNMP_INTEGER, UVSNMP_READ_WRITE, 0, 100},
    {2, UVSNMP_INTEGER, UVSNMP_READ_ONLY, 0, 0}, /* answers later */
};

static void answer_late(uv_timer_t *timer)
{
    struct world *world = timer->data;
    struct uvsnmp_value value = uvsnmp_integer(2);
    uvsnmp_query_answer(world->late, &value);
}

static void get(struct uvsnmp_query *query)
{
    struct world *world = uvsnmp_query_arg(query);
    struct uvsnmp_value value = uvsnmp_integer(world->number);
    if (uvsnmp_query_object(query)->id == 2) {
        world->late = query;
        uv_timer_start(&world->timer, answer_late, 20, 0);
    } else {
        uvsnmp_query_answer(query, &value);
    }
}

static void commit(struct uvsnmp_query *query)
{
    struct world *world = uvsnmp_query_arg(query);
    world->number = (int32_t)uvsnmp_query_value(query)->as.integer;
    uvsnmp_query_done(query);
}

static void load(struct uvsnmp_table_load *load_handle, void *arg)
{
    (void)arg;
    for (uint32_t i = 1; i <= 500; i++) {
        assert_int_equal(uvsnmp_table_row(load_handle, UVSNMP_OID(i), NULL), 0);
    }
    uvsnmp_table_loaded(load_handle, 0);
}

static void get_cell(struct uvsnmp_query *query)
{
    struct uvsnmp_value value = uvsnmp_integer((int32_t)uvsnmp_query_index(query).ids[0]);
    uvsnmp_query_answer(query, &value);
}

static void add_community(struct world *world, const char *name, bool write)
{
    const struct uvsnmp_community community = {.name = {(const uint8_t *)name, strlen(name)}, .write = write};
    assert_int_equal(uvsnmp_agent_add_community(world->agent, &community, NULL), 0);
}

static void open_agent(struct world *world, const char *const *interfaces, size_t count)
{
    const struct uvsnmp_agent_options options = {.interfaces = interfaces, .interface_count = count};
    const struct uvsnmp_scalars scalars = {
        .objects = objects, .count = 2, .get = get, .commit = commit, .arg = world};
    const struct uvsnmp_table table = {
        .columns = objects, .count = 1, .max_age_ms = 1000, .load = load, .get = get_cell};
    struct uvsnmp_error err;
    memset(world, 0, sizeof(*world));
    assert_int_equal(uv_loop_init(&world->loop), 0);
    uv_timer_init(&world->loop, &world->timer);
    world->timer.data = world;
    assert_int_equal(uvsnmp_agent_new(&world->loop, &options, &world->agent, &err), 0);
    assert_int_equal(uvsnmp_agent_add_scalars(world->agent, NULL, UVSNMP_OID(1, 3, 1), &scalars, NULL, &err),
                     0);
    assert_int_equal(uvsnmp_agent_add_table(world->agent, NULL, UVSNMP_OID(1, 3, 2), &table, NULL, &err), 0);
    add_community(world, "public", false);
    add_community(world, "private", true);
    assert_int_equal(uvsnmp_client_new(&world->loop, NULL, &world->client, &err), 0);
}

static void open_session(struct world *world, size_t interface_, const char *community)
{
    char peer[UVSNMP_ADDRESS_TEXT_MAX];
    const struct uvsnmp_session_options options = {
        .peer = peer,
        .version = UVSNMP_V2C,
        .community = {(const uint8_t *)community, strlen(community)},
        .timeout_ms = 3000,
    };
    struct uvsnmp_error err;
    assert_true(uvsnmp_address_format(uvsnmp_agent_bound(world->agent, interface_), peer, sizeof(peer)) > 0);
    if (world->session) {
        uvsnmp_session_free(world->session);
    }
    assert_int_equal(uvsnmp_session_new(world->client, &options, &world->session, &err), 0);
}

static void note_closed(void *arg)
{
    ((struct world *)arg)->closed = true;
}

static void close_all(struct world *world)
{
    if (world->session) {
        uvsnmp_session_free(world->session);
    }
    uvsnmp_client_close(world->client, NULL, NULL);
    if (!world->closed) {
        uvsnmp_agent_close(world->agent, note_closed, world);
    }
    uv_close((uv_handle_t *)&world->timer, NULL);
    uv_run(&world->loop, UV_RUN_DEFAULT);
    assert_true(world->closed);
    assert_int_equal(uv_loop_close(&world->loop), 0);
}

static void take_result(struct uvsnmp_session *session, const struct uvsnmp_result *result, void *arg)
{
    struct world *world = arg;
    (void)session;
    world->results++;
    world->status = result->status;
    world->error_status = result->error_status;
    if (result->count > 0) {
        world->value = result->varbinds[0].value;
    }
}

static void wait_for_result(struct world *world)
{
    size_t before = world->results;
    while (world->results == before) {
        uv_run(&world->loop, UV_RUN_ONCE);
    }
}

static void get_number(struct world *world, struct uvsnmp_oid name, int32_t wanted)
{
    assert_int_equal(uvsnmp_get(world->session, &name, 1, take_result, world), 0);
    wait_for_result(world);
    assert_int_equal(world->status, 0);
    assert_int_equal(world->error_status, 0);
    assert_int_equal(world->value.type, UVSNMP_INTEGER);
    assert_int_equal(world->value.as.integer, wanted);
}

static int count_walked(const struct uvsnmp_varbind *varbind, void *arg)
{
    struct world *world = arg;
    world->walked++;
    assert_int_equal(varbind->value.as.integer, world->walked);
    return 0;
}

static void end_walk(struct uvsnmp_session *session, const struct uvsnmp_walk_result *result, void *arg)
{
    struct world *world = arg;
    (void)session;
    assert_int_equal(result->end, UVSNMP_WALK_MIB_END);
    world->results++;
}

static void every_transport_reads_writes_and_walks(void **state)
{
    static const char *const interfaces[] = {"udp:127.0.0.1:0", "tcp:127.0.0.1:0"};
    struct world w;
    (void)state;
    open_agent(&w, interfaces, 2);
    for (size_t i = 0; i < 2; i++) {
        const struct uvsnmp_varbind varbind = {UVSNMP_OID(1, 3, 1, 1, 0), uvsnmp_integer((int32_t)i + 7)};
        const struct uvsnmp_walk_options walk = {.root = UVSNMP_OID(1, 3, 2),
                                                 .max_repetitions = 40,
                                                 .each = count_walked,
                                                 .done = end_walk,
                                                 .arg = &w};
        open_session(&w, i, "private");
        assert_int_equal(uvsnmp_set(w.session, &varbind, 1, take_result, &w), 0);
        wait_for_result(&w);
        assert_int_equal(w.error_status, 0);
        open_session(&w, i, "public");
        get_number(&w, UVSNMP_OID(1, 3, 1, 1, 0), (int32_t)i + 7);
        get_number(&w, UVSNMP_OID(1, 3, 1, 2, 0), 2); /* late */
        w.walked = 0;
        assert_int_equal(uvsnmp_walk(w.session, &walk), 0);
        wait_for_result(&w);
        assert_int_equal(w.walked, 500);
    }
    close_all(&w);
}

static void an_interface_can_be_added_later(void **state)
{
    static const char *const none[] = {NULL};
    struct world w;
    struct uvsnmp_error err;
    (void)state;
    open_agent(&w, none, 0);
    assert_null(uvsnmp_agent_bound(w.agent, 0));
    assert_int_equal(uvsnmp_agent_listen(w.agent, "127.0.0.1:0", &err), 0);
    assert_int_equal(uvsnmp_agent_listen(w.agent, "127.0.0.1:0", &err), 0);
    assert_null(uvsnmp_agent_bound(w.agent, 2));
    open_session(&w, 1, "public");
    get_number(&w, UVSNMP_OID(1, 3, 1, 1, 0), 0);
    close_all(&w);
}

static void an_agent_without_interfaces_closes(void **state)
{
    static const char *const none[] = {NULL};
    struct world w;
    (void)state;
    open_agent(&w, none, 0);
    close_all(&w);
}

static void an_address_in_use_is_said(void **state)
{
    static const char *const interfaces[] = {"udp:127.0.0.1:0"};
    char text[UVSNMP_ADDRESS_TEXT_MAX];
    const char *taken = text;
    const struct uvsnmp_agent_options options = {.interfaces = &taken, .interface_count = 1};
    struct uvsnmp_agent *second = NULL;
    struct uvsnmp_error err;
    struct world w;
    (void)state;
    open_agent(&w, interfaces, 1);
    assert_true(uvsnmp_address_format(uvsnmp_agent_bound(w.agent, 0), text, sizeof(text)) > 0);
    assert_int_equal(uvsnmp_agent_new(&w.loop, &options, &second, &err), UVSNMP_EADDRESS_IN_USE);
    assert_non_null(strstr(err.detail, text + strlen("udp:")));
    assert_null(second);
    close_all(&w);
}

static void closing_with_a_query_outstanding_waits_for_it(void **state)
{
    static const char *const interfaces[] = {"udp:127.0.0.1:0"};
    struct uvsnmp_oid name = UVSNMP_OID(1, 3, 1, 2, 0);
    struct world w;
    (void)state;
    open_agent(&w, interfaces, 1);
    open_session(&w, 0, "public");
    assert_int_equal(uvsnmp_get(w.session, &name, 1, take_result, &w), 0);
    while (!w.late) {
        uv_run(&w.loop, UV_RUN_ONCE);
    }
    uvsnmp_agent_close(w.agent, note_closed, &w);
    assert_false(w.closed);
    while (!w.closed) {
        uv_run(&w.loop, UV_RUN_ONCE);
    }
    assert_int_equal(w.results, 0); /* not answered */
    close_all(&w);
}

static void close_and_answer(struct uvsnmp_query *query)
{
    struct world *world = uvsnmp_query_arg(query);
    struct uvsnmp_value value = uvsnmp_integer(1);
    uvsnmp_agent_close(uvsnmp_query_agent(query), note_closed, world);
    uvsnmp_query_answer(query, &value);
}

static void a_provider_may_close_the_agent(void **state)
{
    static const struct uvsnmp_provider closing = {.get = close_and_answer};
    static const char *const interfaces[] = {"udp:127.0.0.1:0"};
    struct uvsnmp_oid name = UVSNMP_OID(1, 3, 3);
    struct world w;
    (void)state;
    open_agent(&w, interfaces, 1);
    assert_int_equal(uvsnmp_agent_register(w.agent, NULL, name, &closing, &w, NULL, NULL), 0);
    open_session(&w, 0, "public");
    assert_int_equal(uvsnmp_get(w.session, &name, 1, take_result, &w), 0);
    while (!w.closed) {
        uv_run(&w.loop, UV_RUN_ONCE);
    }
    close_all(&w);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_transport_reads_writes_and_walks),
        cmocka_unit_test(an_interface_can_be_added_later),
        cmocka_unit_test(an_agent_without_interfaces_closes),
        cmocka_unit_test(an_address_in_use_is_said),
        cmocka_unit_test(closing_with_a_query_outstanding_waits_for_it),
        cmocka_unit_test(a_provider_may_close_the_agent),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
