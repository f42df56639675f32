/* SPDX-License-Identifier: BSD-3-Clause */
/* One request, one answer: snmpget, snmpgetnext, snmpbulkget, snmpset. */
#ifndef APPS_COMMON_QUERY_H
#define APPS_COMMON_QUERY_H

#include "apps/common/app.h"
#include "apps/common/report.h"

/* What these tools have behind -C. */
struct query_flags {
    bool dont_fix; /* do not ask again without the variable that the agent found wrong */
    bool quiet;    /* print nothing when all went well */
    int32_t non_repeaters, max_repetitions;
};

/* How they differ. */
struct query {
    enum uvsnmp_pdu_type type;
    bool fixes;     /* see dont_fix */
    bool end_is_ok; /* noSuchName is the end of the MIB, not a failure */
    struct report_style style;
};

/* The tool; run->own is a struct query_flags. */
enum app_status query_run(struct app_run *run, const struct query *query);

#endif
