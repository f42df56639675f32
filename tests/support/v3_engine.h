/* SPDX-License-Identifier: BSD-3-Clause */
/* The engine that the recorded exchanges were made with, as ours. */
#ifndef TESTS_SUPPORT_V3_ENGINE_H
#define TESTS_SUPPORT_V3_ENGINE_H

#include "engine/engine.h"
#include "support/v3_packets.h"

/* The security of a recorded user with the recorded engine. 0, or a negative error code. */
int v3_security(struct usm_crypto *crypto, const struct v3_exchange *exchange, struct usm_security *out);
/* The same with another engine. */
int v3_security_of(struct usm_crypto *crypto, const struct v3_exchange *exchange, struct uvsnmp_bytes engine_id,
                   struct usm_security *out);

/* An engine with that ID, in its first boot, begun at 0 ms, with all recorded users but "nobody". */
int v3_engine_init(struct engine *engine, struct usm_crypto *crypto);

/* The time of the authoritative engine in a message, in milliseconds; 0: unreadable. */
uint64_t v3_time_of(struct uvsnmp_bytes message);

#endif
