/* SPDX-License-Identifier: BSD-3-Clause */
/* What snmptranslate's reports share. */
#ifndef APPS_SNMPTRANSLATE_H
#define APPS_SNMPTRANSLATE_H

#include <uvsnmp/oid.h>

#include "apps/common/output.h"
#include "base/arena.h"
#include "base/text.h"
#include "mib/mib.h"

/* Letters of -T that choose the report on all names; several may be wanted at once. */
enum report_form {
    REPORT_LABELED,  /* l */
    REPORT_NUMERIC,  /* o */
    REPORT_SYMBOLIC, /* s */
    REPORT_CHILD,    /* z */
    REPORT_SUFFIX,   /* t */
    REPORT_FORMS
};

/* Where lines are broken: as good as never. */
#define WIDTH_DEFAULT 1000000

/* Appends the definition of `oid` as a MIB file has it (-Td). */
void describe(struct text *text, const struct mib *mib, struct uvsnmp_oid oid, size_t width);

/* Prints the tree below the deepest name on the way to `oid` (-Tp); false: none has a name. */
bool print_tree(struct output *out, const struct mib *mib, struct uvsnmp_oid oid, size_t width);

/* Prints lines on each name (-Tl, -To, -Ts, -Tz, -Tt). */
void report_names(struct output *out, const struct mib *mib, const bool forms[REPORT_FORMS]);

/* Prints each name with its parent's, as if they were a module (-Ta). False: `arena`, which it takes memory
 * of, has no more. */
bool report_module(struct output *out, const struct mib *mib, struct arena *arena);

/* Is it the node that a TRAP-TYPE puts between itself and its enterprise? Net-SNMP shows it as special. */
bool is_trap_root(const struct mib_object *object);

/* A list between commas that goes on in the next line where the width is used up. */
struct wrapping {
    struct text *text;
    size_t width;
    size_t column;      /* reached so far */
    size_t start;       /* where the lines that follow begin */
    const char *indent; /* what they begin with */
};

void wrap(struct wrapping *line, const char *item, bool is_last);

/* "up(1), down(2)" */
void wrap_labels(struct wrapping *line, const struct mib_syntax *syntax);

/* "0..3 | 7" */
void append_ranges(struct text *text, const struct mib_syntax *syntax);

#endif
