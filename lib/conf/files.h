/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Which *.conf files are read, in which order (snmp_config(5)): files given with a leading '-' ("-c -FILE"),
 * then NAME.conf and NAME.local.conf of each directory of the search path, then the other given files, and
 * for a daemon last the NAME.conf of the persistent directory, whatever else was asked for.
 */
#ifndef CONF_FILES_H
#define CONF_FILES_H

#include <limits.h>
#include <stdbool.h>

#include "conf/directive.h"

struct conf_files {
    const char *name;           /* "snmp" reads snmp.conf and snmp.local.conf */
    const char *given;          /* "-c FILE[,FILE…]"; NULL: none */
    bool only_given;            /* "-C": no search path */
    bool persistent;            /* read the persistent directory's file: a daemon */
    char search_path[PATH_MAX]; /* colon-separated directories */
    char persistent_dir[PATH_MAX];
};

/*
 * Fills in the paths: SNMPCONFPATH and SNMP_PERSISTENT_DIR of the environment, else /etc/snmp,
 * /usr/share/snmp, the directories of this installation and $HOME/.snmp.
 */
void conf_files_init(struct conf_files *files, const char *name);

/*
 * Reads them. A missing file of the search path or a missing persistent file is no matter; a given file that
 * cannot be read, or another one that is there but cannot be read, is reported through reader->problem with
 * its name and no line. When `seen` is not NULL it counts the files read. The "persistentDir" text that a
 * directive stored into `files` meanwhile is honoured.
 */
void conf_files_read(struct conf_files *files, struct conf_reader *reader, unsigned *seen);

/*
 * What a daemon reads: of snmp.conf, which is written for the tools, only what `reader`'s other_directives
 * know, without a word on the rest; then the daemon's own files, which are counted; then lines of its command
 * line.
 */
void conf_files_read_all(struct conf_files *files, struct conf_reader *reader, const char *const *lines,
                         size_t line_count, unsigned *seen);

/* The persistent file's path; false when it does not fit. */
bool conf_files_persistent_path(const struct conf_files *files, char *path, size_t size);

#endif
