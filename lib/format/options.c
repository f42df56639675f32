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

/* clang-format off */
#define FLAG(letter_, offset_, help_) {.letter = (letter_), .action = TOGGLE, .offset = (offset_), .help = (help_)}
#define STYLE(letter_, action_, number_, help_)                                                              \
    {.letter = (letter_), .action = (action_), .number = (number_), .help = (help_)}
#define WORD(letter_, argument_, take_, help_)                                                               \
    {.letter = (letter_), .action = TEXT, .argument = (argument_), .take = (take_), .help = (help_)}

static const struct letter output_letters[] = {
    FLAG('0', OUT(leading_zero), "two digits for each hexadecimal octet"),
    STYLE('a', STRING_STYLE, FORMAT_STRING_ASCII, "strings always as text"),
    FLAG('b', OUT(numeric_index), "indexes as plain numbers"),
    FLAG('e', OUT(numeric_enums), "enumerations as numbers"),
    FLAG('E', OUT(escape_quotes), "a backslash before quotes in indexes"),
    STYLE('f', OID_STYLE, FORMAT_OID_FULL, "OIDs in full, from the root"),
    STYLE('n', OID_STYLE, FORMAT_OID_NUMERIC, "OIDs as numbers"),
    WORD('p', "PRECISION", take_precision, "width and digits of floating-point values, as in .2"),
    FLAG('q', OUT(quick), "quick: no types, no equal sign"),
    {.letter = 'Q', .action = QUICK_EQUALS, .help = "quick, but with equal signs"},
    STYLE('s', OID_STYLE, FORMAT_OID_SUFFIX, "OIDs as last name and index"),
    STYLE('S', OID_STYLE, FORMAT_OID_MODULE, "OIDs as module, last name and index"),
    FLAG('t', OUT(numeric_timeticks), "timeticks as plain numbers"),
    FLAG('T', OUT(hex_text), "text next to hexadecimal strings"),
    STYLE('u', OID_STYLE, FORMAT_OID_UCD, "OIDs without a well-known beginning"),
    FLAG('U', OUT(no_units), "no units"),
    FLAG('v', OUT(value_only), "values only, no OIDs"),
    STYLE('x', STRING_STYLE, FORMAT_STRING_HEX, "strings always as hexadecimal"),
    FLAG('X', OUT(extended_index), "indexes in brackets"),
    {.letter = '\0'},
};

static const struct letter input_letters[] = {
    FLAG('b', IN(best_match), "names may be patterns"),
    FLAG('h', IN(no_hint), "values are neither read nor printed by their DISPLAY-HINT"),
    FLAG('r', IN(no_check), "values are not checked for type and range"),
    FLAG('R', IN(random_access), "names of any place in the tree"),
    WORD('s', "SUFFIX", take_suffix, "put SUFFIX after each OID"),
    WORD('S', "PREFIX", take_prefix, "put PREFIX before each OID"),
    FLAG('u', IN(relative), "OIDs without a leading dot are below mib-2"),
    {.letter = '\0'},
};
/* clang-format on */

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
        options->quick_equals = true; /* and stays so, if a 'q' comes after it */
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
    if (*at || width > PRECISION_DIGITS_MAX || decimals > PRECISION_DIGITS_MAX ||
        strlen(precision) > FORMAT_PRECISION_MAX) {
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
