/* SPDX-License-Identifier: BSD-3-Clause */
#include "apps/snmptrap/delivery.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "apps/common/report.h"
#include "apps/common/target.h"
#include "apps/snmptrap/kept.h"
#include "base/list.h"
#include "base/map.h"

#define PATIENCE_MAX_MS 60000 /* for another process that delivers */

struct waiting {
    struct waiting *next;
    uint64_t number;
};

/* What is kept for one receiver. */
struct queue {
    struct map_link link; /* by `host` */
    struct queue *next;
    struct delivery *delivery;
    const char *host, *name; /* `name` begins messages */
    struct waiting *first, **end;
    struct kept_inform settings; /* that `session` was made with */
    struct uvsnmp_session *session;
};

struct delivery {
    struct app_run *run;
    struct spool *spool;
    const struct trap_receiver *only; /* NULL: all */
    struct map by_host;
    struct queue *queues, **end;
    struct arena scratch;    /* of the inform at work */
    struct v3_options given; /* complete once `knows_user` */
    bool knows_user;
    enum app_status status;
};

static void speak_of(const struct queue *queue)
{
    struct app_run *run = queue->delivery->run;
    run->host = queue->host;
    run->name = queue->name;
}

/* Returns APP_FAILED. */
static enum app_status report(struct delivery *delivery, const char *name, const struct uvsnmp_error *err)
{
    log_write(LOG_LEVEL_ERR, "%s: %s", name, err->detail);
    return delivery->status = APP_FAILED;
}

/* ---- what is kept for whom ---- */

/* A file that makes no sense, or that no message holds. False: it stays as it is. Both are said. */
static bool set_aside_damaged(struct delivery *delivery, const char *name, uint64_t number)
{
    struct uvsnmp_error err = {0, ""};
    if (spool_set_aside(delivery->spool, number, SPOOL_DAMAGED, &err) < 0) {
        (void)report(delivery, name, &err);
        return false;
    }
    log_write(LOG_LEVEL_ERR, "%s: (set aside: %s/%020" PRIu64 "." SPOOL_DAMAGED ")", name,
              delivery->spool->path, number);
    return true;
}

/* The inform of a number. False: it cannot be had, which was said; a file that makes no sense is set aside.
 */
static bool load(struct delivery *delivery, uint64_t number, struct durable_content *content,
                 struct kept_inform *out)
{
    const char *name = delivery->run->app->name;
    struct uvsnmp_error err = {0, ""};
    int rc = spool_read(delivery->spool, number, KEPT_FILE_MAX, content, &err);
    if (rc == 0) {
        arena_reset(&delivery->scratch);
        rc = kept_parse(content->data, content->size, &delivery->scratch, out, &err);
        if (rc < 0) {
            durable_content_free(content);
            log_write(LOG_LEVEL_ERR, "%s: %s/%020" PRIu64 ".inform: %s", name, delivery->spool->path, number,
                      err.detail);
            delivery->status = APP_FAILED;
        }
    } else {
        (void)report(delivery, name, &err);
    }
    if (rc < 0 && rc != UVSNMP_EFILE && rc != UVSNMP_ENO_MEMORY) {
        (void)set_aside_damaged(delivery, name, number);
    }
    return rc == 0;
}

static struct queue *queue_find(const struct delivery *delivery, const char *host)
{
    uint64_t key = map_hash(MAP_HASH_FIRST, host, strlen(host));
    for (struct map_link *at = map_find(&delivery->by_host, key); at; at = map_next(at)) {
        struct queue *queue = LIST_OBJECT(at, struct queue, link);
        if (strcmp(queue->host, host) == 0) {
            return queue;
        }
    }
    return NULL;
}

/* NULL: out of memory. */
static struct queue *queue_new(struct delivery *delivery, const char *host)
{
    struct app_run *run = delivery->run;
    struct queue *queue = arena_alloc(&run->arena, sizeof(*queue));
    struct text text;
    if (!queue) {
        return NULL;
    }
    text_init(&text, 0);
    text_append_format(&text, "snmpinform: %s", host); /* whatever the program is called */
    *queue = (struct queue){.delivery = delivery,
                            .host = arena_text(&run->arena, host, strlen(host)),
                            .name = arena_text(&run->arena, text_string(&text), text.size)};
    text_fini(&text);
    queue->end = &queue->first;
    if (!queue->host || !queue->name ||
        map_insert(&delivery->by_host, &queue->link, map_hash(MAP_HASH_FIRST, host, strlen(host))) < 0) {
        return NULL;
    }
    *delivery->end = queue;
    delivery->end = &queue->next;
    return queue;
}

static bool is_wanted(const struct delivery *delivery, const char *host)
{
    const struct trap_receiver *receiver = delivery->only;
    while (receiver && strcmp(receiver->host, host) != 0) {
        receiver = receiver->next;
    }
    return receiver || !delivery->only;
}

/* False: out of memory. */
static bool enqueue(struct delivery *delivery, uint64_t number)
{
    struct durable_content content;
    struct kept_inform inform;
    bool is_done = true;
    if (!load(delivery, number, &content, &inform)) {
        return true; /* the others go on */
    }
    if (is_wanted(delivery, inform.host)) {
        struct queue *queue = queue_find(delivery, inform.host);
        struct waiting *waiting = arena_alloc(&delivery->run->arena, sizeof(*waiting));
        queue = queue ? queue : queue_new(delivery, inform.host);
        is_done = queue && waiting;
        if (is_done) {
            *waiting = (struct waiting){.number = number};
            *queue->end = waiting;
            queue->end = &waiting->next;
        }
    }
    durable_content_free(&content);
    return is_done;
}

static bool read_spool(struct delivery *delivery)
{
    struct uvsnmp_error err = {0, ""};
    uint64_t *numbers = NULL;
    size_t count = 0;
    bool has_memory = true;
    if (spool_list(delivery->spool, &numbers, &count, &err) < 0) {
        (void)report(delivery, delivery->run->app->name, &err);
        return false;
    }
    for (size_t i = 0; i < count && has_memory; i++) {
        has_memory = enqueue(delivery, numbers[i]);
    }
    free(numbers);
    if (!has_memory) {
        fprintf(stderr, "%s: out of memory\n", delivery->run->app->name);
        delivery->status = APP_FAILED;
    }
    return has_memory;
}

/* ---- sessions ---- */

/* The user of version 3, whom the configuration knows. */
static bool complete_user(struct delivery *delivery)
{
    struct app_run *run = delivery->run;
    if (!delivery->knows_user) {
        run->options.version = UVSNMP_V3; /* not of this call itself, perhaps */
        delivery->knows_user = v3_check(run) && v3_complete(run);
        delivery->given = run->options.v3;
    }
    return delivery->knows_user;
}

/* It goes out as the user it was kept for, and no less secure. */
static bool is_right_user(struct delivery *delivery, const struct kept_inform *inform)
{
    if (!complete_user(delivery)) {
        return false;
    }
    if (strcmp(delivery->given.user, inform->user) != 0) {
        fprintf(stderr, "%s: it was kept for the user %s, and the secrets given are those of %s\n",
                delivery->run->name, inform->user, delivery->given.user);
        return false;
    }
    if (delivery->given.level < inform->level) {
        fprintf(stderr, "%s: it was kept for a higher security level than the one given\n",
                delivery->run->name);
        return false;
    }
    return true;
}

/* A copy of what the next inform is held against. False: out of memory. */
static bool copy_settings(struct arena *arena, const struct kept_inform *from, struct kept_inform *to)
{
    const char *community = from->community ? from->community : "", *user = from->user ? from->user : "";
    *to = *from;
    to->message = (struct uvsnmp_notification){.count = 0};
    to->host = arena_text(arena, from->host, strlen(from->host));
    to->community = arena_text(arena, community, strlen(community));
    to->user = arena_text(arena, user, strlen(user));
    to->context = arena_text(arena, from->context, strlen(from->context));
    return to->host && to->community && to->user && to->context;
}

/* False: there is no session for it, which was said. */
static bool open_session(struct queue *queue, const struct kept_inform *inform)
{
    struct delivery *delivery = queue->delivery;
    struct app_run *run = delivery->run;
    struct kept_inform *settings = &queue->settings;
    if (queue->session && kept_share_session(settings, inform)) {
        return true;
    }
    if (run->options.no_version[inform->version]) {
        fprintf(stderr, "%s: its version of SNMP is disabled by the configuration\n", run->name);
        return false;
    }
    queue->session = NULL;
    if (inform->version == UVSNMP_V3 && !is_right_user(delivery, inform)) {
        return false;
    }
    if (!copy_settings(&run->arena, inform, settings)) {
        fprintf(stderr, "%s: out of memory\n", run->name);
        return false;
    }
    run->options.version = (int)settings->version;
    run->options.community = settings->community;
    run->options.v3.context = settings->context;
    run->options.v3.context_engine_id = settings->context_engine_id;
    run->options.v3.engine_id = settings->engine_id;
    run->options.v3.boots = run->options.v3.time = 0; /* those of -Z are long over */
    return target_add_session(run, &queue->session) == APP_OK;
}

/* ---- sending ---- */

/* The first one was acknowledged, or refused, and is kept no more. False: its file stays. */
static bool forget_first(struct queue *queue, bool is_refused)
{
    struct delivery *delivery = queue->delivery;
    struct uvsnmp_error err = {0, ""};
    uint64_t number = queue->first->number;
    int rc = is_refused ? spool_set_aside(delivery->spool, number, SPOOL_REFUSED, &err)
                        : spool_remove(delivery->spool, number, &err);
    if (rc < 0) {
        (void)report(delivery, queue->name, &err);
        return false;
    }
    queue->first = queue->first->next;
    return true;
}

static void send_first(struct queue *queue);

static void on_done(struct uvsnmp_session *session, const struct uvsnmp_result *result, void *arg)
{
    static const struct report_style style = {.names_nobody = true};
    struct queue *queue = arg;
    struct delivery *delivery = queue->delivery;
    bool is_refused = result->error_status != UVSNMP_STATUS_NO_ERROR;
    (void)session;
    speak_of(queue);
    if (result->status < 0) {
        delivery->status = report_failure(delivery->run, result, &style);
        return;
    }
    if (is_refused) {
        fprintf(stderr, "%s: the receiver answered %s: %s/%020" PRIu64 "." SPOOL_REFUSED "\n", queue->name,
                uvsnmp_status_name(result->error_status), delivery->spool->path, queue->first->number);
        delivery->status = delivery->status == APP_OK ? APP_ERROR_STATUS : delivery->status;
    }
    if (forget_first(queue, is_refused) && !delivery->run->deadline_passed) {
        send_first(queue);
    }
}

/* 0, or what uvsnmp_inform() says; 1: nothing more goes there now. */
static int submit_first(struct queue *queue)
{
    struct delivery *delivery = queue->delivery;
    struct durable_content content;
    struct kept_inform inform;
    int rc = 1;
    if (!load(delivery, queue->first->number, &content, &inform)) {
        return 1;
    }
    if (open_session(queue, &inform)) {
        rc = uvsnmp_inform(queue->session, &inform.message, on_done, queue);
    } else {
        delivery->status = APP_FAILED;
    }
    durable_content_free(&content);
    return rc;
}

/* One that can never be sent does not hold up those behind it. */
static void send_first(struct queue *queue)
{
    bool goes_on = true;
    speak_of(queue);
    while (goes_on && queue->first) {
        int rc = submit_first(queue);
        goes_on = rc == UVSNMP_EOVERSIZED || rc == UVSNMP_EBAD_VALUE;
        if (rc < 0) {
            queue->delivery->status = report_not_sent(queue->delivery->run, rc);
        }
        if (goes_on) {
            goes_on = set_aside_damaged(queue->delivery, queue->name, queue->first->number);
            queue->first = goes_on ? queue->first->next : queue->first;
        }
    }
}

static void report_count(struct delivery *delivery, const struct queue *queue, const char *what, size_t count)
{
    if (count > 0) {
        fprintf(stderr, "%s: %s %s: %zu inform%s\n", queue->name, what, delivery->spool->path, count,
                count == 1 ? "" : "s");
        delivery->status = APP_FAILED;
    }
}

/* Somebody may have removed files, or the whole directory, meanwhile. */
static void report_kept(struct delivery *delivery)
{
    for (const struct queue *queue = delivery->queues; queue; queue = queue->next) {
        size_t kept = 0, lost = 0;
        for (const struct waiting *waiting = queue->first; waiting; waiting = waiting->next) {
            bool is_kept = spool_has(delivery->spool, waiting->number);
            kept += is_kept;
            lost += !is_kept;
        }
        report_count(delivery, queue, "kept in", kept);
        report_count(delivery, queue, "lost: gone from", lost);
    }
}

/* As long as one that has nobody answer it may take. */
static unsigned patience(const struct app_options *options)
{
    uint64_t one = options->timeout_ms < PATIENCE_MAX_MS ? options->timeout_ms : PATIENCE_MAX_MS;
    uint64_t all =
        options->retries < PATIENCE_MAX_MS ? one * ((uint64_t)options->retries + 2) : PATIENCE_MAX_MS;
    all = options->deadline_ms > 0 && all > options->deadline_ms ? options->deadline_ms : all;
    return (unsigned)(all < PATIENCE_MAX_MS ? all : PATIENCE_MAX_MS);
}

enum app_status delivery_run(struct app_run *run, struct spool *spool, const struct trap_receiver *receivers)
{
    struct delivery delivery = {.run = run, .spool = spool, .only = receivers};
    struct uvsnmp_error err = {0, ""};
    int rc = spool_take(spool, patience(&run->options), &err);
    if (rc < 0) {
        fprintf(stderr,
                rc == UVSNMP_EEXISTS ? "%s: kept in %s: another process delivers what is there\n"
                                     : "%s: kept in %s, which cannot be locked\n",
                run->app->name, spool->path);
        return APP_FAILED;
    }
    delivery.end = &delivery.queues;
    map_init(&delivery.by_host);
    arena_init(&delivery.scratch, 0, 0);
    if (read_spool(&delivery)) {
        for (struct queue *queue = delivery.queues; queue; queue = queue->next) {
            send_first(queue);
        }
        target_run(run);
        report_kept(&delivery);
    }
    arena_fini(&delivery.scratch);
    map_fini(&delivery.by_host);
    return delivery.status;
}
