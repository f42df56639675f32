/* SPDX-License-Identifier: BSD-3-Clause */
#include "format/input.h"

#include <arpa/inet.h>
#include <ctype.h>
#include <float.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/err.h"
#include "base/hex.h"
#include "base/num.h"
#include "format/name.h"

struct input {
    const char *value;
    const struct format_input_options *options;
    struct arena *arena;
    struct uvsnmp_error *err;
};

/* Sets out->as; the type is set already. */
typedef int read_fn(const struct input *in, struct uvsnmp_value *out);

static int bad_notation(const struct input *in)
{
    return err_set(in->err, UVSNMP_EBAD_VALUE, "Bad value notation (%s)", in->value);
}

static int out_of_range(const struct input *in)
{
    return err_set(in->err, UVSNMP_EBAD_VALUE, "Value out of range (%s)", in->value);
}

/* Blanks before a number have always been taken. */
static const char *skip_blanks(const char *text)
{
    while (isspace((unsigned char)*text)) {
        text++;
    }
    return text;
}

static bool is_number(const char *text)
{
    text += *text == '-' || *text == '+';
    return *text && text[strspn(text, "0123456789")] == '\0';
}

static int read_integer(const struct input *in, struct uvsnmp_value *out)
{
    int64_t number;
    const char *digits = skip_blanks(in->value);
    if (!*digits) {
        return bad_notation(in);
    }
    if (!num_parse_i64(digits, INT32_MIN, INT32_MAX, &number)) {
        return out_of_range(in);
    }
    out->as.integer = (int32_t)number;
    return 0;
}

static int read_u64(const struct input *in, uint64_t max, uint64_t *number)
{
    const char *digits = skip_blanks(in->value);
    if (!is_number(digits)) {
        return bad_notation(in);
    }
    return num_parse_u64(digits + (*digits == '+'), max, number) ? 0 : out_of_range(in);
}

static int read_unsigned32(const struct input *in, struct uvsnmp_value *out)
{
    uint64_t number;
    int result = read_u64(in, UINT32_MAX, &number);
    if (result == 0) {
        out->as.unsigned32 = (uint32_t)number;
    }
    return result;
}

static int read_unsigned64(const struct input *in, struct uvsnmp_value *out)
{
    return read_u64(in, UINT64_MAX, &out->as.unsigned64);
}

static int read_signed64(const struct input *in, struct uvsnmp_value *out)
{
    const char *digits = skip_blanks(in->value);
    if (!is_number(digits)) {
        return bad_notation(in);
    }
    return num_parse_i64(digits, INT64_MIN, INT64_MAX, &out->as.signed64) ? 0 : out_of_range(in);
}

static int read_real(const struct input *in, double max, double *number)
{
    char *end;
    const char *digits = skip_blanks(in->value);
    *number = strtod(digits, &end);
    if (end == digits || *end) {
        return bad_notation(in);
    }
    /* "inf" and "nan" are values; a number that only became infinite by its size is not. */
    bool spelled = !strpbrk(digits, "0123456789");
    return !spelled && (isinf(*number) || fabs(*number) > max) ? out_of_range(in) : 0;
}

static int read_float(const struct input *in, struct uvsnmp_value *out)
{
    double number;
    int result = read_real(in, FLT_MAX, &number);
    if (result == 0) {
        out->as.float32 = (float)number;
    }
    return result;
}

static int read_double(const struct input *in, struct uvsnmp_value *out)
{
    return read_real(in, DBL_MAX, &out->as.float64);
}

static int read_address(const struct input *in, struct uvsnmp_value *out)
{
    /* inet_pton() would refuse "10.1", which inet_addr()'s users know as 10.0.0.1. */
    struct in_addr address;
    if (strpbrk(in->value, " \t\n") || !inet_aton(in->value, &address)) {
        return bad_notation(in);
    }
    memcpy(out->as.ipaddress, &address.s_addr, sizeof(out->as.ipaddress));
    return 0;
}

static int read_oid(const struct input *in, struct uvsnmp_value *out)
{
    struct uvsnmp_oid_buf oid;
    int result = format_name_parse(in->value, in->options, &oid, in->err);
    if (result != 0) {
        return result;
    }
    uint32_t *ids = arena_copy(in->arena, oid.ids, oid.count * sizeof(oid.ids[0]));
    if (!ids) {
        return err_set(in->err, UVSNMP_ENO_MEMORY, "out of memory");
    }
    out->as.oid.ids = ids;
    out->as.oid.count = oid.count;
    return 0;
}

/* ---- octets ---- */

/* Room for one octet per two characters is enough for all notations but text. */
static uint8_t *octets_new(const struct input *in, size_t size)
{
    uint8_t *data = size <= FORMAT_INPUT_MAX ? arena_alloc(in->arena, size ? size : 1) : NULL;
    if (!data) {
        err_set(in->err, size <= FORMAT_INPUT_MAX ? UVSNMP_ENO_MEMORY : UVSNMP_EBAD_VALUE,
                size <= FORMAT_INPUT_MAX ? "out of memory" : "Value too long");
    }
    return data;
}

static int read_text(const struct input *in, struct uvsnmp_value *out)
{
    size_t size = strlen(in->value);
    uint8_t *data = octets_new(in, size);
    if (!data) {
        return UVSNMP_EBAD_VALUE;
    }
    memcpy(data, in->value, size);
    out->as.bytes = (struct uvsnmp_bytes){data, size};
    return 0;
}

static int read_hex(const struct input *in, struct uvsnmp_value *out)
{
    const char *digits = in->value;
    if (digits[0] == '0' && (digits[1] == 'x' || digits[1] == 'X')) {
        digits += 2;
    }
    size_t capacity = strlen(digits) / 2;
    uint8_t *data = octets_new(in, capacity);
    if (!data) {
        return UVSNMP_EBAD_VALUE;
    }
    ptrdiff_t size = hex_parse(digits, data, capacity);
    if (size < 0) {
        return bad_notation(in);
    }
    out->as.bytes = (struct uvsnmp_bytes){data, (size_t)size};
    return 0;
}

/* Numbers up to 255 between dots or blanks. */
static int read_decimal(const struct input *in, struct uvsnmp_value *out)
{
    size_t count = 0;
    uint8_t *data = octets_new(in, strlen(in->value) / 2 + 1);
    if (!data) {
        return UVSNMP_EBAD_VALUE;
    }
    for (const char *at = in->value; *at;) {
        char word[8];
        uint64_t octet;
        if (*at == '.' || isspace((unsigned char)*at)) {
            at++;
            continue;
        }
        size_t length = strcspn(at, ". \t\n\r\v\f");
        if (length >= sizeof(word)) {
            return bad_notation(in);
        }
        memcpy(word, at, length);
        word[length] = '\0';
        if (!num_parse_u64(word, UINT8_MAX, &octet)) {
            return bad_notation(in);
        }
        data[count++] = (uint8_t)octet;
        at += length;
    }
    out->as.bytes = (struct uvsnmp_bytes){data, count};
    return 0;
}

/* Bit numbers between blanks or commas; bit 0 is the most significant one of the first octet. */
static int read_bits(const struct input *in, struct uvsnmp_value *out)
{
    static const char between[] = " ,\t";
    size_t size = 0;
    uint8_t *data = octets_new(in, FORMAT_INPUT_MAX);
    if (!data) {
        return UVSNMP_EBAD_VALUE;
    }
    memset(data, 0, FORMAT_INPUT_MAX);
    for (const char *at = in->value + strspn(in->value, between); *at; at += strspn(at, between)) {
        char word[12];
        uint64_t bit;
        size_t length = strcspn(at, between);
        memcpy(word, at, length < sizeof(word) ? length : 0);
        word[length < sizeof(word) ? length : 0] = '\0';
        if (!num_parse_any_base(word, FORMAT_INPUT_MAX * 8 - 1, &bit)) {
            return err_set(in->err, UVSNMP_EBAD_VALUE, "Value out of range (%.*s)", (int)length, at);
        }
        data[bit / 8] = (uint8_t)(data[bit / 8] | 0x80 >> bit % 8);
        size = size > bit / 8 + 1 ? size : bit / 8 + 1;
        at += length;
    }
    out->as.bytes = (struct uvsnmp_bytes){data, size};
    return 0;
}

static int read_nothing(const struct input *in, struct uvsnmp_value *out)
{
    (void)in;
    (void)out;
    return 0;
}

static const struct type {
    char letter;
    enum uvsnmp_type type;
    read_fn *read;
    const char *help;
} types[] = {
    {'i', UVSNMP_INTEGER, read_integer, "INTEGER"},
    {'u', UVSNMP_GAUGE32, read_unsigned32, "Unsigned32, Gauge32"},
    {'t', UVSNMP_TIMETICKS, read_unsigned32, "TimeTicks, in hundredths of a second"},
    {'a', UVSNMP_IPADDRESS, read_address, "IpAddress"},
    {'o', UVSNMP_OBJECT_IDENTIFIER, read_oid, "OBJECT IDENTIFIER"},
    {'s', UVSNMP_OCTET_STRING, read_text, "OCTET STRING, given as text"},
    {'x', UVSNMP_OCTET_STRING, read_hex, "OCTET STRING, given in hexadecimal"},
    {'d', UVSNMP_OCTET_STRING, read_decimal, "OCTET STRING, given as decimal octets"},
    {'b', UVSNMP_OCTET_STRING, read_bits, "BITS, given as bit numbers"},
    {'n', UVSNMP_NULL, read_nothing, "NULL; the value is not looked at"},
    {'3', UVSNMP_UINTEGER32, read_unsigned32, "UInteger32 (historic)"},
    {'U', UVSNMP_OPAQUE_UINT64, read_unsigned64, "unsigned 64-bit integer in an Opaque"},
    {'I', UVSNMP_OPAQUE_INT64, read_signed64, "64-bit integer in an Opaque"},
    {'F', UVSNMP_OPAQUE_FLOAT, read_float, "floating-point number in an Opaque"},
    {'D', UVSNMP_OPAQUE_DOUBLE, read_double, "double in an Opaque"},
    {'=', UVSNMP_NULL, NULL, "the type that the MIB has for the OID"},
};
#define TYPE_COUNT (sizeof(types) / sizeof(types[0]))

static const struct type *find(char letter)
{
    for (size_t i = 0; i < TYPE_COUNT; i++) {
        if (types[i].letter == letter) {
            return &types[i];
        }
    }
    return NULL;
}

bool format_input_has_type(char letter)
{
    return find(letter) != NULL;
}

int format_input_value(const char *type, const char *value, const struct format_input_options *options,
                       struct arena *arena, struct uvsnmp_value *out, struct uvsnmp_error *err)
{
    const struct input in = {value, options, arena, err};
    const struct type *row = find(type[0]);
    if (!row || !row->read) {
        return err_set(err, row ? UVSNMP_EUNSUPPORTED : UVSNMP_EBAD_VALUE, "Bad variable type (\"%c\")",
                       type[0]);
    }
    *out = uvsnmp_empty(row->type);
    return row->read(&in, out);
}

void format_input_help(struct text *text, const char *indent)
{
    for (size_t i = 0; i < TYPE_COUNT; i++) {
        text_append_format(text, "%s%c:  %s\n", indent, types[i].letter, types[i].help);
    }
}
