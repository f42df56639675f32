/* SPDX-License-Identifier: BSD-3-Clause */
#include "mib/build.h"

#include <stdlib.h>
#include <string.h>

#include "base/random.h"
#include "mib/build_impl.h"

#define SCRATCH_BLOCK ((size_t)16 << 10)
#define SCRATCH_LIMIT ((size_t)1 << 30)

/* ---- what the modules define ---- */

static uint32_t own_node(const struct build *build, uint32_t module, uint32_t name)
{
    uint32_t hash = build_hash(build, module, name), number = build_table_first(&build->nodes, hash);
    while (number != BUILD_NONE) {
        const struct build_node *node = build_node_at(build, number);
        if (node->name == name && node->module == module) {
            break;
        }
        number = node->link.next;
    }
    return number;
}

uint32_t build_own_type(const struct build *build, uint32_t module, uint32_t name)
{
    uint32_t hash = build_hash(build, module, name), number = build_table_first(&build->types, hash);
    while (number != BUILD_NONE) {
        const struct build_type *type = build_type_at(build, number);
        if (type->name == name && type->module == module) {
            break;
        }
        number = type->link.next;
    }
    return number;
}

/* The name of the module that a symbol is imported from. */
static uint32_t import_of(const struct build *build, uint32_t module, uint32_t symbol)
{
    uint32_t hash = build_hash(build, module, symbol), number = build_table_first(&build->imports, hash);
    while (number != BUILD_NONE) {
        const struct build_import *import = build_import_at(build, number);
        if (import->symbol == symbol && import->module == module) {
            return import->from;
        }
        number = import->link.next;
    }
    return BUILD_NONE;
}

static bool is_imported(const struct build_module *module, uint32_t name)
{
    for (size_t i = 0; i < module->import_count && i < BUILD_TRIES_MAX; i++) {
        if (module->imports[i] == name) {
            return true;
        }
    }
    return false;
}

static void collect_symbol(struct build *build, uint32_t module, uint32_t symbol, uint32_t from)
{
    if (import_of(build, module, symbol) == BUILD_NONE) {
        uint32_t number = build_table_add(build, &build->imports, build_hash(build, module, symbol));
        if (number != BUILD_NONE) {
            struct build_import *import = build_import_at(build, number);
            import->module = module;
            import->symbol = symbol;
            import->from = from;
        }
    }
}

/* A module that only macros and types of the SMI are imported from is none to look into, nor to show:
 * RFC-1212 itself imports much else. */
static void collect_imports(struct build *build, uint32_t number)
{
    struct build_module *module = &build->modules[number];
    size_t count = 0;
    for (const struct mib_import *import = module->draft->imports; import; import = import->next) {
        count++;
    }
    module->imports = build_alloc(build, count * sizeof(*module->imports) + 1);
    for (const struct mib_import *import = module->draft->imports; import; import = import->next) {
        bool is_word = import->symbol && mib_is_smi_word(import->symbol);
        uint32_t from = import->module && !is_word ? build_name(build, import->module) : BUILD_NONE;
        if (build->rc < 0) {
            return;
        }
        if (from == BUILD_NONE || from == module->name) {
            continue;
        }
        if (!is_imported(module, from)) {
            module->imports[module->import_count++] = from;
        }
        if (import->symbol) {
            collect_symbol(build, number, build_name(build, import->symbol), from);
        }
    }
}

/* Adds a node of the module. Of several of one name the first is found. */
static void add_node(struct build *build, uint32_t module, const struct mib_node_draft *draft, uint32_t name,
                     uint16_t end)
{
    bool is_new = build->rc == 0 && own_node(build, module, name) == BUILD_NONE;
    uint32_t number = is_new ? build_table_add(build, &build->nodes, build_hash(build, module, name))
                             : build_table_add_apart(build, &build->nodes);
    struct build_name *text = build_name_at(build, name);
    struct build_node *node;
    if (number == BUILD_NONE) {
        return;
    }
    node = build_node_at(build, number);
    node->draft = draft;
    node->name = name;
    node->module = (uint16_t)module;
    node->end = end;
    if (text->node == BUILD_NONE || (build_node_at(build, text->node)->end && !end)) {
        text->node = number;
    }
}

static void collect_nodes(struct build *build, uint32_t module)
{
    const struct mib_node_draft *draft = build->modules[module].draft->nodes;
    for (; draft && build->rc == 0; draft = draft->next) {
        add_node(build, module, draft, build_name(build, draft->name), 0);
    }
}

/* Does the step define its name? It may: "name(number)" does, between the first and the last one. */
static bool is_defining(const struct mib_step *step, size_t at)
{
    return at > 0 && at < UVSNMP_OID_MAX && step->next && step->name && step->has_number;
}

/* What a value names on its way is defined by that, where the module does not define it otherwise. */
static void collect_steps(struct build *build, uint32_t module)
{
    const struct mib_node_draft *draft = build->modules[module].draft->nodes;
    for (; draft && build->rc == 0; draft = draft->next) {
        uint16_t at = 0;
        for (const struct mib_step *step = draft->steps; step && at < UVSNMP_OID_MAX;
             step = step->next, at++) {
            uint32_t name = is_defining(step, at) ? build_name(build, step->name) : BUILD_NONE;
            if (name != BUILD_NONE && own_node(build, module, name) == BUILD_NONE) {
                add_node(build, module, draft, name, (uint16_t)(at + 1));
            }
        }
    }
}

static void collect_types(struct build *build, uint32_t module)
{
    const struct mib_type_draft *draft = build->modules[module].draft->types;
    for (; draft && build->rc == 0; draft = draft->next) {
        uint32_t name = build_name(build, draft->name), number;
        struct build_type *type;
        if (build->rc < 0 || build_own_type(build, module, name) != BUILD_NONE) {
            continue;
        }
        number = build_table_add(build, &build->types, build_hash(build, module, name));
        if (number == BUILD_NONE) {
            return;
        }
        type = build_type_at(build, number);
        type->draft = draft;
        type->name = name;
        type->module = (uint16_t)module;
        if (build_name_at(build, name)->type == BUILD_NONE) {
            build_name_at(build, name)->type = number;
        }
    }
}

static int order_of_modules(const void *a, const void *b)
{
    const struct build_module *x = a, *y = b;
    return strcmp(x->draft->name, y->draft->name);
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
        uint32_t name = build_name(build, draft->name);
        if (build->rc == 0 && build_name_at(build, name)->module == 0) {
            build_name_at(build, name)->module = 1;
            build->modules[build->module_count++] = (struct build_module){.draft = draft, .name = name};
        }
    }
    if (build->rc == 0 && build->module_count > UINT16_MAX) {
        build->rc = UVSNMP_ELIMIT;
    }
    if (build->rc < 0) {
        return;
    }
    qsort(build->modules, build->module_count, sizeof(*build->modules), order_of_modules);
    for (uint32_t i = 0; i < build->module_count; i++) {
        build_name_at(build, build->modules[i].name)->module = i + 1;
    }
}

/* How much there will be of what is never moved into new buckets, and about how much of the rest. */
static void make_tables(struct build *build, const struct mib_draft *drafts)
{
    size_t nodes = 0, types = 0, imports = 0;
    for (const struct mib_draft *draft = drafts; draft; draft = draft->next) {
        for (const struct mib_import *import = draft->imports; import; import = import->next) {
            imports++;
        }
        for (const struct mib_type_draft *type = draft->types; type; type = type->next) {
            types++;
        }
        for (const struct mib_node_draft *node = draft->nodes; node; node = node->next) {
            size_t at = 0;
            nodes++;
            for (const struct mib_step *step = node->steps; step; step = step->next) {
                nodes += is_defining(step, at++);
            }
        }
    }
    build_table_init(build, &build->names, sizeof(struct build_name), nodes + types + imports / 4);
    build_table_init(build, &build->nodes, sizeof(struct build_node), nodes);
    build_table_init(build, &build->types, sizeof(struct build_type), types);
    build_table_init(build, &build->imports, sizeof(struct build_import), imports);
    build_table_init(build, &build->places, sizeof(struct build_place), nodes);
    (void)build_table_add_apart(build, &build->places); /* BUILD_ROOT */
}

void build_collect(struct build *build, const struct mib_draft *drafts)
{
    make_tables(build, drafts);
    collect_modules(build, drafts);
    for (uint32_t i = 0; i < build->module_count && build->rc == 0; i++) {
        collect_imports(build, i);
        collect_types(build, i);
        collect_nodes(build, i);
        collect_steps(build, i);
    }
}

/* ---- where a name may come from ---- */

/* The module of the list that has this name; false: none. */
static bool find_module(const struct build *build, uint32_t name, uint32_t *module)
{
    *module = build_name_at(build, name)->module - 1;
    return build_name_at(build, name)->module != 0;
}

static bool find_node_in(const struct build *build, uint32_t from, uint32_t name,
                         struct build_found_node *out)
{
    uint32_t module;
    if (find_module(build, from, &module)) {
        out->node = own_node(build, module, name);
        return out->node != BUILD_NONE;
    }
    out->is_known = mib_find_name(build->known, build_text_of(build, from), build_text_of(build, name),
                                  strlen(build_text_of(build, name)), &out->object, NULL);
    return out->is_known;
}

static bool find_type_in(const struct build *build, uint32_t from, uint32_t name,
                         struct build_found_type *out)
{
    uint32_t module;
    if (find_module(build, from, &module)) {
        out->type = build_own_type(build, module, name);
        return out->type != BUILD_NONE;
    }
    out->is_known =
        mib_find_own_type(build->known, build_text_of(build, from), build_text_of(build, name), &out->syntax);
    return out->is_known;
}

/* A definition of the name in any module at all. */
static bool find_node_anywhere(const struct build *build, uint32_t name, struct build_found_node *out)
{
    out->node = build_name_at(build, name)->node;
    out->is_known =
        out->node == BUILD_NONE && mib_find_anywhere(build->known, build_text_of(build, name), &out->object);
    return out->node != BUILD_NONE || out->is_known;
}

static bool find_type_anywhere(const struct build *build, uint32_t name, struct build_found_type *out)
{
    out->type = build_name_at(build, name)->type;
    out->is_known = out->type == BUILD_NONE &&
                    mib_find_type_anywhere(build->known, build_text_of(build, name), &out->syntax);
    return out->type != BUILD_NONE || out->is_known;
}

bool build_find_node(struct build *build, uint32_t number, const char *text, struct build_found_node *out)
{
    const struct build_module *module = &build->modules[number];
    uint32_t name = build_name(build, text), from;
    *out = (struct build_found_node){0};
    if (build->rc < 0) {
        return false;
    }
    from = import_of(build, number, name);
    if (find_node_in(build, module->name, name, out) ||
        (from != BUILD_NONE && find_node_in(build, from, name, out))) {
        return true;
    }
    if (!find_node_anywhere(build, name, out)) {
        return false;
    }
    for (size_t i = 0; i < module->import_count && i < BUILD_TRIES_MAX; i++) {
        *out = (struct build_found_node){0};
        if (find_node_in(build, module->imports[i], name, out)) {
            return true;
        }
    }
    return find_node_anywhere(build, name, out);
}

bool build_find_type(struct build *build, uint32_t number, const char *text, struct build_found_type *out)
{
    const struct build_module *module = &build->modules[number];
    uint32_t name = build_name(build, text), from;
    *out = (struct build_found_type){0};
    if (build->rc < 0) {
        return false;
    }
    from = import_of(build, number, name);
    if (find_type_in(build, module->name, name, out) ||
        (from != BUILD_NONE && find_type_in(build, from, name, out))) {
        return true;
    }
    if (!find_type_anywhere(build, name, out)) {
        return false;
    }
    for (size_t i = 0; i < module->import_count && i < BUILD_TRIES_MAX; i++) {
        *out = (struct build_found_type){0};
        if (find_type_in(build, module->imports[i], name, out)) {
            return true;
        }
    }
    return find_type_anywhere(build, name, out);
}

/* ---- the whole ---- */

static void build_init(struct build *build, const struct mib *known, struct arena *arena,
                       const struct mib_report *report)
{
    memset(build, 0, sizeof(*build));
    build->known = known;
    build->report = report;
    build->arena = arena;
    build->seed = random_u64();
    build->string_size = MIB_IMAGE_EMPTY + 1;
    map_init(&build->syntaxes_by_content);
    arena_init(&build->scratch, SCRATCH_BLOCK, SCRATCH_LIMIT);
}

static void build_fini(struct build *build)
{
    struct build_table *tables[] = {&build->names, &build->nodes, &build->types, &build->imports,
                                    &build->places};
    struct build_array *arrays[] = {&build->texts, &build->syntaxes, &build->labels,
                                    &build->parts, &build->ranges,   &build->words};
    for (size_t i = 0; i < sizeof(tables) / sizeof(tables[0]); i++) {
        build_table_fini(tables[i]);
    }
    for (size_t i = 0; i < sizeof(arrays) / sizeof(arrays[0]); i++) {
        free(arrays[i]->data);
    }
    map_fini(&build->syntaxes_by_content);
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
