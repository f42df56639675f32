/* SPDX-License-Identifier: BSD-3-Clause */
/* The command line of the daemons: the options of snmpd(8) and of snmptrapd(8). */
#ifndef APPS_COMMON_DAEMON_H
#define APPS_COMMON_DAEMON_H

#include <stdbool.h>
#include <stddef.h>

#include "apps/common/log.h"
#include "base/arena.h"
#include "conf/directive.h"
#include "format/options.h"

/* The line that programs look for to know that a daemon is up. */
extern const char daemon_version_line[];

/* Which daemon it is, as many letters mean something to one of them only: bits. */
enum daemon_kind { DAEMON_AGENT = 1, DAEMON_TRAPS = 2 };

struct daemon_program {
    const char *name;
    const char *operands; /* what they are called in the usage */
    enum daemon_kind kind;
};

/* Without -L a daemon logs to syslog, and to standard error with -f. */
struct daemon_options {
    bool foreground;                      /* -f */
    bool check;                           /* --check: read the configuration only */
    bool show_directives;                 /* -H */
    bool only_given;                      /* -C */
    bool append;                          /* -A */
    bool dump, addresses, verbose, quick; /* -d -a -V -q */
    bool tolerate_root;                   /* -r: go on where something needs root */
    bool leave_pid_file;                  /* -U */
    bool subagent;                        /* -X */
    bool json;                            /* --json: notifications are logged as JSON */
    bool no_log;                          /* -t: … not at all, … */
    bool ignore_auth_failures;            /* -a: … but for these */
    bool no_names;                        /* -n: addresses are not looked up */
    const char *format;                   /* -F; NULL: none */
    struct format_options output;         /* -O */
    bool log_given;                       /* there is a -L */
    const char *configuration;            /* -c, several joined with commas; NULL: none */
    const char *pid_file;                 /* -p */
    const char *user, *group;             /* -u -g */
    const char *groups;                   /* -I */
    const char *agentx;                   /* -x */
    const char *modules, *directories;    /* -m -M; NULL: not given */
    const char **lines;                   /* --token=value as "token value" */
    size_t line_count;
    const char **operands;
    size_t operand_count;
    struct app_log log;
    struct arena arena;
};

enum daemon_parse { DAEMON_RUN, DAEMON_EXIT_OK, DAEMON_EXIT_FAILED };

/*
 * Reads the command line; what it says besides DAEMON_RUN has been done already: the usage or the version was
 * printed. The options must not move after that, as the log becomes the sink of base/log.h. Texts live in
 * `argv` and in the options.
 */
enum daemon_parse daemon_options_parse(int argc, char **argv, const struct daemon_program *program,
                                       struct daemon_options *options);
void daemon_options_fini(struct daemon_options *options);

/* One more place for the log, as an argument of -L says; the first one takes the place of what was there
 * without any. */
int daemon_log_add(struct daemon_options *options, const char *argument, const char *name,
                   struct uvsnmp_error *err);

/* The log goes to standard output or standard error. */
bool daemon_logs_to_output(const struct daemon_options *options);

/* Logs a line of the configuration that could not be used: a conf_problem_fn. */
void daemon_log_problem(const struct conf_place *place, bool warning, const char *message, void *arg);

/* A comma-separated list of paths made absolute, for a process that is about to change its folder. From the
 * options' arena; NULL: out of memory. A '-' before it stays there. */
const char *daemon_absolute_paths(struct daemon_options *options, const char *list);

#endif
