/* SPDX-License-Identifier: BSD-3-Clause */
/* rouser, rwuser: what the users of version 3 may do. */
#include <stdio.h>
#include <string.h>

#include "agent/directives_access.h"
#include "base/err.h"
#include "conf/token.h"

enum { WORD_SIZE = 1024 };

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
