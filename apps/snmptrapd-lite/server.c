/* SPDX-License-Identifier: BSD-3-Clause */
#include "apps/snmptrapd-lite/server.h"

#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "apps/common/process.h"
#include "apps/snmptrapd-lite/actions.h"
#include "apps/snmptrapd-lite/hosts.h"
#include "apps/snmptrapd-lite/queue.h"
#include "base/err.h"
#include "base/log.h"
#include "conf/token.h"
#include "io/loop.h"
#include "io/timer.h"
#include "io/watch.h"
#include "session/receiver.h"

enum {
    ADDRESS_SIZE = 1024,
    ADDRESSES_MAX = 256,
    /* A notification waits so long for the name of its sender. */
    NAME_MS = 2000,
    /* Informs that are not acknowledged yet: those whose log lines are not written. */
    INFORMS_MAX = 50000,
};

static const char default_address[] = "udp:0.0.0.0:162";

enum { WATCH_HUP, WATCH_TERM, WATCH_INT, WATCHES };

struct server {
    struct server_options options;
    struct settings *settings;
    uv_loop_t *loop;
    struct uvsnmp_receiver *receiver;
    struct actions actions;
    struct hosts *hosts; /* NULL: names are not looked up */
    struct queue queue;
    struct io_watch *watches[WATCHES];
    struct io_timer name_timer;
    struct identity_engine asked; /* what the configuration said of the engine at the start */
    struct log_limit errors, losses, pauses;
    int lock;       /* on the persistent file; negative: not held, and nothing is stored */
    unsigned open;  /* parts that are to be closed */
    bool has_users; /* of version 3, at the start */
    bool is_paused, stopping;
};

/* ---- notifications ---- */

/* Nothing is lost of what was received: the next ones wait in the kernel. */
static void set_pace(struct server *server)
{
    bool is_full = queue_is_full(&server->queue) || actions_are_full(&server->actions);
    if (!server->stopping && is_full != server->is_paused) {
        server->is_paused = is_full;
        uvsnmp_receiver_pause(server->receiver, is_full);
        if (is_full && log_limit_allows(&server->pauses, 1, 60000, io_now(server->loop))) {
            log_write(LOG_LEVEL_WARNING, "%s: nothing is received until less waits",
                      actions_obstacle(&server->actions));
        }
    }
}

/* An inform is acknowledged once what is logged of it is written. */
static void take(struct server *server, const struct notice *notice)
{
    const uint64_t inform = notice->received->inform;
    actions_take(&server->actions, notice);
    if (inform != 0 && journal_wait(server->actions.journal, inform) < 0) {
        uvsnmp_receiver_drop(server->receiver, inform);
    }
}

/* The name of the first one that waits, where it is known or waited for long enough. */
static const char *first_name(struct server *server, const struct queued *first)
{
    const char *name = hosts_find(server->hosts, first->received.peer);
    if (!name && (server->stopping || io_now(server->loop) >= first->deadline)) {
        hosts_give_up(server->hosts, first->received.peer);
        name = hosts_unknown;
    }
    return name;
}

/* Takes all that need not wait any more, in order. */
static void advance(void *arg)
{
    struct server *server = arg;
    struct queued *first;
    const char *name;
    while ((first = queue_first(&server->queue)) && (name = first_name(server, first))) {
        const struct notice notice = {.received = &first->received, .host = name, .types = first->types};
        take(server, &notice);
        queue_remove_first(&server->queue);
    }
    if (!server->stopping) {
        io_timer_set(&server->name_timer, first ? first->deadline : IO_NEVER);
        set_pace(server);
    }
}

static void on_name_timer(struct io_timer *timer)
{
    advance(timer->arg);
}

static void wait_for_name(struct server *server, const struct uvsnmp_received *received, unsigned types)
{
    const uint64_t now = io_now(server->loop);
    bool is_first = !queue_first(&server->queue);
    if (queue_add(&server->queue, received, types, now + NAME_MS) < 0) {
        uvsnmp_receiver_drop(server->receiver, received->inform);
        if (log_limit_allows(&server->losses, 5, 60000, now)) {
            log_write(LOG_LEVEL_ERR, "a notification is lost: out of memory");
        }
    } else if (is_first) {
        io_timer_set(&server->name_timer, now + NAME_MS);
    }
}

static void on_notification(struct uvsnmp_receiver *receiver, const struct uvsnmp_received *received,
                            void *arg)
{
    struct server *server = arg;
    const unsigned types = grants_find(&server->settings->grants, received);
    if (types != 0 && uvsnmp_oid_compare(notice_trap_oid(received), UVSNMP_OID(0, 0)) == 0) {
        /* as snmptrapd, which acknowledges no such inform either */
        if (log_limit_allows(&server->errors, 10, 60000, io_now(server->loop))) {
            log_write(LOG_LEVEL_ERR, "Cannot find TrapOID in TRAP2 PDU");
        }
        uvsnmp_receiver_drop(receiver, received->inform);
        return;
    }
    if (types == 0) {
        uvsnmp_receiver_drop(receiver, received->inform);
        return;
    }
    const char *name = server->hosts ? hosts_find(server->hosts, received->peer) : NULL;
    if (server->hosts && (!name || queue_first(&server->queue))) {
        wait_for_name(server, received, types);
    } else {
        const struct notice notice = {.received = received, .host = name, .types = types};
        take(server, &notice);
    }
    set_pace(server);
}

static void on_written(uint64_t inform, void *arg)
{
    struct server *server = arg;
    if (server->receiver && !server->stopping) {
        (void)uvsnmp_receiver_acknowledge(server->receiver, inform);
    }
}

static void on_moved(void *arg)
{
    struct server *server = arg;
    if (!server->stopping) {
        set_pace(server);
    }
}

static void on_receiver_error(struct uvsnmp_receiver *receiver, const struct uvsnmp_error *error, void *arg)
{
    struct server *server = arg;
    (void)receiver;
    if (log_limit_allows(&server->errors, 10, 60000, io_now(server->loop))) {
        log_write(LOG_LEVEL_ERR, "%s", error->detail[0] ? error->detail : uvsnmp_strerror(error->code));
    }
}

static void on_packet(struct uvsnmp_receiver *receiver, const struct uvsnmp_packet *packet, void *arg)
{
    const struct server *server = arg;
    (void)receiver;
    trace_packet(&server->options.trace, packet);
}

/* ---- configuration ---- */

struct settings *server_read(const struct server_options *options)
{
    const struct daemon_options *daemon = options->daemon;
    struct conf_files files;
    conf_files_init(&files, "snmptrapd");
    files.given = daemon->configuration;
    files.only_given = daemon->only_given;
    files.persistent = true;
    const struct settings_input input = {.files = &files,
                                         .lines = daemon->lines,
                                         .line_count = daemon->line_count,
                                         .names = options->names,
                                         .output = &daemon->output,
                                         .problem = daemon_log_problem};
    struct settings *settings = settings_read(&input);
    names_settle(options->names);
    return settings;
}

static void warn_of_missing_access(const struct server *server)
{
    const struct grants *grants = &server->settings->grants;
    if (grants->count == 0 && !grants->all) {
        log_write(LOG_LEVEL_WARNING, "Warning: no access control information configured.");
        log_write(LOG_LEVEL_WARNING, "  (Config search path: %s)",
                  server->settings->identity.files.search_path);
        log_write(LOG_LEVEL_WARNING, "This receiver will *NOT* accept any incoming notifications.");
    }
}

static int write_state(struct server *server, struct uvsnmp_error *err)
{
    struct identity *identity = &server->settings->identity;
    struct engine *engine = &server->receiver->engine;
    if (server->lock < 0) {
        server->lock = identity_lock(identity, engine, err);
    }
    return server->lock < 0 ? server->lock : identity_store(identity, NULL, 0, engine, err);
}

/* What is new in the configuration is in force before it is asked for; what cannot be had is left out. */
static void follow_users(struct server *server)
{
    struct identity *identity = &server->settings->identity;
    struct engine *engine = &server->receiver->engine;
    struct uvsnmp_error err;
    bool has_users = identity_has_users(identity);
    if (!identity_engine_is_same(&server->asked, &identity->engine)) {
        log_write(LOG_LEVEL_WARNING,
                  "Warning: the engine ID stays as it is until the receiver is started again");
    }
    if (identity_apply_users(identity, engine, &err) < 0) {
        log_write(LOG_LEVEL_ERR, "users: %s", err.detail);
    }
    if (has_users && engine->id.size > 0 && write_state(server, &err) < 0) {
        log_write(LOG_LEVEL_ERR, "cannot store the users: %s", err.detail);
    }
}

static void follow(struct server *server, struct settings *settings)
{
    struct settings *old = server->settings;
    /* the lock is on the file of the start */
    memcpy(settings->identity.files.persistent_dir, old->identity.files.persistent_dir,
           sizeof(old->identity.files.persistent_dir));
    server->settings = settings;
    actions_configure(&server->actions, settings, names_mib(server->options.names));
    settings_free(old);
    follow_users(server);
    warn_of_missing_access(server);
}

static void on_hangup(void *arg)
{
    struct server *server = arg;
    app_log_reopen(&server->options.daemon->log);
    journal_reopen(server->actions.journal);
    log_write(LOG_LEVEL_INFO, "Reconfiguring daemon");
    struct settings *settings = server_read(&server->options);
    if (!settings || (settings->files_read == 0 && server->settings->files_read > 0)) {
        log_write(LOG_LEVEL_ERR, "the configuration could not be read: the old one stays in force");
        settings_free(settings);
    } else {
        follow(server, settings);
    }
    log_write(LOG_LEVEL_INFO, "%s restarted", daemon_version_line);
}

/* ---- life ---- */

static void on_part_closed(void *arg)
{
    struct server *server = arg;
    if (--server->open == 0) {
        io_loop_stop(server->loop); /* whatever name is still looked up */
    }
}

static void on_receiver_closed(void *arg)
{
    struct server *server = arg;
    server->receiver = NULL;
    on_part_closed(server);
}

static void on_timer_closed(struct io_timer *timer)
{
    on_part_closed(timer->arg);
}

/* All that was received is logged; then programs have some time left. */
static void stop(struct server *server)
{
    if (server->stopping) {
        return;
    }
    server->stopping = true;
    advance(server);
    for (size_t i = 0; i < WATCHES; i++) {
        io_watch_close(server->watches[i]);
        server->watches[i] = NULL;
    }
    server->open++;
    io_timer_close(&server->name_timer, on_timer_closed);
    if (server->actions.handlers) {
        server->open++;
        handlers_close(server->actions.handlers, on_part_closed, server);
    }
    if (server->actions.forwards) {
        server->open++;
        forwards_close(server->actions.forwards, on_part_closed, server);
    }
    if (server->receiver) {
        server->open++;
        uvsnmp_receiver_close(server->receiver, on_receiver_closed, server);
    }
}

static void on_terminate(void *arg)
{
    stop(arg);
}

/* Cuts the lists of addresses, and adds each to the receiver's. */
static int split_addresses(const char *addresses, struct arena *arena,
                           struct uvsnmp_receiver_options *options, const char **list)
{
    char address[ADDRESS_SIZE];
    ptrdiff_t length;
    while (options->interface_count < ADDRESSES_MAX &&
           (length = conf_list_item(&addresses, ",", address, sizeof(address))) > 0) {
        list[options->interface_count] = arena_text(arena, address, (size_t)length);
        if (!list[options->interface_count]) {
            return UVSNMP_ENO_MEMORY;
        }
        options->interface_count++;
    }
    return *addresses == '\0' ? 0 : UVSNMP_ETOO_LONG;
}

/* Those of the command line, else those of the configuration, else all interfaces. */
static int find_addresses(struct server *server, struct uvsnmp_receiver_options *options,
                          struct uvsnmp_error *err)
{
    static const char *const fallback[] = {default_address};
    struct daemon_options *daemon = server->options.daemon;
    const char **list = arena_array(&daemon->arena, ADDRESSES_MAX, sizeof(*list));
    const char *const *from = daemon->operands;
    size_t count = daemon->operand_count;
    if (count == 0) {
        from = (const char *const *)server->settings->listen;
        count = server->settings->listen_count;
    }
    if (count == 0) {
        from = fallback;
        count = 1;
    }
    int rc = list ? 0 : UVSNMP_ENO_MEMORY;
    for (size_t i = 0; rc == 0 && i < count; i++) {
        rc = split_addresses(from[i], &daemon->arena, options, list);
    }
    options->interfaces = list;
    return rc < 0 ? err_set(err, rc, "listening addresses: %s", uvsnmp_strerror(rc)) : 0;
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
    };
    int rc = 0;
    for (size_t i = 0; rc == 0 && i < WATCHES; i++) {
        rc = io_watch_signal(server->loop, signals[i].number, signals[i].wake, server, &server->watches[i],
                             err);
    }
    (void)signal(SIGPIPE, SIG_IGN);
    return rc;
}

/* Without users an engine that has lost its boots does no harm: it just takes no informs of version 3. */
static int start_engine(struct server *server, struct engine_id *id, int32_t *boots, struct uvsnmp_error *err)
{
    const struct identity *identity = &server->settings->identity;
    int rc = identity_engine_start(&identity->engine, id, boots, err);
    server->has_users = identity_has_users(identity);
    server->asked = identity->engine;
    if (rc < 0 && !server->has_users) {
        log_write(LOG_LEVEL_WARNING, "Warning: no informs of SNMPv3 are taken: %s", err->detail);
        id->size = 0;
        return 0;
    }
    return rc;
}

/* A protocol that this libcrypto does not have costs its users; without any libcrypto there are none. */
static int start_users(struct server *server, struct uvsnmp_error *err)
{
    struct engine *engine = &server->receiver->engine;
    int rc = identity_apply_users(&server->settings->identity, engine, err);
    if (rc < 0 && engine->crypto) {
        log_write(LOG_LEVEL_ERR, "%s", err->detail);
        return 0;
    }
    return rc;
}

static int start_receiver(struct server *server, struct uvsnmp_error *err)
{
    const struct trace *trace = &server->options.trace;
    struct engine_id id;
    int32_t boots;
    int rc = start_engine(server, &id, &boots, err);
    struct uvsnmp_receiver_options options = {
        .engine_id = engine_id_bytes(&id),
        .engine_boots = boots,
        .any_community = true,   /* whoever is to be heard is looked up with what may be done, … */
        .unauthenticated = true, /* … and with the level */
        .max_informs = INFORMS_MAX,
        .on_notification = on_notification,
        .on_packet = trace->dump || trace->verbose ? on_packet : NULL,
        .on_error = on_receiver_error,
        .arg = server,
    };
    rc = rc < 0 ? rc : find_addresses(server, &options, err);
    rc = rc < 0 ? rc : uvsnmp_receiver_new(server->loop, &options, &server->receiver, err);
    return rc < 0 ? rc : start_users(server, err);
}

static int start_actions(struct server *server, struct uvsnmp_error *err)
{
    struct daemon_options *daemon = server->options.daemon;
    const struct journal_events events = {.written = on_written, .moved = on_moved, .arg = server};
    struct actions *actions = &server->actions;
    actions->json = daemon->json;
    actions->no_log = daemon->no_log;
    actions->ignore_auth_failures = daemon->ignore_auth_failures;
    actions->format = daemon->format;
    actions->journal = journal_new(server->loop, &daemon->log, &events);
    actions->handlers = handlers_new(server->loop, on_moved, server);
    actions->forwards = forwards_new(server->loop);
    if (!daemon->no_names) {
        server->hosts = hosts_new(server->loop, advance, server);
    }
    if (!actions->journal || !actions->handlers || !actions->forwards || actions_init(actions) < 0 ||
        (!server->hosts && !daemon->no_names)) {
        return err_set(err, UVSNMP_ENO_MEMORY, "out of memory or descriptors");
    }
    actions_configure(actions, server->settings, names_mib(server->options.names));
    return 0;
}

static int start(struct server *server, struct uvsnmp_error *err)
{
    int rc = watch_signals(server, err);
    rc = rc < 0 ? rc : start_actions(server, err);
    return rc < 0 ? rc : start_receiver(server, err);
}

int server_new(const struct server_options *options, struct settings *settings, struct server **out,
               struct uvsnmp_error *err)
{
    struct server *server = calloc(1, sizeof(*server));
    uv_loop_t *loop = server ? io_loop_new() : NULL;
    if (!loop) {
        settings_free(settings);
        free(server);
        return err_set(err, UVSNMP_EGENERAL, "no event loop: out of memory or descriptors");
    }
    server->options = *options;
    server->settings = settings;
    server->lock = -1;
    server->loop = loop;
    queue_init(&server->queue);
    io_timer_init(&server->name_timer, loop, on_name_timer, server);
    int rc = start(server, err);
    if (rc < 0) {
        server_free(server);
        return rc;
    }
    *out = server;
    return 0;
}

int server_begin(struct server *server, struct uvsnmp_error *err)
{
    struct engine *engine = &server->receiver->engine;
    struct uvsnmp_error reason;
    if (engine->id.size == 0) {
        return 0;
    }
    int rc = write_state(server, &reason);
    if (rc < 0 && server->has_users) {
        return err_set(err, rc, "engineBoots cannot be stored, which SNMPv3 needs: %.180s", reason.detail);
    }
    if (rc < 0) {
        log_debug("snmptrapd-lite", "no informs of SNMPv3 are taken: engineBoots cannot be stored: %s",
                  reason.detail);
        engine->id.size = 0;
    }
    return 0;
}

void server_announce(const struct server *server)
{
    const struct uvsnmp_address *bound;
    warn_of_missing_access(server);
    for (size_t i = 0; (bound = uvsnmp_receiver_bound(server->receiver, i)); i++) {
        char address[UVSNMP_ADDRESS_TEXT_MAX];
        uvsnmp_address_format(bound, address, sizeof(address));
        log_debug("snmptrapd-lite", "listening on %s", address);
    }
    log_write(LOG_LEVEL_INFO, "%s", daemon_version_line);
    journal_flush(server->actions.journal);
}

int server_run(struct server *server, struct uvsnmp_error *err)
{
    int rc = io_loop_run(server->loop);
    return rc < 0 ? err_set(err, rc, "the event loop failed") : 0;
}

void server_free(struct server *server)
{
    if (!server) {
        return;
    }
    stop(server);
    while (server->open > 0 && io_loop_run(server->loop) == 0) {
    }
    hosts_close(server->hosts);
    journal_close(server->actions.journal);
    actions_fini(&server->actions);
    io_loop_free(server->loop);
    if (server->lock >= 0) {
        close(server->lock);
    }
    settings_free(server->settings);
    free(server);
}
