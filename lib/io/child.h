/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Child processes: one program, what it reads on its standard input, and an end that always comes. Each child
 * leads a process group of its own, so that what it has started ends with it at the deadline.
 */
#ifndef IO_CHILD_H
#define IO_CHILD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <uv.h>

#include <uvsnmp/error.h>

struct io_child;

/* How a child ended. `output` is valid during the call only. */
struct io_child_end {
    bool timed_out;  /* it was past its deadline, and was killed */
    int exit_status; /* where it ended by itself */
    int signal;      /* 0, or what ended it */
    const uint8_t *output;
    size_t output_size;
    bool output_cut; /* it wrote more than was to be kept; that was read and dropped */
};
typedef void io_child_fn(struct io_child *child, const struct io_child_end *end, void *arg);

struct io_child_options {
    const char *const *argv; /* argv[0] is the program, looked up in PATH; ended by NULL */
    const void *input;       /* what it reads until the end of its standard input; copied */
    size_t input_size;
    /* Milliseconds until its group is sent SIGTERM, and SIGKILL a second later; 0: 60,000 */
    uint64_t timeout_ms;
    /* Octets of its standard output that are kept; 0: that stays where ours goes. Standard error always does.
     */
    size_t output_max;
    io_child_fn *ended;
    void *arg;
};

/*
 * Starts a child. `ended` comes exactly once, from the loop, after the child has ended; the child is not to
 * be used after it. A child that does not read its input is no error. It keeps the loop alive. On failure
 * nothing comes: UVSNMP_EFILE with the reason in the detail (no such program, no descriptors),
 * UVSNMP_ENO_MEMORY.
 */
int io_child_start(uv_loop_t *loop, const struct io_child_options *options, struct io_child **out,
                   struct uvsnmp_error *err);

/* Ends it and its group with SIGKILL; `ended` comes as ever. */
void io_child_kill(struct io_child *child);

#endif
