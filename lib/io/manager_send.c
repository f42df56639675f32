/* SPDX-License-Identifier: BSD-3-Clause */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/err.h"
#include "io/manager_impl.h"

int manager_submit(struct uvsnmp_exchange *exchange, struct uvsnmp_error *err)
{
    struct uvsnmp_address *peer = &exchange->peer;
    char text[UVSNMP_ADDRESS_TEXT_MAX];
    exchange->has_peer = true;
    if (io_address_is_wildcard(peer)) {
        /* asking "any address" means this machine, and the answer will come from its loopback address */
        if (peer->at.any.sa_family == AF_INET) {
            peer->at.v4.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        } else {
            peer->at.v6.sin6_addr = in6addr_loopback;
        }
    }
    if (peer->transport != UVSNMP_UNIX && io_address_port(peer) == 0) {
        return err_set(err, UVSNMP_EBAD_ADDRESS, "no port to send to in %s", io_address_text(peer, text));
    }
    return peer->transport == UVSNMP_UDP ? manager_udp_submit(exchange, err)
                                         : manager_stream_submit(exchange, err);
}

/* One who waits for a name on behalf of an exchange. */
struct name_waiter {
    struct io_waiter waiter;
    struct uvsnmp_exchange *exchange;
};

static int use_candidates(struct uvsnmp_exchange *exchange, struct io_addresses *addresses,
                          struct uvsnmp_error *err)
{
    int rc;
    exchange->candidates = io_addresses_take(addresses);
    exchange->peer = addresses->list[0];
    rc = manager_submit(exchange, err);
    if (rc < 0 && addresses->count > 1) {
        char detail[MANAGER_DETAIL_MAX];
        (void)snprintf(detail, sizeof(detail), "%s", err->detail);
        manager_peer_failed(exchange, rc, detail);
        return 0;
    }
    return rc;
}

static void on_name_found(struct io_waiter *waiter, int status, struct io_addresses *addresses,
                          const char *detail)
{
    struct uvsnmp_exchange *exchange = LIST_OBJECT(waiter, struct name_waiter, waiter)->exchange;
    struct uvsnmp_error err;
    free(exchange->waiter);
    exchange->waiter = NULL;
    if (status < 0) {
        manager_finish(exchange, status, detail);
        return;
    }
    status = use_candidates(exchange, addresses, &err);
    if (status < 0) {
        manager_finish(exchange, status, err.detail);
    }
}

static int look_up(struct uvsnmp_exchange *exchange, const struct io_address_parts *parts,
                   struct uvsnmp_error *err)
{
    struct uvsnmp_manager *manager = exchange->manager;
    struct name_waiter *waiter;
    struct io_addresses *addresses;
    int rc;
    if (!manager->resolver) {
        manager->resolver = io_resolver_new(manager->loop);
        if (!manager->resolver) {
            return err_set(err, UVSNMP_ENO_MEMORY, "no memory to look up a name");
        }
    }
    waiter = malloc(sizeof(*waiter));
    if (!waiter) {
        return err_set(err, UVSNMP_ENO_MEMORY, "no memory to look up a name");
    }
    list_init(&waiter->waiter.link);
    waiter->waiter.found = on_name_found;
    waiter->exchange = exchange;
    rc = io_resolver_find(manager->resolver, parts, &waiter->waiter, &addresses, err);
    if (rc < 0 || addresses) {
        free(waiter);
        return rc < 0 ? rc : use_candidates(exchange, addresses, err);
    }
    exchange->waiter = waiter;
    exchange->state = EXCHANGE_RESOLVING;
    return 0;
}

static int start(struct uvsnmp_exchange *exchange, const struct uvsnmp_send *send, struct uvsnmp_error *err)
{
    struct uvsnmp_manager *manager = exchange->manager;
    struct io_address_parts parts;
    const struct io_address_parts *to = &manager->peer;
    if (exchange->deadline_ms > 0 && due_add(&manager->table.deadlines, &exchange->deadline,
                                             io_now(manager->loop), exchange->deadline_ms) < 0) {
        return err_set(err, UVSNMP_ENO_MEMORY, "no memory for a deadline");
    }
    if (send->held) {
        exchange->state = EXCHANGE_HELD;
        return 0;
    }
    if (send->address) {
        exchange->peer = *send->address;
        return manager_submit(exchange, err);
    }
    if (send->peer) {
        int rc = io_address_split(send->peer, manager->default_port, &parts, err);
        if (rc < 0) {
            return rc;
        }
        to = &parts;
    }
    if (to->is_name) {
        return look_up(exchange, to, err);
    }
    exchange->peer = to->address;
    return manager_submit(exchange, err);
}

static int check_send(const struct uvsnmp_manager *manager, const struct uvsnmp_send *send,
                      struct uvsnmp_error *err)
{
    if (manager->is_closing) {
        return err_set(err, UVSNMP_ECLOSED, "the manager is being closed");
    }
    if (!send->done) {
        return err_set(err, UVSNMP_EBAD_ARGUMENT, "an exchange needs a callback");
    }
    if (!send->data && !send->encode) {
        return err_set(err, UVSNMP_EBAD_ARGUMENT, "an exchange needs a message or a function that makes it");
    }
    if (send->data && send->size > IO_DATAGRAM_MAX) {
        return err_set(err, UVSNMP_EMESSAGE_SIZE, "a message of %zu octets is too long", send->size);
    }
    if (!send->address && !send->peer && !manager->has_peer && !send->held) {
        return err_set(err, UVSNMP_ENO_DESTINATION,
                       "no destination: neither the message nor the manager has one");
    }
    return 0;
}

int uvsnmp_manager_send(struct uvsnmp_manager *manager, const struct uvsnmp_send *send,
                        struct uvsnmp_exchange **out, struct uvsnmp_error *err)
{
    struct uvsnmp_exchange *exchange;
    struct uvsnmp_error unheard;
    size_t size = send->data ? send->size : 0;
    int rc = check_send(manager, send, err);
    if (rc < 0) {
        return rc;
    }
    exchange = calloc(1, sizeof(*exchange) + size);
    if (!exchange) {
        return err_set(err, UVSNMP_ENO_MEMORY, "no memory for an exchange");
    }
    exchange->manager = manager;
    exchange->state = EXCHANGE_RESOLVING;
    exchange->retries = send->retries;
    exchange->timeout_ms = send->timeout_ms;
    exchange->deadline_ms = send->deadline_ms;
    exchange->encode = send->data ? NULL : send->encode;
    exchange->accept = send->accept;
    exchange->done = send->done;
    exchange->arg = send->arg;
    exchange->key = send->key;
    exchange->any_source = send->any_source;
    exchange->size = size;
    if (size > 0) {
        memcpy(exchange->data, send->data, size);
    }
    list_init(&exchange->link);
    list_init(&exchange->in_all);
    rc = start(exchange, send, err ? err : &unheard);
    if (rc < 0) {
        due_remove(&exchange->deadline);
        manager_free_exchange(exchange);
        return rc;
    }
    list_append(&manager->all, &exchange->in_all);
    manager->stats.outstanding++;
    manager_wake(manager);
    if (out) {
        *out = exchange;
    }
    return 0;
}

void uvsnmp_exchange_release(struct uvsnmp_exchange *exchange, const struct uvsnmp_address *address,
                             int status, const char *detail)
{
    struct uvsnmp_error err;
    if (exchange->state != EXCHANGE_HELD) {
        return;
    }
    if (status < 0) {
        manager_finish(exchange, status, detail);
        return;
    }
    exchange->peer = *address;
    status = manager_submit(exchange, &err);
    if (status < 0) {
        manager_finish(exchange, status, err.detail);
    }
}
