/* SPDX-License-Identifier: BSD-3-Clause */
/* The instance part of an OID, taken apart by the INDEX of its row (RFC 2578 §7.7), and put together. */
#ifndef MIB_INDEX_H
#define MIB_INDEX_H

#include <uvsnmp/oid.h>

#include "mib/mib.h"

enum mib_index_form {
    MIB_INDEX_NUMBER,  /* one sub-identifier */
    MIB_INDEX_ADDRESS, /* IpAddress: four */
    MIB_INDEX_FIXED,   /* octets of a fixed size */
    MIB_INDEX_COUNTED, /* octets behind their number */
    MIB_INDEX_IMPLIED, /* octets up to the end */
    MIB_INDEX_OID,     /* an OID behind the number of its sub-identifiers */
    MIB_INDEX_OID_IMPLIED,
};

/* One component: `ids` without the count before it. */
struct mib_index_value {
    enum mib_index_form form;
    struct mib_part part;
    struct uvsnmp_oid ids;
};

/*
 * Takes the index-th component of `row` off the front of `*rest`. False, and nothing changed, where what is
 * left does not fit it: too short, an octet above 255.
 */
bool mib_index_take(const struct mib_object *row, size_t index, struct uvsnmp_oid *rest,
                    struct mib_index_value *out);

/* How a component of this kind is written into an OID. */
enum mib_index_form mib_index_form_of(const struct mib_part *part);

#endif
