/* SPDX-License-Identifier: BSD-3-Clause */
#include "format/oid.h"

#include "support/print_mib.h"
#include "support/unit.h"

#define SCALARS PRINT_MIB_ROOT ".1"
#define TABLES PRINT_MIB_ROOT ".2"
#define COLUMN_A TABLES ".1.1.4"
#define COLUMN_B TABLES ".2.1.3"

static void assert_printed(struct uvsnmp_oid oid, enum format_oid_style style, const char *expected)
{
    struct format_options options;
    struct text text;
    format_options_init(&options);
    options.oid_style = style;
    text_init(&text, 0);
    format_oid(&text, oid, &options);
    assert_string_equal(text_string(&text), expected);
    text_fini(&text);
}

static void each_style_has_its_own_beginning(void **state)
{
    struct uvsnmp_oid oid = UVSNMP_OID(1, 3, 6, 4294967295U);
    (void)state;
    assert_printed(oid, FORMAT_OID_MODULE, "iso.3.6.4294967295");
    assert_printed(oid, FORMAT_OID_SUFFIX, "iso.3.6.4294967295");
    assert_printed(oid, FORMAT_OID_FULL, ".iso.3.6.4294967295");
    assert_printed(oid, FORMAT_OID_UCD, ".iso.3.6.4294967295");
    assert_printed(oid, FORMAT_OID_NUMERIC, ".1.3.6.4294967295");
    assert_printed(oid, FORMAT_OID_NONE, "");
    assert_printed(UVSNMP_OID(0, 0), FORMAT_OID_MODULE, "ccitt.0");
    assert_printed(UVSNMP_OID(2, 100, 3), FORMAT_OID_MODULE, "joint-iso-ccitt.100.3");
    assert_printed(UVSNMP_OID(1), FORMAT_OID_MODULE, "iso");
}

static void an_oid_without_a_root_is_printed_as_numbers(void **state)
{
    (void)state;
    assert_printed(UVSNMP_OID(3, 4), FORMAT_OID_MODULE, ".3.4");
    assert_printed(UVSNMP_OID(3, 4), FORMAT_OID_FULL, ".3.4");
    assert_printed((struct uvsnmp_oid){NULL, 0}, FORMAT_OID_MODULE, "ccitt");
    assert_printed((struct uvsnmp_oid){NULL, 0}, FORMAT_OID_NUMERIC, ".0");
}

struct printed {
    const char *letters, *oid, *text;
};

static void assert_all_printed(void **state, const struct printed *cases, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        struct format_options options;
        struct uvsnmp_oid_buf oid;
        struct text text;
        format_options_init(&options);
        options.mib = *state;
        assert_int_equal(format_options_parse(&options, cases[i].letters, NULL), 0);
        assert_int_equal(uvsnmp_oid_parse(cases[i].oid, &oid, NULL), 0);
        text_init(&text, 0);
        format_oid(&text, uvsnmp_oid_of(&oid), &options);
        assert_string_equal(text_string(&text), cases[i].text);
        text_fini(&text);
    }
}

static void names_follow_the_style(void **state)
{
    static const struct printed cases[] = {
        {"", SCALARS ".1.0", "PRINT-MIB::number.0"},
        {"s", SCALARS ".1.0", "number.0"},
        {"n", SCALARS ".1.0", "." SCALARS ".1.0"},
        {"f", SCALARS ".1.0", ".iso.org.dod.internet.private.enterprises.print.scalars.number.0"},
        {"u", SCALARS ".1.0", "enterprises.print.scalars.number.0"},
        {"fs", SCALARS ".1.0", "number.0"},
        {"", SCALARS ".1", "PRINT-MIB::number"},
        {"", SCALARS ".99.1", "PRINT-MIB::scalars.99.1"},
        {"", "1.3.6.1.4.1.9.9", "SNMPv2-SMI::enterprises.9.9"},
        {"", "1", "iso"},
        {"", "1.2", "iso.2"},
    };
    assert_all_printed(state, cases, COUNT_OF(cases));
}

static void a_well_known_beginning_is_left_out_where_names_follow(void **state)
{
    static const struct printed cases[] = {
        {"u", "1.3.6.1.2.1", ".iso.org.dod.internet.mgmt.mib-2"},
        {"u", "1.3.6.1.2.1.99", "99"},
        {"u", "1.3.6.1.2", ".iso.org.dod.internet.mgmt"},
        {"u", "1.3.6.1.3.5", "5"},
        {"u", "1.3.6.1.4", ".iso.org.dod.internet.private"},
        {"u", "1.3.6.1.4.1", "enterprises"},
        {"u", "1.3.6.1.6.3", ".iso.org.dod.internet.snmpV2.snmpModules"},
    };
    assert_all_printed(state, cases, COUNT_OF(cases));
}

static void indexes_are_taken_apart(void **state)
{
    static const struct printed cases[] = {
        {"", COLUMN_A ".1.2.97.98.99.100.101.102", "PRINT-MIB::aValue.up.\"ab\".'cdef'"},
        {"s", COLUMN_A ".4294967293.0.99.100.101.102", "aValue.odd.\"\".'cdef'"},
        {"s", COLUMN_A ".7.1.34.10.200.39.102", "aValue.7.\"\"\".'..'f'"},
        {"e", COLUMN_A ".1.0", "PRINT-MIB::aValue.up.\"\""},
        {"s", COLUMN_A ".1.2.97.98.99.100.101.102.7.8", "aValue.up.\"ab\".'cdef'.7.8"},
        {"E", COLUMN_A ".1.1.97.99.100.101.102", "PRINT-MIB::aValue.up.\\\"a\\\".\\'cdef\\'"},
        {"b", COLUMN_A ".1.1.97.99", "PRINT-MIB::aValue.1.1.97.99"},
        {"s", TABLES ".3.1.2.97.7.300", "cValue.'a..'"},
        {"s", TABLES ".4.1.4.2.1.3.10.0.0.1.500", "dValue.2.1.3.10.0.0.1.500"},
        {"s", TABLES ".5.1.3.1.2.97.4.5.6.1.3.6", "eValue.'..a...'.1.3.6"},
        {"s", TABLES ".7.1.1.2.1.97.99.100.101.102", "gValue.down.\"a\".'cdef'"},
        {"s", TABLES ".8.1.3.1.10.1.2.3.5", "hValue.1.10.1.2.3..5"},
        {"f", COLUMN_A ".1",
         ".iso.org.dod.internet.private.enterprises.print.tables.aTable.aEntry.aValue.up"},
    };
    assert_all_printed(state, cases, COUNT_OF(cases));
}

static void what_does_not_fit_the_index_stays_numbers(void **state)
{
    static const struct printed cases[] = {
        {"s", COLUMN_A ".1.5.97.98", "aValue.up.5.97.98"},
        {"s", COLUMN_A ".1.1.97.1.2.3", "aValue.up.\"a\".1.2.3"},
        {"s", COLUMN_A ".1.4294967295.97", "aValue.up.4294967295.97"},
        {"s", TABLES ".6.1.3.5.1.128", "fValue.5.1.128"},
        {"s", TABLES ".1.1.77.1.1.97", "aEntry.77.up.\"a\""},
        {"s", TABLES ".1.5", "aTable.5"},
        {"sX", COLUMN_A ".1.5.97.98", "aValue[up][.5.97.98"},
        {"sX", COLUMN_A ".1.1.97.99.100.101.102.7", "aValue[up][\"a\"]['cdef'].7"},
        {"sX", TABLES ".8.1.3.2.10", "hValue[2.10"},
        {"sX", TABLES ".6.1.3.5.1.128", "fValue[5][.1.128"},
        {"sX", TABLES ".1.1.77.1.1.97", "aEntry.77[up][\"a\"]"},
    };
    assert_all_printed(state, cases, COUNT_OF(cases));
}

static void internet_addresses_follow_their_type(void **state)
{
    static const struct printed cases[] = {
        {"s", COLUMN_B ".1.4.10.1.2.3", "bValue.ipv4.\"10.1.2.3\""},
        {"s", COLUMN_B ".2.16.254.128.0.0.0.0.0.0.0.0.0.0.0.0.12.13",
         "bValue.ipv6.\"fe:80:00:00:00:00:00:00:00:00:00:00:00:00:0c:0d\""},
        {"s", COLUMN_B ".3.8.10.1.2.3.0.0.1.2", "bValue.ipv4z.\"10.1.2.3%258\""},
        {"s", COLUMN_B ".4.20.254.128.0.0.0.0.0.0.0.0.0.0.0.0.12.13.255.255.255.255",
         "bValue.ipv6z.\"fe:80:00:00:00:00:00:00:00:00:00:00:00:00:0c:0d%4294967295\""},
        {"s", COLUMN_B ".16.2.97.98", "bValue.dns.\"ab\""},
        {"s", COLUMN_B ".0.0", "bValue.unknown.\"\""},
        {"s", COLUMN_B ".1.3.97.98.99", "bValue.ipv4.\"abc\""},
        {"s", COLUMN_B ".1.4.10.300.2.3", "bValue.ipv4.\"....\""},
        {"s", COLUMN_B ".1.4.10.1.2.3.9", "bValue.ipv4.\"10.1.2.3\".9"},
        {"sX", COLUMN_B ".1.4.10.1.2.3", "bValue[ipv4][\"10.1.2.3\"]"},
        {"sE", COLUMN_B ".1.4.10.1.2.3", "bValue.ipv4.\"10.1.2.3\""},
        /* the type is not the component before */
        {"s", TABLES ".9.1.4.1.7.4.10.1.2.3", "iValue.ipv4.7.\"....\""},
    };
    assert_all_printed(state, cases, COUNT_OF(cases));
}

static void extended_indexes_are_printed_as_values(void **state)
{
    static const struct printed cases[] = {
        {"sX", COLUMN_A ".1.2.97.98.99.100.101.102", "aValue[up][\"ab\"]['cdef']"},
        {"sXE", COLUMN_A ".1.1.97", "aValue[up][\\\"a\\\"]"},
        {"sX", TABLES ".3.1.2.97.98", "cValue[STRING: ab]"},
        {"sXq", TABLES ".3.1.2.97.98", "cValue[ab]"},
        {"X", TABLES ".4.1.4.3.1.3.6.10.0.0.1.500",
         "PRINT-MIB::dValue[SNMPv2-SMI::dod][10.0.0.1][0:00:05.00]"},
        {"sX", TABLES ".4.1.4.3.1.3.6.10.0.0.1.500", "dValue[dod][10.0.0.1][0:00:05.00]"},
        {"sXt", TABLES ".4.1.4.3.1.3.6.10.0.0.1.500", "dValue[dod][10.0.0.1][500]"},
        {"sX", TABLES ".5.1.3.0.80.86.192.0.8.1.3.6", "eValue[STRING: 0:50:56:c0:0:8][dod]"},
        {"sX0", TABLES ".5.1.3.0.80.86.192.0.8.1.3.6", "eValue[STRING: 00:50:56:c0:00:08][dod]"},
        {"sX", TABLES ".8.1.3.1.10.1.2.3.5", "hValue[1.10.1.2.3][].5"},
        {"Xn", COLUMN_A ".1.5", "." COLUMN_A ".1.5"},
        {"sXb", COLUMN_A ".1.5", "aValue.1.5"},
    };
    assert_all_printed(state, cases, COUNT_OF(cases));
}

/* An index that is an OID of the same table, and so on: each level is shorter. */
static void an_oid_in_an_index_in_an_index_ends(void **state)
{
    struct format_options options;
    uint32_t ids[UVSNMP_OID_MAX];
    static const uint32_t column[] = {1, 3, 6, 1, 4, 1, 99996, 2, 4, 1, 4};
    struct text text;
    size_t count = 0;
    format_options_init(&options);
    options.mib = *state;
    options.extended_index = true;
    for (; count + COUNT_OF(column) < UVSNMP_OID_MAX; count += COUNT_OF(column) + 1) {
        memcpy(ids + count, column, sizeof(column));
        ids[count + COUNT_OF(column)] = (uint32_t)(UVSNMP_OID_MAX - count - COUNT_OF(column) - 1);
    }
    text_init(&text, 0);
    while (count < UVSNMP_OID_MAX) {
        ids[count++] = 1;
    }
    format_oid(&text, (struct uvsnmp_oid){ids, count}, &options);
    assert_false(text_failed(&text));
    assert_non_null(strstr(text_string(&text), "PRINT-MIB::dValue[PRINT-MIB::dValue[PRINT-MIB::dValue["));
    text_fini(&text);
}

static int setup(void **state)
{
    *state = print_mib_new();
    return *state ? 0 : -1;
}

static int teardown(void **state)
{
    mib_free(*state);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_style_has_its_own_beginning),
        cmocka_unit_test(an_oid_without_a_root_is_printed_as_numbers),
        cmocka_unit_test(names_follow_the_style),
        cmocka_unit_test(a_well_known_beginning_is_left_out_where_names_follow),
        cmocka_unit_test(indexes_are_taken_apart),
        cmocka_unit_test(what_does_not_fit_the_index_stays_numbers),
        cmocka_unit_test(internet_addresses_follow_their_type),
        cmocka_unit_test(extended_indexes_are_printed_as_values),
        cmocka_unit_test(an_oid_in_an_index_in_an_index_ends),
    };
    return cmocka_run_group_tests(tests, setup, teardown);
}
