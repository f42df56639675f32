/* SPDX-License-Identifier: BSD-3-Clause */
#include "support/session_fixture.h"

#include "session/client.h"
#include "session/wait.h"
#include "support/unit.h"

void fixture_start(struct fixture *fixture, enum uvsnmp_version version, unsigned retries,
                   fake_agent_fn *respond)
{
    memset(fixture, 0, sizeof(*fixture));
    fixture->loop = wait_loop_new();
    assert_non_null(fixture->loop);
    fake_agent_start(&fixture->agent, fixture->loop, "udp:127.0.0.1:0", respond);
    assert_int_equal(uvsnmp_client_new(fixture->loop, NULL, &fixture->client, NULL), 0);
    const struct uvsnmp_session_options options = {
        .peer = fixture->agent.address,
        .version = version,
        .community = {(const uint8_t *)"public", 6},
        .timeout_ms = 50,
        .retries = retries,
    };
    assert_int_equal(uvsnmp_session_new(fixture->client, &options, &fixture->session, NULL), 0);
}

static void on_drained(struct uvsnmp_manager *manager, void *arg)
{
    (void)manager;
    uv_stop(arg);
}

void fixture_run(struct fixture *fixture)
{
    /* the agent keeps the loop alive: it ends when the client says so */
    assert_int_equal(uvsnmp_manager_drain(fixture->client->manager, on_drained, fixture->loop), 0);
    (void)uv_run(fixture->loop, UV_RUN_DEFAULT);
}

void fixture_stop(struct fixture *fixture)
{
    uvsnmp_session_free(fixture->session);
    uvsnmp_client_close(fixture->client, NULL, NULL);
    fake_agent_stop(&fixture->agent);
    assert_int_equal(wait_loop_run(fixture->loop), 0);
    wait_loop_free(fixture->loop);
}
