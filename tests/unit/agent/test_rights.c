/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * What communities may do by com2sec, group, access, view and -V lines. The agent has the scalars 1.3.6.1.2.1.1.1
 * to .6; what a community may do with them is written as "READABLE/WRITABLE", e.g. "146/4"; "-": not answered.
 */
#include <stdio.h>

#include "agent/directives.h"
#include "base/text.h"
#include "unit/agent/fixture.h"

struct suite {
    struct fixture *fixture;
    struct directives_config *config;
    struct text problems;
};

static void on_problem(const struct conf_place *place, bool warning, const char *message, void *arg)
{
    (void)place;
    text_append_format(arg, "%s%s\n", warning ? "?" : "!", message);
}

static void get_number(struct uvsnmp_query *query)
{
    struct uvsnmp_value value = uvsnmp_integer((int32_t)uvsnmp_query_object(query)->id);
    uvsnmp_query_answer(query, &value);
}

static void commit_nothing(struct uvsnmp_query *query)
{
    uvsnmp_query_done(query);
}

static int set_up(void **state)
{
    static const struct uvsnmp_object objects[] = {
        {1, UVSNMP_INTEGER, UVSNMP_READ_WRITE, 0, 0}, {2, UVSNMP_INTEGER, UVSNMP_READ_WRITE, 0, 0},
        {3, UVSNMP_INTEGER, UVSNMP_READ_WRITE, 0, 0}, {4, UVSNMP_INTEGER, UVSNMP_READ_WRITE, 0, 0},
        {5, UVSNMP_INTEGER, UVSNMP_READ_WRITE, 0, 0}, {6, UVSNMP_INTEGER, UVSNMP_READ_WRITE, 0, 0},
    };
    const struct uvsnmp_scalars scalars = {
        .objects = objects, .count = COUNT_OF(objects), .get = get_number, .commit = commit_nothing};
    static const char *const contexts[] = {NULL, "ctx"};
    struct suite *suite = calloc(1, sizeof(*suite));
    suite->fixture = fixture_new(NULL);
    for (size_t i = 0; i < COUNT_OF(contexts); i++) {
        assert_int_equal(uvsnmp_agent_add_scalars(suite->fixture->agent, contexts[i],
                                                  UVSNMP_OID(1, 3, 6, 1, 2, 1, 1), &scalars, NULL, NULL),
                         0);
    }
    text_init(&suite->problems, 0);
    *state = suite;
    return 0;
}

static int tear_down(void **state)
{
    struct suite *suite = *state;
    fixture_free(suite->fixture);
    directives_free(suite->config);
    text_fini(&suite->problems);
    free(suite);
    return 0;
}

/* Lines, each ended by a newline. */
static void read_text(struct suite *suite, const char *text)
{
    const struct conf_files files = {.name = "snmpd", .only_given = true};
    const char *lines[64];
    size_t count = 0;
    char copy[4096];
    char *state = NULL;
    (void)snprintf(copy, sizeof(copy), "%s", text);
    for (char *line = strtok_r(copy, "\n", &state); line; line = strtok_r(NULL, "\n", &state)) {
        assert_true(count < COUNT_OF(lines));
        lines[count++] = line;
    }
    directives_free(suite->config);
    text_reset(&suite->problems);
    const struct directives_input input = {
        .files = &files, .lines = lines, .line_count = count, .problem = on_problem, .arg = &suite->problems};
    suite->config = directives_read(&input);
    assert_non_null(suite->config);
    assert_int_equal(directives_apply_access(suite->config, suite->fixture->agent, NULL), 0);
}

static void assert_problems(const struct suite *suite, const char *expected)
{
    assert_string_equal(text_string(&suite->problems), expected);
}

static void append_readable(struct fixture *fixture, struct text *text)
{
    uint32_t ids[] = {1, 3, 6, 1, 2, 1, 1, 0, 0};
    size_t count = 7;
    for (unsigned steps = 0; steps < 10; steps++) {
        const struct uvsnmp_oid from = {ids, count};
        const struct uvsnmp_varbind *next;
        if (!fixture_ask(fixture, UVSNMP_PDU_GETNEXT, &from, 1)) {
            text_append(text, "-");
            return;
        }
        next = fixture->answer.pdu.varbinds;
        if (fixture->answer.pdu.error_status || next->value.type == UVSNMP_END_OF_MIB_VIEW) {
            break;
        }
        assert_int_equal(next->name.count, 9);
        memcpy(ids, next->name.ids, sizeof(ids));
        count = 9;
        text_append_u64(text, ids[7]);
    }
    for (ids[7] = 1, count = 0; ids[7] <= 6; ids[7]++) { /* GET is of the same mind */
        const struct uvsnmp_oid name = {ids, 9};
        char digit = (char)('0' + ids[7]);
        ids[8] = 0;
        assert_true(fixture_ask(fixture, UVSNMP_PDU_GET, &name, 1));
        assert_int_equal(strchr(text_string(text), digit) != NULL,
                         fixture->answer.pdu.error_status == 0 &&
                             fixture->answer.pdu.varbinds[0].value.type == UVSNMP_INTEGER);
    }
}

static const char *rights(struct suite *suite, enum uvsnmp_version version, const char *community)
{
    static char storage[32];
    struct fixture *fixture = suite->fixture;
    struct text text;
    text_init_fixed(&text, storage, sizeof(storage));
    fixture->community = community;
    fixture->version = version;
    append_readable(fixture, &text);
    if (storage[0] == '-') {
        return storage;
    }
    text_append(&text, "/");
    for (uint32_t id = 1; id <= 6; id++) {
        const struct uvsnmp_oid name = UVSNMP_OID(1, 3, 6, 1, 2, 1, 1, id, 0);
        int32_t status = fixture_set_one(fixture, name, uvsnmp_integer(1));
        assert_true(status == 0 ||
                    status == (version == UVSNMP_V1 ? UVSNMP_STATUS_NO_SUCH_NAME : UVSNMP_STATUS_NO_ACCESS));
        if (status == 0) {
            text_append_u64(&text, id);
        }
    }
    return storage;
}

#define assert_rights(suite, version, community, expected)                                                   \
    assert_string_equal(rights(suite, version, community), expected)

#define SYSTEM ".1.3.6.1.2.1.1"
#define TWO_VIEWS                                                                                            \
    "view four included " SYSTEM ".4\n"                                                                      \
    "view six included " SYSTEM ".6\n"

static void a_community_reads_and_writes_by_its_group(void **state)
{
    struct suite *suite = *state;
    read_text(suite, TWO_VIEWS "com2sec s default c\n"
                               "group g v2c s\n"
                               "access g \"\" any noauth exact four six none\n");
    assert_problems(suite, "");
    assert_rights(suite, UVSNMP_V2C, "c", "4/6");
    assert_rights(suite, UVSNMP_V1, "c", "-"); /* of no group */
    assert_rights(suite, UVSNMP_V2C, "d", "-");
}

static void a_distributions_configuration_works(void **state)
{
    struct suite *suite = *state;
    read_text(suite, "com2sec notConfigUser  default       public\n"
                     "group   notConfigGroup v1           notConfigUser\n"
                     "group   notConfigGroup v2c           notConfigUser\n"
                     "view    systemview    included   " SYSTEM ".1\n"
                     "view    systemview    included   " SYSTEM ".5\n"
                     "access  notConfigGroup \"\"      any       noauth    exact  systemview none none\n");
    assert_problems(suite, "");
    assert_rights(suite, UVSNMP_V1, "public", "15/");
    assert_rights(suite, UVSNMP_V2C, "public", "15/");
    read_text(suite, "view systemonly included " SYSTEM "\n"
                     "view systemonly excluded " SYSTEM ".2\n"
                     "rocommunity public default -V systemonly\n"
                     "rocommunity6 public default -V systemonly\n");
    assert_problems(suite, "");
    assert_rights(suite, UVSNMP_V2C, "public", "13456/");
}

static void the_lines_may_stand_in_any_order(void **state)
{
    struct suite *suite = *state;
    read_text(suite, "access g '' v2c noAuthNoPriv prefix four four none\n"
                     "group g V2C s\n"
                     "rwcommunity d default -V six\n"
                     "com2sec s default c\n" TWO_VIEWS);
    assert_problems(suite, "");
    assert_rights(suite, UVSNMP_V2C, "c", "4/4");
    assert_rights(suite, UVSNMP_V2C, "d", "6/6");
    assert_rights(suite, UVSNMP_V1, "d", "6/6");
}

static void the_first_community_line_that_fits_counts(void **state)
{
    static const char tables[] = TWO_VIEWS "group g v2c s\naccess g \"\" any noauth exact four none none\n";
    static const struct {
        const char *lines, *rights;
    } cases[] = {
        {"com2sec s default c\nrwcommunity c\n", "4/"},
        {"rocommunity c default -V six\ncom2sec s default c\n", "6/"},
        {"com2sec s 10.0.0.0/8 c\nrocommunity c default -V six\n", "6/"},
        {"com2sec s 127.0.0.0/8 c\nrocommunity c default -V six\n", "4/"},
        {"com2sec other default c\nrocommunity c\n", "-"},
        {"com2sec6 s default c\n", "-"},
        {"com2secunix s default c\n", "-"},
        {"com2sec s !127.0.0.0/8 c\nrocommunity c\n", "-"},
        {"com2sec s !10.0.0.0/8 c\nrocommunity c default -V six\n", "6/"},
        {"rocommunity c !127.0.0.1\nrocommunity c\n", "-"},
        {"rocommunity c !127.0.0.1\nrocommunity d\n", "-"},
    };
    struct suite *suite = *state;
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        char text[1024];
        (void)snprintf(text, sizeof(text), "%s%s", tables, cases[i].lines);
        read_text(suite, text);
        assert_rights(suite, UVSNMP_V2C, "c", cases[i].rights);
    }
}

static void a_local_source_is_a_socket_of_the_agent(void **state)
{
    static const char tables[] = TWO_VIEWS "group g v2c s\naccess g \"\" any noauth exact four none none\n";
    struct suite *suite = *state;
    char text[1024];
    (void)snprintf(text, sizeof(text), "%scom2secunix s /run/a c\ncom2secunix s default d\n", tables);
    read_text(suite, text);
    assert_problems(suite, "");
    assert_int_equal(uvsnmp_address_parse("unix:/x", 0, &suite->fixture->path.peer, NULL), 0);
    assert_int_equal(uvsnmp_address_parse("unix:/run/a", 0, &suite->fixture->path.local, NULL), 0);
    assert_rights(suite, UVSNMP_V2C, "c", "4/");
    assert_rights(suite, UVSNMP_V2C, "d", "4/");
    assert_int_equal(uvsnmp_address_parse("unix:/run/b", 0, &suite->fixture->path.local, NULL), 0);
    assert_rights(suite, UVSNMP_V2C, "c", "-");
    assert_rights(suite, UVSNMP_V2C, "d", "4/");
}

/* As measured with Net-SNMP 5.9.3: rows of "any" before others in groups, after others in access entries. */
static void models_and_levels_choose_the_row(void **state)
{
    static const struct {
        const char *lines, *v1, *v2c;
    } cases[] = {
        {"group g any s\naccess g \"\" any noauth exact four none none\n", "4/", "4/"},
        {"group h v2c s\ngroup g any s\naccess g \"\" any noauth exact four none none\n", "4/", "4/"},
        {"group g v1 s\ngroup g v2c s\naccess g \"\" any noauth exact four none none\n"
         "access g \"\" v2c noauth exact six none none\n",
         "4/", "6/"},
        {"group g v1 s\ngroup g v2c s\naccess g \"\" v1 noauth exact four four none\n", "4/4", "-"},
        {"group g v2c s\naccess g \"\" any auth exact four four none\n", "-", "-"},
        {"group g v2c s\naccess g \"\" any priv exact four four none\n", "-", "-"},
        {"group g usm s\naccess g \"\" any noauth exact four four none\n", "-", "-"},
        {"group g v2c s\naccess g \"\" usm noauth exact four four none\n", "-", "-"},
        {"group g v2c s\naccess g \"\" any noauth exact none none none\n", "-", "/"},
        {"group g v2c s\naccess g ctx any noauth exact four none none\n", "-", "-"},
    };
    struct suite *suite = *state;
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        char text[1024];
        (void)snprintf(text, sizeof(text), TWO_VIEWS "com2sec s default c\n%s", cases[i].lines);
        read_text(suite, text);
        assert_rights(suite, UVSNMP_V1, "c", cases[i].v1);
        assert_rights(suite, UVSNMP_V2C, "c", cases[i].v2c);
    }
}

static void a_community_leads_to_its_context(void **state)
{
    struct suite *suite = *state;
    read_text(suite, TWO_VIEWS "com2sec -Cn ctx s default c\n"
                               "com2sec -Cn nowhere s default n\n"
                               "rocommunity d default -V six ctx\n"
                               "rocommunity e default -V six ct\n"
                               "rocommunity f default .1 ctx*\n"
                               "rocommunity h default -V six *\n"
                               "group g v2c s\n"
                               "access g ct any noauth prefix four none none\n"
                               "access g \"\" any noauth prefix six none none\n");
    assert_problems(suite, "");
    assert_rights(suite, UVSNMP_V2C, "c", "4/");
    assert_rights(suite, UVSNMP_V2C, "n", "-"); /* no such context */
    assert_rights(suite, UVSNMP_V2C, "d", "6/");
    assert_rights(suite, UVSNMP_V2C, "e", "-");
    assert_rights(suite, UVSNMP_V2C, "f", "123456/");
    assert_rights(suite, UVSNMP_V2C, "h", "6/");
}

/* Measured against Net-SNMP's snmpd. */
static void the_standard_views_need_no_line(void **state)
{
    static const struct {
        const char *lines, *rights;
    } cases[] = {
        {"com2sec s default c\ngroup g v2c s\naccess g \"\" any noauth exact _all_ _all_ none\n", "123456/123456"},
        {"com2sec s default c\ngroup g v2c s\naccess g \"\" any noauth exact _all_ _none_ none\n", "123456/"},
        {"com2sec s default c\ngroup g v2c s\naccess g \"\" any noauth exact _none_ _none_ none\n", "/"},
        {"rwcommunity c default -V _all_\n", "123456/123456"},
        {"rocommunity c default -V _none_\n", "/"},
        {"view _all_ excluded " SYSTEM ".4\nrocommunity c default -V _all_\n", "12356/"},
        {"view _none_ included " SYSTEM ".4\nrocommunity c default -V _none_\n", "4/"},
    };
    struct suite *suite = *state;
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        read_text(suite, cases[i].lines);
        assert_problems(suite, "");
        assert_rights(suite, UVSNMP_V2C, "c", cases[i].rights);
    }
}

static void masks_leave_sub_identifiers_open(void **state)
{
    static const struct {
        const char *lines, *rights;
    } cases[] = {
        {"view v included " SYSTEM ".4.0 fe:80\n", "123456/"},
        {"view v included " SYSTEM ".4.0 fe80\n", "123456/"},
        {"view v included " SYSTEM ".4.0 fe 80\n", "123456/"},
        {"view v included " SYSTEM ".4.0 fe.80 # all columns\n", "123456/"},
        {"view v included " SYSTEM ".4.0 ff:80\n", "4/"},
        {"view v included " SYSTEM ".4.1 fe:80\n", "/"},
        {"view v included .1\nview v excluded " SYSTEM ".4.0 fe:80\n", "/"},
        {"view v included .1\nview v excluded " SYSTEM ".4 fe\nview v included " SYSTEM ".5 ff\n", "5/"},
    };
    struct suite *suite = *state;
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        char text[1024];
        (void)snprintf(text, sizeof(text), "%srocommunity c default -V v\n", cases[i].lines);
        read_text(suite, text);
        assert_problems(suite, "");
        assert_rights(suite, UVSNMP_V2C, "c", cases[i].rights);
    }
}

/* Each line is read after good ones that leave "46/4" to c. */
static void a_bad_line_never_grants_more(void **state)
{
    static const struct {
        const char *line, *problem, *rights;
    } cases[] = {
        {"view v", "!missing TYPE parameter: the view v is empty now\n", "/4"},
        {"view v include .1", "!bad TYPE, should be: included or excluded: include: the view v is empty now\n",
         "/4"},
        {"view v excluded", "!missing SUBTREE parameter: the view v is empty now\n", "/4"},
        {"view v excluded system", "!bad SUBTREE object id: system: the view v is empty now\n", "/4"},
        {"view v excluded .1 zz", "!invalid MASK: zz: the view v is empty now\n", "/4"},
        {"view v excluded .1 ff g", "!invalid MASK: g: the view v is empty now\n", "/4"},
        {"view v included", "!missing SUBTREE parameter\n", "46/4"},
        {"view v included system", "!bad SUBTREE object id: system\n", "46/4"},
        {"view v included .1 fff", "!invalid MASK: fff\n", "46/4"},
        {"view v included .1 ff:ff:ff:ff:ff:ff:ff:ff:ff:ff:ff:ff:ff:ff:ff:ff:ff",
         "!too long a MASK: ff:ff:ff:ff:ff:ff:ff:ff:ff:ff:ff:ff:ff:ff:ff:ff:ff\n", "46/4"},
        {"view v included \"" SYSTEM,
         "!SUBTREE: the closing quote is missing or in the wrong place\n", "46/4"},
        {"view v excluded " SYSTEM ".4", "!the view has another line for this subtree\n", "46/4"},
        {"view 1234567890123456789012345678901234 included .1",
         "!the name of a view has 1 to 33 characters\n", "46/4"},
        {"view \"\" included .1", "!the name of a view has 1 to 33 characters\n", "46/4"},
        {"group", "!Blank line following group token.\n", "46/4"},
        {"group h", "!missing MODEL parameter\n", "46/4"},
        {"group h v9 s", "!bad security model, should be: v1, v2c or usm: v9\n", "46/4"},
        {"group h v2c", "!missing SECURITY parameter\n", "46/4"},
        {"group h v2c t more", "!there is something after the SECURITY: more\n", "46/4"},
        {"group h v2c s", "!s is in the group g already\n", "46/4"},
        {"access g", "!missing CONTEXT parameter\n", "46/4"},
        {"access g \"\"", "!missing MODEL parameter\n", "46/4"},
        {"access g \"\" v4 noauth exact all all all",
         "!bad security model, should be: v1, v2c or usm: v4\n", "46/4"},
        {"access g \"\" v2c", "!missing LEVEL parameter\n", "46/4"},
        {"access g \"\" v2c none exact all all all",
         "!bad security level (noauthnopriv, authnopriv, authpriv): none\n", "46/4"},
        {"access g \"\" v2c noauth", "!missing PREFIX parameter\n", "46/4"},
        {"access g \"\" v2c noauth any all all all",
         "!bad prefix match parameter, should be: exact or prefix: any\n", "46/4"},
        {"access g \"\" v2c noauth exact", "!missing readView parameter\n", "46/4"},
        {"access g \"\" v2c noauth exact all", "!missing writeView parameter\n", "46/4"},
        {"access g \"\" v2c noauth exact all all", "!missing notifyView parameter\n", "46/4"},
        {"access g \"\" v2c noauth exact all all all all",
         "!there is something after the notifyView: all\n", "46/4"},
        {"access g \"\" v2c noauth exact 1234567890123456789012345678901234 all all",
         "!readView is too long\n", "46/4"},
        {"access g \"\" any noauth exact all all none",
         "!the group g has another access entry for this context, model and level\n", "46/4"},
        {"com2sec", "!Blank line following com2sec token.\n", "46/4"},
        {"com2sec -Cn", "!missing CONTEXT_NAME parameter\n", "46/4"},
        {"com2sec -Cn x", "!missing NAME parameter\n", "46/4"},
        {"com2sec s", "!missing SOURCE parameter\n", "46/4"},
        {"com2sec s default", "!missing COMMUNITY parameter\n", "46/4"},
        {"com2sec s default \"\"", "!empty COMMUNITY parameter\n", "46/4"},
        {"com2sec \"\" default d", "!empty NAME parameter\n", "46/4"},
        {"com2sec s \"\" d", "!empty SOURCE parameter\n", "46/4"},
        {"com2sec s NETWORK", "!example config NETWORK not properly configured\n", "46/4"},
        {"com2sec s default COMMUNITY", "!example config COMMUNITY not properly configured\n", "46/4"},
        {"com2sec -Cn 1234567890123456789012345678901234", "!context name too long\n", "46/4"},
        {"com2sec s 10.0.0.0/3.192.0.0 d", "!source/mask mismatch: 10.0.0.0/3.192.0.0\n", "46/4"},
        {"com2secunix s", "!missing SOCKPATH parameter\n", "46/4"},
        {"com2secunix s \"\"", "!empty SOCKPATH parameter\n", "46/4"},
        {"com2secunix s d", "!missing COMMUNITY parameter\n", "46/4"},
        {"com2secunix s /a2345678901234567890123456789012345678901234567890123456789012345678901234567890"
         "1234567890123456789012345678",
         "!sockpath too long\n", "46/4"},
        {"com2sec s default d more", "!there is something after the COMMUNITY: more\n", "46/4"},
        {"com2sec s 10.0.0.0/33 d", "!bad mask length: 33\n", "46/4"},
        {"com2sec6 s 10.0.0.0/8 d", "!cannot resolve IPv6 source hostname: 10.0.0.0\n", "46/4"},
        {"com2sec 1234567890123456789012345678901234 default d", "!security name too long\n", "46/4"},
    };
    struct suite *suite = *state;
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        char text[1024];
        (void)snprintf(text, sizeof(text),
                       "view v included " SYSTEM ".4\nview v included " SYSTEM ".6\nview all included .1\n"
                       "view w included " SYSTEM ".4\ncom2sec s default c\n"
                       "group g v2c s\naccess g \"\" any noauth exact v w none\n%s\n",
                       cases[i].line);
        read_text(suite, text);
        assert_problems(suite, cases[i].problem);
        assert_int_equal(suite->config->problems, 1);
        assert_rights(suite, UVSNMP_V2C, "c", cases[i].rights);
        assert_rights(suite, UVSNMP_V2C, "d", "-");
    }
}

static void a_source_to_be_refused_that_cannot_be_read_refuses_all(void **state)
{
    struct suite *suite = *state;
    read_text(suite, "rocommunity c !300.1.1.1\nrocommunity c\nrocommunity d\n");
    assert_problems(suite, "!cannot resolve IPv4 source hostname: 300.1.1.1\n");
    assert_rights(suite, UVSNMP_V2C, "c", "-");
    assert_rights(suite, UVSNMP_V2C, "d", "123456/");
}

static void a_community_that_sees_nothing_is_reported(void **state)
{
    struct suite *suite = *state;
    read_text(suite, "rwcommunity c default -V typo\ncom2sec s default d\n");
    assert_problems(suite, "?nothing is in the view typo: the community sees nothing\n"
                           "?no group and access lines for s: the community is not answered\n");
    assert_int_equal(suite->config->problems, 2);
    assert_rights(suite, UVSNMP_V2C, "c", "/");
    assert_rights(suite, UVSNMP_V2C, "d", "-");
}

static void the_same_line_twice_is_no_problem(void **state)
{
    struct suite *suite = *state;
    read_text(suite, TWO_VIEWS TWO_VIEWS "com2sec s default c\ngroup g v2c s\ngroup g v2c s\n"
                                         "access g \"\" any noauth exact four none none\n"
                                         "access g \"\" any noauth exact four none none\n");
    assert_problems(suite, "");
    assert_rights(suite, UVSNMP_V2C, "c", "4/");
}

static void too_many_rows_grant_nothing(void **state)
{
    const struct conf_files files = {.name = "snmpd", .only_given = true};
    enum { ROWS = 1100 };
    static char texts[ROWS][64];
    static const char *lines[ROWS + 2] = {"view v included .1", "rocommunity c default -V v"};
    struct suite *suite = *state;
    for (unsigned i = 0; i < ROWS; i++) {
        (void)snprintf(texts[i], sizeof(texts[i]), "view v%u included .1", i);
        lines[i + 2] = texts[i];
    }
    const struct directives_input input = {
        .files = &files, .lines = lines, .line_count = COUNT_OF(lines), .problem = on_problem, .arg = &suite->problems};
    suite->config = directives_read(&input);
    assert_int_equal(directives_apply_access(suite->config, suite->fixture->agent, NULL), 0);
    assert_true(suite->config->problems > 0);
    assert_rights(suite, UVSNMP_V2C, "c", "/");
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
    const struct CMUnitTest tests[] = {
        TEST(a_community_reads_and_writes_by_its_group),
        TEST(a_distributions_configuration_works),
        TEST(the_lines_may_stand_in_any_order),
        TEST(the_first_community_line_that_fits_counts),
        TEST(a_local_source_is_a_socket_of_the_agent),
        TEST(models_and_levels_choose_the_row),
        TEST(a_community_leads_to_its_context),
        TEST(the_standard_views_need_no_line),
        TEST(masks_leave_sub_identifiers_open),
        TEST(a_bad_line_never_grants_more),
        TEST(a_source_to_be_refused_that_cannot_be_read_refuses_all),
        TEST(a_community_that_sees_nothing_is_reported),
        TEST(the_same_line_twice_is_no_problem),
        TEST(too_many_rows_grant_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
