/* SPDX-License-Identifier: BSD-3-Clause */
#include "support/unit.h"

#include "msg/v3.h"
#include "usm/credential.h"

#define OCTETS(text) ((struct uvsnmp_bytes){(const uint8_t *)(text), sizeof(text) - 1})

static struct usm_crypto *crypto;

static int open_crypto(void **state)
{
    (void)state;
    crypto = usm_crypto_open(NULL);
    return crypto ? 0 : -1;
}

static int close_crypto(void **state)
{
    (void)state;
    usm_crypto_close(crypto);
    return 0;
}

static const uint8_t engine[] = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 2};
static const struct uvsnmp_bytes engine_id = {engine, sizeof(engine)};

/* RFC 3414 A.3.2 */
static const uint8_t sha_master[] = {0x9f, 0xb5, 0xcc, 0x03, 0x81, 0x49, 0x7b, 0x37, 0x93, 0x52,
                                     0x89, 0x39, 0xff, 0x78, 0x8d, 0x5d, 0x79, 0x14, 0x52, 0x11};
static const uint8_t sha_localized[] = {0x66, 0x95, 0xfe, 0xbc, 0x92, 0x88, 0xe3, 0x62, 0x82, 0x23,
                                        0x5f, 0xc7, 0x15, 0x1f, 0x12, 0x84, 0x97, 0xb3, 0x8f, 0x3f};

static void assert_keys(const struct usm_credential_options *options)
{
    struct usm_credential *credential;
    struct usm_security security;
    assert_int_equal(usm_credential_new(crypto, options, &credential, NULL), 0);
    for (int i = 0; i < 2; i++) { /* made, and kept */
        assert_int_equal(usm_credential_localize(credential, engine_id, &security), 0);
        assert_int_equal(security.auth_key.size, 20);
        assert_memory_equal(security.auth_key.data, sha_localized, 20);
        assert_int_equal(security.priv_key.size, 16);
        assert_memory_equal(security.priv_key.data, sha_localized, 16);
    }
    usm_credential_free(credential);
}

static void keys_come_of_all_kinds_of_secrets(void **state)
{
    struct usm_credential_options options = {
        .user_name = OCTETS("bert"), .auth = USM_AUTH_SHA1, .priv = USM_PRIV_AES128};
    (void)state;
    options.auth_secret.passphrase = OCTETS("maplesyrup");
    assert_keys(&options); /* none for privacy: the same */
    options.priv_secret.passphrase = OCTETS("maplesyrup");
    assert_keys(&options);
    options.auth_secret.master = (struct uvsnmp_bytes){sha_master, sizeof(sha_master)};
    assert_keys(&options);
    options.priv_secret.master = options.auth_secret.master;
    assert_keys(&options);
    options.auth_secret.localized = (struct uvsnmp_bytes){sha_localized, sizeof(sha_localized)};
    assert_keys(&options);
    options.priv_secret.localized = (struct uvsnmp_bytes){sha_localized, 16};
    assert_keys(&options);
}

static void names_and_level_are_its_own(void **state)
{
    struct usm_credential_options options = {.user_name = OCTETS("bert")};
    struct usm_credential *credential;
    struct usm_security security;
    (void)state;
    assert_int_equal(usm_credential_new(NULL, &options, &credential, NULL), 0);
    assert_int_equal(usm_credential_level(credential), 0);
    assert_int_equal(usm_credential_security_name(credential).size, 4);
    assert_int_equal(usm_credential_localize(credential, engine_id, &security), 0);
    assert_false(usm_security_supports(&security, MSG_V3_AUTH));
    assert_int_equal(usm_credential_localize(credential, OCTETS("1234"), &security), UVSNMP_EBAD_VALUE);
    usm_credential_free(credential);
    options.security_name = OCTETS("somebody");
    options.auth = USM_AUTH_MD5;
    options.auth_secret.passphrase = OCTETS("maplesyrup");
    assert_int_equal(usm_credential_new(crypto, &options, &credential, NULL), 0);
    assert_int_equal(usm_credential_level(credential), MSG_V3_AUTH);
    assert_memory_equal(usm_credential_security_name(credential).data, "somebody", 8);
    assert_memory_equal(usm_credential_user_name(credential).data, "bert", 4);
    usm_credential_free(credential);
    usm_credential_free(NULL);
}

static void what_makes_no_key_is_refused(void **state)
{
    static const struct usm_credential_options bad[] = {
        {.auth = USM_AUTH_SHA1, .auth_secret.passphrase = {(const uint8_t *)"maplesy", 7}},
        {.auth = USM_AUTH_SHA1},
        {.auth = USM_AUTH_SHA1, .auth_secret.master = {sha_master, 19}},
        {.auth = USM_AUTH_SHA1, .auth_secret.localized = {sha_localized, 19}},
        {.priv = USM_PRIV_AES128},
        {.auth = USM_AUTH_SHA1,
         .priv = USM_PRIV_AES128,
         .auth_secret.master = {sha_master, 20},
         .priv_secret.localized = {sha_localized, 15}},
        {.user_name = {(const uint8_t *)"012345678901234567890123456789012", 33}},
    };
    (void)state;
    for (size_t i = 0; i < COUNT_OF(bad); i++) {
        struct usm_credential *credential;
        struct uvsnmp_error err = {0, ""};
        assert_int_equal(usm_credential_new(crypto, &bad[i], &credential, &err), UVSNMP_EBAD_VALUE);
        assert_null(credential);
        assert_int_not_equal(strlen(err.detail), 0);
    }
}

static void the_keys_of_few_engines_are_kept(void **state)
{
    const struct usm_credential_options options = {
        .user_name = OCTETS("bert"),
        .auth = USM_AUTH_SHA1,
        .auth_secret.passphrase = OCTETS("maplesyrup"),
        .engine_limit = 2,
    };
    struct usm_credential *credential;
    struct usm_security first, again;
    uint8_t id[sizeof(engine)];
    (void)state;
    assert_int_equal(usm_credential_new(crypto, &options, &credential, NULL), 0);
    assert_int_equal(usm_credential_localize(credential, engine_id, &first), 0);
    memcpy(id, engine, sizeof(id));
    for (id[0] = 1; id[0] < 9; id[0]++) {
        assert_int_equal(usm_credential_localize(credential, (struct uvsnmp_bytes){id, sizeof(id)}, &again),
                         0);
        assert_memory_not_equal(again.auth_key.data, first.auth_key.data, 20);
    }
    assert_int_equal(usm_credential_localize(credential, engine_id, &again), 0);
    assert_memory_equal(again.auth_key.data, first.auth_key.data, 20);
    usm_credential_free(credential);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(keys_come_of_all_kinds_of_secrets),
        cmocka_unit_test(names_and_level_are_its_own),
        cmocka_unit_test(what_makes_no_key_is_refused),
        cmocka_unit_test(the_keys_of_few_engines_are_kept),
    };
    return cmocka_run_group_tests(tests, open_crypto, close_crypto);
}
