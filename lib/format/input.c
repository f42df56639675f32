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
#include "format/hint.h"
#include "format/name.h"
#include "mib/mib.h"

#define RANGES_TEXT_MAX 256
#define BINARY_DIGITS 32

struct input {
    const char *value;
    const struct format_input_options *options;
    struct mib_syntax syntax; /* what the MIB says; its base is NONE where it says nothing */
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

/* What is wrong, and "{(1..10), (20)}", what would be right. */
static int out_of_ranges(const struct input *in, const char *what)
{
    char storage[RANGES_TEXT_MAX];
    struct text ranges;
    text_init_fixed(&ranges, storage, sizeof(storage));
    for (size_t i = 0; i < in->syntax.range_count; i++) {
        struct mib_range range = mib_syntax_range(&in->syntax, i);
        text_append(&ranges, i > 0 ? ", (" : "(");
        text_append_i64(&ranges, range.low);
        if (range.low != range.high) {
            text_append(&ranges, "..");
            text_append_i64(&ranges, range.high);
        }
        text_append(&ranges, ")");
    }
    return err_set(in->err, UVSNMP_EBAD_VALUE, "Value out of range (%s :: {%s})", what, text_string(&ranges));
}

static bool allows(const struct input *in, int64_t number)
{
    return in->options->no_check || mib_syntax_allows(&in->syntax, number);
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

/* What is no number: a label, or what the DISPLAY-HINT prints numbers as. */
static bool read_number_word(const struct input *in, int64_t *number)
{
    bool hinted = in->syntax.hint && !in->options->no_hint && in->syntax.base != MIB_BASE_OCTET_STRING;
    return mib_syntax_value_of(&in->syntax, in->value, strlen(in->value), number) ||
           (hinted && format_hint_read_number(in->syntax.hint, in->value, number, NULL) == 0);
}

/* The 32 digits that the hint "b" prints, where they are too many for a decimal number. */
static bool read_binary(const struct input *in, int64_t *number)
{
    bool hinted = in->syntax.hint && in->syntax.hint[0] == 'b' && !in->options->no_hint;
    return hinted && in->syntax.base != MIB_BASE_OCTET_STRING && strlen(in->value) == BINARY_DIGITS &&
           strspn(in->value, "01") == BINARY_DIGITS &&
           format_hint_read_number(in->syntax.hint, in->value, number, NULL) == 0;
}

/* A negative number is printed in binary as its two's complement. */
static bool read_signed_binary(const struct input *in, int64_t *number)
{
    bool taken = read_binary(in, number);
    *number -= taken && *number > INT32_MAX ? (int64_t)UINT32_MAX + 1 : 0;
    return taken;
}

static int read_integer(const struct input *in, struct uvsnmp_value *out)
{
    int64_t number = 0;
    const char *digits = skip_blanks(in->value);
    if (!*in->value) {
        return bad_notation(in);
    }
    if (!num_parse_i64(digits, INT32_MIN, INT32_MAX, &number) && !read_signed_binary(in, &number) &&
        (is_number(digits) || !read_number_word(in, &number) || number < INT32_MIN || number > INT32_MAX)) {
        return out_of_range(in);
    }
    if (!allows(in, number)) {
        return out_of_ranges(in, in->value);
    }
    out->as.integer = (int32_t)number;
    return 0;
}

static int read_u64(const struct input *in, uint64_t max, uint64_t *number)
{
    const char *digits = skip_blanks(in->value);
    int64_t word;
    if (!is_number(digits)) {
        if (!read_number_word(in, &word)) {
            return bad_notation(in);
        }
        *number = (uint64_t)word;
        return word < 0 || *number > max ? out_of_range(in) : 0;
    }
    if (!num_parse_u64(digits + (*digits == '+'), max, number)) {
        if (!read_binary(in, &word)) {
            return out_of_range(in);
        }
        *number = (uint64_t)word;
    }
    return 0;
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
static int octets_new(const struct input *in, size_t size, uint8_t **out)
{
    if (size > FORMAT_INPUT_MAX) {
        return err_set(in->err, UVSNMP_EBAD_VALUE, "Value too long");
    }
    *out = arena_alloc(in->arena, size ? size : 1);
    return *out ? 0 : err_set(in->err, UVSNMP_ENO_MEMORY, "out of memory");
}

static int set_octets(const struct input *in, const uint8_t *data, size_t size, struct uvsnmp_value *out)
{
    if (!allows(in, (int64_t)size)) {
        return out_of_ranges(in, "Bad string length");
    }
    out->as.bytes = (struct uvsnmp_bytes){data, size};
    return 0;
}

static int keep_octets(const struct input *in, const uint8_t *octets, size_t size, struct uvsnmp_value *out)
{
    const uint8_t *data = arena_copy(in->arena, octets, size);
    if (!data) {
        return err_set(in->err, UVSNMP_ENO_MEMORY, "out of memory");
    }
    out->as.bytes = (struct uvsnmp_bytes){data, size};
    return 0;
}

/* By the DISPLAY-HINT. `*taken` false: there is none, or the text is nothing that it could have printed. */
static int read_hinted(const struct input *in, bool *taken, struct uvsnmp_value *out)
{
    size_t size;
    *taken = false;
    if (in->syntax.base != MIB_BASE_OCTET_STRING || !in->syntax.hint || in->options->no_hint) {
        return 0;
    }
    uint8_t read[FORMAT_INPUT_MAX];
    int result = format_hint_read_octets(in->syntax.hint, in->value, read, sizeof(read), &size, NULL);
    if (result == UVSNMP_EBAD_SYNTAX) {
        return 0;
    }
    *taken = true;
    if (result != 0 && in->syntax.range_count == 0) {
        return out_of_range(in);
    }
    if (result != 0 || !allows(in, (int64_t)size)) {
        return out_of_ranges(in, "Value does not match DISPLAY-HINT");
    }
    return keep_octets(in, read, size, out);
}

static int read_text(const struct input *in, struct uvsnmp_value *out)
{
    bool taken;
    size_t size = strlen(in->value);
    int result = read_hinted(in, &taken, out);
    if (result != 0 || taken) {
        return result;
    }
    uint8_t *data;
    result = octets_new(in, size, &data);
    if (result != 0) {
        return result;
    }
    memcpy(data, in->value, size);
    return set_octets(in, data, size, out);
}

static int read_hex(const struct input *in, struct uvsnmp_value *out)
{
    const char *digits = in->value;
    if (digits[0] == '0' && (digits[1] == 'x' || digits[1] == 'X')) {
        digits += 2;
    }
    size_t capacity = strlen(digits) / 2;
    uint8_t *data;
    int result = octets_new(in, capacity, &data);
    if (result != 0) {
        return result;
    }
    ptrdiff_t size = hex_parse(digits, data, capacity);
    if (size < 0) {
        return bad_notation(in);
    }
    return set_octets(in, data, (size_t)size, out);
}

/* Numbers up to 255 between dots or blanks. */
static int read_decimal(const struct input *in, struct uvsnmp_value *out)
{
    size_t count = 0;
    uint8_t *data;
    int result = octets_new(in, strlen(in->value) / 2 + 1, &data);
    if (result != 0) {
        return result;
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
    return set_octets(in, data, count, out);
}

/* Octets for all bits that have names, as agents want them. */
static size_t named_bits_size(const struct mib_syntax *syntax)
{
    size_t size = 0;
    for (size_t i = 0; i < syntax->label_count; i++) {
        int64_t bit = mib_syntax_label(syntax, i).value;
        if (bit >= 0 && bit < FORMAT_INPUT_MAX * 8 && (size_t)bit / 8 >= size) {
            size = (size_t)bit / 8 + 1;
        }
    }
    return size;
}

/* A number or a name. */
static bool read_bit(const struct input *in, const char *text, size_t length, uint64_t *bit)
{
    char word[12];
    int64_t value;
    if (length < sizeof(word)) {
        memcpy(word, text, length);
        word[length] = '\0';
        if (num_parse_any_base(word, FORMAT_INPUT_MAX * 8 - 1, bit)) {
            return true;
        }
    }
    if (!mib_syntax_value_of(&in->syntax, text, length, &value) || value < 0 ||
        value >= FORMAT_INPUT_MAX * 8) {
        return false;
    }
    *bit = (uint64_t)value;
    return true;
}

/* Bits between blanks or commas; bit 0 is the most significant one of the first octet. */
static int read_bits(const struct input *in, struct uvsnmp_value *out)
{
    static const char between[] = " ,\t";
    size_t size = named_bits_size(&in->syntax);
    uint8_t data[FORMAT_INPUT_MAX] = {0};
    for (const char *at = in->value + strspn(in->value, between); *at; at += strspn(at, between)) {
        uint64_t bit;
        size_t length = strcspn(at, between);
        if (!read_bit(in, at, length, &bit)) {
            return err_set(in->err, UVSNMP_EBAD_VALUE, "Value out of range (%.*s)", (int)length, at);
        }
        data[bit / 8] = (uint8_t)(data[bit / 8] | 0x80 >> bit % 8);
        size = size > bit / 8 + 1 ? size : bit / 8 + 1;
        at += length;
    }
    return keep_octets(in, data, size, out);
}

static int read_nothing(const struct input *in, struct uvsnmp_value *out)
{
    (void)in;
    (void)out;
    return 0;
}

/* ---- types ---- */

#define BASE(base) (1u << MIB_BASE_##base)
#define INTEGERS (BASE(INTEGER) | BASE(INTEGER32))
#define UNSIGNEDS (BASE(UNSIGNED32) | BASE(GAUGE32))
#define ADDRESSES (BASE(IPADDRESS) | BASE(NETWORK_ADDRESS))
#define STRINGS (BASE(OCTET_STRING) | BASE(BITS))

static const struct type {
    char letter;
    enum uvsnmp_type type;
    read_fn *read;
    unsigned allowed;   /* what it may be given for, as BASE(…); 0: anything */
    unsigned preferred; /* what "=" takes it for */
    const char *name;   /* in messages */
    const char *help;
} types[] = {
    {'i', UVSNMP_INTEGER, read_integer, INTEGERS, INTEGERS, "INTEGER", "INTEGER, a number or a label"},
    {'u', UVSNMP_GAUGE32, read_unsigned32, UNSIGNEDS, UNSIGNEDS, "Unsigned32", "Unsigned32, Gauge32"},
    {'t', UVSNMP_TIMETICKS, read_unsigned32, BASE(TIMETICKS), BASE(TIMETICKS), "Timeticks",
     "TimeTicks, in hundredths of a second"},
    {'a', UVSNMP_IPADDRESS, read_address, ADDRESSES, ADDRESSES, "IpAddress", "IpAddress"},
    {'o', UVSNMP_OBJECT_IDENTIFIER, read_oid, BASE(OBJECT_IDENTIFIER), BASE(OBJECT_IDENTIFIER),
     "OBJECT IDENTIFIER", "OBJECT IDENTIFIER"},
    {'s', UVSNMP_OCTET_STRING, read_text, STRINGS, BASE(OCTET_STRING), "OCTET STRING",
     "OCTET STRING, given as text"},
    {'x', UVSNMP_OCTET_STRING, read_hex, STRINGS, 0, "OCTET STRING", "OCTET STRING, given in hexadecimal"},
    {'d', UVSNMP_OCTET_STRING, read_decimal, STRINGS, 0, "OCTET STRING",
     "OCTET STRING, given as decimal octets"},
    {'b', UVSNMP_OCTET_STRING, read_bits, BASE(BITS), BASE(BITS), "BITS",
     "BITS, given as names or numbers of bits"},
    {'n', UVSNMP_NULL, read_nothing, 0, 0, "", "NULL; the value is not looked at"},
    {'3', UVSNMP_UINTEGER32, read_unsigned32, BASE(UINTEGER32), BASE(UINTEGER32), "UInteger32",
     "UInteger32 (historic)"},
    {'U', UVSNMP_OPAQUE_UINT64, read_unsigned64, 0, 0, "", "unsigned 64-bit integer in an Opaque"},
    {'I', UVSNMP_OPAQUE_INT64, read_signed64, 0, 0, "", "64-bit integer in an Opaque"},
    {'F', UVSNMP_OPAQUE_FLOAT, read_float, 0, 0, "", "floating-point number in an Opaque"},
    {'D', UVSNMP_OPAQUE_DOUBLE, read_double, 0, 0, "", "double in an Opaque"},
    {'c', UVSNMP_COUNTER32, read_unsigned32, BASE(COUNTER32), BASE(COUNTER32), "Counter32", "Counter32"},
    {'C', UVSNMP_COUNTER64, read_unsigned64, BASE(COUNTER64), BASE(COUNTER64), "Counter64", "Counter64"},
    {'=', UVSNMP_NULL, NULL, 0, 0, "", "the type that the MIB has for the OID"},
};
#define TYPE_COUNT (sizeof(types) / sizeof(types[0]))

/* As messages call them. */
static const char *const base_names[MIB_BASE_COUNT] = {
    [MIB_BASE_INTEGER] = "INTEGER",
    [MIB_BASE_INTEGER32] = "Integer32",
    [MIB_BASE_UNSIGNED32] = "Unsigned32",
    [MIB_BASE_GAUGE32] = "Gauge32",
    [MIB_BASE_COUNTER32] = "Counter32",
    [MIB_BASE_COUNTER64] = "Counter64",
    [MIB_BASE_TIMETICKS] = "Timeticks",
    [MIB_BASE_OCTET_STRING] = "OCTET STRING",
    [MIB_BASE_BITS] = "BITS",
    [MIB_BASE_OBJECT_IDENTIFIER] = "OBJECT IDENTIFIER",
    [MIB_BASE_IPADDRESS] = "IpAddress",
    [MIB_BASE_NETWORK_ADDRESS] = "NetworkAddress",
    [MIB_BASE_OPAQUE] = "Opaque",
    [MIB_BASE_NULL] = "Null",
    [MIB_BASE_NSAP_ADDRESS] = "NsapAddress",
    [MIB_BASE_UINTEGER32] = "UInteger",
};

static const struct type *find(char letter)
{
    for (size_t i = 0; letter && i < TYPE_COUNT; i++) {
        if (types[i].letter == letter) {
            return &types[i];
        }
    }
    return NULL;
}

static const struct type *find_base(enum mib_base base)
{
    for (size_t i = 0; base != MIB_BASE_NONE && i < TYPE_COUNT; i++) {
        if (types[i].preferred & 1u << base) {
            return &types[i];
        }
    }
    return NULL;
}

/* No object of it can be set, but a notification may have one. */
static bool is_read_only(const struct type *type)
{
    return type->type == UVSNMP_COUNTER32 || type->type == UVSNMP_COUNTER64;
}

bool format_input_has_type(char letter)
{
    const struct type *type = find(letter);
    return type && !is_read_only(type);
}

/* What the MIB knows of the deepest definition on the way to the name. */
static void find_syntax(struct input *in, struct uvsnmp_oid name)
{
    struct mib_object object;
    size_t used;
    if (mib_find_oid(in->options->mib, name, &object, &used)) {
        in->syntax = object.syntax;
    }
}

static bool is_allowed(const struct input *in, const struct type *type)
{
    enum mib_base base = in->syntax.base;
    return in->options->no_check || base == MIB_BASE_NONE || !type->allowed || (type->allowed & 1u << base);
}

int format_input_value(const struct format_input *input, const struct format_input_options *options,
                       struct arena *arena, struct uvsnmp_value *out, struct uvsnmp_error *err)
{
    struct input in = {.value = input->value, .options = options, .arena = arena, .err = err};
    find_syntax(&in, input->name);
    const struct type *type = input->type[0] == '=' ? find_base(in.syntax.base) : find(input->type[0]);
    if (!type) {
        return err_set(err, UVSNMP_EBAD_VALUE, "Bad variable type (\"%c\")", input->type[0]);
    }
    if (!is_allowed(&in, type)) {
        return err_set(err, UVSNMP_EBAD_VALUE, "Bad variable type (Type of attribute is %s, not %s)",
                       base_names[in.syntax.base], type->name);
    }
    *out = uvsnmp_empty(type->type);
    return type->read(&in, out);
}

void format_input_help(struct text *text, const char *indent, bool notified)
{
    for (size_t i = 0; i < TYPE_COUNT; i++) {
        if (notified || !is_read_only(&types[i])) {
            text_append_format(text, "%s%c:  %s\n", indent, types[i].letter, types[i].help);
        }
    }
}
