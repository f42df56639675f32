/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Some columns of two tables of an agent's interfaces, ifTable and ifXTable, which augments it, as one table:
 * a line as soon as a row is complete. On a long line it is round trips that take time, so many columns are
 * asked for at once.
 *
 *   interface_table AGENT
 *       (as snmptable -v2c -c public -Cf ' | ' AGENT ifTable, which has one table and all its columns, and
 * waits for the last row)
 */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

#include <uvsnmp/session.h>

#define INTERFACES 1, 3, 6, 1, 2, 1, 2, 2, 1 /* IF-MIB::ifEntry */
#define MORE 1, 3, 6, 1, 2, 1, 31, 1, 1, 1   /* IF-MIB::ifXEntry */

/* In the order of this. */
enum column { DESCRIPTION, STATE, OCTETS_IN, OCTETS_OUT, COLUMNS };

static const char *state_name(const struct uvsnmp_value *value)
{
    static const char *const names[] = {"?",       "up",      "down",       "testing",
                                        "unknown", "dormant", "notPresent", "lowerLayerDown"};
    int64_t state = value->type == UVSNMP_INTEGER ? value->as.integer : 0;
    return names[state > 0 && state < 8 ? state : 0];
}

static void print_counter(const struct uvsnmp_value *value)
{
    if (value->type == UVSNMP_COUNTER64) {
        (void)printf(" | %" PRIu64, value->as.unsigned64);
    } else {
        (void)printf(" | ?"); /* the agent has no such cell in this row */
    }
}

static int on_row(const struct uvsnmp_row *row, void *arg)
{
    const struct uvsnmp_value *description = &row->cells[DESCRIPTION];
    (void)arg;
    if (row->index.count != 1) {
        return 0; /* no row of these tables */
    }
    (void)printf("%" PRIu32 " | ", row->index.ids[0]);
    if (description->type == UVSNMP_OCTET_STRING) {
        (void)fwrite(description->as.bytes.data, 1, description->as.bytes.size, stdout);
    }
    (void)printf(" | %s", state_name(&row->cells[STATE]));
    print_counter(&row->cells[OCTETS_IN]);
    print_counter(&row->cells[OCTETS_OUT]);
    (void)printf("\n");
    return 0;
}

static void on_end(struct uvsnmp_session *session, const struct uvsnmp_table_result *result, void *arg)
{
    int *status = arg;
    (void)session;
    if (result->end == UVSNMP_TABLE_ERROR_STATUS) {
        (void)fprintf(stderr, "interface_table: %s\n", uvsnmp_status_name(result->last->error_status));
    } else if (result->end == UVSNMP_TABLE_FAILED) {
        (void)fprintf(stderr, "interface_table: %s\n", result->last->detail);
    }
    *status = result->end == UVSNMP_TABLE_COMPLETE ? 0 : 1;
}

int main(int argc, char **argv)
{
    const struct uvsnmp_oid columns[COLUMNS] = {
        [DESCRIPTION] = UVSNMP_OID(INTERFACES, 2),
        [STATE] = UVSNMP_OID(INTERFACES, 8),
        [OCTETS_IN] = UVSNMP_OID(MORE, 6),
        [OCTETS_OUT] = UVSNMP_OID(MORE, 10),
    };
    const struct uvsnmp_session_options session_options = {
        .peer = argc > 1 ? argv[1] : "127.0.0.1",
        .version = UVSNMP_V2C,
        .community = {(const uint8_t *)"public", 6},
        .retries = 2,
    };
    uv_loop_t *loop = uv_default_loop();
    struct uvsnmp_client *client = NULL;
    struct uvsnmp_session *session = NULL;
    struct uvsnmp_error err = {0, ""};
    int status = 1;
    const struct uvsnmp_table_options options = {
        .columns = columns, .column_count = COLUMNS, .each = on_row, .done = on_end, .arg = &status};
    int rc = uvsnmp_client_new(loop, NULL, &client, &err);
    rc = rc < 0 ? rc : uvsnmp_session_new(client, &session_options, &session, &err);
    if (rc == 0) {
        rc = uvsnmp_table(session, &options, NULL);
        if (rc < 0) {
            (void)fprintf(stderr, "interface_table: %s\n", uvsnmp_strerror(rc));
        }
        (void)uv_run(loop,
                     UV_RUN_DEFAULT); /* the client's sockets keep nothing alive when nothing is asked */
    } else {
        (void)fprintf(stderr, "interface_table: %s\n", err.detail);
    }
    uvsnmp_session_free(session);
    if (client) {
        uvsnmp_client_close(client, NULL, NULL);
    }
    (void)uv_run(loop, UV_RUN_DEFAULT);
    (void)uv_loop_close(loop);
    return status;
}
