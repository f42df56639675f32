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

/* ---- what is there ---- */

/* The whole of a file, in memory that is wiped: it may hold keys. */
struct content {
    char *data; /* with a NUL behind */
    size_t size;
};

static void free_content(struct content *content)
{
    if (content->data) {
        explicit_bzero(content->data, content->size);
        free(content->data);
    }
}

static int read_all(int fd, struct content *content)
{
    struct stat info;
    if (fstat(fd, &info) < 0) {
        return -1;
    }
    if (!S_ISREG(info.st_mode) || info.st_size > FILE_LIMIT_OCTETS) {
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

/* A file that is not there is empty. */
static int read_file(const char *path, struct content *content)
{
    int fd = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC);
    if (fd < 0) {
        return errno == ENOENT ? 0 : -1;
    }
    int failed = read_all(fd, content);
    int saved = errno;
    close(fd);
    errno = saved;
    return failed;
}

/* ---- what is to be there ---- */

static bool is_taken_out(const struct conf_state_value *value, const char *text)
{
    if (!value->most) {
        return true;
    }
    bool is_one = *value->most > 0 && *conf_skip_space(text) != '\0';
    *value->most -= is_one;
    return is_one;
}

/* Is the line one of those that are about to be written anew, or to go? */
static bool is_replaced(const char *line, const struct conf_state_value *values, size_t count)
{
    const char *word = conf_skip_space(line);
    size_t length = strcspn(word, " \t\r\n");
    for (size_t i = 0; i < count; i++) {
        if (i > 0 && values[i].directive == values[i - 1].directive) {
            continue; /* one of many lines */
        }
        if (strlen(values[i].directive) == length && strncasecmp(values[i].directive, word, length) == 0) {
            return is_taken_out(&values[i], word + length);
        }
    }
    return false;
}

/* The lines of the file as it is that stay. */
static void keep_lines(struct content *old, const struct conf_state_value *values, size_t count,
                       struct text *out)
{
    char *line = old->data;
    while (line && line < old->data + old->size) {
        char *end = memchr(line, '\n', (size_t)(old->data + old->size - line));
        end = end ? end : old->data + old->size;
        *end = '\0';
        if (!is_replaced(line, values, count)) {
            text_append_size(out, line, (size_t)(end - line));
            text_append_char(out, '\n');
        }
        line = end + 1;
    }
}

static void add_lines(const struct conf_state_value *values, size_t count, struct text *out)
{
    for (size_t i = 0; i < count; i++) {
        if (values[i].octets) {
            text_append_format(out, "%s ", values[i].directive);
            if (values[i].is_text) {
                text_append_size(out, values[i].octets, values[i].size);
            } else {
                conf_octets_format(out, values[i].octets, values[i].size);
            }
            text_append_char(out, '\n');
        }
    }
}

/* As much as the new file can have, so that it need not grow: what is outgrown is not wiped. */
static size_t longest(const struct content *old, const struct conf_state_value *values, size_t count)
{
    size_t size = sizeof(heading) + old->size + 2; /* a line end that was missing, and a NUL */
    for (size_t i = 0; i < count; i++) {
        size += strlen(values[i].directive) + 2 * values[i].size + sizeof(" 0x\n");
    }
    return size;
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
    struct content old = {NULL, 0}, new = {NULL, 0};
    struct text text;
    int status = 0;
    if (read_file(path, &old) < 0) {
        status = err_set(err, UVSNMP_EFILE, "%s: %s", path, strerror(errno));
        goto done;
    }
    new.size = longest(&old, values, count);
    new.data = new.size <= FILE_LIMIT_OCTETS ? malloc(new.size) : NULL;
    if (!new.data) {
        status = err_set(err, UVSNMP_ENO_MEMORY, "%s: too large, or out of memory", path);
        goto done;
    }
    text_init_fixed(&text, new.data, new.size);
    text_append(&text, old.data ? "" : heading);
    keep_lines(&old, values, count, &text);
    add_lines(values, count, &text);
    if (text_failed(&text)) {
        status = err_set(err, UVSNMP_ENO_MEMORY, "%s: too large", path);
    } else if (replace_file(path, &text)) {
        status = err_set(err, UVSNMP_EFILE, "%s: %s", path, strerror(errno));
    }
done:
    free_content(&old);
    free_content(&new);
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
