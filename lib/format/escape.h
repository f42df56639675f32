/* SPDX-License-Identifier: BSD-3-Clause */
/* Octets of a device as text. */
#ifndef FORMAT_ESCAPE_H
#define FORMAT_ESCAPE_H

#include <stddef.h>
#include <stdint.h>

#include "base/text.h"
#include "format/options.h"

/*
 * Appends the octets as they are. Where the options say so, control characters but newline and tab (U+0000 to
 * U+001F, U+007F to U+009F) and octets that are no UTF-8 become "\x1B".
 */
void format_raw(struct text *text, const uint8_t *data, size_t size, const struct format_options *options);

/* Is all of it printable ASCII or white space? */
bool format_is_ascii(const uint8_t *data, size_t size);

/* Appends octets that are not printable in ASCII, and no white space, as dots; a backslash goes before '"'
 * and
 * '\\' where `quotes` is set. */
void format_ascii(struct text *text, const uint8_t *data, size_t size, bool quotes,
                  const struct format_options *options);

#endif
