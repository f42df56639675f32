/* SPDX-License-Identifier: BSD-3-Clause */
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/err.h"
#include "base/text.h"
#include "conf/directive.h"
#include "support/unit.h"

/* What a reading saw: "name=text;" for each directive, and the problems as they are printed, one a line. */
struct seen {
    struct text values, problems;
    unsigned last_line;
};

static int take(const char *text, const struct conf_place *place, void *arg, struct uvsnmp_error *err)
{
    struct seen *seen = arg;
    (void)err;
    text_append_format(&seen->values, "%s=%s;", place->directive, text);
    seen->last_line = place->line;
    return 0;
}

static int refuse(const char *text, const struct conf_place *place, void *arg, struct uvsnmp_error *err)
{
    (void)place;
    (void)arg;
    return err_set(err, UVSNMP_EBAD_SYNTAX, "no %s here", text);
}

static int refuse_without_words(const char *text, const struct conf_place *place, void *arg,
                                struct uvsnmp_error *err)
{
    (void)text;
    (void)place;
    (void)arg;
    (void)err;
    return UVSNMP_EBAD_NUMBER;
}

static int not_yet(const char *text, const struct conf_place *place, void *arg, struct uvsnmp_error *err)
{
    (void)text;
    (void)arg;
    return err_set(err, UVSNMP_EUNSUPPORTED, "%s is for later", place->directive);
}

static const struct conf_directive table[] = {
    {"take", take, "TEXT"},   {"refuse", refuse, NULL}, {"mute", refuse_without_words, NULL},
    {"later", not_yet, NULL}, {"includes", take, NULL}, {NULL, NULL, NULL},
};
static const struct conf_directive other[] = {{"other", take, NULL}, {NULL, NULL, NULL}};

static void on_problem(const struct conf_place *place, bool warning, const char *message, void *arg)
{
    struct seen *seen = arg;
    char text[1024];
    const char *slash = place->file ? strrchr(place->file, '/') : NULL;
    struct conf_place shown = *place;
    shown.file = slash ? slash + 1 : place->file;
    text_append_format(&seen->problems, "%s\n",
                       conf_problem_text(&shown, warning, message, text, sizeof(text)));
}

struct fixture {
    char folder[64];
    struct seen seen;
    struct conf_reader reader;
};

static int set_up(void **state)
{
    struct fixture *fixture = calloc(1, sizeof(*fixture));
    strcpy(fixture->folder, "/tmp/uvsnmp-conf-XXXXXX");
    if (!mkdtemp(fixture->folder)) {
        return -1;
    }
    text_init(&fixture->seen.values, 0);
    text_init(&fixture->seen.problems, 0);
    fixture->reader = (struct conf_reader){
        .type = "mine",
        .directives = table,
        .other_type = "theirs",
        .other_directives = other,
        .problem = on_problem,
        .arg = &fixture->seen,
    };
    *state = fixture;
    return 0;
}

static int tear_down(void **state)
{
    struct fixture *fixture = *state;
    char command[128];
    snprintf(command, sizeof(command), "rm -rf '%s'", fixture->folder);
    int status = system(command);
    text_fini(&fixture->seen.values);
    text_fini(&fixture->seen.problems);
    free(fixture);
    return status;
}

static const char *path_of(struct fixture *fixture, const char *name)
{
    static char path[256];
    snprintf(path, sizeof(path), "%s/%s", fixture->folder, name);
    return path;
}

static void write_file(struct fixture *fixture, const char *name, const char *content, size_t size)
{
    FILE *file = fopen(path_of(fixture, name), "w");
    assert_non_null(file);
    assert_int_equal(fwrite(content, 1, size, file), size);
    assert_int_equal(fclose(file), 0);
}

static void read_text(struct fixture *fixture, const char *content)
{
    write_file(fixture, "a.conf", content, strlen(content));
    struct uvsnmp_error err;
    assert_int_equal(conf_read_file(&fixture->reader, path_of(fixture, "a.conf"), &err), 0);
}

#define SEES(fixture, expected_values, expected_problems)                                                    \
    do {                                                                                                     \
        assert_string_equal(text_string(&(fixture)->seen.values), expected_values);                          \
        assert_string_equal(text_string(&(fixture)->seen.problems), expected_problems);                      \
    } while (0)

static void a_line_is_a_word_and_its_text(void **state)
{
    struct fixture *fixture = *state;
    read_text(fixture, "take one\n\n# comment\n  take   two words  \t\r\nTAKE \"quo ted\" # kept\ntake last");
    SEES(fixture, "take=one;take=two words;TAKE=\"quo ted\" # kept;take=last;", "");
    assert_int_equal(fixture->seen.last_line, 6);
    assert_int_equal(fixture->reader.problems, 0);
}

static void a_backslash_does_not_continue_a_line(void **state)
{
    struct fixture *fixture = *state;
    read_text(fixture, "take one \\\ntake two\n");
    SEES(fixture, "take=one \\;take=two;", "");
}

static void problems_name_file_line_and_what_is_wrong(void **state)
{
    struct fixture *fixture = *state;
    read_text(fixture, "take\nrefuse bread\nunknown 1\ntake # x\nlater x\nmute x\n");
    SEES(fixture, "",
         "a.conf: line 1: Error: Blank line following take token.\n"
         "a.conf: line 2: Error: no bread here\n"
         "a.conf: line 3: Warning: Unknown token: unknown.\n"
         "a.conf: line 4: Error: Blank line following take token.\n"
         "a.conf: line 5: Warning: later is for later\n"
         "a.conf: line 6: Error: bad number\n");
    assert_int_equal(fixture->reader.problems, 6);
}

static void a_section_changes_the_type_for_a_line_or_for_the_rest(void **state)
{
    struct fixture *fixture = *state;
    read_text(fixture,
              "[theirs] other 1\nother 2\n[THEIRS]\nother 3\n[mine] take 4\nother 5\n[mine]\ntake 6\n");
    SEES(fixture, "other=1;other=3;take=4;other=5;take=6;",
         "a.conf: line 2: Warning: Unknown token: other.\n");
}

static void lines_of_a_foreign_section_have_no_effect(void **state)
{
    struct fixture *fixture = *state;
    read_text(fixture, "[elsewhere]\ntake 1\nunknown 2\n[mine] take 3\n[mine]\ntake 4\n[broken\ntake 5\n");
    SEES(fixture, "take=3;take=4;take=5;",
         "a.conf: line 1: Error: No handlers regestered for type elsewhere.\n"
         "a.conf: line 7: Error: no matching ']' for type broken.\n");
}

static void includes_read_files_folders_and_the_search_path(void **state)
{
    struct fixture *fixture = *state;
    char content[512];
    assert_int_equal(mkdir(path_of(fixture, "d"), 0700), 0);
    write_file(fixture, "d/2.conf", "take two\n", 9);
    write_file(fixture, "d/1.conf", "take one\nbad x\n", 15);
    write_file(fixture, "d/.hidden.conf", "take hidden\n", 12);
    write_file(fixture, "d/other.txt", "take txt\n", 9);
    write_file(fixture, "b.conf", "take b\n", 7);
    fixture->reader.search_path = fixture->folder;
    snprintf(
        content, sizeof(content),
        "includeFile b.conf\nincludeDir %s/d\nincludeSearch b\nincludeFile nix\ninclude b\nincludeDir /nix\n"
        "includeSearch nix\nincludes x\nincludeFile\n",
        fixture->folder);
    read_text(fixture, content);
    SEES(fixture, "take=b;take=one;take=two;take=b;includes=x;",
         "1.conf: line 2: Warning: Unknown token: bad.\n"
         "a.conf: line 4: Error: Included file 'nix' not found.\n"
         "a.conf: line 5: Warning: Ambiguous token 'include' - use 'includeSearch' (or 'includeFile') "
         "instead.\n"
         "a.conf: line 6: Error: Can't open include dir '/nix'.\n"
         "a.conf: line 7: Error: Included config 'nix' not found.\n"
         "a.conf: line 9: Error: Blank line following includeFile token.\n");
}

static void a_file_that_includes_itself_comes_to_an_end(void **state)
{
    struct fixture *fixture = *state;
    read_text(fixture, "take x\nincludeFile a.conf\nincludeFile a.conf\n");
    assert_non_null(strstr(text_string(&fixture->seen.problems), "too many included files"));
    assert_true(fixture->reader.problems < 2000);
}

static void a_section_ends_with_its_file(void **state)
{
    struct fixture *fixture = *state;
    write_file(fixture, "b.conf", "[theirs]\nother 1\n", 17);
    read_text(fixture, "includeFile b.conf\ntake 2\n");
    SEES(fixture, "other=1;take=2;", "");
}

static void a_line_that_is_too_long_is_skipped_as_a_whole(void **state)
{
    struct fixture *fixture = *state;
    struct text content;
    text_init(&content, 0);
    text_append(&content, "take ");
    for (int i = 0; i < 70000; i++) {
        text_append_char(&content, i == 69000 ? ' ' : 'x');
    }
    text_append(&content, "\ntake after\n");
    read_text(fixture, text_string(&content));
    text_fini(&content);
    SEES(fixture, "take=after;", "a.conf: line 1: Error: line is longer than 65535 octets\n");
}

static void a_file_without_end_is_given_up(void **state)
{
    struct fixture *fixture = *state;
    struct uvsnmp_error err;
    assert_int_equal(conf_read_file(&fixture->reader, "/dev/zero", &err), 0);
    assert_non_null(strstr(text_string(&fixture->seen.problems), "the file is longer than"));
}

static void a_nul_octet_makes_its_line_a_problem(void **state)
{
    struct fixture *fixture = *state;
    struct uvsnmp_error err;
    write_file(fixture, "n.conf", "take a\0b\ntake c\n", 16);
    assert_int_equal(conf_read_file(&fixture->reader, path_of(fixture, "n.conf"), &err), 0);
    SEES(fixture, "take=c;", "n.conf: line 1: Error: line holds a NUL octet\n");
}

static void a_long_word_is_an_unknown_token(void **state)
{
    struct fixture *fixture = *state;
    char line[400];
    memset(line, 'w', sizeof(line));
    strcpy(line + 390, " x");
    assert_int_equal(conf_read_line(&fixture->reader, line, NULL), UVSNMP_EBAD_SYNTAX);
    assert_non_null(strstr(text_string(&fixture->seen.problems), "Warning: Unknown token: www"));
}

static void files_that_cannot_be_read_are_errors(void **state)
{
    struct fixture *fixture = *state;
    struct uvsnmp_error err = {0};
    assert_int_equal(conf_read_file(&fixture->reader, path_of(fixture, "nix"), &err), UVSNMP_ENOT_FOUND);
    assert_non_null(strstr(err.detail, "nix: No such file or directory"));
    assert_int_equal(conf_read_file(&fixture->reader, fixture->folder, &err), UVSNMP_EFILE);
    assert_non_null(strstr(err.detail, "Is a directory"));
    SEES(fixture, "", "");
}

static void one_line_can_be_read_alone(void **state)
{
    struct fixture *fixture = *state;
    const struct conf_place place = {.file = "command line"};
    assert_int_equal(conf_read_line(&fixture->reader, "take it", &place), 0);
    assert_int_equal(conf_read_line(&fixture->reader, "[theirs] other it", &place), 0);
    assert_int_equal(conf_read_line(&fixture->reader, "nix it", &place), UVSNMP_EBAD_SYNTAX);
    assert_int_equal(conf_read_line(&fixture->reader, "take", NULL), UVSNMP_EBAD_SYNTAX);
    assert_int_equal(conf_read_line(&fixture->reader, "", NULL), 0);
    assert_int_equal(conf_read_line(&fixture->reader, "nix", NULL), UVSNMP_EBAD_SYNTAX);
    SEES(fixture, "take=it;other=it;",
         "command line: Warning: Unknown token: nix.\nError: Blank line following take token.\n"
         "Warning: Unknown token: nix.\n");
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
    const struct CMUnitTest tests[] = {
        TEST(a_line_is_a_word_and_its_text),
        TEST(a_backslash_does_not_continue_a_line),
        TEST(problems_name_file_line_and_what_is_wrong),
        TEST(a_section_changes_the_type_for_a_line_or_for_the_rest),
        TEST(lines_of_a_foreign_section_have_no_effect),
        TEST(includes_read_files_folders_and_the_search_path),
        TEST(a_file_that_includes_itself_comes_to_an_end),
        TEST(a_section_ends_with_its_file),
        TEST(a_line_that_is_too_long_is_skipped_as_a_whole),
        TEST(a_file_without_end_is_given_up),
        TEST(a_nul_octet_makes_its_line_a_problem),
        TEST(a_long_word_is_an_unknown_token),
        TEST(files_that_cannot_be_read_are_errors),
        TEST(one_line_can_be_read_alone),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
