/* SPDX-License-Identifier: BSD-3-Clause */
/* A module with an object of every kind that is printed in a way of its own, and a table of every kind of
 * index. */
#ifndef SUPPORT_PRINT_MIB_H
#define SUPPORT_PRINT_MIB_H

#include "mib/mib.h"

/* Where its definitions are. */
#define PRINT_MIB_ROOT "1.3.6.1.4.1.99996"

/* PRINT-MIB, visible with what it imports; NULL: out of memory. */
struct mib *print_mib_new(void);

#endif
