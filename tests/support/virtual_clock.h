/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * A clock that stands still until a test moves it. A test program that links virtual_clock.c gets these
 * timers in place of lib/io/timer.c, in all layers: waiting for seconds then takes no time, and always the
 * same course.
 *
 * Sockets stay real. To let what was sent arrive, turn the loop: virtual_clock_settle().
 */
#ifndef TESTS_SUPPORT_VIRTUAL_CLOCK_H
#define TESTS_SUPPORT_VIRTUAL_CLOCK_H

#include <stdint.h>
#include <uv.h>

/* The present time in milliseconds; it begins at 1,000,000. */
uint64_t virtual_clock_now(void);

/* Turns the loop, at the present time, until all that can happen without waiting has happened. */
void virtual_clock_settle(uv_loop_t *loop);

/* Lets `ms` pass: timers fire in order, each at its own time, and the loop settles after each. */
void virtual_clock_advance(uv_loop_t *loop, uint64_t ms);

#endif
