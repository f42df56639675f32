/* SPDX-License-Identifier: BSD-3-Clause */
/* The directives of snmpd.conf that say who is notified; their `arg` is the struct directives_config. */
#ifndef AGENT_DIRECTIVES_TRAP_H
#define AGENT_DIRECTIVES_TRAP_H

#include "agent/directives.h"
#include "base/list.h"

/* A receiver of notifications; it holds secrets until it is applied. */
struct directives_sink {
    struct list link;
    char peer[UVSNMP_ADDRESS_TEXT_MAX]; /* numeric */
    char source[UVSNMP_ADDRESS_TEXT_MAX];
    enum uvsnmp_version version;
    bool inform;
    struct user_octets community, context;
    struct engine_id engine_id;
    char user[USM_NAME_MAX + 1];
    enum uvsnmp_level level;
    enum usm_auth auth;
    enum usm_priv priv;
    struct identity_secret auth_secret, priv_secret;
    uint64_t timeout_ms;
    unsigned retries;
    char *where;
};

/* directives_trap.c */
conf_set_fn directives_set_trapsink, directives_set_trap2sink, directives_set_informsink;
conf_set_fn directives_set_trapcommunity, directives_set_v1trapaddress, directives_set_clientaddr;
/* Rows that were SET, as the persistent file has them. */
conf_set_fn directives_set_target;
/* directives_trapsess.c */
conf_set_fn directives_set_trapsess;

/* A sink with the defaults; NULL: out of memory. */
struct directives_sink *directives_sink_new(const struct directives_config *config);
void directives_sink_free(struct directives_sink *sink); /* wipes it; NULL is fine */
/* Looks its receiver up, and makes it the configuration's; where that fails it is freed.
 * UVSNMP_EUNKNOWN_HOST, UVSNMP_EBAD_ADDRESS, UVSNMP_ELIMIT, UVSNMP_ENO_MEMORY. */
int directives_sink_add(struct directives_config *config, struct directives_sink *sink, const char *peer,
                        const struct conf_place *place, struct uvsnmp_error *err);

/* Before the first line is read. */
void directives_trap_init(struct directives_config *config);
/* Wipes and forgets them all. */
void directives_sinks_forget(struct directives_config *config);

#endif
