/* SPDX-License-Identifier: BSD-3-Clause */
/* snmpd.conf: what a line grants, and that a bad one grants nothing. */
#include <arpa/inet.h>

#include "agent/core.h"
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

static int set_up(void **state)
{
    struct suite *suite = calloc(1, sizeof(*suite));
    suite->fixture = fixture_new(NULL);
    uvsnmp_agent_clear_communities(suite->fixture->agent);
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

static void read_lines(struct suite *suite, const char *const *lines, size_t count)
{
    const struct conf_files files = {.name = "snmpd", .only_given = true};
    directives_free(suite->config);
    text_reset(&suite->problems);
    const struct directives_input input = {
        .files = &files, .lines = lines, .line_count = count, .problem = on_problem, .arg = &suite->problems};
    suite->config = directives_read(&input);
    assert_non_null(suite->config);
    assert_int_equal(directives_apply_access(suite->config, suite->fixture->agent, NULL), 0);
}

static void read_line(struct suite *suite, const char *line)
{
    read_lines(suite, &line, 1);
}

/* Is a request with that community from that address answered? */
static bool answers(struct suite *suite, const char *community, const char *peer)
{
    const struct uvsnmp_oid name = UVSNMP_OID(1, 3, 6, 1, 2, 1, 1, 1, 0);
    assert_int_equal(uvsnmp_address_parse(peer, 40000, &suite->fixture->path.peer, NULL), 0);
    suite->fixture->community = community;
    return fixture_ask(suite->fixture, UVSNMP_PDU_GET, &name, 1);
}

static void a_community_may_be_bound_to_a_source(void **state)
{
    static const struct {
        const char *line, *peer;
        bool answered;
    } cases[] = {
        {"rocommunity c", "udp:192.0.2.1:5", true},
        {"rocommunity c default", "udp:192.0.2.1:5", true},
        {"rocommunity c default", "udp6:[2001:db8::1]:5", false},
        {"rocommunity c default", "unix:/tmp/x", false},
        {"rocommunity6 c", "udp6:[2001:db8::1]:5", true},
        {"rocommunity6 c", "udp:192.0.2.1:5", false},
        {"rocommunity c 192.0.2.1", "udp:192.0.2.1:5", true},
        {"rocommunity c 192.0.2.1", "udp:192.0.2.2:5", false},
        {"rocommunity c 192.0.2.0/24", "udp:192.0.2.77:5", true},
        {"rocommunity c 192.0.2.0/24", "udp:192.0.3.77:5", false},
        {"rocommunity c 192.0.2.0/255.255.255.0", "udp:192.0.2.77:5", true},
        {"rocommunity c 192.0.2.0/255.255.255.0", "udp:192.0.3.0:5", false},
        {"rocommunity c 0.0.0.0/0", "udp:192.0.3.0:5", true},
        {"rocommunity6 c 2001:db8::/32", "udp6:[2001:db8:9::1]:5", true},
        {"rocommunity6 c 2001:db8::/32", "udp6:[2001:db9::1]:5", false},
        {"rocommunity6 c 2001:db8::/ffff:ffff::", "udp6:[2001:db9::1]:5", false},
        {"rocommunity d", "udp:192.0.2.1:5", false},
        {"RWCommunity \"c\" '192.0.2.1' # comment", "udp:192.0.2.1:5", true},
    };
    struct suite *suite = *state;
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        read_line(suite, cases[i].line);
        assert_string_equal(text_string(&suite->problems), "");
        if (answers(suite, "c", cases[i].peer) != cases[i].answered) {
            fail_msg("%s from %s", cases[i].line, cases[i].peer);
        }
    }
}

static void a_bad_community_line_grants_nothing(void **state)
{
    static const struct {
        const char *line, *problem;
    } cases[] = {
        {"rocommunity", "!Blank line following rocommunity token.\n"},
        {"rocommunity \"\"", "!missing COMMUNITY parameter\n"},
        {"rocommunity \"c default", "!COMMUNITY: the closing quote is missing or in the wrong place\n"},
        {"rocommunity c 300.1.1.1/8", "!cannot resolve IPv4 source hostname: 300.1.1.1\n"},
        {"rocommunity c 10.0.0.0/33", "!bad mask length: 33\n"},
        {"rocommunity c 10.0.0.0/", "!bad mask length: \n"},
        {"rocommunity c 10.0.0.0/8/8", "!bad mask length: 8/8\n"},
        {"rocommunity c 10.0.0.0/-1", "!bad mask length: -1\n"},
        {"rocommunity c 10.0.0.0/255.0.255.0", "!bad mask: 255.0.255.0\n"},
        {"rocommunity c 10.0.0.1/8", "!source/mask mismatch: 10.0.0.1/8\n"},
        {"rocommunity c /8", "!cannot resolve IPv4 source hostname: \n"},
        {"rocommunity c 10.1", "!cannot resolve IPv4 source hostname: 10.1\n"},
        {"rocommunity c 10/8", "!cannot resolve IPv4 source hostname: 10\n"},
        {"rocommunity c ::1", "!cannot resolve IPv4 source hostname: ::1\n"},
        {"rocommunity6 c 10.0.0.0/8", "!cannot resolve IPv6 source hostname: 10.0.0.0\n"},
        {"rocommunity6 c fe80::1%lo", "!cannot resolve IPv6 source hostname: fe80::1%lo\n"},
        {"rocommunity c default system", "!bad SUBTREE object id: system\n"},
        {"rocommunity c default .1.3.6.1.x", "!bad SUBTREE object id: .1.3.6.1.x\n"},
        {"rocommunity c default -V", "!missing VIEW parameter\n"},
        {"rocommunity c default -V \"\"", "!the name of a view has 1 to 33 characters\n"},
        {"rocommunity c default -V v ctx more", "!there is something after the context: more\n"},
        {"rocommunity c default .1 ctx more", "!there is something after the context: more\n"},
        {"proxy c", "?proxy is not supported by this version: the line has no effect\n"},
        {"roocommunity c", "?Unknown token: roocommunity.\n"},
    };
    struct suite *suite = *state;
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        read_line(suite, cases[i].line);
        assert_string_equal(text_string(&suite->problems), cases[i].problem);
        assert_int_equal(suite->config->problems, 1);
        assert_int_equal(suite->config->community_count, 0);
        assert_false(answers(suite, "c", "udp:10.0.0.1:5"));
    }
}

static void a_good_line_counts_beside_bad_ones(void **state)
{
    static const char *const lines[] = {"rocommunity c 1.2.3", "rocommunity d 10.0.0.1", "nonsense x"};
    struct suite *suite = *state;
    read_lines(suite, lines, COUNT_OF(lines));
    assert_true(answers(suite, "d", "udp:10.0.0.1:5"));
    assert_false(answers(suite, "c", "udp:10.0.0.1:5"));
    assert_int_equal(suite->config->problems, 2);
}

static void a_community_may_be_bound_to_a_subtree(void **state)
{
    static const char *const lines[] = {"rocommunity c default .1.3.6.1.2.1.1",
                                        "rwcommunity d default 1.3.6.1.2"};
    struct suite *suite = *state;
    read_lines(suite, lines, COUNT_OF(lines));
    assert_int_equal(suite->config->problems, 0);
    assert_int_equal(suite->config->community_count, 2);
}

static void listening_addresses_add_up(void **state)
{
    static const char *const lines[] = {"agentaddress udp:127.0.0.1:161,[::1]", "AgentAddress tcp:1161, 161",
                                        "agentaddress unix:/x/y , udp:localhost:1161"};
    static const char *const expected[] = {"udp:127.0.0.1:161", "[::1]", "tcp:1161", "161", "unix:/x/y",
                                           "udp:localhost:1161"};
    struct suite *suite = *state;
    read_lines(suite, lines, COUNT_OF(lines));
    assert_string_equal(text_string(&suite->problems), "");
    assert_int_equal(suite->config->listen_count, COUNT_OF(expected));
    for (size_t i = 0; i < COUNT_OF(expected); i++) {
        assert_string_equal(suite->config->listen[i], expected[i]);
    }
}

static void a_bad_listening_address_is_left_out(void **state)
{
    struct suite *suite = *state;
    read_line(suite, "agentaddress udp:127.0.0.1:99999,udp:127.0.0.1:1161");
    assert_non_null(strstr(text_string(&suite->problems), "!udp:127.0.0.1:99999: "));
    assert_int_equal(suite->config->problems, 1);
    assert_int_equal(suite->config->listen_count, 1);
    assert_string_equal(suite->config->listen[0], "udp:127.0.0.1:1161");
    read_line(suite, "agentaddress udp:127.0.0.1:99999");
    assert_int_equal(suite->config->listen_count, 0);
    assert_true(suite->config->listen_given);
}

static void assert_text(const struct mibs_text *text, enum mibs_origin origin, const char *expected)
{
    assert_int_equal(text->origin, origin);
    assert_int_equal(text->size, strlen(expected));
    assert_memory_equal(text->octets, expected, strlen(expected));
}

static void values_keep_their_quotes_and_win_over_stored_ones(void **state)
{
    static const char *const lines[] = {"psyslocation stored", "syslocation \"rack 7\" # x",
                                        "psyslocation again",  "psyscontact 0x610a62",
                                        "sysservices 72",      "sysobjectid .1.3.6.1.4.1.8072.3.2.10",
                                        "pauthtrapenable 1"};
    struct suite *suite = *state;
    read_lines(suite, lines, COUNT_OF(lines));
    const struct mibs_settings *settings = &suite->config->settings;
    assert_string_equal(text_string(&suite->problems), "");
    assert_text(&settings->location, MIBS_CONFIGURED, "\"rack 7\" # x");
    assert_text(&settings->contact, MIBS_PERSISTENT, "a\nb");
    assert_int_equal(settings->services.number, 72);
    assert_int_equal(settings->trap_enabled.number, 1);
    assert_int_equal(settings->object_id.count, 10);
}

static void bad_values_are_said_and_change_nothing(void **state)
{
    static const struct {
        const char *line, *problem;
    } cases[] = {
        {"sysservices abc", "!sysservices is not a number from 0 to 127: abc\n"},
        {"sysservices 128", "!sysservices is not a number from 0 to 127: 128\n"},
        {"sysservices -1", "!sysservices is not a number from 0 to 127: -1\n"},
        {"sysobjectid 1.3.x", "!sysobjectid token not a parsable OID: 1.3.x\n"},
        {"authtrapenable 3", "!authtrapenable must be 1 or 2\n"},
        {"psysname 0x0", "!not a stored text: 0x0\n"},
        {"maxGetbulkRepeats many", "!not a number: many\n"},
        {"[snmp] defVersion 2c", "?Unknown token: defVersion.\n"},
        {"syscontact", "!Blank line following syscontact token.\n"},
    };
    struct suite *suite = *state;
    struct mibs_settings defaults;
    mibs_settings_init(&defaults);
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        read_line(suite, cases[i].line);
        assert_string_equal(text_string(&suite->problems), cases[i].problem);
        assert_memory_equal(&suite->config->settings, &defaults, sizeof(defaults));
    }
    char line[400] = "syscontact ";
    memset(line + strlen(line), 'x', 256);
    read_line(suite, line);
    assert_string_equal(text_string(&suite->problems), "!syscontact token too long (must be < 256)\n");
    assert_memory_equal(&suite->config->settings, &defaults, sizeof(defaults));
}

static void open_communities_are_found_beyond_the_loopback(void **state)
{
    static const struct {
        const char *line, *bound;
        bool open;
    } cases[] = {
        {"rocommunity c", "udp:0.0.0.0:161", true},
        {"rocommunity c", "udp:192.0.2.1:161", true},
        {"rocommunity c", "tcp:192.0.2.1:161", true},
        {"rocommunity c 0.0.0.0/0", "udp:192.0.2.1:161", true},
        {"rocommunity c 10.0.0.0/8", "udp:192.0.2.1:161", false},
        {"rocommunity c", "udp:127.0.0.2:161", false},
        {"rocommunity c", "udp6:[::]:161", false},
        {"rocommunity6 c", "udp6:[::]:161", true},
        {"rocommunity6 c", "udp6:[::1]:161", false},
        {"rocommunity c", "unix:/tmp/x", false},
    };
    struct suite *suite = *state;
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        struct uvsnmp_address bound;
        read_line(suite, cases[i].line);
        assert_int_equal(uvsnmp_address_parse(cases[i].bound, 161, &bound, NULL), 0);
        const char *found = directives_open_community(suite->config, &bound);
        if (cases[i].open != (found != NULL)) {
            fail_msg("%s on %s", cases[i].line, cases[i].bound);
        }
    }
}

/* ---- receivers of notifications ---- */

static const struct target_row *find_params(struct suite *suite, const char *name)
{
    const struct uvsnmp_bytes bytes = {(const uint8_t *)name, strlen(name)};
    return targets_find_name(&suite->fixture->agent->targets, TARGET_PARAMS, bytes);
}

static void receivers_come_in_the_order_of_their_lines(void **state)
{
    struct suite *suite = *state;
    const char *const lines[] = {
        "trapsink 127.0.0.1",
        "trapcommunity \"two words\"",
        "trap2sink 127.0.0.1 given 1620",
        "informsink udp:127.0.0.1:9",
        "trapsess -Ci -v2c -c mine -t 2.5 -r 0 -s 127.0.0.1 localhost",
        "trapsess -v 3 -u ann -l authPriv -A 'a passphrase' -X 'another one' -e 0x8000000001020304 127.0.0.1",
    };
    const char *const names[] = {"public", "given", "two words", "mine", "ann"};
    read_lines(suite, lines, COUNT_OF(lines));
    assert_string_equal(text_string(&suite->problems),
                        "?The separate port argument for sinks is deprecated\n");
    assert_int_equal(suite->config->sink_count, COUNT_OF(names));
    assert_int_equal(directives_apply_sinks(suite->config, suite->fixture->agent, NULL), 0);
    assert_int_equal(suite->config->sink_count, 0);
    for (unsigned i = 0; i < COUNT_OF(names); i++) {
        char name[16];
        snprintf(name, sizeof(name), "internal%u", i);
        const struct target_row *row = find_params(suite, name);
        assert_non_null(row);
        struct uvsnmp_bytes who = target_octets(row, PARAMS_NAME);
        assert_int_equal(who.size, strlen(names[i]));
        assert_memory_equal(who.data, names[i], who.size);
    }
    assert_int_equal(target_number(find_params(suite, "internal4"), PARAMS_LEVEL), UVSNMP_AUTH_PRIV);
}

static void bad_receivers_are_said(void **state)
{
    static const char *const cases[][2] = {
        {"trapsink 127.0.0.1:99999", "!cannot create sink: 127.0.0.1:99999\n"},
        {"trapsink nohost.invalid x", "!cannot create sink: nohost.invalid\n"},
        {"trapsink \"\"", "!cannot create sink: \n"},
        {"trap2sink foo:127.0.0.1", "!cannot create sink: foo:127.0.0.1\n"},
        {"trapsess -v 2c", "!No hostname specified.\n"},
        {"trapsess -v 9 127.0.0.1", "!Invalid version specified after -v flag: 9\n"},
        {"trapsess -v 2c nohost.invalid", "!snmpd: failed to parse this line.\n"},
        {"trapsess -Cq -v 2c 127.0.0.1", "!unknown argument passed to -C\n"},
        {"trapsess -Ci -v 1 127.0.0.1", "!version 1 has no informs\n"},
        {"trapsess -Q 127.0.0.1", "!unknown option -Q\n"},
        {"trapsess --nonsense=1 127.0.0.1", "!unknown option --nonsense=1\n"},
        {"trapsess -v 3 127.0.0.1", "!Security name is missing.\n"},
        {"trapsess -v 3 -u a -l bogus 127.0.0.1", "!Invalid security level specified after -l flag: bogus\n"},
        {"trapsess -v 3 -u a -a FOO 127.0.0.1",
         "!Invalid authentication protocol specified after -a flag: FOO\n"},
        {"trapsess -v 3 -u a -x FOO 127.0.0.1", "!Invalid privacy protocol specified after -x flag: FOO\n"},
        {"trapsess -v 3 -u a -A short 127.0.0.1",
         "!passphrase chosen is below the length requirements of the USM (min=8).\n"},
        {"trapsess -v 3 -u a -X longenough 127.0.0.1",
         "!a privacy pass phrase without one for authentication\n"},
        {"trapsess -v 3 -u a -3m xyz 127.0.0.1", "!Bad key value after -3m flag.\n"},
        {"trapsess -v 3 -u a -3q xyz 127.0.0.1", "!Unknown SNMPv3 option passed to -3: q.\n"},
        {"trapsess -v 3 -u a -e zz 127.0.0.1", "!Bad engine ID value after -e flag: zz\n"},
        {"trapsess -t x 127.0.0.1", "!Invalid timeout in seconds after -t flag: x\n"},
        {"trapsess -r x 127.0.0.1", "!Invalid number of retries after -r flag: x\n"},
        {"v1trapaddress 300.1.1.1", "!300.1.1.1 has no IPv4 address\n"},
        {"linkUpDownNotifications maybe", "!Should be yes|no|true|false|0|1\n"},
        {"targetParams p 1", "!missing value\n"},
    };
    struct suite *suite = *state;
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        read_line(suite, cases[i][0]);
        assert_string_equal(text_string(&suite->problems), cases[i][1]);
        assert_int_equal(suite->config->sink_count, 0);
    }
}

static void rows_of_an_earlier_run_are_the_agents(void **state)
{
    struct suite *suite = *state;
    read_line(suite, "targetParams mine 1 2 someone 1 3 1");
    assert_string_equal(text_string(&suite->problems), "");
    directives_apply_targets(suite->config, suite->fixture->agent);
    assert_non_null(find_params(suite, "mine"));
}

static void the_help_lists_directives_with_their_syntax(void **state)
{
    static const char *const listed[] = {"access", "agentaddress", "com2sec", "rocommunity", "sysname", "view"};
    const char *name = NULL, *syntax = NULL;
    size_t found = 0;
    (void)state;
    for (size_t i = 0; directives_help(i, &name, &syntax); i++) {
        assert_true(strlen(name) > 0 && strlen(syntax) > 0);
        assert_string_not_equal(name, "psysname"); /* the program's own */
        for (size_t j = 0; j < COUNT_OF(listed); j++) {
            found += strcmp(name, listed[j]) == 0;
        }
    }
    assert_int_equal(found, COUNT_OF(listed));
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
    const struct CMUnitTest tests[] = {
        TEST(a_community_may_be_bound_to_a_source),
        TEST(a_bad_community_line_grants_nothing),
        TEST(a_good_line_counts_beside_bad_ones),
        TEST(a_community_may_be_bound_to_a_subtree),
        TEST(listening_addresses_add_up),
        TEST(a_bad_listening_address_is_left_out),
        TEST(values_keep_their_quotes_and_win_over_stored_ones),
        TEST(bad_values_are_said_and_change_nothing),
        TEST(open_communities_are_found_beyond_the_loopback),
        TEST(receivers_come_in_the_order_of_their_lines),
        TEST(bad_receivers_are_said),
        TEST(rows_of_an_earlier_run_are_the_agents),
        TEST(the_help_lists_directives_with_their_syntax),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
