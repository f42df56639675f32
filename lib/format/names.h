/* SPDX-License-Identifier: BSD-3-Clause */
/* Where names come from: a seam, so that printing and reading need not know how names are stored. */
#ifndef FORMAT_NAMES_H
#define FORMAT_NAMES_H

#include <stdbool.h>

#include <uvsnmp/oid.h>

#include "base/text.h"

struct format_options;
struct format_input_options;

struct format_names {
    /* Appends the printed form of `oid`; false, and nothing appended, when no name helps. */
    bool (*print)(const struct format_names *names, struct uvsnmp_oid oid,
                  const struct format_options *options, struct text *text);
    /* Reads a text that is not digits; the same result and details as format_oid_parse(). */
    int (*parse)(const struct format_names *names, const char *text,
                 const struct format_input_options *options, struct uvsnmp_oid_buf *out,
                 struct uvsnmp_error *err);
};

#endif
