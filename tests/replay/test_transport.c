/* SPDX-License-Identifier: BSD-3-Clause */
/* The manager against peers that do only what these tests say, on a clock that stands still until it is
 * moved. */
#include "support/unit.h"

#include <errno.h>
#include <stdio.h>
#include <sys/socket.h>
#include <unistd.h>

#include <uvsnmp/agent_role.h>

#include "io/manager_impl.h"
#include "support/exchanges.h"
#include "support/scripted_peer.h"
#include "support/virtual_clock.h"

struct scene {
    uv_loop_t loop;
    struct scripted_peer *peer, *other;
    struct uvsnmp_manager *manager;
    unsigned unmatched;
    struct seen seen[8]; /* here, since closing the manager ends what a test left outstanding */
    char unmatched_data[64], unmatched_from[UVSNMP_ADDRESS_TEXT_MAX];
};

static void on_unmatched(struct uvsnmp_manager *manager, const struct uvsnmp_address *from,
                         const uint8_t *data, size_t size, void *arg)
{
    struct scene *scene = arg;
    (void)manager;
    scene->unmatched++;
    (void)snprintf(scene->unmatched_data, sizeof(scene->unmatched_data), "%.*s", (int)size,
                   (const char *)data);
    (void)uvsnmp_address_format(from, scene->unmatched_from, sizeof(scene->unmatched_from));
}

static void start_manager(struct scene *scene, struct uvsnmp_manager_options options)
{
    options.on_unmatched = on_unmatched;
    options.arg = scene;
    assert_int_equal(uvsnmp_manager_new(&scene->loop, &options, &scene->manager, NULL), 0);
}

static int set_up(void **state)
{
    struct scene *scene = calloc(1, sizeof(*scene));
    assert_int_equal(uv_loop_init(&scene->loop), 0);
    scene->peer = scripted_peer_new("127.0.0.1");
    scene->other = scripted_peer_new("127.0.0.2");
    start_manager(scene, (struct uvsnmp_manager_options){.key = first_octet_key});
    *state = scene;
    return 0;
}

static void close_manager(struct scene *scene)
{
    uvsnmp_manager_close(scene->manager, NULL, NULL);
    assert_int_equal(uv_run(&scene->loop, UV_RUN_DEFAULT), 0);
}

static int tear_down(void **state)
{
    struct scene *scene = *state;
    close_manager(scene);
    assert_int_equal(uv_loop_close(&scene->loop), 0);
    scripted_peer_free(scene->peer);
    scripted_peer_free(scene->other);
    free(scene);
    return 0;
}

static struct uvsnmp_manager_stats stats_of(const struct scene *scene)
{
    struct uvsnmp_manager_stats stats;
    uvsnmp_manager_stats(scene->manager, &stats);
    return stats;
}

/* The next request, which must have arrived with these octets. */
static struct scripted_request expect_request(struct scene *scene, struct scripted_peer *peer,
                                              const char *text)
{
    struct scripted_request request;
    assert_true(scripted_peer_wait(peer, &scene->loop, &request));
    assert_int_equal(request.size, strlen(text));
    assert_memory_equal(request.data, text, request.size);
    return request;
}

static void expect_silence(struct scripted_peer *peer)
{
    struct scripted_request request;
    assert_false(scripted_peer_receive(peer, &request));
}

static void answer(struct scene *scene, struct scripted_peer *peer, const struct scripted_request *request,
                   const char *text)
{
    scripted_peer_send(peer, request, text, strlen(text));
    virtual_clock_settle(&scene->loop);
}

/* ---- timeouts and retries ---- */

static void a_silent_peer_is_asked_retries_plus_one_times_and_no_more(void **state)
{
    struct scene *scene = *state;
    struct seen *seen = &scene->seen[0];
    struct uvsnmp_send send = send_text(scripted_peer_address(scene->peer), "ask", seen);
    send.retries = 5;
    (void)must_send(scene->manager, &send);
    for (int i = 0; i < 6; i++) {
        (void)expect_request(scene, scene->peer, "ask");
        virtual_clock_advance(&scene->loop, 999);
        expect_silence(scene->peer);
        assert_int_equal(seen->calls, 0);
        virtual_clock_advance(&scene->loop, 1);
    }
    assert_int_equal(seen->calls, 1);
    assert_int_equal(seen->status, UVSNMP_ETIMEOUT);
    assert_int_equal(seen->attempts, 6);
    assert_string_equal(seen->from, scripted_peer_address(scene->peer));
    assert_non_null(strstr(seen->detail, "after 6 attempts"));
    expect_silence(scene->peer);
    assert_int_equal(stats_of(scene).sent, 6);
    assert_int_equal(stats_of(scene).retries, 5);
    assert_int_equal(stats_of(scene).timeouts, 1);
    virtual_clock_advance(&scene->loop, 100000);
    expect_silence(scene->peer);
    assert_int_equal(seen->calls, 1);
}

static void without_retries_one_timeout_ends_it(void **state)
{
    struct scene *scene = *state;
    struct seen *seen = &scene->seen[0];
    struct uvsnmp_send send = send_text(scripted_peer_address(scene->peer), "ask", seen);
    send.timeout_ms = 200;
    (void)must_send(scene->manager, &send);
    virtual_clock_advance(&scene->loop, 199);
    assert_int_equal(seen->calls, 0);
    virtual_clock_advance(&scene->loop, 1);
    assert_int_equal(seen->status, UVSNMP_ETIMEOUT);
    assert_int_equal(seen->attempts, 1);
    assert_non_null(strstr(seen->detail, "after 1 attempt"));
}

static void the_answer_to_a_retry_ends_it(void **state)
{
    struct scene *scene = *state;
    struct seen *seen = &scene->seen[0];
    struct scripted_request request;
    struct uvsnmp_send send = send_text(scripted_peer_address(scene->peer), "ask", seen);
    send.retries = 5;
    (void)must_send(scene->manager, &send);
    (void)expect_request(scene, scene->peer, "ask");
    virtual_clock_advance(&scene->loop, 1000);
    request = expect_request(scene, scene->peer, "ask");
    answer(scene, scene->peer, &request, "answer");
    assert_int_equal(seen->calls, 1);
    assert_string_equal(seen->data, "answer");
    assert_int_equal(seen->attempts, 2);
    virtual_clock_advance(&scene->loop, 10000);
    expect_silence(scene->peer);
    assert_int_equal(stats_of(scene).in_flight, 0);
}

static void the_deadline_cuts_the_retries_short(void **state)
{
    struct scene *scene = *state;
    struct seen *seen = &scene->seen[0];
    struct uvsnmp_send send = send_text(scripted_peer_address(scene->peer), "ask", seen);
    send.retries = 5;
    send.deadline_ms = 2500;
    (void)must_send(scene->manager, &send);
    virtual_clock_advance(&scene->loop, 2499);
    assert_int_equal(seen->calls, 0);
    virtual_clock_advance(&scene->loop, 1);
    assert_int_equal(seen->status, UVSNMP_EDEADLINE);
    assert_int_equal(seen->attempts, 3);
    assert_non_null(strstr(seen->detail, "2500 ms"));
}

static void exchanges_with_different_timeouts_do_not_disturb_each_other(void **state)
{
    enum { COUNT = 8 };
    struct scene *scene = *state;
    struct seen *seen = scene->seen;
    for (int i = 0; i < COUNT; i++) {
        struct uvsnmp_send send = send_text(scripted_peer_address(scene->peer), "ask", &seen[i]);
        send.timeout_ms = (uint64_t)(COUNT - i) * 100;
        (void)must_send(scene->manager, &send);
    }
    for (int i = 0; i < COUNT; i++) {
        virtual_clock_advance(&scene->loop, 100);
        for (int k = 0; k < COUNT; k++) {
            assert_int_equal(seen[k].calls, k >= COUNT - 1 - i);
        }
    }
}

/* ---- answers at the wrong time ---- */

static void an_answer_that_comes_during_the_second_attempt_counts(void **state)
{
    struct scene *scene = *state;
    struct seen *seen = &scene->seen[0];
    struct scripted_request first;
    struct uvsnmp_send send = send_text(scripted_peer_address(scene->peer), "ask", seen);
    send.retries = 1;
    (void)must_send(scene->manager, &send);
    first = expect_request(scene, scene->peer, "ask");
    virtual_clock_advance(&scene->loop, 1500);
    (void)expect_request(scene, scene->peer, "ask");
    answer(scene, scene->peer, &first, "a late one");
    assert_int_equal(seen->calls, 1);
    assert_string_equal(seen->data, "a late one");
}

static void an_answer_after_the_last_timeout_is_unmatched(void **state)
{
    struct scene *scene = *state;
    struct seen *seen = &scene->seen[0];
    struct scripted_request request;
    struct uvsnmp_send send = send_text(scripted_peer_address(scene->peer), "ask", seen);
    (void)must_send(scene->manager, &send);
    request = expect_request(scene, scene->peer, "ask");
    virtual_clock_advance(&scene->loop, 1000);
    assert_int_equal(seen->status, UVSNMP_ETIMEOUT);
    answer(scene, scene->peer, &request, "a late one");
    assert_int_equal(seen->calls, 1);
    assert_int_equal(scene->unmatched, 1);
    assert_string_equal(scene->unmatched_data, "a late one");
    assert_string_equal(scene->unmatched_from, scripted_peer_address(scene->peer));
    assert_int_equal(stats_of(scene).unmatched, 1);
    assert_int_equal(stats_of(scene).wrong_source, 0);
}

static void the_second_of_two_equal_answers_is_unmatched(void **state)
{
    struct scene *scene = *state;
    struct seen *seen = &scene->seen[0];
    struct scripted_request request;
    struct uvsnmp_send send = send_text(scripted_peer_address(scene->peer), "ask", seen);
    (void)must_send(scene->manager, &send);
    request = expect_request(scene, scene->peer, "ask");
    scripted_peer_send(scene->peer, &request, "answer", 6);
    answer(scene, scene->peer, &request, "answer");
    assert_int_equal(seen->calls, 1);
    assert_int_equal(scene->unmatched, 1);
}

static void answers_in_another_order_find_their_exchanges(void **state)
{
    struct scene *scene = *state;
    struct seen *seen = scene->seen;
    struct scripted_request requests[3];
    const char *const texts[] = {"1", "2", "3"};
    for (int i = 0; i < 3; i++) {
        struct uvsnmp_send send = send_text(scripted_peer_address(scene->peer), texts[i], &seen[i]);
        (void)must_send(scene->manager, &send);
    }
    for (int i = 0; i < 3; i++) {
        requests[i] = expect_request(scene, scene->peer, texts[i]);
    }
    answer(scene, scene->peer, &requests[0], "3 third");
    answer(scene, scene->peer, &requests[0], "1 first");
    answer(scene, scene->peer, &requests[0], "2 second");
    assert_string_equal(seen[0].data, "1 first");
    assert_string_equal(seen[1].data, "2 second");
    assert_string_equal(seen[2].data, "3 third");
}

/* ---- answers from the wrong place, or of the wrong kind ---- */

static void a_forged_answer_from_another_address_is_ignored_and_counted(void **state)
{
    struct scene *scene = *state;
    struct seen *seen = &scene->seen[0];
    struct scripted_request request;
    struct uvsnmp_send send = send_text(scripted_peer_address(scene->peer), "ask", seen);
    (void)must_send(scene->manager, &send);
    request = expect_request(scene, scene->peer, "ask");
    answer(scene, scene->other, &request, "a forged one");
    assert_int_equal(seen->calls, 0);
    assert_int_equal(scene->unmatched, 1);
    assert_string_equal(scene->unmatched_from, scripted_peer_address(scene->other));
    assert_int_equal(stats_of(scene).wrong_source, 1);
    answer(scene, scene->peer, &request, "a true one");
    assert_string_equal(seen->data, "a true one");
}

static void an_answer_from_another_port_of_the_peer_is_ignored(void **state)
{
    struct scene *scene = *state;
    struct seen *seen = &scene->seen[0];
    struct scripted_request request;
    struct scripted_peer *neighbour = scripted_peer_new("127.0.0.1");
    struct uvsnmp_send send = send_text(scripted_peer_address(scene->peer), "ask", seen);
    (void)must_send(scene->manager, &send);
    request = expect_request(scene, scene->peer, "ask");
    answer(scene, neighbour, &request, "a forged one");
    assert_int_equal(seen->calls, 0);
    assert_int_equal(stats_of(scene).wrong_source, 1);
    scripted_peer_free(neighbour);
}

static void answers_with_another_key_or_none_are_unmatched(void **state)
{
    struct scene *scene = *state;
    struct seen *seen = &scene->seen[0];
    struct scripted_request request;
    struct uvsnmp_send send = send_text(scripted_peer_address(scene->peer), "ask", seen);
    (void)must_send(scene->manager, &send);
    request = expect_request(scene, scene->peer, "ask");
    answer(scene, scene->peer, &request, "b has another key");
    answer(scene, scene->peer, &request, "? is no message");
    answer(scene, scene->peer, &request, "");
    assert_int_equal(seen->calls, 0);
    assert_int_equal(scene->unmatched, 3);
    assert_int_equal(stats_of(scene).wrong_source, 0);
}

static void two_exchanges_may_share_a_key_with_different_peers(void **state)
{
    struct scene *scene = *state;
    struct seen *seen = &scene->seen[0], *other_seen = &scene->seen[1];
    struct scripted_request request, other_request;
    struct uvsnmp_send send = send_text(scripted_peer_address(scene->peer), "ask", seen);
    (void)must_send(scene->manager, &send);
    send = send_text(scripted_peer_address(scene->other), "ask", other_seen);
    (void)must_send(scene->manager, &send);
    request = expect_request(scene, scene->peer, "ask");
    other_request = expect_request(scene, scene->other, "ask");
    answer(scene, scene->peer, &request, "a one");
    assert_string_equal(seen->data, "a one");
    assert_int_equal(other_seen->calls, 0);
    answer(scene, scene->other, &other_request, "a other");
    assert_string_equal(other_seen->data, "a other");
}

static void without_a_matching_rule_the_oldest_exchange_is_answered(void **state)
{
    struct scene *scene = *state;
    struct seen *first = &scene->seen[0], *second = &scene->seen[1];
    struct scripted_request request;
    struct uvsnmp_send send;
    close_manager(scene);
    start_manager(scene, (struct uvsnmp_manager_options){0});
    send = send_text(scripted_peer_address(scene->peer), "one", first);
    (void)must_send(scene->manager, &send);
    send = send_text(scripted_peer_address(scene->peer), "two", second);
    (void)must_send(scene->manager, &send);
    request = expect_request(scene, scene->peer, "one");
    answer(scene, scene->peer, &request, "anything");
    assert_string_equal(first->data, "anything");
    assert_int_equal(second->calls, 0);
    answer(scene, scene->peer, &request, "at all");
    assert_string_equal(second->data, "at all");
    answer(scene, scene->peer, &request, "unasked");
    assert_string_equal(scene->unmatched_data, "unasked");
}

/* ---- one message per attempt ---- */

static ptrdiff_t encode_attempt(uint8_t *buffer, size_t capacity, unsigned attempt, uint64_t *key, void *arg)
{
    (void)arg;
    assert_true(capacity >= 1400);
    if (attempt == 2) {
        return UVSNMP_EBAD_VALUE;
    }
    buffer[0] = (uint8_t)('a' + attempt);
    *key = buffer[0];
    return 1;
}

static void each_attempt_can_have_its_own_message_and_key(void **state)
{
    struct scene *scene = *state;
    struct seen *seen = &scene->seen[0];
    struct scripted_request request;
    struct uvsnmp_send send = send_text(scripted_peer_address(scene->peer), "", seen);
    send.data = NULL;
    send.encode = encode_attempt;
    send.retries = 5;
    (void)must_send(scene->manager, &send);
    request = expect_request(scene, scene->peer, "a");
    virtual_clock_advance(&scene->loop, 1000);
    (void)expect_request(scene, scene->peer, "b");
    answer(scene, scene->peer, &request, "a too late");
    assert_int_equal(seen->calls, 0);
    assert_int_equal(scene->unmatched, 1);
    answer(scene, scene->peer, &request, "b right");
    assert_string_equal(seen->data, "b right");
}

static void an_error_of_the_encoder_ends_the_exchange(void **state)
{
    struct scene *scene = *state;
    struct seen *seen = &scene->seen[0];
    struct uvsnmp_send send = send_text(scripted_peer_address(scene->peer), "", seen);
    send.data = NULL;
    send.encode = encode_attempt;
    send.retries = 5;
    (void)must_send(scene->manager, &send);
    virtual_clock_advance(&scene->loop, 2000);
    assert_int_equal(seen->calls, 1);
    assert_int_equal(seen->status, UVSNMP_EBAD_VALUE);
    assert_string_equal(seen->detail, "bad value");
    assert_int_equal(seen->attempts, 2);
}

/* ---- slots ---- */

static void no_more_are_in_flight_than_allowed_and_the_others_wait(void **state)
{
    struct scene *scene = *state;
    struct seen *seen = scene->seen;
    struct scripted_request request;
    const char *const texts[] = {"1", "2", "3", "4"};
    close_manager(scene);
    start_manager(scene, (struct uvsnmp_manager_options){.key = first_octet_key, .max_in_flight = 2});
    for (int i = 0; i < 4; i++) {
        struct uvsnmp_send send = send_text(scripted_peer_address(scene->peer), texts[i], &seen[i]);
        send.deadline_ms = i == 3 ? 900 : 0;
        (void)must_send(scene->manager, &send);
    }
    request = expect_request(scene, scene->peer, "1");
    (void)expect_request(scene, scene->peer, "2");
    virtual_clock_advance(&scene->loop, 500);
    expect_silence(scene->peer);
    assert_int_equal(stats_of(scene).in_flight, 2);
    assert_int_equal(stats_of(scene).outstanding, 4);
    answer(scene, scene->peer, &request, "1");
    (void)expect_request(scene, scene->peer, "3");
    /* the deadline counts while waiting, the timeout does not */
    virtual_clock_advance(&scene->loop, 400);
    assert_int_equal(seen[3].status, UVSNMP_EDEADLINE);
    assert_int_equal(seen[3].attempts, 0);
    virtual_clock_advance(&scene->loop, 100);
    assert_int_equal(seen[1].status, UVSNMP_ETIMEOUT);
    assert_int_equal(seen[2].calls, 0);
    virtual_clock_advance(&scene->loop, 500);
    assert_int_equal(seen[2].status, UVSNMP_ETIMEOUT);
    assert_int_equal(stats_of(scene).in_flight, 0);
    expect_silence(scene->peer);
}

static void a_retry_keeps_its_slot(void **state)
{
    struct scene *scene = *state;
    struct seen *seen = scene->seen;
    struct uvsnmp_send send;
    close_manager(scene);
    start_manager(scene, (struct uvsnmp_manager_options){.key = first_octet_key, .max_in_flight = 1});
    send = send_text(scripted_peer_address(scene->peer), "1", &seen[0]);
    send.retries = 1;
    (void)must_send(scene->manager, &send);
    send = send_text(scripted_peer_address(scene->peer), "2", &seen[1]);
    (void)must_send(scene->manager, &send);
    (void)expect_request(scene, scene->peer, "1");
    virtual_clock_advance(&scene->loop, 1000);
    (void)expect_request(scene, scene->peer, "1");
    expect_silence(scene->peer);
    virtual_clock_advance(&scene->loop, 1000);
    assert_int_equal(seen[0].status, UVSNMP_ETIMEOUT);
    (void)expect_request(scene, scene->peer, "2");
}

static void cancelling_one_frees_its_slot(void **state)
{
    struct scene *scene = *state;
    struct seen *seen = scene->seen;
    struct uvsnmp_send send;
    struct uvsnmp_exchange *first;
    close_manager(scene);
    start_manager(scene, (struct uvsnmp_manager_options){.key = first_octet_key, .max_in_flight = 1});
    send = send_text(scripted_peer_address(scene->peer), "1", &seen[0]);
    first = must_send(scene->manager, &send);
    send = send_text(scripted_peer_address(scene->peer), "2", &seen[1]);
    (void)must_send(scene->manager, &send);
    (void)expect_request(scene, scene->peer, "1");
    uvsnmp_exchange_cancel(first);
    assert_int_equal(seen[0].calls, 0);
    (void)expect_request(scene, scene->peer, "2");
    assert_int_equal(seen[0].status, UVSNMP_ECANCELLED);
    assert_int_equal(seen[0].attempts, 1);
}

/* ---- an encoder that does as it likes ---- */

static void ignore_result(const struct uvsnmp_exchange_result *result, void *arg)
{
    (void)result;
    (void)arg;
}

struct meddler {
    struct scene *scene;
    const char *peer;
    struct uvsnmp_exchange *victim;
    unsigned encoded;
    bool closes;
};

static ptrdiff_t encode_and_meddle(uint8_t *buffer, size_t capacity, unsigned attempt, uint64_t *key,
                                   void *arg)
{
    struct meddler *meddler = arg;
    (void)capacity;
    (void)attempt;
    meddler->encoded++;
    if (meddler->closes) {
        uvsnmp_manager_close(meddler->scene->manager, NULL, NULL);
        meddler->scene->manager = NULL;
    } else if (meddler->victim) {
        uvsnmp_exchange_cancel(meddler->victim);
        meddler->victim = NULL;
    } else if (meddler->encoded < 100) {
        struct uvsnmp_send send = send_text(meddler->peer, "", &meddler->scene->seen[1]);
        send.data = NULL;
        send.encode = encode_and_meddle;
        send.arg = meddler;
        send.done = ignore_result;
        (void)must_send(meddler->scene->manager, &send);
    }
    buffer[0] = 'm';
    *key = 'm';
    return 1;
}

static struct uvsnmp_exchange *send_meddling(struct meddler *meddler)
{
    struct uvsnmp_send send;
    if (!meddler->peer) {
        meddler->peer = scripted_peer_address(meddler->scene->peer);
    }
    send = send_text(meddler->peer, "", &meddler->scene->seen[0]);
    send.data = NULL;
    send.encode = encode_and_meddle;
    send.arg = meddler;
    send.done = ignore_result;
    return must_send(meddler->scene->manager, &send);
}

static void an_encoder_may_cancel_its_own_exchange(void **state)
{
    struct scene *scene = *state;
    struct meddler meddler = {.scene = scene};
    meddler.victim = send_meddling(&meddler);
    virtual_clock_settle(&scene->loop);
    assert_int_equal(meddler.encoded, 1);
    assert_int_equal(stats_of(scene).outstanding, 0);
    assert_int_equal(stats_of(scene).in_flight, 0);
    expect_silence(scene->peer);
}

static void an_encoder_may_cancel_another_and_send_more(void **state)
{
    struct scene *scene = *state;
    struct meddler meddler = {.scene = scene};
    struct uvsnmp_send send = send_text(scripted_peer_address(scene->peer), "ask", &scene->seen[2]);
    meddler.victim = must_send(scene->manager, &send); /* in the same batch, before the meddler */
    (void)send_meddling(&meddler);
    (void)send_meddling(&meddler);
    for (int i = 0; i < 5; i++) {
        virtual_clock_settle(&scene->loop);
    }
    assert_int_equal(scene->seen[2].status, UVSNMP_ECANCELLED);
    assert_int_equal(scene->seen[2].attempts, 0);
    assert_int_equal(meddler.encoded, 100);
    assert_int_equal(expect_request(scene, scene->peer, "m").size, 1);
    virtual_clock_advance(&scene->loop, 1000);
    assert_int_equal(stats_of(scene).outstanding, 0);
    assert_int_equal(stats_of(scene).in_flight, 0);
}

static void an_encoder_that_always_sends_more_does_not_hold_up_the_loop(void **state)
{
    struct scene *scene = *state;
    struct meddler meddler = {.scene = scene};
    (void)send_meddling(&meddler);
    (void)uv_run(&scene->loop, UV_RUN_NOWAIT);
    assert_true(meddler.encoded >= 1 && meddler.encoded < 10);
    while (meddler.encoded < 100) {
        /* it goes on by itself: the loop does not wait */
        (void)uv_run(&scene->loop, UV_RUN_ONCE);
    }
}

static void an_encoder_may_close_the_manager(void **state)
{
    struct scene *scene = *state;
    struct meddler meddler = {.scene = scene, .closes = true};
    struct uvsnmp_send send = send_text(scripted_peer_address(scene->peer), "ask", &scene->seen[2]);
    (void)must_send(scene->manager, &send);
    (void)send_meddling(&meddler);
    send = send_text(scripted_peer_address(scene->peer), "more", &scene->seen[3]);
    (void)must_send(scene->manager, &send);
    virtual_clock_settle(&scene->loop);
    assert_int_equal(scene->seen[2].status, UVSNMP_ECANCELLED);
    assert_int_equal(scene->seen[3].status, UVSNMP_ECANCELLED);
    start_manager(scene, (struct uvsnmp_manager_options){0}); /* for the end of the test */
}

/* ---- what the network says about a peer ---- */

/* As if an ICMP error about `peer` had come, with these octets as those that we had sent. */
static void report_refused(struct scene *scene, const struct scripted_peer *peer, const char *octets)
{
    struct io_udp *udp = &scene->manager->sockets[MANAGER_V4].udp;
    struct io_udp_error error = {
        .errno_value = ECONNREFUSED, .data = (const uint8_t *)octets, .size = strlen(octets)};
    assert_int_equal(uvsnmp_address_parse(scripted_peer_address(peer), 0, &error.peer, NULL), 0);
    udp->ops->peer_error(udp, &error);
    virtual_clock_settle(&scene->loop);
}

static bool second_octet_key(const uint8_t *data, size_t size, uint64_t *key)
{
    return size > 1 && first_octet_key(data + 1, size - 1, key);
}

static void an_error_must_return_octets_of_a_message_outstanding(void **state)
{
    struct scene *scene = *state;
    struct seen *seen = scene->seen;
    struct uvsnmp_send send;
    close_manager(scene);
    start_manager(scene, (struct uvsnmp_manager_options){.key = first_octet_key, .sent_key = second_octet_key});
    for (unsigned i = 0; i < 3; i++) {
        send = send_text(scripted_peer_address(i < 2 ? scene->peer : scene->other), "qa", &seen[i]);
        send.key = 'a' + i;
        (void)must_send(scene->manager, &send);
    }
    virtual_clock_settle(&scene->loop);
    report_refused(scene, scene->peer, "nothing like what was sent");
    report_refused(scene, scene->peer, "qc"); /* the other one was asked that */
    report_refused(scene, scene->peer, "");
    report_refused(scene, scene->peer, "q");
    assert_int_equal(seen[0].calls + seen[1].calls + seen[2].calls, 0);
    /* right for one it ends all, since not each datagram gets an error */
    report_refused(scene, scene->peer, "qb and more");
    assert_int_equal(seen[0].status, UVSNMP_EREFUSED);
    assert_int_equal(seen[1].status, UVSNMP_EREFUSED);
    assert_int_equal(seen[2].calls, 0);
    report_refused(scene, scene->peer, "qb and more");
    report_refused(scene, scene->other, "qb and more");
    assert_int_equal(seen[2].calls, 0);
}

/* ---- streams ---- */

struct stream_agent {
    struct uvsnmp_agent_role *role;
    unsigned arrivals;
    struct uvsnmp_return_path path;
    char address[UVSNMP_ADDRESS_TEXT_MAX];
};

static void on_stream_arrival(struct uvsnmp_agent_role *role, const struct uvsnmp_arrival *arrival, void *arg)
{
    struct stream_agent *agent = arg;
    (void)role;
    agent->arrivals++;
    agent->path = *arrival->path;
}

static void start_stream_agent(struct scene *scene, struct stream_agent *agent, uint64_t idle_timeout_ms)
{
    const char *interface_ = "tcp:127.0.0.1:0";
    close_manager(scene);
    memset(agent, 0, sizeof(*agent));
    assert_int_equal(
        uvsnmp_agent_role_new(&scene->loop,
                              &(struct uvsnmp_agent_role_options){.interfaces = &interface_,
                                                                  .interface_count = 1,
                                                                  .frame = line_frame,
                                                                  .on_arrival = on_stream_arrival,
                                                                  .arg = agent,
                                                                  .idle_timeout_ms = idle_timeout_ms},
                              &agent->role, NULL),
        0);
    assert_true(uvsnmp_address_format(uvsnmp_agent_role_bound(agent->role, 0), agent->address,
                                      sizeof(agent->address)) > 0);
    start_manager(scene, (struct uvsnmp_manager_options){.key = first_octet_key, .frame = line_frame});
}

static void a_stream_sends_once_and_waits_as_long_as_all_attempts(void **state)
{
    struct scene *scene = *state;
    struct stream_agent agent;
    struct uvsnmp_send send;
    start_stream_agent(scene, &agent, 0);
    send = send_text(agent.address, "ask\n", &scene->seen[0]);
    send.retries = 5;
    (void)must_send(scene->manager, &send);
    turn_until(&scene->loop, &agent.arrivals, 1);
    virtual_clock_advance(&scene->loop, 5999);
    assert_int_equal(scene->seen[0].calls, 0);
    virtual_clock_advance(&scene->loop, 1);
    assert_int_equal(scene->seen[0].status, UVSNMP_ETIMEOUT);
    assert_int_equal(scene->seen[0].attempts, 1);
    assert_int_equal(agent.arrivals, 1);
    /* late on a stream is unmatched, too */
    assert_int_equal(uvsnmp_agent_role_reply(agent.role, &agent.path, "a\n", 2), 0);
    turn_until(&scene->loop, &scene->unmatched, 1);
    uvsnmp_agent_role_close(agent.role, NULL, NULL);
}

static void an_encoder_that_always_sends_more_on_a_stream_does_not_hold_up_the_loop(void **state)
{
    struct scene *scene = *state;
    struct meddler meddler = {.scene = scene};
    struct stream_agent agent;
    unsigned at_first;
    start_stream_agent(scene, &agent, 0);
    meddler.peer = agent.address;
    (void)send_meddling(&meddler);
    while (meddler.encoded == 0) {
        (void)uv_run(&scene->loop, UV_RUN_NOWAIT);
    }
    at_first = meddler.encoded;
    turn_until(&scene->loop, &meddler.encoded, 100);
    uvsnmp_agent_role_close(agent.role, NULL, NULL);
    assert_true(at_first < 10);
}

static void a_stream_peer_that_does_not_read_is_waited_for_30_seconds(void **state)
{
    enum { COUNT = 20 };
    struct scene *scene = *state;
    static char big[60000];
    static struct seen seen[COUNT];
    char directory[] = "/tmp/uvsnmp-replay-XXXXXX", peer[64];
    struct uvsnmp_address at;
    unsigned ended = 0;
    int listener = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    assert_non_null(mkdtemp(directory));
    (void)snprintf(peer, sizeof(peer), "unix:%s/socket", directory);
    assert_int_equal(uvsnmp_address_parse(peer, 0, &at, NULL), 0);
    assert_int_equal(bind(listener, &at.at.any, at.length), 0);
    assert_int_equal(listen(listener, 1), 0);
    close_manager(scene);
    start_manager(scene, (struct uvsnmp_manager_options){.key = first_octet_key, .frame = line_frame});
    /* more than the socket takes */
    for (int i = 0; i < COUNT; i++) {
        struct uvsnmp_send send = send_text(peer, "", &seen[i]);
        send.data = big;
        send.size = sizeof(big);
        send.timeout_ms = 0;
        (void)must_send(scene->manager, &send);
    }
    virtual_clock_settle(&scene->loop);
    assert_int_equal(unlink(at.at.local.sun_path), 0);
    assert_int_equal(rmdir(directory), 0);
    virtual_clock_advance(&scene->loop, 29999);
    for (int i = 0; i < COUNT; i++) {
        ended += seen[i].calls;
    }
    assert_true(ended < COUNT);
    virtual_clock_advance(&scene->loop, 1);
    assert_int_equal(seen[COUNT - 1].calls, 1);
    assert_int_equal(seen[COUNT - 1].status, UVSNMP_ETIMEOUT);
    assert_non_null(strstr(seen[COUNT - 1].detail, "does not take what it is sent"));
    assert_int_equal(stats_of(scene).outstanding, 0);
    (void)close(listener);
}

static void an_idle_connection_is_closed_by_either_side(void **state)
{
    struct scene *scene = *state;
    for (int i = 0; i < 2; i++) {
        struct stream_agent agent;
        struct uvsnmp_send send;
        start_stream_agent(scene, &agent, i == 0 ? 0 : 5000);
        send = send_text(agent.address, "ask\n", &scene->seen[0]);
        (void)must_send(scene->manager, &send);
        turn_until(&scene->loop, &agent.arrivals, 1);
        assert_int_equal(uvsnmp_agent_role_reply(agent.role, &agent.path, "a\n", 2), 0);
        turn_until(&scene->loop, &scene->seen[0].calls, 1);
        virtual_clock_advance(&scene->loop, i == 0 ? 29999 : 4999);
        assert_int_equal(uvsnmp_agent_role_reply(agent.role, &agent.path, "?\n", 2), 0);
        virtual_clock_advance(&scene->loop, 1);
        assert_int_equal(uvsnmp_agent_role_reply(agent.role, &agent.path, "?\n", 2), UVSNMP_EDISCONNECTED);
        uvsnmp_agent_role_close(agent.role, NULL, NULL);
    }
}

#define SCENE_TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        SCENE_TEST(a_silent_peer_is_asked_retries_plus_one_times_and_no_more),
        SCENE_TEST(without_retries_one_timeout_ends_it),
        SCENE_TEST(the_answer_to_a_retry_ends_it),
        SCENE_TEST(the_deadline_cuts_the_retries_short),
        SCENE_TEST(exchanges_with_different_timeouts_do_not_disturb_each_other),
        SCENE_TEST(an_answer_that_comes_during_the_second_attempt_counts),
        SCENE_TEST(an_answer_after_the_last_timeout_is_unmatched),
        SCENE_TEST(the_second_of_two_equal_answers_is_unmatched),
        SCENE_TEST(answers_in_another_order_find_their_exchanges),
        SCENE_TEST(a_forged_answer_from_another_address_is_ignored_and_counted),
        SCENE_TEST(an_answer_from_another_port_of_the_peer_is_ignored),
        SCENE_TEST(answers_with_another_key_or_none_are_unmatched),
        SCENE_TEST(two_exchanges_may_share_a_key_with_different_peers),
        SCENE_TEST(without_a_matching_rule_the_oldest_exchange_is_answered),
        SCENE_TEST(each_attempt_can_have_its_own_message_and_key),
        SCENE_TEST(an_error_of_the_encoder_ends_the_exchange),
        SCENE_TEST(no_more_are_in_flight_than_allowed_and_the_others_wait),
        SCENE_TEST(a_retry_keeps_its_slot),
        SCENE_TEST(cancelling_one_frees_its_slot),
        SCENE_TEST(an_encoder_may_cancel_its_own_exchange),
        SCENE_TEST(an_encoder_may_cancel_another_and_send_more),
        SCENE_TEST(an_encoder_that_always_sends_more_does_not_hold_up_the_loop),
        SCENE_TEST(an_encoder_may_close_the_manager),
        SCENE_TEST(an_error_must_return_octets_of_a_message_outstanding),
        SCENE_TEST(a_stream_sends_once_and_waits_as_long_as_all_attempts),
        SCENE_TEST(an_encoder_that_always_sends_more_on_a_stream_does_not_hold_up_the_loop),
        SCENE_TEST(a_stream_peer_that_does_not_read_is_waited_for_30_seconds),
        SCENE_TEST(an_idle_connection_is_closed_by_either_side),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
