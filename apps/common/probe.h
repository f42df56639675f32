/* SPDX-License-Identifier: BSD-3-Clause */
#ifndef APPS_COMMON_PROBE_H
#define APPS_COMMON_PROBE_H

#include "apps/common/app.h"

/*
 * A request of version 3 got no answer though its engine was found: an agent has no means to say that it
 * cannot decrypt a message, and Net-SNMP's says nothing of an unknown context. Asks once more for nothing,
 * without encryption and then without the context, and says what the answers tell. Does nothing where there
 * is nothing to leave out. It goes on in the loop.
 */
void probe_start(struct app_run *run);

#endif
