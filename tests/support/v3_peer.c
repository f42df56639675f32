/* SPDX-License-Identifier: BSD-3-Clause */
#include "support/v3_peer.h"

#include "support/unit.h"

#include "support/v3_engine.h"
#include "support/virtual_clock.h"

void v3_peer_start(struct v3_peer *v3)
{
    memset(v3, 0, sizeof(*v3));
    v3->number = 42;
    v3->peer = scripted_peer_new("127.0.0.1");
    assert_non_null(v3->peer);
    v3->crypto = usm_crypto_open(NULL);
    assert_non_null(v3->crypto);
    arena_init(&v3->arena, 0, 0);
    assert_int_equal(v3_engine_init(&v3->engine, v3->crypto), 0);
    v3->engine.started_ms = virtual_clock_now();
}

void v3_peer_stop(struct v3_peer *v3)
{
    engine_fini(&v3->engine);
    arena_fini(&v3->arena);
    usm_crypto_close(v3->crypto);
    scripted_peer_free(v3->peer);
}

void v3_peer_restart(struct v3_peer *v3, int32_t boots)
{
    v3->engine.started = (struct usm_time){boots, 0};
    v3->engine.started_ms = virtual_clock_now();
}

void v3_peer_replace(struct v3_peer *v3, struct uvsnmp_bytes engine_id)
{
    struct engine_id id;
    assert_int_equal(engine_id_set(&id, engine_id), 0);
    engine_fini(&v3->engine);
    engine_init(&v3->engine, &id, 1, virtual_clock_now());
    v3->engine.crypto = v3->crypto;
    for (size_t i = 0; i < V3_EXCHANGES; i++) {
        struct usm_user *user;
        const struct uvsnmp_bytes name = {(const uint8_t *)v3_exchanges[i].user,
                                          strlen(v3_exchanges[i].user)};
        assert_int_equal(usm_users_add(&v3->engine.users, engine_id, name, &user), 0);
        assert_int_equal(v3_security_of(v3->crypto, &v3_exchanges[i], engine_id, &user->security), 0);
    }
}

static bool finish(struct v3_peer *v3, const struct ber_writer *writer)
{
    v3->size = ber_writer_size(writer);
    memmove(v3->message, writer->at, v3->size);
    return true;
}

bool v3_peer_make(struct v3_peer *v3, const struct scripted_request *request)
{
    const struct engine_arrival arrival = {
        .data = request->data, .size = request->size, .now_ms = virtual_clock_now()};
    struct engine_incoming in;
    struct ber_writer writer;
    arena_reset(&v3->arena);
    ber_writer_init(&writer, v3->message, sizeof(v3->message));
    if (engine_decode(&v3->engine, &arrival, &v3->arena, &in, NULL) < 0) {
        bool reports = engine_encode_report(&v3->engine, &in, virtual_clock_now(), &writer);
        engine_envelope_wipe(&in.envelope);
        v3->reported += reports;
        return reports && finish(v3, &writer);
    }
    struct uvsnmp_oid_buf name = {.count = 0};
    if (in.pdu.count > 0) {
        assert_int_equal(uvsnmp_oid_copy(&name, in.pdu.varbinds[0].name), 0);
        if (in.pdu.type == UVSNMP_PDU_GETNEXT) {
            name.ids[name.count - 1]++;
        }
    }
    bool is_end = v3->ends_walks && in.pdu.type == UVSNMP_PDU_GETNEXT;
    const struct uvsnmp_varbind varbind = {uvsnmp_oid_of(&name), is_end ? uvsnmp_empty(UVSNMP_END_OF_MIB_VIEW)
                                                                        : uvsnmp_integer(v3->number)};
    const struct msg_pdu pdu = {.type = UVSNMP_PDU_RESPONSE,
                                .request_id = in.pdu.request_id,
                                .varbinds = &varbind,
                                .count = in.pdu.count > 0};
    assert_int_equal(engine_encode(&v3->engine, &in.envelope, &pdu, virtual_clock_now(), &writer), 0);
    engine_envelope_wipe(&in.envelope);
    v3->served++;
    return finish(v3, &writer);
}

void v3_peer_serve(struct v3_peer *v3, uv_loop_t *loop)
{
    struct scripted_request request;
    virtual_clock_settle(loop);
    while (scripted_peer_receive(v3->peer, &request)) {
        if (v3_peer_make(v3, &request)) {
            scripted_peer_send(v3->peer, &request, v3->message, v3->size);
        }
        virtual_clock_settle(loop);
    }
}
