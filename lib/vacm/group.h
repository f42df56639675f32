/* SPDX-License-Identifier: BSD-3-Clause */
/* Who belongs to which group (RFC 3415, vacmSecurityToGroupTable). */
#ifndef VACM_GROUP_H
#define VACM_GROUP_H

#include <stddef.h>

#include "vacm/view.h"

/* SnmpSecurityModel of RFC 3411. */
enum vacm_model { VACM_ANY = 0, VACM_V1 = 1, VACM_V2C = 2, VACM_USM = 3, VACM_TSM = 4 };

struct vacm_group {
    enum vacm_model model;
    char security_name[VACM_NAME_MAX + 1];
    char group[VACM_NAME_MAX + 1];
};

/* In order of security name and model. */
struct vacm_groups {
    struct vacm_group *rows;
    size_t count, capacity;
};

void vacm_groups_fini(struct vacm_groups *groups);

/*
 * Adds a row. A model and security name belong to one group: UVSNMP_EEXISTS when it is another one than was
 * added before, which stays; the same once more is no error. UVSNMP_EBAD_ARGUMENT: a name is empty or longer
 * than VACM_NAME_MAX; UVSNMP_ELIMIT, UVSNMP_ENO_MEMORY.
 */
int vacm_groups_add(struct vacm_groups *groups, enum vacm_model model, const char *security_name,
                    const char *group, struct uvsnmp_error *err);

/* The group of a principal, or NULL. A row for any model, which the RFC does not have but Net-SNMP has, goes
 * before one for the model. */
const char *vacm_groups_find(const struct vacm_groups *groups, enum vacm_model model,
                             const char *security_name);

#endif
