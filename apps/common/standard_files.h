/* SPDX-License-Identifier: BSD-3-Clause */
/* Standard input, output and error of a process that was started without them. */
#ifndef APPS_COMMON_STANDARD_FILES_H
#define APPS_COMMON_STANDARD_FILES_H

/* Opens /dev/null in the place of each that is closed, so that no socket becomes one of them. What is written to
 * standard output then fails, and is noticed. First thing in main(). */
void standard_files_open(void);

#endif
