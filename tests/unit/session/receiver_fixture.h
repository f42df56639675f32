/* SPDX-License-Identifier: BSD-3-Clause */
/* A receiver without sockets, and whoever sends to it: the clock is moved by hand. */
#ifndef SESSION_RECEIVER_FIXTURE_H
#define SESSION_RECEIVER_FIXTURE_H

#include "session/receiver.h"
#include "support/unit.h"

#define RECEIVER_ENGINE "\x80\0\0\0\1\2\3\4" /* of the receiver */
#define SENDER_ENGINE "\x80\0\0\0\1\5\6\7"   /* of whoever sends traps of version 3 */

struct receiver_fixture {
    struct uvsnmp_receiver *receiver;
    uint64_t now, wake;
    struct uvsnmp_return_path path; /* of the sender; 127.0.0.1:40000 at first */
    uint8_t out[70000];
    size_t capacity; /* of the buffer the receiver is given; 0: there is no memory for one */

    /* what the program does and has seen */
    bool acknowledges; /* at once */
    unsigned calls;
    struct uvsnmp_received last; /* with the texts and varbinds in `kept` */
    struct uvsnmp_trap_v1 trap;  /* its last.trap */
    struct arena kept;

    /* the sender */
    struct usm_crypto *crypto;
    struct engine sender; /* its clock is in its boot 3 */
    int32_t request_id;   /* of the last message */
    uint8_t sent[70000];  /* it, sent_size octets */
    size_t sent_size;
    struct engine_envelope envelope; /* it was sent with */
    unsigned answers;
    uint8_t answer[70000]; /* the last one, answer_size octets */
    size_t answer_size;
    struct arena arena;
    struct engine_incoming in; /* … and what it says, once it was read */
};

/* A receiver with the community "public", in its boot 7; of `options` the callback is not looked at. NULL:
 * without options. NULL without memory. */
struct receiver_fixture *receiver_fixture_new(const struct uvsnmp_receiver_options *options);
void receiver_fixture_free(struct receiver_fixture *fixture);

/* "NAME" with SHA-256 and AES, of the passphrases "authentic" and "encrypted". */
struct uvsnmp_user receiver_user(const char *name);

/* A message as it arrives. */
void receiver_fixture_handle(struct receiver_fixture *fixture, const void *data, size_t size);

/* Sends a PDU of "public"; its request-id is counted. */
void receiver_send(struct receiver_fixture *fixture, enum uvsnmp_version version, const struct msg_pdu *pdu);

/* Sends a PDU of version 3 at `level`: a trap of the sender's engine, all else to the receiver's. */
void receiver_send_v3(struct receiver_fixture *fixture, const char *user, uint8_t level,
                      const struct msg_pdu *pdu);

/* Sends what was sent last again, version 3 with another msgID. */
void receiver_repeat(struct receiver_fixture *fixture);
void receiver_repeat_v3(struct receiver_fixture *fixture, const struct msg_pdu *pdu);

/* Lets the sender know the receiver's clock, by a discovery. */
void receiver_discover(struct receiver_fixture *fixture);

/* Reads the last answer into `in`; what it is the test looks at. */
void receiver_read_answer(struct receiver_fixture *fixture);

/* A notification with `number` among its varbinds; the next one replaces it. */
struct msg_pdu receiver_notification(enum uvsnmp_pdu_type type, int32_t number);

#endif
