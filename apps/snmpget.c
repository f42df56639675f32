/* SPDX-License-Identifier: BSD-3-Clause */
#include "apps/common/query.h"

static enum app_status run(struct app_run *app_run)
{
    static const struct query query = {
        .type = UVSNMP_PDU_GET,
        .fixes = true,
        .style = {.dot_after_packet = false, .dot_after_timeout = true},
    };
    return query_run(app_run, &query);
}

static const struct app_flag flags[] = {
    {'f', APP_FLAG_BOOL, offsetof(struct query_flags, dont_fix), NULL,
     "do not ask again without a variable that the agent found wrong", NULL},
    {.letter = '\0'},
};

static const struct app snmpget = {
    .name = "snmpget",
    .operands = "AGENT OID [OID]...",
    .flags = flags,
    .run = run,
};

int main(int argc, char **argv)
{
    struct query_flags own = {0};
    return app_main(argc, argv, &snmpget, &own);
}
