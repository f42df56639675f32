/* SPDX-License-Identifier: BSD-3-Clause */
/* Tables from a scripted agent, on a clock that only the test moves. */
#include "support/unit.h"

#include <uvsnmp/session.h>

#include "msg/message.h"
#include "session/wait.h"
#include "support/alloc_fail.h"
#include "support/scripted_peer.h"
#include "support/virtual_clock.h"

/* The agent's MIB: 1.3.6.1.5.COLUMN.ROW = 1000 * COLUMN + ROW, and a scalar 1.3.6.1.6.0 behind it. */
#define VARIABLES_MAX 4096
#define COLUMNS_MAX 160
#define REQUESTS_MAX 16
#define RESPONSE_MAX 2000 /* varbinds */
#define PREFIX 1, 3, 6, 1, 5

/* What the agent has, and how it behaves. */
struct agent {
    unsigned columns, rows;
    bool (*has)(unsigned column, unsigned row); /* NULL: every cell */
    bool has_nothing_behind;                    /* the MIB ends with the table */
    bool column_is_texts;                       /* octets in place of numbers */
    size_t cap;                                 /* varbinds that it sends at most; 0: any number */
    size_t too_big;                             /* varbinds that it calls too big; 0: none */
    uint64_t delay;                             /* until it answers */
    bool answers_backwards;                     /* of several requests, the last first */
    unsigned silent_from;                       /* the request that it does not answer any more; 0: never */
    bool stands_still, steps_back, sends_nothing, sends_exception, has_general_error, is_always_too_big;
    /* seen */
    unsigned requests, most_at_a_time;
    size_t most_columns;
    int32_t last_repetitions;
    enum uvsnmp_pdu_type type;
};

struct seen {
    unsigned ends, rows, holes;
    enum uvsnmp_table_end end;
    int status;
    int32_t error_status;
    unsigned rows_at_end;
    bool no_such_name;
    uint64_t requests;
    uint32_t last_row;
    uint32_t previous_row, stopped_by_row;
    unsigned stop_at; /* rows */
    bool cancels;     /* in the first row */
    size_t columns;   /* asked for, the first being 1 */
    struct uvsnmp_table *table;
};

struct world {
    uv_loop_t *loop;
    struct scripted_peer *peer;
    struct uvsnmp_client *client;
    struct uvsnmp_session *session;
    struct arena arena;
};

/* ---- the agent ---- */

static uint32_t ids[VARIABLES_MAX][7];
static struct uvsnmp_oid variables[VARIABLES_MAX];
static size_t variable_count;
static struct uvsnmp_varbind answers[RESPONSE_MAX];
static uint8_t encoded[MSG_SIZE_MAX];

static void add_variable(const uint32_t *name, size_t count)
{
    assert_true(variable_count < VARIABLES_MAX);
    memcpy(ids[variable_count], name, count * sizeof(*name));
    variables[variable_count] = (struct uvsnmp_oid){ids[variable_count], count};
    variable_count++;
}

static void make_variables(const struct agent *agent)
{
    variable_count = 0;
    for (unsigned column = 1; column <= agent->columns; column++) {
        for (unsigned row = 1; row <= agent->rows; row++) {
            if (!agent->has || agent->has(column, row)) {
                add_variable((const uint32_t[]){PREFIX, column, row}, 7);
            }
        }
    }
    if (!agent->has_nothing_behind) {
        add_variable((const uint32_t[]){1, 3, 6, 1, 6, 0}, 6);
    }
}

/* The variable behind a name; false: there is none. */
static bool next_variable(const struct agent *agent, struct uvsnmp_oid name, struct uvsnmp_varbind *out)
{
    for (size_t i = 0; i < variable_count; i++) {
        if (uvsnmp_oid_compare(variables[i], name) > 0) {
            out->name = variables[i];
            out->value = uvsnmp_integer(
                (int32_t)(1000 * variables[i].ids[5] + (variables[i].count > 6 ? variables[i].ids[6] : 0)));
            if (agent->column_is_texts) {
                out->value = uvsnmp_octets("a text", 6);
            }
            return true;
        }
    }
    out->name = name;
    out->value = uvsnmp_empty(UVSNMP_END_OF_MIB_VIEW);
    return false;
}

static void misbehave(const struct agent *agent, const struct uvsnmp_oid *asked)
{
    bool is_later = asked->count == 7 && asked->ids[6] >= 2;
    if (!is_later) {
        return;
    }
    if (agent->stands_still) {
        answers[0].name = *asked;
    } else if (agent->steps_back) {
        static const uint32_t first[] = {PREFIX, 1, 1};
        answers[0].name = (struct uvsnmp_oid){first, 7};
    } else if (agent->sends_exception) {
        answers[0].value = uvsnmp_empty(UVSNMP_NO_SUCH_INSTANCE);
    }
}

static void respond(const struct agent *agent, const struct msg_pdu *request, struct msg_pdu *response,
                    bool v1)
{
    size_t repetitions = request->type == UVSNMP_PDU_GETBULK ? (size_t)request->max_repetitions : 1;
    size_t wanted = repetitions * request->count;
    size_t sent = agent->cap && agent->cap < wanted ? agent->cap : wanted;
    assert_true(sent <= RESPONSE_MAX);
    if (agent->is_always_too_big || (agent->too_big && wanted > agent->too_big)) {
        response->error_status = UVSNMP_STATUS_TOO_BIG;
        return;
    }
    for (size_t i = 0; i < sent; i++) {
        struct uvsnmp_oid after =
            i < request->count ? request->varbinds[i].name : answers[i - request->count].name;
        if (!next_variable(agent, after, &answers[i]) && v1) {
            response->error_status = UVSNMP_STATUS_NO_SUCH_NAME;
            response->error_index = (int32_t)i + 1;
            response->varbinds = request->varbinds;
            response->count = request->count;
            return;
        }
    }
    misbehave(agent, &request->varbinds[0].name);
    response->varbinds = answers;
    response->count = agent->sends_nothing ? 0 : sent;
    response->error_status = agent->has_general_error ? UVSNMP_STATUS_GEN_ERR : UVSNMP_STATUS_NO_ERROR;
}

static void answer(struct world *world, struct agent *agent, const struct scripted_request *datagram)
{
    struct msg_message request, response = {.pdu = {.type = UVSNMP_PDU_RESPONSE}};
    arena_reset(&world->arena);
    assert_int_equal(msg_decode(datagram->data, datagram->size, &world->arena, &request, NULL), 0);
    agent->requests++;
    agent->type = request.pdu.type;
    agent->last_repetitions = request.pdu.max_repetitions;
    agent->most_columns = request.pdu.count > agent->most_columns ? request.pdu.count : agent->most_columns;
    if (agent->silent_from && agent->requests >= agent->silent_from) {
        return;
    }
    response.version = request.version;
    response.community = request.community;
    response.pdu.request_id = request.pdu.request_id;
    respond(agent, &request.pdu, &response.pdu, request.version == UVSNMP_V1);
    ptrdiff_t size = msg_encode(&response, encoded, sizeof(encoded));
    assert_true(size > 0);
    scripted_peer_send(world->peer, datagram, encoded + sizeof(encoded) - size, (size_t)size);
}

/* Answers whatever comes until nothing comes any more. */
static void serve(struct world *world, struct agent *agent)
{
    static struct scripted_request requests[REQUESTS_MAX];
    for (;;) {
        unsigned count = 0;
        virtual_clock_settle(world->loop);
        while (count < REQUESTS_MAX && scripted_peer_receive(world->peer, &requests[count])) {
            count++;
        }
        if (count == 0) {
            break;
        }
        agent->most_at_a_time = count > agent->most_at_a_time ? count : agent->most_at_a_time;
        virtual_clock_advance(world->loop, agent->delay);
        for (unsigned i = 0; i < count; i++) {
            answer(world, agent, &requests[agent->answers_backwards ? count - 1 - i : i]);
        }
    }
    virtual_clock_advance(world->loop, 60000);
    virtual_clock_settle(world->loop);
}

/* ---- the asking side ---- */

static void count_row(struct seen *seen, const struct uvsnmp_row *row)
{
    assert_int_equal(row->index.count, 1);
    assert_true(row->index.ids[0] > seen->last_row);
    seen->last_row = row->index.ids[0];
    seen->rows++;
    assert_int_equal(row->cell_count, seen->columns);
    for (size_t i = 0; i < row->cell_count; i++) {
        if (row->cells[i].type == UVSNMP_INTEGER) {
            assert_int_equal(row->cells[i].as.integer, 1000 * (i + 1) + row->index.ids[0]);
        } else if (row->cells[i].type == UVSNMP_OCTET_STRING) {
            assert_memory_equal(row->cells[i].as.bytes.data, "a text", 6);
        } else {
            assert_int_equal(row->cells[i].type, UVSNMP_NO_SUCH_INSTANCE);
            seen->holes++;
        }
    }
}

static int on_row(const struct uvsnmp_row *row, void *arg)
{
    struct seen *seen = arg;
    assert_int_equal(seen->ends, 0);
    count_row(seen, row);
    if (seen->cancels) {
        uvsnmp_table_cancel(seen->table);
    }
    return seen->stop_at && seen->rows == seen->stop_at;
}

static void on_done(struct uvsnmp_session *session, const struct uvsnmp_table_result *result, void *arg)
{
    struct seen *seen = arg;
    (void)session;
    seen->ends++;
    seen->end = result->end;
    seen->status = result->last->status;
    seen->error_status = result->last->error_status;
    seen->requests = result->requests;
    seen->no_such_name = result->no_such_name;
    seen->rows_at_end = (unsigned)result->row_count;
    assert_non_null(result->last->detail);
    size_t rows = 0;
    for (const struct uvsnmp_row *row = result->rows; row; row = row->next) {
        count_row(seen, row);
        rows++;
    }
    assert_int_equal(rows, result->row_count);
    if (result->stopped_by) {
        seen->stopped_by_row = result->stopped_by->name.ids[result->stopped_by->name.count - 1];
        seen->previous_row = result->previous.ids[result->previous.count - 1];
    }
}

static void open_world(struct world *world, enum uvsnmp_version version)
{
    memset(world, 0, sizeof(*world));
    arena_init(&world->arena, 32768, 0);
    assert_non_null(arena_alloc(&world->arena, 1)); /* so that the agent allocates nothing later */
    world->loop = wait_loop_new();
    world->peer = scripted_peer_new("127.0.0.1");
    assert_non_null(world->loop);
    assert_non_null(world->peer);
    assert_int_equal(uvsnmp_client_new(world->loop, NULL, &world->client, NULL), 0);
    const struct uvsnmp_session_options options = {
        .peer = scripted_peer_address(world->peer),
        .version = version,
        .community = {(const uint8_t *)"public", 6},
        .timeout_ms = 1000,
    };
    assert_int_equal(uvsnmp_session_new(world->client, &options, &world->session, NULL), 0);
}

static void close_world(struct world *world)
{
    uvsnmp_session_free(world->session);
    uvsnmp_client_close(world->client, NULL, NULL);
    assert_int_equal(wait_loop_run(world->loop), 0);
    wait_loop_free(world->loop);
    scripted_peer_free(world->peer);
    arena_fini(&world->arena);
}

static int start(struct world *world, struct uvsnmp_table_options *options, struct seen *seen)
{
    static uint32_t column_ids[COLUMNS_MAX][6];
    static struct uvsnmp_oid columns[COLUMNS_MAX];
    for (unsigned i = 0; i < options->column_count; i++) {
        memcpy(column_ids[i], (const uint32_t[]){PREFIX, i + 1}, sizeof(column_ids[i]));
        columns[i] = (struct uvsnmp_oid){column_ids[i], 6};
    }
    options->columns = columns;
    options->done = on_done;
    options->arg = seen;
    seen->columns = options->column_count;
    return uvsnmp_table(world->session, options, &seen->table);
}

/* One table, from its request to its end. */
static struct seen run(enum uvsnmp_version version, struct agent *agent, struct uvsnmp_table_options options)
{
    struct world world;
    struct seen seen = {0};
    make_variables(agent);
    open_world(&world, version);
    options.column_count = options.column_count ? options.column_count : agent->columns;
    assert_int_equal(start(&world, &options, &seen), 0);
    assert_int_equal(seen.ends, 0);
    serve(&world, agent);
    assert_int_equal(seen.ends, 1);
    close_world(&world);
    assert_int_equal(seen.ends, 1);
    return seen;
}

static bool chequered(unsigned column, unsigned row)
{
    return (column + row) % 2 == 0;
}

/* The later the column, the earlier its end; the first is whole. */
static bool staircase(unsigned column, unsigned row)
{
    return row <= 30 - (column - 1) * 3;
}

/* The first column has fewer rows than the others, and none of the first ones. */
static bool late_first_column(unsigned column, unsigned row)
{
    return column > 1 || (row > 10 && row < 15);
}

/* ---- tests ---- */

static void a_small_table_takes_one_round_trip(void **state)
{
    struct agent agent = {.columns = 22, .rows = 3};
    (void)state;
    struct seen seen = run(UVSNMP_V2C, &agent, (struct uvsnmp_table_options){0});
    assert_int_equal(seen.end, UVSNMP_TABLE_COMPLETE);
    assert_int_equal(seen.rows, 3);
    assert_int_equal(seen.rows_at_end, 3);
    assert_int_equal(seen.holes, 0);
    assert_int_equal(agent.type, UVSNMP_PDU_GETBULK);
    assert_int_equal(agent.requests, 1);
    assert_int_equal(seen.requests, 1);
    assert_false(seen.no_such_name);
}

static void a_large_table_comes_in_several_requests_at_a_time(void **state)
{
    struct agent agent = {.columns = 10, .rows = 200, .cap = 100, .delay = 50};
    (void)state;
    uint64_t begun = virtual_clock_now();
    struct seen seen = run(UVSNMP_V2C, &agent, (struct uvsnmp_table_options){.each = on_row});
    uint64_t trips = (virtual_clock_now() - 60000 - begun) / 50;
    assert_int_equal(seen.end, UVSNMP_TABLE_COMPLETE);
    assert_int_equal(seen.rows, 200);
    assert_int_equal(seen.rows_at_end, 0);
    assert_int_equal(agent.most_at_a_time, 4);
    /* 20 responses full of cells, four at a time, and a little more at the ends */
    assert_in_range(trips, 6, 9);
}

static void a_slow_agent_is_not_asked_in_parallel(void **state)
{
    struct agent agent = {.columns = 10, .rows = 100, .cap = 100, .delay = 300};
    (void)state;
    struct seen seen = run(UVSNMP_V2C, &agent, (struct uvsnmp_table_options){0});
    assert_int_equal(seen.rows, 100);
    assert_int_equal(agent.most_at_a_time, 1);
    agent = (struct agent){.columns = 10, .rows = 100, .cap = 100, .delay = 200};
    seen = run(UVSNMP_V2C, &agent, (struct uvsnmp_table_options){0});
    assert_int_equal(seen.rows, 100);
    assert_int_equal(agent.most_at_a_time, 2);
}

static void responses_may_come_in_any_order(void **state)
{
    struct agent agent = {.columns = 7, .rows = 150, .has = chequered, .answers_backwards = true};
    (void)state;
    struct seen seen =
        run(UVSNMP_V2C, &agent, (struct uvsnmp_table_options){.max_requests = 16, .each = on_row});
    assert_int_equal(seen.end, UVSNMP_TABLE_COMPLETE);
    assert_int_equal(seen.rows, 150);
    assert_int_equal(seen.holes, 7 * 150 / 2);
}

static void version_1_brings_a_row_per_request(void **state)
{
    struct agent agent = {.columns = 5, .rows = 12, .has = chequered};
    (void)state;
    struct seen seen = run(UVSNMP_V1, &agent, (struct uvsnmp_table_options){0});
    assert_int_equal(seen.end, UVSNMP_TABLE_COMPLETE);
    assert_int_equal(seen.rows, 12);
    assert_int_equal(seen.holes, 30);
    assert_int_equal(agent.type, UVSNMP_PDU_GETNEXT);
    assert_int_equal(agent.requests, 7); /* six cells in a column, and its end */
}

static void version_1_ends_where_the_mib_does(void **state)
{
    struct agent agent = {.columns = 4, .rows = 5, .has_nothing_behind = true};
    (void)state;
    struct seen seen = run(UVSNMP_V1, &agent, (struct uvsnmp_table_options){.each = on_row});
    assert_int_equal(seen.end, UVSNMP_TABLE_COMPLETE);
    assert_true(seen.no_such_name);
    assert_int_equal(seen.rows, 5);
    assert_int_equal(seen.holes, 0);
}

static void getnext_can_be_asked_for(void **state)
{
    struct agent agent = {.columns = 3, .rows = 4, .has_nothing_behind = true};
    (void)state;
    struct seen seen = run(UVSNMP_V2C, &agent, (struct uvsnmp_table_options){.getnext = true});
    assert_int_equal(seen.end, UVSNMP_TABLE_COMPLETE);
    assert_int_equal(seen.rows, 4);
    assert_int_equal(agent.type, UVSNMP_PDU_GETNEXT);
    assert_int_equal(agent.requests, 5);
}

static void repetitions_can_be_chosen(void **state)
{
    struct agent agent = {.columns = 3, .rows = 20};
    (void)state;
    struct seen seen =
        run(UVSNMP_V2C, &agent, (struct uvsnmp_table_options){.max_repetitions = 7, .max_requests = 1});
    assert_int_equal(seen.rows, 20);
    assert_int_equal(agent.last_repetitions, 7);
    assert_int_equal(agent.requests, 3);
    assert_int_equal(agent.most_at_a_time, 1);
}

static void columns_may_end_early_and_rows_have_holes(void **state)
{
    struct agent agent = {.columns = 10, .rows = 30, .has = staircase};
    (void)state;
    struct seen seen = run(UVSNMP_V2C, &agent, (struct uvsnmp_table_options){.each = on_row});
    assert_int_equal(seen.end, UVSNMP_TABLE_COMPLETE);
    assert_int_equal(seen.rows, 30);
    assert_int_equal(seen.holes, 3 * (1 + 2 + 3 + 4 + 5 + 6 + 7 + 8 + 9));
    agent = (struct agent){.columns = 4, .rows = 40, .has = late_first_column, .cap = 11};
    seen = run(UVSNMP_V2C, &agent, (struct uvsnmp_table_options){.each = on_row});
    assert_int_equal(seen.rows, 40);
    assert_int_equal(seen.holes, 36);
}

static void a_column_that_the_agent_has_not_is_all_holes(void **state)
{
    struct agent agent = {.columns = 2, .rows = 6};
    (void)state;
    struct seen seen = run(UVSNMP_V2C, &agent, (struct uvsnmp_table_options){.column_count = 4});
    assert_int_equal(seen.rows, 6);
    assert_int_equal(seen.holes, 12);
}

static void an_empty_table_has_no_rows(void **state)
{
    struct agent agent = {.columns = 2};
    (void)state;
    struct seen seen = run(UVSNMP_V2C, &agent, (struct uvsnmp_table_options){0});
    assert_int_equal(seen.end, UVSNMP_TABLE_COMPLETE);
    assert_int_equal(seen.rows, 0);
    agent.has_nothing_behind = true;
    seen = run(UVSNMP_V1, &agent, (struct uvsnmp_table_options){0});
    assert_int_equal(seen.end, UVSNMP_TABLE_COMPLETE);
    assert_int_equal(seen.rows, 0);
}

static void many_columns_go_into_several_requests(void **state)
{
    struct agent agent = {.columns = 150, .rows = 3};
    (void)state;
    struct seen seen = run(UVSNMP_V2C, &agent, (struct uvsnmp_table_options){.each = on_row});
    assert_int_equal(seen.rows, 3);
    assert_int_equal(seen.holes, 0);
    assert_in_range(agent.most_columns, 10, 64);
}

static void too_big_answers_are_asked_for_in_smaller_pieces(void **state)
{
    struct agent agent = {.columns = 12, .rows = 20, .too_big = 30};
    (void)state;
    struct seen seen = run(UVSNMP_V2C, &agent, (struct uvsnmp_table_options){0});
    assert_int_equal(seen.end, UVSNMP_TABLE_COMPLETE);
    assert_int_equal(seen.rows, 20);
    agent = (struct agent){.columns = 12, .rows = 20, .too_big = 5};
    seen = run(UVSNMP_V2C, &agent, (struct uvsnmp_table_options){.max_repetitions = 1});
    assert_int_equal(seen.rows, 20);
    agent = (struct agent){.columns = 12, .rows = 20, .too_big = 5};
    seen = run(UVSNMP_V1, &agent, (struct uvsnmp_table_options){.each = on_row});
    assert_int_equal(seen.rows, 20);
    assert_int_equal(seen.holes, 0);
}

static void an_error_status_ends_a_table(void **state)
{
    struct agent agent = {.columns = 4, .rows = 2, .has_general_error = true};
    (void)state;
    struct seen seen = run(UVSNMP_V2C, &agent, (struct uvsnmp_table_options){0});
    assert_int_equal(seen.end, UVSNMP_TABLE_ERROR_STATUS);
    assert_int_equal(seen.error_status, UVSNMP_STATUS_GEN_ERR);
    assert_int_equal(seen.requests, 1);
    agent = (struct agent){.columns = 4, .rows = 2, .is_always_too_big = true};
    seen = run(UVSNMP_V2C, &agent, (struct uvsnmp_table_options){0});
    assert_int_equal(seen.end, UVSNMP_TABLE_ERROR_STATUS);
    assert_int_equal(seen.error_status, UVSNMP_STATUS_TOO_BIG);
}

static void names_that_do_not_increase_end_a_table(void **state)
{
    struct agent still = {.columns = 2, .rows = 9, .stands_still = true};
    struct agent back = {.columns = 2, .rows = 9, .steps_back = true};
    const struct uvsnmp_table_options options = {.max_repetitions = 2, .max_requests = 1};
    (void)state;
    struct seen seen = run(UVSNMP_V2C, &still, options);
    assert_int_equal(seen.end, UVSNMP_TABLE_FAILED);
    assert_int_equal(seen.status, UVSNMP_ENOT_INCREASING);
    assert_int_equal(seen.rows, 2);
    assert_int_equal(seen.previous_row, 2);
    assert_int_equal(seen.stopped_by_row, 2);
    seen = run(UVSNMP_V1, &back, options);
    assert_int_equal(seen.status, UVSNMP_ENOT_INCREASING);
    assert_int_equal(seen.rows, 2);
    assert_int_equal(seen.stopped_by_row, 1);
}

static void responses_that_make_no_sense_end_a_table(void **state)
{
    struct agent empty = {.columns = 2, .rows = 9, .sends_nothing = true};
    struct agent exception = {.columns = 2, .rows = 9, .sends_exception = true};
    (void)state;
    struct seen seen = run(UVSNMP_V2C, &empty, (struct uvsnmp_table_options){0});
    assert_int_equal(seen.end, UVSNMP_TABLE_FAILED);
    assert_int_equal(seen.status, UVSNMP_EEMPTY_RESPONSE);
    seen =
        run(UVSNMP_V2C, &exception, (struct uvsnmp_table_options){.max_repetitions = 2, .max_requests = 1});
    assert_int_equal(seen.status, UVSNMP_EUNEXPECTED_RESPONSE);
    assert_int_equal(seen.rows, 2);
}

static void rows_and_memory_are_bounded(void **state)
{
    struct agent agent = {.columns = 3, .rows = 100, .column_is_texts = true};
    (void)state;
    struct seen seen = run(UVSNMP_V2C, &agent, (struct uvsnmp_table_options){.max_rows = 50, .each = on_row});
    assert_int_equal(seen.end, UVSNMP_TABLE_FAILED);
    assert_int_equal(seen.status, UVSNMP_ELIMIT);
    assert_int_equal(seen.rows, 50);
    assert_int_equal(seen.holes, 0);
    seen = run(UVSNMP_V2C, &agent, (struct uvsnmp_table_options){.max_rows = 50});
    assert_int_equal(seen.status, UVSNMP_ELIMIT);
    assert_int_equal(seen.rows, 50);
    assert_int_equal(seen.holes, 0);
    seen = run(UVSNMP_V2C, &agent, (struct uvsnmp_table_options){.max_rows = 100, .each = on_row});
    assert_int_equal(seen.end, UVSNMP_TABLE_COMPLETE);
    seen = run(UVSNMP_V2C, &agent, (struct uvsnmp_table_options){.max_memory = 8000});
    assert_int_equal(seen.status, UVSNMP_ELIMIT);
    assert_in_range(seen.rows, 5, 60);
    /* rows that are handed over do not count any more */
    seen = run(UVSNMP_V2C, &agent,
               (struct uvsnmp_table_options){
                   .max_memory = 8000, .max_repetitions = 5, .max_requests = 1, .each = on_row});
    assert_int_equal(seen.end, UVSNMP_TABLE_COMPLETE);
    assert_int_equal(seen.rows, 100);
}

static void columns_keep_pace_where_responses_end_within_a_row(void **state)
{
    static const size_t caps[] = {1, 5, 11, 15, 23};
    (void)state;
    for (size_t i = 0; i < COUNT_OF(caps); i++) {
        struct agent agent = {.columns = 12, .rows = 100, .cap = caps[i]};
        /* 100 rows take 60,000 octets and more; those that wait for a column fit into a quarter */
        struct seen seen =
            run(UVSNMP_V2C, &agent,
                (struct uvsnmp_table_options){.max_memory = 15000, .max_repetitions = 2, .each = on_row});
        assert_int_equal(seen.end, UVSNMP_TABLE_COMPLETE);
        assert_int_equal(seen.rows, 100);
        assert_int_equal(seen.holes, 0);
    }
}

static void the_callback_can_stop_a_table(void **state)
{
    struct agent agent = {.columns = 4, .rows = 60};
    struct world world;
    struct seen seen = {.stop_at = 7};
    struct uvsnmp_table_options options = {.column_count = 4, .each = on_row};
    (void)state;
    make_variables(&agent);
    open_world(&world, UVSNMP_V2C);
    assert_int_equal(start(&world, &options, &seen), 0);
    serve(&world, &agent);
    assert_int_equal(seen.ends, 1);
    assert_int_equal(seen.end, UVSNMP_TABLE_STOPPED);
    assert_int_equal(agent.requests, 1);
    close_world(&world);
}

static void a_table_can_be_cancelled_at_any_time(void **state)
{
    struct agent agent = {.columns = 4, .rows = 60};
    struct uvsnmp_table_options options = {.column_count = 4, .max_repetitions = 3, .each = on_row};
    (void)state;
    make_variables(&agent);
    /* before anything has arrived, in a row's callback, and with several requests under way */
    for (int when = 0; when < 3; when++) {
        struct world world;
        struct seen seen = {.cancels = when == 1};
        open_world(&world, UVSNMP_V2C);
        assert_int_equal(start(&world, &options, &seen), 0);
        if (when == 2) {
            struct scripted_request request;
            for (int i = 0; i < 2; i++) {
                assert_true(scripted_peer_wait(world.peer, world.loop, &request));
                answer(&world, &agent, &request);
            }
            virtual_clock_settle(world.loop);
            assert_true(scripted_peer_receive(world.peer, &request));
            assert_true(scripted_peer_receive(world.peer, &request));
            assert_int_equal(seen.ends, 0);
        }
        if (when != 1) {
            uvsnmp_table_cancel(seen.table);
            assert_int_equal(seen.ends, 0);
        }
        serve(&world, &agent);
        assert_int_equal(seen.ends, 1);
        assert_int_equal(seen.end, UVSNMP_TABLE_FAILED);
        assert_int_equal(seen.status, UVSNMP_ECANCELLED);
        close_world(&world);
        assert_int_equal(seen.ends, 1);
    }
}

static void closing_the_client_ends_a_table(void **state)
{
    struct world world;
    struct seen seen = {0};
    struct uvsnmp_table_options options = {.column_count = 4};
    (void)state;
    open_world(&world, UVSNMP_V2C);
    assert_int_equal(start(&world, &options, &seen), 0);
    close_world(&world);
    assert_int_equal(seen.ends, 1);
    assert_int_equal(seen.status, UVSNMP_ECANCELLED);
}

static void a_timeout_leaves_the_rows_so_far(void **state)
{
    struct agent agent = {.columns = 4, .rows = 60, .silent_from = 3};
    (void)state;
    struct seen seen =
        run(UVSNMP_V2C, &agent, (struct uvsnmp_table_options){.max_repetitions = 5, .max_requests = 1});
    assert_int_equal(seen.end, UVSNMP_TABLE_FAILED);
    assert_int_equal(seen.status, UVSNMP_ETIMEOUT);
    assert_int_equal(seen.rows, 10);
}

static void bad_arguments_are_refused_without_a_callback(void **state)
{
    static const uint32_t long_ids[UVSNMP_OID_MAX + 1] = {1, 3};
    const struct uvsnmp_oid too_long = {long_ids, UVSNMP_OID_MAX + 1};
    struct world world;
    struct seen seen = {0};
    (void)state;
    open_world(&world, UVSNMP_V2C);
    struct uvsnmp_table_options options = {.columns = &too_long, .done = on_done, .arg = &seen};
    assert_int_equal(uvsnmp_table(world.session, &options, NULL), UVSNMP_EBAD_ARGUMENT);
    options.column_count = 1;
    assert_int_equal(uvsnmp_table(world.session, &options, NULL), UVSNMP_ETOO_LONG);
    close_world(&world);
    assert_int_equal(seen.ends, 0);
}

static void without_memory_a_table_ends_once_and_leaks_nothing(void **state)
{
    struct agent agent = {.columns = 6, .rows = 40, .column_is_texts = true};
    unsigned nth = 0;
    bool has_failed;
    (void)state;
    make_variables(&agent);
    do {
        struct world world;
        struct seen seen = {0};
        struct uvsnmp_table_options options = {.column_count = 6, .each = nth % 2 ? on_row : NULL};
        open_world(&world, UVSNMP_V2C);
        alloc_fail_at(++nth);
        int rc = start(&world, &options, &seen);
        if (rc == 0) {
            serve(&world, &agent);
        }
        has_failed = alloc_fail_end();
        assert_int_equal(seen.ends, rc == 0 ? 1 : 0);
        assert_true(rc == 0 || rc == UVSNMP_ENO_MEMORY);
        assert_true(has_failed || seen.end == UVSNMP_TABLE_COMPLETE);
        close_world(&world);
        assert_true(nth < 2000);
    } while (has_failed);
    assert_true(nth > 100); /* else the failures do not reach the rows */
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_small_table_takes_one_round_trip),
        cmocka_unit_test(a_large_table_comes_in_several_requests_at_a_time),
        cmocka_unit_test(a_slow_agent_is_not_asked_in_parallel),
        cmocka_unit_test(responses_may_come_in_any_order),
        cmocka_unit_test(version_1_brings_a_row_per_request),
        cmocka_unit_test(version_1_ends_where_the_mib_does),
        cmocka_unit_test(getnext_can_be_asked_for),
        cmocka_unit_test(repetitions_can_be_chosen),
        cmocka_unit_test(columns_may_end_early_and_rows_have_holes),
        cmocka_unit_test(a_column_that_the_agent_has_not_is_all_holes),
        cmocka_unit_test(an_empty_table_has_no_rows),
        cmocka_unit_test(many_columns_go_into_several_requests),
        cmocka_unit_test(too_big_answers_are_asked_for_in_smaller_pieces),
        cmocka_unit_test(an_error_status_ends_a_table),
        cmocka_unit_test(names_that_do_not_increase_end_a_table),
        cmocka_unit_test(responses_that_make_no_sense_end_a_table),
        cmocka_unit_test(rows_and_memory_are_bounded),
        cmocka_unit_test(columns_keep_pace_where_responses_end_within_a_row),
        cmocka_unit_test(the_callback_can_stop_a_table),
        cmocka_unit_test(a_table_can_be_cancelled_at_any_time),
        cmocka_unit_test(closing_the_client_ends_a_table),
        cmocka_unit_test(a_timeout_leaves_the_rows_so_far),
        cmocka_unit_test(bad_arguments_are_refused_without_a_callback),
        cmocka_unit_test(without_memory_a_table_ends_once_and_leaks_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
