/* SPDX-License-Identifier: BSD-3-Clause */
/* A PDU becomes a message of any version (RFC 3412 §7.1). */
#ifndef ENGINE_OUTGOING_H
#define ENGINE_OUTGOING_H

#include "base/arena.h"
#include "engine/engine.h"

/*
 * All that is around a PDU. That of a request serves for its Response (the state reference of RFC 3412), and
 * that of a request tells what its answer must have.
 */
struct engine_envelope {
    enum uvsnmp_version version;
    struct uvsnmp_bytes community; /* of versions 1 and 2c; the rest is of version 3 */
    int32_t message_id;
    uint8_t level;                 /* MSG_V3_AUTH, MSG_V3_PRIV */
    int32_t peer_max_size;         /* the largest message that the other side takes; 0: not known */
    struct uvsnmp_bytes engine_id; /* of the authoritative engine; empty: to be discovered */
    struct uvsnmp_bytes user_name, security_name;
    struct uvsnmp_bytes context_engine_id, context_name;
    struct usm_security security; /* the keys; engine_envelope_wipe() when done with it */
};

void engine_envelope_wipe(struct engine_envelope *envelope);

/* Copies what it borrows into an arena; false: out of memory. */
bool engine_envelope_keep(struct engine_envelope *envelope, struct arena *arena);

/*
 * Puts a PDU into a message: `writer` is empty before and holds the message after. A PDU of the Confirmed
 * Class is reportable; boots and time are those of this engine where it is the authoritative one, else what
 * is known of the other's clock. Where version 3 has no engine ID yet it is a discovery instead (RFC 3414
 * §4): the same msgID and request-id, and nothing of the PDU. Errors: UVSNMP_EOVERSIZED (also where it is
 * larger than the other side takes), UVSNMP_EBAD_VALUE, UVSNMP_EUNSUPPORTED_LEVEL, and those of usm/crypto.h.
 */
int engine_encode(struct engine *engine, const struct engine_envelope *envelope, const struct msg_pdu *pdu,
                  uint64_t now_ms, struct ber_writer *writer);

/* The same for a PDU of `type` that `writer` holds already, encoded, and nothing else: what is sent again
 * need not be encoded again. Not for a discovery. */
int engine_wrap(struct engine *engine, const struct engine_envelope *envelope, enum uvsnmp_pdu_type type,
                uint64_t now_ms, struct ber_writer *writer);

/* The octets at most of a message that are not its varbinds. */
size_t engine_overhead(const struct engine_envelope *envelope);

#endif
