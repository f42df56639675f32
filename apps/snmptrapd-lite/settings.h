/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * snmptrapd.conf: what its directives mean. Reading fills a struct settings and touches nothing else, so that
 * a configuration can be checked, and a receiver that runs keeps the old one until the new one is complete.
 */
#ifndef SNMPTRAPD_LITE_SETTINGS_H
#define SNMPTRAPD_LITE_SETTINGS_H

#include "apps/common/names.h"
#include "apps/snmptrapd-lite/grants.h"
#include "apps/snmptrapd-lite/pattern.h"
#include "apps/snmptrapd-lite/rules.h"
#include "identity/identity.h"

/* Formats that can be given, each of version 1 and of the others. */
enum settings_format { SETTINGS_PRINT, SETTINGS_EXECUTE, SETTINGS_FORMATS };

struct settings {
    struct identity identity; /* the first member, as its directives ask for */
    struct grants grants;
    struct rules rules;
    char **listen; /* addresses of snmpTrapdAddr, in order */
    size_t listen_count;
    struct pattern *formats[SETTINGS_FORMATS][2]; /* … [0] of version 1; NULL: not given */
    struct format_options output;
    char *log_options[8]; /* arguments of -L, in order */
    size_t log_option_count;
    bool no_log;               /* doNotLogTraps */
    bool no_fork;              /* doNotFork */
    bool ignore_auth_failures; /* ignoreAuthFailure */
    char pid_file[PATH_MAX];   /* empty: not given */
    char user[64], group[64];  /* agentuser, agentgroup; empty: not given */
    unsigned files_read, problems;
    struct names *names; /* these three while it is read */
    conf_problem_fn *problem;
};

struct settings_input {
    const struct conf_files *files;
    const char *const *lines; /* "token value", from the command line */
    size_t line_count;
    struct names *names;
    const struct format_options *output; /* what outputOption adds to */
    conf_problem_fn *problem;            /* of bad lines, which have no effect; may be NULL */
};

/* Reads the files (`files` is copied) and then the lines. NULL: out of memory. */
struct settings *settings_read(const struct settings_input *input);
void settings_free(struct settings *settings); /* NULL is fine */

/* The directives with their syntax, one at a time from `index` 0; false past the last. For -H. */
bool settings_help(size_t index, const char **name, const char **syntax);

#endif
