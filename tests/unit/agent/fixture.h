/* SPDX-License-Identifier: BSD-3-Clause */
/* An agent without sockets: messages go in and come out as structures, and the clock is moved by hand. */
#ifndef AGENT_FIXTURE_H
#define AGENT_FIXTURE_H

#include "agent/core.h"
#include "base/arena.h"
#include "msg/message.h"
#include "support/unit.h"

#define FIXTURE_VARBINDS 200

struct fixture {
    struct uvsnmp_agent *agent;
    uint64_t now, wake;
    bool closed;
    struct uvsnmp_return_path path; /* who asks; 127.0.0.1:40000 at first */
    enum uvsnmp_version version;    /* of what is asked; v2c at first */
    const char *community;          /* "public" at first */
    int32_t request_id;             /* of the last request */
    size_t answers;                 /* that have come */
    bool leaves_bytes;              /* answers are not decoded: they are of version 3 */
    uint8_t bytes[70000];           /* the last answer … */
    size_t size;
    struct arena arena;
    struct msg_message answer; /* … decoded */
    uint8_t out[70000];
    size_t capacity; /* of the buffer the agent is given; 0: there is no memory for one */
};

/* Makes an agent with the communities "public" (reads) and "private" (writes); `options` may be NULL. */
struct fixture *fixture_new(const struct uvsnmp_agent_options *options);
/* Closes the agent, checks that it becomes empty, and frees it. */
void fixture_free(struct fixture *fixture);

void fixture_handle(struct fixture *fixture, const void *data, size_t size);

/* Sends a request with a new request-id; true when an answer came during the call. */
bool fixture_send(struct fixture *fixture, const struct msg_pdu *pdu);
bool fixture_ask(struct fixture *fixture, enum uvsnmp_pdu_type type, const struct uvsnmp_oid *names,
                 size_t count);
bool fixture_bulk(struct fixture *fixture, int32_t non_repeaters, int32_t repetitions,
                  const struct uvsnmp_oid *names, size_t count);
bool fixture_set(struct fixture *fixture, const struct uvsnmp_varbind *varbinds, size_t count);

/* The same for one variable; they fail the test when no answer came. */
const struct uvsnmp_varbind *fixture_get_one(struct fixture *fixture, struct uvsnmp_oid name);
const struct uvsnmp_varbind *fixture_next_one(struct fixture *fixture, struct uvsnmp_oid name);
int32_t fixture_set_one(struct fixture *fixture, struct uvsnmp_oid name, struct uvsnmp_value value);

/* Moves the clock and lets the agent see it. */
void fixture_advance(struct fixture *fixture, uint64_t ms);

void assert_name(const struct uvsnmp_varbind *varbind, struct uvsnmp_oid name);
void assert_integer(const struct uvsnmp_varbind *varbind, int32_t number);
void assert_status(const struct fixture *fixture, enum uvsnmp_status status, int32_t index);

#endif
