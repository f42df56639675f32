/* SPDX-License-Identifier: BSD-3-Clause */
/* Salts, which never come twice with one key, and the initialisation vectors made of them. */
#ifndef USM_SALT_H
#define USM_SALT_H

#include "usm/protocol.h"
#include "usm/timeliness.h"

#define USM_IV_MAX 16

/* Where an engine is with its salts; one for all its keys. */
struct usm_salt {
    uint32_t boots;   /* of the engine that encrypts, in the salts of DES */
    uint32_t counter; /* of DES and 3DES (RFC 3414 §8.1.1.1) */
    uint64_t number;  /* of AES (RFC 3826 §3.1.4) */
};

/* Both counters start anywhere: unpredictable, as those before a restart are not known any more. */
void usm_salt_init(struct usm_salt *salt, int32_t boots);

/* The next one for a message, USM_SALT_SIZE octets. */
void usm_salt_next(struct usm_salt *salt, enum usm_priv priv, uint8_t out[USM_SALT_SIZE]);

/* The IV for a message of the engine's clock `time`: the octets that DES's `key` has behind its key proper,
 * XORed with the salt; boots, time and salt for AES. */
void usm_salt_iv(enum usm_priv priv, const uint8_t *key, struct usm_time time,
                 const uint8_t salt[USM_SALT_SIZE], uint8_t out[USM_IV_MAX]);

#endif
