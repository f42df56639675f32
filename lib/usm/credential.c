/* SPDX-License-Identifier: BSD-3-Clause */
#include "usm/credential.h"

#include <stdlib.h>
#include <string.h>

#include "base/err.h"
#include "base/list.h"
#include "base/map.h"
#include "msg/v3.h"

#define ENGINES_DEFAULT_LIMIT 65536

struct usm_credential {
    struct usm_crypto *crypto;
    uint8_t user_name[USM_NAME_MAX], security_name[USM_SECURITY_NAME_MAX];
    size_t user_name_size, security_name_size;
    enum usm_auth auth;
    enum usm_priv priv;
    struct key_source {
        bool is_localized;
        struct usm_key key; /* else the master key */
    } auth_source, priv_source;
    struct map localized;
    struct list by_use;
    size_t engine_limit;
};

/* The keys for one engine. */
struct localized {
    struct map_link by_engine;
    struct list link;
    uint8_t engine_id[USM_ENGINE_ID_MAX];
    size_t engine_id_size;
    struct usm_security security;
};

static int take_key(struct usm_key *key, struct uvsnmp_bytes octets, size_t least, struct uvsnmp_error *err)
{
    if (octets.size < least || octets.size > sizeof(key->data)) {
        return err_set(err, UVSNMP_EBAD_VALUE, "a key of %zu octets instead of %zu", octets.size, least);
    }
    memcpy(key->data, octets.data, octets.size);
    key->size = octets.size;
    return 0;
}

/* `localized_size`: of a localized key for this purpose. */
static int make_source(struct usm_credential *credential, const struct uvsnmp_secret *secret,
                       size_t localized_size, struct key_source *source, struct uvsnmp_error *err)
{
    if (secret->localized.size > 0) {
        source->is_localized = true;
        return take_key(&source->key, secret->localized, localized_size, err);
    }
    if (secret->master.size > 0) {
        return take_key(&source->key, secret->master, usm_auth(credential->auth)->key_size, err);
    }
    return usm_key_of_passphrase(credential->crypto, credential->auth, secret->passphrase, &source->key, err);
}

static bool is_same_passphrase(const struct uvsnmp_secret *a, const struct uvsnmp_secret *b)
{
    return a->passphrase.size > 0 && a->localized.size == 0 && a->master.size == 0 &&
           b->localized.size == 0 && b->master.size == 0 && a->passphrase.size == b->passphrase.size &&
           memcmp(a->passphrase.data, b->passphrase.data, a->passphrase.size) == 0;
}

static bool is_empty(const struct uvsnmp_secret *secret)
{
    return secret->passphrase.size == 0 && secret->master.size == 0 && secret->localized.size == 0;
}

static int make_sources(struct usm_credential *credential, const struct usm_credential_options *options,
                        struct uvsnmp_error *err)
{
    if (options->auth == USM_AUTH_NONE) {
        return options->priv == USM_PRIV_NONE
                   ? 0
                   : err_set(err, UVSNMP_EBAD_VALUE, "privacy takes authentication");
    }
    int rc = make_source(credential, &options->auth_secret, usm_auth(options->auth)->key_size,
                         &credential->auth_source, err);
    if (rc < 0 || options->priv == USM_PRIV_NONE) {
        return rc;
    }
    rc = usm_crypto_has_priv(credential->crypto, options->priv, err);
    if (rc < 0) {
        return rc;
    }
    if (is_empty(&options->priv_secret) || is_same_passphrase(&options->auth_secret, &options->priv_secret)) {
        credential->priv_source = credential->auth_source; /* the hash of a megabyte is not made twice */
        return 0;
    }
    return make_source(credential, &options->priv_secret, usm_priv(options->priv)->key_size,
                       &credential->priv_source, err);
}

static int take_name(uint8_t *to, size_t *size, size_t limit, struct uvsnmp_bytes name)
{
    if (name.size > limit) {
        return UVSNMP_EBAD_VALUE;
    }
    if (name.size > 0) {
        memcpy(to, name.data, name.size);
    }
    *size = name.size;
    return 0;
}

int usm_credential_new(struct usm_crypto *crypto, const struct usm_credential_options *options,
                       struct usm_credential **out, struct uvsnmp_error *err)
{
    struct usm_credential *credential = calloc(1, sizeof(*credential));
    *out = NULL;
    if (!credential) {
        return err_set(err, UVSNMP_ENO_MEMORY, "no memory for a credential");
    }
    credential->crypto = crypto;
    credential->auth = options->auth;
    credential->priv = options->priv;
    credential->engine_limit = options->engine_limit ? options->engine_limit : ENGINES_DEFAULT_LIMIT;
    map_init(&credential->localized);
    list_init(&credential->by_use);
    int rc = 0;
    if (take_name(credential->user_name, &credential->user_name_size, USM_NAME_MAX, options->user_name) < 0 ||
        take_name(credential->security_name, &credential->security_name_size, USM_SECURITY_NAME_MAX,
                  options->security_name.size > 0 ? options->security_name : options->user_name) < 0) {
        rc = err_set(err, UVSNMP_EBAD_VALUE, "the user name is too long");
    }
    if (rc == 0) {
        rc = make_sources(credential, options, err);
    }
    if (rc < 0) {
        usm_credential_free(credential);
        return rc;
    }
    *out = credential;
    return 0;
}

int usm_credential_of_user(struct usm_crypto *crypto, const struct uvsnmp_user *user,
                           struct usm_credential **out, struct uvsnmp_error *err)
{
    struct usm_credential_options options = {
        .user_name = user->name,
        .security_name = user->security_name,
        .auth_secret = user->auth_secret,
        .priv_secret = user->priv_secret,
    };
    *out = NULL;
    if (user->auth && !usm_auth_find(user->auth, &options.auth)) {
        return err_set(err, UVSNMP_EBAD_VALUE, "no such authentication protocol: %.100s", user->auth);
    }
    if (user->priv && !usm_priv_find(user->priv, &options.priv)) {
        return err_set(err, UVSNMP_EBAD_VALUE, "no such privacy protocol: %.100s", user->priv);
    }
    return usm_credential_new(crypto, &options, out, err);
}

static void forget(struct usm_credential *credential, struct localized *localized)
{
    map_remove(&credential->localized, &localized->by_engine);
    list_remove(&localized->link);
    usm_wipe(localized, sizeof(*localized));
    free(localized);
}

void usm_credential_free(struct usm_credential *credential)
{
    if (!credential) {
        return;
    }
    LIST_EACH(link, following, &credential->by_use)
    {
        forget(credential, LIST_OBJECT(link, struct localized, link));
    }
    map_fini(&credential->localized);
    usm_wipe(credential, sizeof(*credential));
    free(credential);
}

struct uvsnmp_bytes usm_credential_user_name(const struct usm_credential *credential)
{
    return (struct uvsnmp_bytes){credential->user_name, credential->user_name_size};
}

struct uvsnmp_bytes usm_credential_security_name(const struct usm_credential *credential)
{
    return (struct uvsnmp_bytes){credential->security_name, credential->security_name_size};
}

uint8_t usm_credential_level(const struct usm_credential *credential)
{
    return credential->auth == USM_AUTH_NONE   ? 0
           : credential->priv == USM_PRIV_NONE ? MSG_V3_AUTH
                                               : MSG_V3_LEVEL;
}

/* ---- keys of engines ---- */

static int make_security(struct usm_credential *credential, struct uvsnmp_bytes engine_id,
                         struct usm_security *out)
{
    const struct key_source *auth = &credential->auth_source, *priv = &credential->priv_source;
    struct usm_key localized;
    int rc = 0;
    memset(out, 0, sizeof(*out));
    out->auth = credential->auth;
    out->priv = credential->priv;
    if (credential->auth != USM_AUTH_NONE && auth->is_localized) {
        out->auth_key = auth->key;
    } else if (credential->auth != USM_AUTH_NONE) {
        rc = usm_key_localize(credential->crypto, out->auth, &auth->key, engine_id, &out->auth_key);
    }
    if (rc < 0 || credential->priv == USM_PRIV_NONE) {
        return rc;
    }
    localized = priv->key;
    if (!priv->is_localized) {
        rc = usm_key_localize(credential->crypto, out->auth, &priv->key, engine_id, &localized);
    }
    if (rc == 0) {
        rc = usm_key_of_privacy(credential->crypto, out->auth, out->priv, &localized, engine_id,
                                &out->priv_key);
    }
    usm_key_wipe(&localized);
    return rc;
}

static uint64_t key_of(struct uvsnmp_bytes engine_id)
{
    return map_hash(MAP_HASH_FIRST, engine_id.data, engine_id.size);
}

static struct localized *find(struct usm_credential *credential, struct uvsnmp_bytes engine_id)
{
    struct map_link *link = map_find(&credential->localized, key_of(engine_id));
    for (; link; link = map_next(link)) {
        struct localized *localized =
            (struct localized *)(void *)((char *)link - offsetof(struct localized, by_engine));
        if (localized->engine_id_size == engine_id.size &&
            memcmp(localized->engine_id, engine_id.data, engine_id.size) == 0) {
            return localized;
        }
    }
    return NULL;
}

static int add(struct usm_credential *credential, struct uvsnmp_bytes engine_id, struct localized **out)
{
    struct localized *localized = calloc(1, sizeof(*localized));
    if (!localized) {
        return UVSNMP_ENO_MEMORY;
    }
    memcpy(localized->engine_id, engine_id.data, engine_id.size);
    localized->engine_id_size = engine_id.size;
    int rc = make_security(credential, engine_id, &localized->security);
    if (rc == 0) {
        rc = map_insert(&credential->localized, &localized->by_engine, key_of(engine_id));
    }
    if (rc < 0) {
        usm_wipe(localized, sizeof(*localized));
        free(localized);
        return rc;
    }
    list_append(&credential->by_use, &localized->link);
    if (credential->localized.size > credential->engine_limit) {
        forget(credential, LIST_OBJECT(credential->by_use.next, struct localized, link));
    }
    *out = localized;
    return 0;
}

int usm_credential_localize(struct usm_credential *credential, struct uvsnmp_bytes engine_id,
                            struct usm_security *out)
{
    int rc = 0;
    memset(out, 0, sizeof(*out));
    if (engine_id.size < USM_ENGINE_ID_MIN || engine_id.size > USM_ENGINE_ID_MAX) {
        return UVSNMP_EBAD_VALUE;
    }
    if (credential->auth == USM_AUTH_NONE) {
        return 0;
    }
    struct localized *localized = find(credential, engine_id);
    if (localized) {
        list_remove(&localized->link);
        list_append(&credential->by_use, &localized->link);
    } else {
        rc = add(credential, engine_id, &localized);
    }
    if (rc == 0) {
        *out = localized->security;
    }
    return rc;
}
