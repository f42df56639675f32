/* SPDX-License-Identifier: BSD-3-Clause */
#include <stdio.h>
#include <string.h>
#include <time.h>

#include "apps/common/report.h"
#include "apps/common/target.h"
#include "apps/snmptrap/snmptrap.h"
#include "apps/snmptrap/state.h"

#define TRAP_PORT 162

/* One notification on its way to all who shall have it. */
struct trap_sending {
    struct app_run *run;
    bool inform;
    struct trap_message message;
    struct trap_state engine; /* of traps of version 3 */
    enum app_status status;
};

/* ---- whose it is ---- */

/* False: nothing can be sent, which was said. */
static bool read_state(struct trap_sending *sending, int64_t now)
{
    struct app_run *run = sending->run;
    const struct v3_engine *given = &run->options.v3.engine_id;
    struct engine_id id = {.size = given->size};
    struct uvsnmp_error err = {0, ""};
    memcpy(id.octets, given->octets, given->size);
    if (given->size > 0 && !engine_id_is_valid(engine_id_bytes(&id))) {
        fprintf(stderr, "%s: no engine ID: it has 5 to 32 octets, not all 0 or all 255\n", run->app->name);
        return false;
    }
    int rc =
        trap_state_take(run->persistent_dir ? run->persistent_dir : "", &id, now, &sending->engine, &err);
    if (rc == UVSNMP_EBAD_VALUE || rc == UVSNMP_ELIMIT) {
        log_write(LOG_LEVEL_ERR, "%s: %s", run->app->name, err.detail);
        return false;
    }
    if (rc < 0) {
        log_write(LOG_LEVEL_WARNING, "%s: warning: %s: %s", run->app->name, err.detail,
                  id.size > 0 ? "receivers may refuse what is sent once the clock was set back"
                              : "the engine ID is for this call only; -e gives one that lasts");
    }
    return true;
}

/* -Z is the person's own affair. */
static bool knows_clock(const struct v3_options *v3)
{
    return v3->engine_id.size > 0 && (v3->boots != 0 || v3->time != 0);
}

static enum app_status take_engine(struct trap_sending *sending)
{
    struct app_run *run = sending->run;
    const struct v3_options *v3 = &run->options.v3;
    int64_t now = (int64_t)time(NULL);
    if (run->options.version != UVSNMP_V3 || sending->inform) {
        return APP_OK;
    }
    if (knows_clock(v3)) {
        run->engine_id = (struct uvsnmp_bytes){v3->engine_id.octets, v3->engine_id.size};
    } else if (read_state(sending, now)) {
        run->engine_id = engine_id_bytes(&sending->engine.id);
        run->engine_boots = sending->engine.boots;
        run->engine_time = trap_state_time(&sending->engine, now);
    } else {
        return APP_FAILED;
    }
    if (v3->boots != 0 || v3->time != 0) {
        run->engine_boots = v3->boots;
        run->engine_time = v3->time;
    }
    return APP_OK;
}

/* ---- sending ---- */

/* Messages are about this one now. */
static void speak_of(const struct trap_receiver *receiver)
{
    struct app_run *run = receiver->sending->run;
    run->host = receiver->host;
    run->name = receiver->name;
}

static void note(struct trap_sending *sending, enum app_status status)
{
    const struct trap_options *own = sending->run->own;
    bool is_one_of_many = own->receivers != own->last;
    if (status != APP_OK) {
        sending->status = is_one_of_many ? APP_FAILED : status;
    }
}

static void on_done(struct uvsnmp_session *session, const struct uvsnmp_result *result, void *arg)
{
    static const struct report_style style = {.names_nobody = true};
    const struct trap_receiver *receiver = arg;
    struct trap_sending *sending = receiver->sending;
    (void)session;
    speak_of(receiver);
    if (result->status < 0) {
        note(sending, report_failure(sending->run, result, &style));
    } else if (result->error_status != UVSNMP_STATUS_NO_ERROR) {
        fprintf(stderr, "%s: the receiver answered %s\n", receiver->name,
                uvsnmp_status_name(result->error_status));
        note(sending, APP_ERROR_STATUS);
    }
}

static int submit(struct uvsnmp_session *session, struct trap_receiver *receiver)
{
    struct trap_sending *sending = receiver->sending;
    const struct trap_message *message = &sending->message;
    if (sending->run->options.version == UVSNMP_V1) {
        const struct uvsnmp_request_options options = {.type = UVSNMP_PDU_TRAP_V1,
                                                       .trap = &message->v1,
                                                       .varbinds = message->variables.varbinds,
                                                       .count = message->variables.count};
        return uvsnmp_request_send(session, &options, on_done, receiver, NULL);
    }
    return (sending->inform ? uvsnmp_inform : uvsnmp_trap)(session, &message->message, on_done, receiver);
}

static void send_to(struct trap_receiver *receiver)
{
    struct trap_sending *sending = receiver->sending;
    struct uvsnmp_session *session;
    speak_of(receiver);
    enum app_status status = target_add_session(sending->run, &session);
    int rc = status == APP_OK ? submit(session, receiver) : 0;
    if (rc == UVSNMP_EUNSUPPORTED) { /* all else that a version lacks was refused before */
        fprintf(stderr, "%s: Version 1 has no Counter64\n", sending->run->name);
        status = APP_FAILED;
    } else if (rc < 0) {
        status = report_not_sent(sending->run, rc);
    }
    note(sending, status);
}

/* One of many is named in all messages. False: out of memory. */
static bool name_receivers(struct trap_sending *sending)
{
    struct app_run *run = sending->run;
    struct trap_options *own = run->own;
    const char *name = sending->inform ? "snmpinform" : "snmptrap"; /* whatever the program is called */
    if (!own->receivers) {
        own->receivers = own->last = arena_alloc(&run->arena, sizeof(*own->last));
        if (!own->receivers) {
            return false;
        }
        *own->receivers = (struct trap_receiver){.host = run->host};
    }
    for (struct trap_receiver *receiver = own->receivers; receiver; receiver = receiver->next) {
        struct text text;
        text_init(&text, 0);
        text_append_format(&text, "%s: %s", name, receiver->host);
        receiver->sending = sending;
        receiver->name =
            own->receivers == own->last ? name : arena_text(&run->arena, text_string(&text), text.size);
        text_fini(&text);
        if (!receiver->name) {
            return false;
        }
    }
    return true;
}

enum app_status trap_run(struct app_run *run)
{
    const struct trap_options *own = run->own;
    struct trap_sending sending = {.run = run, .inform = own->inform};
    if (run->options.default_port == 0) {
        run->options.default_port = TRAP_PORT;
    }
    if (own->flush) {
        return trap_run_spooled(run, NULL);
    }
    if (own->inform && run->options.version == UVSNMP_V1) {
        fputs("Cannot send INFORM as SNMPv1 PDU\n", stderr);
        return APP_FAILED;
    }
    enum app_status status = trap_message_read(run, &sending.message);
    if (status == APP_OK && !name_receivers(&sending)) {
        fprintf(stderr, "%s: out of memory\n", run->app->name);
        status = APP_FAILED;
    }
    if (status == APP_OK && own->spool) {
        return trap_run_spooled(run, &sending.message);
    }
    status = status == APP_OK ? take_engine(&sending) : status;
    status = status == APP_OK ? target_open_client(run) : status;
    if (status != APP_OK) {
        return status;
    }
    for (struct trap_receiver *receiver = own->receivers; receiver; receiver = receiver->next) {
        send_to(receiver);
    }
    target_run(run);
    return sending.status;
}
