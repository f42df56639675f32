/* SPDX-License-Identifier: BSD-3-Clause */
/* The agent on its role: what arrives goes to core.c's protocol, what that answers goes out. */
#include <stdlib.h>

#include "agent/core.h"
#include "agent/notify_sender.h"
#include "base/err.h"
#include "io/timer.h"
#include "msg/message.h"

#define SNMP_PORT 161

/* The agent's world; the agent's io points back to it. */
struct agent_server {
    uv_loop_t *loop;
    struct uvsnmp_agent *agent;
    struct uvsnmp_agent_role *role; /* NULL: no interface yet */
    struct notify_sender *sender;
    struct io_timer timer;
    void (*closed)(void *arg);
    void *closed_arg;
};

static struct agent_server *server_of(const struct uvsnmp_agent *agent)
{
    return agent->io.arg;
}

/* ---- what the protocol asks for; whoever is to be answered came through the role ---- */

static uint8_t *get_buffer(size_t *capacity, void *arg)
{
    return uvsnmp_agent_role_buffer(((struct agent_server *)arg)->role, capacity);
}

static void send_reply(const struct uvsnmp_return_path *path, const uint8_t *data, size_t size, void *arg)
{
    int rc = uvsnmp_agent_role_reply(((struct agent_server *)arg)->role, path, data, size);
    if (rc < 0) {
        log_debug("agent", "a response of %zu octets was not sent: %s", size, uvsnmp_strerror(rc));
    }
}

static uint64_t get_now(void *arg)
{
    return io_now(((struct agent_server *)arg)->loop);
}

static void set_wake(uint64_t due, void *arg)
{
    io_timer_set(&((struct agent_server *)arg)->timer, due);
}

static void on_timer(struct io_timer *timer)
{
    agent_tick(((struct agent_server *)timer->arg)->agent);
}

/* ---- the end: the protocol, then notifications and the role, then the timer ---- */

static void on_timer_closed(struct io_timer *timer)
{
    struct agent_server *server = timer->arg;
    void (*closed)(void *) = server->closed;
    void *arg = server->closed_arg;
    agent_free(server->agent);
    free(server);
    if (closed) {
        closed(arg);
    }
}

static void on_role_closed(void *arg)
{
    struct agent_server *server = arg;
    io_timer_close(&server->timer, on_timer_closed);
}

static void on_sender_closed(void *arg)
{
    struct agent_server *server = arg;
    if (server->role) {
        uvsnmp_agent_role_close(server->role, on_role_closed, server);
    } else {
        on_role_closed(server);
    }
}

static void on_agent_closed(void *arg)
{
    struct agent_server *server = arg;
    struct notify_sender *sender = server->sender;
    server->sender = NULL;
    notify_sender_close(sender, on_sender_closed, server);
}

/* ---- the role ---- */

static void on_arrival(struct uvsnmp_agent_role *role, const struct uvsnmp_arrival *arrival, void *arg)
{
    (void)role;
    agent_handle(((struct agent_server *)arg)->agent, arrival);
}

static void on_role_error(struct uvsnmp_agent_role *role, const struct uvsnmp_error *error, void *arg)
{
    struct uvsnmp_agent *agent = ((struct agent_server *)arg)->agent;
    (void)role;
    if (agent->on_error) {
        agent->on_error(agent, error, agent->arg);
    } else {
        log_debug("agent", "%s", error->detail);
    }
}

static int open_role(struct agent_server *server, const char *const *interfaces, size_t count,
                     struct uvsnmp_error *err)
{
    const struct uvsnmp_agent_role_options options = {
        .interfaces = interfaces,
        .interface_count = count,
        .default_port = SNMP_PORT,
        .frame = msg_frame,
        .on_arrival = on_arrival,
        .on_error = on_role_error,
        .arg = server,
    };
    return uvsnmp_agent_role_new(server->loop, &options, &server->role, err);
}

int uvsnmp_agent_new(uv_loop_t *loop, const struct uvsnmp_agent_options *options, struct uvsnmp_agent **out,
                     struct uvsnmp_error *err)
{
    static const struct uvsnmp_agent_options defaults;
    const struct uvsnmp_agent_options *wanted = options ? options : &defaults;
    struct agent_server *server = calloc(1, sizeof(*server));
    struct agent_io io = {get_buffer, send_reply, get_now, set_wake, on_agent_closed, server};
    int rc = 0;
    if (!server) {
        return err_set(err, UVSNMP_ENO_MEMORY, "no memory for an agent");
    }
    if (wanted->engine_id.size > 0 && !engine_id_is_valid(wanted->engine_id)) {
        free(server);
        return err_set(err, UVSNMP_EBAD_ARGUMENT, "an engine ID has 5 to 32 octets, not all 0 or all 255");
    }
    server->loop = loop;
    server->agent = agent_new(&io, wanted);
    server->sender = server->agent ? notify_sender_new(loop, server->agent) : NULL;
    if (!server->sender) {
        rc = err_set(err, UVSNMP_ENO_MEMORY, "no memory for an agent");
    } else if (!wanted->interfaces || wanted->interface_count > 0) {
        rc = open_role(server, wanted->interfaces, wanted->interface_count, err);
    }
    if (rc < 0) {
        agent_free(server->agent);
        free(server->sender);
        free(server);
        return rc;
    }
    io_timer_init(&server->timer, loop, on_timer, server);
    *out = server->agent;
    return 0;
}

int uvsnmp_agent_listen(struct uvsnmp_agent *agent, const char *interface_, struct uvsnmp_error *err)
{
    struct agent_server *server = server_of(agent);
    if (agent->closing) {
        return err_set(err, UVSNMP_ECLOSED, "the agent is closing");
    }
    return server->role ? uvsnmp_agent_role_listen(server->role, interface_, err)
                        : open_role(server, &interface_, 1, err);
}

const struct uvsnmp_address *uvsnmp_agent_bound(const struct uvsnmp_agent *agent, size_t index)
{
    const struct agent_server *server = server_of(agent);
    return server->role ? uvsnmp_agent_role_bound(server->role, index) : NULL;
}

void uvsnmp_agent_close(struct uvsnmp_agent *agent, void (*closed)(void *arg), void *arg)
{
    struct agent_server *server = server_of(agent);
    server->closed = closed;
    server->closed_arg = arg;
    agent_close(agent);
    if (!server->role) {
        agent_tick(agent); /* nothing keeps the loop alive until the timer comes */
    }
}
