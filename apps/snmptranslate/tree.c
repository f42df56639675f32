/* SPDX-License-Identifier: BSD-3-Clause */
/* Names as a tree of lines. */
#include <stdio.h>
#include <string.h>

#include "apps/snmptranslate/snmptranslate.h"

#define INDENT_MAX (UVSNMP_OID_MAX * 3 + 8)

struct tree {
    struct output *out;
    struct text *text; /* its own */
    const struct mib *mib;
    size_t width;
    struct uvsnmp_oid_buf oid; /* of the line being printed */
    char indent[INDENT_MAX];   /* what stands before it: the bars of what goes on further down */
    bool is_tight;             /* the line before was more than a plain name: no bar goes below it */
    unsigned anonymous;        /* nodes without a name so far */
};

/* A line's column of the tree, and what comes below a node of it. */
#define STEP 3

static const char *const type_words[MIB_BASE_COUNT] = {
    [MIB_BASE_INTEGER] = "INTEGER",       [MIB_BASE_INTEGER32] = "Integer32",
    [MIB_BASE_UNSIGNED32] = "Unsigned",   [MIB_BASE_GAUGE32] = "Gauge",
    [MIB_BASE_COUNTER32] = "Counter",     [MIB_BASE_COUNTER64] = "Counter64",
    [MIB_BASE_TIMETICKS] = "TimeTicks",   [MIB_BASE_OCTET_STRING] = "String",
    [MIB_BASE_BITS] = "BitString",        [MIB_BASE_OBJECT_IDENTIFIER] = "ObjID",
    [MIB_BASE_IPADDRESS] = "IpAddr",      [MIB_BASE_NETWORK_ADDRESS] = "NetAddr",
    [MIB_BASE_OPAQUE] = "Opaque",         [MIB_BASE_NULL] = "Null",
    [MIB_BASE_NSAP_ADDRESS] = "NsapAddr", [MIB_BASE_UINTEGER32] = "UInteger",
};

static const char *const access_words[MIB_ACCESS_COUNT] = {
    [MIB_ACCESS_NONE] = "    ",        [MIB_ACCESS_NOT_ACCESSIBLE] = "----", [MIB_ACCESS_NOTIFY] = "---N",
    [MIB_ACCESS_READ_ONLY] = "-R--",   [MIB_ACCESS_READ_WRITE] = "-RW-",     [MIB_ACCESS_WRITE_ONLY] = "--W-",
    [MIB_ACCESS_READ_CREATE] = "CR--",
};

static bool is_leaf(const struct mib_object *object)
{
    return object->syntax.base != MIB_BASE_NONE;
}

/* What a TRAP-TYPE puts below its enterprise, "acme#"; see draft.h. */
bool is_trap_root(const struct mib_object *object)
{
    size_t length = strlen(object->name);
    return length > 0 && object->name[length - 1] == '#';
}

/* Only a name: a bar sets it off from its neighbours. */
static bool is_plain(const struct mib_object *object)
{
    return !is_leaf(object) && !is_trap_root(object) &&
           (object->kind == MIB_KIND_VALUE || object->kind == MIB_KIND_OBJECT_TYPE ||
            object->kind == MIB_KIND_TRAP_TYPE);
}

static void print_index(struct tree *tree, const struct mib_object *object, size_t depth)
{
    char indent[INDENT_MAX + 16];
    struct wrapping line = {tree->text, tree->width, depth * STEP + 13, depth * STEP + 13, indent};
    if (object->part_count == 0 || object->augments) {
        return;
    }
    snprintf(indent, sizeof(indent), "%s  |         ", tree->indent);
    text_append_format(tree->text, "%s  |  Index: ", tree->indent);
    for (size_t i = 0; i < object->part_count; i++) {
        wrap(&line, mib_object_part(object, i).name, i + 1 == object->part_count);
    }
    text_append_char(tree->text, '\n');
}

static void print_details(struct tree *tree, const struct mib_syntax *syntax, size_t depth)
{
    char indent[INDENT_MAX + 20];
    struct wrapping line = {tree->text, tree->width, depth * STEP + 18, depth * STEP + 18, indent};
    snprintf(indent, sizeof(indent), "%s                ", tree->indent);
    if (syntax->type) {
        text_append_format(tree->text, "%s        Textual Convention: %s\n", tree->indent, syntax->type);
    }
    if (syntax->label_count) {
        text_append_format(tree->text, "%s        Values: ", tree->indent);
        wrap_labels(&line, syntax);
        text_append_char(tree->text, '\n');
    }
    if (syntax->range_count) {
        bool is_size = syntax->base == MIB_BASE_OCTET_STRING || syntax->base == MIB_BASE_OPAQUE ||
                       syntax->base == MIB_BASE_BITS;
        text_append_format(tree->text, "%s        %s: ", tree->indent, is_size ? "Size" : "Range");
        append_ranges(tree->text, syntax);
        text_append_char(tree->text, '\n');
    }
}

static void print_leaf(struct tree *tree, const struct mib_object *object)
{
    const struct mib_syntax *syntax = &object->syntax;
    bool is_enumeration = syntax->label_count && syntax->base != MIB_BASE_BITS;
    text_append_format(tree->text, "+-- %s %-9s %s(%u)\n", access_words[object->access],
                       is_enumeration ? "EnumVal" : type_words[syntax->base], object->name,
                       (unsigned)object->id);
}

static void print_node(struct tree *tree, const struct mib_object *object, size_t depth, bool is_last);

static void print_children(struct tree *tree, size_t depth)
{
    struct mib_object child, next;
    size_t column = depth * STEP;
    bool more = mib_next_child(tree->mib, uvsnmp_oid_of(&tree->oid), 0, &child);
    bool has_children = more;
    while (more) {
        char name[24];
        if (!child.name) {
            snprintf(name, sizeof(name), "anonymous#%u", tree->anonymous++);
            child.name = name;
        }
        more = mib_next_child(tree->mib, uvsnmp_oid_of(&tree->oid), (uint64_t)child.id + 1, &next);
        if (!tree->is_tight || is_plain(&child)) {
            text_append_format(tree->text, "%s  |\n", tree->indent);
        }
        memcpy(tree->indent + column + 1, "  ", sizeof("  "));
        uvsnmp_oid_append_id(&tree->oid, child.id);
        print_node(tree, &child, depth + 1, !more);
        tree->oid.count--;
        tree->indent[column + 1] = '\0';
        if (more) {
            child = next;
        }
    }
    tree->is_tight = tree->is_tight && !has_children;
}

/* The line of `object`, in the depth-th column, and those of what is below it. */
static void print_node(struct tree *tree, const struct mib_object *object, size_t depth, bool is_last)
{
    text_append(tree->text, tree->indent);
    if (is_leaf(object)) {
        print_leaf(tree, object);
    } else {
        text_append_format(tree->text, "+--%s(%u)\n", object->name, (unsigned)object->id);
    }
    tree->indent[depth * STEP] = is_last ? ' ' : '|';
    tree->indent[depth * STEP + 1] = '\0';
    print_index(tree, object, depth);
    print_details(tree, &object->syntax, depth);
    tree->is_tight = !is_plain(object);
    output_flow(tree->out);
    print_children(tree, depth);
    tree->indent[depth * STEP] = '\0';
}

bool print_tree(struct output *out, const struct mib *mib, struct uvsnmp_oid oid, size_t width)
{
    struct tree tree = {.out = out, .text = &out->text, .mib = mib, .width = width};
    struct mib_object object;
    size_t used;
    if (!mib_find_oid(mib, oid, &object, &used)) {
        return false;
    }
    uvsnmp_oid_copy(&tree.oid, (struct uvsnmp_oid){oid.ids, used});
    print_node(&tree, &object, 0, true);
    return true;
}
