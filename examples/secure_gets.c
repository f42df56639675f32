/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Version 3 from one process: sysName.0 of several agents, each of which is an engine of its own with a user
 * of its own, all asked at once. Who they are is read from standard input, so that no password is on a
 * command line:
 *
 *   secure_gets <<END
 *   AGENT USER AUTH-PROTOCOL PASSWORD [PRIVACY-PROTOCOL PASSWORD]
 *   END
 *       (as snmpget -v3 -u USER -l authPriv -a AUTH-PROTOCOL -A PASSWORD -x PRIVACY-PROTOCOL -X PASSWORD
 * AGENT sysName.0, one agent after the other)
 */
#include <stdio.h>
#include <string.h>

#include <uvsnmp/session.h>

#define FIELDS 6
#define FIELD_SIZE 64
#define FIELD "%63s"

enum { AGENT, USER, AUTH, AUTH_PASSWORD, PRIV, PRIV_PASSWORD };

struct asking {
    struct uvsnmp_client *client;
    unsigned outstanding, failed;
};

static void on_answer(struct uvsnmp_session *session, const struct uvsnmp_result *result, void *arg)
{
    struct asking *asking = arg;
    char address[UVSNMP_ADDRESS_TEXT_MAX] = "?";
    if (result->from) {
        (void)uvsnmp_address_format(result->from, address, sizeof(address));
    }
    if (result->status < 0) {
        asking->failed++;
        (void)fprintf(stderr, "%s: %s\n", address, result->detail);
    } else if (result->error_status != UVSNMP_STATUS_NO_ERROR) {
        asking->failed++;
        (void)fprintf(stderr, "%s: %s\n", address, uvsnmp_status_name(result->error_status));
    } else if (result->count == 1 && result->varbinds[0].value.type == UVSNMP_OCTET_STRING) {
        const struct uvsnmp_bytes name = result->varbinds[0].value.as.bytes;
        (void)printf("%s is %.*s\n", address, (int)name.size, (const char *)name.data);
    }
    uvsnmp_session_free(session);
    if (--asking->outstanding == 0) {
        uvsnmp_client_close(asking->client, NULL, NULL);
    }
}

static struct uvsnmp_bytes octets_of(const char *text)
{
    return (struct uvsnmp_bytes){(const uint8_t *)text, strlen(text)};
}

/* A session has its credential as long as it lives; the program needs it no more. */
static int ask(struct asking *asking, char fields[FIELDS][FIELD_SIZE], int count, struct uvsnmp_error *err)
{
    const struct uvsnmp_oid name = UVSNMP_OID(1, 3, 6, 1, 2, 1, 1, 5, 0);
    const struct uvsnmp_user user = {
        .name = octets_of(fields[USER]),
        .auth = fields[AUTH],
        .auth_secret.passphrase = octets_of(fields[AUTH_PASSWORD]),
        .priv = count > PRIV ? fields[PRIV] : NULL,
        .priv_secret.passphrase = octets_of(count > PRIV_PASSWORD ? fields[PRIV_PASSWORD] : ""),
    };
    struct uvsnmp_session_options options = {.peer = fields[AGENT], .version = UVSNMP_V3, .retries = 1};
    struct uvsnmp_session *session;
    int rc = uvsnmp_credential_new(asking->client, &user, &options.credential, err);
    if (rc < 0) {
        return rc;
    }
    rc = uvsnmp_session_new(asking->client, &options, &session, err);
    uvsnmp_credential_free(options.credential);
    if (rc < 0) {
        return rc;
    }
    rc = uvsnmp_get(session, &name, 1, on_answer, asking);
    if (rc < 0) {
        (void)snprintf(err->detail, sizeof(err->detail), "%s", uvsnmp_strerror(rc));
        uvsnmp_session_free(session);
    }
    return rc;
}

int main(void)
{
    uv_loop_t *loop = uv_default_loop();
    struct asking asking = {.client = NULL};
    struct uvsnmp_error err;
    char line[FIELDS * FIELD_SIZE];
    if (uvsnmp_client_new(loop, NULL, &asking.client, &err) < 0) {
        (void)fprintf(stderr, "secure_gets: %s\n", err.detail);
        return 1;
    }
    while (fgets(line, sizeof(line), stdin)) {
        char fields[FIELDS][FIELD_SIZE];
        int count = sscanf(line, FIELD FIELD FIELD FIELD FIELD FIELD, fields[0], fields[1], fields[2],
                           fields[3], fields[4], fields[5]);
        if (count < PRIV) {
            (void)fprintf(stderr,
                          "secure_gets: AGENT USER AUTH-PROTOCOL PASSWORD [PRIVACY-PROTOCOL PASSWORD]\n");
            asking.failed++;
        } else if (ask(&asking, fields, count, &err) < 0) {
            (void)fprintf(stderr, "%s: %s\n", fields[AGENT], err.detail);
            asking.failed++;
        } else {
            asking.outstanding++;
        }
    }
    if (asking.outstanding == 0) {
        uvsnmp_client_close(asking.client, NULL, NULL);
    }
    (void)uv_run(loop, UV_RUN_DEFAULT);
    return asking.failed > 0;
}
