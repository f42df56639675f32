/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Names of OIDs: the modules that are known, which of them are visible, and the questions that printing and
 * reading ask. What is visible is part of the output: a name counts only if its module is visible, and where
 * several visible modules define one OID, the module that became visible first gives the name.
 *
 * Wherever a `const struct mib *` is taken NULL is legal: nothing is known then but the three roots,
 * ccitt(0), iso(1) and joint-iso-ccitt(2), which are always there and belong to no module.
 *
 * Views (struct mib_object, struct mib_syntax …) borrow from the mib and are valid until it is freed.
 */
#ifndef MIB_MIB_H
#define MIB_MIB_H

#include <uvsnmp/oid.h>

#include "base/arena.h"
#include "mib/draft.h"
#include "mib/image.h"
#include "mib/report.h"

struct mib;

struct mib_syntax {
    enum mib_base base;
    const char *type; /* the textual convention, e.g. "DisplayString"; NULL: none */
    const char *hint; /* DISPLAY-HINT; NULL: none */
    size_t range_count, label_count;
    const struct mib_image *image; /* for the functions below */
    const struct mib_syntax_record *record;
};

struct mib_range {
    int64_t low, high;
};

struct mib_label {
    const char *name;
    int64_t value;
};

struct mib_object {
    const char *name;
    const char *module; /* NULL: a root */
    enum mib_kind kind;
    enum mib_access access;
    enum mib_status status;
    bool is_table, is_row;
    struct mib_syntax syntax;
    const char *units, *default_value, *description, *reference, *last_updated; /* NULL: none, or not kept */
    const char *augments;          /* the name of the row that this one augments; NULL: none */
    size_t part_count;             /* of the INDEX, also of an augmented one */
    size_t object_count;           /* OBJECTS of a notification */
    uint32_t id;                   /* the last sub-identifier */
    const struct mib_image *image; /* for the functions below; NULL: a root */
    const struct mib_node *node;
};

/* A component of an INDEX. */
struct mib_part {
    const char *name;
    struct mib_syntax syntax;
    bool is_implied;
};

/* ---- what is known and what is visible ---- */

/* Knows the built-in modules; none is visible. NULL: out of memory. */
struct mib *mib_new(void);
/* Knows nothing: for programs that make an image, and for tests. */
struct mib *mib_new_empty(void);
void mib_free(struct mib *mib);

/* For texts and lists that must live as long as the mib. */
struct arena *mib_arena(struct mib *mib);

/*
 * Links the modules of `drafts` (mib/build.h), which may go then, and adds them. A module of a name that is
 * known already hides the earlier one and takes its place among what is visible; else none becomes visible.
 * Errors: those of mib_build().
 */
int mib_add(struct mib *mib, const struct mib_draft *drafts, const struct mib_report *report);

bool mib_has_module(const struct mib *mib, const char *name);

/* Is the module one that the program brings along, and no file's? */
bool mib_is_builtin(const struct mib *mib, const char *name);

/*
 * Makes a module visible, and before it all that it imports, each before what imports it. Imports that are
 * not known are left out. UVSNMP_ENOT_FOUND: no such module.
 */
int mib_show(struct mib *mib, const char *name);

bool mib_is_visible(const struct mib *mib, const char *name);

/* The how-many-th module to become visible it was, from 1; 0: it is not visible. */
size_t mib_module_rank(const struct mib *mib, const char *name);

/* The known modules in the order of their names, built-in ones included; NULL behind the last. */
const char *mib_module_name(const struct mib *mib, size_t index);

/* The names of the modules that `name` imports: the index-th, NULL behind the last or for an unknown module.
 */
const char *mib_module_import(const struct mib *mib, const char *name, size_t index);

/*
 * Calls `found` for the OIDs below which a module, visible or not, defines its objects, in their order: for
 * IF-MIB those of interfaces and ifMIB. UVSNMP_ENOT_FOUND: no such module.
 */
typedef void mib_subtree_fn(struct uvsnmp_oid oid, void *arg);
int mib_visit_subtrees(const struct mib *mib, const char *module, mib_subtree_fn *found, void *arg);

/* ---- from OIDs ---- */

/*
 * The deepest visible definition on the way to `oid`, and how many of its sub-identifiers it covers; false
 * when not even its root has a name. O(log n) per sub-identifier.
 */
bool mib_find_oid(const struct mib *mib, struct uvsnmp_oid oid, struct mib_object *out, size_t *used);

/* The visible definition of exactly this OID. */
bool mib_find_exact(const struct mib *mib, struct uvsnmp_oid oid, struct mib_object *out);

/*
 * Calls `visit` for every visible definition of exactly this OID, in no certain order. `rank` is that of its
 * module (mib_module_rank; a root's is 0): the least one gives the OID its name.
 */
typedef void mib_visit_fn(const struct mib_object *object, size_t rank, void *arg);
void mib_visit_definitions(const struct mib *mib, struct uvsnmp_oid oid, mib_visit_fn *visit, void *arg);

/*
 * The first sub-identifier >= `from` below `oid` on which a visible definition lies, itself or further down.
 * False: none. Where that child itself has no definition, all of `out` but its id is zero, the name too. All
 * children: from = 0, and then (uint64_t)out->id + 1 again and again.
 */
bool mib_next_child(const struct mib *mib, struct uvsnmp_oid oid, uint64_t from, struct mib_object *out);

/* The row that `oid`, a column or what is below one, belongs to: the deepest definition above with is_row. */
bool mib_find_row(const struct mib *mib, struct uvsnmp_oid oid, struct mib_object *row, size_t *used);

/* ---- from names ---- */

/*
 * The definition of `name` in a visible module; of `module` only where it is not NULL, and then whether it is
 * visible or not. Where visible modules have the name at several OIDs, that of the module which became
 * visible last counts, as with Net-SNMP; of one OID, the first module's. Letter case counts. `oid` may be
 * NULL. Lengths make it easy to look up a piece of a longer text.
 */
bool mib_find_name(const struct mib *mib, const char *module, const char *name, size_t length,
                   struct mib_object *out, struct uvsnmp_oid_buf *oid);

/* The child of `oid` that a visible module calls so, the first one to become visible if there are several;
 * appends its number to `oid`. */
bool mib_find_child(const struct mib *mib, struct uvsnmp_oid_buf *oid, const char *name, size_t length,
                    struct mib_object *out);

/* The OID of a definition. */
void mib_object_oid(const struct mib_object *object, struct uvsnmp_oid_buf *out);

/* ---- what a definition says ---- */

/* index < part_count */
struct mib_part mib_object_part(const struct mib_object *object, size_t index);

/* The name of the index-th of OBJECTS; index < object_count. To be looked up with mib_find_name(). */
const char *mib_object_name(const struct mib_object *object, size_t index);

/* index < range_count, label_count; in source order. */
struct mib_range mib_syntax_range(const struct mib_syntax *syntax, size_t index);
struct mib_label mib_syntax_label(const struct mib_syntax *syntax, size_t index);

/* The label of a value; NULL: it has none. */
const char *mib_syntax_label_of(const struct mib_syntax *syntax, int64_t value);
bool mib_syntax_value_of(const struct mib_syntax *syntax, const char *label, size_t length, int64_t *value);

/* True where there are no ranges, or one that holds `number` (a value, or a string's size). */
bool mib_syntax_allows(const struct mib_syntax *syntax, int64_t number);

/* The size of every value, where SIZE allows only one; else -1. */
int64_t mib_syntax_fixed_size(const struct mib_syntax *syntax);

#endif
