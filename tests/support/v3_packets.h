/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Exchanges of version 3, recorded between Net-SNMP 5.9.3's snmpget and snmpd: engine
 * 80001f888001020304a1b2c3d4 in its first boot; all passphrases are "maplesyrup" for authentication and
 * "syrupmaple" for privacy. Each asks for sysName.0, which is "vector".
 */
#ifndef TESTS_SUPPORT_V3_PACKETS_H
#define TESTS_SUPPORT_V3_PACKETS_H

#include <uvsnmp/value.h>

#include "usm/protocol.h"

struct v3_exchange {
    const char *user;
    enum usm_auth auth;
    enum usm_priv priv;
    struct uvsnmp_bytes request, response;
};

extern const struct uvsnmp_bytes v3_engine_id;

/* GET and Response of each user, who has the auth and priv of the row. */
#define V3_EXCHANGES 8
extern const struct v3_exchange v3_exchanges[V3_EXCHANGES];

/* "unone" without keys and its Response; what brought which Report: an empty engine ID; "nobody"; "usha" with
 * another passphrase, with privacy that it has not, and with boots 9 and time 9 (that Report has a digest).
 */
extern const struct v3_exchange v3_noauth, v3_discovery, v3_unknown_user, v3_wrong_digest,
    v3_unsupported_level, v3_not_in_time;

#endif
