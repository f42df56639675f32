/* SPDX-License-Identifier: BSD-3-Clause */
#include "apps/common/v3.h"

#include "support/unit.h"

static void protocols_have_all_of_their_names(void **state)
{
    static const struct {
        const char *name;
        enum v3_auth auth;
    } auths[] = {{"MD5", V3_MD5},         {"sha", V3_SHA1},       {"SHA1", V3_SHA1},
                 {"SHA-1", V3_SHA1},      {"SHA224", V3_SHA224},  {"sha-224", V3_SHA224},
                 {"SHA256", V3_SHA256},   {"SHA-256", V3_SHA256}, {"SHA384", V3_SHA384},
                 {"SHA-384", V3_SHA384},  {"Sha512", V3_SHA512},  {"SHA-512", V3_SHA512},
                 {"NOAUTH", V3_AUTH_NONE}};
    static const struct {
        const char *name;
        enum v3_priv priv;
    } privs[] = {{"DES", V3_DES},           {"aes", V3_AES128},      {"AES128", V3_AES128},
                 {"AES-128", V3_AES128},    {"AES192", V3_AES192},   {"AES-192", V3_AES192},
                 {"AES256", V3_AES256},     {"aes-256", V3_AES256},  {"AES192C", V3_AES192C},
                 {"AES-192-C", V3_AES192C}, {"AES256C", V3_AES256C}, {"AES-256-C", V3_AES256C},
                 {"NOPRIV", V3_PRIV_NONE}};
    (void)state;
    for (size_t i = 0; i < COUNT_OF(auths); i++) {
        enum v3_auth auth = V3_AUTH_UNSET;
        assert_true(v3_auth_find(auths[i].name, &auth));
        assert_int_equal(auth, auths[i].auth);
    }
    for (size_t i = 0; i < COUNT_OF(privs); i++) {
        enum v3_priv priv = V3_PRIV_UNSET;
        assert_true(v3_priv_find(privs[i].name, &priv));
        assert_int_equal(priv, privs[i].priv);
    }
}

static void other_names_are_refused_and_change_nothing(void **state)
{
    static const char *const bad[] = {"none", "HMAC-SHA", "SHA-",     "MD55",
                                      "3DES", "AES-192C", "AES192-C", " SHA"};
    enum v3_auth auth = V3_SHA512;
    enum v3_priv priv = V3_DES;
    (void)state;
    for (size_t i = 0; i < COUNT_OF(bad); i++) {
        assert_false(v3_auth_find(bad[i], &auth));
        assert_false(v3_priv_find(bad[i], &priv));
    }
    assert_true(v3_auth_find("", &auth));
    assert_int_equal(auth, V3_SHA512);
    assert_int_equal(priv, V3_DES);
}

static void files_know_fewer_levels(void **state)
{
    enum v3_level level = V3_LEVEL_UNSET;
    (void)state;
    assert_true(v3_level_find("AUTHNOPRIV", true, &level));
    assert_int_equal(level, V3_AUTH_NO_PRIV);
    assert_true(v3_level_find("priv", false, &level));
    assert_int_equal(level, V3_AUTH_PRIV);
    assert_false(v3_level_find("priv", true, &level));
    assert_false(v3_level_find("", false, &level));
    assert_false(v3_level_find("0", false, &level));
    assert_int_equal(level, V3_AUTH_PRIV);
}

static void options_are_kept(void **state)
{
    struct v3_options options = {0};
    (void)state;
    assert_int_equal(v3_apply(&options, 'l', "ap", NULL), 0);
    assert_int_equal(v3_apply(&options, '3', "a SHA-256", NULL), 0);
    assert_int_equal(v3_apply(&options, '3', "xAES", NULL), 0);
    assert_int_equal(v3_apply(&options, 'A', "authsecret", NULL), 0);
    assert_int_equal(v3_apply(&options, '3', "X privsecret", NULL), 0);
    assert_int_equal(options.level, V3_AUTH_PRIV);
    assert_int_equal(options.auth, V3_SHA256);
    assert_int_equal(options.priv, V3_AES128);
    assert_string_equal(options.auth_passphrase, "authsecret");
    assert_string_equal(options.priv_passphrase, "privsecret");
}

static void what_is_wrong_is_named(void **state)
{
    static const struct {
        char letter;
        const char *argument, *detail;
    } rows[] = {
        {'l', "bad", "Invalid security level specified after -3l flag: bad"},
        {'a', "BAD", "Invalid authentication protocol specified after -3a flag: BAD"},
        {'x', "BAD", "Invalid privacy protocol specified after -3x flag: BAD"},
        {'e', "zz", "Bad engine ID value after -3e flag."},
        {'e', "0x80000000", "Invalid engine ID value after -e flag."},
        {'E', "", "Invalid engine ID value after -E flag."},
        {'e', "0x800", "Bad engine ID value after -3e flag."},
        {'E', "800000000180000000018000000001800000000180000000018000000001800000",
         "Invalid engine ID value after -E flag."},
        {'Z', "x", "Need engine boots value after -3Z flag."},
        {'Z', "1,", "Need engine time after \"-3Z engineBoot,\"."},
        {'3', "k", "Missing argument after SNMPv3 '-3k' option."},
        {'3', "k zz", "Bad key value after -3k flag."},
        {'3', "M123", "Bad key value after -3M flag."},
        {'3', "q x", "Unknown SNMPv3 option passed to -3: q."},
        {'3', "", "Unknown SNMPv3 option passed to -3: ."},
        {'3', "aBAD", "Invalid authentication protocol specified after -3a flag: BAD"},
    };
    (void)state;
    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        struct v3_options options = {0};
        struct uvsnmp_error err = {0, ""};
        assert_int_equal(v3_apply(&options, rows[i].letter, rows[i].argument, &err), UVSNMP_EBAD_ARGUMENT);
        assert_string_equal(err.detail, rows[i].detail);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(protocols_have_all_of_their_names),
        cmocka_unit_test(other_names_are_refused_and_change_nothing),
        cmocka_unit_test(files_know_fewer_levels),
        cmocka_unit_test(options_are_kept),
        cmocka_unit_test(what_is_wrong_is_named),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
