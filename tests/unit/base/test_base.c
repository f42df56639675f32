/* SPDX-License-Identifier: BSD-3-Clause */
#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/arena.h"
#include "base/err.h"
#include "base/hex.h"
#include "base/list.h"
#include "base/log.h"
#include "base/map.h"
#include "base/num.h"
#include "base/random.h"
#include "base/text.h"

static void every_error_has_a_text_and_a_class(void **state)
{
    (void)state;
    assert_string_equal(uvsnmp_strerror(UVSNMP_ETIMEOUT), "timeout");
    assert_string_equal(uvsnmp_strerror(0), "success");
    assert_string_equal(uvsnmp_strerror(12345), "unknown error");
    assert_string_equal(uvsnmp_error_name(UVSNMP_EREFUSED), "REFUSED");
    assert_int_equal(uvsnmp_error_class(UVSNMP_EREFUSED), UVSNMP_ETRANSPORT);
    assert_int_equal(uvsnmp_error_class(UVSNMP_ETRANSPORT), UVSNMP_ETRANSPORT);
    assert_int_equal(err_from_errno(ECONNREFUSED), UVSNMP_EREFUSED);
}

static void error_detail_is_cut_not_overrun(void **state)
{
    struct uvsnmp_error err;
    char long_text[1000];
    (void)state;
    memset(long_text, 'x', sizeof(long_text));
    long_text[sizeof(long_text) - 1] = '\0';
    assert_int_equal(err_set(&err, UVSNMP_EBAD_VALUE, "%s", long_text), UVSNMP_EBAD_VALUE);
    assert_int_equal(strlen(err.detail), sizeof(err.detail) - 1);
    assert_int_equal(err_set(NULL, UVSNMP_EBAD_VALUE, "nobody listens"), UVSNMP_EBAD_VALUE);
}

static void numbers_are_parsed_strictly(void **state)
{
    uint64_t u = 7;
    int64_t i = 7;
    (void)state;
    assert_true(num_parse_u64("18446744073709551615", UINT64_MAX, &u));
    assert_true(u == UINT64_MAX);
    assert_false(num_parse_u64("18446744073709551616", UINT64_MAX, &u));
    assert_false(num_parse_u64("65536", 65535, &u));
    assert_false(num_parse_u64("", 10, &u));
    assert_false(num_parse_u64(" 1", 10, &u));
    assert_false(num_parse_u64("1x", 10, &u));
    assert_false(num_parse_u64("-1", 10, &u));
    assert_true(num_parse_i64("-9223372036854775808", INT64_MIN, INT64_MAX, &i));
    assert_true(i == INT64_MIN);
    assert_false(num_parse_i64("-2147483649", INT32_MIN, INT32_MAX, &i));
    assert_true(num_parse_any_base("0x1F", 100, &u));
    assert_int_equal(u, 31);
    assert_true(num_parse_any_base("017", 100, &u));
    assert_int_equal(u, 15);
    assert_false(num_parse_any_base("08", 100, &u));
}

static void seconds_may_have_a_fraction(void **state)
{
    uint64_t ms = 0;
    (void)state;
    assert_true(num_parse_seconds("0.2", UINT64_MAX, &ms));
    assert_int_equal(ms, 200);
    assert_true(num_parse_seconds(".0015", UINT64_MAX, &ms));
    assert_int_equal(ms, 1);
    assert_true(num_parse_seconds("3", UINT64_MAX, &ms));
    assert_int_equal(ms, 3000);
    assert_false(num_parse_seconds(".", UINT64_MAX, &ms));
    assert_false(num_parse_seconds("1e3", UINT64_MAX, &ms));
    assert_false(num_parse_seconds("99999999999999999999", UINT64_MAX, &ms));
}

static void hex_takes_pairs_only(void **state)
{
    uint8_t out[3];
    (void)state;
    assert_int_equal(hex_parse("00 aB\tff", out, sizeof(out)), 3);
    assert_memory_equal(out, "\x00\xab\xff", 3);
    assert_int_equal(hex_parse("0", out, sizeof(out)), UVSNMP_EBAD_VALUE);
    assert_int_equal(hex_parse("0g", out, sizeof(out)), UVSNMP_EBAD_VALUE);
    assert_int_equal(hex_parse("00112233", out, sizeof(out)), UVSNMP_ETOO_LONG);
    assert_int_equal(hex_parse("", out, sizeof(out)), 0);
}

static void text_stops_at_its_limit(void **state)
{
    struct text text;
    char storage[8];
    (void)state;
    text_init(&text, 10);
    text_append(&text, "12345");
    text_append_format(&text, "%d", 67890);
    assert_false(text_failed(&text));
    text_append_char(&text, 'x');
    assert_true(text_failed(&text));
    assert_string_equal(text_string(&text), "1234567890");
    text_reset(&text);
    text_append_i64(&text, -42);
    assert_string_equal(text_string(&text), "-42");
    text_cut(&text, 9);
    assert_int_equal(text.size, 3);
    text_cut(&text, 1);
    assert_string_equal(text_string(&text), "-");
    text_fini(&text);
    text_init_fixed(&text, storage, sizeof(storage));
    text_append_u64(&text, 1234567);
    assert_false(text_failed(&text));
    text_append(&text, "8");
    assert_true(text_failed(&text));
    assert_string_equal(storage, "1234567");
}

static void arena_is_bounded_and_aligned(void **state)
{
    struct arena arena;
    (void)state;
    arena_init(&arena, 64, 1024);
    void *first = arena_alloc(&arena, 1);
    void *second = arena_alloc(&arena, 100);
    assert_non_null(first);
    assert_non_null(second);
    assert_int_equal((uintptr_t)second % _Alignof(max_align_t), 0);
    assert_null(arena_alloc(&arena, 2000));
    assert_null(arena_array(&arena, SIZE_MAX / 2, 4));
    assert_null(arena_alloc(&arena, SIZE_MAX));
    arena_reset(&arena);
    assert_ptr_equal(arena_alloc(&arena, 1), first);
    arena_fini(&arena);
}

/* Whatever a name is changed by, for hardly any seed is its hash the same. */
static void hashes_depend_on_seed_and_octets(void **state)
{
    unsigned same = 0;
    (void)state;
    for (unsigned i = 0; i < 2000; i++) {
        char name[16] = "IF-MIB-AND-MORE", other[16];
        uint64_t seed = random_u64();
        uint64_t hash = map_hash(seed, name, sizeof(name));
        memcpy(other, name, sizeof(other));
        other[7] = (char)(other[7] ^ 0x40);
        other[11] = (char)(other[11] ^ 0x40);
        other[15] = (char)(other[15] ^ 0x40);
        same += map_hash(seed, other, sizeof(other)) == hash;
        assert_int_equal(map_hash(seed, name, sizeof(name)), hash);
        same += map_hash(seed + 1, name, sizeof(name)) == hash;
        same += map_hash(seed, name, sizeof(name) - 1) == hash;
        other[0] = '\0';
        same += map_hash(seed, other, 0) == map_hash(seed, other, 1);
    }
    assert_in_range(same, 0, 1);
}

static void map_keeps_equal_keys_apart(void **state)
{
    struct map map;
    struct map_link links[100], twin;
    (void)state;
    map_init(&map);
    assert_null(map_find(&map, 1));
    for (uint64_t i = 0; i < 100; i++) {
        assert_int_equal(map_insert(&map, &links[i], i), 0);
    }
    assert_int_equal(map_insert(&map, &twin, 42), 0);
    assert_ptr_equal(map_find(&map, 42), &twin);
    assert_ptr_equal(map_next(&twin), &links[42]);
    assert_null(map_next(&links[42]));
    map_remove(&map, &twin);
    assert_ptr_equal(map_find(&map, 42), &links[42]);
    map_remove(&map, &links[42]);
    assert_null(map_find(&map, 42));
    map_fini(&map);
}

static void list_survives_removal_while_running(void **state)
{
    struct list head, links[3];
    int seen = 0;
    (void)state;
    list_init(&head);
    for (int i = 0; i < 3; i++) {
        list_append(&head, &links[i]);
    }
    LIST_EACH(link, following, &head)
    {
        list_remove(link);
        seen++;
    }
    assert_int_equal(seen, 3);
    assert_true(list_is_empty(&head));
    list_remove(&links[0]);
}

struct sunk {
    int count;
    char text[256];
};

static void sink(int level, const char *text, void *arg)
{
    struct sunk *sunk = arg;
    (void)level;
    sunk->count++;
    strncpy(sunk->text, text, sizeof(sunk->text) - 1);
}

static void log_shows_enabled_tokens_only(void **state)
{
    struct sunk sunk = {0};
    (void)state;
    uvsnmp_log_set_sink(sink, &sunk);
    log_debug("io", "no");
    assert_int_equal(sunk.count, 0);
    uvsnmp_log_enable_tokens("io,agent");
    log_debug("io_udp", "socket %d", 3);
    assert_string_equal(sunk.text, "io_udp: socket 3");
    log_debug("conf", "no");
    assert_int_equal(sunk.count, 1);
    uvsnmp_log_set_sink(NULL, NULL);
}

static void log_limit_suppresses_and_tells(void **state)
{
    struct sunk sunk = {0};
    struct log_limit limit = {0};
    int allowed = 0;
    (void)state;
    uvsnmp_log_set_sink(sink, &sunk);
    for (int i = 0; i < 100; i++) {
        allowed += log_limit_allows(&limit, 5, 1000, 10);
    }
    assert_int_equal(allowed, 5);
    assert_true(log_limit_allows(&limit, 5, 1000, 1010));
    assert_string_equal(sunk.text, "95 similar messages suppressed");
    uvsnmp_log_set_sink(NULL, NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_error_has_a_text_and_a_class),
        cmocka_unit_test(error_detail_is_cut_not_overrun),
        cmocka_unit_test(numbers_are_parsed_strictly),
        cmocka_unit_test(seconds_may_have_a_fraction),
        cmocka_unit_test(hex_takes_pairs_only),
        cmocka_unit_test(text_stops_at_its_limit),
        cmocka_unit_test(arena_is_bounded_and_aligned),
        cmocka_unit_test(hashes_depend_on_seed_and_octets),
        cmocka_unit_test(map_keeps_equal_keys_apart),
        cmocka_unit_test(list_survives_removal_while_running),
        cmocka_unit_test(log_shows_enabled_tokens_only),
        cmocka_unit_test(log_limit_suppresses_and_tells),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
