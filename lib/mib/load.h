/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Which modules a tool sees: the lists of -m and -M as a person writes them, the directories with MIB files,
 * and what is read from them only when something asks for it.
 *
 * A module is looked for among the built-in ones, then as DIRECTORY/NAME with the usual endings in the order
 * of the directories, then by the heads of all files there. In directories that a person named, a file wins
 * over the built-in module of the same name for the modules that the person named.
 */
#ifndef MIB_LOAD_H
#define MIB_LOAD_H

#include "mib/mib.h"
#include "mib/parser.h"

/* What is visible where nobody says anything: the default list of Net-SNMP, in its order. */
extern const char mib_default_modules[];

struct mib_load {
    const char *modules;       /* names between colons or blanks, in the order of loading; "ALL": every one */
    const char *named_modules; /* those of them that a person named; NULL: none */
    const char *directories;   /* between colons; NULL: the usual ones, ~/.snmp/mibs and DATADIR/snmp/mibs */
    bool named_directories;    /* a person named them */
    const char *files;         /* further MIB files, between colons (token mibfile); NULL: none */
    struct mib_parse_options parse;
    struct mib_report report;
};

/*
 * Makes `mib` see what `load` says. Files that are bad are reported, modules that are missing too; the rest
 * is there all the same. Errors: UVSNMP_ENO_MEMORY. `load` and its texts must live as long as the mib, which
 * reads further files by it (mib_load_module).
 */
int mib_load(struct mib *mib, const struct mib_load *load);

/*
 * Makes one more module known and visible, as "MODULE::name" asks for it; finds its file. UVSNMP_ENOT_FOUND,
 * not reported.
 */
int mib_load_module(struct mib *mib, const struct mib_load *load, const char *name);

/*
 * "+A:B", "-A", "A:B": what -m, -M and their tokens mean behind what was in force, `before` (NULL: the
 * default, which `defaults` is). The result lives in `arena`; NULL: out of memory.
 */
const char *mib_list_change(const char *before, const char *defaults, const char *change,
                            struct arena *arena);

#endif
