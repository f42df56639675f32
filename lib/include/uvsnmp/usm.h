/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The User-based Security Model of SNMPv3 (RFC 3414): who a user is, and what his keys are made of. Both
 * roles take users in this form.
 */
#ifndef UVSNMP_USM_H
#define UVSNMP_USM_H

#include <uvsnmp/value.h>

#ifdef __cplusplus
extern "C" {
#endif

/* SnmpSecurityLevel (RFC 3411 §5). */
enum uvsnmp_level { UVSNMP_NO_AUTH_NO_PRIV = 1, UVSNMP_AUTH_NO_PRIV, UVSNMP_AUTH_PRIV };

/* What a key is made of: one of the three; all empty: none. */
struct uvsnmp_secret {
    struct uvsnmp_bytes passphrase; /* 8 octets or more */
    struct uvsnmp_bytes master;     /* Ku of RFC 3414 §2.6, as long as the hash is */
    struct uvsnmp_bytes localized;  /* Kul, which is good for one engine only */
};

struct uvsnmp_user {
    struct uvsnmp_bytes name;          /* 1 to 32 octets */
    struct uvsnmp_bytes security_name; /* what access control calls him; empty: his name */
    /* Protocols by any of their names, in any letter case ("SHA-256", "SHA256", "AES", "AES-192-C" …); NULL:
     * none. */
    const char *auth, *priv;
    struct uvsnmp_secret auth_secret;
    struct uvsnmp_secret priv_secret; /* empty: that of authentication */
};

#ifdef __cplusplus
}
#endif
#endif
