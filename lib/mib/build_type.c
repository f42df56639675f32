/* SPDX-License-Identifier: BSD-3-Clause */
/* Types come down to base syntaxes. */
#include <string.h>

#include "mib/build_impl.h"

/* ---- records of syntaxes ---- */

struct build_syntax {
    struct map_link link; /* by content */
    uint32_t number;
};

static struct mib_syntax_record *syntax_at(const struct build *build, uint32_t number)
{
    return &((struct mib_syntax_record *)build->syntaxes.data)[number];
}

static const int64_t *ranges_of(const struct build *build, const struct mib_syntax_record *record)
{
    return (const int64_t *)build->ranges.data + 2 * (size_t)record->ranges;
}

static const struct mib_label_record *labels_of(const struct build *build,
                                                const struct mib_syntax_record *record)
{
    return (const struct mib_label_record *)build->labels.data + record->labels;
}

static uint64_t hash_number(uint64_t hash, uint64_t number)
{
    return map_hash(hash, &number, sizeof(number));
}

static uint64_t content_of(const struct build *build, const struct mib_syntax_record *record)
{
    uint64_t hash = hash_number(hash_number(build->seed, record->base), record->type);
    hash = hash_number(hash, record->hint);
    for (size_t i = 0; i < 2 * (size_t)record->range_count; i++) {
        hash = hash_number(hash, (uint64_t)ranges_of(build, record)[i]);
    }
    for (size_t i = 0; i < record->label_count; i++) {
        const struct mib_label_record *label = &labels_of(build, record)[i];
        hash = hash_number(hash_number(hash, (uint64_t)label->value), label->name);
    }
    return hash;
}

static bool has_same_labels(const struct mib_label_record *a, const struct mib_label_record *b, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (a[i].name != b[i].name || a[i].value != b[i].value) {
            return false;
        }
    }
    return true;
}

static bool is_same(const struct build *build, const struct mib_syntax_record *a,
                    const struct mib_syntax_record *b)
{
    return a->base == b->base && a->type == b->type && a->hint == b->hint &&
           a->range_count == b->range_count && a->label_count == b->label_count &&
           (a->range_count == 0 || memcmp(ranges_of(build, a), ranges_of(build, b),
                                          2 * (size_t)a->range_count * sizeof(int64_t)) == 0) &&
           (a->label_count == 0 || has_same_labels(labels_of(build, a), labels_of(build, b), a->label_count));
}

/* The number of a record of this content. */
static uint32_t put_syntax(struct build *build, const struct mib_syntax_record *record)
{
    uint64_t key;
    struct build_syntax *made;
    struct mib_syntax_record *place;
    if (build->rc < 0) {
        return 0;
    }
    key = content_of(build, record);
    for (struct map_link *link = map_find(&build->syntaxes_by_content, key); link; link = map_next(link)) {
        const struct build_syntax *known = (const struct build_syntax *)link;
        if (is_same(build, syntax_at(build, known->number), record)) {
            return known->number;
        }
    }
    made = build_alloc(build, sizeof(*made));
    place = made ? build_append(build, &build->syntaxes, 1, sizeof(*place)) : NULL;
    if (!place) {
        return 0;
    }
    memset(place, 0, sizeof(*place)); /* its padding too: the record may be written into a file */
    *place = *record;
    made->number = (uint32_t)build->syntaxes.count - 1;
    build->rc = map_insert(&build->syntaxes_by_content, &made->link, key);
    return made->number;
}

/* Puts a record whose own ranges and labels were appended behind the counts; takes those back when another
 * record has the like. */
static uint32_t put_refined(struct build *build, const struct mib_syntax_record *record, size_t range_count,
                            size_t label_count)
{
    size_t before = build->syntaxes.count;
    uint32_t number = put_syntax(build, record);
    if (build->rc == 0 && build->syntaxes.count == before) {
        build->ranges.count = range_count;
        build->labels.count = label_count;
    }
    return number;
}

uint32_t build_copy_syntax(struct build *build, const struct mib_syntax *syntax)
{
    size_t range_count = build->ranges.count, label_count = build->labels.count;
    struct mib_syntax_record record = {
        .type = build_put_known_name(build, syntax->type),
        .hint = build_put_known_name(build, syntax->hint),
        .base = (uint8_t)syntax->base,
        .ranges = (uint32_t)(range_count / 2),
        .range_count = (uint16_t)syntax->range_count,
        .labels = (uint32_t)label_count,
        .label_count = (uint16_t)syntax->label_count,
    };
    int64_t *pairs = build_append(build, &build->ranges, 2 * syntax->range_count, sizeof(*pairs));
    struct mib_label_record *labels =
        build_append(build, &build->labels, syntax->label_count, sizeof(*labels));
    for (size_t i = 0; pairs && i < syntax->range_count; i++) {
        struct mib_range range = mib_syntax_range(syntax, i);
        pairs[2 * i] = range.low;
        pairs[2 * i + 1] = range.high;
    }
    for (size_t i = 0; labels && i < syntax->label_count; i++) {
        struct mib_label label = mib_syntax_label(syntax, i);
        memset(&labels[i], 0, sizeof(labels[i]));
        labels[i].value = label.value;
        labels[i].name = build_put_known_name(build, label.name);
    }
    return put_refined(build, &record, range_count, label_count);
}

/* ---- uses ---- */

static void refine_ranges(struct build *build, const struct mib_type_use *use,
                          struct mib_syntax_record *record)
{
    record->ranges = (uint32_t)(build->ranges.count / 2);
    record->range_count = 0;
    for (const struct mib_range_draft *range = use->ranges; range && record->range_count < UINT16_MAX;
         range = range->next) {
        int64_t *pair = build_append(build, &build->ranges, 2, sizeof(*pair));
        if (!pair) {
            return;
        }
        pair[0] = range->low;
        pair[1] = range->high;
        record->range_count++;
    }
}

static void refine_labels(struct build *build, const struct mib_type_use *use,
                          struct mib_syntax_record *record)
{
    record->labels = (uint32_t)build->labels.count;
    record->label_count = 0;
    for (const struct mib_label_draft *label = use->labels; label && record->label_count < UINT16_MAX;
         label = label->next) {
        struct mib_label_record *made = build_append(build, &build->labels, 1, sizeof(*made));
        if (!made) {
            return;
        }
        memset(made, 0, sizeof(*made));
        made->value = label->value;
        made->name = build_put_known_name(build, label->name);
        record->label_count++;
    }
}

/* What the name of a type stands for, less what the use says itself. */
static struct mib_syntax_record named_syntax(struct build *build, uint32_t module,
                                             const struct mib_type_use *use, unsigned line)
{
    struct mib_syntax_record none = {0};
    struct build_found_type found;
    enum mib_base base = mib_base_of_word(use->name);
    uint32_t number;
    if (base != MIB_BASE_NONE) {
        none.base = (uint8_t)base;
        return none;
    }
    if (!build_find_type(build, module, use->name, &found)) {
        const struct mib_draft *draft = build->modules[module].draft;
        mib_report(build->report, MIB_PROBLEM_UNKNOWN, draft->file, line, "Unknown type %s in %s", use->name,
                   draft->name);
        return none;
    }
    number =
        found.is_known ? build_copy_syntax(build, &found.syntax) : build_type_at(build, found.type)->syntax;
    return build->rc == 0 ? *syntax_at(build, number) : none;
}

uint32_t build_syntax_of(struct build *build, uint32_t module, const struct mib_type_use *use, unsigned line)
{
    size_t range_count = build->ranges.count, label_count = build->labels.count;
    struct mib_syntax_record record = {.base = (uint8_t)use->base};
    if (build->rc < 0 || use->is_sequence_of) {
        return 0;
    }
    if (use->base == MIB_BASE_NONE && use->name) {
        record = named_syntax(build, module, use, line);
        /* copies of known ones stay */
        range_count = build->ranges.count;
        label_count = build->labels.count;
    }
    if (use->ranges) {
        refine_ranges(build, use, &record);
    }
    if (use->labels) {
        refine_labels(build, use, &record);
    }
    return put_refined(build, &record, range_count, label_count);
}

/* ---- types ---- */

/* The type that another one is made from, if it is one of the list; else BUILD_NONE. */
static uint32_t parent_of(struct build *build, const struct build_type *type)
{
    const struct mib_type_use *use = &type->draft->syntax;
    struct build_found_type found;
    if (type->draft->is_sequence || use->is_sequence_of || use->base != MIB_BASE_NONE || !use->name ||
        mib_base_of_word(use->name) != MIB_BASE_NONE) {
        return BUILD_NONE;
    }
    return build_find_type(build, type->module, use->name, &found) ? found.type : BUILD_NONE;
}

static void report_chain(const struct build *build, const struct build_type *type, const char *what)
{
    const struct mib_draft *module = build->modules[type->module].draft;
    mib_report(build->report, MIB_PROBLEM_UNKNOWN, module->file, type->draft->line, "The type %s in %s %s",
               type->draft->name, module->name, what);
}

static uint32_t type_syntax(struct build *build, const struct build_type *type)
{
    const struct mib_type_draft *draft = type->draft;
    enum mib_base base = mib_base_of_word(draft->name);
    struct mib_syntax_record record = {.base = (uint8_t)base};
    if (draft->is_sequence) {
        return 0;
    }
    /* what SNMPv2-SMI and RFC1155-SMI define is no textual convention */
    if (base == MIB_BASE_NONE) {
        uint32_t number = build_syntax_of(build, type->module, &draft->syntax, draft->line);
        if (build->rc < 0) {
            return 0;
        }
        record = *syntax_at(build, number);
        record.type = record.base != MIB_BASE_NONE ? build_put_name(build, type->name) : 0;
        record.hint = draft->hint && draft->hint[0] ? build_put_known_name(build, draft->hint) : record.hint;
    }
    return put_syntax(build, &record);
}

static void finish_type(struct build *build, struct build_type *type, uint32_t number)
{
    const struct build_type *parent = number != BUILD_NONE ? build_type_at(build, number) : NULL;
    type->state = BUILD_DONE;
    if (parent && parent->state == BUILD_PENDING) {
        report_chain(build, type, "is defined by itself");
    } else if (parent && parent->depth >= BUILD_CHAIN_MAX) {
        type->depth = parent->depth;
        report_chain(build, type, "is made from too many others");
    } else {
        type->depth = parent ? (uint8_t)(parent->depth + 1) : 1;
        type->syntax = type_syntax(build, type);
    }
}

static void resolve_type(struct build *build, uint32_t number)
{
    while (number != BUILD_NONE && build->rc == 0) {
        struct build_type *type = build_type_at(build, number);
        uint32_t parent = parent_of(build, type);
        type->state = BUILD_PENDING;
        if (parent != BUILD_NONE && build_type_at(build, parent)->state == BUILD_NEW) {
            build_type_at(build, parent)->waiting = number;
            number = parent;
        } else {
            finish_type(build, type, parent);
            number = type->waiting;
        }
    }
}

void build_resolve_types(struct build *build)
{
    const struct mib_syntax_record none = {0};
    (void)put_syntax(build, &none);
    for (uint32_t i = 1; i < build->types.records.count && build->rc == 0; i++) {
        if (build_type_at(build, i)->state == BUILD_NEW) {
            resolve_type(build, i);
        }
    }
}
