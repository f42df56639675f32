/* SPDX-License-Identifier: BSD-3-Clause */
/* Each allocation of a request's life fails once: every accepted request still ends, once, and nothing leaks. */
#include "support/unit.h"

#include "msg/message.h"
#include "session/wait.h"
#include "support/alloc_fail.h"
#include "support/scripted_peer.h"
#include "support/v3_peer.h"
#include "support/virtual_clock.h"

#define FAILURES_MAX 500

struct ends {
    unsigned accepted, ended, good;
};

static void on_result(struct uvsnmp_session *session, const struct uvsnmp_result *result, void *arg)
{
    struct ends *ends = arg;
    (void)session;
    ends->ended++;
    ends->good += result->status == 0;
    assert_true(result->status == 0 || result->detail[0] != '\0');
}

static int on_variable(const struct uvsnmp_varbind *varbind, void *arg)
{
    (void)varbind;
    (void)arg;
    return 0;
}

static void on_walked(struct uvsnmp_session *session, const struct uvsnmp_walk_result *result, void *arg)
{
    on_result(session, result->last, arg);
}

/* Answers with the request's own name and its end: for a GET a value, for a walk the end of the MIB. */
static void answer(struct scripted_peer *peer, const struct scripted_request *request)
{
    /* the request as a Response, its one value (two octets at the end) made endOfMibView */
    uint8_t data[sizeof(request->data)];
    struct msg_envelope envelope;
    memcpy(data, request->data, request->size);
    assert_int_equal(msg_envelope_decode(data, request->size, &envelope, NULL), 0);
    data[envelope.pdu.data - data] = UVSNMP_PDU_RESPONSE;
    data[request->size - 2] = UVSNMP_END_OF_MIB_VIEW;
    scripted_peer_send(peer, request, data, request->size);
}

/* One way of asking. */
struct kind {
    enum uvsnmp_version version;
    const struct uvsnmp_user *user;
    void (*answer)(void *peer, const struct scripted_request *request);
    struct scripted_peer *peer;
    void *arg;
};

/* A trap and an inform; the octets of both end as answer() wants it. */
static void notify(struct uvsnmp_session *session, struct ends *ends)
{
    const struct uvsnmp_varbind variable = {UVSNMP_OID(1, 3, 6, 1, 4, 1, 9999), uvsnmp_empty(UVSNMP_NULL)};
    const struct uvsnmp_notification notification = {
        .trap_oid = UVSNMP_OID(1, 3, 6, 1, 6, 3, 1, 1, 5, 1), .varbinds = &variable, .count = 1};
    ends->accepted += uvsnmp_trap(session, &notification, on_result, ends) == 0;
    ends->accepted += uvsnmp_inform(session, &notification, on_result, ends) == 0;
}

#define VERBS 4

static void submit(struct uvsnmp_client *client, const struct kind *kind, struct ends *ends,
                   struct uvsnmp_session **session)
{
    const struct uvsnmp_oid name = UVSNMP_OID(1, 3, 6, 1, 2, 1, 1, 1, 0);
    struct uvsnmp_session_options options = {.peer = scripted_peer_address(kind->peer),
                                             .version = kind->version,
                                             .community = {(const uint8_t *)"public", 6},
                                             .deadline_ms = 5000};
    const struct uvsnmp_walk_options walk = {
        .root = UVSNMP_OID(1, 3, 6, 1), .each = on_variable, .done = on_walked, .arg = ends};
    if (kind->user && uvsnmp_credential_new(client, kind->user, &options.credential, NULL) < 0) {
        assert_null(options.credential);
        return;
    }
    int rc = uvsnmp_session_new(client, &options, session, NULL);
    uvsnmp_credential_free(options.credential);
    if (rc < 0) {
        assert_null(*session);
        return;
    }
    ends->accepted += uvsnmp_get(*session, &name, 1, on_result, ends) == 0;
    ends->accepted += uvsnmp_walk(*session, &walk) == 0;
    notify(*session, ends);
}

static void serve(uv_loop_t *loop, const struct kind *kind)
{
    struct scripted_request request;
    virtual_clock_settle(loop);
    while (scripted_peer_receive(kind->peer, &request)) {
        kind->answer(kind->arg, &request);
        virtual_clock_settle(loop);
    }
    virtual_clock_advance(loop, 10000);
}

/* One life with allocation `nth` failing; false when there were not so many. */
static bool live_once(unsigned nth, const struct kind *kind, struct ends *ends)
{
    static const uint8_t engine_id[] = {0x80, 0, 0, 0, 9};
    const struct uvsnmp_client_options options = {.engine_id = {engine_id, sizeof(engine_id)}, .engine_boots = 1};
    uv_loop_t *loop = wait_loop_new();
    struct uvsnmp_client *client;
    struct uvsnmp_session *session = NULL;
    struct uvsnmp_error err;
    assert_non_null(loop);
    alloc_fail_at(nth);
    int rc = uvsnmp_client_new(loop, &options, &client, &err);
    if (rc == 0) {
        submit(client, kind, ends, &session);
        serve(loop, kind);
        uvsnmp_session_free(session);
        uvsnmp_client_close(client, NULL, NULL);
    } else {
        assert_int_equal(rc, UVSNMP_ENO_MEMORY);
        assert_int_equal(err.code, UVSNMP_ENO_MEMORY);
    }
    assert_int_equal(wait_loop_run(loop), 0);
    bool failed = alloc_fail_end();
    wait_loop_free(loop);
    return failed;
}

static void fail_each(const struct kind *kind)
{
    struct scripted_request stale;
    unsigned nth = 1;
    bool failed = true;
    for (; failed; nth++) {
        struct ends ends = {0};
        assert_true(nth < FAILURES_MAX);
        failed = live_once(nth, kind, &ends);
        assert_int_equal(ends.ended, ends.accepted);
        assert_true(failed || (ends.accepted == VERBS && ends.good == VERBS));
        while (scripted_peer_receive(kind->peer, &stale)) {
        }
    }
    assert_true(nth > 10); /* else the failures do not reach the code */
}

static void answer_community(void *peer, const struct scripted_request *request)
{
    answer(peer, request);
}

static void every_accepted_request_ends_once(void **state)
{
    struct scripted_peer *peer = scripted_peer_new("127.0.0.1");
    (void)state;
    assert_non_null(peer);
    const struct kind kind = {.version = UVSNMP_V2C, .answer = answer_community, .peer = peer, .arg = peer};
    fail_each(&kind);
    scripted_peer_free(peer);
}

/* The memory that the agent's side takes is none of those that fail: what it cannot answer is lost. */
static void answer_v3(void *arg, const struct scripted_request *request)
{
    struct v3_peer *v3 = arg;
    alloc_fail_pause(true);
    if (v3_peer_make(v3, request)) {
        scripted_peer_send(v3->peer, request, v3->message, v3->size);
    }
    alloc_fail_pause(false);
}

static void every_accepted_request_of_version_3_ends_once(void **state)
{
    static const struct uvsnmp_user user = {
        .name = {(const uint8_t *)"ushaaes", 7},
        .auth = "SHA",
        .priv = "AES",
        .auth_secret.passphrase = {(const uint8_t *)"maplesyrup", 10},
        .priv_secret.passphrase = {(const uint8_t *)"syrupmaple", 10},
    };
    struct v3_peer v3;
    (void)state;
    v3_peer_start(&v3);
    v3.ends_walks = true;
    const struct kind kind = {
        .version = UVSNMP_V3, .user = &user, .answer = answer_v3, .peer = v3.peer, .arg = &v3};
    fail_each(&kind);
    v3_peer_stop(&v3);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_accepted_request_ends_once),
        cmocka_unit_test(every_accepted_request_of_version_3_ends_once),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
