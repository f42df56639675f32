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
    uv_loop_t *loop;
    void (*expired)(void *arg);
    void *arg;
    bool has_expired, has_stopped;
};

/* The first time what is outstanding is ended, and its callbacks come with this turn of the loop; what is still
 * there the second time is not waited for. */
static void on_expiry(struct io_timer *timer)
{
    struct expiry *expiry = timer->arg;
    if (expiry->has_expired) {
        expiry->has_stopped = true;
        io_loop_stop(expiry->loop);
        return;
    }
    expiry->has_expired = true;
    expiry->expired(expiry->arg);
    io_timer_set(timer, io_now(expiry->loop) + 1);
}

int wait_loop_run_within(uv_loop_t *loop, uint64_t ms, void (*expired)(void *arg), void *arg)
{
    struct expiry expiry = {.loop = loop, .expired = expired, .arg = arg};
    if (ms == 0) {
        return io_loop_run(loop);
    }
    io_timer_init(&expiry.timer, loop, on_expiry, &expiry);
    io_timer_set(&expiry.timer, io_now(loop) + ms);
    int rc = io_loop_run(loop);
    if (expiry.has_stopped) {
        return UVSNMP_EDEADLINE;
    }
    io_timer_close(&expiry.timer, NULL);
    int closed = io_loop_run(loop);
    return rc < 0 ? rc : closed;
}

void wait_loop_free(uv_loop_t *loop)
{
    io_loop_free(loop);
}
