/* SPDX-License-Identifier: BSD-3-Clause */
/* Sockets on which something goes wrong: they go on where they can, and never keep the loop busy. */
#include "support/unit.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/socket.h>
#include <unistd.h>

#include <uvsnmp/agent_role.h>

#include "io/address.h"
#include "io/stream.h"
#include "io/udp.h"
#include "io/watch.h"
#include "support/exchanges.h"

static void do_nothing(uv_idle_t *handle)
{
    (void)handle;
}

/* None of these sockets keeps the loop alive, without which it does not look at them. */
static void turn(uv_loop_t *loop, int count)
{
    uv_idle_t alive;
    assert_int_equal(uv_idle_init(loop, &alive), 0);
    assert_int_equal(uv_idle_start(&alive, do_nothing), 0);
    for (int i = 0; i < count; i++) {
        (void)uv_run(loop, UV_RUN_NOWAIT);
    }
    uv_close((uv_handle_t *)&alive, NULL);
    (void)uv_run(loop, UV_RUN_NOWAIT);
}

static int open_socket(int type, const char *text, struct uvsnmp_address *at)
{
    int fd;
    assert_int_equal(uvsnmp_address_parse(text, 0, at, NULL), 0);
    fd = socket(at->at.any.sa_family, type | SOCK_CLOEXEC, 0);
    assert_true(fd >= 0);
    return fd;
}

static int bind_socket(const char *text, struct uvsnmp_address *at)
{
    int fd = open_socket(SOCK_DGRAM, text, at), one = 1;
    assert_int_equal(setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &one, sizeof(one)), 0);
    assert_int_equal(bind(fd, &at->at.any, at->length), 0);
    assert_int_equal(getsockname(fd, &at->at.any, &at->length), 0);
    return fd;
}

static void send_octet(int fd, const struct uvsnmp_address *to)
{
    assert_int_equal(sendto(fd, "x", 1, 0, &to->at.any, to->length), 1);
}

/* ---- datagram sockets ---- */

struct listening {
    struct io_udp udp;
    struct io_udp_batch *batch;
    unsigned datagrams, broken, closed;
    int errno_value;
};

static void on_datagram(struct io_udp *udp, const struct io_datagram *datagram)
{
    struct listening *listening = udp->owner;
    (void)datagram;
    listening->datagrams++;
}

static void on_writable(struct io_udp *udp)
{
    (void)udp;
}

static void on_broken(struct io_udp *udp, int errno_value)
{
    struct listening *listening = udp->owner;
    listening->broken++;
    listening->errno_value = errno_value;
}

static void on_udp_closed(struct io_udp *udp)
{
    struct listening *listening = udp->owner;
    listening->closed++;
}

static const struct io_udp_ops udp_ops = {
    .datagram = on_datagram,
    .writable = on_writable,
    .broken = on_broken,
    .closed = on_udp_closed,
};

static void a_broken_datagram_socket_is_told_once_and_read_no_more(void **state)
{
    struct listening listening = {.udp.ops = &udp_ops};
    struct uvsnmp_address any, from;
    uv_loop_t loop;
    int fd, other;
    (void)state;
    assert_int_equal(uv_loop_init(&loop), 0);
    listening.udp.batch = &listening.batch;
    listening.udp.slot_size = 100;
    listening.udp.owner = &listening;
    assert_int_equal(uvsnmp_address_parse("udp:127.0.0.1:0", 0, &any, NULL), 0);
    assert_int_equal(io_udp_open(&listening.udp, &loop, AF_INET, &any, 0, NULL), 0);
    other = bind_socket("udp:127.0.0.1:0", &from);
    send_octet(other, &listening.udp.bound);
    turn(&loop, 3);
    assert_int_equal(listening.datagrams, 1);
    /* the loop sees what arrives, but it cannot be read */
    fd = listening.udp.fd;
    listening.udp.fd = open("/dev/null", O_RDONLY | O_CLOEXEC);
    send_octet(other, &listening.udp.bound);
    turn(&loop, 10);
    assert_int_equal(listening.broken, 1);
    assert_int_equal(listening.errno_value, ENOTSOCK);
    io_udp_wait_writable(&listening.udp); /* which does not read either */
    turn(&loop, 10);
    assert_int_equal(listening.broken, 1);
    assert_int_equal(listening.datagrams, 1);
    (void)close(listening.udp.fd);
    listening.udp.fd = fd;
    io_udp_close(&listening.udp);
    turn(&loop, 3);
    assert_int_equal(listening.closed, 1);
    io_udp_batch_free(listening.batch);
    (void)close(other);
    must_close_loop(&loop);
}

/* ---- descriptors that are watched ---- */

struct watching {
    struct io_watch *watch;
    int fd;
    unsigned wakes, datagrams;
    bool closes;
};

static void on_wake(void *arg)
{
    struct watching *watching = arg;
    char data[8];
    watching->wakes++;
    if (watching->closes) {
        io_watch_close(watching->watch);
        return;
    }
    while (recv(watching->fd, data, sizeof(data), MSG_DONTWAIT) > 0) {
        watching->datagrams++;
    }
}

/* Connected to a port that has just been left, so that what is sent to it comes back as an error. */
static void watch_one_to_nobody(struct watching *watching, uv_loop_t *loop, struct uvsnmp_address *nobody)
{
    struct uvsnmp_address own;
    assert_int_equal(close(bind_socket("udp:127.0.0.1:0", nobody)), 0);
    watching->fd = bind_socket("udp:127.0.0.1:0", &own);
    assert_int_equal(connect(watching->fd, &nobody->at.any, nobody->length), 0);
    assert_int_equal(io_watch_readable(loop, watching->fd, on_wake, watching, &watching->watch, NULL), 0);
    assert_int_equal(send(watching->fd, "x", 1, 0), 1);
}

static void a_watch_outlives_an_error_of_its_descriptor(void **state)
{
    struct watching watching = {0};
    struct uvsnmp_address nobody, own = {.length = sizeof(own.at)};
    uv_loop_t loop;
    int other, one = 1;
    (void)state;
    assert_int_equal(uv_loop_init(&loop), 0);
    watch_one_to_nobody(&watching, &loop, &nobody);
    turn(&loop, 10);
    assert_int_equal(watching.wakes, 1);
    assert_int_equal(watching.datagrams, 0);
    /* somebody now has the port, and writes */
    assert_int_equal(getsockname(watching.fd, &own.at.any, &own.length), 0);
    other = socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
    assert_int_equal(setsockopt(other, SOL_SOCKET, SO_REUSEADDR, &one, sizeof(one)), 0);
    assert_int_equal(bind(other, &nobody.at.any, nobody.length), 0);
    send_octet(other, &own);
    turn(&loop, 10);
    assert_int_equal(watching.datagrams, 1);
    io_watch_close(watching.watch);
    (void)close(other);
    (void)close(watching.fd);
    must_close_loop(&loop);
}

static void a_watch_may_be_closed_when_an_error_wakes_it(void **state)
{
    struct watching watching = {.closes = true};
    struct uvsnmp_address nobody;
    uv_loop_t loop;
    (void)state;
    assert_int_equal(uv_loop_init(&loop), 0);
    watch_one_to_nobody(&watching, &loop, &nobody);
    turn(&loop, 10);
    assert_int_equal(watching.wakes, 1);
    (void)close(watching.fd);
    must_close_loop(&loop);
}

/* ---- listeners ---- */

static void on_incoming(struct io_listener *listener, int status, int fd, const struct uvsnmp_address *peer)
{
    unsigned *clients = listener->owner;
    (void)peer;
    assert_int_equal(status, 0);
    (*clients)++;
    (void)close(fd);
}

static void on_listener_closed(struct io_listener *listener)
{
    (void)listener;
}

static void a_listener_outlives_an_error_of_its_socket(void **state)
{
    struct uvsnmp_address any, unused;
    unsigned clients = 0;
    struct io_listener listener = {.incoming = on_incoming, .closed = on_listener_closed, .owner = &clients};
    uv_loop_t loop;
    int client;
    (void)state;
    assert_int_equal(uv_loop_init(&loop), 0);
    assert_int_equal(uvsnmp_address_parse("tcp:127.0.0.1:0", 0, &any, NULL), 0);
    assert_int_equal(io_listener_open(&listener, &loop, &any, NULL), 0);
    /* what libuv does when the kernel says EPOLLERR, which a listening socket cannot be made to have */
    (void)uv_poll_stop(&listener.poll);
    listener.poll.poll_cb(&listener.poll, UV_EBADF, 0);
    client = open_socket(SOCK_STREAM, "tcp:127.0.0.1:0", &unused);
    assert_int_equal(connect(client, &listener.bound.at.any, listener.bound.length), 0);
    turn_until(&loop, &clients, 1);
    (void)close(client);
    io_listener_close(&listener);
    must_close_loop(&loop);
}

/* ---- a role that is held ---- */

static void count_arrival(struct uvsnmp_agent_role *role, const struct uvsnmp_arrival *arrival, void *arg)
{
    (void)role;
    assert_int_equal(arrival->size, 2);
    (*(unsigned *)arg)++;
}

static void held_messages_wait(const char *interface_, int type)
{
    uv_loop_t loop;
    struct uvsnmp_agent_role *role;
    struct uvsnmp_error err = {0};
    unsigned arrivals = 0;
    int before, after;
    const struct uvsnmp_agent_role_options options = {.interfaces = &interface_,
                                                      .interface_count = 1,
                                                      .frame = line_frame,
                                                      .on_arrival = count_arrival,
                                                      .arg = &arrivals};
    assert_int_equal(uv_loop_init(&loop), 0);
    assert_int_equal(uvsnmp_agent_role_new(&loop, &options, &role, &err), 0);
    const struct uvsnmp_address *at = uvsnmp_agent_role_bound(role, 0);
    before = socket(AF_INET, type | SOCK_CLOEXEC, 0);
    after = socket(AF_INET, type | SOCK_CLOEXEC, 0);
    assert_int_equal(connect(before, &at->at.any, at->length), 0);
    assert_int_equal(send(before, "a\n", 2, 0), 2);
    turn(&loop, 20);
    assert_int_equal(arrivals, 1);
    uvsnmp_agent_role_pause(role, true);
    assert_int_equal(connect(after, &at->at.any, at->length), 0);
    for (int i = 0; i < 100; i++) {
        assert_int_equal(send(i % 2 ? before : after, "b\n", 2, 0), 2);
    }
    turn(&loop, 20);
    assert_int_equal(arrivals, 1);
    uvsnmp_agent_role_pause(role, false);
    turn(&loop, 20);
    assert_int_equal(arrivals, 101);
    (void)close(before);
    (void)close(after);
    uvsnmp_agent_role_close(role, NULL, NULL);
    must_close_loop(&loop);
}

static void datagrams_wait_while_the_role_is_held(void **state)
{
    (void)state;
    held_messages_wait("udp:127.0.0.1:0", SOCK_DGRAM);
}

static void streams_wait_while_the_role_is_held(void **state)
{
    (void)state;
    held_messages_wait("tcp:127.0.0.1:0", SOCK_STREAM);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_broken_datagram_socket_is_told_once_and_read_no_more),
        cmocka_unit_test(a_watch_outlives_an_error_of_its_descriptor),
        cmocka_unit_test(a_watch_may_be_closed_when_an_error_wakes_it),
        cmocka_unit_test(a_listener_outlives_an_error_of_its_socket),
        cmocka_unit_test(datagrams_wait_while_the_role_is_held),
        cmocka_unit_test(streams_wait_while_the_role_is_held),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
