/* SPDX-License-Identifier: BSD-3-Clause */
#include "ber/writer.h"

#include <string.h>

#include "ber/tag.h"

void ber_writer_init(struct ber_writer *writer, uint8_t *buffer, size_t capacity)
{
    writer->start = buffer;
    writer->end = writer->at = buffer + capacity;
    writer->error = 0;
}

size_t ber_writer_size(const struct ber_writer *writer)
{
    return (size_t)(writer->end - writer->at);
}

void ber_writer_rewind(struct ber_writer *writer, size_t size)
{
    writer->at = writer->end - size;
    writer->error = 0;
}

int ber_writer_error(const struct ber_writer *writer)
{
    return writer->error;
}

static void prepend(struct ber_writer *writer, uint8_t octet)
{
    if (writer->error == 0 && writer->at == writer->start) {
        writer->error = UVSNMP_EOVERSIZED;
    }
    if (writer->error == 0) {
        *--writer->at = octet;
    }
}

void ber_write_raw(struct ber_writer *writer, const void *data, size_t size)
{
    if (writer->error == 0 && size > (size_t)(writer->at - writer->start)) {
        writer->error = UVSNMP_EOVERSIZED;
    }
    if (writer->error == 0 && size > 0) {
        writer->at -= size;
        memcpy(writer->at, data, size);
    }
}

void ber_write_header(struct ber_writer *writer, uint8_t tag, size_t mark)
{
    size_t length = ber_writer_size(writer) - mark;
    if (length < BER_LONG_LENGTH) {
        prepend(writer, (uint8_t)length);
    } else {
        uint8_t octets = 0;
        for (; length > 0; length >>= 8, octets++) {
            prepend(writer, (uint8_t)(length & 0xff));
        }
        prepend(writer, BER_LONG_LENGTH | octets);
    }
    prepend(writer, tag);
}

void ber_write_bytes(struct ber_writer *writer, uint8_t tag, const void *data, size_t size)
{
    size_t mark = ber_writer_size(writer);
    ber_write_raw(writer, data, size);
    ber_write_header(writer, tag, mark);
}

void ber_write_signed(struct ber_writer *writer, uint8_t tag, int64_t number)
{
    size_t mark = ber_writer_size(writer);
    uint8_t octet;
    do {
        octet = (uint8_t)((uint64_t)number & 0xff);
        prepend(writer, octet);
        number >>= 8;
    } while (!(number == 0 && octet < 0x80) && !(number == -1 && octet >= 0x80));
    ber_write_header(writer, tag, mark);
}

void ber_write_unsigned(struct ber_writer *writer, uint8_t tag, uint64_t number)
{
    size_t mark = ber_writer_size(writer);
    uint8_t octet;
    do {
        octet = (uint8_t)(number & 0xff);
        prepend(writer, octet);
        number >>= 8;
    } while (number > 0);
    if (octet >= 0x80) {
        prepend(writer, 0);
    }
    ber_write_header(writer, tag, mark);
}

static void prepend_subidentifier(struct ber_writer *writer, uint64_t id)
{
    prepend(writer, (uint8_t)(id & 0x7f));
    for (id >>= 7; id > 0; id >>= 7) {
        prepend(writer, (uint8_t)(0x80 | (id & 0x7f)));
    }
}

void ber_write_oid(struct ber_writer *writer, uint8_t tag, struct uvsnmp_oid oid)
{
    size_t mark = ber_writer_size(writer);
    uint64_t first = oid.count > 0 ? oid.ids[0] : 0;
    uint64_t second = oid.count > 1 ? oid.ids[1] : 0;
    /* X.690 §8.19.4: below 0 and 1 there are 40 arcs at most */
    if (oid.count > UVSNMP_OID_MAX || first > 2 || (first < 2 && second >= 40) ||
        first * 40 + second > UINT32_MAX) {
        if (writer->error == 0) {
            writer->error = UVSNMP_EBAD_VALUE;
        }
        return;
    }
    for (size_t i = oid.count; i > 2; i--) {
        prepend_subidentifier(writer, oid.ids[i - 1]);
    }
    prepend_subidentifier(writer, first * 40 + second);
    ber_write_header(writer, tag, mark);
}
