/* SPDX-License-Identifier: BSD-3-Clause */
/* The writer: everything arrives once and in order, whoever is slow, and nobody waits for it. */
#include "io/writer.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "support/unit.h"

struct world {
    uv_loop_t loop;
    struct io_writer *writer;
    uint64_t position, failures;
    int last_error;
};

static void on_written(struct io_writer *writer, uint64_t position, void *arg)
{
    struct world *world = arg;
    assert_ptr_equal(writer, world->writer);
    assert_true(position > world->position);
    world->position = position;
}

static void on_failed(struct io_writer *writer, const struct uvsnmp_error *error, void *arg)
{
    struct world *world = arg;
    assert_ptr_equal(writer, world->writer);
    world->failures++;
    world->last_error = error->code;
}

static int set_up(void **state)
{
    struct world *world = calloc(1, sizeof(*world));
    assert_int_equal(uv_loop_init(&world->loop), 0);
    *state = world;
    return 0;
}

static int tear_down(void **state)
{
    struct world *world = *state;
    io_writer_close(world->writer);
    assert_int_equal(uv_run(&world->loop, UV_RUN_DEFAULT), 0);
    assert_int_equal(uv_loop_close(&world->loop), 0);
    free(world);
    return 0;
}

static void start(struct world *world, int fd, size_t max)
{
    const struct io_writer_options options = {
        .max = max, .written = on_written, .failed = on_failed, .arg = world};
    world->writer = io_writer_new(&world->loop, fd, &options);
    assert_non_null(world->writer);
}

static void on_timer(uv_timer_t *timer)
{
    uv_stop(timer->loop);
}

/* Runs the loop until `*what` is at least `value`, ten seconds at most. */
static void run_until(struct world *world, const uint64_t *what, uint64_t value)
{
    uv_timer_t timer;
    uint64_t end = uv_hrtime() + 10000000000;
    assert_int_equal(uv_timer_init(&world->loop, &timer), 0);
    while (*what < value && uv_hrtime() < end) {
        assert_int_equal(uv_timer_start(&timer, on_timer, 5, 0), 0);
        (void)uv_run(&world->loop, UV_RUN_DEFAULT);
    }
    uv_close((uv_handle_t *)&timer, NULL);
    (void)uv_run(&world->loop, UV_RUN_NOWAIT);
    assert_true(*what >= value);
}

static int temporary_file(void)
{
    char name[] = "/tmp/uvsnmp-writer-XXXXXX";
    int fd = mkstemp(name);
    assert_true(fd >= 0);
    assert_int_equal(unlink(name), 0);
    return fd;
}

/* That the file holds the numbers from `first` to before `end`, a line each. */
static void assert_numbers(int fd, unsigned first, unsigned end)
{
    int copy = dup(fd);
    assert_true(copy >= 0);
    FILE *file = fdopen(copy, "r");
    char line[32], expected[32];
    assert_non_null(file);
    rewind(file);
    for (unsigned i = first; i < end; i++) {
        (void)snprintf(expected, sizeof(expected), "%u\n", i);
        assert_non_null(fgets(line, sizeof(line), file));
        assert_string_equal(line, expected);
    }
    assert_null(fgets(line, sizeof(line), file));
    (void)fclose(file);
}

static int append_number(struct world *world, unsigned number)
{
    char line[32];
    int size = snprintf(line, sizeof(line), "%u\n", number);
    return io_writer_append(world->writer, line, (size_t)size);
}

static void a_file_holds_what_was_appended(void **state)
{
    struct world *world = *state;
    int fd = temporary_file();
    start(world, fd, 0);
    for (unsigned i = 0; i < 200000; i++) {
        assert_int_equal(append_number(world, i), 0);
        if (i % 5000 == 4999) {
            run_until(world, &world->position, io_writer_position(world->writer) / 2);
        }
    }
    run_until(world, &world->position, io_writer_position(world->writer));
    assert_int_equal(io_writer_waiting(world->writer), 0);
    assert_int_equal(world->failures, 0);
    assert_numbers(fd, 0, 200000);
    (void)close(fd);
}

static void a_drain_needs_no_loop(void **state)
{
    struct world *world = *state;
    int fd = temporary_file();
    start(world, fd, 0);
    assert_true(io_writer_drain(world->writer, 0));
    for (unsigned i = 0; i < 1000; i++) {
        assert_int_equal(append_number(world, i), 0);
    }
    assert_true(io_writer_drain(world->writer, 10000));
    assert_int_equal(world->position, 0);
    assert_numbers(fd, 0, 1000);
    (void)close(fd);
}

static void a_pipe_that_nobody_reads_holds_nobody_up(void **state)
{
    struct world *world = *state;
    int fds[2];
    char octets[1000], got[4096];
    size_t appended = 0, received = 0;
    memset(octets, 'x', sizeof(octets));
    assert_int_equal(pipe(fds), 0);
    start(world, fds[1], 1000000);
    while (io_writer_append(world->writer, octets, sizeof(octets)) == 0) {
        appended += sizeof(octets);
        assert_true(appended < 2000000);
    }
    assert_int_equal(io_writer_append(world->writer, octets, sizeof(octets)), UVSNMP_ELIMIT);
    assert_int_equal(io_writer_append(world->writer, octets, 0), 0);
    assert_false(io_writer_drain(world->writer, 20));
    assert_int_equal(io_writer_position(world->writer), appended);
    assert_true(io_writer_waiting(world->writer) > 900000);
    assert_int_equal(fcntl(fds[0], F_SETFL, O_NONBLOCK), 0);
    while (received < appended) {
        ssize_t count = read(fds[0], got, sizeof(got));
        received += count > 0 ? (size_t)count : 0;
        assert_true(count > 0 || received < appended);
    }
    run_until(world, &world->position, appended);
    assert_int_equal(world->failures, 0);
    (void)close(fds[0]);
    (void)close(fds[1]);
}

static void without_a_file_all_waits_for_the_next_one(void **state)
{
    struct world *world = *state;
    int first = temporary_file(), second = temporary_file();
    start(world, first, 0);
    assert_int_equal(append_number(world, 0), 0);
    assert_true(io_writer_drain(world->writer, 10000));
    io_writer_redirect(world->writer, -1);
    assert_int_equal(append_number(world, 1), 0);
    assert_false(io_writer_drain(world->writer, 20));
    io_writer_redirect(world->writer, -1);
    io_writer_redirect(world->writer, second);
    run_until(world, &world->position, io_writer_position(world->writer));
    assert_int_equal(world->failures, 0);
    assert_numbers(first, 0, 1);
    assert_numbers(second, 1, 2);
    (void)close(first);
    (void)close(second);
}

/* No signal comes of it. */
static void a_pipe_without_a_reader_is_told(void **state)
{
    struct world *world = *state;
    int fds[2], fd = temporary_file();
    assert_int_equal(pipe(fds), 0);
    (void)close(fds[0]);
    start(world, fds[1], 0);
    assert_int_equal(append_number(world, 0), 0);
    run_until(world, &world->failures, 1);
    io_writer_redirect(world->writer, fd);
    (void)close(fds[1]);
    run_until(world, &world->position, io_writer_position(world->writer));
    assert_numbers(fd, 0, 1);
    (void)close(fd);
}

static void a_full_disk_is_told_and_loses_nothing(void **state)
{
    struct world *world = *state;
    int full = open("/dev/full", O_WRONLY | O_CLOEXEC), fd = temporary_file();
    if (full < 0) {
        skip();
    }
    start(world, full, 0);
    for (unsigned i = 0; i < 1000; i++) {
        assert_int_equal(append_number(world, i), 0);
    }
    assert_false(io_writer_drain(world->writer, 10000));
    run_until(world, &world->failures, 1);
    assert_int_equal(world->position, 0);
    io_writer_redirect(world->writer, fd);
    (void)close(full);
    run_until(world, &world->position, io_writer_position(world->writer));
    assert_int_equal(world->failures, 1);
    assert_numbers(fd, 0, 1000);
    (void)close(fd);
}

static void a_log_is_opened_again(void **state)
{
    struct world *world = *state;
    int before = temporary_file(), after = temporary_file();
    start(world, before, 0);
    for (unsigned i = 0; i < 5000; i++) {
        assert_int_equal(append_number(world, i), 0);
    }
    assert_true(io_writer_drain(world->writer, 10000));
    io_writer_redirect(world->writer, after);
    for (unsigned i = 5000; i < 10000; i++) {
        assert_int_equal(append_number(world, i), 0);
    }
    assert_true(io_writer_drain(world->writer, 10000));
    assert_numbers(before, 0, 5000);
    assert_numbers(after, 5000, 10000);
    (void)close(before);
    (void)close(after);
}

static void closed_with_octets_waiting(void **state)
{
    struct world *world = *state;
    int fds[2];
    char octets[100000] = {0};
    assert_int_equal(pipe(fds), 0);
    start(world, fds[1], 0);
    assert_int_equal(io_writer_append(world->writer, octets, sizeof(octets)), 0);
    (void)uv_run(&world->loop, UV_RUN_NOWAIT);
    io_writer_close(world->writer);
    world->writer = NULL;
    (void)close(fds[0]);
    (void)close(fds[1]);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_file_holds_what_was_appended, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_drain_needs_no_loop, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_pipe_that_nobody_reads_holds_nobody_up, set_up, tear_down),
        cmocka_unit_test_setup_teardown(without_a_file_all_waits_for_the_next_one, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_pipe_without_a_reader_is_told, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_full_disk_is_told_and_loses_nothing, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_log_is_opened_again, set_up, tear_down),
        cmocka_unit_test_setup_teardown(closed_with_octets_waiting, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
