/* SPDX-License-Identifier: BSD-3-Clause */
#include "apps/snmptrapd-lite/queue.h"

#include <stdlib.h>

#include "smi/varbind.h"

enum { FULL = 10000, BLOCK_SIZE = 1024, ADDRESSES = 2 };

void queue_init(struct queue *queue)
{
    list_init(&queue->list);
    queue->count = 0;
}

static bool copy_bytes(struct arena *arena, struct uvsnmp_bytes *bytes)
{
    bytes->data = arena_copy(arena, bytes->data, bytes->size);
    return bytes->data != NULL;
}

static bool copy_trap(struct arena *arena, struct uvsnmp_received *received)
{
    struct uvsnmp_trap_v1 *trap = received->trap ? arena_copy(arena, received->trap, sizeof(*trap)) : NULL;
    if (!received->trap) {
        return true;
    }
    received->trap = trap;
    return trap && smi_oid_dup(arena, &trap->enterprise, trap->enterprise);
}

/* `received` is a shallow copy, which becomes a deep one. */
static bool copy(struct arena *arena, struct uvsnmp_received *received)
{
    struct uvsnmp_address *addresses = arena_array(arena, ADDRESSES, sizeof(*addresses));
    struct uvsnmp_bytes *const all[] = {&received->community, &received->security_name, &received->engine_id,
                                        &received->context_engine_id, &received->context_name};
    bool copied = addresses && copy_trap(arena, received);
    for (size_t i = 0; copied && i < sizeof(all) / sizeof(all[0]); i++) {
        copied = copy_bytes(arena, all[i]);
    }
    if (!copied) {
        return false;
    }
    addresses[0] = *received->peer;
    received->peer = &addresses[0];
    if (received->local) {
        addresses[1] = *received->local;
        received->local = &addresses[1];
    }
    received->varbinds = smi_varbinds_dup(arena, received->varbinds, received->count);
    return received->varbinds != NULL;
}

int queue_add(struct queue *queue, const struct uvsnmp_received *received, unsigned types, uint64_t deadline)
{
    struct queued *queued = calloc(1, sizeof(*queued));
    if (!queued) {
        return UVSNMP_ENO_MEMORY;
    }
    arena_init(&queued->arena, BLOCK_SIZE, 0);
    queued->received = *received;
    queued->types = types;
    queued->deadline = deadline;
    if (!copy(&queued->arena, &queued->received)) {
        arena_fini(&queued->arena);
        free(queued);
        return UVSNMP_ENO_MEMORY;
    }
    list_append(&queue->list, &queued->link);
    queue->count++;
    return 0;
}

struct queued *queue_first(const struct queue *queue)
{
    return list_is_empty(&queue->list) ? NULL : LIST_OBJECT(queue->list.next, struct queued, link);
}

void queue_remove_first(struct queue *queue)
{
    struct queued *first = queue_first(queue);
    list_remove(&first->link);
    queue->count--;
    arena_fini(&first->arena);
    free(first);
}

bool queue_is_full(const struct queue *queue)
{
    return queue->count >= FULL;
}
