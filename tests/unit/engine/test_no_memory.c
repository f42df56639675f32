/* SPDX-License-Identifier: BSD-3-Clause */
/* Whatever allocation fails: an error, no leak, and nothing half done that the next attempt trips over. */
#include "support/unit.h"

#include "engine/incoming.h"
#include "msg/v3.h"
#include "support/alloc_fail.h"
#include "support/v3_engine.h"
#include "usm/credential.h"

static struct usm_crypto *crypto;

static int open_crypto(void **state)
{
    (void)state;
    crypto = usm_crypto_open(NULL);
    return crypto ? 0 : -1;
}

static int close_crypto(void **state)
{
    (void)state;
    usm_crypto_close(crypto);
    return 0;
}

static void an_engine_with_users_and_messages(void **state)
{
    unsigned n = 0;
    int rc, decoded;
    (void)state;
    do {
        struct engine engine;
        struct engine_incoming in;
        struct arena arena;
        const struct v3_exchange *exchange = &v3_exchanges[7];
        struct engine_arrival arrival = {exchange->request.data, exchange->request.size,
                                         v3_time_of(exchange->request), NULL};
        arena_init(&arena, 0, 0);
        alloc_fail_at(++n);
        rc = v3_engine_init(&engine, crypto);
        decoded = rc < 0 ? rc : engine_decode(&engine, &arrival, &arena, &in, NULL);
        if (alloc_has_failed()) {
            assert_int_equal(decoded, UVSNMP_ENO_MEMORY);
        } else {
            assert_int_equal(decoded, 0);
        }
        engine_fini(&engine);
        arena_fini(&arena);
    } while (alloc_fail_end());
    assert_true(n > V3_EXCHANGES);
}

static void a_manager_that_learns_of_an_engine(void **state)
{
    unsigned n = 0;
    (void)state;
    do {
        struct engine manager;
        struct engine_incoming in;
        struct arena arena;
        const struct engine_envelope request = {.version = UVSNMP_V3};
        struct engine_arrival arrival = {v3_discovery.response.data, v3_discovery.response.size, 0, &request};
        struct engine_envelope named = request;
        struct msg_v3 message;
        assert_int_equal(msg_v3_decode(arrival.data, arrival.size, &message, NULL), 0);
        named.message_id = message.header.id;
        arrival.request = &named;
        engine_init(&manager, NULL, 0, 0);
        arena_init(&arena, 0, 0);
        alloc_fail_at(++n);
        int rc = engine_decode(&manager, &arrival, &arena, &in, NULL);
        assert_int_equal(rc, alloc_has_failed() ? UVSNMP_ENO_MEMORY : 0);
        engine_fini(&manager);
        arena_fini(&arena);
    } while (alloc_fail_end());
    assert_true(n > 3);
}

static void a_credential_that_is_asked_twice(void **state)
{
    static const uint8_t master[20];
    const struct usm_credential_options options = {
        .auth = USM_AUTH_SHA1, .priv = USM_PRIV_AES128, .auth_secret.master = {master, sizeof(master)}};
    unsigned n = 0;
    (void)state;
    do {
        struct usm_credential *credential;
        struct usm_security security;
        alloc_fail_at(++n);
        int rc = usm_credential_new(crypto, &options, &credential, NULL);
        for (int i = 0; rc == 0 && i < 2; i++) {
            rc = usm_credential_localize(credential, v3_engine_id, &security);
        }
        assert_int_equal(rc, alloc_has_failed() ? UVSNMP_ENO_MEMORY : 0);
        usm_credential_free(credential);
    } while (alloc_fail_end());
    assert_true(n > 3);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_engine_with_users_and_messages),
        cmocka_unit_test(a_manager_that_learns_of_an_engine),
        cmocka_unit_test(a_credential_that_is_asked_twice),
    };
    return cmocka_run_group_tests(tests, open_crypto, close_crypto);
}
