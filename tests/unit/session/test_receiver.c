/* SPDX-License-Identifier: BSD-3-Clause */
/* Who is heard, what is handed over, and how often; what is acknowledged, and what is reported. */
#include "msg/v3.h"
#include "support/alloc_fail.h"
#include "unit/session/receiver_fixture.h"

#define LINK_DOWN UVSNMP_OID(1, 3, 6, 1, 6, 3, 1, 1, 5, 3)

static const uint8_t levels[] = {0, MSG_V3_AUTH, MSG_V3_LEVEL};

static struct uvsnmp_bytes bytes(const char *text)
{
    return (struct uvsnmp_bytes){(const uint8_t *)text, strlen(text)};
}

static const struct uvsnmp_bytes own = {NULL, 0};

static struct uvsnmp_bytes sender_id(void)
{
    return (struct uvsnmp_bytes){(const uint8_t *)SENDER_ENGINE, sizeof(SENDER_ENGINE) - 1};
}

static void add_users(struct receiver_fixture *fixture)
{
    const struct uvsnmp_user user = receiver_user("user");
    const struct uvsnmp_user keyless = {.name = bytes("keyless")};
    assert_int_equal(uvsnmp_receiver_add_user(fixture->receiver, own, &user, NULL), 0);
    assert_int_equal(uvsnmp_receiver_add_user(fixture->receiver, own, &keyless, NULL), 0);
    assert_int_equal(uvsnmp_receiver_add_user(fixture->receiver, sender_id(), &user, NULL), 0);
    assert_int_equal(uvsnmp_receiver_add_user(fixture->receiver, sender_id(), &keyless, NULL), 0);
}

static int set_up_with(void **state, const struct uvsnmp_receiver_options *options)
{
    struct receiver_fixture *fixture = receiver_fixture_new(options);
    add_users(fixture);
    receiver_discover(fixture);
    fixture->answers = 0;
    *state = fixture;
    return 0;
}

static int set_up(void **state)
{
    return set_up_with(state, NULL);
}

static int set_up_few(void **state)
{
    static const struct uvsnmp_receiver_options options = {.max_informs = 2, .deadline_ms = 5000};
    return set_up_with(state, &options);
}

static int set_up_open(void **state)
{
    static const struct uvsnmp_receiver_options options = {.any_community = true, .unauthenticated = true};
    return set_up_with(state, &options);
}

static int tear_down(void **state)
{
    receiver_fixture_free(*state);
    return 0;
}

static const struct uvsnmp_receiver_counters *counters_of(const struct receiver_fixture *fixture)
{
    return uvsnmp_receiver_counters(fixture->receiver);
}

static void assert_text(struct uvsnmp_bytes found, const char *wanted)
{
    assert_int_equal(found.size, strlen(wanted));
    assert_memory_equal(found.data, wanted, found.size);
}

/* What is handed over has the three varbinds of receiver_notification(). */
static void assert_handed_over(const struct receiver_fixture *fixture, unsigned calls, int32_t number)
{
    const struct uvsnmp_received *last = &fixture->last;
    assert_int_equal(fixture->calls, calls);
    assert_int_equal(last->count, 3);
    assert_int_equal(last->varbinds[0].value.as.unsigned32, 100);
    assert_int_equal(uvsnmp_oid_compare(last->varbinds[1].value.as.oid, LINK_DOWN), 0);
    assert_int_equal(last->varbinds[2].value.as.integer, number);
}

static void assert_acknowledged(struct receiver_fixture *fixture, unsigned answers, int32_t number)
{
    assert_int_equal(fixture->answers, answers);
    receiver_read_answer(fixture);
    assert_int_equal(fixture->in.pdu.type, UVSNMP_PDU_RESPONSE);
    assert_int_equal(fixture->in.pdu.request_id, fixture->request_id);
    assert_int_equal(fixture->in.pdu.error_status, UVSNMP_STATUS_NO_ERROR);
    assert_int_equal(fixture->in.pdu.count, 3);
    assert_int_equal(fixture->in.pdu.varbinds[2].value.as.integer, number);
}

static void assert_report(struct receiver_fixture *fixture, unsigned answers, int error)
{
    assert_int_equal(fixture->answers, answers);
    receiver_read_answer(fixture);
    assert_int_equal(fixture->in.pdu.type, UVSNMP_PDU_REPORT);
    assert_int_equal(fixture->in.reported, error);
}

static void send_inform(struct receiver_fixture *fixture, int32_t number)
{
    const struct msg_pdu inform = receiver_notification(UVSNMP_PDU_INFORM, number);
    receiver_send(fixture, UVSNMP_V2C, &inform);
}

static int acknowledge(struct receiver_fixture *fixture)
{
    return uvsnmp_receiver_acknowledge(fixture->receiver, fixture->last.inform);
}

/* ---- traps ---- */

static void a_trap_of_version_1_is_handed_over_as_version_2_has_it(void **state)
{
    struct receiver_fixture *fixture = *state;
    const struct msg_pdu trap = receiver_notification(UVSNMP_PDU_TRAP_V1, 5);
    receiver_send(fixture, UVSNMP_V1, &trap);
    assert_handed_over(fixture, 1, 5);
    assert_int_equal(fixture->last.version, UVSNMP_V1);
    assert_text(fixture->last.community, "public");
    assert_non_null(fixture->last.trap);
    assert_int_equal(fixture->trap.generic, 2);
    assert_int_equal(fixture->trap.agent_address[0], 192);
    assert_int_equal(fixture->trap.enterprise.count, 9);
    assert_int_equal(fixture->answers, 0);
}

static void a_trap_of_version_2c_is_handed_over(void **state)
{
    struct receiver_fixture *fixture = *state;
    const struct msg_pdu trap = receiver_notification(UVSNMP_PDU_TRAP, 6);
    receiver_send(fixture, UVSNMP_V2C, &trap);
    assert_handed_over(fixture, 1, 6);
    assert_int_equal(fixture->last.version, UVSNMP_V2C);
    assert_null(fixture->last.trap);
    assert_int_equal(fixture->last.inform, 0);
    assert_int_equal(fixture->last.level, UVSNMP_NO_AUTH_NO_PRIV);
    assert_int_equal(fixture->last.request_id, fixture->request_id);
    assert_ptr_equal(fixture->last.peer, &fixture->path.peer);
    assert_ptr_equal(fixture->last.local, &fixture->path.local);
    assert_true(fixture->last.time_ms > UINT64_C(1600000000000));
    receiver_repeat(fixture); /* nobody repeats a trap: it is another one */
    assert_handed_over(fixture, 2, 6);
    assert_int_equal(counters_of(fixture)->traps, 2);
    assert_int_equal(fixture->answers, 0);
}

static void what_a_notification_lacks_is_there(void **state)
{
    struct receiver_fixture *fixture = *state;
    const struct msg_pdu empty = {.type = UVSNMP_PDU_TRAP};
    receiver_send(fixture, UVSNMP_V2C, &empty);
    assert_int_equal(fixture->calls, 1);
    assert_int_equal(fixture->last.count, 2);
    assert_int_equal(fixture->last.varbinds[0].value.as.unsigned32, 0);
    assert_int_equal(uvsnmp_oid_compare(fixture->last.varbinds[1].value.as.oid, UVSNMP_OID(0, 0)), 0);
}

static void a_trap_of_version_3_comes_from_its_senders_engine(void **state)
{
    struct receiver_fixture *fixture = *state;
    for (unsigned i = 0; i < COUNT_OF(levels); i++) {
        const struct msg_pdu trap = receiver_notification(UVSNMP_PDU_TRAP, 7);
        receiver_send_v3(fixture, levels[i] ? "user" : "keyless", levels[i], &trap);
        assert_handed_over(fixture, i + 1, 7);
        assert_int_equal(fixture->last.version, UVSNMP_V3);
        assert_int_equal(fixture->last.level, UVSNMP_NO_AUTH_NO_PRIV + i);
        assert_text(fixture->last.security_name, levels[i] ? "user" : "keyless");
        assert_text(fixture->last.context_name, "ctx");
        assert_int_equal(fixture->last.engine_id.size, sizeof(SENDER_ENGINE) - 1);
        assert_memory_equal(fixture->last.engine_id.data, SENDER_ENGINE, sizeof(SENDER_ENGINE) - 1);
        assert_memory_equal(fixture->last.context_engine_id.data, SENDER_ENGINE, sizeof(SENDER_ENGINE) - 1);
    }
    assert_int_equal(fixture->answers, 0);
}

/* ---- informs ---- */

static void an_inform_is_acknowledged_when_the_program_says_so(void **state)
{
    struct receiver_fixture *fixture = *state;
    send_inform(fixture, 8);
    assert_handed_over(fixture, 1, 8);
    assert_true(fixture->last.inform != 0);
    assert_int_equal(fixture->answers, 0);
    assert_int_equal(acknowledge(fixture), 0);
    assert_acknowledged(fixture, 1, 8);
    assert_text(fixture->in.envelope.community, "public");
    assert_int_equal(acknowledge(fixture), UVSNMP_ENOT_FOUND);
    assert_int_equal(uvsnmp_receiver_acknowledge(fixture->receiver, 0), UVSNMP_ENOT_FOUND);
    assert_int_equal(fixture->answers, 1);
    assert_int_equal(counters_of(fixture)->informs, 1);
    assert_int_equal(counters_of(fixture)->acknowledged, 1);
}

static void an_inform_of_version_3_is_answered_in_kind(void **state)
{
    struct receiver_fixture *fixture = *state;
    for (unsigned i = 0; i < COUNT_OF(levels); i++) {
        const struct msg_pdu inform = receiver_notification(UVSNMP_PDU_INFORM, 9);
        fixture->acknowledges = i == 1;
        receiver_send_v3(fixture, levels[i] ? "user" : "keyless", levels[i], &inform);
        assert_handed_over(fixture, i + 1, 9);
        assert_int_equal(fixture->answers, i == 1 ? i + 1 : i);
        if (i != 1) {
            assert_int_equal(acknowledge(fixture), 0);
        }
        assert_acknowledged(fixture, i + 1, 9);
        assert_int_equal(fixture->in.envelope.level, levels[i]);
        assert_text(fixture->in.envelope.context_name, "ctx");
    }
}

static void a_user_may_go_before_his_inform_is_acknowledged(void **state)
{
    struct receiver_fixture *fixture = *state;
    const struct msg_pdu inform = receiver_notification(UVSNMP_PDU_INFORM, 10);
    receiver_send_v3(fixture, "user", MSG_V3_LEVEL, &inform);
    assert_int_equal(uvsnmp_receiver_remove_user(fixture->receiver, own, bytes("user")), 0);
    assert_int_equal(acknowledge(fixture), 0);
    assert_acknowledged(fixture, 1, 10);
}

static void a_repeated_inform_is_handed_over_once(void **state)
{
    struct receiver_fixture *fixture = *state;
    send_inform(fixture, 11);
    receiver_repeat(fixture);
    receiver_repeat(fixture);
    assert_handed_over(fixture, 1, 11);
    assert_int_equal(fixture->answers, 0);
    assert_int_equal(acknowledge(fixture), 0);
    receiver_repeat(fixture); /* the Response was lost */
    assert_handed_over(fixture, 1, 11);
    assert_acknowledged(fixture, 2, 11);
    assert_int_equal(counters_of(fixture)->repeated, 3);
    assert_int_equal(counters_of(fixture)->acknowledged, 1);
}

static void a_repeated_inform_of_version_3_may_have_another_message_id(void **state)
{
    struct receiver_fixture *fixture = *state;
    const struct msg_pdu inform = receiver_notification(UVSNMP_PDU_INFORM, 12);
    receiver_send_v3(fixture, "user", MSG_V3_LEVEL, &inform);
    receiver_repeat_v3(fixture, &inform);
    assert_handed_over(fixture, 1, 12);
    assert_int_equal(acknowledge(fixture), 0);
    assert_acknowledged(fixture, 1, 12); /* to the newest */
    receiver_repeat_v3(fixture, &inform);
    assert_acknowledged(fixture, 2, 12);
    assert_int_equal(fixture->calls, 1);
}

static void what_is_not_the_same_is_handed_over(void **state)
{
    struct receiver_fixture *fixture = *state;
    const struct msg_pdu inform = receiver_notification(UVSNMP_PDU_INFORM, 13);
    send_inform(fixture, 13);
    fixture->request_id--; /* the same request-id, but another number */
    send_inform(fixture, 14);
    assert_handed_over(fixture, 2, 14);
    fixture->request_id--;
    receiver_send_v3(fixture, "user", MSG_V3_AUTH, &inform); /* another version, another sender's name */
    assert_int_equal(fixture->calls, 3);
    fixture->path.peer.at.v4.sin_port ^= 1; /* another port */
    receiver_repeat(fixture);
    assert_int_equal(fixture->calls, 4);
    fixture->path.endpoint++; /* another connection */
    receiver_repeat(fixture);
    assert_int_equal(fixture->calls, 5);
    assert_int_equal(counters_of(fixture)->repeated, 0);
}

static void an_acknowledged_inform_is_forgotten_after_a_while(void **state)
{
    struct receiver_fixture *fixture = *state;
    fixture->acknowledges = true;
    send_inform(fixture, 15);
    assert_int_equal(fixture->wake, fixture->now + 30000);
    fixture->now += 29999;
    receiver_tick(fixture->receiver);
    receiver_repeat(fixture);
    assert_int_equal(fixture->calls, 1);
    fixture->now += 1;
    receiver_tick(fixture->receiver);
    receiver_repeat(fixture);
    assert_int_equal(fixture->calls, 2);
    assert_int_equal(counters_of(fixture)->expired, 0);
}

static void a_dropped_inform_is_handed_over_again(void **state)
{
    struct receiver_fixture *fixture = *state;
    send_inform(fixture, 16);
    uvsnmp_receiver_drop(fixture->receiver, fixture->last.inform);
    assert_int_equal(acknowledge(fixture), UVSNMP_ENOT_FOUND);
    uvsnmp_receiver_drop(fixture->receiver, fixture->last.inform);
    receiver_repeat(fixture);
    assert_int_equal(fixture->calls, 2);
    assert_int_equal(acknowledge(fixture), 0);
    assert_acknowledged(fixture, 1, 16);
    uvsnmp_receiver_drop(fixture->receiver, fixture->last.inform); /* it does not wait: still known */
    receiver_repeat(fixture);
    assert_int_equal(fixture->calls, 2);
}

static void an_inform_waits_until_its_deadline(void **state)
{
    struct receiver_fixture *fixture = *state;
    send_inform(fixture, 17);
    assert_int_equal(fixture->wake, fixture->now + 5000);
    fixture->now += 5000;
    receiver_tick(fixture->receiver);
    assert_int_equal(fixture->wake, UINT64_MAX);
    assert_int_equal(acknowledge(fixture), UVSNMP_ENOT_FOUND);
    assert_int_equal(counters_of(fixture)->expired, 1);
    receiver_repeat(fixture);
    assert_int_equal(fixture->calls, 2);
}

static void only_so_many_informs_wait(void **state)
{
    struct receiver_fixture *fixture = *state;
    for (int32_t i = 0; i < 3; i++) {
        send_inform(fixture, i);
    }
    assert_handed_over(fixture, 2, 1);
    assert_int_equal(counters_of(fixture)->dropped, 1);
    assert_int_equal(acknowledge(fixture), 0); /* makes room */
    receiver_repeat(fixture);
    assert_handed_over(fixture, 3, 2);
    fixture->acknowledges = true; /* those that are acknowledged are no more than so many either */
    uvsnmp_receiver_drop(fixture->receiver, fixture->last.inform);
    for (int32_t i = 0; i < 10; i++) {
        send_inform(fixture, i);
        assert_true(fixture->receiver->informs.acknowledged_count <= 2);
    }
    assert_int_equal(fixture->calls, 13);
}

static void large_informs_wait_only_as_memory_allows(void **state)
{
    static uint8_t octets[60000];
    struct receiver_fixture *fixture = *state;
    const struct uvsnmp_varbind large = {LINK_DOWN, uvsnmp_octets(octets, sizeof(octets))};
    const struct msg_pdu inform = {.type = UVSNMP_PDU_INFORM, .varbinds = &large, .count = 1};
    fixture->receiver->informs.limit = 1000000;
    for (unsigned i = 0; i < 1200; i++) {
        receiver_send(fixture, UVSNMP_V2C, &inform);
    }
    assert_true(fixture->calls > 1000 && fixture->calls < 1200);
    assert_int_equal(counters_of(fixture)->dropped, 1200 - fixture->calls);
    assert_int_equal(acknowledge(fixture), 0); /* which can be forgotten then */
    unsigned before = fixture->calls;
    receiver_send(fixture, UVSNMP_V2C, &inform);
    assert_int_equal(fixture->calls, before + 1);
}

static void a_sender_gets_no_more_than_it_takes(void **state)
{
    static uint8_t octets[1000];
    struct receiver_fixture *fixture = *state;
    const struct uvsnmp_varbind large = {LINK_DOWN, uvsnmp_octets(octets, sizeof(octets))};
    const struct msg_pdu inform = {.type = UVSNMP_PDU_INFORM, .varbinds = &large, .count = 1};
    fixture->sender.max_size = MSG_V3_SIZE_LEAST;
    receiver_send_v3(fixture, "user", MSG_V3_LEVEL, &inform);
    assert_int_equal(acknowledge(fixture), 0);
    receiver_read_answer(fixture);
    assert_int_equal(fixture->in.pdu.error_status, UVSNMP_STATUS_TOO_BIG);
    assert_int_equal(fixture->in.pdu.count, 0);
}

static void an_inform_waits_while_there_is_no_memory_for_an_answer(void **state)
{
    struct receiver_fixture *fixture = *state;
    send_inform(fixture, 18);
    fixture->capacity = 0;
    assert_int_equal(acknowledge(fixture), UVSNMP_ENO_MEMORY);
    fixture->capacity = sizeof(fixture->out);
    assert_int_equal(acknowledge(fixture), 0);
    assert_acknowledged(fixture, 1, 18);
}

/* ---- strangers ---- */

static void an_unknown_community_is_not_heard_and_costs_no_memory(void **state)
{
    struct receiver_fixture *fixture = *state;
    const struct msg_pdu trap = receiver_notification(UVSNMP_PDU_TRAP, 19);
    assert_int_equal(uvsnmp_receiver_remove_community(fixture->receiver, bytes("public")), 0);
    receiver_send(fixture, UVSNMP_V2C, &trap);
    unsigned long before = alloc_count();
    for (int i = 0; i < 10; i++) {
        receiver_repeat(fixture);
    }
    assert_int_equal(alloc_count(), before + 10); /* the fixture's own */
    assert_int_equal(fixture->calls, 0);
    assert_int_equal(counters_of(fixture)->strangers, 11);
    assert_int_equal(uvsnmp_receiver_remove_community(fixture->receiver, bytes("public")), UVSNMP_ENOT_FOUND);
    assert_int_equal(uvsnmp_receiver_add_community(fixture->receiver, bytes("public")), 0);
    assert_int_equal(uvsnmp_receiver_add_community(fixture->receiver, bytes("public")), UVSNMP_EEXISTS);
    assert_int_equal(uvsnmp_receiver_add_community(fixture->receiver, bytes("")), 0);
    receiver_repeat(fixture);
    assert_int_equal(fixture->calls, 1);
}

static void strangers_hear_what_was_wrong_with_an_inform(void **state)
{
    struct receiver_fixture *fixture = *state;
    const struct msg_pdu inform = receiver_notification(UVSNMP_PDU_INFORM, 20);
    receiver_send_v3(fixture, "nobody", MSG_V3_LEVEL, &inform);
    assert_report(fixture, 1, UVSNMP_EUNKNOWN_USER);
    receiver_send_v3(fixture, "keyless", MSG_V3_LEVEL, &inform);
    assert_report(fixture, 2, UVSNMP_EUNSUPPORTED_LEVEL);
    receiver_send_v3(fixture, "user", MSG_V3_AUTH, &inform);
    fixture->sent[fixture->sent_size - 1] ^= 1;
    receiver_repeat(fixture);
    assert_report(fixture, 3, UVSNMP_EAUTHENTICATION);
    assert_int_equal(fixture->calls, 1);
    assert_int_equal(counters_of(fixture)->strangers, 3);
}

static void an_unknown_engine_is_not_heard_and_costs_no_memory(void **state)
{
    struct receiver_fixture *fixture = *state;
    const struct msg_pdu trap = receiver_notification(UVSNMP_PDU_TRAP, 21);
    fixture->sender.id.octets[7] ^= 1;
    receiver_send_v3(fixture, "user", MSG_V3_LEVEL, &trap);
    unsigned long before = alloc_count();
    receiver_repeat(fixture);
    assert_int_equal(alloc_count(), before + 1);
    assert_int_equal(fixture->calls, 0);
    assert_int_equal(fixture->answers, 0);
    assert_int_equal(counters_of(fixture)->strangers, 2);
}

static void without_a_digest_only_users_without_keys_are_heard(void **state)
{
    struct receiver_fixture *fixture = *state;
    const struct msg_pdu trap = receiver_notification(UVSNMP_PDU_TRAP, 22);
    const struct msg_pdu inform = receiver_notification(UVSNMP_PDU_INFORM, 22);
    receiver_send_v3(fixture, "user", 0, &trap);
    receiver_send_v3(fixture, "user", 0, &inform);
    assert_int_equal(fixture->calls, 0);
    assert_int_equal(fixture->answers, 0);
    assert_int_equal(counters_of(fixture)->strangers, 2);
}

static void a_program_may_hear_everybody(void **state)
{
    struct receiver_fixture *fixture = *state;
    const struct msg_pdu trap = receiver_notification(UVSNMP_PDU_TRAP, 23);
    assert_int_equal(uvsnmp_receiver_remove_community(fixture->receiver, bytes("public")), 0);
    receiver_send(fixture, UVSNMP_V2C, &trap);
    assert_handed_over(fixture, 1, 23);
    receiver_send_v3(fixture, "user", 0, &trap);
    assert_handed_over(fixture, 2, 23);
    assert_int_equal(fixture->last.level, UVSNMP_NO_AUTH_NO_PRIV);
    receiver_send_v3(fixture, "nobody", 0, &trap);
    assert_int_equal(fixture->calls, 2);
}

/* ---- time ---- */

static void a_replayed_trap_is_not_handed_over(void **state)
{
    struct receiver_fixture *fixture = *state;
    const struct msg_pdu trap = receiver_notification(UVSNMP_PDU_TRAP, 24);
    receiver_send_v3(fixture, "user", MSG_V3_AUTH, &trap);
    assert_int_equal(fixture->calls, 1);
    fixture->now += 151000;
    receiver_repeat(fixture);
    assert_int_equal(fixture->calls, 1);
    assert_int_equal(counters_of(fixture)->strangers, 1);
    fixture->sender.started.boots = 4;
    receiver_send_v3(fixture, "user", MSG_V3_AUTH, &trap);
    assert_int_equal(fixture->calls, 2);
    fixture->sender.started.boots = 3; /* before that start */
    receiver_send_v3(fixture, "user", MSG_V3_AUTH, &trap);
    assert_int_equal(fixture->calls, 2);
}

static void a_sender_with_another_time_is_told_the_time(void **state)
{
    struct receiver_fixture *fixture = *state;
    const struct msg_pdu inform = receiver_notification(UVSNMP_PDU_INFORM, 25);
    fixture->receiver->engine.started_ms -= 400000; /* the sender's clock is late by 400 s */
    fixture->acknowledges = true;
    receiver_send_v3(fixture, "user", MSG_V3_AUTH, &inform);
    assert_report(fixture, 1, UVSNMP_ENOT_IN_TIME_WINDOW);
    receiver_repeat_v3(fixture, &inform);
    assert_handed_over(fixture, 1, 25);
    assert_acknowledged(fixture, 2, 25);
    assert_int_equal(counters_of(fixture)->strangers, 0); /* all of that is ordinary */
}

/* ---- what is no notification ---- */

static void what_is_no_notification_is_dropped(void **state)
{
    static const enum uvsnmp_pdu_type types[] = {UVSNMP_PDU_GET, UVSNMP_PDU_SET, UVSNMP_PDU_GETBULK,
                                                 UVSNMP_PDU_RESPONSE};
    struct receiver_fixture *fixture = *state;
    for (size_t i = 0; i < COUNT_OF(types); i++) {
        const struct msg_pdu pdu = receiver_notification(types[i], 1);
        receiver_send(fixture, UVSNMP_V2C, &pdu);
    }
    const struct msg_pdu inform = receiver_notification(UVSNMP_PDU_INFORM, 1);
    const struct msg_pdu trap = receiver_notification(UVSNMP_PDU_TRAP, 1);
    receiver_send(fixture, UVSNMP_V1, &inform);
    receiver_send(fixture, UVSNMP_V1, &trap);
    assert_int_equal(fixture->calls, 0);
    assert_int_equal(fixture->answers, 0);
    assert_int_equal(counters_of(fixture)->malformed, COUNT_OF(types) + 2);
}

static void a_request_of_version_3_is_reported(void **state)
{
    struct receiver_fixture *fixture = *state;
    const struct msg_pdu get = receiver_notification(UVSNMP_PDU_GET, 1);
    receiver_send_v3(fixture, "user", MSG_V3_LEVEL, &get);
    assert_report(fixture, 1, UVSNMP_EUNKNOWN_HANDLER);
    assert_int_equal(fixture->in.envelope.level, MSG_V3_LEVEL);
    assert_int_equal(fixture->calls, 0);
}

/* No beginning of a message, and no message with another octet, is taken for it. */
static void what_is_not_whole_is_dropped(void **state)
{
    struct receiver_fixture *fixture = *state;
    const struct msg_pdu inform = receiver_notification(UVSNMP_PDU_INFORM, 26);
    receiver_send_v3(fixture, "user", MSG_V3_LEVEL, &inform);
    assert_int_equal(fixture->calls, 1);
    for (size_t size = 0; size < fixture->sent_size; size++) {
        receiver_fixture_handle(fixture, fixture->sent, size);
    }
    for (size_t i = 0; i < fixture->sent_size; i++) {
        fixture->sent[i] ^= 0x55;
        receiver_repeat(fixture);
        fixture->sent[i] ^= 0x55;
    }
    assert_int_equal(fixture->calls, 1);
    assert_int_equal(counters_of(fixture)->repeated, 0);
    const struct uvsnmp_arrival cut = {
        .path = &fixture->path, .data = fixture->sent, .size = fixture->sent_size, .truncated = true};
    receiver_handle(fixture->receiver, &cut);
    assert_int_equal(counters_of(fixture)->repeated, 0);
    receiver_repeat(fixture);
    assert_int_equal(counters_of(fixture)->repeated, 1);
}

/* ---- what is shown ---- */

static struct {
    unsigned sent, received;
    size_t octets;
} shown;

static void show(struct uvsnmp_receiver *receiver, const struct uvsnmp_packet *packet, void *arg)
{
    const struct receiver_fixture *fixture = arg;
    assert_ptr_equal(receiver, fixture->receiver);
    assert_true(uvsnmp_address_equal(packet->peer, &fixture->path.peer));
    assert_true(uvsnmp_address_equal(packet->local, &fixture->path.local));
    shown.sent += packet->sent;
    shown.received += !packet->sent;
    shown.octets += packet->size;
}

static void each_message_is_shown(void **state)
{
    struct receiver_fixture *fixture = *state;
    memset(&shown, 0, sizeof(shown));
    fixture->receiver->on_packet = show;
    fixture->acknowledges = true;
    send_inform(fixture, 27);
    assert_int_equal(shown.received, 1);
    assert_int_equal(shown.sent, 1);
    assert_int_equal(shown.octets, fixture->sent_size + fixture->answer_size);
}

/* ---- users ---- */

static void bad_users_are_errors(void **state)
{
    struct receiver_fixture *fixture = *state;
    struct uvsnmp_receiver *receiver = fixture->receiver;
    struct uvsnmp_user user = receiver_user("user");
    assert_int_equal(uvsnmp_receiver_add_user(receiver, own, &user, NULL), UVSNMP_EEXISTS);
    assert_int_equal(uvsnmp_receiver_remove_user(receiver, sender_id(), user.name), 0);
    assert_int_equal(uvsnmp_receiver_remove_user(receiver, sender_id(), user.name), UVSNMP_ENOT_FOUND);
    user.auth = "ROT13";
    assert_int_equal(uvsnmp_receiver_add_user(receiver, sender_id(), &user, NULL), UVSNMP_EBAD_VALUE);
    user = receiver_user("user");
    assert_int_equal(uvsnmp_receiver_add_user(receiver, bytes("1234"), &user, NULL), UVSNMP_EBAD_VALUE);
    receiver->engine.id.size = 0;
    user = receiver_user("other");
    assert_int_equal(uvsnmp_receiver_add_user(receiver, own, &user, NULL), UVSNMP_EBAD_ARGUMENT);
    assert_int_equal(uvsnmp_receiver_add_user(receiver, sender_id(), &user, NULL), 0);
}

int main(void)
{
#define TEST_OF(name, start) cmocka_unit_test_setup_teardown(name, start, tear_down)
#define TEST(name) TEST_OF(name, set_up)
    const struct CMUnitTest tests[] = {
        TEST(a_trap_of_version_1_is_handed_over_as_version_2_has_it),
        TEST(a_trap_of_version_2c_is_handed_over),
        TEST(what_a_notification_lacks_is_there),
        TEST(a_trap_of_version_3_comes_from_its_senders_engine),
        TEST(an_inform_is_acknowledged_when_the_program_says_so),
        TEST(an_inform_of_version_3_is_answered_in_kind),
        TEST(a_user_may_go_before_his_inform_is_acknowledged),
        TEST(a_repeated_inform_is_handed_over_once),
        TEST(a_repeated_inform_of_version_3_may_have_another_message_id),
        TEST(what_is_not_the_same_is_handed_over),
        TEST(an_acknowledged_inform_is_forgotten_after_a_while),
        TEST(a_dropped_inform_is_handed_over_again),
        TEST_OF(an_inform_waits_until_its_deadline, set_up_few),
        TEST_OF(only_so_many_informs_wait, set_up_few),
        TEST(large_informs_wait_only_as_memory_allows),
        TEST(a_sender_gets_no_more_than_it_takes),
        TEST(an_inform_waits_while_there_is_no_memory_for_an_answer),
        TEST(an_unknown_community_is_not_heard_and_costs_no_memory),
        TEST(strangers_hear_what_was_wrong_with_an_inform),
        TEST(an_unknown_engine_is_not_heard_and_costs_no_memory),
        TEST(without_a_digest_only_users_without_keys_are_heard),
        TEST_OF(a_program_may_hear_everybody, set_up_open),
        TEST(a_replayed_trap_is_not_handed_over),
        TEST(a_sender_with_another_time_is_told_the_time),
        TEST(what_is_no_notification_is_dropped),
        TEST(a_request_of_version_3_is_reported),
        TEST(what_is_not_whole_is_dropped),
        TEST(each_message_is_shown),
        TEST(bad_users_are_errors),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
