/* SPDX-License-Identifier: BSD-3-Clause */
/* Messages in a log, as Net-SNMP's -d shows them: for the tools and the daemons. */
#ifndef APPS_COMMON_PACKET_H
#define APPS_COMMON_PACKET_H

#include <stddef.h>
#include <stdint.h>

#include <uvsnmp/address.h>

#include "base/text.h"

/* "[127.0.0.1]:161", also of an IPv6 address; "[0.0.0.0]:0" of what is neither. */
void packet_append_endpoint(struct text *text, const struct uvsnmp_address *address);

/* The same with its transport before it: "UDP: [127.0.0.1]:161", "TCP/IPv6: [::1]:161"; not for unix sockets. */
void packet_append_peer(struct text *text, const struct uvsnmp_address *peer);

/* Logs a blank line, the heading, the octets, 16 to a line, and a blank line. */
void packet_log(const char *heading, const uint8_t *data, size_t size);

#endif
