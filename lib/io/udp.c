/* SPDX-License-Identifier: BSD-3-Clause */
#include "io/udp.h"

#include <errno.h>
#include <linux/errqueue.h>
#include <netinet/in.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/err.h"
#include "io/address.h"

/* So many batches are taken in one turn of the loop; then others have their turn. */
#define BATCHES_PER_TURN 8
/* An error report holds the beginning of our datagram; ICMPv6 may return all of it. */
#define ERROR_DATA_MAX 2048
#define ERRORS_PER_CALL 256

union peer_name {
    struct sockaddr any;
    struct sockaddr_in v4;
    struct sockaddr_in6 v6;
};

struct io_udp_batch {
    struct mmsghdr messages[IO_UDP_BATCH];
    struct iovec vectors[IO_UDP_BATCH];
    union peer_name names[IO_UDP_BATCH];
    union io_udp_control controls[IO_UDP_BATCH];
    uint8_t *data;
    size_t slot_size;
};

static struct io_udp_batch *batch_new(size_t slot_size)
{
    struct io_udp_batch *batch = calloc(1, sizeof(*batch));
    void *data;
    if (!batch) {
        return NULL;
    }
    /* straight from the kernel, so that only pages that a datagram reaches ever become memory */
    data = mmap(NULL, slot_size * IO_UDP_BATCH, PROT_READ | PROT_WRITE,
                MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    if (data == MAP_FAILED) {
        free(batch);
        return NULL;
    }
    batch->data = data;
    batch->slot_size = slot_size;
    for (size_t i = 0; i < IO_UDP_BATCH; i++) {
        struct msghdr *message = &batch->messages[i].msg_hdr;
        batch->vectors[i].iov_base = batch->data + i * slot_size;
        batch->vectors[i].iov_len = slot_size;
        message->msg_iov = &batch->vectors[i];
        message->msg_iovlen = 1;
        message->msg_name = &batch->names[i];
        message->msg_control = batch->controls[i].octets;
    }
    return batch;
}

void io_udp_batch_free(struct io_udp_batch *batch)
{
    if (batch) {
        (void)munmap(batch->data, batch->slot_size * IO_UDP_BATCH);
        free(batch);
    }
}

/* Where the datagram was sent to, from the control messages that came with it. */
static void read_local(struct msghdr *message, struct io_datagram *datagram)
{
    for (struct cmsghdr *at = CMSG_FIRSTHDR(message); at; at = CMSG_NXTHDR(message, at)) {
        if (at->cmsg_level == IPPROTO_IP && at->cmsg_type == IP_PKTINFO) {
            struct in_pktinfo info;
            memcpy(&info, CMSG_DATA(at), sizeof(info));
            /* ipi_addr may be a broadcast address; ipi_spec_dst is the one of ours that stands for it */
            datagram->local.at.v4.sin_addr = info.ipi_spec_dst;
            datagram->ifindex = (unsigned)info.ipi_ifindex;
        } else if (at->cmsg_level == IPPROTO_IPV6 && at->cmsg_type == IPV6_PKTINFO) {
            struct in6_pktinfo info;
            memcpy(&info, CMSG_DATA(at), sizeof(info));
            datagram->local.at.v6.sin6_addr = info.ipi6_addr;
            datagram->ifindex = info.ipi6_ifindex;
            if (IN6_IS_ADDR_LINKLOCAL(&info.ipi6_addr)) {
                datagram->local.at.v6.sin6_scope_id = info.ipi6_ifindex;
            }
        }
    }
}

static void deliver(struct io_udp *udp, struct io_udp_batch *batch, unsigned index)
{
    struct mmsghdr *message = &batch->messages[index];
    struct io_datagram datagram;
    io_address_from_sockaddr(&datagram.peer, UVSNMP_UDP, &batch->names[index].any,
                             message->msg_hdr.msg_namelen);
    datagram.local = udp->bound;
    datagram.ifindex = 0;
    datagram.data = batch->vectors[index].iov_base;
    datagram.size = message->msg_len;
    datagram.truncated = message->msg_hdr.msg_flags & MSG_TRUNC;
    if (udp->flags & IO_UDP_WANT_LOCAL) {
        read_local(&message->msg_hdr, &datagram);
    }
    udp->ops->datagram(udp, &datagram);
}

/* Receives one batch and hands it over; returns how many there were, or a negative errno. */
static int receive_batch(struct io_udp *udp, struct io_udp_batch *batch)
{
    int count;
    for (size_t i = 0; i < IO_UDP_BATCH; i++) {
        struct msghdr *message = &batch->messages[i].msg_hdr;
        message->msg_namelen = sizeof(union peer_name);
        message->msg_controllen = udp->flags & IO_UDP_WANT_LOCAL ? sizeof(union io_udp_control) : 0;
    }
    do {
        count = recvmmsg(udp->fd, batch->messages, IO_UDP_BATCH, MSG_DONTWAIT, NULL);
    } while (count < 0 && errno == EINTR);
    if (count < 0) {
        return -errno;
    }
    for (unsigned i = 0; i < (unsigned)count && !udp->is_closing; i++) {
        deliver(udp, batch, i);
    }
    if (!udp->is_closing && udp->ops->batch_end) {
        udp->ops->batch_end(udp);
    }
    return count;
}

/* An error of the socket that is really the network's word on some peer; the error queue says on which. */
static bool is_peer_error(int errno_value)
{
    return errno_value != EAGAIN && errno_value != EBADF && errno_value != ENOTSOCK &&
           errno_value != EINVAL && errno_value != EFAULT && errno_value != ENOMEM && errno_value != ENOBUFS;
}

static void receive(struct io_udp *udp)
{
    for (int i = 0; i < BATCHES_PER_TURN; i++) {
        int count = receive_batch(udp, *udp->batch);
        if (udp->is_closing || udp->is_held) {
            return;
        }
        if (count < 0 && is_peer_error(-count)) {
            if (udp->flags & IO_UDP_WANT_ERRORS) {
                (void)io_udp_read_errors(udp);
            }
        } else if (count < 0 && count != -EAGAIN && count != -ENOMEM && count != -ENOBUFS) {
            udp->is_broken = true;
            (void)uv_poll_stop(&udp->poll);
            udp->ops->broken(udp, -count);
            return;
        } else if (count < IO_UDP_BATCH) {
            return;
        }
    }
}

static void on_poll(uv_poll_t *handle, int status, int events);

static void start_polling(struct io_udp *udp)
{
    if (!udp->is_broken) {
        int events = (udp->is_held ? 0 : UV_READABLE) | (udp->wants_writable ? UV_WRITABLE : 0);
        (void)uv_poll_start(&udp->poll, events, on_poll);
    }
}

static void on_poll(uv_poll_t *handle, int status, int events)
{
    struct io_udp *udp = handle->data;
    if (status < 0) {
        /* libuv stops a descriptor that has an error pending; ours are about peers, and it goes on */
        if (udp->flags & IO_UDP_WANT_ERRORS) {
            (void)io_udp_read_errors(udp);
        }
        start_polling(udp);
        events |= UV_READABLE;
    }
    if (!udp->is_closing && (events & UV_WRITABLE) && udp->wants_writable) {
        udp->wants_writable = false;
        start_polling(udp);
        udp->ops->writable(udp);
    }
    if (!udp->is_closing && !udp->is_held && (events & UV_READABLE)) {
        receive(udp);
    }
}

void io_udp_hold(struct io_udp *udp, bool hold)
{
    if (udp->is_held != hold) {
        udp->is_held = hold;
        start_polling(udp);
    }
}

void io_udp_wait_writable(struct io_udp *udp)
{
    if (!udp->wants_writable) {
        udp->wants_writable = true;
        start_polling(udp);
    }
}

static int set_option(const struct io_udp *udp, int level, int name, int value)
{
    return setsockopt(udp->fd, level, name, &value, sizeof(value));
}

static int prepare_socket(struct io_udp *udp, const struct uvsnmp_address *bind_to)
{
    bool is_v6 = udp->family == AF_INET6;
    socklen_t length = sizeof(udp->bound.at);
    int level = is_v6 ? IPPROTO_IPV6 : IPPROTO_IP;
    if ((is_v6 && set_option(udp, IPPROTO_IPV6, IPV6_V6ONLY, 1) < 0) ||
        ((udp->flags & IO_UDP_WANT_LOCAL) &&
         set_option(udp, level, is_v6 ? IPV6_RECVPKTINFO : IP_PKTINFO, 1) < 0) ||
        ((udp->flags & IO_UDP_WANT_ERRORS) &&
         set_option(udp, level, is_v6 ? IPV6_RECVERR : IP_RECVERR, 1) < 0)) {
        return -errno;
    }
    memset(&udp->bound, 0, sizeof(udp->bound));
    udp->bound.transport = UVSNMP_UDP;
    udp->bound.at.any.sa_family = (sa_family_t)udp->family;
    udp->bound.length = is_v6 ? sizeof(struct sockaddr_in6) : sizeof(struct sockaddr_in);
    if (bind_to) {
        if (bind(udp->fd, &bind_to->at.any, bind_to->length) < 0 ||
            getsockname(udp->fd, &udp->bound.at.any, &length) < 0) {
            return -errno;
        }
        udp->bound.length = length;
    }
    return 0;
}

int io_udp_open(struct io_udp *udp, uv_loop_t *loop, int family, const struct uvsnmp_address *bind_to,
                unsigned flags, struct uvsnmp_error *err)
{
    char text[UVSNMP_ADDRESS_TEXT_MAX];
    int rc;
    udp->family = family;
    udp->flags = flags;
    udp->is_closing = udp->is_broken = udp->is_held = udp->wants_writable = false;
    /* now and not at the first arrival, where to be short of memory would have no way out */
    if (!*udp->batch && !(*udp->batch = batch_new(udp->slot_size))) {
        return err_set(err, UVSNMP_ENO_MEMORY, "no memory to receive into");
    }
    udp->fd = socket(family, SOCK_DGRAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    if (udp->fd < 0) {
        rc = errno == EAFNOSUPPORT ? UVSNMP_EUNREACHABLE : err_from_errno(errno);
        return err_set(err, rc, "cannot open a socket: %s", strerror(errno));
    }
    rc = prepare_socket(udp, bind_to);
    if (rc < 0) {
        (void)close(udp->fd);
        return err_set(err, err_from_errno(-rc), "cannot bind to %s: %s",
                       bind_to ? io_address_text(bind_to, text) : "a socket", strerror(-rc));
    }
    rc = uv_poll_init(loop, &udp->poll, udp->fd);
    if (rc < 0) {
        (void)close(udp->fd);
        return err_set(err, err_from_errno(-rc), "cannot poll a socket: %s", uv_strerror(rc));
    }
    udp->poll.data = udp;
    uv_unref((uv_handle_t *)&udp->poll);
    start_polling(udp);
    return 0;
}

static void on_closed(uv_handle_t *handle)
{
    struct io_udp *udp = handle->data;
    (void)close(udp->fd);
    udp->fd = -1;
    udp->ops->closed(udp);
}

void io_udp_close(struct io_udp *udp)
{
    if (!udp->is_closing) {
        udp->is_closing = true;
        uv_close((uv_handle_t *)&udp->poll, on_closed);
    }
}

size_t io_udp_set_receive_buffer(struct io_udp *udp, int octets)
{
    int granted = 0;
    socklen_t length = sizeof(granted);
    if (set_option(udp, SOL_SOCKET, SO_RCVBUFFORCE, octets) < 0) {
        (void)set_option(udp, SOL_SOCKET, SO_RCVBUF, octets);
    }
    (void)getsockopt(udp->fd, SOL_SOCKET, SO_RCVBUF, &granted, &length);
    return granted > 0 ? (size_t)granted : 0;
}

void io_udp_set_source(struct msghdr *message, union io_udp_control *control,
                       const struct uvsnmp_address *local, unsigned ifindex)
{
    struct cmsghdr *header = &control->align;
    message->msg_control = control->octets;
    if (local->at.any.sa_family == AF_INET) {
        struct in_pktinfo info = {.ipi_spec_dst = local->at.v4.sin_addr};
        header->cmsg_level = IPPROTO_IP;
        header->cmsg_type = IP_PKTINFO;
        header->cmsg_len = CMSG_LEN(sizeof(info));
        memcpy(CMSG_DATA(header), &info, sizeof(info));
        message->msg_controllen = CMSG_SPACE(sizeof(info));
    } else {
        struct in6_pktinfo info = {.ipi6_addr = local->at.v6.sin6_addr};
        if (IN6_IS_ADDR_MULTICAST(&info.ipi6_addr)) {
            info.ipi6_addr = in6addr_any;
        }
        if (IN6_IS_ADDR_LINKLOCAL(&info.ipi6_addr)) {
            info.ipi6_ifindex = ifindex;
        }
        header->cmsg_level = IPPROTO_IPV6;
        header->cmsg_type = IPV6_PKTINFO;
        header->cmsg_len = CMSG_LEN(sizeof(info));
        memcpy(CMSG_DATA(header), &info, sizeof(info));
        message->msg_controllen = CMSG_SPACE(sizeof(info));
    }
}

uint16_t io_udp_local_port(const struct io_udp *udp)
{
    struct uvsnmp_address local;
    socklen_t length = sizeof(local.at);
    if (getsockname(udp->fd, &local.at.any, &length) < 0) {
        return 0;
    }
    return ntohs(local.at.any.sa_family == AF_INET6 ? local.at.v6.sin6_port : local.at.v4.sin_port);
}

int io_udp_send(struct io_udp *udp, struct mmsghdr *messages, unsigned count)
{
    int sent;
    do {
        if (count == 1) {
            sent = sendmsg(udp->fd, &messages[0].msg_hdr, MSG_DONTWAIT | MSG_NOSIGNAL) < 0 ? -1 : 1;
        } else {
            sent = sendmmsg(udp->fd, messages, count, MSG_DONTWAIT | MSG_NOSIGNAL);
        }
    } while (sent < 0 && errno == EINTR);
    return sent < 0 ? -errno : sent;
}

/* What one entry of the error queue says; false where it is not about a peer. */
static bool read_error(struct msghdr *message, struct io_udp_error *error)
{
    for (struct cmsghdr *at = CMSG_FIRSTHDR(message); at; at = CMSG_NXTHDR(message, at)) {
        if ((at->cmsg_level == IPPROTO_IP && at->cmsg_type == IP_RECVERR) ||
            (at->cmsg_level == IPPROTO_IPV6 && at->cmsg_type == IPV6_RECVERR)) {
            struct sock_extended_err extended;
            memcpy(&extended, CMSG_DATA(at), sizeof(extended));
            error->errno_value = (int)extended.ee_errno;
            return extended.ee_origin == SO_EE_ORIGIN_ICMP || extended.ee_origin == SO_EE_ORIGIN_ICMP6;
        }
    }
    return false;
}

bool io_udp_read_errors(struct io_udp *udp)
{
    uint8_t data[ERROR_DATA_MAX];
    union peer_name name;
    union {
        char octets[512];
        struct cmsghdr align;
    } control;
    bool any = false;
    for (int i = 0; i < ERRORS_PER_CALL && !udp->is_closing; i++) {
        struct iovec vector = {data, sizeof(data)};
        struct msghdr message = {.msg_name = &name,
                                 .msg_namelen = sizeof(name),
                                 .msg_iov = &vector,
                                 .msg_iovlen = 1,
                                 .msg_control = control.octets,
                                 .msg_controllen = sizeof(control)};
        struct io_udp_error error;
        ssize_t size = recvmsg(udp->fd, &message, MSG_ERRQUEUE | MSG_DONTWAIT);
        if (size < 0) {
            break;
        }
        any = true;
        if (read_error(&message, &error) && udp->ops->peer_error) {
            io_address_from_sockaddr(&error.peer, UVSNMP_UDP, &name.any, message.msg_namelen);
            error.data = data;
            error.size = (size_t)size;
            udp->ops->peer_error(udp, &error);
        }
    }
    return any;
}
