/* SPDX-License-Identifier: BSD-3-Clause */
/* DISPLAY-HINT, both ways (RFC 2579 §3.1). */
#ifndef FORMAT_HINT_H
#define FORMAT_HINT_H

#include <uvsnmp/error.h>
#include <uvsnmp/value.h>

#include "base/text.h"
#include "format/options.h"

/*
 * Appends the octets as the hint says; bounded for every hint. What is no octet-format specification is only
 * met where octets are left for it: then nothing is appended, and the result is false.
 */
bool format_hint_octets(struct text *text, const char *hint, struct uvsnmp_bytes bytes,
                        const struct format_options *options);

/* The same for a number: "d", "d-2", "x", "o", "b". */
bool format_hint_number(struct text *text, const char *hint, int64_t number);

/*
 * Reads what format_hint_octets() prints: at most `capacity` octets into `out`, their number into `*size`.
 * UVSNMP_EBAD_SYNTAX: the text is not in this form, or the hint is none, and Net-SNMP takes the text as it
 * stands. UVSNMP_EBAD_VALUE, UVSNMP_ETOO_LONG: a number is too large for its octets, there are too many.
 */
int format_hint_read_octets(const char *hint, const char *text, uint8_t *out, size_t capacity, size_t *size,
                            struct uvsnmp_error *err);

/*
 * Reads what format_hint_number() prints, strictly: "1.50" for "d-2", but not "150"; digits of its own base
 * for "x", "o" and "b". Net-SNMP takes numbers without their hint: to be asked only for a text that is no
 * number. UVSNMP_EBAD_SYNTAX, UVSNMP_EBAD_VALUE as above.
 */
int format_hint_read_number(const char *hint, const char *text, int64_t *out, struct uvsnmp_error *err);

#endif
