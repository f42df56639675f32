/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The programs of traphandle lines. Each line runs one program at a time, in the order of the notifications;
 * the programs of several lines run side by side, a few at a time, and each for a minute at most.
 */
#ifndef SNMPTRAPD_LITE_HANDLERS_H
#define SNMPTRAPD_LITE_HANDLERS_H

#include <stdbool.h>
#include <stddef.h>

#include "io/loop.h"

struct handlers;

/* `moved` is called from the loop whenever a program has ended. NULL: out of memory. */
struct handlers *handlers_new(uv_loop_t *loop, void (*moved)(void *arg), void *arg);

/* Lets what waits run for some seconds, then ends it; `closed` is the last call, from the loop, and frees it.
 */
void handlers_close(struct handlers *handlers, void (*closed)(void *arg), void *arg);

/* Has a command line run by the shell, with `input` on its standard input; both are copied.
 * UVSNMP_ENO_MEMORY. */
int handlers_add(struct handlers *handlers, const char *command, const void *input, size_t size);

/* Is so much waiting that no more should come? */
bool handlers_are_full(const struct handlers *handlers);

#endif
