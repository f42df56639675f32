/* SPDX-License-Identifier: BSD-3-Clause */
#include <string.h>

#include "base/arena.h"
#include "msg/notification.h"
#include "session/client.h"

static int read_notification(const struct uvsnmp_notification *from, struct msg_notification *to)
{
    *to = (struct msg_notification){.uptime = from->uptime, .varbinds = from->varbinds, .count = from->count};
    return uvsnmp_oid_copy(&to->trap_oid, from->trap_oid);
}

static int send_v1(struct uvsnmp_session *session, const struct uvsnmp_notification *from,
                   const struct msg_notification *notification, uvsnmp_result_cb *done, void *arg)
{
    struct uvsnmp_oid_buf enterprise;
    struct uvsnmp_trap_v1 trap;
    memcpy(trap.agent_address, from->agent_address, sizeof(trap.agent_address));
    int rc = msg_notification_to_v1(notification, &enterprise, &trap);
    const struct uvsnmp_request_options options = {
        .type = UVSNMP_PDU_TRAP_V1, .trap = &trap, .varbinds = from->varbinds, .count = from->count};
    return rc < 0 ? rc : uvsnmp_request_send(session, &options, done, arg, NULL);
}

static int send_v2(struct uvsnmp_session *session, enum uvsnmp_pdu_type type,
                   const struct msg_notification *notification, uvsnmp_result_cb *done, void *arg)
{
    struct uvsnmp_request_options options = {.type = type};
    struct arena arena;
    arena_init(&arena, 0, 0);
    options.varbinds = msg_notification_varbinds(notification, &arena, &options.count);
    int rc = options.varbinds ? uvsnmp_request_send(session, &options, done, arg, NULL) : UVSNMP_ENO_MEMORY;
    arena_fini(&arena);
    return rc;
}

int uvsnmp_trap(struct uvsnmp_session *session, const struct uvsnmp_notification *notification,
                uvsnmp_result_cb *done, void *arg)
{
    struct msg_notification read;
    int rc = read_notification(notification, &read);
    if (rc < 0) {
        return rc;
    }
    return session->version == UVSNMP_V1 ? send_v1(session, notification, &read, done, arg)
                                         : send_v2(session, UVSNMP_PDU_TRAP, &read, done, arg);
}

int uvsnmp_inform(struct uvsnmp_session *session, const struct uvsnmp_notification *notification,
                  uvsnmp_result_cb *done, void *arg)
{
    struct msg_notification read;
    int rc = read_notification(notification, &read);
    return rc < 0 ? rc : send_v2(session, UVSNMP_PDU_INFORM, &read, done, arg);
}
