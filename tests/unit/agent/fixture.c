/* SPDX-License-Identifier: BSD-3-Clause */
#include "unit/agent/fixture.h"

#include <arpa/inet.h>

static uint8_t *get_buffer(size_t *capacity, void *arg)
{
    struct fixture *fixture = arg;
    if (fixture->capacity == 0) {
        return NULL;
    }
    *capacity = fixture->capacity;
    return fixture->out;
}

static void take_reply(const struct uvsnmp_return_path *path, const uint8_t *data, size_t size, void *arg)
{
    struct fixture *fixture = arg;
    assert_true(uvsnmp_address_equal(&path->peer, &fixture->path.peer));
    assert_true(size <= sizeof(fixture->bytes));
    memcpy(fixture->bytes, data, size);
    fixture->size = size;
    fixture->answers++;
    if (fixture->leaves_bytes) {
        return;
    }
    arena_reset(&fixture->arena);
    assert_int_equal(msg_decode(fixture->bytes, size, &fixture->arena, &fixture->answer, NULL), 0);
    assert_int_equal(fixture->answer.pdu.type, UVSNMP_PDU_RESPONSE);
}

static uint64_t get_now(void *arg)
{
    return ((struct fixture *)arg)->now;
}

static void set_wake(uint64_t due, void *arg)
{
    ((struct fixture *)arg)->wake = due;
}

static void note_closed(void *arg)
{
    ((struct fixture *)arg)->closed = true;
}

static void add_community(struct uvsnmp_agent *agent, const char *name, bool write)
{
    struct uvsnmp_community community = {.name = {(const uint8_t *)name, strlen(name)}, .write = write};
    assert_int_equal(uvsnmp_agent_add_community(agent, &community, NULL), 0);
}

struct fixture *fixture_new(const struct uvsnmp_agent_options *options)
{
    static const struct uvsnmp_agent_options defaults;
    struct fixture *fixture = calloc(1, sizeof(*fixture));
    struct agent_io io = {get_buffer, take_reply, get_now, set_wake, note_closed, fixture};
    assert_non_null(fixture);
    fixture->now = 1000000;
    fixture->wake = UINT64_MAX;
    fixture->version = UVSNMP_V2C;
    fixture->community = "public";
    fixture->capacity = sizeof(fixture->out);
    assert_int_equal(uvsnmp_address_parse("127.0.0.1:40000", 0, &fixture->path.peer, NULL), 0);
    arena_init(&fixture->arena, 0, 0);
    fixture->agent = agent_new(&io, options ? options : &defaults);
    assert_non_null(fixture->agent);
    add_community(fixture->agent, "public", false);
    add_community(fixture->agent, "private", true);
    return fixture;
}

void fixture_free(struct fixture *fixture)
{
    agent_close(fixture->agent);
    agent_tick(fixture->agent);
    assert_true(fixture->closed);
    agent_free(fixture->agent);
    arena_fini(&fixture->arena);
    free(fixture);
}

void fixture_handle(struct fixture *fixture, const void *data, size_t size)
{
    /* a place of its own, so that a sanitizer sees what is kept or read beyond it */
    uint8_t *copy = malloc(size > 0 ? size : 1);
    struct uvsnmp_arrival arrival = {.path = &fixture->path, .data = copy, .size = size};
    assert_non_null(copy);
    if (size > 0) {
        memcpy(copy, data, size);
    }
    agent_handle(fixture->agent, &arrival);
    free(copy);
}

bool fixture_send(struct fixture *fixture, const struct msg_pdu *pdu)
{
    static uint8_t buffer[70000];
    size_t before = fixture->answers;
    struct msg_message message = {.version = fixture->version, .pdu = *pdu};
    ptrdiff_t size;
    message.community.data = (const uint8_t *)fixture->community;
    message.community.size = strlen(fixture->community);
    message.pdu.request_id = ++fixture->request_id;
    size = msg_encode(&message, buffer, sizeof(buffer));
    assert_true(size > 0);
    fixture_handle(fixture, buffer + sizeof(buffer) - size, (size_t)size);
    if (fixture->answers == before) {
        return false;
    }
    assert_int_equal(fixture->answers, before + 1);
    assert_int_equal(fixture->answer.pdu.request_id, fixture->request_id);
    assert_int_equal(fixture->answer.version, fixture->version);
    assert_int_equal(fixture->answer.community.size, strlen(fixture->community));
    return true;
}

static bool ask(struct fixture *fixture, struct msg_pdu *pdu, const struct uvsnmp_oid *names, size_t count)
{
    struct uvsnmp_varbind varbinds[FIXTURE_VARBINDS];
    assert_true(count <= FIXTURE_VARBINDS);
    for (size_t i = 0; i < count; i++) {
        varbinds[i].name = names[i];
        varbinds[i].value = uvsnmp_empty(UVSNMP_NULL);
    }
    pdu->varbinds = varbinds;
    pdu->count = count;
    return fixture_send(fixture, pdu);
}

bool fixture_ask(struct fixture *fixture, enum uvsnmp_pdu_type type, const struct uvsnmp_oid *names,
                 size_t count)
{
    struct msg_pdu pdu = {.type = type};
    return ask(fixture, &pdu, names, count);
}

bool fixture_bulk(struct fixture *fixture, int32_t non_repeaters, int32_t repetitions,
                  const struct uvsnmp_oid *names, size_t count)
{
    struct msg_pdu pdu = {
        .type = UVSNMP_PDU_GETBULK, .non_repeaters = non_repeaters, .max_repetitions = repetitions};
    return ask(fixture, &pdu, names, count);
}

bool fixture_set(struct fixture *fixture, const struct uvsnmp_varbind *varbinds, size_t count)
{
    struct msg_pdu pdu = {.type = UVSNMP_PDU_SET, .varbinds = varbinds, .count = count};
    return fixture_send(fixture, &pdu);
}

const struct uvsnmp_varbind *fixture_get_one(struct fixture *fixture, struct uvsnmp_oid name)
{
    assert_true(fixture_ask(fixture, UVSNMP_PDU_GET, &name, 1));
    assert_status(fixture, UVSNMP_STATUS_NO_ERROR, 0);
    assert_int_equal(fixture->answer.pdu.count, 1);
    assert_name(fixture->answer.pdu.varbinds, name);
    return fixture->answer.pdu.varbinds;
}

const struct uvsnmp_varbind *fixture_next_one(struct fixture *fixture, struct uvsnmp_oid name)
{
    assert_true(fixture_ask(fixture, UVSNMP_PDU_GETNEXT, &name, 1));
    assert_status(fixture, UVSNMP_STATUS_NO_ERROR, 0);
    assert_int_equal(fixture->answer.pdu.count, 1);
    return fixture->answer.pdu.varbinds;
}

int32_t fixture_set_one(struct fixture *fixture, struct uvsnmp_oid name, struct uvsnmp_value value)
{
    struct uvsnmp_varbind varbind = {name, value};
    assert_true(fixture_set(fixture, &varbind, 1));
    return fixture->answer.pdu.error_status;
}

void fixture_advance(struct fixture *fixture, uint64_t ms)
{
    fixture->now += ms;
    if (fixture->wake <= fixture->now) {
        fixture->wake = UINT64_MAX;
        agent_tick(fixture->agent);
    }
}

void assert_name(const struct uvsnmp_varbind *varbind, struct uvsnmp_oid name)
{
    char found[UVSNMP_OID_TEXT_MAX], wanted[UVSNMP_OID_TEXT_MAX];
    (void)uvsnmp_oid_format(varbind->name, found, sizeof(found));
    (void)uvsnmp_oid_format(name, wanted, sizeof(wanted));
    assert_string_equal(found, wanted);
}

void assert_integer(const struct uvsnmp_varbind *varbind, int32_t number)
{
    assert_int_equal(varbind->value.type, UVSNMP_INTEGER);
    assert_int_equal(varbind->value.as.integer, number);
}

void assert_status(const struct fixture *fixture, enum uvsnmp_status status, int32_t index)
{
    assert_int_equal(fixture->answer.pdu.error_status, status);
    assert_int_equal(fixture->answer.pdu.error_index, index);
}
