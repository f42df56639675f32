/* SPDX-License-Identifier: BSD-3-Clause */
#include "apps/common/v3.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "apps/common/app.h"
#include "base/err.h"
#include "base/hex.h"
#include "usm/key.h"

/* RFC 3411 §5 */
#define ENGINE_ID_MIN 5
#define ENGINE_ID_MAX 32
/* More than any key has */
#define KEY_MAX 128

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

struct name {
    const char *name;
    int value;
};

static const enum v3_auth auths[USM_AUTH_COUNT] = {
    [USM_AUTH_NONE] = V3_AUTH_NONE, [USM_AUTH_MD5] = V3_MD5,       [USM_AUTH_SHA1] = V3_SHA1,
    [USM_AUTH_SHA224] = V3_SHA224,  [USM_AUTH_SHA256] = V3_SHA256, [USM_AUTH_SHA384] = V3_SHA384,
    [USM_AUTH_SHA512] = V3_SHA512,
};

static const enum v3_priv privs[USM_PRIV_COUNT] = {
    [USM_PRIV_NONE] = V3_PRIV_NONE,  [USM_PRIV_DES] = V3_DES,         [USM_PRIV_3DES] = V3_PRIV_UNSET,
    [USM_PRIV_AES128] = V3_AES128,   [USM_PRIV_AES192] = V3_AES192,   [USM_PRIV_AES256] = V3_AES256,
    [USM_PRIV_AES192C] = V3_AES192C, [USM_PRIV_AES256C] = V3_AES256C,
};

/* The last ones are not taken in files. */
#define LEVELS_OF_COMMAND_LINE 3
static const struct name level_names[] = {
    {"noAuthNoPriv", V3_NO_AUTH_NO_PRIV}, {"nanp", V3_NO_AUTH_NO_PRIV}, {"1", V3_NO_AUTH_NO_PRIV},
    {"authNoPriv", V3_AUTH_NO_PRIV},      {"anp", V3_AUTH_NO_PRIV},     {"2", V3_AUTH_NO_PRIV},
    {"authPriv", V3_AUTH_PRIV},           {"ap", V3_AUTH_PRIV},         {"3", V3_AUTH_PRIV},
    {"noauth", V3_NO_AUTH_NO_PRIV},       {"auth", V3_AUTH_NO_PRIV},    {"priv", V3_AUTH_PRIV},
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

bool v3_auth_find(const char *name, enum v3_auth *out)
{
    enum usm_auth auth;
    if (!usm_auth_find(name, &auth)) {
        return !*name;
    }
    *out = auths[auth];
    return true;
}

bool v3_priv_find(const char *name, enum v3_priv *out)
{
    enum usm_priv priv;
    if (!usm_priv_find(name, &priv) || privs[priv] == V3_PRIV_UNSET) {
        return !*name;
    }
    *out = privs[priv];
    return true;
}

bool v3_level_find(const char *name, bool in_file, enum v3_level *out)
{
    int value = find(level_names, COUNT(level_names) - (in_file ? LEVELS_OF_COMMAND_LINE : 0), name);
    *out = value >= 0 ? (enum v3_level)value : *out;
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
    (void)err;
    *(letter == 'A' ? &options->auth_passphrase : &options->priv_passphrase) = argument;
    return 0;
}

/* The octets of "0x80…" or "80…"; negative: not that, or more than `capacity`. */
static ptrdiff_t read_hex(const char *text, uint8_t *out, size_t capacity)
{
    return hex_parse(text[0] == '0' && tolower((unsigned char)text[1]) == 'x' ? text + 2 : text, out,
                     capacity);
}

static int apply_engine(struct v3_options *options, char letter, const char *argument,
                        struct uvsnmp_error *err)
{
    uint8_t octets[ENGINE_ID_MAX];
    ptrdiff_t size = read_hex(argument, octets, sizeof(octets));
    (void)options;
    if (size < 0 && size != UVSNMP_ETOO_LONG) {
        return err_set(err, UVSNMP_EBAD_ARGUMENT, "Bad engine ID value after -3%c flag.", letter);
    }
    if (size < ENGINE_ID_MIN) {
        return err_set(err, UVSNMP_EBAD_ARGUMENT, "Invalid engine ID value after -%c flag.", letter);
    }
    return 0;
}

static int apply_key(struct v3_options *options, char letter, const char *argument, struct uvsnmp_error *err)
{
    uint8_t octets[KEY_MAX];
    (void)options;
    return read_hex(argument, octets, sizeof(octets)) >= 0
               ? 0
               : err_set(err, UVSNMP_EBAD_ARGUMENT, "Bad key value after -3%c flag.", letter);
}

/* Digits at the beginning are enough, as they always were. */
static bool begins_with_number(const char *text)
{
    text += strspn(text, " \t");
    text += *text == '-' || *text == '+';
    return isdigit((unsigned char)*text);
}

static int apply_boots(struct v3_options *options, char letter, const char *argument,
                       struct uvsnmp_error *err)
{
    const char *comma = strchr(argument, ',');
    (void)options;
    (void)letter;
    if (!begins_with_number(argument)) {
        return err_set(err, UVSNMP_EBAD_ARGUMENT, "Need engine boots value after -3Z flag.");
    }
    if (comma && !begins_with_number(comma + 1)) {
        return err_set(err, UVSNMP_EBAD_ARGUMENT, "Need engine time after \"-3Z engineBoot,\".");
    }
    return 0;
}

/* A name, which may be any text. */
static int apply_name(struct v3_options *options, char letter, const char *argument, struct uvsnmp_error *err)
{
    (void)options;
    (void)letter;
    (void)argument;
    (void)err;
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
    if (v3->auth_passphrase && is_too_short(v3->auth_passphrase)) {
        return refuse(run, "authentication", true);
    }
    if (!v3->priv_passphrase) {
        return true;
    }
    if (!v3->auth_passphrase && v3->auth == V3_AUTH_UNSET) {
        return refuse(run, "privacy", false); /* its key needs the hash of the authentication */
    }
    return !is_too_short(v3->priv_passphrase) || refuse(run, "privacy", true);
}
