/* SPDX-License-Identifier: BSD-3-Clause */
#include "usm/salt.h"

#include <string.h>

#include "base/random.h"

/* DES and 3DES, in CBC. */
static bool is_des(enum usm_priv priv)
{
    return usm_priv(priv)->block_size > 1;
}

static void put_u32(uint8_t *out, uint32_t number)
{
    for (size_t i = 0; i < 4; i++) {
        out[i] = (uint8_t)(number >> (24 - 8 * i));
    }
}

void usm_salt_init(struct usm_salt *salt, int32_t boots)
{
    salt->boots = (uint32_t)boots;
    salt->counter = (uint32_t)random_u64();
    salt->number = random_u64();
}

void usm_salt_next(struct usm_salt *salt, enum usm_priv priv, uint8_t out[USM_SALT_SIZE])
{
    if (is_des(priv)) {
        put_u32(out, salt->boots);
        put_u32(out + 4, salt->counter++);
    } else {
        put_u32(out, (uint32_t)(salt->number >> 32));
        put_u32(out + 4, (uint32_t)salt->number);
        salt->number++;
    }
}

void usm_salt_iv(enum usm_priv priv, const uint8_t *key, struct usm_time time,
                 const uint8_t salt[USM_SALT_SIZE], uint8_t out[USM_IV_MAX])
{
    memset(out, 0, USM_IV_MAX);
    if (is_des(priv)) {
        const uint8_t *pre_iv = key + usm_priv(priv)->key_size - USM_SALT_SIZE;
        for (size_t i = 0; i < USM_SALT_SIZE; i++) {
            out[i] = (uint8_t)(pre_iv[i] ^ salt[i]);
        }
    } else {
        put_u32(out, (uint32_t)time.boots);
        put_u32(out + 4, (uint32_t)time.time);
        memcpy(out + 8, salt, USM_SALT_SIZE);
    }
}
