/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The agent without I/O: a message goes in, its answer comes out through struct agent_io, now or later. What
 * is shared by the files of this folder; embedding programs and MIB groups use uvsnmp/agent.h.
 *
 * The way of a message: arrival.c (decoding, who asks, refusals) makes it a request of request.c (waiting,
 * deadlines, answering) and hands it to read.c or write.c, which find providers through registry.c and ask
 * them with query.c; scalar.c and table.c are providers themselves. notify.c tells others what has happened.
 */
#ifndef AGENT_CORE_H
#define AGENT_CORE_H

#include <uvsnmp/agent.h>
#include <uvsnmp/agent_role.h>

#include "agent/notify.h"
#include "agent/report_limit.h"
#include "base/list.h"
#include "base/log.h"
#include "base/map.h"
#include "engine/engine.h"
#include "engine/stats.h"

/* How the agent reaches the world. */
struct agent_io {
    /* A place for an answer, or NULL; see uvsnmp_agent_role_buffer(). */
    uint8_t *(*buffer)(size_t *capacity, void *arg);
    void (*reply)(const struct uvsnmp_return_path *path, const uint8_t *data, size_t size, void *arg);
    uint64_t (*now)(void *arg); /* milliseconds of a monotonic clock */
    /* Asks for agent_tick() at `due`, replacing an earlier wish; UINT64_MAX: none. */
    void (*wake)(uint64_t due, void *arg);
    void (*closed)(void *arg); /* the agent is empty and agent_free() may be called */
    void *arg;
};

struct agent_community;
struct vacm;

struct uvsnmp_agent {
    struct agent_io io;
    struct uvsnmp_access_control access; /* the program's; without functions: the built-in one */
    uint64_t deadline_ms;
    size_t max_requests, max_response, max_bulk_varbinds;
    int32_t max_repetitions;
    uvsnmp_packet_cb *on_packet;
    uvsnmp_agent_error_cb *on_error;
    void *arg;

    struct engine engine; /* with an empty ID version 3 is not spoken; its users are all that there are */
    struct engine_stats stats;
    uint64_t started;
    struct log_limit refused; /* of messages with an unknown community, or that are not authentic */
    struct log_limit faults;  /* of providers */
    struct report_limit reports;

    struct list contexts;    /* struct agent_context */
    struct list communities; /* struct agent_community */
    struct vacm *vacm;       /* what users may do, held; NULL: nothing */
    struct targets targets;  /* who is notified … */
    struct notify notify;    /* … and how */

    struct list idle;      /* requests to be used again, idle_count of them */
    struct list waiting;   /* requests under way, in order of their deadline, waiting_count of them */
    struct list abandoned; /* requests that are answered, but that a provider still holds */
    struct list sets;      /* SET requests in order of arrival; the first one is at work */
    size_t idle_count, waiting_count, abandoned_count;
    size_t waiting_octets; /* memory that the waiting requests hold */
    struct map digests;    /* the waiting requests by what was asked: to know a retransmission again */
    size_t load_count;     /* snapshots being filled */
    uint64_t serial;       /* of the newest request */
    uint64_t table_id;     /* the last one given */
    uint64_t woken;        /* what wake() was last told */
    bool closing, closed;

    struct uvsnmp_capability *capabilities;
    size_t capability_count;
    uint32_t capability_index; /* the last one given */
    uint32_t capability_change;
};

/* Makes an agent; `options->interfaces` is not looked at, and without a valid engine ID it speaks no
 * version 3. NULL: out of memory. */
struct uvsnmp_agent *agent_new(const struct agent_io *io, const struct uvsnmp_agent_options *options);

/* Works on one message. Its answer goes to io.reply, during the call or later. */
void agent_handle(struct uvsnmp_agent *agent, const struct uvsnmp_arrival *arrival);

/* Ends what is past its deadline, and goes on with a close. */
void agent_tick(struct uvsnmp_agent *agent);

/* Begins the close: io.closed is called, from agent_tick() or a provider's answer, when nothing is held any
 * more. */
void agent_close(struct uvsnmp_agent *agent);

/* Frees an agent that is closed. */
void agent_free(struct uvsnmp_agent *agent);

#endif
