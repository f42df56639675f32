/* SPDX-License-Identifier: BSD-3-Clause */
#include "apps/common/v3.h"

#include "support/unit.h"

static void protocols_are_kept_by_name(void **state)
{
    const char *auth = NULL, *priv = NULL;
    (void)state;
    assert_true(v3_auth_find("sha-256", &auth));
    assert_true(v3_priv_find("AES192C", &priv));
    assert_string_equal(auth, "sha-256");
    assert_string_equal(priv, "AES192C");
    assert_true(v3_priv_find("3DES", &priv));
    assert_true(v3_auth_find("NOAUTH", &auth));
}

static void other_names_are_refused_and_change_nothing(void **state)
{
    static const char *const bad[] = {"none", "HMAC-SHA", "SHA-", "MD55", "AES-192C", "AES192-C", " SHA"};
    const char *auth = "SHA-512", *priv = "DES";
    (void)state;
    for (size_t i = 0; i < COUNT_OF(bad); i++) {
        assert_false(v3_auth_find(bad[i], &auth));
        assert_false(v3_priv_find(bad[i], &priv));
    }
    assert_true(v3_auth_find("", &auth));
    assert_string_equal(auth, "SHA-512");
    assert_string_equal(priv, "DES");
}

static void files_know_fewer_levels(void **state)
{
    enum uvsnmp_level level = 0;
    (void)state;
    assert_true(v3_level_find("AUTHNOPRIV", true, &level));
    assert_int_equal(level, UVSNMP_AUTH_NO_PRIV);
    assert_true(v3_level_find("priv", false, &level));
    assert_int_equal(level, UVSNMP_AUTH_PRIV);
    assert_false(v3_level_find("priv", true, &level));
    assert_false(v3_level_find("", false, &level));
    assert_false(v3_level_find("0", false, &level));
    assert_int_equal(level, UVSNMP_AUTH_PRIV);
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
    assert_int_equal(options.level, UVSNMP_AUTH_PRIV);
    assert_string_equal(options.auth, "SHA-256");
    assert_string_equal(options.priv, "AES");
    assert_string_equal(options.auth_secret.passphrase, "authsecret");
    assert_string_equal(options.priv_secret.passphrase, "privsecret");
    assert_int_equal(v3_apply(&options, '3', "m 0x0102", NULL), 0);
    assert_int_equal(v3_apply(&options, '3', "K0304ff", NULL), 0);
    assert_null(options.auth_secret.passphrase); /* the later one of the two counts */
    assert_int_equal(options.auth_secret.master.size, 2);
    assert_int_equal(options.priv_secret.localized.size, 3);
    assert_int_equal(options.priv_secret.localized.octets[2], 0xff);
    assert_int_equal(v3_apply(&options, 'Z', "7,12", NULL), 0);
    assert_int_equal(options.boots, 7);
    assert_int_equal(options.time, 12);
    assert_int_equal(v3_apply(&options, 'Z', "99999999999", NULL), 0);
    assert_int_equal(options.boots, 0);
    assert_int_equal(options.time, 0);
    assert_int_equal(v3_apply(&options, 'E', "0x8000000001", NULL), 0);
    assert_int_equal(options.context_engine_id.size, 5);
    assert_int_equal(options.engine_id.size, 0);
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
        cmocka_unit_test(protocols_are_kept_by_name),
        cmocka_unit_test(other_names_are_refused_and_change_nothing),
        cmocka_unit_test(files_know_fewer_levels),
        cmocka_unit_test(options_are_kept),
        cmocka_unit_test(what_is_wrong_is_named),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
