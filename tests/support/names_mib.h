/* SPDX-License-Identifier: BSD-3-Clause */
/* tests/data/mibs/NAMES-TEST-MIB.txt, loaded and visible. */
#ifndef SUPPORT_NAMES_MIB_H
#define SUPPORT_NAMES_MIB_H

#include "mib/mib.h"

/* NULL: it cannot be read. Its directory is that of the sources, which the environment names. */
struct mib *names_mib_new(void);

#endif
