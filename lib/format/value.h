/* SPDX-License-Identifier: BSD-3-Clause */
/* Values as Net-SNMP prints them. */
#ifndef FORMAT_VALUE_H
#define FORMAT_VALUE_H

#include <uvsnmp/value.h>

#include "base/text.h"
#include "format/options.h"

/* Appends "INTEGER: 42", or "42" where the options say quick. */
void format_value(struct text *text, const struct uvsnmp_value *value, const struct format_options *options);

/* Appends a whole line without its newline: "iso.3.6.1 = INTEGER: 42", "iso.3.6.1 42", or the value only. */
void format_varbind(struct text *text, const struct uvsnmp_varbind *varbind,
                    const struct format_options *options);

#endif
