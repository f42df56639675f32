/* SPDX-License-Identifier: BSD-3-Clause */
#include "session/wait.h"

#include "io/loop.h"

uv_loop_t *wait_loop_new(void)
{
    return io_loop_new();
}

int wait_loop_run(uv_loop_t *loop)
{
    return io_loop_run(loop);
}

void wait_loop_free(uv_loop_t *loop)
{
    io_loop_free(loop);
}
