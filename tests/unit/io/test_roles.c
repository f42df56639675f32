/* SPDX-License-Identifier: BSD-3-Clause */
/* The manager role and the agent role talking to each other over loopback, on the real clock. */
#include "support/unit.h"

#include <stdio.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

#include <uvsnmp/agent_role.h>

#include "support/exchanges.h"

struct world {
    uv_loop_t loop;
    struct uvsnmp_agent_role *role;
    struct uvsnmp_manager *manager;
    unsigned arrivals, agent_errors, closed, unmatched;
    bool closes_on_error; /* the agent, at its first error */
    char agent_error[256];
    struct uvsnmp_return_path last_path;
    char peer[UVSNMP_ADDRESS_TEXT_MAX];
    char directory[32];
};

/* Echoes what does not begin with '-', and counts. */
static void on_arrival(struct uvsnmp_agent_role *role, const struct uvsnmp_arrival *arrival, void *arg)
{
    struct world *world = arg;
    world->arrivals++;
    world->last_path = *arrival->path;
    if (arrival->data[0] != '-') {
        assert_int_equal(uvsnmp_agent_role_reply(role, arrival->path, arrival->data, arrival->size), 0);
    }
}

static void on_role_closed(void *arg);

static void on_agent_error(struct uvsnmp_agent_role *role, const struct uvsnmp_error *error, void *arg)
{
    struct world *world = arg;
    world->agent_errors++;
    (void)snprintf(world->agent_error, sizeof(world->agent_error), "%s", error->detail);
    if (world->closes_on_error) {
        world->role = NULL;
        uvsnmp_agent_role_close(role, on_role_closed, &world->closed);
    }
}

static void on_unmatched(struct uvsnmp_manager *manager, const struct uvsnmp_address *from,
                         const uint8_t *data, size_t size, void *arg)
{
    struct world *world = arg;
    (void)manager;
    (void)from;
    (void)data;
    (void)size;
    world->unmatched++;
}

static int set_up(void **state)
{
    struct world *world = calloc(1, sizeof(*world));
    assert_int_equal(uv_loop_init(&world->loop), 0);
    *state = world;
    return 0;
}

static void on_manager_closed(struct uvsnmp_manager *manager, void *arg)
{
    (void)manager;
    (*(unsigned *)arg)++;
}

static void on_role_closed(void *arg)
{
    (*(unsigned *)arg)++;
}

static void close_all(struct world *world)
{
    unsigned expected = 0;
    world->closed = 0;
    if (world->manager) {
        uvsnmp_manager_close(world->manager, on_manager_closed, &world->closed);
        expected++;
    }
    if (world->role) {
        uvsnmp_agent_role_close(world->role, on_role_closed, &world->closed);
        expected++;
    }
    world->manager = NULL;
    world->role = NULL;
    assert_int_equal(uv_run(&world->loop, UV_RUN_DEFAULT), 0);
    assert_int_equal(world->closed, expected);
}

static int tear_down(void **state)
{
    struct world *world = *state;
    close_all(world);
    must_close_loop(&world->loop);
    if (world->directory[0]) {
        assert_int_equal(rmdir(world->directory), 0);
    }
    free(world);
    return 0;
}

static void start_agent_with(struct world *world, const char *interface_,
                             struct uvsnmp_agent_role_options options)
{
    struct uvsnmp_error err = {0};
    options.interfaces = &interface_;
    options.interface_count = 1;
    options.frame = line_frame;
    options.on_error = on_agent_error;
    options.arg = world;
    options.on_arrival = options.on_arrival ? options.on_arrival : on_arrival;
    if (uvsnmp_agent_role_new(&world->loop, &options, &world->role, &err) < 0) {
        fail_msg("agent: %s", err.detail);
    }
    assert_true(
        uvsnmp_address_format(uvsnmp_agent_role_bound(world->role, 0), world->peer, sizeof(world->peer)) > 0);
}

static void start_agent(struct world *world, const char *interface_)
{
    start_agent_with(world, interface_, (struct uvsnmp_agent_role_options){0});
}

static void start_manager_with(struct world *world, struct uvsnmp_manager_options options)
{
    struct uvsnmp_error err = {0};
    options.key = options.key ? options.key : first_octet_key;
    options.frame = line_frame;
    options.on_unmatched = on_unmatched;
    options.arg = world;
    if (uvsnmp_manager_new(&world->loop, &options, &world->manager, &err) < 0) {
        fail_msg("manager: %s", err.detail);
    }
}

static void start_manager(struct world *world)
{
    start_manager_with(world, (struct uvsnmp_manager_options){0});
}

/* A path in a new directory, both gone at the end. */
static const char *socket_path(struct world *world, char *text, size_t size)
{
    (void)snprintf(world->directory, sizeof(world->directory), "/tmp/uvsnmp-io-XXXXXX");
    assert_non_null(mkdtemp(world->directory));
    (void)snprintf(text, size, "unix:%s/socket", world->directory);
    return text;
}

/* Patient, since a busy machine must not make a test fail. */
static struct uvsnmp_send ask(const char *peer, const char *text, struct seen *seen)
{
    struct uvsnmp_send send = send_text(peer, text, seen);
    send.timeout_ms = 10000;
    return send;
}

/* ---- each transport ---- */

static void exchange_one(struct world *world, const char *interface_)
{
    struct seen seen;
    struct uvsnmp_send send;
    start_agent(world, interface_);
    start_manager(world);
    send = ask(world->peer, "hello\n", &seen);
    (void)must_send(world->manager, &send);
    assert_int_equal(seen.calls, 0);
    turn_until(&world->loop, &seen.calls, 1);
    assert_int_equal(seen.status, 0);
    assert_string_equal(seen.data, "hello\n");
    assert_string_equal(seen.detail, "");
    assert_string_equal(seen.from, world->peer);
    assert_int_equal(seen.attempts, 1);
}

static void an_answer_comes_over_udp(void **state)
{
    exchange_one(*state, "udp:127.0.0.1:0");
}

static void an_answer_comes_over_udp6(void **state)
{
    if (!has_ipv6_loopback()) {
        print_message("no ::1 here\n");
        skip();
    }
    exchange_one(*state, "udp6:[::1]:0");
}

static void an_answer_comes_over_tcp(void **state)
{
    exchange_one(*state, "tcp:127.0.0.1:0");
}

static void an_answer_comes_over_tcp6(void **state)
{
    if (!has_ipv6_loopback()) {
        print_message("no ::1 here\n");
        skip();
    }
    exchange_one(*state, "tcp6:[::1]:0");
}

static void an_answer_comes_over_a_unix_socket_whose_file_goes_at_the_end(void **state)
{
    struct world *world = *state;
    char path[64];
    exchange_one(world, socket_path(world, path, sizeof(path)));
    close_all(world);
    assert_int_equal(access(path + strlen("unix:"), F_OK), -1);
}

static void a_name_is_looked_up(void **state)
{
    struct world *world = *state;
    struct seen seen;
    struct uvsnmp_send send;
    char peer[64];
    start_agent(world, "localhost:0");
    start_manager(world);
    (void)snprintf(peer, sizeof(peer), "localhost:%s", strrchr(world->peer, ':') + 1);
    for (int i = 0; i < 2; i++) { /* asked for, then remembered */
        send = ask(peer, "hello", &seen);
        (void)must_send(world->manager, &send);
        assert_int_equal(seen.calls, 0);
        turn_until(&world->loop, &seen.calls, 1);
        assert_string_equal(seen.data, "hello");
    }
}

static void an_unknown_name_ends_the_exchange(void **state)
{
    struct world *world = *state;
    struct seen seen;
    struct uvsnmp_send send = ask("nosuchhost.invalid", "hello", &seen);
    start_manager_with(world, (struct uvsnmp_manager_options){.default_port = 161});
    (void)must_send(world->manager, &send);
    turn_until(&world->loop, &seen.calls, 1);
    assert_int_equal(seen.status, UVSNMP_EUNKNOWN_HOST);
    assert_non_null(strstr(seen.detail, "nosuchhost.invalid"));
    assert_string_equal(seen.from, "");
    assert_int_equal(seen.attempts, 0);
}

static void asking_the_wildcard_asks_this_machine(void **state)
{
    struct world *world = *state;
    struct seen seen;
    struct uvsnmp_send send;
    start_agent(world, "udp:127.0.0.1:0");
    start_manager(world);
    send = ask(strrchr(world->peer, ':') + 1, "hello", &seen);
    (void)must_send(world->manager, &send);
    turn_until(&world->loop, &seen.calls, 1);
    assert_int_equal(seen.status, 0);
    assert_string_equal(seen.from, world->peer);
}

/* ---- the agent ---- */

static void the_wildcard_agent_answers_from_the_address_it_was_asked_at(void **state)
{
    struct world *world = *state;
    struct seen seen;
    struct uvsnmp_send send;
    char peer[64], local[UVSNMP_ADDRESS_TEXT_MAX];
    start_agent(world, "udp:0.0.0.0:0");
    start_manager(world);
    (void)snprintf(peer, sizeof(peer), "udp:127.0.0.5:%s", strrchr(world->peer, ':') + 1);
    send = ask(peer, "hello", &seen);
    (void)must_send(world->manager, &send);
    turn_until(&world->loop, &seen.calls, 1);
    assert_int_equal(seen.status, 0);
    assert_string_equal(seen.from, peer);
    assert_true(uvsnmp_address_format(&world->last_path.local, local, sizeof(local)) > 0);
    assert_string_equal(local, peer);
    assert_int_not_equal(world->last_path.ifindex, 0);
}

static void the_ipv6_wildcard_agent_answers_too_and_leaves_ipv4_alone(void **state)
{
    struct world *world = *state;
    struct seen seen;
    struct uvsnmp_send send;
    char peer[64];
    if (!has_ipv6_loopback()) {
        print_message("no ::1 here\n");
        skip();
    }
    start_agent(world, "udp6:[::]:0");
    start_manager(world);
    (void)snprintf(peer, sizeof(peer), "udp6:[::1]:%s", strrchr(world->peer, ':') + 1);
    send = ask(peer, "hello", &seen);
    (void)must_send(world->manager, &send);
    turn_until(&world->loop, &seen.calls, 1);
    assert_string_equal(seen.from, peer);
    (void)snprintf(peer, sizeof(peer), "udp:127.0.0.1:%s", strrchr(world->peer, ':') + 1);
    send = ask(peer, "hello", &seen);
    (void)must_send(world->manager, &send);
    turn_until(&world->loop, &seen.calls, 1);
    assert_int_equal(seen.status, UVSNMP_EREFUSED);
}

static void an_agent_can_answer_later_and_from_its_own_buffer(void **state)
{
    struct world *world = *state;
    struct seen seen;
    struct uvsnmp_send send;
    size_t capacity;
    uint8_t *buffer;
    start_agent(world, "udp:127.0.0.1:0");
    start_manager(world);
    send = ask(world->peer, "-later", &seen);
    (void)must_send(world->manager, &send);
    turn_until(&world->loop, &world->arrivals, 1);
    assert_int_equal(seen.calls, 0);
    buffer = uvsnmp_agent_role_buffer(world->role, &capacity);
    assert_non_null(buffer);
    assert_true(capacity >= 65536);
    /* encoded back to front, as a message of ours is */
    memcpy(buffer + capacity - 5, "-done", 5);
    assert_int_equal(uvsnmp_agent_role_reply(world->role, &world->last_path, buffer + capacity - 5, 5), 0);
    turn_until(&world->loop, &seen.calls, 1);
    assert_string_equal(seen.data, "-done");
}

static void many_answers_in_one_turn_keep_their_bytes(void **state)
{
    struct world *world = *state;
    struct seen seen[26];
    unsigned done = 0;
    char text[1200];
    start_agent(world, "udp:127.0.0.1:0");
    start_manager(world);
    memset(text, 'x', sizeof(text));
    text[sizeof(text) - 1] = '\0';
    for (int round = 0; round < 20; round++) {
        for (int i = 0; i < 26; i++) {
            struct uvsnmp_send send;
            text[0] = (char)('a' + i);
            send = ask(world->peer, text, &seen[i]);
            (void)must_send(world->manager, &send);
        }
        for (int i = 0; i < 26; i++) {
            turn_until(&world->loop, &seen[i].calls, 1);
            assert_int_equal(seen[i].status, 0);
            assert_int_equal(seen[i].data[0], 'a' + i);
            done++;
        }
    }
    assert_int_equal(done, 520);
}

static void the_longest_datagram_passes_and_a_longer_one_is_refused(void **state)
{
    struct world *world = *state;
    struct seen seen;
    static char text[65508];
    struct uvsnmp_send send;
    start_agent(world, "udp:127.0.0.1:0");
    start_manager(world);
    memset(text, 'x', sizeof(text));
    send = ask(world->peer, "x", &seen);
    send.data = text;
    send.size = 65507;
    (void)must_send(world->manager, &send);
    turn_until(&world->loop, &seen.calls, 1);
    assert_int_equal(seen.status, 0);
    seen.calls = 0;
    send.size = 65508;
    (void)must_send(world->manager, &send);
    turn_until(&world->loop, &seen.calls, 1);
    assert_int_equal(seen.status, UVSNMP_EMESSAGE_SIZE);
}

static void on_truncated(struct uvsnmp_agent_role *role, const struct uvsnmp_arrival *arrival, void *arg)
{
    assert_true(arrival->truncated);
    assert_int_equal(arrival->size, 100);
    on_arrival(role, arrival, arg);
}

static void a_datagram_longer_than_the_agent_takes_is_marked(void **state)
{
    struct world *world = *state;
    struct seen seen;
    char text[201];
    struct uvsnmp_send send;
    start_agent_with(world, "udp:127.0.0.1:0",
                     (struct uvsnmp_agent_role_options){.max_message = 100, .on_arrival = on_truncated});
    start_manager(world);
    memset(text, 'x', 200);
    text[200] = '\0';
    send = ask(world->peer, text, &seen);
    (void)must_send(world->manager, &send);
    turn_until(&world->loop, &seen.calls, 1);
    assert_int_equal(seen.status, 0);
}

static void an_interface_in_use_is_an_error_that_names_it(void **state)
{
    struct world *world = *state;
    struct uvsnmp_agent_role *second;
    struct uvsnmp_error err;
    const char *const transports[] = {"udp:127.0.0.1:0", "tcp:127.0.0.1:0"};
    for (size_t i = 0; i < COUNT_OF(transports); i++) {
        const char *interfaces[2];
        struct uvsnmp_agent_role_options options = {
            .interfaces = interfaces, .interface_count = 2, .frame = line_frame, .on_arrival = on_arrival};
        start_agent(world, transports[i]);
        interfaces[0] = transports[i]; /* this one is free, but all or none */
        interfaces[1] = world->peer;
        assert_int_equal(uvsnmp_agent_role_new(&world->loop, &options, &second, &err),
                         UVSNMP_EADDRESS_IN_USE);
        assert_non_null(strstr(err.detail, world->peer));
        close_all(world);
    }
}

static void bad_interfaces_are_refused(void **state)
{
    struct world *world = *state;
    struct uvsnmp_agent_role *role;
    struct uvsnmp_error err;
    static const struct {
        const char *interface_;
        int code;
    } cases[] = {
        {"udp:127.0.0.1:x", UVSNMP_EBAD_ADDRESS},
        {"nosuchhost.invalid:1", UVSNMP_EUNKNOWN_HOST},
        {"udp:203.0.113.1:0", UVSNMP_EADDRESS_UNAVAILABLE},
        {"tcp:203.0.113.1:0", UVSNMP_EADDRESS_UNAVAILABLE},
        {"tlstcp:127.0.0.1", UVSNMP_EUNSUPPORTED},
        {"tcp:127.0.0.1:0", UVSNMP_EUNSUPPORTED}, /* no framing function */
        {"/nonexistent/socket", UVSNMP_EUNSUPPORTED},
    };
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        struct uvsnmp_agent_role_options options = {
            .interfaces = &cases[i].interface_, .interface_count = 1, .on_arrival = on_arrival};
        options.frame = cases[i].code == UVSNMP_EUNSUPPORTED ? NULL : line_frame;
        err.code = 0;
        assert_int_equal(uvsnmp_agent_role_new(&world->loop, &options, &role, &err), cases[i].code);
        assert_int_equal(err.code, cases[i].code);
        assert_true(strlen(err.detail) > 0);
    }
}

/* ---- stream clients of the agent ---- */

static int connect_raw(const char *peer)
{
    struct uvsnmp_address at;
    int fd;
    assert_int_equal(uvsnmp_address_parse(peer, 0, &at, NULL), 0);
    fd = socket(at.at.any.sa_family, SOCK_STREAM | SOCK_CLOEXEC, 0);
    assert_true(fd >= 0);
    assert_int_equal(connect(fd, &at.at.any, at.length), 0);
    return fd;
}

/* What the other side sends next, while the loop turns: octets, or "" when it has closed. */
static const char *read_raw(struct world *world, int fd)
{
    static char text[256];
    for (int i = 0; i < 5000; i++) {
        ssize_t got = recv(fd, text, sizeof(text) - 1, MSG_DONTWAIT);
        if (got >= 0) {
            text[got] = '\0';
            return text;
        }
        (void)uv_run(&world->loop, UV_RUN_NOWAIT);
        (void)usleep(1000);
    }
    return NULL;
}

static void messages_are_cut_out_of_the_stream_as_they_come(void **state)
{
    struct world *world = *state;
    int fd;
    start_agent(world, "tcp:127.0.0.1:0");
    fd = connect_raw(world->peer);
    assert_int_equal(write(fd, "one\ntwo\nthr", 11), 11);
    turn_until(&world->loop, &world->arrivals, 2);
    assert_string_equal(read_raw(world, fd), "one\ntwo\n");
    assert_int_equal(write(fd, "ee\n", 3), 3);
    turn_until(&world->loop, &world->arrivals, 3);
    assert_string_equal(read_raw(world, fd), "three\n");
    (void)close(fd);
}

static void a_client_that_breaks_the_framing_is_dropped(void **state)
{
    struct world *world = *state;
    int fd;
    start_agent(world, "tcp:127.0.0.1:0");
    fd = connect_raw(world->peer);
    assert_int_equal(write(fd, "fine\n!", 6), 6);
    assert_string_equal(read_raw(world, fd), "fine\n");
    assert_string_equal(read_raw(world, fd), "");
    assert_int_equal(world->agent_errors, 1);
    assert_non_null(strstr(world->agent_error, "no message"));
    assert_int_equal(uvsnmp_agent_role_reply(world->role, &world->last_path, "late\n", 5),
                     UVSNMP_EDISCONNECTED);
    (void)close(fd);
}

static void a_client_whose_message_is_too_long_is_dropped(void **state)
{
    struct world *world = *state;
    char text[150];
    int fd;
    start_agent_with(world, "tcp:127.0.0.1:0", (struct uvsnmp_agent_role_options){.max_message = 100});
    fd = connect_raw(world->peer);
    memset(text, 'x', sizeof(text));
    assert_int_equal(write(fd, text, sizeof(text)), sizeof(text));
    turn_until(&world->loop, &world->agent_errors, 1);
    assert_non_null(strstr(world->agent_error, "too long"));
    assert_int_equal(world->arrivals, 0);
    (void)close(fd);
}

static void clients_past_the_limit_are_closed_at_once(void **state)
{
    struct world *world = *state;
    int fds[3];
    start_agent_with(world, "tcp:127.0.0.1:0", (struct uvsnmp_agent_role_options){.max_connections = 2});
    for (int i = 0; i < 3; i++) {
        fds[i] = connect_raw(world->peer);
    }
    assert_string_equal(read_raw(world, fds[2]), "");
    assert_int_equal(write(fds[1], "ok\n", 3), 3);
    assert_string_equal(read_raw(world, fds[1]), "ok\n");
    (void)close(fds[0]);
    (void)close(fds[2]);
    /* its place is free once the agent has seen it go */
    for (int i = 0; i < 20; i++) {
        (void)uv_run(&world->loop, UV_RUN_NOWAIT);
    }
    fds[0] = connect_raw(world->peer);
    assert_int_equal(write(fds[0], "me\n", 3), 3);
    assert_string_equal(read_raw(world, fds[0]), "me\n");
    (void)close(fds[0]);
    (void)close(fds[1]);
}

static void a_silent_client_is_closed_in_the_end(void **state)
{
    struct world *world = *state;
    int fd;
    start_agent_with(world, "tcp:127.0.0.1:0", (struct uvsnmp_agent_role_options){.idle_timeout_ms = 50});
    fd = connect_raw(world->peer);
    assert_int_equal(write(fd, "not a whole line", 16), 16);
    assert_string_equal(read_raw(world, fd), "");
    (void)close(fd);
}

static void a_client_that_does_not_read_is_not_answered_without_bound(void **state)
{
    struct world *world = *state;
    static char big[60000];
    int fd, rc = 0, replies = 0;
    start_agent(world, "tcp:127.0.0.1:0");
    fd = connect_raw(world->peer);
    assert_int_equal(write(fd, "-\n", 2), 2);
    turn_until(&world->loop, &world->arrivals, 1);
    while (rc == 0 && replies < 10000) {
        rc = uvsnmp_agent_role_reply(world->role, &world->last_path, big, sizeof(big));
        replies++;
    }
    assert_int_equal(rc, UVSNMP_ELIMIT);
    (void)close(fd);
}

static void interfaces_added_after_a_client_came_close_before_it_does(void **state)
{
    struct world *world = *state;
    static char big[60000];
    /* often enough that one of them has the client's bucket in the role's map, whatever the map's seed */
    for (int round = 0; round < 20; round++) {
        int fd, rc = 0;
        start_agent(world, "tcp:127.0.0.1:0");
        world->arrivals = world->closed = 0;
        fd = connect_raw(world->peer);
        assert_int_equal(write(fd, "-\n", 2), 2);
        turn_until(&world->loop, &world->arrivals, 1);
        for (int i = 0; i < 14; i++) {
            assert_int_equal(uvsnmp_agent_role_listen(world->role, "udp:127.0.0.1:0", NULL), 0);
        }
        while (rc == 0) {
            rc = uvsnmp_agent_role_reply(world->role, &world->last_path, big, sizeof(big));
        }
        uvsnmp_agent_role_close(world->role, on_role_closed, &world->closed);
        world->role = NULL;
        for (int i = 0; i < 3; i++) {
            (void)uv_run(&world->loop, UV_RUN_NOWAIT);
        }
        assert_int_equal(world->closed, 0); /* the client has answers to take */
        (void)close(fd);
        turn_until(&world->loop, &world->closed, 1);
    }
}

static void a_stale_unix_socket_is_replaced_but_not_a_live_one_or_a_file(void **state)
{
    struct world *world = *state;
    char path[64];
    struct uvsnmp_address at;
    struct uvsnmp_agent_role *second;
    struct uvsnmp_error err;
    const char *interface_ = socket_path(world, path, sizeof(path));
    struct uvsnmp_agent_role_options options = {
        .interfaces = &interface_, .interface_count = 1, .frame = line_frame, .on_arrival = on_arrival};
    int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    FILE *file;
    assert_int_equal(uvsnmp_address_parse(path, 0, &at, NULL), 0);
    assert_int_equal(bind(fd, &at.at.any, at.length), 0);
    (void)close(fd);
    assert_int_equal(access(path + 5, F_OK), 0);
    start_agent(world, path);
    assert_int_equal(uvsnmp_agent_role_new(&world->loop, &options, &second, &err), UVSNMP_EADDRESS_IN_USE);
    assert_non_null(strstr(err.detail, path));
    /* the failed attempt has not taken the file away */
    (void)uv_run(&world->loop, UV_RUN_NOWAIT);
    assert_int_equal(access(path + 5, F_OK), 0);
    close_all(world);
    file = fopen(path + 5, "w");
    assert_non_null(file);
    (void)fclose(file);
    assert_int_equal(uvsnmp_agent_role_new(&world->loop, &options, &second, &err), UVSNMP_EADDRESS_IN_USE);
    assert_int_equal(unlink(path + 5), 0);
}

/* ---- the manager: errors ---- */

static void a_refused_peer_is_known_at_once(void **state)
{
    struct world *world = *state;
    const char *const schemes[] = {"udp", "tcp", "udp6", "tcp6"};
    start_manager(world);
    for (size_t i = 0; i < (has_ipv6_loopback() ? 4 : 2); i++) {
        char peer[UVSNMP_ADDRESS_TEXT_MAX];
        struct seen seen;
        struct uvsnmp_send send = ask(unused_address(schemes[i], peer), "hello\n", &seen);
        uint64_t start = uv_hrtime();
        send.timeout_ms = 60000;
        send.retries = 5;
        (void)must_send(world->manager, &send);
        assert_int_equal(seen.calls, 0);
        turn_until(&world->loop, &seen.calls, 1);
        assert_int_equal(seen.status, UVSNMP_EREFUSED);
        assert_non_null(strstr(seen.detail, peer));
        assert_string_equal(seen.from, peer);
        assert_true(uv_hrtime() - start < 5000000000u);
    }
}

static void a_refused_peer_does_not_end_the_exchanges_with_others(void **state)
{
    struct world *world = *state;
    char peer[UVSNMP_ADDRESS_TEXT_MAX];
    struct seen refused[10], fine[10];
    start_agent(world, "udp:127.0.0.1:0");
    start_manager(world);
    (void)unused_address("udp", peer);
    for (int round = 0; round < 20; round++) {
        for (int i = 0; i < 10; i++) {
            struct uvsnmp_send send = ask(peer, "hello", &refused[i]);
            (void)must_send(world->manager, &send);
            send = ask(world->peer, "hello", &fine[i]);
            (void)must_send(world->manager, &send);
        }
        for (int i = 0; i < 10; i++) {
            turn_until(&world->loop, &refused[i].calls, 1);
            turn_until(&world->loop, &fine[i].calls, 1);
            assert_int_equal(refused[i].status, UVSNMP_EREFUSED);
            assert_int_equal(fine[i].status, 0);
        }
    }
}

static void a_unix_peer_that_is_not_there_is_refused(void **state)
{
    struct world *world = *state;
    struct seen seen;
    struct uvsnmp_send send = ask("unix:/nonexistent/socket", "hello\n", &seen);
    start_manager(world);
    (void)must_send(world->manager, &send);
    turn_until(&world->loop, &seen.calls, 1);
    assert_int_equal(seen.status, UVSNMP_EREFUSED);
    assert_non_null(strstr(seen.detail, "/nonexistent/socket"));
}

static void arguments_that_cannot_work_are_refused_at_once(void **state)
{
    struct world *world = *state;
    struct seen seen;
    struct uvsnmp_error err;
    struct uvsnmp_send send;
    start_manager(world);
    send = ask(NULL, "hello", &seen);
    assert_int_equal(uvsnmp_manager_send(world->manager, &send, NULL, &err), UVSNMP_ENO_DESTINATION);
    assert_int_equal(err.code, UVSNMP_ENO_DESTINATION);
    send = ask("127.0.0.1:x", "hello", &seen);
    assert_int_equal(uvsnmp_manager_send(world->manager, &send, NULL, &err), UVSNMP_EBAD_ADDRESS);
    send = ask("127.0.0.1", "hello", &seen);
    assert_int_equal(uvsnmp_manager_send(world->manager, &send, NULL, &err), UVSNMP_EBAD_ADDRESS);
    assert_non_null(strstr(err.detail, "no port"));
    send = ask("127.0.0.1:9", "hello", &seen);
    send.done = NULL;
    assert_int_equal(uvsnmp_manager_send(world->manager, &send, NULL, &err), UVSNMP_EBAD_ARGUMENT);
    send = ask("127.0.0.1:9", "hello", &seen);
    send.data = NULL;
    assert_int_equal(uvsnmp_manager_send(world->manager, &send, NULL, NULL), UVSNMP_EBAD_ARGUMENT);
    send = ask("ssh:127.0.0.1:9", "hello", &seen);
    assert_int_equal(uvsnmp_manager_send(world->manager, &send, NULL, &err), UVSNMP_EUNSUPPORTED);
    (void)uv_run(&world->loop, UV_RUN_DEFAULT);
    assert_int_equal(seen.calls, 0);
}

static void streams_without_framing_are_refused(void **state)
{
    struct world *world = *state;
    struct seen seen;
    struct uvsnmp_error err;
    struct uvsnmp_manager_options options = {.key = first_octet_key};
    struct uvsnmp_send send = ask("tcp:127.0.0.1:9", "hello", &seen);
    assert_int_equal(uvsnmp_manager_new(&world->loop, &options, &world->manager, &err), 0);
    assert_int_equal(uvsnmp_manager_send(world->manager, &send, NULL, &err), UVSNMP_EUNSUPPORTED);
}

static void the_default_destination_is_used(void **state)
{
    struct world *world = *state;
    struct seen seen;
    struct uvsnmp_send send = ask(NULL, "hello", &seen);
    start_agent(world, "udp:127.0.0.1:0");
    start_manager_with(world, (struct uvsnmp_manager_options){.peer = world->peer});
    (void)must_send(world->manager, &send);
    turn_until(&world->loop, &seen.calls, 1);
    assert_string_equal(seen.from, world->peer);
}

/* ---- the local address ---- */

static void messages_leave_from_the_local_address(void **state)
{
    const char *const transports[] = {"udp:127.0.0.1:0", "tcp:127.0.0.1:0"};
    struct world *world = *state;
    for (size_t i = 0; i < COUNT_OF(transports); i++) {
        struct seen seen;
        struct uvsnmp_send send;
        char from[UVSNMP_ADDRESS_TEXT_MAX];
        start_agent(world, transports[i]);
        start_manager_with(world, (struct uvsnmp_manager_options){.local = "127.0.0.7"});
        send = ask(world->peer, "hello\n", &seen);
        (void)must_send(world->manager, &send);
        turn_until(&world->loop, &seen.calls, 1);
        assert_int_equal(seen.status, 0);
        assert_true(uvsnmp_address_format(&world->last_path.peer, from, sizeof(from)) > 0);
        assert_non_null(strstr(from, ":127.0.0.7:"));
        close_all(world);
    }
}

static void a_local_address_of_the_other_family_is_a_clear_error(void **state)
{
    struct world *world = *state;
    struct seen seen;
    struct uvsnmp_error err;
    struct uvsnmp_send send = ask("udp6:[::1]:9", "hello", &seen);
    start_manager_with(world, (struct uvsnmp_manager_options){.local = "127.0.0.1"});
    assert_int_equal(uvsnmp_manager_send(world->manager, &send, NULL, &err), UVSNMP_EBAD_ADDRESS);
    assert_non_null(
        strstr(err.detail, "an IPv6 peer cannot be reached from the local address udp:127.0.0.1:"));
    send = ask("tcp6:[::1]:9", "hello", &seen);
    assert_int_equal(uvsnmp_manager_send(world->manager, &send, NULL, &err), UVSNMP_EBAD_ADDRESS);
}

static void a_local_address_that_is_not_ours_fails_at_once(void **state)
{
    struct world *world = *state;
    struct uvsnmp_manager *manager;
    struct uvsnmp_error err;
    struct uvsnmp_manager_options options = {.local = "203.0.113.1"};
    assert_int_equal(uvsnmp_manager_new(&world->loop, &options, &manager, &err), UVSNMP_EADDRESS_UNAVAILABLE);
    assert_non_null(strstr(err.detail, "203.0.113.1"));
    start_agent(world, "udp:127.0.0.1:0");
    options.local = world->peer;
    assert_int_equal(uvsnmp_manager_new(&world->loop, &options, &manager, &err), UVSNMP_EADDRESS_IN_USE);
    options.local = "unix:/tmp/x";
    assert_int_equal(uvsnmp_manager_new(&world->loop, &options, &manager, &err), UVSNMP_EUNSUPPORTED);
    options.local = NULL;
    options.peer = "udp:127.0.0.1:x";
    assert_int_equal(uvsnmp_manager_new(&world->loop, &options, &manager, &err), UVSNMP_EBAD_ADDRESS);
}

/* ---- callbacks ---- */

struct chain {
    struct world *world;
    unsigned calls, cancelled;
    struct uvsnmp_exchange *other;
};

static void cancel_other(const struct uvsnmp_exchange_result *result, void *arg)
{
    struct chain *chain = arg;
    assert_int_equal(result->status, 0);
    chain->calls++;
    uvsnmp_exchange_cancel(chain->other);
    uvsnmp_exchange_cancel(chain->other);
}

static void an_exchange_can_be_cancelled_in_the_callback_of_another(void **state)
{
    struct world *world = *state;
    struct seen seen;
    struct chain chain = {.world = world};
    struct uvsnmp_send send;
    start_agent(world, "udp:127.0.0.1:0");
    start_manager(world);
    send = ask(world->peer, "-silence", &seen);
    chain.other = must_send(world->manager, &send);
    send = ask(world->peer, "answer", &(struct seen){0});
    send.done = cancel_other;
    send.arg = &chain;
    (void)must_send(world->manager, &send);
    turn_until(&world->loop, &seen.calls, 1);
    assert_int_equal(chain.calls, 1);
    assert_int_equal(seen.status, UVSNMP_ECANCELLED);
    assert_string_equal(seen.detail, "cancelled");
}

static void an_exchange_cancelled_at_once_is_told_from_the_loop(void **state)
{
    struct world *world = *state;
    struct seen seen;
    struct uvsnmp_send send = ask("127.0.0.1:9", "hello", &seen);
    start_manager(world);
    uvsnmp_exchange_cancel(must_send(world->manager, &send));
    assert_int_equal(seen.calls, 0);
    assert_int_equal(uv_run(&world->loop, UV_RUN_DEFAULT), 0);
    assert_int_equal(seen.calls, 1);
    assert_int_equal(seen.status, UVSNMP_ECANCELLED);
    assert_int_equal(seen.attempts, 0);
}

static void exchanges_can_be_cancelled_while_a_name_is_looked_up_or_a_peer_connected(void **state)
{
    struct world *world = *state;
    struct seen seen[2];
    struct uvsnmp_send send;
    start_agent(world, "tcp:127.0.0.1:0");
    start_manager_with(world, (struct uvsnmp_manager_options){.default_port = 161});
    send = ask("localhost", "hello\n", &seen[0]);
    uvsnmp_exchange_cancel(must_send(world->manager, &send));
    send = ask(world->peer, "hello\n", &seen[1]);
    uvsnmp_exchange_cancel(must_send(world->manager, &send));
    turn_until(&world->loop, &seen[0].calls, 1);
    turn_until(&world->loop, &seen[1].calls, 1);
    assert_int_equal(seen[0].status, UVSNMP_ECANCELLED);
    assert_int_equal(seen[1].status, UVSNMP_ECANCELLED);
    for (int i = 0; i < 10; i++) {
        (void)uv_run(&world->loop, UV_RUN_NOWAIT);
    }
    assert_int_equal(seen[0].calls + seen[1].calls, 2);
}

static void send_again(const struct uvsnmp_exchange_result *result, void *arg)
{
    struct chain *chain = arg;
    struct uvsnmp_send send = ask(chain->world->peer, "again\n", &(struct seen){0});
    send.done = send_again;
    send.arg = chain;
    if (result->status == UVSNMP_ECANCELLED) {
        chain->cancelled++;
        return;
    }
    assert_int_equal(result->status, 0);
    if (++chain->calls < 100) {
        (void)must_send(chain->world->manager, &send);
        uvsnmp_exchange_cancel(must_send(chain->world->manager, &send));
    }
}

static void callbacks_can_send_and_cancel(void **state)
{
    struct world *world = *state;
    const char *const transports[] = {"udp:127.0.0.1:0", "tcp:127.0.0.1:0"};
    for (size_t i = 0; i < COUNT_OF(transports); i++) {
        struct chain chain = {.world = world};
        struct uvsnmp_send send;
        start_agent(world, transports[i]);
        start_manager(world);
        send = ask(world->peer, "first\n", &(struct seen){0});
        send.done = send_again;
        send.arg = &chain;
        (void)must_send(world->manager, &send);
        turn_until(&world->loop, &chain.calls, 100);
        assert_int_equal(chain.cancelled, 99);
        close_all(world);
    }
}

static void close_manager(const struct uvsnmp_exchange_result *result, void *arg)
{
    struct chain *chain = arg;
    struct seen seen;
    struct uvsnmp_send send = ask(chain->world->peer, "more", &seen);
    (void)result;
    chain->calls++;
    if (chain->calls == 1) {
        uvsnmp_manager_close(chain->world->manager, on_manager_closed, &chain->world->closed);
    }
    assert_int_equal(uvsnmp_manager_send(chain->world->manager, &send, NULL, NULL), UVSNMP_ECLOSED);
}

static void a_manager_can_be_closed_in_a_callback_with_much_outstanding(void **state)
{
    struct world *world = *state;
    const char *const transports[] = {"udp:127.0.0.1:0", "tcp:127.0.0.1:0"};
    for (size_t i = 0; i < COUNT_OF(transports); i++) {
        struct chain chain = {.world = world};
        struct uvsnmp_send send;
        world->closed = 0;
        start_agent(world, transports[i]);
        start_manager(world);
        for (char key = 'a'; key <= 'z'; key++) {
            char text[] = {key, '\n', '\0'};
            send = ask(world->peer, text, &(struct seen){0});
            send.done = close_manager;
            send.arg = &chain;
            (void)must_send(world->manager, &send);
        }
        send.peer = "localhost:1";
        send.data = "name\n";
        (void)must_send(world->manager, &send);
        turn_until(&world->loop, &world->closed, 1);
        assert_int_equal(chain.calls, 27);
        world->manager = NULL;
        close_all(world);
    }
}

static void closing_a_manager_cancels_what_is_outstanding(void **state)
{
    struct world *world = *state;
    struct seen seen[3];
    struct uvsnmp_send send;
    start_agent(world, "udp:127.0.0.1:0");
    start_manager(world);
    for (int i = 0; i < 3; i++) {
        send = ask(i == 2 ? "localhost:9" : world->peer, "-silence", &seen[i]);
        (void)must_send(world->manager, &send);
    }
    turn_until(&world->loop, &world->arrivals, 2);
    close_all(world);
    for (int i = 0; i < 3; i++) {
        assert_int_equal(seen[i].calls, 1);
        assert_int_equal(seen[i].status, UVSNMP_ECANCELLED);
    }
}

static void drain_waits_for_the_last_callback(void **state)
{
    struct world *world = *state;
    struct seen seen;
    struct uvsnmp_send send;
    unsigned drained = 0;
    start_agent(world, "udp:127.0.0.1:0");
    start_manager(world);
    assert_int_equal(uvsnmp_manager_drain(world->manager, on_manager_closed, &drained), 0);
    assert_int_equal(drained, 0);
    turn_until(&world->loop, &drained, 1); /* nothing was outstanding */
    send = ask(world->peer, "hello", &seen);
    (void)must_send(world->manager, &send);
    assert_int_equal(uvsnmp_manager_drain(world->manager, on_manager_closed, &drained), 0);
    assert_int_equal(uvsnmp_manager_drain(world->manager, on_manager_closed, &drained), UVSNMP_EBAD_ARGUMENT);
    turn_until(&world->loop, &drained, 2);
    assert_int_equal(seen.calls, 1);
}

static void an_idle_manager_lets_the_loop_end(void **state)
{
    struct world *world = *state;
    const char *const transports[] = {"udp:127.0.0.1:0", "tcp:127.0.0.1:0"};
    for (size_t i = 0; i < COUNT_OF(transports); i++) {
        struct seen seen;
        struct uvsnmp_send send;
        uv_loop_t own;
        /* the agent is on the other loop */
        start_agent(world, transports[i]);
        assert_int_equal(uv_loop_init(&own), 0);
        struct uvsnmp_manager_options options = {.key = first_octet_key, .frame = line_frame};
        struct uvsnmp_manager *manager;
        unsigned closed = 0;
        assert_int_equal(uvsnmp_manager_new(&own, &options, &manager, NULL), 0);
        assert_int_equal(uv_run(&own, UV_RUN_DEFAULT), 0);
        send = ask(world->peer, "hello\n", &seen);
        (void)must_send(manager, &send);
        while (seen.calls == 0) {
            (void)uv_run(&own, UV_RUN_NOWAIT);
            (void)uv_run(&world->loop, UV_RUN_NOWAIT);
        }
        assert_int_equal(seen.status, 0);
        assert_int_equal(uv_run(&own, UV_RUN_DEFAULT), 0); /* its socket is still open */
        uvsnmp_manager_close(manager, on_manager_closed, &closed);
        must_close_loop(&own);
        assert_int_equal(closed, 1);
        close_all(world);
    }
}

/* ---- sends from late in a turn ---- */

/* A request that is sent when something else has happened, and must not wait for the loop to be woken: by
 * nothing, since the peer is not on this loop and does not answer. */
struct late {
    struct world *world;
    struct uvsnmp_send send;
    int peer;
    char address[UVSNMP_ADDRESS_TEXT_MAX];
    unsigned attempts;
    bool is_sent, is_over, is_late;
};

static void send_late(struct late *late)
{
    if (!late->is_sent) {
        late->is_sent = true;
        (void)must_send(late->world->manager, &late->send);
    }
}

static void send_late_when_done(const struct uvsnmp_exchange_result *result, void *arg)
{
    assert_int_equal(result->status, 0);
    send_late(arg);
}

static void send_late_when_drained(struct uvsnmp_manager *manager, void *arg)
{
    (void)manager;
    send_late(arg);
}

static void send_late_when_prepared(uv_prepare_t *handle)
{
    send_late(handle->data);
}

static void note_late(const struct uvsnmp_exchange_result *result, void *arg)
{
    struct late *late = arg;
    assert_int_equal(result->status, UVSNMP_ETIMEOUT);
    late->attempts = result->attempts;
    late->is_over = true;
    uv_stop(&late->world->loop);
}

static void on_too_late(uv_timer_t *timer)
{
    struct late *late = timer->data;
    late->is_late = true;
    uv_stop(timer->loop);
}

static void start_late(struct world *world, struct late *late, bool is_tcp)
{
    struct seen unused;
    struct uvsnmp_address at;
    memset(late, 0, sizeof(*late));
    late->world = world;
    assert_int_equal(uvsnmp_address_parse(is_tcp ? "tcp:127.0.0.1:0" : "udp:127.0.0.1:0", 0, &at, NULL), 0);
    late->peer = socket(AF_INET, (is_tcp ? SOCK_STREAM : SOCK_DGRAM) | SOCK_CLOEXEC, 0);
    assert_int_equal(bind(late->peer, &at.at.any, at.length), 0);
    assert_true(!is_tcp || listen(late->peer, 1) == 0);
    assert_int_equal(getsockname(late->peer, &at.at.any, &at.length), 0);
    assert_true(uvsnmp_address_format(&at, late->address, sizeof(late->address)) > 0);
    late->send = ask(late->address, "late\n", &unused);
    late->send.timeout_ms = 20;
    late->send.done = note_late;
    late->send.arg = late;
    start_manager(world);
}

/* Turns the loop as programs do, so that it sleeps when it thinks that there is nothing to do. */
static void must_be_sent_in_time(struct late *late)
{
    uv_timer_t timer;
    assert_int_equal(uv_timer_init(&late->world->loop, &timer), 0);
    timer.data = late;
    assert_int_equal(uv_timer_start(&timer, on_too_late, 3000, 0), 0);
    (void)uv_run(&late->world->loop, UV_RUN_DEFAULT);
    uv_close((uv_handle_t *)&timer, NULL);
    (void)uv_run(&late->world->loop, UV_RUN_NOWAIT);
    (void)close(late->peer);
    assert_false(late->is_late);
    assert_true(late->is_over);
    assert_int_equal(late->attempts, 1);
}

static void what_is_sent_late_in_a_turn_leaves_at_once(void **state)
{
    struct world *world = *state;
    for (int i = 0; i < 4; i++) {
        struct seen unused;
        struct late late;
        struct uvsnmp_send send;
        start_late(world, &late, i % 2 == 1);
        send = ask(late.address, "notification\n", &unused);
        send.timeout_ms = 0;
        if (i < 2) {
            send.done = send_late_when_done;
            send.arg = &late;
        } else {
            assert_int_equal(uvsnmp_manager_drain(world->manager, send_late_when_drained, &late), 0);
        }
        (void)must_send(world->manager, &send);
        must_be_sent_in_time(&late);
        close_all(world);
    }
}

static void what_is_sent_after_the_managers_turn_leaves_at_once(void **state)
{
    struct world *world = *state;
    for (int i = 0; i < 2; i++) {
        struct seen silent;
        struct late late;
        struct uvsnmp_send send;
        uv_prepare_t prepare;
        start_late(world, &late, false);
        assert_int_equal(uv_prepare_init(&world->loop, &prepare), 0);
        prepare.data = &late;
        send = ask(late.address, "silence\n", &silent);
        /* whichever of the two the loop begins with */
        if (i == 0) {
            assert_int_equal(uv_prepare_start(&prepare, send_late_when_prepared), 0);
        }
        (void)must_send(world->manager, &send);
        if (i == 1) {
            assert_int_equal(uv_prepare_start(&prepare, send_late_when_prepared), 0);
        }
        must_be_sent_in_time(&late);
        uv_close((uv_handle_t *)&prepare, NULL);
        close_all(world);
    }
}

/* ---- sends that expect no answer ---- */

static void a_message_without_answer_ends_when_it_is_sent(void **state)
{
    struct world *world = *state;
    const char *const transports[] = {"udp:127.0.0.1:0", "tcp:127.0.0.1:0"};
    for (size_t i = 0; i < COUNT_OF(transports); i++) {
        struct seen seen;
        struct uvsnmp_send send;
        start_agent(world, transports[i]);
        start_manager(world);
        world->arrivals = 0;
        send = ask(world->peer, "-notification\n", &seen);
        send.timeout_ms = 0;
        (void)must_send(world->manager, &send);
        assert_int_equal(seen.calls, 0);
        turn_until(&world->loop, &seen.calls, 1);
        assert_int_equal(seen.status, 0);
        assert_int_equal(seen.attempts, 1);
        assert_string_equal(seen.data, "");
        turn_until(&world->loop, &world->arrivals, 1);
        close_all(world);
    }
}

/* ---- many peers ---- */

static void one_socket_serves_many_peers(void **state)
{
    enum { PEERS = 500 };
    struct world *world = *state;
    static struct seen seen[PEERS];
    struct uvsnmp_manager_stats stats;
    start_agent(world, "udp:0.0.0.0:0");
    start_manager(world);
    for (int i = 0; i < PEERS; i++) {
        char peer[64];
        struct uvsnmp_send send;
        (void)snprintf(peer, sizeof(peer), "127.1.%d.%d:%s", i / 250, i % 250 + 1,
                       strrchr(world->peer, ':') + 1);
        send = ask(peer, "same key for all", &seen[i]);
        send.retries = 3;
        (void)must_send(world->manager, &send);
    }
    uvsnmp_manager_stats(world->manager, &stats);
    assert_int_equal(stats.outstanding, PEERS);
    for (int i = 0; i < PEERS; i++) {
        char expected[64];
        turn_until(&world->loop, &seen[i].calls, 1);
        assert_int_equal(seen[i].status, 0);
        (void)snprintf(expected, sizeof(expected), "udp:127.1.%d.%d:%s", i / 250, i % 250 + 1,
                       strrchr(world->peer, ':') + 1);
        assert_string_equal(seen[i].from, expected);
    }
    uvsnmp_manager_stats(world->manager, &stats);
    assert_int_equal(stats.outstanding, 0);
    assert_int_equal(stats.in_flight, 0);
    assert_int_equal(stats.wrong_source, 0);
    assert_true(stats.sent >= PEERS);
}

/* ---- stream peers of the manager ---- */

static void many_exchanges_share_one_connection(void **state)
{
    struct world *world = *state;
    struct seen seen[26];
    uint64_t endpoint = 0;
    start_agent(world, "tcp:127.0.0.1:0");
    start_manager(world);
    for (int i = 0; i < 26; i++) {
        char text[] = {(char)('a' + i), '\n', '\0'};
        struct uvsnmp_send send = ask(world->peer, text, &seen[i]);
        (void)must_send(world->manager, &send);
    }
    for (int i = 0; i < 26; i++) {
        turn_until(&world->loop, &seen[i].calls, 1);
        assert_int_equal(seen[i].status, 0);
        assert_int_equal(seen[i].data[0], 'a' + i);
        assert_true(endpoint == 0 || endpoint == world->last_path.endpoint);
        endpoint = world->last_path.endpoint;
    }
}

#define BIG_ANSWER 60000

static void answer_big(struct uvsnmp_agent_role *role, const struct uvsnmp_arrival *arrival, void *arg)
{
    struct world *world = arg;
    static char answer[BIG_ANSWER];
    world->arrivals++;
    memset(answer, 'x', sizeof(answer));
    answer[0] = (char)arrival->data[0];
    answer[sizeof(answer) - 1] = '\n';
    assert_int_equal(uvsnmp_agent_role_reply(role, arrival->path, answer, sizeof(answer)), 0);
}

static void note_size(const struct uvsnmp_exchange_result *result, void *arg)
{
    unsigned *calls = arg;
    assert_int_equal(result->status, 0);
    assert_int_equal(result->size, BIG_ANSWER);
    (*calls)++;
}

static void more_than_the_pipe_holds_is_held_back_not_lost(void **state)
{
    struct world *world = *state;
    const char *const transports[] = {"tcp:127.0.0.1:0", NULL};
    char path[64];
    for (size_t i = 0; i < COUNT_OF(transports); i++) {
        unsigned calls = 0;
        start_agent_with(world, transports[i] ? transports[i] : socket_path(world, path, sizeof(path)),
                         (struct uvsnmp_agent_role_options){.on_arrival = answer_big});
        start_manager(world);
        for (int key = 64; key < 254; key++) {
            char text[] = {(char)key, '\n', '\0'};
            struct uvsnmp_send send = ask(world->peer, text, &(struct seen){0});
            send.done = note_size;
            send.arg = &calls;
            (void)must_send(world->manager, &send);
        }
        turn_until(&world->loop, &calls, 190);
        close_all(world);
    }
}

struct load {
    size_t answer_size;
    unsigned answered, failed;
    char detail[256];
};

/* Messages "KEY …", KEY a number. */
static bool number_key(const uint8_t *data, size_t size, uint64_t *key)
{
    *key = 0;
    for (size_t i = 0; i < size && data[i] >= '0' && data[i] <= '9'; i++) {
        *key = *key * 10 + data[i] - '0';
    }
    return true;
}

/* A line of `size` octets with this key at its beginning. */
static void make_line(char *line, size_t size, uint64_t key)
{
    memset(line, '.', size);
    line[snprintf(line, size, "%06llu", (unsigned long long)key)] = ' ';
    line[size - 1] = '\n';
}

#define ANSWER_SIZE_AT 7 /* where a request says how long an answer it wants, with 4 digits */

static void answer_at_length(struct uvsnmp_agent_role *role, const struct uvsnmp_arrival *arrival, void *arg)
{
    char answer[4000];
    uint64_t key, size;
    (void)arg;
    (void)number_key(arrival->data, arrival->size, &key);
    (void)number_key(arrival->data + ANSWER_SIZE_AT, 4, &size);
    make_line(answer, size, key);
    assert_int_equal(uvsnmp_agent_role_reply(role, arrival->path, answer, size), 0);
}

static void note_load(const struct uvsnmp_exchange_result *result, void *arg)
{
    struct load *load = arg;
    load->answered++;
    if (result->status < 0) {
        load->failed++;
        (void)snprintf(load->detail, sizeof(load->detail), "%s", result->detail);
    }
}

/* Sends so many requests of 100 octets at once, all of which must be answered. */
static void ask_for_much(struct world *world, const char *interface_, unsigned count, unsigned answer_size)
{
    struct load load = {0};
    struct seen unused;
    char line[100];
    start_agent_with(world, interface_, (struct uvsnmp_agent_role_options){.on_arrival = answer_at_length});
    start_manager_with(world, (struct uvsnmp_manager_options){.key = number_key});
    for (unsigned i = 0; i < count; i++) {
        struct uvsnmp_send send = ask(world->peer, "", &unused);
        make_line(line, sizeof(line), i);
        (void)snprintf(line + ANSWER_SIZE_AT, 5, "%04u", answer_size);
        line[ANSWER_SIZE_AT + 4] = ' ';
        send.data = line;
        send.size = sizeof(line);
        send.key = i;
        send.done = note_load;
        send.arg = &load;
        (void)must_send(world->manager, &send);
    }
    turn_until(&world->loop, &load.answered, count);
    assert_string_equal(load.detail, "");
    assert_int_equal(load.failed, 0);
    close_all(world);
}

static void thousands_of_requests_wait_for_a_stream_that_takes_some_at_a_time(void **state)
{
    struct world *world = *state;
    char path[64];
    ask_for_much(world, "tcp:127.0.0.1:0", 20000, 100);
    ask_for_much(world, socket_path(world, path, sizeof(path)), 20000, 100);
}

static void answers_are_read_though_requests_wait(void **state)
{
    struct world *world = *state;
    char path[64];
    ask_for_much(world, socket_path(world, path, sizeof(path)), 8000, 2000);
}

static void messages_without_answer_end_one_by_one_as_the_peer_takes_them(void **state)
{
    enum { COUNT = 100, SIZE = 20000 };
    struct world *world = *state;
    struct load load = {0};
    struct seen unused;
    struct uvsnmp_address at;
    char path[64];
    static char message[SIZE];
    unsigned before;
    int peer, listener = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    assert_int_equal(uvsnmp_address_parse(socket_path(world, path, sizeof(path)), 0, &at, NULL), 0);
    assert_int_equal(bind(listener, &at.at.any, at.length), 0);
    assert_int_equal(listen(listener, 1), 0);
    start_manager(world);
    for (int i = 0; i < COUNT; i++) {
        struct uvsnmp_send send = ask(path, "", &unused);
        send.data = message;
        send.size = sizeof(message);
        send.timeout_ms = 0;
        send.done = note_load;
        send.arg = &load;
        (void)must_send(world->manager, &send);
    }
    for (int i = 0; i < 10; i++) {
        (void)uv_run(&world->loop, UV_RUN_NOWAIT);
    }
    /* the kernel holds some */
    assert_true(load.answered > 0 && load.answered < COUNT);
    before = load.answered;
    peer = accept(listener, NULL, NULL);
    for (int i = 0; i < COUNT / 2; i++) {
        static char buffer[SIZE];
        assert_int_equal(recv(peer, buffer, sizeof(buffer), MSG_WAITALL | MSG_DONTWAIT), sizeof(buffer));
        (void)uv_run(&world->loop, UV_RUN_NOWAIT);
        (void)uv_run(&world->loop, UV_RUN_NOWAIT);
    }
    assert_true(load.answered >= COUNT / 2 && load.answered > before && load.answered < COUNT);
    (void)close(peer);
    turn_until(&world->loop, &load.answered, COUNT);
    assert_true(load.failed > 0 && load.failed < COUNT / 2);
    (void)close(listener);
    assert_int_equal(unlink(path + strlen("unix:")), 0);
}

static void a_connection_that_went_stale_is_made_again(void **state)
{
    struct world *world = *state;
    struct seen seen;
    struct uvsnmp_send send;
    char peer[UVSNMP_ADDRESS_TEXT_MAX];
    start_agent(world, "tcp:127.0.0.1:0");
    start_manager(world);
    memcpy(peer, world->peer, sizeof(peer));
    send = ask(peer, "one\n", &seen);
    (void)must_send(world->manager, &send);
    turn_until(&world->loop, &seen.calls, 1);
    world->closed = 0;
    uvsnmp_agent_role_close(world->role, on_role_closed, &world->closed);
    turn_until(&world->loop, &world->closed, 1);
    start_agent(world, peer);
    send = ask(peer, "two\n", &seen);
    send.retries = 1;
    (void)must_send(world->manager, &send);
    turn_until(&world->loop, &seen.calls, 1);
    assert_string_equal(seen.data, "two\n");
}

static void drop_client(struct uvsnmp_agent_role *role, const struct uvsnmp_arrival *arrival, void *arg)
{
    struct world *world = arg;
    (void)arrival;
    world->arrivals++;
    uvsnmp_agent_role_close(role, on_role_closed, &world->closed);
    world->role = NULL;
}

static void a_peer_that_closes_instead_of_answering_is_known_at_once(void **state)
{
    struct world *world = *state;
    struct seen seen;
    struct uvsnmp_send send;
    start_agent_with(world, "tcp:127.0.0.1:0", (struct uvsnmp_agent_role_options){.on_arrival = drop_client});
    start_manager(world);
    send = ask(world->peer, "hello\n", &seen);
    send.timeout_ms = 60000;
    (void)must_send(world->manager, &send);
    turn_until(&world->loop, &seen.calls, 1);
    assert_int_equal(seen.status, UVSNMP_EDISCONNECTED);
    assert_non_null(strstr(seen.detail, "closed the connection"));
}

static void an_agent_can_be_closed_in_its_callback(void **state)
{
    struct world *world = *state;
    struct seen seen;
    struct uvsnmp_send send;
    start_agent_with(world, "udp:127.0.0.1:0", (struct uvsnmp_agent_role_options){.on_arrival = drop_client});
    start_manager(world);
    for (int i = 0; i < 5; i++) {
        send = ask(world->peer, "hello\n", &seen);
        send.timeout_ms = 0;
        (void)must_send(world->manager, &send);
        memset(&seen, 0, sizeof(seen));
    }
    turn_until(&world->loop, &world->closed, 1);
    assert_int_equal(world->arrivals, 1);
}

/* An answer that cannot be sent: to everybody, which takes an option that the socket has not. */
static void answer_everybody(struct world *world, int count)
{
    struct uvsnmp_return_path path = {.endpoint = world->last_path.endpoint};
    assert_int_equal(uvsnmp_address_parse("udp:255.255.255.255:9", 0, &path.peer, NULL), 0);
    for (int i = 0; i < count; i++) {
        int rc = uvsnmp_agent_role_reply(world->role, &path, "x", 1);
        assert_int_equal(rc, world->role ? 0 : UVSNMP_ECLOSED);
        if (!world->role) {
            return;
        }
    }
}

static void arrive_once(struct world *world)
{
    struct seen seen;
    struct uvsnmp_send send;
    start_agent(world, "udp:127.0.0.1:0");
    start_manager(world);
    send = ask(world->peer, "hello", &seen);
    (void)must_send(world->manager, &send);
    turn_until(&world->loop, &seen.calls, 1);
    world->closed = 0;
    world->closes_on_error = true;
}

static void an_agent_can_be_closed_when_it_reports_an_error(void **state)
{
    struct world *world = *state;
    arrive_once(world);
    answer_everybody(world, 1);
    turn_until(&world->loop, &world->closed, 1); /* in its turn */
    assert_int_equal(world->agent_errors, 1);
    close_all(world);
    arrive_once(world);
    answer_everybody(world, 1000);
    turn_until(&world->loop, &world->closed, 1); /* while an answer makes room for itself */
    assert_int_equal(world->agent_errors, 2);
}

static void an_error_while_an_agent_closes_does_not_close_it_twice(void **state)
{
    struct world *world = *state;
    struct uvsnmp_agent_role *role;
    arrive_once(world);
    answer_everybody(world, 1);
    role = world->role;
    world->role = NULL;
    uvsnmp_agent_role_close(role, on_role_closed, &world->closed);
    turn_until(&world->loop, &world->closed, 1);
    assert_int_equal(world->agent_errors, 0);
}

#define ROLE_TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        ROLE_TEST(an_answer_comes_over_udp),
        ROLE_TEST(an_answer_comes_over_udp6),
        ROLE_TEST(an_answer_comes_over_tcp),
        ROLE_TEST(an_answer_comes_over_tcp6),
        ROLE_TEST(an_answer_comes_over_a_unix_socket_whose_file_goes_at_the_end),
        ROLE_TEST(a_name_is_looked_up),
        ROLE_TEST(an_unknown_name_ends_the_exchange),
        ROLE_TEST(asking_the_wildcard_asks_this_machine),
        ROLE_TEST(the_wildcard_agent_answers_from_the_address_it_was_asked_at),
        ROLE_TEST(the_ipv6_wildcard_agent_answers_too_and_leaves_ipv4_alone),
        ROLE_TEST(an_agent_can_answer_later_and_from_its_own_buffer),
        ROLE_TEST(many_answers_in_one_turn_keep_their_bytes),
        ROLE_TEST(the_longest_datagram_passes_and_a_longer_one_is_refused),
        ROLE_TEST(a_datagram_longer_than_the_agent_takes_is_marked),
        ROLE_TEST(an_interface_in_use_is_an_error_that_names_it),
        ROLE_TEST(bad_interfaces_are_refused),
        ROLE_TEST(messages_are_cut_out_of_the_stream_as_they_come),
        ROLE_TEST(a_client_that_breaks_the_framing_is_dropped),
        ROLE_TEST(a_client_whose_message_is_too_long_is_dropped),
        ROLE_TEST(clients_past_the_limit_are_closed_at_once),
        ROLE_TEST(a_silent_client_is_closed_in_the_end),
        ROLE_TEST(a_client_that_does_not_read_is_not_answered_without_bound),
        ROLE_TEST(interfaces_added_after_a_client_came_close_before_it_does),
        ROLE_TEST(a_stale_unix_socket_is_replaced_but_not_a_live_one_or_a_file),
        ROLE_TEST(a_refused_peer_is_known_at_once),
        ROLE_TEST(a_refused_peer_does_not_end_the_exchanges_with_others),
        ROLE_TEST(a_unix_peer_that_is_not_there_is_refused),
        ROLE_TEST(arguments_that_cannot_work_are_refused_at_once),
        ROLE_TEST(streams_without_framing_are_refused),
        ROLE_TEST(the_default_destination_is_used),
        ROLE_TEST(messages_leave_from_the_local_address),
        ROLE_TEST(a_local_address_of_the_other_family_is_a_clear_error),
        ROLE_TEST(a_local_address_that_is_not_ours_fails_at_once),
        ROLE_TEST(an_exchange_can_be_cancelled_in_the_callback_of_another),
        ROLE_TEST(an_exchange_cancelled_at_once_is_told_from_the_loop),
        ROLE_TEST(exchanges_can_be_cancelled_while_a_name_is_looked_up_or_a_peer_connected),
        ROLE_TEST(callbacks_can_send_and_cancel),
        ROLE_TEST(a_manager_can_be_closed_in_a_callback_with_much_outstanding),
        ROLE_TEST(closing_a_manager_cancels_what_is_outstanding),
        ROLE_TEST(drain_waits_for_the_last_callback),
        ROLE_TEST(an_idle_manager_lets_the_loop_end),
        ROLE_TEST(what_is_sent_late_in_a_turn_leaves_at_once),
        ROLE_TEST(what_is_sent_after_the_managers_turn_leaves_at_once),
        ROLE_TEST(a_message_without_answer_ends_when_it_is_sent),
        ROLE_TEST(one_socket_serves_many_peers),
        ROLE_TEST(many_exchanges_share_one_connection),
        ROLE_TEST(more_than_the_pipe_holds_is_held_back_not_lost),
        ROLE_TEST(thousands_of_requests_wait_for_a_stream_that_takes_some_at_a_time),
        ROLE_TEST(answers_are_read_though_requests_wait),
        ROLE_TEST(messages_without_answer_end_one_by_one_as_the_peer_takes_them),
        ROLE_TEST(a_connection_that_went_stale_is_made_again),
        ROLE_TEST(a_peer_that_closes_instead_of_answering_is_known_at_once),
        ROLE_TEST(an_agent_can_be_closed_in_its_callback),
        ROLE_TEST(an_agent_can_be_closed_when_it_reports_an_error),
        ROLE_TEST(an_error_while_an_agent_closes_does_not_close_it_twice),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
