/* SPDX-License-Identifier: BSD-3-Clause */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "apps/snmptranslate/snmptranslate.h"

void wrap(struct wrapping *line, const char *item, bool is_last)
{
    size_t room = strlen(item) + strlen(", "); /* Net-SNMP leaves it behind the last one too */
    if (line->column + room > line->width) {
        text_append_char(line->text, '\n');
        text_append(line->text, line->indent);
        line->column = line->start;
    }
    text_append(line->text, item);
    text_append(line->text, is_last ? "" : ", ");
    line->column += room;
}

void wrap_labels(struct wrapping *line, const struct mib_syntax *syntax)
{
    char item[256];
    for (size_t i = 0; i < syntax->label_count; i++) {
        struct mib_label label = mib_syntax_label(syntax, i);
        snprintf(item, sizeof(item), "%s(%" PRId64 ")", label.name, label.value);
        wrap(line, item, i + 1 == syntax->label_count);
    }
}

void append_ranges(struct text *text, const struct mib_syntax *syntax)
{
    for (size_t i = 0; i < syntax->range_count; i++) {
        struct mib_range range = mib_syntax_range(syntax, i);
        text_append(text, i ? " | " : "");
        text_append_i64(text, range.low);
        if (range.high != range.low) {
            text_append(text, "..");
            text_append_i64(text, range.high);
        }
    }
}
