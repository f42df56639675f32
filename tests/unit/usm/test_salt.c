/* SPDX-License-Identifier: BSD-3-Clause */
#include "support/unit.h"

#include "usm/salt.h"

/* RFC 3414 §8.1.1.1 */
static void salts_of_des_are_boots_and_a_counter(void **state)
{
    struct usm_salt salt = {.boots = 0x01020304, .counter = 0xffffffff};
    uint8_t out[USM_SALT_SIZE];
    (void)state;
    usm_salt_next(&salt, USM_PRIV_DES, out);
    assert_memory_equal(out, "\x01\x02\x03\x04\xff\xff\xff\xff", 8);
    usm_salt_next(&salt, USM_PRIV_3DES, out);
    assert_memory_equal(out, "\x01\x02\x03\x04\x00\x00\x00\x00", 8);
}

/* RFC 3826 §3.1.4.1 */
static void salts_of_aes_are_one_long_counter(void **state)
{
    struct usm_salt salt = {.number = 0x00000001ffffffff};
    uint8_t out[USM_SALT_SIZE];
    (void)state;
    usm_salt_next(&salt, USM_PRIV_AES128, out);
    assert_memory_equal(out, "\x00\x00\x00\x01\xff\xff\xff\xff", 8);
    usm_salt_next(&salt, USM_PRIV_AES256C, out);
    assert_memory_equal(out, "\x00\x00\x00\x02\x00\x00\x00\x00", 8);
}

static void each_start_begins_elsewhere(void **state)
{
    struct usm_salt one, other;
    (void)state;
    usm_salt_init(&one, 5);
    usm_salt_init(&other, 5);
    assert_int_equal(one.boots, 5);
    assert_true(one.number != other.number);
}

static void vectors_come_of_key_clock_and_salt(void **state)
{
    static const uint8_t key[] = "0123456789abcdefghijklmnopqrstuv";
    static const uint8_t salt[USM_SALT_SIZE] = {1, 0, 0, 0, 0, 0, 0, 2};
    const struct usm_time time = {0x01020304, 0x05060708};
    uint8_t iv[USM_IV_MAX];
    (void)state;
    usm_salt_iv(USM_PRIV_DES, key, time, salt, iv);
    assert_memory_equal(iv, "99abcded", 8); /* "89abcdef" of the key, XORed */
    usm_salt_iv(USM_PRIV_3DES, key, time, salt, iv);
    assert_memory_equal(iv, "npqrstut", 8);
    usm_salt_iv(USM_PRIV_AES192, key, time, salt, iv);
    assert_memory_equal(iv, "\x01\x02\x03\x04\x05\x06\x07\x08\x01\x00\x00\x00\x00\x00\x00\x02", 16);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(salts_of_des_are_boots_and_a_counter),
        cmocka_unit_test(salts_of_aes_are_one_long_counter),
        cmocka_unit_test(each_start_begins_elsewhere),
        cmocka_unit_test(vectors_come_of_key_clock_and_salt),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
