/* SPDX-License-Identifier: BSD-3-Clause */
#include "apps/common/target.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "apps/common/defaults.h"
#include "apps/common/dump.h"
#include "apps/common/report.h"
#include "session/wait.h"

#define TIMEOUT_DEFAULT_MS 1000
#define RETRIES_DEFAULT 5
#define DESCRIPTORS_WANTED 4

/* The version decided, or a failure that was said. */
static enum app_status check_version(struct app_run *run)
{
    struct app_options *options = &run->options;
    if (options->version < 0) {
        options->version = run->defaults.version >= 0 ? run->defaults.version : UVSNMP_V3;
    }
    if (options->no_version[options->version]) {
        fprintf(stderr, "%s: this version of SNMP is disabled by the configuration\n", run->app->name);
        return APP_FAILED;
    }
    return APP_OK;
}

static enum app_status check_community(struct app_run *run)
{
    struct app_options *options = &run->options;
    if (!options->community) {
        options->community = run->defaults.community;
    }
    return options->community ? APP_OK : app_usage_error(run, "No community name specified.");
}

void target_complete_times(struct app_run *run)
{
    struct app_options *options = &run->options;
    if (options->timeout_ms == 0) {
        options->timeout_ms = run->defaults.timeout_ms ? run->defaults.timeout_ms : TIMEOUT_DEFAULT_MS;
    }
    if (options->retries < 0) {
        options->retries = run->defaults.retries >= 0 ? run->defaults.retries : RETRIES_DEFAULT;
    }
}

enum app_status target_check(struct app_run *run)
{
    struct app_options *options = &run->options;
    if (!run->host) {
        return app_usage_error(run, "No hostname specified.");
    }
    enum app_status status = check_version(run);
    if (status != APP_OK) {
        return status;
    }
    status = options->version == UVSNMP_V3 ? v3_complete(run) ? APP_OK : APP_FAILED : check_community(run);
    if (status != APP_OK) {
        return status;
    }
    target_complete_times(run);
    return APP_OK;
}

/* All end together. */
struct target_session {
    struct target_session *next;
    struct uvsnmp_session *session;
};

static int make_client(struct app_run *run, struct uvsnmp_error *err)
{
    struct uvsnmp_client_options options = {
        .local = run->options.local,
        .receive_buffer = run->options.receive_buffer,
        .default_port = run->options.default_port,
        .engine_id = run->engine_id,
        .engine_boots = run->engine_boots,
        .engine_time = run->engine_time,
        .trace = run->options.dump ? dump_message : NULL,
        .trace_arg = run,
    };
    return uvsnmp_client_new(run->loop, &options, &run->client, err);
}

/* libuv aborts the process where there are no descriptors for the first ones that it needs. */
static bool has_descriptors(void)
{
    int opened[DESCRIPTORS_WANTED], count = 0;
    while (count < DESCRIPTORS_WANTED && (opened[count] = dup(STDERR_FILENO)) >= 0) {
        count++;
    }
    bool enough = count == DESCRIPTORS_WANTED;
    int reason = errno;
    while (count > 0) {
        close(opened[--count]);
    }
    errno = reason;
    return enough;
}

enum app_status target_open_loop(struct app_run *run)
{
    if (!run->loop) {
        run->loop = has_descriptors() ? wait_loop_new() : NULL;
    }
    if (!run->loop) {
        fprintf(stderr, "%s: cannot make an event loop: %s\n", run->app->name, strerror(errno));
    }
    return run->loop ? APP_OK : APP_FAILED;
}

static enum app_status make_session(struct app_run *run, struct uvsnmp_session **out)
{
    bool is_v3 = run->options.version == UVSNMP_V3;
    const char *community = is_v3 ? "" : run->options.community;
    struct uvsnmp_error err;
    struct uvsnmp_session_options options = {
        .peer = run->session_peer,
        .version = (enum uvsnmp_version)run->options.version,
        .community = {(const uint8_t *)community, strlen(community)},
        .timeout_ms = run->options.timeout_ms,
        .retries = (unsigned)run->options.retries,
        .any_source = run->options.any_source,
    };
    if (is_v3 && !v3_session_options(run, &options)) {
        return APP_FAILED;
    }
    int rc = uvsnmp_session_new(run->client, &options, out, &err);
    if (rc == UVSNMP_EBAD_ADDRESS || rc == UVSNMP_EUNSUPPORTED) {
        report_unknown_host(run, err.detail, false);
    } else if (rc < 0) {
        log_write(LOG_LEVEL_WARNING, "%s: %s", run->name, err.detail);
    }
    return rc < 0 ? APP_FAILED : APP_OK;
}

enum app_status target_open_client(struct app_run *run)
{
    struct uvsnmp_error err = {0, ""};
    if (target_open_loop(run) != APP_OK) {
        return APP_FAILED;
    }
    if (make_client(run, &err) < 0) {
        log_write(LOG_LEVEL_WARNING, "%s: cannot use the local address %s: %s", run->app->name,
                  run->options.local ? run->options.local : "", err.detail);
        return APP_FAILED;
    }
    return APP_OK;
}

enum app_status target_add_session(struct app_run *run, struct uvsnmp_session **out)
{
    const char *peer = defaults_alias(run, run->host);
    struct target_session *added = arena_alloc(&run->arena, sizeof(*added));
    if (!peer) {
        report_unknown_host(run, "no such alias is configured", false);
        return APP_FAILED;
    }
    if (!added) {
        fprintf(stderr, "%s: out of memory\n", run->app->name);
        return APP_FAILED;
    }
    run->session_peer = *peer ? peer : "localhost"; /* as an empty AGENT always was */
    enum app_status status = make_session(run, out);
    if (status == APP_OK) {
        *added = (struct target_session){run->sessions, *out};
        run->sessions = added;
    }
    return status;
}

enum app_status target_open(struct app_run *run)
{
    enum app_status status = target_open_client(run);
    return status == APP_OK ? target_add_session(run, &run->session) : status;
}

static void close_sessions(struct app_run *run)
{
    for (; run->sessions; run->sessions = run->sessions->next) {
        uvsnmp_session_free(run->sessions->session);
    }
    uvsnmp_session_free(run->probe);
    run->session = run->probe = NULL;
}

static void on_deadline(void *arg)
{
    struct app_run *run = arg;
    run->deadline_passed = true;
    close_sessions(run);
}

void target_run(struct app_run *run)
{
    int rc = wait_loop_run_within(run->loop, run->options.deadline_ms, on_deadline, run);
    run->is_abandoned = rc == UVSNMP_EDEADLINE;
}

void target_close(struct app_run *run)
{
    close_sessions(run);
    uvsnmp_credential_free(run->credential);
    run->credential = NULL;
    if (run->client) {
        uvsnmp_client_close(run->client, NULL, NULL);
        wait_loop_run(run->loop);
        run->client = NULL;
    }
    if (run->loop) {
        wait_loop_free(run->loop);
        run->loop = NULL;
    }
}
