/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * What becomes due when: a queue per distinct duration instead of a heap. An entry that waits `duration` from
 * now goes to the end of its queue, so each queue is ordered by itself, and adding and removing are O(1).
 */
#ifndef IO_DUE_H
#define IO_DUE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/list.h"
#include "base/map.h"

struct due_queue;
struct due_entry {
    struct list link;
    uint64_t due;
    struct due_queue *queue; /* NULL: not waiting */
};

struct due_set {
    struct map by_duration;
    struct list queues;
};

/* Allocates nothing yet; a zeroed entry waits for nothing. */
void due_init(struct due_set *set);
/* Frees the queues; entries still waiting are forgotten. */
void due_fini(struct due_set *set);

/* Makes `entry` due at now + duration; `now` must not go back. UVSNMP_ENO_MEMORY leaves it not waiting. */
int due_add(struct due_set *set, struct due_entry *entry, uint64_t now, uint64_t duration);
void due_remove(struct due_entry *entry);
static inline bool due_is_waiting(const struct due_entry *entry)
{
    return entry->queue;
}

/* When the next entry is due; UINT64_MAX: none waits. Forgets queues that have emptied. */
uint64_t due_next(struct due_set *set);

/* Takes out one entry that is due at `now`; NULL: none. */
struct due_entry *due_take(struct due_set *set, uint64_t now);

#endif
