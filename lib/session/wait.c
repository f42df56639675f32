/* SPDX-License-Identifier: BSD-3-Clause */
#include "session/wait.h"

#include "io/loop.h"
#include "io/timer.h"

uv_loop_t *wait_loop_new(void)
{
    return io_loop_new();
}

int wait_loop_run(uv_loop_t *loop)
{
    return io_loop_run(loop);
}

struct expiry {
    struct io_timer timer;
    void (*expired)(void *arg);
    void *arg;
};

static void on_expiry(struct io_timer *timer)
{
    struct expiry *expiry = timer->arg;
    expiry->expired(expiry->arg);
}

int wait_loop_run_within(uv_loop_t *loop, uint64_t ms, void (*expired)(void *arg), void *arg)
{
    struct expiry expiry = {.expired = expired, .arg = arg};
    if (ms == 0) {
        return io_loop_run(loop);
    }
    io_timer_init(&expiry.timer, loop, on_expiry, &expiry);
    io_timer_set(&expiry.timer, io_now(loop) + ms);
    int rc = io_loop_run(loop);
    io_timer_close(&expiry.timer, NULL);
    int closed = io_loop_run(loop);
    return rc < 0 ? rc : closed;
}

void wait_loop_free(uv_loop_t *loop)
{
    io_loop_free(loop);
}
