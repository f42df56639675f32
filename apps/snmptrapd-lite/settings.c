/* SPDX-License-Identifier: BSD-3-Clause */
#include "apps/snmptrapd-lite/settings.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/err.h"
#include "conf/token.h"

enum { WORD_SIZE = 1024, LISTEN_MAX = 256 };

/* ---- who, and what with it ---- */

static int set_authcommunity(const char *text, const struct conf_place *place, void *arg,
                             struct uvsnmp_error *err)
{
    struct settings *settings = arg;
    (void)place;
    return grants_add_community(&settings->grants, text, settings->names, err);
}

static int set_authuser(const char *text, const struct conf_place *place, void *arg, struct uvsnmp_error *err)
{
    struct settings *settings = arg;
    (void)place;
    return grants_add_user(&settings->grants, text, settings->names, err);
}

static int set_disableauthorization(const char *text, const struct conf_place *place, void *arg,
                                    struct uvsnmp_error *err)
{
    (void)place;
    return conf_set_bool(&((struct settings *)arg)->grants.all, text, err);
}

static int set_traphandle(const char *text, const struct conf_place *place, void *arg,
                          struct uvsnmp_error *err)
{
    struct settings *settings = arg;
    (void)place;
    return rules_add(&settings->rules, text, false, settings->names, err);
}

static int set_forward(const char *text, const struct conf_place *place, void *arg, struct uvsnmp_error *err)
{
    struct settings *settings = arg;
    (void)place;
    return rules_add(&settings->rules, text, true, settings->names, err);
}

/* ---- printing ---- */

static int set_pattern(struct pattern **to, const char *text, struct uvsnmp_error *err)
{
    struct pattern *pattern = pattern_new(text);
    if (!pattern) {
        return err_set(err, UVSNMP_ENO_MEMORY, "out of memory");
    }
    pattern_free(*to);
    *to = pattern;
    return 0;
}

static int set_format1(const char *text, const struct conf_place *place, void *arg, struct uvsnmp_error *err)
{
    (void)place;
    return set_pattern(&((struct settings *)arg)->formats[SETTINGS_PRINT][0], text, err);
}

static int set_format2(const char *text, const struct conf_place *place, void *arg, struct uvsnmp_error *err)
{
    (void)place;
    return set_pattern(&((struct settings *)arg)->formats[SETTINGS_PRINT][1], text, err);
}

/* What syslog gets is what is printed, as with snmptrapd 5.9. */
static const struct format_word {
    const char *word;
    enum settings_format format; /* SETTINGS_FORMATS: it has no effect */
    bool versions[2];
} format_words[] = {
    {"print", SETTINGS_PRINT, {true, true}},       {"print1", SETTINGS_PRINT, {true, false}},
    {"print2", SETTINGS_PRINT, {false, true}},     {"execute", SETTINGS_EXECUTE, {true, true}},
    {"execute1", SETTINGS_EXECUTE, {true, false}}, {"execute2", SETTINGS_EXECUTE, {false, true}},
    {"syslog", SETTINGS_FORMATS, {false, false}},  {"syslog1", SETTINGS_FORMATS, {false, false}},
    {"syslog2", SETTINGS_FORMATS, {false, false}},
};

static int set_format(const char *text, const struct conf_place *place, void *arg, struct uvsnmp_error *err)
{
    struct settings *settings = arg;
    char word[WORD_SIZE];
    int rc = conf_need_word(&text, "DESTINATION", word, sizeof(word), err);
    const struct format_word *found = NULL;
    (void)place;
    for (size_t i = 0; rc > 0 && i < sizeof(format_words) / sizeof(format_words[0]); i++) {
        found = strcasecmp(format_words[i].word, word) == 0 ? &format_words[i] : found;
    }
    if (rc < 0 || !found) {
        return rc < 0 ? rc : err_set(err, UVSNMP_EBAD_VALUE, "Unknown format %.40s", word);
    }
    if (found->format == SETTINGS_FORMATS) {
        return err_set(err, UVSNMP_EUNSUPPORTED, "syslog gets what is printed: the line has no effect");
    }
    rc = 0;
    for (size_t i = 0; rc == 0 && i < 2; i++) {
        rc = found->versions[i] ? set_pattern(&settings->formats[found->format][i], text, err) : 0;
    }
    return rc;
}

static int set_outputoption(const char *text, const struct conf_place *place, void *arg,
                            struct uvsnmp_error *err)
{
    (void)place;
    return format_options_parse(&((struct settings *)arg)->output, text, err);
}

static int set_logoption(const char *text, const struct conf_place *place, void *arg,
                         struct uvsnmp_error *err)
{
    struct settings *settings = arg;
    (void)place;
    if (settings->log_option_count == sizeof(settings->log_options) / sizeof(settings->log_options[0])) {
        return err_set(err, UVSNMP_ELIMIT, "too many of these lines");
    }
    char *copy = strdup(text);
    if (!copy) {
        return err_set(err, UVSNMP_ENO_MEMORY, "out of memory");
    }
    settings->log_options[settings->log_option_count++] = copy;
    return 0;
}

static int set_donotlogtraps(const char *text, const struct conf_place *place, void *arg,
                             struct uvsnmp_error *err)
{
    (void)place;
    return conf_set_bool(&((struct settings *)arg)->no_log, text, err);
}

static int set_ignoreauthfailure(const char *text, const struct conf_place *place, void *arg,
                                 struct uvsnmp_error *err)
{
    (void)place;
    return conf_set_bool(&((struct settings *)arg)->ignore_auth_failures, text, err);
}

/* ---- the daemon ---- */

static int add_listen(struct settings *settings, const char *address, struct uvsnmp_error *err)
{
    char **list = settings->listen_count < LISTEN_MAX
                      ? realloc(settings->listen, (settings->listen_count + 1) * sizeof(*list))
                      : NULL;
    if (!list) {
        return err_set(err, UVSNMP_ELIMIT, "too many listening addresses");
    }
    settings->listen = list;
    list[settings->listen_count] = strdup(address);
    if (!list[settings->listen_count]) {
        return err_set(err, UVSNMP_ENO_MEMORY, "out of memory");
    }
    settings->listen_count++;
    return 0;
}

static int set_snmptrapdaddr(const char *text, const struct conf_place *place, void *arg,
                             struct uvsnmp_error *err)
{
    char item[WORD_SIZE];
    int rc = 0;
    ptrdiff_t length = 0;
    (void)place;
    while (rc == 0 && (length = conf_list_item(&text, ",", item, sizeof(item))) > 0) {
        rc = add_listen(arg, item, err);
    }
    return length == UVSNMP_ETOO_LONG ? err_set(err, UVSNMP_ETOO_LONG, "address is too long") : rc;
}

static int set_donotfork(const char *text, const struct conf_place *place, void *arg,
                         struct uvsnmp_error *err)
{
    (void)place;
    return conf_set_bool(&((struct settings *)arg)->no_fork, text, err);
}

static int set_pidfile(const char *text, const struct conf_place *place, void *arg, struct uvsnmp_error *err)
{
    struct settings *settings = arg;
    (void)place;
    return conf_set_word(settings->pid_file, sizeof(settings->pid_file), text, "PATH", err);
}

static int set_agentuser(const char *text, const struct conf_place *place, void *arg,
                         struct uvsnmp_error *err)
{
    struct settings *settings = arg;
    (void)place;
    return conf_set_word(settings->user, sizeof(settings->user), text, "user", err);
}

static int set_agentgroup(const char *text, const struct conf_place *place, void *arg,
                          struct uvsnmp_error *err)
{
    struct settings *settings = arg;
    (void)place;
    return conf_set_word(settings->group, sizeof(settings->group), text, "group", err);
}

/* Asks for what is the case anyhow: there is no log that could be asked for by SNMP. */
static int set_nothing(const char *text, const struct conf_place *place, void *arg, struct uvsnmp_error *err)
{
    bool ignored;
    (void)place;
    (void)arg;
    return conf_set_bool(&ignored, text, err);
}

/* It grants nothing and opens nothing. */
static int set_unsupported(const char *text, const struct conf_place *place, void *arg,
                           struct uvsnmp_error *err)
{
    (void)text;
    (void)arg;
    return err_set(err, UVSNMP_EUNSUPPORTED, "%s is not supported by this version: the line has no effect",
                   place->directive);
}

static int set_names(const char *text, const struct conf_place *place, void *arg, struct uvsnmp_error *err)
{
    int rc = names_set(((struct settings *)arg)->names, place->directive, text);
    return rc < 0 ? err_set(err, rc, "%s", uvsnmp_strerror(rc)) : 0;
}

#define UNSUPPORTED(name)                                                                                    \
    {                                                                                                        \
        name, set_unsupported, NULL                                                                          \
    }
static const struct conf_directive trapd_directives[] = {
    {"agentgroup", set_agentgroup, "GROUP | #GID"},
    {"agentuser", set_agentuser, "USER | #UID"},
    {"authCommunity", set_authcommunity, "TYPES COMMUNITY [SOURCE [OID]]"},
    {"authUser", set_authuser, "TYPES [-s usm] USER [noauth|auth|priv [OID]]"},
    {"createUser", identity_set_createuser,
     "[-e ENGINEID] NAME [AUTH PASSPHRASE|-l KEY|-m KEY [PRIV [PASSPHRASE|-l KEY|-m KEY]]]"},
    {"disableAuthorization", set_disableauthorization, "yes|no"},
    {"doNotFork", set_donotfork, "yes|no"},
    {"doNotLogTraps", set_donotlogtraps, "yes|no"},
    {"doNotRetainNotificationLogs", set_nothing, "yes|no"},
    {"engineID", identity_set_engineid, "TEXT"},
    {"engineIDType", identity_set_engineidtype, "1 | 2"},
    {"exactEngineID", identity_set_exactengineid, "0xOCTETS"},
    {"format", set_format, "print|print1|print2|execute|execute1|execute2 FORMAT"},
    {"format1", set_format1, "FORMAT"},
    {"format2", set_format2, "FORMAT"},
    {"forward", set_forward, "OID|default DESTINATION"},
    {"ignoreAuthFailure", set_ignoreauthfailure, "yes|no"},
    {"logOption", set_logoption, "LOGOPTS"},
    {"outputOption", set_outputoption, "LETTERS"},
    {"pidFile", set_pidfile, "PATH"},
    {"snmpTrapdAddr", set_snmptrapdaddr, "[TRANSPORT:]ADDRESS[,...]"},
    {"traphandle", set_traphandle, "OID|default PROGRAM [ARGUMENTS]"},
    /* no help: written by the program itself, or without effect */
    {"dontRetainLogs", set_nothing, NULL},
    {"engineBoots", identity_set_engineboots, NULL},
    {"oldEngineID", identity_set_oldengineid, NULL},
    {"usmUser", identity_set_usmuser, NULL},
    UNSUPPORTED("access"),
    UNSUPPORTED("addForwarderInfo"),
    UNSUPPORTED("authAccess"),
    UNSUPPORTED("authGroup"),
    UNSUPPORTED("com2sec"),
    UNSUPPORTED("com2sec6"),
    UNSUPPORTED("engineIDNic"),
    UNSUPPORTED("group"),
    UNSUPPORTED("perl"),
    UNSUPPORTED("setAccess"),
    UNSUPPORTED("sqlMaxQueue"),
    UNSUPPORTED("sqlSaveInterval"),
    UNSUPPORTED("view"),
    {NULL, NULL, NULL},
};

static const struct conf_directive snmp_directives[] = {
    {"mibdirs", set_names, "[+|-]DIRECTORY[:...]"},
    {"mibfile", set_names, "FILE"},
    {"mibs", set_names, "[+|-]MODULE[:...]"},
    {"persistentDir", identity_set_persistentdir, "DIRECTORY"},
    {NULL, NULL, NULL},
};

bool settings_help(size_t index, const char **name, const char **syntax)
{
    enum { COUNT = sizeof(trapd_directives) / sizeof(*trapd_directives) - 1 };
    if (index >= COUNT || !trapd_directives[index].help) {
        return false;
    }
    *name = trapd_directives[index].name;
    *syntax = trapd_directives[index].help;
    return true;
}

/* ---- reading ---- */

static void forward_problem(const struct conf_place *place, bool warning, const char *message, void *arg)
{
    struct settings *settings = arg;
    identity_note_problem(&settings->identity, place);
    if (settings->problem) {
        settings->problem(place, warning, message, NULL);
    }
}

struct settings *settings_read(const struct settings_input *input)
{
    struct settings *settings = calloc(1, sizeof(*settings));
    if (!settings) {
        return NULL;
    }
    identity_init(&settings->identity, input->files);
    settings->output = *input->output;
    settings->names = input->names;
    settings->problem = input->problem;

    struct conf_reader reader = {
        .type = input->files->name,
        .directives = trapd_directives,
        .other_type = "snmp",
        .other_directives = snmp_directives,
        .problem = forward_problem,
        .arg = settings,
    };
    conf_files_read_all(&settings->identity.files, &reader, input->lines, input->line_count,
                        &settings->files_read);
    settings->problems = reader.problems;
    settings->problem = NULL;
    settings->names = NULL;
    return settings;
}

void settings_free(struct settings *settings)
{
    if (!settings) {
        return;
    }
    for (size_t i = 0; i < settings->listen_count; i++) {
        free(settings->listen[i]);
    }
    for (size_t i = 0; i < settings->log_option_count; i++) {
        free(settings->log_options[i]);
    }
    for (size_t i = 0; i < SETTINGS_FORMATS; i++) {
        pattern_free(settings->formats[i][0]);
        pattern_free(settings->formats[i][1]);
    }
    grants_fini(&settings->grants);
    rules_fini(&settings->rules);
    identity_fini(&settings->identity);
    free(settings->listen);
    free(settings);
}
