/* SPDX-License-Identifier: BSD-3-Clause */
#include "apps/common/app.h"

#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "apps/common/argv.h"
#include "apps/common/defaults.h"
#include "apps/common/flags.h"
#include "apps/common/options.h"
#include "apps/common/standard_files.h"
#include "apps/common/target.h"

void app_usage(const struct app_run *run)
{
    struct text text;
    text_init(&text, 0);
    text_append_format(&text, "USAGE: %s [OPTIONS] %s\n\n  Version:  %s %s\n\n", run->app->name,
                       run->app->operands, PACKAGE_NAME, PACKAGE_VERSION);
    options_help(run->app, &text);
    if (run->app->help) {
        run->app->help(&text);
    }
    fputs(text_string(&text), stderr);
    text_fini(&text);
}

enum app_status app_usage_error(const struct app_run *run, const char *message)
{
    fprintf(stderr, "%s\n", message);
    app_usage(run);
    return APP_FAILED;
}

static void init(struct app_run *run, const struct app *app, void *own)
{
    memset(run, 0, sizeof(*run));
    run->app = app;
    run->name = app->name;
    run->own = own;
    run->options.version = run->defaults.version = -1;
    run->options.retries = run->defaults.retries = -1;
    format_options_init(&run->options.output);
    run->options.output.quick = app->quick;
    format_input_options_init(&run->options.input);
    arena_init(&run->arena, 0, 0);
    mibs_init(&run->mibs, &run->arena);
    output_init(&run->out);
    app_log_init(&run->log);
    run->log.truncates = true;
    app_log_start(&run->log);
}

static void fini(struct app_run *run)
{
    target_close(run);
    app_log_fini(&run->log);
    output_fini(&run->out);
    mibs_fini(&run->mibs);
    arena_fini(&run->arena);
}

/* Options, then files, then --token=value: what comes later overrides, as with Net-SNMP. */
static enum options_end configure(struct app_run *run, int argc, char **argv)
{
    const struct argv_grammar grammar = options_grammar(run->app);
    struct argv_words words;
    if (argv_normalise(argc, argv, &grammar, &run->arena, &words) < 0) {
        fprintf(stderr, "%s: out of memory\n", run->app->name);
        return OPTIONS_BAD;
    }
    enum options_end end = options_parse(run, &words);
    if (end != OPTIONS_GO_ON) {
        return end;
    }
    defaults_read_files(run);
    for (size_t i = 0; i < words.token_count; i++) {
        defaults_read_line(run, words.tokens[i]);
    }
    if (run->options.debug) {
        uvsnmp_log_enable_tokens(run->options.debug_tokens ? run->options.debug_tokens : "");
    }
    return OPTIONS_GO_ON;
}

/* What is wrong with MIB files is said before all else, as Net-SNMP does. */
static enum app_status open_mibs(struct app_run *run)
{
    struct uvsnmp_error err;
    int rc = mibs_open(&run->mibs);
    if (rc < 0) {
        fprintf(stderr, "%s: %s\n", run->app->name, uvsnmp_strerror(rc));
        return APP_FAILED;
    }
    run->options.output.mib = run->mibs.mib;
    run->options.output.no_hint = run->options.input.no_hint;
    run->options.output.escape_controls = isatty(STDOUT_FILENO);
    run->options.input.mib = run->mibs.mib;
    run->options.input.load = &run->mibs.load;
    if (flags_read_oids(run, &err) < 0) {
        fprintf(stderr, "%s\n", err.detail);
        return APP_FAILED;
    }
    return APP_OK;
}

static bool asks_nobody(const struct app_run *run)
{
    return run->app->is_offline || (run->app->asks_nobody && run->app->asks_nobody(run));
}

static enum app_status run_app(struct app_run *run)
{
    if (open_mibs(run) != APP_OK) {
        return APP_FAILED;
    }
    enum app_status status = asks_nobody(run) ? APP_OK : v3_check(run) ? target_check(run) : APP_FAILED;
    if (status != APP_OK) {
        return status;
    }
    return run->app->run(run);
}

int app_main(int argc, char **argv, const struct app *app, void *own)
{
    struct app_run run;
    int status;
    (void)signal(SIGPIPE, SIG_IGN); /* a reader that went away is an error of write() */
    standard_files_open();
    init(&run, app, own);
    run.program = argc > 0 ? argv[0] : app->name;
    enum options_end end = configure(&run, argc, argv);
    if (end == OPTIONS_GO_ON) {
        status = (int)run_app(&run);
    } else {
        status = end == OPTIONS_DONE ? APP_OK : APP_FAILED;
    }
    if (!output_flush(&run.out)) {
        if (run.out.error != EPIPE) { /* "snmpwalk ... | head" is no failure that anybody wants to read of */
            fprintf(stderr, "%s: cannot write the output: %s\n", app->name, strerror(run.out.error));
        }
        status = APP_FAILED;
    }
    if (run.is_abandoned) {
        (void)fflush(NULL);
        _exit(status);
    }
    fini(&run);
    return status;
}
