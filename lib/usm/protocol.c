/* SPDX-License-Identifier: BSD-3-Clause */
#include "usm/protocol.h"

#include <strings.h>

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

/* SNMP-FRAMEWORK-MIB's snmpAuthProtocols and snmpPrivProtocols */
#define AUTH_OID(number) UVSNMP_OID(1, 3, 6, 1, 6, 3, 10, 1, 1, number)
#define PRIV_OID(number) UVSNMP_OID(1, 3, 6, 1, 6, 3, 10, 1, 2, number)
/* AES with longer keys is in no RFC: these are the numbers of the enterprises that Net-SNMP took them from.
 */
#define PRIV_OID_BLUMENTHAL(number) UVSNMP_OID(1, 3, 6, 1, 4, 1, 14832, 1, number)
#define PRIV_OID_CISCO(number) UVSNMP_OID(1, 3, 6, 1, 4, 1, 9, 12, 6, 1, number)

static const struct usm_auth_protocol auths[USM_AUTH_COUNT] = {
    [USM_AUTH_NONE] = {"NOAUTH", AUTH_OID(1), 0, 0, 0},
    [USM_AUTH_MD5] = {"MD5", AUTH_OID(2), 16, 12, 64},
    [USM_AUTH_SHA1] = {"SHA", AUTH_OID(3), 20, 12, 64},
    [USM_AUTH_SHA224] = {"SHA-224", AUTH_OID(4), 28, 16, 64},
    [USM_AUTH_SHA256] = {"SHA-256", AUTH_OID(5), 32, 24, 64},
    [USM_AUTH_SHA384] = {"SHA-384", AUTH_OID(6), 48, 32, 128},
    [USM_AUTH_SHA512] = {"SHA-512", AUTH_OID(7), 64, 48, 128},
};

static const struct usm_priv_protocol privs[USM_PRIV_COUNT] = {
    [USM_PRIV_NONE] = {"NOPRIV", PRIV_OID(1), 0, 0, 0, 1, USM_EXTEND_NEVER},
    [USM_PRIV_DES] = {"DES", PRIV_OID(2), 16, 8, 8, 8, USM_EXTEND_NEVER},
    [USM_PRIV_3DES] = {"3DES", PRIV_OID(3), 32, 24, 8, 8, USM_EXTEND_REEDER},
    [USM_PRIV_AES128] = {"AES", PRIV_OID(4), 16, 16, 16, 1, USM_EXTEND_NEVER},
    [USM_PRIV_AES192] = {"AES-192", PRIV_OID_BLUMENTHAL(3), 24, 24, 16, 1, USM_EXTEND_BLUMENTHAL},
    [USM_PRIV_AES256] = {"AES-256", PRIV_OID_BLUMENTHAL(4), 32, 32, 16, 1, USM_EXTEND_BLUMENTHAL},
    [USM_PRIV_AES192C] = {"AES-192-C", PRIV_OID_CISCO(1), 24, 24, 16, 1, USM_EXTEND_REEDER},
    [USM_PRIV_AES256C] = {"AES-256-C", PRIV_OID_CISCO(2), 32, 32, 16, 1, USM_EXTEND_REEDER},
};

struct alias {
    const char *name;
    int protocol;
};

/* What the tables above do not say: other spellings, and the names of the OIDs, which pysnmp uses. */
static const struct alias auth_aliases[] = {
    {"SHA1", USM_AUTH_SHA1},
    {"SHA-1", USM_AUTH_SHA1},
    {"SHA224", USM_AUTH_SHA224},
    {"SHA256", USM_AUTH_SHA256},
    {"SHA384", USM_AUTH_SHA384},
    {"SHA512", USM_AUTH_SHA512},
    {"usmNoAuthProtocol", USM_AUTH_NONE},
    {"usmHMACMD5AuthProtocol", USM_AUTH_MD5},
    {"usmHMACSHAAuthProtocol", USM_AUTH_SHA1},
    {"usmHMAC128SHA224AuthProtocol", USM_AUTH_SHA224},
    {"usmHMAC192SHA256AuthProtocol", USM_AUTH_SHA256},
    {"usmHMAC256SHA384AuthProtocol", USM_AUTH_SHA384},
    {"usmHMAC384SHA512AuthProtocol", USM_AUTH_SHA512},
};

static const struct alias priv_aliases[] = {
    {"3DES-EDE", USM_PRIV_3DES},
    {"AES128", USM_PRIV_AES128},
    {"AES-128", USM_PRIV_AES128},
    {"AES192", USM_PRIV_AES192},
    {"AES256", USM_PRIV_AES256},
    {"AES192C", USM_PRIV_AES192C},
    {"AES256C", USM_PRIV_AES256C},
    {"AES192BLMT", USM_PRIV_AES192},
    {"AES256BLMT", USM_PRIV_AES256},
    {"usmNoPrivProtocol", USM_PRIV_NONE},
    {"usmDESPrivProtocol", USM_PRIV_DES},
    {"usm3DESEDEPrivProtocol", USM_PRIV_3DES},
    {"usmAesCfb128Protocol", USM_PRIV_AES128},
    {"usmAesBlumenthalCfb192Protocol", USM_PRIV_AES192},
    {"usmAesBlumenthalCfb256Protocol", USM_PRIV_AES256},
    {"usmAesCfb192Protocol", USM_PRIV_AES192C},
    {"usmAesCfb256Protocol", USM_PRIV_AES256C},
};

const struct usm_auth_protocol *usm_auth(enum usm_auth auth)
{
    return &auths[auth];
}

const struct usm_priv_protocol *usm_priv(enum usm_priv priv)
{
    return &privs[priv];
}

/* -1: there is no such name */
static int find_alias(const struct alias *aliases, size_t count, const char *name)
{
    for (size_t i = 0; i < count; i++) {
        if (strcasecmp(aliases[i].name, name) == 0) {
            return aliases[i].protocol;
        }
    }
    return -1;
}

bool usm_auth_find(const char *name, enum usm_auth *out)
{
    int found = find_alias(auth_aliases, COUNT(auth_aliases), name);
    for (int i = 0; found < 0 && i < USM_AUTH_COUNT; i++) {
        found = strcasecmp(auths[i].name, name) == 0 ? i : -1;
    }
    *out = found >= 0 ? (enum usm_auth)found : *out;
    return found >= 0;
}

bool usm_priv_find(const char *name, enum usm_priv *out)
{
    int found = find_alias(priv_aliases, COUNT(priv_aliases), name);
    for (int i = 0; found < 0 && i < USM_PRIV_COUNT; i++) {
        found = strcasecmp(privs[i].name, name) == 0 ? i : -1;
    }
    *out = found >= 0 ? (enum usm_priv)found : *out;
    return found >= 0;
}

bool usm_auth_of_oid(struct uvsnmp_oid oid, enum usm_auth *out)
{
    for (int i = 0; i < USM_AUTH_COUNT; i++) {
        if (uvsnmp_oid_compare(auths[i].oid, oid) == 0) {
            *out = (enum usm_auth)i;
            return true;
        }
    }
    return false;
}

bool usm_priv_of_oid(struct uvsnmp_oid oid, enum usm_priv *out)
{
    for (int i = 0; i < USM_PRIV_COUNT; i++) {
        if (uvsnmp_oid_compare(privs[i].oid, oid) == 0) {
            *out = (enum usm_priv)i;
            return true;
        }
    }
    return false;
}
