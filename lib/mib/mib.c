/* SPDX-License-Identifier: BSD-3-Clause */
#include "mib/mib.h"

#include <stdlib.h>
#include <string.h>

#include "mib/build.h"
#include "mib/mib_impl.h"

/* Some thousand modules with all their descriptions are a tenth of it. */
#define ARENA_BLOCK ((size_t)16 << 10)
#define ARENA_LIMIT ((size_t)1 << 30)

/* The rank of a module that waits for those that it imports. */
#define RANK_PENDING UINT32_MAX

struct mib *mib_new_empty(void)
{
    struct mib *mib = calloc(1, sizeof(*mib));
    if (mib) {
        arena_init(&mib->arena, ARENA_BLOCK, ARENA_LIMIT);
        mib->layers_end = &mib->layers;
    }
    return mib;
}

void mib_free(struct mib *mib)
{
    if (mib) {
        free(mib->modules);
        arena_fini(&mib->arena);
        free(mib);
    }
}

struct arena *mib_arena(struct mib *mib)
{
    return &mib->arena;
}

/* ---- modules ---- */

/* The place of the first module whose name is not below `name`. */
static size_t module_position(const struct mib *mib, const char *name)
{
    size_t low = 0, high = mib->module_count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (strcmp(mib->modules[middle].name, name) < 0) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low;
}

static struct mib_module *find_module(const struct mib *mib, const char *name)
{
    size_t at = mib ? module_position(mib, name) : 0;
    bool found = mib && at < mib->module_count && strcmp(mib->modules[at].name, name) == 0;
    return found ? &mib->modules[at] : NULL;
}

const struct mib_module *mib_find_module(const struct mib *mib, const char *name)
{
    return find_module(mib, name);
}

static uint32_t *rank_of(const struct mib_module *module)
{
    return &module->layer->ranks[module->number];
}

/* Two sorted lists become one. A new module goes in the place of an earlier one of its name, in the order of
 * what is visible too. */
static void merge_modules(struct mib *mib, struct mib_layer *layer, struct mib_module *merged)
{
    const struct mib_image *image = &layer->image;
    size_t old = 0, count = 0;
    for (uint32_t i = 0; i < image->module_count; i++) {
        struct mib_module module = {
            .name = mib_image_text(image, image->modules[i].name), .layer = layer, .number = i};
        while (old < mib->module_count && strcmp(mib->modules[old].name, module.name) < 0) {
            merged[count++] = mib->modules[old++];
        }
        if (old < mib->module_count && strcmp(mib->modules[old].name, module.name) == 0) {
            uint32_t *rank = rank_of(&mib->modules[old++]);
            layer->ranks[i] = *rank;
            *rank = 0;
        }
        merged[count++] = module;
    }
    while (old < mib->module_count) {
        merged[count++] = mib->modules[old++];
    }
    free(mib->modules);
    mib->modules = merged;
    mib->module_count = count;
}

static int add_layer(struct mib *mib, const struct mib_image *image, bool is_builtin)
{
    struct mib_layer *layer = arena_alloc(&mib->arena, sizeof(*layer));
    uint32_t *ranks = arena_array(&mib->arena, (size_t)image->module_count + 1, sizeof(*ranks));
    struct mib_module *merged = malloc((mib->module_count + image->module_count + 1) * sizeof(*merged));
    if (!layer || !ranks || !merged) {
        free(merged);
        return UVSNMP_ENO_MEMORY;
    }
    memset(ranks, 0, ((size_t)image->module_count + 1) * sizeof(*ranks));
    layer->next = NULL;
    layer->image = *image;
    layer->ranks = ranks;
    layer->is_builtin = is_builtin;
    *mib->layers_end = layer;
    mib->layers_end = &layer->next;
    merge_modules(mib, layer, merged);
    return 0;
}

int mib_add_image(struct mib *mib, const struct mib_image *image)
{
    return add_layer(mib, image, true);
}

int mib_add(struct mib *mib, const struct mib_draft *drafts, const struct mib_report *report)
{
    struct mib_image image;
    int rc = mib_build(drafts, mib, &mib->arena, report, &image);
    return rc < 0 ? rc : add_layer(mib, &image, false);
}

bool mib_has_module(const struct mib *mib, const char *name)
{
    return mib_find_module(mib, name) != NULL;
}

bool mib_is_builtin(const struct mib *mib, const char *name)
{
    const struct mib_module *module = mib_find_module(mib, name);
    return module && module->layer->is_builtin;
}

bool mib_is_visible(const struct mib *mib, const char *name)
{
    const struct mib_module *module = mib_find_module(mib, name);
    return module && *rank_of(module) != 0;
}

size_t mib_module_rank(const struct mib *mib, const char *name)
{
    const struct mib_module *module = mib_find_module(mib, name);
    return module ? *rank_of(module) : 0;
}

const char *mib_module_name(const struct mib *mib, size_t index)
{
    return mib && index < mib->module_count ? mib->modules[index].name : NULL;
}

static const char *import_of(const struct mib_module *module, size_t index)
{
    const struct mib_image *image = &module->layer->image;
    const struct mib_module_record *record = &image->modules[module->number];
    return index < record->import_count ? mib_image_text(image, image->words[record->imports + index]) : NULL;
}

const char *mib_module_import(const struct mib *mib, const char *name, size_t index)
{
    const struct mib_module *module = mib_find_module(mib, name);
    return module ? import_of(module, index) : NULL;
}

/* ---- visibility ---- */

/* The next import of the module that is known and was not met yet; NULL: none is left. */
static struct mib_module *next_import(const struct mib *mib, struct mib_module *module)
{
    const char *name;
    while ((name = import_of(module, module->next_import)) != NULL) {
        struct mib_module *import = find_module(mib, name);
        module->next_import++;
        if (import && *rank_of(import) == 0) {
            return import;
        }
    }
    return NULL;
}

int mib_show(struct mib *mib, const char *name)
{
    struct mib_module *module = find_module(mib, name);
    if (!module) {
        return UVSNMP_ENOT_FOUND;
    }
    if (*rank_of(module) != 0) {
        return 0;
    }
    /* who waits for whom is a list, and no recursion: chains of imports are as long as who writes them likes
     */
    module->waiting = NULL;
    while (module) {
        struct mib_module *import;
        *rank_of(module) = RANK_PENDING;
        import = next_import(mib, module);
        if (import) {
            import->waiting = module;
            module = import;
        } else {
            *rank_of(module) = ++mib->last_rank;
            module = module->waiting;
        }
    }
    return 0;
}
