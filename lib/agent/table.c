/* SPDX-License-Identifier: BSD-3-Clause */
#include "agent/table.h"

#include <stdlib.h>
#include <string.h>

#include "base/err.h"

#define ROWS_MAX ((size_t)1 << 24)
#define SNAPSHOT_OCTETS_MAX ((size_t)1 << 30)
#define SNAPSHOT_BLOCK ((size_t)16 << 10)

struct table_row {
    struct uvsnmp_oid index;
    void *row;
    size_t added; /* which one of its snapshot, to keep the first of equal ones */
};

struct agent_snapshot {
    struct arena arena; /* of the indexes and the program's rows */
    struct table_row *rows;
    size_t count, capacity;
    bool unordered;
    size_t holders;
    uint64_t table;  /* the table's id: a table may go before its last snapshot */
    uint64_t loaded; /* when the load began … */
    uint64_t serial; /* … and which request was the newest then */
};

struct agent_table;
struct uvsnmp_table_load {
    struct agent_table *table;
    struct agent_snapshot *snapshot;
};

struct agent_table {
    struct uvsnmp_table definition;
    struct uvsnmp_registration *registration;
    uint64_t id;
    struct agent_snapshot *current; /* NULL: none yet */
    bool outdated;
    bool loading;
    bool load_failed; /* the last one */
    struct uvsnmp_table_load load;
    struct list waiting; /* queries */
};

/* ---- object tables ---- */

size_t object_from(const struct uvsnmp_object *objects, size_t count, uint32_t id)
{
    size_t low = 0, high = count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (objects[middle].id < id) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low;
}

const struct uvsnmp_object *object_find(const struct uvsnmp_object *objects, size_t count, uint32_t id)
{
    size_t at = object_from(objects, count, id);
    return at < count && objects[at].id == id && objects[at].access != UVSNMP_NOT_ACCESSIBLE ? &objects[at]
                                                                                             : NULL;
}

bool object_is_skipped(const struct uvsnmp_object *object, const struct uvsnmp_query *query)
{
    return object->access == UVSNMP_NOT_ACCESSIBLE ||
           (object->type == UVSNMP_COUNTER64 && query->request->envelope.version == UVSNMP_V1);
}

int object_table_check(const struct uvsnmp_object *objects, size_t count, struct uvsnmp_error *err)
{
    for (size_t i = 1; i < count; i++) {
        if (objects[i].id <= objects[i - 1].id) {
            return err_set(err, UVSNMP_EBAD_ARGUMENT, "object %u does not follow object %u in order",
                           (unsigned)objects[i].id, (unsigned)objects[i - 1].id);
        }
    }
    return 0;
}

/* ---- snapshots ---- */

static void drop_snapshot(struct agent_snapshot *snapshot)
{
    if (snapshot && --snapshot->holders == 0) {
        arena_fini(&snapshot->arena);
        free(snapshot->rows);
        free(snapshot);
    }
}

void table_unpin(struct uvsnmp_query *query)
{
    drop_snapshot(query->snapshot);
    query->snapshot = NULL;
    query->has_row = false;
}

static void pin(struct uvsnmp_query *query, struct agent_snapshot *snapshot)
{
    if (query->snapshot != snapshot) {
        table_unpin(query);
        query->snapshot = snapshot;
        snapshot->holders++;
    }
}

void *table_row(const struct uvsnmp_query *query)
{
    return query->snapshot->rows[query->row].row;
}

struct uvsnmp_oid table_index(const struct uvsnmp_query *query)
{
    return query->snapshot->rows[query->row].index;
}

static int compare_rows(const void *a, const void *b)
{
    const struct table_row *left = a, *right = b;
    int order = uvsnmp_oid_compare(left->index, right->index);
    return order != 0 ? order : (left->added > right->added) - (left->added < right->added);
}

/* Sorts, unless the rows came in order, and drops all but the first of equal indexes. */
static void sort(struct agent_snapshot *snapshot)
{
    size_t kept = 0;
    if (!snapshot->unordered) {
        return;
    }
    qsort(snapshot->rows, snapshot->count, sizeof(*snapshot->rows), compare_rows);
    for (size_t i = 0; i < snapshot->count; i++) {
        if (kept == 0 || uvsnmp_oid_compare(snapshot->rows[kept - 1].index, snapshot->rows[i].index) != 0) {
            snapshot->rows[kept++] = snapshot->rows[i];
        }
    }
    snapshot->count = kept;
}

/* The first row whose index is `index` or follows it (`after`: only follows it). */
static size_t find_from(const struct agent_snapshot *snapshot, struct uvsnmp_oid index, bool after)
{
    size_t low = 0, high = snapshot->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        int order = uvsnmp_oid_compare(snapshot->rows[middle].index, index);
        if (order < 0 || (after && order == 0)) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low;
}

/* ---- loading ---- */

void *uvsnmp_table_alloc(struct uvsnmp_table_load *load, size_t size)
{
    return arena_alloc(&load->snapshot->arena, size);
}

static bool grow_rows(struct agent_snapshot *snapshot)
{
    size_t capacity = snapshot->capacity > 0 ? snapshot->capacity * 2 : 32;
    struct table_row *rows;
    if (snapshot->count < snapshot->capacity) {
        return true;
    }
    rows = realloc(snapshot->rows, capacity * sizeof(*rows));
    if (!rows) {
        return false;
    }
    snapshot->rows = rows;
    snapshot->capacity = capacity;
    return true;
}

int uvsnmp_table_row(struct uvsnmp_table_load *load, struct uvsnmp_oid index, void *row)
{
    struct agent_snapshot *snapshot = load->snapshot;
    size_t base = load->table->registration->base.count;
    struct table_row *made;
    uint32_t *ids;
    if (index.count == 0 || base + 1 + index.count > UVSNMP_OID_MAX) {
        return UVSNMP_EBAD_OID;
    }
    if (snapshot->count >= ROWS_MAX) {
        return UVSNMP_ELIMIT;
    }
    ids = grow_rows(snapshot) ? arena_copy(&snapshot->arena, index.ids, index.count * sizeof(*ids)) : NULL;
    if (!ids) {
        return UVSNMP_ENO_MEMORY;
    }
    made = &snapshot->rows[snapshot->count];
    made->index.ids = ids;
    made->index.count = index.count;
    made->row = row;
    made->added = snapshot->count;
    if (snapshot->count > 0 && uvsnmp_oid_compare(made[-1].index, made->index) >= 0) {
        snapshot->unordered = true;
    }
    snapshot->count++;
    return 0;
}

static bool start_load(struct agent_table *table)
{
    struct uvsnmp_agent *agent = table->registration->agent;
    struct agent_snapshot *snapshot = calloc(1, sizeof(*snapshot));
    if (!snapshot) {
        return false;
    }
    arena_init(&snapshot->arena, SNAPSHOT_BLOCK, SNAPSHOT_OCTETS_MAX);
    snapshot->holders = 1;
    snapshot->table = table->id;
    snapshot->loaded = agent->io.now(agent->io.arg);
    snapshot->serial = agent->serial;
    table->load.table = table;
    table->load.snapshot = snapshot;
    table->loading = true;
    table->outdated = false; /* an invalidation during the load counts */
    registration_hold(table->registration);
    agent->load_count++;
    table->definition.load(&table->load, table->definition.arg);
    return true;
}

static void resume(struct uvsnmp_query *query, const struct agent_table *table);

void uvsnmp_table_loaded(struct uvsnmp_table_load *load, int status)
{
    struct agent_table *table = load->table;
    struct uvsnmp_registration *registration = table->registration;
    struct uvsnmp_agent *agent = registration->agent;
    struct list waiting;
    table->loading = false;
    table->load_failed = status < 0;
    if (status < 0) {
        drop_snapshot(load->snapshot);
    } else {
        sort(load->snapshot);
        drop_snapshot(table->current);
        table->current = load->snapshot;
    }
    load->snapshot = NULL;
    /* those that come to wait while these are resumed wait for the next load */
    list_init(&waiting);
    LIST_EACH(link, following, &table->waiting)
    {
        list_remove(link);
        list_append(&waiting, link);
    }
    while (!list_is_empty(&waiting)) {
        struct uvsnmp_query *query = LIST_OBJECT(waiting.next, struct uvsnmp_query, wait);
        list_remove(&query->wait);
        query->loading = false;
        resume(query, table);
    }
    agent->load_count--;
    registration_drop(registration);
    if (agent->closing) {
        agent->io.wake(agent->io.now(agent->io.arg), agent->io.arg);
    }
}

void table_leave(struct uvsnmp_query *query)
{
    list_remove(&query->wait);
    query->loading = false;
}

static bool is_fresh(const struct agent_table *table, const struct uvsnmp_query *query)
{
    const struct agent_snapshot *current = table->current;
    const struct uvsnmp_agent *agent = query->request->agent;
    if (!current || table->outdated) {
        return false;
    }
    return table->definition.max_age_ms == UVSNMP_FOREVER ||
           current->serial >= query->request->serial || /* made since the request came */
           agent->io.now(agent->io.arg) - current->loaded < table->definition.max_age_ms;
}

/* A load that takes longer than a request may keeps nobody waiting any more. */
static bool is_stuck(const struct agent_table *table)
{
    const struct uvsnmp_agent *agent = table->registration->agent;
    return table->loading &&
           agent->io.now(agent->io.arg) - table->load.snapshot->loaded >= agent->deadline_ms;
}

/* Pins a snapshot for the query: the one it has used before, or a fresh one. False: the query waits for a
 * load, or has failed. */
static bool have_snapshot(struct uvsnmp_query *query, struct agent_table *table)
{
    if (query->snapshot && query->snapshot->table == table->id) {
        return true;
    }
    if (is_fresh(table, query)) {
        pin(query, table->current);
        return true;
    }
    if (is_stuck(table) || (!table->loading && !start_load(table)) ||
        (!table->loading && (table->load_failed || !table->current))) {
        uvsnmp_query_fail(query, UVSNMP_STATUS_GEN_ERR);
        return false;
    }
    if (!table->loading) {
        pin(query, table->current);
        return true;
    }
    query->loading = true;
    list_append(&table->waiting, &query->wait);
    return false;
}

/* ---- the provider ---- */

static struct agent_table *table_of(const struct uvsnmp_query *query)
{
    return query->owner->self;
}

static void answer_none(struct uvsnmp_query *query, enum uvsnmp_type exception)
{
    struct uvsnmp_value value = uvsnmp_empty(exception);
    uvsnmp_query_answer(query, &value);
}

static const struct uvsnmp_object *find_column(const struct agent_table *table, struct uvsnmp_oid suffix)
{
    return suffix.count > 0 ? object_find(table->definition.columns, table->definition.count, suffix.ids[0])
                            : NULL;
}

/* Finds the row that the suffix names. */
static bool find_row(struct uvsnmp_query *query, struct uvsnmp_oid suffix)
{
    struct uvsnmp_oid index = {suffix.ids + 1, suffix.count - 1};
    const struct agent_snapshot *snapshot = query->snapshot;
    query->row = find_from(snapshot, index, false);
    query->has_row =
        query->row < snapshot->count && uvsnmp_oid_compare(snapshot->rows[query->row].index, index) == 0;
    return query->has_row;
}

static void table_get(struct uvsnmp_query *query)
{
    struct agent_table *table = table_of(query);
    struct uvsnmp_oid suffix = uvsnmp_query_suffix(query);
    query->object = find_column(table, suffix);
    if (!query->object) {
        answer_none(query, UVSNMP_NO_SUCH_OBJECT);
    } else if (suffix.count == 1) {
        answer_none(query, UVSNMP_NO_SUCH_INSTANCE);
    } else if (!have_snapshot(query, table)) {
        return;
    } else if (!find_row(query, suffix)) {
        answer_none(query, UVSNMP_NO_SUCH_INSTANCE);
    } else {
        table->definition.get(query);
    }
}

/* True when the position is the variable that this query found last. */
static bool is_cursor(const struct uvsnmp_query *query)
{
    return query->has_row && !query->includes_name && query->name.ids == query->cursor;
}

/* Sets row and column to the first cell after the position. False: there is none. */
static bool find_next_cell(struct uvsnmp_query *query, const struct uvsnmp_table *definition)
{
    struct uvsnmp_oid suffix = uvsnmp_query_suffix(query), index;
    if (query->snapshot->count == 0) {
        return false;
    }
    if (is_cursor(query)) {
        query->row++;
    } else {
        query->column =
            suffix.count > 0 ? object_from(definition->columns, definition->count, suffix.ids[0]) : 0;
        query->row = 0;
        if (query->column < definition->count && suffix.count > 1 &&
            definition->columns[query->column].id == suffix.ids[0]) {
            index.ids = suffix.ids + 1;
            index.count = suffix.count - 1;
            query->row = find_from(query->snapshot, index, !query->includes_name);
        }
    }
    if (query->row == query->snapshot->count) {
        query->row = 0;
        query->column++;
    }
    while (query->column < definition->count &&
           object_is_skipped(&definition->columns[query->column], query)) {
        query->row = 0;
        query->column++;
    }
    return query->column < definition->count;
}

static void table_next(struct uvsnmp_query *query)
{
    struct agent_table *table = table_of(query);
    if (!have_snapshot(query, table)) {
        return;
    }
    query->has_row = find_next_cell(query, &table->definition);
    if (!query->has_row) {
        uvsnmp_query_done(query);
        return;
    }
    query->object = &table->definition.columns[query->column];
    if (query_found(query, query->owner->base, &query->object->id, 1, table_index(query))) {
        query->cursor = query->found.name.ids;
        table->definition.get(query);
    } else {
        uvsnmp_query_fail(query, UVSNMP_STATUS_GEN_ERR);
    }
}

/* The order of the checks is Net-SNMP's. */
static enum uvsnmp_status check_set(struct uvsnmp_query *query, const struct uvsnmp_table *definition,
                                    struct uvsnmp_oid suffix)
{
    if (!find_row(query, suffix) && !definition->creates_rows) {
        return UVSNMP_STATUS_NO_CREATION;
    }
    if (query->object->access != UVSNMP_READ_WRITE) {
        return UVSNMP_STATUS_NOT_WRITABLE;
    }
    return object_check(query->object, uvsnmp_query_value(query));
}

static void table_test(struct uvsnmp_query *query)
{
    struct agent_table *table = table_of(query);
    struct uvsnmp_oid suffix = uvsnmp_query_suffix(query);
    enum uvsnmp_status status = UVSNMP_STATUS_NOT_WRITABLE;
    query->tested = false; /* until the program's test is called */
    query->object = table->definition.commit ? find_column(table, suffix) : NULL;
    if (query->object && suffix.count == 1) {
        status = UVSNMP_STATUS_NO_CREATION;
    } else if (query->object) {
        if (!have_snapshot(query, table)) {
            return;
        }
        status = check_set(query, &table->definition, suffix);
    }
    if (status != UVSNMP_STATUS_NO_ERROR) {
        uvsnmp_query_fail(query, status);
        return;
    }
    query->tested = true;
    query_pass_on(query, table->definition.test);
}

static void table_commit(struct uvsnmp_query *query)
{
    query_pass_on(query, table_of(query)->definition.commit);
}

static void table_undo(struct uvsnmp_query *query)
{
    query_pass_on(query, table_of(query)->definition.undo);
}

static void table_release(struct uvsnmp_query *query)
{
    query_pass_on(query, table_of(query)->definition.release);
}

static const struct uvsnmp_provider table_provider = {.get = table_get,
                                                      .next = table_next,
                                                      .test = table_test,
                                                      .commit = table_commit,
                                                      .undo = table_undo,
                                                      .release = table_release};

/* The load that the query has waited for is over. */
static void resume(struct uvsnmp_query *query, const struct agent_table *table)
{
    if (table->load_failed || !table->current) {
        uvsnmp_query_fail(query, UVSNMP_STATUS_GEN_ERR);
        return;
    }
    pin(query, table->current);
    switch (query->phase) {
    case QUERY_GET:
        table_get(query);
        break;
    case QUERY_NEXT:
        table_next(query);
        break;
    default:
        table_test(query);
        break;
    }
}

/* ---- registration ---- */

static void free_table(struct uvsnmp_registration *registration)
{
    struct agent_table *table = registration->self;
    drop_snapshot(table->current);
    if (table->definition.closed) {
        table->definition.closed(table->definition.arg);
    }
    free(table);
}

int uvsnmp_agent_add_table(struct uvsnmp_agent *agent, const char *context, struct uvsnmp_oid entry,
                           const struct uvsnmp_table *table, struct uvsnmp_registration **out,
                           struct uvsnmp_error *err)
{
    struct agent_offer offer = {.provider = &table_provider, .arg = table->arg, .freed = free_table};
    struct agent_table *made;
    int rc = object_table_check(table->columns, table->count, err);
    if (rc < 0) {
        return rc;
    }
    if (!table->get || !table->load) {
        return err_set(err, UVSNMP_EBAD_ARGUMENT, "a table without a load or get function");
    }
    made = calloc(1, sizeof(*made));
    if (!made) {
        return err_set(err, UVSNMP_ENO_MEMORY, "no memory for a table");
    }
    made->definition = *table;
    made->id = ++agent->table_id;
    list_init(&made->waiting);
    offer.self = made;
    rc = registry_add(agent, context, entry, &offer, &made->registration, err);
    if (rc < 0) {
        free(made);
        return rc;
    }
    if (out) {
        *out = made->registration;
    }
    return 0;
}

void table_changed(struct uvsnmp_registration *registration)
{
    if (registration->provider == &table_provider) {
        ((struct agent_table *)registration->self)->outdated = true;
    }
}

void uvsnmp_table_invalidate(struct uvsnmp_registration *registration)
{
    table_changed(registration);
}
