/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The agent role for a protocol that is not SNMP. A message is a line "NUMBER TEXT\n"; the answer has the
 * same number and the text in capitals. A text that begins with "slow" is answered 200 ms later, while others
 * go on.
 *
 *     line_server ADDRESS...        e.g. line_server udp:127.0.0.1:7000 tcp:127.0.0.1:7000 unix:/tmp/lines
 */
#include <ctype.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <uvsnmp/agent_role.h>

#define SLOW_MS 200

struct server {
    uv_loop_t loop;
    struct uvsnmp_agent_role *role; /* NULL: closed */
};

/* An answer that is given later: where it goes is a plain value, and stays good. */
struct later {
    uv_timer_t timer;
    struct server *server;
    struct uvsnmp_return_path path;
    size_t size;
    uint8_t data[];
};

/* For tcp and unix: a message ends with its newline; a longer line than this is no message of ours. */
static ptrdiff_t line_length(const uint8_t *data, size_t size)
{
    const uint8_t *end = memchr(data, '\n', size);
    if (!end) {
        return size < 1000 ? 0 : UVSNMP_EOVERSIZED;
    }
    return end - data + 1;
}

static void on_timer_closed(uv_handle_t *handle)
{
    free(handle->data);
}

static void on_timer(uv_timer_t *timer)
{
    struct later *later = timer->data;
    if (later->server->role) {
        (void)uvsnmp_agent_role_reply(later->server->role, &later->path, later->data, later->size);
    }
    uv_close((uv_handle_t *)timer, on_timer_closed);
}

static void answer_later(struct server *server, const struct uvsnmp_arrival *arrival)
{
    struct later *later = malloc(sizeof(*later) + arrival->size);
    if (!later) {
        return; /* as if the message had been lost */
    }
    later->server = server;
    later->path = *arrival->path;
    later->size = arrival->size;
    memcpy(later->data, arrival->data, arrival->size);
    later->timer.data = later;
    (void)uv_timer_init(&server->loop, &later->timer);
    (void)uv_timer_start(&later->timer, on_timer, SLOW_MS, 0);
}

static void on_arrival(struct uvsnmp_agent_role *role, const struct uvsnmp_arrival *arrival, void *arg)
{
    const uint8_t *space = memchr(arrival->data, ' ', arrival->size);
    size_t left = space ? arrival->size - (size_t)(space + 1 - arrival->data) : 0;
    bool slow = left >= 4 && memcmp(space + 1, "slow", 4) == 0;
    /* the bytes of an arrival may be changed in place */
    for (size_t i = 0; i < arrival->size; i++) {
        arrival->data[i] = (uint8_t)toupper(arrival->data[i]);
    }
    if (slow) {
        answer_later(arg, arrival);
    } else {
        (void)uvsnmp_agent_role_reply(role, arrival->path, arrival->data, arrival->size);
    }
}

static void on_error(struct uvsnmp_agent_role *role, const struct uvsnmp_error *error, void *arg)
{
    (void)role;
    (void)arg;
    fprintf(stderr, "line_server: %s\n", error->detail);
}

static void on_signal(uv_signal_t *handle, int number)
{
    struct server *server = handle->data;
    (void)number;
    uvsnmp_agent_role_close(server->role, NULL, NULL);
    server->role = NULL;
    uv_close((uv_handle_t *)handle, NULL);
}

int main(int argc, char **argv)
{
    struct server server;
    struct uvsnmp_error error;
    const struct uvsnmp_address *bound;
    char text[UVSNMP_ADDRESS_TEXT_MAX];
    uv_signal_t terminate;
    if (argc < 2) {
        fprintf(stderr, "usage: line_server ADDRESS...\n");
        return 1;
    }
    (void)uv_loop_init(&server.loop);
    struct uvsnmp_agent_role_options options = {
        .interfaces = (const char *const *)argv + 1,
        .interface_count = (size_t)argc - 1,
        .default_port = 7000,
        .frame = line_length,
        .on_arrival = on_arrival,
        .on_error = on_error,
        .arg = &server,
        .max_message = 1000,
    };
    if (uvsnmp_agent_role_new(&server.loop, &options, &server.role, &error) < 0) {
        fprintf(stderr, "line_server: %s\n", error.detail);
        (void)uv_run(&server.loop, UV_RUN_DEFAULT);
        (void)uv_loop_close(&server.loop);
        return 1;
    }
    for (size_t i = 0; (bound = uvsnmp_agent_role_bound(server.role, i)); i++) {
        (void)uvsnmp_address_format(bound, text, sizeof(text));
        printf("listening on %s\n", text);
    }
    (void)fflush(stdout);
    (void)uv_signal_init(&server.loop, &terminate);
    terminate.data = &server;
    (void)uv_signal_start(&terminate, on_signal, SIGTERM);
    (void)uv_run(&server.loop, UV_RUN_DEFAULT);
    return uv_loop_close(&server.loop) == 0 ? 0 : 1;
}
