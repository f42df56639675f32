/* SPDX-License-Identifier: BSD-3-Clause */
/* Handing a query to its provider and taking the answer. */
#include <string.h>

#include "agent/request.h"
#include "agent/table.h"
#include "smi/varbind.h"

void query_init(struct uvsnmp_query *query, struct agent_request *request, struct uvsnmp_oid name)
{
    memset(query, 0, sizeof(*query));
    query->request = request;
    query->asked = query->name = name;
    list_init(&query->wait);
}

static uvsnmp_query_fn *function_of(const struct uvsnmp_provider *provider, enum query_phase phase)
{
    uvsnmp_query_fn *const functions[QUERY_PHASES] = {
        [QUERY_GET] = provider->get,       [QUERY_NEXT] = provider->next, [QUERY_TEST] = provider->test,
        [QUERY_COMMIT] = provider->commit, [QUERY_UNDO] = provider->undo, [QUERY_RELEASE] = provider->release,
    };
    return functions[phase];
}

bool query_ask(struct uvsnmp_query *query, enum query_phase phase)
{
    uvsnmp_query_fn *function = function_of(query->owner->provider, phase);
    query->phase = phase;
    query->answer = ANSWER_DONE;
    query->state = QUERY_ANSWERED;
    if (!function) {
        return true;
    }
    query->state = QUERY_ASKED;
    query->in_call = true;
    registration_hold(query->owner);
    function(query);
    query->in_call = false;
    if (phase == QUERY_RELEASE || query->state == QUERY_ANSWERED) {
        query->state = QUERY_ANSWERED;
        registration_drop(query->owner);
        return true;
    }
    return false;
}

void query_release(struct uvsnmp_query *query)
{
    bool changed = query->phase == QUERY_COMMIT || query->phase == QUERY_UNDO;
    if (query->tested) {
        (void)query_ask(query, QUERY_RELEASE);
    }
    if (changed) {
        table_changed(query->owner);
    }
    query->held = false;
    registration_drop(query->owner);
}

void query_pass_on(struct uvsnmp_query *query, uvsnmp_query_fn *function)
{
    if (function) {
        function(query);
    } else if (query->phase == QUERY_UNDO) {
        uvsnmp_query_fail(query, UVSNMP_STATUS_UNDO_FAILED);
    } else if (query->phase != QUERY_RELEASE) {
        uvsnmp_query_done(query);
    }
}

/* Every answer comes here. The provider's hold on the query ends. */
static void answered(struct uvsnmp_query *query, enum query_answer answer)
{
    struct agent_request *request = query->request;
    query->answer = answer;
    if (query->state == QUERY_ABANDONED) {
        struct uvsnmp_registration *owner = query->owner;
        owner->overdue--;
        query->state = QUERY_ANSWERED;
        if (query->held) {
            query_release(query);
        }
        table_unpin(query);
        registration_drop(owner);
        request_came_back(request);
        return;
    }
    query->state = QUERY_ANSWERED;
    if (query->in_call) {
        return; /* query_ask() goes on */
    }
    registration_drop(query->owner);
    if (query->phase == QUERY_GET || query->phase == QUERY_NEXT) {
        read_answered(query);
    } else {
        write_answered(query);
    }
}

/* Keeps a value in the request's arena; when that is exhausted the query has failed. */
static bool keep_value(struct uvsnmp_query *query, const struct uvsnmp_value *value)
{
    if (query->state == QUERY_ABANDONED ||
        smi_value_dup(&query->request->arena, &query->found.value, value)) {
        return true;
    }
    query->status = UVSNMP_STATUS_GEN_ERR;
    answered(query, ANSWER_FAILED);
    return false;
}

void uvsnmp_query_answer(struct uvsnmp_query *query, const struct uvsnmp_value *value)
{
    if (keep_value(query, value)) {
        answered(query, ANSWER_VALUE);
    }
}

void uvsnmp_query_answer_next(struct uvsnmp_query *query, struct uvsnmp_oid name,
                              const struct uvsnmp_value *value)
{
    if (query->state != QUERY_ABANDONED &&
        (name.count > UVSNMP_OID_MAX || !smi_oid_dup(&query->request->arena, &query->found.name, name))) {
        uvsnmp_query_fail(query, UVSNMP_STATUS_GEN_ERR);
    } else if (keep_value(query, value)) {
        answered(query, ANSWER_NEXT);
    }
}

void uvsnmp_query_done(struct uvsnmp_query *query)
{
    answered(query, ANSWER_DONE);
}

void uvsnmp_query_fail(struct uvsnmp_query *query, enum uvsnmp_status status)
{
    query->status = status == UVSNMP_STATUS_NO_ERROR ? UVSNMP_STATUS_GEN_ERR : status;
    answered(query, ANSWER_FAILED);
}

void query_abandon(struct uvsnmp_query *query)
{
    const struct uvsnmp_provider *provider = query->owner->provider;
    if (query->loading) {
        table_leave(query);
    } else if (provider->cancel) {
        query->in_call = true; /* an answer from within the call, against the contract, does no harm */
        provider->cancel(query);
        query->in_call = false;
    } else {
        query->state = QUERY_ABANDONED;
        query->owner->overdue++;
        query->request->outstanding++;
        return;
    }
    query->state = QUERY_ANSWERED;
    registration_drop(query->owner);
}

bool query_found(struct uvsnmp_query *query, struct uvsnmp_oid base, const uint32_t *middle,
                 size_t middle_count, struct uvsnmp_oid tail)
{
    size_t count = base.count + middle_count + tail.count;
    uint32_t *ids = count <= UVSNMP_OID_MAX
                        ? (uint32_t *)arena_array(&query->request->arena, count, sizeof(uint32_t))
                        : NULL;
    if (!ids) {
        return false;
    }
    memcpy(ids, base.ids, base.count * sizeof(*ids));
    memcpy(ids + base.count, middle, middle_count * sizeof(*ids));
    if (tail.count > 0) {
        memcpy(ids + base.count + middle_count, tail.ids, tail.count * sizeof(*ids));
    }
    query->found.name.ids = ids;
    query->found.name.count = count;
    return true;
}

struct uvsnmp_query *query_of_set(const struct uvsnmp_query *query, size_t *at)
{
    const struct agent_request *request = query->request;
    while (*at < request->query_count) {
        struct uvsnmp_query *other = &request->queries[(*at)++];
        if (other->owner == query->owner) {
            return other;
        }
    }
    return NULL;
}

struct uvsnmp_bytes query_user_name(const struct uvsnmp_query *query)
{
    const struct engine_envelope *envelope = &query->request->envelope;
    return envelope->version == UVSNMP_V3 ? envelope->user_name : (struct uvsnmp_bytes){NULL, 0};
}

/* What min and max of an object's row limit. */
static bool measure(const struct uvsnmp_value *value, int64_t *size, bool *is_length)
{
    *is_length = false;
    switch (value->type) {
    case UVSNMP_INTEGER:
        *size = value->as.integer;
        return true;
    case UVSNMP_COUNTER32:
    case UVSNMP_GAUGE32:
    case UVSNMP_TIMETICKS:
    case UVSNMP_UINTEGER32:
        *size = value->as.unsigned32;
        return true;
    case UVSNMP_OCTET_STRING:
    case UVSNMP_OPAQUE:
    case UVSNMP_NSAPADDRESS:
        *is_length = true;
        *size = (int64_t)value->as.bytes.size;
        return true;
    case UVSNMP_OBJECT_IDENTIFIER:
        *is_length = true;
        *size = (int64_t)value->as.oid.count;
        return true;
    default:
        return false;
    }
}

enum uvsnmp_status object_check(const struct uvsnmp_object *object, const struct uvsnmp_value *value)
{
    int64_t size;
    bool is_length;
    if (value->type != object->type) {
        return UVSNMP_STATUS_WRONG_TYPE;
    }
    if ((object->min == 0 && object->max == 0) || !measure(value, &size, &is_length) ||
        (size >= object->min && size <= object->max)) {
        return UVSNMP_STATUS_NO_ERROR;
    }
    return is_length ? UVSNMP_STATUS_WRONG_LENGTH : UVSNMP_STATUS_WRONG_VALUE;
}

struct uvsnmp_oid uvsnmp_query_name(const struct uvsnmp_query *query)
{
    return query->name;
}

struct uvsnmp_oid uvsnmp_query_suffix(const struct uvsnmp_query *query)
{
    struct uvsnmp_oid suffix = {NULL, 0}, base = query->owner->base;
    if (uvsnmp_oid_has_prefix(query->name, base)) {
        suffix.ids = query->name.ids + base.count;
        suffix.count = query->name.count - base.count;
    }
    return suffix;
}

bool uvsnmp_query_includes_name(const struct uvsnmp_query *query)
{
    return query->includes_name;
}

const struct uvsnmp_value *uvsnmp_query_value(const struct uvsnmp_query *query)
{
    const struct agent_request *request = query->request;
    return request->pdu.type == UVSNMP_PDU_SET
               ? &request->pdu.varbinds[query - request->queries].value
               : NULL;
}

void *uvsnmp_query_arg(const struct uvsnmp_query *query)
{
    return query->owner->arg;
}

struct uvsnmp_agent *uvsnmp_query_agent(const struct uvsnmp_query *query)
{
    return query->request->agent;
}

const struct uvsnmp_object *uvsnmp_query_object(const struct uvsnmp_query *query)
{
    return query->object;
}

void *uvsnmp_query_row(const struct uvsnmp_query *query)
{
    return query->has_row ? table_row(query) : NULL;
}

struct uvsnmp_oid uvsnmp_query_index(const struct uvsnmp_query *query)
{
    struct uvsnmp_oid suffix;
    if (query->has_row) {
        return table_index(query);
    }
    suffix = uvsnmp_query_suffix(query);
    if (query->snapshot && suffix.count > 0) {
        suffix.ids++;
        suffix.count--;
        return suffix;
    }
    suffix.count = 0;
    return suffix;
}

void *uvsnmp_query_alloc(struct uvsnmp_query *query, size_t size)
{
    return arena_alloc(&query->request->arena, size);
}

void uvsnmp_query_set_data(struct uvsnmp_query *query, void *data)
{
    query->data = data;
}

void *uvsnmp_query_data(const struct uvsnmp_query *query)
{
    return query->data;
}
