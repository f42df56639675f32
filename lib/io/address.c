/* SPDX-License-Identifier: BSD-3-Clause */
#include "io/address.h"

#include <arpa/inet.h>
#include <net/if.h>
#include <stddef.h>
#include <string.h>
#include <strings.h>

#include "base/err.h"
#include "base/map.h"
#include "base/num.h"
#include "base/text.h"

#define PORT_MAX 65535
#define HEX_LETTERS "abcdefABCDEF"
#define LETTERS HEX_LETTERS "ghijklmnopqrstuvwxyzGHIJKLMNOPQRSTUVWXYZ"

enum scheme_kind { SCHEME_INET, SCHEME_UNIX, SCHEME_UNSUPPORTED };

static const struct scheme {
    const char *name;
    enum scheme_kind kind;
    enum uvsnmp_transport transport;
    int family;
} schemes[] = {
    {"udp", SCHEME_INET, UVSNMP_UDP, AF_INET},
    {"udp6", SCHEME_INET, UVSNMP_UDP, AF_INET6},
    {"udpv6", SCHEME_INET, UVSNMP_UDP, AF_INET6},
    {"udpipv6", SCHEME_INET, UVSNMP_UDP, AF_INET6},
    {"tcp", SCHEME_INET, UVSNMP_TCP, AF_INET},
    {"tcp6", SCHEME_INET, UVSNMP_TCP, AF_INET6},
    {"tcpv6", SCHEME_INET, UVSNMP_TCP, AF_INET6},
    {"tcpipv6", SCHEME_INET, UVSNMP_TCP, AF_INET6},
    {"unix", SCHEME_UNIX, UVSNMP_UNIX, AF_UNIX},
    {"dtlsudp", SCHEME_UNSUPPORTED, UVSNMP_UDP, AF_UNSPEC},
    {"dtlsudp6", SCHEME_UNSUPPORTED, UVSNMP_UDP, AF_UNSPEC},
    {"dtls", SCHEME_UNSUPPORTED, UVSNMP_UDP, AF_UNSPEC},
    {"tlstcp", SCHEME_UNSUPPORTED, UVSNMP_TCP, AF_UNSPEC},
    {"tlstcp6", SCHEME_UNSUPPORTED, UVSNMP_TCP, AF_UNSPEC},
    {"tls", SCHEME_UNSUPPORTED, UVSNMP_TCP, AF_UNSPEC},
    {"ssh", SCHEME_UNSUPPORTED, UVSNMP_TCP, AF_UNSPEC},
    {"ipx", SCHEME_UNSUPPORTED, UVSNMP_UDP, AF_UNSPEC},
    {"aal5pvc", SCHEME_UNSUPPORTED, UVSNMP_UDP, AF_UNSPEC},
    {"pvc", SCHEME_UNSUPPORTED, UVSNMP_UDP, AF_UNSPEC},
    {"alias", SCHEME_UNSUPPORTED, UVSNMP_UDP, AF_UNSPEC},
};

static const struct scheme bare_path = {"unix", SCHEME_UNIX, UVSNMP_UNIX, AF_UNIX};
static const struct scheme bare_host = {"udp", SCHEME_INET, UVSNMP_UDP, AF_UNSPEC};

/* The scheme of `text`, and where the rest of it begins. */
static const struct scheme *find_scheme(const char *text, const char **rest)
{
    size_t size = strcspn(text, ":");
    *rest = text;
    if (text[0] == '/') {
        return &bare_path;
    }
    if (text[size] == ':') {
        for (size_t i = 0; i < sizeof(schemes) / sizeof(schemes[0]); i++) {
            if (strlen(schemes[i].name) == size && strncasecmp(schemes[i].name, text, size) == 0) {
                *rest = text + size + 1;
                return &schemes[i];
            }
        }
    }
    return &bare_host;
}

static int bad(struct uvsnmp_error *err, const char *text, const char *why)
{
    return err_set(err, UVSNMP_EBAD_ADDRESS, "bad transport address '%.150s': %s", text, why);
}

static int split_unix(const char *text, const char *path, struct io_address_parts *out,
                      struct uvsnmp_error *err)
{
    struct sockaddr_un *local = &out->address.at.local;
    size_t size = strlen(path);
    if (size == 0) {
        return bad(err, text, "no path");
    }
    if (size >= sizeof(local->sun_path)) {
        return bad(err, text, "the path is too long for a socket");
    }
    local->sun_family = AF_UNIX;
    memcpy(local->sun_path, path, size + 1);
    out->address.length = (socklen_t)(offsetof(struct sockaddr_un, sun_path) + size + 1);
    return 0;
}

static int parse_port(const char *text, const char *digits, uint16_t *out, struct uvsnmp_error *err)
{
    uint64_t port;
    if (!num_parse_u64(digits, PORT_MAX, &port)) {
        return bad(err, text, "the port must be a number from 0 to 65535");
    }
    *out = (uint16_t)port;
    return 0;
}

/* Cuts "[host]:port", "host:port", "port", ":port" or a bare IPv6 address into host and port. */
static int split_host_port(const char *text, const char *rest, struct io_address_parts *out,
                           struct uvsnmp_error *err)
{
    const char *host = rest, *port = NULL;
    size_t size = strlen(rest);
    if (rest[0] == '[') {
        const char *end = strchr(rest, ']');
        if (!end) {
            return bad(err, text, "']' is missing");
        }
        host = rest + 1;
        size = (size_t)(end - host);
        if (end[1] != '\0') {
            if (end[1] != ':') {
                return bad(err, text, "only ':' and a port may follow ']'");
            }
            port = end + 2;
        }
        if (size == 0) {
            return bad(err, text, "nothing between '[' and ']'");
        }
    } else if (size > 0 && strspn(rest, "0123456789") == size) {
        port = rest;
        size = 0;
    } else {
        const char *colon = strchr(rest, ':');
        if (colon && !strchr(colon + 1, ':')) {
            size = (size_t)(colon - rest);
            port = colon + 1;
        }
    }
    if (size >= sizeof(out->host)) {
        return bad(err, text, "the host name is too long");
    }
    memcpy(out->host, host, size);
    out->host[size] = '\0';
    return port ? parse_port(text, port, &out->port, err) : 0;
}

static void fill_v4(struct io_address_parts *out, struct in_addr host)
{
    struct sockaddr_in *v4 = &out->address.at.v4;
    v4->sin_family = AF_INET;
    v4->sin_addr = host;
    v4->sin_port = htons(out->port);
    out->address.length = sizeof(*v4);
}

static void fill_v6(struct io_address_parts *out, const struct in6_addr *host, uint32_t scope)
{
    struct sockaddr_in6 *v6 = &out->address.at.v6;
    v6->sin6_family = AF_INET6;
    v6->sin6_addr = *host;
    v6->sin6_port = htons(out->port);
    v6->sin6_scope_id = scope;
    out->address.length = sizeof(*v6);
}

/* A word in front, of other letters than hexadecimal digits, is meant to name a transport. */
static int bad_v6(const char *text, const char *host, struct uvsnmp_error *err)
{
    size_t size = strcspn(text, ":");
    bool is_word = strspn(text, LETTERS) >= size && strspn(text, HEX_LETTERS) < size;
    if (is_word && strcmp(text, host) == 0) {
        return err_set(err, UVSNMP_EBAD_ADDRESS,
                       "bad transport address '%.150s': there is no transport '%.*s'", text,
                       (int)(size < 50 ? size : 50), text);
    }
    return bad(err, text, "not an IPv6 address");
}

/* An IPv6 address, with or without "%zone", as everything that has a colon must be here. */
static int parse_v6(const char *text, struct io_address_parts *out, struct uvsnmp_error *err)
{
    struct in6_addr host;
    uint64_t scope = 0;
    char digits[INET6_ADDRSTRLEN];
    size_t size = strcspn(out->host, "%");
    const char *zone = out->host[size] == '%' ? out->host + size + 1 : NULL;
    if (size >= sizeof(digits)) {
        return bad_v6(text, out->host, err);
    }
    memcpy(digits, out->host, size);
    digits[size] = '\0';
    if (inet_pton(AF_INET6, digits, &host) != 1) {
        return bad_v6(text, out->host, err);
    }
    if (zone && !num_parse_u64(zone, UINT32_MAX, &scope)) {
        scope = if_nametoindex(zone);
        if (scope == 0) {
            return bad(err, text, "the zone names no interface of this machine");
        }
    }
    if (out->family == AF_INET) {
        return bad(err, text, "an IPv6 address needs the scheme udp6 or tcp6");
    }
    fill_v6(out, &host, (uint32_t)scope);
    return 0;
}

static int parse_host(const char *text, struct io_address_parts *out, struct uvsnmp_error *err)
{
    struct in_addr v4 = {.s_addr = INADDR_ANY};
    if (strchr(out->host, ':') || strchr(out->host, '%')) {
        return parse_v6(text, out, err);
    }
    if (strchr(out->host, '@')) {
        return err_set(err, UVSNMP_EUNSUPPORTED, "transport address '%.150s': '@interface' is not supported",
                       text);
    }
    if (out->host[0] == '\0' && out->family == AF_INET6) {
        fill_v6(out, &in6addr_any, 0);
        return 0;
    }
    if (strspn(out->host, LETTERS "0123456789.-_") != strlen(out->host)) {
        return bad(err, text, "neither an address nor a host name");
    }
    /* inet_aton, for people write 127.1 */
    if (out->host[0] == '\0' || inet_aton(out->host, &v4) == 1) {
        if (out->family == AF_INET6) {
            return bad(err, text, "an IPv4 address does not go with this scheme");
        }
        fill_v4(out, v4);
        return 0;
    }
    out->is_name = true;
    return 0;
}

int io_address_split(const char *text, uint16_t default_port, struct io_address_parts *out,
                     struct uvsnmp_error *err)
{
    const char *rest;
    const struct scheme *scheme = find_scheme(text, &rest);
    int rc;
    memset(out, 0, sizeof(*out));
    out->transport = out->address.transport = scheme->transport;
    out->family = scheme->family;
    out->port = default_port;
    switch (scheme->kind) {
    case SCHEME_UNSUPPORTED:
        return err_set(err, UVSNMP_EUNSUPPORTED,
                       "transport address '%.150s': the transport '%s' is not supported", text, scheme->name);
    case SCHEME_UNIX:
        return split_unix(text, rest, out, err);
    default:
        rc = split_host_port(text, rest, out, err);
        return rc < 0 ? rc : parse_host(text, out, err);
    }
}

int uvsnmp_address_parse(const char *text, uint16_t default_port, struct uvsnmp_address *out,
                         struct uvsnmp_error *err)
{
    struct io_address_parts parts;
    int rc = io_address_split(text, default_port, &parts, err);
    if (rc < 0) {
        return rc;
    }
    if (parts.is_name) {
        return err_set(err, UVSNMP_EUNKNOWN_HOST, "'%.200s' is a name, not an address", parts.host);
    }
    *out = parts.address;
    return 0;
}

int uvsnmp_address_format(const struct uvsnmp_address *address, char *text, size_t size)
{
    char host[INET6_ADDRSTRLEN], zone[IF_NAMESIZE];
    const char *scheme = address->transport == UVSNMP_TCP ? "tcp" : "udp";
    struct text out;
    if (size == 0) {
        return UVSNMP_ETOO_LONG;
    }
    text_init_fixed(&out, text, size);
    switch (address->at.any.sa_family) {
    case AF_INET:
        (void)inet_ntop(AF_INET, &address->at.v4.sin_addr, host, sizeof(host));
        text_append_format(&out, "%s:%s:%u", scheme, host, ntohs(address->at.v4.sin_port));
        break;
    case AF_INET6:
        (void)inet_ntop(AF_INET6, &address->at.v6.sin6_addr, host, sizeof(host));
        text_append_format(&out, "%s6:[%s", scheme, host);
        if (address->at.v6.sin6_scope_id != 0) {
            text_append_char(&out, '%');
            if (if_indextoname(address->at.v6.sin6_scope_id, zone)) {
                text_append(&out, zone);
            } else {
                text_append_u64(&out, address->at.v6.sin6_scope_id);
            }
        }
        text_append_format(&out, "]:%u", ntohs(address->at.v6.sin6_port));
        break;
    default:
        text_append(&out, "unix:");
        if (address->length > offsetof(struct sockaddr_un, sun_path)) {
            text_append(&out, address->at.local.sun_path);
        }
        break;
    }
    if (text_failed(&out)) {
        text[0] = '\0';
        return UVSNMP_ETOO_LONG;
    }
    return (int)out.size;
}

static bool is_link_local(const struct sockaddr_in6 *v6)
{
    return IN6_IS_ADDR_LINKLOCAL(&v6->sin6_addr);
}

bool uvsnmp_address_equal(const struct uvsnmp_address *a, const struct uvsnmp_address *b)
{
    if (a->transport != b->transport || a->at.any.sa_family != b->at.any.sa_family) {
        return false;
    }
    switch (a->at.any.sa_family) {
    case AF_INET:
        return a->at.v4.sin_port == b->at.v4.sin_port && a->at.v4.sin_addr.s_addr == b->at.v4.sin_addr.s_addr;
    case AF_INET6:
        return a->at.v6.sin6_port == b->at.v6.sin6_port &&
               memcmp(&a->at.v6.sin6_addr, &b->at.v6.sin6_addr, sizeof(struct in6_addr)) == 0 &&
               (!is_link_local(&a->at.v6) || a->at.v6.sin6_scope_id == b->at.v6.sin6_scope_id);
    default:
        return a->length == b->length && memcmp(&a->at.local, &b->at.local, a->length) == 0;
    }
}

void io_address_from_sockaddr(struct uvsnmp_address *out, enum uvsnmp_transport transport,
                              const struct sockaddr *from, socklen_t length)
{
    memset(out, 0, sizeof(*out));
    out->transport = transport;
    if (length > sizeof(out->at)) {
        length = sizeof(out->at);
    }
    memcpy(&out->at, from, length);
    out->length = length;
}

void io_address_set_port(struct uvsnmp_address *address, uint16_t port)
{
    if (address->at.any.sa_family == AF_INET) {
        address->at.v4.sin_port = htons(port);
    } else if (address->at.any.sa_family == AF_INET6) {
        address->at.v6.sin6_port = htons(port);
    }
}

uint16_t io_address_port(const struct uvsnmp_address *address)
{
    switch (address->at.any.sa_family) {
    case AF_INET:
        return ntohs(address->at.v4.sin_port);
    case AF_INET6:
        return ntohs(address->at.v6.sin6_port);
    default:
        return 0;
    }
}

bool io_address_is_wildcard(const struct uvsnmp_address *address)
{
    switch (address->at.any.sa_family) {
    case AF_INET:
        return address->at.v4.sin_addr.s_addr == htonl(INADDR_ANY);
    case AF_INET6:
        return IN6_IS_ADDR_UNSPECIFIED(&address->at.v6.sin6_addr);
    default:
        return false;
    }
}

/* The map that uses it mixes in a secret, so that a plain hash is enough here. */
uint64_t io_address_hash(const struct uvsnmp_address *address)
{
    uint64_t hash = MAP_HASH_FIRST + (uint64_t)address->transport;
    switch (address->at.any.sa_family) {
    case AF_INET:
        return hash ^ ((uint64_t)address->at.v4.sin_addr.s_addr << 16 | address->at.v4.sin_port);
    case AF_INET6:
        hash = map_hash(hash, &address->at.v6.sin6_addr, sizeof(struct in6_addr));
        return map_hash(hash, &address->at.v6.sin6_port, sizeof(address->at.v6.sin6_port));
    default:
        return map_hash(hash, &address->at.local, address->length);
    }
}

const char *io_address_text(const struct uvsnmp_address *address, char storage[UVSNMP_ADDRESS_TEXT_MAX])
{
    return uvsnmp_address_format(address, storage, UVSNMP_ADDRESS_TEXT_MAX) < 0 ? "(unknown)" : storage;
}
