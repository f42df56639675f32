/* SPDX-License-Identifier: BSD-3-Clause */
/* The users of an agent: agent->engine.users is the one place where they are. */
#ifndef AGENT_USERS_H
#define AGENT_USERS_H

#include <uvsnmp/usm.h>

#include "agent/core.h"

/* Opens libcrypto for users with keys, unless it is open. UVSNMP_EUNSUPPORTED with the reason. */
int users_open_crypto(struct uvsnmp_agent *agent, struct uvsnmp_error *err);

/*
 * Makes the user's keys for the engine and adds him; one of that name gets the new protocols and keys. Errors
 * as uvsnmp_agent_add_user().
 */
int users_set(struct uvsnmp_agent *agent, struct uvsnmp_bytes engine_id, const struct uvsnmp_user *user,
              struct uvsnmp_error *err);

#endif
