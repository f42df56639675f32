/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * What the parts of the agent role share: agent_role.c (life, interfaces), agent_role_udp.c (datagrams and
 * the queue of their answers), agent_role_stream.c (tcp and unix listeners and their clients).
 */
#ifndef IO_AGENT_ROLE_IMPL_H
#define IO_AGENT_ROLE_IMPL_H

#include <uvsnmp/agent_role.h>

#include "base/list.h"
#include "base/log.h"
#include "base/map.h"
#include "io/due.h"
#include "io/stream.h"
#include "io/timer.h"
#include "io/udp.h"

/* What an answer can be sent through; `endpoint` of a return path is the key. */
enum agent_target_kind { AGENT_DATAGRAMS, AGENT_LISTENER, AGENT_CONNECTION };
struct agent_target {
    struct map_link by_id;
    enum agent_target_kind kind;
};

struct agent_endpoint {
    struct agent_target target;
    struct list link; /* in the role's list, in the order the interfaces were given */
    struct uvsnmp_agent_role *role;
    struct uvsnmp_address bound;
    bool is_blocked;
    union {
        struct io_udp udp;
        struct io_listener listener;
    } socket;
};

/* An answer that waits to be sent. */
struct agent_answer {
    struct agent_endpoint *endpoint;
    struct iovec data;
    struct uvsnmp_address peer, local;
    unsigned ifindex;
    union io_udp_control control;
};

struct agent_out_queue {
    unsigned count;
    struct agent_answer answers[IO_UDP_BATCH];
    struct mmsghdr messages[IO_UDP_BATCH];
    uint8_t *memory; /* the answers' octets: from both ends towards the middle */
    size_t low, high;
    int error; /* the first errno of a flush, and whom it was about: told when the queue is in order again */
    struct uvsnmp_address error_peer;
};

struct uvsnmp_agent_role {
    uv_loop_t *loop;
    uvsnmp_frame_fn *frame;
    uvsnmp_arrival_cb *on_arrival;
    uvsnmp_agent_role_error_cb *on_error;
    void *arg;
    uint16_t default_port;
    size_t max_message, max_connections;
    uint64_t idle_timeout_ms;
    int receive_buffer;
    bool is_closing;
    bool is_held;
    bool is_in_batch; /* datagrams are being delivered; their answers leave together at the end */

    struct list endpoints;
    struct map targets;
    uint64_t last_id;
    struct io_udp_batch *batch;
    struct agent_out_queue *out;
    struct log_limit send_errors, client_errors, accept_errors;

    struct list connections;
    size_t connection_count;
    struct due_set idle;

    uv_prepare_t turn;
    struct io_timer timer;
    size_t open_handles;
    uvsnmp_agent_role_cb *closed;
    void *closed_arg;
};

/* ---- agent_role.c ---- */
int agent_role_add_target(struct uvsnmp_agent_role *role, struct agent_target *target,
                          enum agent_target_kind kind);
void agent_role_report(struct uvsnmp_agent_role *role, int code, const char *detail);
void agent_role_handle_closed(struct uvsnmp_agent_role *role);
void agent_role_deliver(struct uvsnmp_agent_role *role, const struct uvsnmp_return_path *path, uint8_t *data,
                        size_t size, bool truncated);
/* The turn runs before the loop waits: something is to be sent. */
void agent_role_wake(struct uvsnmp_agent_role *role);

/* ---- agent_role_udp.c ---- */
/* When it fails nothing is left to close, and the endpoint is the caller's. */
int agent_udp_listen(struct agent_endpoint *endpoint, const struct uvsnmp_address *address,
                     struct uvsnmp_error *err);
int agent_udp_reply(struct agent_endpoint *endpoint, const struct uvsnmp_return_path *path, const void *data,
                    size_t size);
void agent_udp_flush(struct uvsnmp_agent_role *role);

/* ---- agent_role_stream.c ---- */
/* As agent_udp_listen(). */
int agent_stream_listen(struct agent_endpoint *endpoint, const struct uvsnmp_address *address,
                        struct uvsnmp_error *err);
/* Frees the endpoint in the end. */
void agent_stream_close_listener(struct agent_endpoint *endpoint);
/* Holds or lets go all connections. */
void agent_stream_hold(struct uvsnmp_agent_role *role);
int agent_stream_reply(struct agent_target *target, const void *data, size_t size);
/* Closes the connections, those with answers waiting once they have taken them or after a grace period. The
 * role's timer is closed with the last. */
void agent_stream_close(struct uvsnmp_agent_role *role);
void agent_stream_on_timer(struct io_timer *timer);

#endif
