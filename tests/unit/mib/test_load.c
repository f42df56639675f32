/* SPDX-License-Identifier: BSD-3-Clause */
/* Which files are read for which modules, and what is visible then. */
#include "mib/load.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/text.h"
#include "support/alloc_fail.h"
#include "support/unit.h"

#define FOLDERS 2
#define FILES_MAX 32

/* Two directories with MIB files, a and b. */
struct world {
    char root[64];
    char folders[FOLDERS][80];
    char files[FILES_MAX][160];
    size_t file_count;
    struct mib *mib;
    struct mib_load load;
    struct text said;
    char both[200]; /* the two as a list */
};

static void say(void *arg, enum mib_problem problem, const char *file, unsigned line, const char *text)
{
    struct world *world = arg;
    const char *name = file ? strrchr(file, '/') : NULL;
    (void)problem;
    text_append_format(&world->said, "%s%s%u %s\n", name ? name + 1 : "", name ? ":" : "", line, text);
}

static int setup(void **state)
{
    struct world *world = calloc(1, sizeof(*world));
    assert_non_null(world);
    snprintf(world->root, sizeof(world->root), "%s/mib_load.XXXXXX",
             getenv("TMPDIR") ? getenv("TMPDIR") : "/tmp");
    assert_non_null(mkdtemp(world->root));
    for (size_t i = 0; i < FOLDERS; i++) {
        snprintf(world->folders[i], sizeof(world->folders[i]), "%s/%c", world->root, (char)('a' + i));
        assert_int_equal(mkdir(world->folders[i], 0700), 0);
    }
    snprintf(world->both, sizeof(world->both), "%s:%s", world->folders[0], world->folders[1]);
    text_init(&world->said, 0);
    world->mib = mib_new();
    assert_non_null(world->mib);
    world->load = (struct mib_load){
        .modules = "", .directories = world->both, .named_directories = world->both, .report = {say, world}};
    *state = world;
    return 0;
}

static int teardown(void **state)
{
    struct world *world = *state;
    for (size_t i = 0; i < world->file_count; i++) {
        (void)unlink(world->files[i]);
    }
    for (size_t i = 0; i < FOLDERS; i++) {
        (void)rmdir(world->folders[i]);
    }
    assert_int_equal(rmdir(world->root), 0);
    mib_free(world->mib);
    text_fini(&world->said);
    free(world);
    return 0;
}

static const char *new_file(struct world *world, size_t folder, const char *name)
{
    char path[sizeof(world->files[0])];
    assert_true(world->file_count < FILES_MAX);
    snprintf(path, sizeof(path), "%s/%s", world->folders[folder], name);
    return memcpy(world->files[world->file_count++], path, sizeof(path));
}

static void write_text(struct world *world, size_t folder, const char *name, const char *text)
{
    FILE *file = fopen(new_file(world, folder, name), "w");
    assert_non_null(file);
    fputs(text, file);
    assert_int_equal(fclose(file), 0);
}

/* A module with one node, iso.3.NUMBER. */
static void write_module(struct world *world, size_t folder, const char *file, const char *module,
                         const char *node, unsigned number)
{
    char text[512];
    snprintf(text, sizeof(text), "%s DEFINITIONS ::= BEGIN\n%s OBJECT IDENTIFIER ::= { iso 3 %u }\nEND\n",
             module, node, number);
    write_text(world, folder, file, text);
}

/* Loads the list, which a person named. */
static void load(struct world *world, const char *modules)
{
    world->load.modules = world->load.named_modules = modules;
    assert_int_equal(mib_load(world->mib, &world->load), 0);
}

static bool sees(const struct world *world, const char *name)
{
    struct mib_object object;
    return mib_find_name(world->mib, NULL, name, strlen(name), &object, NULL);
}

/* The module that names iso.3.NUMBER. */
static const char *who_names(const struct world *world, uint32_t number)
{
    uint32_t ids[] = {1, 3, number};
    static struct mib_object object;
    return mib_find_exact(world->mib, (struct uvsnmp_oid){ids, 3}, &object) ? object.module : "nobody";
}

static void a_module_is_found_by_the_name_of_its_file(void **state)
{
    struct world *world = *state;
    write_module(world, 0, "A-MIB.txt", "A-MIB", "aOne", 100);
    load(world, "A-MIB");
    assert_true(sees(world, "aOne"));
    assert_string_equal(text_string(&world->said), "");
}

static void a_module_is_found_by_the_head_of_a_file(void **state)
{
    struct world *world = *state;
    write_module(world, 0, "whatever", "A-MIB", "aOne", 100);
    load(world, "A-MIB");
    assert_true(sees(world, "aOne"));
}

static void all_modules_of_a_file_become_visible(void **state)
{
    struct world *world = *state;
    write_text(world, 0, "two",
               "A-MIB DEFINITIONS ::= BEGIN\naOne OBJECT IDENTIFIER ::= { iso 3 100 }\nEND\n"
               "B-MIB DEFINITIONS ::= BEGIN\nbOne OBJECT IDENTIFIER ::= { iso 3 101 }\nEND\n");
    load(world, "B-MIB");
    assert_true(sees(world, "bOne"));
    assert_true(sees(world, "aOne"));
}

static void a_file_whose_name_promises_too_much_is_passed_over(void **state)
{
    struct world *world = *state;
    write_module(world, 0, "A-MIB", "B-MIB", "bOne", 100);
    write_module(world, 0, "other", "A-MIB", "aOne", 101);
    load(world, "A-MIB");
    assert_true(sees(world, "aOne"));
    assert_false(sees(world, "bOne"));
}

static void the_last_directory_counts(void **state)
{
    struct world *world = *state;
    write_module(world, 0, "A-MIB", "A-MIB", "aOne", 100);
    write_module(world, 1, "A-MIB.txt", "A-MIB", "aTwo", 101);
    load(world, "A-MIB");
    assert_true(sees(world, "aTwo"));
    assert_false(sees(world, "aOne"));
}

static void the_last_of_several_endings_counts(void **state)
{
    struct world *world = *state;
    write_module(world, 0, "A-MIB.mib", "A-MIB", "aOne", 100);
    write_module(world, 0, "A-MIB.txt", "A-MIB", "aTwo", 101);
    load(world, "A-MIB");
    assert_true(sees(world, "aTwo"));
}

static void what_editors_leave_behind_is_no_mib_file(void **state)
{
    struct world *world = *state;
    write_module(world, 0, "x~", "A-MIB", "aOne", 100);
    write_module(world, 0, "#x#", "A-MIB", "aOne", 100);
    write_module(world, 0, ".x", "A-MIB", "aOne", 100);
    load(world, "A-MIB");
    assert_false(sees(world, "aOne"));
}

static void a_missing_module_is_said_once_with_the_search_path(void **state)
{
    struct world *world = *state;
    char expected[512];
    load(world, "A-MIB:B-MIB");
    snprintf(expected, sizeof(expected),
             "0 MIB search path: %s\n"
             "0 Cannot find module (A-MIB): At line 0 in (none)\n"
             "0 Cannot find module (B-MIB): At line 0 in (none)\n",
             world->both);
    assert_string_equal(text_string(&world->said), expected);
}

static void the_line_of_a_missing_module_is_where_the_last_file_begins(void **state)
{
    struct world *world = *state;
    write_text(world, 0, "x", "\n-- a comment\n\nX-MIB DEFINITIONS ::= BEGIN\nEND\n");
    load(world, "A-MIB");
    assert_non_null(strstr(text_string(&world->said), "Cannot find module (A-MIB): At line 4 in (none)\n"));
}

static void modules_that_nobody_named_are_missed_in_silence(void **state)
{
    struct world *world = *state;
    world->load.modules = "A-MIB";
    assert_int_equal(mib_load(world->mib, &world->load), 0);
    assert_string_equal(text_string(&world->said), "");
}

static void imports_are_read_from_other_files(void **state)
{
    struct world *world = *state;
    write_text(world, 0, "A-MIB",
               "A-MIB DEFINITIONS ::= BEGIN\nIMPORTS bOne FROM B-MIB;\n"
               "aOne OBJECT IDENTIFIER ::= { bOne 7 }\nEND\n");
    write_module(world, 1, "B-MIB", "B-MIB", "bOne", 101);
    load(world, "A-MIB");
    assert_true(sees(world, "aOne"));
    assert_true(sees(world, "bOne"));
}

static void modules_may_import_each_other(void **state)
{
    struct world *world = *state;
    write_text(world, 0, "A-MIB",
               "A-MIB DEFINITIONS ::= BEGIN\nIMPORTS bOne FROM B-MIB;\n"
               "aOne OBJECT IDENTIFIER ::= { iso 3 100 }\naTwo OBJECT IDENTIFIER ::= { bOne 1 }\nEND\n");
    write_text(world, 0, "B-MIB",
               "B-MIB DEFINITIONS ::= BEGIN\nIMPORTS aOne FROM A-MIB;\n"
               "bOne OBJECT IDENTIFIER ::= { aOne 1 }\nEND\n");
    load(world, "A-MIB");
    assert_true(sees(world, "aTwo"));
}

static void imports_of_built_in_modules_read_no_file(void **state)
{
    struct world *world = *state;
    write_text(world, 0, "A-MIB",
               "A-MIB DEFINITIONS ::= BEGIN\nIMPORTS ifEntry FROM IF-MIB;\n"
               "aOne OBJECT IDENTIFIER ::= { ifEntry 100 }\nEND\n");
    write_module(world, 0, "IF-MIB", "IF-MIB", "ifNothing", 101);
    load(world, "A-MIB");
    assert_true(sees(world, "aOne"));
    assert_true(sees(world, "ifDescr"));
    assert_false(sees(world, "ifNothing"));
}

static void a_missing_import_of_a_named_module_is_said(void **state)
{
    struct world *world = *state;
    write_text(world, 0, "A-MIB",
               "A-MIB DEFINITIONS ::= BEGIN\nIMPORTS\n bOne, bTwo\n  FROM B-MIB;\n"
               "aOne OBJECT IDENTIFIER ::= { iso 3 100 }\nEND\n");
    load(world, "A-MIB");
    assert_non_null(strstr(text_string(&world->said), "\nA-MIB:4 Cannot find module (B-MIB)\n"));
    assert_true(sees(world, "aOne"));
}

static void what_follows_from_a_missing_import_is_not_said(void **state)
{
    struct world *world = *state;
    const char *lines;
    write_text(world, 0, "A-MIB",
               "A-MIB DEFINITIONS ::= BEGIN\nIMPORTS bOne FROM B-MIB;\n"
               "aOne OBJECT IDENTIFIER ::= { bOne 1 }\nEND\n");
    load(world, "A-MIB");
    lines = strchr(text_string(&world->said), '\n'); /* behind the search path */
    assert_string_equal(lines, "\nA-MIB:2 Cannot find module (B-MIB)\n");
    mib_free(world->mib);
    world->mib = mib_new();
    world->load.report_all = true;
    text_reset(&world->said);
    load(world, "A-MIB");
    assert_non_null(strstr(text_string(&world->said), "\nA-MIB:3 "));
}

static void a_missing_import_of_another_module_is_said_only_where_all_is(void **state)
{
    struct world *world = *state;
    write_text(world, 0, "A-MIB",
               "A-MIB DEFINITIONS ::= BEGIN\nIMPORTS bOne FROM B-MIB;\n"
               "aOne OBJECT IDENTIFIER ::= { iso 3 100 }\nEND\n");
    write_text(world, 0, "B-MIB",
               "B-MIB DEFINITIONS ::= BEGIN\nIMPORTS cOne FROM C-MIB;\n"
               "bOne OBJECT IDENTIFIER ::= { iso 3 101 }\nEND\n");
    load(world, "A-MIB");
    assert_string_equal(text_string(&world->said), "");
    mib_free(world->mib);
    world->mib = mib_new();
    world->load.report_all = true;
    load(world, "A-MIB");
    assert_non_null(strstr(text_string(&world->said), "B-MIB:2 Cannot find module (C-MIB)\n"));
}

static void modules_of_macros_are_never_missed(void **state)
{
    struct world *world = *state;
    write_text(world, 0, "A-MIB",
               "A-MIB DEFINITIONS ::= BEGIN\nIMPORTS OBJECT-TYPE FROM RFC-1212 TRAP-TYPE FROM RFC-1215;\n"
               "aOne OBJECT IDENTIFIER ::= { iso 3 100 }\nEND\n");
    load(world, "A-MIB");
    assert_string_equal(text_string(&world->said), "");
}

static void old_names_of_modules_lead_to_new_ones(void **state)
{
    struct world *world = *state;
    write_text(world, 0, "A-MIB",
               "A-MIB DEFINITIONS ::= BEGIN\nIMPORTS mib-2 FROM RFC1158-MIB statistics FROM RFC1271-MIB;\n"
               "aOne OBJECT IDENTIFIER ::= { statistics 100 }\nEND\n");
    load(world, "A-MIB");
    assert_string_equal(text_string(&world->said), "");
    assert_true(sees(world, "aOne"));
    assert_true(mib_is_visible(world->mib, "RMON-MIB"));
}

static void a_named_module_in_a_named_directory_comes_before_the_built_in_one(void **state)
{
    struct world *world = *state;
    write_module(world, 0, "IF-MIB", "IF-MIB", "ifMine", 100);
    load(world, "IF-MIB");
    assert_true(sees(world, "ifMine"));
    assert_false(sees(world, "ifDescr"));
}

static void a_built_in_module_comes_before_files_of_directories_that_nobody_named(void **state)
{
    struct world *world = *state;
    write_module(world, 0, "IF-MIB", "IF-MIB", "ifMine", 100);
    world->load.named_directories = NULL;
    load(world, "IF-MIB");
    assert_false(sees(world, "ifMine"));
    assert_true(sees(world, "ifDescr"));
}

static void only_the_directory_that_was_added_counts_as_named(void **state)
{
    struct world *world = *state;
    write_module(world, 0, "IF-MIB", "IF-MIB", "ifMine", 100);
    write_module(world, 0, "IP-MIB", "IP-MIB", "ipMine", 101);
    write_module(world, 1, "IP-MIB", "IP-MIB", "ipOther", 101);
    world->load.named_directories = world->folders[1];
    load(world, "IF-MIB:IP-MIB");
    assert_false(sees(world, "ifMine"));
    assert_false(sees(world, "ipMine"));
    assert_true(sees(world, "ipOther"));
}

static void where_descriptions_are_kept_files_come_first(void **state)
{
    struct world *world = *state;
    write_module(world, 0, "IF-MIB", "IF-MIB", "ifMine", 100);
    world->load.named_directories = NULL;
    world->load.parse.keep_descriptions = true;
    load(world, "IF-MIB");
    assert_true(sees(world, "ifMine"));
}

static void a_built_in_module_is_not_replaced_by_what_stands_beside_another(void **state)
{
    struct world *world = *state;
    write_text(world, 0, "A-MIB",
               "A-MIB DEFINITIONS ::= BEGIN\naOne OBJECT IDENTIFIER ::= { iso 3 100 }\nEND\n"
               "IF-MIB DEFINITIONS ::= BEGIN\nifMine OBJECT IDENTIFIER ::= { iso 3 101 }\nEND\n");
    load(world, "A-MIB:IF-MIB:B-MIB");
    assert_true(sees(world, "aOne"));
    assert_true(mib_has_module(world->mib, "IF-MIB"));
}

static void all_are_the_files_of_named_directories(void **state)
{
    struct world *world = *state;
    write_module(world, 0, "x", "A-MIB", "aOne", 100);
    write_module(world, 1, "y", "B-MIB", "bOne", 101);
    load(world, "ALL");
    assert_true(sees(world, "aOne"));
    assert_true(sees(world, "bOne"));
    assert_false(sees(world, "ifDescr"));
}

static void all_are_the_built_in_ones_too_where_the_usual_directories_are(void **state)
{
    struct world *world = *state;
    write_module(world, 1, "y", "B-MIB", "bOne", 101);
    write_module(world, 0, "z", "IF-MIB", "ifMine", 101);
    world->load.named_directories = world->folders[1];
    load(world, "all");
    assert_true(sees(world, "bOne"));
    assert_true(sees(world, "ifDescr"));
    assert_false(sees(world, "ifMine"));
}

static void of_all_modules_the_last_one_names_what_they_share(void **state)
{
    struct world *world = *state;
    write_module(world, 0, "x", "A-MIB", "same", 100);
    write_module(world, 0, "y", "B-MIB", "same", 100);
    load(world, "ALL");
    assert_string_equal(who_names(world, 100), "B-MIB");
}

static void of_a_list_the_first_one_names_what_they_share(void **state)
{
    struct world *world = *state;
    write_module(world, 0, "x", "A-MIB", "same", 100);
    write_module(world, 0, "y", "B-MIB", "same", 100);
    load(world, "A-MIB:B-MIB");
    assert_string_equal(who_names(world, 100), "A-MIB");
}

static void an_item_with_a_slash_is_a_file(void **state)
{
    struct world *world = *state;
    char path[200];
    write_module(world, 0, "x", "A-MIB", "aOne", 100);
    snprintf(path, sizeof(path), "%s/x", world->folders[0]);
    load(world, path);
    assert_true(sees(world, "aOne"));
    snprintf(path, sizeof(path), "%s/nothing", world->folders[0]);
    load(world, path);
    assert_string_equal(text_string(&world->said), "nothing:0 No such file or directory\n");
}

static void further_files_come_first(void **state)
{
    struct world *world = *state;
    char path[200];
    write_module(world, 0, "x", "A-MIB", "same", 100);
    write_module(world, 0, "y", "B-MIB", "same", 100);
    snprintf(path, sizeof(path), "%s/y", world->folders[0]);
    world->load.files = path;
    load(world, "A-MIB");
    assert_string_equal(who_names(world, 100), "B-MIB");
}

static void a_file_without_a_module_is_said(void **state)
{
    struct world *world = *state;
    char path[200];
    write_text(world, 0, "x", "this is no module\n");
    snprintf(path, sizeof(path), "%s/x", world->folders[0]);
    load(world, path);
    assert_non_null(strstr(text_string(&world->said), "0 Failed to parse MIB file /"));
}

static void what_is_no_regular_file_is_not_opened(void **state)
{
    struct world *world = *state;
    assert_int_equal(mkfifo(new_file(world, 0, "A-MIB"), 0600), 0);
    assert_int_equal(mkfifo(new_file(world, 0, "other"), 0600), 0);
    assert_int_equal(symlink("/dev/zero", new_file(world, 0, "zero")), 0);
    load(world, "A-MIB");
    assert_non_null(strstr(text_string(&world->said), "Cannot find module (A-MIB)"));
}

static void a_file_that_is_too_large_is_said(void **state)
{
    struct world *world = *state;
    write_module(world, 0, "A-MIB", "A-MIB", "aOne", 100);
    assert_int_equal(truncate(world->files[0], ((off_t)16 << 20) + 1), 0);
    load(world, "A-MIB");
    assert_non_null(strstr(text_string(&world->said), "A-MIB:0 larger than 16 MiB, not read\n"));
    assert_false(sees(world, "aOne"));
}

/* In the time of a search each, it would not come to an end. */
static void a_module_may_miss_very_many(void **state)
{
    struct world *world = *state;
    FILE *file = fopen(new_file(world, 0, "MANY-MIB"), "w");
    assert_non_null(file);
    fputs("MANY-MIB DEFINITIONS ::= BEGIN IMPORTS\n", file);
    for (unsigned i = 0; i < 300000; i++) {
        fprintf(file, "a%u FROM M%u-MIB\n", i, i);
    }
    fputs(";\nmany OBJECT IDENTIFIER ::= { iso 3 77 }\nEND\n", file);
    assert_int_equal(fclose(file), 0);
    world->load.modules = "MANY-MIB";
    assert_int_equal(mib_load(world->mib, &world->load), 0);
    assert_string_equal(who_names(world, 77), "MANY-MIB");
}

static void too_many_modules_are_said_and_the_others_are_there(void **state)
{
    struct world *world = *state;
    FILE *file = fopen(new_file(world, 0, "MANY-MIB"), "w");
    assert_non_null(file);
    for (unsigned i = 0; i < 66000; i++) {
        fprintf(file, "M%u DEFINITIONS ::= BEGIN END\n", i);
    }
    assert_int_equal(fclose(file), 0);
    write_module(world, 1, "OTHER-MIB", "OTHER-MIB", "other", 78);
    load(world, "ALL");
    assert_non_null(strstr(text_string(&world->said), "There are too many modules"));
    assert_string_equal(who_names(world, 78), "OTHER-MIB");
}

static void one_more_module_is_loaded_when_it_is_asked_for(void **state)
{
    struct world *world = *state;
    write_module(world, 0, "x", "A-MIB", "aOne", 100);
    load(world, "");
    assert_int_equal(mib_load_module(world->mib, &world->load, "A-MIB"), 0);
    assert_true(sees(world, "aOne"));
    assert_int_equal(mib_load_module(world->mib, &world->load, "IF-MIB"), 0);
    assert_true(sees(world, "ifDescr"));
}

static void one_more_module_that_is_missing_is_said_once(void **state)
{
    struct world *world = *state;
    load(world, "");
    assert_int_equal(mib_load_module(world->mib, &world->load, "A-MIB"), UVSNMP_ENOT_FOUND);
    assert_non_null(strstr(text_string(&world->said), "Cannot find module (A-MIB)"));
    text_reset(&world->said);
    assert_int_equal(mib_load_module(world->mib, &world->load, "A-MIB"), UVSNMP_ENOT_FOUND);
    assert_string_equal(text_string(&world->said), "");
}

static void a_module_without_a_name_is_missing_too(void **state)
{
    struct world *world = *state;
    write_text(world, 0, "x", "\nX-MIB DEFINITIONS ::= BEGIN\nEND\n");
    load(world, "");
    assert_int_equal(mib_load_module(world->mib, &world->load, ""), UVSNMP_ENOT_FOUND);
    assert_non_null(strstr(text_string(&world->said), "Cannot find module: At line 2 in (none)\n"));
}

static void no_name_leads_out_of_the_directories(void **state)
{
    struct world *world = *state;
    write_module(world, 1, "A-MIB", "A-MIB", "aOne", 100);
    world->load.directories = world->load.named_directories = world->folders[0];
    load(world, "");
    assert_int_equal(mib_load_module(world->mib, &world->load, "../b/A-MIB"), UVSNMP_ENOT_FOUND);
}

static void without_memory_it_fails_in_order(void **state)
{
    struct world *world = *state;
    unsigned n = 0;
    bool has_failed;
    write_text(world, 0, "A-MIB",
               "A-MIB DEFINITIONS ::= BEGIN\nIMPORTS bOne FROM B-MIB nothing FROM NO-MIB;\n"
               "aOne OBJECT IDENTIFIER ::= { bOne 7 }\nEND\n");
    write_module(world, 1, "other", "B-MIB", "bOne", 101);
    do {
        text_reset(&world->said);
        mib_free(world->mib);
        world->mib = mib_new();
        world->load.modules = world->load.named_modules = "A-MIB:IF-MIB:ALL";
        alloc_fail_at(++n);
        int status = mib_load(world->mib, &world->load);
        has_failed = alloc_fail_end();
        assert_true(status == 0 || status == UVSNMP_ENO_MEMORY);
        if (status == 0) { /* a message may be lost, but no module */
            assert_true(sees(world, "aOne"));
            assert_true(sees(world, "ifDescr"));
        }
    } while (has_failed);
    assert_true(n > 10);
}

static void lists_are_changed_as_their_sign_says(void **state)
{
    struct arena arena;
    (void)state;
    arena_init(&arena, 0, 0);
    assert_string_equal(mib_list_change("A:B", "C", &arena), "C");
    assert_string_equal(mib_list_change("A:B", "+C:D", &arena), "A:B:C:D");
    assert_string_equal(mib_list_change("A:B", "-C:D", &arena), "C:D:A:B");
    assert_string_equal(mib_list_change(NULL, "+C", &arena), "+C");
    assert_string_equal(mib_list_change("+A", "-B", &arena), "B:+A");
    assert_string_equal(mib_list_change("A", "", &arena), "");
    arena_fini(&arena);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
    const struct CMUnitTest tests[] = {
        TEST(a_module_is_found_by_the_name_of_its_file),
        TEST(a_module_is_found_by_the_head_of_a_file),
        TEST(all_modules_of_a_file_become_visible),
        TEST(a_file_whose_name_promises_too_much_is_passed_over),
        TEST(the_last_directory_counts),
        TEST(the_last_of_several_endings_counts),
        TEST(what_editors_leave_behind_is_no_mib_file),
        TEST(a_missing_module_is_said_once_with_the_search_path),
        TEST(the_line_of_a_missing_module_is_where_the_last_file_begins),
        TEST(modules_that_nobody_named_are_missed_in_silence),
        TEST(imports_are_read_from_other_files),
        TEST(modules_may_import_each_other),
        TEST(imports_of_built_in_modules_read_no_file),
        TEST(a_missing_import_of_a_named_module_is_said),
        TEST(what_follows_from_a_missing_import_is_not_said),
        TEST(a_missing_import_of_another_module_is_said_only_where_all_is),
        TEST(modules_of_macros_are_never_missed),
        TEST(old_names_of_modules_lead_to_new_ones),
        TEST(a_named_module_in_a_named_directory_comes_before_the_built_in_one),
        TEST(a_built_in_module_comes_before_files_of_directories_that_nobody_named),
        TEST(only_the_directory_that_was_added_counts_as_named),
        TEST(where_descriptions_are_kept_files_come_first),
        TEST(a_built_in_module_is_not_replaced_by_what_stands_beside_another),
        TEST(all_are_the_files_of_named_directories),
        TEST(all_are_the_built_in_ones_too_where_the_usual_directories_are),
        TEST(of_all_modules_the_last_one_names_what_they_share),
        TEST(of_a_list_the_first_one_names_what_they_share),
        TEST(an_item_with_a_slash_is_a_file),
        TEST(further_files_come_first),
        TEST(a_file_without_a_module_is_said),
        TEST(what_is_no_regular_file_is_not_opened),
        TEST(a_file_that_is_too_large_is_said),
        TEST(a_module_may_miss_very_many),
        TEST(too_many_modules_are_said_and_the_others_are_there),
        TEST(one_more_module_is_loaded_when_it_is_asked_for),
        TEST(one_more_module_that_is_missing_is_said_once),
        TEST(a_module_without_a_name_is_missing_too),
        TEST(no_name_leads_out_of_the_directories),
        TEST(without_memory_it_fails_in_order),
        cmocka_unit_test(lists_are_changed_as_their_sign_says),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
