/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * rocommunity and its kin, com2sec and its kin: which communities there are, in the order of the lines. The
 * rights of the former stand in their own line, those of the latter in the group, access and view lines.
 */
#include <arpa/inet.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "agent/access.h"
#include "agent/directives_access.h"
#include "base/err.h"
#include "base/log.h"
#include "conf/token.h"

enum {
    WORD_SIZE = 1024,
    COMMUNITY_SIZE = 255, /* as in Net-SNMP: 254 characters and the NUL */
    CONTEXT_SIZE = VACM_NAME_MAX + 1,
    COMMUNITY_LIMIT = 100000,
    SOURCE_LIMIT = 16, /* addresses of one host name */
};

/* A line being read. */
struct community_line {
    char name[COMMUNITY_SIZE], context[CONTEXT_SIZE], security_name[VACM_NAME_MAX + 1];
    char source[WORD_SIZE];
    struct directives_community community; /* its texts are those above; its view is held */
};

static void free_community(struct directives_community *community)
{
    free(community->name);
    free(community->context);
    free(community->security_name);
    free(community->where);
    vacm_view_release(community->view);
}

bool directives_access_init(struct directives_config *config)
{
    const struct vacm_family family = {.included = true};
    config->vacm = vacm_new();
    config->everything = vacm_view_new("everything");
    return config->vacm && config->everything && vacm_view_add(config->everything, &family, NULL) == 0 &&
           vacm_add_standard_views(config->vacm, NULL) == 0;
}

void directives_access_fini(struct directives_config *config)
{
    for (size_t i = 0; i < config->community_count; i++) {
        free_community(&config->communities[i]);
    }
    free(config->communities);
    vacm_view_release(config->everything);
    vacm_release(config->vacm);
}

/* ---- the list ---- */

/* Takes over what `community` owns, also when it fails. */
static int add_community(struct directives_config *config, struct directives_community *community,
                         struct uvsnmp_error *err)
{
    struct directives_community *list = NULL;
    if (config->community_count < COMMUNITY_LIMIT) {
        list = realloc(config->communities, (config->community_count + 1) * sizeof(*list));
    }
    if (!list) {
        free_community(community);
        return err_set(err, UVSNMP_ENO_MEMORY, "too many communities");
    }
    config->communities = list;
    list[config->community_count++] = *community;
    return 0;
}

static bool copy_text(char **to, const char *from)
{
    *to = from ? strdup(from) : NULL;
    return *to || !from;
}

/* Everything of `from` with texts and a hold of its own. */
static int copy_community(const struct directives_community *from, const struct conf_place *place,
                          struct directives_community *to, struct uvsnmp_error *err)
{
    *to = *from;
    to->view = from->view ? vacm_view_hold(from->view) : NULL;
    bool copied = copy_text(&to->name, from->name);
    copied = copy_text(&to->context, from->context) && copied;
    copied = copy_text(&to->security_name, from->security_name) && copied;
    to->where = conf_where(place);
    if (!copied || !to->where) {
        free_community(to);
        return err_set(err, UVSNMP_ENO_MEMORY, "out of memory");
    }
    return 0;
}

/* ---- sources ---- */

/* "default" or the path of a socket that the agent listens on. */
static ptrdiff_t parse_socket(const char *text, struct io_source *out, struct uvsnmp_error *err)
{
    struct sockaddr_un *local = &out->address.at.local;
    size_t length = strlen(text);
    memset(out, 0, sizeof(*out));
    out->family = AF_UNIX;
    out->any = strcmp(text, "default") == 0;
    if (length >= sizeof(local->sun_path)) {
        return err_set(err, UVSNMP_EBAD_ADDRESS, "sockpath too long");
    }
    out->address.transport = UVSNMP_UNIX;
    out->address.length = sizeof(*local);
    local->sun_family = AF_UNIX;
    memcpy(local->sun_path, text, length + 1);
    return 1;
}

static void trace_source(const struct directives_community *community)
{
    const struct io_source *source = &community->source;
    char address[INET6_ADDRSTRLEN] = "", mask[INET6_ADDRSTRLEN] = "";
    uint8_t octets[16] = {0};
    const struct uvsnmp_address *at = &source->address;
    if (source->family == AF_UNIX) {
        log_debug("netsnmp_unix_parse_security", "<\"%s\", \"%s\"> => \"%s\"", community->name,
                  source->any ? "" : at->at.local.sun_path, community->security_name);
        return;
    }
    for (unsigned i = 0; i < source->prefix_length && !source->any; i++) {
        octets[i / 8] = (uint8_t)(octets[i / 8] | 0x80 >> i % 8);
    }
    bool v4 = source->family == AF_INET;
    inet_ntop(source->family, octets, mask, sizeof(mask));
    inet_ntop(source->family, v4 ? (const void *)&at->at.v4.sin_addr : (const void *)&at->at.v6.sin6_addr,
              address, sizeof(address));
    log_debug(v4 ? "netsnmp_udp_parse_security" : "netsnmp_udp6_parse_security", "<\"%s\", %s/%s> => \"%s\"",
              community->name, address, mask, community->security_name);
}

/* Adds the community once for each address of the source. "!SOURCE" refuses those it fits; when it cannot be
 * read, everybody: the lines that follow are meant for the others only. */
static int add_line(struct directives_config *config, struct community_line *line,
                    const struct conf_place *place, struct uvsnmp_error *err)
{
    struct io_source sources[SOURCE_LIMIT];
    struct directives_community *community = &line->community, copy;
    int family = community->source.family;
    community->refused = line->source[0] == '!';
    const char *text = line->source + community->refused;
    ptrdiff_t count = family == AF_UNIX ? parse_socket(text, sources, err)
                                        : io_source_parse(text, family, sources, SOURCE_LIMIT, err);
    int status = count < 0 ? (int)count : 0, added = 0;
    if (count < 0 && community->refused) {
        sources[0] = (struct io_source){.family = family, .any = true};
        count = 1;
    }
    for (ptrdiff_t i = 0; added == 0 && i < count; i++) {
        community->source = sources[i];
        added = copy_community(community, place, &copy, status ? NULL : err);
        added = added ? added : add_community(config, &copy, status ? NULL : err);
        if (community->security_name && added == 0) {
            trace_source(community);
        }
    }
    return status ? status : added;
}

/* ---- rocommunity, rwcommunity ---- */

/* "OID" or "-V VIEW", or nothing: everything. */
static int parse_view(struct directives_config *config, const char **text, struct community_line *line,
                      struct uvsnmp_error *err)
{
    char word[WORD_SIZE];
    int status = conf_next_word(text, "OID", word, sizeof(word), err);
    if (status <= 0) {
        line->community.view = vacm_view_hold(config->everything);
        return status;
    }
    if (strcmp(word, "-V") == 0) {
        status = conf_need_word(text, "VIEW", word, sizeof(word), err);
        struct vacm_view *view = status < 0 ? NULL : vacm_open_view(config->vacm, word, err);
        line->community.view = view ? vacm_view_hold(view) : NULL;
        return status < 0 ? status : view ? 1 : err->code;
    }
    struct uvsnmp_oid_buf oid;
    if (directives_parse_oid(config, word, &oid)) {
        return err_set(err, UVSNMP_EBAD_OID, "bad SUBTREE object id: %s", word);
    }
    const struct vacm_family family = {.subtree = uvsnmp_oid_of(&oid), .included = true};
    line->community.view = vacm_view_new("");
    status = line->community.view ? vacm_view_add(line->community.view, &family, err)
                                  : err_set(err, UVSNMP_ENO_MEMORY, "out of memory");
    return status < 0 ? status : 1;
}

/* COMMUNITY [SOURCE [OID | -V VIEW [CONTEXT]]]; "CONTEXT*" is Net-SNMP's for all that begin so, and leads to
 * the one of that name. */
static int parse_community(struct directives_config *config, const char *text, struct community_line *line,
                           struct uvsnmp_error *err)
{
    int status = conf_need_word(&text, "COMMUNITY", line->name, sizeof(line->name), err);
    if (status > 0 && line->name[0] == '\0') {
        return err_set(err, UVSNMP_EBAD_SYNTAX, "missing COMMUNITY parameter");
    }
    snprintf(line->source, sizeof(line->source), "default");
    status = status < 0 ? status : conf_next_word(&text, "source", line->source, sizeof(line->source), err);
    status = status < 0 ? status : parse_view(config, &text, line, err);
    if (status > 0) {
        status = conf_next_word(&text, "context", line->context, sizeof(line->context), err);
    }
    if (status > 0) {
        size_t length = strlen(line->context);
        if (length > 0 && line->context[length - 1] == '*') {
            line->context[length - 1] = '\0';
        }
        status = conf_no_more(text, "context", err);
    }
    return status < 0 ? status : 0;
}

static int set_community(struct directives_config *config, bool write, int family, const char *text,
                         const struct conf_place *place, struct uvsnmp_error *err)
{
    struct community_line line = {.community = {.write = write, .source.family = family}};
    line.community.name = line.name;
    line.community.context = line.context;
    int status = parse_community(config, text, &line, err);
    status = status ? status : add_line(config, &line, place, err);
    vacm_view_release(line.community.view);
    return status;
}

int directives_set_rocommunity(const char *text, const struct conf_place *place, void *arg,
                               struct uvsnmp_error *err)
{
    return set_community(arg, false, AF_INET, text, place, err);
}

int directives_set_rwcommunity(const char *text, const struct conf_place *place, void *arg,
                               struct uvsnmp_error *err)
{
    return set_community(arg, true, AF_INET, text, place, err);
}

int directives_set_rocommunity6(const char *text, const struct conf_place *place, void *arg,
                                struct uvsnmp_error *err)
{
    return set_community(arg, false, AF_INET6, text, place, err);
}

int directives_set_rwcommunity6(const char *text, const struct conf_place *place, void *arg,
                                struct uvsnmp_error *err)
{
    return set_community(arg, true, AF_INET6, text, place, err);
}

/* ---- com2sec ---- */

/* A word of com2sec that is neither missing nor empty; `name` is what Net-SNMP calls it when it is too long.
 */
static int take_word(const char **text, const char *what, const char *name, char *word, size_t size,
                     struct uvsnmp_error *err)
{
    int status = conf_need_word(text, what, word, size, err);
    if (status == UVSNMP_ETOO_LONG) {
        return err_set(err, UVSNMP_ETOO_LONG, "%s too long", name);
    }
    if (status > 0 && word[0] == '\0') {
        return err_set(err, UVSNMP_EBAD_SYNTAX, "empty %s parameter", what);
    }
    return status;
}

/* What stands in the examples of manuals, to be replaced. */
static int refuse_example(const char *word, const char *example, struct uvsnmp_error *err)
{
    return strcmp(word, example) == 0
               ? err_set(err, UVSNMP_EBAD_SYNTAX, "example config %s not properly configured", example)
               : 0;
}

/* [-Cn CONTEXT] before the rest. */
static int parse_context(const char **text, struct community_line *line, struct uvsnmp_error *err)
{
    const char *after = *text;
    char option[8];
    if (conf_word(&after, option, sizeof(option)) <= 0 || strcmp(option, "-Cn") != 0) {
        return 0;
    }
    *text = after;
    int status = conf_need_word(text, "CONTEXT_NAME", line->context, sizeof(line->context), err);
    return status == UVSNMP_ETOO_LONG ? err_set(err, status, "context name too long") : status;
}

/* NAME SOURCE COMMUNITY; each word is judged before the next one is looked for, as in Net-SNMP. */
static int parse_com2sec(const char *text, struct community_line *line, struct uvsnmp_error *err)
{
    bool is_local = line->community.source.family == AF_UNIX;
    struct io_source socket;
    int status =
        take_word(&text, "NAME", "security name", line->security_name, sizeof(line->security_name), err);
    if (status >= 0) {
        status = take_word(&text, is_local ? "SOCKPATH" : "SOURCE", "source", line->source,
                           sizeof(line->source), err);
    }
    if (status >= 0) {
        status = is_local ? (int)parse_socket(line->source, &socket, err)
                          : refuse_example(line->source, "NETWORK", err);
    }
    if (status >= 0) {
        status = take_word(&text, "COMMUNITY", "community name", line->name, sizeof(line->name), err);
    }
    if (status >= 0) {
        status = refuse_example(line->name, "COMMUNITY", err);
    }
    return status < 0 ? status : conf_no_more(text, "COMMUNITY", err);
}

static int set_com2sec(struct directives_config *config, int family, const char *text,
                       const struct conf_place *place, struct uvsnmp_error *err)
{
    struct community_line line = {.community = {.source.family = family}};
    line.community.name = line.name;
    line.community.context = line.context;
    line.community.security_name = line.security_name;
    int status = parse_context(&text, &line, err);
    status = status < 0 ? status : parse_com2sec(text, &line, err);
    return status ? status : add_line(config, &line, place, err);
}

int directives_set_com2sec(const char *text, const struct conf_place *place, void *arg,
                           struct uvsnmp_error *err)
{
    return set_com2sec(arg, AF_INET, text, place, err);
}

int directives_set_com2sec6(const char *text, const struct conf_place *place, void *arg,
                            struct uvsnmp_error *err)
{
    return set_com2sec(arg, AF_INET6, text, place, err);
}

int directives_set_com2secunix(const char *text, const struct conf_place *place, void *arg,
                               struct uvsnmp_error *err)
{
    return set_com2sec(arg, AF_UNIX, text, place, err);
}

/* ---- rights ---- */

struct access_grant directives_grant(const struct directives_config *config,
                                     const struct directives_community *community,
                                     enum uvsnmp_version version)
{
    struct access_grant grant = {.answered = !community->refused};
    if (!community->security_name) {
        grant.read = community->view;
        grant.write = community->write ? community->view : NULL;
        return grant;
    }
    const struct vacm_asker asker = {.model = version == UVSNMP_V1 ? VACM_V1 : VACM_V2C,
                                     .level = VACM_NOAUTH,
                                     .security_name = community->security_name,
                                     .context = community->context};
    enum vacm_answer answer = vacm_view_of(config->vacm, &asker, VACM_READ, &grant.read);
    (void)vacm_view_of(config->vacm, &asker, VACM_WRITE, &grant.write);
    grant.answered = grant.answered && answer != VACM_NO_GROUP_NAME && answer != VACM_NO_ACCESS_ENTRY;
    return grant;
}

/* Lines may stand in any order, so what they lack is known at the end. */
void directives_access_check(struct directives_config *config)
{
    for (size_t i = 0; i < config->community_count; i++) {
        const struct directives_community *community = &config->communities[i];
        const struct conf_place place = {.file = community->where};
        char message[128] = "";
        if (community->view && vacm_view_is_empty(community->view)) {
            snprintf(message, sizeof(message), "nothing is in the view %s: the community sees nothing",
                     vacm_view_name(community->view));
        } else if (community->security_name && !community->refused &&
                   !directives_grant(config, community, UVSNMP_V1).answered &&
                   !directives_grant(config, community, UVSNMP_V2C).answered) {
            snprintf(message, sizeof(message),
                     "no group and access lines for %s: the community is not answered",
                     community->security_name);
        }
        if (message[0] && config->problem) {
            config->problem(&place, true, message, config->problem_arg);
        }
        config->problems += message[0] != '\0';
    }
}
