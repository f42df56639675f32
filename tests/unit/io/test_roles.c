/* SPDX-License-Identifier: BSD-3-Clause */
/* The two roles talking to each other over loopback. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include <uvsnmp/agent_role.h>
#include <uvsnmp/manager.h>

/* The protocol of these tests: the first octet is the key, the rest is text. */
static bool first_octet(const uint8_t *data, size_t size, uint64_t *key)
{
    if (size == 0) {
        return false;
    }
    *key = data[0];
    return true;
}

struct seen {
    unsigned calls;
    int status;
    unsigned attempts;
    char data[64];
    char detail[256];
    char from[UVSNMP_ADDRESS_TEXT_MAX];
};

static void note(const struct uvsnmp_exchange_result *result, void *arg)
{
    struct seen *seen = arg;
    seen->calls++;
    seen->status = result->status;
    seen->attempts = result->attempts;
    (void)snprintf(seen->detail, sizeof(seen->detail), "%s", result->detail);
    (void)snprintf(seen->data, sizeof(seen->data), "%.*s", (int)result->size,
                   result->data ? (const char *)result->data : "");
    if (result->from) {
        (void)uvsnmp_address_format(result->from, seen->from, sizeof(seen->from));
    }
}

/* Echoes, and closes itself when asked "Q". */
static void echo(struct uvsnmp_agent_role *role, const struct uvsnmp_arrival *arrival, void *arg)
{
    (void)arg;
    assert_int_equal(uvsnmp_agent_role_reply(role, arrival->path, arrival->data, arrival->size), 0);
}

static void a_message_comes_back_from_the_agent(void **state)
{
    uv_loop_t loop;
    const char *const interfaces[] = {"udp:127.0.0.1:0"};
    struct uvsnmp_agent_role_options agent_options = {.interfaces = interfaces, .interface_count = 1, .on_arrival = echo};
    struct uvsnmp_manager_options options = {.key = first_octet};
    struct uvsnmp_agent_role *role;
    struct uvsnmp_manager *manager;
    struct uvsnmp_error err;
    struct seen seen = {0};
    (void)state;
    assert_int_equal(uv_loop_init(&loop), 0);
    assert_int_equal(uvsnmp_agent_role_new(&loop, &agent_options, &role, &err), 0);
    assert_int_equal(uvsnmp_manager_new(&loop, &options, &manager, &err), 0);
    assert_int_equal(uvsnmp_manager_send(manager,
                                         &(struct uvsnmp_send){.address = uvsnmp_agent_role_bound(role, 0),
                                                               .data = "hello",
                                                               .size = 5,
                                                               .key = 'h',
                                                               .timeout_ms = 5000,
                                                               .done = note,
                                                               .arg = &seen},
                                         NULL, &err),
                     0);
    while (seen.calls == 0) {
        (void)uv_run(&loop, UV_RUN_ONCE);
    }
    assert_int_equal(seen.status, 0);
    assert_string_equal(seen.data, "hello");
    uvsnmp_manager_close(manager, NULL, NULL);
    uvsnmp_agent_role_close(role, NULL, NULL);
    assert_int_equal(uv_run(&loop, UV_RUN_DEFAULT), 0);
    assert_int_equal(uv_loop_close(&loop), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_message_comes_back_from_the_agent),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
