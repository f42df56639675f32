/* SPDX-License-Identifier: BSD-3-Clause */
#include "format/value.h"

#include <ctype.h>
#include <inttypes.h>
#include <stdio.h>

#include "format/oid.h"

typedef void print_fn(struct text *text, const struct uvsnmp_value *value,
                      const struct format_options *options);

/* ---- numbers ---- */

static void print_integer(struct text *text, const struct uvsnmp_value *value,
                          const struct format_options *options)
{
    (void)options;
    text_append_i64(text, value->as.integer);
}

static void print_unsigned32(struct text *text, const struct uvsnmp_value *value,
                             const struct format_options *options)
{
    (void)options;
    text_append_u64(text, value->as.unsigned32);
}

static void print_unsigned64(struct text *text, const struct uvsnmp_value *value,
                             const struct format_options *options)
{
    (void)options;
    text_append_u64(text, value->as.unsigned64);
}

static void print_signed64(struct text *text, const struct uvsnmp_value *value,
                           const struct format_options *options)
{
    (void)options;
    text_append_i64(text, value->as.signed64);
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

static void print_float(struct text *text, const struct uvsnmp_value *value,
                        const struct format_options *options)
{
    print_real(text, (double)value->as.float32, options);
}

static void print_double(struct text *text, const struct uvsnmp_value *value,
                         const struct format_options *options)
{
    print_real(text, value->as.float64, options);
}

/* Hundredths of a second as "1 day, 0:00:00.00", quick "1:0:00:00.00". */
static void append_timeticks(struct text *text, uint32_t ticks, bool quick)
{
    unsigned seconds = ticks / 100, days = seconds / 86400;
    if (quick) {
        text_append_u64(text, days);
        text_append_char(text, ':');
    } else if (days) {
        text_append_format(text, days == 1 ? "%u day, " : "%u days, ", days);
    }
    text_append_format(text, "%u:%02u:%02u.%02u", seconds / 3600 % 24, seconds / 60 % 60, seconds % 60,
                       ticks % 100);
}

static void print_timeticks(struct text *text, const struct uvsnmp_value *value,
                            const struct format_options *options)
{
    if (options->numeric_timeticks) {
        text_append_u64(text, value->as.unsigned32);
        return;
    }
    if (!options->quick) {
        text_append_format(text, "Timeticks: (%" PRIu32 ") ", value->as.unsigned32);
    }
    append_timeticks(text, value->as.unsigned32, options->quick);
}

/* ---- octets ---- */

static bool is_text(unsigned char c)
{
    return isprint(c) || isspace(c);
}

static void append_text(struct text *text, const uint8_t *data, size_t size, bool escape)
{
    for (size_t i = 0; i < size; i++) {
        if (escape && (data[i] == '"' || data[i] == '\\')) {
            text_append_char(text, '\\');
        }
        text_append_char(text, is_text(data[i]) ? (char)data[i] : '.');
    }
}

static void append_hex_line(struct text *text, const uint8_t *data, size_t size, bool with_text)
{
    static const char digits[] = "0123456789ABCDEF";
    for (size_t i = 0; i < size; i++) {
        char octet[3] = {digits[data[i] >> 4], digits[data[i] & 15], ' '};
        text_append_size(text, octet, sizeof(octet));
    }
    if (with_text) {
        text_append(text, "  [");
        append_text(text, data, size, false);
        text_append_char(text, ']');
    }
}

static void append_hex(struct text *text, struct uvsnmp_bytes bytes, const struct format_options *options)
{
    size_t per_line = options->hex_per_line ? options->hex_per_line : bytes.size;
    size_t at = 0;
    for (; bytes.size - at > per_line; at += per_line) {
        append_hex_line(text, bytes.data + at, per_line, options->hex_text);
        text_append_char(text, '\n');
    }
    append_hex_line(text, bytes.data + at, bytes.size - at, options->hex_text);
}

static bool wants_hex(struct uvsnmp_bytes bytes, enum format_string_style style)
{
    if (style != FORMAT_STRING_GUESS) {
        return style == FORMAT_STRING_HEX;
    }
    for (size_t i = 0; i < bytes.size; i++) {
        if (!is_text(bytes.data[i])) {
            return true;
        }
    }
    return false;
}

static void print_string(struct text *text, const struct uvsnmp_value *value,
                         const struct format_options *options)
{
    struct uvsnmp_bytes bytes = value->as.bytes;
    if (bytes.size == 0) {
        text_append(text, "\"\"");
        return;
    }
    if (wants_hex(bytes, options->string_style)) {
        text_append(text, options->quick ? "\"" : "Hex-STRING: ");
        append_hex(text, bytes, options);
        text_append(text, options->quick ? "\"" : "");
        return;
    }
    text_append(text, options->quick ? "\"" : "STRING: \"");
    append_text(text, bytes.data, bytes.size, true);
    text_append_char(text, '"');
}

static void print_opaque(struct text *text, const struct uvsnmp_value *value,
                         const struct format_options *options)
{
    append_hex(text, value->as.bytes, options);
}

/* ---- the others ---- */

static void print_oid(struct text *text, const struct uvsnmp_value *value,
                      const struct format_options *options)
{
    format_oid(text, value->as.oid, options);
}

static void print_address(struct text *text, const struct uvsnmp_value *value,
                          const struct format_options *options)
{
    const uint8_t *octets = value->as.ipaddress;
    (void)options;
    text_append_format(text, "%u.%u.%u.%u", octets[0], octets[1], octets[2], octets[3]);
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
    {UVSNMP_GAUGE32, "Gauge32: ", print_unsigned32, NULL},
    {UVSNMP_TIMETICKS, NULL, print_timeticks, NULL},
    {UVSNMP_COUNTER64, "Counter64: ", print_unsigned64, NULL},
    {UVSNMP_IPADDRESS, "IpAddress: ", print_address, NULL},
    {UVSNMP_NULL, NULL, NULL, "NULL"},
    {UVSNMP_UINTEGER32, NULL, print_unsigned32, NULL},
    {UVSNMP_OPAQUE, "OPAQUE: ", print_opaque, NULL},
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

void format_value(struct text *text, const struct uvsnmp_value *value, const struct format_options *options)
{
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        const struct row *row = &rows[i];
        if (row->type != value->type) {
            continue;
        }
        if (row->fixed) {
            text_append(text, row->fixed);
            return;
        }
        if (row->word && !options->quick) {
            text_append(text, row->word);
        }
        row->print(text, value, options);
        return;
    }
    text_append(text, "Variable has bad type");
}

void format_varbind(struct text *text, const struct uvsnmp_varbind *varbind,
                    const struct format_options *options)
{
    if (!options->value_only) {
        format_oid(text, varbind->name, options);
        text_append(text, options->quick && !options->quick_equals ? " " : " = ");
    }
    format_value(text, &varbind->value, options);
}
