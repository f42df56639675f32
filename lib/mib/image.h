/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * MIB modules in the form that is looked up: arrays of fixed-size records that point into each other by
 * number, so that the built-in modules are constant data of the program that need neither relocation nor
 * preparation. mib_build() makes one; the build writes one into C source; nothing changes it afterwards.
 *
 * A place is a position in the tree of OIDs; a node is what one module defines there. A place without a node
 * is only on the way to one (another image may define it). Everything that is searched is sorted.
 *
 * Only lib/mib reads these records; others see them through mib/mib.h.
 */
#ifndef MIB_IMAGE_H
#define MIB_IMAGE_H

#include "mib/smi_words.h"

#define MIB_IMAGE_NONE UINT32_MAX
#define MIB_IMAGE_EMPTY 1u /* the offset of a text that is there and empty: DESCRIPTION "" */

/* Breadth first, so that the children of a place stand side by side, in the order of their numbers, and so do
 * the children of neighbours: first_child and first_node never decrease, also where there are none. [0] is
 * the place above the roots. */
struct mib_place {
    uint32_t id;
    uint32_t parent;
    uint32_t first_child, child_count;
    uint32_t first_node, node_count; /* the nodes of a place stand side by side, in the order of their
                                      * modules; in one module the last definition first */
};

struct mib_node {
    uint32_t place;
    uint32_t name; /* here and below: an offset into `strings`, where 0 is the empty text and means "none" */
    uint32_t syntax;
    uint32_t units, default_value, description, reference, last_updated;
    uint32_t parts;    /* INDEX: into `parts`; a row that augments has those of the row that it augments */
    uint32_t objects;  /* into `words` */
    uint32_t augments; /* the row's name */
    uint16_t part_count, object_count;
    uint16_t module;
    uint8_t kind, access, status;
    uint8_t flags; /* MIB_NODE_… */
};
#define MIB_NODE_TABLE 1u
#define MIB_NODE_ROW 2u

/* syntaxes[0] is that of what has no value. */
struct mib_syntax_record {
    uint32_t type; /* the name of the textual convention, the outermost one */
    uint32_t hint;
    uint32_t ranges; /* into `ranges`, counted in pairs as below */
    uint32_t labels; /* into `labels` */
    uint16_t range_count, label_count;
    uint8_t base;
};

struct mib_label_record {
    int64_t value;
    uint32_t name;
};

/* One component of an INDEX. */
struct mib_part_record {
    uint32_t name;
    uint32_t syntax;
    uint8_t is_implied;
};

/* A type that a module defines, resolved. Sorted by name, then by module. */
struct mib_type_record {
    uint32_t name;
    uint32_t syntax;
    uint16_t module;
    uint8_t is_convention;
};

/* Sorted by name. */
struct mib_module_record {
    uint32_t name;
    uint32_t imports, import_count; /* into `words`: the names of modules */
    uint32_t file;
};

struct mib_image {
    const struct mib_place *places;
    const struct mib_node *nodes;
    const uint32_t *by_name; /* node numbers, sorted by name, then as those of a place */
    const struct mib_type_record *types;
    const struct mib_module_record *modules;
    const struct mib_syntax_record *syntaxes;
    const struct mib_label_record *labels;
    const struct mib_part_record *parts;
    const int64_t *ranges;
    const uint32_t *words; /* offsets into `strings` */
    const char *strings;
    uint32_t place_count, node_count, type_count, module_count, syntax_count, label_count, part_count,
        range_count /* of pairs */, word_count, string_size;
};

/* The modules that are part of the program. */
void mib_builtin_image(struct mib_image *image);

#endif
