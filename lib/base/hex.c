/* SPDX-License-Identifier: BSD-3-Clause */
#include "base/hex.h"

#include <ctype.h>

#include <uvsnmp/error.h>

static int hex_digit(char c)
{
    if (!isxdigit((unsigned char)c)) {
        return -1;
    }
    return c <= '9' ? c - '0' : (c | 0x20) - 'a' + 10;
}

ptrdiff_t hex_parse(const char *text, uint8_t *out, size_t capacity)
{
    size_t size = 0;
    for (;;) {
        while (isspace((unsigned char)*text)) {
            text++;
        }
        if (*text == '\0') {
            return (ptrdiff_t)size;
        }
        int high = hex_digit(text[0]);
        int low = high < 0 ? -1 : hex_digit(text[1]);
        if (low < 0) {
            return UVSNMP_EBAD_VALUE;
        }
        if (size == capacity) {
            return UVSNMP_ETOO_LONG;
        }
        out[size++] = (uint8_t)(high << 4 | low);
        text += 2;
    }
}
