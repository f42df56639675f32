/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The manager role for a protocol that is not SNMP; the other side of line_server. Sends all texts at once
 * and prints the answers as they come; exit status 1 if one of them does not.
 *
 *     line_client ADDRESS TEXT...        e.g. line_client udp:127.0.0.1:7000 hello "slow world"
 */
#include <stdio.h>
#include <string.h>

#include <uvsnmp/manager.h>

/* The matching rule: a message begins with its number; what does not is no message of ours. */
static bool number_of(const uint8_t *data, size_t size, uint64_t *key)
{
    uint64_t number = 0;
    size_t i = 0;
    for (; i < size && i < 9 && data[i] >= '0' && data[i] <= '9'; i++) {
        number = number * 10 + (data[i] - '0');
    }
    *key = number;
    return i > 0 && i < size && data[i] == ' ';
}

/* For tcp and unix: a message ends with its newline. */
static ptrdiff_t line_length(const uint8_t *data, size_t size)
{
    const uint8_t *end = memchr(data, '\n', size);
    if (!end) {
        return size < 1000 ? 0 : UVSNMP_EOVERSIZED;
    }
    return end - data + 1;
}

static void on_done(const struct uvsnmp_exchange_result *result, void *arg)
{
    unsigned *failures = arg;
    if (result->status < 0) {
        fprintf(stderr, "line_client: %s: %s\n", uvsnmp_strerror(result->status), result->detail);
        (*failures)++;
        return;
    }
    printf("%.*s", (int)result->size, (const char *)result->data);
}

static int send_all(struct uvsnmp_manager *manager, char **texts, int count, unsigned *failures)
{
    for (int i = 0; i < count; i++) {
        struct uvsnmp_error error;
        char line[1000];
        int size = snprintf(line, sizeof(line), "%d %s\n", i + 1, texts[i]);
        struct uvsnmp_send send = {
            .data = line, /* copied before the call returns */
            .size = size < (int)sizeof(line) ? (size_t)size : sizeof(line) - 1,
            .key = (uint64_t)i + 1,
            .timeout_ms = 1000,
            .retries = 2,
            .deadline_ms = 5000,
            .done = on_done,
            .arg = failures,
        };
        if (uvsnmp_manager_send(manager, &send, NULL, &error) < 0) {
            fprintf(stderr, "line_client: %s\n", error.detail);
            return 1;
        }
    }
    return 0;
}

int main(int argc, char **argv)
{
    struct uvsnmp_manager *manager;
    struct uvsnmp_error error;
    unsigned failures = 0;
    uv_loop_t loop;
    int failed;
    if (argc < 3) {
        fprintf(stderr, "usage: line_client ADDRESS TEXT...\n");
        return 1;
    }
    (void)uv_loop_init(&loop);
    struct uvsnmp_manager_options options = {
        .peer = argv[1], .default_port = 7000, .key = number_of, .frame = line_length};
    if (uvsnmp_manager_new(&loop, &options, &manager, &error) < 0) {
        fprintf(stderr, "line_client: %s\n", error.detail);
        (void)uv_loop_close(&loop);
        return 1;
    }
    failed = send_all(manager, argv + 2, argc - 2, &failures);
    /* returns when the last callback has been called, though the manager still has its socket */
    (void)uv_run(&loop, UV_RUN_DEFAULT);
    uvsnmp_manager_close(manager, NULL, NULL);
    (void)uv_run(&loop, UV_RUN_DEFAULT);
    (void)uv_loop_close(&loop);
    return failed || failures > 0;
}
