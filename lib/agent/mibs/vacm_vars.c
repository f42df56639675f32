/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The tables behind access control (RFC 3415, 1.3.6.1.6.3.16.1), as the configuration has them: they are
 * read, and changed by a new configuration only. A snapshot serves until that comes; its rows are copies, as
 * requests under way may outlive the configuration.
 */
#include <string.h>

#include "agent/mibs/group.h"
#include "vacm/vacm.h"

enum { STORAGE_PERMANENT = 4, STATUS_ACTIVE = 1, SPIN_LOCK = 1 };

/* ---- vacmSecurityToGroupTable ---- */

enum { GROUP_MODEL = 1, GROUP_SECURITY_NAME, GROUP_NAME, GROUP_STORAGE, GROUP_STATUS };

static const struct uvsnmp_object group_columns[] = {
    {GROUP_MODEL, UVSNMP_INTEGER, UVSNMP_NOT_ACCESSIBLE, 0, 0},
    {GROUP_SECURITY_NAME, UVSNMP_OCTET_STRING, UVSNMP_NOT_ACCESSIBLE, 0, 0},
    {GROUP_NAME, UVSNMP_OCTET_STRING, UVSNMP_READ_ONLY, 0, 0},
    {GROUP_STORAGE, UVSNMP_INTEGER, UVSNMP_READ_ONLY, 0, 0},
    {GROUP_STATUS, UVSNMP_INTEGER, UVSNMP_READ_ONLY, 0, 0},
};

static void *copy(struct uvsnmp_table_load *load, const void *from, size_t size)
{
    void *to = uvsnmp_table_alloc(load, size);
    return to ? memcpy(to, from, size) : NULL;
}

static int add_group(struct uvsnmp_table_load *load, const struct vacm_group *group)
{
    struct uvsnmp_oid_buf index = {.count = 0};
    bool fits = uvsnmp_oid_append_id(&index, (uint32_t)group->model) == 0 &&
                mibs_index_octets(&index, group->security_name, strlen(group->security_name));
    return fits ? mibs_add_row(load, &index, copy(load, group, sizeof(*group))) : 0;
}

static void load_groups(struct uvsnmp_table_load *load, void *arg)
{
    const struct vacm *vacm = ((const struct mibs *)arg)->vacm;
    const struct vacm_groups *groups = vacm ? vacm_groups(vacm) : NULL;
    int status = 0;
    for (size_t i = 0; groups && status == 0 && i < groups->count; i++) {
        status = add_group(load, &groups->rows[i]);
    }
    uvsnmp_table_loaded(load, status);
}

static void get_group(struct uvsnmp_query *query)
{
    const struct vacm_group *group = uvsnmp_query_row(query);
    switch (uvsnmp_query_object(query)->id) {
    case GROUP_NAME:
        mibs_answer_octets(query, group->group, strlen(group->group));
        break;
    case GROUP_STORAGE:
        mibs_answer_integer(query, STORAGE_PERMANENT);
        break;
    default:
        mibs_answer_integer(query, STATUS_ACTIVE);
        break;
    }
}

/* ---- vacmAccessTable ---- */

enum {
    ACCESS_PREFIX = 1,
    ACCESS_MODEL,
    ACCESS_LEVEL,
    ACCESS_MATCH,
    ACCESS_READ_VIEW,
    ACCESS_WRITE_VIEW,
    ACCESS_NOTIFY_VIEW,
    ACCESS_STORAGE,
    ACCESS_STATUS,
    MATCH_EXACT = 1,
    MATCH_PREFIX = 2,
};

static const struct uvsnmp_object access_columns[] = {
    {ACCESS_PREFIX, UVSNMP_OCTET_STRING, UVSNMP_NOT_ACCESSIBLE, 0, 0},
    {ACCESS_MODEL, UVSNMP_INTEGER, UVSNMP_NOT_ACCESSIBLE, 0, 0},
    {ACCESS_LEVEL, UVSNMP_INTEGER, UVSNMP_NOT_ACCESSIBLE, 0, 0},
    {ACCESS_MATCH, UVSNMP_INTEGER, UVSNMP_READ_ONLY, 0, 0},
    {ACCESS_READ_VIEW, UVSNMP_OCTET_STRING, UVSNMP_READ_ONLY, 0, 0},
    {ACCESS_WRITE_VIEW, UVSNMP_OCTET_STRING, UVSNMP_READ_ONLY, 0, 0},
    {ACCESS_NOTIFY_VIEW, UVSNMP_OCTET_STRING, UVSNMP_READ_ONLY, 0, 0},
    {ACCESS_STORAGE, UVSNMP_INTEGER, UVSNMP_READ_ONLY, 0, 0},
    {ACCESS_STATUS, UVSNMP_INTEGER, UVSNMP_READ_ONLY, 0, 0},
};

static int add_access(struct uvsnmp_table_load *load, const struct vacm_access *access)
{
    struct uvsnmp_oid_buf index = {.count = 0};
    bool fits = mibs_index_octets(&index, access->group, strlen(access->group)) &&
                mibs_index_octets(&index, access->context, strlen(access->context)) &&
                uvsnmp_oid_append_id(&index, (uint32_t)access->model) == 0 &&
                uvsnmp_oid_append_id(&index, (uint32_t)access->level) == 0;
    return fits ? mibs_add_row(load, &index, copy(load, access, sizeof(*access))) : 0;
}

static void load_accesses(struct uvsnmp_table_load *load, void *arg)
{
    const struct vacm *vacm = ((const struct mibs *)arg)->vacm;
    const struct vacm_accesses *accesses = vacm ? vacm_accesses(vacm) : NULL;
    int status = 0;
    for (size_t i = 0; accesses && status == 0 && i < accesses->count; i++) {
        status = add_access(load, &accesses->rows[i]);
    }
    uvsnmp_table_loaded(load, status);
}

static void answer_view(struct uvsnmp_query *query, const struct vacm_access *access,
                        enum vacm_view_type type)
{
    mibs_answer_octets(query, access->views[type], strlen(access->views[type]));
}

static void get_access(struct uvsnmp_query *query)
{
    const struct vacm_access *access = uvsnmp_query_row(query);
    switch (uvsnmp_query_object(query)->id) {
    case ACCESS_MATCH:
        mibs_answer_integer(query, access->prefix ? MATCH_PREFIX : MATCH_EXACT);
        break;
    case ACCESS_READ_VIEW:
        answer_view(query, access, VACM_READ);
        break;
    case ACCESS_WRITE_VIEW:
        answer_view(query, access, VACM_WRITE);
        break;
    case ACCESS_NOTIFY_VIEW:
        answer_view(query, access, VACM_NOTIFY);
        break;
    case ACCESS_STORAGE:
        mibs_answer_integer(query, STORAGE_PERMANENT);
        break;
    default:
        mibs_answer_integer(query, STATUS_ACTIVE);
        break;
    }
}

/* ---- vacmViewTreeFamilyTable ---- */

enum {
    FAMILY_VIEW = 1,
    FAMILY_SUBTREE,
    FAMILY_MASK,
    FAMILY_TYPE,
    FAMILY_STORAGE,
    FAMILY_STATUS,
    TYPE_INCLUDED = 1,
    TYPE_EXCLUDED = 2,
};

static const struct uvsnmp_object family_columns[] = {
    {FAMILY_VIEW, UVSNMP_OCTET_STRING, UVSNMP_NOT_ACCESSIBLE, 0, 0},
    {FAMILY_SUBTREE, UVSNMP_OBJECT_IDENTIFIER, UVSNMP_NOT_ACCESSIBLE, 0, 0},
    {FAMILY_MASK, UVSNMP_OCTET_STRING, UVSNMP_READ_ONLY, 0, 0},
    {FAMILY_TYPE, UVSNMP_INTEGER, UVSNMP_READ_ONLY, 0, 0},
    {FAMILY_STORAGE, UVSNMP_INTEGER, UVSNMP_READ_ONLY, 0, 0},
    {FAMILY_STATUS, UVSNMP_INTEGER, UVSNMP_READ_ONLY, 0, 0},
};

struct family_row {
    bool included;
    size_t mask_size;
    uint8_t mask[VACM_MASK_MAX];
};

static int add_family(struct uvsnmp_table_load *load, const char *view, const struct vacm_family *family)
{
    struct family_row row = {.included = family->included, .mask_size = family->mask.size};
    struct uvsnmp_oid_buf index = {.count = 0};
    bool fits = mibs_index_octets(&index, view, strlen(view)) &&
                uvsnmp_oid_append_id(&index, (uint32_t)family->subtree.count) == 0 &&
                uvsnmp_oid_append(&index, family->subtree) == 0;
    memcpy(row.mask, family->mask.data, family->mask.size);
    return fits ? mibs_add_row(load, &index, copy(load, &row, sizeof(row))) : 0;
}

static void load_families(struct uvsnmp_table_load *load, void *arg)
{
    const struct vacm *vacm = ((const struct mibs *)arg)->vacm;
    const struct vacm_view *view;
    struct vacm_family family;
    int status = 0;
    for (size_t i = 0; vacm && status == 0 && (view = vacm_view_at(vacm, i)); i++) {
        for (size_t k = 0; status == 0 && vacm_view_family(view, k, &family); k++) {
            status = add_family(load, vacm_view_name(view), &family);
        }
    }
    uvsnmp_table_loaded(load, status);
}

static void get_family(struct uvsnmp_query *query)
{
    const struct family_row *row = uvsnmp_query_row(query);
    switch (uvsnmp_query_object(query)->id) {
    case FAMILY_MASK:
        mibs_answer_octets(query, row->mask, row->mask_size);
        break;
    case FAMILY_TYPE:
        mibs_answer_integer(query, row->included ? TYPE_INCLUDED : TYPE_EXCLUDED);
        break;
    case FAMILY_STORAGE:
        mibs_answer_integer(query, STORAGE_PERMANENT);
        break;
    default:
        mibs_answer_integer(query, STATUS_ACTIVE);
        break;
    }
}

/* ---- vacmViewSpinLock: nobody can SET what it guards ---- */

static const struct uvsnmp_object lock_objects[] = {{SPIN_LOCK, UVSNMP_INTEGER, UVSNMP_READ_ONLY, 0, 0}};

static void get_lock(struct uvsnmp_query *query)
{
    mibs_answer_integer(query, 0);
}

/* ---- registration ---- */

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))
#define VACM(...) UVSNMP_OID(1, 3, 6, 1, 6, 3, 16, 1, __VA_ARGS__)

static const struct {
    struct uvsnmp_oid entry;
    const struct uvsnmp_object *columns;
    size_t count;
    uvsnmp_table_load_fn *load;
    uvsnmp_query_fn *get;
} tables[MIBS_VACM_TABLES] = {
    {VACM(2, 1), group_columns, COUNT(group_columns), load_groups, get_group},
    {VACM(4, 1), access_columns, COUNT(access_columns), load_accesses, get_access},
    {VACM(5, 2, 1), family_columns, COUNT(family_columns), load_families, get_family},
};

int vacm_vars_add(struct mibs *mibs, struct uvsnmp_error *err)
{
    const struct uvsnmp_scalars lock = {
        .objects = lock_objects, .count = COUNT(lock_objects), .get = get_lock};
    int status =
        uvsnmp_agent_add_scalars(mibs->agent, NULL, UVSNMP_OID(1, 3, 6, 1, 6, 3, 16, 1, 5), &lock, NULL, err);
    for (size_t i = 0; status == 0 && i < MIBS_VACM_TABLES; i++) {
        const struct uvsnmp_table table = {
            .columns = tables[i].columns,
            .count = tables[i].count,
            .max_age_ms = UVSNMP_FOREVER,
            .load = tables[i].load,
            .get = tables[i].get,
            .arg = mibs,
        };
        status =
            uvsnmp_agent_add_table(mibs->agent, NULL, tables[i].entry, &table, &mibs->vacm_tables[i], err);
    }
    return status;
}

void vacm_vars_changed(struct mibs *mibs)
{
    for (size_t i = 0; i < MIBS_VACM_TABLES; i++) {
        if (mibs->vacm_tables[i]) {
            uvsnmp_table_invalidate(mibs->vacm_tables[i]);
        }
    }
}
