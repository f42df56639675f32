/* SPDX-License-Identifier: BSD-3-Clause */
#include "agent/mibs/usm_change.h"

#include <string.h>

enum { ACTIVE = 1, NOT_IN_SERVICE, NOT_READY, CREATE_AND_GO, CREATE_AND_WAIT, DESTROY };
enum { UNKNOWN = -1 };

/* ---- the index ---- */

/* Octets behind their number, off the front of `rest`. */
static bool take_octets(struct uvsnmp_oid *rest, uint8_t *octets, size_t *size, size_t limit)
{
    if (rest->count == 0 || rest->ids[0] > limit || rest->ids[0] >= rest->count) {
        return false;
    }
    *size = rest->ids[0];
    for (size_t i = 0; i < *size; i++) {
        if (rest->ids[i + 1] > UINT8_MAX) {
            return false;
        }
        octets[i] = (uint8_t)rest->ids[i + 1];
    }
    rest->ids += *size + 1;
    rest->count -= *size + 1;
    return true;
}

bool usm_index_parse(struct uvsnmp_oid oid, struct usm_index *out)
{
    return take_octets(&oid, out->engine_id, &out->engine_id_size, USM_ENGINE_ID_MAX) &&
           take_octets(&oid, out->name, &out->name_size, USM_NAME_MAX) && oid.count == 0 &&
           out->engine_id_size >= USM_ENGINE_ID_MIN && out->name_size > 0;
}

static struct uvsnmp_bytes engine_of(const struct usm_index *index)
{
    return (struct uvsnmp_bytes){index->engine_id, index->engine_id_size};
}

static struct uvsnmp_bytes name_of(const struct usm_index *index)
{
    return (struct uvsnmp_bytes){index->name, index->name_size};
}

/* ---- columns ---- */

/* The value of usmUserStatus that is asked for; 0: none. */
static int64_t wanted_status(const struct usm_change *change)
{
    const struct uvsnmp_value *value = change->values[USM_COLUMN_STATUS];
    return value ? value->as.integer : 0;
}

/* A row that waits to be cloned has no secrets to be changed, and cannot be used. */
static bool is_ready(const struct usm_user *user)
{
    return user->is_cloned || user->status != USM_USER_NOT_READY;
}

/* Only a new row may be given any protocol; another one may give up its own, or keep it. Both kinds have 0
 * for none; `wanted` is UNKNOWN where there is no such protocol. */
static enum uvsnmp_status judge_protocol(const struct usm_change *change, int old, int wanted)
{
    if (change->user && wanted != 0 && wanted != old) {
        return UVSNMP_STATUS_INCONSISTENT_VALUE;
    }
    return wanted == UNKNOWN ? UVSNMP_STATUS_WRONG_VALUE : UVSNMP_STATUS_NO_ERROR;
}

static void set_auth(struct usm_change *change, const struct uvsnmp_value *value)
{
    enum uvsnmp_status *error = &change->errors[USM_COLUMN_AUTH_PROTOCOL];
    enum usm_auth *auth = &change->draft.security.auth, wanted;
    int found = usm_auth_of_oid(value->as.oid, &wanted) ? (int)wanted : UNKNOWN;
    *error = judge_protocol(change, (int)*auth, found);
    *auth = *error == UVSNMP_STATUS_NO_ERROR ? wanted : *auth;
}

static void set_priv(struct usm_change *change, const struct uvsnmp_value *value)
{
    enum uvsnmp_status *error = &change->errors[USM_COLUMN_PRIV_PROTOCOL];
    enum usm_priv *priv = &change->draft.security.priv, wanted;
    int found = usm_priv_of_oid(value->as.oid, &wanted) ? (int)wanted : UNKNOWN;
    *error = judge_protocol(change, (int)*priv, found);
    *priv = *error == UVSNMP_STATUS_NO_ERROR ? wanted : *priv;
}

static void set_protocols(struct usm_change *change)
{
    struct usm_security *security = &change->draft.security;
    if (change->values[USM_COLUMN_AUTH_PROTOCOL]) {
        set_auth(change, change->values[USM_COLUMN_AUTH_PROTOCOL]);
    }
    if (change->values[USM_COLUMN_PRIV_PROTOCOL]) {
        set_priv(change, change->values[USM_COLUMN_PRIV_PROTOCOL]);
    }
    if (security->auth == USM_AUTH_NONE && security->priv != USM_PRIV_NONE) {
        /* authentication given up too early, or privacy taken without it */
        enum usm_column blamed = change->user ? USM_COLUMN_AUTH_PROTOCOL : USM_COLUMN_PRIV_PROTOCOL;
        change->errors[blamed] = UVSNMP_STATUS_INCONSISTENT_VALUE;
    }
    if (security->auth == USM_AUTH_NONE) {
        usm_key_wipe(&security->auth_key);
    }
    if (security->priv == USM_PRIV_NONE) {
        usm_key_wipe(&security->priv_key);
    }
}

/* The user that a RowPointer tells of. */
static const struct usm_user *find_pointed(const struct usm_change *change, struct uvsnmp_oid pointer)
{
    static const uint32_t column[] = {1, 3, 6, 1, 6, 3, 15, 1, 2, 2, 1, USM_COLUMN_SECURITY_NAME};
    const struct uvsnmp_oid prefix = {column, sizeof(column) / sizeof(*column)};
    struct usm_index index;
    if (!uvsnmp_oid_has_prefix(pointer, prefix)) {
        return NULL;
    }
    pointer.ids += prefix.count;
    pointer.count -= prefix.count;
    return usm_index_parse(pointer, &index)
               ? usm_users_find(&change->engine->users, engine_of(&index), name_of(&index))
               : NULL;
}

/* Once, and then no more; protocols that the same SET gives are overwritten. */
static enum uvsnmp_status clone_user(struct usm_change *change, const struct uvsnmp_value *value)
{
    if (change->draft.is_cloned) {
        return UVSNMP_STATUS_NO_ERROR;
    }
    const struct usm_user *from = find_pointed(change, value->as.oid);
    if (!from || from->status != USM_USER_ACTIVE) {
        return UVSNMP_STATUS_INCONSISTENT_NAME;
    }
    (void)usm_user_clone(&change->draft, from);
    if (change->draft.status == USM_USER_NOT_READY) {
        change->draft.status = USM_USER_NOT_IN_SERVICE;
    }
    return UVSNMP_STATUS_NO_ERROR;
}

/* A protocol that there is not has no key: that is no error (RFC 3414, usmUserAuthKeyChange). */
static enum uvsnmp_status change_key(struct usm_change *change, bool needed, struct usm_key *key,
                                     const struct uvsnmp_value *value)
{
    if (!is_ready(&change->draft)) {
        return UVSNMP_STATUS_INCONSISTENT_NAME;
    }
    if (!needed) {
        return UVSNMP_STATUS_NO_ERROR;
    }
    if (value->as.bytes.size != 2 * key->size) {
        return UVSNMP_STATUS_WRONG_LENGTH;
    }
    return change->engine->crypto && usm_key_change_apply(change->engine->crypto, change->draft.security.auth,
                                                          key, value->as.bytes, key) == 0
               ? UVSNMP_STATUS_NO_ERROR
               : UVSNMP_STATUS_RESOURCE_UNAVAILABLE;
}

static enum uvsnmp_status change_auth_key(struct usm_change *change, const struct uvsnmp_value *value)
{
    struct usm_security *security = &change->draft.security;
    return change_key(change, security->auth != USM_AUTH_NONE, &security->auth_key, value);
}

static enum uvsnmp_status change_priv_key(struct usm_change *change, const struct uvsnmp_value *value)
{
    struct usm_security *security = &change->draft.security;
    return change_key(change, security->priv != USM_PRIV_NONE, &security->priv_key, value);
}

/* By the user himself only, and only while he is active. */
static enum uvsnmp_status check_own(const struct usm_change *change, enum usm_column other)
{
    const struct usm_user *user = change->user;
    const struct uvsnmp_bytes who = change->requester;
    if (!user || user->name_size != who.size || memcmp(user->name, who.data, who.size) != 0) {
        return UVSNMP_STATUS_NO_ACCESS;
    }
    return user->status != USM_USER_ACTIVE || change->values[other] ? UVSNMP_STATUS_INCONSISTENT_VALUE
                                                                    : UVSNMP_STATUS_NO_ERROR;
}

static enum uvsnmp_status change_own_auth_key(struct usm_change *change, const struct uvsnmp_value *value)
{
    enum uvsnmp_status status = check_own(change, USM_COLUMN_AUTH_KEY_CHANGE);
    return status == UVSNMP_STATUS_NO_ERROR ? change_auth_key(change, value) : status;
}

static enum uvsnmp_status change_own_priv_key(struct usm_change *change, const struct uvsnmp_value *value)
{
    enum uvsnmp_status status = check_own(change, USM_COLUMN_PRIV_KEY_CHANGE);
    return status == UVSNMP_STATUS_NO_ERROR ? change_priv_key(change, value) : status;
}

static enum uvsnmp_status set_public(struct usm_change *change, const struct uvsnmp_value *value)
{
    const struct uvsnmp_bytes bytes = value->as.bytes;
    if (bytes.size > 0) {
        memcpy(change->draft.public_value, bytes.data, bytes.size);
    }
    change->draft.public_size = bytes.size;
    return UVSNMP_STATUS_NO_ERROR;
}

/* What is permanent comes from the configuration and stays so. */
static enum uvsnmp_status set_storage(struct usm_change *change, const struct uvsnmp_value *value)
{
    enum usm_user_storage *storage = &change->draft.storage;
    if (value->as.integer == (int64_t)*storage) {
        return UVSNMP_STATUS_NO_ERROR;
    }
    if (value->as.integer != USM_USER_VOLATILE && value->as.integer != USM_USER_NON_VOLATILE) {
        return UVSNMP_STATUS_WRONG_VALUE;
    }
    if (*storage == USM_USER_PERMANENT) {
        return UVSNMP_STATUS_INCONSISTENT_VALUE;
    }
    *storage = (enum usm_user_storage)value->as.integer;
    return UVSNMP_STATUS_NO_ERROR;
}

/* A row can be used as soon as it was cloned: as in Net-SNMP, whose snmpusm changes the keys afterwards, and
 * other than in the RFC, which wants them changed before. */
static enum uvsnmp_status set_status(struct usm_change *change, const struct uvsnmp_value *value)
{
    enum usm_user_status *status = &change->draft.status;
    switch (value->as.integer) {
    case ACTIVE:
    case NOT_IN_SERVICE:
        if (!change->user || !is_ready(&change->draft)) {
            return UVSNMP_STATUS_INCONSISTENT_VALUE;
        }
        *status = (enum usm_user_status)value->as.integer;
        return UVSNMP_STATUS_NO_ERROR;
    case CREATE_AND_GO:
        /* a clone that fails is told of there */
        if (change->user || !change->values[USM_COLUMN_CLONE_FROM]) {
            return UVSNMP_STATUS_INCONSISTENT_VALUE;
        }
        *status = USM_USER_ACTIVE;
        return UVSNMP_STATUS_NO_ERROR;
    case CREATE_AND_WAIT:
        return change->user ? UVSNMP_STATUS_INCONSISTENT_VALUE : UVSNMP_STATUS_NO_ERROR;
    case DESTROY:
        return change->draft.storage == USM_USER_PERMANENT ? UVSNMP_STATUS_INCONSISTENT_VALUE
                                                           : UVSNMP_STATUS_NO_ERROR;
    default:
        return UVSNMP_STATUS_WRONG_VALUE;
    }
}

/* In the order in which they depend on each other; the protocols come before. */
static const struct {
    enum usm_column column;
    enum uvsnmp_status (*set)(struct usm_change *change, const struct uvsnmp_value *value);
} steps[] = {
    {USM_COLUMN_CLONE_FROM, clone_user},
    {USM_COLUMN_AUTH_KEY_CHANGE, change_auth_key},
    {USM_COLUMN_OWN_AUTH_KEY_CHANGE, change_own_auth_key},
    {USM_COLUMN_PRIV_KEY_CHANGE, change_priv_key},
    {USM_COLUMN_OWN_PRIV_KEY_CHANGE, change_own_priv_key},
    {USM_COLUMN_PUBLIC, set_public},
    {USM_COLUMN_STATUS, set_status}, /* before the storage type, which a row that goes has had */
    {USM_COLUMN_STORAGE_TYPE, set_storage},
};

/* ---- the whole ---- */

static void fail_all(struct usm_change *change, enum uvsnmp_status status)
{
    for (size_t i = 0; i < USM_COLUMNS; i++) {
        change->errors[i] = status;
    }
}

/* Without a row, and none to be made: only its destruction succeeds. */
static void refuse(struct usm_change *change)
{
    int64_t status = wanted_status(change);
    fail_all(change, UVSNMP_STATUS_INCONSISTENT_NAME);
    if (status != 0) {
        change->errors[USM_COLUMN_STATUS] = status == DESTROY     ? UVSNMP_STATUS_NO_ERROR
                                            : status == NOT_READY ? UVSNMP_STATUS_WRONG_VALUE
                                                                  : UVSNMP_STATUS_INCONSISTENT_VALUE;
    }
}

static void start_draft(struct usm_change *change)
{
    if (change->user) {
        change->draft = *change->user;
        change->kind = wanted_status(change) == DESTROY ? USM_CHANGE_REMOVE : USM_CHANGE_MODIFY;
    } else {
        change->draft.status = USM_USER_NOT_READY;
        change->draft.storage = USM_USER_NON_VOLATILE;
        change->kind = USM_CHANGE_ADD;
    }
}

void usm_change_prepare(struct usm_change *change)
{
    struct usm_users *users = &change->engine->users;
    int64_t status = wanted_status(change);
    change->user = usm_users_find(users, engine_of(&change->index), name_of(&change->index));
    if (change->user && change->user->storage == USM_USER_READ_ONLY) {
        fail_all(change, UVSNMP_STATUS_NOT_WRITABLE);
        return;
    }
    if (!change->user && status != CREATE_AND_GO && status != CREATE_AND_WAIT) {
        refuse(change);
        return;
    }
    if (!change->user && users->count >= users->limit) {
        fail_all(change, UVSNMP_STATUS_RESOURCE_UNAVAILABLE);
        return;
    }
    start_draft(change);
    set_protocols(change);
    for (size_t i = 0; i < sizeof(steps) / sizeof(*steps); i++) {
        const struct uvsnmp_value *value = change->values[steps[i].column];
        if (value) {
            change->errors[steps[i].column] = steps[i].set(change, value);
        }
    }
}

/* All but the names: those who hold the user may look at them. */
static void exchange(struct usm_user *user, struct usm_user *draft)
{
    struct usm_user old = *user;
    user->security = draft->security;
    user->status = draft->status;
    user->storage = draft->storage;
    user->is_cloned = draft->is_cloned;
    memcpy(user->public_value, draft->public_value, sizeof(user->public_value));
    user->public_size = draft->public_size;
    *draft = old;
    usm_wipe(&old, sizeof(old));
}

int usm_change_do(struct usm_change *change)
{
    struct usm_users *users = &change->engine->users;
    int rc = 0;
    if (change->is_done) {
        return 0;
    }
    if (change->kind == USM_CHANGE_ADD) {
        rc = usm_users_add(users, engine_of(&change->index), name_of(&change->index), &change->user);
    }
    if (rc == 0 && (change->kind == USM_CHANGE_ADD || change->kind == USM_CHANGE_MODIFY)) {
        exchange(change->user, &change->draft);
    } else if (rc == 0 && change->kind == USM_CHANGE_REMOVE) {
        usm_users_take(users, change->user);
    }
    change->is_done = rc == 0;
    return rc;
}

int usm_change_undo(struct usm_change *change)
{
    struct usm_users *users = &change->engine->users;
    int rc = 0;
    if (!change->is_done) {
        return 0;
    }
    if (change->kind == USM_CHANGE_ADD) {
        usm_users_remove(users, change->user);
        change->user = NULL;
    } else if (change->kind == USM_CHANGE_MODIFY) {
        exchange(change->user, &change->draft);
    } else if (change->kind == USM_CHANGE_REMOVE) {
        rc = usm_users_put(users, change->user);
    }
    change->is_done = rc != 0;
    return rc;
}

void usm_change_fini(struct usm_change *change)
{
    if (change->is_done && change->kind == USM_CHANGE_REMOVE) {
        usm_user_free(change->user);
    }
    usm_wipe(change, sizeof(*change));
}
