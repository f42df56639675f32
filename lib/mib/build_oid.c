/* SPDX-License-Identifier: BSD-3-Clause */
/* The values of definitions: each gets its place in the tree. */
#include <string.h>

#include "mib/build_impl.h"

/* ---- places ---- */

static struct build_place *find_child(const struct build *build, const struct build_place *parent,
                                      uint32_t id)
{
    return (struct build_place *)map_find(&build->places_by_id, build_key(parent->number, id));
}

/* NULL: too deep, or no memory. */
static struct build_place *place_child(struct build *build, struct build_place *parent, uint32_t id)
{
    struct build_place *place = find_child(build, parent, id);
    if (place || parent->depth >= UVSNMP_OID_MAX) {
        return place;
    }
    place = build_alloc(build, sizeof(*place));
    if (!place) {
        return NULL;
    }
    place->parent = parent;
    place->id = id;
    place->depth = parent->depth + 1;
    place->number = build->place_count++;
    place->sibling = parent->children;
    parent->children = place;
    parent->child_count++;
    build_insert(build, &build->places_by_id, &place->link, build_key(parent->number, id));
    return build->rc < 0 ? NULL : place;
}

static struct build_place *place_object(struct build *build, const struct mib_object *object)
{
    struct uvsnmp_oid_buf oid;
    struct build_place *place = &build->root;
    mib_object_oid(object, &oid);
    for (size_t i = 0; place && i < oid.count; i++) {
        place = place_child(build, place, oid.ids[i]);
    }
    return place;
}

/* ---- values ---- */

/* Where a name leads: false, when the node that has it is to be resolved before. */
static bool place_name(struct build *build, struct build_node *node, const char *name,
                       struct build_place **place, struct build_node **needed)
{
    struct build_found_node found;
    *place = NULL;
    if (!build_find_node(build, node->module, name, &found)) {
        return true;
    }
    if (found.is_known) {
        *place = place_object(build, &found.object);
        return true;
    }
    *place = found.node->place;
    *needed = found.node;
    return found.node->state != BUILD_NEW;
}

/* The first step of a value: a root, a number, or a name. False as place_name(). */
static bool place_first(struct build *build, struct build_node *node, const struct mib_step *step,
                        struct build_node **needed)
{
    int root = step->name ? mib_root_number(step->name, strlen(step->name)) : -1;
    if (root >= 0) {
        node->place = place_child(build, &build->root, (uint32_t)root);
        return true;
    }
    if (step->name && !place_name(build, node, step->name, &node->place, needed)) {
        return false;
    }
    /* "{ root(1) 3 }" is a root by a name that nobody knows */
    if (!node->place && step->has_number && (!step->name || mib_root_name(step->number))) {
        node->place = place_child(build, &build->root, step->number);
    }
    return true;
}

/* Takes the next step of the value; false, and nothing done, when `*needed` is to be resolved before. */
static bool take_step(struct build *build, struct build_node *node, struct build_node **needed)
{
    const struct mib_step *step = node->at;
    bool is_taken = true;
    if (step == node->draft->steps) {
        is_taken = place_first(build, node, step, needed);
    } else if (step->has_number) {
        node->place = place_child(build, node->place, step->number);
    } else if (step->name) {
        is_taken = place_name(build, node, step->name, &node->place, needed);
    } else {
        node->place = NULL;
    }
    node->at = is_taken ? step->next : step;
    return is_taken;
}

static void report_orphan(const struct build *build, const struct build_node *node)
{
    const struct mib_step *step = node->draft->steps;
    const struct build_module *module = node->module;
    if (node->end || build->rc < 0) {
        return;
    }
    if (!step) {
        mib_report(build->report, MIB_PROBLEM_UNKNOWN, module->draft->file, node->draft->line,
                   "%s has no value", node->name->text);
    } else if (step->name) {
        mib_report(build->report, MIB_PROBLEM_UNKNOWN, module->draft->file, node->draft->line,
                   "Cannot adopt OID in %s: %s ::= { %s ... }", module->name->text, node->name->text,
                   step->name);
    } else {
        mib_report(build->report, MIB_PROBLEM_UNKNOWN, module->draft->file, node->draft->line,
                   "Cannot adopt OID in %s: %s", module->name->text, node->name->text);
    }
}

static void resolve(struct build *build, struct build_node *node)
{
    /* who waits for whom is a list, and no recursion: chains are as long as who writes the files likes */
    node->waiting = NULL;
    while (node && build->rc == 0) {
        struct build_node *needed = NULL, *waiting = node->waiting;
        node->state = BUILD_PENDING;
        while (node->at && node->at != node->end && take_step(build, node, &needed) && node->place) {
            needed = NULL;
        }
        if (needed && needed->state == BUILD_NEW) {
            needed->waiting = node;
            node = needed;
            continue;
        }
        node->state = BUILD_DONE;
        if (!node->place) {
            report_orphan(build, node);
        }
        node = waiting;
    }
}

void build_resolve_oids(struct build *build)
{
    for (struct build_node *node = build->nodes; node && build->rc == 0; node = node->next) {
        if (node->state == BUILD_NEW) {
            resolve(build, node);
        }
    }
    for (struct build_node *node = build->nodes; node && build->rc == 0; node = node->next) {
        if (node->place) {
            node->beside = node->place->nodes;
            node->place->nodes = node;
        }
    }
}
