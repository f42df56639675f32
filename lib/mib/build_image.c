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

static int order_of_places(const void *a, const void *b)
{
    const struct build_place *x = *(struct build_place *const *)a, *y = *(struct build_place *const *)b;
    return x->id < y->id ? -1 : x->id > y->id;
}

/* All places, breadth first, siblings by their numbers. */
static struct build_place **sort_places(struct build *build)
{
    struct build_place **places = build_alloc(build, build->place_count * sizeof(struct build_place *));
    uint32_t count = 1;
    if (!places) {
        return NULL;
    }
    places[0] = &build->root;
    for (uint32_t i = 0; i < count; i++) {
        uint32_t first = count;
        places[i]->number = i;
        for (struct build_place *child = places[i]->children; child; child = child->sibling) {
            places[count++] = child;
        }
        qsort(places + first, count - first, sizeof(struct build_place *), order_of_places);
    }
    return places;
}

/* ---- nodes ---- */

/* By module; in one the later definition first, and names met inside of a value last: the order in which
 * Net-SNMP has them. */
static int order_of_nodes(const void *a, const void *b)
{
    const struct build_node *x = *(struct build_node *const *)a, *y = *(struct build_node *const *)b;
    if (x->module != y->module) {
        return x->module->number < y->module->number ? -1 : 1;
    }
    if (!x->end != !y->end) {
        return x->end ? 1 : -1;
    }
    return x->order > y->order ? -1 : x->order < y->order;
}

/* Does one of the few nodes before say the same? In a module that repeats itself it is the one before. */
static bool is_repeated(struct build_node *const *nodes, size_t at)
{
    for (size_t i = at; i > 0 && at - i < 8 && nodes[i - 1]->module == nodes[at]->module; i--) {
        if (nodes[i - 1]->name == nodes[at]->name) {
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
    record->place = node->place->number;
    record->name = build_put_name(build, node->name);
    record->module = (uint16_t)node->module->number;
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
    bool is_empty = draft->description && draft->description[0] == '\0';
    record->description = is_empty ? MIB_IMAGE_EMPTY : build_put_text(build, draft->description);
    record->reference = build_put_text(build, draft->reference);
    record->last_updated = build_put_known_name(build, draft->last_updated);
}

/* The nodes of one place, sorted into `at`; how many. */
static uint32_t sort_nodes(const struct build_place *place, struct build_node **at)
{
    uint32_t count = 0, kept = 0;
    for (struct build_node *node = place->nodes; node; node = node->beside) {
        at[count++] = node;
    }
    qsort(at, count, sizeof(struct build_node *), order_of_nodes);
    for (uint32_t i = 0; i < count; i++) {
        at[kept] = at[i];
        kept += !is_repeated(at, kept);
    }
    return kept;
}

/* Puts places and nodes; the nodes in the order of the image, for sort_names(). */
static struct build_node **put_tree(struct build *build, struct mib_image *out)
{
    struct build_place **order = sort_places(build);
    struct mib_place *places = image_array(build, build->place_count, sizeof(*places));
    struct mib_node *records = image_array(build, build->node_count, sizeof(*records));
    struct build_node **nodes =
        build_alloc(build, ((size_t)build->node_count + 1) * sizeof(struct build_node *));
    uint32_t child = 1, count = 0;
    if (build->rc < 0) {
        return NULL;
    }
    for (uint32_t i = 0; i < build->place_count; i++) {
        places[i] = (struct mib_place){
            .id = order[i]->id,
            .parent = i > 0 ? order[i]->parent->number : MIB_IMAGE_NONE,
            .first_child = child,
            .child_count = order[i]->child_count,
            .first_node = count,
            .node_count = sort_nodes(order[i], nodes + count),
        };
        child += places[i].child_count;
        count += places[i].node_count;
    }
    for (uint32_t i = 0; i < count; i++) {
        put_node(build, nodes[i], &records[i]);
        nodes[i]->number = i;
    }
    out->places = places;
    out->place_count = build->place_count;
    out->nodes = records;
    out->node_count = count;
    return nodes;
}

static int order_of_names(const void *a, const void *b)
{
    const struct build_node *x = *(struct build_node *const *)a, *y = *(struct build_node *const *)b;
    if (x->name->beginning != y->name->beginning) {
        return x->name->beginning < y->name->beginning ? -1 : 1;
    }
    return x->name == y->name ? order_of_nodes(a, b) : strcmp(x->name->text, y->name->text);
}

static void put_names(struct build *build, struct build_node **nodes, struct mib_image *out)
{
    uint32_t *by_name = image_array(build, out->node_count, sizeof(*by_name));
    if (!by_name) {
        return;
    }
    qsort(nodes, out->node_count, sizeof(struct build_node *), order_of_names);
    for (uint32_t i = 0; i < out->node_count; i++) {
        by_name[i] = nodes[i]->number;
    }
    out->by_name = by_name;
}

/* ---- types and modules ---- */

static int order_of_types(const void *a, const void *b)
{
    const struct build_type *x = *(struct build_type *const *)a, *y = *(struct build_type *const *)b;
    if (x->name != y->name) {
        return strcmp(x->name->text, y->name->text);
    }
    return x->module->number < y->module->number ? -1 : x->module->number > y->module->number;
}

static void put_types(struct build *build, struct mib_image *out)
{
    struct mib_type_record *records = image_array(build, build->type_count, sizeof(*records));
    struct build_type **types =
        build_alloc(build, ((size_t)build->type_count + 1) * sizeof(struct build_type *));
    uint32_t count = 0;
    if (build->rc < 0) {
        return;
    }
    for (struct build_type *type = build->types; type; type = type->next) {
        types[count] = type;
        count += !type->draft->is_sequence;
    }
    qsort(types, count, sizeof(struct build_type *), order_of_types);
    for (uint32_t i = 0; i < count; i++) {
        records[i].name = build_put_name(build, types[i]->name);
        records[i].syntax = types[i]->syntax;
        records[i].module = (uint16_t)types[i]->module->number;
        records[i].is_convention = types[i]->draft->is_convention;
    }
    out->types = records;
    out->type_count = count;
}

static void put_modules(struct build *build, struct mib_image *out)
{
    struct mib_module_record *records = image_array(build, build->module_count, sizeof(*records));
    for (size_t i = 0; i < build->module_count && records && build->rc == 0; i++) {
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
    out->module_count = (uint32_t)build->module_count;
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
    size_t at = MIB_IMAGE_EMPTY + 1;
    for (size_t i = 0; strings && i < build->texts.count; i++) {
        memcpy(strings + at, texts[i].data, texts[i].size);
        at += texts[i].size;
    }
    out->strings = strings;
    out->string_size = (uint32_t)at;
}

void build_lay_out(struct build *build, struct mib_image *out)
{
    struct build_node **nodes;
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
