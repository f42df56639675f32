/* SPDX-License-Identifier: BSD-3-Clause */
#include "unit/agent/v3_manager.h"

#include "usm/credential.h"

static struct uvsnmp_bytes bytes(const char *text)
{
    return (struct uvsnmp_bytes){(const uint8_t *)text, strlen(text)};
}

struct uvsnmp_agent_options v3_options(void)
{
    return (struct uvsnmp_agent_options){
        .engine_id = {(const uint8_t *)V3_MANAGER_ENGINE, sizeof(V3_MANAGER_ENGINE) - 1}, .engine_boots = 7};
}

struct uvsnmp_user v3_user(const char *name)
{
    return (struct uvsnmp_user){.name = bytes(name),
                                .auth = "SHA-256",
                                .priv = "AES",
                                .auth_secret = {.passphrase = bytes("authentic")},
                                .priv_secret = {.passphrase = bytes("encrypted")}};
}

void v3_add_user(struct fixture *fixture, const char *name)
{
    const struct uvsnmp_user user = v3_user(name);
    assert_int_equal(uvsnmp_agent_add_user(fixture->agent, &user, NULL), 0);
}

void v3_add_right(struct fixture *fixture, const char *name)
{
    const struct uvsnmp_right right = {
        .security_name = bytes(name), .level = UVSNMP_NO_AUTH_NO_PRIV, .write = true};
    assert_int_equal(uvsnmp_agent_add_right(fixture->agent, &right, NULL), 0);
}

struct v3_manager *v3_manager_new(struct fixture *fixture)
{
    static const struct uvsnmp_user nobody;
    const struct msg_pdu nothing = {.type = UVSNMP_PDU_GET};
    struct v3_manager *peer = calloc(1, sizeof(*peer));
    assert_non_null(peer);
    peer->fixture = fixture;
    fixture->leaves_bytes = true;
    engine_init(&peer->engine, NULL, 0, fixture->now);
    peer->crypto = peer->engine.crypto = usm_crypto_open(NULL);
    assert_non_null(peer->crypto);
    peer->context = "";
    arena_init(&peer->arena, 0, 0);
    assert_true(v3_send(peer, &nobody, 0, &nothing)); /* a discovery, as it knows no engine ID */
    assert_report(peer, UVSNMP_EUNKNOWN_ENGINE, 0);
    peer->engine_id = engine_id_bytes(&fixture->agent->engine.id);
    peer->context_engine_id = peer->engine_id;
    assert_int_equal(peer->in.envelope.engine_id.size, peer->engine_id.size);
    assert_memory_equal(peer->in.envelope.engine_id.data, peer->engine_id.data, peer->engine_id.size);
    return peer;
}

void v3_manager_free(struct v3_manager *peer)
{
    engine_fini(&peer->engine);
    usm_crypto_close(peer->crypto);
    arena_fini(&peer->arena);
    free(peer);
}

static void make_security(struct v3_manager *peer, const struct uvsnmp_user *user,
                          struct usm_security *security)
{
    struct usm_credential *credential;
    assert_int_equal(usm_credential_of_user(peer->crypto, user, &credential, NULL), 0);
    assert_int_equal(usm_credential_localize(credential, peer->engine_id, security), 0);
    usm_credential_free(credential);
}

bool v3_send(struct v3_manager *peer, const struct uvsnmp_user *user, uint8_t level,
             const struct msg_pdu *pdu)
{
    struct fixture *fixture = peer->fixture;
    struct engine_envelope envelope = {.version = UVSNMP_V3,
                                       .message_id = engine_next_message_id(&peer->engine),
                                       .level = level,
                                       .engine_id = peer->engine_id,
                                       .user_name = user->name,
                                       .context_engine_id = peer->context_engine_id,
                                       .context_name = bytes(peer->context)};
    struct msg_pdu numbered = *pdu;
    struct ber_writer writer;
    size_t before = fixture->answers;
    numbered.request_id = ++fixture->request_id;
    if (level != 0) {
        make_security(peer, user, &envelope.security);
    }
    ber_writer_init(&writer, peer->sent, sizeof(peer->sent));
    assert_int_equal(engine_encode(&peer->engine, &envelope, &numbered, fixture->now, &writer), 0);
    peer->sent_size = ber_writer_size(&writer);
    memmove(peer->sent, writer.at, peer->sent_size);
    fixture_handle(fixture, peer->sent, peer->sent_size);
    if (fixture->answers == before) {
        return false;
    }
    assert_int_equal(fixture->answers, before + 1);
    const struct engine_arrival arrival = {fixture->bytes, fixture->size, fixture->now, &envelope};
    arena_reset(&peer->arena);
    peer->status = engine_decode(&peer->engine, &arrival, &peer->arena, &peer->in, NULL);
    engine_envelope_wipe(&peer->in.envelope);
    if (peer->status == 0 && peer->in.pdu.type == UVSNMP_PDU_RESPONSE) {
        assert_int_equal(peer->in.pdu.request_id, fixture->request_id);
    }
    return true;
}

bool v3_ask(struct v3_manager *peer, const char *user, uint8_t level, enum uvsnmp_pdu_type type,
            struct uvsnmp_oid name)
{
    const struct uvsnmp_user who = v3_user(user);
    const struct uvsnmp_varbind varbind = {name, type == UVSNMP_PDU_SET ? uvsnmp_integer(5)
                                                                        : uvsnmp_empty(UVSNMP_NULL)};
    struct msg_pdu pdu = {.type = type, .varbinds = &varbind, .count = 1};
    pdu.max_repetitions = type == UVSNMP_PDU_GETBULK ? 3 : 0;
    return v3_send(peer, &who, level, &pdu);
}

void assert_report(const struct v3_manager *peer, int error, uint8_t level)
{
    assert_int_equal(peer->status, 0);
    assert_int_equal(peer->in.pdu.type, UVSNMP_PDU_REPORT);
    assert_int_equal(peer->in.reported, error);
    assert_int_equal(peer->in.envelope.level, level);
}

void assert_response(const struct v3_manager *peer, enum uvsnmp_status status, int32_t index)
{
    assert_int_equal(peer->status, 0);
    assert_int_equal(peer->in.pdu.type, UVSNMP_PDU_RESPONSE);
    assert_int_equal(peer->in.pdu.error_status, status);
    assert_int_equal(peer->in.pdu.error_index, index);
}
