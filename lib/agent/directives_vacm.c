/* SPDX-License-Identifier: BSD-3-Clause */
/* group, access and view: the tables of RFC 3415 in the words of snmpd.conf. */
#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "agent/directives_access.h"
#include "base/err.h"
#include "conf/token.h"

enum { WORD_SIZE = 1024 };

struct keyword {
    const char *name;
    int value;
};

static const struct keyword models[] = {
    {"any", VACM_ANY}, {"v1", VACM_V1}, {"v2c", VACM_V2C}, {"usm", VACM_USM}, {"tsm", VACM_TSM}, {NULL, 0}};

static const struct keyword levels[] = {{"noauth", VACM_NOAUTH}, {"noauthnopriv", VACM_NOAUTH},
                                        {"auth", VACM_AUTH},     {"authnopriv", VACM_AUTH},
                                        {"priv", VACM_PRIV},     {"authpriv", VACM_PRIV},
                                        {NULL, 0}};

static const struct keyword prefixes[] = {{"exact", false}, {"prefix", true}, {"0", false}, {NULL, 0}};

/* A word of the table; `what` names it when it is missing, `bad` says what it should have been. */
static int take_keyword(const char **text, const struct keyword *table, const char *what, const char *bad,
                        struct uvsnmp_error *err)
{
    char word[WORD_SIZE];
    int status = conf_need_word(text, what, word, sizeof(word), err);
    if (status < 0) {
        return status;
    }
    while (table->name && strcasecmp(table->name, word) != 0) {
        table++;
    }
    return table->name ? table->value : err_set(err, UVSNMP_EBAD_VALUE, "bad %s: %s", bad, word);
}

static const char bad_model[] = "security model, should be: v1, v2c or usm";
static const char bad_level[] = "security level (noauthnopriv, authnopriv, authpriv)";
static const char bad_prefix[] = "prefix match parameter, should be: exact or prefix";
static const char bad_type[] = "TYPE, should be: included or excluded";

int directives_take_model(const char **text, struct uvsnmp_error *err)
{
    return take_keyword(text, models, "MODEL", bad_model, err);
}

int directives_take_level(const char **text, struct uvsnmp_error *err)
{
    return take_keyword(text, levels, "LEVEL", bad_level, err);
}

/* Tables with a row missing might grant more than whole ones: then they grant nothing. */
static int close_if_incomplete(struct directives_config *config, int status)
{
    if (status == UVSNMP_ENO_MEMORY || status == UVSNMP_ELIMIT) {
        vacm_close(config->vacm);
    }
    return status;
}

/* GROUP MODEL SECURITY */
int directives_set_group(const char *text, const struct conf_place *place, void *arg, struct uvsnmp_error *err)
{
    struct directives_config *config = arg;
    char group[WORD_SIZE], name[WORD_SIZE];
    int status, model = VACM_ANY;
    (void)place;
    status = conf_need_word(&text, "GROUP", group, sizeof(group), err);
    status = status < 0 ? status : directives_take_model(&text, err);
    model = status < 0 ? model : status;
    status = status < 0 ? status : conf_need_word(&text, "SECURITY", name, sizeof(name), err);
    status = status < 0 ? status : conf_no_more(text, "SECURITY", err);
    status = status < 0 ? status : vacm_add_group(config->vacm, (enum vacm_model)model, name, group, err);
    return close_if_incomplete(config, status);
}

/* A name into a row of a table, where it has less room than a word. */
static int take_name(const char **text, const char *what, char to[VACM_NAME_MAX + 1], struct uvsnmp_error *err)
{
    return conf_need_word(text, what, to, VACM_NAME_MAX + 1, err);
}

/* GROUP CONTEXT MODEL LEVEL PREFIX readView writeView notifyView */
int directives_set_access(const char *text, const struct conf_place *place, void *arg,
                          struct uvsnmp_error *err)
{
    static const char *const views[VACM_VIEW_TYPES] = {"readView", "writeView", "notifyView"};
    struct directives_config *config = arg;
    struct vacm_access row = {.prefix = false};
    int status, model = 0, level = 0;
    (void)place;
    status = take_name(&text, "NAME", row.group, err);
    status = status < 0 ? status : take_name(&text, "CONTEXT", row.context, err);
    status = status < 0 ? status : (model = directives_take_model(&text, err));
    status = status < 0 ? status : (level = directives_take_level(&text, err));
    status = status < 0 ? status : take_keyword(&text, prefixes, "PREFIX", bad_prefix, err);
    row.prefix = status > 0;
    for (int i = 0; status >= 0 && i < VACM_VIEW_TYPES; i++) {
        status = take_name(&text, views[i], row.views[i], err);
    }
    status = status < 0 ? status : conf_no_more(text, "notifyView", err);
    row.model = (enum vacm_model)model;
    row.level = (enum vacm_level)level;
    status = status < 0 ? status : vacm_add_access(config->vacm, &row, err);
    config->has_rights = config->has_rights || status == 0;
    return close_if_incomplete(config, status);
}

/* SUBTREE [MASK] */
static int parse_family(const struct directives_config *config, const char *text, struct vacm_view *view,
                        bool included, struct uvsnmp_error *err)
{
    struct uvsnmp_oid_buf oid;
    uint8_t mask[VACM_MASK_MAX];
    size_t mask_size = 0;
    char word[WORD_SIZE];
    int status = conf_need_word(&text, "SUBTREE", word, sizeof(word), err);
    if (status > 0 && directives_parse_oid(config, word, &oid)) {
        return err_set(err, UVSNMP_EBAD_OID, "bad SUBTREE object id: %s", word);
    }
    while (status > 0) {
        status = conf_next_word(&text, "MASK", word, sizeof(word), err);
        if (status > 0 && vacm_mask_parse(word, mask, &mask_size, err) < 0) {
            return UVSNMP_EBAD_VALUE;
        }
    }
    const struct vacm_family family = {
        .subtree = uvsnmp_oid_of(&oid), .mask = {mask, mask_size}, .included = included};
    return status < 0 ? status : vacm_view_add(view, &family, err);
}

/* NAME TYPE SUBTREE [MASK]. Without a line that excludes something a view would show more than was asked for: when
 * one cannot be used, it shows nothing. */
int directives_set_view(const char *text, const struct conf_place *place, void *arg, struct uvsnmp_error *err)
{
    static const struct keyword types[] = {{"included", true}, {"excluded", false}, {NULL, 0}};
    struct directives_config *config = arg;
    char name[WORD_SIZE];
    (void)place;
    int status = conf_need_word(&text, "NAME", name, sizeof(name), err);
    struct vacm_view *view = status < 0 ? NULL : vacm_open_view(config->vacm, name, err);
    if (!view) {
        return status < 0 ? status : close_if_incomplete(config, err->code);
    }
    int included = take_keyword(&text, types, "TYPE", bad_type, err);
    status = included < 0 ? included : parse_family(config, text, view, included, err);
    if (status < 0 && included <= 0 && status != UVSNMP_EEXISTS) {
        struct uvsnmp_error why = *err;
        vacm_view_close(view);
        return err_set(err, status, "%.180s: the view %s is empty now", why.detail, vacm_view_name(view));
    }
    return status;
}
