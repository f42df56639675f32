/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Asks many agents for the same variables, all at once, through the public library.
 *
 *   poll_many [-t MS] [-r RETRIES] [-u USER:PASSPHRASE] FIRST COUNT PORT OID...
 *
 * FIRST is an IPv4 address, the agents are FIRST, FIRST+1, …. Community "public", version 2c; with -u version
 * 3, SHA and AES with one passphrase for both, each agent an engine of its own. Prints one line: answered=N
 * dead=N wrong=N seconds=S (the hashing of the passphrase included); exit status 1 if an answer was wrong.
 */
#include <arpa/inet.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <uvsnmp/session.h>

struct poll {
    struct uvsnmp_oid_buf oids[64];
    struct uvsnmp_oid names[64];
    size_t count;
    unsigned answered, dead, wrong;
};

static void on_answer(struct uvsnmp_session *session, const struct uvsnmp_result *result, void *arg)
{
    struct poll *poll = arg;
    bool right = result->error_status == 0 && result->count == poll->count;
    if (result->status < 0) {
        poll->dead++;
    } else {
        for (size_t i = 0; right && i < result->count; i++) {
            right = uvsnmp_oid_compare(result->varbinds[i].name, poll->names[i]) == 0 &&
                    !uvsnmp_type_is_exception(result->varbinds[i].value.type);
        }
        poll->answered += right;
        poll->wrong += !right;
    }
    uvsnmp_session_free(session);
}

static void ask(struct poll *poll, struct uvsnmp_client *client, struct uvsnmp_session_options *options)
{
    struct uvsnmp_session *session;
    struct uvsnmp_error err;
    if (uvsnmp_session_new(client, options, &session, &err) < 0 ||
        uvsnmp_get(session, poll->names, poll->count, on_answer, poll) < 0) {
        (void)fprintf(stderr, "poll_many: cannot ask %s\n", options->peer);
        exit(2);
    }
}

/* "USER:PASSPHRASE"; ends the program where there can be no such user. */
static void use_user(struct uvsnmp_client *client, const char *text, struct uvsnmp_session_options *options)
{
    const char *colon = strchr(text, ':');
    const char *passphrase = colon ? colon + 1 : "";
    const struct uvsnmp_user user = {
        .name = {(const uint8_t *)text, strcspn(text, ":")},
        .auth = "SHA",
        .priv = "AES",
        .auth_secret.passphrase = {(const uint8_t *)passphrase, strlen(passphrase)},
    };
    struct uvsnmp_error err;
    options->version = UVSNMP_V3;
    if (uvsnmp_credential_new(client, &user, &options->credential, &err) < 0) {
        (void)fprintf(stderr, "poll_many: %s\n", err.detail);
        exit(2);
    }
}

int main(int argc, char **argv)
{
    static struct poll poll;
    const char *user = NULL;
    struct uvsnmp_session_options options = {
        .version = UVSNMP_V2C, .community = {(const uint8_t *)"public", 6}, .timeout_ms = 1000, .retries = 1};
    struct uvsnmp_client *client;
    struct uvsnmp_error err;
    uv_loop_t *loop = uv_default_loop();
    int at = 1;
    for (; at + 1 < argc && argv[at][0] == '-'; at += 2) {
        unsigned number = (unsigned)strtoul(argv[at + 1], NULL, 10);
        if (argv[at][1] == 'u') {
            user = argv[at + 1];
        } else if (argv[at][1] == 't') {
            options.timeout_ms = number;
        } else {
            options.retries = number;
        }
    }
    if (argc - at < 4 || argc - at - 3 > 64) {
        (void)fprintf(stderr,
                      "usage: poll_many [-t MS] [-r RETRIES] [-u USER:PASSPHRASE] FIRST COUNT PORT OID...\n");
        return 2;
    }
    uint32_t first = ntohl(inet_addr(argv[at]));
    uint32_t count = (uint32_t)strtoul(argv[at + 1], NULL, 10);
    const char *port = argv[at + 2];
    for (at += 3; at < argc; at++, poll.count++) {
        if (uvsnmp_oid_parse(argv[at], &poll.oids[poll.count], &err) < 0) {
            (void)fprintf(stderr, "poll_many: %s\n", err.detail);
            return 2;
        }
        poll.names[poll.count] = uvsnmp_oid_of(&poll.oids[poll.count]);
    }
    uint64_t begin = uv_hrtime();
    if (uvsnmp_client_new(loop, NULL, &client, &err) < 0) {
        (void)fprintf(stderr, "poll_many: %s\n", err.detail);
        return 2;
    }
    if (user) {
        use_user(client, user, &options);
    }
    for (uint32_t i = 0; i < count; i++) {
        char peer[64];
        uint32_t ip = first + i;
        (void)snprintf(peer, sizeof(peer), "%u.%u.%u.%u:%s", ip >> 24, ip >> 16 & 255, ip >> 8 & 255,
                       ip & 255, port);
        options.peer = peer;
        ask(&poll, client, &options);
    }
    (void)uv_run(loop, UV_RUN_DEFAULT);
    (void)printf("answered=%u dead=%u wrong=%u seconds=%.4f\n", poll.answered, poll.dead, poll.wrong,
                 (double)(uv_hrtime() - begin) / 1e9);
    uvsnmp_credential_free(options.credential);
    uvsnmp_client_close(client, NULL, NULL);
    (void)uv_run(loop, UV_RUN_DEFAULT);
    return poll.wrong > 0;
}
