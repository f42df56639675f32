/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * A provider over a constant list of variables, in order of name, for tests: registered for 1.3.6 it serves
 * those of the list below it. Its get and next answer from within the call, or are kept to be answered later.
 */
#ifndef AGENT_SAMPLE_H
#define AGENT_SAMPLE_H

#include "unit/agent/fixture.h"

struct sample {
    const struct uvsnmp_varbind *varbinds;
    size_t count;
    bool later; /* keep the queries instead of answering */
    struct uvsnmp_query *kept[64];
    size_t kept_count;
    size_t calls;
};

struct uvsnmp_registration *sample_register(struct fixture *fixture, struct uvsnmp_oid base,
                                            struct sample *sample);
/* Answers what is kept, in the order of the calls or the other way round. */
void sample_answer(struct sample *sample, bool backwards);

#endif
