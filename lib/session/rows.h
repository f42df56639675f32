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
    size_t made, made_limit; /* rows, those that were removed included; limit 0: none */
    size_t memory, memory_limit;
};

void rows_init(struct rows *rows, size_t cell_count, size_t made_limit, size_t memory_limit);
void rows_fini(struct rows *rows);

/*
 * Copies a value into a cell of the row with `index`, which is made if there is none. `*near`: a row before
 * it or NULL, then the row itself. UVSNMP_ELIMIT, UVSNMP_ENO_MEMORY: nothing has changed.
 */
int rows_put(struct rows *rows, struct rows_row **near, struct uvsnmp_oid index, size_t cell,
             const struct uvsnmp_value *value);

/* Takes the first row out and frees it. */
void rows_remove_first(struct rows *rows);

#endif
