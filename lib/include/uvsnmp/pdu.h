/* SPDX-License-Identifier: BSD-3-Clause */
/* The numbers of the protocol: versions, PDU types, error-status. */
#ifndef UVSNMP_PDU_H
#define UVSNMP_PDU_H

#include <stdint.h>

#include <uvsnmp/oid.h>

#ifdef __cplusplus
extern "C" {
#endif

enum uvsnmp_version { UVSNMP_V1 = 0, UVSNMP_V2C = 1, UVSNMP_V3 = 3 }; /* as in msgVersion */

/* RFC 3416 §3; the number is the tag. */
enum uvsnmp_pdu_type {
    UVSNMP_PDU_GET = 0xa0,
    UVSNMP_PDU_GETNEXT = 0xa1,
    UVSNMP_PDU_RESPONSE = 0xa2,
    UVSNMP_PDU_SET = 0xa3,
    UVSNMP_PDU_TRAP_V1 = 0xa4,
    UVSNMP_PDU_GETBULK = 0xa5,
    UVSNMP_PDU_INFORM = 0xa6,
    UVSNMP_PDU_TRAP = 0xa7,
    UVSNMP_PDU_REPORT = 0xa8,
};

/* What a Trap-PDU of version 1 has in place of a request-id and an error (RFC 1157 §4.1.6). */
struct uvsnmp_trap_v1 {
    struct uvsnmp_oid enterprise;
    uint8_t agent_address[4]; /* network order */
    int32_t generic;          /* enum uvsnmp_generic_trap */
    int32_t specific;         /* of UVSNMP_TRAP_ENTERPRISE_SPECIFIC; else 0 */
    uint32_t timestamp;       /* sysUpTime, hundredths of a second */
};
enum uvsnmp_generic_trap {
    UVSNMP_TRAP_COLD_START,
    UVSNMP_TRAP_WARM_START,
    UVSNMP_TRAP_LINK_DOWN,
    UVSNMP_TRAP_LINK_UP,
    UVSNMP_TRAP_AUTHENTICATION_FAILURE,
    UVSNMP_TRAP_EGP_NEIGHBOR_LOSS,
    UVSNMP_TRAP_ENTERPRISE_SPECIFIC,
};

/* error-status (RFC 3416 §3): name, number */
#define UVSNMP_STATUS_MAP(XX)                                                                                \
    XX(NO_ERROR, 0, "noError")                                                                               \
    XX(TOO_BIG, 1, "tooBig")                                                                                 \
    XX(NO_SUCH_NAME, 2, "noSuchName")                                                                        \
    XX(BAD_VALUE, 3, "badValue")                                                                             \
    XX(READ_ONLY, 4, "readOnly")                                                                             \
    XX(GEN_ERR, 5, "genErr")                                                                                 \
    XX(NO_ACCESS, 6, "noAccess")                                                                             \
    XX(WRONG_TYPE, 7, "wrongType")                                                                           \
    XX(WRONG_LENGTH, 8, "wrongLength")                                                                       \
    XX(WRONG_ENCODING, 9, "wrongEncoding")                                                                   \
    XX(WRONG_VALUE, 10, "wrongValue")                                                                        \
    XX(NO_CREATION, 11, "noCreation")                                                                        \
    XX(INCONSISTENT_VALUE, 12, "inconsistentValue")                                                          \
    XX(RESOURCE_UNAVAILABLE, 13, "resourceUnavailable")                                                      \
    XX(COMMIT_FAILED, 14, "commitFailed")                                                                    \
    XX(UNDO_FAILED, 15, "undoFailed")                                                                        \
    XX(AUTHORIZATION_ERROR, 16, "authorizationError")                                                        \
    XX(NOT_WRITABLE, 17, "notWritable")                                                                      \
    XX(INCONSISTENT_NAME, 18, "inconsistentName")

enum uvsnmp_status {
#define XX(name, number, text) UVSNMP_STATUS_##name = number,
    UVSNMP_STATUS_MAP(XX)
#undef XX
};

/* "noSuchName"; never NULL, "unknown" for what is not an error-status. */
UVSNMP_API const char *uvsnmp_status_name(int32_t status);

#ifdef __cplusplus
}
#endif
#endif
