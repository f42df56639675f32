/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Several SNMP engines in one program, each with an engine ID and a clock of its own, and notifications that
 * speak for another one: a gateway that passes on what its devices have to say. For each device it sends a
 * trap of version 3 in the device's name (the context engine ID, and a context), all at once.
 *
 *   trap_engines HOST[:PORT] DEVICE...
 *   (the first as snmptrap -v3 -e 0x8000000001020301 -E 0x80000000aa000001 -n DEVICE -u gateway -l authPriv
 *    -a SHA-256 -A "a long passphrase" -x AES -X "a long passphrase" HOST '' .1.3.6.1.4.1.8072.9999.0.2)
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <uv.h>

#include <uvsnmp/session.h>

#define TRAP_PORT 162
#define PASSPHRASE                                                                                           \
    {                                                                                                        \
        .passphrase = {(const uint8_t *)"a long passphrase", 17 }                                            \
    }

/* One engine: what it sends is authoritative of itself, so receivers have its user under its ID. */
struct engine {
    struct uvsnmp_client *client;
    struct uvsnmp_session *session;
};

static void die(const char *what, const char *why)
{
    (void)fprintf(stderr, "trap_engines: %s: %s\n", what, why);
    exit(1);
}

static void on_sent(struct uvsnmp_session *session, const struct uvsnmp_result *result, void *arg)
{
    struct engine *engine = arg;
    if (result->status < 0) {
        die("a trap was not sent", result->detail);
    }
    uvsnmp_session_free(session);
    uvsnmp_client_close(engine->client, NULL, NULL);
}

/* A program that is started again has to store how often that was: here time itself goes on instead. */
static struct uvsnmp_client *open_client(uv_loop_t *loop, uint8_t number)
{
    const uint8_t id[] = {0x80, 0, 0, 0, 1, 2, 3, number};
    const struct uvsnmp_client_options options = {.default_port = TRAP_PORT,
                                                  .engine_id = {id, sizeof(id)},
                                                  .engine_boots = 1,
                                                  .engine_time = (int32_t)(uv_hrtime() / 1000000000)};
    struct uvsnmp_client *client;
    struct uvsnmp_error err;
    if (uvsnmp_client_new(loop, &options, &client, &err) < 0) {
        die("client", err.detail);
    }
    return client;
}

static void send_for(struct engine *engine, const char *peer, uint8_t number, const char *device)
{
    const struct uvsnmp_user user = {.name = {(const uint8_t *)"gateway", 7},
                                     .auth = "SHA-256",
                                     .auth_secret = PASSPHRASE,
                                     .priv = "AES",
                                     .priv_secret = PASSPHRASE};
    const uint8_t device_id[] = {0x80, 0, 0, 0, 0xaa, 0, 0, number};
    struct uvsnmp_session_options options = {
        .peer = peer,
        .version = UVSNMP_V3,
        .context_engine_id = {device_id, sizeof(device_id)},
        .context_name = {(const uint8_t *)device, strlen(device)},
    };
    const struct uvsnmp_notification notification = {
        .uptime = (uint32_t)(uv_hrtime() / 10000000),
        .trap_oid = UVSNMP_OID(1, 3, 6, 1, 4, 1, 8072, 9999, 0, 2),
    };
    struct uvsnmp_error err;
    if (uvsnmp_credential_new(engine->client, &user, &options.credential, &err) < 0) {
        die("user", err.detail);
    }
    if (uvsnmp_session_new(engine->client, &options, &engine->session, &err) < 0) {
        die(peer, err.detail);
    }
    uvsnmp_credential_free(options.credential); /* the session has it */
    int rc = uvsnmp_trap(engine->session, &notification, on_sent, engine);
    if (rc < 0) {
        die(device, uvsnmp_strerror(rc));
    }
}

int main(int argc, char **argv)
{
    uv_loop_t *loop = uv_default_loop();
    if (argc < 3 || argc > 250) {
        die("usage", "trap_engines HOST[:PORT] DEVICE...");
    }
    struct engine *engines = calloc((size_t)argc, sizeof(*engines));
    if (!engines) {
        die("engines", "out of memory");
    }
    for (int i = 2; i < argc; i++) {
        uint8_t number = (uint8_t)(i - 1);
        engines[i].client = open_client(loop, number);
        send_for(&engines[i], argv[1], number, argv[i]);
    }
    (void)uv_run(loop, UV_RUN_DEFAULT);
    (void)uv_loop_close(loop);
    free(engines);
    return 0;
}
