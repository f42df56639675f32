/* SPDX-License-Identifier: BSD-3-Clause */
#ifndef APPS_COMMON_DUMP_H
#define APPS_COMMON_DUMP_H

#include <uvsnmp/manager.h>

/* A uvsnmp_trace_cb: logs a message in hexadecimal; `arg` is the struct app_run. */
void dump_message(const struct uvsnmp_trace *trace, void *arg);

#endif
