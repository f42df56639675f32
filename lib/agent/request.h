/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * One message at work, and the queries it is made of. A request is taken from the agent's idle list, decoded
 * into its own arena (arrival.c), worked on by read.c or write.c, answered exactly once and put back. While a
 * provider takes its time the request is among the waiting; when it was answered before a provider was
 * (deadline), it is abandoned until the last query has come back.
 */
#ifndef AGENT_REQUEST_H
#define AGENT_REQUEST_H

#include "agent/access.h"
#include "agent/registry.h"
#include "base/arena.h"
#include "engine/outgoing.h"

struct agent_request;
struct agent_snapshot;

enum query_phase { QUERY_GET, QUERY_NEXT, QUERY_TEST, QUERY_COMMIT, QUERY_UNDO, QUERY_RELEASE, QUERY_PHASES };

enum query_state {
    QUERY_IDLE,      /* not asked, or its answer was taken */
    QUERY_ASKED,     /* with the provider */
    QUERY_ANSWERED,  /* the answer has come and is to be looked at */
    QUERY_ABANDONED, /* with the provider, and nobody waits any more */
    QUERY_FINISHED,  /* read: the result is there */
};

enum query_answer { ANSWER_VALUE, ANSWER_NEXT, ANSWER_DONE, ANSWER_FAILED };

struct uvsnmp_query {
    struct agent_request *request;
    struct uvsnmp_registration *owner;
    struct uvsnmp_oid asked; /* the name in the request, or in the last round of a GETBULK */
    struct uvsnmp_oid name;  /* asked for, or the position of the search */
    bool includes_name;
    bool in_call; /* the provider's function is on the stack */
    bool held;    /* SET: holds its registration until the release … */
    bool tested;  /* … and has something to be released */
    bool loading; /* in the table's list of those that wait for a load */
    enum query_phase phase;
    enum query_state state;
    enum query_answer answer;
    enum uvsnmp_status status;
    struct uvsnmp_varbind found; /* the answer, in the request's arena */
    struct agent_spot spot;      /* NEXT: the region that was asked … */
    uint64_t generation;         /* … and its context's generation then */
    size_t steps;

    /* ready-made providers */
    const struct uvsnmp_object *object;
    struct agent_snapshot *snapshot; /* pinned */
    size_t row, column;              /* of the answer to the last NEXT */
    const uint32_t *cursor;          /* the name of that answer */
    bool has_row;
    struct list wait;
    void *data; /* the program's */
};

struct agent_request {
    struct list link;     /* idle, waiting or abandoned */
    struct list set_link; /* sets */
    struct uvsnmp_agent *agent;
    struct arena arena;
    struct engine_envelope envelope; /* of the message, and of its answer */
    struct msg_pdu pdu;
    struct uvsnmp_return_path path;
    const void *principal;     /* of the program's own access control, … */
    struct access_grant grant; /* … or by the built-in one, held */
    struct agent_context *context;
    struct uvsnmp_bytes raw; /* the message as it came; valid during its arrival only */
    uint64_t serial, due;
    struct map_link by_digest; /* while it waits */
    size_t held;               /* octets of the arena that count in waiting_octets */
    struct uvsnmp_query *queries;
    size_t query_count;
    size_t outstanding; /* queries that are abandoned, or are in a call */
    bool waiting, answered, running, queued;

    /* read */
    struct uvsnmp_varbind *results;
    size_t result_count, result_limit, non_repeaters;
    size_t open;  /* queries of this round that are not finished */
    size_t first; /* query of this round */
    size_t octets, octet_limit;

    /* write */
    enum query_phase phase;
    size_t at;
    enum uvsnmp_status status;
    size_t error_index;
};

/* A request with nothing in it, which is to be filled and ended; NULL: out of memory. */
struct agent_request *request_take(struct uvsnmp_agent *agent);
/* Makes the values of the PDU the request's own; false: out of memory. */
bool request_keep_values(struct agent_request *request);
/* Is this the message of a request at work, from the same sender? He has lost patience: its answer will do
 * for both. */
bool request_is_retransmission(const struct uvsnmp_agent *agent, const struct uvsnmp_arrival *arrival);

/* Sends what lies in a place for an answer (io.buffer). */
void request_send(struct uvsnmp_agent *agent, const struct uvsnmp_return_path *path, const uint8_t *data,
                  size_t size);

/* Answers and ends a request. `status` is of v2; `index` from 1. On an error the request's own varbinds go
 * back. */
void request_respond(struct agent_request *request, const struct uvsnmp_varbind *varbinds, size_t count);
void request_fail(struct agent_request *request, enum uvsnmp_status status, size_t index);

/* Makes what the request needs its own and starts its deadline; false: out of memory, or too many wait. The
 * request is then to be ended without an answer. */
bool request_wait(struct agent_request *request);
/* Starts the deadline anew. */
void request_wait_again(struct agent_request *request);
/* Ends a request, answered or not: it must not be used any more. */
void request_end(struct agent_request *request);
/* A query that was abandoned has come back. */
void request_came_back(struct agent_request *request);

/* At the end. */
void request_free_idle(struct uvsnmp_agent *agent);

/* read.c */
void read_start(struct agent_request *request);
void read_answered(struct uvsnmp_query *query);
void read_expired(struct agent_request *request);

/* write.c */
void write_start(struct agent_request *request);
void write_answered(struct uvsnmp_query *query);
void write_expired(struct agent_request *request);

/* query.c */
void query_init(struct uvsnmp_query *query, struct agent_request *request, struct uvsnmp_oid name);
/* Calls the provider's function for the phase. True: the answer is there (ANSWER_DONE where there is no such
 * function). False: it will come later, to read_answered() or write_answered(). */
bool query_ask(struct uvsnmp_query *query, enum query_phase phase);
/* Nobody waits for the answer any more. */
void query_abandon(struct uvsnmp_query *query);
/* Ends a SET's hold on the provider: calls its release if there was a test. */
void query_release(struct uvsnmp_query *query);
/* Calls a table's or scalar group's own function for an object that was found; absent: done, but an undo
 * fails. */
void query_pass_on(struct uvsnmp_query *query, uvsnmp_query_fn *function);
/* The variable that a ready-made provider has found, before its value is asked for. */
bool query_found(struct uvsnmp_query *query, struct uvsnmp_oid base, const uint32_t *middle,
                 size_t middle_count, struct uvsnmp_oid tail);
/* SET: the next variable of the request, from position `*at` on, that the same provider is asked for, the
 * query's own among them; `*at` moves behind it. NULL: none. So that a table sees all that one SET says of a
 * row. */
struct uvsnmp_query *query_of_set(const struct uvsnmp_query *query, size_t *at);
/* The user name of whoever asks, where the User-based Security Model vouches for it; else empty. Borrowed
 * while the request is at work. */
struct uvsnmp_bytes query_user_name(const struct uvsnmp_query *query);
/* Checks a value to be set against the object's row; UVSNMP_STATUS_NO_ERROR: it fits. */
enum uvsnmp_status object_check(const struct uvsnmp_object *object, const struct uvsnmp_value *value);

/* May the request read or write this name? */
enum uvsnmp_access request_access(struct agent_request *request, struct uvsnmp_oid name, bool write,
                                  struct uvsnmp_oid_buf *resume);

#endif
