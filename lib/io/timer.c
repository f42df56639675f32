/* SPDX-License-Identifier: BSD-3-Clause */
#include "io/timer.h"

uint64_t io_now(uv_loop_t *loop)
{
    /* not uv_now(): that is the start of the loop's turn, which may be long ago */
    (void)loop;
    return uv_hrtime() / 1000000;
}

static void on_timer(uv_timer_t *handle)
{
    struct io_timer *timer = handle->data;
    timer->due = IO_NEVER;
    timer->fire(timer);
}

static void on_closed(uv_handle_t *handle)
{
    struct io_timer *timer = handle->data;
    timer->closed(timer);
}

void io_timer_init(struct io_timer *timer, uv_loop_t *loop, io_timer_fn *fire, void *arg)
{
    (void)uv_timer_init(loop, &timer->handle);
    uv_unref((uv_handle_t *)&timer->handle);
    timer->handle.data = timer;
    timer->due = IO_NEVER;
    timer->fire = fire;
    timer->closed = NULL;
    timer->arg = arg;
}

void io_timer_set(struct io_timer *timer, uint64_t due)
{
    uint64_t loop_now;
    if (timer->due == due) {
        return;
    }
    timer->due = due;
    if (due == IO_NEVER) {
        (void)uv_timer_stop(&timer->handle);
        return;
    }
    /* libuv counts from its own idea of now, which has the same origin */
    loop_now = uv_now(timer->handle.loop);
    (void)uv_timer_start(&timer->handle, on_timer, due > loop_now ? due - loop_now : 0, 0);
}

void io_timer_close(struct io_timer *timer, io_timer_fn *closed)
{
    timer->closed = closed;
    uv_close((uv_handle_t *)&timer->handle, closed ? on_closed : NULL);
}
