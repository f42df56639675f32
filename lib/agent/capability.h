/* SPDX-License-Identifier: BSD-3-Clause */
#ifndef AGENT_CAPABILITY_H
#define AGENT_CAPABILITY_H

#include "agent/core.h"

/* Forgets all capabilities, at the end. */
void capability_fini(struct uvsnmp_agent *agent);

#endif
