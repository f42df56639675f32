/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Name lookup beside the loop. Those who ask for the same name at the same time share one lookup, and what
 * was found is kept for half a minute, so that a program that sends to a name a thousand times asks for it
 * once.
 */
#ifndef IO_RESOLVE_H
#define IO_RESOLVE_H

#include <uv.h>

#include "base/list.h"
#include "io/address.h"
#include "io/exchange.h"

struct io_resolver;

/* One who waits for a name. `found` is called once, from the loop: `addresses` (to be taken to be kept) or,
 * with an error code, NULL and a detail. */
struct io_waiter {
    struct list link;
    void (*found)(struct io_waiter *waiter, int status, struct io_addresses *addresses, const char *detail);
};

/* NULL: no memory. */
struct io_resolver *io_resolver_new(uv_loop_t *loop);

/* Frees it once the lookups under way have come back (the system gives no way to stop one); `closed` is the
 * last call, and may come at once. There must be no waiters left. */
void io_resolver_close(struct io_resolver *resolver, void (*closed)(void *arg), void *arg);

/* Looks up parts->host. `*out` is set when the name is known already, else the waiter will be called. */
int io_resolver_find(struct io_resolver *resolver, const struct io_address_parts *parts,
                     struct io_waiter *waiter, struct io_addresses **out, struct uvsnmp_error *err);

/* The waiter is not called any more. */
void io_resolver_forget(struct io_waiter *waiter);

/* The first address of `text`, looked up while the caller waits: for addresses to bind, at start. */
int io_resolve_now(uv_loop_t *loop, const char *text, uint16_t default_port, struct uvsnmp_address *out,
                   struct uvsnmp_error *err);

#endif
