/* SPDX-License-Identifier: BSD-3-Clause */
#include "msg/status.h"

#include <stddef.h>

static const char *const status_names[] = {
#define XX(name, number, text) [number] = text,
    UVSNMP_STATUS_MAP(XX)
#undef XX
};

/* RFC 3584 §4.4; those of version 1 stand for themselves */
static const enum uvsnmp_status statuses_v1[] = {
    [UVSNMP_STATUS_NO_ERROR] = UVSNMP_STATUS_NO_ERROR,
    [UVSNMP_STATUS_TOO_BIG] = UVSNMP_STATUS_TOO_BIG,
    [UVSNMP_STATUS_NO_SUCH_NAME] = UVSNMP_STATUS_NO_SUCH_NAME,
    [UVSNMP_STATUS_BAD_VALUE] = UVSNMP_STATUS_BAD_VALUE,
    [UVSNMP_STATUS_READ_ONLY] = UVSNMP_STATUS_READ_ONLY,
    [UVSNMP_STATUS_GEN_ERR] = UVSNMP_STATUS_GEN_ERR,
    [UVSNMP_STATUS_NO_ACCESS] = UVSNMP_STATUS_NO_SUCH_NAME,
    [UVSNMP_STATUS_WRONG_TYPE] = UVSNMP_STATUS_BAD_VALUE,
    [UVSNMP_STATUS_WRONG_LENGTH] = UVSNMP_STATUS_BAD_VALUE,
    [UVSNMP_STATUS_WRONG_ENCODING] = UVSNMP_STATUS_BAD_VALUE,
    [UVSNMP_STATUS_WRONG_VALUE] = UVSNMP_STATUS_BAD_VALUE,
    [UVSNMP_STATUS_NO_CREATION] = UVSNMP_STATUS_NO_SUCH_NAME,
    [UVSNMP_STATUS_INCONSISTENT_VALUE] = UVSNMP_STATUS_BAD_VALUE,
    [UVSNMP_STATUS_RESOURCE_UNAVAILABLE] = UVSNMP_STATUS_GEN_ERR,
    [UVSNMP_STATUS_COMMIT_FAILED] = UVSNMP_STATUS_GEN_ERR,
    [UVSNMP_STATUS_UNDO_FAILED] = UVSNMP_STATUS_GEN_ERR,
    [UVSNMP_STATUS_AUTHORIZATION_ERROR] = UVSNMP_STATUS_NO_SUCH_NAME,
    [UVSNMP_STATUS_NOT_WRITABLE] = UVSNMP_STATUS_NO_SUCH_NAME,
    [UVSNMP_STATUS_INCONSISTENT_NAME] = UVSNMP_STATUS_NO_SUCH_NAME,
};

const char *uvsnmp_status_name(int32_t status)
{
    if (status < 0 || (size_t)status >= sizeof(status_names) / sizeof(status_names[0])) {
        return "unknown";
    }
    return status_names[status];
}

enum uvsnmp_status msg_status_to_v1(enum uvsnmp_status status)
{
    if ((size_t)status >= sizeof(statuses_v1) / sizeof(statuses_v1[0])) {
        return UVSNMP_STATUS_GEN_ERR;
    }
    return statuses_v1[status];
}
