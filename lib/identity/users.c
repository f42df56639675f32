/* SPDX-License-Identifier: BSD-3-Clause */
/* createUser and usmUser: who the users of version 3 are. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/err.h"
#include "conf/token.h"
#include "engine/user.h"
#include "identity/identity.h"
#include "identity/user_line.h"
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

static void free_user(struct identity_user *user)
{
    free(user->where);
    usm_wipe(user, sizeof(*user));
}

void identity_forget_users(struct identity *identity)
{
    for (size_t i = 0; i < identity->user_count; i++) {
        free_user(&identity->users[i]);
    }
    free(identity->users);
    identity->users = NULL;
    identity->user_count = 0;
}

/* Grown by copying, so that no secret stays behind in memory that was given back. */
static int add_user(struct identity *identity, const struct identity_user *user, struct uvsnmp_error *err)
{
    size_t count = identity->user_count, size = sizeof(*user);
    struct identity_user *list = count < USER_LIMIT ? calloc(count + 1, size) : NULL;
    if (!list) {
        return err_set(err, UVSNMP_ELIMIT, "too many users");
    }
    if (count > 0) {
        memcpy(list, identity->users, count * size);
        usm_wipe(identity->users, count * size);
    }
    list[count] = *user;
    free(identity->users);
    identity->users = list;
    identity->user_count++;
    return 0;
}

/* ---- createUser ---- */

/* The KEY of "-l KEY" or "-m KEY". */
static int take_key(const char **text, char option, struct identity_secret *out, struct uvsnmp_error *err)
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

static int take_passphrase(const char **text, const struct secret_words *words, struct identity_secret *out,
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
static int cut_key(const struct secret_words *words, size_t size, struct identity_secret *key,
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
                       struct identity_secret *out, struct uvsnmp_error *err)
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
static int parse_protocols(const char **text, struct identity_user *user, struct uvsnmp_error *err)
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
static int parse_who(const char **text, struct identity_user *user, struct uvsnmp_error *err)
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

int identity_set_createuser(const char *text, const struct conf_place *place, void *arg,
                            struct uvsnmp_error *err)
{
    struct identity *identity = arg;
    struct identity_user user = {.where = NULL};
    identity->lines_done += identity_is_persistent(identity, place);
    int rc = parse_who(&text, &user, err);
    rc = rc < 0 ? rc : parse_protocols(&text, &user, err);
    if (rc >= 0) {
        user.where = conf_where(place);
        rc = user.where ? add_user(identity, &user, err) : err_set(err, UVSNMP_ENO_MEMORY, "out of memory");
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

int identity_set_usmuser(const char *text, const struct conf_place *place, void *arg,
                         struct uvsnmp_error *err)
{
    struct identity *identity = arg;
    (void)place;
    identity->engine.was_stored = true;
    return user_line_parse(&identity->stored, text, err);
}

/* ---- into the agent ---- */

void identity_fill_secret(const struct identity_secret *from, struct uvsnmp_secret *to)
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

static int apply_user(const struct identity_user *from, struct engine *engine, struct uvsnmp_error *err)
{
    const struct engine_id *engine_id = from->engine_id.size > 0 ? &from->engine_id : &engine->id;
    struct uvsnmp_user user = {.name = {(const uint8_t *)from->name, strlen(from->name)}};
    user.auth = from->auth == USM_AUTH_NONE ? NULL : usm_auth(from->auth)->name;
    user.priv = from->priv == USM_PRIV_NONE ? NULL : usm_priv(from->priv)->name;
    identity_fill_secret(&from->auth_secret, &user.auth_secret);
    identity_fill_secret(&from->priv_secret, &user.priv_secret);
    return engine_set_user(engine, engine_id_bytes(engine_id), &user, err);
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

bool identity_has_users(const struct identity *identity)
{
    return identity->user_count > 0 || identity->stored.count > 0;
}

int identity_apply_users(struct identity *identity, struct engine *engine, struct uvsnmp_error *err)
{
    struct usm_users *users = &engine->users;
    int status = 0;
    if (users->count == 0) {
        usm_users_fini(users);
        *users = identity->stored; /* later on the agent knows better what was stored */
        usm_users_init(&identity->stored, 0);
    }
    if (have_keys(users)) {
        status = engine_open_crypto(engine, err);
    }
    for (size_t i = 0; i < identity->user_count; i++) {
        struct uvsnmp_error reason;
        int failed = apply_user(&identity->users[i], engine, &reason);
        if (failed < 0 && status == 0) {
            status = err_set(err, failed, "%s: createUser %s: %.150s", identity->users[i].where,
                             identity->users[i].name, reason.detail);
        }
    }
    identity_forget_users(identity);
    return status;
}
