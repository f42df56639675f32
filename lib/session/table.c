/* SPDX-License-Identifier: BSD-3-Clause */
#include <stdlib.h>
#include <string.h>

#include "io/timer.h"
#include "session/client.h"
#include "session/rows.h"

#define VARBINDS_PER_RESPONSE 100 /* what agents that cap a response commonly send */
#define COLUMNS_PER_REQUEST 64
#define REQUESTS_DEFAULT 4
#define ALONE 2 /* requests that are made one after the other */
#define MEMORY_DEFAULT ((size_t)64 << 20)

struct column {
    struct uvsnmp_oid root;         /* in table->roots */
    struct uvsnmp_oid_buf position; /* the last name, the root at first */
    struct rows_row *row;           /* the last one that got a cell and is still there; NULL: none */
    bool has_ended;
};

/* Columns that are asked for together. */
struct lane {
    struct list link; /* in table->idle */
    struct uvsnmp_table *table;
    size_t *columns; /* in table->order: those that have not ended */
    size_t count;
    int32_t repetitions_limit; /* what the agent has not called too big */
    struct uvsnmp_request *request;
};

struct uvsnmp_table {
    struct uvsnmp_session *session;
    struct column *columns;
    uint32_t *roots;
    size_t column_count, columns_left;
    struct lane *lanes; /* column_count of them */
    size_t lane_count;  /* in use */
    size_t *order;
    struct list idle; /* lanes that wait for their turn */
    unsigned in_flight, window, max_requests;
    uint64_t asked_at; /* the last request; open_window() looks at it while they are made alone */
    bool getnext;
    int32_t max_repetitions;
    struct rows rows;
    uvsnmp_row_cb *each;
    uvsnmp_table_cb *done;
    void *arg;
    uint64_t requests;
    bool no_such_name, is_cancelled, has_ended;
};

/* ---- the end ---- */

static void table_free(struct uvsnmp_table *table)
{
    struct uvsnmp_session *session = table->session;
    rows_fini(&table->rows);
    free(table->columns);
    free(table->roots);
    free(table->lanes);
    free(table->order);
    free(table);
    session_release(session);
}

static void cancel_requests(struct uvsnmp_table *table)
{
    for (size_t i = 0; i < table->lane_count; i++) {
        if (table->lanes[i].request) {
            uvsnmp_request_cancel(table->lanes[i].request);
        }
    }
}

/* Calls back; requests that are under way still hold the table. */
static void finish(struct uvsnmp_table *table, struct uvsnmp_table_result *result)
{
    result->rows = table->rows.first ? &table->rows.first->view : NULL;
    result->row_count = table->rows.count;
    result->requests = table->requests;
    result->no_such_name = table->no_such_name;
    table->has_ended = true;
    cancel_requests(table);
    table->done(table->session, result, table->arg);
    if (table->in_flight == 0) {
        table_free(table);
    }
}

static void end(struct uvsnmp_table *table, enum uvsnmp_table_end how, const struct uvsnmp_result *last)
{
    struct uvsnmp_table_result result = {.end = how, .last = last};
    finish(table, &result);
}

/* Ends with an error of our own making about the response at hand. */
static void fail(struct uvsnmp_table *table, const struct uvsnmp_result *response, int status,
                 const struct uvsnmp_varbind *stopped_by, const struct column *column)
{
    struct uvsnmp_result failure = *response;
    struct uvsnmp_table_result result = {
        .end = UVSNMP_TABLE_FAILED, .last = &failure, .stopped_by = stopped_by};
    failure.status = status;
    failure.detail = uvsnmp_strerror(status);
    if (column) {
        result.previous = uvsnmp_oid_of(&column->position);
    }
    finish(table, &result);
}

/* ---- asking ---- */

static bool uses_getbulk(const struct uvsnmp_table *table)
{
    return !table->getnext && table->session->version != UVSNMP_V1;
}

static int32_t repetitions(const struct lane *lane)
{
    const struct uvsnmp_table *table = lane->table;
    int32_t wanted = table->max_repetitions;
    if (wanted == 0) {
        wanted = (int32_t)(VARBINDS_PER_RESPONSE / lane->count);
    }
    wanted = wanted < lane->repetitions_limit ? wanted : lane->repetitions_limit;
    return wanted > 0 ? wanted : 1;
}

static void on_result(struct uvsnmp_session *session, const struct uvsnmp_result *result, void *arg);

static int ask(struct lane *lane)
{
    struct uvsnmp_table *table = lane->table;
    struct uvsnmp_varbind varbinds[COLUMNS_PER_REQUEST];
    struct uvsnmp_request_options options = {
        .type = uses_getbulk(table) ? UVSNMP_PDU_GETBULK : UVSNMP_PDU_GETNEXT,
        .varbinds = varbinds,
        .count = lane->count,
        .max_repetitions = uses_getbulk(table) ? repetitions(lane) : 0,
    };
    for (size_t i = 0; i < lane->count; i++) {
        varbinds[i].name = uvsnmp_oid_of(&table->columns[lane->columns[i]].position);
        varbinds[i].value = uvsnmp_empty(UVSNMP_NULL);
    }
    int rc = uvsnmp_request_send(table->session, &options, on_result, lane, &lane->request);
    if (rc == 0) {
        list_remove(&lane->link);
        table->in_flight++;
        table->asked_at = io_now(table->session->client->loop);
    }
    return rc;
}

/* Lanes take turns, so that none runs far ahead of the others and rows wait for it. */
static void ask_more(struct uvsnmp_table *table, const struct uvsnmp_result *response)
{
    while (table->in_flight < table->window && !list_is_empty(&table->idle)) {
        int rc = ask(LIST_OBJECT(table->idle.next, struct lane, link));
        if (rc < 0) {
            fail(table, response, rc, NULL, NULL);
            return;
        }
    }
}

/* ---- lanes ---- */

static struct lane *lane_add(struct uvsnmp_table *table, size_t *columns, size_t count, int32_t limit)
{
    struct lane *lane = &table->lanes[table->lane_count++];
    lane->table = table;
    lane->columns = columns;
    lane->count = count;
    lane->repetitions_limit = limit;
    list_append(&table->idle, &lane->link);
    return lane;
}

/* Gives half of the columns to a new lane. There is one for every column, and none is ever empty. */
static void lane_split(struct lane *lane)
{
    size_t half = lane->count / 2;
    lane->count -= half;
    (void)lane_add(lane->table, lane->columns + lane->count, half, lane->repetitions_limit);
}

static struct lane *widest_idle_lane(struct uvsnmp_table *table)
{
    struct lane *widest = NULL;
    LIST_EACH(link, following, &table->idle)
    {
        struct lane *lane = LIST_OBJECT(link, struct lane, link);
        if (!widest || lane->count > widest->count) {
            widest = lane;
        }
    }
    return widest;
}

/*
 * Most tables end with the first two responses. With the second it is known how long the agent takes, for the
 * first may have waited for a name. Should that be its own slowness and not the line's, it will answer what
 * is asked at once one after the other: the last answer must not come near the timeout.
 */
static void open_window(struct uvsnmp_table *table)
{
    uint64_t elapsed = io_now(table->session->client->loop) - table->asked_at;
    uint64_t fit = table->session->target.timeout_ms / 2 / (elapsed ? elapsed : 1);
    table->window = fit < table->max_requests ? (unsigned)fit : table->max_requests;
    table->window = table->window ? table->window : 1;
    if (!uses_getbulk(table)) {
        return; /* a row each: narrower requests save no time */
    }
    for (size_t lanes = table->lane_count; lanes < table->window; lanes++) {
        struct lane *lane = widest_idle_lane(table);
        if (!lane || lane->count < 2) {
            return;
        }
        lane_split(lane);
    }
}

/* ---- answers ---- */

static void end_column(struct uvsnmp_table *table, struct column *column)
{
    if (!column->has_ended) {
        column->has_ended = true;
        table->columns_left--;
    }
}

static void drop_ended_columns(struct lane *lane)
{
    size_t kept = 0;
    for (size_t i = 0; i < lane->count; i++) {
        if (!lane->table->columns[lane->columns[i]].has_ended) {
            lane->columns[kept++] = lane->columns[i];
        }
    }
    lane->count = kept;
}

static int put(struct uvsnmp_table *table, size_t index, const struct uvsnmp_varbind *varbind)
{
    struct column *column = &table->columns[index];
    const struct uvsnmp_oid tail = {varbind->name.ids + column->root.count,
                                    varbind->name.count - column->root.count};
    int rc = rows_put(&table->rows, &column->row, tail, index, &varbind->value);
    if (rc == 0) {
        (void)uvsnmp_oid_copy(&column->position, varbind->name);
    }
    return rc;
}

/* Takes one variable of a response. False: the table has ended. */
static bool take(struct uvsnmp_table *table, const struct uvsnmp_result *response, size_t index,
                 const struct uvsnmp_varbind *varbind)
{
    struct column *column = &table->columns[index];
    if (column->has_ended) {
        return true; /* what GETBULK brings from behind the column */
    }
    if (varbind->value.type == UVSNMP_END_OF_MIB_VIEW ||
        !uvsnmp_oid_has_prefix(varbind->name, column->root)) {
        end_column(table, column);
        return true;
    }
    int rc;
    if (uvsnmp_type_is_exception(varbind->value.type)) {
        rc = UVSNMP_EUNEXPECTED_RESPONSE;
    } else if (uvsnmp_oid_compare(varbind->name, uvsnmp_oid_of(&column->position)) <= 0) {
        rc = UVSNMP_ENOT_INCREASING;
    } else {
        rc = put(table, index, varbind);
    }
    if (rc < 0) {
        fail(table, response, rc, varbind, column);
    }
    return rc == 0;
}

/* What a response that was cut within a row did not reach comes first in the next request, or it would fall
 * behind. */
static void rotate(struct lane *lane, size_t by)
{
    size_t reached[COLUMNS_PER_REQUEST], left = lane->count - by;
    memcpy(reached, lane->columns, by * sizeof(reached[0]));
    memmove(lane->columns, lane->columns + by, left * sizeof(reached[0]));
    memcpy(lane->columns + left, reached, by * sizeof(reached[0]));
}

static bool take_all(struct lane *lane, const struct uvsnmp_result *response)
{
    struct uvsnmp_table *table = lane->table;
    size_t count = response->count;
    if (count == 0) {
        fail(table, response, UVSNMP_EEMPTY_RESPONSE, NULL, NULL);
        return false;
    }
    if (!uses_getbulk(table) && count > lane->count) {
        count = lane->count;
    }
    for (size_t i = 0; i < count; i++) {
        if (!take(table, response, lane->columns[i % lane->count], &response->varbinds[i])) {
            return false;
        }
    }
    rotate(lane, count % lane->count);
    return true;
}

/* A response with an error-status; true when the table goes on all the same. */
static bool survives_error_status(struct lane *lane, const struct uvsnmp_result *result)
{
    struct uvsnmp_table *table = lane->table;
    if (result->error_status == UVSNMP_STATUS_TOO_BIG) {
        int32_t asked = uses_getbulk(table) ? repetitions(lane) : 1;
        if (asked > 1) {
            lane->repetitions_limit = asked / 2;
            return true;
        }
        if (lane->count > 1) {
            lane_split(lane);
            return true;
        }
    }
    if (result->error_status == UVSNMP_STATUS_NO_SUCH_NAME) {
        /* the end of the MIB for one column; an agent that does not say for which means all */
        table->no_such_name = true;
        bool says_which = result->error_index > 0 && (size_t)result->error_index <= lane->count;
        for (size_t i = 0; i < lane->count; i++) {
            if (!says_which || i + 1 == (size_t)result->error_index) {
                end_column(table, &table->columns[lane->columns[i]]);
            }
        }
        return true;
    }
    end(table, UVSNMP_TABLE_ERROR_STATUS, result);
    return false;
}

/* The first row is complete when every column is there or behind it. */
static bool has_complete_row(const struct uvsnmp_table *table)
{
    for (size_t i = 0; i < table->column_count; i++) {
        if (!table->columns[i].has_ended && !table->columns[i].row) {
            return false;
        }
    }
    return table->rows.first;
}

static void forget_first_row(struct uvsnmp_table *table)
{
    for (size_t i = 0; i < table->column_count; i++) {
        if (table->columns[i].row == table->rows.first) {
            table->columns[i].row = NULL;
        }
    }
    rows_remove_first(&table->rows);
}

/* Hands over what is complete. False: the table has ended. */
static bool hand_over(struct uvsnmp_table *table, const struct uvsnmp_result *response)
{
    while (table->each && has_complete_row(table)) {
        bool stop = table->each(&table->rows.first->view, table->arg) != 0;
        forget_first_row(table);
        if (stop) {
            end(table, UVSNMP_TABLE_STOPPED, response);
            return false;
        }
        if (table->is_cancelled) {
            fail(table, response, UVSNMP_ECANCELLED, NULL, NULL);
            return false;
        }
    }
    return true;
}

static void go_on(struct lane *lane, const struct uvsnmp_result *result)
{
    struct uvsnmp_table *table = lane->table;
    drop_ended_columns(lane);
    if (lane->count > 0) {
        list_append(&table->idle, &lane->link);
    }
    if (!hand_over(table, result)) {
        return;
    }
    if (table->columns_left == 0) {
        end(table, UVSNMP_TABLE_COMPLETE, result);
        return;
    }
    if (table->requests == ALONE) {
        open_window(table);
    }
    ask_more(table, result);
}

static void on_result(struct uvsnmp_session *session, const struct uvsnmp_result *result, void *arg)
{
    struct lane *lane = arg;
    struct uvsnmp_table *table = lane->table;
    (void)session;
    lane->request = NULL;
    table->in_flight--;
    if (table->has_ended) {
        if (table->in_flight == 0) {
            table_free(table);
        }
        return;
    }
    table->requests++;
    if (result->status < 0) {
        end(table, UVSNMP_TABLE_FAILED, result);
    } else if (result->error_status == UVSNMP_STATUS_NO_ERROR ? take_all(lane, result)
                                                              : survives_error_status(lane, result)) {
        go_on(lane, result);
    }
}

/* ---- the beginning ---- */

static int add_columns(struct uvsnmp_table *table, const struct uvsnmp_oid *columns)
{
    uint32_t *ids = table->roots;
    for (size_t i = 0; i < table->column_count; i++) {
        struct column *column = &table->columns[i];
        int rc = uvsnmp_oid_copy(&column->position, columns[i]);
        if (rc < 0) {
            return rc;
        }
        if (columns[i].count > 0) {
            memcpy(ids, columns[i].ids, columns[i].count * sizeof(*ids));
        }
        column->root = (struct uvsnmp_oid){ids, columns[i].count};
        ids += columns[i].count;
        table->order[i] = i;
    }
    for (size_t i = 0; i < table->column_count; i += COLUMNS_PER_REQUEST) {
        size_t left = table->column_count - i;
        (void)lane_add(table, table->order + i, left < COLUMNS_PER_REQUEST ? left : COLUMNS_PER_REQUEST,
                       INT32_MAX);
    }
    return 0;
}

/* All memory that a table needs, but for its rows. */
static struct uvsnmp_table *table_new(const struct uvsnmp_table_options *options)
{
    size_t count = options->column_count, ids = 1;
    struct uvsnmp_table *table = calloc(1, sizeof(*table));
    if (!table) {
        return NULL;
    }
    for (size_t i = 0; i < count; i++) {
        ids += options->columns[i].count <= UVSNMP_OID_MAX ? options->columns[i].count : 0;
    }
    table->columns = calloc(count, sizeof(*table->columns));
    table->lanes = calloc(count, sizeof(*table->lanes));
    table->order = calloc(count, sizeof(*table->order));
    table->roots = calloc(ids, sizeof(*table->roots));
    table->column_count = table->columns_left = count;
    list_init(&table->idle);
    rows_init(&table->rows, count, options->max_rows,
              options->max_memory ? options->max_memory : MEMORY_DEFAULT);
    return table;
}

int uvsnmp_table(struct uvsnmp_session *session, const struct uvsnmp_table_options *options,
                 struct uvsnmp_table **out)
{
    if (options->column_count == 0 || options->max_repetitions < 0) {
        return UVSNMP_EBAD_ARGUMENT;
    }
    struct uvsnmp_table *table = table_new(options);
    if (!table) {
        return UVSNMP_ENO_MEMORY;
    }
    table->session = session;
    table->max_repetitions = options->max_repetitions;
    table->getnext = options->getnext;
    table->window = 1;
    table->max_requests = options->max_requests ? options->max_requests : REQUESTS_DEFAULT;
    table->each = options->each;
    table->done = options->done;
    table->arg = options->arg;
    session_hold(session);
    int rc = UVSNMP_ENO_MEMORY;
    if (table->columns && table->lanes && table->order && table->roots) {
        rc = add_columns(table, options->columns);
    }
    if (rc == 0) {
        rc = ask(LIST_OBJECT(table->idle.next, struct lane, link));
    }
    if (rc < 0) {
        table_free(table);
    } else if (out) {
        *out = table;
    }
    return rc;
}

void uvsnmp_table_cancel(struct uvsnmp_table *table)
{
    table->is_cancelled = true;
    cancel_requests(table);
}
