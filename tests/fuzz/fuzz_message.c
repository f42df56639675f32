/* SPDX-License-Identifier: BSD-3-Clause */
/* Messages from the network: what decodes must encode again, to the same meaning. */
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include "msg/message.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static uint8_t buffer[1 << 20];

static void compare(const struct msg_pdu *a, const struct msg_pdu *b)
{
    if (a->type != b->type || a->request_id != b->request_id || a->error_status != b->error_status ||
        a->max_repetitions != b->max_repetitions || a->count != b->count) {
        abort();
    }
    for (size_t i = 0; i < a->count; i++) {
        if (uvsnmp_oid_compare(a->varbinds[i].name, b->varbinds[i].name) != 0 ||
            !uvsnmp_value_equal(&a->varbinds[i].value, &b->varbinds[i].value)) {
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
