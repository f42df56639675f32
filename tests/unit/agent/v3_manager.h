/* SPDX-License-Identifier: BSD-3-Clause */
/* A manager of version 3 before a fixture's agent. */
#ifndef AGENT_V3_MANAGER_H
#define AGENT_V3_MANAGER_H

#include <uvsnmp/usm.h>

#include "engine/incoming.h"
#include "msg/v3.h"
#include "unit/agent/fixture.h"

#define V3_MANAGER_ENGINE "\x80\0\0\0\1\2\3\4" /* of agents here */

struct v3_manager {
    struct fixture *fixture;
    struct engine engine;
    struct usm_crypto *crypto;
    struct uvsnmp_bytes engine_id;         /* of the agent, as the peer believes it is */
    struct uvsnmp_bytes context_engine_id; /* the same at first */
    const char *context;                   /* "" at first */
    uint8_t sent[2000];                    /* the last message, sent_size octets */
    size_t sent_size;
    int status;                /* of engine_decode(), and … */
    struct engine_incoming in; /* … the last answer */
    struct arena arena;
};

/* Options for an agent of that engine ID in its boot 7. */
struct uvsnmp_agent_options v3_options(void);

/* Knows the agent's clock after a discovery. Sets fixture->leaves_bytes. */
struct v3_manager *v3_manager_new(struct fixture *fixture);
void v3_manager_free(struct v3_manager *peer);

/* "NAME" with SHA-256 and AES, of the passphrases "authentic" and "encrypted". */
struct uvsnmp_user v3_user(const char *name);
void v3_add_user(struct fixture *fixture, const char *name);
/* Everything, to write too, at any level. */
void v3_add_right(struct fixture *fixture, const char *name);

/* Sends a request; true when an answer came during the call: peer->status and peer->in. */
bool v3_send(struct v3_manager *peer, const struct uvsnmp_user *user, uint8_t level,
             const struct msg_pdu *pdu);
bool v3_ask(struct v3_manager *peer, const char *user, uint8_t level, enum uvsnmp_pdu_type type,
            struct uvsnmp_oid name);

/* The answer is a Report of this error at this level; a Response with this status at that index. */
void assert_report(const struct v3_manager *peer, int error, uint8_t level);
void assert_response(const struct v3_manager *peer, enum uvsnmp_status status, int32_t index);

#endif
