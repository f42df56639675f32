/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Messages to a receiver of notifications: the input is a series of messages, each after two octets of its
 * length; a length of 0xffff moves the clock instead, and the program acknowledges one of the informs that it
 * has kept. The receiver knows a community and, for itself and for a sender, a user of version 3 without keys
 * and one whose keys are zeros. Whatever comes, every answer is a well-formed Response or Report, an inform
 * is acknowledged once, and nothing is left at the end.
 */
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "msg/message.h"
#include "msg/v3.h"
#include "session/receiver.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

#define KEPT_MAX 16

struct world {
    struct uvsnmp_receiver *receiver;
    uint64_t now;
    uint64_t kept[KEPT_MAX]; /* informs */
    size_t kept_count;
    uint64_t calls, answers;
    uint8_t out[4096];
};

static uint8_t *get_buffer(size_t *capacity, void *arg)
{
    struct world *world = arg;
    *capacity = sizeof(world->out);
    return world->out;
}

/* Of version 3; what is encrypted is a Response. */
static enum uvsnmp_pdu_type type_of_v3(const uint8_t *data, size_t size)
{
    struct msg_v3 message;
    enum uvsnmp_pdu_type type = UVSNMP_PDU_RESPONSE;
    int64_t request_id;
    if (msg_v3_decode(data, size, &message, NULL) != 0 ||
        (!message.encrypted && !msg_scoped_pdu_peek(message.data, &type, &request_id))) {
        abort();
    }
    return type;
}

static void check_answer(const struct uvsnmp_return_path *path, const uint8_t *data, size_t size, void *arg)
{
    struct arena arena;
    struct msg_message message;
    (void)path;
    ((struct world *)arg)->answers++;
    arena_init(&arena, 0, 0);
    int status = msg_decode(data, size, &arena, &message, NULL);
    if (status == UVSNMP_EBAD_VERSION) {
        enum uvsnmp_pdu_type type = type_of_v3(data, size);
        status = type == UVSNMP_PDU_RESPONSE || type == UVSNMP_PDU_REPORT ? 0 : -1;
    } else if (message.pdu.type != UVSNMP_PDU_RESPONSE) {
        abort();
    }
    if (status != 0) {
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

/* Acknowledges some informs at once, drops some, and keeps the others. */
static void on_notification(struct uvsnmp_receiver *receiver, const struct uvsnmp_received *received,
                            void *arg)
{
    struct world *world = arg;
    world->calls++;
    if (received->count < 2 || received->varbinds[0].value.type != UVSNMP_TIMETICKS ||
        received->varbinds[1].value.type != UVSNMP_OBJECT_IDENTIFIER) {
        abort();
    }
    if (received->inform == 0) {
        return;
    }
    if (received->request_id % 3 == 0) {
        (void)uvsnmp_receiver_acknowledge(receiver, received->inform);
        if (uvsnmp_receiver_acknowledge(receiver, received->inform) == 0) {
            abort();
        }
    } else if (received->request_id % 3 == 1 || world->kept_count == KEPT_MAX) {
        uvsnmp_receiver_drop(receiver, received->inform);
    } else {
        world->kept[world->kept_count++] = received->inform;
    }
}

static void add_users(struct uvsnmp_receiver *receiver, struct uvsnmp_bytes engine_id)
{
    static const uint8_t zeros[32];
    const struct uvsnmp_user keyless = {.name = {(const uint8_t *)"u", 1}};
    const struct uvsnmp_user keyed = {.name = {(const uint8_t *)"k", 1},
                                      .auth = "SHA-256",
                                      .priv = "AES",
                                      .auth_secret.localized = {zeros, 32},
                                      .priv_secret.localized = {zeros, 16}};
    (void)uvsnmp_receiver_add_user(receiver, engine_id, &keyless, NULL);
    (void)uvsnmp_receiver_add_user(receiver, engine_id, &keyed, NULL);
}

static void handle(struct world *world, const uint8_t *data, size_t size)
{
    static const struct uvsnmp_return_path path;
    uint8_t *copy = malloc(size > 0 ? size : 1); /* so that a sanitizer sees every octet beyond it */
    const struct uvsnmp_arrival arrival = {.path = &path, .data = copy, .size = size};
    if (size > 0) {
        memcpy(copy, data, size);
    }
    receiver_handle(world->receiver, &arrival);
    free(copy);
}

static void pass_time(struct world *world)
{
    world->now += 7000;
    receiver_tick(world->receiver);
    if (world->kept_count > 0) {
        (void)uvsnmp_receiver_acknowledge(world->receiver, world->kept[--world->kept_count]);
    }
}

static void start(struct world *world)
{
    static const struct uvsnmp_receiver_options defaults = {
        .max_informs = 8, .deadline_ms = 20000, .engine_id = {(const uint8_t *)"\x80\0\0\0\1", 5}};
    static const struct uvsnmp_bytes own = {NULL, 0}, sender = {(const uint8_t *)"\x80\0\0\0\2", 5},
                                     community = {(const uint8_t *)"c", 1};
    static struct usm_crypto *crypto;
    const struct receiver_io io = {get_buffer, check_answer, get_now, set_wake, world};
    struct uvsnmp_receiver_options options = defaults;
    options.on_notification = on_notification;
    options.arg = world;
    memset(world, 0, offsetof(struct world, out));
    crypto = crypto ? crypto : usm_crypto_open(NULL); /* once: it would take most of the time */
    world->receiver = receiver_new(&io, &options);
    world->receiver->engine.crypto = crypto;
    (void)uvsnmp_receiver_add_community(world->receiver, community);
    add_users(world->receiver, own);
    add_users(world->receiver, sender);
}

/* Nothing is counted twice or not at all. */
static void check_counters(const struct world *world)
{
    const struct uvsnmp_receiver_counters *counters = uvsnmp_receiver_counters(world->receiver);
    uint64_t taken = counters->traps + counters->informs;
    if (world->calls != taken || counters->acknowledged + counters->expired > counters->informs ||
        taken + counters->malformed + counters->strangers + counters->dropped + counters->repeated >
            counters->packets ||
        world->answers > counters->packets + counters->acknowledged) {
        abort();
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static struct world world;
    start(&world);
    for (int messages = 0; size >= 2 && messages < 100; messages++) {
        size_t length = (size_t)data[0] << 8 | data[1];
        data += 2;
        size -= 2;
        if (length == 0xffff) {
            pass_time(&world);
            continue;
        }
        length = length < size ? length : size;
        handle(&world, data, length);
        data += length;
        size -= length;
    }
    check_counters(&world);
    world.receiver->engine.crypto = NULL;
    receiver_free(world.receiver);
    return 0;
}
