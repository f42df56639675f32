/* SPDX-License-Identifier: BSD-3-Clause */
#include "apps/common/process.h"

#include <errno.h>
#include <fcntl.h>
#include <grp.h>
#include <pwd.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include "base/err.h"
#include "base/log.h"
#include "base/num.h"

/* "#123" and "123" are ids, all else is a name. */
static bool parse_id(const char *text, uint64_t *id)
{
    return num_parse_u64(*text == '#' ? text + 1 : text, UINT32_MAX - 1, id);
}

static int find_user(const char *user, struct credentials *out, struct uvsnmp_error *err)
{
    uint64_t id = 0;
    bool numeric = parse_id(user, &id);
    errno = 0;
    const struct passwd *entry = numeric ? getpwuid((uid_t)id) : getpwnam(user);
    if (!entry && !numeric) {
        return err_set(err, UVSNMP_EBAD_ARGUMENT, "Bad user id: %s", user);
    }
    out->change_user = true;
    out->uid = entry ? entry->pw_uid : (uid_t)id;
    if (entry && !out->change_group) {
        out->change_group = true;
        out->gid = entry->pw_gid;
    }
    if (entry && strlen(entry->pw_name) < sizeof(out->name)) {
        snprintf(out->name, sizeof(out->name), "%s", entry->pw_name);
    }
    if (!out->change_group && out->uid != 0) {
        return err_set(err, UVSNMP_EBAD_ARGUMENT, "Bad user id: %s: it has no group, give one as well", user);
    }
    return 0;
}

static int find_group(const char *group, struct credentials *out, struct uvsnmp_error *err)
{
    uint64_t id = 0;
    const struct group *entry = parse_id(group, &id) ? NULL : getgrnam(group);
    if (!entry && !parse_id(group, &id)) {
        return err_set(err, UVSNMP_EBAD_ARGUMENT, "Bad group id: %s", group);
    }
    out->change_group = true;
    out->gid = entry ? entry->gr_gid : (gid_t)id;
    return 0;
}

int credentials_find(const char *user, const char *group, struct credentials *out, struct uvsnmp_error *err)
{
    memset(out, 0, sizeof(*out));
    int status = group ? find_group(group, out, err) : 0;
    return status == 0 && user ? find_user(user, out, err) : status;
}

/* Supplementary groups first: they cannot be changed any more as somebody else. */
static int take_groups(const struct credentials *credentials, struct uvsnmp_error *err)
{
    int failed = credentials->name[0] ? initgroups(credentials->name, credentials->gid) : setgroups(0, NULL);
    if (failed || setresgid(credentials->gid, credentials->gid, credentials->gid) < 0) {
        return err_set(err, UVSNMP_EPERMISSION, "cannot change to group %ju: %s", (uintmax_t)credentials->gid,
                       strerror(errno));
    }
    return 0;
}

static bool is_taken(const struct credentials *credentials)
{
    uid_t real, effective, saved;
    gid_t group, effective_group, saved_group;
    if (getresuid(&real, &effective, &saved) < 0 || getresgid(&group, &effective_group, &saved_group) < 0) {
        return false;
    }
    if (credentials->change_group &&
        (group != credentials->gid || effective_group != group || saved_group != group)) {
        return false;
    }
    if (!credentials->change_user) {
        return true;
    }
    if (real != credentials->uid || effective != real || saved != real) {
        return false;
    }
    return credentials->uid == 0 || setuid(0) < 0; /* there must be no way back */
}

int credentials_take(const struct credentials *credentials, struct uvsnmp_error *err)
{
    if (!credentials->change_user && !credentials->change_group) {
        return 0;
    }
    bool already = getuid() == credentials->uid && geteuid() == credentials->uid && getuid() != 0 &&
                   (!credentials->change_group || getgid() == credentials->gid);
    if (credentials->change_user && already) {
        return 0; /* not root, and asked for what is the case */
    }
    int status = credentials->change_group ? take_groups(credentials, err) : 0;
    if (status) {
        return status;
    }
    if (credentials->change_user && setresuid(credentials->uid, credentials->uid, credentials->uid) < 0) {
        return err_set(err, UVSNMP_EPERMISSION, "cannot change to user %ju: %s", (uintmax_t)credentials->uid,
                       strerror(errno));
    }
    if (!is_taken(credentials)) {
        return err_set(err, UVSNMP_EPERMISSION, "the change of user did not take effect");
    }
    return 0;
}

void process_user(char *text, size_t size)
{
    const struct passwd *entry = getpwuid(geteuid());
    if (entry) {
        (void)snprintf(text, size, "%s", entry->pw_name);
    } else {
        (void)snprintf(text, size, "%ju", (uintmax_t)geteuid());
    }
}

/* The child's first byte means that it is ready; the pipe's end without one that it is gone. */
static void wait_for_child(int fd)
{
    char byte;
    ssize_t size;
    do {
        size = read(fd, &byte, 1);
    } while (size < 0 && errno == EINTR);
    _exit(size == 1 ? 0 : 1);
}

int process_daemonise(int *ready, struct uvsnmp_error *err)
{
    int ends[2];
    if (pipe2(ends, O_CLOEXEC) < 0) {
        return err_set(err, err_from_errno(errno), "pipe: %s", strerror(errno));
    }
    fflush(NULL);
    pid_t child = fork();
    if (child < 0) {
        close(ends[0]);
        close(ends[1]);
        return err_set(err, err_from_errno(errno), "fork: %s", strerror(errno));
    }
    if (child > 0) {
        close(ends[1]);
        wait_for_child(ends[0]);
    }
    close(ends[0]);
    (void)setsid();
    *ready = ends[1];
    return 0;
}

void process_ready(int ready, bool keep_output)
{
    int null = open("/dev/null", O_RDWR | O_CLOEXEC);
    int failed = chdir("/"); /* if so, the folder we were started in stays busy: no reason to stop */
    (void)failed;
    if (null >= 0) {
        (void)dup2(null, STDIN_FILENO);
        if (!keep_output) {
            (void)dup2(null, STDOUT_FILENO);
            (void)dup2(null, STDERR_FILENO);
        }
        if (null > STDERR_FILENO) {
            close(null);
        }
    }
    ssize_t written;
    do {
        written = write(ready, "", 1);
    } while (written < 0 && errno == EINTR);
    close(ready);
}

void process_notify_ready(void)
{
    static const char message[] = "READY=1";
    const char *path = getenv("NOTIFY_SOCKET");
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    size_t length = path ? strlen(path) : 0;
    if (length < 2 || length >= sizeof(address.sun_path) || (path[0] != '/' && path[0] != '@')) {
        return;
    }
    memcpy(address.sun_path, path, length);
    if (path[0] == '@') {
        address.sun_path[0] = '\0'; /* the abstract name space */
    }
    int fd = socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    socklen_t size = (socklen_t)(offsetof(struct sockaddr_un, sun_path) + length);
    if (fd < 0 ||
        sendto(fd, message, strlen(message), MSG_NOSIGNAL, (const struct sockaddr *)&address, size) < 0) {
        log_write(LOG_LEVEL_WARNING, "Warning: the service manager was not told of the start: %s",
                  strerror(errno));
    }
    if (fd >= 0) {
        close(fd);
    }
}

int pid_file_write(const char *path, struct uvsnmp_error *err)
{
    /* a symbolic link planted by somebody who may write here is not followed */
    int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0644);
    int failed = fd < 0 || dprintf(fd, "%jd\n", (intmax_t)getpid()) < 0;
    int saved = errno;
    if (fd >= 0 && close(fd) < 0 && !failed) {
        failed = 1;
        saved = errno;
    }
    return failed ? err_set(err, UVSNMP_EFILE, "%s: %s", path, strerror(saved)) : 0;
}
