/* SPDX-License-Identifier: BSD-3-Clause */
#include "apps/snmptrap/spool.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/err.h"
#include "base/num.h"

#define KEPT "inform" /* the suffix of what waits */
#define NUMBER_DIGITS 20
#define NUMBER_MAX (UINT64_MAX / 2)
#define NUMBERS_WAIT_MS 10000 /* for the lock under which others write a few files */

static int fail(const struct spool *spool, const char *what, struct uvsnmp_error *err)
{
    return err_set(err, UVSNMP_EFILE, "%s: %s: %s", spool->path, what, strerror(errno));
}

/* ---- the directory ---- */

int spool_open(struct spool *spool, const char *path, struct uvsnmp_error *err)
{
    struct stat info;
    *spool = (struct spool){.path = path, .max = SPOOL_MAX_DEFAULT, .delivery = -1};
    if (stat(spool->path, &info) < 0) {
        return err_set(err, UVSNMP_EFILE, "%s: %s", spool->path, strerror(errno));
    }
    if (!S_ISDIR(info.st_mode)) {
        return err_set(err, UVSNMP_EFILE, "%s: %s", spool->path, strerror(ENOTDIR));
    }
    if (info.st_uid != geteuid()) {
        return err_set(err, UVSNMP_EPERMISSION, "%s: it belongs to another user", spool->path);
    }
    if (info.st_mode & (S_IRWXG | S_IRWXO)) {
        return err_set(err, UVSNMP_EPERMISSION, "%s: others may look into it: its mode has to be 0700",
                       spool->path);
    }
    return 0;
}

/* The slashes that may stand behind its name make no other directory of it. */
static int sync_parent(const char *path)
{
    char name[PATH_MAX];
    size_t size = strlen(path);
    while (size > 1 && path[size - 1] == '/') {
        size--;
    }
    if (snprintf(name, sizeof(name), "%.*s", (int)size, path) >= (int)sizeof(name)) {
        errno = ENAMETOOLONG;
        return -1;
    }
    return durable_sync_directory(name);
}

int spool_make(struct spool *spool, const char *path, struct uvsnmp_error *err)
{
    bool is_new = mkdir(path, 0700) == 0;
    if (!is_new && errno != EEXIST) {
        return err_set(err, UVSNMP_EFILE, "%s: %s", path, strerror(errno));
    }
    int rc = spool_open(spool, path, err);
    /* always: whoever made it may have died before this. What nobody may read was made by its owner. */
    if (rc == 0 && sync_parent(path) < 0 && (is_new || errno != EACCES)) {
        rc = fail(spool, "cannot be kept", err);
    }
    return rc;
}

void spool_close(struct spool *spool)
{
    if (spool->delivery >= 0) {
        close(spool->delivery);
        spool->delivery = -1;
    }
}

/* ---- names ---- */

static int make_path(const struct spool *spool, uint64_t number, const char *suffix, char path[PATH_MAX],
                     struct uvsnmp_error *err)
{
    int length = snprintf(path, PATH_MAX, "%s/%0*" PRIu64 ".%s", spool->path, NUMBER_DIGITS, number, suffix);
    return length > 0 && length < PATH_MAX
               ? 0
               : err_set(err, UVSNMP_EFILE, "%s: %s", spool->path, strerror(ENAMETOOLONG));
}

/* The suffix of the file of a number; NULL: it is some other file. */
static const char *read_name(const char *name, uint64_t *number)
{
    char digits[NUMBER_DIGITS + 1];
    if (strnlen(name, NUMBER_DIGITS + 1) <= NUMBER_DIGITS || name[NUMBER_DIGITS] != '.') {
        return NULL;
    }
    memcpy(digits, name, NUMBER_DIGITS);
    digits[NUMBER_DIGITS] = '\0';
    return num_parse_u64(digits, NUMBER_MAX, number) ? name + NUMBER_DIGITS + 1 : NULL;
}

/* Each file of a number; non-zero ends it. */
typedef int visit_fn(const struct spool *spool, const char *name, const char *suffix, uint64_t number,
                     void *arg);

static int visit(const struct spool *spool, visit_fn *each, void *arg, struct uvsnmp_error *err)
{
    DIR *directory = opendir(spool->path);
    const struct dirent *entry;
    uint64_t number;
    int rc = 0;
    if (!directory) {
        return err_set(err, UVSNMP_EFILE, "%s: %s", spool->path, strerror(errno));
    }
    while (rc == 0 && (errno = 0, entry = readdir(directory)) != NULL) {
        const char *suffix = read_name(entry->d_name, &number);
        rc = suffix ? each(spool, entry->d_name, suffix, number, arg) : 0;
    }
    if (rc == 0 && errno != 0) {
        rc = fail(spool, "cannot be read", err);
    } else if (rc == UVSNMP_ENO_MEMORY) {
        (void)err_set(err, rc, "%s: out of memory", spool->path);
    }
    closedir(directory);
    return rc;
}

/* ---- adding ---- */

struct census {
    size_t kept;
    uint64_t latest; /* the highest number, of what was set aside, too */
};

/* What else somebody has put there takes no number away. */
static bool has_number(const char *suffix)
{
    return strcmp(suffix, KEPT) == 0 || strcmp(suffix, SPOOL_REFUSED) == 0 ||
           strcmp(suffix, SPOOL_DAMAGED) == 0;
}

static int count_file(const struct spool *spool, const char *name, const char *suffix, uint64_t number,
                      void *arg)
{
    struct census *census = arg;
    char path[PATH_MAX];
    census->kept += strcmp(suffix, KEPT) == 0;
    census->latest = has_number(suffix) && number > census->latest ? number : census->latest;
    if (strncmp(suffix, KEPT ".", sizeof(KEPT ".") - 1) == 0 &&
        snprintf(path, sizeof(path), "%s/%s", spool->path, name) < (int)sizeof(path)) {
        (void)unlink(path); /* somebody died before the file had its name */
    }
    return 0;
}

static int write_file(const struct spool *spool, uint64_t number, const struct text *inform,
                      struct uvsnmp_error *err)
{
    char path[PATH_MAX];
    int rc = make_path(spool, number, KEPT, path, err);
    return rc == 0 && durable_replace(path, inform) < 0 ? fail(spool, "the inform cannot be kept", err) : rc;
}

static int sync_spool(const struct spool *spool, const char *what, struct uvsnmp_error *err)
{
    char path[PATH_MAX];
    int rc = make_path(spool, 0, KEPT, path, err);
    return rc == 0 && durable_sync_directory(path) < 0 ? fail(spool, what, err) : rc;
}

static int write_all(const struct spool *spool, uint64_t first, const struct text *informs, size_t count,
                     struct uvsnmp_error *err)
{
    char path[PATH_MAX];
    size_t written = 0;
    int rc = 0;
    while (rc == 0 && written < count) {
        rc = write_file(spool, first + written, &informs[written], err);
        written += rc == 0;
    }
    rc = rc == 0 ? sync_spool(spool, "the inform cannot be kept", err) : rc;
    while (rc < 0 && written > 0) {
        if (make_path(spool, first + --written, KEPT, path, NULL) == 0) {
            (void)unlink(path);
        }
    }
    return rc;
}

static int lock(const struct spool *spool, const char *what, unsigned wait_ms, struct uvsnmp_error *err)
{
    char path[PATH_MAX];
    int length = snprintf(path, sizeof(path), "%s/%s", spool->path, what);
    return length > 0 && length < PATH_MAX
               ? durable_lock(path, wait_ms, err)
               : err_set(err, UVSNMP_EFILE, "%s: %s", spool->path, strerror(ENAMETOOLONG));
}

static int check_room(const struct spool *spool, const struct census *census, size_t count,
                      struct uvsnmp_error *err)
{
    if (count > spool->max || census->kept > spool->max - count) {
        return err_set(err, UVSNMP_ELIMIT, "%s: it keeps %zu informs, and %zu more are over its limit of %zu",
                       spool->path, census->kept, count, spool->max);
    }
    if (count > NUMBER_MAX - census->latest) { /* nothing would find it again */
        return err_set(err, UVSNMP_ELIMIT, "%s: no number is free above that of the file %0*" PRIu64 ".*",
                       spool->path, NUMBER_DIGITS, census->latest);
    }
    return 0;
}

int spool_add(struct spool *spool, const struct text *informs, size_t count, struct uvsnmp_error *err)
{
    struct census census = {0, 0};
    int fd = lock(spool, "numbers", NUMBERS_WAIT_MS, err);
    if (fd < 0) {
        return fd;
    }
    int rc = visit(spool, count_file, &census, err);
    rc = rc == 0 ? check_room(spool, &census, count, err) : rc;
    rc = rc == 0 ? write_all(spool, census.latest + 1, informs, count, err) : rc;
    close(fd);
    return rc;
}

/* ---- delivering ---- */

int spool_take(struct spool *spool, unsigned wait_ms, struct uvsnmp_error *err)
{
    int fd = lock(spool, "delivery", wait_ms, err);
    spool->delivery = fd >= 0 ? fd : -1;
    return fd >= 0 ? 0 : fd;
}

struct listing {
    uint64_t *numbers;
    size_t count, room;
};

static int list_file(const struct spool *spool, const char *name, const char *suffix, uint64_t number,
                     void *arg)
{
    struct listing *listing = arg;
    (void)spool;
    (void)name;
    if (strcmp(suffix, KEPT) != 0) {
        return 0;
    }
    if (listing->count == listing->room) {
        size_t room = listing->room * 2;
        uint64_t *more =
            room <= SPOOL_MAX_MOST * 2 ? realloc(listing->numbers, room * sizeof(listing->numbers[0])) : NULL;
        if (!more) {
            return UVSNMP_ENO_MEMORY;
        }
        listing->numbers = more;
        listing->room = room;
    }
    listing->numbers[listing->count++] = number;
    return 0;
}

static int compare_numbers(const void *a, const void *b)
{
    uint64_t left = *(const uint64_t *)a, right = *(const uint64_t *)b;
    return (left > right) - (left < right);
}

int spool_list(const struct spool *spool, uint64_t **numbers, size_t *count, struct uvsnmp_error *err)
{
    struct listing listing = {.room = 64};
    listing.numbers = malloc(listing.room * sizeof(listing.numbers[0]));
    int rc = listing.numbers ? visit(spool, list_file, &listing, err)
                             : err_set(err, UVSNMP_ENO_MEMORY, "%s: out of memory", spool->path);
    if (rc < 0) {
        free(listing.numbers);
        return rc;
    }
    qsort(listing.numbers, listing.count, sizeof(listing.numbers[0]), compare_numbers);
    *numbers = listing.numbers;
    *count = listing.count;
    return 0;
}

int spool_read(const struct spool *spool, uint64_t number, size_t limit, struct durable_content *content,
               struct uvsnmp_error *err)
{
    char path[PATH_MAX];
    int rc = make_path(spool, number, KEPT, path, err);
    if (rc < 0 || durable_read(path, limit, content) == 0) {
        return rc;
    }
    bool is_bad = errno == EFBIG || errno == EISDIR || errno == ENXIO;
    durable_content_free(content);
    return err_set(err, is_bad ? UVSNMP_EBAD_VALUE : UVSNMP_EFILE, "%s: %s", path, strerror(errno));
}

bool spool_has(const struct spool *spool, uint64_t number)
{
    char path[PATH_MAX];
    struct stat info;
    return make_path(spool, number, KEPT, path, NULL) == 0 &&
           (lstat(path, &info) == 0 || (errno != ENOENT && errno != ENOTDIR));
}

int spool_remove(const struct spool *spool, uint64_t number, struct uvsnmp_error *err)
{
    char path[PATH_MAX];
    int rc = make_path(spool, number, KEPT, path, err);
    if (rc == 0 && unlink(path) < 0) {
        return errno == ENOENT
                   ? 0
                   : err_set(err, UVSNMP_EFILE, "%s: cannot be removed: %s", path, strerror(errno));
    }
    return rc == 0 ? sync_spool(spool, "what was removed may come back", err) : rc;
}

int spool_set_aside(const struct spool *spool, uint64_t number, const char *suffix, struct uvsnmp_error *err)
{
    char path[PATH_MAX], aside[PATH_MAX];
    int rc = make_path(spool, number, KEPT, path, err);
    rc = rc == 0 ? make_path(spool, number, suffix, aside, err) : rc;
    if (rc == 0 && rename(path, aside) < 0) {
        rc = err_set(err, UVSNMP_EFILE, "%s: cannot be renamed: %s", path, strerror(errno));
    }
    return rc == 0 ? sync_spool(spool, "what was set aside may come back", err) : rc;
}
