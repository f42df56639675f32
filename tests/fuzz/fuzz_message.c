/* SPDX-License-Identifier: BSD-3-Clause */
/* Messages from the network: what decodes must encode again, to the same meaning. */
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include "msg/message.h"

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

static void compare(const struct msg_pdu *a, const struct msg_pdu *b)
{
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

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena arena;
    struct msg_message message, again;
    uint64_t key;
    (void)msg_response_key(data, size, &key);
    (void)msg_frame(data, size);
    arena_init(&arena, 0, 0);
    if (msg_decode(data, size, &arena, &message, NULL) == 0) {
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
