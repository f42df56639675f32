/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * What a spool keeps goes to its receivers: to all at the same time, to each in the order in which it was
 * kept, the next one when the one before was acknowledged. A receiver that does not answer is left alone for
 * this time.
 */
#ifndef APPS_SNMPTRAP_DELIVERY_H
#define APPS_SNMPTRAP_DELIVERY_H

#include "apps/snmptrap/snmptrap.h"
#include "apps/snmptrap/spool.h"

/*
 * Delivers all, or, where `receivers` is not NULL, what is kept for these; run->client is open. Timeouts, the
 * local address and the secrets of version 3 are the run's, all else is what was kept. Says what went wrong
 * and what is still kept. APP_OK: nothing is.
 */
enum app_status delivery_run(struct app_run *run, struct spool *spool, const struct trap_receiver *receivers);

#endif
