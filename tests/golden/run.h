/* SPDX-License-Identifier: BSD-3-Clause */
/* Calls of tools, several at a time, with the test agent at hand. */
#ifndef GOLDEN_RUN_H
#define GOLDEN_RUN_H

#include "golden/rows.h"

/*
 * Runs each row's command as a shell would without its expansions ('…', "…" and \ quote), and puts what it
 * prints and how it ends into the row. A word "@" stands for SNMPv2c, a community and the address of the test
 * agent, "@1" for the same of SNMPv1, and "@arrived" for the community of that name. The programs are those
 * of PATH. False, with a message on stderr: nothing can be run.
 */
bool run_rows(struct rows *rows, const char *values);

#endif
