/* SPDX-License-Identifier: BSD-3-Clause */
/* DISPLAY-HINT, both ways (RFC 2579 §3.1). */
#ifndef FORMAT_HINT_H
#define FORMAT_HINT_H

#include <uvsnmp/error.h>
#include <uvsnmp/value.h>

#include "base/text.h"
#include "format/options.h"

/* Appends the octets as the hint says; bounded for every hint. False, and nothing appended, for a hint that
 * is none. */
bool format_hint_octets(struct text *text, const char *hint, struct uvsnmp_bytes bytes,
                        const struct format_options *options);

/* The same for a number: "d", "d-2", "x", "o", "b". */
bool format_hint_number(struct text *text, const char *hint, int64_t number,
                        const struct format_options *options);

/*
 * Reads what format_hint_octets() prints: at most `capacity` octets into `out`, their number into `*size`.
 * UVSNMP_EBAD_VALUE, with the detail that Net-SNMP prints; UVSNMP_EBAD_SYNTAX for a hint that is none.
 */
int format_hint_read_octets(const char *hint, const char *text, uint8_t *out, size_t capacity, size_t *size,
                            struct uvsnmp_error *err);
int format_hint_read_number(const char *hint, const char *text, int64_t *out, struct uvsnmp_error *err);

#endif
