/* SPDX-License-Identifier: BSD-3-Clause */
#include "format/index.h"

#include <string.h>

#include "format/oid.h"
#include "format/value.h"
#include "mib/index.h"

/* InetAddressType (RFC 4001) and what it says about the octets of the InetAddress behind it. */
static const struct inet_form {
    uint32_t type;
    size_t octets, zone; /* the zone is part of the octets */
    bool is_hex;
} inet_forms[] = {
    {1, 4, 0, false}, /* ipv4 */
    {2, 16, 0, true}, /* ipv6 */
    {3, 8, 4, false}, /* ipv4z */
    {4, 20, 4, true}, /* ipv6z */
};

#define NO_INET_TYPE UINT32_MAX

static bool has_type(const struct mib_syntax *syntax, const char *type)
{
    return syntax->type && strcmp(syntax->type, type) == 0;
}

static bool are_octets(struct uvsnmp_oid ids)
{
    for (size_t i = 0; i < ids.count; i++) {
        if (ids.ids[i] > UINT8_MAX) {
            return false;
        }
    }
    return true;
}

/* Octets that are not printable are dots; neither quotes nor backslashes within are escaped. */
static void append_quoted(struct text *text, struct uvsnmp_oid ids, char quote,
                          const struct format_options *options)
{
    const char *mark = options->escape_quotes ? "\\" : "";
    text_append(text, mark);
    text_append_char(text, quote);
    for (size_t i = 0; i < ids.count; i++) {
        text_append_char(text, ids.ids[i] >= ' ' && ids.ids[i] <= '~' ? (char)ids.ids[i] : '.');
    }
    text_append(text, mark);
    text_append_char(text, quote);
}

/* By the DISPLAY-HINT, as a value would be; -Ih is about values. */
static void append_hinted(struct text *text, const struct mib_index_value *value,
                          const struct format_options *options)
{
    uint8_t octets[UVSNMP_OID_MAX];
    size_t count = value->ids.count < sizeof(octets) ? value->ids.count : sizeof(octets);
    for (size_t i = 0; i < count; i++) {
        octets[i] = (uint8_t)value->ids.ids[i];
    }
    struct uvsnmp_value string = uvsnmp_octets(octets, count);
    struct format_options hinted = *options;
    hinted.no_hint = false;
    format_syntax_value(text, &string, &value->part.syntax, &hinted);
}

static void append_octets(struct text *text, const struct mib_index_value *value,
                          const struct format_options *options)
{
    if (options->extended_index && value->part.syntax.hint) {
        append_hinted(text, value, options);
    } else if (value->form == MIB_INDEX_COUNTED) {
        append_quoted(text, value->ids, '"', options);
    } else if (value->ids.count > 0) {
        append_quoted(text, value->ids, '\'', options);
    }
}

static void append_hex_octet(struct text *text, uint32_t octet)
{
    static const char digits[] = "0123456789abcdef";
    const char hex[2] = {digits[octet >> 4 & 15], digits[octet & 15]};
    text_append_size(text, hex, sizeof(hex));
}

/* "\"10.1.2.3%2\""; false: it is no address of this type. */
static bool append_inet(struct text *text, uint32_t type, struct uvsnmp_oid ids)
{
    const struct inet_form *form = NULL;
    uint32_t zone = 0;
    for (size_t i = 0; i < sizeof(inet_forms) / sizeof(inet_forms[0]); i++) {
        if (inet_forms[i].type == type && inet_forms[i].octets == ids.count) {
            form = &inet_forms[i];
        }
    }
    if (!form || !are_octets(ids)) {
        return false;
    }
    text_append_char(text, '"');
    for (size_t i = 0; i < ids.count - form->zone; i++) {
        if (form->is_hex) {
            text_append(text, i ? ":" : "");
            append_hex_octet(text, ids.ids[i]);
        } else {
            text_append(text, i ? "." : "");
            text_append_u64(text, ids.ids[i]);
        }
    }
    for (size_t i = ids.count - form->zone; i < ids.count; i++) {
        zone = zone << 8 | ids.ids[i];
    }
    if (form->zone) {
        text_append_char(text, '%');
        text_append_u64(text, zone);
    }
    text_append_char(text, '"');
    return true;
}

static void append_number(struct text *text, const struct mib_index_value *value,
                          const struct format_options *options)
{
    uint32_t number = value->ids.ids[0];
    bool is_uptime = value->part.syntax.base == MIB_BASE_TIMETICKS && options->extended_index &&
                     !options->numeric_timeticks;
    const char *label = mib_syntax_label_of(&value->part.syntax, (int32_t)number);
    if (label) {
        text_append(text, label);
    } else if (is_uptime) {
        format_uptime(text, number, options);
    } else {
        text_append_u64(text, number);
    }
}

/* Dots only between them. */
static void append_ids(struct text *text, struct uvsnmp_oid ids)
{
    if (ids.count > 0) {
        text_append_u64(text, ids.ids[0]);
        format_ids(text, (struct uvsnmp_oid){ids.ids + 1, ids.count - 1});
    }
}

static void append_oid(struct text *text, const struct mib_index_value *value,
                       const struct format_options *options)
{
    if (options->extended_index) {
        format_oid(text, value->ids, options);
        return;
    }
    if (value->form == MIB_INDEX_OID) { /* the count is left where it was */
        text_append_u64(text, value->ids.count);
        text_append(text, value->ids.count ? "." : "");
    }
    append_ids(text, value->ids);
}

/* `inet_type` is that of the component before, if it was an InetAddressType. */
static void append_component(struct text *text, const struct mib_index_value *value, uint32_t inet_type,
                             const struct format_options *options)
{
    switch (value->form) {
    case MIB_INDEX_NUMBER:
        append_number(text, value, options);
        break;
    case MIB_INDEX_ADDRESS:
    case MIB_INDEX_NETWORK_ADDRESS:
        append_ids(text, value->ids);
        break;
    case MIB_INDEX_FIXED:
    case MIB_INDEX_IMPLIED:
        append_octets(text, value, options);
        break;
    case MIB_INDEX_COUNTED:
        if (!has_type(&value->part.syntax, "InetAddress") || !append_inet(text, inet_type, value->ids)) {
            append_octets(text, value, options);
        }
        break;
    case MIB_INDEX_OID:
    case MIB_INDEX_OID_IMPLIED:
        append_oid(text, value, options);
        break;
    case MIB_INDEX_UNKNOWN:
        break;
    }
}

/* What does not fit. With -OX Net-SNMP has opened a bracket by then, and read the first number of a
 * NetworkAddress. */
static void append_misfit(struct text *text, const struct mib_index_value *value,
                          const struct format_options *options)
{
    if (options->extended_index) {
        text_append_char(text, '[');
    }
    if (!options->extended_index || value->form != MIB_INDEX_NETWORK_ADDRESS) {
        text_append_char(text, '.');
    }
    append_ids(text, value->ids);
}

void format_index(struct text *text, struct uvsnmp_oid ids, const struct mib_object *row,
                  const struct format_options *options)
{
    uint32_t inet_type = NO_INET_TYPE;
    for (size_t i = 0; i < row->part_count && ids.count > 0; i++) {
        struct mib_index_value value;
        if (!mib_index_take(row, i, &ids, &value)) {
            append_misfit(text, &value, options);
            return;
        }
        text_append_char(text, options->extended_index ? '[' : '.');
        append_component(text, &value, inet_type, options);
        text_append(text, options->extended_index ? "]" : "");
        bool is_type = has_type(&value.part.syntax, "InetAddressType") && value.form == MIB_INDEX_NUMBER;
        inet_type = is_type ? value.ids.ids[0] : NO_INET_TYPE;
    }
    format_ids(text, ids);
}
