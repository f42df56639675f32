/* SPDX-License-Identifier: BSD-3-Clause */
/* What the records of an image say. */
#include <string.h>

#include "mib/mib_impl.h"

const char *mib_image_text(const struct mib_image *image, uint32_t offset)
{
    return image->strings + offset;
}

/* The empty text is none. */
static const char *text_or_null(const struct mib_image *image, uint32_t offset)
{
    return offset ? image->strings + offset : NULL;
}

void mib_view_syntax(const struct mib_image *image, uint32_t number, struct mib_syntax *out)
{
    const struct mib_syntax_record *record = &image->syntaxes[number];
    *out = (struct mib_syntax){
        .base = record->base,
        .type = text_or_null(image, record->type),
        .hint = text_or_null(image, record->hint),
        .range_count = record->range_count,
        .label_count = record->label_count,
        .image = image,
        .record = record,
    };
}

void mib_view_node(const struct mib_image *image, const struct mib_node *node, struct mib_object *out)
{
    *out = (struct mib_object){
        .name = mib_image_text(image, node->name),
        .module = mib_image_text(image, image->modules[node->module].name),
        .kind = node->kind,
        .access = node->access,
        .status = node->status,
        .is_table = node->flags & MIB_NODE_TABLE,
        .is_row = node->flags & MIB_NODE_ROW,
        .units = text_or_null(image, node->units),
        .default_value = text_or_null(image, node->default_value),
        .description = text_or_null(image, node->description),
        .reference = text_or_null(image, node->reference),
        .last_updated = text_or_null(image, node->last_updated),
        .augments = text_or_null(image, node->augments),
        .part_count = node->part_count,
        .object_count = node->object_count,
        .id = image->places[node->place].id,
        .image = image,
        .node = node,
    };
    mib_view_syntax(image, node->syntax, &out->syntax);
}

void mib_object_oid(const struct mib_object *object, struct uvsnmp_oid_buf *out)
{
    const struct mib_place *places;
    size_t count = 0;
    if (!object->image) {
        out->count = 1;
        out->ids[0] = object->id;
        return;
    }
    places = object->image->places;
    for (uint32_t at = object->node->place; at != 0; at = places[at].parent) {
        count++;
    }
    out->count = count;
    for (uint32_t at = object->node->place; at != 0; at = places[at].parent) {
        out->ids[--count] = places[at].id;
    }
}

struct mib_part mib_object_part(const struct mib_object *object, size_t index)
{
    const struct mib_part_record *record = &object->image->parts[object->node->parts + index];
    struct mib_part part = {.name = mib_image_text(object->image, record->name),
                            .is_implied = record->is_implied};
    mib_view_syntax(object->image, record->syntax, &part.syntax);
    return part;
}

const char *mib_object_name(const struct mib_object *object, size_t index)
{
    return mib_image_text(object->image, object->image->words[object->node->objects + index]);
}

struct mib_range mib_syntax_range(const struct mib_syntax *syntax, size_t index)
{
    const int64_t *pair = &syntax->image->ranges[2 * (syntax->record->ranges + index)];
    return (struct mib_range){pair[0], pair[1]};
}

struct mib_label mib_syntax_label(const struct mib_syntax *syntax, size_t index)
{
    const struct mib_label_record *record = &syntax->image->labels[syntax->record->labels + index];
    return (struct mib_label){mib_image_text(syntax->image, record->name), record->value};
}

const char *mib_syntax_label_of(const struct mib_syntax *syntax, int64_t value)
{
    for (size_t i = 0; i < syntax->label_count; i++) {
        struct mib_label label = mib_syntax_label(syntax, i);
        if (label.value == value) {
            return label.name;
        }
    }
    return NULL;
}

bool mib_syntax_value_of(const struct mib_syntax *syntax, const char *label, size_t length, int64_t *value)
{
    for (size_t i = 0; i < syntax->label_count; i++) {
        struct mib_label known = mib_syntax_label(syntax, i);
        if (strncmp(known.name, label, length) == 0 && known.name[length] == '\0') {
            *value = known.value;
            return true;
        }
    }
    return false;
}

bool mib_syntax_allows(const struct mib_syntax *syntax, int64_t number)
{
    for (size_t i = 0; i < syntax->range_count; i++) {
        struct mib_range range = mib_syntax_range(syntax, i);
        if (number >= range.low && number <= range.high) {
            return true;
        }
    }
    return syntax->range_count == 0;
}

int64_t mib_syntax_fixed_size(const struct mib_syntax *syntax)
{
    if (syntax->range_count == 1) {
        struct mib_range range = mib_syntax_range(syntax, 0);
        if (range.low == range.high && range.low >= 0) {
            return range.low;
        }
    }
    return -1;
}
