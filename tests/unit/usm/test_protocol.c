/* SPDX-License-Identifier: BSD-3-Clause */
#include "usm/protocol.h"

#include "support/unit.h"

static const struct {
    const char *name;
    enum usm_auth auth;
} auth_spellings[] = {
    {"NOAUTH", USM_AUTH_NONE},
    {"MD5", USM_AUTH_MD5},
    {"md5", USM_AUTH_MD5},
    {"SHA", USM_AUTH_SHA1},
    {"SHA1", USM_AUTH_SHA1},
    {"Sha-1", USM_AUTH_SHA1},
    {"SHA224", USM_AUTH_SHA224},
    {"SHA-224", USM_AUTH_SHA224},
    {"SHA256", USM_AUTH_SHA256},
    {"SHA-256", USM_AUTH_SHA256},
    {"SHA384", USM_AUTH_SHA384},
    {"SHA-384", USM_AUTH_SHA384},
    {"sha512", USM_AUTH_SHA512},
    {"SHA-512", USM_AUTH_SHA512},
    {"usmHMACMD5AuthProtocol", USM_AUTH_MD5},
    {"usmHMAC384SHA512AuthProtocol", USM_AUTH_SHA512},
};

static const struct {
    const char *name;
    enum usm_priv priv;
} priv_spellings[] = {
    {"NOPRIV", USM_PRIV_NONE},
    {"DES", USM_PRIV_DES},
    {"des", USM_PRIV_DES},
    {"3DES", USM_PRIV_3DES},
    {"3des-ede", USM_PRIV_3DES},
    {"AES", USM_PRIV_AES128},
    {"AES128", USM_PRIV_AES128},
    {"AES-128", USM_PRIV_AES128},
    {"AES192", USM_PRIV_AES192},
    {"AES-192", USM_PRIV_AES192},
    {"AES192BLMT", USM_PRIV_AES192},
    {"AES256", USM_PRIV_AES256},
    {"AES-256", USM_PRIV_AES256},
    {"AES192C", USM_PRIV_AES192C},
    {"AES-192-C", USM_PRIV_AES192C},
    {"aes256c", USM_PRIV_AES256C},
    {"AES-256-C", USM_PRIV_AES256C},
    {"usmAesBlumenthalCfb192Protocol", USM_PRIV_AES192},
    {"usmAesCfb192Protocol", USM_PRIV_AES192C},
};

static void every_spelling_is_known(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT_OF(auth_spellings); i++) {
        enum usm_auth auth = USM_AUTH_COUNT;
        assert_true(usm_auth_find(auth_spellings[i].name, &auth));
        assert_int_equal(auth, auth_spellings[i].auth);
    }
    for (size_t i = 0; i < COUNT_OF(priv_spellings); i++) {
        enum usm_priv priv = USM_PRIV_COUNT;
        assert_true(usm_priv_find(priv_spellings[i].name, &priv));
        assert_int_equal(priv, priv_spellings[i].priv);
    }
}

static void what_is_no_name_changes_nothing(void **state)
{
    static const char *const names[] = {"",     "none",     "S",        "SHA-",     "SHA2",   "MD55",
                                        " SHA", "HMAC-SHA", "AES-192C", "AES192-C", "AES512", "AES-128-C"};
    enum usm_auth auth = USM_AUTH_SHA512;
    enum usm_priv priv = USM_PRIV_AES256C;
    (void)state;
    for (size_t i = 0; i < COUNT_OF(names); i++) {
        assert_false(usm_auth_find(names[i], &auth));
        assert_false(usm_priv_find(names[i], &priv));
    }
    assert_int_equal(auth, USM_AUTH_SHA512);
    assert_int_equal(priv, USM_PRIV_AES256C);
}

static void names_and_oids_lead_back_to_their_protocol(void **state)
{
    (void)state;
    for (int i = 0; i < USM_AUTH_COUNT; i++) {
        enum usm_auth auth = USM_AUTH_COUNT;
        assert_true(usm_auth_find(usm_auth((enum usm_auth)i)->name, &auth));
        assert_int_equal(auth, i);
        auth = USM_AUTH_COUNT;
        assert_true(usm_auth_of_oid(usm_auth((enum usm_auth)i)->oid, &auth));
        assert_int_equal(auth, i);
    }
    for (int i = 0; i < USM_PRIV_COUNT; i++) {
        enum usm_priv priv = USM_PRIV_COUNT;
        assert_true(usm_priv_find(usm_priv((enum usm_priv)i)->name, &priv));
        assert_int_equal(priv, i);
        priv = USM_PRIV_COUNT;
        assert_true(usm_priv_of_oid(usm_priv((enum usm_priv)i)->oid, &priv));
        assert_int_equal(priv, i);
    }
}

static void oids_are_those_that_net_snmp_writes_into_its_files(void **state)
{
    static const char *const auths[USM_AUTH_COUNT] = {
        ".1.3.6.1.6.3.10.1.1.1", ".1.3.6.1.6.3.10.1.1.2", ".1.3.6.1.6.3.10.1.1.3", ".1.3.6.1.6.3.10.1.1.4",
        ".1.3.6.1.6.3.10.1.1.5", ".1.3.6.1.6.3.10.1.1.6", ".1.3.6.1.6.3.10.1.1.7"};
    static const char *const privs[USM_PRIV_COUNT] = {".1.3.6.1.6.3.10.1.2.1",   ".1.3.6.1.6.3.10.1.2.2",
                                                      ".1.3.6.1.6.3.10.1.2.3",   ".1.3.6.1.6.3.10.1.2.4",
                                                      ".1.3.6.1.4.1.14832.1.3",  ".1.3.6.1.4.1.14832.1.4",
                                                      ".1.3.6.1.4.1.9.12.6.1.1", ".1.3.6.1.4.1.9.12.6.1.2"};
    char text[UVSNMP_OID_TEXT_MAX];
    (void)state;
    for (int i = 0; i < USM_AUTH_COUNT; i++) {
        assert_true(uvsnmp_oid_format(usm_auth((enum usm_auth)i)->oid, text, sizeof(text)) > 0);
        assert_string_equal(text, auths[i]);
    }
    for (int i = 0; i < USM_PRIV_COUNT; i++) {
        assert_true(uvsnmp_oid_format(usm_priv((enum usm_priv)i)->oid, text, sizeof(text)) > 0);
        assert_string_equal(text, privs[i]);
    }
}

static void an_oid_of_another_kind_is_no_protocol(void **state)
{
    enum usm_auth auth = USM_AUTH_SHA512;
    enum usm_priv priv = USM_PRIV_AES256C;
    (void)state;
    assert_false(usm_auth_of_oid(usm_priv(USM_PRIV_DES)->oid, &auth));
    assert_false(usm_auth_of_oid(UVSNMP_OID(1, 3, 6, 1, 6, 3, 10, 1, 1), &auth));
    assert_false(usm_auth_of_oid((struct uvsnmp_oid){NULL, 0}, &auth));
    assert_false(usm_priv_of_oid(usm_auth(USM_AUTH_MD5)->oid, &priv));
    assert_false(usm_priv_of_oid(UVSNMP_OID(1, 3, 6, 1, 6, 3, 10, 1, 2, 5), &priv));
    assert_int_equal(auth, USM_AUTH_SHA512);
    assert_int_equal(priv, USM_PRIV_AES256C);
}

static void sizes_fit_what_is_made_for_them(void **state)
{
    /* RFC 3414 §6 and §7, RFC 7860 §4 */
    static const size_t mac_sizes[USM_AUTH_COUNT] = {0, 12, 12, 16, 24, 32, 48};
    (void)state;
    for (int i = 0; i < USM_AUTH_COUNT; i++) {
        const struct usm_auth_protocol *auth = usm_auth((enum usm_auth)i);
        assert_int_equal(auth->mac_size, mac_sizes[i]);
        assert_true(auth->mac_size <= USM_MAC_MAX && auth->mac_size <= auth->key_size);
        assert_true(auth->key_size <= USM_KEY_MAX && auth->key_size <= auth->block_size);
    }
    for (int i = 0; i < USM_PRIV_COUNT; i++) {
        const struct usm_priv_protocol *priv = usm_priv((enum usm_priv)i);
        assert_true(priv->key_size <= USM_KEY_MAX && priv->cipher_key_size <= priv->key_size);
        assert_true(priv->extension != USM_EXTEND_NEVER ||
                    priv->key_size <= usm_auth(USM_AUTH_MD5)->key_size);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_spelling_is_known),
        cmocka_unit_test(what_is_no_name_changes_nothing),
        cmocka_unit_test(names_and_oids_lead_back_to_their_protocol),
        cmocka_unit_test(oids_are_those_that_net_snmp_writes_into_its_files),
        cmocka_unit_test(an_oid_of_another_kind_is_no_protocol),
        cmocka_unit_test(sizes_fit_what_is_made_for_them),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
