/* SPDX-License-Identifier: BSD-3-Clause */
/* Wake-ups from outside for programs that know no libuv: a descriptor that has something to read, a signal.
 */
#ifndef IO_WATCH_H
#define IO_WATCH_H

#include <uv.h>

#include <uvsnmp/error.h>

struct io_watch;
typedef void io_watch_fn(void *arg);

/*
 * Calls `wake` from the loop whenever `fd`, which is the caller's and does not block, has something to read
 * or an error pending (netlink: after an overrun), and again at once for what `wake` has not read. It does
 * not keep the loop alive. UVSNMP_ENO_MEMORY; UVSNMP_EGENERAL with the loop's reason.
 */
int io_watch_readable(uv_loop_t *loop, int fd, io_watch_fn *wake, void *arg, struct io_watch **out,
                      struct uvsnmp_error *err);

/* Calls `wake` from the loop after the signal; else as io_watch_readable(). */
int io_watch_signal(uv_loop_t *loop, int number, io_watch_fn *wake, void *arg, struct io_watch **out,
                    struct uvsnmp_error *err);

/* No call comes any more; a descriptor may be closed at once. NULL is allowed. */
void io_watch_close(struct io_watch *watch);

#endif
