/* SPDX-License-Identifier: BSD-3-Clause */
/* What usm_crypto_open() chooses, for the tests, which choose otherwise. */
#ifndef USM_CRYPTO_IMPL_H
#define USM_CRYPTO_IMPL_H

#include "usm/crypto.h"

struct usm_crypto_options {
    const char *library; /* for dlopen() */
    bool wants_configuration;
};

/* The library that configure found; the configuration where it is to be read (crypto.h). */
struct usm_crypto_options usm_crypto_default_options(void);

struct usm_crypto *usm_crypto_open_with(const struct usm_crypto_options *options, struct uvsnmp_error *err);

#endif
