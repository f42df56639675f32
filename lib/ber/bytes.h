/* SPDX-License-Identifier: BSD-3-Clause */
/* Octets that a message borrows, compared. Not for digests, whose comparison must not tell where they differ. */
#ifndef BER_BYTES_H
#define BER_BYTES_H

#include <stdbool.h>
#include <string.h>

#include <uvsnmp/value.h>

static inline bool ber_bytes_equal(struct uvsnmp_bytes a, struct uvsnmp_bytes b)
{
    return a.size == b.size && (a.size == 0 || memcmp(a.data, b.data, a.size) == 0);
}

#endif
