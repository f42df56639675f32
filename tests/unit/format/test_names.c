/* SPDX-License-Identifier: BSD-3-Clause */
#include "support/unit.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <uvsnmp/names.h>

static struct uvsnmp_names *names_new(const struct uvsnmp_names_options *options)
{
    struct uvsnmp_names *names;
    struct uvsnmp_error err = {0, ""};
    assert_int_equal(uvsnmp_names_new(options, &names, &err), 0);
    return names;
}

static void assert_parsed(struct uvsnmp_names *names, const char *text, const char *digits)
{
    struct uvsnmp_oid_buf oid;
    struct uvsnmp_error err = {0, ""};
    char printed[UVSNMP_OID_TEXT_MAX];
    assert_int_equal(uvsnmp_names_parse(names, text, &oid, &err), 0);
    uvsnmp_oid_format(uvsnmp_oid_of(&oid), printed, sizeof(printed));
    assert_string_equal(printed, digits);
}

static struct uvsnmp_varbind oper_status(int64_t number)
{
    static const uint32_t ids[] = {1, 3, 6, 1, 2, 1, 2, 2, 1, 8, 3};
    return (struct uvsnmp_varbind){.name = {ids, sizeof(ids) / sizeof(ids[0])},
                                   .value = {.type = UVSNMP_INTEGER, .as.integer = number}};
}

static void the_usual_modules_need_no_file(void **state)
{
    struct uvsnmp_names *names = names_new(NULL);
    struct uvsnmp_varbind varbind = oper_status(1);
    char text[128];
    (void)state;
    assert_parsed(names, "IF-MIB::ifOperStatus.3", ".1.3.6.1.2.1.2.2.1.8.3");
    assert_parsed(names, "sysName.0", ".1.3.6.1.2.1.1.5.0");
    assert_parsed(names, ".1.3.6.1", ".1.3.6.1");
    assert_int_equal(uvsnmp_names_print(names, &varbind, text, sizeof(text)), 39);
    assert_string_equal(text, "IF-MIB::ifOperStatus.3 = INTEGER: up(1)");
    assert_int_equal(uvsnmp_names_print_value(names, &varbind, text, sizeof(text)), 14);
    assert_string_equal(text, "INTEGER: up(1)");
    assert_int_equal(uvsnmp_names_print_oid(names, varbind.name, text, sizeof(text)), 22);
    assert_string_equal(text, "IF-MIB::ifOperStatus.3");
    uvsnmp_names_free(names);
}

static void letters_change_the_form(void **state)
{
    struct uvsnmp_names *names = names_new(NULL);
    struct uvsnmp_varbind varbind = oper_status(2);
    struct uvsnmp_error err = {0, ""};
    char text[128];
    (void)state;
    assert_int_equal(uvsnmp_names_set_output(names, "sQ", &err), 0);
    (void)uvsnmp_names_print(names, &varbind, text, sizeof(text));
    assert_string_equal(text, "ifOperStatus.3 = down");
    assert_int_equal(uvsnmp_names_set_output(names, "nz", &err), UVSNMP_EBAD_ARGUMENT);
    assert_non_null(strstr(err.detail, "z"));
    (void)uvsnmp_names_print(names, &varbind, text, sizeof(text));
    assert_string_equal(text, "ifOperStatus.3 = down");
    assert_int_equal(uvsnmp_names_set_output(names, "ne", &err), 0);
    (void)uvsnmp_names_print(names, &varbind, text, sizeof(text));
    assert_string_equal(text, ".1.3.6.1.2.1.2.2.1.8.3 = 2");
    uvsnmp_names_free(names);
}

static void what_does_not_fit_is_cut_and_told(void **state)
{
    struct uvsnmp_names *names = names_new(NULL);
    struct uvsnmp_varbind varbind = oper_status(1);
    char text[8] = "unsaid";
    (void)state;
    assert_int_equal(uvsnmp_names_print(names, &varbind, text, sizeof(text)), 39);
    assert_string_equal(text, "IF-MIB:");
    assert_int_equal(uvsnmp_names_print(names, &varbind, NULL, 0), 39);
    assert_int_equal(uvsnmp_names_print_oid(names, varbind.name, text, 1), 22);
    assert_string_equal(text, "");
    uvsnmp_names_free(names);
}

static void unknown_names_are_told(void **state)
{
    struct uvsnmp_names *names = names_new(NULL);
    struct uvsnmp_oid_buf oid;
    struct uvsnmp_error err = {0, ""};
    (void)state;
    assert_int_equal(uvsnmp_names_parse(names, "noSuchName.0", &oid, &err), UVSNMP_EBAD_OID);
    assert_string_equal(err.detail, "Unknown Object Identifier (Sub-id not found: (top) -> noSuchName)");
    assert_int_equal(uvsnmp_names_parse(names, "NO-MIB::x", &oid, &err), UVSNMP_EBAD_OID);
    assert_int_equal(uvsnmp_names_parse(names, "IF-MIB::x", &oid, NULL), UVSNMP_EBAD_OID);
    uvsnmp_names_free(names);
}

static void without_modules_there_are_digits(void **state)
{
    struct uvsnmp_names_options options = {.modules = ""};
    struct uvsnmp_names *names = names_new(&options);
    struct uvsnmp_varbind varbind = oper_status(1);
    char text[128];
    (void)state;
    (void)uvsnmp_names_print(names, &varbind, text, sizeof(text));
    assert_string_equal(text, "iso.3.6.1.2.1.2.2.1.8.3 = INTEGER: 1");
    assert_parsed(names, "IF-MIB::ifOperStatus.3", ".1.3.6.1.2.1.2.2.1.8.3");
    uvsnmp_names_free(names);
}

static void note_problem(const char *text, void *arg)
{
    char *all = arg;
    (void)strncat(all, text, 255 - strlen(all));
    (void)strncat(all, "\n", 255 - strlen(all));
}

static void files_are_read_from_directories(void **state)
{
    static const char module[] = "ACME-MIB DEFINITIONS ::= BEGIN\n"
                                 "IMPORTS OBJECT-TYPE, enterprises FROM SNMPv2-SMI;\n"
                                 "acmeHeat OBJECT-TYPE SYNTAX INTEGER { cold(1) } MAX-ACCESS read-only\n"
                                 "    STATUS current DESCRIPTION \"\" ::= { enterprises 99999 1 }\n"
                                 "END\n";
    char directory[] = "/tmp/uvsnmp-names-XXXXXX", path[64], problems[256] = "";
    struct uvsnmp_names_options options = {.modules = "+ACME-MIB:MISSING-MIB",
                                           .directories = directory,
                                           .problem = note_problem,
                                           .arg = problems};
    (void)state;
    assert_non_null(mkdtemp(directory));
    (void)snprintf(path, sizeof(path), "%s/ACME-MIB.txt", directory);
    FILE *file = fopen(path, "w");
    assert_non_null(file);
    assert_true(fputs(module, file) >= 0);
    assert_int_equal(fclose(file), 0);
    struct uvsnmp_names *names = names_new(&options);
    assert_parsed(names, "ACME-MIB::acmeHeat.0", ".1.3.6.1.4.1.99999.1.0");
    assert_parsed(names, "ifDescr", ".1.3.6.1.2.1.2.2.1.2");
    assert_non_null(strstr(problems, "MISSING-MIB"));
    assert_null(strstr(problems, "ACME-MIB"));
    uvsnmp_names_free(names);
    assert_int_equal(unlink(path), 0);
    assert_int_equal(rmdir(directory), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_usual_modules_need_no_file),
        cmocka_unit_test(letters_change_the_form),
        cmocka_unit_test(what_does_not_fit_is_cut_and_told),
        cmocka_unit_test(unknown_names_are_told),
        cmocka_unit_test(without_modules_there_are_digits),
        cmocka_unit_test(files_are_read_from_directories),
    };
    uvsnmp_names_free(NULL);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
