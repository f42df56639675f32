/* SPDX-License-Identifier: BSD-3-Clause */
#include "session/client.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/err.h"
#include "base/log.h"
#include "base/random.h"
#include "io/timer.h"
#include "msg/message.h"
#include "msg/v3.h"
#include "session/discovery.h"

#define SNMP_PORT 161
#define CLIENT_ARENA_BLOCK 8192

void client_remember(struct uvsnmp_client *client, const struct uvsnmp_address *from, uint64_t key,
                     const char *format, ...)
{
    struct client_stray *stray = &client->stray;
    va_list arguments;
    va_start(arguments, format);
    (void)vsnprintf(stray->text, sizeof(stray->text), format, arguments);
    va_end(arguments);
    stray->from = *from;
    stray->key = key;
    stray->seen = true;
    log_debug("session", "unmatched: %s", stray->text);
}

/* Without its keys: what it is cannot be told. */
static void remember_v3(struct uvsnmp_client *client, const struct uvsnmp_address *from,
                        const struct msg_v3 *message)
{
    client_remember(client, from, msg_v3_key(message->header.id),
                    "an answer to another request (version 3, id %d)", (int)message->header.id);
}

/* Late and duplicate answers are ordinary; only remembered, to explain a timeout should one follow. */
static void on_unmatched(struct uvsnmp_manager *manager, const struct uvsnmp_address *from,
                         const uint8_t *data, size_t size, void *arg)
{
    struct uvsnmp_client *client = arg;
    struct msg_message message;
    struct msg_v3 message_v3;
    struct uvsnmp_error err;
    (void)manager;
    arena_reset(&client->arena);
    if (msg_v3_decode(data, size, &message_v3, NULL) == 0) {
        remember_v3(client, from, &message_v3);
    } else if (msg_decode(data, size, &client->arena, &message, &err) < 0) {
        client_remember(client, from, 0, "a malformed message (%.80s)", err.detail);
    } else if (message.pdu.type != UVSNMP_PDU_RESPONSE) {
        client_remember(client, from, 0, "a %s instead of a RESPONSE", msg_pdu_type_name(message.pdu.type));
    } else {
        client_remember(client, from, msg_key(message.version, message.pdu.request_id),
                        "a response to another request (version %s, id %d)",
                        message.version == UVSNMP_V1 ? "1" : "2c", (int)message.pdu.request_id);
    }
}

bool client_accept(struct uvsnmp_client *client, const struct engine_envelope *envelope,
                   const struct uvsnmp_address *from, struct uvsnmp_bytes message)
{
    struct uvsnmp_error err;
    const struct engine_arrival arrival = {
        .data = message.data, .size = message.size, .now_ms = io_now(client->loop), .request = envelope};
    arena_reset(&client->arena);
    int rc = engine_decode(&client->engine, &arrival, &client->arena, &client->incoming, &err);
    /* the keys are the request's own; those of the answer are the same ones */
    engine_envelope_wipe(&client->incoming.envelope);
    if (rc < 0) {
        client_remember(client, from, msg_v3_key(envelope->message_id),
                        "an answer that cannot be believed (%.90s)", err.detail);
    }
    return rc == 0;
}

const char *client_explain(const struct uvsnmp_client *client, const struct uvsnmp_address *asked,
                           uint64_t key)
{
    const struct client_stray *stray = &client->stray;
    if (!stray->seen || !asked) {
        return "";
    }
    if (uvsnmp_address_equal(&stray->from, asked)) {
        return stray->text;
    }
    return stray->key == key ? "the answer, but from an address that was not asked" : "";
}

int32_t client_next_request_id(struct uvsnmp_client *client)
{
    client->request_id = client->request_id == INT32_MAX ? 1 : client->request_id + 1;
    return client->request_id;
}

static void client_free(struct uvsnmp_client *client)
{
    discovery_end_all(client);
    engine_fini(&client->engine);
    usm_crypto_close(client->engine.crypto);
    arena_fini(&client->arena);
    free(client->buffer);
    free(client);
}

static int start_engine(struct uvsnmp_client *client, const struct uvsnmp_client_options *options,
                        struct uvsnmp_error *err)
{
    struct engine_id id = {.size = 0};
    bool is_given = options && options->engine_id.size > 0;
    int rc = is_given ? engine_id_set(&id, options->engine_id) : 0;
    engine_init(&client->engine, is_given ? &id : NULL, is_given ? options->engine_boots : 0,
                io_now(client->loop));
    client->engine.started.time = is_given ? options->engine_time : 0;
    return rc < 0 ? err_set(err, rc, "no engine ID: it has 5 to 32 octets, not all 0 or all 255") : 0;
}

int uvsnmp_client_new(uv_loop_t *loop, const struct uvsnmp_client_options *options,
                      struct uvsnmp_client **out, struct uvsnmp_error *err)
{
    struct uvsnmp_client *client = calloc(1, sizeof(*client));
    int rc;
    *out = NULL;
    if (!client) {
        return err_set(err, UVSNMP_ENO_MEMORY, "no memory for a client");
    }
    client->loop = loop;
    client->default_port = options && options->default_port ? options->default_port : SNMP_PORT;
    struct uvsnmp_manager_options manager_options = {
        .local = options ? options->local : NULL,
        .default_port = client->default_port,
        .key = engine_response_key,
        .sent_key = engine_request_key,
        .frame = msg_frame,
        .on_unmatched = on_unmatched,
        .arg = client,
        .max_in_flight = options ? options->max_in_flight : 0,
        .receive_buffer = options ? options->receive_buffer : 0,
        .patient = options && options->patient,
        .trace = options ? options->trace : NULL,
        .trace_arg = options ? options->trace_arg : NULL,
    };
    arena_init(&client->arena, CLIENT_ARENA_BLOCK, 0);
    rc = start_engine(client, options, err);
    map_init(&client->discoveries.by_peer);
    list_init(&client->discoveries.all);
    client->request_id = (int32_t)(random_u64() & INT32_MAX);
    client->buffer = malloc(MSG_SIZE_MAX);
    if (rc == 0 && !client->buffer) {
        rc = err_set(err, UVSNMP_ENO_MEMORY, "no memory for a client");
    }
    if (rc == 0) {
        rc = uvsnmp_manager_new(loop, &manager_options, &client->manager, err);
    }
    if (rc < 0) {
        client_free(client);
        return rc;
    }
    *out = client;
    return 0;
}

static void on_manager_closed(struct uvsnmp_manager *manager, void *arg)
{
    struct uvsnmp_client *client = arg;
    void (*closed)(void *) = client->closed;
    void *closed_arg = client->closed_arg;
    (void)manager;
    client_free(client);
    if (closed) {
        closed(closed_arg);
    }
}

void uvsnmp_client_close(struct uvsnmp_client *client, void (*closed)(void *arg), void *arg)
{
    if (client->closing) {
        return;
    }
    client->closing = true;
    client->closed = closed;
    client->closed_arg = arg;
    uvsnmp_manager_close(client->manager, on_manager_closed, client);
}
