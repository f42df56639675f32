/* SPDX-License-Identifier: BSD-3-Clause */
/* The table of exchanges and the queues of what becomes due: no sockets, no clock. */
#include "support/unit.h"

#include "io/due.h"
#include "io/exchange.h"

static struct uvsnmp_address address(const char *text)
{
    struct uvsnmp_address out;
    assert_int_equal(uvsnmp_address_parse(text, 161, &out, NULL), 0);
    return out;
}

static void entries_become_due_in_order_whatever_their_durations(void **state)
{
    struct due_set set;
    struct due_entry entries[5] = {0};
    (void)state;
    due_init(&set);
    assert_true(due_next(&set) == UINT64_MAX);
    assert_int_equal(due_add(&set, &entries[0], 100, 50), 0);
    assert_int_equal(due_add(&set, &entries[1], 110, 10), 0);
    assert_int_equal(due_add(&set, &entries[2], 120, 50), 0);
    assert_int_equal(due_add(&set, &entries[3], 120, 10), 0);
    assert_int_equal(due_add(&set, &entries[4], 120, UINT64_MAX), 0);
    assert_true(due_next(&set) == 120);
    assert_null(due_take(&set, 119));
    assert_ptr_equal(due_take(&set, 125), &entries[1]);
    assert_null(due_take(&set, 125));
    due_remove(&entries[0]);
    due_remove(&entries[0]);
    assert_false(due_is_waiting(&entries[0]));
    assert_true(due_next(&set) == 130);
    assert_ptr_equal(due_take(&set, 200), &entries[2]);
    assert_ptr_equal(due_take(&set, 200), &entries[3]);
    assert_null(due_take(&set, 1u << 31));
    assert_true(due_is_waiting(&entries[4]));
    due_fini(&set);
    assert_false(due_is_waiting(&entries[4]));
}

static void an_entry_added_again_moves_to_the_end(void **state)
{
    struct due_set set;
    struct due_entry first = {0}, second = {0};
    (void)state;
    due_init(&set);
    assert_int_equal(due_add(&set, &first, 0, 10), 0);
    assert_int_equal(due_add(&set, &second, 1, 10), 0);
    assert_int_equal(due_add(&set, &first, 2, 10), 0);
    assert_true(due_next(&set) == 11);
    assert_ptr_equal(due_take(&set, 20), &second);
    assert_ptr_equal(due_take(&set, 20), &first);
    due_fini(&set);
}

static void many_durations_leave_no_queues_behind(void **state)
{
    struct due_set set;
    struct due_entry entry = {0};
    (void)state;
    due_init(&set);
    for (uint64_t i = 0; i < 1000; i++) {
        assert_int_equal(due_add(&set, &entry, i, i), 0);
        assert_true(due_next(&set) == 2 * i);
    }
    assert_int_equal(set.by_duration.size, 1);
    due_fini(&set);
}

static void a_key_is_matched_only_from_the_peer_that_was_asked(void **state)
{
    struct exchange_table table;
    struct uvsnmp_exchange *a = calloc(1, sizeof(*a)), *b = calloc(1, sizeof(*b));
    struct uvsnmp_address one = address("127.0.0.1"), two = address("127.0.0.2"),
                          three = address("127.0.0.3");
    bool wrong = true;
    (void)state;
    exchange_table_init(&table);
    a->peer = one;
    b->peer = two;
    assert_null(exchange_match(&table, &one, 7, &wrong));
    assert_false(wrong);
    assert_int_equal(exchange_expect(&table, a, 7), 0);
    assert_int_equal(exchange_expect(&table, b, 7), 0);
    assert_ptr_equal(exchange_match(&table, &one, 7, &wrong), a);
    assert_false(wrong);
    assert_ptr_equal(exchange_match(&table, &two, 7, &wrong), b);
    assert_null(exchange_match(&table, &three, 7, &wrong));
    assert_true(wrong);
    assert_null(exchange_match(&table, &one, 8, &wrong));
    assert_false(wrong);
    exchange_forget(&table, a);
    exchange_forget(&table, a);
    assert_null(exchange_match(&table, &one, 7, &wrong));
    assert_true(wrong);
    /* a new key replaces the old one */
    assert_int_equal(exchange_expect(&table, b, 9), 0);
    assert_null(exchange_match(&table, &two, 7, &wrong));
    assert_ptr_equal(exchange_match(&table, &two, 9, &wrong), b);
    exchange_forget(&table, b);
    exchange_table_fini(&table);
    free(a);
    free(b);
}

static void without_keys_the_oldest_with_a_peer_comes_first(void **state)
{
    struct exchange_table table;
    struct uvsnmp_exchange *exchanges[20];
    struct uvsnmp_address one = address("[::1]:1"), two = address("[::1]:2");
    (void)state;
    exchange_table_init(&table);
    for (int i = 0; i < 20; i++) {
        exchanges[i] = calloc(1, sizeof(*exchanges[i]));
        exchanges[i]->peer = i % 2 ? one : two;
        assert_int_equal(exchange_expect(&table, exchanges[i], 0), 0);
    }
    for (int i = 0; i < 20; i++) {
        struct uvsnmp_exchange *oldest = exchange_match_oldest(&table, i % 2 ? &one : &two);
        assert_ptr_equal(oldest, exchanges[i]);
        exchange_forget(&table, oldest);
        free(oldest);
    }
    assert_null(exchange_match_oldest(&table, &one));
    exchange_table_fini(&table);
}

static void candidates_are_tried_round_and_round_but_not_dead_ones(void **state)
{
    struct exchange_table table;
    struct uvsnmp_exchange *exchange = calloc(1, sizeof(*exchange));
    struct io_addresses *addresses = calloc(1, sizeof(*addresses));
    bool wrong;
    (void)state;
    exchange_table_init(&table);
    addresses->count = 3;
    addresses->list[0] = address("127.0.0.1");
    addresses->list[1] = address("127.0.0.2");
    addresses->list[2] = address("127.0.0.3");
    exchange->candidates = io_addresses_take(addresses);
    exchange->peer = addresses->list[0];
    assert_int_equal(exchange_expect(&table, exchange, 1), 0);
    assert_true(exchange_next_candidate(exchange));
    assert_int_equal(exchange->candidate, 1);
    assert_int_equal(exchange_expect(&table, exchange, 1), 0);
    /* an answer to the first attempt is as good as one to the second; the third address was not asked yet */
    assert_ptr_equal(exchange_match(&table, &addresses->list[0], 1, &wrong), exchange);
    assert_ptr_equal(exchange_match(&table, &addresses->list[1], 1, &wrong), exchange);
    assert_null(exchange_match(&table, &addresses->list[2], 1, &wrong));
    exchange->dead = 1u << 2;
    assert_true(exchange_next_candidate(exchange));
    assert_int_equal(exchange->candidate, 0);
    exchange->dead |= 1u << 1;
    assert_false(exchange_next_candidate(exchange));
    exchange_forget(&table, exchange);
    io_addresses_drop(exchange->candidates);
    free(exchange);
    exchange_table_fini(&table);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(entries_become_due_in_order_whatever_their_durations),
        cmocka_unit_test(an_entry_added_again_moves_to_the_end),
        cmocka_unit_test(many_durations_leave_no_queues_behind),
        cmocka_unit_test(a_key_is_matched_only_from_the_peer_that_was_asked),
        cmocka_unit_test(without_keys_the_oldest_with_a_peer_comes_first),
        cmocka_unit_test(candidates_are_tried_round_and_round_but_not_dead_ones),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
