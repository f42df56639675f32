/* SPDX-License-Identifier: BSD-3-Clause */
/* Sessions of version 3 against an engine that starts anew, lies, or is somebody else, on a virtual clock. */
#include "support/unit.h"

#include "msg/v3.h"
#include "session/client.h"
#include "session/wait.h"
#include "support/v3_engine.h"
#include "support/v3_peer.h"
#include "support/virtual_clock.h"

#define TIMEOUT_MS 1000

struct seen {
    int calls, status;
    int32_t number; /* the value that was answered */
    char detail[320];
};

struct scene {
    uv_loop_t *loop;
    struct v3_peer agent;
    struct uvsnmp_client *client;
    struct uvsnmp_credential *credential;
    struct uvsnmp_session *session;
};

static void note(struct uvsnmp_session *session, const struct uvsnmp_result *result, void *arg)
{
    struct seen *seen = arg;
    (void)session;
    seen->calls++;
    seen->status = result->status;
    strncpy(seen->detail, result->detail, sizeof(seen->detail) - 1);
    if (result->count > 0) {
        seen->number = (int32_t)result->varbinds[0].value.as.integer;
    }
}

static struct uvsnmp_bytes octets_of(const char *text)
{
    return (struct uvsnmp_bytes){(const uint8_t *)text, strlen(text)};
}

/* The user of recorded exchange 0, or whoever a test wants. */
static const struct uvsnmp_user known = {
    .auth = "SHA",
    .priv = "AES",
    .auth_secret.passphrase = {(const uint8_t *)"maplesyrup", 10},
    .priv_secret.passphrase = {(const uint8_t *)"syrupmaple", 10},
};

static const char *user_with(enum usm_auth auth, enum usm_priv priv)
{
    for (size_t i = 0; i < V3_EXCHANGES; i++) {
        if (v3_exchanges[i].auth == auth && v3_exchanges[i].priv == priv) {
            return v3_exchanges[i].user;
        }
    }
    fail_msg("no such recorded user");
    return NULL;
}

static struct uvsnmp_session_options options_of(const struct scene *scene)
{
    return (struct uvsnmp_session_options){
        .peer = scripted_peer_address(scene->agent.peer),
        .version = UVSNMP_V3,
        .timeout_ms = TIMEOUT_MS,
        .retries = 1,
        .credential = scene->credential,
    };
}

static void open_scene_as(struct scene *scene, const struct uvsnmp_user *user)
{
    struct uvsnmp_error err = {0, ""};
    scene->loop = wait_loop_new();
    v3_peer_start(&scene->agent);
    assert_int_equal(uvsnmp_client_new(scene->loop, NULL, &scene->client, NULL), 0);
    assert_int_equal(uvsnmp_credential_new(scene->client, user, &scene->credential, &err), 0);
    const struct uvsnmp_session_options options = options_of(scene);
    assert_int_equal(uvsnmp_session_new(scene->client, &options, &scene->session, NULL), 0);
}

static void open_scene(struct scene *scene)
{
    struct uvsnmp_user user = known;
    user.name = octets_of(user_with(USM_AUTH_SHA1, USM_PRIV_AES128));
    open_scene_as(scene, &user);
}

static void close_scene(struct scene *scene)
{
    uvsnmp_session_free(scene->session);
    uvsnmp_credential_free(scene->credential);
    uvsnmp_client_close(scene->client, NULL, NULL);
    assert_int_equal(wait_loop_run(scene->loop), 0);
    wait_loop_free(scene->loop);
    v3_peer_stop(&scene->agent);
}

static void ask(struct uvsnmp_session *session, struct seen *seen)
{
    const struct uvsnmp_oid name = UVSNMP_OID(1, 3, 6, 1, 2, 1, 1, 7, 0);
    assert_int_equal(uvsnmp_get(session, &name, 1, note, seen), 0);
    assert_int_equal(seen->calls, 0);
}

static void serve(struct scene *scene)
{
    v3_peer_serve(&scene->agent, scene->loop);
}

static void assert_answered(const struct seen *seen, int32_t number)
{
    assert_int_equal(seen->calls, 1);
    assert_string_equal(seen->detail, "");
    assert_int_equal(seen->status, 0);
    assert_int_equal(seen->number, number);
}

/* Discovers, and learns the engine's clock from an authentic message. */
static void warm_up(struct scene *scene)
{
    struct seen seen = {0};
    ask(scene->session, &seen);
    serve(scene);
    assert_answered(&seen, 42);
}

/* The next request as it arrives, after a request was made. */
static void take(struct scene *scene, struct scripted_request *request)
{
    assert_true(scripted_peer_wait(scene->agent.peer, scene->loop, request));
}

static void send_made(struct scene *scene, const struct scripted_request *request)
{
    scripted_peer_send(scene->agent.peer, request, scene->agent.message, scene->agent.size);
    virtual_clock_settle(scene->loop);
}

/* Request and Response of an exchange that warm_up() has made possible; nothing is sent yet. */
static void make_answer(struct scene *scene, struct seen *seen, struct scripted_request *request)
{
    ask(scene->session, seen);
    take(scene, request);
    assert_true(v3_peer_make(&scene->agent, request));
}

/* ---- discovery ---- */

static void an_engine_is_discovered_and_then_asked(void **state)
{
    struct scene scene;
    struct seen seen = {0};
    (void)state;
    open_scene(&scene);
    assert_int_equal(uvsnmp_session_engine_id(scene.session).size, 0);
    ask(scene.session, &seen);
    serve(&scene);
    assert_answered(&seen, 42);
    assert_int_equal(scene.agent.reported, 1); /* the discovery; its clock was right at once */
    assert_int_equal(scene.agent.served, 1);
    assert_int_equal(uvsnmp_session_engine_id(scene.session).size, v3_engine_id.size);
    memset(&seen, 0, sizeof(seen));
    ask(scene.session, &seen);
    serve(&scene);
    assert_answered(&seen, 42);
    assert_int_equal(scene.agent.reported, 1);
    close_scene(&scene);
}

static void sessions_with_one_peer_share_its_discovery(void **state)
{
    struct scene scene;
    struct seen seen[6];
    struct uvsnmp_session *other;
    (void)state;
    open_scene(&scene);
    memset(seen, 0, sizeof(seen));
    const struct uvsnmp_session_options options = options_of(&scene);
    assert_int_equal(uvsnmp_session_new(scene.client, &options, &other, NULL), 0);
    for (size_t i = 0; i < COUNT_OF(seen); i++) {
        ask(i % 2 ? other : scene.session, &seen[i]);
    }
    serve(&scene);
    for (size_t i = 0; i < COUNT_OF(seen); i++) {
        assert_answered(&seen[i], 42);
    }
    assert_int_equal(scene.agent.reported, 1);
    assert_int_equal(scene.agent.served, COUNT_OF(seen));
    uvsnmp_session_free(other);
    close_scene(&scene);
}

static void a_lost_discovery_is_sent_again_and_one_without_answer_ends_all(void **state)
{
    struct scene scene;
    struct seen seen[3];
    struct scripted_request request;
    (void)state;
    open_scene(&scene);
    memset(seen, 0, sizeof(seen));
    ask(scene.session, &seen[0]);
    take(&scene, &request);
    virtual_clock_advance(scene.loop, TIMEOUT_MS);
    serve(&scene);
    assert_answered(&seen[0], 42);
    v3_peer_replace(&scene.agent, octets_of("another engine"));
    ask(scene.session, &seen[1]);
    ask(scene.session, &seen[2]);
    virtual_clock_settle(scene.loop);
    for (int i = 0; i < 2; i++) { /* the two requests learn that the engine is another one … */
        take(&scene, &request);
        assert_true(v3_peer_make(&scene.agent, &request));
        send_made(&scene, &request);
    }
    virtual_clock_advance(scene.loop, 2 * TIMEOUT_MS); /* … and nobody says which */
    for (int i = 1; i < 3; i++) {
        assert_int_equal(seen[i].calls, 1);
        assert_int_equal(seen[i].status, UVSNMP_ETIMEOUT);
    }
    assert_int_equal(uvsnmp_session_engine_id(scene.session).size, 0);
    close_scene(&scene);
}

static void a_request_may_be_cancelled_while_it_waits_for_the_discovery(void **state)
{
    struct scene scene;
    struct seen seen = {0};
    struct uvsnmp_request *request;
    struct uvsnmp_manager_stats stats;
    const struct uvsnmp_request_options options = {.type = UVSNMP_PDU_GET};
    (void)state;
    open_scene(&scene);
    assert_int_equal(uvsnmp_request_send(scene.session, &options, note, &seen, &request), 0);
    virtual_clock_settle(scene.loop);
    uvsnmp_request_cancel(request);
    assert_int_equal(seen.calls, 0);
    virtual_clock_settle(scene.loop);
    assert_int_equal(seen.calls, 1);
    assert_int_equal(seen.status, UVSNMP_ECANCELLED);
    uvsnmp_manager_stats(scene.client->manager, &stats);
    assert_int_equal(stats.outstanding, 0); /* nobody waits for the discovery any more */
    serve(&scene);
    warm_up(&scene);
    close_scene(&scene);
}

static void a_deadline_counts_from_the_discovery_on(void **state)
{
    struct scene scene;
    struct seen seen = {0};
    struct scripted_request request;
    struct uvsnmp_session *hurried;
    (void)state;
    open_scene(&scene);
    struct uvsnmp_session_options options = options_of(&scene);
    options.deadline_ms = 1500;
    assert_int_equal(uvsnmp_session_new(scene.client, &options, &hurried, NULL), 0);
    ask(hurried, &seen);
    take(&scene, &request); /* lost */
    virtual_clock_advance(scene.loop, TIMEOUT_MS);
    take(&scene, &request);
    assert_true(v3_peer_make(&scene.agent, &request));
    send_made(&scene, &request);
    take(&scene, &request); /* the request itself */
    virtual_clock_advance(scene.loop, 499);
    assert_int_equal(seen.calls, 0);
    virtual_clock_advance(scene.loop, 1);
    assert_int_equal(seen.calls, 1);
    assert_int_equal(seen.status, UVSNMP_EDEADLINE);
    uvsnmp_session_free(hurried);
    close_scene(&scene);
}

/* ---- the engine's clock ---- */

static void each_attempt_tells_the_time_that_it_is(void **state)
{
    struct scene scene;
    struct seen seen = {0};
    struct scripted_request first, second;
    (void)state;
    open_scene(&scene);
    warm_up(&scene);
    virtual_clock_advance(scene.loop, 100000);
    ask(scene.session, &seen);
    take(&scene, &first);
    virtual_clock_advance(scene.loop, TIMEOUT_MS);
    take(&scene, &second);
    assert_int_equal(v3_time_of((struct uvsnmp_bytes){first.data, first.size}), 100000);
    assert_int_equal(v3_time_of((struct uvsnmp_bytes){second.data, second.size}), 101000);
    /* the answer to either attempt will do */
    assert_true(v3_peer_make(&scene.agent, &first));
    send_made(&scene, &first);
    assert_answered(&seen, 42);
    close_scene(&scene);
}

static int count_variable(const struct uvsnmp_varbind *varbind, void *arg)
{
    unsigned *count = arg;
    (void)varbind;
    return ++*count == 5;
}

static void end_walk(struct uvsnmp_session *session, const struct uvsnmp_walk_result *result, void *arg)
{
    (void)session;
    (void)arg;
    assert_int_equal(result->end, UVSNMP_WALK_STOPPED);
    assert_int_equal(result->requests, 5);
}

static void a_walk_survives_that_the_agent_starts_anew(void **state)
{
    struct scene scene;
    struct scripted_request request;
    unsigned count = 0;
    (void)state;
    open_scene(&scene);
    warm_up(&scene);
    const struct uvsnmp_walk_options walk = {.root = UVSNMP_OID(1, 3, 6, 1, 2, 1, 1, 7),
                                             .end = UVSNMP_OID(2),
                                             .each = count_variable,
                                             .done = end_walk,
                                             .arg = &count};
    assert_int_equal(uvsnmp_walk(scene.session, &walk), 0);
    for (int i = 0; i < 2; i++) {
        take(&scene, &request);
        assert_true(v3_peer_make(&scene.agent, &request));
        send_made(&scene, &request);
    }
    assert_int_equal(count, 2);
    virtual_clock_advance(scene.loop, 500);
    v3_peer_restart(&scene.agent, 2);
    serve(&scene);
    assert_int_equal(count, 5);
    assert_int_equal(scene.agent.reported, 2); /* the discovery, and once that it is not in time */
    close_scene(&scene);
}

static void a_request_is_resynchronised_once(void **state)
{
    struct scene scene;
    struct seen seen = {0};
    struct scripted_request request;
    (void)state;
    open_scene(&scene);
    warm_up(&scene);
    ask(scene.session, &seen);
    for (int boots = 2; boots <= 3; boots++) {
        take(&scene, &request);
        v3_peer_restart(&scene.agent, boots);
        assert_true(v3_peer_make(&scene.agent, &request));
        send_made(&scene, &request);
    }
    assert_int_equal(seen.calls, 1);
    assert_int_equal(seen.status, UVSNMP_ENOT_IN_TIME_WINDOW);
    assert_string_equal(seen.detail, "the agent reports: not in time window");
    assert_false(scripted_peer_receive(scene.agent.peer, &request));
    close_scene(&scene);
}

static void clocks_may_drift_apart_within_the_window(void **state)
{
    struct scene scene;
    struct seen seen[2];
    (void)state;
    open_scene(&scene);
    memset(seen, 0, sizeof(seen));
    warm_up(&scene);
    virtual_clock_advance(scene.loop, 1000000);
    scene.agent.engine.started_ms += 149000; /* slower */
    ask(scene.session, &seen[0]);
    serve(&scene);
    assert_answered(&seen[0], 42);
    scene.agent.engine.started_ms -= 500000; /* much faster: the answer sets the clock */
    ask(scene.session, &seen[1]);
    serve(&scene);
    assert_answered(&seen[1], 42);
    assert_int_equal(scene.agent.reported, 2);
    close_scene(&scene);
}

static void a_time_that_is_long_past_is_not_believed(void **state)
{
    struct scene scene;
    struct seen seen = {0};
    (void)state;
    open_scene(&scene);
    virtual_clock_advance(scene.loop, 1000000);
    warm_up(&scene);
    v3_peer_restart(&scene.agent, 1); /* as if its boots had not been stored */
    ask(scene.session, &seen);
    serve(&scene);
    assert_int_equal(seen.calls, 0);
    virtual_clock_advance(scene.loop, TIMEOUT_MS);
    serve(&scene);
    virtual_clock_advance(scene.loop, TIMEOUT_MS);
    assert_int_equal(seen.calls, 1);
    assert_int_equal(seen.status, UVSNMP_ETIMEOUT);
    assert_non_null(strstr(seen.detail, "not in the time window"));
    close_scene(&scene);
}

/* ---- the engine itself ---- */

static void an_engine_that_changes_its_id_is_discovered_anew(void **state)
{
    struct scene scene;
    struct seen seen[2];
    (void)state;
    open_scene(&scene);
    memset(seen, 0, sizeof(seen));
    warm_up(&scene);
    v3_peer_replace(&scene.agent, octets_of("another engine"));
    scene.agent.reported = 0;
    ask(scene.session, &seen[0]);
    ask(scene.session, &seen[1]);
    serve(&scene);
    assert_answered(&seen[0], 42);
    assert_answered(&seen[1], 42);
    assert_int_equal(scene.agent.reported, 3); /* two unknown engine IDs, one discovery */
    assert_int_equal(uvsnmp_session_engine_id(scene.session).size, 14);
    close_scene(&scene);
}

static void a_given_engine_is_asked_without_discovery(void **state)
{
    struct scene scene;
    struct seen seen[2];
    struct uvsnmp_session *given;
    (void)state;
    open_scene(&scene);
    memset(seen, 0, sizeof(seen));
    virtual_clock_advance(scene.loop, 1000000);
    struct uvsnmp_session_options options = options_of(&scene);
    options.engine_id = v3_engine_id;
    options.engine_boots = 1;
    options.engine_time = 1001;
    assert_int_equal(uvsnmp_session_new(scene.client, &options, &given, NULL), 0);
    ask(given, &seen[0]);
    serve(&scene);
    assert_answered(&seen[0], 42);
    assert_int_equal(scene.agent.reported, 0);
    uvsnmp_session_free(given);
    options.engine_id = octets_of("another engine");
    assert_int_equal(uvsnmp_session_new(scene.client, &options, &given, NULL), 0);
    ask(given, &seen[1]);
    serve(&scene);
    assert_int_equal(seen[1].calls, 1);
    assert_int_equal(seen[1].status, UVSNMP_EUNKNOWN_ENGINE);
    uvsnmp_session_free(given);
    close_scene(&scene);
}

static void without_its_clock_a_given_engine_tells_it(void **state)
{
    struct scene scene;
    struct seen seen = {0};
    struct uvsnmp_session *given;
    (void)state;
    open_scene(&scene);
    virtual_clock_advance(scene.loop, 1000000);
    struct uvsnmp_session_options options = options_of(&scene);
    options.engine_id = v3_engine_id;
    assert_int_equal(uvsnmp_session_new(scene.client, &options, &given, NULL), 0);
    ask(given, &seen);
    serve(&scene);
    assert_answered(&seen, 42);
    assert_int_equal(scene.agent.reported, 1);
    uvsnmp_session_free(given);
    close_scene(&scene);
}

static void reports_are_failures_with_their_reason(void **state)
{
    const char *sha_aes = user_with(USM_AUTH_SHA1, USM_PRIV_AES128);
    const struct {
        const char *name, *auth, *priv, *passphrase;
        int status;
    } rows[] = {
        {"nobody at all", "SHA", "AES", "maplesyrup", UVSNMP_EUNKNOWN_USER},
        {sha_aes, "SHA", "AES", "wrong passphrase", UVSNMP_EAUTHENTICATION},
        {sha_aes, "MD5", "AES", "maplesyrup", UVSNMP_EAUTHENTICATION},
        {"unone", "SHA", NULL, "maplesyrup", UVSNMP_EUNSUPPORTED_LEVEL},
    };
    (void)state;
    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        struct scene scene;
        struct seen seen = {0};
        const struct uvsnmp_user user = {.name = octets_of(rows[i].name),
                                         .auth = rows[i].auth,
                                         .priv = rows[i].priv,
                                         .auth_secret.passphrase = octets_of(rows[i].passphrase)};
        open_scene_as(&scene, &user);
        ask(scene.session, &seen);
        serve(&scene);
        assert_int_equal(seen.calls, 1);
        assert_int_equal(seen.status, rows[i].status);
        assert_non_null(strstr(seen.detail, "the agent reports: "));
        close_scene(&scene);
    }
}

/* ---- what cannot be believed ---- */

static void a_changed_answer_is_passed_over_wherever_it_is_changed(void **state)
{
    struct scene scene;
    struct seen seen = {0};
    struct scripted_request request;
    (void)state;
    open_scene(&scene);
    warm_up(&scene);
    make_answer(&scene, &seen, &request);
    for (size_t bit = 0; bit < scene.agent.size * 8; bit++) {
        scene.agent.message[bit / 8] ^= (uint8_t)(1u << bit % 8);
        send_made(&scene, &request);
        assert_int_equal(seen.calls, 0);
        scene.agent.message[bit / 8] ^= (uint8_t)(1u << bit % 8);
    }
    for (size_t size = 0; size < scene.agent.size; size++) {
        scripted_peer_send(scene.agent.peer, &request, scene.agent.message, size);
        virtual_clock_settle(scene.loop);
        assert_int_equal(seen.calls, 0);
    }
    send_made(&scene, &request);
    assert_answered(&seen, 42);
    close_scene(&scene);
}

static void a_timeout_tells_of_forged_answers(void **state)
{
    struct scene scene;
    struct seen seen = {0};
    struct scripted_request request;
    (void)state;
    open_scene(&scene);
    warm_up(&scene);
    make_answer(&scene, &seen, &request);
    scene.agent.message[scene.agent.size - 1] ^= 1;
    send_made(&scene, &request);
    virtual_clock_advance(scene.loop, 2 * TIMEOUT_MS);
    assert_int_equal(seen.calls, 1);
    assert_int_equal(seen.status, UVSNMP_ETIMEOUT);
    assert_non_null(strstr(seen.detail, "an answer that cannot be believed (wrong digest)"));
    close_scene(&scene);
}

static void the_answer_to_another_request_is_none(void **state)
{
    struct scene scene;
    struct seen seen[2];
    struct scripted_request requests[2];
    uint8_t first[2048];
    (void)state;
    open_scene(&scene);
    memset(seen, 0, sizeof(seen));
    warm_up(&scene);
    make_answer(&scene, &seen[0], &requests[0]);
    size_t size = scene.agent.size;
    memcpy(first, scene.agent.message, size);
    send_made(&scene, &requests[0]);
    assert_answered(&seen[0], 42);
    scene.agent.number = 43;
    make_answer(&scene, &seen[1], &requests[1]);
    scripted_peer_send(scene.agent.peer, &requests[1], first, size); /* replayed */
    virtual_clock_settle(scene.loop);
    assert_int_equal(seen[1].calls, 0);
    send_made(&scene, &requests[1]);
    assert_answered(&seen[1], 43);
    send_made(&scene, &requests[1]); /* and twice */
    assert_int_equal(seen[1].calls, 1);
    close_scene(&scene);
}

/* A Report of `report` to a request, without a digest, as anybody could make it who sees the request. */
static void forge_report(struct scene *scene, const struct scripted_request *request,
                         enum engine_report report)
{
    struct msg_v3 message;
    struct ber_writer writer;
    assert_int_equal(msg_v3_decode(request->data, request->size, &message, NULL), 0);
    const struct uvsnmp_varbind counter = {.name = engine_report_name(report),
                                           .value = uvsnmp_unsigned32(UVSNMP_COUNTER32, 7)};
    const struct msg_pdu pdu = {.type = UVSNMP_PDU_REPORT, .varbinds = &counter, .count = 1};
    const struct engine_envelope envelope = {.version = UVSNMP_V3,
                                             .message_id = message.header.id,
                                             .engine_id = v3_engine_id,
                                             .context_engine_id = v3_engine_id};
    ber_writer_init(&writer, scene->agent.message, sizeof(scene->agent.message));
    assert_int_equal(engine_encode(&scene->agent.engine, &envelope, &pdu, virtual_clock_now(), &writer), 0);
    scene->agent.size = ber_writer_size(&writer);
    memmove(scene->agent.message, writer.at, scene->agent.size);
}

static void a_report_on_the_time_needs_a_digest_once_the_clock_is_known(void **state)
{
    struct scene scene;
    struct seen seen = {0};
    struct scripted_request request, again;
    (void)state;
    open_scene(&scene);
    warm_up(&scene);
    ask(scene.session, &seen);
    take(&scene, &request);
    for (int i = 0; i < 1000; i++) { /* a storm of them */
        forge_report(&scene, &request, ENGINE_REPORT_NOT_IN_TIME_WINDOWS);
        send_made(&scene, &request);
    }
    assert_int_equal(seen.calls, 0);
    assert_false(scripted_peer_receive(scene.agent.peer, &again));
    assert_true(v3_peer_make(&scene.agent, &request));
    send_made(&scene, &request);
    assert_answered(&seen, 42);
    close_scene(&scene);
}

static void a_forged_change_of_engine_costs_one_discovery(void **state)
{
    struct scene scene;
    struct seen seen = {0};
    struct scripted_request request;
    (void)state;
    open_scene(&scene);
    warm_up(&scene);
    ask(scene.session, &seen);
    take(&scene, &request);
    forge_report(&scene, &request, ENGINE_REPORT_UNKNOWN_ENGINE_IDS);
    send_made(&scene, &request);
    assert_int_equal(seen.calls, 0);
    serve(&scene);
    assert_answered(&seen, 42);
    close_scene(&scene);
}

/* ---- life ---- */

static void what_a_session_needs_is_checked(void **state)
{
    struct scene scene;
    struct uvsnmp_session *session;
    struct uvsnmp_error err;
    const struct uvsnmp_request_options trap = {.type = UVSNMP_PDU_TRAP};
    (void)state;
    open_scene(&scene);
    struct uvsnmp_session_options options = options_of(&scene);
    options.engine_id = octets_of("four");
    assert_int_equal(uvsnmp_session_new(scene.client, &options, &session, &err), UVSNMP_EBAD_VALUE);
    options = options_of(&scene);
    options.credential = NULL;
    assert_int_equal(uvsnmp_session_new(scene.client, &options, &session, &err), UVSNMP_EBAD_ARGUMENT);
    options = options_of(&scene);
    options.level = (enum uvsnmp_level)4;
    assert_int_equal(uvsnmp_session_new(scene.client, &options, &session, &err), UVSNMP_EBAD_ARGUMENT);
    options = options_of(&scene);
    options.version = (enum uvsnmp_version)2;
    assert_int_equal(uvsnmp_session_new(scene.client, &options, &session, &err), UVSNMP_EBAD_VERSION);
    struct uvsnmp_credential *keyless;
    const struct uvsnmp_user user = {.name = octets_of("unone")};
    assert_int_equal(uvsnmp_credential_new(scene.client, &user, &keyless, NULL), 0);
    options = options_of(&scene);
    options.credential = keyless;
    options.level = UVSNMP_AUTH_NO_PRIV;
    assert_int_equal(uvsnmp_session_new(scene.client, &options, &session, &err), UVSNMP_EUNSUPPORTED_LEVEL);
    assert_null(session);
    uvsnmp_credential_free(keyless);
    assert_int_equal(uvsnmp_request_send(scene.session, &trap, note, NULL, NULL), UVSNMP_EUNSUPPORTED);
    close_scene(&scene);
}

static void sessions_and_credentials_may_outlive_their_client(void **state)
{
    struct scene scene;
    struct seen seen[2];
    (void)state;
    open_scene(&scene);
    memset(seen, 0, sizeof(seen));
    ask(scene.session, &seen[0]);
    ask(scene.session, &seen[1]);
    uvsnmp_client_close(scene.client, NULL, NULL);
    assert_int_equal(wait_loop_run(scene.loop), 0);
    for (int i = 0; i < 2; i++) {
        assert_int_equal(seen[i].calls, 1);
        assert_int_equal(seen[i].status, UVSNMP_ECANCELLED);
    }
    uvsnmp_session_free(scene.session);
    uvsnmp_credential_free(scene.credential);
    wait_loop_free(scene.loop);
    v3_peer_stop(&scene.agent);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_engine_is_discovered_and_then_asked),
        cmocka_unit_test(sessions_with_one_peer_share_its_discovery),
        cmocka_unit_test(a_lost_discovery_is_sent_again_and_one_without_answer_ends_all),
        cmocka_unit_test(a_request_may_be_cancelled_while_it_waits_for_the_discovery),
        cmocka_unit_test(a_deadline_counts_from_the_discovery_on),
        cmocka_unit_test(each_attempt_tells_the_time_that_it_is),
        cmocka_unit_test(a_walk_survives_that_the_agent_starts_anew),
        cmocka_unit_test(a_request_is_resynchronised_once),
        cmocka_unit_test(clocks_may_drift_apart_within_the_window),
        cmocka_unit_test(a_time_that_is_long_past_is_not_believed),
        cmocka_unit_test(an_engine_that_changes_its_id_is_discovered_anew),
        cmocka_unit_test(a_given_engine_is_asked_without_discovery),
        cmocka_unit_test(without_its_clock_a_given_engine_tells_it),
        cmocka_unit_test(reports_are_failures_with_their_reason),
        cmocka_unit_test(a_changed_answer_is_passed_over_wherever_it_is_changed),
        cmocka_unit_test(a_timeout_tells_of_forged_answers),
        cmocka_unit_test(the_answer_to_another_request_is_none),
        cmocka_unit_test(a_report_on_the_time_needs_a_digest_once_the_clock_is_known),
        cmocka_unit_test(a_forged_change_of_engine_costs_one_discovery),
        cmocka_unit_test(what_a_session_needs_is_checked),
        cmocka_unit_test(sessions_and_credentials_may_outlive_their_client),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
