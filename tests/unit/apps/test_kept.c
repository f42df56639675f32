/* SPDX-License-Identifier: BSD-3-Clause */
#include <string.h>

#include "apps/snmptrap/kept.h"
#include "support/unit.h"

#define HEAD "uvsnmpInform 1\nreceiver manager\ntime 1000\n"
#define V2C HEAD "version 2c\ncommunity public\n"
#define V3 HEAD "version 3\nuser me\nlevel authPriv\n"
#define WHAT "uptime 5\ntrapOID .1.3.6.1.6.3.1.1.5.1\n"

static struct arena arena;
static struct uvsnmp_error err;

static int setup(void **state)
{
    (void)state;
    arena_init(&arena, 0, 0);
    err = (struct uvsnmp_error){0, ""};
    return 0;
}

static int teardown(void **state)
{
    (void)state;
    arena_fini(&arena);
    return 0;
}

static int parse(const char *lines, struct kept_inform *out)
{
    return kept_parse(arena_text(&arena, lines, strlen(lines)), strlen(lines), &arena, out, &err);
}

static void assert_prints(const struct kept_inform *inform, const char *lines)
{
    struct text text;
    text_init(&text, 0);
    assert_int_equal(kept_print(inform, &text), 0);
    assert_string_equal(text_string(&text), lines);
    text_fini(&text);
}

static void an_inform_of_version_2c_is_kept(void **state)
{
    static const char lines[] = V2C WHAT "varbind .1.3.6.1 s a b\nvarbind .1.3.6.2 i -1\nend\n";
    struct kept_inform inform;
    (void)state;
    assert_int_equal(parse(lines, &inform), 0);
    assert_int_equal(inform.version, UVSNMP_V2C);
    assert_string_equal(inform.host, "manager");
    assert_string_equal(inform.community, "public");
    assert_int_equal(inform.time, 1000);
    assert_int_equal(inform.message.uptime, 5);
    assert_int_equal(inform.message.count, 2);
    assert_memory_equal(inform.message.varbinds[0].value.as.bytes.data, "a b", 3);
    assert_int_equal(inform.message.varbinds[1].value.as.integer, -1);
    assert_prints(&inform, lines);
}

static void an_inform_of_version_3_is_kept(void **state)
{
    static const char lines[] =
        V3 "context c\ncontextEngineID 0x8000000001\nengineID 0x8000000002\n" WHAT "end\n";
    struct kept_inform inform;
    (void)state;
    assert_int_equal(parse(lines, &inform), 0);
    assert_int_equal(inform.level, UVSNMP_AUTH_PRIV);
    assert_string_equal(inform.user, "me");
    assert_string_equal(inform.context, "c");
    assert_int_equal(inform.engine_id.size, 5);
    assert_prints(&inform, lines);
}

/* Each kind of value that snmptrap can send. */
static void all_values_are_kept(void **state)
{
    static const uint8_t octets[] = {0, '\n', 255};
    const struct uvsnmp_oid oid = UVSNMP_OID(1, 3, 4294967295u);
    struct uvsnmp_value values[] = {
        uvsnmp_integer(INT32_MIN),
        uvsnmp_octets(octets, sizeof(octets)),
        uvsnmp_octets("", 0),
        uvsnmp_octets(" 'x' ", 5),
        uvsnmp_empty(UVSNMP_NULL),
        uvsnmp_oid_value(oid),
        {UVSNMP_IPADDRESS, {.ipaddress = {10, 0, 255, 1}}},
        uvsnmp_unsigned32(UVSNMP_COUNTER32, UINT32_MAX),
        uvsnmp_unsigned32(UVSNMP_GAUGE32, 0),
        uvsnmp_unsigned32(UVSNMP_TIMETICKS, 7),
        uvsnmp_unsigned32(UVSNMP_UINTEGER32, 8),
        uvsnmp_counter64(UINT64_MAX),
        {UVSNMP_OPAQUE_FLOAT, {.float32 = 0.1f}},
        {UVSNMP_OPAQUE_DOUBLE, {.float64 = 1.0 / 3}},
        {UVSNMP_OPAQUE_INT64, {.signed64 = INT64_MIN}},
        {UVSNMP_OPAQUE_UINT64, {.unsigned64 = UINT64_MAX}},
    };
    struct uvsnmp_varbind varbinds[sizeof(values) / sizeof(values[0])];
    struct kept_inform inform = {.host = "h", .version = UVSNMP_V2C, .community = "0x\n", .context = ""},
                       again;
    struct text text;
    (void)state;
    for (size_t i = 0; i < sizeof(values) / sizeof(values[0]); i++) {
        varbinds[i] = (struct uvsnmp_varbind){oid, values[i]};
    }
    inform.message = (struct uvsnmp_notification){
        .trap_oid = oid, .varbinds = varbinds, .count = sizeof(values) / sizeof(values[0])};
    text_init(&text, 0);
    assert_int_equal(kept_print(&inform, &text), 0);
    (void)parse(text_string(&text), &again);
    assert_string_equal(err.detail, "");
    text_fini(&text);
    assert_true(kept_share_session(&inform, &again));
    assert_int_equal(again.message.count, inform.message.count);
    for (size_t i = 0; i < again.message.count; i++) {
        assert_true(uvsnmp_value_equal(&again.message.varbinds[i].value, &values[i]));
    }
}

static void what_makes_no_sense_is_refused_with_its_line(void **state)
{
    static const struct {
        const char *lines, *problem;
    } vectors[] = {
        {"", "line 0: lines are missing"},
        {"uvsnmpInform 2\n", "line 1: this form of file is not known"},
        {"hello\n", "line 1: its word is not known"},
        {HEAD "version 1\n", "line 4: no version that has informs"},
        {HEAD "time 5\n", "line 4: this line is not in its place"},
        {"uvsnmpInform 1\ntime 5\nreceiver x\n", "line 3: this line is not in its place"},
        {"uvsnmpInform 1\nreceiver 0x00\n", "line 2: these are no octets of a name"},
        {"uvsnmpInform 1\nreceiver x\ntime -1\n", "line 3: these are no seconds"},
        {V2C "uptime 4294967296\n", "line 6: no uptime"},
        {V2C "uptime 5\ntrapOID x\n", "line 7: no object identifier"},
        {V2C WHAT "varbind .1.3 i\nend\n", "line 8: not an OID, a type and a value"},
        {V2C WHAT "varbind .1.3 = 5\nend\n", "line 8: not an OID, a type and a value"},
        {V2C WHAT "varbind .1.3 i x\nend\n", "line 8: a value that is none of its type"},
        {V2C WHAT "end\nend\n", "line 9: this line is not in its place"},
        {V2C WHAT, "line 7: lines are missing"},
        {V2C WHAT "end", "line 8: the line has no end, or a NUL in it"},
        {HEAD "version 2c\n" WHAT "end\n", "line 7: lines are missing"},
        {V2C "user me\n" WHAT "end\n", "line 9: there are lines of another version"},
        {V3 "engineID 5\n" WHAT "end\n", "line 7: no engine ID"},
        {HEAD "version 3\nuser me\nlevel high\n", "line 6: no security level"},
    };
    struct kept_inform inform;
    (void)state;
    for (size_t i = 0; i < sizeof(vectors) / sizeof(vectors[0]); i++) {
        assert_int_equal(parse(vectors[i].lines, &inform), UVSNMP_EBAD_VALUE);
        assert_string_equal(err.detail, vectors[i].problem);
    }
}

static void a_nul_is_no_part_of_a_file(void **state)
{
    char lines[] = V2C WHAT "end\n\0end\n";
    struct kept_inform inform;
    (void)state;
    assert_int_equal(kept_parse(lines, sizeof(lines) - 1, &arena, &inform, &err), UVSNMP_EBAD_VALUE);
}

static void variables_are_counted(void **state)
{
    struct kept_inform inform;
    struct text text;
    (void)state;
    text_init(&text, 0);
    text_append(&text, V2C WHAT);
    for (size_t i = 0; i < KEPT_VARBINDS_MAX; i++) {
        text_append(&text, "varbind .1.3 n \n");
    }
    size_t size = text.size;
    text_append(&text, "end\n");
    assert_int_equal(parse(text_string(&text), &inform), 0);
    text_cut(&text, size);
    text_append(&text, "varbind .1.3 n \nend\n");
    assert_int_equal(parse(text_string(&text), &inform), UVSNMP_ELIMIT);
    text_fini(&text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(an_inform_of_version_2c_is_kept, setup, teardown),
        cmocka_unit_test_setup_teardown(an_inform_of_version_3_is_kept, setup, teardown),
        cmocka_unit_test_setup_teardown(all_values_are_kept, setup, teardown),
        cmocka_unit_test_setup_teardown(what_makes_no_sense_is_refused_with_its_line, setup, teardown),
        cmocka_unit_test_setup_teardown(a_nul_is_no_part_of_a_file, setup, teardown),
        cmocka_unit_test_setup_teardown(variables_are_counted, setup, teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
