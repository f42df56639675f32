/* SPDX-License-Identifier: BSD-3-Clause */
#include "format/oid.h"

#include <string.h>

#include "format/index.h"

/* What -Ou leaves out before further names. */
static const char *const well_known[] = {
    ".iso.org.dod.internet.mgmt.mib-2.",
    ".iso.org.dod.internet.experimental.",
    ".iso.org.dod.internet.private.",
};

static const uint32_t zero[] = {0}; /* an OID without sub-identifiers is printed as 0 */

void format_oid_find(struct uvsnmp_oid oid, const struct format_options *options, struct format_place *place)
{
    if (oid.count == 0) {
        oid = (struct uvsnmp_oid){zero, 1};
    }
    if (!mib_find_oid(options->mib, oid, &place->object, &place->used)) {
        place->used = 0;
    }
}

void format_ids(struct text *text, struct uvsnmp_oid ids)
{
    for (size_t i = 0; i < ids.count; i++) {
        text_append_char(text, '.');
        text_append_u64(text, ids.ids[i]);
    }
}

/* The names on the way to the place, a dot before each; numbers where there is no name. */
static void append_path(struct text *text, struct uvsnmp_oid oid, const struct format_place *place,
                        const struct format_options *options)
{
    struct mib_object object;
    for (size_t depth = 1; depth < place->used; depth++) {
        if (mib_find_exact(options->mib, (struct uvsnmp_oid){oid.ids, depth}, &object)) {
            text_append_char(text, '.');
            text_append(text, object.name);
        } else {
            format_ids(text, (struct uvsnmp_oid){&oid.ids[depth - 1], 1});
        }
    }
    text_append_char(text, '.');
    text_append(text, place->object.name);
}

/* What lies behind the definition: an instance, if it is below a column of a row. */
static void append_rest(struct text *text, struct uvsnmp_oid oid, const struct format_place *place,
                        const struct format_options *options)
{
    struct uvsnmp_oid rest = {oid.ids + place->used, oid.count - place->used};
    struct mib_object row;
    size_t used;
    if (rest.count == 0) {
        return;
    }
    if (options->numeric_index || !mib_find_row(options->mib, oid, &row, &used)) {
        format_ids(text, rest);
        return;
    }
    if (used == place->used) { /* a column that the MIB does not have */
        format_ids(text, (struct uvsnmp_oid){rest.ids, 1});
        rest.ids++;
        rest.count--;
    }
    format_index(text, rest, &row, options);
}

/* Takes a well-known beginning away from what was appended since the text had `from` octets. */
static void shorten(struct text *text, size_t from)
{
    const char *appended = text_string(text) + from;
    for (size_t i = 0; i < sizeof(well_known) / sizeof(well_known[0]); i++) {
        size_t length = strlen(well_known[i]), left = text->size - from;
        if (left > length && strncmp(appended, well_known[i], length) == 0) {
            memmove(text->data + from, text->data + from + length, left - length);
            text_cut(text, text->size - length);
            return;
        }
    }
}

void format_oid_at(struct text *text, struct uvsnmp_oid oid, const struct format_place *place,
                   const struct format_options *options)
{
    enum format_oid_style style = options->oid_style;
    size_t before = text->size;
    if (oid.count == 0) {
        oid = (struct uvsnmp_oid){zero, 1};
    }
    if (style == FORMAT_OID_NONE) {
        return;
    }
    if (style == FORMAT_OID_NUMERIC || place->used == 0) {
        format_ids(text, oid);
        return;
    }
    if (style == FORMAT_OID_FULL || style == FORMAT_OID_UCD) {
        append_path(text, oid, place, options);
    } else {
        if (style == FORMAT_OID_MODULE && place->object.module) {
            text_append(text, place->object.module);
            text_append(text, "::");
        }
        text_append(text, place->object.name);
    }
    append_rest(text, oid, place, options);
    if (style == FORMAT_OID_UCD) {
        shorten(text, before);
    }
}

void format_oid(struct text *text, struct uvsnmp_oid oid, const struct format_options *options)
{
    struct format_place place = {.used = 0};
    if (options->oid_style != FORMAT_OID_NUMERIC && options->oid_style != FORMAT_OID_NONE) {
        format_oid_find(oid, options, &place);
    }
    format_oid_at(text, oid, &place, options);
}
