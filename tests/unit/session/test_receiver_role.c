/* SPDX-License-Identifier: BSD-3-Clause */
/* The receiver on real sockets, notified through sessions on the same loop. */
#include <uvsnmp/receiver.h>
#include <uvsnmp/session.h>

#include "support/unit.h"

#include <unistd.h>

#define OCTETS(text)                                                                                         \
    {                                                                                                        \
        (const uint8_t *)(text), sizeof(text) - 1                                                            \
    }

struct world {
    uv_loop_t loop;
    struct uvsnmp_receiver *receiver;
    struct uvsnmp_client *client;
    struct uvsnmp_session *session;
    unsigned notifications, results;
    int status;
    uint64_t inform;
    bool holds;  /* does not acknowledge */
    bool closes; /* the receiver, at the first notification */
    bool closed;
};

static void note_closed(void *arg)
{
    ((struct world *)arg)->closed = true;
}

static void on_notification(struct uvsnmp_receiver *receiver, const struct uvsnmp_received *received,
                            void *arg)
{
    struct world *world = arg;
    world->notifications++;
    world->inform = received->inform;
    assert_int_equal(received->count, 2);
    assert_int_equal(received->varbinds[0].value.as.unsigned32, 42);
    if (received->inform != 0 && !world->holds) {
        assert_int_equal(uvsnmp_receiver_acknowledge(receiver, received->inform), 0);
    }
    if (world->closes) {
        uvsnmp_receiver_close(receiver, note_closed, world);
        assert_int_equal(uvsnmp_receiver_acknowledge(receiver, received->inform), UVSNMP_ECLOSED);
        assert_int_equal(uvsnmp_receiver_listen(receiver, "127.0.0.1:0", NULL), UVSNMP_ECLOSED);
        uvsnmp_receiver_close(receiver, NULL, NULL);
    }
}

static void on_result(struct uvsnmp_session *session, const struct uvsnmp_result *result, void *arg)
{
    struct world *world = arg;
    (void)session;
    world->results++;
    world->status = result->status;
}

static const struct uvsnmp_user user = {
    .name = OCTETS("user"),
    .auth = "SHA-256",
    .priv = "AES",
    .auth_secret = {.passphrase = OCTETS("authentic")},
    .priv_secret = {.passphrase = OCTETS("encrypted")},
};

static void open_world(struct world *world, const char *interface_)
{
    const struct uvsnmp_receiver_options options = {
        .interfaces = &interface_,
        .interface_count = 1,
        .engine_id = OCTETS("\x80\0\0\0\1\2\3\4"),
        .on_notification = on_notification,
        .arg = world,
    };
    const struct uvsnmp_client_options client_options = {.engine_id = OCTETS("\x80\0\0\0\1\5\6\7"),
                                                         .engine_boots = 1};
    const struct uvsnmp_bytes own = {NULL, 0}, community = OCTETS("public");
    memset(world, 0, sizeof(*world));
    assert_int_equal(uv_loop_init(&world->loop), 0);
    assert_int_equal(uvsnmp_receiver_new(&world->loop, &options, &world->receiver, NULL), 0);
    assert_int_equal(uvsnmp_receiver_add_community(world->receiver, community), 0);
    assert_int_equal(uvsnmp_receiver_add_user(world->receiver, own, &user, NULL), 0);
    assert_int_equal(uvsnmp_receiver_add_user(world->receiver, client_options.engine_id, &user, NULL), 0);
    assert_int_equal(uvsnmp_client_new(&world->loop, &client_options, &world->client, NULL), 0);
}

static void open_session(struct world *world, enum uvsnmp_version version)
{
    char peer[UVSNMP_ADDRESS_TEXT_MAX];
    struct uvsnmp_session_options options = {
        .peer = peer, .version = version, .community = OCTETS("public"), .timeout_ms = 300, .retries = 3};
    assert_true(uvsnmp_address_format(uvsnmp_receiver_bound(world->receiver, 0), peer, sizeof(peer)) > 0);
    if (version == UVSNMP_V3) {
        assert_int_equal(uvsnmp_credential_new(world->client, &user, &options.credential, NULL), 0);
    }
    assert_int_equal(uvsnmp_session_new(world->client, &options, &world->session, NULL), 0);
    uvsnmp_credential_free(options.credential);
}

static void close_world(struct world *world)
{
    uvsnmp_session_free(world->session);
    uvsnmp_client_close(world->client, NULL, NULL);
    if (!world->closes) {
        uvsnmp_receiver_close(world->receiver, note_closed, world);
    }
    uv_run(&world->loop, UV_RUN_DEFAULT);
    assert_true(world->closed);
    assert_int_equal(uv_loop_close(&world->loop), 0);
}

static void wait_for(struct world *world, const unsigned *count, unsigned wanted)
{
    while (*count < wanted) {
        uv_run(&world->loop, UV_RUN_ONCE);
    }
}

static const uint32_t cold_start[] = {1, 3, 6, 1, 6, 3, 1, 1, 5, 1};
static const struct uvsnmp_notification notification = {.uptime = 42, .trap_oid = {cold_start, 10}};

static void notify_all(const char *interface_)
{
    static const enum uvsnmp_version versions[] = {UVSNMP_V1, UVSNMP_V2C, UVSNMP_V3};
    for (size_t i = 0; i < COUNT_OF(versions); i++) {
        struct world world;
        open_world(&world, interface_);
        open_session(&world, versions[i]);
        assert_int_equal(uvsnmp_trap(world.session, &notification, on_result, &world), 0);
        wait_for(&world, &world.notifications, 1);
        if (versions[i] != UVSNMP_V1) {
            assert_int_equal(uvsnmp_inform(world.session, &notification, on_result, &world), 0);
            wait_for(&world, &world.results, 2);
            assert_int_equal(world.notifications, 2);
        }
        assert_int_equal(world.status, 0);
        close_world(&world);
    }
}

static void notifications_come_over_udp(void **state)
{
    (void)state;
    notify_all("udp:127.0.0.1:0");
}

static void notifications_come_over_tcp(void **state)
{
    (void)state;
    notify_all("tcp:127.0.0.1:0");
}

static void notifications_come_over_unix_sockets(void **state)
{
    char path[] = "/tmp/uvsnmp-receiver-XXXXXX", interface_[64];
    (void)state;
    assert_non_null(mkdtemp(path));
    (void)snprintf(interface_, sizeof(interface_), "unix:%s/socket", path);
    notify_all(interface_);
    assert_int_equal(rmdir(path), 0);
}

static void an_inform_is_acknowledged_later(void **state)
{
    static const enum uvsnmp_version versions[] = {UVSNMP_V2C, UVSNMP_V3};
    (void)state;
    for (size_t i = 0; i < COUNT_OF(versions); i++) {
        struct world world;
        open_world(&world, "udp:127.0.0.1:0");
        open_session(&world, versions[i]);
        world.holds = true;
        assert_int_equal(uvsnmp_inform(world.session, &notification, on_result, &world), 0);
        while (uvsnmp_receiver_counters(world.receiver)->repeated < 2) {
            uv_run(&world.loop, UV_RUN_ONCE);
        }
        assert_int_equal(world.notifications, 1);
        assert_int_equal(uvsnmp_receiver_acknowledge(world.receiver, world.inform), 0);
        wait_for(&world, &world.results, 1);
        assert_int_equal(world.status, 0);
        close_world(&world);
    }
}

static void a_receiver_may_be_closed_by_its_callback(void **state)
{
    struct world world;
    (void)state;
    open_world(&world, "udp:127.0.0.1:0");
    open_session(&world, UVSNMP_V2C);
    world.closes = true;
    assert_int_equal(uvsnmp_inform(world.session, &notification, on_result, &world), 0);
    wait_for(&world, &world.results, 1);
    assert_int_equal(world.status, 0); /* it was acknowledged before */
    close_world(&world);
}

static void a_receiver_listens_at_several_addresses(void **state)
{
    struct world world;
    (void)state;
    open_world(&world, "udp:127.0.0.1:0");
    assert_int_equal(uvsnmp_receiver_listen(world.receiver, "tcp:127.0.0.1:0", NULL), 0);
    assert_non_null(uvsnmp_receiver_bound(world.receiver, 1));
    assert_null(uvsnmp_receiver_bound(world.receiver, 2));
    close_world(&world);
}

static void bad_options_are_errors(void **state)
{
    const char *const interfaces[] = {"udp:127.0.0.1:x"};
    struct uvsnmp_receiver_options options = {.interfaces = interfaces, .interface_count = 1};
    struct uvsnmp_receiver *receiver;
    struct uvsnmp_error err;
    uv_loop_t loop;
    (void)state;
    assert_int_equal(uv_loop_init(&loop), 0);
    assert_int_equal(uvsnmp_receiver_new(&loop, &options, &receiver, &err), UVSNMP_EBAD_ARGUMENT);
    options.on_notification = on_notification;
    options.engine_id = (struct uvsnmp_bytes)OCTETS("1234");
    assert_int_equal(uvsnmp_receiver_new(&loop, &options, &receiver, &err), UVSNMP_EBAD_ARGUMENT);
    options.engine_id.size = 0;
    assert_int_equal(uvsnmp_receiver_new(&loop, &options, &receiver, &err), UVSNMP_EBAD_ADDRESS);
    assert_null(receiver);
    uv_run(&loop, UV_RUN_DEFAULT);
    assert_int_equal(uv_loop_close(&loop), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(notifications_come_over_udp),
        cmocka_unit_test(notifications_come_over_tcp),
        cmocka_unit_test(notifications_come_over_unix_sockets),
        cmocka_unit_test(an_inform_is_acknowledged_later),
        cmocka_unit_test(a_receiver_may_be_closed_by_its_callback),
        cmocka_unit_test(a_receiver_listens_at_several_addresses),
        cmocka_unit_test(bad_options_are_errors),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
