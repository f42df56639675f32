/* SPDX-License-Identifier: BSD-3-Clause */
/* OIDs as Net-SNMP reads them. */
#ifndef FORMAT_NAME_H
#define FORMAT_NAME_H

#include <uvsnmp/oid.h>

#include "format/options.h"

/*
 * Reads an OID: numbers, "sysName.0", "MODULE::sysName.0" (which loads the module if it is not there yet), or
 * a path, ".iso.org.dod" or "system.sysName.0". What follows an object is read by the INDEX of its row: a
 * number (decimal, 0x hexadecimal, 0 octal), an enumeration's label, 'text' for what has one size or is
 * IMPLIED, "text" for what goes behind its length; the text is read by its DISPLAY-HINT. Without a MIB,
 * 'text' is an octet each and "text" has the length first.
 *
 * A name that is none is a regular expression, and stands for the definition in which it matches first (-Ib:
 * and nothing else; -IR: not at all). The prefix and suffix of the options are put around the text.
 *
 * Errors carry the detail that Net-SNMP prints after the text and ": ", e.g. "Unknown Object Identifier
 * (Sub-id not found: (top) -> x)": UVSNMP_EBAD_OID, UVSNMP_ENO_MEMORY.
 */
int format_name_parse(const char *text, const struct format_input_options *options,
                      struct uvsnmp_oid_buf *out, struct uvsnmp_error *err);

/*
 * Calls `found` for each visible name that the regular expression (extended, letter case does not count)
 * fits, in the order of the OIDs, but what is below an OID before it. False: it is no regular expression, or
 * one that would take too long.
 */
typedef void format_match_fn(struct uvsnmp_oid oid, void *arg);
bool format_name_matches(const struct mib *mib, const char *pattern, format_match_fn *found, void *arg);

#endif
