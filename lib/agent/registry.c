/* SPDX-License-Identifier: BSD-3-Clause */
#include "agent/registry.h"

#include <stdlib.h>
#include <string.h>

#include "base/err.h"
#include "base/log.h"

#define CONTEXTS_MAX 1024
#define REGISTRATIONS_MAX ((size_t)1 << 20)

struct agent_context *registry_context(const struct uvsnmp_agent *agent, const char *name)
{
    LIST_EACH(link, following, &agent->contexts)
    {
        struct agent_context *context = LIST_OBJECT(link, struct agent_context, link);
        if (strcmp(context->name, name) == 0) {
            return context;
        }
    }
    return NULL;
}

static size_t count_of(const struct list *head)
{
    size_t count = 0;
    LIST_EACH(link, following, head)
    {
        count++;
    }
    return count;
}

static struct agent_context *add_context(struct uvsnmp_agent *agent, const char *name)
{
    size_t size = strlen(name) + 1;
    struct agent_context *context = calloc(1, sizeof(*context) + size);
    if (context) {
        memcpy(context->name, name, size);
        list_append(&agent->contexts, &context->link);
    }
    return context;
}

/* The first registration whose base is not before `base`. */
static size_t lower_bound(const struct agent_context *context, struct uvsnmp_oid base)
{
    size_t low = 0, high = context->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (uvsnmp_oid_compare(context->items[middle]->base, base) < 0) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low;
}

/* The first OID after the subtree of `base`: the last sub-identifier that can grow does, the rest is cut. */
static size_t end_of_subtree(uint32_t *ids, struct uvsnmp_oid base)
{
    size_t count = base.count;
    memcpy(ids, base.ids, count * sizeof(*ids));
    while (count > 0 && ids[count - 1] == UINT32_MAX) {
        count--;
    }
    if (count > 0) {
        ids[count - 1]++;
    }
    return count;
}

static struct uvsnmp_registration *new_registration(struct uvsnmp_oid base, const struct agent_offer *offer)
{
    struct uvsnmp_registration *made = calloc(1, sizeof(*made) + 2 * base.count * sizeof(uint32_t));
    if (!made) {
        return NULL;
    }
    memcpy(made->ids, base.ids, base.count * sizeof(uint32_t));
    made->base.ids = made->ids;
    made->base.count = base.count;
    made->end.ids = made->ids + base.count;
    made->end.count = end_of_subtree(made->ids + base.count, base);
    made->provider = offer->provider;
    made->self = offer->self;
    made->arg = offer->arg;
    made->freed = offer->freed;
    return made;
}

static bool grow_items(struct agent_context *context)
{
    size_t capacity = context->capacity > 0 ? context->capacity * 2 : 16;
    struct uvsnmp_registration **items;
    if (context->count < context->capacity) {
        return true;
    }
    items = realloc(context->items, capacity * sizeof(struct uvsnmp_registration *));
    if (!items) {
        return false;
    }
    context->items = items;
    context->capacity = capacity;
    return true;
}

int registry_add(struct uvsnmp_agent *agent, const char *context_name, struct uvsnmp_oid base,
                 const struct agent_offer *offer, struct uvsnmp_registration **out, struct uvsnmp_error *err)
{
    const char *name = context_name ? context_name : "";
    struct agent_context *context;
    struct uvsnmp_registration *made;
    size_t at;
    if (base.count == 0 || base.count > UVSNMP_OID_MAX) {
        return err_set(err, UVSNMP_EBAD_OID, "an OID of %zu sub-identifiers cannot be registered",
                       base.count);
    }
    if (agent->closing) {
        return err_set(err, UVSNMP_ECLOSED, "the agent is closing");
    }
    context = registry_context(agent, name);
    if (!context && count_of(&agent->contexts) >= CONTEXTS_MAX) {
        return err_set(err, UVSNMP_ELIMIT, "more than %d contexts", CONTEXTS_MAX);
    }
    if (!context) {
        context = add_context(agent, name);
    }
    if (!context || !grow_items(context)) {
        return err_set(err, UVSNMP_ENO_MEMORY, "no memory for a registration");
    }
    if (context->count >= REGISTRATIONS_MAX) {
        return err_set(err, UVSNMP_ELIMIT, "too many registrations");
    }
    at = lower_bound(context, base);
    if (at < context->count && uvsnmp_oid_compare(context->items[at]->base, base) == 0) {
        char text[UVSNMP_OID_TEXT_MAX];
        (void)uvsnmp_oid_format(base, text, sizeof(text));
        return err_set(err, UVSNMP_EEXISTS, "%s is registered already", text);
    }
    made = new_registration(base, offer);
    if (!made) {
        return err_set(err, UVSNMP_ENO_MEMORY, "no memory for a registration");
    }
    made->agent = agent;
    made->context = context;
    memmove(context->items + at + 1, context->items + at,
            (context->count - at) * sizeof(struct uvsnmp_registration *));
    context->items[at] = made;
    context->count++;
    context->outdated = true;
    context->generation++;
    if (out) {
        *out = made;
    }
    return 0;
}

static void end_registration(struct uvsnmp_registration *registration)
{
    void (*closed)(void *) = registration->provider->closed;
    void *arg = registration->arg;
    if (registration->freed) {
        registration->freed(registration);
    } else if (closed) {
        closed(arg);
    }
    free(registration);
}

void registration_hold(struct uvsnmp_registration *registration)
{
    registration->open++;
}

void registration_drop(struct uvsnmp_registration *registration)
{
    registration->open--;
    if (registration->open == 0 && !registration->context) {
        end_registration(registration);
    }
}

void uvsnmp_unregister(struct uvsnmp_registration *registration)
{
    struct agent_context *context = registration->context;
    size_t at = lower_bound(context, registration->base);
    context->count--;
    memmove(context->items + at, context->items + at + 1,
            (context->count - at) * sizeof(struct uvsnmp_registration *));
    /* the regions point into the registration: none may be used before they are made anew */
    context->region_count = 0;
    context->outdated = true;
    context->generation++;
    registration->context = NULL;
    registration->open++;
    registration_drop(registration);
}

/* Appends a region; of two that start at the same OID the later one counts. */
static void add_region(struct agent_context *context, struct uvsnmp_oid start,
                       struct uvsnmp_registration *owner)
{
    struct agent_region *last = context->regions + context->region_count;
    if (start.count == 0) {
        return; /* nothing lies after the last possible OID */
    }
    if (context->region_count > 0 && uvsnmp_oid_compare(last[-1].start, start) == 0) {
        last[-1].owner = owner;
        return;
    }
    last->start = start;
    last->owner = owner;
    context->region_count++;
}

/* Runs over the registrations with the stack of those that enclose the current one. */
static bool make_regions(struct agent_context *context)
{
    struct uvsnmp_registration
        *stack[UVSNMP_OID_MAX + 1]; /* each level is at least one sub-identifier longer */
    size_t depth = 0, wanted = 2 * context->count;
    if (wanted > context->region_capacity) {
        struct agent_region *regions = realloc(context->regions, wanted * sizeof(*regions));
        if (!regions) {
            return false;
        }
        context->regions = regions;
        context->region_capacity = wanted;
    }
    context->region_count = 0;
    for (size_t i = 0; i <= context->count; i++) {
        struct uvsnmp_registration *next = i < context->count ? context->items[i] : NULL;
        while (depth > 0 && (!next || !uvsnmp_oid_has_prefix(next->base, stack[depth - 1]->base))) {
            depth--;
            add_region(context, stack[depth]->end, depth > 0 ? stack[depth - 1] : NULL);
        }
        if (next) {
            add_region(context, next->base, next);
            stack[depth++] = next;
        }
    }
    context->outdated = false;
    return true;
}

bool registry_find(struct agent_context *context, struct uvsnmp_oid name, struct agent_spot *spot)
{
    size_t low = 0, high;
    spot->owner = NULL;
    spot->end.ids = NULL;
    spot->end.count = 0;
    if (!context) {
        return true;
    }
    if (context->outdated && !make_regions(context)) {
        return false;
    }
    high = context->region_count;
    while (low < high) { /* the first region that starts after `name` */
        size_t middle = low + (high - low) / 2;
        if (uvsnmp_oid_compare(context->regions[middle].start, name) <= 0) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    if (low < context->region_count) {
        spot->end = context->regions[low].start;
    }
    if (low > 0) {
        spot->owner = context->regions[low - 1].owner;
    }
    return true;
}

void registry_log(const struct uvsnmp_agent *agent)
{
    LIST_EACH(link, following, &agent->contexts)
    {
        const struct agent_context *context = LIST_OBJECT(link, struct agent_context, link);
        log_write(LOG_LEVEL_INFO, "Subtrees for Context: %s", context->name);
        for (size_t i = 0; i < context->count; i++) {
            char base[UVSNMP_OID_TEXT_MAX], end[UVSNMP_OID_TEXT_MAX] = "";
            (void)uvsnmp_oid_format(context->items[i]->base, base, sizeof(base));
            if (context->items[i]->end.count > 0) {
                (void)uvsnmp_oid_format(context->items[i]->end, end, sizeof(end));
            }
            log_write(LOG_LEVEL_INFO, "  %s - %s", base, end);
        }
    }
}

void registry_clear(struct uvsnmp_agent *agent)
{
    LIST_EACH(link, following, &agent->contexts)
    {
        struct agent_context *context = LIST_OBJECT(link, struct agent_context, link);
        while (context->count > 0) {
            uvsnmp_unregister(context->items[context->count - 1]);
        }
    }
}

void registry_fini(struct uvsnmp_agent *agent)
{
    LIST_EACH(link, following, &agent->contexts)
    {
        struct agent_context *context = LIST_OBJECT(link, struct agent_context, link);
        list_remove(&context->link);
        free(context->items);
        free(context->regions);
        free(context);
    }
}

int uvsnmp_agent_register(struct uvsnmp_agent *agent, const char *context, struct uvsnmp_oid base,
                          const struct uvsnmp_provider *provider, void *arg, struct uvsnmp_registration **out,
                          struct uvsnmp_error *err)
{
    struct agent_offer offer = {.provider = provider, .arg = arg};
    return registry_add(agent, context, base, &offer, out, err);
}
