/* SPDX-License-Identifier: BSD-3-Clause */
/* A notification on its way through the daemon. */
#ifndef SNMPTRAPD_LITE_NOTICE_H
#define SNMPTRAPD_LITE_NOTICE_H

#include <uvsnmp/receiver.h>

/* What may be done with a notification: bits. */
enum notice_types { NOTICE_LOG = 1, NOTICE_EXECUTE = 2, NOTICE_NET = 4 };

struct notice {
    const struct uvsnmp_received *received;
    const char *host; /* the name of the sender; NULL: names are not looked up */
    unsigned types;
};

/* snmpTrapOID.0, which the receiver puts second. */
static inline struct uvsnmp_oid notice_trap_oid(const struct uvsnmp_received *received)
{
    return received->varbinds[1].value.as.oid;
}

#endif
