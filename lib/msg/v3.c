/* SPDX-License-Identifier: BSD-3-Clause */
#include "msg/v3.h"

#include <string.h>

#include "base/err.h"
#include "ber/tag.h"

/* msgGlobalData; the reader of a message that may be cut off stops being of use behind the msgID. */
static void read_header(struct ber_reader *reader, struct msg_v3_header *header)
{
    struct ber_reader inner;
    ber_read_enter(reader, BER_SEQUENCE, &inner);
    header->id = (int32_t)ber_read_signed(&inner, BER_INTEGER, 0, INT32_MAX);
    header->max_size = (int32_t)ber_read_signed(&inner, BER_INTEGER, MSG_V3_SIZE_LEAST, INT32_MAX);
    struct uvsnmp_bytes flags = ber_read_bytes(&inner, BER_OCTET_STRING);
    if (inner.error == 0 && flags.size != 1) {
        ber_reader_fail(&inner, UVSNMP_EBAD_ENCODING, "msgFlags not of one octet");
    }
    header->flags = inner.error == 0 ? flags.data[0] : 0;
    header->security_model = (int32_t)ber_read_signed(&inner, BER_INTEGER, 1, INT32_MAX);
    if (inner.error == 0 && !ber_reader_at_end(&inner)) {
        ber_reader_fail(&inner, UVSNMP_EBAD_ENCODING, "octets after msgGlobalData");
    }
    ber_read_leave(reader, &inner);
}

static void read_data(struct ber_reader *reader, struct msg_v3 *message)
{
    const uint8_t *element = reader->at;
    struct uvsnmp_bytes contents;
    message->encrypted = ber_peek_tag(reader) == BER_OCTET_STRING;
    contents = ber_read_bytes(reader, message->encrypted ? BER_OCTET_STRING : BER_SEQUENCE);
    message->data = contents;
    if (!message->encrypted && reader->error == 0) {
        message->data.data = element;
        message->data.size = (size_t)(reader->at - element);
    }
    if (reader->error == 0 && !ber_reader_at_end(reader)) {
        ber_reader_fail(reader, UVSNMP_EBAD_ENCODING, "octets after msgData");
    }
}

int msg_v3_decode(const uint8_t *data, size_t size, struct msg_v3 *message, struct uvsnmp_error *err)
{
    struct ber_reader reader, inner;
    memset(message, 0, sizeof(*message));
    ber_reader_init(&reader, data, size);
    ber_read_enter(&reader, BER_SEQUENCE, &inner);
    int64_t version = ber_read_signed(&inner, BER_INTEGER, INT32_MIN, INT32_MAX);
    if (inner.error == 0 && version != UVSNMP_V3) {
        return err_set(err, UVSNMP_EBAD_VERSION, "message of version %d", (int)version);
    }
    read_header(&inner, &message->header);
    message->security_parameters = ber_read_bytes(&inner, BER_OCTET_STRING);
    read_data(&inner, message);
    if (inner.error == 0) {
        message->whole.data = data;
        message->whole.size = (size_t)(reader.at - data);
    }
    return ber_reader_error(&inner, err);
}

void msg_v3_header_encode(struct ber_writer *writer, const struct msg_v3_header *header)
{
    size_t mark = ber_writer_size(writer);
    ber_write_signed(writer, BER_INTEGER, header->security_model);
    ber_write_bytes(writer, BER_OCTET_STRING, &header->flags, 1);
    ber_write_signed(writer, BER_INTEGER, header->max_size);
    ber_write_signed(writer, BER_INTEGER, header->id);
    ber_write_header(writer, BER_SEQUENCE, mark);
    ber_write_signed(writer, BER_INTEGER, UVSNMP_V3);
    ber_write_header(writer, BER_SEQUENCE, 0);
}

/* Up to the PDU, which is not read. */
static void enter_scoped_pdu(struct ber_reader *reader, struct ber_reader *inner,
                             struct msg_scoped_pdu *scoped)
{
    ber_read_enter(reader, BER_SEQUENCE, inner);
    scoped->context_engine_id = ber_read_bytes(inner, BER_OCTET_STRING);
    scoped->context_name = ber_read_bytes(inner, BER_OCTET_STRING);
}

int msg_scoped_pdu_decode(struct uvsnmp_bytes data, size_t offset, struct arena *arena,
                          struct msg_scoped_pdu *scoped, struct uvsnmp_error *err)
{
    struct ber_reader reader, inner;
    ber_reader_init(&reader, data.data, data.size);
    reader.base = offset;
    enter_scoped_pdu(&reader, &inner, scoped);
    if (inner.error != 0) {
        return ber_reader_error(&inner, err);
    }
    int rc = msg_pdu_decode_v2(&inner, arena, &scoped->pdu, err);
    if (rc == 0 && !ber_reader_at_end(&inner)) {
        ber_reader_fail(&inner, UVSNMP_EBAD_ENCODING, "octets after the PDU");
        rc = ber_reader_error(&inner, err);
    }
    return rc;
}

void msg_scope_encode(struct ber_writer *writer, struct uvsnmp_bytes context_engine_id,
                      struct uvsnmp_bytes context_name)
{
    ber_write_bytes(writer, BER_OCTET_STRING, context_name.data, context_name.size);
    ber_write_bytes(writer, BER_OCTET_STRING, context_engine_id.data, context_engine_id.size);
    ber_write_header(writer, BER_SEQUENCE, 0);
}

bool msg_scoped_pdu_peek(struct uvsnmp_bytes data, enum uvsnmp_pdu_type *type, int64_t *request_id)
{
    struct ber_reader reader, inner, pdu;
    struct msg_scoped_pdu scoped;
    ber_reader_init(&reader, data.data, data.size);
    enter_scoped_pdu(&reader, &inner, &scoped);
    uint8_t tag = ber_peek_tag(&inner);
    ber_read_enter(&inner, tag, &pdu);
    *type = (enum uvsnmp_pdu_type)tag;
    *request_id = ber_read_signed(&pdu, BER_INTEGER, INT64_MIN, INT64_MAX);
    return pdu.error == 0;
}

uint64_t msg_v3_key(int32_t id)
{
    return (uint64_t)UVSNMP_V3 << 32 | (uint32_t)id;
}

bool msg_v3_response_key(const uint8_t *data, size_t size, uint64_t *key)
{
    struct msg_v3 message;
    enum uvsnmp_pdu_type type;
    int64_t request_id;
    if (msg_v3_decode(data, size, &message, NULL) < 0) {
        return false;
    }
    if (!message.encrypted && (!msg_scoped_pdu_peek(message.data, &type, &request_id) ||
                               (type != UVSNMP_PDU_RESPONSE && type != UVSNMP_PDU_REPORT))) {
        return false;
    }
    *key = msg_v3_key(message.header.id);
    return true;
}

bool msg_v3_request_key(const uint8_t *data, size_t size, uint64_t *key)
{
    struct ber_reader reader, message, header;
    ber_reader_init(&reader, data, size);
    ber_read_enter_cut(&reader, BER_SEQUENCE, &message);
    (void)ber_read_signed(&message, BER_INTEGER, UVSNMP_V3, UVSNMP_V3);
    ber_read_enter_cut(&message, BER_SEQUENCE, &header);
    int64_t id = ber_read_signed(&header, BER_INTEGER, 0, INT32_MAX);
    *key = msg_v3_key((int32_t)id);
    return header.error == 0;
}
