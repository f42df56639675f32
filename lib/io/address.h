/* SPDX-License-Identifier: BSD-3-Clause */
/* The parts of a transport address as text, before any name is looked up; see uvsnmp/address.h for the
 * syntax. */
#ifndef IO_ADDRESS_H
#define IO_ADDRESS_H

#include <uvsnmp/address.h>

/* The longest DNS name in text form is 253 octets (RFC 1035 §2.3.4). */
#define IO_HOST_MAX 254

struct io_address_parts {
    enum uvsnmp_transport transport;
    int family;   /* AF_INET, AF_INET6, AF_UNIX; AF_UNSPEC: IPv4 if there is one, else IPv6 */
    bool is_name; /* `host` must be looked up; else `address` is complete */
    char host[IO_HOST_MAX];
    uint16_t port;
    struct uvsnmp_address address;
};

/* Takes `text` apart. UVSNMP_EBAD_ADDRESS, UVSNMP_EUNSUPPORTED (a scheme we know of but do not speak). */
int io_address_split(const char *text, uint16_t default_port, struct io_address_parts *out,
                     struct uvsnmp_error *err);

/* An address from a kernel's or resolver's sockaddr. */
void io_address_from_sockaddr(struct uvsnmp_address *out, enum uvsnmp_transport transport,
                              const struct sockaddr *from, socklen_t length);

void io_address_set_port(struct uvsnmp_address *address, uint16_t port);
uint16_t io_address_port(const struct uvsnmp_address *address);

/* 0.0.0.0 or :: */
bool io_address_is_wildcard(const struct uvsnmp_address *address);

/* What uvsnmp_address_equal() calls equal has an equal hash. */
uint64_t io_address_hash(const struct uvsnmp_address *address);

/* For messages: the text in `storage`, or "(unknown)". */
const char *io_address_text(const struct uvsnmp_address *address, char storage[UVSNMP_ADDRESS_TEXT_MAX]);

#endif
