/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The SNMP agent (command responder, RFC 3413 §3.2): a program registers scalars, tables or providers of its
 * own under an OID, says which communities and users may read and write, and the agent answers GET, GETNEXT,
 * GETBULK and SET of SNMPv1, SNMPv2c and, where it has an engine ID, SNMPv3. The program needs no knowledge of
 * PDUs. Everything runs in the caller's uv_loop_t and on its thread; nothing blocks. An agent without a
 * community or user answers nobody.
 *
 * A provider is handed a query, one variable of one request, and answers it now or later, exactly once. It
 * may answer from within the call. All callbacks run from the loop, or from within uvsnmp_query_…() and
 * uvsnmp_table_loaded() calls of other providers: do not rely on the stack being empty.
 */
#ifndef UVSNMP_AGENT_H
#define UVSNMP_AGENT_H

#include <uv.h>

#include <uvsnmp/address.h>
#include <uvsnmp/agent_role.h>
#include <uvsnmp/session.h>
#include <uvsnmp/usm.h>
#include <uvsnmp/value.h>

#ifdef __cplusplus
extern "C" {
#endif

struct uvsnmp_agent;
struct uvsnmp_registration;
struct uvsnmp_query;

/* ---- queries: what every provider is handed ---- */

/* Works on one query; how it is answered depends on what is asked, see struct uvsnmp_provider. */
typedef void uvsnmp_query_fn(struct uvsnmp_query *query);

/* The full name asked for (GET, SET), or the position to go on from (GETNEXT). Valid until the answer. */
UVSNMP_API struct uvsnmp_oid uvsnmp_query_name(const struct uvsnmp_query *query);

/*
 * What follows the registered OID in the name: for a scalar "id.0", for a table "column.index". Empty for a
 * GETNEXT position at or before the registered OID.
 */
UVSNMP_API struct uvsnmp_oid uvsnmp_query_suffix(const struct uvsnmp_query *query);

/* GETNEXT: true when a variable of exactly the name asked for is wanted too, false: only those after it. */
UVSNMP_API bool uvsnmp_query_includes_name(const struct uvsnmp_query *query);

/* SET: the value to be set, valid until the query's release. NULL for GET and GETNEXT. */
UVSNMP_API const struct uvsnmp_value *uvsnmp_query_value(const struct uvsnmp_query *query);

/* The `arg` of the registration, and its agent. */
UVSNMP_API void *uvsnmp_query_arg(const struct uvsnmp_query *query);
UVSNMP_API struct uvsnmp_agent *uvsnmp_query_agent(const struct uvsnmp_query *query);

/* Scalars and tables: the row of the object table asked for; NULL for a raw provider. */
UVSNMP_API const struct uvsnmp_object *uvsnmp_query_object(const struct uvsnmp_query *query);

/* Tables: the row as given to uvsnmp_table_row() (NULL: SET of a row that does not exist yet) and its index.
 */
UVSNMP_API void *uvsnmp_query_row(const struct uvsnmp_query *query);
UVSNMP_API struct uvsnmp_oid uvsnmp_query_index(const struct uvsnmp_query *query);

/* Memory that lives as long as the request, aligned, not initialised; NULL when exhausted (answer with
 * UVSNMP_STATUS_RESOURCE_UNAVAILABLE or GEN_ERR then). */
UVSNMP_API void *uvsnmp_query_alloc(struct uvsnmp_query *query, size_t size);

/* A pointer carried from test to commit, undo and release of one variable; NULL at first. */
UVSNMP_API void uvsnmp_query_set_data(struct uvsnmp_query *query, void *data);
UVSNMP_API void *uvsnmp_query_data(const struct uvsnmp_query *query);

/* ---- answers; the query must not be used any more after one of them ---- */

/*
 * GET: the value, copied before the call returns. UVSNMP_NO_SUCH_OBJECT and UVSNMP_NO_SUCH_INSTANCE (see
 * uvsnmp_empty()) say that there is none.
 */
UVSNMP_API void uvsnmp_query_answer(struct uvsnmp_query *query, const struct uvsnmp_value *value);

/*
 * GETNEXT of a raw provider: the first variable at or after the position; name and value are copied. The
 * agent goes on elsewhere when it lies outside the registered OID; one that does not follow the position is
 * an error of the provider and becomes genErr.
 */
UVSNMP_API void uvsnmp_query_answer_next(struct uvsnmp_query *query, struct uvsnmp_oid name,
                                         const struct uvsnmp_value *value);

/* test, commit, undo: it went well. GETNEXT: no variable follows below the registered OID. */
UVSNMP_API void uvsnmp_query_done(struct uvsnmp_query *query);

/*
 * It failed. test: any of the RFC 3416 §4.2.5 errors; commit and undo become commitFailed and undoFailed
 * whatever is given; GET and GETNEXT become genErr unless it is UVSNMP_STATUS_AUTHORIZATION_ERROR or
 * UVSNMP_STATUS_RESOURCE_UNAVAILABLE.
 */
UVSNMP_API void uvsnmp_query_fail(struct uvsnmp_query *query, enum uvsnmp_status status);

/* ---- raw providers ---- */

/*
 * The provider of a subtree. NULL members are absent: no `get`: noSuchObject; no `next`: passed over; no
 * `test` and no `commit`: not writable.
 *
 * A SET runs in phases over all its variables (RFC 3416 §4.2.5), one SET of the agent at a time: test of
 * each; when all went well commit of each; when one commit failed, undo of those committed before it, last
 * first (a missing `undo` makes it undoFailed); at the end in every case release of each variable whose test
 * was called, and where a call is still not answered then, after its answer. A retransmission of a request at
 * work is not worked on again.
 */
struct uvsnmp_provider {
    uvsnmp_query_fn *get;      /* answer(), fail() */
    uvsnmp_query_fn *next;     /* answer_next(), done(), fail() */
    uvsnmp_query_fn *test;     /* done(), fail(); checks and reserves, changes nothing */
    uvsnmp_query_fn *commit;   /* done(), fail() */
    uvsnmp_query_fn *undo;     /* done(), fail() */
    uvsnmp_query_fn *release;  /* not answered; frees what test and commit have set aside */
    uvsnmp_query_fn *cancel;   /* the deadline has passed or the agent closes: the query must not be answered
                                  any more (of a SET, release comes all the same). Absent: the query stays
                                  valid until it is answered. */
    void (*closed)(void *arg); /* unregistered, and no query is with the provider any more: the last call */
};

/*
 * Registers a provider for `base` and all below it in the context named `context` (NULL or "": the default
 * one). `base` is copied, `provider` borrowed until `closed`. Registered OIDs may lie inside each other: the
 * most specific one is asked. The same OID twice in a context is UVSNMP_EEXISTS. UVSNMP_EBAD_OID: `base` is
 * empty or too long; UVSNMP_ELIMIT, UVSNMP_ENO_MEMORY. `*out` (may be NULL) is valid until it is
 * unregistered.
 */
UVSNMP_API int uvsnmp_agent_register(struct uvsnmp_agent *agent, const char *context, struct uvsnmp_oid base,
                                     const struct uvsnmp_provider *provider, void *arg,
                                     struct uvsnmp_registration **out, struct uvsnmp_error *err);

/*
 * Takes a registration (of any kind) out at once: no further query comes. Queries under way may still be
 * answered. uvsnmp_agent_close() does this for all that are left: use no registration after it.
 */
UVSNMP_API void uvsnmp_unregister(struct uvsnmp_registration *registration);

/* ---- scalars ---- */

enum uvsnmp_max_access { UVSNMP_READ_ONLY, UVSNMP_READ_WRITE, UVSNMP_NOT_ACCESSIBLE };

/* A scalar of a group or a column of a table, as in its MIB module. */
struct uvsnmp_object {
    uint32_t id; /* the sub-identifier below the group or entry */
    enum uvsnmp_type type;
    enum uvsnmp_max_access access;
    int64_t min,
        max; /* what a SET may give: of numbers the value, of octets and OIDs the length; both 0: any */
};

/*
 * A group of scalars: the variables base.id.0. `objects` is in ascending order of id. A SET is checked
 * against it (notWritable, wrongType, wrongLength, wrongValue) before `test` is asked. `get` answers with
 * uvsnmp_query_answer() for GETNEXT too; noSuchInstance makes GETNEXT pass over the variable.
 */
struct uvsnmp_scalars {
    const struct uvsnmp_object *objects; /* borrowed until closed */
    size_t count;
    uvsnmp_query_fn *get, *test, *commit, *undo, *release; /* as in struct uvsnmp_provider */
    void (*closed)(void *arg);
    void *arg;
};

/* `scalars` is copied, its `objects` are borrowed. Errors as uvsnmp_agent_register(), and
 * UVSNMP_EBAD_ARGUMENT when `get` is missing or `objects` are not in ascending order. */
UVSNMP_API int uvsnmp_agent_add_scalars(struct uvsnmp_agent *agent, const char *context,
                                        struct uvsnmp_oid base, const struct uvsnmp_scalars *scalars,
                                        struct uvsnmp_registration **out, struct uvsnmp_error *err);

/* ---- tables ---- */

#define UVSNMP_FOREVER UINT64_MAX

/* A snapshot being filled. */
struct uvsnmp_table_load;

/*
 * Fills a snapshot with uvsnmp_table_row() and ends with uvsnmp_table_loaded(), now or later, exactly once.
 * At most one load of a table runs at a time; queries wait for it.
 */
typedef void uvsnmp_table_load_fn(struct uvsnmp_table_load *load, void *arg);

/* Memory that lives as long as the snapshot (for the rows), aligned, not initialised; NULL when exhausted. */
UVSNMP_API void *uvsnmp_table_alloc(struct uvsnmp_table_load *load, size_t size);

/*
 * Adds a row; in any order. `index` is copied; `row` is handed back by uvsnmp_query_row() and must stay valid
 * as long as the snapshot: take it from uvsnmp_table_alloc(), or own it for as long as the table is
 * registered. Of rows with the same index the one added first counts. UVSNMP_EBAD_OID: `index` is empty or
 * too long; UVSNMP_ELIMIT, UVSNMP_ENO_MEMORY.
 */
UVSNMP_API int uvsnmp_table_row(struct uvsnmp_table_load *load, struct uvsnmp_oid index, void *row);

/* Ends a load. A negative `status`: it failed, and the queries that wait for it are answered with genErr. */
UVSNMP_API void uvsnmp_table_loaded(struct uvsnmp_table_load *load, int status);

/*
 * A conceptual table: the variables entry.column.index. A snapshot of the rows is made when somebody asks and
 * the last one is older than `max_age_ms`; it is sorted once, GETNEXT is a binary search. A SET that went
 * through makes it outdated. A row is not changed between the test and the release of a SET.
 */
struct uvsnmp_table {
    const struct uvsnmp_object
        *columns; /* ascending ids; index columns are NOT_ACCESSIBLE. Borrowed until closed */
    size_t count;
    uint64_t max_age_ms; /* UVSNMP_FOREVER: until uvsnmp_table_invalidate() */
    bool creates_rows;   /* `test` is also asked for rows that do not exist (uvsnmp_query_row() is NULL);
                            else SET of such a row is noCreation */
    uvsnmp_table_load_fn *load;
    uvsnmp_query_fn *get;                            /* a cell; noSuchInstance: a hole in the table */
    uvsnmp_query_fn *test, *commit, *undo, *release; /* as in struct uvsnmp_provider */
    void (*closed)(void *arg);
    void *arg;
};

/* `table` is copied, its `columns` are borrowed; `entry` is the OID of the conceptual row (…Table.1). Errors
 * as uvsnmp_agent_add_scalars(). */
UVSNMP_API int uvsnmp_agent_add_table(struct uvsnmp_agent *agent, const char *context,
                                      struct uvsnmp_oid entry, const struct uvsnmp_table *table,
                                      struct uvsnmp_registration **out, struct uvsnmp_error *err);

/* The snapshot is outdated: the next query loads anew. `registration` is that of a table. */
UVSNMP_API void uvsnmp_table_invalidate(struct uvsnmp_registration *registration);

/* ---- access ---- */

/* A part of a view: the subtree is included or excluded; of those that fit a name the longest decides. */
struct uvsnmp_view_subtree {
    struct uvsnmp_oid oid;
    bool included;
};

/*
 * A community that may read, or read and write. The first one added that fits the community and the source of
 * a message is its only one, as in Net-SNMP. Everything is copied.
 */
struct uvsnmp_community {
    struct uvsnmp_bytes name;
    bool write;
    bool refused;                        /* whoever fits is not answered */
    int family;                          /* of the source: AF_INET, AF_INET6, AF_UNIX; AF_UNSPEC: any */
    const struct uvsnmp_address *source; /* NULL: any of the family. AF_UNIX: the agent's socket asked */
    unsigned prefix_length; /* of `source`: that many bits must be the same (32 or 128: one host) */
    const struct uvsnmp_view_subtree *view; /* NULL: everything; not NULL and a count of 0: nothing */
    size_t view_count;
    const char *context; /* NULL: the default one */
};

/* UVSNMP_EBAD_ARGUMENT: `source` is not of `family`, or the prefix is longer than an address;
 * UVSNMP_EEXISTS: a subtree of the view is both included and excluded; UVSNMP_ELIMIT: the view has more than
 * 1,024 subtrees; UVSNMP_ETOO_LONG, UVSNMP_ENO_MEMORY. */
UVSNMP_API int uvsnmp_agent_add_community(struct uvsnmp_agent *agent,
                                          const struct uvsnmp_community *community, struct uvsnmp_error *err);

/* Forgets all communities: then nobody is answered, until one is added. Requests under way go on. */
UVSNMP_API void uvsnmp_agent_clear_communities(struct uvsnmp_agent *agent);

/*
 * Adds a user of version 3, of whom everything is copied; his keys are made now, which takes a few milliseconds
 * for each passphrase. He is known then, but may do nothing before he has a right. UVSNMP_EBAD_VALUE: a name of
 * no or more than 32 octets, a passphrase that is too short, a key of the wrong size, a protocol that is none;
 * UVSNMP_EUNSUPPORTED: libcrypto does not have the protocol, or is not there; UVSNMP_EBAD_ARGUMENT: the agent
 * has no engine ID; UVSNMP_EEXISTS, UVSNMP_ELIMIT, UVSNMP_ENO_MEMORY.
 */
UVSNMP_API int uvsnmp_agent_add_user(struct uvsnmp_agent *agent, const struct uvsnmp_user *user,
                                     struct uvsnmp_error *err);
/* Requests under way are still answered. UVSNMP_ENOT_FOUND. */
UVSNMP_API int uvsnmp_agent_remove_user(struct uvsnmp_agent *agent, struct uvsnmp_bytes name);

/*
 * What a user may do, in messages of at least this level. He may have several rights, of which that for the
 * context with the highest level that the message has decides. Everything is copied.
 */
struct uvsnmp_right {
    struct uvsnmp_bytes security_name; /* of the user; 1 to 32 octets */
    enum uvsnmp_level level;           /* 0: UVSNMP_AUTH_NO_PRIV */
    bool write;
    const struct uvsnmp_view_subtree *view; /* NULL: everything; not NULL and a count of 0: nothing */
    size_t view_count;
    const char *context; /* NULL: the default one */
};

/* UVSNMP_EEXISTS: he has another right of this level in this context, or a subtree of the view is both included
 * and excluded; UVSNMP_EBAD_ARGUMENT: a name that is too long; UVSNMP_ETOO_LONG, UVSNMP_ELIMIT,
 * UVSNMP_ENO_MEMORY. */
UVSNMP_API int uvsnmp_agent_add_right(struct uvsnmp_agent *agent, const struct uvsnmp_right *right,
                                      struct uvsnmp_error *err);

/* Forgets all rights; requests under way go on. */
UVSNMP_API void uvsnmp_agent_clear_rights(struct uvsnmp_agent *agent);

/* Who asks. Valid during the call. */
struct uvsnmp_asker {
    enum uvsnmp_version version;
    struct uvsnmp_bytes name; /* the community; of version 3: the security name */
    const struct uvsnmp_address *peer, *local;
    enum uvsnmp_level level;     /* of the message; communities: UVSNMP_NO_AUTH_NO_PRIV */
    struct uvsnmp_bytes context; /* version 3: the context that the message asks for, which exists */
};

enum uvsnmp_access {
    UVSNMP_ACCESS_GRANTED,
    UVSNMP_ACCESS_HIDDEN,    /* not in view; `*resume`, if set, is where the view may go on */
    UVSNMP_ACCESS_HIDDEN_ON, /* not in view, and nothing after it is */
    UVSNMP_ACCESS_NO_VIEW,   /* no view at all for this purpose: noAccess, authorizationError */
};

/* Access control of the program's own, in place of the communities and rights above. */
struct uvsnmp_access_control {
    /* Is it known? Returns what check() is handed (valid until the request is answered) or NULL: it is not
     * answered; in version 3, where the user is known already, it is authorizationError. Of a community it may
     * set the context; set together with NULL it says that the name is known, but may not ask
     * (snmpInBadCommunityUses). Runs for every message of a community, before anything is allocated, and every
     * authentic one of version 3: it should be quick. */
    const void *(*identify)(const struct uvsnmp_asker *asker, const char **context, void *arg);
    /* May it read or write the variable `name`? */
    enum uvsnmp_access (*check)(const void *principal, struct uvsnmp_oid name, bool write,
                                struct uvsnmp_oid_buf *resume, void *arg);
    void *arg;
};

/* ---- the agent ---- */

/* Each message received or sent. The callback calls no function of this agent but those that only tell. */
typedef void uvsnmp_packet_cb(struct uvsnmp_agent *agent, const struct uvsnmp_packet *packet, void *arg);

/* An error of an interface; the agent runs on. */
typedef void uvsnmp_agent_error_cb(struct uvsnmp_agent *agent, const struct uvsnmp_error *error, void *arg);

/* Members that are 0 or NULL mean the default. */
struct uvsnmp_agent_options {
    const char *const *interfaces; /* in the syntax of address.h; NULL: one, udp:127.0.0.1:161 … */
    size_t interface_count; /* … and 0 with `interfaces` not NULL: none yet, see uvsnmp_agent_listen() */
    const struct uvsnmp_access_control *access; /* NULL: the communities. Copied. */
    uint64_t deadline_ms;                       /* of one request; then genErr. Default 10,000 */
    size_t max_requests;      /* waiting for providers at once; more are dropped. Default 1,000 */
    size_t max_response;      /* octets of a response. Default 65,507 less on the wire as the path allows */
    int32_t max_repetitions;  /* a GETBULK gets no more rounds. Default: what fits into max_bulk_varbinds */
    size_t max_bulk_varbinds; /* varbinds of a GETBULK response. Default 100, as Net-SNMP */
    /* snmpEngineID, 5 to 32 octets that no other agent has; empty: version 3 is not spoken. Copied. It stays
     * the same for good: keys are made of it. */
    struct uvsnmp_bytes engine_id;
    /* snmpEngineBoots: how often an agent of this engine ID has been started, this start counted. The caller
     * stores it and adds 1 before each start, or whoever has recorded messages can send them again. At
     * 2147483647 it stays, and nobody is authentic any more (RFC 3414 §2.2.2). Default 1. */
    int32_t engine_boots;
    uvsnmp_packet_cb *on_packet;
    uvsnmp_agent_error_cb *on_error;
    void *arg; /* for on_packet and on_error */
};

/*
 * Makes an agent on the caller's loop, bound and listening when the call returns; `options` may be NULL.
 * Errors as uvsnmp_agent_role_new(), and UVSNMP_EBAD_ARGUMENT: an engine ID that is none.
 */
UVSNMP_API int uvsnmp_agent_new(uv_loop_t *loop, const struct uvsnmp_agent_options *options,
                                struct uvsnmp_agent **out, struct uvsnmp_error *err);

/* One more interface. */
UVSNMP_API int uvsnmp_agent_listen(struct uvsnmp_agent *agent, const char *interface_,
                                   struct uvsnmp_error *err);

/* The bound address of interface `index` (with the port chosen for port 0); NULL past the last. */
UVSNMP_API const struct uvsnmp_address *uvsnmp_agent_bound(const struct uvsnmp_agent *agent, size_t index);

/*
 * Closes: sends what is answered already, drops requests under way, unregisters everything, and frees the
 * agent once no query is with a provider without `cancel`. `closed` (may be NULL) is the last call, from the
 * loop.
 */
UVSNMP_API void uvsnmp_agent_close(struct uvsnmp_agent *agent, void (*closed)(void *arg), void *arg);

/* Hundredths of a second since the agent was made: sysUpTime. */
UVSNMP_API uint32_t uvsnmp_agent_uptime(const struct uvsnmp_agent *agent);

/* A counter of the snmp group by its sub-identifier below 1.3.6.1.2.1.11, e.g. 1 for snmpInPkts; 0 for what
 * is none. */
UVSNMP_API uint32_t uvsnmp_agent_counter(const struct uvsnmp_agent *agent, uint32_t id);

/* ---- capabilities: the sysORTable (RFC 3418) ---- */

struct uvsnmp_capability {
    uint32_t index; /* from 1; not used again while the agent lives */
    struct uvsnmp_oid oid;
    const char *description;
    uint32_t uptime; /* sysUpTime when it was added */
};

/* Adds one; both are copied. Returns its index (> 0) or UVSNMP_EBAD_OID, UVSNMP_ELIMIT, UVSNMP_ENO_MEMORY. */
UVSNMP_API int uvsnmp_agent_add_capability(struct uvsnmp_agent *agent, struct uvsnmp_oid oid,
                                           const char *description);
/* UVSNMP_ENOT_FOUND when there is none of that index. */
UVSNMP_API int uvsnmp_agent_remove_capability(struct uvsnmp_agent *agent, uint32_t index);
/* The one at `position` (0 …) in order of index, borrowed until the next change; NULL past the last. */
UVSNMP_API const struct uvsnmp_capability *uvsnmp_agent_capability(const struct uvsnmp_agent *agent,
                                                                   size_t position);
/* sysUpTime of the last change: sysORLastChange. */
UVSNMP_API uint32_t uvsnmp_agent_capability_change(const struct uvsnmp_agent *agent);

/* ---- notifications (RFC 3413 §3.3) ---- */

/* Who is notified. Members that are 0, NULL or empty mean the default. */
struct uvsnmp_notification_target {
    const char *peer; /* transport address, of port 162 where it names none; a name is looked up at once */
    enum uvsnmp_version version;
    bool inform;                   /* an answer is expected: not in version 1 */
    struct uvsnmp_bytes community; /* v1, v2c */
    /* Version 3. A user without secrets is one of the agent's own, whose keys are used. */
    const struct uvsnmp_user *user;
    enum uvsnmp_level level;       /* default UVSNMP_NO_AUTH_NO_PRIV */
    struct uvsnmp_bytes engine_id; /* of the receiver of informs; default: it is found out */
    struct uvsnmp_bytes context_name;
    uint64_t timeout_ms; /* of an attempt to inform; default 1,000 */
    unsigned retries;
    const char *source; /* local address[:port] to send from; default: any */
};

/*
 * Adds a receiver of all notifications; everything is copied. It shows in the tables of SNMP-TARGET-MIB and
 * SNMP-NOTIFICATION-MIB, where the agent serves them. UVSNMP_EUNKNOWN_HOST, UVSNMP_EBAD_ADDRESS,
 * UVSNMP_ENO_DESTINATION, UVSNMP_EBAD_VERSION; UVSNMP_EBAD_ARGUMENT: version 3 without a user, or the agent
 * has no engine ID; UVSNMP_EUNSUPPORTED: an inform of version 1; those of uvsnmp_client_new() and
 * uvsnmp_credential_new(); UVSNMP_EEXISTS, UVSNMP_ELIMIT, UVSNMP_ENO_MEMORY.
 */
UVSNMP_API int uvsnmp_agent_add_notification_target(struct uvsnmp_agent *agent,
                                                    const struct uvsnmp_notification_target *target,
                                                    struct uvsnmp_error *err);

/* Forgets them all; what is on its way still goes. */
UVSNMP_API void uvsnmp_agent_clear_notification_targets(struct uvsnmp_agent *agent);

/*
 * Sends a notification to all whom it concerns, as a trap or an inform of the version that each of them has;
 * the time is put in front of `varbinds`. It is encoded before the call returns. The agent's close waits half
 * a second for informs to be answered. UVSNMP_EBAD_OID: no trap OID; UVSNMP_ELIMIT: there are too many at a
 * time, and not all get it; UVSNMP_ECLOSED, UVSNMP_ENO_MEMORY, and the first error of uvsnmp_trap() and
 * uvsnmp_inform().
 */
UVSNMP_API int uvsnmp_agent_notify(struct uvsnmp_agent *agent, struct uvsnmp_oid trap_oid,
                                   const struct uvsnmp_varbind *varbinds, size_t count);

#ifdef __cplusplus
}
#endif
#endif
