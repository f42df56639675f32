/* SPDX-License-Identifier: BSD-3-Clause */
#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "base/err.h"
#include "io/manager_impl.h"

/* So many answers fit into the receive buffer that every socket has; more in flight need a bigger one. */
#define IN_FLIGHT_AT_FIRST 128
#define RECEIVE_BUFFER (4 * 1024 * 1024)
/* The network's word on an earlier datagram may come as the error of sending another; so often we look. */
#define SEND_TRIES 8
#define NO_BUFFERS_WAIT_MS 5

static struct manager_socket *socket_of(const struct uvsnmp_exchange *exchange)
{
    int which = exchange->peer.at.any.sa_family == AF_INET6 ? MANAGER_V6 : MANAGER_V4;
    return &exchange->manager->sockets[which];
}

static void on_datagram(struct io_udp *udp, const struct io_datagram *datagram)
{
    manager_arrival(udp->owner, &datagram->peer, datagram->data, datagram->size);
}

/* The network refused a datagram of ours, which ends all that waits for this peer: routers and hosts limit
 * the rate of such reports, so that not every datagram gets one. What they return of ours must be ours. */
static void on_peer_error(struct io_udp *udp, const struct io_udp_error *error)
{
    struct uvsnmp_manager *manager = udp->owner;
    struct uvsnmp_exchange *exchange;
    char detail[MANAGER_DETAIL_MAX], text[UVSNMP_ADDRESS_TEXT_MAX];
    uint64_t key;
    bool wrong_source;
    int status = err_from_errno(error->errno_value);
    if (error->errno_value == EMSGSIZE) {
        return; /* the kernel knows the path's MTU now and will fragment */
    }
    (void)snprintf(detail, sizeof(detail), "%s: %s", io_address_text(&error->peer, text),
                   strerror(error->errno_value));
    if (manager->sent_key && (!manager->sent_key(error->data, error->size, &key) ||
                              !exchange_match(&manager->table, &error->peer, key, &wrong_source))) {
        return; /* forged, or an exchange that has ended */
    }
    while ((exchange = exchange_match_oldest(&manager->table, &error->peer))) {
        manager_peer_failed(exchange, status, detail);
    }
}

static void on_writable(struct io_udp *udp)
{
    struct manager_socket *socket = (struct manager_socket *)(void *)udp;
    socket->is_blocked = false;
    manager_udp_flush(udp->owner);
}

static void on_closed(struct io_udp *udp)
{
    struct manager_socket *socket = (struct manager_socket *)(void *)udp;
    socket->is_open = false;
    manager_handle_closed(udp->owner);
}

/* The socket itself failed: who waits on it is told, and the next send opens another. */
static void on_broken(struct io_udp *udp, int errno_value)
{
    struct uvsnmp_manager *manager = udp->owner;
    LIST_EACH(link, following, &manager->all)
    {
        struct uvsnmp_exchange *exchange = LIST_OBJECT(link, struct uvsnmp_exchange, in_all);
        if (exchange->state != EXCHANGE_FINISHED && exchange->has_peer &&
            exchange->peer.transport == UVSNMP_UDP && &socket_of(exchange)->udp == udp) {
            manager_finish(exchange, err_from_errno(errno_value), strerror(errno_value));
        }
    }
    io_udp_close(udp);
}

static const struct io_udp_ops udp_ops = {
    .datagram = on_datagram,
    .peer_error = on_peer_error,
    .writable = on_writable,
    .broken = on_broken,
    .closed = on_closed,
};

/* What to bind for `family`: the local address if it is of that family, or its port if it has no host. */
static int local_for(const struct uvsnmp_manager *manager, int family, struct uvsnmp_address *out,
                     struct uvsnmp_error *err)
{
    *out = manager->local;
    if (manager->local.at.any.sa_family == family) {
        return 0;
    }
    if (!io_address_is_wildcard(&manager->local)) {
        return manager_refuse_family(manager, family, err);
    }
    memset(&out->at, 0, sizeof(out->at));
    out->at.any.sa_family = (sa_family_t)family;
    out->length = family == AF_INET6 ? sizeof(out->at.v6) : sizeof(out->at.v4);
    io_address_set_port(out, io_address_port(&manager->local));
    return 0;
}

int manager_udp_open(struct uvsnmp_manager *manager, int family, struct uvsnmp_error *err)
{
    struct manager_socket *socket = &manager->sockets[family == AF_INET6 ? MANAGER_V6 : MANAGER_V4];
    struct uvsnmp_address local;
    int rc;
    if (socket->is_open) {
        return socket->udp.is_closing ? err_set(err, UVSNMP_ETRANSPORT, "the socket is being reopened") : 0;
    }
    if (manager->has_local) {
        rc = local_for(manager, family, &local, err);
        if (rc < 0) {
            return rc;
        }
    }
    socket->udp.ops = &udp_ops;
    socket->udp.batch = &manager->batch;
    socket->udp.slot_size = IO_DATAGRAM_MAX + 1;
    socket->udp.owner = manager;
    rc = io_udp_open(&socket->udp, manager->loop, family, manager->has_local ? &local : NULL,
                     manager->patient ? 0 : IO_UDP_WANT_ERRORS, err);
    if (rc < 0) {
        return rc;
    }
    manager->open_handles++;
    socket->is_open = true;
    socket->is_blocked = socket->has_big_buffer = false;
    socket->limit = manager->max_in_flight ? manager->max_in_flight : IN_FLIGHT_AT_FIRST;
    return 0;
}

int manager_udp_submit(struct uvsnmp_exchange *exchange, struct uvsnmp_error *err)
{
    int rc = manager_udp_open(exchange->manager, exchange->peer.at.any.sa_family, err);
    if (rc < 0) {
        return rc;
    }
    exchange->state = EXCHANGE_QUEUED;
    list_append(&socket_of(exchange)->queue, &exchange->link);
    manager_wake(exchange->manager);
    return 0;
}

void manager_udp_resend(struct uvsnmp_exchange *exchange)
{
    exchange->state = EXCHANGE_QUEUED;
    list_append(&socket_of(exchange)->again, &exchange->link);
    manager_wake(exchange->manager);
}

void manager_udp_release_slot(struct uvsnmp_exchange *exchange)
{
    if (exchange->holds_slot) {
        exchange->holds_slot = false;
        socket_of(exchange)->in_flight--;
        exchange->manager->stats.in_flight--;
    }
}

/* ---- sending ---- */

struct out_batch {
    struct manager_socket *socket;
    unsigned count;
    size_t used; /* of the scratch memory */
    struct mmsghdr messages[IO_UDP_BATCH];
    struct iovec vectors[IO_UDP_BATCH];
    struct uvsnmp_exchange *exchanges[IO_UDP_BATCH];
};

/* A slot for one more datagram; asks for a bigger receive buffer the first time they run out. */
static bool has_slot(struct uvsnmp_manager *manager, struct manager_socket *socket)
{
    if (socket->in_flight < socket->limit && socket->in_flight < IN_FLIGHT_AT_FIRST) {
        return true;
    }
    if (!socket->has_big_buffer) {
        size_t granted = io_udp_set_receive_buffer(
            &socket->udp, manager->receive_buffer > 0 ? manager->receive_buffer : RECEIVE_BUFFER);
        socket->has_big_buffer = true;
        if (manager->max_in_flight == 0 && granted / IO_DATAGRAM_COST > 0) {
            socket->limit = granted / IO_DATAGRAM_COST;
        }
    }
    return socket->in_flight < socket->limit;
}

static struct uvsnmp_exchange *take_next(struct uvsnmp_manager *manager, struct manager_socket *socket)
{
    struct uvsnmp_exchange *exchange;
    struct list *from = &socket->again;
    if (list_is_empty(from)) {
        from = &socket->queue;
        if (list_is_empty(from) || !has_slot(manager, socket)) {
            return NULL;
        }
    }
    exchange = LIST_OBJECT(from->next, struct uvsnmp_exchange, link);
    list_remove(&exchange->link);
    exchange->state = EXCHANGE_SENDING;
    if (!exchange->holds_slot) {
        exchange->holds_slot = true;
        socket->in_flight++;
        manager->stats.in_flight++;
    }
    return exchange;
}

/* Puts the message of an exchange into the batch. The callback that encodes may end this exchange or any. */
static void pack(struct uvsnmp_manager *manager, struct out_batch *batch, struct uvsnmp_exchange *exchange)
{
    struct iovec *vector = &batch->vectors[batch->count];
    struct msghdr *header = &batch->messages[batch->count].msg_hdr;
    uint64_t key = exchange->key;
    ptrdiff_t size = (ptrdiff_t)exchange->size;
    uint8_t *data = exchange->data;
    if (exchange->encode) {
        data = manager->scratch + batch->used;
        size = exchange->encode(data, IO_DATAGRAM_MAX, exchange->attempts, &key, exchange->arg);
        if (exchange->state != EXCHANGE_SENDING) {
            return;
        }
        if (size < 0 || size > IO_DATAGRAM_MAX) {
            manager_finish(exchange, size < 0 ? (int)size : UVSNMP_EMESSAGE_SIZE, NULL);
            return;
        }
        batch->used += (size_t)size;
    }
    if (exchange->timeout_ms > 0 && exchange_expect(&manager->table, exchange, key) < 0) {
        manager_finish(exchange, UVSNMP_ENO_MEMORY, NULL);
        return;
    }
    vector->iov_base = data;
    vector->iov_len = (size_t)size;
    memset(header, 0, sizeof(*header));
    header->msg_iov = vector;
    header->msg_iovlen = 1;
    header->msg_name = &exchange->peer.at;
    header->msg_namelen = exchange->peer.length;
    batch->exchanges[batch->count++] = exchange;
}

/* Takes out what a later one's encoder has ended. */
static void drop_ended(struct out_batch *batch)
{
    unsigned kept = 0;
    for (unsigned i = 0; i < batch->count; i++) {
        if (batch->exchanges[i]->state == EXCHANGE_SENDING) {
            batch->exchanges[kept] = batch->exchanges[i];
            batch->messages[kept++] = batch->messages[i];
        }
    }
    batch->count = kept;
}

/* Makes a batch of what is queued; false: nothing is. */
static bool fill(struct uvsnmp_manager *manager, struct out_batch *batch)
{
    struct uvsnmp_exchange *exchange;
    bool any = false;
    batch->count = 0;
    batch->used = 0;
    /* messages are encoded one after another, as long as there is room for the longest */
    while (batch->count < IO_UDP_BATCH && batch->used <= MANAGER_SCRATCH_SIZE - IO_DATAGRAM_MAX &&
           manager->turn_budget > 0 && (exchange = take_next(manager, batch->socket))) {
        any = true;
        manager->turn_budget--;
        if (exchange->encode && !manager_scratch(manager)) {
            manager_finish(exchange, UVSNMP_ENO_MEMORY, NULL);
            continue;
        }
        pack(manager, batch, exchange);
    }
    drop_ended(batch);
    return any;
}

/* What the kernel did not take goes back to the front of its queue. */
static void put_back(struct out_batch *batch, unsigned from)
{
    for (unsigned i = batch->count; i-- > from;) {
        struct uvsnmp_exchange *exchange = batch->exchanges[i];
        if (exchange->state == EXCHANGE_SENDING) {
            exchange->state = EXCHANGE_QUEUED;
            list_append(batch->socket->again.next, &exchange->link);
        }
    }
}

static void fail_send(struct uvsnmp_exchange *exchange, int errno_value)
{
    char detail[MANAGER_DETAIL_MAX], text[UVSNMP_ADDRESS_TEXT_MAX];
    int status = err_from_errno(errno_value);
    (void)snprintf(detail, sizeof(detail), "cannot send to %s: %s", io_address_text(&exchange->peer, text),
                   strerror(errno_value));
    manager_peer_failed(exchange, status, detail);
}

/* Sends a batch; false when the kernel takes no more for now. */
static bool transmit(struct uvsnmp_manager *manager, struct out_batch *batch)
{
    struct manager_socket *socket = batch->socket;
    unsigned at = 0, tries = 0;
    while (at < batch->count) {
        int sent = io_udp_send(&socket->udp, batch->messages + at, batch->count - at);
        for (unsigned i = at; sent > 0 && i < at + (unsigned)sent; i++) {
            if (manager->trace) {
                const struct iovec *data = batch->messages[i].msg_hdr.msg_iov;
                manager_trace(manager, true, &batch->exchanges[i]->peer, data->iov_base, data->iov_len);
            }
            if (batch->exchanges[i]->state == EXCHANGE_SENDING) {
                batch->exchanges[i]->state = EXCHANGE_WAITING;
                manager_start_timeout(batch->exchanges[i], batch->exchanges[i]->timeout_ms);
                manager_was_sent(batch->exchanges[i]);
            }
        }
        if (sent > 0) {
            at += (unsigned)sent;
            tries = 0;
        } else if (sent == -EAGAIN) {
            put_back(batch, at);
            socket->is_blocked = true;
            io_udp_wait_writable(&socket->udp);
            return false;
        } else if (sent == -ENOBUFS || sent == -ENOMEM) {
            put_back(batch, at);
            manager->flush_again_at = io_now(manager->loop) + NO_BUFFERS_WAIT_MS;
            return false;
        } else if (++tries >= SEND_TRIES || !io_udp_read_errors(&socket->udp)) {
            /* twice, since an error left over from before is cleared by being told */
            if (tries > 1) {
                if (batch->exchanges[at]->state == EXCHANGE_SENDING) {
                    fail_send(batch->exchanges[at], -sent);
                }
                at++;
                tries = 0;
            }
        }
    }
    return true;
}

void manager_udp_flush(struct uvsnmp_manager *manager)
{
    struct out_batch batch;
    /* what is outstanding now is sent once at most; only an encoder that sends can use this up */
    manager->turn_budget = manager->stats.outstanding + 1;
    if (manager->flush_again_at != IO_NEVER && io_now(manager->loop) < manager->flush_again_at) {
        return;
    }
    manager->flush_again_at = IO_NEVER;
    for (int i = 0; i < MANAGER_SOCKETS; i++) {
        batch.socket = &manager->sockets[i];
        if (!batch.socket->is_open || batch.socket->udp.is_closing || batch.socket->is_blocked) {
            continue;
        }
        while (fill(manager, &batch) && transmit(manager, &batch)) {
        }
    }
}

void manager_udp_close(struct uvsnmp_manager *manager)
{
    for (int i = 0; i < MANAGER_SOCKETS; i++) {
        if (manager->sockets[i].is_open) {
            io_udp_close(&manager->sockets[i].udp);
        }
    }
}
