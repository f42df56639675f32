/* SPDX-License-Identifier: BSD-3-Clause */
/* The inside of struct mib, for lib/mib alone. */
#ifndef MIB_MIB_IMPL_H
#define MIB_MIB_IMPL_H

#include "mib/mib.h"

/* The modules of one image, and what is visible of them. */
struct mib_layer {
    struct mib_layer *next; /* in the order of adding */
    struct mib_image image;
    uint32_t *ranks; /* of each module: the how-many-th to become visible, from 1; 0: it is not visible */
    bool is_builtin;
};

struct mib_module {
    const char *name;
    struct mib_layer *layer;
    uint32_t number; /* in the layer's image */
    /* while it becomes visible: */
    size_t next_import;
    struct mib_module *waiting; /* for this one, which it imports */
};

struct mib {
    struct arena arena;
    struct mib_layer *layers, **layers_end;
    struct mib_module *modules; /* sorted by name; one that another of its name hides is not among them */
    size_t module_count;
    uint32_t last_rank;
};

/* A text of an image. */
const char *mib_image_text(const struct mib_image *image, uint32_t offset);

/* Adds the modules of an image that is part of the program, as mib_add() does with those of files. The arrays
 * of the image must live as long as the mib. UVSNMP_ENO_MEMORY. */
int mib_add_image(struct mib *mib, const struct mib_image *image);

/* NULL: not known. */
const struct mib_module *mib_find_module(const struct mib *mib, const char *name);

/* The views of records. */
void mib_view_node(const struct mib_image *image, const struct mib_node *node, struct mib_object *out);
void mib_view_syntax(const struct mib_image *image, uint32_t number, struct mib_syntax *out);

/* A definition and a type of the name, of any module that is known, visible or not; for modules whose import
 * clause is wrong. */
bool mib_find_anywhere(const struct mib *mib, const char *name, struct mib_object *out);
bool mib_find_type_anywhere(const struct mib *mib, const char *name, struct mib_syntax *out);

/* A type that the module itself defines. */
bool mib_find_own_type(const struct mib *mib, const char *module, const char *name, struct mib_syntax *out);

/* The number of the root that a name stands for, also under its newer name ("itu-t"); -1: none. */
int mib_root_number(const char *name, size_t length);
const char *mib_root_name(uint32_t number); /* NULL: none */

#endif
