/* SPDX-License-Identifier: BSD-3-Clause */
#include "apps/common/walking.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "apps/common/operands.h"
#include "apps/common/report.h"
#include "apps/common/target.h"
#include "format/oid.h"
#include "format/value.h"

/* Who watches a terminal while the output goes elsewhere is told how far it is, after a while and now and
 * then. */
#define PROGRESS_AFTER_S 2.0
#define PROGRESS_EVERY_S 0.5

static const struct report_style style = {.dot_after_packet = true, .dot_after_timeout = false};

struct walking {
    struct app_run *run;
    const struct walking_flags *flags;
    struct operands roots;
    size_t at;        /* the root being walked */
    uint64_t printed; /* of this root */
    uint64_t total;
    double begun, asked, told;
    bool shows_progress, has_told;
    bool has_left; /* the subtree of this root */
    enum app_status status;
};

static double now(void)
{
    struct timespec time;
    (void)clock_gettime(CLOCK_MONOTONIC, &time);
    return (double)time.tv_sec + (double)time.tv_nsec / 1e9;
}

static void begin(struct walking *walking);

/* ---- progress ---- */

static void show_progress(struct walking *walking)
{
    double time = now();
    double wait = walking->has_told ? PROGRESS_EVERY_S : PROGRESS_AFTER_S;
    if (!walking->shows_progress || time - walking->told < wait) {
        return;
    }
    fprintf(stderr, "\r%s: %" PRIu64 " variables", walking->run->app->name, walking->total);
    walking->told = time;
    walking->has_told = true;
}

static void clear_progress(struct walking *walking)
{
    if (walking->has_told) {
        fputs("\r\033[K", stderr);
        walking->has_told = false;
        walking->told = now();
    }
}

/* ---- printing ---- */

static void print(struct walking *walking, const struct uvsnmp_varbind *varbind)
{
    struct app_run *run = walking->run;
    if (walking->flags->time_each) {
        text_append_format(&run->out.text, "%f s: ", now() - walking->asked);
    }
    format_varbind(&run->out.text, varbind, &run->options.output);
    text_append_char(&run->out.text, '\n');
    walking->printed++;
    walking->total++;
}

/* Failures of order; the first is in Net-SNMP's words, which loops for ever in place of the second. */
static const struct order_kind {
    int status;
    const char *what;
    bool shows_previous;
} order_kinds[] = {{UVSNMP_ENOT_INCREASING, "not increasing", true}, {UVSNMP_EREPEATED, "repeated", false}};

static void print_order_error(struct walking *walking, const struct uvsnmp_walk_result *result,
                              const struct order_kind *kind)
{
    const struct format_options *options = &walking->run->options.output;
    struct text text;
    text_init(&text, 0);
    text_append_format(&text, "Error: OID %s: ", kind->what);
    if (kind->shows_previous) {
        format_oid(&text, result->previous, options);
        text_append(&text, "\n >= ");
    }
    format_oid(&text, result->stopped_by->name, options);
    text_append(&text, "\n\n");
    (void)output_flush(&walking->run->out);
    fputs(text_string(&text), stderr);
    text_fini(&text);
}

/* ---- one root ---- */

static void next_root(struct walking *walking)
{
    walking->at++;
    if (walking->at < walking->roots.count && walking->run->session) {
        begin(walking);
    }
}

/* What a GET of the root gave; an error-status is no news, for the walk tells what there is. */
static void print_root(struct walking *walking, const struct uvsnmp_result *result)
{
    for (size_t i = 0; result->status == 0 && result->error_status == 0 && i < result->count; i++) {
        print(walking, &result->varbinds[i]);
    }
    (void)output_flush(&walking->run->out);
}

/* The value of the root itself, when nothing is below it: it may be an instance. */
static void on_late_root(struct uvsnmp_session *session, const struct uvsnmp_result *result, void *arg)
{
    struct walking *walking = arg;
    (void)session;
    print_root(walking, result);
    next_root(walking);
}

static void ask_for_root(struct walking *walking, uvsnmp_result_cb *done)
{
    walking->asked = now();
    int rc = uvsnmp_get(walking->run->session, &walking->roots.varbinds[walking->at].name, 1, done, walking);
    if (rc < 0) {
        walking->status = report_not_sent(walking->run, rc);
    }
}

/*
 * A name outside the subtree ends snmpbulkwalk even where it lies before the root, as with agents that begin
 * anew at their end. To snmpwalk that is a name out of order: Net-SNMP's two differ here, and scripts know
 * them so.
 */
static bool has_left(const struct walking *walking, const struct uvsnmp_varbind *varbind)
{
    return walking->flags->max_repetitions > 0 && walking->flags->end.count == 0 &&
           !uvsnmp_oid_has_prefix(varbind->name, walking->roots.varbinds[walking->at].name);
}

/* True when the failure was one of order; the variable that broke it is printed, as Net-SNMP does. */
static bool report_order(struct walking *walking, const struct uvsnmp_walk_result *result)
{
    for (size_t i = 0; result->stopped_by && i < sizeof(order_kinds) / sizeof(order_kinds[0]); i++) {
        if (result->last->status == order_kinds[i].status) {
            print(walking, result->stopped_by);
            print_order_error(walking, result, &order_kinds[i]);
            return true;
        }
    }
    return false;
}

/* What ended the walk; true when the agent had no objection. */
static bool report_end(struct walking *walking, const struct uvsnmp_walk_result *result)
{
    struct app_run *run = walking->run;
    bool no_such_name = result->last->status == 0 && result->last->error_status == UVSNMP_STATUS_NO_SUCH_NAME;
    if (result->end == UVSNMP_WALK_MIB_END && !no_such_name) {
        if (result->stopped_by && !walking->roots.are_parts[walking->at]) {
            print(walking, result->stopped_by);
        }
        return true;
    }
    if (no_such_name) {
        text_append(&run->out.text, walking->roots.are_parts[walking->at] ? "" : "End of MIB\n");
        return true;
    }
    if (result->end == UVSNMP_WALK_ERROR_STATUS) {
        walking->status = report_error_status(run, result->last, &style);
        return true;
    }
    if (result->end == UVSNMP_WALK_FAILED) {
        if (result->last->status == UVSNMP_EUNEXPECTED_RESPONSE && result->stopped_by) {
            print(walking,
                  result->stopped_by); /* an exception where a variable should be: printed, and the end */
            return true;
        }
        if (result->stopped_by && has_left(walking, result->stopped_by)) {
            return true;
        }
        walking->status = APP_FAILED;
        if (result->last->status == UVSNMP_EEMPTY_RESPONSE) {
            (void)output_flush(&run->out);
            fputs("Error: the agent answered without any variable\n", stderr);
        } else if (!report_order(walking, result)) {
            walking->status = report_failure(run, result->last, &style);
        }
        return false;
    }
    return true;
}

static void on_walked(struct uvsnmp_session *session, const struct uvsnmp_walk_result *result, void *arg)
{
    struct walking *walking = arg;
    (void)session;
    clear_progress(walking);
    bool answered = report_end(walking, result);
    (void)output_flush(&walking->run->out);
    bool was_stopped = result->end == UVSNMP_WALK_STOPPED && !walking->has_left;
    if (!answered || was_stopped) {
        return; /* no answer to one root is no answer to the next */
    }
    if (walking->printed == 0 && !walking->flags->without_root && !walking->roots.are_parts[walking->at] &&
        walking->run->session) {
        ask_for_root(walking, on_late_root);
        return;
    }
    next_root(walking);
}

static int on_variable(const struct uvsnmp_varbind *varbind, void *arg)
{
    struct walking *walking = arg;
    if (has_left(walking, varbind)) {
        walking->has_left = true;
        return 1;
    }
    print(walking, varbind);
    return walking->run->out.error;
}

static void on_page(void *arg)
{
    struct walking *walking = arg;
    (void)output_flush(&walking->run->out);
    show_progress(walking);
    walking->asked = now();
}

static void walk(struct walking *walking)
{
    const struct walking_flags *flags = walking->flags;
    struct uvsnmp_walk_options options = {
        .root = walking->roots.varbinds[walking->at].name,
        .end = uvsnmp_oid_of(&flags->end),
        .max_repetitions = flags->max_repetitions,
        .non_repeaters = flags->non_repeaters,
        .allow_not_increasing = flags->any_order,
        .each = on_variable,
        .page = on_page,
        .done = on_walked,
        .arg = walking,
    };
    walking->asked = now();
    int rc = uvsnmp_walk(walking->run->session, &options);
    if (rc < 0) {
        walking->status = report_not_sent(walking->run, rc);
    }
}

static void on_first_root(struct uvsnmp_session *session, const struct uvsnmp_result *result, void *arg)
{
    struct walking *walking = arg;
    (void)session;
    print_root(walking, result);
    if (result->status < 0) {
        walking->status = report_failure(walking->run, result, &style);
        return;
    }
    walk(walking);
}

static void begin(struct walking *walking)
{
    walking->printed = 0;
    walking->has_left = false;
    if (walking->flags->with_root) {
        ask_for_root(walking, on_first_root);
    } else {
        walk(walking);
    }
}

/* Version 1 has no GETBULK: Net-SNMP's snmpbulkwalk says so, and does not fall back. */
static bool can_walk(struct walking *walking)
{
    if (walking->flags->max_repetitions == 0 || walking->run->options.version != UVSNMP_V1) {
        return true;
    }
    walking->status = report_not_sent(walking->run, UVSNMP_EUNSUPPORTED);
    return false;
}

static enum app_status roots(struct app_run *run, struct operands *out)
{
    static const char *const whole[] = {".1.3.6.1.2.1"};
    if (run->operand_count == 0) {
        run->operands = whole;
        run->operand_count = 1;
    }
    return operands_subtrees(run, out);
}

enum app_status walking_run(struct app_run *run)
{
    struct walking walking = {.run = run, .flags = run->own};
    enum app_status status = roots(run, &walking.roots);
    if (status == APP_OK) {
        status = target_open(run);
    }
    if (status != APP_OK) {
        return status;
    }
    walking.shows_progress = isatty(STDERR_FILENO) && !isatty(STDOUT_FILENO);
    walking.begun = walking.told = now();
    if (can_walk(&walking)) {
        begin(&walking);
        target_run(run);
    }
    if (walking.flags->count) {
        text_append_format(&run->out.text, "Variables found: %" PRIu64 "\n", walking.total);
    }
    (void)output_flush(&run->out);
    if (walking.flags->time) {
        fprintf(stderr, "Total traversal time = %f seconds\n", now() - walking.begun);
    }
    return walking.status;
}
