/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Recorded calls as text:
 *
 *   == TITLE          a group of calls begins
 *   # REASON          of the call that follows
 *   $ COMMAND         a call
 *   |LINE             what it prints; in these two \n \t \r \\ and \xNN stand for octets, and a lone \ at the
 *   !LINE             end says that the line has none; ! is for stderr
 *   ? STATUS          how it ends, unless with 0
 *
 * Empty lines mean nothing. A file that ends in cases has no answers yet: groups and commands only.
 */
#ifndef GOLDEN_ROWS_H
#define GOLDEN_ROWS_H

#include <stdbool.h>
#include <stdio.h>

#include "base/text.h"

struct row {
    char *group, *command;
    char *reason; /* NULL: none */
    struct text out, err;
    int status;
};

struct rows {
    struct row *rows;
    size_t count, capacity;
};

/* Appends what the file has. False, with a message on stderr: it cannot be read, or is not of this form. */
bool rows_read(struct rows *rows, FILE *stream, const char *file);
void rows_write(FILE *stream, const struct rows *rows);

/* Each line of `output` behind `mark`, as it is written. */
void rows_write_lines(FILE *stream, const char *mark, const struct text *output);

struct row *rows_find(const struct rows *rows, const char *command);
void rows_fini(struct rows *rows);

#endif
