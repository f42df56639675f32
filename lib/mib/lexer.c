/* SPDX-License-Identifier: BSD-3-Clause */
#include "mib/lexer.h"

#include <string.h>

/* ---- words ---- */

/* Chosen so that no two words share a slot; the compiler warns of a second initializer if they do. */
#define SLOT(length, first, second, last)                                                                    \
    (((length)*59u + (unsigned)(first)*18u + (unsigned)(second)*57u + (unsigned)(last)*42u) & 255u)

struct word {
    char text[20];
    uint8_t length, word;
};

static const struct word words[256] = {
#define XX(first, second, last, text, name)                                                                  \
    [SLOT(sizeof(text) - 1, first, second, last)] = {text, sizeof(text) - 1, MIB_WORD_##name},
    MIB_WORD_MAP(XX)
#undef XX
};

static enum mib_word find_word(const char *text, size_t length)
{
    if (length < 2) {
        return MIB_WORD_NONE;
    }
    const struct word *word = &words[SLOT((unsigned)length, text[0], text[1], text[length - 1])];
    return word->length == length && memcmp(word->text, text, length) == 0 ? (enum mib_word)word->word
                                                                           : MIB_WORD_NONE;
}

/* ---- characters ---- */

#define UPPER 1u
#define LOWER 2u
#define DIGIT 4u
#define DASH 8u
#define UNDERLINE 16u
#define BLANK 32u
#define NAME (UPPER | LOWER | DIGIT | DASH | UNDERLINE)

#define TIMES_8(x) x, x, x, x, x, x, x, x
#define TIMES_26(x) TIMES_8(x), TIMES_8(x), TIMES_8(x), x, x
#define TIMES_128(x)                                                                                         \
    TIMES_8(x), TIMES_8(x), TIMES_8(x), TIMES_8(x), TIMES_8(x), TIMES_8(x), TIMES_8(x), TIMES_8(x),          \
        TIMES_8(x), TIMES_8(x), TIMES_8(x), TIMES_8(x), TIMES_8(x), TIMES_8(x), TIMES_8(x), TIMES_8(x)

/* Control characters and what is beyond ASCII (byte order marks, no-break spaces) are blanks. */
static const uint8_t classes[256] = {TIMES_8(BLANK),
                                     TIMES_8(BLANK),
                                     TIMES_8(BLANK),
                                     TIMES_8(BLANK),
                                     BLANK, /* up to the space */
                                     0,
                                     0,
                                     0,
                                     0,
                                     0,
                                     0,
                                     0,
                                     0,
                                     0,
                                     0,
                                     0,
                                     0,
                                     DASH,
                                     0,
                                     0, /* !"#$%&'()*+,-./ */
                                     TIMES_8(DIGIT),
                                     DIGIT,
                                     DIGIT,
                                     0,
                                     0,
                                     0,
                                     0,
                                     0,
                                     0,
                                     0, /* 0-9:;<=>?@ */
                                     TIMES_26(UPPER),
                                     0,
                                     0,
                                     0,
                                     0,
                                     UNDERLINE,
                                     0, /* A-Z[\]^_` */
                                     TIMES_26(LOWER),
                                     0,
                                     0,
                                     0,
                                     0,
                                     BLANK, /* a-z{|}~ and DEL */
                                     TIMES_128(BLANK)};

static unsigned class_of(char c)
{
    return classes[(uint8_t)c];
}

/* ---- blanks and comments ---- */

static const char *line_end(const char *at, const char *end)
{
    const char *newline = memchr(at, '\n', (size_t)(end - at));
    return newline ? newline : end;
}

static const char *dashes_end(const char *at, const char *end)
{
    while (at < end && *at == '-') {
        at++;
    }
    return at;
}

/*
 * From "--" to behind the next "--" of the line. Three dashes and more are a ruler, which opens a comment up
 * to the end of the line and closes none, whatever its length.
 */
static const char *comment_end(const struct mib_lexer *lexer, const char *at)
{
    const char *end = lexer->end, *text = dashes_end(at, end);
    if (lexer->comments_end_at_newline || text - at > 2) {
        return line_end(text, end);
    }
    const char *stop = line_end(text, end), *dash;
    while ((dash = memchr(text, '-', (size_t)(stop - text))) != NULL) {
        text = dashes_end(dash, stop);
        if (text - dash == 2) {
            return text;
        }
    }
    return stop;
}

/* Lines begin with many spaces: eight or four at a time. */
static const char *skip_spaces(const char *at, const char *end)
{
    static const char spaces[8] = {' ', ' ', ' ', ' ', ' ', ' ', ' ', ' '};
    while (end - at >= 8 && memcmp(at, spaces, 8) == 0) {
        at += 8;
    }
    at += end - at >= 4 && memcmp(at, spaces, 4) == 0 ? 4 : 0;
    while (at < end && *at == ' ') {
        at++;
    }
    return at;
}

static const char *skip_all_blanks(const struct mib_lexer *lexer, const char *at)
{
    const char *end = lexer->end;
    for (;;) {
        while (at < end && class_of(*at) == BLANK) {
            at = skip_spaces(at + 1, end);
        }
        if (end - at < 2 || at[0] != '-' || at[1] != '-') {
            return at;
        }
        at = comment_end(lexer, at);
    }
}

/* As a rule there is one space or none. */
static inline const char *skip_blanks(const struct mib_lexer *lexer, const char *at)
{
    at += at < lexer->end && *at == ' ' ? 1 : 0;
    return at < lexer->end && (class_of(*at) & (BLANK | DASH)) == 0 ? at : skip_all_blanks(lexer, at);
}

/* ---- tokens ---- */

void mib_lexer_init(struct mib_lexer *lexer, const char *text, size_t size, bool comments_end_at_newline)
{
    lexer->at = lexer->line_at = text;
    lexer->end = text + size;
    lexer->comments_end_at_newline = comments_end_at_newline;
    lexer->unterminated = lexer->mends_strings = false;
    lexer->line = 1;
}

/* Sets the token to what is between two places, and the lexer behind it. */
static void take(struct mib_lexer *lexer, struct mib_token *token, int kind, const char *end)
{
    token->kind = kind;
    token->length = (size_t)(end - token->text);
    lexer->at = end;
}

static void take_name(struct mib_lexer *lexer, struct mib_token *token)
{
    const char *at = token->text, *end = lexer->end;
    unsigned seen = 0, c;
    for (;;) {
        while (at < end && ((c = class_of(*at)) & (NAME & ~DASH)) != 0) {
            seen |= c;
            at++;
        }
        if (at == end || *at != '-' || (end - at > 1 && at[1] == '-')) {
            break; /* two dashes: a comment */
        }
        seen |= DASH;
        at++;
    }
    take(lexer, token, seen == DIGIT ? MIB_TOKEN_NUMBER : MIB_TOKEN_NAME, at);
    if ((seen & ~(UPPER | DASH)) == 0) {
        token->word = find_word(token->text, token->length);
    }
}

/* Is it one of the macros that define an OID, or OBJECT (IDENTIFIER)? */
static bool begins_definition(enum mib_word word)
{
    return word == MIB_WORD_OBJECT || (word >= MIB_WORD_OBJECT_TYPE && word <= MIB_WORD_AGENT_CAPABILITIES);
}

/* "::=", or "name OBJECT-TYPE", and nothing before it in the line. */
static bool is_definition_line(const char *line, const char *end)
{
    struct mib_lexer lexer;
    struct mib_token token;
    mib_lexer_init(&lexer, line, (size_t)(line_end(line, end) - line), true);
    mib_lexer_next(&lexer, &token);
    if (token.kind == MIB_TOKEN_ASSIGN) {
        return true;
    }
    if (token.kind != MIB_TOKEN_NAME || token.word != MIB_WORD_NONE) {
        return false;
    }
    mib_lexer_next(&lexer, &token);
    return begins_definition(token.word);
}

/* The end of a string, or of as much of it as can be one. */
static const char *mend_string(const char *text, const char *end)
{
    for (const char *line = line_end(text, end); line < end; line = line_end(line + 1, end)) {
        if (is_definition_line(line + 1, end)) {
            return line + 1;
        }
    }
    return end;
}

/* Two quotation marks side by side stand for one. */
static void take_string(struct mib_lexer *lexer, struct mib_token *token)
{
    const char *at = ++token->text, *end = lexer->end, *quote;
    while ((quote = memchr(at, '"', (size_t)(end - at))) != NULL && quote + 1 < end && quote[1] == '"') {
        at = quote + 2;
    }
    const char *stop = quote ? quote : end;
    const char *mended = lexer->mends_strings ? mend_string(token->text, stop) : stop;
    lexer->unterminated |= !quote && mended == stop;
    take(lexer, token, MIB_TOKEN_STRING, mended);
    lexer->at += quote && mended == stop ? 1 : 0;
}

bool mib_lexer_is_open(const struct mib_lexer *lexer, const struct mib_token *token)
{
    return lexer->at == token->text + token->length;
}

static bool is_hex_digit(char c)
{
    return class_of(c) == DIGIT || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
}

/* "'1F'H", else the apostrophe alone. */
static void take_quoted(struct mib_lexer *lexer, struct mib_token *token)
{
    const char *at = token->text + 1, *end = lexer->end;
    while (at < end && (is_hex_digit(*at) || class_of(*at) == BLANK)) {
        at++;
    }
    if (end - at < 2 || at[0] != '\'' || memchr("hHbB", at[1], 4) == NULL) {
        take(lexer, token, '\'', token->text + 1);
        return;
    }
    take(lexer, token, MIB_TOKEN_QUOTED, at + 2);
}

static void take_mark(struct mib_lexer *lexer, struct mib_token *token)
{
    const char *text = token->text, *end = lexer->end;
    if (*text == ':') {
        const char *at = text + 1;
        at += at < end && *at == ':' ? 1 : 0;
        if (at < end && *at == '=') {
            take(lexer, token, MIB_TOKEN_ASSIGN, at + 1);
            return;
        }
    } else if (*text == '.' && end - text > 1 && text[1] == '.') {
        take(lexer, token, MIB_TOKEN_DOTS, text + 2);
        lexer->at += end - text > 2 && text[2] == '.' ? 1 : 0;
        return;
    }
    take(lexer, token, *text, text + 1);
}

void mib_lexer_next(struct mib_lexer *lexer, struct mib_token *token)
{
    token->text = skip_blanks(lexer, lexer->at);
    token->word = MIB_WORD_NONE;
    if (token->text == lexer->end) {
        take(lexer, token, MIB_TOKEN_END, lexer->end);
    } else if (*token->text != '-' && (class_of(*token->text) & NAME) != 0) {
        take_name(lexer, token);
    } else if (*token->text == '"') {
        take_string(lexer, token);
    } else if (*token->text == '\'') {
        take_quoted(lexer, token);
    } else {
        take_mark(lexer, token);
    }
}

bool mib_lexer_at_word(const struct mib_lexer *lexer)
{
    const char *at = skip_blanks(lexer, lexer->at);
    return at < lexer->end && (class_of(*at) == UPPER || *at == ':');
}

/* Blocks of a fixed size, which compilers count many octets of at a time. */
#define BLOCK 64

static unsigned count_newlines(const char *at, const char *end)
{
    unsigned count = 0;
    for (; end - at >= BLOCK; at += BLOCK) {
        uint8_t sum = 0;
        for (int i = 0; i < BLOCK; i++) {
            sum = (uint8_t)(sum + (at[i] == '\n'));
        }
        count += sum;
    }
    for (; at < end; at++) {
        count += *at == '\n' ? 1 : 0;
    }
    return count;
}

unsigned mib_lexer_line(struct mib_lexer *lexer, const char *place)
{
    if (place > lexer->line_at) {
        lexer->line += count_newlines(lexer->line_at, place);
        lexer->line_at = place;
    }
    return lexer->line;
}

bool mib_token_is(const struct mib_token *token, const char *text)
{
    return token->kind == MIB_TOKEN_NAME && *token->text == *text && strlen(text) == token->length &&
           memcmp(token->text, text, token->length) == 0;
}

static unsigned digit_value(char c)
{
    unsigned char lower = (unsigned char)(c | 0x20);
    return class_of(c) == DIGIT ? (unsigned)(c - '0') : (unsigned)(lower - 'a') + 10;
}

bool mib_token_number(const struct mib_token *token, uint64_t *number)
{
    const char *at = token->text, *end = at + token->length;
    unsigned base = 10;
    bool fits = true;
    *number = 0;
    if (token->kind == MIB_TOKEN_QUOTED) {
        base = end[-1] == 'b' || end[-1] == 'B' ? 2 : 16;
        at++;
        end -= 2;
    }
    for (; at < end; at++) {
        unsigned digit = class_of(*at) == BLANK ? base : digit_value(*at);
        if (digit < base) {
            fits = fits && *number <= (UINT64_MAX - digit) / base;
            *number = *number * base + digit;
        }
    }
    return fits;
}

/* ---- heads of modules ---- */

/* "::= BEGIN", "IMPLICIT TAGS ::= BEGIN"; false, and nothing taken, for anything else. */
static bool take_begin(struct mib_lexer *lexer)
{
    struct mib_lexer ahead = *lexer;
    struct mib_token token;
    for (int i = 0; i < 4; i++) {
        mib_lexer_next(&ahead, &token);
        if (token.word == MIB_WORD_BEGIN) {
            *lexer = ahead;
            return true;
        }
        if (token.kind != MIB_TOKEN_ASSIGN && token.word != MIB_WORD_TAGS &&
            token.word != MIB_WORD_IMPLICIT && token.word != MIB_WORD_EXPLICIT &&
            token.word != MIB_WORD_AUTOMATIC) {
            return false;
        }
    }
    return false;
}

/* "NAME { iso 3 } DEFINITIONS": the braces between the two. */
static void skip_head_braces(struct mib_lexer *lexer)
{
    struct mib_lexer ahead = *lexer;
    struct mib_token token;
    for (int i = 0; i < 300; i++) {
        mib_lexer_next(&ahead, &token);
        if (token.kind == '}') {
            *lexer = ahead;
            return;
        }
        if (token.kind != MIB_TOKEN_NAME && token.kind != MIB_TOKEN_NUMBER && token.kind != '(' &&
            token.kind != ')') {
            return;
        }
    }
}

/* Takes what the next token takes; a quotation mark of prose alone. */
static void next_of_text(struct mib_lexer *lexer, bool in_module, struct mib_token *token)
{
    const char *at = skip_blanks(lexer, lexer->at);
    if (!in_module && at < lexer->end && *at == '"') {
        *token = (struct mib_token){.kind = '"', .text = at, .length = 1};
        lexer->at = at + 1;
        return;
    }
    mib_lexer_next(lexer, token);
}

bool mib_lexer_find_head(struct mib_lexer *lexer, bool in_module, struct mib_token *name)
{
    static const char definitions[] = "DEFINITIONS";
    struct mib_token token;
    bool has_name = false, in_macro = false;
    if (!memmem(lexer->at, (size_t)(lexer->end - lexer->at), definitions, sizeof(definitions) - 1)) {
        lexer->at = lexer->end; /* as a rule: behind the only module of a file */
        return false;
    }
    for (;;) {
        next_of_text(lexer, in_module, &token);
        if (token.kind == MIB_TOKEN_END) {
            return false;
        }
        if (token.word == MIB_WORD_DEFINITIONS && has_name && take_begin(lexer)) {
            return true;
        }
        if (token.word == MIB_WORD_MACRO) {
            in_macro = true;
        } else if (token.word == MIB_WORD_END) {
            in_module = in_module && in_macro;
            in_macro = false;
        }
        if (token.kind == '{' && has_name) {
            skip_head_braces(lexer);
            continue;
        }
        has_name = token.kind == MIB_TOKEN_NAME;
        *name = token;
    }
}
