/* SPDX-License-Identifier: BSD-3-Clause */
/* A notification as a JSON object (RFC 8259) in one line. */
#ifndef SNMPTRAPD_LITE_JSON_H
#define SNMPTRAPD_LITE_JSON_H

#include "apps/snmptrapd-lite/notice.h"
#include "base/text.h"
#include "format/options.h"

/* Appends it with a newline. Octets that are text in UTF-8 stay so; others are hexadecimal digits, and the
 * type says so. `options` are those that names are printed by. */
void json_print(const struct notice *notice, const struct format_options *options, struct text *out);

#endif
