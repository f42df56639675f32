/* SPDX-License-Identifier: BSD-3-Clause */
#include "usm/crypto.h"

#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/err.h"
#include "usm/crypto_impl.h"
#include "usm/openssl.h"

/* The longest block of the hashes, SHA-512's */
#define BLOCK_MAX 128
/* What is fed to a hash at once where octets repeat */
#define FEED_SIZE 4096

struct hmac {
    EVP_MD_CTX *inner, *outer; /* after a block of the padded key; NULL: none yet */
    bool has_key;
    size_t key_size;
    uint8_t key[BLOCK_MAX];
};

struct usm_crypto {
    struct usm_openssl openssl;
    OSSL_LIB_CTX *context;
    OSSL_PROVIDER *legacy;
    EVP_MD_CTX *digest; /* of the message at hand */
    EVP_MD *hashes[USM_AUTH_COUNT];
    struct hmac hmacs[USM_AUTH_COUNT];
    EVP_CIPHER_CTX *ciphers[USM_PRIV_COUNT]; /* with their algorithms */
};

static const char *const hash_names[USM_AUTH_COUNT] = {
    [USM_AUTH_MD5] = "MD5",         [USM_AUTH_SHA1] = "SHA1",       [USM_AUTH_SHA224] = "SHA2-224",
    [USM_AUTH_SHA256] = "SHA2-256", [USM_AUTH_SHA384] = "SHA2-384", [USM_AUTH_SHA512] = "SHA2-512",
};

static const struct {
    const char *name;
    bool is_legacy; /* OpenSSL keeps it in a provider that is not loaded by itself */
} cipher_names[USM_PRIV_COUNT] = {
    [USM_PRIV_DES] = {"DES-CBC", true},          [USM_PRIV_3DES] = {"DES-EDE3-CBC", false},
    [USM_PRIV_AES128] = {"AES-128-CFB", false},  [USM_PRIV_AES192] = {"AES-192-CFB", false},
    [USM_PRIV_AES256] = {"AES-256-CFB", false},  [USM_PRIV_AES192C] = {"AES-192-CFB", false},
    [USM_PRIV_AES256C] = {"AES-256-CFB", false},
};

/* ---- opening ---- */

static bool is_fips_system(void)
{
    char digit = '0';
    int fd = open("/proc/sys/crypto/fips_enabled", O_RDONLY | O_CLOEXEC);
    if (fd < 0) {
        return false;
    }
    ssize_t size = read(fd, &digit, 1);
    close(fd);
    return size == 1 && digit == '1';
}

struct usm_crypto_options usm_crypto_default_options(void)
{
    const char *file = secure_getenv("OPENSSL_CONF");
    struct usm_crypto_options options = {.library = UVSNMP_LIBCRYPTO,
                                         .wants_configuration = (file && *file) || is_fips_system()};
    return options;
}

/* A configuration with mistakes is taken as OpenSSL takes its own: as far as it goes. */
static void load_configuration(struct usm_crypto *crypto)
{
    crypto->openssl.CONF_modules_load_file_ex(crypto->context, NULL, NULL,
                                              CONF_MFLAGS_DEFAULT_SECTION | CONF_MFLAGS_IGNORE_MISSING_FILE |
                                                  CONF_MFLAGS_IGNORE_RETURN_CODES);
}

struct usm_crypto *usm_crypto_open_with(const struct usm_crypto_options *options, struct uvsnmp_error *err)
{
    struct usm_crypto *crypto = calloc(1, sizeof(*crypto));
    if (!crypto) {
        err_set(err, UVSNMP_ENO_MEMORY, "%s", uvsnmp_strerror(UVSNMP_ENO_MEMORY));
        return NULL;
    }
    if (usm_openssl_open(&crypto->openssl, options->library, err) != 0) {
        free(crypto);
        return NULL;
    }
    struct usm_openssl_mark mark = usm_openssl_begin(&crypto->openssl);
    if (!options->wants_configuration && !crypto->openssl.was_mapped) {
        /* Looking for an engine, as it does at the first hash, it would read its file for the rest of the
         * program, which has no use for it. A program that has shall find its own OpenSSL as it expects it.
         */
        crypto->openssl.OPENSSL_init_crypto(OPENSSL_INIT_NO_LOAD_CONFIG, NULL);
    }
    crypto->context = crypto->openssl.OSSL_LIB_CTX_new();
    crypto->digest = crypto->context ? crypto->openssl.EVP_MD_CTX_new() : NULL;
    if (!crypto->digest) {
        usm_openssl_failed(&crypto->openssl, mark, err, "libcrypto does not start");
        usm_crypto_close(crypto);
        return NULL;
    }
    if (options->wants_configuration) {
        load_configuration(crypto);
    }
    usm_openssl_end(&crypto->openssl);
    return crypto;
}

struct usm_crypto *usm_crypto_open(struct uvsnmp_error *err)
{
    struct usm_crypto_options options = usm_crypto_default_options();
    return usm_crypto_open_with(&options, err);
}

static void hmac_fini(const struct usm_openssl *openssl, struct hmac *hmac)
{
    openssl->EVP_MD_CTX_free(hmac->inner);
    openssl->EVP_MD_CTX_free(hmac->outer);
}

void usm_crypto_close(struct usm_crypto *crypto)
{
    if (!crypto) {
        return;
    }
    const struct usm_openssl *openssl = &crypto->openssl;
    for (int i = 0; i < USM_AUTH_COUNT; i++) {
        hmac_fini(openssl, &crypto->hmacs[i]);
        openssl->EVP_MD_free(crypto->hashes[i]);
    }
    for (int i = 0; i < USM_PRIV_COUNT; i++) {
        openssl->EVP_CIPHER_CTX_free(crypto->ciphers[i]);
    }
    openssl->EVP_MD_CTX_free(crypto->digest);
    if (crypto->legacy) {
        openssl->OSSL_PROVIDER_unload(crypto->legacy);
    }
    openssl->OSSL_LIB_CTX_free(crypto->context);
    usm_openssl_close(&crypto->openssl);
    usm_wipe(crypto, sizeof(*crypto));
    free(crypto);
}

/* ---- algorithms ---- */

int usm_crypto_has_auth(struct usm_crypto *crypto, enum usm_auth auth, struct uvsnmp_error *err)
{
    if (auth == USM_AUTH_NONE || crypto->hashes[auth]) {
        return 0;
    }
    struct usm_openssl_mark mark = usm_openssl_begin(&crypto->openssl);
    crypto->hashes[auth] = crypto->openssl.EVP_MD_fetch(crypto->context, hash_names[auth], NULL);
    if (!crypto->hashes[auth]) {
        char what[64];
        snprintf(what, sizeof(what), "OpenSSL has no %s here", usm_auth(auth)->name);
        return usm_openssl_failed(&crypto->openssl, mark, err, what);
    }
    usm_openssl_end(&crypto->openssl);
    return 0;
}

/* The other providers stay what they were: one that is loaded by name keeps the default one away, if not told
 * otherwise. */
static int load_legacy(struct usm_crypto *crypto, const char *protocol, struct uvsnmp_error *err)
{
    if (!crypto->legacy) {
        struct usm_openssl_mark mark = usm_openssl_begin(&crypto->openssl);
        crypto->legacy = crypto->openssl.OSSL_PROVIDER_try_load(crypto->context, "legacy", 1);
        if (!crypto->legacy) {
            char what[96];
            snprintf(what, sizeof(what), "%s needs OpenSSL's legacy provider, which cannot be loaded",
                     protocol);
            return usm_openssl_failed(&crypto->openssl, mark, err, what);
        }
        usm_openssl_end(&crypto->openssl);
    }
    return 0;
}

int usm_crypto_has_priv(struct usm_crypto *crypto, enum usm_priv priv, struct uvsnmp_error *err)
{
    const struct usm_openssl *openssl = &crypto->openssl;
    const char *name = usm_priv(priv)->name;
    if (priv == USM_PRIV_NONE || crypto->ciphers[priv]) {
        return 0;
    }
    int status = cipher_names[priv].is_legacy ? load_legacy(crypto, name, err) : 0;
    if (status != 0) {
        return status;
    }
    struct usm_openssl_mark mark = usm_openssl_begin(openssl);
    EVP_CIPHER *cipher = openssl->EVP_CIPHER_fetch(crypto->context, cipher_names[priv].name, NULL);
    EVP_CIPHER_CTX *context = cipher ? openssl->EVP_CIPHER_CTX_new() : NULL;
    bool is_ready = context && openssl->EVP_CipherInit_ex2(context, cipher, NULL, NULL, 1, NULL) == 1 &&
                    openssl->EVP_CIPHER_CTX_set_padding(context, 0) == 1;
    openssl->EVP_CIPHER_free(cipher); /* the context has its own hold on it */
    if (!is_ready) {
        char what[64];
        snprintf(what, sizeof(what), "OpenSSL has no %s here", name);
        openssl->EVP_CIPHER_CTX_free(context);
        return usm_openssl_failed(openssl, mark, err, what);
    }
    usm_openssl_end(openssl);
    crypto->ciphers[priv] = context;
    return 0;
}

/* ---- hashes ---- */

/* With an algorithm that is there only memory can be missing. */
static int status_of(bool is_done)
{
    return is_done ? 0 : UVSNMP_ENO_MEMORY;
}

static bool feed(const struct usm_openssl *openssl, EVP_MD_CTX *digest, const struct uvsnmp_bytes *pieces,
                 size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (openssl->EVP_DigestUpdate(digest, pieces[i].data, pieces[i].size) != 1) {
            return false;
        }
    }
    return true;
}

static int start(struct usm_crypto *crypto, enum usm_auth auth)
{
    int status = auth != USM_AUTH_NONE ? usm_crypto_has_auth(crypto, auth, NULL) : UVSNMP_EBAD_VALUE;
    return status != 0 ? status
                       : status_of(crypto->openssl.EVP_DigestInit_ex2(crypto->digest, crypto->hashes[auth],
                                                                      NULL) == 1);
}

int usm_crypto_digest(struct usm_crypto *crypto, enum usm_auth auth, const struct uvsnmp_bytes *pieces,
                      size_t count, uint8_t out[USM_KEY_MAX])
{
    const struct usm_openssl *openssl = &crypto->openssl;
    int status = start(crypto, auth);
    return status != 0 ? status
                       : status_of(feed(openssl, crypto->digest, pieces, count) &&
                                   openssl->EVP_DigestFinal_ex(crypto->digest, out, NULL) == 1);
}

static bool feed_repeated(const struct usm_openssl *openssl, EVP_MD_CTX *digest, struct uvsnmp_bytes unit,
                          size_t total)
{
    uint8_t many[FEED_SIZE];
    bool is_done = true;
    size_t filled = 0;
    while (filled + unit.size <= sizeof(many)) {
        memcpy(many + filled, unit.data, unit.size);
        filled += unit.size;
    }
    const struct uvsnmp_bytes piece = filled > 0 ? (struct uvsnmp_bytes){many, filled} : unit;
    while (total > 0 && is_done) {
        size_t size = total < piece.size ? total : piece.size;
        is_done = openssl->EVP_DigestUpdate(digest, piece.data, size) == 1;
        total -= size;
    }
    usm_wipe(many, filled);
    return is_done;
}

int usm_crypto_digest_repeated(struct usm_crypto *crypto, enum usm_auth auth, struct uvsnmp_bytes unit,
                               size_t total, uint8_t out[USM_KEY_MAX])
{
    const struct usm_openssl *openssl = &crypto->openssl;
    int status = unit.size > 0 ? start(crypto, auth) : UVSNMP_EBAD_VALUE;
    return status != 0 ? status
                       : status_of(feed_repeated(openssl, crypto->digest, unit, total) &&
                                   openssl->EVP_DigestFinal_ex(crypto->digest, out, NULL) == 1);
}

/* ---- HMAC ---- */

/* From two digests, which can be copied where they have read the key: half the time of OpenSSL's MAC. */
static bool start_pad(struct usm_crypto *crypto, enum usm_auth auth, EVP_MD_CTX **digest, const uint8_t *pad)
{
    const struct usm_openssl *openssl = &crypto->openssl;
    *digest = *digest ? *digest : openssl->EVP_MD_CTX_new();
    return *digest && openssl->EVP_DigestInit_ex2(*digest, crypto->hashes[auth], NULL) == 1 &&
           openssl->EVP_DigestUpdate(*digest, pad, usm_auth(auth)->block_size) == 1;
}

/* Makes the two halves for a key of at most a block. */
static int set_short_key(struct usm_crypto *crypto, enum usm_auth auth, struct uvsnmp_bytes key)
{
    struct hmac *hmac = &crypto->hmacs[auth];
    uint8_t inner[BLOCK_MAX], outer[BLOCK_MAX];
    for (size_t i = 0; i < BLOCK_MAX; i++) {
        uint8_t octet = i < key.size ? key.data[i] : 0;
        inner[i] = octet ^ 0x36;
        outer[i] = octet ^ 0x5c;
    }
    hmac->has_key =
        start_pad(crypto, auth, &hmac->inner, inner) && start_pad(crypto, auth, &hmac->outer, outer);
    hmac->key_size = key.size;
    if (key.size > 0) {
        memcpy(hmac->key, key.data, key.size);
    }
    usm_wipe(inner, sizeof(inner));
    usm_wipe(outer, sizeof(outer));
    return status_of(hmac->has_key);
}

static int set_key(struct usm_crypto *crypto, enum usm_auth auth, struct uvsnmp_bytes key)
{
    const struct hmac *hmac = &crypto->hmacs[auth];
    if (hmac->has_key && hmac->key_size == key.size && usm_equal(hmac->key, key.data, key.size)) {
        return 0;
    }
    if (key.size <= usm_auth(auth)->block_size) {
        return set_short_key(crypto, auth, key);
    }
    uint8_t hash[USM_KEY_MAX];
    int status = usm_crypto_digest(crypto, auth, &key, 1, hash);
    if (status == 0) {
        status = set_short_key(crypto, auth, (struct uvsnmp_bytes){hash, usm_auth(auth)->key_size});
    }
    usm_wipe(hash, sizeof(hash));
    return status;
}

int usm_crypto_hmac(struct usm_crypto *crypto, enum usm_auth auth, struct uvsnmp_bytes key,
                    const struct uvsnmp_bytes *pieces, size_t count, uint8_t out[USM_KEY_MAX])
{
    const struct usm_openssl *openssl = &crypto->openssl;
    const struct hmac *hmac = &crypto->hmacs[auth];
    EVP_MD_CTX *digest = crypto->digest;
    int status = auth != USM_AUTH_NONE ? usm_crypto_has_auth(crypto, auth, NULL) : UVSNMP_EBAD_VALUE;
    if (status == 0) {
        status = set_key(crypto, auth, key);
    }
    return status != 0 ? status
                       : status_of(openssl->EVP_MD_CTX_copy_ex(digest, hmac->inner) == 1 &&
                                   feed(openssl, digest, pieces, count) &&
                                   openssl->EVP_DigestFinal_ex(digest, out, NULL) == 1 &&
                                   openssl->EVP_MD_CTX_copy_ex(digest, hmac->outer) == 1 &&
                                   openssl->EVP_DigestUpdate(digest, out, usm_auth(auth)->key_size) == 1 &&
                                   openssl->EVP_DigestFinal_ex(digest, out, NULL) == 1);
}

/* ---- ciphers ---- */

int usm_crypto_cipher(struct usm_crypto *crypto, const struct usm_cipher *cipher, const uint8_t *in,
                      size_t size, uint8_t *out)
{
    const struct usm_openssl *openssl = &crypto->openssl;
    int written = 0;
    if (size > INT_MAX || size % usm_priv(cipher->priv)->block_size != 0) {
        return UVSNMP_EBAD_VALUE;
    }
    int status =
        cipher->priv != USM_PRIV_NONE ? usm_crypto_has_priv(crypto, cipher->priv, NULL) : UVSNMP_EBAD_VALUE;
    if (status != 0 || size == 0) {
        return status;
    }
    EVP_CIPHER_CTX *context = crypto->ciphers[cipher->priv];
    return status_of(
        openssl->EVP_CipherInit_ex2(context, NULL, cipher->key, cipher->iv, cipher->encrypt, NULL) == 1 &&
        openssl->EVP_CipherUpdate(context, out, &written, in, (int)size) == 1 && (size_t)written == size);
}

/* ---- octets ---- */

bool usm_equal(const void *a, const void *b, size_t size)
{
    const volatile uint8_t *left = a, *right = b;
    uint8_t difference = 0;
    for (size_t i = 0; i < size; i++) {
        difference |= left[i] ^ right[i];
    }
    return difference == 0;
}

void usm_wipe(void *data, size_t size)
{
    explicit_bzero(data, size);
}
