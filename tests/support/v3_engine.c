/* SPDX-License-Identifier: BSD-3-Clause */
#include "support/v3_engine.h"

#include <string.h>

#include "msg/v3.h"
#include "usm/credential.h"

static struct uvsnmp_bytes octets_of(const char *text)
{
    struct uvsnmp_bytes octets = {(const uint8_t *)text, strlen(text)};
    return octets;
}

int v3_security(struct usm_crypto *crypto, const struct v3_exchange *exchange, struct usm_security *out)
{
    return v3_security_of(crypto, exchange, v3_engine_id, out);
}

int v3_security_of(struct usm_crypto *crypto, const struct v3_exchange *exchange, struct uvsnmp_bytes engine_id,
                   struct usm_security *out)
{
    struct usm_credential *credential;
    const struct usm_credential_options options = {
        .user_name = octets_of(exchange->user),
        .auth = exchange->auth,
        .priv = exchange->priv,
        .auth_secret.passphrase = octets_of("maplesyrup"),
        .priv_secret.passphrase = octets_of("syrupmaple"),
    };
    int rc = usm_credential_new(crypto, &options, &credential, NULL);
    if (rc == 0) {
        rc = usm_credential_localize(credential, engine_id, out);
    }
    usm_credential_free(credential);
    return rc;
}

static int add(struct engine *engine, const struct v3_exchange *exchange)
{
    struct usm_user *user;
    int rc = usm_users_add(&engine->users, v3_engine_id, octets_of(exchange->user), &user);
    return rc < 0 ? rc : v3_security(engine->crypto, exchange, &user->security);
}

int v3_engine_init(struct engine *engine, struct usm_crypto *crypto)
{
    struct engine_id id = {0};
    int rc = engine_id_set(&id, v3_engine_id);
    engine_init(engine, &id, 1, 0);
    engine->crypto = crypto;
    if (rc == 0) {
        rc = add(engine, &v3_noauth);
    }
    for (size_t i = 0; rc == 0 && i < V3_EXCHANGES; i++) {
        rc = add(engine, &v3_exchanges[i]);
    }
    return rc;
}

uint64_t v3_time_of(struct uvsnmp_bytes message)
{
    struct msg_v3 parts;
    struct usm_params params;
    if (msg_v3_decode(message.data, message.size, &parts, NULL) < 0 ||
        usm_params_decode(parts.security_parameters, 0, &params, NULL) < 0) {
        return 0;
    }
    return (uint64_t)params.time * 1000;
}
