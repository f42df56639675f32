/* SPDX-License-Identifier: BSD-3-Clause */
/* Whatever allocation fails while a configuration is read and used: no leak, no crash, and never more access.
 */
#include "agent/directives_access.h"
#include "agent/mibs/usm_change.h"
#include "agent/request.h"
#include "base/text.h"
#include "conf/state.h"
#include "io/loop.h"
#include "unit/agent/fake_host.h"
#include "unit/agent/fixture.h"
#include "unit/agent/v3_manager.h"

#include <stdio.h>
#include <unistd.h>

/* Linked with --wrap for these. */
void *__real_malloc(size_t size);
void *__real_calloc(size_t count, size_t size);
void *__real_realloc(void *memory, size_t size);
char *__real_strdup(const char *text);
void *__wrap_malloc(size_t size);
void *__wrap_calloc(size_t count, size_t size);
void *__wrap_realloc(void *memory, size_t size);
char *__wrap_strdup(const char *text);

static unsigned left; /* allocations up to the one that fails, from 1; 0: none does */
static bool has_failed;

static bool is_failing(void)
{
    bool failing = left == 1;
    left -= left > 0;
    has_failed = has_failed || failing;
    return failing;
}

void *__wrap_malloc(size_t size)
{
    return is_failing() ? NULL : __real_malloc(size);
}

void *__wrap_calloc(size_t count, size_t size)
{
    return is_failing() ? NULL : __real_calloc(count, size);
}

void *__wrap_realloc(void *memory, size_t size)
{
    return is_failing() ? NULL : __real_realloc(memory, size);
}

char *__wrap_strdup(const char *text)
{
    return is_failing() ? NULL : __real_strdup(text);
}

/* The allocation `number` from now on fails, from 1. */
static void fail_at(unsigned number)
{
    left = number;
    has_failed = false;
}

/* No failures any more; did it come? */
static bool fail_end(void)
{
    left = 0;
    return has_failed;
}

static const char *const lines[] = {
    "rocommunity public 192.0.2.0/24 .1.3.6.1 ctx",
    "rwcommunity6 private",
    "rocommunity c default -V view",
    "view view excluded .1.3.6.1.2.1.2",
    "view view included .1",
    "com2sec s default d",
    "group g v2c s",
    "access g \"\" any noauth exact view none none",
    "rouser u auth -V view",
    "createUser u SHA authentic",
    "createUser -e 0x8000000001 v MD5 -l 0x00112233445566778899aabbccddeeff",
    "usmUser 1 3 0x8000000001020304 \"w\" \"w\" NULL NULL \"\" NULL \"\" \"\"",
    "agentaddress udp:127.0.0.1:1161,tcp:1161",
    "syslocation here",
    "nonsense 1",
    "[snmp] persistentDir /tmp/x",
};

static void count_problem(const struct conf_place *place, bool warning, const char *message, void *arg)
{
    (void)place;
    (void)warning;
    (void)message;
    (*(unsigned *)arg)++;
}

/* What the view excludes is never seen, be it that other lines are lost. */
static void assert_nothing_excluded_is_seen(const struct directives_config *config)
{
    for (size_t i = 0; i < config->community_count; i++) {
        const struct directives_community *community = &config->communities[i];
        struct access_grant grant = directives_grant(config, community, UVSNMP_V2C);
        if (strlen(community->name) == 1 && grant.answered && grant.read) {
            assert_false(vacm_view_has(grant.read, UVSNMP_OID(1, 3, 6, 1, 2, 1, 2, 1, 0)));
        }
    }
}

static void a_configuration_that_memory_fails_for_grants_less_or_the_same(void **state)
{
    const struct conf_files files = {.name = "snmpd", .only_given = true};
    unsigned n = 0;
    bool failed;
    (void)state;
    do {
        unsigned problems = 0;
        fail_at(++n);
        const struct directives_input input = {.files = &files,
                                               .lines = lines,
                                               .line_count = COUNT_OF(lines),
                                               .problem = count_problem,
                                               .arg = &problems};
        struct directives_config *config = directives_read(&input);
        failed = fail_end();
        if (config) {
            assert_true(config->community_count <= 4);
            assert_true(config->community_count + config->listen_count == 6 || problems > 1);
            assert_nothing_excluded_is_seen(config);
            const struct uvsnmp_agent_options options = v3_options();
            struct fixture *fixture = fixture_new(&options);
            fail_at(n % 5 + 1);
            (void)directives_apply_access(config, fixture->agent, NULL);
            (void)fail_end();
            fail_at(n % 20 + 1);
            int status = identity_apply_users(&config->identity, &fixture->agent->engine, NULL);
            assert_true(!fail_end() || status < 0 || fixture->agent->engine.users.count > 0);
            assert_int_equal(config->identity.user_count, 0);
            fixture_free(fixture);
        }
        directives_free(config);
    } while (failed);
    assert_true(n > 10);
}

static void get_number(struct uvsnmp_query *query)
{
    const struct uvsnmp_value value = uvsnmp_integer(1);
    uvsnmp_query_answer(query, &value);
}

/* A message is answered whole, or with an error, or not at all. */
static void a_message_of_version_3_survives(void **state)
{
    static const struct uvsnmp_object objects[] = {{1, UVSNMP_INTEGER, UVSNMP_READ_WRITE, 0, 0}};
    const struct uvsnmp_scalars scalars = {
        .objects = objects, .count = 1, .get = get_number, .commit = uvsnmp_query_done};
    const struct uvsnmp_agent_options options = v3_options();
    const struct uvsnmp_oid name = UVSNMP_OID(1, 3, 6, 1, 1, 0);
    unsigned n = 0, dropped = 0;
    bool failed;
    (void)state;
    do {
        struct fixture *fixture = fixture_new(&options);
        v3_add_user(fixture, "user");
        v3_add_right(fixture, "user");
        struct v3_manager *peer = v3_manager_new(fixture);
        assert_true(v3_ask(peer, "user", MSG_V3_LEVEL, UVSNMP_PDU_SET, name)); /* there is none yet */
        assert_int_equal(
            uvsnmp_agent_add_scalars(fixture->agent, NULL, UVSNMP_OID(1, 3, 6, 1), &scalars, NULL, NULL), 0);
        request_free_idle(fixture->agent); /* so that it takes memory again */
        fixture->agent->idle_count = 0;
        const struct uvsnmp_arrival arrival = {
            .path = &fixture->path, .data = peer->sent, .size = peer->sent_size};
        size_t answers = fixture->answers;
        fail_at(++n);
        agent_handle(fixture->agent, &arrival);
        failed = fail_end();
        assert_true(failed || fixture->answers == answers + 1);
        dropped += fixture->answers == answers;
        v3_manager_free(peer);
        fixture_free(fixture);
    } while (failed);
    assert_true(n > 2 && dropped > 0);
}

static void groups_come_whole_or_not_at_all(void **state)
{
    unsigned n = 0;
    bool failed;
    (void)state;
    memset(&fake_host, 0, sizeof(fake_host));
    fake_host.count = 1;
    fake_host.list[0] = (struct host_interface){.index = 1, .type = 24, .name = "lo", .name_size = 2};
    do {
        struct fixture *fixture = fixture_new(NULL);
        uv_loop_t *loop = io_loop_new();
        struct mibs_settings settings;
        struct mibs *mibs = NULL;
        mibs_settings_init(&settings);
        const struct mibs_options options = {.settings = &settings};
        fail_at(++n);
        int status = mibs_new(fixture->agent, loop, &options, &mibs, NULL);
        failed = fail_end();
        assert_true(status == 0 || failed);
        if (status == 0) {
            assert_int_equal(fixture_get_one(fixture, UVSNMP_OID(1, 3, 6, 1, 2, 1, 2, 1, 0))->value.type,
                             UVSNMP_INTEGER);
        }
        mibs_stop(mibs);
        fixture_free(fixture);
        mibs_free(mibs);
        io_loop_free(loop);
    } while (failed);
    assert_true(n > 10);
}

/* A new user, who is a clone: he is there, or it is as if nobody had asked. */
static void a_user_is_added_whole_or_not_at_all(void **state)
{
    static const struct uvsnmp_bytes engine_id = {(const uint8_t *)"engine", 6};
    const struct uvsnmp_value go = uvsnmp_integer(4);
    const struct uvsnmp_value from = uvsnmp_oid_value(
        UVSNMP_OID(1, 3, 6, 1, 6, 3, 15, 1, 2, 2, 1, 3, 6, 'e', 'n', 'g', 'i', 'n', 'e', 1, 'a'));
    unsigned n = 0;
    bool failed;
    (void)state;
    do {
        struct engine engine;
        struct usm_change change = {.engine = &engine};
        struct usm_user *user;
        engine_init(&engine, NULL, 0, 0);
        assert_int_equal(
            usm_users_add(&engine.users, engine_id, (struct uvsnmp_bytes){(const uint8_t *)"a", 1}, &user),
            0);
        user->security.auth = USM_AUTH_SHA1;
        assert_true(usm_index_parse(UVSNMP_OID(6, 'e', 'n', 'g', 'i', 'n', 'e', 1, 'b'), &change.index));
        change.values[USM_COLUMN_STATUS] = &go;
        change.values[USM_COLUMN_CLONE_FROM] = &from;
        usm_change_prepare(&change);
        assert_int_equal(change.errors[USM_COLUMN_CLONE_FROM], UVSNMP_STATUS_NO_ERROR);
        fail_at(++n);
        int status = usm_change_do(&change);
        failed = fail_end();
        assert_int_equal(status, failed ? UVSNMP_ENO_MEMORY : 0);
        assert_int_equal(engine.users.count, failed ? 1 : 2);
        if (!failed) {
            assert_int_equal(engine.users.sorted[1]->security.auth, USM_AUTH_SHA1);
        }
        assert_int_equal(usm_change_undo(&change), 0);
        assert_int_equal(engine.users.count, 1);
        usm_change_fini(&change);
        engine_fini(&engine);
    } while (failed);
    assert_int_equal(n, 3);
}

static void files_and_state_survive(void **state)
{
    char folder[] = "/tmp/uvsnmp-memory-XXXXXX", path[64], stored[64], command[64];
    unsigned n = 0;
    bool failed;
    (void)state;
    assert_non_null(mkdtemp(folder));
    snprintf(path, sizeof(path), "%s/a.conf", folder);
    snprintf(stored, sizeof(stored), "%s/stored", folder);
    FILE *file = fopen(path, "w");
    assert_non_null(file);
    fprintf(file, "syslocation x\nincludeDir %s\n", folder);
    assert_int_equal(fclose(file), 0);
    do {
        unsigned problems = 0;
        struct conf_files files = {.name = "snmpd", .only_given = true, .given = path};
        const struct uvsnmp_agent_options options = v3_options();
        struct fixture *fixture = fixture_new(&options);
        struct mibs_settings settings;
        mibs_settings_init(&settings);
        const struct conf_state_value value = {.directive = "psysname", .octets = "a\nb", .size = 3};
        fail_at(++n);
        const struct directives_input input = {.files = &files, .problem = count_problem, .arg = &problems};
        struct directives_config *config = directives_read(&input);
        failed = fail_end();
        v3_add_user(fixture, "user");
        fail_at(n);
        if (config) {
            (void)snprintf(config->identity.files.persistent_dir,
                           sizeof(config->identity.files.persistent_dir), "%s", folder);
            int kept = directives_store(config, &settings, fixture->agent, NULL);
            bool store_failed = fail_end();
            assert_true(kept == 0 || store_failed);
            failed = failed || store_failed;
        }
        directives_free(config);
        fixture_free(fixture);
        fail_at(n);
        int status = conf_state_write(stored, &value, 1, NULL);
        bool stored_failed = fail_end();
        assert_true(status == 0 || stored_failed);
        failed = failed || stored_failed;
    } while (failed);
    snprintf(command, sizeof(command), "rm -rf '%s'", folder);
    assert_int_equal(system(command), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_configuration_that_memory_fails_for_grants_less_or_the_same),
        cmocka_unit_test(a_message_of_version_3_survives),
        cmocka_unit_test(groups_come_whole_or_not_at_all),
        cmocka_unit_test(a_user_is_added_whole_or_not_at_all),
        cmocka_unit_test(files_and_state_survive),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
