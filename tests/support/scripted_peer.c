/* SPDX-License-Identifier: BSD-3-Clause */
#include "support/scripted_peer.h"

#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#define WAIT_MS 2000

struct scripted_peer {
    int fd;
    char address[UVSNMP_ADDRESS_TEXT_MAX];
};

struct scripted_peer *scripted_peer_new(const char *host)
{
    struct scripted_peer *peer = calloc(1, sizeof(*peer));
    struct uvsnmp_address at;
    char text[64];
    const char *colon = strchr(host, ':');
    (void)snprintf(text, sizeof(text), colon && strchr(colon + 1, ':') ? "udp6:%s" : "udp:%s", host);
    if (!peer || uvsnmp_address_parse(text, 0, &at, NULL) < 0) {
        free(peer);
        return NULL;
    }
    peer->fd = socket(at.at.any.sa_family, SOCK_DGRAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    if (peer->fd < 0 || bind(peer->fd, &at.at.any, at.length) < 0 ||
        getsockname(peer->fd, &at.at.any, &at.length) < 0 ||
        uvsnmp_address_format(&at, peer->address, sizeof(peer->address)) < 0) {
        scripted_peer_free(peer);
        return NULL;
    }
    return peer;
}

void scripted_peer_free(struct scripted_peer *peer)
{
    if (peer) {
        if (peer->fd >= 0) {
            (void)close(peer->fd);
        }
        free(peer);
    }
}

const char *scripted_peer_address(const struct scripted_peer *peer)
{
    return peer->address;
}

bool scripted_peer_receive(struct scripted_peer *peer, struct scripted_request *out)
{
    ssize_t size;
    memset(out, 0, sizeof(*out));
    out->from.transport = UVSNMP_UDP;
    out->from.length = sizeof(out->from.at);
    size = recvfrom(peer->fd, out->data, sizeof(out->data), 0, &out->from.at.any, &out->from.length);
    out->size = size < 0 ? 0 : (size_t)size;
    return size >= 0;
}

bool scripted_peer_wait(struct scripted_peer *peer, uv_loop_t *loop, struct scripted_request *out)
{
    for (int i = 0; i < WAIT_MS; i++) {
        struct pollfd ready = {.fd = peer->fd, .events = POLLIN};
        (void)uv_run(loop, UV_RUN_NOWAIT);
        if (poll(&ready, 1, 1) == 1) {
            return scripted_peer_receive(peer, out);
        }
    }
    return false;
}

void scripted_peer_send(struct scripted_peer *peer, const struct scripted_request *request, const void *data,
                        size_t size)
{
    if (sendto(peer->fd, data, size, 0, &request->from.at.any, request->from.length) < 0) {
        perror("scripted peer: sendto");
        abort();
    }
}
