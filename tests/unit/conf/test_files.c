/* SPDX-License-Identifier: BSD-3-Clause */
/* The search order of files, and the persistent file that is replaced as a whole. */
#include <dirent.h>
#include <malloc.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/text.h"
#include "conf/files.h"
#include "conf/durable.h"
#include "conf/state.h"
#include "support/unit.h"

#define SECRET "correct-horse-battery"

/* Memory that is given back while somebody watches, with a secret in it. */
static bool is_watching;
static unsigned spilled;

void __real_free(void *memory);
void __wrap_free(void *memory);

void __wrap_free(void *memory)
{
    if (is_watching && memory && memmem(memory, malloc_usable_size(memory), SECRET, strlen(SECRET))) {
        spilled++;
    }
    __real_free(memory);
}

struct fixture {
    char folder[64];
    struct text seen;
    struct conf_files files;
    struct conf_reader reader;
};

static int take(const char *text, const struct conf_place *place, void *arg, struct uvsnmp_error *err)
{
    struct fixture *fixture = arg;
    (void)place;
    (void)err;
    text_append_format(&fixture->seen, "%s;", text);
    return 0;
}

static int take_persistent_dir(const char *text, const struct conf_place *place, void *arg,
                               struct uvsnmp_error *err)
{
    struct fixture *fixture = arg;
    (void)place;
    (void)err;
    snprintf(fixture->files.persistent_dir, sizeof(fixture->files.persistent_dir), "%s/%s", fixture->folder,
             text);
    return 0;
}

static const struct conf_directive table[] = {
    {"take", take, NULL}, {"persistentDir", take_persistent_dir, NULL}, {NULL, NULL, NULL}};

static void on_problem(const struct conf_place *place, bool warning, const char *message, void *arg)
{
    struct fixture *fixture = arg;
    (void)place;
    (void)warning;
    const char *name = strstr(message, "/nix");
    text_append_format(&fixture->seen, "!%s;", name ? name : message);
}

static void write_file(struct fixture *fixture, const char *name, const char *content)
{
    char path[256];
    snprintf(path, sizeof(path), "%s/%s", fixture->folder, name);
    FILE *file = fopen(path, "w");
    assert_non_null(file);
    assert_true(fputs(content, file) >= 0);
    assert_int_equal(fclose(file), 0);
}

static int set_up(void **state)
{
    struct fixture *fixture = calloc(1, sizeof(*fixture));
    char path[PATH_MAX];
    strcpy(fixture->folder, "/tmp/uvsnmp-files-XXXXXX");
    if (!mkdtemp(fixture->folder)) {
        return -1;
    }
    static const char *const folders[] = {"one", "two", "state", "state2"};
    for (size_t i = 0; i < COUNT_OF(folders); i++) {
        snprintf(path, sizeof(path), "%s/%s", fixture->folder, folders[i]);
        mkdir(path, 0700);
    }
    snprintf(path, sizeof(path), "%s/one:%s/two", fixture->folder, fixture->folder);
    setenv("SNMPCONFPATH", path, 1);
    snprintf(path, sizeof(path), "%s/state", fixture->folder);
    setenv("SNMP_PERSISTENT_DIR", path, 1);
    text_init(&fixture->seen, 0);
    conf_files_init(&fixture->files, "x");
    fixture->reader =
        (struct conf_reader){.type = "x", .directives = table, .problem = on_problem, .arg = fixture};
    *state = fixture;
    write_file(fixture, "one/x.conf", "take one\n");
    write_file(fixture, "one/x.local.conf", "take one-local\n");
    write_file(fixture, "two/x.conf", "take two\n");
    write_file(fixture, "two/y.conf", "take y\n");
    write_file(fixture, "given.conf", "take given\n");
    write_file(fixture, "state/x.conf", "take stored\n");
    write_file(fixture, "state2/x.conf", "take stored2\n");
    return 0;
}

static int tear_down(void **state)
{
    struct fixture *fixture = *state;
    char command[128];
    snprintf(command, sizeof(command), "rm -rf '%s'", fixture->folder);
    int status = system(command);
    unsetenv("SNMPCONFPATH");
    unsetenv("SNMP_PERSISTENT_DIR");
    text_fini(&fixture->seen);
    free(fixture);
    return status;
}

static unsigned read_all(struct fixture *fixture, const char *given)
{
    char path[1024];
    unsigned seen = 0;
    if (given) {
        snprintf(path, sizeof(path), given, fixture->folder, fixture->folder);
        fixture->files.given = path;
    }
    conf_files_read(&fixture->files, &fixture->reader, &seen);
    fixture->files.given = NULL;
    return seen;
}

static void the_search_path_is_read_in_order(void **state)
{
    struct fixture *fixture = *state;
    assert_int_equal(read_all(fixture, NULL), 3);
    assert_string_equal(text_string(&fixture->seen), "one;one-local;two;");
}

static void given_files_come_after_the_search_path(void **state)
{
    struct fixture *fixture = *state;
    assert_int_equal(read_all(fixture, "%s/given.conf,%s/two/y.conf"), 5);
    assert_string_equal(text_string(&fixture->seen), "one;one-local;two;given;y;");
}

static void given_files_with_a_dash_come_before_it(void **state)
{
    struct fixture *fixture = *state;
    read_all(fixture, "-%s/given.conf");
    assert_string_equal(text_string(&fixture->seen), "given;one;one-local;two;");
}

static void only_given_files_are_read_when_asked(void **state)
{
    struct fixture *fixture = *state;
    fixture->files.only_given = true;
    assert_int_equal(read_all(fixture, "%s/given.conf"), 1);
    assert_string_equal(text_string(&fixture->seen), "given;");
}

static void a_given_file_that_is_missing_is_said_and_the_others_are_read(void **state)
{
    struct fixture *fixture = *state;
    assert_int_equal(read_all(fixture, "%s/nix.conf,%s/given.conf"), 4);
    assert_string_equal(text_string(&fixture->seen),
                        "one;one-local;two;!/nix.conf: No such file or directory;given;");
    assert_int_equal(fixture->reader.problems, 1);
}

static void a_daemon_reads_its_persistent_file_last_in_any_case(void **state)
{
    struct fixture *fixture = *state;
    fixture->files.only_given = true;
    fixture->files.persistent = true;
    assert_int_equal(read_all(fixture, "%s/given.conf"), 1);
    assert_string_equal(text_string(&fixture->seen), "given;stored;");
}

static void the_persistent_directory_can_change_while_reading(void **state)
{
    struct fixture *fixture = *state;
    fixture->files.persistent = true;
    write_file(fixture, "one/x.conf", "persistentDir state2\n");
    read_all(fixture, NULL);
    assert_string_equal(text_string(&fixture->seen), "one-local;two;stored2;");
}

static void the_persistent_file_is_not_read_twice(void **state)
{
    struct fixture *fixture = *state;
    fixture->files.persistent = true;
    snprintf(fixture->files.search_path, sizeof(fixture->files.search_path), "%s/state", fixture->folder);
    read_all(fixture, NULL);
    assert_string_equal(text_string(&fixture->seen), "stored;");
}

/* ---- state ---- */

static const char *content_of(struct fixture *fixture, const char *name)
{
    static char content[1024];
    char path[256];
    snprintf(path, sizeof(path), "%s/%s", fixture->folder, name);
    FILE *file = fopen(path, "r");
    assert_non_null(file);
    content[fread(content, 1, sizeof(content) - 1, file)] = '\0';
    fclose(file);
    return content;
}

static int write_state(struct fixture *fixture, const char *name, const char *value, struct uvsnmp_error *err)
{
    char path[256];
    const struct conf_state_value values[] = {
        {.directive = "first", .octets = value, .size = value ? strlen(value) : 0},
        {.directive = "second", .octets = "2", .size = 1},
    };
    snprintf(path, sizeof(path), "%s/%s", fixture->folder, name);
    return conf_state_write(path, values, COUNT_OF(values), err);
}

static size_t count_entries(struct fixture *fixture, const char *name)
{
    char path[256];
    size_t count = 0;
    snprintf(path, sizeof(path), "%s/%s", fixture->folder, name);
    DIR *dir = opendir(path);
    assert_non_null(dir);
    while (readdir(dir)) {
        count++;
    }
    closedir(dir);
    return count - 2;
}

static void state_is_made_where_there_was_none(void **state)
{
    struct fixture *fixture = *state;
    struct stat info;
    char path[256];
    assert_int_equal(write_state(fixture, "new/s.conf", "a", NULL), 0);
    assert_non_null(strstr(content_of(fixture, "new/s.conf"), "\nfirst a\nsecond 2\n"));
    snprintf(path, sizeof(path), "%s/new/s.conf", fixture->folder);
    assert_int_equal(stat(path, &info), 0);
    assert_int_equal(info.st_mode & 0777, 0600);
    assert_int_equal(count_entries(fixture, "new"), 1);
}

static void state_keeps_the_lines_of_others(void **state)
{
    struct fixture *fixture = *state;
    write_file(fixture, "state/x.conf", "# hand\nengineBoots 3\n FIRST old\nfirstly x\nfirst older\nusm y");
    assert_int_equal(write_state(fixture, "state/x.conf", "new", NULL), 0);
    assert_string_equal(content_of(fixture, "state/x.conf"),
                        "# hand\nengineBoots 3\nfirstly x\nusm y\nfirst new\nsecond 2\n");
    assert_int_equal(write_state(fixture, "state/x.conf", NULL, NULL), 0);
    assert_string_equal(content_of(fixture, "state/x.conf"),
                        "# hand\nengineBoots 3\nfirstly x\nusm y\nsecond 2\n");
    assert_int_equal(count_entries(fixture, "state"), 1);
}

static void a_value_cannot_smuggle_a_line_in(void **state)
{
    struct fixture *fixture = *state;
    write_file(fixture, "state/x.conf", "");
    assert_int_equal(write_state(fixture, "state/x.conf", "v\nrwcommunity open", NULL), 0);
    assert_null(strstr(content_of(fixture, "state/x.conf"), "rwcommunity"));
}

static void state_that_cannot_be_written_is_an_error_and_leaves_nothing(void **state)
{
    struct fixture *fixture = *state;
    struct uvsnmp_error err = {0};
    assert_int_equal(write_state(fixture, "given.conf/s.conf", "a", &err), UVSNMP_EFILE);
    assert_non_null(strstr(err.detail, "s.conf: "));
    assert_int_equal(write_state(fixture, "nix/nix/s.conf", "a", &err), UVSNMP_EFILE);
    assert_int_equal(mkdir(strcat(strcpy((char[128]){0}, fixture->folder), "/dir"), 0700), 0);
    assert_int_equal(write_state(fixture, "dir", "a", &err), UVSNMP_EFILE);
}

static void lines_that_go_may_be_so_many(void **state)
{
    struct fixture *fixture = *state;
    size_t most = 2;
    char path[256];
    const struct conf_state_value value = {.directive = "createUser", .most = &most};
    write_file(fixture, "state/x.conf", "createUser a\n\ncreateUser\nCREATEUSER b\nusm y\ncreateUser c\n");
    (void)snprintf(path, sizeof(path), "%s/state/x.conf", fixture->folder);
    assert_int_equal(conf_state_write(path, &value, 1, NULL), 0);
    assert_string_equal(content_of(fixture, "state/x.conf"), "\ncreateUser\nusm y\ncreateUser c\n");
    assert_int_equal(most, 0);
    assert_int_equal(conf_state_write(path, &value, 1, NULL), 0);
    assert_string_equal(content_of(fixture, "state/x.conf"), "\ncreateUser\nusm y\ncreateUser c\n");
}

static void a_file_of_state_is_locked_once(void **state)
{
    struct fixture *fixture = *state;
    struct uvsnmp_error err;
    char path[256], name[300];
    (void)snprintf(path, sizeof(path), "%s/locked/s.conf", fixture->folder);
    int lock = durable_lock(path, 0, &err);
    assert_true(lock >= 0);
    assert_int_equal(durable_lock(path, 0, &err), UVSNMP_EEXISTS);
    assert_non_null(strstr(err.detail, "s.conf: another process uses it"));
    close(lock);
    lock = durable_lock(path, 0, &err);
    assert_true(lock >= 0);
    close(lock);
    (void)snprintf(name, sizeof(name), "%s.lock", path);
    assert_int_equal(unlink(name), 0);
    assert_int_equal(symlink("elsewhere", name), 0);
    assert_int_equal(durable_lock(path, 0, &err), UVSNMP_EFILE);
}

static void secrets_are_wiped_before_memory_goes_back(void **state)
{
    struct fixture *fixture = *state;
    write_file(fixture, "state/x.conf", "# a line to begin with\ncreateUser u SHA " SECRET "\n");
    spilled = 0;
    is_watching = true;
    assert_int_equal(write_state(fixture, "state/x.conf", SECRET, NULL), 0);
    fixture->files.persistent = true;
    (void)read_all(fixture, NULL);
    is_watching = false;
    assert_non_null(strstr(text_string(&fixture->seen), "Unknown token: createUser."));
    assert_non_null(strstr(content_of(fixture, "state/x.conf"), SECRET));
    assert_int_equal(spilled, 0);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
    const struct CMUnitTest tests[] = {
        TEST(the_search_path_is_read_in_order),
        TEST(given_files_come_after_the_search_path),
        TEST(given_files_with_a_dash_come_before_it),
        TEST(only_given_files_are_read_when_asked),
        TEST(a_given_file_that_is_missing_is_said_and_the_others_are_read),
        TEST(a_daemon_reads_its_persistent_file_last_in_any_case),
        TEST(the_persistent_directory_can_change_while_reading),
        TEST(the_persistent_file_is_not_read_twice),
        TEST(state_is_made_where_there_was_none),
        TEST(state_keeps_the_lines_of_others),
        TEST(a_value_cannot_smuggle_a_line_in),
        TEST(state_that_cannot_be_written_is_an_error_and_leaves_nothing),
        TEST(lines_that_go_may_be_so_many),
        TEST(a_file_of_state_is_locked_once),
        TEST(secrets_are_wiped_before_memory_goes_back),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
