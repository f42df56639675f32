/* SPDX-License-Identifier: BSD-3-Clause */
#include "unit/agent/v3_suite.h"

#include "vacm/vacm.h"

static const uint8_t engine_octets[12] = {[11] = 2};

struct uvsnmp_bytes v3_suite_engine_id(void)
{
    return (struct uvsnmp_bytes){engine_octets, sizeof(engine_octets)};
}

static int on_store(void *arg)
{
    struct v3_suite *suite = arg;
    suite->stores++;
    return suite->store_fails ? UVSNMP_EFILE : 0;
}

struct v3_suite *v3_suite_new(bool has_engine, const char *groups)
{
    struct v3_suite *suite = calloc(1, sizeof(*suite));
    assert_non_null(suite);
    suite->fixture = fixture_new(NULL);
    suite->fixture->community = "private";
    suite->vacm = vacm_new();
    suite->crypto = usm_crypto_open(NULL);
    assert_non_null(suite->vacm);
    assert_non_null(suite->crypto);
    struct engine *engine = &suite->fixture->agent->engine;
    if (has_engine) {
        engine->crypto = suite->crypto;
        assert_int_equal(engine_id_set(&engine->id, v3_suite_engine_id()), 0);
        engine->started.boots = 7;
    }
    mibs_settings_init(&suite->settings);
    const struct mibs_options options = {
        .settings = &suite->settings,
        .vacm = suite->vacm,
        .groups = groups,
        .store_users = on_store,
        .arg = suite,
    };
    assert_int_equal(mibs_new(suite->fixture->agent, NULL, &options, &suite->mibs, NULL), 0);
    return suite;
}

void v3_suite_free(struct v3_suite *suite)
{
    suite->fixture->agent->engine.crypto = NULL; /* it is the suite's */
    fixture_free(suite->fixture);
    mibs_free(suite->mibs);
    vacm_release(suite->vacm);
    usm_crypto_close(suite->crypto);
    free(suite);
}

static struct uvsnmp_bytes bytes_of(const char *text)
{
    return (struct uvsnmp_bytes){(const uint8_t *)text, strlen(text)};
}

static struct usm_key localize(const struct v3_suite *suite, struct uvsnmp_bytes engine_id,
                               enum usm_auth auth, const char *passphrase)
{
    struct usm_key master, key;
    assert_int_equal(usm_key_of_passphrase(suite->crypto, auth, bytes_of(passphrase), &master, NULL), 0);
    assert_int_equal(usm_key_localize(suite->crypto, auth, &master, engine_id, &key), 0);
    return key;
}

struct usm_security v3_suite_security(const struct v3_suite *suite, struct uvsnmp_bytes engine_id,
                                      const struct v3_suite_user *from)
{
    struct usm_security security = {.auth = from->auth, .priv = from->priv};
    if (from->auth != USM_AUTH_NONE) {
        security.auth_key = localize(suite, engine_id, from->auth, from->auth_passphrase);
    }
    if (from->priv != USM_PRIV_NONE) {
        struct usm_key key = localize(suite, engine_id, from->auth, from->priv_passphrase);
        assert_int_equal(
            usm_key_of_privacy(suite->crypto, from->auth, from->priv, &key, engine_id, &security.priv_key),
            0);
    }
    return security;
}

struct usm_user *v3_suite_add_user(struct v3_suite *suite, struct uvsnmp_bytes engine_id,
                                   const struct v3_suite_user *from)
{
    struct usm_user *user;
    assert_int_equal(
        usm_users_add(&suite->fixture->agent->engine.users, engine_id, bytes_of(from->name), &user), 0);
    user->security = v3_suite_security(suite, engine_id, from);
    return user;
}

void assert_octets(const struct uvsnmp_varbind *varbind, struct uvsnmp_bytes octets)
{
    assert_int_equal(varbind->value.type, UVSNMP_OCTET_STRING);
    assert_int_equal(varbind->value.as.bytes.size, octets.size);
    if (octets.size > 0) {
        assert_memory_equal(varbind->value.as.bytes.data, octets.data, octets.size);
    }
}
