/* SPDX-License-Identifier: BSD-3-Clause */
#include "support/unit.h"

#include <stdio.h>

#include "vacm/view.h"

/* "+1.3.6 -1.3.6.1/ff:a0": included and excluded subtrees with their masks. */
static void add_families(struct vacm_view *view, const char *text)
{
    char copy[512];
    char *state = NULL;
    (void)snprintf(copy, sizeof(copy), "%s", text);
    for (char *word = strtok_r(copy, " ", &state); word; word = strtok_r(NULL, " ", &state)) {
        struct uvsnmp_oid_buf oid = {.count = 0};
        uint8_t mask[VACM_MASK_MAX];
        size_t mask_size = 0;
        char *slash = strchr(word, '/');
        if (slash) {
            *slash = '\0';
            assert_int_equal(vacm_mask_parse(slash + 1, mask, &mask_size, NULL), 0);
        }
        if (word[1] != '\0') {
            assert_int_equal(uvsnmp_oid_parse(word + 1, &oid, NULL), 0);
        }
        const struct vacm_family family = {uvsnmp_oid_of(&oid), {mask, mask_size}, word[0] == '+'};
        assert_int_equal(vacm_view_add(view, &family, NULL), 0);
    }
}

static struct vacm_view *view_of(const char *text)
{
    struct vacm_view *view = vacm_view_new("test");
    assert_non_null(view);
    add_families(view, text);
    return view;
}

static struct uvsnmp_oid_buf oid_of(const char *text)
{
    struct uvsnmp_oid_buf oid = {.count = 0};
    if (*text) {
        assert_int_equal(uvsnmp_oid_parse(text, &oid, NULL), 0);
    }
    return oid;
}

struct look {
    const char *families, *name;
    const char *resume; /* NULL: seen; "": hidden, and all after it; "?": hidden, and what follows is not known */
};

static void check_looks(const struct look *looks, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        struct vacm_view *view = view_of(looks[i].families);
        struct uvsnmp_oid_buf name = oid_of(looks[i].name), resume = {.count = 0};
        char text[UVSNMP_OID_TEXT_MAX] = "";
        enum vacm_sight sight = vacm_view_look(view, uvsnmp_oid_of(&name), &resume);
        if (sight == VACM_HIDDEN) {
            (void)uvsnmp_oid_format(uvsnmp_oid_of(&resume), text, sizeof(text));
        }
        if (!looks[i].resume) {
            assert_int_equal(sight, VACM_SEEN);
        } else if (strcmp(looks[i].resume, "?") == 0) {
            assert_int_equal(sight, VACM_HIDDEN_SO_FAR);
        } else {
            assert_int_equal(sight, looks[i].resume[0] ? VACM_HIDDEN : VACM_HIDDEN_ON);
            assert_string_equal(text, looks[i].resume);
        }
        assert_int_equal(vacm_view_has(view, uvsnmp_oid_of(&name)), !looks[i].resume);
        vacm_view_release(view);
    }
}

static void an_empty_view_has_nothing(void **state)
{
    static const struct look looks[] = {{"", "1.3.6", ""}, {"", "", ""}, {"", "0", ""}};
    (void)state;
    check_looks(looks, COUNT_OF(looks));
}

static void the_longest_subtree_decides(void **state)
{
    static const struct look looks[] = {
        {"+1.3.6.1", "1.3.6.1", NULL},
        {"+1.3.6.1", "1.3.6.1.5.5", NULL},
        {"+1.3.6.1", "1.3.6", ".1.3.6.1"},
        {"+1.3.6.1", "1.3.6.2", ""},
        {"+1.3 -1.3.6.1 +1.3.6.1.2", "1.3.6.1.1", ".1.3.6.1.2"},
        {"+1.3 -1.3.6.1 +1.3.6.1.2", "1.3.6.1.2.7", NULL},
        {"+1.3 -1.3.6.1 +1.3.6.1.2", "1.3.6.1.3", ".1.3.6.2"},
        {"+1.3 -1.3.6.1 +1.3.6.1.2", "1.3.5", NULL},
        {"+ -1.3.6", "2.1", NULL},
        {"+ -1.3.6", "1.3.6", ".1.3.7"},
        {"-", "1", ""},
    };
    (void)state;
    check_looks(looks, COUNT_OF(looks));
}

/* RFC 3415, vacmViewTreeFamilyMask: a row of ifTable is the family ifEntry.0.INDEX with a mask that leaves the
 * column open. */
static void a_zero_in_the_mask_is_any_sub_identifier(void **state)
{
    static const struct look looks[] = {
        {"+1.3.6.1.2.1.2.2.1.0.3/ff:a0", "1.3.6.1.2.1.2.2.1.1.3", NULL},
        {"+1.3.6.1.2.1.2.2.1.0.3/ff:a0", "1.3.6.1.2.1.2.2.1.22.3", NULL},
        {"+1.3.6.1.2.1.2.2.1.0.3/ff:a0", "1.3.6.1.2.1.2.2.1.22.3.1", NULL},
        {"+1.3.6.1.2.1.2.2.1.0.3/ff:a0", "1.3.6.1.2.1.2.2.1.1.2", ".1.3.6.1.2.1.2.2.1.1.3"},
        {"+1.3.6.1.2.1.2.2.1.0.3/ff:a0", "1.3.6.1.2.1.2.2.1.1.4", ".1.3.6.1.2.1.2.2.1.2.3"},
        {"+1.3.6.1.2.1.2.2.1.0.3/ff:a0", "1.3.6.1.2.1.2.2.1.1", ".1.3.6.1.2.1.2.2.1.1.3"},
        {"+1.3.6.1.2.1.2.2.1.0.3/ff:a0", "1.3.6.1.2.1.2.2", ".1.3.6.1.2.1.2.2.1.0.3"},
        {"+1.3.6.1.2.1.2.2.1.0.3/ff:a0", "1.3.6.1.2.1.1", ".1.3.6.1.2.1.2.2.1.0.3"},
        {"+1.3.6.1.2.1.2.2.1.0.3/ff:a0", "1.3.6.1.2.1.2.2.2", ""},
        {"+1.3.6.1.2.1.2.2.1.0.3/ff:a0", "1.3.6.1.2.1.2.2.1.4294967295.4", ""},
    };
    (void)state;
    check_looks(looks, COUNT_OF(looks));
}

static void bits_that_a_mask_lacks_are_one_and_those_too_many_do_nothing(void **state)
{
    static const struct look looks[] = {
        {"+1.3.6.1.2.1.2.2.1.1.3/80", "1.9.9.9.9.9.9.9.1.1.3", NULL},
        {"+1.3.6.1.2.1.2.2.1.1.3/80", "1.3.6.1.2.1.2.2.1.2.3", ".1.3.6.1.2.1.2.3.1.1.3"},
        {"+1.3/c0:00:00:00", "1.3.7", NULL},
        {"+1.3/c0:00:00:00", "1.4", ""},
        {"+1.3/00", "2", ".2.0"},
        {"+1.3/00", "2.1", NULL},
        {"+0/00", "4294967295", NULL},
    };
    (void)state;
    check_looks(looks, COUNT_OF(looks));
}

/* Of families of equal length that a name lies in, the lexicographically greatest decides. */
static void a_tie_goes_to_the_greatest(void **state)
{
    static const struct look looks[] = {
        {"+1.3.1.2/d0 -1.3.2.2/d0", "1.3.9.2", "?"},
        {"-1.3.1.2/d0 +1.3.2.2/d0", "1.3.9.2", NULL},
        {"+1.3.6.0/e0 -1.3.0.4/d0", "1.3.6.4", NULL},
        {"-1.3.6.0/e0 +1.3.0.4/d0", "1.3.6.4", "?"},
        {"-1.3.6.0/e0 +1.3.0.4/d0", "1.3.5.4", NULL},
    };
    (void)state;
    check_looks(looks, COUNT_OF(looks));
}

static void the_place_to_go_on_is_the_end_of_what_is_excluded(void **state)
{
    static const struct look looks[] = {
        {"+1.3 -1.3.6.4294967295", "1.3.6.4294967295.1", ".1.3.7"},
        {"+1.3 -1.3.6 -1.3.6.1", "1.3.6.1.7", ".1.3.7"},
        {"+1.3 -1.3.6.0.7/e8", "1.3.6.5.7.1", ".1.3.6.5.8"},
        {"+4294967295 -4294967295.1", "4294967295.1", ".4294967295.2"},
        {"+1 -1.4294967295", "1.4294967295", ""},
    };
    (void)state;
    check_looks(looks, COUNT_OF(looks));
}

/* Against the definition, on all short names over a small alphabet: the place to go on is seen, and nothing
 * between it and the hidden name is. */
static void no_name_that_is_seen_is_passed_over(void **state)
{
    static const char *const views[] = {
        "+1.0.1/a0 -1.2", "+0.1/40 -0.1.2 +2.2.0/40", "+ -1.0/40 +1.1.1/e0",
        "-1 +1.0.0/80 -1.1.0/a0 +1.2.2", "+2.0/80 -2.0.1/a0 +0.0.0/20",
    };
    enum { DIGITS = 3, LENGTH = 3, NAMES = 40 };
    struct uvsnmp_oid_buf names[NAMES] = {{.count = 0}};
    size_t count = 1;
    (void)state;
    for (size_t from = 0; count < NAMES && names[from].count < LENGTH; from++) { /* shortest first */
        for (uint32_t digit = 0; digit < DIGITS; digit++) {
            names[count] = names[from];
            assert_int_equal(uvsnmp_oid_append_id(&names[count++], digit), 0);
        }
    }
    assert_int_equal(count, NAMES);
    for (size_t v = 0; v < COUNT_OF(views); v++) {
        struct vacm_view *view = view_of(views[v]);
        for (size_t i = 0; i < count; i++) {
            struct uvsnmp_oid_buf resume;
            enum vacm_sight sight = vacm_view_look(view, uvsnmp_oid_of(&names[i]), &resume);
            if (sight == VACM_HIDDEN) {
                assert_true(uvsnmp_oid_compare(uvsnmp_oid_of(&resume), uvsnmp_oid_of(&names[i])) > 0);
                assert_true(vacm_view_has(view, uvsnmp_oid_of(&resume)));
            }
            for (size_t j = 0; j < count && (sight == VACM_HIDDEN || sight == VACM_HIDDEN_ON); j++) {
                struct uvsnmp_oid other = uvsnmp_oid_of(&names[j]);
                if (uvsnmp_oid_compare(other, uvsnmp_oid_of(&names[i])) > 0 && vacm_view_has(view, other)) {
                    assert_int_equal(sight, VACM_HIDDEN);
                    assert_true(uvsnmp_oid_compare(uvsnmp_oid_of(&resume), other) <= 0);
                }
            }
        }
        vacm_view_release(view);
    }
}

static void the_first_line_for_a_subtree_stays(void **state)
{
    struct vacm_view *view = view_of("+1.3.6 -1.3.6.1/f0");
    const struct vacm_family same = {UVSNMP_OID(1, 3, 6), {NULL, 0}, true};
    const struct vacm_family other = {UVSNMP_OID(1, 3, 6), {NULL, 0}, false};
    const struct vacm_family masked = {UVSNMP_OID(1, 3, 6), {(const uint8_t[]){0xc0}, 1}, true};
    struct uvsnmp_error err;
    (void)state;
    assert_int_equal(vacm_view_add(view, &same, &err), 0);
    assert_int_equal(vacm_view_add(view, &other, &err), UVSNMP_EEXISTS);
    assert_string_equal(err.detail, "the view has another line for this subtree");
    assert_int_equal(vacm_view_add(view, &masked, &err), UVSNMP_EEXISTS);
    assert_true(vacm_view_has(view, UVSNMP_OID(1, 3, 6)));
    assert_false(vacm_view_has(view, UVSNMP_OID(1, 3, 7)));
    vacm_view_release(view);
}

static void a_closed_view_stays_empty(void **state)
{
    struct vacm_view *view = view_of("+1.3.6");
    (void)state;
    vacm_view_close(view);
    assert_false(vacm_view_has(view, UVSNMP_OID(1, 3, 6)));
    add_families(view, "+1.3.6");
    assert_false(vacm_view_has(view, UVSNMP_OID(1, 3, 6)));
    vacm_view_release(view);
}

static void a_view_lives_as_long_as_it_is_held(void **state)
{
    struct vacm_view *view = view_of("+1.3.6");
    (void)state;
    assert_ptr_equal(vacm_view_hold(view), view);
    vacm_view_release(view);
    assert_true(vacm_view_has(view, UVSNMP_OID(1, 3, 6)));
    vacm_view_release(view);
    vacm_view_release(NULL);
}

static void the_number_of_families_is_bounded(void **state)
{
    struct vacm_view *view = vacm_view_new("test");
    struct uvsnmp_error err;
    uint32_t ids[] = {1, 0};
    struct vacm_family family = {{ids, 2}, {NULL, 0}, true};
    (void)state;
    for (; ids[1] < VACM_FAMILIES_MAX; ids[1]++) {
        assert_int_equal(vacm_view_add(view, &family, &err), 0);
    }
    assert_int_equal(vacm_view_add(view, &family, &err), UVSNMP_ELIMIT);
    assert_true(vacm_view_has(view, UVSNMP_OID(1, VACM_FAMILIES_MAX - 1)));
    assert_false(vacm_view_has(view, UVSNMP_OID(1, VACM_FAMILIES_MAX)));
    vacm_view_release(view);
}

static void a_row_of_excluded_subtrees_is_passed_at_once(void **state)
{
    struct vacm_view *view = view_of("+1");
    uint32_t ids[] = {1, 0};
    const struct vacm_family family = {{ids, 2}, {NULL, 0}, false};
    struct uvsnmp_oid_buf resume;
    (void)state;
    for (; ids[1] < 500; ids[1]++) {
        assert_int_equal(vacm_view_add(view, &family, NULL), 0);
    }
    assert_int_equal(vacm_view_look(view, UVSNMP_OID(1, 0, 7), &resume), VACM_HIDDEN);
    assert_int_equal(uvsnmp_oid_compare(uvsnmp_oid_of(&resume), UVSNMP_OID(1, 500)), 0);
    vacm_view_release(view);
}

static void what_is_too_long_is_refused(void **state)
{
    struct vacm_view *view = vacm_view_new("test");
    static const uint32_t ids[UVSNMP_OID_MAX + 1];
    static const uint8_t mask[VACM_MASK_MAX + 1];
    const struct vacm_family longest = {{ids, UVSNMP_OID_MAX}, {mask, VACM_MASK_MAX}, true};
    const struct vacm_family long_subtree = {{ids, UVSNMP_OID_MAX + 1}, {NULL, 0}, true};
    const struct vacm_family long_mask = {{ids, 1}, {mask, VACM_MASK_MAX + 1}, true};
    struct uvsnmp_oid_buf resume;
    uint32_t name[UVSNMP_OID_MAX];
    (void)state;
    assert_int_equal(vacm_view_add(view, &longest, NULL), 0);
    assert_int_equal(vacm_view_add(view, &long_subtree, NULL), UVSNMP_ETOO_LONG);
    assert_int_equal(vacm_view_add(view, &long_mask, NULL), UVSNMP_ETOO_LONG);
    memset(name, 0xff, sizeof(name));
    assert_true(vacm_view_has(view, (struct uvsnmp_oid){name, UVSNMP_OID_MAX}));
    assert_int_equal(vacm_view_look(view, (struct uvsnmp_oid){name, 5}, &resume), VACM_HIDDEN);
    assert_int_equal(resume.count, UVSNMP_OID_MAX);
    vacm_view_release(view);
}

static void masks_are_read_in_every_spelling(void **state)
{
    static const struct {
        const char *text;
        uint8_t octets[4];
        size_t size;
    } vectors[] = {
        {"ff", {0xff}, 1},
        {"8", {0x08}, 1},
        {"ff:a0", {0xff, 0xa0}, 2},
        {"ff.A0", {0xff, 0xa0}, 2},
        {"ffa0", {0xff, 0xa0}, 2},
        {"0xff:0Xa0", {0xff, 0xa0}, 2},
        {"0xffa0", {0xff, 0xa0}, 2},
        {"0:0", {0, 0}, 2},
        {"00", {0}, 1},
        {"ff:", {0xff}, 1},
        {"f:ab:01:2.", {0x0f, 0xab, 0x01, 0x02}, 4},
    };
    (void)state;
    for (size_t i = 0; i < COUNT_OF(vectors); i++) {
        uint8_t mask[VACM_MASK_MAX];
        size_t size = 0;
        struct uvsnmp_error err;
        assert_int_equal(vacm_mask_parse(vectors[i].text, mask, &size, &err), 0);
        assert_int_equal(size, vectors[i].size);
        assert_memory_equal(mask, vectors[i].octets, size);
    }
}

static void a_mask_goes_on_in_the_next_word(void **state)
{
    uint8_t mask[VACM_MASK_MAX];
    size_t size = 0;
    (void)state;
    assert_int_equal(vacm_mask_parse("ff", mask, &size, NULL), 0);
    assert_int_equal(vacm_mask_parse("a0", mask, &size, NULL), 0);
    assert_int_equal(size, 2);
    assert_memory_equal(mask, "\xff\xa0", 2);
}

static void what_is_no_mask_is_named(void **state)
{
    static const char *const bad[] = {"",     "zz",   "f g",  "fff",  ":ff", "ff::a0",
                                      "ff-a0", "0x",  "ff:0x", "0x0xff", "+f", "ff:zz"};
    (void)state;
    for (size_t i = 0; i < COUNT_OF(bad); i++) {
        uint8_t mask[VACM_MASK_MAX];
        size_t size = 1;
        struct uvsnmp_error err;
        char expected[64];
        (void)snprintf(expected, sizeof(expected), "invalid MASK: %s", bad[i]);
        assert_int_equal(vacm_mask_parse(bad[i], mask, &size, &err), UVSNMP_EBAD_VALUE);
        assert_string_equal(err.detail, expected);
        assert_int_equal(size, 1);
    }
}

static void a_mask_is_bounded(void **state)
{
    static const char full[] = "ffffffffffffffffffffffffffffffff";
    static const char *const long_ones[] = {
        "ff:ff:ff:ff:ff:ff:ff:ff:ff:ff:ff:ff:ff:ff:ff:ff:ff",
        "ffffffffffffffffffffffffffffffffff",
        "0000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000",
    };
    uint8_t mask[VACM_MASK_MAX];
    size_t size = 0;
    struct uvsnmp_error err;
    (void)state;
    assert_int_equal(vacm_mask_parse(full, mask, &size, &err), 0);
    assert_int_equal(size, VACM_MASK_MAX);
    assert_int_equal(vacm_mask_parse("ff", mask, &size, &err), UVSNMP_ETOO_LONG);
    for (size_t i = 0; i < COUNT_OF(long_ones); i++) {
        size = 0;
        assert_int_equal(vacm_mask_parse(long_ones[i], mask, &size, &err), UVSNMP_ETOO_LONG);
        assert_non_null(strstr(err.detail, "too long a MASK: "));
    }
}

static void families_are_told_as_they_were_given(void **state)
{
    const struct {
        struct uvsnmp_oid subtree;
        size_t mask_size;
        bool included;
    } expected[] = {{UVSNMP_OID(1, 3, 6, 1), 2, false}, {UVSNMP_OID(1, 3, 6), 0, true}};
    struct vacm_view *view = view_of("+1.3.6 -1.3.6.1/ff:a0");
    struct vacm_family family;
    (void)state;
    for (size_t i = 0; i < COUNT_OF(expected); i++) {
        assert_true(vacm_view_family(view, i, &family));
        assert_int_equal(uvsnmp_oid_compare(family.subtree, expected[i].subtree), 0);
        assert_int_equal(family.mask.size, expected[i].mask_size);
        assert_int_equal(family.included, expected[i].included);
    }
    assert_true(vacm_view_family(view, 0, &family));
    assert_memory_equal(family.mask.data, "\xff\xa0", 2);
    assert_false(vacm_view_family(view, COUNT_OF(expected), &family));
    vacm_view_release(view);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_empty_view_has_nothing),
        cmocka_unit_test(the_longest_subtree_decides),
        cmocka_unit_test(a_zero_in_the_mask_is_any_sub_identifier),
        cmocka_unit_test(bits_that_a_mask_lacks_are_one_and_those_too_many_do_nothing),
        cmocka_unit_test(a_tie_goes_to_the_greatest),
        cmocka_unit_test(the_place_to_go_on_is_the_end_of_what_is_excluded),
        cmocka_unit_test(no_name_that_is_seen_is_passed_over),
        cmocka_unit_test(the_first_line_for_a_subtree_stays),
        cmocka_unit_test(a_closed_view_stays_empty),
        cmocka_unit_test(families_are_told_as_they_were_given),
        cmocka_unit_test(a_view_lives_as_long_as_it_is_held),
        cmocka_unit_test(the_number_of_families_is_bounded),
        cmocka_unit_test(a_row_of_excluded_subtrees_is_passed_at_once),
        cmocka_unit_test(what_is_too_long_is_refused),
        cmocka_unit_test(masks_are_read_in_every_spelling),
        cmocka_unit_test(a_mask_goes_on_in_the_next_word),
        cmocka_unit_test(what_is_no_mask_is_named),
        cmocka_unit_test(a_mask_is_bounded),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
