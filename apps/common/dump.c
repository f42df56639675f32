/* SPDX-License-Identifier: BSD-3-Clause */
#include "apps/common/dump.h"

#include "apps/common/app.h"
#include "apps/common/packet.h"

static void append_addresses(struct text *text, const struct uvsnmp_trace *trace)
{
    const struct uvsnmp_address *peer = trace->peer;
    bool v6 = peer->at.any.sa_family == AF_INET6;
    if (peer->transport == UVSNMP_UNIX) {
        text_append_format(text, "Local Unix socket: %s", peer->at.local.sun_path);
        return;
    }
    packet_append_peer(text, peer);
    if (peer->transport == UVSNMP_UDP) {
        text_append_format(text, "->[%s]:%u", v6 ? "::" : "0.0.0.0", trace->local_port);
    }
}

void dump_message(const struct uvsnmp_trace *trace, void *arg)
{
    char storage[256];
    struct text head;
    struct app_run *run = arg;
    (void)output_flush(&run->out);
    text_init_fixed(&head, storage, sizeof(storage));
    text_append_format(&head, trace->sent ? "Sending %zu bytes to " : "Received %zu byte packet from ",
                       trace->size);
    append_addresses(&head, trace);
    packet_log(storage, trace->data, trace->size);
}
