/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The clock of an engine that is many short programs: whoever receives its traps refuses what is older than
 * what it has seen (RFC 3414 §3.2 (7) b), so that boots and time have to go on from one call to the next. A
 * file keeps the boots and the calendar second at which the engine's time was 0; what two calls say at once
 * differs by nothing then.
 */
#ifndef APPS_SNMPTRAP_STATE_H
#define APPS_SNMPTRAP_STATE_H

#include <stdbool.h>

#include "engine/engine_id.h"

/* Seconds are those of the calendar, since 1970. */
struct trap_state {
    struct engine_id id;
    int32_t boots;
    int64_t started; /* engineTime was 0 */
    int64_t latest;  /* the last that is known to have passed */
};

/*
 * The state at `now`, of the engine `given` or, where that is empty, of this machine's own, which is made up
 * when it is first wanted. In `directory` each has a file, which is written when there is something new, once
 * a minute at most.
 *
 * UVSNMP_EFILE: the file cannot be read or written. `out` is good for this call, but the next one may be
 * refused; an engine of its own is another one by then. UVSNMP_EBAD_VALUE: the file makes no sense, and
 * nothing is known. Each with a detail; UVSNMP_ELIMIT: the engine has no boots left (RFC 3414 §2.2.2), and
 * needs another ID.
 */
int trap_state_take(const char *directory, const struct engine_id *given, int64_t now, struct trap_state *out,
                    struct uvsnmp_error *err);

/* Moves it on to `now`. `*is_new`: to be written. UVSNMP_ELIMIT as above. */
int trap_state_advance(struct trap_state *state, int64_t now, bool *is_new);

/* snmpEngineTime */
int32_t trap_state_time(const struct trap_state *state, int64_t now);

#endif
