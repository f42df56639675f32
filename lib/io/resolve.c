/* SPDX-License-Identifier: BSD-3-Clause */
#include "io/resolve.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/err.h"
#include "base/map.h"
#include "io/timer.h"

#define KEEP_MS 30000
#define NAMES_MAX 4096

struct name {
    struct map_link by_hash;
    struct list in_resolver;
    struct io_resolver *resolver;
    uv_getaddrinfo_t request;
    bool is_pending;
    enum uvsnmp_transport transport;
    int family;
    uint16_t port;
    char host[IO_HOST_MAX];
    struct list waiters;
    struct io_addresses *addresses; /* NULL: not found yet */
    uint64_t expires;
};

struct io_resolver {
    uv_loop_t *loop;
    struct map by_hash;
    struct list names;
    size_t pending;
    void (*closed)(void *arg);
    void *closed_arg;
};

struct io_resolver *io_resolver_new(uv_loop_t *loop)
{
    struct io_resolver *resolver = calloc(1, sizeof(*resolver));
    if (resolver) {
        resolver->loop = loop;
        map_init(&resolver->by_hash);
        list_init(&resolver->names);
    }
    return resolver;
}

static void free_name(struct name *name)
{
    list_remove(&name->in_resolver);
    map_remove(&name->resolver->by_hash, &name->by_hash);
    io_addresses_drop(name->addresses);
    free(name);
}

static void finish_close(struct io_resolver *resolver)
{
    LIST_EACH(link, following, &resolver->names)
    {
        free_name(LIST_OBJECT(link, struct name, in_resolver));
    }
    map_fini(&resolver->by_hash);
    resolver->closed(resolver->closed_arg);
    free(resolver);
}

void io_resolver_close(struct io_resolver *resolver, void (*closed)(void *arg), void *arg)
{
    resolver->closed = closed;
    resolver->closed_arg = arg;
    LIST_EACH(link, following, &resolver->names)
    {
        struct name *name = LIST_OBJECT(link, struct name, in_resolver);
        if (name->is_pending) {
            (void)uv_cancel((uv_req_t *)&name->request);
        }
    }
    if (resolver->pending == 0) {
        finish_close(resolver);
    }
}

static void add_family(struct io_addresses *addresses, const struct name *name, const struct addrinfo *found,
                       int family)
{
    for (; found && addresses->count < IO_ADDRESSES_MAX; found = found->ai_next) {
        struct uvsnmp_address *address = &addresses->list[addresses->count];
        if (found->ai_family == family) {
            io_address_from_sockaddr(address, name->transport, found->ai_addr, found->ai_addrlen);
            io_address_set_port(address, name->port);
            addresses->count++;
        }
    }
}

static struct io_addresses *make_addresses(const struct name *name, const struct addrinfo *found)
{
    struct io_addresses *addresses = calloc(1, sizeof(*addresses));
    if (addresses) {
        addresses->references = 1;
        add_family(addresses, name, found, AF_INET);
        add_family(addresses, name, found, AF_INET6);
    }
    return addresses;
}

/* One at a time, since a waiter's callback may make others forget the name. */
static void tell_waiters(struct name *name, int status, const char *detail)
{
    struct list waiters;
    list_init(&waiters);
    while (!list_is_empty(&name->waiters)) {
        struct list *link = name->waiters.next;
        list_remove(link);
        list_append(&waiters, link);
    }
    while (!list_is_empty(&waiters)) {
        struct io_waiter *waiter = LIST_OBJECT(waiters.next, struct io_waiter, link);
        list_remove(&waiter->link);
        waiter->found(waiter, status, name->addresses, detail);
    }
}

static int status_of(int uv_status)
{
    switch (uv_status) {
    case UV_EAI_MEMORY:
        return UVSNMP_ENO_MEMORY;
    case UV_EAI_CANCELED:
    case UV_ECANCELED:
        return UVSNMP_ECANCELLED;
    default:
        return UVSNMP_EUNKNOWN_HOST;
    }
}

static void on_found(uv_getaddrinfo_t *request, int uv_status, struct addrinfo *found)
{
    struct name *name = request->data;
    struct io_resolver *resolver = name->resolver;
    int status = 0;
    char detail[400] = "";
    name->is_pending = false;
    resolver->pending--;
    if (uv_status == 0) {
        name->addresses = make_addresses(name, found);
        name->expires = io_now(resolver->loop) + KEEP_MS;
        status = !name->addresses              ? UVSNMP_ENO_MEMORY
                 : name->addresses->count == 0 ? UVSNMP_EUNKNOWN_HOST
                                               : 0;
    } else {
        status = status_of(uv_status);
    }
    if (found) {
        uv_freeaddrinfo(found);
    }
    if (status < 0) {
        (void)snprintf(detail, sizeof(detail), "cannot look up '%s': %s", name->host,
                       uv_status < 0 ? uv_strerror(uv_status) : uvsnmp_strerror(status));
        io_addresses_drop(name->addresses);
        name->addresses = NULL;
    }
    if (resolver->closed) {
        if (resolver->pending == 0) {
            finish_close(resolver);
        }
        return;
    }
    tell_waiters(name, status, detail);
    if (status < 0 && list_is_empty(&name->waiters) && !name->is_pending) {
        free_name(name);
    }
}

static uint64_t hash_of(const struct io_address_parts *parts)
{
    uint64_t hash = MAP_HASH_FIRST + parts->port + ((uint64_t)parts->family << 16) +
                    ((uint64_t)parts->transport << 32);
    return map_hash(hash, parts->host, strlen(parts->host));
}

static struct name *find_name(struct io_resolver *resolver, const struct io_address_parts *parts,
                              uint64_t hash)
{
    for (struct map_link *link = map_find(&resolver->by_hash, hash); link; link = map_next(link)) {
        struct name *name = LIST_OBJECT(link, struct name, by_hash);
        if (name->transport == parts->transport && name->family == parts->family &&
            name->port == parts->port && strcmp(name->host, parts->host) == 0) {
            return name;
        }
    }
    return NULL;
}

/* Room for one more name: the oldest that nobody waits for goes. */
static void make_room(struct io_resolver *resolver)
{
    if (resolver->by_hash.size < NAMES_MAX) {
        return;
    }
    LIST_EACH(link, following, &resolver->names)
    {
        struct name *name = LIST_OBJECT(link, struct name, in_resolver);
        if (!name->is_pending && list_is_empty(&name->waiters)) {
            free_name(name);
            return;
        }
    }
}

static struct name *add_name(struct io_resolver *resolver, const struct io_address_parts *parts,
                             uint64_t hash)
{
    struct name *name = calloc(1, sizeof(*name));
    make_room(resolver);
    if (!name || map_insert(&resolver->by_hash, &name->by_hash, hash) < 0) {
        free(name);
        return NULL;
    }
    name->resolver = resolver;
    name->request.data = name;
    name->transport = parts->transport;
    name->family = parts->family;
    name->port = parts->port;
    memcpy(name->host, parts->host, sizeof(name->host));
    list_init(&name->waiters);
    list_append(&resolver->names, &name->in_resolver);
    return name;
}

static struct addrinfo hints_for(enum uvsnmp_transport transport, int family)
{
    return (struct addrinfo){.ai_family = family,
                             .ai_socktype = transport == UVSNMP_TCP ? SOCK_STREAM : SOCK_DGRAM};
}

int io_resolver_find(struct io_resolver *resolver, const struct io_address_parts *parts,
                     struct io_waiter *waiter, struct io_addresses **out, struct uvsnmp_error *err)
{
    uint64_t hash = hash_of(parts);
    struct name *name = find_name(resolver, parts, hash);
    *out = NULL;
    if (name && name->addresses && io_now(resolver->loop) < name->expires) {
        *out = name->addresses;
        return 0;
    }
    if (!name) {
        name = add_name(resolver, parts, hash);
        if (!name) {
            return err_set(err, UVSNMP_ENO_MEMORY, "no memory to look up a name");
        }
    }
    if (!name->is_pending) {
        struct addrinfo hints = hints_for(name->transport, name->family);
        int rc = uv_getaddrinfo(resolver->loop, &name->request, on_found, name->host, NULL, &hints);
        if (rc < 0) {
            free_name(name);
            return err_set(err, UVSNMP_EUNKNOWN_HOST, "cannot look up '%s': %s", parts->host,
                           uv_strerror(rc));
        }
        io_addresses_drop(name->addresses);
        name->addresses = NULL;
        name->is_pending = true;
        resolver->pending++;
    }
    list_append(&name->waiters, &waiter->link);
    return 0;
}

void io_resolver_forget(struct io_waiter *waiter)
{
    list_remove(&waiter->link);
}

int io_resolve_now(uv_loop_t *loop, const char *text, uint16_t default_port, struct uvsnmp_address *out,
                   struct uvsnmp_error *err)
{
    struct io_address_parts parts;
    struct addrinfo hints;
    uv_getaddrinfo_t request;
    struct name name = {0};
    struct io_addresses *addresses;
    int rc = io_address_split(text, default_port, &parts, err);
    if (rc < 0) {
        return rc;
    }
    if (!parts.is_name) {
        *out = parts.address;
        return 0;
    }
    hints = hints_for(parts.transport, parts.family);
    rc = uv_getaddrinfo(loop, &request, NULL, parts.host, NULL, &hints);
    if (rc < 0) {
        return err_set(err, status_of(rc), "cannot look up '%s': %s", parts.host, uv_strerror(rc));
    }
    name.transport = parts.transport;
    name.port = parts.port;
    addresses = make_addresses(&name, request.addrinfo);
    uv_freeaddrinfo(request.addrinfo);
    rc = addresses && addresses->count > 0 ? 0 : addresses ? UVSNMP_EUNKNOWN_HOST : UVSNMP_ENO_MEMORY;
    if (rc == 0) {
        *out = addresses->list[0];
    } else {
        (void)err_set(err, rc, "cannot look up '%s'", parts.host);
    }
    io_addresses_drop(addresses);
    return rc;
}
