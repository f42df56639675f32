/* SPDX-License-Identifier: BSD-3-Clause */
/* The instance part of an OID as Net-SNMP prints it. */
#ifndef FORMAT_INDEX_H
#define FORMAT_INDEX_H

#include <uvsnmp/oid.h>

#include "base/text.h"
#include "format/options.h"
#include "mib/mib.h"

/* Appends ".1", ".\"abc\"", "[1]" …: `ids` by the INDEX of `row`, and what does not fit it as numbers. */
void format_index(struct text *text, struct uvsnmp_oid ids, const struct mib_object *row,
                  const struct format_options *options);

#endif
