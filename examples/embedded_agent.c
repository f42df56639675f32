/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * A program with an SNMP agent inside: a room's thermostat, with a writable scalar and a small table. It
 * needs no knowledge of the protocol. Try it:
 *
 *   embedded_agent udp:127.0.0.1:16161 &
 *   snmpwalk -v2c -c public 127.0.0.1:16161 .1.3.6.1.4.1.32473
 *   snmpset  -v2c -c private 127.0.0.1:16161 .1.3.6.1.4.1.32473.1.1.0 i 23
 *
 * (32473 is the enterprise number kept for examples, RFC 5612.) Anybody on the loopback interface may read
 * with the community "public" and write with "private". With a file to keep its boots in it also speaks
 * version 3, to the user "operator", who may write where his messages are encrypted:
 *
 *   embedded_agent udp:127.0.0.1:16161 thermostat.boots &
 *   snmpget -v3 -l authPriv -u operator -a SHA-256 -A 'a long passphrase' -x AES \
 *     -X 'a long passphrase' 127.0.0.1:16161 .1.3.6.1.4.1.32473.1.1.0
 *
 * SIGTERM or SIGINT ends it.
 */
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include <uvsnmp/agent.h>

/* .1 is the group of scalars, .2.1 the entry of the table */
#define THERMOSTAT 1, 3, 6, 1, 4, 1, 32473

struct sensor {
    uint32_t number;
    const char *place;
    int32_t tenths; /* degrees Celsius */
};

struct thermostat {
    int32_t target; /* degrees Celsius, what the writable scalar sets */
    uint32_t adjustments;
    const struct sensor *sensors;
    size_t sensor_count;
};

/* ---- the scalars ---- */

enum { TARGET = 1, ADJUSTMENTS = 2 };

static const struct uvsnmp_object scalar_objects[] = {
    {TARGET, UVSNMP_INTEGER, UVSNMP_READ_WRITE, 5, 30},
    {ADJUSTMENTS, UVSNMP_COUNTER32, UVSNMP_READ_ONLY, 0, 0},
};

static void get_scalar(struct uvsnmp_query *query)
{
    const struct thermostat *thermostat = uvsnmp_query_arg(query);
    struct uvsnmp_value value = uvsnmp_query_object(query)->id == TARGET
                                    ? uvsnmp_integer(thermostat->target)
                                    : uvsnmp_unsigned32(UVSNMP_COUNTER32, thermostat->adjustments);
    uvsnmp_query_answer(query, &value);
}

/* Type and range were checked already. What is to be undone is kept with the query. */
static void commit_scalar(struct uvsnmp_query *query)
{
    struct thermostat *thermostat = uvsnmp_query_arg(query);
    int32_t *before = uvsnmp_query_alloc(query, sizeof(*before));
    if (!before) {
        uvsnmp_query_fail(query, UVSNMP_STATUS_COMMIT_FAILED);
        return;
    }
    *before = thermostat->target;
    uvsnmp_query_set_data(query, before);
    thermostat->target = (int32_t)uvsnmp_query_value(query)->as.integer;
    thermostat->adjustments++;
    uvsnmp_query_done(query);
}

static void undo_scalar(struct uvsnmp_query *query)
{
    struct thermostat *thermostat = uvsnmp_query_arg(query);
    thermostat->target = *(const int32_t *)uvsnmp_query_data(query);
    thermostat->adjustments--;
    uvsnmp_query_done(query);
}

/* ---- the table ---- */

enum { SENSOR_INDEX = 1, SENSOR_PLACE = 2, SENSOR_TENTHS = 3 };

static const struct uvsnmp_object columns[] = {
    {SENSOR_INDEX, UVSNMP_INTEGER, UVSNMP_NOT_ACCESSIBLE, 0, 0},
    {SENSOR_PLACE, UVSNMP_OCTET_STRING, UVSNMP_READ_ONLY, 0, 0},
    {SENSOR_TENTHS, UVSNMP_INTEGER, UVSNMP_READ_ONLY, 0, 0},
};

/* The rows are copied: what changes in the program while a client reads the table does not tear it. */
static void load_sensors(struct uvsnmp_table_load *load, void *arg)
{
    const struct thermostat *thermostat = arg;
    int rc = 0;
    for (size_t i = 0; i < thermostat->sensor_count && rc == 0; i++) {
        struct sensor *row = uvsnmp_table_alloc(load, sizeof(*row));
        if (row) {
            *row = thermostat->sensors[i];
            rc = uvsnmp_table_row(load, UVSNMP_OID(row->number), row);
        } else {
            rc = UVSNMP_ENO_MEMORY;
        }
    }
    uvsnmp_table_loaded(load, rc);
}

static void get_cell(struct uvsnmp_query *query)
{
    const struct sensor *row = uvsnmp_query_row(query);
    struct uvsnmp_value value = uvsnmp_query_object(query)->id == SENSOR_PLACE
                                    ? uvsnmp_octets(row->place, strlen(row->place))
                                    : uvsnmp_integer(row->tenths);
    uvsnmp_query_answer(query, &value);
}

/* ---- the program ---- */

static int register_all(struct uvsnmp_agent *agent, struct thermostat *thermostat, struct uvsnmp_error *err)
{
    const struct uvsnmp_scalars scalars = {
        .objects = scalar_objects,
        .count = sizeof(scalar_objects) / sizeof(scalar_objects[0]),
        .get = get_scalar,
        .commit = commit_scalar,
        .undo = undo_scalar,
        .arg = thermostat,
    };
    const struct uvsnmp_table table = {
        .columns = columns,
        .count = sizeof(columns) / sizeof(columns[0]),
        .max_age_ms = 1000,
        .load = load_sensors,
        .get = get_cell,
        .arg = thermostat,
    };
    int rc = uvsnmp_agent_add_scalars(agent, NULL, UVSNMP_OID(THERMOSTAT, 1), &scalars, NULL, err);
    return rc < 0 ? rc : uvsnmp_agent_add_table(agent, NULL, UVSNMP_OID(THERMOSTAT, 2, 1), &table, NULL, err);
}

static int allow(struct uvsnmp_agent *agent, const char *name, bool write, struct uvsnmp_error *err)
{
    const struct uvsnmp_community community = {
        .name = {.data = (const uint8_t *)name, .size = strlen(name)},
        .write = write,
    };
    return uvsnmp_agent_add_community(agent, &community, err);
}

/* ---- version 3 ---- */

/* Who the agent is, for good: no other thermostat may have it (a real one has its serial number in it). */
static const uint8_t engine_id[] = {0x80, 0x00, 0x7e, 0xd9, 0x05, 'h', 'e', 'a', 't', 1};

/* How often it has been started, this start counted. A file that is lost, or not written, would let old
 * messages be sent again: then there is no version 3. */
static int count_boots(const char *path, int32_t *boots, struct uvsnmp_error *err)
{
    char temporary[1024];
    int number = 0;
    FILE *file = fopen(path, "r");
    bool known = !file || fscanf(file, "%d", &number) == 1;
    if (file) {
        fclose(file);
    }
    snprintf(temporary, sizeof(temporary), "%s.new", path);
    *boots = number < INT32_MAX ? number + 1 : INT32_MAX;
    file = known ? fopen(temporary, "w") : NULL;
    bool written = file && fprintf(file, "%d\n", *boots) > 0 && fflush(file) == 0 && fsync(fileno(file)) == 0;
    written = file && fclose(file) == 0 && written;
    if (!written || rename(temporary, path) != 0) {
        err->code = UVSNMP_EFILE;
        snprintf(err->detail, sizeof(err->detail), "%.200s: the boots cannot be kept there", path);
        return UVSNMP_EFILE;
    }
    return 0;
}

static struct uvsnmp_bytes octets(const char *text)
{
    return (struct uvsnmp_bytes){.data = (const uint8_t *)text, .size = strlen(text)};
}

static int allow_operator(struct uvsnmp_agent *agent, struct uvsnmp_error *err)
{
    const struct uvsnmp_user user = {
        .name = octets("operator"),
        .auth = "SHA-256",
        .priv = "AES",
        .auth_secret = {.passphrase = octets("a long passphrase")},
    };
    const struct uvsnmp_right reads = {.security_name = user.name, .level = UVSNMP_AUTH_NO_PRIV};
    const struct uvsnmp_right writes = {.security_name = user.name, .level = UVSNMP_AUTH_PRIV, .write = true};
    int rc = uvsnmp_agent_add_user(agent, &user, err);
    rc = rc < 0 ? rc : uvsnmp_agent_add_right(agent, &reads, err);
    return rc < 0 ? rc : uvsnmp_agent_add_right(agent, &writes, err);
}

struct program {
    struct uvsnmp_agent *agent;
    uv_signal_t signals[2];
};

static void on_signal(uv_signal_t *handle, int number)
{
    struct program *program = handle->data;
    (void)number;
    for (int i = 0; i < 2; i++) {
        uv_close((uv_handle_t *)&program->signals[i], NULL);
    }
    uvsnmp_agent_close(program->agent, NULL, NULL);
}

/* `arguments`: an interface and a file for the boots; NULL behind the last one. */
static int start(uv_loop_t *loop, char *const *arguments, struct thermostat *thermostat,
                 struct uvsnmp_agent **agent, struct uvsnmp_error *err)
{
    const char *interface_ = arguments[0] ? arguments[0] : "udp:127.0.0.1:16161";
    const char *boots_file = arguments[0] ? arguments[1] : NULL;
    struct uvsnmp_agent_options options = {.interfaces = &interface_, .interface_count = 1};
    int rc = boots_file ? count_boots(boots_file, &options.engine_boots, err) : 0;
    if (boots_file) {
        options.engine_id = (struct uvsnmp_bytes){engine_id, sizeof(engine_id)};
    }
    rc = rc < 0 ? rc : uvsnmp_agent_new(loop, &options, agent, err);
    if (rc < 0) {
        return rc;
    }
    rc = register_all(*agent, thermostat, err);
    if (rc == 0) {
        rc = allow(*agent, "public", false, err);
    }
    if (rc == 0) {
        rc = allow(*agent, "private", true, err);
    }
    if (rc == 0 && boots_file) {
        rc = allow_operator(*agent, err);
    }
    if (rc < 0) {
        uvsnmp_agent_close(*agent, NULL, NULL);
        uv_run(loop, UV_RUN_DEFAULT);
    }
    return rc;
}

int main(int argc, char **argv)
{
    static const struct sensor sensors[] = {{1, "window", 185}, {2, "door", 201}, {7, "ceiling", 223}};
    static const int numbers[] = {SIGTERM, SIGINT};
    struct thermostat thermostat = {.target = 21, .sensors = sensors, .sensor_count = 3};
    struct program program;
    struct uvsnmp_error err;
    uv_loop_t loop;
    char text[UVSNMP_ADDRESS_TEXT_MAX];
    if (uv_loop_init(&loop) < 0) {
        return 1;
    }
    (void)argc;
    if (start(&loop, argv + 1, &thermostat, &program.agent, &err) < 0) {
        fprintf(stderr, "embedded_agent: %s\n", err.detail);
        return 1;
    }
    for (int i = 0; i < 2; i++) {
        uv_signal_init(&loop, &program.signals[i]);
        program.signals[i].data = &program;
        uv_signal_start(&program.signals[i], on_signal, numbers[i]);
    }
    uvsnmp_address_format(uvsnmp_agent_bound(program.agent, 0), text, sizeof(text));
    printf("listening on %s\n", text);
    fflush(stdout);
    uv_run(&loop, UV_RUN_DEFAULT); /* until a signal */
    return uv_loop_close(&loop) == 0 ? 0 : 1;
}
