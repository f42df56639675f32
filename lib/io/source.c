/* SPDX-License-Identifier: BSD-3-Clause */
#include "io/source.h"

#include <arpa/inet.h>
#include <netdb.h>
#include <string.h>

#include "base/err.h"
#include "base/num.h"

enum { HOST_SIZE = 256 };

static const uint8_t *octets_of(const struct io_source *source)
{
    return source->family == AF_INET ? (const uint8_t *)&source->address.at.v4.sin_addr
                                     : source->address.at.v6.sin6_addr.s6_addr;
}

static unsigned address_bits(int family)
{
    return family == AF_INET ? 32 : 128;
}

/* How many ones a mask begins with; false when ones follow a zero. */
static bool mask_length(const uint8_t *mask, unsigned bits, unsigned *length)
{
    unsigned ones = 0;
    while (ones < bits && (mask[ones / 8] & (0x80 >> ones % 8))) {
        ones++;
    }
    for (unsigned i = ones; i < bits; i++) {
        if (mask[i / 8] & (0x80 >> i % 8)) {
            return false;
        }
    }
    *length = ones;
    return true;
}

/* An address in digits with bits where the mask has none. */
static bool is_mismatch(const char *host, int family, const uint8_t *mask)
{
    uint8_t octets[16];
    bool mismatch = false;
    for (unsigned i = 0; inet_pton(family, host, octets) == 1 && i < address_bits(family) / 8; i++) {
        mismatch = mismatch || (octets[i] & ~mask[i]);
    }
    return mismatch;
}

static int parse_prefix(const char *host, const char *text, int family, unsigned *length,
                        struct uvsnmp_error *err)
{
    uint8_t mask[16];
    uint64_t number;
    if (!strpbrk(text, ".:")) {
        if (!num_parse_u64(text, address_bits(family), &number)) {
            return err_set(err, UVSNMP_EBAD_ADDRESS, "bad mask length: %s", text);
        }
        *length = (unsigned)number;
        return 0;
    }
    bool is_mask = inet_pton(family, text, mask) == 1;
    if (is_mask && is_mismatch(host, family, mask)) {
        return err_set(err, UVSNMP_EBAD_ADDRESS, "source/mask mismatch: %s/%s", host, text);
    }
    if (!is_mask || !mask_length(mask, address_bits(family), length)) {
        return err_set(err, UVSNMP_EBAD_ADDRESS, "bad mask: %s", text);
    }
    return 0;
}

/* Bits below the mask are more likely a slip than meant. */
static bool has_bits_below(const struct io_source *source)
{
    const uint8_t *octets = octets_of(source);
    for (unsigned i = source->prefix_length; i < address_bits(source->family); i++) {
        if (octets[i / 8] & (0x80 >> i % 8)) {
            return true;
        }
    }
    return false;
}

static void set_address(struct io_source *source, const struct sockaddr *from)
{
    source->address.transport = UVSNMP_UDP;
    if (source->family == AF_INET) {
        source->address.length = sizeof(source->address.at.v4);
        memcpy(&source->address.at.v4, from, sizeof(source->address.at.v4));
        source->address.at.v4.sin_port = 0;
    } else {
        source->address.length = sizeof(source->address.at.v6);
        memcpy(&source->address.at.v6, from, sizeof(source->address.at.v6));
        source->address.at.v6.sin6_port = 0;
    }
}

static ptrdiff_t look_up(const char *host, int family, struct io_source *out, size_t capacity,
                         struct uvsnmp_error *err)
{
    const struct addrinfo hints = {.ai_family = family, .ai_socktype = SOCK_DGRAM};
    struct addrinfo *list;
    struct in_addr address;
    /* "10.1" is an address to the resolver, and another one than the person meant */
    bool odd = strspn(host, "0123456789.") == strlen(host) && inet_pton(AF_INET, host, &address) != 1;
    if (odd || strchr(host, '%') || getaddrinfo(host, NULL, &hints, &list) != 0) {
        return err_set(err, UVSNMP_EBAD_ADDRESS, "cannot resolve %s source hostname: %s",
                       family == AF_INET ? "IPv4" : "IPv6", host);
    }
    size_t count = 0;
    ptrdiff_t status = 0;
    for (const struct addrinfo *item = list; item && status == 0; item = item->ai_next) {
        if (count == capacity) {
            status = err_set(err, UVSNMP_EBAD_ADDRESS, "%s has too many addresses", host);
            break;
        }
        out[count].family = family;
        set_address(&out[count++], item->ai_addr);
    }
    freeaddrinfo(list);
    return status ? status : (ptrdiff_t)count;
}

ptrdiff_t io_source_parse(const char *text, int family, struct io_source *out, size_t capacity,
                          struct uvsnmp_error *err)
{
    char host[HOST_SIZE];
    memset(out, 0, capacity * sizeof(*out));
    if (strcmp(text, "default") == 0) {
        out->family = family;
        out->any = true;
        return 1;
    }
    size_t length = strcspn(text, "/");
    if (length >= sizeof(host)) {
        return err_set(err, UVSNMP_EBAD_ADDRESS, "source is too long");
    }
    memcpy(host, text, length);
    host[length] = '\0';
    unsigned prefix = address_bits(family);
    int status = text[length] == '/' ? parse_prefix(host, text + length + 1, family, &prefix, err) : 0;
    if (status) {
        return status;
    }
    ptrdiff_t count = look_up(host, family, out, capacity, err);
    for (ptrdiff_t i = 0; i < count; i++) {
        out[i].prefix_length = prefix;
        if (has_bits_below(&out[i])) {
            return err_set(err, UVSNMP_EBAD_ADDRESS, "source/mask mismatch: %s", text);
        }
    }
    return count;
}

bool io_source_fits(const struct io_source *source, const struct uvsnmp_address *address)
{
    if (address->at.any.sa_family != source->family) {
        return false;
    }
    const struct io_source other = {.family = source->family, .address = *address};
    const uint8_t *a = octets_of(source), *b = octets_of(&other);
    const unsigned whole = source->prefix_length / 8, rest = source->prefix_length % 8;
    return source->any ||
           (memcmp(a, b, whole) == 0 && (rest == 0 || ((a[whole] ^ b[whole]) >> (8 - rest)) == 0));
}

bool io_source_is_own_host(const struct uvsnmp_address *address)
{
    const struct in6_addr *v6 = &address->at.v6.sin6_addr;
    switch (address->at.any.sa_family) {
    case AF_INET:
        return ntohl(address->at.v4.sin_addr.s_addr) >> 24 == 127;
    case AF_INET6:
        return IN6_IS_ADDR_LOOPBACK(v6) || (IN6_IS_ADDR_V4MAPPED(v6) && v6->s6_addr[12] == 127);
    default:
        return true; /* a local socket */
    }
}
