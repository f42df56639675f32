/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Is a message from now (RFC 3414 §2.2 and §2.3)? The clock of an engine is its boots and its time in
 * seconds; what is known of other engines' clocks goes on by the local one, which is handed in: milliseconds
 * that never go back.
 */
#ifndef USM_TIMELINESS_H
#define USM_TIMELINESS_H

#include <stdbool.h>

#include "base/list.h"
#include "base/map.h"
#include "usm/params.h"

#define USM_TIME_WINDOW 150 /* seconds */

struct usm_time {
    int32_t boots, time;
};

/* An engine's clock from what it was `elapsed_ms` ago: where the time overflows, boots grow (RFC 3414
 * §2.2.2), up to their maximum, where they stay. */
struct usm_time usm_time_advance(struct usm_time from, uint64_t elapsed_ms);

/* RFC 3414 §3.2 (7) a: a message to the authoritative engine, whose clock says `local`. 0 or
 * UVSNMP_ENOT_IN_TIME_WINDOW. */
int usm_time_check(struct usm_time local, struct usm_time message);

/* What is known of another engine's clock. */
struct usm_clock {
    struct usm_time learnt; /* snmpEngineBoots and snmpEngineTime when `at_ms` was */
    int32_t latest;         /* latestReceivedEngineTime */
    uint64_t at_ms;
    bool is_known, is_authentic; /* came with a digest; else it is but a hint */
};

/* Its clock by now; 0, 0 where nothing is known. */
struct usm_time usm_clock_now(const struct usm_clock *clock, uint64_t now_ms);

/* What somebody says without a digest (the Report of a discovery): good for asking, believed for nothing, and
 * forgotten with the first authentic word. Changes no clock that is authentic. */
void usm_clock_hint(struct usm_clock *clock, struct usm_time time, uint64_t now_ms);

/* RFC 3414 §3.2 (7) b: an AUTHENTICATED message of another, authoritative engine. Sets the clock where the
 * message is newer than all before; 0 or UVSNMP_ENOT_IN_TIME_WINDOW. */
int usm_clock_check(struct usm_clock *clock, struct usm_time message, uint64_t now_ms);

/* The clocks of other engines, by engine ID. Only what this side asked, or what carried a digest, gets in;
 * the one that was looked for longest ago goes out when there are too many. */
struct usm_engine {
    struct map_link by_id;
    struct list link;
    uint8_t id[USM_ENGINE_ID_MAX];
    size_t id_size;
    struct usm_clock clock;
    int32_t max_size; /* msgMaxSize of its last authentic message; 0: not known */
};
struct usm_engines {
    struct map map;
    struct list by_use;
    size_t limit;
};

/* `limit` 0: 65536. Allocates nothing yet. */
void usm_engines_init(struct usm_engines *engines, size_t limit);
void usm_engines_fini(struct usm_engines *engines);
/* NULL: not known. Valid up to the next usm_engines_add(). */
struct usm_engine *usm_engines_find(struct usm_engines *engines, struct uvsnmp_bytes id);
/* Finds or makes it; NULL: out of memory, or no engine ID. */
struct usm_engine *usm_engines_add(struct usm_engines *engines, struct uvsnmp_bytes id);

#endif
