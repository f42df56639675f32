/* SPDX-License-Identifier: BSD-3-Clause */
#include "usm/outgoing.h"

#include <string.h>

#include "ber/tag.h"

/* Tags, lengths and numbers of a message at their longest, without names, digest and salt: outer SEQUENCE
 * (6), version (3), msgGlobalData (2 + 6 + 6 + 3 + 3), security parameters (4 + 4 + 2 + 6 + 6 + 2 + 2 + 2),
 * the encrypted PDU (6 and 7 of padding). */
#define FRAME_OCTETS 73

/* DES works on whole blocks: zeros behind the scoped PDU (RFC 3414 §8.1.1.2). The message grows at its front,
 * so it is the PDU that moves. */
static void pad(struct ber_writer *writer, size_t block_size)
{
    static const uint8_t zeros[USM_IV_MAX];
    size_t size = ber_writer_size(writer);
    size_t padding = (block_size - size % block_size) % block_size;
    ber_write_raw(writer, zeros, padding);
    if (writer->error == 0 && padding > 0) {
        memmove(writer->at, writer->at + padding, size);
        memset(writer->end - padding, 0, padding);
    }
}

/* The scoped PDU becomes its encryption; `salt` is filled. */
static int encrypt(struct ber_writer *writer, const struct usm_outgoing *outgoing,
                   uint8_t salt[USM_SALT_SIZE])
{
    const struct usm_security *security = outgoing->security;
    uint8_t iv[USM_IV_MAX];
    pad(writer, usm_priv(security->priv)->block_size);
    if (writer->error != 0) {
        return writer->error;
    }
    usm_salt_next(outgoing->salt, security->priv, salt);
    usm_salt_iv(security->priv, security->priv_key.data, outgoing->time, salt, iv);
    const struct usm_cipher cipher = {
        .priv = security->priv, .encrypt = true, .key = security->priv_key.data, .iv = iv};
    int rc = usm_crypto_cipher(outgoing->crypto, &cipher, writer->at, ber_writer_size(writer), writer->at);
    usm_wipe(iv, sizeof(iv));
    return rc;
}

/* The digest over all that is written, into its place. */
static int sign(struct ber_writer *writer, const struct usm_outgoing *outgoing, size_t mac_end)
{
    const struct usm_security *security = outgoing->security;
    const struct uvsnmp_bytes whole = {writer->at, ber_writer_size(writer)};
    const struct uvsnmp_bytes key = {security->auth_key.data, security->auth_key.size};
    size_t mac_size = usm_auth(security->auth)->mac_size;
    uint8_t mac[USM_KEY_MAX];
    int rc = usm_crypto_hmac(outgoing->crypto, security->auth, key, &whole, 1, mac);
    if (rc == 0) {
        memcpy(writer->end - mac_end - mac_size, mac, mac_size);
    }
    return rc;
}

static int secure(struct ber_writer *writer, const struct usm_outgoing *outgoing,
                  const struct msg_v3_header *header)
{
    uint8_t salt[USM_SALT_SIZE];
    size_t mac_end;
    int rc;
    struct usm_params params = {
        .engine_id = outgoing->engine_id,
        .boots = outgoing->time.boots,
        .time = outgoing->time.time,
        .user_name = outgoing->user_name,
    };
    if ((header->flags & MSG_V3_PRIV) != 0) {
        rc = encrypt(writer, outgoing, salt);
        if (rc < 0) {
            return rc;
        }
        ber_write_header(writer, BER_OCTET_STRING, 0);
        params.salt.data = salt;
        params.salt.size = sizeof(salt);
    }
    if ((header->flags & MSG_V3_AUTH) != 0) {
        params.mac.size = usm_auth(outgoing->security->auth)->mac_size;
    }
    usm_params_encode(writer, &params, &mac_end);
    msg_v3_header_encode(writer, header);
    rc = ber_writer_error(writer);
    return rc < 0 || (header->flags & MSG_V3_AUTH) == 0 ? rc : sign(writer, outgoing, mac_end);
}

int usm_secure(struct ber_writer *writer, const struct usm_outgoing *outgoing,
               const struct msg_v3_header *header)
{
    uint8_t level = header->flags & MSG_V3_LEVEL;
    int rc = ber_writer_error(writer);
    if (rc == 0 && level != 0 && !usm_security_supports(outgoing->security, level)) {
        rc = UVSNMP_EUNSUPPORTED_LEVEL;
    }
    if (rc == 0) {
        rc = secure(writer, outgoing, header);
    }
    if (rc < 0 && (level & MSG_V3_PRIV) != 0) {
        usm_wipe(writer->at, ber_writer_size(writer));
    }
    return rc;
}

size_t usm_overhead(const struct usm_outgoing *outgoing, uint8_t level)
{
    size_t overhead = FRAME_OCTETS + outgoing->engine_id.size + outgoing->user_name.size;
    if ((level & MSG_V3_AUTH) != 0) {
        overhead += usm_auth(outgoing->security->auth)->mac_size;
    }
    return (level & MSG_V3_PRIV) != 0 ? overhead + USM_SALT_SIZE : overhead;
}
