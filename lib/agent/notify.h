/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The notification originator (RFC 3413 §3.3) without I/O: which rows of the tables in targets.h a
 * notification concerns, what their filters and access control say, and how often somebody from outside may
 * cause one. Each receiver's message goes out through struct notify_io.
 */
#ifndef AGENT_NOTIFY_H
#define AGENT_NOTIFY_H

#include <uvsnmp/agent.h>

#include "agent/targets.h"
#include "base/list.h"
#include "base/log.h"

enum {
    NOTIFY_BURST = 1000,    /* messages to receivers at once … */
    NOTIFY_PER_SECOND = 200 /* … and from then on */
};
enum { NOTIFY_AUTHENTICATION_BURST = 5, NOTIFY_AUTHENTICATION_PER_SECOND = 2 };

struct notify_notification {
    struct uvsnmp_oid trap_oid;
    struct uvsnmp_oid enterprise; /* snmpTrapEnterprise.0, which ends the varbinds of all versions but the
                                     first, where it is a field; empty: none */
    const struct uvsnmp_varbind *varbinds;
    size_t count;
    uint32_t uptime; /* set by notify_send() */
};

/* A notification for one receiver. Valid during the call. */
struct notify_message {
    const struct notify_notification *notification;
    void *opened; /* by notify_io.open; NULL: of a row that was SET */
    struct uvsnmp_address address;
    enum uvsnmp_version version;
    enum uvsnmp_level level;
    struct uvsnmp_bytes name; /* the community, or the user */
    bool inform;
    uint64_t timeout_ms;
    unsigned retries;
};

enum { NOTIFY_PORT = 162 };

/* How the originator reaches the world. */
struct notify_io {
    /* The address of a receiver, at once; of NOTIFY_PORT where it names no port. */
    int (*resolve)(const char *peer, struct uvsnmp_address *out, struct uvsnmp_error *err, void *arg);
    /* Makes ready what a receiver of the configuration has that its row has not (keys, a source address). */
    int (*open)(const struct uvsnmp_notification_target *target, void **out, struct uvsnmp_error *err,
                void *arg);
    void (*close)(void *opened, void *arg);
    /* Sends, at once or later; whether an inform was answered nobody is told. */
    int (*send)(const struct notify_message *message, void *arg);
    void *arg;
};

/* A receiver of the configuration: its rows are named after it, and cannot be SET. */
struct notify_receiver {
    struct list link;
    void *opened;
    uint64_t timeout_ms;
    unsigned retries;
};

struct notify {
    struct notify_io io; /* without functions: nothing can be sent */
    struct list receivers;
    unsigned receiver_count;              /* the next one's number at least */
    bool tells_of_authentication;         /* snmpEnableAuthenTraps */
    char source[UVSNMP_ADDRESS_TEXT_MAX]; /* local address to send from, where a receiver has none; empty: any
                                           */
    bool has_v1_address;
    uint8_t v1_address[4]; /* agent-addr of version 1; else one of the host's own */
    uint64_t full_ms, authentication_full_ms;
    uint64_t suppressed; /* authenticationFailure traps since the last that was sent */
    struct log_limit dropped, failures;
};

void notify_init(struct notify *notify);
/* Frees the receivers, before what io.close() needs goes. */
void notify_fini(struct uvsnmp_agent *agent);

/*
 * Sends a notification to all that it concerns; `uptime` is filled in. 0 also where that is nobody.
 * UVSNMP_EBAD_OID: no trap OID; UVSNMP_ELIMIT: too many, and some receivers do not get it; others as
 * io.send().
 */
int notify_send(struct uvsnmp_agent *agent, const struct notify_notification *notification);

enum notify_event {
    NOTIFY_COLD_START,
    NOTIFY_WARM_START,
    NOTIFY_AUTHENTICATION_FAILURE,
    NOTIFY_SHUTDOWN, /* of NET-SNMP-AGENT-MIB, as the next one */
    NOTIFY_RESTART,
};
void notify_of(struct uvsnmp_agent *agent, enum notify_event event);

/* A message was refused for who sent it. Anybody can cause that: few of them become notifications. */
void notify_of_refusal(struct uvsnmp_agent *agent);

/* Has this varbind, or trap, a filter that lets it pass (RFC 3413 §6)? Which of the rows decides is said
 * there and in vacmViewTreeFamilyTable. NULL: none fits. */
const struct target_row *notify_filter_find(const struct targets *targets, struct uvsnmp_oid profile,
                                            struct uvsnmp_oid name);

#endif
