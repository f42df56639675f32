/* SPDX-License-Identifier: BSD-3-Clause */
#include "conf/state.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/err.h"
#include "base/text.h"
#include "conf/token.h"

enum { FILE_LIMIT_OCTETS = 16 * 1024 * 1024 }; /* as much as is read */

static const char heading[] = "# Written by the program itself; it is replaced while the program runs.\n";

/* Is the line one of those that are about to be written anew? */
static bool is_replaced(const char *line, const struct conf_state_value *values, size_t count)
{
    const char *word = conf_skip_space(line);
    size_t length = strcspn(word, " \t\r\n");
    for (size_t i = 0; i < count; i++) {
        if (i > 0 && values[i].directive == values[i - 1].directive) {
            continue; /* one of many lines */
        }
        if (strlen(values[i].directive) == length && strncasecmp(values[i].directive, word, length) == 0) {
            return true;
        }
    }
    return false;
}

/* The lines of the file as it is that stay. */
static int keep_lines(const char *path, const struct conf_state_value *values, size_t count, struct text *out)
{
    FILE *file = fopen(path, "re");
    if (!file) {
        text_append(out, heading);
        return errno == ENOENT ? 0 : UVSNMP_EFILE;
    }
    char *line = NULL;
    size_t capacity = 0;
    ssize_t length;
    while (!text_failed(out) && (length = getline(&line, &capacity, file)) > 0) {
        if (!is_replaced(line, values, count)) {
            text_append_size(out, line, (size_t)length);
            if (line[length - 1] != '\n') {
                text_append_char(out, '\n');
            }
        }
    }
    int status = ferror(file) ? UVSNMP_EFILE : 0;
    free(line);
    fclose(file);
    return status;
}

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

/* Makes the directory that the file is to be in, and tells its name. */
static int make_directory(const char *path, char directory[PATH_MAX])
{
    const char *slash = strrchr(path, '/');
    (void)snprintf(directory, PATH_MAX, "%.*s", slash ? (int)(slash - path) : 1, slash ? path : ".");
    return slash && mkdir(directory, 0700) < 0 && errno != EEXIST ? -1 : 0;
}

/* A rename is safe over a power cut only when the directory was synced as well. */
static void sync_directory(const char *directory)
{
    int fd = open(directory, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (fd >= 0) {
        fsync(fd);
        close(fd);
    }
}

static int replace_file(const char *path, const struct text *content)
{
    char directory[PATH_MAX], temporary[PATH_MAX];
    int length = snprintf(temporary, sizeof(temporary), "%s.XXXXXX", path);
    if (length < 0 || (size_t)length >= sizeof(temporary)) {
        errno = ENAMETOOLONG;
        return -1;
    }
    if (make_directory(path, directory) < 0) {
        return -1;
    }
    int fd = mkostemp(temporary, O_CLOEXEC);
    if (fd < 0) {
        return -1;
    }
    int failed = write_all(fd, content->data, content->size);
    failed |= close(fd);
    if (failed || rename(temporary, path) < 0) {
        int saved = errno;
        unlink(temporary);
        errno = saved;
        return -1;
    }
    sync_directory(directory);
    return 0;
}

int conf_state_write(const char *path, const struct conf_state_value *values, size_t count,
                     struct uvsnmp_error *err)
{
    struct text content;
    text_init(&content, FILE_LIMIT_OCTETS);
    int status = keep_lines(path, values, count, &content);
    if (status) {
        err_set(err, status, "%s: %s", path, strerror(errno));
        goto done;
    }
    for (size_t i = 0; i < count; i++) {
        if (values[i].octets) {
            text_append_format(&content, "%s ", values[i].directive);
            if (values[i].is_text) {
                text_append_size(&content, values[i].octets, values[i].size);
            } else {
                conf_octets_format(&content, values[i].octets, values[i].size);
            }
            text_append_char(&content, '\n');
        }
    }
    if (text_failed(&content)) {
        status = err_set(err, UVSNMP_ENO_MEMORY, "%s: too large, or out of memory", path);
    } else if (replace_file(path, &content)) {
        status = err_set(err, UVSNMP_EFILE, "%s: %s", path, strerror(errno));
    }
done:
    text_fini(&content);
    return status;
}

int conf_state_lock(const char *path, struct uvsnmp_error *err)
{
    char directory[PATH_MAX], name[PATH_MAX];
    int length = snprintf(name, sizeof(name), "%s.lock", path);
    if (length < 0 || (size_t)length >= sizeof(name)) {
        return err_set(err, UVSNMP_EFILE, "%s: %s", path, strerror(ENAMETOOLONG));
    }
    int fd = -1;
    if (make_directory(path, directory) == 0) {
        /* a symbolic link planted by somebody who may write here is not followed */
        fd = open(name, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
    }
    if (fd < 0) {
        return err_set(err, UVSNMP_EFILE, "%s: %s", path, strerror(errno));
    }
    if (flock(fd, LOCK_EX | LOCK_NB) < 0) {
        bool is_taken = errno == EWOULDBLOCK;
        (void)err_set(err, 0, "%s: %s", path, is_taken ? "another process uses it" : strerror(errno));
        close(fd);
        return is_taken ? UVSNMP_EEXISTS : UVSNMP_EFILE;
    }
    return fd;
}
