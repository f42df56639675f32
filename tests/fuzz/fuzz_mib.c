/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * A MIB file: an octet of options and the text. It is read and linked, alone and behind the built-in modules,
 * and what it defines is looked up. Whatever it is, everything ends, every message is one line, and what has
 * a name and an OID is found by both.
 */
#include <stdlib.h>
#include <string.h>

#include "mib/mib.h"
#include "mib/parser.h"

#include <uvsnmp/error.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

#define LOOKED_UP_MAX 200
#define WALK_MAX 2000

static void check_message(void *arg, enum mib_problem problem, const char *file, unsigned line,
                          const char *text)
{
    (void)arg;
    (void)problem;
    (void)file;
    (void)line;
    if (*text == '\0' || strchr(text, '\n')) {
        abort();
    }
}

static void check_heads(const char *text, size_t size)
{
    size_t at = 0, before = 0, length;
    const char *name;
    while (mib_parse_head(text, size, &at, &name, &length)) {
        if (at <= before || at > size || length == 0 || name < text || name + length > text + size) {
            abort();
        }
        before = at;
    }
}

static void check_syntax(const struct mib_syntax *syntax)
{
    for (size_t i = 0; i < syntax->label_count; i++) {
        struct mib_label label = mib_syntax_label(syntax, i);
        int64_t value;
        if (!mib_syntax_label_of(syntax, label.value) ||
            !mib_syntax_value_of(syntax, label.name, strlen(label.name), &value)) {
            abort();
        }
    }
    for (size_t i = 0; i < syntax->range_count; i++) {
        struct mib_range range = mib_syntax_range(syntax, i);
        if (range.low <= range.high && !mib_syntax_allows(syntax, range.low)) {
            abort();
        }
    }
    (void)mib_syntax_fixed_size(syntax);
}

static void check_object(const struct mib *mib, const struct mib_object *object, struct uvsnmp_oid oid)
{
    struct mib_object other;
    size_t used;
    check_syntax(&object->syntax);
    for (size_t i = 0; i < object->part_count; i++) {
        struct mib_part part = mib_object_part(object, i);
        check_syntax(&part.syntax);
    }
    for (size_t i = 0; i < object->object_count; i++) {
        if (!mib_object_name(object, i)) {
            abort();
        }
    }
    if (!mib_find_exact(mib, oid, &other) || !mib_find_oid(mib, oid, &other, &used) || used != oid.count) {
        abort();
    }
    (void)mib_find_row(mib, oid, &other, &used);
}

static void check_nodes(const struct mib *mib, const struct mib_draft *draft)
{
    size_t count = 0;
    for (; draft; draft = draft->next) {
        if (!mib_is_visible(mib, draft->name)) {
            abort();
        }
        for (const struct mib_node_draft *node = draft->nodes; node && count < LOOKED_UP_MAX;
             node = node->next, count++) {
            struct mib_object object;
            struct uvsnmp_oid_buf oid;
            if (mib_find_name(mib, draft->name, node->name, strlen(node->name), &object, &oid)) {
                check_object(mib, &object, uvsnmp_oid_of(&oid));
            }
        }
    }
}

/* Depth first through what is visible; as far as it takes. */
static void walk(const struct mib *mib)
{
    struct uvsnmp_oid_buf oid = {.count = 0};
    uint64_t from = 0;
    for (int steps = 0; steps < WALK_MAX; steps++) {
        struct mib_object object;
        if (mib_next_child(mib, uvsnmp_oid_of(&oid), from, &object)) {
            if (object.id < from) {
                abort();
            }
            oid.ids[oid.count++] = object.id;
            from = 0;
            continue;
        }
        if (oid.count == 0) {
            return;
        }
        from = (uint64_t)oid.ids[--oid.count] + 1;
    }
}

static void run(struct mib *mib, const char *text, size_t size, const struct mib_parse_options *options)
{
    const struct mib_report report = {check_message, NULL};
    struct mib_draft *list = NULL;
    if (!mib) {
        return;
    }
    int rc = mib_parse("fuzz", text, size, options, mib_arena(mib), &report, &list);
    if (rc == 0 ? !list : rc != UVSNMP_ENO_MEMORY && (rc != UVSNMP_EBAD_SYNTAX || list)) {
        abort();
    }
    if (rc == 0 && mib_add(mib, list, &report) == 0) {
        for (const struct mib_draft *draft = list; draft; draft = draft->next) {
            (void)mib_show(mib, draft->name);
        }
        check_nodes(mib, list);
        walk(mib);
    }
    mib_free(mib);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (size == 0) {
        return 0;
    }
    const struct mib_parse_options options = {.keep_descriptions = (data[0] & 1) != 0,
                                              .comments_end_at_newline = (data[0] & 2) != 0,
                                              .replace_underlines = (data[0] & 4) != 0};
    bool alone = (data[0] & 8) == 0;
    char *text = malloc(size > 1 ? size - 1 : 1); /* exact, so that a sanitizer sees what lies behind */
    if (!text) {
        return 0;
    }
    memcpy(text, data + 1, size - 1);
    check_heads(text, size - 1);
    run(alone ? mib_new_empty() : mib_new(), text, size - 1, &options);
    free(text);
    return 0;
}
