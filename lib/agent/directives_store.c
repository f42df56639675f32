/* SPDX-License-Identifier: BSD-3-Clause */
/* What is kept from one start to the next, in the persistent file. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "agent/core.h"
#include "agent/directives.h"
#include "agent/target_line.h"
#include "base/err.h"
#include "conf/state.h"

/* Lines of the system group, of the engine, and one at least for users and for each table of targets. */
enum { TEXTS = 3, FIXED_LINES = TEXTS + 4 + TARGET_KINDS };

/* The lines to be written, and the memory that their texts are in. */
struct lines {
    struct conf_state_value *values;
    size_t count;
    size_t done;       /* createUser lines that go */
    struct text users; /* holds keys */
    struct text targets; /* holds communities */
    char trap_enabled[16], boots[16], engine_id[ENGINE_ID_TEXT_MAX];
};

/* NULL: the directive's lines go. */
static void add_octets(struct lines *lines, const char *directive, const void *octets, size_t size)
{
    lines->values[lines->count++] =
        (struct conf_state_value){.directive = directive, .octets = octets, .size = size};
}

static void add_text(struct lines *lines, const char *directive, const char *text, size_t size)
{
    lines->values[lines->count++] =
        (struct conf_state_value){.directive = directive, .octets = text, .size = size, .is_text = true};
}

static void add_settings(struct lines *lines, const struct mibs_settings *settings)
{
    static const char *const names[TEXTS] = {"psyscontact", "psysname", "psyslocation"};
    const struct mibs_text *texts[TEXTS] = {&settings->contact, &settings->name, &settings->location};
    for (size_t i = 0; i < TEXTS; i++) {
        add_octets(lines, names[i], texts[i]->origin == MIBS_PERSISTENT ? texts[i]->octets : NULL,
                   texts[i]->size);
    }
    int length =
        snprintf(lines->trap_enabled, sizeof(lines->trap_enabled), "%d", settings->trap_enabled.number);
    add_text(lines, "pauthtrapenable",
             settings->trap_enabled.origin == MIBS_PERSISTENT ? lines->trap_enabled : NULL, (size_t)length);
}

static bool is_stored(const struct usm_user *user)
{
    return user->storage != USM_USER_VOLATILE;
}

/* Two passes: the text must not move once lines point into it, and leaves no copies of keys where it grew. */
static int add_users(struct lines *lines, const struct usm_users *users)
{
    size_t longest = 0, stored = 0, start = 0;
    for (size_t i = 0; i < users->count; i++) {
        const struct usm_user *user = users->sorted[i];
        const struct usm_security *security = &user->security;
        stored += is_stored(user);
        longest += 512 + 2 * (user->engine_id_size + user->name_size + user->security_name_size +
                              security->auth_key.size + security->priv_key.size + user->public_size);
    }
    char *storage = calloc(1, longest + 1);
    if (!storage) {
        return UVSNMP_ENO_MEMORY;
    }
    text_init_fixed(&lines->users, storage, longest + 1);
    for (size_t i = 0; i < users->count; i++) {
        if (is_stored(users->sorted[i])) {
            user_line_format(&lines->users, users->sorted[i]);
            add_text(lines, "usmUser", storage + start, lines->users.size - start);
            start = lines->users.size;
        }
    }
    if (stored == 0) {
        add_text(lines, "usmUser", NULL, 0);
    }
    return text_failed(&lines->users) ? UVSNMP_ENO_MEMORY : 0;
}

static size_t count_targets(const struct targets *targets, size_t *octets)
{
    size_t count = 0;
    for (size_t kind = 0; kind < TARGET_KINDS; kind++) {
        const struct target_list *list = &targets->lists[kind];
        count += list->count;
        for (size_t i = 0; i < list->count; i++) {
            *octets += target_line_size(list->sorted[i]);
        }
    }
    return count;
}

static void add_target_list(struct lines *lines, const struct target_list *list, const char *directive)
{
    struct text *text = &lines->targets;
    size_t kept = 0;
    for (size_t i = 0; i < list->count; i++) {
        size_t start = text->size;
        if (target_line_is_kept(list->sorted[i])) {
            target_line_format(text, list->sorted[i]);
            add_text(lines, directive, text->data + start, text->size - start);
            kept++;
        }
    }
    if (kept == 0) {
        add_text(lines, directive, NULL, 0);
    }
}

static int add_targets(struct lines *lines, const struct targets *targets)
{
    size_t octets = 1;
    (void)count_targets(targets, &octets);
    char *storage = calloc(1, octets);
    if (!storage) {
        return UVSNMP_ENO_MEMORY;
    }
    text_init_fixed(&lines->targets, storage, octets);
    for (enum target_kind kind = 0; kind < TARGET_KINDS; kind++) {
        add_target_list(lines, &targets->lists[kind], target_line_directive(kind));
    }
    return text_failed(&lines->targets) ? UVSNMP_ENO_MEMORY : 0;
}

static int add_engine(struct lines *lines, const struct engine *engine)
{
    int length = snprintf(lines->boots, sizeof(lines->boots), "%d", (int)engine->started.boots);
    engine_id_print(engine_id_bytes(&engine->id), lines->engine_id, sizeof(lines->engine_id));
    add_text(lines, "engineBoots", lines->boots, (size_t)length);
    add_text(lines, "oldEngineID", lines->engine_id, strlen(lines->engine_id));
    add_text(lines, "createUser", NULL, 0);
    lines->values[lines->count - 1].most = &lines->done;
    return add_users(lines, &engine->users);
}

static int find_path(const struct directives_config *config, char path[PATH_MAX], struct uvsnmp_error *err)
{
    return conf_files_persistent_path(&config->files, path, PATH_MAX)
               ? 0
               : err_set(err, UVSNMP_EFILE, "the persistent directory's name is too long");
}

/* What the file says now of the engine's start. */
static int count_on(const char *path, struct engine *engine, struct uvsnmp_error *err)
{
    static const struct conf_directive rows[] = {
        {"engineBoots", directives_set_engineboots, NULL},
        {"oldEngineID", directives_set_oldengineid, NULL},
        {NULL, NULL, NULL},
    };
    struct directives_config *now = calloc(1, sizeof(*now));
    if (!now) {
        return err_set(err, UVSNMP_ENO_MEMORY, "%s: out of memory", path);
    }
    struct conf_reader reader = {.type = "snmpd", .directives = rows, .arg = now};
    directives_engine_init(&now->engine);
    (void)conf_read_file(&reader, path, NULL);
    if (engine_id_equals(&now->engine.old, engine_id_bytes(&engine->id)) &&
        now->engine.boots >= engine->started.boots) {
        engine->started.boots = now->engine.boots < INT32_MAX ? now->engine.boots + 1 : INT32_MAX;
    }
    free(now);
    return 0;
}

int directives_lock(const struct directives_config *config, struct engine *engine, struct uvsnmp_error *err)
{
    char path[PATH_MAX];
    int status = find_path(config, path, err);
    int lock = status < 0 ? status : conf_state_lock(path, err);
    if (lock >= 0 && engine->id.size > 0 && (status = count_on(path, engine, err)) < 0) {
        close(lock);
    }
    return status < 0 ? status : lock;
}

static void wipe(struct text *text)
{
    if (text->data) {
        usm_wipe(text->data, text->capacity);
        free(text->data);
    }
}

int directives_store(struct directives_config *config, const struct mibs_settings *settings,
                     const struct uvsnmp_agent *agent, struct uvsnmp_error *err)
{
    const struct engine *engine = &agent->engine;
    char path[PATH_MAX];
    struct lines lines = {.done = config->lines_done};
    size_t octets = 0;
    if (find_path(config, path, err) < 0) {
        return UVSNMP_EFILE;
    }
    lines.values = calloc(FIXED_LINES + 2 + engine->users.count + count_targets(&agent->targets, &octets),
                          sizeof(*lines.values));
    int status = lines.values ? 0 : UVSNMP_ENO_MEMORY;
    if (status == 0) {
        add_settings(&lines, settings);
        status = add_targets(&lines, &agent->targets);
    }
    if (status == 0 && engine->id.size > 0) {
        status = add_engine(&lines, engine);
    }
    status = status < 0 ? err_set(err, status, "%s: out of memory", path)
                        : conf_state_write(path, lines.values, lines.count, err);
    if (status == 0 && engine->id.size > 0) {
        config->lines_done = 0;
    }
    wipe(&lines.users);
    wipe(&lines.targets);
    free(lines.values);
    return status;
}
