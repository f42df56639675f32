/* SPDX-License-Identifier: BSD-3-Clause */
#include "apps/snmptable/columns.h"

#include <ctype.h>
#include <string.h>

#include "format/oid.h"
#include "mib/mib.h"

#define COLUMNS_MAX 65536

/* The next definition that is a child of `parent`, from the one numbered `*from` on, which moves behind it.
 */
static bool next_definition(const struct mib *mib, struct uvsnmp_oid parent, uint64_t *from,
                            struct mib_object *out)
{
    while (mib_next_child(mib, parent, *from, out)) {
        *from = (uint64_t)out->id + 1;
        if (out->name) {
            return true;
        }
    }
    return false;
}

/* A table has one child, its row; of several the last one is taken for it. */
static bool find_row(const struct mib *mib, struct uvsnmp_oid table, struct uvsnmp_oid_buf *out)
{
    struct mib_object object;
    uint64_t from = 0;
    bool found = false;
    while (next_definition(mib, table, &from, &object)) {
        if (uvsnmp_oid_copy(out, table) < 0 || uvsnmp_oid_append_id(out, object.id) < 0) {
            return false;
        }
        found = true;
    }
    return found;
}

/* `oid` is left as it was. As deep as OIDs are long. */
static bool has_objects_below(const struct mib *mib, struct uvsnmp_oid_buf *oid)
{
    struct mib_object object;
    bool found = false;
    for (uint64_t from = 0; !found && mib_next_child(mib, uvsnmp_oid_of(oid), from, &object);
         from = (uint64_t)object.id + 1) {
        found = object.kind == MIB_KIND_OBJECT_TYPE;
        if (!found && uvsnmp_oid_append_id(oid, object.id) == 0) {
            found = has_objects_below(mib, oid);
            oid->count--;
        }
    }
    return found;
}

/* The last name of an OID as it is printed; NULL: it is a number, or there is no memory. */
static const char *last_name(struct app_run *run, struct uvsnmp_oid oid)
{
    struct text text;
    const char *copy = NULL;
    text_init(&text, 0);
    format_oid(&text, oid, &run->options.output);
    const char *printed = text_string(&text), *cut = strrchr(printed, '.');
    cut = cut ? cut : strrchr(printed, ':');
    const char *name = cut ? cut + 1 : printed;
    if (!text_failed(&text) && !isdigit((unsigned char)name[0])) {
        copy = arena_copy(&run->arena, name, strlen(name) + 1);
    }
    text_fini(&text);
    return copy;
}

/* The definitions below a row. 0 where there is more below one of them, as below "iso": that is no table, and
 * what an agent has there may be without end. */
static size_t count_columns(const struct mib *mib, struct uvsnmp_oid_buf *row)
{
    struct mib_object object;
    uint64_t from = 0;
    size_t count = 0;
    while (count < COLUMNS_MAX && next_definition(mib, uvsnmp_oid_of(row), &from, &object)) {
        bool is_deep = uvsnmp_oid_append_id(row, object.id) < 0 || has_objects_below(mib, row);
        if (is_deep) {
            return 0;
        }
        row->count--;
        count++;
    }
    return count;
}

static bool add_column(struct app_run *run, struct columns *columns, struct uvsnmp_oid_buf *row, uint32_t id)
{
    if (uvsnmp_oid_append_id(row, id) < 0) {
        return false;
    }
    const char *label = last_name(run, uvsnmp_oid_of(row));
    const uint32_t *ids = arena_copy(&run->arena, row->ids, row->count * sizeof(row->ids[0]));
    if (label && ids) {
        columns->oids[columns->count] = (struct uvsnmp_oid){ids, row->count};
        columns->labels[columns->count] = label;
        columns->count++;
    }
    row->count--;
    return label && ids;
}

int columns_find(struct app_run *run, struct uvsnmp_oid table, struct columns *out)
{
    const struct mib *mib = run->options.output.mib;
    struct mib_object object;
    struct uvsnmp_oid_buf row;
    uint64_t from = 0;
    memset(out, 0, sizeof(*out));
    if (!find_row(mib, table, &row)) {
        return 0;
    }
    size_t count = count_columns(mib, &row);
    out->oids = arena_array(&run->arena, count + 1, sizeof(out->oids[0]));
    out->labels = arena_array(&run->arena, count + 1, sizeof(out->labels[0]));
    if (!out->oids || !out->labels) {
        return UVSNMP_ENO_MEMORY;
    }
    for (size_t i = 0; i < count && next_definition(mib, uvsnmp_oid_of(&row), &from, &object); i++) {
        if (object.access != MIB_ACCESS_NOT_ACCESSIBLE && !add_column(run, out, &row, object.id)) {
            break;
        }
    }
    return 0;
}

static size_t shared(const char *before, const char *label)
{
    size_t length = 0;
    while (before[length] && before[length] == label[length]) {
        length++;
    }
    return length;
}

void columns_shorten(struct columns *columns)
{
    size_t common = columns->count > 1 ? strlen(columns->labels[0]) : 0;
    for (size_t i = 1; i < columns->count; i++) {
        size_t length = shared(columns->labels[i - 1], columns->labels[i]);
        common = length < common ? length : common;
    }
    for (size_t i = 0; i < columns->count; i++) {
        columns->labels[i] += common;
    }
}
