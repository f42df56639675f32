/* SPDX-License-Identifier: BSD-3-Clause */
#include "agent/notify_sender.h"

#include <stdlib.h>
#include <string.h>

#include "agent/core.h"
#include "agent/host/host.h"
#include "base/err.h"
#include "io/resolve.h"
#include "io/timer.h"
#include "msg/notification.h"

#define LOG_TOKEN "notify"
enum {
    CLIENTS_MAX = 16,
    OUTSTANDING_MAX = 1024, /* messages that are on their way, or wait for an answer */
    /* Of what is free one receiver gets such a part, so that those who do not answer leave some to the
       others. */
    SHARE = 4,
    DEADLINE_MS = 600000, /* whatever a row says */
    RECEIVE_BUFFER = 256 * 1024,
    FAILURE_BURST = 5,
    FAILURE_PERIOD_MS = 60000,
    LAST_WAIT_MS = 500,
};

static const uint32_t enterprise_instance[] = {1, 3, 6, 1, 6, 3, 1, 1, 4, 3, 0};

/* Who sends from one local address. */
struct sender_client {
    char source[UVSNMP_ADDRESS_TEXT_MAX]; /* empty: any */
    struct uvsnmp_client *client;
    size_t receivers; /* of the configuration that have it */
};

/* A message. */
struct under_way {
    struct list link;
    struct notify_sender *sender;
    struct uvsnmp_client *client;
    struct uvsnmp_address to;
    bool inform;
};

struct notify_sender {
    uv_loop_t *loop;
    struct uvsnmp_agent *agent;
    struct sender_client clients[CLIENTS_MAX];
    size_t client_count, open_count; /* open_count: clients and the timer, at the end */
    struct list under_way;           /* `outstanding` of them */
    size_t outstanding;
    bool closing;
    struct io_timer timer;
    void (*closed)(void *arg);
    void *closed_arg;
};

/* What a receiver of the configuration has. */
struct opened {
    struct uvsnmp_client *client;
    struct uvsnmp_credential *credential; /* NULL: the keys are those of the agent's user */
    struct engine_id engine_id;           /* empty: to be found out */
    size_t context_size;
    uint8_t context_name[];
};

/* ---- clients ---- */

static int make_client(struct notify_sender *sender, struct sender_client *made, struct uvsnmp_error *err)
{
    const struct engine *engine = &sender->agent->engine;
    const struct usm_time time = engine_time(engine, io_now(sender->loop));
    const struct uvsnmp_client_options options = {
        .local = made->source[0] ? made->source : NULL,
        .max_in_flight = OUTSTANDING_MAX,
        .receive_buffer = RECEIVE_BUFFER,
        .patient = true,
        .default_port = NOTIFY_PORT,
        .engine_id = engine_id_bytes(&engine->id),
        .engine_boots = time.boots,
        .engine_time = time.time,
    };
    return uvsnmp_client_new(sender->loop, &options, &made->client, err);
}

static bool is_idle(const struct notify_sender *sender, const struct sender_client *client)
{
    LIST_EACH(link, following, &sender->under_way)
    {
        if (LIST_OBJECT(link, struct under_way, link)->client == client->client) {
            return false;
        }
    }
    return client->receivers == 0 && strcmp(client->source, sender->agent->notify.source) != 0;
}

/* Those of an earlier configuration make room. */
static void close_idle_clients(struct notify_sender *sender)
{
    for (size_t i = sender->client_count; i-- > 0;) {
        if (is_idle(sender, &sender->clients[i])) {
            uvsnmp_client_close(sender->clients[i].client, NULL, NULL);
            sender->clients[i] = sender->clients[--sender->client_count];
        }
    }
}

static struct sender_client *client_of(struct notify_sender *sender, const struct uvsnmp_client *client)
{
    for (size_t i = 0; i < sender->client_count; i++) {
        if (sender->clients[i].client == client) {
            return &sender->clients[i];
        }
    }
    return NULL;
}

static int find_client(struct notify_sender *sender, const char *source, struct uvsnmp_client **out,
                       struct uvsnmp_error *err)
{
    const char *wanted = source && *source ? source : sender->agent->notify.source;
    for (size_t i = 0; i < sender->client_count; i++) {
        if (strcmp(sender->clients[i].source, wanted) == 0) {
            *out = sender->clients[i].client;
            return 0;
        }
    }
    if (sender->client_count == CLIENTS_MAX) {
        close_idle_clients(sender);
    }
    if (sender->client_count == CLIENTS_MAX) {
        return err_set(err, UVSNMP_ELIMIT, "notifications from more than %d addresses", CLIENTS_MAX);
    }
    struct sender_client *made = &sender->clients[sender->client_count];
    if (strlen(wanted) >= sizeof(made->source)) {
        return err_set(err, UVSNMP_ETOO_LONG, "the source address is too long");
    }
    memcpy(made->source, wanted, strlen(wanted) + 1);
    made->receivers = 0;
    int rc = make_client(sender, made, err);
    if (rc == 0) {
        sender->client_count++;
        *out = made->client;
    }
    return rc;
}

/* ---- receivers of the configuration ---- */

static int resolve(const char *peer, struct uvsnmp_address *out, struct uvsnmp_error *err, void *arg)
{
    return io_resolve_now(((struct notify_sender *)arg)->loop, peer, NOTIFY_PORT, out, err);
}

static void close_opened(void *item, void *arg)
{
    struct opened *opened = item;
    struct sender_client *client = client_of(arg, opened->client);
    if (client) {
        client->receivers--;
    }
    uvsnmp_credential_free(opened->credential);
    free(opened);
}

static int open_v3(struct notify_sender *sender, const struct uvsnmp_notification_target *target,
                   struct opened *opened, struct uvsnmp_error *err)
{
    bool has_keys = target->user->auth;
    bool needs_keys = target->level > UVSNMP_NO_AUTH_NO_PRIV;
    if (sender->agent->engine.id.size == 0) {
        return err_set(err, UVSNMP_EBAD_ARGUMENT, "an agent without an engine ID does not speak version 3");
    }
    if (target->engine_id.size > 0 && engine_id_set(&opened->engine_id, target->engine_id) < 0) {
        return err_set(err, UVSNMP_EBAD_VALUE, "no engine ID: it has 5 to 32 octets, not all 0 or all 255");
    }
    return has_keys || !needs_keys
               ? uvsnmp_credential_new(opened->client, target->user, &opened->credential, err)
               : 0;
}

static int open_receiver(const struct uvsnmp_notification_target *target, void **out,
                         struct uvsnmp_error *err, void *arg)
{
    struct notify_sender *sender = arg;
    struct uvsnmp_client *client = NULL;
    size_t context_size = target->context_name.size;
    int rc = find_client(sender, target->source, &client, err);
    if (rc < 0) {
        return rc;
    }
    struct opened *opened = calloc(1, sizeof(*opened) + context_size);
    if (!opened) {
        return err_set(err, UVSNMP_ENO_MEMORY, "no memory for a receiver");
    }
    opened->client = client;
    client_of(sender, client)->receivers++;
    opened->context_size = context_size;
    if (context_size > 0) {
        memcpy(opened->context_name, target->context_name.data, context_size);
    }
    rc = target->version == UVSNMP_V3 ? open_v3(sender, target, opened, err) : 0;
    if (rc < 0) {
        close_opened(opened, sender);
        return rc;
    }
    *out = opened;
    return 0;
}

/* ---- users of the agent ---- */

/* The user in whose name an engine is spoken to: this one by traps; by informs the one that is asked for, or
 * else any other that such a user was made for. */
static const struct usm_user *find_user(const struct engine *engine, const struct notify_message *message,
                                        struct uvsnmp_bytes asked)
{
    const struct usm_users *users = &engine->users;
    if (!message->inform) {
        return usm_users_find(users, engine_id_bytes(&engine->id), message->name);
    }
    if (asked.size > 0) {
        return usm_users_find(users, asked, message->name);
    }
    for (size_t i = 0; i < users->count; i++) {
        const struct usm_user *user = users->sorted[i];
        if (user->name_size == message->name.size &&
            memcmp(user->name, message->name.data, user->name_size) == 0 &&
            !engine_id_equals(&engine->id, (struct uvsnmp_bytes){user->engine_id, user->engine_id_size})) {
            return user;
        }
    }
    return NULL;
}

static struct uvsnmp_secret secret_of(const struct usm_key *key)
{
    return (struct uvsnmp_secret){.localized = {key->data, key->size}};
}

/* Keys that are localized are good for the user's engine alone, which need not be found out then. */
static int use_agent_user(const struct engine *engine, const struct notify_message *message,
                          struct uvsnmp_session_options *options, struct uvsnmp_client *client)
{
    const struct usm_user *found = find_user(engine, message, options->engine_id);
    if (!found || found->status != USM_USER_ACTIVE) {
        return UVSNMP_EUNKNOWN_USER;
    }
    const struct usm_security *security = &found->security;
    struct uvsnmp_user user = {.name = message->name};
    if (security->auth != USM_AUTH_NONE) {
        user.auth = usm_auth(security->auth)->name;
        user.auth_secret = secret_of(&security->auth_key);
    }
    if (security->priv != USM_PRIV_NONE) {
        user.priv = usm_priv(security->priv)->name;
        user.priv_secret = secret_of(&security->priv_key);
    }
    if (message->inform) {
        options->engine_id = (struct uvsnmp_bytes){found->engine_id, found->engine_id_size};
    }
    return uvsnmp_credential_new(client, &user, &options->credential, NULL);
}

/* ---- one message ---- */

static void close_if_over(struct notify_sender *sender);

static void on_sent(struct uvsnmp_session *session, const struct uvsnmp_result *result, void *arg)
{
    struct under_way *way = arg;
    struct notify_sender *sender = way->sender;
    struct notify *notify = &sender->agent->notify;
    if (result->status < 0 && way->inform && !sender->closing &&
        log_limit_allows(&notify->failures, FAILURE_BURST, FAILURE_PERIOD_MS, io_now(sender->loop))) {
        log_write(LOG_LEVEL_WARNING, "an inform was not acknowledged: %s", result->detail);
    } else if (result->status < 0) {
        log_debug(LOG_TOKEN, "a notification was not taken: %s", result->detail);
    }
    uvsnmp_session_free(session);
    list_remove(&way->link);
    free(way);
    sender->outstanding--;
    close_if_over(sender);
}

/* The agent-addr field; 0.0.0.0 where the host has only addresses that nobody else knows. */
static void set_agent_address(const struct notify *notify, uint8_t address[4])
{
    memset(address, 0, 4);
    if (notify->has_v1_address) {
        memcpy(address, notify->v1_address, 4);
    } else {
        (void)host_own_address(address);
    }
}

static int send_v1(struct under_way *way, struct uvsnmp_session *session,
                   const struct notify_notification *from)
{
    struct uvsnmp_oid_buf enterprise;
    struct uvsnmp_trap_v1 trap;
    struct msg_notification notification = {
        .uptime = from->uptime, .varbinds = from->varbinds, .count = from->count};
    int rc = uvsnmp_oid_copy(&notification.trap_oid, from->trap_oid);
    set_agent_address(&way->sender->agent->notify, trap.agent_address);
    rc = rc < 0 ? rc : msg_notification_to_v1(&notification, &enterprise, &trap);
    if (rc < 0) {
        return rc;
    }
    if (from->enterprise.count > 0) {
        trap.enterprise = from->enterprise;
    }
    const struct uvsnmp_request_options options = {
        .type = UVSNMP_PDU_TRAP_V1, .trap = &trap, .varbinds = from->varbinds, .count = from->count};
    return uvsnmp_request_send(session, &options, on_sent, way, NULL);
}

static int send_v2(struct under_way *way, struct uvsnmp_session *session,
                   const struct notify_notification *from)
{
    size_t count = from->count + (from->enterprise.count > 0);
    struct uvsnmp_varbind *varbinds = calloc(count + 1, sizeof(*varbinds));
    if (!varbinds) {
        return UVSNMP_ENO_MEMORY;
    }
    if (from->count > 0) {
        memcpy(varbinds, from->varbinds, from->count * sizeof(*varbinds));
    }
    if (count > from->count) {
        varbinds[from->count].name = (struct uvsnmp_oid){
            enterprise_instance, sizeof(enterprise_instance) / sizeof(enterprise_instance[0])};
        varbinds[from->count].value = uvsnmp_oid_value(from->enterprise);
    }
    const struct uvsnmp_notification notification = {
        .uptime = from->uptime, .trap_oid = from->trap_oid, .varbinds = varbinds, .count = count};
    int rc = (way->inform ? uvsnmp_inform : uvsnmp_trap)(session, &notification, on_sent, way);
    free(varbinds);
    return rc;
}

static int set_v3(struct notify_sender *sender, const struct notify_message *message,
                  struct uvsnmp_session_options *options, struct uvsnmp_client *client)
{
    const struct opened *opened = message->opened;
    options->level = message->level;
    if (opened) {
        options->engine_id = engine_id_bytes(&opened->engine_id);
        options->context_name = (struct uvsnmp_bytes){opened->context_name, opened->context_size};
    }
    if (opened && opened->credential) {
        options->credential = opened->credential;
        return 0;
    }
    return use_agent_user(&sender->agent->engine, message, options, client);
}

static int open_session(struct notify_sender *sender, const struct notify_message *message,
                        struct uvsnmp_client *client, struct uvsnmp_session **out)
{
    const struct opened *opened = message->opened;
    char peer[UVSNMP_ADDRESS_TEXT_MAX];
    (void)uvsnmp_address_format(&message->address, peer, sizeof(peer));
    struct uvsnmp_session_options options = {
        .peer = peer,
        .version = message->version,
        .community = message->name,
        .timeout_ms = message->timeout_ms > 0 ? message->timeout_ms : 1,
        .retries = message->retries,
        .deadline_ms = DEADLINE_MS,
    };
    int rc = message->version == UVSNMP_V3 ? set_v3(sender, message, &options, client) : 0;
    rc = rc < 0 ? rc : uvsnmp_session_new(client, &options, out, NULL);
    if (!opened || options.credential != opened->credential) {
        uvsnmp_credential_free(options.credential);
    }
    return rc;
}

/* Is there room for one more, for this receiver too? */
static bool has_room(const struct notify_sender *sender, const struct uvsnmp_address *to)
{
    size_t of_this = 0;
    LIST_EACH(link, following, &sender->under_way)
    {
        of_this += uvsnmp_address_equal(&LIST_OBJECT(link, struct under_way, link)->to, to);
    }
    return of_this * SHARE < OUTSTANDING_MAX - sender->outstanding;
}

static int send_message(const struct notify_message *message, void *arg)
{
    struct notify_sender *sender = arg;
    const struct opened *opened = message->opened;
    struct uvsnmp_client *client = opened ? opened->client : NULL;
    struct uvsnmp_session *session = NULL;
    if (!has_room(sender, &message->address)) {
        return UVSNMP_ELIMIT;
    }
    struct under_way *way = calloc(1, sizeof(*way));
    int rc = way ? 0 : UVSNMP_ENO_MEMORY;
    rc = rc < 0 || client ? rc : find_client(sender, NULL, &client, NULL);
    rc = rc < 0 ? rc : open_session(sender, message, client, &session);
    if (rc == 0) {
        *way = (struct under_way){
            .sender = sender, .client = client, .to = message->address, .inform = message->inform};
        rc = message->version == UVSNMP_V1 ? send_v1(way, session, message->notification)
                                           : send_v2(way, session, message->notification);
    }
    if (rc < 0) {
        uvsnmp_session_free(session);
        free(way);
        return rc;
    }
    list_append(&sender->under_way, &way->link);
    sender->outstanding++;
    return 0;
}

/* ---- life ---- */

struct notify_sender *notify_sender_new(uv_loop_t *loop, struct uvsnmp_agent *agent)
{
    struct notify_sender *sender = calloc(1, sizeof(*sender));
    if (sender) {
        sender->loop = loop;
        sender->agent = agent;
        list_init(&sender->under_way);
        agent->notify.io = (struct notify_io){resolve, open_receiver, close_opened, send_message, sender};
    }
    return sender;
}

static void on_part_closed(struct notify_sender *sender)
{
    if (--sender->open_count == 0) {
        sender->closed(sender->closed_arg);
        free(sender);
    }
}

static void on_client_closed(void *arg)
{
    on_part_closed(arg);
}

static void on_timer_closed(struct io_timer *timer)
{
    on_part_closed(timer->arg);
}

/* What is still outstanding then ends in on_sent(), too. */
static void close_clients(struct notify_sender *sender)
{
    size_t count = sender->client_count;
    sender->client_count = 0;
    for (size_t i = 0; i < count; i++) {
        uvsnmp_client_close(sender->clients[i].client, on_client_closed, sender);
    }
    io_timer_close(&sender->timer, on_timer_closed);
}

static void close_if_over(struct notify_sender *sender)
{
    if (sender->closing && sender->outstanding == 0 && sender->client_count > 0) {
        close_clients(sender);
    }
}

static void on_timer(struct io_timer *timer)
{
    struct notify_sender *sender = timer->arg;
    if (sender->client_count > 0) {
        close_clients(sender);
    }
}

void notify_sender_close(struct notify_sender *sender, void (*closed)(void *arg), void *arg)
{
    if (sender) {
        uvsnmp_agent_clear_notification_targets(sender->agent);
        sender->agent->notify.io = (struct notify_io){.arg = NULL};
    }
    if (!sender || sender->client_count == 0) {
        free(sender);
        closed(arg);
        return;
    }
    sender->closed = closed;
    sender->closed_arg = arg;
    sender->closing = true;
    sender->open_count = sender->client_count + 1;
    io_timer_init(&sender->timer, sender->loop, on_timer, sender);
    io_timer_set(&sender->timer, io_now(sender->loop) + LAST_WAIT_MS);
    close_if_over(sender);
}
