/* SPDX-License-Identifier: BSD-3-Clause */
/* snmpd-lite: an SNMP agent for one machine, driven like snmpd(8). */
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "apps/common/daemon.h"
#include "apps/common/names.h"
#include "apps/common/process.h"
#include "apps/common/standard_files.h"
#include "apps/snmpd-lite/server.h"

static const struct daemon_program program = {"snmpd-lite", "[LISTENING ADDRESSES]", DAEMON_AGENT};

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
    fputs("Directives of snmpd.conf:\n", stderr);
    for (size_t i = 0; directives_help(i, &directive, &syntax); i++) {
        fprintf(stderr, "  %-22s %s\n", directive, syntax);
    }
}

static struct directives_config *read_configuration(const struct daemon_options *options, struct names *names,
                                                    const struct directives_names *functions)
{
    struct conf_files files;
    conf_files_init(&files, "snmpd");
    files.given = options->configuration;
    files.only_given = options->only_given;
    files.persistent = true;
    const struct directives_input input = {.files = &files,
                                           .lines = options->lines,
                                           .line_count = options->line_count,
                                           .names = functions,
                                           .problem = daemon_log_problem};
    struct directives_config *config = directives_read(&input);
    names_settle(names);
    return config;
}

static int check(const struct directives_config *config)
{
    if (config->problems > 0) {
        log_write(LOG_LEVEL_ERR, "%u error(s) in %u configuration file(s)", config->problems,
                  config->files_read);
        return EXIT_FAILURE;
    }
    printf("No errors in %u configuration file(s)\n", config->files_read);
    return EXIT_SUCCESS;
}

/* The process must end up as nobody more than it was told to be, or not run. */
static int take_credentials(const struct daemon_options *options, const struct directives_config *config,
                            struct credentials *credentials, struct uvsnmp_error *err)
{
    const char *user = options->user ? options->user : config->user;
    const char *group = options->group ? options->group : config->group;
    return credentials_find(*user ? user : NULL, *group ? group : NULL, credentials, err);
}

static int write_pid_file(const struct daemon_options *options, struct uvsnmp_error *err)
{
    int status = options->pid_file ? pid_file_write(options->pid_file, err) : 0;
    if (status && options->tolerate_root) {
        log_write(LOG_LEVEL_WARNING, "%s", err->detail);
        return 0;
    }
    return status;
}

static void reopen_log(void *arg)
{
    app_log_reopen(arg);
}

/* From here on `config` belongs to the server. */
static int serve(struct daemon_options *options, struct directives_config *config,
                 const struct directives_names *names, const struct credentials *credentials)
{
    const struct server_options server_options = {
        .lines = options->lines,
        .line_count = options->line_count,
        .names = names,
        .listen = options->operands,
        .listen_count = options->operand_count,
        .groups = options->groups,
        .trace = {.dump = options->dump, .addresses = options->addresses, .verbose = options->verbose},
        .hangup = reopen_log,
        .arg = &options->log,
    };
    struct server *server = NULL;
    struct uvsnmp_error err = {0};
    int ready = -1;
    bool pid_file = false;
    int status = options->foreground ? 0 : process_daemonise(&ready, &err);
    if (status) {
        directives_free(config);
        return fail(options, &err);
    }
    status = server_new(&server_options, config, &server, &err);
    if (status == 0) {
        status = write_pid_file(options, &err);
        pid_file = status == 0 && options->pid_file;
    }
    if (status == 0) {
        status = credentials_take(credentials, &err);
    }
    if (status == 0) {
        status = server_begin(server, &err);
    }
    if (status == 0) {
        server_announce(server);
        process_notify_ready();
        if (ready >= 0) {
            process_ready(ready, daemon_logs_to_output(options));
        }
        status = server_run(server, &err);
    }
    server_free(server);
    if (pid_file && !options->leave_pid_file && unlink(options->pid_file) < 0) {
        log_debug("snmpd-lite", "%s stays", options->pid_file);
    }
    return status ? fail(options, &err) : EXIT_SUCCESS;
}

static int run(struct daemon_options *options, struct names *names)
{
    const struct directives_names functions = {names_parse, names_set, names};
    struct uvsnmp_error err = {0};
    struct credentials credentials;
    if (options->show_directives) {
        show_directives();
        return EXIT_SUCCESS;
    }
    if (options->subagent) {
        log_write(LOG_LEVEL_ERR, "-X: AgentX is not supported by this version");
        return EXIT_FAILURE;
    }
    if (options->agentx) {
        log_write(LOG_LEVEL_WARNING, "Warning: -x has no effect: AgentX is not supported by this version");
    }
    if (options->configuration) {
        options->configuration = daemon_absolute_paths(options, options->configuration);
    }
    if (options->pid_file) {
        options->pid_file = daemon_absolute_paths(options, options->pid_file);
    }
    struct directives_config *config = read_configuration(options, names, &functions);
    if (!config) {
        log_write(LOG_LEVEL_ERR, "out of memory");
        return EXIT_FAILURE;
    }
    if (options->check) {
        int status = check(config);
        directives_free(config);
        return status;
    }
    if (take_credentials(options, config, &credentials, &err)) {
        directives_free(config);
        return fail(options, &err);
    }
    return serve(options, config, &functions, &credentials);
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
