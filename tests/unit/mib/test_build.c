/* SPDX-License-Identifier: BSD-3-Clause */
#include "mib/build.h"

#include "support/alloc_fail.h"
#include "support/unit.h"

#include <stdio.h>

#include "base/text.h"
#include "mib/mib.h"
#include "mib/parser.h"

/* What was reported, the texts only. */
struct said {
    size_t count;
    char last[512];
};

static void say(void *arg, enum mib_problem problem, const char *file, unsigned line, const char *text)
{
    struct said *said = arg;
    assert_int_equal(problem, MIB_PROBLEM_UNKNOWN);
    assert_string_equal(file, "test");
    assert_int_not_equal(line, 0);
    said->count++;
    (void)snprintf(said->last, sizeof(said->last), "%s", text);
}

static struct mib_draft *parse(struct arena *arena, const char *text)
{
    const struct mib_parse_options options = {0};
    struct mib_draft *drafts = NULL;
    assert_int_equal(mib_parse("test", text, strlen(text), &options, arena, NULL, &drafts), 0);
    return drafts;
}

/* Adds modules of text and makes all that is known visible. */
static void add(struct mib *mib, const char *text, struct said *said)
{
    const struct mib_report report = {say, said};
    const char *name;
    assert_int_equal(mib_add(mib, parse(mib_arena(mib), text), said ? &report : NULL), 0);
    for (size_t i = 0; (name = mib_module_name(mib, i)) != NULL; i++) {
        assert_int_equal(mib_show(mib, name), 0);
    }
}

static struct mib *with(const char *text, struct said *said)
{
    struct mib *mib = mib_new_empty();
    assert_non_null(mib);
    add(mib, text, said);
    return mib;
}

#define MODULE(name, body) name " DEFINITIONS ::= BEGIN " body " END\n"
#define OBJECT(name, syntax, value)                                                                          \
    name " OBJECT-TYPE SYNTAX " syntax " MAX-ACCESS read-only STATUS current ::= { " value " } "
#define ROW(name, syntax, clause, value)                                                                     \
    name " OBJECT-TYPE SYNTAX " syntax " MAX-ACCESS not-accessible STATUS current " clause " ::= { " value   \
         " } "
#define CONVENTION(name, hint, syntax)                                                                       \
    name " ::= TEXTUAL-CONVENTION " hint " STATUS current DESCRIPTION \"\" SYNTAX " syntax " "

static struct mib_object named(const struct mib *mib, const char *name)
{
    struct mib_object object;
    assert_true(mib_find_name(mib, NULL, name, strlen(name), &object, NULL));
    return object;
}

static bool has(const struct mib *mib, const char *name)
{
    struct mib_object object;
    return mib_find_name(mib, NULL, name, strlen(name), &object, NULL);
}

static void assert_oid(const struct mib *mib, const char *name, const char *expected)
{
    struct mib_object object = named(mib, name);
    struct uvsnmp_oid_buf oid;
    char text[UVSNMP_OID_TEXT_MAX];
    mib_object_oid(&object, &oid);
    assert_true(uvsnmp_oid_format(uvsnmp_oid_of(&oid), text, sizeof(text)) > 0);
    assert_string_equal(text, expected);
}

/* ---- values ---- */

static void definitions_come_in_any_order(void **state)
{
    struct said said = {0};
    struct mib *mib = with(MODULE("A", "leaf OBJECT IDENTIFIER ::= { branch 3 }"
                                       " branch OBJECT IDENTIFIER ::= { trunk 2 1 }"
                                       " trunk OBJECT IDENTIFIER ::= { iso 7 }"),
                           &said);
    (void)state;
    assert_oid(mib, "leaf", ".1.7.2.1.3");
    assert_oid(mib, "trunk", ".1.7");
    assert_int_equal(said.count, 0);
    mib_free(mib);
}

static void modules_may_need_each_other(void **state)
{
    struct said said = {0};
    struct mib *mib = with(MODULE("A", "IMPORTS b1 FROM B; a1 OBJECT IDENTIFIER ::= { iso 1 }"
                                       " a2 OBJECT IDENTIFIER ::= { b1 2 }")
                               MODULE("B", "IMPORTS a1, a2 FROM A; b1 OBJECT IDENTIFIER ::= { a1 1 }"
                                           " b2 OBJECT IDENTIFIER ::= { a2 2 }"),
                           &said);
    (void)state;
    assert_oid(mib, "b2", ".1.1.1.2.2");
    assert_int_equal(said.count, 0);
    mib_free(mib);
}

static void values_may_be_numbers_or_names_only(void **state)
{
    struct mib *mib = with(MODULE("A", "a OBJECT IDENTIFIER ::= { 1 3 4294967295 }"
                                       " b OBJECT IDENTIFIER ::= { iso std(0) 5 }"
                                       " c OBJECT IDENTIFIER ::= { iso std b }"
                                       " d OBJECT IDENTIFIER ::= { a }"
                                       " e OBJECT IDENTIFIER ::= { itu-t 9 }"
                                       " f OBJECT IDENTIFIER ::= { what(2) 9 }"
                                       " g OBJECT IDENTIFIER ::= { 0 0 }"),
                           NULL);
    (void)state;
    assert_oid(mib, "a", ".1.3.4294967295");
    assert_oid(mib, "b", ".1.0.5");
    assert_oid(mib, "c", ".1.0.5");
    assert_oid(mib, "d", ".1.3.4294967295");
    assert_oid(mib, "e", ".0.9");
    assert_oid(mib, "f", ".2.9");
    assert_oid(mib, "g", ".0.0");
    mib_free(mib);
}

static void a_step_with_name_and_number_defines_a_node(void **state)
{
    struct mib *mib =
        with(MODULE("A", "leaf OBJECT IDENTIFIER ::= { iso twig(4) other(5) 6 }"
                         " below OBJECT IDENTIFIER ::= { twig 9 }" OBJECT("other", "INTEGER", "iso 8")),
             NULL);
    struct mib_object twig = named(mib, "twig");
    (void)state;
    assert_oid(mib, "twig", ".1.4");
    assert_string_equal(twig.module, "A");
    assert_int_equal(twig.kind, MIB_KIND_VALUE);
    assert_oid(mib, "below", ".1.4.9");
    assert_oid(mib, "leaf", ".1.4.5.6");
    /* this one is defined otherwise */
    assert_oid(mib, "other", ".1.8");
    mib_free(mib);
}

static void a_wrong_import_is_made_good(void **state)
{
    struct said said = {0};
    struct mib *mib = with(MODULE("A", "IMPORTS node, otherNode FROM EMPTY thing FROM B;"
                                       " a1 OBJECT IDENTIFIER ::= { node 1 }"
                                       " a2 OBJECT IDENTIFIER ::= { otherNode 1 }"
                                       " a3 OBJECT IDENTIFIER ::= { unimported 1 }")
                               MODULE("B", "node OBJECT IDENTIFIER ::= { iso 2 }"
                                           " thing OBJECT IDENTIFIER ::= { iso 3 }") MODULE("EMPTY", "")
                                   MODULE("AA", "node OBJECT IDENTIFIER ::= { iso 9 }"
                                                " otherNode OBJECT IDENTIFIER ::= { iso 4 }"
                                                " unimported OBJECT IDENTIFIER ::= { iso 5 }"),
                           &said);
    (void)state;
    /* of another imported module rather than of any */
    assert_oid(mib, "a1", ".1.2.1");
    assert_oid(mib, "a2", ".1.4.1");
    assert_oid(mib, "a3", ".1.5.1");
    assert_int_equal(said.count, 0);
    mib_free(mib);
}

static void known_modules_are_built_on(void **state)
{
    struct said said = {0};
    struct mib *mib = with(MODULE("OLD", "one OBJECT IDENTIFIER ::= { iso 1 }"
                                         " two OBJECT IDENTIFIER ::= { iso 2 }" CONVENTION(
                                             "Tc", "DISPLAY-HINT \"d-1\"", "INTEGER { a(1), b(2) }")
                                             CONVENTION("Sized", "", "OCTET STRING (SIZE (1..3|5))")),
                           NULL);
    struct mib_object object;
    (void)state;
    add(mib,
        MODULE("NEW", "IMPORTS one, Tc FROM OLD;"
                      " below OBJECT IDENTIFIER ::= { one 5 }"
                      " other OBJECT IDENTIFIER ::= { two 5 }" OBJECT("typed", "Tc", "below 1")
                          OBJECT("sized", "Sized", "below 2")),
        &said);
    assert_oid(mib, "below", ".1.1.5");
    assert_oid(mib, "other", ".1.2.5");
    object = named(mib, "typed");
    assert_string_equal(object.syntax.type, "Tc");
    assert_string_equal(object.syntax.hint, "d-1");
    assert_string_equal(mib_syntax_label_of(&object.syntax, 2), "b");
    object = named(mib, "sized");
    assert_int_equal(object.syntax.range_count, 2);
    assert_int_equal(mib_syntax_range(&object.syntax, 1).high, 5);
    assert_int_equal(said.count, 0);
    mib_free(mib);
}

static void of_modules_of_one_name_the_first_counts(void **state)
{
    struct mib *mib = with(MODULE("A", "first OBJECT IDENTIFIER ::= { iso 1 }")
                               MODULE("A", "second OBJECT IDENTIFIER ::= { iso 2 }"),
                           NULL);
    (void)state;
    assert_true(has(mib, "first"));
    assert_false(has(mib, "second"));
    mib_free(mib);
}

static void what_has_no_parent_is_left_out_and_reported(void **state)
{
    struct said said = {0};
    struct mib *mib = with(MODULE("A", "lost OBJECT IDENTIFIER ::= { nowhere 1 }"
                                       " found OBJECT IDENTIFIER ::= { iso 1 }"),
                           &said);
    (void)state;
    assert_false(has(mib, "lost"));
    assert_true(has(mib, "found"));
    assert_int_equal(said.count, 1);
    assert_string_equal(said.last, "Cannot adopt OID in A: lost ::= { nowhere ... }");
    mib_free(mib);
}

static void a_circle_of_values_is_left_out(void **state)
{
    struct said said = {0};
    struct mib *mib = with(MODULE("A", "a OBJECT IDENTIFIER ::= { b 1 }"
                                       " b OBJECT IDENTIFIER ::= { iso c }"
                                       " c OBJECT IDENTIFIER ::= { a 1 }"
                                       " self OBJECT IDENTIFIER ::= { self 1 }"
                                       " below OBJECT IDENTIFIER ::= { a 2 }"),
                           &said);
    (void)state;
    assert_false(has(mib, "a"));
    assert_false(has(mib, "below"));
    assert_int_equal(said.count, 5);
    mib_free(mib);
}

/* A module of `count` nodes, each below the next one. */
static void write_chain(struct text *text, size_t count)
{
    text_append(text, "A DEFINITIONS ::= BEGIN\n");
    for (size_t i = 0; i < count; i++) {
        text_append_format(text, "n%zu OBJECT IDENTIFIER ::= { n%zu 1 }\n", i, i + 1);
    }
    text_append_format(text, "n%zu OBJECT IDENTIFIER ::= { iso 1 }\nEND\n", count);
}

static void an_oid_is_no_longer_than_an_oid_may_be(void **state)
{
    struct text text;
    struct mib *mib;
    (void)state;
    text_init(&text, 0);
    write_chain(&text, UVSNMP_OID_MAX);
    mib = with(text_string(&text), NULL);
    assert_true(has(mib, "n2"));
    assert_false(has(mib, "n1"));
    assert_false(has(mib, "n0"));
    mib_free(mib);
    text_fini(&text);
}

static void a_long_chain_takes_no_stack(void **state)
{
    struct text text;
    struct said said = {0};
    struct mib *mib;
    (void)state;
    text_init(&text, 0);
    write_chain(&text, 200000);
    mib = with(text_string(&text), &said);
    assert_true(has(mib, "n200000"));
    assert_int_equal(said.count, 200000 - UVSNMP_OID_MAX + 2);
    mib_free(mib);
    text_fini(&text);
}

/* ---- types ---- */

static void a_type_is_refined_by_what_uses_it(void **state)
{
    struct said said = {0};
    struct mib *mib =
        with(MODULE("A", CONVENTION("Inner", "DISPLAY-HINT \"1x:\"", "OCTET STRING (SIZE (1..9))")
                             CONVENTION("Outer", "", "Inner (SIZE (2..8))")
                                 CONVENTION("Own", "DISPLAY-HINT \"255a\"",
                                            "Inner") CONVENTION("Enum", "", "INTEGER { a(1), b(2) }")
                                     OBJECT("o1", "Outer", "iso 1") OBJECT("o2", "Outer (SIZE (4))", "iso 2")
                                         OBJECT("o3", "Own", "iso 3") OBJECT("o4", "Enum { c(3) }", "iso 4")),
             &said);
    struct mib_object o1 = named(mib, "o1"), o2 = named(mib, "o2"), o3 = named(mib, "o3");
    struct mib_object o4 = named(mib, "o4");
    (void)state;
    assert_int_equal(o1.syntax.base, MIB_BASE_OCTET_STRING);
    assert_string_equal(o1.syntax.type, "Outer");
    assert_string_equal(o1.syntax.hint, "1x:");
    assert_int_equal(mib_syntax_range(&o1.syntax, 0).high, 8);
    assert_int_equal(mib_syntax_fixed_size(&o2.syntax), 4);
    assert_string_equal(o2.syntax.type, "Outer");
    assert_string_equal(o3.syntax.hint, "255a");
    assert_int_equal(mib_syntax_range(&o3.syntax, 0).high, 9);
    assert_int_equal(o4.syntax.label_count, 1);
    assert_string_equal(mib_syntax_label_of(&o4.syntax, 3), "c");
    assert_string_equal(o4.syntax.type, "Enum");
    assert_int_equal(said.count, 0);
    mib_free(mib);
}

static void types_come_in_any_order_and_from_any_module(void **state)
{
    struct said said = {0};
    struct mib *mib = with(MODULE("A", "IMPORTS Early FROM B;" OBJECT("o1", "Early", "iso 1") OBJECT(
                                           "o2", "Stray", "iso 2") CONVENTION("Late", "", "INTEGER (3)"))
                               MODULE("B", "IMPORTS Late FROM A;" CONVENTION("Early", "", "Late")
                                               CONVENTION("Stray", "", "OCTET STRING")),
                           &said);
    struct mib_object o1 = named(mib, "o1"), o2 = named(mib, "o2");
    (void)state;
    assert_int_equal(o1.syntax.base, MIB_BASE_INTEGER);
    assert_string_equal(o1.syntax.type, "Early");
    assert_int_equal(mib_syntax_range(&o1.syntax, 0).low, 3);
    assert_int_equal(o2.syntax.base, MIB_BASE_OCTET_STRING);
    assert_int_equal(said.count, 0);
    mib_free(mib);
}

static void a_plain_assignment_is_a_type_too(void **state)
{
    struct mib *mib =
        with(MODULE("A", "Name ::= OCTET STRING (SIZE (0..7))" OBJECT("o", "Name", "iso 1")), NULL);
    struct mib_object object = named(mib, "o");
    (void)state;
    assert_string_equal(object.syntax.type, "Name");
    assert_int_equal(object.syntax.base, MIB_BASE_OCTET_STRING);
    assert_int_equal(mib_syntax_range(&object.syntax, 0).high, 7);
    mib_free(mib);
}

static void the_smi_need_not_be_known(void **state)
{
    static const struct {
        const char *name;
        enum mib_base base;
    } objects[] = {
        {"o1", MIB_BASE_COUNTER32},
        {"o2", MIB_BASE_GAUGE32},
        {"o3", MIB_BASE_COUNTER64},
        {"o4", MIB_BASE_NETWORK_ADDRESS},
        {"o5", MIB_BASE_TIMETICKS},
        {"o6", MIB_BASE_IPADDRESS},
        {"o7", MIB_BASE_UNSIGNED32},
        {"o8", MIB_BASE_INTEGER32},
        {"o9", MIB_BASE_OPAQUE},
        {"o10", MIB_BASE_BITS},
        {"o11", MIB_BASE_COUNTER32},
        {"o12", MIB_BASE_GAUGE32},
        {"o13", MIB_BASE_OBJECT_IDENTIFIER},
    };
    struct said said = {0};
    struct mib *mib = with(
        MODULE("A", OBJECT("o1", "Counter", "iso 1") OBJECT("o2", "Gauge", "iso 2")
                        OBJECT("o3", "Counter64", "iso 3") OBJECT("o4", "NetworkAddress", "iso 4")
                            OBJECT("o5", "TimeTicks", "iso 5") OBJECT("o6", "IpAddress", "iso 6")
                                OBJECT("o7", "Unsigned32", "iso 7") OBJECT("o8", "Integer32", "iso 8") OBJECT(
                                    "o9", "Opaque", "iso 9") OBJECT("o10", "BITS { a(0) }", "iso 10")
                                    OBJECT("o11", "Counter32", "iso 11") OBJECT("o12", "Gauge32", "iso 12")
                                        OBJECT("o13", "OBJECT IDENTIFIER", "iso 13")),
        &said);
    (void)state;
    for (size_t i = 0; i < COUNT_OF(objects); i++) {
        struct mib_object object = named(mib, objects[i].name);
        assert_int_equal(object.syntax.base, objects[i].base);
        assert_null(object.syntax.type);
    }
    assert_int_equal(said.count, 0);
    mib_free(mib);
}

static void an_unknown_type_has_no_base(void **state)
{
    struct said said = {0};
    struct mib *mib = with(MODULE("A", OBJECT("o", "DisplayString (SIZE (0..9))", "iso 1")), &said);
    struct mib_object object = named(mib, "o");
    (void)state;
    assert_int_equal(object.syntax.base, MIB_BASE_NONE);
    assert_null(object.syntax.type);
    assert_int_equal(said.count, 1);
    assert_string_equal(said.last, "Unknown type DisplayString in A");
    mib_free(mib);
}

static void a_circle_of_types_has_no_base(void **state)
{
    struct said said = {0};
    struct mib *mib = with(MODULE("A", CONVENTION("A1", "", "B1") CONVENTION("B1", "", "C1")
                                           CONVENTION("C1", "", "A1") OBJECT("o", "A1", "iso 1")),
                           &said);
    struct mib_object object = named(mib, "o");
    (void)state;
    assert_int_equal(object.syntax.base, MIB_BASE_NONE);
    assert_int_equal(said.count, 1);
    assert_string_equal(said.last, "The type C1 in A is defined by itself");
    mib_free(mib);
}

static void a_chain_of_types_has_an_end(void **state)
{
    struct text text;
    struct said said = {0};
    struct mib *mib;
    struct mib_object object;
    (void)state;
    text_init(&text, 0);
    text_append(&text, "A DEFINITIONS ::= BEGIN\n");
    for (size_t i = 0; i < 70; i++) {
        text_append_format(&text,
                           "T%zu ::= T%zu\no%zu OBJECT-TYPE SYNTAX T%zu ACCESS read-only STATUS mandatory"
                           " ::= { iso %zu }\n",
                           i, i + 1, i, i, i);
    }
    text_append(&text, "T70 ::= INTEGER\nEND\n");
    mib = with(text_string(&text), &said);
    object = named(mib, "o7");
    assert_int_equal(object.syntax.base, MIB_BASE_INTEGER);
    object = named(mib, "o6");
    assert_int_equal(object.syntax.base, MIB_BASE_NONE);
    assert_int_equal(said.count, 7);
    mib_free(mib);
    text_fini(&text);
}

static void equal_syntaxes_are_kept_once(void **state)
{
    struct arena arena;
    struct mib_image image;
    (void)state;
    arena_init(&arena, 0, 0);
    assert_int_equal(
        mib_build(parse(&arena, MODULE("A", OBJECT("o1", "INTEGER { a(1), b(2) }", "iso 1")
                                                OBJECT("o2", "INTEGER { a(1), b(2) }", "iso 2")
                                                    OBJECT("o3", "INTEGER { a(1), c(2) }", "iso 3")
                                                        OBJECT("o4", "INTEGER (1..2)", "iso 4")
                                                            OBJECT("o5", "INTEGER (1..2)", "iso 5"))),
                  NULL, &arena, NULL, &image),
        0);
    assert_int_equal(image.syntax_count, 4);
    assert_int_equal(image.label_count, 4);
    assert_int_equal(image.range_count, 1);
    arena_fini(&arena);
}

/* ---- tables ---- */

static void tables_and_rows_are_told_by_their_types(void **state)
{
    struct mib *mib =
        with(MODULE("A", "Entry ::= SEQUENCE { a INTEGER }" ROW("table", "SEQUENCE OF Entry", "", "iso 1")
                             ROW("row", "Entry", "", "table 1") ROW("indexed", "Entry", "INDEX { a }",
                                                                    "iso 2") OBJECT("a", "INTEGER", "row 1")),
             NULL);
    struct mib_object table = named(mib, "table"), row = named(mib, "row"), a = named(mib, "a");
    struct mib_object indexed = named(mib, "indexed");
    (void)state;
    assert_true(table.is_table);
    assert_false(table.is_row);
    assert_true(row.is_row);
    assert_false(row.is_table);
    assert_true(indexed.is_row);
    assert_false(a.is_row || a.is_table);
    assert_int_equal(row.syntax.base, MIB_BASE_NONE);
    mib_free(mib);
}

static void an_index_may_name_a_type(void **state)
{
    struct mib *mib = with(MODULE("A", "Entry ::= SEQUENCE { }"
                                       " Name ::= OCTET STRING (SIZE (6))" ROW(
                                           "row", "Entry", "INDEX { INTEGER, IpAddress, Name, obj }", "iso 1")
                                           OBJECT("obj", "Counter", "row 1")),
                           NULL);
    struct mib_object row = named(mib, "row");
    (void)state;
    assert_int_equal(row.part_count, 4);
    assert_int_equal(mib_object_part(&row, 0).syntax.base, MIB_BASE_INTEGER);
    assert_string_equal(mib_object_part(&row, 0).name, "INTEGER");
    assert_int_equal(mib_object_part(&row, 1).syntax.base, MIB_BASE_IPADDRESS);
    assert_string_equal(mib_object_part(&row, 2).syntax.type, "Name");
    assert_int_equal(mib_object_part(&row, 3).syntax.base, MIB_BASE_COUNTER32);
    mib_free(mib);
}

static void a_row_that_augments_has_the_others_index(void **state)
{
    struct said said = {0};
    struct mib *mib =
        with(MODULE("A", "Entry ::= SEQUENCE { }" ROW("third", "Entry", "AUGMENTS { second }", "iso 3")
                             ROW("second", "Entry", "AUGMENTS { first }",
                                 "iso 2") ROW("first", "Entry", "INDEX { a, IMPLIED b }", "iso 1")
                                 OBJECT("a", "INTEGER", "first 1") OBJECT("b", "OCTET STRING", "first 2")),
             &said);
    struct mib_object row = named(mib, "third");
    (void)state;
    assert_string_equal(row.augments, "second");
    assert_int_equal(row.part_count, 2);
    assert_true(mib_object_part(&row, 1).is_implied);
    add(mib, MODULE("B", "IMPORTS third FROM A;" ROW("fourth", "Entry", "AUGMENTS { third }", "iso 4")),
        &said);
    row = named(mib, "fourth");
    assert_int_equal(row.part_count, 2);
    assert_string_equal(mib_object_part(&row, 1).name, "b");
    assert_true(mib_object_part(&row, 1).is_implied);
    assert_int_equal(mib_object_part(&row, 1).syntax.base, MIB_BASE_OCTET_STRING);
    assert_int_equal(said.count, 0);
    mib_free(mib);
}

static void a_circle_of_augments_has_no_index(void **state)
{
    struct said said = {0};
    struct mib *mib = with(MODULE("A", "Entry ::= SEQUENCE { }" ROW("a", "Entry", "AUGMENTS { b }", "iso 1")
                                           ROW("b", "Entry", "AUGMENTS { a }", "iso 2")
                                               ROW("c", "Entry", "AUGMENTS { nowhere }", "iso 3")),
                           &said);
    struct mib_object row = named(mib, "a");
    (void)state;
    assert_true(row.is_row);
    assert_int_equal(row.part_count, 0);
    assert_int_equal(said.count, 1);
    assert_string_equal(said.last, "Unknown row nowhere in A");
    mib_free(mib);
}

static void a_notification_keeps_its_objects(void **state)
{
    struct mib *mib = with(MODULE("A", "n NOTIFICATION-TYPE OBJECTS { x, y } STATUS current"
                                       " DESCRIPTION \"\" ::= { iso 1 }"),
                           NULL);
    struct mib_object object = named(mib, "n");
    (void)state;
    assert_int_equal(object.kind, MIB_KIND_NOTIFICATION_TYPE);
    assert_int_equal(object.object_count, 2);
    assert_string_equal(mib_object_name(&object, 0), "x");
    assert_string_equal(mib_object_name(&object, 1), "y");
    mib_free(mib);
}

static void an_empty_text_is_one(void **state)
{
    struct mib *mib = with(MODULE("A", "o OBJECT-TYPE SYNTAX INTEGER UNITS \"\" MAX-ACCESS read-only STATUS "
                                       "current ::= { iso 1 } " OBJECT("p", "INTEGER", "iso 2")),
                           NULL);
    struct mib_object o = named(mib, "o"), p = named(mib, "p");
    (void)state;
    assert_non_null(o.units);
    assert_string_equal(o.units, "");
    assert_null(p.units);
    mib_free(mib);
}

/* ---- imports ---- */

static void a_module_of_macros_is_no_import(void **state)
{
    struct mib *mib =
        with(MODULE("A", "IMPORTS OBJECT-TYPE FROM RFC-1212 Counter, enterprises FROM RFC1155-SMI"
                         " TEXTUAL-CONVENTION FROM SNMPv2-TC;"),
             NULL);
    (void)state;
    assert_string_equal(mib_module_import(mib, "A", 0), "RFC1155-SMI");
    assert_null(mib_module_import(mib, "A", 1));
    mib_free(mib);
}

/* ---- memory ---- */

static void no_memory_is_an_error_and_no_crash(void **state)
{
    static const char text[] = MODULE(
        "B", "IMPORTS a1, Tc FROM A; Entry ::= SEQUENCE { }" OBJECT("b1", "Tc { x(3) }", "a1 1 2 s(3) 4")
                 ROW("row", "Entry", "INDEX { b1, IMPLIED b2 }", "a1 5")
                     OBJECT("b2", "Sized (SIZE (3))", "row 2"));
    struct arena arena;
    struct mib *mib =
        with(MODULE("A", "a1 OBJECT IDENTIFIER ::= { iso 1 }" CONVENTION("Tc", "", "INTEGER { a(1) }")
                             CONVENTION("Sized", "", "OCTET STRING")),
             NULL);
    const struct mib_draft *drafts;
    unsigned n = 0;
    (void)state;
    arena_init(&arena, 0, 0);
    drafts = parse(&arena, text);
    do {
        int rc;
        alloc_fail_at(++n);
        rc = mib_add(mib, drafts, NULL);
        rc = rc == 0 ? mib_show(mib, "B") : rc;
        assert_int_equal(rc, alloc_has_failed() ? UVSNMP_ENO_MEMORY : 0);
    } while (alloc_fail_end());
    assert_true(n > 5);
    assert_oid(mib, "b1", ".1.1.1.2.3.4");
    mib_free(mib);
    arena_fini(&arena);
}

static void a_full_arena_is_an_error_and_no_crash(void **state)
{
    struct arena drafts_arena;
    const struct mib_draft *drafts;
    struct mib_image image;
    size_t limit = 0;
    int rc;
    (void)state;
    arena_init(&drafts_arena, 0, 0);
    drafts = parse(&drafts_arena, MODULE("A", OBJECT("a", "INTEGER { x(1) }", "iso 1")));
    do {
        struct arena arena;
        limit += 64;
        arena_init(&arena, 0, limit);
        rc = mib_build(drafts, NULL, &arena, NULL, &image);
        arena_fini(&arena);
        assert_true(rc == 0 || rc == UVSNMP_ENO_MEMORY);
    } while (rc < 0);
    assert_true(limit > 256);
    arena_fini(&drafts_arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(definitions_come_in_any_order),
        cmocka_unit_test(modules_may_need_each_other),
        cmocka_unit_test(values_may_be_numbers_or_names_only),
        cmocka_unit_test(a_step_with_name_and_number_defines_a_node),
        cmocka_unit_test(a_wrong_import_is_made_good),
        cmocka_unit_test(known_modules_are_built_on),
        cmocka_unit_test(of_modules_of_one_name_the_first_counts),
        cmocka_unit_test(what_has_no_parent_is_left_out_and_reported),
        cmocka_unit_test(a_circle_of_values_is_left_out),
        cmocka_unit_test(an_oid_is_no_longer_than_an_oid_may_be),
        cmocka_unit_test(a_long_chain_takes_no_stack),
        cmocka_unit_test(a_type_is_refined_by_what_uses_it),
        cmocka_unit_test(types_come_in_any_order_and_from_any_module),
        cmocka_unit_test(a_plain_assignment_is_a_type_too),
        cmocka_unit_test(the_smi_need_not_be_known),
        cmocka_unit_test(an_unknown_type_has_no_base),
        cmocka_unit_test(a_circle_of_types_has_no_base),
        cmocka_unit_test(a_chain_of_types_has_an_end),
        cmocka_unit_test(equal_syntaxes_are_kept_once),
        cmocka_unit_test(tables_and_rows_are_told_by_their_types),
        cmocka_unit_test(an_index_may_name_a_type),
        cmocka_unit_test(a_row_that_augments_has_the_others_index),
        cmocka_unit_test(a_circle_of_augments_has_no_index),
        cmocka_unit_test(a_notification_keeps_its_objects),
        cmocka_unit_test(an_empty_text_is_one),
        cmocka_unit_test(a_module_of_macros_is_no_import),
        cmocka_unit_test(no_memory_is_an_error_and_no_crash),
        cmocka_unit_test(a_full_arena_is_an_error_and_no_crash),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
