/* SPDX-License-Identifier: BSD-3-Clause */
/* The address of a host that a trap of version 1 names; looked up beside the loop, so that the deadline
 * holds. */
#include <arpa/inet.h>
#include <stdio.h>
#include <string.h>

#include "apps/common/target.h"
#include "apps/snmptrap/snmptrap.h"
#include "io/resolve.h"
#include "session/wait.h"

struct lookup {
    struct io_waiter waiter;
    struct io_addresses *addresses; /* NULL: none found */
};

static void on_found(struct io_waiter *waiter, int status, struct io_addresses *addresses, const char *detail)
{
    struct lookup *lookup = LIST_OBJECT(waiter, struct lookup, waiter);
    (void)detail;
    lookup->addresses = status == 0 ? io_addresses_take(addresses) : NULL;
}

static void on_deadline(void *arg)
{
    struct lookup *lookup = arg;
    io_resolver_forget(&lookup->waiter);
}

static void on_closed(void *arg)
{
    (void)arg;
}

/* True: `lookup` has addresses. */
static bool look_up(struct app_run *run, const char *name, struct lookup *lookup)
{
    struct io_address_parts parts = {.transport = UVSNMP_UDP, .family = AF_INET, .is_name = true};
    if (snprintf(parts.host, sizeof(parts.host), "%s", name) >= (int)sizeof(parts.host)) {
        return false;
    }
    struct io_resolver *resolver = io_resolver_new(run->loop);
    if (!resolver) {
        return false;
    }
    lookup->waiter.found = on_found;
    if (io_resolver_find(resolver, &parts, &lookup->waiter, &lookup->addresses, NULL) == 0 &&
        wait_loop_run_within(run->loop, run->options.deadline_ms, on_deadline, lookup) == UVSNMP_EDEADLINE) {
        run->is_abandoned = true;
        return false;
    }
    io_resolver_close(resolver, on_closed, NULL);
    (void)wait_loop_run(run->loop);
    return lookup->addresses != NULL;
}

bool trap_host_find(struct app_run *run, const char *name, uint8_t out[4])
{
    struct lookup lookup = {.addresses = NULL};
    struct in_addr number;
    if (inet_aton(name, &number)) {
        memcpy(out, &number, 4);
        return true;
    }
    if (target_open_loop(run) != APP_OK) {
        return false;
    }
    if (!look_up(run, name, &lookup)) {
        fprintf(stderr, "unknown host: %s\n%s", name, run->is_abandoned ? "(the deadline passed)\n" : "");
        return false;
    }
    memcpy(out, &lookup.addresses->list[0].at.v4.sin_addr, 4);
    io_addresses_drop(lookup.addresses);
    return true;
}
