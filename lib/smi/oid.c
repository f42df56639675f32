/* SPDX-License-Identifier: BSD-3-Clause */
#include <uvsnmp/oid.h>

#include <string.h>

#include "base/err.h"
#include "base/text.h"

int uvsnmp_oid_compare(struct uvsnmp_oid a, struct uvsnmp_oid b)
{
    size_t common = a.count < b.count ? a.count : b.count;
    for (size_t i = 0; i < common; i++) {
        if (a.ids[i] != b.ids[i]) {
            return a.ids[i] < b.ids[i] ? -1 : 1;
        }
    }
    return a.count < b.count ? -1 : a.count > b.count;
}

bool uvsnmp_oid_has_prefix(struct uvsnmp_oid oid, struct uvsnmp_oid prefix)
{
    if (oid.count < prefix.count) {
        return false;
    }
    /* the last sub-identifiers are where names of one agent differ */
    for (size_t i = prefix.count; i > 0; i--) {
        if (oid.ids[i - 1] != prefix.ids[i - 1]) {
            return false;
        }
    }
    return true;
}

int uvsnmp_oid_copy(struct uvsnmp_oid_buf *to, struct uvsnmp_oid oid)
{
    to->count = 0;
    return uvsnmp_oid_append(to, oid);
}

int uvsnmp_oid_append(struct uvsnmp_oid_buf *buf, struct uvsnmp_oid tail)
{
    if (tail.count > UVSNMP_OID_MAX - buf->count) {
        return UVSNMP_ETOO_LONG;
    }
    if (tail.count > 0) {
        memmove(buf->ids + buf->count, tail.ids, tail.count * sizeof(tail.ids[0]));
        buf->count += tail.count;
    }
    return 0;
}

int uvsnmp_oid_append_id(struct uvsnmp_oid_buf *buf, uint32_t id)
{
    struct uvsnmp_oid tail = {&id, 1};
    return uvsnmp_oid_append(buf, tail);
}

/* Decimal digits up to 2^32-1 at *text, which moves behind them. */
static bool parse_id(const char **text, uint32_t *id)
{
    uint64_t number = 0;
    const char *at = *text;
    while (*at >= '0' && *at <= '9' && number <= UINT32_MAX) {
        number = number * 10 + (uint64_t)(*at++ - '0');
    }
    if (at == *text || number > UINT32_MAX) {
        return false;
    }
    *text = at;
    *id = (uint32_t)number;
    return true;
}

int uvsnmp_oid_parse(const char *text, struct uvsnmp_oid_buf *out, struct uvsnmp_error *err)
{
    const char *at = text;
    uint32_t id;
    out->count = 0;
    at += *at == '.' ? 1 : 0;
    if (strncmp(at, "iso", 3) == 0 && (at[3] == '.' || at[3] == '\0')) {
        out->ids[out->count++] = 1;
        at += 3;
        if (*at == '\0') {
            return 0;
        }
        at++;
    }
    for (;;) {
        if (!parse_id(&at, &id) || (*at != '.' && *at != '\0')) {
            out->count = 0;
            return err_set(err, UVSNMP_EBAD_OID, "\"%.80s\" is not an object identifier", text);
        }
        if (uvsnmp_oid_append_id(out, id) < 0) {
            out->count = 0;
            return err_set(err, UVSNMP_ETOO_LONG, "object identifier of more than %d sub-identifiers",
                           UVSNMP_OID_MAX);
        }
        if (*at == '\0') {
            return 0;
        }
        at++;
    }
}

int uvsnmp_oid_format(struct uvsnmp_oid oid, char *text, size_t size)
{
    struct text builder;
    if (size == 0) {
        return UVSNMP_ETOO_LONG;
    }
    text_init_fixed(&builder, text, size);
    for (size_t i = 0; i < oid.count; i++) {
        text_append_char(&builder, '.');
        text_append_u64(&builder, oid.ids[i]);
    }
    if (text_failed(&builder)) {
        text[0] = '\0';
        return UVSNMP_ETOO_LONG;
    }
    return (int)builder.size;
}
