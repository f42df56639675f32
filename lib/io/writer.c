/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The loop's thread fills one buffer while the writer's thread empties the other; they change places when
 * the second is empty. The thread sleeps in poll(2) alone, on an eventfd and on the file, and a pipe is
 * written in pieces that it has room for: so it can always be told to stop.
 */
#include "io/writer.h"

#include <errno.h>
#include <limits.h>
#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/eventfd.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/err.h"

#define WAITING_MAX ((size_t)64 << 20)
#define PIECE_MAX                                                                                            \
    ((size_t)1 << 20) /* of a file at a time, so that another file can be told to the thread                 \
                       */
#define RETRY_MS 1000
#define KEEP_MAX ((size_t)1 << 20) /* a buffer that has grown past it is given back */

struct buffer {
    uint8_t *data;
    size_t size, capacity;
};

struct io_writer {
    size_t max;
    void (*written)(struct io_writer *writer, uint64_t position, void *arg);
    void (*failed)(struct io_writer *writer, const struct uvsnmp_error *error, void *arg);
    void *arg;

    uv_async_t progress; /* the thread has something to tell */
    uv_prepare_t turn;   /* before the loop waits the thread is told of what came in this turn */
    unsigned open_handles;
    uv_thread_t thread;
    int wake; /* an eventfd */

    uv_mutex_t lock; /* of the following */
    uv_cond_t moved; /* written_to, error or fd_in_use has changed */
    struct buffer filling;
    int fd, fd_in_use; /* the file, and the one that the thread has in hand (-1: none) */
    bool stop;
    uint64_t appended, written_to;
    int error; /* errno of the last try; 0: it went well */

    struct buffer emptying; /* the thread's */
    size_t emptied;

    uint64_t told;   /* the loop's: what `written` has said … */
    bool is_failing; /* … and whether `failed` was the last word */
    bool is_closing;
};

/* ---- the thread ---- */

static void wake_thread(struct io_writer *writer)
{
    const uint64_t one = 1;
    while (write(writer->wake, &one, sizeof(one)) < 0 && errno == EINTR) {
    }
}

/* Waits until it is woken, the file takes octets, or the time is over; true: the file takes some. */
static bool wait_for(struct io_writer *writer, int fd, int timeout_ms)
{
    struct pollfd fds[2] = {{.fd = writer->wake, .events = POLLIN}, {.fd = fd, .events = POLLOUT}};
    uint64_t count;
    int ready = poll(fds, fd >= 0 ? 2 : 1, timeout_ms);
    if (ready > 0 && (fds[0].revents & POLLIN)) {
        (void)!read(writer->wake, &count, sizeof(count));
    }
    return ready > 0 && fd >= 0 && fds[1].revents != 0;
}

/* How much a write may take without waiting for a reader. */
static size_t piece_of(int fd, size_t size)
{
    struct stat status;
    size_t most = fstat(fd, &status) == 0 && S_ISREG(status.st_mode) ? PIECE_MAX : PIPE_BUF;
    return size < most ? size : most;
}

static void swap_buffers(struct io_writer *writer)
{
    struct buffer empty = writer->emptying;
    writer->emptying = writer->filling;
    writer->emptied = 0;
    empty.size = 0;
    if (empty.capacity > KEEP_MAX) {
        free(empty.data);
        empty = (struct buffer){0};
    }
    writer->filling = empty;
}

/*
 * Lets go of the file in hand, and takes it (again) where there is something to write and it is not the time
 * to `rest`. -1: there is nothing to do but wait.
 */
static int take_file(struct io_writer *writer, bool rest, bool *stop)
{
    int fd;
    uv_mutex_lock(&writer->lock);
    if (writer->emptied == writer->emptying.size) {
        swap_buffers(writer);
    }
    *stop = writer->stop;
    fd = writer->fd_in_use = writer->emptying.size > 0 && !rest ? writer->fd : -1;
    uv_cond_broadcast(&writer->moved);
    uv_mutex_unlock(&writer->lock);
    return fd;
}

/* Writes one piece; false: the system does not take it. */
static bool write_piece(struct io_writer *writer, int fd)
{
    ssize_t count = write(fd, writer->emptying.data + writer->emptied,
                          piece_of(fd, writer->emptying.size - writer->emptied));
    int value = count < 0 && errno != EINTR && errno != EAGAIN ? errno : 0;
    uv_mutex_lock(&writer->lock);
    if (count > 0) {
        writer->emptied += (size_t)count;
        writer->written_to += (size_t)count;
    }
    writer->error = value;
    uv_cond_broadcast(&writer->moved);
    uv_mutex_unlock(&writer->lock);
    (void)uv_async_send(&writer->progress);
    return value == 0;
}

static void run(void *arg)
{
    struct io_writer *writer = arg;
    bool rest = false, stop;
    for (;;) {
        int fd = take_file(writer, rest, &stop);
        if (stop) {
            return;
        }
        if (rest) {
            (void)wait_for(writer, -1, RETRY_MS);
            rest = false;
        } else if (wait_for(writer, fd, -1)) {
            rest = !write_piece(writer, fd);
        }
    }
}

/* ---- the loop ---- */

static void on_progress(uv_async_t *handle)
{
    struct io_writer *writer = handle->data;
    uv_mutex_lock(&writer->lock);
    uint64_t position = writer->written_to;
    int value = writer->error;
    uv_mutex_unlock(&writer->lock);
    if (position > writer->told) {
        writer->told = position;
        writer->is_failing = false;
        if (writer->written) {
            writer->written(writer, position, writer->arg);
        }
    }
    if (value != 0 && !writer->is_failing && !writer->is_closing) {
        struct uvsnmp_error error;
        writer->is_failing = true;
        if (writer->failed) {
            (void)err_set(&error, err_from_errno(value), "%s", strerror(value));
            writer->failed(writer, &error, writer->arg);
        }
    }
}

static void on_turn(uv_prepare_t *handle)
{
    (void)uv_prepare_stop(handle);
    wake_thread(handle->data);
}

static void free_buffers(struct io_writer *writer)
{
    free(writer->filling.data);
    free(writer->emptying.data);
    free(writer);
}

static void on_handle_closed(uv_handle_t *handle)
{
    struct io_writer *writer = handle->data;
    if (--writer->open_handles == 0) {
        uv_mutex_destroy(&writer->lock);
        uv_cond_destroy(&writer->moved);
        free_buffers(writer);
    }
}

static void close_handles(struct io_writer *writer)
{
    writer->is_closing = true;
    (void)close(writer->wake);
    uv_close((uv_handle_t *)&writer->progress, on_handle_closed);
    uv_close((uv_handle_t *)&writer->turn, on_handle_closed);
}

/* Signals are the loop's thread's. */
static int start_thread(struct io_writer *writer)
{
    sigset_t all, before;
    int rc;
    (void)sigfillset(&all);
    (void)pthread_sigmask(SIG_SETMASK, &all, &before);
    rc = uv_thread_create(&writer->thread, run, writer);
    (void)pthread_sigmask(SIG_SETMASK, &before, NULL);
    return rc;
}

struct io_writer *io_writer_new(uv_loop_t *loop, int fd, const struct io_writer_options *options)
{
    struct io_writer *writer = calloc(1, sizeof(*writer));
    if (!writer) {
        return NULL;
    }
    writer->max = options->max ? options->max : WAITING_MAX;
    writer->written = options->written;
    writer->failed = options->failed;
    writer->arg = options->arg;
    writer->fd = fd;
    writer->fd_in_use = -1;
    writer->wake = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
    if (writer->wake < 0 || uv_async_init(loop, &writer->progress, on_progress) < 0) {
        if (writer->wake >= 0) {
            (void)close(writer->wake);
        }
        free(writer);
        return NULL;
    }
    (void)uv_prepare_init(loop, &writer->turn);
    writer->progress.data = writer->turn.data = writer;
    writer->open_handles = 2;
    uv_unref((uv_handle_t *)&writer->progress);
    uv_unref((uv_handle_t *)&writer->turn);
    (void)uv_mutex_init(&writer->lock); /* these fail in no system that we run on */
    (void)uv_cond_init(&writer->moved);
    if (start_thread(writer) < 0) {
        close_handles(writer);
        return NULL;
    }
    return writer;
}

static bool grow(struct buffer *buffer, size_t needed)
{
    size_t capacity = buffer->capacity ? buffer->capacity : 4096;
    uint8_t *data;
    while (capacity < needed) {
        capacity *= 2;
    }
    data = capacity > buffer->capacity ? realloc(buffer->data, capacity) : buffer->data;
    if (!data) {
        return false;
    }
    buffer->data = data;
    buffer->capacity = capacity;
    return true;
}

int io_writer_append(struct io_writer *writer, const void *data, size_t size)
{
    struct buffer *filling = &writer->filling;
    int rc = 0;
    uv_mutex_lock(&writer->lock);
    if (size > writer->max - (writer->appended - writer->written_to)) {
        rc = UVSNMP_ELIMIT;
    } else if (size > 0 && !grow(filling, filling->size + size)) {
        rc = UVSNMP_ENO_MEMORY;
    } else if (size > 0) {
        memcpy(filling->data + filling->size, data, size);
        filling->size += size;
        writer->appended += size;
    }
    uv_mutex_unlock(&writer->lock);
    if (rc == 0 && size > 0) {
        (void)uv_prepare_start(&writer->turn, on_turn);
    }
    return rc;
}

uint64_t io_writer_position(const struct io_writer *writer)
{
    return writer->appended;
}

size_t io_writer_waiting(struct io_writer *writer)
{
    uv_mutex_lock(&writer->lock);
    uint64_t written_to = writer->written_to;
    uv_mutex_unlock(&writer->lock);
    return (size_t)(writer->appended - written_to);
}

void io_writer_redirect(struct io_writer *writer, int fd)
{
    uv_mutex_lock(&writer->lock);
    int before = writer->fd;
    writer->fd = fd;
    wake_thread(writer);
    while (before >= 0 && before != fd && writer->fd_in_use == before) {
        uv_cond_wait(&writer->moved, &writer->lock);
    }
    uv_mutex_unlock(&writer->lock);
}

bool io_writer_drain(struct io_writer *writer, uint64_t timeout_ms)
{
    uint64_t end = uv_hrtime() + timeout_ms * 1000000;
    uv_mutex_lock(&writer->lock);
    writer->error = 0; /* of an earlier try */
    wake_thread(writer);
    for (uint64_t now = uv_hrtime(); writer->written_to < writer->appended && writer->error == 0 && now < end;
         now = uv_hrtime()) {
        (void)uv_cond_timedwait(&writer->moved, &writer->lock, end - now);
    }
    bool done = writer->written_to == writer->appended;
    uv_mutex_unlock(&writer->lock);
    return done;
}

void io_writer_close(struct io_writer *writer)
{
    if (!writer || writer->is_closing) {
        return;
    }
    uv_mutex_lock(&writer->lock);
    writer->stop = true;
    wake_thread(writer);
    uv_mutex_unlock(&writer->lock);
    (void)uv_thread_join(&writer->thread);
    close_handles(writer);
}
