/* SPDX-License-Identifier: BSD-3-Clause */
/* Users in snmpd.conf and in the persistent file: what lines mean, and what survives a restart. */
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include "agent/directives.h"
#include "base/text.h"
#include "unit/agent/v3_manager.h"

#define NUMBER UVSNMP_OID(1, 3, 6, 1, 2, 1, 1, 1, 0)
#define KEY16 "0x00112233445566778899aabbccddeeff"

struct suite {
    struct fixture *fixture;
    struct v3_manager *peer;
    struct directives_config *config;
    struct text problems;
    char folder[64];
};

static void on_problem(const struct conf_place *place, bool warning, const char *message, void *arg)
{
    (void)place;
    text_append_format(arg, "%s%s\n", warning ? "?" : "!", message);
}

static void get(struct uvsnmp_query *query)
{
    const struct uvsnmp_value value = uvsnmp_integer(1);
    uvsnmp_query_answer(query, &value);
}

static int set_up(void **state)
{
    static const struct uvsnmp_object objects[] = {{1, UVSNMP_INTEGER, UVSNMP_READ_WRITE, 0, 0}};
    const struct uvsnmp_scalars scalars = {.objects = objects, .count = 1, .get = get};
    const struct uvsnmp_agent_options options = v3_options();
    struct suite *suite = calloc(1, sizeof(*suite));
    suite->fixture = fixture_new(&options);
    assert_int_equal(uvsnmp_agent_add_scalars(suite->fixture->agent, NULL, UVSNMP_OID(1, 3, 6, 1, 2, 1, 1),
                                              &scalars, NULL, NULL),
                     0);
    assert_int_equal(uvsnmp_agent_add_scalars(suite->fixture->agent, "ctx", UVSNMP_OID(1, 3, 6, 1, 2, 1, 1),
                                              &scalars, NULL, NULL),
                     0);
    suite->peer = v3_manager_new(suite->fixture);
    text_init(&suite->problems, 0);
    strcpy(suite->folder, "/tmp/uvsnmp-users-XXXXXX");
    assert_non_null(mkdtemp(suite->folder));
    *state = suite;
    return 0;
}

static int tear_down(void **state)
{
    struct suite *suite = *state;
    char path[100];
    v3_manager_free(suite->peer);
    fixture_free(suite->fixture);
    directives_free(suite->config);
    text_fini(&suite->problems);
    (void)snprintf(path, sizeof(path), "%s/snmpd.conf", suite->folder);
    (void)unlink(path);
    assert_int_equal(rmdir(suite->folder), 0);
    free(suite);
    return 0;
}

/* Reads the persistent file of the suite and then `lines`, one behind the other with line ends. */
static void read_text(struct suite *suite, const char *text)
{
    struct conf_files files = {.name = "snmpd", .only_given = true, .persistent = true};
    char copy[4096], *line, *next = copy;
    const char *lines[32];
    size_t count = 0;
    (void)snprintf(files.persistent_dir, sizeof(files.persistent_dir), "%s", suite->folder);
    (void)snprintf(copy, sizeof(copy), "%s", text);
    while ((line = strsep(&next, "\n")) && count < COUNT_OF(lines)) {
        if (*line != '\0') {
            lines[count++] = line;
        }
    }
    directives_free(suite->config);
    text_reset(&suite->problems);
    const struct directives_input input = {
        .files = &files, .lines = lines, .line_count = count, .problem = on_problem, .arg = &suite->problems};
    suite->config = directives_read(&input);
    assert_non_null(suite->config);
}

static void apply(struct suite *suite)
{
    assert_int_equal(directives_apply_access(suite->config, suite->fixture->agent, NULL), 0);
    assert_int_equal(identity_apply_users(&suite->config->identity, &suite->fixture->agent->engine, NULL), 0);
}

static void assert_problems(const struct suite *suite, const char *expected)
{
    assert_string_equal(text_string(&suite->problems), expected);
}

static struct uvsnmp_bytes bytes(const char *text)
{
    return (struct uvsnmp_bytes){(const uint8_t *)text, strlen(text)};
}

static const struct usm_user *user_of(const struct suite *suite, const char *name)
{
    const struct engine *engine = &suite->fixture->agent->engine;
    return usm_users_find(&engine->users, engine_id_bytes(&engine->id), bytes(name));
}

/* ---- createUser ---- */

static void bad_lines_make_no_user(void **state)
{
    static const struct {
        const char *line, *problem;
    } cases[] = {
        {"createUser", "!Blank line following createUser token.\n"},
        {"createUser \"\"", "!a user name has 1 to 32 characters\n"},
        {"createUser 012345678901234567890123456789012", "!a user name has 1 to 32 characters\n"},
        {"createUser -e", "!invalid EngineID argument to -e\n"},
        {"createUser -e 0x80 u", "!invalid EngineID argument to -e\n"},
        {"createUser -e 0x80zz u", "!invalid EngineID argument to -e\n"},
        {"createUser -e 0x8000000001", "!missing NAME parameter\n"},
        {"createUser u ROT13 authpass", "!unknown authProtocol\n"},
        {"createUser u NOAUTH authpass", "!unknown authProtocol\n"},
        {"createUser u SHA", "!missing authentication pass phrase\n"},
        {"createUser u SHA secret7",
         "!could not generate the authentication key from the supplied pass phrase: it is shorter than 8 "
         "characters\n"},
        {"createUser u SHA \"unended secret", "!invalid authentication pass phrase\n"},
        {"createUser u SHA -l", "!invalid key value argument to -l\n"},
        {"createUser u SHA -l 0x0011", "!improper key length to -l\n"},
        {"createUser u SHA -l 0xsecret", "!invalid key value argument to -l\n"},
        {"createUser u SHA -m 0x0011",
         "!could not generate localized authentication key (Kul) from the master key (Ku).\n"},
        {"createUser u SHA authpass1 FOO", "!unknown privProtocol\n"},
        {"createUser u SHA authpass1 NOPRIV", "!unknown privProtocol\n"},
        {"createUser u SHA authpass1 AES secret7",
         "!could not generate the privacy key from the supplied pass phrase: it is shorter than 8 "
         "characters\n"},
        {"createUser u MD5 -l " KEY16 "00", "!improper key length to -l\n"},
        {"createUser u SHA authpass1 AES -l 0x00", "!privKey length is less than required by privProtocol\n"},
        {"createUser u SHA authpass1 AES -m " KEY16,
         "!could not generate localized privacy key (Kul) from the master key (Ku).\n"},
    };
    struct suite *suite = *state;
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        read_text(suite, cases[i].line);
        assert_problems(suite, cases[i].problem);
        assert_int_equal(suite->config->identity.user_count, 0);
        assert_null(strstr(text_string(&suite->problems), "secret"));
    }
}

static void a_word_too_many_is_said_but_the_user_is_there(void **state)
{
    struct suite *suite = *state;
    read_text(suite, "createUser u SHA authpass1 AES privpass1 more");
    assert_problems(suite, "?there is something after the last word: it has no effect\n");
    assert_int_equal(suite->config->identity.user_count, 1);
    assert_int_equal(suite->config->problems, 1);
}

static bool answers(struct suite *suite, const char *name, uint8_t level)
{
    return v3_ask(suite->peer, name, level, UVSNMP_PDU_GET, NUMBER) && suite->peer->status == 0 &&
           suite->peer->in.pdu.type == UVSNMP_PDU_RESPONSE && suite->peer->in.pdu.error_status == 0;
}

static void users_of_lines_are_known(void **state)
{
    struct suite *suite = *state;
    read_text(suite, "rouser a noauth\n"
                     "rwuser b priv\n"
                     "createUser a SHA-256 authentic AES encrypted\n"
                     "createUser b sha256 \"authentic\" aes128 'encrypted'\n"
                     "createUser none\n"
                     "rouser c\n"
                     "createUser c SHA otherpass\n"
                     "createUser c SHA-256 authentic\n" /* the last one counts */
                     "createUser -e 0x8000000001 other SHA authpass1\n");
    assert_problems(suite, "");
    apply(suite);
    assert_true(answers(suite, "a", 0) && answers(suite, "a", MSG_V3_AUTH) &&
                answers(suite, "a", MSG_V3_LEVEL));
    assert_false(answers(suite, "b", MSG_V3_AUTH));
    assert_true(answers(suite, "b", MSG_V3_LEVEL));
    assert_true(answers(suite, "c", MSG_V3_AUTH));
    assert_false(answers(suite, "c", 0));
    assert_non_null(user_of(suite, "none"));
    assert_null(user_of(suite, "other"));
    assert_int_equal(suite->fixture->agent->engine.users.count, 5);
    assert_int_equal(suite->config->identity.user_count, 0); /* the secrets are gone */
}

static void keys_may_be_given(void **state)
{
    struct suite *suite = *state;
    const struct usm_user *user;
    read_text(suite, "createUser l MD5 -l " KEY16 "\n"
                     "createUser both MD5 -l " KEY16 " AES -l 0x0f0e0d0c0b0a09080706050403020100\n"
                     "createUser m MD5 -m " KEY16 " DES\n"
                     "createUser long MD5 -m " KEY16 "0011 AES -l " KEY16 "00112233\n");
    assert_problems(suite, "");
    apply(suite);
    user = user_of(suite, "l");
    assert_memory_equal(user->security.auth_key.data, "\x00\x11\x22\x33\x44\x55\x66\x77", 8);
    assert_int_equal(user->security.priv, USM_PRIV_NONE);
    user = user_of(suite, "both");
    assert_memory_equal(user->security.priv_key.data, "\x0f\x0e\x0d\x0c", 4);
    user = user_of(suite, "long"); /* what is too much is cut */
    assert_memory_equal(user->security.auth_key.data, user_of(suite, "m")->security.auth_key.data, 16);
    assert_int_equal(user->security.priv_key.size, 16);
    assert_memory_equal(user->security.priv_key.data, "\x00\x11\x22\x33\x44\x55\x66\x77", 8);
    user = user_of(suite, "m");
    assert_int_equal(user->security.priv, USM_PRIV_DES);
    assert_memory_equal(user->security.auth_key.data, user->security.priv_key.data, 16);
    assert_memory_not_equal(user->security.auth_key.data, "\x00\x11\x22\x33\x44\x55\x66\x77", 8);
}

/* ---- rouser, rwuser ---- */

static void bad_rights_grant_nothing(void **state)
{
    static const struct {
        const char *line, *problem;
    } cases[] = {
        {"rouser", "!Blank line following rouser token.\n"},
        {"rouser u some", "!bad security level (noauthnopriv, authnopriv, authpriv): some\n"},
        {"rouser u auth .1.x", "!bad SUBTREE object id: .1.x\n"},
        {"rouser u auth -V", "!missing VIEW parameter\n"},
        {"rouser -s foo u", "!bad security model, should be: v1, v2c or usm: foo\n"},
        {"rouser -s usm", "!missing NAME parameter\n"},
        {"rwuser u auth .1 ctx more", "!there is something after the context: more\n"},
    };
    struct suite *suite = *state;
    v3_add_user(suite->fixture, "u");
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        read_text(suite, cases[i].line);
        assert_problems(suite, cases[i].problem);
        assert_false(suite->config->has_rights);
        apply(suite);
        assert_false(answers(suite, "u", MSG_V3_LEVEL));
        assert_response(suite->peer, UVSNMP_STATUS_AUTHORIZATION_ERROR, 0);
    }
}

static void a_right_without_a_context_is_for_all(void **state)
{
    struct suite *suite = *state;
    v3_add_user(suite->fixture, "u");
    v3_add_user(suite->fixture, "w");
    read_text(suite, "rouser u\nrwuser w auth .1\n");
    apply(suite);
    suite->peer->context = "ctx";
    assert_true(answers(suite, "u", MSG_V3_AUTH));
    assert_true(answers(suite, "w", MSG_V3_AUTH));
    read_text(suite, "rouser u auth .1 other\nrwuser w auth .1 ct*");
    apply(suite);
    assert_false(answers(suite, "u", MSG_V3_AUTH));
    assert_true(answers(suite, "w", MSG_V3_AUTH));
}

static void the_first_right_of_a_user_and_level_counts(void **state)
{
    struct suite *suite = *state;
    v3_add_user(suite->fixture, "u");
    read_text(suite, "rouser u\nrwuser u auth .1.3.6.1.4\n");
    assert_problems(suite, "?an earlier line of this user and level counts\n");
    apply(suite);
    assert_true(answers(suite, "u", MSG_V3_AUTH));
}

static void group_and_access_lines_are_for_users_too(void **state)
{
    struct suite *suite = *state;
    v3_add_user(suite->fixture, "u");
    read_text(suite, "group g usm u\naccess g \"\" usm auth exact v none none\nview v included .1\n");
    apply(suite);
    assert_true(answers(suite, "u", MSG_V3_AUTH));
    assert_false(answers(suite, "u", 0));
    read_text(suite, "group g v2c u\naccess g \"\" any noauth exact v none none\nview v included .1\n");
    apply(suite);
    assert_false(answers(suite, "u", MSG_V3_AUTH));
    read_text(suite, "rouser -s any u auth -V v\nview v included .1\n");
    apply(suite);
    assert_true(answers(suite, "u", MSG_V3_AUTH));
}

/* ---- the persistent file ---- */

static void write_file(const struct suite *suite, const char *text)
{
    char path[100];
    (void)snprintf(path, sizeof(path), "%s/snmpd.conf", suite->folder);
    FILE *file = fopen(path, "w");
    assert_non_null(file);
    assert_true(fputs(text, file) >= 0);
    assert_int_equal(fclose(file), 0);
}

static const char *file_of(const struct suite *suite)
{
    static char text[8192];
    char path[100];
    (void)snprintf(path, sizeof(path), "%s/snmpd.conf", suite->folder);
    FILE *file = fopen(path, "r");
    assert_non_null(file);
    text[fread(text, 1, sizeof(text) - 1, file)] = '\0';
    assert_int_equal(fclose(file), 0);
    return text;
}

static int store(struct suite *suite, struct uvsnmp_error *err)
{
    struct mibs_settings settings;
    mibs_settings_init(&settings);
    return directives_store(suite->config, &settings, suite->fixture->agent, err);
}

/* A new agent of the same engine, as after a restart. */
static void restart(struct suite *suite)
{
    struct usm_users *users = &suite->fixture->agent->engine.users;
    usm_users_fini(users);
    usm_users_init(users, 0);
}

static void users_survive_a_restart(void **state)
{
    struct suite *suite = *state;
    write_file(suite, "# a comment\ncreateUser stored SHA-256 authentic AES encrypted\npsysname name\n");
    read_text(suite, "createUser user SHA-256 authentic\n"
                     "createUser \"two words\"\n"
                     "createUser qu\\\"ote\n");
    apply(suite);
    assert_int_equal(store(suite, NULL), 0);
    assert_null(strstr(file_of(suite), "createUser"));
    assert_null(strstr(file_of(suite), "authentic"));
    assert_non_null(strstr(file_of(suite), "# a comment\n"));
    assert_non_null(strstr(file_of(suite), "engineBoots 7\noldEngineID 0x8000000001020304\n"));
    assert_non_null(strstr(file_of(suite), "usmUser 1 3 0x8000000001020304 \"two words\" \"two words\" NULL "
                                           ".1.3.6.1.6.3.10.1.1.1 \"\" .1.3.6.1.6.3.10.1.2.1 \"\" \"\"\n"));
    restart(suite);
    read_text(suite, "rouser user\nrouser stored priv\n");
    assert_problems(suite, "");
    assert_int_equal(suite->config->identity.stored.count, 4);
    assert_true(identity_has_users(&suite->config->identity));
    apply(suite);
    assert_true(answers(suite, "user", MSG_V3_AUTH));
    assert_true(answers(suite, "stored", MSG_V3_LEVEL));
    assert_non_null(user_of(suite, "two words"));
    assert_non_null(user_of(suite, "qu\"ote"));
}

static void a_line_goes_before_what_was_stored(void **state)
{
    struct suite *suite = *state;
    read_text(suite, "createUser user SHA otherpass\n");
    apply(suite);
    assert_int_equal(store(suite, NULL), 0);
    restart(suite);
    read_text(suite, "createUser user SHA-256 authentic\nrouser user\n");
    apply(suite);
    assert_true(answers(suite, "user", MSG_V3_AUTH));
    assert_int_equal(suite->fixture->agent->engine.users.count, 1);
}

static void what_the_agent_changed_stays_when_the_file_is_read_again(void **state)
{
    struct suite *suite = *state;
    read_text(suite, "createUser gone SHA otherpass\ncreateUser user SHA-256 authentic\n");
    apply(suite);
    assert_int_equal(store(suite, NULL), 0);
    assert_int_equal(uvsnmp_agent_remove_user(suite->fixture->agent, bytes("gone")), 0);
    read_text(suite, "rouser user\n");
    apply(suite);
    assert_null(user_of(suite, "gone"));
    assert_true(answers(suite, "user", MSG_V3_AUTH));
}

/* As snmpd 5.9.3 wrote them. */
static void lines_of_net_snmp_are_understood(void **state)
{
    struct suite *suite = *state;
    write_file(
        suite,
        "usmUser 1 3 0x8000000001020304 \"sha256u\" \"sha256u\" NULL .1.3.6.1.6.3.10.1.1.5 "
        "0xbabaac800bc32ba34c6a75a6a66c9b7be38ce2deb41519596600c27d0a0c0c97 "
        ".1.3.6.1.4.1.14832.1.4 0x4f97943ef1d247e25ddfdd154b6571427286d067e26e3f4c592a5e0a8fe19466 \"\"\n"
        "usmUser 1 3 0x8000000001020304 \"auth\" \"auth\" NULL .1.3.6.1.6.3.10.1.1.3 "
        "0x0a9f3e3a145d1dbc7afd20437f5835cb379f49e6 .1.3.6.1.6.3.10.1.2.1 0x 0x\n"
        "usmUser 3 2 0x8000000001020304 0x6300 \"\" NULL NULL \"\" NULL \"\" \"public\"\n"
        "engineBoots 12\noldEngineID 0x8000000001020304\n");
    read_text(suite, "");
    assert_problems(suite, "");
    apply(suite);
    const struct usm_user *user = user_of(suite, "sha256u");
    assert_int_equal(user->security.auth, USM_AUTH_SHA256);
    assert_int_equal(user->security.priv, USM_PRIV_AES256);
    assert_int_equal(user->security.priv_key.size, 32);
    assert_int_equal(user_of(suite, "auth")->security.priv, USM_PRIV_NONE);
    user = usm_users_find(&suite->fixture->agent->engine.users, suite->peer->engine_id,
                          (struct uvsnmp_bytes){(const uint8_t *)"c\0", 2});
    assert_non_null(user);
    assert_int_equal(user->status, USM_USER_NOT_READY);
    assert_int_equal(user->public_size, 6);
    assert_int_equal(store(suite, NULL), 0);
    assert_null(strstr(file_of(suite), "0x6300")); /* volatile */
}

static void a_row_that_waits_to_be_cloned_survives_a_restart(void **state)
{
    static const char line[] =
        "usmUser 3 3 0x8000000001020304 \"new\" \"new\" NULL .1.3.6.1.6.3.10.1.1.3 \"\" "
        ".1.3.6.1.6.3.10.1.2.4 \"\" \"\"\n";
    struct suite *suite = *state;
    write_file(suite, line);
    read_text(suite, "");
    assert_problems(suite, "");
    apply(suite);
    const struct usm_user *user = user_of(suite, "new");
    assert_int_equal(user->status, USM_USER_NOT_READY);
    assert_int_equal(user->security.auth, USM_AUTH_SHA1);
    assert_int_equal(user->security.auth_key.size, 0);
    assert_false(user->is_cloned);
    assert_false(answers(suite, "new", MSG_V3_AUTH));
    assert_int_equal(store(suite, NULL), 0);
    assert_non_null(strstr(file_of(suite), line));
}

static void users_of_lines_are_not_cloned_over(void **state)
{
    struct suite *suite = *state;
    write_file(suite, "usmUser 2 3 0x8000000001020304 \"off\" \"off\" NULL .1.3.6.1.6.3.10.1.1.2 " KEY16
                      " .1.3.6.1.6.3.10.1.2.1 \"\" \"\"\n");
    read_text(suite, "createUser user SHA-256 authentic\n");
    assert_problems(suite, "");
    apply(suite);
    assert_true(user_of(suite, "user")->is_cloned);
    assert_true(user_of(suite, "off")->is_cloned); /* once cloned, not in service now */
}

static void bad_stored_lines_are_told_and_others_kept(void **state)
{
    static const struct {
        const char *line, *problem;
    } cases[] = {
        {"usmUser 1 3", "!missing engine ID\n"},
        {"usmUser 9 3 0x8000000001 \"u\" \"u\" NULL NULL \"\" NULL \"\" \"\"", "!invalid status\n"},
        {"usmUser 1 1 0x8000000001 \"u\" \"u\" NULL NULL \"\" NULL \"\" \"\"", "!invalid storage type\n"},
        {"usmUser 1 3 0x80 \"u\" \"u\" NULL NULL \"\" NULL \"\" \"\"",
         "!the user cannot be added: bad value\n"},
        {"usmUser 1 3 0x8000000001 \"\" \"u\" NULL NULL \"\" NULL \"\" \"\"",
         "!the user cannot be added: bad value\n"},
        {"usmUser 1 3 0x8000000001 \"u\" \"u\" NULL .1.3 \"\" NULL \"\" \"\"", "!invalid authProtocol\n"},
        {"usmUser 1 3 0x8000000001 \"u\" \"u\" NULL .1.3.6.1.6.3.10.1.1.2 0x00 NULL \"\" \"\"",
         "!invalid authentication key\n"},
        {"usmUser 1 3 0x8000000001 \"u\" \"u\" NULL NULL \"\" .1.3.6.1.6.3.10.1.2.4 " KEY16 " \"\"",
         "!invalid privProtocol\n"},
        {"usmUser 1 3 0x8000000001 \"u\" \"u\" NULL .1.3.6.1.6.3.10.1.1.2 " KEY16
         " .1.3.6.1.6.3.10.1.2.4 0x00 \"\"",
         "!invalid privacy key\n"},
        {"usmUser 1 3 0x8000000001 \"u\" \"u\" NULL NULL \"\" NULL \"\" "
         "0x000000000000000000000000000000000000000000000000000000000000000000",
         "!invalid public value\n"},
        {"engineBoots many", "!engineBoots is not a number from 0 to 2147483647: many\n"},
        {"oldEngineID 0x80", "!oldEngineID is no engine ID: of 5 to 32 octets, not all 0 or all 255\n"},
    };
    struct suite *suite = *state;
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        char text[1024];
        (void)snprintf(text, sizeof(text),
                       "%s\nusmUser 1 3 0x8000000001 \"good\" \"good\" NULL NULL \"\" NULL \"\" \"\"\n",
                       cases[i].line);
        read_text(suite, text);
        assert_problems(suite, cases[i].problem);
        assert_int_equal(suite->config->identity.stored.count, 1);
    }
}

static void the_file_is_private_and_a_failure_is_told(void **state)
{
    struct suite *suite = *state;
    struct stat status;
    struct uvsnmp_error err;
    char path[100];
    read_text(suite, "createUser user SHA-256 authentic\n");
    apply(suite);
    assert_int_equal(store(suite, NULL), 0);
    (void)snprintf(path, sizeof(path), "%s/snmpd.conf", suite->folder);
    assert_int_equal(stat(path, &status), 0);
    assert_int_equal(status.st_mode & 07777, 0600);
    (void)snprintf(suite->config->identity.files.persistent_dir,
                   sizeof(suite->config->identity.files.persistent_dir), "%s/snmpd.conf",
                   suite->folder); /* no directory */
    assert_int_equal(store(suite, &err), UVSNMP_EFILE);
    assert_non_null(strstr(err.detail, "Not a directory"));
}

/* ---- the engine ---- */

static int start(struct suite *suite, const char *lines, struct engine_id *id, int32_t *boots)
{
    read_text(suite, lines);
    return identity_engine_start(&suite->config->identity.engine, id, boots, NULL);
}

static void assert_engine_id(const struct engine_id *id, const char *expected)
{
    char text[ENGINE_ID_TEXT_MAX];
    engine_id_print(engine_id_bytes(id), text, sizeof(text));
    assert_string_equal(text, expected);
}

static void boots_grow_and_end(void **state)
{
    static const struct {
        const char *lines;
        int32_t boots;
    } cases[] = {
        {"", 1},
        {"engineBoots 1\noldEngineID 0x8000000001", 2},
        {"engineBoots 2147483646\noldEngineID 0x8000000001", INT32_MAX},
        {"engineBoots 2147483647\noldEngineID 0x8000000001", INT32_MAX},
        {"engineBoots 5\noldEngineID 0x8000000001\nexactEngineID 0x8000000001", 6},
        {"engineBoots 5\noldEngineID 0x8000000001\nexactEngineID 0x8000000002", 1},
        {"engineBoots x\noldEngineID 0x8000000001\nexactEngineID 0x8000000002", 1},
        {"engineBoots 500\noldEngineID 0x80\nexactEngineID 0x8000000001", 501},
        {"engineBoots 500\nexactEngineID 0x8000000001", 501},
        {"engineBoots 0\noldEngineID 0x8000000001", 1},
        {"exactEngineID 0x8000000001", 1},
        {"engineBoots lost\noldEngineID 0x80", 1}, /* an engine ID that never was */
    };
    struct suite *suite = *state;
    struct engine_id id;
    int32_t boots;
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        assert_int_equal(start(suite, cases[i].lines, &id, &boots), 0);
        assert_int_equal(boots, cases[i].boots);
    }
}

static void lost_boots_are_an_error(void **state)
{
    static const char *const lost[] = {
        "engineBoots x\noldEngineID 0x8000000001",
        "engineBoots -1\noldEngineID 0x8000000001",
        "oldEngineID 0x8000000001",
        "oldEngineID 0x8000000001\nexactEngineID 0x8000000001",
        "oldEngineID 0x80\nexactEngineID 0x8000000001",
        "usmUser 1 3 0x8000000001 \"u\" \"u\" NULL NULL \"\" NULL \"\" \"\"\nexactEngineID 0x8000000001",
    };
    static const char *const files[] = {"engineBoots\n", "engineBoots   \n", "\x7f\x45LF\n", "gineBoots 7\n"};
    struct suite *suite = *state;
    struct engine_id id;
    int32_t boots;
    for (size_t i = 0; i < COUNT_OF(lost); i++) {
        assert_int_equal(start(suite, lost[i], &id, &boots), UVSNMP_EBAD_VALUE);
    }
    for (size_t i = 0; i < COUNT_OF(files); i++) {
        write_file(suite, files[i]);
        assert_int_equal(start(suite, "engineID text", &id, &boots), UVSNMP_EBAD_VALUE);
    }
    write_file(suite, "# made by hand\ncreateUser user SHA-256 authentic\npsysname name\n");
    assert_int_equal(start(suite, "engineID text\nnonsense", &id, &boots), 0);
    assert_int_equal(boots, 1);
}

static void boots_of_another_process_are_counted_on(void **state)
{
    struct suite *suite = *state;
    struct engine *engine = &suite->fixture->agent->engine;
    char path[100];
    read_text(suite, "");
    write_file(suite, "engineBoots 41\noldEngineID 0x8000000001020304\n");
    int lock = identity_lock(&suite->config->identity, engine, NULL);
    assert_true(lock >= 0);
    assert_int_equal(engine->started.boots, 42);
    assert_int_equal(identity_lock(&suite->config->identity, engine, NULL), UVSNMP_EEXISTS);
    assert_int_equal(close(lock), 0);
    write_file(suite, "engineBoots 50\noldEngineID 0x8000000009\n");
    lock = identity_lock(&suite->config->identity, engine, NULL);
    assert_true(lock >= 0);
    assert_int_equal(close(lock), 0);
    assert_int_equal(engine->started.boots, 42);
    (void)snprintf(path, sizeof(path), "%s/snmpd.conf.lock", suite->folder);
    assert_int_equal(unlink(path), 0);
}

static void the_engine_id_is_what_the_lines_say(void **state)
{
    static const struct {
        const char *lines, *id;
    } cases[] = {
        {"engineBoots 1\noldEngineID 0x8000000001", "0x8000000001"},
        {"engineID hello", "0x80001f880468656c6c6f"},
        {"engineID two words", "0x80001f880474776f20776f726473"},
        {"exactEngineID 0x8000000002\nengineID hello\noldEngineID 0x8000000001", "0x8000000002"},
        {"exactEngineID text5", "0x7465787435"},
    };
    struct suite *suite = *state;
    struct engine_id id, other;
    int32_t boots;
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        assert_int_equal(start(suite, cases[i].lines, &id, &boots), 0);
        assert_engine_id(&id, cases[i].id);
    }
    assert_int_equal(start(suite, "", &id, &boots), 0);
    assert_int_equal(start(suite, "", &other, &boots), 0);
    assert_int_equal(id.size, 17);
    assert_false(engine_id_equals(&id, engine_id_bytes(&other)));
    assert_int_equal(start(suite, "engineIDType 1", &id, &boots), 0);
    assert_int_equal(id.size, 9);
    assert_int_equal(start(suite, "engineIDType 2", &id, &boots), 0);
    assert_int_equal(id.size,
                     id.octets[4] == ENGINE_ID_IPV6 ? 21 : 9); /* not every host has such an address */
    assert_int_equal(start(suite, "engineIDType 3\nengineIDNic none.such", &id, &boots), 0);
    assert_int_equal(id.octets[4], ENGINE_ID_IPV4);
    assert_int_equal(start(suite, "engineIDType 4", &id, &boots), 0);
    assert_problems(suite, "!Unsupported enginedIDType, forcing IPv4\n");
    assert_int_equal(id.octets[4], ENGINE_ID_IPV4);
}

static void engines_are_the_same_where_the_lines_are(void **state)
{
    static const char *const lines[] = {"",
                                        "engineIDType 1",
                                        "engineIDType 3",
                                        "engineIDType 3\nengineIDNic lo",
                                        "engineID text",
                                        "exactEngineID 0x8000000001"};
    struct suite *suite = *state;
    for (size_t i = 0; i < COUNT_OF(lines); i++) {
        read_text(suite, lines[i]);
        const struct identity_engine engine = suite->config->identity.engine;
        for (size_t k = 0; k < COUNT_OF(lines); k++) {
            read_text(suite, lines[k]);
            assert_int_equal(identity_engine_is_same(&engine, &suite->config->identity.engine), i == k);
        }
    }
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
    const struct CMUnitTest tests[] = {
        TEST(bad_lines_make_no_user),
        TEST(a_word_too_many_is_said_but_the_user_is_there),
        TEST(users_of_lines_are_known),
        TEST(keys_may_be_given),
        TEST(bad_rights_grant_nothing),
        TEST(a_right_without_a_context_is_for_all),
        TEST(the_first_right_of_a_user_and_level_counts),
        TEST(group_and_access_lines_are_for_users_too),
        TEST(users_survive_a_restart),
        TEST(a_line_goes_before_what_was_stored),
        TEST(what_the_agent_changed_stays_when_the_file_is_read_again),
        TEST(lines_of_net_snmp_are_understood),
        TEST(a_row_that_waits_to_be_cloned_survives_a_restart),
        TEST(users_of_lines_are_not_cloned_over),
        TEST(bad_stored_lines_are_told_and_others_kept),
        TEST(the_file_is_private_and_a_failure_is_told),
        TEST(boots_grow_and_end),
        TEST(lost_boots_are_an_error),
        TEST(boots_of_another_process_are_counted_on),
        TEST(the_engine_id_is_what_the_lines_say),
        TEST(engines_are_the_same_where_the_lines_are),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
