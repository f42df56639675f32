/* SPDX-License-Identifier: BSD-3-Clause */
#include "agent/core.h"

#include <stdlib.h>

#include "agent/access.h"
#include "agent/capability.h"
#include "agent/request.h"
#include "msg/message.h"

#define DEADLINE_MS 10000
#define REQUESTS_MAX 1000
#define BULK_VARBINDS_MAX 100

static void init_engine(struct uvsnmp_agent *agent, const struct uvsnmp_agent_options *options)
{
    struct engine_id id = {.size = 0};
    bool is_given = engine_id_set(&id, options->engine_id) == 0;
    engine_init(&agent->engine, is_given ? &id : NULL, options->engine_boots > 0 ? options->engine_boots : 1,
                agent->started);
}

struct uvsnmp_agent *agent_new(const struct agent_io *io, const struct uvsnmp_agent_options *options)
{
    struct uvsnmp_agent *agent = calloc(1, sizeof(*agent));
    if (!agent) {
        return NULL;
    }
    agent->io = *io;
    if (options->access) {
        agent->access = *options->access;
    }
    agent->deadline_ms = options->deadline_ms ? options->deadline_ms : DEADLINE_MS;
    agent->max_requests = options->max_requests ? options->max_requests : REQUESTS_MAX;
    agent->max_response =
        options->max_response && options->max_response < MSG_SIZE_MAX ? options->max_response : MSG_SIZE_MAX;
    agent->max_repetitions = options->max_repetitions;
    agent->max_bulk_varbinds = options->max_bulk_varbinds ? options->max_bulk_varbinds : BULK_VARBINDS_MAX;
    agent->on_packet = options->on_packet;
    agent->on_error = options->on_error;
    agent->arg = options->arg;
    agent->started = io->now(io->arg);
    init_engine(agent, options);
    report_limit_init(&agent->reports);
    targets_init(&agent->targets);
    notify_init(&agent->notify);
    agent->woken = UINT64_MAX;
    map_init(&agent->digests);
    list_init(&agent->contexts);
    list_init(&agent->communities);
    list_init(&agent->idle);
    list_init(&agent->waiting);
    list_init(&agent->abandoned);
    list_init(&agent->sets);
    return agent;
}

void agent_free(struct uvsnmp_agent *agent)
{
    if (!agent) {
        return;
    }
    request_free_idle(agent);
    map_fini(&agent->digests);
    registry_fini(agent);
    access_fini(agent);
    capability_fini(agent);
    notify_fini(agent);
    targets_fini(&agent->targets);
    engine_fini(&agent->engine);
    usm_crypto_close(agent->engine.crypto);
    free(agent);
}

uint32_t uvsnmp_agent_counter(const struct uvsnmp_agent *agent, uint32_t id)
{
    const struct engine_stats *stats = &agent->stats;
    const struct {
        uint32_t id, value;
    } counters[] = {
#define XX(name, number) {number, stats->name},
        ENGINE_STATS_MAP(XX)
#undef XX
    };
    for (size_t i = 0; i < sizeof(counters) / sizeof(counters[0]); i++) {
        if (counters[i].id == id) {
            return counters[i].value;
        }
    }
    return 0;
}
