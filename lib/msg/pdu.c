/* SPDX-License-Identifier: BSD-3-Clause */
#include "msg/pdu.h"

#include <string.h>

#include "base/err.h"
#include "ber/tag.h"
#include "smi/varbind.h"

static const struct pdu_kind {
    enum uvsnmp_pdu_type type;
    const char *name;
    bool confirmed; /* RFC 3411 §2.8 */
} pdu_kinds[] = {
    {UVSNMP_PDU_GET, "GET", true},           {UVSNMP_PDU_GETNEXT, "GETNEXT", true},
    {UVSNMP_PDU_RESPONSE, "RESPONSE", false}, {UVSNMP_PDU_SET, "SET", true},
    {UVSNMP_PDU_GETBULK, "GETBULK", true},   {UVSNMP_PDU_INFORM, "INFORM", true},
    {UVSNMP_PDU_TRAP, "TRAP2", false},       {UVSNMP_PDU_REPORT, "REPORT", false},
    {UVSNMP_PDU_TRAP_V1, "TRAP", false},
};

static const struct pdu_kind *pdu_kind_of(unsigned type)
{
    for (size_t i = 0; i < sizeof(pdu_kinds) / sizeof(pdu_kinds[0]); i++) {
        if (pdu_kinds[i].type == type) {
            return &pdu_kinds[i];
        }
    }
    return NULL;
}

const char *msg_pdu_type_name(enum uvsnmp_pdu_type type)
{
    const struct pdu_kind *kind = pdu_kind_of(type);
    return kind ? kind->name : "unknown";
}

bool msg_pdu_is_confirmed(enum uvsnmp_pdu_type type)
{
    const struct pdu_kind *kind = pdu_kind_of(type);
    return kind && kind->confirmed;
}

/* An INTEGER of which only its being large matters when it has more than 32 bits. */
static int32_t read_clamped(struct ber_reader *reader)
{
    int64_t number = ber_read_signed(reader, BER_INTEGER, INT64_MIN, INT64_MAX);
    return number > INT32_MAX ? INT32_MAX : number < INT32_MIN ? INT32_MIN : (int32_t)number;
}

/* RFC 1157 §4.1.6: what comes before the varbinds. */
static void read_trap(struct ber_reader *reader, struct arena *arena, struct msg_pdu *pdu)
{
    struct uvsnmp_trap_v1 *trap = arena_alloc(arena, sizeof(*trap));
    if (!trap) {
        ber_reader_fail(reader, UVSNMP_ENO_MEMORY, "no memory for a trap");
        return;
    }
    memset(trap, 0, sizeof(*trap));
    smi_oid_decode(reader, arena, &trap->enterprise);
    struct uvsnmp_bytes address = ber_read_bytes(reader, UVSNMP_IPADDRESS);
    if (reader->error == 0 && address.size != sizeof(trap->agent_address)) {
        ber_reader_fail(reader, UVSNMP_EBAD_ENCODING, "agent-addr not of 4 octets");
    } else if (reader->error == 0) {
        memcpy(trap->agent_address, address.data, address.size);
    }
    trap->generic = read_clamped(reader);
    trap->specific = read_clamped(reader);
    trap->timestamp = (uint32_t)ber_read_unsigned(reader, UVSNMP_TIMETICKS, UINT32_MAX);
    pdu->trap = trap;
}

static void read_request(struct ber_reader *reader, struct msg_pdu *pdu)
{
    pdu->request_id = ber_read_signed(reader, BER_INTEGER, INT64_MIN, INT64_MAX);
    int32_t first = read_clamped(reader);
    int32_t second = read_clamped(reader);
    if (pdu->type == UVSNMP_PDU_GETBULK) {
        pdu->non_repeaters = first < 0 ? 0 : first;
        pdu->max_repetitions = second < 0 ? 0 : second;
    } else {
        pdu->error_status = first;
        pdu->error_index = second;
    }
}

static int refuse(uint8_t tag, struct uvsnmp_error *err)
{
    return err_set(err, tag == 0 ? UVSNMP_ETRUNCATED : UVSNMP_EBAD_ENCODING, "unknown PDU type 0x%02x", tag);
}

int msg_pdu_decode_v2(struct ber_reader *reader, struct arena *arena, struct msg_pdu *pdu,
                      struct uvsnmp_error *err)
{
    uint8_t tag = ber_peek_tag(reader);
    return tag == UVSNMP_PDU_TRAP_V1 ? refuse(tag, err) : msg_pdu_decode(reader, arena, pdu, err);
}

int msg_pdu_decode(struct ber_reader *reader, struct arena *arena, struct msg_pdu *pdu,
                   struct uvsnmp_error *err)
{
    struct ber_reader inner;
    uint8_t tag = ber_peek_tag(reader);
    memset(pdu, 0, sizeof(*pdu));
    if (!pdu_kind_of(tag)) {
        return refuse(tag, err);
    }
    pdu->type = (enum uvsnmp_pdu_type)tag;
    ber_read_enter(reader, tag, &inner);
    if (pdu->type == UVSNMP_PDU_TRAP_V1) {
        read_trap(&inner, arena, pdu);
    } else {
        read_request(&inner, pdu);
    }
    pdu->varbinds = smi_varbinds_decode(&inner, arena, &pdu->count);
    if (inner.error == 0 && !ber_reader_at_end(&inner)) {
        ber_reader_fail(&inner, UVSNMP_EBAD_ENCODING, "octets after the varbinds");
    }
    ber_read_leave(reader, &inner);
    return ber_reader_error(reader, err);
}

static void write_trap(struct ber_writer *writer, const struct uvsnmp_trap_v1 *trap)
{
    ber_write_unsigned(writer, UVSNMP_TIMETICKS, trap->timestamp);
    ber_write_signed(writer, BER_INTEGER, trap->specific);
    ber_write_signed(writer, BER_INTEGER, trap->generic);
    ber_write_bytes(writer, UVSNMP_IPADDRESS, trap->agent_address, sizeof(trap->agent_address));
    ber_write_oid(writer, BER_OBJECT_IDENTIFIER, trap->enterprise);
}

void msg_pdu_encode(struct ber_writer *writer, const struct msg_pdu *pdu)
{
    bool bulk = pdu->type == UVSNMP_PDU_GETBULK;
    size_t mark = ber_writer_size(writer);
    smi_varbinds_encode(writer, pdu->varbinds, pdu->count);
    if (pdu->type == UVSNMP_PDU_TRAP_V1) {
        write_trap(writer, pdu->trap);
        ber_write_header(writer, (uint8_t)pdu->type, mark);
        return;
    }
    ber_write_signed(writer, BER_INTEGER, bulk ? pdu->max_repetitions : pdu->error_index);
    ber_write_signed(writer, BER_INTEGER, bulk ? pdu->non_repeaters : pdu->error_status);
    ber_write_signed(writer, BER_INTEGER, pdu->request_id);
    ber_write_header(writer, (uint8_t)pdu->type, mark);
}
