/* SPDX-License-Identifier: BSD-3-Clause */
/* snmptrapd-lite: a receiver of SNMP notifications, driven like snmptrapd(8). */
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "apps/common/service.h"
#include "apps/snmptrapd-lite/server.h"

static const struct daemon_program program = {"snmptrapd-lite", "[LISTENING ADDRESSES]", DAEMON_TRAPS};

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

static const struct service_calls calls = {server_begin, server_announce, server_run};

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
        return service_fail(options, program.name, &err);
    }
    rc = server_new(server_options, settings, &server, &err);
    rc = rc < 0 ? rc : service_run(server, &calls, options, credentials, ready, &err);
    server_free(server);
    if (rc == 0) {
        say_goodbye();
    }
    return rc < 0 ? service_fail(options, program.name, &err) : EXIT_SUCCESS;
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
        service_show_directives("snmptrapd.conf", settings_help);
        return EXIT_SUCCESS;
    }
    service_keep_paths(options);
    struct settings *settings = server_read(&server_options);
    if (!settings) {
        log_write(LOG_LEVEL_ERR, "out of memory");
        return EXIT_FAILURE;
    }
    if (options->check) {
        int status = service_check(settings->problems, settings->files_read);
        settings_free(settings);
        return status;
    }
    if (apply_settings(options, settings, &credentials, &err) < 0) {
        settings_free(settings);
        return service_fail(options, program.name, &err);
    }
    return serve(&server_options, settings, &credentials);
}

int main(int argc, char **argv)
{
    return service_main(argc, argv, &program, run);
}
