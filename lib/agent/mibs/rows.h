/* SPDX-License-Identifier: BSD-3-Clause */
/* What SETs of conceptual rows share, where all that one SET says of a row is one change. */
#ifndef AGENT_MIBS_ROWS_H
#define AGENT_MIBS_ROWS_H

#include <uvsnmp/agent.h>

/*
 * Gathers what the query's SET says of its row: `values`, by column, of those variables whose value can be
 * one at all (the tests of the others fail by themselves), which get `change` as their data. Of two variables
 * for one object the last one counts.
 */
void rows_take_values(struct uvsnmp_query *query, const struct uvsnmp_object *columns, size_t count,
                      void *change, const struct uvsnmp_value **values);

/* Is it the first, or the last, of the SET's variables of this table? */
bool rows_is_first(const struct uvsnmp_query *query);
bool rows_is_last(const struct uvsnmp_query *query);

/* TestAndIncr of RFC 2579: any number will do at first but one that is guessed; only who knows the value may
 * go on; and the next one. */
int32_t rows_lock_start(void);
void rows_lock_test(struct uvsnmp_query *query, int32_t lock);
int32_t rows_lock_next(int32_t lock);

#endif
