/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Table-driven reader of *.conf files in Net-SNMP's syntax: one directive a line, '#' comments, '\' at a
 * line's end continues it, "[type] token value" and "[type]" lines, includeFile, includeDir, includeSearch.
 * It knows how a line is cut into a directive and its text, not what directives mean.
 */
#ifndef CONF_DIRECTIVE_H
#define CONF_DIRECTIVE_H

#include <stdbool.h>
#include <stddef.h>

#include <uvsnmp/error.h>

struct conf_place {
    const char *file; /* "command line" for --token=value */
    unsigned line;    /* from 1; 0 where there is none */
};

/*
 * Takes a directive's text: what follows the word, without leading and trailing white space, quotes kept.
 * Returns 0, or a negative code with `err` filled; the reader then reports it with its place and goes on.
 */
typedef int conf_set_fn(const char *text, const struct conf_place *place, void *arg,
                        struct uvsnmp_error *err);

struct conf_directive {
    const char *name; /* compared without letter case; NULL ends a table */
    conf_set_fn *set;
    const char *help; /* the text's form, e.g. "COMMUNITY [SOURCE [OID]]" */
};

/* A line that could not be used. `message` is complete but for place: e.g. "Unknown token: smuxsocket.". */
typedef void conf_problem_fn(const struct conf_place *place, bool unknown_token, const char *message,
                             void *arg);

struct conf_reader {
    const char *type;                        /* "snmp", "snmpd": whose "[type]" sections apply … */
    const struct conf_directive *directives; /* … and what is in them */
    const char *other_type;                  /* a second type read from "[other_type]" lines; may be NULL */
    const struct conf_directive *other_directives;
    conf_problem_fn *problem; /* may be NULL */
    void *arg;                /* for set and problem */
    unsigned problems;        /* counted */
};

/* Reads one file. UVSNMP_ENOT_FOUND or UVSNMP_EFILE when it cannot be opened; bad lines are problems. */
int conf_read_file(struct conf_reader *reader, const char *path, struct uvsnmp_error *err);

/* One "token text" as if it stood in a file: for --token=value and tests. */
int conf_read_line(struct conf_reader *reader, const char *line, const struct conf_place *place);

#endif
