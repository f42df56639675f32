/* SPDX-License-Identifier: BSD-3-Clause */
/* All variables below one or more OIDs: snmpwalk and snmpbulkwalk. */
#ifndef APPS_COMMON_WALKING_H
#define APPS_COMMON_WALKING_H

#include "apps/common/app.h"

/* What these tools have behind -C. */
struct walking_flags {
    bool count;           /* print the number of variables */
    bool with_root;       /* ask for the OID itself first */
    bool without_root;    /* and do not when nothing was found below it */
    bool any_order;       /* names need not increase */
    bool time, time_each; /* print how long it took */
    struct uvsnmp_oid_buf end;
    int32_t non_repeaters;
    int32_t max_repetitions; /* 0: GETNEXT */
};

/* The tool; run->own is a struct walking_flags. */
enum app_status walking_run(struct app_run *run);

#endif
