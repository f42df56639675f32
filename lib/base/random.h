/* SPDX-License-Identifier: BSD-3-Clause */
/* Unpredictable numbers from the kernel. */
#ifndef BASE_RANDOM_H
#define BASE_RANDOM_H

#include <stddef.h>
#include <stdint.h>

/* Fills `data`; ends the program if the kernel has no random numbers (it always has). */
void random_bytes(void *data, size_t size);
uint64_t random_u64(void);

#endif
