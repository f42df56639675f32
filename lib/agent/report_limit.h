/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * How many Reports a source gets that has not proved who it is. It may be somebody else than it says, and the
 * Reports, longer than what was asked, go to him: a token bucket for each source keeps them few.
 */
#ifndef AGENT_REPORT_LIMIT_H
#define AGENT_REPORT_LIMIT_H

#include <uvsnmp/address.h>

enum {
    REPORT_LIMIT_BURST = 1000,    /* at once … */
    REPORT_LIMIT_PER_SECOND = 200 /* … and from then on */
};

enum { REPORT_LIMIT_SETS = 64, REPORT_LIMIT_WAYS = 4 };

struct report_limit {
    uint64_t seed; /* so that nobody can choose sources that share a set */
    struct report_bucket {
        uint64_t source;
        uint64_t full_ms; /* when it will be full again */
    } buckets[REPORT_LIMIT_SETS][REPORT_LIMIT_WAYS];
};

void report_limit_init(struct report_limit *limit);

/*
 * Takes one from the bucket of the source: an IPv4 address, or the first 64 bits of an IPv6 address. False:
 * it is empty. The host itself and streams, whose addresses are not forged, are always allowed. Where there
 * are more sources than buckets the one that took least is forgotten.
 */
bool report_limit_allows(struct report_limit *limit, const struct uvsnmp_address *peer, uint64_t now_ms);

#endif
