/* SPDX-License-Identifier: BSD-3-Clause */
#include "apps/common/trace.h"

#include <stdio.h>
#include <string.h>

#include "apps/common/packet.h"
#include "base/arena.h"
#include "base/log.h"
#include "base/text.h"
#include "msg/message.h"

enum { ADDRESS_SIZE = 320 };

/* As Net-SNMP names a transport and its two ends: "UDP: [a]:p->[b]:p". */
static void append_path(struct text *out, const struct uvsnmp_packet *packet)
{
    if (packet->peer->transport == UVSNMP_UNIX) {
        const struct sockaddr_un *local = packet->local ? &packet->local->at.local : NULL;
        text_append_format(out, "Local IPC: %.*s", local ? (int)sizeof(local->sun_path) : 0,
                           local ? local->sun_path : "");
        return;
    }
    packet_append_peer(out, packet->peer);
    if (packet->peer->at.any.sa_family != AF_INET6 && packet->local) {
        text_append(out, "->");
        packet_append_endpoint(out, packet->local);
    }
}

static void describe_pdu(const struct msg_pdu *pdu)
{
    const char *name = msg_pdu_type_name(pdu->type);
    if (pdu->type == UVSNMP_PDU_GETBULK) {
        log_write(LOG_LEVEL_DEBUG, "  %s message, non-rep=%d, max_rep=%d", name, (int)pdu->non_repeaters,
                  (int)pdu->max_repetitions);
    } else {
        log_write(LOG_LEVEL_DEBUG, "  %s message", name);
    }
}

/* What is asked, and for which variables. */
static void describe(const struct uvsnmp_packet *packet)
{
    struct msg_message message;
    struct arena arena;
    arena_init(&arena, 0, 0);
    if (msg_decode(packet->data, packet->size, &arena, &message, NULL) == 0) {
        describe_pdu(&message.pdu);
        for (size_t i = 0; i < message.pdu.count; i++) {
            char name[UVSNMP_OID_TEXT_MAX];
            uvsnmp_oid_format(message.pdu.varbinds[i].name, name, sizeof(name));
            bool iso = strncmp(name, ".1", 2) == 0 && (name[2] == '.' || name[2] == '\0');
            log_write(LOG_LEVEL_DEBUG, "    -- %s%s", iso ? "iso" : "", iso ? name + 2 : name);
        }
    }
    arena_fini(&arena);
}

void trace_packet(const struct trace *trace, const struct uvsnmp_packet *packet)
{
    char path[ADDRESS_SIZE], heading[ADDRESS_SIZE + 64];
    struct text out;
    text_init_fixed(&out, path, sizeof(path));
    append_path(&out, packet);
    if (trace->dump) {
        snprintf(heading, sizeof(heading),
                 packet->sent ? "Sending %zu bytes to %s" : "Received %zu byte packet from %s", packet->size,
                 path);
        packet_log(heading, packet->data, packet->size);
    }
    if (!packet->sent && !trace->terse) {
        bool named = packet->peer->transport != UVSNMP_UNIX; /* other clients have no address */
        log_write(LOG_LEVEL_INFO, named ? "Connection from %s" : "Connection from <UNKNOWN> (%s)", path);
    }
    if (!packet->sent && (trace->addresses || trace->verbose)) {
        log_write(LOG_LEVEL_INFO, "Received SNMP packet(s) from %s", path);
    }
    if (!packet->sent && trace->verbose) {
        describe(packet);
    }
}
