/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * libcrypto, found while the program runs: the functions of it that are used here, with the types that
 * OpenSSL's own headers give them. Inside lib/usm only.
 */
#ifndef USM_OPENSSL_H
#define USM_OPENSSL_H

#include <stdbool.h>

#include <openssl/conf.h>
#include <openssl/crypto.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/provider.h>

#include <uvsnmp/error.h>

#define USM_OPENSSL_FUNCTIONS(XX)                                                                            \
    XX(CONF_modules_load_file_ex)                                                                            \
    XX(ERR_peek_error_all)                                                                                   \
    XX(ERR_peek_last_error_all)                                                                              \
    XX(ERR_pop_to_mark)                                                                                      \
    XX(ERR_reason_error_string)                                                                              \
    XX(ERR_set_mark)                                                                                         \
    XX(EVP_CIPHER_CTX_free)                                                                                  \
    XX(EVP_CIPHER_CTX_new)                                                                                   \
    XX(EVP_CIPHER_CTX_set_padding)                                                                           \
    XX(EVP_CIPHER_fetch)                                                                                     \
    XX(EVP_CIPHER_free)                                                                                      \
    XX(EVP_CipherInit_ex2)                                                                                   \
    XX(EVP_CipherUpdate)                                                                                     \
    XX(EVP_DigestFinal_ex)                                                                                   \
    XX(EVP_DigestInit_ex2)                                                                                   \
    XX(EVP_DigestUpdate)                                                                                     \
    XX(EVP_MD_CTX_copy_ex)                                                                                   \
    XX(EVP_MD_CTX_free)                                                                                      \
    XX(EVP_MD_CTX_new)                                                                                       \
    XX(EVP_MD_fetch)                                                                                         \
    XX(EVP_MD_free)                                                                                          \
    XX(OPENSSL_init_crypto)                                                                                  \
    XX(OSSL_LIB_CTX_free)                                                                                    \
    XX(OSSL_LIB_CTX_new)                                                                                     \
    XX(OSSL_PROVIDER_try_load)                                                                               \
    XX(OSSL_PROVIDER_unload)

struct usm_openssl {
#define XX(name) __typeof__(name) *name;
    USM_OPENSSL_FUNCTIONS(XX)
#undef XX
    void *handle;    /* of dlopen(); NULL: not open */
    bool was_mapped; /* the program had it before */
};

/* Opens the library of this name. UVSNMP_EUNSUPPORTED: it is not there, or lacks one of the functions. */
int usm_openssl_open(struct usm_openssl *openssl, const char *name, struct uvsnmp_error *err);
void usm_openssl_close(struct usm_openssl *openssl);

/*
 * Around calls that may leave errors behind: those of the rest of the program stay in the queue, ours do not.
 * usm_openssl_failed() puts the words of the first of ours, as far as that can be told, into `err` behind
 * `what` and returns UVSNMP_ENO_MEMORY or UVSNMP_EUNSUPPORTED.
 */
struct usm_openssl_mark {
    bool is_alone; /* the queue was empty */
};
struct usm_openssl_mark usm_openssl_begin(const struct usm_openssl *openssl);
void usm_openssl_end(const struct usm_openssl *openssl);
int usm_openssl_failed(const struct usm_openssl *openssl, struct usm_openssl_mark mark,
                       struct uvsnmp_error *err, const char *what);

#endif
