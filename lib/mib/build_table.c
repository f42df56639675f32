/* SPDX-License-Identifier: BSD-3-Clause */
/* What mib_build() keeps its records in. */
#include <stdlib.h>
#include <string.h>

#include "mib/build_impl.h"

/* Octets in one array of records. */
#define ARRAY_LIMIT ((size_t)1 << 30)

/* ---- memory ---- */

void *build_alloc(struct build *build, size_t size)
{
    void *memory = build->rc < 0 ? NULL : arena_alloc(&build->scratch, size);
    if (!memory) {
        build->rc = build->rc < 0 ? build->rc : UVSNMP_ENO_MEMORY;
        return NULL;
    }
    return memset(memory, 0, size);
}

static bool reserve(struct build *build, struct build_array *array, size_t capacity, size_t size)
{
    void *data = realloc(array->data, capacity * size);
    if (!data) {
        build->rc = UVSNMP_ENO_MEMORY;
        return false;
    }
    array->data = data;
    array->capacity = capacity;
    return true;
}

void *build_append(struct build *build, struct build_array *array, size_t count, size_t size)
{
    if (build->rc < 0) {
        return NULL;
    }
    if (count > ARRAY_LIMIT / size - array->count) {
        build->rc = UVSNMP_ELIMIT;
        return NULL;
    }
    if ((!array->data || array->count + count > array->capacity) &&
        !reserve(build, array, (array->count + count) * 2 + 16, size)) {
        return NULL;
    }
    array->count += count;
    return (char *)array->data + (array->count - count) * size;
}

/* ---- tables ---- */

static struct build_link *link_at(const struct build_table *table, uint32_t number)
{
    return (struct build_link *)(void *)((char *)table->records.data + number * table->size);
}

static void chain(struct build_table *table, uint32_t number)
{
    struct build_link *link = link_at(table, number);
    uint32_t *bucket = &table->buckets[link->hash & (table->bucket_count - 1)];
    link->next = *bucket;
    *bucket = number;
}

/* Room for as many records as there are buckets. */
static bool make_buckets(struct build *build, struct build_table *table, size_t count)
{
    uint32_t *buckets = calloc(count, sizeof(*buckets));
    if (!buckets) {
        build->rc = UVSNMP_ENO_MEMORY;
        return false;
    }
    free(table->buckets);
    table->buckets = buckets;
    table->bucket_count = (uint32_t)count;
    return true;
}

void build_table_init(struct build *build, struct build_table *table, size_t size, size_t capacity)
{
    size_t count = 16;
    table->size = size;
    if (build->rc < 0) {
        return;
    }
    if (capacity > ARRAY_LIMIT / size - 1) {
        build->rc = UVSNMP_ELIMIT;
        return;
    }
    while (count <= capacity) {
        count *= 2;
    }
    if (reserve(build, &table->records, capacity + 1, size) && make_buckets(build, table, count)) {
        memset(table->records.data, 0, size);
        table->records.count = 1;
    }
}

void build_table_fini(struct build_table *table)
{
    free(table->records.data);
    free(table->buckets);
}

uint32_t build_hash(const struct build *build, uint32_t a, uint32_t b)
{
    uint64_t key = build->seed ^ ((uint64_t)a << 32 | b);
    key = (key ^ key >> 32) * 0x9e3779b97f4a7c15u;
    key = (key ^ key >> 29) * 0xbf58476d1ce4e5b9u;
    return (uint32_t)(key >> 32);
}

uint32_t build_table_add_apart(struct build *build, struct build_table *table)
{
    void *record = build_append(build, &table->records, 1, table->size);
    if (!record) {
        return BUILD_NONE;
    }
    memset(record, 0, table->size);
    return (uint32_t)table->records.count - 1;
}

uint32_t build_table_add(struct build *build, struct build_table *table, uint32_t hash)
{
    uint32_t number = build_table_add_apart(build, table);
    if (number == BUILD_NONE) {
        return BUILD_NONE;
    }
    link_at(table, number)->hash = hash;
    if (number < table->bucket_count) {
        chain(table, number);
        return number;
    }
    if (!make_buckets(build, table, (size_t)table->bucket_count * 4)) {
        return BUILD_NONE;
    }
    for (uint32_t i = 1; i <= number; i++) {
        chain(table, i);
    }
    return number;
}

uint32_t build_table_first(const struct build_table *table, uint32_t hash)
{
    return table->buckets[hash & (table->bucket_count - 1)];
}

/* ---- texts ---- */

uint32_t build_name(struct build *build, const char *text)
{
    uint32_t hash = (uint32_t)(map_hash(build->seed, text, strlen(text)) >> 16), number;
    struct build_name *name;
    if (build->rc < 0) {
        return BUILD_NONE;
    }
    for (number = build_table_first(&build->names, hash); number != BUILD_NONE; number = name->link.next) {
        name = build_name_at(build, number);
        if (name->link.hash == hash && strcmp(name->text, text) == 0) {
            return number;
        }
    }
    number = build_table_add(build, &build->names, hash);
    if (number != BUILD_NONE) {
        build_name_at(build, number)->text = text;
    }
    return number;
}

/* The offset of a text of `size` octets; 0: the texts are too many. */
static uint32_t take_room(struct build *build, size_t size)
{
    size_t offset = build->string_size;
    if (size > ARRAY_LIMIT - offset) {
        build->rc = build->rc < 0 ? build->rc : UVSNMP_ELIMIT;
        return 0;
    }
    build->string_size += size;
    return (uint32_t)offset;
}

uint32_t build_put_text(struct build *build, const char *text)
{
    struct build_text *put;
    uint32_t offset;
    size_t size;
    if (!text || text[0] == '\0') {
        return text ? MIB_IMAGE_EMPTY : 0;
    }
    size = strlen(text) + 1;
    offset = take_room(build, size);
    put = build_append(build, &build->texts, 1, sizeof(*put));
    if (!put) {
        return 0;
    }
    *put = (struct build_text){text, offset, (uint32_t)size};
    return offset;
}

uint32_t build_put_name(struct build *build, uint32_t number)
{
    struct build_name *name;
    if (build->rc < 0 || number == BUILD_NONE) {
        return 0;
    }
    name = build_name_at(build, number);
    if (name->offset == 0 && name->text[0] != '\0') {
        name->offset = take_room(build, strlen(name->text) + 1);
    }
    return name->offset;
}

uint32_t build_put_known_name(struct build *build, const char *text)
{
    if (!text || text[0] == '\0') {
        return text ? MIB_IMAGE_EMPTY : 0;
    }
    return build_put_name(build, build_name(build, text));
}
