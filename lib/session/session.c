/* SPDX-License-Identifier: BSD-3-Clause */
#include <stdlib.h>
#include <string.h>

#include "base/err.h"
#include "io/timer.h"
#include "msg/v3.h"
#include "session/credential.h"
#include "session/discovery.h"

#define TIMEOUT_DEFAULT_MS 1000

void session_hold(struct uvsnmp_session *session)
{
    session->holds++;
}

static void session_free_memory(struct uvsnmp_session *session)
{
    discovery_release(session->v3.discovery);
    uvsnmp_credential_free(session->v3.credential);
    free(session->octets);
    free(session->target.peer);
    free(session);
}

void session_release(struct uvsnmp_session *session)
{
    session->holds--;
    if (session->freed && session->holds == 0) {
        session_free_memory(session);
    }
}

void session_answered(struct uvsnmp_session *session, const struct uvsnmp_address *from)
{
    if (!session->target.resolved) {
        session->target.address = *from;
        session->target.resolved = true;
    }
}

static int set_engine(struct uvsnmp_session *session, const struct uvsnmp_session_options *options,
                      struct uvsnmp_error *err)
{
    struct engine *engine = &session->client->engine;
    const struct usm_time time = {options->engine_boots, options->engine_time};
    if (options->engine_id.size == 0) {
        session->v3.discovery = discovery_hold(session);
        return session->v3.discovery ? 0 : err_set(err, UVSNMP_ENO_MEMORY, "no memory for a session");
    }
    if (engine_id_set(&session->v3.engine_id, options->engine_id) < 0) {
        return err_set(err, UVSNMP_EBAD_VALUE, "no engine ID: it has 5 to 32 octets, not all 0 or all 255");
    }
    if (time.boots != 0 || time.time != 0) {
        struct usm_engine *peer = usm_engines_add(&engine->peers, options->engine_id);
        if (!peer) {
            return err_set(err, UVSNMP_ENO_MEMORY, "no memory for a session");
        }
        usm_clock_hint(&peer->clock, time, io_now(session->client->loop));
    }
    return 0;
}

static int set_v3(struct uvsnmp_session *session, const struct uvsnmp_session_options *options,
                  struct uvsnmp_error *err)
{
    /* by enum uvsnmp_level; 0 is what the credential is good for */
    static const uint8_t levels[] = {0, 0, MSG_V3_AUTH, MSG_V3_LEVEL};
    struct session_v3 *v3 = &session->v3;
    if (!options->credential || (unsigned)options->level >= sizeof(levels)) {
        return err_set(err, UVSNMP_EBAD_ARGUMENT,
                       options->credential ? "no such security level" : "version 3 needs a credential");
    }
    uint8_t most = usm_credential_level(options->credential->usm);
    v3->level = options->level ? levels[options->level] : most;
    if (v3->level > most) {
        return err_set(err, UVSNMP_EUNSUPPORTED_LEVEL, "the user has no secrets for this security level");
    }
    v3->credential = credential_hold(options->credential);
    return set_engine(session, options, err);
}

static int set_peer(struct uvsnmp_session *session, const struct uvsnmp_session_options *options,
                    struct uvsnmp_error *err)
{
    struct session_target *target = &session->target;
    int rc = uvsnmp_address_parse(options->peer, session->client->default_port, &target->address, err);
    if (rc < 0 && rc != UVSNMP_EUNKNOWN_HOST) {
        return rc;
    }
    target->resolved = rc == 0;
    target->timeout_ms = options->timeout_ms ? options->timeout_ms : TIMEOUT_DEFAULT_MS;
    target->retries = options->retries;
    target->any_source = options->any_source;
    target->peer = strdup(options->peer);
    return target->peer ? 0 : err_set(err, UVSNMP_ENO_MEMORY, "no memory for a session");
}

/* Copies of them all lie one behind the other. */
static bool copy_octets(struct uvsnmp_session *session, const struct uvsnmp_session_options *options)
{
    const struct {
        struct uvsnmp_bytes from, *to;
    } all[] = {
        {options->community, &session->community},
        {options->context_engine_id, &session->v3.context_engine_id},
        {options->context_name, &session->v3.context_name},
    };
    enum { COUNT = sizeof(all) / sizeof(all[0]) };
    size_t size = 1;
    for (size_t i = 0; i < COUNT; i++) {
        size += all[i].from.size;
    }
    uint8_t *at = session->octets = malloc(size);
    for (size_t i = 0; at && i < COUNT; i++) {
        if (all[i].from.size > 0) {
            memcpy(at, all[i].from.data, all[i].from.size);
        }
        *all[i].to = (struct uvsnmp_bytes){at, all[i].from.size};
        at += all[i].from.size;
    }
    return at;
}

static int set_options(struct uvsnmp_session *session, const struct uvsnmp_session_options *options,
                       struct uvsnmp_error *err)
{
    int rc = set_peer(session, options, err);
    session->version = options->version;
    session->deadline_ms = options->deadline_ms;
    if (rc == 0 && options->version == UVSNMP_V3) {
        rc = set_v3(session, options, err);
    }
    if (rc == 0 && !copy_octets(session, options)) {
        rc = err_set(err, UVSNMP_ENO_MEMORY, "no memory for a session");
    }
    return rc;
}

int uvsnmp_session_new(struct uvsnmp_client *client, const struct uvsnmp_session_options *options,
                       struct uvsnmp_session **out, struct uvsnmp_error *err)
{
    *out = NULL;
    if (options->version != UVSNMP_V1 && options->version != UVSNMP_V2C && options->version != UVSNMP_V3) {
        return err_set(err, UVSNMP_EBAD_VERSION, "there is no SNMP version %d", (int)options->version);
    }
    if (!options->peer || *options->peer == '\0') {
        return err_set(err, UVSNMP_ENO_DESTINATION, "no transport address given");
    }
    struct uvsnmp_session *session = calloc(1, sizeof(*session));
    if (!session) {
        return err_set(err, UVSNMP_ENO_MEMORY, "no memory for a session");
    }
    session->client = client;
    list_init(&session->requests);
    int rc = set_options(session, options, err);
    if (rc < 0) {
        session_free_memory(session);
        return rc;
    }
    *out = session;
    return 0;
}

void uvsnmp_session_free(struct uvsnmp_session *session)
{
    if (!session) {
        return;
    }
    LIST_EACH(link, following, &session->requests)
    {
        uvsnmp_request_cancel(LIST_OBJECT(link, struct uvsnmp_request, link));
    }
    session->freed = true;
    session_hold(session);
    session_release(session);
}

struct uvsnmp_bytes uvsnmp_session_engine_id(const struct uvsnmp_session *session)
{
    const struct session_v3 *v3 = &session->v3;
    return engine_id_bytes(v3->discovery ? &v3->discovery->engine_id : &v3->engine_id);
}
