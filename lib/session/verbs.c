/* SPDX-License-Identifier: BSD-3-Clause */
#include <stdlib.h>

#include <uvsnmp/session.h>

/* Requests that name variables and give no values. */
static int send_names(struct uvsnmp_session *session, struct uvsnmp_request_options *options,
                      const struct uvsnmp_oid *names, uvsnmp_result_cb *done, void *arg)
{
    struct uvsnmp_varbind few[16], *varbinds = few;
    size_t count = options->count;
    if (count > sizeof(few) / sizeof(few[0])) {
        varbinds = calloc(count, sizeof(*varbinds));
        if (!varbinds) {
            return UVSNMP_ENO_MEMORY;
        }
    }
    for (size_t i = 0; i < count; i++) {
        varbinds[i].name = names[i];
        varbinds[i].value = uvsnmp_empty(UVSNMP_NULL);
    }
    options->varbinds = varbinds;
    int rc = uvsnmp_request_send(session, options, done, arg, NULL);
    if (varbinds != few) {
        free(varbinds);
    }
    return rc;
}

int uvsnmp_get(struct uvsnmp_session *session, const struct uvsnmp_oid *names, size_t count,
               uvsnmp_result_cb *done, void *arg)
{
    struct uvsnmp_request_options options = {.type = UVSNMP_PDU_GET, .count = count};
    return send_names(session, &options, names, done, arg);
}

int uvsnmp_getnext(struct uvsnmp_session *session, const struct uvsnmp_oid *names, size_t count,
                   uvsnmp_result_cb *done, void *arg)
{
    struct uvsnmp_request_options options = {.type = UVSNMP_PDU_GETNEXT, .count = count};
    return send_names(session, &options, names, done, arg);
}

int uvsnmp_getbulk(struct uvsnmp_session *session, const struct uvsnmp_oid *names, size_t count,
                   int32_t max_repetitions, uvsnmp_result_cb *done, void *arg)
{
    struct uvsnmp_request_options options = {
        .type = UVSNMP_PDU_GETBULK, .count = count, .max_repetitions = max_repetitions};
    return send_names(session, &options, names, done, arg);
}

int uvsnmp_set(struct uvsnmp_session *session, const struct uvsnmp_varbind *varbinds, size_t count,
               uvsnmp_result_cb *done, void *arg)
{
    struct uvsnmp_request_options options = {.type = UVSNMP_PDU_SET, .varbinds = varbinds, .count = count};
    return uvsnmp_request_send(session, &options, done, arg, NULL);
}
