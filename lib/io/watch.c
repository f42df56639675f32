/* SPDX-License-Identifier: BSD-3-Clause */
#include "io/watch.h"

#include <stdlib.h>

#include "base/err.h"

struct io_watch {
    union {
        uv_handle_t any;
        uv_poll_t poll;
        uv_signal_t signal;
    } handle;
    io_watch_fn *wake;
    void *arg;
};

static void on_poll(uv_poll_t *handle, int status, int events)
{
    const struct io_watch *watch = handle->data;
    (void)events;
    if (status < 0) {
        /* libuv stops a descriptor that has an error pending; the reader takes the error, and it goes on */
        (void)uv_poll_start(handle, UV_READABLE, on_poll);
    }
    watch->wake(watch->arg);
}

static void on_signal(uv_signal_t *handle, int number)
{
    const struct io_watch *watch = handle->data;
    (void)number;
    watch->wake(watch->arg);
}

static void on_closed(uv_handle_t *handle)
{
    free(handle->data);
}

static struct io_watch *watch_new(io_watch_fn *wake, void *arg)
{
    struct io_watch *watch = calloc(1, sizeof(*watch));
    if (watch) {
        watch->wake = wake;
        watch->arg = arg;
    }
    return watch;
}

/* The end of both kinds: `opened` is what the handle's initialisation said, `started` what its start said. */
static int finish(struct io_watch *watch, int opened, int started, struct io_watch **out,
                  struct uvsnmp_error *err)
{
    if (opened < 0) {
        free(watch);
        return err_set(err, UVSNMP_EGENERAL, "event loop: %s", uv_strerror(opened));
    }
    watch->handle.any.data = watch;
    uv_unref(&watch->handle.any);
    if (started < 0) {
        uv_close(&watch->handle.any, on_closed);
        return err_set(err, UVSNMP_EGENERAL, "event loop: %s", uv_strerror(started));
    }
    *out = watch;
    return 0;
}

int io_watch_readable(uv_loop_t *loop, int fd, io_watch_fn *wake, void *arg, struct io_watch **out,
                      struct uvsnmp_error *err)
{
    struct io_watch *watch = watch_new(wake, arg);
    if (!watch) {
        return err_set(err, UVSNMP_ENO_MEMORY, "out of memory");
    }
    int opened = uv_poll_init(loop, &watch->handle.poll, fd);
    int started = opened < 0 ? opened : uv_poll_start(&watch->handle.poll, UV_READABLE, on_poll);
    return finish(watch, opened, started, out, err);
}

int io_watch_signal(uv_loop_t *loop, int number, io_watch_fn *wake, void *arg, struct io_watch **out,
                    struct uvsnmp_error *err)
{
    struct io_watch *watch = watch_new(wake, arg);
    if (!watch) {
        return err_set(err, UVSNMP_ENO_MEMORY, "out of memory");
    }
    int opened = uv_signal_init(loop, &watch->handle.signal);
    int started = opened < 0 ? opened : uv_signal_start(&watch->handle.signal, on_signal, number);
    return finish(watch, opened, started, out, err);
}

void io_watch_close(struct io_watch *watch)
{
    if (watch) {
        uv_close(&watch->handle.any, on_closed);
    }
}
