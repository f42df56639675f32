/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The notification receiver without I/O: a message goes in, and a Response or Report comes out through struct
 * receiver_io, at once or when the program acknowledges; receiver_role.c puts it on sockets.
 */
#ifndef SESSION_RECEIVER_H
#define SESSION_RECEIVER_H

#include <uvsnmp/receiver.h>

#include "base/log.h"
#include "engine/incoming.h"
#include "session/informs.h"

/* How the receiver reaches the world. */
struct receiver_io {
    /* A place for an answer, or NULL; see uvsnmp_agent_role_buffer(). */
    uint8_t *(*buffer)(size_t *capacity, void *arg);
    void (*reply)(const struct uvsnmp_return_path *path, const uint8_t *data, size_t size, void *arg);
    uint64_t (*now)(void *arg); /* milliseconds of a monotonic clock */
    /* Asks for receiver_tick() at `due`, replacing an earlier wish; UINT64_MAX: none. */
    void (*wake)(uint64_t due, void *arg);
    void *arg;
};

struct uvsnmp_receiver {
    struct receiver_io io;
    uvsnmp_received_cb *on_notification;
    uvsnmp_receiver_packet_cb *on_packet;
    uvsnmp_receiver_error_cb *on_error;
    void *arg;
    bool any_community, unauthenticated;

    struct engine
        engine; /* its users are all that there are; without an ID it takes no informs of version 3 */
    struct list communities; /* struct receiver_community */
    struct informs informs;
    struct arena arena;              /* of the message being handled … */
    struct engine_incoming incoming; /* … and what it says */
    struct log_limit refused, overload;
    struct uvsnmp_receiver_counters counters;
    bool closing; /* nothing is handled or answered any more */
};

/* Makes a receiver; `options->interfaces` is not looked at, nor whether the engine ID is one. NULL: out of
 * memory. */
struct uvsnmp_receiver *receiver_new(const struct receiver_io *io,
                                     const struct uvsnmp_receiver_options *options);
void receiver_free(struct uvsnmp_receiver *receiver); /* NULL is fine */

/* Works on one message. */
void receiver_handle(struct uvsnmp_receiver *receiver, const struct uvsnmp_arrival *arrival);

/* Forgets the informs that are past their deadline. */
void receiver_tick(struct uvsnmp_receiver *receiver);

#endif
