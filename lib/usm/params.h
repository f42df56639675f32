/* SPDX-License-Identifier: BSD-3-Clause */
/* UsmSecurityParameters (RFC 3414 §2.4): what USM puts into msgSecurityParameters. */
#ifndef USM_PARAMS_H
#define USM_PARAMS_H

#include <uvsnmp/error.h>
#include <uvsnmp/value.h>

#include "ber/writer.h"

#define USM_NAME_MAX 32     /* of msgUserName */
#define USM_ENGINE_ID_MIN 5 /* SnmpEngineID (RFC 3411 §5) */
#define USM_ENGINE_ID_MAX 32
#define USM_BOOTS_MAX                                                                                        \
    INT32_MAX /* reached, it stays there and nothing is in time any more (RFC 3414 §2.2.2) */

struct usm_params {
    struct uvsnmp_bytes engine_id; /* msgAuthoritativeEngineID; of any length: what is not one is not known */
    int32_t boots, time;           /* of that engine */
    struct uvsnmp_bytes user_name;
    struct uvsnmp_bytes mac;  /* msgAuthenticationParameters */
    struct uvsnmp_bytes salt; /* msgPrivacyParameters */
};

/*
 * Reads the contents of msgSecurityParameters, which lie `offset` octets from the start of the message (for
 * what `err` says). All is borrowed; `mac` tells by its address where in the message the digest lies. Errors:
 * UVSNMP_ETRUNCATED, UVSNMP_EBAD_ENCODING (a number out of range, a longer name, octets left over).
 */
int usm_params_decode(struct uvsnmp_bytes octets, size_t offset, struct usm_params *params,
                      struct uvsnmp_error *err);

/*
 * Writes msgSecurityParameters whole, tag and length too, in front of what `writer` holds. Of `params->mac`
 * only the size counts: zeros are written, and `*mac_end` is how many octets lie behind them in the message,
 * which is all that the digest's place needs (the rest of the message comes in front).
 */
void usm_params_encode(struct ber_writer *writer, const struct usm_params *params, size_t *mac_end);

#endif
