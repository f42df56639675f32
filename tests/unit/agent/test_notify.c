/* SPDX-License-Identifier: BSD-3-Clause */
/* The originator without sockets: who is sent what, and how often. */
#include <stdlib.h>
#include <string.h>

#include "agent/access.h"
#include "agent/notify.h"
#include "unit/agent/fixture.h"
#include "vacm/vacm.h"

#define TEXT(text) ((struct uvsnmp_bytes){(const uint8_t *)(text), sizeof(text) - 1})
#define LINK_DOWN UVSNMP_OID(1, 3, 6, 1, 6, 3, 1, 1, 5, 3)
#define IF_INDEX UVSNMP_OID(1, 3, 6, 1, 2, 1, 2, 2, 1, 1, 7)
#define IF_OPER UVSNMP_OID(1, 3, 6, 1, 2, 1, 2, 2, 1, 8, 7)

struct suite {
    struct fixture *fixture;
    size_t sent, opened, closed;
    struct notify_message last;
    char name[64];
    int status; /* of the next send */
};

static int open_fake(const struct uvsnmp_notification_target *target, void **out, struct uvsnmp_error *err,
                     void *arg)
{
    struct suite *suite = arg;
    (void)target;
    (void)err;
    suite->opened++;
    *out = suite;
    return 0;
}

static void close_fake(void *opened, void *arg)
{
    assert_ptr_equal(opened, arg);
    ((struct suite *)arg)->closed++;
}

static int send_fake(const struct notify_message *message, void *arg)
{
    struct suite *suite = arg;
    suite->sent += suite->status == 0;
    suite->last = *message;
    assert_true(message->name.size < sizeof(suite->name));
    memset(suite->name, 0, sizeof(suite->name));
    memcpy(suite->name, message->name.data, message->name.size);
    return suite->status;
}

static int set_up(void **state)
{
    struct suite *suite = calloc(1, sizeof(*suite));
    assert_non_null(suite);
    suite->fixture = fixture_new(NULL);
    suite->fixture->agent->notify.io =
        (struct notify_io){.open = open_fake, .close = close_fake, .send = send_fake, .arg = suite};
    *state = suite;
    return 0;
}

static int tear_down(void **state)
{
    struct suite *suite = *state;
    fixture_free(suite->fixture);
    assert_int_equal(suite->opened, suite->closed);
    free(suite);
    return 0;
}

/* ---- rows ---- */

static void put(struct suite *suite, struct target_row *draft)
{
    struct target_row *replaced, *row;
    draft->values[target_table(draft->kind)->status] = uvsnmp_integer(TARGET_ACTIVE);
    row = target_row_new(draft);
    assert_non_null(row);
    assert_int_equal(targets_put(&suite->fixture->agent->targets, row, &replaced), 0);
    target_row_free(replaced);
}

static void start(struct target_row *draft, enum target_kind kind, struct uvsnmp_oid_buf *index,
                  struct uvsnmp_bytes name)
{
    assert_true(target_index_make(index, name));
    target_row_init(draft, kind, uvsnmp_oid_of(index));
}

static void put_address(struct suite *suite, struct uvsnmp_bytes name, struct uvsnmp_bytes tags)
{
    static const uint8_t octets[] = {127, 0, 0, 1, 0, 162};
    struct uvsnmp_oid_buf index;
    struct target_row draft;
    start(&draft, TARGET_ADDRESS, &index, name);
    draft.values[ADDRESS_DOMAIN] = uvsnmp_oid_value(UVSNMP_OID(1, 3, 6, 1, 6, 1, 1));
    draft.values[ADDRESS_ADDRESS] = uvsnmp_octets(octets, sizeof(octets));
    draft.values[ADDRESS_TAGS] = uvsnmp_octets(tags.data, tags.size);
    draft.values[ADDRESS_PARAMS] = uvsnmp_octets("p", 1);
    put(suite, &draft);
}

static void put_params(struct suite *suite, int32_t processing, int32_t model, struct uvsnmp_bytes name)
{
    struct uvsnmp_oid_buf index;
    struct target_row draft;
    start(&draft, TARGET_PARAMS, &index, TEXT("p"));
    draft.values[PARAMS_PROCESSING] = uvsnmp_integer(processing);
    draft.values[PARAMS_MODEL] = uvsnmp_integer(model);
    draft.values[PARAMS_NAME] = uvsnmp_octets(name.data, name.size);
    draft.values[PARAMS_LEVEL] = uvsnmp_integer(UVSNMP_NO_AUTH_NO_PRIV);
    put(suite, &draft);
}

static void put_notify(struct suite *suite, struct uvsnmp_bytes tag, int32_t type)
{
    struct uvsnmp_oid_buf index;
    struct target_row draft;
    start(&draft, TARGET_NOTIFY, &index, TEXT("n"));
    draft.values[NOTIFY_TAG] = uvsnmp_octets(tag.data, tag.size);
    draft.values[NOTIFY_TYPE] = uvsnmp_integer(type);
    put(suite, &draft);
}

static void put_profile(struct suite *suite)
{
    struct uvsnmp_oid_buf index;
    struct target_row draft;
    start(&draft, TARGET_PROFILE, &index, TEXT("p"));
    draft.values[PROFILE_NAME] = uvsnmp_octets("f", 1);
    put(suite, &draft);
}

static void put_filter(struct suite *suite, struct uvsnmp_oid subtree, struct uvsnmp_bytes mask, int32_t type)
{
    struct uvsnmp_oid_buf index;
    struct target_row draft;
    assert_true(target_filter_index_make(&index, TEXT("f")));
    assert_int_equal(uvsnmp_oid_append(&index, subtree), 0);
    target_row_init(&draft, TARGET_FILTER, uvsnmp_oid_of(&index));
    draft.values[FILTER_MASK] = uvsnmp_octets(mask.data, mask.size);
    draft.values[FILTER_TYPE] = uvsnmp_integer(type);
    put(suite, &draft);
}

/* How many receivers get linkDown of interface 7. */
static size_t send_link_down(struct suite *suite)
{
    const struct uvsnmp_varbind varbinds[] = {{IF_INDEX, uvsnmp_integer(7)}, {IF_OPER, uvsnmp_integer(2)}};
    size_t before = suite->sent;
    assert_int_equal(uvsnmp_agent_notify(suite->fixture->agent, LINK_DOWN, varbinds, 2), 0);
    return suite->sent - before;
}

static void put_receiver(struct suite *suite)
{
    put_address(suite, TEXT("a"), TEXT("one two"));
    put_params(suite, TARGET_V2C, TARGET_MODEL_V2C, TEXT("secret"));
    put_notify(suite, TEXT("two"), TARGET_TRAP);
}

/* ---- who is sent what ---- */

static void a_tag_leads_from_the_notification_to_addresses(void **state)
{
    struct suite *suite = *state;
    assert_int_equal(send_link_down(suite), 0);
    put_receiver(suite);
    put_address(suite, TEXT("b"), TEXT("twofold one"));
    put_address(suite, TEXT("c"), TEXT("two"));
    assert_int_equal(send_link_down(suite), 2);
    assert_string_equal(suite->name, "secret");
    assert_int_equal(suite->last.version, UVSNMP_V2C);
    assert_false(suite->last.inform);
    put_notify(suite, TEXT(""), TARGET_TRAP);
    assert_int_equal(send_link_down(suite), 0);
}

static void times_of_rows_are_hundredths_of_a_second(void **state)
{
    struct suite *suite = *state;
    put_receiver(suite);
    put_notify(suite, TEXT("one"), TARGET_INFORM);
    assert_int_equal(send_link_down(suite), 1);
    assert_true(suite->last.inform);
    assert_int_equal(suite->last.timeout_ms, 15000);
    assert_int_equal(suite->last.retries, 3);
}

static void what_has_no_such_message_is_not_sent(void **state)
{
    static const struct {
        int32_t processing, model, type;
        size_t sent;
    } cases[] = {
        {TARGET_V1, TARGET_MODEL_V1, TARGET_TRAP, 1},  {TARGET_V1, TARGET_MODEL_V1, TARGET_INFORM, 0},
        {TARGET_V1, TARGET_MODEL_V2C, TARGET_TRAP, 0}, {TARGET_V2C, TARGET_MODEL_V2C, TARGET_INFORM, 1},
        {TARGET_V3, TARGET_MODEL_V2C, TARGET_TRAP, 0}, {TARGET_V3, TARGET_MODEL_USM, TARGET_TRAP, 1},
        {2, TARGET_MODEL_V2C, TARGET_TRAP, 0},
    };
    struct suite *suite = *state;
    put_receiver(suite);
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        put_params(suite, cases[i].processing, cases[i].model, TEXT("x"));
        put_notify(suite, TEXT("one"), cases[i].type);
        assert_int_equal(send_link_down(suite), cases[i].sent);
    }
}

static void rows_that_are_not_active_do_not_count(void **state)
{
    struct suite *suite = *state;
    struct targets *targets = &suite->fixture->agent->targets;
    put_receiver(suite);
    for (enum target_kind kind = TARGET_ADDRESS; kind <= TARGET_NOTIFY; kind++) {
        uint32_t status = target_table(kind)->status;
        targets->lists[kind].sorted[0]->values[status] = uvsnmp_integer(TARGET_NOT_IN_SERVICE);
        assert_int_equal(send_link_down(suite), 0);
        targets->lists[kind].sorted[0]->values[status] = uvsnmp_integer(TARGET_ACTIVE);
    }
    assert_int_equal(send_link_down(suite), 1);
}

static void a_trap_needs_an_oid(void **state)
{
    struct suite *suite = *state;
    assert_int_equal(uvsnmp_agent_notify(suite->fixture->agent, UVSNMP_OID(1), NULL, 0), UVSNMP_EBAD_OID);
}

/* ---- filters ---- */

static void a_filter_includes_the_trap_and_excludes_variables(void **state)
{
    struct suite *suite = *state;
    put_receiver(suite);
    put_profile(suite);
    assert_int_equal(send_link_down(suite), 0); /* a profile without a filter lets nothing pass */
    put_filter(suite, UVSNMP_OID(1, 3, 6, 1, 6, 3, 1, 1, 5), TEXT(""), TARGET_INCLUDED);
    assert_int_equal(send_link_down(suite), 1);
    put_filter(suite, LINK_DOWN, TEXT(""), TARGET_EXCLUDED);
    assert_int_equal(send_link_down(suite), 0);
    put_filter(suite, LINK_DOWN, TEXT(""), TARGET_INCLUDED);
    put_filter(suite, UVSNMP_OID(1, 3, 6, 1, 2, 1, 2), TEXT(""), TARGET_EXCLUDED);
    assert_int_equal(send_link_down(suite), 0);
    put_filter(suite, UVSNMP_OID(1, 3, 6, 1, 2, 1, 2, 2), TEXT(""), TARGET_INCLUDED);
    assert_int_equal(send_link_down(suite), 1);
}

static void masks_of_filters_stand_for_any_number(void **state)
{
    struct suite *suite = *state;
    put_receiver(suite);
    put_profile(suite);
    put_filter(suite, UVSNMP_OID(1), TEXT(""), TARGET_INCLUDED);
    /* all columns of interface 8, then of interface 7 */
    put_filter(suite, UVSNMP_OID(1, 3, 6, 1, 2, 1, 2, 2, 1, 0, 8), TEXT("\xff\xbf"), TARGET_EXCLUDED);
    assert_int_equal(send_link_down(suite), 1);
    put_filter(suite, UVSNMP_OID(1, 3, 6, 1, 2, 1, 2, 2, 1, 0, 7), TEXT("\xff\xbf"), TARGET_EXCLUDED);
    assert_int_equal(send_link_down(suite), 0);
    /* of two that are as long the greater one decides */
    put_filter(suite, UVSNMP_OID(1, 3, 6, 1, 2, 1, 2, 2, 1, 9, 7), TEXT("\xff\xbf"), TARGET_INCLUDED);
    assert_int_equal(send_link_down(suite), 1);
}

/* ---- access control ---- */

static void a_notify_view_decides_where_there_is_one(void **state)
{
    struct suite *suite = *state;
    struct vacm *vacm = vacm_new();
    struct vacm_access access = {.group = "g", .model = VACM_V2C, .level = VACM_NOAUTH};
    const struct vacm_family interfaces = {.subtree = UVSNMP_OID(1, 3, 6, 1, 2, 1, 2), .included = true};
    const struct vacm_family traps = {.subtree = UVSNMP_OID(1, 3, 6, 1, 6, 3, 1), .included = true};
    struct vacm_view *view = vacm_open_view(vacm, "v", NULL);
    memcpy(access.views[VACM_READ], "v", 2);
    memcpy(access.views[VACM_WRITE], "v", 2);
    memcpy(access.views[VACM_NOTIFY], "v", 2);
    access_set_vacm(suite->fixture->agent, vacm);
    vacm_release(vacm);
    put_receiver(suite);
    assert_int_equal(send_link_down(suite), 1); /* in no group */
    assert_int_equal(vacm_add_group(vacm, VACM_V2C, "secret", "g", NULL), 0);
    assert_int_equal(send_link_down(suite), 0); /* without a right */
    assert_int_equal(vacm_add_access(vacm, &access, NULL), 0);
    assert_int_equal(vacm_view_add(view, &interfaces, NULL), 0);
    assert_int_equal(send_link_down(suite), 0); /* snmpTrapOID.0 is not in view */
    assert_int_equal(vacm_view_add(view, &traps, NULL), 0);
    assert_int_equal(send_link_down(suite), 1);
}

/* ---- receivers of the configuration ---- */

static void add(struct suite *suite, enum uvsnmp_version version, bool inform)
{
    static const struct uvsnmp_user user = {.name = {(const uint8_t *)"ann", 3}};
    const struct uvsnmp_notification_target target = {.peer = "127.0.0.1:7000",
                                                      .version = version,
                                                      .inform = inform,
                                                      .community = TEXT("conf"),
                                                      .user = &user,
                                                      .timeout_ms = 2500,
                                                      .retries = 300};
    assert_int_equal(uvsnmp_agent_add_notification_target(suite->fixture->agent, &target, NULL), 0);
}

static void receivers_of_the_configuration_have_rows(void **state)
{
    struct suite *suite = *state;
    struct uvsnmp_agent *agent = suite->fixture->agent;
    add(suite, UVSNMP_V2C, true);
    add(suite, UVSNMP_V3, false);
    assert_int_equal(agent->targets.lists[TARGET_ADDRESS].count, 2);
    assert_int_equal(send_link_down(suite), 2);
    assert_int_equal(suite->last.timeout_ms, 2500);
    assert_int_equal(suite->last.retries, 300);
    assert_string_equal(suite->name, "ann");
    const struct target_row *row = targets_find_name(&agent->targets, TARGET_PARAMS, TEXT("internal0"));
    assert_non_null(row);
    assert_int_equal(target_number(row, PARAMS_STORAGE), TARGET_READ_ONLY);
    put_receiver(suite); /* stays */
    uvsnmp_agent_clear_notification_targets(agent);
    assert_int_equal(agent->targets.lists[TARGET_ADDRESS].count, 1);
    assert_int_equal(agent->targets.lists[TARGET_PARAMS].count, 1);
    assert_int_equal(agent->targets.lists[TARGET_NOTIFY].count, 1);
    assert_int_equal(send_link_down(suite), 1);
}

/* Whoever SETs a row named as those of the configuration keeps it. */
static void receivers_leave_rows_that_were_set(void **state)
{
    const struct uvsnmp_bytes name = TEXT("internal1");
    struct suite *suite = *state;
    struct targets *targets = &suite->fixture->agent->targets;
    struct uvsnmp_oid_buf index;
    struct target_row draft;
    start(&draft, TARGET_NOTIFY, &index, name);
    put(suite, &draft);
    const struct target_row *row = targets_find_name(targets, TARGET_NOTIFY, name);
    add(suite, UVSNMP_V2C, false);
    add(suite, UVSNMP_V2C, false);
    assert_ptr_equal(targets_find_name(targets, TARGET_NOTIFY, name), row);
    assert_null(targets_find_name(targets, TARGET_PARAMS, name));
    assert_non_null(targets_find_name(targets, TARGET_PARAMS, TEXT("internal0")));
    assert_non_null(targets_find_name(targets, TARGET_PARAMS, TEXT("internal2")));
    assert_int_equal(send_link_down(suite), 2);
    uvsnmp_agent_clear_notification_targets(suite->fixture->agent);
    assert_int_equal(targets->lists[TARGET_PARAMS].count, 0);
    assert_int_equal(targets->lists[TARGET_ADDRESS].count, 0);
    assert_int_equal(targets->lists[TARGET_NOTIFY].count, 1);
    assert_ptr_equal(targets_find_name(targets, TARGET_NOTIFY, name), row);
}

static void bad_receivers_are_refused(void **state)
{
    struct suite *suite = *state;
    struct uvsnmp_agent *agent = suite->fixture->agent;
    const struct {
        struct uvsnmp_notification_target target;
        int status;
    } cases[] = {
        {{.version = UVSNMP_V2C}, UVSNMP_ENO_DESTINATION},
        {{.peer = "127.0.0.1:x", .version = UVSNMP_V2C}, UVSNMP_EBAD_ADDRESS},
        {{.peer = "a.name", .version = UVSNMP_V2C}, UVSNMP_EUNKNOWN_HOST},
        {{.peer = "127.0.0.1", .version = UVSNMP_V1, .inform = true}, UVSNMP_EUNSUPPORTED},
        {{.peer = "127.0.0.1", .version = UVSNMP_V3}, UVSNMP_EBAD_ARGUMENT},
        {{.peer = "127.0.0.1", .version = (enum uvsnmp_version)2}, UVSNMP_EBAD_VERSION},
    };
    struct uvsnmp_error err;
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        assert_int_equal(uvsnmp_agent_add_notification_target(agent, &cases[i].target, &err),
                         cases[i].status);
    }
    assert_int_equal(agent->targets.lists[TARGET_ADDRESS].count, 0);
}

static void there_are_so_many_receivers_at_most(void **state)
{
    struct suite *suite = *state;
    const struct uvsnmp_notification_target target = {.peer = "127.0.0.1", .version = UVSNMP_V2C};
    int rc = 0;
    size_t count = 0;
    while ((rc = uvsnmp_agent_add_notification_target(suite->fixture->agent, &target, NULL)) == 0) {
        count++;
    }
    assert_int_equal(rc, UVSNMP_ELIMIT);
    assert_int_equal(count, 256);
}

/* ---- events and rates ---- */

static void events_say_whose_they_are(void **state)
{
    struct suite *suite = *state;
    put_receiver(suite);
    suite->fixture->now += 1230;
    notify_of(suite->fixture->agent, NOTIFY_COLD_START);
    assert_int_equal(suite->sent, 1);
    assert_int_equal(suite->fixture->agent->stats.out_traps, 1);
}

static void refusals_become_few_notifications(void **state)
{
    struct suite *suite = *state;
    struct notify *notify = &suite->fixture->agent->notify;
    put_receiver(suite);
    notify_of_refusal(suite->fixture->agent);
    assert_int_equal(suite->sent, 0); /* not wanted */
    notify->tells_of_authentication = true;
    for (size_t i = 0; i < 1000; i++) {
        notify_of_refusal(suite->fixture->agent);
    }
    assert_int_equal(suite->sent, NOTIFY_AUTHENTICATION_BURST);
    assert_int_equal(notify->suppressed, 1000 - NOTIFY_AUTHENTICATION_BURST);
    suite->fixture->now += 1000;
    for (size_t i = 0; i < 1000; i++) {
        notify_of_refusal(suite->fixture->agent);
    }
    assert_int_equal(suite->sent, NOTIFY_AUTHENTICATION_BURST + NOTIFY_AUTHENTICATION_PER_SECOND);
}

static void an_unknown_community_is_told_of(void **state)
{
    struct suite *suite = *state;
    const struct uvsnmp_oid name = UVSNMP_OID(1, 3);
    put_receiver(suite);
    suite->fixture->agent->notify.tells_of_authentication = true;
    suite->fixture->community = "guess";
    assert_false(fixture_ask(suite->fixture, UVSNMP_PDU_GET, &name, 1));
    assert_int_equal(suite->sent, 1);
}

static void messages_are_so_many_at_most(void **state)
{
    struct suite *suite = *state;
    size_t count = 0;
    put_receiver(suite);
    while (uvsnmp_agent_notify(suite->fixture->agent, LINK_DOWN, NULL, 0) == 0) {
        count++;
    }
    assert_int_equal(count, NOTIFY_BURST);
    suite->fixture->now += 1000;
    while (uvsnmp_agent_notify(suite->fixture->agent, LINK_DOWN, NULL, 0) == 0) {
        count++;
    }
    assert_int_equal(count, NOTIFY_BURST + NOTIFY_PER_SECOND);
}

static void a_failure_is_told(void **state)
{
    struct suite *suite = *state;
    put_receiver(suite);
    suite->status = UVSNMP_ENO_MEMORY;
    assert_int_equal(uvsnmp_agent_notify(suite->fixture->agent, LINK_DOWN, NULL, 0), UVSNMP_ENO_MEMORY);
    assert_int_equal(suite->fixture->agent->stats.out_traps, 0);
}

/* ---- addresses and tags ---- */

static void addresses_survive_their_columns(void **state)
{
    static const char *const texts[] = {"udp:192.0.2.1:162", "udp6:[2001:db8::1]:162",
                                        "tcp:192.0.2.1:9",   "tcp6:[::1]:9",
                                        "unix:/run/traps",   "udp6:[fe80::1%3]:162"};
    (void)state;
    for (size_t i = 0; i < COUNT_OF(texts); i++) {
        struct uvsnmp_address from, to;
        uint8_t octets[TARGET_OCTETS_MAX];
        struct target_row draft;
        target_row_init(&draft, TARGET_ADDRESS, UVSNMP_OID('a'));
        assert_int_equal(uvsnmp_address_parse(texts[i], 162, &from, NULL), 0);
        assert_true(target_address_write(&from, &draft, octets));
        assert_true(target_address_read(&draft, &to));
        assert_true(uvsnmp_address_equal(&from, &to));
        draft.values[ADDRESS_ADDRESS].as.bytes.size = 200;
        assert_false(target_address_read(&draft, &to));
        draft.values[ADDRESS_DOMAIN] = uvsnmp_oid_value(UVSNMP_OID(1, 3));
        assert_false(target_address_read(&draft, &to));
    }
}

static void tag_lists_have_single_delimiters(void **state)
{
    (void)state;
    assert_true(target_tags_are_valid(TEXT("")));
    assert_true(target_tags_are_valid(TEXT("a b\tc")));
    assert_false(target_tags_are_valid(TEXT(" a")));
    assert_false(target_tags_are_valid(TEXT("a ")));
    assert_false(target_tags_are_valid(TEXT("a  b")));
    assert_false(target_tags_are_valid(TEXT("a\0b")));
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(a_tag_leads_from_the_notification_to_addresses),
        TEST(times_of_rows_are_hundredths_of_a_second),
        TEST(what_has_no_such_message_is_not_sent),
        TEST(rows_that_are_not_active_do_not_count),
        TEST(a_trap_needs_an_oid),
        TEST(a_filter_includes_the_trap_and_excludes_variables),
        TEST(masks_of_filters_stand_for_any_number),
        TEST(a_notify_view_decides_where_there_is_one),
        TEST(receivers_of_the_configuration_have_rows),
        TEST(receivers_leave_rows_that_were_set),
        TEST(bad_receivers_are_refused),
        TEST(there_are_so_many_receivers_at_most),
        TEST(events_say_whose_they_are),
        TEST(refusals_become_few_notifications),
        TEST(an_unknown_community_is_told_of),
        TEST(messages_are_so_many_at_most),
        TEST(a_failure_is_told),
        TEST(addresses_survive_their_columns),
        TEST(tag_lists_have_single_delimiters),
    };
    return cmocka_run_group_tests_name("agent/notify", tests, NULL, NULL);
}
