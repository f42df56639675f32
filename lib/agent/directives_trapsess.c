/* SPDX-License-Identifier: BSD-3-Clause */
/* trapsess: a receiver in the words of the tools' command line. */
#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "agent/directives_trap.h"
#include "base/err.h"
#include "base/hex.h"
#include "base/num.h"
#include "conf/token.h"

enum { WORD_SIZE = 1024, RETRIES_MAX = 1000 };
#define TIMEOUT_MAX_MS ((uint64_t)INT32_MAX)

typedef int option_fn(struct directives_sink *sink, const char *argument, struct uvsnmp_error *err);

static int bad(struct uvsnmp_error *err, const char *what, const char *argument)
{
    return err_set(err, UVSNMP_EBAD_VALUE, "%s: %s", what, argument);
}

/* ---- options ---- */

static int set_version(struct directives_sink *sink, const char *argument, struct uvsnmp_error *err)
{
    static const struct {
        const char *name;
        enum uvsnmp_version version;
    } versions[] = {{"1", UVSNMP_V1}, {"2c", UVSNMP_V2C}, {"2C", UVSNMP_V2C}, {"3", UVSNMP_V3}};
    for (size_t i = 0; i < sizeof(versions) / sizeof(versions[0]); i++) {
        if (strcmp(versions[i].name, argument) == 0) {
            sink->version = versions[i].version;
            return 0;
        }
    }
    return bad(err, "Invalid version specified after -v flag", argument);
}

static int set_octets(struct user_octets *to, const char *argument, const char *what,
                      struct uvsnmp_error *err)
{
    size_t size = strlen(argument);
    if (size > USER_OCTETS_MAX) {
        return err_set(err, UVSNMP_ETOO_LONG, "%s is too long", what);
    }
    memcpy(to->data, argument, size + 1);
    to->size = size;
    return 0;
}

static int set_community(struct directives_sink *sink, const char *argument, struct uvsnmp_error *err)
{
    return set_octets(&sink->community, argument, "the community", err);
}

static int set_context(struct directives_sink *sink, const char *argument, struct uvsnmp_error *err)
{
    return set_octets(&sink->context, argument, "the context", err);
}

static int set_own(struct directives_sink *sink, const char *argument, struct uvsnmp_error *err)
{
    for (const char *letter = argument; *letter; letter++) {
        if (*letter != 'i') {
            return err_set(err, UVSNMP_EBAD_VALUE, "unknown argument passed to -C");
        }
        sink->inform = true;
    }
    return 0;
}

static int set_engine(struct directives_sink *sink, const char *argument, struct uvsnmp_error *err)
{
    return engine_id_parse(argument, &sink->engine_id, NULL) < 0
               ? bad(err, "Bad engine ID value after -e flag", argument)
               : 0;
}

static int set_user(struct directives_sink *sink, const char *argument, struct uvsnmp_error *err)
{
    size_t size = strlen(argument);
    if (size == 0 || size > USM_NAME_MAX) {
        return err_set(err, UVSNMP_EBAD_VALUE, "a user name has 1 to %d characters", USM_NAME_MAX);
    }
    memcpy(sink->user, argument, size + 1);
    return 0;
}

static int set_level(struct directives_sink *sink, const char *argument, struct uvsnmp_error *err)
{
    static const struct {
        const char *name, *short_name;
        enum uvsnmp_level level;
    } levels[] = {{"noAuthNoPriv", "nanp", UVSNMP_NO_AUTH_NO_PRIV},
                  {"authNoPriv", "anp", UVSNMP_AUTH_NO_PRIV},
                  {"authPriv", "ap", UVSNMP_AUTH_PRIV}};
    for (size_t i = 0; i < sizeof(levels) / sizeof(levels[0]); i++) {
        if (strcasecmp(levels[i].name, argument) == 0 || strcasecmp(levels[i].short_name, argument) == 0) {
            sink->level = levels[i].level;
            return 0;
        }
    }
    return bad(err, "Invalid security level specified after -l flag", argument);
}

static int set_auth(struct directives_sink *sink, const char *argument, struct uvsnmp_error *err)
{
    return usm_auth_find(argument, &sink->auth)
               ? 0
               : bad(err, "Invalid authentication protocol specified after -a flag", argument);
}

static int set_priv(struct directives_sink *sink, const char *argument, struct uvsnmp_error *err)
{
    return usm_priv_find(argument, &sink->priv)
               ? 0
               : bad(err, "Invalid privacy protocol specified after -x flag", argument);
}

/* Nothing of a secret is in an error. */
static int set_passphrase(struct identity_secret *secret, const char *argument, struct uvsnmp_error *err)
{
    secret->kind = SECRET_PASSPHRASE;
    if (strlen(argument) < USM_PASSPHRASE_MIN) {
        return err_set(err, UVSNMP_EBAD_VALUE,
                       "passphrase chosen is below the length requirements of the USM (min=%d).",
                       USM_PASSPHRASE_MIN);
    }
    return set_octets(&secret->octets, argument, "a passphrase", err);
}

static int set_auth_passphrase(struct directives_sink *sink, const char *argument, struct uvsnmp_error *err)
{
    return set_passphrase(&sink->auth_secret, argument, err);
}

static int set_priv_passphrase(struct directives_sink *sink, const char *argument, struct uvsnmp_error *err)
{
    return set_passphrase(&sink->priv_secret, argument, err);
}

static int set_timeout(struct directives_sink *sink, const char *argument, struct uvsnmp_error *err)
{
    return num_parse_seconds(argument, TIMEOUT_MAX_MS, &sink->timeout_ms) && sink->timeout_ms > 0
               ? 0
               : bad(err, "Invalid timeout in seconds after -t flag", argument);
}

static int set_retries(struct directives_sink *sink, const char *argument, struct uvsnmp_error *err)
{
    uint64_t number;
    if (!num_parse_u64(argument, RETRIES_MAX, &number)) {
        return bad(err, "Invalid number of retries after -r flag", argument);
    }
    sink->retries = (unsigned)number;
    return 0;
}

static int set_source(struct directives_sink *sink, const char *argument, struct uvsnmp_error *err)
{
    struct uvsnmp_address address;
    int rc = strlen(argument) < sizeof(sink->source) ? uvsnmp_address_parse(argument, 0, &address, err)
                                                     : err_set(err, UVSNMP_ETOO_LONG, "-s is too long");
    if (rc == 0) {
        memcpy(sink->source, argument, strlen(argument) + 1);
    }
    return rc;
}

/* What says how the tools read and print, or of an engine that is none of ours. */
static int set_nothing(struct directives_sink *sink, const char *argument, struct uvsnmp_error *err)
{
    (void)sink;
    (void)argument;
    (void)err;
    return 0;
}

static const struct {
    char letter;
    option_fn *set;
} options[] = {
    {'v', set_version},         {'c', set_community}, {'n', set_context},         {'C', set_own},
    {'e', set_engine},          {'u', set_user},      {'l', set_level},           {'a', set_auth},
    {'A', set_auth_passphrase}, {'x', set_priv},      {'X', set_priv_passphrase}, {'t', set_timeout},
    {'r', set_retries},         {'s', set_source},    {'E', set_nothing},         {'Z', set_nothing},
    {'m', set_nothing},         {'M', set_nothing},   {'O', set_nothing},         {'P', set_nothing},
    {'L', set_nothing},         {'D', set_nothing},
};

static option_fn *find_option(char letter)
{
    for (size_t i = 0; i < sizeof(options) / sizeof(options[0]); i++) {
        if (options[i].letter == letter) {
            return options[i].set;
        }
    }
    return NULL;
}

/* ---- -3: keys in hexadecimal digits ---- */

static int set_key(struct directives_sink *sink, char letter, const char *argument, struct uvsnmp_error *err)
{
    static const struct {
        char letter;
        bool is_priv, is_localized;
    } keys[] = {{'m', false, false}, {'k', false, true}, {'M', true, false}, {'K', true, true}};
    for (size_t i = 0; i < sizeof(keys) / sizeof(keys[0]); i++) {
        if (keys[i].letter == letter) {
            struct identity_secret *secret = keys[i].is_priv ? &sink->priv_secret : &sink->auth_secret;
            const char *digits = argument + (strncasecmp(argument, "0x", 2) == 0 ? 2 : 0);
            ptrdiff_t size = hex_parse(digits, secret->octets.data, USER_OCTETS_MAX);
            if (size <= 0) {
                return err_set(err, UVSNMP_EBAD_VALUE, "Bad key value after -3%c flag.", letter);
            }
            secret->octets.size = (size_t)size;
            secret->kind = keys[i].is_localized ? SECRET_LOCALIZED : SECRET_MASTER;
            return 0;
        }
    }
    return err_set(err, UVSNMP_EBAD_VALUE, "Unknown SNMPv3 option passed to -3: %c.", letter);
}

/* ---- the line ---- */

/* The argument of an option: the rest of its word, or the next one. */
static int take_argument(const char **text, const char *rest, char *word, struct uvsnmp_error *err)
{
    if (*rest) {
        memmove(word, rest, strlen(rest) + 1);
        return 1;
    }
    return conf_need_word(text, "argument", word, WORD_SIZE, err);
}

static int take_long_option(struct directives_sink *sink, const char *option, struct uvsnmp_error *err)
{
    static const char name[] = "clientaddr=";
    size_t size = sizeof(name) - 1;
    return strncasecmp(option, name, size) == 0
               ? set_source(sink, option + size, err)
               : err_set(err, UVSNMP_EBAD_SYNTAX, "unknown option --%s", option);
}

/* "-v2c", "-v" "2c", "-3m" KEY, "--clientaddr=ADDRESS"; `word` holds the option's own word. */
static int take_option(struct directives_sink *sink, const char **text, char *word, struct uvsnmp_error *err)
{
    char letter = word[1], key = word[1] == '3' ? word[2] : '\0';
    if (letter == '-') {
        return take_long_option(sink, word + 2, err);
    }
    option_fn *set = find_option(letter);
    if (!set && key == '\0') {
        return err_set(err, UVSNMP_EBAD_SYNTAX, "unknown option -%c", letter);
    }
    int rc = take_argument(text, word + (key ? 3 : 2), word, err);
    if (rc < 0) {
        return rc;
    }
    return key ? set_key(sink, key, word, err) : set(sink, word, err);
}

/* Of version 3 what it must have; the keys of a user without any are those that the agent has for him. */
static int check(const struct directives_sink *sink, struct uvsnmp_error *err)
{
    bool has_auth = sink->auth_secret.kind != SECRET_NONE;
    bool has_priv = sink->priv_secret.kind != SECRET_NONE;
    if (sink->version == UVSNMP_V1 && sink->inform) {
        return err_set(err, UVSNMP_EUNSUPPORTED, "version 1 has no informs");
    }
    if (sink->version != UVSNMP_V3) {
        return 0;
    }
    if (sink->user[0] == '\0') {
        return err_set(err, UVSNMP_EBAD_SYNTAX, "Security name is missing.");
    }
    if (has_priv && !has_auth) {
        return err_set(err, UVSNMP_EBAD_SYNTAX, "a privacy pass phrase without one for authentication");
    }
    /* the tools take no passphrase for the other one either */
    if (sink->level == UVSNMP_AUTH_PRIV && has_auth && !has_priv) {
        return err_set(err, UVSNMP_EBAD_SYNTAX, "authPriv without a privacy pass phrase (-X)");
    }
    return 0;
}

/* A protocol that is not said is the tools' default. One without a secret says nothing. */
static void complete(struct directives_sink *sink)
{
    bool has_auth = sink->auth_secret.kind != SECRET_NONE;
    bool has_priv = sink->priv_secret.kind != SECRET_NONE || sink->level == UVSNMP_AUTH_PRIV;
    if (has_auth && sink->auth == USM_AUTH_NONE) {
        (void)usm_auth_find("SHA", &sink->auth);
    }
    if (has_auth && has_priv && sink->priv == USM_PRIV_NONE) {
        (void)usm_priv_find("AES", &sink->priv);
    }
    if (!has_auth) {
        sink->auth = USM_AUTH_NONE;
    }
    if (!has_auth || !has_priv) {
        sink->priv = USM_PRIV_NONE;
    }
}

static int parse(struct directives_sink *sink, const char *text, char host[WORD_SIZE],
                 struct uvsnmp_error *err)
{
    char word[WORD_SIZE];
    int rc = 1;
    host[0] = '\0';
    /* options may stand behind the host, too */
    while (rc >= 0 && (rc = conf_next_word(&text, "word", word, sizeof(word), err)) > 0) {
        if (word[0] == '-' && word[1] != '\0') {
            rc = take_option(sink, &text, word, err);
        } else if (host[0] != '\0') {
            rc = err_set(err, UVSNMP_EBAD_SYNTAX, "more than one host");
        } else {
            (void)snprintf(host, WORD_SIZE, "%s", word);
        }
    }
    usm_wipe(word, sizeof(word));
    if (rc >= 0 && host[0] == '\0') {
        rc = err_set(err, UVSNMP_EBAD_SYNTAX, "No hostname specified.");
    }
    return rc < 0 ? rc : check(sink, err);
}

int directives_set_trapsess(const char *text, const struct conf_place *place, void *arg,
                            struct uvsnmp_error *err)
{
    struct directives_config *config = arg;
    struct directives_sink *sink = directives_sink_new(config);
    char host[WORD_SIZE];
    if (!sink) {
        return err_set(err, UVSNMP_ENO_MEMORY, "out of memory");
    }
    int rc = parse(sink, text, host, err);
    if (rc < 0) {
        directives_sink_free(sink);
        return rc == UVSNMP_EUNSUPPORTED ? UVSNMP_EBAD_SYNTAX : rc; /* an error, not a warning */
    }
    complete(sink);
    rc = directives_sink_add(config, sink, host, place, err);
    bool is_address = rc != UVSNMP_ENO_MEMORY && rc != UVSNMP_ELIMIT;
    return rc < 0 && is_address ? err_set(err, rc, "snmpd: failed to parse this line.") : rc;
}
