/* SPDX-License-Identifier: BSD-3-Clause */
/* The instance part of an OID, taken apart by the INDEX of its row (RFC 2578 §7.7). */
#ifndef MIB_INDEX_H
#define MIB_INDEX_H

#include <uvsnmp/oid.h>

#include "mib/mib.h"

enum mib_index_form {
    MIB_INDEX_NUMBER,          /* one sub-identifier */
    MIB_INDEX_ADDRESS,         /* IpAddress: four */
    MIB_INDEX_NETWORK_ADDRESS, /* of SMIv1: 1, for its only choice, and four */
    MIB_INDEX_FIXED,           /* octets of a fixed size */
    MIB_INDEX_COUNTED,         /* octets behind their number */
    MIB_INDEX_IMPLIED,         /* octets up to the end */
    MIB_INDEX_OID,             /* an OID behind the number of its sub-identifiers */
    MIB_INDEX_OID_IMPLIED,
    MIB_INDEX_UNKNOWN, /* of no type that Net-SNMP takes apart, e.g. BITS */
};

/* One component: `ids` without the count before it. */
struct mib_index_value {
    enum mib_index_form form;
    struct mib_part part;
    struct uvsnmp_oid ids;
};

/*
 * Takes the index-th component of `row` off the front of `*rest`; index < part_count. False where what is
 * left does not fit it: then out->ids and `*rest` are all of it. Sub-identifiers of octets may be above 255:
 * Net-SNMP does not mind.
 */
bool mib_index_take(const struct mib_object *row, size_t index, struct uvsnmp_oid *rest,
                    struct mib_index_value *out);

#endif
