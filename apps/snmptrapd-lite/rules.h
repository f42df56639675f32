/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * What is done with which notifications: traphandle and forward. As with snmptrapd the longest OID that fits
 * decides, wherever its lines stand, and all of them are followed; the first of them says whether what lies
 * below the OID fits. Where none fits, the default lines do.
 */
#ifndef SNMPTRAPD_LITE_RULES_H
#define SNMPTRAPD_LITE_RULES_H

#include "apps/common/names.h"

struct rule {
    bool is_default;
    bool leads;         /* it is the first line of its OID, and says: */
    bool below, itself; /* what is below the OID fits, and the OID itself */
    struct uvsnmp_oid_buf oid;
    bool forwards; /* to `target`; else `target` is a command line, for a shell */
    char *target;
};

struct rules {
    struct rule *list;
    size_t count;
};

/* `text` is that of the line: "OID|default PROGRAM ARGUMENTS" or "OID|default DESTINATION". */
int rules_add(struct rules *rules, const char *text, bool forwards, struct names *names,
              struct uvsnmp_error *err);

/* Calls `found` for each rule of a notification, in the order of the lines. */
typedef void rules_fn(const struct rule *rule, void *arg);
void rules_find(const struct rules *rules, struct uvsnmp_oid trap_oid, rules_fn *found, void *arg);

void rules_fini(struct rules *rules);

#endif
