/* SPDX-License-Identifier: BSD-3-Clause */
/* PDUs (RFC 3416 §3) and their wire form. */
#ifndef MSG_PDU_H
#define MSG_PDU_H

#include <uvsnmp/pdu.h>

#include "base/arena.h"
#include "ber/reader.h"
#include "ber/writer.h"

struct msg_pdu {
    enum uvsnmp_pdu_type type;
    int64_t request_id; /* 32 bits by RFC 3416 §3, but managers that count unsigned send more, and want it back */
    int32_t error_status; /* all but GETBULK */
    int32_t error_index;
    int32_t non_repeaters; /* GETBULK only; negative ones arrive as 0 (RFC 3416 §4.2.3) */
    int32_t max_repetitions;
    const struct uvsnmp_trap_v1 *trap; /* TRAP_V1 only, which has none of the above */
    const struct uvsnmp_varbind *varbinds;
    size_t count;
};

/* "GET", "GETNEXT", "RESPONSE", "TRAP" (of v1), "TRAP2", …; "unknown" for what is not a PDU type. */
const char *msg_pdu_type_name(enum uvsnmp_pdu_type type);

/* True for the PDUs that want a Response: GET, GETNEXT, GETBULK, SET, INFORM (the Confirmed Class). */
bool msg_pdu_is_confirmed(enum uvsnmp_pdu_type type);

/*
 * Reads one PDU of any version. Varbinds and OIDs come from `arena`; octet strings point into the message. The reader's
 * sticky error and `err` tell what was wrong.
 */
int msg_pdu_decode(struct ber_reader *reader, struct arena *arena, struct msg_pdu *pdu,
                   struct uvsnmp_error *err);

/* The same of versions 2c and 3, which do not have the TRAP_V1. */
int msg_pdu_decode_v2(struct ber_reader *reader, struct arena *arena, struct msg_pdu *pdu,
                      struct uvsnmp_error *err);

/* Writes one PDU in front of what `writer` holds; errors are the writer's. */
void msg_pdu_encode(struct ber_writer *writer, const struct msg_pdu *pdu);

#endif
