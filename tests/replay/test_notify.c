/* SPDX-License-Identifier: BSD-3-Clause */
/* Traps and informs of all versions, to receivers that know the sender, doubt him or say nothing, on a
 * virtual clock. */
#include "support/unit.h"

#include "msg/message.h"
#include "msg/notification.h"
#include "msg/v3.h"
#include "session/client.h"
#include "session/wait.h"
#include "support/v3_engine.h"
#include "support/v3_peer.h"
#include "support/virtual_clock.h"

#define TIMEOUT_MS 1000
#define COLD_START UVSNMP_OID(1, 3, 6, 1, 6, 3, 1, 1, 5, 1)
#define ENTERPRISE UVSNMP_OID(1, 3, 6, 1, 4, 1, 9999)

static const uint8_t sender_octets[] = {0x80, 0x00, 0x1f, 0x88, 0x04, 's', 'e', 'n', 'd', 'e', 'r'};
static const struct uvsnmp_bytes sender_id = {sender_octets, sizeof(sender_octets)};

struct seen {
    int calls, status;
    int32_t error_status;
};

struct scene {
    uv_loop_t *loop;
    struct v3_peer receiver;
    struct uvsnmp_client *client;
    struct uvsnmp_credential *credential;
    struct uvsnmp_session *session;
    struct arena arena;
};

static void note(struct uvsnmp_session *session, const struct uvsnmp_result *result, void *arg)
{
    struct seen *seen = arg;
    (void)session;
    seen->calls++;
    seen->status = result->status;
    seen->error_status = result->error_status;
}

/* Whom the sender speaks for, with all keys. */
static const struct v3_exchange *sender(void)
{
    for (size_t i = 0; i < V3_EXCHANGES; i++) {
        if (v3_exchanges[i].auth == USM_AUTH_SHA1 && v3_exchanges[i].priv == USM_PRIV_AES128) {
            return &v3_exchanges[i];
        }
    }
    fail_msg("no such recorded user");
    return NULL;
}

static void make_credential(struct scene *scene)
{
    const struct uvsnmp_user user = {
        .name = {(const uint8_t *)sender()->user, strlen(sender()->user)},
        .auth = "SHA",
        .priv = "AES",
        .auth_secret.passphrase = {(const uint8_t *)"maplesyrup", 10},
        .priv_secret.passphrase = {(const uint8_t *)"syrupmaple", 10},
    };
    assert_int_equal(uvsnmp_credential_new(scene->client, &user, &scene->credential, NULL), 0);
}

/* `boots` 0: a client without an engine. */
static void open_scene(struct scene *scene, enum uvsnmp_version version, int32_t boots, int32_t time)
{
    const struct uvsnmp_client_options options = {.engine_id =
                                                      boots ? sender_id : (struct uvsnmp_bytes){NULL, 0},
                                                  .engine_boots = boots,
                                                  .engine_time = time};
    memset(scene, 0, sizeof(*scene));
    scene->loop = wait_loop_new();
    arena_init(&scene->arena, 0, 0);
    v3_peer_start(&scene->receiver);
    assert_int_equal(uvsnmp_client_new(scene->loop, &options, &scene->client, NULL), 0);
    make_credential(scene);
    const struct uvsnmp_session_options session = {
        .peer = scripted_peer_address(scene->receiver.peer),
        .version = version,
        .community = {(const uint8_t *)"public", 6},
        .timeout_ms = TIMEOUT_MS,
        .retries = 2,
        .credential = scene->credential,
    };
    assert_int_equal(uvsnmp_session_new(scene->client, &session, &scene->session, NULL), 0);
}

static void close_scene(struct scene *scene)
{
    uvsnmp_session_free(scene->session);
    uvsnmp_credential_free(scene->credential);
    uvsnmp_client_close(scene->client, NULL, NULL);
    assert_int_equal(wait_loop_run(scene->loop), 0);
    wait_loop_free(scene->loop);
    v3_peer_stop(&scene->receiver);
    arena_fini(&scene->arena);
}

/* The sender starts anew: another client, by another clock. */
static void restart_sender(struct scene *scene, int32_t boots, int32_t time)
{
    const struct uvsnmp_client_options options = {
        .engine_id = sender_id, .engine_boots = boots, .engine_time = time};
    uvsnmp_session_free(scene->session);
    uvsnmp_credential_free(scene->credential);
    uvsnmp_client_close(scene->client, NULL, NULL);
    virtual_clock_settle(scene->loop);
    assert_int_equal(uvsnmp_client_new(scene->loop, &options, &scene->client, NULL), 0);
    make_credential(scene);
    const struct uvsnmp_session_options session = {.peer = scripted_peer_address(scene->receiver.peer),
                                                   .version = UVSNMP_V3,
                                                   .credential = scene->credential};
    assert_int_equal(uvsnmp_session_new(scene->client, &session, &scene->session, NULL), 0);
}

/* The receiver knows the sender's user under the sender's engine ID. */
static void introduce_sender(struct scene *scene)
{
    struct v3_peer *receiver = &scene->receiver;
    const struct uvsnmp_bytes name = {(const uint8_t *)sender()->user, strlen(sender()->user)};
    struct usm_user *user;
    assert_int_equal(usm_users_add(&receiver->engine.users, sender_id, name, &user), 0);
    assert_int_equal(v3_security_of(receiver->crypto, sender(), sender_id, &user->security), 0);
}

static const struct uvsnmp_varbind variable = {UVSNMP_OID(1, 3, 6, 1, 4, 1, 9999, 1, 0),
                                               {.type = UVSNMP_INTEGER, .as.integer = 7}};

static struct uvsnmp_notification notification_of(struct uvsnmp_oid trap_oid)
{
    return (struct uvsnmp_notification){.uptime = 1234,
                                        .trap_oid = trap_oid,
                                        .varbinds = &variable,
                                        .count = 1,
                                        .agent_address = {192, 0, 2, 5}};
}

static void send_trap(struct scene *scene, struct seen *seen)
{
    const struct uvsnmp_notification notification = notification_of(COLD_START);
    memset(seen, 0, sizeof(*seen));
    assert_int_equal(uvsnmp_trap(scene->session, &notification, note, seen), 0);
    assert_int_equal(seen->calls, 0);
    virtual_clock_settle(scene->loop);
    assert_int_equal(seen->calls, 1); /* it has gone; nobody answers */
    assert_int_equal(seen->status, 0);
}

static void take(struct scene *scene, struct scripted_request *request)
{
    assert_true(scripted_peer_wait(scene->receiver.peer, scene->loop, request));
}

static void take_message(struct scene *scene, struct msg_message *message)
{
    static struct scripted_request request; /* which the message borrows from */
    take(scene, &request);
    assert_int_equal(msg_decode(request.data, request.size, &scene->arena, message, NULL), 0);
    assert_int_equal(message->community.size, 6);
}

/* What the receiver's engine makes of the next message. */
static int receive_v3(struct scene *scene, struct engine_incoming *in)
{
    static struct scripted_request request;
    take(scene, &request);
    const struct engine_arrival arrival = {
        .data = request.data, .size = request.size, .now_ms = virtual_clock_now()};
    int rc = engine_decode(&scene->receiver.engine, &arrival, &scene->arena, in, NULL);
    engine_envelope_wipe(&in->envelope);
    return rc;
}

/* All that the notification says is in the PDU. */
static void assert_notified(const struct msg_pdu *pdu)
{
    struct msg_notification read;
    assert_int_equal(msg_notification_read(pdu, &read), 0);
    assert_int_equal(read.uptime, 1234);
    assert_int_equal(uvsnmp_oid_compare(uvsnmp_oid_of(&read.trap_oid), COLD_START), 0);
    assert_int_equal(read.count, 1);
    assert_int_equal(read.varbinds[0].value.as.integer, 7);
}

/* ---- versions 1 and 2c ---- */

static void a_trap_of_version_1_is_a_trap_pdu(void **state)
{
    static const uint8_t address[] = {192, 0, 2, 5};
    struct scene scene;
    struct seen seen;
    struct msg_message message;
    (void)state;
    open_scene(&scene, UVSNMP_V1, 0, 0);
    send_trap(&scene, &seen);
    take_message(&scene, &message);
    assert_int_equal(message.version, UVSNMP_V1);
    assert_int_equal(message.pdu.type, UVSNMP_PDU_TRAP_V1);
    assert_int_equal(message.pdu.trap->generic, UVSNMP_TRAP_COLD_START);
    assert_memory_equal(message.pdu.trap->agent_address, address, sizeof(address));
    assert_notified(&message.pdu);
    close_scene(&scene);
}

static void a_trap_of_version_2c_has_time_and_name_in_front(void **state)
{
    struct scene scene;
    struct seen seen;
    struct msg_message message;
    (void)state;
    open_scene(&scene, UVSNMP_V2C, 0, 0);
    send_trap(&scene, &seen);
    take_message(&scene, &message);
    assert_int_equal(message.version, UVSNMP_V2C);
    assert_int_equal(message.pdu.type, UVSNMP_PDU_TRAP);
    assert_int_equal(message.pdu.count, 3);
    assert_notified(&message.pdu);
    close_scene(&scene);
}

static void what_a_version_lacks_is_refused_at_once(void **state)
{
    const struct uvsnmp_varbind counter = {ENTERPRISE, uvsnmp_counter64(1)};
    struct uvsnmp_notification notification = notification_of(COLD_START);
    struct scene scene;
    struct seen seen = {0};
    (void)state;
    open_scene(&scene, UVSNMP_V1, 0, 0);
    assert_int_equal(uvsnmp_inform(scene.session, &notification, note, &seen), UVSNMP_EUNSUPPORTED);
    notification.varbinds = &counter;
    assert_int_equal(uvsnmp_trap(scene.session, &notification, note, &seen), UVSNMP_EUNSUPPORTED);
    close_scene(&scene);
    open_scene(&scene, UVSNMP_V3, 0, 0); /* nobody's trap */
    assert_int_equal(uvsnmp_trap(scene.session, &notification, note, &seen), UVSNMP_EUNSUPPORTED);
    assert_int_equal(seen.calls, 0);
    close_scene(&scene);
}

static void send_inform(struct scene *scene, struct seen *seen)
{
    const struct uvsnmp_notification notification = notification_of(COLD_START);
    memset(seen, 0, sizeof(*seen));
    assert_int_equal(uvsnmp_inform(scene->session, &notification, note, seen), 0);
    assert_int_equal(seen->calls, 0);
}

static void answer(struct scene *scene, const struct scripted_request *request, int32_t error_status)
{
    uint8_t buffer[512];
    struct msg_message message;
    assert_int_equal(msg_decode(request->data, request->size, &scene->arena, &message, NULL), 0);
    assert_int_equal(message.pdu.type, UVSNMP_PDU_INFORM);
    assert_notified(&message.pdu);
    message.pdu.type = UVSNMP_PDU_RESPONSE;
    message.pdu.error_status = error_status;
    ptrdiff_t size = msg_encode(&message, buffer, sizeof(buffer));
    assert_true(size > 0);
    scripted_peer_send(scene->receiver.peer, request, buffer + sizeof(buffer) - size, (size_t)size);
    virtual_clock_settle(scene->loop);
}

static void an_inform_ends_with_its_response(void **state)
{
    struct scene scene;
    struct seen seen;
    struct scripted_request request;
    (void)state;
    open_scene(&scene, UVSNMP_V2C, 0, 0);
    send_inform(&scene, &seen);
    take(&scene, &request);
    assert_int_equal(seen.calls, 0);
    answer(&scene, &request, 0);
    assert_int_equal(seen.calls, 1);
    assert_int_equal(seen.status, 0);
    send_inform(&scene, &seen);
    take(&scene, &request);
    answer(&scene, &request, UVSNMP_STATUS_TOO_BIG);
    assert_int_equal(seen.status, 0);
    assert_int_equal(seen.error_status, UVSNMP_STATUS_TOO_BIG);
    close_scene(&scene);
}

static void an_inform_is_sent_again_with_the_same_id(void **state)
{
    struct scene scene;
    struct seen seen;
    struct scripted_request first, second;
    (void)state;
    open_scene(&scene, UVSNMP_V2C, 0, 0);
    send_inform(&scene, &seen);
    take(&scene, &first);
    virtual_clock_advance(scene.loop, TIMEOUT_MS);
    take(&scene, &second);
    assert_int_equal(first.size, second.size);
    assert_memory_equal(first.data, second.data, first.size);
    answer(&scene, &first, 0); /* the first one's answer, late */
    assert_int_equal(seen.calls, 1);
    assert_int_equal(seen.status, 0);
    close_scene(&scene);
}

static void an_inform_without_answer_times_out(void **state)
{
    struct scene scene;
    struct seen seen;
    struct scripted_request request;
    (void)state;
    open_scene(&scene, UVSNMP_V2C, 0, 0);
    send_inform(&scene, &seen);
    for (int i = 0; i < 3; i++) {
        take(&scene, &request);
        assert_int_equal(seen.calls, 0);
        virtual_clock_advance(scene.loop, TIMEOUT_MS);
    }
    assert_int_equal(seen.calls, 1);
    assert_int_equal(seen.status, UVSNMP_ETIMEOUT);
    assert_false(scripted_peer_receive(scene.receiver.peer, &request));
    close_scene(&scene);
}

/* ---- version 3 ---- */

static void a_trap_of_version_3_is_the_senders_own(void **state)
{
    struct scene scene;
    struct seen seen;
    struct engine_incoming in;
    (void)state;
    open_scene(&scene, UVSNMP_V3, 5, 1000);
    introduce_sender(&scene);
    virtual_clock_advance(scene.loop, 7000);
    send_trap(&scene, &seen);
    assert_int_equal(receive_v3(&scene, &in), 0);
    assert_int_equal(in.pdu.type, UVSNMP_PDU_TRAP);
    assert_int_equal(in.envelope.level, MSG_V3_LEVEL);
    assert_int_equal(in.envelope.engine_id.size, sender_id.size);
    assert_memory_equal(in.envelope.engine_id.data, sender_id.data, sender_id.size);
    assert_int_equal(in.envelope.context_engine_id.size, sender_id.size);
    assert_int_equal(in.time.boots, 5);
    assert_int_equal(in.time.time, 1007);
    assert_notified(&in.pdu);
    close_scene(&scene);
}

static void a_receiver_who_does_not_know_the_sender_refuses(void **state)
{
    struct scene scene;
    struct seen seen;
    struct engine_incoming in;
    (void)state;
    open_scene(&scene, UVSNMP_V3, 5, 1000);
    send_trap(&scene, &seen);
    assert_true(receive_v3(&scene, &in) < 0);
    assert_false(in.is_report_due); /* of what nobody answers */
    close_scene(&scene);
}

static void a_clock_that_goes_on_is_believed_and_an_older_one_is_not(void **state)
{
    struct scene scene;
    struct seen seen;
    struct engine_incoming in;
    (void)state;
    open_scene(&scene, UVSNMP_V3, 5, 1000);
    introduce_sender(&scene);
    send_trap(&scene, &seen);
    assert_int_equal(receive_v3(&scene, &in), 0);
    restart_sender(&scene, 5, 1001);
    send_trap(&scene, &seen);
    assert_int_equal(receive_v3(&scene, &in), 0);
    restart_sender(&scene, 5, 1001 - USM_TIME_WINDOW - 1);
    send_trap(&scene, &seen);
    assert_int_equal(receive_v3(&scene, &in), UVSNMP_ENOT_IN_TIME_WINDOW);
    restart_sender(&scene, 6, 0);
    send_trap(&scene, &seen);
    assert_int_equal(receive_v3(&scene, &in), 0);
    close_scene(&scene);
}

static void an_inform_of_version_3_finds_the_receiver_first(void **state)
{
    struct scene scene;
    struct seen seen;
    (void)state;
    open_scene(&scene, UVSNMP_V3, 0, 0); /* the receiver is authoritative */
    send_inform(&scene, &seen);
    v3_peer_serve(&scene.receiver, scene.loop);
    assert_int_equal(seen.calls, 1);
    assert_int_equal(seen.status, 0);
    assert_int_equal(scene.receiver.reported, 1);
    assert_int_equal(scene.receiver.served, 1);
    close_scene(&scene);
}

static void an_inform_of_version_3_survives_a_lost_message(void **state)
{
    struct scene scene;
    struct seen seen;
    struct scripted_request request;
    (void)state;
    open_scene(&scene, UVSNMP_V3, 0, 0);
    send_inform(&scene, &seen);
    take(&scene, &request); /* the discovery */
    assert_true(v3_peer_make(&scene.receiver, &request));
    scripted_peer_send(scene.receiver.peer, &request, scene.receiver.message, scene.receiver.size);
    virtual_clock_settle(scene.loop);
    take(&scene, &request); /* the inform, lost */
    virtual_clock_advance(scene.loop, TIMEOUT_MS);
    v3_peer_serve(&scene.receiver, scene.loop);
    assert_int_equal(seen.calls, 1);
    assert_int_equal(seen.status, 0);
    assert_int_equal(scene.receiver.served, 1);
    close_scene(&scene);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_trap_of_version_1_is_a_trap_pdu),
        cmocka_unit_test(a_trap_of_version_2c_has_time_and_name_in_front),
        cmocka_unit_test(what_a_version_lacks_is_refused_at_once),
        cmocka_unit_test(an_inform_ends_with_its_response),
        cmocka_unit_test(an_inform_is_sent_again_with_the_same_id),
        cmocka_unit_test(an_inform_without_answer_times_out),
        cmocka_unit_test(a_trap_of_version_3_is_the_senders_own),
        cmocka_unit_test(a_receiver_who_does_not_know_the_sender_refuses),
        cmocka_unit_test(a_clock_that_goes_on_is_believed_and_an_older_one_is_not),
        cmocka_unit_test(an_inform_of_version_3_finds_the_receiver_first),
        cmocka_unit_test(an_inform_of_version_3_survives_a_lost_message),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
