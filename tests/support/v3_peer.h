/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The engine of an agent behind a scripted peer, on the virtual clock: it has the ID, the users and the keys
 * of v3_engine.h, serves one integer under every name, and says what a test wants when a test wants it.
 */
#ifndef TESTS_SUPPORT_V3_PEER_H
#define TESTS_SUPPORT_V3_PEER_H

#include "engine/incoming.h"
#include "support/scripted_peer.h"

struct v3_peer {
    struct scripted_peer *peer;
    struct usm_crypto *crypto;
    struct engine engine;
    struct arena arena;
    int32_t number;        /* that it serves */
    bool ends_walks;       /* a GETNEXT comes to the end of the MIB at once */
    unsigned served;       /* requests answered by a Response … */
    unsigned reported;     /* … and by a Report */
    uint8_t message[2048]; /* the last one made, its first `size` octets */
    size_t size;
};

void v3_peer_start(struct v3_peer *v3);
void v3_peer_stop(struct v3_peer *v3);

/* The engine starts anew: the users as they were, `boots`, its time 0. */
void v3_peer_restart(struct v3_peer *v3, int32_t boots);
/* The same with another engine ID, for which all users have keys too; boots 1. */
void v3_peer_replace(struct v3_peer *v3, struct uvsnmp_bytes engine_id);

/* Makes what the engine answers to a request, a Response or a Report, into v3->message. false: nothing. */
bool v3_peer_make(struct v3_peer *v3, const struct scripted_request *request);

/* Takes and answers all requests that arrive up to the point where nothing more happens. */
void v3_peer_serve(struct v3_peer *v3, uv_loop_t *loop);

#endif
