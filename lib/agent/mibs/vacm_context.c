/* SPDX-License-Identifier: BSD-3-Clause */
/* vacmContextTable (RFC 3415, 1.3.6.1.6.3.16.1.1): the contexts in which something is registered. */
#include <string.h>

#include "agent/mibs/group.h"
#include "agent/registry.h"

enum { NAME = 1, MAX_AGE_MS = 500 };

static const struct uvsnmp_object columns[] = {{NAME, UVSNMP_OCTET_STRING, UVSNMP_READ_ONLY, 0, 0}};

static int add_row(struct uvsnmp_table_load *load, const struct agent_context *context)
{
    struct uvsnmp_oid_buf index = {.count = 0};
    size_t size = strlen(context->name);
    char *name = uvsnmp_table_alloc(load, size + 1);
    if (!name) {
        return UVSNMP_ENO_MEMORY;
    }
    memcpy(name, context->name, size + 1);
    return mibs_index_octets(&index, name, size) ? mibs_add_row(load, &index, name) : 0;
}

static void load_rows(struct uvsnmp_table_load *load, void *arg)
{
    const struct mibs *mibs = arg;
    int status = 0;
    LIST_EACH(link, following, &mibs->agent->contexts)
    {
        const struct agent_context *context = LIST_OBJECT(link, struct agent_context, link);
        if (status == 0 && context->count > 0) {
            status = add_row(load, context);
        }
    }
    uvsnmp_table_loaded(load, status);
}

static void get(struct uvsnmp_query *query)
{
    const char *name = uvsnmp_query_row(query);
    mibs_answer_octets(query, name, strlen(name));
}

int vacm_context_add(struct mibs *mibs, struct uvsnmp_error *err)
{
    const struct uvsnmp_table table = {
        .columns = columns,
        .count = sizeof(columns) / sizeof(*columns),
        .max_age_ms = MAX_AGE_MS,
        .load = load_rows,
        .get = get,
        .arg = mibs,
    };
    return uvsnmp_agent_add_table(mibs->agent, NULL, UVSNMP_OID(1, 3, 6, 1, 6, 3, 16, 1, 1, 1), &table, NULL,
                                  err);
}
