/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Lines of users, of their rights and of the engine, as a configuration and a persistent file have them: what
 * was read can be written and reads back as the same.
 */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "agent/directives.h"
#include "base/text.h"

enum { LINES = 64 };

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static bool is_same_key(const struct usm_key *a, const struct usm_key *b)
{
    return a->size == b->size && memcmp(a->data, b->data, a->size) == 0;
}

static bool is_same(const struct usm_user *a, const struct usm_user *b)
{
    return a->status == b->status && a->storage == b->storage &&
           a->security_name_size == b->security_name_size &&
           memcmp(a->security_name, b->security_name, a->security_name_size) == 0 &&
           a->security.auth == b->security.auth && a->security.priv == b->security.priv &&
           is_same_key(&a->security.auth_key, &b->security.auth_key) &&
           is_same_key(&a->security.priv_key, &b->security.priv_key) && a->public_size == b->public_size &&
           memcmp(a->public_value, b->public_value, a->public_size) == 0;
}

static void check_stored(const struct usm_users *users)
{
    for (size_t i = 0; i < users->count; i++) {
        const struct usm_user *user = users->sorted[i];
        struct usm_users again;
        struct text line;
        usm_users_init(&again, 0);
        text_init(&line, 0);
        user_line_format(&line, user);
        if (strchr(text_string(&line), '\n') || user_line_parse(&again, text_string(&line), NULL) != 0 ||
            !usm_users_find(&again, (struct uvsnmp_bytes){user->engine_id, user->engine_id_size},
                            (struct uvsnmp_bytes){user->name, user->name_size}) ||
            !is_same(again.sorted[0], user)) {
            abort();
        }
        text_fini(&line);
        usm_users_fini(&again);
    }
}

/* Whoever is made has a name, and a secret for each protocol but that of privacy. */
static void check_made(const struct directives_config *config)
{
    for (size_t i = 0; i < config->identity.user_count; i++) {
        const struct identity_user *user = &config->identity.users[i];
        if (user->name[0] == '\0' || !user->where ||
            (user->auth == USM_AUTH_NONE) != (user->auth_secret.kind == SECRET_NONE) ||
            (user->priv != USM_PRIV_NONE && user->auth == USM_AUTH_NONE)) {
            abort();
        }
    }
}

static void check_engine(const struct identity_engine *engine)
{
    struct engine_id id;
    int32_t boots;
    if (engine->format != 0) {
        return; /* it would ask the system */
    }
    int status = identity_engine_start(engine, &id, &boots, NULL);
    if (!engine_id_is_valid(engine_id_bytes(&id)) || (status == 0 && boots < 1)) {
        abort();
    }
}

static bool is_wanted(const char *line)
{
    return !strcasestr(line, "include") &&
           !strcasestr(line, "com"); /* files and hosts are others' business */
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const char *lines[LINES];
    size_t count = 0;
    char *copy = malloc(size + 1);
    if (!copy) {
        return 0;
    }
    memcpy(copy, data, size);
    copy[size] = '\0';
    for (char *line = copy, *next; line && count < LINES; line = next) {
        next = strchr(line, '\n');
        if (next) {
            *next++ = '\0';
        }
        if (is_wanted(line)) {
            lines[count++] = line;
        }
    }
    struct conf_files files = {.name = "snmpd", .only_given = true};
    const struct directives_input input = {.files = &files, .lines = lines, .line_count = count};
    struct directives_config *config = directives_read(&input);
    if (config) {
        check_stored(&config->identity.stored);
        check_made(config);
        check_engine(&config->identity.engine);
        directives_free(config);
    }
    free(copy);
    return 0;
}
