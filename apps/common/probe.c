/* SPDX-License-Identifier: BSD-3-Clause */
#include "apps/common/probe.h"

#include <stdio.h>

#include "usm/protocol.h"

/* Longer is waited for nothing but an explanation. */
#define PROBE_TIMEOUT_MS 1000

/* Whoever answered, be it with an error-status, has taken the message for good. */
static bool was_understood(const struct uvsnmp_result *result)
{
    return result->status == UVSNMP_OK;
}

/* Sends an empty request of this level, without a context: nothing that the level of the run would have
 * hidden. */
static void ask(struct app_run *run, enum uvsnmp_level level, uvsnmp_result_cb *done)
{
    const struct uvsnmp_request_options nothing = {.type = UVSNMP_PDU_GET};
    struct v3_options given = run->options.v3;
    uint64_t timeout_ms = run->options.timeout_ms;
    struct uvsnmp_session_options options = {
        .peer = run->session_peer,
        .version = UVSNMP_V3,
        .timeout_ms = timeout_ms < PROBE_TIMEOUT_MS ? timeout_ms : PROBE_TIMEOUT_MS,
        .any_source = run->options.any_source,
    };
    run->options.v3.level = level;
    run->options.v3.context = "";
    bool is_made = v3_session_options(run, &options);
    run->options.v3 = given;
    uvsnmp_session_free(run->probe);
    run->probe = NULL;
    options.engine_id = uvsnmp_session_engine_id(run->session);
    if (is_made && uvsnmp_session_new(run->client, &options, &run->probe, NULL) == 0) {
        (void)uvsnmp_request_send(run->probe, &nothing, done, run, NULL);
    }
}

static void blame_privacy(const struct app_run *run)
{
    enum usm_priv priv;
    bool has_variants =
        usm_priv_find(run->options.v3.priv, &priv) && usm_priv(priv)->extension != USM_EXTEND_NEVER;
    fprintf(
        stderr,
        "(the user is known and the authentication succeeds, but the encrypted request got no answer: check "
        "-x and -X%s)\n",
        has_variants ? ", and whether AES-192 and AES-256 are those with -C to the agent" : "");
}

static void on_without_context(struct uvsnmp_session *session, const struct uvsnmp_result *result, void *arg)
{
    struct app_run *run = arg;
    (void)session;
    if (was_understood(result)) {
        fprintf(stderr, "(the user and his keys are right: without the context \"%s\" the agent answers)\n",
                run->options.v3.context);
    } else if (run->options.v3.level == UVSNMP_AUTH_PRIV) {
        blame_privacy(run);
    }
}

static void on_unencrypted(struct uvsnmp_session *session, const struct uvsnmp_result *result, void *arg)
{
    struct app_run *run = arg;
    (void)session;
    if (was_understood(result) && run->options.v3.context[0]) {
        ask(run, UVSNMP_AUTH_PRIV, on_without_context);
    } else if (was_understood(result)) {
        blame_privacy(run);
    }
}

void probe_start(struct app_run *run)
{
    const struct v3_options *v3 = &run->options.v3;
    if (run->options.version != UVSNMP_V3 || uvsnmp_session_engine_id(run->session).size == 0) {
        return;
    }
    if (v3->level == UVSNMP_AUTH_PRIV) {
        ask(run, UVSNMP_AUTH_NO_PRIV, on_unencrypted);
    } else if (v3->context[0]) {
        ask(run, v3->level, on_without_context);
    }
}
