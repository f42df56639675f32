/* SPDX-License-Identifier: BSD-3-Clause */
/* The built-in access control: communities with a source and, for each version, views of lib/vacm. */
#ifndef AGENT_ACCESS_H
#define AGENT_ACCESS_H

#include "agent/core.h"
#include "vacm/view.h"

#define ACCESS_VERSIONS 2 /* UVSNMP_V1 and UVSNMP_V2C */

/* What a community may do in one version. A view that is NULL has nothing in it. */
struct access_grant {
    bool answered; /* false: it is known, but has no access (RFC 3415: no group, no access entry) */
    struct vacm_view *read, *write;
};

/*
 * Adds a community whose rights are `grants`, one for each version, instead of its own view and `write`. The
 * views are held. Errors as uvsnmp_agent_add_community().
 */
int access_add(struct uvsnmp_agent *agent, const struct uvsnmp_community *community,
               const struct access_grant *grants, struct uvsnmp_error *err);

/* The communities of `agent` as its access control. */
struct uvsnmp_access_control access_of_communities(struct uvsnmp_agent *agent);

/* Frees communities that were cleared, when no request is under way. */
void access_forget(struct uvsnmp_agent *agent);
/* Frees all. */
void access_fini(struct uvsnmp_agent *agent);

#endif
