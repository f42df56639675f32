/* SPDX-License-Identifier: BSD-3-Clause */
#include "session/discovery.h"

#include <stdlib.h>
#include <string.h>

#include "msg/v3.h"

static uint64_t key_of(const char *peer)
{
    return map_hash(MAP_HASH_FIRST, peer, strlen(peer));
}

static bool fits(const struct discovery *discovery, const struct session_target *target)
{
    return strcmp(discovery->target.peer, target->peer) == 0 &&
           discovery->target.timeout_ms == target->timeout_ms &&
           discovery->target.retries == target->retries && discovery->target.any_source == target->any_source;
}

static struct discovery *find(const struct uvsnmp_client *client, const struct session_target *target)
{
    struct map_link *link = map_find(&client->discoveries.by_peer, key_of(target->peer));
    for (; link; link = map_next(link)) {
        struct discovery *discovery = LIST_OBJECT(link, struct discovery, by_peer);
        if (fits(discovery, target)) {
            return discovery;
        }
    }
    return NULL;
}

struct discovery *discovery_hold(struct uvsnmp_session *session)
{
    struct uvsnmp_client *client = session->client;
    struct discovery *discovery = find(client, &session->target);
    if (discovery) {
        discovery->references++;
        return discovery;
    }
    discovery = calloc(1, sizeof(*discovery));
    if (!discovery) {
        return NULL;
    }
    discovery->target = session->target;
    discovery->target.peer = strdup(session->target.peer);
    if (!discovery->target.peer ||
        map_insert(&client->discoveries.by_peer, &discovery->by_peer, key_of(session->target.peer)) < 0) {
        free(discovery->target.peer);
        free(discovery);
        return NULL;
    }
    list_init(&discovery->waiting);
    list_append(&client->discoveries.all, &discovery->in_all);
    discovery->client = client;
    discovery->references = 1;
    return discovery;
}

static void end(struct discovery *discovery)
{
    if (discovery->client) {
        map_remove(&discovery->client->discoveries.by_peer, &discovery->by_peer);
        list_remove(&discovery->in_all);
        discovery->client = NULL;
    }
}

static void free_if_over(struct discovery *discovery)
{
    if (discovery->references == 0 && !discovery->exchange) {
        end(discovery);
        free(discovery->target.peer);
        free(discovery);
    }
}

void discovery_release(struct discovery *discovery)
{
    if (discovery) {
        discovery->references--;
        free_if_over(discovery);
    }
}

void discovery_end_all(struct uvsnmp_client *client)
{
    LIST_EACH(link, following, &client->discoveries.all)
    {
        end(LIST_OBJECT(link, struct discovery, in_all));
    }
    map_fini(&client->discoveries.by_peer);
}

/* ---- asking ---- */

static ptrdiff_t encode(uint8_t *buffer, size_t capacity, unsigned attempt, uint64_t *key, void *arg)
{
    struct discovery *discovery = arg;
    struct ber_writer writer;
    const struct msg_pdu pdu = {.type = UVSNMP_PDU_GET, .request_id = discovery->asked.message_id};
    (void)attempt;
    ber_writer_init(&writer, buffer, capacity);
    int rc = engine_encode(&discovery->client->engine, &discovery->asked, &pdu, 0, &writer);
    size_t size = ber_writer_size(&writer);
    memmove(buffer, writer.at, size);
    *key = msg_v3_key(discovery->asked.message_id);
    return rc < 0 ? rc : (ptrdiff_t)size;
}

static bool accept_report(const struct uvsnmp_address *from, const uint8_t *data, size_t size, void *arg)
{
    struct discovery *discovery = arg;
    const struct uvsnmp_bytes message = {data, size};
    return client_accept(discovery->client, &discovery->asked, from, message);
}

static int ask(struct discovery *discovery);

static void release(struct uvsnmp_request *request, const struct discovery *discovery, int status,
                    const char *detail)
{
    list_remove(&request->waiting);
    request->engine_id = discovery->engine_id;
    uvsnmp_exchange_release(request->exchange, &discovery->target.address, status, detail);
}

/* Who came when the question had been under way for a while, or when nobody waited for it any more, has not
 * waited his time: it is asked again. Nobody is late twice. */
static void fail_waiting(struct discovery *discovery, int status, const char *detail)
{
    LIST_EACH(link, following, &discovery->waiting)
    {
        struct uvsnmp_request *request = LIST_OBJECT(link, struct uvsnmp_request, waiting);
        if (!request->is_late) {
            release(request, discovery, status, detail);
        }
        request->is_late = false;
    }
    int rc = list_is_empty(&discovery->waiting) ? 0 : ask(discovery);
    LIST_EACH(link, following, &discovery->waiting)
    {
        if (rc < 0) {
            release(LIST_OBJECT(link, struct uvsnmp_request, waiting), discovery, rc, NULL);
        }
    }
}

static void on_done(const struct uvsnmp_exchange_result *result, void *arg)
{
    struct discovery *discovery = arg;
    discovery->exchange = NULL;
    if (result->status < 0) {
        fail_waiting(discovery, result->status, result->detail);
    } else {
        (void)engine_id_set(&discovery->engine_id, discovery->client->incoming.envelope.engine_id);
        discovery->target.address = *result->from;
        discovery->target.resolved = true;
    }
    while (result->status == 0 && !list_is_empty(&discovery->waiting)) {
        release(LIST_OBJECT(discovery->waiting.next, struct uvsnmp_request, waiting), discovery, 0, NULL);
    }
    free_if_over(discovery);
}

static int ask(struct discovery *discovery)
{
    const struct session_target *target = &discovery->target;
    const struct uvsnmp_send send = {
        .peer = target->resolved ? NULL : target->peer,
        .address = target->resolved ? &target->address : NULL,
        .encode = encode,
        .accept = accept_report,
        .any_source = target->any_source,
        .timeout_ms = target->timeout_ms,
        .retries = target->retries,
        .done = on_done,
        .arg = discovery,
    };
    discovery->asked = (struct engine_envelope){
        .version = UVSNMP_V3, .message_id = engine_next_message_id(&discovery->client->engine)};
    return uvsnmp_manager_send(discovery->client->manager, &send, &discovery->exchange, NULL);
}

int discovery_wait(struct discovery *discovery, struct uvsnmp_request *request)
{
    request->is_late = discovery->exchange;
    int rc = discovery->exchange ? 0 : ask(discovery);
    if (rc == 0) {
        list_append(&discovery->waiting, &request->waiting);
    }
    return rc;
}

void discovery_leave(struct uvsnmp_request *request)
{
    struct discovery *discovery = request->session->v3.discovery;
    list_remove(&request->waiting);
    if (discovery && discovery->exchange && list_is_empty(&discovery->waiting)) {
        uvsnmp_exchange_cancel(discovery->exchange);
    }
}

void discovery_forget(struct discovery *discovery, const struct engine_id *engine_id)
{
    if (engine_id_equals(&discovery->engine_id, engine_id_bytes(engine_id))) {
        discovery->engine_id.size = 0;
    }
}
