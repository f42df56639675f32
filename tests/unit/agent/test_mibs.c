/* SPDX-License-Identifier: BSD-3-Clause */
/* The MIB groups over a host that the test makes up. */
#include <unistd.h>

#include "agent/mibs/mibs.h"
#include "io/loop.h"
#include "unit/agent/fake_host.h"
#include "unit/agent/fixture.h"

struct suite {
    struct fixture *fixture;
    uv_loop_t *loop;
    struct mibs *mibs;
    struct mibs_settings settings;
    unsigned changes;
};

#define SYSTEM(...) UVSNMP_OID(1, 3, 6, 1, 2, 1, 1, __VA_ARGS__)
#define SNMP(id) UVSNMP_OID(1, 3, 6, 1, 2, 1, 11, id, 0)
#define IF_COLUMN(column, index) UVSNMP_OID(1, 3, 6, 1, 2, 1, 2, 2, 1, column, index)
#define IFX_COLUMN(column, index) UVSNMP_OID(1, 3, 6, 1, 2, 1, 31, 1, 1, 1, column, index)
#define IF_NUMBER UVSNMP_OID(1, 3, 6, 1, 2, 1, 2, 1, 0)
#define IF_TABLE_CHANGE UVSNMP_OID(1, 3, 6, 1, 2, 1, 31, 1, 5, 0)

static void on_changed(void *arg)
{
    (*(unsigned *)arg)++;
}

static void make_host(void)
{
    memset(&fake_host, 0, sizeof(fake_host));
    fake_host.count = 2;
    fake_host.list[0] = (struct host_interface){
        .index = 1,
        .type = 24,
        .mtu = 65536,
        .speed = 10000000,
        .admin_up = true,
        .running = true,
        .name = "lo",
        .name_size = 2,
    };
    fake_host.list[1] = (struct host_interface){
        .index = 7,
        .type = 6,
        .mtu = 1500,
        .speed = 10000000000,
        .admin_up = true,
        .connector = true,
        .promiscuous = true,
        .name = "eth0",
        .name_size = 4,
        .alias = "uplink",
        .alias_size = 6,
        .address = {2, 0, 0, 0, 0, 1},
        .address_size = 6,
        .in_octets = (UINT64_C(1) << 32) + 5,
        .in_packets = 100,
        .in_multicast = 30,
        .in_discards = 3,
        .in_errors = 4,
        .out_octets = 50,
        .out_packets = 60,
        .out_discards = 7,
        .out_errors = 8,
    };
}

static struct suite *suite_new(const char *groups)
{
    struct suite *suite = calloc(1, sizeof(*suite));
    suite->fixture = fixture_new(NULL);
    suite->fixture->community = "private";
    suite->loop = io_loop_new();
    assert_non_null(suite->loop);
    mibs_settings_init(&suite->settings);
    const struct mibs_options options = {
        .settings = &suite->settings, .groups = groups, .changed = on_changed, .arg = &suite->changes};
    assert_int_equal(mibs_new(suite->fixture->agent, suite->loop, &options, &suite->mibs, NULL), 0);
    return suite;
}

static void suite_free(struct suite *suite)
{
    mibs_stop(suite->mibs);
    io_loop_run(suite->loop);
    fixture_free(suite->fixture);
    mibs_free(suite->mibs);
    io_loop_free(suite->loop);
    free(suite);
}

static int set_up(void **state)
{
    make_host();
    *state = suite_new(NULL);
    return 0;
}

static int tear_down(void **state)
{
    suite_free(*state);
    return 0;
}

static struct fixture *fixture_of(void **state)
{
    return ((struct suite *)*state)->fixture;
}

static void assert_octets(const struct uvsnmp_varbind *varbind, const char *octets)
{
    assert_int_equal(varbind->value.type, UVSNMP_OCTET_STRING);
    assert_int_equal(varbind->value.as.bytes.size, strlen(octets));
    assert_memory_equal(varbind->value.as.bytes.data, octets, strlen(octets));
}

static void assert_unsigned(const struct uvsnmp_varbind *varbind, enum uvsnmp_type type, uint32_t number)
{
    assert_int_equal(varbind->value.type, type);
    assert_int_equal(varbind->value.as.unsigned32, number);
}

static void assert_counter64(const struct uvsnmp_varbind *varbind, uint64_t number)
{
    assert_int_equal(varbind->value.type, UVSNMP_COUNTER64);
    assert_int_equal(varbind->value.as.unsigned64, number);
}

static int32_t set_text(struct fixture *fixture, struct uvsnmp_oid name, const char *text)
{
    return fixture_set_one(fixture, name, uvsnmp_octets(text, strlen(text)));
}

/* ---- system ---- */

static void the_system_group_tells_what_the_host_says(void **state)
{
    struct fixture *fixture = fixture_of(state);
    assert_octets(fixture_get_one(fixture, SYSTEM(1, 0)), "Fake vm 1.0");
    const struct uvsnmp_varbind *id = fixture_get_one(fixture, SYSTEM(2, 0));
    assert_int_equal(uvsnmp_oid_compare(id->value.as.oid, UVSNMP_OID(1, 3, 6, 1, 4, 1, 8072, 3, 2, 10)), 0);
    fixture_advance(fixture, 12340);
    assert_unsigned(fixture_get_one(fixture, SYSTEM(3, 0)), UVSNMP_TIMETICKS, 1234);
    assert_octets(fixture_get_one(fixture, SYSTEM(4, 0)), "root");
    assert_octets(fixture_get_one(fixture, SYSTEM(5, 0)), "vm");
    assert_octets(fixture_get_one(fixture, SYSTEM(6, 0)), "Unknown");
}

static void sys_services_is_there_only_when_configured(void **state)
{
    struct suite *suite = *state;
    assert_int_equal(fixture_get_one(suite->fixture, SYSTEM(7, 0))->value.type, UVSNMP_NO_SUCH_INSTANCE);
    assert_name(fixture_next_one(suite->fixture, SYSTEM(6, 0)), SYSTEM(8, 0));
    suite->settings.services = (struct mibs_number){MIBS_CONFIGURED, 72};
    mibs_configure(suite->mibs, &suite->settings, NULL);
    assert_integer(fixture_get_one(suite->fixture, SYSTEM(7, 0)), 72);
}

static void what_is_set_is_served_and_reported_for_storing(void **state)
{
    struct suite *suite = *state;
    for (uint32_t id = 4; id <= 6; id++) {
        assert_int_equal(set_text(suite->fixture, SYSTEM(id, 0), "new"), UVSNMP_STATUS_NO_ERROR);
        assert_octets(fixture_get_one(suite->fixture, SYSTEM(id, 0)), "new");
    }
    assert_int_equal(suite->changes, 3);
    assert_int_equal(mibs_settings(suite->mibs)->location.origin, MIBS_PERSISTENT);
}

static void what_the_configuration_says_is_not_writable(void **state)
{
    struct suite *suite = *state;
    assert_true(mibs_text_set(&suite->settings.location, MIBS_CONFIGURED, "here", 4));
    mibs_configure(suite->mibs, &suite->settings, NULL);
    assert_int_equal(set_text(suite->fixture, SYSTEM(6, 0), "new"), UVSNMP_STATUS_NOT_WRITABLE);
    assert_int_equal(set_text(suite->fixture, SYSTEM(4, 0), "new"), UVSNMP_STATUS_NO_ERROR);
    assert_octets(fixture_get_one(suite->fixture, SYSTEM(6, 0)), "here");
}

static void texts_have_255_octets_at_most(void **state)
{
    struct fixture *fixture = fixture_of(state);
    char text[257] = "";
    memset(text, 'x', 256);
    assert_int_equal(set_text(fixture, SYSTEM(5, 0), text), UVSNMP_STATUS_WRONG_LENGTH);
    text[255] = '\0';
    assert_int_equal(set_text(fixture, SYSTEM(5, 0), text), UVSNMP_STATUS_NO_ERROR);
    assert_int_equal(fixture_set_one(fixture, SYSTEM(5, 0), uvsnmp_integer(1)), UVSNMP_STATUS_WRONG_TYPE);
    assert_int_equal(set_text(fixture, SYSTEM(1, 0), "x"), UVSNMP_STATUS_NOT_WRITABLE);
}

/* As Net-SNMP's snmpd, which takes all other octets. */
static void texts_have_no_nul(void **state)
{
    static const uint8_t bad[][3] = {{0, 'a', 'b'}, {'a', 0, 'b'}, {'a', 'b', 0}};
    static const uint8_t odd[] = {1, 7, '\n', '\r', 0x1b, 0x7f, 0x80, 0xc3, 0xa4, 0xff};
    struct suite *suite = *state;
    struct fixture *fixture = suite->fixture;
    struct mibs_settings settings = *mibs_settings(suite->mibs);
    for (uint32_t id = 4; id <= 6; id++) {
        for (size_t i = 0; i < COUNT_OF(bad); i++) {
            assert_int_equal(fixture_set_one(fixture, SYSTEM(id, 0), uvsnmp_octets(bad[i], sizeof(bad[i]))),
                             UVSNMP_STATUS_WRONG_VALUE);
        }
        assert_int_equal(fixture_set_one(fixture, SYSTEM(id, 0), uvsnmp_octets(odd, sizeof(odd))),
                         UVSNMP_STATUS_NO_ERROR);
        assert_int_equal(fixture_set_one(fixture, SYSTEM(id, 0), uvsnmp_octets(NULL, 0)), UVSNMP_STATUS_NO_ERROR);
    }
    assert_true(mibs_text_set(&settings.location, MIBS_CONFIGURED, "here", 4));
    mibs_configure(suite->mibs, &settings, NULL);
    assert_int_equal(fixture_set_one(fixture, SYSTEM(6, 0), uvsnmp_octets(bad[0], sizeof(bad[0]))),
                     UVSNMP_STATUS_WRONG_VALUE);
    assert_int_equal(fixture_set_one(fixture, SYSTEM(6, 0), uvsnmp_octets("x", 1)), UVSNMP_STATUS_NOT_WRITABLE);
}

static void a_set_changes_all_or_nothing(void **state)
{
    struct suite *suite = *state;
    const struct uvsnmp_varbind varbinds[] = {
        {SYSTEM(4, 0), uvsnmp_octets("a", 1)},
        {SYSTEM(1, 0), uvsnmp_octets("b", 1)},
    };
    assert_true(fixture_set(suite->fixture, varbinds, 2));
    assert_status(suite->fixture, UVSNMP_STATUS_NOT_WRITABLE, 2);
    assert_octets(fixture_get_one(suite->fixture, SYSTEM(4, 0)), "root");
    assert_int_equal(suite->changes, 0);
}

static void a_new_configuration_keeps_what_was_set_and_wins_over_it(void **state)
{
    struct suite *suite = *state;
    assert_int_equal(set_text(suite->fixture, SYSTEM(4, 0), "set"), UVSNMP_STATUS_NO_ERROR);
    assert_int_equal(set_text(suite->fixture, SYSTEM(6, 0), "set"), UVSNMP_STATUS_NO_ERROR);
    assert_true(mibs_text_set(&suite->settings.location, MIBS_CONFIGURED, "conf", 4));
    mibs_configure(suite->mibs, &suite->settings, NULL);
    assert_octets(fixture_get_one(suite->fixture, SYSTEM(4, 0)), "set");
    assert_octets(fixture_get_one(suite->fixture, SYSTEM(6, 0)), "conf");
}

static void capabilities_fill_the_or_table(void **state)
{
    struct suite *suite = *state;
    assert_name(fixture_next_one(suite->fixture, SYSTEM(8, 0)), SYSTEM(9, 1, 2, 1));
    assert_octets(fixture_get_one(suite->fixture, SYSTEM(9, 1, 3, 1)), "The MIB module for SNMPv2 entities");
    assert_unsigned(fixture_get_one(suite->fixture, SYSTEM(9, 1, 4, 2)), UVSNMP_TIMETICKS, 0);
    fixture_advance(suite->fixture, 5000);
    assert_int_equal(uvsnmp_agent_add_capability(suite->fixture->agent, UVSNMP_OID(1, 3, 9), "mine"), 6);
    assert_octets(fixture_get_one(suite->fixture, SYSTEM(9, 1, 3, 6)), "mine");
    assert_unsigned(fixture_get_one(suite->fixture, SYSTEM(9, 1, 4, 6)), UVSNMP_TIMETICKS, 500);
    assert_unsigned(fixture_get_one(suite->fixture, SYSTEM(8, 0)), UVSNMP_TIMETICKS, 500);
}

/* ---- snmp ---- */

static void the_snmp_group_has_the_counters_that_net_snmp_serves(void **state)
{
    static const uint32_t ids[] = {1,  2,  3,  4,  5,  6,  8,  9,  10, 11, 12, 13, 14, 15, 16,
                                   17, 18, 19, 20, 21, 22, 24, 25, 26, 27, 28, 29, 30, 31, 32};
    struct fixture *fixture = fixture_of(state);
    uint32_t place[10] = {1, 3, 6, 1, 2, 1, 11};
    size_t length = 7;
    for (size_t i = 0; i < COUNT_OF(ids); i++) {
        const struct uvsnmp_varbind *next = fixture_next_one(fixture, (struct uvsnmp_oid){place, length});
        assert_name(next, SNMP(ids[i]));
        assert_int_equal(next->value.type, ids[i] == 30 ? UVSNMP_INTEGER : UVSNMP_COUNTER32);
        memcpy(place, next->name.ids, next->name.count * sizeof(*place));
        length = next->name.count;
    }
}

static void requests_are_counted(void **state)
{
    struct fixture *fixture = fixture_of(state);
    uint32_t gets = fixture_get_one(fixture, SNMP(15))->value.as.unsigned32;
    uint32_t later = fixture_get_one(fixture, SNMP(15))->value.as.unsigned32;
    assert_int_equal(later, gets + 1);
}

static void the_trap_switch_takes_1_and_2(void **state)
{
    struct suite *suite = *state;
    assert_integer(fixture_get_one(suite->fixture, SNMP(30)), 2);
    assert_int_equal(fixture_set_one(suite->fixture, SNMP(30), uvsnmp_integer(3)), UVSNMP_STATUS_WRONG_VALUE);
    assert_int_equal(fixture_set_one(suite->fixture, SNMP(30), uvsnmp_integer(1)), UVSNMP_STATUS_NO_ERROR);
    assert_integer(fixture_get_one(suite->fixture, SNMP(30)), 1);
    assert_int_equal(suite->changes, 1);
    assert_int_equal(fixture_set_one(suite->fixture, SNMP(1), uvsnmp_unsigned32(UVSNMP_COUNTER32, 0)),
                     UVSNMP_STATUS_NOT_WRITABLE);
}

/* ---- interfaces ---- */

static void the_interface_tables_show_the_interfaces(void **state)
{
    struct fixture *fixture = fixture_of(state);
    assert_integer(fixture_get_one(fixture, IF_NUMBER), 2);
    assert_integer(fixture_get_one(fixture, IF_COLUMN(1, 7)), 7);
    assert_octets(fixture_get_one(fixture, IF_COLUMN(2, 7)), "eth0");
    assert_integer(fixture_get_one(fixture, IF_COLUMN(3, 1)), 24);
    assert_integer(fixture_get_one(fixture, IF_COLUMN(4, 1)), 65536);
    assert_octets(fixture_get_one(fixture, IF_COLUMN(6, 1)), "");
    assert_int_equal(fixture_get_one(fixture, IF_COLUMN(6, 7))->value.as.bytes.size, 6);
    assert_integer(fixture_get_one(fixture, IF_COLUMN(7, 7)), 1);
    assert_integer(fixture_get_one(fixture, IF_COLUMN(8, 7)), 2);
    assert_unsigned(fixture_get_one(fixture, IF_COLUMN(12, 7)), UVSNMP_COUNTER32, 30);
    assert_unsigned(fixture_get_one(fixture, IF_COLUMN(13, 7)), UVSNMP_COUNTER32, 3);
    assert_unsigned(fixture_get_one(fixture, IF_COLUMN(14, 7)), UVSNMP_COUNTER32, 4);
    assert_unsigned(fixture_get_one(fixture, IF_COLUMN(17, 7)), UVSNMP_COUNTER32, 60);
    assert_unsigned(fixture_get_one(fixture, IF_COLUMN(20, 7)), UVSNMP_COUNTER32, 8);
    const struct uvsnmp_varbind *specific = fixture_get_one(fixture, IF_COLUMN(22, 7));
    assert_int_equal(uvsnmp_oid_compare(specific->value.as.oid, UVSNMP_OID(0, 0)), 0);
    assert_octets(fixture_get_one(fixture, IFX_COLUMN(1, 1)), "lo");
    assert_integer(fixture_get_one(fixture, IFX_COLUMN(16, 7)), 1);
    assert_integer(fixture_get_one(fixture, IFX_COLUMN(17, 1)), 2);
    assert_octets(fixture_get_one(fixture, IFX_COLUMN(18, 7)), "uplink");
    assert_name(fixture_next_one(fixture, IF_COLUMN(22, 7)), SNMP(1));
    assert_int_equal(fixture_get_one(fixture, IFX_COLUMN(14, 1))->value.type, UVSNMP_NO_SUCH_INSTANCE);
    assert_int_equal(fixture_get_one(fixture, IFX_COLUMN(20, 1))->value.type, UVSNMP_NO_SUCH_OBJECT);
    assert_name(fixture_next_one(fixture, IFX_COLUMN(13, 7)), IFX_COLUMN(15, 1));
    assert_name(fixture_next_one(fixture, IFX_COLUMN(14, 1)), IFX_COLUMN(15, 1));
}

static void counters_of_32_bits_wrap_and_gauges_stay_at_their_top(void **state)
{
    struct fixture *fixture = fixture_of(state);
    assert_unsigned(fixture_get_one(fixture, IF_COLUMN(10, 7)), UVSNMP_COUNTER32, 5);
    assert_counter64(fixture_get_one(fixture, IFX_COLUMN(6, 7)), (UINT64_C(1) << 32) + 5);
    assert_unsigned(fixture_get_one(fixture, IF_COLUMN(5, 7)), UVSNMP_GAUGE32, UINT32_MAX);
    assert_unsigned(fixture_get_one(fixture, IFX_COLUMN(15, 7)), UVSNMP_GAUGE32, 10000);
}

static void unicast_is_what_is_not_multicast(void **state)
{
    struct fixture *fixture = fixture_of(state);
    assert_unsigned(fixture_get_one(fixture, IF_COLUMN(11, 7)), UVSNMP_COUNTER32, 70);
    fake_host.list[1].in_multicast = 200; /* drivers that count them apart */
    fixture_advance(fixture, 2000);
    assert_counter64(fixture_get_one(fixture, IFX_COLUMN(7, 7)), 0);
}

static void interfaces_come_and_go(void **state)
{
    struct fixture *fixture = fixture_of(state);
    assert_unsigned(fixture_get_one(fixture, IF_TABLE_CHANGE), UVSNMP_TIMETICKS, 0);
    fixture_advance(fixture, 3000);
    fake_host.list[2] = (struct host_interface){.index = 9, .type = 6, .name = "new", .name_size = 3};
    fake_host.count = 3;
    assert_unsigned(fixture_get_one(fixture, IF_TABLE_CHANGE), UVSNMP_TIMETICKS, 300);
    assert_octets(fixture_get_one(fixture, IF_COLUMN(2, 9)), "new");
    assert_unsigned(fixture_get_one(fixture, IF_COLUMN(9, 9)), UVSNMP_TIMETICKS, 300);
    fixture_advance(fixture, 3000);
    fake_host.list[0] = fake_host.list[2];
    fake_host.count = 1;
    assert_int_equal(fixture_get_one(fixture, IF_COLUMN(2, 7))->value.type, UVSNMP_NO_SUCH_INSTANCE);
    assert_integer(fixture_get_one(fixture, IF_NUMBER), 1);
    assert_unsigned(fixture_get_one(fixture, IF_COLUMN(9, 9)), UVSNMP_TIMETICKS, 300);
    assert_unsigned(fixture_get_one(fixture, IF_TABLE_CHANGE), UVSNMP_TIMETICKS, 600);
}

static void a_change_of_state_is_dated(void **state)
{
    struct fixture *fixture = fixture_of(state);
    fixture_advance(fixture, 4000);
    fake_host.list[1].running = true;
    assert_unsigned(fixture_get_one(fixture, IF_COLUMN(9, 7)), UVSNMP_TIMETICKS, 400);
    assert_unsigned(fixture_get_one(fixture, IF_COLUMN(9, 1)), UVSNMP_TIMETICKS, 0);
    assert_unsigned(fixture_get_one(fixture, IF_TABLE_CHANGE), UVSNMP_TIMETICKS, 0);
}

static void one_reading_serves_a_second(void **state)
{
    struct fixture *fixture = fixture_of(state);
    fixture_advance(fixture, 5000);
    unsigned before = fake_host.readings;
    for (int i = 0; i < 50; i++) {
        fixture_get_one(fixture, IF_COLUMN(10, 7));
        fixture_get_one(fixture, IFX_COLUMN(10, 7));
        fixture_get_one(fixture, IF_NUMBER);
        fixture_advance(fixture, 10);
    }
    assert_int_equal(fake_host.readings, before + 1);
}

static void a_kernel_that_does_not_answer_is_gen_err(void **state)
{
    struct fixture *fixture = fixture_of(state);
    const struct uvsnmp_oid name = IF_COLUMN(2, 7);
    fake_host.fails = true;
    fixture_advance(fixture, 5000);
    assert_true(fixture_ask(fixture, UVSNMP_PDU_GET, &name, 1));
    assert_status(fixture, UVSNMP_STATUS_GEN_ERR, 1);
    fake_host.fails = false;
    assert_octets(fixture_get_one(fixture, IF_COLUMN(2, 7)), "eth0");
}

static void on_tick(uv_timer_t *timer)
{
    (void)timer;
}

/* A link event makes a reading although nobody asks. */
static void link_events_are_followed(void **state)
{
    int ends[2];
    (void)state;
    make_host();
    assert_int_equal(pipe(ends), 0);
    fake_host.events = ends[0];
    struct suite *suite = suite_new(NULL);
    unsigned before = fake_host.readings;
    uv_timer_t tick; /* keeps the loop alive, as an agent's sockets do */
    assert_int_equal(uv_timer_init(suite->loop, &tick), 0);
    assert_int_equal(uv_timer_start(&tick, on_tick, 10, 10), 0);
    assert_int_equal(write(ends[1], "x", 1), 1);
    for (int i = 0; i < 200 && fake_host.readings == before; i++) {
        uv_run(suite->loop, UV_RUN_ONCE);
    }
    assert_int_equal(fake_host.readings, before + 1);
    uv_close((uv_handle_t *)&tick, NULL);
    suite_free(suite);
    close(ends[0]);
    close(ends[1]);
}

static void without_the_kernels_interfaces_the_rest_is_served(void **state)
{
    (void)state;
    make_host();
    fake_host.closed = true;
    struct suite *suite = suite_new(NULL);
    assert_octets(fixture_get_one(suite->fixture, SYSTEM(5, 0)), "vm");
    assert_int_equal(fixture_get_one(suite->fixture, IF_NUMBER)->value.type, UVSNMP_NO_SUCH_OBJECT);
    suite_free(suite);
}

static void groups_can_be_chosen(void **state)
{
    static const struct {
        const char *groups;
        bool system, interfaces;
    } cases[] = {
        {"-ifTable", true, false},
        {"ifTable", false, true},
        {"-smux,mteTrigger", true, true},
        {"nothingOfOurs", true, true},
        {"system_mib,snmp_mib", true, false},
    };
    (void)state;
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        make_host();
        struct suite *suite = suite_new(cases[i].groups);
        bool system = fixture_get_one(suite->fixture, SYSTEM(1, 0))->value.type == UVSNMP_OCTET_STRING;
        bool interfaces = fixture_get_one(suite->fixture, IF_NUMBER)->value.type == UVSNMP_INTEGER;
        assert_int_equal(system, cases[i].system);
        assert_int_equal(interfaces, cases[i].interfaces);
        suite_free(suite);
    }
}

static size_t links_told;

static int count_link(const struct notify_message *message, void *arg)
{
    const struct notify_notification *notification = message->notification;
    (void)arg;
    links_told++;
    assert_int_equal(notification->count, 4);
    assert_name(&notification->varbinds[2], IF_COLUMN(8, (uint32_t)fake_host.list[1].index));
    assert_integer(&notification->varbinds[2], fake_host.list[1].running ? 1 : 2);
    assert_int_equal(notification->trap_oid.ids[9], fake_host.list[1].running ? 4 : 3);
    return 0;
}

/* A second of the agent's passes, and somebody looks. */
static void look_again(struct suite *suite)
{
    fixture_advance(suite->fixture, 1100);
    (void)fixture_get_one(suite->fixture, IF_NUMBER);
}

static void links_that_change_are_told_of_where_that_is_wanted(void **state)
{
    struct suite *suite = *state;
    struct uvsnmp_agent *agent = suite->fixture->agent;
    const struct uvsnmp_notification_target target = {.peer = "127.0.0.1", .version = UVSNMP_V2C};
    assert_int_equal(uvsnmp_agent_add_notification_target(agent, &target, NULL), 0);
    agent->notify.io = (struct notify_io){.send = count_link, .arg = suite};
    links_told = 0;
    fake_host.list[1].running = !fake_host.list[1].running;
    look_again(suite);
    assert_int_equal(links_told, 0);
    suite->settings.tells_of_links = true;
    mibs_configure(suite->mibs, &suite->settings, NULL);
    look_again(suite);
    assert_int_equal(links_told, 0); /* that was before */
    fake_host.list[1].running = !fake_host.list[1].running;
    look_again(suite);
    assert_int_equal(links_told, 1);
    look_again(suite);
    assert_int_equal(links_told, 1);
    agent->notify.io = (struct notify_io){.arg = NULL};
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
    const struct CMUnitTest tests[] = {
        TEST(links_that_change_are_told_of_where_that_is_wanted),
        TEST(the_system_group_tells_what_the_host_says),
        TEST(sys_services_is_there_only_when_configured),
        TEST(what_is_set_is_served_and_reported_for_storing),
        TEST(what_the_configuration_says_is_not_writable),
        TEST(texts_have_255_octets_at_most),
        TEST(texts_have_no_nul),
        TEST(a_set_changes_all_or_nothing),
        TEST(a_new_configuration_keeps_what_was_set_and_wins_over_it),
        TEST(capabilities_fill_the_or_table),
        TEST(the_snmp_group_has_the_counters_that_net_snmp_serves),
        TEST(requests_are_counted),
        TEST(the_trap_switch_takes_1_and_2),
        TEST(the_interface_tables_show_the_interfaces),
        TEST(counters_of_32_bits_wrap_and_gauges_stay_at_their_top),
        TEST(unicast_is_what_is_not_multicast),
        TEST(interfaces_come_and_go),
        TEST(a_change_of_state_is_dated),
        TEST(one_reading_serves_a_second),
        TEST(a_kernel_that_does_not_answer_is_gen_err),
        cmocka_unit_test(link_events_are_followed),
        cmocka_unit_test(without_the_kernels_interfaces_the_rest_is_served),
        cmocka_unit_test(groups_can_be_chosen),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
