/* SPDX-License-Identifier: BSD-3-Clause */
/* SMIv2 with empty descriptions; of an import clause the facts know the modules only, so that the symbols are
 * those that the module uses. */
#include <ctype.h>
#include <errno.h>
#include <inttypes.h>
#include <limits.h>
#include <string.h>

#include "mibfacts.h"

struct module {
    FILE *out;
    const struct mib_draft *draft, *all;
};

static const struct mib_draft *find_draft(const struct mib_draft *all, const char *name)
{
    while (all && strcmp(all->name, name) != 0) {
        all = all->next;
    }
    return all;
}

/* ---- imports ---- */

static bool defines(const struct mib_draft *draft, const char *name)
{
    for (const struct mib_node_draft *node = draft->nodes; node; node = node->next) {
        if (strcmp(node->name, name) == 0) {
            return true;
        }
    }
    for (const struct mib_type_draft *type = draft->types; type; type = type->next) {
        if (strcmp(type->name, name) == 0) {
            return true;
        }
    }
    return false;
}

static bool uses_in_objects(const struct mib_node_draft *node, const char *name)
{
    for (const struct mib_index_draft *part = node->index; part; part = part->next) {
        if (strcmp(part->name, name) == 0) {
            return true;
        }
    }
    for (const struct mib_name_draft *object = node->objects; object; object = object->next) {
        if (strcmp(object->name, name) == 0) {
            return true;
        }
    }
    return node->augments && strcmp(node->augments, name) == 0;
}

static bool uses(const struct mib_draft *draft, const char *name)
{
    for (const struct mib_node_draft *node = draft->nodes; node; node = node->next) {
        const struct mib_step *first = node->steps;
        if ((first && first->name && strcmp(first->name, name) == 0) || uses_in_objects(node, name) ||
            (node->syntax.name && strcmp(node->syntax.name, name) == 0)) {
            return true;
        }
    }
    for (const struct mib_type_draft *type = draft->types; type; type = type->next) {
        if (type->syntax.name && strcmp(type->syntax.name, name) == 0) {
            return true;
        }
    }
    return false;
}

/* Does a module that is imported before `until` define it? */
static bool is_taken(const struct module *module, const struct mib_import *until, const char *name)
{
    for (const struct mib_import *import = module->draft->imports; import != until; import = import->next) {
        const struct mib_draft *draft = find_draft(module->all, import->module);
        if (draft && defines(draft, name)) {
            return true;
        }
    }
    return defines(module->draft, name);
}

static void write_symbol(const struct module *module, unsigned *count, const char *name)
{
    fprintf(module->out, "%s%s", (*count)++ > 0 ? ", " : "    ", name);
}

/* A module that nothing is taken from is named all the same: an import makes it visible. */
static void write_import(const struct module *module, const struct mib_import *import)
{
    const struct mib_draft *from = find_draft(module->all, import->module);
    unsigned count = 0;
    for (const struct mib_node_draft *node = from ? from->nodes : NULL; node; node = node->next) {
        if (uses(module->draft, node->name) && !is_taken(module, import, node->name)) {
            write_symbol(module, &count, node->name);
        }
    }
    for (const struct mib_type_draft *type = from ? from->types : NULL; type; type = type->next) {
        if (uses(module->draft, type->name) && !is_taken(module, import, type->name)) {
            write_symbol(module, &count, type->name);
        }
    }
    if (count == 0) {
        write_symbol(module, &count,
                     from && from->nodes   ? from->nodes->name
                     : from && from->types ? from->types->name
                                           : "OBJECT-TYPE");
    }
    fprintf(module->out, " FROM %s\n", import->module);
}

/* ---- definitions ---- */

static void write_quoted(FILE *out, const char *text)
{
    fputc('"', out);
    for (; *text; text++) {
        fputc(*text == '"' ? '\'' : *text, out);
    }
    fputc('"', out);
}

static bool is_string(const struct mib_type_use *use)
{
    return use->base == MIB_BASE_OCTET_STRING || use->base == MIB_BASE_OPAQUE;
}

/* Sizes stand in SIZE(…); of a named type only its definition tells which of the two its numbers are. */
static bool has_sizes(const struct module *module, const struct mib_type_use *use)
{
    for (int depth = 0; use && use->base == MIB_BASE_NONE && use->name && depth < 64; depth++) {
        const struct mib_type_use *next = NULL;
        for (const struct mib_draft *draft = module->all; draft; draft = draft->next) {
            for (const struct mib_type_draft *type = draft->types; type; type = type->next) {
                if (strcmp(type->name, use->name) == 0 && (!next || draft == module->draft)) {
                    next = &type->syntax;
                }
            }
        }
        use = next;
    }
    return use && is_string(use);
}

static void write_syntax(const struct module *module, const struct mib_type_use *use)
{
    FILE *out = module->out;
    bool is_sized = use->ranges && has_sizes(module, use);
    const char *separator = "";
    fprintf(out, "%s",
            use->base != MIB_BASE_NONE ? mib_base_word(use->base)
            : use->name                ? use->name
                                       : "NULL");
    if (use->ranges) {
        fprintf(out, is_sized ? " (SIZE(" : " (");
        for (const struct mib_range_draft *range = use->ranges; range; range = range->next) {
            fprintf(out, "%s%" PRId64, separator, range->low);
            if (range->high != range->low) {
                fprintf(out, "..%" PRId64, range->high);
            }
            separator = "|";
        }
        fprintf(out, is_sized ? "))" : ")");
    }
    separator = " {";
    for (const struct mib_label_draft *label = use->labels; label; label = label->next) {
        fprintf(out, "%s%s(%" PRId64 ")", separator, label->name, label->value);
        separator = ", ";
    }
    fprintf(out, "%s\n", use->labels ? "}" : "");
}

static void write_type(const struct module *module, const struct mib_type_draft *type)
{
    fprintf(module->out, "%s ::= ", type->name);
    if (type->is_convention) {
        fprintf(module->out, "TEXTUAL-CONVENTION\n");
        if (type->hint) {
            fprintf(module->out, "    DISPLAY-HINT ");
            write_quoted(module->out, type->hint);
            fputc('\n', module->out);
        }
        fprintf(module->out, "    STATUS %s\n    DESCRIPTION \"\"\n    SYNTAX ",
                mib_status_word(type->status));
    }
    write_syntax(module, &type->syntax);
}

static void write_names(FILE *out, const char *clause, const struct mib_name_draft *name)
{
    for (const char *separator = ""; name; name = name->next, separator = ", ") {
        fprintf(out, "%s%s", *separator ? separator : clause, name->name);
    }
}

/* The type of a row: its name with a capital letter. */
static void write_row_type(FILE *out, const char *row)
{
    fprintf(out, "%c%s", toupper((unsigned char)*row), row + 1);
}

static bool is_child(const struct mib_node_draft *node, const char *parent)
{
    return node->steps && node->steps->name && strcmp(node->steps->name, parent) == 0 &&
           node->kind == MIB_KIND_OBJECT_TYPE;
}

static bool is_row(const struct mib_node_draft *node)
{
    return node->kind == MIB_KIND_OBJECT_TYPE && node->syntax.base == MIB_BASE_NONE && !node->syntax.name &&
           !node->syntax.is_sequence_of;
}

static void write_object_syntax(const struct module *module, const struct mib_node_draft *node)
{
    FILE *out = module->out;
    fprintf(out, "    SYNTAX ");
    if (node->syntax.is_sequence_of) {
        const struct mib_node_draft *row = module->draft->nodes;
        while (row && !(is_child(row, node->name) && is_row(row))) {
            row = row->next;
        }
        fprintf(out, "SEQUENCE OF ");
        write_row_type(out, row ? row->name : node->name);
        fputc('\n', out);
    } else if (is_row(node)) {
        write_row_type(out, node->name);
        fputc('\n', out);
    } else {
        write_syntax(module, &node->syntax);
    }
}

/* A quotation mark comes as \" from MIB files. */
static void write_default(FILE *out, const char *value)
{
    if (value) {
        fprintf(out, "    DEFVAL { ");
        for (; *value; value++) {
            if (value[0] != '\\' || value[1] != '"') {
                fputc(*value, out);
            }
        }
        fprintf(out, " }\n");
    }
}

static void write_object(const struct module *module, const struct mib_node_draft *node)
{
    FILE *out = module->out;
    write_object_syntax(module, node);
    if (node->units) {
        fprintf(out, "    UNITS ");
        write_quoted(out, node->units);
        fputc('\n', out);
    }
    fprintf(out, "    MAX-ACCESS %s\n    STATUS %s\n    DESCRIPTION \"\"\n", mib_access_word(node->access),
            mib_status_word(node->status));
    if (node->augments) {
        fprintf(out, "    AUGMENTS { %s }\n", node->augments);
    }
    for (const struct mib_index_draft *part = node->index; part; part = part->next) {
        fprintf(out, "%s%s%s%s", part == node->index ? "    INDEX { " : ", ",
                part->is_implied ? "IMPLIED " : "", part->name, part->next ? "" : " }\n");
    }
    write_default(out, node->default_value);
}

static void write_row_columns(const struct module *module, const struct mib_node_draft *row)
{
    const char *separator = "";
    write_row_type(module->out, row->name);
    fprintf(module->out, " ::= SEQUENCE {");
    for (const struct mib_node_draft *node = module->draft->nodes; node; node = node->next) {
        if (is_child(node, row->name)) {
            const struct mib_type_use *use = &node->syntax;
            fprintf(module->out, "%s\n    %s %s", separator, node->name,
                    use->base != MIB_BASE_NONE ? mib_base_word(use->base)
                    : use->name                ? use->name
                                               : "NULL");
            separator = ",";
        }
    }
    fprintf(module->out, "\n}\n");
}

static void write_clauses(const struct module *module, const struct mib_node_draft *node)
{
    FILE *out = module->out;
    switch (node->kind) {
    case MIB_KIND_VALUE:
    case MIB_KIND_COUNT:
        return;
    case MIB_KIND_MODULE_IDENTITY:
        fprintf(out, "    LAST-UPDATED \"200001010000Z\"\n    ORGANIZATION \"\"\n    CONTACT-INFO \"\"\n"
                     "    DESCRIPTION \"\"\n");
        return;
    case MIB_KIND_OBJECT_TYPE:
        write_object(module, node);
        return;
    case MIB_KIND_NOTIFICATION_TYPE:
    case MIB_KIND_TRAP_TYPE:
        write_names(out, "    OBJECTS { ", node->objects);
        fprintf(out, node->objects ? " }\n" : "");
        break;
    case MIB_KIND_MODULE_COMPLIANCE:
        fprintf(out, "    STATUS %s\n    DESCRIPTION \"\"\n    MODULE\n", mib_status_word(node->status));
        return;
    case MIB_KIND_AGENT_CAPABILITIES:
        fprintf(out, "    PRODUCT-RELEASE \"\"\n");
        break;
    case MIB_KIND_OBJECT_GROUP:
    case MIB_KIND_NOTIFICATION_GROUP:
    case MIB_KIND_OBJECT_IDENTITY:
        break;
    }
    fprintf(out, "    STATUS %s\n    DESCRIPTION \"\"\n",
            mib_status_word(node->status == MIB_STATUS_NONE ? MIB_STATUS_CURRENT : node->status));
}

static void write_node(const struct module *module, const struct mib_node_draft *node)
{
    FILE *out = module->out;
    enum mib_kind kind = node->kind == MIB_KIND_TRAP_TYPE ? MIB_KIND_NOTIFICATION_TYPE : node->kind;
    fprintf(out, "\n%s %s\n", node->name, mib_kind_word(kind));
    write_clauses(module, node);
    fprintf(out, "    ::= {");
    for (const struct mib_step *step = node->steps; step; step = step->next) {
        if (step->name && step->has_number && !strchr(step->name, '#')) { /* "acme#" is no name of SMI */
            fprintf(out, " %s(%" PRIu32 ")", step->name, step->number);
        } else if (step->name && !step->has_number) {
            fprintf(out, " %s", step->name);
        } else {
            fprintf(out, " %" PRIu32, step->number);
        }
    }
    fprintf(out, " }\n");
    if (is_row(node)) {
        write_row_columns(module, node);
    }
}

static void write_module(const struct module *module)
{
    fprintf(module->out, "%s DEFINITIONS ::= BEGIN\n", module->draft->name);
    if (module->draft->imports) {
        fprintf(module->out, "IMPORTS\n");
        for (const struct mib_import *import = module->draft->imports; import; import = import->next) {
            write_import(module, import);
        }
        fprintf(module->out, "    ;\n");
    }
    for (const struct mib_type_draft *type = module->draft->types; type; type = type->next) {
        fputc('\n', module->out);
        write_type(module, type);
    }
    for (const struct mib_node_draft *node = module->draft->nodes; node; node = node->next) {
        write_node(module, node);
    }
    fprintf(module->out, "END\n");
}

bool write_smi(const char *directory, const struct mib_draft *drafts)
{
    for (const struct mib_draft *draft = drafts; draft; draft = draft->next) {
        struct module module = {.draft = draft, .all = drafts};
        char path[PATH_MAX];
        int length = snprintf(path, sizeof(path), "%s/%s.txt", directory, draft->name);
        bool is_written;
        module.out = length > 0 && (size_t)length < sizeof(path) ? fopen(path, "we") : NULL;
        if (module.out) {
            write_module(&module);
        }
        is_written = module.out && !ferror(module.out);
        if (!module.out || fclose(module.out) != 0 || !is_written) {
            fprintf(stderr, "mibfacts: %s: %s\n", path, strerror(errno));
            return false;
        }
    }
    return true;
}
