/* SPDX-License-Identifier: BSD-3-Clause */
/* Values as Net-SNMP prints them. */
#ifndef FORMAT_VALUE_H
#define FORMAT_VALUE_H

#include <uvsnmp/value.h>

#include "base/text.h"
#include "format/options.h"
#include "mib/mib.h"

/* Appends "INTEGER: 42", or "42" where the options say quick. */
void format_value(struct text *text, const struct uvsnmp_value *value, const struct format_options *options);

/* The same for a value of an object with its labels, DISPLAY-HINT and UNITS, as in "INTEGER: up(1)"; for one
 * of another type than the object's, "Wrong Type (should be INTEGER): Gauge32: 1". */
void format_object_value(struct text *text, const struct uvsnmp_value *value, const struct mib_object *object,
                         const struct format_options *options);

/* The same where there are no units. */
void format_syntax_value(struct text *text, const struct uvsnmp_value *value, const struct mib_syntax *syntax,
                         const struct format_options *options);

/* Appends a whole line without its newline: "iso.3.6.1 = INTEGER: 42", "iso.3.6.1 42", or the value only. */
void format_varbind(struct text *text, const struct uvsnmp_varbind *varbind,
                    const struct format_options *options);

/* Appends hundredths of a second as "1 day, 0:00:00.00", quick "1:0:00:00.00". */
void format_uptime(struct text *text, uint32_t ticks, const struct format_options *options);

#endif
