/* SPDX-License-Identifier: BSD-3-Clause */
/* The rows of a table while they are put together: a list in the order of their indexes, with a bound. */
#ifndef SESSION_ROWS_H
#define SESSION_ROWS_H

#include <uvsnmp/session.h>

/* Octets of a cell, or its OID, kept until the row goes. */
struct rows_copy;

struct rows_row {
    struct uvsnmp_row view; /* view.next is kept in step with `next` */
    struct rows_row *next;
    struct rows_copy *copies;
    size_t memory; /* of all this */
    struct uvsnmp_value *cells;
};

struct rows {
    struct rows_row *first;
    size_t count, cell_count;
    size_t memory, memory_limit;
};

void rows_init(struct rows *rows, size_t cell_count, size_t memory_limit);
void rows_fini(struct rows *rows);

/*
 * The row with `index`, made if there is none; looked for behind `after` (NULL: from the front), which is
 * taken to be a row before it. UVSNMP_ELIMIT, UVSNMP_ENO_MEMORY.
 */
int rows_place(struct rows *rows, struct rows_row *after, struct uvsnmp_oid index, struct rows_row **out);

/* Copies a value into a cell. Errors as rows_place(). */
int rows_set(struct rows *rows, struct rows_row *row, size_t cell, const struct uvsnmp_value *value);

/* Takes the first row out and frees it. */
void rows_remove_first(struct rows *rows);

#endif
