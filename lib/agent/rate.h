/* SPDX-License-Identifier: BSD-3-Clause */
/* A token bucket: so many at once, and from then on so many a second. */
#ifndef AGENT_RATE_H
#define AGENT_RATE_H

#include <stdbool.h>
#include <stdint.h>

struct rate {
    unsigned burst, per_second; /* at most 1000 */
};

/* Takes one; `*full_ms`, 0 at first, is when the bucket will be full again. False: it is empty. */
static inline bool rate_take(uint64_t *full_ms, const struct rate *rate, uint64_t now_ms)
{
    uint64_t cost_ms = 1000 / rate->per_second;
    uint64_t wanted_ms = (*full_ms > now_ms ? *full_ms : now_ms) + cost_ms;
    if (wanted_ms > now_ms + rate->burst * cost_ms) {
        return false;
    }
    *full_ms = wanted_ms;
    return true;
}

#endif
