/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * What a person types: the first line is a type, the second its value, the third the letters of -O or -I, the
 * fourth a name; with a name, the built-in modules are there. Then the value is printed. A refusal must have
 * a reason, and what was read must be printable; a name must be what its numbers are.
 */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "format/input.h"
#include "format/name.h"
#include "format/value.h"
#include "mib/mib.h"

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

static struct mib *modules(void)
{
    static const char *const names[] = {"SNMPv2-MIB", "IF-MIB",  "IP-MIB",    "SNMP-VIEW-BASED-ACM-MIB",
                                        "BRIDGE-MIB", "TCP-MIB", "RMON2-MIB", "NET-SNMP-EXTEND-MIB"};
    static struct mib *mib;
    if (!mib) {
        mib = mib_new();
        for (size_t i = 0; mib && i < sizeof(names) / sizeof(names[0]); i++) {
            (void)mib_show(mib, names[i]);
        }
    }
    return mib;
}

/* The name, and the same again from its numbers. */
static struct uvsnmp_oid read_name(const char *text, const struct format_input_options *options,
                                   struct uvsnmp_oid_buf *name)
{
    struct format_input_options plain;
    struct uvsnmp_oid_buf again;
    struct uvsnmp_error err = {0, ""};
    char numbers[UVSNMP_OID_TEXT_MAX];
    if (format_name_parse(text, options, name, &err) != 0) {
        if (err.detail[0] == '\0') {
            abort();
        }
        *name = (struct uvsnmp_oid_buf){.count = 3, .ids = {1, 3, 6}};
        return uvsnmp_oid_of(name);
    }
    format_input_options_init(&plain);
    plain.mib = options->mib;
    plain.no_check = true;
    if (name->count == 0 || name->count > UVSNMP_OID_MAX ||
        uvsnmp_oid_format(uvsnmp_oid_of(name), numbers, sizeof(numbers)) < 0 ||
        format_name_parse(numbers, &plain, &again, NULL) != 0 ||
        uvsnmp_oid_compare(uvsnmp_oid_of(name), uvsnmp_oid_of(&again)) != 0) {
        abort();
    }
    return uvsnmp_oid_of(name);
}

static void read_and_print(char *text)
{
    struct format_input_options options;
    struct uvsnmp_oid_buf name;
    struct uvsnmp_value value;
    struct uvsnmp_error err = {0, ""};
    struct arena arena;
    char *rest = text;
    struct format_input input = {.name = UVSNMP_OID(1, 3, 6)};
    input.type = line(&rest);
    input.value = line(&rest);
    const char *letters = line(&rest), *name_text = line(&rest);
    format_input_options_init(&options);
    if (format_input_options_parse(&options, letters, NULL) < 0) {
        format_input_options_init(&options);
    }
    if (*name_text) {
        options.mib = modules();
        input.name = read_name(name_text, &options, &name);
    }
    arena_init(&arena, 0, 0);
    if (format_input_value(&input, &options, &arena, &value, &err) == 0) {
        print(&value, letters);
    } else if (err.detail[0] == '\0') {
        abort();
    }
    arena_fini(&arena);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    char *text = malloc(size + 1);
    if (!text) {
        return 0;
    }
    if (size > 0) {
        memcpy(text, data, size);
    }
    text[size] = '\0';
    read_and_print(text);
    free(text);
    return 0;
}
