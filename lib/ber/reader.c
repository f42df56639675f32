/* SPDX-License-Identifier: BSD-3-Clause */
#include "ber/reader.h"

#include <stdint.h>

#include "base/err.h"
#include "ber/tag.h"

void ber_reader_init(struct ber_reader *reader, const void *data, size_t size)
{
    reader->start = data;
    reader->at = data;
    reader->end = size > 0 ? reader->start + size : reader->start; /* NULL + 0 is not defined */
    reader->error = 0;
    reader->problem = NULL;
    reader->problem_at = 0;
    reader->base = 0;
}

bool ber_reader_at_end(const struct ber_reader *reader)
{
    return reader->at == reader->end;
}

int ber_reader_error(const struct ber_reader *reader, struct uvsnmp_error *err)
{
    if (reader->error != 0) {
        err_set(err, reader->error, "%s at octet %zu", reader->problem, reader->problem_at);
    }
    return reader->error;
}

void ber_reader_fail(struct ber_reader *reader, int error, const char *problem)
{
    if (reader->error == 0) {
        reader->error = error;
        reader->problem = problem;
        reader->problem_at = reader->base + (size_t)(reader->at - reader->start);
        reader->at = reader->end;
    }
}

uint8_t ber_peek_tag(const struct ber_reader *reader)
{
    return reader->at < reader->end ? *reader->at : 0;
}

/* The length octets at reader->at; moves behind them. */
static size_t read_length(struct ber_reader *reader)
{
    size_t octets, length = 0;
    if (reader->at == reader->end) {
        ber_reader_fail(reader, UVSNMP_ETRUNCATED, "element without a length");
        return 0;
    }
    uint8_t first = *reader->at;
    if (first < BER_LONG_LENGTH) {
        reader->at++;
        return first;
    }
    octets = first & 0x7fu;
    if (octets == 0 || octets > 8) {
        ber_reader_fail(reader, UVSNMP_EBAD_ENCODING, "indefinite or overlong length");
        return 0;
    }
    if (octets >= (size_t)(reader->end - reader->at)) {
        ber_reader_fail(reader, UVSNMP_ETRUNCATED, "length cut off");
        return 0;
    }
    for (size_t i = 1; i <= octets; i++) {
        if (length > SIZE_MAX >> 8) {
            ber_reader_fail(reader, UVSNMP_EBAD_ENCODING, "length too large");
            return 0;
        }
        length = length << 8 | reader->at[i];
    }
    reader->at += octets + 1;
    return length;
}

uint8_t ber_read_element(struct ber_reader *reader, struct uvsnmp_bytes *contents)
{
    struct uvsnmp_bytes none = {NULL, 0};
    *contents = none;
    if (reader->error != 0) {
        return 0;
    }
    if (reader->at == reader->end) {
        ber_reader_fail(reader, UVSNMP_ETRUNCATED, "element missing");
        return 0;
    }
    const uint8_t *element = reader->at;
    uint8_t tag = *element;
    if ((tag & BER_TAG_NUMBER) == BER_TAG_NUMBER) {
        ber_reader_fail(reader, UVSNMP_EBAD_ENCODING, "tag of more than one octet");
        return 0;
    }
    reader->at++;
    size_t length = read_length(reader);
    if (reader->error != 0) {
        return 0;
    }
    if (length > (size_t)(reader->end - reader->at)) {
        reader->at = element;
        ber_reader_fail(reader, UVSNMP_ETRUNCATED, "element longer than what holds it");
        return 0;
    }
    contents->data = reader->at;
    contents->size = length;
    reader->at += length;
    return tag;
}

struct uvsnmp_bytes ber_read_bytes(struct ber_reader *reader, uint8_t tag)
{
    struct uvsnmp_bytes contents;
    const uint8_t *element = reader->at;
    if (ber_read_element(reader, &contents) != tag && reader->error == 0) {
        reader->at = element;
        ber_reader_fail(reader, UVSNMP_EBAD_ENCODING, "unexpected tag");
        contents.data = NULL;
        contents.size = 0;
    }
    return contents;
}

void ber_read_enter(struct ber_reader *reader, uint8_t tag, struct ber_reader *inner)
{
    struct uvsnmp_bytes contents = ber_read_bytes(reader, tag);
    ber_reader_init(inner, contents.data, contents.size);
    inner->error = reader->error;
    inner->problem = reader->problem;
    inner->problem_at = reader->problem_at;
    inner->base = contents.data ? reader->base + (size_t)(contents.data - reader->start) : reader->base;
}

void ber_read_enter_cut(struct ber_reader *reader, uint8_t tag, struct ber_reader *inner)
{
    size_t length = 0;
    if (ber_peek_tag(reader) != tag) {
        ber_reader_fail(reader, UVSNMP_EBAD_ENCODING, "unexpected tag");
    } else {
        reader->at++;
        length = read_length(reader);
    }
    *inner = *reader;
    if (length < (size_t)(inner->end - inner->at)) {
        inner->end = inner->at + length;
    }
    reader->at = inner->end;
}

void ber_read_leave(struct ber_reader *reader, const struct ber_reader *inner)
{
    if (reader->error == 0 && inner->error != 0) {
        reader->error = inner->error;
        reader->problem = inner->problem;
        reader->problem_at = inner->problem_at;
        reader->at = reader->end;
    }
}

int64_t ber_read_signed(struct ber_reader *reader, uint8_t tag, int64_t min, int64_t max)
{
    const uint8_t *element = reader->at;
    struct uvsnmp_bytes contents = ber_read_bytes(reader, tag);
    if (reader->error != 0) {
        return 0;
    }
    /* superfluous sign octets are harmless */
    while (contents.size > 1 &&
           ((contents.data[0] == 0 && contents.data[1] < 0x80) ||
            (contents.data[0] == 0xff && contents.data[1] >= 0x80))) {
        contents.data++;
        contents.size--;
    }
    if (contents.size == 0 || contents.size > 8) {
        reader->at = element;
        ber_reader_fail(reader, UVSNMP_EBAD_ENCODING, "integer of bad length");
        return 0;
    }
    uint64_t bits = contents.data[0] >= 0x80 ? UINT64_MAX : 0;
    for (size_t i = 0; i < contents.size; i++) {
        bits = bits << 8 | contents.data[i];
    }
    int64_t number = (int64_t)bits;
    if (number < min || number > max) {
        reader->at = element;
        ber_reader_fail(reader, UVSNMP_EBAD_ENCODING, "integer out of range");
        return 0;
    }
    return number;
}

uint64_t ber_read_unsigned(struct ber_reader *reader, uint8_t tag, uint64_t max)
{
    const uint8_t *element = reader->at;
    struct uvsnmp_bytes contents = ber_read_bytes(reader, tag);
    uint64_t number = 0;
    if (reader->error != 0) {
        return 0;
    }
    while (contents.size > 1 && contents.data[0] == 0) {
        contents.data++;
        contents.size--;
    }
    if (contents.size == 0 || contents.size > 8) {
        reader->at = element;
        ber_reader_fail(reader, UVSNMP_EBAD_ENCODING, "unsigned number of bad length");
        return 0;
    }
    for (size_t i = 0; i < contents.size; i++) {
        number = number << 8 | contents.data[i];
    }
    return number & max;
}

/* One sub-identifier, base 128; false and a failed reader when it does not fit into 32 bits or is cut off. */
static bool read_subidentifier(struct ber_reader *reader, uint32_t *id)
{
    uint32_t number = 0;
    for (;;) {
        if (reader->at == reader->end) {
            ber_reader_fail(reader, UVSNMP_EBAD_ENCODING, "sub-identifier cut off");
            return false;
        }
        uint8_t octet = *reader->at;
        if (number > UINT32_MAX >> 7) {
            ber_reader_fail(reader, UVSNMP_EBAD_ENCODING, "sub-identifier above 2^32-1");
            return false;
        }
        number = number << 7 | (octet & 0x7fu);
        reader->at++;
        if (octet < 0x80) {
            *id = number;
            return true;
        }
    }
}

void ber_read_oid(struct ber_reader *reader, struct uvsnmp_oid_buf *out)
{
    struct ber_reader inner;
    uint32_t id;
    out->count = 0;
    ber_read_enter(reader, BER_OBJECT_IDENTIFIER, &inner);
    if (inner.error == 0 && ber_reader_at_end(&inner)) {
        /* no contents: not BER, but agents send it for 0.0, and Net-SNMP reads it as 0 */
        out->ids[0] = 0;
        out->count = 1;
        return;
    }
    /* X.690 §8.19.4: the first two arcs share a sub-identifier */
    if (inner.error == 0 && read_subidentifier(&inner, &id)) {
        out->ids[0] = id < 40 ? 0 : id < 80 ? 1 : 2;
        out->ids[1] = id - 40 * out->ids[0];
        out->count = 2;
    }
    while (inner.error == 0 && !ber_reader_at_end(&inner)) {
        if (out->count == UVSNMP_OID_MAX) {
            ber_reader_fail(&inner, UVSNMP_EBAD_ENCODING, "OID of more than 128 sub-identifiers");
        } else if (read_subidentifier(&inner, &id)) {
            out->ids[out->count++] = id;
        }
    }
    ber_read_leave(reader, &inner);
    if (reader->error != 0) {
        out->count = 0;
    }
}
