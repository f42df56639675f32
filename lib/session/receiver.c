/* SPDX-License-Identifier: BSD-3-Clause */
#include "session/receiver.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/err.h"
#include "ber/bytes.h"
#include "engine/user.h"
#include "msg/message.h"
#include "msg/notification.h"
#include "msg/v3.h"

#define INFORMS_MAX 1000
#define DEADLINE_MS 60000
#define LOG_BURST 5
#define LOG_PERIOD_MS 60000
#define LOG_TOKEN "receiver"

struct receiver_community {
    struct list link;
    size_t size;
    uint8_t octets[];
};

static uint64_t now_of(const struct uvsnmp_receiver *receiver)
{
    return receiver->io.now(receiver->io.arg);
}

struct uvsnmp_receiver *receiver_new(const struct receiver_io *io,
                                     const struct uvsnmp_receiver_options *options)
{
    struct uvsnmp_receiver *receiver = calloc(1, sizeof(*receiver));
    struct engine_id id = {.size = 0};
    if (!receiver) {
        return NULL;
    }
    receiver->io = *io;
    receiver->on_notification = options->on_notification;
    receiver->on_packet = options->on_packet;
    receiver->on_error = options->on_error;
    receiver->arg = options->arg;
    receiver->any_community = options->any_community;
    receiver->unauthenticated = options->unauthenticated;
    bool is_given = engine_id_set(&id, options->engine_id) == 0;
    engine_init(&receiver->engine, is_given ? &id : NULL,
                options->engine_boots > 0 ? options->engine_boots : 1, now_of(receiver));
    list_init(&receiver->communities);
    informs_init(&receiver->informs, options->max_informs ? options->max_informs : INFORMS_MAX,
                 options->deadline_ms ? options->deadline_ms : DEADLINE_MS);
    arena_init(&receiver->arena, 0, 0);
    return receiver;
}

void receiver_free(struct uvsnmp_receiver *receiver)
{
    if (!receiver) {
        return;
    }
    LIST_EACH(link, following, &receiver->communities)
    {
        free(LIST_OBJECT(link, struct receiver_community, link));
    }
    informs_fini(&receiver->informs);
    arena_fini(&receiver->arena);
    engine_fini(&receiver->engine);
    usm_crypto_close(receiver->engine.crypto);
    free(receiver);
}

const struct uvsnmp_receiver_counters *uvsnmp_receiver_counters(const struct uvsnmp_receiver *receiver)
{
    return &receiver->counters;
}

/* ---- who is heard ---- */

static struct receiver_community *find_community(const struct uvsnmp_receiver *receiver,
                                                 struct uvsnmp_bytes name)
{
    LIST_EACH(link, following, &receiver->communities)
    {
        struct receiver_community *community = LIST_OBJECT(link, struct receiver_community, link);
        const struct uvsnmp_bytes known = {community->octets, community->size};
        if (ber_bytes_equal(known, name)) {
            return community;
        }
    }
    return NULL;
}

int uvsnmp_receiver_add_community(struct uvsnmp_receiver *receiver, struct uvsnmp_bytes community)
{
    if (find_community(receiver, community)) {
        return UVSNMP_EEXISTS;
    }
    struct receiver_community *added = malloc(sizeof(*added) + community.size);
    if (!added) {
        return UVSNMP_ENO_MEMORY;
    }
    added->size = community.size;
    if (community.size > 0) {
        memcpy(added->octets, community.data, community.size);
    }
    list_append(&receiver->communities, &added->link);
    return 0;
}

int uvsnmp_receiver_remove_community(struct uvsnmp_receiver *receiver, struct uvsnmp_bytes community)
{
    struct receiver_community *found = find_community(receiver, community);
    if (!found) {
        return UVSNMP_ENOT_FOUND;
    }
    list_remove(&found->link);
    free(found);
    return 0;
}

/* Whose users: those of a sender, or its own where none is given. */
static struct uvsnmp_bytes engine_of(const struct uvsnmp_receiver *receiver, struct uvsnmp_bytes engine_id)
{
    return engine_id.size > 0 ? engine_id : engine_id_bytes(&receiver->engine.id);
}

int uvsnmp_receiver_add_user(struct uvsnmp_receiver *receiver, struct uvsnmp_bytes engine_id,
                             const struct uvsnmp_user *user, struct uvsnmp_error *err)
{
    struct uvsnmp_bytes engine = engine_of(receiver, engine_id);
    if (engine.size == 0) {
        return err_set(err, UVSNMP_EBAD_ARGUMENT, "a receiver without an engine ID has no users of its own");
    }
    if (usm_users_find(&receiver->engine.users, engine, user->name)) {
        return err_set(err, UVSNMP_EEXISTS, "that engine has a user of that name");
    }
    return engine_set_user(&receiver->engine, engine, user, err);
}

int uvsnmp_receiver_remove_user(struct uvsnmp_receiver *receiver, struct uvsnmp_bytes engine_id,
                                struct uvsnmp_bytes name)
{
    struct usm_user *user = usm_users_find(&receiver->engine.users, engine_of(receiver, engine_id), name);
    if (!user) {
        return UVSNMP_ENOT_FOUND;
    }
    usm_users_remove(&receiver->engine.users, user);
    return 0;
}

/* ---- what goes out ---- */

static void send_message(struct uvsnmp_receiver *receiver, const struct uvsnmp_return_path *path,
                         const struct ber_writer *writer)
{
    size_t size = ber_writer_size(writer);
    if (receiver->on_packet) {
        const struct uvsnmp_packet packet = {
            .sent = true, .peer = &path->peer, .local = &path->local, .data = writer->at, .size = size};
        receiver->on_packet(receiver, &packet, receiver->arg);
    }
    receiver->io.reply(path, writer->at, size, receiver->io.arg);
}

/* Where one is due. */
static void send_report(struct uvsnmp_receiver *receiver, const struct uvsnmp_return_path *path)
{
    struct ber_writer writer;
    size_t capacity;
    uint8_t *buffer =
        receiver->incoming.is_report_due ? receiver->io.buffer(&capacity, receiver->io.arg) : NULL;
    if (!buffer) {
        return;
    }
    ber_writer_init(&writer, buffer, capacity);
    if (engine_encode_report(&receiver->engine, &receiver->incoming, now_of(receiver), &writer)) {
        send_message(receiver, path, &writer);
    }
}

/* RFC 3416 §4.2.7: the inform's own varbinds, or tooBig where the sender does not take so much. */
static int send_response(struct uvsnmp_receiver *receiver, const struct inform *inform)
{
    struct msg_pdu response = inform->pdu;
    struct ber_writer writer;
    size_t capacity;
    uint8_t *buffer = receiver->io.buffer(&capacity, receiver->io.arg);
    if (!buffer) {
        return UVSNMP_ENO_MEMORY;
    }
    response.type = UVSNMP_PDU_RESPONSE;
    response.error_status = UVSNMP_STATUS_NO_ERROR;
    response.error_index = 0;
    ber_writer_init(&writer, buffer, capacity);
    int rc = engine_encode(&receiver->engine, &inform->envelope, &response, now_of(receiver), &writer);
    if (rc == UVSNMP_EOVERSIZED) {
        response.error_status = UVSNMP_STATUS_TOO_BIG;
        response.count = 0;
        ber_writer_init(&writer, buffer, capacity);
        rc = engine_encode(&receiver->engine, &inform->envelope, &response, now_of(receiver), &writer);
    }
    if (rc == 0) {
        send_message(receiver, &inform->path, &writer);
    }
    return rc;
}

/* ---- informs ---- */

static void set_wake(struct uvsnmp_receiver *receiver)
{
    receiver->io.wake(informs_due(&receiver->informs), receiver->io.arg);
}

int uvsnmp_receiver_acknowledge(struct uvsnmp_receiver *receiver, uint64_t inform)
{
    struct inform *found = informs_find(&receiver->informs, inform);
    if (receiver->closing) {
        return UVSNMP_ECLOSED;
    }
    int rc = found ? send_response(receiver, found) : UVSNMP_ENOT_FOUND;
    if (rc == 0) {
        receiver->counters.acknowledged++;
        informs_acknowledge(&receiver->informs, found, now_of(receiver));
        set_wake(receiver);
    }
    return rc;
}

void uvsnmp_receiver_drop(struct uvsnmp_receiver *receiver, uint64_t inform)
{
    struct inform *found = informs_find(&receiver->informs, inform);
    if (found) {
        informs_remove(&receiver->informs, found);
    }
}

void receiver_tick(struct uvsnmp_receiver *receiver)
{
    receiver->counters.expired += informs_expire(&receiver->informs, now_of(receiver));
    set_wake(receiver);
}

/* Its id; 0: there is nothing more to do with this arrival. */
static uint64_t take_inform(struct uvsnmp_receiver *receiver, const struct uvsnmp_return_path *path)
{
    const struct inform_arrival arrival = {path, &receiver->incoming.envelope, &receiver->incoming.pdu};
    struct inform *inform = informs_find_repeated(&receiver->informs, &arrival);
    if (inform) {
        receiver->counters.repeated++;
        if (inform->is_acknowledged) {
            (void)send_response(receiver, inform);
        }
        return 0;
    }
    inform = informs_add(&receiver->informs, &arrival, now_of(receiver));
    if (!inform) {
        receiver->counters.dropped++;
        if (log_limit_allows(&receiver->overload, LOG_BURST, LOG_PERIOD_MS, now_of(receiver))) {
            log_write(LOG_LEVEL_WARNING, "an inform is dropped, as too many wait to be acknowledged");
        }
        return 0;
    }
    receiver->counters.informs++;
    set_wake(receiver);
    return inform->by_id.key;
}

/* ---- notifications ---- */

static uint64_t calendar_ms(void)
{
    struct timespec now;
    (void)clock_gettime(CLOCK_REALTIME, &now);
    return (uint64_t)now.tv_sec * 1000 + (uint64_t)now.tv_nsec / 1000000;
}

static enum uvsnmp_level level_of(uint8_t flags)
{
    if (flags & MSG_V3_PRIV) {
        return UVSNMP_AUTH_PRIV;
    }
    return flags & MSG_V3_AUTH ? UVSNMP_AUTH_NO_PRIV : UVSNMP_NO_AUTH_NO_PRIV;
}

/* Who sent it, and what around it. */
static void describe(const struct uvsnmp_receiver *receiver, const struct uvsnmp_return_path *path,
                     struct uvsnmp_received *out)
{
    const struct engine_envelope *envelope = &receiver->incoming.envelope;
    const struct msg_pdu *pdu = &receiver->incoming.pdu;
    *out = (struct uvsnmp_received){
        .version = envelope->version,
        .community = envelope->community,
        .security_name = envelope->security_name,
        .level = level_of(envelope->level),
        .engine_id = envelope->engine_id,
        .context_engine_id = envelope->context_engine_id,
        .context_name = envelope->context_name,
        .peer = &path->peer,
        .local = &path->local,
        .time_ms = calendar_ms(),
        .request_id = pdu->request_id,
        .trap = pdu->type == UVSNMP_PDU_TRAP_V1 ? pdu->trap : NULL,
    };
}

/* Whoever sent it is known; the PDU is a notification. */
static void hand_over(struct uvsnmp_receiver *receiver, const struct uvsnmp_return_path *path)
{
    const struct msg_pdu *pdu = &receiver->incoming.pdu;
    struct msg_notification notification;
    struct uvsnmp_received received;
    describe(receiver, path, &received);
    if (msg_notification_read(pdu, &notification) < 0) {
        receiver->counters.malformed++;
        return;
    }
    received.varbinds = msg_notification_varbinds(&notification, &receiver->arena, &received.count);
    if (!received.varbinds) {
        receiver->counters.dropped++;
        return;
    }
    if (pdu->type == UVSNMP_PDU_INFORM) {
        received.inform = take_inform(receiver, path);
        if (received.inform == 0) {
            return;
        }
    } else {
        receiver->counters.traps++;
    }
    receiver->on_notification(receiver, &received, receiver->arg);
}

/* ---- what comes in ---- */

/* A message that is passed over because of who sent it: said now and then. */
static void refuse(struct uvsnmp_receiver *receiver, const struct uvsnmp_address *peer, const char *why)
{
    char text[UVSNMP_ADDRESS_TEXT_MAX];
    receiver->counters.strangers++;
    if (log_limit_allows(&receiver->refused, LOG_BURST, LOG_PERIOD_MS, now_of(receiver))) {
        (void)uvsnmp_address_format(peer, text, sizeof(text));
        log_write(LOG_LEVEL_WARNING, "a message from %s is not taken: %s", text, why);
    }
}

static bool is_notification(const struct engine_incoming *incoming)
{
    return incoming->pdu.type == UVSNMP_PDU_TRAP_V1 ||
           (incoming->envelope.version != UVSNMP_V1 &&
            (incoming->pdu.type == UVSNMP_PDU_TRAP || incoming->pdu.type == UVSNMP_PDU_INFORM));
}

/* Nothing is allocated before whoever sends is known. 0, or why there is no PDU, which is counted. */
static int decode(struct uvsnmp_receiver *receiver, const struct uvsnmp_arrival *arrival,
                  struct uvsnmp_error *err)
{
    const struct engine_arrival message = {
        .data = arrival->data, .size = arrival->size, .now_ms = now_of(receiver)};
    arena_reset(&receiver->arena);
    int rc = engine_decode(&receiver->engine, &message, &receiver->arena, &receiver->incoming, err);
    receiver->counters.dropped += rc == UVSNMP_ENO_MEMORY;
    receiver->counters.malformed += rc < 0 && uvsnmp_error_class(rc) == UVSNMP_EPROTOCOL;
    if (rc < 0) {
        log_debug(LOG_TOKEN, "message dropped: %s", err->detail);
    }
    return rc;
}

static void handle_community(struct uvsnmp_receiver *receiver, const struct uvsnmp_arrival *arrival,
                             struct uvsnmp_bytes community)
{
    struct uvsnmp_error err;
    if (!receiver->any_community && !find_community(receiver, community)) {
        refuse(receiver, &arrival->path->peer, "unknown community");
    } else if (decode(receiver, arrival, &err) == 0) {
        if (is_notification(&receiver->incoming)) {
            hand_over(receiver, arrival->path);
        } else {
            receiver->counters.malformed++;
        }
    }
}

/* Part of every conversation: a sender asks for the engine ID, or is told the time. */
static bool is_ordinary(const struct engine_incoming *incoming, int error)
{
    return incoming->is_report_due &&
           (error == UVSNMP_ENOT_IN_TIME_WINDOW ||
            (error == UVSNMP_EUNKNOWN_ENGINE && incoming->envelope.engine_id.size == 0));
}

/* What can be told only once the message is taken apart: 0, or an error that it is refused with. */
static int judge(const struct uvsnmp_receiver *receiver, struct uvsnmp_error *err)
{
    const struct engine_incoming *incoming = &receiver->incoming;
    if (!is_notification(incoming)) {
        return err_set(err, UVSNMP_EUNKNOWN_HANDLER, "a %s is no notification",
                       msg_pdu_type_name(incoming->pdu.type));
    }
    if (!receiver->unauthenticated && incoming->envelope.level == 0 &&
        incoming->envelope.security.auth != USM_AUTH_NONE) {
        return err_set(err, UVSNMP_EAUTHENTICATION, "no digest, though the user has keys");
    }
    return 0;
}

static void handle_v3(struct uvsnmp_receiver *receiver, const struct uvsnmp_arrival *arrival)
{
    struct engine_incoming *incoming = &receiver->incoming;
    struct uvsnmp_error err;
    int rc = decode(receiver, arrival, &err);
    if (rc == 0) {
        rc = judge(receiver, &err);
    }
    if (rc == 0) {
        hand_over(receiver, arrival->path);
    } else if (rc == UVSNMP_EUNKNOWN_HANDLER) {
        receiver->counters.malformed++;
        engine_refuse(&receiver->engine, incoming, rc);
    } else if (uvsnmp_error_class(rc) == UVSNMP_ESECURITY && !is_ordinary(incoming, rc)) {
        refuse(receiver, &arrival->path->peer, err.detail);
    }
    send_report(receiver, arrival->path);
    engine_envelope_wipe(&incoming->envelope);
}

void receiver_handle(struct uvsnmp_receiver *receiver, const struct uvsnmp_arrival *arrival)
{
    struct msg_envelope envelope;
    if (receiver->closing) {
        return;
    }
    receiver->counters.packets++;
    if (receiver->on_packet) {
        const struct uvsnmp_packet packet = {.peer = &arrival->path->peer,
                                             .local = &arrival->path->local,
                                             .data = arrival->data,
                                             .size = arrival->size};
        receiver->on_packet(receiver, &packet, receiver->arg);
    }
    int rc = arrival->truncated ? UVSNMP_ETRUNCATED
                                : msg_envelope_decode(arrival->data, arrival->size, &envelope, NULL);
    if (rc == 0) {
        handle_community(receiver, arrival, envelope.community);
    } else if (rc == UVSNMP_EBAD_VERSION && envelope.version == UVSNMP_V3) {
        handle_v3(receiver, arrival);
    } else {
        receiver->counters.malformed++;
    }
}
