/* SPDX-License-Identifier: BSD-3-Clause */
#include "apps/common/dump.h"

#include <arpa/inet.h>
#include <ctype.h>
#include <stdio.h>

#include "apps/common/app.h"

#define PER_LINE 16

/* "[127.0.0.1]:161" */
static void append_address(struct text *text, const struct uvsnmp_address *address)
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

static void append_addresses(struct text *text, const struct uvsnmp_trace *trace)
{
    const struct uvsnmp_address *peer = trace->peer;
    bool v6 = peer->at.any.sa_family == AF_INET6;
    if (peer->transport == UVSNMP_UNIX) {
        text_append_format(text, "Local Unix socket: %s", peer->at.local.sun_path);
        return;
    }
    text_append_format(text, "%s%s: ", peer->transport == UVSNMP_UDP ? "UDP" : "TCP", v6 ? "/IPv6" : "");
    append_address(text, peer);
    if (peer->transport == UVSNMP_UDP) {
        text_append_format(text, "->[%s]:%u", v6 ? "::" : "0.0.0.0", trace->local_port);
    }
}

static void show_line(const uint8_t *data, size_t at, size_t size)
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

void dump_message(const struct uvsnmp_trace *trace, void *arg)
{
    char storage[256];
    struct text head;
    struct app_run *run = arg;
    (void)output_flush(&run->out);
    text_init_fixed(&head, storage, sizeof(storage));
    text_append_format(&head, trace->sent ? "Sending %zu bytes to " : "Received %zu byte packet from ", trace->size);
    append_addresses(&head, trace);
    log_write(LOG_LEVEL_DEBUG, "%s", "");
    log_write(LOG_LEVEL_DEBUG, "%s", storage);
    for (size_t at = 0; at < trace->size; at += PER_LINE) {
        show_line(trace->data, at, trace->size);
    }
    log_write(LOG_LEVEL_DEBUG, "%s", "");
}
