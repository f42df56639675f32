/* SPDX-License-Identifier: BSD-3-Clause */
#include "apps/common/argv.h"
#include "apps/common/options.h"

#include "support/unit.h"

#define WORDS_MAX 32

static const struct app_flag flags[] = {
    {'E', APP_FLAG_OID, 0, " OID", "", NULL},
    {'c', APP_FLAG_BOOL, 0, NULL, "", NULL},
    {.letter = '\0'},
};
static const struct app walker = {.name = "walker", .flags = flags};
static const struct app setter = {.name = "setter", .posix = true};

/* What `line`, cut at blanks ('_' stands for one inside a word), becomes; its words with '|' between. */
static void assert_becomes(const struct app *app, const char *line, const char *expected)
{
    char words[256], *argv[WORDS_MAX] = {words};
    int argc = 0;
    const struct argv_grammar grammar = options_grammar(app);
    struct argv_words out;
    struct arena arena;
    struct text text;
    assert_true(strlen(line) < sizeof(words));
    memcpy(words, line, strlen(line) + 1);
    for (char *at = words; at && argc < WORDS_MAX; argc++) {
        argv[argc] = at;
        at = strchr(at, ' ');
        if (at) {
            *at++ = '\0';
        }
    }
    arena_init(&arena, 0, 0);
    text_init(&text, 0);
    assert_int_equal(argv_normalise(argc, argv, &grammar, &arena, &out), 0);
    for (size_t i = 0; i < out.count; i++) {
        text_append_format(&text, "%s%s", i ? "|" : "", out.words[i]);
    }
    for (size_t i = 0; i < out.token_count; i++) {
        text_append_format(&text, "{%s}", out.tokens[i]);
    }
    assert_null(out.words[out.count]);
    assert_string_equal(text_string(&text), expected);
    text_fini(&text);
    arena_fini(&arena);
}

static void letters_are_taken_apart(void **state)
{
    (void)state;
    assert_becomes(&walker, "x -v2c -cpublic host", "x|-v|2c|-c|public|host");
    assert_becomes(&walker, "x -v 2c -c public host", "x|-v|2c|-c|public|host");
    assert_becomes(&walker, "x -dv1 -hV", "x|-d|-v|1|-h|-V");
    assert_becomes(&walker, "x -c=p -c -p", "x|-c|=p|-c|-p");
}

static void what_is_unknown_or_missing_is_left_to_popt(void **state)
{
    (void)state;
    assert_becomes(&walker, "x -qz", "x|-q|-z");
    assert_becomes(&walker, "x -c", "x|-c");
    assert_becomes(&walker, "x -", "x|-");
    assert_becomes(&walker, "x", "x");
}

static void following_words_are_joined_where_they_belong(void **state)
{
    (void)state;
    assert_becomes(&walker, "x -Lf file host", "x|-L|f file|host");
    assert_becomes(&walker, "x -L f file host", "x|-L|f file|host");
    assert_becomes(&walker, "x -Lffile host", "x|-L|ffile|host");
    assert_becomes(&walker, "x -LF w file host", "x|-L|F w file|host");
    assert_becomes(&walker, "x -Op .2 -Onp3", "x|-O|p .2|-O|np3");
    assert_becomes(&walker, "x -Is .0 host", "x|-I|s .0|host");
    assert_becomes(&walker, "x -CcE 1.3 host", "x|-C|cE 1.3|host");
    assert_becomes(&walker, "x -3k 0x12 host", "x|-3|k 0x12|host");
    assert_becomes(&walker, "x -Lf", "x|-L|f");
}

static void debug_tokens_may_be_missing(void **state)
{
    (void)state;
    assert_becomes(&walker, "x -Dio host", "x|-D|io|host");
    assert_becomes(&walker, "x -D io host", "x|-D|io|host");
    assert_becomes(&walker, "x -D -v1 host", "x|-D||-v|1|host");
    assert_becomes(&walker, "x host -D", "x|host|-D|");
}

static void tokens_are_set_aside(void **state)
{
    (void)state;
    assert_becomes(&walker, "x --timeout=3 host --quickPrinting=yes", "x|host{timeout 3}{quickPrinting yes}");
    assert_becomes(&walker, "x --flag host", "x|host{flag 1}");
    assert_becomes(&walker, "x --deadline 3 --deadline=4 host", "x|--deadline|3|--deadline=4|host");
    assert_becomes(&walker, "x --help", "x|--help");
}

static void operands_end_the_options_of_a_setter(void **state)
{
    (void)state;
    assert_becomes(&setter, "x -v1 host 1.3 i -1 -v2c --x=y", "x|-v|1|--|host|1.3|i|-1|-v2c|--x=y");
    assert_becomes(&walker, "x -v1 -- -host --x=y", "x|-v|1|--|-host|--x=y");
    assert_becomes(&walker, "x --", "x");
}

static void exhausted_memory_is_told(void **state)
{
    char program[] = "x", option[] = "-Lf", file[] = "file";
    char *argv[] = {program, option, file};
    const struct argv_grammar grammar = options_grammar(&walker);
    struct argv_words out;
    (void)state;
    for (size_t limit = 1; limit < 256; limit += 8) {
        struct arena arena;
        arena_init(&arena, 16, limit);
        int rc = argv_normalise(3, argv, &grammar, &arena, &out);
        assert_true(rc == 0 || rc == UVSNMP_ENO_MEMORY);
        arena_fini(&arena);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(letters_are_taken_apart),
        cmocka_unit_test(what_is_unknown_or_missing_is_left_to_popt),
        cmocka_unit_test(following_words_are_joined_where_they_belong),
        cmocka_unit_test(debug_tokens_may_be_missing),
        cmocka_unit_test(tokens_are_set_aside),
        cmocka_unit_test(operands_end_the_options_of_a_setter),
        cmocka_unit_test(exhausted_memory_is_told),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
