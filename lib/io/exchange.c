/* SPDX-License-Identifier: BSD-3-Clause */
#include "io/exchange.h"

#include <stdlib.h>

#include "io/address.h"

struct io_addresses *io_addresses_take(struct io_addresses *addresses)
{
    addresses->references++;
    return addresses;
}

void io_addresses_drop(struct io_addresses *addresses)
{
    if (addresses && --addresses->references == 0) {
        free(addresses);
    }
}

void exchange_table_init(struct exchange_table *table)
{
    map_init(&table->by_key);
    map_init(&table->by_peer);
    due_init(&table->timeouts);
    due_init(&table->deadlines);
    table->sequence = 0;
}

void exchange_table_fini(struct exchange_table *table)
{
    map_fini(&table->by_key);
    map_fini(&table->by_peer);
    due_fini(&table->timeouts);
    due_fini(&table->deadlines);
}

int exchange_expect(struct exchange_table *table, struct uvsnmp_exchange *exchange, uint64_t key)
{
    int rc;
    exchange_forget(table, exchange);
    rc = map_insert(&table->by_key, &exchange->by_key, key);
    if (rc < 0) {
        return rc;
    }
    rc = map_insert(&table->by_peer, &exchange->by_peer, io_address_hash(&exchange->peer));
    if (rc < 0) {
        map_remove(&table->by_key, &exchange->by_key);
        return rc;
    }
    exchange->key = key;
    exchange->is_expected = true;
    if (exchange->sequence == 0) {
        exchange->sequence = ++table->sequence;
    }
    if (exchange->asked <= exchange->candidate) {
        exchange->asked = exchange->candidate + 1;
    }
    return 0;
}

void exchange_forget(struct exchange_table *table, struct uvsnmp_exchange *exchange)
{
    if (exchange->is_expected) {
        exchange->is_expected = false;
        map_remove(&table->by_key, &exchange->by_key);
        map_remove(&table->by_peer, &exchange->by_peer);
    }
}

/* Was `from` asked? An answer to an earlier attempt, at another address of the name, is as good. */
static bool was_asked(const struct uvsnmp_exchange *exchange, const struct uvsnmp_address *from)
{
    if (uvsnmp_address_equal(&exchange->peer, from)) {
        return true;
    }
    for (unsigned i = 0; exchange->candidates && i < exchange->asked; i++) {
        if (uvsnmp_address_equal(&exchange->candidates->list[i], from)) {
            return true;
        }
    }
    return false;
}

struct uvsnmp_exchange *exchange_match(const struct exchange_table *table, const struct uvsnmp_address *from,
                                       uint64_t key, bool *wrong_source)
{
    struct map_link *link = map_find(&table->by_key, key);
    *wrong_source = link;
    for (; link; link = map_next(link)) {
        struct uvsnmp_exchange *exchange = LIST_OBJECT(link, struct uvsnmp_exchange, by_key);
        if (was_asked(exchange, from) || (exchange->any_source && from->transport == UVSNMP_UDP)) {
            *wrong_source = false;
            return exchange;
        }
    }
    return NULL;
}

struct uvsnmp_exchange *exchange_match_oldest(const struct exchange_table *table,
                                              const struct uvsnmp_address *from)
{
    struct uvsnmp_exchange *oldest = NULL;
    for (struct map_link *link = map_find(&table->by_peer, io_address_hash(from)); link;
         link = map_next(link)) {
        struct uvsnmp_exchange *exchange = LIST_OBJECT(link, struct uvsnmp_exchange, by_peer);
        if (uvsnmp_address_equal(&exchange->peer, from) &&
            (!oldest || exchange->sequence < oldest->sequence)) {
            oldest = exchange;
        }
    }
    return oldest;
}

bool exchange_next_candidate(struct uvsnmp_exchange *exchange)
{
    unsigned count = exchange->candidates ? exchange->candidates->count : 0;
    for (unsigned step = 1; step < count; step++) {
        unsigned next = (exchange->candidate + step) % count;
        if (!(exchange->dead & 1u << next)) {
            exchange->candidate = next;
            exchange->peer = exchange->candidates->list[next];
            return true;
        }
    }
    return false;
}
