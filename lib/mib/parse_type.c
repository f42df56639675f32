/* SPDX-License-Identifier: BSD-3-Clause */
#include "mib/parser_impl.h"

#include <string.h>

#define TAG_NONE UINT64_MAX
#define NO_TYPE "Textual convention doesn't map to real type"

/* ---- base syntaxes ---- */

/* Those whose names are words of RFC 1155, RFC 1442 and RFC 2578 rather than of ASN.1. */
static const struct {
    char name[16];
    enum mib_base base;
} bases[] = {
    {"Integer32", MIB_BASE_INTEGER32},   {"Counter32", MIB_BASE_COUNTER32},
    {"Unsigned32", MIB_BASE_UNSIGNED32}, {"Gauge32", MIB_BASE_GAUGE32},
    {"TimeTicks", MIB_BASE_TIMETICKS},   {"Counter64", MIB_BASE_COUNTER64},
    {"IpAddress", MIB_BASE_IPADDRESS},   {"Counter", MIB_BASE_COUNTER32},
    {"Gauge", MIB_BASE_GAUGE32},         {"NetworkAddress", MIB_BASE_NETWORK_ADDRESS},
    {"Opaque", MIB_BASE_OPAQUE},         {"NsapAddress", MIB_BASE_NSAP_ADDRESS},
    {"UInteger32", MIB_BASE_UINTEGER32},
};

static enum mib_base find_base(const struct mib_token *token)
{
    for (size_t i = 0; i < sizeof(bases) / sizeof(bases[0]); i++) {
        if (bases[i].name[0] == token->text[0] && mib_token_is(token, bases[i].name)) {
            return bases[i].base;
        }
    }
    return MIB_BASE_NONE;
}

/* By the number of [APPLICATION n] (RFC 1155 §6, RFC 1442 §2, RFC 2578 §2); the others have no tag of their
 * own. */
static const enum mib_base tagged[] = {
    MIB_BASE_IPADDRESS, MIB_BASE_COUNTER32,    MIB_BASE_GAUGE32,   MIB_BASE_TIMETICKS,
    MIB_BASE_OPAQUE,    MIB_BASE_NSAP_ADDRESS, MIB_BASE_COUNTER64, MIB_BASE_UINTEGER32,
};

/* ---- what restricts a type ---- */

/* An end of a range. MIN and MAX are those of 32 bits; a word that is none of them has no value. */
static bool parse_bound(struct mib_parser *parser, int64_t *value)
{
    bool is_negative = mib_parser_take(parser, '-');
    uint64_t number = 0;
    if (parser->token.word == MIB_WORD_MIN || parser->token.word == MIB_WORD_MAX) {
        *value = parser->token.word == MIB_WORD_MIN ? INT32_MIN : INT32_MAX;
        mib_parser_next(parser);
        return true;
    }
    if (!mib_parser_at(parser, MIB_TOKEN_NUMBER) && !mib_parser_at(parser, MIB_TOKEN_QUOTED)) {
        return mib_parser_fail(parser, "Expected integer");
    }
    if (!mib_token_number(&parser->token, &number) || number > INT64_MAX) {
        number = INT64_MAX;
    }
    *value = is_negative ? -(int64_t)number : (int64_t)number;
    mib_parser_next(parser);
    return true;
}

static bool parse_range(struct mib_parser *parser, struct mib_range_draft ***end)
{
    struct mib_range_draft *range = mib_parser_alloc(parser, sizeof(*range));
    if (!range || !parse_bound(parser, &range->low)) {
        return false;
    }
    range->high = range->low;
    if (mib_parser_take(parser, MIB_TOKEN_DOTS) && !parse_bound(parser, &range->high)) {
        return false;
    }
    **end = range;
    *end = &range->next;
    return true;
}

/* "(0..255 | 300)", "(SIZE (6))", "(SIZE (0 | 4))", "(SIZE (4) | SIZE (8))" */
static bool parse_ranges(struct mib_parser *parser, struct mib_range_draft **ranges)
{
    unsigned depth = 0;
    while (*ranges) { /* "(0..9) (1..5)": all of them */
        ranges = &(*ranges)->next;
    }
    do {
        if (mib_parser_take(parser, '(')) {
            depth++;
        } else if (mib_parser_take(parser, ')')) {
            depth--;
        } else if (!mib_parser_take_word(parser, MIB_WORD_SIZE) && !mib_parser_take(parser, '|') &&
                   !mib_parser_take(parser, ',') && !parse_range(parser, &ranges)) {
            while (!mib_parser_at(parser, ')') && !mib_parser_at(parser, MIB_TOKEN_ASSIGN) &&
                   !mib_parser_at_definition(parser)) {
                mib_parser_next(parser);
            }
            while (depth-- > 0 && mib_parser_take(parser, ')')) {
            }
            return false;
        }
    } while (depth > 0);
    return true;
}

static bool parse_label(struct mib_parser *parser, struct mib_label_draft ***end)
{
    struct mib_token name = parser->token;
    if (name.kind != MIB_TOKEN_NAME && name.kind != MIB_TOKEN_NUMBER && name.kind != MIB_TOKEN_STRING) {
        return mib_parser_fail(parser, "Expected label");
    }
    struct mib_label_draft *label = mib_parser_alloc(parser, sizeof(*label));
    if (!label) {
        return false;
    }
    mib_parser_next(parser);
    if (!mib_parser_expect(parser, '(', "Expected \"(\"") || !parse_bound(parser, &label->value) ||
        !mib_parser_expect(parser, ')', "Expected \")\"")) {
        return false;
    }
    label->name = mib_parser_text(parser, &name);
    **end = label;
    *end = &label->next;
    return true;
}

/* "{ up(1), down(2) }"; of a label that is wrong the rest, up to the next comma, is skipped. */
static bool parse_labels(struct mib_parser *parser, struct mib_label_draft **labels)
{
    mib_parser_next(parser);
    while (!mib_parser_take(parser, '}')) {
        if (mib_parser_take(parser, ',')) {
            continue;
        }
        if (mib_parser_at(parser, MIB_TOKEN_ASSIGN) || mib_parser_at_definition(parser)) {
            return mib_parser_fail(parser, "Expected \"}\"");
        }
        if (!parse_label(parser, &labels)) {
            while (!mib_parser_at(parser, ',') && !mib_parser_at(parser, '}') &&
                   !mib_parser_at(parser, MIB_TOKEN_ASSIGN) && !mib_parser_at_definition(parser)) {
                mib_parser_next(parser);
            }
        }
    }
    return true;
}

static bool parse_restrictions(struct mib_parser *parser, struct mib_type_use *use)
{
    for (;;) {
        if (mib_parser_at(parser, '(') || parser->token.word == MIB_WORD_SIZE) {
            if (mib_parser_take_word(parser, MIB_WORD_SIZE) && !mib_parser_at(parser, '(')) {
                return mib_parser_fail(parser, "Expected \"(\"");
            }
            if (!parse_ranges(parser, &use->ranges)) {
                use->ranges = NULL;
            }
        } else if (mib_parser_at(parser, '{')) {
            struct mib_label_draft *labels = NULL;
            (void)parse_labels(parser, &labels);
            use->labels = use->labels ? use->labels : labels;
        } else {
            return !parser->no_memory;
        }
    }
}

/* ---- types ---- */

/* "[APPLICATION 1] IMPLICIT": the number, TAG_NONE for other classes. */
static uint64_t parse_tag(struct mib_parser *parser)
{
    uint64_t tag = TAG_NONE;
    if (!mib_parser_at(parser, '[')) {
        return tag;
    }
    mib_parser_next(parser);
    if (mib_parser_take_word(parser, MIB_WORD_APPLICATION) && mib_parser_at(parser, MIB_TOKEN_NUMBER)) {
        (void)mib_token_number(&parser->token, &tag);
    }
    while (!mib_parser_take(parser, ']') && !mib_parser_at_definition(parser)) {
        mib_parser_next(parser);
    }
    if (!mib_parser_take_word(parser, MIB_WORD_IMPLICIT)) {
        (void)mib_parser_take_word(parser, MIB_WORD_EXPLICIT);
    }
    return tag;
}

/* Behind SEQUENCE or SET. */
static bool parse_sequence(struct mib_parser *parser, struct mib_type_use *use)
{
    if (mib_parser_at(parser, '{')) {
        mib_parser_skip_group(parser);
        return true;
    }
    if (mib_parser_at(parser, '(')) { /* "SEQUENCE (SIZE (1..5)) OF" */
        mib_parser_skip_group(parser);
    }
    if (!mib_parser_take_word(parser, MIB_WORD_OF)) {
        return mib_parser_fail(parser, "Expected OF");
    }
    if (!mib_parser_at(parser, MIB_TOKEN_NAME)) {
        return mib_parser_fail(parser, "Expected a type's name");
    }
    use->is_sequence_of = true;
    use->name = mib_parser_text(parser, &parser->token);
    mib_parser_next(parser);
    return true;
}

/* The words of ASN.1 itself, each with what may follow it. */
static bool parse_word_type(struct mib_parser *parser, const char *what, struct mib_type_use *use)
{
    static const struct {
        enum mib_word word, second;
        enum mib_base base;
    } types[] = {
        {MIB_WORD_INTEGER, MIB_WORD_NONE, MIB_BASE_INTEGER},
        {MIB_WORD_OCTET, MIB_WORD_STRING, MIB_BASE_OCTET_STRING},
        {MIB_WORD_OBJECT, MIB_WORD_IDENTIFIER, MIB_BASE_OBJECT_IDENTIFIER},
        {MIB_WORD_BITS, MIB_WORD_NONE, MIB_BASE_BITS},
        {MIB_WORD_BIT, MIB_WORD_STRING, MIB_BASE_BITS},
        {MIB_WORD_NULL, MIB_WORD_NONE, MIB_BASE_NULL},
        {MIB_WORD_ANY, MIB_WORD_NONE, MIB_BASE_NONE},
    };
    for (size_t i = 0; i < sizeof(types) / sizeof(types[0]); i++) {
        if (mib_parser_take_word(parser, types[i].word)) {
            use->base = types[i].base;
            if (types[i].second != MIB_WORD_NONE && !mib_parser_take_word(parser, types[i].second)) {
                return mib_parser_fail(parser, what);
            }
            return true;
        }
    }
    return mib_parser_fail(parser, what);
}

static bool parse_named_type(struct mib_parser *parser, struct mib_type_use *use)
{
    struct mib_token name = parser->token;
    mib_parser_next(parser);
    if (mib_parser_at(parser, '.')) { /* "MODULE.Type" */
        mib_parser_next(parser);
        name = parser->token;
        if (!mib_parser_expect(parser, MIB_TOKEN_NAME, "Expected a type's name")) {
            return false;
        }
    }
    use->base = find_base(&name);
    use->name = use->base == MIB_BASE_NONE ? mib_parser_text(parser, &name) : NULL;
    return true;
}

static bool parse_plain_type(struct mib_parser *parser, const char *what, struct mib_type_use *use)
{
    if (mib_parser_take_word(parser, MIB_WORD_SEQUENCE) || mib_parser_take_word(parser, MIB_WORD_SET)) {
        return parse_sequence(parser, use);
    }
    if (mib_parser_take_word(parser, MIB_WORD_CHOICE)) {
        if (!mib_parser_at(parser, '{')) {
            return mib_parser_fail(parser, "Expected \"{\"");
        }
        mib_parser_skip_group(parser);
        return true;
    }
    if (!mib_parser_at(parser, MIB_TOKEN_NAME)) {
        return mib_parser_fail(parser, what);
    }
    bool is_word = parser->token.word != MIB_WORD_NONE;
    return (is_word ? parse_word_type(parser, what, use) : parse_named_type(parser, use)) &&
           parse_restrictions(parser, use);
}

bool mib_parse_type(struct mib_parser *parser, const char *what, struct mib_type_use *use)
{
    *use = (struct mib_type_use){.base = MIB_BASE_NONE};
    uint64_t tag = parse_tag(parser);
    if (!parse_plain_type(parser, what, use)) {
        return false;
    }
    if (tag < sizeof(tagged) / sizeof(tagged[0])) {
        use->base = tagged[tag];
        use->name = NULL;
    }
    return true;
}

/* ---- type assignments ---- */

static void add_type(struct mib_parser *parser, const struct mib_type_draft *type)
{
    struct mib_type_draft *copy = mib_parser_alloc(parser, sizeof(*copy));
    if (copy) {
        *copy = *type;
        *parser->types_end = copy;
        parser->types_end = &copy->next;
    }
}

/* False: the token at hand begins none. */
static bool parse_convention_clause(struct mib_parser *parser, struct mib_type_draft *type)
{
    enum mib_word word = parser->token.word;
    switch ((int)word) {
    case MIB_WORD_DISPLAY_HINT:
        mib_parser_next(parser);
        type->hint = mib_parse_string(parser, "Bad DISPLAY-HINT", true);
        return true;
    case MIB_WORD_STATUS:
        mib_parser_next(parser);
        type->status = mib_parse_status(parser);
        return true;
    case MIB_WORD_DESCRIPTION:
        mib_parser_next(parser);
        type->description = mib_parse_string(parser, "Bad DESCRIPTION", parser->options->keep_descriptions);
        return true;
    case MIB_WORD_REFERENCE:
        mib_parser_next(parser);
        (void)mib_parse_string(parser, "Bad REFERENCE", false);
        return true;
    case MIB_WORD_SYNTAX:
        mib_parser_next(parser);
        (void)mib_parse_type(parser, "Bad syntax", &type->syntax);
        return true;
    default:
        return false;
    }
}

/* The clauses of TEXTUAL-CONVENTION, in any order; what follows the last one is the next definition. */
static void parse_convention(struct mib_parser *parser, struct mib_type_draft *type)
{
    parser->failed = false; /* of what makes no sense only the first token is said */
    while (!mib_parser_at_definition(parser)) {
        if (!parse_convention_clause(parser, type)) {
            if (!parser->failed) {
                (void)mib_parser_fail(parser, "Bad format of TEXTUAL-CONVENTION");
            }
            mib_parser_next(parser);
        }
    }
    if (!parser->failed && type->syntax.base == MIB_BASE_NONE && !type->syntax.name) {
        (void)mib_parser_fail(parser, NO_TYPE);
    }
}

void mib_parse_type_definition(struct mib_parser *parser, const struct mib_token *name)
{
    struct mib_type_draft type = {.line = mib_parser_line(parser, name)};
    bool is_good = true;
    if (mib_parser_take_word(parser, MIB_WORD_TEXTUAL_CONVENTION)) {
        type.is_convention = true;
        parse_convention(parser, &type);
    } else {
        struct mib_token next = mib_parser_peek(parser);
        type.is_sequence = parser->token.word == MIB_WORD_SEQUENCE && next.kind == '{';
        is_good = mib_parse_type(parser, NO_TYPE, &type.syntax);
    }
    if (is_good) {
        enum mib_base base = find_base(name); /* "Unsigned32 ::= [APPLICATION 2] IMPLICIT INTEGER" */
        if (base != MIB_BASE_NONE) {
            type.syntax.base = base;
            type.syntax.name = NULL;
        }
        type.name = mib_parser_text(parser, name);
        add_type(parser, &type);
    }
}
