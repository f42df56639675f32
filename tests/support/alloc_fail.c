/* SPDX-License-Identifier: BSD-3-Clause */
#include "support/alloc_fail.h"

#include <stddef.h>

static unsigned countdown; /* 0: none is to fail */
static unsigned long count;
static bool has_failed, is_paused;

void *__real_malloc(size_t size);
void *__real_calloc(size_t members, size_t size);
void *__real_realloc(void *old, size_t size);
char *__real_strdup(const char *text);
void *__wrap_malloc(size_t size);
void *__wrap_calloc(size_t members, size_t size);
void *__wrap_realloc(void *old, size_t size);
char *__wrap_strdup(const char *text);

void alloc_fail_at(unsigned n)
{
    countdown = n;
    has_failed = false;
}

void alloc_fail_pause(bool paused)
{
    is_paused = paused;
}

bool alloc_has_failed(void)
{
    return has_failed;
}

bool alloc_fail_end(void)
{
    countdown = 0;
    return has_failed;
}

unsigned long alloc_count(void)
{
    return count;
}

static bool is_to_fail(void)
{
    if (is_paused) {
        return false;
    }
    count++;
    if (countdown == 0 || --countdown > 0) {
        return false;
    }
    has_failed = true;
    return true;
}

void *__wrap_malloc(size_t size)
{
    return is_to_fail() ? NULL : __real_malloc(size);
}

void *__wrap_calloc(size_t members, size_t size)
{
    return is_to_fail() ? NULL : __real_calloc(members, size);
}

void *__wrap_realloc(void *old, size_t size)
{
    return is_to_fail() ? NULL : __real_realloc(old, size);
}

char *__wrap_strdup(const char *text)
{
    return is_to_fail() ? NULL : __real_strdup(text);
}
