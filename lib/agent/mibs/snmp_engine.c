/* SPDX-License-Identifier: BSD-3-Clause */
/* The snmpEngine group (RFC 3411, 1.3.6.1.6.3.10.2.1). */
#include "agent/core.h"
#include "agent/mibs/group.h"

enum { ID = 1, BOOTS, TIME, MAX_SIZE };

static const struct uvsnmp_object objects[] = {
    {ID, UVSNMP_OCTET_STRING, UVSNMP_READ_ONLY, 0, 0},
    {BOOTS, UVSNMP_INTEGER, UVSNMP_READ_ONLY, 0, 0},
    {TIME, UVSNMP_INTEGER, UVSNMP_READ_ONLY, 0, 0},
    {MAX_SIZE, UVSNMP_INTEGER, UVSNMP_READ_ONLY, 0, 0},
};

static void get(struct uvsnmp_query *query)
{
    const struct uvsnmp_agent *agent = uvsnmp_query_agent(query);
    const struct engine *engine = &agent->engine;
    if (!mibs_need_engine(query)) {
        return;
    }
    switch (uvsnmp_query_object(query)->id) {
    case ID:
        mibs_answer_octets(query, engine->id.octets, engine->id.size);
        break;
    case BOOTS:
        mibs_answer_integer(query, engine_time(engine, agent->io.now(agent->io.arg)).boots);
        break;
    case TIME:
        mibs_answer_integer(query, engine_time(engine, agent->io.now(agent->io.arg)).time);
        break;
    default:
        mibs_answer_integer(query, engine->max_size);
        break;
    }
}

int snmp_engine_add(struct mibs *mibs, struct uvsnmp_error *err)
{
    const struct uvsnmp_scalars scalars = {
        .objects = objects,
        .count = sizeof(objects) / sizeof(*objects),
        .get = get,
    };
    return uvsnmp_agent_add_scalars(mibs->agent, NULL, UVSNMP_OID(1, 3, 6, 1, 6, 3, 10, 2, 1), &scalars, NULL,
                                    err);
}
