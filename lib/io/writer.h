/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Appends to a file, a pipe or a terminal without making the loop wait for it: what is written gathers in
 * memory and is moved in large pieces by another thread, in the order it came. Before the loop has run,
 * and after it, io_writer_drain() and io_writer_close() do the rest.
 */
#ifndef IO_WRITER_H
#define IO_WRITER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <uv.h>

#include <uvsnmp/error.h>

struct io_writer;

struct io_writer_options {
    size_t max; /* octets that may wait; 0: 64 MiB */
    /* All up to `position` (octets since the writer was made) has been handed to the system; from the loop.
     * May be NULL. */
    void (*written)(struct io_writer *writer, uint64_t position, void *arg);
    /* The system does not take it: a full disk, a closed pipe. What waits is kept and tried again each
     * second; told once, and again after it has worked in between. May be NULL. */
    void (*failed)(struct io_writer *writer, const struct uvsnmp_error *error, void *arg);
    void *arg;
};

/* `fd` is borrowed and may block. NULL: out of memory. */
struct io_writer *io_writer_new(uv_loop_t *loop, int fd, const struct io_writer_options *options);

/* Appends a copy, whole or not at all. UVSNMP_ELIMIT: too much waits already; UVSNMP_ENO_MEMORY. */
int io_writer_append(struct io_writer *writer, const void *data, size_t size);

/* Octets appended since the writer was made: what was appended last is written once `written` says this. */
uint64_t io_writer_position(const struct io_writer *writer);
/* Octets that wait. */
size_t io_writer_waiting(struct io_writer *writer);

/* Writes what waits to another file from now on (a log opened again); what was handed to the system already
 * went to the old one, which may have been half of what was appended in one call: drain it before. Returns
 * when the old one is not used any more. -1: there is no file, and all waits for the next one. */
void io_writer_redirect(struct io_writer *writer, int fd);

/* Waits until everything is written, or failed, or `timeout_ms` have passed; calls nothing back. True: all is
 * written. */
bool io_writer_drain(struct io_writer *writer, uint64_t timeout_ms);

/* Frees it without another call back; what waits is lost: drain it first. The memory goes with the loop's
 * next turns. */
void io_writer_close(struct io_writer *writer);

#endif
