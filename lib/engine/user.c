/* SPDX-License-Identifier: BSD-3-Clause */
#include "engine/user.h"

#include "base/err.h"
#include "usm/credential.h"

int engine_open_crypto(struct engine *engine, struct uvsnmp_error *err)
{
    struct uvsnmp_error reason;
    if (engine->crypto) {
        return 0;
    }
    engine->crypto = usm_crypto_open(&reason);
    return engine->crypto ? 0 : err_set(err, reason.code, "%s", reason.detail);
}

static int make_security(struct engine *engine, struct uvsnmp_bytes engine_id, const struct uvsnmp_user *user,
                         struct usm_security *out, struct uvsnmp_error *err)
{
    struct usm_credential *credential = NULL;
    int rc = user->auth ? engine_open_crypto(engine, err) : 0;
    rc = rc < 0 ? rc : usm_credential_of_user(engine->crypto, user, &credential, err);
    if (rc == 0) {
        rc = usm_credential_localize(credential, engine_id, out);
        rc = rc < 0 ? err_set(err, rc, "the keys of a user cannot be made: %s", uvsnmp_strerror(rc)) : 0;
    }
    usm_credential_free(credential);
    return rc;
}

int engine_set_user(struct engine *engine, struct uvsnmp_bytes engine_id, const struct uvsnmp_user *user,
                    struct uvsnmp_error *err)
{
    struct usm_users *users = &engine->users;
    struct usm_user *found = usm_users_find(users, engine_id, user->name);
    struct usm_security security = {.auth = USM_AUTH_NONE};
    int rc = make_security(engine, engine_id, user, &security, err);
    if (rc == 0 && !found) {
        rc = usm_users_add(users, engine_id, user->name, &found);
        rc = rc < 0 ? err_set(err, rc, "a user cannot be added: %s", uvsnmp_strerror(rc)) : 0;
    }
    if (rc == 0) {
        found->security = security;
        found->status = USM_USER_ACTIVE;
        found->is_cloned = true; /* a SET of cloneFrom does not replace his keys */
    }
    if (rc == 0 && user->security_name.size > 0 &&
        (rc = usm_user_set_security_name(found, user->security_name)) < 0) {
        usm_users_remove(users, found);
        (void)err_set(err, rc, "the security name of a user: %s", uvsnmp_strerror(rc));
    }
    usm_security_wipe(&security);
    return rc;
}
