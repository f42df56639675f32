/* SPDX-License-Identifier: BSD-3-Clause */
/* The clock of those who send traps, by a calendar that a test moves. */
#include "apps/snmptrap/state.h"

#include <stdio.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "support/unit.h"

#define NOW INT64_C(1790000000)

struct place {
    char directory[64];
    char file[160]; /* of the engine's own */
};

static const struct engine_id own; /* of no octets */

static int set_up(void **state)
{
    static struct place place;
    snprintf(place.directory, sizeof(place.directory), "/tmp/uvsnmp-trap-state-XXXXXX");
    if (!mkdtemp(place.directory)) {
        return -1;
    }
    snprintf(place.file, sizeof(place.file), "%s/uvsnmp-trap.conf", place.directory);
    *state = &place;
    return 0;
}

static int tear_down(void **state)
{
    const struct place *place = *state;
    char command[160];
    snprintf(command, sizeof(command), "rm -rf '%s'", place->directory);
    return system(command);
}

static void must_take(const struct place *place, int64_t now, struct trap_state *out)
{
    assert_int_equal(trap_state_take(place->directory, &own, now, out, NULL), 0);
}

static void write_text(const struct place *place, const char *text)
{
    FILE *file = fopen(place->file, "w");
    assert_non_null(file);
    assert_true(fputs(text, file) >= 0);
    assert_int_equal(fclose(file), 0);
}

static void read_text(const struct place *place, char *text, size_t size)
{
    FILE *file = fopen(place->file, "r");
    assert_non_null(file);
    text[fread(text, 1, size - 1, file)] = '\0';
    assert_int_equal(fclose(file), 0);
}

/* ---- the clock alone ---- */

static void advance(struct trap_state *state, int64_t now, bool is_new)
{
    bool seen;
    assert_int_equal(trap_state_advance(state, now, &seen), 0);
    assert_int_equal(seen, is_new);
}

static void time_goes_on_and_is_recorded_once_a_minute(void **unused)
{
    struct trap_state state = {.boots = 3, .started = NOW - 100, .latest = NOW};
    (void)unused;
    advance(&state, NOW, false);
    advance(&state, NOW + 59, false);
    assert_int_equal(trap_state_time(&state, NOW + 59), 159);
    assert_int_equal(state.latest, NOW);
    advance(&state, NOW + 60, true);
    assert_int_equal(state.latest, NOW + 60);
    assert_int_equal(state.boots, 3);
}

static void a_step_back_within_the_window_costs_no_boots(void **unused)
{
    struct trap_state state = {.boots = 3, .started = NOW - 1000, .latest = NOW};
    (void)unused;
    advance(&state, NOW - 90, false);
    assert_int_equal(state.boots, 3);
    assert_int_equal(trap_state_time(&state, NOW - 90), 910);
}

static void a_clock_that_was_set_back_costs_boots(void **unused)
{
    struct trap_state state = {.boots = 3, .started = NOW - 1000, .latest = NOW};
    (void)unused;
    advance(&state, NOW - 91, true);
    assert_int_equal(state.boots, 4);
    assert_int_equal(trap_state_time(&state, NOW - 91), 0);
    advance(&state, NOW - 5000, true);
    assert_int_equal(state.boots, 5);
    /* before the engine started, however little was recorded since */
    state = (struct trap_state){.boots = 3, .started = NOW, .latest = NOW};
    advance(&state, NOW - 1, true);
    assert_int_equal(state.boots, 4);
}

static void a_time_that_overflows_costs_boots(void **unused)
{
    struct trap_state state = {.boots = 3, .started = NOW - INT32_MAX, .latest = NOW};
    (void)unused;
    advance(&state, NOW, false);
    assert_int_equal(trap_state_time(&state, NOW), INT32_MAX);
    advance(&state, NOW + 1, true);
    assert_int_equal(state.boots, 4);
    assert_int_equal(trap_state_time(&state, NOW + 1), 0);
}

static void boots_come_to_an_end(void **unused)
{
    struct trap_state state = {.boots = INT32_MAX - 1, .started = NOW, .latest = NOW};
    bool is_new;
    (void)unused;
    advance(&state, NOW + 1, false);
    assert_int_equal(trap_state_advance(&state, NOW - 1, &is_new), UVSNMP_ELIMIT);
    assert_int_equal(state.boots, INT32_MAX - 1);
}

/* ---- the file ---- */

static void an_engine_is_made_once_and_goes_on(void **unused)
{
    const struct place *place = *unused;
    struct trap_state first, second, third;
    struct stat status;
    must_take(place, NOW, &first);
    must_take(place, NOW + 10, &second);
    must_take(place, NOW + 1000, &third);
    assert_true(engine_id_is_valid(engine_id_bytes(&first.id)));
    assert_int_equal(first.boots, 1);
    assert_true(engine_id_equals(&first.id, engine_id_bytes(&second.id)));
    assert_true(engine_id_equals(&first.id, engine_id_bytes(&third.id)));
    assert_int_equal(trap_state_time(&second, NOW + 10), trap_state_time(&first, NOW) + 10);
    assert_int_equal(trap_state_time(&third, NOW + 1000), trap_state_time(&first, NOW) + 1000);
    assert_int_equal(third.boots, 1);
    assert_int_equal(stat(place->file, &status), 0);
    assert_int_equal(status.st_mode & 0777, 0600);
}

static void each_engine_has_a_clock_of_its_own(void **unused)
{
    const struct place *place = *unused;
    const struct engine_id given = {.size = 5, .octets = {0x80, 0, 0, 0, 9}};
    struct trap_state state, other;
    assert_int_equal(trap_state_take(place->directory, &given, NOW, &state, NULL), 0);
    assert_true(engine_id_equals(&state.id, engine_id_bytes(&given)));
    assert_int_equal(trap_state_take(place->directory, &given, NOW - 500, &state, NULL), 0);
    assert_int_equal(state.boots, 2);
    must_take(place, NOW - 500, &other);
    assert_int_equal(other.boots, 1);
    assert_int_equal(trap_state_take(place->directory, &given, NOW, &state, NULL), 0);
    assert_int_equal(state.boots, 2);
}

static void a_lost_file_goes_on_where_it_was(void **unused)
{
    const struct place *place = *unused;
    struct trap_state first, second;
    must_take(place, NOW, &first);
    assert_int_equal(unlink(place->file), 0);
    must_take(place, NOW + 5, &second);
    assert_int_equal(second.boots, first.boots);
    assert_int_equal(trap_state_time(&second, NOW + 5), trap_state_time(&first, NOW) + 5);
    assert_false(engine_id_equals(&first.id, engine_id_bytes(&second.id)));
}

static void a_machine_without_a_calendar_has_an_engine(void **unused)
{
    const struct place *place = *unused;
    struct trap_state state;
    must_take(place, 7, &state);
    assert_int_equal(trap_state_time(&state, 7), 0);
    must_take(place, NOW, &state);
    assert_int_equal(state.boots, 1);
    assert_int_equal(trap_state_time(&state, NOW), NOW - 7);
}

static void a_broken_file_is_an_error_and_stays(void **unused)
{
    static const char *const broken[] = {
        "",
        "engineID 0x8000000009\nengineBoots 1\nengineStarted 5\n",
        "engineID zz\nengineBoots 1\nengineStarted 5\nengineLatest 6\n",
        "engineID 0x8000000009\nengineBoots x\nengineStarted 5\nengineLatest 6\n",
        "engineID 0x8000000009\nengineBoots 0\nengineStarted 5\nengineLatest 6\n",
        "engineID 0x8000000009\nengineBoots 2147483648\nengineStarted 5\nengineLatest 6\n",
        "engineID 0x8000000009\nengineBoots 1\nengineStarted -5\nengineLatest 6\n",
        "engineID 0x8000000009\nengineBoots 1\nengineStarted 5\nengineLatest 9223372036854775807\n",
    };
    const struct place *place = *unused;
    struct trap_state state;
    struct uvsnmp_error err;
    char text[256];
    for (size_t i = 0; i < COUNT_OF(broken); i++) {
        write_text(place, broken[i]);
        assert_int_equal(trap_state_take(place->directory, &own, NOW, &state, &err), UVSNMP_EBAD_VALUE);
        assert_non_null(strstr(err.detail, "uvsnmp-trap.conf"));
        read_text(place, text, sizeof(text));
        assert_string_equal(text, broken[i]);
    }
}

static void lines_of_a_later_version_are_kept(void **unused)
{
    const struct place *place = *unused;
    struct trap_state state;
    char text[512];
    write_text(place, "later thing\nengineID 0x8000000009\nengineBoots 1\nengineStarted 5\nengineLatest 6\n");
    must_take(place, NOW, &state);
    read_text(place, text, sizeof(text));
    assert_non_null(strstr(text, "later thing\n"));
    assert_non_null(strstr(text, "engineLatest 1790000000\n"));
}

static void what_cannot_be_written_is_good_for_one_call(void **unused)
{
    const struct engine_id given = {.size = 5, .octets = {0x80, 0, 0, 0, 9}};
    struct trap_state state;
    struct uvsnmp_error err;
    (void)unused;
    assert_int_equal(trap_state_take("/proc/nowhere", &given, NOW, &state, &err), UVSNMP_EFILE);
    assert_non_null(strstr(err.detail, "/proc/nowhere/"));
    assert_int_equal(state.boots, 1);
    assert_true(trap_state_time(&state, NOW) > 0);
    assert_true(engine_id_equals(&state.id, engine_id_bytes(&given)));
    assert_int_equal(trap_state_take("", &own, NOW, &state, &err), UVSNMP_EFILE);
    assert_true(engine_id_is_valid(engine_id_bytes(&state.id)));
}

/* Processes that begin at once must agree on who they are. */
static void first_calls_at_once_agree(void **unused)
{
    enum { CALLS = 16 };
    const struct place *place = *unused;
    struct trap_state mine;
    for (int i = 0; i < CALLS; i++) {
        pid_t child = fork();
        assert_true(child >= 0);
        if (child == 0) {
            struct trap_state theirs, later;
            int rc = trap_state_take(place->directory, &own, NOW, &theirs, NULL);
            rc |= trap_state_take(place->directory, &own, NOW, &later, NULL);
            _exit(rc == 0 && engine_id_equals(&theirs.id, engine_id_bytes(&later.id)) ? 0 : 1);
        }
    }
    for (int i = 0; i < CALLS; i++) {
        int status = -1;
        assert_true(wait(&status) > 0);
        assert_int_equal(status, 0);
    }
    must_take(place, NOW, &mine);
    assert_int_equal(mine.boots, 1);
}

/* The lock is somebody's who goes away; whoever waits then reads what was written meanwhile. */
static void a_held_lock_is_waited_for(void **unused)
{
    const struct place *place = *unused;
    struct trap_state state;
    char name[200];
    snprintf(name, sizeof(name), "%s.lock", place->file);
    FILE *held = fopen(name, "w");
    assert_non_null(held);
    assert_int_equal(flock(fileno(held), LOCK_EX), 0);
    pid_t child = fork();
    assert_true(child >= 0);
    if (child == 0) { /* which holds it too, and alone once the other has closed it */
        usleep(200000);
        write_text(place, "engineID 0x8000000009\nengineBoots 7\nengineStarted 5\nengineLatest 1790000000\n");
        _exit(0);
    }
    fclose(held);
    must_take(place, NOW, &state);
    assert_int_equal(state.boots, 7);
    assert_int_equal(waitpid(child, NULL, 0), child);
}

int main(void)
{
#define WITH_PLACE(test) cmocka_unit_test_setup_teardown(test, set_up, tear_down)
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(time_goes_on_and_is_recorded_once_a_minute),
        cmocka_unit_test(a_step_back_within_the_window_costs_no_boots),
        cmocka_unit_test(a_clock_that_was_set_back_costs_boots),
        cmocka_unit_test(a_time_that_overflows_costs_boots),
        cmocka_unit_test(boots_come_to_an_end),
        WITH_PLACE(an_engine_is_made_once_and_goes_on),
        WITH_PLACE(each_engine_has_a_clock_of_its_own),
        WITH_PLACE(a_lost_file_goes_on_where_it_was),
        WITH_PLACE(a_machine_without_a_calendar_has_an_engine),
        WITH_PLACE(a_broken_file_is_an_error_and_stays),
        WITH_PLACE(lines_of_a_later_version_are_kept),
        WITH_PLACE(what_cannot_be_written_is_good_for_one_call),
        WITH_PLACE(first_calls_at_once_agree),
        WITH_PLACE(a_held_lock_is_waited_for),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
