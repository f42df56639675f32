/* SPDX-License-Identifier: BSD-3-Clause */
#include "io/loop.h"

#include <stdlib.h>

#include <uvsnmp/error.h>

uv_loop_t *io_loop_new(void)
{
    uv_loop_t *loop = malloc(sizeof(*loop));
    if (loop && uv_loop_init(loop) < 0) {
        free(loop);
        loop = NULL;
    }
    return loop;
}

int io_loop_run(uv_loop_t *loop)
{
    return uv_run(loop, UV_RUN_DEFAULT) < 0 ? UVSNMP_EGENERAL : 0;
}

void io_loop_stop(uv_loop_t *loop)
{
    uv_stop(loop);
}

static void close_handle(uv_handle_t *handle, void *arg)
{
    (void)arg;
    if (!uv_is_closing(handle)) {
        uv_close(handle, NULL);
    }
}

void io_loop_free(uv_loop_t *loop)
{
    if (!loop) {
        return;
    }
    if (uv_loop_close(loop) == UV_EBUSY) {
        uv_walk(loop, close_handle, NULL);
        (void)uv_run(loop, UV_RUN_DEFAULT);
        (void)uv_loop_close(loop);
    }
    free(loop);
}
