/* SPDX-License-Identifier: BSD-3-Clause */
/* The parts of mibfacts. */
#ifndef TOOLS_MIBFACTS_H
#define TOOLS_MIBFACTS_H

#include <stdio.h>

#include "mib/draft.h"
#include "mib/image.h"

/* The image as C source that defines mib_builtin_image(). */
void write_c(FILE *out, const struct mib_image *image);

/* Each module of the list as a file of its name with ".txt" in `directory`, in SMIv2 and without any
 * description. False, after a message on stderr: a file cannot be written. */
bool write_smi(const char *directory, const struct mib_draft *drafts);

#endif
