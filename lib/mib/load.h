/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Which modules a tool sees: the lists of -m and -M as a person writes them, the directories with MIB files,
 * and what is read from them only when something asks for it.
 *
 * A module is looked for among the built-in ones, then as DIRECTORY/NAME with the usual endings, then by the
 * heads of all files there. Of several files with one module, that of the last directory counts, as with
 * Net-SNMP. In directories that a person named, a file wins over the built-in module of the same name for the
 * modules that the person named; and everywhere, where descriptions are to be kept, which no built-in module
 * has.
 */
#ifndef MIB_LOAD_H
#define MIB_LOAD_H

#include "mib/mib.h"
#include "mib/parser.h"

/* What is visible where nobody says anything: the default list of Net-SNMP, in its order. */
extern const char mib_default_modules[];

struct mib_files;

struct mib_load {
    const char *modules;       /* names between colons, in the order of loading; "ALL": every one; with a '/':
                                * the modules of that file */
    const char *named_modules; /* those of them that a person named; NULL: none */
    const char *directories;   /* between colons */
    const char *named_directories; /* those of them that a person named; NULL: none */
    const char *files;             /* further MIB files, between colons (token mibfile); NULL: none */
    struct mib_parse_options parse;
    struct mib_report report;
    bool report_all;         /* also what is wrong with modules that nobody asked for by name */
    struct mib_files *found; /* the loader's own: what is known of the directories; NULL before mib_load() */
};

/*
 * Makes `mib` see what `load` says. Files that are bad are reported, modules that are missing too; the rest
 * is there all the same. Errors: UVSNMP_ENO_MEMORY. `load` and its texts must live as long as the mib, which
 * reads further files by it (mib_load_module).
 */
int mib_load(struct mib *mib, struct mib_load *load);

/*
 * Makes one more module known and visible, as "MODULE::name" asks for it; finds its file. UVSNMP_ENOT_FOUND:
 * there is none, which is reported as with mib_load().
 */
int mib_load_module(struct mib *mib, const struct mib_load *load, const char *name);

/*
 * "+A:B", "-A", "A:B": what -m, -M and their tokens mean behind (before, instead of) the list that was in
 * force, `before` (NULL: none, and then `change` is the list as it stands). The result lives in `arena`;
 * NULL: out of memory.
 */
const char *mib_list_change(const char *before, const char *change, struct arena *arena);

/* The directories where nobody says anything; "$HOME" in it is not replaced. */
extern const char mib_default_directories[];

#endif
