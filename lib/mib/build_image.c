/* SPDX-License-Identifier: BSD-3-Clause */
/* What was found out is laid out as the arrays of an image. */
#include <stdlib.h>
#include <string.h>

#include "mib/build_impl.h"

/* Memory of the image: zeroed, padding too, so that it may be written into a file. */
static void *image_array(struct build *build, size_t count, size_t size)
{
    void *array = build->rc < 0 ? NULL : arena_array(build->arena, count + 1, size);
    if (!array) {
        build->rc = build->rc < 0 ? build->rc : UVSNMP_ENO_MEMORY;
        return NULL;
    }
    return memset(array, 0, (count + 1) * size);
}

static void *image_copy(struct build *build, const struct build_array *array, size_t size)
{
    void *copy = image_array(build, array->count, size);
    if (copy && array->count > 0) {
        memcpy(copy, array->data, array->count * size);
    }
    return copy;
}

/* ---- places ---- */

/* What is to be sorted, with what most of it is sorted by. */
struct item {
    uint64_t key;
    uint32_t number;
};

static int order_of_items(const void *a, const void *b)
{
    const struct item *x = a, *y = b;
    return x->key < y->key ? -1 : x->key > y->key;
}

/* Sorts what mostly is sorted already. */
static void sort_items(struct item *items, uint32_t count)
{
    uint32_t at = 1;
    while (at < count && items[at - 1].key < items[at].key) {
        at++;
    }
    if (at < count) {
        qsort(items, count, sizeof(*items), order_of_items);
    }
}

/* All places, breadth first, siblings by their sub-identifiers. */
static struct item *sort_places(struct build *build)
{
    struct item *places = build_alloc(build, build->places.records.count * sizeof(*places));
    uint32_t count = 1;
    if (!places) {
        return NULL;
    }
    places[0].number = BUILD_ROOT;
    for (uint32_t i = 0; i < count; i++) {
        struct build_place *place = build_place_at(build, places[i].number);
        uint32_t at = count + place->child_count;
        place->number = i;
        /* the last one that was made comes first in the list */
        for (uint32_t child = place->children; child != BUILD_NONE;) {
            const struct build_place *below = build_place_at(build, child);
            places[--at] = (struct item){below->id, child};
            child = below->sibling;
        }
        sort_items(places + count, place->child_count);
        count += place->child_count;
    }
    return places;
}

/* ---- nodes ---- */

/* By module; in one the later definition first, and names met inside of a value last: the order in which
 * Net-SNMP has them. */
static uint64_t key_of(const struct build_node *node, uint32_t number)
{
    return (uint64_t)node->module << 48 | (uint64_t)(node->end != 0) << 32 | (UINT32_MAX - number);
}

/* Does one of the few nodes before say the same? In a module that repeats itself it is the one before. */
static bool is_repeated(const struct build *build, const uint32_t *nodes, size_t at)
{
    const struct build_node *node = build_node_at(build, nodes[at]);
    for (size_t i = at; i > 0 && at - i < 8; i--) {
        const struct build_node *before = build_node_at(build, nodes[i - 1]);
        if (before->module != node->module) {
            return false;
        }
        if (before->name == node->name) {
            return true;
        }
    }
    return false;
}

static uint32_t put_objects(struct build *build, const struct build_node *node, struct mib_node *record)
{
    uint32_t first = (uint32_t)build->words.count;
    for (const struct mib_name_draft *object = node->draft->objects;
         object && record->object_count < UINT16_MAX; object = object->next) {
        uint32_t *word = build_append(build, &build->words, 1, sizeof(*word));
        if (!word) {
            return 0;
        }
        *word = build_put_known_name(build, object->name);
        record->object_count++;
    }
    return first;
}

static void put_node(struct build *build, const struct build_node *node, struct mib_node *record)
{
    const struct mib_node_draft *draft = node->draft;
    record->place = build_place_at(build, node->place)->number;
    record->name = build_put_name(build, node->name);
    record->module = node->module;
    record->flags = node->flags;
    if (node->end) {
        record->kind = MIB_KIND_VALUE;
        return;
    }
    record->kind = (uint8_t)draft->kind;
    record->access = (uint8_t)draft->access;
    record->status = (uint8_t)draft->status;
    record->syntax = node->syntax;
    record->parts = node->parts;
    record->part_count = node->part_count;
    record->augments = build_put_known_name(build, draft->augments);
    record->objects = put_objects(build, node, record);
    record->units = build_put_known_name(build, draft->units);
    record->default_value = build_put_known_name(build, draft->default_value);
    record->description = build_put_text(build, draft->description);
    record->reference = build_put_text(build, draft->reference);
    record->last_updated = build_put_known_name(build, draft->last_updated);
}

/* The nodes of one place, sorted into `at`; how many. `items` has room for all. */
static uint32_t sort_nodes(const struct build *build, const struct build_place *place, struct item *items,
                           uint32_t *at)
{
    uint32_t count = 0, kept = 0;
    for (uint32_t i = place->nodes; i != BUILD_NONE; i = build_node_at(build, i)->beside) {
        items[count++] = (struct item){key_of(build_node_at(build, i), i), i};
    }
    sort_items(items, count);
    for (uint32_t i = 0; i < count; i++) {
        at[kept] = items[i].number;
        kept += !is_repeated(build, at, kept);
    }
    return kept;
}

/* Puts places and nodes; returns the nodes in the order of the image. */
static uint32_t *put_tree(struct build *build, struct mib_image *out)
{
    size_t place_count = build->places.records.count - 1;
    struct item *order = sort_places(build);
    struct item *items = build_alloc(build, build->nodes.records.count * sizeof(*items));
    uint32_t *nodes = build_alloc(build, build->nodes.records.count * sizeof(*nodes));
    struct mib_place *places = image_array(build, place_count, sizeof(*places));
    struct mib_node *records = image_array(build, build->nodes.records.count, sizeof(*records));
    uint32_t child = 1, count = 0;
    if (build->rc < 0) {
        return NULL;
    }
    for (uint32_t i = 0; i < place_count; i++) {
        const struct build_place *place = build_place_at(build, order[i].number);
        places[i].id = place->id;
        places[i].parent = i > 0 ? build_place_at(build, place->parent)->number : MIB_IMAGE_NONE;
        places[i].first_child = child;
        places[i].child_count = place->child_count;
        places[i].first_node = count;
        places[i].node_count = sort_nodes(build, place, items, nodes + count);
        child += places[i].child_count;
        count += places[i].node_count;
    }
    for (uint32_t i = 0; i < count; i++) {
        put_node(build, build_node_at(build, nodes[i]), &records[i]);
    }
    out->places = places;
    out->place_count = (uint32_t)place_count;
    out->nodes = records;
    out->node_count = count;
    return nodes;
}

/* A name with its node, to be sorted by the name and, in the order of key_of(), by the node. */
struct named {
    uint64_t beginning; /* of the name, in an order as its: it sorts most names */
    const char *text;
    uint64_t key;
    uint32_t number; /* in the image */
};

static int order_of_names(const void *a, const void *b)
{
    const struct named *x = a, *y = b;
    int order = 0;
    if (x->beginning != y->beginning) {
        return x->beginning < y->beginning ? -1 : 1;
    }
    if (x->text != y->text) {
        order = strcmp(x->text, y->text);
    }
    return order != 0 ? order : x->key < y->key ? -1 : x->key > y->key;
}

static uint64_t beginning_of(const char *text)
{
    uint64_t word = 0;
    for (unsigned shift = 64; shift > 0 && *text; text++) {
        shift -= 8;
        word |= (uint64_t)(unsigned char)*text << shift;
    }
    return word;
}

static void put_names(struct build *build, const uint32_t *nodes, struct mib_image *out)
{
    uint32_t *by_name = image_array(build, out->node_count, sizeof(*by_name));
    struct named *names = build_alloc(build, ((size_t)out->node_count + 1) * sizeof(*names));
    if (build->rc < 0) {
        return;
    }
    for (uint32_t i = 0; i < out->node_count; i++) {
        const struct build_node *node = build_node_at(build, nodes[i]);
        const char *text = build_text_of(build, node->name);
        names[i] = (struct named){beginning_of(text), text, key_of(node, nodes[i]), i};
    }
    qsort(names, out->node_count, sizeof(*names), order_of_names);
    for (uint32_t i = 0; i < out->node_count; i++) {
        by_name[i] = names[i].number;
    }
    out->by_name = by_name;
}

/* ---- types and modules ---- */

struct named_type {
    const char *text;
    const struct build_type *type;
};

static int order_of_types(const void *a, const void *b)
{
    const struct named_type *x = a, *y = b;
    int order = strcmp(x->text, y->text);
    return order != 0 ? order : x->type->module < y->type->module ? -1 : x->type->module > y->type->module;
}

static void put_types(struct build *build, struct mib_image *out)
{
    size_t type_count = build->types.records.count;
    struct mib_type_record *records = image_array(build, type_count, sizeof(*records));
    struct named_type *types = build_alloc(build, type_count * sizeof(*types));
    uint32_t count = 0;
    if (build->rc < 0) {
        return;
    }
    for (uint32_t i = 1; i < type_count; i++) {
        const struct build_type *type = build_type_at(build, i);
        types[count] = (struct named_type){type->draft->name, type};
        count += !type->draft->is_sequence;
    }
    qsort(types, count, sizeof(*types), order_of_types);
    for (uint32_t i = 0; i < count; i++) {
        records[i].name = build_put_name(build, types[i].type->name);
        records[i].syntax = types[i].type->syntax;
        records[i].module = types[i].type->module;
        records[i].is_convention = types[i].type->draft->is_convention;
    }
    out->types = records;
    out->type_count = count;
}

static void put_modules(struct build *build, struct mib_image *out)
{
    struct mib_module_record *records = image_array(build, build->module_count, sizeof(*records));
    for (uint32_t i = 0; i < build->module_count && records && build->rc == 0; i++) {
        const struct build_module *module = &build->modules[i];
        uint32_t *words = build_append(build, &build->words, module->import_count, sizeof(*words));
        records[i].name = build_put_name(build, module->name);
        records[i].file = build_put_known_name(build, module->draft->file);
        records[i].imports = (uint32_t)(build->words.count - module->import_count);
        records[i].import_count = module->import_count;
        for (size_t j = 0; words && j < module->import_count; j++) {
            words[j] = build_put_name(build, module->imports[j]);
        }
    }
    out->modules = records;
    out->module_count = build->module_count;
}

/* ---- the rest ---- */

static void put_arrays(struct build *build, struct mib_image *out)
{
    out->syntaxes = image_copy(build, &build->syntaxes, sizeof(*out->syntaxes));
    out->syntax_count = (uint32_t)build->syntaxes.count;
    out->labels = image_copy(build, &build->labels, sizeof(*out->labels));
    out->label_count = (uint32_t)build->labels.count;
    out->parts = image_copy(build, &build->parts, sizeof(*out->parts));
    out->part_count = (uint32_t)build->parts.count;
    out->ranges = image_copy(build, &build->ranges, sizeof(*out->ranges));
    out->range_count = (uint32_t)(build->ranges.count / 2);
    out->words = image_copy(build, &build->words, sizeof(*out->words));
    out->word_count = (uint32_t)build->words.count;
}

static void put_strings(struct build *build, struct mib_image *out)
{
    char *strings = image_array(build, build->string_size, 1);
    const struct build_text *texts = build->texts.data;
    if (!strings) {
        return;
    }
    for (size_t i = 0; i < build->texts.count; i++) {
        memcpy(strings + texts[i].offset, texts[i].data, texts[i].size);
    }
    for (uint32_t i = 1; i < build->names.records.count; i++) {
        const struct build_name *name = build_name_at(build, i);
        if (name->offset != 0) {
            memcpy(strings + name->offset, name->text, strlen(name->text) + 1);
        }
    }
    out->strings = strings;
    out->string_size = (uint32_t)build->string_size;
}

void build_lay_out(struct build *build, struct mib_image *out)
{
    uint32_t *nodes;
    memset(out, 0, sizeof(*out));
    nodes = put_tree(build, out);
    if (nodes) {
        put_names(build, nodes, out);
    }
    put_types(build, out);
    put_modules(build, out);
    put_arrays(build, out);
    put_strings(build, out);
}
