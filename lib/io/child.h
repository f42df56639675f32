/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Child processes: one program, what it reads on its standard input, and an end that always comes. Each child
 * leads a session and a process group of its own, so that what it has started ends with it at the deadline.
 */
#ifndef IO_CHILD_H
#define IO_CHILD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <uv.h>

#include <uvsnmp/error.h>

struct io_child;

struct io_child_end {
    bool timed_out;  /* it was past its deadline, and was ended */
    int exit_status; /* where it ended by itself */
    int signal;      /* 0, or what ended it */
};
typedef void io_child_fn(struct io_child *child, const struct io_child_end *end, void *arg);

struct io_child_options {
    char **argv;       /* argv[0] is the program, looked up in PATH; ended by NULL. Not changed */
    const void *input; /* a file of this content is its standard input; copied */
    size_t input_size;
    uint64_t timeout_ms; /* until its group is sent SIGTERM, and SIGKILL a second later; 0: 60,000 */
    io_child_fn *ended;
    void *arg;
};

/*
 * Starts a child; its standard output and error are ours. `ended` comes exactly once, from the loop, when it
 * has ended; it is not to be used after that. What it leaves running by itself runs on. It keeps the loop
 * alive. On failure nothing comes: UVSNMP_EFILE with the reason in the detail (no such program, no
 * descriptors), UVSNMP_ENO_MEMORY.
 */
int io_child_start(uv_loop_t *loop, const struct io_child_options *options, struct io_child **out,
                   struct uvsnmp_error *err);

/* Ends it and its group with SIGKILL; `ended` comes as ever. */
void io_child_kill(struct io_child *child);

#endif
