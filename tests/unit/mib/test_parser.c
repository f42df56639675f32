/* SPDX-License-Identifier: BSD-3-Clause */
#include "base/text.h"
#include "mib/parser.h"
#include "support/unit.h"
#include <stdio.h>
#include <uvsnmp/error.h>

/* ---- drafts as text ---- */

static void show_type(struct text *out, const struct mib_type_use *use)
{
    const char *before = " {";
    text_append_format(out, "%s%s%s", use->is_sequence_of ? "SEQUENCE OF " : "", mib_base_word(use->base),
                       use->name ? use->name : "");
    for (const struct mib_label_draft *label = use->labels; label; label = label->next) {
        text_append_format(out, "%s%s(%lld)", before, label->name, (long long)label->value);
        before = " ";
    }
    text_append(out, use->labels ? "}" : "");
    before = " (";
    for (const struct mib_range_draft *range = use->ranges; range; range = range->next) {
        text_append_format(out, "%s%lld..%lld", before, (long long)range->low, (long long)range->high);
        before = "|";
    }
    text_append(out, use->ranges ? ")" : "");
}

static void show_definition(struct text *out, const struct mib_type_draft *type)
{
    text_append_format(out, "%s ::=%s%s ", type->name, type->is_convention ? " TC" : "",
                       type->is_sequence ? " ROW" : "");
    show_type(out, &type->syntax);
    text_append_format(out, "%s%s%s%s%s", type->status ? " " : "", mib_status_word(type->status),
                       type->hint ? " \"" : "", type->hint ? type->hint : "", type->hint ? "\"" : "");
    text_append_format(out, "%s%s\n", type->description ? " --" : "",
                       type->description ? type->description : "");
}

static void show_lists(struct text *out, const struct mib_node_draft *node)
{
    const char *before = " [";
    for (const struct mib_index_draft *index = node->index; index; index = index->next) {
        text_append_format(out, "%s%s%s", before, index->is_implied ? "!" : "", index->name);
        before = ", ";
    }
    text_append(out, node->index ? "]" : "");
    before = " {";
    for (const struct mib_name_draft *object = node->objects; object; object = object->next) {
        text_append_format(out, "%s%s", before, object->name);
        before = ", ";
    }
    text_append(out, node->objects ? "}" : "");
}

static void show_text(struct text *out, const char *label, const char *value)
{
    if (value) {
        text_append_format(out, " %s<%s>", label, value);
    }
}

static void show_node(struct text *out, const struct mib_node_draft *node)
{
    static const char kinds[] = "vmiontgGca"; /* a letter for each kind */
    const char *before = " = ";
    text_append_format(out, "%c %s ", kinds[node->kind], node->name);
    show_type(out, &node->syntax);
    text_append_format(out, " %s %s", mib_access_word(node->access), mib_status_word(node->status));
    show_lists(out, node);
    show_text(out, "+", node->augments);
    show_text(out, "units", node->units);
    show_text(out, "default", node->default_value);
    show_text(out, "text", node->description);
    show_text(out, "reference", node->reference);
    show_text(out, "updated", node->last_updated);
    for (const struct mib_step *step = node->steps; step; step = step->next) {
        text_append_format(out, "%s%s", before, step->name ? step->name : "");
        if (step->has_number) {
            text_append_format(out, step->name ? "(%u)" : "%u", (unsigned)step->number);
        }
        before = ".";
    }
    text_append(out, "\n");
}

static void show_modules(struct text *out, const struct mib_draft *draft, bool with_names)
{
    for (; draft; draft = draft->next) {
        if (with_names) {
            text_append_format(out, "%s:\n", draft->name);
        }
        for (const struct mib_import *import = draft->imports; with_names && import; import = import->next) {
            text_append_format(out, "%s<%s\n", import->symbol, import->module);
        }
        for (const struct mib_type_draft *type = draft->types; type; type = type->next) {
            show_definition(out, type);
        }
        for (const struct mib_node_draft *node = draft->nodes; node; node = node->next) {
            show_node(out, node);
        }
    }
}

static void note(void *arg, enum mib_problem problem, const char *file, unsigned line, const char *text)
{
    (void)problem;
    assert_string_equal(file, "FILE");
    text_append_format(arg, "%u: %s\n", line, text);
}

/* ---- rows ---- */

struct row {
    const char *source, *expected, *said;
};

static const struct mib_parse_options plain;
static const struct mib_parse_options keeping = {.keep_descriptions = true};

static void check(const char *source, const struct mib_parse_options *options, const struct row *row,
                  bool with_names)
{
    struct text out, said;
    struct arena arena;
    struct mib_draft *list = NULL;
    text_init(&out, 0);
    text_init(&said, 0);
    arena_init(&arena, 0, 0);
    const struct mib_report report = {note, &said};
    int rc = mib_parse("FILE", source, strlen(source), options, &arena, &report, &list);
    show_modules(&out, list, with_names);
    assert_string_equal(text_string(&out), row->expected);
    assert_string_equal(text_string(&said), row->said ? row->said : "");
    assert_int_equal(rc, list ? 0 : UVSNMP_EBAD_SYNTAX);
    arena_fini(&arena);
    text_fini(&said);
    text_fini(&out);
}

/* Each source is the body of a module and begins in its second line. */
static void check_bodies(const struct row *rows, size_t count, const struct mib_parse_options *options)
{
    for (size_t i = 0; i < count; i++) {
        struct text source;
        text_init(&source, 0);
        text_append_format(&source, "T DEFINITIONS ::= BEGIN\n%s\nEND\n", rows[i].source);
        check(text_string(&source), options, &rows[i], false);
        text_fini(&source);
    }
}

/* ---- modules ---- */

static void modules_are_found_in_texts(void **state)
{
    static const struct row rows[] = {
        {"", "", NULL},
        {"no module here, \"only prose", "", NULL},
        {"A DEFINITIONS ::= BEGIN END", "A:\n", NULL},
        {"A DEFINITIONS ::= -- c\n -- d --\n BEGIN x OBJECT IDENTIFIER ::= {iso 1} END",
         "A:\nv x   "
         " = iso.1\n",
         NULL},
        {"A {iso org(3) 6} DEFINITIONS IMPLICIT TAGS ::= BEGIN END", "A:\n", NULL},
        {"the \"A DEFINITIONS of it\nA DEFINITIONS ::= BEGIN END isn't \"B DEFINITIONS ::= BEGIN END",
         "A:\nB:\n", NULL},
        {"A DEFINITIONS ::= BEGIN\nEND\nB DEFINITIONS ::= BEGIN\nx OBJECT IDENTIFIER ::= {iso 1}\nEND",
         "A:\nB:\nv x    = iso.1\n", NULL},
        {"A DEFINITIONS ::= BEGIN\nx OBJECT IDENTIFIER ::= {iso 1}\nB DEFINITIONS ::= BEGIN\nEND",
         "A:\nv x    = iso.1\nB:\n", "3: Warning: END is missing before (B)\n"},
        {"A DEFINITIONS ::= BEGIN x OBJECT IDENTIFIER ::= {iso 1}", "A:\nv x    = iso.1\n", NULL},
        {"\xef\xbb\xbf"
         "A\xa0 DEFINITIONS ::= BEGIN\x1a END\x1a\x00",
         "A:\n", NULL},
        {"A DEFINITIONS ::= x OBJECT IDENTIFIER ::= {iso 1} END", "", NULL},
        {"DEFINITIONS ::= BEGIN END", "", NULL},
    };
    (void)state;
    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        check(rows[i].source, &plain, &rows[i], true);
    }
}

static void imports_name_symbols_and_modules(void **state)
{
    static const struct row rows[] = {
        {"A DEFINITIONS ::= BEGIN IMPORTS a, b FROM X c FROM Y {iso 3} D-E FROM Z; END",
         "A:\na<X\nb<X\nc<Y\nD-E<Z\n", NULL},
        {"A DEFINITIONS ::= BEGIN EXPORTS a, b; IMPORTS ; END", "A:\n", NULL},
        {"A DEFINITIONS ::= BEGIN EXPORTS a, b IMPORTS a FROM X; END", "A:\na<X\n", NULL},
        {"A DEFINITIONS ::= BEGIN EXPORTS a, b;\nIMPORTS a FROM X; IMPORTS b FROM Y; END", "A:\na<X\nb<Y\n",
         NULL},
        {"A DEFINITIONS ::= BEGIN IMPORTS a OBJECT-TYPE MODULE-IDENTITY FROM X Counter OBJECT-TYPE FROM Y; "
         "END",
         "A:\na<X\nOBJECT-TYPE<X\nMODULE-IDENTITY<X\nCounter<Y\nOBJECT-TYPE<Y\n", NULL},
        {"A DEFINITIONS ::= BEGIN\nIMPORTS a, OBJECT-TYPE FROM X\nx OBJECT IDENTIFIER ::= {a 1} END",
         "A:\na<X\nOBJECT-TYPE<X\nv x    = a.1\n", "3: Warning: missing \";\" after IMPORTS (x)\n"},
        {"A DEFINITIONS ::= BEGIN\nIMPORTS a FROM X\nB ::= INTEGER END", "A:\na<X\nB ::= INTEGER\n",
         "3: Warning: missing \";\" after IMPORTS (B)\n"},
        {"A DEFINITIONS ::= BEGIN IMPORTS a, b FROM X, 5 @ c FROM Y; END", "A:\na<X\nb<X\nc<Y\n",
         "1: Bad IMPORTS list (5)\n"},
        {"A DEFINITIONS ::= BEGIN IMPORTS a FROM X b, c; END", "A:\na<X\n", NULL},
        {"A DEFINITIONS ::= BEGIN IMPORTS a FROM", "A:\n", "1: Bad IMPORTS list (EOF)\n"},
    };
    (void)state;
    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        check(rows[i].source, &plain, &rows[i], true);
    }
}

/* ---- values ---- */

static void values_have_steps(void **state)
{
#define LOST "2: Bad object identifier\n2: Bad parse of OBJECT IDENTIFIER\n"
    static const struct row rows[] = {
        {"x OBJECT IDENTIFIER ::= { iso org(3) dod(6) 1 }", "v x    = iso.org(3).dod(6).1\n", NULL},
        {"x OBJECT IDENTIFIER ::= { 1 3 6 }", "v x    = 1.3.6\n", NULL},
        {"x OBJECT IDENTIFIER ::= { iso.3.6, 1 (4) }", "v x    = iso.3.6.1.4\n", NULL},
        {"x OBJECT IDENTIFIER ::= { a 4294967295 }", "v x    = a.4294967295\n", NULL},
        {"x OBJECT IDENTIFIER ::= { a 4294967296 }\ny OBJECT IDENTIFIER ::= { a 1 }", "v y    = a.1\n",
         "2: Sub-identifier is too large (4294967296)\n" LOST},
        {"x OBJECT IDENTIFIER ::= { a 99999999999999999999999 }", "",
         "2: Sub-identifier is too large (99999999999999999999999)\n" LOST},
        {"x OBJECT IDENTIFIER ::= { a -1 }\ny OBJECT IDENTIFIER ::= { a 1 }", "v y    = a.1\n",
         "2: Expected label or number (-)\n" LOST},
        {"x OBJECT IDENTIFIER ::= { }", "", LOST},
        {"x OBJECT IDENTIFIER ::= a\ny OBJECT IDENTIFIER ::= { a 1 }", "v y    = a.1\n",
         "2: Expected \"{\" (a)\n" LOST},
        {"x OBJECT IDENTIFIER ::= { a b( 1 }\ny OBJECT IDENTIFIER ::= { a 1 }", "v y    = a.1\n",
         "2: Expected a closing parenthesis (})\n" LOST},
        {"x OBJECT IDENTIFIER { a 1 }\ny OBJECT IDENTIFIER ::= { a 1 }", "v y    = a.1\n",
         "2: Expected \"::=\" ({)\n2: Bad parse of OBJECT IDENTIFIER\n"},
        {"x OBJECT IDENTIFIER ::= { a 1\ny OBJECT IDENTIFIER ::= { a 2 }", "v x    = a.1\nv y    = a.2\n",
         "3: Expected \"}\" (y)\n"},
    };
    (void)state;
    check_bodies(rows, COUNT_OF(rows), &plain);
}

static void names_may_be_odd(void **state)
{
    static const struct row rows[] = {
        {"Top OBJECT IDENTIFIER ::= { iso 1 }", "v Top    = iso.1\n", NULL},
        {"3Com OBJECT IDENTIFIER ::= { iso 1 }", "v 3Com    = iso.1\n", NULL},
        {"802-3 OBJECT IDENTIFIER ::= { iso 1 }", "v 802-3    = iso.1\n", NULL},
        {"mandatory OBJECT IDENTIFIER ::= { iso 1 }", "v mandatory    = iso.1\n", NULL},
        {"a_b OBJECT IDENTIFIER ::= { _c 1 }", "v a_b    = _c.1\n",
         "2: Warning: name with an underline (a_b)\n"},
        {"x OBJECT-TYPE SYNTAX INTEGER {mandatory(1), current(2), read-only(3), INTEGER(4), 5g(5), a-b_c(6), "
         "7(7), \"q r\"(8)} ::= { iso 1 }",
         "o x INTEGER {mandatory(1) current(2) read-only(3) INTEGER(4) 5g(5) a-b_c(6) 7(7) q r(8)}   = "
         "iso.1\n",
         NULL},
    };
    const struct mib_parse_options underlines = {.replace_underlines = true};
    (void)state;
    check_bodies(rows, COUNT_OF(rows), &plain);
    check_bodies(&(struct row){rows[4].source, rows[4].expected, NULL}, 1, &underlines);
}

static void comments_may_end_at_the_line_only(void **state)
{
    static const char source[] = "x OBJECT IDENTIFIER ::= { iso -- a -- b\n 1 }";
    const struct mib_parse_options options = {.comments_end_at_newline = true};
    (void)state;
    check_bodies(&(struct row){source, "v x    = iso.b.1\n", NULL}, 1, &plain);
    check_bodies(&(struct row){source, "v x    = iso.1\n", NULL}, 1, &options);
}

/* ---- types ---- */

static void types_have_bases_and_restrictions(void **state)
{
    static const struct row rows[] = {
        {"X ::= INTEGER Y ::= X Z ::= M.X", "X ::= INTEGER\nY ::= X\nZ ::= X\n", NULL},
        {"X ::= OCTET STRING Y ::= OBJECT IDENTIFIER Z ::= NULL",
         "X ::= OCTET STRING\nY ::= OBJECT IDENTIFIER\n"
         "Z ::= NULL\n",
         NULL},
        {"A ::= Counter B ::= Gauge C ::= Counter32 D ::= Gauge32 E ::= TimeTicks F ::= Counter64 G ::= "
         "Unsigned32",
         "A ::= Counter32\nB ::= Gauge32\nC ::= Counter32\nD ::= Gauge32\nE ::= TimeTicks\nF ::= Counter64\n"
         "G ::= Unsigned32\n",
         NULL},
        {"A ::= IpAddress B ::= NetworkAddress C ::= Opaque D ::= NsapAddress E ::= UInteger32 F ::= "
         "Integer32",
         "A ::= IpAddress\nB ::= NetworkAddress\nC ::= Opaque\nD ::= NsapAddress\nE ::= UInteger32\n"
         "F ::= Integer32\n",
         NULL},
        {"X ::= BITS { a(0), b(1) } Y ::= BIT STRING { c(2) }", "X ::= BITS {a(0) b(1)}\nY ::= BITS {c(2)}\n",
         NULL},
        {"X ::= [APPLICATION 3] IMPLICIT INTEGER (0..4294967295)", "X ::= TimeTicks (0..4294967295)\n", NULL},
        {"Unsigned32 ::= [APPLICATION 2] IMPLICIT INTEGER", "Unsigned32 ::= Unsigned32\n", NULL},
        {"X ::= [5] EXPLICIT OCTET STRING", "X ::= OCTET STRING\n", NULL},
        {"NetworkAddress ::= CHOICE { internet IpAddress } X ::= CHOICE { a { b } }",
         "NetworkAddress ::= NetworkAddress\nX ::= \n", NULL},
        {"X ::= SEQUENCE { a INTEGER, b OCTET STRING (SIZE(1)), c INTEGER { d(1) } } Y ::= SEQUENCE OF X",
         "X ::= ROW \nY ::= SEQUENCE OF X\n", NULL},
        {"X ::= INTEGER (-5..10 | 20 | 'ff'H..MAX) Y ::= INTEGER (MIN..'11'B)",
         "X ::= INTEGER (-5..10|20..20|255..2147483647)\nY ::= INTEGER (-2147483648..3)\n", NULL},
        {"X ::= OCTET STRING (SIZE (0 | 4..6)) Y ::= OCTET STRING (SIZE (4) | SIZE (8)) Z ::= X (7)",
         "X ::= OCTET STRING (0..0|4..6)\nY ::= OCTET STRING (4..4|8..8)\nZ ::= X (7..7)\n", NULL},
        {"X ::= OCTET STRING SIZE (4) Y ::= OCTET STRING ((SIZE(5)))",
         "X ::= OCTET STRING (4..4)\nY ::= OCTET STRING (5..5)\n", NULL},
        {"X ::= INTEGER (0..18446744073709551615) Y ::= INTEGER (-9223372036854775808..99999999999999999999)",
         "X ::= INTEGER (0..9223372036854775807)\nY ::= INTEGER "
         "(-9223372036854775807..9223372036854775807)\n",
         NULL},
        {"X ::= INTEGER { a(1) b(2), c(-3), }", "X ::= INTEGER {a(1) b(2) c(-3)}\n", NULL},
    };
    (void)state;
    check_bodies(rows, COUNT_OF(rows), &plain);
}

static void conventions_have_clauses_in_any_order(void **state)
{
    static const struct row rows[] = {
        {"X ::= TEXTUAL-CONVENTION DISPLAY-HINT \"1x:\" STATUS current DESCRIPTION \"d\" REFERENCE \"r\"\n"
         "SYNTAX OCTET STRING (SIZE (6)) Y ::= INTEGER",
         "X ::= TC OCTET STRING (6..6) current \"1x:\"\nY ::= INTEGER\n", NULL},
        {"X ::= TEXTUAL-CONVENTION STATUS current", "X ::= TC  current\n",
         "3: Textual convention doesn't map to real type (END)\n"},
        {"X TEXTUAL-CONVENTION SYNTAX Integer32", "X ::= TC Integer32\n", NULL},
        {"X ::= TEXTUAL-CONVENTION SYNTAX Integer32 STATUS deprecated DISPLAY-HINT \"d-1\"",
         "X ::= TC Integer32 deprecated \"d-1\"\n", NULL},
        {"X ::= TEXTUAL-CONVENTION FOO bar STATUS now SYNTAX Integer32 y OBJECT IDENTIFIER ::= { iso 1 }",
         "X ::= TC Integer32\nv y    = iso.1\n",
         "2: Bad format of TEXTUAL-CONVENTION (FOO)\n2: Bad STATUS (now)\n"},
    };
    (void)state;
    check_bodies(rows, COUNT_OF(rows), &plain);
    check_bodies(&(struct row){rows[0].source,
                               "X ::= TC OCTET STRING (6..6) current \"1x:\" --d\nY ::= INTEGER\n", NULL},
                 1, &keeping);
}

static void macros_are_skipped(void **state)
{
    static const struct row rows[] = {
        {"OBJECT-TYPE MACRO ::= BEGIN TYPE NOTATION ::= \"SYNTAX\" type(X) VALUE NOTATION ::= value(VALUE "
         "N)\n"
         "Text ::= \"\"\"\" string \"\"\"\" END X ::= INTEGER",
         "X ::= INTEGER\n", NULL},
        {"TEXTUAL-CONVENTION MACRO ::= BEGIN END X ::= INTEGER", "X ::= INTEGER\n", NULL},
        {"( TEXTUAL-CONVENTION MACRO ::= BEGIN a OBJECT-TYPE b END X ::= INTEGER", "X ::= INTEGER\n",
         "2: ( (is a reserved word)\n"},
    };
    (void)state;
    check_bodies(rows, COUNT_OF(rows), &plain);
}

/* ---- definitions by macros ---- */

static void objects_have_clauses_in_any_order(void **state)
{
    static const struct row rows[] = {
        {"x OBJECT-TYPE SYNTAX Integer32 (0..9) UNITS \"s\" MAX-ACCESS read-write STATUS current\n"
         "DESCRIPTION \"d\" REFERENCE \"r\" DEFVAL { 5 } ::= { y 1 }",
         "o x Integer32 (0..9) read-write current units<s> default<5> = y.1\n", NULL},
        {"x OBJECT-TYPE DEFVAL { 5 } STATUS mandatory ACCESS write-only DESCRIPTION \"\" SYNTAX INTEGER ::= "
         "{ y 1 }",
         "o x INTEGER write-only mandatory default<5> = y.1\n", NULL},
        {"x OBJECT-TYPE SYNTAX SEQUENCE OF X ACCESS not-accessible STATUS optional ::= { y 1 }",
         "o x SEQUENCE OF X not-accessible optional = y.1\n", NULL},
        {"x OBJECT-TYPE SYNTAX X INDEX { a, IMPLIED b, M.c } ::= { y 1 }", "o x X   [a, !b, c] = y.1\n",
         NULL},
        {"x OBJECT-TYPE SYNTAX X INDEX { INTEGER (1..5), OCTET STRING (SIZE (4)), OBJECT IDENTIFIER, "
         "IpAddress }\n"
         "::= { y 1 }",
         "o x X   [INTEGER, OCTET STRING, OBJECT IDENTIFIER, IpAddress] = y.1\n", NULL},
        {"x OBJECT-TYPE SYNTAX X INDEX { a b ; 5 c } ::= { y 1 }", "o x X   [a, b, c] = y.1\n",
         "2: Bad list (;)\n"},
        {"x OBJECT-TYPE SYNTAX X AUGMENTS { e } MIN-ACCESS accessible-for-notify ::= { y 1 }",
         "o x X accessible-for-notify  +<e> = y.1\n", NULL},
    };
    (void)state;
    check_bodies(rows, COUNT_OF(rows), &plain);
}

static void texts_are_kept_on_request(void **state)
{
    static const struct row rows[] = {
        {"x OBJECT-TYPE SYNTAX X DESCRIPTION \" a\r\n\tb \" REFERENCE \"r\" ::= { y 1 }",
         "o x X   text< a\n\tb > reference<r> = y.1\n", NULL},
        {"x OBJECT-TYPE SYNTAX X DESCRIPTION \"say \"\"no\"\"\" ::= { y 1 }",
         "o x X   text<say \"no\"> = y.1\n", NULL},
        {"x MODULE-IDENTITY LAST-UPDATED \"9901010000Z\" ORGANIZATION \"o\" CONTACT-INFO \"c\" DESCRIPTION "
         "\"1\"\n"
         "REVISION \"9\" DESCRIPTION \"2\" ::= { y 1 }",
         "m x    text<1> updated<9901010000Z> = y.1\n", NULL},
    };
    (void)state;
    check_bodies(rows, COUNT_OF(rows), &keeping);
    check_bodies(&(struct row){rows[2].source, "m x    = y.1\n", NULL}, 1, &plain);
}

static void defaults_are_kept_word_by_word(void **state)
{
    static const struct {
        const char *source, *expected;
    } rows[] = {
        {"{a,b}", "{ a , b }"},
        {"'00ff'H", "255"},
        {"'ffffffffffffffff'H", "-1"},
        {"{ 1 3 -- c\n 6 }", "{ 1 3 6 }"},
        {"\"a  b\n c\"", "\\\"a  b\n c\\\""},
        {"sysDescr.0", "sysDescr . 0"},
        {"-5", "-5"},
        {"- 5 -a", "- 5 -a"},
        {"a(1)", "a ( 1 )"},
        {"", ""},
    };
    (void)state;
    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        char source[200], expected[200];
        (void)snprintf(source, sizeof(source), "x OBJECT-TYPE SYNTAX X DEFVAL { %s } ::= { y 1 }",
                       rows[i].source);
        (void)snprintf(expected, sizeof(expected), "o x X   default<%s> = y.1\n", rows[i].expected);
        check_bodies(&(struct row){source, expected, NULL}, 1, &plain);
    }
}

static void other_macros_are_read(void **state)
{
    static const struct row rows[] = {
        {"x OBJECT-IDENTITY STATUS current DESCRIPTION \"d\" ::= { y 1 }", "i x   current = y.1\n", NULL},
        {"x NOTIFICATION-TYPE OBJECTS { a, b } STATUS obsolete DESCRIPTION \"d\" ::= { y 1 }",
         "n x   obsolete {a, b} = y.1\n", NULL},
        {"x OBJECT-GROUP OBJECTS { a } STATUS current DESCRIPTION \"d\" ::= { y 1 }", "g x   current = y.1\n",
         NULL},
        {"x NOTIFICATION-GROUP NOTIFICATIONS { a } STATUS current DESCRIPTION \"d\" ::= { y 1 }",
         "G x   current = y.1\n", NULL},
        {"x MODULE-COMPLIANCE STATUS current DESCRIPTION \"d\" MODULE IF-MIB { 1 3 } MANDATORY-GROUPS { a }\n"
         "GROUP b DESCRIPTION \"e\" OBJECT c SYNTAX INTEGER { d(1) } WRITE-SYNTAX X MIN-ACCESS read-only\n"
         "DESCRIPTION \"f\" MODULE ::= { y 1 }",
         "c x   current = y.1\n", NULL},
        {"x AGENT-CAPABILITIES PRODUCT-RELEASE \"p\" STATUS current DESCRIPTION \"d\" SUPPORTS M INCLUDES { "
         "a }\n"
         "VARIATION b ACCESS read-only CREATION-REQUIRES { a } DEFVAL { 4 } DESCRIPTION \"e\" ::= { y 1 }",
         "a x   current = y.1\n", NULL},
    };
    (void)state;
    check_bodies(rows, COUNT_OF(rows), &plain);
}

static void traps_are_below_zero_of_their_enterprise(void **state)
{
    static const struct row rows[] = {
        {"x TRAP-TYPE ENTERPRISE e VARIABLES { a, b } DESCRIPTION \"d\" ::= 7", "t x    {a, b} = e.e#(0).7\n",
         NULL},
        {"x TRAP-TYPE ENTERPRISE { e 3 } ::= 7", "t x    = e.3.0.7\n", NULL},
        {"x TRAP-TYPE ENTERPRISE { e } ::= 7", "t x    = e.e#(0).7\n", NULL},
        {"x TRAP-TYPE ENTERPRISE snmp ::= 0", "t x    = 1.3.6.1.6.3.1.1.5.1\n", NULL},
        {"x TRAP-TYPE ENTERPRISE snmp ::= 5", "t x    = 1.3.6.1.6.3.1.1.5.6\n", NULL},
        {"x TRAP-TYPE ENTERPRISE snmp ::= 6", "t x    = snmp.snmp#(0).6\n", NULL},
        {"snmp OBJECT IDENTIFIER ::= { e 3 } x TRAP-TYPE ENTERPRISE snmp ::= 1",
         "v snmp    = e.3\nt x    = snmp.snmp#(0).1\n", NULL},
        {"snmp OBJECT IDENTIFIER ::= { mib-2 11 } x TRAP-TYPE ENTERPRISE snmp ::= 1",
         "v snmp    = mib-2.11\nt x    = 1.3.6.1.6.3.1.1.5.2\n", NULL},
        {"x TRAP-TYPE ENTERPRISE e ::= { e 0 9 }", "t x    = e.0.9\n", NULL},
        {"x TRAP-TYPE ENTERPRISE { e 99999999999 } ::= 7", "",
         "2: Sub-identifier is too large (99999999999)\n2: Bad object identifier\n2: Missing ENTERPRISE (7)\n"
         "2: Bad parse of TRAP-TYPE\n"},
        {"x TRAP-TYPE DESCRIPTION \"\" ::= 7", "", "2: Missing ENTERPRISE (7)\n2: Bad parse of TRAP-TYPE\n"},
        {"x TRAP-TYPE ENTERPRISE e ::= 4294967296", "",
         "2: Sub-identifier is too large (4294967296)\n2: Bad parse of TRAP-TYPE\n"},
        {"x TRAP-TYPE ENTERPRISE e ::= f", "", "2: Expected a Number (f)\n2: Bad parse of TRAP-TYPE\n"},
    };
    (void)state;
    check_bodies(rows, COUNT_OF(rows), &plain);
}

/* ---- what is wrong ---- */

static void what_is_wrong_is_said_and_the_rest_is_read(void **state)
{
#define REST " y OBJECT IDENTIFIER ::= { z 2 }"
#define REST_READ "v y    = z.2\n"
    static const struct row rows[] = {
        {"foo bar baz" REST, REST_READ, "2: Bad operator (bar)\n"},
        {"( ) ;" REST, REST_READ, "2: ( (is a reserved word)\n"},
        {"5" REST, REST_READ, "2: 5 (is a reserved word)\n"},
        {"x OBJECT-TYPE SYNTAX 5 STATUS current ::= { z 1 }" REST, "o x   current = z.1\n" REST_READ,
         "2: Bad syntax (5)\n"},
        {"x OBJECT-TYPE SYNTAX X ACCESS any STATUS some ::= { z 1 }" REST, "o x X   = z.1\n" REST_READ,
         "2: Bad ACCESS type (any)\n2: Bad STATUS (some)\n"},
        {"x OBJECT-TYPE SYNTAX X STATUS ACCESS read-only ::= { z 1 }" REST,
         "o x X read-only  = z.1\n" REST_READ, "2: Bad STATUS (ACCESS)\n"},
        {"x OBJECT-TYPE SYNTAX X DESCRIPTION none ::= { z 1 }" REST, "o x X   = z.1\n" REST_READ,
         "2: Bad DESCRIPTION (none)\n"},
        {"x OBJECT-TYPE SYNTAX X FOO bar baz STATUS current ::= { z 1 }" REST,
         "o x X  current = z.1\n" REST_READ, "2: Bad format of optional clauses (FOO)\n"},
        {"x OBJECT-TYPE SYNTAX X STATUS current { z 1 }\n" REST, REST_READ,
         "2: Bad format of optional clauses ({)\n3: Bad parse of OBJECT-TYPE\n"},
        {"x OBJECT-TYPE SYNTAX X STATUS current\n" REST, REST_READ,
         "3: Expected \"::=\" (y)\n3: Bad parse of OBJECT-TYPE\n"},
        {"x OBJECT-TYPE SYNTAX X DEFVAL { 5 ::= { z 1 }" REST, "o x X   = z.1\n" REST_READ,
         "2: Bad DEFAULTVALUE (::=)\n"},
        {"x OBJECT-TYPE SYNTAX X DEFVAL 5 ::= { z 1 }" REST, "o x X   = z.1\n" REST_READ,
         "2: Bad DEFAULTVALUE (5)\n"},
        {"x OBJECT-TYPE SYNTAX INTEGER { a(1), b, c(3), d(x), e(5 } ::= { z 1 }" REST,
         "o x INTEGER {a(1) c(3)}   = z.1\n" REST_READ,
         "2: Expected \"(\" (,)\n2: Expected integer (x)\n2: Expected \")\" (})\n"},
        {"x OBJECT-TYPE SYNTAX INTEGER { a(1), b(2) STATUS current ::= { z 1 }" REST,
         "o x INTEGER {a(1) b(2)}   = z.1\n" REST_READ,
         "2: Expected \"(\" (current)\n2: Expected \"}\" (::=)\n"},
        {"x OBJECT-TYPE SYNTAX INTEGER (0..max) ::= { z 1 }" REST, "o x INTEGER   = z.1\n" REST_READ,
         "2: Expected integer (max)\n"},
        {"x OBJECT-TYPE SYNTAX INTEGER (0..5 ::= { z 1 }" REST, "o x INTEGER   = z.1\n" REST_READ,
         "2: Expected integer (::=)\n"},
        {"x OBJECT-TYPE SYNTAX X INDEX { a ::= { z 1 }" REST, "o x X   [a] = z.1\n" REST_READ,
         "2: Expected \"}\" after list (::=)\n"},
        {"x OBJECT-TYPE SYNTAX X INDEX { } ::= { z 1 }" REST, "o x X   = z.1\n" REST_READ,
         "2: Bad INDEX list\n"},
        {"x OBJECT-TYPE SYNTAX X INDEX a ::= { z 1 }" REST, "o x X   = z.1\n" REST_READ,
         "2: Expected \"{\" (a)\n"},
        {"x OBJECT-TYPE SYNTAX SEQUENCE X ::= { z 1 }" REST, "o x    = z.1\n" REST_READ,
         "2: Expected OF (X)\n"},
        {"x INTEGER ::= 5" REST, REST_READ, "2: Bad operator (INTEGER)\n"},
        {"X ::= 5" REST, REST_READ, "2: Textual convention doesn't map to real type (5)\n"},
        {"x OBJECT-TYPE SYNTAX X DESCRIPTION \"d ::= { z 1 }" REST, "",
         "4: Expected \"::=\" (EOF)\n4: Bad parse of OBJECT-TYPE\n2: Missing quotation mark (d ::= { z 1 } y "
         "OBJECT IDENTIFIER ::= { z 2 })\n"},
    };
    (void)state;
    check_bodies(rows, COUNT_OF(rows), &plain);
}

static void a_missing_quotation_mark_costs_no_more_than_its_definition(void **state)
{
    static const struct row rows[] = {
        {"x OBJECT-TYPE SYNTAX X DESCRIPTION \"open\n\n  ::= { z 1 }\n"
         "y OBJECT-TYPE SYNTAX X DESCRIPTION \"closed\"\n::= { z 2 }\n" REST,
         "o x X   text<open\n\n> = z.1\no y X   text<closed> = z.2\nv y    = z.2\n",
         "5: Bad format of optional clauses (closed)\n9: Bad parse of OBJECT-TYPE\n"
         "2: Missing quotation mark (open)\n"},
        {"x OBJECT-TYPE SYNTAX X DESCRIPTION \"open ::= { z 1 }\n"
         "y OBJECT-TYPE SYNTAX X DESCRIPTION \"closed\" ::= { z 2 }",
         "o y X   text<closed> = z.2\n",
         "3: Bad format of optional clauses (closed)\n5: Bad parse of OBJECT-TYPE\n"
         "2: Missing quotation mark (open ::= { z 1 })\n"},
        {"x OBJECT-TYPE SYNTAX X DESCRIPTION \"one\" too many\"\n::= { z 1 }\n"
         "y OBJECT-TYPE SYNTAX X DESCRIPTION \"closed\" ::= { z 2 }",
         "o x X   text<one> = z.1\no y X   text<closed> = z.2\n",
         "2: Bad format of optional clauses (too)\n6: Bad parse of OBJECT-TYPE\n"},
    };
    (void)state;
    check_bodies(rows, COUNT_OF(rows), &keeping);
}

/* ---- bounds ---- */

static void append_times(struct text *text, const char *what, int times)
{
    while (times-- > 0) {
        text_append(text, what);
    }
}

static void depth_and_length_are_bounded(void **state)
{
    struct text body, expected;
    struct row row = {NULL, NULL, NULL};
    (void)state;
    text_init(&body, 0);
    text_init(&expected, 0);

    text_append(&body, "x OBJECT IDENTIFIER ::= {");
    append_times(&body, " 1", 128);
    text_append(&body, "}");
    text_append(&expected, "v x    = 1");
    append_times(&expected, ".1", 127);
    text_append(&expected, "\n");
    row = (struct row){text_string(&body), text_string(&expected), NULL};
    check_bodies(&row, 1, &plain);

    text_reset(&body);
    text_append(&body, "x OBJECT IDENTIFIER ::= {");
    append_times(&body, " 1", 129);
    text_append(&body, "} y OBJECT IDENTIFIER ::= { z 2 }");
    row = (struct row){text_string(&body), "v y    = z.2\n", "2: OBJECT IDENTIFIER is too long (1)\n" LOST};
    check_bodies(&row, 1, &plain);

    text_reset(&body);
    text_append(&body, "X ::= SEQUENCE ");
    append_times(&body, "{", 100000);
    text_append(&body, " y OBJECT IDENTIFIER ::= { z 2 }");
    row = (struct row){text_string(&body), "X ::= ROW \nv y    = z.2\n", "2: Nested too deeply ({)\n"};
    check_bodies(&row, 1, &plain);

    text_reset(&body);
    text_append(&body, "X ::= INTEGER ");
    append_times(&body, "(", 100000);
    text_append(&body, " y OBJECT IDENTIFIER ::= { z 2 }");
    row = (struct row){text_string(&body), "X ::= INTEGER\nv y    = z.2\n", "2: Expected integer (y)\n"};
    check_bodies(&row, 1, &plain);
    text_fini(&body);
    text_fini(&expected);
}

static void long_texts_are_cut(void **state)
{
    struct text body, expected;
    (void)state;
    text_init(&body, 0);
    text_init(&expected, 0);
    text_append(&body, "x OBJECT-TYPE SYNTAX X DESCRIPTION \"");
    append_times(&body, "0123456789", 500);
    text_append(&body, "\" ::= { y 1 }");
    text_append(&expected, "o x X   text<");
    append_times(&expected, "0123456789", 409);
    text_append(&expected, "01234> = y.1\n");
    struct row row = {text_string(&body), text_string(&expected),
                      "2: Warning: string too long (01234567890123456789012345678901234567890123456789)\n"};
    check_bodies(&row, 1, &keeping);

    text_reset(&body);
    text_reset(&expected);
    text_append(&body, "x OBJECT-TYPE SYNTAX X DEFVAL { ");
    append_times(&body, "abc ", 300);
    text_append(&body, "} ::= { y 1 }");
    text_append(&expected, "o x X   default<");
    append_times(&expected, "abc ", 127);
    text_append(&expected, "ab> = y.1\n");
    row = (struct row){text_string(&body), text_string(&expected), NULL};
    check_bodies(&row, 1, &plain);
    text_fini(&body);
    text_fini(&expected);
}

static const char sample[] =
    "A DEFINITIONS ::= BEGIN IMPORTS a, b FROM C;\n"
    "OBJECT-TYPE MACRO ::= BEGIN x END\n"
    "X ::= TEXTUAL-CONVENTION DISPLAY-HINT \"d\" STATUS current DESCRIPTION \"t\" SYNTAX INTEGER { u(1), "
    "d(2) }\n"
    "m MODULE-IDENTITY LAST-UPDATED \"1\" ORGANIZATION \"2\" CONTACT-INFO \"3\" DESCRIPTION \"4\" ::= { iso "
    "3 }\n"
    "o OBJECT-TYPE SYNTAX X (1..5 | 7) UNITS \"s\" ACCESS read-only STATUS mandatory INDEX { IMPLIED i, "
    "INTEGER }\n"
    "  DEFVAL { { a, \"b\", 'ff'H } } ::= { m n(1) 2 }\n"
    "t TRAP-TYPE ENTERPRISE m VARIABLES { o } ::= 3\n"
    "END\nB DEFINITIONS ::= BEGIN DEFINITIONS \"C DEFINITIONS ::= BEGIN\" -- D DEFINITIONS ::= BEGIN\nEND\n";

static void memory_may_run_out_anywhere(void **state)
{
    int rc = UVSNMP_ENO_MEMORY;
    (void)state;
    for (size_t limit = 1; rc != 0; limit += 16) {
        struct arena arena;
        struct mib_draft *list = NULL;
        arena_init(&arena, 0, limit);
        rc = mib_parse("FILE", sample, sizeof(sample) - 1, &keeping, &arena, NULL, &list);
        assert_true(rc == 0 || rc == UVSNMP_ENO_MEMORY);
        assert_true(limit < 100000);
        arena_fini(&arena);
    }
}

static void a_text_may_be_cut_anywhere(void **state)
{
    (void)state;
    for (size_t size = 0; size < sizeof(sample); size++) {
        char *copy = malloc(size > 0 ? size : 1); /* so that a sanitizer sees what lies behind */
        struct arena arena;
        struct mib_draft *list = NULL;
        assert_non_null(copy);
        memcpy(copy, sample, size);
        arena_init(&arena, 0, 0);
        int rc = mib_parse(NULL, copy, size, &keeping, &arena, NULL, &list);
        assert_int_equal(rc, list ? 0 : UVSNMP_EBAD_SYNTAX);
        arena_fini(&arena);
        free(copy);
    }
}

static void heads_are_found_without_parsing(void **state)
{
    size_t at = 0, length;
    const char *name;
    (void)state;
    assert_true(mib_parse_head(sample, sizeof(sample) - 1, &at, &name, &length));
    assert_true(length == 1 && *name == 'A');
    assert_true(mib_parse_head(sample, sizeof(sample) - 1, &at, &name, &length));
    assert_true(length == 1 && *name == 'B');
    assert_false(mib_parse_head(sample, sizeof(sample) - 1, &at, &name, &length));
}

static void results_do_not_refer_to_the_text(void **state)
{
    char *copy = malloc(sizeof(sample));
    struct arena arena;
    struct mib_draft *list = NULL;
    struct text before, after;
    (void)state;
    assert_non_null(copy);
    memcpy(copy, sample, sizeof(sample));
    arena_init(&arena, 0, 0);
    text_init(&before, 0);
    text_init(&after, 0);
    assert_int_equal(mib_parse("FILE", copy, sizeof(sample) - 1, &keeping, &arena, NULL, &list), 0);
    show_modules(&before, list, true);
    memset(copy, '#', sizeof(sample));
    free(copy);
    show_modules(&after, list, true);
    assert_string_equal(text_string(&before), text_string(&after));
    text_fini(&before);
    text_fini(&after);
    arena_fini(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(modules_are_found_in_texts),
        cmocka_unit_test(imports_name_symbols_and_modules),
        cmocka_unit_test(values_have_steps),
        cmocka_unit_test(names_may_be_odd),
        cmocka_unit_test(comments_may_end_at_the_line_only),
        cmocka_unit_test(types_have_bases_and_restrictions),
        cmocka_unit_test(conventions_have_clauses_in_any_order),
        cmocka_unit_test(macros_are_skipped),
        cmocka_unit_test(objects_have_clauses_in_any_order),
        cmocka_unit_test(texts_are_kept_on_request),
        cmocka_unit_test(defaults_are_kept_word_by_word),
        cmocka_unit_test(other_macros_are_read),
        cmocka_unit_test(traps_are_below_zero_of_their_enterprise),
        cmocka_unit_test(what_is_wrong_is_said_and_the_rest_is_read),
        cmocka_unit_test(a_missing_quotation_mark_costs_no_more_than_its_definition),
        cmocka_unit_test(depth_and_length_are_bounded),
        cmocka_unit_test(long_texts_are_cut),
        cmocka_unit_test(memory_may_run_out_anywhere),
        cmocka_unit_test(a_text_may_be_cut_anywhere),
        cmocka_unit_test(heads_are_found_without_parsing),
        cmocka_unit_test(results_do_not_refer_to_the_text),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
