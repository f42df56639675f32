/* SPDX-License-Identifier: BSD-3-Clause */
#include "msg/message.h"

#include "base/err.h"
#include "ber/tag.h"

/* A stream's message may be longer than a datagram, but not without bound. */
#define MSG_FRAME_MAX ((size_t)1 << 20)

int msg_envelope_decode(const uint8_t *data, size_t size, struct msg_envelope *envelope,
                        struct uvsnmp_error *err)
{
    struct ber_reader reader, inner;
    struct uvsnmp_bytes none = {NULL, 0};
    ber_reader_init(&reader, data, size);
    ber_read_enter(&reader, BER_SEQUENCE, &inner);
    envelope->version = (enum uvsnmp_version)ber_read_signed(&inner, BER_INTEGER, INT32_MIN, INT32_MAX);
    envelope->community = none;
    envelope->pdu = none;
    if (inner.error == 0 && envelope->version != UVSNMP_V1 && envelope->version != UVSNMP_V2C) {
        return err_set(err, UVSNMP_EBAD_VERSION, "message of version %d", (int)envelope->version);
    }
    envelope->community = ber_read_bytes(&inner, BER_OCTET_STRING);
    if (inner.error == 0) {
        envelope->pdu.data = inner.at;
        envelope->pdu.size = (size_t)(inner.end - inner.at);
    }
    /* octets after the message are ignored: some senders pad */
    return ber_reader_error(&inner, err);
}

int msg_decode(const uint8_t *data, size_t size, struct arena *arena, struct msg_message *message,
               struct uvsnmp_error *err)
{
    struct msg_envelope envelope;
    struct ber_reader reader;
    int rc = msg_envelope_decode(data, size, &envelope, err);
    if (rc < 0) {
        return rc;
    }
    message->version = envelope.version;
    message->community = envelope.community;
    ber_reader_init(&reader, envelope.pdu.data, envelope.pdu.size);
    reader.base = (size_t)(envelope.pdu.data - data);
    return message->version == UVSNMP_V1 ? msg_pdu_decode(&reader, arena, &message->pdu, err)
                                         : msg_pdu_decode_v2(&reader, arena, &message->pdu, err);
}

ptrdiff_t msg_encode(const struct msg_message *message, uint8_t *buffer, size_t capacity)
{
    struct ber_writer writer;
    ber_writer_init(&writer, buffer, capacity);
    msg_pdu_encode(&writer, &message->pdu);
    ber_write_bytes(&writer, BER_OCTET_STRING, message->community.data, message->community.size);
    ber_write_signed(&writer, BER_INTEGER, message->version);
    ber_write_header(&writer, BER_SEQUENCE, 0);
    return writer.error != 0 ? writer.error : (ptrdiff_t)ber_writer_size(&writer);
}

ptrdiff_t msg_frame(const uint8_t *data, size_t size)
{
    size_t octets, length = 0;
    if (size == 0) {
        return 0;
    }
    if (data[0] != BER_SEQUENCE) {
        return UVSNMP_EBAD_ENCODING;
    }
    if (size < 2) {
        return 0;
    }
    if (data[1] < BER_LONG_LENGTH) {
        return 2 + data[1];
    }
    octets = data[1] & 0x7fu;
    if (octets == 0 || octets > 4) {
        return UVSNMP_EBAD_ENCODING;
    }
    if (size < 2 + octets) {
        return 0;
    }
    for (size_t i = 0; i < octets; i++) {
        length = length << 8 | data[2 + i];
    }
    if (length > MSG_FRAME_MAX) {
        return UVSNMP_EOVERSIZED;
    }
    return (ptrdiff_t)(2 + octets + length);
}

uint64_t msg_key(enum uvsnmp_version version, int64_t request_id)
{
    return (uint64_t)version << 32 | (uint32_t)request_id;
}

/* The request-id in front of a PDU's contents. */
static bool read_request_id(struct ber_reader *contents, enum uvsnmp_version version, uint64_t *key)
{
    int64_t request_id = ber_read_signed(contents, BER_INTEGER, INT64_MIN, INT64_MAX);
    *key = msg_key(version, request_id);
    return contents->error == 0;
}

bool msg_response_key(const uint8_t *data, size_t size, uint64_t *key)
{
    struct msg_envelope envelope;
    struct ber_reader reader, inner;
    if (msg_envelope_decode(data, size, &envelope, NULL) < 0) {
        return false;
    }
    ber_reader_init(&reader, envelope.pdu.data, envelope.pdu.size);
    ber_read_enter(&reader, UVSNMP_PDU_RESPONSE, &inner);
    return read_request_id(&inner, envelope.version, key);
}

bool msg_request_key(const uint8_t *data, size_t size, uint64_t *key)
{
    struct ber_reader reader, message, pdu;
    ber_reader_init(&reader, data, size);
    ber_read_enter_cut(&reader, BER_SEQUENCE, &message);
    int64_t version = ber_read_signed(&message, BER_INTEGER, UVSNMP_V1, UVSNMP_V2C);
    (void)ber_read_bytes(&message, BER_OCTET_STRING);
    uint8_t type = ber_peek_tag(&message);
    if (!msg_pdu_is_confirmed((enum uvsnmp_pdu_type)type)) {
        return false;
    }
    ber_read_enter_cut(&message, type, &pdu);
    return read_request_id(&pdu, (enum uvsnmp_version)version, key);
}
