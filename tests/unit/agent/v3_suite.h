/* SPDX-License-Identifier: BSD-3-Clause */
/* An agent with the groups of version 3's administration, and the engine ID of RFC 3414 A.3. */
#ifndef AGENT_V3_SUITE_H
#define AGENT_V3_SUITE_H

#include "agent/mibs/mibs.h"
#include "unit/agent/fixture.h"

struct v3_suite {
    struct fixture *fixture; /* whoever asks may write */
    struct mibs *mibs;
    struct mibs_settings settings;
    struct vacm *vacm;
    struct usm_crypto *crypto;
    unsigned stores; /* of users */
    bool store_fails;
};

/* Without an engine the agent does not speak version 3. `groups` as in the options, without those of
 * interfaces. */
struct v3_suite *v3_suite_new(bool has_engine, const char *groups);
void v3_suite_free(struct v3_suite *suite);

/* Protocols, and the passphrases of their keys. */
struct v3_suite_user {
    const char *name;
    enum usm_auth auth;
    enum usm_priv priv;
    const char *auth_passphrase, *priv_passphrase;
};

/* Adds an active user. */
struct usm_user *v3_suite_add_user(struct v3_suite *suite, struct uvsnmp_bytes engine_id,
                                   const struct v3_suite_user *from);
/* The localized keys of his passphrases. */
struct usm_security v3_suite_security(const struct v3_suite *suite, struct uvsnmp_bytes engine_id,
                                      const struct v3_suite_user *from);

struct uvsnmp_bytes v3_suite_engine_id(void);

void assert_octets(const struct uvsnmp_varbind *varbind, struct uvsnmp_bytes octets);

#endif
