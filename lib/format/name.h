/* SPDX-License-Identifier: BSD-3-Clause */
/* OIDs as Net-SNMP reads them. */
#ifndef FORMAT_NAME_H
#define FORMAT_NAME_H

#include <uvsnmp/oid.h>

#include "format/options.h"

/*
 * Reads an OID: an optional dot, a root (a number, iso, ccitt or joint-iso-ccitt) and sub-identifiers, each a
 * number (decimal, 0x hexadecimal), 'text' (an octet each) or "text" (the length first). The prefix and
 * suffix of the options are put around it. Errors: UVSNMP_EBAD_OID, with the detail that Net-SNMP prints
 * after the text and ": ", e.g. "Unknown Object Identifier (x)"; UVSNMP_EUNSUPPORTED, with such a detail, for
 * a name when there are no names.
 */
int format_name_parse(const char *text, const struct format_input_options *options,
                      struct uvsnmp_oid_buf *out, struct uvsnmp_error *err);

#endif
