/* SPDX-License-Identifier: BSD-3-Clause */
#include "usm/timeliness.h"

#include <stdlib.h>
#include <string.h>

#define ENGINES_DEFAULT_LIMIT 65536
#define TIME_PERIOD ((uint64_t)INT32_MAX + 1) /* seconds until the time overflows */

struct usm_time usm_time_advance(struct usm_time from, uint64_t elapsed_ms)
{
    uint64_t seconds = (uint64_t)from.time + elapsed_ms / 1000;
    uint64_t boots = (uint64_t)from.boots + seconds / TIME_PERIOD;
    struct usm_time to = {boots < USM_BOOTS_MAX ? (int32_t)boots : USM_BOOTS_MAX,
                          (int32_t)(seconds % TIME_PERIOD)};
    return to;
}

int usm_time_check(struct usm_time local, struct usm_time message)
{
    int64_t difference = (int64_t)message.time - local.time;
    if (local.boots == USM_BOOTS_MAX || message.boots != local.boots || difference > USM_TIME_WINDOW ||
        difference < -USM_TIME_WINDOW) {
        return UVSNMP_ENOT_IN_TIME_WINDOW;
    }
    return 0;
}

struct usm_time usm_clock_now(const struct usm_clock *clock, uint64_t now_ms)
{
    struct usm_time nothing = {0, 0};
    if (!clock->is_known) {
        return nothing;
    }
    return usm_time_advance(clock->learnt, now_ms > clock->at_ms ? now_ms - clock->at_ms : 0);
}

static void set(struct usm_clock *clock, struct usm_time time, uint64_t now_ms)
{
    clock->learnt = time;
    clock->latest = time.time;
    clock->at_ms = now_ms;
    clock->is_known = true;
}

void usm_clock_hint(struct usm_clock *clock, struct usm_time time, uint64_t now_ms)
{
    if (!clock->is_authentic) {
        set(clock, time, now_ms);
    }
}

int usm_clock_check(struct usm_clock *clock, struct usm_time message, uint64_t now_ms)
{
    if (!clock->is_authentic) {
        set(clock, message, now_ms);
        clock->is_authentic = true;
    }
    /* boots may have grown by the overflow of a time that only this side has counted */
    struct usm_time local = usm_clock_now(clock, now_ms);
    int32_t latest = local.boots == clock->learnt.boots ? clock->latest : 0;
    if (message.boots > local.boots || (message.boots == local.boots && message.time > latest)) {
        set(clock, message, now_ms);
        local = message;
    }
    if (local.boots == USM_BOOTS_MAX || message.boots < local.boots ||
        (message.boots == local.boots && (int64_t)message.time < (int64_t)local.time - USM_TIME_WINDOW)) {
        return UVSNMP_ENOT_IN_TIME_WINDOW;
    }
    return 0;
}

void usm_engines_init(struct usm_engines *engines, size_t limit)
{
    map_init(&engines->map);
    list_init(&engines->by_use);
    engines->limit = limit ? limit : ENGINES_DEFAULT_LIMIT;
}

static void forget(struct usm_engines *engines, struct usm_engine *engine)
{
    map_remove(&engines->map, &engine->by_id);
    list_remove(&engine->link);
    free(engine);
}

void usm_engines_fini(struct usm_engines *engines)
{
    LIST_EACH(link, following, &engines->by_use)
    {
        forget(engines, LIST_OBJECT(link, struct usm_engine, link));
    }
    map_fini(&engines->map);
}

static uint64_t key_of(struct uvsnmp_bytes id)
{
    return map_hash(MAP_HASH_FIRST, id.data, id.size);
}

struct usm_engine *usm_engines_find(struct usm_engines *engines, struct uvsnmp_bytes id)
{
    struct map_link *link = id.size > 0 ? map_find(&engines->map, key_of(id)) : NULL;
    for (; link; link = map_next(link)) {
        struct usm_engine *engine =
            (struct usm_engine *)(void *)((char *)link - offsetof(struct usm_engine, by_id));
        if (engine->id_size == id.size && memcmp(engine->id, id.data, id.size) == 0) {
            list_remove(&engine->link);
            list_append(&engines->by_use, &engine->link);
            return engine;
        }
    }
    return NULL;
}

struct usm_engine *usm_engines_add(struct usm_engines *engines, struct uvsnmp_bytes id)
{
    struct usm_engine *engine = usm_engines_find(engines, id);
    if (engine || id.size < USM_ENGINE_ID_MIN || id.size > USM_ENGINE_ID_MAX) {
        return engine;
    }
    engine = calloc(1, sizeof(*engine));
    if (!engine) {
        return NULL;
    }
    memcpy(engine->id, id.data, id.size);
    engine->id_size = id.size;
    if (map_insert(&engines->map, &engine->by_id, key_of(id)) < 0) {
        free(engine);
        return NULL;
    }
    list_append(&engines->by_use, &engine->link);
    if (engines->map.size > engines->limit) {
        forget(engines, LIST_OBJECT(engines->by_use.next, struct usm_engine, link));
    }
    return engine;
}
