/* SPDX-License-Identifier: BSD-3-Clause */
/* The one place that runs a loop of its own: for programs that do one thing after the other. */
#ifndef SESSION_WAIT_H
#define SESSION_WAIT_H

#include <uvsnmp/session.h>

/* A loop for this program; NULL without memory or descriptors. */
uv_loop_t *wait_loop_new(void);

/* Runs the loop until nothing is outstanding. */
int wait_loop_run(uv_loop_t *loop);

/*
 * The same, but calls `expired` once when `ms` (0: never) have passed. Requests that it cancels or sessions that it
 * frees still call back; then it returns: UVSNMP_EDEADLINE where something, such as the lookup of a name, is not over
 * yet. Such a loop must neither run again nor be freed: end the program, with _exit().
 */
int wait_loop_run_within(uv_loop_t *loop, uint64_t ms, void (*expired)(void *arg), void *arg);

/* Frees a loop on which nothing is open any more. */
void wait_loop_free(uv_loop_t *loop);

#endif
