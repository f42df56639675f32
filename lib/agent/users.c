/* SPDX-License-Identifier: BSD-3-Clause */
/* Users of version 3 and their rights, as an embedding program gives them. */
#include <stdio.h>
#include <string.h>

#include "agent/access.h"
#include "base/err.h"
#include "engine/user.h"
#include "vacm/vacm.h"

int uvsnmp_agent_add_user(struct uvsnmp_agent *agent, const struct uvsnmp_user *user,
                          struct uvsnmp_error *err)
{
    struct uvsnmp_bytes engine_id = engine_id_bytes(&agent->engine.id);
    if (engine_id.size == 0) {
        return err_set(err, UVSNMP_EBAD_ARGUMENT, "an agent without an engine ID has no users");
    }
    if (usm_users_find(&agent->engine.users, engine_id, user->name)) {
        return err_set(err, UVSNMP_EEXISTS, "there is a user of that name");
    }
    return engine_set_user(&agent->engine, engine_id, user, err);
}

int uvsnmp_agent_remove_user(struct uvsnmp_agent *agent, struct uvsnmp_bytes name)
{
    struct usm_user *user = usm_users_find(&agent->engine.users, engine_id_bytes(&agent->engine.id), name);
    if (!user) {
        return UVSNMP_ENOT_FOUND;
    }
    usm_users_remove(&agent->engine.users, user);
    return 0;
}

/* ---- rights ---- */

/* A view of the right's own, with a name that no other has. */
static int add_view(struct vacm *vacm, const struct uvsnmp_right *right, char name[VACM_NAME_MAX + 1],
                    struct uvsnmp_error *err)
{
    const struct vacm_family everything = {.included = true};
    unsigned number = 0;
    do {
        (void)snprintf(name, VACM_NAME_MAX + 1, "viewUSM%u", ++number);
    } while (vacm_find_view(vacm, name));
    struct vacm_view *view = vacm_open_view(vacm, name, err);
    if (!view) {
        return UVSNMP_ENO_MEMORY;
    }
    int rc = right->view ? 0 : vacm_view_add(view, &everything, err);
    for (size_t i = 0; rc == 0 && right->view && i < right->view_count; i++) {
        const struct vacm_family family = {.subtree = right->view[i].oid,
                                           .included = right->view[i].included};
        rc = vacm_view_add(view, &family, err);
    }
    if (rc < 0) {
        vacm_view_close(view);
    }
    return rc;
}

int uvsnmp_agent_add_right(struct uvsnmp_agent *agent, const struct uvsnmp_right *right,
                           struct uvsnmp_error *err)
{
    char name[VACM_NAME_MAX + 1], view[VACM_NAME_MAX + 1];
    if (right->security_name.size == 0 || right->security_name.size > USM_NAME_MAX ||
        memchr(right->security_name.data, '\0', right->security_name.size)) {
        return err_set(err, UVSNMP_EBAD_ARGUMENT, "a security name has 1 to %d octets", USM_NAME_MAX);
    }
    memcpy(name, right->security_name.data, right->security_name.size);
    name[right->security_name.size] = '\0';
    if (!agent->vacm && !(agent->vacm = vacm_new())) {
        return err_set(err, UVSNMP_ENO_MEMORY, "no memory for a right");
    }
    int rc = add_view(agent->vacm, right, view, err);
    if (rc < 0) {
        return rc;
    }
    const struct vacm_right row = {.model = VACM_USM,
                                   .level = right->level ? (enum vacm_level)right->level : VACM_AUTH,
                                   .security_name = name,
                                   .context = right->context ? right->context : "",
                                   .view = view,
                                   .write = right->write};
    return vacm_add_right(agent->vacm, &row, err);
}

void uvsnmp_agent_clear_rights(struct uvsnmp_agent *agent)
{
    access_set_vacm(agent, NULL);
}
