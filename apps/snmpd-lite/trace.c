/* SPDX-License-Identifier: BSD-3-Clause */
#include "apps/snmpd-lite/trace.h"

#include <arpa/inet.h>
#include <stdio.h>
#include <string.h>

#include "base/arena.h"
#include "base/log.h"
#include "base/text.h"
#include "msg/message.h"

enum { ADDRESS_SIZE = 320, LINE_OCTETS = 16 };

/* "[127.0.0.1]:161"; for an IPv6 address too. */
static void append_endpoint(struct text *out, const struct uvsnmp_address *address)
{
    char host[INET6_ADDRSTRLEN] = "";
    bool six = address->at.any.sa_family == AF_INET6;
    const void *octets =
        six ? (const void *)&address->at.v6.sin6_addr : (const void *)&address->at.v4.sin_addr;
    inet_ntop(address->at.any.sa_family, octets, host, sizeof(host));
    text_append_format(out, "[%s]:%u", host, ntohs(six ? address->at.v6.sin6_port : address->at.v4.sin_port));
}

/* As Net-SNMP names a transport and its two ends: "UDP: [a]:p->[b]:p". */
static void append_path(struct text *out, const struct uvsnmp_packet *packet)
{
    static const char *const names[] = {[UVSNMP_UDP] = "UDP", [UVSNMP_TCP] = "TCP"};
    if (packet->peer->transport == UVSNMP_UNIX) {
        text_append_format(out, "Local IPC: %s", packet->local ? packet->local->at.local.sun_path : "");
        return;
    }
    bool six = packet->peer->at.any.sa_family == AF_INET6;
    text_append_format(out, "%s%s: ", names[packet->peer->transport], six ? "/IPv6" : "");
    append_endpoint(out, packet->peer);
    if (!six && packet->local) {
        text_append(out, "->");
        append_endpoint(out, packet->local);
    }
}

static void dump_octets(const uint8_t *data, size_t size)
{
    for (size_t at = 0; at < size; at += LINE_OCTETS) {
        char line[96];
        struct text out;
        text_init_fixed(&out, line, sizeof(line));
        text_append_format(&out, "%04zu: ", at);
        for (size_t i = 0; i < LINE_OCTETS; i++) {
            const char *gap = i % 4 == 3 && i != LINE_OCTETS - 1 ? " " : "";
            if (at + i < size) {
                text_append_format(&out, "%02X %s", data[at + i], gap);
            } else {
                text_append_format(&out, "   %s", gap);
            }
        }
        text_append(&out, "   ");
        for (size_t i = at; i < at + LINE_OCTETS && i < size; i++) {
            text_append_char(&out, data[i] >= 0x20 && data[i] < 0x7f ? (char)data[i] : '.');
        }
        log_write(LOG_LEVEL_DEBUG, "%s", text_string(&out));
    }
    log_write(LOG_LEVEL_DEBUG, "%s", "");
}

/* What is asked, and for which variables. */
static void describe(const struct uvsnmp_packet *packet)
{
    struct msg_message message;
    struct arena arena;
    arena_init(&arena, 0, 0);
    if (msg_decode(packet->data, packet->size, &arena, &message, NULL) == 0) {
        log_write(LOG_LEVEL_DEBUG, "  %s message", msg_pdu_type_name(message.pdu.type));
        for (size_t i = 0; i < message.pdu.count; i++) {
            char name[UVSNMP_OID_TEXT_MAX];
            uvsnmp_oid_format(message.pdu.varbinds[i].name, name, sizeof(name));
            bool iso = strncmp(name, ".1", 2) == 0 && (name[2] == '.' || name[2] == '\0');
            log_write(LOG_LEVEL_DEBUG, "    -- %s%s", iso ? "iso" : "", iso ? name + 2 : name);
        }
    }
    arena_fini(&arena);
}

void trace_packet(struct uvsnmp_agent *agent, const struct uvsnmp_packet *packet, void *arg)
{
    const struct trace *trace = arg;
    char path[ADDRESS_SIZE];
    struct text out;
    (void)agent;
    text_init_fixed(&out, path, sizeof(path));
    append_path(&out, packet);
    if (trace->dump && packet->sent) {
        log_write(LOG_LEVEL_DEBUG, "%s", "");
        log_write(LOG_LEVEL_DEBUG, "Sending %zu bytes to %s", packet->size, path);
        dump_octets(packet->data, packet->size);
    } else if (trace->dump) {
        log_write(LOG_LEVEL_DEBUG, "%s", "");
        log_write(LOG_LEVEL_DEBUG, "Received %zu byte packet from %s", packet->size, path);
        dump_octets(packet->data, packet->size);
    }
    if (packet->sent) {
        return;
    }
    if (trace->addresses && !trace->verbose) {
        log_write(LOG_LEVEL_INFO, "Received SNMP packet(s) from %s", path);
    }
    if (trace->verbose) {
        log_write(LOG_LEVEL_DEBUG, "Received SNMP packet(s) from %s", path);
        describe(packet);
    }
}
