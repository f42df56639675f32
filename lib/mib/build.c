/* SPDX-License-Identifier: BSD-3-Clause */
#include "mib/build.h"

#include <stdlib.h>
#include <string.h>

#include "mib/build_impl.h"

#define SCRATCH_BLOCK ((size_t)64 << 10)
#define SCRATCH_LIMIT ((size_t)1 << 30)
/* Octets in one array of records. */
#define ARRAY_LIMIT ((size_t)1 << 30)

/* ---- memory ---- */

void *build_alloc(struct build *build, size_t size)
{
    void *memory = build->rc < 0 ? NULL : arena_alloc(&build->scratch, size);
    if (!memory) {
        build->rc = build->rc < 0 ? build->rc : UVSNMP_ENO_MEMORY;
        return NULL;
    }
    return memset(memory, 0, size);
}

void *build_append(struct build *build, struct build_array *array, size_t count, size_t size)
{
    if (build->rc < 0) {
        return NULL;
    }
    if (count > ARRAY_LIMIT / size - array->count) {
        build->rc = UVSNMP_ELIMIT;
        return NULL;
    }
    if (!array->data || array->count + count > array->capacity) {
        size_t capacity = (array->count + count) * 2 + 16;
        void *data = realloc(array->data, capacity * size);
        if (!data) {
            build->rc = UVSNMP_ENO_MEMORY;
            return NULL;
        }
        array->data = data;
        array->capacity = capacity;
    }
    array->count += count;
    return (char *)array->data + (array->count - count) * size;
}

void build_insert(struct build *build, struct map *map, struct map_link *link, uint64_t key)
{
    if (build->rc == 0) {
        build->rc = map_insert(map, link, key);
    }
}

/* ---- texts ---- */

static uint64_t beginning_of(const char *text)
{
    uint64_t word = 0;
    for (unsigned shift = 64; shift > 0 && *text; text++) {
        shift -= 8;
        word |= (uint64_t)(unsigned char)*text << shift;
    }
    return word;
}

struct build_name *build_name(struct build *build, const char *text)
{
    uint64_t key = map_hash(MAP_HASH_FIRST, text, strlen(text));
    struct build_name *name;
    for (struct map_link *link = map_find(&build->names_by_text, key); link; link = map_next(link)) {
        name = (struct build_name *)link;
        if (strcmp(name->text, text) == 0) {
            return name;
        }
    }
    name = build_alloc(build, sizeof(*name));
    if (name) {
        name->text = text;
        name->beginning = beginning_of(text);
        name->number = ++build->name_count;
        build_insert(build, &build->names_by_text, &name->link, key);
    }
    return build->rc < 0 ? NULL : name;
}

uint32_t build_put_text(struct build *build, const char *text)
{
    struct build_text *put;
    size_t size, offset = build->string_size;
    if (!text || text[0] == '\0') {
        return 0;
    }
    size = strlen(text) + 1;
    if (size > ARRAY_LIMIT - offset) {
        build->rc = build->rc < 0 ? build->rc : UVSNMP_ELIMIT;
        return 0;
    }
    put = build_append(build, &build->texts, 1, sizeof(*put));
    if (!put) {
        return 0;
    }
    *put = (struct build_text){text, (uint32_t)size};
    build->string_size += size;
    return (uint32_t)offset;
}

uint32_t build_put_name(struct build *build, struct build_name *name)
{
    if (name && name->offset == 0) {
        name->offset = build_put_text(build, name->text);
    }
    return name ? name->offset : 0;
}

uint32_t build_put_known_name(struct build *build, const char *text)
{
    return text ? build_put_name(build, build_name(build, text)) : 0;
}

/* ---- what the modules define ---- */

struct build_module *build_find_module(const struct build *build, const struct build_name *name)
{
    return (struct build_module *)map_find(&build->modules_by_name, name->number);
}

struct build_node *build_own_node(const struct build *build, const struct build_module *module,
                                  const struct build_name *name)
{
    return (struct build_node *)map_find(&build->nodes_by_name, build_key(module->number, name->number));
}

struct build_type *build_own_type(const struct build *build, const struct build_module *module,
                                  const struct build_name *name)
{
    return (struct build_type *)map_find(&build->types_by_name, build_key(module->number, name->number));
}

static bool is_imported(const struct build_module *module, const struct build_name *name, size_t count)
{
    for (size_t i = 0; i < count && i < BUILD_TRIES_MAX; i++) {
        if (module->imports[i] == name) {
            return true;
        }
    }
    return false;
}

static void collect_symbol(struct build *build, const struct build_module *module, struct build_name *symbol,
                           struct build_name *from)
{
    uint64_t key = build_key(module->number, symbol->number);
    struct build_import *made =
        map_find(&build->imports_by_name, key) ? NULL : build_alloc(build, sizeof(*made));
    if (made) {
        made->from = from;
        build_insert(build, &build->imports_by_name, &made->link, key);
    }
}

/* A module that only macros and types of the SMI are imported from is none to look into, nor to show:
 * RFC-1212 itself imports much else. */
static void collect_imports(struct build *build, struct build_module *module)
{
    size_t count = 0;
    for (const struct mib_import *import = module->draft->imports; import; import = import->next) {
        count++;
    }
    module->imports = build_alloc(build, count * sizeof(struct build_name *) + 1);
    for (const struct mib_import *import = module->draft->imports; import; import = import->next) {
        struct build_name *from = import->module ? build_name(build, import->module) : NULL;
        struct build_name *symbol = import->symbol ? build_name(build, import->symbol) : NULL;
        if (build->rc < 0) {
            return;
        }
        if (!from || from == module->name || (symbol && mib_is_smi_word(symbol->text))) {
            continue;
        }
        if (!is_imported(module, from, module->import_count)) {
            module->imports[module->import_count++] = from;
        }
        if (symbol) {
            collect_symbol(build, module, symbol, from);
        }
    }
}

static void add_node(struct build *build, const struct build_node *made)
{
    struct build_node *node = build_alloc(build, sizeof(*node));
    if (!node) {
        return;
    }
    *node = *made;
    node->at = node->draft->steps;
    node->order = build->node_count++;
    *build->nodes_end = node;
    build->nodes_end = &node->next;
    if (!node->name->nodes || (node->name->nodes->end && !node->end)) {
        node->name->nodes = node;
    }
    if (!build_own_node(build, node->module, node->name)) {
        build_insert(build, &build->nodes_by_name, &node->link,
                     build_key(node->module->number, node->name->number));
    }
}

static void collect_nodes(struct build *build, struct build_module *module)
{
    for (const struct mib_node_draft *draft = module->draft->nodes; draft; draft = draft->next) {
        struct build_name *name = build_name(build, draft->name);
        if (name) {
            add_node(build, &(struct build_node){.draft = draft, .module = module, .name = name});
        }
    }
}

/* "name(number)" inside of a value defines the name, where the module does not define it otherwise. */
static void collect_steps(struct build *build, struct build_module *module)
{
    for (const struct mib_node_draft *draft = module->draft->nodes; draft; draft = draft->next) {
        const struct mib_step *first = draft->steps;
        for (const struct mib_step *step = first ? first->next : NULL; step && step->next;
             step = step->next) {
            struct build_name *name = step->name && step->has_number ? build_name(build, step->name) : NULL;
            if (name && !build_own_node(build, module, name)) {
                add_node(build, &(struct build_node){
                                    .draft = draft, .module = module, .name = name, .end = step->next});
            }
        }
    }
}

static void collect_types(struct build *build, struct build_module *module)
{
    for (const struct mib_type_draft *draft = module->draft->types; draft; draft = draft->next) {
        struct build_name *name = build_name(build, draft->name);
        struct build_type *type =
            name && !build_own_type(build, module, name) ? build_alloc(build, sizeof(*type)) : NULL;
        if (!type) {
            continue;
        }
        *type = (struct build_type){.draft = draft, .module = module, .name = name};
        *build->types_end = type;
        build->types_end = &type->next;
        build->type_count++;
        if (!name->types) {
            name->types = type;
        }
        build_insert(build, &build->types_by_name, &type->link, build_key(module->number, name->number));
    }
}

static int order_of_modules(const void *a, const void *b)
{
    const struct build_module *x = a, *y = b;
    return strcmp(x->name->text, y->name->text);
}

/* The modules by name, the first of each name. */
static void collect_modules(struct build *build, const struct mib_draft *drafts)
{
    size_t count = 0;
    for (const struct mib_draft *draft = drafts; draft; draft = draft->next) {
        count++;
    }
    build->modules = build_alloc(build, count * sizeof(*build->modules) + 1);
    for (const struct mib_draft *draft = drafts; draft && build->rc == 0; draft = draft->next) {
        struct build_name *name = build_name(build, draft->name);
        struct build_module *module = &build->modules[build->module_count];
        if (name && !build_find_module(build, name)) {
            *module = (struct build_module){.draft = draft, .name = name};
            build_insert(build, &build->modules_by_name, &module->link, name->number);
            build->module_count++;
        }
    }
    if (build->rc == 0 && build->module_count > UINT16_MAX) {
        build->rc = UVSNMP_ELIMIT;
    }
    if (build->rc < 0) {
        return;
    }
    /* they move, so they are put into the map again */
    for (size_t i = 0; i < build->module_count; i++) {
        map_remove(&build->modules_by_name, &build->modules[i].link);
    }
    qsort(build->modules, build->module_count, sizeof(*build->modules), order_of_modules);
    for (size_t i = 0; i < build->module_count; i++) {
        struct build_module *module = &build->modules[i];
        module->number = (uint32_t)i;
        build_insert(build, &build->modules_by_name, &module->link, module->name->number);
    }
}

void build_collect(struct build *build, const struct mib_draft *drafts)
{
    collect_modules(build, drafts);
    for (size_t i = 0; i < build->module_count && build->rc == 0; i++) {
        struct build_module *module = &build->modules[i];
        collect_imports(build, module);
        collect_types(build, module);
        collect_nodes(build, module);
        collect_steps(build, module);
    }
}

/* ---- where a name may come from ---- */

static bool find_node_in(const struct build *build, const struct build_name *from,
                         const struct build_name *name, struct build_found_node *out)
{
    const struct build_module *module = build_find_module(build, from);
    out->node = module ? build_own_node(build, module, name) : NULL;
    out->is_known = !module && mib_find_name(build->known, from->text, name->text, strlen(name->text),
                                             &out->object, NULL);
    return out->node || out->is_known;
}

static bool find_type_in(const struct build *build, const struct build_name *from,
                         const struct build_name *name, struct build_found_type *out)
{
    const struct build_module *module = build_find_module(build, from);
    out->type = module ? build_own_type(build, module, name) : NULL;
    out->is_known = !module && mib_find_own_type(build->known, from->text, name->text, &out->syntax);
    return out->type || out->is_known;
}

static const struct build_name *import_of(const struct build *build, const struct build_module *module,
                                          const struct build_name *name)
{
    const struct build_import *import = (const struct build_import *)map_find(
        &build->imports_by_name, build_key(module->number, name->number));
    return import ? import->from : NULL;
}

bool build_find_node(struct build *build, const struct build_module *module, const char *text,
                     struct build_found_node *out)
{
    const struct build_name *name = build_name(build, text), *from;
    *out = (struct build_found_node){0};
    if (!name) {
        return false;
    }
    from = import_of(build, module, name);
    if (find_node_in(build, module->name, name, out) || (from && find_node_in(build, from, name, out))) {
        return true;
    }
    /* is it anywhere at all? */
    struct build_found_node any = {.node = name->nodes};
    any.is_known = !any.node && mib_find_anywhere(build->known, text, &any.object);
    if (!any.node && !any.is_known) {
        return false;
    }
    for (size_t i = 0; i < module->import_count && i < BUILD_TRIES_MAX; i++) {
        if (find_node_in(build, module->imports[i], name, out)) {
            return true;
        }
    }
    *out = any;
    return true;
}

bool build_find_type(struct build *build, const struct build_module *module, const char *text,
                     struct build_found_type *out)
{
    const struct build_name *name = build_name(build, text), *from;
    *out = (struct build_found_type){0};
    if (!name) {
        return false;
    }
    from = import_of(build, module, name);
    if (find_type_in(build, module->name, name, out) || (from && find_type_in(build, from, name, out))) {
        return true;
    }
    struct build_found_type any = {.type = name->types};
    any.is_known = !any.type && mib_find_type_anywhere(build->known, text, &any.syntax);
    if (!any.type && !any.is_known) {
        return false;
    }
    for (size_t i = 0; i < module->import_count && i < BUILD_TRIES_MAX; i++) {
        if (find_type_in(build, module->imports[i], name, out)) {
            return true;
        }
    }
    *out = any;
    return true;
}

/* ---- the whole ---- */

static void build_init(struct build *build, const struct mib *known, struct arena *arena,
                       const struct mib_report *report)
{
    memset(build, 0, sizeof(*build));
    build->known = known;
    build->report = report;
    build->arena = arena;
    build->nodes_end = &build->nodes;
    build->types_end = &build->types;
    build->place_count = 1;
    build->string_size = MIB_IMAGE_EMPTY + 1;
    arena_init(&build->scratch, SCRATCH_BLOCK, SCRATCH_LIMIT);
}

static void build_fini(struct build *build)
{
    struct build_array *arrays[] = {&build->texts, &build->syntaxes, &build->labels,
                                    &build->parts, &build->ranges,   &build->words};
    struct map *maps[] = {&build->names_by_text,      &build->modules_by_name, &build->imports_by_name,
                          &build->nodes_by_name,      &build->types_by_name,   &build->places_by_id,
                          &build->syntaxes_by_content};
    for (size_t i = 0; i < sizeof(arrays) / sizeof(arrays[0]); i++) {
        free(arrays[i]->data);
    }
    for (size_t i = 0; i < sizeof(maps) / sizeof(maps[0]); i++) {
        map_fini(maps[i]);
    }
    arena_fini(&build->scratch);
}

int mib_build(const struct mib_draft *drafts, const struct mib *known, struct arena *arena,
              const struct mib_report *report, struct mib_image *out)
{
    static void (*const passes[])(struct build *) = {build_resolve_types, build_resolve_oids,
                                                     build_resolve_syntaxes, build_resolve_indexes};
    struct build build;
    build_init(&build, known, arena, report);
    build_collect(&build, drafts);
    for (size_t i = 0; i < sizeof(passes) / sizeof(passes[0]) && build.rc == 0; i++) {
        passes[i](&build);
    }
    if (build.rc == 0) {
        build_lay_out(&build, out);
    }
    build_fini(&build);
    return build.rc;
}
