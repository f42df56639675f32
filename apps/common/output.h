/* SPDX-License-Identifier: BSD-3-Clause */
/* Standard output: lines are gathered and written with one call per response. */
#ifndef APPS_COMMON_OUTPUT_H
#define APPS_COMMON_OUTPUT_H

#include <stdbool.h>

#include "base/text.h"

struct output {
    struct text text;
    int error; /* errno of the first failed write; 0: none */
};

void output_init(struct output *out);
void output_fini(struct output *out);

/* Writes what was gathered. False once something could not be written; nothing is written after that. */
bool output_flush(struct output *out);

/* The same once there is much of it: for what may be longer than memory. */
void output_flow(struct output *out);

#endif
