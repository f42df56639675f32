/* SPDX-License-Identifier: BSD-3-Clause */
/* What a group may do (RFC 3415, vacmAccessTable). */
#ifndef VACM_ACCESS_H
#define VACM_ACCESS_H

#include "vacm/group.h"

/* SnmpSecurityLevel of RFC 3411. */
enum vacm_level { VACM_NOAUTH = 1, VACM_AUTH = 2, VACM_PRIV = 3 };

enum vacm_view_type { VACM_READ, VACM_WRITE, VACM_NOTIFY, VACM_VIEW_TYPES };

struct vacm_access {
    char group[VACM_NAME_MAX + 1];
    char context[VACM_NAME_MAX + 1]; /* a context's name, … */
    bool prefix;                     /* … or what it begins with */
    enum vacm_model model;           /* VACM_ANY: of any */
    enum vacm_level level;           /* the least */
    char views[VACM_VIEW_TYPES][VACM_NAME_MAX + 1]; /* names; one that no view has, such as "none", is empty */
};

/* In order of group. */
struct vacm_accesses {
    struct vacm_access *rows;
    size_t count, capacity;
};

/* Whose rights are asked for. */
struct vacm_asker {
    enum vacm_model model;
    enum vacm_level level;
    const char *security_name, *context;
};

void vacm_accesses_fini(struct vacm_accesses *accesses);

/*
 * Adds a row; it is copied. UVSNMP_EEXISTS: there is one of the same group, context, model and level with
 * other views, and it stays; the same row once more is no error. UVSNMP_EBAD_ARGUMENT: a group or view without
 * a name. UVSNMP_ELIMIT, UVSNMP_ENO_MEMORY.
 */
int vacm_accesses_add(struct vacm_accesses *accesses, const struct vacm_access *row,
                      struct uvsnmp_error *err);

/*
 * The row that decides for `asker` as a member of `group`, or NULL. Of several that fit, as vacmAccessTable
 * says: rather one of the asker's model than one of any, then the longest context, then the highest level.
 */
const struct vacm_access *vacm_accesses_find(const struct vacm_accesses *accesses, const char *group,
                                             const struct vacm_asker *asker);

#endif
