/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The destinations of forward lines: a notification goes on in the version and with the community that it
 * came with, an inform as an inform. Those of version 3 are not sent on, which is said: whose keys they were
 * signed with is known, but not that the other receiver has them.
 */
#ifndef SNMPTRAPD_LITE_FORWARD_H
#define SNMPTRAPD_LITE_FORWARD_H

#include <uvsnmp/receiver.h>

#include "io/loop.h"

struct forwards;

/* NULL: out of memory, or no descriptors. */
struct forwards *forwards_new(uv_loop_t *loop);

/* Gives what is under way half a second, says what is not answered by then, and frees it; `closed` is the
 * last call, from the loop. */
void forwards_close(struct forwards *forwards, void (*closed)(void *arg), void *arg);

/* Failures are logged, now and then. A destination that does not answer informs holds nobody up: what is too
 * much for it is not sent on, which is such a failure. */
void forwards_send(struct forwards *forwards, const char *destination,
                   const struct uvsnmp_received *received);

#endif
