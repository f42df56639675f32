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
    /* Above this the receiver is to wait. */
    FULL = 1000,
    INFORM_MS = 1000,
    INFORM_RETRIES = 5,
    LOG_BURST = 5,
    LOG_PERIOD_MS = 60000,
};

struct target {
    struct list link;
    struct uvsnmp_session *session;
    char *destination;
    enum uvsnmp_version version;
    uint8_t *community;
    size_t community_size;
};

struct forwards {
    uv_loop_t *loop;
    struct uvsnmp_client *client;
    struct list targets; /* the one used last is the last */
    size_t target_count, under_way;
    struct log_limit failures;
    void (*moved)(void *arg);
    void *arg;
    bool is_closing;
    void (*closed)(void *arg);
    void *closed_arg;
};

struct forwards *forwards_new(uv_loop_t *loop, void (*moved)(void *arg), void *arg)
{
    const struct uvsnmp_client_options options = {.default_port = TRAP_PORT};
    struct forwards *forwards = calloc(1, sizeof(*forwards));
    if (!forwards) {
        return NULL;
    }
    list_init(&forwards->targets);
    forwards->loop = loop;
    forwards->moved = moved;
    forwards->arg = arg;
    if (uvsnmp_client_new(loop, &options, &forwards->client, NULL) < 0) {
        free(forwards);
        return NULL;
    }
    return forwards;
}

static void free_target(struct forwards *forwards, struct target *target)
{
    list_remove(&target->link);
    forwards->target_count--;
    uvsnmp_session_free(target->session);
    free(target->destination);
    free(target->community);
    free(target);
}

static void on_client_closed(void *arg)
{
    struct forwards *forwards = arg;
    void (*closed)(void *) = forwards->closed;
    void *closed_arg = forwards->closed_arg;
    free(forwards);
    closed(closed_arg);
}

static void finish_close(struct forwards *forwards)
{
    if (!forwards->is_closing || forwards->under_way > 0) {
        return;
    }
    forwards->is_closing = false;
    LIST_EACH(link, following, &forwards->targets)
    {
        free_target(forwards, LIST_OBJECT(link, struct target, link));
    }
    uvsnmp_client_close(forwards->client, on_client_closed, forwards);
}

void forwards_close(struct forwards *forwards, void (*closed)(void *arg), void *arg)
{
    forwards->is_closing = true;
    forwards->closed = closed;
    forwards->closed_arg = arg;
    finish_close(forwards);
}

static void complain(struct forwards *forwards, const char *destination, const char *why)
{
    if (log_limit_allows(&forwards->failures, LOG_BURST, LOG_PERIOD_MS, io_now(forwards->loop))) {
        log_write(LOG_LEVEL_WARNING, "a notification was not forwarded to %s: %s", destination, why);
    }
}

static void on_sent(struct uvsnmp_session *session, const struct uvsnmp_result *result, void *arg)
{
    struct forwards *forwards = arg;
    (void)session;
    forwards->under_way--;
    if (result->status < 0) {
        char peer[UVSNMP_ADDRESS_TEXT_MAX] = "its destination";
        if (result->from) {
            (void)uvsnmp_address_format(result->from, peer, sizeof(peer));
        }
        complain(forwards, peer, result->detail);
    }
    if (forwards->is_closing) {
        finish_close(forwards);
    } else {
        forwards->moved(forwards->arg);
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
        free_target(forwards, LIST_OBJECT(forwards->targets.next, struct target, link));
    }
    if (!target || uvsnmp_session_new(forwards->client, &options, &target->session, err) < 0) {
        free(target);
        return NULL;
    }
    list_append(&forwards->targets, &target->link);
    forwards->target_count++;
    target->version = received->version;
    target->destination = strdup(destination);
    target->community = malloc(received->community.size + 1);
    if (!target->destination || !target->community) {
        free_target(forwards, target);
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
    int rc = uvsnmp_request_send(target->session, &request, on_sent, forwards, NULL);
    if (rc < 0) {
        complain(forwards, destination, uvsnmp_strerror(rc));
    } else {
        forwards->under_way++;
    }
}

bool forwards_are_full(const struct forwards *forwards)
{
    return forwards->under_way >= FULL;
}
