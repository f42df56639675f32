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

/* Timeout and retries from the configuration, where no option has them; target_check() does this, too. */
void target_complete_times(struct app_run *run);

/* Makes run->loop, ->client and ->session; says what went wrong. */
enum app_status target_open(struct app_run *run);

/* The same in two steps, for many sessions: the loop and the client, and then a session with each run->host,
 * which lives as long as they do. */
enum app_status target_open_client(struct app_run *run);
enum app_status target_add_session(struct app_run *run, struct uvsnmp_session **out);

/* The loop alone, where it is not there yet. */
enum app_status target_open_loop(struct app_run *run);

/* Runs the loop until nothing is outstanding; at the deadline everything is cancelled. */
void target_run(struct app_run *run);

void target_close(struct app_run *run);

#endif
