/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Memory that is freed all at once: what one message needs comes from its arena. The first block is kept over
 * arena_reset(), so that a busy arena allocates nothing.
 */
#ifndef BASE_ARENA_H
#define BASE_ARENA_H

#include <stddef.h>
#include <stdint.h>

struct arena_block;
struct arena {
    struct arena_block *first, *current;
    size_t block_size; /* of each block */
    size_t used;       /* in the current block */
    size_t total;      /* handed out since the last reset */
    size_t limit;
};

/* `block_size` 0: 4096; `limit` octets in all between two resets, 0: 16 MiB. Allocates nothing yet. */
void arena_init(struct arena *arena, size_t block_size, size_t limit);
void arena_fini(struct arena *arena);

/* Everything handed out becomes invalid; the first block stays. */
void arena_reset(struct arena *arena);

/* `size` octets, aligned for any type, not initialised; NULL when memory or the limit is exhausted. */
void *arena_alloc(struct arena *arena, size_t size);

/* An array; NULL also when count * size overflows. */
void *arena_array(struct arena *arena, size_t count, size_t size);

/* A copy of `size` octets; not NULL for size 0. */
void *arena_copy(struct arena *arena, const void *data, size_t size);

/* A copy of `length` characters and a NUL behind them. */
char *arena_text(struct arena *arena, const char *text, size_t length);

#endif
