/* SPDX-License-Identifier: BSD-3-Clause */
#include "conf/token.h"
#include "support/unit.h"
#include <uvsnmp/error.h>

static void expect_word(const char **text, const char *expected)
{
    char word[16];
    assert_int_equal(conf_word(text, word, sizeof(word)), strlen(expected));
    assert_string_equal(word, expected);
}

static void words_end_at_white_space_or_the_closing_mark(void **state)
{
    const char *text = " a  \"b c\"\t'd \"e'  f\\ g \"h\\\"i\" \"\"";
    (void)state;
    expect_word(&text, "a");
    expect_word(&text, "b c");
    expect_word(&text, "d \"e");
    expect_word(&text, "f g");
    expect_word(&text, "h\"i");
    expect_word(&text, "");
    char word[4];
    assert_int_equal(conf_word(&text, word, sizeof(word)), UVSNMP_ENOT_FOUND);
}

static void a_comment_ends_the_text(void **state)
{
    const char *text = "a # b";
    char word[4];
    (void)state;
    expect_word(&text, "a");
    assert_int_equal(conf_word(&text, word, sizeof(word)), UVSNMP_ENOT_FOUND);
    text = "a#b c";
    expect_word(&text, "a#b");
}

static void what_is_not_a_word_leaves_the_text_alone(void **state)
{
    static const struct {
        const char *text;
        int status;
    } cases[] = {
        {"\"open", UVSNMP_EBAD_SYNTAX},  {"'open\"", UVSNMP_EBAD_SYNTAX}, {"\"a\"b", UVSNMP_EBAD_SYNTAX},
        {"\"a\\\"", UVSNMP_EBAD_SYNTAX}, {"toolong", UVSNMP_ETOO_LONG},   {"\"toolong\"", UVSNMP_ETOO_LONG},
        {"", UVSNMP_ENOT_FOUND},         {"  ", UVSNMP_ENOT_FOUND},       {"#", UVSNMP_ENOT_FOUND},
    };
    (void)state;
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        char word[7];
        const char *text = cases[i].text;
        assert_int_equal(conf_word(&text, word, sizeof(word)), cases[i].status);
        assert_ptr_equal(text, cases[i].text);
    }
}

static void a_word_may_fill_its_storage(void **state)
{
    const char *text = "123456 x";
    char word[7];
    (void)state;
    assert_int_equal(conf_word(&text, word, sizeof(word)), 6);
    assert_string_equal(text, "x");
}

static void list_items_lose_the_white_space_around_them(void **state)
{
    const char *text = " a , b c,,d";
    char item[8];
    (void)state;
    assert_int_equal(conf_list_item(&text, ",", item, sizeof(item)), 1);
    assert_string_equal(item, "a");
    assert_int_equal(conf_list_item(&text, ",", item, sizeof(item)), 3);
    assert_string_equal(item, "b c");
    assert_int_equal(conf_list_item(&text, ",", item, sizeof(item)), 1);
    assert_string_equal(item, "d");
    assert_int_equal(conf_list_item(&text, ",", item, sizeof(item)), UVSNMP_ENOT_FOUND);
    text = "12345678";
    assert_int_equal(conf_list_item(&text, ",", item, sizeof(item)), UVSNMP_ETOO_LONG);
}

/* Whatever octets were stored come back, and never as more than one line. */
static void octets_read_back_as_they_were(void **state)
{
    static const struct {
        const char *octets;
        size_t size;
        const char *expected;
    } cases[] = {
        {"plain text", 10, "plain text"},
        {"a # b", 5, "a # b"},
        {"", 0, "0x"},
        {" lead", 5, "0x206c656164"},
        {"trail ", 6, "0x747261696c20"},
        {"a\nrwcommunity x", 15, "0x610a7277636f6d6d756e6974792078"},
        {"0xzz", 4,
         "0x3078"
         "7a7a"},
        {"# x", 3, "0x232078"},
        {"\"q\"", 3, "0x227122"},
        {"a\0b", 3, "0x610062"},
        {"\xc3\xa9", 2, "\xc3\xa9"},
        {"\x7f", 1, "0x7f"},
    };
    (void)state;
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        struct text text;
        uint8_t octets[32];
        text_init(&text, 0);
        conf_octets_format(&text, cases[i].octets, cases[i].size);
        assert_string_equal(text_string(&text), cases[i].expected);
        assert_int_equal(conf_octets_parse(text_string(&text), octets, sizeof(octets)), cases[i].size);
        assert_memory_equal(octets, cases[i].octets, cases[i].size);
        text_fini(&text);
    }
}

static void octets_that_do_not_fit_are_refused(void **state)
{
    uint8_t octets[4];
    (void)state;
    assert_int_equal(conf_octets_parse("12345", octets, sizeof(octets)), UVSNMP_ETOO_LONG);
    assert_int_equal(conf_octets_parse("0x0102030405", octets, sizeof(octets)), UVSNMP_ETOO_LONG);
    assert_int_equal(conf_octets_parse("0x1", octets, sizeof(octets)), UVSNMP_EBAD_VALUE);
    assert_int_equal(conf_octets_parse("0xgg", octets, sizeof(octets)), UVSNMP_EBAD_VALUE);
}

static void a_word_that_cannot_be_taken_is_said_in_words(void **state)
{
    static const struct {
        const char *text;
        int next, need;
        const char *detail;
    } cases[] = {
        {"word more", 1, 1, NULL},
        {"\"\"", 1, 1, NULL},
        {"", 0, UVSNMP_EBAD_SYNTAX, "missing NAME parameter"},
        {"# comment", 0, UVSNMP_EBAD_SYNTAX, "missing NAME parameter"},
        {"\"open", UVSNMP_EBAD_SYNTAX, UVSNMP_EBAD_SYNTAX,
         "NAME: the closing quote is missing or in the wrong place"},
        {"12345678", UVSNMP_ETOO_LONG, UVSNMP_ETOO_LONG, "NAME is too long"},
    };
    (void)state;
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        char word[8] = "before";
        const char *text = cases[i].text;
        struct uvsnmp_error err;
        assert_int_equal(conf_next_word(&text, "NAME", word, sizeof(word), &err), cases[i].next);
        if (cases[i].next == 0) {
            assert_string_equal(word, "before");
        }
        text = cases[i].text;
        assert_int_equal(conf_need_word(&text, "NAME", word, sizeof(word), &err), cases[i].need);
        if (cases[i].detail) {
            assert_string_equal(err.detail, cases[i].detail);
        }
    }
}

static void what_follows_the_last_word_is_said(void **state)
{
    struct uvsnmp_error err;
    (void)state;
    assert_int_equal(conf_no_more("", "NAME", &err), 0);
    assert_int_equal(conf_no_more("  # comment", "NAME", &err), 0);
    assert_int_equal(conf_no_more(" x y", "NAME", &err), UVSNMP_EBAD_SYNTAX);
    assert_string_equal(err.detail, "there is something after the NAME: x y");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(words_end_at_white_space_or_the_closing_mark),
        cmocka_unit_test(a_comment_ends_the_text),
        cmocka_unit_test(what_is_not_a_word_leaves_the_text_alone),
        cmocka_unit_test(a_word_may_fill_its_storage),
        cmocka_unit_test(list_items_lose_the_white_space_around_them),
        cmocka_unit_test(octets_read_back_as_they_were),
        cmocka_unit_test(octets_that_do_not_fit_are_refused),
        cmocka_unit_test(a_word_that_cannot_be_taken_is_said_in_words),
        cmocka_unit_test(what_follows_the_last_word_is_said),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
