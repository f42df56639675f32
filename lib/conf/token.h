/* SPDX-License-Identifier: BSD-3-Clause */
/* Words and octet strings in the text of a directive, quoted as in Net-SNMP's files. */
#ifndef CONF_TOKEN_H
#define CONF_TOKEN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <uvsnmp/error.h>

#include "base/text.h"

/* The first character of `text` that is not white space; may be the final NUL. */
const char *conf_skip_space(const char *text);

/*
 * Cuts the next word off `*text` and leaves `*text` at the one after it. A word ends at white space; one that
 * begins with " or ' ends at the same mark; a backslash takes the next character as it is. A '#' where a word
 * would begin ends the text. Returns the word's length, or, with `*text` unchanged: UVSNMP_ENOT_FOUND
 * (nothing left), UVSNMP_ETOO_LONG (`size` is too small), UVSNMP_EBAD_SYNTAX (the closing mark is missing, or
 * something follows it without white space).
 */
ptrdiff_t conf_word(const char **text, char *word, size_t size);

/*
 * conf_word() with errors in words; `what` is what the word stands for. 1: there was one; 0: none is left,
 * and `word` is unchanged; UVSNMP_EBAD_SYNTAX, UVSNMP_ETOO_LONG. conf_need_word(): none left is an error as
 * well.
 */
int conf_next_word(const char **text, const char *what, char *word, size_t size, struct uvsnmp_error *err);
int conf_need_word(const char **text, const char *what, char *word, size_t size, struct uvsnmp_error *err);
/* 0 when no word is left; `what` is the last one taken. */
int conf_no_more(const char *text, const char *what, struct uvsnmp_error *err);

/* The first word of a directive that takes one; "" on failure. 0, or as conf_next_word(). */
int conf_set_word(char *to, size_t size, const char *text, const char *what, struct uvsnmp_error *err);
/* yes, true, 1, no, false or 0. UVSNMP_EBAD_VALUE: neither. */
int conf_set_bool(bool *to, const char *text, struct uvsnmp_error *err);

/* The same for lists: what lies between the characters of `separators`, without white space around it. */
ptrdiff_t conf_list_item(const char **text, const char *separators, char *item, size_t size);

/*
 * Octets in the form of persistent files: bare when they are printable and read back as the same, else 0x… .
 * conf_octets_parse() reads both; it returns the length or UVSNMP_EBAD_VALUE, UVSNMP_ETOO_LONG.
 */
void conf_octets_format(struct text *out, const void *octets, size_t size);
ptrdiff_t conf_octets_parse(const char *text, uint8_t *octets, size_t capacity);

#endif
