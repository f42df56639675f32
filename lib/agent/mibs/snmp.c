/* SPDX-License-Identifier: BSD-3-Clause */
/* The snmp group (RFC 3418 and the obsolete counters of RFC 1213, 1.3.6.1.2.1.11). */
#include <stdlib.h>

#include "agent/core.h"
#include "agent/mibs/group.h"
#include "base/err.h"
#include "engine/stats.h"

enum { TRAP_ENABLED = 30, ENABLED = 1, DISABLED = 2 };

static const uint32_t counters[] = {
#define XX(name, id) id,
    ENGINE_STATS_MAP(XX)
#undef XX
};
enum { COUNTER_COUNT = sizeof(counters) / sizeof(*counters) };

struct snmp_group {
    struct uvsnmp_object objects[COUNTER_COUNT + 1];
};

static void get(struct uvsnmp_query *query)
{
    const struct mibs *mibs = uvsnmp_query_arg(query);
    uint32_t id = uvsnmp_query_object(query)->id;
    if (id == TRAP_ENABLED) {
        mibs_answer_integer(query, mibs->settings.trap_enabled.number);
    } else {
        mibs_answer_unsigned(query, UVSNMP_COUNTER32, uvsnmp_agent_counter(mibs->agent, id));
    }
}

static void test(struct uvsnmp_query *query)
{
    const struct mibs *mibs = uvsnmp_query_arg(query);
    if (mibs->settings.trap_enabled.origin == MIBS_CONFIGURED) {
        uvsnmp_query_fail(query, UVSNMP_STATUS_NOT_WRITABLE);
        return;
    }
    struct mibs_number *old = uvsnmp_query_alloc(query, sizeof(*old));
    if (!old) {
        uvsnmp_query_fail(query, UVSNMP_STATUS_RESOURCE_UNAVAILABLE);
        return;
    }
    uvsnmp_query_set_data(query, old);
    uvsnmp_query_done(query);
}

void snmp_configure(struct mibs *mibs)
{
    mibs->agent->notify.tells_of_authentication = mibs->settings.trap_enabled.number == ENABLED;
}

static void change(struct mibs *mibs, struct mibs_number number)
{
    mibs->settings.trap_enabled = number;
    snmp_configure(mibs);
    if (mibs->changed) {
        mibs->changed(mibs->arg);
    }
}

static void commit(struct uvsnmp_query *query)
{
    struct mibs *mibs = uvsnmp_query_arg(query);
    struct mibs_number number = {MIBS_PERSISTENT, (int32_t)uvsnmp_query_value(query)->as.integer};
    *(struct mibs_number *)uvsnmp_query_data(query) = mibs->settings.trap_enabled;
    change(mibs, number);
    uvsnmp_query_done(query);
}

static void undo(struct uvsnmp_query *query)
{
    change(uvsnmp_query_arg(query), *(struct mibs_number *)uvsnmp_query_data(query));
    uvsnmp_query_done(query);
}

/* The counters and, at its place among them, the switch. */
static size_t fill_objects(struct uvsnmp_object *objects)
{
    const struct uvsnmp_object enabled = {TRAP_ENABLED, UVSNMP_INTEGER, UVSNMP_READ_WRITE, ENABLED, DISABLED};
    size_t count = 0;
    for (size_t i = 0; i < COUNTER_COUNT; i++) {
        if (counters[i] > TRAP_ENABLED && (i == 0 || counters[i - 1] < TRAP_ENABLED)) {
            objects[count++] = enabled;
        }
        objects[count++] = (struct uvsnmp_object){counters[i], UVSNMP_COUNTER32, UVSNMP_READ_ONLY, 0, 0};
    }
    return count;
}

int snmp_add(struct mibs *mibs, struct uvsnmp_error *err)
{
    mibs->snmp = calloc(1, sizeof(*mibs->snmp));
    if (!mibs->snmp) {
        return err_set(err, UVSNMP_ENO_MEMORY, "out of memory");
    }
    const struct uvsnmp_scalars scalars = {
        .objects = mibs->snmp->objects,
        .count = fill_objects(mibs->snmp->objects),
        .get = get,
        .test = test,
        .commit = commit,
        .undo = undo,
        .arg = mibs,
    };
    return uvsnmp_agent_add_scalars(mibs->agent, NULL, UVSNMP_OID(1, 3, 6, 1, 2, 1, 11), &scalars, NULL, err);
}

void snmp_free(struct mibs *mibs)
{
    free(mibs->snmp);
    mibs->snmp = NULL;
}
