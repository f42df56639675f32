/* SPDX-License-Identifier: BSD-3-Clause */
/* Keys and ciphers with an allocation that fails, ours or one inside of libcrypto. */
#include <dlfcn.h>

#include <openssl/crypto.h>

#include "support/alloc_fail.h"
#include "support/unit.h"
#include "usm/key.h"

/* libcrypto itself forgets a few octets where an allocation of its own fails. That nothing of it is forgotten
 * otherwise test_crypto sees. */
__attribute__((visibility("default"))) const char *__lsan_default_suppressions(void);
const char *__lsan_default_suppressions(void)
{
    return "leak:libcrypto";
}

/* libcrypto's allocations, through the functions that may fail here. */
static void *allocate(size_t size, const char *file, int line)
{
    (void)file;
    (void)line;
    return malloc(size);
}

static void *reallocate(void *old, size_t size, const char *file, int line)
{
    (void)file;
    (void)line;
    return realloc(old, size);
}

static void release(void *old, const char *file, int line)
{
    (void)file;
    (void)line;
    free(old);
}

static const uint8_t octets[64] = {1, 2, 3};
static const struct uvsnmp_bytes passphrase = {(const uint8_t *)"maplesyrup", 10};
static const struct uvsnmp_bytes engine_id = {octets, 12};

/* What a user with keys needs; 0, or the first error. */
static int use(struct usm_crypto *crypto)
{
    struct usm_key key = {0};
    uint8_t out[USM_KEY_MAX];
    int status = usm_crypto_has_priv(crypto, USM_PRIV_AES128, NULL);
    if (status == 0) {
        status = usm_key_of_passphrase(crypto, USM_AUTH_SHA1, passphrase, &key, NULL);
    }
    if (status == 0) {
        status = usm_key_localize(crypto, USM_AUTH_SHA1, &key, engine_id, &key);
    }
    if (status == 0) {
        status = usm_crypto_hmac(crypto, USM_AUTH_SHA1, (struct uvsnmp_bytes){key.data, key.size}, &engine_id,
                                 1, out);
    }
    if (status == 0) {
        struct usm_cipher cipher = {USM_PRIV_AES128, true, key.data, octets};
        status = usm_crypto_cipher(crypto, &cipher, octets, sizeof(octets), out);
    }
    return status;
}

static int open_and_use(struct usm_crypto **crypto)
{
    struct uvsnmp_error err = {0};
    *crypto = usm_crypto_open(&err);
    if (!*crypto) {
        assert_true(*err.detail);
        return err.code;
    }
    return use(*crypto);
}

static void an_allocation_that_fails_is_an_error_and_the_next_try_works(void **state)
{
    unsigned n = 0;
    unsigned failures = 0;
    struct usm_crypto *crypto;
    (void)state;
    do {
        n += 1 + n / 16; /* there are thousands of them */
        alloc_fail_at(n);
        int status = open_and_use(&crypto);
        bool has_failed = alloc_has_failed();
        alloc_fail_at(0);
        if (status != 0) {
            assert_true(has_failed);
            assert_true(status == UVSNMP_ENO_MEMORY || status == UVSNMP_EUNSUPPORTED);
            failures++;
        }
        usm_crypto_close(crypto);
        /* What libcrypto could not make it may leave out for good: another try is one from the start. */
        assert_int_equal(open_and_use(&crypto), 0);
        usm_crypto_close(crypto);
        if (!has_failed) {
            break;
        }
    } while (true);
    assert_true(failures > 20);
}

int main(void)
{
    __typeof__(CRYPTO_set_mem_functions) *set_functions;
    struct usm_crypto *crypto;
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_allocation_that_fails_is_an_error_and_the_next_try_works),
    };
    void *library = dlopen(UVSNMP_LIBCRYPTO, RTLD_LAZY);
    void *address = library ? dlsym(library, "CRYPTO_set_mem_functions") : NULL;
    if (!address) {
        return 1;
    }
    memcpy(&set_functions, &address, sizeof(address));
    /* What libcrypto makes once per program it does not try to make again. */
    if (set_functions(allocate, reallocate, release) != 1 || open_and_use(&crypto) != 0) {
        return 1;
    }
    usm_crypto_close(crypto);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
