/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Who a manager is, to any engine: a user name, protocols, and what keys are made of. A passphrase is hashed
 * once, when the credential is made; the keys of an engine are made when they are first wanted, and kept.
 */
#ifndef USM_CREDENTIAL_H
#define USM_CREDENTIAL_H

#include <uvsnmp/usm.h>

#include "usm/user.h"

struct usm_credential;

struct usm_credential_options {
    struct uvsnmp_bytes user_name;
    struct uvsnmp_bytes security_name; /* empty: the user name */
    enum usm_auth auth;
    enum usm_priv priv;
    /* Of a localized key it is the caller's to ask only the engine that it belongs to. Empty, that of privacy
     * is the one of authentication. */
    struct uvsnmp_secret auth_secret, priv_secret;
    size_t engine_limit; /* engines whose keys are kept, 0: 65536 */
};

/*
 * `crypto` outlives the credential; NULL will do without protocols. Errors: UVSNMP_EBAD_VALUE (a user name of
 * more than 32 octets, a passphrase that is too short, a key of the wrong size, privacy without
 * authentication, a protocol without a secret), UVSNMP_EUNSUPPORTED, UVSNMP_ENO_MEMORY, with a detail.
 */
int usm_credential_new(struct usm_crypto *crypto, const struct usm_credential_options *options,
                       struct usm_credential **out, struct uvsnmp_error *err);
/* The same for a user with names of protocols; UVSNMP_EBAD_VALUE for one that is none. */
int usm_credential_of_user(struct usm_crypto *crypto, const struct uvsnmp_user *user,
                           struct usm_credential **out, struct uvsnmp_error *err);
void usm_credential_free(struct usm_credential *credential); /* wipes all keys; NULL is fine */

struct uvsnmp_bytes usm_credential_user_name(const struct usm_credential *credential);
struct uvsnmp_bytes usm_credential_security_name(const struct usm_credential *credential);

/* The highest level that it has secrets for. */
uint8_t usm_credential_level(const struct usm_credential *credential);

/* The keys for one engine, copied; to be wiped. UVSNMP_ENO_MEMORY, UVSNMP_EBAD_VALUE (no engine ID), and
 * those of usm/key.h. */
int usm_credential_localize(struct usm_credential *credential, struct uvsnmp_bytes engine_id,
                            struct usm_security *out);

#endif
