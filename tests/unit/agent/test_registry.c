/* SPDX-License-Identifier: BSD-3-Clause */
#include "agent/registry.h"
#include "unit/agent/fixture.h"

#include <stdio.h>

static void answer_number(struct uvsnmp_query *query)
{
    struct uvsnmp_value value = uvsnmp_integer((int32_t)(intptr_t)uvsnmp_query_arg(query));
    uvsnmp_query_answer(query, &value);
}

/* One variable, at the registered OID itself with .1 behind. */
static void next_number(struct uvsnmp_query *query)
{
    struct uvsnmp_oid_buf name;
    struct uvsnmp_oid suffix = uvsnmp_query_suffix(query);
    struct uvsnmp_value value = uvsnmp_integer((int32_t)(intptr_t)uvsnmp_query_arg(query));
    (void)uvsnmp_oid_copy(&name, uvsnmp_query_name(query));
    name.count -= suffix.count;
    (void)uvsnmp_oid_append_id(&name, 1);
    if (suffix.count == 0 || (suffix.count == 1 && suffix.ids[0] == 1 && uvsnmp_query_includes_name(query))) {
        uvsnmp_query_answer_next(query, uvsnmp_oid_of(&name), &value);
    } else {
        uvsnmp_query_done(query);
    }
}

static const struct uvsnmp_provider number_provider = {.get = answer_number, .next = next_number};

static struct uvsnmp_registration *add(struct fixture *fixture, const char *context, struct uvsnmp_oid base,
                                       intptr_t number)
{
    struct uvsnmp_registration *made = NULL;
    assert_int_equal(
        uvsnmp_agent_register(fixture->agent, context, base, &number_provider, (void *)number, &made, NULL),
        0);
    return made;
}

static void assert_none(struct fixture *fixture, struct uvsnmp_oid name)
{
    assert_int_equal(fixture_get_one(fixture, name)->value.type, UVSNMP_NO_SUCH_OBJECT);
}

static void the_most_specific_registration_is_asked(void **state)
{
    struct fixture *f = fixture_new(NULL);
    (void)state;
    add(f, NULL, UVSNMP_OID(1, 3, 6), 1);
    add(f, NULL, UVSNMP_OID(1, 3, 6, 5), 2);
    add(f, NULL, UVSNMP_OID(1, 3, 6, 5, 7, 7), 3);
    add(f, NULL, UVSNMP_OID(1, 3, 6, 6), 4);
    assert_none(f, UVSNMP_OID(1, 3, 5, 9));
    assert_integer(fixture_get_one(f, UVSNMP_OID(1, 3, 6)), 1);
    assert_integer(fixture_get_one(f, UVSNMP_OID(1, 3, 6, 4, 9)), 1);
    assert_integer(fixture_get_one(f, UVSNMP_OID(1, 3, 6, 5)), 2);
    assert_integer(fixture_get_one(f, UVSNMP_OID(1, 3, 6, 5, 7, 6)), 2);
    assert_integer(fixture_get_one(f, UVSNMP_OID(1, 3, 6, 5, 7, 7, 1)), 3);
    assert_integer(fixture_get_one(f, UVSNMP_OID(1, 3, 6, 5, 7, 8)), 2);
    assert_integer(fixture_get_one(f, UVSNMP_OID(1, 3, 6, 6, 1)), 4);
    assert_integer(fixture_get_one(f, UVSNMP_OID(1, 3, 6, 7)), 1);
    assert_none(f, UVSNMP_OID(1, 3, 7));
    fixture_free(f);
}

static void unregistering_gives_the_subtree_back(void **state)
{
    struct fixture *f = fixture_new(NULL);
    struct uvsnmp_registration *inner;
    (void)state;
    add(f, NULL, UVSNMP_OID(1, 3, 6), 1);
    inner = add(f, NULL, UVSNMP_OID(1, 3, 6, 5), 2);
    assert_integer(fixture_get_one(f, UVSNMP_OID(1, 3, 6, 5, 1)), 2);
    uvsnmp_unregister(inner);
    assert_integer(fixture_get_one(f, UVSNMP_OID(1, 3, 6, 5, 1)), 1);
    add(f, NULL, UVSNMP_OID(1, 3, 6, 5), 3);
    assert_integer(fixture_get_one(f, UVSNMP_OID(1, 3, 6, 5, 1)), 3);
    fixture_free(f);
}

static void the_same_oid_is_refused_in_one_context(void **state)
{
    struct fixture *f = fixture_new(NULL);
    struct uvsnmp_error err;
    (void)state;
    add(f, NULL, UVSNMP_OID(1, 3, 6, 5), 1);
    assert_int_equal(
        uvsnmp_agent_register(f->agent, "", UVSNMP_OID(1, 3, 6, 5), &number_provider, NULL, NULL, &err),
        UVSNMP_EEXISTS);
    assert_string_equal(err.detail, ".1.3.6.5 is registered already");
    add(f, "other", UVSNMP_OID(1, 3, 6, 5), 2);
    assert_int_equal(uvsnmp_agent_register(f->agent, NULL, (struct uvsnmp_oid){NULL, 0}, &number_provider,
                                           NULL, NULL, NULL),
                     UVSNMP_EBAD_OID);
    fixture_free(f);
}

static void a_community_leads_to_its_context(void **state)
{
    struct fixture *f = fixture_new(NULL);
    struct uvsnmp_community community = {.name = {(const uint8_t *)"blue", 4}, .context = "blue"};
    const struct uvsnmp_oid name = UVSNMP_OID(1, 3, 6, 5);
    (void)state;
    assert_int_equal(uvsnmp_agent_add_community(f->agent, &community, NULL), 0);
    add(f, NULL, UVSNMP_OID(1, 3, 6, 5), 1);
    f->community = "blue";
    assert_false(fixture_ask(f, UVSNMP_PDU_GET, &name, 1)); /* RFC 3415: noSuchContext */
    assert_int_equal(uvsnmp_agent_counter(f->agent, 5), 1);
    add(f, "blue", UVSNMP_OID(1, 3, 6, 5), 2);
    assert_integer(fixture_get_one(f, UVSNMP_OID(1, 3, 6, 5)), 2);
    f->community = "public";
    assert_integer(fixture_get_one(f, UVSNMP_OID(1, 3, 6, 5)), 1);
    fixture_free(f);
}

static void the_last_sub_identifier_may_be_the_largest(void **state)
{
    struct fixture *f = fixture_new(NULL);
    (void)state;
    add(f, NULL, UVSNMP_OID(1, 3, 6), 1);
    add(f, NULL, UVSNMP_OID(1, 3, 6, UINT32_MAX), 2);
    add(f, NULL, UVSNMP_OID(1, 3, 6, UINT32_MAX, UINT32_MAX), 3);
    assert_integer(fixture_get_one(f, UVSNMP_OID(1, 3, 6, UINT32_MAX, 5)), 2);
    assert_integer(fixture_get_one(f, UVSNMP_OID(1, 3, 6, UINT32_MAX, UINT32_MAX, 5)), 3);
    assert_none(f, UVSNMP_OID(1, 3, 7));
    assert_int_equal(fixture_next_one(f, UVSNMP_OID(1, 3, 6, UINT32_MAX, UINT32_MAX, 5))->value.type,
                     UVSNMP_END_OF_MIB_VIEW);
    fixture_free(f);
}

static void getnext_runs_through_thousands_of_registrations(void **state)
{
    struct fixture *f = fixture_new(NULL);
    uint32_t ids[] = {1, 3, 6, 1, 0};
    uint32_t last[UVSNMP_OID_MAX] = {1, 3};
    size_t count = 2, found = 0;
    (void)state;
    for (uint32_t i = 0; i < 5000; i++) {
        ids[4] = (i * 7919) % 5000; /* in no order, each once */
        add(f, NULL, (struct uvsnmp_oid){ids, 5}, (intptr_t)ids[4]);
    }
    for (;;) {
        const struct uvsnmp_varbind *varbind = fixture_next_one(f, (struct uvsnmp_oid){last, count});
        if (varbind->value.type == UVSNMP_END_OF_MIB_VIEW) {
            break;
        }
        assert_integer(varbind, (int32_t)found);
        found++;
        count = varbind->name.count;
        memcpy(last, varbind->name.ids, count * sizeof(last[0]));
    }
    assert_int_equal(found, 5000);
    fixture_free(f);
}

static size_t closed_count;

static void count_closed(void *arg)
{
    (void)arg;
    closed_count++;
}

static struct uvsnmp_query *kept;

static void keep(struct uvsnmp_query *query)
{
    kept = query;
}

static void closed_comes_after_the_last_answer(void **state)
{
    static const struct uvsnmp_provider slow = {.get = keep, .closed = count_closed};
    struct fixture *f = fixture_new(NULL);
    struct uvsnmp_registration *registration;
    struct uvsnmp_oid name = UVSNMP_OID(1, 3, 6, 5);
    struct uvsnmp_value value = uvsnmp_integer(9);
    (void)state;
    closed_count = 0;
    assert_int_equal(uvsnmp_agent_register(f->agent, NULL, name, &slow, NULL, &registration, NULL), 0);
    assert_false(fixture_ask(f, UVSNMP_PDU_GET, &name, 1));
    uvsnmp_unregister(registration);
    assert_int_equal(closed_count, 0);
    uvsnmp_query_answer(kept, &value);
    assert_int_equal(closed_count, 1);
    assert_int_equal(f->answers, 1);
    assert_integer(f->answer.pdu.varbinds, 9);
    assert_none(f, name);
    fixture_free(f);
    assert_int_equal(closed_count, 1);
}

static void a_change_during_getnext_is_seen(void **state)
{
    static const struct uvsnmp_provider slow = {.next = keep, .closed = count_closed};
    struct fixture *f = fixture_new(NULL);
    struct uvsnmp_registration *registration;
    struct uvsnmp_oid name = UVSNMP_OID(1, 3, 6, 4);
    (void)state;
    assert_int_equal(
        uvsnmp_agent_register(f->agent, NULL, UVSNMP_OID(1, 3, 6, 5), &slow, NULL, &registration, NULL), 0);
    add(f, NULL, UVSNMP_OID(1, 3, 6, 7), 7);
    assert_false(fixture_ask(f, UVSNMP_PDU_GETNEXT, &name, 1));
    add(f, NULL, UVSNMP_OID(1, 3, 6, 6), 6);
    uvsnmp_unregister(registration);
    uvsnmp_query_done(kept);
    assert_int_equal(f->answers, 1);
    assert_integer(f->answer.pdu.varbinds, 6);
    fixture_free(f);
}

static void capabilities_keep_their_index(void **state)
{
    struct fixture *f = fixture_new(NULL);
    (void)state;
    f->now += 1230;
    assert_int_equal(uvsnmp_agent_add_capability(f->agent, UVSNMP_OID(1, 3, 1), "one"), 1);
    assert_int_equal(uvsnmp_agent_add_capability(f->agent, UVSNMP_OID(1, 3, 2), "two"), 2);
    assert_int_equal(uvsnmp_agent_capability_change(f->agent), 123);
    f->now += 100;
    assert_int_equal(uvsnmp_agent_remove_capability(f->agent, 1), 0);
    assert_int_equal(uvsnmp_agent_remove_capability(f->agent, 1), UVSNMP_ENOT_FOUND);
    assert_int_equal(uvsnmp_agent_capability_change(f->agent), 133);
    assert_int_equal(uvsnmp_agent_add_capability(f->agent, UVSNMP_OID(1, 3, 3), "three"), 3);
    assert_string_equal(uvsnmp_agent_capability(f->agent, 0)->description, "two");
    assert_int_equal(uvsnmp_agent_capability(f->agent, 1)->index, 3);
    assert_int_equal(uvsnmp_agent_capability(f->agent, 1)->uptime, 133);
    assert_null(uvsnmp_agent_capability(f->agent, 2));
    fixture_free(f);
}

static void contexts_are_bounded(void **state)
{
    struct fixture *fixture = fixture_new(NULL);
    struct uvsnmp_error err = {0};
    int32_t number = 1;
    int rc = 0;
    (void)state;
    for (unsigned i = 0; rc == 0 && i < 100000; i++) {
        char name[16];
        (void)snprintf(name, sizeof(name), "%u", i);
        rc = uvsnmp_agent_register(fixture->agent, name, UVSNMP_OID(1, 3), &number_provider, &number, NULL, &err);
    }
    assert_int_equal(rc, UVSNMP_ELIMIT);
    assert_string_equal(err.detail, "more than 1024 contexts");
    rc = uvsnmp_agent_register(fixture->agent, "0", UVSNMP_OID(1, 4), &number_provider, &number, NULL, &err);
    assert_int_equal(rc, 0);
    fixture_free(fixture);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_most_specific_registration_is_asked),
        cmocka_unit_test(unregistering_gives_the_subtree_back),
        cmocka_unit_test(the_same_oid_is_refused_in_one_context),
        cmocka_unit_test(a_community_leads_to_its_context),
        cmocka_unit_test(contexts_are_bounded),
        cmocka_unit_test(the_last_sub_identifier_may_be_the_largest),
        cmocka_unit_test(getnext_runs_through_thousands_of_registrations),
        cmocka_unit_test(closed_comes_after_the_last_answer),
        cmocka_unit_test(a_change_during_getnext_is_seen),
        cmocka_unit_test(capabilities_keep_their_index),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
