/* SPDX-License-Identifier: BSD-3-Clause */
#include <stdlib.h>
#include <string.h>

#include "base/err.h"
#include "io/address.h"
#include "io/agent_role_impl.h"
#include "io/resolve.h"

#define SNMP_PORT 161
#define MAX_MESSAGE 65535
#define MAX_CONNECTIONS 256
#define IDLE_TIMEOUT_MS 600000

static void on_turn(uv_prepare_t *handle)
{
    struct uvsnmp_agent_role *role = handle->data;
    (void)uv_prepare_stop(handle);
    agent_udp_flush(role);
}

void agent_role_wake(struct uvsnmp_agent_role *role)
{
    if (!role->is_closing) {
        (void)uv_prepare_start(&role->turn, on_turn);
    }
}

int agent_role_add_target(struct uvsnmp_agent_role *role, struct agent_target *target,
                          enum agent_target_kind kind)
{
    target->kind = kind;
    return map_insert(&role->targets, &target->by_id, ++role->last_id);
}

void agent_role_report(struct uvsnmp_agent_role *role, int code, const char *detail)
{
    struct uvsnmp_error error;
    if (role->on_error && !role->is_closing) {
        (void)err_set(&error, code, "%s", detail);
        role->on_error(role, &error, role->arg);
    }
}

void agent_role_deliver(struct uvsnmp_agent_role *role, const struct uvsnmp_return_path *path, uint8_t *data,
                        size_t size, bool truncated)
{
    struct uvsnmp_arrival arrival = {path, data, size, truncated};
    role->on_arrival(role, &arrival, role->arg);
}

/* ---- life ---- */

static void on_prepare_closed(uv_handle_t *handle)
{
    agent_role_handle_closed(handle->data);
}

static struct uvsnmp_agent_role *make_role(uv_loop_t *loop, const struct uvsnmp_agent_role_options *options)
{
    struct uvsnmp_agent_role *role = calloc(1, sizeof(*role));
    if (!role) {
        return NULL;
    }
    role->loop = loop;
    role->frame = options->frame;
    role->on_arrival = options->on_arrival;
    role->on_error = options->on_error;
    role->arg = options->arg;
    role->default_port = options->default_port ? options->default_port : SNMP_PORT;
    role->max_message = options->max_message ? options->max_message : MAX_MESSAGE;
    role->max_connections = options->max_connections ? options->max_connections : MAX_CONNECTIONS;
    role->idle_timeout_ms = options->idle_timeout_ms ? options->idle_timeout_ms : IDLE_TIMEOUT_MS;
    role->receive_buffer = options->receive_buffer;
    list_init(&role->endpoints);
    list_init(&role->connections);
    map_init(&role->targets);
    due_init(&role->idle);
    (void)uv_prepare_init(loop, &role->turn);
    role->turn.data = role;
    io_timer_init(&role->timer, loop, agent_stream_on_timer, role);
    role->open_handles = 2;
    return role;
}

static int listen_all(struct uvsnmp_agent_role *role, const struct uvsnmp_agent_role_options *options,
                      struct uvsnmp_error *err)
{
    int rc = 0;
    if (!options->interfaces) {
        return uvsnmp_agent_role_listen(role, "udp:127.0.0.1", err);
    }
    if (options->interface_count == 0) {
        return err_set(err, UVSNMP_EBAD_ARGUMENT, "no interface to listen on");
    }
    for (size_t i = 0; rc == 0 && i < options->interface_count; i++) {
        rc = uvsnmp_agent_role_listen(role, options->interfaces[i], err);
    }
    return rc;
}

int uvsnmp_agent_role_new(uv_loop_t *loop, const struct uvsnmp_agent_role_options *options,
                          struct uvsnmp_agent_role **out, struct uvsnmp_error *err)
{
    struct uvsnmp_agent_role *role;
    int rc;
    if (!options->on_arrival) {
        return err_set(err, UVSNMP_EBAD_ARGUMENT, "an agent needs a callback for what arrives");
    }
    if (options->max_message > MAX_MESSAGE) {
        return err_set(err, UVSNMP_EBAD_ARGUMENT, "max_message is more than %d octets", MAX_MESSAGE);
    }
    role = make_role(loop, options);
    if (!role) {
        return err_set(err, UVSNMP_ENO_MEMORY, "no memory for an agent");
    }
    rc = listen_all(role, options, err);
    if (rc < 0) {
        uvsnmp_agent_role_close(role, NULL, NULL);
        return rc;
    }
    *out = role;
    return 0;
}

/* Opens it, or frees it. */
static int open_endpoint(struct agent_endpoint *endpoint, const struct uvsnmp_address *address,
                         struct uvsnmp_error *err)
{
    bool is_udp = address->transport == UVSNMP_UDP;
    int rc =
        agent_role_add_target(endpoint->role, &endpoint->target, is_udp ? AGENT_DATAGRAMS : AGENT_LISTENER);
    if (rc < 0) {
        free(endpoint);
        return err_set(err, rc, "no memory for an interface");
    }
    rc = is_udp ? agent_udp_listen(endpoint, address, err) : agent_stream_listen(endpoint, address, err);
    if (rc < 0) {
        map_remove(&endpoint->role->targets, &endpoint->target.by_id);
        free(endpoint);
    }
    return rc;
}

int uvsnmp_agent_role_listen(struct uvsnmp_agent_role *role, const char *interface_, struct uvsnmp_error *err)
{
    struct uvsnmp_address address;
    struct agent_endpoint *endpoint;
    int rc;
    if (role->is_closing) {
        return err_set(err, UVSNMP_ECLOSED, "the agent is being closed");
    }
    rc = io_resolve_now(role->loop, interface_, role->default_port, &address, err);
    if (rc < 0) {
        return rc;
    }
    if (address.transport != UVSNMP_UDP && !role->frame) {
        return err_set(err, UVSNMP_EUNSUPPORTED, "'%.150s': this agent takes no streams", interface_);
    }
    endpoint = calloc(1, sizeof(*endpoint));
    if (!endpoint) {
        return err_set(err, UVSNMP_ENO_MEMORY, "no memory for an interface");
    }
    endpoint->role = role;
    rc = open_endpoint(endpoint, &address, err);
    if (rc == 0) {
        list_append(&role->endpoints, &endpoint->link);
        if (endpoint->target.kind == AGENT_DATAGRAMS) {
            io_udp_hold(&endpoint->socket.udp, role->is_held);
        }
    }
    return rc;
}

const struct uvsnmp_address *uvsnmp_agent_role_bound(const struct uvsnmp_agent_role *role, size_t index)
{
    LIST_EACH(link, following, &role->endpoints)
    {
        if (index-- == 0) {
            return &LIST_OBJECT(link, struct agent_endpoint, link)->bound;
        }
    }
    return NULL;
}

void uvsnmp_agent_role_pause(struct uvsnmp_agent_role *role, bool pause)
{
    if (role->is_closing || role->is_held == pause) {
        return;
    }
    role->is_held = pause;
    LIST_EACH(link, following, &role->endpoints)
    {
        struct agent_endpoint *endpoint = LIST_OBJECT(link, struct agent_endpoint, link);
        if (endpoint->target.kind == AGENT_DATAGRAMS) {
            io_udp_hold(&endpoint->socket.udp, pause);
        }
    }
    agent_stream_hold(role);
}

int uvsnmp_agent_role_reply(struct uvsnmp_agent_role *role, const struct uvsnmp_return_path *path,
                            const void *data, size_t size)
{
    struct map_link *found = role->is_closing ? NULL : map_find(&role->targets, path->endpoint);
    struct agent_target *target = found ? LIST_OBJECT(found, struct agent_target, by_id) : NULL;
    if (role->is_closing) {
        return UVSNMP_ECLOSED;
    }
    if (!target || target->kind == AGENT_LISTENER) {
        return UVSNMP_EDISCONNECTED;
    }
    if (target->kind == AGENT_DATAGRAMS) {
        return agent_udp_reply(LIST_OBJECT(target, struct agent_endpoint, target), path, data, size);
    }
    return agent_stream_reply(target, data, size);
}

void uvsnmp_agent_role_close(struct uvsnmp_agent_role *role, uvsnmp_agent_role_cb *closed, void *arg)
{
    if (role->is_closing) {
        return;
    }
    role->is_closing = true; /* from here on no error is reported, whose callback could come back here */
    agent_udp_flush(role);
    if (role->out) {
        role->out->count = 0; /* what the network does not take now goes with its socket */
    }
    role->closed = closed;
    role->closed_arg = arg;
    LIST_EACH(link, following, &role->endpoints)
    {
        struct agent_endpoint *endpoint = LIST_OBJECT(link, struct agent_endpoint, link);
        /* a connection may close later than this one is freed, and then looks through the map */
        map_remove(&role->targets, &endpoint->target.by_id);
        if (endpoint->target.kind == AGENT_DATAGRAMS) {
            io_udp_close(&endpoint->socket.udp);
        } else {
            agent_stream_close_listener(endpoint);
        }
    }
    list_init(&role->endpoints);
    agent_stream_close(role);
    uv_close((uv_handle_t *)&role->turn, on_prepare_closed);
}

void agent_role_handle_closed(struct uvsnmp_agent_role *role)
{
    if (--role->open_handles > 0) {
        return;
    }
    map_fini(&role->targets);
    due_fini(&role->idle);
    io_udp_batch_free(role->batch);
    if (role->out) {
        free(role->out->memory);
        free(role->out);
    }
    if (role->closed) {
        role->closed(role->closed_arg);
    }
    free(role);
}
