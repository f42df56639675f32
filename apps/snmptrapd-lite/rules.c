/* SPDX-License-Identifier: BSD-3-Clause */
#include "apps/snmptrapd-lite/rules.h"

#include <stdlib.h>
#include <string.h>

#include "base/err.h"
#include "conf/token.h"

enum { WORD_SIZE = 1024, RULES_MAX = 2000 };

/* "OID", "OID*": and what is below, "OID.*": what is below only. */
static int parse_oid(char *word, bool forwards, struct names *names, struct rule *rule,
                     struct uvsnmp_error *err)
{
    size_t length = strlen(word);
    rule->itself = true;
    rule->is_default = strcmp(word, "default") == 0;
    if (length > 0 && word[length - 1] == '*') {
        rule->below = true;
        word[--length] = '\0';
        if (length > 0 && word[length - 1] == '.') {
            rule->itself = false;
            word[--length] = '\0';
        }
    }
    if (!rule->is_default && uvsnmp_oid_parse(word, &rule->oid, NULL) < 0 &&
        names_parse(names, word, &rule->oid) < 0) {
        return err_set(err, UVSNMP_EBAD_OID, "Bad trap OID in %s directive: %.200s",
                       forwards ? "forward" : "traphandle", word);
    }
    return 0;
}

static bool is_same(const struct rule *a, const struct rule *b)
{
    return a->is_default == b->is_default &&
           uvsnmp_oid_compare(uvsnmp_oid_of(&a->oid), uvsnmp_oid_of(&b->oid)) == 0;
}

static bool is_first(const struct rules *rules, const struct rule *rule)
{
    for (size_t i = 0; i < rules->count; i++) {
        if (is_same(&rules->list[i], rule)) {
            return false;
        }
    }
    return true;
}

int rules_add(struct rules *rules, const char *text, bool forwards, struct names *names,
              struct uvsnmp_error *err)
{
    struct rule rule = {.forwards = forwards};
    char word[WORD_SIZE];
    int rc = conf_need_word(&text, "OID", word, sizeof(word), err);
    rc = rc < 0 ? rc : parse_oid(word, forwards, names, &rule, err);
    text = conf_skip_space(text);
    if (rc == 0 && *text == '\0') {
        rc = err_set(err, UVSNMP_EBAD_SYNTAX, "missing %s", forwards ? "DESTINATION" : "PROGRAM");
    }
    if (rc < 0) {
        return rc;
    }
    struct rule *list =
        rules->count < RULES_MAX ? realloc(rules->list, (rules->count + 1) * sizeof(*list)) : NULL;
    rules->list = list ? list : rules->list;
    rule.target = list ? strdup(text) : NULL;
    if (!rule.target) {
        return err_set(err, UVSNMP_ENO_MEMORY, "too many lines");
    }
    rule.leads = is_first(rules, &rule);
    list[rules->count++] = rule;
    return 0;
}

static bool fits(const struct rule *rule, struct uvsnmp_oid trap_oid)
{
    return rule->leads && !rule->is_default && uvsnmp_oid_has_prefix(trap_oid, uvsnmp_oid_of(&rule->oid)) &&
           (trap_oid.count == rule->oid.count ? rule->itself : rule->below);
}

void rules_find(const struct rules *rules, struct uvsnmp_oid trap_oid, rules_fn *found, void *arg)
{
    const struct rule default_rule = {.is_default = true}, *best = &default_rule;
    for (size_t i = 0; i < rules->count; i++) {
        const struct rule *rule = &rules->list[i];
        if (fits(rule, trap_oid) && (best->is_default || rule->oid.count > best->oid.count)) {
            best = rule;
        }
    }
    for (size_t i = 0; i < rules->count; i++) {
        if (is_same(&rules->list[i], best)) {
            found(&rules->list[i], arg);
        }
    }
}

void rules_fini(struct rules *rules)
{
    for (size_t i = 0; i < rules->count; i++) {
        free(rules->list[i].target);
    }
    free(rules->list);
    *rules = (struct rules){.count = 0};
}
