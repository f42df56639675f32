/* SPDX-License-Identifier: BSD-3-Clause */
#include "support/alloc_fail.h"

#include <stddef.h>

static unsigned countdown;
static bool has_failed;

void *__real_malloc(size_t size);
void *__real_calloc(size_t count, size_t size);
void *__real_realloc(void *old, size_t size);
void *__wrap_malloc(size_t size);
void *__wrap_calloc(size_t count, size_t size);
void *__wrap_realloc(void *old, size_t size);

void alloc_fail_at(unsigned n)
{
    countdown = n;
    has_failed = false;
}

bool alloc_has_failed(void)
{
    return has_failed;
}

static bool is_to_fail(void)
{
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

void *__wrap_calloc(size_t count, size_t size)
{
    return is_to_fail() ? NULL : __real_calloc(count, size);
}

void *__wrap_realloc(void *old, size_t size)
{
    return is_to_fail() ? NULL : __real_realloc(old, size);
}
