/* SPDX-License-Identifier: BSD-3-Clause */
/* Typed values as text, the "TYPE VALUE" of snmpset(1). */
#ifndef FORMAT_INPUT_H
#define FORMAT_INPUT_H

#include <uvsnmp/value.h>

#include "base/arena.h"
#include "base/text.h"
#include "format/options.h"

/* Longest octet string that is taken: what fits into a message. */
#define FORMAT_INPUT_MAX 65507

/* True for the first letter of a type that format_input_value() knows. */
bool format_input_has_type(char letter);

/*
 * Reads `value` as the type that the first letter of `type` names; octets and OIDs come from `arena`. Errors
 * carry the detail that Net-SNMP prints behind the OID, e.g. "Bad value notation (x)": UVSNMP_EBAD_VALUE,
 * UVSNMP_EBAD_OID, UVSNMP_EUNSUPPORTED (names, and "=", which needs a MIB), UVSNMP_ENO_MEMORY.
 */
int format_input_value(const char *type, const char *value, const struct format_input_options *options,
                       struct arena *arena, struct uvsnmp_value *out, struct uvsnmp_error *err);

/* The letters and what they mean, one a line. */
void format_input_help(struct text *text, const char *indent);

#endif
