/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * For LD_PRELOAD: ends the process, as kill -9 would, right before the call number STOP_AT of those that
 * change something outside of it. With STOP_ERRNO such a call fails by that number instead, once, and of
 * these only the one that STOP_CALL names counts, where it is set. The file STOP_SYNCED, where it is set,
 * gets the names of all that is synced.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

/* True: it is to fail. */
static int is_due(const char *call)
{
    static long count;
    const char *at = getenv("STOP_AT"), *number = getenv("STOP_ERRNO"), *only = getenv("STOP_CALL");
    if (!at || (only && strcmp(only, call) != 0) || ++count != atol(at)) {
        return 0;
    }
    if (!number) {
        _exit(137);
    }
    errno = atoi(number);
    return 1;
}

#define WRAP(result, name, parameters, arguments)                                                            \
    result name parameters                                                                                   \
    {                                                                                                        \
        result(*real) parameters;                                                                            \
        void *found = dlsym(RTLD_NEXT, #name);                                                               \
        memcpy(&real, &found, sizeof(real));                                                                 \
        return is_due(#name) ? (result)-1 : real arguments;                                                  \
    }

/* Of files alone: no event loop lives without its descriptors. */
ssize_t write(int fd, const void *data, size_t size)
{
    ssize_t (*real)(int, const void *, size_t);
    struct stat info;
    void *found = dlsym(RTLD_NEXT, "write");
    memcpy(&real, &found, sizeof(real));
    return fstat(fd, &info) == 0 && S_ISREG(info.st_mode) && is_due("write") ? -1 : real(fd, data, size);
}

static void note_synced(const char *file, int fd)
{
    char link[64], name[PATH_MAX] = "";
    FILE *notes = fopen(file, "a");
    (void)snprintf(link, sizeof(link), "/proc/self/fd/%d", fd);
    if (notes && readlink(link, name, sizeof(name) - 1) > 0) {
        (void)fprintf(notes, "%s\n", name);
    }
    if (notes) {
        (void)fclose(notes);
    }
}

int fsync(int fd)
{
    int (*real)(int);
    void *found = dlsym(RTLD_NEXT, "fsync");
    const char *notes = getenv("STOP_SYNCED");
    memcpy(&real, &found, sizeof(real));
    if (notes) {
        note_synced(notes, fd);
    }
    return is_due("fsync") ? -1 : real(fd);
}

WRAP(int, mkdir, (const char *path, mode_t mode), (path, mode))
WRAP(int, flock, (int fd, int operation), (fd, operation))
WRAP(int, mkostemp, (char *path, int flags), (path, flags))
WRAP(int, rename, (const char *from, const char *to), (from, to))
WRAP(int, unlink, (const char *path), (path))
WRAP(int, sendmmsg, (int fd, struct mmsghdr *messages, unsigned count, int flags),
     (fd, messages, count, flags))
WRAP(ssize_t, sendmsg, (int fd, const struct msghdr *message, int flags), (fd, message, flags))
WRAP(ssize_t, sendto,
     (int fd, const void *data, size_t size, int flags, const struct sockaddr *to, socklen_t length),
     (fd, data, size, flags, to, length))
