/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The table of facts. A line is a module, a type or a node; one that begins with '#' is a comment.
 *
 *   module NAME [: IMPORTED …]             begins a module, which sees all that the imported ones define
 *   convention NAME SYNTAX ["HINT"] [!STATUS]                                         a TEXTUAL-CONVENTION
 *   type NAME SYNTAX                                                     a plain assignment, e.g. in SMIv1
 *   PARENT.NUMBER NAME [WHAT]              a node below one of another place; PARENT may have more steps,
 *                                          each a name, a number or both: "iso.org(3).6"
 *    NUMBER NAME [WHAT]                    indented by n blanks: below the last line that n - 1 indent
 *
 * WHAT a node is, without it a plain OBJECT IDENTIFIER, begins with one of
 *   - n r w o c ? SYNTAX    an OBJECT-TYPE that is not-accessible, accessible-for-notify, read-only,
 *                           read-write, write-only, read-create, or does not say
 *   table                   the same as "- table", the SYNTAX of a SEQUENCE OF
 *   [NAME !NAME …]          a row, and its INDEX; '!' is IMPLIED
 *   [+NAME]                 a row, and the row that it AUGMENTS
 *   (NAME …)                a NOTIFICATION-TYPE and its OBJECTS
 *   identity object-identity notification trap group notification-group compliance capabilities
 * and goes on with any of [INDEX], (OBJECTS), /UNITS, =DEFVAL and !STATUS. UNITS and DEFVAL may be "quoted",
 * with \" \\ and \n. STATUS is current where nothing is said, and none for what has none in SMIv2.
 *
 * SYNTAX is a base ("INTEGER", "OCTET-STRING" …) or the name of a type, "table", or "row" for a row; behind
 * it, without a blank, come sizes or ranges as in (0..255|300) and labels as in {up 1 down 2}.
 */
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include <uvsnmp/oid.h>

#include "base/err.h"
#include "base/num.h"
#include "mib/facts.h"
#include "mib/facts_words.h"

enum { WORD_LIMIT = 1024 };

struct reader {
    const char *file, *at, *end; /* [at, end): the rest of the line */
    unsigned line;
    struct arena *arena;
    struct uvsnmp_error *err;
    struct mib_draft **drafts, *draft; /* `drafts`: where the next one goes; likewise below */
    struct mib_type_draft **types;
    struct mib_node_draft **nodes;
    const char *levels[UVSNMP_OID_MAX]; /* the names that lines of more indentation are below */
    size_t depth;
};

struct word {
    const char *text;
    size_t length;
};

static int UVSNMP_PRINTF(2, 3) fail(struct reader *in, const char *format, ...)
{
    char text[160];
    va_list args;
    va_start(args, format);
    (void)vsnprintf(text, sizeof(text), format, args);
    va_end(args);
    return err_set(in->err, UVSNMP_EBAD_SYNTAX, "%s:%u: %s", in->file, in->line, text);
}

static int no_memory(struct reader *in)
{
    return err_set(in->err, UVSNMP_ENO_MEMORY, "%s:%u: out of memory", in->file, in->line);
}

/* A zeroed object; on failure the error is set. */
static void *make(struct reader *in, size_t size)
{
    void *object = arena_alloc(in->arena, size);
    if (!object) {
        (void)no_memory(in);
        return NULL;
    }
    return memset(object, 0, size);
}

/* ---- pieces of a line ---- */

static bool has(const struct reader *in, char c)
{
    return in->at < in->end && *in->at == c;
}

static bool take(struct reader *in, char c)
{
    if (!has(in, c)) {
        return false;
    }
    in->at++;
    return true;
}

static void skip_blanks(struct reader *in)
{
    while (has(in, ' ')) {
        in->at++;
    }
}

/* A word of name characters, maybe none. */
static struct word take_word(struct reader *in)
{
    struct word word = {in->at, 0};
    while (in->at < in->end && mib_facts_is_name_char(*in->at)) {
        in->at++;
    }
    word.length = (size_t)(in->at - word.text);
    return word;
}

static bool is_digits(struct word word)
{
    size_t i = 0;
    while (i < word.length && word.text[i] >= '0' && word.text[i] <= '9') {
        i++;
    }
    return i > 0 && i == word.length;
}

static bool is_word(struct word word, const char *text)
{
    return strlen(text) == word.length && memcmp(text, word.text, word.length) == 0;
}

static int keep(struct reader *in, struct word word, const char **out)
{
    char *copy;
    if (word.length > WORD_LIMIT) {
        return fail(in, "a word of more than %d octets", WORD_LIMIT);
    }
    copy = arena_alloc(in->arena, word.length + 1);
    if (!copy) {
        return no_memory(in);
    }
    memcpy(copy, word.text, word.length);
    copy[word.length] = '\0';
    *out = copy;
    return 0;
}

static int read_name(struct reader *in, const char *what, const char **out)
{
    struct word word = take_word(in);
    return word.length > 0 ? keep(in, word, out) : fail(in, "%s expected", what);
}

static int read_number(struct reader *in, int64_t min, int64_t max, int64_t *out)
{
    char digits[32];
    struct word word = {in->at, 0};
    (void)take(in, '-');
    while (in->at < in->end && *in->at >= '0' && *in->at <= '9') {
        in->at++;
    }
    word.length = (size_t)(in->at - word.text);
    if (word.length == 0 || word.length >= sizeof(digits)) {
        return fail(in, "a number expected");
    }
    memcpy(digits, word.text, word.length);
    digits[word.length] = '\0';
    return num_parse_i64(digits, min, max, out) ? 0 : fail(in, "%s is no number that can stand here", digits);
}

/* "text with \" in it", or what goes up to the next blank. */
static int read_text(struct reader *in, const char **out)
{
    char text[WORD_LIMIT + 1];
    struct word word = {text, 0};
    bool is_quoted = take(in, '"');
    while (in->at < in->end && (is_quoted ? *in->at != '"' : *in->at != ' ')) {
        char c = *in->at++;
        if (is_quoted && c == '\\' && in->at < in->end) {
            c = *in->at++;
            c = c == 'n' ? '\n' : c;
        }
        if (word.length >= WORD_LIMIT) {
            return fail(in, "a text of more than %d octets", WORD_LIMIT);
        }
        text[word.length++] = c;
    }
    if (is_quoted && !take(in, '"')) {
        return fail(in, "a text without its closing quote");
    }
    return keep(in, word, out);
}

/* ---- syntax ---- */

static int read_ranges(struct reader *in, struct mib_range_draft **to)
{
    do {
        struct mib_range_draft *range = make(in, sizeof(*range));
        int status = range ? read_number(in, INT64_MIN, INT64_MAX, &range->low) : UVSNMP_ENO_MEMORY;
        if (status == 0) {
            range->high = range->low;
            if (take(in, '.')) {
                status = take(in, '.') ? read_number(in, INT64_MIN, INT64_MAX, &range->high)
                                       : fail(in, "'..' expected");
            }
        }
        if (status != 0) {
            return status;
        }
        *to = range;
        to = &range->next;
    } while (take(in, '|'));
    return take(in, ')') ? 0 : fail(in, "')' expected behind ranges");
}

static int read_labels(struct reader *in, struct mib_label_draft **to)
{
    skip_blanks(in);
    while (!take(in, '}')) {
        struct mib_label_draft *label = make(in, sizeof(*label));
        int status = label ? read_name(in, "a label or '}'", &label->name) : UVSNMP_ENO_MEMORY;
        if (status == 0) {
            skip_blanks(in);
            status = read_number(in, INT64_MIN, INT64_MAX, &label->value);
        }
        if (status != 0) {
            return status;
        }
        *to = label;
        to = &label->next;
        skip_blanks(in);
    }
    return 0;
}

static int read_syntax(struct reader *in, struct mib_type_use *use)
{
    struct word word;
    int status = 0;
    skip_blanks(in);
    word = take_word(in);
    if (word.length == 0) {
        return fail(in, "a type expected");
    }
    if (is_word(word, "table")) {
        use->is_sequence_of = true;
    } else if (!is_word(word, "row")) {
        use->base = mib_facts_base_of(word.text, word.length);
        if (use->base == MIB_BASE_NONE) {
            status = keep(in, word, &use->name);
        }
    }
    if (status == 0 && take(in, '(')) {
        status = read_ranges(in, &use->ranges);
    }
    if (status == 0 && take(in, '{')) {
        status = read_labels(in, &use->labels);
    }
    return status;
}

/* ---- what a node says of itself ---- */

static int read_index(struct reader *in, struct mib_node_draft *node)
{
    struct mib_index_draft **to = &node->index;
    skip_blanks(in);
    if (take(in, '+')) {
        int status = read_name(in, "a row", &node->augments);
        return status != 0 || take(in, ']') ? status : fail(in, "']' expected behind a row");
    }
    while (!take(in, ']')) {
        struct mib_index_draft *part = make(in, sizeof(*part));
        int status = UVSNMP_ENO_MEMORY;
        if (part) {
            part->is_implied = take(in, '!');
            status = read_name(in, "an index or ']'", &part->name);
        }
        if (status != 0) {
            return status;
        }
        *to = part;
        to = &part->next;
        skip_blanks(in);
    }
    return 0;
}

static int read_objects(struct reader *in, struct mib_node_draft *node)
{
    struct mib_name_draft **to = &node->objects;
    skip_blanks(in);
    while (!take(in, ')')) {
        struct mib_name_draft *object = make(in, sizeof(*object));
        int status = object ? read_name(in, "an object or ')'", &object->name) : UVSNMP_ENO_MEMORY;
        if (status != 0) {
            return status;
        }
        *to = object;
        to = &object->next;
        skip_blanks(in);
    }
    return 0;
}

static int read_status(struct reader *in, enum mib_status *out)
{
    struct word word = take_word(in);
    enum mib_status status = mib_facts_status_of(word.text, word.length);
    if (status == MIB_STATUS_COUNT) {
        return fail(in, "unknown status");
    }
    *out = status;
    return 0;
}

/* The word that a node begins with behind its name. */
static int read_kind(struct reader *in, struct mib_node_draft *node)
{
    struct word word;
    node->kind = MIB_KIND_OBJECT_TYPE;
    node->access = MIB_ACCESS_NOT_ACCESSIBLE;
    if (has(in, '[')) {
        return 0;
    }
    if (has(in, '(')) {
        node->kind = MIB_KIND_NOTIFICATION_TYPE;
        node->access = MIB_ACCESS_NONE;
        return 0;
    }
    word = take_word(in);
    if (word.length == 0 && take(in, '?')) {
        word.length = 1;
    }
    if (is_word(word, "table")) {
        node->syntax.is_sequence_of = true;
        return 0;
    }
    node->access = mib_facts_access_of(word.text, word.length);
    if (node->access != MIB_ACCESS_COUNT) {
        return read_syntax(in, &node->syntax);
    }
    node->access = MIB_ACCESS_NONE;
    node->kind = mib_facts_kind_of(word.text, word.length);
    return node->kind != MIB_KIND_COUNT
               ? 0
               : fail(in, "unknown word '%.*s'", (int)(word.length > 40 ? 40 : word.length), word.text);
}

static int read_clause(struct reader *in, struct mib_node_draft *node)
{
    if (take(in, '[')) {
        return read_index(in, node);
    }
    if (take(in, '(')) {
        return read_objects(in, node);
    }
    if (take(in, '/')) {
        return read_text(in, &node->units);
    }
    if (take(in, '=')) {
        return read_text(in, &node->default_value);
    }
    if (take(in, '!')) {
        return read_status(in, &node->status);
    }
    return fail(in, "'%c' cannot stand here", *in->at);
}

static int read_what(struct reader *in, struct mib_node_draft *node)
{
    int status = 0;
    skip_blanks(in);
    if (in->at < in->end && *in->at != '!') {
        status = read_kind(in, node);
    }
    node->status = mib_facts_default_status(node->kind);
    for (skip_blanks(in); status == 0 && in->at < in->end; skip_blanks(in)) {
        status = read_clause(in, node);
    }
    return status;
}

/* ---- lines ---- */

/* A step of an OID: "name", "3" or "name(3)". */
static int read_step(struct reader *in, struct mib_step **out)
{
    struct mib_step *step = make(in, sizeof(*step));
    struct word word = take_word(in);
    bool is_number = is_digits(word);
    int64_t number = 0;
    int status;
    if (!step) {
        return UVSNMP_ENO_MEMORY;
    }
    if (word.length == 0) {
        return fail(in, "a name or number of an OID expected");
    }
    if (is_number) {
        in->at = word.text;
        status = read_number(in, 0, UINT32_MAX, &number);
    } else {
        status = keep(in, word, &step->name);
        if (status == 0 && take(in, '(')) {
            is_number = true;
            status = read_number(in, 0, UINT32_MAX, &number);
            if (status == 0 && !take(in, ')')) {
                status = fail(in, "')' expected behind a number");
            }
        }
    }
    step->has_number = is_number;
    step->number = (uint32_t)number;
    *out = step;
    return status;
}

static int read_steps(struct reader *in, struct mib_step **to)
{
    size_t count = 0;
    do {
        int status = ++count <= UVSNMP_OID_MAX ? read_step(in, to) : fail(in, "an OID of too many steps");
        if (status != 0) {
            return status;
        }
        to = &(*to)->next;
    } while (take(in, '.'));
    return 0;
}

/* The first step of a line that is indented. */
static int read_parent(struct reader *in, size_t level, struct mib_step **out)
{
    if (level == 0) {
        return 0;
    }
    if (level > in->depth) {
        return fail(in, "indented by more than one blank below the line above");
    }
    *out = make(in, sizeof(**out));
    if (!*out) {
        return UVSNMP_ENO_MEMORY;
    }
    (*out)->name = in->levels[level - 1];
    return 0;
}

static int read_node(struct reader *in, size_t level)
{
    struct mib_node_draft *node = make(in, sizeof(*node));
    int status = node ? read_parent(in, level, &node->steps) : UVSNMP_ENO_MEMORY;
    if (status == 0) {
        status = read_steps(in, node->steps ? &node->steps->next : &node->steps);
    }
    if (status == 0) {
        skip_blanks(in);
        status = read_name(in, "a name", &node->name);
    }
    if (status == 0) {
        status = read_what(in, node);
    }
    if (status != 0) {
        return status;
    }
    if (level >= UVSNMP_OID_MAX) {
        return fail(in, "indented too deep");
    }
    node->line = in->line;
    in->levels[level] = node->name;
    in->depth = level + 1;
    *in->nodes = node;
    in->nodes = &node->next;
    return 0;
}

static int read_type(struct reader *in, bool is_convention)
{
    struct mib_type_draft *type = make(in, sizeof(*type));
    int status = type ? read_name(in, "a name", &type->name) : UVSNMP_ENO_MEMORY;
    if (status == 0) {
        type->line = in->line;
        type->is_convention = is_convention;
        type->status = is_convention ? MIB_STATUS_CURRENT : MIB_STATUS_NONE;
        status = read_syntax(in, &type->syntax);
        skip_blanks(in);
    }
    if (status == 0 && has(in, '"')) {
        status = read_text(in, &type->hint);
        skip_blanks(in);
    }
    if (status == 0 && take(in, '!')) {
        status = read_status(in, &type->status);
        skip_blanks(in);
    }
    if (status == 0 && in->at < in->end) {
        status = fail(in, "'%c' cannot stand here", *in->at);
    }
    if (status == 0) {
        *in->types = type;
        in->types = &type->next;
    }
    return status;
}

static int read_imports(struct reader *in, struct mib_import **to)
{
    for (skip_blanks(in); in->at < in->end; skip_blanks(in)) {
        struct mib_import *import = make(in, sizeof(*import));
        int status = import ? read_name(in, "a module", &import->module) : UVSNMP_ENO_MEMORY;
        if (status != 0) {
            return status;
        }
        *to = import;
        to = &import->next;
    }
    return 0;
}

static int read_module(struct reader *in)
{
    struct mib_draft *draft = make(in, sizeof(*draft));
    int status = draft ? read_name(in, "a module", &draft->name) : UVSNMP_ENO_MEMORY;
    if (status != 0) {
        return status;
    }
    skip_blanks(in);
    if (in->at < in->end && !take(in, ':')) {
        return fail(in, "':' expected before imported modules");
    }
    status = read_imports(in, &draft->imports);
    if (status == 0) {
        *in->drafts = draft;
        in->drafts = &draft->next;
        in->draft = draft;
        draft->file = in->file;
        in->types = &draft->types;
        in->nodes = &draft->nodes;
        in->depth = 0;
    }
    return status;
}

static bool take_keyword(struct reader *in, const char *keyword)
{
    size_t length = strlen(keyword);
    if ((size_t)(in->end - in->at) <= length || memcmp(in->at, keyword, length) != 0 ||
        in->at[length] != ' ') {
        return false;
    }
    in->at += length;
    skip_blanks(in);
    return true;
}

static int read_line(struct reader *in)
{
    const char *start = in->at;
    size_t level;
    skip_blanks(in);
    level = (size_t)(in->at - start);
    if (in->at == in->end || *start == '#') {
        return 0;
    }
    if (level == 0 && take_keyword(in, "module")) {
        return read_module(in);
    }
    if (!in->draft) {
        return fail(in, "a line \"module NAME\" expected first");
    }
    if (level == 0 && take_keyword(in, "convention")) {
        return read_type(in, true);
    }
    if (level == 0 && take_keyword(in, "type")) {
        return read_type(in, false);
    }
    return read_node(in, level);
}

int mib_facts_read(const char *file, const char *text, size_t size, struct arena *arena,
                   struct mib_draft **list, struct uvsnmp_error *err)
{
    struct reader in = {.file = file, .arena = arena, .err = err, .drafts = list};
    const char *at = text, *end = text + size;
    int status = 0;
    while (*in.drafts) {
        in.drafts = &(*in.drafts)->next;
    }
    while (status == 0 && at < end) {
        const char *newline = memchr(at, '\n', (size_t)(end - at));
        in.at = at;
        in.end = newline ? newline : end;
        in.line++;
        at = newline ? newline + 1 : end;
        status = read_line(&in);
    }
    return status;
}
