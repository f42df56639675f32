/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * GET, GETNEXT and GETBULK (RFC 3416 §4.2.1 to §4.2.3; RFC 3584 §4 for SNMPv1). All variables of a round are
 * asked for at once; a GETNEXT has one round, a GETBULK up to max-repetitions of them.
 */
#include <string.h>

#include "agent/request.h"
#include "agent/table.h"
#include "smi/varbind.h"

/* A GETNEXT that passes over so many hidden variables has found a provider without end. */
#define STEPS_MAX 1000000
/* A registration whose queries run into their deadline so often is not asked again until one is answered. */
#define OVERDUE_MAX 16
#define FAULT_BURST 5
#define FAULT_PERIOD_MS 60000

static struct uvsnmp_varbind *result_of(struct uvsnmp_query *query)
{
    struct agent_request *request = query->request;
    return &request->results[request->result_count + (size_t)(query - request->queries) - request->first];
}

static void finish(struct uvsnmp_query *query, struct uvsnmp_oid name, const struct uvsnmp_value *value)
{
    struct uvsnmp_varbind *result = result_of(query);
    result->name = name;
    result->value = *value;
    query->state = QUERY_FINISHED;
    query->request->open--;
}

static void finish_empty(struct uvsnmp_query *query, enum uvsnmp_type exception)
{
    struct uvsnmp_value value = uvsnmp_empty(exception);
    finish(query, query->asked, &value);
}

/* The first error stands; the others are worked off all the same. */
static void finish_failed(struct uvsnmp_query *query, enum uvsnmp_status status)
{
    struct agent_request *request = query->request;
    size_t index = (size_t)(query - request->queries) + 1;
    if (request->status == UVSNMP_STATUS_NO_ERROR || index < request->error_index) {
        request->status = status;
        request->error_index = index;
    }
    query->state = QUERY_FINISHED;
    request->open--;
}

static bool is_refused(const struct uvsnmp_registration *owner)
{
    return owner->overdue >= OVERDUE_MAX;
}

/* Only what RFC 3416 §4.2.1 and §3 allow a read to fail with. */
static enum uvsnmp_status read_status(enum uvsnmp_status status)
{
    return status == UVSNMP_STATUS_AUTHORIZATION_ERROR || status == UVSNMP_STATUS_RESOURCE_UNAVAILABLE
               ? status
               : UVSNMP_STATUS_GEN_ERR;
}

/* ---- GET ---- */

static void take_get(struct uvsnmp_query *query)
{
    const struct uvsnmp_value *value = &query->found.value;
    if (query->answer == ANSWER_FAILED) {
        finish_failed(query, read_status(query->status));
    } else if (query->answer != ANSWER_VALUE) {
        finish_empty(query, UVSNMP_NO_SUCH_OBJECT);
    } else if (value->type == UVSNMP_COUNTER64 && query->request->envelope.version == UVSNMP_V1) {
        finish_empty(query, UVSNMP_NO_SUCH_OBJECT); /* RFC 3584 §4.2.2.1 */
    } else if (value->type == UVSNMP_END_OF_MIB_VIEW) {
        finish_failed(query, UVSNMP_STATUS_GEN_ERR);
    } else {
        finish(query, query->name, value);
    }
}

static void start_get(struct uvsnmp_query *query)
{
    struct agent_request *request = query->request;
    struct uvsnmp_oid_buf resume;
    enum uvsnmp_access access = request_access(request, query->name, false, &resume);
    if (access == UVSNMP_ACCESS_NO_VIEW) {
        finish_failed(query, UVSNMP_STATUS_AUTHORIZATION_ERROR);
        return;
    }
    if (access != UVSNMP_ACCESS_GRANTED) {
        finish_empty(query, UVSNMP_NO_SUCH_OBJECT);
        return;
    }
    if (!registry_find(request->context, query->name, &query->spot)) {
        finish_failed(query, UVSNMP_STATUS_GEN_ERR);
        return;
    }
    query->owner = query->spot.owner;
    if (!query->owner) {
        finish_empty(query, UVSNMP_NO_SUCH_OBJECT);
    } else if (is_refused(query->owner)) {
        finish_failed(query, UVSNMP_STATUS_GEN_ERR);
    } else if (query_ask(query, QUERY_GET)) {
        take_get(query);
    }
}

/* ---- GETNEXT ---- */

static void move_to(struct uvsnmp_query *query, struct uvsnmp_oid name, bool includes)
{
    query->name = name;
    query->includes_name = includes;
}

/* Moves to a name whose memory is somebody else's and may go while a provider takes its time. */
static bool jump_to(struct uvsnmp_query *query, struct uvsnmp_oid name)
{
    struct uvsnmp_oid copy;
    if (!smi_oid_dup(&query->request->arena, &copy, name)) {
        finish_failed(query, UVSNMP_STATUS_GEN_ERR);
        return false;
    }
    move_to(query, copy, true);
    return true;
}

/* Looks up the region of the position. False: the query is finished. */
static bool find_region(struct uvsnmp_query *query)
{
    struct agent_context *context = query->request->context;
    if (!registry_find(context, query->name, &query->spot)) {
        finish_failed(query, UVSNMP_STATUS_GEN_ERR);
        return false;
    }
    query->owner = query->spot.owner;
    query->generation = context ? context->generation : 0;
    return true;
}

/* Goes to the end of the region that was asked. False: the query is finished. */
static bool leave_region(struct uvsnmp_query *query)
{
    if (query->spot.end.count == 0) {
        finish_empty(query, UVSNMP_END_OF_MIB_VIEW);
        return false;
    }
    return jump_to(query, query->spot.end);
}

/* Moves the position over what is not in view. False: the query is finished. */
static bool pass_hidden(struct uvsnmp_query *query)
{
    struct uvsnmp_oid_buf resume;
    for (; query->steps < STEPS_MAX; query->steps++) {
        switch (request_access(query->request, query->name, false, &resume)) {
        case UVSNMP_ACCESS_GRANTED:
            return true;
        case UVSNMP_ACCESS_HIDDEN_ON:
            finish_empty(query, UVSNMP_END_OF_MIB_VIEW);
            return false;
        case UVSNMP_ACCESS_HIDDEN:
            if (resume.count == 0 || uvsnmp_oid_compare(uvsnmp_oid_of(&resume), query->name) <= 0) {
                return true;
            }
            if (!jump_to(query, uvsnmp_oid_of(&resume))) {
                return false;
            }
            break;
        case UVSNMP_ACCESS_NO_VIEW:
        default:
            finish_failed(query, UVSNMP_STATUS_AUTHORIZATION_ERROR);
            return false;
        }
    }
    finish_failed(query, UVSNMP_STATUS_GEN_ERR);
    return false;
}

/* True when the variable found is not one that may be shown, and the search goes on after it. */
static bool is_skipped(struct uvsnmp_query *query)
{
    struct uvsnmp_oid_buf resume;
    return uvsnmp_type_is_exception(query->found.value.type) ||
           (query->found.value.type == UVSNMP_COUNTER64 &&
            query->request->envelope.version == UVSNMP_V1) || /* RFC 3584 §4.2.2.1 */
           request_access(query->request, query->found.name, false, &resume) != UVSNMP_ACCESS_GRANTED;
}

static void log_stuck(const struct uvsnmp_query *query)
{
    struct uvsnmp_agent *agent = query->request->agent;
    char text[UVSNMP_OID_TEXT_MAX];
    if (log_limit_allows(&agent->faults, FAULT_BURST, FAULT_PERIOD_MS, agent->io.now(agent->io.arg))) {
        (void)uvsnmp_oid_format(query->name, text, sizeof(text));
        log_write(LOG_LEVEL_ERR, "a provider has answered GETNEXT of %s with a name that does not follow it",
                  text);
    }
}

/* Takes an answer. True: the search goes on from the query's position; false: the query is finished. */
static bool take_next(struct uvsnmp_query *query)
{
    struct agent_context *context = query->request->context;
    int order;
    if (query->answer == ANSWER_FAILED) {
        finish_failed(query, read_status(query->status));
        return false;
    }
    if (query->generation != context->generation && !find_region(query)) {
        return false; /* somebody registered or unregistered while the provider was at work */
    }
    if (query->answer == ANSWER_DONE) {
        return leave_region(query);
    }
    order = uvsnmp_oid_compare(query->found.name, query->name);
    if (query->found.name.count == 0 || order < 0 || (order == 0 && !query->includes_name)) {
        log_stuck(query);
        finish_failed(query, UVSNMP_STATUS_GEN_ERR);
        return false;
    }
    if (query->spot.end.count > 0 && uvsnmp_oid_compare(query->found.name, query->spot.end) >= 0) {
        return leave_region(query);
    }
    if (is_skipped(query)) {
        move_to(query, query->found.name, false);
        return true;
    }
    finish(query, query->found.name, &query->found.value);
    return false;
}

/* Searches from the query's position until it is finished or a provider takes its time. */
static void run_next(struct uvsnmp_query *query)
{
    do {
        if (query->steps++ >= STEPS_MAX) {
            finish_failed(query, UVSNMP_STATUS_GEN_ERR);
            return;
        }
        if (!pass_hidden(query) || !find_region(query)) {
            return;
        }
        if (!query->owner || !query->owner->provider->next) {
            if (!leave_region(query)) {
                return;
            }
            continue;
        }
        if (is_refused(query->owner)) {
            finish_failed(query, UVSNMP_STATUS_GEN_ERR);
            return;
        }
        query->found.name.count = 0;
        if (!query_ask(query, QUERY_NEXT) || !take_next(query)) {
            return;
        }
    } while (true);
}

static void start_next(struct uvsnmp_query *query)
{
    query->steps = 0;
    move_to(query, query->asked, false);
    run_next(query);
}

/* ---- rounds ---- */

static bool is_get(const struct agent_request *request)
{
    return request->pdu.type == UVSNMP_PDU_GET;
}

/* Asks the queries from request->first on. */
static void run_round(struct agent_request *request)
{
    void (*start)(struct uvsnmp_query *) = is_get(request) ? start_get : start_next;
    request->open = request->query_count - request->first;
    request->running = true;
    for (size_t i = request->first; i < request->query_count; i++) {
        start(&request->queries[i]);
    }
    request->running = false;
}

static void respond(struct agent_request *request)
{
    if (request->status != UVSNMP_STATUS_NO_ERROR) {
        request_fail(request, request->status, request->error_index);
        return;
    }
    /* of several missing ones Net-SNMP names the last */
    for (size_t i = request->result_count; request->envelope.version == UVSNMP_V1 && i > 0; i--) {
        if (uvsnmp_type_is_exception(request->results[i - 1].value.type)) {
            request_fail(request, UVSNMP_STATUS_NO_SUCH_NAME, i);
            return;
        }
    }
    request_respond(request, request->results, request->result_count);
}

/* Counts the results of a GETBULK's round in. False: the response has all it can have. */
static bool add_round(struct agent_request *request)
{
    size_t count = request->query_count - request->first;
    bool all_ended = request->query_count > request->non_repeaters;
    for (size_t i = 0; i < count; i++) {
        const struct uvsnmp_varbind *result = &request->results[request->result_count];
        size_t octets = smi_varbind_size(result);
        if (octets > request->octet_limit - request->octets) {
            return false;
        }
        request->octets += octets;
        request->result_count++;
        if (request->first + i >= request->non_repeaters && result->value.type != UVSNMP_END_OF_MIB_VIEW) {
            all_ended = false;
        }
    }
    return !all_ended &&
           request->result_limit - request->result_count >= request->query_count - request->non_repeaters;
}

/* The repeaters go on from what they found. */
static void prepare_round(struct agent_request *request)
{
    size_t repeaters = request->query_count - request->non_repeaters;
    const struct uvsnmp_varbind *last = &request->results[request->result_count - repeaters];
    request->first = request->non_repeaters;
    for (size_t i = 0; i < repeaters; i++) {
        request->queries[request->first + i].asked = last[i].name;
    }
}

/* Takes leave of all queries that are with a provider; returns the index of the first one. */
static size_t abandon(struct agent_request *request)
{
    size_t first = 0;
    request->running = true; /* whatever the providers do now, nothing is answered */
    for (size_t i = request->query_count; i > 0; i--) {
        if (request->queries[i - 1].state == QUERY_ASKED) {
            query_abandon(&request->queries[i - 1]);
            first = i;
        }
    }
    return first;
}

/* Works until the response is sent or a provider takes its time. */
static void advance(struct agent_request *request)
{
    while (request->open == 0) {
        if (request->pdu.type != UVSNMP_PDU_GETBULK || request->status != UVSNMP_STATUS_NO_ERROR) {
            request->result_count = request->query_count;
            respond(request);
            return;
        }
        if (!add_round(request) || request->query_count == request->non_repeaters) {
            if (request->result_count == 0 && request->query_count > 0) {
                request_fail(request, UVSNMP_STATUS_TOO_BIG, 0);
            } else {
                respond(request);
            }
            return;
        }
        prepare_round(request);
        run_round(request);
    }
    if (!request_wait(request)) {
        abandon(request);
        request_end(request);
    }
}

/* How many results there can be: RFC 3416 §4.2.3 with the agent's own limits. */
static size_t plan_bulk(struct agent_request *request)
{
    const struct uvsnmp_agent *agent = request->agent;
    const struct msg_pdu *pdu = &request->pdu;
    size_t count = pdu->count, repeaters, rounds;
    size_t asked = pdu->max_repetitions > 0 ? (size_t)pdu->max_repetitions : 0;
    request->non_repeaters = pdu->non_repeaters > 0 ? (size_t)pdu->non_repeaters : 0;
    if (request->non_repeaters > count) {
        request->non_repeaters = count;
    }
    repeaters = count - request->non_repeaters;
    if (agent->max_repetitions > 0 && asked > (size_t)agent->max_repetitions) {
        asked = (size_t)agent->max_repetitions;
    }
    if (repeaters == 0 || asked == 0) {
        request->query_count = request->non_repeaters;
        return request->non_repeaters;
    }
    rounds = agent->max_bulk_varbinds / repeaters;
    if (rounds == 0) {
        rounds = 1;
    }
    return request->non_repeaters + (rounds < asked ? rounds : asked) * repeaters;
}

/* What the varbinds of a response may take: a GETBULK is cut there. */
static size_t octet_limit(const struct agent_request *request)
{
    size_t limit = request->agent->max_response, overhead = engine_overhead(&request->envelope);
    size_t peer = (size_t)request->envelope.peer_max_size;
    if (peer > 0 && peer < limit) {
        limit = peer;
    }
    return limit > overhead ? limit - overhead : 0;
}

void read_start(struct agent_request *request)
{
    const struct msg_pdu *pdu = &request->pdu;
    request->query_count = pdu->count;
    request->status = UVSNMP_STATUS_NO_ERROR;
    request->error_index = 0;
    request->result_count = request->first = request->octets = 0;
    request->non_repeaters = 0;
    request->octet_limit = octet_limit(request);
    request->result_limit = pdu->type == UVSNMP_PDU_GETBULK ? plan_bulk(request) : pdu->count;
    request->queries = arena_array(&request->arena, request->query_count, sizeof(*request->queries));
    request->results = arena_array(&request->arena, request->result_limit, sizeof(*request->results));
    if (!request->queries || !request->results) {
        request->query_count = 0;
        request_fail(request, UVSNMP_STATUS_GEN_ERR, 0);
        return;
    }
    for (size_t i = 0; i < request->query_count; i++) {
        query_init(&request->queries[i], request, pdu->varbinds[i].name);
    }
    run_round(request);
    advance(request);
}

void read_answered(struct uvsnmp_query *query)
{
    struct agent_request *request = query->request;
    if (query->phase == QUERY_GET) {
        take_get(query);
    } else if (take_next(query)) {
        run_next(query);
    }
    if (request->open == 0 && !request->running) {
        advance(request);
    }
}

void read_expired(struct agent_request *request)
{
    size_t late = abandon(request);
    request_fail(request, UVSNMP_STATUS_GEN_ERR, late);
}
