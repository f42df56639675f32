/* SPDX-License-Identifier: BSD-3-Clause */
#ifndef APPS_COMMON_SECRET_H
#define APPS_COMMON_SECRET_H

#include <uvsnmp/error.h>

#include "base/arena.h"

/*
 * The first line of a file, at most 4095 octets. A file that others may change is refused; one that others
 * may read is taken with a warning. UVSNMP_EFILE, UVSNMP_EPERMISSION.
 */
int secret_from_file(const char *path, struct arena *arena, const char **out, struct uvsnmp_error *err);

#endif
