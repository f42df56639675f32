/* SPDX-License-Identifier: BSD-3-Clause */
#include "usm/crypto.h"

#include <stdio.h>
#include <unistd.h>

#include "base/hex.h"
#include "support/unit.h"
#include "usm/crypto_impl.h"
#include "usm/openssl.h"

static size_t octets_of_hex(const char *text, uint8_t *out, size_t capacity)
{
    ptrdiff_t size = hex_parse(text, out, capacity);
    assert_true(size > 0);
    return (size_t)size;
}

static void assert_octets(const uint8_t *octets, const char *hex)
{
    uint8_t expected[256];
    assert_memory_equal(octets, expected, octets_of_hex(hex, expected, sizeof(expected)));
}

static struct uvsnmp_bytes bytes_of(const char *text)
{
    return (struct uvsnmp_bytes){(const uint8_t *)text, strlen(text)};
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

/* ---- hashes ---- */

static void a_hash_is_the_one_of_its_pieces(void **state)
{
    static const struct {
        enum usm_auth auth;
        const char *hash; /* of "abc": RFC 1321 A.5, FIPS 180-4's examples */
    } cases[] = {
        {USM_AUTH_MD5, "900150983cd24fb0d6963f7d28e17f72"},
        {USM_AUTH_SHA1, "a9993e364706816aba3e25717850c26c9cd0d89d"},
        {USM_AUTH_SHA224, "23097d223405d8228642a477bda255b32aadbce4bda0b3f7e36c9da7"},
        {USM_AUTH_SHA256, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"},
        {USM_AUTH_SHA384,
         "cb00753f45a35e8bb5a03d699ac65007272c32ab0eded1631a8b605a43ff5bed8086072ba1e7cc2358baeca134c825a7"},
        {USM_AUTH_SHA512, "ddaf35a193617abacc417349ae20413112e6fa4e89a97ea20a9eeee64b55d39a2192992a274fc1a836"
                          "ba3c23a3feebbd454d4423643ce80e2a9ac94fa54ca49f"},
    };
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        const struct uvsnmp_bytes pieces[] = {bytes_of("a"), {NULL, 0}, bytes_of("bc")};
        uint8_t out[USM_KEY_MAX];
        assert_int_equal(usm_crypto_has_auth(*state, cases[i].auth, NULL), 0);
        assert_int_equal(usm_crypto_digest(*state, cases[i].auth, pieces, COUNT_OF(pieces), out), 0);
        assert_octets(out, cases[i].hash);
    }
}

static void octets_that_repeat_are_hashed_up_to_the_total(void **state)
{
    char text[10000];
    for (size_t unit = 1; unit < sizeof(text); unit = 2 * unit + 1) {
        uint8_t whole[USM_KEY_MAX], repeated[USM_KEY_MAX];
        for (size_t i = 0; i < sizeof(text); i++) {
            text[i] = (char)(i % unit % 251);
        }
        const struct uvsnmp_bytes piece = {(const uint8_t *)text, sizeof(text)};
        assert_int_equal(usm_crypto_digest(*state, USM_AUTH_SHA256, &piece, 1, whole), 0);
        assert_int_equal(usm_crypto_digest_repeated(*state, USM_AUTH_SHA256,
                                                    (struct uvsnmp_bytes){piece.data, unit}, sizeof(text),
                                                    repeated),
                         0);
        assert_memory_equal(whole, repeated, usm_auth(USM_AUTH_SHA256)->key_size);
    }
}

static void nothing_cannot_be_repeated(void **state)
{
    uint8_t out[USM_KEY_MAX];
    assert_int_equal(
        usm_crypto_digest_repeated(*state, USM_AUTH_SHA1, (struct uvsnmp_bytes){NULL, 0}, 100, out),
        UVSNMP_EBAD_VALUE);
}

/* ---- HMAC ---- */

static const struct mac_case {
    enum usm_auth auth;
    struct {
        uint8_t octet;
        size_t times;
        const char *text; /* NULL: the octet, that many times */
    } key;
    const char *data, *mac;
} mac_cases[] = {
    /* RFC 2202, RFC 4231 */
    {USM_AUTH_MD5, {0x0b, 16, NULL}, "Hi There", "9294727a3638bb1c13f48ef8158bfc9d"},
    {USM_AUTH_MD5, {0, 0, "Jefe"}, "what do ya want for nothing?", "750c783e6ab0b503eaa86e310a5db738"},
    {USM_AUTH_MD5, {0x0c, 16, NULL}, "Test With Truncation", "56461ef2342edc00f9bab995690efd4c"},
    {USM_AUTH_MD5,
     {0xaa, 80, NULL},
     "Test Using Larger Than Block-Size Key - Hash Key First",
     "6b1ab7fe4bd7bf8f0b62e6ce61b9d0cd"},
    {USM_AUTH_SHA1, {0x0b, 20, NULL}, "Hi There", "b617318655057264e28bc0b6fb378c8ef146be00"},
    {USM_AUTH_SHA1,
     {0, 0, "Jefe"},
     "what do ya want for nothing?",
     "effcdf6ae5eb2fa2d27416d5f184df9c259a7c79"},
    {USM_AUTH_SHA1, {0x0c, 20, NULL}, "Test With Truncation", "4c1a03424b55e07fe7f27be1d58bb9324a9a5a04"},
    {USM_AUTH_SHA1,
     {0xaa, 80, NULL},
     "Test Using Larger Than Block-Size Key - Hash Key First",
     "aa4ae5e15272d00e95705637ce8a3b55ed402112"},
    {USM_AUTH_SHA224,
     {0x0b, 20, NULL},
     "Hi There",
     "896fb1128abbdf196832107cd49df33f47b4b1169912ba4f53684b22"},
    {USM_AUTH_SHA224,
     {0, 0, "Jefe"},
     "what do ya want for nothing?",
     "a30e01098bc6dbbf45690f3a7e9e6d0f8bbea2a39e6148008fd05e44"},
    {USM_AUTH_SHA224,
     {0x0c, 20, NULL},
     "Test With Truncation",
     "0e2aea68a90c8d37c988bcdb9fca6fa8099cd857c7ec4a1815cac54c"},
    {USM_AUTH_SHA224,
     {0xaa, 131, NULL},
     "Test Using Larger Than Block-Size Key - Hash Key First",
     "95e9a0db962095adaebe9b2d6f0dbce2d499f112f2d2b7273fa6870e"},
    {USM_AUTH_SHA256,
     {0x0b, 20, NULL},
     "Hi There",
     "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7"},
    {USM_AUTH_SHA256,
     {0, 0, "Jefe"},
     "what do ya want for nothing?",
     "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"},
    {USM_AUTH_SHA256,
     {0x0c, 20, NULL},
     "Test With Truncation",
     "a3b6167473100ee06e0c796c2955552bfa6f7c0a6a8aef8b93f860aab0cd20c5"},
    {USM_AUTH_SHA256,
     {0xaa, 131, NULL},
     "Test Using Larger Than Block-Size Key - Hash Key First",
     "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54"},
    {USM_AUTH_SHA384,
     {0x0b, 20, NULL},
     "Hi There",
     "afd03944d84895626b0825f4ab46907f15f9dadbe4101ec682aa034c7cebc59cfaea9ea9076ede7f4af152e8b2fa9cb6"},
    {USM_AUTH_SHA384,
     {0, 0, "Jefe"},
     "what do ya want for nothing?",
     "af45d2e376484031617f78d2b58a6b1b9c7ef464f5a01b47e42ec3736322445e8e2240ca5e69e2c78b3239ecfab21649"},
    {USM_AUTH_SHA384,
     {0x0c, 20, NULL},
     "Test With Truncation",
     "3abf34c3503b2a23a46efc619baef897f4c8e42c934ce55ccbae9740fcbc1af4ca62269e2a37cd88ba926341efe4aeea"},
    {USM_AUTH_SHA384,
     {0xaa, 131, NULL},
     "Test Using Larger Than Block-Size Key - Hash Key First",
     "4ece084485813e9088d2c63a041bc5b44f9ef1012a2b588f3cd11f05033ac4c60c2ef6ab4030fe8296248df163f44952"},
    {USM_AUTH_SHA512,
     {0x0b, 20, NULL},
     "Hi There",
     "87aa7cdea5ef619d4ff0b4241a1d6cb02379f4e2ce4ec2787ad0b30545e17cdedaa833b7d6b8a702038b274eaea3f4e4be9d914"
     "eeb61f1702e696c203a126854"},
    {USM_AUTH_SHA512,
     {0, 0, "Jefe"},
     "what do ya want for nothing?",
     "164b7a7bfcf819e2e395fbe73b56e0a387bd64222e831fd610270cd7ea2505549758bf75c05a994a6d034f65f8f0e6fdcaeab1a"
     "34d4a6b4b636e070a38bce737"},
    {USM_AUTH_SHA512,
     {0x0c, 20, NULL},
     "Test With Truncation",
     "415fad6271580a531d4179bc891d87a650188707922a4fbb36663a1eb16da008711c5b50ddd0fc235084eb9d3364a1454fb2ef6"
     "7cd1d29fe6773068ea266e96b"},
    {USM_AUTH_SHA512,
     {0xaa, 131, NULL},
     "Test Using Larger Than Block-Size Key - Hash Key First",
     "80b24263c7c1a3ebb71493c1dd7be8b49b46d1f41b4aeec1121b013783f8f3526b56d037e05f2598bd0fd2215d6a1e5295e64f7"
     "3f63f0aec8b915a985d786598"},
};

static void assert_mac(struct usm_crypto *crypto, const struct mac_case *test)
{
    uint8_t key[256], out[USM_KEY_MAX];
    const struct uvsnmp_bytes pieces[] = {{(const uint8_t *)test->data, 3}, bytes_of(test->data + 3)};
    memset(key, test->key.octet, sizeof(key));
    struct uvsnmp_bytes bytes =
        test->key.text ? bytes_of(test->key.text) : (struct uvsnmp_bytes){key, test->key.times};
    assert_int_equal(usm_crypto_hmac(crypto, test->auth, bytes, pieces, COUNT_OF(pieces), out), 0);
    assert_int_equal(strlen(test->mac), 2 * usm_auth(test->auth)->key_size);
    assert_octets(out, test->mac);
}

static void an_hmac_is_the_one_of_its_key(void **state)
{
    for (size_t i = 0; i < COUNT_OF(mac_cases); i++) {
        assert_mac(*state, &mac_cases[i]); /* another key than before */
        assert_mac(*state, &mac_cases[i]); /* the same */
    }
    for (size_t i = COUNT_OF(mac_cases); i-- > 0;) {
        assert_mac(*state, &mac_cases[i]);
    }
}

static void a_key_is_not_taken_for_one_that_begins_like_it(void **state)
{
    static const uint8_t key[USM_KEY_MAX];
    uint8_t longer[USM_KEY_MAX], shorter[USM_KEY_MAX];
    struct uvsnmp_bytes data = bytes_of("data");
    /* Zeros behind a key are what it is padded with. */
    assert_int_equal(usm_crypto_hmac(*state, USM_AUTH_SHA1, (struct uvsnmp_bytes){key, 20}, &data, 1, longer),
                     0);
    assert_int_equal(usm_crypto_hmac(*state, USM_AUTH_SHA1, (struct uvsnmp_bytes){key, 0}, &data, 1, shorter),
                     0);
    assert_memory_equal(longer, shorter, 20);
    uint8_t other[USM_KEY_MAX] = {[19] = 1};
    assert_int_equal(
        usm_crypto_hmac(*state, USM_AUTH_SHA1, (struct uvsnmp_bytes){other, 19}, &data, 1, shorter), 0);
    assert_int_equal(
        usm_crypto_hmac(*state, USM_AUTH_SHA1, (struct uvsnmp_bytes){other, 20}, &data, 1, longer), 0);
    assert_memory_not_equal(longer, shorter, 20);
}

/* ---- ciphers ---- */

#define NIST_IV "000102030405060708090a0b0c0d0e0f"
#define NIST_TEXT                                                                                            \
    "6bc1bee22e409f96e93d7e117393172aae2d8a571e03ac9c9eb76fac45af8e51"                                       \
    "30c81c46a35ce411e5fbc1191a0a52eff69f2445df4f9b17ad2b417be66c3710"
#define KEY_192 "8e73b0f7da0e6452c810f32b809079e562f8ead2522c6b7b"
#define KEY_256 "603deb1015ca71be2b73aef0857d77811f352c073b6108d72d9810a30914dff4"
#define CODE_192                                                                                             \
    "cdc80d6fddf18cab34c25909c99a417467ce7f7f81173621961a2b70171d3d7a"                                       \
    "2e1e8a1dd59b88b1c8e60fed1efac4c9c05f9f9ca9834fa042ae8fba584b09ff"
#define CODE_256                                                                                             \
    "dc7e84bfda79164b7ecd8486985d386039ffed143b28b1c832113c6331e5407b"                                       \
    "df10132415e54b92a13ed0a8267ae2f975a385741ab9cef82031623d55b1e471"

static const struct cipher_case {
    enum usm_priv priv;
    const char *key, *iv, *plain, *code;
} cipher_cases[] = {
    /* FIPS 81, table C1: "Now is the time for all " */
    {USM_PRIV_DES, "0123456789abcdef", "1234567890abcdef", "4e6f77206973207468652074696d6520666f7220616c6c20",
     "e5c7cdde872bf27c43e934008c389c0f683788499a7c05f6"},
    /* NIST's example of TDES-CBC */
    {USM_PRIV_3DES, "0123456789abcdef23456789abcdef01456789abcdef0123", "f69f2445df4f9b17",
     "6bc1bee22e409f96e93d7e117393172aae2d8a571e03ac9c9eb76fac45af8e51",
     "2079c3d53aa763e193b79e2569ab5262516570481f25b50f73c0bda85c8e0da7"},
    /* NIST SP 800-38A F.3.13 to F.3.18 */
    {USM_PRIV_AES128, "2b7e151628aed2a6abf7158809cf4f3c", NIST_IV, NIST_TEXT,
     "3b3fd92eb72dad20333449f8e83cfb4ac8a64537a0b3a93fcde3cdad9f1ce58b"
     "26751f67a3cbb140b1808cf187a4f4dfc04b05357c5d1c0eeac4c66f9ff7f2e6"},
    {USM_PRIV_AES192, KEY_192, NIST_IV, NIST_TEXT, CODE_192},
    {USM_PRIV_AES192C, KEY_192, NIST_IV, NIST_TEXT, CODE_192},
    {USM_PRIV_AES256, KEY_256, NIST_IV, NIST_TEXT, CODE_256},
    {USM_PRIV_AES256C, KEY_256, NIST_IV, NIST_TEXT, CODE_256},
};

struct cipher_octets {
    uint8_t key[64], iv[16], plain[64], code[64];
    size_t size;
};

static struct cipher_octets octets_of(const struct cipher_case *test)
{
    struct cipher_octets octets;
    assert_int_equal(octets_of_hex(test->key, octets.key, sizeof(octets.key)),
                     usm_priv(test->priv)->cipher_key_size);
    assert_int_equal(octets_of_hex(test->iv, octets.iv, sizeof(octets.iv)), usm_priv(test->priv)->iv_size);
    octets.size = octets_of_hex(test->plain, octets.plain, sizeof(octets.plain));
    assert_int_equal(octets_of_hex(test->code, octets.code, sizeof(octets.code)), octets.size);
    return octets;
}

static void a_cipher_is_the_one_of_its_standard_both_ways(void **state)
{
    for (size_t i = 0; i < COUNT_OF(cipher_cases); i++) {
        struct cipher_octets octets = octets_of(&cipher_cases[i]);
        struct usm_cipher cipher = {cipher_cases[i].priv, true, octets.key, octets.iv};
        uint8_t out[64], again[64];
        assert_int_equal(usm_crypto_has_priv(*state, cipher.priv, NULL), 0);
        for (int times = 0; times < 2; times++) {
            cipher.encrypt = true;
            assert_int_equal(usm_crypto_cipher(*state, &cipher, octets.plain, octets.size, out), 0);
            assert_memory_equal(out, octets.code, octets.size);
            cipher.encrypt = false;
            assert_int_equal(usm_crypto_cipher(*state, &cipher, out, octets.size, again), 0);
            assert_memory_equal(again, octets.plain, octets.size);
        }
        /* in place, the other way round */
        assert_int_equal(usm_crypto_cipher(*state, &cipher, out, octets.size, out), 0);
        assert_memory_equal(out, octets.plain, octets.size);
        cipher.encrypt = true;
        assert_int_equal(usm_crypto_cipher(*state, &cipher, out, octets.size, out), 0);
        assert_memory_equal(out, octets.code, octets.size);
    }
}

static void only_whole_blocks_go_through_cbc_and_any_size_through_cfb(void **state)
{
    for (size_t i = 0; i < COUNT_OF(cipher_cases); i++) {
        struct cipher_octets octets = octets_of(&cipher_cases[i]);
        struct usm_cipher cipher = {cipher_cases[i].priv, true, octets.key, octets.iv};
        for (size_t size = 0; size <= octets.size; size++) {
            uint8_t out[65];
            bool is_whole = size % usm_priv(cipher.priv)->block_size == 0;
            memset(out, 0xee, sizeof(out));
            assert_int_equal(usm_crypto_cipher(*state, &cipher, octets.plain, size, out),
                             is_whole ? 0 : UVSNMP_EBAD_VALUE);
            assert_memory_equal(out, octets.code, is_whole ? size : 0);
            assert_int_equal(out[is_whole ? size : 0], 0xee);
        }
    }
}

static void no_protocol_does_nothing(void **state)
{
    const uint8_t octets[64] = {0};
    uint8_t out[64];
    struct uvsnmp_bytes bytes = bytes_of("abc");
    struct usm_cipher cipher = {USM_PRIV_NONE, true, octets, octets};
    assert_int_equal(usm_crypto_has_auth(*state, USM_AUTH_NONE, NULL), 0);
    assert_int_equal(usm_crypto_has_priv(*state, USM_PRIV_NONE, NULL), 0);
    assert_int_equal(usm_crypto_digest(*state, USM_AUTH_NONE, &bytes, 1, out), UVSNMP_EBAD_VALUE);
    assert_int_equal(usm_crypto_digest_repeated(*state, USM_AUTH_NONE, bytes, 9, out), UVSNMP_EBAD_VALUE);
    assert_int_equal(usm_crypto_hmac(*state, USM_AUTH_NONE, bytes, &bytes, 1, out), UVSNMP_EBAD_VALUE);
    assert_int_equal(usm_crypto_cipher(*state, &cipher, octets, 16, out), UVSNMP_EBAD_VALUE);
}

/* ---- what may be missing ---- */

static void a_missing_libcrypto_is_said_to_be_missing(void **state)
{
    struct usm_crypto_options options = {.library = "libcrypto-that-is-nowhere.so.3"};
    struct uvsnmp_error err;
    (void)state;
    assert_null(usm_crypto_open_with(&options, &err));
    assert_int_equal(err.code, UVSNMP_EUNSUPPORTED);
    assert_non_null(strstr(err.detail, "SNMPv3 with keys needs OpenSSL's libcrypto 3: "));
    assert_non_null(strstr(err.detail, options.library));
    assert_null(usm_crypto_open_with(&options, NULL));
}

static void a_library_that_is_no_libcrypto_3_is_refused(void **state)
{
    struct usm_crypto_options options = {.library = "libc.so.6"};
    struct uvsnmp_error err;
    (void)state;
    assert_null(usm_crypto_open_with(&options, &err));
    assert_int_equal(err.code, UVSNMP_EUNSUPPORTED);
    assert_non_null(strstr(err.detail, "libc.so.6 has no "));
}

static bool has_sha1_and_aes(struct usm_crypto *crypto)
{
    return usm_crypto_has_auth(crypto, USM_AUTH_SHA1, NULL) == 0 &&
           usm_crypto_has_priv(crypto, USM_PRIV_AES128, NULL) == 0;
}

static void des_needs_the_legacy_provider_and_nothing_else_does(void **state)
{
    struct usm_crypto *crypto;
    struct uvsnmp_error err = {0};
    uint8_t octets[8] = {0};
    struct usm_cipher cipher = {USM_PRIV_DES, true, octets, octets};
    (void)state;
    assert_int_equal(setenv("OPENSSL_MODULES", "/nonexistent", 1), 0);
    crypto = usm_crypto_open(NULL);
    assert_non_null(crypto);
    int status = usm_crypto_has_priv(crypto, USM_PRIV_DES, &err);
    int status_of_use = usm_crypto_cipher(crypto, &cipher, octets, 8, octets);
    bool has_others = has_sha1_and_aes(crypto) && usm_crypto_has_priv(crypto, USM_PRIV_3DES, NULL) == 0;
    usm_crypto_close(crypto);
    unsetenv("OPENSSL_MODULES");
    assert_true(has_others);
    if (status == 0) {
        skip(); /* the provider is a part of libcrypto here */
    }
    assert_int_equal(status, UVSNMP_EUNSUPPORTED);
    assert_int_equal(status_of_use, UVSNMP_EUNSUPPORTED);
    assert_int_equal(err.code, UVSNMP_EUNSUPPORTED);
    assert_non_null(strstr(err.detail, "DES needs OpenSSL's legacy provider, which cannot be loaded: "));
    assert_non_null(strstr(err.detail, "/nonexistent")); /* where it was looked for */
}

static void the_legacy_provider_leaves_the_other_ones_alone(void **state)
{
    struct usm_crypto *crypto = usm_crypto_open(NULL);
    (void)state;
    assert_int_equal(usm_crypto_has_priv(crypto, USM_PRIV_DES, NULL), 0); /* before any other */
    assert_true(has_sha1_and_aes(crypto));
    usm_crypto_close(crypto);
}

static void two_of_them_do_not_know_of_each_other(void **state)
{
    struct usm_crypto *one = usm_crypto_open(NULL), *other = usm_crypto_open(NULL);
    (void)state;
    assert_int_equal(usm_crypto_has_priv(one, USM_PRIV_DES, NULL), 0);
    usm_crypto_close(one);
    assert_true(has_sha1_and_aes(other));
    usm_crypto_close(other);
}

static void errors_of_the_rest_of_the_program_stay(void **state)
{
    struct usm_openssl openssl;
    struct usm_crypto *crypto;
    const char *data = "";
    (void)state;
    assert_int_equal(usm_openssl_open(&openssl, UVSNMP_LIBCRYPTO, NULL), 0);
    assert_null(openssl.OSSL_PROVIDER_try_load(NULL, "provider-of-the-program", 1));
    unsigned long before = openssl.ERR_peek_last_error_all(NULL, NULL, NULL, NULL, NULL);
    assert_int_not_equal(before, 0);

    assert_int_equal(setenv("OPENSSL_MODULES", "/nonexistent", 1), 0);
    crypto = usm_crypto_open(NULL);
    usm_crypto_has_priv(crypto, USM_PRIV_DES, NULL);
    assert_true(has_sha1_and_aes(crypto));
    usm_crypto_close(crypto);
    unsetenv("OPENSSL_MODULES");

    assert_int_equal(openssl.ERR_peek_last_error_all(NULL, NULL, NULL, &data, NULL), before);
    assert_non_null(strstr(data, "provider-of-the-program"));
    while (openssl.ERR_pop_to_mark()) {
    }
    usm_openssl_close(&openssl);
}

/* ---- OpenSSL's configuration ---- */

static void the_configuration_is_read_where_openssl_conf_says_so(void **state)
{
    static const struct {
        const char *file;
        bool wants_configuration;
    } cases[] = {{NULL, false}, {"", false}, {"/nonexistent", true}};
    bool is_fips = false;
    FILE *fips = fopen("/proc/sys/crypto/fips_enabled", "r");
    (void)state;
    if (fips) {
        is_fips = fgetc(fips) == '1';
        fclose(fips);
    }
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        unsetenv("OPENSSL_CONF");
        assert_int_equal(cases[i].file ? setenv("OPENSSL_CONF", cases[i].file, 1) : 0, 0);
        assert_int_equal(usm_crypto_default_options().wants_configuration,
                         is_fips || cases[i].wants_configuration);
    }
    unsetenv("OPENSSL_CONF");
}

/* Without a FIPS provider such a system has nothing. */
static const char fips_only[] = "openssl_conf = all\n[all]\nalg_section = algorithms\n"
                                "[algorithms]\ndefault_properties = fips=yes\n";

static void the_configuration_may_forbid_a_protocol(void **state)
{
    char file[] = "/tmp/uvsnmp-test-XXXXXX";
    struct usm_crypto_options options = usm_crypto_default_options();
    struct uvsnmp_error err = {0};
    struct usm_crypto *crypto;
    uint8_t out[USM_KEY_MAX];
    struct uvsnmp_bytes bytes = bytes_of("abc");
    int fd = mkstemp(file);
    (void)state;
    assert_true(fd >= 0);
    assert_int_equal(write(fd, fips_only, sizeof(fips_only) - 1), sizeof(fips_only) - 1);
    close(fd);
    assert_int_equal(setenv("OPENSSL_CONF", file, 1), 0);

    options.wants_configuration = true;
    crypto = usm_crypto_open_with(&options, NULL);
    assert_non_null(crypto);
    assert_int_equal(usm_crypto_has_auth(crypto, USM_AUTH_MD5, &err), UVSNMP_EUNSUPPORTED);
    assert_non_null(strstr(err.detail, "OpenSSL has no MD5 here: "));
    assert_int_equal(usm_crypto_has_priv(crypto, USM_PRIV_AES128, &err), UVSNMP_EUNSUPPORTED);
    assert_non_null(strstr(err.detail, "OpenSSL has no AES here: "));
    assert_int_equal(usm_crypto_digest(crypto, USM_AUTH_MD5, &bytes, 1, out), UVSNMP_EUNSUPPORTED);
    assert_int_equal(usm_crypto_hmac(crypto, USM_AUTH_MD5, bytes, &bytes, 1, out), UVSNMP_EUNSUPPORTED);
    usm_crypto_close(crypto);

    options.wants_configuration = false;
    crypto = usm_crypto_open_with(&options, NULL);
    assert_non_null(crypto);
    assert_int_equal(usm_crypto_has_auth(crypto, USM_AUTH_MD5, NULL), 0);
    usm_crypto_close(crypto);
    unsetenv("OPENSSL_CONF");
    unlink(file);
}

/* ---- octets ---- */

static void equal_octets_are_equal_and_others_are_not(void **state)
{
    uint8_t a[64], b[64];
    (void)state;
    memset(a, 7, sizeof(a));
    memset(b, 7, sizeof(b));
    assert_true(usm_equal(a, b, 0));
    assert_true(usm_equal(a, b, sizeof(a)));
    for (size_t i = 0; i < 8 * sizeof(a); i++) {
        b[i / 8] ^= (uint8_t)(1U << (i % 8));
        assert_false(usm_equal(a, b, sizeof(a)));
        assert_true(usm_equal(a, b, i / 8));
        b[i / 8] = 7;
    }
}

static void wiped_octets_are_zero(void **state)
{
    uint8_t octets[4] = {1, 2, 3, 4};
    const uint8_t expected[4] = {0, 0, 0, 4};
    (void)state;
    usm_wipe(octets, 3);
    assert_memory_equal(octets, expected, sizeof(octets));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_hash_is_the_one_of_its_pieces),
        cmocka_unit_test(octets_that_repeat_are_hashed_up_to_the_total),
        cmocka_unit_test(nothing_cannot_be_repeated),
        cmocka_unit_test(an_hmac_is_the_one_of_its_key),
        cmocka_unit_test(a_key_is_not_taken_for_one_that_begins_like_it),
        cmocka_unit_test(a_cipher_is_the_one_of_its_standard_both_ways),
        cmocka_unit_test(only_whole_blocks_go_through_cbc_and_any_size_through_cfb),
        cmocka_unit_test(no_protocol_does_nothing),
        cmocka_unit_test(a_missing_libcrypto_is_said_to_be_missing),
        cmocka_unit_test(a_library_that_is_no_libcrypto_3_is_refused),
        cmocka_unit_test(des_needs_the_legacy_provider_and_nothing_else_does),
        cmocka_unit_test(the_legacy_provider_leaves_the_other_ones_alone),
        cmocka_unit_test(two_of_them_do_not_know_of_each_other),
        cmocka_unit_test(errors_of_the_rest_of_the_program_stay),
        cmocka_unit_test(the_configuration_is_read_where_openssl_conf_says_so),
        cmocka_unit_test(the_configuration_may_forbid_a_protocol),
        cmocka_unit_test(equal_octets_are_equal_and_others_are_not),
        cmocka_unit_test(wiped_octets_are_zero),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
