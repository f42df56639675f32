/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Who an engine knows (RFC 3414 §2.1, usmUserTable): users by engine ID and name, with their protocols and
 * their keys localized to that engine.
 */
#ifndef USM_USER_H
#define USM_USER_H

#include <stdbool.h>

#include "usm/key.h"
#include "usm/params.h"

/* What secures messages between a user and one engine. */
struct usm_security {
    enum usm_auth auth;
    enum usm_priv priv;                /* only with auth */
    struct usm_key auth_key, priv_key; /* localized; the latter as long as the cipher wants it */
};

/* Can messages of this level (MSG_V3_AUTH, MSG_V3_PRIV) be secured? No protocols can be had without keys. */
bool usm_security_supports(const struct usm_security *security, uint8_t level);
void usm_security_wipe(struct usm_security *security);

#define USM_SECURITY_NAME_MAX 255
#define USM_PUBLIC_MAX 32

/* RowStatus and StorageType of RFC 2579 as far as a stored user can have them. */
enum usm_user_status { USM_USER_ACTIVE = 1, USM_USER_NOT_IN_SERVICE, USM_USER_NOT_READY };
enum usm_user_storage {
    USM_USER_VOLATILE = 2,
    USM_USER_NON_VOLATILE,
    USM_USER_PERMANENT,
    USM_USER_READ_ONLY
};

struct usm_user {
    uint8_t engine_id[USM_ENGINE_ID_MAX], name[USM_NAME_MAX];
    size_t engine_id_size, name_size;
    uint8_t *security_name; /* may be longer than the name, and may be another one */
    size_t security_name_size;
    struct usm_security security;
    enum usm_user_status status;
    enum usm_user_storage storage;
    bool is_cloned; /* cloneFrom has been written: it takes effect once (RFC 3414, usmUserCloneFrom) */
    uint8_t public_value[USM_PUBLIC_MAX]; /* usmUserPublic */
    size_t public_size;
};

/* In the order of usmUserTable's index: engine ID, then name, shorter ones first. */
struct usm_users {
    struct usm_user **sorted;
    size_t count, capacity, limit;
};

/* `limit` users at most, 0: 65536. Allocates nothing yet. */
void usm_users_init(struct usm_users *users, size_t limit);
void usm_users_fini(struct usm_users *users); /* wipes the keys */

/*
 * Adds an active, non-volatile user without keys; the security name is its name. Errors: UVSNMP_EBAD_VALUE (a
 * name of no or more than 32 octets; an engine ID that is not of 5 to 32), UVSNMP_EEXISTS, UVSNMP_ELIMIT,
 * UVSNMP_ENO_MEMORY.
 */
int usm_users_add(struct usm_users *users, struct uvsnmp_bytes engine_id, struct uvsnmp_bytes name,
                  struct usm_user **out);

/* NULL: there is none. */
struct usm_user *usm_users_find(const struct usm_users *users, struct uvsnmp_bytes engine_id,
                                struct uvsnmp_bytes name);
/* The position of the first user not before (engine_id, name): for GETNEXT; `count` when there is none. */
size_t usm_users_position(const struct usm_users *users, struct uvsnmp_bytes engine_id,
                          struct uvsnmp_bytes name);
/* Is there any user of that engine? */
bool usm_users_has_engine(const struct usm_users *users, struct uvsnmp_bytes engine_id);

/* Takes the user out, wipes its keys and frees it. */
void usm_users_remove(struct usm_users *users, struct usm_user *user);

/* Takes the user out, to be put back or freed. */
void usm_users_take(struct usm_users *users, struct usm_user *user);
/* Puts back one that was taken. It cannot fail as long as no other was added meanwhile; else UVSNMP_EEXISTS,
 * UVSNMP_ELIMIT, UVSNMP_ENO_MEMORY, and the user is still the caller's. */
int usm_users_put(struct usm_users *users, struct usm_user *user);
void usm_user_free(struct usm_user *user); /* wipes the keys */

/* UVSNMP_ETOO_LONG, UVSNMP_ENO_MEMORY. */
int usm_user_set_security_name(struct usm_user *user, struct uvsnmp_bytes name);

/* Protocols and keys of `from`; only the first time (RFC 3414, usmUserCloneFrom), false after it. */
bool usm_user_clone(struct usm_user *user, const struct usm_user *from);

#endif
