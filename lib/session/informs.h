/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The informs of a receiver: those that wait for the program to acknowledge them, and for a while those that
 * it has acknowledged, so that what a sender repeats is known again. Each keeps what its Response is made of.
 */
#ifndef SESSION_INFORMS_H
#define SESSION_INFORMS_H

#include <uvsnmp/agent_role.h>

#include "base/list.h"
#include "base/map.h"
#include "engine/outgoing.h"

struct inform {
    struct list link;
    struct map_link by_id, by_origin;
    uint64_t due; /* when it is forgotten */
    bool is_acknowledged;
    struct arena arena;
    struct uvsnmp_return_path path; /* of its latest arrival */
    struct engine_envelope envelope;
    struct msg_pdu pdu;
};

struct informs {
    struct list waiting, acknowledged; /* in order of `due` */
    size_t waiting_count, acknowledged_count;
    size_t octets; /* that all of them hold */
    struct map by_id, by_origin;
    uint64_t seed, last_id;
    size_t limit;         /* of those that wait, and of the others */
    uint64_t deadline_ms; /* to acknowledge one */
};

void informs_init(struct informs *informs, size_t limit, uint64_t deadline_ms);
void informs_fini(struct informs *informs);

/* An inform as it arrives; borrowed. */
struct inform_arrival {
    const struct uvsnmp_return_path *path;
    const struct engine_envelope *envelope;
    const struct msg_pdu *pdu;
};

/* The same from the same sender, which is answered as its latest arrival wants it from now on; NULL: a new
 * one.
 */
struct inform *informs_find_repeated(struct informs *informs, const struct inform_arrival *arrival);

/* Copies one that is to wait; those that are acknowledged make room for it. NULL: no memory, or too many
 * wait. */
struct inform *informs_add(struct informs *informs, const struct inform_arrival *arrival, uint64_t now_ms);

/* One that waits; NULL: none does. */
struct inform *informs_find(const struct informs *informs, uint64_t id);

/* It waits no more, but is known for a while. */
void informs_acknowledge(struct informs *informs, struct inform *inform, uint64_t now_ms);

/* Forgets one, and wipes its keys. */
void informs_remove(struct informs *informs, struct inform *inform);

/* Forgets what is due; returns how many of these still waited. */
size_t informs_expire(struct informs *informs, uint64_t now_ms);

/* When the next one is due; UINT64_MAX: there is none. */
uint64_t informs_due(const struct informs *informs);

#endif
