/* SPDX-License-Identifier: BSD-3-Clause */
/* What the sysORTable shows (RFC 3418), and the time of the agent. */
#include "agent/capability.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>

#define CAPABILITIES_MAX 4096

uint32_t uvsnmp_agent_uptime(const struct uvsnmp_agent *agent)
{
    return (uint32_t)((agent->io.now(agent->io.arg) - agent->started) / 10);
}

/* One allocation: the structure's array is apart, the OID and text of a row are together. */
static uint32_t *copy_row(struct uvsnmp_oid oid, const char *description, const char **text)
{
    size_t length = strlen(description) + 1;
    uint32_t *ids = malloc(oid.count * sizeof(*ids) + length);
    if (ids) {
        memcpy(ids, oid.ids, oid.count * sizeof(*ids));
        memcpy(ids + oid.count, description, length);
        *text = (const char *)(ids + oid.count);
    }
    return ids;
}

int uvsnmp_agent_add_capability(struct uvsnmp_agent *agent, struct uvsnmp_oid oid, const char *description)
{
    struct uvsnmp_capability *grown, *made;
    uint32_t *ids;
    const char *text;
    if (oid.count == 0 || oid.count > UVSNMP_OID_MAX) {
        return UVSNMP_EBAD_OID;
    }
    if (agent->capability_count >= CAPABILITIES_MAX || agent->capability_index >= INT_MAX) {
        return UVSNMP_ELIMIT;
    }
    grown = realloc(agent->capabilities, (agent->capability_count + 1) * sizeof(*grown));
    if (!grown) {
        return UVSNMP_ENO_MEMORY;
    }
    agent->capabilities = grown;
    ids = copy_row(oid, description, &text);
    if (!ids) {
        return UVSNMP_ENO_MEMORY;
    }
    made = &grown[agent->capability_count++];
    made->index = ++agent->capability_index;
    made->oid.ids = ids;
    made->oid.count = oid.count;
    made->description = text;
    made->uptime = agent->capability_change = uvsnmp_agent_uptime(agent);
    return (int)made->index;
}

static void free_row(const struct uvsnmp_capability *capability)
{
    union { /* the ids are shown as constant, but are ours */
        const uint32_t *shown;
        uint32_t *owned;
    } ids = {.shown = capability->oid.ids};
    free(ids.owned);
}

int uvsnmp_agent_remove_capability(struct uvsnmp_agent *agent, uint32_t index)
{
    for (size_t i = 0; i < agent->capability_count; i++) {
        if (agent->capabilities[i].index == index) {
            free_row(&agent->capabilities[i]);
            agent->capability_count--;
            memmove(agent->capabilities + i, agent->capabilities + i + 1,
                    (agent->capability_count - i) * sizeof(*agent->capabilities));
            agent->capability_change = uvsnmp_agent_uptime(agent);
            return 0;
        }
    }
    return UVSNMP_ENOT_FOUND;
}

const struct uvsnmp_capability *uvsnmp_agent_capability(const struct uvsnmp_agent *agent, size_t position)
{
    return position < agent->capability_count ? &agent->capabilities[position] : NULL;
}

uint32_t uvsnmp_agent_capability_change(const struct uvsnmp_agent *agent)
{
    return agent->capability_change;
}

void capability_fini(struct uvsnmp_agent *agent)
{
    for (size_t i = 0; i < agent->capability_count; i++) {
        free_row(&agent->capabilities[i]);
    }
    free(agent->capabilities);
}
