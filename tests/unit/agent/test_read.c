/* SPDX-License-Identifier: BSD-3-Clause */
/* GET, GETNEXT and GETBULK: RFC 3416 §4.2.1 to §4.2.3, RFC 3584 §4. */
#include "unit/agent/sample.h"

/* The variables of RFC 3416's examples: three scalars and a table of two columns and two rows. */
static const uint32_t ids[][12] = {
    {1, 3, 6, 1, 1, 0},     {1, 3, 6, 1, 2, 0},    {1, 3, 6, 1, 3, 0},     {1, 3, 6, 2, 1, 1, 9},
    {1, 3, 6, 2, 1, 1, 10}, {1, 3, 6, 2, 1, 2, 9}, {1, 3, 6, 2, 1, 2, 10}, {1, 3, 6, 3, 1, 0},
};
static const size_t counts[] = {6, 6, 6, 7, 7, 7, 7, 6};
static struct uvsnmp_varbind variables[COUNT_OF(ids)];

enum { SCALAR_1, SCALAR_2, SCALAR_3, CELL_1_9, CELL_1_10, CELL_2_9, CELL_2_10, LAST };

static struct uvsnmp_oid oid_of(size_t at)
{
    return (struct uvsnmp_oid){ids[at], counts[at]};
}

static void fill(void)
{
    for (size_t i = 0; i < COUNT_OF(ids); i++) {
        variables[i].name = oid_of(i);
        variables[i].value = uvsnmp_integer((int32_t)i);
    }
}

static struct fixture *make(struct sample *sample, const struct uvsnmp_agent_options *options)
{
    struct fixture *fixture = fixture_new(options);
    fill();
    memset(sample, 0, sizeof(*sample));
    sample->varbinds = variables;
    sample->count = COUNT_OF(ids);
    sample_register(fixture, UVSNMP_OID(1, 3, 6), sample);
    return fixture;
}

static const struct uvsnmp_varbind *answered(const struct fixture *fixture, size_t at)
{
    assert_true(at < fixture->answer.pdu.count);
    return &fixture->answer.pdu.varbinds[at];
}

static void assert_variable(const struct fixture *fixture, size_t at, size_t variable)
{
    assert_name(answered(fixture, at), oid_of(variable));
    assert_integer(answered(fixture, at), (int32_t)variable);
}

static void get_answers_all_variables_in_order(void **state)
{
    struct sample s;
    struct fixture *f = make(&s, NULL);
    const struct uvsnmp_oid names[] = {oid_of(LAST), oid_of(SCALAR_1), oid_of(CELL_2_9)};
    (void)state;
    assert_true(fixture_ask(f, UVSNMP_PDU_GET, names, 3));
    assert_status(f, UVSNMP_STATUS_NO_ERROR, 0);
    assert_int_equal(f->answer.pdu.count, 3);
    assert_variable(f, 0, LAST);
    assert_variable(f, 1, SCALAR_1);
    assert_variable(f, 2, CELL_2_9);
    fixture_free(f);
}

static void get_without_variables_is_answered_empty(void **state)
{
    struct sample s;
    struct fixture *f = make(&s, NULL);
    (void)state;
    assert_true(fixture_ask(f, UVSNMP_PDU_GET, NULL, 0));
    assert_int_equal(f->answer.pdu.count, 0);
    assert_true(fixture_ask(f, UVSNMP_PDU_GETNEXT, NULL, 0));
    assert_true(fixture_bulk(f, 0, 10, NULL, 0));
    assert_int_equal(f->answer.pdu.count, 0);
    assert_status(f, UVSNMP_STATUS_NO_ERROR, 0);
    fixture_free(f);
}

static void get_of_a_missing_one_is_an_exception(void **state)
{
    struct sample s;
    struct fixture *f = make(&s, NULL);
    const struct uvsnmp_oid names[] = {UVSNMP_OID(1, 3, 6, 1, 1, 1), UVSNMP_OID(1, 4, 1), oid_of(SCALAR_2)};
    (void)state;
    assert_true(fixture_ask(f, UVSNMP_PDU_GET, names, 3));
    assert_int_equal(answered(f, 0)->value.type, UVSNMP_NO_SUCH_INSTANCE);
    assert_int_equal(answered(f, 1)->value.type, UVSNMP_NO_SUCH_OBJECT);
    assert_variable(f, 2, SCALAR_2);
    fixture_free(f);
}

static void v1_get_of_a_missing_one_is_nosuchname(void **state)
{
    struct sample s;
    struct fixture *f = make(&s, NULL);
    const struct uvsnmp_oid names[] = {oid_of(SCALAR_2), UVSNMP_OID(1, 4, 1), UVSNMP_OID(1, 4, 2)};
    (void)state;
    f->version = UVSNMP_V1;
    assert_true(fixture_ask(f, UVSNMP_PDU_GET, names, 3));
    assert_status(f, UVSNMP_STATUS_NO_SUCH_NAME, 3); /* the last one, as Net-SNMP's snmpd */
    assert_int_equal(f->answer.pdu.count, 3);        /* the request's own varbinds come back */
    assert_name(answered(f, 2), names[2]);
    assert_int_equal(answered(f, 0)->value.type, UVSNMP_NULL);
    fixture_free(f);
}

static void getnext_goes_through_everything_once(void **state)
{
    struct sample s;
    struct fixture *f = make(&s, NULL);
    struct uvsnmp_oid name = UVSNMP_OID(1, 3);
    (void)state;
    for (size_t i = 0; i < COUNT_OF(ids); i++) {
        assert_true(fixture_ask(f, UVSNMP_PDU_GETNEXT, &name, 1));
        assert_variable(f, 0, i);
        name = oid_of(i);
    }
    assert_int_equal(fixture_next_one(f, name)->value.type, UVSNMP_END_OF_MIB_VIEW);
    assert_name(answered(f, 0), name); /* the name asked for, not where the search ended */
    f->version = UVSNMP_V1;
    assert_true(fixture_ask(f, UVSNMP_PDU_GETNEXT, &name, 1));
    assert_status(f, UVSNMP_STATUS_NO_SUCH_NAME, 1);
    fixture_free(f);
}

/* RFC 3416 §4.2.3.1: 1 non-repeater, 2 repeaters, 2 repetitions. */
static void getbulk_of_the_rfc_example(void **state)
{
    struct sample s;
    struct fixture *f = make(&s, NULL);
    const struct uvsnmp_oid names[] = {UVSNMP_OID(1, 3, 6, 1, 1), UVSNMP_OID(1, 3, 6, 2, 1, 1),
                                       UVSNMP_OID(1, 3, 6, 2, 1, 2)};
    const struct uvsnmp_oid more[] = {UVSNMP_OID(1, 3, 6, 1, 1), oid_of(CELL_1_10), oid_of(CELL_2_10)};
    (void)state;
    assert_true(fixture_bulk(f, 1, 2, names, 3));
    assert_int_equal(f->answer.pdu.count, 5);
    assert_variable(f, 0, SCALAR_1);
    assert_variable(f, 1, CELL_1_9);
    assert_variable(f, 2, CELL_2_9);
    assert_variable(f, 3, CELL_1_10);
    assert_variable(f, 4, CELL_2_10);
    /* what follows the table's end */
    assert_true(fixture_bulk(f, 1, 2, more, 3));
    assert_int_equal(f->answer.pdu.count, 5);
    assert_variable(f, 1, CELL_2_9);
    assert_variable(f, 2, LAST);
    assert_variable(f, 3, CELL_2_10);
    assert_int_equal(answered(f, 4)->value.type, UVSNMP_END_OF_MIB_VIEW);
    assert_name(answered(f, 4), oid_of(LAST));
    fixture_free(f);
}

static void getbulk_ends_with_the_round_that_has_nothing_more(void **state)
{
    struct sample s;
    struct fixture *f = make(&s, NULL);
    const struct uvsnmp_oid names[] = {oid_of(CELL_2_10), oid_of(LAST)};
    (void)state;
    assert_true(fixture_bulk(f, 0, 50, names, 2));
    assert_int_equal(f->answer.pdu.count, 4);
    assert_variable(f, 0, LAST);
    assert_int_equal(answered(f, 1)->value.type, UVSNMP_END_OF_MIB_VIEW);
    assert_int_equal(answered(f, 2)->value.type, UVSNMP_END_OF_MIB_VIEW);
    assert_name(answered(f, 2), oid_of(LAST));
    assert_int_equal(answered(f, 3)->value.type, UVSNMP_END_OF_MIB_VIEW);
    fixture_free(f);
}

static void getbulk_with_odd_numbers(void **state)
{
    struct sample s;
    struct fixture *f = make(&s, NULL);
    const struct uvsnmp_oid names[] = {oid_of(SCALAR_1), oid_of(CELL_1_9)};
    (void)state;
    assert_true(fixture_bulk(f, 0, 0, names, 2));
    assert_int_equal(f->answer.pdu.count, 0);
    assert_true(fixture_bulk(f, 1, 0, names, 2));
    assert_int_equal(f->answer.pdu.count, 1);
    assert_true(fixture_bulk(f, 1, -5, names, 2));
    assert_int_equal(f->answer.pdu.count, 1);
    assert_true(fixture_bulk(f, -1, 1, names, 2));
    assert_int_equal(f->answer.pdu.count, 2);
    assert_true(fixture_bulk(f, 7, INT32_MAX, names, 2));
    assert_int_equal(f->answer.pdu.count, 2);
    assert_true(fixture_bulk(f, INT32_MAX, INT32_MAX, names, 2));
    assert_int_equal(f->answer.pdu.count, 2);
    fixture_free(f);
}

/* A provider serves what lies before and after a more specific one inside it, and nothing within. */
static void a_registration_inside_another_hides_a_part_of_it(void **state)
{
    static const size_t wanted[] = {SCALAR_1, SCALAR_3, CELL_1_9, CELL_2_9, CELL_2_10, LAST};
    struct uvsnmp_oid start = UVSNMP_OID(1, 3);
    (void)state;
    for (int late = 0; late < 2; late++) {
        struct sample outer, inner = {0}, middle = {0};
        struct fixture *f = make(&outer, NULL);
        inner.varbinds = &variables[CELL_1_9];
        inner.count = 1;
        sample_register(f, UVSNMP_OID(1, 3, 6, 2, 1, 1), &inner);
        sample_register(f, oid_of(SCALAR_2), &middle); /* serves nothing */
        outer.later = inner.later = middle.later = late == 1;
        (void)fixture_bulk(f, 0, 20, &start, 1);
        for (int i = 0; i < 50 && f->answers == 0; i++) {
            sample_answer(&outer, false);
            sample_answer(&inner, false);
            sample_answer(&middle, false);
        }
        assert_int_equal(f->answers, 1);
        assert_int_equal(f->answer.pdu.count, COUNT_OF(wanted) + 1);
        for (size_t i = 0; i < COUNT_OF(wanted); i++) {
            assert_variable(f, i, wanted[i]);
        }
        fixture_free(f);
    }
}

/* A registration of exactly one instance. */
static void a_registered_instance_is_found_by_getnext(void **state)
{
    struct sample outer, one = {0};
    struct fixture *f = make(&outer, NULL);
    (void)state;
    one.varbinds = &variables[SCALAR_2];
    one.count = 1;
    outer.count = 1;
    sample_register(f, oid_of(SCALAR_2), &one);
    assert_name(fixture_next_one(f, oid_of(SCALAR_1)), oid_of(SCALAR_2));
    assert_name(fixture_next_one(f, UVSNMP_OID(1, 3, 6, 1, 2)), oid_of(SCALAR_2));
    assert_int_equal(fixture_next_one(f, oid_of(SCALAR_2))->value.type, UVSNMP_END_OF_MIB_VIEW);
    assert_integer(fixture_get_one(f, oid_of(SCALAR_2)), SCALAR_2);
    fixture_free(f);
}

static void getbulk_of_many_columns_has_one_round(void **state)
{
    struct sample s;
    struct fixture *f = make(&s, NULL);
    struct uvsnmp_oid names[120];
    (void)state;
    for (size_t i = 0; i < 120; i++) {
        names[i] = oid_of(SCALAR_1);
    }
    assert_true(fixture_bulk(f, 0, 20, names, 120));
    assert_int_equal(f->answer.pdu.count, 120);
    fixture_free(f);
}

static void getbulk_in_v1_is_dropped(void **state)
{
    struct sample s;
    struct fixture *f = make(&s, NULL);
    struct uvsnmp_oid name = oid_of(SCALAR_1);
    (void)state;
    f->version = UVSNMP_V1;
    assert_false(fixture_bulk(f, 0, 1, &name, 1));
    fixture_free(f);
}

/* ---- sizes ---- */

static const char text[1000];

/* 500 strings of 1000 octets. */
static void next_text(struct uvsnmp_query *query)
{
    struct uvsnmp_oid suffix = uvsnmp_query_suffix(query);
    uint32_t number = suffix.count == 0 ? 1 : suffix.ids[0] + 1;
    struct uvsnmp_value value = uvsnmp_octets(text, sizeof(text));
    if (number > 500) {
        uvsnmp_query_done(query);
    } else {
        uvsnmp_query_answer_next(query, UVSNMP_OID(1, 3, 6, number), &value);
    }
}

static void get_text(struct uvsnmp_query *query)
{
    struct uvsnmp_value value = uvsnmp_octets(text, sizeof(text));
    uvsnmp_query_answer(query, &value);
}

static struct fixture *make_text(const struct uvsnmp_agent_options *options)
{
    static const struct uvsnmp_provider provider = {.next = next_text, .get = get_text};
    struct fixture *fixture = fixture_new(options);
    assert_int_equal(
        uvsnmp_agent_register(fixture->agent, NULL, UVSNMP_OID(1, 3, 6), &provider, NULL, NULL, NULL), 0);
    return fixture;
}

static void getbulk_is_cut_to_what_fits(void **state)
{
    struct fixture *f = make_text(&(struct uvsnmp_agent_options){.max_bulk_varbinds = 1000});
    struct uvsnmp_oid name = UVSNMP_OID(1, 3);
    (void)state;
    assert_true(fixture_bulk(f, 0, 500, &name, 1));
    assert_status(f, UVSNMP_STATUS_NO_ERROR, 0);
    assert_true(f->size <= 65507 && f->size > 65507 - 1100);
    assert_int_equal(f->answer.pdu.count, 64);
    fixture_free(f);
}

static void getbulk_is_cut_in_the_middle_of_a_round(void **state)
{
    struct fixture *f = make_text(&(struct uvsnmp_agent_options){.max_response = 5500});
    const struct uvsnmp_oid names[] = {UVSNMP_OID(1, 3), UVSNMP_OID(1, 3)};
    (void)state;
    assert_true(fixture_bulk(f, 0, 500, names, 2));
    assert_int_equal(f->answer.pdu.count, 5);
    assert_true(f->size <= 5500);
    fixture_free(f);
}

static void getbulk_has_at_most_the_configured_varbinds(void **state)
{
    struct fixture *f = make_text(&(struct uvsnmp_agent_options){.max_response = 5500, .max_repetitions = 3});
    struct uvsnmp_oid names[3] = {UVSNMP_OID(1, 3, 6, 500)};
    (void)state;
    assert_true(fixture_bulk(f, 0, 500, names, 1));
    assert_int_equal(f->answer.pdu.count, 1);
    names[0] = UVSNMP_OID(1, 3);
    assert_true(fixture_bulk(f, 0, 500, names, 1));
    assert_int_equal(f->answer.pdu.count, 3);
    fixture_free(f);
    f = make_text(&(struct uvsnmp_agent_options){.max_bulk_varbinds = 20});
    assert_true(fixture_bulk(f, 0, 500, names, 1)); /* one repeater: 20 rounds */
    assert_int_equal(f->answer.pdu.count, 20);
    names[1] = names[2] = names[0];
    assert_true(fixture_bulk(f, 0, 500, names, 3)); /* three: 6 rounds */
    assert_int_equal(f->answer.pdu.count, 18);
    fixture_free(f);
}

static void what_does_not_fit_is_toobig(void **state)
{
    struct fixture *f = make_text(&(struct uvsnmp_agent_options){.max_response = 2500});
    const struct uvsnmp_oid names[] = {UVSNMP_OID(1, 3, 6, 1), UVSNMP_OID(1, 3, 6, 2),
                                       UVSNMP_OID(1, 3, 6, 3)};
    (void)state;
    assert_true(fixture_ask(f, UVSNMP_PDU_GET, names, 2));
    assert_status(f, UVSNMP_STATUS_NO_ERROR, 0);
    assert_true(fixture_ask(f, UVSNMP_PDU_GET, names, 3));
    assert_status(f, UVSNMP_STATUS_TOO_BIG, 0);
    assert_int_equal(f->answer.pdu.count, 0);
    assert_int_equal(uvsnmp_agent_counter(f->agent, 20), 1);
    f->version = UVSNMP_V1;
    assert_true(fixture_ask(f, UVSNMP_PDU_GETNEXT, names, 3));
    assert_status(f, UVSNMP_STATUS_TOO_BIG, 0);
    assert_int_equal(f->answer.pdu.count, 3);
    fixture_free(f);
    f = make_text(&(struct uvsnmp_agent_options){.max_response = 500});
    assert_true(fixture_bulk(f, 0, 5, names, 1)); /* not even one */
    assert_status(f, UVSNMP_STATUS_TOO_BIG, 0);
    fixture_free(f);
}

static void no_response_that_fits_is_a_silent_drop(void **state)
{
    struct fixture *f = make_text(&(struct uvsnmp_agent_options){.max_response = 20});
    struct uvsnmp_oid name = UVSNMP_OID(1, 3, 6, 1);
    (void)state;
    assert_false(fixture_ask(f, UVSNMP_PDU_GET, &name, 1));
    assert_int_equal(uvsnmp_agent_counter(f->agent, 31), 1);
    fixture_free(f);
}

/* ---- providers that misbehave, and Counter64 in v1 ---- */

static void v1_does_not_see_counter64(void **state)
{
    struct sample s;
    struct fixture *f = make(&s, NULL);
    struct uvsnmp_oid name = oid_of(SCALAR_1), counter = oid_of(SCALAR_2);
    (void)state;
    variables[SCALAR_2].value = uvsnmp_counter64(5);
    f->version = UVSNMP_V1;
    assert_true(fixture_ask(f, UVSNMP_PDU_GETNEXT, &name, 1));
    assert_variable(f, 0, SCALAR_3);
    assert_true(fixture_ask(f, UVSNMP_PDU_GET, &counter, 1));
    assert_status(f, UVSNMP_STATUS_NO_SUCH_NAME, 1);
    f->version = UVSNMP_V2C;
    assert_int_equal(fixture_next_one(f, name)->value.type, UVSNMP_COUNTER64);
    fixture_free(f);
}

static void next_stuck(struct uvsnmp_query *query)
{
    struct uvsnmp_value value = uvsnmp_integer(1);
    uvsnmp_query_answer_next(query, UVSNMP_OID(1, 3, 6, 5), &value);
}

static void next_without_a_name(struct uvsnmp_query *query)
{
    struct uvsnmp_value value = uvsnmp_integer(1);
    uvsnmp_query_answer(query, &value);
}

static void fail_with_toobig(struct uvsnmp_query *query)
{
    uvsnmp_query_fail(query, UVSNMP_STATUS_TOO_BIG);
}

static void fail_for_lack_of_resources(struct uvsnmp_query *query)
{
    uvsnmp_query_fail(query, UVSNMP_STATUS_RESOURCE_UNAVAILABLE);
}

static void a_next_that_does_not_advance_is_generr(void **state)
{
    static const struct uvsnmp_provider stuck = {.next = next_stuck},
                                        nameless = {.next = next_without_a_name};
    struct fixture *f = fixture_new(NULL);
    const struct uvsnmp_oid names[] = {UVSNMP_OID(1, 3, 6, 4), UVSNMP_OID(1, 3, 6, 5)};
    struct uvsnmp_oid nameless_base = UVSNMP_OID(1, 4);
    (void)state;
    assert_int_equal(uvsnmp_agent_register(f->agent, NULL, UVSNMP_OID(1, 3, 6), &stuck, NULL, NULL, NULL), 0);
    assert_int_equal(uvsnmp_agent_register(f->agent, NULL, nameless_base, &nameless, NULL, NULL, NULL), 0);
    assert_integer(fixture_next_one(f, names[0]), 1);
    assert_true(fixture_ask(f, UVSNMP_PDU_GETNEXT, names, 2));
    assert_status(f, UVSNMP_STATUS_GEN_ERR, 2);
    assert_true(fixture_ask(f, UVSNMP_PDU_GETNEXT, &nameless_base, 1));
    assert_status(f, UVSNMP_STATUS_GEN_ERR, 1);
    assert_true(fixture_bulk(f, 0, 5, names, 1)); /* the second round fails */
    assert_status(f, UVSNMP_STATUS_GEN_ERR, 1);
    fixture_free(f);
}

static void get_nonsense(struct uvsnmp_query *query)
{
    struct uvsnmp_value value = uvsnmp_empty((enum uvsnmp_type)0x99);
    uvsnmp_query_answer(query, &value);
}

static void a_value_of_no_type_is_generr(void **state)
{
    static const struct uvsnmp_provider odd = {.get = get_nonsense};
    struct fixture *f = fixture_new(NULL);
    struct uvsnmp_oid name = UVSNMP_OID(1, 5);
    (void)state;
    assert_int_equal(uvsnmp_agent_register(f->agent, NULL, name, &odd, NULL, NULL, NULL), 0);
    assert_true(fixture_ask(f, UVSNMP_PDU_GET, &name, 1));
    assert_int_equal(f->answer.pdu.error_status, UVSNMP_STATUS_GEN_ERR);
    fixture_free(f);
}

static void a_failing_get_gives_its_index(void **state)
{
    static const struct uvsnmp_provider odd = {.get = fail_with_toobig},
                                        poor = {.get = fail_for_lack_of_resources};
    struct fixture *f = fixture_new(NULL);
    const struct uvsnmp_oid names[] = {UVSNMP_OID(1, 5), UVSNMP_OID(1, 4), UVSNMP_OID(1, 3)};
    (void)state;
    assert_int_equal(uvsnmp_agent_register(f->agent, NULL, names[1], &odd, NULL, NULL, NULL), 0);
    assert_int_equal(uvsnmp_agent_register(f->agent, NULL, names[2], &poor, NULL, NULL, NULL), 0);
    assert_true(fixture_ask(f, UVSNMP_PDU_GET, names, 3));
    assert_status(f, UVSNMP_STATUS_GEN_ERR, 2);
    assert_true(fixture_ask(f, UVSNMP_PDU_GET, names + 2, 1));
    assert_status(f, UVSNMP_STATUS_RESOURCE_UNAVAILABLE, 1);
    f->version = UVSNMP_V1;
    assert_true(fixture_ask(f, UVSNMP_PDU_GET, names + 2, 1));
    assert_status(f, UVSNMP_STATUS_GEN_ERR, 1);
    fixture_free(f);
}

/* ---- answers that come late or never ---- */

static void late_answers_in_any_order_make_one_response(void **state)
{
    const struct uvsnmp_oid names[] = {oid_of(LAST), oid_of(SCALAR_1), oid_of(CELL_2_9)};
    (void)state;
    for (int backwards = 0; backwards < 2; backwards++) {
        struct sample s;
        struct fixture *f = make(&s, NULL);
        s.later = true;
        assert_false(fixture_ask(f, UVSNMP_PDU_GET, names, 3));
        assert_int_equal(s.kept_count, 3); /* all are asked at once */
        fixture_advance(f, 9999);
        sample_answer(&s, backwards);
        assert_int_equal(f->answers, 1);
        assert_variable(f, 0, LAST);
        assert_variable(f, 2, CELL_2_9);
        fixture_advance(f, 20000);
        assert_int_equal(f->answers, 1);
        fixture_free(f);
    }
}

static void a_late_bulk_is_the_same_as_a_prompt_one(void **state)
{
    struct sample s;
    struct fixture *f = make(&s, NULL);
    const struct uvsnmp_oid names[] = {UVSNMP_OID(1, 3), oid_of(CELL_1_9), oid_of(CELL_2_9)};
    (void)state;
    s.later = true;
    assert_false(fixture_bulk(f, 1, 5, names, 3));
    for (int round = 0; round < 10 && f->answers == 0; round++) {
        sample_answer(&s, round % 2 == 0);
    }
    assert_int_equal(f->answers, 1);
    assert_int_equal(f->answer.pdu.count, 11);
    assert_variable(f, 0, SCALAR_1);
    assert_variable(f, 1, CELL_1_10);
    assert_variable(f, 2, CELL_2_10);
    assert_variable(f, 7, LAST);
    assert_int_equal(answered(f, 6)->value.type, UVSNMP_END_OF_MIB_VIEW);
    fixture_free(f);
}

static void no_answer_until_the_deadline_is_generr(void **state)
{
    struct sample s;
    struct fixture *f = make(&s, &(struct uvsnmp_agent_options){.deadline_ms = 500});
    const struct uvsnmp_oid names[] = {UVSNMP_OID(1, 4), oid_of(SCALAR_1), oid_of(SCALAR_2)};
    (void)state;
    s.later = true;
    assert_false(fixture_ask(f, UVSNMP_PDU_GET, names, 3));
    fixture_advance(f, 499);
    assert_int_equal(f->answers, 0);
    fixture_advance(f, 1);
    assert_int_equal(f->answers, 1);
    assert_status(f, UVSNMP_STATUS_GEN_ERR, 2);
    sample_answer(&s, false); /* too late, and harmless */
    assert_int_equal(f->answers, 1);
    fixture_free(f);
}

static void close_waits_for_a_provider_that_cannot_be_cancelled(void **state)
{
    struct sample s;
    struct fixture *f = make(&s, NULL);
    struct uvsnmp_oid name = oid_of(SCALAR_1);
    (void)state;
    s.later = true;
    assert_false(fixture_ask(f, UVSNMP_PDU_GET, &name, 1));
    agent_close(f->agent);
    agent_tick(f->agent);
    assert_false(f->closed);
    assert_false(fixture_ask(f, UVSNMP_PDU_GET, &name, 1)); /* closing: not taken */
    sample_answer(&s, false);
    assert_int_equal(f->answers, 0);
    assert_true(f->wake <= f->now);
    fixture_free(f);
}

static size_t cancelled;
static struct uvsnmp_query *pending;

static void keep_pending(struct uvsnmp_query *query)
{
    pending = query;
}

static void note_cancel(struct uvsnmp_query *query)
{
    assert_ptr_equal(query, pending);
    cancelled++;
}

static void cancel_ends_a_query(void **state)
{
    static const struct uvsnmp_provider provider = {.get = keep_pending, .cancel = note_cancel};
    struct fixture *f = fixture_new(NULL);
    struct uvsnmp_oid name = UVSNMP_OID(1, 3);
    (void)state;
    cancelled = 0;
    assert_int_equal(uvsnmp_agent_register(f->agent, NULL, name, &provider, NULL, NULL, NULL), 0);
    assert_false(fixture_ask(f, UVSNMP_PDU_GET, &name, 1));
    fixture_advance(f, 10000);
    assert_int_equal(cancelled, 1);
    assert_status(f, UVSNMP_STATUS_GEN_ERR, 1);
    assert_false(fixture_ask(f, UVSNMP_PDU_GET, &name, 1));
    fixture_free(f); /* closes without waiting */
    assert_int_equal(cancelled, 2);
}

static void a_retransmission_is_not_worked_on_twice(void **state)
{
    struct sample s;
    struct fixture *f = make(&s, NULL);
    struct uvsnmp_oid name = oid_of(SCALAR_1);
    (void)state;
    s.later = true;
    assert_false(fixture_ask(f, UVSNMP_PDU_GET, &name, 1));
    f->request_id--;
    assert_false(fixture_ask(f, UVSNMP_PDU_GET, &name, 1));
    assert_int_equal(s.kept_count, 1);
    f->path.peer.at.v4.sin_port++; /* somebody else may ask the same */
    f->request_id--;
    assert_false(fixture_ask(f, UVSNMP_PDU_GET, &name, 1));
    assert_int_equal(s.kept_count, 2);
    f->path.peer.at.v4.sin_port--;
    f->path.endpoint++; /* clients of a unix socket have one and the same address */
    f->request_id--;
    assert_false(fixture_ask(f, UVSNMP_PDU_GET, &name, 1));
    assert_int_equal(s.kept_count, 3);
    uvsnmp_query_fail(s.kept[2], UVSNMP_STATUS_GEN_ERR);
    f->path.peer.at.v4.sin_port++;
    uvsnmp_query_fail(s.kept[1], UVSNMP_STATUS_GEN_ERR);
    f->path.peer.at.v4.sin_port--;
    uvsnmp_query_fail(s.kept[0], UVSNMP_STATUS_GEN_ERR);
    assert_int_equal(f->answers, 3);
    f->path.endpoint--;
    f->request_id--;
    assert_false(fixture_ask(f, UVSNMP_PDU_GET, &name, 1)); /* answered, it may be asked again */
    assert_int_equal(s.kept_count, 4);
    uvsnmp_query_fail(s.kept[3], UVSNMP_STATUS_GEN_ERR);
    assert_int_equal(f->answers, 4);
    fixture_free(f);
}

static void requests_that_wait_are_bounded(void **state)
{
    struct sample s;
    struct fixture *f = make(&s, &(struct uvsnmp_agent_options){.max_requests = 3});
    struct uvsnmp_oid name = oid_of(SCALAR_1);
    (void)state;
    s.later = true;
    for (int i = 0; i < 5; i++) {
        assert_false(fixture_ask(f, UVSNMP_PDU_GET, &name, 1));
    }
    assert_int_equal(uvsnmp_agent_counter(f->agent, 31), 2);
    sample_answer(&s, false);
    assert_int_equal(f->answers, 3);
    fixture_free(f);
}

static void never_answer(struct uvsnmp_query *query)
{
    (void)query;
}

/* Few requests may hold much: they are dropped long before as many wait as may. */
static void the_memory_of_requests_that_wait_is_bounded(void **state)
{
    enum { VARIABLES = 3000, REQUESTS = 200 };
    static const struct uvsnmp_provider provider = {.get = never_answer, .cancel = never_answer};
    static struct uvsnmp_varbind asked[VARIABLES];
    const struct msg_pdu pdu = {.type = UVSNMP_PDU_GET, .varbinds = asked, .count = VARIABLES};
    const struct uvsnmp_oid name = UVSNMP_OID(1, 3);
    struct fixture *f = fixture_new(NULL);
    (void)state;
    assert_int_equal(uvsnmp_agent_register(f->agent, NULL, name, &provider, NULL, NULL, NULL), 0);
    for (size_t i = 0; i < VARIABLES; i++) {
        asked[i].name = name;
        asked[i].value = uvsnmp_empty(UVSNMP_NULL);
    }
    for (int round = 0; round < 2; round++) {
        uint32_t dropped = uvsnmp_agent_counter(f->agent, 31);
        for (int i = 0; i < REQUESTS; i++) {
            assert_false(fixture_send(f, &pdu));
        }
        uint32_t waiting = REQUESTS - (uvsnmp_agent_counter(f->agent, 31) - dropped);
        assert_in_range(waiting, 5, REQUESTS / 2);
        fixture_advance(f, 10000); /* all are given up, and their memory with them */
    }
    fixture_free(f);
}

static void without_memory_for_an_answer_there_is_none(void **state)
{
    struct sample s;
    struct fixture *f = make(&s, NULL);
    struct uvsnmp_oid name = oid_of(SCALAR_1);
    (void)state;
    size_t capacity = f->capacity;
    f->capacity = 0;
    assert_false(fixture_ask(f, UVSNMP_PDU_GET, &name, 1));
    assert_int_equal(uvsnmp_agent_counter(f->agent, 31), 1);
    f->capacity = capacity;
    assert_true(fixture_ask(f, UVSNMP_PDU_GET, &name, 1));
    fixture_free(f);
}

/* Requests beyond those that are kept for use again are freed. */
static void a_burst_of_late_requests_is_answered(void **state)
{
    struct fixture *f = fixture_new(NULL);
    struct sample s[2] = {{0}};
    struct uvsnmp_oid name = oid_of(SCALAR_1);
    (void)state;
    fill();
    for (size_t i = 0; i < 2; i++) {
        s[i].varbinds = variables;
        s[i].count = COUNT_OF(ids);
        s[i].later = true;
        sample_register(f, i == 0 ? UVSNMP_OID(1, 3, 6, 1) : UVSNMP_OID(1, 3, 6, 2), &s[i]);
        name = i == 0 ? oid_of(SCALAR_1) : oid_of(CELL_1_9);
        for (int j = 0; j < 60; j++) {
            assert_false(fixture_ask(f, UVSNMP_PDU_GET, &name, 1));
        }
    }
    sample_answer(&s[0], true);
    sample_answer(&s[1], true);
    assert_int_equal(f->answers, 120);
    fixture_free(f);
}

static void a_provider_that_never_answers_is_not_asked_for_ever(void **state)
{
    struct sample s;
    struct fixture *f = make(&s, &(struct uvsnmp_agent_options){.deadline_ms = 10});
    struct uvsnmp_oid name = oid_of(SCALAR_1);
    (void)state;
    s.later = true;
    for (int i = 0; i < 30; i++) {
        (void)fixture_ask(f, UVSNMP_PDU_GET, &name, 1);
        fixture_advance(f, 10);
    }
    assert_int_equal(f->answers, 30);
    assert_int_equal(s.kept_count, 16);
    sample_answer(&s, false); /* it has recovered */
    s.later = false;
    assert_integer(fixture_get_one(f, name), SCALAR_1);
    fixture_free(f);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(get_answers_all_variables_in_order),
        cmocka_unit_test(get_without_variables_is_answered_empty),
        cmocka_unit_test(get_of_a_missing_one_is_an_exception),
        cmocka_unit_test(v1_get_of_a_missing_one_is_nosuchname),
        cmocka_unit_test(getnext_goes_through_everything_once),
        cmocka_unit_test(getbulk_of_the_rfc_example),
        cmocka_unit_test(getbulk_ends_with_the_round_that_has_nothing_more),
        cmocka_unit_test(getbulk_with_odd_numbers),
        cmocka_unit_test(a_registration_inside_another_hides_a_part_of_it),
        cmocka_unit_test(a_registered_instance_is_found_by_getnext),
        cmocka_unit_test(getbulk_of_many_columns_has_one_round),
        cmocka_unit_test(getbulk_in_v1_is_dropped),
        cmocka_unit_test(getbulk_is_cut_to_what_fits),
        cmocka_unit_test(getbulk_is_cut_in_the_middle_of_a_round),
        cmocka_unit_test(getbulk_has_at_most_the_configured_varbinds),
        cmocka_unit_test(what_does_not_fit_is_toobig),
        cmocka_unit_test(no_response_that_fits_is_a_silent_drop),
        cmocka_unit_test(v1_does_not_see_counter64),
        cmocka_unit_test(a_next_that_does_not_advance_is_generr),
        cmocka_unit_test(a_value_of_no_type_is_generr),
        cmocka_unit_test(a_failing_get_gives_its_index),
        cmocka_unit_test(late_answers_in_any_order_make_one_response),
        cmocka_unit_test(a_late_bulk_is_the_same_as_a_prompt_one),
        cmocka_unit_test(no_answer_until_the_deadline_is_generr),
        cmocka_unit_test(close_waits_for_a_provider_that_cannot_be_cancelled),
        cmocka_unit_test(cancel_ends_a_query),
        cmocka_unit_test(a_retransmission_is_not_worked_on_twice),
        cmocka_unit_test(requests_that_wait_are_bounded),
        cmocka_unit_test(the_memory_of_requests_that_wait_is_bounded),
        cmocka_unit_test(without_memory_for_an_answer_there_is_none),
        cmocka_unit_test(a_burst_of_late_requests_is_answered),
        cmocka_unit_test(a_provider_that_never_answers_is_not_asked_for_ever),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
