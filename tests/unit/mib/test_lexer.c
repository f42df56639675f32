/* SPDX-License-Identifier: BSD-3-Clause */
#include "base/text.h"
#include "mib/lexer.h"
#include "support/unit.h"

/* Every token between blanks: names and marks as they are, "s:TEXT", "q:TEXT", "n:TEXT". */
static const char *tokens(struct text *out, const char *source, bool comments_end_at_newline)
{
    static const char *const marks[] = {
        [MIB_TOKEN_NAME - MIB_TOKEN_NAME] = "",     [MIB_TOKEN_NUMBER - MIB_TOKEN_NAME] = "n:",
        [MIB_TOKEN_STRING - MIB_TOKEN_NAME] = "s:", [MIB_TOKEN_QUOTED - MIB_TOKEN_NAME] = "q:",
        [MIB_TOKEN_ASSIGN - MIB_TOKEN_NAME] = "",   [MIB_TOKEN_DOTS - MIB_TOKEN_NAME] = ""};
    struct mib_lexer lexer;
    struct mib_token token;
    mib_lexer_init(&lexer, source, strlen(source), comments_end_at_newline);
    text_reset(out);
    for (mib_lexer_next(&lexer, &token); token.kind != MIB_TOKEN_END; mib_lexer_next(&lexer, &token)) {
        text_append(out, out->size > 0 ? " " : "");
        text_append(out, token.kind >= MIB_TOKEN_NAME ? marks[token.kind - MIB_TOKEN_NAME] : "");
        text_append_size(out, token.text, token.length);
    }
    return text_string(out);
}

static void text_is_taken_apart(void **state)
{
    static const struct {
        const char *source, *expected;
    } rows[] = {
        {"", ""},
        {"a b-c a1 1a 10-20 a_b _x 3Com", "a b-c a1 1a 10-20 a_b _x 3Com"},
        {"42 007", "n:42 n:007"},
        {"{x(1),-5}", "{ x ( n:1 ) , - n:5 }"},
        {"1..10 0...5 a.b", "n:1 .. n:10 n:0 .. n:5 a . b"},
        {"x::={y 1}", "x ::= { y n:1 }"},
        {"x := y : z", "x := y : z"},
        {"'00fF'H '01'b '0 1\n2'h", "q:'00fF'H q:'01'b q:'0 1\n2'h"},
        {"'zz'H 'a' '", "' zz ' H ' a ' '"},
        {"\"a\" \"\" \"two\nlines -- no comment\"", "s:a s: s:two\nlines -- no comment"},
        {"\"say \"\"no\"\" to\" x", "s:say \"\"no\"\" to x"},
        {"\"open", "s:open"},
        {"\xef\xbb\xbfx\xa0y\x1az\x01w\x7f", "x y z w"},
        {"a\r\nb\fc\vd", "a b c d"},
        {"a[b]|c;@", "a [ b ] | c ; @"},
    };
    struct text out;
    (void)state;
    text_init(&out, 0);
    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        assert_string_equal(tokens(&out, rows[i].source, false), rows[i].expected);
    }
    text_fini(&out);
}

static void comments_end_at_two_dashes_or_the_line(void **state)
{
    static const struct {
        const char *source, *strict, *to_newline;
    } rows[] = {
        {"a -- b\nc", "a c", "a c"},
        {"a -- b -- c\nd", "a c d", "a d"},
        {"a --b--c\nd", "a c d", "a d"},
        {"a--b\nc", "a c", "a c"},
        {"a-- b --c", "a c", "a"},
        {"a ---- b\nc", "a c", "a c"},
        {"--- a\nb", "b", "b"},
        {"-----\nb", "b", "b"},
        {"------\nb", "b", "b"},
        {"---- a ----- b\nc", "c", "c"},
        {"-- a --- b\nc", "c", "c"},
        {"-- a - b - c\nd", "d", "d"},
        {"--", "", ""},
        {"-- a --", "", ""},
        {"a - b -5", "a - b - n:5", "a - b - n:5"},
    };
    struct text out;
    (void)state;
    text_init(&out, 0);
    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        assert_string_equal(tokens(&out, rows[i].source, false), rows[i].strict);
        assert_string_equal(tokens(&out, rows[i].source, true), rows[i].to_newline);
    }
    text_fini(&out);
}

static enum mib_word word_of(const char *text)
{
    struct mib_lexer lexer;
    struct mib_token token;
    mib_lexer_init(&lexer, text, strlen(text), false);
    mib_lexer_next(&lexer, &token);
    return token.word;
}

static void every_word_is_known_and_nothing_else(void **state)
{
    static const char *const others[] = {"",         "I",        "IMPORTZ", "Imports", "IMPORTS1",
                                         "SYNTAX-X", "OBJECT-X", "XX",      "syntax",  "MAX-ACCES"};
    (void)state;
#define XX(first, second, last, text, name) assert_int_equal(word_of(text), MIB_WORD_##name);
    MIB_WORD_MAP(XX)
#undef XX
    for (size_t i = 0; i < COUNT_OF(others); i++) {
        assert_int_equal(word_of(others[i]), MIB_WORD_NONE);
    }
}

static void numbers_have_values(void **state)
{
    static const struct {
        const char *source;
        bool fits;
        uint64_t value;
    } rows[] = {
        {"0", true, 0},
        {"4294967296", true, 4294967296},
        {"18446744073709551615", true, UINT64_MAX},
        {"18446744073709551616", false, 0},
        {"'ff'H", true, 255},
        {"'FF 0\n1'h", true, 0xff01},
        {"'101'B", true, 5},
        {"''H", true, 0},
        {"'1ffffffffffffffff'H", false, UINT64_MAX},
    };
    (void)state;
    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        struct mib_lexer lexer;
        struct mib_token token;
        uint64_t value;
        mib_lexer_init(&lexer, rows[i].source, strlen(rows[i].source), false);
        mib_lexer_next(&lexer, &token);
        assert_int_equal(mib_token_number(&token, &value), rows[i].fits);
        assert_true(value == rows[i].value);
    }
}

static void lines_are_counted(void **state)
{
    static const char source[] = "a\n\"b\n\n\" -- c\nd";
    struct mib_lexer lexer;
    struct mib_token token;
    (void)state;
    mib_lexer_init(&lexer, source, sizeof(source) - 1, false);
    mib_lexer_next(&lexer, &token);
    assert_int_equal(mib_lexer_line(&lexer, token.text), 1);
    mib_lexer_next(&lexer, &token);
    assert_int_equal(mib_lexer_line(&lexer, token.text), 2);
    mib_lexer_next(&lexer, &token);
    assert_int_equal(mib_lexer_line(&lexer, token.text), 5);
    mib_lexer_next(&lexer, &token);
    assert_int_equal(mib_lexer_line(&lexer, token.text), 5);
}

static void many_lines_are_counted(void **state)
{
    enum { COUNT = 100003 };
    char *source = malloc(COUNT);
    struct mib_lexer lexer;
    unsigned expected = 1;
    (void)state;
    assert_non_null(source);
    for (size_t i = 0; i < COUNT; i++) {
        static const char characters[] = "\n\x0b\x8a\n\x7f\n\n\n\n\n\t\n";
        source[i] = i < COUNT / 2 ? '\n' : characters[i % (sizeof(characters) - 1)];
    }
    mib_lexer_init(&lexer, source, COUNT, false);
    for (size_t i = 0, step = 1; i < COUNT; step = step * 3 + 1) {
        size_t end = i + step < COUNT ? i + step : COUNT;
        for (; i < end; i++) {
            expected += source[i] == '\n' ? 1 : 0;
        }
        assert_int_equal(mib_lexer_line(&lexer, source + end), expected);
    }
    free(source);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(text_is_taken_apart),
        cmocka_unit_test(comments_end_at_two_dashes_or_the_line),
        cmocka_unit_test(every_word_is_known_and_nothing_else),
        cmocka_unit_test(numbers_have_values),
        cmocka_unit_test(lines_are_counted),
        cmocka_unit_test(many_lines_are_counted),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
