/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * What all tools have in common: a tool is a `struct app` and a function. app_main() reads options and
 * configuration, and hands the function what is left: the agent's address and the operands behind it.
 */
#ifndef APPS_COMMON_APP_H
#define APPS_COMMON_APP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <uvsnmp/session.h>

#include "apps/common/log.h"
#include "apps/common/mibs.h"
#include "apps/common/output.h"
#include "apps/common/v3.h"
#include "base/arena.h"
#include "format/options.h"

/* Exit statuses that scripts know. */
enum app_status {
    APP_OK = 0,
    APP_FAILED = 1,       /* bad arguments, no answer, no output */
    APP_ERROR_STATUS = 2, /* the agent answered with an error-status */
};

enum app_flag_kind {
    APP_FLAG_BOOL,   /* turns a bool round */
    APP_FLAG_ON,     /* sets a bool */
    APP_FLAG_NUMBER, /* digits follow the letter: an int32_t, not negative */
    APP_FLAG_OID,    /* an OID follows, glued or as the next word: a struct uvsnmp_oid_buf */
};

/* A letter of -C. A table of them ends with letter 0. */
struct app_flag {
    char letter;
    enum app_flag_kind kind;
    size_t offset;        /* into the struct that app_main() was given */
    const char *argument; /* its name in the help; NULL: none */
    const char *help;
    const char *what; /* a number's name in "Bad value for …" */
};

struct app_options {
    struct format_options output;
    struct format_input_options input;
    int version; /* enum uvsnmp_version; -1: not said */
    const char *community;
    struct v3_options v3;
    uint64_t timeout_ms; /* 0: not said */
    int64_t retries;     /* -1: not said */
    uint64_t deadline_ms;
    const char *local; /* to send from */
    uint16_t default_port;
    int receive_buffer;
    bool any_source;    /* --any-source */
    bool dump;          /* -d */
    bool quiet_tokens;  /* noTokenWarnings */
    bool no_version[4]; /* disableSNMPv1 …, by enum uvsnmp_version */
    const char *debug_tokens;
    bool debug;
};

/* What the configuration gives where the command line says nothing. */
struct app_defaults {
    int version;
    const char *community;
    struct v3_options v3;
    const char *passphrase; /* of version 3, for authentication and privacy where they have no secret */
    uint64_t timeout_ms;
    int64_t retries;
};

struct app_alias {
    struct app_alias *next;
    const char *name, *address;
};

struct app_run;
struct option_row;
struct flag_oid;
struct target_session;

struct app {
    const char *name;
    const char *operands;         /* as in "AGENT OID [OID]..." */
    const struct app_flag *flags; /* of -C; NULL: none */
    const struct option_row
        *options;    /* of its own, before the common ones; the last has no apply; NULL: none */
    bool is_offline; /* talks to no agent: no options for that, and all operands are its own */
    bool posix;      /* options end at the first operand, so that values may begin with '-' */
    bool quick;      /* values without their types are the default, as with -Oq, and -Oq turns it off */
    bool (*asks_nobody)(const struct app_run *run); /* with these options: version and community do not
                                                       matter; NULL: it asks */
    void (*help)(struct text *text);                /* more of it; may be NULL */
    enum app_status (*run)(struct app_run *run);
};

/* One run of one tool. */
struct app_run {
    const struct app *app;
    const char *program; /* argv[0] */
    const char *name;    /* that messages on what was sent begin with: app->name, or what the app put there */
    void *own;           /* the tool's options: what its flags point into */
    struct app_options options;
    struct app_defaults defaults;
    struct app_alias *aliases;
    struct flag_oid *flag_oids; /* of -C; see flags.h */
    struct mibs mibs;           /* opened before the app runs; options.output and options.input refer to it */
    struct app_log log;
    struct output out;
    struct arena arena; /* lives as long as the run */
    const char *persistent_dir;
    const char *host; /* as the person wrote it: the first operand, if no option has named it */
    const char *const *operands;
    size_t operand_count;
    /* its own engine, where it sends traps of version 3; read by target_open_client() */
    struct uvsnmp_bytes engine_id;
    int32_t engine_boots, engine_time;
    /* set by target_open() */
    uv_loop_t *loop;
    struct uvsnmp_client *client;
    const char *session_peer; /* `host` with its alias looked up */
    struct uvsnmp_credential *credential; /* of version 3, made with the first session */
    struct uvsnmp_session *session;
    struct target_session *sessions; /* all of them */
    struct uvsnmp_session *probe; /* see probe.h */
    bool deadline_passed;
    bool is_abandoned; /* something is still going on in the loop, which must not be touched */
};

/* The whole program; `own` is the struct that app->flags describes, with its defaults. Returns the status. */
int app_main(int argc, char **argv, const struct app *app, void *own);

/* The usage text, on standard error. */
void app_usage(const struct app_run *run);

/* Prints `message` and the usage; returns APP_FAILED. */
enum app_status app_usage_error(const struct app_run *run, const char *message);

#endif
