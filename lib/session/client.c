/* SPDX-License-Identifier: BSD-3-Clause */
#include "session/client.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/err.h"
#include "base/log.h"
#include "base/random.h"

#define SNMP_PORT 161
#define CLIENT_ARENA_BLOCK 8192

/* Late and duplicate answers are ordinary; only remembered, to explain a timeout should one follow. */
static void on_unmatched(struct uvsnmp_manager *manager, const struct uvsnmp_address *from,
                         const uint8_t *data, size_t size, void *arg)
{
    struct uvsnmp_client *client = arg;
    struct client_stray *stray = &client->stray;
    struct msg_message message;
    struct uvsnmp_error err;
    (void)manager;
    arena_reset(&client->arena);
    stray->from = *from;
    stray->seen = true;
    stray->key = 0;
    if (msg_decode(data, size, &client->arena, &message, &err) < 0) {
        (void)snprintf(stray->text, sizeof(stray->text), "a malformed message (%.80s)", err.detail);
    } else if (message.pdu.type != UVSNMP_PDU_RESPONSE) {
        (void)snprintf(stray->text, sizeof(stray->text), "a %s instead of a RESPONSE",
                       msg_pdu_type_name(message.pdu.type));
    } else {
        stray->key = msg_key(message.version, message.pdu.request_id);
        (void)snprintf(stray->text, sizeof(stray->text), "a response to another request (version %s, id %d)",
                       message.version == UVSNMP_V1 ? "1" : "2c", (int)message.pdu.request_id);
    }
    log_debug("session", "unmatched: %s", stray->text);
}

const char *client_explain(const struct uvsnmp_client *client, const struct uvsnmp_address *asked, uint64_t key)
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
    arena_fini(&client->arena);
    free(client->buffer);
    free(client);
}

int uvsnmp_client_new(uv_loop_t *loop, const struct uvsnmp_client_options *options, struct uvsnmp_client **out,
                      struct uvsnmp_error *err)
{
    struct uvsnmp_client *client = calloc(1, sizeof(*client));
    *out = NULL;
    if (!client) {
        return err_set(err, UVSNMP_ENO_MEMORY, "no memory for a client");
    }
    client->loop = loop;
    client->default_port = options && options->default_port ? options->default_port : SNMP_PORT;
    struct uvsnmp_manager_options manager_options = {
        .local = options ? options->local : NULL,
        .default_port = client->default_port,
        .key = msg_response_key,
        .sent_key = msg_request_key,
        .frame = msg_frame,
        .on_unmatched = on_unmatched,
        .arg = client,
        .max_in_flight = options ? options->max_in_flight : 0,
        .receive_buffer = options ? options->receive_buffer : 0,
        .trace = options ? options->trace : NULL,
        .trace_arg = options ? options->trace_arg : NULL,
    };
    arena_init(&client->arena, CLIENT_ARENA_BLOCK, 0);
    client->request_id = (int32_t)(random_u64() & INT32_MAX);
    client->buffer = malloc(MSG_SIZE_MAX);
    if (!client->buffer) {
        client_free(client);
        return err_set(err, UVSNMP_ENO_MEMORY, "no memory for a client");
    }
    int rc = uvsnmp_manager_new(loop, &manager_options, &client->manager, err);
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
