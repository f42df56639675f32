/* SPDX-License-Identifier: BSD-3-Clause */
#include "unit/session/receiver_fixture.h"

#include "msg/v3.h"
#include "smi/varbind.h"
#include "usm/credential.h"

static struct uvsnmp_bytes bytes(const char *text)
{
    return (struct uvsnmp_bytes){(const uint8_t *)text, strlen(text)};
}

/* ---- the receiver's world ---- */

static uint8_t *get_buffer(size_t *capacity, void *arg)
{
    struct receiver_fixture *fixture = arg;
    *capacity = fixture->capacity;
    return fixture->capacity > 0 ? fixture->out : NULL;
}

static void take_answer(const struct uvsnmp_return_path *path, const uint8_t *data, size_t size, void *arg)
{
    struct receiver_fixture *fixture = arg;
    assert_true(uvsnmp_address_equal(&path->peer, &fixture->path.peer));
    memcpy(fixture->answer, data, size);
    fixture->answer_size = size;
    fixture->answers++;
}

static uint64_t get_now(void *arg)
{
    return ((struct receiver_fixture *)arg)->now;
}

static void set_wake(uint64_t due, void *arg)
{
    ((struct receiver_fixture *)arg)->wake = due;
}

static struct uvsnmp_bytes keep(struct receiver_fixture *fixture, struct uvsnmp_bytes from)
{
    return (struct uvsnmp_bytes){arena_copy(&fixture->kept, from.data, from.size), from.size};
}

static void on_notification(struct uvsnmp_receiver *receiver, const struct uvsnmp_received *received,
                            void *arg)
{
    struct receiver_fixture *fixture = arg;
    struct uvsnmp_received *last = &fixture->last;
    arena_reset(&fixture->kept);
    fixture->calls++;
    *last = *received;
    last->community = keep(fixture, received->community);
    last->security_name = keep(fixture, received->security_name);
    last->engine_id = keep(fixture, received->engine_id);
    last->context_engine_id = keep(fixture, received->context_engine_id);
    last->context_name = keep(fixture, received->context_name);
    last->varbinds = smi_varbinds_dup(&fixture->kept, received->varbinds, received->count);
    if (received->trap) {
        fixture->trap = *received->trap;
        (void)smi_oid_dup(&fixture->kept, &fixture->trap.enterprise, received->trap->enterprise);
        last->trap = &fixture->trap;
    }
    if (fixture->acknowledges && received->inform != 0) {
        int rc = uvsnmp_receiver_acknowledge(receiver, received->inform);
        assert_true(rc == 0 || fixture->capacity == 0);
    }
}

struct receiver_fixture *receiver_fixture_new(const struct uvsnmp_receiver_options *options)
{
    static const struct uvsnmp_receiver_options defaults;
    struct uvsnmp_receiver_options wanted = options ? *options : defaults;
    struct engine_id id = {.size = 0};
    struct receiver_fixture *fixture = calloc(1, sizeof(*fixture));
    const struct receiver_io io = {get_buffer, take_answer, get_now, set_wake, fixture};
    assert_non_null(fixture);
    fixture->now = 1000000;
    fixture->wake = UINT64_MAX;
    fixture->capacity = sizeof(fixture->out);
    wanted.on_notification = on_notification;
    wanted.arg = fixture;
    wanted.engine_id = bytes(RECEIVER_ENGINE);
    wanted.engine_id.size = sizeof(RECEIVER_ENGINE) - 1;
    wanted.engine_boots = 7;
    assert_int_equal(uvsnmp_address_parse("127.0.0.1:40000", 0, &fixture->path.peer, NULL), 0);
    assert_int_equal(uvsnmp_address_parse("127.0.0.1:162", 0, &fixture->path.local, NULL), 0);
    fixture->receiver = receiver_new(&io, &wanted);
    assert_non_null(fixture->receiver);
    assert_int_equal(uvsnmp_receiver_add_community(fixture->receiver, bytes("public")), 0);
    assert_int_equal(
        engine_id_set(&id, (struct uvsnmp_bytes){(const uint8_t *)SENDER_ENGINE, sizeof(SENDER_ENGINE) - 1}),
        0);
    engine_init(&fixture->sender, &id, 3, fixture->now);
    fixture->crypto = fixture->sender.crypto = usm_crypto_open(NULL);
    assert_non_null(fixture->crypto);
    arena_init(&fixture->kept, 0, 0);
    arena_init(&fixture->arena, 0, 0);
    return fixture;
}

void receiver_fixture_free(struct receiver_fixture *fixture)
{
    receiver_free(fixture->receiver);
    engine_envelope_wipe(&fixture->envelope);
    engine_fini(&fixture->sender);
    usm_crypto_close(fixture->crypto);
    arena_fini(&fixture->kept);
    arena_fini(&fixture->arena);
    free(fixture);
}

struct uvsnmp_user receiver_user(const char *name)
{
    return (struct uvsnmp_user){.name = bytes(name),
                                .auth = "SHA-256",
                                .priv = "AES",
                                .auth_secret = {.passphrase = bytes("authentic")},
                                .priv_secret = {.passphrase = bytes("encrypted")}};
}

/* ---- the sender ---- */

void receiver_fixture_handle(struct receiver_fixture *fixture, const void *data, size_t size)
{
    /* a place of its own, so that a sanitizer sees what is kept or read beyond it */
    uint8_t *copy = malloc(size > 0 ? size : 1);
    const struct uvsnmp_arrival arrival = {.path = &fixture->path, .data = copy, .size = size};
    assert_non_null(copy);
    if (size > 0) {
        memcpy(copy, data, size);
    }
    receiver_handle(fixture->receiver, &arrival);
    free(copy);
}

static void encode_and_send(struct receiver_fixture *fixture, const struct msg_pdu *pdu)
{
    struct msg_pdu numbered = *pdu;
    struct ber_writer writer;
    numbered.request_id = fixture->request_id;
    ber_writer_init(&writer, fixture->sent, sizeof(fixture->sent));
    assert_int_equal(engine_encode(&fixture->sender, &fixture->envelope, &numbered, fixture->now, &writer),
                     0);
    fixture->sent_size = ber_writer_size(&writer);
    memmove(fixture->sent, writer.at, fixture->sent_size);
    receiver_repeat(fixture);
}

void receiver_send(struct receiver_fixture *fixture, enum uvsnmp_version version, const struct msg_pdu *pdu)
{
    engine_envelope_wipe(&fixture->envelope);
    fixture->envelope = (struct engine_envelope){.version = version, .community = bytes("public")};
    fixture->request_id++;
    encode_and_send(fixture, pdu);
}

static void make_security(struct receiver_fixture *fixture, const char *name)
{
    const struct uvsnmp_user user = receiver_user(name);
    struct usm_credential *credential;
    assert_int_equal(usm_credential_of_user(fixture->crypto, &user, &credential, NULL), 0);
    assert_int_equal(
        usm_credential_localize(credential, fixture->envelope.engine_id, &fixture->envelope.security), 0);
    usm_credential_free(credential);
}

void receiver_send_v3(struct receiver_fixture *fixture, const char *user, uint8_t level,
                      const struct msg_pdu *pdu)
{
    const struct engine_id *id =
        pdu->type == UVSNMP_PDU_TRAP ? &fixture->sender.id : &fixture->receiver->engine.id;
    engine_envelope_wipe(&fixture->envelope);
    fixture->envelope = (struct engine_envelope){.version = UVSNMP_V3,
                                                 .message_id = engine_next_message_id(&fixture->sender),
                                                 .level = level,
                                                 .engine_id = engine_id_bytes(id),
                                                 .user_name = bytes(user),
                                                 .context_engine_id = engine_id_bytes(id),
                                                 .context_name = bytes("ctx")};
    if (level != 0) {
        make_security(fixture, user);
    }
    fixture->request_id++;
    encode_and_send(fixture, pdu);
}

void receiver_repeat(struct receiver_fixture *fixture)
{
    receiver_fixture_handle(fixture, fixture->sent, fixture->sent_size);
}

void receiver_repeat_v3(struct receiver_fixture *fixture, const struct msg_pdu *pdu)
{
    fixture->envelope.message_id = engine_next_message_id(&fixture->sender);
    encode_and_send(fixture, pdu);
}

void receiver_discover(struct receiver_fixture *fixture)
{
    const struct msg_pdu nothing = {.type = UVSNMP_PDU_GET};
    engine_envelope_wipe(&fixture->envelope);
    fixture->envelope = (struct engine_envelope){.version = UVSNMP_V3,
                                                 .message_id = engine_next_message_id(&fixture->sender)};
    encode_and_send(fixture, &nothing);
    receiver_read_answer(fixture);
    assert_int_equal(fixture->in.reported, UVSNMP_EUNKNOWN_ENGINE);
}

void receiver_read_answer(struct receiver_fixture *fixture)
{
    const bool is_v3 = fixture->envelope.version == UVSNMP_V3;
    const struct engine_arrival arrival = {fixture->answer, fixture->answer_size, fixture->now,
                                           is_v3 ? &fixture->envelope : NULL};
    arena_reset(&fixture->arena);
    assert_int_equal(engine_decode(&fixture->sender, &arrival, &fixture->arena, &fixture->in, NULL), 0);
    engine_envelope_wipe(&fixture->in.envelope);
}

struct msg_pdu receiver_notification(enum uvsnmp_pdu_type type, int32_t number)
{
    static const uint32_t uptime_ids[] = {1, 3, 6, 1, 2, 1, 1, 3, 0};
    static const uint32_t trap_oid_ids[] = {1, 3, 6, 1, 6, 3, 1, 1, 4, 1, 0};
    static const uint32_t link_down_ids[] = {1, 3, 6, 1, 6, 3, 1, 1, 5, 3};
    static const uint32_t number_ids[] = {1, 3, 6, 1, 2, 1, 2, 2, 1, 1, 2};
    static const struct uvsnmp_trap_v1 trap = {
        .enterprise = {link_down_ids, 9}, .agent_address = {192, 0, 2, 1}, .generic = 2, .timestamp = 100};
    static struct uvsnmp_varbind varbinds[3];
    varbinds[0].name = (struct uvsnmp_oid){uptime_ids, COUNT_OF(uptime_ids)};
    varbinds[0].value = uvsnmp_unsigned32(UVSNMP_TIMETICKS, 100);
    varbinds[1].name = (struct uvsnmp_oid){trap_oid_ids, COUNT_OF(trap_oid_ids)};
    varbinds[1].value = uvsnmp_oid_value((struct uvsnmp_oid){link_down_ids, COUNT_OF(link_down_ids)});
    varbinds[2].name = (struct uvsnmp_oid){number_ids, COUNT_OF(number_ids)};
    varbinds[2].value = uvsnmp_integer(number);
    if (type == UVSNMP_PDU_TRAP_V1) {
        return (struct msg_pdu){.type = type, .trap = &trap, .varbinds = &varbinds[2], .count = 1};
    }
    return (struct msg_pdu){.type = type, .varbinds = varbinds, .count = COUNT_OF(varbinds)};
}
