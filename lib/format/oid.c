/* SPDX-License-Identifier: BSD-3-Clause */
#include "format/oid.h"

static const char *const roots[] = {"ccitt", "iso", "joint-iso-ccitt"};
#define ROOT_COUNT (sizeof(roots) / sizeof(roots[0]))

void format_oid(struct text *text, struct uvsnmp_oid oid, const struct format_options *options)
{
    enum format_oid_style style = options->oid_style;
    size_t i = 0;
    if (style == FORMAT_OID_NONE) {
        return;
    }
    if (style != FORMAT_OID_NUMERIC && oid.count && oid.ids[0] < ROOT_COUNT) {
        if (style == FORMAT_OID_FULL || style == FORMAT_OID_UCD) {
            text_append_char(text, '.');
        }
        text_append(text, roots[oid.ids[0]]);
        i = 1;
    }
    for (; i < oid.count; i++) {
        text_append_char(text, '.');
        text_append_u64(text, oid.ids[i]);
    }
}
