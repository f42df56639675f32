/* SPDX-License-Identifier: BSD-3-Clause */
#include "agent/mibs/links.h"

#include <stdlib.h>

#include "agent/core.h"
#include "agent/rate.h"

#define IF_COLUMN(column, index) UVSNMP_OID(1, 3, 6, 1, 2, 1, 2, 2, 1, column, index)
enum { IF_INDEX = 1, IF_ADMIN_STATUS = 7, IF_OPER_STATUS = 8, UP = 1, DOWN = 2 };

struct link {
    int32_t index;
    bool told_up;
    uint64_t full_ms;
};

static const struct rate link_rate = {LINKS_BURST, LINKS_PER_SECOND};

void links_init(struct links *links)
{
    *links = (struct links){.list = NULL};
}

void links_fini(struct links *links)
{
    free(links->list);
    links_init(links);
}

static const struct link *find(const struct links *links, int32_t index)
{
    size_t low = 0, high = links->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (links->list[middle].index < index) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low < links->count && links->list[low].index == index ? &links->list[low] : NULL;
}

/* The varbinds of Net-SNMP's agent, the enterprise behind those of the MIB, in every version. */
static void notify(struct uvsnmp_agent *agent, const struct host_interface *interface)
{
    uint32_t index = (uint32_t)interface->index;
    const struct uvsnmp_varbind varbinds[] = {
        {IF_COLUMN(IF_INDEX, index), uvsnmp_integer(interface->index)},
        {IF_COLUMN(IF_ADMIN_STATUS, index), uvsnmp_integer(interface->admin_up ? UP : DOWN)},
        {IF_COLUMN(IF_OPER_STATUS, index), uvsnmp_integer(interface->running ? UP : DOWN)},
        {UVSNMP_OID(1, 3, 6, 1, 6, 3, 1, 1, 4, 3, 0),
         uvsnmp_oid_value(UVSNMP_OID(1, 3, 6, 1, 4, 1, 8072, 3, 2, 10))},
    };
    const struct notify_notification notification = {
        .trap_oid = UVSNMP_OID(1, 3, 6, 1, 6, 3, 1, 1, 5, interface->running ? 4 : 3),
        .varbinds = varbinds,
        .count = sizeof(varbinds) / sizeof(varbinds[0]),
    };
    (void)notify_send(agent, &notification);
}

/* The state of one interface after a reading. True: a change waits to be told. */
static bool follow(struct link *link, struct mibs *mibs, const struct host_interface *interface)
{
    struct uvsnmp_agent *agent = mibs->agent;
    if (link->told_up == interface->running) {
        return false;
    }
    if (mibs->settings.tells_of_links) {
        if (!rate_take(&link->full_ms, &link_rate, agent->io.now(agent->io.arg))) {
            return true;
        }
        notify(agent, interface);
    }
    link->told_up = interface->running;
    return false;
}

uint64_t links_follow(struct links *links, struct mibs *mibs, const struct host_interfaces *now)
{
    uint64_t time = mibs->agent->io.now(mibs->agent->io.arg), due = UINT64_MAX;
    struct links next = {.list = calloc(now->count + 1, sizeof(*next.list)), .count = now->count};
    if (!next.list) {
        return time + 1000 / LINKS_PER_SECOND;
    }
    for (size_t i = 0; i < now->count; i++) {
        const struct host_interface *interface = &now->list[i];
        const struct link *old = find(links, interface->index);
        next.list[i] = old ? *old : (struct link){.index = interface->index, .told_up = interface->running};
        if (follow(&next.list[i], mibs, interface)) {
            due = time + 1000 / LINKS_PER_SECOND;
        }
    }
    links_fini(links);
    *links = next;
    return due;
}
