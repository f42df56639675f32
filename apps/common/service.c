/* SPDX-License-Identifier: BSD-3-Clause */
#include "apps/common/service.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "apps/common/standard_files.h"

int service_main(int argc, char **argv, const struct daemon_program *program,
                 int (*run)(struct daemon_options *options, struct names *names))
{
    struct daemon_options options;
    struct names names;
    int status;
    standard_files_open();
    switch (daemon_options_parse(argc, argv, program, &options)) {
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

int service_fail(const struct daemon_options *options, const char *name, const struct uvsnmp_error *err)
{
    const char *message = err->detail[0] ? err->detail : uvsnmp_strerror(err->code);
    log_write(LOG_LEVEL_ERR, "%s", message);
    if (!daemon_logs_to_output(options)) {
        fprintf(stderr, "%s: %s\n", name, message);
    }
    return EXIT_FAILURE;
}

void service_show_directives(const char *file,
                             bool (*help)(size_t index, const char **name, const char **syntax))
{
    const char *directive, *syntax;
    fprintf(stderr, "Directives of %s:\n", file);
    for (size_t i = 0; help(i, &directive, &syntax); i++) {
        fprintf(stderr, "  %-28s %s\n", directive, syntax);
    }
}

int service_check(unsigned problems, unsigned files_read)
{
    if (problems > 0) {
        log_write(LOG_LEVEL_ERR, "%u error(s) in %u configuration file(s)", problems, files_read);
        return EXIT_FAILURE;
    }
    printf("No errors in %u configuration file(s)\n", files_read);
    return EXIT_SUCCESS;
}

void service_keep_paths(struct daemon_options *options)
{
    if (options->configuration) {
        options->configuration = daemon_absolute_paths(options, options->configuration);
    }
    if (options->pid_file) {
        options->pid_file = daemon_absolute_paths(options, options->pid_file);
    }
}

static int write_pid_file(const struct daemon_options *options, struct uvsnmp_error *err)
{
    int status = options->pid_file ? pid_file_write(options->pid_file, err) : 0;
    if (status < 0 && options->tolerate_root) {
        log_write(LOG_LEVEL_WARNING, "%s", err->detail);
        return 0;
    }
    return status;
}

int service_run(struct server *server, const struct service_calls *calls,
                const struct daemon_options *options, const struct credentials *credentials, int ready,
                struct uvsnmp_error *err)
{
    int status = write_pid_file(options, err);
    bool has_pid_file = status == 0 && options->pid_file;
    status = status < 0 ? status : credentials_take(credentials, err);
    status = status < 0 ? status : calls->begin(server, err);
    if (status == 0) {
        calls->announce(server);
        process_notify_ready();
        if (ready >= 0) {
            process_ready(ready, daemon_logs_to_output(options));
        }
        status = calls->run(server, err);
    }
    if (has_pid_file && !options->leave_pid_file && unlink(options->pid_file) < 0) {
        log_debug("daemon", "%s stays", options->pid_file);
    }
    return status;
}
