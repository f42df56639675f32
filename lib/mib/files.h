/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The directories with MIB files, and which file has a module. A directory is read when a name alone does not
 * lead to a file, and once; only regular files are opened.
 */
#ifndef MIB_FILES_H
#define MIB_FILES_H

#include "base/arena.h"
#include "mib/report.h"

#include <stdbool.h>
#include <stddef.h>

/* The largest file that is read. */
#define MIB_FILE_MAX ((size_t)16 << 20)

/* The text of one file, in memory that the next file uses again. Zero-initialise it. */
struct mib_text {
    char *data;
    size_t size, capacity;
};
void mib_text_fini(struct mib_text *text);

struct mib_files;

/* `directories` and those of them that a person `named` (NULL: none), between colons; both are copied.
 * Touches no file. Everything lives in `arena`. NULL: out of memory. */
struct mib_files *mib_files_new(const char *directories, const char *named, struct arena *arena);

/*
 * Reads a whole file. UVSNMP_EFILE, reported, where it cannot be read, is no regular file, or is larger than
 * MIB_FILE_MAX; UVSNMP_ENO_MEMORY.
 */
int mib_files_read(const char *path, const struct mib_report *report, struct mib_text *text);

/*
 * Reads the file that has `module` and says where it is, in memory of the arena. Directories that nobody
 * named are left out where `only_named`. UVSNMP_ENOT_FOUND, not reported; UVSNMP_ENO_MEMORY.
 */
int mib_files_find(struct mib_files *files, const char *module, bool only_named,
                   const struct mib_report *report, struct mib_text *text, const char **path);

/* How many files there are in all directories; reads these. Negative: UVSNMP_ENO_MEMORY. */
ptrdiff_t mib_files_count(struct mib_files *files, const struct mib_report *report);

/* Reads the file number `index`, below that count: in the order of the directories and their names.
 * UVSNMP_ENOT_FOUND: it cannot be read, which is reported, or it is none that has a text. */
int mib_files_read_nth(struct mib_files *files, size_t index, const struct mib_report *report,
                       struct mib_text *text, const char **path, bool *is_named);

/* Whoever has looked into all files says so: nothing more is found in them. */
void mib_files_exhaust(struct mib_files *files);

/* Is every directory one that a person named? */
bool mib_files_all_named(const struct mib_files *files);

/* The line on which the last file that was looked into begins, which Net-SNMP prints with what it does not
 * find; 0: there was none. */
unsigned mib_files_last_line(const struct mib_files *files);

/* Remembers a module that is nowhere. After 4096 of them no other is looked for: each counts as missing. */
void mib_files_note_missing(struct mib_files *files, const char *module);
bool mib_files_is_missing(const struct mib_files *files, const char *module);

/* Is the item of `length` octets one of a list between colons? `list` may be NULL. */
bool mib_list_has(const char *list, const char *item, size_t length);

/*
 * Before a missing module is reported: says where files were looked for, once. False: it is the module that
 * was reported last, which Net-SNMP does not say again.
 */
bool mib_files_say_missing(struct mib_files *files, const char *module, const struct mib_report *report);

#endif
