/* SPDX-License-Identifier: BSD-3-Clause */
/* Filling a struct uvsnmp_error; the codes and their texts are in uvsnmp/error.h. */
#ifndef BASE_ERR_H
#define BASE_ERR_H

#include <stdarg.h>

#include <uvsnmp/error.h>

/* Sets code and formatted detail (cut to fit) where `err` is not NULL; returns `code`. */
int err_set(struct uvsnmp_error *err, int code, const char *format, ...) UVSNMP_PRINTF(3, 4);

/* The error code for an errno value, e.g. ECONNREFUSED -> UVSNMP_EREFUSED. */
int err_from_errno(int errno_value);

#endif
