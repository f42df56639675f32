/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Which MIB modules a program sees: -m, -M and -P, the environment (MIBS, MIBDIRS, MIBFILES) and the tokens
 * of snmp.conf, the former before the latter. "+" and "-" before a list put it behind and before the default
 * list; in snmp.conf, behind and before what snmp.conf said up to there.
 */
#ifndef APPS_COMMON_MIBS_H
#define APPS_COMMON_MIBS_H

#include <uvsnmp/error.h>

#include "base/arena.h"
#include "base/text.h"
#include "mib/load.h"

enum mibs_errors {
    MIBS_ERRORS_NAMED, /* of modules that a person named */
    MIBS_ERRORS_ALL,
    MIBS_ERRORS_NONE,
};

struct mibs {
    struct arena *arena;
    const char *modules, *directories;           /* -m, -M, as given; NULL: not given */
    const char *conf_modules, *conf_directories; /* of snmp.conf; NULL: nothing is said there */
    const char *files;                           /* token mibfile; NULL: none */
    struct mib_parse_options parse;
    enum mibs_errors errors;
    int64_t warnings; /* 0: none */
    struct mib *mib;  /* these two are made by mibs_open() */
    struct mib_load load;
};

/* Texts are kept in `arena`. */
void mibs_init(struct mibs *mibs, struct arena *arena);
void mibs_fini(struct mibs *mibs);

/* The letters of -P; UVSNMP_EBAD_ARGUMENT with the first unknown one as the detail. */
int mibs_letters(struct mibs *mibs, const char *letters, struct uvsnmp_error *err);
void mibs_letters_help(struct text *text, const char *indent);

/* The tokens mibs, mibdirs and mibfile. UVSNMP_ENO_MEMORY. */
int mibs_conf_modules(struct mibs *mibs, const char *text);
int mibs_conf_directories(struct mibs *mibs, const char *text);
int mibs_conf_file(struct mibs *mibs, const char *path);

/* Makes mibs->mib see what was said; what is wrong with it is logged. Once. UVSNMP_ENO_MEMORY, UVSNMP_ELIMIT.
 */
int mibs_open(struct mibs *mibs);

/* Is it snmp.conf that names no module at all, as Debian's does? For a word on it where a name is unknown. */
bool mibs_are_off(const struct mibs *mibs);

#endif
