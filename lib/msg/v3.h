/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Messages of SNMPv3 (RFC 3412 §6): the header, whatever the security model put behind it, and the scoped
 * PDU. Nothing here is believed: what a field says counts only once the security model has vouched for the
 * message.
 */
#ifndef MSG_V3_H
#define MSG_V3_H

#include "msg/pdu.h"

/* msgFlags (RFC 3412 §6.4); the other bits mean nothing. */
#define MSG_V3_AUTH 0x01
#define MSG_V3_PRIV 0x02
#define MSG_V3_REPORTABLE 0x04
#define MSG_V3_LEVEL (MSG_V3_AUTH | MSG_V3_PRIV)

#define MSG_V3_USM 3          /* msgSecurityModel of the User-based Security Model (RFC 3411 §5) */
#define MSG_V3_SIZE_LEAST 484 /* that every engine can receive: msgMaxSize is at least this */

struct msg_v3_header {
    int32_t id;       /* msgID */
    int32_t max_size; /* msgMaxSize: what the sender can receive */
    uint8_t flags;
    int32_t security_model;
};

/* A message taken apart; everything borrowed from the bytes it arrived in. */
struct msg_v3 {
    struct msg_v3_header header;
    struct uvsnmp_bytes security_parameters; /* contents of msgSecurityParameters */
    bool encrypted;           /* of which kind msgData is; that msgFlags agree is not checked here */
    struct uvsnmp_bytes data; /* plain: the scoped PDU, its tag and length too; encrypted: the octets alone */
    struct uvsnmp_bytes whole; /* the message from its first octet to its last: what a digest covers */
};

/* RFC 3412 §6.8 */
struct msg_scoped_pdu {
    struct uvsnmp_bytes context_engine_id, context_name;
    struct msg_pdu pdu;
};

/*
 * Takes a message apart. Nothing is allocated. Octets behind the message are ignored, as in other versions;
 * inside it there are none but those of the fields. Errors: UVSNMP_ETRUNCATED, UVSNMP_EBAD_ENCODING (numbers
 * out of their range too), UVSNMP_EBAD_VERSION.
 */
int msg_v3_decode(const uint8_t *data, size_t size, struct msg_v3 *message, struct uvsnmp_error *err);

/*
 * Writes version and msgGlobalData in front of what `writer` holds, msgSecurityParameters and msgData, and
 * closes the message: it is whole then. Errors are the writer's.
 */
void msg_v3_header_encode(struct ber_writer *writer, const struct msg_v3_header *header);

/*
 * Reads a plain scoped PDU: varbinds and OIDs come from `arena`, the rest points into `data`. Octets behind
 * it are ignored: they are the padding of a cipher (RFC 3414 §8.1.1.2). `offset` is where `data` lies in the
 * message, for what `err` says.
 */
int msg_scoped_pdu_decode(struct uvsnmp_bytes data, size_t offset, struct arena *arena,
                          struct msg_scoped_pdu *scoped, struct uvsnmp_error *err);
/* Makes a scoped PDU of a PDU that `writer` holds, encoded, and nothing else. */
void msg_scope_encode(struct ber_writer *writer, struct uvsnmp_bytes context_engine_id,
                      struct uvsnmp_bytes context_name);

/* Type and request-id of the PDU alone, for a message that is refused: false when they cannot be read.
 * Nothing is allocated. */
bool msg_scoped_pdu_peek(struct uvsnmp_bytes data, enum uvsnmp_pdu_type *type, int64_t *request_id);

/* A uvsnmp_key_fn: the msgID of any message of version 3, whose kind cannot be told before it is decrypted. A
 * plain PDU must be a Response or a Report. */
bool msg_v3_response_key(const uint8_t *data, size_t size, uint64_t *key);
/* The key of the answer to a message, of which the beginning is enough: for what an ICMP error returns. */
bool msg_v3_request_key(const uint8_t *data, size_t size, uint64_t *key);
/* Never equal to a msg_key() of another version. */
uint64_t msg_v3_key(int32_t id);

#endif
