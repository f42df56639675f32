/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * SNMP-TARGET-MIB and SNMP-NOTIFICATION-MIB (RFC 3413, 1.3.6.1.6.3.12 and 13): who is notified, and of what,
 * to be read and SET. The five tables differ in what agent/targets.h says of them. What the variables of one
 * SET say of a row is collected at the test of the first of them; the first commit puts it in place, the
 * first undo takes it back.
 */
#include <string.h>

#include "agent/core.h"
#include "agent/mibs/group.h"
#include "agent/mibs/rows.h"
#include "agent/mibs/target_change.h"
#include "agent/request.h"

enum { MAX_AGE_MS = 500 };

/* ---- reading ---- */

/* The row itself may be gone while a request under way still holds this. */
static struct target_row *copy(struct uvsnmp_table_load *load, const struct target_row *from)
{
    void *memory = uvsnmp_table_alloc(load, target_row_size(from));
    return memory ? target_row_place(memory, from) : NULL;
}

/* One row that cannot be served does not hide the others. */
static int add_row(struct uvsnmp_table_load *load, const struct target_row *from)
{
    struct target_row *row = copy(load, from);
    int status = row ? uvsnmp_table_row(load, row->index, row) : UVSNMP_ENO_MEMORY;
    return status == UVSNMP_EBAD_OID ? 0 : status;
}

static void load_rows(struct uvsnmp_table_load *load, void *arg)
{
    const struct target_group *group = arg;
    const struct target_list *list = &group->mibs->agent->targets.lists[group->kind];
    int status = 0;
    for (size_t i = 0; status == 0 && i < list->count; i++) {
        status = add_row(load, list->sorted[i]);
    }
    uvsnmp_table_loaded(load, status);
}

static void get(struct uvsnmp_query *query)
{
    const struct target_row *row = uvsnmp_query_row(query);
    const struct uvsnmp_value *value = &row->values[uvsnmp_query_object(query)->id];
    const struct uvsnmp_value none = uvsnmp_empty(UVSNMP_NO_SUCH_INSTANCE);
    uvsnmp_query_answer(query, target_is_set(value) ? value : &none);
}

/* ---- SET ---- */

/* The change of the query's row; NULL, and `*status`: there is none. */
static struct target_change *change_of(struct uvsnmp_query *query, enum uvsnmp_status *status)
{
    const struct target_group *group = uvsnmp_query_arg(query);
    const struct target_table *table = target_table(group->kind);
    struct target_change *change = uvsnmp_query_data(query);
    if (change) {
        return change;
    }
    *status = UVSNMP_STATUS_NO_CREATION;
    if (!target_index_is_valid(group->kind, uvsnmp_query_index(query))) {
        return NULL;
    }
    *status = UVSNMP_STATUS_RESOURCE_UNAVAILABLE;
    change = uvsnmp_query_alloc(query, sizeof(*change));
    if (!change) {
        return NULL;
    }
    memset(change, 0, sizeof(*change));
    change->targets = &group->mibs->agent->targets;
    change->kind = group->kind;
    change->index = uvsnmp_query_index(query);
    rows_take_values(query, table->columns, table->count, change, change->values);
    target_change_prepare(change);
    return change;
}

/* Of two variables for one object the last one counts; the first must not be said to be set. */
static void test(struct uvsnmp_query *query)
{
    enum uvsnmp_status status;
    struct target_change *change = change_of(query, &status);
    if (change) {
        uint32_t column = uvsnmp_query_object(query)->id;
        change->holders++;
        status = change->values[column] == uvsnmp_query_value(query) ? change->errors[column]
                                                                     : UVSNMP_STATUS_INCONSISTENT_VALUE;
    }
    if (status == UVSNMP_STATUS_NO_ERROR) {
        uvsnmp_query_done(query);
    } else {
        uvsnmp_query_fail(query, status);
    }
}

static void tell(struct uvsnmp_query *query, const struct target_change *change)
{
    const struct target_group *group = uvsnmp_query_arg(query);
    if (group->mibs->changed && change->is_lasting) {
        group->mibs->changed(group->mibs->arg);
    }
}

static void commit(struct uvsnmp_query *query)
{
    struct target_change *change = uvsnmp_query_data(query);
    if (target_change_do(change) < 0) {
        uvsnmp_query_fail(query, UVSNMP_STATUS_COMMIT_FAILED);
        return;
    }
    tell(query, change);
    uvsnmp_query_done(query);
}

static void undo(struct uvsnmp_query *query)
{
    struct target_change *change = uvsnmp_query_data(query);
    target_change_undo(change);
    tell(query, change);
    uvsnmp_query_done(query);
}

static void release(struct uvsnmp_query *query)
{
    struct target_change *change = uvsnmp_query_data(query);
    if (change && --change->holders == 0) {
        target_change_fini(change);
    }
}

static int add_table(struct mibs *mibs, enum target_kind kind, struct uvsnmp_error *err)
{
    struct target_group *group = &mibs->target_groups[kind];
    const struct uvsnmp_table table = {
        .columns = target_table(kind)->columns,
        .count = target_table(kind)->count,
        .max_age_ms = MAX_AGE_MS,
        .creates_rows = true,
        .load = load_rows,
        .get = get,
        .test = test,
        .commit = commit,
        .undo = undo,
        .release = release,
        .arg = group,
    };
    group->mibs = mibs;
    group->kind = kind;
    return uvsnmp_agent_add_table(mibs->agent, NULL, target_table(kind)->entry, &table, &group->table, err);
}

/* ---- snmpTargetSpinLock, beside which others register scalars of the same group ---- */

static const struct uvsnmp_object lock_object = {1, UVSNMP_INTEGER, UVSNMP_READ_WRITE, 0, 0};
static const uint32_t lock_instance[] = {1, 3, 6, 1, 6, 3, 12, 1, 1, 0};
#define LOCK_INSTANCE ((struct uvsnmp_oid){lock_instance, sizeof(lock_instance) / sizeof(lock_instance[0])})

static bool is_lock(const struct uvsnmp_query *query)
{
    return uvsnmp_oid_compare(uvsnmp_query_name(query), LOCK_INSTANCE) == 0;
}

static void get_lock(struct uvsnmp_query *query)
{
    const struct mibs *mibs = uvsnmp_query_arg(query);
    const struct uvsnmp_value value =
        is_lock(query) ? uvsnmp_integer(mibs->target_lock) : uvsnmp_empty(UVSNMP_NO_SUCH_INSTANCE);
    uvsnmp_query_answer(query, &value);
}

static void next_lock(struct uvsnmp_query *query)
{
    const struct mibs *mibs = uvsnmp_query_arg(query);
    const struct uvsnmp_value value = uvsnmp_integer(mibs->target_lock);
    int order = uvsnmp_oid_compare(uvsnmp_query_name(query), LOCK_INSTANCE);
    if (order < 0 || (order == 0 && uvsnmp_query_includes_name(query))) {
        uvsnmp_query_answer_next(query, LOCK_INSTANCE, &value);
    } else {
        uvsnmp_query_done(query);
    }
}

static void test_lock(struct uvsnmp_query *query)
{
    const struct mibs *mibs = uvsnmp_query_arg(query);
    enum uvsnmp_status status = object_check(&lock_object, uvsnmp_query_value(query));
    if (!is_lock(query)) {
        uvsnmp_query_fail(query, UVSNMP_STATUS_NO_CREATION);
    } else if (status != UVSNMP_STATUS_NO_ERROR) {
        uvsnmp_query_fail(query, status);
    } else {
        rows_lock_test(query, mibs->target_lock);
    }
}

static void commit_lock(struct uvsnmp_query *query)
{
    struct mibs *mibs = uvsnmp_query_arg(query);
    mibs->target_lock = rows_lock_next(mibs->target_lock);
    uvsnmp_query_done(query);
}

static void undo_lock(struct uvsnmp_query *query)
{
    struct mibs *mibs = uvsnmp_query_arg(query);
    mibs->target_lock = (int32_t)uvsnmp_query_value(query)->as.integer;
    uvsnmp_query_done(query);
}

/* ---- the groups ---- */

int target_address_add(struct mibs *mibs, struct uvsnmp_error *err)
{
    static const struct uvsnmp_provider lock = {
        .get = get_lock, .next = next_lock, .test = test_lock, .commit = commit_lock, .undo = undo_lock};
    mibs->target_lock = rows_lock_start();
    int status = uvsnmp_agent_register(mibs->agent, NULL, UVSNMP_OID(1, 3, 6, 1, 6, 3, 12, 1, 1), &lock, mibs,
                                       NULL, err);
    return status ? status : add_table(mibs, TARGET_ADDRESS, err);
}

int target_params_add(struct mibs *mibs, struct uvsnmp_error *err)
{
    return add_table(mibs, TARGET_PARAMS, err);
}

int notify_table_add(struct mibs *mibs, struct uvsnmp_error *err)
{
    return add_table(mibs, TARGET_NOTIFY, err);
}

int notify_profile_add(struct mibs *mibs, struct uvsnmp_error *err)
{
    return add_table(mibs, TARGET_PROFILE, err);
}

int notify_filter_add(struct mibs *mibs, struct uvsnmp_error *err)
{
    return add_table(mibs, TARGET_FILTER, err);
}

void target_tables_changed(struct mibs *mibs)
{
    for (size_t kind = 0; kind < TARGET_KINDS; kind++) {
        if (mibs->target_groups[kind].table) {
            uvsnmp_table_invalidate(mibs->target_groups[kind].table);
        }
    }
}
