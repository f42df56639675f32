/* SPDX-License-Identifier: BSD-3-Clause */
/* What -d, -a and -V log of each message. */
#ifndef APPS_COMMON_TRACE_H
#define APPS_COMMON_TRACE_H

#include <uvsnmp/agent_role.h>

struct trace {
    bool dump;      /* -d: all octets */
    bool addresses; /* -a: where it comes from */
    bool verbose;   /* -V: that, what is asked, and for what */
    bool terse;     /* dontLogTCPWrappersConnects: without the line "Connection from" */
};

void trace_packet(const struct trace *trace, const struct uvsnmp_packet *packet);

#endif
