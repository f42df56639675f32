/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * SETs of usmUserTable that nobody would think of: variables drawn by chance. Whatever they are, a SET that
 * fails leaves all users as they were, and one that succeeds leaves none that could not be.
 */
#include "unit/agent/v3_suite.h"

enum { SETS = 100000, VARIABLES_MAX = 6, USERS_MAX = 8, NAMES = 5 };

static uint32_t seed;

static uint32_t draw(uint32_t below)
{
    seed = seed * 1664525 + 1013904223;
    return (seed >> 8) % below;
}

static int set_up(void **state)
{
    static const struct v3_suite_user users[] = {
        {"a", USM_AUTH_MD5, USM_PRIV_DES, "maplesyrup", "maplesyrup"},
        {"b", USM_AUTH_SHA256, USM_PRIV_AES256, "maplesyrup", "maplesyrup"},
        {"c", USM_AUTH_NONE, USM_PRIV_NONE, NULL, NULL},
    };
    struct v3_suite *suite = v3_suite_new(true, "-ifTable");
    for (size_t i = 0; i < COUNT_OF(users); i++) {
        v3_suite_add_user(suite, v3_suite_engine_id(), &users[i]);
    }
    suite->fixture->agent->engine.users.limit = 4;
    seed = 1;
    *state = suite;
    return 0;
}

static int tear_down(void **state)
{
    v3_suite_free(*state);
    return 0;
}

/* ---- what is set ---- */

/* Mostly an object that can be set, of the users "a" to "e"; at times nothing at all. */
static void draw_name(struct uvsnmp_oid_buf *name)
{
    uint32_t column = draw(30) == 0 ? draw(16) : 4 + draw(10), user = 'a' + draw(NAMES);
    const struct uvsnmp_oid good =
        UVSNMP_OID(1, 3, 6, 1, 6, 3, 15, 1, 2, 2, 1, column, 12, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 2, 1, user);
    const struct uvsnmp_oid bad =
        UVSNMP_OID(1, 3, 6, 1, 6, 3, 15, 1, 2, 2, 1, column, draw(7), 1, 2, 3, 4, 5, draw(3), user);
    assert_int_equal(uvsnmp_oid_copy(name, draw(40) == 0 ? bad : good), 0);
}

static struct uvsnmp_value draw_oid(struct uvsnmp_oid_buf *oid)
{
    const struct uvsnmp_oid user = UVSNMP_OID(1, 3, 6, 1, 6, 3, 15, 1, 2, 2, 1, 3, 12, 0, 0, 0, 0, 0, 0, 0, 0,
                                              0, 0, 0, 2, 1, 'a' + draw(NAMES));
    const struct uvsnmp_oid protocol = UVSNMP_OID(1, 3, 6, 1, 6, 3, 10, 1, 1 + draw(2), 1 + draw(8));
    const struct uvsnmp_oid none = UVSNMP_OID(1, 3, 6, 1, 6, 3, 10, 1, 1 + draw(2), 1);
    const struct uvsnmp_oid choices[] = {user, user, protocol, none};
    assert_int_equal(uvsnmp_oid_copy(oid, choices[draw(COUNT_OF(choices))]), 0);
    return uvsnmp_oid_value(uvsnmp_oid_of(oid));
}

static struct uvsnmp_value draw_octets(void)
{
    static const uint8_t octets[130] = {1, 2, 3};
    static const size_t sizes[] = {0, 4, 32, 40, 64, 64, 32, 130};
    return uvsnmp_octets(octets, sizes[draw(COUNT_OF(sizes))]);
}

/* Mostly of the right type. */
static struct uvsnmp_value draw_value(uint32_t column, struct uvsnmp_oid_buf *oid)
{
    uint32_t kind = column == 4 || column == 5 || column == 8 ? 0 : column >= 12 ? 1 : 2;
    kind = draw(40) == 0 ? draw(3) : kind;
    return kind == 0 ? draw_oid(oid) : kind == 1 ? uvsnmp_integer((int32_t)draw(8)) : draw_octets();
}

/* ---- what must be so ---- */

struct picture {
    size_t count;
    struct usm_user users[USERS_MAX];
};

static void take_picture(const struct usm_users *users, struct picture *picture)
{
    memset(picture, 0, sizeof(*picture));
    assert_true(users->count <= USERS_MAX);
    picture->count = users->count;
    for (size_t i = 0; i < users->count; i++) {
        picture->users[i] = *users->sorted[i];
    }
}

static void check_user(const struct usm_user *user)
{
    const struct usm_security *security = &user->security;
    assert_true(security->auth != USM_AUTH_NONE || security->priv == USM_PRIV_NONE || !user->is_cloned);
    assert_true(user->status == USM_USER_NOT_READY || security->auth == USM_AUTH_NONE ||
                security->auth_key.size == usm_auth(security->auth)->key_size);
    assert_true(user->status == USM_USER_NOT_READY || security->priv == USM_PRIV_NONE ||
                security->priv_key.size == usm_priv(security->priv)->key_size);
    assert_true(user->status != USM_USER_NOT_READY || security->auth_key.size == 0);
    assert_true(user->storage == USM_USER_VOLATILE || user->storage == USM_USER_NON_VOLATILE);
    assert_int_equal(user->security_name_size, 1);
    assert_memory_equal(user->security_name, user->name, 1);
}

static void check_users(const struct usm_users *users)
{
    assert_true(users->count <= users->limit);
    for (size_t i = 0; i < users->count; i++) {
        check_user(users->sorted[i]);
        assert_true(i == 0 || users->sorted[i - 1]->engine_id_size < users->sorted[i]->engine_id_size ||
                    users->sorted[i - 1]->name[0] < users->sorted[i]->name[0]);
    }
}

static void fail_commit(struct uvsnmp_query *query)
{
    uvsnmp_query_fail(query, UVSNMP_STATUS_COMMIT_FAILED);
}

static void a_set_by_chance_changes_all_or_nothing(void **state)
{
    static const struct uvsnmp_provider failing = {.commit = fail_commit};
    struct v3_suite *suite = *state;
    struct usm_users *users = &suite->fixture->agent->engine.users;
    static struct uvsnmp_oid_buf names[VARIABLES_MAX], oids[VARIABLES_MAX];
    static struct picture before, after;
    const struct uvsnmp_varbind last = {UVSNMP_OID(1, 3, 9, 1), uvsnmp_integer(1)};
    unsigned succeeded = 0, undone = 0;
    assert_int_equal(
        uvsnmp_agent_register(suite->fixture->agent, NULL, UVSNMP_OID(1, 3, 9), &failing, NULL, NULL, NULL),
        0);
    for (int i = 0; i < SETS; i++) {
        struct uvsnmp_varbind varbinds[VARIABLES_MAX + 1];
        size_t count = 1 + draw(1 + draw(VARIABLES_MAX));
        for (size_t k = 0; k < count; k++) {
            draw_name(&names[k]);
            varbinds[k].name = uvsnmp_oid_of(&names[k]);
            varbinds[k].value = draw_value(names[k].ids[11], &oids[k]);
        }
        if (draw(3) == 0) {
            varbinds[count++] = last;
        }
        take_picture(users, &before);
        assert_true(fixture_set(suite->fixture, varbinds, count));
        take_picture(users, &after);
        check_users(users);
        int32_t status = suite->fixture->answer.pdu.error_status;
        assert_int_not_equal(status, UVSNMP_STATUS_UNDO_FAILED);
        if (status == UVSNMP_STATUS_NO_ERROR) {
            succeeded++;
        } else {
            undone += status == UVSNMP_STATUS_COMMIT_FAILED;
            assert_memory_equal(&before, &after, sizeof(before));
        }
    }
    assert_true(succeeded > SETS / 100); /* else the test says little */
    assert_true(undone > SETS / 200);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_set_by_chance_changes_all_or_nothing, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
