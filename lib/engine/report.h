/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * What a message can be refused for: one row for each counter of RFC 3412 (snmpMPDStats), RFC 3414 (usmStats)
 * and RFC 3413 (the contexts), the error that stands for it, and the Report that tells the sender.
 */
#ifndef ENGINE_REPORT_H
#define ENGINE_REPORT_H

#include "msg/pdu.h"

/* name, error, module (sub-identifiers 1.3.6.1.6.3.MODULE), counter (the last but one of its instance, .0) */
#define ENGINE_REPORT_MAP(XX)                                                                                \
    XX(UNKNOWN_SECURITY_MODELS, UNKNOWN_MODEL, MPD, 1)                                                       \
    XX(INVALID_MSGS, INVALID_MESSAGE, MPD, 2)                                                                \
    XX(UNKNOWN_PDU_HANDLERS, UNKNOWN_HANDLER, MPD, 3)                                                        \
    XX(UNSUPPORTED_SEC_LEVELS, UNSUPPORTED_LEVEL, USM, 1)                                                    \
    XX(NOT_IN_TIME_WINDOWS, NOT_IN_TIME_WINDOW, USM, 2)                                                      \
    XX(UNKNOWN_USER_NAMES, UNKNOWN_USER, USM, 3)                                                             \
    XX(UNKNOWN_ENGINE_IDS, UNKNOWN_ENGINE, USM, 4)                                                           \
    XX(WRONG_DIGESTS, AUTHENTICATION, USM, 5)                                                                \
    XX(DECRYPTION_ERRORS, DECRYPTION, USM, 6)                                                                \
    XX(UNAVAILABLE_CONTEXTS, UNAVAILABLE_CONTEXT, CONTEXT, 4)                                                \
    XX(UNKNOWN_CONTEXTS, UNKNOWN_CONTEXT, CONTEXT, 5)

enum engine_report {
#define XX(name, error, module, counter) ENGINE_REPORT_##name,
    ENGINE_REPORT_MAP(XX)
#undef XX
        ENGINE_REPORT_COUNT
};

/* The counters behind it, by enum engine_report. */
struct engine_reports {
    uint32_t counts[ENGINE_REPORT_COUNT];
};

/* Is an error of usm_verify() or of a message's handling counted, and as what? */
bool engine_report_of_error(int error, enum engine_report *report);

/* The instance of the counter (usmStatsUnknownEngineIDs.0); lives for ever. */
struct uvsnmp_oid engine_report_name(enum engine_report report);

/* The error that a Report tells of; UVSNMP_EPROTOCOL for one that is not in the table, or no Report. */
int engine_report_error(const struct msg_pdu *pdu);

#endif
