/* SPDX-License-Identifier: BSD-3-Clause */
#include "io/due.h"

#include <stdlib.h>

#include <uvsnmp/error.h>

struct due_queue {
    struct map_link by_duration;
    struct list in_set;
    struct list entries;
};

void due_init(struct due_set *set)
{
    map_init(&set->by_duration);
    list_init(&set->queues);
}

static void free_queue(struct due_set *set, struct due_queue *queue)
{
    list_remove(&queue->in_set);
    map_remove(&set->by_duration, &queue->by_duration);
    free(queue);
}

void due_fini(struct due_set *set)
{
    LIST_EACH(link, following, &set->queues)
    {
        struct due_queue *queue = LIST_OBJECT(link, struct due_queue, in_set);
        LIST_EACH(at, after, &queue->entries)
        {
            due_remove(LIST_OBJECT(at, struct due_entry, link));
        }
        free_queue(set, queue);
    }
    map_fini(&set->by_duration);
}

static struct due_queue *queue_for(struct due_set *set, uint64_t duration)
{
    struct map_link *found = map_find(&set->by_duration, duration);
    struct due_queue *queue;
    if (found) {
        return LIST_OBJECT(found, struct due_queue, by_duration);
    }
    queue = malloc(sizeof(*queue));
    if (!queue || map_insert(&set->by_duration, &queue->by_duration, duration) < 0) {
        free(queue);
        return NULL;
    }
    list_init(&queue->entries);
    list_append(&set->queues, &queue->in_set);
    return queue;
}

int due_add(struct due_set *set, struct due_entry *entry, uint64_t now, uint64_t duration)
{
    struct due_queue *queue;
    due_remove(entry);
    queue = queue_for(set, duration);
    if (!queue) {
        return UVSNMP_ENO_MEMORY;
    }
    entry->due = duration < UINT64_MAX - 1 - now ? now + duration : UINT64_MAX - 1;
    entry->queue = queue;
    list_append(&queue->entries, &entry->link);
    return 0;
}

void due_remove(struct due_entry *entry)
{
    if (entry->queue) {
        list_remove(&entry->link);
        entry->queue = NULL;
    }
}

uint64_t due_next(struct due_set *set)
{
    uint64_t next = UINT64_MAX;
    LIST_EACH(link, following, &set->queues)
    {
        struct due_queue *queue = LIST_OBJECT(link, struct due_queue, in_set);
        if (list_is_empty(&queue->entries)) {
            free_queue(set, queue);
        } else {
            uint64_t due = LIST_OBJECT(queue->entries.next, struct due_entry, link)->due;
            next = due < next ? due : next;
        }
    }
    return next;
}

struct due_entry *due_take(struct due_set *set, uint64_t now)
{
    LIST_EACH(link, following, &set->queues)
    {
        struct due_queue *queue = LIST_OBJECT(link, struct due_queue, in_set);
        if (!list_is_empty(&queue->entries)) {
            struct due_entry *entry = LIST_OBJECT(queue->entries.next, struct due_entry, link);
            if (entry->due <= now) {
                due_remove(entry);
                return entry;
            }
        }
    }
    return NULL;
}
