/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Which engine is at an address (RFC 3414 §4): asked once for all sessions that ask there in the same way,
 * and again when the engine turns out to be another one. What the answer says of its clock becomes a hint.
 */
#ifndef SESSION_DISCOVERY_H
#define SESSION_DISCOVERY_H

#include "session/client.h"

struct discovery {
    struct map_link by_peer;
    struct list in_all;           /* the client's */
    struct uvsnmp_client *client; /* NULL: it is gone */
    unsigned references;          /* of sessions */
    struct session_target target;
    struct engine_id engine_id;       /* empty: not known (any more) */
    struct engine_envelope asked;     /* of the message under way */
    struct uvsnmp_exchange *exchange; /* NULL: none is under way */
    struct list waiting;              /* requests, whose exchanges are held until it is over */
};

/* The one of the session's client and target, which is made if there is none. NULL: out of memory. */
struct discovery *discovery_hold(struct uvsnmp_session *session);
void discovery_release(struct discovery *discovery); /* NULL is fine */

/* Lets the request wait for the engine ID. 0, or what uvsnmp_manager_send() returns. */
int discovery_wait(struct discovery *discovery, struct uvsnmp_request *request);
/* The request waits no more; harmless where it did not. */
void discovery_leave(struct uvsnmp_request *request);

/* The engine at the address is not `engine_id` any more. */
void discovery_forget(struct discovery *discovery, const struct engine_id *engine_id);

/* Before the client is freed: discoveries whose sessions live on must not touch it. */
void discovery_end_all(struct uvsnmp_client *client);

#endif
