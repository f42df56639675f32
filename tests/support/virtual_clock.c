/* SPDX-License-Identifier: BSD-3-Clause */
#include "support/virtual_clock.h"

#include <stddef.h>

#include "io/timer.h"

#define TIMERS_MAX 64
#define TURNS 4

static uint64_t now = 1000000;
static struct io_timer *timers[TIMERS_MAX];

uint64_t io_now(uv_loop_t *loop)
{
    (void)loop;
    return now;
}

void io_timer_init(struct io_timer *timer, uv_loop_t *loop, io_timer_fn *fire, void *arg)
{
    (void)uv_timer_init(loop, &timer->handle); /* only to be closed, as a real one is */
    timer->handle.data = timer;
    timer->due = IO_NEVER;
    timer->fire = fire;
    timer->closed = NULL;
    timer->arg = arg;
}

/* The slot of a timer that is set, or (NULL) a free one. */
static struct io_timer **slot_of(const struct io_timer *timer)
{
    for (size_t i = 0; i < TIMERS_MAX; i++) {
        if (timers[i] == timer) {
            return &timers[i];
        }
    }
    return NULL;
}

void io_timer_set(struct io_timer *timer, uint64_t due)
{
    struct io_timer **slot = slot_of(timer);
    timer->due = due;
    if (due == IO_NEVER) {
        if (slot) {
            *slot = NULL;
        }
        return;
    }
    if (!slot) {
        *slot_of(NULL) = timer;
    }
}

static void on_closed(uv_handle_t *handle)
{
    struct io_timer *timer = handle->data;
    if (timer->closed) {
        timer->closed(timer);
    }
}

void io_timer_close(struct io_timer *timer, io_timer_fn *closed)
{
    io_timer_set(timer, IO_NEVER);
    timer->closed = closed;
    uv_close((uv_handle_t *)&timer->handle, on_closed);
}

uint64_t virtual_clock_now(void)
{
    return now;
}

static void on_idle(uv_idle_t *handle)
{
    (void)handle; /* a loop with nothing to do would not even look at its sockets */
}

void virtual_clock_settle(uv_loop_t *loop)
{
    uv_idle_t idle;
    (void)uv_idle_init(loop, &idle);
    (void)uv_idle_start(&idle, on_idle);
    for (int i = 0; i < TURNS; i++) {
        (void)uv_run(loop, UV_RUN_NOWAIT);
    }
    uv_close((uv_handle_t *)&idle, NULL);
    (void)uv_run(loop, UV_RUN_NOWAIT);
}

static struct io_timer *earliest(void)
{
    struct io_timer *first = NULL;
    for (size_t i = 0; i < TIMERS_MAX; i++) {
        if (timers[i] && (!first || timers[i]->due < first->due)) {
            first = timers[i];
        }
    }
    return first;
}

void virtual_clock_advance(uv_loop_t *loop, uint64_t ms)
{
    uint64_t end = now + ms;
    struct io_timer *timer;
    virtual_clock_settle(loop);
    while ((timer = earliest()) && timer->due <= end) {
        now = timer->due > now ? timer->due : now;
        io_timer_set(timer, IO_NEVER);
        timer->fire(timer);
        virtual_clock_settle(loop);
    }
    now = end;
    virtual_clock_settle(loop);
}
