/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Error codes of libuvsnmp. Functions that can fail return 0 or one of these negative codes. The codes form
 * a small hierarchy: uvsnmp_error_class() maps each one to the head of its family.
 */
#ifndef UVSNMP_ERROR_H
#define UVSNMP_ERROR_H

#include <uvsnmp/export.h>

#ifdef __cplusplus
extern "C" {
#endif

/* name, number, text; the head of a family ends in 00, its members follow it */
#define UVSNMP_ERROR_MAP(XX)                                                                                 \
    XX(GENERAL, -100, "general error")                                                                       \
    XX(NO_MEMORY, -101, "out of memory")                                                                     \
    XX(CANCELLED, -102, "cancelled")                                                                         \
    XX(CLOSED, -103, "already closed")                                                                       \
    XX(LIMIT, -104, "limit reached")                                                                         \
    XX(UNSUPPORTED, -105, "not supported")                                                                   \
    XX(FILE, -106, "file error")                                                                             \
    XX(NOT_FOUND, -107, "not found")                                                                         \
    XX(EXISTS, -108, "exists already")                                                                       \
    XX(BAD_ARGUMENT, -200, "bad argument")                                                                   \
    XX(NO_DESTINATION, -201, "no destination address")                                                       \
    XX(BAD_ADDRESS, -202, "bad transport address")                                                           \
    XX(BAD_OID, -203, "bad object identifier")                                                               \
    XX(BAD_VALUE, -204, "bad value")                                                                         \
    XX(BAD_NUMBER, -205, "bad number")                                                                       \
    XX(BAD_SYNTAX, -206, "bad syntax")                                                                       \
    XX(TOO_LONG, -207, "too long")                                                                           \
    XX(TRANSPORT, -300, "transport error")                                                                   \
    XX(UNKNOWN_HOST, -301, "unknown host")                                                                   \
    XX(REFUSED, -302, "connection refused")                                                                  \
    XX(UNREACHABLE, -303, "unreachable")                                                                     \
    XX(ADDRESS_IN_USE, -304, "address in use")                                                               \
    XX(ADDRESS_UNAVAILABLE, -305, "address not available")                                                   \
    XX(PERMISSION, -306, "permission denied")                                                                \
    XX(MESSAGE_SIZE, -307, "message too large for the transport")                                            \
    XX(DISCONNECTED, -308, "connection closed by the peer")                                                  \
    XX(PROTOCOL, -400, "protocol error")                                                                     \
    XX(TRUNCATED, -401, "message truncated")                                                                 \
    XX(BAD_ENCODING, -402, "malformed message")                                                              \
    XX(BAD_VERSION, -403, "unsupported SNMP version")                                                        \
    XX(OVERSIZED, -404, "message too large")                                                                 \
    XX(NOT_INCREASING, -405, "OID not increasing")                                                           \
    XX(REPEATED, -406, "OID repeated")                                                                       \
    XX(EMPTY_RESPONSE, -407, "response without varbinds")                                                    \
    XX(UNEXPECTED_RESPONSE, -408, "response does not fit the request")                                       \
    XX(SECURITY, -500, "security error")                                                                     \
    XX(BAD_COMMUNITY, -501, "unknown community")                                                             \
    XX(UNKNOWN_ENGINE, -502, "unknown engine ID")                                                            \
    XX(UNKNOWN_USER, -503, "unknown user name")                                                              \
    XX(UNSUPPORTED_LEVEL, -504, "unsupported security level")                                                \
    XX(AUTHENTICATION, -505, "authentication failure")                                                       \
    XX(NOT_IN_TIME_WINDOW, -506, "not in time window")                                                       \
    XX(DECRYPTION, -507, "decryption error")                                                                 \
    XX(UNKNOWN_MODEL, -508, "unknown security model")                                                        \
    XX(INVALID_MESSAGE, -509, "invalid security flags")                                                      \
    XX(UNKNOWN_CONTEXT, -510, "unknown context")                                                             \
    XX(UNAVAILABLE_CONTEXT, -511, "unavailable context")                                                     \
    XX(UNKNOWN_HANDLER, -512, "nobody serves this kind of PDU")                                              \
    XX(TIMEOUT, -600, "timeout")                                                                             \
    XX(DEADLINE, -601, "deadline passed")

enum uvsnmp_error_code {
    UVSNMP_OK = 0,
#define XX(name, number, text) UVSNMP_E##name = number,
    UVSNMP_ERROR_MAP(XX)
#undef XX
};

/*
 * Where a function takes a `struct uvsnmp_error *` it may be NULL; else it is filled when, and only when, the
 * function fails. `detail` names what was wrong in words for a person, without a trailing newline.
 */
struct uvsnmp_error {
    int code;
    char detail[256];
};

/* The fixed text of a code ("timeout"); never NULL, "unknown error" for what is not a code. */
UVSNMP_API const char *uvsnmp_strerror(int code);

/* The name of a code ("TIMEOUT"); never NULL. */
UVSNMP_API const char *uvsnmp_error_name(int code);

/* The head of the family that `code` belongs to, e.g. UVSNMP_ETRANSPORT for UVSNMP_EREFUSED. */
UVSNMP_API int uvsnmp_error_class(int code);

#ifdef __cplusplus
}
#endif
#endif
