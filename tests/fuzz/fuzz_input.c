/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * What a person types: the first line is a type, the second its value, the third the letters of -O; then the
 * value is printed. A refusal must have a reason, and what was read must be printable.
 */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "format/input.h"
#include "format/value.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* Cuts the next line off. */
static char *line(char **rest)
{
    char *start = *rest;
    char *end = start + strcspn(start, "\n");
    *rest = *end ? end + 1 : end;
    *end = '\0';
    return start;
}

static void print(const struct uvsnmp_value *value, const char *letters)
{
    struct uvsnmp_varbind varbind = {.name = UVSNMP_OID(1, 3, 6), .value = *value};
    struct format_options options;
    struct uvsnmp_error err = {0, ""};
    struct text text;
    format_options_init(&options);
    if (format_options_parse(&options, letters, &err) < 0 && err.detail[0] == '\0') {
        abort();
    }
    (void)format_options_open(letters);
    text_init(&text, 0);
    format_varbind(&text, &varbind, &options);
    if (text_failed(&text)) {
        abort();
    }
    text_fini(&text);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct format_input_options options;
    struct uvsnmp_value value;
    struct uvsnmp_error err = {0, ""};
    struct arena arena;
    char *text = malloc(size + 1), *rest = text;
    if (!text) {
        return 0;
    }
    if (size > 0) {
        memcpy(text, data, size);
    }
    text[size] = '\0';
    arena_init(&arena, 0, 0);
    format_input_options_init(&options);
    const char *type = line(&rest), *word = line(&rest), *letters = line(&rest);
    const struct format_input input = {.name = UVSNMP_OID(1, 3, 6), .type = type, .value = word};
    if (format_input_options_parse(&options, letters, NULL) < 0) {
        format_input_options_init(&options);
    }
    if (format_input_value(&input, &options, &arena, &value, &err) == 0) {
        print(&value, letters);
    } else if (err.detail[0] == '\0') {
        abort();
    }
    arena_fini(&arena);
    free(text);
    return 0;
}
