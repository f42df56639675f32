/* SPDX-License-Identifier: BSD-3-Clause */
/* Rows of the tables in targets.h in a persistent file, as Net-SNMP's agent writes and reads them. */
#ifndef AGENT_TARGET_LINE_H
#define AGENT_TARGET_LINE_H

#include "agent/targets.h"
#include "base/text.h"

/* The word that a line of the table begins with. */
const char *target_line_directive(enum target_kind kind);

/* Is the row one that is kept? What is volatile, of the configuration, or not complete is not. */
bool target_line_is_kept(const struct target_row *row);

/* Octets at most of the row's line. */
size_t target_line_size(const struct target_row *row);

/* Appends what follows the word. */
void target_line_format(struct text *out, const struct target_row *row);

/* Puts the row of a line into the store. UVSNMP_EBAD_VALUE, UVSNMP_EBAD_SYNTAX, UVSNMP_ELIMIT and others with
 * a detail, which holds no name: it may be a community. */
int target_line_parse(struct targets *targets, enum target_kind kind, const char *text,
                      struct uvsnmp_error *err);

#endif
