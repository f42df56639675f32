/* SPDX-License-Identifier: BSD-3-Clause */
#include "engine/incoming.h"

#include <string.h>

#include "base/err.h"
#include "ber/bytes.h"
#include "ber/tag.h"
#include "msg/message.h"
#include "msg/v3.h"
#include "usm/incoming.h"

static bool is_answer(enum uvsnmp_pdu_type type)
{
    return type == UVSNMP_PDU_RESPONSE || type == UVSNMP_PDU_REPORT;
}

/* ---- versions 1 and 2c ---- */

static int decode_community(const struct engine_arrival *arrival, struct arena *arena,
                            struct engine_incoming *out, struct uvsnmp_error *err)
{
    struct msg_message message;
    int rc = msg_decode(arrival->data, arrival->size, arena, &message, err);
    if (rc == 0) {
        out->envelope.version = message.version;
        out->envelope.community = message.community;
        out->pdu = message.pdu;
    }
    return rc;
}

/* ---- version 3 ---- */

/* Counts an error that has a counter. */
static bool count(struct engine *engine, int error, enum engine_report *report)
{
    if (!engine_report_of_error(error, report)) {
        return false;
    }
    engine->reports.counts[*report]++;
    return true;
}

/* Does whoever sent this want to hear why it was refused? If its PDU can be read, that decides. */
static bool wants_report(const struct msg_v3 *message, struct uvsnmp_bytes scoped_pdu, int64_t *request_id)
{
    enum uvsnmp_pdu_type type;
    if (scoped_pdu.size > 0 && msg_scoped_pdu_peek(scoped_pdu, &type, request_id)) {
        return msg_pdu_is_confirmed(type);
    }
    *request_id = 0;
    return (message->header.flags & MSG_V3_REPORTABLE) != 0;
}

/* RFC 3412 §7.2 (6) a; a stranger's message, and the error is USM's. What another engine is authoritative for
 * is not for this one to report on, and that it is late is not counted either (RFC 3414 §3.2 (7) b). */
static void refuse(struct engine *engine, const struct msg_v3 *message, const struct usm_verified *verified,
                   int error, struct engine_incoming *out)
{
    const struct uvsnmp_bytes unreadable = {NULL, 0};
    bool is_ours = verified->is_authoritative || error == UVSNMP_EUNKNOWN_ENGINE;
    if ((error == UVSNMP_ENOT_IN_TIME_WINDOW && !is_ours) || !count(engine, error, &out->report)) {
        return;
    }
    out->is_report_due =
        is_ours && wants_report(message, message->encrypted ? unreadable : message->data, &out->request_id);
    /* only that it is late can be told with a digest: all else may come from anybody (RFC 3414 §3.2 (7) a) */
    out->report_level = error == UVSNMP_ENOT_IN_TIME_WINDOW ? MSG_V3_AUTH : 0;
}

static int verify(struct engine *engine, const struct engine_arrival *arrival, const struct msg_v3 *message,
                  struct arena *arena, struct usm_verified *verified, struct uvsnmp_error *err)
{
    const struct engine_envelope *request = arrival->request;
    struct usm_expected expected;
    struct usm_incoming incoming = {
        .crypto = engine->crypto,
        .engine_id = engine_id_bytes(&engine->id),
        .time = engine_time(engine, arrival->now_ms),
        .users = &engine->users,
        .engines = &engine->peers,
        .now_ms = arrival->now_ms,
    };
    if (request) {
        expected.engine_id = request->engine_id;
        expected.user_name = request->user_name;
        expected.security = &request->security;
        incoming.expected = &expected;
    }
    return usm_verify(&incoming, message, arena, verified, err);
}

/* A Report without a digest: its word on the clock is good for trying. */
static int take_hint(struct engine *engine, const struct engine_arrival *arrival, struct engine_incoming *out,
                     struct uvsnmp_error *err)
{
    struct uvsnmp_bytes asked = arrival->request->engine_id, engine_id = out->envelope.engine_id;
    if (asked.size == 0 && !engine_id_is_valid(engine_id)) {
        return err_set(err, UVSNMP_EUNEXPECTED_RESPONSE, "a discovery was answered without an engine ID");
    }
    if (asked.size == 0 ||
        (ber_bytes_equal(asked, engine_id) && out->reported == UVSNMP_ENOT_IN_TIME_WINDOW)) {
        struct usm_engine *peer = usm_engines_add(&engine->peers, engine_id);
        if (!peer) {
            return err_set(err, UVSNMP_ENO_MEMORY, "no memory for another engine");
        }
        usm_clock_hint(&peer->clock, out->time, arrival->now_ms);
    }
    return 0;
}

/* RFC 3412 §7.2 (11) and (12) */
static int check_answer(struct engine *engine, const struct engine_arrival *arrival,
                        struct engine_incoming *out, struct uvsnmp_error *err)
{
    const struct engine_envelope *request = arrival->request, *answer = &out->envelope;
    if (answer->message_id != request->message_id || !is_answer(out->pdu.type)) {
        return err_set(err, UVSNMP_EUNEXPECTED_RESPONSE, "a %s that answers another message",
                       msg_pdu_type_name(out->pdu.type));
    }
    if (out->pdu.type == UVSNMP_PDU_REPORT) {
        out->reported = engine_report_error(&out->pdu);
        return answer->level == 0 ? take_hint(engine, arrival, out, err) : 0;
    }
    if (request->engine_id.size == 0) {
        return err_set(err, UVSNMP_EUNEXPECTED_RESPONSE, "a discovery was answered by a RESPONSE");
    }
    if (answer->level != request->level) {
        return err_set(err, UVSNMP_EUNEXPECTED_RESPONSE, "the response has another security level");
    }
    if (!ber_bytes_equal(answer->engine_id, request->engine_id) ||
        !ber_bytes_equal(answer->user_name, request->user_name) ||
        !ber_bytes_equal(answer->context_engine_id, request->context_engine_id) ||
        !ber_bytes_equal(answer->context_name, request->context_name)) {
        return err_set(err, UVSNMP_EUNEXPECTED_RESPONSE, "the response has another engine, user or context");
    }
    return 0;
}

/* RFC 3412 §7.2 (13): an answer would go out in this engine's name. */
static int check_stranger(const struct usm_verified *verified, const struct msg_pdu *pdu,
                          struct uvsnmp_error *err)
{
    if (is_answer(pdu->type)) {
        return err_set(err, UVSNMP_EUNEXPECTED_RESPONSE, "a %s to nothing", msg_pdu_type_name(pdu->type));
    }
    if (msg_pdu_is_confirmed(pdu->type) && !verified->is_authoritative) {
        return err_set(err, UVSNMP_EUNEXPECTED_RESPONSE, "a %s to another engine",
                       msg_pdu_type_name(pdu->type));
    }
    return 0;
}

static int read_pdu(const struct msg_v3 *message, const struct usm_verified *verified, struct arena *arena,
                    struct engine_incoming *out, struct uvsnmp_error *err)
{
    struct msg_scoped_pdu scoped;
    size_t offset = (size_t)(message->data.data - message->whole.data);
    int rc = msg_scoped_pdu_decode(verified->scoped_pdu, offset, arena, &scoped, err);
    if (rc == 0) {
        out->envelope.context_engine_id = scoped.context_engine_id;
        out->envelope.context_name = scoped.context_name;
        out->pdu = scoped.pdu;
        out->request_id = scoped.pdu.request_id;
    }
    return rc;
}

static void fill_envelope(struct engine_envelope *envelope, const struct msg_v3 *message,
                          const struct usm_verified *verified)
{
    envelope->version = UVSNMP_V3;
    envelope->message_id = message->header.id;
    envelope->level = message->header.flags & MSG_V3_LEVEL;
    envelope->peer_max_size = message->header.max_size;
    envelope->engine_id = verified->params.engine_id;
    envelope->user_name = verified->params.user_name;
    envelope->security_name = verified->security_name;
    envelope->security = verified->security;
}

static int decode_v3(struct engine *engine, const struct engine_arrival *arrival, struct arena *arena,
                     struct engine_incoming *out, struct uvsnmp_error *err)
{
    struct msg_v3 message;
    struct usm_verified verified;
    int rc = msg_v3_decode(arrival->data, arrival->size, &message, err);
    if (rc < 0) {
        return rc;
    }
    if (message.header.security_model != MSG_V3_USM) {
        (void)count(engine, UVSNMP_EUNKNOWN_MODEL, &out->report);
        return err_set(err, UVSNMP_EUNKNOWN_MODEL, "security model %d", (int)message.header.security_model);
    }
    if ((message.header.flags & MSG_V3_LEVEL) == MSG_V3_PRIV) {
        (void)count(engine, UVSNMP_EINVALID_MESSAGE, &out->report);
        return err_set(err, UVSNMP_EINVALID_MESSAGE, "privacy without authentication");
    }
    rc = verify(engine, arrival, &message, arena, &verified, err);
    fill_envelope(&out->envelope, &message, &verified);
    out->time.boots = verified.params.boots;
    out->time.time = verified.params.time;
    if (rc < 0 && arrival->request) {
        (void)count(engine, rc, &out->report);
    } else if (rc < 0) {
        refuse(engine, &message, &verified, rc, out);
    } else {
        rc = read_pdu(&message, &verified, arena, out, err);
    }
    if (rc == 0) {
        rc = arrival->request ? check_answer(engine, arrival, out, err)
                              : check_stranger(&verified, &out->pdu, err);
    }
    usm_security_wipe(&verified.security);
    return rc;
}

/* The version alone; -1 when there is none. */
static int64_t version_of(const struct engine_arrival *arrival)
{
    struct ber_reader reader, inner;
    ber_reader_init(&reader, arrival->data, arrival->size);
    ber_read_enter_cut(&reader, BER_SEQUENCE, &inner);
    int64_t version = ber_read_signed(&inner, BER_INTEGER, INT32_MIN, INT32_MAX);
    return inner.error == 0 ? version : -1;
}

int engine_decode(struct engine *engine, const struct engine_arrival *arrival, struct arena *arena,
                  struct engine_incoming *out, struct uvsnmp_error *err)
{
    memset(out, 0, sizeof(*out));
    return version_of(arrival) == UVSNMP_V3 ? decode_v3(engine, arrival, arena, out, err)
                                            : decode_community(arrival, arena, out, err);
}

bool engine_response_key(const uint8_t *data, size_t size, uint64_t *key)
{
    return msg_response_key(data, size, key) || msg_v3_response_key(data, size, key);
}

bool engine_request_key(const uint8_t *data, size_t size, uint64_t *key)
{
    return msg_request_key(data, size, key) || msg_v3_request_key(data, size, key);
}

/* ---- Reports ---- */

void engine_refuse(struct engine *engine, struct engine_incoming *incoming, int error)
{
    if (incoming->envelope.version == UVSNMP_V3 && count(engine, error, &incoming->report)) {
        incoming->is_report_due = msg_pdu_is_confirmed(incoming->pdu.type);
        incoming->report_level = incoming->envelope.level;
    }
}

bool engine_encode_report(struct engine *engine, const struct engine_incoming *incoming, uint64_t now_ms,
                          struct ber_writer *writer)
{
    if (!incoming->is_report_due || engine->id.size == 0) {
        return false;
    }
    const struct uvsnmp_varbind counter = {
        .name = engine_report_name(incoming->report),
        .value = uvsnmp_unsigned32(UVSNMP_COUNTER32, engine->reports.counts[incoming->report]),
    };
    const struct msg_pdu report = {
        .type = UVSNMP_PDU_REPORT, .request_id = incoming->request_id, .varbinds = &counter, .count = 1};
    struct engine_envelope envelope = incoming->envelope;
    envelope.level = incoming->report_level;
    envelope.engine_id = envelope.context_engine_id = engine_id_bytes(&engine->id);
    envelope.context_name.size = 0;
    int rc = engine_encode(engine, &envelope, &report, now_ms, writer);
    engine_envelope_wipe(&envelope);
    return rc == 0;
}
