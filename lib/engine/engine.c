/* SPDX-License-Identifier: BSD-3-Clause */
#include "engine/engine.h"

#include <string.h>

#include "base/random.h"
#include "msg/message.h"

/* localEngineID of RFC 5343 §3.1 */
static const uint8_t local_engine_id[] = {0x80, 0x00, 0x00, 0x00, 0x06};

void engine_init(struct engine *engine, const struct engine_id *id, int32_t boots, uint64_t now_ms)
{
    memset(engine, 0, sizeof(*engine));
    if (id) {
        engine->id = *id;
    }
    engine->started.boots = boots;
    engine->started_ms = now_ms;
    engine->max_size = MSG_SIZE_MAX;
    engine->message_id = (int32_t)(random_u64() & INT32_MAX);
    usm_users_init(&engine->users, 0);
    usm_engines_init(&engine->peers, 0);
    usm_salt_init(&engine->salt, boots);
}

void engine_fini(struct engine *engine)
{
    usm_users_fini(&engine->users);
    usm_engines_fini(&engine->peers);
}

struct usm_time engine_time(const struct engine *engine, uint64_t now_ms)
{
    return usm_time_advance(engine->started, now_ms > engine->started_ms ? now_ms - engine->started_ms : 0);
}

int32_t engine_next_message_id(struct engine *engine)
{
    engine->message_id = engine->message_id == INT32_MAX ? 1 : engine->message_id + 1;
    return engine->message_id;
}

bool engine_is_own_context(const struct engine *engine, struct uvsnmp_bytes context_engine_id)
{
    return context_engine_id.size == 0 || engine_id_equals(&engine->id, context_engine_id) ||
           (context_engine_id.size == sizeof(local_engine_id) &&
            memcmp(context_engine_id.data, local_engine_id, sizeof(local_engine_id)) == 0);
}
