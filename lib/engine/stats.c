/* SPDX-License-Identifier: BSD-3-Clause */
#include "engine/stats.h"

#include <stddef.h>

#include "msg/status.h"

#define COUNTER(name) offsetof(struct engine_stats, name)
#define NO_COUNTER SIZE_MAX

/* What a PDU of a type counts as, arriving and leaving. */
static const struct {
    enum uvsnmp_pdu_type type;
    size_t in, out;
} type_counters[] = {
    {UVSNMP_PDU_GET, COUNTER(in_get_requests), COUNTER(out_get_requests)},
    {UVSNMP_PDU_GETNEXT, COUNTER(in_get_nexts), COUNTER(out_get_nexts)},
    {UVSNMP_PDU_RESPONSE, COUNTER(in_get_responses), COUNTER(out_get_responses)},
    {UVSNMP_PDU_SET, COUNTER(in_set_requests), COUNTER(out_set_requests)},
    {UVSNMP_PDU_TRAP_V1, COUNTER(in_traps), COUNTER(out_traps)},
    {UVSNMP_PDU_TRAP, COUNTER(in_traps), COUNTER(out_traps)},
    {UVSNMP_PDU_INFORM, COUNTER(in_traps), COUNTER(out_traps)},
};

static const struct {
    enum uvsnmp_status status;
    size_t in, out;
} status_counters[] = {
    {UVSNMP_STATUS_TOO_BIG, COUNTER(in_too_bigs), COUNTER(out_too_bigs)},
    {UVSNMP_STATUS_NO_SUCH_NAME, COUNTER(in_no_such_names), COUNTER(out_no_such_names)},
    {UVSNMP_STATUS_BAD_VALUE, COUNTER(in_bad_values), COUNTER(out_bad_values)},
    {UVSNMP_STATUS_READ_ONLY, COUNTER(in_read_onlys), NO_COUNTER},
    {UVSNMP_STATUS_GEN_ERR, COUNTER(in_gen_errs), COUNTER(out_gen_errs)},
};

static void count(struct engine_stats *stats, size_t counter)
{
    if (counter != NO_COUNTER) {
        uint32_t *number = (uint32_t *)(void *)((char *)stats + counter);
        ++*number;
    }
}

static void count_pdu(struct engine_stats *stats, const struct msg_pdu *pdu, bool in)
{
    for (size_t i = 0; i < sizeof(type_counters) / sizeof(type_counters[0]); i++) {
        if (type_counters[i].type == pdu->type) {
            count(stats, in ? type_counters[i].in : type_counters[i].out);
        }
    }
    if (pdu->type != UVSNMP_PDU_RESPONSE || pdu->error_status == UVSNMP_STATUS_NO_ERROR) {
        return;
    }
    /* there are counters for the statuses of version 1 only; Net-SNMP counts the others by their v1 form */
    enum uvsnmp_status status = msg_status_to_v1((enum uvsnmp_status)pdu->error_status);
    for (size_t i = 0; i < sizeof(status_counters) / sizeof(status_counters[0]); i++) {
        if (status_counters[i].status == status) {
            count(stats, in ? status_counters[i].in : status_counters[i].out);
        }
    }
}

void engine_stats_in(struct engine_stats *stats, const struct msg_pdu *pdu)
{
    count_pdu(stats, pdu, true);
}

void engine_stats_out(struct engine_stats *stats, const struct msg_pdu *pdu)
{
    count_pdu(stats, pdu, false);
}
