/* SPDX-License-Identifier: BSD-3-Clause */
/* createUser and usmUser: who the users of version 3 are; rouser and rwuser: what they may do. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "agent/directives_access.h"
#include "agent/user_line.h"
#include "base/err.h"
#include "conf/token.h"
#include "engine/user.h"
#include "usm/credential.h"

enum {
    WORD_SIZE = 1024,
    USER_LIMIT = 65536,
};

/* What is said of a secret that is no good, in Net-SNMP's words. */
struct secret_words {
    const char *purpose;
    const char *bad_passphrase, *bad_localized, *bad_master;
    bool cuts_localized; /* a localized key may be longer than it needs to be */
};

static const struct secret_words auth_words = {
    "authentication", "could not generate the authentication key from the supplied pass phrase",
    "improper key length to -l",
    "could not generate localized authentication key (Kul) from the master key (Ku).", false};
static const struct secret_words priv_words = {
    "privacy", "could not generate the privacy key from the supplied pass phrase",
    "privKey length is less than required by privProtocol",
    "could not generate localized privacy key (Kul) from the master key (Ku).", true};

/* ---- the list ---- */

static void free_user(struct directives_user *user)
{
    free(user->where);
    usm_wipe(user, sizeof(*user));
}

void directives_users_forget(struct directives_config *config)
{
    for (size_t i = 0; i < config->user_count; i++) {
        free_user(&config->users[i]);
    }
    free(config->users);
    config->users = NULL;
    config->user_count = 0;
}

/* Grown by copying, so that no secret stays behind in memory that was given back. */
static int add_user(struct directives_config *config, const struct directives_user *user,
                    struct uvsnmp_error *err)
{
    size_t count = config->user_count, size = sizeof(*user);
    struct directives_user *list = count < USER_LIMIT ? calloc(count + 1, size) : NULL;
    if (!list) {
        return err_set(err, UVSNMP_ELIMIT, "too many users");
    }
    if (count > 0) {
        memcpy(list, config->users, count * size);
        usm_wipe(config->users, count * size);
    }
    list[count] = *user;
    free(config->users);
    config->users = list;
    config->user_count++;
    return 0;
}

/* ---- createUser ---- */

/* The KEY of "-l KEY" or "-m KEY". */
static int take_key(const char **text, char option, struct directives_secret *out, struct uvsnmp_error *err)
{
    char what[32];
    (void)snprintf(what, sizeof(what), "key value argument to -%c", option);
    int rc = user_octets_take(text, what, &out->octets, err);
    if (rc == UVSNMP_EBAD_SYNTAX) {
        return err_set(err, rc, "invalid %s", what);
    }
    out->kind = option == 'l' ? SECRET_LOCALIZED : SECRET_MASTER;
    return rc;
}

static int take_passphrase(const char **text, const struct secret_words *words, struct directives_secret *out,
                           struct uvsnmp_error *err)
{
    ptrdiff_t size = conf_word(text, (char *)out->octets.data, sizeof(out->octets.data));
    if (size < 0) {
        return err_set(err, UVSNMP_EBAD_SYNTAX, "invalid %s pass phrase", words->purpose);
    }
    out->octets.size = (size_t)size;
    out->kind = SECRET_PASSPHRASE;
    return size < USM_PASSPHRASE_MIN ? err_set(err, UVSNMP_EBAD_VALUE, "%s: it is shorter than %d characters",
                                               words->bad_passphrase, USM_PASSPHRASE_MIN)
                                     : 1;
}

/* As Net-SNMP does, which cuts what is too long of all but a localized key for authentication. */
static int cut_key(const struct secret_words *words, size_t size, struct directives_secret *key,
                   struct uvsnmp_error *err)
{
    bool is_master = key->kind == SECRET_MASTER;
    if (key->octets.size < size || (key->octets.size > size && !is_master && !words->cuts_localized)) {
        return err_set(err, UVSNMP_EBAD_VALUE, "%s", is_master ? words->bad_master : words->bad_localized);
    }
    key->octets.size = size;
    return 1;
}

/* 0: there is none. `sizes`: of a localized key, as the protocol wants it, and of a master key, as the hash
 * makes it. */
static int take_secret(const char **text, const struct secret_words *words, const size_t sizes[2],
                       struct directives_secret *out, struct uvsnmp_error *err)
{
    const char *at = conf_skip_space(*text);
    bool is_option = at[0] == '-' && (at[1] == 'l' || at[1] == 'm') && strcspn(at, " \t") == 2;
    if (*at == '\0') {
        return 0;
    }
    if (!is_option) {
        return take_passphrase(text, words, out, err);
    }
    *text = at + 2;
    int rc = take_key(text, at[1], out, err);
    return rc > 0 ? cut_key(words, sizes[out->kind == SECRET_MASTER], out, err) : rc;
}

/* [AUTH SECRET [PRIV [SECRET]]]; Net-SNMP's agent ends without a word where the first SECRET is missing. */
static int parse_protocols(const char **text, struct directives_user *user, struct uvsnmp_error *err)
{
    char word[WORD_SIZE];
    int rc = conf_next_word(text, "authProtocol", word, sizeof(word), err);
    if (rc <= 0) {
        return rc;
    }
    if (!usm_auth_find(word, &user->auth) || user->auth == USM_AUTH_NONE) {
        return err_set(err, UVSNMP_EBAD_VALUE, "unknown authProtocol");
    }
    const size_t auth_size = usm_auth(user->auth)->key_size;
    rc = take_secret(text, &auth_words, (const size_t[]){auth_size, auth_size}, &user->auth_secret, err);
    if (rc <= 0) {
        return rc < 0 ? rc : err_set(err, UVSNMP_EBAD_SYNTAX, "missing authentication pass phrase");
    }
    rc = conf_next_word(text, "privProtocol", word, sizeof(word), err);
    if (rc <= 0) {
        return rc;
    }
    if (!usm_priv_find(word, &user->priv) || user->priv == USM_PRIV_NONE) {
        return err_set(err, UVSNMP_EBAD_VALUE, "unknown privProtocol");
    }
    const size_t sizes[] = {usm_priv(user->priv)->key_size, auth_size};
    return take_secret(text, &priv_words, sizes, &user->priv_secret, err);
}

/* [-e ENGINEID] NAME */
static int parse_who(const char **text, struct directives_user *user, struct uvsnmp_error *err)
{
    const char *at = conf_skip_space(*text);
    if (at[0] == '-' && at[1] == 'e' && strcspn(at, " \t") == 2) {
        struct user_octets octets;
        *text = at + 2;
        int rc = user_octets_take(text, "EngineID argument to -e", &octets, err);
        if (rc < 0 || engine_id_set(&user->engine_id, (struct uvsnmp_bytes){octets.data, octets.size}) < 0) {
            return err_set(err, UVSNMP_EBAD_VALUE, "invalid EngineID argument to -e");
        }
    }
    int rc = conf_need_word(text, "NAME", user->name, sizeof(user->name), err);
    if (rc == UVSNMP_ETOO_LONG || (rc > 0 && user->name[0] == '\0')) {
        return err_set(err, UVSNMP_EBAD_VALUE, "a user name has 1 to %d characters", USM_NAME_MAX);
    }
    return rc;
}

int directives_set_createuser(const char *text, const struct conf_place *place, void *arg,
                              struct uvsnmp_error *err)
{
    struct directives_config *config = arg;
    struct directives_user user = {.where = NULL};
    config->lines_done += directives_is_persistent(config, place);
    int rc = parse_who(&text, &user, err);
    rc = rc < 0 ? rc : parse_protocols(&text, &user, err);
    if (rc >= 0) {
        user.where = directives_where(place);
        rc = user.where ? add_user(config, &user, err) : err_set(err, UVSNMP_ENO_MEMORY, "out of memory");
        if (rc < 0) {
            free(user.where);
        }
    }
    usm_wipe(&user, sizeof(user));
    /* as in Net-SNMP it does not matter; but it may be the rest of a secret with a blank in it */
    return rc == 0 && *conf_skip_space(text) != '\0'
               ? err_set(err, UVSNMP_EUNSUPPORTED, "there is something after the last word: it has no effect")
               : rc;
}

int directives_set_usmuser(const char *text, const struct conf_place *place, void *arg,
                           struct uvsnmp_error *err)
{
    struct directives_config *config = arg;
    (void)place;
    config->engine.was_stored = true;
    return user_line_parse(&config->stored, text, err);
}

/* ---- into the agent ---- */

void directives_fill_secret(const struct directives_secret *from, struct uvsnmp_secret *to)
{
    const struct uvsnmp_bytes octets = {from->octets.data, from->octets.size};
    switch (from->kind) {
    case SECRET_PASSPHRASE:
        to->passphrase = octets;
        break;
    case SECRET_MASTER:
        to->master = octets;
        break;
    case SECRET_LOCALIZED:
        to->localized = octets;
        break;
    case SECRET_NONE:
    default:
        break;
    }
}

static int apply_user(const struct directives_user *from, struct uvsnmp_agent *agent,
                      struct uvsnmp_error *err)
{
    const struct engine_id *engine_id = from->engine_id.size > 0 ? &from->engine_id : &agent->engine.id;
    struct uvsnmp_user user = {.name = {(const uint8_t *)from->name, strlen(from->name)}};
    user.auth = from->auth == USM_AUTH_NONE ? NULL : usm_auth(from->auth)->name;
    user.priv = from->priv == USM_PRIV_NONE ? NULL : usm_priv(from->priv)->name;
    directives_fill_secret(&from->auth_secret, &user.auth_secret);
    directives_fill_secret(&from->priv_secret, &user.priv_secret);
    return engine_set_user(&agent->engine, engine_id_bytes(engine_id), &user, err);
}

static bool have_keys(const struct usm_users *users)
{
    for (size_t i = 0; i < users->count; i++) {
        if (users->sorted[i]->security.auth != USM_AUTH_NONE) {
            return true;
        }
    }
    return false;
}

bool directives_has_users(const struct directives_config *config)
{
    return config->user_count > 0 || config->stored.count > 0;
}

int directives_apply_users(struct directives_config *config, struct uvsnmp_agent *agent,
                           struct uvsnmp_error *err)
{
    struct usm_users *users = &agent->engine.users;
    int status = 0;
    if (users->count == 0) {
        usm_users_fini(users);
        *users = config->stored; /* later on the agent knows better what was stored */
        usm_users_init(&config->stored, 0);
    }
    if (have_keys(users)) {
        status = engine_open_crypto(&agent->engine, err);
    }
    for (size_t i = 0; i < config->user_count; i++) {
        struct uvsnmp_error reason;
        int failed = apply_user(&config->users[i], agent, &reason);
        if (failed < 0 && status == 0) {
            status = err_set(err, failed, "%s: createUser %s: %.150s", config->users[i].where,
                             config->users[i].name, reason.detail);
        }
    }
    directives_users_forget(config);
    return status;
}

/* ---- rouser, rwuser ---- */

/* OID, or "-V VIEW", or nothing: everything. */
static int take_view(struct directives_config *config, const char **text, char view[VACM_NAME_MAX + 1],
                     struct uvsnmp_error *err)
{
    char word[WORD_SIZE];
    struct uvsnmp_oid_buf oid;
    int rc = conf_next_word(text, "OID", word, sizeof(word), err);
    if (rc <= 0) {
        (void)snprintf(view, VACM_NAME_MAX + 1, "_all_");
        return rc;
    }
    if (strcmp(word, "-V") == 0) {
        return conf_need_word(text, "VIEW", view, VACM_NAME_MAX + 1, err);
    }
    if (directives_parse_oid(config, word, &oid)) {
        return err_set(err, UVSNMP_EBAD_OID, "bad SUBTREE object id: %s", word);
    }
    const struct vacm_family family = {.subtree = uvsnmp_oid_of(&oid), .included = true};
    (void)snprintf(view, VACM_NAME_MAX + 1, "viewUSM%u", ++config->right_count);
    struct vacm_view *made = vacm_open_view(config->vacm, view, err);
    rc = made ? vacm_view_add(made, &family, err) : UVSNMP_ENO_MEMORY;
    return rc < 0 ? rc : 1;
}

/* CONTEXT, "CONTEXT*" for all that begin so, or nothing: all there are. */
static int take_context(const char **text, char context[VACM_NAME_MAX + 1], bool *prefix,
                        struct uvsnmp_error *err)
{
    int rc = conf_next_word(text, "context", context, VACM_NAME_MAX + 1, err);
    size_t length = rc > 0 ? strlen(context) : 0;
    *prefix = rc == 0 || (length > 0 && context[length - 1] == '*');
    if (*prefix && length > 0) {
        context[length - 1] = '\0';
    }
    return rc > 0 ? conf_no_more(*text, "context", err) : rc;
}

/* [-s MODEL] NAME [LEVEL [OID | -V VIEW [CONTEXT]]] */
static int set_user(struct directives_config *config, bool write, const char *text, struct uvsnmp_error *err)
{
    char name[VACM_NAME_MAX + 1], view[VACM_NAME_MAX + 1], context[VACM_NAME_MAX + 1] = "";
    struct vacm_right right = {.model = VACM_USM,
                               .level = VACM_AUTH,
                               .security_name = name,
                               .context = context,
                               .view = view,
                               .write = write};
    int rc = conf_need_word(&text, "NAME", name, sizeof(name), err);
    if (rc > 0 && strcmp(name, "-s") == 0) {
        rc = directives_take_model(&text, err);
        right.model = rc < 0 ? right.model : (enum vacm_model)rc;
        rc = rc < 0 ? rc : conf_need_word(&text, "NAME", name, sizeof(name), err);
    }
    if (rc > 0 && *conf_skip_space(text) != '\0') {
        rc = directives_take_level(&text, err);
        right.level = rc < 0 ? right.level : (enum vacm_level)rc;
    }
    rc = rc < 0 ? rc : take_view(config, &text, view, err);
    rc = rc < 0 ? rc : take_context(&text, context, &right.prefix, err);
    rc = rc < 0 ? rc : vacm_add_right(config->vacm, &right, err);
    config->has_rights = config->has_rights || rc == 0;
    return rc == UVSNMP_EEXISTS ? UVSNMP_EUNSUPPORTED : rc; /* without effect, and so a warning */
}

int directives_set_rouser(const char *text, const struct conf_place *place, void *arg,
                          struct uvsnmp_error *err)
{
    (void)place;
    return set_user(arg, false, text, err);
}

int directives_set_rwuser(const char *text, const struct conf_place *place, void *arg,
                          struct uvsnmp_error *err)
{
    (void)place;
    return set_user(arg, true, text, err);
}
