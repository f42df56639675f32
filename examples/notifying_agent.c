/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * A program with an SNMP agent inside that tells its managers when something happens: a line on standard
 * input, here. Try it:
 *
 *   snmptrapd -f -Lo --disableAuthorization=yes udp:127.0.0.1:16200 &
 *   notifying_agent udp:127.0.0.1:16161 127.0.0.1:16200
 *
 * (32473 is the enterprise number kept for examples, RFC 5612.) The first manager gets informs, which it
 * answers; the others get traps. The end of the input ends it.
 */
#include <stdio.h>
#include <string.h>

#include <uvsnmp/agent.h>

#define DOORBELL 1, 3, 6, 1, 4, 1, 32473, 2

enum { LINE_SIZE = 256 };

struct doorbell {
    struct uvsnmp_agent *agent;
    uv_pipe_t input;
    char line[LINE_SIZE];
};

/* What was rung goes as the value of one variable. */
static void tell(struct doorbell *doorbell, size_t size)
{
    const struct uvsnmp_varbind varbind = {UVSNMP_OID(DOORBELL, 1, 0), uvsnmp_octets(doorbell->line, size)};
    int rc = uvsnmp_agent_notify(doorbell->agent, UVSNMP_OID(DOORBELL, 0, 1), &varbind, 1);
    if (rc != 0) {
        fprintf(stderr, "notifying_agent: %s\n", uvsnmp_strerror(rc));
    }
}

static void get_buffer(uv_handle_t *handle, size_t wanted, uv_buf_t *buffer)
{
    struct doorbell *doorbell = handle->data;
    (void)wanted;
    *buffer = uv_buf_init(doorbell->line, LINE_SIZE);
}

static void on_input(uv_stream_t *stream, ssize_t size, const uv_buf_t *buffer)
{
    struct doorbell *doorbell = stream->data;
    (void)buffer;
    if (size > 0) {
        const char *end = memchr(doorbell->line, '\n', (size_t)size);
        tell(doorbell, end ? (size_t)(end - doorbell->line) : (size_t)size);
    } else if (size < 0) {
        uv_close((uv_handle_t *)stream, NULL);
        uvsnmp_agent_close(doorbell->agent, NULL, NULL); /* once the informs are answered, or too late */
    }
}

static int add_managers(struct uvsnmp_agent *agent, char **managers, struct uvsnmp_error *error)
{
    int rc = 0;
    for (size_t i = 0; rc == 0 && managers[i]; i++) {
        const struct uvsnmp_notification_target target = {
            .peer = managers[i],
            .version = UVSNMP_V2C,
            .inform = i == 0,
            .community = {(const uint8_t *)"public", 6},
            .retries = 2,
        };
        rc = uvsnmp_agent_add_notification_target(agent, &target, error);
    }
    return rc;
}

int main(int argc, char **argv)
{
    uv_loop_t *loop = uv_default_loop();
    struct doorbell doorbell = {.agent = NULL};
    struct uvsnmp_error error = {0, ""};
    if (argc < 3) {
        fputs("notifying_agent: usage: notifying_agent ADDRESS MANAGER...\n", stderr);
        return 1;
    }
    const char *interface = argv[1];
    const struct uvsnmp_agent_options options = {.interfaces = &interface, .interface_count = 1};
    if (uvsnmp_agent_new(loop, &options, &doorbell.agent, &error) != 0 ||
        add_managers(doorbell.agent, argv + 2, &error) != 0) {
        fprintf(stderr, "notifying_agent: %s\n", error.detail);
        return 1;
    }
    doorbell.input.data = &doorbell;
    if (uv_pipe_init(loop, &doorbell.input, 0) != 0 || uv_pipe_open(&doorbell.input, 0) != 0 ||
        uv_read_start((uv_stream_t *)&doorbell.input, get_buffer, on_input) != 0) {
        fputs("notifying_agent: standard input is no pipe\n", stderr);
        return 1;
    }
    return uv_run(loop, UV_RUN_DEFAULT);
}
