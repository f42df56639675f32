/* SPDX-License-Identifier: BSD-3-Clause */
#include "smi/varbind.h"

#include <string.h>

#include "ber/tag.h"

/* The Opaque wrapping of draft-perkins-opaque: a context tag of two octets, 0x9f and the type. */
#define OPAQUE_WRAP_TAG 0x9f

static void decode_integer(struct ber_reader *reader, struct arena *arena, struct uvsnmp_value *value)
{
    (void)arena;
    value->as.integer = ber_read_signed(reader, (uint8_t)value->type, INT64_MIN, INT64_MAX);
}

static void decode_unsigned32(struct ber_reader *reader, struct arena *arena, struct uvsnmp_value *value)
{
    (void)arena;
    value->as.unsigned32 = (uint32_t)ber_read_unsigned(reader, (uint8_t)value->type, UINT32_MAX);
}

static void decode_counter64(struct ber_reader *reader, struct arena *arena, struct uvsnmp_value *value)
{
    (void)arena;
    value->as.unsigned64 = ber_read_unsigned(reader, (uint8_t)value->type, UINT64_MAX);
}

static void decode_bytes(struct ber_reader *reader, struct arena *arena, struct uvsnmp_value *value)
{
    (void)arena;
    value->as.bytes = ber_read_bytes(reader, (uint8_t)value->type);
}

static void decode_empty(struct ber_reader *reader, struct arena *arena, struct uvsnmp_value *value)
{
    (void)arena;
    (void)ber_read_bytes(reader, (uint8_t)value->type); /* contents, against the rules, say nothing */
}

static void decode_ipaddress(struct ber_reader *reader, struct arena *arena, struct uvsnmp_value *value)
{
    (void)arena;
    struct uvsnmp_bytes bytes = ber_read_bytes(reader, (uint8_t)value->type);
    if (reader->error == 0 && bytes.size != sizeof(value->as.ipaddress)) {
        ber_reader_fail(reader, UVSNMP_EBAD_ENCODING, "IpAddress that is not four octets");
    } else if (reader->error == 0) {
        memcpy(value->as.ipaddress, bytes.data, sizeof(value->as.ipaddress));
    }
}

/* An OID into the arena. */
void smi_oid_decode(struct ber_reader *reader, struct arena *arena, struct uvsnmp_oid *out)
{
    struct uvsnmp_oid_buf buf;
    ber_read_oid(reader, &buf);
    if (!smi_oid_dup(arena, out, uvsnmp_oid_of(&buf))) {
        ber_reader_fail(reader, UVSNMP_ENO_MEMORY, "no memory for an OID");
    }
}

static void decode_oid(struct ber_reader *reader, struct arena *arena, struct uvsnmp_value *value)
{
    smi_oid_decode(reader, arena, &value->as.oid);
}

static uint64_t big_endian(const uint8_t *data, size_t size)
{
    uint64_t number = 0;
    for (size_t i = 0; i < size; i++) {
        number = number << 8 | data[i];
    }
    return number;
}

/* What is wrapped in an Opaque; false leaves the value as plain Opaque octets. */
static bool unwrap_opaque(struct uvsnmp_value *value)
{
    struct uvsnmp_bytes bytes = value->as.bytes;
    if (bytes.size < 3 || bytes.data[0] != OPAQUE_WRAP_TAG || bytes.data[2] != bytes.size - 3) {
        return false;
    }
    const uint8_t *data = bytes.data + 3;
    size_t size = bytes.size - 3;
    uint64_t bits = big_endian(data, size <= 8 ? size : 8);
    switch (bytes.data[1]) {
    case UVSNMP_OPAQUE_FLOAT: {
        uint32_t bits32 = (uint32_t)bits;
        if (size != 4) {
            return false;
        }
        memcpy(&value->as.float32, &bits32, sizeof(bits32));
        break;
    }
    case UVSNMP_OPAQUE_DOUBLE:
        if (size != 8) {
            return false;
        }
        memcpy(&value->as.float64, &bits, sizeof(bits));
        break;
    case UVSNMP_OPAQUE_INT64:
        if (size < 1 || size > 8) {
            return false;
        }
        if (data[0] >= 0x80 && size < 8) {
            bits |= UINT64_MAX << (size * 8);
        }
        value->as.signed64 = (int64_t)bits;
        break;
    case UVSNMP_OPAQUE_UINT64:
    case UVSNMP_OPAQUE_COUNTER64:
        if (size < 1 || size > 9 || (size == 9 && data[0] != 0)) {
            return false;
        }
        value->as.unsigned64 = size == 9 ? big_endian(data + 1, 8) : bits;
        break;
    default:
        return false;
    }
    value->type = (enum uvsnmp_type)bytes.data[1];
    return true;
}

static void decode_opaque(struct ber_reader *reader, struct arena *arena, struct uvsnmp_value *value)
{
    decode_bytes(reader, arena, value);
    (void)unwrap_opaque(value);
}

static void encode_integer(struct ber_writer *writer, const struct uvsnmp_value *value)
{
    ber_write_signed(writer, (uint8_t)value->type, value->as.integer);
}

static void encode_unsigned32(struct ber_writer *writer, const struct uvsnmp_value *value)
{
    ber_write_unsigned(writer, (uint8_t)value->type, value->as.unsigned32);
}

static void encode_counter64(struct ber_writer *writer, const struct uvsnmp_value *value)
{
    ber_write_unsigned(writer, (uint8_t)value->type, value->as.unsigned64);
}

static void encode_bytes(struct ber_writer *writer, const struct uvsnmp_value *value)
{
    ber_write_bytes(writer, (uint8_t)value->type, value->as.bytes.data, value->as.bytes.size);
}

static void encode_empty(struct ber_writer *writer, const struct uvsnmp_value *value)
{
    ber_write_bytes(writer, (uint8_t)value->type, NULL, 0);
}

static void encode_ipaddress(struct ber_writer *writer, const struct uvsnmp_value *value)
{
    ber_write_bytes(writer, (uint8_t)value->type, value->as.ipaddress, sizeof(value->as.ipaddress));
}

static void encode_oid(struct ber_writer *writer, const struct uvsnmp_value *value)
{
    ber_write_oid(writer, (uint8_t)value->type, value->as.oid);
}

/* The wrapped element, whose tag has a second octet, and the Opaque around it. */
static void wrap_opaque(struct ber_writer *writer, enum uvsnmp_type type, size_t mark)
{
    const uint8_t first = OPAQUE_WRAP_TAG;
    ber_write_header(writer, (uint8_t)type, mark);
    ber_write_raw(writer, &first, 1);
    ber_write_header(writer, UVSNMP_OPAQUE, mark);
}

static void write_big_endian(struct ber_writer *writer, uint64_t bits, size_t size)
{
    uint8_t octets[8];
    for (size_t i = 0; i < size; i++) {
        octets[i] = (uint8_t)(bits >> (8 * (size - 1 - i)));
    }
    ber_write_raw(writer, octets, size);
}

static void encode_opaque_float(struct ber_writer *writer, const struct uvsnmp_value *value)
{
    size_t mark = ber_writer_size(writer);
    uint32_t bits;
    memcpy(&bits, &value->as.float32, sizeof(bits));
    write_big_endian(writer, bits, sizeof(bits));
    wrap_opaque(writer, value->type, mark);
}

static void encode_opaque_double(struct ber_writer *writer, const struct uvsnmp_value *value)
{
    size_t mark = ber_writer_size(writer);
    uint64_t bits;
    memcpy(&bits, &value->as.float64, sizeof(bits));
    write_big_endian(writer, bits, sizeof(bits));
    wrap_opaque(writer, value->type, mark);
}

/* As an INTEGER would be; its header's tag octet is the second one of the wrapping tag. */
static void encode_opaque_integer(struct ber_writer *writer, const struct uvsnmp_value *value)
{
    const uint8_t first = OPAQUE_WRAP_TAG;
    size_t mark = ber_writer_size(writer);
    if (value->type == UVSNMP_OPAQUE_INT64) {
        ber_write_signed(writer, (uint8_t)value->type, value->as.signed64);
    } else {
        ber_write_unsigned(writer, (uint8_t)value->type, value->as.unsigned64);
    }
    ber_write_raw(writer, &first, 1);
    ber_write_header(writer, UVSNMP_OPAQUE, mark);
}

/* One row a type; decode is NULL for what appears inside an Opaque only. */
static const struct value_codec {
    enum uvsnmp_type type;
    void (*decode)(struct ber_reader *reader, struct arena *arena, struct uvsnmp_value *value);
    void (*encode)(struct ber_writer *writer, const struct uvsnmp_value *value);
} codecs[] = {
    {UVSNMP_INTEGER, decode_integer, encode_integer},
    {UVSNMP_OCTET_STRING, decode_bytes, encode_bytes},
    {UVSNMP_OBJECT_IDENTIFIER, decode_oid, encode_oid},
    {UVSNMP_COUNTER32, decode_unsigned32, encode_unsigned32},
    {UVSNMP_GAUGE32, decode_unsigned32, encode_unsigned32},
    {UVSNMP_TIMETICKS, decode_unsigned32, encode_unsigned32},
    {UVSNMP_COUNTER64, decode_counter64, encode_counter64},
    {UVSNMP_NULL, decode_empty, encode_empty},
    {UVSNMP_IPADDRESS, decode_ipaddress, encode_ipaddress},
    {UVSNMP_NO_SUCH_OBJECT, decode_empty, encode_empty},
    {UVSNMP_NO_SUCH_INSTANCE, decode_empty, encode_empty},
    {UVSNMP_END_OF_MIB_VIEW, decode_empty, encode_empty},
    {UVSNMP_OPAQUE, decode_opaque, encode_bytes},
    {UVSNMP_NSAPADDRESS, decode_bytes, encode_bytes},
    {UVSNMP_UINTEGER32, decode_unsigned32, encode_unsigned32},
    {UVSNMP_OPAQUE_COUNTER64, NULL, encode_opaque_integer},
    {UVSNMP_OPAQUE_FLOAT, NULL, encode_opaque_float},
    {UVSNMP_OPAQUE_DOUBLE, NULL, encode_opaque_double},
    {UVSNMP_OPAQUE_INT64, NULL, encode_opaque_integer},
    {UVSNMP_OPAQUE_UINT64, NULL, encode_opaque_integer},
};

static const struct value_codec *codec_of(unsigned type)
{
    for (size_t i = 0; i < sizeof(codecs) / sizeof(codecs[0]); i++) {
        if (codecs[i].type == type) {
            return &codecs[i];
        }
    }
    return NULL;
}

void smi_value_decode(struct ber_reader *reader, struct arena *arena, struct uvsnmp_value *value)
{
    const struct value_codec *codec = codec_of(ber_peek_tag(reader));
    memset(value, 0, sizeof(*value));
    value->type = UVSNMP_NULL;
    if (!codec || !codec->decode) {
        ber_reader_fail(reader, ber_reader_at_end(reader) ? UVSNMP_ETRUNCATED : UVSNMP_EBAD_ENCODING,
                        ber_reader_at_end(reader) ? "value missing" : "value of an unknown type");
        return;
    }
    value->type = codec->type;
    codec->decode(reader, arena, value);
}

void smi_value_encode(struct ber_writer *writer, const struct uvsnmp_value *value)
{
    const struct value_codec *codec = codec_of(value->type);
    if (codec) {
        codec->encode(writer, value);
    } else if (writer->error == 0) {
        writer->error = UVSNMP_EBAD_VALUE;
    }
}

/* How many varbinds a list holds; a walk over headers only. */
static size_t count_varbinds(struct ber_reader list)
{
    struct uvsnmp_bytes skipped;
    size_t count = 0;
    while (list.error == 0 && !ber_reader_at_end(&list)) {
        (void)ber_read_element(&list, &skipped);
        count++;
    }
    return count;
}

struct uvsnmp_varbind *smi_varbinds_decode(struct ber_reader *reader, struct arena *arena, size_t *count)
{
    struct ber_reader list, pair;
    struct uvsnmp_varbind *varbinds = NULL;
    *count = 0;
    ber_read_enter(reader, BER_SEQUENCE, &list);
    size_t expected = count_varbinds(list);
    if (list.error == 0 && expected > 0) {
        varbinds = arena_array(arena, expected, sizeof(*varbinds));
        if (!varbinds) {
            ber_reader_fail(&list, UVSNMP_ENO_MEMORY, "no memory for the varbinds");
        }
    }
    for (size_t i = 0; list.error == 0 && i < expected; i++) {
        ber_read_enter(&list, BER_SEQUENCE, &pair);
        smi_oid_decode(&pair, arena, &varbinds[i].name);
        smi_value_decode(&pair, arena, &varbinds[i].value);
        if (pair.error == 0 && !ber_reader_at_end(&pair)) {
            ber_reader_fail(&pair, UVSNMP_EBAD_ENCODING, "more than a name and a value in a varbind");
        }
        ber_read_leave(&list, &pair);
    }
    ber_read_leave(reader, &list);
    if (reader->error != 0) {
        return NULL;
    }
    *count = expected;
    return varbinds;
}

void smi_varbind_encode(struct ber_writer *writer, const struct uvsnmp_varbind *varbind)
{
    size_t mark = ber_writer_size(writer);
    smi_value_encode(writer, &varbind->value);
    ber_write_oid(writer, BER_OBJECT_IDENTIFIER, varbind->name);
    ber_write_header(writer, BER_SEQUENCE, mark);
}

void smi_varbinds_encode(struct ber_writer *writer, const struct uvsnmp_varbind *varbinds, size_t count)
{
    size_t mark = ber_writer_size(writer);
    for (size_t i = count; i > 0 && writer->error == 0; i--) {
        smi_varbind_encode(writer, &varbinds[i - 1]);
    }
    ber_write_header(writer, BER_SEQUENCE, mark);
}

static size_t header_size(size_t length)
{
    size_t size = 2;
    if (length >= BER_LONG_LENGTH) {
        for (; length > 0; length >>= 8) {
            size++;
        }
    }
    return size;
}

static size_t oid_size(struct uvsnmp_oid oid)
{
    /* the first two arcs are one sub-identifier of at most five octets */
    uint64_t first = (oid.count > 0 ? oid.ids[0] * (uint64_t)40 : 0) + (oid.count > 1 ? oid.ids[1] : 0);
    size_t size = 1;
    for (uint64_t rest = first >> 7; rest > 0; rest >>= 7) {
        size++;
    }
    for (size_t i = 2; i < oid.count; i++) {
        size++;
        for (uint32_t rest = oid.ids[i] >> 7; rest > 0; rest >>= 7) {
            size++;
        }
    }
    return header_size(size) + size;
}

size_t smi_varbind_size(const struct uvsnmp_varbind *varbind)
{
    uint8_t small[32];
    struct ber_writer writer;
    size_t value_size;
    switch (varbind->value.type) {
    case UVSNMP_OCTET_STRING:
    case UVSNMP_OPAQUE:
    case UVSNMP_NSAPADDRESS:
        value_size = header_size(varbind->value.as.bytes.size) + varbind->value.as.bytes.size;
        break;
    case UVSNMP_OBJECT_IDENTIFIER:
        value_size = oid_size(varbind->value.as.oid);
        break;
    default:
        ber_writer_init(&writer, small, sizeof(small));
        smi_value_encode(&writer, &varbind->value);
        value_size = ber_writer_size(&writer);
        break;
    }
    size_t size = oid_size(varbind->name) + value_size;
    return header_size(size) + size;
}

bool smi_oid_dup(struct arena *arena, struct uvsnmp_oid *to, struct uvsnmp_oid from)
{
    to->count = from.count;
    to->ids = arena_copy(arena, from.ids, from.count * sizeof(from.ids[0]));
    return to->ids != NULL;
}

bool smi_value_dup(struct arena *arena, struct uvsnmp_value *to, const struct uvsnmp_value *from)
{
    *to = *from;
    switch (from->type) {
    case UVSNMP_OCTET_STRING:
    case UVSNMP_OPAQUE:
    case UVSNMP_NSAPADDRESS:
        to->as.bytes.data = arena_copy(arena, from->as.bytes.data, from->as.bytes.size);
        return to->as.bytes.data != NULL;
    case UVSNMP_OBJECT_IDENTIFIER:
        return smi_oid_dup(arena, &to->as.oid, from->as.oid);
    default:
        return true;
    }
}

struct uvsnmp_varbind *smi_varbinds_dup(struct arena *arena, const struct uvsnmp_varbind *from, size_t count)
{
    struct uvsnmp_varbind *to = arena_array(arena, count, sizeof(*to));
    for (size_t i = 0; to && i < count; i++) {
        if (!smi_oid_dup(arena, &to[i].name, from[i].name) ||
            !smi_value_dup(arena, &to[i].value, &from[i].value)) {
            return NULL;
        }
    }
    return to;
}

bool uvsnmp_value_equal(const struct uvsnmp_value *a, const struct uvsnmp_value *b)
{
    if (a->type != b->type) {
        return false;
    }
    switch (a->type) {
    case UVSNMP_INTEGER:
        return a->as.integer == b->as.integer;
    case UVSNMP_COUNTER32:
    case UVSNMP_GAUGE32:
    case UVSNMP_TIMETICKS:
    case UVSNMP_UINTEGER32:
        return a->as.unsigned32 == b->as.unsigned32;
    case UVSNMP_COUNTER64:
    case UVSNMP_OPAQUE_COUNTER64:
    case UVSNMP_OPAQUE_UINT64:
        return a->as.unsigned64 == b->as.unsigned64;
    case UVSNMP_OPAQUE_INT64:
        return a->as.signed64 == b->as.signed64;
    case UVSNMP_OPAQUE_FLOAT:
        return memcmp(&a->as.float32, &b->as.float32, sizeof(a->as.float32)) == 0;
    case UVSNMP_OPAQUE_DOUBLE:
        return memcmp(&a->as.float64, &b->as.float64, sizeof(a->as.float64)) == 0;
    case UVSNMP_IPADDRESS:
        return memcmp(a->as.ipaddress, b->as.ipaddress, sizeof(a->as.ipaddress)) == 0;
    case UVSNMP_OCTET_STRING:
    case UVSNMP_OPAQUE:
    case UVSNMP_NSAPADDRESS:
        return a->as.bytes.size == b->as.bytes.size &&
               (a->as.bytes.size == 0 || memcmp(a->as.bytes.data, b->as.bytes.data, a->as.bytes.size) == 0);
    case UVSNMP_OBJECT_IDENTIFIER:
        return uvsnmp_oid_compare(a->as.oid, b->as.oid) == 0;
    default:
        return true;
    }
}
