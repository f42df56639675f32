/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * linkUp and linkDown (RFC 2863 §3.1.15): what was last told of each interface, and how often it may change.
 * One that changes too often is told of later, as it is then.
 */
#ifndef AGENT_MIBS_LINKS_H
#define AGENT_MIBS_LINKS_H

#include "agent/host/host.h"
#include "agent/mibs/group.h"

enum { LINKS_BURST = 5, LINKS_PER_SECOND = 1 }; /* of one interface */

struct links {
    struct link *list; /* by index */
    size_t count;
};

void links_init(struct links *links);
void links_fini(struct links *links);

/*
 * Compares a reading with what was told, and notifies where the configuration wants that. An interface that
 * is new has not changed. Returns when something is left to be told, in milliseconds of the agent's clock;
 * UINT64_MAX: nothing is.
 */
uint64_t links_follow(struct links *links, struct mibs *mibs, const struct host_interfaces *now);

#endif
