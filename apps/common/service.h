/* SPDX-License-Identifier: BSD-3-Clause */
/* From the command line to a daemon that serves, and its end: what the daemons have in common. */
#ifndef APPS_COMMON_SERVICE_H
#define APPS_COMMON_SERVICE_H

#include "apps/common/daemon.h"
#include "apps/common/names.h"
#include "apps/common/process.h"

/* The main function: reads the command line and calls `run`, whose return value is the exit status. */
int service_main(int argc, char **argv, const struct daemon_program *program,
                 int (*run)(struct daemon_options *options, struct names *names));

/* Says what stops the start, where the person is, too; EXIT_FAILURE. */
int service_fail(const struct daemon_options *options, const char *name, const struct uvsnmp_error *err);

/* -H: the directives of a file; `help` as directives_help(). */
void service_show_directives(const char *file,
                             bool (*help)(size_t index, const char **name, const char **syntax));

/* --check: the exit status after reading so many files with so many errors. */
int service_check(unsigned problems, unsigned files_read);

/* The paths of the options, for a process that is about to change its folder. */
void service_keep_paths(struct daemon_options *options);

struct server; /* the program's own */
struct service_calls {
    int (*begin)(struct server *server, struct uvsnmp_error *err);
    void (*announce)(const struct server *server);
    int (*run)(struct server *server, struct uvsnmp_error *err);
};

/*
 * Runs a server whose sockets are bound: with a pid file, as the user that it was told to be; `ready` is that
 * of process_daemonise(), negative in the foreground.
 */
int service_run(struct server *server, const struct service_calls *calls,
                const struct daemon_options *options, const struct credentials *credentials, int ready,
                struct uvsnmp_error *err);

#endif
