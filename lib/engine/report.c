/* SPDX-License-Identifier: BSD-3-Clause */
#include "engine/report.h"

/* The instance's name and its size: the contexts' counters lie one level higher than the others. */
#define NAME_MPD(counter) {1, 3, 6, 1, 6, 3, 11, 2, 1, counter, 0}, 11
#define NAME_USM(counter) {1, 3, 6, 1, 6, 3, 15, 1, 1, counter, 0}, 11
#define NAME_CONTEXT(counter) {1, 3, 6, 1, 6, 3, 12, 1, counter, 0}, 10

static const struct {
    int error;
    uint32_t name[11];
    size_t name_count;
} rows[] = {
#define XX(name, error, module, counter) {UVSNMP_E##error, NAME_##module(counter)},
    ENGINE_REPORT_MAP(XX)
#undef XX
};

bool engine_report_of_error(int error, enum engine_report *report)
{
    for (size_t i = 0; i < ENGINE_REPORT_COUNT; i++) {
        if (rows[i].error == error) {
            *report = (enum engine_report)i;
            return true;
        }
    }
    return false;
}

struct uvsnmp_oid engine_report_name(enum engine_report report)
{
    struct uvsnmp_oid name = {rows[report].name, rows[report].name_count};
    return name;
}

int engine_report_error(const struct msg_pdu *pdu)
{
    if (pdu->type == UVSNMP_PDU_REPORT && pdu->count > 0) {
        for (size_t i = 0; i < ENGINE_REPORT_COUNT; i++) {
            if (uvsnmp_oid_compare(engine_report_name((enum engine_report)i), pdu->varbinds[0].name) == 0) {
                return rows[i].error;
            }
        }
    }
    return UVSNMP_EPROTOCOL;
}
