/* SPDX-License-Identifier: BSD-3-Clause */
/* A message arrives: whose is it, may he ask, and for what. Else it is dropped, or refused with a Report. */
#include <string.h>

#include "agent/request.h"
#include "base/err.h"
#include "engine/incoming.h"
#include "msg/message.h"
#include "msg/v3.h"

#define LOG_TOKEN "agent"
#define REFUSED_BURST 5
#define REFUSED_PERIOD_MS 60000
#define CONTEXT_NAME_MAX 255  /* octets of an SnmpAdminString */
#define DISCOVERY_SIZE_MIN 57 /* octets of the shortest message that asks who the engine is (RFC 3414 §4) */

/* Who asks, what he may do and where. */
struct identity {
    const void *principal;
    struct access_grant grant; /* held */
    struct agent_context *context;
    bool is_known, is_permitted; /* not permitted: known, but to be refused */
};

/* ---- what is done with a PDU ---- */

/* What is not in the table is dropped. */
static const struct pdu_work {
    enum uvsnmp_pdu_type type;
    bool in_v1;
    void (*start)(struct agent_request *request);
} pdu_works[] = {
    {UVSNMP_PDU_GET, true, read_start},       {UVSNMP_PDU_GETNEXT, true, read_start},
    {UVSNMP_PDU_GETBULK, false, read_start},  {UVSNMP_PDU_SET, true, write_start},
    {UVSNMP_PDU_RESPONSE, true, request_end}, {UVSNMP_PDU_TRAP, false, request_end},
    {UVSNMP_PDU_INFORM, false, request_end},
};

static const struct pdu_work *find_work(const struct agent_request *request)
{
    for (size_t i = 0; i < sizeof(pdu_works) / sizeof(pdu_works[0]); i++) {
        if (pdu_works[i].type == request->pdu.type &&
            (pdu_works[i].in_v1 || request->envelope.version != UVSNMP_V1)) {
            return &pdu_works[i];
        }
    }
    return NULL;
}

static void log_request(const struct agent_request *request)
{
    char peer[UVSNMP_ADDRESS_TEXT_MAX], name[UVSNMP_OID_TEXT_MAX] = "";
    const struct msg_pdu *pdu = &request->pdu;
    (void)uvsnmp_address_format(&request->path.peer, peer, sizeof(peer));
    if (pdu->count > 0) {
        (void)uvsnmp_oid_format(pdu->varbinds[0].name, name, sizeof(name));
    }
    log_debug(LOG_TOKEN, "%s of %zu variables from %s, request-id %d, first %s", msg_pdu_type_name(pdu->type),
              pdu->count, peer, (int)pdu->request_id, name);
}

/* The message of `identity` is decoded and is to be answered. */
static void start(struct agent_request *request, const struct uvsnmp_arrival *arrival,
                  const struct identity *identity)
{
    struct uvsnmp_agent *agent = request->agent;
    const struct pdu_work *work = find_work(request);
    request->path = *arrival->path;
    request->principal = identity->principal;
    request->grant = identity->grant;
    request->context = identity->context;
    request->raw.data = arrival->data;
    request->raw.size = arrival->size;
    if (log_has_token(LOG_TOKEN)) {
        log_request(request);
    }
    if (!work) {
        agent->stats.in_asn_parse_errs++;
        request_end(request);
        return;
    }
    engine_stats_in(&agent->stats, &request->pdu);
    if (!identity->is_permitted && msg_pdu_is_confirmed(request->pdu.type)) {
        request_fail(request, UVSNMP_STATUS_AUTHORIZATION_ERROR, 0);
    } else if (request->pdu.type == UVSNMP_PDU_SET && !request_keep_values(request)) {
        request_fail(request, UVSNMP_STATUS_RESOURCE_UNAVAILABLE, 0); /* they live as long as the request */
    } else {
        work->start(request);
    }
}

/* ---- who asks ---- */

/* The context of version 3 is named in the message, that of a community comes with it. */
static void identify(const struct uvsnmp_agent *agent, const struct uvsnmp_asker *asker,
                     const char **context_name, struct identity *out)
{
    const struct uvsnmp_access_control *access = &agent->access;
    memset(out, 0, sizeof(*out));
    if (access->identify) {
        out->principal = access->identify(asker, context_name, access->arg);
        out->is_permitted = out->principal != NULL;
        out->is_known = out->is_permitted || *context_name;
    } else {
        out->is_known = access_identify(agent, asker, context_name, &out->grant);
        out->is_permitted = out->grant.answered;
    }
}

/* A message that is not answered because of who sent it: said now and then. */
static void log_refused(struct uvsnmp_agent *agent, const struct uvsnmp_address *peer, const char *what)
{
    char text[UVSNMP_ADDRESS_TEXT_MAX];
    if (log_limit_allows(&agent->refused, REFUSED_BURST, REFUSED_PERIOD_MS, agent->io.now(agent->io.arg))) {
        (void)uvsnmp_address_format(peer, text, sizeof(text));
        log_write(LOG_LEVEL_WARNING, "%s in a message from %s", what, text);
    }
}

/* What could not be made a PDU. */
static void count_dropped(struct uvsnmp_agent *agent, int error, const struct uvsnmp_error *err)
{
    bool is_malformed = error == UVSNMP_ETRUNCATED || error == UVSNMP_EBAD_ENCODING;
    agent->stats.in_asn_parse_errs += is_malformed;
    agent->stats.silent_drops += error == UVSNMP_ENO_MEMORY;
    log_debug(LOG_TOKEN, "%s: %s", is_malformed ? "malformed message" : "message dropped", err->detail);
}

/* ---- versions 1 and 2c ---- */

/* Notifications that come here, be it our own, and stray answers are no attempts to get at something. */
static bool is_asking(const struct msg_envelope *envelope)
{
    uint8_t type = envelope->pdu.size > 0 ? envelope->pdu.data[0] : 0;
    return type == UVSNMP_PDU_GET || type == UVSNMP_PDU_GETNEXT || type == UVSNMP_PDU_GETBULK ||
           type == UVSNMP_PDU_SET;
}

/* A community that is not known, or one that may not ask for anything. */
static void refuse_community(struct uvsnmp_agent *agent, const struct uvsnmp_address *peer, bool is_known,
                             bool is_told)
{
    if (is_known) {
        agent->stats.in_bad_community_uses++;
    } else {
        agent->stats.in_bad_community_names++;
    }
    log_refused(agent, peer, is_known ? "a community without access" : "unknown community");
    if (is_told) {
        notify_of_refusal(agent);
    }
}

/* Straight from the message: what engine_decode() has for version 3 costs as much as all else here. */
static bool decode_community(struct agent_request *request, const struct uvsnmp_arrival *arrival)
{
    struct msg_message message;
    struct uvsnmp_error err;
    int rc = msg_decode(arrival->data, arrival->size, &request->arena, &message, &err);
    if (rc < 0) {
        count_dropped(request->agent, rc, &err);
        return false;
    }
    request->envelope.version = message.version;
    request->envelope.community = message.community;
    request->pdu = message.pdu;
    return true;
}

/* Nothing is allocated before the community is known. */
static void handle_community(struct uvsnmp_agent *agent, const struct uvsnmp_arrival *arrival,
                             const struct msg_envelope *envelope)
{
    const struct uvsnmp_asker asker = {.version = envelope->version,
                                       .name = envelope->community,
                                       .peer = &arrival->path->peer,
                                       .local = &arrival->path->local,
                                       .level = UVSNMP_NO_AUTH_NO_PRIV};
    struct agent_request *request = NULL;
    struct identity identity;
    const char *context_name = NULL;
    identify(agent, &asker, &context_name, &identity);
    identity.context = registry_context(agent, context_name ? context_name : "");
    if (!identity.is_permitted || (!identity.context && context_name && *context_name)) {
        refuse_community(agent, &arrival->path->peer, identity.is_known, is_asking(envelope));
    } else if (!request_is_retransmission(agent, arrival)) {
        request = request_take(agent);
        agent->stats.silent_drops += request == NULL;
    }
    if (request && decode_community(request, arrival)) {
        start(request, arrival, &identity);
        return;
    }
    access_release(&identity.grant);
    if (request) {
        request_end(request);
    }
}

/* ---- version 3 ---- */

static int decode_v3(struct agent_request *request, const struct uvsnmp_arrival *arrival,
                     struct engine_incoming *incoming)
{
    struct uvsnmp_agent *agent = request->agent;
    const struct engine_arrival message = {
        .data = arrival->data, .size = arrival->size, .now_ms = agent->io.now(agent->io.arg)};
    struct uvsnmp_error err = {0};
    int rc = engine_decode(&agent->engine, &message, &request->arena, incoming, &err);
    if (rc < 0) {
        count_dropped(agent, rc, &err);
    }
    request->envelope = incoming->envelope;
    request->pdu = incoming->pdu;
    return rc;
}

/* What is not authentic may come from anywhere: it gets no answer that is much longer, and not too many. */
static bool deserves_report(struct uvsnmp_agent *agent, const struct uvsnmp_arrival *arrival,
                            const struct engine_incoming *incoming)
{
    if (!incoming->is_report_due) {
        return false;
    }
    bool deserved = incoming->report_level != 0 || (arrival->size >= DISCOVERY_SIZE_MIN &&
                                                    report_limit_allows(&agent->reports, &arrival->path->peer,
                                                                        agent->io.now(agent->io.arg)));
    agent->stats.silent_drops += !deserved;
    return deserved;
}

static void send_report(struct uvsnmp_agent *agent, const struct uvsnmp_arrival *arrival,
                        const struct engine_incoming *incoming)
{
    struct ber_writer writer;
    size_t capacity;
    uint8_t *buffer =
        deserves_report(agent, arrival, incoming) ? agent->io.buffer(&capacity, agent->io.arg) : NULL;
    if (!buffer) {
        return;
    }
    ber_writer_init(&writer, buffer, capacity);
    if (engine_encode_report(&agent->engine, incoming, agent->io.now(agent->io.arg), &writer)) {
        request_send(agent, arrival->path, writer.at, ber_writer_size(&writer));
    }
}

/* Whoever sends these is not, or not yet, who he says. */
static const char *suspicion(int error)
{
    static const struct {
        int error;
        const char *text;
    } texts[] = {
        {UVSNMP_EUNKNOWN_USER, "unknown user name"},
        {UVSNMP_EAUTHENTICATION, "wrong digest"},
        {UVSNMP_EUNSUPPORTED_LEVEL, "a security level that the user has no keys for"},
        {UVSNMP_EDECRYPTION, "encryption that cannot be undone"},
    };
    for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++) {
        if (texts[i].error == error) {
            return texts[i].text;
        }
    }
    return NULL;
}

/* The context that the message asks for; false: there is none of that name. */
static bool find_context(const struct uvsnmp_agent *agent, struct uvsnmp_bytes name,
                         struct agent_context **context)
{
    char text[CONTEXT_NAME_MAX + 1];
    if (name.size > CONTEXT_NAME_MAX || (name.size > 0 && memchr(name.data, '\0', name.size))) {
        return false;
    }
    if (name.size > 0) {
        memcpy(text, name.data, name.size);
    }
    text[name.size] = '\0';
    *context = registry_context(agent, text);
    return *context || name.size == 0;
}

/* Only what is authentic gets here, or what a user without keys may have sent. RFC 3412 §7.2, RFC 3413 §3.2.
 */
static int judge(struct agent_request *request, const struct uvsnmp_arrival *arrival,
                 struct identity *identity)
{
    static const enum uvsnmp_level levels[] = {
        [0] = UVSNMP_NO_AUTH_NO_PRIV, [MSG_V3_AUTH] = UVSNMP_AUTH_NO_PRIV, [MSG_V3_LEVEL] = UVSNMP_AUTH_PRIV};
    struct engine_envelope *envelope = &request->envelope;
    struct agent_context *context = NULL;
    const char *unused = NULL;
    if (!engine_is_own_context(&request->agent->engine, envelope->context_engine_id)) {
        return UVSNMP_EUNKNOWN_HANDLER;
    }
    if (!find_context(request->agent, envelope->context_name, &context)) {
        return UVSNMP_EUNKNOWN_CONTEXT;
    }
    const struct uvsnmp_asker asker = {.version = UVSNMP_V3,
                                       .name = envelope->security_name,
                                       .peer = &arrival->path->peer,
                                       .local = &arrival->path->local,
                                       .level = levels[envelope->level],
                                       .context = envelope->context_name};
    identify(request->agent, &asker, &unused, identity);
    identity->context = context;
    envelope->security_name = (struct uvsnmp_bytes){NULL, 0}; /* the user's, who may go before the answer */
    return 0;
}

/* engine_decode() allocates nothing for whoever is not known. */
static void handle_v3(struct uvsnmp_agent *agent, const struct uvsnmp_arrival *arrival)
{
    struct engine_incoming incoming;
    struct identity identity;
    struct agent_request *request = request_is_retransmission(agent, arrival) ? NULL : request_take(agent);
    if (!request) {
        return;
    }
    int rc = decode_v3(request, arrival, &incoming);
    const char *suspected = suspicion(rc);
    if (suspected) {
        log_refused(agent, &arrival->path->peer, suspected);
    }
    if (rc == UVSNMP_EAUTHENTICATION) { /* as Net-SNMP's agent: not for users that are not known */
        notify_of_refusal(agent);
    }
    if (rc == 0) {
        rc = judge(request, arrival, &identity);
        if (rc < 0) {
            engine_refuse(&agent->engine, &incoming, rc);
        }
    }
    if (rc < 0) {
        send_report(agent, arrival, &incoming);
        request_end(request);
    } else {
        start(request, arrival, &identity);
    }
    engine_envelope_wipe(&incoming.envelope);
}

/* ---- all versions ---- */

/* The version, and of version 1 and 2c more; false, and counted: nothing can be done with it. */
static bool read_envelope(struct uvsnmp_agent *agent, const struct uvsnmp_arrival *arrival,
                          struct msg_envelope *envelope)
{
    int rc = arrival->truncated ? UVSNMP_ETRUNCATED
                                : msg_envelope_decode(arrival->data, arrival->size, envelope, NULL);
    if (rc == UVSNMP_EBAD_VERSION && envelope->version == UVSNMP_V3 && agent->engine.id.size > 0) {
        return true;
    }
    if (rc == UVSNMP_EBAD_VERSION) {
        agent->stats.in_bad_versions++;
    } else if (rc < 0) {
        agent->stats.in_asn_parse_errs++;
    }
    return rc == 0;
}

void agent_handle(struct uvsnmp_agent *agent, const struct uvsnmp_arrival *arrival)
{
    struct msg_envelope envelope;
    if (agent->closing) {
        return;
    }
    agent->stats.in_pkts++;
    if (agent->on_packet) {
        struct uvsnmp_packet packet = {.peer = &arrival->path->peer,
                                       .local = &arrival->path->local,
                                       .data = arrival->data,
                                       .size = arrival->size};
        agent->on_packet(agent, &packet, agent->arg);
    }
    if (!read_envelope(agent, arrival, &envelope)) {
        return;
    }
    if (envelope.version == UVSNMP_V3) {
        handle_v3(agent, arrival);
    } else {
        handle_community(agent, arrival, &envelope);
    }
}
