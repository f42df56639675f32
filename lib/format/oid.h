/* SPDX-License-Identifier: BSD-3-Clause */
/* OIDs as Net-SNMP prints them. */
#ifndef FORMAT_OID_H
#define FORMAT_OID_H

#include <uvsnmp/oid.h>

#include "base/text.h"
#include "format/options.h"

/* Appends "iso.3.6.1.2", ".iso.3.6.1.2" or ".1.3.6.1.2", as the options say. */
void format_oid(struct text *text, struct uvsnmp_oid oid, const struct format_options *options);

#endif
