/* SPDX-License-Identifier: BSD-3-Clause */
/* The inside of a client and its sessions and requests, shared by the files of this folder. */
#ifndef SESSION_CLIENT_H
#define SESSION_CLIENT_H

#include <uvsnmp/manager.h>
#include <uvsnmp/session.h>

#include "base/arena.h"
#include "base/list.h"
#include "msg/message.h"

/* What last arrived that answered nothing: it explains a timeout. */
struct client_stray {
    struct uvsnmp_address from;
    uint64_t key; /* of a Response; 0: not one */
    bool seen;
    char text[128]; /* what was wrong with it */
};

struct uvsnmp_client {
    uv_loop_t *loop;
    struct uvsnmp_manager *manager;
    struct arena arena; /* of the message being handled */
    uint8_t *buffer;    /* MSG_SIZE_MAX octets to encode into */
    int32_t request_id; /* the last one given */
    uint16_t default_port;
    struct client_stray stray;
    bool closing;
    void (*closed)(void *arg);
    void *closed_arg;
};

struct uvsnmp_session {
    struct uvsnmp_client *client;
    char *peer; /* as given */
    struct uvsnmp_address address;
    bool resolved; /* `address` is known */
    enum uvsnmp_version version;
    uint8_t *community;
    size_t community_size;
    uint64_t timeout_ms, deadline_ms;
    unsigned retries;
    bool any_source;
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
};

/* The next request-id: positive, unpredictable at first, unique for 2^31 requests. */
int32_t client_next_request_id(struct uvsnmp_client *client);

/* Why an exchange timed out, if something strange arrived meanwhile; else an empty text. */
const char *client_explain(const struct uvsnmp_client *client, const struct uvsnmp_address *asked, uint64_t key);

/* A session stays in memory until its owner has freed it and nothing holds it. */
void session_hold(struct uvsnmp_session *session);
void session_release(struct uvsnmp_session *session);

#endif
