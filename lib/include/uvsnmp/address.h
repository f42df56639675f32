/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Transport addresses in Net-SNMP's syntax:
 *   HOST  HOST:PORT  PORT  [V6]:PORT  V6%ZONE  udp:…  udp6:…  tcp:…  tcp6:…  unix:PATH  /PATH
 * ("udpv6", "udpipv6", "tcpv6", "tcpipv6" are taken for udp6 and tcp6; schemes in any letter case.)
 */
#ifndef UVSNMP_ADDRESS_H
#define UVSNMP_ADDRESS_H

#include <netinet/in.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/socket.h>
#include <sys/un.h>

#include <uvsnmp/error.h>

#ifdef __cplusplus
extern "C" {
#endif

enum uvsnmp_transport { UVSNMP_UDP, UVSNMP_TCP, UVSNMP_UNIX };

/* A resolved address. The family (AF_INET, AF_INET6, AF_UNIX) is in `at.any.sa_family`. */
struct uvsnmp_address {
    enum uvsnmp_transport transport;
    socklen_t length; /* of the member of `at` in use */
    union {
        struct sockaddr any;
        struct sockaddr_in v4;
        struct sockaddr_in6 v6;
        struct sockaddr_un local;
    } at;
};

/* Longest text of an address, with its NUL ("unix:" and 108 bytes of path is the longest). */
#define UVSNMP_ADDRESS_TEXT_MAX 128

/*
 * Reads an address that needs no name lookup. `default_port` fills in a missing port. An empty host means the
 * wildcard address. Errors: UVSNMP_EBAD_ADDRESS with a detail; UVSNMP_EUNKNOWN_HOST when the text is well
 * formed but holds a name: resolve it through a manager.
 */
UVSNMP_API int uvsnmp_address_parse(const char *text, uint16_t default_port, struct uvsnmp_address *out,
                                    struct uvsnmp_error *err);

/* Writes "udp:127.0.0.1:161", "udp6:[::1]:161", "tcp:…", "unix:/path"; returns the length without the NUL,
 * or UVSNMP_ETOO_LONG and an empty string. UVSNMP_ADDRESS_TEXT_MAX always fits. */
UVSNMP_API int uvsnmp_address_format(const struct uvsnmp_address *address, char *text, size_t size);

/* Same transport, host, port and, for link-local IPv6, zone. */
UVSNMP_API bool uvsnmp_address_equal(const struct uvsnmp_address *a, const struct uvsnmp_address *b);

#ifdef __cplusplus
}
#endif
#endif
