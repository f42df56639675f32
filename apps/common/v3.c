/* SPDX-License-Identifier: BSD-3-Clause */
#include "apps/common/v3.h"

#include <ctype.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "apps/common/app.h"
#include "base/err.h"
#include "base/hex.h"
#include "usm/key.h"

#define ENGINE_ID_MIN 5 /* RFC 3411 §5 */

/* What Net-SNMP takes where nothing is said. */
#define AUTH_DEFAULT "MD5"
#define PRIV_DEFAULT "DES"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

struct name {
    const char *name;
    int value;
};

/* The last ones are not taken in files. */
#define LEVELS_OF_COMMAND_LINE 3
static const struct name level_names[] = {
    {"noAuthNoPriv", UVSNMP_NO_AUTH_NO_PRIV}, {"nanp", UVSNMP_NO_AUTH_NO_PRIV}, {"1", UVSNMP_NO_AUTH_NO_PRIV},
    {"authNoPriv", UVSNMP_AUTH_NO_PRIV},      {"anp", UVSNMP_AUTH_NO_PRIV},     {"2", UVSNMP_AUTH_NO_PRIV},
    {"authPriv", UVSNMP_AUTH_PRIV},           {"ap", UVSNMP_AUTH_PRIV},         {"3", UVSNMP_AUTH_PRIV},
    {"noauth", UVSNMP_NO_AUTH_NO_PRIV},       {"auth", UVSNMP_AUTH_NO_PRIV},    {"priv", UVSNMP_AUTH_PRIV},
};

/* -1: there is no such name */
static int find(const struct name *names, size_t count, const char *name)
{
    for (size_t i = 0; i < count; i++) {
        if (strcasecmp(names[i].name, name) == 0) {
            return names[i].value;
        }
    }
    return -1;
}

/* An empty one is none: it is for v3_complete() to find out whether one is needed. */
bool v3_auth_find(const char *name, const char **out)
{
    enum usm_auth auth;
    bool found = !*name || usm_auth_find(name, &auth);
    *out = found ? name : *out;
    return found;
}

bool v3_priv_find(const char *name, const char **out)
{
    enum usm_priv priv;
    bool found = !*name || usm_priv_find(name, &priv);
    *out = found ? name : *out;
    return found;
}

bool v3_level_find(const char *name, bool in_file, enum uvsnmp_level *out)
{
    int value = find(level_names, COUNT(level_names) - (in_file ? LEVELS_OF_COMMAND_LINE : 0), name);
    *out = value >= 0 ? (enum uvsnmp_level)value : *out;
    return value >= 0;
}

/* ---- options ---- */

static int apply_level(struct v3_options *options, char letter, const char *argument,
                       struct uvsnmp_error *err)
{
    (void)letter;
    return v3_level_find(argument, false, &options->level)
               ? 0
               : err_set(err, UVSNMP_EBAD_ARGUMENT, "Invalid security level specified after -3l flag: %s",
                         argument);
}

static int apply_auth(struct v3_options *options, char letter, const char *argument, struct uvsnmp_error *err)
{
    (void)letter;
    return v3_auth_find(argument, &options->auth)
               ? 0
               : err_set(err, UVSNMP_EBAD_ARGUMENT,
                         "Invalid authentication protocol specified after -3a flag: %s", argument);
}

static int apply_priv(struct v3_options *options, char letter, const char *argument, struct uvsnmp_error *err)
{
    (void)letter;
    return v3_priv_find(argument, &options->priv)
               ? 0
               : err_set(err, UVSNMP_EBAD_ARGUMENT, "Invalid privacy protocol specified after -3x flag: %s",
                         argument);
}

static int apply_passphrase(struct v3_options *options, char letter, const char *argument,
                            struct uvsnmp_error *err)
{
    struct v3_secret *secret = letter == 'A' ? &options->auth_secret : &options->priv_secret;
    (void)err;
    secret->passphrase = argument;
    secret->master.size = 0;
    return 0;
}

/* The octets of "0x80…" or "80…"; negative: not that, or more than `capacity`. */
static ptrdiff_t read_hex(const char *text, uint8_t *out, size_t capacity)
{
    return hex_parse(text[0] == '0' && tolower((unsigned char)text[1]) == 'x' ? text + 2 : text, out,
                     capacity);
}

bool v3_key_read(const char *text, struct v3_key *out)
{
    ptrdiff_t size = read_hex(text, out->octets, sizeof(out->octets));
    out->size = size > 0 ? (size_t)size : 0;
    return size >= 0;
}

static int apply_engine(struct v3_options *options, char letter, const char *argument,
                        struct uvsnmp_error *err)
{
    struct v3_engine *engine = letter == 'e' ? &options->engine_id : &options->context_engine_id;
    ptrdiff_t size = read_hex(argument, engine->octets, sizeof(engine->octets));
    if (size < 0 && size != UVSNMP_ETOO_LONG) {
        return err_set(err, UVSNMP_EBAD_ARGUMENT, "Bad engine ID value after -3%c flag.", letter);
    }
    if (size < ENGINE_ID_MIN) {
        return err_set(err, UVSNMP_EBAD_ARGUMENT, "Invalid engine ID value after -%c flag.", letter);
    }
    engine->size = (size_t)size;
    return 0;
}

/* m and M: master keys; k and K: localized ones. */
static int apply_key(struct v3_options *options, char letter, const char *argument, struct uvsnmp_error *err)
{
    struct v3_secret *secret = islower((unsigned char)letter) ? &options->auth_secret : &options->priv_secret;
    bool is_master = tolower((unsigned char)letter) == 'm';
    if (!v3_key_read(argument, is_master ? &secret->master : &secret->localized)) {
        return err_set(err, UVSNMP_EBAD_ARGUMENT, "Bad key value after -3%c flag.", letter);
    }
    secret->passphrase = is_master ? NULL : secret->passphrase;
    return 0;
}

/* Digits at the beginning are enough, as they always were; what is out of range is not known. */
static bool read_count(const char *text, int32_t *out)
{
    char *end;
    errno = 0;
    long long number = strtoll(text, &end, 10);
    *out = errno == 0 && number >= 0 && number <= INT32_MAX ? (int32_t)number : 0;
    return end != text;
}

static int apply_boots(struct v3_options *options, char letter, const char *argument,
                       struct uvsnmp_error *err)
{
    const char *comma = strchr(argument, ',');
    (void)letter;
    options->time = 0;
    if (!read_count(argument, &options->boots)) {
        return err_set(err, UVSNMP_EBAD_ARGUMENT, "Need engine boots value after -3Z flag.");
    }
    if (comma && !read_count(comma + 1, &options->time)) {
        return err_set(err, UVSNMP_EBAD_ARGUMENT, "Need engine time after \"-3Z engineBoot,\".");
    }
    return 0;
}

/* A name, which may be any text. */
static int apply_name(struct v3_options *options, char letter, const char *argument, struct uvsnmp_error *err)
{
    (void)err;
    *(letter == 'u' ? &options->user : &options->context) = argument;
    return 0;
}

static const struct option {
    char letter;
    bool only_in_3;
    int (*apply)(struct v3_options *options, char letter, const char *argument, struct uvsnmp_error *err);
} letters[] = {
    {'u', false, apply_name},       {'n', false, apply_name},   {'l', false, apply_level},
    {'a', false, apply_auth},       {'x', false, apply_priv},   {'A', false, apply_passphrase},
    {'X', false, apply_passphrase}, {'e', false, apply_engine}, {'E', false, apply_engine},
    {'Z', false, apply_boots},      {'m', true, apply_key},     {'M', true, apply_key},
    {'k', true, apply_key},         {'K', true, apply_key},
};

/* "a SHA", "aSHA" */
static int apply_three(struct v3_options *options, const char *argument, struct uvsnmp_error *err)
{
    char letter = argument[0];
    if (letter && !argument[1]) {
        return err_set(err, UVSNMP_EBAD_ARGUMENT, "Missing argument after SNMPv3 '-3%c' option.", letter);
    }
    for (size_t i = 0; i < COUNT(letters); i++) {
        if (letters[i].letter == letter) {
            return letters[i].apply(options, letter, argument + 1 + strspn(argument + 1, " \t"), err);
        }
    }
    return err_set(err, UVSNMP_EBAD_ARGUMENT, "Unknown SNMPv3 option passed to -3: %.*s.", letter ? 1 : 0,
                   argument);
}

int v3_apply(struct v3_options *options, char letter, const char *argument, struct uvsnmp_error *err)
{
    if (letter == '3') {
        return apply_three(options, argument, err);
    }
    for (size_t i = 0; i < COUNT(letters); i++) {
        if (letters[i].letter == letter && !letters[i].only_in_3) {
            return letters[i].apply(options, letter, argument, err);
        }
    }
    return err_set(err, UVSNMP_EBAD_ARGUMENT, "-%c is no option of version 3", letter);
}

/* ---- passphrases ---- */

/* Net-SNMP's three lines, of which the log has the first two; scripts look for each of them. */
static bool refuse(const struct app_run *run, const char *what, bool is_too_short)
{
    if (is_too_short) {
        log_write(LOG_LEVEL_ERR,
                  "Error: passphrase chosen is below the length requirements of the USM (min=%d).",
                  USM_PASSPHRASE_MIN);
    }
    log_write(LOG_LEVEL_ERR, "%s: %s", run->app->name,
              is_too_short ? " (The supplied password length is too short.)" : "");
    fprintf(stderr, "Error generating a key (Ku) from the supplied %s pass phrase. \n", what);
    return false;
}

static bool is_too_short(const char *passphrase)
{
    return strlen(passphrase) < USM_PASSPHRASE_MIN;
}

bool v3_check(const struct app_run *run)
{
    const struct v3_options *v3 = &run->options.v3;
    if (v3->auth_secret.passphrase && is_too_short(v3->auth_secret.passphrase)) {
        return refuse(run, "authentication", true);
    }
    if (!v3->priv_secret.passphrase) {
        return true;
    }
    if (!v3->auth_secret.passphrase && !v3->auth) {
        return refuse(run, "privacy", false); /* its key needs the hash of the authentication */
    }
    return !is_too_short(v3->priv_secret.passphrase) || refuse(run, "privacy", true);
}

/* ---- the user ---- */

static bool is_given(const struct v3_secret *secret)
{
    return secret->passphrase || secret->master.size > 0 || secret->localized.size > 0;
}

/* Of a file's secrets one counts, and a localized key last of all, as with Net-SNMP. */
static bool complete_secret(const struct app_run *run, struct v3_secret *secret,
                            const struct v3_secret *given, const char *what)
{
    if (is_given(secret) || !is_given(given)) {
        return true;
    }
    *secret = *given;
    if (given->master.size > 0) {
        secret->passphrase = NULL;
    }
    if (given->master.size > 0 || given->passphrase) {
        secret->localized.size = 0;
    }
    if (!secret->passphrase || !is_too_short(secret->passphrase)) {
        return true;
    }
    log_write(LOG_LEVEL_ERR, "Error: passphrase chosen is below the length requirements of the USM (min=%d).",
              USM_PASSPHRASE_MIN);
    log_write(LOG_LEVEL_ERR,
              "%s: Generic error (Error generating a key (Ku) from the supplied %s pass phrase.)",
              run->app->name, what);
    return false;
}

/* As where a script's variable for the protocol is empty. */
static bool has_protocols(const struct app_run *run, const struct v3_options *v3)
{
    bool lacks_auth = v3->level >= UVSNMP_AUTH_NO_PRIV && !*v3->auth;
    bool lacks_priv = v3->level == UVSNMP_AUTH_PRIV && !*v3->priv;
    if (lacks_auth || lacks_priv) {
        log_write(LOG_LEVEL_WARNING,
                  "%s: USM unsupported security level (this user has not been configured for that level of "
                  "security)",
                  run->app->name);
        log_write(LOG_LEVEL_WARNING, "(the protocol of %s is empty)", lacks_auth ? "-a" : "-x");
    }
    return !lacks_auth && !lacks_priv;
}

/* Net-SNMP's words for a level without its keys, and what they mean. */
static bool has_secrets(const struct app_run *run, const struct v3_options *v3)
{
    bool lacks_auth = v3->level >= UVSNMP_AUTH_NO_PRIV && !is_given(&v3->auth_secret);
    bool lacks_priv = v3->level == UVSNMP_AUTH_PRIV && !is_given(&v3->priv_secret);
    if (lacks_auth || lacks_priv) {
        log_write(LOG_LEVEL_WARNING, "%s: %s", run->app->name,
                  v3->level == UVSNMP_AUTH_PRIV ? "USM generic error"
                                                : "USM authentication failure (incorrect password or key)");
        log_write(LOG_LEVEL_WARNING, "(the security level %s needs a passphrase or key for %s: %s)",
                  v3->level == UVSNMP_AUTH_PRIV ? "authPriv" : "authNoPriv",
                  lacks_auth ? "authentication" : "privacy", lacks_auth ? "-A" : "-X");
    }
    return !lacks_auth && !lacks_priv;
}

bool v3_complete(struct app_run *run)
{
    struct v3_options *v3 = &run->options.v3;
    const struct v3_options *defaults = &run->defaults.v3;
    v3->user = v3->user ? v3->user : defaults->user;
    v3->context = v3->context ? v3->context : defaults->context ? defaults->context : "";
    v3->level = v3->level ? v3->level : defaults->level ? defaults->level : UVSNMP_NO_AUTH_NO_PRIV;
    v3->auth = v3->auth ? v3->auth : defaults->auth ? defaults->auth : AUTH_DEFAULT;
    v3->priv = v3->priv ? v3->priv : defaults->priv ? defaults->priv : PRIV_DEFAULT;
    if (!v3->user || !*v3->user) {
        log_write(LOG_LEVEL_WARNING, "%s: No securityName specified", run->app->name);
        return false;
    }
    const struct v3_secret common = {.passphrase = run->defaults.passphrase};
    return complete_secret(run, &v3->auth_secret, &defaults->auth_secret, "authentication") &&
           complete_secret(run, &v3->priv_secret, &defaults->priv_secret, "privacy") &&
           complete_secret(run, &v3->auth_secret, &common, "authentication") &&
           complete_secret(run, &v3->priv_secret, &common, "privacy") && has_protocols(run, v3) &&
           has_secrets(run, v3);
}

static struct uvsnmp_bytes octets_of(const char *text)
{
    return (struct uvsnmp_bytes){(const uint8_t *)text, strlen(text)};
}

static struct uvsnmp_secret secret_of(const struct v3_secret *secret)
{
    return (struct uvsnmp_secret){
        .passphrase = octets_of(secret->passphrase ? secret->passphrase : ""),
        .master = {secret->master.octets, secret->master.size},
        .localized = {secret->localized.octets, secret->localized.size},
    };
}

/* What Net-SNMP notices only when it has to make a message says so there, too. */
static void refuse_secrets(const struct app_run *run, const char *detail)
{
    const struct v3_options *v3 = &run->options.v3;
    const char *words = v3->auth_secret.localized.size > 0
                            ? "USM authentication failure (incorrect password or key)"
                        : v3->priv_secret.localized.size > 0 ? "USM encryption error"
                                                             : NULL;
    if (words) {
        log_write(LOG_LEVEL_WARNING, "%s: %s", run->app->name, words);
        log_write(LOG_LEVEL_WARNING, "(%s)", detail);
    } else {
        log_write(LOG_LEVEL_WARNING, "%s: %s", run->app->name, detail);
    }
}

static bool make_credential(struct app_run *run)
{
    const struct v3_options *v3 = &run->options.v3;
    struct uvsnmp_user user = {.name = octets_of(v3->user)};
    struct uvsnmp_error err;
    if (v3->level >= UVSNMP_AUTH_NO_PRIV) {
        user.auth = v3->auth;
        user.auth_secret = secret_of(&v3->auth_secret);
    }
    if (v3->level == UVSNMP_AUTH_PRIV) {
        user.priv = v3->priv;
        user.priv_secret = secret_of(&v3->priv_secret);
    }
    if (uvsnmp_credential_new(run->client, &user, &run->credential, &err) < 0) {
        refuse_secrets(run, err.detail);
        return false;
    }
    return true;
}

bool v3_session_options(struct app_run *run, struct uvsnmp_session_options *options)
{
    const struct v3_options *v3 = &run->options.v3;
    if (!run->credential && !make_credential(run)) {
        return false;
    }
    options->credential = run->credential;
    options->level = v3->level;
    options->engine_id = (struct uvsnmp_bytes){v3->engine_id.octets, v3->engine_id.size};
    options->engine_boots = v3->boots;
    options->engine_time = v3->time;
    options->context_engine_id =
        (struct uvsnmp_bytes){v3->context_engine_id.octets, v3->context_engine_id.size};
    options->context_name = octets_of(v3->context);
    return true;
}
