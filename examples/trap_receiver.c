/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Listens for traps and informs of the community "public", and of the user "operator" (SHA-256, AES, "a long
 * passphrase"), and prints each: a line that says where it came from, and a line for each variable. Informs
 * are acknowledged once they are printed, which is where a program would have stored them.
 *
 *     trap_receiver [INTERFACE [SENDER-ENGINE-ID]]     until SIGTERM or SIGINT
 *
 * The engine ID, in hexadecimal digits, is that of a sender whose traps of version 3 shall be heard too;
 * informs need none.
 */
#include <signal.h>
#include <stdio.h>
#include <string.h>

#include <uvsnmp/log.h>
#include <uvsnmp/names.h>
#include <uvsnmp/receiver.h>

struct program {
    struct uvsnmp_receiver *receiver;
    struct uvsnmp_names *names;
    uv_signal_t signals[2];
};

static struct uvsnmp_bytes octets(const char *text)
{
    return (struct uvsnmp_bytes){(const uint8_t *)text, strlen(text)};
}

static const char *version_name(enum uvsnmp_version version)
{
    return version == UVSNMP_V1 ? "1" : version == UVSNMP_V2C ? "2c" : "3";
}

static void on_notification(struct uvsnmp_receiver *receiver, const struct uvsnmp_received *received,
                            void *arg)
{
    const struct program *program = arg;
    const struct uvsnmp_bytes who =
        received->version == UVSNMP_V3 ? received->security_name : received->community;
    char text[1024];
    uvsnmp_address_format(received->peer, text, sizeof(text));
    printf("%s of version %s by %.*s from %s\n", received->inform ? "inform" : "trap",
           version_name(received->version), (int)who.size, (const char *)who.data, text);
    for (size_t i = 0; i < received->count; i++) {
        uvsnmp_names_print(program->names, &received->varbinds[i], text, sizeof(text));
        printf("    %s\n", text);
    }
    fflush(stdout);
    if (received->inform && uvsnmp_receiver_acknowledge(receiver, received->inform) < 0) {
        fprintf(stderr, "trap_receiver: an inform could not be acknowledged\n");
    }
}

/* Why somebody is not heard. */
static void on_log(int level, const char *text, void *arg)
{
    (void)level;
    (void)arg;
    fprintf(stderr, "trap_receiver: %s\n", text);
}

static void on_signal(uv_signal_t *handle, int number)
{
    struct program *program = handle->data;
    (void)number;
    for (int i = 0; i < 2; i++) {
        uv_close((uv_handle_t *)&program->signals[i], NULL);
    }
    uvsnmp_receiver_close(program->receiver, NULL, NULL);
}

/* Reads "80001f88…"; 0: that is none. */
static size_t read_engine_id(const char *text, uint8_t id[32])
{
    size_t size = 0;
    unsigned octet;
    while (size < 32 && sscanf(text + 2 * size, "%2x", &octet) == 1) {
        id[size++] = (uint8_t)octet;
    }
    return strlen(text) == 2 * size ? size : 0;
}

static int allow(struct uvsnmp_receiver *receiver, const char *sender, struct uvsnmp_error *err)
{
    const struct uvsnmp_user user = {
        .name = octets("operator"),
        .auth = "SHA-256",
        .priv = "AES",
        .auth_secret = {.passphrase = octets("a long passphrase")},
    };
    const struct uvsnmp_bytes own = {NULL, 0};
    uint8_t id[32];
    int rc = uvsnmp_receiver_add_community(receiver, octets("public"));
    if (rc < 0) {
        snprintf(err->detail, sizeof(err->detail), "%s", uvsnmp_strerror(rc));
    }
    rc = rc < 0 ? rc : uvsnmp_receiver_add_user(receiver, own, &user, err);
    if (rc == 0 && sender) {
        const struct uvsnmp_bytes engine_id = {id, read_engine_id(sender, id)};
        rc = uvsnmp_receiver_add_user(receiver, engine_id, &user, err);
    }
    return rc;
}

/* `arguments`: an interface and an engine ID; NULL behind the last one. */
static int start(uv_loop_t *loop, char *const *arguments, struct program *program, struct uvsnmp_error *err)
{
    static const uint8_t engine_id[] = {0x80, 0x00, 0x7e, 0xd9, 0x04, 't', 'r', 'a', 'p', 's'};
    const char *interface_ = arguments[0] ? arguments[0] : "udp:127.0.0.1:16262";
    /* A program that is started again counts its boots and keeps them: see embedded_agent.c. */
    const struct uvsnmp_receiver_options options = {
        .interfaces = &interface_,
        .interface_count = 1,
        .engine_id = {engine_id, sizeof(engine_id)},
        .on_notification = on_notification,
        .arg = program,
    };
    int rc = uvsnmp_names_new(NULL, &program->names, err);
    rc = rc < 0 ? rc : uvsnmp_receiver_new(loop, &options, &program->receiver, err);
    if (rc < 0) {
        return rc;
    }
    rc = allow(program->receiver, arguments[0] ? arguments[1] : NULL, err);
    if (rc < 0) {
        uvsnmp_receiver_close(program->receiver, NULL, NULL);
    }
    return rc;
}

int main(int argc, char **argv)
{
    static const int numbers[] = {SIGTERM, SIGINT};
    struct program program = {0};
    struct uvsnmp_error err;
    uv_loop_t loop;
    char text[UVSNMP_ADDRESS_TEXT_MAX];
    (void)argc;
    if (uv_loop_init(&loop) < 0) {
        return 1;
    }
    uvsnmp_log_set_sink(on_log, NULL);
    int rc = start(&loop, argv + 1, &program, &err);
    if (rc < 0) {
        fprintf(stderr, "trap_receiver: %s\n", err.detail);
    } else {
        for (int i = 0; i < 2; i++) {
            uv_signal_init(&loop, &program.signals[i]);
            program.signals[i].data = &program;
            uv_signal_start(&program.signals[i], on_signal, numbers[i]);
        }
        uvsnmp_address_format(uvsnmp_receiver_bound(program.receiver, 0), text, sizeof(text));
        printf("listening on %s\n", text);
        fflush(stdout);
    }
    uv_run(&loop, UV_RUN_DEFAULT); /* until a signal */
    uvsnmp_names_free(program.names);
    return uv_loop_close(&loop) == 0 && rc == 0 ? 0 : 1;
}
