/* SPDX-License-Identifier: BSD-3-Clause */
#include "conf/durable.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "base/err.h"

#define LOCK_PAUSE_MS 10

/* ---- reading ---- */

void durable_content_free(struct durable_content *content)
{
    if (content->data) {
        explicit_bzero(content->data, content->size);
        free(content->data);
    }
    *content = (struct durable_content){NULL, 0};
}

static int read_all(int fd, size_t limit, struct durable_content *content)
{
    struct stat info;
    if (fstat(fd, &info) < 0) {
        return -1;
    }
    if (!S_ISREG(info.st_mode) || info.st_size < 0 || (size_t)info.st_size > limit) {
        errno = S_ISDIR(info.st_mode) ? EISDIR : EFBIG;
        return -1;
    }
    content->data = calloc(1, (size_t)info.st_size + 1);
    if (!content->data) {
        return -1;
    }
    while (content->size < (size_t)info.st_size) {
        ssize_t count = read(fd, content->data + content->size, (size_t)info.st_size - content->size);
        if (count < 0 && errno != EINTR) {
            return -1;
        }
        if (count == 0) {
            break;
        }
        content->size += count > 0 ? (size_t)count : 0;
    }
    return 0;
}

int durable_read(const char *path, size_t limit, struct durable_content *content)
{
    *content = (struct durable_content){NULL, 0};
    int fd = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC);
    if (fd < 0) {
        return -1;
    }
    int failed = read_all(fd, limit, content);
    int saved = errno;
    close(fd);
    errno = saved;
    return failed;
}

/* ---- writing ---- */

static int write_all(int fd, const char *data, size_t size)
{
    while (size > 0) {
        ssize_t written = write(fd, data, size);
        if (written < 0 && errno != EINTR) {
            return -1;
        }
        if (written > 0) {
            data += written;
            size -= (size_t)written;
        }
    }
    return fsync(fd);
}

/* "." where `path` has no directory. */
static int directory_of(const char *path, char directory[PATH_MAX])
{
    const char *slash = strrchr(path, '/');
    int length = slash ? snprintf(directory, PATH_MAX, "%.*s", (int)(slash - path + (slash == path)), path)
                       : snprintf(directory, PATH_MAX, ".");
    if (length < 0 || length >= PATH_MAX) {
        errno = ENAMETOOLONG;
        return -1;
    }
    return 0;
}

int durable_make_directory(const char *path)
{
    char directory[PATH_MAX];
    if (directory_of(path, directory) < 0) {
        return -1;
    }
    return mkdir(directory, 0700) < 0 && errno != EEXIST ? -1 : 0;
}

int durable_sync_directory(const char *path)
{
    char directory[PATH_MAX];
    if (directory_of(path, directory) < 0) {
        return -1;
    }
    int fd = open(directory, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (fd < 0) {
        return -1;
    }
    int failed = fsync(fd);
    int saved = errno;
    close(fd);
    errno = saved;
    return failed;
}

int durable_replace(const char *path, const struct text *text)
{
    char temporary[PATH_MAX];
    int length = snprintf(temporary, sizeof(temporary), "%s.XXXXXX", path);
    if (length < 0 || (size_t)length >= sizeof(temporary)) {
        errno = ENAMETOOLONG;
        return -1;
    }
    int fd = mkostemp(temporary, O_CLOEXEC);
    if (fd < 0) {
        return -1;
    }
    int failed = write_all(fd, text->data, text->size);
    int saved = errno;
    if (close(fd) < 0 && !failed) {
        failed = -1;
        saved = errno;
    }
    if (!failed && rename(temporary, path) < 0) {
        failed = -1;
        saved = errno;
    }
    if (failed) {
        unlink(temporary);
        errno = saved;
    }
    return failed;
}

/* ---- one process after the other ---- */

/* 0, or negative with `errno`. */
static int take_lock(int fd, unsigned wait_ms)
{
    const struct timespec pause = {0, LOCK_PAUSE_MS * 1000000L};
    for (unsigned waited = 0; flock(fd, LOCK_EX | LOCK_NB) < 0; waited += LOCK_PAUSE_MS) {
        if ((errno != EWOULDBLOCK && errno != EINTR) || waited >= wait_ms) {
            return -1;
        }
        (void)nanosleep(&pause, NULL);
    }
    return 0;
}

int durable_lock(const char *path, unsigned wait_ms, struct uvsnmp_error *err)
{
    char name[PATH_MAX];
    int length = snprintf(name, sizeof(name), "%s.lock", path);
    if (length < 0 || (size_t)length >= sizeof(name)) {
        return err_set(err, UVSNMP_EFILE, "%s: %s", path, strerror(ENAMETOOLONG));
    }
    int fd = -1;
    if (durable_make_directory(path) == 0) {
        /* a symbolic link planted by somebody who may write here is not followed */
        fd = open(name, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
    }
    if (fd < 0) {
        return err_set(err, UVSNMP_EFILE, "%s: %s", name, strerror(errno));
    }
    if (take_lock(fd, wait_ms) < 0) {
        bool is_taken = errno == EWOULDBLOCK;
        (void)err_set(err, 0, "%s: %s", path, is_taken ? "another process uses it" : strerror(errno));
        close(fd);
        return is_taken ? UVSNMP_EEXISTS : UVSNMP_EFILE;
    }
    return fd;
}
