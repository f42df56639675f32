/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The table of outstanding exchanges: who was asked what, and which of them an arriving message answers. No
 * sockets and no clock in it: addresses, keys and times are handed in.
 */
#ifndef IO_EXCHANGE_H
#define IO_EXCHANGE_H

#include <uvsnmp/manager.h>

#include "base/list.h"
#include "base/map.h"
#include "io/due.h"

/* The addresses of one name, in the order to try them; shared by those who asked for the name. */
#define IO_ADDRESSES_MAX 16
struct io_addresses {
    unsigned references;
    unsigned count;
    struct uvsnmp_address list[IO_ADDRESSES_MAX];
};
struct io_addresses *io_addresses_take(struct io_addresses *addresses);
void io_addresses_drop(struct io_addresses *addresses); /* NULL allowed */

enum exchange_state {
    EXCHANGE_HELD,      /* nobody knows yet whom it goes to */
    EXCHANGE_RESOLVING, /* its name is being looked up */
    EXCHANGE_QUEUED,    /* to be sent */
    EXCHANGE_SENDING,   /* in the batch that is being made */
    EXCHANGE_WAITING,   /* sent; an answer is awaited */
    EXCHANGE_CONNECTED, /* handed to a connection */
    EXCHANGE_FINISHED,  /* its callback is due */
};

/* The members are the manager's; the table uses the first group. */
struct uvsnmp_exchange {
    struct map_link by_key, by_peer;
    bool is_expected, any_source;
    uint64_t key, sequence;
    struct uvsnmp_address peer;      /* who is asked now */
    struct io_addresses *candidates; /* NULL: only `peer` */
    unsigned candidate;              /* the index of `peer` in it */
    unsigned asked;                  /* so many of the candidates, from the first, have been asked */
    uint32_t dead;                   /* bit i: candidate i cannot be asked */
    struct due_entry timeout, deadline;

    struct uvsnmp_manager *manager;
    struct list in_all, link; /* `link`: the list that the state says */
    enum exchange_state state;
    bool has_peer;   /* false: not resolved */
    bool holds_slot; /* counts as in flight */
    bool was_moved;  /* went to a second connection because the first was stale */
    unsigned attempts, retries;
    uint64_t timeout_ms, deadline_ms;
    uint64_t stream_end; /* without an answer to come: over once its stream has taken so many octets */
    uvsnmp_encode_fn *encode;
    uvsnmp_accept_fn *accept;
    uvsnmp_exchange_cb *done;
    void *arg;
    void *waiter; /* while resolving or connected: what it waits for */
    int status;
    char *detail; /* owned; NULL: the status says it all */
    size_t size;
    uint8_t data[]; /* the message, where there is no `encode` */
};

struct exchange_table {
    struct map by_key, by_peer;
    struct due_set timeouts, deadlines;
    uint64_t sequence;
};

void exchange_table_init(struct exchange_table *table);
void exchange_table_fini(struct exchange_table *table);

/* From now on messages from its peer (or from a candidate asked before) with its key answer `exchange`; again
 * after its peer or `key` changed. UVSNMP_ENO_MEMORY leaves it unexpected. */
int exchange_expect(struct exchange_table *table, struct uvsnmp_exchange *exchange, uint64_t key);
void exchange_forget(struct exchange_table *table, struct uvsnmp_exchange *exchange);

/* The exchange that a message from `from` with `key` answers; NULL: none, and then `*wrong_source` says that
 * somebody else was asked with this key. */
struct uvsnmp_exchange *exchange_match(const struct exchange_table *table, const struct uvsnmp_address *from,
                                       uint64_t key, bool *wrong_source);

/* The oldest exchange that waits for `from`, whatever its key. */
struct uvsnmp_exchange *exchange_match_oldest(const struct exchange_table *table,
                                              const struct uvsnmp_address *from);

/* Moves on to the next candidate that is not dead, after the present one and round again; false: there is no
 * other one. */
bool exchange_next_candidate(struct uvsnmp_exchange *exchange);

#endif
