/* SPDX-License-Identifier: BSD-3-Clause */
#include "apps/common/operands.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>

#include "apps/common/report.h"
#include "format/input.h"
#include "format/name.h"
#include "mib/load.h"

#define WORDS_PER_VALUE 3

static enum app_status no_memory(const struct app_run *run)
{
    fprintf(stderr, "%s: out of memory\n", run->app->name);
    return APP_FAILED;
}

/* One name into the arena; false when it was bad, which has been said. */
static bool take_name(struct app_run *run, const char *text, struct uvsnmp_oid *out)
{
    struct uvsnmp_oid_buf oid;
    struct uvsnmp_error err = {0, ""};
    int rc = format_name_parse(text, &run->options.input, &oid, &err);
    if (rc == 0) {
        out->ids = arena_copy(&run->arena, oid.ids, oid.count * sizeof(oid.ids[0]));
        out->count = oid.count;
    }
    if (rc < 0 || !out->ids) {
        report_operand(text, &err);
        if (err.code == UVSNMP_EBAD_OID && mibs_are_off(&run->mibs) && isalpha((unsigned char)text[0])) {
            log_write(LOG_LEVEL_ERR, "(\"mibs :\" in snmp.conf turns names off, -m + turns them on)");
        }
        return false;
    }
    return true;
}

enum app_status operands_oid(struct app_run *run, const char *text, struct uvsnmp_oid *out)
{
    return take_name(run, text, out) ? APP_OK : APP_FAILED;
}

static struct uvsnmp_varbind *varbinds_new(struct app_run *run, size_t count)
{
    struct uvsnmp_varbind *varbinds = arena_array(&run->arena, count ? count : 1, sizeof(*varbinds));
    if (varbinds) {
        memset(varbinds, 0, (count ? count : 1) * sizeof(*varbinds));
    }
    return varbinds;
}

enum app_status operands_names(struct app_run *run, struct operands *out)
{
    enum app_status status = APP_OK;
    out->are_parts = NULL;
    out->count = run->operand_count;
    out->varbinds = varbinds_new(run, out->count);
    if (!out->varbinds) {
        return no_memory(run);
    }
    for (size_t i = 0; i < out->count; i++) {
        out->varbinds[i].value = uvsnmp_empty(UVSNMP_NULL);
        if (!take_name(run, run->operands[i], &out->varbinds[i].name)) {
            status = APP_FAILED;
        }
    }
    return status;
}

/* ---- whole modules ---- */

struct subtree {
    struct subtree *next;
    struct uvsnmp_oid oid;
    bool is_part;
};

struct subtrees {
    struct app_run *run;
    struct subtree *first, **end;
    size_t count;
    bool are_parts; /* those that come now */
    bool failed;
};

static void take_subtree(struct uvsnmp_oid oid, void *arg)
{
    struct subtrees *subtrees = arg;
    struct subtree *subtree = arena_alloc(&subtrees->run->arena, sizeof(*subtree));
    uint32_t *ids = arena_copy(&subtrees->run->arena, oid.ids, oid.count * sizeof(oid.ids[0]));
    if (!subtree || !ids) {
        subtrees->failed = true;
        return;
    }
    *subtree = (struct subtree){NULL, {ids, oid.count}, subtrees->are_parts};
    *subtrees->end = subtree;
    subtrees->end = &subtree->next;
    subtrees->count++;
}

/* The module of "MODULE::", in the arena; NULL: the operand is something else. */
static const char *module_of(struct app_run *run, const char *operand)
{
    size_t length = strlen(operand);
    if (length < 3 || strcmp(operand + length - 2, "::") != 0 || memchr(operand, ':', length - 2)) {
        return NULL;
    }
    char *module = arena_copy(&run->arena, operand, length + 1);
    if (module) {
        module[length - 2] = '\0';
    }
    return module;
}

/* All of a module, which is loaded if need be. False: there is none, or it has no objects; nothing was said.
 */
static bool take_module(struct subtrees *subtrees, const char *module)
{
    const struct format_input_options *input = &subtrees->run->options.input;
    size_t before = subtrees->count;
    if (input->mib && input->load && !mib_has_module(input->mib, module)) {
        (void)mib_load_module(input->mib, input->load, module);
    }
    subtrees->are_parts = true;
    (void)mib_visit_subtrees(input->mib, module, take_subtree, subtrees);
    subtrees->are_parts = false;
    return subtrees->count > before;
}

enum app_status operands_subtrees(struct app_run *run, struct operands *out)
{
    struct subtrees subtrees = {.run = run, .end = &subtrees.first};
    enum app_status status = APP_OK;
    size_t i = 0;
    for (; i < run->operand_count; i++) {
        const char *module = module_of(run, run->operands[i]);
        struct uvsnmp_oid oid;
        if (module && take_module(&subtrees, module)) {
            continue;
        }
        if (take_name(run, run->operands[i], &oid)) {
            take_subtree(oid, &subtrees);
        } else {
            status = APP_FAILED;
        }
    }
    out->count = subtrees.count;
    out->varbinds = varbinds_new(run, out->count);
    bool *are_parts = arena_array(&run->arena, out->count + 1, sizeof(*are_parts));
    if (!out->varbinds || !are_parts || subtrees.failed) {
        return no_memory(run);
    }
    i = 0;
    for (const struct subtree *subtree = subtrees.first; subtree; subtree = subtree->next, i++) {
        out->varbinds[i].name = subtree->oid;
        out->varbinds[i].value = uvsnmp_empty(UVSNMP_NULL);
        are_parts[i] = subtree->is_part;
    }
    out->are_parts = are_parts;
    return status;
}

/* ---- values ---- */

/* What is wrong with the order of the words, before any is read. */
static enum app_status check_words(const struct app_run *run)
{
    for (size_t i = 0; i < run->operand_count; i += WORDS_PER_VALUE) {
        const char *name = run->operands[i];
        if (i + 1 == run->operand_count) {
            fprintf(stderr, "%s: Needs type and value\n", name);
            return APP_FAILED;
        }
        if (!format_input_has_type(run->operands[i + 1][0])) {
            fprintf(stderr, "%s: Bad object type: %c\n", name, run->operands[i + 1][0]);
            return APP_FAILED;
        }
        if (i + 2 == run->operand_count) {
            fprintf(stderr, "%s: Needs value\n", name);
            return APP_FAILED;
        }
    }
    return APP_OK;
}

static bool take_value(struct app_run *run, const char *const *words, struct uvsnmp_varbind *out)
{
    struct uvsnmp_error err = {0, ""};
    if (!take_name(run, words[0], &out->name)) {
        return false;
    }
    const struct format_input input = {.name = out->name, .type = words[1], .value = words[2]};
    if (format_input_value(&input, &run->options.input, &run->arena, &out->value, &err) < 0) {
        report_operand(words[0], &err);
        return false;
    }
    return true;
}

enum app_status operands_values(struct app_run *run, struct operands *out)
{
    enum app_status status = check_words(run);
    if (status != APP_OK) {
        return status;
    }
    out->count = run->operand_count / WORDS_PER_VALUE;
    out->varbinds = varbinds_new(run, out->count);
    if (!out->varbinds) {
        return no_memory(run);
    }
    for (size_t i = 0; i < out->count; i++) {
        if (!take_value(run, run->operands + i * WORDS_PER_VALUE, &out->varbinds[i])) {
            status = APP_FAILED;
        }
    }
    return status;
}

enum app_status operands_variables(struct app_run *run, size_t skip, struct operands *out)
{
    size_t words = run->operand_count - skip;
    out->are_parts = NULL;
    out->count = (words + WORDS_PER_VALUE - 1) / WORDS_PER_VALUE;
    out->varbinds = varbinds_new(run, out->count);
    if (!out->varbinds) {
        return no_memory(run);
    }
    for (size_t i = 0; i < out->count; i++) {
        const char *const *word = run->operands + skip + i * WORDS_PER_VALUE;
        if (words - i * WORDS_PER_VALUE < WORDS_PER_VALUE) {
            fprintf(stderr, "%s: Missing type/value for variable\n", word[0]);
            return APP_FAILED;
        }
        if (!take_value(run, word, &out->varbinds[i])) {
            return APP_FAILED;
        }
    }
    return APP_OK;
}
