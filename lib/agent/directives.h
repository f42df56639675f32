/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * snmpd.conf: what its directives mean. Reading fills a struct directives_config and touches no agent, so
 * that a configuration can be checked, and an agent that runs keeps the old one until the new one is
 * complete.
 */
#ifndef AGENT_DIRECTIVES_H
#define AGENT_DIRECTIVES_H

#include <uvsnmp/agent.h>

#include "agent/mibs/mibs.h"
#include "agent/targets.h"
#include "base/list.h"
#include "identity/identity.h"
#include "io/source.h"
#include "vacm/vacm.h"

/* A community from one source: a line, or one address of it. */
struct directives_community {
    char *name, *context;   /* context "": the default one */
    char *security_name;    /* com2sec: its rights are those of its group; NULL: they are … */
    struct vacm_view *view; /* … to see this, held, … */
    bool write;             /* … and to set it too */
    bool refused;           /* "!SOURCE": whoever fits is not answered */
    struct io_source source;
    char *where; /* "FILE: line N", for messages: the name itself is a secret */
};

/* How the names in a configuration become OIDs; whoever has it read knows the names. */
struct directives_names {
    /* Reads a name or numbers; a negative code when it is neither. */
    int (*parse)(void *arg, const char *text, struct uvsnmp_oid_buf *out);
    /* A line of snmp.conf that says which names there are: "mibs", "mibdirs", "mibfile". */
    int (*set)(void *arg, const char *directive, const char *text);
    void *arg;
};

struct directives_config {
    struct identity identity; /* the first member, as its directives ask for */
    char **listen;            /* addresses of agentaddress, in order */
    size_t listen_count;
    bool listen_given; /* there was an agentaddress line, be it a bad one */
    struct directives_community *communities;
    size_t community_count;
    struct targets targets;       /* whom an earlier run was SET to notify */
    unsigned right_count;         /* of views made for rouser and rwuser */
    bool has_rights;              /* there is a rouser, rwuser or access line */
    struct vacm *vacm;            /* group, access and view lines, rouser and rwuser */
    struct vacm_view *everything; /* of communities without OID or view */
    struct list sinks;            /* struct directives_sink, until they are applied */
    size_t sink_count;
    struct user_octets trap_community; /* trapcommunity; at first "public" */
    bool has_v1_address;
    uint8_t v1_address[4];                        /* v1trapaddress */
    char client_address[UVSNMP_ADDRESS_TEXT_MAX]; /* clientaddr; empty: not given */
    struct mibs_settings settings;
    char user[64], group[64]; /* agentuser, agentgroup; empty: not given */
    int32_t max_repetitions;  /* maxGetbulkRepeats; 0: not given */
    size_t max_bulk_varbinds; /* maxGetbulkResponses; 0: not given */
    bool terse;               /* dontLogTCPWrappersConnects: a trace of requests names no connections */
    unsigned files_read, problems;
    conf_problem_fn *problem; /* these three while it is read */
    void *problem_arg;
    const struct directives_names *names;
};

struct directives_input {
    const struct conf_files *files;
    const char *const *lines; /* "token value", from the command line */
    size_t line_count;
    const struct directives_names *names; /* NULL: OIDs are numbers */
    conf_problem_fn *problem;             /* of bad lines, which have no effect; may be NULL */
    void *arg;                            /* for `problem` */
};

/* Reads the files (`files` is copied) and then the lines. NULL: out of memory. Host names of sources are
 * looked up meanwhile. */
struct directives_config *directives_read(const struct directives_input *input);
void directives_free(struct directives_config *config);

/* Replaces the communities and rights of an agent by those of the configuration. */
int directives_apply_access(const struct directives_config *config, struct uvsnmp_agent *agent,
                            struct uvsnmp_error *err);

/* Gives an agent that has just started what an earlier run was SET to notify. */
void directives_apply_targets(struct directives_config *config, struct uvsnmp_agent *agent);

/*
 * Replaces the receivers of an agent's notifications by those of the configuration, whose secrets are wiped
 * then. An error is that of the first one that cannot be had, as of uvsnmp_agent_add_notification_target(),
 * with its place; the others are there all the same.
 */
int directives_apply_sinks(struct directives_config *config, struct uvsnmp_agent *agent,
                           struct uvsnmp_error *err);

/*
 * Where the first community stands that any host may use and that reaches this bound address ("FILE: line N",
 * borrowed); NULL when there is none, or when the address is one of the loopback.
 */
const char *directives_open_community(const struct directives_config *config,
                                      const struct uvsnmp_address *bound);

/* The directives with their syntax, one at a time from `index` 0; false past the last. For -H. */
bool directives_help(size_t index, const char **name, const char **syntax);

/* Stores what SETs have changed in the persistent file of the configuration, with what identity_store() does.
 */
int directives_store(struct directives_config *config, const struct mibs_settings *settings,
                     const struct uvsnmp_agent *agent, struct uvsnmp_error *err);

#endif
