/* SPDX-License-Identifier: BSD-3-Clause */
#include "apps/common/operands.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>

#include "apps/common/report.h"
#include "format/input.h"
#include "format/name.h"

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
