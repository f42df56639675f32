/* SPDX-License-Identifier: BSD-3-Clause */
/* Operands behind the agent's address: OIDs, or OIDs with types and values. */
#ifndef APPS_COMMON_OPERANDS_H
#define APPS_COMMON_OPERANDS_H

#include "apps/common/app.h"

/* What is asked for; everything lives in the run's arena. */
struct operands {
    struct uvsnmp_varbind *varbinds;
    size_t count;
    const bool *are_parts; /* of operands_subtrees(): each, whether MODULE:: stood for it; else NULL */
};

/* Each operand an OID, the value NULL. Says what is wrong, of all operands, and returns APP_FAILED then. */
enum app_status operands_names(struct app_run *run, struct operands *out);

/* The same, and an operand MODULE:: stands for all that the module defines, of which an agent need not have
 * each part. For walks. */
enum app_status operands_subtrees(struct app_run *run, struct operands *out);

/* OID TYPE VALUE, again and again. */
enum app_status operands_values(struct app_run *run, struct operands *out);

/* The same of those behind the first `skip` operands, as snmptrap reads them: the first that is wrong is all that is
 * said, in other words. */
enum app_status operands_variables(struct app_run *run, size_t skip, struct operands *out);

/* One OID; says what is wrong with it. */
enum app_status operands_oid(struct app_run *run, const char *text, struct uvsnmp_oid *out);

#endif
