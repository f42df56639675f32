/* SPDX-License-Identifier: BSD-3-Clause */
#include "apps/common/packet.h"

#include <arpa/inet.h>
#include <ctype.h>

#include "base/log.h"

enum { PER_LINE = 16 };

void packet_append_endpoint(struct text *text, const struct uvsnmp_address *address)
{
    char host[INET6_ADDRSTRLEN] = "0.0.0.0";
    unsigned port = 0;
    if (address->at.any.sa_family == AF_INET) {
        (void)inet_ntop(AF_INET, &address->at.v4.sin_addr, host, sizeof(host));
        port = ntohs(address->at.v4.sin_port);
    } else if (address->at.any.sa_family == AF_INET6) {
        (void)inet_ntop(AF_INET6, &address->at.v6.sin6_addr, host, sizeof(host));
        port = ntohs(address->at.v6.sin6_port);
    }
    text_append_format(text, "[%s]:%u", host, port);
}

void packet_append_peer(struct text *text, const struct uvsnmp_address *peer)
{
    text_append_format(text, "%s%s: ", peer->transport == UVSNMP_UDP ? "UDP" : "TCP",
                       peer->at.any.sa_family == AF_INET6 ? "/IPv6" : "");
    packet_append_endpoint(text, peer);
}

static void log_line(const uint8_t *data, size_t at, size_t size)
{
    char storage[128];
    struct text line;
    text_init_fixed(&line, storage, sizeof(storage));
    text_append_format(&line, "%04zu: ", at);
    for (size_t i = at; i < at + PER_LINE; i++) {
        text_append_format(&line, i < size ? "%02X " : "   ", i < size ? data[i] : 0);
        text_append(&line, i % 4 == 3 ? " " : "");
    }
    text_append(&line, at < 10000 ? "  " : " ");
    for (size_t i = at; i < at + PER_LINE && i < size; i++) {
        text_append_char(&line, isprint(data[i]) ? (char)data[i] : '.');
    }
    log_write(LOG_LEVEL_DEBUG, "%s", storage);
}

void packet_log(const char *heading, const uint8_t *data, size_t size)
{
    log_write(LOG_LEVEL_DEBUG, "%s", "");
    log_write(LOG_LEVEL_DEBUG, "%s", heading);
    for (size_t at = 0; at < size; at += PER_LINE) {
        log_line(data, at, size);
    }
    log_write(LOG_LEVEL_DEBUG, "%s", "");
}
