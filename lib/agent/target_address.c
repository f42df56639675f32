/* SPDX-License-Identifier: BSD-3-Clause */
/* Transport addresses as rows of snmpTargetAddrTable have them (RFC 3417, RFC 3419). */
#include <stddef.h>
#include <string.h>

#include "agent/targets.h"

/* Of the first row of a transport and family are addresses made. A size of 0: a path. */
static const struct domain {
    struct uvsnmp_oid oid;
    enum uvsnmp_transport transport;
    sa_family_t family;
    bool has_zone;
    size_t size;
} domains[] = {
    {UVSNMP_OID(1, 3, 6, 1, 6, 1, 1), UVSNMP_UDP, AF_INET, false, 6},
    {UVSNMP_OID(1, 3, 6, 1, 2, 1, 100, 1, 1), UVSNMP_UDP, AF_INET, false, 6},
    {UVSNMP_OID(1, 3, 6, 1, 2, 1, 100, 1, 2), UVSNMP_UDP, AF_INET6, false, 18},
    {UVSNMP_OID(1, 3, 6, 1, 2, 1, 100, 1, 4), UVSNMP_UDP, AF_INET6, true, 22},
    {UVSNMP_OID(1, 3, 6, 1, 2, 1, 100, 1, 5), UVSNMP_TCP, AF_INET, false, 6},
    {UVSNMP_OID(1, 3, 6, 1, 2, 1, 100, 1, 6), UVSNMP_TCP, AF_INET6, false, 18},
    {UVSNMP_OID(1, 3, 6, 1, 2, 1, 100, 1, 8), UVSNMP_TCP, AF_INET6, true, 22},
    {UVSNMP_OID(1, 3, 6, 1, 2, 1, 100, 1, 13), UVSNMP_UNIX, AF_UNIX, false, 0},
};

static const struct domain *find_domain(struct uvsnmp_oid oid)
{
    for (size_t i = 0; i < sizeof(domains) / sizeof(domains[0]); i++) {
        if (uvsnmp_oid_compare(domains[i].oid, oid) == 0) {
            return &domains[i];
        }
    }
    return NULL;
}

static bool read_path(struct uvsnmp_bytes octets, struct uvsnmp_address *out)
{
    struct sockaddr_un *local = &out->at.local;
    if (octets.size == 0 || octets.size >= sizeof(local->sun_path) ||
        memchr(octets.data, '\0', octets.size)) {
        return false;
    }
    memcpy(local->sun_path, octets.data, octets.size);
    out->length = (socklen_t)(offsetof(struct sockaddr_un, sun_path) + octets.size + 1);
    return true;
}

/* An address, a zone where the domain has one, and a port, each in network order. */
static void read_host(const struct domain *domain, const uint8_t *octets, struct uvsnmp_address *out)
{
    const uint8_t *port = octets + domain->size - sizeof(in_port_t);
    if (domain->family == AF_INET) {
        memcpy(&out->at.v4.sin_addr, octets, sizeof(out->at.v4.sin_addr));
        memcpy(&out->at.v4.sin_port, port, sizeof(out->at.v4.sin_port));
        out->length = sizeof(out->at.v4);
        return;
    }
    memcpy(&out->at.v6.sin6_addr, octets, sizeof(out->at.v6.sin6_addr));
    memcpy(&out->at.v6.sin6_port, port, sizeof(out->at.v6.sin6_port));
    if (domain->has_zone) {
        uint32_t zone;
        memcpy(&zone, octets + sizeof(out->at.v6.sin6_addr), sizeof(zone));
        out->at.v6.sin6_scope_id = ntohl(zone);
    }
    out->length = sizeof(out->at.v6);
}

bool target_address_read(const struct target_row *row, struct uvsnmp_address *out)
{
    struct uvsnmp_bytes octets = target_octets(row, ADDRESS_ADDRESS);
    const struct uvsnmp_value *oid = &row->values[ADDRESS_DOMAIN];
    const struct domain *domain = target_is_set(oid) ? find_domain(oid->as.oid) : NULL;
    if (!domain) {
        return false;
    }
    memset(out, 0, sizeof(*out));
    out->transport = domain->transport;
    out->at.any.sa_family = domain->family;
    if (domain->size == 0) {
        return read_path(octets, out);
    }
    if (octets.size != domain->size) {
        return false;
    }
    read_host(domain, octets.data, out);
    return true;
}

static const struct domain *domain_of(const struct uvsnmp_address *address)
{
    bool has_zone = address->at.any.sa_family == AF_INET6 && address->at.v6.sin6_scope_id != 0;
    for (size_t i = 0; i < sizeof(domains) / sizeof(domains[0]); i++) {
        if (domains[i].transport == address->transport && domains[i].family == address->at.any.sa_family &&
            domains[i].has_zone == has_zone) {
            return &domains[i];
        }
    }
    return NULL;
}

/* Returns the size. */
static size_t write_octets(const struct domain *domain, const struct uvsnmp_address *address, uint8_t *octets)
{
    if (domain->family == AF_UNIX) {
        size_t size = strnlen(address->at.local.sun_path, sizeof(address->at.local.sun_path));
        memcpy(octets, address->at.local.sun_path, size);
        return size;
    }
    uint8_t *port = octets + domain->size - sizeof(in_port_t);
    if (domain->family == AF_INET) {
        memcpy(octets, &address->at.v4.sin_addr, sizeof(address->at.v4.sin_addr));
        memcpy(port, &address->at.v4.sin_port, sizeof(address->at.v4.sin_port));
        return domain->size;
    }
    memcpy(octets, &address->at.v6.sin6_addr, sizeof(address->at.v6.sin6_addr));
    memcpy(port, &address->at.v6.sin6_port, sizeof(address->at.v6.sin6_port));
    if (domain->has_zone) {
        uint32_t zone = htonl(address->at.v6.sin6_scope_id);
        memcpy(octets + sizeof(address->at.v6.sin6_addr), &zone, sizeof(zone));
    }
    return domain->size;
}

bool target_address_write(const struct uvsnmp_address *address, struct target_row *row,
                          uint8_t octets[TARGET_OCTETS_MAX])
{
    const struct domain *domain = domain_of(address);
    if (!domain) {
        return false;
    }
    row->values[ADDRESS_DOMAIN] = uvsnmp_oid_value(domain->oid);
    row->values[ADDRESS_ADDRESS] = uvsnmp_octets(octets, write_octets(domain, address, octets));
    return true;
}
