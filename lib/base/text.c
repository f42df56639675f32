/* SPDX-License-Identifier: BSD-3-Clause */
#include "base/text.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define TEXT_LIMIT_DEFAULT ((size_t)16 << 20)
#define TEXT_CAPACITY_FIRST 256

void text_init(struct text *text, size_t limit)
{
    memset(text, 0, sizeof(*text));
    text->limit = limit ? limit : TEXT_LIMIT_DEFAULT;
}

void text_init_fixed(struct text *text, char *storage, size_t capacity)
{
    memset(text, 0, sizeof(*text));
    text->data = storage;
    text->capacity = capacity;
    text->limit = capacity - 1;
    text->fixed = true;
    storage[0] = '\0';
}

void text_fini(struct text *text)
{
    if (!text->fixed) {
        free(text->data);
    }
    memset(text, 0, sizeof(*text));
}

void text_reset(struct text *text)
{
    text->size = 0;
    text->failed = false;
    if (text->data) {
        text->data[0] = '\0';
    }
}

void text_cut(struct text *text, size_t size)
{
    if (size < text->size) {
        text->size = size;
        text->data[size] = '\0';
    }
}

/* Room for `more` octets and the NUL. */
static bool text_reserve(struct text *text, size_t more)
{
    if (text->failed || more > text->limit - text->size) {
        text->failed = true;
        return false;
    }
    if (text->size + more < text->capacity) {
        return true;
    }
    size_t capacity = text->capacity ? text->capacity : TEXT_CAPACITY_FIRST;
    while (capacity <= text->size + more) {
        capacity *= 2;
    }
    char *data = realloc(text->data, capacity);
    if (!data) {
        text->failed = true;
        return false;
    }
    text->data = data;
    text->capacity = capacity;
    return true;
}

void text_append_size(struct text *text, const void *data, size_t size)
{
    if (size > 0 && text_reserve(text, size)) {
        memcpy(text->data + text->size, data, size);
        text->size += size;
        text->data[text->size] = '\0';
    }
}

void text_append(struct text *text, const char *string)
{
    text_append_size(text, string, strlen(string));
}

void text_append_char(struct text *text, char c)
{
    text_append_size(text, &c, 1);
}

void text_append_format(struct text *text, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    int size = vsnprintf(NULL, 0, format, args);
    va_end(args);
    if (size < 0 || !text_reserve(text, (size_t)size)) {
        text->failed = true;
        return;
    }
    va_start(args, format);
    (void)vsnprintf(text->data + text->size, (size_t)size + 1, format, args);
    va_end(args);
    text->size += (size_t)size;
}

void text_append_u64(struct text *text, unsigned long long number)
{
    char digits[24];
    size_t at = sizeof(digits);
    do {
        digits[--at] = (char)('0' + number % 10);
        number /= 10;
    } while (number > 0);
    text_append_size(text, digits + at, sizeof(digits) - at);
}

void text_append_i64(struct text *text, long long number)
{
    if (number < 0) {
        text_append_char(text, '-');
        text_append_u64(text, 0ULL - (unsigned long long)number);
    } else {
        text_append_u64(text, (unsigned long long)number);
    }
}

const char *text_string(const struct text *text)
{
    return text->data ? text->data : "";
}

bool text_failed(const struct text *text)
{
    return text->failed;
}
