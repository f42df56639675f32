/* SPDX-License-Identifier: BSD-3-Clause */
/* What the groups share; private to this folder. */
#ifndef AGENT_MIBS_GROUP_H
#define AGENT_MIBS_GROUP_H

#include "agent/mibs/mibs.h"
#include "agent/targets.h"

#define MIBS_VACM_TABLES 3

struct target_group {
    struct mibs *mibs;
    enum target_kind kind;
    struct uvsnmp_registration *table; /* NULL: not served */
};

struct mibs {
    struct uvsnmp_agent *agent;
    uv_loop_t *loop;
    struct mibs_settings settings;
    const struct vacm *vacm; /* may be NULL */
    mibs_changed_fn *changed;
    mibs_store_fn *store_users;
    void *arg;
    struct interfaces *interfaces;
    struct snmp_group *snmp;
    struct uvsnmp_registration *usm_table;                     /* NULL: not served */
    int32_t usm_lock;                                          /* usmUserSpinLock */
    struct target_group target_groups[TARGET_KINDS];
    int32_t target_lock;                                       /* snmpTargetSpinLock */
    struct uvsnmp_registration *vacm_tables[MIBS_VACM_TABLES]; /* NULL: not served */
};

/* A group registers itself; on failure what it registered is taken out by the agent's close. */
int system_add(struct mibs *mibs, struct uvsnmp_error *err);
int sysor_add(struct mibs *mibs, struct uvsnmp_error *err);
int snmp_add(struct mibs *mibs, struct uvsnmp_error *err);
void snmp_configure(struct mibs *mibs); /* there are other settings */
void snmp_free(struct mibs *mibs);
int snmp_engine_add(struct mibs *mibs, struct uvsnmp_error *err);
int mpd_stats_add(struct mibs *mibs, struct uvsnmp_error *err);
int usm_stats_add(struct mibs *mibs, struct uvsnmp_error *err);
int usm_user_add(struct mibs *mibs, struct uvsnmp_error *err);
int target_counters_add(struct mibs *mibs, struct uvsnmp_error *err);
int target_address_add(struct mibs *mibs, struct uvsnmp_error *err);
int target_params_add(struct mibs *mibs, struct uvsnmp_error *err);
int notify_table_add(struct mibs *mibs, struct uvsnmp_error *err);
int notify_profile_add(struct mibs *mibs, struct uvsnmp_error *err);
int notify_filter_add(struct mibs *mibs, struct uvsnmp_error *err);
void target_tables_changed(struct mibs *mibs); /* not by a SET */
int vacm_context_add(struct mibs *mibs, struct uvsnmp_error *err);
int vacm_vars_add(struct mibs *mibs, struct uvsnmp_error *err);
void vacm_vars_changed(struct mibs *mibs); /* there is another mibs->vacm */
int interfaces_add(struct mibs *mibs, struct uvsnmp_error *err);
void interfaces_stop(struct mibs *mibs);
void interfaces_free(struct mibs *mibs);

/* False, and the query is answered: an agent without an engine ID does not speak version 3, and has nothing
 * to tell of it. */
bool mibs_need_engine(struct uvsnmp_query *query);

/* Appends octets behind their number to an index; false: it has no room, and there is no such row. */
bool mibs_index_octets(struct uvsnmp_oid_buf *index, const void *octets, size_t size);
/* Adds a row to a table; one whose index is too long for a name is passed over. `row` may be NULL, out of
 * memory. */
int mibs_add_row(struct uvsnmp_table_load *load, const struct uvsnmp_oid_buf *index, void *row);

/* Answers a query with octets. */
void mibs_answer_octets(struct uvsnmp_query *query, const void *octets, size_t size);
void mibs_answer_integer(struct uvsnmp_query *query, int32_t number);
void mibs_answer_unsigned(struct uvsnmp_query *query, enum uvsnmp_type type, uint32_t number);

#endif
