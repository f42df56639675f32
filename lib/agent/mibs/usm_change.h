/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * What one SET makes of one user (RFC 3414 §5): all its variables for a row of usmUserTable, in whatever
 * order they stand, become a new state of the user, which is put in place, and taken back, as a whole.
 * Nothing here knows of requests.
 */
#ifndef AGENT_MIBS_USM_CHANGE_H
#define AGENT_MIBS_USM_CHANGE_H

#include <uvsnmp/session.h>

#include "engine/engine.h"

enum usm_column {
    USM_COLUMN_ENGINE_ID = 1,
    USM_COLUMN_NAME,
    USM_COLUMN_SECURITY_NAME,
    USM_COLUMN_CLONE_FROM,
    USM_COLUMN_AUTH_PROTOCOL,
    USM_COLUMN_AUTH_KEY_CHANGE,
    USM_COLUMN_OWN_AUTH_KEY_CHANGE,
    USM_COLUMN_PRIV_PROTOCOL,
    USM_COLUMN_PRIV_KEY_CHANGE,
    USM_COLUMN_OWN_PRIV_KEY_CHANGE,
    USM_COLUMN_PUBLIC,
    USM_COLUMN_STORAGE_TYPE,
    USM_COLUMN_STATUS,
    USM_COLUMNS
};

/* The index of a row. */
struct usm_index {
    uint8_t engine_id[USM_ENGINE_ID_MAX], name[USM_NAME_MAX];
    size_t engine_id_size, name_size;
};

/* False: no user can have it. */
bool usm_index_parse(struct uvsnmp_oid oid, struct usm_index *out);

enum usm_change_kind { USM_CHANGE_NOTHING, USM_CHANGE_ADD, USM_CHANGE_MODIFY, USM_CHANGE_REMOVE };

struct usm_change {
    struct engine *engine;
    struct usm_index index;
    /* The user name of who asks, of the User-based Security Model; empty: of another. */
    struct uvsnmp_bytes requester;
    /* What is set, of the right type and in range; NULL: not set. And why it cannot be. */
    const struct uvsnmp_value *values[USM_COLUMNS];
    enum uvsnmp_status errors[USM_COLUMNS];

    enum usm_change_kind kind;
    struct usm_user *user; /* in the table, or taken out of it; NULL: there is none */
    struct usm_user draft; /* what becomes of him, and, once that is done, what was; the name is his */
    bool is_done;
    size_t holders; /* variables that share it */
};

/* Makes out what the values come to; `engine`, `index`, `requester` and `values` are set, the rest is 0.
 * Changes nothing else. */
void usm_change_prepare(struct usm_change *change);

/* Changes the user, once. UVSNMP_ENO_MEMORY, UVSNMP_ELIMIT: he is as before. */
int usm_change_do(struct usm_change *change);
/* Takes that back, once. An error is one of usm_users_put(). */
int usm_change_undo(struct usm_change *change);
/* At the end: frees a user that was removed, wipes the keys. */
void usm_change_fini(struct usm_change *change);

#endif
