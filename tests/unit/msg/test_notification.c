/* SPDX-License-Identifier: BSD-3-Clause */
/* Notifications of all versions, and one made of the other (RFC 3584 §3). */
#include "support/unit.h"

#include "msg/message.h"
#include "msg/notification.h"

/* Recorded from Net-SNMP 5.9.3: snmptrap -v1 -c public HOST 1.3.6.1.4.1.8072.3.2.10 10.1.2.3 2 0 12345
 * 1.3.6.1.2.1.2.2.1.1.7 i 7 */
static const uint8_t link_down_v1[] = {
    0x30, 0x3c, 0x02, 0x01, 0x00, 0x04, 0x06, 0x70, 0x75, 0x62, 0x6c, 0x69, 0x63, 0xa4, 0x2f, 0x06,
    0x0a, 0x2b, 0x06, 0x01, 0x04, 0x01, 0xbf, 0x08, 0x03, 0x02, 0x0a, 0x40, 0x04, 0x0a, 0x01, 0x02,
    0x03, 0x02, 0x01, 0x02, 0x02, 0x01, 0x00, 0x43, 0x02, 0x30, 0x39, 0x30, 0x11, 0x30, 0x0f, 0x06,
    0x0a, 0x2b, 0x06, 0x01, 0x02, 0x01, 0x02, 0x02, 0x01, 0x01, 0x07, 0x02, 0x01, 0x07,
};

/* … -v1 -c public HOST '' 10.1 6 17 12345 */
static const uint8_t specific_v1[] = {
    0x30, 0x29, 0x02, 0x01, 0x00, 0x04, 0x06, 0x70, 0x75, 0x62, 0x6c, 0x69, 0x63, 0xa4, 0x1c,
    0x06, 0x08, 0x2b, 0x06, 0x01, 0x04, 0x01, 0x03, 0x01, 0x01, 0x40, 0x04, 0x0a, 0x00, 0x00,
    0x01, 0x02, 0x01, 0x06, 0x02, 0x01, 0x11, 0x43, 0x02, 0x30, 0x39, 0x30, 0x00,
};

/* … -v2c -c public HOST 4294967299 1.3.6.1.6.3.1.1.5.1 */
static const uint8_t cold_start_v2[] = {
    0x30, 0x42, 0x02, 0x01, 0x01, 0x04, 0x06, 0x70, 0x75, 0x62, 0x6c, 0x69, 0x63, 0xa7, 0x35, 0x02, 0x03,
    0x07, 0xec, 0x5d, 0x02, 0x01, 0x00, 0x02, 0x01, 0x00, 0x30, 0x28, 0x30, 0x0d, 0x06, 0x08, 0x2b, 0x06,
    0x01, 0x02, 0x01, 0x01, 0x03, 0x00, 0x43, 0x01, 0x03, 0x30, 0x17, 0x06, 0x0a, 0x2b, 0x06, 0x01, 0x06,
    0x03, 0x01, 0x01, 0x04, 0x01, 0x00, 0x06, 0x09, 0x2b, 0x06, 0x01, 0x06, 0x03, 0x01, 0x01, 0x05, 0x01,
};

#define SYS_UPTIME UVSNMP_OID(1, 3, 6, 1, 2, 1, 1, 3, 0)
#define TRAP_OID UVSNMP_OID(1, 3, 6, 1, 6, 3, 1, 1, 4, 1, 0)
#define TRAP_ENTERPRISE UVSNMP_OID(1, 3, 6, 1, 6, 3, 1, 1, 4, 3, 0)
#define TRAP_ADDRESS UVSNMP_OID(1, 3, 6, 1, 6, 3, 18, 1, 3, 0)
#define TRAP_COMMUNITY UVSNMP_OID(1, 3, 6, 1, 6, 3, 18, 1, 4, 0)
#define SNMP_TRAPS UVSNMP_OID(1, 3, 6, 1, 6, 3, 1, 1, 5)
#define COLD_START UVSNMP_OID(1, 3, 6, 1, 6, 3, 1, 1, 5, 1)
#define ENTERPRISE UVSNMP_OID(1, 3, 6, 1, 4, 1, 9999)

static struct arena arena;

static int set_up(void **state)
{
    (void)state;
    arena_init(&arena, 0, 0);
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    arena_fini(&arena);
    return 0;
}

static void assert_oid(struct uvsnmp_oid seen, struct uvsnmp_oid expected)
{
    assert_int_equal(uvsnmp_oid_compare(seen, expected), 0);
}

static struct uvsnmp_value address_value(uint8_t last)
{
    return (struct uvsnmp_value){.type = UVSNMP_IPADDRESS, .as.ipaddress = {192, 0, 2, last}};
}

/* ---- the Trap-PDU ---- */

static void must_decode(const uint8_t *data, size_t size, struct msg_message *message)
{
    assert_int_equal(msg_decode(data, size, &arena, message, NULL), 0);
}

static void a_trap_of_version_1_is_read_field_by_field(void **state)
{
    static const uint8_t address[] = {10, 1, 2, 3};
    struct msg_message message;
    (void)state;
    must_decode(link_down_v1, sizeof(link_down_v1), &message);
    assert_int_equal(message.version, UVSNMP_V1);
    assert_int_equal(message.pdu.type, UVSNMP_PDU_TRAP_V1);
    assert_oid(message.pdu.trap->enterprise, UVSNMP_OID(1, 3, 6, 1, 4, 1, 8072, 3, 2, 10));
    assert_memory_equal(message.pdu.trap->agent_address, address, sizeof(address));
    assert_int_equal(message.pdu.trap->generic, UVSNMP_TRAP_LINK_DOWN);
    assert_int_equal(message.pdu.trap->specific, 0);
    assert_int_equal(message.pdu.trap->timestamp, 12345);
    assert_int_equal(message.pdu.count, 1);
    assert_oid(message.pdu.varbinds[0].name, UVSNMP_OID(1, 3, 6, 1, 2, 1, 2, 2, 1, 1, 7));
    assert_int_equal(message.pdu.varbinds[0].value.as.integer, 7);
}

static void recorded_messages_are_written_octet_by_octet(void **state)
{
    static const struct {
        const uint8_t *data;
        size_t size;
    } recorded[] = {
        {link_down_v1, sizeof(link_down_v1)},
        {specific_v1, sizeof(specific_v1)},
        {cold_start_v2, sizeof(cold_start_v2)},
    };
    uint8_t buffer[256];
    struct msg_message message;
    (void)state;
    for (size_t i = 0; i < COUNT_OF(recorded); i++) {
        must_decode(recorded[i].data, recorded[i].size, &message);
        ptrdiff_t size = msg_encode(&message, buffer, sizeof(buffer));
        assert_int_equal(size, recorded[i].size);
        assert_memory_equal(buffer + sizeof(buffer) - size, recorded[i].data, recorded[i].size);
        for (size_t capacity = 0; capacity < recorded[i].size; capacity++) {
            assert_int_equal(msg_encode(&message, buffer, capacity), UVSNMP_EOVERSIZED);
        }
    }
}

static void the_trap_pdu_is_version_1s_alone(void **state)
{
    uint8_t changed[sizeof(link_down_v1)];
    struct msg_message message;
    struct uvsnmp_error err;
    (void)state;
    memcpy(changed, link_down_v1, sizeof(changed));
    changed[4] = 1; /* version 2c */
    assert_int_equal(msg_decode(changed, sizeof(changed), &arena, &message, &err), UVSNMP_EBAD_ENCODING);
    assert_string_equal(err.detail, "unknown PDU type 0xa4");
}

static void a_malformed_trap_is_refused(void **state)
{
    static const struct {
        size_t at;
        uint8_t octet;
        int error;
    } changes[] = {
        {15, 0x04, UVSNMP_EBAD_ENCODING}, /* an enterprise that is no OID */
        {16, 0x7f, UVSNMP_ETRUNCATED},    /* … or longer than the PDU */
        {27, 0x04, UVSNMP_EBAD_ENCODING}, /* an address of another type */
        {28, 0x03, UVSNMP_EBAD_ENCODING}, /* … or with 3 octets */
        {33, 0x04, UVSNMP_EBAD_ENCODING}, /* a generic-trap that is no INTEGER */
        {36, 0x05, UVSNMP_EBAD_ENCODING}, /* nor the specific one */
        {39, 0x02, UVSNMP_EBAD_ENCODING}, /* a time that is no TimeTicks */
        {43, 0x31, UVSNMP_EBAD_ENCODING}, /* no varbinds */
    };
    uint8_t changed[sizeof(link_down_v1)];
    struct msg_message message;
    (void)state;
    for (size_t i = 0; i < COUNT_OF(changes); i++) {
        memcpy(changed, link_down_v1, sizeof(changed));
        changed[changes[i].at] = changes[i].octet;
        assert_int_equal(msg_decode(changed, sizeof(changed), &arena, &message, NULL), changes[i].error);
    }
    for (size_t size = 0; size < sizeof(link_down_v1); size++) {
        assert_int_equal(msg_decode(link_down_v1, size, &arena, &message, NULL), UVSNMP_ETRUNCATED);
    }
}

static void numbers_of_a_trap_that_are_too_large_are_cut(void **state)
{
    static const uint8_t large[] = {
        0x30, 0x24, 0x02, 0x01, 0x00, 0x04, 0x00, 0xa4, 0x1d, 0x06, 0x01, 0x2b, 0x40,
        0x04, 0x00, 0x00, 0x00, 0x00, 0x02, 0x05, 0x01, 0x00, 0x00, 0x00, 0x00, 0x02,
        0x05, 0xff, 0x00, 0x00, 0x00, 0x00, 0x43, 0x02, 0x00, 0x80, 0x30, 0x00,
    };
    struct msg_message message;
    (void)state;
    must_decode(large, sizeof(large), &message);
    assert_int_equal(message.pdu.trap->generic, INT32_MAX);
    assert_int_equal(message.pdu.trap->specific, INT32_MIN);
    assert_int_equal(message.pdu.trap->timestamp, 128);
}

/* ---- reading ---- */

static void read_v1_trap(struct uvsnmp_trap_v1 trap, struct msg_notification *out)
{
    const struct msg_pdu pdu = {.type = UVSNMP_PDU_TRAP_V1, .trap = &trap};
    assert_int_equal(msg_notification_read(&pdu, out), 0);
}

static void a_generic_trap_is_one_of_snmp_traps(void **state)
{
    struct msg_notification read;
    (void)state;
    for (int32_t generic = 0; generic < UVSNMP_TRAP_ENTERPRISE_SPECIFIC; generic++) {
        read_v1_trap(
            (struct uvsnmp_trap_v1){
                .enterprise = ENTERPRISE, .generic = generic, .specific = 9, .timestamp = 77},
            &read);
        assert_int_equal(read.uptime, 77);
        assert_oid(uvsnmp_oid_of(&read.trap_oid),
                   UVSNMP_OID(1, 3, 6, 1, 6, 3, 1, 1, 5, (uint32_t)generic + 1));
    }
}

static void a_specific_trap_is_below_its_enterprise_and_0(void **state)
{
    static const int32_t generics[] = {UVSNMP_TRAP_ENTERPRISE_SPECIFIC, 7, -1, INT32_MAX, INT32_MIN};
    struct msg_notification read;
    (void)state;
    for (size_t i = 0; i < COUNT_OF(generics); i++) {
        read_v1_trap(
            (struct uvsnmp_trap_v1){.enterprise = ENTERPRISE, .generic = generics[i], .specific = 17}, &read);
        assert_oid(uvsnmp_oid_of(&read.trap_oid), UVSNMP_OID(1, 3, 6, 1, 4, 1, 9999, 0, 17));
    }
    read_v1_trap((struct uvsnmp_trap_v1){.enterprise = ENTERPRISE, .generic = 6, .specific = -1}, &read);
    assert_oid(uvsnmp_oid_of(&read.trap_oid), UVSNMP_OID(1, 3, 6, 1, 4, 1, 9999, 0, UINT32_MAX));
}

static void an_enterprise_without_room_for_the_trap_is_refused(void **state)
{
    static uint32_t ids[UVSNMP_OID_MAX];
    struct msg_notification read;
    struct uvsnmp_trap_v1 trap = {.enterprise = {ids, UVSNMP_OID_MAX - 1}, .generic = 6};
    const struct msg_pdu pdu = {.type = UVSNMP_PDU_TRAP_V1, .trap = &trap};
    (void)state;
    assert_int_equal(msg_notification_read(&pdu, &read), UVSNMP_EBAD_VALUE);
    trap.generic = UVSNMP_TRAP_COLD_START; /* which does not need it */
    assert_int_equal(msg_notification_read(&pdu, &read), 0);
    trap.generic = 6;
    trap.enterprise.count = UVSNMP_OID_MAX - 2;
    assert_int_equal(msg_notification_read(&pdu, &read), 0);
    assert_int_equal(read.trap_oid.count, UVSNMP_OID_MAX);
}

static void a_trap_of_version_2_begins_with_time_and_name(void **state)
{
    struct msg_message message;
    struct msg_notification read;
    (void)state;
    must_decode(cold_start_v2, sizeof(cold_start_v2), &message);
    assert_int_equal(msg_notification_read(&message.pdu, &read), 0);
    assert_int_equal(read.uptime, 3);
    assert_oid(uvsnmp_oid_of(&read.trap_oid), COLD_START);
    assert_int_equal(read.count, 0);
}

static void what_a_trap_of_version_2_lacks_is_nothing(void **state)
{
    const struct uvsnmp_varbind other = {ENTERPRISE, uvsnmp_integer(5)};
    const struct uvsnmp_varbind only_name[] = {{TRAP_OID, uvsnmp_oid_value(COLD_START)}, other};
    const struct uvsnmp_varbind wrong_types[] = {{SYS_UPTIME, uvsnmp_integer(5)},
                                                 {TRAP_OID, uvsnmp_integer(5)}};
    struct msg_pdu pdu = {.type = UVSNMP_PDU_TRAP, .varbinds = only_name, .count = 2};
    struct msg_notification read;
    (void)state;
    assert_int_equal(msg_notification_read(&pdu, &read), 0);
    assert_int_equal(read.uptime, 0);
    assert_oid(uvsnmp_oid_of(&read.trap_oid), COLD_START);
    assert_int_equal(read.count, 1);
    assert_ptr_equal(read.varbinds, &only_name[1]);
    pdu.varbinds = wrong_types;
    pdu.type = UVSNMP_PDU_INFORM;
    assert_int_equal(msg_notification_read(&pdu, &read), 0);
    assert_int_equal(read.uptime, 0);
    assert_oid(uvsnmp_oid_of(&read.trap_oid), UVSNMP_OID(0, 0));
    assert_int_equal(read.count, 2);
    pdu.count = 0;
    assert_int_equal(msg_notification_read(&pdu, &read), 0);
    assert_int_equal(read.count, 0);
}

/* ---- version 1 to 2 ---- */

static void varbinds_of_version_2_have_time_and_name_in_front(void **state)
{
    const struct uvsnmp_varbind other = {ENTERPRISE, uvsnmp_integer(5)};
    struct msg_notification notification = {.uptime = 12, .varbinds = &other, .count = 1};
    size_t count;
    (void)state;
    assert_int_equal(uvsnmp_oid_copy(&notification.trap_oid, COLD_START), 0);
    const struct uvsnmp_varbind *made = msg_notification_varbinds(&notification, &arena, &count);
    assert_int_equal(count, 3);
    assert_oid(made[0].name, SYS_UPTIME);
    assert_int_equal(made[0].value.type, UVSNMP_TIMETICKS);
    assert_int_equal(made[0].value.as.unsigned32, 12);
    assert_oid(made[1].name, TRAP_OID);
    assert_oid(made[1].value.as.oid, COLD_START);
    assert_oid(made[2].name, ENTERPRISE);
}

static const struct uvsnmp_varbind *forward(const struct msg_pdu *pdu, size_t *count)
{
    const struct uvsnmp_bytes community = {(const uint8_t *)"secret", 6};
    const struct uvsnmp_varbind *made = msg_notification_forward(pdu, community, &arena, count);
    assert_non_null(made);
    return made;
}

/* §3.1 (4) */
static void who_forwards_a_trap_adds_where_it_came_from(void **state)
{
    const struct uvsnmp_varbind other = {ENTERPRISE, uvsnmp_integer(5)};
    const struct uvsnmp_trap_v1 trap = {
        .enterprise = ENTERPRISE, .agent_address = {192, 0, 2, 7}, .generic = 6};
    const struct msg_pdu pdu = {.type = UVSNMP_PDU_TRAP_V1, .trap = &trap, .varbinds = &other, .count = 1};
    const struct uvsnmp_value address = address_value(7);
    size_t count;
    (void)state;
    const struct uvsnmp_varbind *made = forward(&pdu, &count);
    assert_int_equal(count, 6);
    assert_oid(made[2].name, ENTERPRISE);
    assert_oid(made[3].name, TRAP_ADDRESS);
    assert_true(uvsnmp_value_equal(&made[3].value, &address));
    assert_oid(made[4].name, TRAP_COMMUNITY);
    assert_int_equal(made[4].value.as.bytes.size, 6);
    assert_memory_equal(made[4].value.as.bytes.data, "secret", 6);
    assert_oid(made[5].name, TRAP_ENTERPRISE);
    assert_oid(made[5].value.as.oid, ENTERPRISE);
}

static void what_a_forwarded_trap_has_already_stays(void **state)
{
    const struct uvsnmp_varbind given[] = {{TRAP_ENTERPRISE, uvsnmp_oid_value(COLD_START)},
                                           {TRAP_ADDRESS, address_value(9)}};
    const struct uvsnmp_trap_v1 trap = {.enterprise = ENTERPRISE, .generic = 6};
    const struct msg_pdu pdu = {.type = UVSNMP_PDU_TRAP_V1, .trap = &trap, .varbinds = given, .count = 2};
    const struct uvsnmp_value address = address_value(9);
    size_t count;
    (void)state;
    const struct uvsnmp_varbind *made = forward(&pdu, &count);
    assert_int_equal(count, 5);
    assert_oid(made[2].value.as.oid, COLD_START);
    assert_true(uvsnmp_value_equal(&made[3].value, &address));
    assert_oid(made[4].name, TRAP_COMMUNITY);
}

/* ---- version 2 to 1 ---- */

static int to_v1(struct uvsnmp_oid trap_oid, const struct uvsnmp_varbind *varbinds, size_t count,
                 struct uvsnmp_trap_v1 *trap)
{
    static struct uvsnmp_oid_buf enterprise;
    struct msg_notification notification = {.uptime = 55, .varbinds = varbinds, .count = count};
    memset(trap, 0x5a, sizeof(*trap));
    memset(trap->agent_address, 1, sizeof(trap->agent_address));
    assert_int_equal(uvsnmp_oid_copy(&notification.trap_oid, trap_oid), 0);
    return msg_notification_to_v1(&notification, &enterprise, trap);
}

/* §3.2 (1) and (3) */
static void a_standard_notification_is_a_generic_trap(void **state)
{
    const struct uvsnmp_varbind given[] = {{TRAP_ENTERPRISE, uvsnmp_integer(1)},
                                           {TRAP_ENTERPRISE, uvsnmp_oid_value(ENTERPRISE)}};
    struct uvsnmp_trap_v1 trap;
    (void)state;
    for (uint32_t last = 1; last <= 6; last++) {
        assert_int_equal(to_v1(UVSNMP_OID(1, 3, 6, 1, 6, 3, 1, 1, 5, last), NULL, 0, &trap), 0);
        assert_int_equal(trap.generic, last - 1);
        assert_int_equal(trap.specific, 0);
        assert_int_equal(trap.timestamp, 55);
        assert_oid(trap.enterprise, SNMP_TRAPS);
    }
    assert_int_equal(to_v1(COLD_START, given, 2, &trap), 0);
    assert_oid(trap.enterprise, ENTERPRISE);
}

/* §3.2 (1) to (4): the enterprise ends before the last identifier, and before a 0 in front of it. */
static void another_notification_is_a_specific_trap(void **state)
{
    struct uvsnmp_trap_v1 trap;
    (void)state;
    assert_int_equal(to_v1(UVSNMP_OID(1, 3, 6, 1, 4, 1, 9999, 0, 17), NULL, 0, &trap), 0);
    assert_int_equal(trap.generic, UVSNMP_TRAP_ENTERPRISE_SPECIFIC);
    assert_int_equal(trap.specific, 17);
    assert_oid(trap.enterprise, ENTERPRISE);
    assert_int_equal(to_v1(UVSNMP_OID(1, 3, 6, 1, 4, 1, 9999, 17), NULL, 0, &trap), 0);
    assert_int_equal(trap.specific, 17);
    assert_oid(trap.enterprise, ENTERPRISE);
    /* near the standard ones, and none of them */
    assert_int_equal(to_v1(UVSNMP_OID(1, 3, 6, 1, 6, 3, 1, 1, 5, 7), NULL, 0, &trap), 0);
    assert_int_equal(trap.generic, UVSNMP_TRAP_ENTERPRISE_SPECIFIC);
    assert_oid(trap.enterprise, SNMP_TRAPS);
    assert_int_equal(to_v1(UVSNMP_OID(1, 3, 6, 1, 6, 3, 1, 1, 5, 1, 0), NULL, 0, &trap), 0);
    assert_int_equal(trap.generic, UVSNMP_TRAP_ENTERPRISE_SPECIFIC);
    assert_oid(trap.enterprise, COLD_START);
    assert_int_equal(to_v1(UVSNMP_OID(5), NULL, 0, &trap), 0);
    assert_int_equal(trap.specific, 5);
    assert_int_equal(trap.enterprise.count, 0);
}

static void the_address_is_that_of_a_varbind_if_there_is_one(void **state)
{
    static const uint8_t untouched[] = {1, 1, 1, 1}, given_address[] = {192, 0, 2, 4};
    const struct uvsnmp_varbind given = {TRAP_ADDRESS, address_value(4)},
                                wrong = {TRAP_ADDRESS, uvsnmp_integer(4)};
    struct uvsnmp_trap_v1 trap;
    (void)state;
    assert_int_equal(to_v1(COLD_START, &given, 1, &trap), 0);
    assert_memory_equal(trap.agent_address, given_address, 4);
    assert_int_equal(to_v1(COLD_START, &wrong, 1, &trap), 0);
    assert_memory_equal(trap.agent_address, untouched, 4);
}

static void a_counter64_does_not_go_into_version_1(void **state)
{
    const struct uvsnmp_varbind given[] = {{ENTERPRISE, uvsnmp_integer(1)},
                                           {ENTERPRISE, uvsnmp_counter64(1)}};
    struct uvsnmp_trap_v1 trap;
    (void)state;
    assert_int_equal(to_v1(COLD_START, given, 2, &trap), UVSNMP_EUNSUPPORTED);
    assert_int_equal(to_v1(COLD_START, given, 1, &trap), 0);
}

static void there_and_back_is_the_same(void **state)
{
    static struct uvsnmp_oid_buf enterprise;
    const struct uvsnmp_trap_v1 trap = {.enterprise = ENTERPRISE,
                                        .agent_address = {192, 0, 2, 7},
                                        .generic = 6,
                                        .specific = 99,
                                        .timestamp = 4};
    const struct msg_pdu pdu = {.type = UVSNMP_PDU_TRAP_V1, .trap = &trap};
    struct uvsnmp_trap_v1 back = {.specific = 0};
    struct msg_notification read;
    size_t count;
    (void)state;
    struct msg_pdu forwarded = {.type = UVSNMP_PDU_TRAP, .varbinds = forward(&pdu, &count)};
    forwarded.count = count;
    assert_int_equal(msg_notification_read(&forwarded, &read), 0);
    assert_int_equal(msg_notification_to_v1(&read, &enterprise, &back), 0);
    assert_oid(back.enterprise, trap.enterprise);
    assert_memory_equal(back.agent_address, trap.agent_address, 4);
    assert_int_equal(back.generic, trap.generic);
    assert_int_equal(back.specific, trap.specific);
    assert_int_equal(back.timestamp, trap.timestamp);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_trap_of_version_1_is_read_field_by_field),
        cmocka_unit_test(recorded_messages_are_written_octet_by_octet),
        cmocka_unit_test(the_trap_pdu_is_version_1s_alone),
        cmocka_unit_test(a_malformed_trap_is_refused),
        cmocka_unit_test(numbers_of_a_trap_that_are_too_large_are_cut),
        cmocka_unit_test(a_generic_trap_is_one_of_snmp_traps),
        cmocka_unit_test(a_specific_trap_is_below_its_enterprise_and_0),
        cmocka_unit_test(an_enterprise_without_room_for_the_trap_is_refused),
        cmocka_unit_test(a_trap_of_version_2_begins_with_time_and_name),
        cmocka_unit_test(what_a_trap_of_version_2_lacks_is_nothing),
        cmocka_unit_test(varbinds_of_version_2_have_time_and_name_in_front),
        cmocka_unit_test(who_forwards_a_trap_adds_where_it_came_from),
        cmocka_unit_test(what_a_forwarded_trap_has_already_stays),
        cmocka_unit_test(a_standard_notification_is_a_generic_trap),
        cmocka_unit_test(another_notification_is_a_specific_trap),
        cmocka_unit_test(the_address_is_that_of_a_varbind_if_there_is_one),
        cmocka_unit_test(a_counter64_does_not_go_into_version_1),
        cmocka_unit_test(there_and_back_is_the_same),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
