/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * usmUserSpinLock and usmUserTable (RFC 3414, 1.3.6.1.6.3.15.1.2): the users of the agent's engine, to be
 * read and SET. What the variables of one SET say of a row is collected at the test of the first of them; the
 * first commit puts it in place, the first undo takes it back.
 */
#include <string.h>

#include "agent/mibs/group.h"
#include "agent/mibs/rows.h"
#include "agent/mibs/usm_change.h"
#include "agent/request.h"

enum { SPIN_LOCK = 1, MAX_AGE_MS = 500, STATUS_MAX = 6, STORAGE_MAX = 5 };

#define OCTETS(column, access, max)                                                                          \
    {                                                                                                        \
        column, UVSNMP_OCTET_STRING, access, 0, max                                                          \
    }
#define COLUMN(column, type, access)                                                                         \
    {                                                                                                        \
        column, type, access, 0, 0                                                                           \
    }

static const struct uvsnmp_object columns[] = {
    OCTETS(USM_COLUMN_ENGINE_ID, UVSNMP_NOT_ACCESSIBLE, 0),
    OCTETS(USM_COLUMN_NAME, UVSNMP_NOT_ACCESSIBLE, 0),
    OCTETS(USM_COLUMN_SECURITY_NAME, UVSNMP_READ_ONLY, 0),
    COLUMN(USM_COLUMN_CLONE_FROM, UVSNMP_OBJECT_IDENTIFIER, UVSNMP_READ_WRITE),
    COLUMN(USM_COLUMN_AUTH_PROTOCOL, UVSNMP_OBJECT_IDENTIFIER, UVSNMP_READ_WRITE),
    OCTETS(USM_COLUMN_AUTH_KEY_CHANGE, UVSNMP_READ_WRITE, 2 * USM_KEY_MAX),
    OCTETS(USM_COLUMN_OWN_AUTH_KEY_CHANGE, UVSNMP_READ_WRITE, 2 * USM_KEY_MAX),
    COLUMN(USM_COLUMN_PRIV_PROTOCOL, UVSNMP_OBJECT_IDENTIFIER, UVSNMP_READ_WRITE),
    OCTETS(USM_COLUMN_PRIV_KEY_CHANGE, UVSNMP_READ_WRITE, 2 * USM_KEY_MAX),
    OCTETS(USM_COLUMN_OWN_PRIV_KEY_CHANGE, UVSNMP_READ_WRITE, 2 * USM_KEY_MAX),
    OCTETS(USM_COLUMN_PUBLIC, UVSNMP_READ_WRITE, USM_PUBLIC_MAX),
    {USM_COLUMN_STORAGE_TYPE, UVSNMP_INTEGER, UVSNMP_READ_WRITE, 1, STORAGE_MAX},
    {USM_COLUMN_STATUS, UVSNMP_INTEGER, UVSNMP_READ_WRITE, 1, STATUS_MAX},
};
enum { COLUMN_COUNT = sizeof(columns) / sizeof(*columns) };

/* ---- reading ---- */

/* What may be seen of a user; the user himself may be gone while a request under way still holds this. */
struct row {
    struct uvsnmp_bytes security_name;
    enum usm_auth auth;
    enum usm_priv priv;
    uint8_t public_value[USM_PUBLIC_MAX];
    size_t public_size;
    enum usm_user_status status;
    enum usm_user_storage storage;
};

static struct row *copy(struct uvsnmp_table_load *load, const struct usm_user *user)
{
    struct row *row = uvsnmp_table_alloc(load, sizeof(*row));
    uint8_t *name = uvsnmp_table_alloc(load, user->security_name_size + 1);
    if (!row || !name) {
        return NULL;
    }
    memcpy(name, user->security_name, user->security_name_size);
    memcpy(row->public_value, user->public_value, sizeof(row->public_value));
    row->security_name = (struct uvsnmp_bytes){name, user->security_name_size};
    row->auth = user->security.auth;
    row->priv = user->security.priv;
    row->public_size = user->public_size;
    row->status = user->status;
    row->storage = user->storage;
    return row;
}

static void load_rows(struct uvsnmp_table_load *load, void *arg)
{
    const struct engine *engine = &((const struct mibs *)arg)->agent->engine;
    const struct usm_users *users = &engine->users;
    int status = 0;
    for (size_t i = 0; engine->id.size > 0 && status == 0 && i < users->count; i++) {
        const struct usm_user *user = users->sorted[i];
        struct uvsnmp_oid_buf index = {.count = 0};
        bool fits = mibs_index_octets(&index, user->engine_id, user->engine_id_size) &&
                    mibs_index_octets(&index, user->name, user->name_size);
        status = fits ? mibs_add_row(load, &index, copy(load, user)) : 0;
    }
    uvsnmp_table_loaded(load, status);
}

static void answer_oid(struct uvsnmp_query *query, struct uvsnmp_oid oid)
{
    const struct uvsnmp_value value = uvsnmp_oid_value(oid);
    uvsnmp_query_answer(query, &value);
}

static void get(struct uvsnmp_query *query)
{
    const struct row *row = uvsnmp_query_row(query);
    switch (uvsnmp_query_object(query)->id) {
    case USM_COLUMN_SECURITY_NAME:
        mibs_answer_octets(query, row->security_name.data, row->security_name.size);
        break;
    case USM_COLUMN_CLONE_FROM:
        answer_oid(query, UVSNMP_OID(0, 0));
        break;
    case USM_COLUMN_AUTH_PROTOCOL:
        answer_oid(query, usm_auth(row->auth)->oid);
        break;
    case USM_COLUMN_PRIV_PROTOCOL:
        answer_oid(query, usm_priv(row->priv)->oid);
        break;
    case USM_COLUMN_PUBLIC:
        mibs_answer_octets(query, row->public_value, row->public_size);
        break;
    case USM_COLUMN_STORAGE_TYPE:
        mibs_answer_integer(query, (int32_t)row->storage);
        break;
    case USM_COLUMN_STATUS:
        mibs_answer_integer(query, (int32_t)row->status);
        break;
    default: /* keys are not told */
        mibs_answer_octets(query, NULL, 0);
        break;
    }
}

/* ---- SET ---- */

/* The change of the query's row; NULL, and `*status`: there is none. */
static struct usm_change *change_of(struct uvsnmp_query *query, enum uvsnmp_status *status)
{
    struct engine *engine = &uvsnmp_query_agent(query)->engine;
    struct usm_change *change = uvsnmp_query_data(query);
    struct usm_index index;
    if (change) {
        return change;
    }
    *status = UVSNMP_STATUS_NO_CREATION;
    if (engine->id.size == 0 || !usm_index_parse(uvsnmp_query_index(query), &index)) {
        return NULL;
    }
    *status = UVSNMP_STATUS_RESOURCE_UNAVAILABLE;
    change = uvsnmp_query_alloc(query, sizeof(*change));
    if (!change) {
        return NULL;
    }
    memset(change, 0, sizeof(*change));
    change->engine = engine;
    change->index = index;
    change->requester = query_user_name(query);
    rows_take_values(query, columns, COLUMN_COUNT, change, change->values);
    usm_change_prepare(change);
    return change;
}

/* Of two variables for one object the last one counts in the change; the first must not be said to be set. */
static enum uvsnmp_status check(const struct uvsnmp_query *query, const struct usm_change *change)
{
    uint32_t column = uvsnmp_query_object(query)->id;
    return change->values[column] == uvsnmp_query_value(query) ? change->errors[column]
                                                               : UVSNMP_STATUS_INCONSISTENT_VALUE;
}

static void test(struct uvsnmp_query *query)
{
    enum uvsnmp_status status;
    struct usm_change *change = change_of(query, &status);
    if (change) {
        change->holders++;
        status = check(query, change);
    }
    if (status == UVSNMP_STATUS_NO_ERROR) {
        uvsnmp_query_done(query);
    } else {
        uvsnmp_query_fail(query, status);
    }
}

static int store(const struct mibs *mibs)
{
    return mibs->store_users ? mibs->store_users(mibs->arg) : 0;
}

/* Once for the whole SET: behind the last change, or with the last one that is taken back. */
static void commit(struct uvsnmp_query *query)
{
    struct usm_change *change = uvsnmp_query_data(query);
    int status = usm_change_do(change);
    if (status == 0 && rows_is_last(query)) {
        status = store(uvsnmp_query_arg(query));
        if (status < 0) {
            (void)usm_change_undo(change); /* nobody asks for that of the variable that failed */
        }
    }
    if (status < 0) {
        uvsnmp_query_fail(query, UVSNMP_STATUS_COMMIT_FAILED);
    } else {
        uvsnmp_query_done(query);
    }
}

static void undo(struct uvsnmp_query *query)
{
    if (usm_change_undo(uvsnmp_query_data(query)) < 0) {
        uvsnmp_query_fail(query, UVSNMP_STATUS_UNDO_FAILED);
        return;
    }
    if (rows_is_first(query)) {
        (void)store(uvsnmp_query_arg(query)); /* the users are as they were all the same */
    }
    uvsnmp_query_done(query);
}

static void release(struct uvsnmp_query *query)
{
    struct usm_change *change = uvsnmp_query_data(query);
    if (change && --change->holders == 0) {
        usm_change_fini(change);
    }
}

/* ---- usmUserSpinLock ---- */

static const struct uvsnmp_object lock_objects[] = {{SPIN_LOCK, UVSNMP_INTEGER, UVSNMP_READ_WRITE, 0, 0}};

static void get_lock(struct uvsnmp_query *query)
{
    const struct mibs *mibs = uvsnmp_query_arg(query);
    if (mibs_need_engine(query)) {
        mibs_answer_integer(query, mibs->usm_lock);
    }
}

static void test_lock(struct uvsnmp_query *query)
{
    const struct mibs *mibs = uvsnmp_query_arg(query);
    if (mibs->agent->engine.id.size == 0) {
        uvsnmp_query_fail(query, UVSNMP_STATUS_NO_CREATION);
    } else {
        rows_lock_test(query, mibs->usm_lock);
    }
}

static void commit_lock(struct uvsnmp_query *query)
{
    struct mibs *mibs = uvsnmp_query_arg(query);
    mibs->usm_lock = rows_lock_next(mibs->usm_lock);
    uvsnmp_query_done(query);
}

static void undo_lock(struct uvsnmp_query *query)
{
    struct mibs *mibs = uvsnmp_query_arg(query);
    mibs->usm_lock = (int32_t)uvsnmp_query_value(query)->as.integer;
    uvsnmp_query_done(query);
}

/* ---- registration ---- */

int usm_user_add(struct mibs *mibs, struct uvsnmp_error *err)
{
    const struct uvsnmp_scalars lock = {
        .objects = lock_objects,
        .count = sizeof(lock_objects) / sizeof(*lock_objects),
        .get = get_lock,
        .test = test_lock,
        .commit = commit_lock,
        .undo = undo_lock,
        .arg = mibs,
    };
    const struct uvsnmp_table table = {
        .columns = columns,
        .count = COLUMN_COUNT,
        .max_age_ms = MAX_AGE_MS,
        .creates_rows = true,
        .load = load_rows,
        .get = get,
        .test = test,
        .commit = commit,
        .undo = undo,
        .release = release,
        .arg = mibs,
    };
    mibs->usm_lock = rows_lock_start();
    int status =
        uvsnmp_agent_add_scalars(mibs->agent, NULL, UVSNMP_OID(1, 3, 6, 1, 6, 3, 15, 1, 2), &lock, NULL, err);
    return status ? status
                  : uvsnmp_agent_add_table(mibs->agent, NULL, UVSNMP_OID(1, 3, 6, 1, 6, 3, 15, 1, 2, 2, 1),
                                           &table, &mibs->usm_table, err);
}
