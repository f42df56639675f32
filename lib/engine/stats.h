/* SPDX-License-Identifier: BSD-3-Clause */
/* The counters of the snmp group (RFC 3418 §2; the obsolete ones of RFC 1213 too, which monitors still read). */
#ifndef ENGINE_STATS_H
#define ENGINE_STATS_H

#include <stdint.h>

#include "msg/pdu.h"

/* name, sub-identifier below snmp (1.3.6.1.2.1.11); 30 is snmpEnableAuthenTraps, which is no counter */
#define ENGINE_STATS_MAP(XX)                                                                                 \
    XX(in_pkts, 1)                                                                                           \
    XX(out_pkts, 2)                                                                                          \
    XX(in_bad_versions, 3)                                                                                   \
    XX(in_bad_community_names, 4)                                                                            \
    XX(in_bad_community_uses, 5)                                                                             \
    XX(in_asn_parse_errs, 6)                                                                                 \
    XX(in_too_bigs, 8)                                                                                       \
    XX(in_no_such_names, 9)                                                                                  \
    XX(in_bad_values, 10)                                                                                    \
    XX(in_read_onlys, 11)                                                                                    \
    XX(in_gen_errs, 12)                                                                                      \
    XX(in_total_req_vars, 13)                                                                                \
    XX(in_total_set_vars, 14)                                                                                \
    XX(in_get_requests, 15)                                                                                  \
    XX(in_get_nexts, 16)                                                                                     \
    XX(in_set_requests, 17)                                                                                  \
    XX(in_get_responses, 18)                                                                                 \
    XX(in_traps, 19)                                                                                         \
    XX(out_too_bigs, 20)                                                                                     \
    XX(out_no_such_names, 21)                                                                                \
    XX(out_bad_values, 22)                                                                                   \
    XX(out_gen_errs, 24)                                                                                     \
    XX(out_get_requests, 25)                                                                                 \
    XX(out_get_nexts, 26)                                                                                    \
    XX(out_set_requests, 27)                                                                                 \
    XX(out_get_responses, 28)                                                                                \
    XX(out_traps, 29)                                                                                        \
    XX(silent_drops, 31)                                                                                     \
    XX(proxy_drops, 32)

struct engine_stats {
#define XX(name, id) uint32_t name;
    ENGINE_STATS_MAP(XX)
#undef XX
};

/* Counts a PDU that came in or went out: its type, and a Response's error-status in its v1 form. in_total_req_vars and
 * in_total_set_vars are the agent's, which knows what it served. */
void engine_stats_in(struct engine_stats *stats, const struct msg_pdu *pdu);
void engine_stats_out(struct engine_stats *stats, const struct msg_pdu *pdu);

#endif
