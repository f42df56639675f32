/* SPDX-License-Identifier: BSD-3-Clause */
/* A message of any version becomes a PDU (RFC 3412 §7.2), or a Report that says why not. */
#ifndef ENGINE_INCOMING_H
#define ENGINE_INCOMING_H

#include "engine/outgoing.h"

struct engine_arrival {
    const uint8_t *data;
    size_t size;
    uint64_t now_ms;
    const struct engine_envelope *request; /* that it answers, found by msgID; NULL: it answers nothing */
};

struct engine_incoming {
    struct engine_envelope envelope; /* for the answer; borrows from the message, and has keys: to be wiped */
    struct msg_pdu pdu;
    struct usm_time time; /* what the message says of the authoritative engine's clock */
    int reported;         /* of a Report: the error that it tells of */

    /* where it is refused: */
    bool is_report_due;
    enum engine_report report;
    uint8_t report_level;
    int64_t request_id; /* 0: not known */
};

/*
 * Takes a message apart, checks it, decrypts it; varbinds and what was decrypted come from `arena`, which
 * nobody who is not known can make grow. Everything of versions 1 and 2c but the community's being known is
 * checked.
 *
 * 0: `out` is a PDU to work on. For an answer (arrival->request) it is a Response that has the request's
 * level, engine, user and context, or a Report, whose level may be lower: envelope.level says whether it is
 * authentic. What an unauthentic one says of the clock is kept as a hint only. A discovery is answered by a
 * Report with an engine ID, envelope.engine_id, and nothing else.
 *
 * Errors: those of msg_decode(), msg_v3_decode() and usm_verify(); UVSNMP_EUNKNOWN_MODEL,
 * UVSNMP_EINVALID_MESSAGE; UVSNMP_EUNEXPECTED_RESPONSE (an answer to nothing, or not the one to the request).
 * Those that have a counter are counted. Then engine_encode_report() may have something to send; but never
 * after an answer.
 */
int engine_decode(struct engine *engine, const struct engine_arrival *arrival, struct arena *arena,
                  struct engine_incoming *out, struct uvsnmp_error *err);

/* The key of the answer to a message, read out of an answer and out of the message it answers (whose end may
 * be cut off): uvsnmp_key_fns for messages of all versions. */
bool engine_response_key(const uint8_t *data, size_t size, uint64_t *key);
bool engine_request_key(const uint8_t *data, size_t size, uint64_t *key);

/* Refuses what engine_decode() let pass, as whoever works on the PDU finds: UVSNMP_EUNKNOWN_HANDLER,
 * UVSNMP_EUNKNOWN_CONTEXT, UVSNMP_EUNAVAILABLE_CONTEXT. The Report has the level of the message. */
void engine_refuse(struct engine *engine, struct engine_incoming *incoming, int error);

/* Writes the Report that is due as engine_encode() does; false: none is, or it cannot be made. Only what can
 * be answered (RFC 3412 §7.1 (3)) gets one. */
bool engine_encode_report(struct engine *engine, const struct engine_incoming *incoming, uint64_t now_ms,
                          struct ber_writer *writer);

#endif
