/* SPDX-License-Identifier: BSD-3-Clause */
#include "conf/token.h"

#include <stdbool.h>
#include <string.h>
#include <strings.h>

#include "base/err.h"
#include "base/hex.h"

#include <uvsnmp/error.h>

static bool is_space(char c)
{
    return c == ' ' || (c >= '\t' && c <= '\r');
}

const char *conf_skip_space(const char *text)
{
    while (is_space(*text)) {
        text++;
    }
    return text;
}

ptrdiff_t conf_word(const char **text, char *word, size_t size)
{
    const char *from = conf_skip_space(*text);
    if (*from == '\0' || *from == '#') {
        return UVSNMP_ENOT_FOUND;
    }
    char quote = (*from == '"' || *from == '\'') ? *from++ : '\0';
    size_t length = 0;
    while (*from != '\0' && (quote ? *from != quote : !is_space(*from))) {
        if (*from == '\\' && from[1] != '\0') {
            from++;
        }
        if (length + 1 >= size) {
            return UVSNMP_ETOO_LONG;
        }
        word[length++] = *from++;
    }
    if (quote) {
        if (*from != quote || (from[1] != '\0' && !is_space(from[1]))) {
            return UVSNMP_EBAD_SYNTAX;
        }
        from++;
    }
    word[length] = '\0';
    *text = conf_skip_space(from);
    return (ptrdiff_t)length;
}

int conf_next_word(const char **text, const char *what, char *word, size_t size, struct uvsnmp_error *err)
{
    ptrdiff_t length = conf_word(text, word, size);
    if (length == UVSNMP_EBAD_SYNTAX) {
        return err_set(err, UVSNMP_EBAD_SYNTAX, "%s: the closing quote is missing or in the wrong place",
                       what);
    }
    if (length == UVSNMP_ETOO_LONG) {
        return err_set(err, UVSNMP_ETOO_LONG, "%s is too long", what);
    }
    return length != UVSNMP_ENOT_FOUND;
}

int conf_need_word(const char **text, const char *what, char *word, size_t size, struct uvsnmp_error *err)
{
    int status = conf_next_word(text, what, word, size, err);
    return status == 0 ? err_set(err, UVSNMP_EBAD_SYNTAX, "missing %s parameter", what) : status;
}

int conf_no_more(const char *text, const char *what, struct uvsnmp_error *err)
{
    const char *rest = conf_skip_space(text);
    if (*rest == '\0' || *rest == '#') {
        return 0;
    }
    return err_set(err, UVSNMP_EBAD_SYNTAX, "there is something after the %s: %s", what, rest);
}

int conf_set_word(char *to, size_t size, const char *text, const char *what, struct uvsnmp_error *err)
{
    int status = conf_next_word(&text, what, to, size, err);
    if (status < 0) {
        to[0] = '\0';
        return status;
    }
    return 0;
}

int conf_set_bool(bool *to, const char *text, struct uvsnmp_error *err)
{
    static const char *const words[] = {"no", "false", "0", "yes", "true", "1"};
    enum { WORDS = sizeof(words) / sizeof(words[0]) };
    for (size_t i = 0; i < WORDS; i++) {
        if (strcasecmp(text, words[i]) == 0) {
            *to = i >= WORDS / 2;
            return 0;
        }
    }
    return err_set(err, UVSNMP_EBAD_VALUE, "Should be yes|no|true|false|0|1");
}

ptrdiff_t conf_list_item(const char **text, const char *separators, char *item, size_t size)
{
    const char *from = *text;
    while (*from != '\0' && (is_space(*from) || strchr(separators, *from))) {
        from++;
    }
    if (*from == '\0') {
        return UVSNMP_ENOT_FOUND;
    }
    size_t length = strcspn(from, separators);
    const char *rest = from + length;
    while (length > 0 && is_space(from[length - 1])) {
        length--;
    }
    if (length + 1 > size) {
        return UVSNMP_ETOO_LONG;
    }
    memcpy(item, from, length);
    item[length] = '\0';
    *text = rest;
    return (ptrdiff_t)length;
}

/* What a bare word in a file could be taken for something else: white space at an end, quotes, hexadecimal.
 */
static bool reads_back_bare(const unsigned char *octets, size_t size)
{
    if (size == 0 || octets[0] == ' ' || octets[0] == '"' || octets[0] == '\'' || octets[0] == '#' ||
        octets[size - 1] == ' ' || (size > 1 && octets[0] == '0' && (octets[1] | 0x20) == 'x')) {
        return false;
    }
    for (size_t i = 0; i < size; i++) {
        if (octets[i] < 0x20 || octets[i] == 0x7f) {
            return false;
        }
    }
    return true;
}

void conf_octets_format(struct text *out, const void *octets, size_t size)
{
    const unsigned char *bytes = octets;
    if (reads_back_bare(bytes, size)) {
        text_append_size(out, octets, size);
        return;
    }
    text_append(out, "0x");
    for (size_t i = 0; i < size; i++) {
        text_append_format(out, "%02x", bytes[i]);
    }
}

ptrdiff_t conf_octets_parse(const char *text, uint8_t *octets, size_t capacity)
{
    if (text[0] == '0' && (text[1] == 'x' || text[1] == 'X')) {
        return hex_parse(text + 2, octets, capacity);
    }
    size_t size = strlen(text);
    if (size > capacity) {
        return UVSNMP_ETOO_LONG;
    }
    memcpy(octets, text, size);
    return (ptrdiff_t)size;
}
