/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Messages from the network: what decodes must encode again, to the same meaning. Notifications are read, and
 * made into those of the other version, too.
 */
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "msg/message.h"
#include "msg/notification.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static uint8_t buffer[1 << 20];

/* An OID without contents is read as 0, which is written as 0.0: BER has no shorter one. */
static bool is_same_oid(struct uvsnmp_oid a, struct uvsnmp_oid b)
{
    static const uint32_t zeros[2];
    struct uvsnmp_oid zero = {zeros, 2};
    a = a.count == 1 && a.ids[0] == 0 ? zero : a;
    return uvsnmp_oid_compare(a, b) == 0;
}

static bool is_same_value(const struct uvsnmp_value *a, const struct uvsnmp_value *b)
{
    bool are_oids = a->type == UVSNMP_OBJECT_IDENTIFIER && b->type == UVSNMP_OBJECT_IDENTIFIER;
    return are_oids ? is_same_oid(a->as.oid, b->as.oid) : uvsnmp_value_equal(a, b);
}

static bool is_same_trap(const struct uvsnmp_trap_v1 *a, const struct uvsnmp_trap_v1 *b)
{
    return is_same_oid(a->enterprise, b->enterprise) && a->generic == b->generic &&
           a->specific == b->specific && a->timestamp == b->timestamp &&
           memcmp(a->agent_address, b->agent_address, sizeof(a->agent_address)) == 0;
}

static void compare(const struct msg_pdu *a, const struct msg_pdu *b)
{
    if (!a->trap != !b->trap || (a->trap && !is_same_trap(a->trap, b->trap))) {
        abort();
    }
    if (a->type != b->type || a->request_id != b->request_id || a->error_status != b->error_status ||
        a->max_repetitions != b->max_repetitions || a->count != b->count) {
        abort();
    }
    for (size_t i = 0; i < a->count; i++) {
        if (!is_same_oid(a->varbinds[i].name, b->varbinds[i].name) ||
            !is_same_value(&a->varbinds[i].value, &b->varbinds[i].value)) {
            abort();
        }
    }
}

static bool is_notification(enum uvsnmp_pdu_type type)
{
    return type == UVSNMP_PDU_TRAP_V1 || type == UVSNMP_PDU_TRAP || type == UVSNMP_PDU_INFORM;
}

/* A trap that became one of version 1 reads as the notification that it was. */
static void check_v1(const struct msg_notification *read)
{
    struct msg_notification again;
    struct uvsnmp_oid_buf enterprise;
    struct uvsnmp_trap_v1 trap = {.specific = 0};
    const struct msg_pdu pdu = {
        .type = UVSNMP_PDU_TRAP_V1, .trap = &trap, .varbinds = read->varbinds, .count = read->count};
    if (msg_notification_to_v1(read, &enterprise, &trap) == 0 && msg_notification_read(&pdu, &again) == 0 &&
        (again.uptime != read->uptime || again.count != read->count)) {
        abort();
    }
}

static void work_on_notification(const struct msg_message *message, struct arena *arena)
{
    struct msg_notification read, again;
    size_t count = 0;
    if (msg_notification_read(&message->pdu, &read) < 0) {
        return;
    }
    check_v1(&read);
    struct msg_pdu made = {.type = UVSNMP_PDU_TRAP};
    made.varbinds = message->pdu.trap
                        ? msg_notification_forward(&message->pdu, message->community, arena, &count)
                        : msg_notification_varbinds(&read, arena, &count);
    made.count = count;
    if (made.varbinds &&
        (msg_notification_read(&made, &again) < 0 || again.uptime != read.uptime ||
         uvsnmp_oid_compare(uvsnmp_oid_of(&again.trap_oid), uvsnmp_oid_of(&read.trap_oid)) != 0)) {
        abort();
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena arena;
    struct msg_message message, again;
    uint64_t key;
    (void)msg_response_key(data, size, &key);
    (void)msg_frame(data, size);
    arena_init(&arena, 0, 0);
    if (msg_decode(data, size, &arena, &message, NULL) == 0) {
        if (is_notification(message.pdu.type)) {
            work_on_notification(&message, &arena);
        }
        ptrdiff_t written = msg_encode(&message, buffer, sizeof(buffer));
        if (written > 0) {
            if (msg_decode(buffer + sizeof(buffer) - written, (size_t)written, &arena, &again, NULL) == 0) {
                compare(&message.pdu, &again.pdu);
            }
        } else if (written != UVSNMP_EOVERSIZED) {
            abort();
        }
    }
    arena_fini(&arena);
    return 0;
}
