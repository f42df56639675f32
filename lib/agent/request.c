/* SPDX-License-Identifier: BSD-3-Clause */
/* The life of a request: arrival, community, decoding, waiting, answer. */
#include "agent/request.h"

#include <stdlib.h>
#include <string.h>

#include "agent/access.h"
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
#define REFUSED_BURST 5
#define REFUSED_PERIOD_MS 60000

static struct agent_request *take_request(struct uvsnmp_agent *agent)
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
    access_forget(agent);
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

/* The message at work already, for which the sender has lost patience: its answer will do for both. */
static bool is_retransmission(const struct uvsnmp_agent *agent, const struct uvsnmp_return_path *path,
                              uint64_t digest)
{
    struct map_link *link = map_find(&agent->digests, digest);
    while (link) {
        const struct agent_request *other =
            (struct agent_request *)(void *)((char *)link - offsetof(struct agent_request, by_digest));
        if (other->path.endpoint == path->endpoint && uvsnmp_address_equal(&other->path.peer, &path->peer)) {
            return true;
        }
        link = map_next(link);
    }
    return false;
}

/* Makes what points into the bytes that arrived the request's own; those of a SET are a copy already. */
static bool keep_message(struct agent_request *request)
{
    struct msg_message *message = &request->message;
    size_t count = message->pdu.type == UVSNMP_PDU_SET ? 0 : message->pdu.count;
    struct uvsnmp_varbind *kept = arena_array(&request->arena, count, sizeof(*kept));
    message->community.data = arena_copy(&request->arena, message->community.data, message->community.size);
    if (!kept || !message->community.data) {
        return false;
    }
    for (size_t i = 0; i < count; i++) {
        kept[i].name = message->pdu.varbinds[i].name; /* from the arena already */
        if (!smi_value_dup(&request->arena, &kept[i].value, &message->pdu.varbinds[i].value)) {
            return false;
        }
    }
    if (count > 0) {
        message->pdu.varbinds = kept;
    }
    return true;
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
        map_insert(&agent->digests, &request->by_digest,
                   digest_of(request->raw.data, request->raw.size)) < 0) {
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

/* 0, UVSNMP_EOVERSIZED, UVSNMP_ENO_MEMORY, or UVSNMP_EBAD_VALUE for a value that no message can have. */
static int send_response(struct agent_request *request, const struct msg_message *response)
{
    struct uvsnmp_agent *agent = request->agent;
    size_t capacity, limit;
    uint8_t *buffer;
    ptrdiff_t size;
    if (agent->closing) {
        return 0; /* nobody is answered any more */
    }
    buffer = agent->io.buffer(&capacity, agent->io.arg);
    if (!buffer) {
        return UVSNMP_ENO_MEMORY;
    }
    limit = capacity < agent->max_response ? capacity : agent->max_response;
    size = msg_encode(response, buffer + (capacity - limit), limit);
    if (size < 0) {
        return (int)size;
    }
    agent->stats.out_pkts++;
    engine_stats_out(&agent->stats, &response->pdu);
    if (response->pdu.error_status != 0) {
        log_debug(LOG_TOKEN, "answered with %s at %d", uvsnmp_status_name(response->pdu.error_status),
                  (int)response->pdu.error_index);
    }
    if (agent->on_packet) {
        struct uvsnmp_packet packet = {.sent = true,
                                       .peer = &request->path.peer,
                                       .local = &request->path.local,
                                       .data = buffer + capacity - size,
                                       .size = (size_t)size};
        agent->on_packet(agent, &packet, agent->arg);
    }
    agent->io.reply(&request->path, buffer + capacity - size, (size_t)size, agent->io.arg);
    return 0;
}

static struct msg_message response_of(const struct agent_request *request)
{
    struct msg_message response = request->message;
    response.pdu.type = UVSNMP_PDU_RESPONSE;
    response.pdu.error_status = 0;
    response.pdu.error_index = 0;
    return response;
}

void request_fail(struct agent_request *request, enum uvsnmp_status status, size_t index)
{
    struct msg_message response = response_of(request);
    if (response.version == UVSNMP_V1) {
        status = msg_status_to_v1(status);
    }
    response.pdu.error_status = (int32_t)status;
    response.pdu.error_index = (int32_t)index;
    if (status == UVSNMP_STATUS_TOO_BIG && response.version != UVSNMP_V1) {
        response.pdu.count = 0; /* RFC 3416 §4.2.1: the alternate Response-PDU */
    }
    if (send_response(request, &response) < 0) {
        request->agent->stats.silent_drops++;
    }
    request_end(request);
}

void request_respond(struct agent_request *request, const struct uvsnmp_varbind *varbinds, size_t count)
{
    struct msg_message response = response_of(request);
    int rc;
    response.pdu.varbinds = varbinds;
    response.pdu.count = count;
    rc = send_response(request, &response);
    if (rc < 0) {
        request_fail(request, rc == UVSNMP_EOVERSIZED ? UVSNMP_STATUS_TOO_BIG : UVSNMP_STATUS_GEN_ERR, 0);
        return;
    }
    if (request->message.pdu.type == UVSNMP_PDU_SET) {
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
    return access->check(request->principal, name, write, resume, access->arg);
}

/* ---- arrival ---- */

/* A community that is not known, or one that may not ask for anything. */
static void refuse(struct uvsnmp_agent *agent, const struct uvsnmp_address *peer, bool known)
{
    char text[UVSNMP_ADDRESS_TEXT_MAX];
    if (known) {
        agent->stats.in_bad_community_uses++;
    } else {
        agent->stats.in_bad_community_names++;
    }
    if (log_limit_allows(&agent->refused, REFUSED_BURST, REFUSED_PERIOD_MS, agent->io.now(agent->io.arg))) {
        (void)uvsnmp_address_format(peer, text, sizeof(text));
        log_write(LOG_LEVEL_WARNING, "%s in a message from %s",
                  known ? "a community without access" : "unknown community", text);
    }
}

/* What is done with a PDU; what is not in the table is dropped. */
static const struct pdu_work {
    enum uvsnmp_pdu_type type;
    bool in_v1;
    void (*start)(struct agent_request *request);
} pdu_works[] = {
    {UVSNMP_PDU_GET, true, read_start},        {UVSNMP_PDU_GETNEXT, true, read_start},
    {UVSNMP_PDU_GETBULK, false, read_start},   {UVSNMP_PDU_SET, true, write_start},
    {UVSNMP_PDU_RESPONSE, true, request_end},  {UVSNMP_PDU_TRAP, false, request_end},
    {UVSNMP_PDU_INFORM, false, request_end},
};

static void start(struct agent_request *request)
{
    const struct msg_message *message = &request->message;
    for (size_t i = 0; i < sizeof(pdu_works) / sizeof(pdu_works[0]); i++) {
        const struct pdu_work *work = &pdu_works[i];
        if (work->type == message->pdu.type && (work->in_v1 || message->version != UVSNMP_V1)) {
            engine_stats_in(&request->agent->stats, &message->pdu);
            work->start(request);
            return;
        }
    }
    request->agent->stats.in_asn_parse_errs++;
    request_end(request);
}

static void log_request(const struct agent_request *request)
{
    char peer[UVSNMP_ADDRESS_TEXT_MAX], name[UVSNMP_OID_TEXT_MAX] = "";
    const struct msg_pdu *pdu = &request->message.pdu;
    (void)uvsnmp_address_format(&request->path.peer, peer, sizeof(peer));
    if (pdu->count > 0) {
        (void)uvsnmp_oid_format(pdu->varbinds[0].name, name, sizeof(name));
    }
    log_debug(LOG_TOKEN, "%s of %zu variables from %s, request-id %d, first %s", msg_pdu_type_name(pdu->type),
              pdu->count, peer, (int)pdu->request_id, name);
}

/* Decodes in place; a SET, whose values live as long as the request, from a copy. */
static int decode(struct agent_request *request, const uint8_t *data, size_t size, uint8_t pdu_tag)
{
    struct uvsnmp_error err;
    int rc;
    if (pdu_tag == UVSNMP_PDU_SET) {
        data = arena_copy(&request->arena, data, size);
        if (!data) {
            return UVSNMP_ENO_MEMORY;
        }
    }
    rc = msg_decode(data, size, &request->arena, &request->message, &err);
    if (rc < 0) {
        log_debug(LOG_TOKEN, "malformed message: %s", err.detail);
    }
    return rc;
}

static bool read_envelope(struct uvsnmp_agent *agent, const struct uvsnmp_arrival *arrival,
                          struct msg_envelope *envelope)
{
    int rc = arrival->truncated ? UVSNMP_ETRUNCATED
                                : msg_envelope_decode(arrival->data, arrival->size, envelope, NULL);
    if (rc == UVSNMP_EBAD_VERSION) {
        agent->stats.in_bad_versions++;
    } else if (rc < 0) {
        agent->stats.in_asn_parse_errs++;
    }
    return rc == 0;
}

void agent_handle(struct uvsnmp_agent *agent, const struct uvsnmp_arrival *arrival)
{
    struct msg_envelope envelope;
    const char *context_name = NULL;
    const void *principal;
    struct agent_context *context;
    struct agent_request *request;
    if (agent->closing) {
        return;
    }
    agent->stats.in_pkts++;
    if (agent->on_packet) {
        struct uvsnmp_packet packet = {.peer = &arrival->path->peer,
                                       .local = &arrival->path->local,
                                       .data = arrival->data,
                                       .size = arrival->size};
        agent->on_packet(agent, &packet, agent->arg);
    }
    if (!read_envelope(agent, arrival, &envelope)) {
        return;
    }
    const struct uvsnmp_asker asker = {.version = envelope.version,
                                       .name = envelope.community,
                                       .peer = &arrival->path->peer,
                                       .local = &arrival->path->local};
    principal = agent->access.identify(&asker, &context_name, agent->access.arg);
    context = registry_context(agent, context_name ? context_name : "");
    if (!principal || (!context && context_name && *context_name)) {
        refuse(agent, &arrival->path->peer, context_name != NULL);
        return;
    }
    if (agent->waiting_count > 0 &&
        is_retransmission(agent, arrival->path, digest_of(arrival->data, arrival->size))) {
        return;
    }
    request = take_request(agent);
    if (!request) {
        agent->stats.silent_drops++;
        return;
    }
    if (decode(request, arrival->data, arrival->size, envelope.pdu.size > 0 ? envelope.pdu.data[0] : 0) < 0) {
        agent->stats.in_asn_parse_errs++;
        put_back(request);
        return;
    }
    request->path = *arrival->path;
    request->principal = principal;
    request->context = context;
    request->raw.data = arrival->data;
    request->raw.size = arrival->size;
    if (log_has_token(LOG_TOKEN)) {
        log_request(request);
    }
    agent->handling = true;
    start(request);
    agent->handling = false;
    access_forget(agent);
}

/* ---- deadlines and the end ---- */

static void expire(struct agent_request *request)
{
    if (request->message.pdu.type == UVSNMP_PDU_SET) {
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
