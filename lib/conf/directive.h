/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Table-driven reader of *.conf files in Net-SNMP's syntax (snmp_config(5)): one directive a line, '#'
 * comments,
 * "[type] token value" and "[type]" lines, includeFile, includeDir, includeSearch. As there, a backslash does
 * not continue a line. It knows how a line is cut into a directive and its text, not what directives mean.
 */
#ifndef CONF_DIRECTIVE_H
#define CONF_DIRECTIVE_H

#include <stdbool.h>
#include <stddef.h>

#include <uvsnmp/error.h>

struct conf_place {
    const char *file;      /* "command line" for --token=value; NULL: nowhere */
    unsigned line;         /* from 1; 0 where there is none */
    const char *directive; /* its word as written; NULL where a line has none */
};

/*
 * Takes a directive's text: what follows the word, without leading and trailing white space, quotes kept,
 * never empty. Returns 0, or a negative code with `err` filled; the reader then reports it with its place and
 * goes on. UVSNMP_EUNSUPPORTED says "known but without effect": reported as a warning, as an unknown token
 * is.
 */
typedef int conf_set_fn(const char *text, const struct conf_place *place, void *arg,
                        struct uvsnmp_error *err);

struct conf_directive {
    const char *name; /* compared without letter case; NULL ends a table */
    conf_set_fn *set;
    const char *help; /* the text's form, e.g. "COMMUNITY [SOURCE [OID]]" */
};

/*
 * A line that could not be used. `message` is complete but for place and level: e.g. "Unknown token:
 * smuxsocket.". `warning`: it was merely not understood (an unknown token, a directive without effect).
 */
typedef void conf_problem_fn(const struct conf_place *place, bool warning, const char *message, void *arg);

/* Writes "FILE: line N: Warning: MESSAGE" (or Error), as Net-SNMP words it; returns `text`. */
const char *conf_problem_text(const struct conf_place *place, bool warning, const char *message, char *text,
                              size_t size);

/* "FILE: line N" or "FILE", to be freed; NULL: out of memory. */
char *conf_where(const struct conf_place *place);

struct conf_reader {
    const char *type;                        /* "snmp", "snmpd": whose "[type]" sections apply … */
    const struct conf_directive *directives; /* … and what is in them */
    const char *other_type;                  /* a second type read from "[other_type]" lines; may be NULL */
    const struct conf_directive *other_directives;
    conf_problem_fn *problem; /* may be NULL */
    void *arg;                /* for set and problem */
    const char *search_path;  /* directories, colon-separated, for includeSearch; may be NULL */
    unsigned problems;        /* counted */
    unsigned depth, files;    /* the reader's own, zero outside of calls: bounds on includes */
};

/*
 * Reads one file and what it includes: lines of at most 64 KiB, files of 16 MiB, 16 levels, 1,000 files.
 * UVSNMP_ENOT_FOUND or UVSNMP_EFILE when it cannot be opened or read; bad lines are problems. The lines of a
 * "[type]" section that is neither of the reader's types have no effect, up to the next "[type]" line.
 */
int conf_read_file(struct conf_reader *reader, const char *path, struct uvsnmp_error *err);

/*
 * One "token text" as if it stood in a file: for --token=value and tests. `place` may be NULL. Returns 0, or
 * UVSNMP_EBAD_SYNTAX when the line was a problem (which was then reported).
 */
int conf_read_line(struct conf_reader *reader, const char *line, const struct conf_place *place);

#endif
