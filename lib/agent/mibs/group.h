/* SPDX-License-Identifier: BSD-3-Clause */
/* What the groups share; private to this folder. */
#ifndef AGENT_MIBS_GROUP_H
#define AGENT_MIBS_GROUP_H

#include "agent/mibs/mibs.h"

struct mibs {
    struct uvsnmp_agent *agent;
    uv_loop_t *loop;
    struct mibs_settings settings;
    mibs_changed_fn *changed;
    void *arg;
    struct interfaces *interfaces;
    struct snmp_group *snmp;
};

/* A group registers itself; on failure what it registered is taken out by the agent's close. */
int system_add(struct mibs *mibs, struct uvsnmp_error *err);
int sysor_add(struct mibs *mibs, struct uvsnmp_error *err);
int snmp_add(struct mibs *mibs, struct uvsnmp_error *err);
void snmp_free(struct mibs *mibs);
int interfaces_add(struct mibs *mibs, struct uvsnmp_error *err);
void interfaces_stop(struct mibs *mibs);
void interfaces_free(struct mibs *mibs);

/* Answers a query with octets. */
void mibs_answer_octets(struct uvsnmp_query *query, const void *octets, size_t size);
void mibs_answer_integer(struct uvsnmp_query *query, int32_t number);
void mibs_answer_unsigned(struct uvsnmp_query *query, enum uvsnmp_type type, uint32_t number);

#endif
