/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The table of built-in modules as text, one line a node: read when the program is built, written by
 * tools/mibfacts from MIB files. The form of a line is described at the head of facts_read.c.
 */
#ifndef MIB_FACTS_H
#define MIB_FACTS_H

#include <uvsnmp/error.h>

#include "base/arena.h"
#include "base/text.h"
#include "mib/draft.h"

/*
 * Reads `size` octets of `text`; the drafts, in memory of `arena`, are put behind those that `*list` has.
 * `file` is for messages and is kept.
 * Errors name file and line: UVSNMP_EBAD_SYNTAX, UVSNMP_ENO_MEMORY.
 */
int mib_facts_read(const char *file, const char *text, size_t size, struct arena *arena,
                   struct mib_draft **list, struct uvsnmp_error *err);

/*
 * Appends a module as such a table: nodes below those that they belong to, which changes their order; without
 * descriptions, types of rows, OBJECTS of groups, and symbols of imports (only their modules are named). What
 * else mib_facts_read() makes of it is the same module.
 */
void mib_facts_write(struct text *text, const struct mib_draft *draft);

#endif
