/* SPDX-License-Identifier: BSD-3-Clause */
/* What is kept from one start to the next, in the persistent file. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/err.h"
#include "conf/durable.h"
#include "identity/identity.h"

/* Lines of the engine, and one at least for users. */
enum { FIXED_LINES = 4 };

/* The lines to be written, and the memory that their texts are in. */
struct lines {
    struct conf_state_value *values;
    size_t count;
    size_t done;       /* createUser lines that go */
    struct text users; /* holds keys */
    char boots[16], engine_id[ENGINE_ID_TEXT_MAX];
};

/* NULL: the directive's lines go. */
static void add_text(struct lines *lines, const char *directive, const char *text, size_t size)
{
    lines->values[lines->count++] =
        (struct conf_state_value){.directive = directive, .octets = text, .size = size, .is_text = true};
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

static int find_path(const struct identity *identity, char path[PATH_MAX], struct uvsnmp_error *err)
{
    return conf_files_persistent_path(&identity->files, path, PATH_MAX)
               ? 0
               : err_set(err, UVSNMP_EFILE, "the persistent directory's name is too long");
}

/* What the file says now of the engine's start. */
static int count_on(const struct identity *identity, const char *path, struct engine *engine,
                    struct uvsnmp_error *err)
{
    static const struct conf_directive rows[] = {
        {"engineBoots", identity_set_engineboots, NULL},
        {"oldEngineID", identity_set_oldengineid, NULL},
        {NULL, NULL, NULL},
    };
    struct identity *now = calloc(1, sizeof(*now));
    if (!now) {
        return err_set(err, UVSNMP_ENO_MEMORY, "%s: out of memory", path);
    }
    struct conf_reader reader = {.type = identity->files.name, .directives = rows, .arg = now};
    identity_engine_init(&now->engine);
    (void)conf_read_file(&reader, path, NULL);
    if (engine_id_equals(&now->engine.old, engine_id_bytes(&engine->id)) &&
        now->engine.boots >= engine->started.boots) {
        engine->started.boots = now->engine.boots < INT32_MAX ? now->engine.boots + 1 : INT32_MAX;
    }
    free(now);
    return 0;
}

int identity_lock(const struct identity *identity, struct engine *engine, struct uvsnmp_error *err)
{
    char path[PATH_MAX];
    int status = find_path(identity, path, err);
    int lock = status < 0 ? status : durable_lock(path, 0, err);
    if (lock >= 0 && engine->id.size > 0 && (status = count_on(identity, path, engine, err)) < 0) {
        close(lock);
    }
    return status < 0 ? status : lock;
}

int identity_store(struct identity *identity, const struct conf_state_value *values, size_t count,
                   const struct engine *engine, struct uvsnmp_error *err)
{
    char path[PATH_MAX];
    struct lines lines = {.done = identity->lines_done};
    if (find_path(identity, path, err) < 0) {
        return UVSNMP_EFILE;
    }
    lines.values = calloc(count + FIXED_LINES + engine->users.count, sizeof(*lines.values));
    int status = lines.values ? 0 : UVSNMP_ENO_MEMORY;
    for (; status == 0 && lines.count < count; lines.count++) {
        lines.values[lines.count] = values[lines.count];
    }
    if (status == 0 && engine->id.size > 0) {
        status = add_engine(&lines, engine);
    }
    status = status < 0 ? err_set(err, status, "%s: out of memory", path)
                        : conf_state_write(path, lines.values, lines.count, err);
    if (status == 0 && engine->id.size > 0) {
        identity->lines_done = 0;
    }
    if (lines.users.data) {
        usm_wipe(lines.users.data, lines.users.capacity);
        free(lines.users.data);
    }
    free(lines.values);
    return status;
}
