/* SPDX-License-Identifier: BSD-3-Clause */
#include "apps/snmptrapd-lite/handlers.h"

#include <stdlib.h>
#include <string.h>

#include "base/list.h"
#include "base/log.h"
#include "io/child.h"
#include "io/timer.h"

enum {
    CHILDREN_MAX = 8,
    CHILD_MS = 60000,
    CLOSE_MS = 10000,
    /* Above these the receiver is to wait. */
    JOBS_FULL = 20000,
    OCTETS_FULL = 16 << 20,
};

/* One run of a program. */
struct job {
    struct list link;
    size_t size;
    char input[];
};

/* What one command line has to do. */
struct lane {
    struct list link;
    struct handlers *handlers;
    struct list jobs;
    struct io_child *child; /* NULL: none runs */
    char command[];
};

struct handlers {
    uv_loop_t *loop;
    struct list lanes;
    size_t children, jobs, octets;
    void (*moved)(void *arg);
    void *arg;
    struct io_timer timer;
    bool is_closing, is_late;
    void (*closed)(void *arg);
    void *closed_arg;
};

static void drop_jobs(struct handlers *handlers, struct lane *lane)
{
    size_t count = 0;
    LIST_EACH(link, following, &lane->jobs)
    {
        free(LIST_OBJECT(link, struct job, link));
        count++;
    }
    list_init(&lane->jobs);
    handlers->jobs -= count;
    if (count > 0) {
        log_write(LOG_LEVEL_ERR, "traphandle %s: %zu notification(s) were not handled", lane->command, count);
    }
}

/* Too late for all that still runs or waits. */
static void on_timer(struct io_timer *timer)
{
    struct handlers *handlers = timer->arg;
    handlers->is_late = true;
    LIST_EACH(link, following, &handlers->lanes)
    {
        struct lane *lane = LIST_OBJECT(link, struct lane, link);
        drop_jobs(handlers, lane);
        if (lane->child) {
            io_child_kill(lane->child);
        }
    }
}

struct handlers *handlers_new(uv_loop_t *loop, void (*moved)(void *arg), void *arg)
{
    struct handlers *handlers = calloc(1, sizeof(*handlers));
    if (handlers) {
        handlers->loop = loop;
        handlers->moved = moved;
        handlers->arg = arg;
        list_init(&handlers->lanes);
        io_timer_init(&handlers->timer, loop, on_timer, handlers);
    }
    return handlers;
}

static void on_timer_closed(struct io_timer *timer)
{
    struct handlers *handlers = timer->arg;
    void (*closed)(void *) = handlers->closed;
    void *arg = handlers->closed_arg;
    LIST_EACH(link, following, &handlers->lanes)
    {
        free(LIST_OBJECT(link, struct lane, link));
    }
    free(handlers);
    closed(arg);
}

static void finish_close(struct handlers *handlers)
{
    if (handlers->is_closing && handlers->children == 0 && handlers->jobs == 0) {
        handlers->is_closing = false;
        io_timer_close(&handlers->timer, on_timer_closed);
    }
}

void handlers_close(struct handlers *handlers, void (*closed)(void *arg), void *arg)
{
    handlers->is_closing = true;
    handlers->closed = closed;
    handlers->closed_arg = arg;
    io_timer_set(&handlers->timer, io_now(handlers->loop) + CLOSE_MS);
    finish_close(handlers);
}

static void run(struct handlers *handlers);

static void on_ended(struct io_child *child, const struct io_child_end *end, void *arg)
{
    struct lane *lane = arg;
    struct handlers *handlers = lane->handlers;
    (void)child;
    lane->child = NULL;
    handlers->children--;
    if (end->timed_out) {
        log_write(LOG_LEVEL_ERR, "traphandle %s: ended after %d seconds", lane->command, CHILD_MS / 1000);
    } else if (end->signal != 0) {
        log_write(LOG_LEVEL_ERR, "traphandle %s: ended by signal %d", lane->command, end->signal);
    } else if (end->exit_status != 0) {
        log_write(LOG_LEVEL_ERR, "traphandle %s: ended with status %d", lane->command, end->exit_status);
    }
    run(handlers);
    finish_close(handlers);
    if (!handlers->is_late) {
        handlers->moved(handlers->arg);
    }
}

static void start(struct handlers *handlers, struct lane *lane)
{
    static char shell[] = "/bin/sh", option[] = "-c";
    char *argv[] = {shell, option, lane->command, NULL};
    struct job *job = LIST_OBJECT(lane->jobs.next, struct job, link);
    const struct io_child_options options = {.argv = argv,
                                             .input = job->input,
                                             .input_size = job->size,
                                             .timeout_ms = CHILD_MS,
                                             .ended = on_ended,
                                             .arg = lane};
    struct uvsnmp_error err;
    list_remove(&job->link);
    handlers->jobs--;
    handlers->octets -= job->size;
    if (io_child_start(handlers->loop, &options, &lane->child, &err) == 0) {
        handlers->children++;
    } else {
        lane->child = NULL;
        log_write(LOG_LEVEL_ERR, "traphandle %s: %s", lane->command, err.detail);
    }
    free(job);
}

/* Command lines take turns; one that has nothing to do is forgotten. */
static void run(struct handlers *handlers)
{
    LIST_EACH(link, following, &handlers->lanes)
    {
        struct lane *lane = LIST_OBJECT(link, struct lane, link);
        while (!lane->child && handlers->children < CHILDREN_MAX && !list_is_empty(&lane->jobs)) {
            start(handlers, lane);
        }
        if (!lane->child && list_is_empty(&lane->jobs)) {
            list_remove(&lane->link);
            free(lane);
        }
    }
}

static struct lane *open_lane(struct handlers *handlers, const char *command)
{
    LIST_EACH(link, following, &handlers->lanes)
    {
        struct lane *lane = LIST_OBJECT(link, struct lane, link);
        if (strcmp(lane->command, command) == 0) {
            return lane;
        }
    }
    size_t size = strlen(command) + 1;
    struct lane *lane = calloc(1, sizeof(*lane) + size);
    if (lane) {
        lane->handlers = handlers;
        memcpy(lane->command, command, size);
        list_init(&lane->jobs);
        list_append(&handlers->lanes, &lane->link);
    }
    return lane;
}

int handlers_add(struct handlers *handlers, const char *command, const void *input, size_t size)
{
    struct lane *lane = open_lane(handlers, command);
    struct job *job = lane ? malloc(sizeof(*job) + size) : NULL;
    if (!job) {
        return UVSNMP_ENO_MEMORY;
    }
    job->size = size;
    memcpy(job->input, input, size);
    list_append(&lane->jobs, &job->link);
    handlers->jobs++;
    handlers->octets += size;
    run(handlers);
    return 0;
}

bool handlers_are_full(const struct handlers *handlers)
{
    return handlers->jobs >= JOBS_FULL || handlers->octets >= OCTETS_FULL;
}
