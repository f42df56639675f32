/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * What the MIB groups need to know of the operating system. One file per system implements it; the build
 * chooses. All of it answers from memory of the kernel, at once: nothing here waits for a network, a disk or
 * a process.
 */
#ifndef AGENT_HOST_HOST_H
#define AGENT_HOST_HOST_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <uvsnmp/error.h>

/* What "uname -a" calls the system, without the hardware's generic names: "Linux host 6.1.0 #1 SMP … x86_64".
 * Returns the length; the text is cut to fit. */
size_t host_description(char *text, size_t size);
/* The node's name. Returns the length; the text is cut to fit. */
size_t host_name(char *text, size_t size);

/* The first IPv4 address, in network order, of an interface that is up and no loopback; false: there is none.
 */
bool host_own_address(uint8_t address[4]);

enum { HOST_NAME_MAX_OCTETS = 16, HOST_ALIAS_MAX_OCTETS = 64, HOST_ADDRESS_MAX_OCTETS = 32 };

/* A network interface (RFC 2863). Counters are those since the interface was made. */
struct host_interface {
    int32_t index;
    int32_t type; /* IANAifType */
    uint32_t mtu;
    uint64_t speed; /* bits per second; 0 unknown */
    uint64_t in_octets, in_packets, in_multicast, in_discards, in_errors;
    uint64_t out_octets, out_packets, out_discards, out_errors;
    bool admin_up, running, promiscuous, connector;
    uint8_t address_size;
    uint8_t name_size, alias_size;
    uint8_t address[HOST_ADDRESS_MAX_OCTETS];
    char name[HOST_NAME_MAX_OCTETS];
    char alias[HOST_ALIAS_MAX_OCTETS];
    uint32_t carrier_changes; /* of the link since it was made; 0 where the kernel does not count them */
};

/* Sorted by index. */
struct host_interfaces {
    struct host_interface *list;
    size_t count, capacity;
};

struct host;

/* Opens what later calls use. */
int host_new(struct host **out, struct uvsnmp_error *err);
void host_free(struct host *host);

/*
 * Replaces the contents of `interfaces`. `previous` (may be NULL) is an earlier reading: what costs a
 * question per interface (its speed) is taken from there where the link did not change. On failure
 * `interfaces` is empty.
 */
int host_interfaces_read(struct host *host, const struct host_interfaces *previous,
                         struct host_interfaces *interfaces, struct uvsnmp_error *err);
void host_interfaces_fini(struct host_interfaces *interfaces);

/* A descriptor that has something to read when an interface came, went or changed; -1: the system cannot
 * tell. It belongs to `host`. */
int host_link_events(const struct host *host);
/* Takes what there is to read from it. */
void host_link_events_drain(struct host *host);

/* The interface with that index, or NULL. */
const struct host_interface *host_interfaces_find(const struct host_interfaces *interfaces, int32_t index);

#endif
