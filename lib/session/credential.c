/* SPDX-License-Identifier: BSD-3-Clause */
#include "session/credential.h"

#include <stdlib.h>

#include "base/err.h"
#include "engine/user.h"

int uvsnmp_credential_new(struct uvsnmp_client *client, const struct uvsnmp_user *user,
                          struct uvsnmp_credential **out, struct uvsnmp_error *err)
{
    *out = NULL;
    int rc = user->auth ? engine_open_crypto(&client->engine, err) : 0;
    if (rc < 0) {
        return rc;
    }
    struct uvsnmp_credential *credential = calloc(1, sizeof(*credential));
    if (!credential) {
        return err_set(err, UVSNMP_ENO_MEMORY, "no memory for a credential");
    }
    credential->references = 1;
    rc = usm_credential_of_user(client->engine.crypto, user, &credential->usm, err);
    if (rc < 0) {
        free(credential);
        return rc;
    }
    *out = credential;
    return 0;
}

struct uvsnmp_credential *credential_hold(struct uvsnmp_credential *credential)
{
    credential->references++;
    return credential;
}

void uvsnmp_credential_free(struct uvsnmp_credential *credential)
{
    if (credential && --credential->references == 0) {
        usm_credential_free(credential->usm);
        free(credential);
    }
}
