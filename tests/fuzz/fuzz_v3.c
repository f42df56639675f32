/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Messages of version 3: header, security parameters and scoped PDU each by itself, and whole messages, to an
 * agent and to a manager who know the users of the seeds. A second time with the digest put right and the
 * clock set to the message's, so that what lies behind authentication is reached.
 */
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "engine/incoming.h"
#include "msg/v3.h"
#include "support/v3_engine.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

#define MESSAGE_MAX 65536

static struct usm_crypto *crypto;
static struct engine agent;
static uint8_t buffer[MESSAGE_MAX], signed_message[MESSAGE_MAX];

static void require(bool truth)
{
    if (!truth) {
        abort();
    }
}

static void set_up(void)
{
    if (!crypto) {
        crypto = usm_crypto_open(NULL);
        require(crypto && v3_engine_init(&agent, crypto) == 0);
    }
}

static bool is_same(struct uvsnmp_bytes a, struct uvsnmp_bytes b)
{
    return a.size == b.size && (a.size == 0 || memcmp(a.data, b.data, a.size) == 0);
}

/* What was read and is written is read again as the same. */
static void read_params(struct uvsnmp_bytes octets)
{
    struct usm_params params, again;
    struct ber_writer writer;
    size_t mac_end;
    if (usm_params_decode(octets, 0, &params, NULL) < 0) {
        return;
    }
    ber_writer_init(&writer, buffer, sizeof(buffer));
    usm_params_encode(&writer, &params, &mac_end);
    if (ber_writer_error(&writer) != 0) {
        return;
    }
    struct ber_reader reader;
    ber_reader_init(&reader, writer.at, ber_writer_size(&writer));
    require(usm_params_decode(ber_read_bytes(&reader, 0x04), 0, &again, NULL) == 0);
    require(is_same(params.engine_id, again.engine_id) && is_same(params.user_name, again.user_name) &&
            is_same(params.salt, again.salt) && params.boots == again.boots && params.time == again.time);
}

static void read_parts(const uint8_t *data, size_t size, struct arena *arena)
{
    const struct uvsnmp_bytes octets = {data, size};
    struct msg_scoped_pdu scoped;
    struct msg_v3 message;
    enum uvsnmp_pdu_type type;
    int64_t request_id;
    uint64_t key, answer_key;
    bool has_key = msg_v3_response_key(data, size, &key);
    (void)msg_v3_request_key(data, size, &answer_key);
    (void)msg_scoped_pdu_peek(octets, &type, &request_id);
    if (msg_scoped_pdu_decode(octets, 0, arena, &scoped, NULL) == 0) {
        require(msg_scoped_pdu_peek(octets, &type, &request_id) && type == scoped.pdu.type &&
                request_id == scoped.pdu.request_id);
    }
    read_params(octets);
    if (msg_v3_decode(data, size, &message, NULL) == 0) {
        require(message.header.max_size >= MSG_V3_SIZE_LEAST && message.header.id >= 0);
        require(!has_key || (key == msg_v3_key(message.header.id) && key == answer_key));
        read_params(message.security_parameters);
    }
}

static void answer(const struct engine_incoming *in)
{
    struct ber_writer writer;
    struct msg_v3 message;
    const struct msg_pdu response = {.type = UVSNMP_PDU_RESPONSE, .request_id = in->pdu.request_id};
    ber_writer_init(&writer, buffer, sizeof(buffer));
    if (in->is_report_due) {
        require(engine_encode_report(&agent, in, 0, &writer));
    } else if (engine_encode(&agent, &in->envelope, &response, 0, &writer) != 0) {
        return;
    }
    require(in->envelope.version != UVSNMP_V3 ||
            msg_v3_decode(writer.at, ber_writer_size(&writer), &message, NULL) == 0);
}

static void hand_over(const uint8_t *data, size_t size, struct arena *arena)
{
    struct engine_incoming in;
    struct engine manager;
    struct engine_envelope request = {
        .version = UVSNMP_V3, .engine_id = v3_engine_id, .context_engine_id = v3_engine_id};
    struct engine_arrival arrival = {data, size, 0, NULL};
    struct msg_v3 message;
    int rc = engine_decode(&agent, &arrival, arena, &in, NULL);
    require(rc == 0 || in.pdu.count == 0 || !in.is_report_due);
    if (rc == 0 || in.is_report_due) {
        answer(&in);
    }
    if (msg_v3_decode(data, size, &message, NULL) < 0) {
        return;
    }
    request.message_id = message.header.id;
    request.level = message.header.flags & MSG_V3_LEVEL;
    request.user_name = in.envelope.user_name;
    request.security = in.envelope.security;
    engine_init(&manager, NULL, 0, 0);
    manager.crypto = crypto;
    arrival.request = &request;
    (void)engine_decode(&manager, &arrival, arena, &in, NULL);
    request.engine_id.size = 0;
    (void)engine_decode(&manager, &arrival, arena, &in, NULL);
    engine_fini(&manager);
}

/* The message with the digest of its user; false: it has none. */
static bool sign(const uint8_t *data, size_t size)
{
    struct msg_v3 message;
    struct usm_params params;
    uint8_t mac[USM_KEY_MAX];
    memcpy(signed_message, data, size);
    if (msg_v3_decode(signed_message, size, &message, NULL) < 0 ||
        usm_params_decode(message.security_parameters, 0, &params, NULL) < 0) {
        return false;
    }
    agent.started.boots = params.boots;
    agent.started.time = params.time;
    const struct usm_user *user = usm_users_find(&agent.users, params.engine_id, params.user_name);
    if (!user || user->security.auth == USM_AUTH_NONE ||
        params.mac.size != usm_auth(user->security.auth)->mac_size) {
        return false;
    }
    uint8_t *place = signed_message + (params.mac.data - signed_message);
    const struct uvsnmp_bytes key = {user->security.auth_key.data, user->security.auth_key.size};
    memset(place, 0, params.mac.size);
    require(usm_crypto_hmac(crypto, user->security.auth, key, &message.whole, 1, mac) == 0);
    memcpy(place, mac, params.mac.size);
    return true;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena arena;
    if (size > MESSAGE_MAX) {
        return 0;
    }
    set_up();
    arena_init(&arena, 0, 0);
    read_parts(data, size, &arena);
    hand_over(data, size, &arena);
    if (size > 0 && sign(data, size)) {
        hand_over(signed_message, size, &arena);
    }
    agent.started.boots = 1;
    agent.started.time = 0;
    arena_fini(&arena);
    return 0;
}
