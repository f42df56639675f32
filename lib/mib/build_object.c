/* SPDX-License-Identifier: BSD-3-Clause */
/* What OBJECT-TYPEs say besides their values: SYNTAX, INDEX and AUGMENTS. */
#include <string.h>

#include "mib/build_impl.h"

/* ---- SYNTAX ---- */

/* Is the SYNTAX that of a row, "X ::= SEQUENCE { … }"? */
static bool is_row_type(struct build *build, const struct build_node *node)
{
    const struct mib_type_use *use = &node->draft->syntax;
    uint32_t name = use->base == MIB_BASE_NONE && use->name ? build_name(build, use->name) : BUILD_NONE;
    uint32_t type = name != BUILD_NONE ? build_own_type(build, node->module, name) : BUILD_NONE;
    return type != BUILD_NONE && build_type_at(build, type)->draft->is_sequence;
}

void build_resolve_syntaxes(struct build *build)
{
    for (uint32_t i = 1; i < build->nodes.records.count && build->rc == 0; i++) {
        struct build_node *node = build_node_at(build, i);
        const struct mib_node_draft *draft = node->draft;
        if (node->end || draft->kind != MIB_KIND_OBJECT_TYPE) {
            continue;
        }
        if (draft->syntax.is_sequence_of) {
            node->flags = MIB_NODE_TABLE;
        } else if (draft->index || draft->augments || is_row_type(build, node)) {
            node->flags = MIB_NODE_ROW;
        } else {
            node->syntax = build_syntax_of(build, node->module, &draft->syntax, draft->line);
        }
    }
}

/* ---- INDEX ---- */

/* A component that is no object is a type: RFC 1212 §4.1.6 allows "INDEX { INTEGER }". */
static uint32_t part_syntax(struct build *build, const struct build_node *row,
                            const struct mib_index_draft *index)
{
    struct mib_type_use use = {.name = index->name};
    struct build_found_node found;
    enum mib_base base = mib_base_of_word(index->name);
    if (base == MIB_BASE_NONE && build_find_node(build, row->module, index->name, &found)) {
        return found.is_known ? build_copy_syntax(build, &found.object.syntax)
                              : build_node_at(build, found.node)->syntax;
    }
    return build_syntax_of(build, row->module, &use, row->draft->line);
}

static void put_index(struct build *build, struct build_node *row)
{
    row->parts = (uint32_t)build->parts.count;
    for (const struct mib_index_draft *index = row->draft->index; index && row->part_count < UINT16_MAX;
         index = index->next) {
        uint32_t syntax = part_syntax(build, row, index);
        struct mib_part_record *part = build_append(build, &build->parts, 1, sizeof(*part));
        if (!part) {
            return;
        }
        memset(part, 0, sizeof(*part));
        part->name = build_put_known_name(build, index->name);
        part->syntax = syntax;
        part->is_implied = index->is_implied;
        row->part_count++;
    }
}

/* The index of a row of a module that is known already. */
static void copy_index(struct build *build, struct build_node *row, const struct mib_object *object)
{
    row->parts = (uint32_t)build->parts.count;
    for (size_t i = 0; i < object->part_count; i++) {
        struct mib_part known = mib_object_part(object, i);
        uint32_t syntax = build_copy_syntax(build, &known.syntax);
        struct mib_part_record *part = build_append(build, &build->parts, 1, sizeof(*part));
        if (!part) {
            return;
        }
        memset(part, 0, sizeof(*part));
        part->name = build_put_known_name(build, known.name);
        part->syntax = syntax;
        part->is_implied = known.is_implied;
        row->part_count++;
    }
}

static void resolve_index(struct build *build, struct build_node *row, unsigned depth);

/* The rows on the way to the one with the INDEX share its components. */
static void follow_augments(struct build *build, struct build_node *row, unsigned depth)
{
    struct build_found_node found;
    if (!build_find_node(build, row->module, row->draft->augments, &found)) {
        const struct mib_draft *module = build->modules[row->module].draft;
        mib_report(build->report, MIB_PROBLEM_UNKNOWN, module->file, row->draft->line, "Unknown row %s in %s",
                   row->draft->augments, module->name);
    } else if (found.is_known) {
        copy_index(build, row, &found.object);
    } else {
        struct build_node *other = build_node_at(build, found.node);
        if (other->parts_state == BUILD_NEW && !other->end) {
            resolve_index(build, other, depth + 1);
        }
        row->parts = other->parts;
        row->part_count = other->part_count;
    }
}

static void resolve_index(struct build *build, struct build_node *row, unsigned depth)
{
    row->parts_state = BUILD_PENDING;
    if (row->draft->index) {
        put_index(build, row);
    } else if (row->draft->augments && depth < BUILD_CHAIN_MAX) {
        follow_augments(build, row, depth);
    }
    row->parts_state = BUILD_DONE;
}

void build_resolve_indexes(struct build *build)
{
    for (uint32_t i = 1; i < build->nodes.records.count && build->rc == 0; i++) {
        struct build_node *node = build_node_at(build, i);
        if (node->flags & MIB_NODE_ROW && node->parts_state == BUILD_NEW) {
            resolve_index(build, node, 0);
        }
    }
}
