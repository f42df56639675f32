/* SPDX-License-Identifier: BSD-3-Clause */
#include "apps/snmptable/layout.h"

#include <stdlib.h>
#include <string.h>

#include <uvsnmp/error.h>

#define ROWS_MEMORY ((size_t)512 << 20)
#define INDEX_LABEL "index"
#define HOLE "?"

/* Columns of one part of the table. */
struct part {
    size_t first, end;
    bool wraps; /* and lines are broken where they get too long, for all columns are in it */
};

int layout_init(struct layout *layout, const struct flags *flags, const char *name, const char *const *labels,
                size_t count)
{
    memset(layout, 0, sizeof(*layout));
    arena_init(&layout->arena, 0, ROWS_MEMORY);
    layout->flags = flags;
    layout->name = name;
    layout->labels = labels;
    layout->count = count;
    layout->index_width = sizeof(INDEX_LABEL); /* and a blank */
    layout->end = &layout->first;
    layout->widths = calloc(count, sizeof(layout->widths[0]));
    if (!layout->widths) {
        return UVSNMP_ENO_MEMORY;
    }
    for (size_t i = 0; i < count; i++) {
        layout->widths[i] = strlen(labels[i]);
    }
    return 0;
}

void layout_fini(struct layout *layout)
{
    free(layout->widths);
    arena_fini(&layout->arena);
}

/* ---- rows ---- */

struct layout_row *layout_add_row(struct layout *layout)
{
    size_t size = sizeof(struct layout_row) + layout->count * sizeof(char *);
    struct layout_row *row = arena_alloc(&layout->arena, size);
    if (row) {
        memset(row, 0, size);
        *layout->end = row;
        layout->end = &row->next;
        layout->has_rows = true;
    }
    return row;
}

/* Copies a text, and makes `*width` as wide. */
static int copy(struct layout *layout, const char *text, size_t *width, const char **out)
{
    size_t size = strlen(text);
    *width = size > *width ? size : *width;
    *out = arena_copy(&layout->arena, text, size + 1);
    return *out ? 0 : UVSNMP_ENO_MEMORY;
}

int layout_set_index(struct layout *layout, struct layout_row *row, const char *text)
{
    return copy(layout, text, &layout->index_width, &row->index);
}

int layout_set_cell(struct layout *layout, struct layout_row *row, size_t column, const char *text)
{
    return copy(layout, text, &layout->widths[column], &row->cells[column]);
}

/* ---- lines ---- */

static bool has_index_column(const struct layout *layout)
{
    return layout->flags->with_index && layout->flags->column_width == 0;
}

/* Columns in their own widths, or all as wide as the person said. */
static size_t width_of(const struct layout *layout, size_t column)
{
    int32_t fixed = layout->flags->column_width;
    return fixed ? (size_t)fixed - 1 : layout->widths[column];
}

static void append_blanks(struct text *out, size_t count)
{
    while (count-- > 0) {
        text_append_char(out, ' ');
    }
}

static void append_aligned(struct text *out, const char *string, size_t size, size_t width, bool left)
{
    size_t blanks = size < width ? width - size : 0;
    append_blanks(out, left ? 0 : blanks);
    text_append_size(out, string, size);
    append_blanks(out, left ? blanks : 0);
}

static void append_index(const struct layout *layout, struct text *out, const char *index)
{
    if (layout->flags->separator) {
        text_append(out, index);
    } else {
        append_aligned(out, index, strlen(index), layout->index_width, layout->flags->left);
    }
}

static void append_cell(const struct layout *layout, struct text *out, size_t column, const char *string)
{
    const struct flags *flags = layout->flags;
    size_t width = width_of(layout, column), size = strlen(string);
    if (flags->separator && flags->column_width == 0) {
        if (column > 0 || flags->with_index) {
            text_append(out, flags->separator);
        }
        text_append(out, string);
        return;
    }
    if (flags->column_width) {
        size = strnlen(string, width);
    }
    append_blanks(out, flags->left ? 0 : 1);
    append_aligned(out, string, size, width, flags->left);
    append_blanks(out, flags->left ? 1 : 0);
}

/* Would another column make the line too long? `used` is what is in it. */
static bool is_too_long(const struct layout *layout, size_t used, size_t column)
{
    int64_t limit = layout->flags->line_width;
    return limit != 0 && (int64_t)(used + width_of(layout, column) + 1) > limit;
}

/* The labels, or a row. */
static void append_line(const struct layout *layout, struct text *out, const struct part *part,
                        const struct layout_row *row)
{
    size_t used = 0;
    if (has_index_column(layout)) {
        append_index(layout, out, row ? row->index : INDEX_LABEL);
    }
    for (size_t i = part->first; i < part->end; i++) {
        if (part->wraps && used > 0 && is_too_long(layout, used, i)) {
            text_append_char(out, '\n');
            used = 0;
        }
        const char *cell = row ? row->cells[i] : layout->labels[i];
        append_cell(layout, out, i, cell ? cell : HOLE);
        used += width_of(layout, i) + 1;
    }
    text_append_char(out, '\n');
}

/* ---- parts ---- */

/* The columns from `first` on that fit into a line; at least one. */
static struct part next_part(const struct layout *layout, size_t first)
{
    struct part part = {.first = first, .end = layout->count, .wraps = layout->flags->column_width};
    size_t used = has_index_column(layout) ? layout->index_width : 0;
    if (part.wraps) {
        return part;
    }
    for (size_t i = first; i < part.end; i++) {
        if (i > first && is_too_long(layout, used, i)) {
            part.end = i;
        }
        used += width_of(layout, i) + 1;
    }
    return part;
}

/* Title and labels; labels that stand alone have no title before their first part. */
static void append_header(const struct layout *layout, struct text *out, const struct part *part,
                          unsigned number)
{
    if (number > 1) {
        text_append_format(out, "\nSNMP table %s, part %u\n\n", layout->name, number);
    } else if (!layout->flags->header_only) {
        text_append_format(out, "SNMP table: %s\n\n", layout->name);
    }
    append_line(layout, out, part, NULL);
}

static void append_rows(const struct layout *layout, struct text *out, const struct part *part)
{
    for (const struct layout_row *row = layout->first; row; row = row->next) {
        if (layout->flags->with_index && layout->flags->column_width) {
            text_append_format(out, "\nindex: %s\n", row->index);
        }
        append_line(layout, out, part, row);
    }
}

void layout_print(struct layout *layout, struct text *out)
{
    bool has_header = !layout->flags->no_header && !layout->has_header;
    unsigned number = 1;
    for (struct part part = {0}; part.end < layout->count; number++) {
        part = next_part(layout, part.end);
        if (has_header) {
            append_header(layout, out, &part, number);
        }
        append_rows(layout, out, &part);
    }
    layout->has_header = true;
    layout->first = NULL;
    layout->end = &layout->first;
    arena_reset(&layout->arena);
}
