/* SPDX-License-Identifier: BSD-3-Clause */
#include "apps/snmptrapd-lite/json.h"

#include <math.h>
#include <string.h>
#include <time.h>

#include "format/oid.h"

static const char digits[] = "0123456789abcdef";

/* ---- strings ---- */

/* Octets of the character of UTF-8 that `at` begins with (RFC 3629 §4); 0: it is none. */
static size_t character_size(const uint8_t *at, size_t size)
{
    static const struct {
        uint8_t first, last;         /* of the first octet */
        uint8_t second, second_last; /* of the second one */
        size_t size;
    } rows[] = {
        {0x20, 0x7e, 0, 0, 1},       {'\t', '\n', 0, 0, 1},       {'\r', '\r', 0, 0, 1},
        {0xc2, 0xdf, 0x80, 0xbf, 2}, {0xe0, 0xe0, 0xa0, 0xbf, 3}, {0xe1, 0xec, 0x80, 0xbf, 3},
        {0xed, 0xed, 0x80, 0x9f, 3}, {0xee, 0xef, 0x80, 0xbf, 3}, {0xf0, 0xf0, 0x90, 0xbf, 4},
        {0xf1, 0xf3, 0x80, 0xbf, 4}, {0xf4, 0xf4, 0x80, 0x8f, 4},
    };
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        if (at[0] < rows[i].first || at[0] > rows[i].last) {
            continue;
        }
        bool is_whole = rows[i].size <= size &&
                        (rows[i].size < 2 || (at[1] >= rows[i].second && at[1] <= rows[i].second_last));
        for (size_t k = 2; is_whole && k < rows[i].size; k++) {
            is_whole = (at[k] & 0xc0) == 0x80;
        }
        return is_whole ? rows[i].size : 0;
    }
    return 0;
}

static bool is_text(struct uvsnmp_bytes octets)
{
    size_t size = 1;
    for (size_t at = 0; size > 0 && at < octets.size; at += size) {
        size = character_size(octets.data + at, octets.size - at);
    }
    return size > 0;
}

/* A string of octets that are text; what is not becomes U+FFFD. */
static void append_string(struct text *out, struct uvsnmp_bytes octets)
{
    text_append_char(out, '"');
    for (size_t at = 0, size; at < octets.size; at += size) {
        const uint8_t *c = octets.data + at;
        size = character_size(c, octets.size - at);
        if (size == 0) {
            text_append(out, "\\ufffd");
            size = 1;
        } else if (*c == '"' || *c == '\\') {
            text_append_char(out, '\\');
            text_append_char(out, (char)*c);
        } else if (*c < ' ') {
            text_append(out, *c == '\t' ? "\\t" : *c == '\n' ? "\\n" : "\\r");
        } else {
            text_append_size(out, c, size);
        }
    }
    text_append_char(out, '"');
}

static void append_hex(struct text *out, struct uvsnmp_bytes octets)
{
    text_append_char(out, '"');
    for (size_t i = 0; i < octets.size; i++) {
        text_append_char(out, digits[octets.data[i] >> 4]);
        text_append_char(out, digits[octets.data[i] & 15]);
    }
    text_append_char(out, '"');
}

static struct uvsnmp_bytes bytes_of(const char *text)
{
    return (struct uvsnmp_bytes){(const uint8_t *)text, strlen(text)};
}

/* ,"KEY": */
static void append_key(struct text *out, const char *key)
{
    text_append(out, ",\"");
    text_append(out, key);
    text_append(out, "\":");
}

static void append_member(struct text *out, const char *key, struct uvsnmp_bytes octets)
{
    append_key(out, key);
    if (is_text(octets)) {
        append_string(out, octets);
    } else {
        append_hex(out, octets);
    }
}

static void append_number(struct text *out, const char *key, long long number)
{
    append_key(out, key);
    text_append_i64(out, number);
}

static void append_oid(struct text *out, struct uvsnmp_oid oid)
{
    char text[UVSNMP_OID_TEXT_MAX];
    (void)uvsnmp_oid_format(oid, text, sizeof(text));
    append_string(out, bytes_of(text[0] == '.' ? text + 1 : text));
}

/* As a name that octets of the OID cannot break out of. */
static void append_name(struct text *out, struct uvsnmp_oid oid, const struct format_options *options)
{
    struct text name;
    text_init(&name, 0);
    format_oid(&name, oid, options);
    append_string(out, (struct uvsnmp_bytes){(const uint8_t *)text_string(&name), name.size});
    text_fini(&name);
}

/* ---- values ---- */

/* JSON has no numbers that are none. */
static void append_float(struct text *out, double number)
{
    if (isfinite(number)) {
        text_append_format(out, "%.17g", number);
    } else {
        text_append(out, isnan(number) ? "\"NaN\"" : number > 0 ? "\"Infinity\"" : "\"-Infinity\"");
    }
}

static void append_octets(struct text *out, const struct uvsnmp_value *value)
{
    if (value->type == UVSNMP_OCTET_STRING && is_text(value->as.bytes)) {
        append_string(out, value->as.bytes);
    } else {
        append_hex(out, value->as.bytes);
    }
}

static void append_value(struct text *out, const struct uvsnmp_value *value)
{
    switch (value->type) {
    case UVSNMP_INTEGER:
    case UVSNMP_OPAQUE_INT64:
        text_append_i64(out, value->type == UVSNMP_INTEGER ? value->as.integer : value->as.signed64);
        break;
    case UVSNMP_COUNTER32:
    case UVSNMP_GAUGE32:
    case UVSNMP_TIMETICKS:
    case UVSNMP_UINTEGER32:
        text_append_u64(out, value->as.unsigned32);
        break;
    case UVSNMP_COUNTER64:
    case UVSNMP_OPAQUE_COUNTER64:
    case UVSNMP_OPAQUE_UINT64:
        text_append_u64(out, value->as.unsigned64);
        break;
    case UVSNMP_OPAQUE_FLOAT:
    case UVSNMP_OPAQUE_DOUBLE:
        append_float(out, value->type == UVSNMP_OPAQUE_FLOAT ? (double)value->as.float32 : value->as.float64);
        break;
    case UVSNMP_OBJECT_IDENTIFIER:
        append_oid(out, value->as.oid);
        break;
    case UVSNMP_IPADDRESS:
        text_append_format(out, "\"%u.%u.%u.%u\"", value->as.ipaddress[0], value->as.ipaddress[1],
                           value->as.ipaddress[2], value->as.ipaddress[3]);
        break;
    case UVSNMP_OCTET_STRING:
    case UVSNMP_OPAQUE:
    case UVSNMP_NSAPADDRESS:
        append_octets(out, value);
        break;
    default: /* NULL and the exceptions */
        text_append(out, "null");
        break;
    }
}

static const char *type_word(const struct uvsnmp_value *value)
{
    static const struct {
        enum uvsnmp_type type;
        const char *word;
    } rows[] = {
        {UVSNMP_INTEGER, "INTEGER"},
        {UVSNMP_NULL, "NULL"},
        {UVSNMP_OBJECT_IDENTIFIER, "OID"},
        {UVSNMP_IPADDRESS, "IpAddress"},
        {UVSNMP_COUNTER32, "Counter32"},
        {UVSNMP_GAUGE32, "Gauge32"},
        {UVSNMP_TIMETICKS, "Timeticks"},
        {UVSNMP_OPAQUE, "Opaque"},
        {UVSNMP_NSAPADDRESS, "NsapAddress"},
        {UVSNMP_COUNTER64, "Counter64"},
        {UVSNMP_UINTEGER32, "UInteger32"},
        {UVSNMP_OPAQUE_COUNTER64, "Opaque: Counter64"},
        {UVSNMP_OPAQUE_FLOAT, "Opaque: Float"},
        {UVSNMP_OPAQUE_DOUBLE, "Opaque: Double"},
        {UVSNMP_OPAQUE_INT64, "Opaque: Int64"},
        {UVSNMP_OPAQUE_UINT64, "Opaque: UInt64"},
        {UVSNMP_NO_SUCH_OBJECT, "noSuchObject"},
        {UVSNMP_NO_SUCH_INSTANCE, "noSuchInstance"},
        {UVSNMP_END_OF_MIB_VIEW, "endOfMibView"},
    };
    if (value->type == UVSNMP_OCTET_STRING) {
        return is_text(value->as.bytes) ? "STRING" : "Hex-STRING";
    }
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        if (rows[i].type == value->type) {
            return rows[i].word;
        }
    }
    return "unknown";
}

static void append_varbinds(struct text *out, const struct uvsnmp_received *received,
                            const struct format_options *options)
{
    append_key(out, "varbinds");
    text_append_char(out, '[');
    for (size_t i = 2; i < received->count; i++) {
        const struct uvsnmp_varbind *varbind = &received->varbinds[i];
        text_append(out, i > 2 ? ",{\"name\":" : "{\"name\":");
        append_name(out, varbind->name, options);
        append_key(out, "oid");
        append_oid(out, varbind->name);
        append_key(out, "type");
        append_string(out, bytes_of(type_word(&varbind->value)));
        append_key(out, "value");
        append_value(out, &varbind->value);
        text_append_char(out, '}');
    }
    text_append_char(out, ']');
}

/* ---- who sent it ---- */

static void append_time(struct text *out, uint64_t time_ms)
{
    const time_t second = (time_t)(time_ms / 1000);
    char stamp[32];
    struct tm utc;
    if (!gmtime_r(&second, &utc) || strftime(stamp, sizeof(stamp), "%FT%T", &utc) == 0) {
        stamp[0] = '\0';
    }
    text_append_format(out, "{\"time\":\"%s.%03uZ\"", stamp, (unsigned)(time_ms % 1000));
}

static void append_address(struct text *out, const char *key, const struct uvsnmp_address *address)
{
    char text[UVSNMP_ADDRESS_TEXT_MAX];
    if (address && uvsnmp_address_format(address, text, sizeof(text)) >= 0) {
        append_member(out, key, bytes_of(text));
    }
}

static void append_security(struct text *out, const struct uvsnmp_received *received)
{
    static const char *const levels[] = {[UVSNMP_NO_AUTH_NO_PRIV] = "noAuthNoPriv",
                                         [UVSNMP_AUTH_NO_PRIV] = "authNoPriv",
                                         [UVSNMP_AUTH_PRIV] = "authPriv"};
    if (received->version != UVSNMP_V3) {
        append_member(out, "community", received->community);
        return;
    }
    append_member(out, "user", received->security_name);
    append_member(out, "level", bytes_of(levels[received->level]));
    append_key(out, "engineID");
    append_hex(out, received->engine_id);
    append_key(out, "contextEngineID");
    append_hex(out, received->context_engine_id);
    append_member(out, "context", received->context_name);
}

static void append_trap_v1(struct text *out, const struct uvsnmp_trap_v1 *trap)
{
    const struct uvsnmp_value agent = {
        .type = UVSNMP_IPADDRESS,
        .as.ipaddress = {trap->agent_address[0], trap->agent_address[1], trap->agent_address[2],
                         trap->agent_address[3]},
    };
    append_key(out, "enterprise");
    append_oid(out, trap->enterprise);
    append_key(out, "agentAddress");
    append_value(out, &agent);
    append_number(out, "generic", trap->generic);
    append_number(out, "specific", trap->specific);
}

void json_print(const struct notice *notice, const struct format_options *options, struct text *out)
{
    const struct uvsnmp_received *received = notice->received;
    append_time(out, received->time_ms);
    append_member(out, "version",
                  bytes_of(received->version == UVSNMP_V1    ? "1"
                           : received->version == UVSNMP_V2C ? "2c"
                                                             : "3"));
    append_member(out, "type", bytes_of(received->inform ? "inform" : "trap"));
    append_address(out, "source", received->peer);
    if (notice->host) {
        append_member(out, "host", bytes_of(notice->host));
    }
    append_address(out, "destination", received->local);
    append_security(out, received);
    append_key(out, "trap");
    append_name(out, notice_trap_oid(received), options);
    append_key(out, "trapOID");
    append_oid(out, notice_trap_oid(received));
    append_number(out, "uptime", received->varbinds[0].value.as.unsigned32);
    if (received->trap) {
        append_trap_v1(out, received->trap);
    }
    append_varbinds(out, received, options);
    text_append(out, "}\n");
}
