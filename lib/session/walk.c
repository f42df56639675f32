/* SPDX-License-Identifier: BSD-3-Clause */
#include <stdio.h>
#include <stdlib.h>

#include "session/client.h"

struct walk {
    struct uvsnmp_session *session;
    struct uvsnmp_oid_buf root, end, previous;
    struct uvsnmp_oid_buf landmark; /* a name seen before: meeting it again means a circle (Brent) */
    uint64_t landmark_at, landmark_next;
    int32_t max_repetitions, non_repeaters;
    bool allow_not_increasing;
    uvsnmp_varbind_cb *each;
    void (*page)(void *arg);
    uvsnmp_walk_cb *done;
    void *arg;
    uint64_t variables, requests;
};

static void on_result(struct uvsnmp_session *session, const struct uvsnmp_result *result, void *arg);

static int ask(struct walk *walk)
{
    bool bulk = walk->max_repetitions > 0 && walk->session->version != UVSNMP_V1;
    struct uvsnmp_varbind varbind = {.name = uvsnmp_oid_of(&walk->previous),
                                     .value = uvsnmp_empty(UVSNMP_NULL)};
    struct uvsnmp_request_options options = {
        .type = bulk ? UVSNMP_PDU_GETBULK : UVSNMP_PDU_GETNEXT,
        .varbinds = &varbind,
        .count = 1,
        .non_repeaters = walk->non_repeaters,
        .max_repetitions = walk->max_repetitions,
    };
    return uvsnmp_request_send(walk->session, &options, on_result, walk, NULL);
}

static void finish(struct walk *walk, enum uvsnmp_walk_end end, const struct uvsnmp_result *last,
                   const struct uvsnmp_varbind *stopped_by)
{
    struct uvsnmp_session *session = walk->session;
    struct uvsnmp_walk_result result = {
        .end = end,
        .last = last,
        .previous = uvsnmp_oid_of(&walk->previous),
        .stopped_by = stopped_by,
        .variables = walk->variables,
        .requests = walk->requests,
    };
    walk->done(session, &result, walk->arg);
    free(walk);
    session_release(session);
}

/* Ends the walk with an error of our own making about the response at hand. */
static void fail(struct walk *walk, const struct uvsnmp_result *response, int status,
                 const struct uvsnmp_varbind *stopped_by)
{
    struct uvsnmp_result failure = *response;
    failure.status = status;
    failure.detail = uvsnmp_strerror(status);
    finish(walk, UVSNMP_WALK_FAILED, &failure, stopped_by);
}

/* True when names go round in a circle. With names in order there is none, and nothing to do. */
static bool comes_round(struct walk *walk, struct uvsnmp_oid name)
{
    if (!walk->allow_not_increasing) {
        return false;
    }
    if (walk->landmark_at > 0 && uvsnmp_oid_compare(name, uvsnmp_oid_of(&walk->landmark)) == 0) {
        return true;
    }
    if (walk->variables >= walk->landmark_next) {
        (void)uvsnmp_oid_copy(&walk->landmark, name);
        walk->landmark_at = walk->variables + 1;
        walk->landmark_next = walk->landmark_at * 2;
    }
    return false;
}

/* At or after the end of the walk. A name before the root is not: it is out of order. */
static bool is_beyond(const struct walk *walk, struct uvsnmp_oid name)
{
    struct uvsnmp_oid root = uvsnmp_oid_of(&walk->root);
    if (walk->end.count > 0) {
        return uvsnmp_oid_compare(name, uvsnmp_oid_of(&walk->end)) >= 0;
    }
    return uvsnmp_oid_compare(name, root) > 0 && !uvsnmp_oid_has_prefix(name, root);
}

/* Takes one variable of a response. True: go on with the next. False: the walk has ended. */
static bool take(struct walk *walk, const struct uvsnmp_result *response, const struct uvsnmp_varbind *varbind)
{
    if (varbind->value.type == UVSNMP_END_OF_MIB_VIEW) {
        finish(walk, UVSNMP_WALK_MIB_END, response, varbind);
        return false;
    }
    if (is_beyond(walk, varbind->name)) {
        finish(walk, UVSNMP_WALK_SUBTREE_END, response, varbind);
        return false;
    }
    if (uvsnmp_type_is_exception(varbind->value.type)) {
        fail(walk, response, UVSNMP_EUNEXPECTED_RESPONSE, varbind);
        return false;
    }
    if (!walk->allow_not_increasing &&
        uvsnmp_oid_compare(varbind->name, uvsnmp_oid_of(&walk->previous)) <= 0) {
        fail(walk, response, UVSNMP_ENOT_INCREASING, varbind);
        return false;
    }
    if (comes_round(walk, varbind->name)) {
        fail(walk, response, UVSNMP_EREPEATED, varbind);
        return false;
    }
    walk->variables++;
    (void)uvsnmp_oid_copy(&walk->previous, varbind->name);
    if (walk->each(varbind, walk->arg) != 0) {
        finish(walk, UVSNMP_WALK_STOPPED, response, NULL);
        return false;
    }
    return true;
}

/* A response with an error-status; true when the walk goes on all the same. */
static bool survives_error_status(struct walk *walk, const struct uvsnmp_result *result)
{
    if (result->error_status == UVSNMP_STATUS_TOO_BIG && walk->max_repetitions > 1) {
        walk->max_repetitions /= 2;
        return true;
    }
    if (result->error_status == UVSNMP_STATUS_NO_SUCH_NAME && walk->session->version == UVSNMP_V1) {
        finish(walk, UVSNMP_WALK_MIB_END, result, NULL);
    } else {
        finish(walk, UVSNMP_WALK_ERROR_STATUS, result, NULL);
    }
    return false;
}

static void on_result(struct uvsnmp_session *session, const struct uvsnmp_result *result, void *arg)
{
    struct walk *walk = arg;
    (void)session;
    walk->requests++;
    if (result->status < 0) {
        finish(walk, UVSNMP_WALK_FAILED, result, NULL);
        return;
    }
    if (result->error_status != UVSNMP_STATUS_NO_ERROR) {
        if (!survives_error_status(walk, result)) {
            return;
        }
    } else if (result->count == 0) {
        fail(walk, result, UVSNMP_EEMPTY_RESPONSE, NULL);
        return;
    } else {
        for (size_t i = 0; i < result->count; i++) {
            if (!take(walk, result, &result->varbinds[i])) {
                return;
            }
        }
    }
    if (walk->page) {
        walk->page(walk->arg);
    }
    int rc = ask(walk);
    if (rc < 0) {
        fail(walk, result, rc, NULL);
    }
}

int uvsnmp_walk(struct uvsnmp_session *session, const struct uvsnmp_walk_options *options)
{
    struct walk *walk = calloc(1, sizeof(*walk));
    if (!walk) {
        return UVSNMP_ENO_MEMORY;
    }
    walk->session = session;
    walk->max_repetitions = options->max_repetitions;
    walk->non_repeaters = options->non_repeaters;
    walk->allow_not_increasing = options->allow_not_increasing;
    walk->each = options->each;
    walk->page = options->page;
    walk->done = options->done;
    walk->arg = options->arg;
    int rc = uvsnmp_oid_copy(&walk->root, options->root);
    rc = rc < 0 ? rc : uvsnmp_oid_copy(&walk->end, options->end);
    rc = rc < 0 ? rc : uvsnmp_oid_copy(&walk->previous, options->root);
    session_hold(session);
    rc = rc < 0 ? rc : ask(walk);
    if (rc < 0) {
        free(walk);
        session_release(session);
    }
    return rc;
}
