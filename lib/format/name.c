/* SPDX-License-Identifier: BSD-3-Clause */
#include "format/name.h"

#include <ctype.h>
#include <string.h>

#include "base/err.h"
#include "base/num.h"

#define TEXT_MAX 4096 /* of an OID with its prefix and suffix */

static const char *const roots[] = {"ccitt", "iso", "joint-iso-ccitt"};
#define ROOT_COUNT (sizeof(roots) / sizeof(roots[0]))

static const char relative_prefix[] = ".1.3.6.1.2.1.";

static int unknown(struct uvsnmp_error *err, const char *rest)
{
    return err_set(err, UVSNMP_EBAD_OID, "Unknown Object Identifier (%s)", rest);
}

/* The root's name at `text`, up to a dot or the end: its number, or -1. */
static int find_root(const char *text, size_t length)
{
    for (size_t i = 0; i < ROOT_COUNT; i++) {
        if (strlen(roots[i]) == length && strncmp(roots[i], text, length) == 0) {
            return (int)i;
        }
    }
    return -1;
}

/* 'abc' gives an id per octet, "abc" puts their number before them. Returns what follows, NULL: no such. */
static const char *parse_quoted(const char *text, struct uvsnmp_oid_buf *out)
{
    const char *end = strchr(text + 1, text[0]);
    if (!end || (end[1] && end[1] != '.')) {
        return NULL;
    }
    size_t length = (size_t)(end - text) - 1;
    if (text[0] == '"' && uvsnmp_oid_append_id(out, (uint32_t)length) != 0) {
        return NULL;
    }
    for (const char *at = text + 1; at < end; at++) {
        if (uvsnmp_oid_append_id(out, (unsigned char)*at) != 0) {
            return NULL;
        }
    }
    return end + 1;
}

/* One number; what follows, or NULL. */
static const char *parse_number(const char *text, struct uvsnmp_oid_buf *out)
{
    char word[24];
    uint64_t id;
    size_t length = strcspn(text, ".");
    if (length == 0 || length >= sizeof(word)) {
        return NULL;
    }
    memcpy(word, text, length);
    word[length] = '\0';
    if (!num_parse_any_base(word, UINT32_MAX, &id) || uvsnmp_oid_append_id(out, (uint32_t)id) != 0) {
        return NULL;
    }
    return text + length;
}

static int parse_ids(const char *text, struct uvsnmp_oid_buf *out, struct uvsnmp_error *err)
{
    for (;;) {
        const char *rest = *text == '\'' || *text == '"' ? parse_quoted(text, out) : parse_number(text, out);
        if (!rest) {
            return unknown(err, text);
        }
        if (!*rest) {
            return 0;
        }
        text = rest + 1;
    }
}

static int parse_whole(const char *text, const struct format_input_options *options,
                       struct uvsnmp_oid_buf *out, struct uvsnmp_error *err)
{
    (void)options;
    const char *at = text;
    out->count = 0;
    if (*at == '.') {
        at++;
    }
    size_t length = strcspn(at, ".");
    int root = find_root(at, length);
    if (root >= 0) {
        uvsnmp_oid_append_id(out, (uint32_t)root);
        return at[length] ? parse_ids(at + length + 1, out, err) : 0;
    }
    if (isdigit((unsigned char)*at)) {
        return parse_ids(at, out, err);
    }
    if (!*at && at != text) {
        return uvsnmp_oid_append_id(out, 1); /* "." is the root of all that SNMP has */
    }
    if (strstr(text, "::")) {
        return err_set(err, UVSNMP_EUNSUPPORTED, "Unknown Object Identifier");
    }
    return err_set(err, *text ? UVSNMP_EUNSUPPORTED : UVSNMP_EBAD_OID,
                   "Unknown Object Identifier (Sub-id not found: (top) -> %.*s)",
                   (int)(length > TEXT_MAX ? TEXT_MAX : length), at);
}

int format_name_parse(const char *text, const struct format_input_options *options,
                      struct uvsnmp_oid_buf *out, struct uvsnmp_error *err)
{
    char storage[TEXT_MAX];
    struct text whole;
    bool relative = options->relative && text[0] != '.' && find_root(text, strcspn(text, ".")) < 0;
    if (!relative && !options->prefix && !options->suffix) {
        return parse_whole(text, options, out, err);
    }
    text_init_fixed(&whole, storage, sizeof(storage));
    text_append(&whole, options->prefix ? options->prefix : relative ? relative_prefix : "");
    text_append(&whole, text);
    if (options->suffix && options->suffix[0]) {
        text_append(&whole, options->suffix[0] == '.' ? "" : ".");
        text_append(&whole, options->suffix);
    }
    if (text_failed(&whole)) {
        return unknown(err, "too long");
    }
    return parse_whole(storage, options, out, err);
}
