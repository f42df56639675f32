/* SPDX-License-Identifier: BSD-3-Clause */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/err.h"
#include "io/timer.h"
#include "msg/message.h"
#include "msg/v3.h"
#include "session/discovery.h"

static int submit(struct uvsnmp_request *request);

/* ---- answers ---- */

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

static void take_pdu(struct uvsnmp_result *result, const struct msg_pdu *pdu)
{
    result->error_status = pdu->error_status;
    result->error_index = pdu->error_index;
    result->varbinds = pdu->varbinds;
    result->count = pdu->count;
}

/* Reads the answer; a failure makes it the request's. */
static void read_community(struct uvsnmp_client *client, const struct uvsnmp_exchange_result *exchange,
                           struct uvsnmp_result *result, struct uvsnmp_error *err)
{
    struct msg_message message;
    arena_reset(&client->arena);
    result->status = msg_decode(exchange->data, exchange->size, &client->arena, &message, err);
    if (result->status < 0) {
        result->detail = err->detail;
        return;
    }
    take_pdu(result, &message.pdu);
}

/* What was accepted is in client->incoming. */
static void read_v3(const struct uvsnmp_client *client, struct uvsnmp_result *result,
                    struct uvsnmp_error *err)
{
    const struct engine_incoming *incoming = &client->incoming;
    if (incoming->pdu.type == UVSNMP_PDU_REPORT) {
        result->status =
            err_set(err, incoming->reported, "the agent reports: %s", uvsnmp_strerror(incoming->reported));
        result->detail = err->detail;
        return;
    }
    take_pdu(result, &incoming->pdu);
}

/* RFC 3414 §3.2 (7) b and §4: a clock that is known now, or an engine that is to be found out, are worth
 * another try each. True: it is under way. */
static bool is_sent_again(struct uvsnmp_request *request)
{
    const struct engine_incoming *incoming = &request->session->client->incoming;
    struct discovery *discovery = request->session->v3.discovery;
    if (incoming->pdu.type != UVSNMP_PDU_REPORT) {
        return false;
    }
    if (incoming->reported == UVSNMP_ENOT_IN_TIME_WINDOW && !request->has_resynchronised) {
        request->has_resynchronised = true;
        return submit(request) == 0;
    }
    if (incoming->reported == UVSNMP_EUNKNOWN_ENGINE && discovery && !request->has_discovered) {
        discovery_forget(discovery, &request->engine_id);
        request->engine_id.size = 0;
        request->has_discovered = true;
        return submit(request) == 0;
    }
    return false;
}

static void request_free(struct uvsnmp_request *request)
{
    engine_envelope_wipe(&request->envelope);
    free(request);
}

static void on_exchange_done(const struct uvsnmp_exchange_result *exchange, void *arg)
{
    struct uvsnmp_request *request = arg;
    struct uvsnmp_session *session = request->session;
    struct uvsnmp_result result = {
        .status = exchange->status, .detail = exchange->detail, .from = exchange->from};
    struct uvsnmp_error err = {0, ""};
    char text[320];
    discovery_leave(request);
    if (exchange->data) {
        session_answered(session, exchange->from);
    }
    if (exchange->data && session->version == UVSNMP_V3 && is_sent_again(request)) {
        return;
    }
    if (exchange->status < 0) {
        result.detail = failure_detail(request, exchange, text, sizeof(text));
    } else if (exchange->data && session->version == UVSNMP_V3) {
        read_v3(session->client, &result, &err);
    } else if (exchange->data) {
        read_community(session->client, exchange, &result, &err);
    }
    list_remove(&request->link);
    request->done(session, &result, request->arg);
    request_free(request);
    session_release(session);
}

/* ---- messages of version 3, made for each attempt: what they say of the time must be true ---- */

/* Everything of the envelope that depends on the engine. */
static int address_envelope(struct uvsnmp_request *request)
{
    struct uvsnmp_session *session = request->session;
    struct session_v3 *v3 = &session->v3;
    struct engine_envelope *envelope = &request->envelope;
    const struct usm_engine *peer;
    engine_envelope_wipe(envelope);
    envelope->engine_id = engine_id_bytes(&request->engine_id);
    envelope->context_engine_id =
        v3->context_engine_id.size > 0 ? v3->context_engine_id : envelope->engine_id;
    peer = usm_engines_find(&session->client->engine.peers, envelope->engine_id);
    envelope->peer_max_size = peer ? peer->max_size : 0;
    return usm_credential_localize(v3->credential->usm, envelope->engine_id, &envelope->security);
}

static ptrdiff_t encode_v3(uint8_t *buffer, size_t capacity, unsigned attempt, uint64_t *key, void *arg)
{
    struct uvsnmp_request *request = arg;
    struct uvsnmp_client *client = request->session->client;
    struct ber_writer writer;
    int rc = attempt == 0 ? address_envelope(request) : 0;
    if (rc < 0) {
        return rc;
    }
    ber_writer_init(&writer, buffer, capacity);
    ber_write_raw(&writer, request->pdu, request->pdu_size);
    rc = engine_wrap(&client->engine, &request->envelope, request->type, io_now(client->loop), &writer);
    size_t size = ber_writer_size(&writer);
    memmove(buffer, writer.at, size);
    *key = request->key;
    return rc < 0 ? rc : (ptrdiff_t)size;
}

static bool knows_clock(const struct uvsnmp_request *request)
{
    struct usm_engines *peers = &request->session->client->engine.peers;
    const struct usm_engine *peer = usm_engines_find(peers, request->envelope.engine_id);
    return peer && peer->clock.is_authentic;
}

static bool accept_v3(const struct uvsnmp_address *from, const uint8_t *data, size_t size, void *arg)
{
    struct uvsnmp_request *request = arg;
    struct uvsnmp_client *client = request->session->client;
    const struct engine_incoming *incoming = &client->incoming;
    const struct uvsnmp_bytes message = {data, size};
    if (!client_accept(client, &request->envelope, from, message)) {
        return false;
    }
    if (incoming->pdu.type == UVSNMP_PDU_RESPONSE && incoming->pdu.request_id != request->request_id) {
        client_remember(client, from, request->key, "a response with another request-id");
        return false;
    }
    /* the engine itself says this with a digest (RFC 3414 §3.2 (7) a) */
    if (incoming->reported == UVSNMP_ENOT_IN_TIME_WINDOW && incoming->envelope.level == 0 &&
        knows_clock(request)) {
        client_remember(client, from, request->key, "a Report on the time without a digest");
        return false;
    }
    return true;
}

/* ---- sending ---- */

static bool has_counter64(const struct uvsnmp_request_options *options)
{
    for (size_t i = 0; i < options->count; i++) {
        if (options->varbinds[i].value.type == UVSNMP_COUNTER64) {
            return true;
        }
    }
    return false;
}

/* Each version has its own trap (RFC 3584 §4.2); one of version 3 takes an authoritative engine on this side.
 */
static bool has_trap(const struct uvsnmp_session *session, enum uvsnmp_pdu_type type)
{
    bool v1 = session->version == UVSNMP_V1;
    if (type == UVSNMP_PDU_TRAP_V1) {
        return v1;
    }
    return !v1 && (session->version != UVSNMP_V3 || session->client->engine.id.size > 0);
}

static int check_version(const struct uvsnmp_session *session, const struct uvsnmp_request_options *options)
{
    bool is_trap = options->type == UVSNMP_PDU_TRAP || options->type == UVSNMP_PDU_TRAP_V1;
    if (session->version == UVSNMP_V1 && (options->type == UVSNMP_PDU_GETBULK ||
                                          options->type == UVSNMP_PDU_INFORM || has_counter64(options))) {
        return UVSNMP_EUNSUPPORTED;
    }
    if (is_trap && !has_trap(session, options->type)) {
        return UVSNMP_EUNSUPPORTED;
    }
    if (options->type == UVSNMP_PDU_TRAP_V1 && !options->trap) {
        return UVSNMP_EBAD_ARGUMENT;
    }
    return is_trap || msg_pdu_is_confirmed(options->type) ? 0 : UVSNMP_EBAD_ARGUMENT;
}

static struct uvsnmp_send send_options(struct uvsnmp_request *request)
{
    const struct session_target *target = &request->session->target;
    return (struct uvsnmp_send){
        .peer = target->resolved ? NULL : target->peer,
        .address = target->resolved ? &target->address : NULL,
        .key = request->key,
        .any_source = target->any_source,
        .timeout_ms = msg_pdu_is_confirmed(request->type) ? target->timeout_ms : 0,
        .retries = target->retries,
        .done = on_exchange_done,
        .arg = request,
    };
}

static int submit_community(struct uvsnmp_request *request, struct ber_writer *writer)
{
    const struct uvsnmp_session *session = request->session;
    const struct engine_envelope envelope = {.version = session->version, .community = session->community};
    int rc = engine_wrap(&session->client->engine, &envelope, request->type, 0, writer);
    struct uvsnmp_send send = send_options(request);
    request->key = send.key = msg_key(session->version, request->request_id);
    send.data = writer->at;
    send.size = ber_writer_size(writer);
    send.deadline_ms = session->deadline_ms;
    return rc < 0 ? rc : uvsnmp_manager_send(session->client->manager, &send, &request->exchange, NULL);
}

/* Sends it, the first time or again, once the engine is known. */
static int submit(struct uvsnmp_request *request)
{
    struct uvsnmp_session *session = request->session;
    struct uvsnmp_client *client = session->client;
    struct discovery *discovery = session->v3.discovery;
    uint64_t now = io_now(client->loop);
    if (request->type == UVSNMP_PDU_TRAP) {
        request->engine_id = client->engine.id;
    } else if (request->engine_id.size == 0) {
        request->engine_id = discovery ? discovery->engine_id : session->v3.engine_id;
    }
    request->envelope.message_id = engine_next_message_id(&client->engine);
    request->key = msg_v3_key(request->envelope.message_id);
    struct uvsnmp_send send = send_options(request);
    send.encode = encode_v3;
    send.accept = accept_v3;
    send.held = request->engine_id.size == 0;
    if (request->due > 0) {
        send.deadline_ms = request->due > now ? request->due - now : 1;
    }
    int rc = uvsnmp_manager_send(client->manager, &send, &request->exchange, NULL);
    int waits = rc == 0 && send.held ? discovery_wait(discovery, request) : 0;
    if (waits < 0) {
        uvsnmp_exchange_release(request->exchange, NULL, waits, NULL);
    }
    return rc;
}

static void prepare_v3(struct uvsnmp_request *request)
{
    const struct uvsnmp_session *session = request->session;
    struct engine_envelope *envelope = &request->envelope;
    envelope->version = UVSNMP_V3;
    envelope->level = session->v3.level;
    envelope->user_name = usm_credential_user_name(session->v3.credential->usm);
    envelope->security_name = usm_credential_security_name(session->v3.credential->usm);
    envelope->context_name = session->v3.context_name;
    if (session->deadline_ms > 0) {
        request->due = io_now(session->client->loop) + session->deadline_ms;
    }
}

/* The PDU, encoded at the end of the client's buffer. */
static int encode_pdu(struct uvsnmp_client *client, const struct uvsnmp_request_options *options,
                      struct ber_writer *writer, int32_t *request_id)
{
    const struct msg_pdu pdu = {.type = options->type,
                                .request_id = client_next_request_id(client),
                                .non_repeaters = options->non_repeaters,
                                .max_repetitions = options->max_repetitions,
                                .trap = options->trap,
                                .varbinds = options->varbinds,
                                .count = options->count};
    *request_id = (int32_t)pdu.request_id;
    ber_writer_init(writer, client->buffer, MSG_SIZE_MAX);
    msg_pdu_encode(writer, &pdu);
    return ber_writer_error(writer);
}

int uvsnmp_request_send(struct uvsnmp_session *session, const struct uvsnmp_request_options *options,
                        uvsnmp_result_cb *done, void *arg, struct uvsnmp_request **out)
{
    struct uvsnmp_client *client = session->client;
    bool is_v3 = session->version == UVSNMP_V3;
    struct ber_writer writer;
    int32_t request_id;
    int rc = session->freed || client->closing ? UVSNMP_ECLOSED : check_version(session, options);
    rc = rc < 0 ? rc : encode_pdu(client, options, &writer, &request_id);
    if (rc < 0) {
        return rc;
    }
    size_t pdu_size = is_v3 ? ber_writer_size(&writer) : 0;
    struct uvsnmp_request *request = calloc(1, sizeof(*request) + pdu_size);
    if (!request) {
        return UVSNMP_ENO_MEMORY;
    }
    request->session = session;
    request->type = options->type;
    request->request_id = request_id;
    request->done = done;
    request->arg = arg;
    list_init(&request->waiting);
    if (is_v3) {
        request->pdu_size = pdu_size;
        memcpy(request->pdu, writer.at, pdu_size);
        prepare_v3(request);
    }
    rc = is_v3 ? submit(request) : submit_community(request, &writer);
    if (rc < 0) {
        request_free(request);
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
