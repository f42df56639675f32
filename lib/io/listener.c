/* SPDX-License-Identifier: BSD-3-Clause */
#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/err.h"
#include "io/address.h"
#include "io/stream.h"

#define BACKLOG 128
#define ACCEPTS_PER_TURN 16 /* then others have their turn */

/* A client that comes when all descriptors are used would wait for ever, and wake us for ever. */
static void turn_away(struct io_listener *listener)
{
    int fd;
    if (listener->spare_fd >= 0) {
        (void)close(listener->spare_fd);
    }
    fd = accept(listener->fd, NULL, NULL);
    if (fd >= 0) {
        (void)close(fd);
    }
    listener->spare_fd = open("/dev/null", O_RDONLY | O_CLOEXEC);
}

static void on_poll(uv_poll_t *handle, int status, int events)
{
    struct io_listener *listener = handle->data;
    (void)events;
    if (status < 0) {
        /* libuv stops a descriptor that has an error pending; it is over once it is told */
        int value;
        socklen_t length = sizeof(value);
        (void)getsockopt(listener->fd, SOL_SOCKET, SO_ERROR, &value, &length);
        (void)uv_poll_start(handle, UV_READABLE, on_poll);
    }
    for (int i = 0; i < ACCEPTS_PER_TURN && !listener->is_closing; i++) {
        struct uvsnmp_address peer;
        int fd;
        memset(&peer, 0, sizeof(peer));
        peer.length = sizeof(peer.at);
        fd = accept4(listener->fd, &peer.at.any, &peer.length, SOCK_CLOEXEC | SOCK_NONBLOCK);
        if (fd >= 0) {
            peer.transport = listener->bound.transport;
            peer.at.any.sa_family = listener->bound.at.any.sa_family;
            listener->incoming(listener, 0, fd, &peer);
        } else if (errno == EMFILE || errno == ENFILE) {
            turn_away(listener);
            listener->incoming(listener, UVSNMP_ELIMIT, -1, NULL);
            return;
        } else if (errno != ECONNABORTED && errno != EINTR) {
            return;
        }
    }
}

/* Makes way for a new socket file: removes one that nobody listens on. Returns a negative errno if it is
 * used. */
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

static int bind_unix(struct io_listener *listener, const struct uvsnmp_address *address)
{
    struct stat status;
    int rc = clear_path(address);
    if (rc < 0) {
        return rc;
    }
    if (bind(listener->fd, &address->at.any, address->length) < 0) {
        return -errno;
    }
    if (lstat(address->at.local.sun_path, &status) < 0) {
        return -errno;
    }
    listener->device = status.st_dev;
    listener->inode = status.st_ino;
    return 0;
}

static int bind_tcp(struct io_listener *listener, const struct uvsnmp_address *address)
{
    int one = 1;
    bool is_v6 = address->at.any.sa_family == AF_INET6;
    if (setsockopt(listener->fd, SOL_SOCKET, SO_REUSEADDR, &one, sizeof(one)) < 0 ||
        (is_v6 && setsockopt(listener->fd, IPPROTO_IPV6, IPV6_V6ONLY, &one, sizeof(one)) < 0) ||
        bind(listener->fd, &address->at.any, address->length) < 0) {
        return -errno;
    }
    return 0;
}

static int bind_and_listen(struct io_listener *listener, uv_loop_t *loop,
                           const struct uvsnmp_address *address)
{
    int rc = address->transport == UVSNMP_UNIX ? bind_unix(listener, address) : bind_tcp(listener, address);
    socklen_t length = sizeof(listener->bound.at);
    listener->bound = *address;
    if (rc < 0) {
        return rc;
    }
    if (listen(listener->fd, BACKLOG) < 0) {
        return -errno;
    }
    if (address->transport == UVSNMP_TCP && getsockname(listener->fd, &listener->bound.at.any, &length) < 0) {
        return -errno;
    }
    return uv_poll_init(loop, &listener->poll, listener->fd);
}

/* The file goes with its listener, but not one that has taken its place. */
static void remove_file(const struct io_listener *listener)
{
    const char *path = listener->bound.at.local.sun_path;
    struct stat status;
    if (listener->bound.transport == UVSNMP_UNIX && listener->inode != 0 && lstat(path, &status) == 0 &&
        status.st_dev == listener->device && status.st_ino == listener->inode) {
        (void)unlink(path);
    }
}

int io_listener_open(struct io_listener *listener, uv_loop_t *loop, const struct uvsnmp_address *address,
                     struct uvsnmp_error *err)
{
    char text[UVSNMP_ADDRESS_TEXT_MAX];
    int rc;
    listener->inode = 0;
    listener->is_closing = false;
    listener->fd = socket(address->at.any.sa_family, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    rc = listener->fd < 0 ? -errno : bind_and_listen(listener, loop, address);
    if (rc < 0) {
        if (listener->fd >= 0) {
            remove_file(listener);
            (void)close(listener->fd);
        }
        return err_set(err, err_from_errno(-rc), "cannot listen on %s: %s", io_address_text(address, text),
                       strerror(-rc));
    }
    listener->spare_fd = open("/dev/null", O_RDONLY | O_CLOEXEC);
    listener->poll.data = listener;
    (void)uv_poll_start(&listener->poll, UV_READABLE, on_poll);
    return 0;
}

static void on_closed(uv_handle_t *handle)
{
    struct io_listener *listener = handle->data;
    (void)close(listener->fd);
    if (listener->spare_fd >= 0) {
        (void)close(listener->spare_fd);
    }
    listener->closed(listener);
}

void io_listener_close(struct io_listener *listener)
{
    if (!listener->is_closing) {
        listener->is_closing = true;
        remove_file(listener);
        uv_close((uv_handle_t *)&listener->poll, on_closed);
    }
}
