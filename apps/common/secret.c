/* SPDX-License-Identifier: BSD-3-Clause */
#include "apps/common/secret.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/err.h"
#include "base/log.h"

#define SECRET_MAX 4095

static int check(int fd, const char *path, struct uvsnmp_error *err)
{
    struct stat status;
    if (fstat(fd, &status) != 0) {
        return err_set(err, UVSNMP_EFILE, "Cannot read %s: %s", path, strerror(errno));
    }
    if (S_ISREG(status.st_mode) && (status.st_mode & S_IWOTH)) {
        return err_set(err, UVSNMP_EPERMISSION, "%s: everybody may change this file; chmod o-w it", path);
    }
    if (S_ISREG(status.st_mode) && (status.st_mode & S_IROTH)) {
        log_write(LOG_LEVEL_WARNING, "%s: warning: everybody may read this file", path);
    }
    return 0;
}

int secret_from_file(const char *path, struct arena *arena, const char **out, struct uvsnmp_error *err)
{
    char text[SECRET_MAX + 1];
    size_t size = 0;
    ssize_t got = 1;
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0) {
        return err_set(err, UVSNMP_EFILE, "Cannot read %s: %s", path, strerror(errno));
    }
    int rc = check(fd, path, err);
    while (rc == 0 && got > 0 && size < SECRET_MAX && !memchr(text, '\n', size)) {
        got = read(fd, text + size, SECRET_MAX - size);
        if (got < 0 && errno != EINTR) {
            rc = err_set(err, UVSNMP_EFILE, "Cannot read %s: %s", path, strerror(errno));
        }
        size += got > 0 ? (size_t)got : 0;
        got = got < 0 ? 1 : got;
    }
    close(fd);
    if (rc < 0) {
        return rc;
    }
    text[size] = '\0';
    text[strcspn(text, "\r\n")] = '\0';
    *out = arena_copy(arena, text, strlen(text) + 1);
    return *out ? 0 : err_set(err, UVSNMP_ENO_MEMORY, "out of memory");
}
