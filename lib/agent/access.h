/* SPDX-License-Identifier: BSD-3-Clause */
/* The built-in access control: communities with a source and a view. */
#ifndef AGENT_ACCESS_H
#define AGENT_ACCESS_H

#include "agent/core.h"

/* The communities of `agent` as its access control. */
struct uvsnmp_access_control access_of_communities(struct uvsnmp_agent *agent);

/* Frees communities that were cleared, when no request is under way. */
void access_forget(struct uvsnmp_agent *agent);
/* Frees all. */
void access_fini(struct uvsnmp_agent *agent);

#endif
