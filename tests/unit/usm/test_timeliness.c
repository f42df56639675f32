/* SPDX-License-Identifier: BSD-3-Clause */
#include "support/unit.h"

#include <stdio.h>

#include "usm/timeliness.h"

#define TIME(boots, time) ((struct usm_time){boots, time})
#define LATE UVSNMP_ENOT_IN_TIME_WINDOW

static void assert_time(struct usm_time time, int32_t boots, int32_t seconds)
{
    assert_int_equal(time.boots, boots);
    assert_int_equal(time.time, seconds);
}

static void a_clock_counts_whole_seconds(void **state)
{
    (void)state;
    assert_time(usm_time_advance(TIME(3, 10), 0), 3, 10);
    assert_time(usm_time_advance(TIME(3, 10), 999), 3, 10);
    assert_time(usm_time_advance(TIME(3, 10), 1000), 3, 11);
}

/* RFC 3414 §2.2.2 */
static void time_flows_over_into_boots_and_boots_stay_at_their_end(void **state)
{
    (void)state;
    assert_time(usm_time_advance(TIME(3, INT32_MAX), 999), 3, INT32_MAX);
    assert_time(usm_time_advance(TIME(3, INT32_MAX), 1000), 4, 0);
    assert_time(usm_time_advance(TIME(3, 5), ((uint64_t)INT32_MAX + 1) * 2000), 5, 5);
    assert_time(usm_time_advance(TIME(INT32_MAX, INT32_MAX), 1000), INT32_MAX, 0);
    assert_int_equal(usm_time_advance(TIME(INT32_MAX - 1, 0), UINT64_MAX).boots, INT32_MAX);
}

static void the_authoritative_window_is_150_seconds_both_ways(void **state)
{
    (void)state;
    assert_int_equal(usm_time_check(TIME(5, 1000), TIME(5, 1000)), 0);
    assert_int_equal(usm_time_check(TIME(5, 1000), TIME(5, 850)), 0);
    assert_int_equal(usm_time_check(TIME(5, 1000), TIME(5, 849)), LATE);
    assert_int_equal(usm_time_check(TIME(5, 1000), TIME(5, 1150)), 0);
    assert_int_equal(usm_time_check(TIME(5, 1000), TIME(5, 1151)), LATE);
    assert_int_equal(usm_time_check(TIME(5, 1000), TIME(4, 1000)), LATE);
    assert_int_equal(usm_time_check(TIME(5, 1000), TIME(6, 1000)), LATE);
    assert_int_equal(usm_time_check(TIME(5, 0), TIME(5, INT32_MAX)), LATE);
    assert_int_equal(usm_time_check(TIME(INT32_MAX, 0), TIME(INT32_MAX, 0)), LATE);
}

static void an_unknown_clock_says_zero(void **state)
{
    const struct usm_clock clock = {0};
    (void)state;
    assert_time(usm_clock_now(&clock, 99000), 0, 0);
}

static void another_clock_goes_on_by_the_local_one(void **state)
{
    struct usm_clock clock = {0};
    (void)state;
    assert_int_equal(usm_clock_check(&clock, TIME(7, 100), 5000), 0);
    assert_time(usm_clock_now(&clock, 5000), 7, 100);
    assert_time(usm_clock_now(&clock, 65000), 7, 160);
    assert_time(usm_clock_now(&clock, 4000), 7, 100); /* a clock that went back does no harm */
}

static void a_hint_is_forgotten_with_the_first_authentic_word(void **state)
{
    struct usm_clock clock = {0};
    (void)state;
    usm_clock_hint(&clock, TIME(1000, 1000), 0);
    assert_time(usm_clock_now(&clock, 2000), 1000, 1002);
    assert_int_equal(usm_clock_check(&clock, TIME(2, 50), 2000), 0);
    assert_time(usm_clock_now(&clock, 2000), 2, 50);
    usm_clock_hint(&clock, TIME(1000, 1000), 2000);
    assert_time(usm_clock_now(&clock, 2000), 2, 50);
}

/* RFC 3414 §3.2 (7) b */
static void only_newer_words_set_the_clock(void **state)
{
    struct usm_clock clock = {0};
    (void)state;
    assert_int_equal(usm_clock_check(&clock, TIME(2, 1000), 0), 0);
    /* older, but in the window: taken, and the clock stays */
    assert_int_equal(usm_clock_check(&clock, TIME(2, 850), 0), 0);
    assert_time(usm_clock_now(&clock, 0), 2, 1000);
    assert_int_equal(usm_clock_check(&clock, TIME(2, 849), 0), LATE);
    /* its clock runs faster than ours: it leads */
    assert_int_equal(usm_clock_check(&clock, TIME(2, 5000), 1000), 0);
    assert_time(usm_clock_now(&clock, 1000), 2, 5000);
    /* it runs slower: a message that is newer than all before sets it back */
    assert_int_equal(usm_clock_check(&clock, TIME(2, 5001), 900000), 0);
    assert_time(usm_clock_now(&clock, 900000), 2, 5001);
    /* the same message again, long after */
    assert_int_equal(usm_clock_check(&clock, TIME(2, 5001), 1100000), LATE);
}

static void boots_go_forward_only(void **state)
{
    struct usm_clock clock = {0};
    (void)state;
    assert_int_equal(usm_clock_check(&clock, TIME(2, 1000), 0), 0);
    assert_int_equal(usm_clock_check(&clock, TIME(3, 0), 0), 0);
    assert_time(usm_clock_now(&clock, 0), 3, 0);
    assert_int_equal(usm_clock_check(&clock, TIME(2, 1001), 0), LATE);
    assert_time(usm_clock_now(&clock, 0), 3, 0);
    assert_int_equal(usm_clock_check(&clock, TIME(INT32_MAX, 0), 0), LATE);
    assert_int_equal(usm_clock_check(&clock, TIME(INT32_MAX, 100), 0), LATE);
}

static struct uvsnmp_bytes id_of(char *text, unsigned number)
{
    struct uvsnmp_bytes id = {(const uint8_t *)text, 8};
    (void)snprintf(text, 9, "id%06u", number);
    return id;
}

static void engines_are_found_by_their_whole_id(void **state)
{
    struct usm_engines engines;
    char text[9];
    (void)state;
    usm_engines_init(&engines, 0);
    struct uvsnmp_bytes id = id_of(text, 1);
    assert_null(usm_engines_find(&engines, id));
    struct usm_engine *engine = usm_engines_add(&engines, id);
    assert_non_null(engine);
    assert_ptr_equal(usm_engines_add(&engines, id), engine);
    assert_ptr_equal(usm_engines_find(&engines, id), engine);
    id.size--;
    assert_null(usm_engines_find(&engines, id));
    id.size = 4;
    assert_null(usm_engines_add(&engines, id));
    id.size = 0;
    assert_null(usm_engines_find(&engines, id));
    usm_engines_fini(&engines);
}

static void the_engine_used_longest_ago_makes_room(void **state)
{
    struct usm_engines engines;
    char text[9];
    (void)state;
    usm_engines_init(&engines, 3);
    for (unsigned i = 0; i < 3; i++) {
        assert_non_null(usm_engines_add(&engines, id_of(text, i)));
    }
    assert_non_null(usm_engines_find(&engines, id_of(text, 0)));
    assert_non_null(usm_engines_add(&engines, id_of(text, 3)));
    assert_int_equal(engines.map.size, 3);
    assert_null(usm_engines_find(&engines, id_of(text, 1)));
    assert_non_null(usm_engines_find(&engines, id_of(text, 0)));
    usm_engines_fini(&engines);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_clock_counts_whole_seconds),
        cmocka_unit_test(time_flows_over_into_boots_and_boots_stay_at_their_end),
        cmocka_unit_test(the_authoritative_window_is_150_seconds_both_ways),
        cmocka_unit_test(an_unknown_clock_says_zero),
        cmocka_unit_test(another_clock_goes_on_by_the_local_one),
        cmocka_unit_test(a_hint_is_forgotten_with_the_first_authentic_word),
        cmocka_unit_test(only_newer_words_set_the_clock),
        cmocka_unit_test(boots_go_forward_only),
        cmocka_unit_test(engines_are_found_by_their_whole_id),
        cmocka_unit_test(the_engine_used_longest_ago_makes_room),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
