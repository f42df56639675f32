/* SPDX-License-Identifier: BSD-3-Clause */
/* A loop, a fake agent and a client with a session to it: the set-up of the session tests. */
#ifndef SUPPORT_SESSION_FIXTURE_H
#define SUPPORT_SESSION_FIXTURE_H

#include <uvsnmp/session.h>

#include "support/fake_agent.h"

struct fixture {
    uv_loop_t *loop;
    struct fake_agent agent;
    struct uvsnmp_client *client;
    struct uvsnmp_session *session;
};

/* 50 ms for each of 1 + `retries` attempts. */
void fixture_start(struct fixture *fixture, enum uvsnmp_version version, unsigned retries,
                   fake_agent_fn *respond);
/* Runs until the client has nothing outstanding. */
void fixture_run(struct fixture *fixture);
void fixture_stop(struct fixture *fixture);

#endif
