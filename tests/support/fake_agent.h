/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * An agent whose every answer a test decides: it listens on a free loopback port, decodes each request and asks
 * the test's function for the answer.
 */
#ifndef SUPPORT_FAKE_AGENT_H
#define SUPPORT_FAKE_AGENT_H

#include <uvsnmp/agent_role.h>

#include "msg/message.h"

struct fake_agent;

/*
 * `response` comes as an empty RESPONSE with the request's version, community and id; fill it in. Return true to
 * send it. For other bytes than a well-formed message use fake_agent_send() and return false.
 */
typedef bool fake_agent_fn(struct fake_agent *fake, const struct msg_message *request,
                           struct msg_message *response);

struct fake_agent {
    struct uvsnmp_agent_role *role;
    struct uvsnmp_return_path path; /* of the request at hand */
    struct arena arena;
    fake_agent_fn *respond;
    unsigned requests; /* seen */
    char address[UVSNMP_ADDRESS_TEXT_MAX];
    void *arg; /* the test's */
};

/* `interface_` e.g. "udp:127.0.0.1:0". Fails the test when it cannot listen. */
void fake_agent_start(struct fake_agent *fake, uv_loop_t *loop, const char *interface_, fake_agent_fn *respond);
void fake_agent_send(struct fake_agent *fake, const void *data, size_t size);
/* Closes; run the loop afterwards. */
void fake_agent_stop(struct fake_agent *fake);

#endif
