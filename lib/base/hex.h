/* SPDX-License-Identifier: BSD-3-Clause */
#ifndef BASE_HEX_H
#define BASE_HEX_H

#include <stddef.h>
#include <stdint.h>

/*
 * Reads hexadecimal digits, with optional white space between octets, of `text`. Returns the number of octets
 * written to `out`, or a negative error code: UVSNMP_EBAD_VALUE (not a digit, or half an octet),
 * UVSNMP_ETOO_LONG (more than `capacity` octets).
 */
ptrdiff_t hex_parse(const char *text, uint8_t *out, size_t capacity);

#endif
