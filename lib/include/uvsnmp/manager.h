/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The manager role: the asking side of the transport engine. It sends messages to many peers over one socket
 * per address family (and one connection per stream peer), matches what comes back, retries, and calls back.
 * It knows nothing of SNMP: it moves opaque bytes.
 *
 * An answer counts only if it comes from an address that its exchange asked: what else arrives, what is late
 * and what comes twice goes to `on_unmatched`. When the network says that a peer is not there (a port nobody
 * listens on, no route), the exchanges with it end at once, with UVSNMP_EREFUSED or UVSNMP_EUNREACHABLE.
 *
 * Where a peer is a name, all its addresses serve: one that refuses is left at once for the next, and each
 * retry goes to the next in turn; the answer may come from any that was asked. Names looked up are kept for
 * 30 seconds.
 *
 * What is sent within one turn of the loop leaves together, just before the loop waits. All callbacks,
 * `encode` included, come from the loop, and may send, cancel and close as they like.
 */
#ifndef UVSNMP_MANAGER_H
#define UVSNMP_MANAGER_H

#include <uv.h>

#include <uvsnmp/address.h>

#ifdef __cplusplus
extern "C" {
#endif

struct uvsnmp_manager;
struct uvsnmp_exchange;

/*
 * The matching rule: reads the key out of a message. Returns true and sets `*key`, or false
 * when the bytes are no message of the protocol (which then goes to `on_unmatched`).
 */
typedef bool uvsnmp_key_fn(const uint8_t *data, size_t size, uint64_t *key);

/*
 * How long is the message that starts at `data`? For streams (tcp, unix). Returns the length in octets, 0
 * when more octets are needed to tell, or a negative error code when the stream is broken (it is then
 * closed).
 */
typedef ptrdiff_t uvsnmp_frame_fn(const uint8_t *data, size_t size);

/* A message that no outstanding exchange was waiting for. `data` is valid during the call only. */
typedef void uvsnmp_unmatched_cb(struct uvsnmp_manager *manager, const struct uvsnmp_address *from,
                                 const uint8_t *data, size_t size, void *arg);

/* A message as it leaves or arrives, for whoever wants to watch; all valid during the call only. */
struct uvsnmp_trace {
    bool sent; /* false: received */
    const struct uvsnmp_address *peer;
    uint16_t local_port; /* of a datagram; 0: not known */
    const uint8_t *data;
    size_t size;
};
typedef void uvsnmp_trace_cb(const struct uvsnmp_trace *trace, void *arg);

struct uvsnmp_manager_options {
    const char *peer;       /* default destination, in the syntax of address.h; NULL: none */
    const char *local;      /* local address[:port] to bind; NULL: any address, any port. Without a port: any
                               port; without a host ("1234"): any address, for both families */
    uint16_t default_port;  /* of destinations that name none */
    uvsnmp_key_fn *key;     /* NULL: an arriving message answers the oldest exchange with its sender */
    uvsnmp_key_fn *sent_key; /* the key of the answer, read out of the message it answers, whose end may be
                                cut off: an error that the network returns with octets that are of no message
                                outstanding is ignored. NULL: they are not checked */
    uvsnmp_frame_fn *frame; /* NULL: tcp and unix peers are refused with UVSNMP_EUNSUPPORTED */
    uvsnmp_unmatched_cb *on_unmatched; /* NULL: such messages are dropped */
    void *arg;                         /* for on_unmatched */
    size_t max_in_flight; /* datagram exchanges on the wire at once; 0: what the receive buffer holds */
    int receive_buffer;   /* octets asked of the kernel; 0: 4 MiB */
    bool patient; /* datagrams: a peer of whom the network says that he cannot be reached may just be starting;
                     the attempts go on */
    uvsnmp_trace_cb *trace; /* shown each message at each attempt; must not call the manager; NULL: none */
    void *trace_arg;
};

/*
 * The end of an exchange; called exactly once for each accepted send, never before the send returned.
 * `status` is 0 and `data` the answer (valid during the call only) from `from`; or `status` is an error
 * (UVSNMP_ETIMEOUT, UVSNMP_EDEADLINE, UVSNMP_EREFUSED, UVSNMP_EUNREACHABLE, UVSNMP_EUNKNOWN_HOST,
 * UVSNMP_ECANCELLED, …), `data` is NULL and `detail` says what happened (never NULL, "" on success).
 */
struct uvsnmp_exchange_result {
    int status;
    const char *detail;
    const struct uvsnmp_address *from; /* who answered, or, with an error, whom we asked (NULL: unresolved) */
    const uint8_t *data;
    size_t size;
    unsigned attempts; /* how often the message was sent */
};
typedef void uvsnmp_exchange_cb(const struct uvsnmp_exchange_result *result, void *arg);

/*
 * Writes the message of attempt `attempt` (0, 1, …) into `buffer` of `capacity` octets; returns its size, or
 * a negative error code, which ends the exchange. `key` is the key under which the answer will be matched and
 * may be changed per attempt.
 */
typedef ptrdiff_t uvsnmp_encode_fn(uint8_t *buffer, size_t capacity, unsigned attempt, uint64_t *key,
                                   void *arg);

/*
 * Judges a message whose key and source are those of an answer to the exchange, for protocols that sign
 * theirs: false: it is none, the exchange goes on waiting, and the message counts as unmatched, without a
 * word to `on_unmatched`. True: `done` is called next, with it.
 */
typedef bool uvsnmp_accept_fn(const struct uvsnmp_address *from, const uint8_t *data, size_t size, void *arg);

struct uvsnmp_send {
    const char *peer; /* destination as text (names are looked up, all addresses tried) … */
    const struct uvsnmp_address *address; /* … or resolved; both NULL: the default destination */
    const void *data;                     /* the message, copied before the call returns … */
    size_t size;
    uvsnmp_encode_fn *encode; /* … or, with data NULL, a function that makes it for each attempt */
    bool held; /* not sent before uvsnmp_exchange_release(), which says to whom; only its deadline runs */
    uvsnmp_accept_fn *accept; /* NULL: whatever its key matches is the answer */
    uint64_t key;             /* of the answer; used only where the manager has a matching rule */
    bool any_source; /* its key is enough: take the answer from whatever address it comes, as hosts of several
                        addresses send it; whoever guesses the key can then answer too. Datagrams only. */
    uint64_t timeout_ms;      /* to wait for an answer after each attempt; 0: no answer is expected, the
                                 exchange ends with status 0 and no data once the message is with the kernel
                                 (which a stream's peer has 30 seconds to let happen) */
    unsigned retries;     /* attempts after the first; a stream sends once and waits as long as all of them */
    uint64_t deadline_ms; /* whole exchange, name lookup and waiting for a slot included; 0: none */
    uvsnmp_exchange_cb *done;
    void *arg; /* for encode, accept and done */
};

/*
 * Makes a manager on the caller's loop. Errors: UVSNMP_EBAD_ADDRESS, UVSNMP_EADDRESS_IN_USE,
 * UVSNMP_EADDRESS_UNAVAILABLE, UVSNMP_EPERMISSION, UVSNMP_ENO_MEMORY. Sockets are opened at first use, except
 * for `local`, which is bound at once.
 */
UVSNMP_API int uvsnmp_manager_new(uv_loop_t *loop, const struct uvsnmp_manager_options *options,
                                  struct uvsnmp_manager **out, struct uvsnmp_error *err);

/*
 * Sends one message. With no destination at all: UVSNMP_ENO_DESTINATION. An error returned here means that
 * `done` will not be called. `*out` (may be NULL) is a handle for uvsnmp_exchange_cancel(), valid until
 * `done` returns.
 */
UVSNMP_API int uvsnmp_manager_send(struct uvsnmp_manager *manager, const struct uvsnmp_send *send,
                                   struct uvsnmp_exchange **out, struct uvsnmp_error *err);

/*
 * Lets a held exchange go, once: `status` 0 to `address`, which is copied; a negative one ends it, with
 * `detail` (copied; NULL: none), and its callback comes from the loop.
 */
UVSNMP_API void uvsnmp_exchange_release(struct uvsnmp_exchange *exchange,
                                        const struct uvsnmp_address *address, int status, const char *detail);

/* Ends an exchange; its callback comes with UVSNMP_ECANCELLED from the loop, not from within this call. */
UVSNMP_API void uvsnmp_exchange_cancel(struct uvsnmp_exchange *exchange);

/* Calls `drained` from the loop once no exchange is outstanding (at once, if none is). One at a time. */
typedef void uvsnmp_manager_cb(struct uvsnmp_manager *manager, void *arg);
UVSNMP_API int uvsnmp_manager_drain(struct uvsnmp_manager *manager, uvsnmp_manager_cb *drained, void *arg);

/*
 * Cancels what is outstanding (each callback comes, with UVSNMP_ECANCELLED), closes the sockets and frees the
 * manager; `closed` (may be NULL) is the last call. The loop runs on until then (a name lookup under way
 * cannot be stopped and is waited for). After this call, and inside the callbacks it causes, the manager
 * accepts no sends (UVSNMP_ECLOSED).
 */
UVSNMP_API void uvsnmp_manager_close(struct uvsnmp_manager *manager, uvsnmp_manager_cb *closed, void *arg);

/* Counters since the manager was made; `unmatched` includes `wrong_source`: the key of an exchange, but not
 * from an address it asked. `outstanding` and `in_flight` (datagrams on the wire) are of now. */
struct uvsnmp_manager_stats {
    uint64_t sent, received, retries, timeouts, unmatched, wrong_source;
    size_t outstanding, in_flight;
};
UVSNMP_API void uvsnmp_manager_stats(const struct uvsnmp_manager *manager, struct uvsnmp_manager_stats *out);

/*
 * A manager keeps its loop alive only while something is outstanding: uv_run() returns when all callbacks
 * have been called, though sockets stay open.
 */

#ifdef __cplusplus
}
#endif
#endif
