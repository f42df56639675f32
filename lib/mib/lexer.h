/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * MIB text as words. What the field writes and ASN.1 does not know is taken here: names that begin with a
 * digit or an underline, octets outside of ASCII and control characters as blanks, rulers of dashes.
 */
#ifndef MIB_LEXER_H
#define MIB_LEXER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* What a token is: one of these, or the character of a punctuation mark. */
enum mib_token_kind {
    MIB_TOKEN_END = 0,
    MIB_TOKEN_NAME = 256,
    MIB_TOKEN_NUMBER, /* decimal digits */
    MIB_TOKEN_STRING, /* "…", also over lines */
    MIB_TOKEN_QUOTED, /* '…'H or '…'B */
    MIB_TOKEN_ASSIGN, /* ::= */
    MIB_TOKEN_DOTS,   /* .. */
};

/* The words of the language, each with its first, second and last character (see lexer.c). */
#define MIB_WORD_MAP(XX)                                                                                     \
    XX('I', 'M', 'S', "IMPORTS", IMPORTS)                                                                    \
    XX('E', 'X', 'S', "EXPORTS", EXPORTS)                                                                    \
    XX('F', 'R', 'M', "FROM", FROM)                                                                          \
    XX('B', 'E', 'N', "BEGIN", BEGIN)                                                                        \
    XX('E', 'N', 'D', "END", END)                                                                            \
    XX('D', 'E', 'S', "DEFINITIONS", DEFINITIONS)                                                            \
    XX('M', 'A', 'O', "MACRO", MACRO)                                                                        \
    XX('O', 'B', 'T', "OBJECT", OBJECT)                                                                      \
    XX('I', 'D', 'R', "IDENTIFIER", IDENTIFIER)                                                              \
    XX('O', 'B', 'E', "OBJECT-TYPE", OBJECT_TYPE)                                                            \
    XX('O', 'B', 'Y', "OBJECT-IDENTITY", OBJECT_IDENTITY)                                                    \
    XX('M', 'O', 'Y', "MODULE-IDENTITY", MODULE_IDENTITY)                                                    \
    XX('N', 'O', 'E', "NOTIFICATION-TYPE", NOTIFICATION_TYPE)                                                \
    XX('T', 'R', 'E', "TRAP-TYPE", TRAP_TYPE)                                                                \
    XX('O', 'B', 'P', "OBJECT-GROUP", OBJECT_GROUP)                                                          \
    XX('N', 'O', 'P', "NOTIFICATION-GROUP", NOTIFICATION_GROUP)                                              \
    XX('M', 'O', 'E', "MODULE-COMPLIANCE", MODULE_COMPLIANCE)                                                \
    XX('A', 'G', 'S', "AGENT-CAPABILITIES", AGENT_CAPABILITIES)                                              \
    XX('T', 'E', 'N', "TEXTUAL-CONVENTION", TEXTUAL_CONVENTION)                                              \
    XX('S', 'Y', 'X', "SYNTAX", SYNTAX)                                                                      \
    XX('W', 'R', 'X', "WRITE-SYNTAX", WRITE_SYNTAX)                                                          \
    XX('U', 'N', 'S', "UNITS", UNITS)                                                                        \
    XX('A', 'C', 'S', "ACCESS", ACCESS)                                                                      \
    XX('M', 'A', 'S', "MAX-ACCESS", MAX_ACCESS)                                                              \
    XX('M', 'I', 'S', "MIN-ACCESS", MIN_ACCESS)                                                              \
    XX('S', 'T', 'S', "STATUS", STATUS)                                                                      \
    XX('D', 'E', 'N', "DESCRIPTION", DESCRIPTION)                                                            \
    XX('R', 'E', 'E', "REFERENCE", REFERENCE)                                                                \
    XX('I', 'N', 'X', "INDEX", INDEX)                                                                        \
    XX('I', 'M', 'D', "IMPLIED", IMPLIED)                                                                    \
    XX('A', 'U', 'S', "AUGMENTS", AUGMENTS)                                                                  \
    XX('D', 'E', 'L', "DEFVAL", DEFVAL)                                                                      \
    XX('L', 'A', 'D', "LAST-UPDATED", LAST_UPDATED)                                                          \
    XX('O', 'R', 'N', "ORGANIZATION", ORGANIZATION)                                                          \
    XX('C', 'O', 'O', "CONTACT-INFO", CONTACT_INFO)                                                          \
    XX('R', 'E', 'N', "REVISION", REVISION)                                                                  \
    XX('O', 'B', 'S', "OBJECTS", OBJECTS)                                                                    \
    XX('N', 'O', 'S', "NOTIFICATIONS", NOTIFICATIONS)                                                        \
    XX('E', 'N', 'E', "ENTERPRISE", ENTERPRISE)                                                              \
    XX('V', 'A', 'S', "VARIABLES", VARIABLES)                                                                \
    XX('D', 'I', 'T', "DISPLAY-HINT", DISPLAY_HINT)                                                          \
    XX('P', 'R', 'E', "PRODUCT-RELEASE", PRODUCT_RELEASE)                                                    \
    XX('S', 'U', 'S', "SUPPORTS", SUPPORTS)                                                                  \
    XX('I', 'N', 'S', "INCLUDES", INCLUDES)                                                                  \
    XX('V', 'A', 'N', "VARIATION", VARIATION)                                                                \
    XX('C', 'R', 'S', "CREATION-REQUIRES", CREATION_REQUIRES)                                                \
    XX('M', 'O', 'E', "MODULE", MODULE)                                                                      \
    XX('M', 'A', 'S', "MANDATORY-GROUPS", MANDATORY_GROUPS)                                                  \
    XX('G', 'R', 'P', "GROUP", GROUP)                                                                        \
    XX('I', 'N', 'R', "INTEGER", INTEGER)                                                                    \
    XX('O', 'C', 'T', "OCTET", OCTET)                                                                        \
    XX('S', 'T', 'G', "STRING", STRING)                                                                      \
    XX('B', 'I', 'T', "BIT", BIT)                                                                            \
    XX('B', 'I', 'S', "BITS", BITS)                                                                          \
    XX('S', 'E', 'E', "SEQUENCE", SEQUENCE)                                                                  \
    XX('S', 'E', 'T', "SET", SET)                                                                            \
    XX('O', 'F', 'F', "OF", OF)                                                                              \
    XX('C', 'H', 'E', "CHOICE", CHOICE)                                                                      \
    XX('N', 'U', 'L', "NULL", NULL)                                                                          \
    XX('A', 'N', 'Y', "ANY", ANY)                                                                            \
    XX('S', 'I', 'E', "SIZE", SIZE)                                                                          \
    XX('M', 'I', 'N', "MIN", MIN)                                                                            \
    XX('M', 'A', 'X', "MAX", MAX)                                                                            \
    XX('I', 'M', 'T', "IMPLICIT", IMPLICIT)                                                                  \
    XX('E', 'X', 'T', "EXPLICIT", EXPLICIT)                                                                  \
    XX('A', 'U', 'C', "AUTOMATIC", AUTOMATIC)                                                                \
    XX('T', 'A', 'S', "TAGS", TAGS)                                                                          \
    XX('A', 'P', 'N', "APPLICATION", APPLICATION)                                                            \
    XX('U', 'N', 'L', "UNIVERSAL", UNIVERSAL)                                                                \
    XX('P', 'R', 'E', "PRIVATE", PRIVATE)

enum mib_word {
    MIB_WORD_NONE,
#define XX(first, second, last, text, name) MIB_WORD_##name,
    MIB_WORD_MAP(XX)
#undef XX
        MIB_WORD_COUNT
};

struct mib_token {
    int kind;           /* enum mib_token_kind or a character */
    enum mib_word word; /* of a name */
    const char *text;   /* in the source; a string without its quotes */
    size_t length;
};

struct mib_lexer {
    const char *at, *end;
    bool comments_end_at_newline;
    bool unterminated;   /* a string was still open at the end of the text */
    bool mends_strings;  /* a string ends before a line that goes on with, or begins, a definition */
    const char *line_at; /* where `line` was counted up to */
    unsigned line;
};

void mib_lexer_init(struct mib_lexer *lexer, const char *text, size_t size, bool comments_end_at_newline);

/* The next token; MIB_TOKEN_END at the end, for ever. */
void mib_lexer_next(struct mib_lexer *lexer, struct mib_token *token);

/* Was the string, which must be the token taken last, without its closing mark? */
bool mib_lexer_is_open(const struct mib_lexer *lexer, const struct mib_token *token);

/* May the next token be a word or MIB_TOKEN_ASSIGN? Cheaper than to look at it. */
bool mib_lexer_at_word(const struct mib_lexer *lexer);

/* The line, from 1, of a place that is not before any asked for earlier. */
unsigned mib_lexer_line(struct mib_lexer *lexer, const char *place);

/*
 * Goes behind the head of the next module, "NAME DEFINITIONS ::= BEGIN", and gives its name; false at the
 * end. `in_module`: the text at hand is part of a module up to its END, where strings are strings; else it
 * may be prose, where quotation marks are only marks.
 */
bool mib_lexer_find_head(struct mib_lexer *lexer, bool in_module, struct mib_token *name);

/* Whether `token` is the word (of any spelling that is not in the table above) `text`. */
bool mib_token_is(const struct mib_token *token, const char *text);

/* The value of a number or of '…'H, '…'B; false, and its low 64 bits, where it is larger. */
bool mib_token_number(const struct mib_token *token, uint64_t *number);

#endif
