/* SPDX-License-Identifier: BSD-3-Clause */
#include "mib/mib.h"

#include "support/unit.h"

#include <stdio.h>

#include "mib/facts.h"

/* Modules that overlap. "Deep" defines what the others have no node for. */
static const char modules[] = "module ROOT-MIB\n"
                              "iso.3 org\n"
                              " 6 dod\n"
                              "module A-MIB : ROOT-MIB\n"
                              "dod.1 base\n"
                              " 1 same r INTEGER{fromA 1}\n"
                              " 2 labelA r INTEGER\n"
                              " 3 elsewhere r INTEGER\n"
                              " 5 lonelyA r INTEGER\n"
                              "module B-MIB : ROOT-MIB\n"
                              "dod.1 base\n"
                              " 1 same r INTEGER{fromB 1}\n"
                              " 2 labelB r INTEGER\n"
                              "  7 belowB r INTEGER\n"
                              " 4 elsewhere r INTEGER\n"
                              "module C-MIB : B-MIB A-MIB UNKNOWN-MIB\n"
                              "dod.9.9.9 deep\n"
                              "convention Percent INTEGER(0..10|100) \"d-1\"\n"
                              "module CIRCLE-MIB : LOOP-MIB\n"
                              "iso.7 circle\n"
                              "module LOOP-MIB : CIRCLE-MIB\n"
                              "iso.8 loop\n"
                              "module TABLE-MIB : ROOT-MIB C-MIB\n"
                              "dod.2 theTable table\n"
                              " 1 theEntry - row [number !text]\n"
                              "  1 number - INTEGER(1..9|20..29)\n"
                              "  2 text - OCTET-STRING(4)\n"
                              "  3 state r INTEGER{up 1 down 2 testing -3} /widgets\n"
                              "  4 share r Percent\n";

static struct mib *with(const char *facts)
{
    struct mib *mib = mib_new_empty();
    struct mib_draft *drafts = NULL;
    struct uvsnmp_error err = {0, ""};
    assert_non_null(mib);
    assert_int_equal(mib_facts_read("test", facts, strlen(facts), mib_arena(mib), &drafts, &err), 0);
    assert_int_equal(mib_add(mib, drafts, NULL), 0);
    return mib;
}

/* Adds more modules, as an image of their own. */
static void add(struct mib *mib, const char *facts)
{
    struct mib_draft *drafts = NULL;
    assert_int_equal(mib_facts_read("test", facts, strlen(facts), mib_arena(mib), &drafts, NULL), 0);
    assert_int_equal(mib_add(mib, drafts, NULL), 0);
}

/* The modules of `visible` become visible, those of a list that ends in NULL. */
static struct mib *showing(const char *const *visible)
{
    struct mib *mib = with(modules);
    for (; *visible; visible++) {
        assert_int_equal(mib_show(mib, *visible), 0);
    }
    return mib;
}

#define SHOWING(...) showing((const char *const[]){__VA_ARGS__, NULL})

static struct mib_object exactly(const struct mib *mib, struct uvsnmp_oid oid)
{
    struct mib_object object;
    assert_true(mib_find_exact(mib, oid, &object));
    return object;
}

static void assert_name(const struct mib_object *object, const char *module, const char *name)
{
    assert_string_equal(object->module, module);
    assert_string_equal(object->name, name);
}

/* "MODULE-less" look-up of a name: the last sub-identifier of what is found. */
static uint32_t id_of(const struct mib *mib, const char *name)
{
    struct mib_object object;
    assert_true(mib_find_name(mib, NULL, name, strlen(name), &object, NULL));
    return object.id;
}

/* ---- modules ---- */

static void modules_are_known_but_not_visible(void **state)
{
    struct mib *mib = with(modules);
    struct mib_object object;
    size_t used;
    (void)state;
    assert_true(mib_has_module(mib, "A-MIB"));
    assert_false(mib_has_module(mib, "a-mib"));
    assert_false(mib_is_visible(mib, "A-MIB"));
    assert_false(mib_is_builtin(mib, "A-MIB"));
    assert_false(mib_find_exact(mib, UVSNMP_OID(1, 3, 6), &object));
    assert_true(mib_find_oid(mib, UVSNMP_OID(1, 3, 6), &object, &used));
    assert_string_equal(object.name, "iso");
    assert_int_equal(used, 1);
    mib_free(mib);
}

static void modules_are_listed_by_name(void **state)
{
    static const char *const names[] = {"A-MIB",    "AA-MIB",   "B-MIB",     "C-MIB", "CIRCLE-MIB",
                                        "LOOP-MIB", "ROOT-MIB", "TABLE-MIB", "Z-MIB"};
    struct mib *mib = with(modules);
    (void)state;
    add(mib, "module Z-MIB\nmodule AA-MIB\nmodule C-MIB : Z-MIB\n");
    for (size_t i = 0; i < COUNT_OF(names); i++) {
        assert_string_equal(mib_module_name(mib, i), names[i]);
    }
    assert_null(mib_module_name(mib, COUNT_OF(names)));
    mib_free(mib);
}

static void imports_are_listed_in_order(void **state)
{
    struct mib *mib = with(modules);
    (void)state;
    assert_string_equal(mib_module_import(mib, "C-MIB", 0), "B-MIB");
    assert_string_equal(mib_module_import(mib, "C-MIB", 1), "A-MIB");
    assert_string_equal(mib_module_import(mib, "C-MIB", 2), "UNKNOWN-MIB");
    assert_null(mib_module_import(mib, "C-MIB", 3));
    assert_null(mib_module_import(mib, "UNKNOWN-MIB", 0));
    mib_free(mib);
}

static void imports_become_visible_before_what_imports_them(void **state)
{
    struct mib *mib = SHOWING("C-MIB");
    (void)state;
    assert_int_equal(mib_module_rank(mib, "ROOT-MIB"), 1);
    assert_int_equal(mib_module_rank(mib, "B-MIB"), 2);
    assert_int_equal(mib_module_rank(mib, "A-MIB"), 3);
    assert_int_equal(mib_module_rank(mib, "C-MIB"), 4);
    assert_int_equal(mib_module_rank(mib, "LOOP-MIB"), 0);
    assert_int_equal(mib_show(mib, "A-MIB"), 0);
    assert_int_equal(mib_module_rank(mib, "A-MIB"), 3);
    assert_int_equal(mib_show(mib, "UNKNOWN-MIB"), UVSNMP_ENOT_FOUND);
    mib_free(mib);
}

static void imports_may_go_in_a_circle(void **state)
{
    struct mib *mib = SHOWING("CIRCLE-MIB");
    (void)state;
    assert_int_equal(mib_module_rank(mib, "LOOP-MIB"), 1);
    assert_int_equal(mib_module_rank(mib, "CIRCLE-MIB"), 2);
    mib_free(mib);
}

static void a_module_hides_an_earlier_one_of_its_name(void **state)
{
    struct mib *mib = SHOWING("A-MIB", "B-MIB");
    struct mib_object object;
    (void)state;
    add(mib, "module A-MIB : ROOT-MIB\ndod.1 base\n 1 newer r INTEGER\n");
    object = exactly(mib, UVSNMP_OID(1, 3, 6, 1, 1));
    assert_name(&object, "A-MIB", "newer");
    assert_false(mib_find_exact(mib, UVSNMP_OID(1, 3, 6, 1, 5), &object));
    assert_false(mib_find_name(mib, "A-MIB", "labelA", 6, &object, NULL));
    assert_false(mib_find_name(mib, NULL, "labelA", 6, &object, NULL));
    mib_free(mib);
}

/* ---- from OIDs ---- */

static void the_module_that_is_visible_first_names_an_oid(void **state)
{
    struct mib *mib = SHOWING("A-MIB", "B-MIB");
    struct mib_object object = exactly(mib, UVSNMP_OID(1, 3, 6, 1, 1));
    (void)state;
    assert_name(&object, "A-MIB", "same");
    assert_string_equal(mib_syntax_label_of(&object.syntax, 1), "fromA");
    object = exactly(mib, UVSNMP_OID(1, 3, 6, 1, 2));
    assert_name(&object, "A-MIB", "labelA");
    mib_free(mib);
    mib = SHOWING("B-MIB", "A-MIB");
    object = exactly(mib, UVSNMP_OID(1, 3, 6, 1, 1));
    assert_name(&object, "B-MIB", "same");
    mib_free(mib);
}

static void the_order_holds_over_images(void **state)
{
    struct mib *mib = with(modules);
    struct mib_object object;
    (void)state;
    add(mib, "module N-MIB : ROOT-MIB\ndod.1 base\n 2 labelN r INTEGER\n");
    assert_int_equal(mib_show(mib, "N-MIB"), 0);
    assert_int_equal(mib_show(mib, "A-MIB"), 0);
    object = exactly(mib, UVSNMP_OID(1, 3, 6, 1, 2));
    assert_name(&object, "N-MIB", "labelN");
    mib_free(mib);
}

struct visited {
    char text[128];
};

static void note_definition(const struct mib_object *object, size_t rank, void *arg)
{
    struct visited *visited = arg;
    size_t size = strlen(visited->text);
    (void)snprintf(visited->text + size, sizeof(visited->text) - size, "%s::%s %s;",
                   object->module ? object->module : "", object->name, rank == 0 ? "0" : "+");
}

static void all_definitions_of_an_oid_are_visited(void **state)
{
    struct mib *mib = SHOWING("B-MIB", "A-MIB");
    struct visited visited = {""};
    (void)state;
    mib_visit_definitions(mib, UVSNMP_OID(1, 3, 6, 1, 2), note_definition, &visited);
    assert_non_null(strstr(visited.text, "A-MIB::labelA +;"));
    assert_non_null(strstr(visited.text, "B-MIB::labelB +;"));
    assert_int_equal(strlen(visited.text), 2 * strlen("A-MIB::labelA +;"));
    visited.text[0] = '\0';
    mib_visit_definitions(mib, UVSNMP_OID(1), note_definition, &visited);
    assert_string_equal(visited.text, "::iso 0;");
    visited.text[0] = '\0';
    mib_visit_definitions(mib, UVSNMP_OID(1, 9, 9), note_definition, &visited);
    mib_visit_definitions(NULL, UVSNMP_OID(1, 3), note_definition, &visited);
    assert_string_equal(visited.text, "");
    mib_free(mib);
}

static void the_deepest_definition_covers_an_instance(void **state)
{
    struct mib *mib = SHOWING("A-MIB", "B-MIB");
    struct mib_object object;
    size_t used;
    (void)state;
    assert_true(mib_find_oid(mib, UVSNMP_OID(1, 3, 6, 1, 2, 0), &object, &used));
    assert_name(&object, "A-MIB", "labelA");
    assert_int_equal(used, 5);
    /* one of a module that came later, below another one's label */
    assert_true(mib_find_oid(mib, UVSNMP_OID(1, 3, 6, 1, 2, 7, 0), &object, &used));
    assert_name(&object, "B-MIB", "belowB");
    assert_int_equal(used, 6);
    mib_free(mib);
}

static void the_later_of_two_labels_in_a_module_counts(void **state)
{
    struct mib *mib = with("module M\niso.3 org\norg.1 former r INTEGER\norg.1 latter r INTEGER\n");
    struct mib_object object;
    (void)state;
    assert_int_equal(mib_show(mib, "M"), 0);
    object = exactly(mib, UVSNMP_OID(1, 3, 1));
    assert_name(&object, "M", "latter");
    mib_free(mib);
}

static void roots_are_always_there(void **state)
{
    static const char *const names[] = {"ccitt", "iso", "joint-iso-ccitt"};
    struct mib_object object;
    size_t used;
    (void)state;
    for (uint32_t i = 0; i < COUNT_OF(names); i++) {
        struct uvsnmp_oid_buf oid;
        assert_true(mib_find_oid(NULL, UVSNMP_OID(i, 99), &object, &used));
        assert_string_equal(object.name, names[i]);
        assert_null(object.module);
        assert_int_equal(used, 1);
        assert_true(mib_find_name(NULL, NULL, names[i], strlen(names[i]), &object, &oid));
        assert_int_equal(oid.count, 1);
        assert_int_equal(oid.ids[0], i);
    }
    assert_false(mib_find_oid(NULL, UVSNMP_OID(3), &object, &used));
    assert_false(mib_find_oid(NULL, (struct uvsnmp_oid){NULL, 0}, &object, &used));
    assert_false(mib_find_name(NULL, NULL, "is", 2, &object, NULL));
    assert_false(mib_find_name(NULL, "A-MIB", "iso", 3, &object, NULL));
}

static void a_row_is_found_from_what_is_below_it(void **state)
{
    struct mib *mib = SHOWING("TABLE-MIB");
    struct mib_object row;
    size_t used;
    (void)state;
    assert_true(mib_find_row(mib, UVSNMP_OID(1, 3, 6, 2, 1, 3), &row, &used));
    assert_name(&row, "TABLE-MIB", "theEntry");
    assert_int_equal(used, 5);
    assert_true(mib_find_row(mib, UVSNMP_OID(1, 3, 6, 2, 1, 99, 1, 2), &row, &used));
    assert_false(mib_find_row(mib, UVSNMP_OID(1, 3, 6, 2, 1), &row, &used));
    assert_false(mib_find_row(mib, (struct uvsnmp_oid){NULL, 0}, &row, &used));
    mib_free(mib);
}

/* ---- children ---- */

static void assert_child(const struct mib *mib, struct uvsnmp_oid oid, uint32_t from, uint32_t id,
                         const char *name)
{
    struct mib_object child;
    assert_true(mib_next_child(mib, oid, from, &child));
    assert_int_equal(child.id, id);
    assert_int_equal(child.name != NULL, name != NULL);
    if (name) {
        assert_string_equal(child.name, name);
    }
}

static void children_come_in_order_from_all_images(void **state)
{
    struct mib *mib = SHOWING("A-MIB");
    struct mib_object child;
    (void)state;
    add(mib, "module N-MIB : ROOT-MIB\ndod.1.4 fourth r INTEGER\n");
    assert_int_equal(mib_show(mib, "N-MIB"), 0);
    assert_child(mib, UVSNMP_OID(1, 3, 6, 1), 0, 1, "same");
    assert_child(mib, UVSNMP_OID(1, 3, 6, 1), 2, 2, "labelA");
    assert_child(mib, UVSNMP_OID(1, 3, 6, 1), 3, 3, "elsewhere");
    assert_child(mib, UVSNMP_OID(1, 3, 6, 1), 4, 4, "fourth");
    assert_child(mib, UVSNMP_OID(1, 3, 6, 1), 5, 5, "lonelyA");
    assert_false(mib_next_child(mib, UVSNMP_OID(1, 3, 6, 1), 6, &child));
    assert_false(mib_next_child(mib, UVSNMP_OID(1, 3, 6, 1), UINT32_MAX, &child));
    assert_false(mib_next_child(mib, UVSNMP_OID(1, 3, 6, 1), (uint64_t)UINT32_MAX + 1, &child));
    assert_child(mib, (struct uvsnmp_oid){NULL, 0}, 0, 0, "ccitt");
    mib_free(mib);
}

static void what_is_only_on_the_way_is_a_child_without_a_name(void **state)
{
    struct mib *mib = SHOWING("C-MIB");
    (void)state;
    assert_child(mib, UVSNMP_OID(1, 3, 6), 2, 9, NULL);
    assert_child(mib, UVSNMP_OID(1, 3, 6, 9), 0, 9, NULL);
    assert_child(mib, UVSNMP_OID(1, 3, 6, 9, 9), 0, 9, "deep");
    mib_free(mib);
}

static void invisible_children_are_skipped(void **state)
{
    struct mib *mib = SHOWING("TABLE-MIB");
    struct mib *without = SHOWING("B-MIB");
    struct mib_object child;
    (void)state;
    assert_child(mib, UVSNMP_OID(1, 3, 6), 2, 2, "theTable");
    assert_false(mib_next_child(without, UVSNMP_OID(1, 3, 6), 2, &child));
    mib_free(mib);
    mib_free(without);
}

/* ---- from names ---- */

static void a_bare_name_is_the_last_of_its_oids(void **state)
{
    struct mib *mib = SHOWING("A-MIB", "B-MIB");
    (void)state;
    assert_int_equal(id_of(mib, "elsewhere"), 4);
    mib_free(mib);
    mib = SHOWING("B-MIB", "A-MIB");
    assert_int_equal(id_of(mib, "elsewhere"), 3);
    /* this one only repeats what is there */
    add(mib, "module N-MIB : ROOT-MIB\ndod.1 base\n 4 elsewhere r INTEGER\n");
    assert_int_equal(mib_show(mib, "N-MIB"), 0);
    assert_int_equal(id_of(mib, "elsewhere"), 3);
    mib_free(mib);
}

static void a_bare_name_of_one_oid_is_the_first_modules(void **state)
{
    struct mib *mib = SHOWING("B-MIB", "A-MIB");
    struct mib_object object;
    (void)state;
    assert_true(mib_find_name(mib, NULL, "same.0", 4, &object, NULL));
    assert_name(&object, "B-MIB", "same");
    assert_false(mib_find_name(mib, NULL, "sam", 3, &object, NULL));
    assert_false(mib_find_name(mib, NULL, "same.0", 6, &object, NULL));
    assert_false(mib_find_name(mib, NULL, "SAME", 4, &object, NULL));
    mib_free(mib);
}

static void a_module_tells_its_names_when_it_is_not_visible(void **state)
{
    struct mib *mib = with(modules);
    struct mib_object object;
    struct uvsnmp_oid_buf oid;
    (void)state;
    assert_true(mib_find_name(mib, "B-MIB", "elsewhere", 9, &object, &oid));
    assert_name(&object, "B-MIB", "elsewhere");
    assert_int_equal(uvsnmp_oid_compare(uvsnmp_oid_of(&oid), UVSNMP_OID(1, 3, 6, 1, 4)), 0);
    assert_false(mib_find_name(mib, "B-MIB", "labelA", 6, &object, NULL));
    assert_false(mib_find_name(mib, "UNKNOWN-MIB", "base", 4, &object, NULL));
    assert_false(mib_find_name(mib, NULL, "base", 4, &object, NULL));
    mib_free(mib);
}

static void a_path_goes_down_name_by_name(void **state)
{
    struct mib *mib = SHOWING("B-MIB", "A-MIB");
    struct mib_object object;
    struct uvsnmp_oid_buf oid = {0};
    (void)state;
    assert_true(mib_find_child(mib, &oid, "iso", 3, &object));
    assert_true(mib_find_child(mib, &oid, "org", 3, &object));
    assert_true(mib_find_child(mib, &oid, "dod", 3, &object));
    assert_true(mib_find_child(mib, &oid, "base", 4, &object));
    assert_false(mib_find_child(mib, &oid, "dod", 3, &object));
    assert_int_equal(oid.count, 4);
    /* unlike the name alone: the module that is visible first */
    assert_true(mib_find_child(mib, &oid, "elsewhere", 9, &object));
    assert_name(&object, "B-MIB", "elsewhere");
    assert_int_equal(uvsnmp_oid_compare(uvsnmp_oid_of(&oid), UVSNMP_OID(1, 3, 6, 1, 4)), 0);
    mib_free(mib);
}

/* ---- what a definition says ---- */

static void a_definition_tells_its_oid_and_words(void **state)
{
    struct mib *mib = SHOWING("TABLE-MIB");
    struct mib_object object = exactly(mib, UVSNMP_OID(1, 3, 6, 2, 1, 3));
    struct uvsnmp_oid_buf oid;
    (void)state;
    mib_object_oid(&object, &oid);
    assert_int_equal(uvsnmp_oid_compare(uvsnmp_oid_of(&oid), UVSNMP_OID(1, 3, 6, 2, 1, 3)), 0);
    assert_int_equal(object.kind, MIB_KIND_OBJECT_TYPE);
    assert_int_equal(object.access, MIB_ACCESS_READ_ONLY);
    assert_int_equal(object.status, MIB_STATUS_CURRENT);
    assert_string_equal(object.units, "widgets");
    assert_null(object.description);
    assert_null(object.syntax.type);
    assert_int_equal(object.syntax.base, MIB_BASE_INTEGER);
    mib_free(mib);
}

static void labels_are_found_both_ways(void **state)
{
    struct mib *mib = SHOWING("TABLE-MIB");
    struct mib_object object = exactly(mib, UVSNMP_OID(1, 3, 6, 2, 1, 3));
    struct mib_label last = mib_syntax_label(&object.syntax, 2);
    int64_t value;
    (void)state;
    assert_int_equal(object.syntax.label_count, 3);
    assert_string_equal(last.name, "testing");
    assert_string_equal(mib_syntax_label_of(&object.syntax, -3), "testing");
    assert_null(mib_syntax_label_of(&object.syntax, 3));
    assert_true(mib_syntax_value_of(&object.syntax, "down(2)", 4, &value));
    assert_int_equal(value, 2);
    assert_false(mib_syntax_value_of(&object.syntax, "dow", 3, &value));
    assert_false(mib_syntax_value_of(&object.syntax, "downs", 5, &value));
    mib_free(mib);
}

static void ranges_allow_what_lies_in_one_of_them(void **state)
{
    struct mib *mib = SHOWING("TABLE-MIB");
    struct mib_object number = exactly(mib, UVSNMP_OID(1, 3, 6, 2, 1, 1));
    struct mib_object text = exactly(mib, UVSNMP_OID(1, 3, 6, 2, 1, 2));
    struct mib_object status = exactly(mib, UVSNMP_OID(1, 3, 6, 2, 1, 3));
    (void)state;
    assert_int_equal(number.syntax.range_count, 2);
    assert_int_equal(mib_syntax_range(&number.syntax, 1).low, 20);
    assert_true(mib_syntax_allows(&number.syntax, 1));
    assert_true(mib_syntax_allows(&number.syntax, 29));
    assert_false(mib_syntax_allows(&number.syntax, 0));
    assert_false(mib_syntax_allows(&number.syntax, 15));
    assert_true(mib_syntax_allows(&status.syntax, INT64_MIN));
    assert_int_equal(mib_syntax_fixed_size(&text.syntax), 4);
    assert_int_equal(mib_syntax_fixed_size(&number.syntax), -1);
    assert_int_equal(mib_syntax_fixed_size(&status.syntax), -1);
    mib_free(mib);
}

static void a_row_tells_its_index(void **state)
{
    struct mib *mib = SHOWING("TABLE-MIB");
    struct mib_object table = exactly(mib, UVSNMP_OID(1, 3, 6, 2));
    struct mib_object row = exactly(mib, UVSNMP_OID(1, 3, 6, 2, 1));
    struct mib_part part;
    (void)state;
    assert_true(table.is_table);
    assert_false(table.is_row);
    assert_true(row.is_row);
    assert_int_equal(row.part_count, 2);
    part = mib_object_part(&row, 0);
    assert_string_equal(part.name, "number");
    assert_false(part.is_implied);
    assert_int_equal(part.syntax.base, MIB_BASE_INTEGER);
    part = mib_object_part(&row, 1);
    assert_string_equal(part.name, "text");
    assert_true(part.is_implied);
    assert_int_equal(mib_syntax_fixed_size(&part.syntax), 4);
    mib_free(mib);
}

static void without_a_mib_nothing_is_known(void **state)
{
    struct uvsnmp_oid_buf oid = {.count = 1, .ids = {1}};
    struct mib_object object;
    size_t used;
    (void)state;
    assert_false(mib_has_module(NULL, "A-MIB"));
    assert_false(mib_is_builtin(NULL, "A-MIB"));
    assert_false(mib_is_visible(NULL, "A-MIB"));
    assert_null(mib_module_name(NULL, 0));
    assert_null(mib_module_import(NULL, "A-MIB", 0));
    assert_false(mib_find_name(NULL, NULL, "base", 4, &object, NULL));
    assert_false(mib_find_child(NULL, &oid, "org", 3, &object));
    assert_false(mib_find_row(NULL, UVSNMP_OID(1, 3), &object, &used));
    assert_false(mib_next_child(NULL, UVSNMP_OID(1), 0, &object));
    mib_free(NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(modules_are_known_but_not_visible),
        cmocka_unit_test(modules_are_listed_by_name),
        cmocka_unit_test(imports_are_listed_in_order),
        cmocka_unit_test(imports_become_visible_before_what_imports_them),
        cmocka_unit_test(imports_may_go_in_a_circle),
        cmocka_unit_test(a_module_hides_an_earlier_one_of_its_name),
        cmocka_unit_test(the_module_that_is_visible_first_names_an_oid),
        cmocka_unit_test(the_order_holds_over_images),
        cmocka_unit_test(all_definitions_of_an_oid_are_visited),
        cmocka_unit_test(the_deepest_definition_covers_an_instance),
        cmocka_unit_test(the_later_of_two_labels_in_a_module_counts),
        cmocka_unit_test(roots_are_always_there),
        cmocka_unit_test(a_row_is_found_from_what_is_below_it),
        cmocka_unit_test(children_come_in_order_from_all_images),
        cmocka_unit_test(what_is_only_on_the_way_is_a_child_without_a_name),
        cmocka_unit_test(invisible_children_are_skipped),
        cmocka_unit_test(a_bare_name_is_the_last_of_its_oids),
        cmocka_unit_test(a_bare_name_of_one_oid_is_the_first_modules),
        cmocka_unit_test(a_module_tells_its_names_when_it_is_not_visible),
        cmocka_unit_test(a_path_goes_down_name_by_name),
        cmocka_unit_test(a_definition_tells_its_oid_and_words),
        cmocka_unit_test(labels_are_found_both_ways),
        cmocka_unit_test(ranges_allow_what_lies_in_one_of_them),
        cmocka_unit_test(a_row_tells_its_index),
        cmocka_unit_test(without_a_mib_nothing_is_known),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
