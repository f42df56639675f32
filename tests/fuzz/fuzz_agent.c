/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Messages to an agent: the input is a series of messages, each after two octets of its length; a length of
 * 0xffff moves the clock instead. The agent has scalars, a table, and a provider that answers when the clock
 * moves, or never; it knows a user of version 3 without keys, and one whose keys are zeros and who has to use
 * them. Whatever comes, every answer is a well-formed Response or Report, nobody gets anything as the latter
 * without a digest, and the agent closes empty.
 */
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "agent/core.h"
#include "base/arena.h"
#include "msg/message.h"
#include "msg/v3.h"
#include "usm/params.h"

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

/* Of version 3; what is encrypted is not looked into. */
static int decode_v3(const uint8_t *data, size_t size, struct arena *arena, struct msg_pdu *pdu)
{
    struct msg_v3 message;
    struct usm_params params;
    struct msg_scoped_pdu scoped;
    memset(pdu, 0, sizeof(*pdu));
    if (msg_v3_decode(data, size, &message, NULL) != 0 ||
        usm_params_decode(message.security_parameters, 0, &params, NULL) != 0) {
        return -1;
    }
    if (message.encrypted) {
        return 0;
    }
    int status = msg_scoped_pdu_decode(message.data, 0, arena, &scoped, NULL);
    if (status != 0) {
        return status;
    }
    *pdu = scoped.pdu;
    bool is_digested = (message.header.flags & MSG_V3_AUTH) != 0;
    bool is_keyed = params.user_name.size == 1 && params.user_name.data[0] == 'k';
    return is_digested || !is_keyed || pdu->type == UVSNMP_PDU_REPORT ||
                   pdu->error_status == UVSNMP_STATUS_AUTHORIZATION_ERROR
               ? 0
               : -1;
}

static void check_reply(const struct uvsnmp_return_path *path, const uint8_t *data, size_t size, void *arg)
{
    struct arena arena;
    struct msg_message message;
    (void)path;
    (void)arg;
    arena_init(&arena, 0, 0);
    int status = msg_decode(data, size, &arena, &message, NULL);
    if (status == UVSNMP_EBAD_VERSION) {
        status = decode_v3(data, size, &arena, &message.pdu);
    } else if (message.pdu.type != UVSNMP_PDU_RESPONSE) {
        abort();
    }
    if (status != 0 || (size_t)message.pdu.error_index > message.pdu.count) {
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

static void add_user(struct uvsnmp_agent *agent, const char *name, enum uvsnmp_level level)
{
    static const uint8_t zeros[32];
    struct uvsnmp_user user = {.name = {(const uint8_t *)name, 1}};
    const struct uvsnmp_right right = {.security_name = user.name, .level = level, .write = true};
    if (level != UVSNMP_NO_AUTH_NO_PRIV) {
        user.auth = "SHA-256";
        user.priv = "AES";
        user.auth_secret.localized = (struct uvsnmp_bytes){zeros, 32};
        user.priv_secret.localized = (struct uvsnmp_bytes){zeros, 16};
    }
    (void)uvsnmp_agent_add_user(agent, &user, NULL);
    (void)uvsnmp_agent_add_right(agent, &right, NULL);
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
    add_user(world->agent, "u", UVSNMP_NO_AUTH_NO_PRIV);
    add_user(world->agent, "k", UVSNMP_AUTH_NO_PRIV);
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
    static const struct uvsnmp_agent_options options = {
        .max_requests = 8, .max_response = 1400, .engine_id = {(const uint8_t *)"\x80\0\0\0\1", 5}};
    static struct world world;
    static struct usm_crypto *crypto;
    struct agent_io io = {get_buffer, check_reply, get_now, set_wake, note_closed, &world};
    memset(&world, 0, offsetof(struct world, out));
    crypto = crypto ? crypto : usm_crypto_open(NULL); /* once: it would take most of the time */
    world.agent = agent_new(&io, &options);
    world.agent->engine.crypto = crypto;
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
    world.agent->engine.crypto = NULL;
    agent_free(world.agent);
    return 0;
}
