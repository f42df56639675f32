/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Hash map from 64-bit keys to pointers, where several entries may share a key. Open chaining over intrusive
 * links: the map allocates its bucket array only.
 */
#ifndef BASE_MAP_H
#define BASE_MAP_H

#include <stddef.h>
#include <stdint.h>

struct map_link {
    struct map_link *next, **at; /* `at`: what points here, so that removal takes no search */
    uint64_t key;
};

struct map {
    struct map_link **buckets;
    size_t bucket_count; /* a power of two */
    size_t size;
    uint64_t seed; /* unpredictable, so that peers cannot choose collisions */
};

/* Allocates nothing yet. */
void map_init(struct map *map);
/* Frees the buckets; the entries are the caller's. */
void map_fini(struct map *map);

/* UVSNMP_ENO_MEMORY when the bucket array cannot be made. */
int map_insert(struct map *map, struct map_link *link, uint64_t key);
void map_remove(struct map *map, struct map_link *link);

/* The first entry with `key`, newest first; NULL: none. map_next() gives the next with the same key. */
struct map_link *map_find(const struct map *map, uint64_t key);
struct map_link *map_next(const struct map_link *link);

/* A hash of octets, going on from `hash`: a key for what is not a number. Begin with MAP_HASH_FIRST, or with
 * a random number where somebody could choose octets that have the same. */
#define MAP_HASH_FIRST 0xcbf29ce484222325u
uint64_t map_hash(uint64_t hash, const void *data, size_t size);

#endif
