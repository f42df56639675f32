/* SPDX-License-Identifier: BSD-3-Clause */
/* The receivers of notifications that the configuration, or an embedding program, names: rows that nobody can
 * SET. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "agent/core.h"
#include "agent/notify.h"
#include "base/err.h"

enum { RECEIVERS_MAX = 256, TIMEOUT_DEFAULT_MS = 1000 };

enum { ROWS = 3 };
static const enum target_kind kinds[ROWS] = {TARGET_ADDRESS, TARGET_PARAMS, TARGET_NOTIFY};

/* The rows of a receiver; what `draft` borrows lives as long as the call that made it. Nothing is replaced,
 * as the name was chosen for that. */
static int put(struct uvsnmp_agent *agent, const struct target_row *draft)
{
    struct target_row *row = target_row_new(draft), *replaced;
    int rc = row ? targets_put(&agent->targets, row, &replaced) : UVSNMP_ENO_MEMORY;
    if (rc < 0) {
        target_row_free(row);
    }
    return rc;
}

static void set_owner(struct target_row *row, const struct notify_receiver *receiver)
{
    const struct target_table *table = target_table(row->kind);
    row->receiver = receiver;
    row->values[table->storage] = uvsnmp_integer(TARGET_READ_ONLY);
    row->values[table->status] = uvsnmp_integer(TARGET_ACTIVE);
}

static int put_address(struct uvsnmp_agent *agent, const struct notify_receiver *receiver,
                       const struct uvsnmp_address *to, struct uvsnmp_bytes name)
{
    uint8_t octets[TARGET_OCTETS_MAX];
    struct uvsnmp_oid_buf index;
    struct target_row row;
    (void)target_index_make(&index, name);
    target_row_init(&row, TARGET_ADDRESS, uvsnmp_oid_of(&index));
    if (!target_address_write(to, &row, octets)) {
        return UVSNMP_EUNSUPPORTED;
    }
    /* milliseconds, as Net-SNMP shows them, though the MIB has hundredths of a second */
    row.values[ADDRESS_TIMEOUT] =
        uvsnmp_integer(receiver->timeout_ms < INT32_MAX ? (int32_t)receiver->timeout_ms : INT32_MAX);
    row.values[ADDRESS_RETRIES] = uvsnmp_integer((int32_t)receiver->retries);
    row.values[ADDRESS_TAGS] = uvsnmp_octets(name.data, name.size);
    row.values[ADDRESS_PARAMS] = uvsnmp_octets(name.data, name.size);
    set_owner(&row, receiver);
    return put(agent, &row);
}

static int put_params(struct uvsnmp_agent *agent, const struct notify_receiver *receiver,
                      const struct uvsnmp_notification_target *target, struct uvsnmp_bytes name)
{
    static const struct {
        int32_t processing, model;
    } models[] = {[UVSNMP_V1] = {TARGET_V1, TARGET_MODEL_V1},
                  [UVSNMP_V2C] = {TARGET_V2C, TARGET_MODEL_V2C},
                  [UVSNMP_V3] = {TARGET_V3, TARGET_MODEL_USM}};
    bool is_v3 = target->version == UVSNMP_V3;
    const struct uvsnmp_bytes who = is_v3 ? target->user->name : target->community;
    struct uvsnmp_oid_buf index;
    struct target_row row;
    (void)target_index_make(&index, name);
    target_row_init(&row, TARGET_PARAMS, uvsnmp_oid_of(&index));
    row.values[PARAMS_PROCESSING] = uvsnmp_integer(models[target->version].processing);
    row.values[PARAMS_MODEL] = uvsnmp_integer(models[target->version].model);
    row.values[PARAMS_NAME] = uvsnmp_octets(who.data, who.size);
    row.values[PARAMS_LEVEL] =
        uvsnmp_integer(is_v3 && target->level ? (int32_t)target->level : UVSNMP_NO_AUTH_NO_PRIV);
    set_owner(&row, receiver);
    return put(agent, &row);
}

static int put_notify(struct uvsnmp_agent *agent, const struct notify_receiver *receiver, bool inform,
                      struct uvsnmp_bytes name)
{
    struct uvsnmp_oid_buf index;
    struct target_row row;
    (void)target_index_make(&index, name);
    target_row_init(&row, TARGET_NOTIFY, uvsnmp_oid_of(&index));
    row.values[NOTIFY_TAG] = uvsnmp_octets(name.data, name.size);
    row.values[NOTIFY_TYPE] = uvsnmp_integer(inform ? TARGET_INFORM : TARGET_TRAP);
    set_owner(&row, receiver);
    return put(agent, &row);
}

static bool is_taken(const struct targets *targets, struct uvsnmp_bytes name)
{
    bool found = false;
    for (size_t i = 0; i < ROWS; i++) {
        found = found || targets_find_name(targets, kinds[i], name);
    }
    return found;
}

/* A name may have been SET: those rows stay, and the receiver has the next number. */
static struct uvsnmp_bytes choose_name(const struct uvsnmp_agent *agent, char text[TARGET_NAME_MAX])
{
    struct uvsnmp_bytes name = {(const uint8_t *)text, 0};
    unsigned number = agent->notify.receiver_count;
    do {
        name.size = (size_t)snprintf(text, TARGET_NAME_MAX, "internal%u", number++);
    } while (is_taken(&agent->targets, name));
    return name;
}

static int put_all(struct uvsnmp_agent *agent, const struct notify_receiver *receiver,
                   const struct uvsnmp_notification_target *target, const struct uvsnmp_address *to)
{
    char text[TARGET_NAME_MAX];
    const struct uvsnmp_bytes name = choose_name(agent, text);
    int rc = put_params(agent, receiver, target, name);
    rc = rc < 0 ? rc : put_notify(agent, receiver, target->inform, name);
    return rc < 0 ? rc : put_address(agent, receiver, to, name);
}

/* ---- adding and forgetting ---- */

static int check(const struct uvsnmp_agent *agent, const struct uvsnmp_notification_target *target,
                 struct uvsnmp_error *err)
{
    bool is_v3 = target->version == UVSNMP_V3;
    if (!is_v3 && target->version != UVSNMP_V1 && target->version != UVSNMP_V2C) {
        return err_set(err, UVSNMP_EBAD_VERSION, "there is no SNMP version %d", (int)target->version);
    }
    if (!target->peer) {
        return err_set(err, UVSNMP_ENO_DESTINATION, "no transport address given");
    }
    if (target->version == UVSNMP_V1 && target->inform) {
        return err_set(err, UVSNMP_EUNSUPPORTED, "version 1 has no informs");
    }
    if (is_v3 && !target->user) {
        return err_set(err, UVSNMP_EBAD_ARGUMENT, "version 3 needs a user");
    }
    if (agent->notify.receiver_count >= RECEIVERS_MAX) {
        return err_set(err, UVSNMP_ELIMIT, "more than %d receivers of notifications", RECEIVERS_MAX);
    }
    return 0;
}

static int resolve(const struct notify_io *io, const char *peer, struct uvsnmp_address *out,
                   struct uvsnmp_error *err)
{
    return io->resolve ? io->resolve(peer, out, err, io->arg)
                       : uvsnmp_address_parse(peer, NOTIFY_PORT, out, err);
}

static void free_receiver(struct uvsnmp_agent *agent, struct notify_receiver *receiver)
{
    struct notify_io *io = &agent->notify.io;
    if (receiver->opened && io->close) {
        io->close(receiver->opened, io->arg);
    }
    free(receiver);
}

static int open_receiver(struct uvsnmp_agent *agent, const struct uvsnmp_notification_target *target,
                         struct notify_receiver **out, struct uvsnmp_error *err)
{
    struct notify_io *io = &agent->notify.io;
    struct notify_receiver *receiver = calloc(1, sizeof(*receiver));
    if (!receiver) {
        return err_set(err, UVSNMP_ENO_MEMORY, "no memory for a receiver");
    }
    receiver->timeout_ms = target->timeout_ms ? target->timeout_ms : TIMEOUT_DEFAULT_MS;
    receiver->retries = target->retries;
    int rc = io->open ? io->open(target, &receiver->opened, err, io->arg) : 0;
    if (rc < 0) {
        free(receiver);
        return rc;
    }
    *out = receiver;
    return 0;
}

static void take_rows(struct targets *targets, const struct notify_receiver *receiver)
{
    for (size_t kind = 0; kind < ROWS; kind++) {
        struct target_list *list = &targets->lists[kinds[kind]];
        for (size_t i = list->count; i > 0; i--) {
            struct target_row *row = list->sorted[i - 1];
            if (row->receiver == receiver) {
                targets_take(targets, row);
                target_row_free(row);
            }
        }
    }
}

int uvsnmp_agent_add_notification_target(struct uvsnmp_agent *agent,
                                         const struct uvsnmp_notification_target *target,
                                         struct uvsnmp_error *err)
{
    struct notify_receiver *receiver = NULL;
    struct uvsnmp_address to;
    int rc = check(agent, target, err);
    rc = rc < 0 ? rc : resolve(&agent->notify.io, target->peer, &to, err);
    rc = rc < 0 ? rc : open_receiver(agent, target, &receiver, err);
    if (rc < 0) {
        return rc;
    }
    rc = put_all(agent, receiver, target, &to);
    if (rc < 0) {
        take_rows(&agent->targets, receiver);
        free_receiver(agent, receiver);
        return err_set(err, rc, "%s: %s", target->peer, uvsnmp_strerror(rc));
    }
    agent->notify.receiver_count++;
    list_append(&agent->notify.receivers, &receiver->link);
    return 0;
}

void uvsnmp_agent_clear_notification_targets(struct uvsnmp_agent *agent)
{
    struct notify *notify = &agent->notify;
    LIST_EACH(link, following, &notify->receivers)
    {
        struct notify_receiver *receiver = LIST_OBJECT(link, struct notify_receiver, link);
        list_remove(link);
        take_rows(&agent->targets, receiver);
        free_receiver(agent, receiver);
    }
    notify->receiver_count = 0;
}

void notify_fini(struct uvsnmp_agent *agent)
{
    uvsnmp_agent_clear_notification_targets(agent);
}
