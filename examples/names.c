/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Asks an agent for objects by their names and prints the answer as the tools do. MIB files are not needed.
 *
 *   names AGENT COMMUNITY NAME...      (as: snmpget -v2c -c COMMUNITY AGENT NAME...)
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <uv.h>

#include <uvsnmp/names.h>
#include <uvsnmp/session.h>

#define NAMES_MAX 64

struct program {
    struct uvsnmp_names *names;
    struct uvsnmp_client *client;
    int status;
};

static void print_all(const struct uvsnmp_names *names, const struct uvsnmp_result *result)
{
    char line[4096];
    for (size_t i = 0; i < result->count; i++) {
        (void)uvsnmp_names_print(names, &result->varbinds[i], line, sizeof(line));
        (void)puts(line);
    }
}

static void on_answer(struct uvsnmp_session *session, const struct uvsnmp_result *result, void *arg)
{
    struct program *program = arg;
    if (result->status != UVSNMP_OK) {
        (void)fprintf(stderr, "names: %s\n", result->detail);
    } else if (result->error_status != UVSNMP_STATUS_NO_ERROR) {
        (void)fprintf(stderr, "names: the agent answered %s\n", uvsnmp_status_name(result->error_status));
    } else {
        print_all(program->names, result);
        program->status = 0;
    }
    uvsnmp_session_free(session);
    uvsnmp_client_close(program->client, NULL, NULL);
}

/* Sends the request; the loop runs until it is answered. */
static int ask(struct program *program, char **argv, const struct uvsnmp_oid *oids, size_t count,
               struct uvsnmp_error *err)
{
    struct uvsnmp_session_options target = {
        .peer = argv[1],
        .version = UVSNMP_V2C,
        .retries = 2,
        .community = {(const uint8_t *)argv[2], strlen(argv[2])},
    };
    struct uvsnmp_session *session;
    int rc = uvsnmp_client_new(uv_default_loop(), NULL, &program->client, err);
    if (rc == 0) {
        rc = uvsnmp_session_new(program->client, &target, &session, err);
    }
    return rc < 0 ? rc : uvsnmp_get(session, oids, count, on_answer, program);
}

int main(int argc, char **argv)
{
    struct program program = {.status = 1};
    struct uvsnmp_oid_buf parsed[NAMES_MAX];
    struct uvsnmp_oid oids[NAMES_MAX];
    struct uvsnmp_error err = {0, ""};
    size_t count = argc > 3 ? (size_t)argc - 3 : 0;
    if (count == 0 || count > NAMES_MAX) {
        (void)fputs("usage: names AGENT COMMUNITY NAME...\n", stderr);
        return 1;
    }
    if (uvsnmp_names_new(NULL, &program.names, &err) < 0) {
        (void)fprintf(stderr, "names: %s\n", err.detail);
        return 1;
    }
    for (size_t i = 0; i < count; i++) {
        if (uvsnmp_names_parse(program.names, argv[i + 3], &parsed[i], &err) < 0) {
            (void)fprintf(stderr, "names: %s: %s\n", argv[i + 3], err.detail);
            uvsnmp_names_free(program.names);
            return 1;
        }
        oids[i] = uvsnmp_oid_of(&parsed[i]);
    }
    if (ask(&program, argv, oids, count, &err) < 0) {
        (void)fprintf(stderr, "names: %s\n", err.detail);
        if (program.client) {
            uvsnmp_client_close(program.client, NULL, NULL);
        }
    }
    (void)uv_run(uv_default_loop(), UV_RUN_DEFAULT);
    (void)uv_loop_close(uv_default_loop());
    uvsnmp_names_free(program.names);
    return program.status;
}
