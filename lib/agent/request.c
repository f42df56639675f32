/* SPDX-License-Identifier: BSD-3-Clause */
/* The life of a request: waiting, deadline, answer. */
#include "agent/request.h"

#include <stdlib.h>
#include <string.h>

#include "agent/table.h"
#include "msg/status.h"
#include "smi/varbind.h"

/* A request of a few variables fits into the first block, which is kept. */
#define ARENA_BLOCK ((size_t)16 << 10)
#define ARENA_LIMIT ((size_t)16 << 20)
/* What requests that wait for providers may hold together, up to the one that goes beyond it. */
#define WAITING_OCTETS_MAX ((size_t)64 << 20)
#define LOG_TOKEN "agent"
#define IDLE_MAX 64

struct agent_request *request_take(struct uvsnmp_agent *agent)
{
    struct agent_request *request;
    if (!list_is_empty(&agent->idle)) {
        request = LIST_OBJECT(agent->idle.next, struct agent_request, link);
        list_remove(&request->link);
        agent->idle_count--;
    } else {
        request = calloc(1, sizeof(*request));
        if (!request) {
            return NULL;
        }
        list_init(&request->link);
        list_init(&request->set_link);
        arena_init(&request->arena, ARENA_BLOCK, ARENA_LIMIT);
        request->agent = agent;
    }
    request->serial = ++agent->serial;
    request->held = 0;
    request->queries = NULL;
    request->query_count = request->result_count = request->outstanding = 0;
    request->waiting = request->answered = request->running = request->queued = false;
    return request;
}

static void free_request(struct agent_request *request)
{
    arena_fini(&request->arena);
    free(request);
}

static void put_back(struct agent_request *request)
{
    struct uvsnmp_agent *agent = request->agent;
    arena_reset(&request->arena);
    access_release(&request->grant);
    if (request->envelope.version == UVSNMP_V3) {
        engine_envelope_wipe(&request->envelope);
        memset(&request->envelope, 0,
               sizeof(request->envelope)); /* a community's has but two of its members */
    }
    if (agent->idle_count >= IDLE_MAX) {
        free_request(request);
        return;
    }
    list_append(&agent->idle, &request->link);
    agent->idle_count++;
}

void request_end(struct agent_request *request)
{
    struct uvsnmp_agent *agent = request->agent;
    if (request->waiting) {
        list_remove(&request->link);
        map_remove(&agent->digests, &request->by_digest);
        request->waiting = false;
        agent->waiting_count--;
        agent->waiting_octets -= request->held;
    }
    for (size_t i = 0; i < request->query_count; i++) {
        if (request->queries[i].state != QUERY_ABANDONED) {
            table_unpin(&request->queries[i]);
        }
    }
    request->answered = true;
    if (request->outstanding > 0) {
        list_append(&agent->abandoned, &request->link);
        agent->abandoned_count++;
    } else {
        put_back(request);
    }
}

void request_came_back(struct agent_request *request)
{
    struct uvsnmp_agent *agent = request->agent;
    request->outstanding--;
    if (request->outstanding > 0 || !request->answered) {
        return;
    }
    list_remove(&request->link);
    agent->abandoned_count--;
    put_back(request);
    if (agent->closing) {
        agent->io.wake(agent->io.now(agent->io.arg), agent->io.arg);
    }
}

/* To know a retransmission again. */
static uint64_t digest_of(const uint8_t *data, size_t size)
{
    return map_hash(MAP_HASH_FIRST, data, size);
}

bool request_is_retransmission(const struct uvsnmp_agent *agent, const struct uvsnmp_arrival *arrival)
{
    const struct map_link *link =
        agent->waiting_count > 0 ? map_find(&agent->digests, digest_of(arrival->data, arrival->size)) : NULL;
    for (; link; link = map_next(link)) {
        const struct agent_request *other =
            (const struct agent_request *)(const void *)((const char *)link -
                                                         offsetof(struct agent_request, by_digest));
        if (other->path.endpoint == arrival->path->endpoint &&
            uvsnmp_address_equal(&other->path.peer, &arrival->path->peer)) {
            return true;
        }
    }
    return false;
}

bool request_keep_values(struct agent_request *request)
{
    struct msg_pdu *pdu = &request->pdu;
    struct uvsnmp_varbind *kept = arena_array(&request->arena, pdu->count, sizeof(*kept));
    if (!kept) {
        return false;
    }
    for (size_t i = 0; i < pdu->count; i++) {
        kept[i].name = pdu->varbinds[i].name; /* from the arena already */
        if (!smi_value_dup(&request->arena, &kept[i].value, &pdu->varbinds[i].value)) {
            return false;
        }
    }
    pdu->varbinds = pdu->count > 0 ? kept : pdu->varbinds;
    return true;
}

/* Makes what points into the bytes that arrived the request's own; the values of a SET are already. */
static bool keep_message(struct agent_request *request)
{
    return engine_envelope_keep(&request->envelope, &request->arena) &&
           (request->pdu.type == UVSNMP_PDU_SET || request_keep_values(request));
}

void request_wait_again(struct agent_request *request)
{
    struct uvsnmp_agent *agent = request->agent;
    list_remove(&request->link);
    request->due = agent->io.now(agent->io.arg) + agent->deadline_ms;
    list_append(&agent->waiting, &request->link);
    if (request->due < agent->woken) {
        agent->woken = request->due;
        agent->io.wake(request->due, agent->io.arg);
    }
}

bool request_wait(struct agent_request *request)
{
    struct uvsnmp_agent *agent = request->agent;
    if (request->waiting) {
        agent->waiting_octets += request->arena.total - request->held;
        request->held = request->arena.total;
        return true;
    }
    if (agent->waiting_count >= agent->max_requests || agent->waiting_octets >= WAITING_OCTETS_MAX ||
        !keep_message(request) ||
        map_insert(&agent->digests, &request->by_digest, digest_of(request->raw.data, request->raw.size)) <
            0) {
        agent->stats.silent_drops++;
        return false;
    }
    request->held = request->arena.total;
    request->waiting = true;
    agent->waiting_count++;
    agent->waiting_octets += request->held;
    request_wait_again(request);
    return true;
}

void request_send(struct uvsnmp_agent *agent, const struct uvsnmp_return_path *path, const uint8_t *data,
                  size_t size)
{
    agent->stats.out_pkts++;
    if (agent->on_packet) {
        struct uvsnmp_packet packet = {
            .sent = true, .peer = &path->peer, .local = &path->local, .data = data, .size = size};
        agent->on_packet(agent, &packet, agent->arg);
    }
    agent->io.reply(path, data, size, agent->io.arg);
}

/* 0, or an error of engine_encode(): UVSNMP_EOVERSIZED, or UVSNMP_EBAD_VALUE for a value that no message can
 * have. */
static int send_response(struct agent_request *request, const struct msg_pdu *response)
{
    struct uvsnmp_agent *agent = request->agent;
    struct ber_writer writer;
    size_t capacity, limit;
    uint8_t *buffer;
    if (agent->closing) {
        return 0; /* nobody is answered any more */
    }
    buffer = agent->io.buffer(&capacity, agent->io.arg);
    if (!buffer) {
        return UVSNMP_ENO_MEMORY;
    }
    limit = capacity < agent->max_response ? capacity : agent->max_response;
    ber_writer_init(&writer, buffer + (capacity - limit), limit);
    int rc =
        engine_encode(&agent->engine, &request->envelope, response, agent->io.now(agent->io.arg), &writer);
    if (rc < 0) {
        return rc;
    }
    engine_stats_out(&agent->stats, response);
    if (response->error_status != 0) {
        log_debug(LOG_TOKEN, "answered with %s at %d", uvsnmp_status_name(response->error_status),
                  (int)response->error_index);
    }
    request_send(agent, &request->path, writer.at, ber_writer_size(&writer));
    return 0;
}

static struct msg_pdu response_of(const struct agent_request *request)
{
    struct msg_pdu response = request->pdu;
    response.type = UVSNMP_PDU_RESPONSE;
    response.error_status = 0;
    response.error_index = 0;
    return response;
}

void request_fail(struct agent_request *request, enum uvsnmp_status status, size_t index)
{
    struct msg_pdu response = response_of(request);
    bool in_v1 = request->envelope.version == UVSNMP_V1;
    if (in_v1) {
        status = msg_status_to_v1(status);
    }
    response.error_status = (int32_t)status;
    response.error_index = (int32_t)index;
    if (status == UVSNMP_STATUS_TOO_BIG && !in_v1) {
        response.count = 0; /* RFC 3416 §4.2.1: the alternate Response-PDU */
    }
    int rc = send_response(request, &response);
    if (rc == UVSNMP_EOVERSIZED && status != UVSNMP_STATUS_TOO_BIG) {
        request_fail(request, UVSNMP_STATUS_TOO_BIG, 0); /* the peer takes less than it sends */
        return;
    }
    if (rc < 0) {
        request->agent->stats.silent_drops++;
    }
    request_end(request);
}

void request_respond(struct agent_request *request, const struct uvsnmp_varbind *varbinds, size_t count)
{
    struct msg_pdu response = response_of(request);
    int rc;
    response.varbinds = varbinds;
    response.count = count;
    rc = send_response(request, &response);
    if (rc < 0) {
        request_fail(request, rc == UVSNMP_EOVERSIZED ? UVSNMP_STATUS_TOO_BIG : UVSNMP_STATUS_GEN_ERR, 0);
        return;
    }
    if (request->pdu.type == UVSNMP_PDU_SET) {
        request->agent->stats.in_total_set_vars += (uint32_t)count;
    } else {
        request->agent->stats.in_total_req_vars += (uint32_t)count;
    }
    request_end(request);
}

enum uvsnmp_access request_access(struct agent_request *request, struct uvsnmp_oid name, bool write,
                                  struct uvsnmp_oid_buf *resume)
{
    const struct uvsnmp_access_control *access = &request->agent->access;
    resume->count = 0;
    return access->check ? access->check(request->principal, name, write, resume, access->arg)
                         : access_check(&request->grant, name, write, resume);
}

/* ---- deadlines and the end ---- */

static void expire(struct agent_request *request)
{
    if (request->pdu.type == UVSNMP_PDU_SET) {
        write_expired(request);
    } else {
        read_expired(request);
    }
}

static void finish_close(struct uvsnmp_agent *agent)
{
    /* no answer any more: the requests under way lose theirs */
    while (!list_is_empty(&agent->waiting)) {
        expire(LIST_OBJECT(agent->waiting.next, struct agent_request, link));
    }
    registry_clear(agent);
    if (agent->abandoned_count == 0 && agent->load_count == 0 && !agent->closed) {
        agent->closed = true;
        agent->io.closed(agent->io.arg);
    }
}

void agent_tick(struct uvsnmp_agent *agent)
{
    uint64_t now = agent->io.now(agent->io.arg);
    if (agent->closing) {
        finish_close(agent);
        return;
    }
    agent->woken = UINT64_MAX;
    while (!list_is_empty(&agent->waiting)) {
        struct agent_request *request = LIST_OBJECT(agent->waiting.next, struct agent_request, link);
        if (request->due > now) {
            if (request->due < agent->woken) {
                agent->woken = request->due;
                agent->io.wake(request->due, agent->io.arg);
            }
            break;
        }
        expire(request);
    }
}

void agent_close(struct uvsnmp_agent *agent)
{
    if (!agent->closing) {
        agent->closing = true;
        agent->io.wake(agent->io.now(agent->io.arg), agent->io.arg);
    }
}

void request_free_idle(struct uvsnmp_agent *agent)
{
    LIST_EACH(link, following, &agent->idle)
    {
        struct agent_request *request = LIST_OBJECT(link, struct agent_request, link);
        list_remove(&request->link);
        free_request(request);
    }
}
