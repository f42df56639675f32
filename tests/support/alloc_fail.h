/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Makes one allocation fail, so that a test can see what becomes of it. A program that links $(ALLOC_FAIL) with
 * $(ALLOC_FAIL_LINK) gets these functions in place of malloc, calloc, realloc and strdup in its own code and
 * the static libraries; shared libraries (libuv, cmocka) keep the real ones.
 *
 *     unsigned n = 0;
 *     do {
 *         alloc_fail_at(++n);
 *         … what must survive it …
 *     } while (alloc_fail_end()); // the last time there were fewer than n
 */
#ifndef TESTS_SUPPORT_ALLOC_FAIL_H
#define TESTS_SUPPORT_ALLOC_FAIL_H

#include <stdbool.h>

/* The `n`th allocation from now (1: the next) fails, and no other; 0: none. */
void alloc_fail_at(unsigned n);

/* Meanwhile none fails and none counts: for what a test does in between on another's behalf. */
void alloc_fail_pause(bool paused);

/* Has it failed since? */
bool alloc_has_failed(void);

/* No more failures; true when the one that was to come has come. */
bool alloc_fail_end(void);

/* Allocations so far, failed ones too. */
unsigned long alloc_count(void);

#endif
