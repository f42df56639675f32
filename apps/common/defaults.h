/* SPDX-License-Identifier: BSD-3-Clause */
/* snmp.conf: the directives that tools know, in one table. */
#ifndef APPS_COMMON_DEFAULTS_H
#define APPS_COMMON_DEFAULTS_H

#include "apps/common/app.h"

/* Reads snmp.conf and snmp.local.conf from Net-SNMP's places (snmp_config(5)); problems are logged. */
void defaults_read_files(struct app_run *run);

/* One "token value" or "token=value" of the command line. */
void defaults_read_line(struct app_run *run, const char *line);

/* "1", "2c", "3" in any letter case -> enum uvsnmp_version; -1: no version. */
int defaults_version(const char *text);

/* The address that "alias:NAME" stands for; `host` itself when it is none, NULL for an unknown one. */
const char *defaults_alias(const struct app_run *run, const char *host);

void defaults_help(struct text *text, const char *indent);

#endif
