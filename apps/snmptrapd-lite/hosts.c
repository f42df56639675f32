/* SPDX-License-Identifier: BSD-3-Clause */
#include "apps/snmptrapd-lite/hosts.h"

#include <stdlib.h>
#include <string.h>

#include "base/list.h"
#include "base/map.h"
#include "io/address.h"
#include "io/reverse.h"
#include "io/timer.h"

enum {
    HOSTS_MAX = 4096,
    /* Lookups share libuv's few threads with whatever else works beside the loop. */
    LOOKUPS_MAX = 2,
    KEEP_MS = 300000,
    KEEP_UNKNOWN_MS = 60000,
};

const char hosts_unknown[] = "<UNKNOWN>";

struct host {
    struct map_link by_hash;
    struct list in_hosts, in_waiting; /* in order of age; of those to be looked up next */
    struct hosts *hosts;
    struct uvsnmp_address address; /* without its port */
    char *name;                    /* NULL: it has none, or none is known yet … */
    bool is_settled;               /* … which may be said */
    bool is_pending;
    uint64_t expires;
};

struct hosts {
    uv_loop_t *loop;
    struct map by_hash;
    struct list list, waiting;
    size_t pending;
    void (*found)(void *arg);
    void *arg;
    bool is_closed;
};

struct hosts *hosts_new(uv_loop_t *loop, void (*found)(void *arg), void *arg)
{
    struct hosts *hosts = calloc(1, sizeof(*hosts));
    if (hosts) {
        hosts->loop = loop;
        hosts->found = found;
        hosts->arg = arg;
        map_init(&hosts->by_hash);
        list_init(&hosts->list);
        list_init(&hosts->waiting);
    }
    return hosts;
}

static void free_host(struct host *host)
{
    list_remove(&host->in_hosts);
    list_remove(&host->in_waiting);
    map_remove(&host->hosts->by_hash, &host->by_hash);
    free(host->name);
    free(host);
}

static void free_all(struct hosts *hosts)
{
    LIST_EACH(link, following, &hosts->list)
    {
        free_host(LIST_OBJECT(link, struct host, in_hosts));
    }
    map_fini(&hosts->by_hash);
    free(hosts);
}

void hosts_close(struct hosts *hosts)
{
    if (hosts) {
        hosts->is_closed = true;
        if (hosts->pending == 0) {
            free_all(hosts);
        }
    }
}

static void look_up_next(struct hosts *hosts);

static void settle(struct host *host, const char *name)
{
    free(host->name);
    host->name = name ? strdup(name) : NULL;
    host->is_settled = true;
    host->expires = io_now(host->hosts->loop) + (name ? KEEP_MS : KEEP_UNKNOWN_MS);
}

static void on_found(const char *name, void *arg)
{
    struct host *host = arg;
    struct hosts *hosts = host->hosts;
    host->is_pending = false;
    hosts->pending--;
    if (hosts->is_closed) {
        if (hosts->pending == 0) {
            free_all(hosts);
        }
        return;
    }
    settle(host, name);
    look_up_next(hosts);
    hosts->found(hosts->arg);
}

static void look_up_next(struct hosts *hosts)
{
    while (hosts->pending < LOOKUPS_MAX && !list_is_empty(&hosts->waiting)) {
        struct host *host = LIST_OBJECT(hosts->waiting.next, struct host, in_waiting);
        list_remove(&host->in_waiting);
        if (io_reverse_find(hosts->loop, &host->address, on_found, host) == 0) {
            host->is_pending = true;
            hosts->pending++;
        } else {
            settle(host, NULL);
        }
    }
}

static struct host *find(const struct hosts *hosts, const struct uvsnmp_address *address)
{
    for (struct map_link *link = map_find(&hosts->by_hash, io_address_hash(address)); link;
         link = map_next(link)) {
        struct host *host = LIST_OBJECT(link, struct host, by_hash);
        if (uvsnmp_address_equal(&host->address, address)) {
            return host;
        }
    }
    return NULL;
}

/* Room for one more: the oldest that is not being looked up goes. */
static void make_room(struct hosts *hosts)
{
    if (hosts->by_hash.size < HOSTS_MAX) {
        return;
    }
    LIST_EACH(link, following, &hosts->list)
    {
        struct host *host = LIST_OBJECT(link, struct host, in_hosts);
        if (!host->is_pending) {
            free_host(host);
            return;
        }
    }
}

static struct host *add(struct hosts *hosts, const struct uvsnmp_address *address)
{
    struct host *host = calloc(1, sizeof(*host));
    make_room(hosts);
    if (!host || map_insert(&hosts->by_hash, &host->by_hash, io_address_hash(address)) < 0) {
        free(host);
        return NULL;
    }
    host->hosts = hosts;
    host->address = *address;
    list_init(&host->in_waiting);
    list_append(&hosts->list, &host->in_hosts);
    return host;
}

static struct uvsnmp_address without_port(const struct uvsnmp_address *address)
{
    struct uvsnmp_address copy = *address;
    if (address->at.any.sa_family != AF_UNIX) {
        io_address_set_port(&copy, 0);
    }
    return copy;
}

/* A name that has become old is said until the new one is known. */
const char *hosts_find(struct hosts *hosts, const struct uvsnmp_address *address)
{
    const struct uvsnmp_address key = without_port(address);
    struct host *host = find(hosts, &key);
    if (!host) {
        host = add(hosts, &key);
    }
    if (!host) {
        return hosts_unknown;
    }
    bool is_old = !host->is_settled || io_now(hosts->loop) >= host->expires;
    if (is_old && !host->is_pending && list_is_empty(&host->in_waiting)) {
        list_append(&hosts->waiting, &host->in_waiting);
        look_up_next(hosts);
    }
    if (!host->is_settled) {
        return NULL;
    }
    return host->name ? host->name : hosts_unknown;
}

void hosts_give_up(struct hosts *hosts, const struct uvsnmp_address *address)
{
    const struct uvsnmp_address key = without_port(address);
    struct host *host = find(hosts, &key);
    if (host && !host->is_settled) {
        settle(host, NULL);
    }
}
