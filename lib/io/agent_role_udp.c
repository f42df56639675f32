/* SPDX-License-Identifier: BSD-3-Clause */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/err.h"
#include "io/address.h"
#include "io/agent_role_impl.h"

/* The octets of answers that wait; one more of the longest always finds room when nothing waits. */
#define OUT_MEMORY (256 * 1024)
#define ANSWER_MAX (64 * 1024)
#define RECEIVE_BUFFER (4 * 1024 * 1024)
/* Errors of sending can be provoked by anyone with a forged source address. */
#define ERRORS_PER_PERIOD 10
#define ERROR_PERIOD_MS 60000

static struct agent_endpoint *endpoint_of(struct io_udp *udp)
{
    return LIST_OBJECT(udp, struct agent_endpoint, socket.udp);
}

static void on_datagram(struct io_udp *udp, const struct io_datagram *datagram)
{
    struct agent_endpoint *endpoint = endpoint_of(udp);
    struct uvsnmp_return_path path;
    path.peer = datagram->peer;
    path.local = datagram->local;
    path.endpoint = endpoint->target.by_id.key;
    path.ifindex = datagram->ifindex;
    endpoint->role->is_in_batch = true;
    agent_role_deliver(endpoint->role, &path, datagram->data, datagram->size, datagram->truncated);
}

static void on_batch_end(struct io_udp *udp)
{
    struct uvsnmp_agent_role *role = endpoint_of(udp)->role;
    role->is_in_batch = false;
    agent_udp_flush(role);
}

static void on_writable(struct io_udp *udp)
{
    endpoint_of(udp)->is_blocked = false;
    agent_udp_flush(endpoint_of(udp)->role);
}

static void on_closed(struct io_udp *udp)
{
    struct agent_endpoint *endpoint = endpoint_of(udp);
    struct uvsnmp_agent_role *role = endpoint->role;
    free(endpoint);
    agent_role_handle_closed(role);
}

static void on_broken(struct io_udp *udp, int errno_value)
{
    struct agent_endpoint *endpoint = endpoint_of(udp);
    char detail[256], text[UVSNMP_ADDRESS_TEXT_MAX];
    (void)snprintf(detail, sizeof(detail), "cannot receive on %s: %s",
                   io_address_text(&endpoint->bound, text), strerror(errno_value));
    agent_role_report(endpoint->role, err_from_errno(errno_value), detail);
}

static const struct io_udp_ops udp_ops = {
    .datagram = on_datagram,
    .batch_end = on_batch_end,
    .writable = on_writable,
    .broken = on_broken,
    .closed = on_closed,
};

/* Bound to one address, every datagram was sent to that one; link-local answers need their interface. */
static bool needs_local(const struct uvsnmp_address *address)
{
    return io_address_is_wildcard(address) ||
           (address->at.any.sa_family == AF_INET6 && IN6_IS_ADDR_LINKLOCAL(&address->at.v6.sin6_addr));
}

int agent_udp_listen(struct agent_endpoint *endpoint, const struct uvsnmp_address *address,
                     struct uvsnmp_error *err)
{
    struct uvsnmp_agent_role *role = endpoint->role;
    unsigned flags = needs_local(address) ? IO_UDP_WANT_LOCAL : 0;
    int rc;
    endpoint->socket.udp.ops = &udp_ops;
    endpoint->socket.udp.batch = &role->batch;
    endpoint->socket.udp.slot_size = role->max_message;
    endpoint->socket.udp.owner = role;
    rc = io_udp_open(&endpoint->socket.udp, role->loop, address->at.any.sa_family, address, flags, err);
    if (rc < 0) {
        return rc;
    }
    uv_ref((uv_handle_t *)&endpoint->socket.udp.poll);
    role->open_handles++;
    endpoint->bound = endpoint->socket.udp.bound;
    (void)io_udp_set_receive_buffer(&endpoint->socket.udp,
                                    role->receive_buffer > 0 ? role->receive_buffer : RECEIVE_BUFFER);
    return 0;
}

/* ---- answers ---- */

static struct agent_out_queue *queue_of(struct uvsnmp_agent_role *role)
{
    if (!role->out) {
        struct agent_out_queue *out = calloc(1, sizeof(*out));
        if (!out) {
            return NULL;
        }
        out->memory = malloc(OUT_MEMORY);
        if (!out->memory) {
            free(out);
            return NULL;
        }
        out->high = OUT_MEMORY;
        role->out = out;
    }
    return role->out;
}

static void report_send_error(struct uvsnmp_agent_role *role, const struct uvsnmp_address *peer,
                              int errno_value)
{
    char detail[256], text[UVSNMP_ADDRESS_TEXT_MAX];
    if (log_limit_allows(&role->send_errors, ERRORS_PER_PERIOD, ERROR_PERIOD_MS, io_now(role->loop))) {
        (void)snprintf(detail, sizeof(detail), "cannot answer %s: %s", io_address_text(peer, text),
                       strerror(errno_value));
        agent_role_report(role, err_from_errno(errno_value), detail);
    }
}

static void make_message(struct agent_answer *answer, struct msghdr *message)
{
    memset(message, 0, sizeof(*message));
    message->msg_name = &answer->peer.at;
    message->msg_namelen = answer->peer.length;
    message->msg_iov = &answer->data;
    message->msg_iovlen = 1;
    if (answer->endpoint->socket.udp.flags & IO_UDP_WANT_LOCAL) {
        io_udp_set_source(message, &answer->control, &answer->local, answer->ifindex);
    }
}

/* Sends answers [from, to), which are all of one endpoint; returns the first that has to wait. */
static unsigned send_run(struct agent_out_queue *out, unsigned from, unsigned to)
{
    struct agent_endpoint *endpoint = out->answers[from].endpoint;
    while (from < to) {
        int sent = io_udp_send(&endpoint->socket.udp, out->messages + from, to - from);
        if (sent == -EAGAIN) {
            endpoint->is_blocked = true;
            io_udp_wait_writable(&endpoint->socket.udp);
            return from;
        }
        if (sent < 0) {
            /* a datagram that cannot be sent is lost, as any may be */
            if (out->error == 0) {
                out->error = -sent;
                out->error_peer = out->answers[from].peer;
            }
            sent = 1;
        }
        from += (unsigned)sent;
    }
    return from;
}

void agent_udp_flush(struct uvsnmp_agent_role *role)
{
    struct agent_out_queue *out = role->out;
    unsigned from = 0, kept = 0, count = out ? out->count : 0;
    for (unsigned i = 0; i < count; i++) {
        make_message(&out->answers[i], &out->messages[i].msg_hdr);
    }
    while (from < count) {
        struct agent_endpoint *endpoint = out->answers[from].endpoint;
        unsigned to = from + 1, next;
        while (to < count && out->answers[to].endpoint == endpoint) {
            to++;
        }
        next = endpoint->is_blocked ? from : send_run(out, from, to);
        for (unsigned i = next; i < to; i++) {
            out->answers[kept++] = out->answers[i];
        }
        from = to;
    }
    if (!out) {
        return;
    }
    out->count = kept;
    if (kept == 0) {
        out->low = 0;
        out->high = OUT_MEMORY;
    }
    if (out->error != 0) {
        struct uvsnmp_address peer = out->error_peer;
        int errno_value = out->error;
        out->error = 0;
        report_send_error(role, &peer, errno_value);
    }
}

/* Room for `size` octets and one more answer; what cannot be sent just now may have to be dropped for it. */
static bool make_room(struct uvsnmp_agent_role *role, struct agent_out_queue *out, size_t size)
{
    if (out->count < IO_UDP_BATCH && out->high - out->low >= size) {
        return true;
    }
    agent_udp_flush(role);
    return out->count < IO_UDP_BATCH && out->high - out->low >= size;
}

uint8_t *uvsnmp_agent_role_buffer(struct uvsnmp_agent_role *role, size_t *capacity)
{
    struct agent_out_queue *out = queue_of(role);
    if (!out) {
        return NULL;
    }
    if (!make_room(role, out, ANSWER_MAX)) {
        /* the network takes nothing: what waits is lost, as datagrams are */
        out->count = 0;
        out->low = 0;
        out->high = OUT_MEMORY;
    }
    *capacity = out->high - out->low;
    return out->memory + out->low;
}

/* Was it made in uvsnmp_agent_role_buffer()? */
static bool is_in_window(const struct agent_out_queue *out, const uint8_t *data, size_t size)
{
    return data >= out->memory + out->low && data + size <= out->memory + out->high;
}

/* Where the octets of an answer lie until they are sent: what was made in the window stays, the rest is
 * copied. */
static uint8_t *keep_octets(struct agent_out_queue *out, const uint8_t *data, size_t size)
{
    size_t at = out->low;
    if (is_in_window(out, data, size)) {
        at = (size_t)(data - out->memory);
        if (at - out->low > out->high - (at + size)) {
            out->high = at;
            return out->memory + at;
        }
    } else {
        memcpy(out->memory + at, data, size);
    }
    out->low = at + size;
    return out->memory + at;
}

int agent_udp_reply(struct agent_endpoint *endpoint, const struct uvsnmp_return_path *path, const void *data,
                    size_t size)
{
    struct uvsnmp_agent_role *role = endpoint->role;
    struct agent_out_queue *out = queue_of(role);
    struct agent_answer *answer;
    if (size > IO_DATAGRAM_MAX) {
        return UVSNMP_EMESSAGE_SIZE;
    }
    if (!out) {
        return UVSNMP_ENO_MEMORY;
    }
    if (out->count >= IO_UDP_BATCH || !is_in_window(out, data, size)) {
        bool has_room = make_room(role, out, size);
        if (role->is_closing) { /* by who was told of an error just now */
            return UVSNMP_ECLOSED;
        }
        if (!has_room) {
            return UVSNMP_ELIMIT;
        }
    }
    answer = &out->answers[out->count];
    answer->endpoint = endpoint;
    answer->data.iov_base = keep_octets(out, data, size);
    answer->data.iov_len = size;
    answer->peer = path->peer;
    answer->local = path->local;
    answer->ifindex = path->ifindex;
    out->count++;
    if (!role->is_in_batch) {
        agent_role_wake(role);
    }
    return 0;
}
