/* SPDX-License-Identifier: BSD-3-Clause */
#include "mib/index.h"

#define ADDRESS_OCTETS 4

/* How a component of this kind is written into an OID. */
static enum mib_index_form form_of(const struct mib_part *part)
{
    switch (part->syntax.base) {
    case MIB_BASE_INTEGER:
    case MIB_BASE_INTEGER32:
    case MIB_BASE_UNSIGNED32:
    case MIB_BASE_GAUGE32:
    case MIB_BASE_TIMETICKS:
    case MIB_BASE_UINTEGER32:
        return MIB_INDEX_NUMBER;
    case MIB_BASE_IPADDRESS:
        return MIB_INDEX_ADDRESS;
    case MIB_BASE_NETWORK_ADDRESS:
        return MIB_INDEX_NETWORK_ADDRESS;
    case MIB_BASE_OCTET_STRING:
        if (part->is_implied) {
            return MIB_INDEX_IMPLIED;
        }
        return mib_syntax_fixed_size(&part->syntax) >= 0 ? MIB_INDEX_FIXED : MIB_INDEX_COUNTED;
    case MIB_BASE_OBJECT_IDENTIFIER:
        return part->is_implied ? MIB_INDEX_OID_IMPLIED : MIB_INDEX_OID;
    default:
        return MIB_INDEX_UNKNOWN;
    }
}

/* Is the component's own length written before it? */
static bool is_counted(enum mib_index_form form)
{
    return form == MIB_INDEX_COUNTED || form == MIB_INDEX_OID;
}

/* How many sub-identifiers of `rest`, which begins behind its length, the component has; more than there are
 * where it does not fit. `length` is what is written before it. */
static size_t size_of(const struct mib_index_value *value, size_t length, struct uvsnmp_oid rest)
{
    int64_t fixed;
    switch (value->form) {
    case MIB_INDEX_NUMBER:
        return 1;
    case MIB_INDEX_ADDRESS:
        return ADDRESS_OCTETS;
    case MIB_INDEX_NETWORK_ADDRESS:
        return rest.ids[0] == 1 ? 1 + ADDRESS_OCTETS : SIZE_MAX;
    case MIB_INDEX_FIXED:
        fixed = mib_syntax_fixed_size(&value->part.syntax);
        return fixed <= UVSNMP_OID_MAX ? (size_t)fixed : SIZE_MAX;
    case MIB_INDEX_COUNTED:
    case MIB_INDEX_OID:
        return length;
    case MIB_INDEX_IMPLIED:
    case MIB_INDEX_OID_IMPLIED:
        return rest.count;
    default:
        return SIZE_MAX;
    }
}

bool mib_index_take(const struct mib_object *row, size_t index, struct uvsnmp_oid *rest,
                    struct mib_index_value *out)
{
    struct uvsnmp_oid left = *rest;
    size_t length = 0;
    out->part = mib_object_part(row, index);
    out->form = form_of(&out->part);
    out->ids = *rest;
    if (left.count == 0) {
        return false;
    }
    if (is_counted(out->form)) {
        length = left.ids[0];
        left.ids++;
        left.count--;
    }
    size_t size = size_of(out, length, left);
    if (size > left.count) {
        return false;
    }
    out->ids = (struct uvsnmp_oid){left.ids, size};
    *rest = (struct uvsnmp_oid){left.ids + size, left.count - size};
    return true;
}
