/* SPDX-License-Identifier: BSD-3-Clause */
#include "usm/incoming.h"

#include <string.h>

#include "base/err.h"
#include "ber/bytes.h"
#include "usm/salt.h"

/* RFC 3414 §3.2 (3) and (4), for what answers a message of this side. */
static int identify_answer(const struct usm_expected *expected, struct usm_verified *out,
                           struct uvsnmp_error *err)
{
    if (!ber_bytes_equal(out->params.engine_id, expected->engine_id)) {
        return err_set(err, UVSNMP_EUNKNOWN_ENGINE, "the answer is of another engine");
    }
    if (!ber_bytes_equal(out->params.user_name, expected->user_name)) {
        return err_set(err, UVSNMP_EUNKNOWN_USER, "the answer is to another user");
    }
    out->security = *expected->security;
    out->security_name = out->params.user_name;
    return 0;
}

/* Says the name as a log can bear it, whatever octets it has. */
static int refuse_user(struct uvsnmp_bytes name, struct uvsnmp_error *err)
{
    char text[USM_NAME_MAX + 1];
    size_t i;
    for (i = 0; i < name.size && i < USM_NAME_MAX; i++) {
        text[i] = name.data[i] >= ' ' && name.data[i] <= '~' ? (char)name.data[i] : '.';
    }
    text[i] = '\0';
    return err_set(err, UVSNMP_EUNKNOWN_USER, "unknown user name \"%s\"", text);
}

/* The same for a message that nothing was known of before. */
static int identify_stranger(const struct usm_incoming *incoming, struct usm_verified *out,
                             struct uvsnmp_error *err)
{
    const struct usm_params *params = &out->params;
    out->is_authoritative = ber_bytes_equal(params->engine_id, incoming->engine_id);
    /* of another engine's messages only those of users that are known to it mean anything here */
    if (params->engine_id.size < USM_ENGINE_ID_MIN || params->engine_id.size > USM_ENGINE_ID_MAX ||
        (!out->is_authoritative && !usm_users_has_engine(incoming->users, params->engine_id))) {
        return err_set(err, UVSNMP_EUNKNOWN_ENGINE, "unknown engine ID of %zu octets",
                       params->engine_id.size);
    }
    const struct usm_user *user = usm_users_find(incoming->users, params->engine_id, params->user_name);
    if (!user || user->status != USM_USER_ACTIVE) {
        return refuse_user(params->user_name, err);
    }
    out->security = user->security;
    out->security_name.data = user->security_name;
    out->security_name.size = user->security_name_size;
    return 0;
}

/* RFC 3414 §6.3.2: the digest over the message with zeros in the digest's place. */
static int authenticate(const struct usm_incoming *incoming, const struct msg_v3 *message,
                        const struct usm_verified *verified, struct uvsnmp_error *err)
{
    static const uint8_t zeros[USM_MAC_MAX];
    const struct usm_security *security = &verified->security;
    const struct uvsnmp_bytes mac = verified->params.mac, whole = message->whole;
    const struct uvsnmp_bytes key = {security->auth_key.data, security->auth_key.size};
    uint8_t digest[USM_KEY_MAX];
    size_t mac_size = usm_auth(security->auth)->mac_size;
    if (mac.size != mac_size) {
        return err_set(err, UVSNMP_EAUTHENTICATION, "a digest of %zu octets instead of %zu", mac.size,
                       mac_size);
    }
    size_t before = (size_t)(mac.data - whole.data);
    const struct uvsnmp_bytes pieces[] = {
        {whole.data, before}, {zeros, mac_size}, {mac.data + mac_size, whole.size - before - mac_size}};
    int rc = usm_crypto_hmac(incoming->crypto, security->auth, key, pieces, 3, digest);
    if (rc < 0) {
        return err_set(err, rc, "no digest could be computed");
    }
    if (!usm_equal(digest, mac.data, mac_size)) {
        rc = err_set(err, UVSNMP_EAUTHENTICATION, "wrong digest");
    }
    usm_wipe(digest, sizeof(digest));
    return rc;
}

/* RFC 3414 §3.2 (7); the message is authentic. */
static int check_time(const struct usm_incoming *incoming, const struct msg_v3 *message,
                      const struct usm_verified *verified, struct uvsnmp_error *err)
{
    const struct usm_params *params = &verified->params;
    struct usm_time time = {params->boots, params->time};
    int rc;
    if (verified->is_authoritative) {
        rc = usm_time_check(incoming->time, time);
    } else {
        struct usm_engine *engine = usm_engines_add(incoming->engines, params->engine_id);
        if (!engine) {
            return err_set(err, UVSNMP_ENO_MEMORY, "no memory for another engine");
        }
        rc = usm_clock_check(&engine->clock, time, incoming->now_ms);
        if (rc == 0) {
            engine->max_size = message->header.max_size;
        }
    }
    return rc < 0 ? err_set(err, rc, "boots %d and time %d are not in the time window", (int)params->boots,
                            (int)params->time)
                  : 0;
}

static int decrypt(const struct usm_incoming *incoming, const struct msg_v3 *message, struct arena *arena,
                   struct usm_verified *out, struct uvsnmp_error *err)
{
    const struct usm_security *security = &out->security;
    const struct usm_time time = {out->params.boots, out->params.time};
    uint8_t iv[USM_IV_MAX];
    if (out->params.salt.size != USM_SALT_SIZE) {
        return err_set(err, UVSNMP_EDECRYPTION, "a salt of %zu octets", out->params.salt.size);
    }
    if (message->data.size % usm_priv(security->priv)->block_size != 0) {
        return err_set(err, UVSNMP_EDECRYPTION, "%zu octets are no whole blocks", message->data.size);
    }
    uint8_t *plain = arena_alloc(arena, message->data.size);
    if (!plain) {
        return err_set(err, UVSNMP_ENO_MEMORY, "no memory to decrypt");
    }
    usm_salt_iv(security->priv, security->priv_key.data, time, out->params.salt.data, iv);
    const struct usm_cipher cipher = {
        .priv = security->priv, .encrypt = false, .key = security->priv_key.data, .iv = iv};
    int rc = usm_crypto_cipher(incoming->crypto, &cipher, message->data.data, message->data.size, plain);
    usm_wipe(iv, sizeof(iv));
    if (rc < 0) {
        return err_set(err, UVSNMP_EDECRYPTION, "the message could not be decrypted");
    }
    out->scoped_pdu.data = plain;
    out->scoped_pdu.size = message->data.size;
    return 0;
}

static int read_params(const struct msg_v3 *message, struct usm_verified *out, struct uvsnmp_error *err)
{
    size_t offset = (size_t)(message->security_parameters.data - message->whole.data);
    int rc = usm_params_decode(message->security_parameters, offset, &out->params, err);
    if (rc == 0 && message->encrypted != ((message->header.flags & MSG_V3_PRIV) != 0)) {
        rc = err_set(err, UVSNMP_EBAD_ENCODING, "msgData is not what msgFlags say");
    }
    return rc;
}

int usm_verify(const struct usm_incoming *incoming, const struct msg_v3 *message, struct arena *arena,
               struct usm_verified *out, struct uvsnmp_error *err)
{
    uint8_t level = message->header.flags & MSG_V3_LEVEL;
    memset(out, 0, sizeof(*out));
    int rc = read_params(message, out, err);
    if (rc < 0) {
        return rc;
    }
    if (level == 0) {
        out->scoped_pdu = message->data;
        return incoming->expected ? 0 : identify_stranger(incoming, out, err);
    }
    rc = incoming->expected ? identify_answer(incoming->expected, out, err)
                            : identify_stranger(incoming, out, err);
    if (rc < 0) {
        return rc;
    }
    if (!usm_security_supports(&out->security, level) || !incoming->crypto) {
        return err_set(err, UVSNMP_EUNSUPPORTED_LEVEL, "the user has no keys for this level");
    }
    rc = authenticate(incoming, message, out, err);
    if (rc == 0) {
        rc = check_time(incoming, message, out, err);
    }
    if (rc < 0) {
        return rc;
    }
    out->scoped_pdu = message->data;
    return message->encrypted ? decrypt(incoming, message, arena, out, err) : 0;
}
