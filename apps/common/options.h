/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The options that every tool has, in one table: it makes popt's tables, the usage text, and tells argv.c
 * which letters take an argument.
 */
#ifndef APPS_COMMON_OPTIONS_H
#define APPS_COMMON_OPTIONS_H

#include "apps/common/app.h"

struct argv_grammar;
struct argv_words;

/*
 * Applies an option; what is wrong goes to `err`, as it is to be printed before the usage. Returns 0, an
 * error, or one of the two below.
 */
#define OPTION_ENOUGH 1   /* there is nothing left to do */
#define OPTION_NO_USAGE 2 /* the error's text is all to be said */
typedef int option_fn(struct app_run *run, const char *argument, struct uvsnmp_error *err);

enum option_group {
    OPTION_GENERAL,
    OPTION_COMMUNITY,
    OPTION_USM,
    OPTION_TRANSPORT,
    OPTION_DEBUG,
    OPTION_TEXT,
    OPTION_APP,
    OPTION_GROUPS,
};

struct option_row {
    enum option_group group;
    char letter;          /* 0: none */
    const char *name;     /* of --name; NULL: none */
    const char *argument; /* NULL: takes none */
    bool may_be_alone;    /* the argument may be missing */
    option_fn *apply;
    const char *help;
    /* How many of the following words are part of `argument`, as FILE in "-Lf FILE"; NULL: none ever. */
    unsigned (*missing_words)(const struct app *app, const char *argument);
    void (*letters)(struct text *text, const char *indent); /* help on the letters of the argument */
};

/* For argv_normalise(). */
struct argv_grammar options_grammar(const struct app *app);

/* What to do after the options. */
enum options_end { OPTIONS_GO_ON, OPTIONS_DONE, OPTIONS_BAD };

/*
 * Reads the options and leaves run->host and run->operands. OPTIONS_DONE: an option such as -V was all that
 * was wanted. OPTIONS_BAD: said what was wrong.
 */
enum options_end options_parse(struct app_run *run, const struct argv_words *argv);

/* Appends the help of all options. */
void options_help(const struct app *app, struct text *text);

#endif
