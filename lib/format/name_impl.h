/* SPDX-License-Identifier: BSD-3-Clause */
/* The parts of reading a name. For format/name*.c only. */
#ifndef FORMAT_NAME_IMPL_H
#define FORMAT_NAME_IMPL_H

#include "format/name.h"
#include "mib/mib.h"

/* Longest text of a name, with its prefix and suffix. */
#define NAME_TEXT_MAX 4096

/*
 * Reads what follows `*oid`, pieces between dots, and appends it; `path` NULL: nothing follows. `label` is
 * the name of `*oid`, for messages. UVSNMP_EBAD_OID, with its detail.
 */
int name_read_path(const char *path, const char *label, const struct format_input_options *options,
                   struct uvsnmp_oid_buf *oid, struct uvsnmp_error *err);

/* The label of a top-level name in messages. */
#define NAME_TOP "(top)"

/*
 * The visible definition in whose name the regular expression (extended, letter case does not count) matches
 * furthest to the left; of several, the one that Net-SNMP takes. False: none, or it is no regular expression.
 */
bool name_match(const struct mib *mib, const char *pattern, struct mib_object *out);

#endif
