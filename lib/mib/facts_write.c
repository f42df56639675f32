/* SPDX-License-Identifier: BSD-3-Clause */
/* The form of the lines is described in facts_read.c. */
#include <stdlib.h>
#include <string.h>

#include <uvsnmp/oid.h>

#include "mib/facts.h"
#include "mib/facts_words.h"

/* A node as one of its parent's children. */
struct child {
    const char *parent; /* of a single number below a name; else "" */
    uint32_t number;
    size_t order; /* in the source */
    const struct mib_node_draft *node;
    bool is_written;
};

struct writer {
    struct text *text;
    struct child *children; /* sorted by parent, number and order */
    size_t count;
};

/* ---- pieces of a line ---- */

static void write_quoted(struct text *text, const char *string)
{
    text_append_char(text, '"');
    for (; *string; string++) {
        if (*string == '\n') {
            text_append(text, "\\n");
            continue;
        }
        if (*string == '"' || *string == '\\') {
            text_append_char(text, '\\');
        }
        text_append_char(text, *string);
    }
    text_append_char(text, '"');
}

/* With a sign before it; bare where the reader takes it so. */
static void write_clause(struct text *text, const char *sign, const char *string)
{
    if (!string) {
        return;
    }
    text_append(text, sign);
    if (*string == '\0' || strpbrk(string, " \"\n")) {
        write_quoted(text, string);
    } else {
        text_append(text, string);
    }
}

static void write_status(struct text *text, enum mib_status status, enum mib_status usual)
{
    if (status != usual) {
        text_append(text, " !");
        text_append(text, mib_facts_status_word(status));
    }
}

static void write_syntax(struct text *text, const struct mib_type_use *use)
{
    const char *separator = "(";
    if (use->is_sequence_of) {
        text_append(text, "table");
        return;
    }
    text_append(text, use->base != MIB_BASE_NONE ? mib_facts_base_word(use->base)
                      : use->name                ? use->name
                                                 : "row");
    for (const struct mib_range_draft *range = use->ranges; range; range = range->next) {
        text_append(text, separator);
        text_append_i64(text, range->low);
        if (range->high != range->low) {
            text_append(text, "..");
            text_append_i64(text, range->high);
        }
        separator = "|";
    }
    text_append(text, use->ranges ? ")" : "");
    separator = "{";
    for (const struct mib_label_draft *label = use->labels; label; label = label->next) {
        text_append(text, separator);
        text_append(text, label->name);
        text_append_char(text, ' ');
        text_append_i64(text, label->value);
        separator = " ";
    }
    text_append(text, use->labels ? "}" : "");
}

static void write_index(struct text *text, const struct mib_node_draft *node)
{
    const char *separator = " [";
    if (node->augments) {
        text_append(text, " [+");
        text_append(text, node->augments);
        text_append_char(text, ']');
    }
    for (const struct mib_index_draft *part = node->index; part; part = part->next) {
        text_append(text, separator);
        text_append(text, part->is_implied ? "!" : "");
        text_append(text, part->name);
        separator = " ";
    }
    text_append(text, node->index ? "]" : "");
}

static void write_objects(struct text *text, const struct mib_name_draft *object)
{
    const char *separator = " (";
    for (; object; object = object->next) {
        text_append(text, separator);
        text_append(text, object->name);
        separator = " ";
    }
    text_append(text, ")");
}

static bool is_notification(enum mib_kind kind)
{
    return kind == MIB_KIND_NOTIFICATION_TYPE || kind == MIB_KIND_TRAP_TYPE;
}

/* Rows and tables of the usual access need no words for access and syntax. */
static void write_object_kind(struct text *text, const struct mib_node_draft *node)
{
    bool is_usual = node->access == MIB_ACCESS_NOT_ACCESSIBLE;
    bool has_index = node->index || node->augments;
    if (is_usual && node->syntax.is_sequence_of) {
        text_append(text, " table");
    } else if (!(is_usual && has_index)) {
        text_append_char(text, ' ');
        text_append_char(text, mib_facts_access_letter(node->access));
        text_append_char(text, ' ');
        write_syntax(text, &node->syntax);
    }
}

static void write_what(struct text *text, const struct mib_node_draft *node)
{
    const char *word = mib_facts_kind_word(node->kind);
    if (node->kind == MIB_KIND_OBJECT_TYPE) {
        write_object_kind(text, node);
    } else if (word && !(node->kind == MIB_KIND_NOTIFICATION_TYPE && node->objects)) {
        text_append_char(text, ' ');
        text_append(text, word);
    }
    write_index(text, node);
    if (is_notification(node->kind) && node->objects) {
        write_objects(text, node->objects);
    }
    write_clause(text, " /", node->units);
    write_clause(text, " =", node->default_value);
    write_status(text, node->status, mib_facts_default_status(node->kind));
}

/* ---- the tree ---- */

static int compare_children(const void *a, const void *b)
{
    const struct child *left = a, *right = b;
    int order = strcmp(left->parent, right->parent);
    if (order == 0) {
        order = (left->number > right->number) - (left->number < right->number);
    }
    return order != 0 ? order : (left->order > right->order) - (left->order < right->order);
}

static void write_steps(struct text *text, const struct mib_step *step)
{
    for (const char *separator = ""; step; step = step->next, separator = ".") {
        text_append(text, separator);
        text_append(text, step->name ? step->name : "");
        if (step->has_number) {
            text_append(text, step->name ? "(" : "");
            text_append_u64(text, step->number);
            text_append(text, step->name ? ")" : "");
        }
    }
}

static void write_node(struct writer *to, struct child *child, size_t level);

/* The first of the sorted children of `name`. */
static size_t first_child(const struct writer *to, const char *name)
{
    size_t low = 0, high = to->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (strcmp(to->children[middle].parent, name) < 0) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low;
}

static void write_children(struct writer *to, const char *name, size_t level)
{
    for (size_t i = first_child(to, name); i < to->count && strcmp(to->children[i].parent, name) == 0; i++) {
        write_node(to, &to->children[i], level);
    }
}

/* Deeper than the reader goes a node begins a new line of level 0. */
static void write_node(struct writer *to, struct child *child, size_t level)
{
    if (child->is_written || level >= UVSNMP_OID_MAX) {
        return;
    }
    child->is_written = true;
    for (size_t i = 0; i < level; i++) {
        text_append_char(to->text, ' ');
    }
    if (level > 0) {
        text_append_u64(to->text, child->number);
    } else {
        write_steps(to->text, child->node->steps);
    }
    text_append_char(to->text, ' ');
    text_append(to->text, child->node->name);
    write_what(to->text, child->node);
    text_append_char(to->text, '\n');
    write_children(to, child->node->name, level + 1);
}

/* Does the draft itself define the name? Then its children stand below it. */
static bool has_parent_here(const struct writer *to, const struct child *child, const char *const *names)
{
    size_t low = 0, high = to->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        int order = strcmp(names[middle], child->parent);
        if (order == 0) {
            return true;
        }
        if (order < 0) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return false;
}

static int compare_names(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static int compare_order(const void *a, const void *b)
{
    size_t left = (*(struct child *const *)a)->order, right = (*(struct child *const *)b)->order;
    return (left > right) - (left < right);
}

/* First what hangs on other modules, in the order of the source; then what a circle has kept from it. */
static void write_nodes(struct writer *to, const char *const *names, struct child **in_order)
{
    for (size_t i = 0; i < to->count; i++) {
        if (!has_parent_here(to, in_order[i], names)) {
            write_node(to, in_order[i], 0);
        }
    }
    for (size_t i = 0; i < to->count; i++) {
        write_node(to, in_order[i], 0);
    }
}

static void fill(struct writer *to, const struct mib_node_draft *node, const char **names,
                 struct child **in_order)
{
    for (size_t i = 0; i < to->count; i++, node = node->next) {
        const struct mib_step *first = node->steps, *second = first ? first->next : NULL;
        bool is_simple =
            first && first->name && !first->has_number && second && !second->name && !second->next;
        to->children[i] =
            (struct child){is_simple ? first->name : "", is_simple ? second->number : 0, i, node, false};
        names[i] = node->name;
    }
    qsort(to->children, to->count, sizeof(*to->children), compare_children);
    qsort(names, to->count, sizeof(*names), compare_names);
    for (size_t i = 0; i < to->count; i++) {
        in_order[i] = &to->children[i];
    }
    qsort(in_order, to->count, sizeof(struct child *), compare_order);
}

static void write_tree(struct text *text, const struct mib_draft *draft)
{
    struct writer to = {.text = text};
    const char **names;
    struct child **in_order;
    for (const struct mib_node_draft *node = draft->nodes; node; node = node->next) {
        to.count++;
    }
    if (to.count == 0) {
        return;
    }
    to.children = calloc(to.count, sizeof(*to.children));
    names = calloc(to.count, sizeof(*names));
    in_order = calloc(to.count, sizeof(struct child *));
    if (to.children && names && in_order) {
        fill(&to, draft->nodes, names, in_order);
        write_nodes(&to, names, in_order);
    } else {
        text->failed = true;
    }
    free(in_order);
    free(names);
    free(to.children);
}

/* ---- a module ---- */

/* Is it named by an earlier import already? */
static bool is_repeated(const struct mib_import *first, const struct mib_import *import)
{
    while (first != import && !(first->module && strcmp(first->module, import->module) == 0)) {
        first = first->next;
    }
    return first != import;
}

void mib_facts_write(struct text *text, const struct mib_draft *draft)
{
    const char *separator = " : ";
    text_append(text, "module ");
    text_append(text, draft->name);
    for (const struct mib_import *import = draft->imports; import; import = import->next) {
        if (import->module && !is_repeated(draft->imports, import)) {
            text_append(text, separator);
            text_append(text, import->module);
            separator = " ";
        }
    }
    text_append_char(text, '\n');
    for (const struct mib_type_draft *type = draft->types; type; type = type->next) {
        if (type->is_sequence) {
            continue;
        }
        text_append(text, type->is_convention ? "convention " : "type ");
        text_append(text, type->name);
        text_append_char(text, ' ');
        write_syntax(text, &type->syntax);
        if (type->hint) {
            text_append_char(text, ' ');
            write_quoted(text, type->hint);
        }
        write_status(text, type->status, type->is_convention ? MIB_STATUS_CURRENT : MIB_STATUS_NONE);
        text_append_char(text, '\n');
    }
    write_tree(text, draft);
}
