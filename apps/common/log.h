/* SPDX-License-Identifier: BSD-3-Clause */
/* Where a tool's messages go: -L of snmpcmd(1). */
#ifndef APPS_COMMON_LOG_H
#define APPS_COMMON_LOG_H

#include <stdbool.h>
#include <stdio.h>

#include <uvsnmp/error.h>

#include "base/log.h"
#include "base/text.h"

#define APP_LOG_PLACES 8

struct app_log_place {
    enum { APP_LOG_STREAM, APP_LOG_FILE, APP_LOG_SYSLOG, APP_LOG_NOWHERE } kind;
    FILE *file;
    char *path;              /* of a file, absolute; NULL: it cannot be opened again */
    bool lost;               /* a file that is in no folder any more, and could not be made again */
    enum log_level from, to; /* of syslog's numbers: the most and the least urgent */
};

/* Takes a whole line for the place at `place` of the log (0 where it has none: standard error). */
typedef void app_log_write_fn(size_t place, const char *line, size_t size, void *arg);

struct app_log {
    struct app_log_place places[APP_LOG_PLACES];
    size_t count; /* 0: standard error */
    bool timestamps;
    bool truncates;          /* log files start empty */
    app_log_write_fn *write; /* NULL: streams and files are written to where a message comes up */
    void *write_arg;
};

void app_log_init(struct app_log *log);
/* Makes it the sink of base/log.h; it must not move after that. */
void app_log_start(struct app_log *log);
void app_log_fini(struct app_log *log);

/* From now on `write` gets what goes to streams and files, in the place of being written; NULL ends that. No
 * place may be added in between. */
void app_log_divert(struct app_log *log, app_log_write_fn *write, void *arg);

/* Nothing goes to a place any more, numbered as in app_log_write_fn: nobody reads there. */
void app_log_mute(struct app_log *log, size_t place);

/* Opens the files again, which somebody may have moved away. One that cannot be opened stays as it is; where
 * it was removed, too, it is lost, which is said on standard error and to syslog as well. */
void app_log_reopen(struct app_log *log);
/* Tries again to open those that are lost. */
void app_log_recover(struct app_log *log);

/* Applies an argument of -L ("e", "f FILE", "E w", "F 0-4 FILE"); `name` is syslog's tag. */
int app_log_parse(struct app_log *log, const char *argument, const char *name, struct uvsnmp_error *err);
/* How many more words belong to `argument`: 1 for "f", 2 for "F", 0 for "fFILE". */
unsigned app_log_missing_words(const char *argument);
/* The letters as help, one a line. */
void app_log_help(struct text *text, const char *indent);

#endif
