/* SPDX-License-Identifier: BSD-3-Clause */
/* SNMP requests against peers that answer late, twice, wrongly or not at all, on a virtual clock. */
#include "support/unit.h"

#include "msg/message.h"
#include "session/client.h"
#include "session/wait.h"
#include "support/scripted_peer.h"
#include "support/virtual_clock.h"

#define TIMEOUT_MS 1000

struct seen {
    int calls, status;
    int32_t number; /* the value that was answered */
    char detail[256];
};

struct scene {
    uv_loop_t *loop;
    struct scripted_peer *peer, *stranger;
    struct uvsnmp_client *client;
    struct uvsnmp_session *session;
};

static void note(struct uvsnmp_session *session, const struct uvsnmp_result *result, void *arg)
{
    struct seen *seen = arg;
    (void)session;
    seen->calls++;
    seen->status = result->status;
    strncpy(seen->detail, result->detail, sizeof(seen->detail) - 1);
    if (result->count > 0) {
        seen->number = (int32_t)result->varbinds[0].value.as.integer;
    }
}

static void open_scene(struct scene *scene, unsigned retries)
{
    scene->loop = wait_loop_new();
    scene->peer = scripted_peer_new("127.0.0.1");
    scene->stranger = scripted_peer_new("127.0.0.2");
    assert_non_null(scene->peer);
    assert_non_null(scene->stranger);
    const struct uvsnmp_session_options options = {
        .peer = scripted_peer_address(scene->peer),
        .version = UVSNMP_V2C,
        .community = {(const uint8_t *)"public", 6},
        .timeout_ms = TIMEOUT_MS,
        .retries = retries,
    };
    assert_int_equal(uvsnmp_client_new(scene->loop, NULL, &scene->client, NULL), 0);
    assert_int_equal(uvsnmp_session_new(scene->client, &options, &scene->session, NULL), 0);
}

static void close_scene(struct scene *scene)
{
    uvsnmp_session_free(scene->session);
    uvsnmp_client_close(scene->client, NULL, NULL);
    assert_int_equal(wait_loop_run(scene->loop), 0);
    wait_loop_free(scene->loop);
    scripted_peer_free(scene->peer);
    scripted_peer_free(scene->stranger);
}

static void ask(struct scene *scene, struct seen *seen, struct scripted_request *request)
{
    const struct uvsnmp_oid name = UVSNMP_OID(1, 3, 6, 1, 2, 1, 1, 7, 0);
    assert_int_equal(uvsnmp_get(scene->session, &name, 1, note, seen), 0);
    assert_true(scripted_peer_wait(scene->peer, scene->loop, request));
}

/* The answer with `number` to a request. */
static size_t answer_to(const struct scripted_request *request, int32_t number, uint8_t *out, size_t capacity)
{
    struct arena arena;
    struct msg_message message;
    arena_init(&arena, 0, 0);
    assert_int_equal(msg_decode(request->data, request->size, &arena, &message, NULL), 0);
    const struct uvsnmp_varbind varbind = {message.pdu.varbinds[0].name, uvsnmp_integer(number)};
    message.pdu.type = UVSNMP_PDU_RESPONSE;
    message.pdu.varbinds = &varbind;
    ptrdiff_t size = msg_encode(&message, out, capacity);
    assert_true(size > 0);
    memmove(out, out + capacity - size, (size_t)size);
    arena_fini(&arena);
    return (size_t)size;
}

static void answer(struct scene *scene, struct scripted_peer *from, const struct scripted_request *request,
                   int32_t number)
{
    uint8_t data[512];
    size_t size = answer_to(request, number, data, sizeof(data));
    scripted_peer_send(from, request, data, size);
    virtual_clock_settle(scene->loop);
}

static void each_attempt_waits_its_timeout(void **state)
{
    struct scene scene;
    struct seen seen = {0};
    struct scripted_request first, again;
    (void)state;
    open_scene(&scene, 2);
    ask(&scene, &seen, &first);
    for (int retry = 0; retry < 2; retry++) {
        virtual_clock_advance(scene.loop, TIMEOUT_MS - 1);
        assert_false(scripted_peer_receive(scene.peer, &again));
        virtual_clock_advance(scene.loop, 1);
        assert_true(scripted_peer_wait(scene.peer, scene.loop, &again));
        assert_int_equal(again.size, first.size);
        assert_memory_equal(again.data, first.data, first.size);
    }
    virtual_clock_advance(scene.loop, TIMEOUT_MS - 1);
    assert_int_equal(seen.calls, 0);
    virtual_clock_advance(scene.loop, 1);
    assert_int_equal(seen.calls, 1);
    assert_int_equal(seen.status, UVSNMP_ETIMEOUT);
    assert_false(scripted_peer_receive(scene.peer, &again));
    close_scene(&scene);
}

static void an_answer_to_an_earlier_attempt_counts(void **state)
{
    struct scene scene;
    struct seen seen = {0};
    struct scripted_request first, second;
    (void)state;
    open_scene(&scene, 3);
    ask(&scene, &seen, &first);
    virtual_clock_advance(scene.loop, TIMEOUT_MS);
    assert_true(scripted_peer_wait(scene.peer, scene.loop, &second));
    answer(&scene, scene.peer, &first, 5);
    assert_int_equal(seen.calls, 1);
    assert_int_equal(seen.number, 5);
    /* the answer to the second attempt comes too, and is of no interest any more */
    answer(&scene, scene.peer, &second, 6);
    virtual_clock_advance(scene.loop, 10 * TIMEOUT_MS);
    assert_int_equal(seen.calls, 1);
    assert_int_equal(seen.number, 5);
    close_scene(&scene);
}

static void an_answer_after_the_end_is_dropped(void **state)
{
    struct scene scene;
    struct seen seen = {0};
    struct scripted_request request;
    (void)state;
    open_scene(&scene, 0);
    ask(&scene, &seen, &request);
    virtual_clock_advance(scene.loop, TIMEOUT_MS);
    assert_int_equal(seen.calls, 1);
    assert_int_equal(seen.status, UVSNMP_ETIMEOUT);
    answer(&scene, scene.peer, &request, 5);
    assert_int_equal(seen.calls, 1);
    close_scene(&scene);
}

static void an_answer_from_somebody_else_is_not_believed(void **state)
{
    struct scene scene;
    struct seen forged = {0}, rescued = {0};
    struct scripted_request request;
    (void)state;
    open_scene(&scene, 0);
    ask(&scene, &forged, &request);
    answer(&scene, scene.stranger, &request, 666);
    assert_int_equal(forged.calls, 0);
    virtual_clock_advance(scene.loop, TIMEOUT_MS);
    assert_int_equal(forged.calls, 1);
    assert_int_equal(forged.status, UVSNMP_ETIMEOUT);
    assert_non_null(strstr(forged.detail, "from an address that was not asked"));
    ask(&scene, &rescued, &request);
    answer(&scene, scene.stranger, &request, 666);
    answer(&scene, scene.peer, &request, 7);
    assert_int_equal(rescued.calls, 1);
    assert_int_equal(rescued.status, 0);
    assert_int_equal(rescued.number, 7);
    close_scene(&scene);
}

static void an_answer_from_anywhere_counts_where_that_was_asked_for(void **state)
{
    struct scene scene;
    struct seen seen = {0};
    struct scripted_request request;
    (void)state;
    open_scene(&scene, 0);
    scene.session->target.any_source = true;
    ask(&scene, &seen, &request);
    answer(&scene, scene.stranger, &request, 7);
    assert_int_equal(seen.calls, 1);
    assert_int_equal(seen.number, 7);
    close_scene(&scene);
}

static void answers_may_change_places(void **state)
{
    struct scene scene;
    struct seen seen[2] = {{0}, {0}};
    struct scripted_request request[2];
    (void)state;
    open_scene(&scene, 0);
    ask(&scene, &seen[0], &request[0]);
    ask(&scene, &seen[1], &request[1]);
    answer(&scene, scene.peer, &request[1], 1);
    answer(&scene, scene.peer, &request[0], 0);
    for (int i = 0; i < 2; i++) {
        assert_int_equal(seen[i].calls, 1);
        assert_int_equal(seen[i].status, 0);
        assert_int_equal(seen[i].number, i);
    }
    close_scene(&scene);
}

/* Every truncation of an answer: the request goes on waiting, and the whole answer still counts. */
static void cut_off_answers_do_not_end_the_wait(void **state)
{
    struct scene scene;
    struct seen seen = {0};
    struct scripted_request request;
    uint8_t data[512];
    (void)state;
    open_scene(&scene, 0);
    ask(&scene, &seen, &request);
    size_t size = answer_to(&request, 9, data, sizeof(data));
    for (size_t cut = 0; cut < size; cut++) {
        scripted_peer_send(scene.peer, &request, data, cut);
        virtual_clock_settle(scene.loop);
        assert_int_equal(seen.calls, 0);
    }
    scripted_peer_send(scene.peer, &request, data, size);
    virtual_clock_settle(scene.loop);
    assert_int_equal(seen.calls, 1);
    assert_int_equal(seen.number, 9);
    close_scene(&scene);
}

/* Every bit of an answer turned: it answers, or fails, or is not recognised; it is never more than one of them. */
static void bent_answers_have_one_defined_end(void **state)
{
    struct scene scene;
    struct scripted_request request;
    uint8_t data[512];
    (void)state;
    open_scene(&scene, 0);
    for (size_t bit = 0;; bit++) {
        struct seen seen = {0};
        ask(&scene, &seen, &request);
        size_t size = answer_to(&request, 9, data, sizeof(data));
        if (bit == size * 8) {
            answer(&scene, scene.peer, &request, 9);
            break;
        }
        data[bit / 8] = (uint8_t)(data[bit / 8] ^ 1u << bit % 8);
        scripted_peer_send(scene.peer, &request, data, size);
        virtual_clock_settle(scene.loop);
        virtual_clock_advance(scene.loop, TIMEOUT_MS);
        assert_int_equal(seen.calls, 1);
        assert_true(seen.status == 0 || seen.status == UVSNMP_ETIMEOUT ||
                    uvsnmp_error_class(seen.status) == UVSNMP_EPROTOCOL);
        assert_true(seen.status == 0 || seen.detail[0] != '\0');
    }
    close_scene(&scene);
}

struct walked {
    unsigned variables;
    int ends;
    enum uvsnmp_walk_end end;
};

static int each(const struct uvsnmp_varbind *varbind, void *arg)
{
    (void)varbind;
    ((struct walked *)arg)->variables++;
    return 0;
}

static void walk_done(struct uvsnmp_session *session, const struct uvsnmp_walk_result *result, void *arg)
{
    struct walked *walked = arg;
    (void)session;
    walked->ends++;
    walked->end = result->end;
}

/* Answers a GETNEXT with the next of ten variables. */
static size_t next_answer(const struct scripted_request *request, uint8_t *out, size_t capacity)
{
    struct arena arena;
    struct msg_message message;
    uint32_t ids[] = {1, 3, 6, 1, 0};
    arena_init(&arena, 0, 0);
    assert_int_equal(msg_decode(request->data, request->size, &arena, &message, NULL), 0);
    struct uvsnmp_oid asked = message.pdu.varbinds[0].name;
    ids[4] = asked.count > 4 ? asked.ids[4] + 1 : 1;
    struct uvsnmp_varbind varbind = {{ids, COUNT_OF(ids)}, uvsnmp_integer(1)};
    if (ids[4] > 10) {
        varbind.name = asked;
        varbind.value = uvsnmp_empty(UVSNMP_END_OF_MIB_VIEW);
    }
    message.pdu.type = UVSNMP_PDU_RESPONSE;
    message.pdu.varbinds = &varbind;
    ptrdiff_t size = msg_encode(&message, out, capacity);
    assert_true(size > 0);
    memmove(out, out + capacity - size, (size_t)size);
    arena_fini(&arena);
    return (size_t)size;
}

/* Every second datagram is lost, every answer comes twice, and the old answers come again later. */
static void a_walk_survives_loss_and_duplicates(void **state)
{
    struct scene scene;
    struct walked walked = {0};
    struct scripted_request request;
    uint8_t data[512], old[512];
    size_t size, old_size = 0;
    (void)state;
    open_scene(&scene, 1);
    const struct uvsnmp_walk_options options = {
        .root = UVSNMP_OID(1, 3, 6, 1), .each = each, .done = walk_done, .arg = &walked};
    assert_int_equal(uvsnmp_walk(scene.session, &options), 0);
    for (int turn = 0; turn < 100 && walked.ends == 0; turn++) {
        assert_true(scripted_peer_wait(scene.peer, scene.loop, &request));
        if (turn % 2 == 0) {
            virtual_clock_advance(scene.loop, TIMEOUT_MS);
            continue;
        }
        if (old_size > 0) {
            scripted_peer_send(scene.peer, &request, old, old_size);
        }
        size = next_answer(&request, data, sizeof(data));
        scripted_peer_send(scene.peer, &request, data, size);
        scripted_peer_send(scene.peer, &request, data, size);
        virtual_clock_settle(scene.loop);
        memcpy(old, data, size);
        old_size = size;
    }
    assert_int_equal(walked.ends, 1);
    assert_int_equal(walked.end, UVSNMP_WALK_MIB_END);
    assert_int_equal(walked.variables, 10);
    close_scene(&scene);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_attempt_waits_its_timeout),
        cmocka_unit_test(an_answer_to_an_earlier_attempt_counts),
        cmocka_unit_test(an_answer_after_the_end_is_dropped),
        cmocka_unit_test(an_answer_from_somebody_else_is_not_believed),
        cmocka_unit_test(an_answer_from_anywhere_counts_where_that_was_asked_for),
        cmocka_unit_test(answers_may_change_places),
        cmocka_unit_test(cut_off_answers_do_not_end_the_wait),
        cmocka_unit_test(bent_answers_have_one_defined_end),
        cmocka_unit_test(a_walk_survives_loss_and_duplicates),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
