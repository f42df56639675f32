/* SPDX-License-Identifier: BSD-3-Clause */
/* What happens to OpenSSL in the rest of the program; each test in a process that has not seen libcrypto. */
#include "usm/openssl.h"

#include <stdio.h>
#include <sys/wait.h>
#include <unistd.h>

#include "support/unit.h"
#include "usm/crypto_impl.h"

/* The program's own OpenSSL has no MD5 then: there is no FIPS provider. */
static const char fips_only[] = "openssl_conf = all\n[all]\nalg_section = algorithms\n"
                                "[algorithms]\ndefault_properties = fips=yes,provider=none\n";

/* In a child with this configuration: true, if nothing in `scenario` was wrong. */
static bool holds_with_configuration(bool (*scenario)(void))
{
    char file[] = "/tmp/uvsnmp-test-XXXXXX";
    int fd = mkstemp(file);
    int status = -1;
    assert_true(fd >= 0);
    assert_int_equal(write(fd, fips_only, sizeof(fips_only) - 1), sizeof(fips_only) - 1);
    close(fd);
    pid_t child = fork();
    if (child == 0) {
        setenv("OPENSSL_CONF", file, 1);
        _exit(scenario() ? 0 : 1);
    }
    assert_true(child > 0);
    assert_int_equal(waitpid(child, &status, 0), child);
    unlink(file);
    return status == 0;
}

static bool hashes(bool wants_configuration)
{
    struct usm_crypto_options options = {UVSNMP_LIBCRYPTO, wants_configuration};
    const struct uvsnmp_bytes bytes = {(const uint8_t *)"abc", 3};
    uint8_t out[USM_KEY_MAX];
    struct usm_crypto *crypto = usm_crypto_open_with(&options, NULL);
    bool is_done = crypto && usm_crypto_digest(crypto, USM_AUTH_MD5, &bytes, 1, out) == 0;
    usm_crypto_close(crypto);
    return is_done;
}

/* Does the program itself find MD5? */
static bool program_has_md5(const struct usm_openssl *openssl)
{
    EVP_MD *md5 = openssl->EVP_MD_fetch(NULL, "MD5", NULL);
    openssl->EVP_MD_free(md5);
    return md5 != NULL;
}

static bool opens_and_hashes_without_configuration(void)
{
    struct usm_openssl openssl;
    return hashes(false) && usm_openssl_open(&openssl, UVSNMP_LIBCRYPTO, NULL) == 0 && openssl.was_mapped &&
           program_has_md5(&openssl);
}

static void a_program_without_openssl_never_reads_its_configuration(void **state)
{
    (void)state;
    assert_true(holds_with_configuration(opens_and_hashes_without_configuration));
}

static bool hashes_and_leaves_the_program_its_configuration(void)
{
    struct usm_openssl openssl;
    return usm_openssl_open(&openssl, UVSNMP_LIBCRYPTO, NULL) == 0 && !openssl.was_mapped && hashes(false) &&
           !program_has_md5(&openssl) && hashes(false);
}

static void a_program_with_openssl_keeps_its_configuration(void **state)
{
    (void)state;
    assert_true(holds_with_configuration(hashes_and_leaves_the_program_its_configuration));
}

static bool has_no_md5_with_configuration(void)
{
    return !hashes(true);
}

static void a_configuration_that_is_wanted_is_obeyed(void **state)
{
    (void)state;
    assert_true(holds_with_configuration(has_no_md5_with_configuration));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_program_without_openssl_never_reads_its_configuration),
        cmocka_unit_test(a_program_with_openssl_keeps_its_configuration),
        cmocka_unit_test(a_configuration_that_is_wanted_is_obeyed),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
