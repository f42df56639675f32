/* SPDX-License-Identifier: BSD-3-Clause */
/* Ready-made scalars: the variables base.id.0 of a group, driven by its object table. */
#include <stdlib.h>
#include <string.h>

#include "agent/table.h"
#include "base/err.h"

static const struct uvsnmp_scalars *scalars_of(const struct uvsnmp_query *query)
{
    return query->owner->self;
}

static void answer_none(struct uvsnmp_query *query, enum uvsnmp_type exception)
{
    struct uvsnmp_value value = uvsnmp_empty(exception);
    uvsnmp_query_answer(query, &value);
}

static bool is_instance(struct uvsnmp_oid suffix)
{
    return suffix.count == 2 && suffix.ids[1] == 0;
}

static void scalars_get(struct uvsnmp_query *query)
{
    const struct uvsnmp_scalars *scalars = scalars_of(query);
    struct uvsnmp_oid suffix = uvsnmp_query_suffix(query);
    query->object = suffix.count > 0 ? object_find(scalars->objects, scalars->count, suffix.ids[0]) : NULL;
    if (!query->object) {
        answer_none(query, UVSNMP_NO_SUCH_OBJECT);
    } else if (!is_instance(suffix)) {
        answer_none(query, UVSNMP_NO_SUCH_INSTANCE);
    } else {
        scalars->get(query);
    }
}

/* The first object whose instance id.0 follows the position. */
static size_t first_after(const struct uvsnmp_query *query, const struct uvsnmp_scalars *scalars)
{
    struct uvsnmp_oid suffix = uvsnmp_query_suffix(query);
    size_t at = suffix.count > 0 ? object_from(scalars->objects, scalars->count, suffix.ids[0]) : 0;
    if (at < scalars->count && suffix.count > 1 && scalars->objects[at].id == suffix.ids[0] &&
        !(is_instance(suffix) && query->includes_name)) {
        at++;
    }
    while (at < scalars->count && object_is_skipped(&scalars->objects[at], query)) {
        at++;
    }
    return at;
}

static void scalars_next(struct uvsnmp_query *query)
{
    const struct uvsnmp_scalars *scalars = scalars_of(query);
    size_t at = first_after(query, scalars);
    uint32_t instance[2] = {0, 0};
    if (at == scalars->count) {
        uvsnmp_query_done(query);
        return;
    }
    query->object = &scalars->objects[at];
    instance[0] = query->object->id;
    if (query_found(query, query->owner->base, instance, 2, (struct uvsnmp_oid){NULL, 0})) {
        scalars->get(query);
    } else {
        uvsnmp_query_fail(query, UVSNMP_STATUS_GEN_ERR);
    }
}

static enum uvsnmp_status check_set(struct uvsnmp_query *query, const struct uvsnmp_scalars *scalars)
{
    struct uvsnmp_oid suffix = uvsnmp_query_suffix(query);
    query->object = suffix.count > 0 ? object_find(scalars->objects, scalars->count, suffix.ids[0]) : NULL;
    if (!query->object || query->object->access != UVSNMP_READ_WRITE || !scalars->commit) {
        return UVSNMP_STATUS_NOT_WRITABLE;
    }
    if (!is_instance(suffix)) {
        return UVSNMP_STATUS_NO_CREATION;
    }
    return object_check(query->object, uvsnmp_query_value(query));
}

static void scalars_test(struct uvsnmp_query *query)
{
    const struct uvsnmp_scalars *scalars = scalars_of(query);
    enum uvsnmp_status status = check_set(query, scalars);
    if (status != UVSNMP_STATUS_NO_ERROR) {
        query->tested = false; /* the program's test was not called, nor is its release */
        uvsnmp_query_fail(query, status);
    } else {
        query_pass_on(query, scalars->test);
    }
}

static void scalars_commit(struct uvsnmp_query *query)
{
    query_pass_on(query, scalars_of(query)->commit);
}

static void scalars_undo(struct uvsnmp_query *query)
{
    query_pass_on(query, scalars_of(query)->undo);
}

static void scalars_release(struct uvsnmp_query *query)
{
    query_pass_on(query, scalars_of(query)->release);
}

static const struct uvsnmp_provider scalars_provider = {.get = scalars_get,
                                                        .next = scalars_next,
                                                        .test = scalars_test,
                                                        .commit = scalars_commit,
                                                        .undo = scalars_undo,
                                                        .release = scalars_release};

static void free_scalars(struct uvsnmp_registration *registration)
{
    struct uvsnmp_scalars *scalars = registration->self;
    if (scalars->closed) {
        scalars->closed(scalars->arg);
    }
    free(scalars);
}

int uvsnmp_agent_add_scalars(struct uvsnmp_agent *agent, const char *context, struct uvsnmp_oid base,
                             const struct uvsnmp_scalars *scalars, struct uvsnmp_registration **out,
                             struct uvsnmp_error *err)
{
    struct agent_offer offer = {.provider = &scalars_provider, .arg = scalars->arg, .freed = free_scalars};
    struct uvsnmp_scalars *copy;
    int rc = object_table_check(scalars->objects, scalars->count, err);
    if (rc < 0) {
        return rc;
    }
    if (!scalars->get) {
        return err_set(err, UVSNMP_EBAD_ARGUMENT, "scalars without a get function");
    }
    copy = malloc(sizeof(*copy));
    if (!copy) {
        return err_set(err, UVSNMP_ENO_MEMORY, "no memory for scalars");
    }
    *copy = *scalars;
    offer.self = copy;
    rc = registry_add(agent, context, base, &offer, out, err);
    if (rc < 0) {
        free(copy);
    }
    return rc;
}
