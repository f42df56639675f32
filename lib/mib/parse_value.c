/* SPDX-License-Identifier: BSD-3-Clause */
#include <uvsnmp/oid.h>

#include "base/text.h"
#include "mib/parser_impl.h"

/* Where Net-SNMP cuts a DEFVAL and each word of it. */
#define DEFAULT_MAX_LENGTH 510
#define TOKEN_MAX_LENGTH 127

/* ---- OIDs ---- */

static bool new_step(struct mib_parser *parser, struct mib_step ***end, const char *name,
                     const uint32_t *number)
{
    struct mib_step *step = mib_parser_alloc(parser, sizeof(*step));
    if (!step) {
        return false;
    }
    step->name = name;
    step->has_number = number != NULL;
    step->number = number ? *number : 0;
    **end = step;
    *end = &step->next;
    return true;
}

bool mib_parser_add_step(struct mib_parser *parser, struct mib_step **steps, const char *name,
                         const uint32_t *number)
{
    while (*steps) {
        steps = &(*steps)->next;
    }
    return new_step(parser, &steps, name, number);
}

static bool parse_sub_id(struct mib_parser *parser, uint32_t *number)
{
    uint64_t value;
    if (!mib_parser_at(parser, MIB_TOKEN_NUMBER)) {
        return mib_parser_fail(parser, "Expected a number");
    }
    if (!mib_token_number(&parser->token, &value) || value > UINT32_MAX) {
        return mib_parser_fail(parser, "Sub-identifier is too large");
    }
    *number = (uint32_t)value;
    mib_parser_next(parser);
    return true;
}

/* "name", "MODULE.name", "name(6)", "6", "(6)" */
static bool parse_step(struct mib_parser *parser, struct mib_step ***end)
{
    const char *name = NULL;
    uint32_t number = 0;
    bool is_numbered = mib_parser_at(parser, MIB_TOKEN_NUMBER), in_parentheses = false;
    if (mib_parser_at(parser, MIB_TOKEN_NAME)) {
        name = mib_parser_text(parser, &parser->token);
        mib_parser_next(parser);
        is_numbered = mib_parser_at(parser, '(');
    }
    if (mib_parser_take(parser, '(')) {
        is_numbered = in_parentheses = true;
    }
    if (!name && !is_numbered) {
        return mib_parser_fail(parser, "Expected label or number");
    }
    if ((is_numbered && !parse_sub_id(parser, &number)) ||
        (in_parentheses && !mib_parser_expect(parser, ')', "Expected a closing parenthesis"))) {
        return false;
    }
    return new_step(parser, end, name, is_numbered ? &number : NULL);
}

static bool parse_braces(struct mib_parser *parser, struct mib_step **end)
{
    if (!mib_parser_expect(parser, '{', "Expected \"{\"")) {
        return false;
    }
    for (size_t count = 0; !mib_parser_at(parser, '}'); count++) {
        if (count == UVSNMP_OID_MAX) {
            return mib_parser_fail(parser, "OBJECT IDENTIFIER is too long");
        }
        if (count > 0 && mib_parser_at_definition(parser)) {
            (void)mib_parser_fail(parser, "Expected \"}\""); /* the rest is good */
            return true;
        }
        if (!parse_step(parser, &end)) {
            return false;
        }
        if (mib_parser_at(parser, '.') || mib_parser_at(parser, ',')) {
            mib_parser_next(parser);
        }
    }
    return true;
}

bool mib_parse_steps(struct mib_parser *parser, struct mib_step **steps)
{
    *steps = NULL;
    if (!parse_braces(parser, steps) || !*steps) {
        mib_parser_say(parser, "Bad object identifier", "");
        return false;
    }
    (void)mib_parser_take(parser, '}');
    return true;
}

/* ---- DEFVAL ---- */

/* One token as Net-SNMP prints it: of '…'H the value, in its low 64 bits; of a string the escaped quotes. */
static void append_token(struct text *text, const struct mib_token *token)
{
    size_t length = token->length < TOKEN_MAX_LENGTH ? token->length : TOKEN_MAX_LENGTH;
    uint64_t number;
    if (token->kind == MIB_TOKEN_QUOTED) {
        (void)mib_token_number(token, &number);
        text_append_i64(text, (long long)number);
    } else if (token->kind == MIB_TOKEN_STRING) {
        text_append(text, "\\\"");
        text_append_size(text, token->text, length);
        text_append(text, "\\\"");
    } else {
        text_append_size(text, token->text, length);
    }
}

bool mib_parse_default(struct mib_parser *parser, const char **text)
{
    char storage[DEFAULT_MAX_LENGTH + 2 * TOKEN_MAX_LENGTH];
    struct text out;
    unsigned depth = 1;
    text_init_fixed(&out, storage, sizeof(storage));
    if (!mib_parser_at(parser, '{')) {
        return mib_parser_fail(parser, "Bad DEFAULTVALUE");
    }
    const char *begin = parser->token.text, *sign = begin;
    mib_parser_next(parser);
    for (;; mib_parser_next(parser)) {
        depth += mib_parser_at(parser, '{') ? 1 : 0;
        depth -= mib_parser_at(parser, '}') ? 1 : 0;
        if (depth == 0) {
            break;
        }
        if (mib_parser_at(parser, MIB_TOKEN_END) || mib_parser_at(parser, MIB_TOKEN_ASSIGN)) {
            return mib_parser_fail(parser, "Bad DEFAULTVALUE");
        }
        if (out.size < DEFAULT_MAX_LENGTH) {
            bool is_apart = out.size > 0 && parser->token.text != sign + 1; /* "-5" is one word */
            text_append(&out, is_apart ? " " : "");
            append_token(&out, &parser->token);
            sign = mib_parser_at(parser, '-') ? parser->token.text : begin;
        }
    }
    *text = mib_parser_copy(parser, storage, out.size < DEFAULT_MAX_LENGTH ? out.size : DEFAULT_MAX_LENGTH);
    mib_parser_next(parser);
    return true;
}
