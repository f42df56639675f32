/* SPDX-License-Identifier: BSD-3-Clause */
/* Strict number parsing: the whole text, no white space, no overflow. */
#ifndef BASE_NUM_H
#define BASE_NUM_H

#include <stdbool.h>
#include <stdint.h>

/* Decimal digits, at most `max`. False, and `*out` unchanged, for anything else. */
bool num_parse_u64(const char *text, uint64_t max, uint64_t *out);

/* An optional sign and decimal digits within [min, max]. */
bool num_parse_i64(const char *text, int64_t min, int64_t max, int64_t *out);

/* As num_parse_u64, with "0x" for hexadecimal and a leading 0 for octal, as strtoul's base 0. */
bool num_parse_any_base(const char *text, uint64_t max, uint64_t *out);

/* Seconds, possibly with a fraction ("1", "0.2", ".5"), as whole milliseconds, at most `max_ms`. */
bool num_parse_seconds(const char *text, uint64_t max_ms, uint64_t *ms);

#endif
