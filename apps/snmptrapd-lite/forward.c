/* SPDX-License-Identifier: BSD-3-Clause */
#include "apps/snmptrapd-lite/forward.h"

#include <stdlib.h>
#include <string.h>

#include <uvsnmp/session.h>

#include "base/list.h"
#include "base/log.h"
#include "ber/bytes.h"
#include "io/timer.h"

enum {
    TRAP_PORT = 162,
    /* Destinations, each with a version and a community. */
    TARGETS_MAX = 256,
    /* Of one destination. */
    UNDER_WAY_MAX = 1000,
    CLOSE_MS = 500,
    INFORM_MS = 1000,
    INFORM_RETRIES = 5,
    LOG_BURST = 5,
    LOG_PERIOD_MS = 60000,
};

struct target {
    struct list link;
    struct forwards *forwards;
    struct uvsnmp_session *session;
    char *destination;
    enum uvsnmp_version version;
    uint8_t *community;
    size_t community_size;
    size_t under_way;
    bool is_retired; /* freed once nothing is under way */
};

struct forwards {
    uv_loop_t *loop;
    struct uvsnmp_client *client;
    struct list targets; /* the one used last is the last */
    size_t target_count, under_way;
    struct log_limit failures;
    struct io_timer timer;
    enum { FORWARDS_OPEN, FORWARDS_WAITING, FORWARDS_CLOSING } state;
    void (*closed)(void *arg);
    void *closed_arg;
};

static void free_target(struct target *target)
{
    free(target->destination);
    free(target->community);
    free(target);
}

static void retire(struct target *target)
{
    list_remove(&target->link);
    target->forwards->target_count--;
    target->is_retired = true;
    uvsnmp_session_free(target->session);
    if (target->under_way == 0) {
        free_target(target);
    }
}

/* ---- the end ---- */

static void on_client_closed(void *arg)
{
    struct forwards *forwards = arg;
    void (*closed)(void *) = forwards->closed;
    void *closed_arg = forwards->closed_arg;
    free(forwards);
    closed(closed_arg);
}

static void on_timer_closed(struct io_timer *timer)
{
    struct forwards *forwards = timer->arg;
    uvsnmp_client_close(forwards->client, on_client_closed, forwards);
}

static void finish_close(struct forwards *forwards)
{
    if (forwards->under_way > 0) {
        log_write(LOG_LEVEL_WARNING, "%zu notification(s) may not have been forwarded: no answer",
                  forwards->under_way);
    }
    forwards->state = FORWARDS_CLOSING;
    LIST_EACH(link, following, &forwards->targets)
    {
        retire(LIST_OBJECT(link, struct target, link));
    }
    io_timer_close(&forwards->timer, on_timer_closed);
}

static void on_timer(struct io_timer *timer)
{
    finish_close(timer->arg);
}

void forwards_close(struct forwards *forwards, void (*closed)(void *arg), void *arg)
{
    forwards->state = FORWARDS_WAITING;
    forwards->closed = closed;
    forwards->closed_arg = arg;
    io_timer_set(&forwards->timer, io_now(forwards->loop) + (forwards->under_way > 0 ? CLOSE_MS : 0));
}

struct forwards *forwards_new(uv_loop_t *loop)
{
    const struct uvsnmp_client_options options = {.default_port = TRAP_PORT};
    struct forwards *forwards = calloc(1, sizeof(*forwards));
    if (!forwards) {
        return NULL;
    }
    list_init(&forwards->targets);
    forwards->loop = loop;
    if (uvsnmp_client_new(loop, &options, &forwards->client, NULL) < 0) {
        free(forwards);
        return NULL;
    }
    io_timer_init(&forwards->timer, loop, on_timer, forwards);
    return forwards;
}

/* ---- sending ---- */

static void complain(struct forwards *forwards, const char *destination, const char *why)
{
    if (log_limit_allows(&forwards->failures, LOG_BURST, LOG_PERIOD_MS, io_now(forwards->loop))) {
        log_write(LOG_LEVEL_WARNING, "a notification was not forwarded to %s: %s", destination, why);
    }
}

static void on_sent(struct uvsnmp_session *session, const struct uvsnmp_result *result, void *arg)
{
    struct target *target = arg;
    struct forwards *forwards = target->forwards;
    (void)session;
    forwards->under_way--;
    target->under_way--;
    if (result->status < 0 && result->status != UVSNMP_ECANCELLED) {
        complain(forwards, target->destination, result->detail);
    }
    if (target->is_retired && target->under_way == 0) {
        free_target(target);
    }
    if (forwards->state == FORWARDS_WAITING && forwards->under_way == 0) {
        finish_close(forwards);
    }
}

static struct target *find(struct forwards *forwards, const char *destination,
                           const struct uvsnmp_received *received)
{
    LIST_EACH(link, following, &forwards->targets)
    {
        struct target *target = LIST_OBJECT(link, struct target, link);
        const struct uvsnmp_bytes community = {target->community, target->community_size};
        if (target->version == received->version && strcmp(target->destination, destination) == 0 &&
            ber_bytes_equal(community, received->community)) {
            return target;
        }
    }
    return NULL;
}

static struct target *add(struct forwards *forwards, const char *destination,
                          const struct uvsnmp_received *received, struct uvsnmp_error *err)
{
    const struct uvsnmp_session_options options = {
        .peer = destination,
        .version = received->version,
        .community = received->community,
        .timeout_ms = INFORM_MS,
        .retries = INFORM_RETRIES,
    };
    struct target *target = calloc(1, sizeof(*target));
    if (forwards->target_count == TARGETS_MAX) {
        retire(LIST_OBJECT(forwards->targets.next, struct target, link));
    }
    if (!target || uvsnmp_session_new(forwards->client, &options, &target->session, err) < 0) {
        free(target);
        return NULL;
    }
    list_append(&forwards->targets, &target->link);
    forwards->target_count++;
    target->forwards = forwards;
    target->version = received->version;
    target->destination = strdup(destination);
    target->community = malloc(received->community.size + 1);
    if (!target->destination || !target->community) {
        retire(target);
        return NULL;
    }
    memcpy(target->community, received->community.data, received->community.size);
    target->community_size = received->community.size;
    return target;
}

void forwards_send(struct forwards *forwards, const char *destination, const struct uvsnmp_received *received)
{
    struct uvsnmp_error err = {.code = UVSNMP_ENO_MEMORY, .detail = "out of memory"};
    const bool is_v1 = received->trap != NULL;
    const struct uvsnmp_request_options request = {
        .type = is_v1              ? UVSNMP_PDU_TRAP_V1
                : received->inform ? UVSNMP_PDU_INFORM
                                   : UVSNMP_PDU_TRAP,
        .trap = received->trap,
        .varbinds = received->varbinds + (is_v1 ? 2 : 0),
        .count = received->count - (is_v1 ? 2 : 0),
    };
    if (received->version == UVSNMP_V3) {
        complain(forwards, destination, "of version 3 none is");
        return;
    }
    struct target *target = find(forwards, destination, received);
    target = target ? target : add(forwards, destination, received, &err);
    if (!target) {
        complain(forwards, destination, err.detail);
        return;
    }
    list_remove(&target->link);
    list_append(&forwards->targets, &target->link);
    int rc = target->under_way < UNDER_WAY_MAX
                 ? uvsnmp_request_send(target->session, &request, on_sent, target, NULL)
                 : UVSNMP_ELIMIT;
    if (rc < 0) {
        complain(forwards, destination,
                 rc == UVSNMP_ELIMIT ? "too many wait for its answers" : uvsnmp_strerror(rc));
    } else {
        forwards->under_way++;
        target->under_way++;
    }
}
