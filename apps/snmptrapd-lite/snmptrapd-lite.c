/* SPDX-License-Identifier: BSD-3-Clause */
/* snmptrapd-lite: a receiver of SNMP notifications, driven like snmptrapd(8). */
#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

#include "apps/common/process.h"
#include "apps/common/standard_files.h"
#include "apps/snmptrapd-lite/server.h"

static const struct daemon_program program = {"snmptrapd-lite", "[LISTENING ADDRESSES]", DAEMON_TRAPS};

/* What stops the start is said where the person is, too. */
static int fail(const struct daemon_options *options, const struct uvsnmp_error *err)
{
    const char *message = err->detail[0] ? err->detail : uvsnmp_strerror(err->code);
    log_write(LOG_LEVEL_ERR, "%s", message);
    if (!daemon_logs_to_output(options)) {
        fprintf(stderr, "%s: %s\n", program.name, message);
    }
    return EXIT_FAILURE;
}

static void show_directives(void)
{
    const char *directive, *syntax;
    fputs("Directives of snmptrapd.conf:\n", stderr);
    for (size_t i = 0; settings_help(i, &directive, &syntax); i++) {
        fprintf(stderr, "  %-28s %s\n", directive, syntax);
    }
}

static int check(const struct settings *settings)
{
    if (settings->problems > 0) {
        log_write(LOG_LEVEL_ERR, "%u error(s) in %u configuration file(s)", settings->problems,
                  settings->files_read);
        return EXIT_FAILURE;
    }
    printf("No errors in %u configuration file(s)\n", settings->files_read);
    return EXIT_SUCCESS;
}

/* The lines that snmptrapd ends with. */
static void say_goodbye(void)
{
    char stamp[32];
    const time_t now = time(NULL);
    struct tm local;
    if (localtime_r(&now, &local) && strftime(stamp, sizeof(stamp), "%F %T", &local) > 0) {
        log_write(LOG_LEVEL_INFO, "%s %s Stopped.", stamp, daemon_version_line);
    }
    log_write(LOG_LEVEL_INFO, "Stopping snmptrapd\n");
}

/* Once the sockets are bound. */
static int run_server(struct server *server, const struct daemon_options *options,
                      const struct credentials *credentials, int ready, struct uvsnmp_error *err)
{
    int rc = options->pid_file ? pid_file_write(options->pid_file, err) : 0;
    bool has_pid_file = rc == 0 && options->pid_file;
    rc = rc < 0 ? rc : credentials_take(credentials, err);
    rc = rc < 0 ? rc : server_begin(server, err);
    if (rc == 0) {
        server_announce(server);
        process_notify_ready();
        if (ready >= 0) {
            process_ready(ready, daemon_logs_to_output(options));
        }
        rc = server_run(server, err);
    }
    if (has_pid_file && unlink(options->pid_file) < 0) {
        log_debug("snmptrapd-lite", "%s stays", options->pid_file);
    }
    return rc;
}

/* From here on `settings` belongs to the server. */
static int serve(const struct server_options *server_options, struct settings *settings,
                 const struct credentials *credentials)
{
    const struct daemon_options *options = server_options->daemon;
    struct server *server = NULL;
    struct uvsnmp_error err = {0};
    int ready = -1;
    int rc = options->foreground || settings->no_fork ? 0 : process_daemonise(&ready, &err);
    if (rc < 0) {
        settings_free(settings);
        return fail(options, &err);
    }
    rc = server_new(server_options, settings, &server, &err);
    rc = rc < 0 ? rc : run_server(server, options, credentials, ready, &err);
    server_free(server);
    if (rc == 0) {
        say_goodbye();
    }
    return rc < 0 ? fail(options, &err) : EXIT_SUCCESS;
}

/* What the command line leaves open. */
static int apply_settings(struct daemon_options *options, const struct settings *settings,
                          struct credentials *credentials, struct uvsnmp_error *err)
{
    for (size_t i = 0; !options->log_given && i < settings->log_option_count; i++) {
        int rc = daemon_log_add(options, settings->log_options[i], program.name, err);
        if (rc < 0) {
            return rc;
        }
    }
    if (!options->pid_file && settings->pid_file[0]) {
        options->pid_file = daemon_absolute_paths(options, settings->pid_file);
    }
    return credentials_find(settings->user[0] ? settings->user : NULL,
                            settings->group[0] ? settings->group : NULL, credentials, err);
}

static int run(struct daemon_options *options, struct names *names)
{
    const struct server_options server_options = {
        .daemon = options,
        .names = names,
        .trace = {.dump = options->dump, .verbose = options->verbose, .terse = true},
    };
    struct uvsnmp_error err = {0};
    struct credentials credentials;
    if (options->show_directives) {
        show_directives();
        return EXIT_SUCCESS;
    }
    if (options->configuration) {
        options->configuration = daemon_absolute_paths(options, options->configuration);
    }
    if (options->pid_file) {
        options->pid_file = daemon_absolute_paths(options, options->pid_file);
    }
    struct settings *settings = server_read(&server_options);
    if (!settings) {
        log_write(LOG_LEVEL_ERR, "out of memory");
        return EXIT_FAILURE;
    }
    if (options->check) {
        int status = check(settings);
        settings_free(settings);
        return status;
    }
    if (apply_settings(options, settings, &credentials, &err) < 0) {
        settings_free(settings);
        return fail(options, &err);
    }
    return serve(&server_options, settings, &credentials);
}

int main(int argc, char **argv)
{
    struct daemon_options options;
    struct names names;
    int status;
    standard_files_open();
    switch (daemon_options_parse(argc, argv, &program, &options)) {
    case DAEMON_EXIT_OK:
        status = EXIT_SUCCESS;
        break;
    case DAEMON_EXIT_FAILED:
        status = EXIT_FAILURE;
        break;
    default:
        names_init(&names, options.modules, options.directories, &options.arena);
        status = run(&options, &names);
        names_fini(&names);
        break;
    }
    daemon_options_fini(&options);
    return status;
}
