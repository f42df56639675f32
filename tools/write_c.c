/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Arrays of numbers and one of texts: constant data that nothing needs to relocate. A function, not a
 * structure of pointers, hands them out for the same reason.
 */
#include <ctype.h>
#include <inttypes.h>
#include <string.h>

#include "mibfacts.h"

static void write_places(FILE *out, const struct mib_image *image)
{
    fprintf(out, "static const struct mib_place places[] = {\n");
    for (uint32_t i = 0; i < image->place_count; i++) {
        const struct mib_place *place = &image->places[i];
        fprintf(out, "{%" PRIu32 "u,%" PRIu32 "u,%" PRIu32 ",%" PRIu32 ",%" PRIu32 ",%" PRIu32 "},\n",
                place->id, place->parent, place->first_child, place->child_count, place->first_node,
                place->node_count);
    }
    fprintf(out, "};\n");
}

static void write_nodes(FILE *out, const struct mib_image *image)
{
    fprintf(out, "static const struct mib_node nodes[] = {\n");
    for (uint32_t i = 0; i < image->node_count; i++) {
        const struct mib_node *node = &image->nodes[i];
        const uint32_t words[] = {node->place,         node->name,        node->syntax,    node->units,
                                  node->default_value, node->description, node->reference, node->last_updated,
                                  node->parts,         node->objects,     node->augments};
        fprintf(out, "{");
        for (size_t n = 0; n < sizeof(words) / sizeof(words[0]); n++) {
            fprintf(out, "%" PRIu32 ",", words[n]);
        }
        fprintf(out, "%u,%u,%u,%u,%u,%u,%u},\n", node->part_count, node->object_count, node->module,
                node->kind, node->access, node->status, node->flags);
    }
    fprintf(out, "};\n");
}

static void write_syntaxes(FILE *out, const struct mib_image *image)
{
    fprintf(out, "static const struct mib_syntax_record syntaxes[] = {\n");
    for (uint32_t i = 0; i < image->syntax_count; i++) {
        const struct mib_syntax_record *syntax = &image->syntaxes[i];
        fprintf(out, "{%" PRIu32 ",%" PRIu32 ",%" PRIu32 ",%" PRIu32 ",%u,%u,%u},\n", syntax->type,
                syntax->hint, syntax->ranges, syntax->labels, syntax->range_count, syntax->label_count,
                syntax->base);
    }
    fprintf(out, "};\nstatic const struct mib_label_record labels[] = {\n");
    for (uint32_t i = 0; i < image->label_count; i++) {
        fprintf(out, "{%" PRId64 ",%" PRIu32 "},\n", image->labels[i].value, image->labels[i].name);
    }
    fprintf(out, "};\nstatic const struct mib_part_record parts[] = {\n");
    for (uint32_t i = 0; i < image->part_count; i++) {
        const struct mib_part_record *part = &image->parts[i];
        fprintf(out, "{%" PRIu32 ",%" PRIu32 ",%u},\n", part->name, part->syntax, part->is_implied);
    }
    fprintf(out, "};\nstatic const int64_t ranges[] = {\n");
    for (uint32_t i = 0; i < image->range_count; i++) {
        fprintf(out, "%" PRId64 ",%" PRId64 ",\n", image->ranges[2 * i], image->ranges[2 * i + 1]);
    }
    fprintf(out, "};\n");
}

static void write_modules(FILE *out, const struct mib_image *image)
{
    fprintf(out, "static const struct mib_module_record modules[] = {\n");
    for (uint32_t i = 0; i < image->module_count; i++) {
        const struct mib_module_record *module = &image->modules[i];
        fprintf(out, "{%" PRIu32 ",%" PRIu32 ",%" PRIu32 ",0},\n", module->name, module->imports,
                module->import_count);
    }
    fprintf(out, "};\nstatic const struct mib_type_record types[] = {\n");
    for (uint32_t i = 0; i < image->type_count; i++) {
        const struct mib_type_record *type = &image->types[i];
        fprintf(out, "{%" PRIu32 ",%" PRIu32 ",%u,%u},\n", type->name, type->syntax, type->module,
                type->is_convention);
    }
    fprintf(out, "};\n");
}

static void write_numbers(FILE *out, const char *name, const uint32_t *numbers, uint32_t count)
{
    fprintf(out, "static const uint32_t %s[] = {\n", name);
    for (uint32_t i = 0; i < count; i++) {
        fprintf(out, "%" PRIu32 ",%s", numbers[i], i % 16 == 15 || i + 1 == count ? "\n" : "");
    }
    fprintf(out, "};\n");
}

/* One literal a text; the last NUL is the compiler's. */
static void write_strings(FILE *out, const struct mib_image *image)
{
    fprintf(out, "static const char strings[] =\n\"");
    for (uint32_t i = 0; i + 1 < image->string_size; i++) {
        unsigned char c = (unsigned char)image->strings[i];
        if (c == '\0') {
            fprintf(out, "\\000\"\n\"");
        } else if (c < ' ' || c >= 0x7f || c == '"' || c == '\\' || c == '?') {
            fprintf(out, "\\%03o", c);
        } else {
            fputc(c, out);
        }
    }
    fprintf(out, "\";\n");
}

void write_c(FILE *out, const struct mib_image *image)
{
    static const char *const arrays[] = {"places", "nodes", "by_name", "types", "modules", "syntaxes",
                                         "labels", "parts", "ranges",  "words", "strings"};
    static const char *const counts[] = {"place", "node", "type",  "module", "syntax",
                                         "label", "part", "range", "word"};
    const uint32_t values[] = {image->place_count,  image->node_count,   image->type_count,
                               image->module_count, image->syntax_count, image->label_count,
                               image->part_count,   image->range_count,  image->word_count};
    fprintf(out, "/* Made by mibfacts. */\n#include \"mib/image.h\"\n\n");
    write_places(out, image);
    write_nodes(out, image);
    write_syntaxes(out, image);
    write_modules(out, image);
    write_numbers(out, "by_name", image->by_name, image->node_count);
    write_numbers(out, "words", image->words, image->word_count);
    write_strings(out, image);
    fprintf(out, "\nvoid mib_builtin_image(struct mib_image *image)\n{\n");
    for (size_t i = 0; i < sizeof(arrays) / sizeof(arrays[0]); i++) {
        fprintf(out, "    image->%s = %s;\n", arrays[i], arrays[i]);
    }
    for (size_t i = 0; i < sizeof(counts) / sizeof(counts[0]); i++) {
        fprintf(out, "    image->%s_count = %" PRIu32 ";\n", counts[i], values[i]);
    }
    fprintf(out, "    image->string_size = %" PRIu32 ";\n}\n", image->string_size);
}
