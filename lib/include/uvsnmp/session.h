/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The high-level asynchronous API of the asking side: a client (one socket per address family, request ids,
 * matching) and the sessions that stand on it, one per target. Every verb returns at once and calls back:
 * exactly once, never before the verb returned; a verb that fails calls nothing.
 */
#ifndef UVSNMP_SESSION_H
#define UVSNMP_SESSION_H

#include <uv.h>

#include <uvsnmp/address.h>
#include <uvsnmp/manager.h>
#include <uvsnmp/pdu.h>
#include <uvsnmp/usm.h>
#include <uvsnmp/value.h>

#ifdef __cplusplus
extern "C" {
#endif

/* ---- the client ---- */

struct uvsnmp_client;
struct uvsnmp_client_options {
    const char *local;    /* local address[:port] to send from, in the syntax of address.h; NULL: any */
    size_t max_in_flight; /* see uvsnmp_manager_options */
    int receive_buffer;
    bool patient;           /* see uvsnmp_manager_options */
    uint16_t default_port;  /* of peers that name none; 0: 161 */
    /* Who sends traps of version 3: the ID of its own engine (5 to 32 octets; copied; empty: none is sent), and what
     * its clock says now. Receivers refuse what is older than what they have seen: from one start of the program
     * to the next the time grows, or the boots do, which are 1 at least. */
    struct uvsnmp_bytes engine_id;
    int32_t engine_boots, engine_time;
    uvsnmp_trace_cb *trace; /* see uvsnmp_manager_options */
    void *trace_arg;
};

/* Makes a client on the caller's loop; `options` may be NULL. Errors as uvsnmp_manager_new(), and UVSNMP_EBAD_VALUE
 * for what is no engine ID. */
UVSNMP_API int uvsnmp_client_new(uv_loop_t *loop, const struct uvsnmp_client_options *options,
                                 struct uvsnmp_client **out, struct uvsnmp_error *err);

/* Cancels what is outstanding (each callback comes, with UVSNMP_ECANCELLED) and frees the client once its
 * sockets are closed; run the loop until then. Its sessions must not be used any more, but still be freed,
 * before or after. `closed` (may be NULL) is the last call; a second close has no effect. */
UVSNMP_API void uvsnmp_client_close(struct uvsnmp_client *client, void (*closed)(void *arg), void *arg);

/* ---- whom version 3 speaks for ---- */

/* A user with his secrets, to any engine (RFC 3414): passphrases are hashed once, when the credential is made,
 * the keys of each engine are made when it is first asked, and kept. */
struct uvsnmp_credential;

/*
 * Makes a credential for any number of the client's sessions; everything is copied, keys are wiped at the
 * end. libcrypto is opened when the first credential with keys is made. Errors, with a detail:
 * UVSNMP_EBAD_VALUE (a name that is too long, an unknown protocol, a passphrase that is too short, a key of
 * the wrong size, privacy without authentication, a protocol without a secret), UVSNMP_EUNSUPPORTED (no
 * libcrypto, or it lacks the protocol), UVSNMP_ENO_MEMORY.
 */
UVSNMP_API int uvsnmp_credential_new(struct uvsnmp_client *client, const struct uvsnmp_user *user,
                                     struct uvsnmp_credential **out, struct uvsnmp_error *err);

/* The caller needs it no more; the sessions made with it do as long as they live. NULL is fine. */
UVSNMP_API void uvsnmp_credential_free(struct uvsnmp_credential *credential);

/* ---- a session ---- */

struct uvsnmp_session;
struct uvsnmp_session_options {
    const char *peer; /* transport address, the client's default port where it names none; copied */
    enum uvsnmp_version version;
    struct uvsnmp_bytes community; /* v1, v2c; copied */
    uint64_t timeout_ms;           /* per attempt; 0: 1000 */
    unsigned retries;              /* after the first attempt */
    uint64_t deadline_ms;          /* of one request with all its attempts; 0: none */
    bool any_source;               /* believe answers from addresses that were not asked; see struct uvsnmp_send */

    /* Version 3; everything is copied, the credential is shared. */
    struct uvsnmp_credential *credential;
    enum uvsnmp_level level;       /* 0: the highest that the credential has secrets for */
    struct uvsnmp_bytes engine_id; /* of the engine that is asked (5 to 32 octets); empty: it is found out, once
                                      for all sessions with the same peer, timeout and retries */
    int32_t engine_boots, engine_time; /* what its clock says, where `engine_id` is given; 0, 0: not known */
    struct uvsnmp_bytes context_engine_id; /* empty: the engine that is asked */
    struct uvsnmp_bytes context_name;
};

/* Makes a session; nothing is sent. A numeric peer is checked here (UVSNMP_EBAD_ADDRESS), a name is looked up
 * with the first request; the address that first answers stays the session's, so that a program that shall follow
 * a changing name makes a new session now and then. UVSNMP_ENO_DESTINATION: no peer; UVSNMP_EBAD_VERSION: no
 * such version; of version 3 UVSNMP_EBAD_ARGUMENT (no credential), UVSNMP_EUNSUPPORTED_LEVEL (the credential
 * has no secrets for it), UVSNMP_EBAD_VALUE (an engine ID of another length); UVSNMP_ENO_MEMORY. */
UVSNMP_API int uvsnmp_session_new(struct uvsnmp_client *client, const struct uvsnmp_session_options *options,
                                  struct uvsnmp_session **out, struct uvsnmp_error *err);

/* Frees a session; its outstanding requests end with UVSNMP_ECANCELLED, from the loop. */
UVSNMP_API void uvsnmp_session_free(struct uvsnmp_session *session);

/* The ID of the engine that a session of version 3 asks; empty: not known (yet). Valid until the loop goes on. */
UVSNMP_API struct uvsnmp_bytes uvsnmp_session_engine_id(const struct uvsnmp_session *session);

/* ---- one request, one response (RFC 3416 §4.2) ---- */

struct uvsnmp_request;

/*
 * `status` 0: a Response arrived; look at `error_status` then. Else an error code, `detail` says what happened
 * (never NULL) and there are no varbinds. Everything pointed to is valid during the callback only.
 *
 * With version 3 a Report that refuses the request is a failure too: UVSNMP_EUNKNOWN_USER,
 * UVSNMP_EAUTHENTICATION, UVSNMP_EUNSUPPORTED_LEVEL, UVSNMP_EDECRYPTION, UVSNMP_EUNKNOWN_ENGINE,
 * UVSNMP_ENOT_IN_TIME_WINDOW, UVSNMP_EUNKNOWN_CONTEXT and the like. By RFC 3414 it bears no digest, so whoever
 * can answer in the agent's place can make a request fail; a Response, though, is believed only with its
 * digest, and what cannot be believed is passed over. Where an engine's clock, or the engine itself, is
 * another than it was, a request is sent once more.
 */
struct uvsnmp_result {
    int status;
    const char *detail;
    const struct uvsnmp_address *from; /* who answered or was asked; NULL: unresolved */
    int32_t error_status;              /* enum uvsnmp_status, as the agent sent it */
    int32_t error_index;
    const struct uvsnmp_varbind *varbinds;
    size_t count;
};
typedef void uvsnmp_result_cb(struct uvsnmp_session *session, const struct uvsnmp_result *result, void *arg);

/* A request as the protocol has it. Names and values are encoded before the call returns. */
struct uvsnmp_request_options {
    enum uvsnmp_pdu_type type; /* GET, GETNEXT, GETBULK, SET, INFORM; TRAP and TRAP_V1 end once they are sent */
    const struct uvsnmp_trap_v1 *trap; /* TRAP_V1 only */
    const struct uvsnmp_varbind *varbinds;
    size_t count;
    int32_t non_repeaters, max_repetitions; /* GETBULK only */
};

/* Sends any request. `*out` (may be NULL) is valid until the callback returns. Errors: UVSNMP_EOVERSIZED,
 * UVSNMP_EUNSUPPORTED (GETBULK, INFORM, TRAP or a Counter64 in v1, TRAP_V1 in another version, TRAP in v3 where
 * the client has no engine ID), UVSNMP_EBAD_ARGUMENT (no request),
 * UVSNMP_EBAD_VALUE (an OID or value that BER cannot hold), UVSNMP_ECLOSED, UVSNMP_ENO_MEMORY, and those of
 * uvsnmp_manager_send(). */
UVSNMP_API int uvsnmp_request_send(struct uvsnmp_session *session,
                                   const struct uvsnmp_request_options *options, uvsnmp_result_cb *done,
                                   void *arg, struct uvsnmp_request **out);

/* Ends a request; its callback comes with UVSNMP_ECANCELLED, from the loop. */
UVSNMP_API void uvsnmp_request_cancel(struct uvsnmp_request *request);

/* The same, spelled for the common cases; errors as uvsnmp_request_send(). */
UVSNMP_API int uvsnmp_get(struct uvsnmp_session *session, const struct uvsnmp_oid *names, size_t count,
                          uvsnmp_result_cb *done, void *arg);
UVSNMP_API int uvsnmp_getnext(struct uvsnmp_session *session, const struct uvsnmp_oid *names, size_t count,
                              uvsnmp_result_cb *done, void *arg);
UVSNMP_API int uvsnmp_set(struct uvsnmp_session *session, const struct uvsnmp_varbind *varbinds, size_t count,
                          uvsnmp_result_cb *done, void *arg);
/* GETBULK with no non-repeaters; RFC 3416 §4.2.3. */
UVSNMP_API int uvsnmp_getbulk(struct uvsnmp_session *session, const struct uvsnmp_oid *names, size_t count,
                              int32_t max_repetitions, uvsnmp_result_cb *done, void *arg);

/* ---- notifications (RFC 3413 §3.3) ---- */

/* Everything is encoded before the call returns. */
struct uvsnmp_notification {
    uint32_t uptime;            /* sysUpTime.0, hundredths of a second */
    struct uvsnmp_oid trap_oid; /* snmpTrapOID.0 */
    const struct uvsnmp_varbind *varbinds; /* behind these two */
    size_t count;
    uint8_t agent_address[4]; /* of version 1, where no snmpTrapAddress.0 is among the varbinds; network order */
};

/* Sends a trap, in version 1 as RFC 3584 §3.2 translates it. `done` comes once it is with the kernel; that it arrived
 * nobody knows. Errors as uvsnmp_request_send(). */
UVSNMP_API int uvsnmp_trap(struct uvsnmp_session *session, const struct uvsnmp_notification *notification,
                           uvsnmp_result_cb *done, void *arg);

/* Sends an inform: `done` comes with the receiver's Response, or when there is none. */
UVSNMP_API int uvsnmp_inform(struct uvsnmp_session *session, const struct uvsnmp_notification *notification,
                             uvsnmp_result_cb *done, void *arg);

/* ---- a walk: all variables below a root ---- */

/* Each variable, in order. Return non-zero to stop the walk; its end callback then has UVSNMP_WALK_STOPPED. */
typedef int uvsnmp_varbind_cb(const struct uvsnmp_varbind *varbind, void *arg);

enum uvsnmp_walk_end {
    UVSNMP_WALK_SUBTREE_END, /* the next variable lies outside the root (or at or after `end`) */
    UVSNMP_WALK_MIB_END,     /* the agent has no more: endOfMibView, or noSuchName in v1 */
    UVSNMP_WALK_STOPPED,     /* the callback said so */
    UVSNMP_WALK_ERROR_STATUS, /* the agent answered with an error-status: see `last` */
    UVSNMP_WALK_FAILED,      /* `last->status` says why: timeout, UVSNMP_ENOT_INCREASING, UVSNMP_EREPEATED,
                                UVSNMP_EEMPTY_RESPONSE, UVSNMP_EUNEXPECTED_RESPONSE, … */
};
struct uvsnmp_walk_result {
    enum uvsnmp_walk_end end;
    const struct uvsnmp_result *last; /* the last response or failure; its varbinds are those of the response */
    struct uvsnmp_oid previous;       /* the last name in order, the root at first */
    const struct uvsnmp_varbind *stopped_by; /* the varbind that ended the walk and was not handed over: the first
                                                outside the subtree, the exception, or the one whose name breaks
                                                the order (`previous` is the other half); NULL else */
    uint64_t variables; /* handed to the callback */
    uint64_t requests;  /* answered or failed */
};
typedef void uvsnmp_walk_cb(struct uvsnmp_session *session, const struct uvsnmp_walk_result *result,
                            void *arg);

struct uvsnmp_walk_options {
    struct uvsnmp_oid root;      /* copied */
    struct uvsnmp_oid end;       /* stop at this name or after it, whatever the root; empty: at the root's end */
    int32_t max_repetitions;     /* > 0: GETBULK with so many (halved while the agent says tooBig); 0: GETNEXT.
                                    Version 1 has GETNEXT only. */
    int32_t non_repeaters;       /* as given in each GETBULK; 0 is what a walk wants */
    bool allow_not_increasing;   /* go on where names do not increase; names that come round in a circle still
                                    end the walk, with UVSNMP_EREPEATED */
    uvsnmp_varbind_cb *each;
    void (*page)(void *arg);     /* after the variables of each response after which the walk goes on; may be
                                    NULL */
    uvsnmp_walk_cb *done;
    void *arg; /* for both */
};
UVSNMP_API int uvsnmp_walk(struct uvsnmp_session *session, const struct uvsnmp_walk_options *options);

/* ---- a table: several columns at a time, put together into rows ---- */

/*
 * A conceptual row (RFC 2578 §7.1.12): its index is what follows the column in the names of its variables. It
 * has a cell for each column, in the order of the options; where the agent has no such variable the cell's
 * type is UVSNMP_NO_SUCH_INSTANCE.
 */
struct uvsnmp_row {
    const struct uvsnmp_row *next; /* in the order of their indexes; NULL behind the last */
    struct uvsnmp_oid index;
    const struct uvsnmp_value *cells;
    size_t cell_count;
};

/* Each row, in order, once it is complete; valid during the callback only. Return non-zero to stop. */
typedef int uvsnmp_row_cb(const struct uvsnmp_row *row, void *arg);

enum uvsnmp_table_end {
    UVSNMP_TABLE_COMPLETE,     /* all columns have come to their end */
    UVSNMP_TABLE_STOPPED,      /* the row's callback said so */
    UVSNMP_TABLE_ERROR_STATUS, /* the agent answered with an error-status: see `last` */
    UVSNMP_TABLE_FAILED,       /* `last->status` says why: timeout, UVSNMP_ECANCELLED, UVSNMP_ELIMIT,
                                  UVSNMP_ENO_MEMORY, UVSNMP_ENOT_INCREASING,
                                  UVSNMP_EEMPTY_RESPONSE, UVSNMP_EUNEXPECTED_RESPONSE, … */
};
struct uvsnmp_table_result {
    enum uvsnmp_table_end end;
    const struct uvsnmp_result *last;        /* the last response or failure */
    struct uvsnmp_oid previous;              /* where names do not increase: the one before `stopped_by` */
    const struct uvsnmp_varbind *stopped_by; /* the varbind that could not be used; NULL: none */
    const struct uvsnmp_row *rows; /* those that were not handed to `each`: all where it is NULL, else those
                                      that a failure came before */
    size_t row_count;
    bool no_such_name; /* the agent said so of a column, which is where the MIB ends in version 1 */
    uint64_t requests; /* answered or failed */
};
/* The end, exactly once; what it is handed is valid until it returns. */
typedef void uvsnmp_table_cb(struct uvsnmp_session *session, const struct uvsnmp_table_result *result,
                             void *arg);

struct uvsnmp_table;

/*
 * Columns need not be of one table as long as their indexes have the same meaning, as those of tables that
 * augment each other. A response brings the next rows of many columns. From the third request on, several are under
 * way at a time, each for some of the columns, but no more than the agent could answer one after the other within
 * half of the session's timeout.
 */
struct uvsnmp_table_options {
    const struct uvsnmp_oid *columns; /* copied */
    size_t column_count;
    int32_t max_repetitions; /* rows in a GETBULK; 0: so many that a response has about 100 varbinds. It is
                                halved while the agent says tooBig, and then the columns in a request are. */
    bool getnext;            /* GETNEXT only, as in version 1 */
    unsigned max_requests;   /* at a time; 0: 4 */
    size_t max_rows;         /* one more ends the table with UVSNMP_ELIMIT; 0: no limit */
    size_t max_memory;       /* octets of the rows that are held, with the same end; 0: 64 MiB */
    uvsnmp_row_cb *each;     /* NULL: all rows come with the end */
    uvsnmp_table_cb *done;   /* not NULL */
    void *arg; /* for both */
};

/*
 * `*out` (may be NULL) is valid until `done` is called, which is later, from the loop; not at all where this
 * returns an error: UVSNMP_EBAD_ARGUMENT (no columns, negative max_repetitions), UVSNMP_ETOO_LONG, those of
 * uvsnmp_request_send(). The end of the session's client ends the table with UVSNMP_ECANCELLED.
 */
UVSNMP_API int uvsnmp_table(struct uvsnmp_session *session, const struct uvsnmp_table_options *options,
                            struct uvsnmp_table **out);

/* Ends a table; `done` comes with UVSNMP_ECANCELLED, from the loop. May be called in `each`, not in `done`. */
UVSNMP_API void uvsnmp_table_cancel(struct uvsnmp_table *table);

#ifdef __cplusplus
}
#endif
#endif
