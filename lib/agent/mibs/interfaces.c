/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The interfaces group and ifXTable (RFC 2863): ifNumber, ifTable, ifXTable, ifTableLastChange. Both tables
 * are made of one reading of the kernel's interfaces, at most a second old. A reading that differs from the
 * one before moves ifLastChange and ifTableLastChange; the kernel's link events cause one at once, so that
 * these times are right also when nobody asks.
 */
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include "agent/host/host.h"
#include "agent/mibs/group.h"
#include "agent/mibs/links.h"
#include "base/err.h"
#include "base/log.h"
#include "io/timer.h"
#include "io/watch.h"

enum {
    MAX_AGE_MS = 1000,
    EVENT_DELAY_MS = 100, /* link events come in flocks: one reading for all of them */
    TICK_MS = 10,
    UP = 1,
    DOWN = 2,
    TRUE = 1,
    FALSE = 2,
    MEGA = 1000000,
};

/* An interface as the tables show it; columns point into it. */
struct row {
    int32_t index, type, mtu, admin, oper, promiscuous, connector;
    uint32_t speed, high_speed, last_change, zero;
    uint64_t in_octets, in_unicast, in_multicast, in_discards, in_errors;
    uint64_t out_octets, out_unicast, out_discards, out_errors, none;
    struct uvsnmp_bytes name, alias, address;
    struct host_interface host; /* owns what the three above show */
};

struct interfaces {
    struct mibs *mibs;
    struct host *host;
    struct host_interfaces now, before;
    uint32_t *last_change, *last_change_before; /* of each of now.list, in its order */
    bool read;                                  /* `now` holds a reading … */
    uint32_t read_at;                           /* … made at this sysUpTime */
    uint32_t table_change;
    struct links links; /* what was told of them */
    struct uvsnmp_registration *table, *extension;
    struct log_limit failures;
    struct io_watch *watch;
    struct io_timer *timer; /* NULL: changes are noticed when somebody asks */
};

/* The columns and, in the same order, where in a row their value is. Of UVSNMP_INTEGER it is an int32_t, of
 * COUNTER32 and COUNTER64 an uint64_t, of GAUGE32 and TIMETICKS an uint32_t. ifLinkUpDownTrapEnable is a column
 * without values, as in Net-SNMP. */
#define COLUMN_MAP_TABLE(XX)                                                                                 \
    XX(1, INTEGER, index)                                                                                    \
    XX(2, OCTET_STRING, name)                                                                                \
    XX(3, INTEGER, type)                                                                                     \
    XX(4, INTEGER, mtu)                                                                                      \
    XX(5, GAUGE32, speed)                                                                                    \
    XX(6, OCTET_STRING, address)                                                                             \
    XX(7, INTEGER, admin)                                                                                    \
    XX(8, INTEGER, oper)                                                                                     \
    XX(9, TIMETICKS, last_change)                                                                            \
    XX(10, COUNTER32, in_octets)                                                                             \
    XX(11, COUNTER32, in_unicast)                                                                            \
    XX(12, COUNTER32, in_multicast)                                                                          \
    XX(13, COUNTER32, in_discards)                                                                           \
    XX(14, COUNTER32, in_errors)                                                                             \
    XX(15, COUNTER32, none)                                                                                  \
    XX(16, COUNTER32, out_octets)                                                                            \
    XX(17, COUNTER32, out_unicast)                                                                           \
    XX(18, COUNTER32, none)                                                                                  \
    XX(19, COUNTER32, out_discards)                                                                          \
    XX(20, COUNTER32, out_errors)                                                                            \
    XX(21, GAUGE32, zero)                                                                                    \
    XX(22, OBJECT_IDENTIFIER, zero)

#define COLUMN_MAP_EXTENSION(XX)                                                                             \
    XX(1, OCTET_STRING, name)                                                                                \
    XX(2, COUNTER32, in_multicast)                                                                           \
    XX(3, COUNTER32, none)                                                                                   \
    XX(4, COUNTER32, none)                                                                                   \
    XX(5, COUNTER32, none)                                                                                   \
    XX(6, COUNTER64, in_octets)                                                                              \
    XX(7, COUNTER64, in_unicast)                                                                             \
    XX(8, COUNTER64, in_multicast)                                                                           \
    XX(9, COUNTER64, none)                                                                                   \
    XX(10, COUNTER64, out_octets)                                                                            \
    XX(11, COUNTER64, out_unicast)                                                                           \
    XX(12, COUNTER64, none)                                                                                  \
    XX(13, COUNTER64, none)                                                                                  \
    XX(14, NO_SUCH_INSTANCE, zero)                                                                           \
    XX(15, GAUGE32, high_speed)                                                                              \
    XX(16, INTEGER, promiscuous)                                                                             \
    XX(17, INTEGER, connector)                                                                               \
    XX(18, OCTET_STRING, alias)                                                                              \
    XX(19, TIMETICKS, zero)

#define OBJECT(id, type, member) {id, UVSNMP_##type, UVSNMP_READ_ONLY, 0, 0},
#define OFFSET(id, type, member) offsetof(struct row, member),
static const struct uvsnmp_object columns[] = {COLUMN_MAP_TABLE(OBJECT) COLUMN_MAP_EXTENSION(OBJECT)};
static const size_t offsets[] = {COLUMN_MAP_TABLE(OFFSET) COLUMN_MAP_EXTENSION(OFFSET)};
#undef OBJECT
#undef OFFSET
enum { EXTENSION_COLUMNS = 19, COLUMNS = sizeof(columns) / sizeof(*columns) };

/* ---- the reading ---- */

/* Compares the new reading with the one before and dates what changed. */
static void date_changes(struct interfaces *interfaces, uint32_t uptime)
{
    bool other_rows = interfaces->now.count != interfaces->before.count;
    for (size_t i = 0; i < interfaces->now.count; i++) {
        const struct host_interface *new = &interfaces->now.list[i];
        const struct host_interface *old = host_interfaces_find(&interfaces->before, new->index);
        bool same = old && old->admin_up == new->admin_up && old->running == new->running;
        interfaces->last_change[i] =
            same ? interfaces->last_change_before[old - interfaces->before.list] : uptime;
        other_rows = other_rows || !old;
    }
    if (other_rows) {
        interfaces->table_change = uptime;
    }
}

static void swap_readings(struct interfaces *interfaces)
{
    struct host_interfaces list = interfaces->before;
    uint32_t *dates = interfaces->last_change_before;
    interfaces->before = interfaces->now;
    interfaces->last_change_before = interfaces->last_change;
    interfaces->now = list;
    interfaces->last_change = dates;
}

/* The timer shall fire at `due` at the latest. */
static void wake_at(struct interfaces *interfaces, uint64_t due)
{
    if (interfaces->timer && due < interfaces->timer->due) {
        io_timer_set(interfaces->timer, due);
    }
}

static int read_anew(struct interfaces *interfaces)
{
    struct uvsnmp_error err;
    uint32_t uptime = uvsnmp_agent_uptime(interfaces->mibs->agent);
    swap_readings(interfaces);
    int status = host_interfaces_read(interfaces->host, interfaces->read ? &interfaces->before : NULL,
                                      &interfaces->now, &err);
    uint32_t *dates = status ? NULL
                             : realloc(interfaces->last_change,
                                       (interfaces->now.count + 1) * sizeof(*interfaces->last_change));
    if (!dates) {
        swap_readings(interfaces);
        if (log_limit_allows(&interfaces->failures, 1, 60000, (uint64_t)uptime * TICK_MS)) {
            log_write(LOG_LEVEL_ERR, "interfaces: %s", status ? err.detail : "out of memory");
        }
        return status ? status : UVSNMP_ENO_MEMORY;
    }
    interfaces->last_change = dates;
    if (interfaces->read) {
        date_changes(interfaces, uptime);
    } else {
        memset(dates, 0, (interfaces->now.count + 1) * sizeof(*dates));
    }
    interfaces->read = true;
    interfaces->read_at = uptime;
    wake_at(interfaces, links_follow(&interfaces->links, interfaces->mibs, &interfaces->now));
    return 0;
}

static int read_if_old(struct interfaces *interfaces)
{
    uint32_t age = uvsnmp_agent_uptime(interfaces->mibs->agent) - interfaces->read_at;
    return interfaces->read && age < MAX_AGE_MS / TICK_MS ? 0 : read_anew(interfaces);
}

/* ---- link events ---- */

static void on_timer(struct io_timer *timer)
{
    struct interfaces *interfaces = timer->arg;
    if (read_anew(interfaces) == 0) {
        uvsnmp_table_invalidate(interfaces->table);
        uvsnmp_table_invalidate(interfaces->extension);
    }
}

static void on_link_event(void *arg)
{
    struct interfaces *interfaces = arg;
    host_link_events_drain(interfaces->host);
    wake_at(interfaces, io_now(interfaces->mibs->loop) + EVENT_DELAY_MS);
}

/* Without events the tables are right all the same; only the times of changes are as rough as the polling. */
static void follow_links(struct interfaces *interfaces)
{
    struct uvsnmp_error err;
    int fd = host_link_events(interfaces->host);
    interfaces->timer = fd < 0 ? NULL : malloc(sizeof(*interfaces->timer));
    if (!interfaces->timer) {
        return;
    }
    uv_loop_t *loop = interfaces->mibs->loop;
    io_timer_init(interfaces->timer, loop, on_timer, interfaces);
    if (io_watch_readable(loop, fd, on_link_event, interfaces, &interfaces->watch, &err)) {
        log_write(LOG_LEVEL_WARNING, "interfaces: %s", err.detail);
    }
}

/* ---- the tables ---- */

static uint32_t clamp32(uint64_t number)
{
    return number < UINT32_MAX ? (uint32_t)number : UINT32_MAX;
}

static void fill_row(struct row *row, const struct host_interface *from, uint32_t last_change)
{
    memset(row, 0, sizeof(*row));
    row->host = *from;
    row->index = from->index;
    row->type = from->type;
    row->mtu = (int32_t)(from->mtu & INT32_MAX);
    row->admin = from->admin_up ? UP : DOWN;
    row->oper = from->running ? UP : DOWN;
    row->promiscuous = from->promiscuous ? TRUE : FALSE;
    row->connector = from->connector ? TRUE : FALSE;
    row->speed = clamp32(from->speed);
    row->high_speed = clamp32((from->speed + MEGA / 2) / MEGA);
    row->last_change = last_change;
    row->in_octets = from->in_octets;
    row->in_unicast = from->in_packets > from->in_multicast ? from->in_packets - from->in_multicast : 0;
    row->in_multicast = from->in_multicast;
    row->in_discards = from->in_discards;
    row->in_errors = from->in_errors;
    row->out_octets = from->out_octets;
    row->out_unicast = from->out_packets;
    row->out_discards = from->out_discards;
    row->out_errors = from->out_errors;
    row->name = (struct uvsnmp_bytes){(const uint8_t *)row->host.name, row->host.name_size};
    row->alias = (struct uvsnmp_bytes){(const uint8_t *)row->host.alias, row->host.alias_size};
    row->address = (struct uvsnmp_bytes){row->host.address, row->host.address_size};
}

static void load_rows(struct uvsnmp_table_load *load, void *arg)
{
    struct interfaces *interfaces = arg;
    int status = read_if_old(interfaces);
    struct row *rows = status ? NULL : uvsnmp_table_alloc(load, (interfaces->now.count + 1) * sizeof(*rows));
    if (status == 0 && !rows) {
        status = UVSNMP_ENO_MEMORY;
    }
    for (size_t i = 0; status == 0 && i < interfaces->now.count; i++) {
        fill_row(&rows[i], &interfaces->now.list[i], interfaces->last_change[i]);
        status = uvsnmp_table_row(load, UVSNMP_OID((uint32_t)rows[i].index), &rows[i]);
    }
    uvsnmp_table_loaded(load, status);
}

static void get_cell(struct uvsnmp_query *query)
{
    const struct uvsnmp_object *column = uvsnmp_query_object(query);
    const char *member = (const char *)uvsnmp_query_row(query) + offsets[column - columns];
    struct uvsnmp_value value = {.type = column->type};
    switch (column->type) {
    case UVSNMP_INTEGER: {
        int32_t number;
        memcpy(&number, member, sizeof(number));
        value.as.integer = number;
        break;
    }
    case UVSNMP_OCTET_STRING:
        memcpy(&value.as.bytes, member, sizeof(value.as.bytes));
        break;
    case UVSNMP_COUNTER64:
        memcpy(&value.as.unsigned64, member, sizeof(value.as.unsigned64));
        break;
    case UVSNMP_COUNTER32: {
        uint64_t number;
        memcpy(&number, member, sizeof(number));
        value.as.unsigned32 = (uint32_t)number; /* it wraps */
        break;
    }
    case UVSNMP_OBJECT_IDENTIFIER:
        value.as.oid = UVSNMP_OID(0, 0); /* ifSpecific: no such document */
        uvsnmp_query_answer(query, &value);
        return;
    default:
        memcpy(&value.as.unsigned32, member, sizeof(value.as.unsigned32));
        break;
    }
    uvsnmp_query_answer(query, &value);
}

static void get_number(struct uvsnmp_query *query)
{
    struct interfaces *interfaces = uvsnmp_query_arg(query);
    if (read_if_old(interfaces)) {
        uvsnmp_query_fail(query, UVSNMP_STATUS_GEN_ERR);
    } else {
        mibs_answer_integer(query, (int32_t)interfaces->now.count);
    }
}

static void get_table_change(struct uvsnmp_query *query)
{
    struct interfaces *interfaces = uvsnmp_query_arg(query);
    if (read_if_old(interfaces)) {
        uvsnmp_query_fail(query, UVSNMP_STATUS_GEN_ERR);
    } else {
        mibs_answer_unsigned(query, UVSNMP_TIMETICKS, interfaces->table_change);
    }
}

/* ---- registration ---- */

static const struct uvsnmp_object number_object = {1, UVSNMP_INTEGER, UVSNMP_READ_ONLY, 0, 0};
static const struct uvsnmp_object table_change_object = {5, UVSNMP_TIMETICKS, UVSNMP_READ_ONLY, 0, 0};

static int add_all(struct interfaces *interfaces, struct uvsnmp_error *err)
{
    struct uvsnmp_agent *agent = interfaces->mibs->agent;
    struct uvsnmp_scalars scalar = {
        .objects = &number_object, .count = 1, .get = get_number, .arg = interfaces};
    struct uvsnmp_table table = {
        .columns = columns,
        .count = COLUMNS - EXTENSION_COLUMNS,
        .max_age_ms = MAX_AGE_MS,
        .load = load_rows,
        .get = get_cell,
        .arg = interfaces,
    };
    int status = uvsnmp_agent_add_scalars(agent, NULL, UVSNMP_OID(1, 3, 6, 1, 2, 1, 2), &scalar, NULL, err);
    if (status == 0) {
        status = uvsnmp_agent_add_table(agent, NULL, UVSNMP_OID(1, 3, 6, 1, 2, 1, 2, 2, 1), &table,
                                        &interfaces->table, err);
    }
    table.columns = columns + COLUMNS - EXTENSION_COLUMNS;
    table.count = EXTENSION_COLUMNS;
    if (status == 0) {
        status = uvsnmp_agent_add_table(agent, NULL, UVSNMP_OID(1, 3, 6, 1, 2, 1, 31, 1, 1, 1), &table,
                                        &interfaces->extension, err);
    }
    scalar.objects = &table_change_object;
    scalar.get = get_table_change;
    if (status == 0) {
        status =
            uvsnmp_agent_add_scalars(agent, NULL, UVSNMP_OID(1, 3, 6, 1, 2, 1, 31, 1), &scalar, NULL, err);
    }
    return status;
}

int interfaces_add(struct mibs *mibs, struct uvsnmp_error *err)
{
    struct interfaces *interfaces = calloc(1, sizeof(*interfaces));
    if (!interfaces) {
        return err_set(err, UVSNMP_ENO_MEMORY, "out of memory");
    }
    mibs->interfaces = interfaces;
    interfaces->mibs = mibs;
    struct uvsnmp_error reason;
    int opened = host_new(&interfaces->host, &reason);
    if (opened == UVSNMP_ENO_MEMORY) {
        return err_set(err, opened, "out of memory");
    }
    if (opened) {
        /* a sandbox without netlink: the rest of the agent is of use all the same */
        log_write(LOG_LEVEL_WARNING, "Warning: no interfaces are served: %s", reason.detail);
        return 0;
    }
    int status = add_all(interfaces, err);
    if (status == 0) {
        (void)read_anew(interfaces); /* what is there now has not changed; a failure was logged */
        follow_links(interfaces);
    }
    return status;
}

static void on_timer_closed(struct io_timer *timer)
{
    free(timer);
}

void interfaces_stop(struct mibs *mibs)
{
    struct interfaces *interfaces = mibs->interfaces;
    if (!interfaces) {
        return;
    }
    io_watch_close(interfaces->watch);
    interfaces->watch = NULL;
    if (interfaces->timer) {
        io_timer_close(interfaces->timer, on_timer_closed);
        interfaces->timer = NULL;
    }
}

void interfaces_free(struct mibs *mibs)
{
    struct interfaces *interfaces = mibs->interfaces;
    if (!interfaces) {
        return;
    }
    links_fini(&interfaces->links);
    host_interfaces_fini(&interfaces->now);
    host_interfaces_fini(&interfaces->before);
    free(interfaces->last_change);
    free(interfaces->last_change_before);
    host_free(interfaces->host);
    free(interfaces);
    mibs->interfaces = NULL;
}
