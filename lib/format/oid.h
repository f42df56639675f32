/* SPDX-License-Identifier: BSD-3-Clause */
/* OIDs as Net-SNMP prints them. */
#ifndef FORMAT_OID_H
#define FORMAT_OID_H

#include <uvsnmp/oid.h>

#include "base/text.h"
#include "format/options.h"
#include "mib/mib.h"

/* The deepest definition on the way to an OID, and how many of its sub-identifiers that covers; 0: none. */
struct format_place {
    struct mib_object object;
    size_t used;
};

/* Looks it up by options->mib. */
void format_oid_find(struct uvsnmp_oid oid, const struct format_options *options, struct format_place *place);

/* Appends "IF-MIB::ifDescr.1", "iso.3.6.1.2", ".1.3.6.1.2" …, as the options say. */
void format_oid(struct text *text, struct uvsnmp_oid oid, const struct format_options *options);

/* The same for an OID that was looked up. */
void format_oid_at(struct text *text, struct uvsnmp_oid oid, const struct format_place *place,
                   const struct format_options *options);

/* Appends ".1.3.6": numbers, a dot before each. */
void format_ids(struct text *text, struct uvsnmp_oid ids);

#endif
