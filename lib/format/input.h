/* SPDX-License-Identifier: BSD-3-Clause */
/* Typed values as text, the "TYPE VALUE" of snmpset(1). */
#ifndef FORMAT_INPUT_H
#define FORMAT_INPUT_H

#include <uvsnmp/oid.h>
#include <uvsnmp/value.h>

#include "base/arena.h"
#include "base/text.h"
#include "format/options.h"

/* Longest octet string that is taken: what fits into a message. */
#define FORMAT_INPUT_MAX 65507

/* True for the first letter of a type that something can be set to. */
bool format_input_has_type(char letter);

/* OID TYPE VALUE, as somebody wrote them. */
struct format_input {
    struct uvsnmp_oid name; /* what is to be set: its definition says what is allowed, and what "=" means */
    const char *type;       /* its first letter counts */
    const char *value;
};

/*
 * Reads a value; octets and OIDs come from `arena`. What the MIB knows of the name is held against it, type,
 * range and size, unless the options say -Ir; labels of enumerations and BITS are taken, and strings are read
 * by their DISPLAY-HINT (not with -Ih) where they make sense so, else as they stand. Errors carry the detail
 * that Net-SNMP prints behind the OID, e.g. "Bad value notation (x)": UVSNMP_EBAD_VALUE, UVSNMP_EBAD_OID,
 * UVSNMP_ENO_MEMORY.
 */
int format_input_value(const struct format_input *input, const struct format_input_options *options,
                       struct arena *arena, struct uvsnmp_value *out, struct uvsnmp_error *err);

/* The letters and what they mean, one a line; `notified`: those of notifications, which have counters too. */
void format_input_help(struct text *text, const char *indent, bool notified);

#endif
