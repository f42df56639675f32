/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The room of OpenSSL. libcrypto is opened with dlopen() when the first user with keys comes, so that a
 * program that speaks no version 3 neither maps nor initialises it; into a library context of its own, so
 * that nothing here (the legacy provider, for one) changes what OpenSSL is to the rest of the program; and
 * without OpenSSL's configuration file, which is read only where OPENSSL_CONF is set or the system is in FIPS
 * mode. (What a program that uses OpenSSL itself reads for its own use is not for here.)
 *
 * One struct usm_crypto is for one thread at a time. Where a function has no `err`, what it returns is
 * UVSNMP_EUNSUPPORTED (the protocol is not there: ask usm_crypto_has_auth() or _priv() for the reason, and
 * before the first message), UVSNMP_ENO_MEMORY or UVSNMP_EBAD_VALUE.
 */
#ifndef USM_CRYPTO_H
#define USM_CRYPTO_H

#include <uvsnmp/error.h>
#include <uvsnmp/value.h>

#include "usm/protocol.h"

struct usm_crypto;

/* NULL, and `err` filled with the reason: there is no libcrypto, it is too old, out of memory. */
struct usm_crypto *usm_crypto_open(struct uvsnmp_error *err);
void usm_crypto_close(struct usm_crypto *crypto); /* NULL is fine */

/* Is the protocol there? DES may need the legacy provider, which is loaded here; a FIPS system has no MD5.
 * UVSNMP_EUNSUPPORTED with OpenSSL's reason. */
int usm_crypto_has_auth(struct usm_crypto *crypto, enum usm_auth auth, struct uvsnmp_error *err);
int usm_crypto_has_priv(struct usm_crypto *crypto, enum usm_priv priv, struct uvsnmp_error *err);

/* The hash of `count` pieces one behind the other; key_size octets into `out`. */
int usm_crypto_digest(struct usm_crypto *crypto, enum usm_auth auth, const struct uvsnmp_bytes *pieces,
                      size_t count, uint8_t out[USM_KEY_MAX]);

/* The hash of `unit` repeated up to `total` octets (RFC 3414 A.2): fed in large pieces. UVSNMP_EBAD_VALUE: an
 * empty one. */
int usm_crypto_digest_repeated(struct usm_crypto *crypto, enum usm_auth auth, struct uvsnmp_bytes unit,
                               size_t total, uint8_t out[USM_KEY_MAX]);

/* HMAC (RFC 2104) of `count` pieces, whole (key_size octets), with a key of any size. What the last key of
 * each protocol makes is kept: it is the key of the next message more often than not. */
int usm_crypto_hmac(struct usm_crypto *crypto, enum usm_auth auth, struct uvsnmp_bytes key,
                    const struct uvsnmp_bytes *pieces, size_t count, uint8_t out[USM_KEY_MAX]);

/* CBC of DES and 3DES (size a multiple of 8) and CFB-128 of AES; `in` and `out` may be the same, but not
 * overlap in part. `key` has the protocol's cipher_key_size octets, `iv` its iv_size. */
struct usm_cipher {
    enum usm_priv priv;
    bool encrypt;
    const uint8_t *key, *iv;
};
int usm_crypto_cipher(struct usm_crypto *crypto, const struct usm_cipher *cipher, const uint8_t *in,
                      size_t size, uint8_t *out);

/* Unpredictable octets come from base/random.h; comparison in constant time and wiping are here because a
 * compiler must not see through them. */
bool usm_equal(const void *a, const void *b, size_t size);
void usm_wipe(void *data, size_t size);

#endif
