/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * What messages were refused for: snmpMPDStats (RFC 3412), usmStats (RFC 3414) and the counters of contexts
 * (RFC 3413). One file, as they are rows of one table, ENGINE_REPORT_MAP, where the counters of a group stand
 * in a row.
 */
#include "agent/core.h"
#include "agent/mibs/group.h"

#define COUNTER(id)                                                                                          \
    {                                                                                                        \
        id, UVSNMP_COUNTER32, UVSNMP_READ_ONLY, 0, 0                                                         \
    }
#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

static const struct uvsnmp_object mpd[] = {COUNTER(1), COUNTER(2), COUNTER(3)};
static const struct uvsnmp_object usm[] = {COUNTER(1), COUNTER(2), COUNTER(3),
                                           COUNTER(4), COUNTER(5), COUNTER(6)};
static const struct uvsnmp_object contexts[] = {COUNTER(4), COUNTER(5)};

/* `objects` are those of the query's group, whose first counter is `first`. */
static void answer(struct uvsnmp_query *query, const struct uvsnmp_object *objects, enum engine_report first)
{
    const struct engine_reports *reports = &uvsnmp_query_agent(query)->engine.reports;
    if (mibs_need_engine(query)) {
        size_t at = (size_t)first + (size_t)(uvsnmp_query_object(query) - objects);
        mibs_answer_unsigned(query, UVSNMP_COUNTER32, reports->counts[at]);
    }
}

static void get_mpd(struct uvsnmp_query *query)
{
    answer(query, mpd, ENGINE_REPORT_UNKNOWN_SECURITY_MODELS);
}

static void get_usm(struct uvsnmp_query *query)
{
    answer(query, usm, ENGINE_REPORT_UNSUPPORTED_SEC_LEVELS);
}

static void get_context(struct uvsnmp_query *query)
{
    answer(query, contexts, ENGINE_REPORT_UNAVAILABLE_CONTEXTS);
}

int mpd_stats_add(struct mibs *mibs, struct uvsnmp_error *err)
{
    const struct uvsnmp_scalars scalars = {.objects = mpd, .count = COUNT(mpd), .get = get_mpd};
    return uvsnmp_agent_add_scalars(mibs->agent, NULL, UVSNMP_OID(1, 3, 6, 1, 6, 3, 11, 2, 1), &scalars, NULL,
                                    err);
}

int usm_stats_add(struct mibs *mibs, struct uvsnmp_error *err)
{
    const struct uvsnmp_scalars scalars = {.objects = usm, .count = COUNT(usm), .get = get_usm};
    return uvsnmp_agent_add_scalars(mibs->agent, NULL, UVSNMP_OID(1, 3, 6, 1, 6, 3, 15, 1, 1), &scalars, NULL,
                                    err);
}

int target_counters_add(struct mibs *mibs, struct uvsnmp_error *err)
{
    const struct uvsnmp_scalars scalars = {.objects = contexts, .count = COUNT(contexts), .get = get_context};
    return uvsnmp_agent_add_scalars(mibs->agent, NULL, UVSNMP_OID(1, 3, 6, 1, 6, 3, 12, 1), &scalars, NULL,
                                    err);
}
