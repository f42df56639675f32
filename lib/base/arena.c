/* SPDX-License-Identifier: BSD-3-Clause */
#include "base/arena.h"

#include <stdalign.h>
#include <stdlib.h>
#include <string.h>

#define ARENA_BLOCK_DEFAULT 4096
#define ARENA_LIMIT_DEFAULT ((size_t)16 << 20)

struct arena_block {
    struct arena_block *next;
    size_t capacity;
    alignas(max_align_t) uint8_t data[];
};

void arena_init(struct arena *arena, size_t block_size, size_t limit)
{
    memset(arena, 0, sizeof(*arena));
    arena->block_size = block_size ? block_size : ARENA_BLOCK_DEFAULT;
    arena->limit = limit ? limit : ARENA_LIMIT_DEFAULT;
}

static void free_blocks(struct arena_block *block)
{
    while (block) {
        struct arena_block *next = block->next;
        free(block);
        block = next;
    }
}

void arena_fini(struct arena *arena)
{
    free_blocks(arena->first);
    memset(arena, 0, sizeof(*arena));
}

void arena_reset(struct arena *arena)
{
    if (arena->first) {
        free_blocks(arena->first->next);
        arena->first->next = NULL;
    }
    arena->current = arena->first;
    arena->used = 0;
    arena->total = 0;
}

static struct arena_block *add_block(struct arena *arena, size_t size)
{
    size_t capacity = size > arena->block_size ? size : arena->block_size;
    struct arena_block *block = malloc(sizeof(*block) + capacity);
    if (!block) {
        return NULL;
    }
    block->next = NULL;
    block->capacity = capacity;
    if (arena->current) {
        arena->current->next = block;
    } else {
        arena->first = block;
    }
    arena->current = block;
    arena->used = 0;
    return block;
}

void *arena_alloc(struct arena *arena, size_t size)
{
    if (size > arena->limit) {
        return NULL;
    }
    size = (size + alignof(max_align_t) - 1) & ~(alignof(max_align_t) - 1);
    if (size > arena->limit - arena->total) {
        return NULL;
    }
    struct arena_block *block = arena->current;
    if (!block || size > block->capacity - arena->used) {
        block = add_block(arena, size);
        if (!block) {
            return NULL;
        }
    }
    void *memory = block->data + arena->used;
    arena->used += size;
    arena->total += size;
    return memory;
}

void *arena_array(struct arena *arena, size_t count, size_t size)
{
    if (size > 0 && count > SIZE_MAX / size) {
        return NULL;
    }
    return arena_alloc(arena, count * size);
}

void *arena_copy(struct arena *arena, const void *data, size_t size)
{
    void *copy = arena_alloc(arena, size > 0 ? size : 1);
    if (copy && size > 0) {
        memcpy(copy, data, size);
    }
    return copy;
}

char *arena_text(struct arena *arena, const char *text, size_t length)
{
    char *copy = length < SIZE_MAX ? arena_alloc(arena, length + 1) : NULL;
    if (copy) {
        memcpy(copy, text, length);
        copy[length] = '\0';
    }
    return copy;
}
