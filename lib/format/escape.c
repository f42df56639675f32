/* SPDX-License-Identifier: BSD-3-Clause */
#include "format/escape.h"

/* The C locale's isprint() and isspace(), whatever locale the program is in. */
static bool is_text(uint8_t c)
{
    return (c >= ' ' && c <= '~') || (c >= '\t' && c <= '\r');
}

static bool is_control(uint8_t c)
{
    return (c < ' ' && c != '\n' && c != '\t') || c == 0x7f;
}

/* How many octets make up the character at `data`, by Unicode's table 3-7; 0: it is none, or a C1 control. */
static size_t utf8_length(const uint8_t *data, size_t size)
{
    static const struct {
        uint8_t lead_low, lead_high, next_low, next_high, length;
    } forms[] = {
        {0xc2, 0xc2, 0xa0, 0xbf, 2}, /* U+0080 to U+009F are the C1 controls */
        {0xc3, 0xdf, 0x80, 0xbf, 2}, {0xe0, 0xe0, 0xa0, 0xbf, 3}, {0xe1, 0xec, 0x80, 0xbf, 3},
        {0xed, 0xed, 0x80, 0x9f, 3}, {0xee, 0xef, 0x80, 0xbf, 3}, {0xf0, 0xf0, 0x90, 0xbf, 4},
        {0xf1, 0xf3, 0x80, 0xbf, 4}, {0xf4, 0xf4, 0x80, 0x8f, 4},
    };
    for (size_t i = 0; i < sizeof(forms) / sizeof(forms[0]); i++) {
        size_t length = forms[i].length;
        if (data[0] < forms[i].lead_low || data[0] > forms[i].lead_high) {
            continue;
        }
        if (size < length || data[1] < forms[i].next_low || data[1] > forms[i].next_high) {
            return 0;
        }
        for (size_t k = 2; k < length; k++) {
            if ((data[k] & 0xc0) != 0x80) {
                return 0;
            }
        }
        return length;
    }
    return 0;
}

static void append_escaped(struct text *text, uint8_t octet)
{
    static const char digits[] = "0123456789ABCDEF";
    const char escaped[4] = {'\\', 'x', digits[octet >> 4], digits[octet & 15]};
    text_append_size(text, escaped, sizeof(escaped));
}

void format_raw(struct text *text, const uint8_t *data, size_t size, const struct format_options *options)
{
    size_t start = 0; /* of what goes out as it is */
    if (!options->escape_controls) {
        text_append_size(text, data, size);
        return;
    }
    for (size_t i = 0; i < size;) {
        size_t length = data[i] < 0x80 ? !is_control(data[i]) : utf8_length(data + i, size - i);
        if (length == 0) {
            text_append_size(text, data + start, i - start);
            append_escaped(text, data[i]);
            start = i + 1;
        }
        i += length ? length : 1;
    }
    text_append_size(text, data + start, size - start);
}

bool format_is_ascii(const uint8_t *data, size_t size)
{
    for (size_t i = 0; i < size; i++) {
        if (!is_text(data[i])) {
            return false;
        }
    }
    return true;
}

void format_ascii(struct text *text, const uint8_t *data, size_t size, bool quotes,
                  const struct format_options *options)
{
    for (size_t i = 0; i < size; i++) {
        if (options->escape_controls && is_control(data[i]) && is_text(data[i])) {
            append_escaped(text, data[i]);
            continue;
        }
        if (quotes && (data[i] == '"' || data[i] == '\\')) {
            text_append_char(text, '\\');
        }
        text_append_char(text, is_text(data[i]) ? (char)data[i] : '.');
    }
}
