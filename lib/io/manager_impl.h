/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * What the parts of the manager share: manager.c (life; how exchanges go on and end), manager_send.c (how
 * they begin), manager_udp.c (datagram peers), manager_stream.c (tcp and unix peers).
 *
 * Work is done once per turn of the loop, in a prepare handle that runs just before the loop waits: callbacks
 * of exchanges that ended, then one batch of sends. The handle is active while anything is outstanding, and
 * is what keeps the loop alive.
 */
#ifndef IO_MANAGER_IMPL_H
#define IO_MANAGER_IMPL_H

#include <uvsnmp/manager.h>

#include "io/address.h"
#include "io/exchange.h"
#include "io/resolve.h"
#include "io/timer.h"
#include "io/udp.h"

enum { MANAGER_V4, MANAGER_V6, MANAGER_SOCKETS };

/* One socket for all datagram peers of a family. */
struct manager_socket {
    struct io_udp udp;
    bool is_open, is_blocked, has_big_buffer;
    struct list again; /* exchanges to be sent once more; they hold their slots */
    struct list queue; /* exchanges to be sent first */
    size_t in_flight, limit;
};

struct uvsnmp_manager {
    uv_loop_t *loop;
    uvsnmp_key_fn *key, *sent_key;
    uvsnmp_frame_fn *frame;
    uvsnmp_unmatched_cb *on_unmatched;
    void *arg;
    uvsnmp_trace_cb *trace;
    void *trace_arg;
    uint16_t default_port;
    size_t max_in_flight;
    int receive_buffer;
    bool patient;
    bool has_peer, has_local, is_closing, is_turning, has_begun_close;
    struct io_address_parts peer; /* the default destination */
    struct uvsnmp_address local;

    uv_prepare_t turn;
    uv_idle_t hurry; /* active while there is more to do: the loop must not wait */
    struct io_timer timer;
    uint64_t flush_again_at; /* when the kernel had no memory for a datagram */
    size_t turn_budget; /* so many sends more in this turn; 0: encoders that send go on in the next one */
    size_t open_handles;

    struct exchange_table table;
    struct list all, finished;
    struct io_resolver *resolver;
    struct manager_socket sockets[MANAGER_SOCKETS];
    struct io_udp_batch *batch;
    uint8_t *scratch;       /* where encoded datagrams lie while a batch is sent */
    struct map connections; /* to stream peers, by the peer's hash */
    struct list unsent;     /* those that have something to send */
    struct list connected;  /* all of them */
    struct due_set idle;    /* those without an exchange, until they are closed */
    struct uvsnmp_manager_stats stats;

    uvsnmp_manager_cb *drained, *closed;
    void *drained_arg, *closed_arg;
};

/* ---- manager.c ---- */

/* Ends an exchange with an error, or (status 0) without an answer; the callback comes with the next turn.
 * `detail` is copied. */
void manager_finish(struct uvsnmp_exchange *exchange, int status, const char *detail);

/* The present peer cannot be asked: goes on to the next address of the name, or ends with `status`. */
void manager_peer_failed(struct uvsnmp_exchange *exchange, int status, const char *detail);

/* A message from `from`: to the exchange it answers, or to on_unmatched. */
void manager_arrival(struct uvsnmp_manager *manager, const struct uvsnmp_address *from, const uint8_t *data,
                     size_t size);

/* UVSNMP_EBAD_ADDRESS: the manager's local address is not of the family of a peer. */
int manager_refuse_family(const struct uvsnmp_manager *manager, int family, struct uvsnmp_error *err);

/* Shows a message to who watches; only where manager->trace is set. */
void manager_trace(const struct uvsnmp_manager *manager, bool sent, const struct uvsnmp_address *peer,
                   const uint8_t *data, size_t size);

/* Room for "no answer from PEER …" and the like. */
#define MANAGER_DETAIL_MAX 256

/* Called when one of the handles counted in `open_handles` has closed. */
void manager_handle_closed(struct uvsnmp_manager *manager);

/* The message is with the kernel: ends an exchange that expects no answer. */
void manager_was_sent(struct uvsnmp_exchange *exchange);

/* From now on it takes `timeout_ms` until the attempt is given up. */
void manager_start_timeout(struct uvsnmp_exchange *exchange, uint64_t timeout_ms);

/* The memory for encoded messages; NULL: none. */
#define MANAGER_SCRATCH_SIZE (2 * (IO_DATAGRAM_MAX + 1))
uint8_t *manager_scratch(struct uvsnmp_manager *manager);

/* The loop shall live, and come to the turn before it waits. */
void manager_wake(struct uvsnmp_manager *manager);

void manager_free_exchange(struct uvsnmp_exchange *exchange);

/* ---- manager_send.c ---- */

/* Hands an exchange whose peer is known to its transport. */
int manager_submit(struct uvsnmp_exchange *exchange, struct uvsnmp_error *err);

/* ---- manager_udp.c ---- */

/* The family's socket, opened if need be. */
int manager_udp_open(struct uvsnmp_manager *manager, int family, struct uvsnmp_error *err);
/* Queues an exchange whose peer is resolved; fails when the socket cannot be opened. */
int manager_udp_submit(struct uvsnmp_exchange *exchange, struct uvsnmp_error *err);
/* Queues one that holds a slot for another attempt. */
void manager_udp_resend(struct uvsnmp_exchange *exchange);
void manager_udp_release_slot(struct uvsnmp_exchange *exchange);
/* Sends what is queued. */
void manager_udp_flush(struct uvsnmp_manager *manager);
void manager_udp_close(struct uvsnmp_manager *manager);

/* ---- manager_stream.c ---- */

/* Hands an exchange to the connection with its peer, which is made if need be. */
int manager_stream_submit(struct uvsnmp_exchange *exchange, struct uvsnmp_error *err);
/* The exchange ends or goes elsewhere; the connection may go on. */
void manager_stream_forget(struct uvsnmp_exchange *exchange);
/* Sends what is queued on connections that stand. */
void manager_stream_flush(struct uvsnmp_manager *manager);
/* Closes connections that have been idle for long. */
void manager_stream_end_idle(struct uvsnmp_manager *manager, uint64_t now);
void manager_stream_close(struct uvsnmp_manager *manager);

#endif
