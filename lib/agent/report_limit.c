/* SPDX-License-Identifier: BSD-3-Clause */
#include "agent/report_limit.h"

#include <string.h>

#include "agent/rate.h"
#include "base/random.h"
#include "io/source.h"

static const struct rate rate = {REPORT_LIMIT_BURST, REPORT_LIMIT_PER_SECOND};

void report_limit_init(struct report_limit *limit)
{
    memset(limit, 0, sizeof(*limit));
    limit->seed = random_u64();
}

/* A host has a whole IPv6 network of 64 bits to itself. */
static uint64_t source_of(const struct uvsnmp_address *peer)
{
    const uint8_t *octets = peer->at.v6.sin6_addr.s6_addr;
    uint64_t source = 0;
    uint32_t mapped;
    if (peer->at.any.sa_family == AF_INET) {
        return peer->at.v4.sin_addr.s_addr;
    }
    if (IN6_IS_ADDR_V4MAPPED(&peer->at.v6.sin6_addr)) {
        memcpy(&mapped, octets + 12, sizeof(mapped));
        return mapped;
    }
    memcpy(&source, octets, sizeof(source));
    return source;
}

static struct report_bucket *find_bucket(struct report_limit *limit, uint64_t source)
{
    const uint64_t odd = 0x9e3779b97f4a7c15; /* its bits are well mixed */
    struct report_bucket *set =
        limit->buckets[((source ^ limit->seed) * odd) >> 32 & (REPORT_LIMIT_SETS - 1)];
    struct report_bucket *least = set;
    for (size_t i = 0; i < REPORT_LIMIT_WAYS; i++) {
        if (set[i].source == source) {
            return &set[i];
        }
        least = set[i].full_ms < least->full_ms ? &set[i] : least;
    }
    *least = (struct report_bucket){.source = source};
    return least;
}

bool report_limit_allows(struct report_limit *limit, const struct uvsnmp_address *peer, uint64_t now_ms)
{
    if (peer->transport != UVSNMP_UDP || io_source_is_own_host(peer)) {
        return true;
    }
    return rate_take(&find_bucket(limit, source_of(peer))->full_ms, &rate, now_ms);
}
