/* SPDX-License-Identifier: BSD-3-Clause */
/* One definition, as a MIB file has it. */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "apps/snmptranslate/snmptranslate.h"

#define LIST_START 18   /* the column behind "  INDEX\t\t{ " */
#define LABELS_START 16 /* behind "  SYNTAX\t" */
#define PATH_START 7    /* where Net-SNMP takes "::= {" to end */

/* Net-SNMP has no word for some kinds, and gives a trap's to the node above it. */
static const char *kind_word(const struct mib_object *object)
{
    switch (object->kind) {
    case MIB_KIND_VALUE:
        return mib_kind_word(is_trap_root(object) ? MIB_KIND_TRAP_TYPE : MIB_KIND_OBJECT_TYPE);
    case MIB_KIND_TRAP_TYPE:
        return mib_kind_word(MIB_KIND_OBJECT_TYPE);
    case MIB_KIND_NOTIFICATION_GROUP:
        return "type_23";
    default:
        return mib_kind_word(object->kind);
    }
}

/* The next one of the modules that define an OID, in the order in which they were loaded. */
struct next_module {
    size_t after, rank;
    const char *name; /* NULL: none yet */
};

static void try_module(const struct mib_object *object, size_t rank, void *arg)
{
    struct next_module *next = arg;
    if (object->module && rank > next->after && (!next->name || rank < next->rank)) {
        next->name = object->module;
        next->rank = rank;
    }
}

static void describe_modules(struct text *text, const struct mib *mib, struct uvsnmp_oid oid)
{
    struct next_module next = {0};
    const char *between = "  -- FROM\t";
    do {
        next = (struct next_module){.after = next.rank};
        mib_visit_definitions(mib, oid, try_module, &next);
        if (next.name) {
            text_append(text, between);
            text_append(text, next.name);
            between = ", ";
        }
    } while (next.name);
    text_append(text,
                between[0] == ',' ? "\n" : "  -- FROM\t#-1\n"); /* Net-SNMP's word for a root's module */
}

static void describe_syntax(struct text *text, const struct mib_syntax *syntax, size_t width)
{
    const char *word = mib_base_word(syntax->base);
    if (syntax->type) {
        text_append_format(text, "  -- TEXTUAL CONVENTION %s\n", syntax->type);
    }
    if (syntax->base != MIB_BASE_NONE) {
        text_append_format(text, "  SYNTAX\t%s", word);
        if (syntax->label_count) {
            struct wrapping line = {text, width, LABELS_START + strlen(word) + strlen(" {"), LIST_START,
                                    "\t\t  "};
            text_append(text, " {");
            wrap_labels(&line, syntax);
            text_append(text, "} ");
        }
        if (syntax->range_count) {
            text_append(text, " (");
            append_ranges(text, syntax);
            text_append(text, ") ");
        }
        text_append_char(text, '\n');
    }
    if (syntax->hint) {
        text_append_format(text, "  DISPLAY-HINT\t\"%s\"\n", syntax->hint);
    }
}

static void describe_index(struct text *text, const struct mib_object *object, size_t width)
{
    struct wrapping line = {text, width, LIST_START, LIST_START, "\t\t  "};
    char item[256];
    if (object->augments) {
        text_append_format(text, "  AUGMENTS\t{ %s }\n", object->augments);
        return;
    }
    if (object->part_count == 0) {
        return;
    }
    text_append(text, "  INDEX\t\t{ ");
    for (size_t i = 0; i < object->part_count; i++) {
        struct mib_part part = mib_object_part(object, i);
        snprintf(item, sizeof(item), "%s%s", part.is_implied ? "IMPLIED " : "", part.name);
        wrap(&line, item, i + 1 == object->part_count);
    }
    text_append(text, " }\n");
}

static void describe_objects(struct text *text, const struct mib_object *object, size_t width)
{
    struct wrapping line = {text, width, LIST_START, LIST_START, "\t\t  "};
    bool is_notification = object->kind == MIB_KIND_NOTIFICATION_TYPE || object->kind == MIB_KIND_TRAP_TYPE;
    if (!is_notification || object->object_count == 0) {
        return;
    }
    text_append(text, "  OBJECTS\t{ ");
    for (size_t i = 0; i < object->object_count; i++) {
        wrap(&line, mib_object_name(object, i), i + 1 == object->object_count);
    }
    text_append(text, " }\n");
}

/* "::= { iso(1) org(3) … 2 }": the last step has no name. */
static void describe_path(struct text *text, const struct mib *mib, struct uvsnmp_oid oid, size_t width)
{
    size_t column = PATH_START;
    text_append(text, "::= {");
    for (size_t i = 0; i < oid.count; i++) {
        struct mib_object object;
        bool is_last = i + 1 == oid.count;
        bool is_named = !is_last && mib_find_exact(mib, (struct uvsnmp_oid){oid.ids, i + 1}, &object);
        char item[256];
        snprintf(item, sizeof(item), is_named ? "%s(%" PRIu32 ")" : "%s%" PRIu32, is_named ? object.name : "",
                 oid.ids[i]);
        size_t room = strlen(item) + (is_last ? strlen("  }") : strlen(" "));
        bool fits = column + room <= width;
        text_append_format(text, fits ? " %s" : "\n      %s", item);
        column = (fits ? column : PATH_START) + room;
    }
    text_append(text, " }\n");
}

void describe(struct text *text, const struct mib *mib, struct uvsnmp_oid oid, size_t width)
{
    struct mib_object object;
    size_t used;
    if (!mib_find_oid(mib, oid, &object, &used)) {
        text_append(text, " [TRUNCATED]\n");
        return;
    }
    bool is_object = object.kind == MIB_KIND_OBJECT_TYPE;
    text_append_format(text, "%s %s\n", object.name, kind_word(&object));
    describe_modules(text, mib, (struct uvsnmp_oid){oid.ids, used});
    describe_syntax(text, &object.syntax, width);
    if (object.units) {
        text_append_format(text, "  UNITS\t\t\"%s\"\n", object.units);
    }
    if (is_object && object.access != MIB_ACCESS_NONE) {
        text_append_format(text, "  MAX-ACCESS\t%s\n", mib_access_word(object.access));
    }
    if (is_object && object.status != MIB_STATUS_NONE) {
        text_append_format(text, "  STATUS\t%s\n", mib_status_word(object.status));
    }
    describe_index(text, &object, width);
    describe_objects(text, &object, width);
    if (object.description) {
        text_append_format(text, "  DESCRIPTION\t\"%s\"\n", object.description);
    }
    if (object.default_value) {
        text_append_format(text, "  DEFVAL\t{ %s }\n", object.default_value);
    }
    describe_path(text, mib, oid, width);
}
