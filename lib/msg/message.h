/* SPDX-License-Identifier: BSD-3-Clause */
/* Whole messages of SNMPv1 (RFC 1157 §4) and SNMPv2c (RFC 1901 §3). */
#ifndef MSG_MESSAGE_H
#define MSG_MESSAGE_H

#include "msg/pdu.h"

/* The largest message that fits into a UDP datagram over IPv4. */
#define MSG_SIZE_MAX 65507

struct msg_message {
    enum uvsnmp_version version;
    struct uvsnmp_bytes community;
    struct msg_pdu pdu;
};

/*
 * Reads the envelope only, which costs nothing: version, community, and the encoded PDU. For the agent, which
 * wants to know the community before it allocates anything, and for matching.
 */
struct msg_envelope {
    enum uvsnmp_version version; /* of any number the message has; only V1 and V2C have the rest */
    struct uvsnmp_bytes community;
    struct uvsnmp_bytes pdu;
};
int msg_envelope_decode(const uint8_t *data, size_t size, struct msg_envelope *envelope,
                        struct uvsnmp_error *err);

/*
 * Reads a message. Varbinds and OIDs come from `arena`; octet strings and the community point into `data`.
 * Errors: UVSNMP_ETRUNCATED, UVSNMP_EBAD_ENCODING, UVSNMP_EBAD_VERSION, UVSNMP_ENO_MEMORY.
 */
int msg_decode(const uint8_t *data, size_t size, struct arena *arena, struct msg_message *message,
               struct uvsnmp_error *err);

/*
 * Writes a message to the END of `buffer`; returns its size, it starts at buffer + capacity - size. Errors:
 * UVSNMP_EOVERSIZED (does not fit), UVSNMP_EBAD_VALUE.
 */
ptrdiff_t msg_encode(const struct msg_message *message, uint8_t *buffer, size_t capacity);

/* A uvsnmp_frame_fn: how long is the message that starts here? For streams (RFC 3430 §2.1). */
ptrdiff_t msg_frame(const uint8_t *data, size_t size);

/* The lower 32 bits of a v1/v2c Response's request-id, with the version in the upper half: a uvsnmp_key_fn. */
bool msg_response_key(const uint8_t *data, size_t size, uint64_t *key);
/* The key of the Response to a request, of which the beginning is enough: for what an ICMP error returns. */
bool msg_request_key(const uint8_t *data, size_t size, uint64_t *key);
uint64_t msg_key(enum uvsnmp_version version, int64_t request_id);

#endif
