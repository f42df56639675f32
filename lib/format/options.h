/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * How OIDs and values are printed and read: the options behind the letters of -O and -I and the tokens of
 * snmp.conf(5) that mean the same. Each letter is written once, in a table that gives its help text too.
 */
#ifndef FORMAT_OPTIONS_H
#define FORMAT_OPTIONS_H

#include <stdbool.h>
#include <stddef.h>

#include <uvsnmp/error.h>

#include "base/text.h"

struct mib;
struct mib_load;

/* The numbers are those of the token oidOutputFormat. */
enum format_oid_style {
    FORMAT_OID_SUFFIX = 1,  /* -Os: last name and index */
    FORMAT_OID_MODULE = 2,  /* -OS: module and last name; the default */
    FORMAT_OID_FULL = 3,    /* -Of: all names, from the root */
    FORMAT_OID_NUMERIC = 4, /* -On */
    FORMAT_OID_UCD = 5,     /* -Ou: all names, less a well-known beginning */
    FORMAT_OID_NONE = 6,    /* nothing at all */
};

enum format_string_style {
    FORMAT_STRING_GUESS, /* text where all octets are printable */
    FORMAT_STRING_ASCII, /* -Oa */
    FORMAT_STRING_HEX,   /* -Ox */
};

/* Longest precision, as in "%8.3f" without the '%' and the 'f'. */
#define FORMAT_PRECISION_MAX 15

struct format_options {
    enum format_oid_style oid_style;
    enum format_string_style string_style;
    bool quick;                               /* -Oq, -OQ: no type words */
    bool quick_equals;                        /* -OQ: and yet " = ", where quick */
    bool value_only;                          /* -Ov */
    bool numeric_enums;                       /* -Oe */
    bool numeric_timeticks;                   /* -Ot */
    bool no_units;                            /* -OU */
    bool hex_text;                            /* -OT: readable text after hexadecimal */
    bool numeric_index;                       /* -Ob */
    bool extended_index;                      /* -OX */
    bool escape_quotes;                       /* -OE */
    bool leading_zero;                        /* -O0 */
    bool no_hint;                             /* -Ih: values without their DISPLAY-HINT */
    unsigned hex_per_line;                    /* octets in a line of hexadecimal; 0: all */
    char precision[FORMAT_PRECISION_MAX + 1]; /* -Op; "" is printf's own */
    bool escape_controls;  /* the reader is a terminal: control characters of texts as escapes */
    const struct mib *mib; /* where names come from; NULL: only the roots have one */
};

struct format_input_options {
    bool random_access; /* -IR */
    bool best_match;    /* -Ib */
    bool relative;      /* -Iu: an OID that does not begin with a dot is below mib-2 */
    bool paths_only;    /* without -IR and -Ib names are paths from the root: snmptranslate's way */
    bool no_check;      /* -Ir */
    bool no_hint;       /* -Ih */
    const char *suffix; /* -Is, borrowed; a dot goes before it if it has none; NULL: none */
    const char *prefix; /* -IS */
    struct mib *mib;    /* where names come from; NULL: only the roots have one */
    const struct mib_load
        *load; /* how "MODULE::name" loads a module that is not there yet; NULL: not at all */
};

void format_options_init(struct format_options *options);
void format_input_options_init(struct format_input_options *options);

/*
 * Applies the letters of -O ("qn", "p.2", "p .2"). UVSNMP_EBAD_ARGUMENT with a detail such as
 * "Unknown output option passed to -O: z."; what stood before the bad letter is in force.
 */
int format_options_parse(struct format_options *options, const char *letters, struct uvsnmp_error *err);

/* The same for -I; a suffix or prefix is borrowed from `letters`. */
int format_input_options_parse(struct format_input_options *options, const char *letters,
                               struct uvsnmp_error *err);

/* The letter that takes an argument and has none yet, where `letters` ends in one ("p" for "np"); else 0. */
char format_options_open(const char *letters);
char format_input_options_open(const char *letters);

/* Sets the precision if it is one: flags, width, '.', digits; else UVSNMP_EBAD_ARGUMENT. */
int format_options_precision(struct format_options *options, const char *precision, struct uvsnmp_error *err);

/* The tables as help, one "  LETTER:  words" a line, each behind `indent`. */
void format_options_help(struct text *text, const char *indent);
void format_input_options_help(struct text *text, const char *indent);

#endif
