/* SPDX-License-Identifier: BSD-3-Clause */
#include "support/fake_agent.h"

#include "support/unit.h"

static uint8_t encoded[MSG_SIZE_MAX];

static void on_arrival(struct uvsnmp_agent_role *role, const struct uvsnmp_arrival *arrival, void *arg)
{
    struct fake_agent *fake = arg;
    struct msg_message request, response;
    (void)role;
    fake->requests++;
    fake->path = *arrival->path;
    arena_reset(&fake->arena);
    assert_int_equal(msg_decode(arrival->data, arrival->size, &fake->arena, &request, NULL), 0);
    memset(&response, 0, sizeof(response));
    response.version = request.version;
    response.community = request.community;
    response.pdu.type = UVSNMP_PDU_RESPONSE;
    response.pdu.request_id = request.pdu.request_id;
    if (fake->respond(fake, &request, &response)) {
        ptrdiff_t size = msg_encode(&response, encoded, sizeof(encoded));
        assert_true(size > 0);
        fake_agent_send(fake, encoded + sizeof(encoded) - size, (size_t)size);
    }
}

void fake_agent_start(struct fake_agent *fake, uv_loop_t *loop, const char *interface_, fake_agent_fn *respond)
{
    const struct uvsnmp_agent_role_options options = {
        .interfaces = &interface_,
        .interface_count = 1,
        .frame = msg_frame,
        .on_arrival = on_arrival,
        .arg = fake,
    };
    memset(fake, 0, sizeof(*fake));
    arena_init(&fake->arena, 0, 0);
    fake->respond = respond;
    assert_int_equal(uvsnmp_agent_role_new(loop, &options, &fake->role, NULL), 0);
    assert_true(uvsnmp_address_format(uvsnmp_agent_role_bound(fake->role, 0), fake->address,
                                      sizeof(fake->address)) > 0);
}

void fake_agent_send(struct fake_agent *fake, const void *data, size_t size)
{
    assert_int_equal(uvsnmp_agent_role_reply(fake->role, &fake->path, data, size), 0);
}

void fake_agent_stop(struct fake_agent *fake)
{
    uvsnmp_agent_role_close(fake->role, NULL, NULL);
    arena_fini(&fake->arena);
}
