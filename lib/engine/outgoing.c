/* SPDX-License-Identifier: BSD-3-Clause */
#include "engine/outgoing.h"

#include "ber/tag.h"
#include "msg/message.h"
#include "msg/v3.h"
#include "usm/outgoing.h"

/* A PDU's tag and length, request-id, two numbers, and tag and length of the varbinds, all at their longest.
 */
#define PDU_OCTETS 36
/* Tags and lengths of a scoped PDU and of its two strings. */
#define SCOPE_OCTETS 14
/* Outer SEQUENCE, version, and tag and length of the community. */
#define COMMUNITY_OCTETS 15

void engine_envelope_wipe(struct engine_envelope *envelope)
{
    usm_security_wipe(&envelope->security);
}

bool engine_envelope_keep(struct engine_envelope *envelope, struct arena *arena)
{
    struct uvsnmp_bytes *const borrowed[] = {&envelope->community,         &envelope->engine_id,
                                             &envelope->user_name,         &envelope->security_name,
                                             &envelope->context_engine_id, &envelope->context_name};
    for (size_t i = 0; i < sizeof(borrowed) / sizeof(borrowed[0]); i++) {
        borrowed[i]->data = arena_copy(arena, borrowed[i]->data, borrowed[i]->size);
        if (!borrowed[i]->data) {
            return false;
        }
    }
    return true;
}

/* RFC 3414 §3.1 (6): this engine's clock is in all that it answers, another's only where a digest covers it.
 */
static struct usm_time clock_of(struct engine *engine, const struct engine_envelope *envelope,
                                uint64_t now_ms)
{
    struct usm_time nothing = {0, 0};
    if (envelope->engine_id.size > 0 && engine_id_equals(&engine->id, envelope->engine_id)) {
        return engine_time(engine, now_ms);
    }
    const struct usm_engine *peer =
        envelope->level != 0 ? usm_engines_find(&engine->peers, envelope->engine_id) : NULL;
    return peer ? usm_clock_now(&peer->clock, now_ms) : nothing;
}

static int wrap_v3(struct engine *engine, const struct engine_envelope *envelope, enum uvsnmp_pdu_type type,
                   uint64_t now_ms, struct ber_writer *writer)
{
    const struct msg_v3_header header = {
        .id = envelope->message_id,
        .max_size = engine->max_size,
        .flags = (uint8_t)(envelope->level | (msg_pdu_is_confirmed(type) ? MSG_V3_REPORTABLE : 0)),
        .security_model = MSG_V3_USM,
    };
    const struct usm_outgoing outgoing = {
        .engine_id = envelope->engine_id,
        .time = clock_of(engine, envelope, now_ms),
        .user_name = envelope->user_name,
        .security = &envelope->security,
        .crypto = engine->crypto,
        .salt = &engine->salt,
    };
    msg_scope_encode(writer, envelope->context_engine_id, envelope->context_name);
    return usm_secure(writer, &outgoing, &header);
}

static int encode_discovery(struct engine *engine, const struct engine_envelope *envelope,
                            const struct msg_pdu *pdu, struct ber_writer *writer)
{
    const struct engine_envelope nobody = {.version = UVSNMP_V3, .message_id = envelope->message_id};
    const struct msg_pdu nothing = {.type = UVSNMP_PDU_GET, .request_id = pdu->request_id};
    msg_pdu_encode(writer, &nothing);
    return wrap_v3(engine, &nobody, nothing.type, 0, writer);
}

static int wrap_community(const struct engine_envelope *envelope, struct ber_writer *writer)
{
    ber_write_bytes(writer, BER_OCTET_STRING, envelope->community.data, envelope->community.size);
    ber_write_signed(writer, BER_INTEGER, envelope->version);
    ber_write_header(writer, BER_SEQUENCE, 0);
    return ber_writer_error(writer);
}

int engine_wrap(struct engine *engine, const struct engine_envelope *envelope, enum uvsnmp_pdu_type type,
                uint64_t now_ms, struct ber_writer *writer)
{
    if (envelope->version != UVSNMP_V3) {
        return wrap_community(envelope, writer);
    }
    int rc = wrap_v3(engine, envelope, type, now_ms, writer);
    if (rc == 0 && envelope->peer_max_size > 0 && ber_writer_size(writer) > (size_t)envelope->peer_max_size) {
        rc = UVSNMP_EOVERSIZED;
    }
    return rc;
}

int engine_encode(struct engine *engine, const struct engine_envelope *envelope, const struct msg_pdu *pdu,
                  uint64_t now_ms, struct ber_writer *writer)
{
    if (envelope->version == UVSNMP_V3 && envelope->engine_id.size == 0) {
        return encode_discovery(engine, envelope, pdu, writer);
    }
    msg_pdu_encode(writer, pdu);
    return engine_wrap(engine, envelope, pdu->type, now_ms, writer);
}

size_t engine_overhead(const struct engine_envelope *envelope)
{
    if (envelope->version != UVSNMP_V3) {
        return COMMUNITY_OCTETS + envelope->community.size + PDU_OCTETS;
    }
    const struct usm_outgoing outgoing = {
        .engine_id = envelope->engine_id, .user_name = envelope->user_name, .security = &envelope->security};
    return usm_overhead(&outgoing, envelope->level) + SCOPE_OCTETS + envelope->context_engine_id.size +
           envelope->context_name.size + PDU_OCTETS;
}
