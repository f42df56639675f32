/* SPDX-License-Identifier: BSD-3-Clause */
#include "apps/snmptrap/state.h"

#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/err.h"
#include "base/num.h"
#include "conf/directive.h"
#include "conf/durable.h"
#include "conf/state.h"
#include "usm/timeliness.h"

/*
 * 2020-01-01. An engine whose file is lost, or never could be written, goes on from where its receivers saw
 * it last: the time of its first boots counts from here.
 */
#define FIRST_START 1577836800

#define RECORDED_EVERY 60
/* A receiver does not mind that the time steps back so far behind what may have been sent since it was
 * recorded. */
#define STEP_BACK_MAX (USM_TIME_WINDOW - RECORDED_EVERY)

#define LOCK_WAIT_MS 5000

/* ---- the clock ---- */

static void begin(struct trap_state *state, const struct engine_id *given, int64_t now)
{
    *state = (struct trap_state){
        .id = *given, .boots = 1, .started = now > FIRST_START ? FIRST_START : now, .latest = now};
    if (given->size == 0) {
        engine_id_make_random(&state->id, (uint64_t)now);
    }
}

int trap_state_advance(struct trap_state *state, int64_t now, bool *is_new)
{
    bool is_back = now < state->started || now + STEP_BACK_MAX < state->latest;
    bool is_over = now - state->started > INT32_MAX;
    *is_new = is_back || is_over || now >= state->latest + RECORDED_EVERY;
    if (is_back || is_over) {
        if (state->boots >= INT32_MAX - 1) {
            return UVSNMP_ELIMIT;
        }
        state->boots++;
        state->started = now;
    }
    if (*is_new) {
        state->latest = now;
    }
    return 0;
}

int32_t trap_state_time(const struct trap_state *state, int64_t now)
{
    return now > state->started ? (int32_t)(now - state->started) : 0;
}

/* ---- the file ---- */

enum { SEEN_ID = 1, SEEN_BOOTS = 2, SEEN_STARTED = 4, SEEN_LATEST = 8, SEEN_ALL = 15 };

struct reading {
    struct trap_state state;
    unsigned seen;     /* of these */
    char problem[256]; /* the first one */
};

static int set_id(const char *text, const struct conf_place *place, void *arg, struct uvsnmp_error *err)
{
    struct reading *reading = arg;
    (void)place;
    reading->seen |= SEEN_ID;
    return engine_id_parse(text, &reading->state.id, err);
}

static int read_number(const char *text, int64_t max, int64_t *out, struct uvsnmp_error *err)
{
    return num_parse_i64(text, 0, max, out) ? 0 : err_set(err, UVSNMP_EBAD_NUMBER, "not a number from 0 on");
}

static int set_boots(const char *text, const struct conf_place *place, void *arg, struct uvsnmp_error *err)
{
    struct reading *reading = arg;
    int64_t boots = 0;
    (void)place;
    reading->seen |= SEEN_BOOTS;
    int rc = read_number(text, INT32_MAX, &boots, err);
    reading->state.boots = (int32_t)boots;
    return rc;
}

/* Seconds that leave room to be counted with. */
#define SECONDS_MAX (INT64_MAX / 4)

static int set_started(const char *text, const struct conf_place *place, void *arg, struct uvsnmp_error *err)
{
    struct reading *reading = arg;
    (void)place;
    reading->seen |= SEEN_STARTED;
    return read_number(text, SECONDS_MAX, &reading->state.started, err);
}

static int set_latest(const char *text, const struct conf_place *place, void *arg, struct uvsnmp_error *err)
{
    struct reading *reading = arg;
    (void)place;
    reading->seen |= SEEN_LATEST;
    return read_number(text, SECONDS_MAX, &reading->state.latest, err);
}

static const struct conf_directive directives[] = {
    {"engineID", set_id, "0xID"},
    {"engineBoots", set_boots, "NUMBER"},
    {"engineStarted", set_started, "SECONDS"},
    {"engineLatest", set_latest, "SECONDS"},
    {NULL, NULL, NULL},
};

static void note_problem(const struct conf_place *place, bool warning, const char *message, void *arg)
{
    struct reading *reading = arg;
    if (!warning && !reading->problem[0]) {
        (void)conf_problem_text(place, warning, message, reading->problem, sizeof(reading->problem));
    }
}

/* UVSNMP_ENOT_FOUND: there is no file yet. */
static int read_file(const char *path, const struct engine_id *given, struct trap_state *out,
                     struct uvsnmp_error *err)
{
    struct reading reading = {.seen = 0};
    struct conf_reader reader = {
        .type = "snmptrap", .directives = directives, .problem = note_problem, .arg = &reading};
    int rc = conf_read_file(&reader, path, err);
    if (rc < 0) {
        return rc;
    }
    bool is_other = given->size > 0 && !engine_id_equals(given, engine_id_bytes(&reading.state.id));
    if (reading.problem[0] || reading.seen != SEEN_ALL || is_other || reading.state.boots == 0) {
        return err_set(err, UVSNMP_EBAD_VALUE, "%.60s does not say what the engine's clock was (%.100s)",
                       path,
                       reading.problem[0] ? reading.problem
                       : is_other         ? "it is another engine's"
                                          : "lines are missing");
    }
    *out = reading.state;
    return 0;
}

static int write_file(const char *path, const struct trap_state *state, struct uvsnmp_error *err)
{
    char id[ENGINE_ID_TEXT_MAX], numbers[3][24];
    engine_id_print(engine_id_bytes(&state->id), id, sizeof(id));
    const int64_t written[] = {state->boots, state->started, state->latest};
    struct conf_state_value values[] = {{.directive = directives[0].name, .octets = id, .size = strlen(id)},
                                        {.directive = directives[1].name},
                                        {.directive = directives[2].name},
                                        {.directive = directives[3].name}};
    values[0].is_text = true;
    for (size_t i = 0; i < 3; i++) {
        int length = snprintf(numbers[i], sizeof(numbers[i]), "%lld", (long long)written[i]);
        values[i + 1].octets = numbers[i];
        values[i + 1].size = (size_t)length;
        values[i + 1].is_text = true;
    }
    return conf_state_write(path, values, sizeof(values) / sizeof(values[0]), err);
}

/* ---- one call after the other ---- */

/* Reads it, moves it on, and tells whether it is to be written. */
static int take(const char *path, const struct engine_id *given, int64_t now, struct trap_state *out,
                bool *is_new, struct uvsnmp_error *err)
{
    int rc = read_file(path, given, out, err);
    if (rc < 0 && rc != UVSNMP_EBAD_VALUE) {
        begin(out, given, now);
        *is_new = true;
        return rc == UVSNMP_ENOT_FOUND ? 0 : rc;
    }
    rc = rc < 0 ? rc : trap_state_advance(out, now, is_new);
    return rc == UVSNMP_ELIMIT
               ? err_set(err, rc,
                         "the engine has no boots left: it needs another ID, and %s is to be removed", path)
               : rc;
}

static int take_locked(const char *path, const struct engine_id *given, int64_t now, struct trap_state *out,
                       struct uvsnmp_error *err)
{
    bool is_new;
    int fd = durable_lock(path, LOCK_WAIT_MS, err);
    if (fd < 0) {
        return UVSNMP_EFILE;
    }
    int rc = take(path, given, now, out, &is_new, err); /* somebody else may have written meanwhile */
    if (rc == 0 && is_new) {
        rc = write_file(path, out, err);
    }
    close(fd);
    return rc;
}

int trap_state_take(const char *directory, const struct engine_id *given, int64_t now, struct trap_state *out,
                    struct uvsnmp_error *err)
{
    char path[PATH_MAX], id[ENGINE_ID_TEXT_MAX];
    bool is_new;
    engine_id_print(engine_id_bytes(given), id, sizeof(id));
    int length = snprintf(path, sizeof(path), "%s/uvsnmp-trap%s%s.conf", directory,
                          given->size > 0 ? "-" : "", given->size > 0 ? id + 2 : "");
    if (!*directory || length < 0 || (size_t)length >= sizeof(path)) {
        begin(out, given, now);
        return err_set(err, UVSNMP_EFILE, "the persistent directory's name is empty or too long");
    }
    int rc = take(path, given, now, out, &is_new, err);
    return rc == 0 && is_new ? take_locked(path, given, now, out, err) : rc;
}
