/* SPDX-License-Identifier: BSD-3-Clause */
#include "agent/notify.h"

#include <stdio.h>
#include <string.h>

#include "agent/core.h"
#include "agent/rate.h"
#include "vacm/vacm.h"

enum { PER_TIMEOUT_UNIT_MS = 10 }; /* snmpTargetAddrTimeout has hundredths of a second */
enum { DROPPED_BURST = 1, FAILURE_BURST = 5, LOG_PERIOD_MS = 60000 };

static const struct rate message_rate = {NOTIFY_BURST, NOTIFY_PER_SECOND};
static const struct rate authentication_rate = {NOTIFY_AUTHENTICATION_BURST,
                                                NOTIFY_AUTHENTICATION_PER_SECOND};

static const uint32_t trap_oid_instance[] = {1, 3, 6, 1, 6, 3, 1, 1, 4, 1, 0};

void notify_init(struct notify *notify)
{
    memset(notify, 0, sizeof(*notify));
    list_init(&notify->receivers);
}

/* ---- filters ---- */

/* Bits that a short mask lacks are 1. */
static bool is_fixed(struct uvsnmp_bytes mask, size_t position)
{
    return position / 8 >= mask.size || (mask.data[position / 8] & (0x80 >> position % 8));
}

static bool fits(struct uvsnmp_oid subtree, struct uvsnmp_bytes mask, struct uvsnmp_oid name)
{
    if (name.count < subtree.count) {
        return false;
    }
    for (size_t i = 0; i < subtree.count; i++) {
        if (subtree.ids[i] != name.ids[i] && is_fixed(mask, i)) {
            return false;
        }
    }
    return true;
}

/* The longest subtree decides, of those of one length the last one, and rows stand in order. */
const struct target_row *notify_filter_find(const struct targets *targets, struct uvsnmp_oid profile,
                                            struct uvsnmp_oid name)
{
    const struct target_list *filters = &targets->lists[TARGET_FILTER];
    const struct target_row *found = NULL;
    for (size_t i = 0; i < filters->count; i++) {
        const struct target_row *row = filters->sorted[i];
        struct uvsnmp_oid subtree = {row->index.ids + profile.count, row->index.count - profile.count};
        if (row->index.count > profile.count && uvsnmp_oid_has_prefix(row->index, profile) &&
            target_is_active(row, FILTER_STATUS) && (!found || row->index.count >= found->index.count) &&
            fits(subtree, target_octets(row, FILTER_MASK), name)) {
            found = row;
        }
    }
    return found;
}

/* RFC 3413 §6: the notification is included, and none of its variables is excluded. */
static bool passes_filter(const struct targets *targets, const struct target_row *params,
                          const struct notify_notification *notification)
{
    const struct target_row *profile = targets_find(targets, TARGET_PROFILE, params->index);
    struct uvsnmp_oid_buf name;
    if (!target_is_active(profile, PROFILE_STATUS) ||
        !target_filter_index_make(&name, target_octets(profile, PROFILE_NAME))) {
        return true;
    }
    const struct target_row *filter =
        notify_filter_find(targets, uvsnmp_oid_of(&name), notification->trap_oid);
    if (!filter || target_number(filter, FILTER_TYPE) != TARGET_INCLUDED) {
        return false;
    }
    for (size_t i = 0; i < notification->count; i++) {
        filter = notify_filter_find(targets, uvsnmp_oid_of(&name), notification->varbinds[i].name);
        if (filter && target_number(filter, FILTER_TYPE) == TARGET_EXCLUDED) {
            return false;
        }
    }
    return true;
}

/* ---- access control (RFC 3413 §3.3 (3)) ---- */

static bool is_in_view(const struct vacm_view *view, const struct notify_notification *notification)
{
    const struct uvsnmp_oid trap_oid = {trap_oid_instance,
                                        sizeof(trap_oid_instance) / sizeof(trap_oid_instance[0])};
    bool seen = vacm_view_has(view, trap_oid);
    for (size_t i = 0; seen && i < notification->count; i++) {
        seen = vacm_view_has(view, notification->varbinds[i].name);
    }
    return seen;
}

/* Who is in no group was given no rights that could tell what he may hear of. */
static bool may_be_told(const struct uvsnmp_agent *agent, const struct target_row *params,
                        const struct notify_notification *notification)
{
    char name[VACM_NAME_MAX + 1];
    struct uvsnmp_bytes bytes = target_octets(params, PARAMS_NAME);
    struct vacm_view *view = NULL;
    if (!agent->vacm) {
        return true;
    }
    if (bytes.size >= sizeof(name) || (bytes.size > 0 && memchr(bytes.data, '\0', bytes.size))) {
        return true;
    }
    (void)snprintf(name, sizeof(name), "%.*s", (int)bytes.size, (const char *)bytes.data);
    const struct vacm_asker asker = {.model = (enum vacm_model)target_number(params, PARAMS_MODEL),
                                     .level = (enum vacm_level)target_number(params, PARAMS_LEVEL),
                                     .security_name = name,
                                     .context = ""};
    enum vacm_answer answer = vacm_view_of(agent->vacm, &asker, VACM_NOTIFY, &view);
    return answer == VACM_NO_GROUP_NAME || (answer == VACM_ALLOWED && is_in_view(view, notification));
}

/* ---- messages ---- */

static bool version_of(const struct target_row *params, enum uvsnmp_version *out)
{
    static const struct {
        int32_t processing, model;
        enum uvsnmp_version version;
    } versions[] = {{TARGET_V1, TARGET_MODEL_V1, UVSNMP_V1},
                    {TARGET_V2C, TARGET_MODEL_V2C, UVSNMP_V2C},
                    {TARGET_V3, TARGET_MODEL_USM, UVSNMP_V3}};
    for (size_t i = 0; i < sizeof(versions) / sizeof(versions[0]); i++) {
        if (versions[i].processing == target_number(params, PARAMS_PROCESSING) &&
            versions[i].model == target_number(params, PARAMS_MODEL)) {
            *out = versions[i].version;
            return true;
        }
    }
    return false;
}

/* False: it cannot be sent, whatever it says. */
static bool fill_message(const struct target_row *address, const struct target_row *params,
                         struct notify_message *message)
{
    const struct notify_receiver *receiver = address->receiver;
    if (!version_of(params, &message->version) || !target_address_read(address, &message->address) ||
        (message->version == UVSNMP_V1 && message->inform)) {
        return false;
    }
    message->level = (enum uvsnmp_level)target_number(params, PARAMS_LEVEL);
    message->name = target_octets(params, PARAMS_NAME);
    message->opened = receiver ? receiver->opened : NULL;
    message->timeout_ms = receiver ? receiver->timeout_ms
                                   : (uint64_t)target_number(address, ADDRESS_TIMEOUT) * PER_TIMEOUT_UNIT_MS;
    message->retries = receiver ? receiver->retries : (unsigned)target_number(address, ADDRESS_RETRIES);
    return true;
}

static int send_message(struct uvsnmp_agent *agent, const struct notify_message *message)
{
    struct notify *notify = &agent->notify;
    uint64_t now = agent->io.now(agent->io.arg);
    if (!rate_take(&notify->full_ms, &message_rate, now)) {
        if (log_limit_allows(&notify->dropped, DROPPED_BURST, LOG_PERIOD_MS, now)) {
            log_write(LOG_LEVEL_WARNING, "notifications come too fast: some are not sent");
        }
        return UVSNMP_ELIMIT;
    }
    int rc = notify->io.send(message, notify->io.arg);
    if (rc < 0) {
        char text[UVSNMP_ADDRESS_TEXT_MAX];
        (void)uvsnmp_address_format(&message->address, text, sizeof(text));
        if (log_limit_allows(&notify->failures, FAILURE_BURST, LOG_PERIOD_MS, now)) {
            log_write(LOG_LEVEL_WARNING, "a notification to %s was not sent: %s", text, uvsnmp_strerror(rc));
        }
        return rc;
    }
    agent->stats.out_pkts++;
    agent->stats.out_traps++;
    return 0;
}

/* The receiver of one address by one row of snmpNotifyTable. */
static int send_to(struct uvsnmp_agent *agent, const struct target_row *address, bool inform,
                   const struct notify_notification *notification)
{
    struct targets *targets = &agent->targets;
    struct notify_message message = {.notification = notification, .inform = inform};
    const struct target_row *params =
        targets_find_name(targets, TARGET_PARAMS, target_octets(address, ADDRESS_PARAMS));
    if (!target_is_active(params, PARAMS_STATUS) || !fill_message(address, params, &message)) {
        return 0;
    }
    /* as with Net-SNMP, whom the configuration names is told all */
    bool is_allowed = address->receiver || (passes_filter(targets, params, notification) &&
                                            may_be_told(agent, params, notification));
    return is_allowed ? send_message(agent, &message) : 0;
}

static int send_by(struct uvsnmp_agent *agent, const struct target_row *notify_row,
                   const struct notify_notification *notification)
{
    const struct target_list *addresses = &agent->targets.lists[TARGET_ADDRESS];
    bool inform = target_number(notify_row, NOTIFY_TYPE) == TARGET_INFORM;
    int status = 0;
    for (size_t i = 0; i < addresses->count; i++) {
        const struct target_row *address = addresses->sorted[i];
        if (target_is_active(address, ADDRESS_STATUS) &&
            target_tags_have(target_octets(address, ADDRESS_TAGS), target_octets(notify_row, NOTIFY_TAG))) {
            int rc = send_to(agent, address, inform, notification);
            status = status < 0 ? status : rc;
        }
    }
    return status;
}

int notify_send(struct uvsnmp_agent *agent, const struct notify_notification *notification)
{
    const struct target_list *rows = &agent->targets.lists[TARGET_NOTIFY];
    struct notify_notification dated = *notification;
    int status = 0;
    if (notification->trap_oid.count < 2 || notification->trap_oid.count > UVSNMP_OID_MAX) {
        return UVSNMP_EBAD_OID;
    }
    if (!agent->notify.io.send) {
        return 0;
    }
    dated.uptime = uvsnmp_agent_uptime(agent);
    for (size_t i = 0; i < rows->count; i++) {
        int rc =
            target_is_active(rows->sorted[i], NOTIFY_STATUS) ? send_by(agent, rows->sorted[i], &dated) : 0;
        status = status < 0 ? status : rc;
    }
    return status;
}

int uvsnmp_agent_notify(struct uvsnmp_agent *agent, struct uvsnmp_oid trap_oid,
                        const struct uvsnmp_varbind *varbinds, size_t count)
{
    const struct notify_notification notification = {
        .trap_oid = trap_oid, .varbinds = varbinds, .count = count};
    return agent->closing ? UVSNMP_ECLOSED : notify_send(agent, &notification);
}

/* ---- events ---- */

/* The enterprise of a standard trap is that of Net-SNMP's agents on Linux, whatever sysObjectID says, as
 * theirs is. */
#define NET_SNMP 1, 3, 6, 1, 4, 1, 8072
static const struct {
    struct uvsnmp_oid trap_oid, enterprise;
} events[] = {
    [NOTIFY_COLD_START] = {UVSNMP_OID(1, 3, 6, 1, 6, 3, 1, 1, 5, 1), UVSNMP_OID(NET_SNMP, 3, 2, 10)},
    [NOTIFY_WARM_START] = {UVSNMP_OID(1, 3, 6, 1, 6, 3, 1, 1, 5, 2), UVSNMP_OID(NET_SNMP, 3, 2, 10)},
    [NOTIFY_AUTHENTICATION_FAILURE] = {UVSNMP_OID(1, 3, 6, 1, 6, 3, 1, 1, 5, 5),
                                       UVSNMP_OID(NET_SNMP, 3, 2, 10)},
    [NOTIFY_SHUTDOWN] = {UVSNMP_OID(NET_SNMP, 4, 0, 2), UVSNMP_OID(NET_SNMP, 4)},
    [NOTIFY_RESTART] = {UVSNMP_OID(NET_SNMP, 4, 0, 3), UVSNMP_OID(NET_SNMP, 4)},
};

void notify_of(struct uvsnmp_agent *agent, enum notify_event event)
{
    const struct notify_notification notification = {.trap_oid = events[event].trap_oid,
                                                     .enterprise = events[event].enterprise};
    (void)notify_send(agent, &notification); /* failures were logged */
}

void notify_of_refusal(struct uvsnmp_agent *agent)
{
    struct notify *notify = &agent->notify;
    if (!notify->tells_of_authentication) {
        return;
    }
    if (!rate_take(&notify->authentication_full_ms, &authentication_rate, agent->io.now(agent->io.arg))) {
        notify->suppressed++;
        return;
    }
    if (notify->suppressed > 0) {
        log_write(LOG_LEVEL_WARNING, "%llu authenticationFailure notifications were suppressed",
                  (unsigned long long)notify->suppressed);
        notify->suppressed = 0;
    }
    notify_of(agent, NOTIFY_AUTHENTICATION_FAILURE);
}
