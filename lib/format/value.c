/* SPDX-License-Identifier: BSD-3-Clause */
#include "format/value.h"

#include <limits.h>
#include <stdio.h>

#include "format/escape.h"
#include "format/hint.h"
#include "format/oid.h"

/* `syntax` is the object's, NULL where it is not known or of another type than the value. Returns whether
 * units may follow. */
typedef bool print_fn(struct text *text, const struct uvsnmp_value *value, const struct mib_syntax *syntax,
                      const struct format_options *options);

static bool has_hint(const struct mib_syntax *syntax, const struct format_options *options)
{
    return syntax && syntax->hint && !options->no_hint;
}

static const char bad_type[] = "Variable has bad type";

/* ---- numbers ---- */

static bool print_integer(struct text *text, const struct uvsnmp_value *value,
                          const struct mib_syntax *syntax, const struct format_options *options)
{
    int64_t number = value->as.integer;
    const char *label = syntax && !options->numeric_enums ? mib_syntax_label_of(syntax, number) : NULL;
    if (label) {
        text_append(text, label);
        if (!options->quick) {
            text_append_char(text, '(');
            text_append_i64(text, number);
            text_append_char(text, ')');
        }
    } else if (!has_hint(syntax, options) || !format_hint_number(text, syntax->hint, number)) {
        text_append_i64(text, number);
    }
    return true;
}

static bool print_gauge32(struct text *text, const struct uvsnmp_value *value,
                          const struct mib_syntax *syntax, const struct format_options *options)
{
    if (!has_hint(syntax, options) || !format_hint_number(text, syntax->hint, value->as.unsigned32)) {
        text_append_u64(text, value->as.unsigned32);
    }
    return true;
}

static bool print_unsigned32(struct text *text, const struct uvsnmp_value *value,
                             const struct mib_syntax *syntax, const struct format_options *options)
{
    (void)syntax;
    (void)options;
    text_append_u64(text, value->as.unsigned32);
    return true;
}

static bool print_unsigned64(struct text *text, const struct uvsnmp_value *value,
                             const struct mib_syntax *syntax, const struct format_options *options)
{
    (void)syntax;
    (void)options;
    text_append_u64(text, value->as.unsigned64);
    return true;
}

static bool print_signed64(struct text *text, const struct uvsnmp_value *value,
                           const struct mib_syntax *syntax, const struct format_options *options)
{
    (void)syntax;
    (void)options;
    text_append_i64(text, value->as.signed64);
    return true;
}

/* The precision was checked when it was set: flags, width, '.', digits. */
static void print_real(struct text *text, double number, const struct format_options *options)
{
    char format[FORMAT_PRECISION_MAX + 3];
    char digits[2048]; /* 309 before the point, and a width or digits of at most 999 */
    snprintf(format, sizeof(format), "%%%sf", options->precision);
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
    snprintf(digits, sizeof(digits), format, number);
#pragma GCC diagnostic pop
    text_append(text, digits);
}

static bool print_float(struct text *text, const struct uvsnmp_value *value, const struct mib_syntax *syntax,
                        const struct format_options *options)
{
    (void)syntax;
    print_real(text, (double)value->as.float32, options);
    return true;
}

static bool print_double(struct text *text, const struct uvsnmp_value *value, const struct mib_syntax *syntax,
                         const struct format_options *options)
{
    (void)syntax;
    print_real(text, value->as.float64, options);
    return true;
}

static void append_two_digits(struct text *text, char before, unsigned number)
{
    const char digits[3] = {before, (char)('0' + number / 10), (char)('0' + number % 10)};
    text_append_size(text, digits, sizeof(digits));
}

void format_uptime(struct text *text, uint32_t ticks, const struct format_options *options)
{
    unsigned seconds = ticks / 100, days = seconds / 86400;
    if (options->quick) {
        text_append_u64(text, days);
        text_append_char(text, ':');
    } else if (days) {
        text_append_u64(text, days);
        text_append(text, days == 1 ? " day, " : " days, ");
    }
    text_append_u64(text, seconds / 3600 % 24);
    append_two_digits(text, ':', seconds / 60 % 60);
    append_two_digits(text, ':', seconds % 60);
    append_two_digits(text, '.', ticks % 100);
}

static bool print_timeticks(struct text *text, const struct uvsnmp_value *value,
                            const struct mib_syntax *syntax, const struct format_options *options)
{
    uint32_t ticks = value->as.unsigned32;
    (void)syntax;
    if (options->numeric_timeticks) {
        text_append_u64(text, ticks);
        return false;
    }
    if (!options->quick) {
        text_append(text, "Timeticks: (");
        text_append_u64(text, ticks);
        text_append(text, ") ");
    }
    format_uptime(text, ticks, options);
    return true;
}

/* ---- octets ---- */

static void append_hex_line(struct text *text, const uint8_t *data, size_t size,
                            const struct format_options *options)
{
    static const char digits[] = "0123456789ABCDEF";
    for (size_t i = 0; i < size; i++) {
        char octet[3] = {digits[data[i] >> 4], digits[data[i] & 15], ' '};
        text_append_size(text, octet, sizeof(octet));
    }
    if (options->hex_text) {
        text_append(text, "  [");
        format_ascii(text, data, size, false, options);
        text_append_char(text, ']');
    }
}

static void append_hex(struct text *text, struct uvsnmp_bytes bytes, const struct format_options *options)
{
    size_t per_line = options->hex_per_line ? options->hex_per_line : bytes.size;
    size_t at = 0;
    for (; bytes.size - at > per_line; at += per_line) {
        append_hex_line(text, bytes.data + at, per_line, options);
        text_append_char(text, '\n');
    }
    append_hex_line(text, bytes.data + at, bytes.size - at, options);
}

static bool wants_hex(struct uvsnmp_bytes bytes, enum format_string_style style)
{
    return style == FORMAT_STRING_GUESS ? !format_is_ascii(bytes.data, bytes.size)
                                        : style == FORMAT_STRING_HEX;
}

static bool print_plain_string(struct text *text, struct uvsnmp_bytes bytes,
                               const struct format_options *options)
{
    if (bytes.size == 0) {
        text_append(text, "\"\"");
        return false;
    }
    if (wants_hex(bytes, options->string_style)) {
        text_append(text, options->quick ? "\"" : "Hex-STRING: ");
        append_hex(text, bytes, options);
        text_append(text, options->quick ? "\"" : "");
        return true;
    }
    text_append(text, options->quick ? "\"" : "STRING: \"");
    format_ascii(text, bytes.data, bytes.size, true, options);
    text_append_char(text, '"');
    return true;
}

/* The name of a bit: Net-SNMP goes through the names once, so that none is found behind a bit without a name.
 */
static const char *bit_name(const struct mib_syntax *syntax, size_t bit, size_t *from)
{
    for (; *from < syntax->label_count; (*from)++) {
        struct mib_label label = mib_syntax_label(syntax, *from);
        if (label.value == (int64_t)bit) {
            return label.name;
        }
    }
    return NULL;
}

/* Bit 0 is the most significant one of the first octet. */
static void append_bit_names(struct text *text, struct uvsnmp_bytes bytes, const struct mib_syntax *syntax,
                             const struct format_options *options)
{
    size_t from = options->numeric_enums ? syntax->label_count : 0;
    for (size_t bit = 0; bit < bytes.size * CHAR_BIT; bit++) {
        if (!(bytes.data[bit / CHAR_BIT] & 0x80 >> bit % CHAR_BIT)) {
            continue;
        }
        const char *name = bit_name(syntax, bit, &from);
        if (name) {
            text_append(text, name);
            text_append_char(text, '(');
        }
        text_append_u64(text, bit);
        text_append(text, name ? ") " : " ");
    }
}

static bool print_bits(struct text *text, struct uvsnmp_bytes bytes, const struct mib_syntax *syntax,
                       const struct format_options *options)
{
    const char *quote = options->quick ? "\"" : "";
    text_append(text, options->quick ? "" : "BITS: ");
    text_append(text, quote);
    append_hex(text, bytes, options);
    text_append(text, quote);
    if (!options->quick) {
        append_bit_names(text, bytes, syntax, options);
    }
    return false;
}

static bool print_string(struct text *text, const struct uvsnmp_value *value, const struct mib_syntax *syntax,
                         const struct format_options *options)
{
    struct uvsnmp_bytes bytes = value->as.bytes;
    size_t before = text->size;
    if (syntax && syntax->base == MIB_BASE_BITS) {
        return print_bits(text, bytes, syntax, options);
    }
    if (!has_hint(syntax, options)) {
        return print_plain_string(text, bytes, options);
    }
    text_append(text, options->quick ? "" : "STRING: ");
    if (format_hint_octets(text, syntax->hint, bytes, options)) {
        return true;
    }
    text_cut(text, before);
    text_append(text, "(Bad hint ignored: ");
    text_append(text, syntax->hint);
    text_append(text, ") ");
    return print_plain_string(text, bytes, options);
}

static bool print_opaque(struct text *text, const struct uvsnmp_value *value, const struct mib_syntax *syntax,
                         const struct format_options *options)
{
    (void)syntax;
    append_hex(text, value->as.bytes, options);
    return true;
}

/* Net-SNMP knows the type only where the MIB has it. */
static bool print_nsap_address(struct text *text, const struct uvsnmp_value *value,
                               const struct mib_syntax *syntax, const struct format_options *options)
{
    if (!syntax || syntax->base != MIB_BASE_NSAP_ADDRESS) {
        text_append(text, bad_type);
        return false;
    }
    text_append(text, options->quick ? "" : "NsapAddress: ");
    append_hex(text, value->as.bytes, options);
    return true;
}

/* ---- the others ---- */

static bool print_oid(struct text *text, const struct uvsnmp_value *value, const struct mib_syntax *syntax,
                      const struct format_options *options)
{
    (void)syntax;
    format_oid(text, value->as.oid, options);
    return true;
}

static bool print_address(struct text *text, const struct uvsnmp_value *value,
                          const struct mib_syntax *syntax, const struct format_options *options)
{
    const uint8_t *octets = value->as.ipaddress;
    if (syntax && syntax->base == MIB_BASE_NETWORK_ADDRESS) {
        text_append(text, options->quick ? "" : "Network Address: ");
        text_append_format(text, "%02X:%02X:%02X:%02X", octets[0], octets[1], octets[2], octets[3]);
        return false;
    }
    text_append(text, options->quick ? "" : "IpAddress: ");
    for (size_t i = 0; i < sizeof(value->as.ipaddress); i++) {
        text_append(text, i ? "." : "");
        text_append_u64(text, octets[i]);
    }
    return false;
}

/* `word` stands before the value unless the options say quick; `fixed` is all there is to print. */
static const struct row {
    enum uvsnmp_type type;
    const char *word;
    print_fn *print;
    const char *fixed;
} rows[] = {
    {UVSNMP_INTEGER, "INTEGER: ", print_integer, NULL},
    {UVSNMP_OCTET_STRING, NULL, print_string, NULL},
    {UVSNMP_OBJECT_IDENTIFIER, "OID: ", print_oid, NULL},
    {UVSNMP_COUNTER32, "Counter32: ", print_unsigned32, NULL},
    {UVSNMP_GAUGE32, "Gauge32: ", print_gauge32, NULL},
    {UVSNMP_TIMETICKS, NULL, print_timeticks, NULL},
    {UVSNMP_COUNTER64, "Counter64: ", print_unsigned64, NULL},
    {UVSNMP_IPADDRESS, NULL, print_address, NULL},
    {UVSNMP_NULL, NULL, NULL, "NULL"},
    {UVSNMP_UINTEGER32, NULL, print_unsigned32, NULL},
    {UVSNMP_OPAQUE, "OPAQUE: ", print_opaque, NULL},
    {UVSNMP_NSAPADDRESS, NULL, print_nsap_address, NULL},
    {UVSNMP_OPAQUE_FLOAT, "Opaque: Float: ", print_float, NULL},
    {UVSNMP_OPAQUE_DOUBLE, "Opaque: Float: ", print_double, NULL},
    {UVSNMP_OPAQUE_INT64, "Opaque: Int64: ", print_signed64, NULL},
    {UVSNMP_OPAQUE_UINT64, "Opaque: UInt64: ", print_unsigned64, NULL},
    {UVSNMP_OPAQUE_COUNTER64, "Opaque: Counter64: ", print_unsigned64, NULL},
    {UVSNMP_NO_SUCH_OBJECT, NULL, NULL, "No Such Object available on this agent at this OID"},
    {UVSNMP_NO_SUCH_INSTANCE, NULL, NULL, "No Such Instance currently exists at this OID"},
    {UVSNMP_END_OF_MIB_VIEW, NULL, NULL,
     "No more variables left in this MIB View (It is past the end of the MIB tree)"},
};

static bool print_value(struct text *text, const struct uvsnmp_value *value, const struct mib_syntax *syntax,
                        const struct format_options *options)
{
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        const struct row *row = &rows[i];
        if (row->type != value->type) {
            continue;
        }
        if (row->fixed) {
            text_append(text, row->fixed);
            return false;
        }
        if (row->word && !options->quick) {
            text_append(text, row->word);
        }
        return row->print(text, value, syntax, options);
    }
    text_append(text, bad_type);
    return false;
}

void format_value(struct text *text, const struct uvsnmp_value *value, const struct format_options *options)
{
    (void)print_value(text, value, NULL, options);
}

/* ---- with a MIB ---- */

/* What the values of a base syntax are on the wire, and Net-SNMP's name for it; NULL: anything. */
static const struct expected {
    const char *name;
    enum uvsnmp_type type;
} expectations[MIB_BASE_COUNT] = {
    [MIB_BASE_INTEGER] = {"INTEGER", UVSNMP_INTEGER},
    [MIB_BASE_INTEGER32] = {"INTEGER", UVSNMP_INTEGER},
    [MIB_BASE_UNSIGNED32] = {"Gauge32 or Unsigned32", UVSNMP_GAUGE32},
    [MIB_BASE_GAUGE32] = {"Gauge32 or Unsigned32", UVSNMP_GAUGE32},
    [MIB_BASE_COUNTER32] = {"Counter32", UVSNMP_COUNTER32},
    [MIB_BASE_COUNTER64] = {"Counter64", UVSNMP_COUNTER64},
    [MIB_BASE_TIMETICKS] = {"Timeticks", UVSNMP_TIMETICKS},
    [MIB_BASE_OCTET_STRING] = {"OCTET STRING", UVSNMP_OCTET_STRING},
    [MIB_BASE_BITS] = {"BITS", UVSNMP_OCTET_STRING},
    [MIB_BASE_OBJECT_IDENTIFIER] = {"OBJECT IDENTIFIER", UVSNMP_OBJECT_IDENTIFIER},
    [MIB_BASE_IPADDRESS] = {"IpAddress", UVSNMP_IPADDRESS},
    [MIB_BASE_NETWORK_ADDRESS] = {"NetworkAddress", UVSNMP_IPADDRESS},
    [MIB_BASE_OPAQUE] = {"Opaque", UVSNMP_OPAQUE},
    [MIB_BASE_NULL] = {"NULL", UVSNMP_NULL},
    [MIB_BASE_NSAP_ADDRESS] = {"NsapAddress", UVSNMP_NSAPADDRESS},
    [MIB_BASE_UINTEGER32] = {"UInteger32", UVSNMP_UINTEGER32},
};

/* Numbers in an Opaque go for an Opaque, and those of 64 bits for a Counter64. */
static bool fits(const struct expected *expected, enum uvsnmp_type type)
{
    if (!expected->name || expected->type == type || uvsnmp_type_is_exception(type)) {
        return true;
    }
    if (type < UVSNMP_OPAQUE_COUNTER64 || type > UVSNMP_OPAQUE_UINT64) {
        return false;
    }
    bool is_real = type == UVSNMP_OPAQUE_FLOAT || type == UVSNMP_OPAQUE_DOUBLE;
    return expected->type == UVSNMP_OPAQUE || (expected->type == UVSNMP_COUNTER64 && !is_real);
}

static bool print_syntax_value(struct text *text, const struct uvsnmp_value *value,
                               const struct mib_syntax *syntax, const struct format_options *options)
{
    const struct expected *expected = &expectations[syntax->base];
    if (fits(expected, value->type)) {
        return print_value(text, value, syntax, options);
    }
    if (!options->quick_equals) {
        text_append(text, "Wrong Type (should be ");
        text_append(text, expected->name);
        text_append(text, "): ");
    }
    (void)print_value(text, value, NULL, options);
    return false;
}

void format_syntax_value(struct text *text, const struct uvsnmp_value *value, const struct mib_syntax *syntax,
                         const struct format_options *options)
{
    (void)print_syntax_value(text, value, syntax, options);
}

void format_object_value(struct text *text, const struct uvsnmp_value *value, const struct mib_object *object,
                         const struct format_options *options)
{
    bool takes_units = print_syntax_value(text, value, &object->syntax, options);
    if (takes_units && object->units && !options->no_units) {
        text_append_char(text, ' ');
        text_append(text, object->units);
    }
}

void format_varbind(struct text *text, const struct uvsnmp_varbind *varbind,
                    const struct format_options *options)
{
    struct format_place place;
    format_oid_find(varbind->name, options, &place);
    if (!options->value_only) {
        format_oid_at(text, varbind->name, &place, options);
        text_append(text, options->quick && !options->quick_equals ? " " : " = ");
    }
    if (place.used > 0) {
        format_object_value(text, &varbind->value, &place.object, options);
    } else {
        format_value(text, &varbind->value, options);
    }
}
