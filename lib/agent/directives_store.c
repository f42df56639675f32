/* SPDX-License-Identifier: BSD-3-Clause */
/* What is kept of SETs from one start to the next, in the persistent file. */
#include <stdio.h>
#include <stdlib.h>

#include "agent/core.h"
#include "agent/directives.h"
#include "agent/target_line.h"
#include "base/err.h"

/* Lines of the system and the snmp group, and one at least for each table of targets. */
enum { TEXTS = 3, FIXED_LINES = TEXTS + 1 + TARGET_KINDS };

/* The lines to be written, and the memory that their texts are in. */
struct lines {
    struct conf_state_value *values;
    size_t count;
    struct text targets; /* holds communities */
    char trap_enabled[16];
};

/* NULL: the directive's lines go. */
static void add(struct lines *lines, const char *directive, const void *octets, size_t size, bool is_text)
{
    lines->values[lines->count++] =
        (struct conf_state_value){.directive = directive, .octets = octets, .size = size, .is_text = is_text};
}

static void add_settings(struct lines *lines, const struct mibs_settings *settings)
{
    static const char *const names[TEXTS] = {"psyscontact", "psysname", "psyslocation"};
    const struct mibs_text *texts[TEXTS] = {&settings->contact, &settings->name, &settings->location};
    for (size_t i = 0; i < TEXTS; i++) {
        add(lines, names[i], texts[i]->origin == MIBS_PERSISTENT ? texts[i]->octets : NULL, texts[i]->size,
            false);
    }
    int length =
        snprintf(lines->trap_enabled, sizeof(lines->trap_enabled), "%d", settings->trap_enabled.number);
    add(lines, "pauthtrapenable",
        settings->trap_enabled.origin == MIBS_PERSISTENT ? lines->trap_enabled : NULL, (size_t)length, true);
}

static size_t count_targets(const struct targets *targets, size_t *octets)
{
    size_t count = 0;
    for (size_t kind = 0; kind < TARGET_KINDS; kind++) {
        const struct target_list *list = &targets->lists[kind];
        count += list->count;
        for (size_t i = 0; i < list->count; i++) {
            *octets += target_line_size(list->sorted[i]);
        }
    }
    return count;
}

static void add_target_list(struct lines *lines, const struct target_list *list, const char *directive)
{
    struct text *text = &lines->targets;
    size_t kept = 0;
    for (size_t i = 0; i < list->count; i++) {
        size_t start = text->size;
        if (target_line_is_kept(list->sorted[i])) {
            target_line_format(text, list->sorted[i]);
            add(lines, directive, text->data + start, text->size - start, true);
            kept++;
        }
    }
    if (kept == 0) {
        add(lines, directive, NULL, 0, true);
    }
}

static int add_targets(struct lines *lines, const struct targets *targets)
{
    size_t octets = 1;
    (void)count_targets(targets, &octets);
    char *storage = calloc(1, octets);
    if (!storage) {
        return UVSNMP_ENO_MEMORY;
    }
    text_init_fixed(&lines->targets, storage, octets);
    for (enum target_kind kind = 0; kind < TARGET_KINDS; kind++) {
        add_target_list(lines, &targets->lists[kind], target_line_directive(kind));
    }
    return text_failed(&lines->targets) ? UVSNMP_ENO_MEMORY : 0;
}

int directives_store(struct directives_config *config, const struct mibs_settings *settings,
                     const struct uvsnmp_agent *agent, struct uvsnmp_error *err)
{
    struct lines lines = {.count = 0};
    size_t octets = 0;
    lines.values = calloc(FIXED_LINES + count_targets(&agent->targets, &octets), sizeof(*lines.values));
    int status = lines.values ? 0 : UVSNMP_ENO_MEMORY;
    if (status == 0) {
        add_settings(&lines, settings);
        status = add_targets(&lines, &agent->targets);
    }
    status = status < 0 ? err_set(err, status, "out of memory")
                        : identity_store(&config->identity, lines.values, lines.count, &agent->engine, err);
    if (lines.targets.data) {
        usm_wipe(lines.targets.data, lines.targets.capacity);
        free(lines.targets.data);
    }
    free(lines.values);
    return status;
}
