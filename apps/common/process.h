/* SPDX-License-Identifier: BSD-3-Clause */
/* What makes a process a daemon: the background, the pid file, other credentials. */
#ifndef APPS_COMMON_PROCESS_H
#define APPS_COMMON_PROCESS_H

#include <stdbool.h>
#include <sys/types.h>

#include <uvsnmp/error.h>

/* Who the process shall be once its sockets are bound. */
struct credentials {
    bool change_user, change_group;
    uid_t uid;
    gid_t gid;     /* set with either */
    char name[64]; /* whose supplementary groups; empty: none at all */
};

/*
 * Finds the user and the group by name, "#NUMBER" or number; either may be NULL. Without a group the user's
 * own one is taken. UVSNMP_EBAD_ARGUMENT with "Bad user id: NAME" or "Bad group id: NAME".
 */
int credentials_find(const char *user, const char *group, struct credentials *out, struct uvsnmp_error *err);

/* Becomes them for good, and makes sure of it. UVSNMP_EPERMISSION with a detail. */
int credentials_take(const struct credentials *credentials, struct uvsnmp_error *err);

/* The name of the user that the process is now, or his number. */
void process_user(char *text, size_t size);

/*
 * Goes to the background. It returns in the child, with `*ready` to be handed to process_ready(). The parent
 * ends within the call: with status 0 once the child is ready, else with 1 when the child ends before.
 */
int process_daemonise(int *ready, struct uvsnmp_error *err);

/* Lets the parent end with success and gives up the terminal; `keep_output`: the log goes to standard output
 * or standard error, leave them. */
void process_ready(int ready, bool keep_output);

/* Tells the service manager that the daemon is up, where it asked for that (sd_notify(3): NOTIFY_SOCKET). */
void process_notify_ready(void);

/* Writes the pid and a newline, replacing the file. UVSNMP_EFILE with a detail. */
int pid_file_write(const char *path, struct uvsnmp_error *err);

#endif
