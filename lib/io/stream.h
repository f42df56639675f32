/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Byte streams (tcp, unix) that carry messages: reading with the caller's framing, writing with a bounded queue,
 * connecting and listening. A stream whose queue is long is not read until its peer has taken some of it.
 */
#ifndef IO_STREAM_H
#define IO_STREAM_H

#include <uv.h>

#include <uvsnmp/address.h>
#include <uvsnmp/manager.h>

struct io_stream;
struct io_stream_ops {
    /* The connection stands, or could not be made. For streams made by io_stream_connect(). */
    void (*connected)(struct io_stream *stream, int status, const char *detail);
    /* A whole message; `data` is valid during the call and may be changed. */
    void (*message)(struct io_stream *stream, uint8_t *data, size_t size);
    /* All that was written is with the kernel. */
    void (*drained)(struct io_stream *stream);
    /* The peer closed, or broke the rules (or memory is short); nothing more comes. To be closed now. */
    void (*ended)(struct io_stream *stream, int status, const char *detail);
    /* After io_stream_close(): the last call, the memory may go. */
    void (*closed)(struct io_stream *stream);
};

union io_stream_handle {
    uv_handle_t any;
    uv_stream_t stream;
    uv_tcp_t tcp;
    uv_pipe_t pipe;
};

/* The caller sets `ops`, `frame`, `max_message` and `owner`; the rest is the implementation's. */
struct io_stream {
    const struct io_stream_ops *ops;
    uvsnmp_frame_fn *frame;
    size_t max_message;
    void *owner;

    union io_stream_handle handle;
    uv_connect_t connect;
    bool is_connected, is_closing, is_paused, has_ended;
    uint8_t *in;
    size_t in_size, in_capacity;
    size_t out_size; /* octets not yet with the kernel */
};

/* Begins to connect; `local` (may be NULL) is bound first. Whatever it returns, io_stream_close() is due. */
int io_stream_connect(struct io_stream *stream, uv_loop_t *loop, const struct uvsnmp_address *peer,
                      const struct uvsnmp_address *local, struct uvsnmp_error *err);

/* Writes a copy of `data`. UVSNMP_ELIMIT when the peer does not take what it is sent. */
int io_stream_write(struct io_stream *stream, const void *data, size_t size);

void io_stream_close(struct io_stream *stream);

/* The peer's address; for unix one without a path. False: the peer is gone already. */
bool io_stream_peer(const struct io_stream *stream, enum uvsnmp_transport transport, struct uvsnmp_address *out);

struct io_listener {
    void (*incoming)(struct io_listener *listener, int status); /* status 0: call io_listener_accept() */
    void (*closed)(struct io_listener *listener);
    void *owner;

    union io_stream_handle handle;
    struct uvsnmp_address bound;
};

/*
 * Binds and listens. A unix socket file that nobody listens on any more is replaced; one that is alive, or any
 * other file, is UVSNMP_EADDRESS_IN_USE. Whatever it returns, io_listener_close() is due.
 */
int io_listener_open(struct io_listener *listener, uv_loop_t *loop, const struct uvsnmp_address *address,
                     struct uvsnmp_error *err);

/* Takes the waiting connection; the stream then reads. Whatever it returns, io_stream_close() is due. */
int io_listener_accept(struct io_listener *listener, struct io_stream *stream);

/* Removes the file of a unix socket. */
void io_listener_close(struct io_listener *listener);

#endif
