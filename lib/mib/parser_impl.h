/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Between the parts of the reader of MIB files: what they share while they read one text. Each function finds
 * the first token of what it reads in parser->token and leaves the first one behind it there. Those that
 * return false have reported why; the caller skips to where it can go on.
 */
#ifndef MIB_PARSER_IMPL_H
#define MIB_PARSER_IMPL_H

#include "mib/lexer.h"
#include "mib/parser.h"

/* Memory that small things are taken off. */
struct mib_pool {
    char *at;
    size_t left;
};

struct mib_parser {
    struct mib_lexer lexer;
    struct mib_token token; /* the one at hand */
    const char *file;
    const struct mib_parse_options *options;
    struct arena *arena;
    const struct mib_report *report;
    const struct mib_report *marks_report; /* of missing quotation marks, when the text is read anew */
    bool no_memory;                        /* sticky; the text is at its end then */
    struct mib_pool records, texts;
    struct mib_draft *draft; /* the module at hand, and the ends of its lists */
    struct mib_type_draft **types_end;
    struct mib_node_draft **nodes_end;
    bool failed;           /* something was wrong with the definition at hand */
    bool has_another_snmp; /* the module has a "snmp" that is not that of MIB-II */
};

/* ---- parser.c: tokens, memory, messages ---- */

void mib_parser_next(struct mib_parser *parser);

/* The token behind the one at hand. */
struct mib_token mib_parser_peek(const struct mib_parser *parser);

static inline bool mib_parser_at(const struct mib_parser *parser, int kind)
{
    return parser->token.kind == kind;
}

/* Takes the token at hand if it is of that kind. */
bool mib_parser_take(struct mib_parser *parser, int kind);
bool mib_parser_take_word(struct mib_parser *parser, enum mib_word word);

/* Takes it, or reports that `expected` was. */
bool mib_parser_expect(struct mib_parser *parser, int kind, const char *expected);

/* Zeroed memory; NULL, and the text ends, when there is none. */
void *mib_parser_alloc(struct mib_parser *parser, size_t size);

/* The same for texts, aligned for nothing. */
char *mib_parser_room(struct mib_parser *parser, size_t size);

/* A copy of the token's text; never NULL. */
const char *mib_parser_text(struct mib_parser *parser, const struct mib_token *token);
const char *mib_parser_copy(struct mib_parser *parser, const char *text, size_t length);

/* Reports `what` and the token at hand: "WHAT (TOKEN)". Returns false. */
bool mib_parser_fail(struct mib_parser *parser, const char *what);
/* Reports "WHAT OF" at the line of the token at hand. */
void mib_parser_say(struct mib_parser *parser, const char *what, const char *of);
void mib_parser_warn(struct mib_parser *parser, const struct mib_token *token, const char *what);

/* A string had to be closed. */
void mib_parser_say_open(struct mib_parser *parser, const struct mib_token *string);

unsigned mib_parser_line(struct mib_parser *parser, const struct mib_token *token);

/* From an opening mark to behind its closing one: (), [], {}. */
void mib_parser_skip_group(struct mib_parser *parser);

/* Is the token at hand the name at the beginning of a definition, or the end of the module? */
bool mib_parser_at_definition(const struct mib_parser *parser);

/* ---- parse_type.c ---- */

/* What follows SYNTAX or "X ::="; `what` is said where there is no type. `*use` is zeroed first. */
bool mib_parse_type(struct mib_parser *parser, const char *what, struct mib_type_use *use);

/* What follows "NAME ::=": a type, or TEXTUAL-CONVENTION with its clauses. */
void mib_parse_type_definition(struct mib_parser *parser, const struct mib_token *name);

/* ---- parse_value.c ---- */

/* "{ iso org(3) 6 }" */
bool mib_parse_steps(struct mib_parser *parser, struct mib_step **steps);

/* DEFVAL's braces, as text. */
bool mib_parse_default(struct mib_parser *parser, const char **text);

/* A step put behind those of a list; false: out of memory. */
bool mib_parser_add_step(struct mib_parser *parser, struct mib_step **steps, const char *name,
                         const uint32_t *number);

/* ---- parse_object.c ---- */

/* What a definition by one of the macros has behind "NAME MACRO-NAME". */
void mib_parse_macro(struct mib_parser *parser, const struct mib_token *name, enum mib_word macro);

/* "NAME OBJECT IDENTIFIER ::= { … }": what is behind IDENTIFIER. */
void mib_parse_object_identifier(struct mib_parser *parser, const struct mib_token *name);

bool mib_word_is_macro(enum mib_word word);

/* Clauses that types have too. */
enum mib_status mib_parse_status(struct mib_parser *parser);
/* `what` is said where there is no string; NULL then, and where it is not to be kept. */
const char *mib_parse_string(struct mib_parser *parser, const char *what, bool keep);

#endif
