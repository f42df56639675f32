/* SPDX-License-Identifier: BSD-3-Clause */
/* Rows of texts as a printed table: widths, alignment, parts of a limited width. */
#ifndef APPS_SNMPTABLE_LAYOUT_H
#define APPS_SNMPTABLE_LAYOUT_H

#include "apps/snmptable/flags.h"
#include "base/arena.h"
#include "base/text.h"

struct layout_row {
    struct layout_row *next;
    const char *index;
    const char *cells[]; /* a column each; NULL: a hole */
};

struct layout {
    const struct flags *flags;
    const char *name; /* of the table */
    const char *const *labels;
    size_t count;       /* of columns */
    size_t *widths;     /* of columns, so far; they only grow */
    size_t index_width; /* so far */
    struct layout_row *first, **end;
    bool has_rows;      /* there were any, ever */
    bool has_header;    /* it was printed */
    struct arena arena; /* of the rows */
};

/* `name` and `labels` are borrowed. UVSNMP_ENO_MEMORY. */
int layout_init(struct layout *layout, const struct flags *flags, const char *name, const char *const *labels,
                size_t count);
void layout_fini(struct layout *layout);

/* A new last row, of holes; NULL: out of memory. */
struct layout_row *layout_add_row(struct layout *layout);

/* Sets the row's index or a cell. UVSNMP_ENO_MEMORY. */
int layout_set_index(struct layout *layout, struct layout_row *row, const char *text);
int layout_set_cell(struct layout *layout, struct layout_row *row, size_t column, const char *text);

/* Appends the rows so far, the first time behind title and labels, and forgets them. */
void layout_print(struct layout *layout, struct text *out);

#endif
