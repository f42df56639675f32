/* SPDX-License-Identifier: BSD-3-Clause */
#include "support/unit.h"

#include "msg/v3.h"
#include "usm/user.h"

#define OCTETS(text) ((struct uvsnmp_bytes){(const uint8_t *)(text), sizeof(text) - 1})

static struct usm_users users;

static int set_up(void **state)
{
    (void)state;
    usm_users_init(&users, 6);
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    usm_users_fini(&users);
    return 0;
}

static struct usm_user *add(struct uvsnmp_bytes engine_id, struct uvsnmp_bytes name)
{
    struct usm_user *user;
    assert_int_equal(usm_users_add(&users, engine_id, name, &user), 0);
    return user;
}

static void users_are_found_by_engine_and_name(void **state)
{
    (void)state;
    struct usm_user *bert = add(OCTETS("engine-a"), OCTETS("bert"));
    struct usm_user *other = add(OCTETS("engine-b"), OCTETS("bert"));
    assert_ptr_equal(usm_users_find(&users, OCTETS("engine-a"), OCTETS("bert")), bert);
    assert_ptr_equal(usm_users_find(&users, OCTETS("engine-b"), OCTETS("bert")), other);
    assert_null(usm_users_find(&users, OCTETS("engine-a"), OCTETS("ber")));
    assert_null(usm_users_find(&users, OCTETS("engine-c"), OCTETS("bert")));
    assert_null(usm_users_find(&users, OCTETS(""), OCTETS("")));
    assert_true(usm_users_has_engine(&users, OCTETS("engine-b")));
    assert_false(usm_users_has_engine(&users, OCTETS("engine")));
    assert_int_equal(bert->status, USM_USER_ACTIVE);
    assert_memory_equal(bert->security_name, "bert", 4);
    usm_users_remove(&users, bert);
    assert_null(usm_users_find(&users, OCTETS("engine-a"), OCTETS("bert")));
    assert_ptr_equal(usm_users_find(&users, OCTETS("engine-b"), OCTETS("bert")), other);
}

/* usmUserTable: each part of the index begins with its length */
static void they_stand_in_the_order_of_their_index(void **state)
{
    (void)state;
    add(OCTETS("longer-engine"), OCTETS("a"));
    add(OCTETS("engine"), OCTETS("bb"));
    add(OCTETS("engine"), OCTETS("z"));
    add(OCTETS("engine"), OCTETS("a"));
    static const char *const order[] = {"a", "z", "bb", "a"};
    for (size_t i = 0; i < COUNT_OF(order); i++) {
        assert_int_equal(users.sorted[i]->name_size, strlen(order[i]));
        assert_memory_equal(users.sorted[i]->name, order[i], strlen(order[i]));
    }
    assert_int_equal(usm_users_position(&users, OCTETS("engine"), OCTETS("b")), 1);
    assert_int_equal(usm_users_position(&users, OCTETS("engine"), OCTETS("z")), 1);
    assert_int_equal(usm_users_position(&users, OCTETS("zzzzzzzzzzzzzzz"), OCTETS("")), 4);
}

static void what_cannot_be_a_user_is_refused(void **state)
{
    struct usm_user *user;
    (void)state;
    add(OCTETS("engine"), OCTETS("a"));
    assert_int_equal(usm_users_add(&users, OCTETS("engine"), OCTETS("a"), &user), UVSNMP_EEXISTS);
    assert_null(user);
    assert_int_equal(usm_users_add(&users, OCTETS("engi"), OCTETS("a"), &user), UVSNMP_EBAD_VALUE);
    assert_int_equal(usm_users_add(&users, OCTETS("engine"), OCTETS(""), &user), UVSNMP_EBAD_VALUE);
    assert_int_equal(
        usm_users_add(&users, OCTETS("engine"), OCTETS("012345678901234567890123456789012"), &user),
        UVSNMP_EBAD_VALUE);
    assert_int_equal(usm_users_add(&users, OCTETS("012345678901234567890123456789012"), OCTETS("a"), &user),
                     UVSNMP_EBAD_VALUE);
    for (unsigned char name = 'b'; name < 'g'; name++) {
        add(OCTETS("engine"), (struct uvsnmp_bytes){&name, 1});
    }
    assert_int_equal(usm_users_add(&users, OCTETS("engine"), OCTETS("x"), &user), UVSNMP_ELIMIT);
}

static void a_level_takes_protocols_and_keys(void **state)
{
    struct usm_security security = {.auth = USM_AUTH_SHA1, .priv = USM_PRIV_AES128};
    (void)state;
    assert_true(usm_security_supports(&security, 0));
    assert_false(usm_security_supports(&security, MSG_V3_AUTH));
    security.auth_key.size = 20;
    assert_true(usm_security_supports(&security, MSG_V3_AUTH));
    assert_false(usm_security_supports(&security, MSG_V3_LEVEL));
    security.priv_key.size = 16;
    assert_true(usm_security_supports(&security, MSG_V3_LEVEL));
    assert_false(usm_security_supports(&security, MSG_V3_PRIV));
    usm_security_wipe(&security);
    assert_int_equal(security.priv_key.size, 0);
}

static void cloning_takes_effect_once(void **state)
{
    (void)state;
    struct usm_user *from = add(OCTETS("engine"), OCTETS("a")), *to = add(OCTETS("engine"), OCTETS("b"));
    from->security.auth = USM_AUTH_MD5;
    assert_true(usm_user_clone(to, from));
    assert_int_equal(to->security.auth, USM_AUTH_MD5);
    from->security.auth = USM_AUTH_SHA1;
    assert_false(usm_user_clone(to, from));
    assert_int_equal(to->security.auth, USM_AUTH_MD5);
}

static void a_security_name_may_be_another_name(void **state)
{
    static const uint8_t name[USM_SECURITY_NAME_MAX + 1];
    (void)state;
    struct usm_user *user = add(OCTETS("engine"), OCTETS("a"));
    assert_int_equal(usm_user_set_security_name(user, OCTETS("somebody")), 0);
    assert_memory_equal(user->security_name, "somebody", 8);
    assert_int_equal(usm_user_set_security_name(user, (struct uvsnmp_bytes){name, sizeof(name)}),
                     UVSNMP_ETOO_LONG);
    assert_int_equal(user->security_name_size, 8);
    assert_int_equal(usm_user_set_security_name(user, OCTETS("")), 0);
    assert_int_equal(user->security_name_size, 0);
}

static void a_user_that_was_taken_out_can_be_put_back(void **state)
{
    (void)state;
    struct usm_user *user = add(OCTETS("engine"), OCTETS("a")), *other;
    add(OCTETS("engine"), OCTETS("b"));
    usm_users_take(&users, user);
    assert_null(usm_users_find(&users, OCTETS("engine"), OCTETS("a")));
    assert_int_equal(usm_users_put(&users, user), 0);
    assert_ptr_equal(users.sorted[0], user);
    assert_int_equal(users.count, 2);
    usm_users_take(&users, user);
    other = add(OCTETS("engine"), OCTETS("a"));
    assert_int_equal(usm_users_put(&users, user), UVSNMP_EEXISTS);
    usm_users_remove(&users, other);
    users.limit = 1;
    assert_int_equal(usm_users_put(&users, user), UVSNMP_ELIMIT);
    usm_user_free(user);
    assert_int_equal(users.count, 1);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(users_are_found_by_engine_and_name),
        TEST(they_stand_in_the_order_of_their_index),
        TEST(what_cannot_be_a_user_is_refused),
        TEST(a_level_takes_protocols_and_keys),
        TEST(cloning_takes_effect_once),
        TEST(a_security_name_may_be_another_name),
        TEST(a_user_that_was_taken_out_can_be_put_back),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
