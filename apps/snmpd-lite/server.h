/* SPDX-License-Identifier: BSD-3-Clause */
/* The agent with its configuration, in an event loop of its own. */
#ifndef SNMPD_LITE_SERVER_H
#define SNMPD_LITE_SERVER_H

#include "agent/directives.h"
#include "apps/common/trace.h"

struct server;

struct server_options {
    const char *const *lines; /* "token value" from the command line, borrowed */
    size_t line_count;
    const struct directives_names *names; /* for the configuration, borrowed; may be NULL */
    const char *const *listen; /* addresses that replace those of the configuration, borrowed */
    size_t listen_count;
    const char *groups; /* MIB groups, see struct mibs_options; may be NULL */
    struct trace trace;
    void (*hangup)(void *arg); /* called first at SIGHUP: to open log files again; may be NULL */
    void *arg;                 /* for hangup */
};

/*
 * Makes an agent out of a configuration that was read, which it owns from now on (also when this fails):
 * bound and listening when the call returns. The error is ready for the log.
 */
int server_new(const struct server_options *options, struct directives_config *config, struct server **out,
               struct uvsnmp_error *err);

/*
 * Counts this start of the engine and stores it, as who the process is from now on; before the agent answers.
 * Where there are users and it cannot be stored that is an error; where there are none version 3 is not
 * spoken. Then those who are to be notified are told.
 */
int server_begin(struct server *server, struct uvsnmp_error *err);

/* Says where it listens, and that it is ready. */
void server_announce(const struct server *server);

/* Runs until SIGTERM or SIGINT; SIGHUP reads the configuration again. */
int server_run(struct server *server, struct uvsnmp_error *err);

void server_free(struct server *server);

#endif
