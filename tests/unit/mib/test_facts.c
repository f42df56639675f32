/* SPDX-License-Identifier: BSD-3-Clause */
#include "mib/facts.h"

#include "support/unit.h"

static struct mib_draft *read_facts(struct arena *arena, const char *facts)
{
    struct mib_draft *list = NULL;
    struct uvsnmp_error err = {0, ""};
    int status = mib_facts_read("test", facts, strlen(facts), arena, &list, &err);
    assert_string_equal(err.detail, "");
    assert_int_equal(status, 0);
    return list;
}

/* What is read is written again as it was. */
static void assert_round_trip(const char *facts)
{
    struct arena arena;
    struct text text;
    arena_init(&arena, 0, 0);
    text_init(&text, 0);
    for (struct mib_draft *draft = read_facts(&arena, facts); draft; draft = draft->next) {
        mib_facts_write(&text, draft);
    }
    assert_string_equal(text_string(&text), facts);
    text_fini(&text);
    arena_fini(&arena);
}

static void assert_refused(const char *facts, const char *detail)
{
    struct arena arena;
    struct mib_draft *list = NULL;
    struct uvsnmp_error err = {0, ""};
    arena_init(&arena, 0, 0);
    assert_int_equal(mib_facts_read("test", facts, strlen(facts), &arena, &list, &err), UVSNMP_EBAD_SYNTAX);
    assert_string_equal(err.detail, detail);
    arena_fini(&arena);
}

static void modules_have_imports_types_and_nodes(void **state)
{
    struct arena arena;
    const struct mib_draft *draft;
    (void)state;
    arena_init(&arena, 0, 0);
    draft = read_facts(&arena, "# a comment\n"
                               "module A : B C\n"
                               "\n"
                               "convention Name OCTET-STRING(0..8|16) \"8a\" !deprecated\n"
                               "type Plain Name{up 1 down -2}\n"
                               "enterprises.7 top identity\n"
                               "module D\n");
    assert_string_equal(draft->name, "A");
    assert_string_equal(draft->file, "test");
    assert_string_equal(draft->imports->module, "B");
    assert_null(draft->imports->symbol);
    assert_string_equal(draft->imports->next->module, "C");
    assert_null(draft->imports->next->next);

    assert_string_equal(draft->types->name, "Name");
    assert_true(draft->types->is_convention);
    assert_int_equal(draft->types->status, MIB_STATUS_DEPRECATED);
    assert_int_equal(draft->types->syntax.base, MIB_BASE_OCTET_STRING);
    assert_null(draft->types->syntax.name);
    assert_string_equal(draft->types->hint, "8a");
    assert_int_equal(draft->types->syntax.ranges->high, 8);
    assert_int_equal(draft->types->syntax.ranges->next->low, 16);
    assert_int_equal(draft->types->syntax.ranges->next->high, 16);
    assert_false(draft->types->next->is_convention);
    assert_string_equal(draft->types->next->syntax.name, "Name");
    assert_int_equal(draft->types->next->syntax.labels->next->value, -2);
    assert_int_equal(draft->types->next->line, 5);

    assert_int_equal(draft->nodes->kind, MIB_KIND_MODULE_IDENTITY);
    assert_int_equal(draft->nodes->status, MIB_STATUS_NONE);
    assert_string_equal(draft->nodes->steps->name, "enterprises");
    assert_false(draft->nodes->steps->has_number);
    assert_int_equal(draft->nodes->steps->next->number, 7);
    assert_string_equal(draft->next->name, "D");
    arena_fini(&arena);
}

static void an_indented_line_is_below_the_one_that_it_is_indented_to(void **state)
{
    struct arena arena;
    const struct mib_node_draft *node;
    (void)state;
    arena_init(&arena, 0, 0);
    node = read_facts(&arena, "module A\n"
                              "iso.org(3).6 dod\n"
                              " 1 first\n"
                              "  2 second\n"
                              " 3.4 third")
               ->nodes;
    assert_string_equal(node->steps->next->name, "org");
    assert_true(node->steps->next->has_number);
    assert_int_equal(node->steps->next->next->number, 6);
    node = node->next;
    assert_string_equal(node->steps->name, "dod");
    assert_int_equal(node->kind, MIB_KIND_VALUE);
    node = node->next;
    assert_string_equal(node->steps->name, "first");
    node = node->next;
    assert_string_equal(node->steps->name, "dod");
    assert_int_equal(node->steps->next->number, 3);
    assert_int_equal(node->steps->next->next->number, 4);
    assert_null(node->next);
    arena_fini(&arena);
}

static void objects_say_access_syntax_units_and_status(void **state)
{
    struct arena arena;
    const struct mib_node_draft *node;
    (void)state;
    arena_init(&arena, 0, 0);
    node = read_facts(&arena, "module A\n"
                              "mib-2.1 aTable table\n"
                              " 1 aEntry [a !b]\n"
                              "  1 a c INTEGER{one 1} /\"k \\\"x\\\" \" =\"a\\nb\" !mandatory\n"
                              "  2 b ? Counter64(0..4)\n"
                              "mib-2.2 odd r row\n"
                              "mib-2.3 event (a b)\n")
               ->nodes;
    assert_true(node->syntax.is_sequence_of);
    assert_int_equal(node->access, MIB_ACCESS_NOT_ACCESSIBLE);
    assert_int_equal(node->status, MIB_STATUS_CURRENT);
    node = node->next;
    assert_int_equal(node->kind, MIB_KIND_OBJECT_TYPE);
    assert_false(node->index->is_implied);
    assert_string_equal(node->index->next->name, "b");
    assert_true(node->index->next->is_implied);
    node = node->next;
    assert_int_equal(node->access, MIB_ACCESS_READ_CREATE);
    assert_int_equal(node->syntax.base, MIB_BASE_INTEGER);
    assert_string_equal(node->units, "k \"x\" ");
    assert_string_equal(node->default_value, "a\nb");
    assert_int_equal(node->status, MIB_STATUS_MANDATORY);
    node = node->next;
    assert_int_equal(node->access, MIB_ACCESS_NONE);
    assert_int_equal(node->syntax.base, MIB_BASE_COUNTER64);
    node = node->next;
    assert_int_equal(node->syntax.base, MIB_BASE_NONE);
    assert_null(node->syntax.name);
    node = node->next;
    assert_int_equal(node->kind, MIB_KIND_NOTIFICATION_TYPE);
    assert_string_equal(node->objects->next->name, "b");
    arena_fini(&arena);
}

static void what_is_read_is_written_again_as_it_was(void **state)
{
    (void)state;
    assert_round_trip("module A\n");
    assert_round_trip("module A : B C\n"
                      "convention T OCTET-STRING(1..8|16) \"1x:\\\"\" !obsolete\n"
                      "type U INTEGER{a 1 b -2}\n"
                      "0.0 zero object-identity\n"
                      "iso.org(3).6 dod\n"
                      " 1 one identity\n"
                      " 2 two\n"
                      "  1 three table\n"
                      "   1 row [a !b]\n"
                      "    1 a - T\n"
                      "    2 b - OBJECT-IDENTIFIER(1..4) /\"a b\" =x !deprecated\n"
                      "  2 more [+row]\n"
                      "  3 hidden r table\n"
                      "   1 odd - row\n"
                      " 3 e (a b)\n"
                      " 3 f notification !none\n"
                      "  4294967295 g trap (a)\n"
                      " 10 h trap\n"
                      " 11 i compliance\n"
                      " 12 j capabilities\n"
                      " 13 k group\n"
                      " 14 l notification-group !deprecated\n"
                      " 15 m o BITS{x 0 y 9} /\"\"\n"
                      "other.1 n ? INTEGER(-5..-1)\n"
                      "other.1 o n IpAddress\n"
                      "module B\n"
                      "a.1 b\n");
}

static void a_circle_of_nodes_is_written_all_the_same(void **state)
{
    (void)state;
    assert_round_trip("module A\n"
                      "b.1 a\n"
                      " 1 b\n");
    assert_round_trip("module A\n"
                      "a.1 a\n");
}

static void a_wrong_line_is_named(void **state)
{
    (void)state;
    assert_refused("iso.1 a\n", "test:1: a line \"module NAME\" expected first");
    assert_refused("module A B\n", "test:1: ':' expected before imported modules");
    assert_refused("module A : B,C\n", "test:1: a module expected");
    assert_refused("module A\nb.1\n", "test:2: a name expected");
    assert_refused("module A\nb.x. c\n", "test:2: a name or number of an OID expected");
    assert_refused("module A\nb.4294967296 c\n", "test:2: 4294967296 is no number that can stand here");
    assert_refused("module A\nb(1 c\n", "test:2: ')' expected behind a number");
    assert_refused("module A\n 1 c\n", "test:2: indented by more than one blank below the line above");
    assert_refused("module A\nb.1 c\n  1 d\n",
                   "test:3: indented by more than one blank below the line above");
    assert_refused("module A\nb.1 c x\n", "test:2: unknown word 'x'");
    assert_refused("module A\nb.1 c r\n", "test:2: a type expected");
    assert_refused("module A\nb.1 c r INTEGER(1\n", "test:2: ')' expected behind ranges");
    assert_refused("module A\nb.1 c r INTEGER(1.2)\n", "test:2: '..' expected");
    assert_refused("module A\nb.1 c r INTEGER(x)\n", "test:2: a number expected");
    assert_refused("module A\nb.1 c r INTEGER{a\n", "test:2: a number expected");
    assert_refused("module A\nb.1 c r INTEGER{a 1\n", "test:2: a label or '}' expected");
    assert_refused("module A\nb.1 c r INTEGER /\"x\n", "test:2: a text without its closing quote");
    assert_refused("module A\nb.1 c r INTEGER !new\n", "test:2: unknown status");
    assert_refused("module A\nb.1 c r INTEGER x\n", "test:2: 'x' cannot stand here");
    assert_refused("module A\nb.1 c [a\n", "test:2: an index or ']' expected");
    assert_refused("module A\nb.1 c [+a b]\n", "test:2: ']' expected behind a row");
    assert_refused("module A\nb.1 c (a\n", "test:2: an object or ')' expected");
    assert_refused("module A\nconvention T\n", "test:2: a type expected");
    assert_refused("module A\nconvention T OCTET-STRING x\n", "test:2: 'x' cannot stand here");
    assert_refused("module A\nb.1\tc\n", "test:2: a name expected");
}

static void depth_and_length_are_bounded(void **state)
{
    struct text text;
    (void)state;
    text_init(&text, 0);
    text_append(&text, "module A\na.1 b\n");
    for (int i = 1; i < 129; i++) {
        text_append_format(&text, "%*s1 c%d\n", i, "", i);
    }
    assert_refused(text_string(&text), "test:130: indented too deep");
    text_reset(&text);
    text_append(&text, "module A\na");
    for (int i = 0; i < 128; i++) {
        text_append(&text, ".1");
    }
    text_append(&text, " b\n");
    assert_refused(text_string(&text), "test:2: an OID of too many steps");
    text_reset(&text);
    text_append(&text, "module ");
    for (int i = 0; i < 1025; i++) {
        text_append_char(&text, 'x');
    }
    assert_refused(text_string(&text), "test:1: a word of more than 1024 octets");
    text_reset(&text);
    text_append(&text, "module A\na.1 b r INTEGER /");
    for (int i = 0; i < 1025; i++) {
        text_append_char(&text, 'x');
    }
    assert_refused(text_string(&text), "test:2: a text of more than 1024 octets");
    text_fini(&text);
}

static void an_arena_that_is_full_is_out_of_memory(void **state)
{
    struct arena arena;
    struct mib_draft *list = NULL;
    struct uvsnmp_error err = {0, ""};
    static const char facts[] = "module A\na.1 b r INTEGER{one 1 two 2 three 3} !obsolete\n";
    (void)state;
    for (size_t limit = 1; limit < 256; limit++) {
        arena_init(&arena, 256, limit);
        list = NULL;
        assert_int_equal(mib_facts_read("test", facts, sizeof(facts) - 1, &arena, &list, &err),
                         UVSNMP_ENO_MEMORY);
        arena_fini(&arena);
    }
    assert_string_equal(err.detail, "test:2: out of memory");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(modules_have_imports_types_and_nodes),
        cmocka_unit_test(an_indented_line_is_below_the_one_that_it_is_indented_to),
        cmocka_unit_test(objects_say_access_syntax_units_and_status),
        cmocka_unit_test(what_is_read_is_written_again_as_it_was),
        cmocka_unit_test(a_circle_of_nodes_is_written_all_the_same),
        cmocka_unit_test(a_wrong_line_is_named),
        cmocka_unit_test(depth_and_length_are_bounded),
        cmocka_unit_test(an_arena_that_is_full_is_out_of_memory),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
