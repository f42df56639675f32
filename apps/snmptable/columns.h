/* SPDX-License-Identifier: BSD-3-Clause */
/* The columns of a table, as the MIB has them. */
#ifndef APPS_SNMPTABLE_COLUMNS_H
#define APPS_SNMPTABLE_COLUMNS_H

#include "apps/common/app.h"

struct columns {
    struct uvsnmp_oid *oids; /* in the run's arena, as the labels */
    const char **labels;
    size_t count; /* 0: it was no table */
};

/*
 * The accessible columns of `table`, which is taken to be what it is because of where its names lie: the
 * definitions below the last one below it. Labels are the last names of the columns as the options print
 * them; where these are numbers there are none. UVSNMP_ENO_MEMORY.
 */
int columns_find(struct app_run *run, struct uvsnmp_oid table, struct columns *out);

/* Takes off the labels what all of them begin with; one that is nothing else becomes empty. */
void columns_shorten(struct columns *columns);

#endif
