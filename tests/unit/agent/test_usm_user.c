/* SPDX-License-Identifier: BSD-3-Clause */
/* usmUserTable (RFC 3414 §5): reading it, every change of a row, and what Net-SNMP's snmpusm sends. */
#include "agent/mibs/usm_change.h"
#include "agent/request.h"
#include "base/hex.h"
#include "unit/agent/v3_suite.h"

#define USM(...) UVSNMP_OID(1, 3, 6, 1, 6, 3, 15, 1, 2, __VA_ARGS__)
#define SPIN_LOCK USM(1, 0)
#define ENGINE 12, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 2
#define CELL(column, ...) USM(2, 1, column, ENGINE, __VA_ARGS__)
#define MD5_USER 3, 'm', 'd', '5'
#define SHA_USER 3, 's', 'h', 'a'
#define PLAIN_USER 5, 'p', 'l', 'a', 'i', 'n'
#define NEW_USER 3, 'n', 'e', 'w'
#define POINTER(...) uvsnmp_oid_value(CELL(3, __VA_ARGS__))
#define AUTH_PROTOCOL(id) UVSNMP_OID(1, 3, 6, 1, 6, 3, 10, 1, 1, id)
#define PRIV_PROTOCOL(id) UVSNMP_OID(1, 3, 6, 1, 6, 3, 10, 1, 2, id)
#define OCTETS(text) ((struct uvsnmp_bytes){(const uint8_t *)(text), sizeof(text) - 1})

enum { ACTIVE = 1, NOT_IN_SERVICE, NOT_READY, CREATE_AND_GO, CREATE_AND_WAIT, DESTROY };

/* RFC 3414 A.5: from "maplesyrup" to "newsyrup", random octets of zero. */
#define MD5_CHANGE "000000000000000000000000000000008805615141676cc9196174e742a32551"
#define MD5_NEW "87021d7bd9d101ba05ea6e3bf9d9bd4a"
#define SHA_CHANGE "00000000000000000000000000000000000000009c1017f4fd483d2de8d5fadbf84392cb06457051"
#define SHA_NEW "78e2dcce79d59403b58c1bbaa5bff46391f1cd25"

static struct uvsnmp_bytes asker; /* his user name; empty: a community asks */

struct uvsnmp_bytes __wrap_query_user_name(const struct uvsnmp_query *query);
struct uvsnmp_bytes __wrap_query_user_name(const struct uvsnmp_query *query)
{
    (void)query;
    return asker;
}

static int set_up(void **state)
{
    static const struct v3_suite_user users[] = {
        {"md5", USM_AUTH_MD5, USM_PRIV_DES, "maplesyrup", "maplesyrup"},
        {"sha", USM_AUTH_SHA1, USM_PRIV_AES128, "maplesyrup", "maplesyrup"},
        {"plain", USM_AUTH_NONE, USM_PRIV_NONE, NULL, NULL},
    };
    struct v3_suite *suite = v3_suite_new(true, "-ifTable");
    for (size_t i = 0; i < COUNT_OF(users); i++) {
        v3_suite_add_user(suite, v3_suite_engine_id(), &users[i]);
    }
    asker = (struct uvsnmp_bytes){NULL, 0};
    *state = suite;
    return 0;
}

static int tear_down(void **state)
{
    v3_suite_free(*state);
    return 0;
}

static struct fixture *fixture_of(void **state)
{
    return ((struct v3_suite *)*state)->fixture;
}

static struct usm_user *find(void **state, const char *name)
{
    return usm_users_find(&fixture_of(state)->agent->engine.users, v3_suite_engine_id(),
                          (struct uvsnmp_bytes){(const uint8_t *)name, strlen(name)});
}

static struct uvsnmp_value hex(const char *digits)
{
    static uint8_t octets[8][2 * USM_KEY_MAX];
    static size_t next;
    uint8_t *to = octets[next++ % COUNT_OF(octets)];
    ptrdiff_t size = hex_parse(digits, to, sizeof(octets[0]));
    assert_true(size > 0);
    return uvsnmp_octets(to, (size_t)size);
}

static void assert_key(const struct usm_key *key, const char *digits)
{
    struct uvsnmp_value value = hex(digits);
    assert_int_equal(key->size, value.as.bytes.size);
    assert_memory_equal(key->data, value.as.bytes.data, key->size);
}

static void assert_same_security(const struct usm_security *a, const struct usm_security *b)
{
    assert_int_equal(a->auth, b->auth);
    assert_int_equal(a->priv, b->priv);
    assert_int_equal(a->auth_key.size, b->auth_key.size);
    assert_memory_equal(a->auth_key.data, b->auth_key.data, a->auth_key.size);
    assert_int_equal(a->priv_key.size, b->priv_key.size);
    assert_memory_equal(a->priv_key.data, b->priv_key.data, a->priv_key.size);
}

static void assert_oid(const struct uvsnmp_varbind *varbind, struct uvsnmp_oid oid)
{
    assert_int_equal(varbind->value.type, UVSNMP_OBJECT_IDENTIFIER);
    assert_int_equal(uvsnmp_oid_compare(varbind->value.as.oid, oid), 0);
}

/* One SET of `count` variables ends with this status for this one of them. */
static void set_all(struct fixture *fixture, const struct uvsnmp_varbind *varbinds, size_t count,
                    enum uvsnmp_status status, int32_t index)
{
    assert_true(fixture_set(fixture, varbinds, count));
    assert_status(fixture, status, index);
}
#define SET(fixture, status, index, ...)                                                                     \
    set_all(fixture, (const struct uvsnmp_varbind[]){__VA_ARGS__},                                           \
            COUNT_OF(((const struct uvsnmp_varbind[]){__VA_ARGS__})), status, index)

static void set_ok(struct fixture *fixture, struct uvsnmp_oid name, struct uvsnmp_value value)
{
    assert_int_equal(fixture_set_one(fixture, name, value), UVSNMP_STATUS_NO_ERROR);
}

static void assert_status_column(struct fixture *fixture, struct uvsnmp_oid name, int32_t status)
{
    if (status == 0) {
        assert_int_equal(fixture_get_one(fixture, name)->value.type, UVSNMP_NO_SUCH_INSTANCE);
    } else {
        assert_integer(fixture_get_one(fixture, name), status);
    }
}

/* ---- reading ---- */

static void users_are_shown_without_their_keys(void **state)
{
    struct fixture *fixture = fixture_of(state);
    struct usm_user *user = find(state, "sha");
    memcpy(user->public_value, "note", 4);
    user->public_size = 4;
    assert_octets(fixture_get_one(fixture, CELL(3, SHA_USER)), OCTETS("sha"));
    assert_oid(fixture_get_one(fixture, CELL(4, SHA_USER)), UVSNMP_OID(0, 0));
    assert_oid(fixture_get_one(fixture, CELL(5, SHA_USER)), AUTH_PROTOCOL(3));
    assert_oid(fixture_get_one(fixture, CELL(8, SHA_USER)), PRIV_PROTOCOL(4));
    assert_octets(fixture_get_one(fixture, CELL(11, SHA_USER)), OCTETS("note"));
    assert_integer(fixture_get_one(fixture, CELL(12, SHA_USER)), 3);
    assert_integer(fixture_get_one(fixture, CELL(13, SHA_USER)), ACTIVE);
    static const uint32_t keys[] = {6, 7, 9, 10};
    for (size_t i = 0; i < COUNT_OF(keys); i++) {
        assert_octets(fixture_get_one(fixture, CELL(keys[i], SHA_USER)), OCTETS(""));
    }
}

static void rows_stand_in_the_order_of_their_index(void **state)
{
    struct fixture *fixture = fixture_of(state);
    struct v3_suite *suite = *state;
    const struct v3_suite_user remote = {.name = "zz"};
    v3_suite_add_user(suite, OCTETS("other"), &remote);
    const struct uvsnmp_oid expected[] = {
        USM(2, 1, 3, 5, 'o', 't', 'h', 'e', 'r', 2, 'z', 'z'),
        CELL(3, MD5_USER),
        CELL(3, SHA_USER),
        CELL(3, PLAIN_USER),
        USM(2, 1, 4, 5, 'o', 't', 'h', 'e', 'r', 2, 'z', 'z'),
    };
    struct uvsnmp_oid position = USM(2);
    for (size_t i = 0; i < COUNT_OF(expected); i++) {
        assert_name(fixture_next_one(fixture, position), expected[i]);
        position = expected[i];
    }
}

/* ---- rows come and go ---- */

static void a_row_is_created_cloned_and_activated_step_by_step(void **state)
{
    struct fixture *fixture = fixture_of(state);
    struct v3_suite *suite = *state;
    set_ok(fixture, CELL(13, NEW_USER), uvsnmp_integer(CREATE_AND_WAIT));
    assert_integer(fixture_get_one(fixture, CELL(13, NEW_USER)), NOT_READY);
    assert_integer(fixture_get_one(fixture, CELL(12, NEW_USER)), 3);
    assert_octets(fixture_get_one(fixture, CELL(3, NEW_USER)), OCTETS("new"));
    assert_oid(fixture_get_one(fixture, CELL(5, NEW_USER)), AUTH_PROTOCOL(1));
    SET(fixture, UVSNMP_STATUS_INCONSISTENT_VALUE, 1, {CELL(13, NEW_USER), uvsnmp_integer(ACTIVE)});
    SET(fixture, UVSNMP_STATUS_INCONSISTENT_VALUE, 1, {CELL(13, NEW_USER), uvsnmp_integer(NOT_IN_SERVICE)});
    set_ok(fixture, CELL(4, NEW_USER), POINTER(SHA_USER));
    assert_integer(fixture_get_one(fixture, CELL(13, NEW_USER)), NOT_IN_SERVICE);
    assert_oid(fixture_get_one(fixture, CELL(5, NEW_USER)), AUTH_PROTOCOL(3));
    assert_oid(fixture_get_one(fixture, CELL(8, NEW_USER)), PRIV_PROTOCOL(4));
    assert_same_security(&find(state, "new")->security, &find(state, "sha")->security);
    set_ok(fixture, CELL(13, NEW_USER), uvsnmp_integer(ACTIVE));
    assert_integer(fixture_get_one(fixture, CELL(13, NEW_USER)), ACTIVE);
    assert_int_equal(suite->stores, 3);
}

static void cloning_takes_effect_once(void **state)
{
    struct fixture *fixture = fixture_of(state);
    set_ok(fixture, CELL(13, NEW_USER), uvsnmp_integer(CREATE_AND_WAIT));
    set_ok(fixture, CELL(4, NEW_USER), POINTER(SHA_USER));
    set_ok(fixture, CELL(4, NEW_USER), POINTER(MD5_USER));
    set_ok(fixture, CELL(4, NEW_USER), uvsnmp_oid_value(UVSNMP_OID(1, 3)));
    assert_same_security(&find(state, "new")->security, &find(state, "sha")->security);
}

static void only_an_active_user_can_be_cloned(void **state)
{
    struct fixture *fixture = fixture_of(state);
    const struct uvsnmp_value bad[] = {
        POINTER(3, 'n', 'o', 'n'),                          /* no such user */
        POINTER(NEW_USER),                                  /* himself */
        uvsnmp_oid_value(CELL(4, SHA_USER)),                /* another column */
        uvsnmp_oid_value(USM(2, 1, 3, 3, 1, 2, 3, 1, 'a')), /* no index */
        uvsnmp_oid_value(UVSNMP_OID(1, 3)),
    };
    set_ok(fixture, CELL(13, NEW_USER), uvsnmp_integer(CREATE_AND_WAIT));
    for (size_t i = 0; i < COUNT_OF(bad); i++) {
        SET(fixture, UVSNMP_STATUS_INCONSISTENT_NAME, 1, {CELL(4, NEW_USER), bad[i]});
    }
    set_ok(fixture, CELL(13, SHA_USER), uvsnmp_integer(NOT_IN_SERVICE));
    SET(fixture, UVSNMP_STATUS_INCONSISTENT_NAME, 1, {CELL(4, NEW_USER), POINTER(SHA_USER)});
    assert_false(find(state, "new")->is_cloned);
}

/* What `snmpusm create new sha` sends, and the same the other way round. */
static void a_row_can_be_cloned_and_active_at_once_in_any_order(void **state)
{
    struct fixture *fixture = fixture_of(state);
    SET(fixture, UVSNMP_STATUS_NO_ERROR, 0, {CELL(13, NEW_USER), uvsnmp_integer(CREATE_AND_GO)},
        {CELL(4, NEW_USER), POINTER(SHA_USER)});
    SET(fixture, UVSNMP_STATUS_NO_ERROR, 0, {CELL(4, 1, 'b'), POINTER(MD5_USER)},
        {CELL(13, 1, 'b'), uvsnmp_integer(CREATE_AND_GO)});
    SET(fixture, UVSNMP_STATUS_NO_ERROR, 0, {CELL(4, 1, 'c'), POINTER(PLAIN_USER)},
        {CELL(13, 1, 'c'), uvsnmp_integer(CREATE_AND_WAIT)});
    assert_integer(fixture_get_one(fixture, CELL(13, NEW_USER)), ACTIVE);
    assert_integer(fixture_get_one(fixture, CELL(13, 1, 'b')), ACTIVE);
    assert_integer(fixture_get_one(fixture, CELL(13, 1, 'c')), NOT_IN_SERVICE);
    assert_same_security(&find(state, "new")->security, &find(state, "sha")->security);
    assert_same_security(&find(state, "b")->security, &find(state, "md5")->security);
}

/* Rows by row: what usmUserStatus may become; 0: there is no row, or the row of "sha". */
static void the_status_follows_the_rules_of_a_row_status(void **state)
{
    static const struct {
        bool exists;
        int32_t wanted;
        enum uvsnmp_status status;
        int32_t after;
    } cases[] = {
        {false, ACTIVE, UVSNMP_STATUS_INCONSISTENT_VALUE, 0},
        {false, NOT_IN_SERVICE, UVSNMP_STATUS_INCONSISTENT_VALUE, 0},
        {false, NOT_READY, UVSNMP_STATUS_WRONG_VALUE, 0},
        {false, CREATE_AND_GO, UVSNMP_STATUS_INCONSISTENT_VALUE, 0}, /* without a clone */
        {false, DESTROY, UVSNMP_STATUS_NO_ERROR, 0},
        {false, 0, UVSNMP_STATUS_WRONG_VALUE, 0},
        {false, 7, UVSNMP_STATUS_WRONG_VALUE, 0},
        {true, NOT_READY, UVSNMP_STATUS_WRONG_VALUE, ACTIVE},
        {true, CREATE_AND_GO, UVSNMP_STATUS_INCONSISTENT_VALUE, ACTIVE},
        {true, CREATE_AND_WAIT, UVSNMP_STATUS_INCONSISTENT_VALUE, ACTIVE},
        {true, NOT_IN_SERVICE, UVSNMP_STATUS_NO_ERROR, NOT_IN_SERVICE},
        {true, ACTIVE, UVSNMP_STATUS_NO_ERROR, ACTIVE},
        {true, DESTROY, UVSNMP_STATUS_NO_ERROR, 0},
    };
    struct fixture *fixture = fixture_of(state);
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        const struct uvsnmp_oid sha = CELL(13, SHA_USER), new = CELL(13, NEW_USER);
        struct uvsnmp_oid name = cases[i].exists ? sha : new;
        assert_int_equal(fixture_set_one(fixture, name, uvsnmp_integer(cases[i].wanted)), cases[i].status);
        assert_status_column(fixture, name, cases[i].after);
    }
    assert_null(find(state, "sha"));
}

static void without_a_row_other_columns_wait_for_it(void **state)
{
    struct fixture *fixture = fixture_of(state);
    SET(fixture, UVSNMP_STATUS_INCONSISTENT_NAME, 1, {CELL(4, NEW_USER), POINTER(SHA_USER)});
    SET(fixture, UVSNMP_STATUS_INCONSISTENT_NAME, 1, {CELL(11, NEW_USER), uvsnmp_octets("x", 1)});
    SET(fixture, UVSNMP_STATUS_INCONSISTENT_NAME, 1, {CELL(11, NEW_USER), uvsnmp_octets("x", 1)},
        {CELL(13, NEW_USER), uvsnmp_integer(DESTROY)});
    SET(fixture, UVSNMP_STATUS_NO_ERROR, 0, {CELL(11, NEW_USER), uvsnmp_octets("x", 1)},
        {CELL(12, NEW_USER), uvsnmp_integer(2)}, {CELL(13, NEW_USER), uvsnmp_integer(CREATE_AND_WAIT)});
    assert_octets(fixture_get_one(fixture, CELL(11, NEW_USER)), OCTETS("x"));
    assert_integer(fixture_get_one(fixture, CELL(12, NEW_USER)), 2);
}

static void an_index_that_nobody_can_have_is_no_creation(void **state)
{
    const struct uvsnmp_oid names[] = {
        USM(2, 1, 13, 4, 1, 2, 3, 4, 1, 'a'),    /* an engine ID that is too short */
        USM(2, 1, 13, 5, 1, 2, 3, 4, 5, 0),      /* no name */
        USM(2, 1, 13, 5, 1, 2, 3, 4, 5, 2, 'a'), /* ends early */
        USM(2, 1, 13, 5, 1, 2, 3, 4, 256, 1, 'a'),
        USM(2, 1, 13, 5, 1, 2, 3, 4, 5, 1, 'a', 1),
        USM(2, 1, 13, 5, 1, 2, 3, 4, 5),
        USM(2, 1, 13, UINT32_MAX, 1),
        USM(2, 1, 13, 5, 1, 2, 3, 4, 5, 33, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19,
            20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30, 31, 32, 33),
    };
    for (size_t i = 0; i < COUNT_OF(names); i++) {
        SET(fixture_of(state), UVSNMP_STATUS_NO_CREATION, 1, {names[i], uvsnmp_integer(CREATE_AND_WAIT)});
    }
    set_ok(fixture_of(state), USM(2, 1, 13, 5, 1, 2, 3, 4, 5, 1, 'a'), uvsnmp_integer(CREATE_AND_WAIT));
}

static void users_are_no_more_than_there_may_be(void **state)
{
    struct usm_users *users = &fixture_of(state)->agent->engine.users;
    users->limit = users->count + 1;
    /* both could be alone: the second one's commit takes the first one back */
    SET(fixture_of(state), UVSNMP_STATUS_COMMIT_FAILED, 2,
        {CELL(13, NEW_USER), uvsnmp_integer(CREATE_AND_WAIT)},
        {CELL(13, 1, 'b'), uvsnmp_integer(CREATE_AND_WAIT)});
    assert_null(find(state, "new"));
    set_ok(fixture_of(state), CELL(13, NEW_USER), uvsnmp_integer(CREATE_AND_WAIT));
    SET(fixture_of(state), UVSNMP_STATUS_RESOURCE_UNAVAILABLE, 1,
        {CELL(13, 1, 'b'), uvsnmp_integer(CREATE_AND_WAIT)});
}

/* ---- columns ---- */

static void a_protocol_can_only_be_given_up_privacy_first(void **state)
{
    struct fixture *fixture = fixture_of(state);
    const struct uvsnmp_oid auth = CELL(5, SHA_USER), priv = CELL(8, SHA_USER);
    const struct uvsnmp_value no_auth = uvsnmp_oid_value(AUTH_PROTOCOL(1));
    const struct uvsnmp_value no_priv = uvsnmp_oid_value(PRIV_PROTOCOL(1));
    SET(fixture, UVSNMP_STATUS_INCONSISTENT_VALUE, 1, {auth, uvsnmp_oid_value(AUTH_PROTOCOL(2))});
    SET(fixture, UVSNMP_STATUS_INCONSISTENT_VALUE, 1, {auth, uvsnmp_oid_value(AUTH_PROTOCOL(99))});
    SET(fixture, UVSNMP_STATUS_INCONSISTENT_VALUE, 1, {priv, uvsnmp_oid_value(PRIV_PROTOCOL(2))});
    SET(fixture, UVSNMP_STATUS_INCONSISTENT_VALUE, 1, {auth, no_auth});
    SET(fixture, UVSNMP_STATUS_NO_ERROR, 0, {auth, uvsnmp_oid_value(AUTH_PROTOCOL(3))});
    set_ok(fixture, priv, no_priv);
    assert_int_equal(find(state, "sha")->security.priv_key.size, 0);
    assert_int_equal(find(state, "sha")->security.auth_key.size, 20);
    set_ok(fixture, auth, no_auth);
    assert_int_equal(find(state, "sha")->security.auth_key.size, 0);
    SET(fixture, UVSNMP_STATUS_INCONSISTENT_VALUE, 1, {auth, uvsnmp_oid_value(AUTH_PROTOCOL(3))});
    /* both in one SET, in either order */
    SET(fixture, UVSNMP_STATUS_NO_ERROR, 0, {CELL(5, MD5_USER), no_auth}, {CELL(8, MD5_USER), no_priv});
    assert_oid(fixture_get_one(fixture, CELL(5, MD5_USER)), AUTH_PROTOCOL(1));
}

static void a_new_row_takes_any_protocol_and_then_that_of_its_clone(void **state)
{
    struct fixture *fixture = fixture_of(state);
    const struct uvsnmp_varbind create = {CELL(13, NEW_USER), uvsnmp_integer(CREATE_AND_WAIT)};
    const struct uvsnmp_oid auth = CELL(5, NEW_USER), priv = CELL(8, NEW_USER);
    SET(fixture, UVSNMP_STATUS_WRONG_VALUE, 2, create, {auth, uvsnmp_oid_value(AUTH_PROTOCOL(99))});
    SET(fixture, UVSNMP_STATUS_WRONG_VALUE, 1, {priv, uvsnmp_oid_value(AUTH_PROTOCOL(2))}, create);
    SET(fixture, UVSNMP_STATUS_INCONSISTENT_VALUE, 2, create, {priv, uvsnmp_oid_value(PRIV_PROTOCOL(2))});
    SET(fixture, UVSNMP_STATUS_NO_ERROR, 0, {priv, uvsnmp_oid_value(PRIV_PROTOCOL(2))},
        {auth, uvsnmp_oid_value(AUTH_PROTOCOL(2))}, create);
    assert_oid(fixture_get_one(fixture, auth), AUTH_PROTOCOL(2));
    assert_integer(fixture_get_one(fixture, create.name), NOT_READY);
    set_ok(fixture, CELL(4, NEW_USER), POINTER(SHA_USER));
    assert_oid(fixture_get_one(fixture, auth), AUTH_PROTOCOL(3));
    assert_oid(fixture_get_one(fixture, priv), PRIV_PROTOCOL(4));
}

static void the_public_value_has_32_octets_at_most(void **state)
{
    struct fixture *fixture = fixture_of(state);
    static const char text[] = "012345678901234567890123456789012";
    SET(fixture, UVSNMP_STATUS_WRONG_LENGTH, 1, {CELL(11, SHA_USER), uvsnmp_octets(text, 33)});
    set_ok(fixture, CELL(11, SHA_USER), uvsnmp_octets(text, 32));
    assert_int_equal(fixture_get_one(fixture, CELL(11, SHA_USER))->value.as.bytes.size, 32);
    set_ok(fixture, CELL(11, SHA_USER), uvsnmp_octets(NULL, 0));
    assert_octets(fixture_get_one(fixture, CELL(11, SHA_USER)), OCTETS(""));
}

static void storage_is_volatile_or_not(void **state)
{
    static const struct {
        int32_t storage;
        enum uvsnmp_status status;
    } cases[] = {
        {2, UVSNMP_STATUS_NO_ERROR},    {3, UVSNMP_STATUS_NO_ERROR},    {1, UVSNMP_STATUS_WRONG_VALUE},
        {4, UVSNMP_STATUS_WRONG_VALUE}, {5, UVSNMP_STATUS_WRONG_VALUE}, {6, UVSNMP_STATUS_WRONG_VALUE},
    };
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        assert_int_equal(
            fixture_set_one(fixture_of(state), CELL(12, SHA_USER), uvsnmp_integer(cases[i].storage)),
            cases[i].status);
    }
    assert_integer(fixture_get_one(fixture_of(state), CELL(12, SHA_USER)), 3);
}

static void what_is_permanent_changes_but_stays(void **state)
{
    struct fixture *fixture = fixture_of(state);
    find(state, "md5")->storage = USM_USER_PERMANENT;
    SET(fixture, UVSNMP_STATUS_INCONSISTENT_VALUE, 1, {CELL(13, MD5_USER), uvsnmp_integer(DESTROY)});
    SET(fixture, UVSNMP_STATUS_INCONSISTENT_VALUE, 1, {CELL(12, MD5_USER), uvsnmp_integer(2)});
    SET(fixture, UVSNMP_STATUS_INCONSISTENT_VALUE, 2, {CELL(12, MD5_USER), uvsnmp_integer(4)},
        {CELL(13, MD5_USER), uvsnmp_integer(DESTROY)});
    set_ok(fixture, CELL(12, MD5_USER), uvsnmp_integer(4));
    set_ok(fixture, CELL(6, MD5_USER), hex(MD5_CHANGE));
    assert_key(&find(state, "md5")->security.auth_key, MD5_NEW);
}

static void what_is_read_only_does_not_change(void **state)
{
    struct fixture *fixture = fixture_of(state);
    find(state, "plain")->storage = USM_USER_READ_ONLY;
    SET(fixture, UVSNMP_STATUS_NOT_WRITABLE, 1, {CELL(11, PLAIN_USER), uvsnmp_octets("x", 1)});
    SET(fixture, UVSNMP_STATUS_NOT_WRITABLE, 1, {CELL(13, PLAIN_USER), uvsnmp_integer(DESTROY)});
    SET(fixture, UVSNMP_STATUS_NOT_WRITABLE, 1, {CELL(3, PLAIN_USER), uvsnmp_octets("x", 1)});
    assert_non_null(find(state, "plain"));
}

static void one_object_is_set_once_in_a_set(void **state)
{
    struct fixture *fixture = fixture_of(state);
    SET(fixture, UVSNMP_STATUS_INCONSISTENT_VALUE, 1, {CELL(11, SHA_USER), uvsnmp_octets("a", 1)},
        {CELL(11, SHA_USER), uvsnmp_octets("b", 1)});
    SET(fixture, UVSNMP_STATUS_WRONG_TYPE, 2, {CELL(11, SHA_USER), uvsnmp_octets("a", 1)},
        {CELL(13, SHA_USER), uvsnmp_octets("b", 1)});
    assert_octets(fixture_get_one(fixture, CELL(11, SHA_USER)), OCTETS(""));
}

/* ---- keys ---- */

static void keys_change_as_in_rfc_3414_a_5(void **state)
{
    struct fixture *fixture = fixture_of(state);
    set_ok(fixture, CELL(6, MD5_USER), hex(MD5_CHANGE));
    assert_key(&find(state, "md5")->security.auth_key, MD5_NEW);
    set_ok(fixture, CELL(9, MD5_USER), hex(MD5_CHANGE));
    assert_key(&find(state, "md5")->security.priv_key, MD5_NEW);
    set_ok(fixture, CELL(6, SHA_USER), hex(SHA_CHANGE));
    assert_key(&find(state, "sha")->security.auth_key, SHA_NEW);
}

static void a_key_change_is_twice_as_long_as_the_key(void **state)
{
    struct fixture *fixture = fixture_of(state);
    SET(fixture, UVSNMP_STATUS_WRONG_LENGTH, 1, {CELL(6, SHA_USER), hex(MD5_CHANGE)});
    SET(fixture, UVSNMP_STATUS_WRONG_LENGTH, 1, {CELL(6, MD5_USER), uvsnmp_octets(NULL, 0)});
    SET(fixture, UVSNMP_STATUS_WRONG_LENGTH, 1, {CELL(9, SHA_USER), hex(SHA_CHANGE)});
    static const uint8_t long_one[2 * USM_KEY_MAX + 1];
    SET(fixture, UVSNMP_STATUS_WRONG_LENGTH, 1,
        {CELL(6, PLAIN_USER), uvsnmp_octets(long_one, sizeof(long_one))});
}

static void without_a_protocol_a_key_change_does_nothing(void **state)
{
    struct fixture *fixture = fixture_of(state);
    set_ok(fixture, CELL(6, PLAIN_USER), hex(MD5_CHANGE));
    set_ok(fixture, CELL(9, PLAIN_USER), hex("00"));
    assert_int_equal(find(state, "plain")->security.auth_key.size, 0);
}

static void a_row_that_was_not_cloned_has_no_key_to_change(void **state)
{
    struct fixture *fixture = fixture_of(state);
    const struct uvsnmp_varbind create = {CELL(13, NEW_USER), uvsnmp_integer(CREATE_AND_WAIT)};
    SET(fixture, UVSNMP_STATUS_INCONSISTENT_NAME, 2, create, {CELL(6, NEW_USER), hex(MD5_CHANGE)});
    set_ok(fixture, create.name, create.value);
    SET(fixture, UVSNMP_STATUS_INCONSISTENT_NAME, 1, {CELL(9, NEW_USER), hex(MD5_CHANGE)});
    /* cloned, changed and activated at once */
    SET(fixture, UVSNMP_STATUS_NO_ERROR, 0, {CELL(6, NEW_USER), hex(MD5_CHANGE)},
        {CELL(9, NEW_USER), hex(MD5_CHANGE)}, {CELL(13, NEW_USER), uvsnmp_integer(ACTIVE)},
        {CELL(4, NEW_USER), POINTER(MD5_USER)});
    assert_key(&find(state, "new")->security.auth_key, MD5_NEW);
    assert_key(&find(state, "new")->security.priv_key, MD5_NEW);
    assert_int_equal(find(state, "new")->status, USM_USER_ACTIVE);
}

static void without_cryptography_no_key_changes(void **state)
{
    struct fixture *fixture = fixture_of(state);
    fixture->agent->engine.crypto = NULL;
    SET(fixture, UVSNMP_STATUS_RESOURCE_UNAVAILABLE, 1, {CELL(6, MD5_USER), hex(MD5_CHANGE)});
}

static void own_keys_are_changed_by_the_user_himself(void **state)
{
    struct fixture *fixture = fixture_of(state);
    SET(fixture, UVSNMP_STATUS_NO_ACCESS, 1, {CELL(7, MD5_USER), hex(MD5_CHANGE)}); /* a community */
    asker = OCTETS("sha");
    SET(fixture, UVSNMP_STATUS_NO_ACCESS, 1, {CELL(7, MD5_USER), hex(MD5_CHANGE)});
    SET(fixture, UVSNMP_STATUS_NO_ACCESS, 1, {CELL(10, MD5_USER), hex(MD5_CHANGE)});
    asker = OCTETS("md5");
    SET(fixture, UVSNMP_STATUS_INCONSISTENT_VALUE, 1, {CELL(7, MD5_USER), hex(MD5_CHANGE)},
        {CELL(6, MD5_USER), hex(MD5_CHANGE)});
    SET(fixture, UVSNMP_STATUS_NO_ERROR, 0, {CELL(7, MD5_USER), hex(MD5_CHANGE)},
        {CELL(10, MD5_USER), hex(MD5_CHANGE)});
    assert_key(&find(state, "md5")->security.auth_key, MD5_NEW);
    assert_key(&find(state, "md5")->security.priv_key, MD5_NEW);
    find(state, "md5")->status = USM_USER_NOT_IN_SERVICE;
    SET(fixture, UVSNMP_STATUS_INCONSISTENT_VALUE, 1, {CELL(7, MD5_USER), hex(MD5_CHANGE)});
    asker = OCTETS("new");
    SET(fixture, UVSNMP_STATUS_NO_ACCESS, 2, {CELL(13, NEW_USER), uvsnmp_integer(CREATE_AND_GO)},
        {CELL(7, NEW_USER), hex(MD5_CHANGE)}, {CELL(4, NEW_USER), POINTER(MD5_USER)});
}

/* What snmpusm 5.9.3 sent to snmpd for new passphrases: of keys that were cut, and of ones that were made
 * longer. */
static void the_key_changes_of_snmpusm_are_understood(void **state)
{
    static const struct {
        const char *engine_id;
        struct v3_suite_user user; /* with the old passphrase */
        const char *passphrase;    /* the new one */
        uint32_t column;
        const char *change;
    } cases[] = {
        {"80001f8880416356302fbc0a6b00000000",
         {"tmpl", USM_AUTH_SHA1, USM_PRIV_AES128, "tmplpassword", "tmplpassword"},
         "newpassword1",
         6,
         "4763d3c7cae4b555b701675022a973b1575add4b9150557d7f4e98031e375cbd95dd11d751d1fc7a"},
        {"80001f8880416356302fbc0a6b00000000",
         {"tmpl", USM_AUTH_SHA1, USM_PRIV_AES128, "tmplpassword", "tmplprivpass"},
         "newprivpass1",
         9,
         "2c5b24076e970de3527f6838fbe4247ae3b3fa25b5276307c31b668a7e5a4c1d"},
        {"80001f88805095784cb8bc0a6b00000000",
         {"csha512", USM_AUTH_SHA512, USM_PRIV_AES256, "sha512password", "sha512privpass"},
         "newpassword12",
         6,
         "2665a470e2257fe899d53333703b5f8a35db484c1623ab70106dbbbc0b696bc0f5fb3b1185478955ca5f95f65cfbfb8fc4c"
         "8"
         "e6d045c0d249cd222c6ad60eb8787bd3383b8b6267d49516d7e547990fcebd0e508b36551e6d06b38e21ae3822029c0c884"
         "4"
         "dd9a431d3b99405358dc0eeb2be3cde6352f1741ce327d17dc37d157"},
        {"80001f88805095784cb8bc0a6b00000000",
         {"csha512", USM_AUTH_SHA512, USM_PRIV_AES256, "sha512password", "sha512privpass"},
         "newprivpass12",
         9,
         "5973e3939ca4683794864570af4f8fdeddc03448934b5e3aa587411084c80c89d724cd7a7b82497995a42c9ebbf25cd6a5a"
         "3"
         "4f8a16fd53e82823b47961fde992"},
        {"80001f88805095784cb8bc0a6b00000000",
         {"cmd5", USM_AUTH_MD5, USM_PRIV_AES192, "md5password", "md5privpassword"},
         "newprivpass12",
         9,
         "451b02994acaf4534b576c0152df3301ba6a651488c9abd0d1114f98585ba8da189730f6130f0cf704ccf576881d34df"},
        {"80001f88805095784cb8bc0a6b00000000",
         {"cdes", USM_AUTH_SHA256, USM_PRIV_DES, "despassword", "desprivpassword"},
         "newprivpass12",
         9,
         "6794c5de25ede2bc3b3d131f018c94c16128e1f6548febddd4154282a0e626a4"},
    };
    struct v3_suite *suite = *state;
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        struct uvsnmp_bytes engine_id = hex(cases[i].engine_id).as.bytes;
        struct usm_user *user = v3_suite_add_user(suite, engine_id, &cases[i].user);
        struct v3_suite_user expected = cases[i].user;
        struct uvsnmp_oid_buf name = {.count = 0};
        if (cases[i].column == 6) {
            expected.auth_passphrase = cases[i].passphrase;
        } else {
            expected.priv_passphrase = cases[i].passphrase;
        }
        assert_int_equal(uvsnmp_oid_copy(&name, USM(2, 1, cases[i].column, (uint32_t)engine_id.size)), 0);
        for (size_t k = 0; k < engine_id.size; k++) {
            assert_int_equal(uvsnmp_oid_append_id(&name, engine_id.data[k]), 0);
        }
        assert_int_equal(uvsnmp_oid_append_id(&name, (uint32_t)user->name_size), 0);
        for (size_t k = 0; k < user->name_size; k++) {
            assert_int_equal(uvsnmp_oid_append_id(&name, user->name[k]), 0);
        }
        set_ok(suite->fixture, uvsnmp_oid_of(&name), hex(cases[i].change));
        const struct usm_security security = v3_suite_security(suite, engine_id, &expected);
        assert_same_security(&user->security, &security);
        usm_users_remove(&suite->fixture->agent->engine.users, user);
    }
}

/* ---- all or nothing ---- */

static void fail_commit(struct uvsnmp_query *query)
{
    uvsnmp_query_fail(query, UVSNMP_STATUS_COMMIT_FAILED);
}

/* An object whose commit fails is set last: all that was done before is taken back. */
static void a_set_that_fails_at_last_leaves_everything_as_it_was(void **state)
{
    static const struct uvsnmp_provider failing = {.commit = fail_commit};
    struct v3_suite *suite = *state;
    struct fixture *fixture = suite->fixture;
    const struct uvsnmp_varbind last = {UVSNMP_OID(1, 3, 9, 1), uvsnmp_integer(1)};
    assert_int_equal(
        uvsnmp_agent_register(fixture->agent, NULL, UVSNMP_OID(1, 3, 9), &failing, NULL, NULL, NULL), 0);
    const struct usm_user sha = *find(state, "sha"), md5 = *find(state, "md5");
    int32_t lock = (int32_t)fixture_get_one(fixture, SPIN_LOCK)->value.as.integer;
    SET(fixture, UVSNMP_STATUS_COMMIT_FAILED, 8, {SPIN_LOCK, uvsnmp_integer(lock)},
        {CELL(6, SHA_USER), hex(SHA_CHANGE)}, {CELL(11, SHA_USER), uvsnmp_octets("x", 1)},
        {CELL(13, NEW_USER), uvsnmp_integer(CREATE_AND_GO)}, {CELL(4, NEW_USER), POINTER(MD5_USER)},
        {CELL(13, MD5_USER), uvsnmp_integer(DESTROY)}, {CELL(13, PLAIN_USER), uvsnmp_integer(NOT_IN_SERVICE)},
        last);
    assert_null(find(state, "new"));
    assert_non_null(find(state, "md5"));
    assert_same_security(&find(state, "sha")->security, &sha.security);
    assert_same_security(&find(state, "md5")->security, &md5.security);
    assert_int_equal(find(state, "sha")->public_size, 0);
    assert_integer(fixture_get_one(fixture, CELL(13, PLAIN_USER)), ACTIVE);
    assert_integer(fixture_get_one(fixture, CELL(13, MD5_USER)), ACTIVE);
    assert_integer(fixture_get_one(fixture, SPIN_LOCK), lock);
    assert_int_equal(suite->stores, 2); /* once when all was done, and once when it was taken back */
}

static void a_set_that_fails_its_test_changes_nothing(void **state)
{
    struct v3_suite *suite = *state;
    const struct usm_user before = *find(state, "sha");
    SET(suite->fixture, UVSNMP_STATUS_WRONG_VALUE, 2, {CELL(6, SHA_USER), hex(SHA_CHANGE)},
        {CELL(13, SHA_USER), uvsnmp_integer(NOT_READY)});
    assert_same_security(&find(state, "sha")->security, &before.security);
    assert_int_equal(suite->stores, 0);
}

static void what_cannot_be_stored_is_not_done(void **state)
{
    struct v3_suite *suite = *state;
    struct fixture *fixture = suite->fixture;
    const struct usm_user sha = *find(state, "sha");
    suite->store_fails = true;
    SET(fixture, UVSNMP_STATUS_COMMIT_FAILED, 1, {CELL(13, MD5_USER), uvsnmp_integer(DESTROY)});
    assert_non_null(find(state, "md5"));
    assert_int_equal(suite->stores, 1);
    SET(fixture, UVSNMP_STATUS_COMMIT_FAILED, 3, {CELL(13, NEW_USER), uvsnmp_integer(CREATE_AND_GO)},
        {CELL(4, NEW_USER), POINTER(MD5_USER)}, {CELL(6, SHA_USER), hex(SHA_CHANGE)});
    assert_null(find(state, "new"));
    assert_same_security(&find(state, "sha")->security, &sha.security);
    suite->store_fails = false;
    set_ok(fixture, CELL(13, MD5_USER), uvsnmp_integer(DESTROY));
    assert_null(find(state, "md5"));
}

/* What a SET says of a clone is how the other one was before it. */
static void a_clone_is_made_of_the_state_before_the_set(void **state)
{
    struct fixture *fixture = fixture_of(state);
    const struct usm_user md5 = *find(state, "md5");
    SET(fixture, UVSNMP_STATUS_NO_ERROR, 0, {CELL(6, MD5_USER), hex(MD5_CHANGE)},
        {CELL(13, NEW_USER), uvsnmp_integer(CREATE_AND_GO)}, {CELL(4, NEW_USER), POINTER(MD5_USER)});
    assert_same_security(&find(state, "new")->security, &md5.security);
    SET(fixture, UVSNMP_STATUS_INCONSISTENT_NAME, 4, {CELL(13, 1, 'a'), uvsnmp_integer(CREATE_AND_GO)},
        {CELL(4, 1, 'a'), POINTER(SHA_USER)}, {CELL(13, 1, 'b'), uvsnmp_integer(CREATE_AND_GO)},
        {CELL(4, 1, 'b'), POINTER(1, 'a')});
    assert_null(find(state, "a"));
}

/* ---- usmUserSpinLock ---- */

static void the_spin_lock_lets_one_of_two_pass(void **state)
{
    struct fixture *fixture = fixture_of(state);
    int32_t lock = (int32_t)fixture_get_one(fixture, SPIN_LOCK)->value.as.integer;
    int32_t next = lock == INT32_MAX ? 0 : lock + 1;
    assert_true(lock >= 0);
    SET(fixture, UVSNMP_STATUS_NO_ERROR, 0, {SPIN_LOCK, uvsnmp_integer(lock)},
        {CELL(11, SHA_USER), uvsnmp_octets("one", 3)});
    assert_integer(fixture_get_one(fixture, SPIN_LOCK), next);
    SET(fixture, UVSNMP_STATUS_INCONSISTENT_VALUE, 1, {SPIN_LOCK, uvsnmp_integer(lock)},
        {CELL(11, SHA_USER), uvsnmp_octets("two", 3)});
    SET(fixture, UVSNMP_STATUS_INCONSISTENT_VALUE, 1, {SPIN_LOCK, uvsnmp_integer(-1)});
    assert_octets(fixture_get_one(fixture, CELL(11, SHA_USER)), OCTETS("one"));
}

/* ---- snmpusm, as it was seen to ask Net-SNMP's snmpd ---- */

static void snmpusm_manages_a_user_from_birth_to_death(void **state)
{
    struct fixture *fixture = fixture_of(state);
    /* create new; cloneFrom new sha */
    SET(fixture, UVSNMP_STATUS_NO_ERROR, 0, {CELL(13, NEW_USER), uvsnmp_integer(CREATE_AND_WAIT)});
    SET(fixture, UVSNMP_STATUS_NO_ERROR, 0, {CELL(13, NEW_USER), uvsnmp_integer(ACTIVE)},
        {CELL(4, NEW_USER), POINTER(SHA_USER)});
    assert_integer(fixture_get_one(fixture, CELL(13, NEW_USER)), ACTIVE);
    /* deactivate new; activate new */
    SET(fixture, UVSNMP_STATUS_NO_ERROR, 0, {CELL(13, NEW_USER), uvsnmp_integer(NOT_IN_SERVICE)});
    SET(fixture, UVSNMP_STATUS_NO_ERROR, 0, {CELL(13, NEW_USER), uvsnmp_integer(ACTIVE)});
    /* passwd maplesyrup newsyrup new: both keys, whatever cipher */
    const struct v3_suite_user expected = {"new", USM_AUTH_SHA1, USM_PRIV_AES128, "newsyrup", "newsyrup"};
    const struct usm_security security = v3_suite_security(*state, v3_suite_engine_id(), &expected);
    static const uint8_t random[USM_KEY_MAX] = {1, 2, 3};
    uint8_t value[2 * USM_KEY_MAX];
    struct usm_key *priv_key = &find(state, "new")->security.priv_key;
    assert_int_equal(usm_key_change_make(fixture->agent->engine.crypto, USM_AUTH_SHA1, priv_key,
                                         &security.priv_key, random, value),
                     0);
    SET(fixture, UVSNMP_STATUS_NO_ERROR, 0, {CELL(6, NEW_USER), hex(SHA_CHANGE)},
        {CELL(9, NEW_USER), uvsnmp_octets(value, 2 * security.priv_key.size)});
    assert_same_security(&find(state, "new")->security, &security);
    /* create new sha: he is there */
    SET(fixture, UVSNMP_STATUS_INCONSISTENT_VALUE, 1, {CELL(13, NEW_USER), uvsnmp_integer(CREATE_AND_GO)},
        {CELL(4, NEW_USER), POINTER(SHA_USER)});
    /* delete new, twice */
    SET(fixture, UVSNMP_STATUS_NO_ERROR, 0, {CELL(13, NEW_USER), uvsnmp_integer(DESTROY)});
    assert_null(find(state, "new"));
    SET(fixture, UVSNMP_STATUS_NO_ERROR, 0, {CELL(13, NEW_USER), uvsnmp_integer(DESTROY)});
    /* -Cw create new sha */
    SET(fixture, UVSNMP_STATUS_NO_ERROR, 0, {CELL(13, NEW_USER), uvsnmp_integer(CREATE_AND_WAIT)},
        {CELL(4, NEW_USER), POINTER(SHA_USER)});
    assert_integer(fixture_get_one(fixture, CELL(13, NEW_USER)), NOT_IN_SERVICE);
    /* changekey new: there are no Diffie-Hellman objects */
    assert_int_equal(fixture_get_one(fixture, UVSNMP_OID(1, 3, 6, 1, 3, 101, 1, 1, 1, 0))->value.type,
                     UVSNMP_NO_SUCH_OBJECT);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
    const struct CMUnitTest tests[] = {
        TEST(users_are_shown_without_their_keys),
        TEST(rows_stand_in_the_order_of_their_index),
        TEST(a_row_is_created_cloned_and_activated_step_by_step),
        TEST(cloning_takes_effect_once),
        TEST(only_an_active_user_can_be_cloned),
        TEST(a_row_can_be_cloned_and_active_at_once_in_any_order),
        TEST(the_status_follows_the_rules_of_a_row_status),
        TEST(without_a_row_other_columns_wait_for_it),
        TEST(an_index_that_nobody_can_have_is_no_creation),
        TEST(users_are_no_more_than_there_may_be),
        TEST(a_protocol_can_only_be_given_up_privacy_first),
        TEST(a_new_row_takes_any_protocol_and_then_that_of_its_clone),
        TEST(the_public_value_has_32_octets_at_most),
        TEST(storage_is_volatile_or_not),
        TEST(what_is_permanent_changes_but_stays),
        TEST(what_is_read_only_does_not_change),
        TEST(one_object_is_set_once_in_a_set),
        TEST(keys_change_as_in_rfc_3414_a_5),
        TEST(a_key_change_is_twice_as_long_as_the_key),
        TEST(without_a_protocol_a_key_change_does_nothing),
        TEST(a_row_that_was_not_cloned_has_no_key_to_change),
        TEST(without_cryptography_no_key_changes),
        TEST(own_keys_are_changed_by_the_user_himself),
        TEST(the_key_changes_of_snmpusm_are_understood),
        TEST(a_set_that_fails_at_last_leaves_everything_as_it_was),
        TEST(a_set_that_fails_its_test_changes_nothing),
        TEST(what_cannot_be_stored_is_not_done),
        TEST(a_clone_is_made_of_the_state_before_the_set),
        TEST(the_spin_lock_lets_one_of_two_pass),
        TEST(snmpusm_manages_a_user_from_birth_to_death),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
