/* SPDX-License-Identifier: BSD-3-Clause */
/* What went wrong, in Net-SNMP's words, for scripts match them; what else is known follows on a line of its
 * own. */
#ifndef APPS_COMMON_REPORT_H
#define APPS_COMMON_REPORT_H

#include "apps/common/app.h"

/* The first lines differ from tool to tool, mostly by a dot. */
struct report_style {
    bool dot_after_packet;  /* "Error in packet." */
    bool dot_after_timeout; /* "Timeout: No Response from HOST." */
    bool names_nobody;      /* "NAME: Timeout", and no more is found out */
};

/* An agent's error-status. Returns APP_ERROR_STATUS. */
enum app_status report_error_status(struct app_run *run, const struct uvsnmp_result *result,
                                    const struct report_style *style);

/* No answer, or none that could be used. Returns APP_FAILED. */
enum app_status report_failure(struct app_run *run, const struct uvsnmp_result *result,
                               const struct report_style *style);

/* No session could be had. `detail` is the system's reason, which belongs to the first line, or our own. */
void report_unknown_host(const struct app_run *run, const char *detail, bool is_system_reason);

/* A request that could not be sent at all. Returns APP_FAILED. */
enum app_status report_not_sent(struct app_run *run, int error);

/* A name or value that could not be read: "WHAT: DETAIL". */
void report_operand(const char *what, const struct uvsnmp_error *err);

#endif
