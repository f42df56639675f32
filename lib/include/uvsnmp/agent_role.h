/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The agent role: the answering side of the transport engine. Bound to any number of interfaces, it hands
 * each arriving message to a callback, which answers at once, later, or not at all. A datagram's answer
 * leaves from the address it was asked at, also when bound to the wildcard. It knows nothing of SNMP.
 */
#ifndef UVSNMP_AGENT_ROLE_H
#define UVSNMP_AGENT_ROLE_H

#include <uv.h>

#include <uvsnmp/address.h>
#include <uvsnmp/manager.h>

#ifdef __cplusplus
extern "C" {
#endif

struct uvsnmp_agent_role;

/* Where an answer goes. A plain value: copy it to answer later. */
struct uvsnmp_return_path {
    struct uvsnmp_address peer;
    struct uvsnmp_address local; /* the address the message was sent to; of a stream, the one listened on */
    uint64_t endpoint;           /* which socket or connection; harmless once that is gone */
    unsigned ifindex;            /* the interface it came in by; 0: not known (streams, and datagrams to an
                                    interface bound to one address) */
};

/* A message that arrived. `data` is valid during the call only and may be changed by the callee. */
struct uvsnmp_arrival {
    const struct uvsnmp_return_path *path;
    uint8_t *data;
    size_t size;
    bool truncated; /* the datagram was longer than the receive buffer; `data` is its beginning */
};
typedef void uvsnmp_arrival_cb(struct uvsnmp_agent_role *role, const struct uvsnmp_arrival *arrival,
                               void *arg);

/* A message received, before it is worked on, or about to be sent, as those who stand on a role show it for packet
 * dumps; valid during the call only. */
struct uvsnmp_packet {
    bool sent;
    const struct uvsnmp_address *peer, *local;
    const uint8_t *data;
    size_t size;
};

/* An error on an interface or connection; the role runs on. `error` is valid during the call only. */
typedef void uvsnmp_agent_role_error_cb(struct uvsnmp_agent_role *role, const struct uvsnmp_error *error,
                                        void *arg);

struct uvsnmp_agent_role_options {
    const char *const *interfaces; /* addresses to listen on; NULL: one, "udp:127.0.0.1:" default_port */
    size_t interface_count;
    uint16_t default_port;  /* of interfaces that name none; 0: 161 */
    uvsnmp_frame_fn *frame; /* for streams; NULL: tcp and unix are refused */
    uvsnmp_arrival_cb *on_arrival;
    uvsnmp_agent_role_error_cb *on_error; /* may be NULL */
    void *arg;
    size_t max_message;       /* octets; 0: 65535 */
    size_t max_connections;   /* stream clients at once; 0: 256. More are closed at accept. */
    uint64_t idle_timeout_ms; /* a stream client silent for so long is closed; 0: 600,000 */
    int receive_buffer;       /* octets asked of the kernel; 0: 4 MiB */
};

/*
 * Makes an agent role on the caller's loop, bound and listening when the call returns. All interfaces or
 * none: an error names the one that failed (UVSNMP_EBAD_ADDRESS, UVSNMP_EUNKNOWN_HOST,
 * UVSNMP_EADDRESS_IN_USE, UVSNMP_EADDRESS_UNAVAILABLE, UVSNMP_EPERMISSION, UVSNMP_EUNSUPPORTED,
 * UVSNMP_ENO_MEMORY). What was opened until then is closed by the loop's next turns.
 */
UVSNMP_API int uvsnmp_agent_role_new(uv_loop_t *loop, const struct uvsnmp_agent_role_options *options,
                                     struct uvsnmp_agent_role **out, struct uvsnmp_error *err);

/* Adds one interface later. */
UVSNMP_API int uvsnmp_agent_role_listen(struct uvsnmp_agent_role *role, const char *interface_,
                                        struct uvsnmp_error *err);

/* The bound address of interface `index` (with the port the kernel chose for port 0); NULL past the last. */
UVSNMP_API const struct uvsnmp_address *uvsnmp_agent_role_bound(const struct uvsnmp_agent_role *role,
                                                                size_t index);

/*
 * Answers. The bytes are copied (or sent) before the call returns. Answers given from within on_arrival leave
 * in batches when the arrivals at hand are worked off, others with the turn of the loop. UVSNMP_EDISCONNECTED
 * when the stream client has gone; UVSNMP_EMESSAGE_SIZE; UVSNMP_ELIMIT when a stream client does not read
 * what it is sent, or the network takes no more datagrams; UVSNMP_ECLOSED. A datagram that the kernel refuses
 * later is told to `on_error`, at most ten times a minute.
 */
UVSNMP_API int uvsnmp_agent_role_reply(struct uvsnmp_agent_role *role, const struct uvsnmp_return_path *path,
                                       const void *data, size_t size);

/*
 * A place of `*capacity` octets (at least 64 KiB) to encode an answer into, saving a copy; the next call to
 * any function of the role ends its validity. Pass `data` within it to uvsnmp_agent_role_reply(). NULL: no memory.
 */
UVSNMP_API uint8_t *uvsnmp_agent_role_buffer(struct uvsnmp_agent_role *role, size_t *capacity);

/*
 * Reads nothing from its sockets until it is called again with false: for a program that is behind. Meanwhile
 * datagrams gather in the sockets' receive buffers, and are lost once those are full; streams hold up their
 * senders. A few messages may still arrive: those of the batch at hand. When it goes on, on_arrival may be called
 * within the call.
 */
UVSNMP_API void uvsnmp_agent_role_pause(struct uvsnmp_agent_role *role, bool pause);

/* Sends what is waiting (stream clients have a second to take it), closes the interfaces and frees the role;
 * `closed` (may be NULL) is the last call. */
typedef void uvsnmp_agent_role_cb(void *arg);
UVSNMP_API void uvsnmp_agent_role_close(struct uvsnmp_agent_role *role, uvsnmp_agent_role_cb *closed,
                                        void *arg);

#ifdef __cplusplus
}
#endif
#endif
