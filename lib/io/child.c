/* SPDX-License-Identifier: BSD-3-Clause */
#include "io/child.h"

#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "base/err.h"
#include "io/timer.h"

#define TIMEOUT_MS 60000
#define GRACE_MS 1000

struct io_child {
    uv_process_t process;
    struct io_timer timer;
    io_child_fn *ended;
    void *arg;
    bool timed_out, killed;
};

/*
 * Standard input is a file in memory and no pipe: nothing is to be written while the child runs, it need not
 * read it, and /dev/stdin can be opened.
 */
static int make_input(const void *data, size_t size)
{
    const char *at = data;
    int fd = memfd_create("input", MFD_CLOEXEC);
    while (fd >= 0 && size > 0) {
        ssize_t count = write(fd, at, size);
        if (count < 0 && errno != EINTR) {
            int value = errno;
            (void)close(fd);
            errno = value;
            return -1;
        }
        at += count > 0 ? count : 0;
        size -= count > 0 ? (size_t)count : 0;
    }
    if (fd >= 0) {
        (void)lseek(fd, 0, SEEK_SET);
    }
    return fd;
}

static void signal_group(const struct io_child *child, int number)
{
    (void)kill(-child->process.pid, number);
}

static void on_timer(struct io_timer *timer)
{
    struct io_child *child = timer->arg;
    if (child->timed_out) {
        io_child_kill(child);
        return;
    }
    child->timed_out = true;
    signal_group(child, SIGTERM);
    io_timer_set(timer, io_now(child->process.loop) + GRACE_MS);
}

static void on_timer_closed(struct io_timer *timer)
{
    free(timer->arg);
}

static void on_process_closed(uv_handle_t *handle)
{
    io_timer_close(&((struct io_child *)handle->data)->timer, on_timer_closed);
}

static void on_exit_(uv_process_t *process, int64_t exit_status, int number)
{
    struct io_child *child = process->data;
    const struct io_child_end end = {child->timed_out, (int)exit_status, number};
    if (child->timed_out || child->killed) {
        signal_group(child, SIGKILL); /* those of the group that SIGTERM has not ended */
    }
    uv_close((uv_handle_t *)process, on_process_closed);
    child->ended(child, &end, child->arg);
}

static int spawn(uv_loop_t *loop, struct io_child *child, const struct io_child_options *options, int input)
{
    uv_stdio_container_t stdio[3] = {
        {.flags = UV_INHERIT_FD, .data.fd = input},
        {.flags = UV_INHERIT_FD, .data.fd = STDOUT_FILENO},
        {.flags = UV_INHERIT_FD, .data.fd = STDERR_FILENO},
    };
    uv_process_options_t how = {
        .exit_cb = on_exit_,
        .file = options->argv[0],
        .args = options->argv,
        .flags = UV_PROCESS_DETACHED,
        .stdio = stdio,
        .stdio_count = 3,
    };
    child->process.data = child;
    return uv_spawn(loop, &child->process, &how);
}

int io_child_start(uv_loop_t *loop, const struct io_child_options *options, struct io_child **out,
                   struct uvsnmp_error *err)
{
    struct io_child *child = calloc(1, sizeof(*child));
    int input, rc;
    *out = NULL;
    if (!child) {
        return err_set(err, UVSNMP_ENO_MEMORY, "no memory for a child process");
    }
    child->ended = options->ended;
    child->arg = options->arg;
    io_timer_init(&child->timer, loop, on_timer, child);
    input = make_input(options->input, options->input_size);
    rc = input < 0 ? -errno : spawn(loop, child, options, input);
    if (input >= 0) {
        (void)close(input);
    }
    if (rc < 0) {
        if (input < 0) {
            io_timer_close(&child->timer, on_timer_closed);
        } else {
            uv_close((uv_handle_t *)&child->process, on_process_closed);
        }
        return err_set(err, UVSNMP_EFILE, "cannot run %.150s: %s", options->argv[0], strerror(-rc));
    }
    io_timer_set(&child->timer, io_now(loop) + (options->timeout_ms ? options->timeout_ms : TIMEOUT_MS));
    *out = child;
    return 0;
}

void io_child_kill(struct io_child *child)
{
    child->killed = true;
    signal_group(child, SIGKILL);
}
