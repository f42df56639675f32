/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Net-SNMP's spellings of options, brought into the one that popt reads: "-v2c" becomes "-v" "2c", "-Lf"
 * "FILE" becomes "-L" "f FILE", and "--token=value" is set aside.
 */
#ifndef APPS_COMMON_ARGV_H
#define APPS_COMMON_ARGV_H

#include "apps/common/app.h"

struct argv_words {
    const char **words; /* argv as popt wants it, NULL at the end */
    size_t count;
    const char **tokens; /* configuration lines, "token value" */
    size_t token_count;
};

/* Words come from `arena`; UVSNMP_ENO_MEMORY is the only failure: what is wrong is popt's to find. */
int argv_normalise(int argc, char **argv, const struct app *app, struct arena *arena, struct argv_words *out);

#endif
