/* SPDX-License-Identifier: BSD-3-Clause */
#include "apps/common/daemon.h"

#include <limits.h>
#include <popt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "apps/common/argv.h"
#include "base/err.h"
#include "base/text.h"
#include "conf/token.h"

const char daemon_version_line[] = "NET-SNMP version 5.9.3 (" PACKAGE_NAME " " PACKAGE_VERSION ")";

/* Letters that set a bool, a text, or are more than that (values of `kind`). */
enum kind {
    KIND_FLAG,
    KIND_TEXT,
    KIND_LOG,
    KIND_LOG_FILE,
    KIND_LOG_SYSLOG_DAEMON,
    KIND_LOG_SYSLOG,
    KIND_CONFIGURATION,
    KIND_DEBUG,
    KIND_OUTPUT,
    KIND_NOTHING,
    KIND_HELP,
    KIND_VERSION,
};

static const struct letter {
    char letter;
    const char *word; /* its long form; NULL: none */
    enum kind kind;
    unsigned daemons; /* who has it: bits of enum daemon_kind */
    size_t offset;
    const char *argument; /* NULL: none is taken */
    const char *help;     /* NULL: an old spelling, not shown */
} letters[] = {
#define AT(member) offsetof(struct daemon_options, member)
#define BOTH (DAEMON_AGENT | DAEMON_TRAPS)
    {'a', NULL, KIND_FLAG, DAEMON_AGENT, AT(addresses), NULL, "log the address of each request"},
    {'A', NULL, KIND_FLAG, BOTH, AT(append), NULL, "append to log files instead of emptying them"},
    {'c', NULL, KIND_CONFIGURATION, BOTH, 0, "FILE[,...]", "read these configuration files too"},
    {'C', NULL, KIND_FLAG, BOTH, AT(only_given), NULL, "do not read the usual configuration files"},
    {'d', NULL, KIND_FLAG, BOTH, AT(dump), NULL, "log every message, octet by octet"},
    {'D', NULL, KIND_DEBUG, BOTH, 0, "[TOKEN[,...]]", "log debug messages of these kinds, or of all"},
    {'f', NULL, KIND_FLAG, BOTH, AT(foreground), NULL, "stay in the foreground"},
    {'g', NULL, KIND_TEXT, DAEMON_AGENT, AT(group), "GROUP",
     "become this group once the addresses are bound"},
    {'h', "help", KIND_HELP, BOTH, 0, NULL, "show this text"},
    {'H', NULL, KIND_FLAG, BOTH, AT(show_directives), NULL, "show the directives of the configuration"},
    {'I', NULL, KIND_TEXT, DAEMON_AGENT, AT(groups), "[-]LIST",
     "serve only these MIB groups, or all but these"},
    {'L', NULL, KIND_LOG, BOTH, 0, "LOGOPTS", "where messages go:"},
    {'m', NULL, KIND_TEXT, BOTH, AT(modules), "MIB[:...]",
     "MIB modules whose names the configuration may use"},
    {'M', NULL, KIND_TEXT, BOTH, AT(directories), "DIR[:...]", "directories of MIB files"},
    {'n', NULL, KIND_NOTHING, DAEMON_AGENT, 0, "NAME", "accepted and without effect"},
    {'p', NULL, KIND_TEXT, BOTH, AT(pid_file), "FILE", "write the process id to FILE"},
    {'q', NULL, KIND_FLAG, DAEMON_AGENT, AT(quick), NULL, "accepted and without effect"},
    {'r', NULL, KIND_FLAG, DAEMON_AGENT, AT(tolerate_root), NULL,
     "go on where something can only be done by root"},
    {'u', NULL, KIND_TEXT, DAEMON_AGENT, AT(user), "USER", "become this user once the addresses are bound"},
    {'U', NULL, KIND_FLAG, DAEMON_AGENT, AT(leave_pid_file), NULL, "do not remove the pid file at the end"},
    {'v', "version", KIND_VERSION, BOTH, 0, NULL, "show the version"},
    {'V', NULL, KIND_FLAG, DAEMON_AGENT, AT(verbose), NULL, "log what each request asks for"},
    {'x', NULL, KIND_TEXT, DAEMON_AGENT, AT(agentx), "ADDRESS", "accepted; there is no AgentX yet"},
    {'X', NULL, KIND_FLAG, DAEMON_AGENT, AT(subagent), NULL, "refused; there is no AgentX yet"},
    {'a', NULL, KIND_FLAG, DAEMON_TRAPS, AT(ignore_auth_failures), NULL, "do not log authenticationFailure"},
    {'F', NULL, KIND_TEXT, DAEMON_TRAPS, AT(format), "FORMAT", "log notifications in this format"},
    {'I', NULL, KIND_NOTHING, DAEMON_TRAPS, 0, "LIST", "accepted and without effect"},
    {'n', NULL, KIND_FLAG, DAEMON_TRAPS, AT(no_names), NULL, "do not look up the names of senders"},
    {'O', NULL, KIND_OUTPUT, DAEMON_TRAPS, 0, "OUTOPTS", "how OIDs and values are printed:"},
    {'t', NULL, KIND_FLAG, DAEMON_TRAPS, AT(no_log), NULL, "do not log notifications"},
    {'V', NULL, KIND_FLAG, DAEMON_TRAPS, AT(verbose), NULL, "log what each message asks for"},
    {'x', NULL, KIND_NOTHING, DAEMON_TRAPS, 0, "ADDRESS", "accepted; there is no AgentX"},
    {'X', NULL, KIND_NOTHING, DAEMON_TRAPS, 0, NULL, "accepted; there is no AgentX"},
    {'\0', "json", KIND_FLAG, DAEMON_TRAPS, AT(json), NULL, "log notifications as JSON, one a line"},
    {'\0', "check", KIND_FLAG, BOTH, AT(check), NULL, "read the configuration, report its errors, and end"},
    {'l', NULL, KIND_LOG_FILE, DAEMON_AGENT, 0, "FILE", NULL},
    {'P', NULL, KIND_TEXT, DAEMON_AGENT, AT(pid_file), "FILE", NULL},
    {'s', NULL, KIND_LOG_SYSLOG_DAEMON, DAEMON_AGENT, 0, NULL, NULL},
    {'S', NULL, KIND_LOG_SYSLOG, DAEMON_AGENT, 0, "FACILITY", NULL},
#undef BOTH
#undef AT
};
enum { LETTERS = sizeof(letters) / sizeof(*letters), VALUE_BASE = 256 };

/* A state of parsing. */
struct parsing {
    struct daemon_options *options;
    const struct daemon_program *program;
    bool failed;
};

static void print_usage(const struct parsing *parsing)
{
    struct text text;
    text_init(&text, 0);
    text_append_format(&text, "Usage: %s [OPTIONS] %s\n\n", parsing->program->name,
                       parsing->program->operands);
    for (size_t i = 0; i < LETTERS; i++) {
        char left[48];
        if (!letters[i].help || !(letters[i].daemons & parsing->program->kind)) {
            continue;
        }
        if (letters[i].letter && letters[i].word) {
            snprintf(left, sizeof(left), "-%c, --%s", letters[i].letter, letters[i].word);
        } else if (letters[i].word) {
            snprintf(left, sizeof(left), "--%s", letters[i].word);
        } else {
            snprintf(left, sizeof(left), "-%c%s%s", letters[i].letter,
                     letters[i].argument && letters[i].kind != KIND_DEBUG ? " " : "",
                     letters[i].argument ? letters[i].argument : "");
        }
        text_append_format(&text, "  %-20s %s\n", left, letters[i].help);
        if (letters[i].kind == KIND_LOG) {
            app_log_help(&text, "                         ");
        } else if (letters[i].kind == KIND_OUTPUT) {
            format_options_help(&text, "                         ");
        }
    }
    text_append(&text, "  --TOKEN=VALUE        a line of the configuration\n");
    fputs(text_string(&text), stdout);
    text_fini(&text);
}

static void complain(struct parsing *parsing, const char *message)
{
    fprintf(stderr, "%s: %s\n", parsing->program->name, message);
    parsing->failed = true;
}

/* ---- texts that live with the options ---- */

static const char *keep(struct daemon_options *options, const struct text *text)
{
    return text_failed(text) ? NULL : arena_copy(&options->arena, text_string(text), text->size + 1);
}

const char *daemon_absolute_paths(struct daemon_options *options, const char *list)
{
    char folder[PATH_MAX], item[PATH_MAX];
    struct text text;
    text_init(&text, 0);
    if (*list == '-') {
        text_append_char(&text, *list++);
    }
    const char *separator = "";
    while (conf_list_item(&list, ",", item, sizeof(item)) > 0) {
        text_append(&text, separator);
        if (item[0] != '/' && getcwd(folder, sizeof(folder))) {
            text_append_format(&text, "%s/", folder);
        }
        text_append(&text, item);
        separator = ",";
    }
    const char *kept = keep(options, &text);
    text_fini(&text);
    return kept;
}

/* ---- options ---- */

static void set_log(struct parsing *parsing, const char *argument)
{
    struct uvsnmp_error err;
    if (app_log_parse(&parsing->options->log, argument, parsing->program->name, &err)) {
        complain(parsing, err.detail);
        print_usage(parsing);
    }
}

static void set_output(struct parsing *parsing, const char *argument)
{
    struct uvsnmp_error err;
    if (format_options_parse(&parsing->options->output, argument, &err) < 0) {
        complain(parsing, err.detail);
        print_usage(parsing);
    }
}

static void set_log_prefixed(struct parsing *parsing, const char *prefix, const char *argument)
{
    struct text text;
    text_init(&text, 0);
    text_append(&text, prefix);
    text_append(&text, argument);
    const char *kept = keep(parsing->options, &text);
    text_fini(&text);
    if (kept) {
        set_log(parsing, kept);
    }
}

static void add_configuration(struct parsing *parsing, const char *files)
{
    struct daemon_options *options = parsing->options;
    if (!options->configuration) {
        options->configuration = files;
        return;
    }
    struct text text;
    text_init(&text, 0);
    text_append_format(&text, "%s,%s", options->configuration, files);
    options->configuration = keep(options, &text);
    text_fini(&text);
}

static void warn_of_old(char letter)
{
    static const struct {
        char letter;
        const char *instead;
    } old[] = {{'l', "-Lf <file>"}, {'P', "-p"}, {'s', "-Lsd"}, {'S', "-Ls <facility>"}};
    for (size_t i = 0; i < sizeof(old) / sizeof(*old); i++) {
        if (old[i].letter == letter) {
            printf("Warning: -%c option is deprecated, use %s instead\n", letter, old[i].instead);
        }
    }
}

static enum daemon_parse apply(struct parsing *parsing, const struct letter *letter, const char *argument)
{
    char *member = (char *)parsing->options + letter->offset;
    if (!letter->help) {
        warn_of_old(letter->letter);
    }
    switch (letter->kind) {
    case KIND_FLAG:
        *(bool *)(void *)member = true;
        break;
    case KIND_TEXT:
        *(const char **)(void *)member = argument;
        break;
    case KIND_LOG:
        set_log(parsing, argument);
        break;
    case KIND_LOG_FILE:
        set_log_prefixed(parsing, "f ", argument);
        break;
    case KIND_LOG_SYSLOG_DAEMON:
        set_log(parsing, "sd");
        break;
    case KIND_LOG_SYSLOG:
        set_log_prefixed(parsing, "s", argument);
        break;
    case KIND_OUTPUT:
        set_output(parsing, argument);
        break;
    case KIND_CONFIGURATION:
        add_configuration(parsing, argument);
        break;
    case KIND_DEBUG:
        uvsnmp_log_enable_tokens(argument ? argument : "");
        break;
    case KIND_NOTHING:
        break;
    case KIND_HELP:
        print_usage(parsing);
        return DAEMON_EXIT_FAILED; /* as snmpd */
    case KIND_VERSION:
        printf("\nNET-SNMP version:  5.9.3 (%s %s)\n\n", PACKAGE_NAME, PACKAGE_VERSION);
        return DAEMON_EXIT_OK;
    }
    return DAEMON_RUN;
}

/* ---- words that popt does not know to read ---- */

static bool find_letter(char letter, const char *name, size_t length, const void *arg,
                        enum argv_argument *out)
{
    const struct daemon_program *program = arg;
    for (size_t i = 0; i < LETTERS; i++) {
        const struct letter *row = &letters[i];
        if (!(row->daemons & program->kind)) {
            continue;
        }
        if (letter ? row->letter == letter
                   : row->word && strlen(row->word) == length && strncmp(row->word, name, length) == 0) {
            *out = !row->argument ? ARGV_NONE : row->kind == KIND_DEBUG ? ARGV_GLUED : ARGV_REQUIRED;
            return true;
        }
    }
    return false;
}

static unsigned missing_words(char letter, const char *argument, const void *arg)
{
    (void)arg;
    if (letter == 'O') {
        return format_options_open(argument) ? 1 : 0;
    }
    return letter == 'L' ? app_log_missing_words(argument) : 0;
}

/* ---- reading ---- */

static void make_table(enum daemon_kind kind, struct poptOption *table)
{
    memset(table, 0, (LETTERS + 1) * sizeof(*table));
    for (int i = 0; i < LETTERS; i++) {
        if (letters[i].daemons & kind) {
            table->shortName = letters[i].letter;
            table->longName = letters[i].word;
            table->argInfo = letters[i].argument ? POPT_ARG_STRING : POPT_ARG_NONE;
            table->val = VALUE_BASE + i;
            table++;
        }
    }
}

static enum daemon_parse read_options(struct parsing *parsing, poptContext context)
{
    int value;
    while ((value = poptGetNextOpt(context)) >= VALUE_BASE) {
        char *given = poptGetOptArg(context); /* ours to free; what is kept is copied */
        const char *argument = given ? arena_copy(&parsing->options->arena, given, strlen(given) + 1) : NULL;
        free(given);
        enum daemon_parse next = apply(parsing, &letters[value - VALUE_BASE], argument);
        if (next != DAEMON_RUN) {
            return next;
        }
    }
    if (value < -1) {
        fprintf(stderr, "%s: %s: %s\n", parsing->program->name,
                poptBadOption(context, POPT_BADOPTION_NOALIAS), poptStrerror(value));
        print_usage(parsing);
        parsing->failed = true;
    }
    const char *operand;
    while (!parsing->failed && (operand = poptGetArg(context))) {
        struct daemon_options *options = parsing->options;
        options->operands[options->operand_count++] =
            arena_copy(&options->arena, operand, strlen(operand) + 1);
    }
    return parsing->failed ? DAEMON_EXIT_FAILED : DAEMON_RUN;
}

/* Log files are opened to append to; without -A they start empty. */
static void empty_log_files(const struct app_log *log)
{
    for (size_t i = 0; i < log->count; i++) {
        struct stat info;
        if (log->places[i].kind == APP_LOG_FILE && fstat(fileno(log->places[i].file), &info) == 0 &&
            S_ISREG(info.st_mode)) {
            int failed = ftruncate(fileno(log->places[i].file), 0);
            (void)failed; /* then the old lines stay before the new ones */
        }
    }
}

enum daemon_parse daemon_options_parse(int argc, char **argv, const struct daemon_program *program,
                                       struct daemon_options *options)
{
    struct parsing parsing = {.options = options, .program = program};
    struct poptOption table[LETTERS + 1];
    memset(options, 0, sizeof(*options));
    arena_init(&options->arena, 0, 0);
    app_log_init(&options->log);
    format_options_init(&options->output);
    const struct argv_grammar grammar = {.find = find_letter, .missing_words = missing_words, .arg = program};
    struct argv_words words;
    poptContext context = NULL;
    make_table(program->kind, table);
    if (argv_normalise(argc, argv, &grammar, &options->arena, &words) == 0) {
        options->lines = words.tokens;
        options->line_count = words.token_count;
        options->operands = arena_array(&options->arena, words.count, sizeof(*options->operands));
        context =
            options->operands ? poptGetContext(program->name, (int)words.count, words.words, table, 0) : NULL;
    }
    enum daemon_parse result = DAEMON_EXIT_FAILED;
    if (context && !parsing.failed) {
        result = read_options(&parsing, context);
    }
    if (context) {
        poptFreeContext(context);
    } else {
        complain(&parsing, "out of memory");
    }
    if (result == DAEMON_RUN) {
        options->log_given = options->log.count > 0;
        if (options->log.count == 0 && !options->foreground && !options->check && !options->show_directives) {
            set_log(&parsing, "sd");
        }
        if (!options->append) {
            empty_log_files(&options->log);
        }
        app_log_start(&options->log);
    }
    return result;
}

void daemon_log_problem(const struct conf_place *place, bool warning, const char *message, void *arg)
{
    char text[1024];
    (void)arg;
    log_write(warning ? LOG_LEVEL_WARNING : LOG_LEVEL_ERR, "%s",
              conf_problem_text(place, warning, message, text, sizeof(text)));
}

int daemon_log_add(struct daemon_options *options, const char *argument, const char *name,
                   struct uvsnmp_error *err)
{
    if (!options->log_given) {
        app_log_fini(&options->log);
        app_log_start(&options->log);
        options->log_given = true;
    }
    return app_log_parse(&options->log, argument, name, err);
}

bool daemon_logs_to_output(const struct daemon_options *options)
{
    bool found = options->log.count == 0;
    for (size_t i = 0; i < options->log.count; i++) {
        found = found || options->log.places[i].kind == APP_LOG_STREAM;
    }
    return found;
}

void daemon_options_fini(struct daemon_options *options)
{
    app_log_fini(&options->log);
    arena_fini(&options->arena);
}
