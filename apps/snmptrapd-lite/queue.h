/* SPDX-License-Identifier: BSD-3-Clause */
/* Notifications that wait, in order, for the names of their senders. */
#ifndef SNMPTRAPD_LITE_QUEUE_H
#define SNMPTRAPD_LITE_QUEUE_H

#include "apps/snmptrapd-lite/notice.h"
#include "base/arena.h"
#include "base/list.h"

struct queued {
    struct list link;
    struct uvsnmp_received received; /* all that it points to is in `arena` */
    unsigned types;
    uint64_t deadline; /* from then on it waits no more */
    struct arena arena;
};

struct queue {
    struct list list;
    size_t count;
};

void queue_init(struct queue *queue);

/* Copies a notification to the end. UVSNMP_ENO_MEMORY. */
int queue_add(struct queue *queue, const struct uvsnmp_received *received, unsigned types, uint64_t deadline);

/* The first one, borrowed; NULL: none. */
struct queued *queue_first(const struct queue *queue);
void queue_remove_first(struct queue *queue);

/* Is so much waiting that no more should come? */
bool queue_is_full(const struct queue *queue);

#endif
