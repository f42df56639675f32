/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Byte streams (tcp, unix) that carry messages: reading with the caller's framing, writing with a bounded
 * queue, connecting and listening. A stream that has more than IO_STREAM_PAUSE octets to write is not read
 * until its peer has taken some of them. Who asks has to write less at a time, or both ends would wait for
 * each other.
 *
 * On sockets of our own and not uv_stream_t, since those raise SIGPIPE, which a library must not do.
 */
#ifndef IO_STREAM_H
#define IO_STREAM_H

#include <sys/types.h>
#include <uv.h>

#include <uvsnmp/address.h>
#include <uvsnmp/manager.h>

#define IO_STREAM_PAUSE (256 * 1024)

struct io_stream;
struct io_stream_ops {
    /* The connection stands, or could not be made (then: to be closed now). For io_stream_connect(). */
    void (*connected)(struct io_stream *stream, int status, const char *detail);
    /* A whole message; `data` is valid during the call and may be changed. */
    void (*message)(struct io_stream *stream, uint8_t *data, size_t size);
    /* Some of what had to wait is with the kernel now; `out_size` is what still waits. */
    void (*written)(struct io_stream *stream);
    /* The peer closed, or broke the rules (or memory is short); nothing more comes. To be closed now. */
    void (*ended)(struct io_stream *stream, int status, const char *detail);
    /* After io_stream_close(): the last call, the memory may go. */
    void (*closed)(struct io_stream *stream);
};

/* The caller sets `ops`, `frame` and `max_message`; the rest is the implementation's. */
struct io_stream {
    const struct io_stream_ops *ops;
    uvsnmp_frame_fn *frame;
    size_t max_message;

    uv_poll_t poll;
    int fd;
    int events; /* polled for */
    bool is_connected, is_closing, is_paused, is_held, has_ended;
    uint8_t *in, *out;
    size_t in_size, in_capacity;
    size_t out_at, out_size, out_capacity; /* what waits is [out_at, out_at + out_size) */
    uint64_t taken;                        /* by the kernel, in all */
};

/* Begins to connect; `local` (may be NULL) is bound first. On failure nothing is left to close. */
int io_stream_connect(struct io_stream *stream, uv_loop_t *loop, const struct uvsnmp_address *peer,
                      const struct uvsnmp_address *local, struct uvsnmp_error *err);

/* Takes over a connected socket and reads. On failure the socket is closed and nothing is left to close. */
int io_stream_adopt(struct io_stream *stream, uv_loop_t *loop, int fd);

/* Writes a copy of `data`. UVSNMP_ELIMIT when the peer does not take what it is sent. */
int io_stream_write(struct io_stream *stream, const void *data, size_t size);

/* Reads nothing until it is let go; then what was there already comes, within the call. */
void io_stream_hold(struct io_stream *stream, bool hold);

void io_stream_close(struct io_stream *stream);

/* The caller sets the first three; the rest is the implementation's. */
struct io_listener {
    /* A client came; the socket is the callee's. With an error `fd` is -1 and `peer` NULL. */
    void (*incoming)(struct io_listener *listener, int status, int fd, const struct uvsnmp_address *peer);
    void (*closed)(struct io_listener *listener);
    void *owner;

    uv_poll_t poll;
    int fd;
    int spare_fd; /* given up to turn a client away when there are no descriptors left */
    bool is_closing;
    dev_t device; /* of a unix socket's file, to know it again */
    ino_t inode;
    struct uvsnmp_address bound;
};

/*
 * Binds and listens. A unix socket file that nobody listens on any more is replaced; one that is alive, or
 * any other file, is UVSNMP_EADDRESS_IN_USE. On failure nothing is left to close.
 */
int io_listener_open(struct io_listener *listener, uv_loop_t *loop, const struct uvsnmp_address *address,
                     struct uvsnmp_error *err);

/* Removes the file of a unix socket; `closed` comes from the loop. */
void io_listener_close(struct io_listener *listener);

#endif
