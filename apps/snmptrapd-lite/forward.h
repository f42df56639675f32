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

/* `moved` is called from the loop when one was sent. NULL: out of memory, or no descriptors. */
struct forwards *forwards_new(uv_loop_t *loop, void (*moved)(void *arg), void *arg);

/* Waits for what is under way as long as its retries last, and frees it; `closed` is the last call, from the
 * loop. */
void forwards_close(struct forwards *forwards, void (*closed)(void *arg), void *arg);

/* Failures are logged, now and then. */
void forwards_send(struct forwards *forwards, const char *destination,
                   const struct uvsnmp_received *received);

/* Is so much under way that no more should come? */
bool forwards_are_full(const struct forwards *forwards);

#endif
