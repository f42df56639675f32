/* SPDX-License-Identifier: BSD-3-Clause */
#include "format/hint.h"

#include <limits.h>
#include <string.h>

#include "base/err.h"
#include "format/escape.h"

#define WIDTH_MAX 65535u     /* no message holds more octets */
#define NUMBER_OCTETS 8      /* what a number of a hint is kept in */
#define NUMBER_DIGITS_MAX 64 /* in base 2 */
#define DECIMALS_MAX 255

/* One octet-format specification. */
struct spec {
    size_t width;
    char code;                  /* x d o a t; anything else is none */
    char separator, terminator; /* 0: none */
    bool is_counted;            /* '*': an octet says how often it applies */
    bool is_empty;              /* a width of 0, which is 1 in printing (so Net-SNMP) */
    bool pads_hex;              /* nothing but the two digits keeps the octets apart */
};

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* Behind a code without a width, the next code is no separator. */
static bool is_separator(char c, const struct spec *spec)
{
    bool is_code = spec->width == 0 && (c == 'x' || c == 'd' || c == 'o');
    return c && c != '*' && !is_digit(c) && !is_code;
}

/* Takes a specification off `hint`, which is not empty; the code may be none, 0 at the end of the hint. */
static const char *take_spec(const char *hint, struct spec *spec)
{
    memset(spec, 0, sizeof(*spec));
    if (*hint == '*') {
        spec->is_counted = true;
        hint++;
    }
    bool has_width = is_digit(*hint);
    for (; is_digit(*hint); hint++) {
        spec->width = spec->width * 10 + (size_t)(*hint - '0');
        spec->width = spec->width < WIDTH_MAX ? spec->width : WIDTH_MAX;
    }
    spec->code = *hint;
    if (!*hint) {
        return hint;
    }
    hint++;
    if (is_separator(*hint, spec)) {
        spec->separator = *hint++;
        if (is_separator(*hint, spec)) {
            spec->terminator = *hint++;
        }
    }
    spec->is_empty = has_width && spec->width == 0;
    spec->width += spec->width == 0;
    spec->pads_hex = !spec->separator && !*hint;
    return hint;
}

static unsigned base_of(char code)
{
    switch (code) {
    case 'd':
        return 10;
    case 'x':
        return 16;
    case 'o':
        return 8;
    case 'b':
        return 2;
    default:
        return 0;
    }
}

/* ---- printing ---- */

/* At least `least` digits. */
static void append_digits(struct text *text, uint64_t number, unsigned base, size_t least)
{
    static const char digits[] = "0123456789abcdef";
    char buffer[NUMBER_DIGITS_MAX];
    size_t at = sizeof(buffer);
    while (number > 0 || sizeof(buffer) - at < least) {
        buffer[--at] = digits[number % base];
        number /= base;
    }
    text_append_size(text, buffer + at, sizeof(buffer) - at);
}

/* Octets that are missing at the end count as 0, those that do not fit into the number are lost. */
static uint64_t take_number(struct uvsnmp_bytes *rest, size_t width)
{
    uint64_t number = 0;
    size_t count = width < rest->size ? width : rest->size, missing = width - count;
    for (size_t i = 0; i < count; i++) {
        number = number << CHAR_BIT | rest->data[i];
    }
    rest->data += count;
    rest->size -= count;
    return missing < NUMBER_OCTETS ? number << missing * CHAR_BIT : 0;
}

static void print_number(struct text *text, const struct spec *spec, struct uvsnmp_bytes *rest,
                         const struct format_options *options)
{
    uint64_t number = take_number(rest, spec->width);
    if (spec->code == 'd') {
        text_append_i64(text, (int64_t)number);
    } else {
        bool pads = spec->code == 'x' && spec->width == 1 && (spec->pads_hex || options->leading_zero);
        append_digits(text, number, base_of(spec->code), pads ? 2 : 1);
    }
}

/* Text with a NUL in it is no text to Net-SNMP. */
static void print_text(struct text *text, const struct spec *spec, struct uvsnmp_bytes *rest,
                       const struct format_options *options)
{
    size_t count = spec->width < rest->size ? spec->width : rest->size;
    if (memchr(rest->data, '\0', count)) {
        format_ascii(text, rest->data, count, true, options);
    } else {
        format_raw(text, rest->data, count, options);
    }
    rest->data += count;
    rest->size -= count;
}

static bool is_octet_code(char code)
{
    return code == 'a' || code == 't' || code == 'x' || code == 'd' || code == 'o';
}

/* Applies the specification as often as it says and octets are there. */
static bool print_spec(struct text *text, const struct spec *spec, unsigned repeat, struct uvsnmp_bytes *rest,
                       const struct format_options *options)
{
    for (; repeat > 0 && rest->size > 0; repeat--) {
        if (!is_octet_code(spec->code)) {
            return false;
        }
        if (spec->code == 'a' || spec->code == 't') {
            print_text(text, spec, rest, options);
        } else {
            print_number(text, spec, rest, options);
        }
        if (spec->separator && rest->size > 0) {
            text_append_char(text, spec->separator);
        }
    }
    if (spec->terminator && rest->size > 0) {
        text_append_char(text, spec->terminator);
    }
    return true;
}

bool format_hint_octets(struct text *text, const char *hint, struct uvsnmp_bytes bytes,
                        const struct format_options *options)
{
    struct spec spec = {.code = 0};
    size_t before = text->size;
    while (bytes.size > 0) {
        unsigned repeat = 1;
        if (*hint) { /* else the last one goes on, without a count of its own */
            hint = take_spec(hint, &spec);
            if (spec.is_counted) {
                repeat = bytes.data[0];
                bytes.data++;
                bytes.size--;
            }
        }
        if (!print_spec(text, &spec, repeat, &bytes, options)) {
            text_cut(text, before);
            return false;
        }
    }
    return true;
}

/* The N of "d-N"; 0: none. */
static unsigned decimals_of(const char *hint)
{
    unsigned decimals = 0;
    if (hint[1] != '-') {
        return 0;
    }
    for (hint += 2; is_digit(*hint); hint++) {
        decimals = decimals * 10 + (unsigned)(*hint - '0');
        decimals = decimals < DECIMALS_MAX ? decimals : DECIMALS_MAX;
    }
    return decimals;
}

/* No digit goes before the point where the number is smaller than 1. */
static void print_decimals(struct text *text, int64_t number, unsigned decimals)
{
    char digits[24];
    size_t count = 0;
    uint64_t left = number < 0 ? 0 - (uint64_t)number : (uint64_t)number;
    for (; left > 0; left /= 10) {
        digits[count++] = (char)('0' + left % 10);
    }
    if (number < 0) {
        text_append_char(text, '-');
    }
    while (count > decimals) {
        text_append_char(text, digits[--count]);
    }
    text_append_char(text, '.');
    for (; decimals > count; decimals--) {
        text_append_char(text, '0');
    }
    while (count > 0) {
        text_append_char(text, digits[--count]);
    }
}

bool format_hint_number(struct text *text, const char *hint, int64_t number)
{
    unsigned base = base_of(hint[0]);
    if (base == 0) {
        return false;
    }
    if (base == 2) {
        append_digits(text, (uint32_t)number, base, 32);
    } else if (base != 10) {
        append_digits(text, (uint64_t)number, base, 1);
    } else if (decimals_of(hint) > 0) {
        print_decimals(text, number, decimals_of(hint));
    } else {
        text_append_i64(text, number);
    }
    return true;
}

/* ---- reading ---- */

struct reading {
    const char *text, *at;
    uint8_t *out;
    size_t capacity, size;
    struct uvsnmp_error *err;
};

static int no_match(struct uvsnmp_error *err, const char *text)
{
    return err_set(err, UVSNMP_EBAD_SYNTAX, "Bad value notation (%s)", text);
}

static int out_of_range(struct uvsnmp_error *err, const char *text)
{
    return err_set(err, UVSNMP_EBAD_VALUE, "Value out of range (%s)", text);
}

static bool put_octet(struct reading *in, uint8_t octet)
{
    if (in->size == in->capacity) {
        return false;
    }
    in->out[in->size++] = octet;
    return true;
}

static int too_long(const struct reading *in)
{
    return err_set(in->err, UVSNMP_ETOO_LONG, "Value too long (%s)", in->text);
}

static unsigned digit_value(char c)
{
    if (is_digit(c)) {
        return (unsigned)(c - '0');
    }
    c = (char)(c | ' ');
    return c >= 'a' && c <= 'f' ? (unsigned)(c - 'a') + 10 : UINT_MAX;
}

/* Digits of `base` at `*text`, which is moved behind them. False: none, or (`*fits`) more than 64 bits. */
static bool take_digits(const char **text, unsigned base, uint64_t *number, bool *fits)
{
    const char *at = *text;
    *number = 0;
    *fits = true;
    if (base == 16 && at[0] == '0' && (at[1] | ' ') == 'x' && digit_value(at[2]) < base) {
        at += 2;
    }
    const char *start = at;
    for (; digit_value(*at) < base; at++) {
        *fits = *fits && *number <= (UINT64_MAX - digit_value(*at)) / base;
        *number = *number * base + digit_value(*at);
    }
    *text = at;
    return at > start;
}

static int read_spec_number(struct reading *in, const struct spec *spec)
{
    uint64_t number;
    bool fits;
    in->at += strspn(in->at, " \t");
    in->at += *in->at == '+';
    if (*in->at == '-' && digit_value(in->at[1]) < base_of(spec->code)) {
        return out_of_range(in->err, in->text);
    }
    if (!take_digits(&in->at, base_of(spec->code), &number, &fits)) {
        return no_match(in->err, in->text);
    }
    if (!fits || (spec->width < NUMBER_OCTETS && number >> spec->width * CHAR_BIT)) {
        return out_of_range(in->err, in->text);
    }
    for (size_t i = spec->width; i-- > 0;) {
        if (!put_octet(in, (uint8_t)(i < NUMBER_OCTETS ? number >> i * CHAR_BIT : 0))) {
            return too_long(in);
        }
    }
    return 0;
}

static int read_spec_text(struct reading *in, const struct spec *spec)
{
    size_t width = spec->is_empty ? 0 : spec->width;
    for (size_t i = 0; i < width && *in->at; i++) {
        if (!put_octet(in, (uint8_t)*in->at++)) {
            return too_long(in);
        }
    }
    return 0;
}

/* One value and what separates it from the next; one of no width needs a separator, or reading would not end.
 */
static int read_value(struct reading *in, const struct spec *spec)
{
    const char *before = in->at;
    if (!is_octet_code(spec->code)) {
        return no_match(in->err, in->text);
    }
    bool is_text = spec->code == 'a' || spec->code == 't';
    int rc = is_text ? read_spec_text(in, spec) : read_spec_number(in, spec);
    if (rc != 0) {
        return rc;
    }
    if (!spec->separator || !*in->at) {
        return in->at > before ? 0 : no_match(in->err, in->text);
    }
    if (*in->at == spec->separator) {
        in->at++;
        return 0;
    }
    bool is_end = spec->is_counted && spec->terminator && *in->at == spec->terminator;
    return in->at > before && (is_text || is_end) ? 0 : no_match(in->err, in->text);
}

/* As many values as there are before the terminator; their number goes first. */
static int read_counted(struct reading *in, const struct spec *spec)
{
    size_t count = 0, place = in->size;
    if (!put_octet(in, 0)) {
        return too_long(in);
    }
    for (; *in->at; count++) {
        if (spec->terminator && *in->at == spec->terminator) {
            break;
        }
        int rc = read_value(in, spec);
        if (rc != 0) {
            return rc;
        }
    }
    if (count > UINT8_MAX) {
        return out_of_range(in->err, in->text);
    }
    in->out[place] = (uint8_t)count;
    in->at += *in->at != '\0';
    return 0;
}

int format_hint_read_octets(const char *hint, const char *text, uint8_t *out, size_t capacity, size_t *size,
                            struct uvsnmp_error *err)
{
    struct reading in = {.text = text, .at = text, .out = out, .capacity = capacity, .err = err};
    struct spec spec = {.code = 0};
    while (*in.at) {
        bool is_counted = false;
        if (*hint) {
            hint = take_spec(hint, &spec);
            is_counted = spec.is_counted;
        }
        int rc = is_counted ? read_counted(&in, &spec) : read_value(&in, &spec);
        if (rc != 0) {
            return rc;
        }
    }
    *size = in.size;
    return 0;
}

/* "-1.50" for two decimals: the digits without the point, of which `decimals` follow it. */
static bool take_decimals(const char **text, unsigned decimals, uint64_t *number, bool *fits)
{
    const char *at = *text;
    unsigned count = 0;
    *number = 0;
    *fits = true;
    for (bool behind = false; is_digit(*at) || (*at == '.' && !behind); at++) {
        if (*at == '.') {
            behind = true;
            continue;
        }
        count += behind;
        *fits = *fits && *number <= (UINT64_MAX - 9) / 10;
        *number = *number * 10 + (unsigned)(*at - '0');
    }
    *text = at;
    return count == decimals;
}

int format_hint_read_number(const char *hint, const char *text, int64_t *out, struct uvsnmp_error *err)
{
    const char *at = text;
    unsigned base = base_of(hint[0]), decimals = base == 10 ? decimals_of(hint) : 0;
    uint64_t number;
    bool fits, negative = base == 10 && *at == '-';
    at += negative;
    if (base == 0 ||
        !(decimals > 0 ? take_decimals(&at, decimals, &number, &fits)
                       : take_digits(&at, base, &number, &fits)) ||
        *at) {
        return no_match(err, text);
    }
    if (!fits || number > (uint64_t)INT64_MAX) {
        return out_of_range(err, text);
    }
    *out = negative ? -(int64_t)number : (int64_t)number;
    return 0;
}
