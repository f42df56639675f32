/* SPDX-License-Identifier: BSD-3-Clause */
/* Child processes: what they are given to read, and that they end, with all that they have started. */
#include "io/child.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "support/unit.h"

struct world {
    uv_loop_t loop;
    struct io_child *child;
    char directory[64], output[128];
    unsigned ended;
    struct io_child_end end;
};

static void on_ended(struct io_child *child, const struct io_child_end *end, void *arg)
{
    struct world *world = arg;
    assert_ptr_equal(child, world->child);
    world->ended++;
    world->end = *end;
}

static int set_up(void **state)
{
    struct world *world = calloc(1, sizeof(*world));
    assert_int_equal(uv_loop_init(&world->loop), 0);
    strcpy(world->directory, "/tmp/uvsnmp-child-XXXXXX");
    assert_non_null(mkdtemp(world->directory));
    (void)snprintf(world->output, sizeof(world->output), "%s/output", world->directory);
    *state = world;
    return 0;
}

static int tear_down(void **state)
{
    struct world *world = *state;
    assert_int_equal(uv_run(&world->loop, UV_RUN_DEFAULT), 0);
    assert_int_equal(uv_loop_close(&world->loop), 0);
    (void)unlink(world->output);
    assert_int_equal(rmdir(world->directory), 0);
    free(world);
    return 0;
}

/* Runs a line of shell, in which $1 is the output file. */
static void start(struct world *world, const char *line, const void *input, size_t size, uint64_t timeout_ms)
{
    char shell[] = "sh", dash_c[] = "-c", name[] = "name", text[512];
    char *argv[] = {shell, dash_c, text, name, world->output, NULL};
    const struct io_child_options options = {argv, input, size, timeout_ms, on_ended, world};
    struct uvsnmp_error err = {0};
    (void)snprintf(text, sizeof(text), "%s", line);
    if (io_child_start(&world->loop, &options, &world->child, &err) < 0) {
        fail_msg("%s", err.detail);
    }
    assert_int_equal(world->ended, 0);
}

static void run(struct world *world)
{
    assert_int_equal(uv_run(&world->loop, UV_RUN_DEFAULT), 0);
    assert_int_equal(world->ended, 1);
}

static size_t read_output(const struct world *world, char *text, size_t size)
{
    FILE *file = fopen(world->output, "r");
    assert_non_null(file);
    size_t count = fread(text, 1, size - 1, file);
    text[count] = '\0';
    (void)fclose(file);
    return count;
}

static void it_reads_its_input(void **state)
{
    struct world *world = *state;
    char text[64];
    start(world, "cat >\"$1\"; exit 7", "host\nline\n", 10, 0);
    run(world);
    assert_int_equal(world->end.exit_status, 7);
    assert_int_equal(world->end.signal, 0);
    assert_false(world->end.timed_out);
    assert_int_equal(read_output(world, text, sizeof(text)), 10);
    assert_string_equal(text, "host\nline\n");
}

static void input_can_be_opened_by_name(void **state)
{
    struct world *world = *state;
    char text[64];
    start(world, "cat /dev/stdin >\"$1\"", "host\n", 5, 0);
    run(world);
    assert_int_equal(world->end.exit_status, 0);
    (void)read_output(world, text, sizeof(text));
    assert_string_equal(text, "host\n");
}

static void much_input_need_not_be_read(void **state)
{
    struct world *world = *state;
    char text[64], *much = calloc(1, 5000000);
    start(world, "wc -c >\"$1\"", much, 5000000, 0);
    run(world);
    (void)read_output(world, text, sizeof(text));
    assert_int_equal(atoi(text), 5000000);
    world->ended = 0;
    start(world, "exit 0", much, 5000000, 0);
    free(much);
    run(world);
    assert_int_equal(world->end.exit_status, 0);
}

/* Ended processes that nobody has asked after yet run no more. */
static bool is_running(pid_t pid)
{
    char path[64], text[256] = "";
    (void)snprintf(path, sizeof(path), "/proc/%d/stat", (int)pid);
    FILE *file = fopen(path, "r");
    if (file) {
        (void)!fgets(text, sizeof(text), file);
        (void)fclose(file);
    }
    return text[0] != '\0' && !strstr(text, ") Z ");
}

/* The shell's own child holds out against SIGTERM, and is ended with it. */
static void it_ends_at_its_deadline_with_its_children(void **state)
{
    struct world *world = *state;
    char text[64];
    uint64_t began = uv_hrtime();
    start(world, "trap '' TERM; sleep 30 & echo $! >\"$1\"; wait; wait; sleep 30", NULL, 0, 300);
    run(world);
    assert_true(world->end.timed_out);
    assert_int_equal(world->end.signal, SIGKILL);
    assert_true(uv_hrtime() - began < 10000000000);
    (void)read_output(world, text, sizeof(text));
    pid_t grandchild = (pid_t)atoi(text);
    assert_true(grandchild > 1);
    for (int i = 0; i < 500 && is_running(grandchild); i++) {
        (void)usleep(10000);
    }
    assert_false(is_running(grandchild));
}

static void a_polite_one_ends_at_the_first_signal(void **state)
{
    struct world *world = *state;
    start(world, "exec sleep 30", NULL, 0, 100);
    run(world);
    assert_true(world->end.timed_out);
    assert_int_equal(world->end.signal, SIGTERM);
}

static void it_can_be_killed(void **state)
{
    struct world *world = *state;
    start(world, "trap '' TERM; sleep 30; sleep 30", NULL, 0, 0);
    io_child_kill(world->child);
    run(world);
    assert_false(world->end.timed_out);
    assert_int_equal(world->end.signal, SIGKILL);
}

static void what_cannot_be_run_is_told(void **state)
{
    struct world *world = *state;
    char name[] = "/no/such/program";
    char *argv[] = {name, NULL};
    const struct io_child_options options = {argv, "x", 1, 0, on_ended, world};
    struct uvsnmp_error err = {0};
    assert_int_equal(io_child_start(&world->loop, &options, &world->child, &err), UVSNMP_EFILE);
    assert_string_equal(err.detail, "cannot run /no/such/program: No such file or directory");
    assert_null(world->child);
    assert_int_equal(uv_run(&world->loop, UV_RUN_DEFAULT), 0);
    assert_int_equal(world->ended, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(it_reads_its_input, set_up, tear_down),
        cmocka_unit_test_setup_teardown(input_can_be_opened_by_name, set_up, tear_down),
        cmocka_unit_test_setup_teardown(much_input_need_not_be_read, set_up, tear_down),
        cmocka_unit_test_setup_teardown(it_ends_at_its_deadline_with_its_children, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_polite_one_ends_at_the_first_signal, set_up, tear_down),
        cmocka_unit_test_setup_teardown(it_can_be_killed, set_up, tear_down),
        cmocka_unit_test_setup_teardown(what_cannot_be_run_is_told, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
