/* SPDX-License-Identifier: BSD-3-Clause */
#include "mib/index.h"

#include "support/print_mib.h"
#include "support/unit.h"

/* A row by its name. */
static struct mib_object row_of(void **state, const char *name)
{
    struct mib_object row;
    assert_true(mib_find_name(*state, "PRINT-MIB", name, strlen(name), &row, NULL));
    assert_true(row.is_row);
    return row;
}

static void assert_taken(const struct mib_object *row, size_t index, struct uvsnmp_oid ids,
                         enum mib_index_form form, struct uvsnmp_oid expected)
{
    struct uvsnmp_oid rest = ids;
    struct mib_index_value value;
    assert_true(mib_index_take(row, index, &rest, &value));
    assert_int_equal(value.form, form);
    assert_int_equal(uvsnmp_oid_compare(value.ids, expected), 0);
    assert_ptr_equal(rest.ids, value.ids.ids + value.ids.count);
    assert_int_equal(rest.count, ids.count - (size_t)(rest.ids - ids.ids));
}

static void assert_left(const struct mib_object *row, size_t index, struct uvsnmp_oid ids)
{
    struct uvsnmp_oid rest = ids;
    struct mib_index_value value;
    assert_false(mib_index_take(row, index, &rest, &value));
    assert_ptr_equal(rest.ids, ids.ids);
    assert_int_equal(rest.count, ids.count);
    assert_int_equal(uvsnmp_oid_compare(value.ids, ids), 0);
}

static void each_kind_of_component_has_its_own_size(void **state)
{
    struct mib_object a = row_of(state, "aEntry"), d = row_of(state, "dEntry"), h = row_of(state, "hEntry");
    assert_taken(&a, 0, UVSNMP_OID(2, 9), MIB_INDEX_NUMBER, UVSNMP_OID(2));
    assert_taken(&a, 1, UVSNMP_OID(2, 65, 66, 9), MIB_INDEX_COUNTED, UVSNMP_OID(65, 66));
    assert_taken(&a, 2, UVSNMP_OID(1, 2, 3, 4, 5), MIB_INDEX_FIXED, UVSNMP_OID(1, 2, 3, 4));
    assert_taken(&d, 0, UVSNMP_OID(2, 1, 3, 6), MIB_INDEX_OID, UVSNMP_OID(1, 3));
    assert_taken(&d, 1, UVSNMP_OID(10, 1, 2, 3), MIB_INDEX_ADDRESS, UVSNMP_OID(10, 1, 2, 3));
    assert_taken(&h, 0, UVSNMP_OID(1, 10, 1, 2, 3), MIB_INDEX_NETWORK_ADDRESS, UVSNMP_OID(1, 10, 1, 2, 3));
}

static void an_implied_component_takes_all(void **state)
{
    struct mib_object c = row_of(state, "cEntry"), e = row_of(state, "eEntry");
    assert_taken(&c, 0, UVSNMP_OID(65, 66), MIB_INDEX_IMPLIED, UVSNMP_OID(65, 66));
    assert_taken(&e, 1, UVSNMP_OID(1, 3, 6), MIB_INDEX_OID_IMPLIED, UVSNMP_OID(1, 3, 6));
}

static void empty_components_take_their_length_only(void **state)
{
    struct mib_object a = row_of(state, "aEntry"), h = row_of(state, "hEntry");
    struct uvsnmp_oid ids = UVSNMP_OID(0, 7), rest = ids;
    struct mib_index_value value;
    assert_true(mib_index_take(&a, 1, &rest, &value));
    assert_int_equal(value.ids.count, 0);
    assert_int_equal(rest.count, 1);
    rest = ids;
    assert_true(mib_index_take(&h, 1, &rest, &value));
    assert_int_equal(value.form, MIB_INDEX_FIXED);
    assert_int_equal(value.ids.count, 0);
    assert_int_equal(rest.count, 2);
}

static void what_does_not_fit_is_left(void **state)
{
    struct mib_object a = row_of(state, "aEntry"), d = row_of(state, "dEntry"), h = row_of(state, "hEntry"),
                      f = row_of(state, "fEntry");
    assert_left(&a, 1, UVSNMP_OID(3, 65, 66));
    assert_left(&a, 1, UVSNMP_OID(4294967295U, 65, 66));
    assert_left(&a, 2, UVSNMP_OID(1, 2, 3));
    assert_left(&d, 0, UVSNMP_OID(2, 1));
    assert_left(&d, 1, UVSNMP_OID(10, 1, 2));
    assert_left(&h, 0, UVSNMP_OID(1, 10, 1, 2));
    assert_left(&h, 0, UVSNMP_OID(2, 10, 1, 2, 3));
    assert_left(&f, 1, UVSNMP_OID(1, 128)); /* BITS */
    assert_left(&a, 0, (struct uvsnmp_oid){NULL, 0});
    assert_left(&a, 1, (struct uvsnmp_oid){NULL, 0});
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
        cmocka_unit_test(each_kind_of_component_has_its_own_size),
        cmocka_unit_test(an_implied_component_takes_all),
        cmocka_unit_test(empty_components_take_their_length_only),
        cmocka_unit_test(what_does_not_fit_is_left),
    };
    return cmocka_run_group_tests(tests, setup, teardown);
}
