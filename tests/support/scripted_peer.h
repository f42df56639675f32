/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * A peer for tests that does only what the test says: a UDP socket on loopback that records what arrives and
 * sends the octets it is given, to whom and when the test wants. Answers that come late, twice, out of order,
 * or from a socket that was not asked are made by calling scripted_peer_send() late, twice, out of order, or
 * on another peer.
 *
 *     struct scripted_peer *peer = scripted_peer_new("127.0.0.1");
 *     … send something to scripted_peer_address(peer) …
 *     assert_true(scripted_peer_receive(peer, &request));
 *     virtual_clock_advance(&loop, 1500);
 *     scripted_peer_send(peer, &request, "late", 4);
 *     virtual_clock_settle(&loop);
 *     scripted_peer_free(peer);
 */
#ifndef TESTS_SUPPORT_SCRIPTED_PEER_H
#define TESTS_SUPPORT_SCRIPTED_PEER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <uv.h>

#include <uvsnmp/address.h>

struct scripted_request {
    struct uvsnmp_address from;
    size_t size;
    uint8_t data[2048]; /* what is longer is cut */
};

struct scripted_peer;

/* Bound to a free port of `host` ("127.0.0.1", "127.0.0.2", "::1") or to the port it names
 * ("127.0.0.3:4000"). NULL: this machine has no such address, or the port is taken. */
struct scripted_peer *scripted_peer_new(const char *host);
void scripted_peer_free(struct scripted_peer *peer);

/* "udp:127.0.0.1:PORT", to be given to the program under test; valid as long as the peer. */
const char *scripted_peer_address(const struct scripted_peer *peer);

/* Takes the oldest datagram that has arrived; false: there is none. It does not turn the loop. */
bool scripted_peer_receive(struct scripted_peer *peer, struct scripted_request *out);

/* Turns the loop, without letting virtual time pass, until a datagram is there (true) or 2 real seconds
 * passed. */
bool scripted_peer_wait(struct scripted_peer *peer, uv_loop_t *loop, struct scripted_request *out);

/* Sends `data` from this peer's socket to whoever sent `request`. */
void scripted_peer_send(struct scripted_peer *peer, const struct scripted_request *request, const void *data,
                        size_t size);

#endif
