/* SPDX-License-Identifier: BSD-3-Clause */
#include "base/err.h"

#include <errno.h>
#include <stddef.h>
#include <stdio.h>

static const struct {
    int code;
    const char *name;
    const char *text;
} errors[] = {
#define XX(name, number, text) {number, #name, text},
    UVSNMP_ERROR_MAP(XX)
#undef XX
};

const char *uvsnmp_strerror(int code)
{
    if (code == UVSNMP_OK) {
        return "success";
    }
    for (size_t i = 0; i < sizeof(errors) / sizeof(errors[0]); i++) {
        if (errors[i].code == code) {
            return errors[i].text;
        }
    }
    return "unknown error";
}

const char *uvsnmp_error_name(int code)
{
    for (size_t i = 0; i < sizeof(errors) / sizeof(errors[0]); i++) {
        if (errors[i].code == code) {
            return errors[i].name;
        }
    }
    return code == UVSNMP_OK ? "OK" : "UNKNOWN";
}

int uvsnmp_error_class(int code)
{
    return code - code % 100;
}

int err_set(struct uvsnmp_error *err, int code, const char *format, ...)
{
    if (err) {
        va_list args;
        err->code = code;
        va_start(args, format);
        (void)vsnprintf(err->detail, sizeof(err->detail), format, args);
        va_end(args);
    }
    return code;
}

int err_from_errno(int errno_value)
{
    switch (errno_value) {
    case ENOMEM:
        return UVSNMP_ENO_MEMORY;
    case ECONNREFUSED:
        return UVSNMP_EREFUSED;
    case EHOSTUNREACH:
    case ENETUNREACH:
    case ENETDOWN:
    case EHOSTDOWN:
        return UVSNMP_EUNREACHABLE;
    case EADDRINUSE:
        return UVSNMP_EADDRESS_IN_USE;
    case EADDRNOTAVAIL:
        return UVSNMP_EADDRESS_UNAVAILABLE;
    case EACCES:
    case EPERM:
        return UVSNMP_EPERMISSION;
    case EMSGSIZE:
        return UVSNMP_EMESSAGE_SIZE;
    case ECONNRESET:
    case EPIPE:
        return UVSNMP_EDISCONNECTED;
    case ETIMEDOUT:
        return UVSNMP_ETIMEOUT;
    default:
        return UVSNMP_ETRANSPORT;
    }
}
