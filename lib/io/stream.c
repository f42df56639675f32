/* SPDX-License-Identifier: BSD-3-Clause */
#include "io/stream.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/err.h"
#include "io/address.h"

#define IN_FIRST 4096
#define OUT_MAX (1024 * 1024)
#define OUT_PAUSE (256 * 1024) /* read no more from a peer that is so far behind */
#define BACKLOG 128

/* ---- reading ---- */

static void end(struct io_stream *stream, int status, const char *detail)
{
    if (!stream->has_ended && !stream->is_closing) {
        stream->has_ended = true;
        (void)uv_read_stop(&stream->handle.stream);
        stream->ops->ended(stream, status, detail);
    }
}

static bool grow_input(struct io_stream *stream)
{
    size_t capacity = stream->in_capacity ? stream->in_capacity * 2 : IN_FIRST;
    uint8_t *in;
    if (capacity > stream->max_message) {
        capacity = stream->max_message;
    }
    if (capacity <= stream->in_size) {
        return false;
    }
    in = realloc(stream->in, capacity);
    if (!in) {
        return false;
    }
    stream->in = in;
    stream->in_capacity = capacity;
    return true;
}

static void on_alloc(uv_handle_t *handle, size_t suggested, uv_buf_t *out)
{
    struct io_stream *stream = handle->data;
    (void)suggested;
    if (stream->in_size == stream->in_capacity && !grow_input(stream)) {
        *out = uv_buf_init(NULL, 0); /* read() then reports UV_ENOBUFS */
        return;
    }
    *out = uv_buf_init((char *)stream->in + stream->in_size,
                       (unsigned)(stream->in_capacity - stream->in_size));
}

/* The length of the message at `at`; 0: not all of it is there yet; negative: it cannot be read. */
static ptrdiff_t next_message(const struct io_stream *stream, size_t at)
{
    size_t available = stream->in_size - at;
    ptrdiff_t length = available > 0 ? stream->frame(stream->in + at, available) : 0;
    if (length < 0) {
        return length;
    }
    if ((size_t)length > stream->max_message || (length == 0 && available >= stream->max_message)) {
        return UVSNMP_EMESSAGE_SIZE;
    }
    return (size_t)length > available ? 0 : length;
}

/* Hands over the messages that are complete, unless the peer has to take what it was sent first. */
static void take_messages(struct io_stream *stream)
{
    size_t at = 0;
    ptrdiff_t length = 0;
    while (!stream->is_closing && !stream->is_paused && (length = next_message(stream, at)) > 0) {
        stream->ops->message(stream, stream->in + at, (size_t)length);
        at += (size_t)length;
    }
    if (stream->is_closing) {
        return;
    }
    stream->in_size -= at;
    memmove(stream->in, stream->in + at, stream->in_size);
    if (stream->in_size == 0 && stream->in_capacity > IN_FIRST) {
        free(stream->in);
        stream->in = NULL;
        stream->in_capacity = 0;
    }
    if (length < 0) {
        end(stream, (int)length,
            length == UVSNMP_EMESSAGE_SIZE ? "the peer's message is too long" : "the peer's octets are no message");
    }
}

static void on_read(uv_stream_t *handle, ssize_t size, const uv_buf_t *buffer)
{
    struct io_stream *stream = handle->data;
    (void)buffer;
    if (size == UV_EOF) {
        end(stream, UVSNMP_EDISCONNECTED, "the peer closed the connection");
    } else if (size == UV_ENOBUFS) {
        end(stream, UVSNMP_ENO_MEMORY, "no memory for a message");
    } else if (size < 0) {
        end(stream, err_from_errno((int)-size), uv_strerror((int)size));
    } else if (size > 0) {
        stream->in_size += (size_t)size;
        take_messages(stream);
    }
}

static void resume(struct io_stream *stream)
{
    stream->is_paused = false;
    take_messages(stream);
    if (!stream->is_paused && !stream->is_closing && !stream->has_ended) {
        (void)uv_read_start(&stream->handle.stream, on_alloc, on_read);
    }
}

/* ---- writing ---- */

struct pending_write {
    uv_write_t request;
    size_t size;
    uint8_t data[];
};

static void on_written(uv_write_t *request, int uv_status)
{
    struct io_stream *stream = request->handle->data;
    struct pending_write *write = request->data;
    stream->out_size -= write->size;
    free(write);
    if (stream->is_closing) {
        return;
    }
    if (uv_status < 0) {
        end(stream, err_from_errno(-uv_status), uv_strerror(uv_status));
        return;
    }
    if (stream->out_size == 0) {
        stream->ops->drained(stream);
    }
    if (stream->is_paused && !stream->is_closing && stream->out_size <= OUT_PAUSE / 2) {
        resume(stream);
    }
}

int io_stream_write(struct io_stream *stream, const void *data, size_t size)
{
    struct pending_write *write;
    uv_buf_t buffer;
    int sent = 0;
    if (stream->is_closing || stream->has_ended) {
        return UVSNMP_EDISCONNECTED;
    }
    if (stream->out_size == 0) {
        /* libuv's buffers have no const; it only reads them */
        struct iovec vector = {.iov_len = size};
        memcpy(&vector.iov_base, &data, sizeof(data));
        buffer = uv_buf_init(vector.iov_base, (unsigned)size);
        sent = uv_try_write(&stream->handle.stream, &buffer, 1);
        sent = sent < 0 ? 0 : sent;
    }
    size -= (size_t)sent;
    if (size == 0) {
        return 0;
    }
    if (size > OUT_MAX - stream->out_size && stream->out_size > 0) {
        return UVSNMP_ELIMIT;
    }
    write = malloc(sizeof(*write) + size);
    if (!write) {
        return UVSNMP_ENO_MEMORY;
    }
    memcpy(write->data, (const uint8_t *)data + sent, size);
    write->size = size;
    write->request.data = write;
    buffer = uv_buf_init((char *)write->data, (unsigned)size);
    stream->out_size += size;
    (void)uv_write(&write->request, &stream->handle.stream, &buffer, 1, on_written);
    if (stream->out_size > OUT_PAUSE && !stream->is_paused) {
        stream->is_paused = true;
        (void)uv_read_stop(&stream->handle.stream);
    }
    return 0;
}

/* ---- life ---- */

static int init_handle(union io_stream_handle *handle, uv_loop_t *loop, enum uvsnmp_transport transport, void *data)
{
    int rc = transport == UVSNMP_TCP ? uv_tcp_init(loop, &handle->tcp) : uv_pipe_init(loop, &handle->pipe, 0);
    handle->any.data = data;
    return rc;
}

static void reset(struct io_stream *stream)
{
    stream->is_connected = stream->is_closing = stream->is_paused = stream->has_ended = false;
    stream->in = NULL;
    stream->in_size = stream->in_capacity = stream->out_size = 0;
}

static void begin_reading(struct io_stream *stream)
{
    stream->is_connected = true;
    if (stream->handle.any.type == UV_TCP) {
        (void)uv_tcp_nodelay(&stream->handle.tcp, 1);
    }
    (void)uv_read_start(&stream->handle.stream, on_alloc, on_read);
}

static void on_connected(uv_connect_t *request, int uv_status)
{
    struct io_stream *stream = request->handle->data;
    if (stream->is_closing) {
        return;
    }
    if (uv_status < 0) {
        stream->has_ended = true;
        stream->ops->connected(stream,
                               uv_status == UV_ENOENT ? UVSNMP_EREFUSED : err_from_errno(-uv_status),
                               uv_strerror(uv_status));
        return;
    }
    begin_reading(stream);
    stream->ops->connected(stream, 0, "");
}

static int bind_and_connect(struct io_stream *stream, const struct uvsnmp_address *peer,
                            const struct uvsnmp_address *local)
{
    int rc = 0;
    if (peer->transport == UVSNMP_UNIX) {
        uv_pipe_connect(&stream->connect, &stream->handle.pipe, peer->at.local.sun_path, on_connected);
        return 0;
    }
    if (local) {
        rc = uv_tcp_bind(&stream->handle.tcp, &local->at.any, 0);
    }
    return rc < 0 ? rc : uv_tcp_connect(&stream->connect, &stream->handle.tcp, &peer->at.any, on_connected);
}

int io_stream_connect(struct io_stream *stream, uv_loop_t *loop, const struct uvsnmp_address *peer,
                      const struct uvsnmp_address *local, struct uvsnmp_error *err)
{
    char text[UVSNMP_ADDRESS_TEXT_MAX];
    int rc;
    reset(stream);
    (void)init_handle(&stream->handle, loop, peer->transport, stream);
    rc = bind_and_connect(stream, peer, local);
    if (rc < 0) {
        return err_set(err, err_from_errno(-rc), "cannot connect to %s: %s", io_address_text(peer, text),
                       uv_strerror(rc));
    }
    return 0;
}

static void on_closed(uv_handle_t *handle)
{
    struct io_stream *stream = handle->data;
    free(stream->in);
    stream->in = NULL;
    stream->ops->closed(stream);
}

void io_stream_close(struct io_stream *stream)
{
    if (!stream->is_closing) {
        stream->is_closing = true;
        uv_close(&stream->handle.any, on_closed);
    }
}

bool io_stream_peer(const struct io_stream *stream, enum uvsnmp_transport transport, struct uvsnmp_address *out)
{
    int length = sizeof(out->at);
    memset(out, 0, sizeof(*out));
    out->transport = transport;
    out->at.any.sa_family = AF_UNIX;
    out->length = sizeof(out->at.any.sa_family);
    if (transport == UVSNMP_TCP) {
        if (uv_tcp_getpeername(&stream->handle.tcp, &out->at.any, &length) < 0) {
            return false;
        }
        out->length = (socklen_t)length;
    }
    return true;
}

/* ---- listening ---- */

static void on_incoming(uv_stream_t *handle, int uv_status)
{
    struct io_listener *listener = handle->data;
    listener->incoming(listener, uv_status < 0 ? err_from_errno(-uv_status) : 0);
}

/* Makes way for a new socket file: removes one that nobody listens on. Returns a negative errno if it is used. */
static int clear_path(const struct uvsnmp_address *address)
{
    struct stat status;
    const char *path = address->at.local.sun_path;
    int fd, rc;
    if (lstat(path, &status) < 0) {
        return errno == ENOENT ? 0 : -errno;
    }
    if (!S_ISSOCK(status.st_mode)) {
        return -EADDRINUSE;
    }
    fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    if (fd < 0) {
        return -errno;
    }
    rc = connect(fd, &address->at.any, address->length) < 0 ? -errno : 0;
    (void)close(fd);
    if (rc != -ECONNREFUSED) {
        return rc == -ENOENT ? 0 : -EADDRINUSE;
    }
    return unlink(path) < 0 && errno != ENOENT ? -errno : 0;
}

static int bind_and_listen(struct io_listener *listener, const struct uvsnmp_address *address)
{
    int rc;
    if (address->transport == UVSNMP_UNIX) {
        rc = clear_path(address);
        rc = rc < 0 ? rc : uv_pipe_bind(&listener->handle.pipe, address->at.local.sun_path);
    } else {
        unsigned flags = address->at.any.sa_family == AF_INET6 ? UV_TCP_IPV6ONLY : 0;
        rc = uv_tcp_bind(&listener->handle.tcp, &address->at.any, flags);
    }
    return rc < 0 ? rc : uv_listen(&listener->handle.stream, BACKLOG, on_incoming);
}

int io_listener_open(struct io_listener *listener, uv_loop_t *loop, const struct uvsnmp_address *address,
                     struct uvsnmp_error *err)
{
    char text[UVSNMP_ADDRESS_TEXT_MAX];
    int length = sizeof(listener->bound.at);
    int rc;
    (void)init_handle(&listener->handle, loop, address->transport, listener);
    rc = bind_and_listen(listener, address);
    listener->bound = *address;
    if (rc == 0 && address->transport == UVSNMP_TCP) {
        rc = uv_tcp_getsockname(&listener->handle.tcp, &listener->bound.at.any, &length);
    }
    if (rc < 0) {
        return err_set(err, err_from_errno(-rc), "cannot listen on %s: %s", io_address_text(address, text),
                       uv_strerror(rc));
    }
    return 0;
}

int io_listener_accept(struct io_listener *listener, struct io_stream *stream)
{
    int rc;
    reset(stream);
    (void)init_handle(&stream->handle, listener->handle.any.loop, listener->bound.transport, stream);
    rc = uv_accept(&listener->handle.stream, &stream->handle.stream);
    if (rc < 0) {
        return err_from_errno(-rc);
    }
    begin_reading(stream);
    return 0;
}

static void on_listener_closed(uv_handle_t *handle)
{
    struct io_listener *listener = handle->data;
    listener->closed(listener);
}

void io_listener_close(struct io_listener *listener)
{
    uv_close(&listener->handle.any, on_listener_closed);
}
