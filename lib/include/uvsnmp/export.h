/* SPDX-License-Identifier: BSD-3-Clause */
/* What libuvsnmp.so shows to the outside; everything not marked is hidden. */
#ifndef UVSNMP_EXPORT_H
#define UVSNMP_EXPORT_H

#if defined(__GNUC__)
#define UVSNMP_API __attribute__((visibility("default")))
#define UVSNMP_PRINTF(string, first) __attribute__((__format__(__printf__, string, first)))
#else
#define UVSNMP_API
#define UVSNMP_PRINTF(string, first)
#endif

#endif
