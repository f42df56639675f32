/* SPDX-License-Identifier: BSD-3-Clause */
#include "base/num.h"

#include <stddef.h>

static int digit_of(char c)
{
    if (c >= '0' && c <= '9') {
        return c - '0';
    }
    if (c >= 'a' && c <= 'f') {
        return c - 'a' + 10;
    }
    if (c >= 'A' && c <= 'F') {
        return c - 'A' + 10;
    }
    return 16;
}

static bool parse_digits(const char *text, unsigned base, uint64_t max, uint64_t *out)
{
    uint64_t number = 0;
    if (*text == '\0') {
        return false;
    }
    for (; *text != '\0'; text++) {
        unsigned digit = (unsigned)digit_of(*text);
        if (digit >= base || number > (UINT64_MAX - digit) / base) {
            return false;
        }
        number = number * base + digit;
    }
    if (number > max) {
        return false;
    }
    *out = number;
    return true;
}

bool num_parse_u64(const char *text, uint64_t max, uint64_t *out)
{
    return parse_digits(text, 10, max, out);
}

bool num_parse_i64(const char *text, int64_t min, int64_t max, int64_t *out)
{
    bool negative = *text == '-';
    uint64_t magnitude;
    text += negative || *text == '+' ? 1 : 0;
    if (!parse_digits(text, 10, (uint64_t)INT64_MAX + (negative ? 1 : 0), &magnitude)) {
        return false;
    }
    int64_t number = negative ? (int64_t)(0 - magnitude) : (int64_t)magnitude;
    if (number < min || number > max) {
        return false;
    }
    *out = number;
    return true;
}

bool num_parse_any_base(const char *text, uint64_t max, uint64_t *out)
{
    if (text[0] == '0' && (text[1] == 'x' || text[1] == 'X')) {
        return parse_digits(text + 2, 16, max, out);
    }
    if (text[0] == '0' && text[1] != '\0') {
        return parse_digits(text + 1, 8, max, out);
    }
    return parse_digits(text, 10, max, out);
}

bool num_parse_seconds(const char *text, uint64_t max_ms, uint64_t *ms)
{
    uint64_t number = 0, scale = 1000;
    bool digits = false;
    for (; digit_of(*text) < 10; text++, digits = true) {
        unsigned digit = (unsigned)digit_of(*text);
        if (number > (UINT64_MAX / 1000 - digit) / 10) {
            return false;
        }
        number = number * 10 + digit;
    }
    number *= 1000;
    if (*text == '.') {
        for (text++; digit_of(*text) < 10; text++, digits = true) {
            scale /= 10;
            number += (uint64_t)digit_of(*text) * scale;
        }
    }
    if (*text != '\0' || !digits || number > max_ms) {
        return false;
    }
    *ms = number;
    return true;
}
