/* SPDX-License-Identifier: BSD-3-Clause */
/* Whichever allocation fails: nothing crashes, nothing leaks, and each accepted send is called back once. */
#include "support/unit.h"

#include <stdio.h>
#include <sys/socket.h>
#include <unistd.h>

#include <uvsnmp/agent_role.h>

#include "support/alloc_fail.h"
#include "support/exchanges.h"

static void echo(struct uvsnmp_agent_role *role, const struct uvsnmp_arrival *arrival, void *arg)
{
    (void)arg;
    (void)uvsnmp_agent_role_reply(role, arrival->path, arrival->data, arrival->size);
}

static ptrdiff_t encode(uint8_t *buffer, size_t capacity, unsigned attempt, uint64_t *key, void *arg)
{
    (void)capacity;
    (void)attempt;
    (void)arg;
    memcpy(buffer, "e\n", 2);
    *key = 'e';
    return 2;
}

static struct uvsnmp_agent_role *make_agent(uv_loop_t *loop, const char *interface_)
{
    struct uvsnmp_agent_role *role = NULL;
    struct uvsnmp_error err = {0};
    int rc = uvsnmp_agent_role_new(
        loop,
        &(struct uvsnmp_agent_role_options){
            .interfaces = &interface_, .interface_count = 1, .frame = line_frame, .on_arrival = echo},
        &role, &err);
    if (rc < 0) {
        assert_int_equal(rc, UVSNMP_ENO_MEMORY);
        assert_int_equal(err.code, UVSNMP_ENO_MEMORY);
        assert_true(alloc_has_failed());
        return NULL;
    }
    return role;
}

/* Sends to the address, to the name, and with an encoder; returns how many were accepted. */
static unsigned send_some(struct uvsnmp_manager *manager, const char *peer, struct seen *seen)
{
    struct uvsnmp_send sends[3];
    char name[64];
    unsigned accepted = 0;
    (void)snprintf(name, sizeof(name), "%s:localhost:%s", strncmp(peer, "tcp", 3) == 0 ? "tcp" : "udp",
                   strrchr(peer, ':') + 1);
    for (int i = 0; i < 3; i++) {
        sends[i] = send_text(i == 1 ? name : peer, "hello\n", &seen[i]);
        sends[i].timeout_ms = 50;
        sends[i].deadline_ms = 200;
    }
    sends[2].data = NULL;
    sends[2].encode = encode;
    for (int i = 0; i < 3; i++) {
        struct uvsnmp_error err = {0};
        int rc = uvsnmp_manager_send(manager, &sends[i], NULL, &err);
        assert_true(rc == 0 || alloc_has_failed());
        assert_true(rc == 0 || err.code == rc);
        seen[i].calls = rc == 0 ? 0 : 1;
        accepted += rc == 0;
    }
    return accepted;
}

static void one_course(const char *interface_, unsigned fail_at)
{
    uv_loop_t loop;
    struct seen seen[3];
    struct uvsnmp_agent_role *role;
    struct uvsnmp_manager *manager = NULL;
    assert_int_equal(uv_loop_init(&loop), 0);
    alloc_fail_at(fail_at);
    role = make_agent(&loop, interface_);
    if (role) {
        char peer[UVSNMP_ADDRESS_TEXT_MAX];
        struct uvsnmp_manager_options options = {.key = first_octet_key, .frame = line_frame};
        assert_true(uvsnmp_address_format(uvsnmp_agent_role_bound(role, 0), peer, sizeof(peer)) > 0);
        if (uvsnmp_manager_new(&loop, &options, &manager, NULL) == 0) {
            (void)send_some(manager, peer, seen);
            for (int i = 0; i < 3; i++) {
                turn_until(&loop, &seen[i].calls, 1);
            }
            uvsnmp_manager_close(manager, NULL, NULL);
        }
        uvsnmp_agent_role_close(role, NULL, NULL);
    }
    must_close_loop(&loop);
    for (int i = 0; i < 3 && manager; i++) {
        assert_int_equal(seen[i].calls, 1);
        assert_true(seen[i].status == 0 || alloc_has_failed());
    }
}

static void fail_each(const char *interface_)
{
    unsigned n = 0;
    do {
        one_course(interface_, ++n);
    } while (alloc_has_failed());
    assert_true(n > 5);
    alloc_fail_at(0);
}

static void datagrams_survive_each_failure(void **state)
{
    (void)state;
    fail_each("udp:127.0.0.1:0");
}

static void streams_survive_each_failure(void **state)
{
    (void)state;
    fail_each("tcp:127.0.0.1:0");
}

static void count_arrival(struct uvsnmp_agent_role *role, const struct uvsnmp_arrival *arrival, void *arg)
{
    unsigned *arrivals = arg;
    (void)role;
    (void)arrival;
    (*arrivals)++;
}

static void what_arrives_needs_no_memory_that_may_not_be_there(void **state)
{
    const char *interface_ = "udp:127.0.0.1:0";
    unsigned arrivals = 0;
    unsigned long before;
    struct uvsnmp_agent_role_options options = {
        .interfaces = &interface_, .interface_count = 1, .on_arrival = count_arrival, .arg = &arrivals};
    const struct uvsnmp_address *bound;
    struct uvsnmp_agent_role *role;
    uv_loop_t loop;
    int fd = socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
    (void)state;
    assert_int_equal(uv_loop_init(&loop), 0);
    assert_int_equal(uvsnmp_agent_role_new(&loop, &options, &role, NULL), 0);
    bound = uvsnmp_agent_role_bound(role, 0);
    before = alloc_count();
    assert_int_equal(sendto(fd, "x", 1, 0, &bound->at.any, bound->length), 1);
    turn_until(&loop, &arrivals, 1);
    assert_int_equal(alloc_count(), before);
    uvsnmp_agent_role_close(role, NULL, NULL);
    (void)close(fd);
    must_close_loop(&loop);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(datagrams_survive_each_failure),
        cmocka_unit_test(streams_survive_each_failure),
        cmocka_unit_test(what_arrives_needs_no_memory_that_may_not_be_there),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
