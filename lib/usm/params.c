/* SPDX-License-Identifier: BSD-3-Clause */
#include "usm/params.h"

#include <string.h>

#include "ber/reader.h"
#include "ber/tag.h"
#include "usm/protocol.h"

int usm_params_decode(struct uvsnmp_bytes octets, size_t offset, struct usm_params *params,
                      struct uvsnmp_error *err)
{
    struct ber_reader reader, inner;
    ber_reader_init(&reader, octets.data, octets.size);
    reader.base = offset;
    ber_read_enter(&reader, BER_SEQUENCE, &inner);
    params->engine_id = ber_read_bytes(&inner, BER_OCTET_STRING);
    params->boots = (int32_t)ber_read_signed(&inner, BER_INTEGER, 0, INT32_MAX);
    params->time = (int32_t)ber_read_signed(&inner, BER_INTEGER, 0, INT32_MAX);
    params->user_name = ber_read_bytes(&inner, BER_OCTET_STRING);
    if (inner.error == 0 && params->user_name.size > USM_NAME_MAX) {
        ber_reader_fail(&inner, UVSNMP_EBAD_ENCODING, "msgUserName longer than 32 octets");
    }
    params->mac = ber_read_bytes(&inner, BER_OCTET_STRING);
    params->salt = ber_read_bytes(&inner, BER_OCTET_STRING);
    if (inner.error == 0 && !ber_reader_at_end(&inner)) {
        ber_reader_fail(&inner, UVSNMP_EBAD_ENCODING, "octets after msgPrivacyParameters");
    }
    ber_read_leave(&reader, &inner);
    if (reader.error == 0 && !ber_reader_at_end(&reader)) {
        ber_reader_fail(&reader, UVSNMP_EBAD_ENCODING, "octets after the security parameters");
    }
    int rc = ber_reader_error(&reader, err);
    if (rc < 0) {
        memset(params, 0, sizeof(*params));
    }
    return rc;
}

void usm_params_encode(struct ber_writer *writer, const struct usm_params *params, size_t *mac_end)
{
    static const uint8_t zeros[USM_MAC_MAX];
    size_t mark = ber_writer_size(writer);
    ber_write_bytes(writer, BER_OCTET_STRING, params->salt.data, params->salt.size);
    *mac_end = ber_writer_size(writer);
    ber_write_bytes(writer, BER_OCTET_STRING, zeros,
                    params->mac.size < sizeof(zeros) ? params->mac.size : sizeof(zeros));
    ber_write_bytes(writer, BER_OCTET_STRING, params->user_name.data, params->user_name.size);
    ber_write_signed(writer, BER_INTEGER, params->time);
    ber_write_signed(writer, BER_INTEGER, params->boots);
    ber_write_bytes(writer, BER_OCTET_STRING, params->engine_id.data, params->engine_id.size);
    ber_write_header(writer, BER_SEQUENCE, mark);
    ber_write_header(writer, BER_OCTET_STRING, mark);
}
