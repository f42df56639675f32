/* SPDX-License-Identifier: BSD-3-Clause */
#include "apps/common/options.h"

#include <popt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "apps/common/argv.h"
#include "apps/common/defaults.h"
#include "apps/common/flags.h"
#include "apps/common/secret.h"
#include "base/err.h"
#include "base/num.h"

#define TIMEOUT_MAX_MS ((uint64_t)INT32_MAX)

/* The version whose behaviour the tools have; scripts look for this line. */
#define COMPATIBLE_VERSION "5.9.3"

static int bad(struct uvsnmp_error *err, const char *format, const char *argument)
{
    (void)err_set(err, UVSNMP_EBAD_ARGUMENT, "%s%s", format, argument);
    return UVSNMP_EBAD_ARGUMENT;
}

static int apply_help(struct app_run *run, const char *argument, struct uvsnmp_error *err)
{
    (void)argument;
    app_usage(run);
    err->detail[0] = '\0';
    return UVSNMP_EBAD_ARGUMENT; /* Net-SNMP's -h fails too */
}

static int apply_directives(struct app_run *run, const char *argument, struct uvsnmp_error *err)
{
    struct text text;
    (void)run;
    (void)argument;
    (void)err;
    text_init(&text, 0);
    text_append(&text, "Configuration directives understood:\n  In snmp.conf and snmp.local.conf:\n");
    defaults_help(&text, "    ");
    fputs(text_string(&text), stderr);
    text_fini(&text);
    return OPTION_ENOUGH;
}

static int apply_show_version(struct app_run *run, const char *argument, struct uvsnmp_error *err)
{
    (void)run;
    (void)argument;
    (void)err;
    fprintf(stderr, "NET-SNMP version: %s (%s %s)\n", COMPATIBLE_VERSION, PACKAGE_NAME, PACKAGE_VERSION);
    return OPTION_ENOUGH;
}

static int apply_version(struct app_run *run, const char *argument, struct uvsnmp_error *err)
{
    run->options.version = defaults_version(argument);
    return run->options.version < 0 ? bad(err, "Invalid version specified after -v flag: ", argument) : 0;
}

static int apply_community(struct app_run *run, const char *argument, struct uvsnmp_error *err)
{
    (void)err;
    run->options.community = argument;
    return 0;
}

static int apply_community_file(struct app_run *run, const char *argument, struct uvsnmp_error *err)
{
    return secret_from_file(argument, &run->arena, &run->options.community, err);
}

/* `option` names itself where there is no such variable. */
static int from_env(const char *name, const char *option, const char **out, struct uvsnmp_error *err)
{
    *out = getenv(name);
    return *out ? 0
                : err_set(err, UVSNMP_EBAD_ARGUMENT, "The environment has no such variable, given to --%s: %s", option,
                          name);
}

static int apply_community_env(struct app_run *run, const char *argument, struct uvsnmp_error *err)
{
    return from_env(argument, "community-env", &run->options.community, err);
}

static int apply_auth_file(struct app_run *run, const char *argument, struct uvsnmp_error *err)
{
    return secret_from_file(argument, &run->arena, &run->options.v3.auth_secret.passphrase, err);
}

static int apply_auth_env(struct app_run *run, const char *argument, struct uvsnmp_error *err)
{
    return from_env(argument, "auth-password-env", &run->options.v3.auth_secret.passphrase, err);
}

static int apply_priv_file(struct app_run *run, const char *argument, struct uvsnmp_error *err)
{
    return secret_from_file(argument, &run->arena, &run->options.v3.priv_secret.passphrase, err);
}

static int apply_priv_env(struct app_run *run, const char *argument, struct uvsnmp_error *err)
{
    return from_env(argument, "priv-password-env", &run->options.v3.priv_secret.passphrase, err);
}

#define V3_OPTION(letter, name)                                                                              \
    static int apply_##name(struct app_run *run, const char *argument, struct uvsnmp_error *err)             \
    {                                                                                                        \
        return v3_apply(&run->options.v3, (letter), argument, err);                                          \
    }
V3_OPTION('u', user)
V3_OPTION('l', level)
V3_OPTION('a', auth)
V3_OPTION('A', auth_passphrase)
V3_OPTION('x', priv)
V3_OPTION('X', priv_passphrase)
V3_OPTION('n', context)
V3_OPTION('e', security_engine)
V3_OPTION('E', context_engine)
V3_OPTION('Z', boots)
V3_OPTION('3', three)

static int apply_transport(struct app_run *run, const char *argument, struct uvsnmp_error *err)
{
    (void)run;
    return bad(err, "Transports that take options (TLS, DTLS) are not built yet: -T ", argument);
}

/* More than nothing, in milliseconds; less than one is one. */
static bool take_seconds(const char *argument, uint64_t *ms)
{
    if (!num_parse_seconds(argument, TIMEOUT_MAX_MS, ms) || !strpbrk(argument, "123456789")) {
        return false;
    }
    *ms = *ms ? *ms : 1;
    return true;
}

static int apply_timeout(struct app_run *run, const char *argument, struct uvsnmp_error *err)
{
    return take_seconds(argument, &run->options.timeout_ms)
               ? 0
               : bad(err, "Invalid timeout in seconds after -t flag.", "");
}

static int apply_retries(struct app_run *run, const char *argument, struct uvsnmp_error *err)
{
    if (!num_parse_i64(argument, 0, INT32_MAX, &run->options.retries)) {
        return bad(err, "Invalid number of retries after -r flag.", "");
    }
    return 0;
}

static int apply_deadline(struct app_run *run, const char *argument, struct uvsnmp_error *err)
{
    return take_seconds(argument, &run->options.deadline_ms)
               ? 0
               : bad(err, "Invalid time in seconds after --deadline: ", argument);
}

static int apply_port(struct app_run *run, const char *argument, struct uvsnmp_error *err)
{
    (void)run;
    (void)argument;
    return bad(err, "Warning: -p option is no longer used - specify the remote host as HOST:PORT", "");
}

static int apply_any_source(struct app_run *run, const char *argument, struct uvsnmp_error *err)
{
    (void)argument;
    (void)err;
    run->options.any_source = true;
    return 0;
}

static int apply_dump(struct app_run *run, const char *argument, struct uvsnmp_error *err)
{
    (void)argument;
    (void)err;
    run->options.dump = true;
    return 0;
}

static int apply_debug(struct app_run *run, const char *argument, struct uvsnmp_error *err)
{
    (void)run;
    (void)err;
    uvsnmp_log_enable_tokens(argument);
    return 0;
}

static int apply_mibs(struct app_run *run, const char *argument, struct uvsnmp_error *err)
{
    (void)err;
    run->mibs.modules = argument;
    return 0;
}

static int apply_mib_directories(struct app_run *run, const char *argument, struct uvsnmp_error *err)
{
    (void)err;
    run->mibs.directories = argument;
    return 0;
}

static int apply_mib_options(struct app_run *run, const char *argument, struct uvsnmp_error *err)
{
    struct uvsnmp_error why = {0, ""};
    if (mibs_letters(&run->mibs, argument, &why) == 0) {
        return 0;
    }
    return err_set(err, UVSNMP_EBAD_ARGUMENT,
                   run->app->is_offline ? "Unknown parser option to -P: %s."
                                        : "Unknown parsing option passed to -P: %s.",
                   why.detail);
}

static int apply_output(struct app_run *run, const char *argument, struct uvsnmp_error *err)
{
    return format_options_parse(&run->options.output, argument, err);
}

static int apply_input(struct app_run *run, const char *argument, struct uvsnmp_error *err)
{
    return format_input_options_parse(&run->options.input, argument, err);
}

static int apply_log(struct app_run *run, const char *argument, struct uvsnmp_error *err)
{
    return app_log_parse(&run->log, argument, run->app->name, err);
}

static int apply_line(struct app_run *run, const char *argument, struct uvsnmp_error *err)
{
    (void)err;
    defaults_read_line(run, argument);
    return 0;
}

static int apply_flags(struct app_run *run, const char *argument, struct uvsnmp_error *err)
{
    int rc = flags_parse(run, argument, err);
    return rc == UVSNMP_ENOT_FOUND || rc == UVSNMP_ENO_MEMORY || rc == UVSNMP_EBAD_NUMBER ? OPTION_NO_USAGE
                                                                                          : rc;
}

static unsigned output_missing(const struct app *app, const char *argument)
{
    (void)app;
    return format_options_open(argument) != 0;
}

static unsigned input_missing(const struct app *app, const char *argument)
{
    (void)app;
    return format_input_options_open(argument) != 0;
}

static unsigned log_missing(const struct app *app, const char *argument)
{
    (void)app;
    return app_log_missing_words(argument);
}

/* "-3k KEY" */
static unsigned v3_missing(const struct app *app, const char *argument)
{
    (void)app;
    return argument[0] && !argument[1];
}

static const char *const groups[OPTION_GROUPS] = {
    "General options", "SNMP version 1 and 2c",      "SNMP version 3",       "Communication",
    "Debugging",       "Names, values and messages", "Options of this tool",
};

/* clang-format off */
#define ROW(group_, letter_, argument_, apply_, help_, ...)                                                  \
    {.group = OPTION_##group_, .letter = (letter_), .argument = (argument_), .apply = (apply_),              \
     .help = (help_), __VA_ARGS__}

static const struct option_row rows[] = {
    ROW(GENERAL, 'h', NULL, apply_help, "this text", .name = "help"),
    ROW(GENERAL, 'H', NULL, apply_directives, "what snmp.conf may contain"),
    ROW(GENERAL, 'V', NULL, apply_show_version, "the version", .name = "version"),
    ROW(TRANSPORT, 'v', "1|2c|3", apply_version, "SNMP version"),
    ROW(COMMUNITY, 'c', "COMMUNITY", apply_community, "the community"),
    ROW(COMMUNITY, 0, "FILE", apply_community_file, "it is the first line of FILE", .name = "community-file"),
    ROW(COMMUNITY, 0, "NAME", apply_community_env,
        "it is in the environment, as NAME", .name = "community-env"),
    ROW(USM, 'u', "USER", apply_user, "security name"),
    ROW(USM, 'l', "LEVEL", apply_level, "security level"),
    ROW(USM, 'a', "PROTOCOL", apply_auth, "authentication"),
    ROW(USM, 'A', "PASSWORD", apply_auth_passphrase, "its password"),
    ROW(USM, 'x', "PROTOCOL", apply_priv, "privacy"),
    ROW(USM, 'X', "PASSWORD", apply_priv_passphrase, "its password"),
    ROW(USM, 0, "FILE", apply_auth_file,
        "the password of -A is the first line of FILE", .name = "auth-password-file"),
    ROW(USM, 0, "NAME", apply_auth_env,
        "it is in the environment, as NAME", .name = "auth-password-env"),
    ROW(USM, 0, "FILE", apply_priv_file,
        "the password of -X is the first line of FILE", .name = "priv-password-file"),
    ROW(USM, 0, "NAME", apply_priv_env,
        "it is in the environment, as NAME", .name = "priv-password-env"),
    ROW(USM, 'n', "CONTEXT", apply_context, "context name"),
    ROW(USM, 'e', "ENGINE", apply_security_engine, "security engine ID"),
    ROW(USM, 'E', "ENGINE", apply_context_engine, "context engine ID"),
    ROW(USM, 'Z', "BOOTS,TIME", apply_boots, "the engine's boots and time"),
    ROW(USM, '3', "LETTERS", apply_three,
        "keys (m M k K), or as -a -A -x -X -u -l", .missing_words = v3_missing),
    ROW(TRANSPORT, 't', "SECONDS", apply_timeout,
        "wait for an answer so long, then ask again (1; fractions are taken)"),
    ROW(TRANSPORT, 'r', "RETRIES", apply_retries, "ask again so often (5)"),
    ROW(TRANSPORT, 0, "SECONDS", apply_deadline, "end after so long, whatever happens", .name = "deadline"),
    ROW(TRANSPORT, 0, NULL, apply_any_source,
        "believe answers from other addresses than asked", .name = "any-source"),
    ROW(TRANSPORT, 'T', "OPTIONS", apply_transport, "options of a transport (not built yet)"),
    ROW(TRANSPORT, 'p', "PORT", apply_port, "say HOST:PORT"),
    ROW(DEBUG, 'd', NULL, apply_dump, "show each message in hexadecimal"),
    ROW(DEBUG, 'D', "[TOKEN[,...]]", apply_debug,
        "debugging output on TOKENs, or on all", .may_be_alone = true),
    ROW(TEXT, 'm', "MIB[:...]", apply_mibs, "MIB modules to see (ALL: every one; +MIB: this one too)"),
    ROW(TEXT, 'M', "DIR[:...]", apply_mib_directories, "directories of MIB files (+DIR: this one too)"),
    ROW(TEXT, 'P', "LETTERS", apply_mib_options, "how MIB files are read:", .letters = mibs_letters_help),
    ROW(TEXT, 'O', "LETTERS", apply_output,
        "output:", .missing_words = output_missing, .letters = format_options_help),
    ROW(TEXT, 'I', "LETTERS", apply_input,
        "input:", .missing_words = input_missing, .letters = format_input_options_help),
    ROW(TEXT, 'L', "LETTER", apply_log, "messages:", .missing_words = log_missing, .letters = app_log_help),
    ROW(TEXT, 'Y', "TOKEN VALUE", apply_line, "as in snmp.conf; also --TOKEN=VALUE"),
    ROW(APP, 'C', "LETTERS", apply_flags, "of these:", .missing_words = flags_missing_words),
};
/* clang-format on */
#define ROW_COUNT (sizeof(rows) / sizeof(rows[0]))

static bool is_for(const struct app *app, const struct option_row *row)
{
    if (row->letter == 'C') {
        return app->flags || !app->is_offline;
    }
    return !app->is_offline || (row->group != OPTION_COMMUNITY && row->group != OPTION_USM &&
                                row->group != OPTION_TRANSPORT && row->apply != apply_dump);
}

static size_t own_count(const struct app *app)
{
    size_t count = 0;
    while (app->options && app->options[count].apply) {
        count++;
    }
    return count;
}

/* Has it a letter of its own that hides the common one? */
static bool has_own(const struct app *app, char letter)
{
    for (size_t i = 0; letter && i < own_count(app); i++) {
        if (app->options[i].letter == letter) {
            return true;
        }
    }
    return false;
}

/* The options of `app` one by one, its own and behind them the common ones that are for it; `*at` begins with
 * 0. NULL: no more. */
static const struct option_row *next_row(const struct app *app, size_t *at)
{
    size_t own = own_count(app);
    while (*at < own + ROW_COUNT) {
        size_t i = (*at)++;
        const struct option_row *row = i < own ? &app->options[i] : &rows[i - own];
        if (i < own || (is_for(app, row) && !has_own(app, row->letter))) {
            return row;
        }
    }
    return NULL;
}

static const struct option_row *find_row(const struct app *app, char letter, const char *name, size_t length)
{
    const struct option_row *row;
    size_t at = 0;
    while ((row = next_row(app, &at)) != NULL) {
        if (letter ? row->letter == letter
                   : row->name && strlen(row->name) == length && strncmp(row->name, name, length) == 0) {
            return row;
        }
    }
    return NULL;
}

static bool find_option(char letter, const char *name, size_t length, const void *arg,
                        enum argv_argument *out)
{
    const struct option_row *row = find_row(arg, letter, name, length);
    if (row) {
        *out = !row->argument ? ARGV_NONE : row->may_be_alone ? ARGV_OPTIONAL : ARGV_REQUIRED;
    }
    return row;
}

static unsigned missing_words(char letter, const char *argument, const void *arg)
{
    const struct option_row *row = find_row(arg, letter, NULL, 0);
    return row && row->missing_words ? row->missing_words(arg, argument) : 0;
}

/* Communities, passphrases and keys; of the tokens, those that give a default. */
static bool is_secret(char letter, const char *name)
{
    return letter ? strchr("cAX3Y", letter) != NULL : strncasecmp(name, "def", 3) == 0;
}

struct argv_grammar options_grammar(const struct app *app)
{
    return (struct argv_grammar){.posix = app->posix,
                                 .find = find_option,
                                 .missing_words = missing_words,
                                 .arg = app,
                                 .is_secret = is_secret};
}

/* popt's tables: one per group, and one that includes them. An option's value is its place in `rows`, and 1.
 */
struct popt_tables {
    struct poptOption *groups[OPTION_GROUPS];
    struct poptOption all[OPTION_GROUPS + 1];
    const struct option_row **rows;
};

/* False: out of memory. */
static bool make_tables(const struct app *app, struct arena *arena, struct popt_tables *tables)
{
    size_t used[OPTION_GROUPS] = {0};
    const struct option_row *row;
    size_t at = 0, count = 0, most = own_count(app) + ROW_COUNT;
    memset(tables, 0, sizeof(*tables));
    tables->rows = arena_array(arena, most, sizeof(const struct option_row *));
    for (size_t i = 0; i < OPTION_GROUPS; i++) {
        tables->groups[i] = arena_array(arena, most + 1, sizeof(struct poptOption));
        if (!tables->rows || !tables->groups[i]) {
            return false;
        }
        memset(tables->groups[i], 0, (most + 1) * sizeof(struct poptOption));
        tables->all[i] = (struct poptOption){
            .argInfo = POPT_ARG_INCLUDE_TABLE, .arg = tables->groups[i], .descrip = groups[i]};
    }
    while ((row = next_row(app, &at)) != NULL) {
        tables->rows[count++] = row;
        tables->groups[row->group][used[row->group]++] = (struct poptOption){
            .longName = row->name,
            .shortName = row->letter,
            .argInfo = row->argument ? POPT_ARG_STRING : POPT_ARG_NONE,
            .val = (int)count,
        };
    }
    return true;
}

/* What popt did not like, in getopt's words, which people know. */
static enum options_end report_popt(const struct app_run *run, poptContext context, int problem)
{
    const char *word = poptBadOption(context, POPT_BADOPTION_NOALIAS);
    char letter = word[0] == '-' ? word[1] : '?';
    if (problem == POPT_ERROR_BADOPT) {
        fprintf(stderr, "%s: invalid option -- '%c'\n", run->program, letter);
    } else if (problem == POPT_ERROR_NOARG && letter != '-') {
        fprintf(stderr, "%s: option requires an argument -- '%c'\n", run->program, letter);
    } else {
        fprintf(stderr, "%s: %s: %s\n", run->program, word, poptStrerror(problem));
    }
    app_usage(run);
    return OPTIONS_BAD;
}

static enum options_end apply(struct app_run *run, const struct option_row *row, const char *argument)
{
    struct uvsnmp_error err = {0, ""};
    int rc = row->apply(run, argument, &err);
    if (rc == OPTION_ENOUGH) {
        return OPTIONS_DONE;
    }
    if (rc == OPTION_NO_USAGE || rc == UVSNMP_EFILE || rc == UVSNMP_EPERMISSION) {
        fprintf(stderr, "%s\n", err.detail);
    } else if (rc < 0 && err.detail[0]) {
        (void)app_usage_error(run, err.detail);
    } else if (rc < 0 && row->apply != apply_help) {
        app_usage(run);
    }
    return rc ? OPTIONS_BAD : OPTIONS_GO_ON;
}

/* Options one by one; arguments move into the arena, for they are kept. */
static enum options_end apply_all(struct app_run *run, const struct popt_tables *tables, poptContext context)
{
    int value;
    enum options_end end = OPTIONS_GO_ON;
    while (end == OPTIONS_GO_ON && (value = poptGetNextOpt(context)) > 0) {
        const struct option_row *row = tables->rows[value - 1];
        char *argument = row->argument ? poptGetOptArg(context) : NULL;
        const char *kept = argument ? arena_copy(&run->arena, argument, strlen(argument) + 1) : "";
        free(argument);
        end = kept ? apply(run, row, kept) : OPTIONS_BAD;
    }
    return end == OPTIONS_GO_ON && value < -1 ? report_popt(run, context, value) : end;
}

static enum options_end take_operands(struct app_run *run, poptContext context)
{
    const char **operands = poptGetArgs(context);
    size_t count = 0;
    while (operands && operands[count]) {
        count++;
    }
    if (count == 0) {
        return OPTIONS_GO_ON;
    }
    const char **copy = arena_array(&run->arena, count, sizeof(copy[0]));
    for (size_t i = 0; copy && i < count; i++) {
        copy[i] = arena_copy(&run->arena, operands[i], strlen(operands[i]) + 1);
        if (!copy[i]) {
            return OPTIONS_BAD;
        }
    }
    if (!copy) {
        return OPTIONS_BAD;
    }
    bool has_host = !run->app->is_offline && !run->host;
    run->host = has_host ? copy[0] : run->host;
    run->operands = has_host ? copy + 1 : copy;
    run->operand_count = has_host ? count - 1 : count;
    return OPTIONS_GO_ON;
}

enum options_end options_parse(struct app_run *run, const struct argv_words *argv)
{
    struct popt_tables tables;
    if (!make_tables(run->app, &run->arena, &tables)) {
        return OPTIONS_BAD;
    }
    poptContext context = poptGetContext(run->app->name, (int)argv->count, argv->words, tables.all,
                                         run->app->posix ? POPT_CONTEXT_POSIXMEHARDER : 0);
    if (!context) {
        return OPTIONS_BAD;
    }
    enum options_end end = apply_all(run, &tables, context);
    if (end == OPTIONS_GO_ON) {
        end = take_operands(run, context);
    }
    poptFreeContext(context);
    return end;
}

static void help_row(const struct app *app, const struct option_row *row, struct text *text)
{
    char left[48];
    struct text line;
    text_init_fixed(&line, left, sizeof(left));
    if (row->letter) {
        text_append_format(&line, "-%c", row->letter);
    }
    if (row->name) {
        text_append_format(&line, "%s--%s", row->letter ? ", " : "", row->name);
    }
    if (row->argument) {
        text_append_format(&line, "%s%s", row->argument[0] == '[' ? "" : " ", row->argument);
    }
    text_append_format(text, "  %-24s %s\n", left, row->help);
    if (row->letters) {
        row->letters(text, "      ");
    }
    if (row->letter == 'C') {
        flags_help(app, text, "      ");
    }
}

void options_help(const struct app *app, struct text *text)
{
    for (int group = 0; group < OPTION_GROUPS; group++) {
        const struct option_row *row;
        size_t at = 0;
        bool is_first = true;
        while ((row = next_row(app, &at)) != NULL) {
            if ((int)row->group != group) {
                continue;
            }
            if (is_first) {
                text_append_format(text, "%s\n", groups[group]);
            }
            help_row(app, row, text);
            is_first = false;
        }
    }
}
