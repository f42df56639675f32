/* SPDX-License-Identifier: BSD-3-Clause */
/* Format strings of snmptrapd(8): how a notification becomes text. */
#ifndef SNMPTRAPD_LITE_PATTERN_H
#define SNMPTRAPD_LITE_PATTERN_H

#include <time.h>

#include "apps/snmptrapd-lite/notice.h"
#include "base/text.h"
#include "format/options.h"

struct pattern;

/* Takes a format string apart, which is copied. No text is wrong: what is not known stands for itself. NULL:
 * out of memory. */
struct pattern *pattern_new(const char *text);
void pattern_free(struct pattern *pattern); /* NULL is fine */

/* The daemon's own formats of a log line, for version 1 and for the others. */
const char *pattern_default(bool is_v1);

/* What a notification is printed by, and the calendar of the last one, which changes once a second. */
struct pattern_printer {
    const struct format_options *options;
    time_t second;
    struct tm local;
};

void pattern_printer_init(struct pattern_printer *printer, const struct format_options *options);

/* Appends the notification. */
void pattern_print(const struct pattern *pattern, struct pattern_printer *printer,
                   const struct notice *notice, struct text *out);

/* Appends where a message came from and went, as "UDP: [127.0.0.1]:1024->[127.0.0.1]:162". */
void pattern_append_path(struct text *out, const struct uvsnmp_received *received);

/* Appends the name of the sender, or what stands for it. */
void pattern_append_host(struct text *out, const struct notice *notice);

#endif
