/* SPDX-License-Identifier: BSD-3-Clause */
/* Communities, their sources and their views; access control of the program's own. */
#include "agent/access.h"
#include "unit/agent/fixture.h"

static void get_number(struct uvsnmp_query *query)
{
    struct uvsnmp_value value = uvsnmp_integer((int32_t)uvsnmp_query_object(query)->id);
    uvsnmp_query_answer(query, &value);
}

static void commit_nothing(struct uvsnmp_query *query)
{
    uvsnmp_query_done(query);
}

static const struct uvsnmp_object objects[] = {
    {1, UVSNMP_INTEGER, UVSNMP_READ_WRITE, 0, 0},
    {2, UVSNMP_INTEGER, UVSNMP_READ_WRITE, 0, 0},
    {3, UVSNMP_INTEGER, UVSNMP_READ_WRITE, 0, 0},
};

/* The groups 1.3.1 to 1.3.5, of three scalars each. */
static struct fixture *make(const struct uvsnmp_agent_options *options)
{
    const struct uvsnmp_scalars scalars = {
        .objects = objects, .count = COUNT_OF(objects), .get = get_number, .commit = commit_nothing};
    struct fixture *fixture = fixture_new(options);
    uvsnmp_agent_clear_communities(fixture->agent);
    for (uint32_t i = 1; i <= 5; i++) {
        assert_int_equal(
            uvsnmp_agent_add_scalars(fixture->agent, NULL, UVSNMP_OID(1, 3, i), &scalars, NULL, NULL), 0);
    }
    return fixture;
}

static int add(struct fixture *fixture, const char *name, int family, const char *source,
               unsigned prefix_length)
{
    struct uvsnmp_address address;
    struct uvsnmp_community community = {
        .name = {(const uint8_t *)name, strlen(name)}, .family = family, .prefix_length = prefix_length};
    if (source) {
        assert_int_equal(uvsnmp_address_parse(source, 0, &address, NULL), 0);
        community.source = &address;
    }
    return uvsnmp_agent_add_community(fixture->agent, &community, NULL);
}

static void add_view(struct fixture *fixture, const char *name, bool write,
                     const struct uvsnmp_view_subtree *view, size_t count)
{
    struct uvsnmp_community community = {
        .name = {(const uint8_t *)name, strlen(name)}, .write = write, .view = view, .view_count = count};
    assert_int_equal(uvsnmp_agent_add_community(fixture->agent, &community, NULL), 0);
}

static bool is_answered(struct fixture *fixture, const char *community, const char *from)
{
    struct uvsnmp_oid name = UVSNMP_OID(1, 3, 1, 1, 0);
    assert_int_equal(uvsnmp_address_parse(from, 4000, &fixture->path.peer, NULL), 0);
    fixture->community = community;
    return fixture_ask(fixture, UVSNMP_PDU_GET, &name, 1);
}

static void without_a_community_nobody_is_answered(void **state)
{
    struct fixture *f = make(NULL);
    (void)state;
    assert_false(is_answered(f, "public", "127.0.0.1"));
    assert_false(is_answered(f, "", "127.0.0.1"));
    assert_int_equal(uvsnmp_agent_counter(f->agent, 1), 2);
    assert_int_equal(uvsnmp_agent_counter(f->agent, 4), 2);
    assert_int_equal(uvsnmp_agent_counter(f->agent, 2), 0);
    fixture_free(f);
}

static void a_community_is_matched_whole(void **state)
{
    struct fixture *f = make(NULL);
    (void)state;
    add(f, "public", AF_UNSPEC, NULL, 0);
    assert_true(is_answered(f, "public", "127.0.0.1"));
    assert_true(is_answered(f, "public", "[::1]"));
    assert_true(is_answered(f, "public", "unix:/x"));
    assert_false(is_answered(f, "publi", "127.0.0.1"));
    assert_false(is_answered(f, "publicc", "127.0.0.1"));
    assert_false(is_answered(f, "Public", "127.0.0.1"));
    fixture_free(f);
}

static void a_source_limits_a_community(void **state)
{
    struct fixture *f = make(NULL);
    (void)state;
    assert_int_equal(add(f, "four", AF_INET, NULL, 0), 0);
    assert_int_equal(add(f, "six", AF_INET6, NULL, 0), 0);
    assert_int_equal(add(f, "host", AF_INET, "192.0.2.7", 32), 0);
    assert_int_equal(add(f, "net", AF_INET, "192.0.2.128", 25), 0);
    assert_int_equal(add(f, "odd", AF_INET, "192.0.0.0", 13), 0);
    assert_int_equal(add(f, "any", AF_INET, "192.0.2.7", 0), 0);
    assert_int_equal(add(f, "net6", AF_INET6, "[2001:db8:1::]", 48), 0);
    assert_true(is_answered(f, "four", "192.0.2.1"));
    assert_true(is_answered(f, "four", "tcp:192.0.2.1"));
    assert_false(is_answered(f, "four", "[::1]"));
    assert_true(is_answered(f, "six", "[::1]"));
    assert_false(is_answered(f, "six", "192.0.2.1"));
    assert_true(is_answered(f, "host", "192.0.2.7"));
    assert_false(is_answered(f, "host", "192.0.2.6"));
    assert_true(is_answered(f, "net", "192.0.2.200"));
    assert_false(is_answered(f, "net", "192.0.2.127"));
    assert_true(is_answered(f, "odd", "192.7.255.255"));
    assert_false(is_answered(f, "odd", "192.8.0.0"));
    assert_true(is_answered(f, "any", "10.0.0.1"));
    assert_true(is_answered(f, "net6", "[2001:db8:1:ffff::1]"));
    assert_false(is_answered(f, "net6", "[2001:db8:2::1]"));
    assert_int_equal(add(f, "bad", AF_INET, "192.0.2.7", 33), UVSNMP_EBAD_ARGUMENT);
    assert_int_equal(add(f, "bad", AF_INET6, "192.0.2.7", 8), UVSNMP_EBAD_ARGUMENT);
    assert_int_equal(add(f, "bad", AF_UNIX, "unix:/x", 8), UVSNMP_EBAD_ARGUMENT);
    fixture_free(f);
}

static void the_first_community_that_fits_counts(void **state)
{
    struct fixture *f = make(NULL);
    const struct uvsnmp_view_subtree one = {UVSNMP_OID(1, 3, 1), true}, two = {UVSNMP_OID(1, 3, 2), true};
    (void)state;
    add_view(f, "same", false, &one, 1);
    add_view(f, "same", true, &two, 1);
    f->community = "same";
    assert_integer(fixture_get_one(f, UVSNMP_OID(1, 3, 1, 1, 0)), 1);
    assert_int_equal(fixture_get_one(f, UVSNMP_OID(1, 3, 2, 1, 0))->value.type, UVSNMP_NO_SUCH_OBJECT);
    assert_int_equal(fixture_set_one(f, UVSNMP_OID(1, 3, 2, 1, 0), uvsnmp_integer(1)),
                     UVSNMP_STATUS_NO_ACCESS);
    fixture_free(f);
}

static void reading_does_not_leave_the_view(void **state)
{
    struct fixture *f = make(NULL);
    const struct uvsnmp_view_subtree view[] = {{UVSNMP_OID(1, 3, 2), true}, {UVSNMP_OID(1, 3, 4), true}};
    const struct uvsnmp_oid names[] = {UVSNMP_OID(1, 3, 1, 1, 0), UVSNMP_OID(1, 3, 2, 1, 0)};
    struct uvsnmp_oid start = UVSNMP_OID(1, 3);
    (void)state;
    add_view(f, "view", true, view, 2);
    f->community = "view";
    assert_true(fixture_ask(f, UVSNMP_PDU_GET, names, 2));
    assert_int_equal(f->answer.pdu.varbinds[0].value.type, UVSNMP_NO_SUCH_OBJECT);
    assert_integer(&f->answer.pdu.varbinds[1], 1);
    assert_name(fixture_next_one(f, start), UVSNMP_OID(1, 3, 2, 1, 0));
    assert_name(fixture_next_one(f, UVSNMP_OID(1, 3, 2, 3, 0)), UVSNMP_OID(1, 3, 4, 1, 0));
    assert_int_equal(fixture_next_one(f, UVSNMP_OID(1, 3, 4, 3, 0))->value.type, UVSNMP_END_OF_MIB_VIEW);
    assert_name(f->answer.pdu.varbinds, UVSNMP_OID(1, 3, 4, 3, 0));
    assert_true(fixture_bulk(f, 0, 50, &start, 1));
    assert_int_equal(f->answer.pdu.count, 7);
    assert_int_equal(fixture_set_one(f, names[0], uvsnmp_integer(1)), UVSNMP_STATUS_NO_ACCESS);
    assert_int_equal(fixture_set_one(f, names[1], uvsnmp_integer(1)), UVSNMP_STATUS_NO_ERROR);
    f->version = UVSNMP_V1;
    assert_true(fixture_ask(f, UVSNMP_PDU_GET, names, 2));
    assert_status(f, UVSNMP_STATUS_NO_SUCH_NAME, 1);
    fixture_free(f);
}

static void excluded_parts_are_passed_over(void **state)
{
    struct fixture *f = make(NULL);
    const struct uvsnmp_view_subtree view[] = {{UVSNMP_OID(1, 3), true},
                                               {UVSNMP_OID(1, 3, 1, 2), false},
                                               {UVSNMP_OID(1, 3, 2), false},
                                               {UVSNMP_OID(1, 3, 2, 3, 0), true},
                                               {UVSNMP_OID(1, 3, 5), false}};
    static const uint32_t wanted[][2] = {{1, 1}, {1, 3}, {2, 3}, {3, 1}, {3, 2},
                                         {3, 3}, {4, 1}, {4, 2}, {4, 3}};
    struct uvsnmp_oid start = UVSNMP_OID(1, 3);
    (void)state;
    add_view(f, "holes", false, view, COUNT_OF(view));
    f->community = "holes";
    assert_true(fixture_bulk(f, 0, 50, &start, 1));
    assert_int_equal(f->answer.pdu.count, COUNT_OF(wanted) + 1);
    for (size_t i = 0; i < COUNT_OF(wanted); i++) {
        uint32_t ids[] = {1, 3, wanted[i][0], wanted[i][1], 0};
        assert_name(&f->answer.pdu.varbinds[i], (struct uvsnmp_oid){ids, 5});
    }
    fixture_free(f);
}

static struct uvsnmp_query *kept;

static void keep(struct uvsnmp_query *query)
{
    kept = query;
}

static void clearing_lets_requests_under_way_go_on(void **state)
{
    static const struct uvsnmp_provider slow = {.next = keep};
    struct fixture *f = make(NULL);
    const struct uvsnmp_view_subtree view = {UVSNMP_OID(1, 3), true};
    struct uvsnmp_oid name = UVSNMP_OID(1, 3, 5, 9);
    struct uvsnmp_value value = uvsnmp_integer(8);
    (void)state;
    add_view(f, "reload", false, &view, 1);
    f->community = "reload";
    assert_int_equal(uvsnmp_agent_register(f->agent, NULL, UVSNMP_OID(1, 3, 6), &slow, NULL, NULL, NULL), 0);
    assert_false(fixture_ask(f, UVSNMP_PDU_GETNEXT, &name, 1));
    uvsnmp_agent_clear_communities(f->agent);
    assert_false(fixture_ask(f, UVSNMP_PDU_GET, &name, 1)); /* not known any more */
    uvsnmp_query_answer_next(kept, UVSNMP_OID(1, 3, 6, 1), &value);
    assert_int_equal(f->answers, 1);
    assert_integer(f->answer.pdu.varbinds, 8);
    fixture_free(f);
}

static void a_view_of_no_subtrees_has_nothing(void **state)
{
    struct fixture *f = make(NULL);
    const struct uvsnmp_view_subtree view = {UVSNMP_OID(1, 3), true};
    (void)state;
    add_view(f, "void", true, &view, 0);
    f->community = "void";
    assert_int_equal(fixture_get_one(f, UVSNMP_OID(1, 3, 1, 1, 0))->value.type, UVSNMP_NO_SUCH_OBJECT);
    assert_int_equal(fixture_next_one(f, UVSNMP_OID(1, 3))->value.type, UVSNMP_END_OF_MIB_VIEW);
    assert_int_equal(fixture_set_one(f, UVSNMP_OID(1, 3, 1, 1, 0), uvsnmp_integer(1)),
                     UVSNMP_STATUS_NO_ACCESS);
    fixture_free(f);
}

static void a_view_that_contradicts_itself_is_refused(void **state)
{
    struct fixture *f = make(NULL);
    const struct uvsnmp_view_subtree view[] = {{UVSNMP_OID(1, 3), true}, {UVSNMP_OID(1, 3), false}};
    const struct uvsnmp_community community = {
        .name = {(const uint8_t *)"odd", 3}, .view = view, .view_count = COUNT_OF(view)};
    (void)state;
    assert_int_equal(uvsnmp_agent_add_community(f->agent, &community, NULL), UVSNMP_EEXISTS);
    assert_false(is_answered(f, "odd", "127.0.0.1"));
    fixture_free(f);
}

static void a_refused_source_is_not_looked_for_further(void **state)
{
    struct fixture *f = make(NULL);
    struct uvsnmp_address address;
    struct uvsnmp_community refused = {
        .name = {(const uint8_t *)"c", 1}, .refused = true, .source = &address, .prefix_length = 24};
    (void)state;
    assert_int_equal(uvsnmp_address_parse("192.0.2.0", 0, &address, NULL), 0);
    assert_int_equal(uvsnmp_agent_add_community(f->agent, &refused, NULL), 0);
    add(f, "c", AF_UNSPEC, NULL, 0);
    assert_false(is_answered(f, "c", "192.0.2.77"));
    assert_true(is_answered(f, "c", "192.0.3.77"));
    assert_int_equal(uvsnmp_agent_counter(f->agent, 4), 1);
    fixture_free(f);
}

static void a_local_source_is_the_socket_that_was_asked(void **state)
{
    struct fixture *f = make(NULL);
    (void)state;
    assert_int_equal(add(f, "c", AF_UNIX, "unix:/run/one", 0), 0);
    assert_int_equal(uvsnmp_address_parse("unix:/run/one", 0, &f->path.local, NULL), 0);
    assert_true(is_answered(f, "c", "unix:/x"));
    assert_false(is_answered(f, "c", "127.0.0.1"));
    assert_int_equal(uvsnmp_address_parse("unix:/run/one2", 0, &f->path.local, NULL), 0);
    assert_false(is_answered(f, "c", "unix:/run/one"));
    fixture_free(f);
}

/* What a community may do depends on the version, and reading and writing have views of their own. */
static void each_version_has_views_of_its_own(void **state)
{
    struct fixture *f = make(NULL);
    struct vacm_view *one = vacm_view_new("one"), *two = vacm_view_new("two");
    const struct vacm_family first = {UVSNMP_OID(1, 3, 1), {NULL, 0}, true};
    const struct vacm_family second = {UVSNMP_OID(1, 3, 2), {NULL, 0}, true};
    const struct uvsnmp_community community = {.name = {(const uint8_t *)"c", 1}};
    const struct access_grant grants[ACCESS_VERSIONS] = {[UVSNMP_V2C] = {true, one, two}};
    (void)state;
    assert_int_equal(vacm_view_add(one, &first, NULL), 0);
    assert_int_equal(vacm_view_add(two, &second, NULL), 0);
    assert_int_equal(access_add(f->agent, &community, grants, NULL), 0);
    vacm_view_release(one);
    vacm_view_release(two);
    f->community = "c";
    assert_integer(fixture_get_one(f, UVSNMP_OID(1, 3, 1, 1, 0)), 1);
    assert_int_equal(fixture_get_one(f, UVSNMP_OID(1, 3, 2, 1, 0))->value.type, UVSNMP_NO_SUCH_OBJECT);
    assert_int_equal(fixture_set_one(f, UVSNMP_OID(1, 3, 1, 1, 0), uvsnmp_integer(1)),
                     UVSNMP_STATUS_NO_ACCESS);
    assert_int_equal(fixture_set_one(f, UVSNMP_OID(1, 3, 2, 1, 0), uvsnmp_integer(1)), 0);
    f->version = UVSNMP_V1;
    assert_false(is_answered(f, "c", "127.0.0.1"));
    assert_int_equal(uvsnmp_agent_counter(f->agent, 4), 0);
    assert_int_equal(uvsnmp_agent_counter(f->agent, 5), 1);
    fixture_free(f);
}

/* ---- the program's own ---- */

static const void *identify(const struct uvsnmp_asker *asker, const char **context, void *arg)
{
    *context = "";
    assert_ptr_equal(arg, &kept);
    return asker->name.size == 1 ? asker->name.data : NULL;
}

/* "r" reads, "n" has no view, "h" is told nothing about where its view goes on: at 1.3.4. */
static enum uvsnmp_access check(const void *principal, struct uvsnmp_oid name, bool write,
                                struct uvsnmp_oid_buf *resume, void *arg)
{
    char who = *(const char *)principal;
    (void)arg;
    (void)resume;
    if (who == 'n' || write) {
        return UVSNMP_ACCESS_NO_VIEW;
    }
    return who == 'r' || uvsnmp_oid_has_prefix(name, UVSNMP_OID(1, 3, 4)) ? UVSNMP_ACCESS_GRANTED
                                                                          : UVSNMP_ACCESS_HIDDEN;
}

static void a_program_may_control_access_itself(void **state)
{
    const struct uvsnmp_access_control control = {identify, check, &kept};
    const struct uvsnmp_agent_options options = {.access = &control};
    struct fixture *f = make(&options);
    struct uvsnmp_oid start = UVSNMP_OID(1, 3);
    (void)state;
    f->community = "r";
    assert_name(fixture_next_one(f, start), UVSNMP_OID(1, 3, 1, 1, 0));
    assert_int_equal(fixture_set_one(f, UVSNMP_OID(1, 3, 1, 1, 0), uvsnmp_integer(1)),
                     UVSNMP_STATUS_AUTHORIZATION_ERROR);
    f->community = "h";
    assert_name(fixture_next_one(f, start), UVSNMP_OID(1, 3, 4, 1, 0));
    assert_int_equal(fixture_next_one(f, UVSNMP_OID(1, 3, 4, 3, 0))->value.type, UVSNMP_END_OF_MIB_VIEW);
    f->community = "n";
    assert_true(fixture_ask(f, UVSNMP_PDU_GETNEXT, &start, 1));
    assert_status(f, UVSNMP_STATUS_AUTHORIZATION_ERROR, 1);
    f->community = "rr";
    assert_false(fixture_ask(f, UVSNMP_PDU_GETNEXT, &start, 1));
    fixture_free(f);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(without_a_community_nobody_is_answered),
        cmocka_unit_test(a_community_is_matched_whole),
        cmocka_unit_test(a_source_limits_a_community),
        cmocka_unit_test(the_first_community_that_fits_counts),
        cmocka_unit_test(reading_does_not_leave_the_view),
        cmocka_unit_test(excluded_parts_are_passed_over),
        cmocka_unit_test(clearing_lets_requests_under_way_go_on),
        cmocka_unit_test(a_view_of_no_subtrees_has_nothing),
        cmocka_unit_test(a_view_that_contradicts_itself_is_refused),
        cmocka_unit_test(a_refused_source_is_not_looked_for_further),
        cmocka_unit_test(a_local_source_is_the_socket_that_was_asked),
        cmocka_unit_test(each_version_has_views_of_its_own),
        cmocka_unit_test(a_program_may_control_access_itself),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
