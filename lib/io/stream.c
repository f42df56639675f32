/* SPDX-License-Identifier: BSD-3-Clause */
#include "io/stream.h"

#include <errno.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/err.h"
#include "io/address.h"

#define IN_FIRST 4096
#define OUT_MAX (1024 * 1024)
#define READS_PER_TURN 8 /* then others have their turn */

static void on_poll(uv_poll_t *handle, int status, int events);

static void end(struct io_stream *stream, int status, const char *detail)
{
    if (!stream->has_ended && !stream->is_closing) {
        stream->has_ended = true;
        (void)uv_poll_stop(&stream->poll);
        stream->ops->ended(stream, status, detail);
    }
}

static void end_errno(struct io_stream *stream, int errno_value)
{
    end(stream, err_from_errno(errno_value), strerror(errno_value));
}

/* Nothing holds up what the peer sends. */
static bool may_read(const struct io_stream *stream)
{
    return !stream->is_paused && !stream->is_held;
}

/* Polls for what is of interest now. */
static void update_poll(struct io_stream *stream)
{
    int events = stream->is_connected && may_read(stream) ? UV_READABLE : 0;
    if (!stream->is_connected || stream->out_size > 0) {
        events |= UV_WRITABLE;
    }
    if (!stream->is_closing && !stream->has_ended && events != stream->events) {
        stream->events = events;
        (void)uv_poll_start(&stream->poll, events, on_poll);
    }
}

/* ---- reading ---- */

/* Room for more octets, up to the longest message. */
static bool has_room(struct io_stream *stream)
{
    size_t capacity = stream->in_capacity ? stream->in_capacity * 2 : IN_FIRST;
    uint8_t *in;
    if (stream->in_size < stream->in_capacity) {
        return true;
    }
    if (capacity > stream->max_message) {
        capacity = stream->max_message;
    }
    in = capacity > stream->in_size ? realloc(stream->in, capacity) : NULL;
    if (!in) {
        return false;
    }
    stream->in = in;
    stream->in_capacity = capacity;
    return true;
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
    while (!stream->is_closing && may_read(stream) && (length = next_message(stream, at)) > 0) {
        stream->ops->message(stream, stream->in + at, (size_t)length);
        at += (size_t)length;
    }
    if (stream->is_closing) {
        return;
    }
    stream->in_size -= at;
    if (stream->in_size > 0) {
        memmove(stream->in, stream->in + at, stream->in_size);
    } else if (stream->in_capacity > IN_FIRST) {
        free(stream->in);
        stream->in = NULL;
        stream->in_capacity = 0;
    }
    if (length < 0) {
        end(stream, (int)length,
            length == UVSNMP_EMESSAGE_SIZE ? "the peer's message is too long"
                                           : "the peer's octets are no message");
    }
}

static void read_some(struct io_stream *stream)
{
    for (int i = 0; i < READS_PER_TURN && !stream->is_closing && !stream->has_ended && may_read(stream);
         i++) {
        size_t room;
        ssize_t size;
        if (!has_room(stream)) {
            end(stream, UVSNMP_ENO_MEMORY, "no memory for a message");
            return;
        }
        room = stream->in_capacity - stream->in_size;
        size = recv(stream->fd, stream->in + stream->in_size, room, MSG_DONTWAIT);
        if (size < 0) {
            if (errno != EAGAIN && errno != EINTR) {
                end_errno(stream, errno);
            }
            return;
        }
        if (size == 0) {
            end(stream, UVSNMP_EDISCONNECTED, "the peer closed the connection");
            return;
        }
        stream->in_size += (size_t)size;
        take_messages(stream);
        if ((size_t)size < room) {
            return;
        }
    }
}

/* ---- writing ---- */

/* Gives the kernel what it takes; returns a negative errno when the stream is broken. */
static int send_some(struct io_stream *stream, const uint8_t *data, size_t size, size_t *sent)
{
    *sent = 0;
    while (*sent < size) {
        ssize_t rc = send(stream->fd, data + *sent, size - *sent, MSG_DONTWAIT | MSG_NOSIGNAL);
        if (rc < 0 && errno == EINTR) {
            continue;
        }
        if (rc < 0) {
            return errno == EAGAIN ? 0 : -errno;
        }
        *sent += (size_t)rc;
    }
    return 0;
}

static void write_more(struct io_stream *stream)
{
    size_t sent;
    int rc = send_some(stream, stream->out + stream->out_at, stream->out_size, &sent);
    if (rc < 0) {
        end_errno(stream, -rc);
        return;
    }
    stream->out_at += sent;
    stream->out_size -= sent;
    stream->taken += sent;
    if (stream->out_size == 0) {
        free(stream->out);
        stream->out = NULL;
        stream->out_at = stream->out_capacity = 0;
    }
    if (sent > 0) {
        stream->ops->written(stream);
    }
    if (stream->is_paused && !stream->is_closing && stream->out_size <= IO_STREAM_PAUSE / 2) {
        stream->is_paused = false;
        take_messages(stream);
    }
}

void io_stream_hold(struct io_stream *stream, bool hold)
{
    if (stream->is_held == hold || stream->is_closing || stream->has_ended) {
        return;
    }
    stream->is_held = hold;
    if (!hold) {
        take_messages(stream);
    }
    update_poll(stream);
}

/* Keeps what the kernel did not take. */
static int enqueue(struct io_stream *stream, const uint8_t *data, size_t size)
{
    size_t needed = stream->out_size + size;
    /* one message is always taken, so that a long one can be sent at all */
    if (stream->out_size > 0 && needed > OUT_MAX) {
        return UVSNMP_ELIMIT;
    }
    if (stream->out_at + needed > stream->out_capacity) {
        size_t capacity = needed * 2;
        uint8_t *out = malloc(capacity);
        if (!out) {
            return UVSNMP_ENO_MEMORY;
        }
        if (stream->out_size > 0) {
            memcpy(out, stream->out + stream->out_at, stream->out_size);
        }
        free(stream->out);
        stream->out = out;
        stream->out_at = 0;
        stream->out_capacity = capacity;
    }
    memcpy(stream->out + stream->out_at + stream->out_size, data, size);
    stream->out_size = needed;
    if (stream->out_size > IO_STREAM_PAUSE) {
        stream->is_paused = true;
    }
    return 0;
}

int io_stream_write(struct io_stream *stream, const void *data, size_t size)
{
    size_t sent = 0;
    int rc;
    if (stream->is_closing || stream->has_ended) {
        return UVSNMP_EDISCONNECTED;
    }
    if (stream->out_size == 0) {
        rc = send_some(stream, data, size, &sent);
        if (rc < 0) {
            /* the loop will find the end of the stream too, and tell it in its place */
            return err_from_errno(-rc);
        }
        stream->taken += sent;
    }
    if (sent == size) {
        return 0;
    }
    rc = enqueue(stream, (const uint8_t *)data + sent, size - sent);
    if (rc < 0 && sent > 0) {
        /* half a message cannot be taken back, so nothing may follow it */
        (void)shutdown(stream->fd, SHUT_RDWR);
    }
    update_poll(stream);
    return rc;
}

/* ---- life ---- */

static void finish_connect(struct io_stream *stream, int errno_value)
{
    int one = 1;
    if (errno_value != 0) {
        stream->has_ended = true;
        (void)uv_poll_stop(&stream->poll);
        stream->ops->connected(stream, err_from_errno(errno_value), strerror(errno_value));
        return;
    }
    stream->is_connected = true;
    (void)setsockopt(stream->fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof(one));
    stream->ops->connected(stream, 0, "");
}

static int pending_error(const struct io_stream *stream)
{
    int value = 0;
    socklen_t length = sizeof(value);
    (void)getsockopt(stream->fd, SOL_SOCKET, SO_ERROR, &value, &length);
    return value;
}

static void on_poll(uv_poll_t *handle, int status, int events)
{
    struct io_stream *stream = handle->data;
    if (status < 0) {
        /* libuv has stopped a descriptor with an error, which is to be had from the socket */
        int value = pending_error(stream);
        stream->events = 0;
        if (!stream->is_connected) {
            finish_connect(stream, value ? value : ECONNABORTED);
        } else if (value != 0) {
            end_errno(stream, value);
        } else {
            events = UV_READABLE;
        }
    } else if (!stream->is_connected) {
        finish_connect(stream, pending_error(stream));
        events = 0;
    }
    if ((events & UV_WRITABLE) && !stream->is_closing && stream->out_size > 0) {
        write_more(stream);
    }
    if ((events & UV_READABLE) && !stream->is_closing) {
        read_some(stream);
    }
    update_poll(stream);
}

static int start(struct io_stream *stream, uv_loop_t *loop, int fd, bool is_connected)
{
    int rc = uv_poll_init(loop, &stream->poll, fd);
    if (rc < 0) {
        return rc;
    }
    stream->fd = fd;
    stream->events = 0;
    stream->is_connected = is_connected;
    stream->is_closing = stream->is_paused = stream->is_held = stream->has_ended = false;
    stream->in = stream->out = NULL;
    stream->in_size = stream->in_capacity = 0;
    stream->out_at = stream->out_size = stream->out_capacity = 0;
    stream->taken = 0;
    stream->poll.data = stream;
    update_poll(stream);
    return 0;
}

static int bind_and_connect(int fd, const struct uvsnmp_address *peer, const struct uvsnmp_address *local)
{
    if (local && bind(fd, &local->at.any, local->length) < 0) {
        return -errno;
    }
    return connect(fd, &peer->at.any, peer->length) < 0 && errno != EINPROGRESS ? -errno : 0;
}

int io_stream_connect(struct io_stream *stream, uv_loop_t *loop, const struct uvsnmp_address *peer,
                      const struct uvsnmp_address *local, struct uvsnmp_error *err)
{
    char text[UVSNMP_ADDRESS_TEXT_MAX];
    int fd = socket(peer->at.any.sa_family, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    int rc = fd < 0 ? -errno : bind_and_connect(fd, peer, local);
    if (rc == 0) {
        rc = start(stream, loop, fd, false);
    }
    if (rc < 0) {
        if (fd >= 0) {
            (void)close(fd);
        }
        /* a unix socket's file that is not there is what a port that nobody listens on is to tcp */
        return err_set(err, rc == -ENOENT ? UVSNMP_EREFUSED : err_from_errno(-rc), "cannot connect to %s: %s",
                       io_address_text(peer, text), strerror(-rc));
    }
    return 0;
}

int io_stream_adopt(struct io_stream *stream, uv_loop_t *loop, int fd)
{
    int one = 1;
    int rc = start(stream, loop, fd, true);
    if (rc < 0) {
        (void)close(fd);
        return err_from_errno(-rc);
    }
    (void)setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof(one));
    return 0;
}

static void on_closed(uv_handle_t *handle)
{
    struct io_stream *stream = handle->data;
    (void)close(stream->fd);
    free(stream->in);
    free(stream->out);
    stream->ops->closed(stream);
}

void io_stream_close(struct io_stream *stream)
{
    if (!stream->is_closing) {
        stream->is_closing = true;
        uv_close((uv_handle_t *)&stream->poll, on_closed);
    }
}
