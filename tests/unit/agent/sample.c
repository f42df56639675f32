/* SPDX-License-Identifier: BSD-3-Clause */
#include "unit/agent/sample.h"

static bool is_below(const struct uvsnmp_query *query, const struct uvsnmp_varbind *varbind)
{
    struct uvsnmp_oid base = uvsnmp_query_name(query);
    base.count -= uvsnmp_query_suffix(query).count;
    return uvsnmp_oid_has_prefix(varbind->name, base);
}

static void answer_get(const struct sample *sample, struct uvsnmp_query *query)
{
    struct uvsnmp_value none = uvsnmp_empty(UVSNMP_NO_SUCH_INSTANCE);
    const struct uvsnmp_value *value = &none;
    for (size_t i = 0; i < sample->count; i++) {
        if (uvsnmp_oid_compare(sample->varbinds[i].name, uvsnmp_query_name(query)) == 0) {
            value = &sample->varbinds[i].value;
        }
    }
    uvsnmp_query_answer(query, value);
}

static void answer_next(const struct sample *sample, struct uvsnmp_query *query)
{
    for (size_t i = 0; i < sample->count; i++) {
        int order = uvsnmp_oid_compare(sample->varbinds[i].name, uvsnmp_query_name(query));
        if ((order > 0 || (order == 0 && uvsnmp_query_includes_name(query))) &&
            is_below(query, &sample->varbinds[i])) {
            uvsnmp_query_answer_next(query, sample->varbinds[i].name, &sample->varbinds[i].value);
            return;
        }
    }
    uvsnmp_query_done(query);
}

static void take(struct uvsnmp_query *query, void (*answer)(const struct sample *, struct uvsnmp_query *))
{
    struct sample *sample = uvsnmp_query_arg(query);
    sample->calls++;
    if (sample->later) {
        assert_true(sample->kept_count < COUNT_OF(sample->kept));
        sample->kept[sample->kept_count++] = query;
    } else {
        answer(sample, query);
    }
}

static void get(struct uvsnmp_query *query)
{
    take(query, answer_get);
}

/* Marks a GETNEXT among the kept queries: its answer is of another kind. */
static void next(struct uvsnmp_query *query)
{
    uvsnmp_query_set_data(query, query);
    take(query, answer_next);
}

struct uvsnmp_registration *sample_register(struct fixture *fixture, struct uvsnmp_oid base,
                                            struct sample *sample)
{
    static const struct uvsnmp_provider provider = {.get = get, .next = next};
    struct uvsnmp_registration *made;
    assert_int_equal(uvsnmp_agent_register(fixture->agent, NULL, base, &provider, sample, &made, NULL), 0);
    return made;
}

void sample_answer(struct sample *sample, bool backwards)
{
    struct uvsnmp_query *kept[COUNT_OF(sample->kept)];
    size_t count = sample->kept_count;
    memcpy(kept, sample->kept, sizeof(kept));
    sample->kept_count = 0;
    for (size_t i = 0; i < count; i++) {
        struct uvsnmp_query *query = kept[backwards ? count - 1 - i : i];
        if (uvsnmp_query_data(query)) {
            answer_next(sample, query);
        } else {
            answer_get(sample, query);
        }
    }
}
