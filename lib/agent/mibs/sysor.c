/* SPDX-License-Identifier: BSD-3-Clause */
/* sysORTable (RFC 3418, 1.3.6.1.2.1.1.9): the capabilities that were added to the agent. */
#include <string.h>

#include "agent/mibs/group.h"

enum { INDEX = 1, ID, DESCRIPTION, UPTIME, MAX_AGE_MS = 500 };

static const struct uvsnmp_object columns[] = {
    {INDEX, UVSNMP_INTEGER, UVSNMP_NOT_ACCESSIBLE, 0, 0},
    {ID, UVSNMP_OBJECT_IDENTIFIER, UVSNMP_READ_ONLY, 0, 0},
    {DESCRIPTION, UVSNMP_OCTET_STRING, UVSNMP_READ_ONLY, 0, 0},
    {UPTIME, UVSNMP_TIMETICKS, UVSNMP_READ_ONLY, 0, 0},
};

/* A capability with its description and OID behind it, as the agent may let go of its own while we hold it.
 */
static struct uvsnmp_capability *copy(struct uvsnmp_table_load *load, const struct uvsnmp_capability *from)
{
    size_t ids = from->oid.count * sizeof(*from->oid.ids), text = strlen(from->description) + 1;
    struct uvsnmp_capability *to = uvsnmp_table_alloc(load, sizeof(*to));
    uint32_t *oid = uvsnmp_table_alloc(load, ids);
    char *description = uvsnmp_table_alloc(load, text);
    if (!to || !oid || !description) {
        return NULL;
    }
    memcpy(oid, from->oid.ids, ids);
    memcpy(description, from->description, text);
    *to = *from;
    to->oid.ids = oid;
    to->description = description;
    return to;
}

static void load_rows(struct uvsnmp_table_load *load, void *arg)
{
    const struct mibs *mibs = arg;
    const struct uvsnmp_capability *capability;
    int status = 0;
    for (size_t i = 0; status == 0 && (capability = uvsnmp_agent_capability(mibs->agent, i)); i++) {
        struct uvsnmp_capability *row = copy(load, capability);
        status = row ? uvsnmp_table_row(load, UVSNMP_OID(row->index), row) : UVSNMP_ENO_MEMORY;
    }
    uvsnmp_table_loaded(load, status);
}

static void get(struct uvsnmp_query *query)
{
    const struct uvsnmp_capability *row = uvsnmp_query_row(query);
    switch (uvsnmp_query_object(query)->id) {
    case ID: {
        struct uvsnmp_value value = uvsnmp_oid_value(row->oid);
        uvsnmp_query_answer(query, &value);
        break;
    }
    case DESCRIPTION:
        mibs_answer_octets(query, row->description, strlen(row->description));
        break;
    default:
        mibs_answer_unsigned(query, UVSNMP_TIMETICKS, row->uptime);
        break;
    }
}

int sysor_add(struct mibs *mibs, struct uvsnmp_error *err)
{
    const struct uvsnmp_table table = {
        .columns = columns,
        .count = sizeof(columns) / sizeof(*columns),
        .max_age_ms = MAX_AGE_MS,
        .load = load_rows,
        .get = get,
        .arg = mibs,
    };
    return uvsnmp_agent_add_table(mibs->agent, NULL, UVSNMP_OID(1, 3, 6, 1, 2, 1, 1, 9, 1), &table, NULL,
                                  err);
}
