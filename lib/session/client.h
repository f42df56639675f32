/* SPDX-License-Identifier: BSD-3-Clause */
/* The inside of a client and its sessions and requests, shared by the files of this folder. */
#ifndef SESSION_CLIENT_H
#define SESSION_CLIENT_H

#include <uvsnmp/manager.h>
#include <uvsnmp/session.h>

#include "base/arena.h"
#include "base/list.h"
#include "base/map.h"
#include "engine/incoming.h"
#include "usm/credential.h"

/* What last arrived that answered nothing: it explains a timeout. */
struct client_stray {
    struct uvsnmp_address from;
    uint64_t key; /* of a Response; 0: not one */
    bool seen;
    char text[160]; /* what was wrong with it */
};

struct uvsnmp_client {
    uv_loop_t *loop;
    struct uvsnmp_manager *manager;
    struct engine engine;            /* without an ID: it is authoritative for nothing */
    struct arena arena;              /* of the message being handled … */
    struct engine_incoming incoming; /* … and what it says */
    struct {
        struct map by_peer;
        struct list all;
    } discoveries;
    uint8_t *buffer;    /* MSG_SIZE_MAX octets to encode into */
    int32_t request_id; /* the last one given */
    uint16_t default_port;
    struct client_stray stray;
    bool closing;
    void (*closed)(void *arg);
    void *closed_arg;
};

struct uvsnmp_credential {
    unsigned references; /* its maker's, and its sessions' */
    struct usm_credential *usm;
};

/* How a session asks, whatever it asks for. */
struct session_target {
    char *peer; /* as given */
    struct uvsnmp_address address;
    bool resolved; /* `address` is known */
    bool any_source;
    uint64_t timeout_ms;
    unsigned retries;
};

struct session_v3 {
    struct uvsnmp_credential *credential;
    uint8_t level;               /* MSG_V3_AUTH, MSG_V3_PRIV */
    struct engine_id engine_id;  /* as given; empty: … */
    struct discovery *discovery; /* … as found out by this */
    struct uvsnmp_bytes context_engine_id, context_name;
};

struct uvsnmp_session {
    struct uvsnmp_client *client;
    struct session_target target;
    enum uvsnmp_version version;
    uint8_t *octets; /* owned: the community's, the context's */
    struct uvsnmp_bytes community;
    struct session_v3 v3;
    uint64_t deadline_ms;
    struct list requests; /* outstanding */
    unsigned holds;       /* requests and walks that still need the memory */
    bool freed;           /* by its owner */
};

struct uvsnmp_request {
    struct list link; /* in session->requests */
    struct uvsnmp_session *session;
    struct uvsnmp_exchange *exchange;
    uint64_t key;
    uvsnmp_result_cb *done;
    void *arg;

    /* version 3 */
    struct list waiting;             /* in its discovery, while that is under way */
    struct engine_id engine_id;      /* that it is sent to; empty: not known yet */
    struct engine_envelope envelope; /* has keys; borrows from the session */
    int64_t request_id;
    uint64_t due;                            /* of session->deadline_ms; 0: none */
    bool has_resynchronised, has_discovered; /* each is done once */
    enum uvsnmp_pdu_type type;
    size_t pdu_size;
    uint8_t pdu[]; /* encoded: it may be sent more than once */
};

/* The next request-id: positive, unpredictable at first, unique for 2^31 requests. */
int32_t client_next_request_id(struct uvsnmp_client *client);

/* Remembers a message that was not what anybody waits for. `key` 0: of no answer. */
void client_remember(struct uvsnmp_client *client, const struct uvsnmp_address *from, uint64_t key,
                     const char *format, ...) UVSNMP_PRINTF(4, 5);

/* Why an exchange timed out, if something strange arrived meanwhile; else an empty text. */
const char *client_explain(const struct uvsnmp_client *client, const struct uvsnmp_address *asked,
                           uint64_t key);

/* Takes apart and checks the answer to `envelope` into client->incoming, valid until the next message; false:
 * it is none, which is remembered. */
bool client_accept(struct uvsnmp_client *client, const struct engine_envelope *envelope,
                   const struct uvsnmp_address *from, struct uvsnmp_bytes message);

/* A session stays in memory until its owner has freed it and nothing holds it. */
void session_hold(struct uvsnmp_session *session);
void session_release(struct uvsnmp_session *session);

/* The address that answered is the session's from now on. */
void session_answered(struct uvsnmp_session *session, const struct uvsnmp_address *from);

#endif
