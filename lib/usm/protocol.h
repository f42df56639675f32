/* SPDX-License-Identifier: BSD-3-Clause */
/* The protocols of the User-based Security Model: their names, OIDs and sizes, one table for each kind. */
#ifndef USM_PROTOCOL_H
#define USM_PROTOCOL_H

#include <stdbool.h>

#include <uvsnmp/oid.h>

#include "base/text.h"

enum usm_auth { /* RFC 3414 §6 and §7, RFC 7860 */
                USM_AUTH_NONE,
                USM_AUTH_MD5,
                USM_AUTH_SHA1,
                USM_AUTH_SHA224,
                USM_AUTH_SHA256,
                USM_AUTH_SHA384,
                USM_AUTH_SHA512,
                USM_AUTH_COUNT
};

enum usm_priv {
    USM_PRIV_NONE,
    USM_PRIV_DES,    /* RFC 3414 §8 */
    USM_PRIV_3DES,   /* draft-reeder-snmpv3-usm-3desede */
    USM_PRIV_AES128, /* RFC 3826 */
    USM_PRIV_AES192, /* draft-blumenthal-aes-usm, key extension of §3.1.2.1 */
    USM_PRIV_AES256,
    USM_PRIV_AES192C, /* the same with the extension of draft-reeder, as Cisco's devices have it */
    USM_PRIV_AES256C,
    USM_PRIV_COUNT
};

/* What becomes of a localized key that is shorter than the privacy protocol's. */
enum usm_extension {
    USM_EXTEND_NEVER, /* no hash is so short */
    USM_EXTEND_BLUMENTHAL,
    USM_EXTEND_REEDER
};

#define USM_KEY_MAX 64  /* of SHA-512 */
#define USM_MAC_MAX 48  /* octets of a digest in a message */
#define USM_SALT_SIZE 8 /* msgPrivacyParameters */

struct usm_auth_protocol {
    const char *name;      /* the shortest that is sure everywhere, "SHA", "SHA-256" */
    struct uvsnmp_oid oid; /* of SNMP-USER-BASED-SM-MIB and its sisters */
    size_t key_size, mac_size;
    size_t block_size; /* of the hash; what an HMAC pads its key to */
};

struct usm_priv_protocol {
    const char *name;      /* "AES", "AES-192-C" … */
    struct uvsnmp_oid oid; /* as Net-SNMP numbers what no RFC does */
    size_t key_size;       /* of the localized key, whose tail may be an IV's part (DES) */
    size_t cipher_key_size, iv_size;
    size_t block_size; /* what a plaintext is padded to; 1: not at all */
    enum usm_extension extension;
};

const struct usm_auth_protocol *usm_auth(enum usm_auth auth);
const struct usm_priv_protocol *usm_priv(enum usm_priv priv);

/* Any spelling of Net-SNMP and pysnmp, in any letter case ("SHA", "SHA1", "SHA-256", "SHA256",
 * "usmHMAC128SHA224AuthProtocol"…; "NOAUTH" and "NOPRIV" too), but where pysnmp's name means to Net-SNMP
 * something else ("AES192", which is Blumenthal's) it is Net-SNMP's. No abbreviations. false: no such name.
 */
bool usm_auth_find(const char *name, enum usm_auth *out);
bool usm_priv_find(const char *name, enum usm_priv *out);

bool usm_auth_of_oid(struct uvsnmp_oid oid, enum usm_auth *out);
bool usm_priv_of_oid(struct uvsnmp_oid oid, enum usm_priv *out);

#endif
