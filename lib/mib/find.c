/* SPDX-License-Identifier: BSD-3-Clause */
/* From OIDs and names to definitions. */
#include <string.h>

#include "mib/mib_impl.h"

#define ROOT_COUNT 3

/* ---- the roots ---- */

static const struct {
    const char *name;
    int number;
} roots[] = {
    {"ccitt", 0},
    {"iso", 1},
    {"joint-iso-ccitt", 2},
    /* as ISO and ITU call them today */
    {"itu-t", 0},
    {"joint-iso-itu-t", 2},
};

int mib_root_number(const char *name, size_t length)
{
    for (size_t i = 0; i < sizeof(roots) / sizeof(roots[0]); i++) {
        if (roots[i].name[0] == name[0] && strncmp(roots[i].name, name, length) == 0 &&
            roots[i].name[length] == '\0') {
            return roots[i].number;
        }
    }
    return -1;
}

const char *mib_root_name(uint32_t number)
{
    return number < ROOT_COUNT ? roots[number].name : NULL;
}

static void view_root(uint32_t number, struct mib_object *out)
{
    memset(out, 0, sizeof(*out));
    out->name = mib_root_name(number);
    out->id = number;
}

/* ---- places ---- */

/* The number of the first child of `place` that is >= `id`; behind the last one when there is none. */
static uint32_t child_position(const struct mib_image *image, const struct mib_place *place, uint32_t id)
{
    uint32_t low = place->first_child, high = place->first_child + place->child_count;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (image->places[middle].id < id) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low;
}

/* NULL: none. */
static const struct mib_place *child_of(const struct mib_image *image, const struct mib_place *place,
                                        uint32_t id)
{
    uint32_t at = child_position(image, place, id);
    bool found = at < place->first_child + place->child_count && image->places[at].id == id;
    return found ? &image->places[at] : NULL;
}

static const struct mib_place *place_of(const struct mib_image *image, struct uvsnmp_oid oid)
{
    const struct mib_place *place = image->places;
    for (size_t i = 0; place && i < oid.count; i++) {
        place = child_of(image, place, oid.ids[i]);
    }
    return place;
}

/* ---- which of several definitions ---- */

/*
 * A definition, and when it came: a module that became visible earlier goes before, and in one module what
 * comes first in the arrays. It is the order in which Net-SNMP puts nodes into its tree: the first one of an
 * OID counts, those of the same name are but more modules of it, and a name is looked up from the last node
 * on.
 */
struct choice {
    const struct mib_image *image;
    const struct mib_node *node; /* NULL: none yet */
    uint32_t rank;               /* 0: not visible */
    uint32_t order;              /* in the module */
};

static struct choice choice_of(const struct mib_layer *layer, uint32_t number, uint32_t order)
{
    const struct mib_node *node = &layer->image.nodes[number];
    return (struct choice){&layer->image, node, layer->ranks[node->module], order};
}

static bool is_before(const struct choice *a, const struct choice *b)
{
    return a->rank != b->rank ? a->rank < b->rank : a->order < b->order;
}

static void choose_first(struct choice *best, const struct choice *candidate)
{
    if (candidate->rank != 0 && (!best->node || is_before(candidate, best))) {
        *best = *candidate;
    }
}

/* The visible definition that gives the place its name, of those that have all of `flags`. */
static struct choice choose_at(const struct mib_layer *layer, const struct mib_place *place, unsigned flags)
{
    struct choice best = {0};
    for (uint32_t i = place->first_node; i < place->first_node + place->node_count; i++) {
        struct choice candidate = choice_of(layer, i, i);
        if ((candidate.node->flags & flags) == flags) {
            choose_first(&best, &candidate);
        }
    }
    return best;
}

static bool view_choice(const struct choice *choice, struct mib_object *out)
{
    if (choice->node) {
        mib_view_node(choice->image, choice->node, out);
    }
    return choice->node != NULL;
}

/* ---- from OIDs ---- */

/* The deepest one on the way to `oid` in one layer; its depth, 0: there is none. */
static size_t find_deepest(const struct mib_layer *layer, struct uvsnmp_oid oid, unsigned flags,
                           struct choice *out)
{
    const struct mib_place *place = layer->image.places;
    size_t depth = 0;
    for (size_t i = 0; i < oid.count; i++) {
        struct choice choice;
        place = child_of(&layer->image, place, oid.ids[i]);
        if (!place) {
            break;
        }
        choice = choose_at(layer, place, flags);
        if (choice.node) {
            *out = choice;
            depth = i + 1;
        }
    }
    return depth;
}

static size_t find(const struct mib *mib, struct uvsnmp_oid oid, unsigned flags, struct choice *out)
{
    size_t depth = 0;
    for (const struct mib_layer *layer = mib ? mib->layers : NULL; layer; layer = layer->next) {
        struct choice choice;
        size_t used = find_deepest(layer, oid, flags, &choice);
        if (used > depth || (used == depth && used > 0 && is_before(&choice, out))) {
            *out = choice;
            depth = used;
        }
    }
    return depth;
}

bool mib_find_oid(const struct mib *mib, struct uvsnmp_oid oid, struct mib_object *out, size_t *used)
{
    struct choice choice = {0};
    size_t depth = find(mib, oid, 0, &choice);
    if (depth <= 1 && oid.count > 0 && oid.ids[0] < ROOT_COUNT) {
        view_root(oid.ids[0], out);
        depth = 1;
    } else {
        (void)view_choice(&choice, out);
    }
    *used = depth;
    return depth > 0;
}

bool mib_find_exact(const struct mib *mib, struct uvsnmp_oid oid, struct mib_object *out)
{
    struct choice best = {0};
    if (oid.count == 1 && oid.ids[0] < ROOT_COUNT) {
        view_root(oid.ids[0], out);
        return true;
    }
    for (const struct mib_layer *layer = mib && oid.count ? mib->layers : NULL; layer; layer = layer->next) {
        const struct mib_place *place = place_of(&layer->image, oid);
        if (place) {
            struct choice candidate = choose_at(layer, place, 0);
            choose_first(&best, &candidate);
        }
    }
    return view_choice(&best, out);
}

void mib_visit_definitions(const struct mib *mib, struct uvsnmp_oid oid, mib_visit_fn *visit, void *arg)
{
    struct mib_object object;
    if (oid.count == 1 && oid.ids[0] < ROOT_COUNT) {
        view_root(oid.ids[0], &object);
        visit(&object, 0, arg);
        return;
    }
    for (const struct mib_layer *layer = mib && oid.count ? mib->layers : NULL; layer; layer = layer->next) {
        const struct mib_place *place = place_of(&layer->image, oid);
        for (uint32_t i = 0; place && i < place->node_count; i++) {
            const struct mib_node *node = &layer->image.nodes[place->first_node + i];
            if (layer->ranks[node->module] != 0) {
                mib_view_node(&layer->image, node, &object);
                visit(&object, layer->ranks[node->module], arg);
            }
        }
    }
}

/* Does a visible definition lie at the place or below it? The places below one stand side by side level by
 * level, and the nodes of such a row of places do too. */
static bool has_visible(const struct mib_layer *layer, uint32_t place)
{
    const struct mib_image *image = &layer->image;
    uint32_t first = place, last = place;
    for (;;) {
        const struct mib_place *from = &image->places[first], *to = &image->places[last];
        for (uint32_t i = from->first_node; i < to->first_node + to->node_count; i++) {
            if (layer->ranks[image->nodes[i].module] != 0) {
                return true;
            }
        }
        if (from->first_child == to->first_child + to->child_count) {
            return false;
        }
        first = from->first_child;
        last = to->first_child + to->child_count - 1;
    }
}

/* The first child of one layer that leads to something visible. */
static bool next_in_layer(const struct mib_layer *layer, struct uvsnmp_oid oid, uint32_t from, uint32_t *id)
{
    const struct mib_place *place = place_of(&layer->image, oid);
    uint32_t at = place ? child_position(&layer->image, place, from) : 0;
    while (place && at < place->first_child + place->child_count) {
        if (has_visible(layer, at)) {
            *id = layer->image.places[at].id;
            return true;
        }
        at++;
    }
    return false;
}

bool mib_next_child(const struct mib *mib, struct uvsnmp_oid oid, uint64_t from, struct mib_object *out)
{
    struct uvsnmp_oid_buf child;
    uint32_t best = (uint32_t)from;
    bool found = oid.count == 0 && from < ROOT_COUNT;
    if (from > UINT32_MAX) {
        return false;
    }
    for (const struct mib_layer *layer = mib ? mib->layers : NULL; layer; layer = layer->next) {
        uint32_t id;
        if (next_in_layer(layer, oid, (uint32_t)from, &id) && (!found || id < best)) {
            best = id;
            found = true;
        }
    }
    if (!found || uvsnmp_oid_copy(&child, oid) < 0 || uvsnmp_oid_append_id(&child, best) < 0) {
        return false;
    }
    if (!mib_find_exact(mib, uvsnmp_oid_of(&child), out)) {
        *out = (struct mib_object){.id = best};
    }
    return true;
}

bool mib_find_row(const struct mib *mib, struct uvsnmp_oid oid, struct mib_object *row, size_t *used)
{
    struct choice choice = {0};
    if (oid.count == 0) {
        return false;
    }
    oid.count--;
    *used = find(mib, oid, MIB_NODE_ROW, &choice);
    return view_choice(&choice, row);
}

/* ---- from names ---- */

/* <0, 0, >0 as `text` is before, at or after the name of `length` octets. */
static int compare_name(const char *text, const char *name, size_t length)
{
    int order = strncmp(text, name, length);
    return order != 0 ? order : (unsigned char)text[length];
}

/* The position in by_name of the first node whose name is not before `name`. */
static uint32_t name_position(const struct mib_image *image, const char *name, size_t length)
{
    uint32_t low = 0, high = image->node_count;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        const struct mib_node *node = &image->nodes[image->by_name[middle]];
        if (compare_name(mib_image_text(image, node->name), name, length) < 0) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low;
}

/* The node at a position of by_name, if it has the name; else NULL. */
static const struct mib_node *named_node(const struct mib_image *image, uint32_t position, const char *name,
                                         size_t length)
{
    const struct mib_node *node;
    if (position >= image->node_count) {
        return NULL;
    }
    node = &image->nodes[image->by_name[position]];
    return compare_name(mib_image_text(image, node->name), name, length) == 0 ? node : NULL;
}

/* Of a name that a module defines more than once the one that is first in its source counts, as it is the
 * last one in Net-SNMP's tree. */
/* The node of `name` in the module of that number; NULL: none. */
static const struct mib_node *image_node(const struct mib_image *image, uint32_t module, const char *name,
                                         size_t length)
{
    const struct mib_node *node, *found = NULL;
    for (uint32_t i = name_position(image, name, length);
         (node = named_node(image, i, name, length)) && node->module <= module; i++) {
        found = node->module == module ? node : found;
    }
    return found;
}

static bool find_in_module(const struct mib *mib, const char *module, const char *name, size_t length,
                           struct mib_object *out)
{
    const struct mib_module *found = mib_find_module(mib, module);
    const struct mib_node *node =
        found ? image_node(&found->layer->image, found->number, name, length) : NULL;
    if (node) {
        mib_view_node(&found->layer->image, node, out);
    }
    return node != NULL;
}

/* Has no definition of the same name at the same OID come before? */
static bool is_first(const struct mib *mib, const struct choice *choice)
{
    const char *name = mib_image_text(choice->image, choice->node->name);
    struct uvsnmp_oid_buf oid;
    struct mib_object object;
    mib_view_node(choice->image, choice->node, &object);
    mib_object_oid(&object, &oid);
    for (const struct mib_layer *layer = mib->layers; layer; layer = layer->next) {
        const struct mib_place *place = place_of(&layer->image, uvsnmp_oid_of(&oid));
        for (uint32_t i = 0; place && i < place->node_count; i++) {
            const struct mib_node *node = &layer->image.nodes[place->first_node + i];
            uint32_t rank = layer->ranks[node->module];
            if (rank != 0 && rank < choice->rank &&
                strcmp(mib_image_text(&layer->image, node->name), name) == 0) {
                return false;
            }
        }
    }
    return true;
}

static bool find_visible(const struct mib *mib, const char *name, size_t length, struct mib_object *out)
{
    struct choice best = {0};
    for (const struct mib_layer *layer = mib ? mib->layers : NULL; layer; layer = layer->next) {
        const struct mib_image *image = &layer->image;
        for (uint32_t i = name_position(image, name, length); named_node(image, i, name, length); i++) {
            struct choice candidate = choice_of(layer, image->by_name[i], i);
            if (candidate.rank != 0 && (!best.node || is_before(&best, &candidate)) &&
                is_first(mib, &candidate)) {
                best = candidate;
            }
        }
    }
    return view_choice(&best, out);
}

static bool find_root(const char *name, size_t length, struct mib_object *out)
{
    int root = mib_root_number(name, length);
    bool found = root >= 0 && compare_name(mib_root_name((uint32_t)root), name, length) == 0;
    if (found) {
        view_root((uint32_t)root, out);
    }
    return found;
}

bool mib_find_name(const struct mib *mib, const char *module, const char *name, size_t length,
                   struct mib_object *out, struct uvsnmp_oid_buf *oid)
{
    bool found = module ? find_in_module(mib, module, name, length, out)
                        : find_root(name, length, out) || find_visible(mib, name, length, out);
    if (found && oid) {
        mib_object_oid(out, oid);
    }
    return found;
}

bool mib_find_child(const struct mib *mib, struct uvsnmp_oid_buf *oid, const char *name, size_t length,
                    struct mib_object *out)
{
    struct choice best = {0};
    if (oid->count == 0) {
        return find_root(name, length, out) && uvsnmp_oid_append_id(oid, out->id) == 0;
    }
    for (const struct mib_layer *layer = mib ? mib->layers : NULL; layer; layer = layer->next) {
        const struct mib_image *image = &layer->image;
        const struct mib_place *parent = place_of(image, uvsnmp_oid_of(oid));
        const struct mib_node *node;
        for (uint32_t i = name_position(image, name, length);
             parent && (node = named_node(image, i, name, length)); i++) {
            if (image->places[node->place].parent == (uint32_t)(parent - image->places)) {
                struct choice candidate = choice_of(layer, image->by_name[i], i);
                choose_first(&best, &candidate);
            }
        }
    }
    return view_choice(&best, out) && uvsnmp_oid_append_id(oid, out->id) == 0;
}

bool mib_find_anywhere(const struct mib *mib, const char *name, struct mib_object *out)
{
    size_t length = strlen(name);
    for (const struct mib_layer *layer = mib ? mib->layers : NULL; layer; layer = layer->next) {
        const struct mib_image *image = &layer->image;
        const struct mib_node *node = named_node(image, name_position(image, name, length), name, length);
        if (node) {
            mib_view_node(image, node, out);
            return true;
        }
    }
    return false;
}

/* ---- types ---- */

static uint32_t type_position(const struct mib_image *image, const char *name)
{
    uint32_t low = 0, high = image->type_count;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (strcmp(mib_image_text(image, image->types[middle].name), name) < 0) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low;
}

static const struct mib_type_record *named_type(const struct mib_image *image, uint32_t position,
                                                const char *name)
{
    const struct mib_type_record *type = position < image->type_count ? &image->types[position] : NULL;
    return type && strcmp(mib_image_text(image, type->name), name) == 0 ? type : NULL;
}

static bool find_own_type(const struct mib_module *module, const char *name, struct mib_syntax *out)
{
    const struct mib_image *image = &module->layer->image;
    const struct mib_type_record *type;
    for (uint32_t i = type_position(image, name); (type = named_type(image, i, name)); i++) {
        if (type->module == module->number) {
            mib_view_syntax(image, type->syntax, out);
            return true;
        }
    }
    return false;
}

bool mib_find_own_type(const struct mib *mib, const char *module, const char *name, struct mib_syntax *out)
{
    const struct mib_module *found = mib_find_module(mib, module);
    return found && find_own_type(found, name, out);
}

bool mib_find_type_anywhere(const struct mib *mib, const char *name, struct mib_syntax *out)
{
    for (const struct mib_layer *layer = mib ? mib->layers : NULL; layer; layer = layer->next) {
        const struct mib_type_record *type =
            named_type(&layer->image, type_position(&layer->image, name), name);
        if (type) {
            mib_view_syntax(&layer->image, type->syntax, out);
            return true;
        }
    }
    return false;
}
