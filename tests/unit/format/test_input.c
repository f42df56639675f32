/* SPDX-License-Identifier: BSD-3-Clause */
#include "format/input.h"

#include <math.h>

#include "support/names_mib.h"
#include "support/unit.h"

static int read_value(struct arena *arena, const char *type, const char *text, struct uvsnmp_value *value,
                      struct uvsnmp_error *err)
{
    const struct format_input input = {.name = UVSNMP_OID(1, 3, 6), .type = type, .value = text};
    struct format_input_options options;
    format_input_options_init(&options);
    return format_input_value(&input, &options, arena, value, err);
}

static void assert_read(const char *type, const char *text, struct uvsnmp_value expected)
{
    struct arena arena;
    struct uvsnmp_value value;
    struct uvsnmp_error err;
    arena_init(&arena, 0, 0);
    assert_int_equal(read_value(&arena, type, text, &value, &err), 0);
    assert_true(uvsnmp_value_equal(&value, &expected));
    arena_fini(&arena);
}

static void assert_refused(const char *type, const char *text, int code, const char *detail)
{
    struct arena arena;
    struct uvsnmp_value value;
    struct uvsnmp_error err = {0, ""};
    arena_init(&arena, 0, 0);
    assert_int_equal(read_value(&arena, type, text, &value, &err), code);
    assert_string_equal(err.detail, detail);
    arena_fini(&arena);
}

static void integers_are_read_strictly(void **state)
{
    (void)state;
    assert_read("i", "1", uvsnmp_integer(1));
    assert_read("i", "-2147483648", uvsnmp_integer(INT32_MIN));
    assert_read("i", "+5", uvsnmp_integer(5));
    assert_read("i", " 5", uvsnmp_integer(5));
    assert_read("i", "010", uvsnmp_integer(10));
    assert_read("ignored tail", "7", uvsnmp_integer(7));
    assert_refused("i", "abc", UVSNMP_EBAD_VALUE, "Value out of range (abc)");
    assert_refused("i", "0x10", UVSNMP_EBAD_VALUE, "Value out of range (0x10)");
    assert_refused("i", "2147483648", UVSNMP_EBAD_VALUE, "Value out of range (2147483648)");
    assert_refused("i", "", UVSNMP_EBAD_VALUE, "Bad value notation ()");
}

static void unsigned_numbers_are_read_strictly(void **state)
{
    (void)state;
    assert_read("u", "4294967295", uvsnmp_unsigned32(UVSNMP_GAUGE32, UINT32_MAX));
    assert_read("t", "5", uvsnmp_unsigned32(UVSNMP_TIMETICKS, 5));
    assert_read("3", "5", uvsnmp_unsigned32(UVSNMP_UINTEGER32, 5));
    assert_refused("u", "-1", UVSNMP_EBAD_VALUE, "Value out of range (-1)");
    assert_refused("u", "4294967296", UVSNMP_EBAD_VALUE, "Value out of range (4294967296)");
    assert_refused("u", "x", UVSNMP_EBAD_VALUE, "Bad value notation (x)");
    assert_refused("t", "1:2:3", UVSNMP_EBAD_VALUE, "Bad value notation (1:2:3)");
}

static void wide_numbers_are_wrapped_in_an_opaque(void **state)
{
    struct uvsnmp_value uint64 = {.type = UVSNMP_OPAQUE_UINT64, .as.unsigned64 = UINT64_MAX};
    struct uvsnmp_value int64 = {.type = UVSNMP_OPAQUE_INT64, .as.signed64 = -5};
    struct uvsnmp_value float32 = {.type = UVSNMP_OPAQUE_FLOAT, .as.float32 = 1.5F};
    struct uvsnmp_value float64 = {.type = UVSNMP_OPAQUE_DOUBLE, .as.float64 = -2.5e300};
    struct uvsnmp_value infinite = {.type = UVSNMP_OPAQUE_FLOAT, .as.float32 = INFINITY};
    (void)state;
    assert_read("U", "18446744073709551615", uint64);
    assert_read("I", "-5", int64);
    assert_read("F", "1.5", float32);
    assert_read("D", "-2.5e300", float64);
    assert_read("F", "inf", infinite);
    assert_refused("U", "18446744073709551616", UVSNMP_EBAD_VALUE,
                   "Value out of range (18446744073709551616)");
    assert_refused("I", "x", UVSNMP_EBAD_VALUE, "Bad value notation (x)");
    assert_refused("F", "1.5x", UVSNMP_EBAD_VALUE, "Bad value notation (1.5x)");
    assert_refused("F", "1e300", UVSNMP_EBAD_VALUE, "Value out of range (1e300)");
    assert_refused("D", "1e400", UVSNMP_EBAD_VALUE, "Value out of range (1e400)");
    assert_refused("D", "", UVSNMP_EBAD_VALUE, "Bad value notation ()");
}

static void octets_have_four_notations(void **state)
{
    (void)state;
    assert_read("s", "abc", uvsnmp_octets("abc", 3));
    assert_read("s", "", uvsnmp_octets("", 0));
    assert_read("x", "010aFF", uvsnmp_octets("\x01\x0a\xff", 3));
    assert_read("x", "0x01 02", uvsnmp_octets("\x01\x02", 2));
    assert_read("x", "", uvsnmp_octets("", 0));
    assert_read("d", "1.2 255", uvsnmp_octets("\x01\x02\xff", 3));
    assert_read("d", "", uvsnmp_octets("", 0));
    assert_read("b", "1 2,3", uvsnmp_octets("\x70", 1));
    assert_read("b", "20", uvsnmp_octets("\x00\x00\x08", 3));
    assert_read("b", "", uvsnmp_octets("", 0));
    assert_refused("x", "01:02", UVSNMP_EBAD_VALUE, "Bad value notation (01:02)");
    assert_refused("x", "0", UVSNMP_EBAD_VALUE, "Bad value notation (0)");
    assert_refused("d", "256", UVSNMP_EBAD_VALUE, "Bad value notation (256)");
    assert_refused("d", "1 x", UVSNMP_EBAD_VALUE, "Bad value notation (1 x)");
    assert_refused("b", "1 x", UVSNMP_EBAD_VALUE, "Value out of range (x)");
    assert_refused("b", "524056", UVSNMP_EBAD_VALUE, "Value out of range (524056)");
}

static void addresses_oids_and_null_are_read(void **state)
{
    struct uvsnmp_value address = {.type = UVSNMP_IPADDRESS, .as.ipaddress = {192, 0, 2, 1}};
    struct uvsnmp_value shortened = {.type = UVSNMP_IPADDRESS, .as.ipaddress = {1, 2, 0, 3}};
    (void)state;
    assert_read("a", "192.0.2.1", address);
    assert_read("a", "1.2.3", shortened);
    assert_read("o", "iso.3.6", uvsnmp_oid_value(UVSNMP_OID(1, 3, 6)));
    assert_read("n", "whatever", uvsnmp_empty(UVSNMP_NULL));
    assert_refused("a", "localhost", UVSNMP_EBAD_VALUE, "Bad value notation (localhost)");
    assert_refused("a", "1.2.3.4 x", UVSNMP_EBAD_VALUE, "Bad value notation (1.2.3.4 x)");
    assert_refused("o", "1.x", UVSNMP_EBAD_OID, "Unknown Object Identifier (x)");
}

static void types_without_a_reader_are_refused(void **state)
{
    (void)state;
    assert_refused("=", "5", UVSNMP_EBAD_VALUE, "Bad variable type (\"=\")");
    assert_refused("q", "5", UVSNMP_EBAD_VALUE, "Bad variable type (\"q\")");
    assert_true(format_input_has_type('='));
    assert_true(format_input_has_type('i'));
    assert_false(format_input_has_type('\0'));
}

static void counters_are_for_notifications_only(void **state)
{
    struct text text;
    (void)state;
    assert_read("c", "4294967295", uvsnmp_unsigned32(UVSNMP_COUNTER32, UINT32_MAX));
    assert_read("C", "18446744073709551615", uvsnmp_counter64(UINT64_MAX));
    assert_refused("c", "abc", UVSNMP_EBAD_VALUE, "Bad value notation (abc)");
    assert_refused("c", "4294967296", UVSNMP_EBAD_VALUE, "Value out of range (4294967296)");
    assert_false(format_input_has_type('c'));
    assert_false(format_input_has_type('C'));
    text_init(&text, 0);
    format_input_help(&text, "", false);
    assert_null(strstr(text_string(&text), "Counter"));
    text_reset(&text);
    format_input_help(&text, "", true);
    assert_non_null(strstr(text_string(&text), "c:  Counter32\nC:  Counter64\n"));
    text_fini(&text);
}

static void a_string_longer_than_a_message_is_refused(void **state)
{
    char *text = malloc(FORMAT_INPUT_MAX + 2);
    struct arena arena;
    struct uvsnmp_value value;
    (void)state;
    assert_non_null(text);
    memset(text, 'x', FORMAT_INPUT_MAX + 1);
    text[FORMAT_INPUT_MAX + 1] = '\0';
    arena_init(&arena, 0, 0);
    assert_int_equal(read_value(&arena, "s", text, &value, NULL), UVSNMP_EBAD_VALUE);
    text[FORMAT_INPUT_MAX] = '\0';
    assert_int_equal(read_value(&arena, "s", text, &value, NULL), 0);
    arena_fini(&arena);
    free(text);
}

static void exhausted_memory_is_told(void **state)
{
    static const char *const types[] = {"s", "x", "d", "b", "o"};
    (void)state;
    for (size_t i = 0; i < COUNT_OF(types); i++) {
        struct arena arena;
        struct uvsnmp_value value;
        struct uvsnmp_error err = {0, ""};
        arena_init(&arena, 16, 1);
        assert_true(read_value(&arena, types[i], "1.3.6", &value, &err) < 0);
        assert_true(err.detail[0] != '\0');
        arena_fini(&arena);
    }
}

/* ---- what the MIB has to say ---- */

struct set {
    const char *name, *type, *value;
};

/* As snmpset would, with the letters of -I. */
static int read_set(struct mib *mib, const struct set *set, const char *letters, struct arena *arena,
                    struct uvsnmp_value *value, struct uvsnmp_error *err)
{
    struct format_input_options options;
    struct mib_object object;
    struct uvsnmp_oid_buf name;
    format_input_options_init(&options);
    assert_int_equal(format_input_options_parse(&options, letters, NULL), 0);
    options.mib = mib;
    assert_true(mib_find_name(mib, NULL, set->name, strlen(set->name), &object, &name));
    assert_int_equal(uvsnmp_oid_append_id(&name, 0), 0);
    struct format_input input = {uvsnmp_oid_of(&name), set->type, set->value};
    return format_input_value(&input, &options, arena, value, err);
}

static void assert_taken(void **state, const char *letters, struct set set, struct uvsnmp_value expected)
{
    struct arena arena;
    struct uvsnmp_value value;
    struct uvsnmp_error err = {0, ""};
    arena_init(&arena, 0, 0);
    if (read_set(*state, &set, letters, &arena, &value, &err) != 0) {
        fail_msg("%s %s %s: %s", set.name, set.type, set.value, err.detail);
    }
    assert_true(uvsnmp_value_equal(&value, &expected));
    arena_fini(&arena);
}

#define TAKEN(name, type, value, expected) assert_taken(state, "", (struct set){name, type, value}, expected)

static void the_type_is_the_one_of_the_mib(void **state)
{
    TAKEN("anInteger", "=", "5", uvsnmp_integer(5));
    TAKEN("anInteger32", "=", "-5", uvsnmp_integer(-5));
    TAKEN("anUnsigned", "=", "5", uvsnmp_unsigned32(UVSNMP_GAUGE32, 5));
    TAKEN("aGauge", "=", "5", uvsnmp_unsigned32(UVSNMP_GAUGE32, 5));
    TAKEN("aCounter", "=", "5", uvsnmp_unsigned32(UVSNMP_COUNTER32, 5));
    TAKEN("aCounter64", "=", "18446744073709551615", uvsnmp_counter64(UINT64_MAX));
    TAKEN("someTicks", "=", "5", uvsnmp_unsigned32(UVSNMP_TIMETICKS, 5));
    TAKEN("anOid", "=", "anInteger.0", uvsnmp_oid_value(UVSNMP_OID(1, 3, 6, 1, 4, 1, 99997, 1, 1, 0)));
    TAKEN("aString", "=", "a", uvsnmp_octets("a", 1));
    TAKEN("someBits", "=", "0", uvsnmp_octets("\x80\0", 2));
    TAKEN("aUInteger", "=", "5", uvsnmp_unsigned32(UVSNMP_UINTEGER32, 5));
}

static void labels_and_names_of_bits_are_values(void **state)
{
    TAKEN("aColour", "i", "blue-ish", uvsnmp_integer(7));
    TAKEN("aColour", "=", "negative", uvsnmp_integer(-3));
    TAKEN("aColour", "i", "5", uvsnmp_integer(5));
    TAKEN("someBits", "b", "first, tenth,1", uvsnmp_octets("\xc0\x40", 2));
    TAKEN("someBits", "b", "", uvsnmp_octets("\0\0", 2));
    TAKEN("someBits", "b", "20", uvsnmp_octets("\0\0\x08", 3));
    TAKEN("someBits", "x", "80", uvsnmp_octets("\x80", 1));
}

static void values_are_read_by_their_display_hint(void **state)
{
    TAKEN("aMac", "=", "1:2:3:4:5:ff", uvsnmp_octets("\1\2\3\4\5\xff", 6));
    TAKEN("aMac", "s", "zzzzzz", uvsnmp_octets("zzzzzz", 6));
    TAKEN("aMac", "x", "010203040506", uvsnmp_octets("\1\2\3\4\5\6", 6));
    TAKEN("aDate", "=", "2020-1-2,3:4:5.6", uvsnmp_octets("\x07\xe4\1\2\3\4\5\6", 8));
    TAKEN("aText", "=", "h\xc3\xa9", uvsnmp_octets("h\xc3\xa9", 3));
    TAKEN("aTenth", "=", "15", uvsnmp_integer(15));
    TAKEN("aTenth", "=", "1.5", uvsnmp_integer(15));
    TAKEN("aHex", "i", "ff", uvsnmp_integer(255));
    TAKEN("aHex", "i", "10", uvsnmp_integer(10));
    TAKEN("aBinary", "i", "11111111111111111111111111111111", uvsnmp_integer(-1));
    TAKEN("aBinary", "i", "01111111111111111111111111111111", uvsnmp_integer(INT32_MAX));
    TAKEN("aBinary", "i", "101", uvsnmp_integer(101));
    TAKEN("aBinaryUnsigned", "u", "11111111111111111111111111111111",
          uvsnmp_unsigned32(UVSNMP_GAUGE32, UINT32_MAX));
    assert_taken(state, "h", (struct set){"aMac", "s", "abcdef"}, uvsnmp_octets("abcdef", 6));
}

static void many_values_fit_into_one_arena(void **state)
{
    static const struct set sets[] = {
        {"aMac", "s", "1:2:3:4:5:6"}, {"aMac", "s", "zzzzzz"}, {"someBits", "b", "1"}};
    struct arena arena;
    struct uvsnmp_value value;
    struct uvsnmp_error err = {0, ""};
    arena_init(&arena, 0, 0);
    for (size_t i = 0; i < 1000; i++) {
        assert_int_equal(read_set(*state, &sets[i % COUNT_OF(sets)], "", &arena, &value, &err), 0);
    }
    arena_fini(&arena);
}

static void without_memory_the_result_says_so(void **state)
{
    static const struct set sets[] = {
        {"aString", "s", "text"}, {"aString", "x", "0102"}, {"aString", "d", "1.2"}};
    (void)state;
    for (size_t i = 0; i < COUNT_OF(sets); i++) {
        struct arena arena;
        struct uvsnmp_value value;
        struct uvsnmp_error err = {0, ""};
        arena_init(&arena, 0, 64);
        while (arena_alloc(&arena, 1)) {
        }
        assert_int_equal(read_set(*state, &sets[i], "", &arena, &value, &err), UVSNMP_ENO_MEMORY);
        assert_int_equal(err.code, UVSNMP_ENO_MEMORY);
        arena_fini(&arena);
    }
}

static void what_the_mib_forbids_is_refused(void **state)
{
    static const struct {
        struct set set;
        const char *detail;
    } rows[] = {
        {{"anInteger", "u", "5"}, "Bad variable type (Type of attribute is INTEGER, not Unsigned32)"},
        {{"anInteger", "s", "5"}, "Bad variable type (Type of attribute is INTEGER, not OCTET STRING)"},
        {{"anInteger32", "t", "5"}, "Bad variable type (Type of attribute is Integer32, not Timeticks)"},
        {{"aString", "b", "5"}, "Bad variable type (Type of attribute is OCTET STRING, not BITS)"},
        {{"someBits", "i", "5"}, "Bad variable type (Type of attribute is BITS, not INTEGER)"},
        {{"anOpaque", "i", "5"}, "Bad variable type (Type of attribute is Opaque, not INTEGER)"},
        {{"aUInteger", "u", "5"}, "Bad variable type (Type of attribute is UInteger, not Unsigned32)"},
        {{"anOpaque", "=", "5"}, "Bad variable type (\"=\")"},
        {{"scalars", "=", "5"}, "Bad variable type (\"=\")"},
        {{"aRange", "i", "15"}, "Value out of range (15 :: {(1..10), (20..30)})"},
        {{"anInteger32", "=", "6"}, "Value out of range (6 :: {(-5..5)})"},
        {{"aColour", "=", "pink"}, "Value out of range (pink)"},
        {{"aColour", "=", "2 "}, "Value out of range (2 )"},
        {{"aSized", "s", "abcde"}, "Value out of range (Bad string length :: {(2..4), (8)})"},
        {{"aSized", "x", "01"}, "Value out of range (Bad string length :: {(2..4), (8)})"},
        {{"aSized", "d", "1"}, "Value out of range (Bad string length :: {(2..4), (8)})"},
        {{"aMac", "s", "1:2:3"}, "Value out of range (Value does not match DISPLAY-HINT :: {(6)})"},
        {{"aMac", "s", "zz"}, "Value out of range (Bad string length :: {(6)})"},
        {{"aFree", "s", "1:600"}, "Value out of range (1:600)"},
        {{"someBits", "b", "first fir"}, "Value out of range (fir)"},
        {{"aTenth", "i", "1.5x"}, "Value out of range (1.5x)"},
        {{"aBinary", "i", "111111111111111111111111111111111"},
         "Value out of range (111111111111111111111111111111111)"},
        {{"anOid", "o", "nowhere"}, "Unknown Object Identifier (Sub-id not found: (top) -> nowhere)"},
    };
    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        struct arena arena;
        struct uvsnmp_value value;
        struct uvsnmp_error err = {0, ""};
        arena_init(&arena, 0, 0);
        assert_true(read_set(*state, &rows[i].set, "", &arena, &value, &err) < 0);
        assert_string_equal(err.detail, rows[i].detail);
        arena_fini(&arena);
    }
}

static void checks_can_be_turned_off(void **state)
{
    assert_taken(state, "r", (struct set){"anInteger", "s", "5"}, uvsnmp_octets("5", 1));
    assert_taken(state, "r", (struct set){"aRange", "i", "15"}, uvsnmp_integer(15));
    assert_taken(state, "r", (struct set){"aSized", "s", "x"}, uvsnmp_octets("x", 1));
    assert_taken(state, "r", (struct set){"aMac", "s", "1:2"}, uvsnmp_octets("\1\2", 2));
    assert_taken(state, "r", (struct set){"aColour", "b", "red"}, uvsnmp_octets("\x40", 1));
    assert_taken(state, "rh", (struct set){"aMac", "s", "1:2"}, uvsnmp_octets("1:2", 3));
}

static int load(void **state)
{
    *state = names_mib_new();
    return *state ? 0 : -1;
}

static int unload(void **state)
{
    mib_free(*state);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(integers_are_read_strictly),
        cmocka_unit_test(unsigned_numbers_are_read_strictly),
        cmocka_unit_test(wide_numbers_are_wrapped_in_an_opaque),
        cmocka_unit_test(octets_have_four_notations),
        cmocka_unit_test(addresses_oids_and_null_are_read),
        cmocka_unit_test(types_without_a_reader_are_refused),
        cmocka_unit_test(counters_are_for_notifications_only),
        cmocka_unit_test(a_string_longer_than_a_message_is_refused),
        cmocka_unit_test(exhausted_memory_is_told),
        cmocka_unit_test(the_type_is_the_one_of_the_mib),
        cmocka_unit_test(labels_and_names_of_bits_are_values),
        cmocka_unit_test(values_are_read_by_their_display_hint),
        cmocka_unit_test(many_values_fit_into_one_arena),
        cmocka_unit_test(without_memory_the_result_says_so),
        cmocka_unit_test(what_the_mib_forbids_is_refused),
        cmocka_unit_test(checks_can_be_turned_off),
    };
    return cmocka_run_group_tests(tests, load, unload);
}
