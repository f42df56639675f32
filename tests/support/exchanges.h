/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * For tests of the transport roles: a toy protocol (the first octet of a message is its key), a record of
 * what an exchange's callback was told, and streams whose messages are lines.
 */
#ifndef TESTS_SUPPORT_EXCHANGES_H
#define TESTS_SUPPORT_EXCHANGES_H

#include <uvsnmp/manager.h>

/* What `done` was told; `calls` must end as 1. */
struct seen {
    unsigned calls;
    int status;
    unsigned attempts;
    char data[128], detail[256], from[UVSNMP_ADDRESS_TEXT_MAX];
};
void note_result(const struct uvsnmp_exchange_result *result, void *arg);

uvsnmp_key_fn first_octet_key;
uvsnmp_frame_fn line_frame;

/* Turns the loop until `*counter` reaches `count`; fails the test after 20 seconds. */
void turn_until(uv_loop_t *loop, const unsigned *counter, unsigned count);

/* A send of `text` to `peer` that asks for a second at most, noted in `seen`. */
struct uvsnmp_send send_text(const char *peer, const char *text, struct seen *seen);

/* As uvsnmp_manager_send(), which must succeed. */
struct uvsnmp_exchange *must_send(struct uvsnmp_manager *manager, const struct uvsnmp_send *send);

/* Closes the loop, which must have nothing left to do or to close. */
void must_close_loop(uv_loop_t *loop);

/* Is there ::1 here? */
bool has_ipv6_loopback(void);

/* A port below those that the kernel hands out to whoever asks for any, so that most likely nobody else is
 * there, at no address. */
unsigned quiet_port(void);

/* A port of 127.0.0.1 (or ::1) that nobody listens on: "udp:127.0.0.1:PORT". */
const char *unused_address(const char *scheme, char text[UVSNMP_ADDRESS_TEXT_MAX]);

#endif
