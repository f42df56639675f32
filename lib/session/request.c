/* SPDX-License-Identifier: BSD-3-Clause */
#include <stdio.h>
#include <stdlib.h>

#include "base/err.h"
#include "session/client.h"

/* The detail of a failure, with what else is known of a timeout. */
static const char *failure_detail(const struct uvsnmp_request *request,
                                  const struct uvsnmp_exchange_result *exchange, char *text, size_t size)
{
    const char *stray = "";
    if (exchange->status == UVSNMP_ETIMEOUT || exchange->status == UVSNMP_EDEADLINE) {
        stray = client_explain(request->session->client, exchange->from, request->key);
    }
    if (*stray == '\0') {
        return exchange->detail;
    }
    (void)snprintf(text, size, "%.100s; what arrived was %s", exchange->detail, stray);
    return text;
}

/* Reads the answer; a failure makes it the request's. */
static void read_response(struct uvsnmp_session *session, const struct uvsnmp_exchange_result *exchange,
                          struct uvsnmp_result *result, struct uvsnmp_error *err)
{
    struct uvsnmp_client *client = session->client;
    struct msg_message message;
    arena_reset(&client->arena);
    result->status = msg_decode(exchange->data, exchange->size, &client->arena, &message, err);
    if (result->status < 0) {
        result->detail = err->detail;
        return;
    }
    result->error_status = message.pdu.error_status;
    result->error_index = message.pdu.error_index;
    result->varbinds = message.pdu.varbinds;
    result->count = message.pdu.count;
    if (exchange->from && !session->resolved) {
        session->address = *exchange->from;
        session->resolved = true;
    }
}

static void on_exchange_done(const struct uvsnmp_exchange_result *exchange, void *arg)
{
    struct uvsnmp_request *request = arg;
    struct uvsnmp_session *session = request->session;
    struct uvsnmp_result result = {
        .status = exchange->status, .detail = exchange->detail, .from = exchange->from};
    struct uvsnmp_error err = {0, ""};
    char text[256];
    if (exchange->status < 0) {
        result.detail = failure_detail(request, exchange, text, sizeof(text));
    } else if (exchange->data) {
        read_response(session, exchange, &result, &err);
    }
    list_remove(&request->link);
    request->done(session, &result, request->arg);
    free(request);
    session_release(session);
}

static bool has_counter64(const struct uvsnmp_request_options *options)
{
    for (size_t i = 0; i < options->count; i++) {
        if (options->varbinds[i].value.type == UVSNMP_COUNTER64) {
            return true;
        }
    }
    return false;
}

/* What version 1 has no means for (RFC 3584 §4.2). */
static int check_version(const struct uvsnmp_session *session, const struct uvsnmp_request_options *options)
{
    bool v1 = session->version == UVSNMP_V1;
    if (v1 && (options->type == UVSNMP_PDU_GETBULK || options->type == UVSNMP_PDU_INFORM ||
               options->type == UVSNMP_PDU_TRAP || has_counter64(options))) {
        return UVSNMP_EUNSUPPORTED;
    }
    if (!msg_pdu_is_confirmed(options->type) && options->type != UVSNMP_PDU_TRAP) {
        return UVSNMP_EBAD_ARGUMENT;
    }
    return 0;
}

static int submit(struct uvsnmp_request *request, const uint8_t *message, size_t size, bool confirmed)
{
    struct uvsnmp_session *session = request->session;
    struct uvsnmp_send send = {
        .peer = session->resolved ? NULL : session->peer,
        .address = session->resolved ? &session->address : NULL,
        .data = message,
        .size = size,
        .key = request->key,
        .any_source = session->any_source,
        .timeout_ms = confirmed ? session->timeout_ms : 0,
        .retries = session->retries,
        .deadline_ms = session->deadline_ms,
        .done = on_exchange_done,
        .arg = request,
    };
    return uvsnmp_manager_send(session->client->manager, &send, &request->exchange, NULL);
}

int uvsnmp_request_send(struct uvsnmp_session *session, const struct uvsnmp_request_options *options,
                        uvsnmp_result_cb *done, void *arg, struct uvsnmp_request **out)
{
    struct uvsnmp_client *client = session->client;
    int rc = session->freed || client->closing ? UVSNMP_ECLOSED : check_version(session, options);
    if (rc < 0) {
        return rc;
    }
    struct msg_message message = {
        .version = session->version,
        .community = {session->community, session->community_size},
        .pdu = {.type = options->type,
                .request_id = client_next_request_id(client),
                .non_repeaters = options->non_repeaters,
                .max_repetitions = options->max_repetitions,
                .varbinds = options->varbinds,
                .count = options->count},
    };
    ptrdiff_t size = msg_encode(&message, client->buffer, MSG_SIZE_MAX);
    if (size < 0) {
        return (int)size;
    }
    struct uvsnmp_request *request = calloc(1, sizeof(*request));
    if (!request) {
        return UVSNMP_ENO_MEMORY;
    }
    request->session = session;
    request->key = msg_key(session->version, message.pdu.request_id);
    request->done = done;
    request->arg = arg;
    rc = submit(request, client->buffer + MSG_SIZE_MAX - size, (size_t)size,
                msg_pdu_is_confirmed(options->type));
    if (rc < 0) {
        free(request);
        return rc;
    }
    list_append(&session->requests, &request->link);
    session_hold(session);
    if (out) {
        *out = request;
    }
    return 0;
}

void uvsnmp_request_cancel(struct uvsnmp_request *request)
{
    uvsnmp_exchange_cancel(request->exchange);
}
