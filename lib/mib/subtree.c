/* SPDX-License-Identifier: BSD-3-Clause */
/* Where in the tree a module has its objects. */
#include "mib/mib_impl.h"

struct search {
    const struct mib_image *image;
    uint32_t module;
    struct uvsnmp_oid_buf oid; /* of the place being looked at */
    mib_subtree_fn *found;
    void *arg;
};

/* Does the module define something there? */
static bool defines(const struct search *search, const struct mib_place *place, bool only_objects)
{
    for (uint32_t i = 0; i < place->node_count; i++) {
        const struct mib_node *node = &search->image->nodes[place->first_node + i];
        if (node->module == search->module && (!only_objects || node->kind == MIB_KIND_OBJECT_TYPE)) {
            return true;
        }
    }
    return false;
}

/* As deep as an OID is long, here and below. */
static bool has_objects(const struct search *search, const struct mib_place *place)
{
    bool has = defines(search, place, true);
    for (uint32_t i = 0; !has && i < place->child_count; i++) {
        has = has_objects(search, &search->image->places[place->first_child + i]);
    }
    return has;
}

static void visit(struct search *search, const struct mib_place *place)
{
    if (defines(search, place, false)) {
        if (has_objects(search, place)) {
            search->found(uvsnmp_oid_of(&search->oid), search->arg);
        }
        return;
    }
    for (uint32_t i = 0; i < place->child_count; i++) {
        const struct mib_place *child = &search->image->places[place->first_child + i];
        if (uvsnmp_oid_append_id(&search->oid, child->id) == 0) {
            visit(search, child);
            search->oid.count--;
        }
    }
}

int mib_visit_subtrees(const struct mib *mib, const char *module, mib_subtree_fn *found, void *arg)
{
    const struct mib_module *known = mib_find_module(mib, module);
    if (!known) {
        return UVSNMP_ENOT_FOUND;
    }
    struct search search = {.image = &known->layer->image,
                            .module = known->number,
                            .oid = {.count = 0},
                            .found = found,
                            .arg = arg};
    visit(&search, search.image->places);
    return 0;
}
