/* SPDX-License-Identifier: BSD-3-Clause */
#include <stdio.h>
#include <stdlib.h>

#include "base/err.h"
#include "io/manager_impl.h"
#include "io/stream.h"

#define MESSAGE_MAX (1024 * 1024)
/* A connection is kept for the next exchange with its peer, but not for ever. */
#define IDLE_MS 30000
/* What expects no answer is given up when it is not with the kernel by then. */
#define LEAVE_MS 30000
/* While more than this waits to be written the rest is held back. It keeps the stream from pausing, for the
 * answers must be read whatever the peer does. */
#define OUT_ENOUGH (64 * 1024)
_Static_assert(OUT_ENOUGH + IO_DATAGRAM_MAX < IO_STREAM_PAUSE, "a manager's streams must not pause");

struct manager_connection {
    struct map_link by_peer;
    struct list in_connected, in_unsent;
    struct due_entry idle;
    struct uvsnmp_manager *manager;
    struct uvsnmp_address peer;
    struct io_stream stream;
    struct list unsent, sent; /* its exchanges, in the order they were submitted */
    struct list leaving;      /* those sent that expect no answer, and are not all with the kernel yet */
    bool has_answered;        /* has proved alive; its end may then be mere old age */
    bool is_over;
};

static struct manager_connection *connection_of(struct io_stream *stream)
{
    return LIST_OBJECT(stream, struct manager_connection, stream);
}

static struct manager_connection *find(struct uvsnmp_manager *manager, const struct uvsnmp_address *peer)
{
    struct map_link *link = map_find(&manager->connections, io_address_hash(peer));
    for (; link; link = map_next(link)) {
        struct manager_connection *connection = LIST_OBJECT(link, struct manager_connection, by_peer);
        if (!connection->is_over && uvsnmp_address_equal(&connection->peer, peer)) {
            return connection;
        }
    }
    return NULL;
}

static void close_connection(struct manager_connection *connection)
{
    connection->is_over = true;
    due_remove(&connection->idle);
    list_remove(&connection->in_unsent);
    io_stream_close(&connection->stream);
}

static struct uvsnmp_exchange *first_of(const struct list *list)
{
    return list_is_empty(list) ? NULL : LIST_OBJECT(list->next, struct uvsnmp_exchange, link);
}

/* Tells each exchange of a connection that is over, or gives it a second one: a peer may close an idle
 * connection at the very moment that it is used again. */
static void end_exchanges(struct manager_connection *connection, int status, const char *detail)
{
    char message[MANAGER_DETAIL_MAX], text[UVSNMP_ADDRESS_TEXT_MAX];
    struct uvsnmp_exchange *exchange;
    (void)snprintf(message, sizeof(message), "%s: %s", io_address_text(&connection->peer, text), detail);
    while ((exchange = first_of(&connection->sent)) || (exchange = first_of(&connection->leaving)) ||
           (exchange = first_of(&connection->unsent))) {
        bool may_move = connection->has_answered && !exchange->was_moved &&
                        (exchange->attempts == 0 || exchange->retries > 0);
        if (may_move) {
            struct uvsnmp_error err;
            list_remove(&exchange->link);
            exchange->was_moved = true;
            exchange->attempts = 0;
            if (manager_stream_submit(exchange, &err) < 0) {
                manager_peer_failed(exchange, err.code, err.detail);
            }
        } else {
            manager_peer_failed(exchange, status, message);
        }
    }
}

static void mark_unsent(struct manager_connection *connection)
{
    list_remove(&connection->in_unsent);
    list_append(&connection->manager->unsent, &connection->in_unsent);
    manager_wake(connection->manager);
}

static void on_connected(struct io_stream *stream, int status, const char *detail)
{
    struct manager_connection *connection = connection_of(stream);
    if (status < 0) {
        close_connection(connection);
        end_exchanges(connection, status, detail);
        return;
    }
    mark_unsent(connection);
}

static void on_message(struct io_stream *stream, uint8_t *data, size_t size)
{
    struct manager_connection *connection = connection_of(stream);
    connection->has_answered = true;
    manager_arrival(connection->manager, &connection->peer, data, size);
}

static bool has_exchanges(const struct manager_connection *connection)
{
    return !list_is_empty(&connection->unsent) || !list_is_empty(&connection->sent) ||
           !list_is_empty(&connection->leaving);
}

/* To be with the kernel is the end of what expects no answer. */
static void end_taken(struct manager_connection *connection)
{
    struct uvsnmp_exchange *exchange;
    while ((exchange = first_of(&connection->leaving)) && exchange->stream_end <= connection->stream.taken) {
        manager_finish(exchange, 0, NULL);
    }
}

static void on_written(struct io_stream *stream)
{
    struct manager_connection *connection = connection_of(stream);
    end_taken(connection);
    if (!list_is_empty(&connection->unsent)) {
        mark_unsent(connection);
    }
}

static void on_ended(struct io_stream *stream, int status, const char *detail)
{
    struct manager_connection *connection = connection_of(stream);
    close_connection(connection);
    end_exchanges(connection, status, detail);
}

static void on_closed(struct io_stream *stream)
{
    struct manager_connection *connection = connection_of(stream);
    struct uvsnmp_manager *manager = connection->manager;
    map_remove(&manager->connections, &connection->by_peer);
    list_remove(&connection->in_connected);
    free(connection);
    manager_handle_closed(manager);
}

static const struct io_stream_ops stream_ops = {
    .connected = on_connected,
    .message = on_message,
    .written = on_written,
    .ended = on_ended,
    .closed = on_closed,
};

/* The local address of the manager as far as it goes for a tcp peer. */
static int local_for(const struct uvsnmp_manager *manager, const struct uvsnmp_address *peer,
                     const struct uvsnmp_address **out, struct uvsnmp_error *err)
{
    *out = NULL;
    if (!manager->has_local || peer->transport != UVSNMP_TCP) {
        return 0;
    }
    if (manager->local.at.any.sa_family != peer->at.any.sa_family) {
        if (io_address_is_wildcard(&manager->local) && io_address_port(&manager->local) == 0) {
            return 0;
        }
        return manager_refuse_family(manager, peer->at.any.sa_family, err);
    }
    *out = &manager->local;
    return 0;
}

static struct manager_connection *open_connection(struct uvsnmp_manager *manager,
                                                  const struct uvsnmp_address *peer, struct uvsnmp_error *err)
{
    const struct uvsnmp_address *local;
    struct manager_connection *connection;
    if (local_for(manager, peer, &local, err) < 0) {
        return NULL;
    }
    connection = calloc(1, sizeof(*connection));
    if (!connection || map_insert(&manager->connections, &connection->by_peer, io_address_hash(peer)) < 0) {
        free(connection);
        (void)err_set(err, UVSNMP_ENO_MEMORY, "no memory for a connection");
        return NULL;
    }
    connection->manager = manager;
    connection->peer = *peer;
    list_init(&connection->unsent);
    list_init(&connection->sent);
    list_init(&connection->leaving);
    list_init(&connection->in_unsent);
    list_append(&manager->connected, &connection->in_connected);
    connection->stream.ops = &stream_ops;
    connection->stream.frame = manager->frame;
    connection->stream.max_message = MESSAGE_MAX;
    if (io_stream_connect(&connection->stream, manager->loop, peer, local, err) < 0) {
        map_remove(&manager->connections, &connection->by_peer);
        list_remove(&connection->in_connected);
        free(connection);
        return NULL;
    }
    manager->open_handles++;
    uv_unref((uv_handle_t *)&connection->stream.poll);
    return connection;
}

int manager_stream_submit(struct uvsnmp_exchange *exchange, struct uvsnmp_error *err)
{
    struct uvsnmp_manager *manager = exchange->manager;
    struct manager_connection *connection;
    struct uvsnmp_error failure;
    if (!manager->frame) {
        return err_set(err, UVSNMP_EUNSUPPORTED, "tcp and unix peers need a framing function");
    }
    connection = find(manager, &exchange->peer);
    if (!connection) {
        connection = open_connection(manager, &exchange->peer, &failure);
        if (!connection && uvsnmp_error_class(failure.code) == UVSNMP_ETRANSPORT) {
            /* known so soon or a little later, it is told in the same way */
            manager_peer_failed(exchange, failure.code, failure.detail);
            return 0;
        }
        if (!connection) {
            return err_set(err, failure.code, "%s", failure.detail);
        }
    }
    due_remove(&connection->idle);
    exchange->state = EXCHANGE_CONNECTED;
    exchange->waiter = connection;
    list_append(&connection->unsent, &exchange->link);
    if (connection->stream.is_connected) {
        mark_unsent(connection);
    }
    if (!due_is_waiting(&exchange->timeout)) {
        /* a stream repeats what is lost by itself: one attempt, as long as all of them together */
        uint64_t attempts = (uint64_t)exchange->retries + 1;
        uint64_t timeout_ms =
            exchange->timeout_ms < UINT64_MAX / attempts ? exchange->timeout_ms * attempts : UINT64_MAX;
        manager_start_timeout(exchange, timeout_ms > 0 ? timeout_ms : LEAVE_MS);
    }
    return 0;
}

void manager_stream_forget(struct uvsnmp_exchange *exchange)
{
    struct manager_connection *connection = exchange->waiter;
    struct uvsnmp_manager *manager = exchange->manager;
    if (!connection) {
        return;
    }
    list_remove(&exchange->link);
    exchange->waiter = NULL;
    if (has_exchanges(connection) || connection->is_over) {
        return;
    }
    if (!connection->stream.is_connected ||
        due_add(&manager->idle, &connection->idle, io_now(manager->loop), IDLE_MS) < 0) {
        close_connection(connection);
    }
}

/* Sends one exchange; the callback that encodes may end this exchange or any. */
static void send_one(struct manager_connection *connection, struct uvsnmp_exchange *exchange)
{
    struct uvsnmp_manager *manager = connection->manager;
    uint64_t key = exchange->key;
    const uint8_t *data = exchange->data;
    ptrdiff_t size = (ptrdiff_t)exchange->size;
    int rc;
    if (exchange->encode) {
        uint8_t *scratch = manager_scratch(manager);
        size =
            scratch ? exchange->encode(scratch, IO_DATAGRAM_MAX, 0, &key, exchange->arg) : UVSNMP_ENO_MEMORY;
        if (exchange->state != EXCHANGE_CONNECTED || exchange->waiter != connection) {
            return;
        }
        if (size < 0 || size > IO_DATAGRAM_MAX) {
            manager_finish(exchange, size < 0 ? (int)size : UVSNMP_EMESSAGE_SIZE, NULL);
            return;
        }
        data = scratch;
    }
    if (exchange->timeout_ms > 0 && exchange_expect(&manager->table, exchange, key) < 0) {
        manager_finish(exchange, UVSNMP_ENO_MEMORY, NULL);
        return;
    }
    list_remove(&exchange->link);
    list_append(exchange->timeout_ms > 0 ? &connection->sent : &connection->leaving, &exchange->link);
    exchange->stream_end = UINT64_MAX;
    if (manager->trace) {
        manager_trace(manager, true, &connection->peer, data, (size_t)size);
    }
    rc = io_stream_write(&connection->stream, data, (size_t)size);
    if (uvsnmp_error_class(rc) == UVSNMP_ETRANSPORT) {
        return; /* the connection is over, as its end will tell all its exchanges in a moment */
    }
    if (rc < 0) {
        manager_finish(exchange, rc, NULL);
        return;
    }
    exchange->attempts++;
    exchange->stream_end = connection->stream.taken + connection->stream.out_size;
    manager->stats.sent++;
    end_taken(connection);
}

/* Sends as much as the turn and the peer allow; what is held back goes on in the next turn, or when the peer
 * has taken some of what waits. */
static void send_unsent(struct manager_connection *connection)
{
    struct uvsnmp_manager *manager = connection->manager;
    struct uvsnmp_exchange *exchange;
    while (!connection->is_over && connection->stream.out_size <= OUT_ENOUGH &&
           (exchange = first_of(&connection->unsent))) {
        if (manager->turn_budget == 0) {
            mark_unsent(connection);
            return;
        }
        manager->turn_budget--;
        send_one(connection, exchange);
    }
}

void manager_stream_flush(struct uvsnmp_manager *manager)
{
    while (!list_is_empty(&manager->unsent) && manager->turn_budget > 0) {
        struct manager_connection *connection =
            LIST_OBJECT(manager->unsent.next, struct manager_connection, in_unsent);
        list_remove(&connection->in_unsent);
        send_unsent(connection);
    }
}

void manager_stream_end_idle(struct uvsnmp_manager *manager, uint64_t now)
{
    struct due_entry *entry;
    while ((entry = due_take(&manager->idle, now))) {
        close_connection(LIST_OBJECT(entry, struct manager_connection, idle));
    }
}

void manager_stream_close(struct uvsnmp_manager *manager)
{
    LIST_EACH(link, following, &manager->connected)
    {
        close_connection(LIST_OBJECT(link, struct manager_connection, in_connected));
    }
}
