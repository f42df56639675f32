/* SPDX-License-Identifier: BSD-3-Clause */
#include "apps/common/query.h"

static enum app_status run(struct app_run *app_run)
{
    static const struct query query = {
        .type = UVSNMP_PDU_GETBULK,
        .end_is_ok = true,
        .style = {.dot_after_packet = true, .dot_after_timeout = false},
    };
    return query_run(app_run, &query);
}

static const struct app_flag flags[] = {
    {'n', APP_FLAG_NUMBER, offsetof(struct query_flags, non_repeaters), "<NUM>",
     "ask once only for the first NUM OIDs", "non-repeaters"},
    {'r', APP_FLAG_NUMBER, offsetof(struct query_flags, max_repetitions), "<NUM>",
     "ask for NUM variables after each of the others", "max-repetitions"},
    {.letter = '\0'},
};

static const struct app snmpbulkget = {
    .name = "snmpbulkget",
    .operands = "AGENT OID [OID]...",
    .flags = flags,
    .run = run,
};

int main(int argc, char **argv)
{
    struct query_flags own = {.max_repetitions = 10};
    return app_main(argc, argv, &snmpbulkget, &own);
}
