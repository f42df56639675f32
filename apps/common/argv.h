/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Net-SNMP's spellings of options, brought into the one that popt reads: "-v2c" becomes "-v" "2c", "-Lf"
 * "FILE" becomes "-L" "f FILE", and "--token=value" is set aside.
 */
#ifndef APPS_COMMON_ARGV_H
#define APPS_COMMON_ARGV_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"

enum argv_argument {
    ARGV_NONE,
    ARGV_REQUIRED, /* glued to the letter, or the next word */
    ARGV_OPTIONAL, /* the same, but a next word that begins with '-' is none */
    ARGV_GLUED,    /* only what is glued to the letter; else it is empty */
};

/* What there is to know of a program's options before popt reads them. */
struct argv_grammar {
    bool posix; /* options end at the first operand, so that values may begin with '-' */
    /* Of -`letter`, or, with letter 0, of --`name` (`length` octets); false: there is no such option. */
    bool (*find)(char letter, const char *name, size_t length, const void *arg, enum argv_argument *out);
    /* How many of the following words are part of the `argument` of -`letter`, as FILE in "-Lf FILE". */
    unsigned (*missing_words)(char letter, const char *argument, const void *arg);
    const void *arg; /* for these two */
    /* The argument of -`letter`, or, with letter 0, the value of the token `name`, is nobody else's to read:
     * it is copied, and overwritten in argv, which other users of the machine can see. NULL: none is. */
    bool (*is_secret)(char letter, const char *name);
};

struct argv_words {
    const char **words; /* argv as popt wants it, NULL at the end */
    size_t count;
    const char **tokens; /* configuration lines, "token value" */
    size_t token_count;
};

/* Words come from `arena`; UVSNMP_ENO_MEMORY is the only failure: what is wrong is popt's to find. */
int argv_normalise(int argc, char **argv, const struct argv_grammar *grammar, struct arena *arena,
                   struct argv_words *out);

#endif
