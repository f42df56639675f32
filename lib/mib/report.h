/* SPDX-License-Identifier: BSD-3-Clause */
/* What is wrong with MIB files, told to whoever wants to know: the library itself prints nothing. */
#ifndef MIB_REPORT_H
#define MIB_REPORT_H

#include <uvsnmp/export.h>

enum mib_problem {
    MIB_PROBLEM_MODULE,  /* a module that a person asked for is not found */
    MIB_PROBLEM_IMPORT,  /* a module or symbol that another module imports is not found */
    MIB_PROBLEM_SYNTAX,  /* a clause was skipped */
    MIB_PROBLEM_UNKNOWN, /* a name in a definition stands for nothing */
    MIB_PROBLEM_WARNING, /* odd, and yet taken */
    MIB_PROBLEM_FILE,    /* a file or directory cannot be read */
};

struct mib_report {
    /* `file` may be NULL, `line` 0 where there is none; `text` without newline, valid during the call. */
    void (*say)(void *arg, enum mib_problem problem, const char *file, unsigned line, const char *text);
    void *arg;
};

/* Formats and says it; `report` and its function may be NULL. */
void mib_report(const struct mib_report *report, enum mib_problem problem, const char *file, unsigned line,
                const char *format, ...) UVSNMP_PRINTF(5, 6);

#endif
