/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The built-in access control: communities with a source and, for each version, views; and for users of
 * version 3 the tables of lib/vacm.
 */
#ifndef AGENT_ACCESS_H
#define AGENT_ACCESS_H

#include "agent/core.h"
#include "vacm/view.h"

#define ACCESS_VERSIONS 2 /* of communities: UVSNMP_V1 and UVSNMP_V2C */

/* What whoever asks may do. A view that is NULL has nothing in it. */
struct access_grant {
    bool answered; /* false: it is known, but has no access (RFC 3415: no group, no access entry) */
    struct vacm_view *read, *write;
};

/*
 * Adds a community whose rights are `grants`, one for each version, instead of its own view and `write`. The
 * views are held. Errors as uvsnmp_agent_add_community().
 */
int access_add(struct uvsnmp_agent *agent, const struct uvsnmp_community *community,
               const struct access_grant *grants, struct uvsnmp_error *err);

/* The tables by which users are judged from now on, which are held; NULL: none, and no user may do anything.
 */
void access_set_vacm(struct uvsnmp_agent *agent, struct vacm *vacm);

/*
 * What may `asker` do? True: `grant` says it, its views are held, and `*context` is the community's. False: a
 * community that is not known, or is refused: not to be answered. A user who has no rights is not "answered".
 */
bool access_identify(const struct uvsnmp_agent *agent, const struct uvsnmp_asker *asker, const char **context,
                     struct access_grant *grant);
void access_release(struct access_grant *grant);

/* As check() of struct uvsnmp_access_control. */
enum uvsnmp_access access_check(const struct access_grant *grant, struct uvsnmp_oid name, bool write,
                                struct uvsnmp_oid_buf *resume);

/* At the end. */
void access_fini(struct uvsnmp_agent *agent);

#endif
