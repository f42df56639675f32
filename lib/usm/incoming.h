/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Checking a message that arrived (RFC 3414 §3.2): its digest first, then its time, and only then is it
 * decrypted; nothing that it says has any effect before.
 */
#ifndef USM_INCOMING_H
#define USM_INCOMING_H

#include "base/arena.h"
#include "msg/v3.h"
#include "usm/timeliness.h"
#include "usm/user.h"

/* Whom a message is expected from: the authoritative engine that was asked, as whom, with which keys. */
struct usm_expected {
    struct uvsnmp_bytes engine_id, user_name;
    const struct usm_security *security;
};

struct usm_incoming {
    struct usm_crypto *crypto; /* NULL: none, and every message with a digest is UVSNMP_EUNSUPPORTED_LEVEL */
    struct uvsnmp_bytes engine_id;       /* of this engine … */
    struct usm_time time;                /* … and its clock */
    const struct usm_users *users;       /* whom this engine knows, as itself and of others that notify it */
    struct usm_engines *engines;         /* the others' clocks */
    const struct usm_expected *expected; /* for an answer, in place of `users`; NULL: it answers nothing */
    uint64_t now_ms;
};

struct usm_verified {
    struct usm_params params; /* also where it failed, as far as they could be read; else empty */
    bool is_authoritative;    /* this engine is the authoritative one */
    struct uvsnmp_bytes security_name;
    struct usm_security
        security; /* the keys as they were, for the answer (securityStateReference); to be wiped */
    struct uvsnmp_bytes scoped_pdu; /* plain; what was decrypted lies in the arena */
};

/*
 * 0 and `out`, or an error. With an `expected`, a message without a digest passes whoever says that he sent
 * it: that only a Report may be that (RFC 3412 §7.1 (3)) is the caller's to hold. Errors, in the order of the
 * checks: UVSNMP_ETRUNCATED and UVSNMP_EBAD_ENCODING (the security parameters; msgData not as msgFlags say),
 * UVSNMP_EUNKNOWN_ENGINE, UVSNMP_EUNKNOWN_USER, UVSNMP_EUNSUPPORTED_LEVEL, UVSNMP_EAUTHENTICATION,
 * UVSNMP_ENOT_IN_TIME_WINDOW, UVSNMP_EDECRYPTION; UVSNMP_ENO_MEMORY. From UVSNMP_ENOT_IN_TIME_WINDOW on the
 * sender is who he says; out->security serves for a Report to him.
 */
int usm_verify(const struct usm_incoming *incoming, const struct msg_v3 *message, struct arena *arena,
               struct usm_verified *out, struct uvsnmp_error *err);

#endif
