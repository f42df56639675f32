/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * What one SET makes of one row of the tables in agent/targets.h: its variables, in whatever order they
 * stand, become a new row, which is put in place of the old one, and taken back, as a whole. Nothing here
 * knows of requests.
 */
#ifndef AGENT_MIBS_TARGET_CHANGE_H
#define AGENT_MIBS_TARGET_CHANGE_H

#include "agent/targets.h"

struct target_change {
    struct targets *targets;
    enum target_kind kind;
    struct uvsnmp_oid index; /* valid, and borrowed until the end */
    /* What is set, by column, of the right type and in range; NULL: not set. And why it cannot be. */
    const struct uvsnmp_value *values[TARGET_COLUMNS_MAX + 1];
    enum uvsnmp_status errors[TARGET_COLUMNS_MAX + 1];

    struct target_row *old, *made; /* NULL: none; the one that is not in the table is the change's */
    bool is_done;
    bool is_lasting; /* the change will be felt after the next start */
    size_t holders;  /* variables that share it */
};

/* Makes out what the values come to; the first four members are set, the rest is 0. Changes nothing else. */
void target_change_prepare(struct target_change *change);

/* Changes the row, once. UVSNMP_ENO_MEMORY, UVSNMP_ELIMIT: it is as before; UVSNMP_ENOT_FOUND: it is no more
 * what it was when the change was prepared, and stays. */
int target_change_do(struct target_change *change);
/* Takes that back, once; a row that somebody else has put there since stays. */
void target_change_undo(struct target_change *change);
/* At the end: frees the row that is not used. */
void target_change_fini(struct target_change *change);

#endif
