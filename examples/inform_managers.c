/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * One inform to several managers at once: says of each whether it knows now, and ends with 1 when one does
 * not.
 *
 *   inform_managers TEXT HOST[:PORT]...
 *   (as snmpinform -v2c -c public --to HOST[:PORT]... '' .1.3.6.1.4.1.8072.9999.0.1
 *    .1.3.6.1.4.1.8072.9999.1.1.0 s TEXT)
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <uv.h>

#include <uvsnmp/session.h>

#define TRAP_PORT 162

struct program {
    struct uvsnmp_client *client;
    int outstanding, failed;
};

struct manager {
    const char *name;
    struct program *program;
    struct uvsnmp_session *session;
};

static void die(const char *what, const char *why)
{
    (void)fprintf(stderr, "inform_managers: %s: %s\n", what, why);
    exit(1);
}

static void on_answer(struct uvsnmp_session *session, const struct uvsnmp_result *result, void *arg)
{
    struct manager *manager = arg;
    struct program *program = manager->program;
    if (result->status < 0) {
        (void)printf("%s: %s\n", manager->name, result->detail);
        program->failed++;
    } else if (result->error_status != 0) {
        (void)printf("%s: %s\n", manager->name, uvsnmp_status_name(result->error_status));
        program->failed++;
    } else {
        (void)printf("%s: knows\n", manager->name);
    }
    uvsnmp_session_free(session);
    if (--program->outstanding == 0) {
        uvsnmp_client_close(program->client, NULL, NULL); /* and the loop has nothing left to do */
    }
}

static uint32_t uptime(void)
{
    double seconds = 0;
    (void)uv_uptime(&seconds);
    return (uint32_t)(uint64_t)(seconds * 100);
}

static void tell(struct manager *manager, const char *text)
{
    const struct uvsnmp_session_options options = {.peer = manager->name,
                                                   .version = UVSNMP_V2C,
                                                   .community = {(const uint8_t *)"public", 6},
                                                   .timeout_ms = 500,
                                                   .retries = 2};
    const struct uvsnmp_varbind variable = {UVSNMP_OID(1, 3, 6, 1, 4, 1, 8072, 9999, 1, 1, 0),
                                            uvsnmp_octets(text, strlen(text))};
    const struct uvsnmp_notification notification = {.uptime = uptime(),
                                                     .trap_oid =
                                                         UVSNMP_OID(1, 3, 6, 1, 4, 1, 8072, 9999, 0, 1),
                                                     .varbinds = &variable,
                                                     .count = 1};
    struct uvsnmp_error err;
    if (uvsnmp_session_new(manager->program->client, &options, &manager->session, &err) < 0) {
        die(manager->name, err.detail);
    }
    int rc = uvsnmp_inform(manager->session, &notification, on_answer, manager);
    if (rc < 0) {
        die(manager->name, uvsnmp_strerror(rc));
    }
    manager->program->outstanding++;
}

int main(int argc, char **argv)
{
    const struct uvsnmp_client_options options = {.default_port = TRAP_PORT};
    struct program program = {.outstanding = 0};
    struct uvsnmp_error err;
    uv_loop_t *loop = uv_default_loop();
    if (argc < 3) {
        die("usage", "inform_managers TEXT HOST[:PORT]...");
    }
    struct manager *managers = calloc((size_t)argc, sizeof(*managers));
    if (!managers) {
        die("managers", "out of memory");
    }
    if (uvsnmp_client_new(loop, &options, &program.client, &err) < 0) {
        die("client", err.detail);
    }
    for (int i = 2; i < argc; i++) {
        managers[i].name = argv[i];
        managers[i].program = &program;
        tell(&managers[i], argv[1]);
    }
    (void)uv_run(loop, UV_RUN_DEFAULT);
    (void)uv_loop_close(loop);
    free(managers);
    return program.failed > 0;
}
