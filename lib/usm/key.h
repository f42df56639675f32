/* SPDX-License-Identifier: BSD-3-Clause */
/* Passwords and keys (RFC 3414 §2.6, §5 and A.2; the extensions for long privacy keys). */
#ifndef USM_KEY_H
#define USM_KEY_H

#include "usm/crypto.h"

#define USM_PASSPHRASE_MIN 8 /* RFC 3414 §11.2 */

struct usm_key {
    size_t size; /* 0: none */
    uint8_t data[USM_KEY_MAX];
};

/* Where one of these fails `out` is no key (size 0). Beside what crypto.h says: */

/* Ku: the master key of a password; a megabyte is hashed. UVSNMP_EBAD_VALUE: the password is too short. */
int usm_key_of_passphrase(struct usm_crypto *crypto, enum usm_auth auth, struct uvsnmp_bytes passphrase,
                          struct usm_key *out, struct uvsnmp_error *err);

/* Kul: the key that belongs to one engine. */
int usm_key_localize(struct usm_crypto *crypto, enum usm_auth auth, const struct usm_key *master,
                     struct uvsnmp_bytes engine_id, struct usm_key *out);

/* The privacy key out of a localized key, which is cut, or made longer as the protocol says; Reeder's way
 * costs another megabyte where the hash is short. UVSNMP_EBAD_VALUE: there is no key. `out` may be
 * `localized`. */
int usm_key_of_privacy(struct usm_crypto *crypto, enum usm_auth auth, enum usm_priv priv,
                       const struct usm_key *localized, struct uvsnmp_bytes engine_id, struct usm_key *out);

/* A KeyChange value (RFC 3414 §5): random and delta, from the old key and the new one; and the new key out of
 * it. `from->size` octets each, which must be `to->size`, 2 * size in the value; UVSNMP_EBAD_VALUE: they are
 * not. `out` may be `from`. */
int usm_key_change_make(struct usm_crypto *crypto, enum usm_auth auth, const struct usm_key *from,
                        const struct usm_key *to, const uint8_t *random, uint8_t *value);
int usm_key_change_apply(struct usm_crypto *crypto, enum usm_auth auth, const struct usm_key *from,
                         struct uvsnmp_bytes value, struct usm_key *out);

void usm_key_wipe(struct usm_key *key);

#endif
