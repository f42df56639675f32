/* SPDX-License-Identifier: BSD-3-Clause */
#include <stdio.h>
#include <string.h>
#include <time.h>

#include "apps/common/report.h"
#include "apps/common/target.h"
#include "apps/snmptrap/delivery.h"
#include "apps/snmptrap/kept.h"
#include "msg/message.h"
#include "msg/notification.h"

/* What is wrong with the options together. */
static const char *find_contradiction(const struct app_run *run)
{
    const struct trap_options *own = run->own;
    if (!own->spool) {
        return "--flush needs the --spool that is meant";
    }
    if (!own->inform) {
        return "--spool keeps informs: nobody acknowledges a trap";
    }
    if (own->flush && run->operand_count > 0) {
        return "--flush sends what is kept, and takes no operands";
    }
    return NULL;
}

/* 0, or why no message can hold it. What version 3 puts around it depends on the receiver's engine, and is
 * not counted. */
static int check_message(struct app_run *run, const struct uvsnmp_notification *from)
{
    struct msg_notification notification = {
        .uptime = from->uptime, .varbinds = from->varbinds, .count = from->count};
    const char *community = run->options.version == UVSNMP_V3 ? "" : run->options.community;
    struct msg_message message = {.version = UVSNMP_V2C,
                                  .community = {(const uint8_t *)community, strlen(community)},
                                  .pdu = {.type = UVSNMP_PDU_INFORM, .request_id = INT32_MAX}};
    uint8_t *buffer = arena_alloc(&run->arena, MSG_SIZE_MAX);
    int rc = buffer ? uvsnmp_oid_copy(&notification.trap_oid, from->trap_oid) : UVSNMP_ENO_MEMORY;
    if (rc < 0) {
        return rc;
    }
    message.pdu.varbinds = msg_notification_varbinds(&notification, &run->arena, &message.pdu.count);
    if (!message.pdu.varbinds) {
        return UVSNMP_ENO_MEMORY;
    }
    ptrdiff_t size = msg_encode(&message, buffer, MSG_SIZE_MAX);
    return size < 0 ? (int)size : 0;
}

/* The inform for one receiver, as it is kept. False: it cannot be sent there, which was said. */
static bool prepare(struct app_run *run, const struct trap_receiver *receiver,
                    const struct trap_message *message, struct text *out)
{
    const struct v3_options *v3 = &run->options.v3;
    const struct kept_inform inform = {
        .host = receiver->host,
        .time = (int64_t)time(NULL),
        .version = (enum uvsnmp_version)run->options.version,
        .community = run->options.community,
        .user = v3->user,
        .level = v3->level,
        .context = v3->context,
        .context_engine_id = v3->context_engine_id,
        .engine_id = v3->engine_id,
        .message = message->message,
    };
    struct uvsnmp_session *session; /* tells whether the address is one */
    run->host = receiver->host;
    run->name = receiver->name;
    if (target_add_session(run, &session) != APP_OK) {
        return false;
    }
    if (kept_print(&inform, out) < 0 || text_failed(out) || out->size > KEPT_FILE_MAX) {
        fprintf(stderr, "%s: the inform is too large to be kept\n", run->name);
        return false;
    }
    return true;
}

/* Keeps it for all who shall have it; says what went wrong. */
static enum app_status keep(struct app_run *run, struct spool *spool, const struct trap_message *message)
{
    const struct trap_options *own = run->own;
    enum app_status status = APP_OK;
    struct uvsnmp_error err = {0, ""};
    size_t most = 0, count = 0;
    int rc = check_message(run, &message->message);
    if (rc < 0) {
        return report_not_sent(run, rc);
    }
    for (const struct trap_receiver *receiver = own->receivers; receiver; receiver = receiver->next) {
        most++;
    }
    struct text *informs = arena_array(&run->arena, most, sizeof(informs[0]));
    if (!informs) {
        fprintf(stderr, "%s: out of memory\n", run->app->name);
        return APP_FAILED;
    }
    for (const struct trap_receiver *receiver = own->receivers; receiver; receiver = receiver->next) {
        text_init(&informs[count], 0);
        if (prepare(run, receiver, message, &informs[count])) {
            count++;
        } else {
            text_fini(&informs[count]);
            status = APP_FAILED;
        }
    }
    if (count > 0 && spool_add(spool, informs, count, &err) < 0) {
        log_write(LOG_LEVEL_ERR, "%s: not sent: %s", run->app->name, err.detail);
        status = APP_FAILED;
    }
    while (count > 0) {
        text_fini(&informs[--count]);
    }
    return status;
}

enum app_status trap_run_spooled(struct app_run *run, const struct trap_message *message)
{
    const struct trap_options *own = run->own;
    const char *contradiction = find_contradiction(run);
    struct uvsnmp_error err = {0, ""};
    struct spool spool;
    if (contradiction) {
        return app_usage_error(run, contradiction);
    }
    /* one that is missing where all that is kept shall go is another one than was meant */
    if ((message ? spool_make : spool_open)(&spool, own->spool, &err) < 0) {
        log_write(LOG_LEVEL_ERR, "%s: %s%s", run->app->name, message ? "not sent: " : "", err.detail);
        return APP_FAILED;
    }
    spool.max = own->spool_max > 0 ? own->spool_max : spool.max;
    target_complete_times(run);
    enum app_status status = target_open_client(run);
    if (status == APP_OK) {
        enum app_status kept = message ? keep(run, &spool, message) : APP_OK;
        status = delivery_run(run, &spool, message ? NULL : own->receivers);
        status = kept == APP_OK ? status : kept;
    }
    spool_close(&spool);
    return status;
}
