/* SPDX-License-Identifier: BSD-3-Clause */
/* The receiver with its configuration, in an event loop of its own. */
#ifndef SNMPTRAPD_LITE_SERVER_H
#define SNMPTRAPD_LITE_SERVER_H

#include "apps/common/daemon.h"
#include "apps/common/trace.h"
#include "apps/snmptrapd-lite/settings.h"

struct server;

struct server_options {
    struct daemon_options *daemon; /* borrowed */
    struct names *names;           /* borrowed */
    struct trace trace;
};

/* Reads the configuration, as it is read again at SIGHUP. NULL: out of memory. */
struct settings *server_read(const struct server_options *options);

/*
 * Makes a receiver out of a configuration that was read, which it owns from now on (also when this fails):
 * bound and listening when the call returns. The error is ready for the log.
 */
int server_new(const struct server_options *options, struct settings *settings, struct server **out,
               struct uvsnmp_error *err);

/* Counts this start of the engine and stores it, as who the process is from now on; before anybody is
 * answered. Where there are users and it cannot be stored that is an error; where there are none no informs
 * of version 3 are taken. */
int server_begin(struct server *server, struct uvsnmp_error *err);

/* Says where it listens, and that it is ready. */
void server_announce(const struct server *server);

/* Runs until SIGTERM or SIGINT; SIGHUP reads the configuration again. */
int server_run(struct server *server, struct uvsnmp_error *err);

void server_free(struct server *server);

#endif
