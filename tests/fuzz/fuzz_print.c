/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * What a device sends, printed: the first line is a DISPLAY-HINT, the second the letters of -O; then come an
 * octet for the type of the value, one for the column, one for the number of sub-identifiers of the index,
 * these, and the octets of the value. A sub-identifier is an octet, or 255 and four. Whatever comes, the text
 * is no longer than the value allows, and reading it again by the hint ends.
 */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "format/hint.h"
#include "format/value.h"
#include "support/print_mib.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* For an octet at most: the 22 octal digits of a number, a separator and a terminator. */
#define HINTED_PER_OCTET 24

struct bytes {
    const uint8_t *at;
    size_t left;
};

static uint8_t take(struct bytes *in)
{
    if (in->left == 0) {
        return 0;
    }
    in->left--;
    return *in->at++;
}

static uint32_t take_id(struct bytes *in)
{
    uint32_t id = take(in);
    for (int i = 0; id >= 255 && i < 4; i++) {
        id = id << 8 | take(in);
    }
    return id;
}

/* The text up to a newline, as a string of its own. */
static char *take_line(struct bytes *in)
{
    char *line = malloc(in->left + 1);
    size_t length = 0;
    while (line && in->left > 0) {
        char c = (char)take(in);
        if (c == '\n' || c == '\0') {
            break;
        }
        line[length++] = c;
    }
    if (line) {
        line[length] = '\0';
    }
    return line;
}

static void print_hinted(const char *hint, const struct bytes *in, const struct format_options *options)
{
    struct uvsnmp_bytes bytes = {in->at, in->left};
    struct mib_syntax syntax = {.base = MIB_BASE_OCTET_STRING, .hint = hint};
    struct uvsnmp_value value = uvsnmp_octets(bytes.data, bytes.size);
    struct uvsnmp_error err = {0, ""};
    uint8_t out[64];
    size_t size;
    int64_t number = 0;
    struct text text;
    text_init(&text, 0);
    bool is_hint = format_hint_octets(&text, hint, bytes, options);
    if (text_failed(&text) || text.size > bytes.size * HINTED_PER_OCTET || (!is_hint && text.size > 0)) {
        abort();
    }
    if (format_hint_read_octets(hint, text_string(&text), out, sizeof(out), &size, &err) == 0) {
        if (size > sizeof(out)) {
            abort();
        }
    } else if (err.detail[0] == '\0') {
        abort();
    }
    memcpy(&number, bytes.data, bytes.size < sizeof(number) ? bytes.size : sizeof(number));
    text_reset(&text);
    if (format_hint_number(&text, hint, number) && text.size > 300) {
        abort();
    }
    (void)format_hint_read_number(hint, text_string(&text), &number, NULL);
    format_syntax_value(&text, &value, &syntax, options);
    text_fini(&text);
}

static struct uvsnmp_value make_value(uint8_t type, const struct bytes *in, const uint32_t *ids, size_t count)
{
    struct uvsnmp_value value = uvsnmp_empty((enum uvsnmp_type)type);
    switch (type) {
    case UVSNMP_OCTET_STRING:
    case UVSNMP_OPAQUE:
    case UVSNMP_NSAPADDRESS:
        value.as.bytes = (struct uvsnmp_bytes){in->at, in->left};
        break;
    case UVSNMP_OBJECT_IDENTIFIER:
        value.as.oid = (struct uvsnmp_oid){ids, count};
        break;
    default:
        memcpy(&value.as, in->at,
               in->left < sizeof(value.as.unsigned64) ? in->left : sizeof(value.as.unsigned64));
    }
    return value;
}

static void print_varbind(struct bytes *in, const struct format_options *options)
{
    uint32_t ids[UVSNMP_OID_MAX] = {1, 3, 6, 1, 4, 1, 99996};
    uint8_t type = take(in), column = take(in), more = take(in);
    size_t count = 7;
    struct text text;
    ids[count++] = column & 1 ? 2 : 1;
    ids[count++] = column >> 1 & 31;
    if (column & 1) {
        ids[count++] = 1;
        ids[count++] = column >> 5 & 7;
    }
    while (more-- > 0 && count < UVSNMP_OID_MAX) {
        ids[count++] = take_id(in);
    }
    struct uvsnmp_varbind varbind = {.name = {ids, count}, .value = make_value(type, in, ids, count)};
    text_init(&text, 0);
    format_varbind(&text, &varbind, options);
    if (text_failed(&text)) {
        abort();
    }
    text_fini(&text);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static struct mib *mib;
    struct format_options options;
    struct bytes in = {data ? data : (const uint8_t *)"", size};
    char *hint = take_line(&in), *letters = take_line(&in);
    if (!mib) {
        mib = print_mib_new();
    }
    if (hint && letters && mib) {
        format_options_init(&options);
        options.mib = mib;
        (void)format_options_parse(&options, letters, NULL);
        options.escape_controls = strchr(letters, '!') != NULL; /* behind the last letter */
        print_hinted(hint, &in, &options);
        print_varbind(&in, &options);
    }
    free(hint);
    free(letters);
    return 0;
}
