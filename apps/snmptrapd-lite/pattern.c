/* SPDX-License-Identifier: BSD-3-Clause */
#include "apps/snmptrapd-lite/pattern.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "apps/common/packet.h"
#include "format/escape.h"
#include "format/oid.h"
#include "format/value.h"

/* A width or precision beyond this is cut to it. */
enum { WIDTH_MAX = 1024, CALENDAR_YEAR = 1900 };

/* A piece of a format: literal text (letter 0), or what a letter stands for. */
struct piece {
    char letter;
    bool left, zeros, alternate;
    unsigned width;
    int precision;      /* negative: none */
    size_t start, size; /* in `text`: the literal, or the separator of %v … */
    bool has_separator; /* … where one was given */
};

struct pattern {
    char *text; /* literals and separators, without their escapes */
    struct piece *pieces;
    size_t count;
};

/* ---- reading ---- */

static char unescape(char c)
{
    static const char from[] = "abfnrtv\"\\%", to[] = "\a\b\f\n\r\t\v\"\\%";
    const char *at = c ? strchr(from, c) : NULL;
    return at ? to[at - from] : '\0';
}

/* Moves text up to a '%' or the end; returns what is behind it. */
static const char *take_literal(const char *at, struct pattern *pattern, size_t *used)
{
    while (*at != '\0' && *at != '%') {
        char c = *at == '\\' ? unescape(at[1]) : '\0';
        pattern->text[(*used)++] = c ? c : *at;
        at += c ? 2 : 1;
    }
    return at;
}

static const char *take_number(const char *at, unsigned *out)
{
    unsigned number = 0;
    for (; isdigit((unsigned char)*at); at++) {
        number = number * 10 + (unsigned)(*at - '0');
        number = number > WIDTH_MAX ? WIDTH_MAX : number;
    }
    *out = number;
    return at;
}

/* [-0#]... [WIDTH] [.PRECISION] LETTER; `at` is behind the '%'. */
static const char *take_piece(const char *at, struct piece *piece)
{
    for (; *at == '-' || *at == '0' || *at == '#'; at++) {
        piece->left = piece->left || *at == '-';
        piece->zeros = piece->zeros || *at == '0';
        piece->alternate = piece->alternate || *at == '#';
    }
    at = take_number(at, &piece->width);
    piece->precision = -1;
    if (*at == '.') {
        unsigned precision;
        at = take_number(at + 1, &precision);
        piece->precision = (int)precision;
    }
    piece->letter = *at;
    return *at ? at + 1 : at;
}

static void read_pattern(const char *at, struct pattern *pattern)
{
    struct piece separator = {.has_separator = false};
    size_t used = 0;
    while (*at != '\0') {
        struct piece piece = {.precision = -1, .start = used};
        if (*at != '%') {
            at = take_literal(at, pattern, &used);
            piece.size = used - piece.start;
        } else {
            at = take_piece(at + 1, &piece);
        }
        if (piece.letter == 'V') {
            separator = (struct piece){.start = used, .has_separator = true};
            at = take_literal(at, pattern, &used);
            separator.size = used - separator.start;
            continue;
        }
        if (piece.letter == 'v') {
            piece.start = separator.start;
            piece.size = separator.size;
            piece.has_separator = separator.has_separator;
        }
        pattern->pieces[pattern->count++] = piece;
    }
}

struct pattern *pattern_new(const char *text)
{
    struct pattern *pattern = calloc(1, sizeof(*pattern));
    size_t size = strlen(text);
    if (!pattern) {
        return NULL;
    }
    pattern->text = malloc(size + 1);
    pattern->pieces = calloc(size + 1, sizeof(*pattern->pieces));
    if (!pattern->text || !pattern->pieces) {
        pattern_free(pattern);
        return NULL;
    }
    read_pattern(text, pattern);
    return pattern;
}

void pattern_free(struct pattern *pattern)
{
    if (pattern) {
        free(pattern->text);
        free(pattern->pieces);
        free(pattern);
    }
}

const char *pattern_default(bool is_v1)
{
    return is_v1 ? "%.4y-%.2m-%.2l %.2h:%.2j:%.2k %A [%a] (via %b) %P\n"
                   "\t%N %W Trap (%Q) Uptime: %#T\n%V\t%#v\n"
                 : "%.4y-%.2m-%.2l %.2h:%.2j:%.2k %B [%b]:\n%v\n";
}

/* ---- what the letters stand for ---- */

/* A notification while it is printed. */
struct printing {
    const struct pattern_printer *printer;
    const struct notice *notice;
    const struct pattern *pattern;
    const struct piece *piece;
    struct tm uptime; /* as a calendar time, for the letters that name a field of it */
};

/* Of version 1; what the others have instead is in their varbinds, and these fields are empty. */
static struct uvsnmp_trap_v1 trap_of(const struct printing *in)
{
    const struct uvsnmp_trap_v1 *trap = in->notice->received->trap;
    return trap ? *trap : (struct uvsnmp_trap_v1){.timestamp = 0};
}

static void append_octets(struct text *out, struct uvsnmp_bytes octets, const struct printing *in)
{
    format_ascii(out, octets.data, octets.size, false, in->printer->options);
}

static void append_agent(struct text *out, const struct printing *in)
{
    const struct uvsnmp_trap_v1 trap = trap_of(in);
    for (size_t i = 0; i < sizeof(trap.agent_address); i++) {
        text_append(out, i > 0 ? "." : "");
        text_append_u64(out, trap.agent_address[i]);
    }
}

void pattern_append_path(struct text *out, const struct uvsnmp_received *received)
{
    if (received->peer->transport == UVSNMP_UNIX) {
        text_append(out, "Local IPC: ");
        text_append(out, received->local ? received->local->at.local.sun_path : "");
        return;
    }
    packet_append_peer(out, received->peer);
    if (received->peer->at.any.sa_family != AF_INET6 && received->local) {
        text_append(out, "->");
        packet_append_endpoint(out, received->local);
    }
}

static void append_path(struct text *out, const struct printing *in)
{
    pattern_append_path(out, in->notice->received);
}

void pattern_append_host(struct text *out, const struct notice *notice)
{
    if (notice->host) {
        text_append(out, notice->host);
    } else {
        pattern_append_path(out, notice->received);
    }
}

static void append_host(struct text *out, const struct printing *in)
{
    pattern_append_host(out, in->notice);
}

static void append_context_engine(struct text *out, const struct printing *in)
{
    static const char digits[] = "0123456789ABCDEF";
    enum { PER_LINE = 16 };
    const struct uvsnmp_bytes id = in->notice->received->context_engine_id;
    for (size_t i = 0; in->notice->received->version == UVSNMP_V3 && i < id.size; i++) {
        text_append(out, i > 0 && i % PER_LINE == 0 ? "\n" : "");
        text_append_char(out, digits[id.data[i] >> 4]);
        text_append_char(out, digits[id.data[i] & 15]);
        text_append_char(out, ' ');
    }
}

static void append_enterprise(struct text *out, const struct printing *in)
{
    const struct uvsnmp_trap_v1 *trap = in->notice->received->trap;
    if (trap) {
        format_oid(out, trap->enterprise, in->printer->options);
    } else {
        text_append_char(out, '.');
    }
}

static void append_security(struct text *out, const struct printing *in)
{
    const struct uvsnmp_received *received = in->notice->received;
    text_append(out, received->trap ? "TRAP" : received->inform ? "INFORM" : "TRAP2");
    if (received->version == UVSNMP_V3) {
        text_append(out, ", SNMP v3, user ");
        append_octets(out, received->security_name, in);
        text_append(out, ", context ");
        append_octets(out, received->context_name, in);
    } else {
        text_append(out, received->version == UVSNMP_V1 ? ", SNMP v1, community " : ", SNMP v2c, community ");
        append_octets(out, received->community, in);
    }
}

static void append_specific(struct text *out, const struct printing *in)
{
    text_append_i64(out, trap_of(in).specific);
}

/* As the sub-identifier that it becomes, where there is one. */
static void append_subtype(struct text *out, const struct printing *in)
{
    text_append(out, trap_of(in).generic == UVSNMP_TRAP_ENTERPRISE_SPECIFIC ? "." : "");
    append_specific(out, in);
}

static void append_version(struct text *out, const struct printing *in)
{
    text_append_i64(out, (int)in->notice->received->version);
}

/* RFC 3411 §5, SnmpSecurityModel: v1, v2c, USM. */
static void append_model(struct text *out, const struct printing *in)
{
    const enum uvsnmp_version version = in->notice->received->version;
    text_append_char(out, version == UVSNMP_V1 ? '1' : version == UVSNMP_V2C ? '2' : '3');
}

static void append_principal(struct text *out, const struct printing *in)
{
    const struct uvsnmp_received *received = in->notice->received;
    append_octets(out, received->version == UVSNMP_V3 ? received->security_name : received->community, in);
}

static void append_varbinds(struct text *out, const struct printing *in)
{
    const struct piece *piece = in->piece;
    const struct uvsnmp_received *received = in->notice->received;
    const char *separator = piece->has_separator ? in->pattern->text + piece->start
                            : piece->alternate   ? ", "
                                                 : "\t";
    size_t size = piece->has_separator ? piece->size : strlen(separator);
    for (size_t i = received->trap ? 2 : 0, first = i; i < received->count; i++) {
        text_append_size(out, separator, i > first || piece->alternate ? size : 0);
        format_varbind(out, &received->varbinds[i], in->printer->options);
    }
}

static void append_description(struct text *out, const struct printing *in)
{
    static const char *const names[] = {
        "Cold Start",        "Warm Start",         "Link Down", "Link Up", "Authentication Failure",
        "EGP Neighbor Loss", "Enterprise Specific"};
    const int32_t generic = trap_of(in).generic;
    bool is_known = generic >= 0 && (size_t)generic < sizeof(names) / sizeof(names[0]);
    text_append(out, is_known ? names[generic] : "Unknown Type");
}

static void append_generic(struct text *out, const struct printing *in)
{
    text_append_i64(out, trap_of(in).generic);
}

static void append_seconds(struct text *out, const struct printing *in)
{
    text_append_i64(out, in->printer->second);
}

static void append_uptime(struct text *out, const struct printing *in)
{
    if (in->piece->alternate) {
        format_uptime(out, trap_of(in).timestamp, in->printer->options);
    } else {
        text_append_u64(out, trap_of(in).timestamp);
    }
}

static void append_field(struct text *out, const struct printing *in)
{
    const struct tm *calendar = isupper((unsigned char)in->piece->letter) ? &in->uptime : &in->printer->local;
    switch (tolower((unsigned char)in->piece->letter)) {
    case 'y':
        text_append_i64(out, (long long)calendar->tm_year + CALENDAR_YEAR);
        break;
    case 'm':
        text_append_i64(out, calendar->tm_mon + 1);
        break;
    case 'l':
        text_append_i64(out, calendar->tm_mday);
        break;
    case 'h':
        text_append_i64(out, calendar->tm_hour);
        break;
    case 'j':
        text_append_i64(out, calendar->tm_min);
        break;
    default:
        text_append_i64(out, calendar->tm_sec);
        break;
    }
}

static void append_percent(struct text *out, const struct printing *in)
{
    (void)in;
    text_append_char(out, '%');
}

/* By the letter. */
static const struct letter {
    enum { LETTER_PLAIN = 1, LETTER_TEXT, LETTER_NUMBER } kind; /* plain: without width and precision */
    void (*append)(struct text *out, const struct printing *in);
} letters[] = {
    ['%'] = {LETTER_PLAIN, append_percent},    ['A'] = {LETTER_TEXT, append_agent},
    ['B'] = {LETTER_TEXT, append_host},        ['E'] = {LETTER_TEXT, append_context_engine},
    ['H'] = {LETTER_NUMBER, append_field},     ['J'] = {LETTER_NUMBER, append_field},
    ['K'] = {LETTER_NUMBER, append_field},     ['L'] = {LETTER_NUMBER, append_field},
    ['M'] = {LETTER_NUMBER, append_field},     ['N'] = {LETTER_TEXT, append_enterprise},
    ['P'] = {LETTER_PLAIN, append_security},   ['Q'] = {LETTER_TEXT, append_specific},
    ['S'] = {LETTER_TEXT, append_model},       ['T'] = {LETTER_NUMBER, append_uptime},
    ['W'] = {LETTER_TEXT, append_description}, ['Y'] = {LETTER_NUMBER, append_field},
    ['a'] = {LETTER_TEXT, append_agent},       ['b'] = {LETTER_TEXT, append_path},
    ['h'] = {LETTER_NUMBER, append_field},     ['j'] = {LETTER_NUMBER, append_field},
    ['k'] = {LETTER_NUMBER, append_field},     ['l'] = {LETTER_NUMBER, append_field},
    ['m'] = {LETTER_NUMBER, append_field},     ['q'] = {LETTER_TEXT, append_subtype},
    ['s'] = {LETTER_TEXT, append_version},     ['t'] = {LETTER_NUMBER, append_seconds},
    ['u'] = {LETTER_TEXT, append_principal},   ['v'] = {LETTER_PLAIN, append_varbinds},
    ['w'] = {LETTER_NUMBER, append_generic},   ['y'] = {LETTER_NUMBER, append_field},
};

/* ---- printing ---- */

/* NULL: it stands for itself. */
static const struct letter *find_letter(char c)
{
    const size_t index = (unsigned char)c;
    return index < sizeof(letters) / sizeof(letters[0]) && letters[index].append ? &letters[index] : NULL;
}

/* What snmptrapd fills with: zeros, but for a blank before a text that was not asked to have them. */
static void append_filling(struct text *out, size_t count, bool blank_first)
{
    for (size_t i = 0; i < count; i++) {
        text_append_char(out, i == 0 && blank_first ? ' ' : '0');
    }
}

/* With width and precision, of which the former is the least and the latter the most that is printed; and the
 * least, too. */
static void append_fitted(struct text *out, const struct letter *letter, const struct printing *in)
{
    const struct piece *piece = in->piece;
    struct text value;
    text_init(&value, 0);
    letter->append(&value, in);
    size_t size = value.size, wanted = piece->width;
    if (piece->precision >= 0) {
        size_t precision = (size_t)piece->precision;
        size = size > precision ? precision : size;
        wanted = wanted > precision ? wanted : precision;
    }
    size_t missing = wanted > size ? wanted - size : 0;
    if (!piece->left) {
        append_filling(out, missing, letter->kind == LETTER_TEXT && !piece->zeros);
    }
    text_append_size(out, text_string(&value), size);
    if (piece->left) {
        append_filling(out, missing, false);
    }
    text_fini(&value);
}

void pattern_printer_init(struct pattern_printer *printer, const struct format_options *options)
{
    *printer = (struct pattern_printer){.options = options, .second = -1};
}

static void set_calendar(struct pattern_printer *printer, const struct notice *notice)
{
    time_t second = (time_t)(notice->received->time_ms / 1000);
    if (second != printer->second) {
        printer->second = second;
        (void)localtime_r(&second, &printer->local);
    }
}

void pattern_print(const struct pattern *pattern, struct pattern_printer *printer,
                   const struct notice *notice, struct text *out)
{
    struct printing in = {.printer = printer, .notice = notice, .pattern = pattern};
    time_t uptime = notice->received->varbinds[0].value.as.unsigned32 / 100;
    set_calendar(printer, notice);
    (void)gmtime_r(&uptime, &in.uptime);
    for (size_t i = 0; i < pattern->count; i++) {
        const struct piece *piece = &pattern->pieces[i];
        const struct letter *letter = find_letter(piece->letter);
        in.piece = piece;
        if (piece->letter == '\0') {
            text_append_size(out, pattern->text + piece->start, piece->size);
        } else if (!letter) {
            text_append_char(out, piece->letter);
        } else if (letter->kind == LETTER_PLAIN || (piece->width == 0 && piece->precision < 0)) {
            letter->append(out, &in);
        } else {
            append_fitted(out, letter, &in);
        }
    }
}
