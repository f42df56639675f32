/* SPDX-License-Identifier: BSD-3-Clause */
#include "support/exchanges.h"

#include <stdio.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/random.h"
#include "support/unit.h"

#define PATIENCE_NS 20000000000u

void note_result(const struct uvsnmp_exchange_result *result, void *arg)
{
    struct seen *seen = arg;
    seen->calls++;
    seen->status = result->status;
    seen->attempts = result->attempts;
    assert_non_null(result->detail);
    (void)snprintf(seen->detail, sizeof(seen->detail), "%s", result->detail);
    (void)snprintf(seen->data, sizeof(seen->data), "%.*s", (int)result->size,
                   result->data ? (const char *)result->data : "");
    seen->from[0] = '\0';
    if (result->from) {
        (void)uvsnmp_address_format(result->from, seen->from, sizeof(seen->from));
    }
}

bool first_octet_key(const uint8_t *data, size_t size, uint64_t *key)
{
    if (size == 0 || data[0] == '?') {
        return false;
    }
    *key = data[0];
    return true;
}

ptrdiff_t line_frame(const uint8_t *data, size_t size)
{
    const uint8_t *end = memchr(data, '\n', size);
    if (data[0] == '!') {
        return UVSNMP_EBAD_ENCODING;
    }
    return end ? end - data + 1 : 0;
}

void turn_until(uv_loop_t *loop, const unsigned *counter, unsigned count)
{
    uint64_t end = uv_hrtime() + PATIENCE_NS;
    while (*counter < count && uv_hrtime() < end) {
        (void)uv_run(loop, UV_RUN_NOWAIT);
    }
    assert_int_equal(*counter, count);
}

struct uvsnmp_send send_text(const char *peer, const char *text, struct seen *seen)
{
    memset(seen, 0, sizeof(*seen));
    return (struct uvsnmp_send){.peer = peer,
                                .data = text,
                                .size = strlen(text),
                                .key = (uint8_t)text[0],
                                .timeout_ms = 1000,
                                .done = note_result,
                                .arg = seen};
}

struct uvsnmp_exchange *must_send(struct uvsnmp_manager *manager, const struct uvsnmp_send *send)
{
    struct uvsnmp_exchange *exchange = NULL;
    struct uvsnmp_error err = {0};
    if (uvsnmp_manager_send(manager, send, &exchange, &err) < 0) {
        fail_msg("send: %s", err.detail);
    }
    assert_non_null(exchange);
    return exchange;
}

void must_close_loop(uv_loop_t *loop)
{
    assert_int_equal(uv_run(loop, UV_RUN_DEFAULT), 0);
    assert_int_equal(uv_loop_close(loop), 0);
}

unsigned quiet_port(void)
{
    return 20000 + (unsigned)(random_u64() % 12000);
}

/* Binds a socket to an address and says which port that was; false: that cannot be done here. */
static bool probe(const char *text, struct uvsnmp_address *at)
{
    int fd;
    bool is_there;
    assert_int_equal(uvsnmp_address_parse(text, 0, at, NULL), 0);
    fd = socket(at->at.any.sa_family, (at->transport == UVSNMP_TCP ? SOCK_STREAM : SOCK_DGRAM) | SOCK_CLOEXEC,
                0);
    is_there =
        fd >= 0 && bind(fd, &at->at.any, at->length) == 0 && getsockname(fd, &at->at.any, &at->length) == 0;
    if (fd >= 0) {
        (void)close(fd);
    }
    return is_there;
}

bool has_ipv6_loopback(void)
{
    struct uvsnmp_address at;
    return probe("udp6:[::1]:0", &at);
}

const char *unused_address(const char *scheme, char text[UVSNMP_ADDRESS_TEXT_MAX])
{
    struct uvsnmp_address at;
    bool is_unused = false;
    for (int i = 0; i < 100 && !is_unused; i++) {
        (void)snprintf(text, UVSNMP_ADDRESS_TEXT_MAX, "%s:%s:%u", scheme,
                       strchr(scheme, '6') ? "[::1]" : "127.0.0.1", quiet_port());
        is_unused = probe(text, &at);
    }
    assert_true(is_unused);
    return text;
}
