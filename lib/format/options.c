/* SPDX-License-Identifier: BSD-3-Clause */
#include "format/options.h"

#include <string.h>

#include "base/err.h"

#define HEX_PER_LINE_DEFAULT 16
#define PRECISION_DIGITS_MAX 3

enum action {
    TOGGLE,       /* the bool at `offset` */
    QUICK_EQUALS, /* two bools at once */
    OID_STYLE,    /* to `number` */
    STRING_STYLE, /* to `number` */
    TEXT,         /* the rest of the letters is its argument: for `take` */
};

typedef int take_fn(void *options, const char *argument, struct uvsnmp_error *err);

struct letter {
    char letter;
    enum action action;
    size_t offset;
    int number;
    take_fn *take;
    const char *argument; /* its name in the help */
    const char *help;
};

#define OUT(member) offsetof(struct format_options, member)
#define IN(member) offsetof(struct format_input_options, member)

static int take_precision(void *options, const char *argument, struct uvsnmp_error *err)
{
    return format_options_precision(options, argument, err);
}

static int take_suffix(void *options, const char *argument, struct uvsnmp_error *err)
{
    (void)err;
    ((struct format_input_options *)options)->suffix = argument;
    return 0;
}

static int take_prefix(void *options, const char *argument, struct uvsnmp_error *err)
{
    (void)err;
    ((struct format_input_options *)options)->prefix = argument;
    return 0;
}

static const struct letter output_letters[] = {
    {.letter = '0', .action = TOGGLE, .offset = OUT(leading_zero), .help = "two digits for each hexadecimal octet"},
    {.letter = 'a', .action = STRING_STYLE, .number = FORMAT_STRING_ASCII, .help = "strings always as text"},
    {.letter = 'b', .action = TOGGLE, .offset = OUT(numeric_index), .help = "indexes as plain numbers"},
    {.letter = 'e', .action = TOGGLE, .offset = OUT(numeric_enums), .help = "enumerations as numbers"},
    {.letter = 'E', .action = TOGGLE, .offset = OUT(escape_quotes), .help = "a backslash before quotes in indexes"},
    {.letter = 'f', .action = OID_STYLE, .number = FORMAT_OID_FULL, .help = "OIDs in full, from the root"},
    {.letter = 'n', .action = OID_STYLE, .number = FORMAT_OID_NUMERIC, .help = "OIDs as numbers"},
    {.letter = 'p', .action = TEXT, .take = take_precision, .argument = "PRECISION",
     .help = "width and digits of floating-point values, as in .2"},
    {.letter = 'q', .action = TOGGLE, .offset = OUT(quick), .help = "quick: no types, no equal sign"},
    {.letter = 'Q', .action = QUICK_EQUALS, .help = "quick, but with equal signs"},
    {.letter = 's', .action = OID_STYLE, .number = FORMAT_OID_SUFFIX, .help = "OIDs as last name and index"},
    {.letter = 'S', .action = OID_STYLE, .number = FORMAT_OID_MODULE, .help = "OIDs as module, last name and index"},
    {.letter = 't', .action = TOGGLE, .offset = OUT(numeric_timeticks), .help = "timeticks as plain numbers"},
    {.letter = 'T', .action = TOGGLE, .offset = OUT(hex_text), .help = "text next to hexadecimal strings"},
    {.letter = 'u', .action = OID_STYLE, .number = FORMAT_OID_UCD, .help = "OIDs without a well-known beginning"},
    {.letter = 'U', .action = TOGGLE, .offset = OUT(no_units), .help = "no units"},
    {.letter = 'v', .action = TOGGLE, .offset = OUT(value_only), .help = "values only, no OIDs"},
    {.letter = 'x', .action = STRING_STYLE, .number = FORMAT_STRING_HEX, .help = "strings always as hexadecimal"},
    {.letter = 'X', .action = TOGGLE, .offset = OUT(extended_index), .help = "indexes in brackets"},
    {.letter = '\0'},
};

static const struct letter input_letters[] = {
    {.letter = 'b', .action = TOGGLE, .offset = IN(best_match), .help = "names may be patterns"},
    {.letter = 'h', .action = TOGGLE, .offset = IN(no_hint), .help = "values are not read by their DISPLAY-HINT"},
    {.letter = 'r', .action = TOGGLE, .offset = IN(no_check), .help = "values are not checked for type and range"},
    {.letter = 'R', .action = TOGGLE, .offset = IN(random_access), .help = "names of any place in the tree"},
    {.letter = 's', .action = TEXT, .take = take_suffix, .argument = "SUFFIX", .help = "put SUFFIX after each OID"},
    {.letter = 'S', .action = TEXT, .take = take_prefix, .argument = "PREFIX", .help = "put PREFIX before each OID"},
    {.letter = 'u', .action = TOGGLE, .offset = IN(relative), .help = "OIDs without a leading dot are below mib-2"},
    {.letter = '\0'},
};

void format_options_init(struct format_options *options)
{
    memset(options, 0, sizeof(*options));
    options->oid_style = FORMAT_OID_MODULE;
    options->hex_per_line = HEX_PER_LINE_DEFAULT;
}

void format_input_options_init(struct format_input_options *options)
{
    memset(options, 0, sizeof(*options));
}

static const struct letter *find(const struct letter *table, char letter)
{
    for (; table->letter; table++) {
        if (table->letter == letter) {
            return table;
        }
    }
    return NULL;
}

static void apply_output(struct format_options *options, const struct letter *row)
{
    if (row->action == QUICK_EQUALS) {
        options->quick = !options->quick;
        options->quick_equals = options->quick;
    } else if (row->action == OID_STYLE) {
        options->oid_style = (enum format_oid_style)row->number;
    } else {
        options->string_style = (enum format_string_style)row->number;
    }
}

/* `options` is the struct that `table` describes; only the table of -O has the actions of apply_output(). */
static int parse(const struct letter *table, void *options, const char *letters, const char *unknown,
                 struct uvsnmp_error *err)
{
    for (const char *at = letters; *at; at++) {
        const struct letter *row = find(table, *at);
        if (!row) {
            return err_set(err, UVSNMP_EBAD_ARGUMENT, "%s: %c.", unknown, *at);
        }
        if (row->action == TEXT) {
            at++;
            return row->take(options, at + strspn(at, " "), err);
        }
        if (row->action == TOGGLE) {
            bool *flag = (bool *)((char *)options + row->offset);
            *flag = !*flag;
        } else {
            apply_output(options, row);
        }
    }
    return 0;
}

int format_options_parse(struct format_options *options, const char *letters, struct uvsnmp_error *err)
{
    return parse(output_letters, options, letters, "Unknown output option passed to -O", err);
}

int format_input_options_parse(struct format_input_options *options, const char *letters,
                               struct uvsnmp_error *err)
{
    return parse(input_letters, options, letters, "Unknown input option passed to -I", err);
}

static char open_letter(const struct letter *table, const char *letters)
{
    for (; *letters; letters++) {
        const struct letter *row = find(table, *letters);
        if (!row) {
            return 0;
        }
        if (row->action == TEXT) {
            return letters[1] ? 0 : *letters;
        }
    }
    return 0;
}

char format_options_open(const char *letters)
{
    return open_letter(output_letters, letters);
}

char format_input_options_open(const char *letters)
{
    return open_letter(input_letters, letters);
}

/* It becomes part of a printf format: nothing but what is known to be harmless may pass. */
int format_options_precision(struct format_options *options, const char *precision, struct uvsnmp_error *err)
{
    static const char digits[] = "0123456789";
    const char *at = precision + strspn(precision, "-+ #0");
    size_t width = strspn(at, digits);
    at += width;
    size_t decimals = 0;
    if (*at == '.') {
        at++;
        decimals = strspn(at, digits);
        at += decimals;
    }
    if (*at || width > PRECISION_DIGITS_MAX || decimals > PRECISION_DIGITS_MAX
        || strlen(precision) > FORMAT_PRECISION_MAX) {
        return err_set(err, UVSNMP_EBAD_ARGUMENT, "Bad precision (width.digits is wanted): %s", precision);
    }
    memcpy(options->precision, precision, strlen(precision) + 1);
    return 0;
}

static void help(const struct letter *table, struct text *text, const char *indent)
{
    for (; table->letter; table++) {
        text_append_format(text, "%s%c%s%s:  %s\n", indent, table->letter, table->argument ? " " : "",
                           table->argument ? table->argument : "", table->help);
    }
}

void format_options_help(struct text *text, const char *indent)
{
    help(output_letters, text, indent);
}

void format_input_options_help(struct text *text, const char *indent)
{
    help(input_letters, text, indent);
}
