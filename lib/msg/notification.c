/* SPDX-License-Identifier: BSD-3-Clause */
#include "msg/notification.h"

#include <string.h>

#define STANDARD_TRAPS 6 /* generic-trap 0 to 5 */

static const uint32_t sys_uptime_ids[] = {1, 3, 6, 1, 2, 1, 1, 3, 0};
static const uint32_t snmp_trap_oid_ids[] = {1, 3, 6, 1, 6, 3, 1, 1, 4, 1, 0};
static const uint32_t snmp_trap_enterprise_ids[] = {1, 3, 6, 1, 6, 3, 1, 1, 4, 3, 0};
static const uint32_t snmp_traps_ids[] = {1, 3, 6, 1, 6, 3, 1, 1, 5};
/* of SNMP-COMMUNITY-MIB (RFC 3584 §5) */
static const uint32_t snmp_trap_address_ids[] = {1, 3, 6, 1, 6, 3, 18, 1, 3, 0};
static const uint32_t snmp_trap_community_ids[] = {1, 3, 6, 1, 6, 3, 18, 1, 4, 0};

#define OID_OF(ids) ((struct uvsnmp_oid){(ids), sizeof(ids) / sizeof((ids)[0])})

static bool is_named(const struct uvsnmp_varbind *varbind, struct uvsnmp_oid name)
{
    return uvsnmp_oid_compare(varbind->name, name) == 0;
}

/* ---- reading ---- */

/* RFC 3584 §3.1 (2) and (3) */
static int trap_oid_of_v1(const struct uvsnmp_trap_v1 *trap, struct uvsnmp_oid_buf *out)
{
    bool is_standard = trap->generic >= 0 && trap->generic < STANDARD_TRAPS;
    int rc = uvsnmp_oid_copy(out, is_standard ? OID_OF(snmp_traps_ids) : trap->enterprise);
    if (rc == 0 && is_standard) {
        return uvsnmp_oid_append_id(out, (uint32_t)trap->generic + 1);
    }
    rc = rc < 0 ? rc : uvsnmp_oid_append_id(out, 0);
    return rc < 0 ? rc : uvsnmp_oid_append_id(out, (uint32_t)trap->specific);
}

static int read_v1(const struct msg_pdu *pdu, struct msg_notification *out)
{
    out->uptime = pdu->trap->timestamp;
    out->varbinds = pdu->varbinds;
    out->count = pdu->count;
    return trap_oid_of_v1(pdu->trap, &out->trap_oid) < 0 ? UVSNMP_EBAD_VALUE : 0;
}

int msg_notification_read(const struct msg_pdu *pdu, struct msg_notification *out)
{
    size_t used = 0;
    memset(out, 0, sizeof(*out));
    if (pdu->type == UVSNMP_PDU_TRAP_V1) {
        return read_v1(pdu, out);
    }
    (void)uvsnmp_oid_append_id(&out->trap_oid, 0);
    (void)uvsnmp_oid_append_id(&out->trap_oid, 0);
    if (pdu->count > used && is_named(&pdu->varbinds[used], OID_OF(sys_uptime_ids)) &&
        pdu->varbinds[used].value.type == UVSNMP_TIMETICKS) {
        out->uptime = pdu->varbinds[used++].value.as.unsigned32;
    }
    if (pdu->count > used && is_named(&pdu->varbinds[used], OID_OF(snmp_trap_oid_ids)) &&
        pdu->varbinds[used].value.type == UVSNMP_OBJECT_IDENTIFIER) {
        (void)uvsnmp_oid_copy(&out->trap_oid, pdu->varbinds[used++].value.as.oid);
    }
    out->varbinds = used < pdu->count ? pdu->varbinds + used : NULL;
    out->count = pdu->count - used;
    return 0;
}

/* ---- as version 2 has it ---- */

/* With room for `more` behind them. */
static struct uvsnmp_varbind *make_varbinds(const struct msg_notification *notification, size_t more,
                                            struct arena *arena)
{
    struct uvsnmp_varbind *made = arena_array(arena, notification->count + 2 + more, sizeof(*made));
    if (made) {
        made[0].name = OID_OF(sys_uptime_ids);
        made[0].value = uvsnmp_unsigned32(UVSNMP_TIMETICKS, notification->uptime);
        made[1].name = OID_OF(snmp_trap_oid_ids);
        made[1].value = uvsnmp_oid_value(uvsnmp_oid_of(&notification->trap_oid));
    }
    if (made && notification->count > 0) {
        memcpy(made + 2, notification->varbinds, notification->count * sizeof(*made));
    }
    return made;
}

const struct uvsnmp_varbind *msg_notification_varbinds(const struct msg_notification *notification,
                                                       struct arena *arena, size_t *count)
{
    *count = notification->count + 2;
    return make_varbinds(notification, 0, arena);
}

static bool has_name(const struct msg_notification *notification, struct uvsnmp_oid name)
{
    for (size_t i = 0; i < notification->count; i++) {
        if (is_named(&notification->varbinds[i], name)) {
            return true;
        }
    }
    return false;
}

const struct uvsnmp_varbind *msg_notification_forward(const struct msg_pdu *pdu,
                                                      struct uvsnmp_bytes community, struct arena *arena,
                                                      size_t *count)
{
    struct msg_notification *notification = arena_alloc(arena, sizeof(*notification));
    struct uvsnmp_value address = {.type = UVSNMP_IPADDRESS};
    memcpy(address.as.ipaddress, pdu->trap->agent_address, sizeof(address.as.ipaddress));
    const struct uvsnmp_varbind added[] = {
        {OID_OF(snmp_trap_address_ids), address},
        {OID_OF(snmp_trap_community_ids), uvsnmp_octets(community.data, community.size)},
        {OID_OF(snmp_trap_enterprise_ids), uvsnmp_oid_value(pdu->trap->enterprise)},
    };
    enum { ADDED = sizeof(added) / sizeof(added[0]) };
    if (!notification || msg_notification_read(pdu, notification) < 0) {
        return NULL;
    }
    struct uvsnmp_varbind *made = make_varbinds(notification, ADDED, arena);
    *count = notification->count + 2;
    for (size_t i = 0; made && i < ADDED; i++) {
        if (!has_name(notification, added[i].name)) {
            made[(*count)++] = added[i];
        }
    }
    return made;
}

/* ---- as version 1 has it ---- */

static const struct uvsnmp_varbind *find(const struct msg_notification *notification, struct uvsnmp_oid name,
                                         enum uvsnmp_type type)
{
    for (size_t i = 0; i < notification->count; i++) {
        if (is_named(&notification->varbinds[i], name) && notification->varbinds[i].value.type == type) {
            return &notification->varbinds[i];
        }
    }
    return NULL;
}

/* RFC 3584 §3.2 (1) to (4): a standard trap; false: it is none. */
static bool is_standard(struct uvsnmp_oid trap_oid, int32_t *generic)
{
    struct uvsnmp_oid traps = OID_OF(snmp_traps_ids);
    if (trap_oid.count != traps.count + 1 || !uvsnmp_oid_has_prefix(trap_oid, traps) ||
        trap_oid.ids[traps.count] < 1 || trap_oid.ids[traps.count] > STANDARD_TRAPS) {
        return false;
    }
    *generic = (int32_t)trap_oid.ids[traps.count] - 1;
    return true;
}

static void set_specific(struct uvsnmp_oid trap_oid, struct uvsnmp_trap_v1 *trap)
{
    size_t tail = trap_oid.count > 0 ? 1 : 0;
    trap->generic = UVSNMP_TRAP_ENTERPRISE_SPECIFIC;
    trap->specific = tail > 0 ? (int32_t)trap_oid.ids[trap_oid.count - 1] : 0;
    if (trap_oid.count > 1 && trap_oid.ids[trap_oid.count - 2] == 0) {
        tail = 2;
    }
    trap->enterprise = (struct uvsnmp_oid){trap_oid.ids, trap_oid.count - tail};
}

int msg_notification_to_v1(const struct msg_notification *notification, struct uvsnmp_oid_buf *enterprise,
                           struct uvsnmp_trap_v1 *trap)
{
    const struct uvsnmp_varbind *given;
    for (size_t i = 0; i < notification->count; i++) {
        if (notification->varbinds[i].value.type == UVSNMP_COUNTER64) {
            return UVSNMP_EUNSUPPORTED;
        }
    }
    trap->timestamp = notification->uptime;
    trap->specific = 0;
    if (is_standard(uvsnmp_oid_of(&notification->trap_oid), &trap->generic)) {
        given = find(notification, OID_OF(snmp_trap_enterprise_ids), UVSNMP_OBJECT_IDENTIFIER);
        trap->enterprise = given ? given->value.as.oid : OID_OF(snmp_traps_ids);
    } else {
        set_specific(uvsnmp_oid_of(&notification->trap_oid), trap);
    }
    int rc = uvsnmp_oid_copy(enterprise, trap->enterprise);
    trap->enterprise = uvsnmp_oid_of(enterprise);
    given = find(notification, OID_OF(snmp_trap_address_ids), UVSNMP_IPADDRESS);
    if (given) {
        memcpy(trap->agent_address, given->value.as.ipaddress, sizeof(trap->agent_address));
    }
    return rc;
}
