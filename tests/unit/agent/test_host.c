/* SPDX-License-Identifier: BSD-3-Clause */
/* What the running system says of itself; nothing here may depend on which interfaces it has. */
#include <libmnl/libmnl.h>
#include <net/if.h>
#include <poll.h>
#include <stdio.h>
#include <sys/utsname.h>

#include "agent/host/host.h"
#include "support/unit.h"

/* Linked with --wrap: marks as interrupted what the first dumps give. */
ssize_t __real_mnl_socket_recvfrom(const struct mnl_socket *from, void *buffer, size_t size);
ssize_t __wrap_mnl_socket_recvfrom(const struct mnl_socket *from, void *buffer, size_t size);

static int interrupted_dumps, dumps;

ssize_t __wrap_mnl_socket_recvfrom(const struct mnl_socket *from, void *buffer, size_t size)
{
    ssize_t length = __real_mnl_socket_recvfrom(from, buffer, size);
    struct nlmsghdr *message = buffer;
    for (int left = (int)length; left > 0 && mnl_nlmsg_ok(message, left); message = mnl_nlmsg_next(message, &left)) {
        bool last = message->nlmsg_type == NLMSG_DONE;
        if (dumps < interrupted_dumps) {
            message->nlmsg_flags |= NLM_F_DUMP_INTR;
        }
        dumps += last;
    }
    return length;
}

struct suite {
    struct host *host;
    struct host_interfaces interfaces;
};

static int set_up(void **state)
{
    struct suite *suite = calloc(1, sizeof(*suite));
    if (host_new(&suite->host, NULL) == 0 &&
        host_interfaces_read(suite->host, NULL, &suite->interfaces, NULL) != 0) {
        host_free(suite->host);
        suite->host = NULL; /* a sandbox without netlink */
    }
    *state = suite;
    return 0;
}

static int tear_down(void **state)
{
    struct suite *suite = *state;
    host_interfaces_fini(&suite->interfaces);
    host_free(suite->host);
    free(suite);
    return 0;
}

static struct suite *suite_or_skip(void **state)
{
    struct suite *suite = *state;
    if (!suite->host) {
        skip();
    }
    return suite;
}

static void the_description_is_that_of_uname(void **state)
{
    char text[256], expected[1024];
    struct utsname name;
    (void)state;
    assert_int_equal(uname(&name), 0);
    snprintf(expected, sizeof(expected), "%s %s %s %s %s", name.sysname, name.nodename, name.release,
             name.version, name.machine);
    expected[255] = '\0';
    assert_int_equal(host_description(text, sizeof(text)), strlen(expected));
    assert_string_equal(text, expected);
    assert_int_equal(host_name(text, sizeof(text)), strlen(name.nodename));
    assert_string_equal(text, name.nodename);
}

static void texts_are_cut_to_what_fits(void **state)
{
    char text[4] = "xxx";
    (void)state;
    assert_true(host_description(text, sizeof(text)) < sizeof(text));
    assert_true(strlen(text) < sizeof(text));
}

static void the_loopback_is_among_the_interfaces(void **state)
{
    struct suite *suite = suite_or_skip(state);
    const struct host_interface *loopback =
        host_interfaces_find(&suite->interfaces, (int32_t)if_nametoindex("lo"));
    assert_non_null(loopback);
    assert_int_equal(loopback->name_size, 2);
    assert_memory_equal(loopback->name, "lo", 2);
    assert_int_equal(loopback->type, 24);
    assert_int_equal(loopback->address_size, 0);
    assert_false(loopback->connector);
    assert_true(loopback->mtu >= 1280);
    assert_int_equal(loopback->speed, 10000000);
}

static void interfaces_are_those_of_the_system_in_order(void **state)
{
    struct suite *suite = suite_or_skip(state);
    for (size_t i = 0; i < suite->interfaces.count; i++) {
        const struct host_interface *interface = &suite->interfaces.list[i];
        char name[IF_NAMESIZE] = "";
        assert_true(i == 0 || interface[-1].index < interface->index);
        assert_ptr_equal(host_interfaces_find(&suite->interfaces, interface->index), interface);
        if (if_indextoname((unsigned)interface->index, name)) { /* it may have gone meanwhile */
            assert_int_equal(interface->name_size, strlen(name));
            assert_memory_equal(interface->name, name, strlen(name));
        }
    }
    assert_null(host_interfaces_find(&suite->interfaces, INT32_MAX));
}

static void a_second_reading_reuses_the_first(void **state)
{
    struct suite *suite = suite_or_skip(state);
    struct host_interfaces again = {0};
    for (int i = 0; i < 3; i++) {
        assert_int_equal(host_interfaces_read(suite->host, &suite->interfaces, &again, NULL), 0);
        assert_true(again.count > 0);
    }
    const struct host_interface *old = &suite->interfaces.list[0], *new = &again.list[0];
    assert_int_equal(new->index, old->index);
    assert_int_equal(new->speed, old->speed);
    assert_true(new->in_octets >= old->in_octets);
    host_interfaces_fini(&again);
    assert_null(host_interfaces_find(&again, 1));
}

static void an_interrupted_dump_is_tried_again_and_then_taken_as_it_is(void **state)
{
    static const struct {
        int interrupted, dumps;
    } cases[] = {{0, 1}, {1, 2}, {2, 3}, {100, 3}};
    struct suite *suite = suite_or_skip(state);
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        struct host_interfaces again = {0};
        dumps = 0;
        interrupted_dumps = cases[i].interrupted;
        assert_int_equal(host_interfaces_read(suite->host, NULL, &again, NULL), 0);
        assert_true(again.count > 0);
        assert_int_equal(dumps, cases[i].dumps);
        host_interfaces_fini(&again);
    }
    interrupted_dumps = 0;
}

static void the_event_descriptor_is_quiet_after_it_was_drained(void **state)
{
    struct suite *suite = suite_or_skip(state);
    struct pollfd wait = {.fd = host_link_events(suite->host), .events = POLLIN};
    if (wait.fd < 0) {
        skip();
    }
    host_link_events_drain(suite->host); /* does not wait for an event */
    assert_true(poll(&wait, 1, 0) >= 0);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
    const struct CMUnitTest tests[] = {
        TEST(the_description_is_that_of_uname),     TEST(texts_are_cut_to_what_fits),
        TEST(the_loopback_is_among_the_interfaces), TEST(interfaces_are_those_of_the_system_in_order),
        TEST(an_interrupted_dump_is_tried_again_and_then_taken_as_it_is),
        TEST(a_second_reading_reuses_the_first),    TEST(the_event_descriptor_is_quiet_after_it_was_drained),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
