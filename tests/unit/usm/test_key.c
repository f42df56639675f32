/* SPDX-License-Identifier: BSD-3-Clause */
/* Keys as RFC 3414 A.3 and A.5 have them, and as Net-SNMP 5.9.3 makes those that are in no RFC. */
#include "usm/key.h"

#include <stdio.h>

#include "base/hex.h"
#include "support/unit.h"

static const uint8_t engine_octets[12] = {[11] = 2};
static const struct uvsnmp_bytes engine_id = {engine_octets, sizeof(engine_octets)};

static struct usm_key key_of_hex(const char *text)
{
    struct usm_key key = {0};
    ptrdiff_t size = hex_parse(text, key.data, sizeof(key.data));
    assert_true(size > 0);
    key.size = (size_t)size;
    return key;
}

static void assert_key(const struct usm_key *key, const char *hex)
{
    struct usm_key expected = key_of_hex(hex);
    assert_int_equal(key->size, expected.size);
    assert_memory_equal(key->data, expected.data, sizeof(key->data)); /* nothing is left behind it */
}

static struct uvsnmp_bytes bytes_of(const char *text)
{
    return (struct uvsnmp_bytes){(const uint8_t *)text, strlen(text)};
}

/* The localized key of a passphrase for the engine above. */
static struct usm_key localized(struct usm_crypto *crypto, enum usm_auth auth, const char *passphrase)
{
    struct usm_key master = {0}, key = {0};
    assert_int_equal(usm_key_of_passphrase(crypto, auth, bytes_of(passphrase), &master, NULL), 0);
    assert_int_equal(usm_key_localize(crypto, auth, &master, engine_id, &key), 0);
    return key;
}

static int set_up(void **state)
{
    *state = usm_crypto_open(NULL);
    return *state ? 0 : -1;
}

static int tear_down(void **state)
{
    usm_crypto_close(*state);
    return 0;
}

/* ---- "maplesyrup" ---- */

#define KUL_MD5 "526f5eed9fcce26f8964c2930787d82b"
#define KUL_SHA1 "6695febc9288e36282235fc7151f128497b38f3f"
#define KUL_SHA224 "0bd8827c6e29f8065e08e09237f177e410f69b90e1782be682075674"
#define KUL_SHA256 "8982e0e549e866db361a6b625d84cccc11162d453ee8ce3a6445c2d6776f0f8b"
#define KUL_SHA384                                                                                           \
    "3b298f16164a11184279d5432bf169e2d2a48307de02b3d3f7e2b4f36eb6f0455a53689a3937eea07319a633d2ccba78"
#define KUL_SHA512                                                                                           \
    "22a5a36cedfcc085807a128d7bc6c2382167ad6c0dbc5fdff856740f3d84c099"                                       \
    "ad1ea87a8db096714d9788bd544047c9021e4229ce27e4c0a69250adfcffbb0b"

static void a_passphrase_becomes_a_master_key_and_a_localized_one(void **state)
{
    static const struct {
        enum usm_auth auth;
        const char *master, *localized;
    } cases[] = {
        {USM_AUTH_MD5, "9faf3283884e92834ebc9847d8edd963", KUL_MD5},
        {USM_AUTH_SHA1, "9fb5cc0381497b3793528939ff788d5d79145211", KUL_SHA1},
        {USM_AUTH_SHA224, "282a5867ee9aac639ad59df9572c7d3ac0fbc13a905b6df07dbbf00b", KUL_SHA224},
        {USM_AUTH_SHA256, "ab51014d1e077f6017df2b12bee5f5aa72993177e9bb569c4dff5a4ca0b4afac", KUL_SHA256},
        {USM_AUTH_SHA384,
         "e06eccdf2c68a06ed034723c9c26e0db3b669e1e2efed49150b55377a2e98f383c86fb836857444654b287c93f51ff64",
         KUL_SHA384},
        {USM_AUTH_SHA512,
         "7e4396de5aadc77be853819b98c9406265b3a9c37cc3176569847a4e4f6fba63"
         "dd3a73d04924d31a63f95a601f9385af6be4ed1b37f87d040f7c6ed6f8d38a91",
         KUL_SHA512},
    };
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        struct usm_key key = {0};
        assert_int_equal(usm_key_of_passphrase(*state, cases[i].auth, bytes_of("maplesyrup"), &key, NULL), 0);
        assert_key(&key, cases[i].master);
        assert_int_equal(usm_key_localize(*state, cases[i].auth, &key, engine_id, &key), 0);
        assert_key(&key, cases[i].localized);
    }
}

static void a_long_passphrase_is_repeated_too(void **state)
{
    /* Longer than what is fed to the hash at once: as often as it goes into a megabyte that does not matter.
     */
    static char shorter[4096 + 1], longer[3 * 4096 + 1];
    struct usm_key of_shorter = {0}, of_longer = {0};
    for (size_t i = 0; i < sizeof(longer) - 1; i++) {
        longer[i] = "maplesyrup-maple"[i % 16];
    }
    memcpy(shorter, longer, sizeof(shorter) - 1);
    assert_int_equal(usm_key_of_passphrase(*state, USM_AUTH_SHA1, bytes_of(shorter), &of_shorter, NULL), 0);
    assert_int_equal(usm_key_of_passphrase(*state, USM_AUTH_SHA1, bytes_of(longer), &of_longer, NULL), 0);
    assert_memory_equal(&of_shorter, &of_longer, sizeof(of_longer));
    longer[0]++;
    assert_int_equal(usm_key_of_passphrase(*state, USM_AUTH_SHA1, bytes_of(longer), &of_longer, NULL), 0);
    assert_memory_not_equal(&of_shorter, &of_longer, sizeof(of_longer));
}

static void a_short_passphrase_is_refused(void **state)
{
    struct usm_key key = {.size = 20};
    struct uvsnmp_error err;
    assert_int_equal(usm_key_of_passphrase(*state, USM_AUTH_SHA1, bytes_of("1234567"), &key, &err),
                     UVSNMP_EBAD_VALUE);
    assert_string_equal(err.detail, "the passphrase has less than 8 characters");
    assert_int_equal(key.size, 0);
    assert_int_equal(usm_key_of_passphrase(*state, USM_AUTH_SHA1, bytes_of("12345678"), &key, &err), 0);
    assert_int_equal(key.size, 20);
}

/* ---- privacy ---- */

#define MD5_BLUMENTHAL KUL_MD5 "fa24a92467426c2f4b09192be10dfaec"
#define MD5_REEDER KUL_MD5 "79eff44a90650ee0a3a40abfac5acc12"
#define SHA1_BLUMENTHAL KUL_SHA1 "505e07eb9af25568fa1f5dbe"
#define SHA1_REEDER KUL_SHA1 "9b8b6d78936ba6e7d19dfd9c"
#define SHA224_BLUMENTHAL KUL_SHA224 "e82d9bf0"
#define SHA224_REEDER KUL_SHA224 "22c34be4"

static void a_privacy_key_is_cut_or_made_longer_as_its_protocol_says(void **state)
{
    /* Each: the key of 32 octets in Blumenthal's way and in Reeder's, of which shorter ones are the
     * beginning. */
    static const struct {
        enum usm_auth auth;
        const char *blumenthal, *reeder;
    } cases[] = {
        {USM_AUTH_MD5, MD5_BLUMENTHAL, MD5_REEDER},          {USM_AUTH_SHA1, SHA1_BLUMENTHAL, SHA1_REEDER},
        {USM_AUTH_SHA224, SHA224_BLUMENTHAL, SHA224_REEDER}, {USM_AUTH_SHA256, KUL_SHA256, KUL_SHA256},
        {USM_AUTH_SHA384, KUL_SHA384, KUL_SHA384},           {USM_AUTH_SHA512, KUL_SHA512, KUL_SHA512},
    };
    static const struct {
        enum usm_priv priv;
        bool is_reeder;
        size_t size;
    } kinds[] = {
        {USM_PRIV_DES, false, 16},    {USM_PRIV_3DES, true, 32},    {USM_PRIV_AES128, false, 16},
        {USM_PRIV_AES192, false, 24}, {USM_PRIV_AES256, false, 32}, {USM_PRIV_AES192C, true, 24},
        {USM_PRIV_AES256C, true, 32},
    };
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        struct usm_key from = localized(*state, cases[i].auth, "maplesyrup");
        for (size_t j = 0; j < COUNT_OF(kinds); j++) {
            char hex[2 * 32 + 1];
            struct usm_key key = {0};
            assert_int_equal(usm_key_of_privacy(*state, cases[i].auth, kinds[j].priv, &from, engine_id, &key),
                             0);
            snprintf(hex, 2 * kinds[j].size + 1, "%s",
                     kinds[j].is_reeder ? cases[i].reeder : cases[i].blumenthal);
            assert_key(&key, hex);
        }
    }
}

static void a_privacy_key_may_take_the_place_of_the_localized_one(void **state)
{
    struct usm_key key = localized(*state, USM_AUTH_MD5, "maplesyrup");
    assert_int_equal(usm_key_of_privacy(*state, USM_AUTH_MD5, USM_PRIV_AES256C, &key, engine_id, &key), 0);
    assert_key(&key, MD5_REEDER);
}

static void no_key_gives_no_key(void **state)
{
    const struct usm_key none = {0};
    struct usm_key out = {.size = 5};
    assert_int_equal(usm_key_localize(*state, USM_AUTH_SHA1, &none, engine_id, &out), UVSNMP_EBAD_VALUE);
    assert_int_equal(out.size, 0);
    for (int priv = USM_PRIV_DES; priv < USM_PRIV_COUNT; priv++) {
        out.size = 5;
        assert_int_equal(
            usm_key_of_privacy(*state, USM_AUTH_SHA1, (enum usm_priv)priv, &none, engine_id, &out),
            UVSNMP_EBAD_VALUE);
        assert_int_equal(out.size, 0);
    }
}

static void a_key_that_is_too_short_for_a_protocol_without_extension_is_refused(void **state)
{
    struct usm_key key = key_of_hex("0102030405");
    assert_int_equal(usm_key_of_privacy(*state, USM_AUTH_SHA1, USM_PRIV_AES128, &key, engine_id, &key),
                     UVSNMP_EBAD_VALUE);
    assert_int_equal(key.size, 0);
}

/* ---- KeyChange ---- */

static void a_key_change_is_the_one_of_rfc_3414_a_5(void **state)
{
    static const struct {
        enum usm_auth auth;
        const char *old_key, *new_key, *delta; /* with random octets of zero */
    } cases[] = {
        {USM_AUTH_MD5, KUL_MD5, "87021d7bd9d101ba05ea6e3bf9d9bd4a", "8805615141676cc9196174e742a32551"},
        {USM_AUTH_SHA1, KUL_SHA1, "78e2dcce79d59403b58c1bbaa5bff46391f1cd25",
         "9c1017f4fd483d2de8d5fadbf84392cb06457051"},
    };
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        static const uint8_t random[USM_KEY_MAX];
        struct usm_key from = localized(*state, cases[i].auth, "maplesyrup");
        struct usm_key to = localized(*state, cases[i].auth, "newsyrup");
        uint8_t value[2 * USM_KEY_MAX];
        assert_key(&from, cases[i].old_key);
        assert_key(&to, cases[i].new_key);
        assert_int_equal(usm_key_change_make(*state, cases[i].auth, &from, &to, random, value), 0);
        assert_memory_equal(value, random, from.size);
        struct usm_key delta = key_of_hex(cases[i].delta);
        assert_memory_equal(value + from.size, delta.data, delta.size);

        assert_int_equal(usm_key_change_apply(*state, cases[i].auth, &from,
                                              (struct uvsnmp_bytes){value, 2 * from.size}, &from),
                         0);
        assert_key(&from, cases[i].new_key);
    }
}

static void a_key_longer_than_the_hash_changes_in_steps(void **state)
{
    /* What RFC 3414's KeyChange says, done once by another program. */
    struct usm_key delta = key_of_hex("5f67f73ac0103b851556a117eb77d42077f998730200ceca4be1b8e718c7c7bd");
    struct usm_key from = {.size = 32}, to = {.size = 32}, made;
    uint8_t random[32], value[64];
    for (uint8_t i = 0; i < 32; i++) {
        from.data[i] = i;
        to.data[i] = (uint8_t)(100 + i);
        random[i] = (uint8_t)(200 + i);
    }
    assert_int_equal(usm_key_change_make(*state, USM_AUTH_SHA1, &from, &to, random, value), 0);
    assert_memory_equal(value, random, 32);
    assert_memory_equal(value + 32, delta.data, 32);
    assert_int_equal(
        usm_key_change_apply(*state, USM_AUTH_SHA1, &from, (struct uvsnmp_bytes){value, 64}, &made), 0);
    assert_memory_equal(&made, &to, sizeof(to));
}

static void a_key_change_of_another_size_is_refused(void **state)
{
    uint8_t value[2 * USM_KEY_MAX] = {0};
    struct usm_key from = key_of_hex(KUL_SHA1), to = key_of_hex(KUL_MD5), none = {0}, made;
    assert_int_equal(usm_key_change_make(*state, USM_AUTH_SHA1, &from, &to, value, value), UVSNMP_EBAD_VALUE);
    assert_int_equal(usm_key_change_make(*state, USM_AUTH_SHA1, &none, &none, value, value),
                     UVSNMP_EBAD_VALUE);
    for (size_t size = 0; size <= sizeof(value); size++) {
        made.size = 5;
        assert_int_equal(
            usm_key_change_apply(*state, USM_AUTH_SHA1, &from, (struct uvsnmp_bytes){value, size}, &made),
            size == 40 ? 0 : UVSNMP_EBAD_VALUE);
        assert_int_equal(made.size, size == 40 ? 20 : 0);
    }
    assert_int_equal(
        usm_key_change_apply(*state, USM_AUTH_SHA1, &none, (struct uvsnmp_bytes){value, 0}, &made),
        UVSNMP_EBAD_VALUE);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_passphrase_becomes_a_master_key_and_a_localized_one),
        cmocka_unit_test(a_long_passphrase_is_repeated_too),
        cmocka_unit_test(a_short_passphrase_is_refused),
        cmocka_unit_test(a_privacy_key_is_cut_or_made_longer_as_its_protocol_says),
        cmocka_unit_test(a_privacy_key_may_take_the_place_of_the_localized_one),
        cmocka_unit_test(no_key_gives_no_key),
        cmocka_unit_test(a_key_that_is_too_short_for_a_protocol_without_extension_is_refused),
        cmocka_unit_test(a_key_change_is_the_one_of_rfc_3414_a_5),
        cmocka_unit_test(a_key_longer_than_the_hash_changes_in_steps),
        cmocka_unit_test(a_key_change_of_another_size_is_refused),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
