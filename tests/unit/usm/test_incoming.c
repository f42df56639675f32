/* SPDX-License-Identifier: BSD-3-Clause */
/* Securing and checking, as tests/unit/engine/test_messages does it for whole messages; here what those
 * cannot make happen: messages that are authentic and still wrong, and every pair of protocols. */
#include "support/unit.h"

#include "msg/v3.h"
#include "support/v3_packets.h"
#include "usm/incoming.h"
#include "usm/outgoing.h"

static struct usm_crypto *crypto;
static struct arena arena;
static struct usm_users users;
static struct usm_engines engines;
static struct usm_salt salt;
static uint8_t buffer[1024];

static int set_up(void **state)
{
    (void)state;
    crypto = usm_crypto_open(NULL);
    arena_init(&arena, 0, 0);
    usm_users_init(&users, 0);
    usm_engines_init(&engines, 0);
    usm_salt_init(&salt, 1);
    return crypto ? 0 : -1;
}

static int tear_down(void **state)
{
    (void)state;
    usm_users_fini(&users);
    usm_engines_fini(&engines);
    arena_fini(&arena);
    usm_crypto_close(crypto);
    return 0;
}

static const struct uvsnmp_bytes name = {(const uint8_t *)"bert", 4};

static struct usm_user *add_user(enum usm_auth auth, enum usm_priv priv)
{
    struct usm_user *user;
    assert_int_equal(usm_users_add(&users, v3_engine_id, name, &user), 0);
    user->security.auth = auth;
    user->security.priv = priv;
    user->security.auth_key.size = usm_auth(auth)->key_size;
    user->security.priv_key.size = usm_priv(priv)->key_size;
    for (size_t i = 0; i < USM_KEY_MAX; i++) {
        user->security.auth_key.data[i] = (uint8_t)(i + 1);
        user->security.priv_key.data[i] = (uint8_t)(7 * i + 3);
    }
    return user;
}

static int verify(const uint8_t *data, size_t size, struct usm_verified *out)
{
    const struct usm_incoming incoming = {
        .crypto = crypto, .engine_id = v3_engine_id, .time = {3, 500}, .users = &users, .engines = &engines};
    struct msg_v3 message;
    assert_int_equal(msg_v3_decode(data, size, &message, NULL), 0);
    return usm_verify(&incoming, &message, &arena, out, NULL);
}

static int secure(struct ber_writer *writer, const struct usm_user *user, uint8_t flags)
{
    const struct msg_v3_header header = {
        .id = 1, .max_size = 65507, .flags = flags, .security_model = MSG_V3_USM};
    const struct usm_outgoing outgoing = {.engine_id = v3_engine_id,
                                          .time = {3, 500},
                                          .user_name = name,
                                          .security = &user->security,
                                          .crypto = crypto,
                                          .salt = &salt};
    const struct msg_scoped_pdu scoped = {.context_name = name, .pdu = {.type = UVSNMP_PDU_GET}};
    ber_writer_init(writer, buffer, sizeof(buffer));
    msg_pdu_encode(writer, &scoped.pdu);
    msg_scope_encode(writer, scoped.context_engine_id, scoped.context_name);
    size_t plain = ber_writer_size(writer);
    int rc = usm_secure(writer, &outgoing, &header);
    assert_true(rc < 0 || ber_writer_size(writer) <= plain + usm_overhead(&outgoing, flags & MSG_V3_LEVEL));
    return rc;
}

static void every_pair_of_protocols_goes_there_and_back(void **state)
{
    (void)state;
    for (int auth = USM_AUTH_MD5; auth < USM_AUTH_COUNT; auth++) {
        for (int priv = USM_PRIV_DES; priv < USM_PRIV_COUNT; priv++) {
            struct usm_user *user = add_user((enum usm_auth)auth, (enum usm_priv)priv);
            struct usm_verified verified;
            struct msg_scoped_pdu scoped;
            struct ber_writer writer;
            if (usm_crypto_has_priv(crypto, (enum usm_priv)priv, NULL) == 0 &&
                usm_crypto_has_auth(crypto, (enum usm_auth)auth, NULL) == 0) {
                assert_int_equal(secure(&writer, user, MSG_V3_LEVEL), 0);
                arena_reset(&arena);
                assert_int_equal(verify(writer.at, ber_writer_size(&writer), &verified), 0);
                assert_int_equal(msg_scoped_pdu_decode(verified.scoped_pdu, 0, &arena, &scoped, NULL), 0);
                assert_int_equal(scoped.context_name.size, 4);
                /* the last octet of the message is encrypted, and under the digest */
                *(writer.end - 1) ^= 1;
                assert_int_equal(verify(writer.at, ber_writer_size(&writer), &verified),
                                 UVSNMP_EAUTHENTICATION);
            }
            usm_users_remove(&users, user);
        }
    }
}

/* Signs a message anew after a field of it was bent: by a user who may, but does it wrong. */
static void sign(uint8_t *data, size_t size, const struct usm_user *user)
{
    struct msg_v3 message;
    struct usm_params params;
    uint8_t mac[USM_KEY_MAX];
    assert_int_equal(msg_v3_decode(data, size, &message, NULL), 0);
    assert_int_equal(usm_params_decode(message.security_parameters, 0, &params, NULL), 0);
    uint8_t *place = data + (params.mac.data - data);
    memset(place, 0, params.mac.size);
    const struct uvsnmp_bytes whole = {data, size};
    const struct uvsnmp_bytes key = {user->security.auth_key.data, user->security.auth_key.size};
    assert_int_equal(usm_crypto_hmac(crypto, user->security.auth, key, &whole, 1, mac), 0);
    memcpy(place, mac, params.mac.size);
}

/* A message with `salt_size` octets of salt and `data_size` of encryption, authentic. */
static int verify_odd(const struct usm_user *user, size_t salt_size, size_t data_size)
{
    static const uint8_t octets[64];
    const struct msg_v3_header header = {
        .id = 1, .max_size = 65507, .flags = MSG_V3_LEVEL, .security_model = MSG_V3_USM};
    const struct usm_params params = {.engine_id = v3_engine_id,
                                      .boots = 3,
                                      .time = 500,
                                      .user_name = name,
                                      .mac = {NULL, usm_auth(user->security.auth)->mac_size},
                                      .salt = {octets, salt_size}};
    struct usm_verified verified;
    struct ber_writer writer;
    size_t mac_end;
    ber_writer_init(&writer, buffer, sizeof(buffer));
    ber_write_bytes(&writer, 0x04, octets, data_size);
    usm_params_encode(&writer, &params, &mac_end);
    msg_v3_header_encode(&writer, &header);
    sign(writer.at, ber_writer_size(&writer), user);
    return verify(writer.at, ber_writer_size(&writer), &verified);
}

static void odd_encryptions_are_errors(void **state)
{
    struct usm_user *user = add_user(USM_AUTH_SHA1, USM_PRIV_DES);
    (void)state;
    assert_int_equal(verify_odd(user, 8, 16), 0);
    assert_int_equal(verify_odd(user, 7, 16), UVSNMP_EDECRYPTION);
    assert_int_equal(verify_odd(user, 9, 16), UVSNMP_EDECRYPTION);
    assert_int_equal(verify_odd(user, 0, 16), UVSNMP_EDECRYPTION);
    assert_int_equal(verify_odd(user, 8, 15), UVSNMP_EDECRYPTION);
    user->security.priv = USM_PRIV_AES128;
    assert_int_equal(verify_odd(user, 8, 15), 0);
    assert_int_equal(verify_odd(user, 8, 0), 0);
    assert_int_equal(verify_odd(user, 0, 16), UVSNMP_EDECRYPTION);
}

static void a_digest_has_its_protocol_s_size(void **state)
{
    struct usm_user *user = add_user(USM_AUTH_SHA1, USM_PRIV_NONE);
    struct usm_verified verified;
    struct ber_writer writer;
    (void)state;
    assert_int_equal(secure(&writer, user, MSG_V3_AUTH), 0);
    assert_int_equal(verify(writer.at, ber_writer_size(&writer), &verified), 0);
    user->security.auth = USM_AUTH_SHA256;
    user->security.auth_key.size = 32;
    assert_int_equal(verify(writer.at, ber_writer_size(&writer), &verified), UVSNMP_EAUTHENTICATION);
    user->security.auth = USM_AUTH_MD5; /* of the same size */
    user->security.auth_key.size = 16;
    assert_int_equal(verify(writer.at, ber_writer_size(&writer), &verified), UVSNMP_EAUTHENTICATION);
}

static void a_level_without_keys_secures_nothing(void **state)
{
    struct usm_user *user = add_user(USM_AUTH_SHA1, USM_PRIV_NONE);
    struct usm_verified verified;
    struct ber_writer writer;
    (void)state;
    user->security.priv_key.size = 0;
    assert_int_equal(secure(&writer, user, MSG_V3_LEVEL), UVSNMP_EUNSUPPORTED_LEVEL);
    for (const uint8_t *at = writer.at; at < writer.end; at++) {
        assert_int_equal(*at, 0); /* what was to be encrypted is nowhere */
    }
    assert_int_equal(secure(&writer, user, MSG_V3_AUTH), 0);
    user->security.auth_key.size = 0;
    assert_int_equal(verify(writer.at, ber_writer_size(&writer), &verified), UVSNMP_EUNSUPPORTED_LEVEL);
    assert_int_equal(secure(&writer, user, 0), 0);
    assert_int_equal(verify(writer.at, ber_writer_size(&writer), &verified), 0);
}

static void data_that_is_not_as_the_flags_say_is_malformed(void **state)
{
    struct usm_user *user = add_user(USM_AUTH_SHA1, USM_PRIV_AES128);
    struct usm_verified verified;
    struct ber_writer writer;
    struct msg_v3 message;
    (void)state;
    assert_int_equal(secure(&writer, user, MSG_V3_LEVEL), 0);
    assert_int_equal(msg_v3_decode(writer.at, ber_writer_size(&writer), &message, NULL), 0);
    uint8_t *flags = writer.at + (message.security_parameters.data - writer.at) - 6;
    assert_int_equal(*flags, MSG_V3_LEVEL);
    *flags = MSG_V3_AUTH;
    sign(writer.at, ber_writer_size(&writer), user);
    assert_int_equal(verify(writer.at, ber_writer_size(&writer), &verified), UVSNMP_EBAD_ENCODING);
}

/* An unknown name may be anything, and is said in a log. */
static void unknown_names_are_said_harmlessly(void **state)
{
    static const struct usm_params params = {.engine_id = {(const uint8_t *)"12345678", 8},
                                             .user_name = {(const uint8_t *)"be\033[2J\nrt\377", 10}};
    const struct msg_v3_header header = {.id = 1, .max_size = 65507, .security_model = MSG_V3_USM};
    struct usm_incoming incoming = {.engine_id = params.engine_id, .users = &users, .engines = &engines};
    const struct msg_scoped_pdu scoped = {.pdu = {.type = UVSNMP_PDU_GET}};
    struct usm_verified verified;
    struct uvsnmp_error err;
    struct msg_v3 message;
    struct ber_writer writer;
    size_t mac_end;
    (void)state;
    ber_writer_init(&writer, buffer, sizeof(buffer));
    msg_pdu_encode(&writer, &scoped.pdu);
    msg_scope_encode(&writer, scoped.context_engine_id, scoped.context_name);
    usm_params_encode(&writer, &params, &mac_end);
    msg_v3_header_encode(&writer, &header);
    assert_int_equal(msg_v3_decode(writer.at, ber_writer_size(&writer), &message, NULL), 0);
    assert_int_equal(usm_verify(&incoming, &message, &arena, &verified, &err), UVSNMP_EUNKNOWN_USER);
    assert_string_equal(err.detail, "unknown user name \"be.[2J.rt.\"");
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(every_pair_of_protocols_goes_there_and_back),
        TEST(odd_encryptions_are_errors),
        TEST(a_digest_has_its_protocol_s_size),
        TEST(a_level_without_keys_secures_nothing),
        TEST(data_that_is_not_as_the_flags_say_is_malformed),
        TEST(unknown_names_are_said_harmlessly),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
