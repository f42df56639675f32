/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * SET (RFC 3416 §4.2.5), one at a time: access and existence of all variables, test of each, commit of each,
 * after a failed commit undo of the ones before it, and release of each that was tested.
 */
#include "agent/request.h"
#include "agent/table.h"

static struct uvsnmp_query *current(struct agent_request *request)
{
    return &request->queries[request->at];
}

/* What needs no provider: view and registration, for all variables, as Net-SNMP does first. */
static enum uvsnmp_status find_owner(struct agent_request *request, struct uvsnmp_query *query)
{
    struct uvsnmp_oid_buf resume;
    switch (request_access(request, query->name, true, &resume)) {
    case UVSNMP_ACCESS_GRANTED:
        break;
    case UVSNMP_ACCESS_NO_VIEW:
        return UVSNMP_STATUS_AUTHORIZATION_ERROR;
    case UVSNMP_ACCESS_HIDDEN:
    case UVSNMP_ACCESS_HIDDEN_ON:
    default:
        return UVSNMP_STATUS_NO_ACCESS;
    }
    if (!registry_find(request->context, query->name, &query->spot)) {
        return UVSNMP_STATUS_RESOURCE_UNAVAILABLE;
    }
    query->owner = query->spot.owner;
    if (!query->owner || (!query->owner->provider->test && !query->owner->provider->commit)) {
        return UVSNMP_STATUS_NOT_WRITABLE;
    }
    return UVSNMP_STATUS_NO_ERROR;
}

static void fail_with(struct agent_request *request, enum uvsnmp_status status, size_t index)
{
    request->status = status;
    request->error_index = index;
}

/* The phase's answer for the current variable; moves on to the next variable or phase. */
static void judge(struct agent_request *request)
{
    const struct uvsnmp_query *query = current(request);
    bool failed = query->answer != ANSWER_DONE;
    switch (request->phase) {
    case QUERY_TEST:
        if (failed) {
            fail_with(request, query->answer == ANSWER_FAILED ? query->status : UVSNMP_STATUS_GEN_ERR,
                      request->at + 1);
            request->phase = QUERY_RELEASE;
        } else if (++request->at == request->query_count) {
            request->phase = QUERY_COMMIT;
            request->at = 0;
        }
        break;
    case QUERY_COMMIT:
        if (!failed) {
            if (++request->at == request->query_count) {
                request->phase = QUERY_RELEASE;
            }
            break;
        }
        fail_with(request, UVSNMP_STATUS_COMMIT_FAILED, request->at + 1);
        request->phase = request->at > 0 ? QUERY_UNDO : QUERY_RELEASE;
        request->at -= request->at > 0 ? 1 : 0;
        break;
    case QUERY_UNDO:
        if (failed) {
            fail_with(request, UVSNMP_STATUS_UNDO_FAILED, 0);
        }
        if (request->at == 0) {
            request->phase = QUERY_RELEASE;
        } else {
            request->at--;
        }
        break;
    default:
        break;
    }
}

/* Lets go of all that were tested; one that its provider still has is let go when it comes back. */
static void release_all(struct agent_request *request)
{
    for (size_t i = 0; i < request->query_count; i++) {
        struct uvsnmp_query *query = &request->queries[i];
        if (query->held && query->state != QUERY_ABANDONED) {
            query_release(query);
        }
    }
}

/* Asks the current variable's provider. True: the answer is there. */
static bool ask_current(struct agent_request *request)
{
    struct uvsnmp_query *query = current(request);
    query->tested = true;
    if (request->phase == QUERY_UNDO && !query->owner->provider->undo) {
        query->status = UVSNMP_STATUS_UNDO_FAILED;
        query->answer = ANSWER_FAILED;
        return true;
    }
    return query_ask(query, request->phase);
}

static void end_set(struct agent_request *request)
{
    request->running = true; /* a release that answers, against the contract, changes nothing any more */
    release_all(request);
    list_remove(&request->set_link);
    if (request->status == UVSNMP_STATUS_NO_ERROR) {
        request_respond(request, request->pdu.varbinds, request->query_count);
    } else {
        request_fail(request, request->status, request->error_index);
    }
}

/* Runs one SET until it is answered (true) or a provider takes its time (false). */
static bool run(struct agent_request *request)
{
    request->running = true;
    while (request->phase != QUERY_RELEASE) {
        if (!ask_current(request)) {
            request->running = false;
            if (request_wait(request)) {
                return false;
            }
            /* no room to wait: as if the deadline had passed at once */
            request->running = true;
            query_abandon(current(request));
            current(request)->answer = ANSWER_FAILED;
            current(request)->status = UVSNMP_STATUS_RESOURCE_UNAVAILABLE;
        }
        judge(request);
    }
    end_set(request);
    return true;
}

/* Values that no object has, so that providers need not think of them. */
static enum uvsnmp_status check_value(struct agent_request *request, struct uvsnmp_query *query)
{
    const struct uvsnmp_value *value = uvsnmp_query_value(query);
    (void)request;
    if (value->type == UVSNMP_NULL || uvsnmp_type_is_exception(value->type)) {
        return UVSNMP_STATUS_WRONG_TYPE;
    }
    /* RFC 2578 §7.1.1 */
    return value->type == UVSNMP_INTEGER && (value->as.integer < INT32_MIN || value->as.integer > INT32_MAX)
               ? UVSNMP_STATUS_WRONG_ENCODING
               : UVSNMP_STATUS_NO_ERROR;
}

/* Makes one check of all variables; the first that fails ends the SET. */
static void check_all(struct agent_request *request,
                      enum uvsnmp_status (*check)(struct agent_request *, struct uvsnmp_query *))
{
    for (size_t i = 0; i < request->query_count && request->phase == QUERY_TEST; i++) {
        enum uvsnmp_status status = check(request, &request->queries[i]);
        if (status != UVSNMP_STATUS_NO_ERROR) {
            fail_with(request, status, i + 1);
            request->phase = QUERY_RELEASE;
        }
    }
}

/* The first step of a SET whose turn has come. */
static void prepare(struct agent_request *request)
{
    check_all(request, check_value);
    check_all(request, find_owner);
    for (size_t i = 0; i < request->query_count && request->phase == QUERY_TEST; i++) {
        registration_hold(request->queries[i].owner);
        request->queries[i].held = true;
    }
}

/* Starts the SETs that have waited for their turn. */
static void run_queue(struct uvsnmp_agent *agent)
{
    while (!list_is_empty(&agent->sets)) {
        struct agent_request *request = LIST_OBJECT(agent->sets.next, struct agent_request, set_link);
        request->queued = false;
        prepare(request);
        if (!run(request)) {
            return;
        }
    }
}

void write_start(struct agent_request *request)
{
    struct uvsnmp_agent *agent = request->agent;
    const struct msg_pdu *pdu = &request->pdu;
    bool first = list_is_empty(&agent->sets);
    request->query_count = pdu->count;
    request->phase = pdu->count > 0 ? QUERY_TEST : QUERY_RELEASE;
    request->at = 0;
    request->status = UVSNMP_STATUS_NO_ERROR;
    request->error_index = 0;
    request->queries = arena_array(&request->arena, pdu->count, sizeof(*request->queries));
    if (!request->queries) {
        request->query_count = 0;
        request_fail(request, UVSNMP_STATUS_RESOURCE_UNAVAILABLE, 0);
        return;
    }
    for (size_t i = 0; i < pdu->count; i++) {
        query_init(&request->queries[i], request, pdu->varbinds[i].name);
    }
    request->queued = true;
    list_append(&agent->sets, &request->set_link);
    if (first) {
        run_queue(agent);
    } else if (!request_wait(request)) {
        list_remove(&request->set_link);
        request_end(request);
    }
}

void write_answered(struct uvsnmp_query *query)
{
    struct agent_request *request = query->request;
    struct uvsnmp_agent *agent = request->agent;
    if (request->running) {
        return;
    }
    judge(request);
    if (run(request)) {
        run_queue(agent);
    }
}

void write_expired(struct agent_request *request)
{
    struct uvsnmp_agent *agent = request->agent;
    struct uvsnmp_query *query = current(request);
    if (request->queued) {
        list_remove(&request->set_link);
        request_fail(request, UVSNMP_STATUS_GEN_ERR, 0);
        return;
    }
    request->running = true;
    query_abandon(query);
    query->answer = ANSWER_FAILED;
    query->status = UVSNMP_STATUS_GEN_ERR;
    judge(request);
    request_wait_again(request);
    if (run(request)) {
        run_queue(agent);
    }
}
