/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Time for the I/O engine: a millisecond clock and one-shot timers. This is a seam: tests link
 * tests/support/virtual_clock.c, which defines the same functions over a clock that the test moves by hand.
 */
#ifndef IO_TIMER_H
#define IO_TIMER_H

#include <stdbool.h>
#include <stdint.h>
#include <uv.h>

#define IO_NEVER UINT64_MAX

struct io_timer;
typedef void io_timer_fn(struct io_timer *timer);

/* The members are the implementation's, but for `arg`. */
struct io_timer {
    uv_timer_t handle;
    uint64_t due; /* IO_NEVER: not set */
    io_timer_fn *fire;
    io_timer_fn *closed;
    void *arg;
};

/* Milliseconds of a monotonic clock. */
uint64_t io_now(uv_loop_t *loop);

/* Timers do not keep the loop alive. */
void io_timer_init(struct io_timer *timer, uv_loop_t *loop, io_timer_fn *fire, void *arg);

/* Calls `fire` from the loop once `due` (on io_now's clock) is reached; replaces an earlier setting.
 * IO_NEVER stops it. */
void io_timer_set(struct io_timer *timer, uint64_t due);

/* `closed` (may be NULL) comes from the loop; the timer must live until then. */
void io_timer_close(struct io_timer *timer, io_timer_fn *closed);

#endif
