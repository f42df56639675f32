/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Makes one allocation fail. A test program that links alloc_fail.c needs the linker flags in
 * $(ALLOC_FAIL_FLAGS) (tests/unit/io/local.mk); the allocations of our code pass here then, those of other
 * libraries do not.
 *
 *     for (unsigned n = 1; ; n++) {
 *         alloc_fail_at(n);
 *         … what must survive it …
 *         if (!alloc_has_failed()) break;    // there are fewer than n
 *     }
 */
#ifndef TESTS_SUPPORT_ALLOC_FAIL_H
#define TESTS_SUPPORT_ALLOC_FAIL_H

#include <stdbool.h>

/* The `n`th allocation from now (1: the next) fails, once; 0: none. */
void alloc_fail_at(unsigned n);

/* Has it failed since? */
bool alloc_has_failed(void);

#endif
