/* SPDX-License-Identifier: BSD-3-Clause */
#include <stdlib.h>
#include <string.h>

#include "base/err.h"
#include "session/client.h"

#define TIMEOUT_DEFAULT_MS 1000

void session_hold(struct uvsnmp_session *session)
{
    session->holds++;
}

static void session_free_memory(struct uvsnmp_session *session)
{
    free(session->peer);
    free(session->community);
    free(session);
}

void session_release(struct uvsnmp_session *session)
{
    session->holds--;
    if (session->freed && session->holds == 0) {
        session_free_memory(session);
    }
}

int uvsnmp_session_new(struct uvsnmp_client *client, const struct uvsnmp_session_options *options,
                       struct uvsnmp_session **out, struct uvsnmp_error *err)
{
    struct uvsnmp_address address;
    *out = NULL;
    if (options->version != UVSNMP_V1 && options->version != UVSNMP_V2C) {
        return err_set(err, UVSNMP_EUNSUPPORTED, "SNMP version %d is not built yet", (int)options->version);
    }
    if (!options->peer || *options->peer == '\0') {
        return err_set(err, UVSNMP_ENO_DESTINATION, "no transport address given");
    }
    int rc = uvsnmp_address_parse(options->peer, client->default_port, &address, err);
    if (rc < 0 && rc != UVSNMP_EUNKNOWN_HOST) {
        return rc;
    }
    struct uvsnmp_session *session = calloc(1, sizeof(*session));
    if (!session) {
        return err_set(err, UVSNMP_ENO_MEMORY, "no memory for a session");
    }
    session->client = client;
    session->peer = strdup(options->peer);
    session->community = malloc(options->community.size + 1);
    if (!session->peer || !session->community) {
        session_free_memory(session);
        return err_set(err, UVSNMP_ENO_MEMORY, "no memory for a session");
    }
    if (options->community.size > 0) {
        memcpy(session->community, options->community.data, options->community.size);
    }
    session->community_size = options->community.size;
    session->resolved = rc == 0;
    if (session->resolved) {
        session->address = address;
    }
    session->version = options->version;
    session->timeout_ms = options->timeout_ms ? options->timeout_ms : TIMEOUT_DEFAULT_MS;
    session->retries = options->retries;
    session->deadline_ms = options->deadline_ms;
    session->any_source = options->any_source;
    list_init(&session->requests);
    *out = session;
    return 0;
}

void uvsnmp_session_free(struct uvsnmp_session *session)
{
    if (!session) {
        return;
    }
    LIST_EACH (link, following, &session->requests) {
        uvsnmp_request_cancel(LIST_OBJECT(link, struct uvsnmp_request, link));
    }
    session->freed = true;
    session_hold(session);
    session_release(session);
}
