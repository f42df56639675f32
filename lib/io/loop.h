/* SPDX-License-Identifier: BSD-3-Clause */
/* An event loop for programs that have none. */
#ifndef IO_LOOP_H
#define IO_LOOP_H

#include <uv.h>

/* NULL without memory or descriptors. */
uv_loop_t *io_loop_new(void);

/* Runs until nothing is outstanding; 0, or an error code. */
int io_loop_run(uv_loop_t *loop);

/* Makes io_loop_run() return soon, whatever is outstanding. */
void io_loop_stop(uv_loop_t *loop);

/* Closes what is still open, runs its close callbacks, and frees the loop. */
void io_loop_free(uv_loop_t *loop);

#endif
