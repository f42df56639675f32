/* SPDX-License-Identifier: BSD-3-Clause */
#include "mib/parser.h"

#include <stdalign.h>
#include <string.h>

#include <uvsnmp/error.h>

#include "mib/parser_impl.h"

#define NAME_MAX_LENGTH 65535
#define POOL_SIZE ((size_t)2048)
#define RECORD_ALIGN alignof(int64_t) /* records are made of numbers and pointers */
#define GROUP_DEPTH_MAX 64
#define SHOWN_MAX 127       /* so much of a token is shown in a message, */
#define STRING_SHOWN_MAX 50 /* and of a string */

/* ---- tokens, memory, messages ---- */

void mib_parser_next(struct mib_parser *parser)
{
    mib_lexer_next(&parser->lexer, &parser->token);
}

struct mib_token mib_parser_peek(const struct mib_parser *parser)
{
    struct mib_lexer ahead = parser->lexer;
    struct mib_token token;
    mib_lexer_next(&ahead, &token);
    return token;
}

bool mib_parser_take(struct mib_parser *parser, int kind)
{
    if (parser->token.kind != kind) {
        return false;
    }
    mib_parser_next(parser);
    return true;
}

bool mib_parser_take_word(struct mib_parser *parser, enum mib_word word)
{
    if (parser->token.word != word) {
        return false;
    }
    mib_parser_next(parser);
    return true;
}

bool mib_parser_expect(struct mib_parser *parser, int kind, const char *expected)
{
    return mib_parser_take(parser, kind) || mib_parser_fail(parser, expected);
}

static void fail_memory(struct mib_parser *parser)
{
    parser->no_memory = true;
    parser->lexer.at = parser->lexer.end;
    parser->token = (struct mib_token){.kind = MIB_TOKEN_END, .text = parser->lexer.end};
}

/* Off the front of a pool, which is filled up from the arena; NULL, and the text ends, without memory. */
static void *take_room(struct mib_parser *parser, struct mib_pool *pool, size_t size)
{
    if (size > pool->left) {
        bool is_large = size > POOL_SIZE / 4;
        size_t asked = is_large ? size : POOL_SIZE;
        char *memory = parser->no_memory ? NULL : arena_alloc(parser->arena, asked);
        if (!memory) {
            fail_memory(parser);
            return NULL;
        }
        memset(memory, 0, asked);
        if (is_large) {
            return memory;
        }
        *pool = (struct mib_pool){memory, POOL_SIZE};
    }
    void *room = pool->at;
    pool->at += size;
    pool->left -= size;
    return room;
}

void *mib_parser_alloc(struct mib_parser *parser, size_t size)
{
    return take_room(parser, &parser->records, (size + RECORD_ALIGN - 1) & ~(RECORD_ALIGN - 1));
}

char *mib_parser_room(struct mib_parser *parser, size_t size)
{
    return take_room(parser, &parser->texts, size);
}

const char *mib_parser_copy(struct mib_parser *parser, const char *text, size_t length)
{
    char *copy = mib_parser_room(parser, length + 1);
    if (!copy) {
        return "";
    }
    memcpy(copy, text, length);
    copy[length] = '\0';
    return copy;
}

const char *mib_parser_text(struct mib_parser *parser, const struct mib_token *token)
{
    bool is_long = token->length > NAME_MAX_LENGTH;
    if (is_long) {
        mib_parser_warn(parser, token, "Warning: token too long");
    }
    return mib_parser_copy(parser, token->text, is_long ? NAME_MAX_LENGTH : token->length);
}

unsigned mib_parser_line(struct mib_parser *parser, const struct mib_token *token)
{
    return mib_lexer_line(&parser->lexer, token->text);
}

/* How much of a token a message shows: not all of it, and nothing beyond a control character. */
static int shown_length(const struct mib_token *token)
{
    size_t length = 0, max = token->kind == MIB_TOKEN_STRING ? STRING_SHOWN_MAX : SHOWN_MAX;
    while (length < token->length && length < max && (unsigned char)token->text[length] >= ' ') {
        length++;
    }
    return (int)length;
}

static void say(struct mib_parser *parser, enum mib_problem problem, const struct mib_token *token,
                const char *what)
{
    unsigned line = mib_lexer_line(&parser->lexer, token->text + token->length);
    if (token->kind == MIB_TOKEN_END) {
        mib_report(parser->report, problem, parser->file, line, "%s (EOF)", what);
    } else {
        mib_report(parser->report, problem, parser->file, line, "%s (%.*s)", what, shown_length(token),
                   token->text);
    }
}

bool mib_parser_fail(struct mib_parser *parser, const char *what)
{
    say(parser, MIB_PROBLEM_SYNTAX, &parser->token, what);
    parser->failed = true;
    return false;
}

void mib_parser_say(struct mib_parser *parser, const char *what, const char *of)
{
    const struct mib_token *token = &parser->token;
    mib_report(parser->report, MIB_PROBLEM_SYNTAX, parser->file,
               mib_lexer_line(&parser->lexer, token->text + token->length), "%s%s", what, of);
    parser->failed = true;
}

void mib_parser_say_open(struct mib_parser *parser, const struct mib_token *string)
{
    mib_report(parser->marks_report, MIB_PROBLEM_SYNTAX, parser->file,
               mib_lexer_line(&parser->lexer, string->text), "Missing quotation mark (%.*s)",
               shown_length(string), string->text);
}

void mib_parser_warn(struct mib_parser *parser, const struct mib_token *token, const char *what)
{
    say(parser, MIB_PROBLEM_WARNING, token, what);
}

static void say_reserved(struct mib_parser *parser)
{
    const struct mib_token *token = &parser->token;
    mib_report(parser->report, MIB_PROBLEM_SYNTAX, parser->file, mib_parser_line(parser, token),
               "%.*s (is a reserved word)", shown_length(token), token->text);
}

/* ---- going on after an error ---- */

static bool is_closing(int kind)
{
    return kind == ')' || kind == ']' || kind == '}';
}

void mib_parser_skip_group(struct mib_parser *parser)
{
    int closers[GROUP_DEPTH_MAX];
    size_t depth = 0;
    do {
        int kind = parser->token.kind;
        if (kind == '(' || kind == '[' || kind == '{') {
            if (depth == GROUP_DEPTH_MAX) {
                (void)mib_parser_fail(parser, "Nested too deeply");
                return;
            }
            closers[depth++] = kind == '(' ? ')' : kind == '[' ? ']' : '}';
        } else if (is_closing(kind)) {
            while (depth > 0 && closers[--depth] != kind) {
            }
        } else if (kind == MIB_TOKEN_END || kind == MIB_TOKEN_ASSIGN || mib_parser_at_definition(parser)) {
            return; /* the closing mark is missing */
        }
        mib_parser_next(parser);
    } while (depth > 0);
}

/* Does a definition go on behind its name as the three tokens of `next`? A type's name is a capital one. */
static bool is_definition(const struct mib_token *next, bool is_type_name)
{
    if (mib_word_is_macro(next->word)) { /* but not in a list of imports without its commas */
        return next[1].word != MIB_WORD_NONE && next[1].word != MIB_WORD_FROM &&
               next[1].word != MIB_WORD_TEXTUAL_CONVENTION && !mib_word_is_macro(next[1].word);
    }
    if (next->word == MIB_WORD_MACRO || next->word == MIB_WORD_DEFINITIONS) {
        return true;
    }
    if (next->word == MIB_WORD_OBJECT) {
        return next[1].word == MIB_WORD_IDENTIFIER && next[2].kind == MIB_TOKEN_ASSIGN;
    }
    return next->kind == MIB_TOKEN_ASSIGN && is_type_name && next[1].kind != '{' &&
           next[1].kind != MIB_TOKEN_NUMBER;
}

bool mib_parser_at_definition(const struct mib_parser *parser)
{
    const struct mib_token *token = &parser->token;
    if (token->kind != MIB_TOKEN_NAME) {
        return token->kind == MIB_TOKEN_END;
    }
    if (token->word == MIB_WORD_END) {
        return true;
    }
    if (token->word != MIB_WORD_NONE && !mib_word_is_macro(token->word) &&
        token->word != MIB_WORD_TEXTUAL_CONVENTION) {
        return false;
    }
    if (!mib_lexer_at_word(&parser->lexer)) {
        return false;
    }
    struct mib_lexer ahead = parser->lexer;
    struct mib_token next[3];
    mib_lexer_next(&ahead, &next[0]);
    if (next[0].word == MIB_WORD_NONE && next[0].kind != MIB_TOKEN_ASSIGN) {
        return false;
    }
    mib_lexer_next(&ahead, &next[1]);
    mib_lexer_next(&ahead, &next[2]);
    if (token->word != MIB_WORD_NONE) { /* "OBJECT-TYPE MACRO ::= BEGIN" */
        return next[0].word == MIB_WORD_MACRO;
    }
    return is_definition(next, token->text[0] >= 'A' && token->text[0] <= 'Z');
}

static void skip_to_definition(struct mib_parser *parser)
{
    while (!mib_parser_at_definition(parser)) {
        mib_parser_next(parser);
    }
}

/* ---- IMPORTS ---- */

/* The symbols since the last FROM get their module. */
static void set_module(struct mib_import *from, const char *module, unsigned line)
{
    for (; from; from = from->next) {
        from->module = module;
        from->line = line;
    }
}

static void parse_imports(struct mib_parser *parser)
{
    struct mib_import **end = &parser->draft->imports, **first;
    parser->failed = false;
    while (*end) {
        end = &(*end)->next;
    }
    first = end;
    while (!mib_parser_at(parser, ';') && !mib_parser_at(parser, MIB_TOKEN_END)) {
        if (mib_parser_take_word(parser, MIB_WORD_FROM)) {
            if (!mib_parser_at(parser, MIB_TOKEN_NAME)) {
                (void)mib_parser_fail(parser, "Bad IMPORTS list");
                break;
            }
            set_module(*first, mib_parser_text(parser, &parser->token),
                       mib_parser_line(parser, &parser->token));
            first = end;
            mib_parser_next(parser);
            if (mib_parser_at(parser, '{')) { /* the module's OID */
                mib_parser_skip_group(parser);
            }
        } else if (mib_parser_at_definition(parser)) {
            mib_parser_warn(parser, &parser->token, "Warning: missing \";\" after IMPORTS");
            break;
        } else if (mib_parser_at(parser, MIB_TOKEN_NAME)) {
            struct mib_import *import = mib_parser_alloc(parser, sizeof(*import));
            if (!import) {
                return;
            }
            import->symbol = mib_parser_text(parser, &parser->token);
            *end = import;
            end = &import->next;
            mib_parser_next(parser);
        } else {
            if (!mib_parser_at(parser, ',') && !parser->failed) {
                (void)mib_parser_fail(parser, "Bad IMPORTS list");
            }
            mib_parser_next(parser);
        }
    }
    *first = NULL; /* those that no FROM followed */
    (void)mib_parser_take(parser, ';');
}

/* ---- modules ---- */

/* "NAME MACRO ::= BEGIN … END" */
static void skip_macro(struct mib_parser *parser)
{
    while (!mib_parser_at(parser, MIB_TOKEN_END) && !mib_parser_take_word(parser, MIB_WORD_END)) {
        mib_parser_next(parser);
    }
}

static void parse_definition(struct mib_parser *parser)
{
    struct mib_token name = parser->token;
    mib_parser_next(parser);
    if (mib_parser_take(parser, MIB_TOKEN_ASSIGN) || parser->token.word == MIB_WORD_TEXTUAL_CONVENTION) {
        mib_parse_type_definition(parser, &name);
    } else if (mib_parser_take_word(parser, MIB_WORD_MACRO)) {
        skip_macro(parser);
    } else if (mib_word_is_macro(parser->token.word)) {
        enum mib_word macro = parser->token.word;
        mib_parser_next(parser);
        mib_parse_macro(parser, &name, macro);
    } else if (mib_parser_take_word(parser, MIB_WORD_OBJECT)) {
        (void)mib_parser_take_word(parser, MIB_WORD_IDENTIFIER);
        mib_parse_object_identifier(parser, &name);
    } else {
        (void)mib_parser_fail(parser, "Bad operator");
        skip_to_definition(parser);
    }
}

/* Up to END, which is the token at hand then, or to the head of the next module where END is missing. */
static void parse_module(struct mib_parser *parser)
{
    mib_parser_next(parser);
    while (!mib_parser_at(parser, MIB_TOKEN_END) && parser->token.word != MIB_WORD_END) {
        if (mib_parser_take_word(parser, MIB_WORD_IMPORTS)) {
            parse_imports(parser);
        } else if (mib_parser_take_word(parser, MIB_WORD_EXPORTS)) {
            while (!mib_parser_take(parser, ';') && !mib_parser_at_definition(parser) &&
                   parser->token.word != MIB_WORD_IMPORTS) {
                mib_parser_next(parser);
            }
        } else if (mib_parser_at(parser, MIB_TOKEN_NAME)) {
            struct mib_token second = mib_parser_peek(parser);
            if (second.word == MIB_WORD_DEFINITIONS) {
                mib_parser_warn(parser, &parser->token, "Warning: END is missing before");
                parser->lexer.at = parser->token.text;
                return;
            }
            parser->failed = false;
            parse_definition(parser);
            if (parser->failed) {
                skip_to_definition(parser);
            }
        } else {
            say_reserved(parser);
            mib_parser_next(parser);
            skip_to_definition(parser);
        }
    }
}

static bool begin_module(struct mib_parser *parser, const struct mib_token *name, struct mib_draft ***end)
{
    struct mib_draft *draft = mib_parser_alloc(parser, sizeof(*draft));
    if (!draft) {
        return false;
    }
    draft->name = mib_parser_text(parser, name);
    draft->file = parser->file;
    parser->draft = draft;
    parser->types_end = &draft->types;
    parser->nodes_end = &draft->nodes;
    parser->has_another_snmp = false;
    **end = draft;
    *end = &draft->next;
    return true;
}

/* All modules of the text; how many. */
static size_t parse_modules(struct mib_parser *parser, struct mib_draft **list)
{
    struct mib_token name;
    size_t count = 0;
    *list = NULL;
    while (!parser->no_memory && mib_lexer_find_head(&parser->lexer, false, &name) &&
           begin_module(parser, &name, &list)) {
        count++;
        parse_module(parser);
    }
    return count;
}

int mib_parse(const char *file, const char *text, size_t size, const struct mib_parse_options *options,
              struct arena *arena, const struct mib_report *report, struct mib_draft **list)
{
    struct mib_parser parser = {.file = NULL, .options = options, .arena = arena, .report = report};
    while (*list) {
        list = &(*list)->next;
    }
    mib_lexer_init(&parser.lexer, text, size, options->comments_end_at_newline);
    parser.file = file ? mib_parser_copy(&parser, file, strlen(file)) : NULL;
    size_t count = parse_modules(&parser, list);
    if (parser.lexer.unterminated && !parser.no_memory) {
        /* a quotation mark is missing somewhere: what was text was taken for definitions from there on */
        mib_lexer_init(&parser.lexer, text, size, options->comments_end_at_newline);
        parser.lexer.mends_strings = true;
        parser.marks_report = report;
        parser.report = NULL; /* all else was said */
        count = parse_modules(&parser, list);
    }
    if (parser.no_memory) {
        return UVSNMP_ENO_MEMORY;
    }
    return count > 0 ? 0 : UVSNMP_EBAD_SYNTAX;
}

bool mib_parse_head(const char *text, size_t size, size_t *at, const char **name, size_t *length)
{
    struct mib_lexer lexer;
    struct mib_token token;
    mib_lexer_init(&lexer, text, size, false);
    lexer.at += *at;
    if (!mib_lexer_find_head(&lexer, *at > 0, &token)) {
        return false;
    }
    *at = (size_t)(lexer.at - text);
    *name = token.text;
    *length = token.length;
    return true;
}
