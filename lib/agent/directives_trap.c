/* SPDX-License-Identifier: BSD-3-Clause */
/* trapsink and its kin, and how the receivers become those of an agent. */
#include "agent/directives_trap.h"

#include <netdb.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "agent/core.h"
#include "agent/directives_access.h"
#include "agent/target_line.h"
#include "base/err.h"
#include "conf/token.h"
#include "io/address.h"

enum { SINKS_MAX = 256, WORD_SIZE = 1024, TIMEOUT_MS = 1000, RETRIES = 5 };

static const char default_community[] = "public";

/* ---- the list ---- */

struct directives_sink *directives_sink_new(const struct directives_config *config)
{
    struct directives_sink *sink = calloc(1, sizeof(*sink));
    if (sink) {
        list_init(&sink->link);
        sink->version = UVSNMP_V2C;
        sink->community = config->trap_community;
        sink->level = UVSNMP_NO_AUTH_NO_PRIV;
        sink->timeout_ms = TIMEOUT_MS;
        sink->retries = RETRIES;
    }
    return sink;
}

void directives_sink_free(struct directives_sink *sink)
{
    if (sink) {
        free(sink->where);
        usm_wipe(sink, sizeof(*sink));
        free(sink);
    }
}

void directives_sinks_forget(struct directives_config *config)
{
    LIST_EACH(link, following, &config->sinks)
    {
        list_remove(link);
        directives_sink_free(LIST_OBJECT(link, struct directives_sink, link));
    }
    config->sink_count = 0;
}

/* As the lookups of the I/O engine prefer them: IPv4 where there is any. */
static int look_up(const struct io_address_parts *parts, struct uvsnmp_address *out)
{
    const struct addrinfo hints = {.ai_family = parts->family, .ai_socktype = SOCK_DGRAM};
    struct addrinfo *list = NULL;
    if (getaddrinfo(parts->host, NULL, &hints, &list) != 0 || !list) {
        return UVSNMP_EUNKNOWN_HOST;
    }
    const struct addrinfo *found = list;
    for (const struct addrinfo *item = list; item && found->ai_family != AF_INET; item = item->ai_next) {
        found = item->ai_family == AF_INET ? item : found;
    }
    io_address_from_sockaddr(out, parts->transport, found->ai_addr, found->ai_addrlen);
    io_address_set_port(out, parts->port);
    freeaddrinfo(list);
    return 0;
}

static int find_peer(struct directives_sink *sink, const char *peer, struct uvsnmp_error *err)
{
    struct io_address_parts parts;
    struct uvsnmp_address address;
    int rc = *peer ? io_address_split(peer, NOTIFY_PORT, &parts, err) : UVSNMP_EBAD_ADDRESS;
    if (rc == 0 && !parts.is_name) {
        address = parts.address;
    }
    rc = rc == 0 && parts.is_name ? look_up(&parts, &address) : rc;
    return rc < 0 ? rc : uvsnmp_address_format(&address, sink->peer, sizeof(sink->peer));
}

int directives_sink_add(struct directives_config *config, struct directives_sink *sink, const char *peer,
                        const struct conf_place *place, struct uvsnmp_error *err)
{
    int rc = find_peer(sink, peer, err);
    sink->where = rc < 0 ? NULL : conf_where(place);
    if (rc >= 0 && !sink->where) {
        rc = err_set(err, UVSNMP_ENO_MEMORY, "out of memory");
    } else if (rc >= 0 && config->sink_count >= SINKS_MAX) {
        rc = err_set(err, UVSNMP_ELIMIT, "more than %d receivers of notifications", SINKS_MAX);
    }
    if (rc < 0) {
        directives_sink_free(sink);
        return rc;
    }
    list_append(&config->sinks, &sink->link);
    config->sink_count++;
    return 0;
}

/* ---- trapsink, trap2sink, informsink ---- */

struct sink_kind {
    enum uvsnmp_version version;
    bool inform;
};

static int take_community(const char **text, struct user_octets *out, struct uvsnmp_error *err)
{
    int rc = conf_next_word(text, "community", (char *)out->data, sizeof(out->data), err);
    out->size = rc > 0 ? strlen((const char *)out->data) : out->size;
    return rc;
}

/* HOST:PORT of a host and a port on its own. */
static int join_port(const char **text, char *host, size_t size, struct directives_config *config,
                     const struct conf_place *place)
{
    char port[16];
    struct uvsnmp_error ignored;
    int rc = conf_next_word(text, "port", port, sizeof(port), &ignored);
    if (rc <= 0) {
        return rc;
    }
    if (config->problem) {
        config->problem(place, true, "The separate port argument for sinks is deprecated",
                        config->problem_arg);
    }
    size_t length = strlen(host);
    int added = snprintf(host + length, size - length, ":%s", port);
    return added < 0 || (size_t)added >= size - length ? UVSNMP_ETOO_LONG : rc;
}

/* HOST [COMMUNITY [PORT]] */
static int set_sink(struct directives_config *config, const struct sink_kind *kind, const char *text,
                    const struct conf_place *place, struct uvsnmp_error *err)
{
    char host[WORD_SIZE], given[WORD_SIZE];
    struct directives_sink *sink = directives_sink_new(config);
    if (!sink) {
        return err_set(err, UVSNMP_ENO_MEMORY, "out of memory");
    }
    sink->version = kind->version;
    sink->inform = kind->inform;
    int rc = conf_need_word(&text, "host", host, sizeof(host), err);
    (void)snprintf(given, sizeof(given), "%s", rc < 0 ? "" : host);
    rc = rc < 0 ? rc : take_community(&text, &sink->community, err);
    if (rc < 0) {
        directives_sink_free(sink);
        return rc;
    }
    rc = join_port(&text, host, sizeof(host), config, place);
    if (rc < 0) {
        directives_sink_free(sink);
        return err_set(err, UVSNMP_EBAD_ADDRESS, "cannot create sink: %s", given);
    }
    rc = directives_sink_add(config, sink, host, place, err);
    bool is_address = rc != UVSNMP_ENO_MEMORY && rc != UVSNMP_ELIMIT;
    return rc < 0 && is_address ? err_set(err, rc, "cannot create sink: %s", given) : rc;
}

int directives_set_trapsink(const char *text, const struct conf_place *place, void *arg,
                            struct uvsnmp_error *err)
{
    return set_sink(arg, &(const struct sink_kind){UVSNMP_V1, false}, text, place, err);
}

int directives_set_trap2sink(const char *text, const struct conf_place *place, void *arg,
                             struct uvsnmp_error *err)
{
    return set_sink(arg, &(const struct sink_kind){UVSNMP_V2C, false}, text, place, err);
}

int directives_set_informsink(const char *text, const struct conf_place *place, void *arg,
                              struct uvsnmp_error *err)
{
    return set_sink(arg, &(const struct sink_kind){UVSNMP_V2C, true}, text, place, err);
}

/* ---- what they share ---- */

void directives_trap_init(struct directives_config *config)
{
    list_init(&config->sinks);
    config->trap_community.size = sizeof(default_community) - 1;
    memcpy(config->trap_community.data, default_community, sizeof(default_community));
}

/* Of the lines behind it, as in Net-SNMP. */
int directives_set_trapcommunity(const char *text, const struct conf_place *place, void *arg,
                                 struct uvsnmp_error *err)
{
    struct directives_config *config = arg;
    (void)place;
    int rc = take_community(&text, &config->trap_community, err);
    return rc < 0 ? rc : 0;
}

int directives_set_v1trapaddress(const char *text, const struct conf_place *place, void *arg,
                                 struct uvsnmp_error *err)
{
    struct directives_config *config = arg;
    struct io_address_parts parts = {.transport = UVSNMP_UDP, .family = AF_INET};
    struct uvsnmp_address address;
    (void)place;
    int rc = conf_need_word(&text, "address", parts.host, sizeof(parts.host), err);
    if (rc > 0 && look_up(&parts, &address) < 0) {
        rc = err_set(err, UVSNMP_EUNKNOWN_HOST, "%s has no IPv4 address", parts.host);
    }
    if (rc < 0) {
        return rc;
    }
    memcpy(config->v1_address, &address.at.v4.sin_addr, sizeof(config->v1_address));
    config->has_v1_address = true;
    return 0;
}

int directives_set_clientaddr(const char *text, const struct conf_place *place, void *arg,
                              struct uvsnmp_error *err)
{
    struct directives_config *config = arg;
    struct uvsnmp_address address;
    char word[sizeof(config->client_address)];
    (void)place;
    int rc = conf_need_word(&text, "address", word, sizeof(word), err);
    rc = rc < 0 ? rc : uvsnmp_address_parse(word, 0, &address, err);
    if (rc == 0) {
        memcpy(config->client_address, word, sizeof(word));
    }
    return rc;
}

int directives_set_target(const char *text, const struct conf_place *place, void *arg,
                          struct uvsnmp_error *err)
{
    struct directives_config *config = arg;
    for (enum target_kind kind = 0; kind < TARGET_KINDS; kind++) {
        if (strcasecmp(target_line_directive(kind), place->directive) == 0) {
            return target_line_parse(&config->targets, kind, text, err);
        }
    }
    return err_set(err, UVSNMP_EBAD_SYNTAX, "there is no such table");
}

/* ---- into the agent ---- */

void directives_apply_targets(struct directives_config *config, struct uvsnmp_agent *agent)
{
    targets_fini(&agent->targets);
    agent->targets = config->targets;
    targets_init(&config->targets);
}

static int apply_sink(const struct directives_sink *sink, struct uvsnmp_agent *agent,
                      struct uvsnmp_error *err)
{
    struct uvsnmp_user user = {
        .name = {(const uint8_t *)sink->user, strlen(sink->user)},
        .auth = sink->auth == USM_AUTH_NONE ? NULL : usm_auth(sink->auth)->name,
        .priv = sink->priv == USM_PRIV_NONE ? NULL : usm_priv(sink->priv)->name,
    };
    identity_fill_secret(&sink->auth_secret, &user.auth_secret);
    identity_fill_secret(&sink->priv_secret, &user.priv_secret);
    const struct uvsnmp_notification_target target = {
        .peer = sink->peer,
        .version = sink->version,
        .inform = sink->inform,
        .community = {sink->community.data, sink->community.size},
        .user = &user,
        .level = sink->level,
        .engine_id = engine_id_bytes(&sink->engine_id),
        .context_name = {sink->context.data, sink->context.size},
        .timeout_ms = sink->timeout_ms,
        .retries = sink->retries,
        .source = sink->source,
    };
    return uvsnmp_agent_add_notification_target(agent, &target, err);
}

int directives_apply_sinks(struct directives_config *config, struct uvsnmp_agent *agent,
                           struct uvsnmp_error *err)
{
    struct notify *notify = &agent->notify;
    int status = 0;
    uvsnmp_agent_clear_notification_targets(agent);
    memcpy(notify->source, config->client_address, sizeof(notify->source));
    notify->has_v1_address = config->has_v1_address;
    memcpy(notify->v1_address, config->v1_address, sizeof(notify->v1_address));
    LIST_EACH(link, following, &config->sinks)
    {
        struct directives_sink *sink = LIST_OBJECT(link, struct directives_sink, link);
        struct uvsnmp_error reason;
        int failed = apply_sink(sink, agent, &reason);
        if (failed < 0 && status == 0) {
            status = err_set(err, failed, "%s: %.180s", sink->where, reason.detail);
        }
    }
    directives_sinks_forget(config);
    return status;
}
