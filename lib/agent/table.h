/* SPDX-License-Identifier: BSD-3-Clause */
/* Ready-made tables: a sorted snapshot of rows, shared by the requests that read it. */
#ifndef AGENT_TABLE_H
#define AGENT_TABLE_H

#include "agent/request.h"

/* The row and index that the query has found; only when it has_row. */
void *table_row(const struct uvsnmp_query *query);
struct uvsnmp_oid table_index(const struct uvsnmp_query *query);

/* The query needs its snapshot no more. */
void table_unpin(struct uvsnmp_query *query);

/* The query does not wait for a load any more. */
void table_leave(struct uvsnmp_query *query);

/* A SET has changed something: a table's snapshot is outdated. For a registration of any kind. */
void table_changed(struct uvsnmp_registration *registration);

/* The row of the object table with `id`, for scalars and tables; NULL: none, or one that is not accessible.
 */
const struct uvsnmp_object *object_find(const struct uvsnmp_object *objects, size_t count, uint32_t id);
/* The first one, accessible or not, whose id is `id` or more; `count`: none. */
size_t object_from(const struct uvsnmp_object *objects, size_t count, uint32_t id);
/* True when GETNEXT passes over the whole object for this query: not accessible, or Counter64 in SNMPv1. */
bool object_is_skipped(const struct uvsnmp_object *object, const struct uvsnmp_query *query);
/* Checks an object table; UVSNMP_EBAD_ARGUMENT. */
int object_table_check(const struct uvsnmp_object *objects, size_t count, struct uvsnmp_error *err);

#endif
