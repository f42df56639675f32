/* SPDX-License-Identifier: BSD-3-Clause */
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/err.h"
#include "io/address.h"
#include "io/agent_role_impl.h"

/* How long the clients of a role that is closed have to take the answers they were given. */
#define GRACE_MS 1000
/* Errors that clients can provoke. */
#define ERRORS_PER_PERIOD 10
#define ERROR_PERIOD_MS 60000

struct agent_connection {
    struct agent_target target;
    struct list link;
    struct due_entry idle; /* until it is closed for its silence */
    struct uvsnmp_agent_role *role;
    struct io_stream stream;
    struct uvsnmp_return_path path;
};

static struct agent_connection *connection_of(struct io_stream *stream)
{
    return LIST_OBJECT(stream, struct agent_connection, stream);
}

static void on_timer_closed(struct io_timer *timer)
{
    agent_role_handle_closed(timer->arg);
}

/* The client is alive: its time begins anew. */
static void refresh(struct agent_connection *connection)
{
    struct uvsnmp_agent_role *role = connection->role;
    (void)due_add(&role->idle, &connection->idle, io_now(role->loop), role->idle_timeout_ms);
}

static void drop(struct agent_connection *connection)
{
    due_remove(&connection->idle);
    io_stream_close(&connection->stream);
}

static void on_message(struct io_stream *stream, uint8_t *data, size_t size)
{
    struct agent_connection *connection = connection_of(stream);
    if (connection->role->is_closing) {
        return;
    }
    refresh(connection);
    agent_role_deliver(connection->role, &connection->path, data, size, false);
}

static void on_written(struct io_stream *stream)
{
    if (connection_of(stream)->role->is_closing && stream->out_size == 0) {
        drop(connection_of(stream));
    }
}

static void on_ended(struct io_stream *stream, int status, const char *detail)
{
    struct agent_connection *connection = connection_of(stream);
    char message[256], text[UVSNMP_ADDRESS_TEXT_MAX];
    if (status != UVSNMP_EDISCONNECTED &&
        log_limit_allows(&connection->role->client_errors, ERRORS_PER_PERIOD, ERROR_PERIOD_MS,
                         io_now(connection->role->loop))) {
        (void)snprintf(message, sizeof(message), "%s: %s", io_address_text(&connection->path.peer, text),
                       detail);
        agent_role_report(connection->role, status, message);
    }
    drop(connection);
}

static void on_closed(struct io_stream *stream)
{
    struct agent_connection *connection = connection_of(stream);
    struct uvsnmp_agent_role *role = connection->role;
    map_remove(&role->targets, &connection->target.by_id);
    list_remove(&connection->link);
    role->connection_count--;
    free(connection);
    if (role->is_closing && list_is_empty(&role->connections)) {
        io_timer_close(&role->timer, on_timer_closed);
    }
    agent_role_handle_closed(role);
}

static const struct io_stream_ops stream_ops = {
    .message = on_message,
    .written = on_written,
    .ended = on_ended,
    .closed = on_closed,
};

/* Takes over the socket; on failure it is closed. */
static int add_connection(struct agent_endpoint *endpoint, int fd, const struct uvsnmp_address *peer)
{
    struct uvsnmp_agent_role *role = endpoint->role;
    struct agent_connection *connection = calloc(1, sizeof(*connection));
    int rc;
    if (!connection || agent_role_add_target(role, &connection->target, AGENT_CONNECTION) < 0) {
        free(connection);
        (void)close(fd);
        return UVSNMP_ENO_MEMORY;
    }
    connection->stream.ops = &stream_ops;
    connection->stream.frame = role->frame;
    connection->stream.max_message = role->max_message;
    rc = io_stream_adopt(&connection->stream, role->loop, fd);
    if (rc < 0) {
        map_remove(&role->targets, &connection->target.by_id);
        free(connection);
        return rc;
    }
    connection->role = role;
    connection->path.peer = *peer;
    connection->path.local = endpoint->bound;
    connection->path.endpoint = connection->target.by_id.key;
    role->connection_count++;
    role->open_handles++;
    list_append(&role->connections, &connection->link);
    io_stream_hold(&connection->stream, role->is_held);
    refresh(connection);
    io_timer_set(&role->timer, due_next(&role->idle));
    return 0;
}

static void on_incoming(struct io_listener *listener, int status, int fd, const struct uvsnmp_address *peer)
{
    struct agent_endpoint *endpoint = listener->owner;
    struct uvsnmp_agent_role *role = endpoint->role;
    if (status == 0 && role->connection_count >= role->max_connections) {
        (void)close(fd);
        return;
    }
    status = status < 0 ? status : add_connection(endpoint, fd, peer);
    if (status < 0 &&
        log_limit_allows(&role->accept_errors, ERRORS_PER_PERIOD, ERROR_PERIOD_MS, io_now(role->loop))) {
        char message[256], text[UVSNMP_ADDRESS_TEXT_MAX];
        (void)snprintf(message, sizeof(message), "cannot take a client on %s: %s",
                       io_address_text(&endpoint->bound, text),
                       status == UVSNMP_ELIMIT ? "no file descriptor is left" : uvsnmp_strerror(status));
        agent_role_report(role, status, message);
    }
}

static void on_listener_closed(struct io_listener *listener)
{
    struct agent_endpoint *endpoint = listener->owner;
    struct uvsnmp_agent_role *role = endpoint->role;
    free(endpoint);
    agent_role_handle_closed(role);
}

int agent_stream_listen(struct agent_endpoint *endpoint, const struct uvsnmp_address *address,
                        struct uvsnmp_error *err)
{
    struct io_listener *listener = &endpoint->socket.listener;
    int rc;
    listener->incoming = on_incoming;
    listener->closed = on_listener_closed;
    listener->owner = endpoint;
    rc = io_listener_open(listener, endpoint->role->loop, address, err);
    if (rc == 0) {
        endpoint->role->open_handles++;
        endpoint->bound = listener->bound;
    }
    return rc;
}

void agent_stream_close_listener(struct agent_endpoint *endpoint)
{
    io_listener_close(&endpoint->socket.listener);
}

void agent_stream_hold(struct uvsnmp_agent_role *role)
{
    LIST_EACH(link, following, &role->connections)
    {
        struct agent_connection *connection = LIST_OBJECT(link, struct agent_connection, link);
        io_stream_hold(&connection->stream, role->is_held);
    }
}

int agent_stream_reply(struct agent_target *target, const void *data, size_t size)
{
    struct agent_connection *connection = LIST_OBJECT(target, struct agent_connection, target);
    return io_stream_write(&connection->stream, data, size);
}

void agent_stream_close(struct uvsnmp_agent_role *role)
{
    due_fini(&role->idle);
    due_init(&role->idle);
    LIST_EACH(link, following, &role->connections)
    {
        struct agent_connection *connection = LIST_OBJECT(link, struct agent_connection, link);
        if (connection->stream.out_size == 0) {
            io_stream_close(&connection->stream);
        }
    }
    if (list_is_empty(&role->connections)) {
        io_timer_close(&role->timer, on_timer_closed);
    } else {
        io_timer_set(&role->timer, io_now(role->loop) + GRACE_MS);
    }
}

void agent_stream_on_timer(struct io_timer *timer)
{
    struct uvsnmp_agent_role *role = timer->arg;
    struct due_entry *entry;
    if (role->is_closing) {
        LIST_EACH(link, following, &role->connections)
        {
            io_stream_close(&LIST_OBJECT(link, struct agent_connection, link)->stream);
        }
        return;
    }
    while ((entry = due_take(&role->idle, io_now(role->loop)))) {
        drop(LIST_OBJECT(entry, struct agent_connection, idle));
    }
    io_timer_set(&role->timer, due_next(&role->idle));
}
