/* SPDX-License-Identifier: BSD-3-Clause */
#include "apps/snmptranslate/snmptranslate.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "apps/common/app.h"
#include "apps/common/options.h"
#include "apps/common/report.h"
#include "base/err.h"
#include "base/num.h"
#include "format/name.h"
#include "format/oid.h"

#define STATUS_UNKNOWN_NAME ((enum app_status)2)

/* Which of the reports on all names; the last letter of -T that chooses one counts. */
enum overview { OVERVIEW_NONE, OVERVIEW_MODULE, OVERVIEW_TREE, OVERVIEW_NAMES };

struct own {
    enum overview overview;
    bool forms[REPORT_FORMS];
    bool details;
    bool all_matches;
    size_t width;
};

enum { LETTER_DETAILS, LETTER_ALL_MATCHES, LETTER_MODULE, LETTER_TREE, LETTER_FORM };

static const struct letter {
    char letter;
    int what;
    enum report_form form;
    const char *help;
} letters[] = {
    {'d', LETTER_DETAILS, 0, "the whole definition of each OID"},
    {'p', LETTER_TREE, 0, "a tree, of all names or below an OID"},
    {'l', LETTER_FORM, REPORT_LABELED, "all names, as .iso(1).org(3)"},
    {'o', LETTER_FORM, REPORT_NUMERIC, "all names, as .1.3"},
    {'s', LETTER_FORM, REPORT_SYMBOLIC, "all names, as .iso.org"},
    {'z', LETTER_FORM, REPORT_CHILD, "all names, as \"org\" \"1.3\""},
    {'t', LETTER_FORM, REPORT_SUFFIX, "all names, with type, hint and units"},
    {'a', LETTER_MODULE, 0, "all names, as a module would define them"},
    {'B', LETTER_ALL_MATCHES, 0, "all names that a regular expression fits"},
};
#define LETTER_COUNT (sizeof(letters) / sizeof(letters[0]))

static void apply_letter(struct app_run *run, const struct letter *row)
{
    struct own *own = run->own;
    switch (row->what) {
    case LETTER_DETAILS:
        own->details = true;
        run->mibs.parse.keep_descriptions = true;
        break;
    case LETTER_ALL_MATCHES:
        own->all_matches = true;
        break;
    case LETTER_MODULE:
        own->overview = OVERVIEW_MODULE;
        break;
    case LETTER_TREE:
        own->overview = OVERVIEW_TREE;
        break;
    default:
        own->overview = OVERVIEW_NAMES;
        own->forms[row->form] = true;
    }
}

static int apply_reports(struct app_run *run, const char *argument, struct uvsnmp_error *err)
{
    for (; *argument; argument++) {
        size_t i = 0;
        while (i < LETTER_COUNT && letters[i].letter != *argument) {
            i++;
        }
        if (i == LETTER_COUNT) {
            return err_set(err, UVSNMP_EBAD_ARGUMENT, "Invalid -T<lostpad> character: %c", *argument);
        }
        apply_letter(run, &letters[i]);
    }
    return 0;
}

static void letters_help(struct text *text, const char *indent)
{
    for (size_t i = 0; i < LETTER_COUNT; i++) {
        text_append_format(text, "%s%c:  %s\n", indent, letters[i].letter, letters[i].help);
    }
}

static int apply_width(struct app_run *run, const char *argument, struct uvsnmp_error *err)
{
    struct own *own = run->own;
    uint64_t width;
    if (!num_parse_u64(argument, SIZE_MAX / 2, &width) || width == 0) {
        (void)err_set(err, UVSNMP_EBAD_ARGUMENT, "Invalid width specification: %s", argument);
        return OPTION_NO_USAGE;
    }
    own->width = (size_t)width;
    return 0;
}

/* An OID: its name, its definition, or the tree below it. */
static void translate(struct app_run *run, struct uvsnmp_oid oid)
{
    const struct own *own = run->own;
    if (own->overview == OVERVIEW_TREE) {
        (void)print_tree(&run->out, run->options.output.mib, oid, own->width);
        return;
    }
    format_oid(&run->out.text, oid, &run->options.output);
    text_append_char(&run->out.text, '\n');
    if (own->details) {
        describe(&run->out.text, run->options.output.mib, oid, own->width);
    }
}

static enum app_status no_match(const char *operand)
{
    fprintf(stderr, "Unable to find a matching object identifier for \"%s\"\n", operand);
    return APP_FAILED;
}

/* Says why an operand stands for nothing, in the words that belong to the kind of search. */
static enum app_status refuse(const struct app_run *run, const char *operand, const struct uvsnmp_error *err)
{
    if (run->options.input.best_match) {
        return no_match(operand);
    }
    if (run->options.input.random_access) {
        fprintf(stderr, "Unknown object identifier: %s\n", operand);
    } else {
        report_operand(operand, err);
    }
    return STATUS_UNKNOWN_NAME;
}

static enum app_status translate_operands(struct app_run *run)
{
    const struct own *own = run->own;
    for (size_t i = 0; i < run->operand_count; i++) {
        struct uvsnmp_oid_buf oid;
        struct mib_object object;
        size_t used;
        struct uvsnmp_error err = {0, ""};
        text_append(&run->out.text, i ? "\n" : "");
        if (format_name_parse(run->operands[i], &run->options.input, &oid, &err) < 0) {
            (void)output_flush(&run->out);
            return refuse(run, run->operands[i], &err);
        }
        if (own->overview == OVERVIEW_TREE &&
            !mib_find_oid(run->options.output.mib, uvsnmp_oid_of(&oid), &object, &used)) {
            (void)output_flush(&run->out);
            return no_match(run->operands[i]);
        }
        translate(run, uvsnmp_oid_of(&oid));
        output_flow(&run->out);
    }
    return APP_OK;
}

/* ---- what takes memory in proportion to the number of names ---- */

/* A million names with all their OIDs. */
#define ARENA_LIMIT ((size_t)1 << 30)

typedef enum app_status arena_fn(struct app_run *run, struct arena *arena, const char *operand);

static enum app_status with_arena(struct app_run *run, arena_fn *work, const char *operand)
{
    struct arena arena;
    arena_init(&arena, 0, ARENA_LIMIT);
    enum app_status status = work(run, &arena, operand);
    arena_fini(&arena);
    return status;
}

static enum app_status no_memory(const struct app_run *run)
{
    fprintf(stderr, "%s: out of memory\n", run->app->name);
    return APP_FAILED;
}

static enum app_status dump_module(struct app_run *run, struct arena *arena, const char *operand)
{
    (void)operand;
    return report_module(&run->out, run->options.output.mib, arena) ? APP_OK : no_memory(run);
}

struct match {
    struct match *next;
    struct uvsnmp_oid oid;
};

struct matches {
    struct arena *arena;
    struct match *list; /* backwards, as Net-SNMP has them */
    bool failed;
};

static void take_match(struct uvsnmp_oid oid, void *arg)
{
    struct matches *matches = arg;
    struct match *match = arena_alloc(matches->arena, sizeof(*match));
    const uint32_t *ids = match ? arena_copy(matches->arena, oid.ids, oid.count * sizeof(oid.ids[0])) : NULL;
    if (!ids) {
        matches->failed = true;
        return;
    }
    *match = (struct match){matches->list, {ids, oid.count}};
    matches->list = match;
}

static enum app_status translate_matches(struct app_run *run, struct arena *arena, const char *expression)
{
    struct matches matches = {.arena = arena};
    if (!format_name_matches(run->options.output.mib, expression, take_match, &matches) ||
        (!matches.list && !matches.failed)) {
        return no_match(expression);
    }
    for (const struct match *match = matches.list; match; match = match->next) {
        translate(run, match->oid);
        output_flow(&run->out);
    }
    return matches.failed ? no_memory(run) : APP_OK;
}

static enum app_status report_all(struct app_run *run)
{
    const struct own *own = run->own;
    const struct mib *mib = run->options.output.mib;
    switch (own->overview) {
    case OVERVIEW_MODULE:
        return with_arena(run, dump_module, NULL);
    case OVERVIEW_TREE:
        (void)print_tree(&run->out, mib, UVSNMP_OID(1), own->width);
        return APP_OK;
    case OVERVIEW_NAMES:
        report_names(&run->out, mib, own->forms);
        return APP_OK;
    case OVERVIEW_NONE:
        break;
    }
    app_usage(run);
    return APP_FAILED;
}

static enum app_status run(struct app_run *app_run)
{
    const struct own *own = app_run->own;
    app_run->options.input.paths_only = true;
    if (app_run->operand_count == 0) {
        return report_all(app_run);
    }
    return own->all_matches ? with_arena(app_run, translate_matches, app_run->operands[0])
                            : translate_operands(app_run);
}

/* clang-format off */
static const struct option_row options[] = {
    {.group = OPTION_APP, .letter = 'T', .argument = "LETTERS", .apply = apply_reports, .help = "reports:",
     .letters = letters_help},
    {.group = OPTION_APP, .letter = 'w', .argument = "WIDTH", .apply = apply_width,
     .help = "break the lines of -Td and -Tp there"},
    {.apply = NULL},
};
/* clang-format on */

static const struct app snmptranslate = {
    .name = "snmptranslate",
    .operands = "OID [OID]...",
    .options = options,
    .is_offline = true,
    .run = run,
};

int main(int argc, char **argv)
{
    struct own own = {.width = WIDTH_DEFAULT};
    return app_main(argc, argv, &snmptranslate, &own);
}
