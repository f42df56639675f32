/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The workshop of mib_build(): what it knows while it links modules. Records of one kind are in one array and
 * refer to each other by number, as those of an image do: they are small, so that less memory is touched, and
 * the arrays may move while they grow.
 */
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

/* No record; of each kind the one with this number is none. */
#define BUILD_NONE 0u
/* The place above the roots. */
#define BUILD_ROOT 1u

/* An array that grows; lost when the build ends. */
struct build_array {
    void *data;
    size_t count, capacity; /* of members */
};

/* How a record is found by a pair of numbers, or by another hash: records begin with this. */
struct build_link {
    uint32_t next; /* the record behind it in its bucket */
    uint32_t hash;
};
struct build_table {
    struct build_array records;
    size_t size; /* of a record */
    uint32_t *buckets;
    uint32_t bucket_count; /* a power of two */
};

/* A text, once: two texts are the same when their numbers are. */
struct build_name {
    struct build_link link; /* by text */
    const char *text;
    uint32_t offset; /* in the texts of the image; 0: not there yet */
    uint32_t node;   /* the first definition of this name, of any module */
    uint32_t type;   /* likewise */
    uint32_t module; /* of the list, with this name, counted from 1; 0: none */
};

enum build_state {
    BUILD_NEW,
    BUILD_PENDING, /* waits for another one */
    BUILD_DONE,    /* for better or worse */
};

struct build_import {
    struct build_link link; /* by module and symbol */
    uint32_t symbol;        /* names */
    uint32_t from;
    uint32_t module;
};

/* They are few, and numbered from 0. */
struct build_module {
    const struct mib_draft *draft;
    uint32_t name;
    uint32_t *imports; /* names of modules, the first 64 each once */
    uint32_t import_count;
};

struct build_type {
    struct build_link link; /* by module and name */
    const struct mib_type_draft *draft;
    uint32_t name;
    uint32_t waiting; /* the type that waits for this one */
    uint32_t syntax;  /* when done */
    uint16_t module;
    uint8_t depth; /* of the chain below */
    uint8_t state;
};

struct build_place {
    struct build_link link; /* by parent and sub-identifier */
    uint32_t parent, id;
    uint32_t children, sibling;
    uint32_t nodes;
    uint32_t child_count;
    uint32_t number; /* in the image */
    uint32_t depth;
};

struct build_node {
    struct build_link link; /* by module and name; not of a second one of a name in its module */
    const struct mib_node_draft *draft;
    uint32_t name;
    uint32_t place; /* BUILD_NONE: none, or not yet */
    union {
        uint32_t waiting; /* the node that waits for this one, while values are resolved */
        uint32_t beside;  /* afterwards: the next one at the same place */
    };
    uint32_t syntax, parts;
    uint16_t module;
    uint16_t part_count;
    uint16_t taken; /* steps of the value */
    uint16_t end;   /* not 0: the node is that of a step of another's value, before the step of this number */
    uint8_t state, parts_state;
    uint8_t flags;
};

struct build {
    const struct mib *known;
    const struct mib_report *report;
    struct arena *arena;  /* of what stays */
    struct arena scratch; /* of what does not */
    uint64_t seed;        /* unpredictable, so that files cannot choose collisions */
    int rc;               /* sticky */

    struct build_module *modules; /* sorted by name */
    uint32_t module_count;
    struct build_table names, nodes, types, imports, places;
    struct map syntaxes_by_content;

    /* of records as the image has them */
    struct build_array texts /* of struct build_text */, syntaxes, labels, parts, ranges, words;
    size_t string_size;
};

/* A text that is no name. */
struct build_text {
    const char *data;
    uint32_t offset, size; /* with its NUL */
};

/* All of these return NULL or 0 and set build->rc when memory or a count is exhausted. */

void *build_alloc(struct build *build, size_t size); /* zeroed, of the scratch arena */
/* Room for `count` more members, not initialised. */
void *build_append(struct build *build, struct build_array *array, size_t count, size_t size);

/* ---- tables ---- */

/* Makes room for the record 0 and `capacity` others. */
void build_table_init(struct build *build, struct build_table *table, size_t size, size_t capacity);
void build_table_fini(struct build_table *table);

uint32_t build_hash(const struct build *build, uint32_t a, uint32_t b);
/* One more record, zeroed but for its link, where it goes into a bucket; its number. */
uint32_t build_table_add(struct build *build, struct build_table *table, uint32_t hash);
uint32_t build_table_add_apart(struct build *build, struct build_table *table);
/* The first record of a bucket; the others follow by build_link.next. */
uint32_t build_table_first(const struct build_table *table, uint32_t hash);

static inline struct build_name *build_name_at(const struct build *build, uint32_t number)
{
    return (struct build_name *)build->names.records.data + number;
}

static inline struct build_node *build_node_at(const struct build *build, uint32_t number)
{
    return (struct build_node *)build->nodes.records.data + number;
}

static inline struct build_type *build_type_at(const struct build *build, uint32_t number)
{
    return (struct build_type *)build->types.records.data + number;
}

static inline struct build_import *build_import_at(const struct build *build, uint32_t number)
{
    return (struct build_import *)build->imports.records.data + number;
}

static inline struct build_place *build_place_at(const struct build *build, uint32_t number)
{
    return (struct build_place *)build->places.records.data + number;
}

static inline const char *build_text_of(const struct build *build, uint32_t name)
{
    return build_name_at(build, name)->text;
}

/* ---- texts ---- */

/* The number of a text. */
uint32_t build_name(struct build *build, const char *text);
/* Puts a text into the image; its offset. NULL is 0, an empty text is one. A name is there once, any other
 * text as often as it is put. */
uint32_t build_put_name(struct build *build, uint32_t name);
uint32_t build_put_known_name(struct build *build, const char *text);
uint32_t build_put_text(struct build *build, const char *text);

/* ---- where a name may come from ---- */

uint32_t build_own_type(const struct build *build, uint32_t module, uint32_t name);

/* What a name in a module stands for: one of the list, or else one of build->known. */
struct build_found_node {
    uint32_t node;
    bool is_known;
    struct mib_object object;
};
struct build_found_type {
    uint32_t type;
    bool is_known;
    struct mib_syntax syntax;
};
bool build_find_node(struct build *build, uint32_t module, const char *text, struct build_found_node *out);
bool build_find_type(struct build *build, uint32_t module, const char *text, struct build_found_type *out);

/* ---- the passes, in this order ---- */

void build_collect(struct build *build, const struct mib_draft *drafts);
void build_resolve_types(struct build *build);
void build_resolve_oids(struct build *build);
void build_resolve_syntaxes(struct build *build);
void build_resolve_indexes(struct build *build);
void build_lay_out(struct build *build, struct mib_image *out);

/* ---- syntaxes ---- */

/* The number of the syntax of a use, whose types are resolved. */
uint32_t build_syntax_of(struct build *build, uint32_t module, const struct mib_type_use *use, unsigned line);
/* A copy of a known module's. */
uint32_t build_copy_syntax(struct build *build, const struct mib_syntax *syntax);

#endif
