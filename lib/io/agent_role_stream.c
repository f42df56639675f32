/* SPDX-License-Identifier: BSD-3-Clause */
#include "base/err.h"
#include "io/agent_role_impl.h"

int agent_stream_listen(struct agent_endpoint *endpoint, const struct uvsnmp_address *address,
                        struct uvsnmp_error *err)
{
    (void)endpoint;
    (void)address;
    return err_set(err, UVSNMP_EUNSUPPORTED, "streams need a framing function");
}

int agent_stream_reply(struct agent_target *target, const void *data, size_t size)
{
    (void)target;
    (void)data;
    (void)size;
    return UVSNMP_EDISCONNECTED;
}

void agent_stream_close(struct uvsnmp_agent_role *role)
{
    (void)role;
}

void agent_stream_close_listener(struct agent_endpoint *endpoint)
{
    (void)endpoint;
}

void agent_stream_end_idle(struct uvsnmp_agent_role *role)
{
    (void)role;
}
