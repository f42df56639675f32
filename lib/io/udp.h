/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Datagram sockets on uv_poll. Unlike uv_udp_t they move datagrams in batches, know the address a datagram
 * was sent to, can send from it, and report what the network says about a peer (the kernel's error queue).
 */
#ifndef IO_UDP_H
#define IO_UDP_H

#include <uv.h>

#include <uvsnmp/address.h>

#define IO_UDP_BATCH 64
#define IO_DATAGRAM_MAX 65535

/* A datagram that arrived; all of it is valid during the call only. */
struct io_datagram {
    struct uvsnmp_address peer;
    struct uvsnmp_address local; /* where it was sent to; set where IO_UDP_WANT_LOCAL was asked for */
    unsigned ifindex;            /* the interface it came in by; likewise */
    uint8_t *data;
    size_t size;
    bool truncated;
};

/* What the network said about a datagram that we sent: `data` is its beginning, as far as it was returned. */
struct io_udp_error {
    struct uvsnmp_address peer;
    int errno_value;
    const uint8_t *data;
    size_t size;
};

struct io_udp;
struct io_udp_ops {
    void (*datagram)(struct io_udp *udp, const struct io_datagram *datagram);
    void (*batch_end)(struct io_udp *udp);                                    /* may be NULL */
    void (*peer_error)(struct io_udp *udp, const struct io_udp_error *error); /* may be NULL */
    void (*writable)(struct io_udp *udp);
    void (*broken)(struct io_udp *udp, int errno_value); /* the socket itself failed; only `closed` comes */
    void (*closed)(struct io_udp *udp);
};

/* Memory for one batch of arrivals. What no datagram has filled costs nothing. */
struct io_udp_batch;
void io_udp_batch_free(struct io_udp_batch *batch); /* NULL is allowed */

#define IO_UDP_WANT_LOCAL 1u  /* tell where datagrams were sent to */
#define IO_UDP_WANT_ERRORS 2u /* call peer_error */

struct io_udp {
    uv_poll_t poll;
    int fd;
    int family;
    unsigned flags;
    bool is_closing, is_broken, is_held, wants_writable;
    struct uvsnmp_address bound;
    const struct io_udp_ops *ops;
    struct io_udp_batch **batch; /* made with an owner's first socket and shared; the owner frees it */
    size_t slot_size;            /* the longest datagram to take */
    void *owner;
};

/*
 * Opens, binds (`bind` NULL: the kernel chooses when it first sends) and listens. The caller has set `ops`,
 * `batch` (to a pointer that is NULL at first), `slot_size` and `owner`. On failure nothing is left to close.
 * A socket does not keep the loop alive.
 */
int io_udp_open(struct io_udp *udp, uv_loop_t *loop, int family, const struct uvsnmp_address *bind,
                unsigned flags, struct uvsnmp_error *err);

/* `ops->closed` comes from the loop; the memory must stay until then. */
void io_udp_close(struct io_udp *udp);

/* Asks for a receive buffer of `octets`, past the system's limit where we may; returns what was granted, in
 * the kernel's accounting (a small datagram takes IO_DATAGRAM_COST of it). */
#define IO_DATAGRAM_COST 832
size_t io_udp_set_receive_buffer(struct io_udp *udp, int octets);

/* The control message that makes a datagram leave from `local` (and, for link-local, by `ifindex`). */
union io_udp_control {
    char octets[CMSG_SPACE(sizeof(struct in6_pktinfo))];
    struct cmsghdr align;
};
void io_udp_set_source(struct msghdr *message, union io_udp_control *control,
                       const struct uvsnmp_address *local, unsigned ifindex);

/* Sends `count` messages; returns how many left (> 0), or a negative errno for the first. */
int io_udp_send(struct io_udp *udp, struct mmsghdr *messages, unsigned count);

/* The port that it sends from; 0: not known yet. */
uint16_t io_udp_local_port(const struct io_udp *udp);

/* Calls `ops->writable` once the socket takes datagrams again. */
void io_udp_wait_writable(struct io_udp *udp);

/* Reads nothing until it is let go; what is in the batch at hand still comes. */
void io_udp_hold(struct io_udp *udp, bool hold);

/* Empties the error queue into `ops->peer_error`; true if there was anything. */
bool io_udp_read_errors(struct io_udp *udp);

#endif
