/* SPDX-License-Identifier: BSD-3-Clause */
/* The receiver on the agent role: what arrives goes to receiver.c, what that answers goes out. */
#include <stdlib.h>

#include "base/err.h"
#include "io/timer.h"
#include "msg/message.h"
#include "session/receiver.h"

#define TRAP_PORT 162

/* The receiver's world; the receiver's io points back to it. */
struct receiver_server {
    uv_loop_t *loop;
    struct uvsnmp_receiver *receiver;
    struct uvsnmp_agent_role *role;
    struct io_timer timer;
    void (*closed)(void *arg);
    void *closed_arg;
};

static struct receiver_server *server_of(const struct uvsnmp_receiver *receiver)
{
    return receiver->io.arg;
}

/* ---- what the protocol asks for ---- */

static uint8_t *get_buffer(size_t *capacity, void *arg)
{
    return uvsnmp_agent_role_buffer(((struct receiver_server *)arg)->role, capacity);
}

static void send_reply(const struct uvsnmp_return_path *path, const uint8_t *data, size_t size, void *arg)
{
    int rc = uvsnmp_agent_role_reply(((struct receiver_server *)arg)->role, path, data, size);
    if (rc < 0) {
        log_debug("receiver", "an answer of %zu octets was not sent: %s", size, uvsnmp_strerror(rc));
    }
}

static uint64_t get_now(void *arg)
{
    return io_now(((struct receiver_server *)arg)->loop);
}

static void set_wake(uint64_t due, void *arg)
{
    io_timer_set(&((struct receiver_server *)arg)->timer, due);
}

/* ---- the end: the role, then the timer ---- */

static void on_timer_closed(struct io_timer *timer)
{
    struct receiver_server *server = timer->arg;
    void (*closed)(void *) = server->closed;
    void *arg = server->closed_arg;
    receiver_free(server->receiver);
    free(server);
    if (closed) {
        closed(arg);
    }
}

static void on_role_closed(void *arg)
{
    io_timer_close(&((struct receiver_server *)arg)->timer, on_timer_closed);
}

static void on_timer(struct io_timer *timer)
{
    struct receiver_server *server = timer->arg;
    if (server->receiver->closing) {
        uvsnmp_agent_role_close(server->role, on_role_closed, server);
    } else {
        receiver_tick(server->receiver);
    }
}

void uvsnmp_receiver_close(struct uvsnmp_receiver *receiver, void (*closed)(void *arg), void *arg)
{
    struct receiver_server *server = server_of(receiver);
    if (receiver->closing) {
        return;
    }
    receiver->closing = true;
    server->closed = closed;
    server->closed_arg = arg;
    set_wake(get_now(server), server); /* later: a callback of the role may be on the stack */
}

/* ---- the role ---- */

static void on_arrival(struct uvsnmp_agent_role *role, const struct uvsnmp_arrival *arrival, void *arg)
{
    (void)role;
    receiver_handle(((struct receiver_server *)arg)->receiver, arrival);
}

static void on_role_error(struct uvsnmp_agent_role *role, const struct uvsnmp_error *error, void *arg)
{
    struct uvsnmp_receiver *receiver = ((struct receiver_server *)arg)->receiver;
    (void)role;
    if (receiver->on_error) {
        receiver->on_error(receiver, error, receiver->arg);
    } else {
        log_debug("receiver", "%s", error->detail);
    }
}

static int open_role(struct receiver_server *server, const struct uvsnmp_receiver_options *options,
                     struct uvsnmp_error *err)
{
    const struct uvsnmp_agent_role_options role_options = {
        .interfaces = options->interfaces,
        .interface_count = options->interface_count,
        .default_port = options->default_port ? options->default_port : TRAP_PORT,
        .frame = msg_frame,
        .on_arrival = on_arrival,
        .on_error = on_role_error,
        .arg = server,
    };
    return uvsnmp_agent_role_new(server->loop, &role_options, &server->role, err);
}

int uvsnmp_receiver_new(uv_loop_t *loop, const struct uvsnmp_receiver_options *options,
                        struct uvsnmp_receiver **out, struct uvsnmp_error *err)
{
    *out = NULL;
    if (!options->on_notification) {
        return err_set(err, UVSNMP_EBAD_ARGUMENT, "a receiver needs a callback for notifications");
    }
    if (options->engine_id.size > 0 && !engine_id_is_valid(options->engine_id)) {
        return err_set(err, UVSNMP_EBAD_ARGUMENT, "an engine ID has 5 to 32 octets, not all 0 or all 255");
    }
    struct receiver_server *server = calloc(1, sizeof(*server));
    if (!server) {
        return err_set(err, UVSNMP_ENO_MEMORY, "no memory for a receiver");
    }
    const struct receiver_io io = {get_buffer, send_reply, get_now, set_wake, server};
    server->loop = loop;
    server->receiver = receiver_new(&io, options);
    int rc = server->receiver ? open_role(server, options, err)
                              : err_set(err, UVSNMP_ENO_MEMORY, "no memory for a receiver");
    if (rc < 0) {
        receiver_free(server->receiver);
        free(server);
        return rc;
    }
    io_timer_init(&server->timer, loop, on_timer, server);
    *out = server->receiver;
    return 0;
}

int uvsnmp_receiver_listen(struct uvsnmp_receiver *receiver, const char *interface_, struct uvsnmp_error *err)
{
    return receiver->closing ? err_set(err, UVSNMP_ECLOSED, "the receiver is closing")
                             : uvsnmp_agent_role_listen(server_of(receiver)->role, interface_, err);
}

void uvsnmp_receiver_pause(struct uvsnmp_receiver *receiver, bool pause)
{
    if (!receiver->closing) {
        uvsnmp_agent_role_pause(server_of(receiver)->role, pause);
    }
}

const struct uvsnmp_address *uvsnmp_receiver_bound(const struct uvsnmp_receiver *receiver, size_t index)
{
    return uvsnmp_agent_role_bound(server_of(receiver)->role, index);
}
