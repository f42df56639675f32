/* SPDX-License-Identifier: BSD-3-Clause */
/* Exchanges that wait to be released, and answers that are judged, on a virtual clock. */
#include "support/unit.h"

#include "session/wait.h"
#include "support/exchanges.h"
#include "support/scripted_peer.h"
#include "support/virtual_clock.h"

struct scene {
    uv_loop_t *loop;
    struct scripted_peer *peer;
    struct uvsnmp_manager *manager;
    unsigned unmatched;
};

static void note_unmatched(struct uvsnmp_manager *manager, const struct uvsnmp_address *from,
                           const uint8_t *data, size_t size, void *arg)
{
    struct scene *scene = arg;
    (void)manager;
    (void)from;
    (void)data;
    (void)size;
    scene->unmatched++;
}

static void open_scene(struct scene *scene)
{
    const struct uvsnmp_manager_options options = {
        .key = first_octet_key, .on_unmatched = note_unmatched, .arg = scene};
    memset(scene, 0, sizeof(*scene));
    scene->loop = wait_loop_new();
    scene->peer = scripted_peer_new("127.0.0.1");
    assert_non_null(scene->peer);
    assert_int_equal(uvsnmp_manager_new(scene->loop, &options, &scene->manager, NULL), 0);
}

static void close_scene(struct scene *scene)
{
    uvsnmp_manager_close(scene->manager, NULL, NULL);
    assert_int_equal(wait_loop_run(scene->loop), 0);
    wait_loop_free(scene->loop);
    scripted_peer_free(scene->peer);
}

static struct uvsnmp_send held(const char *text, struct seen *seen)
{
    struct uvsnmp_send send = send_text(NULL, text, seen);
    send.key = (uint8_t)text[0];
    send.held = true;
    return send;
}

static struct uvsnmp_address address_of(const struct scene *scene)
{
    struct uvsnmp_address address;
    assert_int_equal(uvsnmp_address_parse(scripted_peer_address(scene->peer), 0, &address, NULL), 0);
    return address;
}

static void what_is_held_is_sent_once_it_is_released(void **state)
{
    struct scene scene;
    struct seen seen = {0};
    struct scripted_request request;
    (void)state;
    open_scene(&scene);
    const struct uvsnmp_send send = held("a question", &seen);
    const struct uvsnmp_address address = address_of(&scene);
    struct uvsnmp_exchange *exchange = must_send(scene.manager, &send);
    virtual_clock_advance(scene.loop, 60000); /* its timeout has not begun */
    assert_false(scripted_peer_receive(scene.peer, &request));
    assert_int_equal(seen.calls, 0);
    uvsnmp_exchange_release(exchange, &address, 0, NULL);
    uvsnmp_exchange_release(exchange, &address, UVSNMP_EGENERAL, "twice"); /* has no effect */
    assert_true(scripted_peer_wait(scene.peer, scene.loop, &request));
    scripted_peer_send(scene.peer, &request, "an answer", 9);
    virtual_clock_settle(scene.loop);
    assert_int_equal(seen.calls, 1);
    assert_int_equal(seen.status, 0);
    assert_string_equal(seen.data, "an answer");
    close_scene(&scene);
}

static void what_is_held_may_be_ended_with_a_reason(void **state)
{
    struct scene scene;
    struct seen seen = {0};
    (void)state;
    open_scene(&scene);
    const struct uvsnmp_send send = held("a question", &seen);
    struct uvsnmp_exchange *exchange = must_send(scene.manager, &send);
    uvsnmp_exchange_release(exchange, NULL, UVSNMP_ETIMEOUT, "nobody knows him");
    assert_int_equal(seen.calls, 0);
    virtual_clock_settle(scene.loop);
    assert_int_equal(seen.calls, 1);
    assert_int_equal(seen.status, UVSNMP_ETIMEOUT);
    assert_string_equal(seen.detail, "nobody knows him");
    assert_string_equal(seen.from, "");
    close_scene(&scene);
}

static void deadline_cancel_and_close_end_what_is_held(void **state)
{
    struct scene scene;
    struct seen late = {0}, cancelled = {0}, closed = {0};
    (void)state;
    open_scene(&scene);
    struct uvsnmp_send send = held("late", &late);
    send.deadline_ms = 300;
    (void)must_send(scene.manager, &send);
    send = held("cancelled", &cancelled);
    uvsnmp_exchange_cancel(must_send(scene.manager, &send));
    send = held("closed", &closed);
    (void)must_send(scene.manager, &send);
    virtual_clock_advance(scene.loop, 299);
    assert_int_equal(late.calls, 0);
    virtual_clock_advance(scene.loop, 1);
    assert_int_equal(late.status, UVSNMP_EDEADLINE);
    assert_int_equal(cancelled.status, UVSNMP_ECANCELLED);
    assert_int_equal(closed.calls, 0);
    close_scene(&scene);
    assert_int_equal(closed.status, UVSNMP_ECANCELLED);
    assert_int_equal(late.calls + cancelled.calls + closed.calls, 3);
}

static bool accept_good(const struct uvsnmp_address *from, const uint8_t *data, size_t size, void *arg)
{
    (void)from;
    (void)arg;
    return size > 1 && data[1] == '+';
}

static void an_answer_that_is_refused_leaves_the_exchange_waiting(void **state)
{
    struct scene scene;
    struct seen seen = {0};
    struct scripted_request request;
    struct uvsnmp_manager_stats stats;
    (void)state;
    open_scene(&scene);
    struct uvsnmp_send send = send_text(scripted_peer_address(scene.peer), "a?", &seen);
    send.key = 'a';
    send.accept = accept_good;
    (void)must_send(scene.manager, &send);
    assert_true(scripted_peer_wait(scene.peer, scene.loop, &request));
    scripted_peer_send(scene.peer, &request, "a-forged", 8);
    scripted_peer_send(scene.peer, &request, "b+other", 7);
    virtual_clock_settle(scene.loop);
    assert_int_equal(seen.calls, 0);
    assert_int_equal(scene.unmatched, 1); /* only the other one is told */
    uvsnmp_manager_stats(scene.manager, &stats);
    assert_int_equal(stats.unmatched, 2);
    scripted_peer_send(scene.peer, &request, "a+", 2);
    virtual_clock_settle(scene.loop);
    assert_int_equal(seen.calls, 1);
    assert_string_equal(seen.data, "a+");
    close_scene(&scene);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_held_is_sent_once_it_is_released),
        cmocka_unit_test(what_is_held_may_be_ended_with_a_reason),
        cmocka_unit_test(deadline_cancel_and_close_end_what_is_held),
        cmocka_unit_test(an_answer_that_is_refused_leaves_the_exchange_waiting),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
