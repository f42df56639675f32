/* SPDX-License-Identifier: BSD-3-Clause */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/err.h"
#include "base/log.h"
#include "io/manager_impl.h"

/* ---- the turn ---- */

static void on_turn(uv_prepare_t *handle);

static void on_hurry(uv_idle_t *handle)
{
    (void)handle; /* its being active is enough */
}

static bool has_work_due(const struct uvsnmp_manager *manager)
{
    return !list_is_empty(&manager->finished) || manager->turn_budget == 0 ||
           (manager->stats.outstanding == 0 && (manager->drained || manager->is_closing));
}

void manager_wake(struct uvsnmp_manager *manager)
{
    /* the second since this turn of the loop, or the flush in it, may be over already */
    (void)uv_prepare_start(&manager->turn, on_turn);
    (void)uv_idle_start(&manager->hurry, on_hurry);
}

static struct uvsnmp_exchange *next_finished(struct uvsnmp_manager *manager)
{
    return list_is_empty(&manager->finished)
               ? NULL
               : LIST_OBJECT(manager->finished.next, struct uvsnmp_exchange, link);
}

void manager_free_exchange(struct uvsnmp_exchange *exchange)
{
    list_remove(&exchange->in_all);
    list_remove(&exchange->link);
    io_addresses_drop(exchange->candidates);
    free(exchange->detail);
    free(exchange);
}

static void call_done(struct uvsnmp_exchange *exchange, const struct uvsnmp_exchange_result *result)
{
    exchange->manager->stats.outstanding--;
    exchange->done(result, exchange->arg);
    manager_free_exchange(exchange);
}

/* Calls back for what has ended so far; what ends meanwhile is for the next round, so that this one ends. */
static void call_finished(struct uvsnmp_manager *manager)
{
    struct uvsnmp_exchange *exchange;
    struct list due;
    list_init(&due);
    while ((exchange = next_finished(manager))) {
        list_remove(&exchange->link);
        list_append(&due, &exchange->link);
    }
    while (!list_is_empty(&due)) {
        exchange = LIST_OBJECT(due.next, struct uvsnmp_exchange, link);
        list_remove(&exchange->link);
        call_done(exchange, &(struct uvsnmp_exchange_result){
                                .status = exchange->status,
                                .detail = exchange->detail   ? exchange->detail
                                          : exchange->status ? uvsnmp_strerror(exchange->status)
                                                             : "",
                                .from = exchange->has_peer ? &exchange->peer : NULL,
                                .attempts = exchange->attempts,
                            });
    }
}

static uint64_t earlier(uint64_t a, uint64_t b)
{
    return a < b ? a : b;
}

static void set_timer(struct uvsnmp_manager *manager)
{
    uint64_t due = earlier(due_next(&manager->table.timeouts), due_next(&manager->table.deadlines));
    due = earlier(due, due_next(&manager->idle));
    io_timer_set(&manager->timer, earlier(due, manager->flush_again_at));
}

static void begin_close(struct uvsnmp_manager *manager);

static void on_turn(uv_prepare_t *handle)
{
    struct uvsnmp_manager *manager = handle->data;
    /* who wakes the manager from here on wants another turn */
    (void)uv_idle_stop(&manager->hurry);
    call_finished(manager);
    manager_udp_flush(manager);
    manager_stream_flush(manager);
    /* what needs no answer, or could not be sent, has ended by now */
    call_finished(manager);
    if (manager->drained && manager->stats.outstanding == 0) {
        uvsnmp_manager_cb *drained = manager->drained;
        manager->drained = NULL;
        drained(manager, manager->drained_arg);
    }
    if (manager->is_closing && manager->stats.outstanding == 0) {
        begin_close(manager);
        return;
    }
    set_timer(manager);
    if (has_work_due(manager)) {
        manager_wake(manager);
    } else if (manager->stats.outstanding == 0) {
        (void)uv_idle_stop(&manager->hurry);
        (void)uv_prepare_stop(&manager->turn);
    }
}

/* ---- how exchanges end ---- */

/* Takes an exchange out of everything it waits in. */
static void detach(struct uvsnmp_exchange *exchange)
{
    if (exchange->state == EXCHANGE_RESOLVING && exchange->waiter) {
        io_resolver_forget(exchange->waiter);
        free(exchange->waiter);
        exchange->waiter = NULL;
    } else if (exchange->state == EXCHANGE_CONNECTED) {
        manager_stream_forget(exchange);
    }
    exchange_forget(&exchange->manager->table, exchange);
    due_remove(&exchange->timeout);
    due_remove(&exchange->deadline);
    manager_udp_release_slot(exchange);
    list_remove(&exchange->link);
    exchange->state = EXCHANGE_FINISHED;
}

void manager_finish(struct uvsnmp_exchange *exchange, int status, const char *detail)
{
    if (exchange->state == EXCHANGE_FINISHED) {
        return;
    }
    detach(exchange);
    exchange->status = status;
    exchange->detail = detail ? strdup(detail) : NULL;
    list_append(&exchange->manager->finished, &exchange->link);
    manager_wake(exchange->manager);
}

/* Ends an exchange with an answer; the callback is called now. */
static void answer(struct uvsnmp_exchange *exchange, const struct uvsnmp_address *from, const uint8_t *data,
                   size_t size)
{
    detach(exchange);
    call_done(exchange, &(struct uvsnmp_exchange_result){
                            .detail = "",
                            .from = from,
                            .data = data,
                            .size = size,
                            .attempts = exchange->attempts,
                        });
}

void manager_was_sent(struct uvsnmp_exchange *exchange)
{
    exchange->attempts++;
    exchange->manager->stats.sent++;
    if (exchange->timeout_ms == 0) {
        manager_finish(exchange, 0, NULL);
    }
}

void manager_start_timeout(struct uvsnmp_exchange *exchange, uint64_t timeout_ms)
{
    struct uvsnmp_manager *manager = exchange->manager;
    if (timeout_ms > 0 &&
        due_add(&manager->table.timeouts, &exchange->timeout, io_now(manager->loop), timeout_ms) < 0) {
        manager_finish(exchange, UVSNMP_ENO_MEMORY, NULL);
    }
}

uint8_t *manager_scratch(struct uvsnmp_manager *manager)
{
    if (!manager->scratch) {
        manager->scratch = malloc(MANAGER_SCRATCH_SIZE);
    }
    return manager->scratch;
}

void manager_peer_failed(struct uvsnmp_exchange *exchange, int status, const char *detail)
{
    struct uvsnmp_error err;
    char last[MANAGER_DETAIL_MAX];
    if (exchange->state == EXCHANGE_FINISHED) {
        return;
    }
    (void)snprintf(last, sizeof(last), "%s", detail);
    while (exchange->candidates) {
        exchange->dead |= 1u << exchange->candidate;
        /* before the peer changes, for the slot belongs to its family's socket */
        exchange_forget(&exchange->manager->table, exchange);
        due_remove(&exchange->timeout);
        manager_udp_release_slot(exchange);
        if (exchange->state == EXCHANGE_CONNECTED) {
            manager_stream_forget(exchange);
        }
        list_remove(&exchange->link);
        if (!exchange_next_candidate(exchange)) {
            break;
        }
        log_debug("io", "%s; trying the next address", last);
        if (manager_submit(exchange, &err) == 0) {
            return;
        }
        status = err.code;
        (void)snprintf(last, sizeof(last), "%s", err.detail);
    }
    manager_finish(exchange, status, last);
}

static void attempt_timed_out(struct uvsnmp_exchange *exchange)
{
    char detail[MANAGER_DETAIL_MAX], text[UVSNMP_ADDRESS_TEXT_MAX];
    bool is_datagram = exchange->peer.transport == UVSNMP_UDP;
    if (is_datagram && exchange->attempts <= exchange->retries) {
        exchange->manager->stats.retries++;
        if (exchange->candidates && exchange->candidates->count > 1) {
            /* the slot belongs to the family's socket, and the next address may be of the other family */
            manager_udp_release_slot(exchange);
            list_remove(&exchange->link);
            (void)exchange_next_candidate(exchange);
            if (manager_submit(exchange, NULL) < 0) {
                manager_peer_failed(exchange, UVSNMP_EUNREACHABLE, "no socket for this address");
            }
            return;
        }
        manager_udp_resend(exchange);
        return;
    }
    exchange->manager->stats.timeouts++;
    (void)io_address_text(&exchange->peer, text);
    if (is_datagram) {
        (void)snprintf(detail, sizeof(detail), "no answer from %s after %u attempt%s", text,
                       exchange->attempts, exchange->attempts == 1 ? "" : "s");
    } else if (exchange->timeout_ms == 0) {
        (void)snprintf(detail, sizeof(detail), "%s does not take what it is sent", text);
    } else {
        (void)snprintf(detail, sizeof(detail), "no answer from %s", text);
    }
    manager_finish(exchange, UVSNMP_ETIMEOUT, detail);
}

static void deadline_passed(struct uvsnmp_exchange *exchange)
{
    char detail[MANAGER_DETAIL_MAX];
    (void)snprintf(detail, sizeof(detail), "no answer within %llu ms (sent %u time%s)",
                   (unsigned long long)exchange->deadline_ms, exchange->attempts,
                   exchange->attempts == 1 ? "" : "s");
    manager_finish(exchange, UVSNMP_EDEADLINE, detail);
}

static void on_timer(struct io_timer *timer)
{
    struct uvsnmp_manager *manager = timer->arg;
    uint64_t now = io_now(manager->loop);
    struct due_entry *entry;
    while ((entry = due_take(&manager->table.deadlines, now))) {
        deadline_passed(LIST_OBJECT(entry, struct uvsnmp_exchange, deadline));
    }
    while ((entry = due_take(&manager->table.timeouts, now))) {
        attempt_timed_out(LIST_OBJECT(entry, struct uvsnmp_exchange, timeout));
    }
    manager_stream_end_idle(manager, now);
    set_timer(manager);
}

void manager_trace(const struct uvsnmp_manager *manager, bool sent, const struct uvsnmp_address *peer,
                   const uint8_t *data, size_t size)
{
    struct uvsnmp_trace trace = {.sent = sent, .peer = peer, .data = data, .size = size};
    if (peer->transport == UVSNMP_UDP) {
        bool v6 = peer->at.any.sa_family == AF_INET6;
        trace.local_port = io_udp_local_port(&manager->sockets[v6 ? MANAGER_V6 : MANAGER_V4].udp);
    }
    manager->trace(&trace, manager->trace_arg);
}

int manager_refuse_family(const struct uvsnmp_manager *manager, int family, struct uvsnmp_error *err)
{
    char text[UVSNMP_ADDRESS_TEXT_MAX];
    return err_set(err, UVSNMP_EBAD_ADDRESS, "an %s peer cannot be reached from the local address %s",
                   family == AF_INET6 ? "IPv6" : "IPv4", io_address_text(&manager->local, text));
}

void manager_arrival(struct uvsnmp_manager *manager, const struct uvsnmp_address *from, const uint8_t *data,
                     size_t size)
{
    struct uvsnmp_exchange *exchange = NULL;
    bool wrong_source = false;
    uint64_t key;
    manager->stats.received++;
    if (manager->trace) {
        manager_trace(manager, false, from, data, size);
    }
    if (!manager->key) {
        exchange = exchange_match_oldest(&manager->table, from);
    } else if (manager->key(data, size, &key)) {
        exchange = exchange_match(&manager->table, from, key, &wrong_source);
    }
    bool is_refused = exchange && exchange->accept && !exchange->accept(from, data, size, exchange->arg);
    if (exchange && !is_refused) {
        answer(exchange, from, data, size);
        return;
    }
    manager->stats.unmatched++;
    if (is_refused) {
        return;
    }
    manager->stats.wrong_source += wrong_source;
    if (manager->on_unmatched && !manager->is_closing) {
        manager->on_unmatched(manager, from, data, size, manager->arg);
    }
}

void uvsnmp_exchange_cancel(struct uvsnmp_exchange *exchange)
{
    manager_finish(exchange, UVSNMP_ECANCELLED, NULL);
}

/* ---- life ---- */

static void on_prepare_closed(uv_handle_t *handle)
{
    manager_handle_closed(handle->data);
}

static void on_timer_closed(struct io_timer *timer)
{
    manager_handle_closed(timer->arg);
}

static void on_resolver_closed(void *arg)
{
    manager_handle_closed(arg);
}

static int set_addresses(struct uvsnmp_manager *manager, const struct uvsnmp_manager_options *options,
                         struct uvsnmp_error *err)
{
    int rc = 0;
    if (options->peer) {
        rc = io_address_split(options->peer, options->default_port, &manager->peer, err);
        manager->has_peer = true;
    }
    if (rc == 0 && options->local) {
        rc = io_resolve_now(manager->loop, options->local, 0, &manager->local, err);
        manager->has_local = true;
        if (rc == 0 && manager->local.transport == UVSNMP_UNIX) {
            rc = err_set(err, UVSNMP_EUNSUPPORTED, "'%.150s' cannot be a local address to send from",
                         options->local);
        }
    }
    return rc;
}

/* The local address is bound at once, so that its faults show here; tcp binds it for each connection. */
static int bind_local(struct uvsnmp_manager *manager, struct uvsnmp_error *err)
{
    return manager->has_local && manager->local.transport == UVSNMP_UDP
               ? manager_udp_open(manager, manager->local.at.any.sa_family, err)
               : 0;
}

int uvsnmp_manager_new(uv_loop_t *loop, const struct uvsnmp_manager_options *options,
                       struct uvsnmp_manager **out, struct uvsnmp_error *err)
{
    static const struct uvsnmp_manager_options defaults = {0};
    struct uvsnmp_manager *manager = calloc(1, sizeof(*manager));
    int rc;
    if (!manager) {
        return err_set(err, UVSNMP_ENO_MEMORY, "no memory for a manager");
    }
    options = options ? options : &defaults;
    manager->loop = loop;
    manager->key = options->key;
    manager->sent_key = options->sent_key;
    manager->frame = options->frame;
    manager->on_unmatched = options->on_unmatched;
    manager->arg = options->arg;
    manager->trace = options->trace;
    manager->trace_arg = options->trace_arg;
    manager->default_port = options->default_port;
    manager->max_in_flight = options->max_in_flight;
    manager->receive_buffer = options->receive_buffer;
    manager->patient = options->patient;
    manager->flush_again_at = IO_NEVER;
    manager->turn_budget = 1;
    exchange_table_init(&manager->table);
    list_init(&manager->all);
    list_init(&manager->finished);
    map_init(&manager->connections);
    list_init(&manager->unsent);
    list_init(&manager->connected);
    due_init(&manager->idle);
    for (int i = 0; i < MANAGER_SOCKETS; i++) {
        list_init(&manager->sockets[i].again);
        list_init(&manager->sockets[i].queue);
    }
    rc = set_addresses(manager, options, err);
    if (rc == 0) {
        rc = bind_local(manager, err);
    }
    if (rc < 0) {
        io_udp_batch_free(manager->batch);
        free(manager);
        return rc;
    }
    (void)uv_prepare_init(loop, &manager->turn);
    (void)uv_idle_init(loop, &manager->hurry);
    manager->turn.data = manager->hurry.data = manager;
    io_timer_init(&manager->timer, loop, on_timer, manager);
    manager->open_handles += 3;
    *out = manager;
    return 0;
}

int uvsnmp_manager_drain(struct uvsnmp_manager *manager, uvsnmp_manager_cb *drained, void *arg)
{
    if (manager->is_closing) {
        return UVSNMP_ECLOSED;
    }
    if (manager->drained || !drained) {
        return UVSNMP_EBAD_ARGUMENT;
    }
    manager->drained = drained;
    manager->drained_arg = arg;
    manager_wake(manager);
    return 0;
}

void uvsnmp_manager_close(struct uvsnmp_manager *manager, uvsnmp_manager_cb *closed, void *arg)
{
    if (manager->is_closing) {
        return;
    }
    manager->is_closing = true;
    manager->closed = closed;
    manager->closed_arg = arg;
    LIST_EACH(link, following, &manager->all)
    {
        manager_finish(LIST_OBJECT(link, struct uvsnmp_exchange, in_all), UVSNMP_ECANCELLED, NULL);
    }
    manager_wake(manager);
}

/* All callbacks have been called: lets go of everything. */
static void begin_close(struct uvsnmp_manager *manager)
{
    if (manager->has_begun_close) {
        return;
    }
    manager->has_begun_close = true;
    uv_close((uv_handle_t *)&manager->turn, on_prepare_closed);
    uv_close((uv_handle_t *)&manager->hurry, on_prepare_closed);
    io_timer_close(&manager->timer, on_timer_closed);
    manager_udp_close(manager);
    manager_stream_close(manager);
    if (manager->resolver) {
        manager->open_handles++;
        io_resolver_close(manager->resolver, on_resolver_closed, manager);
    }
}

void manager_handle_closed(struct uvsnmp_manager *manager)
{
    manager->open_handles--;
    if (manager->open_handles > 0 || !manager->has_begun_close) {
        return;
    }
    exchange_table_fini(&manager->table);
    map_fini(&manager->connections);
    due_fini(&manager->idle);
    io_udp_batch_free(manager->batch);
    free(manager->scratch);
    if (manager->closed) {
        manager->closed(manager, manager->closed_arg);
    }
    free(manager);
}

void uvsnmp_manager_stats(const struct uvsnmp_manager *manager, struct uvsnmp_manager_stats *out)
{
    *out = manager->stats;
}
