/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Builds text into memory that grows up to a limit. Errors are sticky: after a failed append the builder takes
 * nothing more and text_failed() is true; check once, at the end. The text is always NUL-terminated.
 */
#ifndef BASE_TEXT_H
#define BASE_TEXT_H

#include <stdbool.h>
#include <stddef.h>

#include <uvsnmp/export.h>

struct text {
    char *data; /* owned, unless made over fixed storage */
    size_t size; /* without the NUL */
    size_t capacity, limit;
    bool fixed, failed;
};

/* Growing builder; `limit` octets at most (0: 16 MiB). Nothing is allocated until the first append. */
void text_init(struct text *text, size_t limit);
/* Over the caller's storage of `capacity` (> 0) octets, NUL included; text_fini() is then optional. */
void text_init_fixed(struct text *text, char *storage, size_t capacity);
void text_fini(struct text *text);

/* Empties it and forgets an error; keeps the memory. */
void text_reset(struct text *text);

/* Takes back what was appended since it had `size` octets; an error stays. */
void text_cut(struct text *text, size_t size);

void text_append(struct text *text, const char *string);
void text_append_size(struct text *text, const void *data, size_t size);
void text_append_char(struct text *text, char c);
void text_append_format(struct text *text, const char *format, ...) UVSNMP_PRINTF(2, 3);
/* Decimal digits; faster than the format. */
void text_append_u64(struct text *text, unsigned long long number);
void text_append_i64(struct text *text, long long number);

/* The text; never NULL. */
const char *text_string(const struct text *text);
bool text_failed(const struct text *text);

#endif
