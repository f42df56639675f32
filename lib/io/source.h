/* SPDX-License-Identifier: BSD-3-Clause */
/* The SOURCE of rocommunity and its kin: "default", ADDRESS, ADDRESS/BITS, ADDRESS/MASK, or a host name. */
#ifndef IO_SOURCE_H
#define IO_SOURCE_H

#include <stdbool.h>
#include <stddef.h>

#include <uvsnmp/address.h>

struct io_source {
    int family; /* AF_INET, AF_INET6 */
    bool any;   /* every host of the family; the rest is not set then */
    struct uvsnmp_address address;
    unsigned prefix_length;
};

/*
 * Reads one. A host name is looked up at once, which may take time, and stands for each of its addresses.
 * Returns how many were written to `out` (> 0), or UVSNMP_EBAD_ADDRESS with a detail: not an address, a mask
 * that is not a row of ones, bits of the address outside of the mask, more than `capacity` addresses.
 */
ptrdiff_t io_source_parse(const char *text, int family, struct io_source *out, size_t capacity,
                          struct uvsnmp_error *err);

/* Is the address one of it? Those of IPv4 in IPv6 are IPv6. */
bool io_source_fits(const struct io_source *source, const struct uvsnmp_address *address);

/* An address that only the host itself has: of the loopback, or of a local socket. */
bool io_source_is_own_host(const struct uvsnmp_address *address);

#endif
