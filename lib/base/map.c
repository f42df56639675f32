/* SPDX-License-Identifier: BSD-3-Clause */
#include "base/map.h"

#include <stdlib.h>
#include <string.h>

#include <uvsnmp/error.h>

#include "base/random.h"

#define MAP_BUCKETS_FIRST 16

void map_init(struct map *map)
{
    memset(map, 0, sizeof(*map));
}

void map_fini(struct map *map)
{
    free(map->buckets);
    memset(map, 0, sizeof(*map));
}

static size_t bucket_of(const struct map *map, uint64_t key)
{
    /* each bit of key and seed reaches each bit of the sum: the finaliser of MurmurHash3 */
    uint64_t hash = key ^ map->seed;
    hash = (hash ^ hash >> 33) * 0xff51afd7ed558ccdu;
    hash = (hash ^ hash >> 33) * 0xc4ceb9fe1a85ec53u;
    return (size_t)(hash ^ hash >> 33) & (map->bucket_count - 1);
}

static void put(struct map *map, struct map_link *link)
{
    struct map_link **bucket = &map->buckets[bucket_of(map, link->key)];
    link->at = bucket;
    link->next = *bucket;
    if (link->next) {
        link->next->at = &link->next;
    }
    *bucket = link;
}

static int grow(struct map *map)
{
    size_t old_count = map->bucket_count;
    size_t count = old_count ? old_count * 4 : MAP_BUCKETS_FIRST;
    struct map_link **buckets = calloc(count, sizeof(struct map_link *));
    struct map_link **old = map->buckets;
    if (!buckets) {
        /* a full map still works, only slower */
        return old_count ? 0 : UVSNMP_ENO_MEMORY;
    }
    if (old_count == 0) {
        map->seed = random_u64();
    }
    map->buckets = buckets;
    map->bucket_count = count;
    for (size_t i = 0; i < old_count; i++) {
        struct map_link *link = old[i], *reversed = NULL;
        /* twice reversed, entries with equal keys keep their order */
        while (link) {
            struct map_link *next = link->next;
            link->next = reversed;
            reversed = link;
            link = next;
        }
        while (reversed) {
            struct map_link *next = reversed->next;
            put(map, reversed);
            reversed = next;
        }
    }
    free(old);
    return 0;
}

int map_insert(struct map *map, struct map_link *link, uint64_t key)
{
    if (map->size >= map->bucket_count) {
        int rc = grow(map);
        if (rc < 0) {
            return rc;
        }
    }
    link->key = key;
    put(map, link);
    map->size++;
    return 0;
}

void map_remove(struct map *map, struct map_link *link)
{
    *link->at = link->next;
    if (link->next) {
        link->next->at = link->at;
    }
    map->size--;
}

struct map_link *map_find(const struct map *map, uint64_t key)
{
    struct map_link *link = map->size ? map->buckets[bucket_of(map, key)] : NULL;
    while (link && link->key != key) {
        link = link->next;
    }
    return link;
}

struct map_link *map_next(const struct map_link *link)
{
    struct map_link *next = link->next;
    while (next && next->key != link->key) {
        next = next->next;
    }
    return next;
}

/* Both factors depend on what came before, so that who does not know where it began cannot choose octets that
 * bring the same. */
static uint64_t mix(uint64_t hash, uint64_t word)
{
    __extension__ typedef unsigned __int128 wide;
    wide product = (wide)(hash ^ word) * ((hash >> 32 | hash << 32) ^ 0x9e3779b97f4a7c15u);
    return (uint64_t)product ^ (uint64_t)(product >> 64);
}

uint64_t map_hash(uint64_t hash, const void *data, size_t size)
{
    const char *octets = data;
    size_t left = size;
    uint64_t word;
    for (; left >= sizeof(word); octets += sizeof(word), left -= sizeof(word)) {
        memcpy(&word, octets, sizeof(word));
        hash = mix(hash, word);
    }
    word = 0;
    if (left > 0) {
        memcpy(&word, octets, left);
    }
    return mix(mix(hash, word), size); /* so that zeros at the end count */
}
