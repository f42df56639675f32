/* SPDX-License-Identifier: BSD-3-Clause */
/* The workshop of mib_build(): what it knows while it links modules. */
#ifndef MIB_BUILD_IMPL_H
#define MIB_BUILD_IMPL_H

#include <uvsnmp/oid.h>

#include "base/map.h"
#include "mib/build.h"
#include "mib/mib_impl.h"

/* Types in a chain, and rows that augment each other. */
#define BUILD_CHAIN_MAX 64
/* So many imported modules are tried for a name whose import is wrong. */
#define BUILD_TRIES_MAX 64

/* An array that grows; lost when the build ends. */
struct build_array {
    void *data;
    size_t count, capacity; /* of members */
};

/* A text, once: two texts are the same when their struct build_name is. */
struct build_name {
    struct map_link link;
    const char *text;
    uint64_t beginning;       /* the first octets of the text, in an order as theirs: sorts most names */
    uint32_t number;          /* for keys; from 1 */
    uint32_t offset;          /* in the texts of the image; 0: not there yet */
    struct build_node *nodes; /* the first definition of this name */
    struct build_type *types;
};

enum build_state {
    BUILD_NEW,
    BUILD_PENDING, /* waits for another one */
    BUILD_DONE,    /* for better or worse */
};

struct build_import {
    struct map_link link; /* by importing module and symbol */
    struct build_name *from;
};

struct build_module {
    struct map_link link; /* by name */
    const struct mib_draft *draft;
    struct build_name *name;
    uint32_t number;
    struct build_name **imports; /* each module once */
    uint32_t import_count;
    uint32_t words; /* where their names are in the image */
};

struct build_type {
    struct map_link link; /* by module and name */
    const struct mib_type_draft *draft;
    struct build_module *module;
    struct build_name *name;
    struct build_type *next;    /* of all */
    struct build_type *waiting; /* for this one */
    enum build_state state;
    unsigned depth;  /* of the chain below */
    uint32_t syntax; /* when done */
};

struct build_place {
    struct map_link link; /* by parent and sub-identifier */
    struct build_place *parent, *children, *sibling;
    struct build_node *nodes;
    uint32_t id, number, child_count;
    unsigned depth;
};

struct build_node {
    struct map_link link; /* by module and name */
    const struct mib_node_draft *draft;
    struct build_module *module;
    struct build_name *name;
    struct build_node *next;    /* of all */
    struct build_node *waiting; /* for this one */
    struct build_node *beside;  /* at the same place */
    const struct mib_step *at;  /* the next step to take */
    const struct mib_step
        *end; /* behind the last one; not NULL: the node comes from a step of another's value */
    struct build_place *place; /* NULL: none, or not yet */
    enum build_state state;
    uint32_t order;  /* in the sources */
    uint32_t number; /* in the image */
    uint32_t syntax, parts;
    uint16_t part_count;
    enum build_state parts_state;
    uint8_t flags;
};

struct build {
    const struct mib *known;
    const struct mib_report *report;
    struct arena *arena;  /* of what stays */
    struct arena scratch; /* of what does not */
    int rc;               /* sticky */

    struct map names_by_text, modules_by_name, imports_by_name, nodes_by_name, types_by_name, places_by_id,
        syntaxes_by_content;
    uint32_t name_count;

    struct build_module *modules; /* sorted by name */
    size_t module_count;
    struct build_node *nodes, **nodes_end;
    struct build_type *types, **types_end;
    uint32_t node_count, type_count;
    struct build_place root;
    uint32_t place_count;

    /* of records as the image has them */
    struct build_array texts /* of struct build_text */, syntaxes, labels, parts, ranges, words;
    size_t string_size;
};

struct build_text {
    const char *data;
    uint32_t size; /* with its NUL */
};

/* All of these return NULL or 0 and set build->rc when memory or a count is exhausted. */

void *build_alloc(struct build *build, size_t size); /* zeroed, of the scratch arena */
/* Room for `count` more members, not initialised. */
void *build_append(struct build *build, struct build_array *array, size_t count, size_t size);
void build_insert(struct build *build, struct map *map, struct map_link *link, uint64_t key);

struct build_name *build_name(struct build *build, const char *text);
/* Puts a text into the image; its offset. NULL is 0. A name is there once, any other text as often as it is
 * put. */
uint32_t build_put_name(struct build *build, struct build_name *name);
uint32_t build_put_known_name(struct build *build, const char *text);
uint32_t build_put_text(struct build *build, const char *text);

/* A key of a pair of numbers. */
static inline uint64_t build_key(uint32_t high, uint32_t low)
{
    return (uint64_t)high << 32 | low;
}

/* ---- where a name may come from ---- */

/* The module of the list that has this name; NULL: none. */
struct build_module *build_find_module(const struct build *build, const struct build_name *name);
struct build_node *build_own_node(const struct build *build, const struct build_module *module,
                                  const struct build_name *name);
struct build_type *build_own_type(const struct build *build, const struct build_module *module,
                                  const struct build_name *name);

/* What a name in a module stands for: one of the list, or else one of build->known. */
struct build_found_node {
    struct build_node *node;
    bool is_known;
    struct mib_object object;
};
struct build_found_type {
    struct build_type *type;
    bool is_known;
    struct mib_syntax syntax;
};
bool build_find_node(struct build *build, const struct build_module *module, const char *text,
                     struct build_found_node *out);
bool build_find_type(struct build *build, const struct build_module *module, const char *text,
                     struct build_found_type *out);

/* ---- the passes, in this order ---- */

void build_collect(struct build *build, const struct mib_draft *drafts);
void build_resolve_types(struct build *build);
void build_resolve_oids(struct build *build);
void build_resolve_syntaxes(struct build *build);
void build_resolve_indexes(struct build *build);
void build_lay_out(struct build *build, struct mib_image *out);

/* ---- syntaxes ---- */

/* The number of the syntax of a use; resolves the types that it needs. */
uint32_t build_syntax_of(struct build *build, const struct build_module *module,
                         const struct mib_type_use *use, unsigned line);
/* A copy of a known module's. */
uint32_t build_copy_syntax(struct build *build, const struct mib_syntax *syntax);

#endif
