/* SPDX-License-Identifier: BSD-3-Clause */
#include "apps/snmptrapd-lite/journal.h"

#include <fcntl.h>
#include <poll.h>
#include <stdlib.h>
#include <syslog.h>
#include <unistd.h>

#include "base/list.h"
#include "io/timer.h"
#include "io/writer.h"

/* Above FULL the receiver is to wait; what is in its buffers by then fits below the writer's own limit. */
enum { FULL = 16 << 20, WRITER_MAX = 256 << 20, FLUSH_MS = 1000, RETRY_MS = 1000 };
/* At the end so long is waited for a reader to take something, and so often. */
enum { CLOSE_STEP_MS = 500, CLOSE_STEPS = 10 };

struct place {
    const struct app_log_place *log; /* NULL: standard error, where nothing was said */
    int fd;                          /* negative: a file that is lost */
    struct io_writer *writer;        /* NULL: syslog, or nowhere */
    uint64_t written;
    unsigned long dropped; /* lines of the log, of which nothing was said yet */
    struct journal *journal;
};

/* An inform that waits for what is logged of it. */
struct wait {
    struct list link;
    uint64_t inform;
    uint64_t positions[APP_LOG_PLACES];
};

struct journal {
    struct journal_events events;
    uv_loop_t *loop;
    struct app_log *log;
    struct io_timer retry; /* to open files that are lost */
    struct place places[APP_LOG_PLACES];
    size_t count;
    struct list waits;
};

static bool is_written(const struct journal *journal, const struct wait *wait)
{
    for (size_t i = 0; i < journal->count; i++) {
        if (journal->places[i].writer && journal->places[i].written < wait->positions[i]) {
            return false;
        }
    }
    return true;
}

static void on_written(struct io_writer *writer, uint64_t position, void *arg)
{
    struct place *place = arg;
    struct journal *journal = place->journal;
    (void)writer;
    place->written = position;
    while (!list_is_empty(&journal->waits)) {
        struct wait *wait = LIST_OBJECT(journal->waits.next, struct wait, link);
        if (!is_written(journal, wait)) {
            break;
        }
        list_remove(&wait->link);
        journal->events.written(wait->inform, journal->events.arg);
        free(wait);
    }
    journal->events.moved(journal->events.arg);
}

/* Where it may be the log itself that fails, as little as possible is said. */
static void on_failed(struct io_writer *writer, const struct uvsnmp_error *error, void *arg)
{
    (void)writer;
    (void)arg;
    log_write(LOG_LEVEL_ERR, "notifications cannot be logged: %s", error->detail);
}

static bool open_place(struct journal *journal, uv_loop_t *loop, const struct app_log_place *log, FILE *file)
{
    struct place *place = &journal->places[journal->count];
    const struct io_writer_options options = {
        .max = WRITER_MAX, .written = on_written, .failed = on_failed, .arg = place};
    *place = (struct place){.log = log, .fd = -1, .journal = journal};
    journal->count++;
    if (!file) {
        return true;
    }
    fflush(file);
    place->fd = fcntl(fileno(file), F_DUPFD_CLOEXEC, 0);
    place->writer = place->fd >= 0 ? io_writer_new(loop, place->fd, &options) : NULL;
    return place->writer != NULL;
}

static FILE *file_of(const struct app_log_place *place)
{
    return place->kind == APP_LOG_STREAM || place->kind == APP_LOG_FILE ? place->file : NULL;
}

/* Less matters than notifications: what would push those out is dropped. An app_log_write_fn. */
static void write_line(size_t index, const char *line, size_t size, void *arg)
{
    struct journal *journal = arg;
    struct place *place = &journal->places[index];
    char note[80];
    struct text dropped;
    text_init_fixed(&dropped, note, sizeof(note));
    if (place->dropped > 0) {
        text_append_format(&dropped, "%lu lines of the log were dropped here\n", place->dropped);
    }
    if (io_writer_waiting(place->writer) > FULL ||
        io_writer_append(place->writer, text_string(&dropped), dropped.size) < 0) {
        place->dropped++;
        return;
    }
    place->dropped = io_writer_append(place->writer, line, size) < 0 ? 1 : 0;
}

/* Of a file that is lost nothing more is written, and informs stay unacknowledged, until there is one again.
 */
static void follow_file(struct place *place)
{
    bool is_lost = place->log->lost;
    int fd = is_lost ? -1 : fcntl(fileno(place->log->file), F_DUPFD_CLOEXEC, 0);
    if (fd < 0 && !is_lost) {
        return; /* no descriptors: the one that there is stays */
    }
    if (fd >= 0 && place->fd >= 0) {
        (void)io_writer_drain(place->writer, FLUSH_MS); /* so that no line is torn */
    }
    io_writer_redirect(place->writer, fd);
    if (place->fd >= 0) {
        close(place->fd);
    }
    place->fd = fd;
}

static void set_retry(struct journal *journal)
{
    bool waits = false;
    for (size_t i = 0; i < journal->count; i++) {
        waits = waits || (journal->places[i].writer && journal->places[i].fd < 0);
    }
    io_timer_set(&journal->retry, waits ? io_now(journal->loop) + RETRY_MS : IO_NEVER);
}

static void recover(struct journal *journal)
{
    app_log_recover(journal->log);
    for (size_t i = 0; i < journal->count; i++) {
        if (journal->places[i].writer && journal->places[i].fd < 0) {
            follow_file(&journal->places[i]);
        }
    }
}

static void on_retry(struct io_timer *timer)
{
    recover(timer->arg);
    set_retry(timer->arg);
}

struct journal *journal_new(uv_loop_t *loop, struct app_log *log, const struct journal_events *events)
{
    struct journal *journal = calloc(1, sizeof(*journal));
    if (!journal) {
        return NULL;
    }
    journal->events = *events;
    journal->loop = loop;
    journal->log = log;
    io_timer_init(&journal->retry, loop, on_retry, journal);
    list_init(&journal->waits);
    bool opened = log->count > 0 || open_place(journal, loop, NULL, stderr);
    for (size_t i = 0; opened && i < log->count; i++) {
        opened = open_place(journal, loop, &log->places[i], file_of(&log->places[i]));
    }
    if (!opened) {
        journal_close(journal);
        return NULL;
    }
    app_log_divert(log, write_line, journal);
    return journal;
}

/* True: nothing waits any more. A reader that is slow is given time, one that does not read is not. */
static bool drain(struct io_writer *writer)
{
    size_t before = SIZE_MAX, left = io_writer_waiting(writer);
    for (unsigned i = 0; left > 0 && left < before && i < CLOSE_STEPS; i++) {
        before = left;
        (void)io_writer_drain(writer, CLOSE_STEP_MS);
        left = io_writer_waiting(writer);
    }
    return left == 0;
}

/* Without waiting, a few lines more. */
static bool takes_more(int fd)
{
    struct pollfd state = {.fd = fd, .events = POLLOUT};
    return poll(&state, 1, 0) > 0 && (state.revents & POLLOUT);
}

/* The octets that nobody took. */
static size_t close_place(struct journal *journal, size_t index)
{
    struct place *place = &journal->places[index];
    size_t lost = 0;
    if (place->writer) {
        lost = drain(place->writer) ? 0 : io_writer_waiting(place->writer);
        io_writer_close(place->writer);
    }
    if (place->writer && (lost > 0 || !takes_more(place->fd))) {
        app_log_mute(journal->log, index);
    }
    if (place->fd >= 0) {
        close(place->fd);
    }
    return lost;
}

static void on_timer_closed(struct io_timer *timer)
{
    free(timer->arg);
}

void journal_close(struct journal *journal)
{
    if (!journal) {
        return;
    }
    size_t lost = 0;
    recover(journal);
    app_log_divert(journal->log, NULL, NULL);
    for (size_t i = 0; i < journal->count; i++) {
        lost += close_place(journal, i);
    }
    if (lost > 0) {
        log_write(LOG_LEVEL_ERR, "%zu octets of the log could not be written", lost);
    }
    LIST_EACH(link, following, &journal->waits)
    {
        free(LIST_OBJECT(link, struct wait, link));
    }
    io_timer_close(&journal->retry, on_timer_closed);
}

/* Notifications are logged as information. */
static bool is_wanted(const struct place *place)
{
    return !place->log || (place->log->from <= LOG_LEVEL_INFO && place->log->to >= LOG_LEVEL_INFO);
}

void journal_append(struct journal *journal, const char *text, size_t size)
{
    for (size_t i = 0; i < journal->count; i++) {
        struct place *place = &journal->places[i];
        if (!is_wanted(place)) {
            continue;
        }
        if (place->writer && io_writer_append(place->writer, text, size) < 0) {
            log_write(LOG_LEVEL_ERR, "a notification could not be logged: too much waits to be written");
        } else if (!place->writer && place->log->kind == APP_LOG_SYSLOG) {
            syslog(LOG_INFO, "%.*s", (int)size, text);
        }
    }
}

int journal_wait(struct journal *journal, uint64_t inform)
{
    struct wait now = {.inform = inform};
    for (size_t i = 0; i < journal->count; i++) {
        const struct place *place = &journal->places[i];
        now.positions[i] = place->writer ? io_writer_position(place->writer) : 0;
    }
    if (list_is_empty(&journal->waits) && is_written(journal, &now)) {
        journal->events.written(inform, journal->events.arg);
        return 0;
    }
    struct wait *wait = malloc(sizeof(*wait));
    if (!wait) {
        return UVSNMP_ENO_MEMORY;
    }
    *wait = now;
    list_append(&journal->waits, &wait->link);
    return 0;
}

bool journal_is_full(struct journal *journal)
{
    for (size_t i = 0; i < journal->count; i++) {
        if (journal->places[i].writer && io_writer_waiting(journal->places[i].writer) > FULL) {
            return true;
        }
    }
    return false;
}

void journal_flush(struct journal *journal)
{
    for (size_t i = 0; i < journal->count; i++) {
        if (journal->places[i].writer) {
            (void)io_writer_drain(journal->places[i].writer, FLUSH_MS);
        }
    }
}

void journal_reopen(struct journal *journal)
{
    for (size_t i = 0; i < journal->count; i++) {
        struct place *place = &journal->places[i];
        if (place->writer && place->log && place->log->kind == APP_LOG_FILE) {
            follow_file(place);
        }
    }
    set_retry(journal);
}
