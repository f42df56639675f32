/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Who serves an OID: per context, the registered subtrees sorted, and made of them a flat array of regions. A
 * region reaches from its start to the start of the next one and belongs to the most specific registration,
 * so that both look-ups are one binary search. The array is made anew at the first look-up after a change.
 */
#ifndef AGENT_REGISTRY_H
#define AGENT_REGISTRY_H

#include "agent/core.h"

struct uvsnmp_registration {
    struct uvsnmp_agent *agent;
    struct agent_context *context; /* NULL: unregistered */
    struct uvsnmp_oid base;
    struct uvsnmp_oid end; /* the first OID after the subtree; empty: none is */
    const struct uvsnmp_provider *provider;
    void *self;                                              /* of a ready-made provider */
    void *arg;                                               /* the program's */
    size_t open;                                             /* queries with the provider, or held by a SET */
    size_t overdue;                                          /* … of which past their deadline */
    void (*freed)(struct uvsnmp_registration *registration); /* of a ready-made provider */
    uint32_t ids[];
};

struct agent_region {
    struct uvsnmp_oid start;
    struct uvsnmp_registration *owner; /* NULL: a gap */
};

struct agent_context {
    struct list link;
    struct uvsnmp_registration **items; /* ascending by base */
    size_t count, capacity;
    struct agent_region *regions;
    size_t region_count, region_capacity;
    uint64_t generation; /* changes with every change */
    bool outdated;       /* the regions are */
    char name[];
};

/* A place in the regions of a context. */
struct agent_spot {
    struct uvsnmp_registration *owner; /* NULL: nobody */
    struct uvsnmp_oid end;             /* where it ends; empty: never */
};

/* What a ready-made provider registers. */
struct agent_offer {
    const struct uvsnmp_provider *provider;
    void *self, *arg;
    void (*freed)(struct uvsnmp_registration *registration);
};
int registry_add(struct uvsnmp_agent *agent, const char *context, struct uvsnmp_oid base,
                 const struct agent_offer *offer, struct uvsnmp_registration **out, struct uvsnmp_error *err);

/* The context of that name; NULL: there is none. */
struct agent_context *registry_context(const struct uvsnmp_agent *agent, const char *name);

/* Where `name` lies; `context` may be NULL. False: out of memory. */
bool registry_find(struct agent_context *context, struct uvsnmp_oid name, struct agent_spot *spot);

/* Logs all registrations: who looks for a subtree that is not served finds out. */
void registry_log(const struct uvsnmp_agent *agent);

/* A query is with the provider, or has come back; the last one frees an unregistered registration. */
void registration_hold(struct uvsnmp_registration *registration);
void registration_drop(struct uvsnmp_registration *registration);

/* Unregisters everything that is left. */
void registry_clear(struct uvsnmp_agent *agent);
/* Frees the contexts, which are empty. */
void registry_fini(struct uvsnmp_agent *agent);

#endif
