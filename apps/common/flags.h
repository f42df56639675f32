/* SPDX-License-Identifier: BSD-3-Clause */
/* The letters of -C, which each tool has of its own. */
#ifndef APPS_COMMON_FLAGS_H
#define APPS_COMMON_FLAGS_H

#include "apps/common/app.h"

/*
 * Applies "n1r20" to the tool's struct. OIDs are kept for flags_read_oids(). Errors: UVSNMP_ENOT_FOUND
 * (unknown letter), UVSNMP_EBAD_NUMBER, UVSNMP_ENO_MEMORY, with what to print; UVSNMP_EBAD_SYNTAX, without a
 * text, where a number is missing.
 */
int flags_parse(struct app_run *run, const char *letters, struct uvsnmp_error *err);

/* Reads the OIDs that were given with -C, by the MIB. UVSNMP_EBAD_OID, with what to print. */
int flags_read_oids(struct app_run *run, struct uvsnmp_error *err);

/* 1 where `letters` ends in one that wants an OID. */
unsigned flags_missing_words(const struct app *app, const char *letters);

void flags_help(const struct app *app, struct text *text, const char *indent);

#endif
