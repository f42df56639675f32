/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * An SNMP engine (RFC 3411 §3.1): who it is, its clock, whom it knows and what it counts. It stays where it
 * was initialised. Sockets and clocks are others': bytes and the time, in milliseconds that never go back,
 * are handed in.
 */
#ifndef ENGINE_ENGINE_H
#define ENGINE_ENGINE_H

#include "engine/engine_id.h"
#include "engine/report.h"
#include "usm/salt.h"
#include "usm/timeliness.h"
#include "usm/user.h"

struct engine {
    struct engine_id id;
    struct usm_time started;   /* its clock … */
    uint64_t started_ms;       /* … at this time */
    int32_t max_size;          /* msgMaxSize: the largest message it can receive */
    int32_t message_id;        /* the last one given */
    struct usm_crypto *crypto; /* borrowed; NULL: not opened (yet), and no message has a digest */
    struct usm_users users;    /* its own, and those of engines that notify it */
    struct usm_engines peers;  /* clocks of others */
    struct usm_salt salt;
    struct engine_reports reports;
};

/*
 * A manager may have no `id` (NULL) and no boots: it is never authoritative then. `boots` is that of this
 * start, which the caller has counted and stored (RFC 3414 §2.2.1). Allocates nothing yet.
 */
void engine_init(struct engine *engine, const struct engine_id *id, int32_t boots, uint64_t now_ms);
void engine_fini(struct engine *engine); /* `crypto` is the caller's */

/* snmpEngineBoots and snmpEngineTime. */
struct usm_time engine_time(const struct engine *engine, uint64_t now_ms);

/* Positive, unpredictable at first, unique for 2^31 messages. */
int32_t engine_next_message_id(struct engine *engine);

/* Is it a context of this engine: its own ID, none (as some managers ask), or "whoever you are" (RFC 5343)?
 */
bool engine_is_own_context(const struct engine *engine, struct uvsnmp_bytes context_engine_id);

#endif
