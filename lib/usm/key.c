/* SPDX-License-Identifier: BSD-3-Clause */
#include "usm/key.h"

#include <string.h>

#include "base/err.h"

/* RFC 3414 A.2: the password is repeated up to a megabyte. */
#define REPEATED_SIZE 1048576

void usm_key_wipe(struct usm_key *key)
{
    usm_wipe(key, sizeof(*key));
}

static struct uvsnmp_bytes octets_of(const struct usm_key *key)
{
    return (struct uvsnmp_bytes){key->data, key->size};
}

/* `out` after a hash was to be put into it. */
static int finish(struct usm_key *out, size_t size, int status)
{
    if (status == 0) {
        out->size = size;
    } else {
        usm_key_wipe(out);
    }
    return status;
}

/* The master key of any octets, however few. */
static int make_master(struct usm_crypto *crypto, enum usm_auth auth, struct uvsnmp_bytes octets,
                       struct usm_key *out)
{
    int status = usm_crypto_digest_repeated(crypto, auth, octets, REPEATED_SIZE, out->data);
    return finish(out, usm_auth(auth)->key_size, status);
}

int usm_key_of_passphrase(struct usm_crypto *crypto, enum usm_auth auth, struct uvsnmp_bytes passphrase,
                          struct usm_key *out, struct uvsnmp_error *err)
{
    int status;
    if (passphrase.size < USM_PASSPHRASE_MIN) {
        status =
            err_set(err, UVSNMP_EBAD_VALUE, "the passphrase has less than %d characters", USM_PASSPHRASE_MIN);
        return finish(out, 0, status);
    }
    status = usm_crypto_has_auth(crypto, auth, err);
    if (status != 0) {
        return finish(out, 0, status);
    }
    status = make_master(crypto, auth, passphrase, out);
    return status == 0 ? 0 : err_set(err, status, "no key of the passphrase: %s", uvsnmp_strerror(status));
}

int usm_key_localize(struct usm_crypto *crypto, enum usm_auth auth, const struct usm_key *master,
                     struct uvsnmp_bytes engine_id, struct usm_key *out)
{
    const struct uvsnmp_bytes pieces[] = {octets_of(master), engine_id, octets_of(master)};
    int status = master->size > 0 ? usm_crypto_digest(crypto, auth, pieces, 3, out->data) : UVSNMP_EBAD_VALUE;
    return finish(out, usm_auth(auth)->key_size, status);
}

/* ---- long keys ---- */

/* The octets that follow those of `key`, which have been made by the same function: `last` is what it gave
 * the time before (first `key` itself), and becomes what it gives now. */
typedef int extend_fn(struct usm_crypto *crypto, enum usm_auth auth, struct uvsnmp_bytes engine_id,
                      const struct usm_key *key, struct usm_key *last);

/* The hash of all that is there. */
static int extend_blumenthal(struct usm_crypto *crypto, enum usm_auth auth, struct uvsnmp_bytes engine_id,
                             const struct usm_key *key, struct usm_key *last)
{
    const struct uvsnmp_bytes piece = octets_of(key);
    (void)engine_id;
    return finish(last, usm_auth(auth)->key_size, usm_crypto_digest(crypto, auth, &piece, 1, last->data));
}

/* The last piece taken for a password. */
static int extend_reeder(struct usm_crypto *crypto, enum usm_auth auth, struct uvsnmp_bytes engine_id,
                         const struct usm_key *key, struct usm_key *last)
{
    struct usm_key master;
    (void)key;
    int status = make_master(crypto, auth, octets_of(last), &master);
    if (status == 0) {
        status = usm_key_localize(crypto, auth, &master, engine_id, last);
    }
    usm_key_wipe(&master);
    return status;
}

static extend_fn *const extensions[] = {
    [USM_EXTEND_BLUMENTHAL] = extend_blumenthal,
    [USM_EXTEND_REEDER] = extend_reeder,
};

int usm_key_of_privacy(struct usm_crypto *crypto, enum usm_auth auth, enum usm_priv priv,
                       const struct usm_key *localized, struct uvsnmp_bytes engine_id, struct usm_key *out)
{
    const struct usm_priv_protocol *protocol = usm_priv(priv);
    extend_fn *extend = extensions[protocol->extension];
    struct usm_key last = *localized;
    int status = 0;
    *out = last;
    while (status == 0 && out->size < protocol->key_size) {
        status = extend && out->size > 0 ? extend(crypto, auth, engine_id, out, &last) : UVSNMP_EBAD_VALUE;
        if (status == 0) {
            size_t missing = protocol->key_size - out->size;
            size_t size = last.size < missing ? last.size : missing;
            memcpy(out->data + out->size, last.data, size);
            out->size += size;
        }
    }
    usm_key_wipe(&last);
    if (status == 0 && out->size > protocol->key_size) {
        usm_wipe(out->data + protocol->key_size, out->size - protocol->key_size);
    }
    return finish(out, protocol->key_size, status);
}

/* ---- KeyChange ---- */

/* The delta of one key makes the other: both are XOR with what the old key and the random octets give. */
static int mix(struct usm_crypto *crypto, enum usm_auth auth, const struct usm_key *from,
               const uint8_t *random, const uint8_t *in, uint8_t *out)
{
    struct usm_key temporary = *from;
    int status = 0;
    for (size_t at = 0; status == 0 && at < from->size; at += temporary.size) {
        const struct uvsnmp_bytes pieces[] = {octets_of(&temporary), {random, from->size}};
        uint8_t hash[USM_KEY_MAX] = {0};
        status = usm_crypto_digest(crypto, auth, pieces, 2, hash);
        temporary.size = usm_auth(auth)->key_size;
        memcpy(temporary.data, hash, temporary.size);
        for (size_t i = 0; status == 0 && i < temporary.size && at + i < from->size; i++) {
            out[at + i] = in[at + i] ^ hash[i];
        }
        usm_wipe(hash, sizeof(hash));
    }
    usm_key_wipe(&temporary);
    return status;
}

int usm_key_change_make(struct usm_crypto *crypto, enum usm_auth auth, const struct usm_key *from,
                        const struct usm_key *to, const uint8_t *random, uint8_t *value)
{
    if (from->size == 0 || from->size != to->size) {
        return UVSNMP_EBAD_VALUE;
    }
    memmove(value, random, from->size);
    return mix(crypto, auth, from, value, to->data, value + from->size);
}

int usm_key_change_apply(struct usm_crypto *crypto, enum usm_auth auth, const struct usm_key *from,
                         struct uvsnmp_bytes value, struct usm_key *out)
{
    struct usm_key made = {0};
    int status = from->size > 0 && value.size == 2 * from->size
                     ? mix(crypto, auth, from, value.data, value.data + from->size, made.data)
                     : UVSNMP_EBAD_VALUE;
    size_t size = from->size;
    *out = made;
    usm_key_wipe(&made);
    return finish(out, size, status);
}
