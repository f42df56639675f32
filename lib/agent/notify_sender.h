/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Sends what the originator (notify.h) has to say: a client of lib/session for each local address, opened
 * when it is first wanted, and a session for each message, so that nothing is left of a row that was SET and
 * is gone.
 */
#ifndef AGENT_NOTIFY_SENDER_H
#define AGENT_NOTIFY_SENDER_H

#include <uvsnmp/agent.h>

struct notify_sender;

/* Becomes the agent's notify.io. NULL: out of memory. */
struct notify_sender *notify_sender_new(uv_loop_t *loop, struct uvsnmp_agent *agent);

/* Waits for what is on its way, but not for long, and frees it; `closed` is the last call, from the loop, or
 * from within where nothing was ever sent.. NULL is fine. */
void notify_sender_close(struct notify_sender *sender, void (*closed)(void *arg), void *arg);

#endif
