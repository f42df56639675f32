/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Messages to an agent: the input is a series of messages, each after two octets of its length; a length of
 * 0xffff moves the clock instead. The agent has scalars, a table, and a provider that answers when the clock
 * moves, or never. Whatever comes, every answer is a well-formed Response, and the agent closes empty.
 */
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "agent/core.h"
#include "base/arena.h"
#include "msg/message.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

#define LATE_MAX 64

struct world {
    struct uvsnmp_agent *agent;
    uint64_t now;
    bool closed;
    struct uvsnmp_query *late[LATE_MAX];
    size_t late_count;
    uint8_t out[4096];
};

static uint8_t *get_buffer(size_t *capacity, void *arg)
{
    struct world *world = arg;
    *capacity = sizeof(world->out);
    return world->out;
}

static void check_reply(const struct uvsnmp_return_path *path, const uint8_t *data, size_t size, void *arg)
{
    struct arena arena;
    struct msg_message message;
    (void)path;
    (void)arg;
    arena_init(&arena, 0, 0);
    if (msg_decode(data, size, &arena, &message, NULL) != 0 || message.pdu.type != UVSNMP_PDU_RESPONSE ||
        (size_t)message.pdu.error_index > message.pdu.count) {
        abort();
    }
    arena_fini(&arena);
}

static uint64_t get_now(void *arg)
{
    return ((struct world *)arg)->now;
}

static void set_wake(uint64_t due, void *arg)
{
    (void)due;
    (void)arg;
}

static void note_closed(void *arg)
{
    ((struct world *)arg)->closed = true;
}

/* ---- what the agent serves ---- */

static const struct uvsnmp_object objects[] = {
    {1, UVSNMP_OCTET_STRING, UVSNMP_READ_WRITE, 0, 8},
    {2, UVSNMP_COUNTER64, UVSNMP_READ_ONLY, 0, 0},
    {3, UVSNMP_INTEGER, UVSNMP_READ_WRITE, -9, 9},
};

static void get(struct uvsnmp_query *query)
{
    static const char text[100];
    struct uvsnmp_value values[] = {uvsnmp_octets(text, sizeof(text)), uvsnmp_counter64(UINT64_MAX),
                                    uvsnmp_integer(-1)};
    uvsnmp_query_answer(query, &values[uvsnmp_query_object(query)->id - 1]);
}

/* Sets what is set, but 7 and the text "fail". */
static void commit(struct uvsnmp_query *query)
{
    const struct uvsnmp_value *value = uvsnmp_query_value(query);
    bool fails = value->type == UVSNMP_INTEGER
                     ? value->as.integer == 7
                     : value->as.bytes.size == 4 && memcmp(value->as.bytes.data, "fail", 4) == 0;
    if (fails) {
        uvsnmp_query_fail(query, UVSNMP_STATUS_COMMIT_FAILED);
    } else {
        uvsnmp_query_done(query);
    }
}

static void load(struct uvsnmp_table_load *load_handle, void *arg)
{
    (void)arg;
    for (uint32_t i = 0; i < 10; i++) {
        (void)uvsnmp_table_row(load_handle, UVSNMP_OID((i * 7) % 10, i), NULL);
    }
    uvsnmp_table_loaded(load_handle, 0);
}

static void keep(struct uvsnmp_query *query)
{
    struct world *world = uvsnmp_query_arg(query);
    if (world->late_count == LATE_MAX) {
        uvsnmp_query_fail(query, UVSNMP_STATUS_GEN_ERR);
    } else {
        world->late[world->late_count++] = query;
    }
}

static void answer_late(struct world *world, size_t keep_count)
{
    while (world->late_count > keep_count) {
        struct uvsnmp_query *query = world->late[--world->late_count];
        if (uvsnmp_query_value(query)) {
            uvsnmp_query_done(query);
        } else {
            uvsnmp_query_fail(query, UVSNMP_STATUS_GEN_ERR);
        }
    }
}

static void add_community(struct uvsnmp_agent *agent, const char *name, bool write,
                          const struct uvsnmp_view_subtree *view, size_t count)
{
    const struct uvsnmp_community community = {
        .name = {(const uint8_t *)name, strlen(name)}, .write = write, .view = view, .view_count = count};
    (void)uvsnmp_agent_add_community(agent, &community, NULL);
}

static void fill(struct world *world)
{
    static const struct uvsnmp_provider late = {
        .get = keep, .next = keep, .test = keep, .commit = keep, .undo = keep};
    const struct uvsnmp_scalars scalars = {
        .objects = objects, .count = 3, .get = get, .commit = commit, .undo = commit};
    const struct uvsnmp_table table = {
        .columns = objects, .count = 3, .creates_rows = true, .load = load, .get = get, .commit = commit};
    const struct uvsnmp_view_subtree view[] = {
        {UVSNMP_OID(1, 3), true}, {UVSNMP_OID(1, 3, 1, 2), false}, {UVSNMP_OID(1, 3, 2, 3, 5), false}};
    (void)uvsnmp_agent_add_scalars(world->agent, NULL, UVSNMP_OID(1, 3, 1), &scalars, NULL, NULL);
    (void)uvsnmp_agent_add_table(world->agent, NULL, UVSNMP_OID(1, 3, 2), &table, NULL, NULL);
    (void)uvsnmp_agent_register(world->agent, NULL, UVSNMP_OID(1, 3, 3), &late, world, NULL, NULL);
    add_community(world->agent, "r", false, NULL, 0);
    add_community(world->agent, "w", true, NULL, 0);
    add_community(world->agent, "v", true, view, 3);
}

static void handle(struct world *world, const uint8_t *data, size_t size)
{
    static const struct uvsnmp_return_path path;
    uint8_t *copy = malloc(size > 0 ? size : 1); /* so that a sanitizer sees every octet beyond it */
    struct uvsnmp_arrival arrival = {.path = &path, .data = copy, .size = size};
    if (size > 0) {
        memcpy(copy, data, size);
    }
    agent_handle(world->agent, &arrival);
    free(copy);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const struct uvsnmp_agent_options options = {.max_requests = 8, .max_response = 1400};
    static struct world world;
    struct agent_io io = {get_buffer, check_reply, get_now, set_wake, note_closed, &world};
    memset(&world, 0, offsetof(struct world, out));
    world.agent = agent_new(&io, &options);
    fill(&world);
    for (int messages = 0; size >= 2 && messages < 100; messages++) {
        size_t length = (size_t)data[0] << 8 | data[1];
        data += 2;
        size -= 2;
        if (length == 0xffff) {
            world.now += 6000;
            agent_tick(world.agent);
            answer_late(&world, world.late_count / 2);
            continue;
        }
        length = length < size ? length : size;
        handle(&world, data, length);
        data += length;
        size -= length;
    }
    agent_close(world.agent);
    agent_tick(world.agent);
    answer_late(&world, 0);
    agent_tick(world.agent);
    if (!world.closed) {
        abort();
    }
    agent_free(world.agent);
    return 0;
}
