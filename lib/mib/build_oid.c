/* SPDX-License-Identifier: BSD-3-Clause */
/* The values of definitions: each gets its place in the tree. */
#include <string.h>

#include "mib/build_impl.h"

/* ---- places ---- */

static uint32_t find_child(const struct build *build, uint32_t parent, uint32_t id, uint32_t hash)
{
    uint32_t number = build_table_first(&build->places, hash);
    while (number != BUILD_NONE) {
        const struct build_place *place = build_place_at(build, number);
        if (place->parent == parent && place->id == id) {
            break;
        }
        number = place->link.next;
    }
    return number;
}

/* BUILD_NONE: too deep, or no memory. */
static uint32_t place_child(struct build *build, uint32_t parent, uint32_t id)
{
    uint32_t hash = build_hash(build, parent, id);
    uint32_t number = find_child(build, parent, id, hash);
    struct build_place *place, *above = build_place_at(build, parent);
    uint32_t depth = above->depth + 1;
    if (number != BUILD_NONE || depth > UVSNMP_OID_MAX) {
        return number;
    }
    number = build_table_add(build, &build->places, hash);
    if (number == BUILD_NONE) {
        return BUILD_NONE;
    }
    place = build_place_at(build, number);
    above = build_place_at(build, parent);
    place->parent = parent;
    place->id = id;
    place->depth = depth;
    place->sibling = above->children;
    above->children = number;
    above->child_count++;
    return number;
}

static uint32_t place_object(struct build *build, const struct mib_object *object)
{
    struct uvsnmp_oid_buf oid;
    uint32_t place = BUILD_ROOT;
    mib_object_oid(object, &oid);
    for (size_t i = 0; place != BUILD_NONE && i < oid.count; i++) {
        place = place_child(build, place, oid.ids[i]);
    }
    return place;
}

/* ---- values ---- */

/* Where a name leads: false, when the node that has it is to be resolved before. */
static bool place_name(struct build *build, const struct build_node *node, const char *name, uint32_t *place,
                       uint32_t *needed)
{
    struct build_found_node found;
    *place = BUILD_NONE;
    if (!build_find_node(build, node->module, name, &found)) {
        return true;
    }
    if (found.is_known) {
        *place = place_object(build, &found.object);
        return true;
    }
    *place = build_node_at(build, found.node)->place;
    *needed = found.node;
    return build_node_at(build, found.node)->state != BUILD_NEW;
}

/* The first step of a value: a root, a number, or a name. False as place_name(). */
static bool place_first(struct build *build, struct build_node *node, const struct mib_step *step,
                        uint32_t *needed)
{
    int root = step->name ? mib_root_number(step->name, strlen(step->name)) : -1;
    if (root >= 0) {
        node->place = place_child(build, BUILD_ROOT, (uint32_t)root);
        return true;
    }
    if (step->name && !place_name(build, node, step->name, &node->place, needed)) {
        return false;
    }
    /* "{ root(1) 3 }" is a root by a name that nobody knows */
    if (node->place == BUILD_NONE && step->has_number && (!step->name || mib_root_name(step->number))) {
        node->place = place_child(build, BUILD_ROOT, step->number);
    }
    return true;
}

/* Takes the next step of the value; false, and nothing done, when `*needed` is to be resolved before. */
static bool take_step(struct build *build, struct build_node *node, const struct mib_step *step,
                      uint32_t *needed)
{
    bool is_taken = true;
    if (node->taken == 0) {
        is_taken = place_first(build, node, step, needed);
    } else if (step->has_number) {
        node->place = place_child(build, node->place, step->number);
    } else if (step->name) {
        is_taken = place_name(build, node, step->name, &node->place, needed);
    } else {
        node->place = BUILD_NONE;
    }
    node->taken = (uint16_t)(node->taken + is_taken);
    return is_taken;
}

/* Takes the steps of the value up to one that needs another node, which is returned, or up to the end. A
 * value of more steps than an OID has room for is none. */
static uint32_t take_steps(struct build *build, struct build_node *node)
{
    const struct mib_step *step = node->draft->steps;
    for (uint16_t i = 0; i < node->taken; i++) {
        step = step->next;
    }
    for (; step && (node->end == 0 || node->taken < node->end); step = step->next) {
        uint32_t needed = BUILD_NONE;
        if (node->taken == UVSNMP_OID_MAX) {
            node->place = BUILD_NONE;
            break;
        }
        if (!take_step(build, node, step, &needed)) {
            return needed;
        }
        if (node->place == BUILD_NONE) {
            break;
        }
    }
    return BUILD_NONE;
}

static void report_orphan(const struct build *build, const struct build_node *node)
{
    const struct mib_step *step = node->draft->steps;
    const struct mib_draft *module = build->modules[node->module].draft;
    if (node->end || build->rc < 0) {
        return;
    }
    if (!step) {
        mib_report(build->report, MIB_PROBLEM_UNKNOWN, module->file, node->draft->line, "%s has no value",
                   node->draft->name);
    } else if (step->name) {
        mib_report(build->report, MIB_PROBLEM_UNKNOWN, module->file, node->draft->line,
                   "Cannot adopt OID in %s: %s ::= { %s ... }", module->name, node->draft->name, step->name);
    } else {
        mib_report(build->report, MIB_PROBLEM_UNKNOWN, module->file, node->draft->line,
                   "Cannot adopt OID in %s: %s", module->name, node->draft->name);
    }
}

static void resolve(struct build *build, uint32_t number)
{
    /* who waits for whom is a list, and no recursion: chains are as long as who writes the files likes */
    while (number != BUILD_NONE && build->rc == 0) {
        struct build_node *node = build_node_at(build, number);
        uint32_t needed;
        node->state = BUILD_PENDING;
        needed = take_steps(build, node);
        if (needed != BUILD_NONE) {
            build_node_at(build, needed)->waiting = number;
            number = needed;
            continue;
        }
        node->state = BUILD_DONE;
        if (node->place == BUILD_NONE) {
            report_orphan(build, node);
        }
        number = node->waiting;
    }
}

void build_resolve_oids(struct build *build)
{
    for (uint32_t i = 1; i < build->nodes.records.count && build->rc == 0; i++) {
        if (build_node_at(build, i)->state == BUILD_NEW) {
            resolve(build, i);
        }
    }
    for (uint32_t i = 1; i < build->nodes.records.count && build->rc == 0; i++) {
        struct build_node *node = build_node_at(build, i);
        if (node->place != BUILD_NONE) {
            struct build_place *place = build_place_at(build, node->place);
            node->beside = place->nodes;
            place->nodes = i;
        }
    }
}
