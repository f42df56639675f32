/* SPDX-License-Identifier: BSD-3-Clause */
#ifndef MSG_STATUS_H
#define MSG_STATUS_H

#include <uvsnmp/pdu.h>

/* The error-status that stands for `status` in an SNMPv1 message (RFC 3584 §4.4). */
enum uvsnmp_status msg_status_to_v1(enum uvsnmp_status status);

#endif
