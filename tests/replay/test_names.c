/* SPDX-License-Identifier: BSD-3-Clause */
/* Peers given by name, where a name has the addresses that the test says: uv_getaddrinfo() is replaced here.
 */
#include "support/unit.h"

#include <stdio.h>
#include <string.h>

#include "support/exchanges.h"
#include "support/scripted_peer.h"
#include "support/virtual_clock.h"

#define ADDRESSES_MAX 8

/* ---- the lookup of this test ---- */

static struct {
    unsigned lookups;
    bool is_slow; /* lookups do not come back as long as this is set */
    int status;
    int family; /* asked for last */
    uv_getaddrinfo_cb found;
    uv_getaddrinfo_t *pending;
    unsigned count;
    struct addrinfo list[ADDRESSES_MAX];
    struct sockaddr_in6 addresses[ADDRESSES_MAX];
} names;

static void on_lookup_done(uv_idle_t *idle)
{
    uv_getaddrinfo_t *request = names.pending;
    if (names.is_slow) {
        return;
    }
    names.pending = NULL;
    names.found(request, names.status, names.status == 0 && names.count > 0 ? names.list : NULL);
    uv_close((uv_handle_t *)idle, (uv_close_cb)free);
}

int uv_getaddrinfo(uv_loop_t *loop, uv_getaddrinfo_t *request, uv_getaddrinfo_cb found, const char *node,
                   const char *service, const struct addrinfo *hints)
{
    uv_idle_t *idle = malloc(sizeof(*idle));
    assert_string_equal(node, "agent.example");
    assert_null(service);
    names.lookups++;
    names.family = hints->ai_family;
    names.found = found;
    names.pending = request;
    (void)uv_idle_init(loop, idle);
    (void)uv_idle_start(idle, on_lookup_done);
    return 0;
}

void uv_freeaddrinfo(struct addrinfo *found)
{
    (void)found;
}

/* `texts`: the addresses of the name, NULL at the end; the port comes from the text that is sent to. */
static void set_addresses(const char *const *texts)
{
    memset(&names, 0, sizeof(names));
    for (; texts[names.count]; names.count++) {
        struct addrinfo *found = &names.list[names.count];
        struct uvsnmp_address at;
        assert_int_equal(uvsnmp_address_parse(texts[names.count], 0, &at, NULL), 0);
        memcpy(&names.addresses[names.count], &at.at, at.length);
        found->ai_family = at.at.any.sa_family;
        found->ai_addrlen = at.length;
        found->ai_addr = (struct sockaddr *)(void *)&names.addresses[names.count];
        if (names.count > 0) {
            names.list[names.count - 1].ai_next = found;
        }
    }
}

/* ---- the scene: a peer at 127.0.0.2; nobody at 127.0.0.1 ---- */

struct scene {
    uv_loop_t loop;
    struct scripted_peer *peer;
    struct uvsnmp_manager *manager;
    char name[64]; /* agent.example with the peer's port */
    struct seen seen[8];
};

/* Nobody else is at this peer's port of another address. */
static struct scripted_peer *lonely_peer(void)
{
    struct scripted_peer *peer = NULL;
    for (int i = 0; i < 100 && !peer; i++) {
        char host[32];
        (void)snprintf(host, sizeof(host), "127.0.0.2:%u", quiet_port());
        peer = scripted_peer_new(host);
    }
    assert_non_null(peer);
    return peer;
}

static int set_up(void **state)
{
    struct scene *scene = calloc(1, sizeof(*scene));
    assert_int_equal(uv_loop_init(&scene->loop), 0);
    scene->peer = lonely_peer();
    assert_int_equal(
        uvsnmp_manager_new(&scene->loop,
                           &(struct uvsnmp_manager_options){.key = first_octet_key, .frame = line_frame},
                           &scene->manager, NULL),
        0);
    (void)snprintf(scene->name, sizeof(scene->name), "agent.example:%s",
                   strrchr(scripted_peer_address(scene->peer), ':') + 1);
    *state = scene;
    return 0;
}

static int tear_down(void **state)
{
    struct scene *scene = *state;
    uvsnmp_manager_close(scene->manager, NULL, NULL);
    must_close_loop(&scene->loop);
    scripted_peer_free(scene->peer);
    free(scene);
    return 0;
}

static struct uvsnmp_exchange *ask(struct scene *scene, const char *peer, unsigned retries, struct seen *seen)
{
    struct uvsnmp_send send = send_text(peer, "ask", seen);
    send.retries = retries;
    return must_send(scene->manager, &send);
}

static void answer_next(struct scene *scene, const char *text)
{
    struct scripted_request request;
    assert_true(scripted_peer_wait(scene->peer, &scene->loop, &request));
    scripted_peer_send(scene->peer, &request, text, strlen(text));
    virtual_clock_settle(&scene->loop);
}

static void expect_silence(struct scene *scene)
{
    struct scripted_request request;
    virtual_clock_settle(&scene->loop);
    assert_false(scripted_peer_receive(scene->peer, &request));
}

/* ---- tests ---- */

static void when_the_first_address_refuses_the_second_is_asked_at_once(void **state)
{
    struct scene *scene = *state;
    struct seen *seen = scene->seen;
    set_addresses((const char *const[]){"127.0.0.1", "127.0.0.2", NULL});
    (void)ask(scene, scene->name, 0, seen);
    answer_next(scene, "a");
    assert_int_equal(seen->calls, 1);
    assert_int_equal(seen->status, 0);
    assert_string_equal(seen->from, scripted_peer_address(scene->peer));
}

static void when_all_addresses_refuse_the_last_reason_is_told(void **state)
{
    struct scene *scene = *state;
    struct seen *seen = scene->seen;
    set_addresses((const char *const[]){"127.0.0.1", "127.0.0.3", NULL});
    (void)ask(scene, scene->name, 5, seen);
    virtual_clock_settle(&scene->loop);
    assert_int_equal(seen->calls, 1);
    assert_int_equal(seen->status, UVSNMP_EREFUSED);
    assert_non_null(strstr(seen->detail, "127.0.0.3"));
}

static void retries_go_round_the_addresses(void **state)
{
    struct scene *scene = *state;
    struct scripted_peer *peers[3] = {scene->peer};
    struct scripted_request first, request;
    char host[32];
    for (int i = 1; i < 3; i++) {
        (void)snprintf(host, sizeof(host), "127.0.0.%d:%s", 2 + i, strchr(scene->name, ':') + 1);
        peers[i] = scripted_peer_new(host);
        assert_non_null(peers[i]);
    }
    set_addresses((const char *const[]){"127.0.0.2", "127.0.0.3", "127.0.0.4", NULL});
    (void)ask(scene, scene->name, 3, scene->seen);
    for (int i = 0; i < 4; i++) {
        assert_true(scripted_peer_wait(peers[i % 3], &scene->loop, i == 1 ? &first : &request));
        for (int k = 0; k < 3; k++) {
            assert_false(scripted_peer_receive(peers[k], &request));
        }
        if (i < 3) {
            virtual_clock_advance(&scene->loop, 1000);
        }
    }
    assert_int_equal(scene->seen->calls, 0);
    /* who was asked before may answer late */
    scripted_peer_send(peers[1], &first, "a late one", 10);
    virtual_clock_settle(&scene->loop);
    assert_int_equal(scene->seen->calls, 1);
    assert_string_equal(scene->seen->data, "a late one");
    assert_string_equal(scene->seen->from, scripted_peer_address(peers[1]));
    assert_int_equal(scene->seen->attempts, 4);
    scripted_peer_free(peers[1]);
    scripted_peer_free(peers[2]);
}

static void ipv4_comes_before_ipv6(void **state)
{
    struct scene *scene = *state;
    struct seen *seen = scene->seen;
    set_addresses((const char *const[]){"::1", "127.0.0.2", NULL});
    (void)ask(scene, scene->name, 0, seen);
    answer_next(scene, "a");
    assert_int_equal(seen->status, 0);
    assert_int_equal(names.family, AF_UNSPEC);
}

static void ipv6_refused_leads_on_to_the_next(void **state)
{
    struct scene *scene = *state;
    struct seen *seen = scene->seen;
    if (!has_ipv6_loopback()) {
        print_message("no ::1 here\n");
        skip();
    }
    set_addresses((const char *const[]){"127.0.0.1", "::1", NULL});
    (void)ask(scene, scene->name, 0, seen);
    virtual_clock_settle(&scene->loop);
    assert_int_equal(seen->status, UVSNMP_EREFUSED);
    assert_non_null(strstr(seen->detail, "udp6:[::1]"));
}

static void the_scheme_chooses_the_family(void **state)
{
    static const struct {
        const char *scheme;
        int family;
    } cases[] = {{"udp", AF_INET}, {"udp6", AF_INET6}, {"tcp", AF_INET}, {"tcpv6", AF_INET6}};
    struct scene *scene = *state;
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        char name[80];
        set_addresses((const char *const[]){NULL});
        names.status = UV_EAI_NONAME;
        (void)snprintf(name, sizeof(name), "%s:%s", cases[i].scheme, scene->name);
        (void)ask(scene, name, 0, scene->seen);
        virtual_clock_settle(&scene->loop);
        assert_int_equal(names.family, cases[i].family);
        assert_int_equal(scene->seen->status, UVSNMP_EUNKNOWN_HOST);
        assert_non_null(strstr(scene->seen->detail, "agent.example"));
    }
}

static void a_name_without_addresses_is_unknown(void **state)
{
    struct scene *scene = *state;
    set_addresses((const char *const[]){NULL});
    (void)ask(scene, scene->name, 0, scene->seen);
    virtual_clock_settle(&scene->loop);
    assert_int_equal(scene->seen->status, UVSNMP_EUNKNOWN_HOST);
}

static void those_who_ask_together_share_a_lookup_and_later_ones_its_result(void **state)
{
    struct scene *scene = *state;
    set_addresses((const char *const[]){"127.0.0.2", NULL});
    for (int i = 0; i < 3; i++) {
        (void)ask(scene, scene->name, 0, &scene->seen[i]);
    }
    for (int i = 0; i < 3; i++) {
        answer_next(scene, "a");
    }
    for (int i = 0; i < 3; i++) {
        assert_int_equal(scene->seen[i].status, 0);
        assert_int_equal(scene->seen[i].calls, 1);
    }
    virtual_clock_advance(&scene->loop, 20000);
    (void)ask(scene, scene->name, 0, &scene->seen[3]);
    answer_next(scene, "a");
    assert_int_equal(names.lookups, 1);
    virtual_clock_advance(&scene->loop, 20000);
    (void)ask(scene, scene->name, 0, &scene->seen[4]);
    answer_next(scene, "a");
    assert_int_equal(names.lookups, 2);
}

static void a_failed_lookup_is_not_remembered(void **state)
{
    struct scene *scene = *state;
    set_addresses((const char *const[]){NULL});
    names.status = UV_EAI_AGAIN;
    (void)ask(scene, scene->name, 0, &scene->seen[0]);
    virtual_clock_settle(&scene->loop);
    assert_int_equal(scene->seen[0].status, UVSNMP_EUNKNOWN_HOST);
    set_addresses((const char *const[]){"127.0.0.2", NULL});
    (void)ask(scene, scene->name, 0, &scene->seen[1]);
    answer_next(scene, "a");
    assert_int_equal(scene->seen[1].status, 0);
}

static void the_deadline_counts_during_the_lookup_and_cancel_works(void **state)
{
    struct scene *scene = *state;
    struct uvsnmp_send send = send_text(scene->name, "ask", &scene->seen[0]);
    set_addresses((const char *const[]){"127.0.0.2", NULL});
    names.is_slow = true;
    send.deadline_ms = 100;
    (void)must_send(scene->manager, &send);
    uvsnmp_exchange_cancel(ask(scene, scene->name, 0, &scene->seen[1]));
    virtual_clock_advance(&scene->loop, 100);
    assert_int_equal(scene->seen[0].status, UVSNMP_EDEADLINE);
    assert_int_equal(scene->seen[0].attempts, 0);
    assert_string_equal(scene->seen[0].from, "");
    assert_int_equal(scene->seen[1].status, UVSNMP_ECANCELLED);
    names.is_slow = false;
    expect_silence(scene);
}

#define SCENE_TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        SCENE_TEST(when_the_first_address_refuses_the_second_is_asked_at_once),
        SCENE_TEST(when_all_addresses_refuse_the_last_reason_is_told),
        SCENE_TEST(retries_go_round_the_addresses),
        SCENE_TEST(ipv4_comes_before_ipv6),
        SCENE_TEST(ipv6_refused_leads_on_to_the_next),
        SCENE_TEST(the_scheme_chooses_the_family),
        SCENE_TEST(a_name_without_addresses_is_unknown),
        SCENE_TEST(those_who_ask_together_share_a_lookup_and_later_ones_its_result),
        SCENE_TEST(a_failed_lookup_is_not_remembered),
        SCENE_TEST(the_deadline_counts_during_the_lookup_and_cancel_works),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
