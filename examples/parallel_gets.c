/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * 1,000 GETs to 100 agents: all agents in parallel, the ten GETs of each one after the other, in an event loop
 * that does other work at the same time: it serves a TCP echo and runs a timer. The agents live in the same loop,
 * so that the example needs nothing else.
 *
 *   parallel_gets            (as 1,000 calls of: snmpget -v2c -c public HOST:PORT .1.3.6.1.4.1.8072.9999.1.1.0)
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <uv.h>

#include <uvsnmp/agent.h>
#include <uvsnmp/session.h>

#define AGENTS 100
#define GETS_PER_AGENT 10
#define ECHO_LINE "are you there?\n"

struct program {
    uv_loop_t *loop;
    struct uvsnmp_agent *agents[AGENTS];
    struct uvsnmp_client *client;
    struct uvsnmp_session *sessions[AGENTS];
    int answers_of[AGENTS], answers, wrong;

    uv_tcp_t echo_server, echo_served, echo_client;
    uv_connect_t echo_connect;
    char echo_in[256], echo_back[256]; /* what the server reads, and the client */
    size_t echoed;

    uv_timer_t timer;
    int ticks;
};

static void die(const char *what, const struct uvsnmp_error *err)
{
    (void)fprintf(stderr, "parallel_gets: %s: %s\n", what, err->detail);
    exit(1);
}

/* ---- the agents: each serves one number, its own ---- */

static const struct uvsnmp_object number_object[] = {{.id = 1, .type = UVSNMP_INTEGER}};

static void get_number(struct uvsnmp_query *query)
{
    const struct uvsnmp_value value = uvsnmp_integer(*(const int *)uvsnmp_query_arg(query));
    uvsnmp_query_answer(query, &value);
}

static void start_agent(struct program *program, int index)
{
    static int numbers[AGENTS];
    static const char *const interface_ = "udp:127.0.0.1:0"; /* a free port */
    const struct uvsnmp_agent_options options = {.interfaces = &interface_, .interface_count = 1};
    const struct uvsnmp_community community = {.name = {(const uint8_t *)"public", 6}};
    struct uvsnmp_scalars scalars = {
        .objects = number_object, .count = 1, .get = get_number, .arg = &numbers[index]};
    struct uvsnmp_error err;
    numbers[index] = index;
    if (uvsnmp_agent_new(program->loop, &options, &program->agents[index], &err) < 0 ||
        uvsnmp_agent_add_community(program->agents[index], &community, &err) < 0 ||
        uvsnmp_agent_add_scalars(program->agents[index], NULL, UVSNMP_OID(1, 3, 6, 1, 4, 1, 8072, 9999, 1),
                                 &scalars, NULL, &err) < 0) {
        die("agent", &err);
    }
}

/* ---- the questions ---- */

static void ask(struct program *program, int index);
static void finish(struct program *program);

static void on_answer(struct uvsnmp_session *session, const struct uvsnmp_result *result, void *arg)
{
    struct program *program = arg;
    int index = result->count == 1 ? (int)result->varbinds[0].value.as.integer : -1;
    program->answers++;
    if (result->status < 0 || result->error_status != 0 || index < 0 || program->sessions[index] != session) {
        (void)fprintf(stderr, "parallel_gets: wrong answer: %s\n", result->detail);
        program->wrong++;
    } else if (++program->answers_of[index] < GETS_PER_AGENT) {
        ask(program, index);
    }
    if (program->answers == AGENTS * GETS_PER_AGENT || program->wrong > 0) {
        finish(program);
    }
}

static void ask(struct program *program, int index)
{
    const struct uvsnmp_oid name = UVSNMP_OID(1, 3, 6, 1, 4, 1, 8072, 9999, 1, 1, 0);
    int rc = uvsnmp_get(program->sessions[index], &name, 1, on_answer, program);
    if (rc < 0) {
        (void)fprintf(stderr, "parallel_gets: GET: %s\n", uvsnmp_strerror(rc));
        exit(1);
    }
}

static void open_session(struct program *program, int index)
{
    char peer[UVSNMP_ADDRESS_TEXT_MAX];
    const struct uvsnmp_session_options options = {
        .peer = peer, .version = UVSNMP_V2C, .community = {(const uint8_t *)"public", 6}, .retries = 5};
    struct uvsnmp_error err;
    (void)uvsnmp_address_format(uvsnmp_agent_bound(program->agents[index], 0), peer, sizeof(peer));
    if (uvsnmp_session_new(program->client, &options, &program->sessions[index], &err) < 0) {
        die("session", &err);
    }
}

/* ---- the other work: an echo server, somebody who talks to it, and a timer ---- */

static void use_buffer(uv_handle_t *handle, size_t suggested, uv_buf_t *buffer)
{
    struct program *program = handle->data;
    char *memory = handle == (uv_handle_t *)&program->echo_client ? program->echo_back : program->echo_in;
    (void)suggested;
    *buffer = uv_buf_init(memory, sizeof(program->echo_in));
}

static void on_served(uv_stream_t *stream, ssize_t size, const uv_buf_t *buffer)
{
    if (size > 0) {
        uv_buf_t reply = uv_buf_init(buffer->base, (unsigned)size);
        (void)uv_try_write(stream, &reply, 1);
    }
}

static void on_connection(uv_stream_t *server, int status)
{
    struct program *program = server->data;
    if (status == 0 && uv_accept(server, (uv_stream_t *)&program->echo_served) == 0) {
        (void)uv_read_start((uv_stream_t *)&program->echo_served, use_buffer, on_served);
    }
}

static void say_line(uv_stream_t *stream)
{
    uv_buf_t line = uv_buf_init((char[]){ECHO_LINE}, sizeof(ECHO_LINE) - 1);
    (void)uv_try_write(stream, &line, 1);
}

static void on_echo(uv_stream_t *stream, ssize_t size, const uv_buf_t *buffer)
{
    struct program *program = stream->data;
    (void)buffer;
    if (size > 0) {
        program->echoed += (size_t)size;
        say_line(stream);
    }
}

static void on_connected(uv_connect_t *connect, int status)
{
    if (status == 0) {
        (void)uv_read_start(connect->handle, use_buffer, on_echo);
        say_line(connect->handle);
    }
}

static void on_tick(uv_timer_t *timer)
{
    ((struct program *)timer->data)->ticks++;
}

static void start_other_work(struct program *program)
{
    uv_tcp_t *const handles[] = {&program->echo_server, &program->echo_served, &program->echo_client};
    struct sockaddr_in address;
    struct sockaddr_storage bound;
    int size = sizeof(bound);
    for (size_t i = 0; i < sizeof(handles) / sizeof(handles[0]); i++) {
        (void)uv_tcp_init(program->loop, handles[i]);
        handles[i]->data = program;
    }
    (void)uv_ip4_addr("127.0.0.1", 0, &address);
    (void)uv_tcp_bind(&program->echo_server, (const struct sockaddr *)&address, 0);
    (void)uv_listen((uv_stream_t *)&program->echo_server, 1, on_connection);
    (void)uv_tcp_getsockname(&program->echo_server, (struct sockaddr *)&bound, &size);
    (void)uv_tcp_connect(&program->echo_connect, &program->echo_client, (struct sockaddr *)&bound, on_connected);
    (void)uv_timer_init(program->loop, &program->timer);
    program->timer.data = program;
    (void)uv_timer_start(&program->timer, on_tick, 0, 1);
}

static void finish(struct program *program)
{
    if (uv_is_closing((uv_handle_t *)&program->timer)) {
        return;
    }
    for (int i = 0; i < AGENTS; i++) {
        uvsnmp_session_free(program->sessions[i]);
        uvsnmp_agent_close(program->agents[i], NULL, NULL);
    }
    uvsnmp_client_close(program->client, NULL, NULL);
    uv_close((uv_handle_t *)&program->echo_server, NULL);
    uv_close((uv_handle_t *)&program->echo_served, NULL);
    uv_close((uv_handle_t *)&program->echo_client, NULL);
    uv_close((uv_handle_t *)&program->timer, NULL);
}

int main(void)
{
    static struct program program;
    struct uvsnmp_error err;
    program.loop = uv_default_loop();
    start_other_work(&program);
    for (int i = 0; i < AGENTS; i++) {
        start_agent(&program, i);
    }
    if (uvsnmp_client_new(program.loop, NULL, &program.client, &err) < 0) {
        die("client", &err);
    }
    for (int i = 0; i < AGENTS; i++) {
        open_session(&program, i);
        ask(&program, i);
    }
    (void)uv_run(program.loop, UV_RUN_DEFAULT);
    (void)printf("%d answers from %d agents, %d wrong; meanwhile %zu octets echoed and %d ticks of a timer\n",
                 program.answers, AGENTS, program.wrong, program.echoed, program.ticks);
    (void)uv_loop_close(program.loop);
    return program.wrong == 0 && program.echoed > 0 && program.ticks > 0 ? 0 : 1;
}
