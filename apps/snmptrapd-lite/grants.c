/* SPDX-License-Identifier: BSD-3-Clause */
#include "apps/snmptrapd-lite/grants.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/err.h"
#include "ber/bytes.h"
#include "conf/token.h"
#include "io/source.h"
#include "usm/user.h"

enum { WORD_SIZE = 1024, NAME_SIZE = 256, SOURCES_MAX = 16, GRANTS_MAX = 100000 };

struct grant {
    bool is_user;
    char name[NAME_SIZE]; /* of the community or the user */
    size_t name_size;
    enum uvsnmp_level level; /* of a user's message, at least */
    bool any_source;
    struct io_source source;
    struct uvsnmp_oid_buf subtree; /* of snmpTrapOID.0 */
    unsigned types;
};

struct word {
    const char *text;
    int value;
};

static const struct word type_words[] = {
    {"log", NOTICE_LOG}, {"execute", NOTICE_EXECUTE}, {"net", NOTICE_NET}, {NULL, 0}};

static const struct word level_words[] = {{"noauth", UVSNMP_NO_AUTH_NO_PRIV},
                                          {"noauthnopriv", UVSNMP_NO_AUTH_NO_PRIV},
                                          {"auth", UVSNMP_AUTH_NO_PRIV},
                                          {"authnopriv", UVSNMP_AUTH_NO_PRIV},
                                          {"priv", UVSNMP_AUTH_PRIV},
                                          {"authpriv", UVSNMP_AUTH_PRIV},
                                          {NULL, 0}};

/* 0: it is none of them. */
static int find_word(const struct word *words, const char *text)
{
    while (words->text && strcasecmp(words->text, text) != 0) {
        words++;
    }
    return words->value;
}

/* ---- reading ---- */

static int take_types(const char **text, unsigned *types, struct uvsnmp_error *err)
{
    char word[WORD_SIZE], item[WORD_SIZE];
    int rc = conf_need_word(text, "TYPES", word, sizeof(word), err);
    const char *list = word;
    *types = 0;
    while (rc > 0 && conf_list_item(&list, ",|:", item, sizeof(item)) > 0) {
        int type = find_word(type_words, item);
        if (type == 0) {
            return err_set(err, UVSNMP_EBAD_VALUE, "Illegal view name: %.40s is none of log, execute and net",
                           item);
        }
        *types |= (unsigned)type;
    }
    return rc;
}

/* [OID], and nothing behind it. */
static int take_subtree(const char **text, struct names *names, struct grant *grant, struct uvsnmp_error *err)
{
    char word[WORD_SIZE];
    int rc = conf_next_word(text, "OID", word, sizeof(word), err);
    if (rc > 0 && strcasecmp(word, "-v") == 0) {
        return err_set(err, UVSNMP_EUNSUPPORTED,
                       "-v VIEW is not supported by this version: the line has no effect");
    }
    if (rc > 0 && uvsnmp_oid_parse(word, &grant->subtree, NULL) < 0 &&
        names_parse(names, word, &grant->subtree) < 0) {
        return err_set(err, UVSNMP_EBAD_OID, "bad SUBTREE object id: %.200s", word);
    }
    return rc > 0 ? conf_no_more(*text, "OID", err) : rc;
}

static int add(struct grants *grants, const struct grant *grant, struct uvsnmp_error *err)
{
    struct grant *list =
        grants->count < GRANTS_MAX ? realloc(grants->list, (grants->count + 1) * sizeof(*list)) : NULL;
    if (!list) {
        return err_set(err, UVSNMP_ENO_MEMORY, "too many lines");
    }
    grants->list = list;
    list[grants->count++] = *grant;
    return 0;
}

/* The addresses of the source, of either family. */
static ptrdiff_t parse_source(const char *text, struct io_source sources[SOURCES_MAX],
                              struct uvsnmp_error *err)
{
    struct uvsnmp_error other;
    ptrdiff_t count = io_source_parse(text, AF_INET, sources, SOURCES_MAX, err);
    if (count < 0) {
        count = io_source_parse(text, AF_INET6, sources, SOURCES_MAX, &other);
    }
    return count;
}

int grants_add_community(struct grants *grants, const char *text, struct names *names,
                         struct uvsnmp_error *err)
{
    struct grant grant = {.any_source = true};
    struct io_source sources[SOURCES_MAX];
    char word[WORD_SIZE];
    ptrdiff_t count = 0;
    int rc = take_types(&text, &grant.types, err);
    rc = rc < 0 ? rc : conf_need_word(&text, "COMMUNITY", grant.name, sizeof(grant.name), err);
    int has_source = rc < 0 ? rc : conf_next_word(&text, "SOURCE", word, sizeof(word), err);
    if (has_source > 0 && strcmp(word, "default") != 0) {
        count = parse_source(word, sources, err);
        has_source = count < 0 ? (int)count : has_source;
        grant.any_source = false;
    }
    rc = has_source > 0 ? take_subtree(&text, names, &grant, err) : has_source;
    grant.name_size = strlen(grant.name);
    for (ptrdiff_t i = 0; rc == 0 && i < (grant.any_source ? 1 : count); i++) {
        grant.source = grant.any_source ? (struct io_source){.any = true} : sources[i];
        rc = add(grants, &grant, err);
    }
    return rc;
}

int grants_add_user(struct grants *grants, const char *text, struct names *names, struct uvsnmp_error *err)
{
    struct grant grant = {.is_user = true, .level = UVSNMP_AUTH_NO_PRIV, .any_source = true};
    char word[WORD_SIZE];
    int rc = take_types(&text, &grant.types, err);
    rc = rc < 0 ? rc : conf_need_word(&text, "USER", grant.name, sizeof(grant.name), err);
    if (rc > 0 && strcmp(grant.name, "-s") == 0) {
        rc = conf_need_word(&text, "MODEL", word, sizeof(word), err);
        if (rc > 0 && strcasecmp(word, "usm") != 0) {
            return err_set(err, UVSNMP_EUNSUPPORTED, "of the security models usm is supported, %.40s is not",
                           word);
        }
        rc = rc < 0 ? rc : conf_need_word(&text, "USER", grant.name, sizeof(grant.name), err);
    }
    int has_level = rc < 0 ? rc : conf_next_word(&text, "LEVEL", word, sizeof(word), err);
    if (has_level > 0) {
        grant.level = (enum uvsnmp_level)find_word(level_words, word);
        if (!grant.level) {
            return err_set(err, UVSNMP_EBAD_VALUE,
                           "bad security level (noauthnopriv, authnopriv, authpriv): %.40s", word);
        }
    }
    rc = has_level > 0 ? take_subtree(&text, names, &grant, err) : has_level;
    grant.name_size = strlen(grant.name);
    return rc < 0 ? rc : add(grants, &grant, err);
}

/* ---- asking ---- */

static bool is_allowed(const struct grant *grant, const struct uvsnmp_received *received)
{
    bool is_user = received->version == UVSNMP_V3;
    const struct uvsnmp_bytes name = {(const uint8_t *)grant->name, grant->name_size};
    return grant->is_user == is_user &&
           ber_bytes_equal(name, is_user ? received->security_name : received->community) &&
           (!is_user || received->level >= grant->level) &&
           (grant->any_source || io_source_fits(&grant->source, received->peer)) &&
           uvsnmp_oid_has_prefix(notice_trap_oid(received), uvsnmp_oid_of(&grant->subtree));
}

unsigned grants_find(const struct grants *grants, const struct uvsnmp_received *received)
{
    unsigned types = grants->all ? NOTICE_LOG | NOTICE_EXECUTE | NOTICE_NET : 0;
    for (size_t i = 0; i < grants->count; i++) {
        if ((types & grants->list[i].types) != grants->list[i].types &&
            is_allowed(&grants->list[i], received)) {
            types |= grants->list[i].types;
        }
    }
    return types;
}

void grants_fini(struct grants *grants)
{
    if (grants->list) {
        usm_wipe(grants->list, grants->count * sizeof(*grants->list));
    }
    free(grants->list);
    *grants = (struct grants){.count = 0};
}
