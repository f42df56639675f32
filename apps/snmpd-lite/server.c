/* SPDX-License-Identifier: BSD-3-Clause */
#include "apps/snmpd-lite/server.h"

#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "agent/core.h"
#include "agent/registry.h"
#include "apps/common/daemon.h"
#include "apps/common/process.h"
#include "base/err.h"
#include "base/log.h"
#include "conf/token.h"
#include "io/loop.h"
#include "io/timer.h"
#include "io/watch.h"

/* What is SET within so many milliseconds is stored together. */
enum { STORE_DELAY_MS = 200, ADDRESS_SIZE = 1024 };
/* Where that failed, until it is tried again. */
enum { STORE_AGAIN_MS = 30000 };

static const char default_address[] = "udp:127.0.0.1:161";

enum { WATCH_HUP, WATCH_TERM, WATCH_INT, WATCH_USR1, WATCHES };

struct server {
    struct server_options options;
    struct directives_config *config;
    uv_loop_t *loop;
    struct uvsnmp_agent *agent;
    struct mibs *mibs;
    struct io_watch *watches[WATCHES];
    struct io_timer store_timer;
    bool timer_open, store_wanted, stopping;
    bool has_begun;               /* it has told of its start, and will of its end */
    bool has_users;               /* of version 3, at the start */
    struct identity_engine asked; /* what the configuration said of the engine then */
    int lock;                     /* on the persistent file; negative: not held, and nothing is stored */
    struct log_limit errors;
};

/* ---- state ---- */

/* What another agent keeps in the same file is not written over. */
static int write_state(struct server *server, struct uvsnmp_error *err)
{
    struct engine *engine = &server->agent->engine;
    if (server->lock < 0) {
        server->lock = identity_lock(&server->config->identity, engine, err);
    }
    return server->lock < 0
               ? server->lock
               : directives_store(server->config, mibs_settings(server->mibs), server->agent, err);
}

static void store(struct server *server)
{
    struct uvsnmp_error err;
    if (!server->store_wanted) {
        return;
    }
    server->store_wanted = write_state(server, &err) != 0;
    if (server->store_wanted) {
        log_write(LOG_LEVEL_ERR, "cannot store what was set: %s", err.detail);
    }
    if (server->store_wanted && !server->stopping) {
        io_timer_set(&server->store_timer, io_now(server->loop) + STORE_AGAIN_MS);
    }
}

static void on_store_timer(struct io_timer *timer)
{
    store(timer->arg);
}

static void on_changed(void *arg)
{
    struct server *server = arg;
    uint64_t due = io_now(server->loop) + STORE_DELAY_MS;
    if (!server->store_wanted || server->store_timer.due > due) {
        io_timer_set(&server->store_timer, due);
    }
    server->store_wanted = true;
}

/* Whoever deletes a user, or changes a key, may rely on it once he has the answer. */
static int on_users_changed(void *arg)
{
    struct server *server = arg;
    server->store_wanted = true;
    store(server);
    return server->store_wanted ? UVSNMP_EFILE : 0;
}

/* ---- configuration ---- */

/* An agent that listens to everybody and answers everybody is what amplification attacks live on. */
static void warn_of_open_communities(const struct server *server)
{
    const struct uvsnmp_address *bound;
    for (size_t i = 0; (bound = uvsnmp_agent_bound(server->agent, i)); i++) {
        const char *where = directives_open_community(server->config, bound);
        if (where) {
            char address[UVSNMP_ADDRESS_TEXT_MAX];
            uvsnmp_address_format(bound, address, sizeof(address));
            log_write(
                LOG_LEVEL_WARNING,
                "Warning: %s: this community answers any host on %s: give it a source, or listen on the "
                "loopback only",
                where, address);
        }
    }
}

static void warn_of_missing_access(const struct server *server)
{
    if (server->config->community_count == 0 && !server->config->has_rights) {
        log_write(LOG_LEVEL_WARNING, "Warning: no access control information configured.");
        log_write(LOG_LEVEL_WARNING, "  (Config search path: %s)",
                  server->config->identity.files.search_path);
        log_write(
            LOG_LEVEL_WARNING,
            "  This agent answers nobody until a rocommunity, rwcommunity, rouser or rwuser line is there.");
    }
}

static bool is_listed(const struct directives_config *config, const char *address)
{
    for (size_t i = 0; i < config->listen_count; i++) {
        if (strcmp(config->listen[i], address) == 0) {
            return true;
        }
    }
    return false;
}

/* Addresses that are new in the configuration are listened on. One that went stays open, which is said. */
static void follow_addresses(struct server *server, const struct directives_config *old)
{
    const struct directives_config *new = server->config;
    struct uvsnmp_error err;
    if (server->options.listen_count > 0) {
        return;
    }
    for (size_t i = 0; i < new->listen_count; i++) {
        if (is_listed(old, new->listen[i])) {
            continue;
        }
        if (uvsnmp_agent_listen(server->agent, new->listen[i], &err)) {
            log_write(LOG_LEVEL_ERR, "Error opening specified endpoint \"%s\": %s", new->listen[i],
                      err.detail);
        } else {
            log_write(LOG_LEVEL_INFO, "Listening on %s", new->listen[i]);
        }
    }
    for (size_t i = 0; i < old->listen_count; i++) {
        if (!is_listed(new, old->listen[i])) {
            log_write(LOG_LEVEL_WARNING, "Warning: still listening on %s until the agent is started again",
                      old->listen[i]);
        }
    }
}

/* Keys are made of the engine ID: it stays what it is while the agent runs. */
static void warn_of_other_engine(const struct server *server, const struct directives_config *config)
{
    if (!identity_engine_is_same(&server->asked, &config->identity.engine)) {
        log_write(LOG_LEVEL_WARNING,
                  "Warning: the engine ID stays as it is until the agent is started again");
    }
}

/* What is new in the configuration is in force before it is answered by; what cannot be had is left out. */
static void follow_users(struct server *server, struct directives_config *config)
{
    struct uvsnmp_error err;
    bool has_users = identity_has_users(&config->identity);
    if (server->agent->engine.id.size == 0) {
        if (has_users) {
            log_write(LOG_LEVEL_ERR, "users: SNMPv3 is off until the agent is started again");
        }
        return;
    }
    warn_of_other_engine(server, config);
    if (identity_apply_users(&config->identity, &server->agent->engine, &err)) {
        log_write(LOG_LEVEL_ERR, "users: %s", err.detail);
    }
    if (has_users) {
        on_changed(server);
    }
}

/* Who of them cannot be had is left out. */
static void follow_sinks(struct server *server)
{
    struct uvsnmp_error err;
    if (directives_apply_sinks(server->config, server->agent, &err)) {
        log_write(LOG_LEVEL_ERR, "notifications: %s", err.detail);
    }
}

/* The lock is on the file of the start. */
static void keep_state_directory(const struct server *server, struct conf_files *files)
{
    const char *kept = server->config->identity.files.persistent_dir;
    if (strcmp(files->persistent_dir, kept) != 0) {
        log_write(LOG_LEVEL_WARNING,
                  "Warning: the persistent directory stays %s until the agent is started again", kept);
        memcpy(files->persistent_dir, kept, sizeof(files->persistent_dir));
    }
}

static void on_hangup(void *arg)
{
    struct server *server = arg;
    struct uvsnmp_error err;
    if (server->options.hangup) {
        server->options.hangup(server->options.arg);
    }
    log_write(LOG_LEVEL_INFO, "Reconfiguring daemon");
    store(server);
    const struct directives_input input = {.files = &server->config->identity.files,
                                           .lines = server->options.lines,
                                           .line_count = server->options.line_count,
                                           .names = server->options.names,
                                           .problem = daemon_log_problem};
    struct directives_config *config = directives_read(&input);
    if (!config || (config->files_read == 0 && server->config->files_read > 0)) {
        log_write(LOG_LEVEL_ERR, "the configuration could not be read: the old one stays in force");
        directives_free(config);
    } else {
        struct directives_config *old = server->config;
        keep_state_directory(server, &config->identity.files);
        server->config = config;
        server->options.trace.terse = config->terse;
        if (directives_apply_access(config, server->agent, &err)) {
            log_write(LOG_LEVEL_ERR, "communities: %s", err.detail);
        }
        follow_users(server, config);
        follow_sinks(server);
        mibs_configure(server->mibs, &config->settings, config->vacm);
        follow_addresses(server, old);
        directives_free(old);
        warn_of_missing_access(server);
        warn_of_open_communities(server);
    }
    /* the first is Net-SNMP's; its agent does not send the standard one */
    notify_of(server->agent, NOTIFY_RESTART);
    notify_of(server->agent, NOTIFY_WARM_START);
    log_write(LOG_LEVEL_INFO, "%s restarted", daemon_version_line);
}

/* ---- life ---- */

static void on_agent_closed(void *arg)
{
    struct server *server = arg;
    server->agent = NULL;
}

static void on_timer_closed(struct io_timer *timer)
{
    struct server *server = timer->arg;
    server->timer_open = false;
}

static void stop(struct server *server)
{
    if (server->stopping) {
        return;
    }
    server->stopping = true;
    if (server->mibs) {
        store(server);
    }
    for (size_t i = 0; i < WATCHES; i++) {
        io_watch_close(server->watches[i]);
        server->watches[i] = NULL;
    }
    mibs_stop(server->mibs);
    if (server->timer_open) {
        io_timer_close(&server->store_timer, on_timer_closed);
    }
    if (server->agent) {
        if (server->has_begun) {
            notify_of(server->agent, NOTIFY_SHUTDOWN);
        }
        uvsnmp_agent_close(server->agent, on_agent_closed, server);
    }
}

static void on_terminate(void *arg)
{
    log_write(LOG_LEVEL_INFO, "Received TERM or STOP signal...  shutting down...");
    stop(arg);
}

/* snmpd prints what is registered, and runs on. */
static void on_report(void *arg)
{
    const struct server *server = arg;
    registry_log(server->agent);
}

static void on_agent_error(struct uvsnmp_agent *agent, const struct uvsnmp_error *error, void *arg)
{
    struct server *server = arg;
    (void)agent;
    if (log_limit_allows(&server->errors, 10, 60000, io_now(server->loop))) {
        log_write(LOG_LEVEL_ERR, "%s", error->detail[0] ? error->detail : uvsnmp_strerror(error->code));
    }
}

static void on_packet(struct uvsnmp_agent *agent, const struct uvsnmp_packet *packet, void *arg)
{
    const struct server *server = arg;
    (void)agent;
    trace_packet(&server->options.trace, packet);
}

/* All or none: an agent that cannot be reached where it should be is not up. */
static int listen_on_each(struct server *server, const char *addresses, struct uvsnmp_error *err)
{
    char address[ADDRESS_SIZE];
    ptrdiff_t length;
    while ((length = conf_list_item(&addresses, ",", address, sizeof(address))) > 0) {
        struct uvsnmp_error reason;
        int status = uvsnmp_agent_listen(server->agent, address, &reason);
        if (status) {
            return err_set(err, status, "Error opening specified endpoint \"%s\": %s", address,
                           reason.detail);
        }
    }
    return length == UVSNMP_ETOO_LONG ? err_set(err, UVSNMP_ETOO_LONG, "a listening address is too long") : 0;
}

static int listen_on(struct server *server, struct uvsnmp_error *err)
{
    static const char *const fallback[] = {default_address};
    const struct directives_config *config = server->config;
    const char *const *list = server->options.listen;
    size_t count = server->options.listen_count;
    if (count == 0) {
        list = (const char *const *)config->listen;
        count = config->listen_count;
    }
    if (count == 0 && config->listen_given) {
        return err_set(err, UVSNMP_EBAD_ADDRESS, "No agentaddress of the configuration can be used");
    }
    if (count == 0) {
        list = fallback;
        count = 1;
    }
    int status = 0;
    for (size_t i = 0; status == 0 && i < count; i++) {
        status = listen_on_each(server, list[i], err);
    }
    return status;
}

static int watch_signals(struct server *server, struct uvsnmp_error *err)
{
    static const struct {
        int number;
        io_watch_fn *wake;
    } signals[WATCHES] = {
        [WATCH_HUP] = {SIGHUP, on_hangup},
        [WATCH_TERM] = {SIGTERM, on_terminate},
        [WATCH_INT] = {SIGINT, on_terminate},
        [WATCH_USR1] = {SIGUSR1, on_report},
    };
    int status = 0;
    for (size_t i = 0; status == 0 && i < WATCHES; i++) {
        status = io_watch_signal(server->loop, signals[i].number, signals[i].wake, server,
                                 &server->watches[i], err);
    }
    (void)signal(SIGPIPE, SIG_IGN);
    return status;
}

/* Without users an engine that has lost its boots does no harm: it just says nothing. */
static int start_engine(struct server *server, struct engine_id *id, int32_t *boots, struct uvsnmp_error *err)
{
    int status = identity_engine_start(&server->config->identity.engine, id, boots, err);
    server->has_users = identity_has_users(&server->config->identity);
    server->asked = server->config->identity.engine;
    if (status && !server->has_users) {
        log_write(LOG_LEVEL_WARNING, "Warning: SNMPv3 is off: %s", err->detail);
        id->size = 0;
        return 0;
    }
    return status;
}

/* A protocol that this libcrypto does not have costs its users; without any libcrypto there are none. */
static int start_users(struct server *server, struct uvsnmp_error *err)
{
    int status = identity_apply_users(&server->config->identity, &server->agent->engine, err);
    if (status && server->agent->engine.crypto) {
        log_write(LOG_LEVEL_ERR, "%s", err->detail);
        return 0;
    }
    return status;
}

static int start(struct server *server, struct uvsnmp_error *err)
{
    static const char *const none[] = {NULL};
    const struct trace *trace = &server->options.trace;
    bool traced = trace->dump || trace->addresses || trace->verbose;
    struct engine_id engine_id;
    int32_t boots;
    int status = start_engine(server, &engine_id, &boots, err);
    const struct uvsnmp_agent_options agent_options = {
        .interfaces = none,
        .interface_count = 0,
        .max_repetitions = server->config->max_repetitions,
        .max_bulk_varbinds = server->config->max_bulk_varbinds,
        .engine_id = engine_id_bytes(&engine_id),
        .engine_boots = boots,
        .on_packet = traced ? on_packet : NULL,
        .on_error = on_agent_error,
        .arg = server,
    };
    const struct mibs_options mibs_options = {
        .settings = &server->config->settings,
        .vacm = server->config->vacm,
        .groups = server->options.groups,
        .changed = on_changed,
        .store_users = on_users_changed,
        .arg = server,
    };
    status = status ? status : watch_signals(server, err);
    if (status == 0) {
        status = uvsnmp_agent_new(server->loop, &agent_options, &server->agent, err);
    }
    if (status == 0) {
        status = mibs_new(server->agent, server->loop, &mibs_options, &server->mibs, err);
    }
    if (status == 0) {
        directives_apply_targets(server->config, server->agent);
        status = directives_apply_access(server->config, server->agent, err);
    }
    if (status == 0 && engine_id.size > 0) {
        status = start_users(server, err);
    }
    return status ? status : listen_on(server, err);
}

int server_new(const struct server_options *options, struct directives_config *config, struct server **out,
               struct uvsnmp_error *err)
{
    struct server *server = calloc(1, sizeof(*server));
    if (!server) {
        directives_free(config);
        return err_set(err, UVSNMP_ENO_MEMORY, "out of memory");
    }
    server->options = *options;
    server->lock = -1;
    server->config = config;
    server->options.trace.terse = config->terse;
    server->loop = io_loop_new();
    if (!server->loop) {
        server_free(server);
        return err_set(err, UVSNMP_EGENERAL, "no event loop: out of memory or descriptors");
    }
    io_timer_init(&server->store_timer, server->loop, on_store_timer, server);
    server->timer_open = true;
    int status = start(server, err);
    if (status) {
        server_free(server);
        return status;
    }
    *out = server;
    return 0;
}

static void advise(const struct server *server, int error)
{
    char user[64];
    const char *directory = server->config->identity.files.persistent_dir;
    process_user(user, sizeof(user));
    if (error == UVSNMP_EEXISTS) {
        log_write(LOG_LEVEL_ERR,
                  "each agent with SNMPv3 users needs a persistent directory of its own, and %s "
                  "has one already (persistentDir, SNMP_PERSISTENT_DIR)",
                  directory);
    } else {
        log_write(LOG_LEVEL_ERR, "the user %s must be able to write into the directory %s", user, directory);
    }
}

static int begin_engine(struct server *server, struct uvsnmp_error *err)
{
    struct engine *engine = &server->agent->engine;
    struct uvsnmp_error reason;
    if (engine->id.size == 0) {
        return 0;
    }
    if (engine->started.boots == INT32_MAX && server->has_users) {
        log_write(LOG_LEVEL_ERR,
                  "engineBoots has reached its end: no message of a user with keys is in time any "
                  "more until the agent has another engine ID and the keys are made anew");
    }
    int status = write_state(server, &reason);
    if (status == 0) {
        return 0;
    }
    if (server->has_users) {
        advise(server, status);
        return err_set(err, status, "engineBoots cannot be stored, which SNMPv3 needs: %.180s",
                       reason.detail);
    }
    log_debug("snmpd-lite", "SNMPv3 is off: engineBoots cannot be stored: %s", reason.detail);
    engine->id.size = 0;
    return 0;
}

int server_begin(struct server *server, struct uvsnmp_error *err)
{
    int status = begin_engine(server, err);
    if (status == 0) {
        follow_sinks(server);
        server->has_begun = true;
        notify_of(server->agent, NOTIFY_COLD_START);
    }
    return status;
}

void server_announce(const struct server *server)
{
    const struct uvsnmp_address *bound;
    warn_of_missing_access(server);
    warn_of_open_communities(server);
    for (size_t i = 0; (bound = uvsnmp_agent_bound(server->agent, i)); i++) {
        char address[UVSNMP_ADDRESS_TEXT_MAX];
        uvsnmp_address_format(bound, address, sizeof(address));
        log_write(LOG_LEVEL_INFO, "Listening on %s", address);
    }
    log_write(LOG_LEVEL_INFO, "%s", daemon_version_line);
}

int server_run(struct server *server, struct uvsnmp_error *err)
{
    int status = io_loop_run(server->loop);
    return status ? err_set(err, status, "the event loop failed") : 0;
}

void server_free(struct server *server)
{
    if (!server) {
        return;
    }
    if (server->loop) {
        stop(server);
        (void)io_loop_run(server->loop);
        io_loop_free(server->loop);
    }
    if (server->lock >= 0) {
        close(server->lock);
    }
    mibs_free(server->mibs);
    directives_free(server->config);
    free(server);
}
