/* SPDX-License-Identifier: BSD-3-Clause */
/* From options to a session with the agent. */
#ifndef APPS_COMMON_TARGET_H
#define APPS_COMMON_TARGET_H

#include "apps/common/app.h"

/*
 * Checks that version, community and host are known, says what is missing and fills the gaps from the
 * configuration.
 */
enum app_status target_check(struct app_run *run);

/* Makes run->loop, ->client and ->session; says what went wrong. */
enum app_status target_open(struct app_run *run);

/* Runs the loop until nothing is outstanding; at the deadline everything is cancelled. */
void target_run(struct app_run *run);

void target_close(struct app_run *run);

#endif
