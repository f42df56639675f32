/* SPDX-License-Identifier: BSD-3-Clause */
/* Users with their keys for an engine whose table has them (engine->users), for whoever is asked or notified.
 */
#ifndef ENGINE_USER_H
#define ENGINE_USER_H

#include <uvsnmp/usm.h>

#include "engine/engine.h"

/* Opens libcrypto for users with keys, unless it is open: it is a megabyte and a millisecond, and only who
 * has keys pays for it. Whoever frees the engine closes it. UVSNMP_EUNSUPPORTED or UVSNMP_ENO_MEMORY with the
 * reason. */
int engine_open_crypto(struct engine *engine, struct uvsnmp_error *err);

/*
 * Makes the user's keys for the engine of `engine_id`, this one or another, and adds him; one of that name
 * gets the new protocols and keys. Errors: those of engine_open_crypto(), usm_credential_of_user(),
 * usm_users_add() and usm_user_set_security_name(), with a detail; where it is the last, he is not there any
 * more.
 */
int engine_set_user(struct engine *engine, struct uvsnmp_bytes engine_id, const struct uvsnmp_user *user,
                    struct uvsnmp_error *err);

#endif
