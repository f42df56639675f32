/* SPDX-License-Identifier: BSD-3-Clause */
#include "apps/common/log.h"

#include <ctype.h>
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>
#include <syslog.h>
#include <time.h>
#include <unistd.h>

#include "base/err.h"

enum { LINE_SIZE = 1024 + 64 }; /* a message of base/log.h with the time before it */

/* The letters of the levels, from LOG_LEVEL_EMERG on; their digits are taken too. */
static const char level_letters[] = "!acewnid";

/* An upper-case letter is the lower-case one with a level, or a range of them, before its own argument. */
static const struct place_row {
    char letter;
    bool with_argument;
    const char *argument, *help;
} rows[] = {
    {'e', false, "", "messages to standard error"},
    {'o', false, "", "messages to standard output"},
    {'n', false, "", "no messages"},
    {'f', true, " FILE", "messages to FILE"},
    {'s', true, " FACILITY", "messages to syslog, as FACILITY (d, u, 0 to 7)"},
};
#define ROW_COUNT (sizeof(rows) / sizeof(rows[0]))

static const struct place_row *find(char letter)
{
    for (size_t i = 0; i < ROW_COUNT; i++) {
        if (rows[i].letter == tolower((unsigned char)letter)) {
            return &rows[i];
        }
    }
    return NULL;
}

void app_log_init(struct app_log *log)
{
    memset(log, 0, sizeof(*log));
}

static void append_time(struct text *line)
{
    char stamp[32];
    time_t now = time(NULL);
    struct tm local;
    if (localtime_r(&now, &local) && strftime(stamp, sizeof(stamp), "%F %T", &local) > 0) {
        text_append_format(line, "%s ", stamp);
    }
}

static void write_line(const struct app_log *log, size_t place, FILE *file, const char *text)
{
    char storage[LINE_SIZE];
    struct text line;
    text_init_fixed(&line, storage, sizeof(storage));
    if (log->timestamps) {
        append_time(&line);
    }
    text_append(&line, text);
    text_append_char(&line, '\n');
    if (log->write) {
        log->write(place, text_string(&line), line.size, log->write_arg);
    } else {
        fwrite(text_string(&line), 1, line.size, file);
        fflush(file);
    }
}

static void sink(int level, const char *text, void *arg)
{
    const struct app_log *log = arg;
    if (log->count == 0) {
        write_line(log, 0, stderr, text);
    }
    for (size_t i = 0; i < log->count; i++) {
        const struct app_log_place *place = &log->places[i];
        if (level < (int)place->from || level > (int)place->to) {
            continue;
        }
        if (place->kind == APP_LOG_STREAM || place->kind == APP_LOG_FILE) {
            write_line(log, i, place->file, text);
        } else if (place->kind == APP_LOG_SYSLOG) {
            syslog(level, "%s", text);
        }
    }
}

void app_log_start(struct app_log *log)
{
    uvsnmp_log_set_sink(sink, log);
}

static void close_place(struct app_log_place *place)
{
    if (place->kind == APP_LOG_FILE) {
        fclose(place->file);
        free(place->path);
    } else if (place->kind == APP_LOG_SYSLOG) {
        closelog();
    }
    place->kind = APP_LOG_NOWHERE;
}

static void close_places(struct app_log *log)
{
    for (size_t i = 0; i < log->count; i++) {
        close_place(&log->places[i]);
    }
    log->count = 0;
}

void app_log_fini(struct app_log *log)
{
    uvsnmp_log_set_sink(NULL, NULL);
    close_places(log);
}

void app_log_divert(struct app_log *log, app_log_write_fn *write, void *arg)
{
    log->write = write;
    log->write_arg = arg;
}

void app_log_mute(struct app_log *log, size_t place)
{
    if (log->count == 0) {
        log->places[log->count++] = (struct app_log_place){.kind = APP_LOG_NOWHERE, .to = LOG_LEVEL_DEBUG};
    } else {
        close_place(&log->places[place]);
    }
}

/* A pipe without a reader is not waited for. */
static FILE *open_again(const char *path)
{
    int fd = open(path, O_WRONLY | O_APPEND | O_CREAT | O_NONBLOCK | O_CLOEXEC, 0666);
    FILE *file = fd >= 0 && fcntl(fd, F_SETFL, O_APPEND) == 0 ? fdopen(fd, "a") : NULL;
    if (!file && fd >= 0) {
        close(fd);
    }
    return file;
}

static bool is_removed(FILE *file)
{
    struct stat status;
    return fstat(fileno(file), &status) == 0 && status.st_nlink == 0;
}

/* Says what a log that is lost cannot say. Standard error may be a pipe that nobody reads. */
static void say_elsewhere(const char *text)
{
    struct pollfd output = {.fd = STDERR_FILENO, .events = POLLOUT};
    if (poll(&output, 1, 0) > 0 && (output.revents & POLLOUT)) {
        fprintf(stderr, "%s\n", text);
    }
    syslog(LOG_DAEMON | LOG_ERR, "%s", text);
}

static void reopen(struct app_log_place *place)
{
    char message[LINE_SIZE];
    bool was_lost = place->lost;
    FILE *file = open_again(place->path);
    if (file) {
        fclose(place->file);
        place->file = file;
        place->lost = false;
        return;
    }
    snprintf(message, sizeof(message), "Warning: cannot open the log file %s again: %s", place->path,
             strerror(errno));
    place->lost = is_removed(place->file);
    if (!was_lost) {
        log_write(LOG_LEVEL_WARNING, "%s", message);
    }
    if (place->lost && !was_lost) {
        say_elsewhere(message);
    }
}

void app_log_reopen(struct app_log *log)
{
    for (size_t i = 0; i < log->count; i++) {
        if (log->places[i].kind == APP_LOG_FILE && log->places[i].path) {
            reopen(&log->places[i]);
        }
    }
}

void app_log_recover(struct app_log *log)
{
    for (size_t i = 0; i < log->count; i++) {
        if (log->places[i].lost) {
            reopen(&log->places[i]);
        }
    }
}

/* -1: none */
static int find_level(char letter)
{
    const char *found = letter ? strchr(level_letters, letter) : NULL;
    if (letter >= '0' && letter <= '0' + (int)LOG_LEVEL_DEBUG) {
        return letter - '0';
    }
    return found ? (int)(found - level_letters) : -1;
}

/* "w" is from the most urgent to that one, "1-4" both given. Leaves `*text` behind it and blanks. */
static bool take_levels(const char **text, struct app_log_place *place)
{
    int level = find_level(**text);
    if (level < 0) {
        return false;
    }
    place->from = LOG_LEVEL_EMERG;
    place->to = (enum log_level)level;
    ++*text;
    if (**text == '-') {
        int other = find_level((*text)[1]);
        if (other < 0) {
            return false;
        }
        place->from = (enum log_level)(level < other ? level : other);
        place->to = (enum log_level)(level < other ? other : level);
        *text += 2;
    }
    *text += strspn(*text, " ");
    return true;
}

static int syslog_facility(const char *text)
{
    if (text[0] == 'd' || text[0] == 'D') {
        return LOG_DAEMON;
    }
    if (text[0] == 'u' || text[0] == 'U') {
        return LOG_USER;
    }
    return text[0] >= '0' && text[0] <= '7' ? LOG_LOCAL0 + ((text[0] - '0') << 3) : -1;
}

static int open_file(const struct app_log *log, const char *path, struct app_log_place *place,
                     struct uvsnmp_error *err)
{
    place->kind = APP_LOG_FILE;
    place->file = fopen(path, log->truncates ? "we" : "ae");
    place->path = place->file ? realpath(path, NULL) : NULL;
    return place->file ? 0
                       : err_set(err, UVSNMP_EFILE, "Cannot open the log file %s: %s", path, strerror(errno));
}

static int open_place(struct app_log_place *place, char letter, const char *rest, const char *name,
                      struct uvsnmp_error *err)
{
    int facility;
    switch (letter) {
    case 'e':
    case 'o':
        place->kind = APP_LOG_STREAM;
        place->file = letter == 'e' ? stderr : stdout;
        return 0;
    case 's':
        place->kind = APP_LOG_SYSLOG;
        facility = syslog_facility(rest);
        if (facility < 0) {
            return err_set(err, UVSNMP_EBAD_ARGUMENT, "invalid syslog facility: %s", rest);
        }
        openlog(name, LOG_PID, facility);
        return 0;
    default:
        place->kind = APP_LOG_NOWHERE;
        return 0;
    }
}

int app_log_parse(struct app_log *log, const char *argument, const char *name, struct uvsnmp_error *err)
{
    struct app_log_place place = {.from = LOG_LEVEL_EMERG, .to = LOG_LEVEL_DEBUG};
    const struct place_row *row = find(argument[0]);
    if (!row) {
        return err_set(err, UVSNMP_EBAD_ARGUMENT, "Unknown logging option passed to -L: %c.", argument[0]);
    }
    const char *rest = argument + 1 + strspn(argument + 1, " ");
    if (isupper((unsigned char)argument[0]) && !take_levels(&rest, &place)) {
        return err_set(err, UVSNMP_EBAD_ARGUMENT, "invalid priority: %s", rest);
    }
    if (row->with_argument && !*rest) {
        return err_set(err, UVSNMP_EBAD_ARGUMENT, "Missing%s after -L%c", row->argument, argument[0]);
    }
    if (argument[0] == 'n') {
        close_places(log); /* what stood before it is not meant any more */
    }
    if (log->count == APP_LOG_PLACES) {
        return err_set(err, UVSNMP_ELIMIT, "At most %d -L options are taken", APP_LOG_PLACES);
    }
    int rc = row->letter == 'f' ? open_file(log, rest, &place, err)
                                : open_place(&place, row->letter, rest, name, err);
    if (rc == 0) {
        log->places[log->count++] = place;
    }
    return rc;
}

unsigned app_log_missing_words(const char *argument)
{
    const struct place_row *row = find(argument[0]);
    if (!row || argument[1]) {
        return 0;
    }
    return (isupper((unsigned char)argument[0]) ? 1U : 0U) + (row->with_argument ? 1U : 0U);
}

void app_log_help(struct text *text, const char *indent)
{
    for (size_t i = 0; i < ROW_COUNT; i++) {
        text_append_format(text, "%s%c%s:  %s\n", indent, rows[i].letter, rows[i].argument, rows[i].help);
    }
    text_append_format(
        text, "%sE O N F S:  the same, LEVEL or LEVEL-LEVEL (0 to 7, ! a c e w n i d) before the rest\n",
        indent);
}
