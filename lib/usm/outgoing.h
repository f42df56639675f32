/* SPDX-License-Identifier: BSD-3-Clause */
/* Securing a message that leaves (RFC 3414 §3.1). */
#ifndef USM_OUTGOING_H
#define USM_OUTGOING_H

#include "msg/v3.h"
#include "usm/salt.h"
#include "usm/user.h"

struct usm_outgoing {
    struct uvsnmp_bytes engine_id; /* of the authoritative engine; empty: it is to be discovered */
    struct usm_time time;          /* what its clock says now */
    struct uvsnmp_bytes user_name;
    const struct usm_security *security; /* not looked at when the message has no digest */
    struct usm_crypto *crypto;           /* the same */
    struct usm_salt *salt;               /* the same, without encryption */
};

/*
 * `writer` holds a scoped PDU and nothing else; then it holds the whole message, encrypted and authenticated
 * as header->flags say. Errors: UVSNMP_EUNSUPPORTED_LEVEL (no keys for that), UVSNMP_EOVERSIZED, and those of
 * usm/crypto.h; what `writer` holds is then worth nothing, but still no secret: the octets of a scoped PDU
 * that was to be encrypted are wiped.
 */
int usm_secure(struct ber_writer *writer, const struct usm_outgoing *outgoing,
               const struct msg_v3_header *header);

/* The octets at most that usm_secure() puts around a scoped PDU, encryption's padding too. */
size_t usm_overhead(const struct usm_outgoing *outgoing, uint8_t level);

#endif
