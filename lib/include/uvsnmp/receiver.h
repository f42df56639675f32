/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * A notification receiver (RFC 3413 §3.4): it listens for traps and informs of SNMPv1, SNMPv2c and SNMPv3 and
 * hands over those of the communities and users that the program has added, each once, as version 2 has it.
 * An inform is acknowledged when the program says so, now or later; until then its sender repeats it, and
 * what is repeated is not handed over again. Everything runs in the caller's uv_loop_t and on its thread;
 * nothing blocks.
 */
#ifndef UVSNMP_RECEIVER_H
#define UVSNMP_RECEIVER_H

#include <uv.h>

#include <uvsnmp/address.h>
#include <uvsnmp/agent_role.h>
#include <uvsnmp/pdu.h>
#include <uvsnmp/usm.h>
#include <uvsnmp/value.h>

#ifdef __cplusplus
extern "C" {
#endif

struct uvsnmp_receiver;

/* One notification. Everything pointed to is valid during the callback only. */
struct uvsnmp_received {
    enum uvsnmp_version version;
    struct uvsnmp_bytes community;     /* versions 1 and 2c */
    struct uvsnmp_bytes security_name; /* version 3, as are the next four */
    enum uvsnmp_level level;           /* of the message; communities: UVSNMP_NO_AUTH_NO_PRIV */
    struct uvsnmp_bytes engine_id; /* of the authoritative engine: a trap's sender, an inform's receiver */
    struct uvsnmp_bytes context_engine_id, context_name;
    const struct uvsnmp_address *peer, *local; /* who sent it, and the address that it was sent to */
    uint64_t time_ms;                          /* of its arrival: milliseconds since 1970-01-01 00:00 UTC */
    uint64_t
        inform; /* an inform: what uvsnmp_receiver_acknowledge() is told; 0: nobody waits for an answer */
    int64_t request_id;                /* of versions 2c and 3 */
    const struct uvsnmp_trap_v1 *trap; /* of version 1: what its Trap-PDU says; else NULL */
    /* The notification of version 2 (of a trap of version 1 by RFC 3584 §3.1): sysUpTime.0 and snmpTrapOID.0,
     * which is {0, 0} where the sender has left it out, and behind these two what was sent with them. */
    const struct uvsnmp_varbind *varbinds;
    size_t count;
};

/* Each notification. It may acknowledge an inform at once, and close the receiver. */
typedef void uvsnmp_received_cb(struct uvsnmp_receiver *receiver, const struct uvsnmp_received *received,
                                void *arg);

/* Each message received or sent. The callback calls no function of this receiver but those that only tell. */
typedef void uvsnmp_receiver_packet_cb(struct uvsnmp_receiver *receiver, const struct uvsnmp_packet *packet,
                                       void *arg);

/* An error of an interface; the receiver runs on. */
typedef void uvsnmp_receiver_error_cb(struct uvsnmp_receiver *receiver, const struct uvsnmp_error *error,
                                      void *arg);

/* Members that are 0 or NULL mean the default. */
struct uvsnmp_receiver_options {
    const char *const *interfaces; /* in the syntax of address.h; NULL: one, udp:127.0.0.1:162 */
    size_t interface_count;
    uint16_t default_port; /* of interfaces that name none; default 162 */
    /* Of its own engine, which informs of version 3 are sent to: 5 to 32 octets that no other has, the same
     * for good; empty: it takes none. Copied. */
    struct uvsnmp_bytes engine_id;
    /* How often a receiver of this engine ID has been started, this start counted: see uvsnmp_agent_options.
     * Default 1. */
    int32_t engine_boots;
    bool any_community; /* messages of versions 1 and 2c are taken whatever their community is */
    /* Messages without a digest are taken of users with keys too, which anybody may have sent: look at
     * `level`. Else they are dropped. */
    bool unauthenticated;
    /* Informs that are not acknowledged yet; while there are so many, or they hold 64 MiB, more are dropped,
     * which their senders repeat. Default 1,000 */
    size_t max_informs;
    uint64_t deadline_ms;                /* an inform not acknowledged by then is forgotten. Default 60,000 */
    uvsnmp_received_cb *on_notification; /* not NULL */
    uvsnmp_receiver_packet_cb *on_packet;
    uvsnmp_receiver_error_cb *on_error;
    void *arg; /* for all three */
};

/*
 * Makes a receiver on the caller's loop, bound and listening when the call returns. Nobody is heard before a
 * community or a user is added. Errors as uvsnmp_agent_role_new(), and UVSNMP_EBAD_ARGUMENT: no
 * on_notification, or an engine ID that is none.
 */
UVSNMP_API int uvsnmp_receiver_new(uv_loop_t *loop, const struct uvsnmp_receiver_options *options,
                                   struct uvsnmp_receiver **out, struct uvsnmp_error *err);

/* One more interface. */
UVSNMP_API int uvsnmp_receiver_listen(struct uvsnmp_receiver *receiver, const char *interface_,
                                      struct uvsnmp_error *err);

/* The bound address of interface `index` (with the port chosen for port 0); NULL past the last. */
UVSNMP_API const struct uvsnmp_address *uvsnmp_receiver_bound(const struct uvsnmp_receiver *receiver,
                                                              size_t index);

/* Reads nothing from its sockets until it is called again with false, for a program that is behind: see
 * uvsnmp_agent_role_pause(). */
UVSNMP_API void uvsnmp_receiver_pause(struct uvsnmp_receiver *receiver, bool pause);

/* Closes it: sends what is acknowledged already, forgets the informs that are not, and frees the receiver.
 * `closed` (may be NULL) is the last call, from the loop; a second close has no effect. */
UVSNMP_API void uvsnmp_receiver_close(struct uvsnmp_receiver *receiver, void (*closed)(void *arg), void *arg);

/* ---- who is heard ---- */

/* A community, copied. UVSNMP_EEXISTS, UVSNMP_ENO_MEMORY. */
UVSNMP_API int uvsnmp_receiver_add_community(struct uvsnmp_receiver *receiver, struct uvsnmp_bytes community);
/* UVSNMP_ENOT_FOUND. */
UVSNMP_API int uvsnmp_receiver_remove_community(struct uvsnmp_receiver *receiver,
                                                struct uvsnmp_bytes community);

/*
 * A user of version 3, of whom everything is copied; his keys are made now, which takes a few milliseconds
 * for each passphrase. With the engine ID of a sender he is heard when he sends traps from there; without one
 * (empty) when he sends informs here. UVSNMP_EBAD_ARGUMENT: the receiver has no engine ID, and none is given;
 * UVSNMP_EEXISTS: that engine has a user of that name; else as uvsnmp_agent_add_user().
 */
UVSNMP_API int uvsnmp_receiver_add_user(struct uvsnmp_receiver *receiver, struct uvsnmp_bytes engine_id,
                                        const struct uvsnmp_user *user, struct uvsnmp_error *err);
/* Informs at hand can still be acknowledged. UVSNMP_ENOT_FOUND. */
UVSNMP_API int uvsnmp_receiver_remove_user(struct uvsnmp_receiver *receiver, struct uvsnmp_bytes engine_id,
                                           struct uvsnmp_bytes name);

/* ---- informs ---- */

/*
 * Acknowledges an inform: its sender gets the Response, and gets it again should it repeat the inform because
 * the Response was lost. UVSNMP_ENOT_FOUND: it does not wait (any more): it is acknowledged or dropped, or
 * was forgotten at its deadline; UVSNMP_ENO_MEMORY, and those of the security model: it still waits;
 * UVSNMP_ECLOSED. Whether the sender can be reached is nobody's to know.
 */
UVSNMP_API int uvsnmp_receiver_acknowledge(struct uvsnmp_receiver *receiver, uint64_t inform);

/* Never acknowledges it: when its sender repeats it, it is handed over as another one. Nothing happens to one
 * that does not wait. */
UVSNMP_API void uvsnmp_receiver_drop(struct uvsnmp_receiver *receiver, uint64_t inform);

/* ---- figures ---- */

/* Since the receiver was made. */
struct uvsnmp_receiver_counters {
    uint64_t packets;   /* messages that arrived; of these … */
    uint64_t malformed; /* … could not be read, or are no notifications */
    uint64_t strangers; /* … were of a community or a user that is not known, or not authentic */
    uint64_t dropped;   /* … could not be taken: no memory, or too many informs wait */
    uint64_t repeated;  /* … were informs that are known already */
    uint64_t traps;     /* … were handed over, and these */
    uint64_t informs;
    uint64_t acknowledged; /* of the informs that were handed over */
    uint64_t expired;      /* … not acknowledged by their deadline */
};

/* Valid as long as the receiver is, and always as of now. */
UVSNMP_API const struct uvsnmp_receiver_counters *
uvsnmp_receiver_counters(const struct uvsnmp_receiver *receiver);

#ifdef __cplusplus
}
#endif
#endif
