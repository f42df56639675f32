/* SPDX-License-Identifier: BSD-3-Clause */
/* What -d, -a and -V log of each message. */
#ifndef SNMPD_LITE_TRACE_H
#define SNMPD_LITE_TRACE_H

#include <uvsnmp/agent.h>

struct trace {
    bool dump;      /* -d: all octets */
    bool addresses; /* -a: where it comes from */
    bool verbose;   /* -V: that, what is asked, and for what */
    bool terse;     /* dontLogTCPWrappersConnects: without the line "Connection from" */
};

/* A uvsnmp_packet_cb; `arg` is a struct trace. */
void trace_packet(struct uvsnmp_agent *agent, const struct uvsnmp_packet *packet, void *arg);

#endif
