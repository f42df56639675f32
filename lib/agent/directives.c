/* SPDX-License-Identifier: BSD-3-Clause */
#include "agent/directives.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "agent/directives_access.h"
#include "agent/directives_trap.h"
#include "agent/host/host.h"
#include "base/err.h"
#include "base/num.h"
#include "conf/token.h"

enum {
    WORD_SIZE = 1024,
    LISTEN_LIMIT = 256,
};

/* ---- addresses ---- */

int directives_parse_oid(const struct directives_config *config, const char *text, struct uvsnmp_oid_buf *out)
{
    int status = uvsnmp_oid_parse(text, out, NULL);
    return status && config->names ? config->names->parse(config->names->arg, text, out) : status;
}

static int add_listen(struct directives_config *config, const char *address, struct uvsnmp_error *err)
{
    struct uvsnmp_address parsed;
    struct uvsnmp_error detail;
    int status = uvsnmp_address_parse(address, 161, &parsed, &detail);
    if (status && status != UVSNMP_EUNKNOWN_HOST) { /* a name is looked up when it is listened on */
        return err_set(err, status, "%s: %s", address, detail.detail);
    }
    char **list = NULL;
    if (config->listen_count < LISTEN_LIMIT) {
        list = realloc(config->listen, (config->listen_count + 1) * sizeof(*list));
    }
    if (!list) {
        return err_set(err, UVSNMP_ELIMIT, "too many listening addresses");
    }
    config->listen = list;
    list[config->listen_count] = strdup(address);
    if (!list[config->listen_count]) {
        return err_set(err, UVSNMP_ENO_MEMORY, "out of memory");
    }
    config->listen_count++;
    return 0;
}

/* Good addresses of a list count even when another one in it is bad: each asks for a socket of its own. */
static int set_agentaddress(const char *text, const struct conf_place *place, void *arg,
                            struct uvsnmp_error *err)
{
    struct directives_config *config = arg;
    char item[WORD_SIZE];
    int status = 0;
    ptrdiff_t length;
    (void)place;
    config->listen_given = true;
    while ((length = conf_list_item(&text, ",", item, sizeof(item))) > 0) {
        int failed = add_listen(config, item, status ? NULL : err);
        status = status ? status : failed;
    }
    return length == UVSNMP_ETOO_LONG && !status ? err_set(err, UVSNMP_ETOO_LONG, "address is too long")
                                                 : status;
}

/* ---- values of the system group ---- */

static int set_text(struct mibs_text *text, const char *value, const struct conf_place *place,
                    struct uvsnmp_error *err)
{
    if (!mibs_text_set(text, MIBS_CONFIGURED, value, strlen(value))) {
        return err_set(err, UVSNMP_ETOO_LONG, "%s token too long (must be < %d)", place->directive,
                       MIBS_TEXT_MAX + 1);
    }
    return 0;
}

static int set_sysdescr(const char *text, const struct conf_place *place, void *arg, struct uvsnmp_error *err)
{
    struct directives_config *config = arg;
    return set_text(&config->settings.description, text, place, err);
}

static int set_syscontact(const char *text, const struct conf_place *place, void *arg,
                          struct uvsnmp_error *err)
{
    struct directives_config *config = arg;
    return set_text(&config->settings.contact, text, place, err);
}

static int set_sysname(const char *text, const struct conf_place *place, void *arg, struct uvsnmp_error *err)
{
    struct directives_config *config = arg;
    return set_text(&config->settings.name, text, place, err);
}

static int set_syslocation(const char *text, const struct conf_place *place, void *arg,
                           struct uvsnmp_error *err)
{
    struct directives_config *config = arg;
    return set_text(&config->settings.location, text, place, err);
}

static int set_sysobjectid(const char *text, const struct conf_place *place, void *arg,
                           struct uvsnmp_error *err)
{
    struct directives_config *config = arg;
    struct uvsnmp_oid_buf oid;
    (void)place;
    if (directives_parse_oid(config, text, &oid) || oid.count < 2) {
        return err_set(err, UVSNMP_EBAD_OID, "sysobjectid token not a parsable OID: %s", text);
    }
    config->settings.object_id = oid;
    return 0;
}

static int set_sysservices(const char *text, const struct conf_place *place, void *arg,
                           struct uvsnmp_error *err)
{
    struct directives_config *config = arg;
    int64_t number;
    (void)place;
    if (!num_parse_i64(text, 0, 127, &number)) {
        return err_set(err, UVSNMP_EBAD_NUMBER, "sysservices is not a number from 0 to 127: %s", text);
    }
    config->settings.services = (struct mibs_number){MIBS_CONFIGURED, (int32_t)number};
    return 0;
}

static int parse_trap_enabled(struct directives_config *config, enum mibs_origin origin, const char *text,
                              struct uvsnmp_error *err)
{
    int64_t number;
    if (!num_parse_i64(text, 1, 2, &number)) {
        return err_set(err, UVSNMP_EBAD_NUMBER, "authtrapenable must be 1 or 2");
    }
    if (origin >= config->settings.trap_enabled.origin) {
        config->settings.trap_enabled = (struct mibs_number){origin, (int32_t)number};
    }
    return 0;
}

static int set_authtrapenable(const char *text, const struct conf_place *place, void *arg,
                              struct uvsnmp_error *err)
{
    (void)place;
    return parse_trap_enabled(arg, MIBS_CONFIGURED, text, err);
}

/* ---- what an earlier run has stored ---- */

static int set_pauthtrapenable(const char *text, const struct conf_place *place, void *arg,
                               struct uvsnmp_error *err)
{
    (void)place;
    return parse_trap_enabled(arg, MIBS_PERSISTENT, text, err);
}

/* A stored value counts only where the configuration, whichever is read first, has none. */
static int set_persistent(struct mibs_text *text, const char *value, struct uvsnmp_error *err)
{
    uint8_t octets[MIBS_TEXT_MAX];
    ptrdiff_t size = conf_octets_parse(value, octets, sizeof(octets));
    if (size < 0) {
        return err_set(err, (int)size, "not a stored text: %s", value);
    }
    if (text->origin != MIBS_CONFIGURED) {
        mibs_text_set(text, MIBS_PERSISTENT, octets, (size_t)size);
    }
    return 0;
}

static int set_psyscontact(const char *text, const struct conf_place *place, void *arg,
                           struct uvsnmp_error *err)
{
    struct directives_config *config = arg;
    (void)place;
    return set_persistent(&config->settings.contact, text, err);
}

static int set_psysname(const char *text, const struct conf_place *place, void *arg, struct uvsnmp_error *err)
{
    struct directives_config *config = arg;
    (void)place;
    return set_persistent(&config->settings.name, text, err);
}

static int set_psyslocation(const char *text, const struct conf_place *place, void *arg,
                            struct uvsnmp_error *err)
{
    struct directives_config *config = arg;
    (void)place;
    return set_persistent(&config->settings.location, text, err);
}

/* ---- the rest ---- */

static int set_agentuser(const char *text, const struct conf_place *place, void *arg,
                         struct uvsnmp_error *err)
{
    struct directives_config *config = arg;
    (void)place;
    return conf_set_word(config->user, sizeof(config->user), text, "user", err);
}

static int set_agentgroup(const char *text, const struct conf_place *place, void *arg,
                          struct uvsnmp_error *err)
{
    struct directives_config *config = arg;
    (void)place;
    return conf_set_word(config->group, sizeof(config->group), text, "group", err);
}

/* -1 and 0 ask for no limit of one's own; the agent's default stays. */
static int parse_limit(const char *text, int64_t *number, struct uvsnmp_error *err)
{
    if (!num_parse_i64(text, -1, INT32_MAX, number)) {
        return err_set(err, UVSNMP_EBAD_NUMBER, "not a number: %s", text);
    }
    *number = *number < 0 ? 0 : *number;
    return 0;
}

static int set_maxgetbulkrepeats(const char *text, const struct conf_place *place, void *arg,
                                 struct uvsnmp_error *err)
{
    struct directives_config *config = arg;
    int64_t number = 0;
    (void)place;
    int status = parse_limit(text, &number, err);
    config->max_repetitions = status ? config->max_repetitions : (int32_t)number;
    return status;
}

static int set_maxgetbulkresponses(const char *text, const struct conf_place *place, void *arg,
                                   struct uvsnmp_error *err)
{
    struct directives_config *config = arg;
    int64_t number = 0;
    (void)place;
    int status = parse_limit(text, &number, err);
    config->max_bulk_varbinds = status ? config->max_bulk_varbinds : (size_t)number;
    return status;
}

static int set_terse(const char *text, const struct conf_place *place, void *arg, struct uvsnmp_error *err)
{
    (void)place;
    return conf_set_bool(&((struct directives_config *)arg)->terse, text, err);
}

static int set_linkupdown(const char *text, const struct conf_place *place, void *arg,
                          struct uvsnmp_error *err)
{
    (void)place;
    return conf_set_bool(&((struct directives_config *)arg)->settings.tells_of_links, text, err);
}

/* Asks for what is the case anyhow. */
static int set_nothing(const char *text, const struct conf_place *place, void *arg, struct uvsnmp_error *err)
{
    (void)text;
    (void)place;
    (void)arg;
    (void)err;
    return 0;
}

/* A directive of Net-SNMP's agent that this one does not have. It grants nothing and opens nothing. */
static int set_unsupported(const char *text, const struct conf_place *place, void *arg,
                           struct uvsnmp_error *err)
{
    (void)text;
    (void)arg;
    return err_set(err, UVSNMP_EUNSUPPORTED, "%s is not supported by this version: the line has no effect",
                   place->directive);
}

#define UNSUPPORTED(name)                                                                                    \
    {                                                                                                        \
        name, set_unsupported, NULL                                                                          \
    }
static const struct conf_directive snmpd_directives[] = {
    {"access", directives_set_access,
     "GROUP CONTEXT any|v1|v2c|usm noauth|auth|priv exact|prefix READ-VIEW WRITE-VIEW NOTIFY-VIEW"},
    {"agentaddress", set_agentaddress, "[TRANSPORT:]ADDRESS[,...]"},
    {"agentgroup", set_agentgroup, "GROUP | #GID"},
    {"agentuser", set_agentuser, "USER | #UID"},
    {"authtrapenable", set_authtrapenable, "1 | 2"},
    {"com2sec", directives_set_com2sec, "[-Cn CONTEXT] NAME SOURCE COMMUNITY"},
    {"com2sec6", directives_set_com2sec6, "[-Cn CONTEXT] NAME SOURCE COMMUNITY"},
    {"com2secunix", directives_set_com2secunix, "[-Cn CONTEXT] NAME SOCKET|default COMMUNITY"},
    {"createUser", identity_set_createuser,
     "[-e ENGINEID] NAME [AUTH PASSPHRASE|-l KEY|-m KEY [PRIV [PASSPHRASE|-l KEY|-m KEY]]]"},
    {"dontLogTCPWrappersConnects", set_terse, "yes|no"},
    {"engineID", identity_set_engineid, "TEXT"},
    {"engineIDNic", identity_set_engineidnic, "INTERFACE"},
    {"engineIDType", identity_set_engineidtype, "1 | 2 | 3"},
    {"exactEngineID", identity_set_exactengineid, "0xOCTETS"},
    {"group", directives_set_group, "GROUP v1|v2c|usm|any NAME"},
    {"informsink", directives_set_informsink, "HOST [COMMUNITY [PORT]]"},
    {"linkUpDownNotifications", set_linkupdown, "yes|no"},
    {"maxGetbulkRepeats", set_maxgetbulkrepeats, "NUMBER"},
    {"maxGetbulkResponses", set_maxgetbulkresponses, "NUMBER"},
    {"rocommunity", directives_set_rocommunity, "COMMUNITY [SOURCE [OID|-V VIEW [CONTEXT]]]"},
    {"rocommunity6", directives_set_rocommunity6, "COMMUNITY [SOURCE [OID|-V VIEW [CONTEXT]]]"},
    {"rouser", directives_set_rouser, "[-s MODEL] NAME [noauth|auth|priv [OID|-V VIEW [CONTEXT]]]"},
    {"rwcommunity", directives_set_rwcommunity, "COMMUNITY [SOURCE [OID|-V VIEW [CONTEXT]]]"},
    {"rwcommunity6", directives_set_rwcommunity6, "COMMUNITY [SOURCE [OID|-V VIEW [CONTEXT]]]"},
    {"rwuser", directives_set_rwuser, "[-s MODEL] NAME [noauth|auth|priv [OID|-V VIEW [CONTEXT]]]"},
    {"syscontact", set_syscontact, "TEXT"},
    {"sysdescr", set_sysdescr, "TEXT"},
    {"syslocation", set_syslocation, "TEXT"},
    {"sysname", set_sysname, "TEXT"},
    {"sysobjectid", set_sysobjectid, "OID"},
    {"sysservices", set_sysservices, "NUMBER"},
    {"trap2sink", directives_set_trap2sink, "HOST [COMMUNITY [PORT]]"},
    {"trapcommunity", directives_set_trapcommunity, "COMMUNITY"},
    {"trapsess", directives_set_trapsess, "[OPTIONS OF THE TOOLS] HOST"},
    {"trapsink", directives_set_trapsink, "HOST [COMMUNITY [PORT]]"},
    {"v1trapaddress", directives_set_v1trapaddress, "ADDRESS"},
    {"view", directives_set_view, "VIEW included|excluded OID [MASK]"},
    /* no help: written by the program itself, or without effect */
    {"agentSecName", set_nothing, NULL},
    {"engineBoots", identity_set_engineboots, NULL},
    {"iquerySecName", set_nothing, NULL},
    {"oldEngineID", identity_set_oldengineid, NULL},
    {"pauthtrapenable", set_pauthtrapenable, NULL},
    {"psyscontact", set_psyscontact, NULL},
    {"psyslocation", set_psyslocation, NULL},
    {"psysname", set_psysname, NULL},
    {"setserialno", set_nothing, NULL},
    {"ifXTable", set_nothing, NULL},
    {"snmpNotifyFilterProfileTable", directives_set_target, NULL},
    {"snmpNotifyFilterTable", directives_set_target, NULL},
    {"snmpNotifyTable", directives_set_target, NULL},
    {"targetAddr", directives_set_target, NULL},
    {"targetParams", directives_set_target, NULL},
    {"usmUser", identity_set_usmuser, NULL},
    UNSUPPORTED("agentXPerms"),
    UNSUPPORTED("agentXPingInterval"),
    UNSUPPORTED("agentXRetries"),
    UNSUPPORTED("agentXSocket"),
    UNSUPPORTED("agentXTimeout"),
    UNSUPPORTED("authaccess"),
    UNSUPPORTED("authcommunity"),
    UNSUPPORTED("authgroup"),
    UNSUPPORTED("authuser"),
    UNSUPPORTED("defaultMonitors"),
    UNSUPPORTED("disk"),
    UNSUPPORTED("dlmod"),
    UNSUPPORTED("exec"),
    UNSUPPORTED("execfix"),
    UNSUPPORTED("extend"),
    UNSUPPORTED("extend-sh"),
    UNSUPPORTED("extendfix"),
    UNSUPPORTED("file"),
    UNSUPPORTED("ignoreDisk"),
    UNSUPPORTED("includeAllDisks"),
    UNSUPPORTED("injectHandler"),
    UNSUPPORTED("interface"),
    UNSUPPORTED("interface_fadeout"),
    UNSUPPORTED("interface_replace_old"),
    UNSUPPORTED("iqueryVersion"),
    UNSUPPORTED("load"),
    UNSUPPORTED("logmatch"),
    UNSUPPORTED("master"),
    UNSUPPORTED("monitor"),
    UNSUPPORTED("notificationEvent"),
    UNSUPPORTED("override"),
    UNSUPPORTED("pass"),
    UNSUPPORTED("pass_persist"),
    UNSUPPORTED("perl"),
    UNSUPPORTED("proc"),
    UNSUPPORTED("procfix"),
    UNSUPPORTED("proxy"),
    UNSUPPORTED("realStorageUnits"),
    UNSUPPORTED("serialNumber"),
    UNSUPPORTED("setEvent"),
    UNSUPPORTED("sh"),
    UNSUPPORTED("skipNFSInHostResources"),
    UNSUPPORTED("smuxpeer"),
    UNSUPPORTED("smuxsocket"),
    UNSUPPORTED("strictDisman"),
    UNSUPPORTED("swap"),
    UNSUPPORTED("table"),
    {NULL, NULL, NULL},
};

static int set_names(const char *text, const struct conf_place *place, void *arg, struct uvsnmp_error *err)
{
    const struct directives_config *config = arg;
    int status = config->names ? config->names->set(config->names->arg, place->directive, text) : 0;
    return status ? err_set(err, status, "%s", uvsnmp_strerror(status)) : 0;
}

/* "[snmp] persistentDir …" in snmpd.conf, and snmp.conf itself. */
static const struct conf_directive snmp_directives[] = {
    {"clientaddr", directives_set_clientaddr, "ADDRESS[:PORT]"},
    {"mibdirs", set_names, "[+|-]DIRECTORY[:...]"},
    {"mibfile", set_names, "FILE"},
    {"mibs", set_names, "[+|-]MODULE[:...]"},
    {"persistentDir", identity_set_persistentdir, "DIRECTORY"},
    {NULL, NULL, NULL},
};

bool directives_help(size_t index, const char **name, const char **syntax)
{
    enum { COUNT = sizeof(snmpd_directives) / sizeof(*snmpd_directives) - 1 };
    if (index >= COUNT || !snmpd_directives[index].help) {
        return false;
    }
    *name = snmpd_directives[index].name;
    *syntax = snmpd_directives[index].help;
    return true;
}

/* ---- reading ---- */

static void forward_problem(const struct conf_place *place, bool warning, const char *message, void *arg)
{
    struct directives_config *config = arg;
    identity_note_problem(&config->identity, place);
    if (config->problem) {
        config->problem(place, warning, message, config->problem_arg);
    }
}

/* UVSNMP_ENOT_FOUND: there is no such interface. */
static int make_of_nic(const char *nic, struct engine_id *id)
{
    struct host *host = NULL;
    struct host_interfaces interfaces = {.count = 0};
    int rc = host_new(&host, NULL);
    rc = rc < 0 ? rc : host_interfaces_read(host, NULL, &interfaces, NULL);
    bool made = false;
    for (size_t i = 0; rc == 0 && i < interfaces.count && !made; i++) {
        const struct host_interface *interface = &interfaces.list[i];
        made = interface->name_size == strlen(nic) && memcmp(interface->name, nic, strlen(nic)) == 0 &&
               engine_id_make(id, ENGINE_ID_MAC,
                              (struct uvsnmp_bytes){interface->address, interface->address_size}) == 0;
    }
    host_interfaces_fini(&interfaces);
    host_free(host);
    return made ? 0 : UVSNMP_ENOT_FOUND;
}

struct directives_config *directives_read(const struct directives_input *input)
{
    struct directives_config *config = calloc(1, sizeof(*config));
    if (!config) {
        return NULL;
    }
    directives_trap_init(config);
    if (!directives_access_init(config)) {
        directives_free(config);
        return NULL;
    }
    mibs_settings_init(&config->settings);
    identity_init(&config->identity, input->files);
    config->identity.engine.make_of_nic = make_of_nic;
    config->problem = input->problem;
    config->problem_arg = input->arg;
    config->names = input->names;

    struct conf_reader reader = {
        .type = input->files->name,
        .directives = snmpd_directives,
        .other_type = "snmp",
        .other_directives = snmp_directives,
        .problem = forward_problem,
        .arg = config,
    };
    conf_files_read_all(&config->identity.files, &reader, input->lines, input->line_count,
                        &config->files_read);
    config->problems = reader.problems;
    directives_access_check(config);
    config->problem = NULL;
    config->names = NULL;
    return config;
}

void directives_free(struct directives_config *config)
{
    if (!config) {
        return;
    }
    for (size_t i = 0; i < config->listen_count; i++) {
        free(config->listen[i]);
    }
    directives_access_fini(config);
    identity_fini(&config->identity);
    directives_sinks_forget(config);
    targets_fini(&config->targets);
    free(config->listen);
    free(config);
}
