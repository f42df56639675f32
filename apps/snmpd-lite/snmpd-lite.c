/* SPDX-License-Identifier: BSD-3-Clause */
/* snmpd-lite: an SNMP agent for one machine, driven like snmpd(8). */
#include <stdio.h>
#include <stdlib.h>

#include "apps/common/service.h"
#include "apps/snmpd-lite/server.h"

static const struct daemon_program program = {"snmpd-lite", "[LISTENING ADDRESSES]", DAEMON_AGENT};

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

/* The process must end up as nobody more than it was told to be, or not run. */
static int take_credentials(const struct daemon_options *options, const struct directives_config *config,
                            struct credentials *credentials, struct uvsnmp_error *err)
{
    const char *user = options->user ? options->user : config->user;
    const char *group = options->group ? options->group : config->group;
    return credentials_find(*user ? user : NULL, *group ? group : NULL, credentials, err);
}

static void reopen_log(void *arg)
{
    app_log_reopen(arg);
}

static const struct service_calls calls = {server_begin, server_announce, server_run};

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
    int status = options->foreground ? 0 : process_daemonise(&ready, &err);
    if (status) {
        directives_free(config);
        return service_fail(options, program.name, &err);
    }
    status = server_new(&server_options, config, &server, &err);
    status = status < 0 ? status : service_run(server, &calls, options, credentials, ready, &err);
    server_free(server);
    return status ? service_fail(options, program.name, &err) : EXIT_SUCCESS;
}

static int run(struct daemon_options *options, struct names *names)
{
    const struct directives_names functions = {names_parse, names_set, names};
    struct uvsnmp_error err = {0};
    struct credentials credentials;
    if (options->show_directives) {
        service_show_directives("snmpd.conf", directives_help);
        return EXIT_SUCCESS;
    }
    if (options->subagent) {
        log_write(LOG_LEVEL_ERR, "-X: AgentX is not supported by this version");
        return EXIT_FAILURE;
    }
    if (options->agentx) {
        log_write(LOG_LEVEL_WARNING, "Warning: -x has no effect: AgentX is not supported by this version");
    }
    service_keep_paths(options);
    struct directives_config *config = read_configuration(options, names, &functions);
    if (!config) {
        log_write(LOG_LEVEL_ERR, "out of memory");
        return EXIT_FAILURE;
    }
    if (options->check) {
        int status = service_check(config->problems, config->files_read);
        directives_free(config);
        return status;
    }
    if (take_credentials(options, config, &credentials, &err)) {
        directives_free(config);
        return service_fail(options, program.name, &err);
    }
    return serve(options, config, &functions, &credentials);
}

int main(int argc, char **argv)
{
    return service_main(argc, argv, &program, run);
}
