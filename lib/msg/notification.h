/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * What a notification says, whichever version carries it: the varbinds of version 2 (RFC 3416 §4.2.6), the
 * fields of a Trap-PDU of version 1, and one made of the other (RFC 3584 §3).
 */
#ifndef MSG_NOTIFICATION_H
#define MSG_NOTIFICATION_H

#include "msg/pdu.h"

struct msg_notification {
    uint32_t uptime;                       /* sysUpTime.0 */
    struct uvsnmp_oid_buf trap_oid;        /* snmpTrapOID.0 */
    const struct uvsnmp_varbind *varbinds; /* those behind these two */
    size_t count;
};

/*
 * Reads a TRAP, an INFORM or a TRAP_V1 (RFC 3584 §3.1). What a PDU of version 2 lacks is 0 and {0, 0}, as
 * zeroDotZero; the varbinds that are not used are all in `out`. `out` borrows from the PDU.
 * UVSNMP_EBAD_VALUE: the trap has an OID that is too long.
 */
int msg_notification_read(const struct msg_pdu *pdu, struct msg_notification *out);

/* All varbinds of the notification as version 2 has it: sysUpTime.0 and snmpTrapOID.0 in front.
 * `notification` is borrowed from. NULL: out of memory. */
const struct uvsnmp_varbind *msg_notification_varbinds(const struct msg_notification *notification,
                                                       struct arena *arena, size_t *count);

/* The varbinds of the trap of version 1 in `pdu` as one who forwards it in version 2 sends them (RFC 3584
 * §3.1 (4)): behind them where it came from, by which community, and whose it is. NULL: out of memory, or an
 * OID that is too long. */
const struct uvsnmp_varbind *msg_notification_forward(const struct msg_pdu *pdu,
                                                      struct uvsnmp_bytes community, struct arena *arena,
                                                      size_t *count);

/*
 * The fields of a Trap-PDU (RFC 3584 §3.2); `trap->enterprise` points into `enterprise`. Its address is that
 * of a snmpTrapAddress.0 among the varbinds, else as it was. UVSNMP_EUNSUPPORTED: a Counter64 is among them,
 * which version 1 does not have.
 */
int msg_notification_to_v1(const struct msg_notification *notification, struct uvsnmp_oid_buf *enterprise,
                           struct uvsnmp_trap_v1 *trap);

#endif
